"""The figures of scores: the total, how many parts are scored, and what is at risk by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import score
from ka2tui.domain.figure import Figure, Source, Trace, Unit
from ka2tui.queries import scores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.figure import Number
    from ka2tui.domain.score import Part
    from ka2tui.queries.scores import Standing


def figures(
    session: Session, project: int, _today: date, *, own: Path | None = None
) -> Iterator[Figure]:
    """Give the total, how many parts are scored; euros where the table is confirmed."""
    seen = scores.standing(session, project, own=own)
    now = seen.reckoning
    lines = list(zip(now.lines, now.percents, now.shares, strict=True))
    if now.exact is not None:
        brought = Trace(
            tuple(
                Source("work_unit", line.part.id, share, said=f"{line.part.score} × {percent} %")
                for line, percent, share in lines
                if line.weighed
            )
        )
        title = "Own score of the final report"
        how = f"Each part brings its score times its weight; together, rounded: {now.brief}."
        yield Figure("score.total", title, brought.total, brought, Unit.NUMBER, how=how)
    yield from _award(seen)
    scored = (line.part for line in now.lines if line.part.score is not None)
    trace = Trace(tuple(_source(part, 1) for part in scored))
    yield Figure("score.parts", "Parts of the plan with a score", len(trace), trace)
    if now.at_risk is None or (now.may_be_more and not now.at_risk):
        return
    sources = (
        _source(line.part, line.at_risk, f"{line.part.refused} % refused" * bool(line.part.refused))
        for line in now.lines
        if line.at_risk
    )
    trace = Trace(tuple(sources))
    if now.outside:
        trace += Trace.sums("project", {project: now.outside})
    least = ", at least" if now.may_be_more else ""
    title = f"At risk by the own score{least}"
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


def _award(seen: Standing) -> Iterator[Figure]:
    """Give the points of the application, where any are given."""
    if seen.judgement is None or not seen.judgement.begun:
        return
    sources = (
        Source(
            *("own_score", seen.given[mark.criterion.id], mark.points),
            said=f"{mark.title}, of {mark.criterion.most}, at least {mark.criterion.least}",
        )
        for mark in seen.judgement.marks
        if mark.points is not None
    )
    trace = Trace(tuple(sources))
    title = "Own points of the application"
    yield Figure("score.award", title, trace.total, trace, how=f"{seen.judgement.said}.")


def _source(part: Part, adds: Number, more: str = "") -> Source:
    """Give a part as a row behind a figure: with its score."""
    said = f"score {part.score}"
    if part.score is None:
        said = "no score yet" if part.is_scored else "management, not scored"
    return Source("work_unit", part.id, adds, said=", ".join(filter(None, [said, more])))
