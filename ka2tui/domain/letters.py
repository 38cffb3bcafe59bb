"""Letters: what is to be answered, what an answer is awaited to, and the threads they make."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol, TypeVar

from ka2tui.domain.kinds import Direction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

AGENCY = "the agency"
"""Whom a letter is with where nobody is named."""

_ANSWER = "Re: "


class Dated(Protocol):
    """A letter, as far as threads and dates go."""

    @property
    def id(self) -> int:
        """Of the record."""

    @property
    def day(self) -> date:
        """When it was written or came."""

    @property
    def direction(self) -> Direction:
        """Which way it went."""

    @property
    def answer_by(self) -> date | None:
        """Until when an answer is wanted."""

    @property
    def answered_on(self) -> date | None:
        """When it was answered."""

    @property
    def answers_id(self) -> int | None:
        """The letter that it answers."""


L = TypeVar("L", bound=Dated)


def is_open(answer_by: date | None, answered_on: date | None) -> bool:
    """Tell whether an answer is wanted and was not given."""
    return answer_by is not None and answered_on is None


def to_answer(direction: Direction, answer_by: date | None, answered_on: date | None) -> bool:
    """Tell whether the project owes an answer."""
    return direction is Direction.IN and is_open(answer_by, answered_on)


def waits_for(direction: Direction, answer_by: date | None, answered_on: date | None) -> bool:
    """Tell whether the project waits for an answer."""
    return direction is Direction.OUT and is_open(answer_by, answered_on)


def answer_subject(subject: str) -> str:
    """Give the subject of an answer: that of the letter, once behind "Re:"."""
    return (
        subject
        if subject.casefold().startswith(_ANSWER.strip().casefold())
        else (f"{_ANSWER}{subject}")
    )


def threads(letters: Sequence[L]) -> list[list[L]]:
    """Put letters into threads: each begins with the one that answers none, oldest first.

    Threads with something to answer come first, by the day it is due; the others by their newest
    letter, newest first. A letter whose chain of answers comes back to itself begins its own.
    """
    known = {each.id: each for each in letters}
    found: dict[int, list[L]] = defaultdict(list)
    for each in letters:
        found[_first(each, known)].append(each)
    lists = [sorted(each, key=lambda one: (one.day, one.id)) for each in found.values()]
    # newest first, then by what is owed: sorting keeps the order of equals
    lists.sort(key=lambda each: max((one.day, one.id) for one in each), reverse=True)
    lists.sort(key=_owed_by)
    return lists


def _first(letter: L, known: dict[int, L]) -> int:
    """Give the letter that a thread begins with."""
    seen = {letter.id}
    while letter.answers_id is not None and letter.answers_id in known:
        if letter.answers_id in seen:
            return min(seen)
        letter = known[letter.answers_id]
        seen.add(letter.id)
    return letter.id


def _owed_by(thread: Sequence[Dated]) -> tuple[bool, int]:
    days = [
        one.answer_by.toordinal()
        for one in thread
        if one.answer_by is not None and to_answer(one.direction, one.answer_by, one.answered_on)
    ]
    return (not days, min(days, default=0))
