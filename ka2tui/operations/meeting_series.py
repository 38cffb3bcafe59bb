"""A meeting of a series and all later ones: edited, moved and removed together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import MeetingState, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.operations import meeting_days, meetings
from ka2tui.operations.fields import FieldConflict, Values
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Meeting

if TYPE_CHECKING:
    from datetime import date, time, timedelta

    from sqlalchemy.orm import Session

ITS_OWN = frozenset(
    {"code", "state", "summary", "notes", "participants", "remote_participants"}
    | {"minutes_sent_on", "month"}
)
"""What each meeting of a series has for itself; only the first of those edited gets it."""


@operation("Edit meetings")
def edit(
    session: Session, meeting: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change a meeting of a series, and all later ones that are still to come.

    Another day moves all of them by as much; what each has for itself is changed of this one
    alone.

    Args:
        meeting: Its id.
        values: New values of `meetings.FIELDS`.
        based_on: What they were when the editing began.

    Returns:
        The fields of this one that somebody else changed meanwhile; they were left alone.

    Raises:
        Refused: As for one meeting, or it is not of a series.
    """
    first, *later = following(session, meeting)
    before = first.day
    shared = {field: value for field, value in values.items() if field not in ITS_OWN}
    conflicts = meetings.edit(session, meeting, values, based_on)
    held_back = {conflict.field for conflict in conflicts}
    shared = {field: value for field, value in shared.items() if field not in held_back}
    by = None
    if "day" in shared or "end_day" in shared:
        by = _moved(first, before)
        shared = _without_days(shared)
    for other in later:
        own: dict[str, Any] = dict(shared)
        if by is not None and other.day is not None and first.day is not None:
            day = other.day + by
            long = (first.end_day or first.day) - first.day
            own |= {"day": day, "end_day": day + long}
        if own:
            meetings.edit(session, other.id, own)
    say(session, "Edit {meeting} and {later}", meeting=first.title, later=_count(later))
    return conflicts


@operation("Move meetings")
def move(session: Session, meeting: int, day: date, *, at: time | None = None) -> None:
    """Move a meeting of a series to another day, and all later ones by as much.

    Args:
        meeting: Its id.
        day: Its new first day.
        at: The new time of all of them on the wall; None keeps those they have.

    Raises:
        Refused: As for one meeting, or it is not of a series.
    """
    first, *later = following(session, meeting)
    before, was = first.day, meeting_days.say_when(first)
    meetings.move(session, meeting, day, at=at)
    by = _moved(first, before)
    for other in later:
        if other.day is not None:
            meetings.move(session, other.id, other.day + by, at=at)
    say(
        session,
        "Move {meeting} and {later}: {old} → {new}",
        meeting=first.title,
        later=_count(later),
        old=was,
        new=meeting_days.say_when(first),
    )


@operation("Remove meetings")
def remove(session: Session, meeting: int, *, with_tasks: bool = False) -> None:
    """Remove a meeting of a series, and all later ones that are still to come.

    Args:
        meeting: Its id.
        with_tasks: Remove the tasks of their actions too; else they stay, by themselves.

    Raises:
        Refused: It is not of a series.
    """
    found = following(session, meeting)
    first, day = found[0].title, found[0].day
    meetings.remove(session, [each.id for each in found], with_tasks=with_tasks)
    since = "" if day is None else f" from {say_brief(day)} on"
    words = f"Remove {{count}} meetings{since}: {{meeting}}"
    say(session, words, count=len(found), meeting=first)


def _count(later: list[Meeting]) -> str:
    """Say how many later ones there are."""
    return "1 later one" if len(later) == 1 else f"{len(later)} later ones"


def following(session: Session, meeting: int) -> list[Meeting]:
    """Give a meeting of a series, and all later ones of it that are still to come."""
    record = existing(session, Meeting, meeting, "meeting")
    if record.series is None:
        raise Refused(f"{record.title} is not one of a series.")
    later = session.scalars(
        select(Meeting)
        .where(
            Meeting.series == record.series,
            Meeting.project_id == record.project_id,
            Meeting.id != record.id,
            Meeting.state == MeetingState.PLANNED,
            Meeting.started_at.is_(None),
            Meeting.day >= record.day,
        )
        .order_by(Meeting.day, Meeting.id)
    )
    return [record, *later]


def _moved(record: Meeting, before: date | None) -> timedelta:
    """Give by how much a meeting was moved."""
    if record.day is None or before is None or record.precision is Precision.MONTH:
        raise Refused("The later ones follow only a day: move this one alone.")
    return record.day - before


def _without_days(values: Values) -> dict[str, Any]:
    return {
        field: value
        for field, value in values.items()
        if field not in ("day", "end_day", "month", "precision")
    }
