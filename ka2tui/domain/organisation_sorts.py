"""What an organisation is: the sorts that some actions ask so many of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ka2tui import datafiles
from ka2tui.domain.entries import once, rows, text
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import fold, quoted

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "organisation_sorts.toml"


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of organisations."""

    id: str
    title: str
    short: str
    """What stands in a narrow column."""
    side: str
    """"education", "employers", or "" where it is of neither side."""


@cache
def load(own: Path | None = None) -> dict[str, Sort]:
    """Give the sorts by their ids, in the order of the file; the user's own file wins.

    Raises:
        DataFault: The file cannot be read.
        Malformed: Something in it is missing or cannot be.
    """
    path = datafiles.find(_FILE, own)
    name = _FILE if path == datafiles.find(_FILE) else str(path)
    given = rows(datafiles.read_toml(_FILE, own), "sort", name)
    once((text(row, "id", place) for place, row in given), f"{name}: the sort")
    return {
        text(row, "id", place): Sort(
            text(row, "id", place),
            text(row, "title", place),
            text(row, "short", place),
            text(row, "side", place, ""),
        )
        for place, row in given
    }


def read(said: str, own: Path | None = None) -> str:
    """Read a sort by its id, its title or its short name, and give its id.

    Raises:
        Misread: There is no such sort; the sentence names all there are.
    """
    known = load(own)
    wanted = fold(said).replace("-", "_").replace(" ", "_")
    for one in known.values():
        if wanted in {fold(name).replace(" ", "_") for name in (one.id, one.title, one.short)}:
            return one.id
    raise Misread(f"{quoted(said)} is no sort of organisation: {', '.join(known)}.")


def say(sort: str | None, own: Path | None = None) -> str:
    """Write the title of a sort; an id that nobody knows as it is."""
    found = load(own).get(sort or "")
    return found.title if found is not None else sort or ""
