"""Owed: the open tasks and deliverables of each partner, as a reminder names them."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, or_, select

from ka2tui.domain.chase import COMING, Owed, OwedKind
from ka2tui.domain.due import Due
from ka2tui.domain.kinds import ACCEPTED_RESULTS, CLOSED_TASKS
from ka2tui.store.records import Contact, Deliverable, Meeting, MeetingOutcome, Task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_WHO: Any = func.coalesce(Task.partner_id, Contact.partner_id)


def by_partner(
    session: Session, project: int, *, until: date, partners: Sequence[int] | None = None
) -> dict[int, tuple[Owed, ...]]:
    """Give what each partner has not done yet and is due by a day, the oldest first.

    A task of one of its people is the partner's. A deliverable that was handed over is owed no
    longer, although it may not be accepted yet.

    Args:
        project: The project.
        until: The last day.
        partners: Only these; None: all.
    """
    tasks = _tasks(
        project,
        until,
        *(_WHO, Task.id, Task.code, Task.title, Task.due, Task.due_month, Task.due_precision),
    )
    deliverables = _deliverables(
        project,
        until,
        *(Deliverable.lead_id, Deliverable.id, Deliverable.code, Deliverable.title),
        *(Deliverable.due, Deliverable.due_month, Deliverable.due_precision),
    )
    if partners is not None:
        tasks = tasks.where(_WHO.in_(partners))
        deliverables = deliverables.where(Deliverable.lead_id.in_(partners))
    found: dict[int, list[Owed]] = defaultdict(list)
    for kind, query in ((OwedKind.DELIVERABLE, deliverables), (OwedKind.TASK, tasks)):
        for partner, key, code, title, day, month, precision in session.execute(query):
            found[partner].append(Owed(kind, key, code, title, Due(day, month, precision)))
    return {
        partner: tuple(sorted(each, key=lambda it: (it.due.day, it.kind, it.id)))
        for partner, each in found.items()
    }


def agreed(
    session: Session, project: int, *, partners: Sequence[int] | None = None
) -> dict[int, tuple[Owed, ...]]:
    """Give the open actions of meetings that each partner has taken on without a day.

    Args:
        project: The project.
        partners: Only these; None: all.
    """
    query = (
        _of_partners(project, _WHO, Task.id, Task.code, Task.title, Meeting.title)
        .join(MeetingOutcome.__table__, Task.outcome_id == MeetingOutcome.id)
        .join(Meeting.__table__, MeetingOutcome.meeting_id == Meeting.id)
        .where(Task.due.is_(None))
        .order_by(Task.id)
    )
    if partners is not None:
        query = query.where(_WHO.in_(partners))
    found: dict[int, list[Owed]] = defaultdict(list)
    for partner, key, code, title, meeting in session.execute(query):
        found[partner].append(Owed(OwedKind.TASK, key, code, title, Due(), meeting=meeting))
    return {partner: tuple(each) for partner, each in found.items()}


def counted(session: Session, project: int, *, today: date) -> dict[int, tuple[int, int]]:
    """Count by partner what is late and what is coming, as `by_partner` would list it."""
    until = today + timedelta(days=COMING)
    found: dict[int, tuple[int, int]] = {}
    for query in (
        _tasks(project, until, _WHO, *_late_and_all(Task.due, today)).group_by(_WHO),
        _deliverables(
            project, until, Deliverable.lead_id, *_late_and_all(Deliverable.due, today)
        ).group_by(Deliverable.lead_id),
    ):
        for partner, late, total in session.execute(query):
            before = found.get(partner, (0, 0))
            found[partner] = (before[0] + late, before[1] + total - late)
    return found


def _late_and_all(due: Any, today: date) -> tuple[Any, Any]:
    return func.sum(case((due < today, 1), else_=0)), func.count()


def _tasks(project: int, until: date, *columns: Any) -> Select[Any]:
    """Select the open tasks of partners that are due by a day."""
    return _of_partners(project, *columns).where(Task.due <= until)


def _of_partners(project: int, *columns: Any) -> Select[Any]:
    """Select the open tasks of partners and of their people."""
    return (
        select(*columns)
        .select_from(Task.__table__)
        .outerjoin(Contact.__table__, Task.contact_id == Contact.id)
        .where(
            Task.project_id == project,
            Task.state.not_in(CLOSED_TASKS),
            or_(Task.partner_id.is_not(None), Contact.partner_id.is_not(None)),
        )
    )


def _deliverables(project: int, until: date, *columns: Any) -> Select[Any]:
    """Select the deliverables of partners that are not handed over and due by a day."""
    return select(*columns).where(
        Deliverable.project_id == project,
        Deliverable.lead_id.is_not(None),
        Deliverable.state.not_in(ACCEPTED_RESULTS),
        Deliverable.delivered_on.is_(None),
        Deliverable.due <= until,
    )
