"""What tests of the app share: waiting until it is still, and reading its screen."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select
from textual._context import active_app
from textual.geometry import Size
from textual.widgets import Input

from ka2tui.operations import projects
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.shell import Shell

if TYPE_CHECKING:
    import pytest
    from textual.app import App
    from textual.pilot import Pilot
    from textual.widget import Widget

    from ka2tui.settings import Settings

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 21, 10, tzinfo=UTC)


def now() -> datetime:
    """The present instant of all tests."""
    return NOW


SOON = 0.1
"""Seconds within which something planned is waited for, such as details of a row rested on."""


async def still(min_sleep: float = 0, max_sleep: float = 1) -> bool:
    """Wait until the app has nothing left to do; takes the place of Textual's own.

    Textual's asks every 20 ms whether the process uses its processor, which takes 20 ms where
    nothing is to be done and up to a second beside other tests. This one knows: no callback is
    ready, none is planned soon, and no worker runs.

    Returns:
        Whether that was so before the time was over.
    """
    loop: Any = asyncio.get_running_loop()
    app = active_app.get()
    soon = loop.time() + SOON
    end = loop.time() + max_sleep
    while loop.time() < end:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        due = min((at for at in map(_planned, loop._scheduled) if at), default=end)
        if due < soon or (_busy(app) and loop.time() < soon):
            await asyncio.sleep(min(max(due - loop.time(), 0.0005), 0.002))
        elif app.screen_stack:
            for screen in app.screen_stack:
                if screen._update_timer._active.is_set():
                    screen._on_timer_update()  # drawn now, not a sixtieth of a second later
            await asyncio.sleep(0)
            if not loop._ready:
                return True
    return False


def _planned(handle: Any) -> float | None:
    """Give when something that happens once is planned; None for a clock and for drawing."""
    future = handle._args[0] if handle._args else None
    waiting = getattr(future, "_callbacks", None)
    task = getattr(waiting[0][0], "__self__", None) if waiting else None
    name = task.get_name() if isinstance(task, asyncio.Task) else ""
    again = name == "screen_update" or name.startswith("set_interval")
    return None if handle._cancelled or again else handle._when


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until nothing is left to do: no work, no message, no reload under way.

    A worker that waits for a dialog is at rest: it goes on when somebody answers.
    """
    app = pilot.app
    for turn in range(2000):
        rests = await still() or turn > 10  # beside other programs a second can be too short
        if rests and not _busy(app):
            break
        await asyncio.sleep(0.005)
    else:
        raise AssertionError(f"not settled: {[w.name for w in app.workers if w.is_running]}")
    await pilot.pause()


class Errands:
    """What threads have been handed and have not done yet."""

    def __init__(self) -> None:
        """Begin with none."""
        self._open: set[Future[Any]] = set()

    def follow(self, patch: pytest.MonkeyPatch) -> None:
        """Know of everything that is handed to a thread from now on."""
        submit = ThreadPoolExecutor.submit

        def noted(pool: ThreadPoolExecutor, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future = submit(pool, *args, **kwargs)
            self._open.add(future)
            future.add_done_callback(self._open.discard)
            return future

        patch.setattr(ThreadPoolExecutor, "submit", noted)

    def __bool__(self) -> bool:
        """Say whether there are any."""
        return bool(self._open)


errands = Errands()


def _busy(app: App[Any]) -> bool:
    """Say whether a thread has work, or a worker runs that does not wait for the user's answer."""
    if errands:
        return True
    waiting = sum(1 for screen in app.screen_stack if screen.is_modal) if app.is_running else 0
    if isinstance(app, Shell) and app.type_ahead.busy:
        return True
    running = [worker for worker in app.workers if worker.is_running]
    return len(running) > waiting


async def go(pilot: Pilot[Any], *keys: str) -> str:
    """Press keys, each when the one before is done with; give what then stands on the screen."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    return screen_text(pilot.app)


async def type_in(pilot: Pilot[Any], text: str) -> None:
    """Write into the field that has the focus, in the place of what stands there."""
    field = pilot.app.focused
    assert isinstance(field, Input)
    field.value = text
    await settled(pilot)


async def until(pilot: Pilot[Any], true: Callable[[], bool], what: str = "") -> None:
    """Wait until something is true; fails after ten seconds."""
    for _ in range(2000):
        await pilot.pause()
        if true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError(what or "this never became true")


async def ended(app: App[Any]) -> None:
    """Wait until the app has ended by itself; fails after ten seconds."""
    for _ in range(2000):
        if app.return_code is not None:
            return
        await asyncio.sleep(0.005)
    raise AssertionError("the app goes on")


def screen_text(app: App[Any]) -> str:
    """Give what stands on the screen as plain text, line by line."""
    width, height = app.size
    screen = app.screen
    return "\n".join(
        "".join(segment.text for segment in strip).rstrip()
        for strip in screen._compositor.render_strips(Size(width, height))
    )


def widget_lines(widget: Widget) -> list[str]:
    """Give the lines of one widget as plain text, borders left out."""
    region = widget.content_region
    return [widget.render_line(y).text for y in range(region.height)]


def toasts(app: App[Any]) -> list[str]:
    """Give what the toasts have said so far."""
    return [str(note.message) for note in app._notifications]


def told(app: App[Any]) -> str:
    """Give what the toasts have said so far, as one text."""
    return "\n".join(toasts(app))


def watched(
    monkeypatch: pytest.MonkeyPatch, module: Any, *names: str
) -> list[tuple[str, threading.Thread]]:
    """Note each call of functions that work on files, with the thread it is made in."""
    calls: list[tuple[str, threading.Thread]] = []

    def watch(name: str) -> None:
        real = getattr(module, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            calls.append((name, threading.current_thread()))
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, call)

    for name in names:
        watch(name)
    return calls


class AppDesk:
    """The app of Ana on one database, and what tests of a page look up behind it."""

    APP: ClassVar[type[Ka2tui]] = Ka2tui
    """The app, or one that begins on another page."""
    PROJECT: ClassVar[int | None] = 1
    SIZE: ClassVar[tuple[int, int]] = (120, 40)
    KEYS: ClassVar[tuple[str, ...]] = ()
    """What is pressed before a test begins."""

    def __init__(self, place: str, settings: Settings, today: date) -> None:
        """Take the database, and the day on which the app is looked at."""
        self.place, self.settings, self.today = place, settings, today

    @asynccontextmanager
    async def open(
        self, size: tuple[int, int] | None = None, kind: type[Ka2tui] | None = None
    ) -> AsyncIterator[Pilot[None]]:
        """Run the app until the test is done with it."""
        app = (kind or self.APP)(
            lambda: Portfolio.open(self.place, actor="Ana"),
            place=self.place,
            today=self.today,
            now=now,
            settings=self.settings,
            project=self.PROJECT,
        )
        async with app.run_test(size=size or self.SIZE) as pilot:
            await settled(pilot)
            await go(pilot, *self.KEYS)
            yield pilot


def make(file: str, settings: Settings) -> Ka2tui:
    """Make the app of Ana on the first project of a database."""
    return Ka2tui(
        lambda: Portfolio.open(file, actor="Ana"),
        today=TODAY,
        now=now,
        settings=settings,
        project=1,
    )


def add_solaris(portfolio: Portfolio) -> int:
    """Add the project that most tests work on: 24 months from October 2025."""
    start = date(2025, 10, 1)
    return portfolio.do(projects.add, "SOLARIS", start=start, months=24, today=TODAY).value


def ask(file: str, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Ask a database beside the app that works on it."""
    portfolio = Portfolio.open(file, actor="Ana", create=False)
    try:
        return portfolio.ask(query, *args, **kwargs)
    finally:
        portfolio.close()


def kept(file: str, column: Any) -> list[Any]:
    """Give what a database holds in a column, in the order in which its rows were added."""
    query = select(column).order_by(column.class_.id)
    return list(ask(file, lambda session: session.scalars(query).all()))
