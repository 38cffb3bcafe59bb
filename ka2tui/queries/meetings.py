"""Meetings: the list, and one with its agenda, people, minutes and clocks."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from ka2tui.domain import instants, timeline
from ka2tui.domain.kinds import (
    MeetingKind,
    MeetingMode,
    MeetingState,
    OutcomeKind,
    PartnerRole,
    Precision,
    Presence,
    TaskState,
)
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.queries import partners, tasks
from ka2tui.store.records import (
    AgendaItem,
    Attendance,
    Contact,
    HeadCount,
    Meeting,
    MeetingOutcome,
    Partner,
    Project,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from ka2tui.queries.tasks import TaskRow

CLOSED = tuple(state for state in TaskState if state.closed)
THERE = tuple(presence for presence in Presence if presence.there)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list."""

    id: int
    code: str | None
    title: str
    kind: MeetingKind
    mode: MeetingMode | None
    state: MeetingState
    day: date | None
    """Its first day, in its own zone; a month's first day where only that is known."""
    end_day: date | None
    month: int | None
    precision: Precision
    starts_at: datetime | None
    """In UTC."""
    zone: str | None
    minutes_long: int | None
    place: str | None
    city: str | None
    country: str | None
    minutes_sent_on: date | None
    stated: int | None
    """How many took part, as published."""
    host: str | None
    work_unit: str | None
    """The code of its work package or activity."""
    past: bool
    """Held, cancelled, or over."""
    attended: int
    """People marked by name as having been there."""
    expected: int
    """People on the list who are not marked yet."""
    counted: int
    """The sum of the head counts."""
    items: int
    """Points of the agenda."""
    minutes_planned: int
    decisions: int
    actions: int
    open_actions: int
    """Actions whose tasks are not closed."""

    @property
    def start(self) -> datetime | date | None:
        """When it begins: in its zone, with the offset, else the day; None where unknown."""
        return self.local or self.day

    @property
    def local(self) -> datetime | None:
        """The time it begins in its own zone."""
        if self.starts_at is None or self.zone is None:
            return None
        return instants.local(self.starts_at, self.zone)

    @property
    def last_day(self) -> date | None:
        """The last day it can be on."""
        if self.day is not None and self.precision is Precision.MONTH:
            return timeline.add_months(self.day, 1) - timedelta(days=1)
        return self.end_day or self.day

    @property
    def days(self) -> tuple[date, ...]:
        """The days it is on; none where they are not known."""
        if self.day is None or self.precision is Precision.MONTH:
            return ()
        last = self.end_day or self.day
        return tuple(self.day + timedelta(days=n) for n in range((last - self.day).days + 1))

    @property
    def came(self) -> int | None:
        """How many took part, by the best that is known; None where nothing is."""
        return self.stated if self.stated is not None else self.counted or self.attended or None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A point of an agenda."""

    id: int
    title: str
    presenter: str | None
    minutes_planned: int | None
    notes: str | None
    outcomes: int
    """Lines of minutes to it."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who can be at a meeting, and on which days they are."""

    id: int
    name: str
    partner_id: int | None
    partner: str | None
    presences: tuple[Presence | None, ...]
    """One for each day of the meeting, at least one; None: not on the list."""

    @property
    def listed(self) -> bool:
        """Whether they are on the list at all."""
        return any(self.presences)

    @property
    def there(self) -> bool:
        """Whether they were there on some day."""
        return any(one is not None and one.there for one in self.presences)


@dataclass(frozen=True, slots=True)
class CountRow:
    """A number of people without names."""

    id: int
    partner_id: int | None
    who: str | None
    """The partner's acronym, or the organisation as it was written."""
    country: str | None
    profile: str | None
    people: int
    online: int


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A line of minutes."""

    id: int
    kind: OutcomeKind
    text: str
    item_id: int | None
    """The point of the agenda it belongs to."""
    task: TaskRow | None
    """The task an action became; None where it was removed."""


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """An action of an earlier meeting that is not finished."""

    meeting_id: int
    meeting: str
    day: date | None
    task: TaskRow


class PartnerClock(NamedTuple):
    """What the clock shows at a partner's when a meeting begins."""

    partner_id: int
    partner: str
    zone: str
    at: datetime
    """Local time there."""
    days: int
    """Days the date there is ahead of the meeting's own."""
    outside: str | None
    """Why it is outside their working hours: "before 09:00", "after 17:00", "a Saturday"."""


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """All that is known of one meeting."""

    row: MeetingRow
    project_id: int
    project: str
    """Its acronym."""
    link: str | None
    host_id: int | None
    work_unit_id: int | None
    remote: int | None
    """How many of those stated attended online."""
    summary: str | None
    notes: str | None
    agenda: tuple[ItemRow, ...]
    people: tuple[PersonRow, ...]
    """Everybody of the project, those on the list or not; by partner."""
    counts: tuple[CountRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    """In the order of the agenda; those to no point of it last."""
    carried: tuple[CarriedRow, ...]
    clocks: tuple[PartnerClock, ...]
    missing: tuple[str, ...]
    """Partners of whom nobody is on the list or counted."""
    differences: tuple[str, ...]
    """Where the numbers of those who came disagree, in sentences."""

    @property
    def time_over(self) -> int | None:
        """Minutes by which the agenda is longer than the meeting; None where not known."""
        if not self.row.minutes_long or not self.row.minutes_planned:
            return None
        return self.row.minutes_planned - self.row.minutes_long

    @property
    def listed(self) -> tuple[PersonRow, ...]:
        """The people on the list."""
        return tuple(person for person in self.people if person.listed)


@dataclass(frozen=True, slots=True)
class Zones:
    """The time zones of the partners of a project."""

    partners: Mapping[int, str]
    """By partner; without those whose zone is not known."""
    coordinator: str | None


_COLUMNS = (
    *(Meeting.id, Meeting.code, Meeting.title, Meeting.kind, Meeting.mode, Meeting.state),
    *(Meeting.day, Meeting.end_day, Meeting.month, Meeting.precision, Meeting.starts_at),
    *(Meeting.zone, Meeting.minutes_long, Meeting.place, Meeting.city, Meeting.country),
    *(Meeting.minutes_sent_on, Meeting.participants.label("stated")),
    func.coalesce(Partner.acronym, Partner.name).label("host"),
    WorkUnit.code.label("work_unit"),
)


def listed(
    session: Session, project: int, *, today: date, words: str = ""
) -> tuple[MeetingRow, ...]:
    """List the meetings of a project: those to come, undated last; then the past, newest first.

    Args:
        words: Only those in whose title, code, place or kind every one of these occurs.
    """
    rows = _rows(session, [Meeting.project_id == project], today)
    wanted = fold(words).split()
    if wanted:
        rows = [row for row in rows if _has(row, wanted)]
    to_come = [row for row in rows if not row.past]
    past = [row for row in rows if row.past]
    return (
        *sorted(to_come, key=_by_start),
        *sorted(past, key=lambda row: (row.day or date.min, row.id), reverse=True),
    )


def zones(session: Session, project: int) -> Zones:
    """Give the time zones in which meetings of a project can be meant."""
    found = session.execute(
        select(Partner.id, Partner.role, Partner.zone)
        .where(Partner.project_id == project, Partner.zone.is_not(None))
        .order_by(Partner.id)
    ).all()
    coordinator = (row.zone for row in found if row.role is PartnerRole.COORDINATOR)
    return Zones({row.id: row.zone for row in found}, next(coordinator, None))


def some(session: Session, meetings: Sequence[int], *, today: date) -> tuple[MeetingRow, ...]:
    """List chosen meetings, in the order of their ids given."""
    rows = {row.id: row for row in _rows(session, [Meeting.id.in_(meetings)], today)}
    return tuple(rows[meeting] for meeting in meetings if meeting in rows)


def coming(session: Session, project: int, *, today: date) -> MeetingDetails | None:
    """Give the next meeting whose day is known; None where there is none to come."""
    rows = listed(session, project, today=today)
    dated = [row for row in rows if not row.past and row.day is not None]
    return one(session, dated[0].id, today=today) if dated else None


def one(session: Session, meeting: int, *, today: date) -> MeetingDetails:
    """Give all that is known of one meeting.

    Raises:
        Refused: It is gone.
    """
    rows = some(session, [meeting], today=today)
    if not rows:
        raise Refused(f"There is no meeting {meeting} any more.")
    row, record = rows[0], session.get_one(Meeting, meeting)
    consortium = _consortium(session, record.project_id, row.day)
    outcomes = _outcomes(session, meeting)
    people = _people(session, record.project_id, row, consortium)
    counts = _counts(session, meeting)
    return MeetingDetails(
        row=row,
        project_id=record.project_id,
        project=session.get_one(Project, record.project_id).acronym,
        link=record.link,
        host_id=record.host_id,
        work_unit_id=record.work_unit_id,
        remote=record.remote_participants,
        summary=record.summary,
        notes=record.notes,
        agenda=_agenda(session, meeting, outcomes),
        people=people,
        counts=counts,
        outcomes=outcomes,
        carried=carried(session, meeting),
        clocks=_clocks(row, consortium),
        missing=_missing(people, counts, consortium),
        differences=tuple(_differences(row)),
    )


def carried(session: Session, meeting: int) -> tuple[CarriedRow, ...]:
    """List the unfinished actions of earlier meetings of the same project, oldest first."""
    project, day, number = session.execute(
        select(Meeting.project_id, Meeting.day, Meeting.id).where(Meeting.id == meeting)
    ).one()
    earlier = (
        select(Meeting.id, Meeting.title, Meeting.day, Task.id)
        .join(MeetingOutcome, MeetingOutcome.meeting_id == Meeting.id)
        .join(Task, Task.outcome_id == MeetingOutcome.id)
        .where(
            Meeting.project_id == project,
            Meeting.id != number,
            Meeting.state != MeetingState.CANCELLED,
            Task.state.not_in(CLOSED),
        )
        .order_by(Meeting.day, Meeting.id, MeetingOutcome.position, Task.id)
    )
    if day is not None:
        earlier = earlier.where(Meeting.day < day)
    found = session.execute(earlier).all()
    rows = {task.id: task for task in tasks.some(session, [row[3] for row in found])}
    return tuple(CarriedRow(row[0], row[1], row[2], rows[row[3]]) for row in found)


# -- the list


def _rows(session: Session, where: Iterable[object], today: date) -> list[MeetingRow]:
    """Read meetings with what is counted of them."""
    query = (
        select(*_COLUMNS)
        .outerjoin(Partner, Meeting.host_id == Partner.id)
        .outerjoin(WorkUnit, Meeting.work_unit_id == WorkUnit.id)
        .where(*where)  # type: ignore[arg-type]
    )
    found = session.execute(query).all()
    ids = [row[0] for row in found]
    agenda = {
        row[0]: (row[1], row[2] or 0)
        for row in session.execute(
            select(AgendaItem.meeting_id, func.count(), func.sum(AgendaItem.minutes_planned))
            .where(AgendaItem.meeting_id.in_(ids))
            .group_by(AgendaItem.meeting_id)
        )
    }
    heads = {
        row[0]: row[1]
        for row in session.execute(
            select(HeadCount.meeting_id, func.sum(HeadCount.people))
            .where(HeadCount.meeting_id.in_(ids))
            .group_by(HeadCount.meeting_id)
        )
    }
    there, awaited = _attendance(session, ids)
    lines, still_open = _lines(session, ids)
    return [
        MeetingRow(
            **row._asdict(),
            past=_is_past(row, today),
            attended=len(there[row[0]]),
            expected=len(awaited[row[0]] - there[row[0]]),
            counted=heads.get(row[0], 0),
            items=agenda.get(row[0], (0, 0))[0],
            minutes_planned=agenda.get(row[0], (0, 0))[1],
            decisions=lines[row[0], OutcomeKind.DECISION],
            actions=lines[row[0], OutcomeKind.ACTION],
            open_actions=still_open.get(row[0], 0),
        )
        for row in found
    ]


def _attendance(
    session: Session, meetings: Sequence[int]
) -> tuple[defaultdict[int, set[int]], defaultdict[int, set[int]]]:
    """Give who was there on some day, and who is expected, by meeting."""
    there: defaultdict[int, set[int]] = defaultdict(set)
    awaited: defaultdict[int, set[int]] = defaultdict(set)
    marks = select(Attendance.meeting_id, Attendance.contact_id, Attendance.presence).where(
        Attendance.meeting_id.in_(meetings)
    )
    for meeting, contact, presence in session.execute(marks):
        if presence.there:
            there[meeting].add(contact)
        elif presence is Presence.EXPECTED:
            awaited[meeting].add(contact)
    return there, awaited


def _lines(
    session: Session, meetings: Sequence[int]
) -> tuple[Counter[tuple[int, OutcomeKind]], dict[int, int]]:
    """Count the lines of minutes by meeting and kind, and the actions that are still open."""
    lines: Counter[tuple[int, OutcomeKind]] = Counter()
    counts = (
        select(MeetingOutcome.meeting_id, MeetingOutcome.kind, func.count())
        .where(MeetingOutcome.meeting_id.in_(meetings))
        .group_by(MeetingOutcome.meeting_id, MeetingOutcome.kind)
    )
    for meeting, kind, number in session.execute(counts):
        lines[meeting, kind] = number
    still_open = session.execute(
        select(MeetingOutcome.meeting_id, func.count())
        .join(Task, Task.outcome_id == MeetingOutcome.id)
        .where(MeetingOutcome.meeting_id.in_(meetings), Task.state.not_in(CLOSED))
        .group_by(MeetingOutcome.meeting_id)
    )
    return lines, {row[0]: row[1] for row in still_open}


def _is_past(row: Any, today: date) -> bool:
    """Say whether a meeting is no longer to come."""
    if row.state is not MeetingState.PLANNED:
        return True
    last = row.end_day or row.day
    if last is not None and row.precision is Precision.MONTH:
        last = timeline.add_months(last, 1) - timedelta(days=1)
    return last is not None and last < today


def _by_start(row: MeetingRow) -> tuple[object, ...]:
    """Give what meetings to come are sorted by: undated last, a month after its days."""
    month = row.precision is Precision.MONTH
    return (
        row.day is None,
        row.last_day if month else row.day or date.max,
        month,
        row.starts_at.timestamp() if row.starts_at else 0,
        row.id,
    )


def _has(row: MeetingRow, wanted: list[str]) -> bool:
    """Say whether every word occurs somewhere in what a list shows of a meeting."""
    shown = (row.title, row.code, row.place, row.city, row.kind.word)
    text = fold("\n".join(part for part in shown if part))
    return all(word in text for word in wanted)


# -- one meeting


class _Member(NamedTuple):
    """A partner as far as a meeting is concerned."""

    id: int
    called: str
    role: PartnerRole
    nr: str | None
    zone: str | None
    working_days: str
    day_start_minute: int
    day_end_minute: int


def _consortium(session: Session, project: int, day: date | None) -> list[_Member]:
    """List the partners that belong to a project on a day, in their order."""
    members = select(
        *(Partner.id, func.coalesce(Partner.acronym, Partner.name), Partner.role, Partner.nr),
        *(Partner.zone, Partner.working_days, Partner.day_start_minute, Partner.day_end_minute),
        Partner.left_on,
    ).where(Partner.project_id == project)
    found = [
        _Member(*row[:8])
        for row in session.execute(members)
        if row.left_on is None or day is None or row.left_on >= day
    ]
    return sorted(found, key=lambda one: partners.order(one.role, one.nr, one.id))


def _agenda(session: Session, meeting: int, outcomes: Sequence[OutcomeRow]) -> tuple[ItemRow, ...]:
    """List the points of an agenda in their order."""
    lines = Counter(line.item_id for line in outcomes)
    items = (
        select(
            *(AgendaItem.id, AgendaItem.title, AgendaItem.presenter),
            *(AgendaItem.minutes_planned, AgendaItem.notes),
        )
        .where(AgendaItem.meeting_id == meeting)
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return tuple(ItemRow(*row, outcomes=lines[row[0]]) for row in session.execute(items))


def _people(
    session: Session, project: int, row: MeetingRow, consortium: Sequence[_Member]
) -> tuple[PersonRow, ...]:
    """List the people of a project with their presence day by day, in the partners' order."""
    marks: dict[tuple[int, date | None], Presence] = {
        (mark[0], mark[1]): mark[2]
        for mark in session.execute(
            select(Attendance.contact_id, Attendance.day, Attendance.presence).where(
                Attendance.meeting_id == row.id
            )
        )
    }
    places = {member.id: place for place, member in enumerate(consortium)}
    people = session.execute(
        select(
            Contact.id,
            Contact.name,
            Contact.partner_id,
            func.coalesce(Partner.acronym, Partner.name),
        )
        .outerjoin(Partner, Contact.partner_id == Partner.id)
        .where(Contact.project_id == project)
    ).all()
    days = row.days or (None,)
    found = [
        PersonRow(
            *person,
            presences=tuple(
                marks.get((person.id, day)) or marks.get((person.id, None)) for day in days
            ),
        )
        for person in people
    ]
    return tuple(
        sorted(
            (
                one
                for one in found
                if one.listed or one.partner_id is None or one.partner_id in places
            ),
            key=lambda one: (places.get(one.partner_id or 0, len(places)), fold(one.name), one.id),
        )
    )


def _counts(session: Session, meeting: int) -> tuple[CountRow, ...]:
    """List the head counts of a meeting, in the order they were made."""
    counts = (
        select(
            *(HeadCount.id, HeadCount.partner_id),
            func.coalesce(Partner.acronym, Partner.name, HeadCount.organisation).label("who"),
            *(HeadCount.country, HeadCount.profile, HeadCount.people, HeadCount.online),
        )
        .outerjoin(Partner, HeadCount.partner_id == Partner.id)
        .where(HeadCount.meeting_id == meeting)
        .order_by(HeadCount.id)
    )
    return tuple(CountRow(**row._asdict()) for row in session.execute(counts))


def _outcomes(session: Session, meeting: int) -> tuple[OutcomeRow, ...]:
    """List the minutes in the order of the agenda, actions with the state of their tasks."""
    lines = session.execute(
        select(
            *(MeetingOutcome.id, MeetingOutcome.kind, MeetingOutcome.text),
            *(MeetingOutcome.agenda_item_id, Task.id),
        )
        .outerjoin(Task, Task.outcome_id == MeetingOutcome.id)
        .outerjoin(AgendaItem, MeetingOutcome.agenda_item_id == AgendaItem.id)
        .where(MeetingOutcome.meeting_id == meeting)
        .order_by(
            MeetingOutcome.agenda_item_id.is_(None),
            *(AgendaItem.position, AgendaItem.id),
            *(MeetingOutcome.position, MeetingOutcome.id, Task.id),
        )
    ).all()
    rows = {row.id: row for row in tasks.some(session, [line[4] for line in lines if line[4]])}
    found: dict[int, OutcomeRow] = {}
    for number, kind, text, item, task in lines:  # once, with the first of its tasks
        found.setdefault(number, OutcomeRow(number, kind, text, item, rows.get(task)))
    return tuple(found.values())


def _clocks(row: MeetingRow, consortium: Sequence[_Member]) -> tuple[PartnerClock, ...]:
    """Give what the clocks show at every partner's when a meeting begins."""
    if row.starts_at is None or row.zone is None:
        return ()
    found = []
    home = instants.local(row.starts_at, row.zone).date()
    length = 1 + (row.end_day - home).days if row.end_day else 1
    a_day = (row.minutes_long or 0) // length
    for member in consortium:
        if member.zone is None:
            continue
        at = instants.local(row.starts_at, member.zone)
        ahead = (at.date() - home).days
        outside = _outside(member, at, a_day)
        found.append(PartnerClock(member.id, member.called, member.zone, at, ahead, outside))
    return tuple(found)


def _outside(member: _Member, at: datetime, minutes: int) -> str | None:
    """Say why a time is outside a partner's working hours; None where it is not."""
    if str(at.isoweekday()) not in member.working_days.split(","):
        return f"a {_WEEKDAYS[at.weekday()]}"
    begins = at.hour * 60 + at.minute
    if begins < member.day_start_minute:
        return f"before {_clock(member.day_start_minute)}"
    if begins >= member.day_end_minute or begins + minutes > member.day_end_minute:
        return f"until after {_clock(member.day_end_minute)}"
    return None


def _clock(minute: int) -> str:
    """Write a minute of the day: 09:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _missing(
    people: Sequence[PersonRow], counts: Sequence[CountRow], consortium: Sequence[_Member]
) -> tuple[str, ...]:
    """List the partners of whom nobody is expected, came or was counted."""
    known = {one.partner_id for one in people if _comes(one)}
    known |= {count.partner_id for count in counts if count.people}
    return tuple(member.called for member in consortium if member.id not in known)


def _comes(person: PersonRow) -> bool:
    """Say whether somebody is expected or was there on some day."""
    return any(
        one is Presence.EXPECTED or (one is not None and one.there) for one in person.presences
    )


def _differences(row: MeetingRow) -> Iterable[str]:
    """Say where the numbers of those who came disagree."""
    if row.stated is not None and row.counted and row.counted != row.stated:
        yield _compared(row.counted, "in the counts", row.stated, "stated")
    if row.stated is not None and row.attended and not row.counted and row.attended != row.stated:
        yield _compared(row.attended, "on the list", row.stated, "stated")
    if row.counted and row.attended > row.counted:
        yield _compared(row.attended, "on the list", row.counted, "in the counts")


def _compared(one: int, where: str, other: int, there: str) -> str:
    """Say how far two numbers are apart: "41 on the list, 38 stated: 3 more"."""
    apart = f"{abs(one - other)} {'more' if one > other else 'fewer'}"
    return f"{one} {where}, {other} {there}: {apart}"
