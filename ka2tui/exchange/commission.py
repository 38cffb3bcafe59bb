"""The Commission's lists of projects: what is in them, and the one project that is taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain import countries, identifiers
from ka2tui.domain.intake import Finding
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, is_blank, matches, quoted
from ka2tui.exchange import commission_project, tables
from ka2tui.exchange.commission_files import find
from ka2tui.exchange.tables import ImportFault, label_of
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ka2tui.domain.intake import Intake
    from ka2tui.exchange.commission_files import Entry, Export

__all__ = ["Listed", "Listing", "Unlisted", "belongs_to_plan", "find", "listing", "select"]

_MOST_NEAR = 3
_COMPARED = 50_000
"""Among more identifiers than this only those with the same number at the end are named."""


class Unlisted(ImportFault):
    """No list holds this project."""

    def __init__(self, file: str, identifier: str, reason: str) -> None:
        super().__init__(file, reason)
        self.finding = Finding(file, None, "Project Identifier", identifier, reason)


@frozen
class Listed:
    """One project of the lists, as it is shown to choose from."""

    identifier: str
    title: str
    countries: str
    """Codes as the list writes them: LI,DE,BE."""
    coordinator: str
    file: str
    row: int

    def has(self, words: str) -> bool:
        """Tell whether all of some words stand in it."""
        return matches(words, self.identifier, self.title, self.countries, self.coordinator)


@frozen
class Listing:
    """The projects of some lists, each once."""

    projects: tuple[Listed, ...]
    rows: int
    """How many rows they are; one project may stand in several."""
    nameless: int
    """Rows without an identifier, which cannot be chosen."""


def listing(exports: Iterable[Export]) -> Listing:
    """Say which projects stand in lists.

    Raises:
        ImportFault: A list cannot be read to its end.
    """
    found: dict[str, Listed] = {}
    rows = nameless = 0
    for export in exports:
        for number, row in export.rows():
            rows += 1
            identifier = clean(export.said(row, "identifier"))
            key = _key(identifier)
            if not key:
                nameless += 1
            elif key not in found:
                found[key] = Listed(
                    identifier,
                    clean(export.said(row, "title")),
                    clean(export.said(row, "countries")),
                    clean(export.said(row, "coordinator name")),
                    export.file,
                    number,
                )
    return Listing(tuple(found.values()), rows, nameless)


def select(exports: Sequence[Export], identifier: str, aside: Sequence[Path] = ()) -> Intake:
    """Understand the one project that is chosen by its identifier.

    The first list that holds it wins; where another says something else, that is told.

    Args:
        exports: The lists to look in, all of them to their end.
        identifier: As the lists write it; spaces at the ends, capitals and the kind of the
            hyphens do not matter.
        aside: Files that are no lists, to be told as not taken.

    Raises:
        ImportFault: A list cannot be read to its end.
        Unlisted: None holds it; the sentence names the nearest.
    """
    wanted = _key(identifier)
    entries: list[Entry] = []
    known: dict[str, str] = {}
    rows = 0
    for export in exports:
        for number, row in export.rows():
            rows += 1
            said = export.said(row, "identifier")
            key = _key(said)
            if key and key == wanted:
                entries.append(export.whole(number, row))
            elif key:
                known.setdefault(key, said)
    if not entries:
        raise _unlisted(exports, identifier, known, rows)
    intake = _taken(entries)
    guessed = [(one.file, one.doubt) for one in exports if one.doubt]
    intake.doubtful[:0] = [Finding(file, None, None, None, doubt) for file, doubt in guessed]
    for path in aside:
        reason = "not taken: no list of projects"
        intake.dropped.append(Finding(label_of(path), None, None, None, reason))
    return intake


def _key(identifier: str) -> str:
    """Reduce an identifier to what is compared; "" where there is none."""
    return "" if is_blank(identifier) else identifiers.as_compared(identifier)


def _taken(entries: list[Entry]) -> Intake:
    first, *others = entries
    intake = commission_project.understand(first)
    place = f"{first.file}, row {first.row}"
    for other in others:
        differing = list(_differences(first, other, place))
        intake.doubtful += differing
        if not differing:
            reason = f"not taken: it says the same as {place}"
            intake.dropped.append(
                Finding(other.file, other.row, None, other.cells["identifier"], reason)
            )
    return intake


def _differences(first: Entry, other: Entry, place: str) -> Iterable[Finding]:
    """Say where two entries of one project disagree; a column that one lacks is no difference."""
    for name in dict.fromkeys([*first.cells, *other.cells]):
        one, two = first.cells.get(name), other.cells.get(name)
        if one is not None and two is not None:
            if commission_project.is_same(name, one, two):
                continue
            reason = f"{place} says {quoted(one)}, which is kept"
        elif two is not None:
            if name not in first.headings and not name.startswith(("partner ", "coordinator ")):
                continue
            reason = f"{place} says nothing, which is kept"
        elif name in other.headings or name.startswith(("partner ", "coordinator ")):
            reason = f"nothing here; {place} says {quoted(one or '')}, which is kept"
        else:
            continue
        yield Finding(other.file, other.row, other.headings.get(name, name), two, reason)


def _unlisted(
    exports: Sequence[Export], identifier: str, known: dict[str, str], rows: int
) -> Unlisted:
    """Say that no list holds an identifier, and name the nearest ones."""
    place = exports[0].file if len(exports) == 1 else f"{len(exports)} files"
    near = _nearest(identifier, known)
    count = f"{rows} row{'s' * (rows != 1)}"
    if not rows:
        reason = "there is no project in it, only headings"
    elif near:
        reason = f"none of {count} has this identifier; the nearest: {', '.join(near)}"
    else:
        reason = f"none of {count} has this identifier, nor one like it; --find WORDS lists them"
    return Unlisted(place, clean(identifier), reason)


def _nearest(identifier: str, known: dict[str, str]) -> list[str]:
    """Give the identifiers most like one: those differing in O and 0, those it is a part of."""
    wanted = _squeezed(identifier)
    if not wanted:
        return []
    near = [key for key in known if _squeezed(key) == wanted]
    if near:
        return [clean(known[key]) for key in near[:_MOST_NEAR]]
    near = [key for key in known if wanted in _squeezed(key)]
    if serial := re.search(r"\d{6,}$", wanted):
        near += [key for key in known if _squeezed(key).endswith(serial[0])]
    if len(near) < _MOST_NEAR and len(known) <= _COMPARED:
        from difflib import get_close_matches  # 6 ms, and only on the way to a complaint

        near += get_close_matches(identifiers.as_compared(identifier), known, _MOST_NEAR, 0.7)
    return [clean(known[key]) for key in list(dict.fromkeys(near))[:_MOST_NEAR]]


def _squeezed(identifier: str) -> str:
    bare = re.sub(r"[\W_]+", "", identifiers.as_compared(identifier))
    return bare.replace("O", "0").replace("I", "1")


def belongs_to_plan(listing: Listing, others: Iterable[Path]) -> bool:
    """Tell whether a list of one project lies among other tables, as one table of a plan."""
    plan = {*tables.TEXT_TABLES, *tables.WORKBOOKS, ".toml"} - {".txt"}
    return len(listing.projects) == 1 and any(one.suffix.lower() in plan for one in others)


def say_countries(codes: str) -> str:
    """Write the countries of a project as the codes of Erasmus+, each once: LI DE BE."""
    found = []
    for part in filter(None, re.split(r"[\s,;|]+", codes)):
        try:
            found.append(countries.eu_code(countries.read_country(part)))
        except Misread:
            found.append(part)
    return " ".join(dict.fromkeys(found))
