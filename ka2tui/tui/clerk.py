"""The clerk: the one thread that serves the portfolio, one thing after the other.

The order in which things are handed over is the order in which they are done; that is the whole
of the app's concurrency. The database is opened by the first of them, once the first frame
stands, so that nobody waits for a picture.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio

R = TypeVar("R")


class Clerk:
    """Opens the portfolio in a thread of its own, and does there what it is handed."""

    def __init__(self, open_portfolio: Callable[[], Portfolio]) -> None:
        """Take on the work; no thread runs before `start`."""
        self._open_portfolio = open_portfolio
        self._portfolio: Portfolio | None = None
        self._may_open = threading.Event()
        self._thread: ThreadPoolExecutor | None = None
        self._opening: Future[None] = Future()

    @property
    def portfolio(self) -> Portfolio | None:
        """The open portfolio; to be used in the thread, or for what never changes."""
        return self._portfolio

    def start(self) -> None:
        """Start the thread; it waits for `release` before it opens anything."""
        self._thread = ThreadPoolExecutor(1, "portfolio")
        self._opening = self._thread.submit(self._open)

    def release(self) -> None:
        """Let the portfolio be opened."""
        self._may_open.set()

    def open_again(self) -> None:
        """Try once more to open it."""
        self._opening = self._submit(self._open)

    @property
    def opening(self) -> Future[None]:
        """Done when the portfolio is open; fails with what kept it from opening."""
        return self._opening

    def hand(self, call: Callable[[Portfolio], R]) -> Future[R]:
        """Queue a call behind all others; where opening failed, it fails with the same."""
        return self._submit(lambda: call(self._opened()))

    def hurry(self) -> None:
        """Let what is still queued wait no longer for others that keep the database locked."""
        if self._portfolio is not None:
            self._portfolio.hurried = True

    def stop(self) -> None:
        """Do what is still queued, close the portfolio, end the thread; waits for all of it."""
        self.release()
        if self._thread is not None:
            self._thread.submit(self._close)
            self._thread.shutdown(wait=True)

    def _submit(self, call: Callable[[], R]) -> Future[R]:
        if self._thread is None:
            raise RuntimeError("the clerk has not started")
        return self._thread.submit(call)

    def _open(self) -> None:
        self._may_open.wait()
        self._close()
        self._portfolio = self._open_portfolio()

    def _opened(self) -> Portfolio:
        if self._portfolio is None:
            self._opening.result()
        assert self._portfolio is not None  # noqa: S101 - result() raised otherwise
        return self._portfolio

    def _close(self) -> None:
        if self._portfolio is not None:
            self._portfolio.close()


def is_unavailable(error: BaseException) -> bool:
    """Say whether the database could not be used; known only once the store is imported."""
    store = sys.modules.get("ka2tui.store.engine")
    return store is not None and isinstance(error, store.Unavailable)


def sentence(error: BaseException) -> str:
    """Give what an error says to the user: its message, else its docstring's first line."""
    return str(error) or (type(error).__doc__ or "").strip().splitlines()[0]
