"""What one desk keeps to search: the last words, and for a while everything there is to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.search import Answer, Index, Question
from ka2tui.tui.desk import Desk, Unanswered
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from ka2tui.queries import search
else:
    search = lazily("ka2tui.queries.search")

KEPT_SECONDS = 300.0
"""How long everything is kept in memory after nobody searches any more."""

MOST = 500
"""Records that are listed at once."""


TOLD_EVERY = 4
"""Slices after which what was read so far is looked through again: doing so takes time too."""


class Searching:
    """The search of one desk, also while its dialog is closed.

    What can be found is read when somebody searches first, in slices between which the clerk
    serves others, and kept true from then on. It is only touched in the clerk's thread.
    """

    def __init__(self, desk: Desk) -> None:
        """Begin without anything."""
        self.words = ""
        """What was looked for last."""
        self._desk = desk
        self._index: Index | None = None
        self._reading = False
        self._drop: Timer | None = None

    def begin(self, news: Callable[[], None]) -> None:
        """Have everything read, unless it is; `news` is called now and then and at the end."""
        if self._drop is not None:
            self._drop.stop()
            self._drop = None
        if self._index is None:
            self._index = Index()
        self._news = news
        self._go_on()

    def leave(self) -> None:
        """Keep what was read for a while; somebody may search again."""
        self._news = lambda: None
        if self._drop is not None:
            self._drop.stop()
        self._drop = self._desk.set_timer(KEPT_SECONDS, self.forget)

    def forget(self) -> None:
        """Give the memory back."""
        self._index = None

    async def find(self, words: str) -> Answer:
        """Find what has these words, among what was read so far."""
        index = self._index
        if index is None:
            return Answer(Question(), (), 0, 0)
        own, project = self._desk.settings.data, self._desk.project
        answer = await self._desk.ask(
            search.find, index, words, project=project, limit=MOST, own=own
        )
        if not answer.complete:
            # too much changed at once to be taken in: everything is being read again
            self._go_on()
        return answer

    def _go_on(self) -> None:
        index = self._index
        if index is not None and not index.complete and not self._reading:
            self._reading = True
            self._desk.run_worker(self._read(index), group="search_read")

    async def _read(self, index: Index) -> None:
        """Read one slice after the other."""
        own = self._desk.settings.data
        slices = 0
        try:
            while index is self._index and await self._desk.ask(search.read, index, own=own):
                if slices % TOLD_EVERY == 0:
                    self._news()
                slices += 1
        except Unanswered:  # the user was told why; opening the search again tries again
            self._index = None
            raise
        finally:
            self._reading = False
        self._news()
