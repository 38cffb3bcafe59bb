"""What is worth a look on a day, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from ka2tui.domain.days import say_brief, say_late, say_until
from ka2tui.domain.deadlines import REPORTS, Origin
from ka2tui.domain.kinds import AgreementState, MeetingState, PartnerRole, Precision
from ka2tui.domain.problem import Severity
from ka2tui.domain.timeline import month_of, say_month
from ka2tui.queries import due_registers, participation, tasks
from ka2tui.queries.departing import departing
from ka2tui.queries.due_items import KINDS, payments
from ka2tui.queries.impact_looks import impact_looks
from ka2tui.queries.proof_looks import proof_looks
from ka2tui.store.records import (
    AgendaItem,
    Deliverable,
    HeadCount,
    Meeting,
    MeetingOutcome,
    Participant,
    Partner,
    Project,
    Task,
    TaskLink,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.queries.deadlines import ProjectDeadlines
    from ka2tui.queries.due_items import Kind, Owners
    from ka2tui.queries.next_meeting import NextMeeting
    from ka2tui.queries.participation import EventRow, UnitRow

MINUTES_WITHIN = 10
"""Days after a meeting by which its minutes should be out. Source: good practice."""

AGENDA_BEFORE = 30
"""Days before a meeting by which its agenda should be out. Source: good practice."""

REPORT_AHEAD = 30
"""Days ahead from which a report to the agency is worth a look."""

_REPORTS = frozenset(f"{name}_report" for name in REPORTS)


@dataclass(frozen=True, slots=True)
class Look:
    """Something worth a look, and why."""

    severity: Severity
    text: str
    why: str
    kind: Kind
    id: int
    project_id: int
    project: str | None = None
    """The acronym of whose it is, where several projects stand together."""

    @property
    def key(self) -> int:
        """A number that goes with the record it is about."""
        return self.id * len(KINDS) + KINDS.index(self.kind)


def looks(
    session: Session,
    whose: Owners,
    day: date,
    meeting: NextMeeting | None,
    dates: Sequence[ProjectDeadlines],
    *,
    own: Path | None = None,
) -> list[Look]:
    """Find what is worth a look, what is against a rule first.

    Args:
        whose: Of which projects.
        day: Today.
        meeting: The one that comes next.
        dates: The deadlines of these projects.
        own: The user's folder of words and numbers.
    """
    found = [
        *_reports(dates, day),
        *_meetings(session, whose, day),
        *_participants(session, whose, day),
        *_agenda(meeting, day),
        *_early_deliverables(session, whose),
        *_held_up(session, whose, day),
        *_agreements(session, whose, day),
        *_payments(session, whose, day),
        *(Look(*told) for told in due_registers.told(session, whose, day)),
        *(Look(*found) for found in departing(session, whose, day)),
        *(Look(*found) for found in proof_looks(session, whose, day, own)),
        *(Look(*found) for found in impact_looks(session, whose, day)),
    ]
    order = list(Severity)
    if whose.project is None:
        found = [replace(look, project=whose.acronyms.get(look.project_id)) for look in found]
    return sorted(found, key=lambda look: order.index(look.severity))


def _reports(found: Sequence[ProjectDeadlines], day: date) -> Iterator[Look]:
    """Remind of the reports that are due before long."""
    for one in found:
        for due in one.dates:
            near = 0 <= (due.day - day).days <= REPORT_AHEAD
            if not near or due.id not in _REPORTS:
                continue
            name = due.title[:1].lower() + due.title[1:]
            text = f"The {name} is due {say_until(due.day, day)}, on {say_brief(due.day)}"
            why = "This date is from the agreement's data sheet."
            if due.origin is Origin.DERIVED:
                why = f"It is {due.why}; a date on your data sheet wins."
            yield Look(Severity.WARNING, text, why, "project", one.project_id, one.project_id)


def _meetings(session: Session, whose: Owners, day: date) -> Iterator[Look]:
    """Find meetings that are over and still planned, without minutes, or counted differently."""
    lines = (
        select(func.count(MeetingOutcome.id))
        .where(MeetingOutcome.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    spoken = (
        select(func.count(AgendaItem.id))
        .where(AgendaItem.meeting_id == Meeting.id, AgendaItem.notes.is_not(None))
        .scalar_subquery()
    )
    heads = (
        select(func.sum(HeadCount.people))
        .where(HeadCount.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    people = select(Participant.id).where(Participant.meeting_id == Meeting.id)
    ends = func.coalesce(Meeting.end_day, Meeting.day)
    query = (
        select(
            *(Meeting.id, Meeting.title, Meeting.state, ends, Meeting.minutes_sent_on),
            *(Meeting.summary, Meeting.participants, lines + spoken, heads, Meeting.project_id),
            *(Meeting.kind, exists(people)),
        )
        .where(
            *whose.of(Meeting),
            Meeting.precision != Precision.MONTH,
            Meeting.state != MeetingState.CANCELLED,
            ends < day,
        )
        .order_by(ends.desc(), Meeting.id)
    )
    for row in session.execute(query):
        key, title, state, end, sent, summary, stated, written, counted, of, kind, listed = row
        since = (day - end).days
        told = kind in participation.EVENTS or listed  # with all other differences of its lists
        if counted is not None and stated is not None and counted != stated and not told:
            text = f"{title}: {counted} on the list, {stated} stated"
            why = "A report with one number and a list with another raise a question."
            yield Look(Severity.WARNING, text, why, "meeting", key, of)
        if state is MeetingState.PLANNED:
            text = f"{title} was on {say_brief(end)} and is still planned"
            why = "Mark it as held, or give it a new date."
            yield Look(Severity.WARNING, text, why, "meeting", key, of)
        elif sent is None and not summary and not written and since > MINUTES_WITHIN:
            text = f"{title} has no minutes, {since} days after"
            why = f"Minutes within {MINUTES_WITHIN} days are good practice."
            yield Look(Severity.HINT, text, why, "meeting", key, of)


def _participants(session: Session, whose: Owners, day: date) -> Iterator[Look]:
    """Find events and parts of the work whose lists differ from what is claimed of them."""
    named = select(Participant.project_id).where(*whose.of(Participant))
    kinds = Meeting.kind.in_(participation.EVENTS)
    held = select(Meeting.project_id).where(*whose.of(Meeting), kinds)
    projects = sorted(session.scalars(named.union(held)))
    if not projects:
        return
    for of, seen in participation.gathered(session, projects).items():
        stood = participation.stand(seen, day)
        for row in stood.events:
            yield from _apart(row, row.event.called, "event", of)
            if row.missing and not row.differences:
                text = f"{row.event.called}: nobody is on the list of participants"
                why = "Who took part is among the first things an auditor asks."
                yield Look(Severity.HINT, text, why, "event", row.id, of)
        for unit in stood.units:
            yield from _apart(unit, unit.unit.code, "work_unit", of)


def _apart(row: EventRow | UnitRow, called: str, kind: Kind, of: int) -> Iterator[Look]:
    """Tell where lists differ from a report, or fewer came than were expected."""
    told = "; ".join(row.differences if row.apart.fewer else row.apart.report)
    if row.apart.report:
        why = "A report with one number and a list with another raise a question."
        yield Look(Severity.WARNING, f"{called}: {told}", why, kind, row.id, of)
    elif told:
        why = "The agency may ask why; note the reason while it is known."
        yield Look(Severity.HINT, f"{called}: {told}", why, kind, row.id, of)


def _agenda(meeting: NextMeeting | None, day: date) -> Iterator[Look]:
    """Remind of the agenda of the meeting that comes next."""
    if meeting is None or meeting.agenda or meeting.day is None:
        return
    if meeting.precision is not Precision.MONTH and (meeting.day - day).days < AGENDA_BEFORE:
        text = f"{meeting.title} has no agenda yet, it is {say_until(meeting.day, day)}"
        why = f"An agenda {AGENDA_BEFORE} days before is good practice."
        yield Look(Severity.HINT, text, why, "meeting", meeting.id, meeting.project_id)


def _early_deliverables(session: Session, whose: Owners) -> Iterator[Look]:
    """Find deliverables due before the work they come from begins."""
    columns: list[Any] = [
        *(Deliverable.id, Deliverable.code, Deliverable.due_month),
        *(WorkUnit.code, WorkUnit.start_month, Deliverable.project_id),
    ]
    query = (
        select(*columns)
        .join(WorkUnit.__table__, Deliverable.work_unit_id == WorkUnit.id)
        .where(
            *whose.of(Deliverable),
            Deliverable.due_month < WorkUnit.start_month,
            Deliverable.delivered_on.is_(None),
        )
        .order_by(Deliverable.id)
    )
    for key, code, due, unit, begins, of in session.execute(query):
        text = f"{code} is due in {say_month(due)}, before {unit} begins in {say_month(begins)}"
        why = "One of the two dates is probably wrong."
        yield Look(Severity.WARNING, text, why, "deliverable", key, of)


def _held_up(session: Session, whose: Owners, day: date) -> Iterator[Look]:
    """Find tasks that are late and that others wait for."""
    closed = tasks.CLOSED
    waits = (
        select(TaskLink.needs_id, func.count(TaskLink.id).label("many"))
        .join(Task.__table__, TaskLink.task_id == Task.id)
        .where(*whose.of(TaskLink), Task.state.not_in(closed))
        .group_by(TaskLink.needs_id)
        .subquery()
    )
    query = (
        select(Task.id, Task.title, Task.due, waits.c.many, Task.project_id)
        .join(waits, waits.c.needs_id == Task.id)
        .where(Task.state.not_in(closed), Task.due < day)
        .order_by(Task.due, Task.id)
    )
    for key, title, due, many, of in session.execute(query):
        others = "1 task" if many == 1 else f"{many} tasks"
        text = f"Holds up {others}: {title}, {(day - due).days} d late"
        why = "What waits for it will be late too."
        yield Look(Severity.WARNING, text, why, "task", key, of)


def _agreements(session: Session, whose: Owners, day: date) -> Iterator[Look]:
    """Name the partners without a signed agreement once the project runs."""
    name = func.coalesce(Partner.acronym, Partner.name)
    query = (
        select(Partner.id, name, Project.start, Partner.project_id)
        .join(Project.__table__, Partner.project_id == Project.id)
        .where(
            *whose.of(Partner),
            Partner.role == PartnerRole.BENEFICIARY,
            Partner.agreement_state == AgreementState.SENT,
            Partner.left_on.is_(None),
            Project.start <= day,
        )
        .order_by(Partner.id)
    )
    for key, name_, start, of in session.execute(query):
        month = say_month(month_of(start or day, day))
        text = f"The agreement with {name_} is sent and not signed, in {month}"
        why = "Money should not flow to a partner before both have signed."
        yield Look(Severity.HINT, text, why, "partner", key, of)


def _payments(session: Session, whose: Owners, day: date) -> Iterator[Look]:
    """Name the payments that are late; how much they are stands on the page of money."""
    for item in payments(session, whose, day):
        if item.due is None or item.due >= day or item.project_id is None:
            continue
        who = f" ({item.assignee})" if item.assignee else ""
        text = f"Not paid: {item.title}{who}, {say_late(item.due, day)}"
        why = f"{item.note[:1].upper()}{item.note[1:]}."
        yield Look(Severity.WARNING, text, why, "payment", item.id, item.project_id)
