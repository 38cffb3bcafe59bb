"""One part of the work plan with all that is known of it: what stands beside the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import case, func, or_, select

from ka2tui.domain.kinds import CLOSED_TASKS, PlanKind, Precision, TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.queries import deliverables, history, milestones, work_units
from ka2tui.store.records import (
    Contact,
    Deliverable,
    Meeting,
    Milestone,
    Partner,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.queries.deliverables import DeliverableDetails
    from ka2tui.queries.history import EntryRow
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.work_units import WorkUnitDetails

SHOWN = 8
"""Open tasks and lines of history that are read."""


@frozen
class OpenTask:
    """A task of the part that is still to be done."""

    id: int
    code: str | None
    title: str
    state: TaskState
    due: date | None
    due_month: int | None
    due_precision: Precision
    who: str | None


@frozen
class About:
    """All that is known of a part of the plan: one of the three, by its kind."""

    unit: WorkUnitDetails | None
    deliverable: DeliverableDetails | None
    milestone: MilestoneRow | None
    tasks: tuple[OpenTask, ...]
    """The open ones of it and what it contains, the first due first; the first of them only."""
    history: tuple[EntryRow, ...]


class Hanging(NamedTuple):
    """What is attached to parts of the plan, and would stay without them."""

    activities: int
    tasks: int
    deliverables: int
    milestones: int
    meetings: int


def about(session: Session, kind: PlanKind, record: int, *, today: date) -> About:
    """Give all that is known of one part of the plan.

    Raises:
        Refused: It is gone.
    """
    if kind is PlanKind.DELIVERABLE:
        _look_for(session, Deliverable, record, "deliverable")
        seen = deliverables.one(session, record, today=today)
        return About(None, seen, None, (), _history(session, "deliverable", record))
    if kind is PlanKind.MILESTONE:
        _look_for(session, Milestone, record, "milestone")
        (row,) = milestones.some(session, [record], today=today)
        return About(None, None, row, (), _history(session, "milestone", record))
    _look_for(session, WorkUnit, record, kind.word)
    return About(
        work_units.one(session, record),
        None,
        None,
        _tasks(session, record),
        _history(session, "work_unit", record),
    )


def hanging(session: Session, work_units: Sequence[int]) -> Hanging:
    """Count what is attached to parts of the plan and to the activities in them."""
    inside = select(WorkUnit.id).where(WorkUnit.parent_id.in_(work_units))
    activities = [one for one in session.scalars(inside) if one not in work_units]
    every = [*work_units, *activities]
    tables: tuple[Any, ...] = (Task, Deliverable, Milestone, Meeting)
    counts = (
        session.scalar(select(func.count(table.id)).where(table.work_unit_id.in_(every))) or 0
        for table in tables
    )
    return Hanging(len(activities), *counts)


def _look_for(session: Session, table: Any, record: int, word: str) -> None:
    if session.get(table, record) is None:
        raise Refused(f"There is no {word} {record} any more.")


def _history(session: Session, table: str, record: int) -> tuple[EntryRow, ...]:
    return tuple(history.of_record(session, table, record, limit=SHOWN))


def _tasks(session: Session, unit: int) -> tuple[OpenTask, ...]:
    inside = select(WorkUnit.id).where(WorkUnit.parent_id == unit)
    who = func.coalesce(Contact.name, Partner.acronym, Partner.name)
    rows = (
        select(
            *(Task.id, Task.code, Task.title, Task.state),
            *(Task.due, Task.due_month, Task.due_precision, who),
        )
        .outerjoin(Contact.__table__, Task.contact_id == Contact.id)
        .outerjoin(Partner.__table__, Task.partner_id == Partner.id)
        .where(
            or_(Task.work_unit_id == unit, Task.work_unit_id.in_(inside)),
            Task.state.not_in(CLOSED_TASKS),
        )
        .order_by(case((Task.due.is_(None), 1), else_=0), Task.due, Task.id)
        .limit(SHOWN)
    )
    return tuple(OpenTask(*row) for row in session.execute(rows))
