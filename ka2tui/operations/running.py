"""A meeting in progress: begun, point after point, broken off, gone on with, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import running as rules
from ka2tui.domain.kinds import MeetingState
from ka2tui.domain.refusal import Refused
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import AgendaItem, Meeting

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@operation("Start meeting")
def start(session: Session, meeting: int, *, now: datetime) -> None:
    """Start a meeting, or go on with it after a break: its first point that is not over runs.

    A meeting that was ended already is taken up again.

    Raises:
        Refused: It is cancelled, or goes on already.
    """
    record = existing(session, Meeting, meeting, "meeting")
    if record.state is MeetingState.CANCELLED:
        raise Refused(f"{record.title} was cancelled: plan it again first.")
    if goes_on(record) and _running(record):
        raise Refused(f"{record.title} goes on already.")
    again = record.started_at is not None
    if record.started_at is None:
        record.started_at = now
    record.ended_at = None
    record.state = MeetingState.PLANNED
    point = _broken_off(record) or _first_ahead(record)
    if point is not None:
        _take_up(point, now)
    words = "Go on with {meeting}" if again else "Start {meeting}"
    say(session, words, meeting=record.title)


@operation("Break")
def pause(session: Session, meeting: int, *, now: datetime) -> None:
    """Stop the clock of a meeting for a break; `start` goes on with the same point.

    Raises:
        Refused: It does not go on, or nothing of its agenda does.
    """
    record = _going_on(session, meeting)
    point = _running(record)
    if point is None:
        raise Refused("No clock runs that could be stopped.")
    point.ended_at = now
    say(session, "Break in {meeting}", meeting=record.title)


@operation("Next point")
def move_on(session: Session, meeting: int, *, now: datetime) -> int | None:
    """Leave the point that runs, and take up the next one that was not begun.

    Returns:
        The id of the point that runs now; None: the agenda is through.

    Raises:
        Refused: The meeting does not go on.
    """
    record = _going_on(session, meeting)
    stood = _running(record) or _broken_off(record)
    if stood is not None and stood.ended_at is None:
        stood.ended_at = now
    point = _first_ahead(record, after=stood)
    if point is None:
        say(session, "Finish the agenda of {meeting}", meeting=record.title)
        return None
    _take_up(point, now)
    say(session, "Go on to {point}, {meeting}", point=point.title, meeting=record.title)
    return point.id


@operation("Take up a point")
def take_up(session: Session, item: int, *, now: datetime) -> None:
    """Take up one point of an agenda, also one that was left before; the one that runs is left.

    Raises:
        Refused: The meeting does not go on, or the point runs already.
    """
    point = existing(session, AgendaItem, item, "point of an agenda")
    record = _going_on(session, point.meeting_id)
    stood = _running(record)
    if stood is point:
        raise Refused(f"{point.title} runs already.")
    if stood is not None:
        stood.ended_at = now
    _take_up(point, now)
    say(session, "Go on to {point}, {meeting}", point=point.title, meeting=record.title)


@operation("End meeting")
def end(session: Session, meeting: int, *, now: datetime) -> None:
    """End a meeting: its clock stops, and it is marked as held.

    Raises:
        Refused: It was not started.
    """
    record = _going_on(session, meeting)
    stop(record, now)
    record.state = MeetingState.HELD
    say(session, "End {meeting}", meeting=record.title)


def _going_on(session: Session, meeting: int) -> Meeting:
    record = existing(session, Meeting, meeting, "meeting")
    if record.started_at is None:
        raise Refused(f"{record.title} was not started yet.")
    if not goes_on(record):
        raise Refused(f"{record.title} has ended.")
    return record


def goes_on(meeting: Meeting) -> bool:
    """Say whether a meeting was started and has not ended."""
    return rules.goes_on(meeting.state, meeting.started_at, meeting.ended_at)


def stop(meeting: Meeting, now: datetime) -> None:
    """Stop the clocks of a meeting that goes on."""
    point = _running(meeting)
    if point is not None:
        point.ended_at = now
    meeting.ended_at = now


def _running(meeting: Meeting) -> AgendaItem | None:
    """Give the point whose clock goes."""
    there = (one for one in meeting.agenda if one.started_at and one.ended_at is None)
    return next(there, None)


def _broken_off(meeting: Meeting) -> AgendaItem | None:
    """Give the point that was left last."""
    left = [(one.ended_at, one.position, one) for one in meeting.agenda if one.ended_at]
    return max(left)[2] if left else None


def _first_ahead(meeting: Meeting, after: AgendaItem | None = None) -> AgendaItem | None:
    """Give the next point that was not begun: below another one, else from the top."""
    agenda = list(meeting.agenda)
    place = agenda.index(after) + 1 if after in agenda else 0
    ahead = (one for one in (*agenda[place:], *agenda[:place]) if one.started_at is None)
    return next(ahead, None)


def _take_up(point: AgendaItem, now: datetime) -> None:
    """Let the clock of a point go, after what it took before."""
    if point.started_at is not None and point.ended_at is not None:
        took = max(int((point.ended_at - point.started_at).total_seconds()), 0)
        point.seconds_before = (point.seconds_before or 0) + took
    point.started_at, point.ended_at = now, None
