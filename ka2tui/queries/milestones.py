"""Milestones: the list, by when they are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.kinds import Precision
from ka2tui.frozen import frozen
from ka2tui.queries.chosen import chosen
from ka2tui.store.records import Milestone, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class MilestoneRow:
    """A milestone."""

    id: int
    code: str
    title: str
    due: date | None
    due_month: int | None
    precision: Precision
    reached_on: date | None
    work_unit: str | None
    """The code of its work package or activity."""
    work_unit_id: int | None
    verification: str | None
    """What shows that it was reached."""
    notes: str | None
    late: bool


def listed(session: Session, project: int, *, today: date) -> tuple[MilestoneRow, ...]:
    """List the milestones of a project by due date, unknown last."""
    rows = _some().where(Milestone.project_id == project)
    rows = rows.order_by(Milestone.due.is_(None), Milestone.due, Milestone.due_month)
    return tuple(_row(row, today) for row in session.execute(rows.order_by(Milestone.id)))


def some(session: Session, milestones: Sequence[int], *, today: date) -> tuple[MilestoneRow, ...]:
    """List chosen ones, in the order of their ids given."""
    return chosen(session, _some(), Milestone.id, milestones, lambda row: _row(row, today))


def _some() -> Any:
    return select(
        Milestone.id,
        Milestone.code,
        Milestone.title,
        Milestone.due,
        Milestone.due_month,
        Milestone.due_precision,
        Milestone.reached_on,
        WorkUnit.code,
        Milestone.work_unit_id,
        Milestone.verification,
        Milestone.notes,
    ).outerjoin(WorkUnit.__table__, Milestone.work_unit_id == WorkUnit.id)


def _row(row: Any, today: date) -> MilestoneRow:
    due, reached = row[3], row[6]
    late = due is not None and due < today and reached is None
    return MilestoneRow(*[*row, late])
