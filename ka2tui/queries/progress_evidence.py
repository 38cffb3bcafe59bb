"""What a report on progress has to show: people, indicators, proof, and what was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import proof_sorts
from ka2tui.domain.figure import Figure, Trace, Unit
from ka2tui.domain.proof_sorts import Count
from ka2tui.frozen import frozen
from ka2tui.queries import application, indicators, participation, proof_asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.queries.application import Row
    from ka2tui.queries.indicators import IndicatorRow
    from ka2tui.queries.participation import Line, Standing
    from ka2tui.queries.proof_records import About


@frozen
class ProofLine:
    """A work package, or the whole project, and what of its proof is there."""

    code: str
    title: str
    count: Count
    asked: tuple[tuple[str, int, Count], ...]
    """The records of which something is asked, by table and id, with how much of it is there."""
    lacking: tuple[str, ...]
    """What those are called of which something is missing."""


@frozen
class Evidence:
    """What there is to show on a day."""

    people: Standing
    countries: tuple[Line, ...]
    profiles: tuple[Line, ...]
    indicators: tuple[IndicatorRow, ...]
    proof: tuple[ProofLine, ...]
    approved_on: date | None
    """The day from which the kept application holds; None: none is kept."""
    changes: tuple[Row, ...]
    """Where the project departs from it; what is to be explained comes first."""


def of(session: Session, project: int, *, today: date, own: Path | None = None) -> Evidence:
    """Read what a project has to show.

    Args:
        session: Of the database.
        project: Whose.
        today: The day it is looked at.
        own: The user's folder of words and numbers.
    """
    gathered = participation.gather(session, project)
    known, _ = proof_sorts.load_safely(own)
    asked = proof_asked.asked(session, project, known, today=today)
    seen = application.listed(session, project, today=today)
    return Evidence(
        people=participation.stand(gathered, today),
        countries=participation.lines(gathered, "country"),
        profiles=participation.lines(gathered, "profile"),
        indicators=indicators.listed(session, project, today=today),
        proof=tuple(
            ProofLine(
                code=group.code,
                title=group.title,
                count=group.count,
                asked=tuple(
                    (row.about.table, row.id, row.count) for row in group.rows if row.count.asked
                ),
                lacking=tuple(
                    dict.fromkeys(_named(row.about) for row in group.rows if row.missing)
                ),
            )
            for group in asked.groups
        ),
        approved_on=seen.approved_on,
        changes=tuple(row for row in seen.rows if any(item.how for item in row.items)),
    )


def _named(about: About) -> str:
    """Name a record: by its code, else by what it is and its title."""
    if about.code:
        return about.code
    return f"{about.word} “{about.title}”"


def figures(seen: Evidence) -> Iterator[Figure]:
    """Give how much of the proof is there that is asked of what is in no work package."""
    for line in seen.proof:
        if not line.code and line.count.asked:
            trace = Trace()
            for table, row, count in line.asked:
                trace += Trace.share(table, {row: count.there}, count.asked)
            share = line.count.there * 100 // line.count.asked
            title = "Proof that is there of what is in no part of the work plan"
            yield Figure("report.proof.rest", title, share, trace, Unit.SHARE)
