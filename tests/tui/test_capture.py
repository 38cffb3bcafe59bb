"""The capture line: opened from anywhere, understood while one types, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from textual.events import Key, Paste
from textual.widgets import Input

from ka2tui.domain.kinds import TaskState
from ka2tui.domain.refusal import Unavailable
from ka2tui.operations import contacts, partners, tasks, work_units
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Task
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.capture import Capture
from tests.copied import filled_once
from tests.terminal import Terminal
from tests.tui.driving import TODAY, add_solaris, go, kept, now, screen_text, settled, told, until
from tests.tui.hostile import HOSTILE

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from textual.pilot import Pilot

    from ka2tui.settings import Settings

ROOT = Path(__file__).parents[2]
SIZES = ((80, 24), (120, 40))


@pytest.fixture
@filled_once
def file(database: str) -> str:
    """A project with partners, people, WP2 and one task in it."""
    portfolio = Portfolio.open(database, actor="Ana")
    project = add_solaris(portfolio)
    open_university = portfolio.do(partners.add, project, "Open University", acronym="OU").value
    portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ")
    for name in ("Maria Lopez", "Maria Silva"):
        portfolio.do(contacts.add, project, name, partner_id=open_university)
    wp2 = portfolio.do(work_units.add, project, "WP2", "Handbook").value
    portfolio.do(tasks.add, project, "Old one", code="T1", work_unit_id=wp2, tags=["tpm"])
    portfolio.close()
    return database


async def opened(pilot: Pilot[Any], *keys: str) -> Capture:
    """Open the line, and type into it."""
    await settled(pilot)
    await go(pilot, "a")
    await pilot.press(*keys)
    await settled(pilot)
    dialog = pilot.app.screen
    assert isinstance(dialog, Capture)
    return dialog


def typed(app: Ka2tui) -> str:
    return app.screen.query_one(Input).value


def added(file: str) -> list[Any]:
    """The tasks that were added, in the order of their ids."""

    def all_of(session: Session) -> list[Any]:
        return [
            (task.title, task.due, task.partner_id, [tag.name for tag in task.tags])
            for task in session.scalars(select(Task).where(Task.id > 1).order_by(Task.id))
        ]

    portfolio = Portfolio.open(file, actor="Ana")
    try:
        return portfolio.ask(all_of)
    finally:
        portfolio.close()


@pytest.mark.parametrize("page", ["1", "2", "3", "4", "5", "6", "8", "9"])
async def test_a_opens_the_line_on_every_page(app: Ka2tui, page: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await go(pilot, page)
        assert "a add" in screen_text(app)
        await opened(pilot)
        assert "Add a task to SOLARIS" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_understood_stands_below_before_enter(
    app: Ka2tui, file: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot, *"Send minutes @ou due:4 Dec wp:2 !high #tpm @XY every month until M24")
        shown = screen_text(app)
        for words in (
            "Send minutes @XY",
            "Fri 4 Dec 2026, in 13 days",
            "Who         OU",
            "Belongs to  WP2 Handbook",
            "Priority    high",
            "Tags        #tpm",
            "every month until 30 Sep 2027",
            "@XY: no partner or person has this name; it stays in the title.",
        ):
            assert words in shown
        await go(pilot, "enter")
        assert not isinstance(app.screen, Capture)
        assert (
            "Added “Send minutes @XY” "
            "(Fri 4 Dec 2026, in 13 days; OU; stayed in the title: @XY)." in told(app)
        )
        await go(pilot, "u")
    assert added(file) == []


async def test_the_parts_of_the_line_are_coloured_as_they_are_understood(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await opened(pilot, *"Ask @OU @XY \\fri ok")
        spans = {
            dialog.line.value[span.start : span.end]: str(span.style)
            for span in dialog.line._value.spans
        }
        assert "bold" in spans["@OU"]
        assert "underline" in spans["@XY"]
        assert set(spans) == {"@OU", "@XY"}


async def test_tab_completes_names_codes_and_tags(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, *"Ask @mar")
        assert 'tab  @"Maria Lopez" OU  @"Maria Silva" OU' in screen_text(app)
        assert "could be" not in screen_text(app)
        await go(pilot, "tab")
        assert typed(app) == 'Ask @"Maria Lopez" '
        await go(pilot, "tab")
        assert typed(app) == 'Ask @"Maria Silva" '
        await go(pilot, "shift+tab")
        assert typed(app) == 'Ask @"Maria Lopez" '
        await go(pilot, *"wp:h", "tab", *"#t", "tab", *"needs:t", "tab", *"now")
        assert typed(app) == 'Ask @"Maria Lopez" wp:WP2 #tpm needs:T1 now'


async def test_where_one_stands_is_offered_and_not_forced(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await go(pilot, "3")
        await opened(pilot, *"New one ")
        assert "tab  wp:WP2 (where you stand)" in screen_text(app)
        assert "Belongs to" not in screen_text(app)
        await go(pilot, "tab")
        assert typed(app) == "New one wp:WP2 "
        assert "Belongs to  WP2 Handbook" in screen_text(app)


async def test_on_tasks_the_cursor_stands_on_what_was_added(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await go(pilot, "3")
        await opened(pilot, *"Brand new")
        await go(pilot, "enter")
        assert app.screen.table.cursor_row.title == "Brand new"  # type: ignore[attr-defined]
        assert "Added" not in told(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_line_can_stay_open_with_the_last_ones_above(
    app: Ka2tui, file: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot, "ctrl+r")
        assert "close after one" in screen_text(app)
        for title in ("One @OU", "Two fri", "Three"):
            await go(pilot, *title, "enter")
        assert isinstance(app.screen, Capture)
        assert typed(app) == ""
        shown = screen_text(app)
        assert "✓ One · OU" in shown
        assert "✓ Two · Fri 27 Nov 2026, in 6 days" in shown
        assert "✓ Three" in shown
        await go(pilot, "escape", "a")
        assert "close after one" in screen_text(app)
        await go(pilot, "ctrl+r", *"Four", "enter")
        assert not isinstance(app.screen, Capture)
    assert [row[0] for row in added(file)] == ["One", "Two", "Three", "Four"]


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_added_says_what_stayed_in_its_title(
    app: Ka2tui, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot, "ctrl+r")
        await go(pilot, *"Call @NOBODY fri", "enter")
        assert "stayed in the title: @NOBODY" in screen_text(app)
        await go(pilot, *("word " * 20 + "@NIX"), "enter")
        assert "stayed in the title: @NIX" in screen_text(app)


async def test_what_was_typed_is_there_again_after_escape(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, *"Half a line @OU")
        await go(pilot, "escape", "4", "a")
        assert typed(app) == "Half a line @OU"
        assert "Kept from before: typing replaces it, → goes on with it." in screen_text(app)
        await go(pilot, "right", *" fri")
        assert typed(app) == "Half a line @OU fri"
        await go(pilot, "ctrl+u", "escape", "a")
        assert typed(app) == ""
    assert added(file) == []


async def test_a_new_task_is_not_glued_to_a_line_that_was_kept(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, *"Half a line @OU")
        await go(pilot, "escape", "a", *"Another fri", "enter")
    assert [row[0] for row in added(file)] == ["Another"]


async def test_a_line_without_a_title_stays(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "enter")
        assert "Please type what is to be done." in screen_text(app)
        await go(pilot, *"@OU due:fri", "enter")
        assert "what is to be done? There is no title yet." in screen_text(app)
        assert typed(app) == "@OU due:fri"
    assert added(file) == []


async def test_the_form_goes_on_with_what_was_understood(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, *"Send minutes @ou fri wp:2 !low #tpm ~2h needs:T1 monthly")
        await go(pilot, "ctrl+o")
        shown = screen_text(app)
        for words in ("Send minutes", "2026-11-27", "OU", "WP2", "low", "tpm", "2 h"):
            assert words in shown
        assert "every month" in shown
        await go(pilot, "escape")
        assert isinstance(app.screen, Capture)
        assert typed(app).startswith("Send minutes @ou fri")
        await go(pilot, "ctrl+o", "ctrl+s")
        assert not isinstance(app.screen, Capture)
    assert added(file) == [("Send minutes", date(2026, 11, 27), 1, ["tpm"])]


async def test_a_line_that_could_not_be_saved_comes_back(
    app: Ka2tui, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, *"Keep me @OU")

        def fail(*_: object, **__: object) -> None:
            raise Unavailable("The disk is full.")

        with monkeypatch.context() as patch:
            patch.setattr(Portfolio, "do", fail)
            await go(pilot, "enter")
        assert "The disk is full. Your line is kept: a brings it back." in told(app)
        await go(pilot, "a")
        assert typed(app) == "Keep me @OU"
        await go(pilot, "ctrl+r")
        with monkeypatch.context() as patch:
            patch.setattr(Portfolio, "do", fail)
            await go(pilot, "enter")
        assert typed(app) == "Keep me @OU"
        assert "The disk is full." in screen_text(app)
        await go(pilot, "enter")
    assert added(file) == [("Keep me", None, 1, [])]


async def test_of_several_pasted_lines_each_gets_its_turn(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        app.post_message(Paste("One @OU\n\n  Two fri\nThree\n"))
        await until(pilot, lambda: typed(app) == "One @OU")
        await settled(pilot)
        assert "2 lines to come" in screen_text(app)
        await go(pilot, "enter")
        assert typed(app) == "Two fri"
        await go(pilot, "enter", "enter")
        assert not isinstance(app.screen, Capture)
    assert [row[0] for row in added(file)] == ["One", "Two", "Three"]


async def test_any_text_is_shown_as_it_is(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await opened(pilot)
        for text in [*HOSTILE, "x" * 5000, "@" * 300, "[red] @[/] #[b] wp:[/]", "=1+1 🏁 e\u0301"]:
            dialog.line.value = text
            await pilot.pause()
            assert screen_text(app)
        dialog.line.value = "[red]x[/] @[/]"
        await settled(pilot)
        assert "@[/]: no partner or person has this name" in screen_text(app)


async def test_without_a_project_the_line_says_what_to_do(
    tmp_path: Path, settings: Settings
) -> None:
    app = Ka2tui(
        lambda: Portfolio.open(tmp_path / "new.db", actor="Ana"),
        today=TODAY,
        now=now,
        settings=settings,
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await go(pilot, "3", "a")
        assert "There is no project here" in told(app)


@contextmanager
def held(app: Ka2tui) -> Iterator[threading.Event]:
    """Keep the clerk from whatever is handed over from now on, until the event is set."""
    free = threading.Event()
    app._clerk.hand(lambda _: free.wait(30))
    try:
        yield free
    finally:
        free.set()


def enter(dialog: Capture, line: str) -> None:
    """Add a line as fast as somebody who never looks."""
    dialog.line.value = line
    dialog.action_add()


async def test_lines_are_added_in_the_order_in_which_they_were_typed(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        with held(app) as first:
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, Capture))
            dialog = app.screen
            assert isinstance(dialog, Capture)
            app.capturing.rapid = True
            with held(app) as second:
                enter(dialog, "One @OU")  # the names are not known yet
                first.set()
                await until(pilot, lambda: dialog.known is not None)
                enter(dialog, "Two")
                second.set()
        await settled(pilot)
    assert [row[0] for row in added(file)] == ["One", "Two"]


async def test_a_line_names_a_task_before_the_tasks_are_known(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await opened(pilot)
        with held(app):
            enter(dialog, "Print it needs:T1")
        await settled(pilot)
    assert [row[0] for row in added(file)] == ["Print it"]


async def test_lines_are_added_when_the_app_is_left_before_their_names_are_known(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        with held(app):
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, Capture))
            assert isinstance(app.screen, Capture)
            enter(app.screen, "Last one @OU")
            app.exit()
            await pilot.pause()
    assert added(file) == [("Last one", None, 1, [])]


async def test_lines_that_come_back_keep_their_order_and_nothing_is_glued_to_them(
    app: Ka2tui, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise Unavailable("The disk is full.")

    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await opened(pilot, "ctrl+r")
        with monkeypatch.context() as patch:
            patch.setattr(Portfolio, "do", fail)
            with held(app):
                for line in ("One", "Two", "Three"):
                    enter(dialog, line)
            await settled(pilot)
        assert typed(app) == "One"
        assert "Not added: enter tries again" in screen_text(app)
        await go(pilot, *"Zero")
        assert typed(app) == "Zero"
        await go(pilot, "enter", "escape", "a", *["enter"] * 3)
    assert [row[0] for row in added(file)] == ["Zero", "One", "Two", "Three"]


async def test_a_key_right_after_the_line_falls_on_what_was_added(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await go(pilot, "3")
        await opened(pilot, *"New one")
        with held(app) as free:
            app.post_message(Key("enter", "\r"))
            app.post_message(Key("space", " "))
            await until(pilot, lambda: not isinstance(app.screen, Capture))
            for _ in range(5):
                await pilot.pause()
            free.set()
        await settled(pilot)
    assert kept(file, Task.title) == ["Old one", "New one"]
    assert kept(file, Task.state) == [TaskState.OPEN, TaskState.DONE]


# -- as fast as fingers, or a script, can go -----------------------------------------------------

TEN = [f"Task number {n} of ten @OU due:+{n}d #tag{chr(96 + n)}" for n in range(1, 11)]


def _terminal(file: str, size: tuple[int, int]) -> Terminal:
    argv = ["ka2tui", "--db", file, "--today", TODAY.isoformat()]
    return Terminal(argv, size=size, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})


def _expected() -> list[Any]:
    return [
        (f"Task number {n} of ten", date(2026, 11, 21 + n) if n < 10 else date(2026, 12, 1), 1,
         [f"tag{chr(96 + n)}"])
        for n in range(1, 11)
    ]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_ten_tasks_are_captured_by_keys_that_never_wait(file: str, size: tuple[int, int]) -> None:
    with _terminal(file, size) as term:
        term.wait("Late and due")
        for line in TEN:
            term.press("a")
            term.type(line)
            term.press("enter")
        term.wait("Added “Task number 10", timeout=60)
        term.press("ctrl+q")
        assert term.exit_code == 0
    assert added(file) == _expected()


@pytest.mark.parametrize("size", SIZES)
def test_ten_tasks_are_captured_in_one_line_that_stays_open(
    file: str, size: tuple[int, int]
) -> None:
    with _terminal(file, size) as term:
        term.wait("Late and due")
        term.press("a", "ctrl+r")
        for line in TEN:
            term.type(line)
            term.press("enter")
        term.wait("✓ Task number 10", timeout=60)
        term.press("escape")
        term.gone("Add a task to SOLARIS")
        term.press("ctrl+q")
        assert term.exit_code == 0
    assert added(file) == _expected()


def test_keys_before_the_first_page_stands_reach_the_line(file: str) -> None:
    with _terminal(file, (80, 24)) as term:
        term.wait("ka2tui")
        term.press("a")
        term.type("Typed ahead @OU")
        term.press("enter")
        term.wait("Added “Typed ahead”", timeout=30)
        term.press("ctrl+q")
        assert term.exit_code == 0
    assert added(file) == [("Typed ahead", None, 1, [])]


async def test_several_pasted_lines_are_taken_as_rows_on_demand(app: Ka2tui) -> None:
    from ka2tui.tui.dialogs.paste import PasteRows

    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await opened(pilot)
        app.post_message(Paste("Task\tDue\nFirst row\t3 Dec\nSecond row\t4 Dec\n"))
        await settled(pilot)
        assert "ctrl+t takes them as rows" in screen_text(app)
        await go(pilot, "ctrl+t")
        assert isinstance(app.screen, PasteRows)
        assert app.screen.pasted.fields == ("title", "due")
        assert dialog.capturing.waiting == []
