"""Files being read: how far it is, and a way to stop; shown only where it takes a while."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.exchange.proof_files import Watch
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from ka2tui.tui.desk import Desk

R = TypeVar("R")

PATIENCE = 0.4
"""Seconds after which one is told how far it is."""

_TICK = 0.1
_ROOM = 66


class Progress:
    """How far a thread is; it asks here whether to stop."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.done, self.total, self.name = 0, 0, ""
        self.stop = threading.Event()

    def told(self, done: int, total: int, name: str) -> None:
        """Note how far it is."""
        self.done, self.total, self.name = done, total, name

    @property
    def watch(self) -> Watch:
        """Give what the reading asks and tells."""
        return Watch(self.told, self.stop.is_set)


class Reading(Dialog[None]):
    """Stands while files are read; escape stops."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "stop", id="dialog.cancel",
                tooltip="Stop; nothing is noted then"),
    ]  # fmt: skip

    def __init__(self, title: str, progress: Progress, task: asyncio.Future[Any]) -> None:
        """Show how far a reading is until it ends."""
        super().__init__(title)
        self._progress = progress
        self._reading = task

    def content(self) -> Iterable[Widget]:
        """Give the bar, and the name of the file."""
        self.said = Static("")
        self.said.can_focus = True
        yield self.said

    def on_mount(self) -> None:
        """Look again and again how far it is."""
        self._say()
        self.set_interval(_TICK, self._say)

    def on_unmount(self) -> None:
        """Let no thread read on for an app that is gone."""
        if not self._reading.done():
            self._progress.stop.set()

    def action_cancel(self) -> None:
        """Stop."""
        self._progress.stop.set()

    def _say(self) -> None:
        if self._reading.done():
            self.dismiss(None)
            return
        now = self._progress
        part = now.done / now.total if now.total else 0.0
        bar = plain.bar(part, room=30)
        name = plain.cut(plain.line(now.name), _ROOM)
        self.said.update(plain.block(f"{bar}  {int(part * 100)} %\n{name}"))


async def read(desk: Desk, title: str, work: Callable[[Watch], R]) -> R:
    """Read files in a thread; after a moment it is shown how far that is.

    Raises:
        Refused: What the work raises; `Stopped` where somebody did.
    """
    progress = Progress()
    task = asyncio.ensure_future(asyncio.to_thread(work, progress.watch))
    try:
        await asyncio.wait([task], timeout=PATIENCE)
        if not task.done():
            await desk.push_screen_wait(Reading(title, progress, task))
        return await task
    except asyncio.CancelledError:
        progress.stop.set()
        raise
