"""Participants as tables for a spreadsheet: import reads the same again, and no formula runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.countries import say_country
from ka2tui.domain.kinds import Kind
from ka2tui.exchange.table_writer import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ka2tui.queries.participants import ParticipantRow
    from ka2tui.queries.participation import Standing


_YES = {True: "yes", False: "no", None: None}


class Table(Kind):
    """One table about participants."""

    PARTICIPANTS = "participants", "Participants"
    EVENTS = "events", "Totals"


def participants(rows: Iterable[ParticipantRow]) -> Sheet:
    """Write everybody on the lists, one row a place on a list."""
    titles = (
        *("Event", "Participant", "Organisation", "Country", "Profile", "Fewer opportunities"),
        *("Online", "Role in event", "Certificate", "Day", "Notes"),
    )
    body = (
        (
            *(row.event, row.name, row.organisation),
            say_country(row.country) if row.country else None,
            *(row.profile, _YES[row.fewer_opportunities], _YES[row.online]),
            *(row.role, row.certificate, row.day, row.notes),
        )
        for row in rows
    )
    return Sheet(Table.PARTICIPANTS, titles, (*body,))


def events(seen: Standing) -> Sheet:
    """Write the totals of each event and part of the work beside what is claimed of them."""
    titles = (
        *("Of", "Name", "By name", "Counted without names", "In the report", "Expected"),
        "Differences",
    )
    own = (
        (
            *(row.event.short, row.event.title, row.numbers.persons, row.numbers.counted),
            *(row.event.reported, row.event.expected, "; ".join(row.differences)),
        )
        for row in seen.events
    )
    parts = (
        (
            *(row.unit.code, row.unit.title, row.numbers.persons, row.numbers.counted),
            *(row.unit.reported, row.unit.expected, "; ".join(row.differences)),
        )
        for row in seen.units
    )
    found = seen.numbers
    whole = ("Project", None, found.persons, found.counted, seen.reported, seen.expected, None)
    return Sheet(Table.EVENTS, titles, (*own, *parts, whole))
