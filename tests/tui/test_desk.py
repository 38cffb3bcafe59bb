from __future__ import annotations

import asyncio
import errno
import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key

from ka2tui import settings as settings_file
from ka2tui.settings import Settings
from ka2tui.store.engine import Unwritable
from ka2tui.tui import crash, keys, type_ahead
from ka2tui.tui.desk import ProjectChoice
from tests.tui import fakes
from tests.tui.driving import (
    ended,
    screen_text,
    settled,
    toasts,
    until,
    widget_lines,
)
from tests.tui.fakes import FakePortfolio, Row
from tests.tui.hostile import ACTS, HOSTILE
from tests.tui.rows_page import RowsDesk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def books(count: int = 3) -> FakePortfolio:
    return FakePortfolio([Row(number, f"Row {number}") for number in range(1, count + 1)])


def held_until(may_open: threading.Event, portfolio: FakePortfolio) -> Callable[[], FakePortfolio]:
    """Give what opens a portfolio, when it may."""

    def slowly() -> FakePortfolio:
        may_open.wait(10)
        return portfolio

    return slowly


# -- opening -------------------------------------------------------------------------------------


async def test_the_frame_stands_before_the_database_is_opened() -> None:
    may_open, portfolio = threading.Event(), books()
    desk = RowsDesk(held_until(may_open, portfolio))
    async with desk.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "╭─ Rows" in screen_text(desk)
        assert "opening …" in screen_text(desk)
        assert "Row 1" not in screen_text(desk)
        may_open.set()
        await settled(pilot)
        assert "Row 1" in screen_text(desk)
        assert "saved" in screen_text(desk)


async def test_keys_wait_for_a_page_however_slowly_its_database_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    may_open, portfolio = threading.Event(), books()
    monkeypatch.setattr(type_ahead, "READY_SECONDS", 0)
    desk = RowsDesk(held_until(may_open, portfolio))
    async with desk.run_test(size=(80, 24)) as pilot:
        burst(desk, "slash", "o", "w", "enter", "down", "space")
        for _ in range(20):
            await pilot.pause()
        may_open.set()
        await settled(pilot)
        assert desk.page.line.words == "ow"
        assert [row.title for row in portfolio.rows if row.done] == ["Row 2"]


async def test_keys_are_left_out_when_their_page_never_came(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    may_open, portfolio = threading.Event(), books()
    monkeypatch.setattr(type_ahead, "COMING_SECONDS", 0)
    desk = RowsDesk(held_until(may_open, portfolio))
    async with desk.run_test(size=(80, 24)) as pilot:
        burst(desk, "space")
        await until(pilot, lambda: bool(toasts(desk)))
        assert toasts(desk) == ["What was typed before the page stood was left out."]
        may_open.set()
        await settled(pilot)
        assert not [row.title for row in portfolio.rows if row.done]


async def test_the_headline_says_project_phase_month_and_date() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(100, 24)) as pilot:
        await settled(pilot)
        first = screen_text(desk).splitlines()[0]
        assert first.startswith(" SOLARIS · Implementation · M14 of 24  ")
        assert first.endswith("Sat 21 Nov 2026 · saved")


async def test_a_database_that_cannot_be_opened_is_a_sentence_and_can_be_tried_again() -> None:
    failing = True

    def opening() -> FakePortfolio:
        if failing:
            raise Unwritable("The folder /data is full: free some room, then try again.")
        return books()

    desk = RowsDesk(opening)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        shown = screen_text(desk)
        assert "The folder /data is full: free some room, then try again." in shown
        assert "Traceback" not in shown
        await pilot.press("r")
        await settled(pilot)
        assert "is full" in screen_text(desk)
        failing = False
        await pilot.press("r")
        await settled(pilot)
        assert "Row 1" in screen_text(desk)
        assert "is full" not in screen_text(desk)


async def test_leaving_works_where_the_database_does_not_open() -> None:
    def never() -> FakePortfolio:
        raise Unwritable

    desk = RowsDesk(never)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "The database cannot be written to." in screen_text(desk)
        await pilot.press("q")
        await pilot.pause()
    assert desk.return_code == 0


async def test_a_read_only_database_is_told_in_the_headline() -> None:
    opened = books()
    opened.read_only = "the file may not be written"
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(100, 24)) as pilot:
        await settled(pilot)
        assert "read-only: the file may not be written" in screen_text(desk).splitlines()[0]
        assert desk.read_only


# -- changing ------------------------------------------------------------------------------------


async def test_a_change_shows_by_itself_and_is_taken_back_in_words() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "space")
        await settled(pilot)
        assert "✓ Row 2" in screen_text(desk)
        await pilot.press("u")
        await settled(pilot)
        assert "· Row 2" in screen_text(desk)
        assert toasts(desk) == ["Undone: finish 2"]
        await pilot.press("U")
        await settled(pilot)
        assert "✓ Row 2" in screen_text(desk)
        assert toasts(desk) == ["Done again: finish 2"]
        await pilot.press("ctrl+z")
        await settled(pilot)
        await pilot.press("ctrl+y")
        await settled(pilot)
        assert "✓ Row 2" in screen_text(desk)


async def test_nothing_to_undo_is_a_sentence() -> None:
    desk = RowsDesk(books)
    async with desk.run_test() as pilot:
        await settled(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert toasts(desk) == ["There is nothing to undo."]


async def test_a_refused_change_is_a_toast_and_changes_nothing() -> None:
    opened = books()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test() as pilot:
        await settled(pilot)
        await pilot.press("a", "enter")
        await settled(pilot)
        assert toasts(desk) == ["A title, please."]
        assert len(opened.rows) == 3
        assert desk.trust.words == "saved"


async def test_quick_keys_keep_their_order() -> None:
    opened = books(30)
    opened.hold = threading.Event()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for _ in range(20):
            await pilot.press("space", "down")
        await until(pilot, lambda: "saving …" in screen_text(desk))
        opened.hold.set()
        await settled(pilot)
        assert [label for _, label in opened.past] == [f"finish {n}" for n in range(1, 21)]
        assert "saved" in screen_text(desk)


def burst(desk: RowsDesk, *names: str) -> None:
    """Press keys all at once, as a program does or somebody who does not look."""
    for name in names:
        desk.post_message(Key(name, name if len(name) == 1 else None))


async def test_keys_pressed_at_once_wait_for_each_other() -> None:
    opened = books(12)
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        burst(desk, "slash", "1", "1", "enter", "space")
        await settled(pilot)
        assert desk.page.line.words == "11"
        assert [row.id for row in opened.rows if row.done] == [11]
        burst(desk, "slash", "escape", "a", "N", "e", "w", "enter", "2", "end", "space", "1")
        await settled(pilot)
        assert opened.rows[-1] == Row(13, "New", done=True)
        assert desk.current_mode == "rows"


async def test_keys_pressed_before_the_first_page_stands_wait_for_it() -> None:
    may_open, opened = threading.Event(), books()
    desk = RowsDesk(held_until(may_open, opened))
    async with desk.run_test(size=(80, 24)) as pilot:
        burst(desk, "down", "space")
        await pilot.pause()
        asyncio.get_running_loop().call_later(0.2, may_open.set)
        await until(pilot, lambda: opened.rows[1].done)


async def test_a_slow_database_does_not_hold_the_keyboard() -> None:
    opened = books(30)
    opened.hold = threading.Event()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        burst(desk, "space", "down", "down", "down")
        await until(pilot, lambda: desk.page.table.cursor_key == 4)
        assert not opened.rows[0].done
        opened.hold.set()
        await settled(pilot)


async def test_the_screen_moves_while_the_database_is_busy() -> None:
    opened = books(30)
    opened.hold = threading.Event()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("space")
        await pilot.press("down", "down")
        await until(pilot, lambda: desk.page.table.cursor_key == 3)
        assert not opened.hold.is_set()
        opened.hold.set()
        await settled(pilot)


async def test_what_is_on_its_way_is_saved_before_the_app_ends() -> None:
    opened = books(30)
    opened.hold = threading.Event()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("space", "down", "space", "down", "space")
        await until(pilot, lambda: len(desk._changes) == 3)
        await pilot.press("ctrl+q")
        asyncio.get_running_loop().call_later(0.1, opened.hold.set)
        await ended(desk)
    assert [row.id for row in opened.rows if row.done] == [1, 2, 3]
    assert opened.closed
    assert desk.return_code == 0


async def test_the_app_stays_where_what_is_on_its_way_cannot_be_saved() -> None:
    opened = books(30)
    opened.hold = threading.Event()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("space", "ctrl+q")
        await until(pilot, lambda: desk._leaving)
        opened.failing = Unwritable("The disk is full: free some room.")
        opened.hold.set()
        await until(pilot, lambda: "Not all was saved, so the app stays open." in toasts(desk))
        assert not desk._exit
        opened.failing = None
        await pilot.press("space", "ctrl+q")
        await ended(desk)
    assert opened.rows[0].done
    assert desk._exit_renderables == []


async def test_what_was_left_at_once_and_not_saved_is_said_in_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = books(30)
    opened.hold = threading.Event()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(desk, "_print_error_renderables", lambda: None)
        await settled(pilot)
        await pilot.press("space", "ctrl+q")
        await until(pilot, lambda: desk._leaving)
        opened.failing = Unwritable("The disk is full: free some room.")
        await pilot.press("ctrl+q")
        asyncio.get_running_loop().call_later(0.1, opened.hold.set)
        await ended(desk)
    (said,) = desk._exit_renderables
    assert str(said) == "Not saved: 1 change (Finish). The disk is full: free some room."
    assert desk.return_code == 1


async def test_a_save_that_fails_is_told_and_the_app_goes_on() -> None:
    opened = books()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        opened.failing = Unwritable("The disk is full: free some room.")
        await pilot.press("space")
        await settled(pilot)
        assert "not saved" in screen_text(desk)
        assert toasts(desk) == ["The disk is full: free some room."]
        assert "· Row 1" in screen_text(desk)
        opened.failing = None
        desk._watch.poll()
        await settled(pilot)
        assert "not saved" in screen_text(desk)  # until something is
        await pilot.press("space")
        await settled(pilot)
        assert "✓ Row 1" in screen_text(desk)
        assert "not saved" not in screen_text(desk)


async def test_a_quick_change_makes_nothing_flicker() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        said: list[str] = []
        desk.headline_changed.subscribe(
            desk, lambda _: said.append(desk.trust.words), immediate=True
        )
        await pilot.press("space")
        await settled(pilot)
        assert "✓ Row 1" in screen_text(desk)
        assert said == []


async def test_a_change_is_finished_and_shown_although_nobody_waits_for_it() -> None:
    opened = books()
    opened.hold = threading.Event()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        worker = desk.page.action_finish()
        await pilot.pause()
        worker.cancel()
        await pilot.pause()
        opened.hold.set()
        await until(pilot, lambda: "✓ Row 1" in screen_text(desk))
        assert desk.trust.words == "saved"


async def test_a_change_that_fails_when_nobody_waits_is_told_all_the_same() -> None:
    opened = books()
    opened.hold = threading.Event()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        desk.run_worker(desk.do(fakes.finish, 1), name="blocks")  # type: ignore[arg-type]
        worker = desk.page.action_finish()
        await pilot.pause()
        worker.cancel()
        await pilot.pause()
        opened.failing = Unwritable("The disk is full.")
        opened.hold.set()
        await until(pilot, lambda: "The disk is full." in toasts(desk))


async def test_a_read_that_fails_leaves_what_was_shown_and_comes_back_by_itself() -> None:
    opened = books()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(100, 24)) as pilot:
        await settled(pilot)
        opened.failing = Unwritable("The server is gone.")
        desk.page.reload()
        await settled(pilot)
        assert "Row 1" in screen_text(desk)
        assert "the database does not answer" in screen_text(desk)
        opened.failing = None
        desk._watch.poll()
        await until(pilot, lambda: "does not answer" not in screen_text(desk))
        opened.failing = Unwritable("The file is another one.")
        desk._watch.poll()
        await until(pilot, lambda: "The file is another one." in toasts(desk))


async def test_asking_outside_a_worker_raises_what_happened() -> None:
    opened = books()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test() as pilot:
        await settled(pilot)
        opened.failing = Unwritable("The server is gone.")
        with pytest.raises(Unwritable):
            await desk.ask(fakes.every_row)  # type: ignore[arg-type]
        opened.failing = None


# -- other windows -------------------------------------------------------------------------------


async def test_what_another_window_changed_appears_and_is_told_quietly() -> None:
    opened = books()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(100, 24)) as pilot:
        await settled(pilot)
        opened.elsewhere(lambda it: it.rows.append(Row(9, "From elsewhere")))
        await until(pilot, lambda: "From elsewhere" in screen_text(desk))
        assert "changed in another window at " in screen_text(desk).splitlines()[0]
        assert toasts(desk) == []


async def test_a_change_that_another_window_made_just_before_ours_is_not_missed() -> None:
    opened = books()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(100, 24)) as pilot:
        await settled(pilot)
        opened.elsewhere(lambda it: it.rows.append(Row(9, "From elsewhere")))
        seen: list[Any] = []
        desk.changed.subscribe(desk, seen.append, immediate=True)
        await desk.do(fakes.finish, 1)  # type: ignore[arg-type]
        assert [changed.touched for changed in seen] == [None]
        await desk.do(fakes.finish, 2)  # type: ignore[arg-type]
        assert seen[-1].touched == frozenset({"task"})


async def test_a_look_that_takes_long_is_waited_for_and_not_begun_again() -> None:
    opened = books()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test() as pilot:
        await settled(pilot)
        gate, looks = threading.Event(), []
        usual = opened.clock

        def slow() -> int:
            looks.append(1)
            gate.wait(10)
            return usual()

        opened.clock = slow  # type: ignore[method-assign]
        opened.elsewhere(lambda it: it.rows.append(Row(9, "From elsewhere")))
        for _ in range(3):
            desk._watch.poll()
            await pilot.pause()
        gate.set()
        await until(pilot, lambda: "From elsewhere" in screen_text(desk))
        assert len(looks) == 1


# -- pages ---------------------------------------------------------------------------------------


async def test_pages_are_reached_by_digit_and_by_letter_and_left_by_q() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        assert desk.current_mode == "other"
        await pilot.press("g")
        await settled(pilot)
        assert "r  Rows" in screen_text(desk)
        await pilot.press("r")
        await settled(pilot)
        assert desk.current_mode == "rows"
        assert not desk.screen.is_modal
        await pilot.press("q")
        await settled(pilot)
        assert desk.current_mode == "other"
        await pilot.press("q", "q")
        await settled(pilot)
        assert desk.current_mode == "rows"


async def test_letters_typed_at_once_after_g_lead_there() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("g", "o")
        await settled(pilot)
        assert desk.current_mode == "other"
        await pilot.press("g", "escape", "g", "z")
        await settled(pilot)
        assert desk.current_mode == "other"
        assert not desk.screen.is_modal


async def test_a_page_out_of_sight_reloads_when_it_is_looked_at_again() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        first = desk.page
        await pilot.press("2")
        await settled(pilot)
        loads = first.loads
        await pilot.press("space")
        await settled(pilot)
        assert first.loads == loads
        await pilot.press("1")
        await settled(pilot)
        assert first.loads == loads + 1
        assert "✓ Row 1" in screen_text(desk)
        await pilot.press("2", "1")
        await settled(pilot)
        assert first.loads == loads + 1


async def test_a_page_is_read_once_when_it_is_first_shown() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert desk.page.loads == 1
        await pilot.press("2")
        await settled(pilot)
        assert desk.page.NAME == "Other"
        assert desk.page.loads == 1


async def test_the_page_behind_a_dialog_is_kept_true() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        last = screen_text(desk).splitlines()[-1]
        await pilot.press("a")
        await settled(pilot)
        await desk.do(fakes.finish, 1)  # type: ignore[arg-type]
        await settled(pilot)
        assert "✓ Row 1" in screen_text(desk)
        assert screen_text(desk).splitlines()[-1] == last


async def test_what_changes_while_a_page_is_being_read_is_read_again() -> None:
    opened = books()
    desk = RowsDesk(lambda: opened)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        page = desk.page
        loads = page.loads
        page.reload()
        await pilot.press("2")
        page.stale = True
        await settled(pilot)
        assert page.stale
        await pilot.press("1")
        await settled(pilot)
        assert not page.stale
        assert page.loads > loads + 1


async def test_a_reload_keeps_cursor_and_focus() -> None:
    desk = RowsDesk(lambda: books(50))
    async with desk.run_test(size=(120, 24)) as pilot:
        await settled(pilot)
        await pilot.press(*["down"] * 30)
        before = widget_lines(desk.page.table)
        await pilot.press("tab")
        await settled(pilot)
        focused = desk.focused
        await desk.do(fakes.add, "Row 51")  # type: ignore[arg-type]
        await settled(pilot)
        assert desk.page.table.cursor_key == 31
        assert desk.focused is focused
        assert widget_lines(desk.page.table) == before


async def test_a_filter_narrows_while_typing_and_escape_shows_everything() -> None:
    desk = RowsDesk(lambda: books(12))
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"row 1")
        await settled(pilot)
        shown = screen_text(desk)
        assert "4 of 12" in shown
        assert "4 shown, 8 hidden by the filter" in shown
        await pilot.press("enter", "down", "space")
        await settled(pilot)
        assert "✓ Row 10" in screen_text(desk)
        await pilot.press("slash", "escape")
        await settled(pilot)
        assert desk.page.table.count == 12
        assert desk.focused is desk.page.table
        assert " / row" not in screen_text(desk)


async def test_keys_meant_for_a_line_do_not_undo_or_leave() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("space")
        await settled(pilot)
        await pilot.press("slash", "u", "2", "g", "question_mark", "ctrl+z")
        await settled(pilot)
        assert desk.page.line.words == "u2g?"
        assert "finish 1" in [label for _, label in desk._clerk.portfolio.past]  # type: ignore[union-attr]
        assert toasts(desk) == []
        assert desk.current_mode == "rows"


# -- what can be done ----------------------------------------------------------------------------


async def test_help_lists_what_can_be_done_and_does_it() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 30)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        shown = screen_text(desk)
        assert "Rows to try things on." in shown
        assert "Finish the rows" in shown
        assert "space" in shown
        await pilot.press(*"finish")
        await settled(pilot)
        assert "Add a row" not in screen_text(desk)
        await pilot.press("enter")
        await settled(pilot)
        assert "✓ Row 1" in screen_text(desk)


async def test_the_palette_goes_to_pages_and_does_what_the_page_can() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await pilot.press(*"finish the")
        await until(pilot, lambda: "Finish the rows" in screen_text(desk))
        await pilot.press("enter")
        await until(pilot, lambda: "✓ Row 1" in screen_text(desk))
        await pilot.press("ctrl+p")
        await pilot.press(*"other")
        await until(pilot, lambda: "the same once more" in screen_text(desk))
        await pilot.press("enter")
        await until(pilot, lambda: desk.current_mode == "other")


async def test_the_palette_finds_what_was_typed_before_it_had_its_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = asyncio.Event()

    async def late(desk: RowsDesk) -> None:
        await read.wait()

    monkeypatch.setattr(RowsDesk, "read_steps", late)
    desk = RowsDesk(books)
    async with desk.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await pilot.press(*"finish the")
        read.set()
        await until(pilot, lambda: "Finish the rows" in screen_text(desk))


async def test_every_key_has_an_id_and_a_tooltip() -> None:
    desk = RowsDesk(books)
    async with desk.run_test() as pilot:
        await settled(pilot)
        for active in desk.screen.active_bindings.values():
            binding = active.binding
            if binding in keys.bindings_of(type(active.node)) and not binding.system:
                declared = type(active.node).__mro__
                ours = [kind for kind in declared if kind.__module__.startswith("ka2tui")]
                if any(binding in vars(kind).get("BINDINGS", ()) for kind in ours):
                    assert binding.id, binding
                    assert binding.tooltip, binding.id


async def test_the_last_line_shows_the_keys_that_fit_and_works_by_mouse() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        last = screen_text(desk).splitlines()[-1]
        assert last.startswith(" space finish  a add  / filter")
        assert last.endswith("? help  ^p palette")
        await pilot.click("KeyLine", offset=(3, 0))
        await settled(pilot)
        assert "✓ Row 1" in screen_text(desk)


# -- projects ------------------------------------------------------------------------------------


class ManyProjects(RowsDesk):
    known = (
        ProjectChoice(1, "SOLARIS", "Sun for schools"),
        ProjectChoice(2, HOSTILE[3], HOSTILE[0]),
        ProjectChoice(3, "GREEN", "Green finance"),
    )


async def test_with_several_projects_one_is_chosen() -> None:
    desk = ManyProjects(books, project=None)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        shown = screen_text(desk)
        assert "[@click=app.bell]press me[/]" in shown
        await pilot.press(*"gre", "enter")
        await settled(pilot)
        assert desk.project == 3
        assert screen_text(desk).startswith(" GREEN · ")


async def test_a_project_named_on_the_command_line_is_taken() -> None:
    desk = ManyProjects(books, project="green")
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert desk.project == 3
        assert not desk.screen.is_modal


async def test_an_unknown_project_is_told() -> None:
    desk = RowsDesk(books, project="[/]")
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert toasts(desk) == ["There is no project [/] here."]
        assert desk.project == 1


class NoProjects(RowsDesk):
    known = ()


async def test_without_any_project_there_is_a_welcome() -> None:
    desk = NoProjects(books, project=None)
    async with desk.run_test() as pilot:
        await settled(pilot)
        assert desk.welcomed
        assert desk.project is None
        assert desk.page.loads == 0


async def test_projects_are_switched_by_the_palette() -> None:
    desk = ManyProjects(books)
    async with desk.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await pilot.press(*"project green")
        await until(pilot, lambda: "Project GREEN" in screen_text(desk))
        await pilot.press("enter")
        await until(pilot, lambda: desk.project == 3)
        await until(pilot, lambda: screen_text(desk).startswith(" GREEN · "))


# -- looks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["ka2-dark", "ka2-light", "ka2-terminal"])
async def test_every_theme_paints_everything(theme: str, settings: Settings) -> None:
    from ka2tui.tui.dialogs.ask import Ask
    from ka2tui.tui.dialogs.form import Field, Form, Option

    desk = RowsDesk(books, settings=Settings(theme=theme, path=settings.path))
    async with desk.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        assert desk.theme == theme
        await pilot.press("slash", "escape", "ctrl+p", "escape", "question_mark", "escape", "u")
        await settled(pilot)
        desk.push_screen(Ask("Really?"))
        await settled(pilot)
        desk.pop_screen()
        fields = [Field("a", "A"), Field("b", "B", "long"),
                  Field("c", "C", "choice", options=[Option(1, "one")])]  # fmt: skip
        desk.push_screen(Form("Form", fields))
        await settled(pilot)
        assert "Form" in screen_text(desk)


async def test_colours_are_chosen_and_remembered(settings: Settings) -> None:
    desk = RowsDesk(books, settings=settings)
    async with desk.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert desk.theme == "ka2-dark"
        await pilot.press("ctrl+p")
        await pilot.press(*"light")
        await until(pilot, lambda: "Colours: Light" in screen_text(desk))
        await until(pilot, lambda: "Colours: Dark" not in screen_text(desk))
        await pilot.press("enter")
        await until(pilot, lambda: desk.theme == "ka2-light")
    assert settings.path is not None
    assert settings_file.load(settings.path).theme == "ka2-light"


@pytest.mark.parametrize(
    ("number", "what"), [(errno.ENOSPC, "Free some space for"), (errno.EACCES, "Check the perm")]
)
async def test_settings_that_cannot_be_kept_say_what_to_do(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, number: int, what: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(number, "It is so")

    monkeypatch.setattr(settings_file, "save", fails)
    desk = RowsDesk(books, settings=settings)
    async with desk.run_test() as pilot:
        await settled(pilot)
        assert not await desk.keep_settings(density="compact")
        await settled(pilot)
        assert f"It is so. {what}" in toasts(desk)[0]


async def test_colours_that_do_not_exist_are_told(settings: Settings) -> None:
    desk = RowsDesk(books, settings=Settings(theme="[/]", path=settings.path))
    async with desk.run_test() as pilot:
        await settled(pilot)
        assert desk.theme == "ka2-dark"
        assert "The colours [/] cannot be used" in toasts(desk)[0]


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (1, 1), (59, 15), (60, 14)])
async def test_a_small_window_asks_for_room_and_can_be_left(size: tuple[int, int]) -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=size) as pilot:
        await settled(pilot)
        if size[0] >= 20:
            assert "make the window larger" in " ".join(screen_text(desk).split())
        await pilot.press("down", "question_mark", "escape", "g", "escape")
        await settled(pilot)
        await pilot.press("ctrl+q")
    assert desk.return_code == 0


async def test_no_key_works_on_what_a_small_window_hides() -> None:
    kept = books()
    desk = RowsDesk(lambda: kept)
    async with desk.run_test(size=(40, 10)) as pilot:
        await settled(pilot)
        await pilot.press("down", "space", "u", "a")
        await settled(pilot)
        assert not any(row.done for row in kept.rows)
        assert not desk.screen.is_modal


async def test_after_a_small_window_everything_is_as_before() -> None:
    desk = RowsDesk(books)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down")
        before = screen_text(desk)
        await pilot.resize_terminal(40, 10)
        await settled(pilot)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert screen_text(desk) == before
        assert desk.focused is desk.page.table


async def test_hostile_texts_pass_through_the_desk_as_they_are() -> None:
    opened = FakePortfolio([Row(number, text) for number, text in enumerate(HOSTILE, 1)])
    desk = RowsDesk(lambda: opened, notice=HOSTILE[3])
    desk.known = tuple(ProjectChoice(n, text, text) for n, text in enumerate(HOSTILE, 1))
    async with desk.run_test(size=(120, 50)) as pilot:
        await settled(pilot)
        for number, text in enumerate(HOSTILE, 1):
            desk.tell(text)
            await desk.switch_project(number)
            await pilot.press("space", "down")
        await settled(pilot)
        desk.clear_notifications()
        await pilot.press("u")
        await settled(pilot)
        assert "✓ [@click=app.bell]press me[/]" in screen_text(desk)
        await pilot.press("ctrl+p")
        await pilot.press(*"project")
        await until(pilot, lambda: "Project [/]  [/]" in screen_text(desk))
        assert not ACTS & set(screen_text(desk).replace("\n", ""))


# -- keys ----------------------------------------------------------------------------------------


async def test_own_keys_work() -> None:
    desk = RowsDesk(books, settings=Settings(keymap={"row.finish": "f"}))
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f")
        await settled(pilot)
        assert "✓ Row 1" in screen_text(desk)
        assert screen_text(desk).splitlines()[-1].startswith(" f finish")


async def test_own_keys_that_take_the_place_of_others_are_told() -> None:
    keymap = {"row.finish": "u", "row.add": "ctrl+q"}
    desk = RowsDesk(books, settings=Settings(keymap=keymap))
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        said = " ".join(toasts(desk))
        assert "The key u would mean both “finish” and “Undo”" in said
        assert "ctrl+q always quits" in said
        await pilot.press("ctrl+q")
    assert desk.return_code == 0


# -- faults --------------------------------------------------------------------------------------


async def test_a_fault_ends_in_one_sentence_and_a_log_without_data(
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened = books()
    desk = RowsDesk(lambda: opened)

    async def meet_it() -> None:
        async with desk.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("space", "x")
            await pilot.pause()

    with pytest.raises(RuntimeError):
        await meet_it()
    assert desk.return_code == 1
    assert opened.rows[0].done
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith(crash.SENTENCE)
    assert "canary" not in said
    log = settings_file.log_folder() / "faults.log"
    noted = log.read_text()
    assert "RuntimeError" in noted
    assert "action_fail" in noted
    assert "canary" not in noted
    assert str(log.parent.home()) not in noted
    assert log.stat().st_mode & 0o777 == 0o600


async def test_a_fault_in_an_operation_ends_the_same_way() -> None:
    def broken(_: FakePortfolio) -> None:
        raise ZeroDivisionError

    desk = RowsDesk(books)

    async def meet_it() -> None:
        async with desk.run_test() as pilot:
            await settled(pilot)
            await desk.do(broken)  # type: ignore[arg-type]

    with pytest.raises(ZeroDivisionError):
        await meet_it()
    assert desk._clerk.portfolio.closed  # type: ignore[union-attr]


def test_a_fault_without_a_place_for_logs_is_still_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(settings_file, "log_folder", lambda: blocked / "log")
    assert crash.note(ValueError("x")) is None
    assert crash.sentence(None) == crash.SENTENCE
