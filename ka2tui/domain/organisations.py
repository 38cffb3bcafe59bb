"""What organisations are, as far as a call asks for it: universities, companies, ministries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ka2tui import datafiles
from ka2tui.domain import sorts
from ka2tui.domain.entries import Malformed, once, rows, text, texts
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = "organisation_sorts.toml"
_ANYTHING = "*"


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of organisation."""

    id: str
    title: str
    words: tuple[str, ...]
    """How people and tables write it."""
    counts_as: frozenset[str]
    """Every sort it is for certain, its own among them."""
    may_be: frozenset[str]
    """Every sort it is or can be."""


@cache
def everything() -> Mapping[str, Sort]:
    """Give every sort by its id, in the order of the list.

    Raises:
        DataFault: The list cannot be read.
        Malformed: Something in it is missing or cannot be.
    """
    return {each.id: each for each in read(datafiles.read_toml(_FILE), _FILE)}


def read(data: Mapping[str, Any], file: str) -> tuple[Sort, ...]:
    """Read the sorts as a TOML file gives them.

    Raises:
        Malformed: Something is missing or cannot be.
    """
    listed = rows(data, "sort", file)
    ids = [text(row, "id", place) for place, row in listed]
    once(ids, f"{file}: id")
    found = []
    for place, row in listed:
        own = text(row, "id", place)
        counts_as, may_be = texts(row, "counts_as", place), texts(row, "may_be", place)
        unknown = {*counts_as, *may_be} - {*ids, _ANYTHING}
        if unknown:
            raise Malformed(f"{place} ({own}): there is no sort {', '.join(sorted(unknown))}.")
        certain = frozenset((own, *counts_as))
        possible = frozenset(ids) if _ANYTHING in may_be else certain | frozenset(may_be)
        words = texts(row, "words", place)
        found.append(Sort(own, text(row, "title", place), words, certain, possible))
    return tuple(found)


def say(sort: str | None) -> str:
    """Say a sort; one that the list does not have says itself."""
    return sorts.say(everything().values(), sort)


def read_sort(typed: str) -> str:
    """Give the id of the sort a person or a table means.

    Raises:
        Misread: None is called so.
    """
    names = {each.id: (each.title, *each.words) for each in everything().values()}
    found = sorts.meant(typed, names)
    if found is None:
        listed = ", ".join(each.title for each in everything().values())
        raise Misread(f"{quoted(typed)} is no sort of organisation: {listed}.")
    return found


def is_certainly(sort: str | None, wanted: str) -> bool:
    """Tell whether an organisation of one sort counts as one of another."""
    known = everything().get(sort or "")
    return known is not None and wanted in known.counts_as


def may_be(sort: str | None, wanted: str) -> bool:
    """Tell whether an organisation of one sort can count as one of another; unknown ones can."""
    known = everything().get(sort or "")
    return known is None or wanted in known.may_be
