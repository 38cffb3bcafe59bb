"""The minutes of one meeting: who was there, what was said, decided and is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days, instants, running, timeline
from ka2tui.domain.countries import say_country
from ka2tui.domain.kinds import MeetingState, OutcomeKind, Precision, Presence
from ka2tui.reports.document import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Points,
    Row,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from ka2tui.queries.meeting_minutes import CarriedRow, OutcomeRow
    from ka2tui.queries.meeting_people import PersonRow, Total
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.queries.tasks import TaskRow

_BESIDES = "Besides the agenda"
_ACTION_COLUMNS = (
    *(Column("What"), Column("Who", "code")),
    *(Column("By when", "date"), Column("State", "code")),
)


def document(meeting: MeetingDetails) -> Document:
    """Put the minutes of a meeting together, ready to be sent to everybody who was there."""
    row = meeting.row
    return Document(
        title=f"Minutes: {row.title}",
        subtitle=" · ".join((meeting.project, row.kind.word, say_when(row))),
        about=_about(row),
        blocks=tuple(_blocks(meeting)),
    )


def say_when(row: MeetingRow) -> str:
    """Say in full when a meeting is: 3-4 Dec 2026, 09:30 Warsaw."""
    if row.day is None:
        return "no date yet" if row.month is None else timeline.say_month(row.month)
    if row.precision is Precision.MONTH:
        return days.say_calendar_month(row.day, row.end_day)
    span = days.say_span(row.day, row.end_day or row.day)
    local = row.local
    if local is None or row.zone is None:
        return span
    return f"{span}, {local:%H:%M} {instants.city(row.zone)}"


def say_held(row: MeetingRow) -> str:
    """Say when its clock was started and stopped: 09:32 to 11:05 Warsaw; blank if it never was.

    The day is said too where that is not the one it was planned for.
    """
    if row.started_at is None:
        return ""
    begun = row.wall(row.started_at)
    ended = None if row.ended_at is None else row.wall(row.ended_at)
    there = {moment.date() for moment in (begun, ended) if moment is not None}
    dated = len(there) > 1 or row.days != tuple(there)

    def at(moment: datetime) -> str:
        day = f"{days.say_span(moment.date(), moment.date())}, " if dated else ""
        return f"{day}{moment:%H:%M}"

    zone = f" {instants.city(row.zone)}" if row.zone else ""
    if ended is None:
        return f"since {at(begun)}{zone}"
    until = f"{ended:%H:%M}" if len(there) == 1 else at(ended)
    return f"{at(begun)} to {until}{zone}"


def _about(row: MeetingRow) -> str:
    if row.state is MeetingState.CANCELLED:
        return "This meeting was cancelled."
    if row.minutes_sent_on is not None:
        return f"Sent on {days.say_long(row.minutes_sent_on)}."
    if row.state is MeetingState.HELD:
        return ""  # it is marked as sent once it was: what goes out must not deny it
    return "The meeting is over, and not marked as held." if row.past else "Not held yet."


def _blocks(meeting: MeetingDetails) -> Iterator[Block]:
    """Give the parts one after the other."""
    yield Facts(tuple(_facts(meeting)))
    yield from (Note(f"{sentence}.") for sentence in meeting.differences)
    if meeting.summary:
        yield from _paragraphs(meeting.summary)
    yield from _said(meeting)
    yield from _decided(meeting)
    yield from _to_do(meeting)


def facts_of_place(meeting: MeetingDetails) -> Iterator[tuple[str, str]]:
    """Say where it is and who invites."""
    row = meeting.row
    place = ", ".join(
        part for part in (row.place, row.city if row.city != row.place else None) if part
    )
    if row.country and say_country(row.country) not in place:
        place = ", ".join(part for part in (place, say_country(row.country)) if part)
    if place or row.mode:
        yield "Place", place or (row.mode.word if row.mode else "")
    if row.host:
        yield "Host", row.host


def _facts(meeting: MeetingDetails) -> Iterator[tuple[str, str]]:
    """Say where it was, from when to when, and who was there."""
    row = meeting.row
    yield from facts_of_place(meeting)
    held = say_held(row)
    if held:
        yield "Goes on" if row.goes_on else "Held", held
    took = running.used(item.time for item in meeting.agenda)
    if took is not None:
        yield "Time", running.say_used(row.minutes_planned, took)
    for word, presences in (
        ("Present", {Presence.PRESENT}),
        ("Online", {Presence.ONLINE}),
        ("Expected", {Presence.EXPECTED}),
        ("Excused", {Presence.EXCUSED}),
        ("Absent", {Presence.ABSENT}),
    ):
        names = [say_person(one) for one in meeting.listed if best(one, over=row.past) in presences]
        if names:
            yield word, ", ".join(names)
    known = meeting.listed or meeting.counts or meeting.participants or row.stated is not None
    if not known and row.state is MeetingState.HELD:
        yield "Present", "not noted"
    if meeting.counts:
        yield "Counted", f"{row.counted}: " + ", ".join(say_counts(meeting))
    for word, said in (
        ("By country", list(say_countries(meeting))),
        ("By profile", list(say_profiles(meeting))),
    ):
        if said:
            yield word, ", ".join(said)
    if row.stated is not None:
        online = f", {meeting.remote} of them online" if meeting.remote else ""
        yield "Participants", f"{row.stated}{online}"


def best(person: PersonRow, *, over: bool) -> Presence | None:
    """Give somebody's presence at the whole meeting: there, if on any of its days.

    Once it is over, who was expected on one day and absent on another was absent.
    """
    known = [one for one in person.presences if one is not None]
    marked = [one for one in known if one is not Presence.EXPECTED] if over else known
    return min(marked or known, key=_ORDER.index, default=None)


AWAY = {Presence.EXCUSED, Presence.ABSENT}
"""Who does not come."""

_ORDER = [
    Presence.PRESENT,
    Presence.ONLINE,
    Presence.EXPECTED,
    Presence.EXCUSED,
    Presence.ABSENT,
]


def say_person(person: PersonRow) -> str:
    """Say who somebody is: Ana Moreno (RIBERA)."""
    return f"{person.name} ({person.partner})" if person.partner else person.name


def say_counts(meeting: MeetingDetails) -> Iterator[str]:
    """Say each count of people: "KMOP 3 (1 online)", "teachers 12"."""
    for count in meeting.counts:
        country = say_country(count.country) if count.country else None
        who = " ".join(part for part in (count.who or country, count.profile) if part)
        online = f" ({count.online} online)" if count.online else ""
        yield f"{who or 'people'} {count.people}{online}"


def say_countries(meeting: MeetingDetails) -> Iterator[str]:
    """Say how many were counted from each country: "Poland 12 (2 online)"; nothing if unknown."""
    found = [(say_country(one.name) if one.name else None, one) for one in meeting.by_country]
    return _totals(found, "country not noted")


def say_profiles(meeting: MeetingDetails) -> Iterator[str]:
    """Say how many were counted of each profile: "teachers 12"; nothing where none is known."""
    return _totals([(one.name, one) for one in meeting.by_profile], "profile not noted")


def _totals(found: Sequence[tuple[str | None, Total]], unknown: str) -> Iterator[str]:
    if all(name is None for name, _ in found):
        return
    for name, one in found:
        online = f" ({one.online} online)" if one.online else ""
        yield f"{name or unknown} {one.people}{online}"


def _said(meeting: MeetingDetails) -> Iterator[Block]:
    """Give the agenda with what was said to each point of it."""
    if not meeting.agenda and not meeting.outcomes:
        yield Paragraph("No agenda and no minutes were written down.", "quiet")
        return
    for number, item in enumerate(meeting.agenda, start=1):
        by = f", {item.presenter}" if item.presenter else ""
        yield Heading(f"{number}. {item.title}{by}")
        lines = [line for line in meeting.outcomes if line.item_id == item.id]
        if item.notes:
            yield from _paragraphs(item.notes)
        elif not lines and meeting.row.state is MeetingState.HELD:
            yield Paragraph("Nothing was noted.", "quiet")
        yield from _points(lines)
    besides = [line for line in meeting.outcomes if line.item_id is None]
    if besides:
        if meeting.agenda:
            yield Heading(_BESIDES)
        yield from _points(besides)


def _points(lines: Iterable[OutcomeRow]) -> Iterator[Block]:
    """Give lines of minutes one below the other."""
    said = tuple(map(_point, lines))
    if said:
        yield Points(said)


def _point(line: OutcomeRow) -> str:
    text = " ".join(line.text.split())
    if line.kind is OutcomeKind.INFORMATION:
        return text
    if line.kind is OutcomeKind.DECISION:
        return f"Decision: {text}"
    who = f" – {say_who(line.task)}" if line.task is not None else ""
    return f"Action: {text}{who}"


def say_who(task: TaskRow) -> str:
    """Say who does it and by when."""
    due = _due(task)
    return (
        ", ".join(part for part in (_assignee(task), due and f"by {due}") if part) or "nobody yet"
    )


def _assignee(task: TaskRow) -> str:
    return " ".join(
        part
        for part in (
            task.contact,
            f"({task.partner})" if task.contact and task.partner else task.partner,
        )
        if part
    )


def _due(task: TaskRow) -> str:
    if task.due is None:
        return ""
    if task.due_precision is Precision.MONTH:
        return days.say_calendar_month(task.due)
    return days.say_span(task.due, task.due)


def _decided(meeting: MeetingDetails) -> Iterator[Block]:
    """List the decisions by themselves."""
    decisions = tuple(
        " ".join(line.text.split())
        for line in meeting.outcomes
        if line.kind is OutcomeKind.DECISION
    )
    if decisions:
        yield Heading("Decisions")
        yield Points(decisions)


def _to_do(meeting: MeetingDetails) -> Iterator[Block]:
    """List what is to be done: from this meeting, and still open from earlier ones."""
    actions = [line for line in meeting.outcomes if line.kind is OutcomeKind.ACTION]
    if actions:
        rows = tuple(
            Row((" ".join(line.text.split()), *_columns_of(line.task))) for line in actions
        )
        yield Heading("Actions")
        yield Table("What is to be done", _ACTION_COLUMNS, rows)
    yield from _by_partner(meeting, actions)
    yield from carried_table(meeting)


def carried_table(meeting: MeetingDetails) -> Iterator[Block]:
    """List what earlier meetings left open; nothing where they left nothing."""
    if meeting.carried:
        rows = tuple(
            Row((f"{one.task.title} ({say_carried(one)})", *_columns_of(one.task)))
            for one in meeting.carried
        )
        yield Heading("Still open from earlier meetings")
        yield Table("What earlier meetings left open", _ACTION_COLUMNS, rows)


def say_carried(left: CarriedRow) -> str:
    """Say which meeting an action comes from, and how often it was carried over."""
    return f"{left.meeting}, carried {left.times}x"


def _by_partner(meeting: MeetingDetails, actions: Iterable[OutcomeRow]) -> Iterator[Block]:
    """List what each partner still has to do, from this meeting and from earlier ones."""
    owed: dict[str, list[str]] = {}
    said = [(line.text, line.task) for line in actions if line.task is not None]
    said += [(f"{one.task.title} ({one.meeting})", one.task) for one in meeting.carried]
    for text, task in said:
        if task.state.closed:
            continue
        person = task.contact if task.partner else None
        when = _due(task)
        parts = (" ".join(text.split()), person, when and f"by {when}")
        owed.setdefault(task.partner or task.contact or "", []).append(
            ", ".join(part for part in parts if part)
        )
    if owed:
        yield Heading("Actions by partner")
    for who in sorted(owed, key=lambda who: (not who, who)):
        yield Paragraph(f"{who or 'Nobody yet'}:")
        yield Points(tuple(owed[who]))


def _columns_of(task: TaskRow | None) -> tuple[str, str, str]:
    if task is None:
        return "", "", "no longer a task"
    return _assignee(task), _due(task), task.state.word


def _paragraphs(text: str) -> Iterator[Block]:
    """Give text line by line."""
    return (Paragraph(line) for line in text.splitlines() if line.strip())
