"""The tasks as a tree, on a board, by urgency, and what stands beside them."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from textual.widgets import Input, TextArea

from ka2tui.domain.kinds import Precision, Priority, TaskState
from ka2tui.operations import dependencies, partners, tasks, work_units
from ka2tui.queries.history import EntryRow
from ka2tui.queries.task_row import TaskRow
from ka2tui.queries.tasks import Choice
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Task
from ka2tui.tui import editor, plain
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages import history_words, task_board
from ka2tui.tui.pages.tasks import TasksPage
from tests.copied import filled_once
from tests.tui.driving import (
    TODAY,
    add_solaris,
    ask,
    go,
    screen_text,
    settled,
    toasts,
    until,
    widget_lines,
)

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

FIRST_PAGE = "tasks"


@pytest.fixture
@filled_once
def file(database: str) -> str:
    """A project with two partners, WP2, and a, b (with p, q, r below), c."""
    portfolio = Portfolio.open(database, actor="Ana")
    project = add_solaris(portfolio)
    portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ")
    portfolio.do(partners.add, project, "KMOP", acronym="KMOP")
    portfolio.do(work_units.add, project, "WP2", "Handbook")
    portfolio.do(tasks.add, project, "task a", due=date(2026, 12, 9))
    portfolio.do(tasks.add, project, "task b", due=date(2026, 11, 18), partner_id=1)
    portfolio.do(tasks.add, project, "task c", priority=Priority.HIGH, tags=["next"])
    for name in "pqr":
        portfolio.do(tasks.add, project, f"part {name}", parent_id=2)
    portfolio.close()
    return database


async def to_tasks(pilot: Pilot[Any], *keys: str) -> TasksPage:
    await settled(pilot)
    await go(pilot, "3", *keys)
    page = pilot.app.screen
    assert isinstance(page, TasksPage)
    return page


def titles(page: TasksPage) -> str:
    return " ".join(row.title.split()[1] for row in page.table.rows)


def column(file: str, name: str) -> dict[str, Any]:
    query = select(Task.title, getattr(Task, name))
    return {title.split()[1]: value for title, value in ask(file, lambda s: s.execute(query).all())}


# -- tree


async def test_tasks_move_up_and_down_several_at_once_as_one_step(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot, "t")
        assert titles(page) == "a b p q r c"
        page.table.move_to(4)
        await go(pilot, "v", "v", "J")
        assert titles(page) == "a b r p q c"
        assert page.table.marks == {4, 5}
        await go(pilot, "J")
        assert toasts(app) == ["They are last there already."]
        await go(pilot, "shift+up")
        assert titles(page) == "a b p q r c"
        await go(pilot, "u", "u")
        assert titles(page) == "a b p q r c"
        await go(pilot, "escape", "home", "J")
        assert titles(page) == "b p q r a c"


async def test_parts_of_different_tasks_are_not_moved_together(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot, "t", "V", "J")
        assert "part of different tasks" in toasts(app)[0]
        assert titles(page) == "a b p q r c"


async def test_in_a_list_or_another_order_moving_says_what_to_do_first(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot, "K")
        assert "t shows it" in toasts(app)[0]
        await go(pilot, "t", "s")
        field = pilot.app.focused
        assert isinstance(field, Input)
        field.value = "by title"
        await go(pilot, "enter", "K")
        assert "order you arranged" in toasts(app)[-1]
        assert titles(page) == "a b p q r c"


async def test_folds_tell_what_is_done_below_and_stay_when_tasks_are_read_again(
    app: Ka2tui,
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot, "t")
        page.table.move_to(4)
        await go(pilot, "space")
        page.table.move_to(5)
        await go(pilot, "z")
        assert page.table.cursor_key == 2
        assert "task b  1 of 3 done" in screen_text(app)
        assert "3 shown, 1 done or given up (. shows), 2 folded away" in screen_text(app)
        await go(pilot, "home", "exclamation_mark", *"low", "enter")
        assert "task b  1 of 3 done" in screen_text(app)
        await go(pilot, "V")
        assert page.table.marks == {1, 2, 3}
        await go(pilot, "escape", "t", "t")
        assert "2 folded away" in screen_text(app)
        await go(pilot, "Z")
        assert "folded away" not in screen_text(app)


async def test_outward_a_task_comes_to_stand_after_the_one_it_was_part_of(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot, "t")
        page.table.move_to(4)
        await go(pilot, "less_than_sign")
        assert titles(page) == "a b q r p c"


# -- board


async def test_a_card_is_moved_to_the_next_state_and_back_by_undo(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot, "o")
        head = widget_lines(page.board)[0]
        assert head.split() == ["Open", "6", "In", "work", "0", "Waiting", "0", "Done", "0"]
        assert page.board.has_focus
        page.board.stand(2)
        await go(pilot, "shift+right")
        assert page.board.cursor_key == 2
        assert widget_lines(page.board)[0].split()[:5] == ["Open", "5", "In", "work", "1"]
        await go(pilot, "shift+right")
        assert column(file, "state")["b"] is TaskState.WAITING
        await go(pilot, "u")
        assert column(file, "state")["b"] is TaskState.DOING


@pytest.mark.parametrize("before", ["list", "tree"])
async def test_leaving_the_board_shows_tasks_as_they_were_before(app: Ka2tui, before: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot, *(["t"] if before == "tree" else []))
        await go(pilot, "o")
        assert page.board.has_focus
        await go(pilot, "O", "o")
        assert page.view == before
        assert page.table.has_focus


async def test_marked_cards_move_together_and_open_parts_are_asked_about(
    app: Ka2tui, file: str
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(tasks.wait, [1, 2], today=TODAY)
    portfolio.close()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot, "o")
        assert page.board.cursor_key == page.table.cursor_key == 2
        page.table.mark([1, 2])
        await go(pilot, "shift+right")
        assert "Still open below" in screen_text(app)
        await go(pilot, "y")
        assert widget_lines(page.board)[0].split()[-1] == "(.)"
    assert column(file, "state")["p"] is TaskState.DONE
    portfolio = Portfolio.open(file, actor="Ana")
    assert portfolio.undo().label == "Move 2 tasks to done"
    portfolio.close()


async def test_columns_of_partners_hand_cards_over(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot, "o", "O")
        head = widget_lines(page.board)[0]
        assert head.split() == ["No", "partner", "5", "ULODZ", "1", "KMOP", "0"]
        page.board.stand(2)
        await go(pilot, "shift+right")
        assert column(file, "partner_id")["b"] == 2
        await go(pilot, "shift+left", "shift+left")
        assert column(file, "partner_id")["b"] is None


async def test_the_board_knows_the_filter_the_verbs_and_the_marks_of_the_list(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot, "o", "slash", *"part", "enter")
        assert widget_lines(page.board)[0].split()[1] == "3"
        assert "3 hidden by the filter" in screen_text(app)
        assert page.board.has_focus
        await go(pilot, "V", "exclamation_mark", *"low", "enter")
        assert {name for name, level in column(file, "priority").items() if level == "low"} == {
            *"pqr"
        }
        await go(pilot, "v", "o")
        assert len(page.table.marks) == 1
        assert page.table.has_focus


async def test_a_low_narrow_board_shows_three_columns(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tasks(pilot, "o", *["shift+right"] * 3, "y", "full_stop", "right")
        lines = widget_lines(page.board)
        assert lines[0].startswith("‹ In work")
        assert all(line[-1] == " " for line in lines if len(line) >= page.board.content_size.width)


def test_a_partner_that_left_has_a_lane_only_where_something_is_theirs() -> None:
    here, left, owing = Choice(1, "UNI"), Choice(2, "KMOP"), Choice(3, "ODTU")
    mine = card_row()._replace(partner_id=owing.id)
    lanes = task_board.by_partner([mine], [here], [left, owing])
    said = {lane.title: len(lane.rows) for lane in lanes}
    assert said == {"No partner": 0, "UNI": 0, "ODTU": 1}


def test_the_code_of_a_card_is_quiet_beside_its_title() -> None:
    first, *_ = task_board.card(
        card_row(code="T2.3"), 40, 3, today=TODAY, partners=False, score=None
    )
    pieces = [piece for piece in plain.pieces(first) if piece[0]]
    assert pieces[1:] == [("T2.3 ", "quiet"), ("Ask them all", "")]


def card_row(code: str | None = None) -> TaskRow:
    """A late task that comes again."""
    return TaskRow(
        id=1,
        code=code,
        title="Ask them all",
        state=TaskState.OPEN,
        due=date(2026, 11, 18),
        due_month=None,
        due_precision=Precision.DAY,
        priority=Priority.NORMAL,
        partner_id=1,
        contact_id=None,
        work_unit_id=1,
        parent_id=None,
        position=1,
        recurrence="FREQ=DAILY",
        waiting_since=None,
        finished_on=None,
        partner="KMOP",
        contact=None,
        work_unit="WP2",
        tags=(),
    )


@pytest.mark.parametrize(
    ("cells", "foot"),
    [
        (40, "! 3 d late · 7 · KMOP · WP2"),
        (22, "! 3 d late · 7 · KMOP"),
        (18, "! 3 d late · 7"),
        (8, "! 3 d l…"),
    ],
)
def test_what_a_card_says_stands_whole_or_not_at_all(cells: int, foot: str) -> None:
    row = card_row()
    *title, last = task_board.card(row, cells, 2, today=date(2026, 11, 21), partners=False, score=7)
    assert "".join(text for text, _ in plain.pieces(last)) == foot
    assert "".join(text for text, _ in plain.pieces(title[0])).startswith("↻ ")


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Finish “A”", "Ana M.: Finish it"),
        ("Add task “A”", "Ana M.: Add it"),
        ("Have D1 “A” reviewed until 4 Dec", "Ana M.: Have it reviewed until 4 Dec"),
        ("Finish “AB”", "Ana M.: Finish “AB”"),
    ],
)
def test_a_line_of_history_does_not_name_the_record_above_it_again(label: str, said: str) -> None:
    row = entry(label, datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert history_words.of_one(row, "“A”", "D1 “A”") == said


def test_dates_of_history_stand_below_each_other() -> None:
    rows = [entry("Edit", datetime(2026, 11, day, 9, tzinfo=UTC)) for day in (12, 2)]
    _, *lines = history_words.lines_of(rows, TODAY)
    starts = ["".join(text for text, _ in plain.pieces(line.cell)) for line in lines]  # type: ignore[union-attr]
    assert starts == ["12 Nov  Ana M.: Edit", " 2 Nov  Ana M.: Edit"]


def entry(label: str, at: datetime) -> EntryRow:
    """A line of the history."""
    return EntryRow(1, at, "Ana Moreno", "do", label, None, None, 1, standing=True)


# -- verbs on marks


async def test_work_package_and_waiting_are_set_for_all_that_is_marked(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to_tasks(pilot)
        page.table.mark([4, 5])
        await go(pilot, "M", *"WP2", "enter")
        assert column(file, "work_unit_id") == dict.fromkeys("abcr") | {"p": 1, "q": 1}
        page.table.mark([4, 5])
        await go(pilot, "W", *"task c", "enter")
        assert page.table.marks == set()
        page.table.move_to(4)
        await go(pilot, "W")
        assert "no longer" in screen_text(app)
    portfolio = Portfolio.open(file, actor="Ana")
    assert portfolio.undo().label == "Let 2 tasks wait for “task c”"
    portfolio.close()


# -- urgency


async def test_by_urgency_the_most_urgent_comes_first_with_its_points(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot, "s", *"urgency", "enter")
        assert titles(page).startswith("c b a")
        text = screen_text(app)
        assert "Urg" in text
        row = next(line for line in widget_lines(page.table) if "task c" in line)
        assert " 85 " in row
        page.table.move_to(3)
        await settled(pilot)
        assert "+60  tagged #next" in page.details.text
        assert "+25  high priority" in page.details.text


async def test_weights_of_ones_own_count_as_soon_as_they_can_be_read(
    app: Ka2tui, tmp_path: Path
) -> None:
    own = tmp_path / "urgency.toml"
    own.write_text("[tags]\nnext = 'much'\n", encoding="utf-8")
    app.settings = replace(app.settings or Settings(), data=tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot)
        assert [told for told in toasts(app) if "urgency.toml" in told] != []
        await go(pilot, "s", *"urgency", "enter")
        assert titles(page).startswith("c b")
        own.write_text("[tags]\nnext = -60\n", encoding="utf-8")
        page.reload()
        await settled(pilot)
        assert titles(page).startswith("b")


# -- beside the list


async def test_the_pane_tells_a_delay_to_its_cause_and_leads_to_it(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(dependencies.link, 1, 2, lag_days=20)
    portfolio.close()
    async with app.run_test(size=(140, 50)) as pilot:
        page = await to_tasks(pilot)
        page.table.move_to(1)
        await settled(pilot)
        text = " ".join(page.details.text.split())
        assert "Cannot be done before Fri 11 Dec 2026, 2 days after its date" in text
        assert "it waits for “task b”, 3 d late." in text
        await go(pilot, "enter", "down", "enter")
        assert page.table.cursor_key == 2
        assert "Holds up" in page.details.text
        assert "· +20 d: task a" in page.details.text
        assert "→ 2 d late" in page.details.text


async def test_a_line_of_history_leads_to_the_history(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot)
        page.table.move_to(3)
        await go(pilot, "enter", "down", "enter")
        assert app.current_mode == "history"
        row = app.screen.table.cursor_row  # type: ignore[attr-defined]
        assert row.label == "Add task “task c”"


# -- notes


@pytest.fixture
def mine(app: Ka2tui, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the editor will do, one after the other; what it was given is kept in its place."""
    deeds: list[Any] = []

    def edit(text: str, name: str, command: list[str]) -> str:
        assert command == ["an-editor"]
        assert name.endswith(".md")
        return str(deeds.pop(0)(text))

    monkeypatch.setattr(editor, "command", lambda: ["an-editor"])
    monkeypatch.setattr(editor, "edit", edit)
    monkeypatch.setattr(app, "suspend", contextlib.nullcontext)
    return deeds


async def test_notes_are_written_in_ones_own_editor(
    app: Ka2tui, file: str, mine: list[Any]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot)
        page.table.move_to(3)
        mine += [lambda text: text + "- ask [red]Nikos[/]", lambda text: text]
        await go(pilot, "i")
        assert "• ask [red]Nikos[/]" in page.details.text
        assert column(file, "notes")["c"] == "- ask [red]Nikos[/]"
        await go(pilot, "i", "u")
        assert column(file, "notes")["c"] is None


@pytest.mark.parametrize(
    ("key", "kept"), [("t", "theirs"), ("m", "mine"), ("escape", "theirs"), ("e", "both")]
)
async def test_notes_that_met_other_ones_are_both_shown(
    app: Ka2tui, file: str, mine: list[Any], key: str, kept: str
) -> None:
    def meanwhile(text: str) -> str:
        elsewhere = Portfolio.open(file, actor="Ben")
        elsewhere.do(tasks.edit, 3, {"notes": "theirs"})
        elsewhere.close()
        return text + "mine"

    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot)
        page.table.move_to(3)
        mine += [meanwhile, lambda text: "both" if "theirs" in text and "mine" in text else "?"]
        await go(pilot, "i")
        text = screen_text(app)
        assert "Somebody else changed this meanwhile" in text
        assert "theirs" in text
        assert "mine" in text
        await go(pilot, key)
        assert not app.screen.is_modal
    assert column(file, "notes")["c"] == kept


async def test_without_an_editor_notes_are_written_in_a_form(
    app: Ka2tui, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tasks(pilot)
        page.table.move_to(3)
        await go(pilot, "i")
        await until(pilot, lambda: toasts(app) == [editor.HOW])
        await settled(pilot)
        field = app.focused
        assert isinstance(field, TextArea)
        field.text = "in the form"
        await go(pilot, "ctrl+s")
    assert column(file, "notes")["c"] == "in the form"
