"""Meetings as lists show them, with what is counted of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import instants, running
from ka2tui.domain.days import last_day
from ka2tui.domain.kinds import (
    CLOSED_TASKS,
    MeetingKind,
    MeetingMode,
    MeetingState,
    OutcomeKind,
    Precision,
    Presence,
)
from ka2tui.frozen import frozen
from ka2tui.store.records import (
    AgendaItem,
    Attendance,
    HeadCount,
    Meeting,
    MeetingOutcome,
    Partner,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session


@frozen
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
    started_at: datetime | None = None
    """When it was really begun, in UTC."""
    ended_at: datetime | None = None
    series: str | None = None
    """What the meetings of its series share."""
    template: str | None = None
    """The id of the template it began with."""

    @property
    def goes_on(self) -> bool:
        """Whether it was started and has not ended."""
        return running.goes_on(self.state, self.started_at, self.ended_at)

    def wall(self, moment: datetime) -> datetime:
        """Give a moment on the wall of the meeting's zone; on the machine's where it has none."""
        return moment.astimezone() if self.zone is None else instants.local(moment, self.zone)

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
        return last_day(self.day, self.end_day, self.precision)

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


_COLUMNS = (
    *(Meeting.id, Meeting.code, Meeting.title, Meeting.kind, Meeting.mode, Meeting.state),
    *(Meeting.day, Meeting.end_day, Meeting.month, Meeting.precision, Meeting.starts_at),
    *(Meeting.zone, Meeting.minutes_long, Meeting.place, Meeting.city, Meeting.country),
    *(Meeting.minutes_sent_on, Meeting.participants.label("stated")),
    *(Meeting.started_at, Meeting.ended_at, Meeting.series, Meeting.template),
    func.coalesce(Partner.acronym, Partner.name).label("host"),
    WorkUnit.code.label("work_unit"),
)


def read(session: Session, where: Iterable[object], today: date) -> list[MeetingRow]:
    """Read meetings with what is counted of them."""
    query = (
        select(*_COLUMNS)
        .outerjoin(Partner.__table__, Meeting.host_id == Partner.id)
        .outerjoin(WorkUnit.__table__, Meeting.work_unit_id == WorkUnit.id)
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
        .join(Task.__table__, Task.outcome_id == MeetingOutcome.id)
        .where(MeetingOutcome.meeting_id.in_(meetings), Task.state.not_in(CLOSED_TASKS))
        .group_by(MeetingOutcome.meeting_id)
    )
    return lines, {row[0]: row[1] for row in still_open}


def _is_past(row: Any, today: date) -> bool:
    """Say whether a meeting is no longer to come."""
    if row.state is not MeetingState.PLANNED:
        return True
    last = last_day(row.day, row.end_day, row.precision)
    return last is not None and last < today
