"""Before many records change they are shown, in words; escape leaves everything as it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.operations import meetings, projects, tasks
from ka2tui.queries import tasks as views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.choose import Choose
from ka2tui.tui.dialogs.would_change import WouldChange, WouldTakeBack
from ka2tui.tui.pages.meetings import MeetingsPage
from ka2tui.tui.pages.tasks import TasksPage
from tests.copied import filled_once
from tests.tui.driving import now, screen_text, settled

if TYPE_CHECKING:
    from ka2tui.settings import Settings

TODAY = date(2026, 11, 21)
COUNT = 30


@pytest.fixture
@filled_once
def filled(database: str) -> str:
    """A project with many tasks, one of them done."""
    opened = Portfolio.open(database, actor="me")
    project = opened.do(projects.add, "SOLAR", today=TODAY).value
    for number in range(COUNT):
        due = TODAY + timedelta(days=number)
        opened.do(tasks.add, project, f"[red] task {number} =1+1", due=due)
    opened.do(tasks.tag, [1], put=["x"])
    opened.close()
    return database


def started(database: str, settings: Settings) -> Ka2tui:
    return Ka2tui(
        lambda: Portfolio.open(database, actor="me"),
        today=TODAY,
        now=now,
        settings=settings,
        project=1,
    )


def states(database: str) -> set[str]:
    opened = Portfolio.open(database, actor="me")
    rows = opened.ask(views.listed, 1, all=True).rows
    opened.close()
    return {str(row.state) for row in rows}


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 15)])
async def test_many_rows_are_shown_before_they_change(
    filled: str, settings: Settings, size: tuple[int, int]
) -> None:
    app = started(filled, settings)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.action_go("tasks")
        await settled(pilot)
        await pilot.press("V", "space")
        await settled(pilot)
        assert isinstance(app.screen, WouldChange)
        shown = screen_text(app)
        assert "Finish 30 tasks?" in shown
        assert "This changes 30 tasks." in shown
        assert "state open → done" in " ".join(shown.split())
        assert "[red] task 0 =1+1" in shown
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, TasksPage)
        assert len(app.screen.table.marks) == COUNT, "the marks are kept"
        assert states(filled) == {"open"}
        await pilot.press("space")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert states(filled) == {"done"}
        assert not app.screen.table.marks
        await pilot.press("u")
        await settled(pilot)
        assert isinstance(app.screen, WouldTakeBack)
        assert "Take back ‘Finish 30 tasks’?" in screen_text(app)
        assert states(filled) == {"done"}
        await pilot.press("enter")
        await settled(pilot)
        assert states(filled) == {"open"}


async def test_a_whole_project_goes_after_a_question_and_comes_again_from_where_one_stands(
    filled: str, settings: Settings
) -> None:
    opened = Portfolio.open(filled, actor="me")
    other = opened.do(projects.add, "OTHER", today=TODAY).value
    opened.close()
    app = started(filled, settings)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await app.switch_project(other)
        await pilot.press("u")
        await settled(pilot)
        assert isinstance(app.screen, WouldTakeBack)
        assert "project OTHER" in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        assert {it.id for it in await app.projects()} == {1, other}
        await pilot.press("u")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert [it.id for it in await app.projects()] == [1]
        assert app.project == 1
        await pilot.press("9")
        await settled(pilot)
        assert "U brings again: Add project OTHER" in screen_text(app)
        await pilot.press("U")
        await settled(pilot)
        assert {it.id for it in await app.projects()} == {1, other}
        assert app.project == other, "one is again where one was"


async def test_what_is_left_as_it_is_is_told_with_the_reason(
    filled: str, settings: Settings
) -> None:
    opened = Portfolio.open(filled, actor="me")
    opened.do(tasks.start, [1, 2])
    opened.close()
    app = started(filled, settings)
    async with app.run_test(size=(120, 50)) as pilot:
        await settled(pilot)
        app.action_go("tasks")
        await settled(pilot)
        page: Any = app.screen
        page.table.move_to(1)
        page.table.action_mark_all()
        await app.run_action("start", page)
        await settled(pilot)
        shown = screen_text(app)
        assert "This changes 28 tasks." in shown
        assert "Stay as they are" in shown
        assert "task [red] task 0 =1+1: is in work already" in shown
        await pilot.press("escape")


async def test_many_tasks_with_parts_are_removed_after_one_question(
    filled: str, settings: Settings
) -> None:
    opened = Portfolio.open(filled, actor="me")
    opened.do(tasks.add, 1, "a part", parent_id=1)
    opened.close()
    app = started(filled, settings)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.action_go("tasks")
        await settled(pilot)
        await pilot.press("V", "end", "v")
        await app.run_action("remove", app.screen)
        await settled(pilot)
        assert isinstance(app.screen, Choose)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, TasksPage)
        assert states(filled) == set()


async def test_many_meetings_are_removed_after_one_question(
    filled: str, settings: Settings
) -> None:
    opened = Portfolio.open(filled, actor="me")
    for number in range(COUNT):
        opened.do(meetings.add, 1, f"Online {number}")
    opened.close()
    app = started(filled, settings)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.action_go("meetings")
        await settled(pilot)
        await pilot.press("V")
        await app.run_action("remove", app.screen)
        await settled(pilot)
        assert isinstance(app.screen, WouldChange)
        assert "Remove 30 meetings?" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, MeetingsPage)
        assert not app.screen.table.count


async def test_few_rows_change_at_once(filled: str, settings: Settings) -> None:
    app = started(filled, settings)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.action_go("tasks")
        await settled(pilot)
        await pilot.press("v", "v", "space")
        await settled(pilot)
        assert isinstance(app.screen, TasksPage)
        assert states(filled) == {"open", "done"}


async def test_a_change_from_another_window_is_undone_and_told_as_such(
    filled: str, settings: Settings
) -> None:
    app = started(filled, settings)
    at = datetime(2026, 11, 21, 10, 31, tzinfo=UTC)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.action_go("tasks")
        await settled(pilot)
        await pilot.press("space")
        await settled(pilot)
        other = Portfolio.open(filled, actor="me", now=lambda: at)
        other.do(tasks.add, 1, "from the other window")
        other.close()
        await pilot.press("u")
        await settled(pilot)
        clock = f"{at.astimezone():%H:%M}"
        said = f"Undone (done in another window at {clock}): Add task"
        assert any(note.message.startswith(said) for note in app._notifications)
        await pilot.press("u")
        await settled(pilot)
        notes = [note.message for note in app._notifications]
        assert any(note.startswith("Undone: Finish") for note in notes)
        await pilot.press("u")
        await settled(pilot)
        notes = [note.message for note in app._notifications]
        assert any(note.startswith("Undone: Tag") for note in notes), "done before it was opened"
