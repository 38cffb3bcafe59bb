"""What stands in a form when the app ends, however it does, is offered when it opens again."""

from __future__ import annotations

import contextlib
import os
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Paste
from textual.widgets import Input

from ka2tui.operations import projects
from ka2tui.queries import tasks as views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui import drafts
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.form import Form
from tests.tui.driving import TODAY, go, now, screen_text, settled, until, watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from ka2tui.settings import Settings


@pytest.fixture
def open_app(database: str, settings: Settings) -> Callable[[], Ka2tui]:
    portfolio = Portfolio.open(database, actor="Ana")
    portfolio.do(projects.add, "SOLARIS", today=TODAY)
    portfolio.close()
    return lambda: Ka2tui(
        lambda: Portfolio.open(database, actor="Ana"),
        today=TODAY, now=now, settings=settings, project=1, place=database,
    )  # fmt: skip


def kept_files() -> list[Path]:
    with contextlib.suppress(FileNotFoundError):
        return list(drafts.folder().iterdir())
    return []


async def to_form(pilot: Pilot[Any]) -> Form:
    await until(pilot, lambda: not hasattr(pilot.app, "opened") or pilot.app.opened.is_set())
    await pilot.press("3")
    await settled(pilot)
    await pilot.press("n")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, Form)
    return screen


async def test_a_closed_window_keeps_what_was_typed(open_app: Callable[[], Ka2tui]) -> None:
    first = open_app()
    async with first.run_test(size=(80, 24)) as pilot:
        form = await to_form(pilot)
        form.query(Input).first().value = "Half a title [red]"
        first.close_window()
    (kept,) = drafts.folder().iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    second = open_app()
    async with second.run_test(size=(80, 24)) as pilot:
        form = await to_form(pilot)
        said = " ".join(screen_text(second).replace("│", " ").split())
        assert "ctrl+r brings it back" in said
        assert form.query(Input).first().value == ""
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert form.query(Input).first().value == "Half a title [red]"
        await pilot.press("ctrl+s")
        await settled(pilot)
        rows = (await second.ask(views.listed, 1)).rows
        assert [row.title for row in rows] == ["Half a title [red]"]
    assert list(drafts.folder().iterdir()) == []


async def test_a_form_that_was_not_touched_leaves_nothing(open_app: Callable[[], Ka2tui]) -> None:
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await to_form(pilot)
        app.close_window()
    assert not drafts.folder().exists()


async def test_what_stands_in_a_form_is_kept_behind_the_keys(
    open_app: Callable[[], Ka2tui], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "SOON", 0.01)
    first = open_app()
    async with first.run_test(size=(80, 24)) as pilot:
        form = await to_form(pilot)
        form.query(Input).first().value = "Before the kill"
        await until(pilot, lambda: kept_files() != [])  # nobody tells it that it will end
    second = open_app()
    async with second.run_test(size=(80, 24)) as pilot:
        form = await to_form(pilot)
        await go(pilot, "ctrl+r")
        assert form.query(Input).first().value == "Before the kill"
        # left without saving: then it is not wanted
        await go(pilot, "escape", "y")
        drafts.finish()
        assert kept_files() == []
        form = await to_form(pilot)
        form.query(Input).first().value = "Not wanted either"
        await until(pilot, lambda: kept_files() != [])
        await go(pilot, "ctrl+q", "y")
    assert kept_files() == []


async def test_what_was_typed_elsewhere_says_so(open_app: Callable[[], Ka2tui]) -> None:
    app = open_app()
    drafts.keep(app.place, "1\nAdd a task", {"title": "Of another"}, now(), {"title": "Another"})
    async with app.run_test(size=(80, 24)) as pilot:
        form = await to_form(pilot)
        assert "in a form like this was" in screen_text(app)
        form.query(Input).first().value = "Of this one"
        await go(pilot, "ctrl+s")
        drafts.finish()
    assert len(kept_files()) == 1  # what nobody brought here stays for its own form
    late = now() + drafts.FRESH + timedelta(days=1)
    assert drafts.find(app.place, "1\nAdd a task", {"title": ""}, late) is None
    assert drafts.find(app.place, "1\nAdd a task", {"title": "Another"}, late) is not None


@pytest.mark.skipif(os.name == "nt", reason="locks of another kind there")
def test_what_a_window_that_stands_open_keeps_is_its_own() -> None:
    import fcntl

    drafts.keep("p.db", "Form", {"a": "b"}, now())
    (file,) = kept_files()
    other = "0123456789abcdef"
    file.rename(file.with_name(file.name.replace(drafts._WINDOW, other)))
    with (drafts._windows() / other).open("wb") as window:
        fcntl.flock(window, fcntl.LOCK_EX)
        assert drafts.find("p.db", "Form") is None
        drafts.drop("p.db", "Form")
    found = drafts.find("p.db", "Form")
    assert found is not None
    assert found.typed == {"a": "b"}
    assert not drafts.is_own(found)


def test_a_draft_for_which_there_is_no_room_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert not drafts.keep("p.db", "Form", {"a": "b"}, now())
    assert kept_files() == []


async def test_a_line_for_which_there_is_no_room_is_said_at_the_end(
    open_app: Callable[[], Ka2tui], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, app.opened.is_set)
        await go(pilot, "a")
        app.screen.query_one(Input).value = "Half a line [red]"
        monkeypatch.setattr(drafts, "keep", lambda *_, **__: False)
        monkeypatch.setattr(app, "_print_error_renderables", lambda: None)
    said = " ".join(str(it) for it in app._exit_renderables)
    assert "Half a line [red]" in said


async def test_a_line_that_was_begun_survives_leaving(open_app: Callable[[], Ka2tui]) -> None:
    first = open_app()
    async with first.run_test(size=(80, 24)) as pilot:
        await until(pilot, first.opened.is_set)
        await pilot.press("a", *"Half a line [red")
        await settled(pilot)
        await pilot.press("ctrl+q")
    second = open_app()
    async with second.run_test(size=(80, 24)) as pilot:
        await until(pilot, second.opened.is_set)
        await go(pilot, "a")
        line = second.screen.query_one(Input)
        assert line.value == "Half a line [red"
        assert "Kept from before" in screen_text(second)
        await go(pilot, "right", "]", "enter")
        rows = (await second.ask(views.listed, 1)).rows
        assert [row.title for row in rows] == ["Half a line [red]"]
    assert list(drafts.folder().iterdir()) == []


async def test_lines_that_wait_for_their_turn_survive_leaving(
    open_app: Callable[[], Ka2tui],
) -> None:
    first = open_app()
    async with first.run_test(size=(80, 24)) as pilot:
        await until(pilot, first.opened.is_set)
        await go(pilot, "a")
        first.screen.query_one(Input).post_message(Paste("one\ntwo\nthree"))
        await settled(pilot)
        await go(pilot, "escape")
    second = open_app()
    async with second.run_test(size=(80, 24)) as pilot:
        await until(pilot, second.opened.is_set)
        assert await go(pilot, "a")
        assert second.screen.query_one(Input).value == "one"
        assert second.capturing.waiting == ["two", "three"]


async def test_keys_never_wait_for_a_draft_on_the_disk(
    open_app: Callable[[], Ka2tui], monkeypatch: pytest.MonkeyPatch
) -> None:
    served = watched(monkeypatch, drafts, "find", "keep", "drop")
    for typed in ("Half a line", ""):
        app = open_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, app.opened.is_set)
            await pilot.press("a", *typed)
            await settled(pilot)
            line = app.screen.query_one(Input)
            assert line.value == "Half a line"
            line.value = typed
            await go(pilot, "escape")
            await pilot.press("ctrl+q")
    assert [name for name, _ in served] == ["find", "keep", "find", "drop"]
    assert threading.main_thread() not in [thread for _, thread in served]


async def test_a_line_kept_is_not_lost_by_leaving_without_looking(
    open_app: Callable[[], Ka2tui],
) -> None:
    drafts.keep(open_app().place, "the capture line", {"lines": "one\ntwo"}, now())
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, app.opened.is_set)
        await settled(pilot)
        assert app.capturing.draft == ""
    kept = drafts.find(app.place, "the capture line")
    assert kept is not None
    assert kept.typed == {"lines": "one\ntwo"}


@pytest.mark.parametrize("text", ["", "[]", '{"at": 3, "typed": 4}', "\x00", '{"at": "x"}'])
def test_a_draft_that_cannot_be_read_is_none(text: str) -> None:
    drafts.keep("p.db", "Form", {"a": "b"}, now())
    (kept,) = drafts.folder().iterdir()
    kept.write_text(text)
    assert drafts.find("p.db", "Form") is None
