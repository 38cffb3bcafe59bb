"""Words that people write for states, roles and kinds, from data/words.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, TypeVar

from ka2tui import datafiles
from ka2tui.domain.kinds import Kind
from ka2tui.domain.text import clean, fold
from ka2tui.exchange import headings

K = TypeVar("K", bound=Kind)

_PART = re.compile(r"(?:wp|ap|lot|pt|ip)?\d{1,2}")
"""A part of the work plan in the name of a sum: "Total WP2"."""


def choose(kind: type[K], text: str) -> K | None:
    """Give the state, role or kind that a word means."""
    wanted = _plain(text)
    for member in kind:
        if wanted in {headings.plain(member), headings.plain(member.word)}:
            return member
    return _meanings(kind).get(wanted)


def exactly(group: str, text: str) -> str | None:
    """Give the id of a group that a word means."""
    wanted = _plain(text)
    return next((code for code, said in _known(group).items() if wanted in said), None)


def meant(group: str, text: str) -> str | None:
    """Give the id of a group that a word means, or that stands somewhere in it."""
    wanted = _plain(text)
    known = _known(group)
    for code, said in known.items():
        if wanted == headings.plain(code) or wanted in said:
            return code
    for code, said in known.items():
        if any(re.search(rf"\b{re.escape(word)}\b", wanted) for word in said):
            return code
    return None


def level(text: str) -> int | None:
    """Give how much a word means, from 1 to 5."""
    found = exactly("level", text)
    return None if found is None else int(found)


def yes_no(text: str) -> bool | None:
    """Tell whether a word says yes or no; None where it says neither."""
    wanted = _plain(text) or clean(text)
    said = _known("yes_no")
    return True if wanted in said["yes"] else False if wanted in said["no"] else None


def within(kind: type[K], text: str) -> K | None:
    """Give the first meaning of a word that stands somewhere in a text."""
    plain = headings.plain(text)
    known = _meanings(kind).items()
    return next(
        (means for word, means in known if re.search(rf"\b{re.escape(word)}\b", plain)), None
    )


def is_everybody(text: str) -> bool:
    """Tell whether a text names all partners instead of one."""
    return exactly("everybody", text) is not None


def is_ditto(text: str) -> bool:
    """Tell whether a cell only says that it is as the one above it."""
    return bool(text) and _closed(text) in _dittos()


def is_mark(text: str) -> bool:
    """Tell whether a cell of a chart is only marked, or names what is due then."""
    said = "".join(text.split())
    return said.strip(_data()["mark"]["signs"]) == "" or fold(said) in _data()["mark"]["words"]


def is_total(text: str) -> bool:
    """Tell whether a text begins a row of sums: "Total", "Sous-total", "Total costs WP2 (EUR)"."""
    row = _known("total")
    said = headings.plain(text)
    if said in row["words"] or fold(text).strip(" :") in row["words"]:
        return True
    first = max((one for one in row["words"] if said.startswith(f"{one} ")), key=len, default=None)
    beside = said[len(first) :].split() if first else []
    return bool(beside) and all(one in row["beside"] or _PART.fullmatch(one) for one in beside)


def holds(group: str, text: str) -> bool:
    """Tell whether one of the words of a group stands somewhere in a text."""
    plain = f" {headings.plain(text)} "
    return any(f" {word} " in plain for said in _known(group).values() for word in said)


def number_of(sort: str, text: str) -> int | None:
    """Read the number of a month, quarter, week or year of a chart: M3, Monat 3, 3. Monat."""
    found = _numbered("period", sort).fullmatch(fold(text).strip(" .:"))
    return int(found[1] or found[2]) if found else None


def first_month(letters: str) -> int | None:
    """Give the month with which some first letters of months begin, if they can be no others."""
    found = {
        at % len(year) + 1
        for year in _data()["initials"]["years"]
        for at in range(len(year))
        if (year * (2 + len(letters) // len(year)))[at:].startswith(letters)
    }
    return found.pop() if len(found) == 1 else None


def coded(text: str) -> str | None:
    """Tell by the code that a row of a chart begins with what it is: task, deliverable ..."""
    for sort in _known("chart_code"):
        if _coded(sort).match(fold(text)):
            return sort
    return None


def _plain(text: str) -> str:
    return text.replace(" ", "") if text.strip().endswith("%") else headings.plain(text)


def _closed(text: str) -> str:
    return "".join(fold(text).split())


@cache
def _meanings(kind: type[K]) -> dict[str, K]:
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    return {word: kind(code) for code, words in _known(name).items() for word in words}


@cache
def _known(group: str) -> dict[str, frozenset[str]]:
    """Give the words of a group as they are compared, by what they mean."""
    row: dict[str, list[str]] = _data().get(group, {})
    return {str(code): frozenset(map(_plain, words)) for code, words in row.items()}


@cache
def _dittos() -> frozenset[str]:
    return frozenset(map(_closed, _data()["ditto"]["words"]))


@cache
def _numbered(group: str, sort: str) -> re.Pattern[str]:
    """Make what finds a number with one of some words before or behind it."""
    said = "|".join(sorted(map(re.escape, _known(group)[sort]), key=len, reverse=True))
    behind = r"[.ºª]?(?:st|nd|rd|th|e|er)?"
    return re.compile(
        rf"(?:{said})[ .:-]*(?:nr|no)?[ .]*0?(\d{{1,3}})|(\d{{1,3}}){behind} ?(?:{said})"
    )


@cache
def _coded(sort: str) -> re.Pattern[str]:
    """Make what finds a code of such a record at the beginning of a text: T1.2, WP 3."""
    said = "|".join(sorted(map(re.escape, _known("chart_code")[sort]), key=len, reverse=True))
    return re.compile(rf"(?:{said}) ?\d{{1,2}}(?:\.\d{{1,3}})*(?!\w)")


@cache
def _data() -> dict[str, Any]:
    return datafiles.read_toml("words.toml")
