"""Priorities: what the EU wants projects of a call to answer, by field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ka2tui import datafiles
from ka2tui.domain import own_files
from ka2tui.domain.entries import Malformed, every, once, text, texts, whole
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

ALL_FIELDS = "ALL"
"""What the group of the horizontal priorities is called."""

_YEARS = (2014, 2100)

_STEM = 5
"""Letters by which words are the same: support and supporting, inclusion and inclusive."""

_FILLING = frozenset({"against", "among", "from", "into", "other", "their", "through", "with"})

_IN_ACTION: tuple[tuple[str, str], ...] = (
    (r"\bSPORT\b|\bS?SCP\b|\bSPO\b", "SPO"),
    (r"\bKA201\b|\bKA219\b|\bKA229\b|\bSCH\b|\bKA240\b", "SCH"),
    (r"\bKA202\b|\bVET\b|\bCOVE\b", "VET"),
    (r"\bKA203\b|\bHED?\b|\bCBHE\b|\bEPPKA2-KA\b", "HED"),
    (r"\bKA204\b|\bADU\b", "ADU"),
    (r"\bKA205\b|\bYOU(?:TH)?\b|\bCBY\b", "YOU"),
)
"""What in the code of an action tells the field."""


@frozen
class Priority:
    """One priority of a call."""

    title: str
    field: str
    """ALL, or one of SCH, VET, HED, ADU, YOU, SPO."""
    field_title: str
    confirmed: bool


@frozen
class Field:
    """The priorities of one field, or of all of them."""

    id: str
    title: str
    words: tuple[str, ...]
    """What people write for it."""
    priorities: tuple[Priority, ...]
    note: str


@frozen
class Call:
    """The priorities of one call year."""

    year: int
    source: str
    place: str | None
    fields: tuple[Field, ...]

    def field(self, id_: str | None) -> Field | None:
        """Find a field by its id."""
        return next((one for one in self.fields if one.id == id_), None)


@frozen
class Offer:
    """The priorities that a project may choose from."""

    call: Call
    fields: tuple[Field, ...]
    """Those of its field first, then those of all fields; all where its field is not known."""
    exact: bool
    """Whether these are of its own call, not of the nearest that is known."""

    @property
    def said(self) -> str:
        """Say which call they are of, and how sure that is."""
        if self.exact:
            return f"EU priorities of call {self.call.year}"
        return f"EU priorities of call {self.call.year}; those of your call may differ"

    def __iter__(self) -> Iterator[Priority]:
        """Go through all of them."""
        return (each for field in self.fields for each in field.priorities)


def load(own: Path | None = None) -> tuple[Call, ...]:
    """Give the priorities of all call years that are known, the earliest first.

    Args:
        own: The user's folder, whose files win over ours by name.

    Raises:
        DataFault: A file cannot be read.
        Malformed: Something in it is missing or cannot be; the message names file and place.
    """
    found = [own_files.one(name, read, own) for name in datafiles.names("priorities", ".toml", own)]
    return tuple(sorted(found, key=lambda one: one.year))


def read(data: Mapping[str, Any], file: str = "priorities") -> Call:
    """Read the priorities of one call year as a TOML file gives them.

    Raises:
        Malformed: Something is missing or cannot be.
    """
    year = whole(data, "call_year", file, least=_YEARS[0], most=_YEARS[1])
    fields = every(data, "field", file, _field)
    once((one.id for one in fields), f"{file}: the field")
    once((fold(it.title) for one in fields for it in one.priorities), f"{file}: the priority")
    place = text(data, "place", file, "") or None
    return Call(year, text(data, "source", file), place, fields)


def _field(row: Mapping[str, Any], place: str) -> Field:
    code, title = text(row, "id", place), text(row, "title", place)
    confirmed = row.get("confirmed")
    names = texts(row, "priorities", place)
    if not names or type(confirmed) is not bool:
        raise Malformed(f"{place} ({code}) has priorities, and confirmed = true or false.")
    found = tuple(Priority(name, code, title, confirmed) for name in names)
    return Field(code, title, texts(row, "words", place), found, text(row, "note", place, ""))


def field_of(field: str | None, action: str | None, known: Iterable[Call] = ()) -> str | None:
    """Tell a project's field: as entered, else as the code of its action says; None: unknown."""
    said = fold(field or "")
    if said:
        for one in (each for call in known for each in call.fields):
            if one.id != ALL_FIELDS and said in {
                fold(it) for it in (one.id, one.title, *one.words)
            }:
                return one.id
    for text_ in (field, action):
        code = (text_ or "").upper()
        for pattern, id_ in _IN_ACTION:
            if re.search(pattern, code.replace("_", "-")):
                return id_
    return None


def offered(
    known: Sequence[Call], *, field: str | None, action: str | None, call_year: int | None
) -> Offer | None:
    """Give the priorities a project may choose from; those of the nearest call where need be.

    Args:
        known: As `load` gives them.
        field: As entered: SCH, "adult education".
        action: Its code, which may tell the field.
        call_year: The year of its call; None: the newest that is known.

    Returns:
        None where no priorities are known at all.
    """
    if not known:
        return None
    year = known[-1].year if call_year is None else call_year
    call = min(known, key=lambda one: (abs(one.year - year), -one.year))
    mine = field_of(field, action, known)
    chosen = [one for one in call.fields if one.id == mine]
    if chosen:
        fields = [*chosen, *_general(call)]
    else:
        fields = [*_general(call), *(one for one in call.fields if one.id != ALL_FIELDS)]
    return Offer(call, tuple(fields), exact=call.year == call_year)


def _general(call: Call) -> list[Field]:
    return [one for one in call.fields if one.id == ALL_FIELDS]


def like(said: str, titles: Iterable[str]) -> bool:
    """Tell whether a text may mean one of some priorities: any word that carries it is the same.

    Forms, guides and languages of one priority differ in their wording, and titles here are short
    ones of ours: only what has nothing in common with any of them means none.
    """
    wanted = _stems(said)
    return any(wanted & _stems(title) for title in titles)


def _stems(said: str) -> frozenset[str]:
    """Give how the words of a text begin, those that carry its meaning."""
    words = re.findall(r"[^\W\d_]{4,}", fold(said))
    return frozenset(word[:_STEM] for word in words if word not in _FILLING)


def find(offer: Offer | None, said: str) -> Priority | None:
    """Find a priority by its title, or by the beginning of one; None where none is meant."""
    if offer is None or not fold(said):
        return None
    wanted = fold(said)
    there = list(offer)
    exact = [one for one in there if fold(one.title) == wanted]
    begun = [one for one in there if fold(one.title).startswith(wanted)]
    return exact[0] if exact else begun[0] if len(begun) == 1 else None
