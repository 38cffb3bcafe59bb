"""Findings in brief: each as one sentence, and of many of one check only a few names."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ka2tui.domain.checks import catalogue
from ka2tui.domain.checks.running import named
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ka2tui.domain.problem import Problem, Severity

APART = 2
"""Findings of one check up to which each is told by itself."""

LONGEST = 40
"""Letters of a name in a list of names."""

_SMALL = frozenset({"It", "Its", "The", "Nobody", "No"})
"""Words that a sentence begins with and that are small behind a colon."""

WHOLE = "project"
"""Where something is that is about the whole project."""


@frozen
class Brief:
    """What is worth a look, and why."""

    number: int
    code: str
    severity: Severity
    text: str
    why: str
    about: str
    """The table of the record it is about; of several, of the first."""
    id: int | None
    page: str
    """The page of the app that shows it."""
    many: int = 1
    """How many findings it stands for."""


def brief(problems: Iterable[Problem]) -> Iterator[Brief]:
    """Tell findings as sentences that stand by themselves.

    Args:
        problems: The heaviest first, those of one check together.
    """
    for (number, _), group in groupby(problems, key=lambda one: (one.number, one.severity)):
        rows = list(group)
        check = catalogue.everything()[number]
        if len(rows) <= APART:
            yield from (
                Brief(
                    *(number, one.code, one.severity, sentence(one), one.why),
                    *(one.about, one.id, check.page),
                )
                for one in rows
            )
            continue
        first = rows[0]
        names = named([_short(one.where) for one in rows])
        text = f"{check.title}, {len(rows)} times: {names}."
        yield Brief(
            *(number, first.code, first.severity, text, check.why),
            *(first.about, first.id, check.page, len(rows)),
        )


def sentence(one: Problem) -> str:
    """Say a finding so that it can be read without where it is."""
    if one.where == WHOLE or one.where in one.text:
        return one.text
    first, _, rest = one.text.partition(" ")
    said = f"{first.lower()} {rest}" if first in _SMALL else one.text
    return f"{one.where}: {said}"


def _short(name: str) -> str:
    """Cut a name that stands in a sentence with others."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
