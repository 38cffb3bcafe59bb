"""Today: what is late, what is due, who is waited for, what comes next, what to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import and_, func, select

from ka2tui.domain import instants, lifecycle, progress
from ka2tui.domain.days import say_brief, say_until
from ka2tui.domain.kinds import (
    AgreementState,
    DeliverableState,
    MeetingKind,
    MeetingMode,
    MeetingState,
    PartnerRole,
    PhaseKind,
    PhaseState,
    Precision,
    Presence,
    Priority,
)
from ka2tui.domain.problem import Severity
from ka2tui.domain.progress import Part
from ka2tui.domain.refusal import Refused
from ka2tui.domain.timeline import month_of, say_month
from ka2tui.queries import tasks
from ka2tui.store.records import (
    AgendaItem,
    Attendance,
    Contact,
    Deliverable,
    HeadCount,
    Meeting,
    MeetingOutcome,
    Milestone,
    Partner,
    Phase,
    PhaseStep,
    Project,
    Task,
    TaskLink,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from ka2tui.domain.instants import Clock
    from ka2tui.queries.tasks import TaskRow

SOON = 7
"""Days ahead within which something counts as due soon."""

MINUTES_WITHIN = 10
"""Days after a meeting by which its minutes should be out. Source: good practice."""

AGENDA_BEFORE = 30
"""Days before a meeting by which its agenda should be out. Source: good practice."""

REPORT_AHEAD = 30
"""Days ahead from which a report to the agency is worth a look."""

Kind = Literal["task", "deliverable", "milestone", "meeting", "partner", "project"]
_KINDS: tuple[Kind, ...] = ("task", "deliverable", "milestone", "meeting", "partner", "project")


@dataclass(frozen=True, slots=True)
class Item:
    """Something with a date: a task, a deliverable or a milestone."""

    kind: Kind
    id: int
    code: str | None
    title: str
    state: str
    due: date | None
    due_month: int | None
    due_precision: Precision
    assignee: str | None
    work_unit: str | None
    priority: Priority = Priority.NORMAL
    tags: tuple[str, ...] = ()
    recurrence: str | None = None
    waiting_since: date | None = None
    person: bool = False
    """Whether the assignee is somebody by name, and not a partner."""

    @property
    def key(self) -> int:
        """A number that no other item of the same day has."""
        return self.id * len(_KINDS) + _KINDS.index(self.kind)


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The meeting that comes next, or is going on."""

    id: int
    code: str | None
    title: str
    kind: MeetingKind
    mode: MeetingMode | None
    day: date | None
    end_day: date | None
    month: int | None
    precision: Precision
    starts_at: datetime | None
    """In UTC, where the hour is known."""
    zone: str | None
    minutes_long: int | None
    place: str | None
    city: str | None
    host: str | None
    link: str | None
    agenda: int
    """How many points its agenda has."""
    agenda_minutes: int
    clocks: tuple[Clock, ...]
    """What the clocks of those who attend show when it begins, its own zone first."""


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """One phase of the way."""

    kind: PhaseKind
    state: PhaseState
    done: int | None
    """Share of its steps that is done, in per cent."""
    passed: int | None
    """Share of its planned time that has passed, in per cent."""
    steps: int
    steps_done: int


@dataclass(frozen=True, slots=True)
class Look:
    """Something worth a look, and why."""

    severity: Severity
    text: str
    why: str
    kind: Kind
    id: int

    @property
    def key(self) -> int:
        """A number that goes with the record it is about."""
        return self.id * len(_KINDS) + _KINDS.index(self.kind)


@dataclass(frozen=True, slots=True)
class Today:
    """A project on one day."""

    day: date
    project_id: int
    project: str
    start: date | None
    """The first day of the project."""
    phase: PhaseKind
    overdue: tuple[Item, ...]
    due_soon: tuple[Item, ...]
    later: int
    """Tasks that are open and not in the two lists."""
    waiting: tuple[Item, ...]
    next_meeting: NextMeeting | None
    phases: tuple[PhaseLine, ...]
    looks: tuple[Look, ...]


def today(session: Session, project: int, day: date) -> Today:
    """Tell what matters in a project on a day.

    Raises:
        Refused: There is no such project.
    """
    found = session.get(Project, project)
    if found is None:
        raise Refused(f"There is no project {project} any more.")
    last = day + timedelta(days=SOON)
    near = tasks.due_by(session, project, last)
    items = [_item(row) for row in near]
    items += [*_deliverables(session, project, last), *_milestones(session, project, last)]
    items.sort(key=lambda item: (item.due is None, item.due, item.key))
    waiting = tasks.waiting(session, project)
    meeting = _next_meeting(session, project, day)
    phases = _phases(session, project, day)
    return Today(
        day=day,
        project_id=project,
        project=found.acronym,
        start=found.start,
        phase=lifecycle.current({phase.kind: phase.state for phase in phases}),
        overdue=tuple(item for item in items if item.due is not None and item.due < day),
        due_soon=tuple(item for item in items if item.due is not None and item.due >= day),
        later=tasks.count_open(session, project) - len(near),
        waiting=tuple(_item(row) for row in waiting),
        next_meeting=meeting,
        phases=phases,
        looks=tuple(_looks(session, found, day, meeting)),
    )


def _item(row: TaskRow) -> Item:
    return Item(
        kind="task",
        id=row.id,
        code=row.code,
        title=row.title,
        state=row.state,
        due=row.due,
        due_month=row.due_month,
        due_precision=row.due_precision,
        assignee=row.assignee,
        work_unit=row.work_unit,
        priority=row.priority,
        tags=row.tags,
        recurrence=row.recurrence,
        waiting_since=row.waiting_since,
        person=row.contact is not None,
    )


def _deliverables(session: Session, project: int, last: date) -> Iterator[Item]:
    """Give the deliverables that are not handed over and due by a day."""
    lead = func.coalesce(Partner.acronym, Partner.name, Deliverable.lead_text)
    query = (
        select(
            *(Deliverable.id, Deliverable.code, Deliverable.title, Deliverable.state),
            *(Deliverable.due, Deliverable.due_month, Deliverable.due_precision),
            *(lead, WorkUnit.code),
        )
        .outerjoin(Partner, Deliverable.lead_id == Partner.id)
        .outerjoin(WorkUnit, Deliverable.work_unit_id == WorkUnit.id)
        .where(
            Deliverable.project_id == project,
            Deliverable.due <= last,
            Deliverable.delivered_on.is_(None),
            Deliverable.state.not_in([DeliverableState.APPROVED, DeliverableState.PUBLISHED]),
        )
    )
    for row in session.execute(query):
        yield Item("deliverable", *row)


def _milestones(session: Session, project: int, last: date) -> Iterator[Item]:
    """Give the milestones that are not reached and due by a day."""
    columns: list[Any] = [
        *(Milestone.id, Milestone.code, Milestone.title),
        *(Milestone.due, Milestone.due_month, Milestone.due_precision, WorkUnit.code),
    ]
    query = (
        select(*columns)
        .outerjoin(WorkUnit, Milestone.work_unit_id == WorkUnit.id)
        .where(
            Milestone.project_id == project, Milestone.due <= last, Milestone.reached_on.is_(None)
        )
    )
    for key, code, title, due, month, precision, unit in session.execute(query):
        yield Item("milestone", key, code, title, "planned", due, month, precision, None, unit)


def _next_meeting(session: Session, project: int, day: date) -> NextMeeting | None:
    """Give the first planned meeting that is not over."""
    host = func.coalesce(Partner.acronym, Partner.name)
    ends = func.coalesce(Meeting.end_day, Meeting.day)
    # A meeting of which only the month is known may still come until that month is over.
    month_begins = day.replace(day=1)
    query = (
        select(Meeting, host, Partner.zone)
        .outerjoin(Partner, Meeting.host_id == Partner.id)
        .where(
            Meeting.project_id == project,
            Meeting.state == MeetingState.PLANNED,
            (ends >= day) | and_(Meeting.precision == Precision.MONTH, ends >= month_begins),
        )
        .order_by(Meeting.day, Meeting.starts_at, Meeting.id)
        .limit(1)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    meeting, host_name, host_zone = found
    points, minutes = session.execute(
        select(func.count(AgendaItem.id), func.sum(AgendaItem.minutes_planned)).where(
            AgendaItem.meeting_id == meeting.id
        )
    ).one()
    zone = meeting.zone or host_zone
    clocks: list[Clock] = []
    if meeting.starts_at is not None:
        zones = [zone, *_zones(session, meeting)]
        known = [each for each in zones if each is not None]
        clocks = instants.clocks(meeting.starts_at, known, zone)
    return NextMeeting(
        id=meeting.id,
        code=meeting.code,
        title=meeting.title,
        kind=meeting.kind,
        mode=meeting.mode,
        day=meeting.day,
        end_day=meeting.end_day,
        month=meeting.month,
        precision=meeting.precision,
        starts_at=meeting.starts_at,
        zone=zone,
        minutes_long=meeting.minutes_long,
        place=meeting.place,
        city=meeting.city,
        host=host_name,
        link=meeting.link,
        agenda=points,
        agenda_minutes=minutes or 0,
        clocks=tuple(clocks),
    )


def _zones(session: Session, meeting: Meeting) -> list[str]:
    """Give the zones of those who attend; of all partners while nobody is named."""
    coming = (
        select(Contact.partner_id)
        .join(Attendance, Attendance.contact_id == Contact.id)
        .where(
            Attendance.meeting_id == meeting.id,
            Attendance.presence.not_in([Presence.EXCUSED, Presence.ABSENT]),
        )
    )
    counted = select(HeadCount.partner_id).where(HeadCount.meeting_id == meeting.id)
    named = {*session.scalars(coming), *session.scalars(counted)} - {None}
    query = (
        select(Partner.zone)
        .where(
            Partner.project_id == meeting.project_id,
            Partner.zone.is_not(None),
            Partner.left_on.is_(None),
            Partner.role != PartnerRole.ASSOCIATED,
        )
        .order_by(Partner.id)
    )
    if named:
        query = select(Partner.zone).where(Partner.id.in_(named), Partner.zone.is_not(None))
    return list(dict.fromkeys(zone for zone in session.scalars(query) if zone))


def _phases(session: Session, project: int, day: date) -> tuple[PhaseLine, ...]:
    """Tell how far each phase is, from its steps, and how much of its time is gone."""
    phases = session.execute(
        select(Phase.id, Phase.kind, Phase.state, Phase.planned_start, Phase.planned_end).where(
            Phase.project_id == project
        )
    ).all()
    steps = {
        row[0]: (row[1], row[2])
        for row in session.execute(
            select(PhaseStep.phase_id, func.count(PhaseStep.id), func.count(PhaseStep.done_on))
            .where(PhaseStep.project_id == project)
            .group_by(PhaseStep.phase_id)
        )
    }
    order = list(PhaseKind)
    lines = []
    for key, kind, state, first, last in sorted(phases, key=lambda row: order.index(row.kind)):
        total, done = steps.get(key, (0, 0))
        passed = progress.elapsed(first, last, day) if first and last else None
        share = progress.share_done(Part(done, total))
        lines.append(PhaseLine(kind, state, share, passed, total, done))
    return tuple(lines)


# -- worth a look


def _looks(
    session: Session, project: Project, day: date, meeting: NextMeeting | None
) -> list[Look]:
    """Find what is worth a look, what is against a rule first."""
    found = [
        *_reports(project, day),
        *_meetings(session, project.id, day),
        *_agenda(meeting, day),
        *_early_deliverables(session, project.id),
        *_held_up(session, project.id, day),
        *_agreements(session, project, day),
    ]
    order = list(Severity)
    return sorted(found, key=lambda look: order.index(look.severity))


def _reports(project: Project, day: date) -> Iterator[Look]:
    """Remind of the reports whose dates the agreement sets."""
    for name in ("progress", "interim", "final"):
        due = getattr(project, f"{name}_report_due")
        if due is not None and 0 <= (due - day).days <= REPORT_AHEAD:
            text = f"The {name} report is due {say_until(due, day)}, on {say_brief(due)}"
            why = "This date is from the agreement's data sheet."
            yield Look(Severity.WARNING, text, why, "project", project.id)


def _meetings(session: Session, project: int, day: date) -> Iterator[Look]:
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
    ends = func.coalesce(Meeting.end_day, Meeting.day)
    query = (
        select(
            *(Meeting.id, Meeting.title, Meeting.state, ends, Meeting.minutes_sent_on),
            *(Meeting.summary, Meeting.participants, lines + spoken, heads),
        )
        .where(
            Meeting.project_id == project,
            Meeting.precision != Precision.MONTH,
            Meeting.state != MeetingState.CANCELLED,
            ends < day,
        )
        .order_by(ends.desc(), Meeting.id)
    )
    for key, title, state, end, sent, summary, stated, written, counted in session.execute(query):
        since = (day - end).days
        if counted is not None and stated is not None and counted != stated:
            text = f"{title}: {counted} on the list, {stated} stated"
            why = "A report that names one number and a list with another are asked about."
            yield Look(Severity.WARNING, text, why, "meeting", key)
        if state is MeetingState.PLANNED:
            text = f"{title} was on {say_brief(end)} and is still planned"
            why = "Mark it as held, or give it a new date."
            yield Look(Severity.WARNING, text, why, "meeting", key)
        elif sent is None and not summary and not written and since > MINUTES_WITHIN:
            text = f"{title} has no minutes, {since} days after"
            why = f"Minutes within {MINUTES_WITHIN} days are good practice."
            yield Look(Severity.NOTE, text, why, "meeting", key)


def _agenda(meeting: NextMeeting | None, day: date) -> Iterator[Look]:
    """Remind of the agenda of the meeting that comes next."""
    if meeting is None or meeting.agenda or meeting.day is None:
        return
    if meeting.precision is not Precision.MONTH and (meeting.day - day).days < AGENDA_BEFORE:
        text = f"{meeting.title} has no agenda yet, it is {say_until(meeting.day, day)}"
        why = f"An agenda {AGENDA_BEFORE} days before is good practice."
        yield Look(Severity.NOTE, text, why, "meeting", meeting.id)


def _early_deliverables(session: Session, project: int) -> Iterator[Look]:
    """Find deliverables due before the work they come from begins."""
    columns: list[Any] = [
        *(Deliverable.id, Deliverable.code, Deliverable.due_month),
        *(WorkUnit.code, WorkUnit.start_month),
    ]
    query = (
        select(*columns)
        .join(WorkUnit, Deliverable.work_unit_id == WorkUnit.id)
        .where(
            Deliverable.project_id == project,
            Deliverable.due_month < WorkUnit.start_month,
            Deliverable.delivered_on.is_(None),
        )
        .order_by(Deliverable.id)
    )
    for key, code, due, unit, begins in session.execute(query):
        text = f"{code} is due in {say_month(due)}, before {unit} begins in {say_month(begins)}"
        why = "One of the two dates is probably wrong."
        yield Look(Severity.WARNING, text, why, "deliverable", key)


def _held_up(session: Session, project: int, day: date) -> Iterator[Look]:
    """Find tasks that are late and that others wait for."""
    closed = tasks.CLOSED
    waits = (
        select(TaskLink.needs_id, func.count(TaskLink.id).label("many"))
        .join(Task, TaskLink.task_id == Task.id)
        .where(TaskLink.project_id == project, Task.state.not_in(closed))
        .group_by(TaskLink.needs_id)
        .subquery()
    )
    query = (
        select(Task.id, Task.title, Task.due, waits.c.many)
        .join(waits, waits.c.needs_id == Task.id)
        .where(Task.state.not_in(closed), Task.due < day)
        .order_by(Task.due, Task.id)
    )
    for key, title, due, many in session.execute(query):
        others = "1 task waits" if many == 1 else f"{many} tasks wait"
        text = f"{others} for what is {(day - due).days} d late: {title}"
        yield Look(Severity.WARNING, text, "What waits for it will be late too.", "task", key)


def _agreements(session: Session, project: Project, day: date) -> Iterator[Look]:
    """Name the partners without a signed agreement once the project runs."""
    if project.start is None or day < project.start:
        return
    query = (
        select(Partner.id, func.coalesce(Partner.acronym, Partner.name), Partner.agreement_state)
        .where(
            Partner.project_id == project.id,
            Partner.role == PartnerRole.BENEFICIARY,
            Partner.agreement_state == AgreementState.SENT,
            Partner.left_on.is_(None),
        )
        .order_by(Partner.id)
    )
    month = say_month(month_of(project.start, day))
    for key, name, _state in session.execute(query):
        text = f"The agreement with {name} is sent and not signed, in {month}"
        why = "Money should not flow to a partner before both have signed."
        yield Look(Severity.NOTE, text, why, "partner", key)
