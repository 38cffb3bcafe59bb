"""How participants and the events they came to are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.text import capital
from ka2tui.tui import plain
from ka2tui.tui.widgets.details import Fact, Head, Line, Private, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ka2tui.domain.participation import Numbers
    from ka2tui.queries.participants import ParticipantRow, Seen
    from ka2tui.queries.participation import EventRow
    from ka2tui.queries.participation import Line as Total
    from ka2tui.tui.widgets.details import Item

SAID = {True: "yes", False: "no", None: "not known"}


def came(numbers: Numbers) -> str:
    """Say in a cell how many came: by name, and without names after a plus."""
    if not numbers.counted:
        return plain.number(numbers.persons) if numbers.persons else ""
    heads = plain.number(numbers.counted)
    return f"{plain.number(numbers.persons)} + {heads}" if numbers.persons else heads


def sign(row: EventRow) -> tuple[str, plain.Tone]:
    """Give the sign of an event: something disagrees, or nobody is listed."""
    if row.differences:
        return "!", "late"
    return ("?", "soon") if row.missing else ("", "")


def totals(
    numbers: Numbers,
    claims: tuple[int | None, int | None],
    differences: Sequence[str],
    lines: Sequence[Total],
    by: str,
) -> Iterator[Item]:
    """Tell who came, beside what the report says and the application expected."""
    reported, expected = claims
    if numbers.nobody:
        yield Words("Nobody is on the list yet.", "quiet")
    if numbers.persons:
        yield Fact("Named", f"{plain.number(numbers.persons)}, counted once")
    if numbers.places > numbers.persons:
        yield Fact("Places", f"{plain.number(numbers.places)} at all events")
    if numbers.counted:
        more = ", may include the same people" if numbers.persons else ""
        yield Fact("Heads", f"{plain.number(numbers.counted)} without names{more}")
    if reported is not None:
        yield Fact("Report", plain.number(reported))
    if expected is not None:
        yield Fact("Expected", plain.number(expected))
    for said in differences:
        yield Words(said, "late")
    if numbers.fewer or numbers.counted_fewer:
        heads = f" + {numbers.counted_fewer}" if numbers.counted_fewer else ""
        yield Fact("Fewer", f"{numbers.fewer}{heads} with fewer opportunities")
    if numbers.certificates:
        yield Fact("Given", plain.count(numbers.certificates, "certificate"))
    if lines:
        yield Head(f"By {by}")
        for line in lines:
            heads = f" + {line.counted}" if line.counted else ""
            yield Line([(line.name or "not said", "" if line.name else "quiet")],
                       tail=f"{line.persons}{heads}")  # fmt: skip


def about(row: ParticipantRow, seen: Seen, today: date) -> Iterator[Item]:
    """Tell what is known of somebody on a list."""
    from ka2tui.domain.countries import say_country
    from ka2tui.domain.days import say_day

    yield Private([Words(row.name)])
    yield Fact("Event", row.event)
    yield Fact("From", row.organisation)
    yield Fact("Country", say_country(row.country) if row.country else None)
    yield Fact("Profile", row.profile)
    yield Fact("Fewer", SAID[row.fewer_opportunities])
    yield Fact("Took part", "online" if row.online else "in person")
    yield Fact("Role", row.role)
    yield Fact("Certificate", row.certificate)
    yield Fact("Day", say_day(row.day, today) if row.day else None)
    if row.events > 1:
        yield Fact("Events", f"{row.events}, counted once")
    if row.marked:
        yield Words("A contact, marked as present in the meeting.", "quiet")
    for twin in seen.twins:
        others = [each for each in twin.people if each.id != row.id]
        if row.doubtful and len(others) < len(twin.people):
            yield Private([
                Head("Perhaps the same", "t"),
                Words(f"{capital(twin.why)}:", "quiet"),
                *(Words(plain.join([each.name, each.organisation, ", ".join(each.events)]))
                  for each in others),
            ])  # fmt: skip
    if row.notes:
        yield Private([Head("Notes"), Words(row.notes)])
