"""The page of risks and logs: its tabs, its verbs, the grid, and what leads to and from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import LogKind, OutcomeKind
from ka2tui.operations import logs, meetings, outcomes, partners, projects, risks
from ka2tui.queries import logs as log_views
from ka2tui.queries import register as views
from ka2tui.queries import tasks as task_views
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import LogEntry
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.meeting import MeetingPage
from ka2tui.tui.pages.register import RegisterPage
from tests.copied import filled_once
from tests.tui.driving import TODAY, ask, go, make, screen_text, settled, told

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from ka2tui.settings import Settings

DAY = timedelta(days=1)
SIZE = (120, 40)


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    """A project with two risks, an issue, a change, and a decision in minutes."""
    path = str(tmp_path / "ka2tui.db")
    made = Portfolio.open(path, actor="Ana")
    project = made.do(projects.add, "SOLAR", start=date(2026, 1, 1), months=24, today=TODAY).value
    partner = made.do(partners.add, project, "University", acronym="UA").value
    for title, more in (
        ("A [red]partner[/] leaves", {"likelihood": 4, "impact": 5, "partner_id": partner,
                                      "action": "Call", "review_on": TODAY - DAY}),
        ("Prices rise", {"likelihood": 2, "impact": 1}),
    ):  # fmt: skip
        made.do(risks.add, project, title, today=TODAY, values=more)
    made.do(logs.add, project, LogKind.ISSUE, "No ink", today=TODAY,
            values={"due": TODAY - DAY, "urgency": 2, "impact": 4})  # fmt: skip
    made.do(logs.add, project, LogKind.CHANGE, "Another venue", today=TODAY)
    meeting = made.do(meetings.add, project, "TPM1", day=date(2026, 11, 10)).value
    made.do(outcomes.add, meeting, OutcomeKind.DECISION, "Buy [bold]ink[/]")
    made.close()
    return path


def rows(file: str) -> list[Any]:
    return list(ask(file, views.listed, 1, today=TODAY))


async def begin(pilot: Pilot[Any], *pressed: str) -> RegisterPage:
    await go(pilot, "g", "k")
    screen = pilot.app.screen
    assert isinstance(screen, RegisterPage)
    if pressed:
        await go(pilot, *pressed)
    return screen


async def test_everything_stands_with_its_level_in_words_and_signs(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot)
        text = screen_text(app)
        assert "█ 20 high" in text
        assert "▁ 2 low" in text
        assert "impact 4" in text
        assert "A [red]partner[/]" in text
        assert "○" in text
        assert "Buy [bold]ink[/]" in text
        assert "Likelihood × impact" in text
        assert "›1‹" in text


@pytest.mark.parametrize(("size", "grid"), [((80, 24), False), ((120, 40), True),
                                            ((200, 50), True)])  # fmt: skip
async def test_the_grid_stands_where_there_is_room(
    app: Ka2tui, size: tuple[int, int], *, grid: bool
) -> None:
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        text = screen_text(app)
        assert ("Likelihood × impact" in text) is grid
        assert "No ink" in text


async def test_a_tab_shows_one_kind_and_new_adds_it(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot, "right_square_bracket")
        assert page.table.count == 2
        await go(pilot, "n")
        await pilot.press(*"=1+1 ")
        await go(pilot, "ctrl+s")
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.title == "=1+1"
    assert [row.title for row in rows(file) if row.code == "R3"] == ["=1+1"]


async def test_new_asks_for_the_kind_where_all_are_shown(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot, "n")
        await pilot.press(*"iss")
        await go(pilot, "enter")
        await pilot.press(*"Paper")
        await go(pilot, "ctrl+s")
    assert "IS2" in [row.code for row in rows(file)]


async def test_what_happened_becomes_an_issue_and_u_takes_both_back(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot, "H")
        assert "It becomes an issue" in screen_text(app)
        await go(pilot, "y")
        assert {row.code: row.state for row in rows(file)}["R1"] == "happened"
        assert "IS2" in [row.code for row in rows(file)]
        await go(pilot, "u")
    assert {row.code: row.state for row in rows(file)}["R1"] == "open"
    assert "IS2" not in [row.code for row in rows(file)]


async def test_looking_again_asks_for_the_estimate_and_the_day(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot, "w")
        await go(pilot, "ctrl+s")
        row = page.table.cursor_row
        assert row is not None
        assert (row.due, row.late) == (TODAY + 28 * DAY, False)


async def test_marked_risks_are_closed_and_opened_again_in_one_step(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot, "right_square_bracket", "V", "space")
        assert {row.state for row in rows(file) if row.table == "risk"} == {"closed"}
        await go(pilot, "u")
        assert {row.state for row in rows(file) if row.table == "risk"} == {"open"}


async def test_marks_of_both_sorts_are_refused_in_words(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot, "V", "space")
        assert "not both" in told(app)
    assert {row.state for row in rows(file) if row.table == "risk"} == {"open"}


async def test_an_issue_is_settled_with_what_was_done(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot, "right_square_bracket", "right_square_bracket", "space")
        await pilot.press(*"Bought")
        await go(pilot, "ctrl+s")
    (line,) = ask(file, log_views.some, [1], today=TODAY)
    assert (line.solution, line.state_word) == ("Bought", "settled")


async def test_an_issue_leads_to_a_change_and_to_a_task(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot, "right_square_bracket", "right_square_bracket", "t")
        await go(pilot, "ctrl+s")
        (task,) = ask(file, task_views.listed, 1).rows
        assert ask(file, task_views.one, task.id).origin == "issue IS1 “No ink”"
        assert "No ink" in " ".join(str(it) for it in [screen_text(app)])
        await go(pilot, "escape", "escape", "c")
        await settled(pilot)
    assert "CH2" in [row.code for row in rows(file)]
    assert page is not None


async def test_a_change_is_decided(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot, *["right_square_bracket"] * 4, "d")
        await pilot.press("tab", *"Board")
        await go(pilot, "ctrl+s")
    (line,) = ask(file, log_views.some, [2], today=TODAY)
    assert (line.decided_by, line.state_word) == ("Board", "decided")


async def test_a_decision_of_minutes_is_taken_up_and_opened_there(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot, *["right_square_bracket"] * 3, "enter")
        assert isinstance(app.screen, MeetingPage)
        await go(pilot, "q")
        await begin(pilot, "m")
    (row,) = [row for row in rows(file) if row.kind == "decision"]
    assert (row.code, row.written) == ("DE1", True)


async def test_nothing_here_says_the_first_step(tmp_path: Path, settings: Settings) -> None:
    path = str(tmp_path / "empty.db")
    made = Portfolio.open(path, actor="Ana")
    made.do(projects.add, "BARE", today=TODAY)
    made.close()
    bare = make(path, settings)
    async with bare.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        assert "Press n to add a risk" in screen_text(bare)
        await go(pilot, "e", "H", "x", "space")
        assert isinstance(bare.screen, RegisterPage)


async def test_a_log_of_ten_thousand_lines_is_walked_through(app: Ka2tui, file: str) -> None:
    @operation("Fill")
    def fill(session: Any) -> None:
        for number in range(10_000):
            session.add(
                LogEntry(
                    project_id=1, kind=LogKind.ISSUE, code=f"L{number}", title=f"Line {number}"
                )
            )

    made = Portfolio.open(file, actor="Ana")
    made.do(fill)
    made.close()
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        assert page.table.count == 10_005
        await go(pilot, "end")
        assert page.table.cursor_row is not None
        assert "Line 9999" in screen_text(app)


async def test_a_task_leads_to_what_it_came_from_and_a_meeting_to_its_log(
    app: Ka2tui, file: str
) -> None:
    made = Portfolio.open(file, actor="Ana")
    made.do(risks.make_task, 1)
    made.do(logs.take_up, [1], today=TODAY)
    made.close()
    async with app.run_test(size=SIZE) as pilot:
        await go(pilot, "3", "enter")
        assert "risk R1" in screen_text(app)
        await go(pilot, "down", "enter")
        page = app.screen
        assert isinstance(page, RegisterPage)
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.code == "R1"
        await go(pilot, "4")
        assert "In the log" in screen_text(app)
        assert "DE1 Buy [bold]ink[/]" in screen_text(app)
