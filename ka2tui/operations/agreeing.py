"""Agreeing: one assessment made of several, filled in where all gave the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import checklist as rules
from ka2tui.domain import comparing
from ka2tui.domain.kinds import AssessmentState
from ka2tui.domain.refusal import Refused
from ka2tui.operations.given import several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Answer, Assessment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@operation("Begin to agree")
def begin(session: Session, assessments: Sequence[int], *, day: date) -> int:
    """Start an assessment of what several agree on: their common answers, the rest open.

    A note to each item that is open says who answered what.

    Returns:
        The id of the new assessment.

    Raises:
        Refused: They are fewer than two, not of one checklist, or it is being agreed already.
    """
    found = several(session, Assessment, assessments, "assessment")
    if len(found) < 2:
        raise Refused("Agreeing needs two assessments or more.")
    if len({(one.project_id, one.checklist, one.work_unit_id) for one in found}) > 1:
        raise Refused(
            "Only assessments of one checklist, and of one work package, can be agreed on."
        )
    found.sort(key=lambda one: (one.day, one.id))
    last = found[-1]
    going_on = session.scalars(
        select(Assessment).where(
            Assessment.project_id == last.project_id,
            Assessment.checklist == last.checklist,
            Assessment.work_unit_id == last.work_unit_id,
            Assessment.state == AssessmentState.OPEN,
        )
    )
    for other in going_on:
        if comparing.is_agreed(other.assessor) and other not in found:
            raise Refused(
                f"“{other.title}” is being agreed already (assessment {other.id}): go on with "
                "that, close it or remove it."
            )
    names = list(dict.fromkeys(one.assessor for one in found))
    items = comparing.compare([[comparing.given(row) for row in one.answers] for one in found])
    filled = comparing.proposed(items, [one.assessor for one in found])
    agreed = Assessment(
        project_id=last.project_id,
        checklist=last.checklist,
        version=last.version,
        title=last.title,
        phase=last.phase,
        assessor=comparing.agreed_by(names),
        day=day,
        work_unit_id=last.work_unit_id,
        answers=[_answer(last.project_id, one, *filled[one.code]) for one in items],
    )
    session.add(agreed)
    session.flush()
    who = ", ".join(names)
    say(session, "Begin to agree on “{title}” ({who})", title=agreed.title, who=who)
    return agreed.id


def _answer(project: int, one: comparing.Compared, given: rules.Answer, note: str) -> Answer:
    return Answer(
        project_id=project,
        position=one.id,
        **comparing.words(one),
        score=given.score,
        applies=not given.not_applicable,
        note=note or None,
        found_at=next((place for place in reversed(one.places) if place), None),
    )
