"""The page of problems: what was found, why, where it is mended, and what is set aside."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.problem import Severity
from ka2tui.operations import deliverables, projects, rule_values, work_units
from ka2tui.queries import problems as views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.problems import ProblemsPage
from ka2tui.tui.pages.projects import ProjectsPage
from ka2tui.tui.pages.work_plan import WorkPlanPage
from tests.copied import filled_once
from tests.tui.driving import TODAY, ask, go, screen_text, settled, told, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

SIZE = (140, 40)


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    """An application for a cooperation partnership with one partner and a late result."""
    path = str(tmp_path / "ka2tui.db")
    made = Portfolio.open(path, actor="Ana")
    project = made.do(
        projects.add_with_coordinator, "SUNNY", coordinator="School", country="ES",
        action="KA220-SCH", call_year=2025, months=24, start=date(2027, 9, 1), today=TODAY,
    ).value  # fmt: skip
    part = made.do(
        work_units.add, project, "WP2", "[b]Build", values={"start_month": 3, "end_month": 6}
    ).value
    made.do(
        deliverables.add, project, "D2.1", "Guide [/]",
        values={"work_unit_id": part, "due_month": 12},
    )  # fmt: skip
    made.close()
    return path


def found(file: str) -> views.Problems:
    seen: views.Problems = ask(file, views.problems, 1, today=TODAY)
    return seen


async def begin(pilot: Pilot[Any], *pressed: str) -> ProblemsPage:
    await go(pilot, "g", "x")
    screen = pilot.app.screen
    assert isinstance(screen, ProblemsPage)
    if pressed:
        await go(pilot, *pressed)
    return screen


async def stand_on(pilot: Pilot[Any], page: ProblemsPage, code: str) -> None:
    key = next(row.id for row in page.every if row.code == code)
    page.table.move_to(key)
    await settled(pilot)


async def test_the_heaviest_stand_first_with_why_and_how_to_mend_it_beside(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        weights = [row.severity.weight for row in page.every]
        assert weights == sorted(weights)
        shown = screen_text(app)
        assert "KA2-E101" in shown
        for part in ("Against a rule", "Look at this", "Why it matters", "Source: ",
                     "What is looked at, and how to mend it"):  # fmt: skip
            assert part in shown
        assert re.search(r"Problems · \d errors, \d warnings?, \d hints?", shown)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 50)])
async def test_it_can_be_read_at_every_size(app: Ka2tui, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        page = await begin(pilot)
        assert "KA2-E101" in screen_text(app)
        shown = await go(pilot, "e")
        assert "Why it matters" in shown
        await go(pilot, "escape")
        assert page.table.has_focus


async def test_enter_and_o_go_to_the_record(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        for key in ("enter", "o"):
            await stand_on(pilot, page, "KA2-W401")
            shown = await go(pilot, key)
            assert isinstance(app.screen, WorkPlanPage)
            assert "Guide [/]" in shown
            row = app.screen.table.cursor_row
            assert row is not None
            assert row.code == "D2.1"
            await go(pilot, "g", "x")
            assert isinstance(app.screen, ProblemsPage)


async def test_what_is_about_the_project_goes_to_its_page(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        await stand_on(pilot, page, "KA2-E101")
        await go(pilot, "enter")
        assert app.current_mode == "partners"


async def test_a_finding_is_set_aside_with_a_reason_and_brought_back(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        await stand_on(pilot, page, "KA2-W401")
        await go(pilot, "s", "enter")
        assert "Please give a reason." in screen_text(app)
        await pilot.press(*"handed over [red]later")
        await go(pilot, "enter")
        assert [it.number for it in found(file).set_aside] == [401]
        row = page.table.cursor_row
        assert row is not None
        assert row.code != "KA2-W401"
        assert row.problem.counts
        await stand_on(pilot, page, "KA2-W401")
        assert "handed over [red]later" in screen_text(app)
        await go(pilot, "b")
        assert found(file).set_aside == ()
        await go(pilot, "u")
        assert [it.number for it in found(file).set_aside] == [401]
        assert "Bring back KA2-W401 of D2.1" in told(app)


async def test_several_are_set_aside_as_one_step(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        many = len(page.every)
        await go(pilot, "V", "s")
        await pilot.press(*"training run")
        await go(pilot, "enter")
        assert found(file).rows == ()
        assert len(found(file).set_aside) == many
        assert not page.table.marks
        await go(pilot, "u")
        assert found(file).set_aside == ()


async def test_tabs_narrow_by_weight(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        await go(pilot, "right_square_bracket")
        assert {row.severity for row in page.every if row.id in page.table.keys} == {Severity.ERROR}
        await go(pilot, "escape", "slash", *"guide")
        rows = [row for key in page.table.keys if (row := page.table.row_of(key)) is not None]
        assert [row.code for row in rows] == ["KA2-W401"]


async def test_it_is_looked_at_as_if_it_stood_elsewhere(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        before = {row.code for row in page.every}
        await go(pilot, "t")
        await pilot.press(*"closing")
        shown = await go(pilot, "enter")
        assert "as if the last months" in shown
        assert {row.code for row in page.every} != before
        await go(pilot, "t")
        await pilot.press(*"where it")
        shown = await go(pilot, "enter")
        assert "as if" not in shown.replace("as if …", "")
        assert {row.code for row in page.every} == before


async def test_mending_it_takes_it_away_and_the_cursor_stays(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        await stand_on(pilot, page, "KA2-W406")
        await app.do(deliverables.edit, 1, {"due_month": 6})
        await settled(pilot)
        assert "KA2-W401" not in {row.code for row in page.every}
        row = page.table.cursor_row
        assert row is not None
        assert row.code == "KA2-W406"


async def test_where_nothing_is_found_it_says_at_which_stage(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot, "t")
        await pilot.press(*"closed")
        shown = await go(pilot, "enter")
        if "KA2-" not in shown:
            assert "Nothing found at this stage (over). Press t to look ahead." in shown


async def test_on_a_projector_amounts_are_not_told(app: Ka2tui, file: str) -> None:
    made = Portfolio.open(file, actor="Ana")
    made.do(projects.edit, 1, {"grant_cents": 12_345_678}, today=TODAY)
    made.close()
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot, "f5")
        assert all(row.problem.number not in range(300, 400) for row in page.every)
        hidden = sum(it.number in range(300, 400) for it in found(file).rows)
        assert page.kept_back == hidden > 0
        assert f"{len(page.every)} shown, {hidden} hidden on the projector" in screen_text(app)
        await go(pilot, "right_square_bracket")
        assert f"by the filter, {hidden} on the projector" in screen_text(app)
        await go(pilot, "f5", "escape")
        assert "hidden" not in screen_text(app)


async def test_after_one_is_set_aside_the_next_stands_under_the_cursor(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        many = len(page.every)
        await until(pilot, lambda: f"All {many}" in screen_text(app))
        second = page.table.row_of(page.table.keys[1])
        assert second is not None
        await go(pilot, "s", *"asked", "enter")
        row = page.table.cursor_row
        assert row is not None
        assert (row.code, row.where) == (second.code, second.where)
        await until(pilot, lambda: f"All {many - 1}" in screen_text(app))


async def test_in_a_narrow_window_the_whole_sentence_stands_below(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await begin(pilot)
        for row in page.every:
            page.table.move_to(row.id)
            await settled(pilot)
            shown = " ".join(screen_text(app).split())
            assert f"{row.where}: {row.text}" in shown
        assert row.problem.why not in shown
        assert not page.details.display


async def test_priorities_and_goal_are_mended_on_the_page_of_the_goal(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        for code in ("KA2-E208", "KA2-I210"):
            await stand_on(pilot, page, code)
            await go(pilot, "enter")
            assert app.current_mode == "goal"
            await go(pilot, "g", "x")


async def test_an_own_value_is_not_explained_by_that_of_the_guide(app: Ka2tui, file: str) -> None:
    made = Portfolio.open(file, actor="Ana")
    made.do(rule_values.put, 1, "management_share_max_percent", 15)
    made.do(projects.edit, 1, {"grant_cents": 25_000_000}, today=TODAY)
    made.do(
        work_units.add, 1, "WP1", "Management",
        values={"category": "management", "amount_cents": 4_500_000},
    )  # fmt: skip
    made.close()
    async with app.run_test(size=(160, 60)) as pilot:
        page = await begin(pilot)
        await stand_on(pilot, page, "KA2-E304")
        shown = " ".join(screen_text(app).replace("│", " ").split())
        assert "15 % at most" in shown
        assert "Your own value counts here" in shown
        assert "fifth" not in shown
        assert "20 per cent" not in shown


# -- on other pages ------------------------------------------------------------------------------


async def looked(pilot: Pilot[Any]) -> str:
    """Wait until the page has said what the checks found."""
    app = pilot.app
    assert isinstance(app, Ka2tui)
    await until(pilot, lambda: app.found.fresh, "nothing was checked")
    await settled(pilot)
    return screen_text(pilot.app)


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages ask at once what was found."""
    monkeypatch.setattr("ka2tui.tui.page.AT_REST", 0.01)


@pytest.mark.usefixtures("_soon")
async def test_a_page_counts_what_is_mended_on_it_and_names_it_at_the_record(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(pilot, "7")
        shown = await looked(pilot)
        assert re.search(r"· ! \d warnings?", shown)
        page = app.screen
        assert isinstance(page, WorkPlanPage)
        page.table.move_to(next(key for key in page.table.keys if "D2.1" in _code(page, key)))
        await settled(pilot)
        assert "! 1 problem: KA2-W401" in screen_text(app)
        shown = await go(pilot, "I")
        assert isinstance(app.screen, ProblemsPage)
        row = app.screen.table.cursor_row
        assert row is not None
        assert row.code == "KA2-W401"


def _code(page: WorkPlanPage, key: int) -> str:
    row = page.table.row_of(key)
    return "" if row is None else row.code or ""


@pytest.mark.usefixtures("_soon")
async def test_the_heading_forgets_what_was_mended(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(pilot, "7")
        before = (await looked(pilot)).splitlines()
        await app.do(deliverables.edit, 1, {"due_month": 6})
        after = (await looked(pilot)).splitlines()
        assert [line for line in before if "· ! 2 warnings" in line]
        assert [line for line in after if "· ! 1 warning " in line]


@pytest.mark.usefixtures("_soon")
async def test_before_one_goes_on_it_is_told_what_is_against_a_rule(app: Ka2tui) -> None:
    async with app.run_test(size=(140, 60)) as pilot:
        await go(pilot, "2")
        shown = await looked(pilot)
        assert "Against a rule" in shown
        assert "1 organisation of 3" in shown
        shown = await go(pilot, "o")
        assert "Against a rule:" in shown


async def test_without_a_finding_the_key_goes_to_the_page_all_the_same(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(pilot, "9", "I")
        assert isinstance(app.screen, ProblemsPage)


@pytest.mark.usefixtures("_soon")
async def test_among_projects_it_is_told_of_the_one_that_is_shown(app: Ka2tui, file: str) -> None:
    made = Portfolio.open(file, actor="Ana")
    made.do(projects.add, "OTHER", today=TODAY)
    made.close()
    async with app.run_test(size=SIZE) as pilot:
        await go(pilot, "0")
        shown = await looked(pilot)
        assert re.search(r"! \d problems?: KA2-", shown)
        page = app.screen
        assert isinstance(page, ProjectsPage)
        page.table.move_to(2 if page.table.cursor_key == 1 else 1)
        await settled(pilot)
        assert not re.search(r"! \d problems?: KA2-", screen_text(app))


async def test_proof_is_added_and_history_seen_from_the_finding(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        await stand_on(pilot, page, "KA2-W401")
        shown = await go(pilot, "C")
        assert "proof" in shown.lower()
        await go(pilot, "escape", "L")
        assert app.current_mode == "history"
        assert "Guide [/]" in screen_text(app)
        await go(pilot, "g", "x")
        await stand_on(pilot, page, "KA2-E101")
        assert page.check_action("add_proof", ()) is False
