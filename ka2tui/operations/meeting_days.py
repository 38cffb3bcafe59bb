"""When a meeting is: its days, its time on the wall, and the zone it is meant in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import instants, timeline
from ka2tui.domain.days import say_calendar_month, say_span
from ka2tui.domain.kinds import PartnerRole, Precision
from ka2tui.domain.meeting_zone import choose_zone
from ka2tui.domain.refusal import Refused
from ka2tui.operations.fields import FieldConflict, Values, change
from ka2tui.store.records import Meeting, Partner

if TYPE_CHECKING:
    from datetime import time

    from sqlalchemy.orm import Session


FIELDS = frozenset({"day", "end_day", "month", "precision", "at", "zone"})
"""When a meeting is; `at` is the time on the wall of its zone, the instant follows from it."""


LONGEST_DAYS = 60
"""The most days one meeting may span; a longer one is a slip of the year."""


def wall_time(meeting: Meeting) -> time | None:
    """Give when a meeting begins, on the wall of its zone; None where the hour is not known."""
    if meeting.starts_at is None or meeting.zone is None:
        return None
    return instants.local(meeting.starts_at, meeting.zone).time()


def edit(
    session: Session, meeting: Meeting, wanted: dict[str, Any], based_on: Values | None
) -> tuple[FieldConflict, ...]:
    """Change when a meeting is; what is not named stays, on the wall."""
    touched = FIELDS & wanted.keys()
    if not touched:
        return ()
    at, before = wall_time(meeting), meeting.day
    was_months = meeting.precision is Precision.MONTH
    conflicts: tuple[FieldConflict, ...] = ()
    if "at" in wanted:
        if based_on is not None and based_on.get("at", at) != at and wanted["at"] != at:
            conflicts += (FieldConflict("at", wanted["at"], at),)
        else:
            at = wanted["at"]
    plain = {field: wanted[field] for field in FIELDS & touched - {"at", "precision"}}
    conflicts += change(meeting, plain, based_on, allowed=FIELDS)
    moved = meeting.day != before
    only_month = wanted.get("precision", None if moved else meeting.precision) is Precision.MONTH
    if moved and "end_day" not in wanted:
        if was_months is only_month:
            _move_last_day(meeting, before)
        else:
            meeting.end_day = None
    if moved and "month" not in wanted:
        meeting.month = None  # the project month that the old day stood for
    if (only_month or meeting.day is None) and "at" not in wanted:
        at = None
    settle(session, meeting, meeting.day, at, Precision.MONTH if only_month else None)
    return conflicts


def _move_last_day(meeting: Meeting, before: date | None) -> None:
    """Keep the length of a meeting whose first day was moved."""
    if meeting.day is None or before is None:
        meeting.end_day = None
    elif meeting.end_day is not None:
        meeting.end_day += meeting.day - before


def settle(
    session: Session,
    meeting: Meeting,
    day: date | None,
    at: time | None,
    precision: Precision | None,
) -> None:
    """Set day, time and how exactly they are known, so that they agree."""
    if at is not None and day is None:
        raise Refused("A time needs a day: say on which day the meeting begins.")
    meeting.starts_at = None
    if at is not None and day is not None:
        meeting.zone = meeting.zone or _usual_zone(session, meeting)
        meeting.starts_at = instants.instant(day, at, meeting.zone)
        meeting.precision = Precision.TIME
        # an hour that the clocks skip moves forward, and may take the day along
        day = instants.local(meeting.starts_at, meeting.zone).date()
    elif precision is Precision.MONTH and day is not None:
        meeting.precision, day = Precision.MONTH, day.replace(day=1)
        meeting.end_day = _last_month(day, meeting.end_day)
    else:
        meeting.precision = Precision.DAY
    meeting.day = day
    _refuse_odd_span(meeting)


def _last_month(first: date, last: date | None) -> date | None:
    """Give the end of the last of several months; None where it is one only."""
    if last is None or (last.year, last.month) == (first.year, first.month):
        return None
    return timeline.month_end(last.replace(day=1), 1)


def _refuse_odd_span(meeting: Meeting) -> None:
    """Refuse days that run backwards or too long; one day needs no last one."""
    if meeting.end_day is None:
        return
    if meeting.day is None:
        raise Refused("A last day needs a first one.")
    if meeting.end_day < meeting.day:
        raise Refused(f"{meeting.title} ends before it begins.")
    by_month = meeting.precision is Precision.MONTH
    if not by_month and (meeting.end_day - meeting.day).days >= LONGEST_DAYS:
        raise Refused(f"{meeting.title} would last longer than {LONGEST_DAYS} days.")
    if meeting.end_day == meeting.day:
        meeting.end_day = None


def _usual_zone(session: Session, meeting: Meeting) -> str:
    """Give the zone a time is meant in: of its country, its host, else the coordinator."""
    partners = session.execute(
        select(Partner.id, Partner.role, Partner.zone)
        .where(Partner.project_id == meeting.project_id, Partner.zone.is_not(None))
        .order_by(Partner.id)
    ).all()
    taken = choose_zone(
        None,
        country=meeting.country,
        host=next((one.zone for one in partners if one.id == meeting.host_id), None),
        coordinator=next(
            (one.zone for one in partners if one.role is PartnerRole.COORDINATOR), None
        ),
    )
    if taken is not None:
        return taken.zone
    raise Refused("In which time zone? Write it like Europe/Warsaw.")


def days_of(meeting: Meeting) -> list[date]:
    """List the days of a meeting; none where its day is not known."""
    if meeting.day is None or meeting.precision is Precision.MONTH:
        return []
    last = meeting.end_day or meeting.day
    return [meeting.day + timedelta(days=n) for n in range((last - meeting.day).days + 1)]


def say_when(meeting: Meeting) -> str:
    """Say when a meeting is, for the history."""
    if meeting.day is None:
        return "no date"
    if meeting.precision is Precision.MONTH:
        return say_calendar_month(meeting.day, meeting.end_day)
    at = wall_time(meeting)
    return say_span(meeting.day, meeting.end_day or meeting.day) + (f" {at:%H:%M}" if at else "")
