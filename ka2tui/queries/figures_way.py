"""The figures of the way: steps done of each phase, and the own estimates of checklists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import checklist as rules
from ka2tui.domain.days import say_brief
from ka2tui.domain.figure import Figure, Trace, Unit
from ka2tui.queries import checklists as views
from ka2tui.queries import lifecycle
from ka2tui.store.records import Answer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def phases(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give of each phase how many of its steps are done."""
    for phase in lifecycle.way(session, project, today=today).phases:
        steps = {step.id: step.done_on is not None for step in phase.steps}
        if not steps:
            continue
        yield Figure(
            f"phase.{phase.kind.value}",
            f"Steps of {phase.kind.word} that are done",
            phase.percent,
            Trace.share("phase_step", steps),
            Unit.SHARE,
            ("phase", phase.id),
        )


def checklists(session: Session, project: int, _today: date) -> Iterator[Figure]:
    """Give every own estimate, the newest first, with its answers."""
    rows = views.assessments(session, project)
    ids = [row.id for row in rows]
    answers: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    given = select(Answer.id, Answer.assessment_id, Answer.weight, Answer.score).where(
        Answer.assessment_id.in_(ids), Answer.applies, Answer.score.is_not(None)
    )
    for one, assessment, weight, score in session.execute(
        given.order_by(Answer.position, Answer.id)
    ):
        answers[assessment].append((one, weight * (score or 0), weight * rules.BEST))
    for row in rows:
        mine = answers[row.id]
        yield Figure(
            f"checklist.{row.checklist}.{row.id}",
            f"{row.title}: own estimate of {row.whose}, {say_brief(row.day)}",
            row.score.total,
            Trace.share("answer", {it[0]: it[1] for it in mine}, of={it[0]: it[2] for it in mine}),
            Unit.SHARE,
            ("assessment", row.id),
            "Each item counts its score times its weight, of the best score times its weight; "
            "what is not answered or does not apply is left out.",
        )
