"""The page of the work plan, driven by its keys."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import (
    DeliverableState,
    MilestoneState,
    PartnerRole,
    PlanKind,
    ProjectShape,
    WorkUnitState,
)
from ka2tui.domain.work_plan import plan_key
from ka2tui.operations import (
    deliverables,
    meetings,
    milestones,
    partners,
    projects,
    tasks,
    work_units,
)
from ka2tui.queries import deliverables as deliverable_views
from ka2tui.queries import work_plan as views
from ka2tui.queries import work_units as unit_views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.dialog import Box
from ka2tui.tui.dialogs.form import Form
from ka2tui.tui.dialogs.shares import Shares
from ka2tui.tui.dialogs.would_change import WouldChange
from ka2tui.tui.pages.tasks import TasksPage
from ka2tui.tui.pages.work_plan import WorkPlanPage
from tests.copied import filled_once
from tests.tui.driving import (
    TODAY,
    ask,
    go,
    make,
    screen_text,
    settled,
    told,
    type_in,
    widget_lines,
)
from tests.tui.hostile import HOSTILE

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ka2tui.queries.work_plan import PlanRow, WorkPlan
    from ka2tui.settings import Settings

FIRST_PAGE = "work_plan"

START = date(2025, 10, 1)


@pytest.fixture
@filled_once
def file(database: str) -> str:
    """WP1 with A1.1; WP2 with A2.1 and A2.2, three deliverables and a milestone; two partners."""
    portfolio = Portfolio.open(database, actor="Ana")
    do = portfolio.do
    project = do(
        projects.add, "SOLARIS", start=START, months=24, grant_cents=25_000_000, today=TODAY
    ).value
    ua = do(partners.add, project, "Universidad", acronym="UA", role=PartnerRole.COORDINATOR).value
    kmop = do(partners.add, project, "KMOP", acronym="KMOP").value
    wp1 = do(
        work_units.add, project, "WP1", "Management",
        values={"lead_id": ua, "start_month": 1, "end_month": 24, "amount_cents": 10_000_000,
                "state": WorkUnitState.UNDER_WAY, "objectives": "Keep partners together."},
    ).value  # fmt: skip
    do(
        work_units.add, project, "A1.1", "Meetings",
        values={"parent_id": wp1, "place": "Łódź", "expected_participants": 12},
    )  # fmt: skip
    wp2 = do(
        work_units.add, project, "WP2", "Handbook",
        values={"lead_id": kmop, "start_month": 4, "end_month": 18, "amount_cents": 14_000_000,
                "state": WorkUnitState.UNDER_WAY},
    ).value  # fmt: skip
    a21 = do(work_units.add, project, "A2.1", "Writing", values={"parent_id": wp2}).value
    do(work_units.add, project, "A2.2", "Testing", values={"parent_id": wp2, "start_month": 10,
                                                           "end_month": 12})  # fmt: skip
    do(work_units.set_share, wp1, ua, amount_cents=9_800_000)
    for code, title, unit, due in (
        ("D2.1", "Outline", wp2, date(2026, 11, 18)),
        ("D2.2", "Draft of the handbook", a21, date(2026, 12, 4)),
        ("D2.3", "Handbook", a21, None),
    ):
        values = {"work_unit_id": unit, "due": due, "lead_id": kmop}
        do(deliverables.add, project, code, title, values=values)
    do(milestones.add, project, "MS1", "Half-way", values={"due": date(2026, 12, 20),
                                                           "work_unit_id": wp2})  # fmt: skip
    do(tasks.add, project, "Write chapter 1", due=date(2026, 11, 3), work_unit_id=a21)
    do(tasks.add, project, "Write chapter 2", due=date(2026, 12, 3), work_unit_id=wp2)
    do(meetings.add, project, "Call on the handbook", work_unit_id=wp2)
    portfolio.close()
    return database


async def to_plan(pilot: Pilot[Any], stand: str = "") -> WorkPlanPage:
    await settled(pilot)
    await go(pilot, "7")
    page = pilot.app.screen
    assert isinstance(page, WorkPlanPage)
    if stand:
        put(page, stand)
        await settled(pilot)
    return page


def put(page: WorkPlanPage, code: str) -> None:
    """Put the cursor on the row with this code."""
    assert page.table.move_to(next(row.key for row in rows(page) if row.code == code))


def rows(page: WorkPlanPage) -> list[PlanRow]:
    found = (page.table.row_of(key) for key in page.table.keys)
    return [row for row in found if row is not None]


def codes(page: WorkPlanPage) -> list[str]:
    return [row.code for row in rows(page)]


def do(file: str, operation: Any, *args: Any, **kwargs: Any) -> Any:
    portfolio = Portfolio.open(file, actor="Bert", create=False)
    try:
        return portfolio.do(operation, *args, **kwargs).value
    finally:
        portfolio.close()


def plan(file: str) -> dict[str, PlanRow]:
    seen: WorkPlan = ask(file, views.read, 1, today=TODAY)
    return {row.code: row for row in seen.rows}


ALL = ["WP1", "A1.1", "WP2", "A2.1", "D2.2", "D2.3", "A2.2", "D2.1", "MS1"]


async def test_the_line_of_keys_says_what_t_does_next(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_plan(pilot)
        assert "t by date" in screen_text(app).splitlines()[-1]
        assert "t tree" in (await go(pilot, "t")).splitlines()[-1]
        assert "t by date" in (await go(pilot, "t")).splitlines()[-1]


async def test_the_plan_is_a_tree_with_what_was_promised_below(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_plan(pilot)
        assert codes(page) == ALL
        shown = screen_text(app)
        assert "€ 240 000 of € 250 000, € 10 000 not planned" in shown
        wp2 = next(line for line in widget_lines(page.table) if "WP2" in line)
        assert "KMOP" in wp2
        assert "Mar 2027" in wp2
        assert "1 late" in wp2
        assert "3 d late" in next(line for line in widget_lines(page.table) if "D2.1" in line)
        assert "€ 98 000 of € 100 000, € 2 000 not given" in page.details.text.replace("\n", " ")
        assert "Keep partners together." in page.details.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_it_stands_in_windows_of_every_size(app: Ka2tui, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await to_plan(pilot)
        shown = screen_text(app)
        for word in ("WP2", "Handbook", "KMOP", "Mar 2027", "planned", "|"):
            assert word in shown
        # whole titles come before the months, which the day tells as well
        assert ("M4-M18" in shown) == (size[0] > 120)
        assert max(map(len, shown.splitlines())) <= size[0]
        if size[0] >= 200:
            assert "€ 140 000" in shown


async def test_work_that_is_done_says_so_in_a_word(app: Ka2tui, file: str) -> None:
    key = plan(file)["WP2"].id
    do(file, work_units.edit, key, {"state": WorkUnitState.DONE})
    async with app.run_test(size=(200, 50)) as pilot:
        await to_plan(pilot)
        lines = screen_text(app).splitlines()
        done = next(line for line in lines if "WP2 Handbook" in line)
        assert " done " in done
        assert "░" not in done
        assert "%" not in done
        assert "░" in next(line for line in lines if "A1.1 Meetings" in line)


async def test_branches_fold_one_and_all(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot, "WP2")
        await go(pilot, "z")
        assert "6 folded away" in screen_text(app)
        await go(pilot, "Z")
        assert "A1.1" not in screen_text(app)
        await go(pilot, "Z")
        assert "A1.1" in screen_text(app)
        assert codes(page) == ALL


async def test_deliverables_are_listed_by_how_near_their_date_is(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot, "D2.2")
        await go(pilot, "t")
        assert codes(page) == ["D2.1", "D2.2", "MS1", "D2.3"]
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.code == "D2.2"
        shown = screen_text(app)
        assert shown.index("Late") < shown.index("D2.1") < shown.index("Next 30 days")
        assert shown.index("MS1") < shown.index("No date") < shown.index("D2.3")
        await go(pilot, "t")
        assert codes(page) == ALL


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("is:late", ["WP2", "A2.2", "D2.1"]),
        ("wp:2.1", ["WP2", "A2.1", "D2.2", "D2.3"]),
        ("kind:deliverable due<+14d", ["WP2", "A2.1", "D2.2", "D2.1"]),
        ("is:uneven", ["WP1"]),
        ("lodz", ["WP1", "A1.1"]),
        ("people>10", ["WP1", "A1.1"]),
    ],
)
async def test_a_filter_keeps_what_its_rows_stand_below(
    app: Ka2tui, text: str, found: list[str]
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_plan(pilot)
        await go(pilot, "slash")
        await type_in(pilot, text)
        assert codes(page) == found
        below = "\n".join(screen_text(app).splitlines()[-4:])
        said = re.search(r"(\d+)(?: fit, (\d+) above)? of (\d+)", below)
        assert said is not None
        fit, above, there = (int(it or 0) for it in said.groups())
        assert (fit + above, there) == (len(found), len(ALL))
        await go(pilot, "enter", "escape")
        assert codes(page) == ALL


async def test_what_is_reached_by_date_goes_away_from_under_the_cursor(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot, "MS1")
        await go(pilot, "t")
        assert codes(page) == ["D2.1", "D2.2", "MS1", "D2.3"]
        await go(pilot, "space")
        assert codes(page) == ["D2.1", "D2.2", "D2.3", "MS1"]
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.code == "D2.3"
        await go(pilot, "u")
        assert page.table.cursor_row.code == "D2.3"


async def test_space_takes_a_deliverable_from_state_to_state(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_plan(pilot, "D2.2")
        await go(pilot, "space")
        assert plan(file)["D2.2"].state is DeliverableState.DRAFT
        await go(pilot, "space")
        await type_in(pilot, "someday")
        await go(pilot, "enter")
        assert "not a date" in screen_text(app)
        await type_in(pilot, "fri")
        await go(pilot, "enter")
        row = plan(file)["D2.2"]
        assert (row.state, row.review_due) == (DeliverableState.REVIEW, date(2026, 11, 27))
        assert "in review" in screen_text(app)
        await go(pilot, "space")
        row = plan(file)["D2.2"]
        assert (row.state, row.done_on) == (DeliverableState.APPROVED, TODAY)
        await go(pilot, "space")
        assert isinstance(app.screen, Form)
        await type_in(pilot, "https://example.org/handbook")
        await go(pilot, "tab")
        await type_in(pilot, "EN, ES")
        await go(pilot, "ctrl+s")
        seen = ask(file, deliverable_views.one, row.id, today=TODAY)
        assert seen.row.state is DeliverableState.PUBLISHED
        assert (seen.published_at, seen.languages) == ("https://example.org/handbook", "EN, ES")
        assert "licence and check" in page.details.text
        await go(pilot, "u")
        assert plan(file)["D2.2"].state is DeliverableState.APPROVED
        assert "Undone: Publish D2.2" in told(app)


async def test_space_begins_and_ends_work_and_reaches_milestones(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot, "A2.2")
        await go(pilot, "space")
        assert plan(file)["A2.2"].state is WorkUnitState.UNDER_WAY
        await go(pilot, "space")
        assert plan(file)["A2.2"].state is WorkUnitState.DONE
        put(page, "MS1")
        await go(pilot, "space")
        row = plan(file)["MS1"]
        assert (row.state, row.done_on) == (MilestoneState.REACHED, TODAY)
        await go(pilot, "space")
        assert plan(file)["MS1"].state is MilestoneState.PLANNED


async def test_marked_rows_of_all_kinds_are_finished_as_one_step(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot)
        for code in ("A2.2", "D2.1", "MS1"):
            put(page, code)
            await go(pilot, "v")
        await go(pilot, "space")
        seen = plan(file)
        assert seen["A2.2"].state is WorkUnitState.DONE
        assert seen["D2.1"].state is DeliverableState.APPROVED
        assert seen["MS1"].closed
        assert not page.table.marks
        await go(pilot, "u")
        assert not any(plan(file)[code].closed for code in ("A2.2", "D2.1", "MS1"))
        assert "Undone: Finish 3 parts of the work plan" in told(app)


async def test_several_deliverables_are_taken_to_the_state_that_is_chosen(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot)
        for code in ("D2.1", "D2.2"):
            put(page, code)
            await go(pilot, "v")
        await go(pilot, "space")
        assert "How far is 2 deliverables" in screen_text(app)
        await go(pilot, *"appr", "enter")
        seen = plan(file)
        assert all(seen[code].state is DeliverableState.APPROVED for code in ("D2.1", "D2.2"))


async def test_a_work_package_is_put_off_with_its_end_alone_once_begun(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot, "WP2")
        await go(pilot, "p")
        assert "It is planned in months (M4-M18): move it by months." in screen_text(app)
        assert "1 month  Apr 2027 M19" in screen_text(app)
        await go(pilot, "3", "enter")
        assert (plan(file)["WP2"].start_month, plan(file)["WP2"].end_month) == (4, 19)
        put(page, "D2.2")
        await go(pilot, "v")
        put(page, "D2.1")
        await go(pilot, "v", "p", "2", "enter")
        assert plan(file)["D2.2"].due == date(2026, 12, 11)
        assert plan(file)["D2.1"].due == date(2026, 11, 28)
        await go(pilot, "u")
        assert plan(file)["D2.2"].due == date(2026, 12, 4)
        put(page, "D2.3")
        await go(pilot, "p", "2", "enter")
        assert plan(file)["D2.3"].due == date(2026, 11, 28)
        put(page, "A2.2")
        await go(pilot, "p")
        await type_in(pilot, "+1d")
        await go(pilot, "enter")
        assert "planned in months (M10-M12): move it by months" in told(app)


async def test_months_and_dates_are_set(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot, "A2.1")
        await go(pilot, "d")
        await type_in(pilot, "M9-M4")
        await go(pilot, "enter")
        assert "ends before it begins" in screen_text(app)
        await type_in(pilot, "M4-M9")
        assert "M4-M9 · Jan-Jun 2026" in screen_text(app)
        await go(pilot, "enter")
        assert (plan(file)["A2.1"].start_month, plan(file)["A2.1"].end_month) == (4, 9)
        put(page, "D2.3")
        await go(pilot, "d")
        await type_in(pilot, "M18")
        await go(pilot, "enter")
        row = plan(file)["D2.3"]
        assert (row.due, row.due_month) == (date(2027, 3, 31), 18)


async def test_a_partner_leads_what_is_marked(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot)
        for code in ("WP2", "D2.1", "MS1"):
            put(page, code)
            await go(pilot, "v")
        await go(pilot, "at", *"UA", "enter")
        assert (plan(file)["WP2"].lead, plan(file)["D2.1"].lead) == ("UA", "UA")
        put(page, "MS1")
        await go(pilot, "at")
        assert "A milestone has nobody" in told(app)


async def test_shares_are_added_up_while_they_are_typed(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await to_plan(pilot, "WP1")
        await go(pilot, "dollar_sign")
        assert isinstance(app.screen, Shares)
        assert "€ 98 000 of € 100 000, € 2 000 not given to anybody" in screen_text(app)
        await go(pilot, "tab")
        await type_in(pilot, "5 000")
        assert "€ 103 000 of € 100 000, € 3 000 more than there is" in screen_text(app)
        await type_in(pilot, "five")
        assert "(1 line left out)" in screen_text(app)
        await go(pilot, "ctrl+s")
        assert "is not an amount" in screen_text(app)
        await type_in(pilot, "2000")
        assert "€ 100 000, all given" in screen_text(app)
        await go(pilot, "ctrl+s")
        seen = ask(file, unit_views.one, plan(file)["WP1"].id)
        assert [share.amount_cents for share in seen.shares] == [9_800_000, 200_000]
        await go(pilot, "u")
        seen = ask(file, unit_views.one, plan(file)["WP1"].id)
        assert [share.amount_cents for share in seen.shares] == [9_800_000]


async def test_a_lead_says_how_far_work_is(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        page = await to_plan(pilot, "WP2")
        await go(pilot, "percent_sign")
        await type_in(pilot, "140")
        await go(pilot, "enter")
        assert "from 0 to 100" in screen_text(app)
        await type_in(pilot, "55 %")
        await go(pilot, "enter")
        assert plan(file)["WP2"].stated == 55
        assert "as its lead says" in page.details.text
        await go(pilot, "percent_sign")
        await type_in(pilot, "")
        await go(pilot, "enter")
        assert plan(file)["WP2"].stated is None


async def test_rows_are_moved_up_and_down_and_below_another_part(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot, "WP2")
        await go(pilot, "K")
        assert codes(page)[0] == "WP2"
        await go(pilot, "K")
        assert "It is first there already." in told(app)
        put(page, "D2.1")
        await go(pilot, "J")
        assert "stand by their dates" in told(app)
        await go(pilot, "greater_than_sign")
        assert plan(file)["D2.1"].work_unit == "A2.2"
        await go(pilot, "less_than_sign")
        assert plan(file)["D2.1"].work_unit == "WP2"
        put(page, "A1.1")
        await go(pilot, "M", *"WP2", "enter")
        assert plan(file)["A1.1"].work_unit == "WP2"
        put(page, "WP1")
        await go(pilot, "M", *"WP2", "enter")
        assert "cannot be part of" in told(app)


async def test_removing_tells_what_hangs_on_it(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_plan(pilot, "WP2")
        await go(pilot, "x")
        box = app.screen.query_one(Box).region
        lines = screen_text(app).splitlines()[box.y : box.bottom]
        asked = " ".join(" ".join(line[box.x + 1 : box.right - 1] for line in lines).split())
        assert "Its 2 activities go along." in asked
        assert "2 tasks, 3 deliverables, 1 milestone, 1 meeting stay, in no" in asked
        await go(pilot, "y")
        assert codes(page) == ["WP1", "A1.1", "D2.1", "D2.2", "MS1", "D2.3"]
        assert "In no work package" in screen_text(app)
        await go(pilot, "u")
        assert codes(page) == ALL


@pytest.mark.parametrize(
    ("choice", "code", "kind"),
    [
        ("work pack", "WP3", PlanKind.WORK_PACKAGE),
        ("activity", "A2.3", PlanKind.ACTIVITY),
        ("deliv", "D2.4", PlanKind.DELIVERABLE),
        ("mile", "MS2", PlanKind.MILESTONE),
    ],
)
async def test_everything_is_added_where_the_cursor_stands(
    app: Ka2tui, file: str, choice: str, code: str, kind: PlanKind
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot, "WP2")
        await go(pilot, "n", *("space" if key == " " else key for key in choice), "enter", "tab")
        await type_in(pilot, f"New one {HOSTILE[0]}")
        await go(pilot, "ctrl+s")
        made = plan(file)[code]
        assert made.kind is kind
        assert made.work_unit == (None if kind is PlanKind.WORK_PACKAGE else "WP2")
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.code == code


async def test_a_code_that_is_taken_is_said_and_the_form_stays(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_plan(pilot, "WP2")
        await go(pilot, "n", *"deliv", "enter")
        await type_in(pilot, "d2.1")
        await go(pilot, "tab", *"Twin", "ctrl+s")
        assert "D2.1 is already the code of “Outline”." in screen_text(app)
        assert isinstance(app.screen, Form)


async def test_what_is_new_in_the_plan_needs_a_title(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_plan(pilot, "WP2")
        known = plan(file).keys()
        await go(pilot, "n", "enter", "ctrl+s")
        assert isinstance(app.screen, Form)
        assert "Title is needed." in screen_text(app)
        assert plan(file).keys() == known


async def test_what_somebody_else_changed_meanwhile_is_asked_and_stays(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_plan(pilot, "D2.2")
        await go(pilot, "e", "tab")
        await type_in(pilot, "Mine")
        do(file, deliverables.edit, plan(file)["D2.2"].id, {"title": "Theirs"})
        await go(pilot, "ctrl+s")
        assert plan(file)["D2.2"].title == "Theirs"
        text = screen_text(app)
        assert "Changed meanwhile: Title" in text
        assert "Theirs" in text
        assert "Mine" in text
        await go(pilot, "t")
        assert not app.screen.is_modal
        assert plan(file)["D2.2"].title == "Theirs"


async def test_the_form_of_an_activity_keeps_all_it_has(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 50)) as pilot:
        await to_plan(pilot, "A1.1")
        await go(pilot, "e")
        shown = screen_text(app)
        assert "Łódź" in shown
        await go(pilot, "tab", "tab", "tab")
        await type_in(pilot, "1 Mar 2026 - 31 May 2026")
        await go(pilot, "ctrl+s")
        row = plan(file)["A1.1"]
        assert (row.first, row.due) == (date(2026, 3, 1), date(2026, 5, 31))
        assert (row.start_month, row.end_month) == (6, 8)
        assert (row.place, row.participants) == ("Łódź", 12)


async def test_the_tasks_of_a_part_are_a_key_away(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_plan(pilot, "D2.1")
        await go(pilot, "T")
        page = app.screen
        assert isinstance(page, TasksPage)
        assert page.line.words == "wp:WP2"
        assert page.table.count == 2


async def test_the_history_of_a_row_is_a_key_away(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 24)) as pilot:
        await to_plan(pilot, "D2.1")
        await go(pilot, "L")
        assert app.current_mode == "history"
        shown = screen_text(app)
        assert "Add deliverable D2.1 “Outline”" in shown
        assert "Add work package" not in shown


async def test_lines_of_the_details_lead_to_tasks_and_to_other_rows(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 50)) as pilot:
        page = await to_plan(pilot, "WP2")
        await go(pilot, "enter", "down", "enter")
        tasks_page = app.screen
        assert isinstance(tasks_page, TasksPage)
        assert tasks_page.table.cursor_row is not None
        assert tasks_page.table.cursor_row.title == "Write chapter 1"
        await go(pilot, "q", "down", "down", "enter")
        assert page.table.has_focus
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.code == "A2.1"


async def test_what_others_name_is_stood_on(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open_record("work_plan", plan_key(PlanKind.DELIVERABLE, plan(file)["D2.3"].id))
        await settled(pilot)
        page = app.screen
        assert isinstance(page, WorkPlanPage)
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.code == "D2.3"


async def test_the_details_take_the_place_of_the_list_where_there_is_no_room(
    app: Ka2tui,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot, "WP2")
        await go(pilot, "enter")
        assert page.details.has_focus
        shown = screen_text(app)
        assert "M4-M18 · Jan 2026-Mar 2027" in shown
        assert "Tasks" in shown
        assert "1 late" in shown
        await go(pilot, "escape")
        assert page.table.has_focus
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.code == "WP2"


async def test_what_people_typed_is_shown_as_it_is(app: Ka2tui, file: str) -> None:
    for number, text in enumerate(HOSTILE):
        do(file, deliverables.add, 1, f"X{number}", text, values={"notes": text})
        do(file, work_units.add, 1, f"U{number}", text, values={"place": text})
    async with app.run_test(size=(160, 50)) as pilot:
        page = await to_plan(pilot)
        for row in rows(page):
            page.table.move_to(row.key)
            await settled(pilot)
        await go(pilot, "t", "end", "x")
        assert "\x1b" not in screen_text(app)


async def test_an_empty_plan_invites_and_says_what_the_project_calls_it(
    database: str, settings: Settings
) -> None:
    portfolio = Portfolio.open(database, actor="Ana")
    portfolio.do(projects.add, "SMALL", shape=ProjectShape.ACTIVITIES, today=TODAY)
    portfolio.close()
    app = make(database, settings)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot)
        assert "Press n to add the first activity." in screen_text(app)
        await go(pilot, "space", "e", "p", "x", "dollar_sign", "t", "s")
        await go(pilot, "n", "enter", "tab")
        await type_in(pilot, "Workshop")
        await go(pilot, "ctrl+s")
        assert codes(page) == ["A1"]


async def test_many_rows_are_shown_before_they_change(app: Ka2tui, file: str) -> None:
    for number in range(25):
        do(file, deliverables.add, 1, f"X{number}", values={"due": date(2026, 12, 1)})
    async with app.run_test(size=(100, 40)) as pilot:
        await to_plan(pilot)
        await go(pilot, "t", "V", "p", "2", "enter")
        assert isinstance(app.screen, WouldChange)
        await go(pilot, "escape")
        assert plan(file)["X1"].due == date(2026, 12, 1)


async def test_every_order_can_be_chosen(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_plan(pilot)
        for word, first in (("title", "WP2"), ("money", "WP2"), ("code", "WP1")):
            await go(pilot, "s", *word, "enter")
            assert codes(page)[0] == first
        await go(pilot, "t", "s", *"title", "enter")
        assert codes(page) == ["D2.2", "MS1", "D2.3", "D2.1"]
