"""The flags that lists can be asked for: late, soon, in a state, marked."""

from __future__ import annotations

from collections.abc import Callable, Collection
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ka2tui.domain.vocabulary import Flag

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date

Marks = Callable[[], Collection[int]]
"""Gives the keys of the rows that are marked now."""

SOON = 7
"""Days ahead in which something is soon."""

DONE = frozenset({"done", "cancelled", "approved", "published", "reached"})
"""States in which nothing is late any more."""

STATE_AND_DUE = attrgetter("state", "due")
STATE = attrgetter("state")


def is_late(today: date) -> Callable[[Any], bool]:
    """Make the test of state and due day by which something is late."""
    return lambda it: it[1] is not None and it[1] < today and it[0] not in DONE


def is_soon(today: date) -> Callable[[Any], bool]:
    """Make the test of state and due day by which something is due soon."""

    def test(value: Any) -> bool:
        state, due = value
        return due is not None and 0 <= (due - today).days <= SOON and state not in DONE

    return test


def late_and_soon(today: date, of: Callable[[Any], Hashable] = STATE_AND_DUE) -> tuple[Flag, ...]:
    """Make the flags of what is late and what is due soon."""
    return (
        Flag("late", of, is_late(today)),
        Flag("soon", of, is_soon(today), f"due within {SOON} days"),
    )


def state_flag(word: str, *states: str, about: str = "", closed: bool = False) -> Flag:
    """Make the flag of some states."""
    return Flag(word, STATE, lambda it: it in states, about, closed=closed)


def marked_flag(marks: Marks | None, key: str = "id") -> tuple[Flag, ...]:
    """Make the flag of rows that are marked, where rows can be."""
    if marks is None:
        return ()
    return (Flag("marked", attrgetter(key), lambda it: it in marks(), settled=False),)
