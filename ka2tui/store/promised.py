"""What of a project an application promises, read as it stands now, and as it was kept."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import application
from ka2tui.domain.application import CANCELLED, LEFT, THERE, YES, Fact, say_when
from ka2tui.domain.kinds import MeetingKind, MeetingMode, MeetingState, Precision, WorkUnitState
from ka2tui.domain.text import coded
from ka2tui.store.records import (
    ApprovedFact,
    Deliverable,
    Meeting,
    Milestone,
    Partner,
    Project,
    Share,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

LONGEST = 200
"""Characters of what a record is called."""

_EVENTS = frozenset(
    {MeetingKind.KICK_OFF, MeetingKind.TPM, MeetingKind.LEARNING}
    | {MeetingKind.TRAINING, MeetingKind.MULTIPLIER}
)
"""Meetings that an application promises; others do where they belong to a work package."""


def now(session: Session, project: int) -> Iterator[Fact]:
    """Give all that an application would promise of a project as it stands.

    The order is that of the application: the project, its partners, the work, the results, events.
    """
    partners: Sequence[Any] = session.execute(
        select(
            *(Partner.id, Partner.uid, Partner.left_on, Partner.role, Partner.country),
            func.coalesce(Partner.acronym, Partner.name).label("called"),
        )
        .where(Partner.project_id == project)
        .order_by(Partner.id)
    ).all()
    who = {row.id: row for row in partners}
    uids = {row.id: row.uid for row in partners}
    yield from _project(session, project)
    for row in partners:
        there = YES if row.left_on is None else f"{LEFT} {row.left_on.isoformat()}"
        values = {THERE: there, "role": str(row.role), "country": row.country}
        yield from _facts("partner", row, row.called, values)
    units: Sequence[Any] = session.execute(
        select(
            *(WorkUnit.id, WorkUnit.uid, WorkUnit.code, WorkUnit.title, WorkUnit.state),
            *(WorkUnit.start, WorkUnit.start_month, WorkUnit.end, WorkUnit.end_month),
            *(WorkUnit.lead_id, WorkUnit.amount_cents, WorkUnit.expected_participants),
        )
        .where(WorkUnit.project_id == project)
        .order_by(WorkUnit.position, WorkUnit.id)
    ).all()
    for row in units:
        values = {
            THERE: CANCELLED if row.state is WorkUnitState.CANCELLED else YES,
            "start": say_when(row.start, row.start_month, Precision.DAY),
            "end": say_when(row.end, row.end_month, Precision.DAY),
            "lead": uids.get(row.lead_id),
            "money": _number(row.amount_cents),
            "people": _number(row.expected_participants),
        }
        yield from _facts("work_unit", row, coded(row.code, row.title), values)
    codes = {row.id: row.code for row in units}
    shares = (
        select(Share.id, Share.uid, Share.work_unit_id, Share.partner_id, Share.amount_cents)
        .where(Share.project_id == project)
        .order_by(Share.id)
    )
    for share in session.execute(shares):
        called = f"{who[share.partner_id].called} in {codes[share.work_unit_id]}"
        money = _number(share.amount_cents)
        yield from _facts("share", share, called, {THERE: YES, "money": money})
    yield from _deliverables(session, project, uids)
    milestones = (
        select(
            *(Milestone.id, Milestone.uid, Milestone.code, Milestone.title),
            *(Milestone.due, Milestone.due_month, Milestone.due_precision),
        )
        .where(Milestone.project_id == project)
        .order_by(Milestone.id)
    )
    for point in session.execute(milestones):
        due = say_when(point.due, point.due_month, point.due_precision)
        called = coded(point.code, point.title)
        yield from _facts("milestone", point, called, {THERE: YES, "due": due})
    yield from _meetings(session, project, uids)


def approved(session: Session, project: int) -> list[Fact]:
    """Give what was kept of the approved application."""
    rows = (
        select(
            *(ApprovedFact.about, ApprovedFact.about_uid, ApprovedFact.field),
            *(ApprovedFact.value, ApprovedFact.said, ApprovedFact.id),
        )
        .where(ApprovedFact.project_id == project)
        .order_by(ApprovedFact.id)
    )
    return list(starmap(Fact, session.execute(rows).all()))


def starts(session: Session, project: int, kept: list[Fact]) -> tuple[Any, ...]:
    """Give the first days from which project months may count: now, and as it was approved."""
    found = [session.scalar(select(Project.start).where(Project.id == project))]
    for fact in kept:
        if (fact.about, fact.field) == ("project", "start") and fact.value:
            was = application.span(fact.value, None)
            if was is not None and was[0] not in found:
                found.append(was[0])
    return tuple(found)


def _project(session: Session, project: int) -> Iterator[Fact]:
    columns = ("id", "uid", "acronym", "start", "end", "months", "grant_cents")
    rows = select(*(getattr(Project, name) for name in columns)).where(Project.id == project)
    for row in session.execute(rows).all():
        values = {
            "start": say_when(row.start, None, Precision.DAY),
            "end": say_when(row.end, None, Precision.DAY),
            "months": _number(row.months),
            "money": _number(row.grant_cents),
        }
        yield from _facts("project", row, row.acronym, values)


def _deliverables(session: Session, project: int, uids: Mapping[int, str]) -> Iterator[Fact]:
    rows = (
        select(
            *(Deliverable.id, Deliverable.uid, Deliverable.code, Deliverable.title),
            *(Deliverable.due, Deliverable.due_month, Deliverable.due_precision),
            *(Deliverable.lead_id, Deliverable.languages, Deliverable.licence),
        )
        .where(Deliverable.project_id == project)
        .order_by(Deliverable.id)
    )
    for row in session.execute(rows).all():
        values = {
            THERE: YES,
            "title": row.title or None,
            "due": say_when(row.due, row.due_month, row.due_precision),
            "lead": uids.get(row.lead_id),
            "languages": row.languages,
            "licence": row.licence,
        }
        yield from _facts("deliverable", row, coded(row.code, row.title), values)


def _meetings(session: Session, project: int, uids: Mapping[int, str]) -> Iterator[Fact]:
    rows = (
        select(
            *(Meeting.id, Meeting.uid, Meeting.code, Meeting.title, Meeting.kind, Meeting.mode),
            *(Meeting.state, Meeting.day, Meeting.end_day, Meeting.month, Meeting.precision),
            *(Meeting.city, Meeting.country, Meeting.host_id, Meeting.work_unit_id),
            Meeting.expected_participants,
        )
        .where(Meeting.project_id == project)
        .order_by(Meeting.id)
    )
    for row in session.execute(rows).all():
        values = {
            THERE: CANCELLED if row.state is MeetingState.CANCELLED else YES,
            "day": say_when(row.day, row.month, row.precision),
            "end": say_when(row.end_day, None, Precision.DAY),
            "city": row.city,
            "country": row.country,
            "mode": None if row.mode is None else str(row.mode),
            "host": uids.get(row.host_id),
            "people": _number(row.expected_participants),
        }
        here = row.mode is not MeetingMode.ONLINE and row.kind is not MeetingKind.ONLINE
        planned = row.kind in _EVENTS or (here and row.work_unit_id is not None)
        called = coded(row.code, row.title)
        yield from _facts("meeting", row, called, values, promised=planned)


def _facts(
    about: str, row: Any, said: str, values: Mapping[str, str | None], *, promised: bool = True
) -> Iterator[Fact]:
    for name, value in values.items():
        yield Fact(about, row.uid, name, value, said[:LONGEST], row.id, promised)


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
