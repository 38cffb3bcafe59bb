"""The meeting that comes next, and what the clocks of those who attend show then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from ka2tui.domain import instants
from ka2tui.domain.kinds import (
    MeetingKind,
    MeetingMode,
    MeetingState,
    PartnerRole,
    Precision,
    Presence,
)
from ka2tui.frozen import frozen
from ka2tui.store.records import AgendaItem, Attendance, Contact, HeadCount, Meeting, Partner

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from ka2tui.domain.instants import Clock
    from ka2tui.queries.due_items import Owners


@frozen
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
    project: str | None = None
    """The acronym of whose it is, where several projects stand together."""
    project_id: int = 0


def next_meeting(session: Session, whose: Owners, day: date) -> NextMeeting | None:
    """Give the first planned meeting that is not over; of all projects where none is named."""
    host = func.coalesce(Partner.acronym, Partner.name)
    ends = func.coalesce(Meeting.end_day, Meeting.day)
    # A meeting of which only the month is known may still come until that month is over.
    month_begins = day.replace(day=1)
    query = (
        select(*Meeting.__table__.c, host.label("host"), Partner.zone.label("host_zone"))
        .outerjoin(Partner.__table__, Meeting.host_id == Partner.id)
        .where(
            *whose.of(Meeting),
            Meeting.state == MeetingState.PLANNED,
            (ends >= day) | and_(Meeting.precision == Precision.MONTH, ends >= month_begins),
        )
        .order_by(Meeting.day, Meeting.starts_at, Meeting.id)
        .limit(1)
    )
    meeting = session.execute(query).one_or_none()
    if meeting is None:
        return None
    points, minutes = session.execute(
        select(func.count(AgendaItem.id), func.sum(AgendaItem.minutes_planned)).where(
            AgendaItem.meeting_id == meeting.id
        )
    ).one()
    zone = meeting.zone or meeting.host_zone
    clocks: list[Clock] = []
    if meeting.starts_at is not None:
        zones = [zone, *_zones(session, meeting.id, meeting.project_id)]
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
        host=meeting.host,
        link=meeting.link,
        agenda=points,
        agenda_minutes=minutes or 0,
        clocks=tuple(clocks),
        project=whose.acronyms.get(meeting.project_id),
        project_id=meeting.project_id,
    )


def _zones(session: Session, meeting: int, project: int) -> list[str]:
    """Give the zones of those who attend; of all partners while nobody is named."""
    coming = (
        select(Contact.partner_id)
        .join(Attendance.__table__, Attendance.contact_id == Contact.id)
        .where(
            Attendance.meeting_id == meeting,
            Attendance.presence.not_in([Presence.EXCUSED, Presence.ABSENT]),
        )
    )
    counted = select(HeadCount.partner_id).where(HeadCount.meeting_id == meeting)
    named = {*session.scalars(coming), *session.scalars(counted)} - {None}
    query = (
        select(Partner.zone)
        .where(
            Partner.project_id == project,
            Partner.zone.is_not(None),
            Partner.left_on.is_(None),
            Partner.role != PartnerRole.ASSOCIATED,
        )
        .order_by(Partner.id)
    )
    if named:
        query = select(Partner.zone).where(Partner.id.in_(named), Partner.zone.is_not(None))
    return list(dict.fromkeys(zone for zone in session.scalars(query) if zone))
