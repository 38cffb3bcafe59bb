"""Work packages, activities and headings: the list, and one with what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.kinds import TaskState, WorkUnitKind, WorkUnitState
from ka2tui.domain.work_plan import outside_project
from ka2tui.frozen import frozen
from ka2tui.store.records import Deliverable, Milestone, Partner, Project, Share, Task, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class WorkUnitRow:
    """A work package, activity or heading in the list."""

    id: int
    code: str
    title: str
    kind: WorkUnitKind
    parent: str | None
    """The code of the work package it is part of."""
    lead: str | None
    """The leading partner's acronym, else its name."""
    start_month: int | None
    end_month: int | None
    amount_cents: int | None
    state: WorkUnitState
    percent: int | None
    """Completion as its lead states it."""


@frozen
class ShareRow:
    """One partner's part in it."""

    partner_id: int
    partner: str
    role: str | None
    amount_cents: int | None


@frozen
class WorkUnitDetails:
    """All that is known of one work package, activity or heading."""

    row: WorkUnitRow
    parent_id: int | None
    lead_id: int | None
    currency: str
    category: str | None
    start: date | None
    end: date | None
    place: str | None
    objectives: str | None
    expected_results: str | None
    expected_participants: int | None
    reported_participants: int | None
    notes: str | None
    shares: tuple[ShareRow, ...]
    activities: tuple[str, ...]
    """Codes of what it contains."""
    tasks: int
    tasks_done: int
    deliverables: tuple[str, ...]
    milestones: tuple[str, ...]
    warning: str | None
    """What is unwise about it: months after the project's end."""


def listed(session: Session, project: int) -> tuple[WorkUnitRow, ...]:
    """List the work plan in its own order, activities below their work package."""
    rows = [_row(row) for row in session.execute(_some(project=project))]
    top = [row for row in rows if row.parent is None]
    inside: dict[str, list[WorkUnitRow]] = {}
    for row in rows:
        if row.parent is not None:
            inside.setdefault(row.parent, []).append(row)
    return tuple(row for one in top for row in (one, *inside.get(one.code, [])))


def some(session: Session, work_units: Sequence[int]) -> tuple[WorkUnitRow, ...]:
    """List chosen ones, in the order of their ids given."""
    found = {row.id: _row(row) for row in session.execute(_some(ids=work_units))}
    return tuple(found[one] for one in work_units if one in found)


def one(session: Session, work_unit: int) -> WorkUnitDetails:
    """Give all that is known of one work package, activity or heading."""
    (row,) = some(session, [work_unit])
    unit = session.get_one(WorkUnit, work_unit)
    project = session.get_one(Project, unit.project_id)
    done = select(func.count(Task.id)).where(
        Task.work_unit_id == work_unit, Task.state == TaskState.DONE
    )
    tasks = select(func.count(Task.id)).where(
        Task.work_unit_id == work_unit, Task.state != TaskState.CANCELLED
    )
    return WorkUnitDetails(
        row=row,
        parent_id=unit.parent_id,
        lead_id=unit.lead_id,
        currency=project.currency,
        category=unit.category,
        start=unit.start,
        end=unit.end,
        place=unit.place,
        objectives=unit.objectives,
        expected_results=unit.expected_results,
        expected_participants=unit.expected_participants,
        reported_participants=unit.reported_participants,
        notes=unit.notes,
        shares=_shares(session, work_unit),
        activities=_codes(session, WorkUnit.code, WorkUnit.parent_id == work_unit),
        tasks=session.scalar(tasks) or 0,
        tasks_done=session.scalar(done) or 0,
        deliverables=_codes(session, Deliverable.code, Deliverable.work_unit_id == work_unit),
        milestones=_codes(session, Milestone.code, Milestone.work_unit_id == work_unit),
        warning=outside_project(unit.start_month, unit.end_month, project.months),
    )


def _some(project: int | None = None, ids: Sequence[int] = ()) -> Any:
    parent = WorkUnit.__table__.alias("parent")
    rows = (
        select(
            WorkUnit.id,
            WorkUnit.code,
            WorkUnit.title,
            WorkUnit.kind,
            parent.c.code.label("parent"),
            func.coalesce(Partner.acronym, Partner.name).label("lead"),
            WorkUnit.start_month,
            WorkUnit.end_month,
            WorkUnit.amount_cents,
            WorkUnit.state,
            WorkUnit.percent,
        )
        .outerjoin(parent, WorkUnit.parent_id == parent.c.id)
        .outerjoin(Partner.__table__, WorkUnit.lead_id == Partner.id)
    )
    of = WorkUnit.project_id == project if project is not None else WorkUnit.id.in_(ids)
    return rows.where(of).order_by(WorkUnit.position, WorkUnit.id)


def _row(row: Any) -> WorkUnitRow:
    return WorkUnitRow(*row)


def _shares(session: Session, work_unit: int) -> tuple[ShareRow, ...]:
    name = func.coalesce(Partner.acronym, Partner.name)
    rows = (
        select(Share.partner_id, name, Share.role, Share.amount_cents)
        .join(Partner.__table__, Share.partner_id == Partner.id)
        .where(Share.work_unit_id == work_unit)
        .order_by(Share.id)
    )
    return tuple(ShareRow(*row) for row in session.execute(rows))


def _codes(session: Session, code: Any, where: Any) -> tuple[str, ...]:
    return tuple(session.scalars(select(code).where(where).order_by(code)))
