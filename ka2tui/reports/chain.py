"""The chain from need to indicator as a document: goal, priorities, the table, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import aims
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import AimKind, ProjectShape
from ka2tui.reports.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Points,
    Row,
    Table,
    Toned,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ka2tui.domain.aims import ChainRow, Serving
    from ka2tui.queries.aims import Goal

_WORK = {
    ProjectShape.WORK_PACKAGES: "Work packages",
    ProjectShape.ACTIVITIES: "Activities",
    ProjectShape.HEADINGS: "Headings",
}


def build(seen: Goal, *, today: date) -> Document:
    """Put goal, priorities and chain together, ready for whoever writes the application."""
    return Document(
        title="Goal and needs",
        subtitle=seen.project,
        about=f"As it stood on {say_brief(today)}.",
        blocks=tuple(blocks(seen)),
        leads=True,
    )


def blocks(seen: Goal) -> Iterator[Block]:
    """Give the parts: goal, target groups, priorities, needs, the table, and what is missing."""
    yield Heading("Goal")
    for text in (seen.goal or "No goal is entered yet.").splitlines():
        if text.strip():
            yield Paragraph(text)
    if seen.target_groups:
        yield Heading("Target groups", 2)
        yield Points(seen.target_groups)
    if seen.priorities:
        yield Heading("EU priorities", 2)
        yield Points(seen.priorities)
    yield from _needs(seen)
    yield Heading("From need to indicator")
    if not seen.chain.rows:
        yield Paragraph("No needs and objectives are entered yet.")
        return
    yield _table(seen)
    yield from _missing(seen)


def _needs(seen: Goal) -> Iterator[Block]:
    needs = [row.aim for row in seen.aims if row.aim.kind is AimKind.NEED]
    if not needs:
        return
    yield Heading("Needs")
    yield Table(
        "Needs, for whom, and where each is shown",
        (Column("Need"), Column("Target group"), Column("Shown by")),
        tuple(
            Row((need.said, need.target_group or "", need.source or Toned("nothing", "late")))
            for need in needs
        ),
    )


def _table(seen: Goal) -> Table:
    def line(row: ChainRow) -> Row:
        return Row(
            (
                row.need.said if row.need and row.first else "",
                row.objective.said if row.objective else "",
                *(_listed(row.activities), _listed(row.results), _listed(row.indicators)),
                Toned(aims.say_gaps(row.gaps), "late") if row.gaps else "",
            )
        )

    return Table(
        "Each line leads from a need to what shows that it was met",
        (
            *(Column("Need"), Column("Objective"), Column(_WORK[seen.shape])),
            *(Column("Results"), Column("Indicators"), Column("Missing")),
        ),
        tuple(line(row) for row in seen.chain.rows),
        "What belongs to a linked work package or activity is named with it in brackets.",
    )


def _missing(seen: Goal) -> Iterator[Block]:
    """Say how many lines have a gap, and what serves no objective."""
    found = seen.chain
    if found.gaps:
        lines = "1 line has" if found.gaps == 1 else f"{found.gaps} lines have"
        yield Paragraph(f"{lines} a gap.")
    else:
        yield Paragraph("No line has a gap.", "good")
    if found.idle:
        yield Paragraph(f"Serving no objective: {_listed(found.idle)}.", "late")


def _listed(found: Sequence[Serving]) -> str:
    return "; ".join(f"{one.said} (by {one.through})" if one.through else one.said for one in found)
