"""The page of tasks, driven by its keys."""

from __future__ import annotations

import asyncio
import re
import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from textual.events import Key
from textual.widgets import TextArea

from ka2tui.domain.kinds import TaskState
from ka2tui.operations import contacts, partners, projects, tasks
from ka2tui.queries import tasks as task_queries
from ka2tui.queries.task_row import TaskRow
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Entry, Task
from ka2tui.tui import type_ahead
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages import tasks as tasks_page
from ka2tui.tui.pages.tasks import FIRST_WINDOW, TasksPage
from tests.copied import filled_once
from tests.tui.driving import (
    TODAY,
    add_solaris,
    ask,
    go,
    make,
    now,
    screen_text,
    settled,
    toasts,
    type_in,
    until,
    widget_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session
    from textual.pilot import Pilot

    from ka2tui.settings import Settings

FIRST_PAGE = "tasks"

HOSTILE = "[/] [@click=app.bell]Łódź[/] \x1b[31m{x} $y"


@pytest.fixture
@filled_once
def file(database: str) -> str:
    """A project with ULODZ, and five tasks: late, soon, later, undated, and one with a part."""
    portfolio = Portfolio.open(database, actor="Ana")
    project = add_solaris(portfolio)
    portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ")
    for title, due in (
        ("Late one", date(2026, 11, 18)),
        ("Soon one", date(2026, 11, 25)),
        (HOSTILE, date(2026, 12, 20)),
        ("Undated one", None),
    ):
        portfolio.do(tasks.add, project, title, due=due)
    portfolio.do(tasks.add, project, "Part one", parent_id=3, due=date(2026, 12, 10))
    portfolio.close()
    return database


async def to_tasks(pilot: Pilot[Any]) -> TasksPage:
    await settled(pilot)
    await go(pilot, "3")
    page = pilot.app.screen
    assert isinstance(page, TasksPage)
    return page


def states(file: str) -> dict[str, TaskState]:
    rows = ask(file, lambda session: session.execute(select(Task.title, Task.state)).all())
    return dict(rows)


def dues(file: str) -> list[date | None]:
    return list(ask(file, lambda s: s.scalars(select(Task.due).order_by(Task.id)).all()))


def titles(page: TasksPage) -> list[str]:
    return [row.title for row in page.table.rows]


async def test_tasks_come_by_due_date_with_words_for_their_dates(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot)
        assert [title.split()[0] for title in titles(page)] == [
            "Late",
            "Soon",
            "Part",
            "[/]",
            "Undated",
        ]
        text = screen_text(app)
        assert "3 d late" in text
        assert "Wed 25 Nov" in text


async def test_hostile_titles_stand_there_to_the_letter(app: Ka2tui) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        page = await to_tasks(pilot)
        page.table.move_to(3)
        await settled(pilot)
        assert screen_text(app).count("[/] [@click=app.bell]Łódź[/] ␛[31m{x} $y") >= 2
        await go(pilot, "p")
        assert "Postpone [/] [@click=app.bell]Łódź[/] ␛[31m{x}" in screen_text(app)


@pytest.mark.parametrize(("width", "tagged"), [(80, False), (160, True)])
async def test_tags_and_names_give_way_to_titles(
    app: Ka2tui, file: str, width: int, *, tagged: bool
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    person = portfolio.do(contacts.add, 1, "Ana Moreno Vidal", partner_id=1).value
    title = "Get the letter of the bank confirmed by all who sign"
    portfolio.do(tasks.add, 1, title, contact_id=person, tags=["money", "proof"], due=TODAY)
    portfolio.close()
    async with app.run_test(size=(width, 24)) as pilot:
        page = await to_tasks(pilot)
        row = next(line for line in widget_lines(page.table) if title in line)
        assert ("#money #proof" in row) is tagged
        assert "#" not in row.replace("#money #proof", "")
        assert " Ana M" in row


async def test_space_finishes_and_u_takes_it_back(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "space")
        assert titles(page)[0] == "Soon one"
        assert "1 done" in screen_text(app)
        await go(pilot, "u")
        assert titles(page)[0] == "Late one"
    assert states(file)["Late one"] is TaskState.OPEN


async def test_space_opens_again_what_is_done(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "space", "full_stop", "home")
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.title == "Late one"
        assert "✓" in screen_text(app)
        await go(pilot, "space")
    assert states(file)["Late one"] is TaskState.OPEN


async def test_a_verb_works_on_all_marked_tasks_as_one_step(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "v", "v")
        assert "2 marked" in screen_text(app)
        await go(pilot, "p")
        assert "Postpone 2 tasks" in screen_text(app)
        await type_in(pilot, "2")
        assert "each put off by 1 week" in screen_text(app)
        await go(pilot, "enter")
        assert page.table.marks == set()
    # what is late is put off from today
    assert dues(file)[:2] == [date(2026, 11, 28), date(2026, 12, 2)]
    portfolio = Portfolio.open(file, actor="Ana")
    assert portfolio.undo().label == "Postpone 2 tasks by 1 week"
    portfolio.close()
    assert dues(file)[:2] == [date(2026, 11, 18), date(2026, 11, 25)]


async def test_putting_off_shows_where_it_leads_and_what_it_cannot_read(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "down", "p")
        text = screen_text(app)
        assert "1 week   Wed 2 Dec" in text
        assert "1 month  Fri 25 Dec" in text
        await type_in(pilot, "often")
        assert "is not a date" in screen_text(app)
        await go(pilot, "enter")
        assert app.screen.is_modal
        await type_in(pilot, "M15")
        assert "Thu 31 Dec" in screen_text(app)
        await go(pilot, "enter")
        assert page.table.row_of(2).due_month == 15  # type: ignore[union-attr]
        page.table.move_to(4)
        await go(pilot, "p")
        await type_in(pilot, "1")
        await go(pilot, "enter")
    # what has no date yet is put off from today
    assert dues(file)[3] == date(2026, 11, 22)


async def test_what_is_typed_while_the_form_opens_lands_in_it(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot)
        answered = threading.Event()
        app._clerk.hand(lambda _: answered.wait(10))
        asyncio.get_running_loop().call_later(0.4, answered.set)
        for key in ("n", "x", "space", "u", "p", "tab", "M", "1", "5", "ctrl+s"):
            character = " " if key == "space" else key if len(key) == 1 else None
            app.post_message(Key(key, character))
        await until(pilot, lambda: "x up" in titles(page))
        assert len(titles(page)) == 6
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.due_month == 15


async def test_a_part_is_added_to_the_task_under_the_cursor(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "A")
        assert "Add a part of Late one" in screen_text(app)
        await type_in(pilot, "First step")
        await go(pilot, "ctrl+s")
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.parent_id == 1


async def test_everything_marked_is_finished_in_one_step(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "V", "space")
        assert titles(page) == []
        assert "Everything is done" in screen_text(app)
    assert set(states(file).values()) == {TaskState.DONE}


async def test_finishing_over_open_parts_asks_first(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot)
        page.table.move_to(3)
        await go(pilot, "space")
        assert "Still open below" in screen_text(app)
        assert "· Part one" in screen_text(app)
        await go(pilot, "W")
        assert len(titles(page)) == 5
        await go(pilot, "space", "y")
        assert len(titles(page)) == 3
    assert states(file)["Part one"] is TaskState.DONE


async def test_a_form_adds_a_task_and_the_cursor_stands_on_it(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "n", "ctrl+s")
        assert "Title is needed" in screen_text(app)
        await type_in(pilot, "[b]Write[/b]")
        await go(pilot, "tab")
        await type_in(pilot, "M15")
        assert "Dec 2026 M15" in screen_text(app)
        await go(pilot, "ctrl+s")
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.title == "[b]Write[/b]"
        assert page.table.cursor_row.due_month == 15


@pytest.mark.parametrize(("key", "kept"), [("t", "Theirs"), ("m", "Mine")])
async def test_an_edit_that_met_another_one_asks_which_value_stands(
    app: Ka2tui, file: str, key: str, kept: str
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await to_tasks(pilot)
        await go(pilot, "e")
        await type_in(pilot, "Mine")
        elsewhere = Portfolio.open(file, actor="Ben")
        elsewhere.do(tasks.edit, 1, {"title": "Theirs"})
        elsewhere.close()
        await go(pilot, "ctrl+s")
        text = screen_text(app)
        assert "Changed meanwhile: Title" in text
        assert "Theirs" in text
        assert "Mine" in text
        assert "edit both" not in text
        await go(pilot, key)
        assert not app.screen.is_modal
        assert not toasts(app) or "meanwhile" not in toasts(app)[-1]
    assert {"Theirs", "Mine"} & states(file).keys() == {kept}


async def test_notes_that_met_others_in_a_form_are_never_lost(app: Ka2tui, file: str) -> None:
    def notes() -> str | None:
        found: str | None = ask(file, lambda s: s.get_one(Task, 1).notes)
        return found

    def theirs(text: str) -> None:
        elsewhere = Portfolio.open(file, actor="Ben")
        elsewhere.do(tasks.edit, 1, {"notes": text})
        elsewhere.close()

    async with app.run_test(size=(100, 40)) as pilot:
        await to_tasks(pilot)
        await go(pilot, "e", "ctrl+o")
        app.screen.query_one(TextArea).focus()
        await until(pilot, lambda: isinstance(app.focused, TextArea))
        await go(pilot, *"mine")
        theirs("theirs")
        await go(pilot, "ctrl+s")
        assert "Changed meanwhile: Notes" in screen_text(app)
        await go(pilot, "escape")
        assert "yours is not saved yet." in screen_text(app)
        assert app.screen.query_one(TextArea).text == "mine"
        assert notes() == "theirs"
        await go(pilot, "ctrl+s", "e")
        both = app.screen.query_one(TextArea).text
        assert both.startswith("theirs")
        assert both.endswith("mine")
        theirs("a third")
        await go(pilot, "ctrl+s")
        assert "a third" in screen_text(app)
        await go(pilot, "m")
        assert not app.screen.is_modal
    assert notes() == both


async def test_who_does_a_task_is_asked_by_name_where_two_changed_it(
    app: Ka2tui, file: str
) -> None:
    portfolio = Portfolio.open(file, actor="Ben")
    other = portfolio.do(partners.add, 1, "Universidad", acronym="UOTHER").value
    portfolio.close()
    async with app.run_test(size=(100, 40)) as pilot:
        await to_tasks(pilot)
        await go(pilot, "e", "tab", "tab", *"ulodz", "enter")
        elsewhere = Portfolio.open(file, actor="Ben")
        elsewhere.do(tasks.edit, 1, {"partner_id": other})
        elsewhere.close()
        await go(pilot, "ctrl+s")
        text = screen_text(app)
        assert "Changed meanwhile: Who" in text
        assert "UOTHER" in text
        assert "ULODZ" in text
        await go(pilot, "m")
        assert not app.screen.is_modal
    assert ask(file, lambda s: s.get_one(Task, 1).partner_id) == 1


async def test_words_narrow_the_list_while_they_are_typed(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "slash", "l", "o", "d", "z")
        assert titles(page) == [HOSTILE.replace("\x1b", "␛")]
        assert "4 hidden by the filter" in screen_text(app)
        await go(pilot, "enter")
        assert page.focused is page.table
        await go(pilot, "slash", "escape")
        assert len(titles(page)) == 5


async def test_escape_in_the_list_shows_everything_again(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "slash", *"soon", "enter")
        assert titles(page) == ["Soon one"]
        assert "1 of 5 · escape shows all" in screen_text(app)
        await go(pilot, "escape")
        assert len(titles(page)) == 5
        assert "shows all" not in screen_text(app)


async def test_the_filter_opens_again_with_its_words_selected(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "slash", *"soon", "enter", "slash")
        assert titles(page) == ["Soon one"]
        await go(pilot, *"late")
        assert titles(page) == ["Late one"]


async def test_a_task_added_behind_the_filter_is_told_and_found(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "slash", *"soon", "enter", "n", *"New", "ctrl+s")
        assert titles(page) == ["Soon one"]
        assert toasts(app) == ["Added, but hidden by the filter. escape shows all."]
        await go(pilot, "escape")
        row = page.table.cursor_row
        assert row is not None
        assert row.title == "New"
        await go(pilot, "slash", *"soon", "enter", "n", *"Soon too", "ctrl+s")
        row = page.table.cursor_row
        assert row is not None
        assert row.title == "Soon too"


async def test_words_find_who_does_it_and_say_when_nothing_is_found(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "at")
        await type_in(pilot, "ulodz")
        await go(pilot, "enter", "slash")
        await type_in(pilot, "ulodz")
        assert titles(page) == ["Late one"]
        await type_in(pilot, "nothing of this kind")
        assert "No task fits this filter" in screen_text(app)


async def test_the_tree_shows_parts_below_their_task(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "t")
        order = [title.split()[0] for title in titles(page)]
        assert order == ["Late", "Soon", "[/]", "Part", "Undated"]
        assert "└ Part one" in screen_text(app)
        await go(pilot, "slash")
        await type_in(pilot, "part")
        assert [title.split()[0] for title in titles(page)] == ["[/]", "Part"]


async def test_in_the_tree_a_task_moves_in_and_out(app: Ka2tui, file: str) -> None:
    def parent() -> int | None:
        found: int | None = ask(
            file, lambda s: s.scalar(select(Task.parent_id).where(Task.id == 2))
        )
        return found

    async with app.run_test(size=(100, 30)) as pilot:
        await to_tasks(pilot)
        await go(pilot, "t", "down", "greater_than_sign")
        assert parent() == 1
        assert "└ Soon one" in screen_text(app)
        await go(pilot, "less_than_sign")
        assert parent() is None


async def test_a_date_is_set_and_taken_off(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await to_tasks(pilot)
        await go(pilot, "d")
        await type_in(pilot, "1 Dec 2026")
        assert "Tue 1 Dec" in screen_text(app)
        await go(pilot, "enter")
        assert dues(file)[0] == date(2026, 12, 1)
        await go(pilot, "d")
        await type_in(pilot, "")
        await go(pilot, "enter")
    assert dues(file)[0] is None


async def test_the_dates_of_several_marked_tasks_are_taken_off(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await to_tasks(pilot)
        await go(pilot, "v", "v", "d")
        assert "When is it due: 2 tasks" in screen_text(app)
        await go(pilot, "enter")
    assert dues(file)[:2] == [None, None]


async def test_waiting_beginning_and_giving_up(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await to_tasks(pilot)
        await go(pilot, "w")
        assert states(file)["Late one"] is TaskState.WAITING
        await go(pilot, "b")
        assert states(file)["Late one"] is TaskState.DOING
        await go(pilot, "c")
        assert states(file)["Late one"] is TaskState.CANCELLED


async def test_tags_are_put_on_and_taken_off(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "number_sign")
        await type_in(pilot, "tpm urgent")
        await go(pilot, "enter", "number_sign")
        await type_in(pilot, "-tpm")
        await go(pilot, "enter")
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.tags == ("urgent",)


async def test_removing_asks_and_undo_brings_back(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "x", "W")
        assert len(titles(page)) == 5
        await go(pilot, "x", "y")
        assert len(titles(page)) == 4
        page.table.move_to(3)
        await go(pilot, "x")
        assert "move the 1 task below up" in screen_text(app)
        await go(pilot, "enter")
        assert "Part one" in titles(page)
        await go(pilot, "u", "u")
        assert len(titles(page)) == 5


async def test_a_task_waits_for_another_and_no_longer(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(130, 30)) as pilot:
        page = await to_tasks(pilot)
        page.table.move_to(2)
        await go(pilot, "W")
        await type_in(pilot, "late one")
        await go(pilot, "enter")
        assert "Waits for" in page.details.text
        assert re.search(r"Late one +3 d late", page.details.text)
        page.table.move_to(1)
        await go(pilot, "W")
        await type_in(pilot, "soon one")
        await go(pilot, "enter")
        assert toasts(app) == ["“Soon one” already waits for “Late one”."]
        page.table.move_to(2)
        await go(pilot, "W", "enter")
        assert "Waits for" not in page.details.text


async def test_orders_are_chosen(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "s")
        await type_in(pilot, "title")
        await go(pilot, "enter")
        assert titles(page)[1:] == ["Late one", "Part one", "Soon one", "Undated one"]
        assert "Tasks by title" in screen_text(app)


async def test_details_stand_beside_the_list_where_there_is_room(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        page = await to_tasks(pilot)
        assert page.details.display
        await go(pilot, "down")
        assert "Soon one" in page.details.text
        assert "Wed 25 Nov · in 4 days" in page.details.text


async def test_the_key_to_the_details_is_named_where_there_are_some(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        page = await to_tasks(pilot)
        assert str(page.details.border_subtitle) == "enter read"
        await go(pilot, "enter")
        assert str(page.details.border_subtitle).endswith("escape back")
        await go(pilot, "escape", "slash", *"nothing like it", "enter")
        assert page.table.count == 0
        await until(pilot, lambda: not str(page.details.border_subtitle))


async def test_details_tell_what_was_undone_from_what_was_done(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "space", "u", "home")
        await until(pilot, lambda: "Undone: " in page.details.text)
        assert "Ana: Undone: Finish" in page.details.text
        assert "Ana: Finish it" in page.details.text


async def test_on_a_narrow_screen_enter_shows_the_details_and_escape_the_list(
    app: Ka2tui,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        assert not page.details.display
        await go(pilot, "enter")
        assert page.details.display
        assert not page.table.display
        assert "Ana: Add it" in page.details.text
        await go(pilot, "escape")
        assert page.focused is page.table
        await go(pilot, "enter", "slash", *"soon")  # one sees what one narrows
        assert page.table.display
        assert not page.details.display


async def test_a_reload_keeps_the_cursor_where_it_was(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "down", "down")
        key = page.table.cursor_key
        portfolio = Portfolio.open(file, actor="Ben")
        portfolio.do(tasks.add, 1, "First of all", due=date(2026, 1, 1))
        portfolio.close()
        app._watch.poll()
        await settled(pilot)
        assert titles(page)[0] == "First of all"
        assert page.table.cursor_key == key


async def test_another_page_can_ask_to_stand_on_a_task_even_a_done_one(
    app: Ka2tui, file: str
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(tasks.finish, [2], today=TODAY)
    portfolio.close()
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot)
        await go(pilot, "1")
        app.open_record("tasks", 5)
        await settled(pilot)
        assert page.table.cursor_key == 5
        await go(pilot, "1")
        app.open_record("tasks", 2)
        await settled(pilot)
        assert page.table.cursor_key == 2


async def test_an_empty_project_invites_to_add_the_first_task(
    database: str, settings: Settings
) -> None:
    portfolio = Portfolio.open(database, actor="Ana")
    portfolio.do(projects.add, "LUNA", today=TODAY)
    portfolio.close()
    app = Ka2tui(
        lambda: Portfolio.open(database, actor="Ana"),
        today=TODAY,
        now=now,
        settings=settings,
        project=1,
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        text = screen_text(app)
        assert "Press a to add the first task" in text
        assert "space finish" not in text
        # nothing to work on: no key does anything, and none fails
        await go(pilot, "space", "e", "p", "at", "x", "enter", "v", "V")
        assert not app.screen.is_modal


async def test_a_first_window_is_the_beginning_of_the_whole_list(
    file: str, settings: Settings
) -> None:
    @operation("Fill")
    def fill(session: Session) -> None:
        session.add_all(
            [Task(project_id=1, title=f"Task {n}", due=TODAY) for n in range(3 * FIRST_WINDOW)]
        )

    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(fill)
    entries = portfolio.ask(lambda s: len(s.scalars(select(Entry.id)).all()))
    portfolio.close()
    app = Ka2tui(
        lambda: Portfolio.open(file, actor="Ana"),
        today=TODAY,
        now=now,
        settings=replace(settings, first_page="today"),
        project=1,
    )
    seen: list[list[int]] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        was = TasksPage.show

        def show(page: TasksPage, given: Any) -> None:
            seen.append([row.id for row in given.rows])
            was(page, given)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TasksPage, "show", show)
            await to_tasks(pilot)
    assert [len(each) for each in seen] == [FIRST_WINDOW, 3 * FIRST_WINDOW + 5]
    assert seen[1][:FIRST_WINDOW] == seen[0]
    assert ask(file, lambda s: len(s.scalars(select(Entry.id)).all())) == entries


async def answered(app: Ka2tui, key: str, true: Callable[[], bool]) -> None:
    """Press a key while something is still being read, and wait for what it does alone."""
    app.post_message(Key(key, key if len(key) == 1 else None))
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError(f"{key} was not answered")


async def test_keys_are_answered_while_a_long_list_is_still_being_read(
    file: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(settings, first_page="today")
    app = make(file, settings)
    may_read, whole = threading.Event(), task_queries._whole

    def read(*args: Any) -> Any:
        may_read.wait(60)
        return whole(*args)

    monkeypatch.setattr(task_queries, "_whole", read)
    monkeypatch.setattr(tasks_page, "FIRST_WINDOW", 2)
    monkeypatch.setattr(type_ahead, "WORK_SECONDS", 0.2)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, app.opened.is_set)
        await settled(pilot)
        await answered(app, "3", lambda: isinstance(app.screen, TasksPage))
        page = app.screen
        assert isinstance(page, TasksPage)
        await until(pilot, lambda: titles(page) == ["Late one", "Soon one"])
        await answered(app, "down", lambda: page.table.cursor_key == 2)
        await answered(app, "v", lambda: page.table.marks == {2})
        await answered(app, "o", lambda: page.board.display)
        await answered(app, "t", lambda: page.as_tree)
        await answered(app, "slash", lambda: page.line.typing)
        await answered(app, "s", lambda: page.line.words == "s")
        await answered(app, "o", lambda: page.line.words == "so")
        await answered(app, "enter", lambda: not page.line.typing)
        assert not page.loaded
        app.post_message(Key("space", " "))
        may_read.set()
        await settled(pilot)
        assert page.loaded
        assert states(file)["Soon one"] is TaskState.DONE
        await go(pilot, "escape")
        assert page.as_tree
        assert titles(page)[0] == "Late one"
        assert "Undated one" in titles(page)


# -- before the database is open -----------------------------------------------------------------


def _opening(file: str, settings: Settings) -> tuple[Ka2tui, threading.Event]:
    """The app, and what lets its database open."""
    may_open = threading.Event()

    def open_portfolio() -> Portfolio:
        may_open.wait(10)
        return Portfolio.open(file, actor="Ana")

    desk = Ka2tui(open_portfolio, today=TODAY, now=now, settings=settings, place=file)
    return desk, may_open


async def _seen_first(pilot: Pilot[Any]) -> TasksPage:
    await pilot.pause()
    await pilot.press("3")
    await until(pilot, lambda: "Late one" in screen_text(pilot.app), "nothing is shown yet")
    page = pilot.app.screen
    assert isinstance(page, TasksPage)
    assert not page.app.opened.is_set()
    return page


def _ids(page: TasksPage) -> list[int]:
    return [row.id for row in page.table.rows if isinstance(row, TaskRow)]


async def test_the_first_tasks_are_shown_before_the_database_is_open(
    file: str, settings: Settings
) -> None:
    app, may_open = _opening(file, settings)
    async with app.run_test(size=(120, 30)) as pilot:
        page = await _seen_first(pilot)
        early = _ids(page)
        await pilot.press("down")
        await until(pilot, lambda: page.table.cursor_key == early[1], "down was not heard")
        may_open.set()
        await settled(pilot)
        assert _ids(page) == early
        assert page.table.cursor_key == early[1]
        assert "SOLARIS" in screen_text(app)


async def test_a_verb_typed_before_the_database_is_open_is_done_when_it_is(
    file: str, settings: Settings
) -> None:
    app, may_open = _opening(file, settings)
    async with app.run_test(size=(120, 30)) as pilot:
        page = await _seen_first(pilot)
        second = _ids(page)[1]
        for key in ("down", "space"):
            await app.on_event(Key(key, " " if key == "space" else None))
        may_open.set()
        await settled(pilot)
    assert ask(file, lambda s: s.get_one(Task, second).state) == TaskState.DONE


async def test_a_task_that_changed_meanwhile_is_shown_as_it_is(
    file: str, settings: Settings
) -> None:
    app, may_open = _opening(file, settings)
    async with app.run_test(size=(120, 30)) as pilot:
        page = await _seen_first(pilot)
        late = page.table.cursor_key
        assert late is not None
        portfolio = Portfolio.open(file, actor="Ben")
        portfolio.do(tasks.finish, [late], today=TODAY)
        portfolio.close()
        may_open.set()
        await settled(pilot)
        assert "Late one" not in screen_text(app)


async def test_a_key_that_comes_while_a_page_is_being_made_waits_for_it(
    file: str, settings: Settings
) -> None:
    app, may_open = _opening(file, settings)
    async with app.run_test(size=(120, 30)) as pilot:
        app.switch_mode("meetings")
        assert not app.screen.is_mounted
        await app.on_event(Key("3", "3"))
        await until(pilot, lambda: "Late one" in screen_text(app), "nothing is shown yet")
        may_open.set()
        await settled(pilot)
