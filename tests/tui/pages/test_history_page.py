"""The history on the screen: what was changed, what could be taken back, and taking it back."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from sqlalchemy import insert

from ka2tui.domain.text import clean
from ka2tui.settings import Settings
from ka2tui.store.operation import operation, say
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import HISTORY, Entry, Project, Record, Task
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages import history as page
from ka2tui.tui.pages import history_words as words
from ka2tui.tui.pages.history import HistoryPage
from ka2tui.tui.widgets.record_table import Section
from tests.tui.driving import now, screen_text, settled
from tests.tui.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session
    from textual.pilot import Pilot

TODAY = date(2026, 11, 21)


@operation("Add project")
def add_project(session: Session, acronym: str = "SOLAR") -> int:
    session.add(project := Project(acronym=acronym))
    session.flush()
    say(session, "Add project {acronym}", acronym=acronym)
    return project.id


@operation("Add task")
def add_task(session: Session, project: int, title: str) -> int:
    session.add(task := Task(project_id=project, title=title))
    session.flush()
    say(session, "Add {title}", title=title)
    return task.id


@operation("Change task")
def rename(session: Session, task: int, title: str) -> None:
    session.get_one(Task, task).title = title
    say(session, "Rename to {title}", title=title)


@pytest.fixture
def moments() -> list[datetime]:
    """The instants at which changes are made, one after the other."""
    return [datetime(2026, 11, 20, 9, 30, tzinfo=UTC)]


@pytest.fixture
def writing(database: str, moments: list[datetime]) -> Portfolio:
    return Portfolio.open(database, actor="me", now=lambda: moments[-1])


@asynccontextmanager
async def on_page(
    database: str, settings: Settings, size: tuple[int, int] = (120, 30), actor: str = "me"
) -> AsyncIterator[tuple[Pilot[Any], HistoryPage]]:
    app = Ka2tui(
        lambda: Portfolio.open(database, actor=actor),
        today=TODAY,
        now=now,
        settings=settings,
        project=1,
    )
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.action_go("history")
        await settled(pilot)
        yield pilot, cast("HistoryPage", app.screen)


async def test_changes_stand_under_their_day_newest_first(
    database: str, settings: Settings, writing: Portfolio, moments: list[datetime]
) -> None:
    project = writing.do(add_project).value
    moments.append(datetime(2026, 11, 21, 8, 15, tzinfo=UTC))
    writing.do(add_task, project, "Send minutes")
    async with on_page(database, settings) as (pilot, shown):
        rows: list[Any] = [*shown.table.rows]
        titles = [row.title if isinstance(row, Section) else row.label for row in rows]
        assert titles == [
            "Sat 21 Nov",
            "Add Send minutes",
            "",
            "Fri 20 Nov",
            "Add project SOLAR",
        ]
        local = moments[-1].astimezone()
        text = screen_text(pilot.app)
        assert f"{local:%H:%M} Add Send minutes" in text
        assert "today" in text


async def test_one_change_is_told_closely(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    task = writing.do(add_task, writing.do(add_project).value, "Send minutes").value
    writing.do(rename, task, "Send the minutes")
    async with on_page(database, settings) as (pilot, shown):
        assert "Send minutes → Send the minutes" in " ".join(shown.details.text.split())
        await pilot.press("down")
        await settled(pilot)
        assert "added" in shown.details.text
        assert "Title" in shown.details.text


async def test_undo_is_told_before_it_is_done_and_shown_after(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    project = writing.do(add_project).value
    writing.do(add_task, project, "Send minutes")
    async with on_page(database, settings) as (pilot, _):
        assert "u takes back: Add Send minutes" in screen_text(pilot.app)
        await pilot.press("u")
        await settled(pilot)
        text = screen_text(pilot.app)
        assert "↶" in text
        assert "Undone: Add Send minutes" in text
        assert "U brings again: Add Send minutes" in text
        assert any(
            words.UNDONE in line and "undone" in line and "Add Send minutes" in line
            for line in text.splitlines()
        )
        await pilot.press("U")
        await settled(pilot)
        text = screen_text(pilot.app)
        assert "↷" in text
        assert "U brings again" not in text
    assert writing.ask(lambda session: session.query(Task).count()) == 1


async def test_what_others_did_is_not_offered_to_be_taken_back(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    writing.do(add_task, writing.do(add_project).value, "Send")
    async with on_page(database, settings, actor="Ben") as (pilot, _):
        assert "Nothing here is yours to take back" in screen_text(pilot.app)


async def test_words_narrow_the_lines_and_escape_shows_all(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    project = writing.do(add_project).value
    for title in ("Agenda", "Minutes of TPM2", "Payment"):
        writing.do(add_task, project, title)
    async with on_page(database, settings) as (pilot, shown):
        await pilot.press("slash", *"tpm2")
        await settled(pilot)
        assert shown.table.count == 1
        assert shown.table.hidden == 3
        await pilot.press(*"zzz")
        await settled(pilot)
        assert "No change fits this filter." in screen_text(pilot.app)
        await pilot.press("escape")
        await settled(pilot)
        assert shown.table.count == 4
        assert shown.table.has_focus
        await pilot.press("slash", *"tpm2", "enter")
        await settled(pilot)
        assert shown.table.count == 1
        await pilot.press("escape")
        await settled(pilot)
        assert shown.table.count == 4


async def test_all_projects_can_be_seen_at_once(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    writing.do(add_project)
    writing.do(add_project, "OTHER")
    async with on_page(database, settings) as (pilot, shown):
        assert shown.table.count == 1
        await pilot.press("A")
        await settled(pilot)
        assert shown.table.count == 2
        assert "OTHER Add project OTHER" in screen_text(pilot.app)
        await pilot.press("A")
        await settled(pilot)
        assert shown.table.count == 1


async def test_fifty_thousand_lines_are_read_as_far_as_one_goes(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    project = writing.do(add_project).value
    first = datetime(2025, 1, 1, tzinfo=UTC)
    lines = [
        {
            "at": first + timedelta(minutes=at),
            "actor": "me",
            "kind": "do",
            "label": "Finish {title}",
            "words": {"title": f"Task {at}"},
            "project": project,
            "revision": "x",
            "salts": {},
            "digest": str(at),
        }
        for at in range(50_000)
    ]
    with writing._engine.begin() as connection:
        connection.execute(insert(Entry), lines)
    async with on_page(database, settings) as (pilot, shown):
        assert shown.table.count == page.WINDOW
        assert shown.table.hidden == 50_001 - page.WINDOW
        await pilot.press("end")
        await settled(pilot)
        assert shown.table.count == 2 * page.WINDOW
        at: Any = shown.table.cursor_row
        assert at.label == f"Finish Task {50_000 - page.WINDOW}"
        for _ in range(7):
            await pilot.press("end")
            await settled(pilot)
        assert shown.table.count == 50_001
        assert shown.table.hidden == 0
        await pilot.press("end")
        await settled(pilot)
        assert "Add project SOLAR" in screen_text(pilot.app)


async def test_a_new_change_leaves_the_cursor_where_it_was(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    project = writing.do(add_project).value
    for title in "abc":
        writing.do(add_task, project, title)
    async with on_page(database, settings) as (pilot, shown):
        await pilot.press("down")
        key = shown.table.cursor_key
        await pilot.app.do(add_task, project, "d")  # type: ignore[attr-defined]
        await settled(pilot)
        assert shown.table.cursor_key == key
        assert shown.table.count == 5


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (60, 15)])
async def test_any_text_is_shown_in_any_window(
    database: str, settings: Settings, writing: Portfolio, size: tuple[int, int]
) -> None:
    project = writing.do(add_project).value
    for text in HOSTILE:
        writing.do(add_task, project, clean(text))
    async with on_page(database, settings, size) as (pilot, shown):
        for _ in HOSTILE:
            await pilot.press("down")
        await settled(pilot)
        assert shown.table.count == len(HOSTILE) + 1
        assert "Add project SOLAR" in shown.details.text


def test_every_kind_of_record_is_watched() -> None:
    kept = {table.name for table in Record.metadata.sorted_tables}
    assert kept - {kind.__tablename__ for kind in HISTORY} == HistoryPage.SHOWS


# -- going back and restore points


async def test_b_shows_what_is_taken_back_and_takes_it_back(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    project = writing.do(add_project).value
    task = writing.do(add_task, project, "Agenda").value
    writing.do(rename, task, "[red] Agenda")
    other = Portfolio.open(database, actor="Ben")
    other.do(add_task, project, "Ben's")
    other.close()
    async with on_page(database, settings) as (pilot, shown):
        shown.table.move_to(2)
        await pilot.press("b")
        await settled(pilot)
        text = screen_text(pilot.app)
        assert "Go back, and take back 2 changes?" in text
        assert "me 1" in text
        assert "Ben 1" in text
        assert "Concerns    2 tasks" in text
        assert "title [red] Agenda → Agenda" in text
        await pilot.press("escape")
        await settled(pilot)
        assert shown.table.count == 4
        await pilot.press("b", "enter")
        await settled(pilot)
        assert shown.table.count == 5
        assert "Go back to before ‘Rename to [red] Agenda’ (2 changes)" in screen_text(pilot.app)
        assert [row.standing for row in shown._rows] == [True, False, False, True, True]
        assert shown.table.cursor_key == 5, "the cursor stands on what was done"
        await pilot.press("u")
        await settled(pilot)
        assert [row.standing for row in shown._rows] == [True, False, True, True, True, True]


async def test_nothing_to_take_back_is_said(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    writing.do(add_project)
    async with on_page(database, settings) as (pilot, _):
        await pilot.press("b")
        await settled(pilot)
        notes = [note.message for note in pilot.app._notifications]
        assert "Nothing was done since then." in notes


async def test_a_restore_point_is_set_shown_renamed_gone_back_to_and_removed(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    project = writing.do(add_project).value
    for title in ("Agenda", "Minutes"):
        writing.do(add_task, project, title)
    async with on_page(database, settings) as (pilot, shown):
        shown.table.move_to(2)
        await pilot.press("m", *"10:30", "enter")
        await settled(pilot)
        assert "would be read as a time" in screen_text(pilot.app)
        await pilot.press(*["backspace"] * 5, *"Before [audit]", "enter")
        await settled(pilot)
        lines = [line for line in screen_text(pilot.app).splitlines() if "⚑" in line]
        assert any("Before [audit]" in line for line in lines)
        await pilot.press("M")
        await settled(pilot)
        assert shown.table.count == 1
        await pilot.press("e", "end", *" 2", "enter")
        await settled(pilot)
        assert "Before [audit] 2" in screen_text(pilot.app)
        await pilot.press("b")
        await settled(pilot)
        assert "To the restore point ‘Before [audit] 2’." in screen_text(pilot.app)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        assert "No restore point yet." in screen_text(pilot.app)
        await pilot.press("escape")
        await settled(pilot)
        assert "Go back to before ‘Add Minutes’ (1 change)" in screen_text(pilot.app)


async def test_enter_reads_a_change_at_length_and_r_shows_one_record(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    project = writing.do(add_project).value
    task = writing.do(add_task, project, "Agenda").value
    writing.do(add_task, project, "Minutes")
    writing.do(rename, task, "Programme")
    async with on_page(database, settings, size=(80, 24)) as (pilot, shown):
        await pilot.press("enter")
        await settled(pilot)
        assert "Line 4 of the history" in screen_text(pilot.app)
        assert "Agenda → Programme" in screen_text(pilot.app)
        await pilot.press("r")
        await settled(pilot)
        assert [row.label for row in shown._rows] == ["Rename to Programme", "Add Agenda"]
        assert "History of task Programme" in screen_text(pilot.app)
        await pilot.press("escape")
        await settled(pilot)
        assert shown.table.count == 4


async def test_a_task_shows_its_own_history(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    project = writing.do(add_project).value
    task = writing.do(add_task, project, "Agenda").value
    writing.do(add_task, project, "Minutes")
    writing.do(rename, task, "Programme")
    async with on_page(database, settings) as (pilot, shown):
        shown.app.action_go("tasks")
        await settled(pilot)
        tasks_page: Any = pilot.app.screen
        tasks_page.table.move_to(task)
        await pilot.press("L")
        await settled(pilot)
        assert pilot.app.screen is shown
        assert [row.label for row in shown._rows] == ["Rename to Programme", "Add Agenda"]


async def test_lines_are_filtered_by_who_and_by_kind(
    database: str, settings: Settings, writing: Portfolio
) -> None:
    project = writing.do(add_project).value
    writing.do(add_task, project, "Agenda")
    writing.undo()
    other = Portfolio.open(database, actor="Ben")
    other.do(add_task, project, "Ben's")
    other.close()
    async with on_page(database, settings) as (pilot, shown):
        await pilot.press("slash", *"who:ben", "enter")
        await settled(pilot)
        assert [row.actor for row in shown._rows] == ["Ben"]
        await pilot.press("escape", "slash", *"kind:undo", "enter")
        await settled(pilot)
        assert [row.kind for row in shown._rows] == ["undo"]
