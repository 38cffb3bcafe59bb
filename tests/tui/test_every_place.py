"""Every page and dialog: what can be done there is told, and the mouse does it as well."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from textual.binding import Binding
from textual.widgets import Input

from ka2tui.exchange.demo import build
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui import keys
from ka2tui.tui.app import PLACES, Ka2tui
from ka2tui.tui.dialogs.choose import Choose
from ka2tui.tui.dialogs.form import Form, Pick
from ka2tui.tui.dialogs.guide import Guide
from ka2tui.tui.dialogs.help import Help, deeds
from ka2tui.tui.dialogs.which_key import WhichKey
from ka2tui.tui.pages.lifecycle import LifecyclePage
from ka2tui.tui.pages.meeting import MeetingPage
from ka2tui.tui.pages.tasks import TasksPage
from ka2tui.tui.pages.today import TodayPage
from ka2tui.tui.widgets.board import Board
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.filter_tabs import FilterTabs
from ka2tui.tui.widgets.headline import Headline
from ka2tui.tui.widgets.key_line import KeyLine
from ka2tui.tui.widgets.record_table import RecordTable
from tests.tui.driving import TODAY, go, now, screen_text, settled, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen
    from textual.widget import Widget


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example project, made once."""
    file = tmp_path_factory.mktemp("example") / "demo.db"
    build(file, TODAY)
    return file


@pytest.fixture
def app(example: Path, tmp_path: Path, settings: Settings) -> Ka2tui:
    """The app on a copy of the example."""
    file = tmp_path / "demo.db"
    shutil.copyfile(example, file)
    return Ka2tui(
        lambda: Portfolio.open(file, actor="Ana"),
        today=TODAY, now=now, settings=settings, project=1,
    )  # fmt: skip


async def begin(pilot: Pilot[Any], *pressed: str) -> None:
    app: Any = pilot.app
    await until(pilot, app.opened.is_set)
    await settled(pilot)
    await go(pilot, *pressed)


# --- what can be done is told --------------------------------------------------------------------

WAYS = {place.mode: ["g", place.letter] for place in PLACES} | {
    "meeting": ["4", "enter"],
    "papers": ["6", "o"],
    "people": ["6", "w"],
    "board": ["3", "o"],
    "tree": ["3", "t"],
    "filter": ["3", "slash"],
    "new task": ["3", "n"],
    "capture": ["a"],
    "search": ["ctrl+f"],
    "dates": ["3", "d"],
    "put off": ["3", "p"],
    "assign": ["3", "at"],
    "own keys": ["g", "s", "o"],
    "guide": ["f1"],
    "project": ["ctrl+o"],
}
"""What leads to a place, from the first page."""


def test_every_key_of_ours_has_a_name_by_which_it_is_listed_and_changed() -> None:
    every = {it.name: it for it in keys.every()}
    from textual.dom import DOMNode

    kinds: list[type[Any]] = [DOMNode]
    for kind in kinds:
        kinds += [it for it in kind.__subclasses__() if it not in kinds]
    for kind in kinds:
        if not kind.__module__.startswith("ka2tui.tui"):
            continue
        for binding in kind.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding), f"{kind.__name__}: {binding}"
            if binding.system and binding.action in ("help_quit", "no_score"):
                continue  # ctrl+c copies; digits do nothing on a checklist that is closed
            assert binding.id is not None, f"{kind.__name__}: {binding.key} has no name"
            assert binding.id in every
            assert set(keys.split(binding.key)) <= set(keys.split(every[binding.id].keys))
            assert every[binding.id].about
            assert every[binding.id].where


@pytest.mark.parametrize("part", range(4))
async def test_what_works_somewhere_is_listed_there_and_its_help_opens(
    app: Ka2tui, part: int
) -> None:
    known = {it.name for it in keys.every()}
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        for way in list(WAYS)[part::4]:  # one opening of the app for many places
            await go(pilot, *WAYS[way])
            await what_works_is_listed(pilot, way, known)
            await leave(pilot, way)


async def what_works_is_listed(pilot: Pilot[Any], way: str, known: set[str]) -> None:
    screen: Screen[Any] = pilot.app.screen
    ours = {
        active.binding.id
        for active in screen.active_bindings.values()
        if type(active.node).__module__.startswith("ka2tui.")
        and active.enabled
        and not active.binding.system
        and active.binding.id is not None
    }
    assert ours <= known, way
    shown = {deed.binding.action for deed in deeds(screen)}
    actions = {it.binding.action for it in screen.active_bindings.values() if it.binding.id in ours}
    assert actions <= shown, way
    await go(pilot, "f1")
    if way == "guide":
        assert not isinstance(pilot.app.screen, Guide)
        return
    assert isinstance(pilot.app.screen, Guide), way
    await go(pilot, "question_mark")
    assert isinstance(pilot.app.screen, Help), way
    await go(pilot, "escape", "escape")
    assert pilot.app.screen is screen, way


async def leave(pilot: Pilot[Any], way: str) -> None:
    """Go back to the first page, from wherever one is."""
    app: Any = pilot.app
    while len(app.screen_stack) > 1:
        before = app.screen
        await go(pilot, "escape")
        assert app.screen is not before, f"escape leaves {way}"
    if way == "filter":
        await go(pilot, "escape")
    await go(pilot, "g", "d")
    assert app.current_mode == "today", way


@pytest.mark.parametrize("way", ["own keys", "new task", "dates", "assign"])
async def test_what_is_done_in_a_dialog_is_found_by_its_words_and_done(
    app: Ka2tui, way: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, *WAYS[way])
        dialog = app.screen
        app.action_help()
        await settled(pilot)
        assert isinstance(app.screen, Help)
        leaving = "leave" if isinstance(dialog, Form) else "close"
        app.screen.query_one(Input).value = leaving
        await settled(pilot)
        await go(pilot, "enter")
        assert app.screen is not dialog
        assert not app.screen.is_modal


# --- the mouse -----------------------------------------------------------------------------------


async def click(pilot: Pilot[Any], x: int, y: int, times: int = 1) -> None:
    await pilot.click(offset=(x, y), times=times)
    await settled(pilot)


async def click_on(pilot: Pilot[Any], words: str, times: int = 1, *, nth: int = 0) -> None:
    """Click where words stand on the screen."""
    lines = screen_text(pilot.app).splitlines()
    found = [(line.index(words), y) for y, line in enumerate(lines) if words in line]
    await click(pilot, found[nth][0] + 1, found[nth][1], times)


def row_at(table: RecordTable[Any], line: int) -> tuple[int, int]:
    return table.content_region.x + 6, table.content_region.y + table._top + line


async def test_a_click_goes_to_a_row_and_two_open_it(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3")
        page = app.screen
        assert isinstance(page, TasksPage)
        await click(pilot, *row_at(page.table, 4))
        assert page.table.cursor_key == page.table.keys[4]
        assert not page.reading
        await click(pilot, *row_at(page.table, 6), 2)
        assert page.table.cursor_key == page.table.keys[6]
        assert page.reading


async def test_the_wheel_scrolls_what_is_under_the_mouse(app: Ka2tui) -> None:
    from textual.events import MouseScrollDown

    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3")
        page = app.screen
        assert isinstance(page, TasksPage)
        x, y = row_at(page.table, 4)
        before = page.table.cursor_key
        for _ in range(3):
            await pilot._post_mouse_events([MouseScrollDown], offset=(x, y), button=0)
        await settled(pilot)
        assert page.table.scroll_offset.y > 0
        assert page.table.cursor_key == before


async def test_the_last_line_does_what_it_names(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3")
        page = app.screen
        assert isinstance(page, TasksPage)
        many = page.table.count
        await click_on(pilot, "space finish")
        assert page.table.count == many - 1
        assert page.query_one(KeyLine).region.y == 23
        await click_on(pilot, "e edit")
        assert isinstance(app.screen, Form)


async def test_tabs_panes_and_the_key_in_a_border_are_clicked(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        page = app.screen
        assert isinstance(page, TodayPage)
        await click_on(pilot, "Waiting for")
        assert page.waiting.has_focus
        await click_on(pilot, "o agenda")
        assert page.shows_agenda
        await begin(pilot, "3")
        tabs = app.screen.query_one(FilterTabs)
        await click_on(pilot, "Late")
        assert tabs.now == tabs.tabs[1].text


async def test_a_key_in_the_border_of_the_focused_pane_is_not_named_again(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        page = app.screen
        assert isinstance(page, TodayPage)
        assert "o agenda" in str(page.due.border_subtitle)
        assert "o agenda" not in screen_text(app).splitlines()[-1]
        page.looks.focus()
        await settled(pilot)
        assert "o agenda" in screen_text(app).splitlines()[-1]


async def test_the_headline_leads_to_the_projects_and_to_the_phase(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await click(pilot, app.screen.query_one(Headline).region.x + 3, 0)
        assert isinstance(app.screen, Choose)
        await go(pilot, "escape")
        await click_on(pilot, "Implementation · M14")
        assert isinstance(app.screen, LifecyclePage)


async def test_a_phase_is_clicked_and_its_checklist_opened(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "2")
        page = app.screen
        assert isinstance(page, LifecyclePage)
        x, y = page.way.content_region.offset
        await click(pilot, x + 4, y + 2)
        assert page.way.has_focus
        assert page.way._at == 1
        await click(pilot, x + 4, y + 2)
        assert app.screen is not page


async def test_cards_are_clicked(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "3", "o")
        page = app.screen
        assert isinstance(page, TasksPage)
        board: Board[Any] = page.board
        x, y, key = board.in_sight()[2]
        await click(pilot, x + 3, y)
        assert board.cursor_key == key
        await click(pilot, x + 3, y)
        assert page.details.has_focus


async def test_a_line_of_details_that_leads_somewhere_is_clicked(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "3")
        page = app.screen
        assert isinstance(page, TasksPage)
        details: Details = page.details
        for key in page.table.keys:
            page.table.move_to(key)
            page.read_details()
            await settled(pilot)
            seen = [it for it in details.in_sight() if it[1] < details.region.bottom - 1]
            if seen:
                break
        (x, y, at), *_ = seen
        target = details._jumps[at][1].target
        await click(pilot, x + 3, y)
        assert target == ("task", page.table.cursor_key) or app.screen is not page


async def test_what_is_chosen_from_is_clicked(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3", "at")
        dialog = app.screen
        assert isinstance(dialog, Choose)
        x, y = row_at(dialog.table, 1)
        await click(pilot, x, y)
        assert dialog.table.cursor_key == dialog.table.keys[1]
        await click(pilot, x, y)
        assert app.screen is not dialog


async def test_fields_of_a_form_are_clicked_and_its_keys(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3", "n")
        form = app.screen
        assert isinstance(form, Form)
        for widget in [it for it in form.query("Input, Pick") if it.region][:4]:
            await click(pilot, widget.region.x + 1, widget.region.y)
            if isinstance(widget, Pick):
                assert isinstance(app.screen, Choose)
                await go(pilot, "escape")
            assert _focused(form) is widget
        await click_on(pilot, "esc leave")
        assert app.screen is not form


def _focused(screen: Screen[Any]) -> Widget | None:
    return screen.focused


async def test_pages_are_clicked_in_the_list_of_letters(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "g")
        assert isinstance(app.screen, WhichKey)
        await click_on(pilot, "Meetings")
        assert app.current_mode == "meetings"
        await begin(pilot, "g")
        await click(pilot, 2, 2)
        assert not app.screen.is_modal


async def test_what_can_be_done_is_done_by_clicks(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3")
        await click_on(pilot, "? help")
        assert isinstance(app.screen, Help)
        await click_on(pilot, "Edit this task", 2)
        assert isinstance(app.screen, Form)


async def test_the_guide_is_read_by_clicks(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "f1")
        guide = app.screen
        assert isinstance(guide, Guide)
        await click_on(pilot, " Milestone")
        assert "A point the project wants to reach" in screen_text(app)
        await go(pilot, "tab", "end")
        await click_on(pilot, "› Work package")
        assert "parts of the work plan" in screen_text(app)
        await click_on(pilot, "esc close")
        assert app.screen is not guide


async def test_lines_of_the_minutes_and_points_are_clicked(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "4", "enter")
        page = app.screen
        assert isinstance(page, MeetingPage)
        for pane in (page.agenda, page.people):
            if pane.count > 1:
                await click(pilot, *row_at(pane, 1))
                assert pane.has_focus
                assert pane.cursor_key == pane.keys[1]
