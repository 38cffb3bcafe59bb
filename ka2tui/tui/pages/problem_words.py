"""How findings are shown: in a line, with their reason and explanation, and in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.problem import Severity
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.widgets.details import Fact, Head, Words
from ka2tui.tui.widgets.record_table import Column, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ka2tui.domain.checks.catalogue import Check
    from ka2tui.domain.problem import Problem
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item

ASIDE = "aside"
"""How a finding that was set aside stands among those that count."""

TITLES: dict[str, str] = {
    Severity.ERROR: "Against a rule",
    Severity.WARNING: "Look at this",
    Severity.HINT: "Good to know",
    Severity.GOOD_PRACTICE: "Good practice",
    ASIDE: "Set aside",
}
"""What stands over the findings of one weight."""

_SIGNS: dict[str, tuple[str, Tone]] = {
    Severity.ERROR: (plain.LATE, "late"),
    Severity.WARNING: (plain.LATE, "soon"),
    Severity.HINT: (plain.OPEN, ""),
    Severity.GOOD_PRACTICE: (plain.OPEN, "quiet"),
    ASIDE: (plain.CANCELLED, "quiet"),
}


@frozen
class ProblemRow:
    """A finding as the list shows it."""

    id: int
    problem: Problem
    check: Check

    @property
    def standing(self) -> str:
        """Its weight, or that it was set aside."""
        return self.problem.severity if self.problem.counts else ASIDE

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.problem.severity

    @property
    def code(self) -> str:
        """Letter and number."""
        return self.problem.code

    @property
    def where(self) -> str:
        """What it is about."""
        return self.problem.where

    @property
    def text(self) -> str:
        """What was found."""
        return self.problem.text

    @property
    def area(self) -> str:
        """The words over its group of checks."""
        return self.check.area

    @property
    def title(self) -> str:
        """What the check finds, in a few words."""
        return self.check.title

    @property
    def reason(self) -> str | None:
        """Why it was set aside."""
        return self.problem.reason


def columns(rows: Sequence[ProblemRow], *, most: int) -> list[Column]:
    """Give each column the room that these findings need; the sentence comes first.

    Args:
        rows: What is shown.
        most: Cells for what a finding is about.
    """
    where = plain.longest([row.where for row in rows], 6, most)
    return [
        Column("", 1, importance=9),
        Column("Code", 8, importance=8),
        Column("Where", where, importance=7),
        Column("What", 24, share=1, importance=9),
    ]


def cells(row: ProblemRow) -> Sequence[Cell]:
    """Show a finding in a line."""
    aside = row.standing == ASIDE
    tone: Tone = "quiet" if aside else ""
    return (
        _SIGNS[row.standing],
        (row.code, "quiet" if aside else "accent"),
        (row.where, tone),
        (said(row), tone),
    )


def said(row: ProblemRow) -> str:
    """Say what was found, and why it needs nothing where somebody said so."""
    return row.text if row.standing != ASIDE else f"{row.text} Set aside: {row.reason}"


def in_sections(rows: Sequence[ProblemRow]) -> Sequence[ProblemRow | Section]:
    """Put headings between findings of different weight, which come heaviest first."""
    found: list[ProblemRow | Section] = []
    for standing, title in TITLES.items():
        some = [row for row in rows if row.standing == standing]
        if some:
            found += [Section(title, plain.number(len(some))), *some]
    return found


def details(row: ProblemRow, explained: str) -> Iterator[Item]:
    """Tell about a finding: what, why, where that is written, and how to mend it (`explained`)."""
    problem = row.problem
    sign, tone = _SIGNS[row.standing]
    yield Words(problem.text, "strong")
    yield Fact("Where", problem.where)
    yield Fact("Weight", (f"{sign} {problem.severity.word}", tone))
    if row.reason is not None:
        yield Fact("Set aside", row.reason)
    yield Head("Why it matters")
    yield Words(problem.why)
    yield Words(f"Source: {problem.source}", "quiet")
    yield Head("What is looked at, and how to mend it")
    if problem.source_id is None:
        yield Words("Numbers below are those of the guide: yours stands above.", "soon")
    yield Words(explained)
