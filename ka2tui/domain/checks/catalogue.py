"""The list of all checks: what each looks at, why it matters, and how to mend what it finds."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from ka2tui import datafiles
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.entries import Malformed, once, rows, text, texts, whole, wrong
from ka2tui.domain.problem import LETTERS, PREFIX, Found, Problem
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODE = re.compile(rf"(?:{PREFIX})?([{LETTERS}])?(\d{{1,3}})", re.ASCII | re.IGNORECASE)


class NoCheck(Refused):
    """There is no such check."""


@frozen
class Check:
    """One check, as the list has it."""

    number: int
    title: str
    why: str
    """One sentence: why it matters."""
    source: str
    """A key of data/sources.toml."""
    place: str | None
    stages: frozenset[Stage]
    """When it speaks up."""
    page: str
    """The page of the app that shows what it is about."""
    area: str
    """The words over its group."""
    file: str
    """The data file that it stands in."""

    @property
    def explanation(self) -> str:
        """What is looked at, when it matters, how to mend it, when to set it aside."""
        return _explained(self.file)[self.number]

    @property
    def code(self) -> str:
        """Its number as it is written without a finding: KA2-101."""
        return f"{PREFIX}{self.number}"


@cache
def everything() -> Mapping[int, Check]:
    """Give every check by its number, in that order.

    Raises:
        DataFault: A file cannot be read.
        Malformed: Something in it is missing or cannot be.
    """
    found = [
        check
        for name in datafiles.names("checks", ".toml")
        for check in read(datafiles.read_toml(name), name)
    ]
    once((str(check.number) for check in found), "checks: number")
    return {check.number: check for check in sorted(found, key=lambda check: check.number)}


def read(data: Mapping[str, Any], file: str) -> tuple[Check, ...]:
    """Read the checks of one area as a TOML file gives them.

    Raises:
        Malformed: Something is missing or cannot be.
    """
    area = text(data, "area", file)
    return tuple(_check(row, place, area, file) for place, row in rows(data, "check", file))


def find(said: str) -> Check:
    """Give the check that a code names: KA2-E101, KA2-W101, KA2-101 or 101.

    Raises:
        NoCheck: There is none.
    """
    read_ = _CODE.fullmatch(fold(said.strip()))
    check = everything().get(int(read_[2])) if read_ else None
    if check is None:
        raise NoCheck(f"There is no check {quoted(said)}: 'ka2tui check codes' lists all of them.")
    return check


def called(said: str) -> str:
    """Give the code of a check as somebody wrote it: with the weight, where it names one.

    Raises:
        NoCheck: There is none.
    """
    check, written = find(said), _CODE.fullmatch(fold(said.strip()))
    letter = (written[1] or "").upper() if written else ""
    return f"{PREFIX}{letter}{check.number}"


def matters(found: Found, stage: Stage) -> bool:
    """Tell whether a finding is told in a stage."""
    return stage in everything()[found.number].stages


def told(
    found: Found, reason: str | None = None, titles: Mapping[str, str] | None = None
) -> Problem:
    """Complete a finding from its entry in the list.

    Args:
        found: By a check.
        reason: Why it was set aside, where it was.
        titles: Of all sources by their key, where files of the user's bring some along.
    """
    check = everything()[found.number]
    source, place = found.source, found.place
    if source is None:
        source, place = check.source, place or check.place
    title = {**_sources(), **(titles or {})}.get(source)
    return Problem(
        number=found.number,
        severity=found.severity,
        where=found.where,
        text=found.text,
        why=found.why or check.why,
        source=say_source(title or source, place),
        source_id=source if title is not None else None,
        place=place,
        about=found.about,
        id=found.id,
        reason=reason,
    )


def say_source(source: str, place: str | None) -> str:
    """Write a source in readable words: its title and where in it."""
    title = _sources().get(source, source)
    return f"{title}, {place}" if place else title


@cache
def _sources() -> Mapping[str, str]:
    return {key: each["title"] for key, each in datafiles.read_toml("sources.toml").items()}


def _check(row: Mapping[str, Any], place: str, area: str, file: str) -> Check:
    number = whole(row, "number", place, least=100, most=999)
    place = f"{place} ({number})"
    source = text(row, "source", place)
    if source not in _sources():
        raise wrong("source", f"{place}: {source} is no source that sources.toml lists.")
    stages = texts(row, "stages", place)
    try:
        stages_ = frozenset(Stage(one) for one in stages)
    except ValueError as error:
        raise wrong("stages", f"{place}: {error}.") from None
    if not stages_:
        raise Malformed(f"{place} names no stages.")
    _explanation(row, place)
    return Check(
        number=number,
        title=text(row, "title", place),
        why=text(row, "why", place),
        source=source,
        place=text(row, "place", place, "") or None,
        stages=stages_,
        page=text(row, "page", place),
        area=area,
        file=file,
    )


@lru_cache(maxsize=1)
def _explained(file: str) -> Mapping[int, str]:
    """Read the explanations of an area: long, and one of a hundred is asked for now and then."""
    found = rows(datafiles.read_toml(file), "check", file)
    return {row["number"]: _explanation(row, place) for place, row in found}


def _explanation(row: Mapping[str, Any], place: str) -> str:
    return " ".join(text(row, "explanation", place).split())
