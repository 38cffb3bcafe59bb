"""A line that says what is to be done, and in a few signs by whom and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ka2tui.domain.days import read_day
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold, quoted

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.domain.days import ReadDay

_LONGEST_NAME = 4
_LONGEST_DAY = 4
"""Words that a name, or a date, has at most."""


@dataclass(frozen=True, slots=True)
class Todo:
    """What is to be done."""

    text: str
    who: int | None = None
    """The place of the name among those given."""
    due: date | None = None
    """The last day on which it is in time."""


def read_todo(
    line: str, names: Mapping[str, int], *, today: date, start: date | None = None
) -> Todo:
    """Read "Send the appendix @OU due:18 Dec"; `@` and `due:` stand anywhere in the line.

    Args:
        line: Where a word begins with `@` it names somebody; an address in the middle does not.
        names: Who can be named, and what stands for them; the beginning of a name is enough
            where only one begins so.
        today: The day that relative dates start from.
        start: The project's first day, so that M18 can be read.

    Raises:
        Misread: Nobody has this name, several have, or the date is none.
    """
    words = clean(line).split()
    kept: list[str] = []
    who: int | None = None
    due: date | None = None
    place = 0
    while place < len(words):
        word = words[place]
        taken = 1
        if word.startswith("@") and len(word) > 1:
            who, taken = _named(words[place:], names)
        elif word.lower().startswith("due:"):
            due, taken = _dated(words[place:], today, start)
        else:
            kept.append(word)
        place += taken
    return Todo(" ".join(kept), who, due)


def _named(words: list[str], names: Mapping[str, int]) -> tuple[int, int]:
    """Find who is named, by as many words as belong to the name; give how many those are."""
    by_name = {_key(name): key for name, key in names.items()}
    for count in range(min(len(words), _LONGEST_NAME), 0, -1):
        said = _key(" ".join(words[:count])[1:])
        if said in by_name:
            return by_name[said], count
    said = _key(words[0][1:])
    found = {key for name, key in by_name.items() if name.startswith(said)}
    if len(found) == 1:
        return found.pop(), 1
    reason = "Several are called" if found else "There is nobody called"
    raise Misread(f"{reason} {quoted(words[0][1:])}.")


def _key(name: str) -> str:
    """Reduce a name to what is compared; signs after it belong to the sentence."""
    return fold(name.rstrip(",;:."))


def _dated(words: list[str], today: date, start: date | None) -> tuple[date, int]:
    """Read a date of as many words as belong to it; give how many those are."""
    said = [words[0][len("due:") :], *words[1:_LONGEST_DAY]]
    if not said[0] and len(words) > 1:  # due: 18 Dec
        said = ["", *words[1 : _LONGEST_DAY + 1]]
    for count in range(len(said), 0, -1):
        text = " ".join(said[:count]).strip()
        found = _day(text, today, start) if text else None
        if found is None or found.last is None:
            continue
        rest = said[count : count + 1]
        if text.isdigit() and rest and _day(f"1 {rest[0]}", today, start) is not None:
            break  # the 31st is one thing, the 31st of February another
        return found.last, count
    raise Misread(f"{quoted(' '.join(said).strip())} is not a date: write it like due:18 Dec.")


def _day(text: str, today: date, start: date | None) -> ReadDay | None:
    try:
        return read_day(text, today=today, start=start, allow_month=False)
    except Misread:
        return None
