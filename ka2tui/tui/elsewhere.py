"""What others change beside this window: another one, the command line, a partner on the server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

from ka2tui.frozen import frozen
from ka2tui.tui import projector
from ka2tui.tui.clerk import is_unavailable, sentence

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from ka2tui.tui.trust import Trust

POLL_SECONDS = 1.0
"""How often the desk looks whether another window changed something."""

PATIENCE = 2
"""Looks that may go without an answer before it is told that one waits."""

TOLD = "Changed elsewhere"
"""How a toast begins that tells what others did."""


@frozen
class Elsewhere:
    """What others changed since the desk looked last."""

    said: str = ""
    """The last of it, in words; blank: not known."""
    who: tuple[str, ...] = ()
    """Who did it."""
    count: int = 1
    """How many changes there were."""
    project: str | None = None
    """The project it is of, where that is not the one shown."""
    touched: frozenset[str] | None = None
    """The kinds of record; None where it may be anything."""

    @property
    def sentence(self) -> str:
        """Say it in a sentence or two."""
        who = " and ".join(self.who) if len(self.who) < 3 else f"{len(self.who)} people"
        where = "" if self.project is None else f" in {self.project}"
        if self.count == 1:
            return f"{TOLD}{where} by {who}: {self.said}"
        return f"{TOLD}{where} by {who}: {self.count} changes, the last: {self.said}"


class Window(Protocol):
    """The desk, as far as what others do is its business."""

    projector: bool
    trust: Trust

    @property
    def at_rest(self) -> bool:
        """Whether the database is open, and no change of this window is on its way."""

    def ask_clock(self) -> Future[int]:
        """Ask for the highest entry of the history."""

    def now(self) -> datetime:
        """Give the present instant."""

    def tell(self, text: str, *, like: tuple[str, ...] = ()) -> None:
        """Show a sentence for a while."""

    def trusting(self, **news: Any) -> None:
        """Note what is news of the database."""

    def run_worker(self, work: Coroutine[Any, Any, Any], *, group: str) -> object:
        """Do something beside the keys."""

    async def read_elsewhere(self, since: int, own: Sequence[int]) -> Elsewhere:
        """Read what others changed after an entry of the history."""

    def show_elsewhere(self, touched: frozenset[str] | None) -> None:
        """Let every page that shows one of these kinds of record read again."""


class Watch:
    """How far this window knows the history, and which of its entries are its own."""

    def __init__(self, window: Window) -> None:
        """Watch for a window; nothing is known before `begin`."""
        self._window = window
        self._clock = 0
        self._begun = 0
        self._own: set[int] = set()
        self._looking = False
        self._unanswered = 0

    async def begin(self) -> None:
        """Take the history as it stands, for the database was opened just now."""
        self._own.clear()
        self._clock = self._begun = await asyncio.wrap_future(self._window.ask_clock())

    def note_own(self, entry: int) -> bool:
        """Note an own change; False where the history jumped, so others were there too."""
        self._own.add(entry)
        since, alone = self._clock, entry == self._clock + 1
        self._clock = max(self._clock, entry)
        if not alone:
            self._note()
            self._window.run_worker(self._tell(since), group="elsewhere")
        return alone

    def is_foreign(self, entry: int) -> bool:
        """Say of a change whether another window made it while this one was open."""
        return entry > self._begun and entry not in self._own

    def poll(self) -> None:
        """Look once, unless that is being done already or the thread has changes to make.

        Whether the window has the focus does not matter: it may stand beside another one. Nearly
        always nothing has happened: a worker, and all that Textual tells of one, is for news only.
        """
        if self._looking:
            self._unanswered += 1
            self._window.trusting(waiting=self._unanswered >= PATIENCE)
        elif self._window.at_rest:
            self._looking = True
            asyncio.wrap_future(self._window.ask_clock()).add_done_callback(self._looked)

    def _looked(self, read: asyncio.Future[int]) -> None:
        self._looking = False
        if self._unanswered:
            self._unanswered = 0
            self._window.trusting(waiting=False)
        if read.cancelled():
            return
        if read.exception() or read.result() != self._clock or not self._window.trust.reachable:
            self._window.run_worker(self._take_in(read), group="clock")

    async def _take_in(self, read: asyncio.Future[int]) -> None:
        """Tell of what another window or the command line changed, and let it be shown."""
        try:
            clock = await read
        except Exception as error:
            if not is_unavailable(error):
                raise
            if self._window.trust.reachable:
                said = sentence(error)
                self._window.tell(said, like=(said,))
            self._window.trusting(reachable=False)
            return
        if clock < self._clock and not self._window.trust.reachable:
            # an older copy lies there now: what this window knows of the history is not its
            self._own.clear()
            self._clock = self._begun = clock
        self._window.trusting(reachable=True)
        if clock > self._clock and self._window.at_rest:
            since, self._clock = self._clock, clock
            self._note()
            news = await self._tell(since)
            self._window.show_elsewhere(news.touched)

    def _note(self) -> None:
        self._window.trusting(elsewhere=f"{self._window.now().astimezone():%H:%M}")

    async def _tell(self, since: int) -> Elsewhere:
        """Say what others changed after an entry of the history, and who they are."""
        own = [entry for entry in self._own if entry > since]
        news = await self._window.read_elsewhere(since, own)
        private = news.touched is None or bool(news.touched & projector.TABLES)
        if news.said and not (self._window.projector and private):
            self._window.tell(news.sentence, like=(TOLD,))
        return news
