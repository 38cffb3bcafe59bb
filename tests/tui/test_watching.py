"""What others change while the app stands open: noticed, told, and nothing moves."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from ka2tui.domain.kinds import OutcomeKind
from ka2tui.operations import agenda, meetings, outcomes, partners, projects, tasks
from ka2tui.store import engine
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui import plain
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.closed import Closed
from ka2tui.tui.elsewhere import PATIENCE, POLL_SECONDS
from ka2tui.tui.pages.meeting import MeetingPage
from tests.copied import filled_once
from tests.tui.driving import TODAY, screen_text, settled, until, widget_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from ka2tui.settings import Settings

COUNT = 60


@pytest.fixture
@filled_once
def file(database: str) -> str:
    """A project with sixty tasks and a meeting with three points."""
    portfolio = Portfolio.open(database, actor="Ana")
    do = portfolio.do
    project = do(projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=TODAY).value
    do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ")
    for number in range(COUNT):
        do(tasks.add, project, f"Task {number:02}", due=date(2027, 1, 1))
    meeting = do(meetings.add, project, "Kick-off").value
    for title in ("Welcome", "Money", "Next steps"):
        do(agenda.add, meeting, title)
    portfolio.close()
    return database


def elsewhere(file: str, operation: Any, *args: Any, actor: str = "Ben", **named: Any) -> Any:
    """Change something as another window does."""
    other = Portfolio.open(file, actor=actor)
    try:
        return other.do(operation, *args, **named).value
    finally:
        other.close()


def bytes_of(file: str) -> bytes:
    return Path(file).read_bytes()


def lay_over(file: str, content: bytes) -> None:
    """Write another content into the same file, as cp does."""
    Path(file).write_bytes(content)


async def go(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each when the one before is done with."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def noticed(pilot: Pilot[Any], app: Ka2tui, condition: Callable[[], bool]) -> None:
    """Let the desk look once, as it does each second, until something is so."""
    app._watch.poll()
    await until(pilot, condition)
    await settled(pilot)


def toasts(app: Ka2tui) -> list[str]:
    return [str(note.message) for note in app._notifications]


def told(app: Ka2tui) -> bool:
    return any("Changed elsewhere" in it for it in toasts(app))


def line_with(app: Ka2tui, text: str) -> str:
    return next(line for line in screen_text(app).splitlines() if text in line)


def test_it_looks_often_enough_to_notice_within_two_seconds() -> None:
    assert POLL_SECONDS <= 1


async def test_the_row_says_that_it_was_changed_and_a_toast_says_by_whom(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "3", *["down"] * 7)
        page: Any = app.screen
        elsewhere(file, tasks.edit, 4, {"title": "Called differently"})
        await noticed(pilot, app, lambda: "Called differently" in screen_text(app))
        assert toasts(app) == ["Changed elsewhere by Ben: Edit task “Task 03”"]
        assert plain.CHANGED in line_with(app, "Called differently")[:4]
        assert plain.CHANGED not in line_with(app, "Task 10")[:4]
        assert "changed in another window" in screen_text(app).splitlines()[0]
        # it is seen once the cursor was there
        await go(pilot, *["up"] * 5)
        assert plain.CHANGED not in line_with(app, "Called differently")[:4]
        assert page.table.has_focus


async def test_cursor_scroll_marks_and_focus_stay(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await go(pilot, "3", *["pagedown"] * 2, "up", "up", "v", "v")
        table: Any = app.screen.table  # type: ignore[attr-defined]
        before = (table.cursor_key, table.scroll_offset, set(table.marks), app.focused)
        place = next(
            at for at, line in enumerate(widget_lines(table)) if table.cursor_row.title in line
        )
        elsewhere(file, tasks.edit, 2, {"title": "First of all", "due": date(2026, 11, 1)})
        elsewhere(file, tasks.finish, [5, 6], today=TODAY)
        await noticed(pilot, app, lambda: table.count == COUNT - 2)
        assert (table.cursor_key, set(table.marks), app.focused) == (before[0], *before[2:])
        lines = widget_lines(table)
        assert table.cursor_row.title in lines[place]
        assert "2 changes, the last: Finish 2 tasks" in toasts(app)[0]


async def test_while_a_filter_is_typed(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "3", "/", *"task")
        field = app.focused
        assert isinstance(field, Input)
        elsewhere(file, tasks.edit, 4, {"title": "Other words"})
        await noticed(pilot, app, lambda: "Task 03" not in screen_text(app))
        assert app.focused is field
        assert (field.value, field.cursor_position) == ("task", 4)
        assert told(app)


async def test_while_a_form_is_open_and_then_the_list_tells_where(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "3", "down", "e")
        form, field = app.screen, app.focused
        assert form.is_modal
        assert isinstance(field, Input)
        await go(pilot, *" mine")
        typed = field.value
        elsewhere(file, tasks.edit, 4, {"title": "Theirs"})
        await noticed(pilot, app, lambda: told(app))
        assert app.screen is form
        assert app.focused is field
        assert field.value == typed
        await go(pilot, "ctrl+s")
        await until(pilot, lambda: "Theirs" in screen_text(app))
        assert plain.CHANGED in line_with(app, "Theirs")[:4]
        assert "mine" in screen_text(app)


async def test_a_form_about_what_was_removed_elsewhere_says_what_to_do(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "3")
        await until(pilot, lambda: "Task 00" in screen_text(app))
        await go(pilot, "e")
        await until(pilot, lambda: app.screen.is_modal)
        await settled(pilot)
        await go(pilot, *" mine")
        other = Portfolio.open(file, actor="Ben")
        other.do(tasks.remove, [1])
        await go(pilot, "ctrl+s")
        await until(pilot, lambda: "There is no task 1 any more." in screen_text(app))
        assert "What you typed stays here" in screen_text(app)
        other.undo()
        other.close()
        await go(pilot, "ctrl+s")
        await until(pilot, lambda: "Task 00 mine" in screen_text(app))


async def test_in_the_middle_of_a_running_meeting(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.push_screen(MeetingPage(1))
        await settled(pilot)
        await go(pilot, "S", "d", *"We agree")
        field = app.focused
        assert isinstance(field, Input)
        elsewhere(file, outcomes.add, 1, OutcomeKind.INFORMATION, "Said in the other room")
        await noticed(pilot, app, lambda: "Said in the other room" in screen_text(app))
        assert app.focused is field
        assert field.value == "We agree"
        await go(pilot, "enter")
        await until(pilot, lambda: "We agree" in screen_text(app))


async def test_a_change_of_ours_between_two_looks_is_ours(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "3")
        elsewhere(file, tasks.edit, 4, {"title": "Theirs"})
        await go(pilot, "space")
        await until(pilot, lambda: told(app))
        assert toasts(app) == ["Changed elsewhere by Ben: Edit task “Task 03”"]
        assert plain.CHANGED in line_with(app, "Theirs")[:4]


async def test_own_changes_are_never_told_as_others(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "3", "space")
        app._watch.poll()
        await settled(pilot)
        assert toasts(app) == []
        assert plain.CHANGED not in "".join(line[:4] for line in screen_text(app).splitlines())


async def test_a_change_in_another_project_is_told_with_its_name(app: Ka2tui, file: str) -> None:
    other = elsewhere(file, projects.add, "LUNA", today=TODAY)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "3")
        elsewhere(file, tasks.add, other, "Moon train [red]")
        await noticed(pilot, app, lambda: told(app))
        assert toasts(app) == ["Changed elsewhere in LUNA by Ben: Add task “Moon train [red]”"]


async def test_what_was_taken_back_elsewhere_says_so(app: Ka2tui, file: str) -> None:
    elsewhere(file, tasks.edit, 4, {"title": "Theirs"})
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        other = Portfolio.open(file, actor="Ben")
        other.undo()
        other.close()
        await noticed(pilot, app, lambda: told(app))
        assert toasts(app) == ["Changed elsewhere by Ben: Edit task “Task 03” (taken back)"]


async def test_a_window_beside_another_one_need_not_have_the_focus(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "3")
        app.app_focus = False
        elsewhere(file, tasks.edit, 4, {"title": "Theirs"})
        await noticed(pilot, app, lambda: "Theirs" in screen_text(app))


async def test_a_page_is_read_again_when_a_lock_is_gone(
    app: Ka2tui, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = (*engine._PRAGMAS, "busy_timeout=300")
    monkeypatch.setattr(engine, "_PRAGMAS", quick)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await pilot.press("6")
            for _ in range(PATIENCE + 1):
                app._watch.poll()
            assert app.trust.words != "saved"
            await until(pilot, lambda: not app.trust.reachable)
            await settled(pilot)
            assert toasts(app) == [
                f"{file} is kept locked by another program. Close it there and try again."
            ]
            assert "ULODZ" not in screen_text(app)
        await noticed(pilot, app, lambda: "ULODZ" in screen_text(app))
        assert app.trust.words == "saved"


async def test_an_older_copy_laid_over_the_file_is_told_and_shown(app: Ka2tui, file: str) -> None:
    older = bytes_of(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "3", "space")
        app._watch.poll()
        await until(pilot, lambda: "All 59" in screen_text(app))
        lay_over(file, older)
        await go(pilot, "space")  # meant for what is no longer there
        assert "replaced by another copy" in toasts(app)[-1]
        for _ in range(3):  # it is missed, opened anew, and read
            app._watch.poll()
            await settled(pilot)
        await until(pilot, lambda: "All 60" in screen_text(app))
        assert len(toasts(app)) == 1, toasts(app)
        await go(pilot, "space")
        await until(pilot, lambda: app.trust.words == "saved")
    with closing(Portfolio.open(file, actor="Ana")) as left:
        left.check_history()


async def test_a_database_of_which_nothing_can_be_read_says_so_and_can_be_tried_again(
    app: Ka2tui, file: str
) -> None:
    whole = bytes_of(file)
    with closing(sqlite3.connect(file)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name='project'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    begin = (root - 1) * size
    lay_over(file, whole[:begin] + bytes(size) + whole[begin + size :])
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Closed))
        await settled(pilot)
        assert "is damaged. Nothing was written to it." in screen_text(app)
        lay_over(file, whole)
        await pilot.press("r")
        await until(pilot, app.opened.is_set)
        assert app.trust.words == "saved"


async def test_a_new_day_begins_while_the_app_stands_open(file: str, settings: Settings) -> None:
    clock = [datetime.combine(TODAY, time(11), UTC)]
    app = Ka2tui(
        lambda: Portfolio.open(file, actor="Ana"), today=TODAY, now=lambda: clock[0],
        settings=settings, project=1, place=file, follows_clock=True,
    )  # fmt: skip
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, app.opened.is_set)
        await go(pilot, "3")
        app.follow_clock()
        assert (app.today, toasts(app)) == (TODAY, [])
        clock[0] += timedelta(days=1)
        app.follow_clock()
        await settled(pilot)
        tomorrow = TODAY + timedelta(days=1)
        assert f"{tomorrow:%a} {tomorrow.day} {tomorrow:%b %Y}" in screen_text(app).splitlines()[0]
        assert toasts(app) == [f"It is {tomorrow:%A} {tomorrow.day} {tomorrow:%B %Y} now."]
        await go(pilot, "space")
    with closing(sqlite3.connect(file)) as raw:
        (finished,) = raw.execute("SELECT finished_on FROM task WHERE id = 1").fetchone()
    assert finished == str(tomorrow)
