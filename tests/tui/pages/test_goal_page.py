"""The page of the goal: needs, objectives, what serves them, priorities, and the file of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ka2tui.domain.kinds import AimKind
from ka2tui.operations import aims, deliverables, indicators, projects, work_units
from ka2tui.queries import aims as views
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.pick import Pick
from ka2tui.tui.pages.goal import GoalPage
from ka2tui.tui.pages.work_plan import WorkPlanPage
from tests.copied import filled_once
from tests.tui.driving import TODAY, ask, go, make, screen_text, settled, type_in

WIDE = (140, 44)
ODD = "[red]Few read =1+1 😀"


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    made = str(tmp_path / "p.db")
    portfolio = Portfolio.open(made, actor="Ana")
    portfolio.do(projects.add, "SOLAR", action="KA220-SCH", call_year=2025, today=TODAY)
    portfolio.do(work_units.add, 1, "WP1", "Project management")
    unit = portfolio.do(work_units.add, 1, "WP2", "Handbook").value
    portfolio.do(work_units.add, 1, "WP3", "Training")
    portfolio.do(deliverables.add, 1, "D2.1", "Handbook", values={"work_unit_id": unit})
    portfolio.do(indicators.add, 1, "teachers trained")
    portfolio.close()
    return made


def fill(file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    need = portfolio.do(aims.add, 1, AimKind.NEED, ODD).value
    portfolio.do(aims.add, 1, AimKind.OBJECTIVE, "More read", values={"parent_id": need})
    portfolio.close()


def seen(file: str) -> Any:
    return ask(file, views.goal, 1)


async def opened(pilot: Any) -> GoalPage:
    await settled(pilot)
    await go(pilot, "g", "j")
    page = pilot.app.screen
    assert isinstance(page, GoalPage)
    return page


async def test_a_need_and_its_objective_are_added_below_each_other(
    file: str, settings: Settings
) -> None:
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "Press n to write down the first" in screen_text(app)
        await go(pilot, "n")
        await type_in(pilot, ODD)
        await go(pilot, "ctrl+s")
        assert "objective" in screen_text(app)
        await go(pilot, "o")
        assert f"N1 {ODD}" in screen_text(app)
        await type_in(pilot, "More read")
        await go(pilot, "ctrl+s")
        text = screen_text(app)
        assert "└ More read" in text
        assert "all that serves" in text
        assert "1 line with a gap" in text
    assert [row.parent for row in seen(file).aims] == [None, "N1"]


async def test_what_serves_an_objective_is_picked_and_leads_there(
    file: str, settings: Settings
) -> None:
    fill(file)
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        await go(pilot, "c")
        assert not isinstance(app.screen, Pick)  # a need is answered by objectives
        await go(pilot, "down", "c")
        assert isinstance(app.screen, Pick)
        await go(pilot, "slash")
        await type_in(pilot, "WP2")
        await go(pilot, "enter")
        await go(pilot, "space", "enter")
        text = screen_text(app)
        assert "D2.1" in text
        assert "by WP2" in text
        assert [gap.value for gap in page.every[1].gaps] == ["indicator"]
        assert "WP3" in page.goal.text
        assert "WP1" not in page.goal.text
        await go(pilot, "enter", "down", "enter")
        assert isinstance(app.screen, WorkPlanPage)


async def test_priorities_are_picked_and_another_one_is_typed(
    file: str, settings: Settings
) -> None:
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        await go(pilot, "p", "down", "space", "end", "space", "enter")
        await type_in(pilot, "A national one [b]")
        await go(pilot, "enter")
        assert "Well-being at school; A national one [b]" in " ".join(page.goal.text.split())
        await go(pilot, "p", "escape")
    assert seen(file).priorities == ("Well-being at school", "A national one [b]")


async def test_the_goal_is_written_and_all_of_it_goes_into_a_file(
    file: str, settings: Settings, tmp_path: Path
) -> None:
    fill(file)
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        await go(pilot, "t")
        await go(pilot, *"Reading", "ctrl+s")
        assert "Reading" in page.goal.text
        await go(pilot, "f", "ctrl+u")
        await type_in(pilot, str(tmp_path / "goal.pdf"))
        await go(pilot, "ctrl+s")
        assert "ends with .md" in screen_text(app)
        await go(pilot, "ctrl+u")
        await type_in(pilot, str(tmp_path / "goal.md"))
        await go(pilot, "ctrl+s")
    assert "Reading" in (tmp_path / "goal.md").read_text("utf-8")


async def test_lines_move_and_are_removed_and_brought_back(file: str, settings: Settings) -> None:
    fill(file)
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(aims.add, 1, AimKind.NEED, "Second")
    portfolio.close()
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        await go(pilot, "end", "K")
        assert [row.aim.text for row in page.every] == ["Second", ODD, "More read"]
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.aim.text == "Second"
        await go(pilot, "V", "x", "y")
        assert page.every == ()
        await go(pilot, "u")
        assert len(page.every) == 3


LONG = "What two hundred and fifty households do, believe and need is known by month 9"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_what_a_line_lacks_is_said_whole_and_takes_no_room_where_nothing_does(
    file: str, settings: Settings, size: tuple[int, int]
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    loose = portfolio.do(aims.add, 1, AimKind.OBJECTIVE, LONG).value
    portfolio.do(aims.link, loose, [("indicator", 1)])
    portfolio.close()
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=size) as pilot:
        page = await opened(pilot)
        assert "need, activity, result" in screen_text(app)
        assert LONG[:24] in screen_text(app)
        need = await app.do(aims.add, 1, AimKind.NEED, "Few read")
        assert need is not None
        await app.do(aims.edit, loose, {"parent_id": need.value})
        await app.do(aims.link, loose, [("work_unit", 2), ("indicator", 1)])
        await settled(pilot)
        assert "no line has a gap" in screen_text(app)
        assert "Lacks" not in [column.title for column in page.table.columns]


async def test_its_history_is_called_by_the_line_and_a_finding_is_told_once(
    file: str, settings: Settings
) -> None:
    fill(file)
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        await go(pilot, "down")
        await app.found.read()
        page.show_found()
        assert app.found.about("aim", 2)
        assert screen_text(app).count("I show") == 1
        await go(pilot, "L")
        assert "SO1" in screen_text(app).partition("History")[2][:40]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_it_is_read_and_left_again_at_every_size(
    file: str, settings: Settings, size: tuple[int, int]
) -> None:
    fill(file)
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=size) as pilot:
        page = await opened(pilot)
        assert page.table.has_focus
        await go(pilot, "enter")
        assert "Shown by" in screen_text(app)
        await go(pilot, "escape")
        assert page.table.has_focus
        assert "From need to indicator" in screen_text(app)
