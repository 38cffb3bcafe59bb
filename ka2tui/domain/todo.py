"""A line that says what is to be done, and in a few signs by whom and by when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ka2tui.domain.quickadd import STAYS, read
from ka2tui.domain.quickadd_names import Name, Names
from ka2tui.domain.understood import MINUTES, Sign
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from datetime import date


@frozen
class Todo:
    """What is to be done."""

    text: str
    who: int | None = None
    """The place of the name among those given."""
    due: date | None = None
    """The last day on which it is in time."""
    unread: str = ""
    """What of the line could not be read, in a sentence; it stays in the text."""


def read_todo(
    line: str, names: Mapping[str, int], *, today: date, start: date | None = None
) -> Todo:
    """Read "Send the appendix @OU due:18 Dec" as a captured line is read.

    Args:
        line: `@` and `due:` stand anywhere in it; a date at the end needs no `due:`.
        names: Who can be named, and what stands for them; the beginning of a name is enough
            where only one begins so.
        today: The day that relative dates start from.
        start: The project's first day, so that M18 can be read.

    Returns:
        What is to be done; the first part that is not understood, such as the name of nobody,
        stays in the text and is said.
    """
    people = tuple(Name("contact", key, name) for name, key in names.items())
    said = read(line, Names(start=start, contacts=people), today=today, signs=MINUTES)
    doubts = (
        part.said.replace(f"; {STAYS}", "") for part in said.parts if part.sign is Sign.UNREAD
    )
    who = None if said.contact is None else said.contact.id
    return Todo(said.title, who, said.due.day, next(doubts, ""))
