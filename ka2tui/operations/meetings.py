"""Meetings: planned and held, with agenda, attendance, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import countries, instants
from ka2tui.domain.days import say_calendar_month, say_span
from ka2tui.domain.kinds import (
    MeetingKind,
    MeetingMode,
    MeetingState,
    OutcomeKind,
    PartnerRole,
    Precision,
    Presence,
)
from ka2tui.domain.meeting_zone import choose_zone
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, fold
from ka2tui.operations import contacts, tasks
from ka2tui.operations.fields import FieldConflict, Values, change, existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import (
    AgendaItem,
    Attendance,
    Contact,
    HeadCount,
    Meeting,
    MeetingOutcome,
    Partner,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from datetime import time

    from sqlalchemy.orm import Session

WHEN = frozenset({"day", "end_day", "month", "precision", "at", "zone"})
"""When a meeting is; `at` is the time on the wall of its zone, the instant follows from it."""

FIELDS = WHEN | frozenset(
    {"code", "title", "kind", "mode", "minutes_long", "place", "city", "country", "link"}
    | {"host_id", "work_unit_id", "participants", "remote_participants"}
    | {"state", "summary", "minutes_sent_on", "notes"}
)
"""What can be edited of a meeting."""

ITEM_FIELDS = frozenset({"title", "presenter", "minutes_planned", "notes"})
"""What can be edited of a point of the agenda."""

OUTCOME_FIELDS = frozenset({"text", "kind", "agenda_item_id"})
"""What can be edited of a line of minutes."""

LONGEST_DAYS = 60
"""The most days one meeting may span; a longer one is a slip of the year."""


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
    summary: str | None = None,
    minutes_sent_on: date | None = None,
    notes: str | None = None,
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
    values = _read(given | {"notes": notes})
    _refuse_strangers(session, project, values)
    _refuse_taken_code(session, project, values["code"])
    meeting = Meeting(project_id=project, state=state, **values, **({"uid": uid} if uid else {}))
    _set_when(session, meeting, day, at, precision)
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
    _refuse_strangers(session, record.project_id, wanted)
    if wanted.get("code") != record.code:
        _refuse_taken_code(session, record.project_id, wanted.get("code"))
    old = _days_of(record)
    conflicts = _edit_when(session, record, wanted, based_on)
    rest = {field: value for field, value in wanted.items() if field not in WHEN}
    conflicts += change(record, rest, based_on, allowed=FIELDS)
    _carry_attendance(session, record, old)
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
    before = _say_when(record)
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
        new=_say_when(record),
    )


@operation("Change meetings")
def set_state(session: Session, meetings: Sequence[int], state: MeetingState) -> None:
    """Mark meetings as held or cancelled, or plan them again."""
    found = [existing(session, Meeting, meeting, "meeting") for meeting in meetings]
    for record in found:
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
    """Remove meetings with their agendas, lists and minutes.

    Args:
        with_tasks: Remove the tasks that came from their actions too; else they stay, by
            themselves.
    """
    found = [existing(session, Meeting, meeting, "meeting") for meeting in meetings]
    lines = [line for record in found for line in record.outcomes]
    _let_go_of_tasks(session, [line.id for line in lines], remove_them=with_tasks)
    for line in lines:  # they name points of the agenda, which go with the meeting
        session.delete(line)
    session.flush()
    for record in found:
        session.expire(record, ["outcomes"])
        session.delete(record)
    what = f"meeting {found[0].title}" if len(found) == 1 else f"{len(found)} meetings"
    say(session, "Remove {what}", what=what)


# -- agenda


@operation("Add to the agenda")
def add_item(
    session: Session,
    meeting: int,
    title: str,
    *,
    presenter: str | None = None,
    minutes_planned: int | None = None,
    notes: str | None = None,
    after: int | None = None,
) -> int:
    """Add a point to an agenda, and give its id.

    Args:
        meeting: The meeting's id.
        title: What it is about.
        presenter: Who speaks.
        minutes_planned: How long.
        notes: What was said to it.
        after: The point it follows; None puts it last.
    """
    record = existing(session, Meeting, meeting, "meeting")
    values = _read_item(
        {"title": title, "presenter": presenter, "minutes_planned": minutes_planned}
        | {"notes": notes}
    )
    item = AgendaItem(project_id=record.project_id, **values)
    places = [one.id for one in record.agenda]
    record.agenda.insert(places.index(after) + 1 if after in places else len(places), item)
    _number(record.agenda)
    session.flush()
    say(session, "Add {item} to the agenda of {meeting}", item=item.title, meeting=record.title)
    return item.id


@operation("Edit the agenda")
def edit_item(
    session: Session, item: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change a point of an agenda; give the fields that somebody else changed meanwhile."""
    record = existing(session, AgendaItem, item, "point of an agenda")
    conflicts = change(record, _read_item(values), based_on, allowed=ITEM_FIELDS)
    say(
        session,
        "Edit {item} on the agenda of {meeting}",
        item=record.title,
        meeting=record.meeting.title,
    )
    return conflicts


@operation("Move on the agenda")
def move_item(session: Session, item: int, by: int) -> None:
    """Move a point up (`by` below 0) or down its agenda, at most to its end."""
    record = existing(session, AgendaItem, item, "point of an agenda")
    agenda = list(record.meeting.agenda)
    place = agenda.index(record)
    agenda.insert(max(place + by, 0), agenda.pop(place))
    _number(agenda)
    session.flush()
    session.expire(record.meeting, ["agenda"])
    say(
        session,
        "Move {item} {way} the agenda of {meeting}",
        item=record.title,
        way="up" if by < 0 else "down",
        meeting=record.meeting.title,
    )


@operation("Remove from the agenda")
def remove_item(session: Session, item: int) -> None:
    """Remove a point from an agenda; its minutes stay, at the end of the meeting's."""
    record = existing(session, AgendaItem, item, "point of an agenda")
    meeting = record.meeting
    for line in meeting.outcomes:
        if line.agenda_item_id == record.id:
            line.agenda_item_id = None
    session.flush()
    say(
        session,
        "Remove {item} from the agenda of {meeting}",
        item=record.title,
        meeting=meeting.title,
    )
    meeting.agenda.remove(record)
    _number(meeting.agenda)


# -- attendance


@operation("Mark attendance")
def mark(
    session: Session,
    meeting: int,
    people: Sequence[int],
    presence: Presence | None,
    *,
    day: date | None = None,
) -> None:
    """Say who was, or is expected to be, at a meeting.

    Args:
        meeting: Its id.
        people: The ids of the contacts it concerns.
        presence: What is known of them; None takes them off the list.
        day: One day of the meeting; None: all of it.

    Raises:
        Refused: A person of another project, or a day on which the meeting is not.
    """
    record = existing(session, Meeting, meeting, "meeting")
    meeting_days = _days_of(record)
    if day is not None and day not in meeting_days:
        raise Refused(f"{record.title} is not on {say_span(day, day)}.")
    names = []
    for contact in people:
        person = existing(session, Contact, contact, "contact")
        if person.project_id != record.project_id:
            raise Refused(f"{person.name} belongs to another project.")
        _mark(session, record, contact, presence, day if len(meeting_days) > 1 else None)
        names.append(person.name)
    who = names[0] if len(names) == 1 else f"{len(names)} people"
    words = "{who}: {presence}, {meeting}" if presence else "Take {who} off the list of {meeting}"
    say(
        session,
        words,
        who=who,
        presence=presence.word if presence else "",
        meeting=record.title,
    )


@operation("Expect everybody")
def expect_all(session: Session, meeting: int) -> int:
    """Put everybody of the partners who is not yet on a meeting's list on it, as expected.

    Returns:
        How many were added.
    """
    record = existing(session, Meeting, meeting, "meeting")
    listed = {row.contact_id for row in record.attendance}
    first = record.day
    people = session.execute(
        select(Contact.id, Partner.left_on)
        .join(Partner, Contact.partner_id == Partner.id)
        .where(Contact.project_id == record.project_id)
        .order_by(Contact.id)
    ).all()
    added = [
        person.id
        for person in people
        if person.id not in listed and not (person.left_on and first and person.left_on < first)
    ]
    for contact in added:
        _mark(session, record, contact, Presence.EXPECTED, None)
    say(session, "Expect everybody at {meeting}", meeting=record.title)
    return len(added)


@operation("Add somebody to a meeting")
def invite(
    session: Session,
    meeting: int,
    name: str,
    *,
    partner_id: int | None = None,
    role: str | None = None,
    email: str | None = None,
) -> int:
    """Add a person who is not known yet, expect them at a meeting, and give their id."""
    record = existing(session, Meeting, meeting, "meeting")
    person = contacts.add(
        session, record.project_id, name, partner_id=partner_id, role=role, email=email
    )
    _mark(session, record, person, Presence.EXPECTED, None)
    say(session, "Expect {name} at {meeting}", name=clean(name), meeting=record.title)
    return person


@operation("Mark everybody as present")
def all_present(session: Session, meeting: int, *, day: date | None = None) -> None:
    """Mark everybody who is expected as present, on one day or on all of them."""
    record = existing(session, Meeting, meeting, "meeting")
    if day is None or len(_days_of(record)) == 1:
        for row in record.attendance:
            if row.presence is Presence.EXPECTED:
                row.presence = Presence.PRESENT
    else:
        rows = [row for row in record.attendance if row.day in (None, day)]
        for contact in [row.contact_id for row in rows if row.presence is Presence.EXPECTED]:
            _mark(session, record, contact, Presence.PRESENT, day)
    say(session, "Everybody expected was present, {meeting}", meeting=record.title)


@operation("Count heads")
def count_heads(
    session: Session,
    meeting: int,
    people: int,
    *,
    partner_id: int | None = None,
    organisation: str | None = None,
    country: str | None = None,
    profile: str | None = None,
    online: int = 0,
) -> int:
    """Say how many came, without names; a count of the same group is replaced.

    Args:
        meeting: Its id.
        people: How many, those online included.
        partner_id: Of which partner ...
        organisation: ... or of which other organisation.
        country: Where they came from.
        profile: What they are: teachers, students.
        online: How many of them attended online.

    Returns:
        The id of the count.

    Raises:
        Refused: More online than there were, or a number below 0.
    """
    record = existing(session, Meeting, meeting, "meeting")
    _refuse_strangers(session, record.project_id, {"host_id": partner_id})
    if people < 0 or online < 0:
        raise Refused("A count of people cannot be below 0.")
    if online > people:
        raise Refused(f"{online} online are more than the {people} who came.")
    group = {
        "partner_id": partner_id,
        "organisation": _text(organisation),
        "country": countries.read_country(country) if country else None,
        "profile": _text(profile),
    }
    found = next(
        (
            row
            for row in record.head_counts
            if all(getattr(row, field) == value for field, value in group.items())
        ),
        None,
    )
    if found is None:
        found = HeadCount(project_id=record.project_id, people=people, online=online, **group)
        record.head_counts.append(found)
    found.people, found.online = people, online
    session.flush()
    say(session, "Count {people} people at {meeting}", people=people, meeting=record.title)
    return found.id


@operation("Remove count")
def remove_count(session: Session, head_count: int) -> None:
    """Remove a count of people."""
    record = existing(session, HeadCount, head_count, "count")
    meeting = record.meeting
    say(
        session,
        "Remove a count of {people} people at {meeting}",
        people=record.people,
        meeting=meeting.title,
    )
    meeting.head_counts.remove(record)


# -- minutes


@operation("Add to the minutes")
def add_outcome(
    session: Session,
    meeting: int,
    kind: OutcomeKind,
    text: str,
    *,
    item: int | None = None,
    partner_id: int | None = None,
    contact_id: int | None = None,
    due: date | None = None,
    work_unit_id: int | None = None,
) -> int:
    """Add a line to the minutes, and give its id; an action becomes a task.

    Args:
        meeting: The meeting's id.
        kind: Information, a decision, an action.
        text: What was said, decided, or is to be done.
        item: The point of the agenda it belongs to.
        partner_id: Which partner does it; for an action, like the following.
        contact_id: Who does it.
        due: By when.
        work_unit_id: Where its task belongs; else where the meeting does.

    Raises:
        Refused: No text, or a point of another agenda.
    """
    record = existing(session, Meeting, meeting, "meeting")
    wanted = _read_outcome(session, record, {"text": text, "agenda_item_id": item})
    line = MeetingOutcome(project_id=record.project_id, kind=kind, **wanted)
    record.outcomes.append(line)
    _number(record.outcomes)
    session.flush()
    if kind is OutcomeKind.ACTION:
        _make_task(
            session,
            record,
            line,
            partner_id=partner_id,
            contact_id=contact_id,
            due=due,
            work_unit_id=work_unit_id or record.work_unit_id,
        )
    say(
        session,
        "Note {kind} at {meeting}: {text}",
        kind=kind.word,
        meeting=record.title,
        text=clean(line.text),
    )
    return line.id


@operation("Add to the minutes")
def add_outcomes(
    session: Session,
    meeting: int,
    lines: Sequence[tuple[OutcomeKind, str]],
    *,
    item: int | None = None,
    partner_id: int | None = None,
    contact_id: int | None = None,
    due: date | None = None,
) -> list[int]:
    """Add several lines to the minutes, and give their ids; the actions share who and when."""
    added = [
        add_outcome(
            session,
            meeting,
            kind,
            text,
            item=item,
            partner_id=partner_id,
            contact_id=contact_id,
            due=due,
        )
        for kind, text in lines
    ]
    if len(added) > 1:
        title = existing(session, Meeting, meeting, "meeting").title
        say(session, "Note {lines} lines at {meeting}", lines=len(added), meeting=title)
    return added


@operation("Edit the minutes")
def edit_outcome(
    session: Session, outcome: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change a line of the minutes; the title of an action's task stays as it is.

    Information or a decision that becomes an action gets a task.

    Returns:
        The fields that somebody else changed meanwhile; they were left alone.

    Raises:
        Refused: No text, a point of another agenda, or an action that should no longer be one.
    """
    line = existing(session, MeetingOutcome, outcome, "line of minutes")
    wanted = _read_outcome(session, line.meeting, values)
    was = line.kind
    if was is OutcomeKind.ACTION and wanted.get("kind", was) is not was:
        raise Refused("This action has a task: remove the line and write it anew.")
    conflicts = change(line, wanted, based_on, allowed=OUTCOME_FIELDS)
    if line.kind is OutcomeKind.ACTION and was is not OutcomeKind.ACTION:
        _make_task(session, line.meeting, line, work_unit_id=line.meeting.work_unit_id)
    say(
        session,
        "Edit the minutes of {meeting}: {text}",
        meeting=line.meeting.title,
        text=clean(line.text),
    )
    return conflicts


@operation("Remove from the minutes")
def remove_outcome(session: Session, outcome: int, *, with_task: bool = False) -> None:
    """Remove a line of the minutes.

    Args:
        outcome: Its id.
        with_task: Remove an action's task too; else it stays, by itself.
    """
    line = existing(session, MeetingOutcome, outcome, "line of minutes")
    meeting = line.meeting
    _let_go_of_tasks(session, [line.id], remove_them=with_task)
    say_last = {"meeting": meeting.title, "text": clean(line.text)}
    meeting.outcomes.remove(line)
    _number(meeting.outcomes)
    say(session, "Remove from the minutes of {meeting}: {text}", **say_last)


# -- reading values


def _text(value: str | None) -> str | None:
    return clean(value) or None if isinstance(value, str) else value


def _lines(value: str | None) -> str | None:
    return clean(value, lines=True) or None if value else None


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "kind": MeetingKind,
    "state": MeetingState,
    "mode": lambda value: MeetingMode(value) if value else None,
    "precision": Precision,
    "country": lambda value: countries.read_country(value) if value else None,
    "zone": lambda value: instants.read_zone(value) if value else None,
    "summary": _lines,
    "notes": _lines,
}


def _read(values: Values) -> dict[str, Any]:
    """Read the values of fields, each as its kind asks; empty text is nothing."""
    read: dict[str, Any] = {
        field: _READERS.get(field, _text)(value) for field, value in values.items()
    }
    if "title" in read and not read["title"]:
        raise Refused("A meeting needs a title.")
    if min(read.get("participants") or 0, read.get("remote_participants") or 0) < 0:
        raise Refused("A count of people cannot be below 0.")
    if read.get("minutes_long") is not None and read["minutes_long"] <= 0:
        raise Refused("A meeting lasts at least a minute.")
    return read


def _read_item(values: Values) -> dict[str, Any]:
    """Read the values of a point of an agenda."""
    read: dict[str, Any] = {
        field: (_lines if field == "notes" else _text)(value) for field, value in values.items()
    }
    if "title" in read and not read["title"]:
        raise Refused("A point of the agenda needs a title.")
    if (read.get("minutes_planned") or 0) < 0:
        raise Refused("A point of the agenda cannot be shorter than 0 minutes.")
    return read


def _read_outcome(session: Session, meeting: Meeting, values: Values) -> dict[str, Any]:
    """Read the values of a line of minutes."""
    read: dict[str, Any] = {
        field: clean(value, lines=True) if isinstance(value, str) and field == "text" else value
        for field, value in values.items()
    }
    if "text" in read and not read["text"]:
        raise Refused("A line of the minutes needs words.")
    if "kind" in read:
        read["kind"] = OutcomeKind(read["kind"])
    item = read.get("agenda_item_id")
    if item is not None:
        found = existing(session, AgendaItem, item, "point of an agenda")
        if found.meeting_id != meeting.id:
            raise Refused("This point is on another agenda.")
    return read


def _refuse_strangers(session: Session, project: int, values: Values) -> None:
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


# -- when a meeting is


def wall_time(meeting: Meeting) -> time | None:
    """Give when a meeting begins, on the wall of its zone; None where the hour is not known."""
    if meeting.starts_at is None or meeting.zone is None:
        return None
    return instants.local(meeting.starts_at, meeting.zone).time()


def _edit_when(
    session: Session, meeting: Meeting, wanted: dict[str, Any], based_on: Values | None
) -> tuple[FieldConflict, ...]:
    """Change when a meeting is; what is not named stays, on the wall."""
    touched = WHEN & wanted.keys()
    if not touched:
        return ()
    at, before = wall_time(meeting), meeting.day
    conflicts: tuple[FieldConflict, ...] = ()
    if "at" in wanted:
        if based_on is not None and based_on.get("at", at) != at and wanted["at"] != at:
            conflicts += (FieldConflict("at", wanted["at"], at),)
        else:
            at = wanted["at"]
    plain = {field: wanted[field] for field in WHEN & touched - {"at", "precision"}}
    conflicts += change(meeting, plain, based_on, allowed=WHEN)
    moved = meeting.day != before
    if moved and "end_day" not in wanted:
        _move_last_day(meeting, before)
    if moved and "month" not in wanted:
        meeting.month = None  # the project month that the old day stood for
    only_month = wanted.get("precision", None if moved else meeting.precision) is Precision.MONTH
    if (only_month or meeting.day is None) and "at" not in wanted:
        at = None
    _set_when(session, meeting, meeting.day, at, Precision.MONTH if only_month else None)
    return conflicts


def _move_last_day(meeting: Meeting, before: date | None) -> None:
    """Keep the length of a meeting whose first day was moved."""
    if meeting.day is None or before is None:
        meeting.end_day = None
    elif meeting.end_day is not None:
        meeting.end_day += meeting.day - before


def _set_when(
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
        meeting.precision, day, meeting.end_day = Precision.MONTH, day.replace(day=1), None
    else:
        meeting.precision = Precision.DAY
    meeting.day = day
    _refuse_odd_span(meeting)


def _refuse_odd_span(meeting: Meeting) -> None:
    """Refuse days that run backwards or too long; one day needs no last one."""
    if meeting.end_day is None:
        return
    if meeting.day is None:
        raise Refused("A last day needs a first one.")
    if meeting.end_day < meeting.day:
        raise Refused(f"{meeting.title} ends before it begins.")
    if (meeting.end_day - meeting.day).days >= LONGEST_DAYS:
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


def _days_of(meeting: Meeting) -> list[date]:
    """List the days of a meeting; none where its day is not known."""
    if meeting.day is None or meeting.precision is Precision.MONTH:
        return []
    last = meeting.end_day or meeting.day
    return [meeting.day + timedelta(days=n) for n in range((last - meeting.day).days + 1)]


def _say_when(meeting: Meeting) -> str:
    """Say when a meeting is, for the history."""
    if meeting.day is None:
        return "no date"
    if meeting.precision is Precision.MONTH:
        return say_calendar_month(meeting.day)
    at = wall_time(meeting)
    return say_span(meeting.day, meeting.end_day or meeting.day) + (f" {at:%H:%M}" if at else "")


# -- attendance, tasks, order


def _carry_attendance(session: Session, meeting: Meeting, old: list[date]) -> None:
    """Take the attendance day by day along with a meeting that was moved."""
    now = _days_of(meeting)
    if now == old:
        return
    by = now[0] - old[0] if now and old else timedelta(0)
    kept = {row: row.day + by for row in meeting.attendance if row.day is not None}
    for row in [row for row, day in kept.items() if day not in now]:
        if row.presence is not Presence.EXPECTED:
            raise Refused(
                f"Somebody is marked as {row.presence.word} on a day that {meeting.title} would "
                "lose: take that off the list first."
            )
        meeting.attendance.remove(row)
        del kept[row]
    session.flush()
    # one after the other, away from each other: a person is on a day's list only once
    for row in sorted(kept, key=lambda row: kept[row], reverse=by > timedelta(0)):
        row.day = kept[row]
        session.flush()


def _mark(
    session: Session, meeting: Meeting, contact: int, presence: Presence | None, day: date | None
) -> None:
    """Set one person's presence on one day, or on all of them."""
    rows = [row for row in meeting.attendance if row.contact_id == contact]
    if day is None:
        wanted: dict[date | None, Presence | None] = {None: presence}
    else:
        known: dict[date | None, Presence | None] = {row.day: row.presence for row in rows}
        whole = known.pop(None, None)
        wanted = {**dict.fromkeys(_days_of(meeting), whole), **known, day: presence}
        if len(set(wanted.values())) == 1:
            wanted = {None: presence}  # the same on every day
    for row in rows:
        if wanted.get(row.day) is None:
            meeting.attendance.remove(row)
    session.flush()
    there = {row.day: row for row in rows}
    for one, state in wanted.items():
        if state is None:
            continue
        if one in there:
            there[one].presence = state
        else:
            meeting.attendance.append(
                Attendance(
                    project_id=meeting.project_id, contact_id=contact, day=one, presence=state
                )
            )


def _make_task(
    session: Session,
    meeting: Meeting,
    line: MeetingOutcome,
    *,
    work_unit_id: int | None,
    partner_id: int | None = None,
    contact_id: int | None = None,
    due: date | None = None,
) -> None:
    """Make the task of an action."""
    tasks.add(
        session,
        meeting.project_id,
        clean(line.text),
        work_unit_id=work_unit_id,
        partner_id=partner_id,
        contact_id=contact_id,
        due=due,
        outcome_id=line.id,
    )


def _let_go_of_tasks(session: Session, outcomes: list[int], *, remove_them: bool) -> None:
    """Remove the tasks that came from lines of minutes, or let them stand by themselves."""
    found = list(session.scalars(select(Task).where(Task.outcome_id.in_(outcomes))))
    for task in found:
        task.outcome_id = None
    session.flush()
    if remove_them and found:
        tasks.remove(session, [task.id for task in found])


def _number(rows: list[Any]) -> None:
    """Write the order of a list into its rows."""
    for place, row in enumerate(rows):
        if row.position != place:
            row.position = place
