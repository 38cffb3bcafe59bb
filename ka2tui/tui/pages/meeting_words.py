"""How a meeting is put into words, wherever it is shown: when it is, how far away, whose clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days, timeline
from ka2tui.domain.kinds import MeetingState, Precision, Presence
from ka2tui.tui import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from ka2tui.queries.meeting_clocks import PartnerClock
    from ka2tui.queries.meeting_people import Total
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.queries.tasks import TaskRow
    from ka2tui.tui.plain import Cell, Piece, Tone

SHOWS = frozenset(
    {"meeting", "agenda_item", "attendance", "head_count", "outcome", "task", "contact"}
    | {"partner", "project", "work_unit"}
)
"""Whatever a meeting shows something of, by table name."""

SOON_DAYS = 14

PRESENCES: dict[Presence | None, tuple[str, Tone, str]] = {
    None: ("·", "quiet", ""),
    Presence.EXPECTED: ("?", "", "expected"),
    Presence.PRESENT: ("✓", "good", "present"),
    Presence.ONLINE: ("‖", "good", "online"),
    Presence.EXCUSED: ("–", "quiet", "excused"),
    Presence.ABSENT: ("✗", "late", "absent"),
}
"""Glyph, tone and word of how somebody attends; None: not on the list."""


def glyph(row: MeetingRow, today: date) -> Piece:
    """Give the sign for where a meeting stands."""
    if row.state is MeetingState.HELD:
        return (plain.DONE, "done")
    if row.state is MeetingState.CANCELLED:
        return (plain.CANCELLED, "quiet")
    if row.goes_on:
        return (plain.DOING, "soon")
    if row.past:
        return (plain.LATE, "late")
    near = row.day is not None and (row.day - today).days <= SOON_DAYS
    return (plain.SOON, "soon") if near else (plain.OPEN, "")


def when(row: MeetingRow, today: date, *, hour: bool = True, home: str | None = None) -> str:
    """Say when a meeting is, in its own zone: tomorrow 09:30 Warsaw, 3-5 Dec, Jan 2027.

    Args:
        row: The meeting.
        today: The day from which it is seen.
        hour: Whether the time is said.
        home: The zone that need not be named.
    """
    if row.day is None:
        return "no date" if row.month is None else timeline.say_month(row.month)
    if row.precision is Precision.MONTH:
        return days.say_calendar_month(row.day, row.end_day)
    if row.end_day is not None:
        said = days.say_span(row.day, row.end_day).removesuffix(f" {today.year}")
    else:
        said = days.say_day(row.day, today)
    local = row.local if hour else None
    if local is None or row.zone is None:
        return said
    return plain.join([said, f"{local:%H:%M}", "" if row.zone == home else city(row.zone)], " ")


def city(zone: str) -> str:
    """Give the city a zone is named after."""
    return plain.line(zone).rsplit("/", 1)[-1].replace("_", " ")


def standing(row: MeetingRow, today: date, now: datetime) -> tuple[str, Tone]:
    """Say how far away a meeting is, or how it went."""
    if row.goes_on:
        return ("under way", "soon")
    if row.state is not MeetingState.PLANNED:
        return (row.state.word, "quiet")
    if row.past:
        return ("was it held?", "late")
    if row.day is None:
        return ("", "")
    if row.precision is Precision.MONTH:
        return ("this month", "soon") if row.day <= today else ("", "")
    if row.end_day is not None and row.day < today:
        return ("under way", "soon")
    # days are counted from the day the answers are for; the machine's clock only within it
    if row.starts_at is not None and row.zone is not None and row.day == today == now.date():
        from ka2tui.domain.instants import say_countdown

        return (say_countdown(row.starts_at, now, row.zone), "soon")
    soon = (row.day - today).days <= SOON_DAYS
    return (days.say_until(row.day, today), "soon" if soon else "")


def clock(one: PartnerClock) -> Cell:
    """Say what the clock shows at a partner's: 00:30 Bangkok next day, until after 17:00."""
    from ka2tui.domain.instants import Clock, say_clock

    said = say_clock(Clock(one.zone, one.at, one.days))
    # pieces are never broken over lines: an hour without its town would say nothing
    return [said, (f"  {one.outside}", "soon")] if one.outside else [said]


def clock_line(clocks: Iterable[PartnerClock]) -> list[Piece]:
    """Say the clocks of all partners in one line, those in one place once."""
    from ka2tui.domain.instants import Clock, say_clock

    pieces: list[Piece] = []
    said: set[str] = set()
    for one in clocks:
        shown = say_clock(Clock(one.zone, one.at, one.days))
        if shown in said:
            continue
        said.add(shown)
        if pieces:
            pieces.append((" · ", "quiet"))
        pieces.append((shown, "soon" if one.outside else ""))
    return pieces


def agenda_total(found: MeetingDetails) -> tuple[str, Tone]:
    """Say how long the agenda is, against the length of the meeting: 5 h 10 of 6 h."""
    from ka2tui.domain.lengths import say_length

    planned, long = found.row.minutes_planned, found.row.minutes_long
    if not planned:
        return ("", "")
    if not long:
        return (say_length(planned), "")
    over = found.time_over or 0
    said = f"{say_length(planned)} of {say_length(long)}"
    return (f"{said}, {say_length(over)} too long", "late") if over > 0 else (said, "")


def who(task: TaskRow) -> str:
    """Say who does a task: the partner, and the person where one is named."""
    return plain.join([task.partner, task.contact], " ")


def place(row: MeetingRow) -> str:
    """Say where a meeting is."""
    where = plain.join(dict.fromkeys([row.place, row.city]), ", ")
    return where or (row.mode.word if row.mode else "")


def town(row: MeetingRow) -> str:
    """Say in a word where a meeting is."""
    return row.city or place(row)


def countries(found: MeetingDetails) -> str:
    """Say how many were counted from each country; blank where no country is known."""
    from ka2tui.domain.countries import say_country

    known = [(say_country(one.name) if one.name else None, one) for one in found.by_country]
    return _totals(known)


def profiles(found: MeetingDetails) -> str:
    """Say how many were counted of each profile; blank where none is known."""
    return _totals([(one.name, one) for one in found.by_profile])


def _totals(found: Sequence[tuple[str | None, Total]]) -> str:
    if all(name is None for name, _ in found):
        return ""
    return plain.join([f"{plain.line(name or 'others')} {one.people}" for name, one in found])


def numbers(found: MeetingDetails) -> Iterator[str]:
    """Say how many came or are expected: 9 of 10 came, 4 expected."""
    row = found.row
    came = sum(person.there for person in found.people)
    if came or (row.past and found.listed):
        yield f"{came} of {len(found.listed)} came"
    elif found.listed:
        expected = sum(Presence.EXPECTED in person.presences for person in found.people)
        yield f"{expected} expected"
        if expected < len(found.listed):
            yield f"{len(found.listed) - expected} not coming"
    if row.counted:
        yield f"{row.counted} counted"
    if found.participants:
        yield f"{len(found.participants)} on the list (A)"
    if row.stated is not None:
        yield f"{row.stated} stated"
