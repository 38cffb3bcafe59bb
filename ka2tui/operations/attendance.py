"""Who is expected at a meeting, who was there, and how many came without a name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.days import say_span
from ka2tui.domain.kinds import Presence
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations import contacts, meeting_days
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Attendance, Contact, Meeting, Partner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_MOST_NAMED = 4
"""Partners that a line of history names."""


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
    there = meeting_days.days_of(record)
    if day is not None and day not in there:
        raise Refused(f"{record.title} is not on {say_span(day, day)}.")
    names = []
    for contact in people:
        person = existing(session, Contact, contact, "contact")
        if person.project_id != record.project_id:
            raise Refused(f"{person.name} belongs to another project.")
        _mark(session, record, contact, presence, day if len(there) > 1 else None)
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


@operation("Mark attendance")
def mark_partners(
    session: Session,
    meeting: int,
    partners: Sequence[int],
    presence: Presence | None,
    *,
    day: date | None = None,
    keep: bool = False,
) -> list[int]:
    """Say of whole partners that they were, or were not, at a meeting.

    Args:
        meeting: Its id.
        partners: Their ids; of each those of its people who are on the list, else all of them.
        presence: What is known of them; None takes them off the list.
        day: One day of the meeting; None: all of it.
        keep: Leave alone what is known of somebody already, day by day; expected is not known.

    Returns:
        The ids of the people it concerned.

    Raises:
        Refused: A partner without people or of another project, or a day of no meeting.
    """
    record = existing(session, Meeting, meeting, "meeting")
    listed = {row.contact_id for row in record.attendance}
    names, meant = [], []
    for partner in partners:
        found = existing(session, Partner, partner, "partner")
        names.append(found.acronym or found.name)
        own = Contact.partner_id == partner, Contact.project_id == record.project_id
        people = list(session.scalars(select(Contact.id).where(*own).order_by(Contact.id)))
        if not people:
            raise Refused(f"Nobody of {names[-1]} is entered yet: add somebody, or count heads.")
        meant += [person for person in people if person in listed] or people
    if keep:
        meant = _mark_unmarked(session, record, meant, presence, day)
    else:
        mark(session, meeting, meant, presence, day=day)
    words = "{who}: {presence}, {meeting}" if presence else "Take {who} off the list of {meeting}"
    who = ", ".join(names) if len(names) <= _MOST_NAMED else f"{len(names)} partners"
    word = presence.word if presence else ""
    say(session, words, who=who, presence=word, meeting=record.title)
    return meant


def _mark_unmarked(
    session: Session,
    meeting: Meeting,
    people: Sequence[int],
    presence: Presence | None,
    day: date | None,
) -> list[int]:
    """Mark people on the days on which nothing is known of them; give those it concerned."""
    days = meeting_days.days_of(meeting)
    chosen: list[date | None] = [None]
    if len(days) > 1:
        chosen = [*days] if day is None else [day]
    known = {
        (row.contact_id, row.day)
        for row in meeting.attendance
        if row.presence is not Presence.EXPECTED
    }
    marked = []
    for person in people:
        blank = [one for one in chosen if not known & {(person, one), (person, None)}]
        for one in [None] if blank and blank == days else blank:
            _mark(session, meeting, person, presence, one)
            session.flush()
        marked += [person] if blank else []
    return marked


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
    if day is None or len(meeting_days.days_of(record)) == 1:
        for row in record.attendance:
            if row.presence is Presence.EXPECTED:
                row.presence = Presence.PRESENT
    else:
        rows = [row for row in record.attendance if row.day in (None, day)]
        for contact in [row.contact_id for row in rows if row.presence is Presence.EXPECTED]:
            _mark(session, record, contact, Presence.PRESENT, day)
    say(session, "Everybody expected was present, {meeting}", meeting=record.title)


def carry(session: Session, meeting: Meeting, old: list[date]) -> None:
    """Take the attendance day by day along with a meeting that was moved."""
    now = meeting_days.days_of(meeting)
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
        wanted = {**dict.fromkeys(meeting_days.days_of(meeting), whole), **known, day: presence}
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
