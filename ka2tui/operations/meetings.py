"""Meetings: planned and held, with agenda, attendance, and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import countries, instants
from ka2tui.domain.kinds import MeetingKind, MeetingMode, MeetingState, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.operations import attendance, meeting_days, outcomes, running
from ka2tui.operations.fields import FieldConflict, Values, change, read_lines, read_text
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Cost, Journey, Meeting, Partner, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime, time

    from sqlalchemy.orm import Session


FIELDS = meeting_days.FIELDS | frozenset(
    {"code", "title", "kind", "mode", "minutes_long", "place", "city", "country", "link"}
    | {"host_id", "work_unit_id", "participants", "remote_participants"}
    | {"expected_participants", "direction"}
    | {"state", "summary", "minutes_sent_on", "notes"}
)
"""What can be edited of a meeting."""


# -- meetings


@operation("Add meeting")
def add(
    session: Session,
    project: int,
    title: str,
    *,
    code: str | None = None,
    kind: MeetingKind = MeetingKind.OTHER,
    mode: MeetingMode | None = None,
    state: MeetingState = MeetingState.PLANNED,
    day: date | None = None,
    end_day: date | None = None,
    month: int | None = None,
    precision: Precision | None = None,
    at: time | None = None,
    zone: str | None = None,
    minutes_long: int | None = None,
    place: str | None = None,
    city: str | None = None,
    country: str | None = None,
    link: str | None = None,
    host_id: int | None = None,
    work_unit_id: int | None = None,
    participants: int | None = None,
    remote_participants: int | None = None,
    expected_participants: int | None = None,
    direction: str | None = None,
    summary: str | None = None,
    minutes_sent_on: date | None = None,
    notes: str | None = None,
    series: str | None = None,
    uid: str | None = None,
) -> int:
    """Plan a meeting, and give its id.

    Args:
        day: Its first day, in its own zone.
        month: The project month it is planned in.
        precision: MONTH where only the month of `day` is known.
        at: When it begins, on the wall of its zone.
        zone: Its zone; where a time is given without one, that of the country where it is, of
            its host, or of the coordinator.
        participants: How many came, those online included, as published.
        expected_participants: How many are to come, as planned.
        direction: Who goes where: "IT → PL".
        series: What the meetings of one series share.
        uid: What it is known by elsewhere; without one it gets its own.

    Raises:
        Refused: No title, an end before the beginning, a time without a day or zone.
        Misread: A zone or country that cannot be read.
    """
    given: dict[str, Any] = {
        "title": title,
        "code": code,
        "kind": kind,
        "mode": mode,
        "end_day": end_day,
    }
    given |= {"month": month, "zone": zone, "minutes_long": minutes_long, "place": place}
    given |= {"city": city, "country": country, "link": link, "host_id": host_id}
    given |= {"work_unit_id": work_unit_id, "participants": participants, "summary": summary}
    given |= {"remote_participants": remote_participants, "minutes_sent_on": minutes_sent_on}
    given |= {"expected_participants": expected_participants, "direction": direction}
    values = _read(given | {"notes": notes})
    refuse_strangers(session, project, values)
    _refuse_taken_code(session, project, values["code"])
    values |= {"series": series} | ({"uid": uid} if uid else {})
    meeting = Meeting(project_id=project, state=state, **values)
    meeting_days.settle(session, meeting, day, at, precision)
    session.add(meeting)
    session.flush()
    say(session, "Add meeting {meeting}", meeting=meeting.title)
    return meeting.id


@operation("Edit meeting")
def edit(
    session: Session, meeting: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change a meeting.

    Another zone or day keeps the time on the wall; another day takes the last day and the
    attendance day by day with it.

    Args:
        meeting: Its id.
        values: New values of `FIELDS`.
        based_on: What they were when the editing began.

    Returns:
        The fields that somebody else changed meanwhile; they were left alone.

    Raises:
        Refused: No title, an end before the beginning, a time without a day or zone, or somebody
            was there on a day that the meeting would lose.
        Misread: A zone or country that cannot be read.
    """
    record = existing(session, Meeting, meeting, "meeting")
    wanted = _read(values)
    if wanted.keys() - FIELDS:
        raise Refused(f"{min(wanted.keys() - FIELDS)} cannot be changed here.")
    refuse_strangers(session, record.project_id, wanted)
    if wanted.get("code") != record.code:
        _refuse_taken_code(session, record.project_id, wanted.get("code"))
    old = meeting_days.days_of(record)
    conflicts = meeting_days.edit(session, record, wanted, based_on)
    rest = {field: value for field, value in wanted.items() if field not in meeting_days.FIELDS}
    conflicts += change(record, rest, based_on, allowed=FIELDS)
    attendance.carry(session, record, old)
    say(session, "Edit meeting {meeting}", meeting=record.title)
    return conflicts


@operation("Move meeting")
def move(
    session: Session,
    meeting: int,
    day: date,
    *,
    at: time | None = None,
    precision: Precision = Precision.DAY,
) -> None:
    """Move a meeting to another day, its length in days kept.

    Args:
        meeting: Its id.
        day: Its new first day, in its own zone.
        at: Its new time on the wall; None keeps the one it has.
        precision: MONTH where only the month of `day` is known by now.

    Raises:
        Refused: It would need a zone, or its attendance stands against it.
    """
    record = existing(session, Meeting, meeting, "meeting")
    before = meeting_days.say_when(record)
    values: dict[str, Any] = {"day": day}
    if precision is Precision.MONTH:
        values |= {"precision": precision, "at": None, "end_day": None}
    elif at is not None:
        values["at"] = at
    edit(session, meeting, values)
    say(
        session,
        "Move {meeting} {old} → {new}",
        meeting=record.title,
        old=before,
        new=meeting_days.say_when(record),
    )


@operation("Change meetings")
def set_state(
    session: Session,
    meetings: Sequence[int],
    state: MeetingState,
    *,
    now: datetime | None = None,
) -> None:
    """Mark meetings as held or cancelled, or plan them again.

    Args:
        meetings: Their ids.
        state: What they are from now on.
        now: When the clock of one that goes on is stopped.

    Raises:
        Refused: One of them goes on, and nothing says when it ended.
    """
    found = several(session, Meeting, meetings, "meeting")
    for record in found:
        if state is not MeetingState.PLANNED and running.goes_on(record):
            if now is None:
                raise Refused(f"{record.title} goes on: end it first.")
            running.stop(record, now)
        record.state = state
    words = {
        MeetingState.HELD: "Mark {what} as held",
        MeetingState.CANCELLED: "Cancel {what}",
        MeetingState.PLANNED: "Plan {what} again",
    }
    what = found[0].title if len(found) == 1 else f"{len(found)} meetings"
    say(session, words[state], what=what)


@operation("Remove meetings")
def remove(session: Session, meetings: Sequence[int], *, with_tasks: bool = False) -> None:
    """Remove meetings with their agendas, lists and minutes; journeys and costs stay, without them.

    Args:
        with_tasks: Remove the tasks that came from their actions too; else they stay, by
            themselves.
    """
    found = several(session, Meeting, meetings, "meeting")
    lines = [line for record in found for line in record.outcomes]
    outcomes.let_go_of_tasks(session, [line.id for line in lines], remove_them=with_tasks)
    for line in lines:  # they name points of the agenda, which go with the meeting
        session.delete(line)
    money: tuple[Any, ...] = (Cost, Journey)
    for table in money:
        for row in session.scalars(select(table).where(table.meeting_id.in_(meetings))):
            row.meeting_id = None
    session.flush()
    for record in found:
        session.expire(record, ["outcomes"])
        session.delete(record)
    what = f"meeting {found[0].title}" if len(found) == 1 else f"{len(found)} meetings"
    say(session, "Remove {what}", what=what)


_COUNTS = ("participants", "remote_participants", "expected_participants")

_READERS: Mapping[str, Callable[[Any], Any]] = {
    "kind": MeetingKind,
    "state": MeetingState,
    "mode": lambda value: MeetingMode(value) if value else None,
    "precision": Precision,
    "country": lambda value: countries.read_country(value) if value else None,
    "zone": lambda value: instants.read_zone(value) if value else None,
    "summary": read_lines,
    "notes": read_lines,
}


def _read(values: Values) -> dict[str, Any]:
    """Read the values of fields, each as its kind asks; empty text is nothing."""
    read: dict[str, Any] = {
        field: _READERS.get(field, read_text)(value) for field, value in values.items()
    }
    if "title" in read and not read["title"]:
        raise Refused("A meeting needs a title.")
    if min(read.get(field) or 0 for field in _COUNTS) < 0:
        raise Refused("A count of people cannot be below 0.")
    if read.get("minutes_long") is not None and read["minutes_long"] <= 0:
        raise Refused("A meeting lasts at least a minute.")
    return read


def refuse_strangers(session: Session, project: int, values: Values) -> None:
    """Refuse a host or a work package of another project."""
    host, unit = values.get("host_id"), values.get("work_unit_id")
    if host is not None and existing(session, Partner, host, "partner").project_id != project:
        raise Refused("This partner belongs to another project.")
    if unit is not None:
        word = "work package or activity"
        if existing(session, WorkUnit, unit, word).project_id != project:
            raise Refused(f"This {word} belongs to another project.")


def _refuse_taken_code(session: Session, project: int, code: str | None) -> None:
    """Refuse a code that another meeting has, in whatever letter case."""
    if code is None:
        return
    there = select(Meeting.code, Meeting.title).where(Meeting.project_id == project)
    for row in session.execute(there):
        if row.code and fold(row.code) == fold(code):
            raise Refused(f"There is already a meeting {row.code}: {row.title}.")
