"""What an organisation is: the sorts that some actions ask so many of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain import own_files, sorts
from ka2tui.domain.entries import Malformed, every, once, rows, text, texts
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FILE = "organisation_sorts.toml"
_ANYTHING = "*"


@frozen
class Sort:
    """One sort of organisations."""

    id: str
    title: str
    short: str
    """What stands in a narrow column."""
    side: str
    """"education", "employers", or "" where it is of neither side."""
    words: tuple[str, ...] = ()
    """How people and tables write it besides."""
    certain: frozenset[str] = frozenset()
    """Every sort it is for certain, its own among them."""
    possible: frozenset[str] = frozenset()
    """Every sort it is or can be."""


def load(own: Path | None = None) -> dict[str, Sort]:
    """Give the sorts by their ids, in the order of the file; the user's own file wins.

    Raises:
        DataFault: The file cannot be read.
        Malformed: Something in it is missing or cannot be.
    """
    return own_files.one(_FILE, _sorts, own)


def _sorts(data: Mapping[str, Any], file: str) -> dict[str, Sort]:
    ids = [text(row, "id", place) for place, row in rows(data, "sort", file)]
    once(ids, f"{file}: the sort")
    found = every(data, "sort", file, partial(_sort, ids=frozenset(ids)))
    return {one.id: one for one in found}


def _sort(row: Mapping[str, Any], place: str, ids: frozenset[str]) -> Sort:
    own = text(row, "id", place)
    counts_as, may_be = texts(row, "counts_as", place), texts(row, "may_be", place)
    unknown = sorted({*counts_as, *may_be} - ids - {_ANYTHING})
    if unknown:
        raise Malformed(f"{place} ({own}): there is no sort {', '.join(unknown)}.")
    certain = frozenset((own, *counts_as))
    return Sort(
        own,
        text(row, "title", place),
        text(row, "short", place),
        text(row, "side", place, ""),
        texts(row, "words", place),
        certain,
        ids if _ANYTHING in may_be else certain | frozenset(may_be),
    )


def read(said: str, own: Path | None = None) -> str:
    """Read a sort by its id, its title or any other name of it, and give its id.

    Raises:
        Misread: There is no such sort; the sentence names all there are.
    """
    known = load(own)
    names = {one.id: (one.title, one.short, *one.words) for one in known.values()}
    found = sorts.meant(said, names)
    if found is None:
        raise Misread(f"{quoted(said)} is no sort of organisation: {', '.join(known)}.")
    return found


def say(sort: str | None, own: Path | None = None) -> str:
    """Write the title of a sort; an id that nobody knows as it is."""
    found = load(own).get(sort or "")
    return found.title if found is not None else sort or ""


def is_certainly(sort: str | None, wanted: str, known: Mapping[str, Sort]) -> bool:
    """Tell whether an organisation of one sort counts as one of another."""
    found = known.get(sort or "")
    return found is not None and wanted in found.certain


def may_be(sort: str | None, wanted: str, known: Mapping[str, Sort]) -> bool:
    """Tell whether an organisation of one sort can count as one of another; unknown ones can."""
    found = known.get(sort or "")
    return found is None or wanted in found.possible
