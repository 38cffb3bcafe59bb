"""Participants of events on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

import click

from ka2tui.cli import filters, output
from ka2tui.cli.options import TABLES, OutFile, kind_of, options, read
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import capital
from ka2tui.settings import path_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.queries.participants import ParticipantRow, TwinRow
    from ka2tui.queries.participation import Line

BY = ("country", "profile", "fewer_opportunities", "mode", "organisation", "work_unit", "event")


@click.group()
def group() -> None:
    """Participants of learning activities, trainings and multiplier events, counted once."""


@group.command("list")
@filters.options
@click.option("--event", metavar="ID", help="Only who was at this event.")
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None, event: str | None) -> None:
    """List who is on the lists of events, by event and name."""
    from ka2tui.queries import participants

    events = [] if event is None else [ctx.id("meeting", event)]
    rows = ctx.ask(participants.listed, ctx.project, events=events)
    empty = "No participants yet: participant add EVENT 'Name, partner, profile, country'."
    filters.answer(
        ctx, "participant", rows, (words, named), plain=_plain, table=_table, empty=empty
    )


@group.command()
@click.argument("participant", metavar="ID")
@click.pass_obj
def show(ctx: Context, participant: str) -> None:
    """Show one participant."""
    from ka2tui.queries import participants

    row = ctx.ask(participants.one, ctx.id("participant", participant))
    ctx.answer(_plain(row), lambda: _text(ctx, row))


_fields = options(
    click.option("--partner", metavar="PARTNER", help="The partner they come from."),
    click.option("--organisation", help="Where they come from, where it is no partner."),
    click.option("--country", metavar="COUNTRY", help="Where they are from; else the partner's."),
    click.option("--profile", help="What they are: teacher, student, adult learner."),
    click.option(
        "--fewer/--not-fewer", "fewer", default=None, help="Whether they have fewer opportunities."
    ),
    click.option("--online/--in-person", "online", default=None, help="How they took part."),
    click.option("--role", help="What they were there: trainer, speaker."),
    click.option("--certificate", help="What they were given: Youthpass, Europass, a number."),
    click.option("--day", metavar="DATE", help="One day of the event; else all of it."),
    click.option("--contact", metavar="ID", help="Who they are among the contacts."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("event", metavar="EVENT")
@click.argument("lines", metavar="[LINE]...", nargs=-1)
@click.option("--name", help="A name that is taken as it is, with commas in it.")
@click.option(
    "--from",
    "file",
    metavar="FILE",
    type=click.File("r", encoding="utf-8-sig", errors="replace"),
    help="A file with one LINE for each.",
)
@_fields
@click.pass_obj
def add(
    ctx: Context,
    /,
    event: str,
    lines: tuple[str, ...],
    name: str | None,
    file: TextIO | None,
    **said: Any,
) -> None:
    """Put people on the list of an EVENT, one LINE each: "Jan Kowalski, ULODZ, teacher, PL".

    The name comes first, the rest in any order. Options hold for all.
    """
    from ka2tui.domain import participant_line
    from ka2tui.operations import participants as made
    from ka2tui.queries import participants

    found = ctx.id("meeting", event)
    more = _values(ctx, said)
    typed = [] if name is None else [{"name": name, **more}]
    partners = ctx.ask(participants.partners, ctx.project)
    profiles = ctx.ask(participants.profiles, ctx.project)
    written = [] if file is None else [line for line in file.read().splitlines() if line.strip()]
    for line in (*lines, *written):
        one = read(lambda text: participant_line.read(text, partners, profiles), line)
        if one.doubt:
            click.echo(f"Look at this: {one.doubt}.", err=True)
        typed.append({**one.values, **more})
    if not typed:
        raise click.UsageError("Say who took part: a LINE for each, --name or --from.")
    outcome = ctx.do(made.add_several, found, typed)
    _answer(ctx, outcome.value, outcome.label)


@group.command()
@click.argument("people", metavar="ID...", nargs=-1, required=True)
@click.option("--name", help="Another name, of one.")
@click.option("--event", metavar="EVENT", help="Another event.")
@_fields
@click.pass_obj
def edit(
    ctx: Context, /, people: tuple[str, ...], name: str | None, event: str | None, **said: Any
) -> None:
    """Change what is known of participants; an empty value clears a field."""
    from ka2tui.operations import participants

    values = _values(ctx, said) | ({} if name is None else {"name": name})
    if event is not None:
        values["meeting_id"] = ctx.id("meeting", event)
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    ids = ctx.ids("participant", people)
    _answer(ctx, ids, ctx.do(participants.edit, ids, values).label, several=len(people) > 1)


@group.command()
@click.argument("people", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def remove(ctx: Context, people: tuple[str, ...]) -> None:
    """Take people off the lists of events."""
    from ka2tui.operations import participants as made
    from ka2tui.queries import participants

    ids = ctx.ids("participant", people)
    rows = [_plain(row) for row in ctx.ask(participants.some, ids)]
    ctx.answer(rows[0] if len(rows) == 1 else rows, ctx.do(made.remove, ids).label)


@group.command()
@click.option("--by", type=click.Choice(BY), default="event", show_default=True, help="By what.")
@click.option("--event", metavar="ID", help="Of one event only.")
@click.pass_obj
def totals(ctx: Context, by: str, event: str | None) -> None:
    """Add up who took part, people by name counted once, beside report and application."""
    from ka2tui.queries import participation

    only = None if event is None else ctx.id("meeting", event)
    seen = ctx.ask(participation.standing, ctx.project, today=ctx.today)
    found = ctx.ask(participation.totals, ctx.project, by, today=ctx.today, event=only)
    numbers = seen.numbers
    value = {
        "by": by,
        "persons": numbers.persons,
        "places": numbers.places,
        "counted": numbers.counted,
        "fewer_opportunities": numbers.fewer,
        "online": numbers.online,
        "certificates": numbers.certificates,
        "reported": seen.reported,
        "expected": seen.expected,
        "note": numbers.said,
        "differences": list(seen.differences),
        "lines": [_line(line) for line in found],
    }

    def text() -> str:
        parts = [_totals(by, found), _whole(numbers.said, seen.reported, seen.expected)]
        if seen.differences:
            parts.append("\n".join(("Look at", *(f"  {said}" for said in seen.differences))))
        return "\n\n".join(filter(None, parts))

    ctx.answer(value, text)


def _whole(said: str, reported: int | None, expected: int | None) -> str:
    beside = [f"{reported} in the report"] if reported is not None else []
    beside += [f"{expected} expected"] if expected is not None else []
    return "; ".join([f"In all: {said}", *beside])


@group.command()
@click.pass_obj
def twins(ctx: Context) -> None:
    """List who may be the same person, to be joined or kept apart."""
    from ka2tui.queries import participants

    found = ctx.ask(participants.twins, ctx.project)
    ctx.answer(
        [_twin(each) for each in found],
        lambda: _twins(found) or "Nobody looks like somebody else.",
    )


@group.command()
@click.argument("people", metavar="ID...", nargs=-1, required=True)
@click.option("--contact", metavar="ID", help="Who they are among the contacts.")
@click.pass_obj
def join(ctx: Context, people: tuple[str, ...], contact: str | None) -> None:
    """Say that people on lists are one person; they then count once."""
    from ka2tui.operations import participants

    ids = ctx.ids("participant", people)
    known = None if contact is None else ctx.id("contact", contact)
    _answer(ctx, ids, ctx.do(participants.join, ids, contact=known).label)


@group.command()
@click.argument("people", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def apart(ctx: Context, people: tuple[str, ...]) -> None:
    """Say that people on lists are different people, however alike their names are."""
    from ka2tui.operations import participants

    ids = ctx.ids("participant", people)
    _answer(ctx, ids, ctx.do(participants.keep_apart, ids).label)


@group.command()
@click.argument("participant", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.pass_obj
def forget(ctx: Context, participant: str, *, yes: bool) -> None:
    """Take everything personal of somebody out of the records and the whole history, for good.

    What is counted stays, with "Participant 7" in place of the name, at every event.
    """
    from ka2tui.operations import participants as made
    from ka2tui.queries import participants

    found = ctx.id("participant", participant)
    row = ctx.ask(participants.one, found)
    if not yes and not click.confirm(
        f"Forget {row.name} for good? This cannot be undone.", err=True
    ):
        raise Refused("Nobody was forgotten.")
    erased = ctx.portfolio.erase(ctx.do(made.forget, found).value)
    (now,) = ctx.ask(participants.some, [found])
    ctx.answer(_plain(now), f"Forgotten, now {now.name}; {erased} places of the history emptied.")


@group.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx"]),
    help="How; else by the ending of the file.",
)
@click.option("-o", "--output", "target", metavar="FILE", required=True, type=OutFile(),
              help="Where to.")  # fmt: skip
@click.option("--event", metavar="ID", help="Only who was at this event.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def export(ctx: Context, form: str | None, target: Path, event: str | None, *, force: bool) -> None:
    """Write the lists for a spreadsheet; an Excel workbook has the totals on a second sheet."""
    from ka2tui.cli.exchange import write_file
    from ka2tui.exchange import participant_tables
    from ka2tui.exchange import table_writer as tables
    from ka2tui.queries import participants, participation

    place = path_of(target)
    form = kind_of(place, form, TABLES, "csv")
    events = [] if event is None else [ctx.id("meeting", event)]
    rows = ctx.ask(participants.listed, ctx.project, events=events)
    sheet = participant_tables.participants(rows)
    if form == "csv":
        data = tables.as_csv(sheet)
    else:
        seen = ctx.ask(participation.standing, ctx.project, today=ctx.today)
        data = tables.as_workbook([sheet, participant_tables.events(seen)])
    write_file(place, data, force=force)
    value = {"file": str(place), "format": form, "rows": len(rows)}
    ctx.answer(value, f"Written: {place}, {len(rows)} rows.")


def _values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    from ka2tui.domain.countries import read_country

    fewer = said.pop("fewer")
    values = {field: text for field, text in said.items() if text is not None}
    if fewer is not None:
        values["fewer_opportunities"] = fewer
    for option, kind in (("partner", "partner"), ("contact", "contact")):
        if option in values:
            text = values.pop(option)
            values[f"{option}_id"] = ctx.id(kind, text) if text else None
    if values.get("country"):
        values["country"] = read(read_country, values["country"])
    if "day" in values:
        values["day"] = ctx.day(values["day"]).day if values["day"] else None
    return {field: None if value == "" else value for field, value in values.items()}


def _answer(ctx: Context, ids: Sequence[int], label: str, *, several: bool = False) -> None:
    from ka2tui.queries import participants

    rows = [_plain(row) for row in ctx.ask(participants.some, ids)]
    ctx.answer(rows[0] if len(rows) == 1 and not several else rows, label)


def _plain(row: ParticipantRow) -> dict[str, Any]:
    return {
        "id": None if row.marked else row.id,
        "event": row.event,
        "event_id": row.meeting_id,
        "work_unit": row.work_unit,
        "name": row.name,
        "organisation": row.organisation,
        "country": row.country,
        "profile": row.profile,
        "fewer_opportunities": row.fewer_opportunities,
        "online": row.online,
        "role": row.role,
        "certificate": row.certificate,
        "day": row.day,
        "contact_id": row.contact_id,
        "notes": row.notes,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "persons": line.persons,
        "places": line.places,
        "counted": line.counted,
        "reported": line.reported,
        "expected": line.expected,
        "differences": list(line.differences),
    }


def _twin(found: TwinRow) -> dict[str, Any]:
    people = [
        {
            "id": each.id if each.id > 0 else None,
            "name": each.name,
            "organisation": each.organisation,
            "events": list(each.events),
            "contact_id": each.contact_id,
        }
        for each in found.people
    ]
    return {"why": found.why, "people": people}


def _table(rows: Sequence[ParticipantRow]) -> str:
    return output.table(
        (
            *("", "name", "event", "organisation", "country", "profile", "opportunities", "how"),
            *("certificate", "role", "day"),
        ),
        (
            (
                *("" if row.marked else row.id, row.name, row.event, row.organisation),
                *(row.country, row.profile, _fewer(row), "online" if row.online else ""),
                *(row.certificate, row.role, row.day),
            )
            for row in rows
        ),
    )


def _fewer(row: ParticipantRow) -> str:
    return "fewer" if row.fewer_opportunities else ""


def _text(ctx: Context, row: ParticipantRow) -> str:
    from ka2tui.domain.countries import say_country
    from ka2tui.domain.days import say_day

    said = {True: "yes", False: "no", None: None}
    return output.facts([
        ("", row.name),
        ("event", row.event),
        ("organisation", row.organisation),
        ("country", say_country(row.country) if row.country else None),
        ("profile", row.profile),
        ("fewer opp.", said[row.fewer_opportunities]),
        ("took part", "online" if row.online else "in person"),
        ("role", row.role),
        ("certificate", row.certificate),
        ("day", say_day(row.day, ctx.today) if row.day else None),
        ("events", f"{row.events}, counted once" if row.events > 1 else None),
        ("to look at", "somebody may be the same person: participant twins"
         if row.doubtful else None),
        ("notes", row.notes),
    ])  # fmt: skip


def _totals(by: str, lines: Sequence[Line]) -> str:
    head = by.replace("_", " ").replace("work unit", "wp")
    return output.table(
        (head, "by name", "places", "no names", "report", "expected"),
        (
            (
                *(line.name or "not said", line.persons, line.places, line.counted),
                *(line.reported, line.expected),
            )
            for line in lines
        ),
    )


def _twins(found: Sequence[TwinRow]) -> str:
    parts = []
    for each in found:
        lines = [
            f"  {one.id if one.id > 0 else '-':>5}  {one.name}"
            f"{f', {one.organisation}' if one.organisation else ''} ({', '.join(one.events)})"
            for one in each.people
        ]
        parts.append("\n".join([f"{capital(each.why)}:", *lines]))
    if parts:
        parts.append("Join them with participant join ID ID, or keep them with participant apart.")
    return "\n\n".join(parts)
