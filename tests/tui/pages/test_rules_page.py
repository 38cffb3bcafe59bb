"""The page of the rules: what the call asks, what the agreement says, and files with mistakes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import ProposalOutcome
from ka2tui.operations import projects, proposals
from ka2tui.queries import rule_values as views
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.capture import Capture
from ka2tui.tui.pages.rules import RulesPage
from tests.copied import filled_once
from tests.domain.test_rule_reading import GOOD
from tests.tui.driving import TODAY, ask, go, screen_text, settled, told, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

SIZE = (140, 40)


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    """An application for a cooperation partnership."""
    path = str(tmp_path / "ka2tui.db")
    made = Portfolio.open(path, actor="Ana")
    made.do(projects.add, "SUNNY", action="KA220-SCH", call_year=2025, today=TODAY)
    made.close()
    return path


async def begin(pilot: Pilot[Any]) -> RulesPage:
    await go(pilot, "g", "u")
    screen = pilot.app.screen
    assert isinstance(screen, RulesPage)
    return screen


async def stand_on(pilot: Pilot[Any], page: RulesPage, key: str) -> None:
    assert page.table.move_to(page.number(key))
    await settled(pilot)


def number(file: str, key: str) -> int | None:
    found = ask(file, views.applied, 1)
    return None if found is None else found.number(key)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 50)])
async def test_it_can_be_read_at_every_size(app: Ka2tui, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        page = await begin(pilot)
        assert "Organisations, at least" in screen_text(app)
        shown = await go(pilot, "enter")
        assert "Where it is written" in shown
        await go(pilot, "escape")
        assert page.table.has_focus


async def test_the_agreement_wins_until_x_and_undo_brings_it_back(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        await stand_on(pilot, page, "management_share_max_percent")
        await go(pilot, "e")
        assert "The rules of the call say 20 %." in screen_text(app)
        shown = await go(pilot, *["backspace"] * 4, *"15", "tab", *"Art. [4]", "ctrl+s")
        assert "your own value: Art." in shown
        assert number(file, "management_share_max_percent") == 15
        await go(pilot, "x")
        assert number(file, "management_share_max_percent") == 20
        await go(pilot, "x")
        assert "hold here already" in told(app)
        await go(pilot, "u")
        assert number(file, "management_share_max_percent") == 15


async def test_nonsense_keeps_the_form_open(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        await stand_on(pilot, page, "months_max")
        shown = await go(pilot, "e", *["backspace"] * 9, *"soon", "ctrl+s")
        assert "“soon” does not fit “Months, at most”" in shown
        assert "not 'soon'" not in " ".join(shown.split())
        assert number(file, "months_max") == 36


async def test_the_words_are_those_of_where_the_project_stands(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        shown = await go(pilot, "a")
        assert isinstance(app.screen, Capture)
        shown = await go(pilot, "escape")
        assert "e own value" in shown
        assert "your guide or agreement" not in shown
        await stand_on(pilot, page, "months_max")
        shown = await go(pilot, "e")
        assert "Own value: Months, at most" in shown
        assert "guide of your call" in shown
        shown = await go(pilot, "escape", "enter")
        assert "next line that leads on" not in shown
        other = Portfolio.open(file, actor="Ben")
        other.do(proposals.decide, 1, ProposalOutcome.FUNDED, today=TODAY)
        other.close()
        await until(pilot, lambda: "e my agreement" in screen_text(app))


@pytest.mark.parametrize("width", [80, 120])
async def test_values_have_the_room_that_they_need(app: Ka2tui, width: int) -> None:
    async with app.run_test(size=(width, 40)) as pilot:
        await begin(pilot)
        shown = screen_text(app)
        assert re.search(r"Lump sums +€ 120 000, € 250 000 or € 400 000", shown)
        assert re.search(r"Organisations, at least +3", shown)


async def test_what_the_rules_are_silent_about_can_be_entered(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        await go(pilot, "n", *"grant, at most", "enter")
        await go(pilot, *"90 000", "ctrl+s")
        assert number(file, "grant_max_eur") == 90_000
        assert page.table.cursor_key == page.number("grant_max_eur")


async def test_what_belongs_elsewhere_says_where(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        await stand_on(pilot, page, "deadline.1")
        await go(pilot, "e")
        assert "is entered with the project" in told(app)
        await stand_on(pilot, page, "award.impact")
        await go(pilot, "e")
        assert "points are those of the call" in told(app)


async def test_the_filter_finds_what_is_not_confirmed(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        await go(pilot, "/", *"is:unconfirmed", "enter")
        assert page.table.count
        rows = [page.table.row_of(key) for key in page.table.keys]
        assert all(row is not None and row.unconfirmed for row in rows)


async def test_a_broken_file_of_ones_own_is_named_and_ours_holds(
    app: Ka2tui, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "rules").mkdir(parents=True)
    (own / "rules" / "2027.toml").write_text(GOOD.replace("day = 4", "day = 44"), "utf-8")
    app.settings = replace(app.settings or Settings(), data=own)
    async with app.run_test(size=(200, 50)) as pilot:
        await begin(pilot)
        shown = screen_text(app)
        assert "2027.toml" in shown
        assert "refused" in shown
        assert "Organisations, at least" in shown
        assert "line 24" in shown
        (own / "rules" / "2027.toml").write_text(GOOD, "utf-8")
        await go(pilot, "1")
        await go(pilot, "g", "u")
        assert "2027.toml" not in screen_text(app)


async def test_a_broken_file_is_told_when_the_app_begins(app: Ka2tui, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "rules").mkdir(parents=True)
    (own / "rules" / "2025.toml").write_text(GOOD.replace("day = 4", "day = 44"), "utf-8")
    app.settings = replace(app.settings or Settings(), data=own)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "line 24, action 1 (KA220), deadline 1, day" in told(app)
        assert "Our rules hold meanwhile." in told(app)
