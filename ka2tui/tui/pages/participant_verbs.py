"""What can be done with participants: each verb asks what it needs to know."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import capital
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ka2tui.operations import meetings, participants
    from ka2tui.queries import participants as views
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries.participants import ParticipantRow, Seen, TwinRow
    from ka2tui.queries.participation import Event
    from ka2tui.queries.tasks import Choice
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled, Option
else:
    meetings = lazily("ka2tui.operations.meetings")
    participants = lazily("ka2tui.operations.participants")
    views = lazily("ka2tui.queries.participants")
    task_views = lazily("ka2tui.queries.tasks")

_NO_EVENT = "There is no event yet: plan a learning activity or an event on Meetings (g m)."


async def choose_event(desk: Desk, events: Sequence[Event]) -> Event | None:
    """Ask for an event; the only one is taken."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    if not events:
        desk.tell(_NO_EVENT)
        return None
    if len(events) == 1:
        return events[0]
    items = [Item(at, event.called, event.kind.word) for at, event in enumerate(events)]
    chosen = await desk.push_screen_wait(Choose("Which event", items))
    return None if chosen is None else events[chosen]


async def add(desk: Desk, project: int, event: Event) -> int | None:
    """Add people line by line until an empty line; give the last one's id."""
    from ka2tui.domain import participant_line
    from ka2tui.tui.dialogs.line import Line

    partners = await desk.ask(views.partners, project)
    profiles = await desk.ask(views.profiles, project)

    def told(text: str) -> str:
        read = participant_line.read(text, partners, profiles)
        return _said(read.values, partners, read.doubt)

    last: int | None = None
    added = 0
    while True:
        about = "Name, organisation, profile, country; enter adds it and asks for the next."
        if added:
            about = f"{plain.count(added, 'person', 'people')} added. escape ends."
        text = await desk.push_screen_wait(
            Line(f"Add to {plain.cut(plain.line(event.short), 40)}", about=about, read=told,
                 placeholder="Jan Kowalski, ULODZ, teacher, PL")
        )  # fmt: skip
        if text is None:
            return last
        read = participant_line.read(text, partners, profiles)
        done = await desk.do(participants.add, event.id, read.values)
        if done is not None:
            last = done.value
            added += 1


def _said(values: Any, partners: dict[str, int], doubt: str | None) -> str:
    """Say what a line was understood as."""
    from ka2tui.domain.countries import say_country

    names = {key: name for name, key in partners.items()}
    parts = [
        values["name"],
        names.get(values.get("partner_id", 0), "").upper() or values.get("organisation"),
        values.get("profile"),
        say_country(values["country"]) if values.get("country") else None,
        values.get("role"),
        {True: "fewer opportunities", False: "no fewer opportunities"}.get(
            values.get("fewer_opportunities")
        ),
        {True: "online", False: "in person"}.get(values.get("online")),
        values.get("certificate"),
        values.get("notes"),
    ]
    said = plain.join([plain.line(part) for part in parts if part])
    return f"{said}. {doubt}." if doubt else said


async def edit(desk: Desk, project: int, row: ParticipantRow, events: Sequence[Event]) -> bool:
    """Edit somebody on a list; what somebody else changed meanwhile is asked."""
    from ka2tui.tui.dialogs.form import Form

    choices = await desk.ask(task_views.choices, project)
    # events of before are told too: also those that left meanwhile
    fields = _fields(row, (*choices.partners, *choices.gone), events)

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        # the country shown may be the partner's: it is no ground to compare with
        based = {name: it for name, it in filled.based_on.items() if name != "country"}
        return await desk.attempt(participants.edit, [row.id], filled.changed, based)

    title = f"Edit {plain.cut(plain.line(row.name), 56)}"
    filled = await desk.push_screen_wait(Form(title, fields, save=save))
    return filled is not None and filled.saved is not None


def _fields(
    row: ParticipantRow, partners: Sequence[Choice], events: Sequence[Event]
) -> list[Field]:
    from ka2tui.domain.countries import read_country, say_country
    from ka2tui.tui.dialogs.form import Field, Option, options_of

    whose = options_of(partners, "no partner")
    where = [Option(event.id, event.short, event.title) for event in events]
    written = None if row.partner_id is not None else row.organisation
    return [
        Field("name", "Name", value=row.name, required=True),
        Field("partner_id", "Partner", "choice", row.partner_id, options=whose),
        Field("organisation", "Organisation", value=written, hint="where it is no partner"),
        Field("country", "Country", value=row.country, hint="PL, Greece; empty: the partner's",
              read=read_country, write=say_country, say=say_country),
        Field("profile", "Profile", value=row.profile, hint="teacher, student"),
        Field("fewer_opportunities", "Fewer opp.", "choice", row.fewer_opportunities,
              options=_known_or_not()),
        Field("online", "Took part", "choice", row.online,
              options=[Option(value=False, word="in person"), Option(value=True, word="online")]),
        Field("certificate", "Certificate", value=row.certificate, hint="Youthpass, a number"),
        Field("role", "Role", value=row.role, more=True, hint="trainer, speaker"),
        Field("day", "Day", "date", row.day, more=True, hint="empty: the whole event"),
        Field("meeting_id", "Event", "choice", row.meeting_id, options=where, more=True),
        Field("notes", "Notes", "long", row.notes, more=True),
    ]  # fmt: skip


def _known_or_not() -> list[Option]:
    from ka2tui.tui.dialogs.form import Option

    return [
        Option(None, "not known"),
        Option(value=True, word="yes"),
        Option(value=False, word="no"),
    ]


async def set_several(desk: Desk, project: int, rows: Sequence[ParticipantRow]) -> bool:
    """Set one field of several people, as one step."""
    from ka2tui.tui.dialogs.choose import Choose, Item
    from ka2tui.tui.dialogs.line import Line

    what = plain.count(len(rows), "participant")
    deeds: list[tuple[str, str, Any]] = [
        ("profile", "Profile", None),
        ("fewer_opportunities", "Fewer opportunities: yes", True),
        ("fewer_opportunities", "Fewer opportunities: no", False),
        ("fewer_opportunities", "Fewer opportunities: not known", None),
        ("certificate", "Certificate", None),
        ("online", "Took part online", True),
        ("online", "Took part in person", False),
        ("role", "Role", None),
    ]
    items = [Item(at, word) for at, (_, word, _) in enumerate(deeds)]
    chosen = await desk.push_screen_wait(Choose(f"Set of {what}", items))
    if chosen is None:
        return False
    field, word, value = deeds[chosen]
    if field in ("profile", "certificate", "role"):
        known = await desk.ask(views.profiles, project) if field == "profile" else ()
        example = ", ".join(known[:3]) or "Youthpass"
        text = await desk.push_screen_wait(
            Line(f"{word} of {what}", placeholder=example, empty=True,
                 about="An empty line takes it away.")
        )  # fmt: skip
        if text is None:
            return False
        value = text or None
    ids = [row.id for row in rows]
    return await desk.do_agreed(participants.edit, ids, {field: value}) is not None


async def remove(desk: Desk, rows: Sequence[ParticipantRow]) -> bool:
    """Take people off the lists."""
    return await desk.do_agreed(participants.remove, [row.id for row in rows]) is not None


async def twins(desk: Desk, project: int) -> int | None:
    """Go through those who may be the same; give the row of one to go to."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    at = 0
    while True:
        found = await desk.ask(views.twins, project)
        if not found:
            desk.tell("Nobody looks like somebody else.")
            return None
        items = [Item(place, _names(each), each.why) for place, each in enumerate(found)]
        title = f"Perhaps the same ({len(found)})"
        chosen = await desk.push_screen_wait(Choose(title, items, at=min(at, len(found) - 1)))
        if chosen is None:
            return None
        at = chosen
        went = await _settle(desk, found[chosen])
        if went is not None:
            return went


def _names(twin: TwinRow) -> str:
    return " / ".join(plain.line(each.name) for each in twin.people)


async def _settle(desk: Desk, twin: TwinRow) -> int | None:
    """Ask what is true of people who may be the same; give the row to go to, if any."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    items = [Item(-1, "One person", "counted once"), Item(-2, "Different people", "kept apart")]
    items += [
        Item(place, f"Go to {plain.line(each.name)}",
             plain.join([each.organisation, ", ".join(each.events)]))
        for place, each in enumerate(twin.people)
    ]  # fmt: skip
    chosen = await desk.push_screen_wait(Choose(capital(twin.why), items))
    rows = [each.id for each in twin.people if each.id > 0]
    contact = next((each.contact_id for each in twin.people if each.id < 0), None)
    if chosen == -1:
        await desk.do(participants.join, rows, contact=contact)
    elif chosen == -2:
        await desk.do(participants.keep_apart, rows)
    return twin.people[chosen].id if chosen is not None and chosen >= 0 else None


async def join(desk: Desk, rows: Sequence[ParticipantRow]) -> bool:
    """Say that the chosen people are one person."""
    ids = [row.id for row in rows if not row.marked]
    contact = next((row.contact_id for row in rows if row.marked), None)
    return await desk.do(participants.join, ids, contact=contact) is not None


async def keep_apart(desk: Desk, rows: Sequence[ParticipantRow]) -> bool:
    """Say that the chosen people are different people."""
    ids = [row.id for row in rows if not row.marked]
    return await desk.do(participants.keep_apart, ids) is not None


async def forget(desk: Desk, row: ParticipantRow) -> bool:
    """Take everything personal of somebody out of the records and the history; ask first."""
    from ka2tui.tui.dialogs.ask import Ask

    about = (
        "Name, certificate and notes go for good, at every event and in the history; what is "
        "counted stays. u does not bring them back."
    )
    asked = Ask(f"Forget {plain.cut(plain.line(row.name), 40)}?", about=about, yes="forget")
    if await desk.push_screen_wait(asked) is not True:
        return False
    try:
        await desk.forget(participants.forget, row.id)
    except Refused as refusal:
        desk.tell(str(refusal), severity="warning")
        return False
    return True


async def edit_claims(desk: Desk, event: Event) -> bool:
    """Edit how many came as reported, and how many were expected."""
    from ka2tui.tui.dialogs.form import Field, Form

    fields = [
        Field("participants", "In the report", "integer", event.reported,
              hint="how many came, as reported"),
        Field("expected_participants", "Expected", "integer", event.expected,
              hint="how many the application says"),
    ]  # fmt: skip

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        return await desk.attempt(meetings.edit, event.id, filled.changed, filled.based_on)

    title = f"Numbers of {plain.cut(plain.line(event.short), 40)}"
    filled = await desk.push_screen_wait(Form(title, fields, save=save))
    return filled is not None and filled.saved is not None


async def write_out(desk: Desk, seen: Seen, rows: Sequence[ParticipantRow]) -> None:
    """Write lists and totals to a workbook, or the lists to a CSV file."""
    from ka2tui.tui import documents

    await documents.write(
        desk,
        f"Write {plain.count(len(rows), 'row')} to a file",
        f"participants {desk.today:%Y-%m-%d}.xlsx",
        partial(_write, seen, rows),
        about="Ends in .csv: the lists alone; .xlsx: the totals on a second sheet.",
    )


def _write(seen: Seen, rows: Sequence[ParticipantRow], place: Path, *, replace: bool) -> Path:
    from ka2tui.exchange import participant_tables, table_writer
    from ka2tui.reports import saving

    sheet = participant_tables.participants(rows)
    if place.suffix.casefold() == ".xlsx":
        totals = participant_tables.events(seen.standing)
        return saving.save(place, table_writer.as_workbook([sheet, totals]), replace=replace)
    return saving.save(place, table_writer.as_csv(sheet), replace=replace)
