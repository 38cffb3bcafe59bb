"""Promised and now: what departs from the application is shown, explained and taken over."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.application import Standing
from ka2tui.operations import application, partners, projects, work_units
from ka2tui.queries import application as views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.pages.application import ApplicationPage
from tests.copied import filled_once
from tests.tui.driving import TODAY, ask, screen_text, settled

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.tui.app import Ka2tui

ODD = "[red]Course[/] =1+1 🦊"


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    """A project whose work package took longer, went to another partner and lost money."""
    place = str(tmp_path / "p.db")
    with closing(Portfolio.open(place, actor="Ana")) as made:
        made.do(projects.add, "SOLARIS", start=date(2026, 1, 1), months=24, today=TODAY)
        for acronym, country in (("ULODZ", "PL"), ("KMOP", "GR")):
            made.do(partners.add, 1, f"All of {acronym}", acronym=acronym, country=country)
        plan = {"start_month": 3, "end_month": 12, "lead_id": 1, "amount_cents": 50_000_00}
        made.do(work_units.add, 1, "WP2", ODD, values=plan)
        made.do(work_units.add, 1, "WP3", "Spread", values={"end_month": 24})
    return place


def depart(file: str) -> None:
    with closing(Portfolio.open(file, actor="Ana")) as made:
        made.do(application.freeze, 1, on=TODAY, today=TODAY)
        made.do(work_units.edit, 1, {"end_month": 14, "lead_id": 2, "amount_cents": 45_000_00})
        made.do(work_units.edit, 2, {"end_month": 22})


def standings(file: str) -> list[Standing]:
    return [row.standing for row in ask(file, views.listed, 1, today=TODAY).rows]


async def test_the_first_step_is_said_and_keeping_needs_one_form(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("g", "f")
        await settled(pilot)
        assert "Press n to keep" in screen_text(app)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "Everything is as it was promised" in screen_text(app)
    assert ask(file, views.listed, 1, today=TODAY).approved_on == TODAY


async def test_several_are_explained_in_one_step(app: Ka2tui, file: str) -> None:
    depart(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("g", "f")
        await settled(pilot)
        shown = screen_text(app)
        assert ODD.split(" ", 1)[0] in shown
        assert "end M12 → M14" in shown
        assert "to be explained" in shown
        await pilot.press("V", "e")
        await settled(pilot)
        await pilot.press(*"flood")
        await pilot.press("ctrl+s")
        await settled(pilot)
    rows = ask(file, views.listed, 1, today=TODAY).rows
    assert [row.why for row in rows] == ["flood", "flood"]
    with closing(Portfolio.open(file, actor="Ana")) as made:
        made.undo()
    assert [row.why for row in ask(file, views.listed, 1, today=TODAY).rows] == [None, None]


async def test_what_was_accepted_is_taken_over_and_u_takes_that_back(
    app: Ka2tui, file: str
) -> None:
    depart(file)
    async with app.run_test(size=(200, 50)) as pilot:
        await settled(pilot)
        await pilot.press("g", "f")
        await settled(pilot)
        await pilot.press("down", "y")
        await settled(pilot)
        assert "Accepted by the agency" in screen_text(app)
        await pilot.press("y")
        await settled(pilot)
        assert standings(file) == [Standing.OPEN, Standing.ACCEPTED]
        await pilot.press("u")
        await settled(pilot)
    assert standings(file) == [Standing.OPEN, Standing.OPEN]


async def test_a_projector_shows_no_money(app: Ka2tui, file: str) -> None:
    depart(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("g", "f")
        await settled(pilot)
        assert "50 000" in screen_text(app)
        await pilot.press("f5")
        await settled(pilot)
        assert "50 000" not in screen_text(app)
        assert "M12 → M14" in screen_text(app)


async def test_today_and_the_search_lead_to_the_row(app: Ka2tui, file: str) -> None:
    depart(file)
    first, second = ask(file, views.listed, 1, today=TODAY).rows
    with closing(Portfolio.open(file, actor="Ana")) as made:
        made.do(application.explain, 1, second.spots, {"why": "flood"})
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.open_record("application", -first.id)
        await settled(pilot)
        assert isinstance(app.screen, ApplicationPage)
        assert app.screen.table.cursor_key == first.id
        app.open_record("application", 1)  # what was said, as the search knows it
        await settled(pilot)
        assert app.screen.table.cursor_key == second.id
