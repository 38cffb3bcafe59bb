"""The figures of scores: how many parts are scored, and what is at risk by the own estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import score
from ka2tui.domain.figure import Figure, Trace, Unit
from ka2tui.queries import scores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session


def figures(
    session: Session, project: int, _today: date, *, own: Path | None = None
) -> Iterator[Figure]:
    """Give how many parts are scored; euros only where the table of reductions is confirmed.

    The total itself is a weighed mean rounded half up, which no list of rows adds up to.
    """
    seen = scores.standing(session, project, own=own)
    scored = [part.id for part in seen.parts if part.line.part.score is not None]
    trace = Trace.rows("work_unit", scored)
    yield Figure("score.parts", "Parts of the plan with a score", len(scored), trace)
    now = seen.reckoning
    if now.at_risk is None:
        return
    parts = {part.id: part.line.at_risk or 0 for part in seen.parts if part.line.at_risk}
    trace = Trace.sums("work_unit", parts)
    if now.outside:
        trace += Trace.sums("project", {project: now.outside})
    title = "At risk by the own score"
    yield Figure(
        "score.at_risk", title, now.at_risk, trace, Unit.MONEY, None, score.HOW, seen.currency
    )
    for part in seen.parts:
        if part.line.at_risk:
            yield Figure(
                f"score.{part.code}.at_risk",
                f"At risk of {part.code} by the own score",
                part.line.at_risk,
                Trace.sums("work_unit", {part.id: part.line.at_risk}),
                Unit.MONEY,
                ("work_unit", part.id),
                score.HOW,
                seen.currency,
            )
