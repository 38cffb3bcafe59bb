"""Owed: the open tasks and deliverables of each partner, as a reminder names them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from ka2tui.domain.chase import Owed, OwedKind
from ka2tui.domain.due import Due
from ka2tui.domain.kinds import DeliverableState, TaskState
from ka2tui.store.records import Contact, Deliverable, Task

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

_CLOSED = tuple(state for state in TaskState if state.closed)
_ACCEPTED = tuple(state for state in DeliverableState if state.done)


def by_partner(session: Session, project: int, *, until: date) -> dict[int, tuple[Owed, ...]]:
    """Give what each partner has not done yet and is due by a day, the oldest first.

    A task of one of its people is the partner's. A deliverable that was handed over is owed no
    longer, although it may not be accepted yet.
    """
    who = func.coalesce(Task.partner_id, Contact.partner_id)
    tasks = (
        select(who, Task.id, Task.code, Task.title, Task.due, Task.due_month, Task.due_precision)
        .outerjoin(Contact, Task.contact_id == Contact.id)
        .where(
            Task.project_id == project,
            Task.state.not_in(_CLOSED),
            Task.due <= until,
            or_(Task.partner_id.is_not(None), Contact.partner_id.is_not(None)),
        )
    )
    deliverables = select(
        *(Deliverable.lead_id, Deliverable.id, Deliverable.code, Deliverable.title),
        *(Deliverable.due, Deliverable.due_month, Deliverable.due_precision),
    ).where(
        Deliverable.project_id == project,
        Deliverable.lead_id.is_not(None),
        Deliverable.state.not_in(_ACCEPTED),
        Deliverable.delivered_on.is_(None),
        Deliverable.due <= until,
    )
    found: dict[int, list[Owed]] = defaultdict(list)
    for kind, query in ((OwedKind.DELIVERABLE, deliverables), (OwedKind.TASK, tasks)):
        for partner, key, code, title, day, month, precision in session.execute(query):
            found[partner].append(Owed(kind, key, code, title, Due(day, month, precision)))
    return {
        partner: tuple(sorted(each, key=lambda it: (it.due.day, it.kind, it.id)))
        for partner, each in found.items()
    }
