"""A partner leaves in the app: what it means, who takes over, one undo, and its return."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.kinds import PartnerRole
from ka2tui.operations import partners, projects, tasks, work_units
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Partner, Task, WorkUnit
from tests.copied import filled_once
from tests.tui.driving import TODAY, go, kept, screen_text, settled

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.tui.app import Ka2tui

ODD = "[red]Send[/] =1+1 🦊"


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    place = str(tmp_path / "p.db")
    with closing(Portfolio.open(place, actor="Ana")) as made:
        made.do(projects.add, "SOLARIS", start=date(2026, 1, 1), months=24, today=TODAY)
        first = PartnerRole.COORDINATOR
        made.do(partners.add, 1, "Uni Lodz", acronym="ULODZ", country="PL", role=first)
        made.do(partners.add, 1, "Kmop", acronym="KMOP", country="GR")
        made.do(partners.add, 1, "Other", acronym="OU", country="NL")
        made.do(work_units.add, 1, "WP2", "Course", values={"lead_id": 2})
        made.do(tasks.add, 1, ODD, code="T1", partner_id=2)
        made.do(tasks.add, 1, "Second", code="T2", partner_id=2)
    return place


async def test_what_is_unticked_has_no_owner_and_u_takes_all_back(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        shown = await go(pilot, "6", "home", "down", "D", "ctrl+s")
        assert "KMOP would leave?" in shown
        assert "T1 [red]Send[/] =1+1" in shown
        shown = await go(pilot, "enter")
        assert "Who takes over 3 things?" in shown
        shown = await go(pilot, "enter")
        assert "3 of 3 ticked" in shown
        shown = await go(pilot, "end", "space")  # T2
        assert "2 of 3 ticked" in shown
        await go(pilot, "enter")
        shown = screen_text(app)
        assert "the rest, 1 thing?" in shown
        shown = await go(pilot, "down", "down", "enter")
        assert "KMOP leaves?" in shown
        await go(pilot, "enter")
        assert kept(file, Partner.left_on) == [None, TODAY, None]
        assert kept(file, Task.partner_id) == [1, None]
        assert kept(file, WorkUnit.lead_id) == [1]
        assert "leaves" in screen_text(app)
        await go(pilot, "u")
        assert kept(file, Partner.left_on) == [None, None, None]
        assert kept(file, Task.partner_id) == [2, 2]


async def test_a_heading_unticks_the_whole_kind(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "6", "home", "down", "D", "ctrl+s", "enter", "enter")
        shown = await go(pilot, "space")
        assert "2 of 3 ticked" in shown
        shown = await go(pilot, "a")
        assert "3 of 3 ticked" in shown
        await go(pilot, "escape")
    assert kept(file, Partner.left_on) == [None, None, None]


async def test_it_comes_back_by_the_same_key(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(200, 50)) as pilot:
        await settled(pilot)
        await go(pilot, "6", "home", "down", "D", "ctrl+s", "enter", "enter", "enter", "enter")
        assert kept(file, Task.partner_id) == [1, 1]
        shown = await go(pilot, "D")
        assert "KMOP takes part again?" in shown
        await go(pilot, "y")
    assert kept(file, Partner.left_on) == [None, None, None]
    assert kept(file, Task.partner_id) == [2, 2]


async def test_the_coordinator_finds_no_nobody(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        shown = await go(pilot, "6", "home", "D", "ctrl+s", "enter")
        assert "Who takes over 1 thing?" in shown
        assert "nobody" not in shown
