"""Assessments: a checklist filled in by somebody on a day, answer by answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import checklist as rules
from ka2tui.domain.kinds import AssessmentState
from ka2tui.domain.proof import read_place
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Answer, Assessment, Project, Task, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.checklist_reading import Checklist


@operation("Start assessment")
def start(
    session: Session,
    project: int,
    checklist: Checklist,
    assessor: str,
    *,
    day: date,
    work_unit: int | None = None,
) -> int:
    """Copy a checklist into a project, so that a changed template never rewrites the past.

    Items that are not for such a project are left out; "not applicable" is what a person says.

    Args:
        session: Of the database.
        project: Which one.
        checklist: The template.
        assessor: Who fills it in.
        day: When.
        work_unit: The work package or activity it is filled in for, where it is for one.

    Returns:
        The id of the assessment.

    Raises:
        Refused: Nobody is named, nothing in the checklist is for such a project, or it is for one
            work package and none is named, or the other way round.
    """
    owner = existing(session, Project, project, "project")
    who = clean(assessor)
    if not who:
        raise Refused("Say who fills it in.")
    items = rules.choose(checklist, owner.action, owner.managed_by, owner.call_year)
    if not items:
        raise Refused(f"Nothing in “{checklist.title}” is for this project.")
    part = _part(session, project, checklist, work_unit)
    answers = [
        Answer(
            project_id=project,
            position=position,
            code=item.code,
            criterion=item.criterion,
            criterion_title=item.criterion_title,
            text=item.text,
            proof=item.proof or None,
            source=", ".join(filter(None, [item.source, item.place])),
            weight=item.weight,
        )
        for position, item in enumerate(items, start=1)
    ]
    assessment = Assessment(
        project_id=project,
        checklist=checklist.id,
        version=checklist.version,
        title=checklist.title,
        phase=checklist.phase,
        assessor=who,
        day=day,
        work_unit_id=work_unit,
        answers=answers,
    )
    session.add(assessment)
    session.flush()
    if part is None:
        say(session, "Start checklist “{title}” ({who})", title=assessment.title, who=who)
    else:
        words = {"title": assessment.title, "part": part.code, "who": who}
        say(session, "Start checklist “{title}” of {part} ({who})", **words)
    return assessment.id


@operation("Answer")
def answer(
    session: Session,
    answer: int,
    given: rules.Answer | None = None,
    *,
    note: str | None = None,
    found_at: str | None = None,
) -> None:
    """Answer one item, write a note to it, or say where its proof lies.

    Args:
        answer: The id of the item in its assessment.
        given: The answer; None leaves the one that stands.
        note: An empty one takes the note away; None leaves it.
        found_at: A code of a record, a link or a path; empty takes it away, None leaves it.

    Raises:
        Refused: The assessment is closed, or nothing can be opened at such a place.
    """
    found = existing(session, Answer, answer, "item")
    _refuse_closed(found.assessment)
    if given is not None:
        found.score = given.score
        found.applies = not given.not_applicable
        say(session, "Answer {item}: {answer}", item=found.code, answer=_said(given))
    if note is not None:
        found.note = clean(note, lines=True) or None
        if given is None:
            said = "Write a note to {item}" if found.note else "Take the note off {item}"
            say(session, said, item=found.code)
    if found_at is not None:
        read_place(found_at)
        found.found_at = clean(found_at) or None
        if given is None and note is None:
            gone = "Forget where the proof of {item} lies"
            said = "Say where the proof of {item} lies" if found.found_at else gone
            say(session, said, item=found.code)


@operation("Close assessment")
def close(session: Session, assessment: int) -> None:
    """End the filling in; what is not answered stays so.

    Raises:
        Refused: It is closed already, or nothing was answered.
    """
    found = _assessment(session, assessment)
    _refuse_closed(found)
    if all(one.applies and one.score is None for one in found.answers):
        raise Refused(f"Nothing in “{found.title}” was answered yet.")
    found.state = AssessmentState.CLOSED
    say(session, "Close checklist “{title}” ({who})", title=found.title, who=found.assessor)


@operation("Open assessment again")
def reopen(session: Session, assessment: int) -> None:
    """Let a closed assessment be filled in further.

    Raises:
        Refused: It is not closed.
    """
    found = _assessment(session, assessment)
    if found.state is AssessmentState.OPEN:
        raise Refused(f"“{found.title}” is being filled in already.")
    found.state = AssessmentState.OPEN
    say(session, "Open checklist “{title}” again ({who})", title=found.title, who=found.assessor)


@operation("Remove assessments")
def remove(session: Session, assessments: Sequence[int]) -> None:
    """Remove assessments with their answers; tasks that came from them stay."""
    found = [_assessment(session, one) for one in dict.fromkeys(assessments)]
    answers = [one.id for assessment in found for one in assessment.answers]
    for task in session.scalars(select(Task).where(Task.answer_id.in_(answers))):
        task.answer_id = None
    session.flush()
    for assessment in found:
        session.delete(assessment)
    if len(found) == 1:
        words = {"title": found[0].title, "who": found[0].assessor}
        say(session, "Remove checklist “{title}” ({who})", **words)
    else:
        say(session, "Remove {count} assessments", count=len(found))


def _part(
    session: Session, project: int, checklist: Checklist, work_unit: int | None
) -> WorkUnit | None:
    """Give the part of the work plan that a checklist is filled in for."""
    if work_unit is None:
        if checklist.per_part:
            raise Refused(f"“{checklist.title}” is about one work package or activity: say which.")
        return None
    if not checklist.per_part:
        raise Refused(f"“{checklist.title}” is about the whole project, not about a part of it.")
    found = existing(session, WorkUnit, work_unit, "part of the work plan")
    if found.project_id != project:
        raise Refused("That part of the work plan is of another project.")
    return found


def _assessment(session: Session, assessment: int) -> Assessment:
    return existing(session, Assessment, assessment, "assessment")


def _refuse_closed(assessment: Assessment) -> None:
    if assessment.state is AssessmentState.CLOSED:
        raise Refused(f"“{assessment.title}” is closed: open it again to change an answer.")


def _said(given: rules.Answer) -> str:
    return given.said
