"""What scores are reckoned from: the parts with their money, what is typed, what checklists say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, select

from ka2tui.domain import checklist
from ka2tui.domain.checklist import Answer
from ka2tui.domain.improving import Hint
from ka2tui.domain.kinds import ProjectShape
from ka2tui.domain.management import is_management
from ka2tui.domain.plan_money import total
from ka2tui.domain.refusal import Refused
from ka2tui.domain.score import OF_A_PART, OF_THE_REPORT, Judged, Part, Whence
from ka2tui.queries import checklists
from ka2tui.store import records
from ka2tui.store.records import OwnScore, Project, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.score import Tried
    from ka2tui.queries.checklists import AssessmentRow

HINTS = 3
"""How many items of a checklist are named for a part."""


class Facts(NamedTuple):
    """What of a project its scores depend on."""

    currency: str
    shape: ProjectShape
    action: str | None
    call_year: int | None
    managed_by: str | None
    grant_cents: int | None
    confirmed_on: Any
    source: str | None
    not_sent: bool
    """Whether nothing says that the application was handed in."""
    start: date | None


def facts_of(session: Session, project: int) -> Facts:
    """Read them.

    Raises:
        Refused: The project is gone.
    """
    row: Any = session.execute(
        select(
            *(Project.currency, Project.shape, Project.action, Project.call_year),
            *(Project.managed_by, Project.grant_cents),
            *(Project.reductions_confirmed_on, Project.reductions_source),
            and_(
                Project.agreement.is_(None),
                Project.submitted_on.is_(None),
                Project.outcome.is_(None),
            ),
            Project.start,
        ).where(Project.id == project)
    ).one_or_none()
    if row is None:
        raise Refused(f"There is no project {project} any more.")
    return Facts(*row)


def kept(session: Session, project: int) -> dict[tuple[str, str, str], Any]:
    """Read the own scores: by what is judged, what they are about, and which of it."""
    rows = session.execute(
        select(
            *(OwnScore.id, OwnScore.judged, OwnScore.about, OwnScore.about_uid),
            *(OwnScore.score, OwnScore.refused_percent, OwnScore.note),
        ).where(OwnScore.project_id == project)
    )
    return {(row.judged, row.about, row.about_uid): row for row in rows}


def filled_in(session: Session, project: int) -> list[AssessmentRow]:
    """List the checklists of parts and of the report, newest first."""
    return [
        row
        for row in checklists.assessments(session, project)
        if row.checklist in {OF_A_PART, OF_THE_REPORT}
    ]


def of_report(filled: Sequence[AssessmentRow]) -> AssessmentRow | None:
    """Give the newest checklist of the final report that says anything."""
    found = (row for row in filled if row.checklist == OF_THE_REPORT and row.part is None)
    return next((row for row in found if row.score.total is not None), None)


class Row(NamedTuple):
    """A part, and what its score comes from."""

    part: Part
    typed: int | None
    note: str | None
    filled: AssessmentRow | None
    """The newest checklist of it that says anything."""
    started: int | None
    """The newest of it that is not closed."""


def parts(
    session: Session,
    project: int,
    kept: Mapping[tuple[str, str, str], Any],
    filled: Sequence[AssessmentRow],
    tried: Tried,
) -> Iterator[Row]:
    """Read the parts that have the money of the project, with their scores."""
    units = session.execute(
        select(
            *(WorkUnit.id, WorkUnit.uid, WorkUnit.code, WorkUnit.title, WorkUnit.category),
            *(WorkUnit.parent_id, WorkUnit.amount_cents),
        )
        .where(WorkUnit.project_id == project)
        .order_by(WorkUnit.position, WorkUnit.id)
    ).all()
    inside: dict[int, list[int | None]] = {}
    for unit in units:
        if unit.parent_id is not None:
            inside.setdefault(unit.parent_id, []).append(unit.amount_cents)
    newest: dict[int | None, AssessmentRow] = {}
    started: dict[int | None, int] = {}
    for row in filled:
        if row.checklist == OF_A_PART:
            if row.score.total is not None:
                newest.setdefault(row.part, row)
            if not row.closed:
                started.setdefault(row.part, row.id)
    for unit in units:
        if unit.parent_id is not None:
            continue
        own = kept.get((Judged.REPORT.value, "work_unit", unit.uid))
        typed = None if own is None else own.score
        counted = newest.get(unit.id)
        is_scored = not is_management(unit.category, unit.title)
        points, whence = _score(unit.id, typed, counted, tried) if is_scored else (None, None)
        refused = tried.refused.get(unit.id, (own and own.refused_percent) or 0)
        part = Part(
            code=unit.code,
            title=unit.title,
            cents=_money(unit.amount_cents, inside.get(unit.id, [])),
            score=points,
            refused=refused if is_scored else 0,
            is_scored=is_scored,
            id=unit.id,
            whence=whence,
        )
        yield Row(part, typed, own and own.note, counted, started.get(unit.id))


def _score(
    unit: int, typed: int | None, counted: AssessmentRow | None, tried: Tried
) -> tuple[int | None, Whence | None]:
    if unit in tried.scores:
        return tried.scores[unit], Whence.TRIED
    if typed is not None:
        return typed, Whence.TYPED
    if counted is not None:
        return counted.score.total, Whence.CHECKLIST
    return None, None


def _money(cents: int | None, inside: Sequence[int | None]) -> int | None:
    """Give the money of a part; of a work package without an amount that of its activities."""
    if cents is None and any(it is not None for it in inside):
        return total(inside)
    return cents


def hints(session: Session, filled: Mapping[str, int]) -> dict[str, list[Hint]]:
    """Give the items of the checklist of each part that would bring most, by its code."""
    rows = session.execute(
        select(
            *(records.Answer.assessment_id, records.Answer.code, records.Answer.text),
            *(records.Answer.weight, records.Answer.score),
        )
        .where(records.Answer.assessment_id.in_(filled.values()), records.Answer.applies.is_(True))
        .order_by(records.Answer.position)
    ).all()
    by_assessment: dict[int, list[Any]] = {}
    for row in rows:
        by_assessment.setdefault(row.assessment_id, []).append(row)
    found = {}
    for code, assessment in filled.items():
        items = by_assessment.get(assessment, [])
        whole = sum(item.weight for item in items) * checklist.BEST
        weak = [
            Hint(
                item.code,
                item.text,
                Answer(item.score).word,
                item.weight * (checklist.BEST - (item.score or 0)) * 1000 // whole,
            )
            for item in items
            if item.score != checklist.BEST
        ]
        found[code] = sorted(weak, key=lambda hint: -hint.points)[:HINTS]
    return found
