"""What the clocks show at the partners' when a meeting begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from ka2tui.domain import instants
from ka2tui.domain.kinds import PartnerRole
from ka2tui.frozen import frozen
from ka2tui.store.records import Partner

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from ka2tui.queries.meeting_people import Member
    from ka2tui.queries.meeting_row import MeetingRow


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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


@frozen
class Zones:
    """The time zones of the partners of a project."""

    partners: Mapping[int, str]
    """By partner; without those whose zone is not known."""
    coordinator: str | None


def zones(session: Session, project: int) -> Zones:
    """Give the time zones in which meetings of a project can be meant."""
    found = session.execute(
        select(Partner.id, Partner.role, Partner.zone)
        .where(Partner.project_id == project, Partner.zone.is_not(None))
        .order_by(Partner.id)
    ).all()
    coordinator = (row.zone for row in found if row.role is PartnerRole.COORDINATOR)
    return Zones({row.id: row.zone for row in found}, next(coordinator, None))


def clocks_at(row: MeetingRow, consortium: Sequence[Member]) -> tuple[PartnerClock, ...]:
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


def _outside(member: Member, at: datetime, minutes: int) -> str | None:
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
