"""A portfolio in memory, for tests of the desk itself: what real ones do is tested elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ka2tui.domain.refusal import Refused


@dataclass(frozen=True, slots=True)
class Row:
    """A record of the fake."""

    id: int
    title: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class FakeOutcome:
    """What the real outcome looks like."""

    value: Any
    label: str
    touched: frozenset[str]
    entry: int | None
    project: int | None = 1
    taken: None = None


@dataclass
class FakePortfolio:
    """Rows in a list, and every state there was."""

    rows: list[Row] = field(default_factory=list)
    read_only: str | None = None
    closed: bool = False
    hold: threading.Event | None = None
    """Where set, changes wait for it."""
    failing: Exception | None = None
    """Where set, everything fails with it."""

    def __post_init__(self) -> None:
        """Begin an empty history."""
        self.entries = 0
        self.past: list[tuple[list[Row], str]] = []
        self.future: list[tuple[list[Row], str]] = []
        self.asked: list[str] = []

    def ask(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Answer a query."""
        self._fail()
        self.asked.append(getattr(query, "__name__", "?"))
        return query(self, *args, **kwargs)

    def do(self, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> FakeOutcome:
        """Run an operation."""
        self._fail()
        if self.hold is not None:
            self.hold.wait(10)
            self._fail()
        before = list(self.rows)
        value = operation(self, *args, **kwargs)
        label = f"{operation.__name__} {' '.join(map(str, args))}"
        if self.rows == before:
            return FakeOutcome(value, label, frozenset(), None)
        self.past.append((before, label))
        self.future.clear()
        return self._entry(value, label)

    def undo(self, project: int | None = None) -> FakeOutcome:
        """Take back the last change."""
        if not self.past:
            raise Refused("There is nothing to undo.")
        before, label = self.past.pop()
        self.future.append((list(self.rows), label))
        self.rows = before
        return self._entry(None, label)

    def redo(self, project: int | None = None) -> FakeOutcome:
        """Do again what was taken back."""
        if not self.future:
            raise Refused("There is nothing to redo.")
        after, label = self.future.pop()
        self.past.append((list(self.rows), label))
        self.rows = after
        return self._entry(None, label)

    def elsewhere(self, change: Callable[[FakePortfolio], None]) -> None:
        """Change something as another process does."""
        change(self)
        self.entries += 1

    def clock(self) -> int:
        """Count the changes."""
        self._fail()
        return self.entries

    def close(self) -> None:
        """Let go."""
        self.closed = True

    def _entry(self, value: Any, label: str) -> FakeOutcome:
        self.entries += 1
        return FakeOutcome(value, label, frozenset({"task"}), self.entries)

    def _fail(self) -> None:
        if self.failing is not None:
            raise self.failing


def every_row(books: FakePortfolio) -> list[Row]:
    """List all rows."""
    return list(books.rows)


def add(books: FakePortfolio, title: str) -> int:
    """Add a row."""
    if not title.strip():
        raise Refused("A title, please.")
    key = max((row.id for row in books.rows), default=0) + 1
    books.rows.append(Row(key, title))
    return key


def finish(books: FakePortfolio, *ids: int) -> None:
    """Finish rows."""
    books.rows = [Row(row.id, row.title, row.done or row.id in ids) for row in books.rows]


finish.label = "Finish"  # type: ignore[attr-defined]


def remove(books: FakePortfolio, *ids: int) -> None:
    """Remove rows."""
    books.rows = [row for row in books.rows if row.id not in ids]
