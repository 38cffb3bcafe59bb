"""Deliverables: the list, by when they are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.kinds import DeliverableState, PlatformState, Precision
from ka2tui.frozen import frozen
from ka2tui.queries.chosen import chosen
from ka2tui.store.records import Deliverable, Partner, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class DeliverableRow:
    """A deliverable."""

    id: int
    code: str
    title: str
    due: date | None
    due_month: int | None
    precision: Precision
    state: DeliverableState
    work_unit: str | None
    """The code of its work package or activity."""
    lead: str | None
    """The leading partner's acronym, else its name, else who leads as it was written."""
    delivered_on: date | None
    late: bool


@frozen
class DeliverableDetails:
    """All that is known of one deliverable."""

    row: DeliverableRow
    work_unit_id: int | None
    lead_id: int | None
    lead_text: str | None
    review_due: date | None
    languages: str | None
    licence: str | None
    visibility_checked_on: date | None
    published_at: str | None
    platform_state: PlatformState | None
    platform_on: date | None
    platform_link: str | None
    notes: str | None


def listed(session: Session, project: int, *, today: date) -> tuple[DeliverableRow, ...]:
    """List the deliverables of a project by due date, unknown last."""
    rows = _some().where(Deliverable.project_id == project)
    rows = rows.order_by(Deliverable.due.is_(None), Deliverable.due, Deliverable.due_month)
    return tuple(_row(row, today) for row in session.execute(rows.order_by(Deliverable.id)))


def some(
    session: Session, deliverables: Sequence[int], *, today: date
) -> tuple[DeliverableRow, ...]:
    """List chosen ones, in the order of their ids given."""
    return chosen(session, _some(), Deliverable.id, deliverables, lambda row: _row(row, today))


def one(session: Session, deliverable: int, *, today: date) -> DeliverableDetails:
    """Give all that is known of one deliverable."""
    (row,) = some(session, [deliverable], today=today)
    record = session.get_one(Deliverable, deliverable)
    return DeliverableDetails(
        row=row,
        work_unit_id=record.work_unit_id,
        lead_id=record.lead_id,
        lead_text=record.lead_text,
        review_due=record.review_due,
        languages=record.languages,
        licence=record.licence,
        visibility_checked_on=record.visibility_checked_on,
        published_at=record.published_at,
        platform_state=record.platform_state,
        platform_on=record.platform_on,
        platform_link=record.platform_link,
        notes=record.notes,
    )


def _some() -> Any:
    return (
        select(
            Deliverable.id,
            Deliverable.code,
            Deliverable.title,
            Deliverable.due,
            Deliverable.due_month,
            Deliverable.due_precision,
            Deliverable.state,
            WorkUnit.code,
            func.coalesce(Partner.acronym, Partner.name, Deliverable.lead_text),
            Deliverable.delivered_on,
        )
        .outerjoin(WorkUnit.__table__, Deliverable.work_unit_id == WorkUnit.id)
        .outerjoin(Partner.__table__, Deliverable.lead_id == Partner.id)
    )


def _row(row: Any, today: date) -> DeliverableRow:
    due, state = row[3], row[6]
    late = due is not None and due < today and not state.done
    return DeliverableRow(*[*row, late])
