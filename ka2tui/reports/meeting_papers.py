"""What is printed before a meeting: its agenda to send out, and the list that people sign."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ka2tui.domain import days, instants
from ka2tui.domain.kinds import Precision
from ka2tui.domain.lengths import say_length
from ka2tui.domain.text import fold
from ka2tui.reports.document import Block, Column, Document, Facts, Heading, Paragraph, Row, Table
from ka2tui.reports.minutes import AWAY, best, carried_table, facts_of_place, say_person, say_when

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ka2tui.queries.meetings import MeetingDetails

_BLANK_LINES = 6
"""Rows left free on a list of signatures, for who was not expected."""

_LINE = "…" * 16
"""Where somebody signs; an empty cell would leave no room for it."""


def agenda(meeting: MeetingDetails) -> Document:
    """Put the agenda together, with what earlier meetings left open first."""
    row = meeting.row
    return Document(
        title=f"Agenda: {row.title}",
        subtitle=" · ".join((meeting.project, row.kind.word, say_when(row))),
        about=f"{say_length(row.minutes_planned)} in all." if row.minutes_planned else "",
        blocks=tuple(_agenda(meeting)),
    )


def _agenda(meeting: MeetingDetails) -> Iterator[Block]:
    facts = tuple(_facts(meeting))
    if facts:
        yield Facts(facts)
    yield from carried_table(meeting)
    if not meeting.agenda:
        yield Paragraph("The agenda is not written yet.", "quiet")
        return
    # of several days nobody has said which point is on which
    timed = meeting.row.local if len(meeting.row.days) == 1 else None
    columns = (
        *((Column("Time", "code"),) if timed is not None else ()),
        *(Column("Point"), Column("Who"), Column("Minutes", "number")),
    )
    rows = []
    for number, item in enumerate(meeting.agenda, start=1):
        at = () if timed is None else (f"{timed:%H:%M}",)
        title = f"{number}. {item.title}"
        length = str(item.minutes_planned) if item.minutes_planned else ""
        rows.append(Row((*at, title, item.presenter or "", length)))
        if timed is not None:
            timed += timedelta(minutes=item.minutes_planned or 0)
    if meeting.carried:
        yield Heading("Agenda")
    yield Table("The points of the agenda", columns, tuple(rows))


def _facts(meeting: MeetingDetails) -> Iterator[tuple[str, str]]:
    """Say what who is invited needs: which day, when by each clock, where, and who comes."""
    row = meeting.row
    if row.day is not None and row.precision is not Precision.MONTH:
        last = row.end_day or row.day
        until = f" to {days.say_in_full(last)}" if last != row.day else ""
        yield "Day", f"{days.say_in_full(row.day)}{until}"
    if row.starts_at is not None and row.zone is not None:
        zones = (row.zone, *(clock.zone for clock in meeting.clocks))
        yield "Begins", instants.say_clocks(row.starts_at, zones, row.zone)
    yield from facts_of_place(meeting)
    if meeting.link:
        yield "Link", meeting.link
    invited = [one for one in meeting.listed if best(one, over=False) not in AWAY]
    if invited:
        yield "Invited", ", ".join(map(say_person, invited))


def signatures(meeting: MeetingDetails) -> Document:
    """Put the list of signatures together: a table for each day, some rows free."""
    row = meeting.row
    return Document(
        title=f"Attendance list: {row.title}",
        subtitle=" · ".join((meeting.project, row.kind.word, say_when(row))),
        about="Everybody signs on each day.",
        blocks=tuple(_signatures(meeting)),
    )


def _signatures(meeting: MeetingDetails) -> Iterator[Block]:
    facts = tuple(facts_of_place(meeting))
    if facts:
        yield Facts(facts)
    for day in meeting.row.days or (None,):
        yield from _sheet(meeting, day)


def _sheet(meeting: MeetingDetails, day: date | None) -> Iterator[Block]:
    """Give the list of one day."""
    said = "Signatures" if day is None else days.say_long(day)
    columns = (Column("", "number"), Column("Name"), Column("Organisation"), Column("Signature"))
    names = [*_expected(meeting, day), *[("", "", _LINE)] * _BLANK_LINES]
    rows = (Row((str(n), *name)) for n, name in enumerate(names, start=1))
    yield Heading(said)
    yield Table(f"Who was there: {said}", columns, tuple(rows))


def _expected(meeting: MeetingDetails, day: date | None) -> Iterator[tuple[str, str, str]]:
    """Give who signs on a day: contacts and participants, each once; online nobody signs."""
    contacts = {person.id for person in meeting.listed}
    named = set()
    for person in meeting.listed:
        named.add((fold(person.name), fold(person.partner or "")))
        yield person.name, person.partner or "", _LINE
    for one in meeting.participants:
        name = fold(one.name), fold(one.organisation or "")
        elsewhere = one.day is not None and day is not None and one.day != day
        if elsewhere or one.contact_id in contacts or name in named:
            continue
        named.add(name)
        yield one.name, one.organisation or "", "online" if one.online else _LINE
