"""The palette: what is on the screen is found by its words, and so are the records."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual.command import CommandPalette
from textual.events import Key

from ka2tui.operations import (
    deliverables,
    meetings,
    milestones,
    partners,
    projects,
    tasks,
    work_units,
)
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.form import Form
from ka2tui.tui.dialogs.help import deeds
from ka2tui.tui.pages.meeting import MeetingPage
from ka2tui.tui.pages.partners import PartnersPage
from ka2tui.tui.pages.tasks import TasksPage
from ka2tui.tui.pages.work_plan import WorkPlanPage
from tests.tui.driving import TODAY, now, screen_text, settled, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ka2tui.settings import Settings

FIRST_PAGE = "tasks"

HOSTILE = "[/] [@click=app.bell]Łódź[/]"


@pytest.fixture
def app(database: str, settings: Settings) -> Ka2tui:
    portfolio = Portfolio.open(database, actor="Ana")
    project = portfolio.do(projects.add, "SOLARIS", today=TODAY).value
    portfolio.do(projects.add, "GREEN", today=TODAY)
    ulodz = portfolio.do(partners.add, project, "Uniwersytet", acronym="ULODZ").value
    portfolio.do(meetings.add, project, "Kick-off meeting")
    portfolio.do(deliverables.add, project, "D2.1", values={"title": "Handbook"})
    portfolio.do(work_units.add, project, "WP2", "Writing")
    portfolio.do(milestones.add, project, "MS1", "Half-way")
    portfolio.do(tasks.add, project, "Open a bank account")
    portfolio.do(tasks.add, project, HOSTILE, partner_id=ulodz)
    portfolio.close()
    return Ka2tui(
        lambda: Portfolio.open(database, actor="Ana"),
        today=TODAY,
        now=now,
        settings=settings,
        project=project,
    )


async def look_for(pilot: Pilot[Any], words: str, shown: str) -> None:
    """Open the palette, type, and wait until a line shows something."""
    await pilot.press("ctrl+p")
    await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
    for letter in words:
        await pilot.press("space" if letter == " " else letter)
    await until(pilot, lambda: "what is late" not in screen_text(pilot.app), "not narrowed")
    await until(pilot, lambda: shown in screen_text(pilot.app), f"{words}: {shown}")


async def to_tasks(pilot: Pilot[Any]) -> None:
    await settled(pilot)
    await pilot.press("3")
    await settled(pilot)


MEANT = (
    ("undo", "Undo: Take back your last change"),
    ("redo", "Redo: Do again what was taken back"),
    ("postpone", "Postpone: Put off by a day"),
    ("assign", "Assign: Hand over to"),
    ("search", "Filter: Show only what fits"),
    ("theme", "Colours: Dark"),
    ("light", "Colours: Light"),
    ("terminal", "Colours: The terminal's own"),
    ("import", "Import a project"),
    ("export", "what can be handed out"),
    ("new proj", "New project"),
    ("projects", "Show another project"),
    ("green", "Project GREEN"),
    ("help", "Help: What can be done here"),
)
"""Words that somebody types, and what they mean by them."""


async def test_the_words_on_the_screen_find_what_they_mean(app: Ka2tui) -> None:
    async with app.run_test(size=(110, 36)) as pilot:
        await to_tasks(pilot)
        for words, shown in MEANT:
            await look_for(pilot, words, shown)
            await pilot.press("escape", "escape")
            await settled(pilot)
            assert isinstance(app.screen, TasksPage), words


async def test_pages_stand_first_and_nothing_only_moves_the_cursor(app: Ka2tui) -> None:
    async with app.run_test(size=(110, 60)) as pilot:
        await to_tasks(pilot)
        await look_for(pilot, "task", "Add a task")
        lines = [line for line in screen_text(app).splitlines() if line.strip()]
        first = next(line for line in lines if "g t: everything to do" in line)
        added = next(line for line in lines if "Add a task" in line)
        assert lines.index(first) < lines.index(added)
        await pilot.press("escape", "escape")
        await settled(pilot)
        await look_for(pilot, "row", "Mark this row")
        assert "Next row" not in screen_text(app)
        assert "First row" not in screen_text(app)


async def test_undo_says_what_it_would_take_back_and_does_it(app: Ka2tui) -> None:
    async with app.run_test(size=(110, 36)) as pilot:
        await to_tasks(pilot)
        await pilot.press("space")
        await settled(pilot)
        await look_for(pilot, "undo", "Finish")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TasksPage))
        await settled(pilot)
        page = app.screen
        assert isinstance(page, TasksPage)
        assert page.table.count == 2


async def test_a_task_is_found_by_its_name_from_anywhere(app: Ka2tui) -> None:
    async with app.run_test(size=(110, 36)) as pilot:
        await to_tasks(pilot)
        await pilot.press("1")
        await settled(pilot)
        for _ in range(2):  # from another page, then from the page itself
            await look_for(pilot, "lodz click", HOSTILE)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, TasksPage))
            await settled(pilot)
            page = app.screen
            assert isinstance(page, TasksPage)
            row = page.table.cursor_row
            assert row is not None
            assert row.title == HOSTILE
            page.table.action_first()


async def test_an_enter_typed_ahead_waits_for_what_is_looked_for(app: Ka2tui) -> None:
    async with app.run_test(size=(110, 36)) as pilot:
        await to_tasks(pilot)
        free = threading.Event()
        app._clerk.hand(lambda _: free.wait(30))
        for key in ("ctrl+p", *"lifecycle", "enter"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        for _ in range(5):
            await pilot.pause()
        free.set()
        await until(pilot, lambda: app.current_mode == "lifecycle")


async def test_meetings_partners_and_deliverables_open_too(app: Ka2tui) -> None:
    async with app.run_test(size=(110, 36)) as pilot:
        await to_tasks(pilot)
        await look_for(pilot, "kick", "Kick-off meeting")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeetingPage))
        await settled(pilot)
        await look_for(pilot, "uniwer", "ULODZ Uniwersytet")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PartnersPage))
        await settled(pilot)
        page = app.screen
        assert isinstance(page, PartnersPage)
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.called == "ULODZ"
        assert page.table.has_focus
        for words, shown, code in (
            ("handb", "D2.1 Handbook", "D2.1"),
            ("wp2", "WP2 Writing", "WP2"),
            ("half", "MS1 Half-way", "MS1"),
        ):
            await look_for(pilot, words, shown)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, WorkPlanPage))
            await settled(pilot)
            plan = app.screen
            assert isinstance(plan, WorkPlanPage)
            assert plan.table.cursor_row is not None
            assert plan.table.cursor_row.code == code


async def test_a_project_is_begun_from_any_page(app: Ka2tui) -> None:
    async with app.run_test(size=(110, 36)) as pilot:
        await to_tasks(pilot)
        await look_for(pilot, "new project", "with or without a plan")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert "A new project" in screen_text(app)


async def test_the_help_tells_each_key_once_and_those_that_move_last(app: Ka2tui) -> None:
    async with app.run_test(size=(110, 36)) as pilot:
        await to_tasks(pilot)
        found = deeds(app.screen)
        moving = [deed.moves for deed in found]
        assert moving == sorted(moving)
        assert {deed.words for deed in found if deed.moves} >= {"Next row", "First row"}
        remove = next(deed for deed in found if deed.binding.id == "task.remove")
        assert remove.key == "x"
        assert not remove.moves
        await pilot.press("question_mark")
        await settled(pilot)
        await pilot.press(*"undo")  # the word of its key, though its sentence has another
        await until(pilot, lambda: "Take back your last change" in screen_text(app))
