"""Meetings on the command line: planned, held, with agenda, attendance and minutes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, meeting_papers, meeting_plans, meeting_progress, output
from ka2tui.cli.options import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, time
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.domain.days import ReadDay
    from ka2tui.domain.running import Stretch
    from ka2tui.queries.meeting_minutes import OutcomeRow
    from ka2tui.queries.meeting_people import PersonRow
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.queries.tasks import TaskRow
    from ka2tui.store.portfolio import Outcome

KINDS = (
    *("kick_off", "tpm", "online", "learning_activity", "multiplier_event"),
    *("monitoring_visit", "other"),
)
PRESENCES = ("expected", "present", "online", "excused", "absent", "off")
_TIME_AT_END = re.compile(r"(.*?)[ T,]+(\d{1,2}[:.h]\d{2}(?: ?[ap]m)?)$|^()(\d{1,2}[:.h]\d{2})$")


@click.group()
def group() -> None:
    """Meetings and events."""


for _verb in (
    *(meeting_progress.start, meeting_progress.next_, meeting_progress.break_),
    *(meeting_progress.end, meeting_progress.clock, meeting_papers.signatures),
    *(meeting_plans.templates, meeting_plans.move),
):
    group.add_command(_verb)


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List meetings: those to come first, then the past ones, newest first."""
    from ka2tui.queries import meetings

    rows = filters.narrowed(
        ctx, "meeting", ctx.ask(meetings.listed, ctx.project, today=ctx.today), words, named
    )
    ctx.answer(
        [_plain(row) for row in rows],
        lambda: _table(ctx, rows) or filters.nothing("No meetings yet.", words, named),
    )


@group.command()
@click.argument("meeting", metavar="ID")
@click.pass_obj
def show(ctx: Context, meeting: str) -> None:
    """Show one meeting: clocks, agenda, people, minutes, what earlier ones left open."""
    from ka2tui.queries import meetings

    found = ctx.ask(meetings.one, ctx.id("meeting", meeting), today=ctx.today)
    ctx.answer(_whole(found), lambda: _text(found))


def _fields(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that name fields."""
    options = [
        click.option("--kind", type=click.Choice(KINDS), help="What it is for."),
        click.option(
            "--start", metavar="WHEN", help='A date, with a time or without: "3 Dec 9:30".'
        ),
        click.option("--end", metavar="WHEN", help="Its last day, or the time it ends."),
        click.option("--length", metavar="TIME", help="How long it lasts: 6h, 1h30, 90 min."),
        click.option("--zone", "--tz", metavar="ZONE", help="Its time zone: Europe/Warsaw."),
        click.option("--place", help="Where it is."),
        click.option("--city", help="The city."),
        click.option("--country", metavar="COUNTRY", help="Code or name: PL, EL, Türkiye."),
        click.option("--mode", type=click.Choice(["in_person", "online", "hybrid"])),
        click.option("--online", is_flag=True, help="The same as --mode online."),
        click.option("--link", help="Where to join online."),
        click.option("--host", metavar="PARTNER", help="The partner that hosts it."),
        click.option("--wp", metavar="WP", help="The work package or activity it belongs to."),
        click.option("--code", help="A short name, used once in a project."),
        click.option(
            "--participants", type=click.IntRange(0, 1_000_000), help="How many came, as published."
        ),
        click.option(
            "--remote", type=click.IntRange(0, 1_000_000), help="How many of them online."
        ),
        click.option("--state", type=click.Choice(["planned", "held", "cancelled"])),
        click.option("--summary", help="The summary, in a few sentences."),
        click.option("--minutes-sent", metavar="DATE", help="When the minutes went out."),
        click.option("--notes", help="Anything else."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@group.command()
@click.argument("title")
@meeting_plans.options
@_fields
@click.pass_obj
def add(
    ctx: Context,
    /,
    title: str,
    template: str | None,
    repeat: str | None,
    *,
    no_tasks: bool,
    dry_run: bool,
    **said: Any,
) -> None:
    """Plan a meeting or a series; its time is meant in --zone, else in that of the host."""
    outcome = meeting_plans.add(
        *(ctx, title, _values(ctx, said)),
        template=template,
        no_tasks=no_tasks,
        repeat=repeat,
        dry_run=dry_run,
    )
    if outcome is not None:
        answer_some(ctx, outcome.value, outcome, several=repeat is not None)


@group.command()
@click.argument("meeting", metavar="ID")
@click.option("--title", help="Another title.")
@click.option("--following", is_flag=True, help="This one of a series and all later ones.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, meeting: str, title: str | None, *, following: bool, **said: Any) -> None:
    """Change a meeting; an empty value clears a field.

    With another date or zone the hour stays the same.
    """
    from ka2tui.operations import meeting_series, meetings
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    (row,) = ctx.ask(asked.some, [found], today=ctx.today)
    values = _values(ctx, said, row) | ({} if title is None else {"title": title})
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    operation = meeting_series.edit if following else meetings.edit
    answer_some(ctx, [found], ctx.do(operation, found, values))


def _set_state(ctx: Context, said: tuple[str, ...], state: str) -> None:
    from ka2tui.domain.kinds import MeetingState
    from ka2tui.operations import meetings

    ids, now = ctx.ids("meeting", said), datetime.now(UTC)
    answer_some(ctx, ids, ctx.do(meetings.set_state, ids, MeetingState(state), now=now))


@group.command()
@click.argument("meetings", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def hold(ctx: Context, meetings: tuple[str, ...]) -> None:
    """Mark meetings as held."""
    _set_state(ctx, meetings, "held")


@group.command()
@click.argument("meetings", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def cancel(ctx: Context, meetings: tuple[str, ...]) -> None:
    """Mark meetings as cancelled."""
    _set_state(ctx, meetings, "cancelled")


@group.command()
@click.argument("meetings", metavar="ID...", nargs=-1, required=True)
@click.option("--with-tasks", is_flag=True, help="Remove the tasks of their actions too.")
@click.option("--following", is_flag=True, help="One of a series and all later ones.")
@click.pass_obj
def remove(ctx: Context, meetings: tuple[str, ...], *, with_tasks: bool, following: bool) -> None:
    """Remove meetings with their agendas, lists and minutes."""
    from ka2tui.operations import meeting_series
    from ka2tui.operations import meetings as made
    from ka2tui.queries import meetings as asked

    ids = ctx.ids("meeting", meetings)
    rows = [_plain(row) for row in ctx.ask(asked.some, ids, today=ctx.today)]
    if following and len(ids) > 1:
        raise click.UsageError("--following begins at one meeting: name one.")
    if following:
        outcome = ctx.do(meeting_series.remove, ids[0], with_tasks=with_tasks)
    else:
        outcome = ctx.do(made.remove, ids, with_tasks=with_tasks)
    ctx.answer(rows[0] if len(rows) == 1 else rows, outcome.label)


@group.command()
@click.argument("meeting", metavar="ID")
@click.option("--add", "title", metavar="TITLE", help="Put a point at the end of it.")
@click.option("--presenter", metavar="NAME", help="Who presents the new point.")
@click.option("--length", metavar="TIME", help="How long the new point takes: 45, 1h.")
@meeting_papers.options
@click.pass_obj
def agenda(
    ctx: Context,
    meeting: str,
    *,
    title: str | None,
    presenter: str | None,
    length: str | None,
    form: str | None,
    file: Path | None,
    force: bool,
) -> None:
    """Show the agenda of a meeting, add to it, or write it to send and print."""
    from ka2tui.operations import agenda as points
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    if title is not None:
        planned = _length(length) if length else None
        outcome = ctx.do(points.add, found, title, presenter=presenter, minutes_planned=planned)
        items = _items(ctx.ask(asked.one, found, today=ctx.today))
        ctx.answer(next(one for one in items if one["id"] == outcome.value), outcome.label)
        return
    details = ctx.ask(asked.one, found, today=ctx.today)
    if form or file:
        from ka2tui.reports import meeting_papers as papers

        meeting_papers.hand_out(ctx, papers.agenda(details), form, file, force=force)
        return
    ctx.answer(_items(details), lambda: "\n".join(_agenda_lines(details)) or "No agenda yet.")


@group.command()
@click.argument("meeting", metavar="ID")
@click.argument("people", metavar="[NAME]...", nargs=-1)
@click.option("--as", "presence", type=click.Choice(PRESENCES), default="present")
@click.option("--day", metavar="DATE", help="One day of the meeting; else all of it.")
@click.option("--partner", "whole", metavar="PARTNER", multiple=True, help="A whole partner.")
@click.option("--expect-all", is_flag=True, help="Put everybody of the partners on the list.")
@click.pass_obj
def attendance(
    ctx: Context,
    meeting: str,
    people: tuple[str, ...],
    presence: str,
    day: str | None,
    *,
    whole: tuple[str, ...],
    expect_all: bool,
) -> None:
    """Show who is on the list of a meeting, or mark people as present, absent and so on."""
    from ka2tui.domain.kinds import Presence
    from ka2tui.operations import attendance as marks
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    said = ""
    if expect_all:
        said = ctx.do(marks.expect_all, found).label
    state = None if presence == "off" else Presence(presence)
    on = _day(ctx, day).day if day else None
    if people:
        said = ctx.do(marks.mark, found, ctx.ids("contact", people), state, day=on).label
    if whole:
        said = ctx.do(marks.mark_partners, found, ctx.ids("partner", whole), state, day=on).label
    details = ctx.ask(asked.one, found, today=ctx.today)
    shown = [_person(details, person) for person in details.listed]
    ctx.answer(shown, said or "\n".join(_people_lines(details)) or "Nobody is on the list yet.")


@group.command()
@click.argument("meeting", metavar="ID")
@click.argument("people", type=click.IntRange(0, 1_000_000))
@click.option("--partner", metavar="PARTNER", help="Of which partner.")
@click.option("--organisation", help="Of which other organisation.")
@click.option("--country", metavar="COUNTRY", help="From which country.")
@click.option("--profile", help="Who they are: teachers, students.")
@click.option(
    "--online", type=click.IntRange(0, 1_000_000), default=0, help="How many of them online."
)
@click.pass_obj
def count(ctx: Context, /, meeting: str, people: int, **said: Any) -> None:
    """Say how many PEOPLE came, without names; the same group again replaces its number."""
    from ka2tui.domain.countries import read_country
    from ka2tui.operations import head_counts
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    partner, country = said.pop("partner"), said.pop("country")
    outcome = ctx.do(
        head_counts.add,
        found,
        people,
        partner_id=ctx.id("partner", partner) if partner else None,
        country=read(read_country, country) if country else None,
        **said,
    )
    details = ctx.ask(asked.one, found, today=ctx.today)
    for sentence in details.differences:
        click.echo(f"Look at this: {sentence}.", err=True)
    ctx.answer(_counts(details), outcome.label)


@group.command()
@click.argument("meeting", metavar="ID")
@click.option("--add-information", "information", metavar="TEXT", help="Note what was said.")
@click.option("--add-decision", "decision", metavar="TEXT", help="Note what was decided.")
@click.option("--add-action", "action", metavar="TEXT", help="Note what is to be done: a task.")
@click.option("--to", "who", metavar="WHO", help="Who does it: a partner or a person.")
@click.option("--due", metavar="DATE", help="By when it is to be done.")
@click.option(
    "--item",
    metavar="NUMBER",
    type=click.IntRange(1, 10_000),
    help="The point of the agenda it belongs to.",
)
@meeting_papers.options
@click.pass_obj
def minutes(
    ctx: Context,
    meeting: str,
    *,
    information: str | None,
    decision: str | None,
    action: str | None,
    who: str | None,
    due: str | None,
    item: int | None,
    form: str | None,
    file: Path | None,
    force: bool,
) -> None:
    """Write the minutes of a meeting, or add a line to them.

    An action becomes a task.
    """
    from ka2tui.domain.kinds import OutcomeKind
    from ka2tui.operations import outcomes
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    details = ctx.ask(asked.one, found, today=ctx.today)
    given = (
        (OutcomeKind.INFORMATION, information),
        (OutcomeKind.DECISION, decision),
        (OutcomeKind.ACTION, action),
    )
    lines = [(kind, text) for kind, text in given if text is not None]
    if (who or due) and action is None:
        raise click.UsageError("--to and --due belong to an action: name it with --add-action.")
    if not lines:
        if item is not None:
            raise click.UsageError("--item says where a new line belongs: name one to add.")
        if form or file:
            from ka2tui.reports import minutes as report

            meeting_papers.hand_out(ctx, report.document(details), form, file, force=force)
            return
        ctx.answer(_minutes(details), lambda: _markdown(details))
        return
    partner, contact = _assignee(ctx, who) if who else (None, None)
    outcome = ctx.do(
        outcomes.add_several,
        found,
        lines,
        item=_item(details, item),
        partner_id=partner,
        contact_id=contact,
        due=_day(ctx, due).last if due else None,
    )
    details = ctx.ask(asked.one, found, today=ctx.today)
    added = [_line(details, line) for line in details.outcomes if line.id in outcome.value]
    ctx.answer(added[0] if len(added) == 1 else added, outcome.label)


# -- reading options


def _values(ctx: Context, said: dict[str, Any], row: MeetingRow | None = None) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    from ka2tui.domain.countries import read_country
    from ka2tui.domain.instants import read_zone
    from ka2tui.domain.kinds import MeetingKind, MeetingMode, MeetingState

    if said.pop("online", False):
        said["mode"] = "online"
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "kind": ("kind", MeetingKind),
        "mode": ("mode", MeetingMode),
        "state": ("state", MeetingState),
        "zone": ("zone", lambda text: read(read_zone, text)),
        "country": ("country", lambda text: read(read_country, text)),
        "length": ("minutes_long", _length),
        "host": ("host_id", lambda text: ctx.id("partner", text)),
        "wp": ("work_unit_id", lambda text: ctx.id("work_unit", text)),
        "minutes_sent": ("minutes_sent_on", lambda text: _day(ctx, text).day),
        "participants": ("participants", int),
        "remote": ("remote_participants", int),
    }
    start, end = said.pop("start", None), said.pop("end", None)
    values: dict[str, Any] = {}
    for option, text in said.items():
        if text is not None:
            field, reader = readers.get(option, (option, str))
            values[field] = reader(text) if text != "" else None
    if start is not None:
        values |= read_start(ctx, start, values.get("zone") or (row.zone if row else None))
    if end is not None:
        values |= _read_end(ctx, end, values, row)
    return values


def read_start(ctx: Context, text: str, zone: str | None) -> dict[str, Any]:
    """Read when a meeting begins: a date with or without a time, a time, a month, an instant."""
    from ka2tui.domain import instants
    from ka2tui.domain.kinds import Precision

    if not text:
        return {"day": None, "at": None}
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is not None:
        if zone is None:
            raise click.UsageError("Say in which time zone the meeting is: --zone Europe/Warsaw.")
        local = instants.local(moment, zone)
        return {"day": local.date(), "at": local.time()}
    said, at = _split(text)
    if not said:
        return {"at": at}
    day = _day(ctx, said)
    values: dict[str, Any] = {"day": day.day, "month": day.month}
    if day.precision is Precision.MONTH and at is None:
        values["precision"] = day.precision
    elif day.day_to is not None:
        values["end_day"] = day.day_to
    return values | ({} if at is None else {"at": at})


def _read_end(
    ctx: Context, text: str, values: dict[str, Any], row: MeetingRow | None
) -> dict[str, Any]:
    """Read when a meeting ends: its last day, or the time at which its only day does."""
    if not text:
        return {"end_day": None}
    said, until = _split(text)
    first: date | None = values.get("day") or (row.day if row else None)
    last = _day(ctx, said).last if said else first
    found: dict[str, Any] = {}
    if said:
        found["end_day"] = last
    if until is None:
        return found
    if last != first:
        raise click.UsageError(
            "A meeting of several days ends with its last day: give --end as a date, and --length "
            "for how long it takes in all."
        )
    local = row.local if row else None
    at: time | None = values.get("at") or (local.time() if local else None)
    if at is None:
        raise click.UsageError("A time in --end needs one in --start.")
    length = (until.hour - at.hour) * 60 + until.minute - at.minute
    if length <= 0:
        raise click.UsageError("The meeting ends before it begins.")
    return found | {"minutes_long": length}


def _day(ctx: Context, text: str) -> ReadDay:
    """Read a date that is one: a project month needs the project's first day."""
    found = ctx.day(text)
    if found.day is None:
        raise click.UsageError(f"{text} needs the project's first day, which is not known yet.")
    return found


def _split(text: str) -> tuple[str, time | None]:
    """Part a date and the time behind it; either may be missing."""
    from ka2tui.domain.instants import read_time

    found = _TIME_AT_END.fullmatch(text.strip())
    if found is None:
        return text, None
    return found[1] or "", read(read_time, found[2] or found[4])


def _length(text: str) -> int:
    """Read how long something takes, in minutes."""
    from ka2tui.domain.lengths import read_length

    return read(read_length, text)


def _assignee(ctx: Context, said: str) -> tuple[int | None, int | None]:
    """Find the partner or the person that is meant."""
    from ka2tui.queries.references import Unknown

    name = said.removeprefix("@")
    try:
        return ctx.id("partner", name), None
    except Unknown as unknown:
        try:
            return None, ctx.id("contact", name)
        except Unknown:
            raise unknown from None


def _item(details: MeetingDetails, number: int | None) -> int | None:
    """Find a point of the agenda by its place in it."""
    if number is None:
        return None
    if not 1 <= number <= len(details.agenda):
        raise click.UsageError(f"The agenda has {len(details.agenda)} points, and no {number}.")
    return details.agenda[number - 1].id


# -- answers


def answer_some(
    ctx: Context, meetings: list[int], outcome: Outcome[Any], *, several: bool = False
) -> None:
    """Answer with meetings: one of them as an object, several as a list."""
    from ka2tui.queries import meetings as asked

    rows = [_plain(row) for row in ctx.ask(asked.some, meetings, today=ctx.today)]
    ctx.answer(rows if several or len(rows) != 1 else rows[0], outcome.label)


def _plain(row: MeetingRow) -> dict[str, Any]:
    """Give a meeting as the contract lists it."""
    return {
        "id": row.id,
        "title": row.title,
        "kind": row.kind,
        "start": row.start,
        "zone": row.zone,
        "place": row.place,
    }


def _whole(found: MeetingDetails) -> dict[str, Any]:
    row = found.row
    return _plain(row) | {
        "code": row.code,
        "state": row.state,
        "series": row.series,
        "template": row.template,
        "mode": row.mode,
        "precision": row.precision,
        "end": row.end_day,
        "month": row.month,
        "length_minutes": row.minutes_long,
        "city": row.city,
        "country": row.country,
        "link": found.link,
        "host": row.host,
        "work_unit": row.work_unit,
        "participants": row.stated,
        "remote_participants": found.remote,
        "summary": found.summary,
        "minutes_sent": row.minutes_sent_on,
        "started": row.started_at,
        "ended": row.ended_at,
        "notes": found.notes,
        "clocks": [
            {
                "partner": clock.partner,
                "zone": clock.zone,
                "start": clock.at,
                "outside_hours": clock.outside,
            }
            for clock in found.clocks
        ],
        "agenda": _items(found),
        "attendance": [_person(found, person) for person in found.listed],
        "counts": _counts(found),
        "counts_by_country": [
            {"country": one.name, "people": one.people, "online": one.online}
            for one in found.by_country
        ],
        "counts_by_profile": [
            {"profile": one.name, "people": one.people, "online": one.online}
            for one in found.by_profile
        ],
        "missing": list(found.missing),
        "differences": list(found.differences),
        "minutes": [_line(found, line) for line in found.outcomes],
        "carried": [
            {
                "id": one.task.id,
                "meeting": one.meeting,
                "times": one.times,
                **_task(one.task.title, one.task),
            }
            for one in found.carried
        ],
    }


def _items(found: MeetingDetails) -> list[dict[str, Any]]:
    return [
        {
            "id": item.id,
            "number": number,
            "title": item.title,
            "presenter": item.presenter,
            "length_minutes": item.minutes_planned,
            "seconds": item.time.used,
            "notes": item.notes,
        }
        for number, item in enumerate(found.agenda, start=1)
    ]


def _person(found: MeetingDetails, person: PersonRow) -> dict[str, Any]:
    days = found.row.days or (None,)
    return {
        "id": person.id,
        "name": person.name,
        "partner": person.partner,
        "days": [
            {"day": day, "presence": presence}
            for day, presence in zip(days, person.presences, strict=True)
        ],
    }


def _counts(found: MeetingDetails) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "who": one.who,
            "country": one.country,
            "profile": one.profile,
            "people": one.people,
            "online": one.online,
        }
        for one in found.counts
    ]


def _task(text: str, task: TaskRow | None) -> dict[str, Any]:
    return {
        "text": text,
        "task": task.id if task else None,
        "code": task.code if task else None,
        "assignee": (task.partner or task.contact) if task else None,
        "due": task.due if task else None,
        "state": task.state if task else None,
    }


def _line(found: MeetingDetails, line: OutcomeRow) -> dict[str, Any]:
    numbers = {item.id: number for number, item in enumerate(found.agenda, start=1)}
    item = None if line.item_id is None else numbers.get(line.item_id)
    return {"id": line.id, "kind": line.kind, "item": item, **_task(line.text, line.task)}


def _minutes(found: MeetingDetails) -> dict[str, Any]:
    row = found.row
    return _plain(row) | {
        "summary": found.summary,
        "attended": row.came,
        "minutes": [_line(found, line) for line in found.outcomes],
    }


def _markdown(found: MeetingDetails) -> str:
    from ka2tui.reports import minutes as report
    from ka2tui.reports.formats import markdown

    return markdown.render(report.document(found)).rstrip("\n")


def _table(ctx: Context, rows: tuple[MeetingRow, ...]) -> str:
    from ka2tui.domain.days import say_until

    def line(row: MeetingRow) -> tuple[object, ...]:
        until = say_until(row.day, ctx.today) if row.day and not row.past else row.state.word
        place = row.place or row.city
        title = f"↻ {row.title}" if row.series else row.title
        return row.id, title, row.kind.word, _when(row), until, place, row.came

    headings = ("", "MEETING", "KIND", "WHEN", "", "PLACE", "PEOPLE")
    return output.table(headings, map(line, rows))


def _when(row: MeetingRow) -> str:
    from ka2tui.reports.minutes import say_when

    return say_when(row)


def _text(found: MeetingDetails) -> str:
    """Write everything for people."""
    from ka2tui.domain.lengths import say_length
    from ka2tui.reports.minutes import say_carried, say_held

    row = found.row
    unsent = "not yet" if row.state == "held" else None
    length = say_length(row.minutes_long) if row.minutes_long else None
    facts = [
        ("When", _when(row)),
        (
            "State",
            "over, not marked as held" if row.past and row.state == "planned" else row.state.word,
        ),
        ("Goes on" if row.goes_on else "Held", say_held(row)),
        ("Length", length),
        ("Place", ", ".join(part for part in (row.place, row.city, row.country) if part)),
        ("How", row.mode.word if row.mode else None),
        ("Link", found.link),
        ("Host", row.host),
        ("Belongs to", row.work_unit),
        ("Participants", row.stated),
        ("Minutes sent", row.minutes_sent_on or unsent),
        ("Missing", ", ".join(found.missing)),
        ("Summary", found.summary),
        ("Notes", found.notes),
    ]
    lines = [f"{row.title} ({row.kind.word})"]
    lines += [f"  {label:<14}{value}" for label, value in facts if value]
    parts = (
        ("Clocks", _clock_lines(found)),
        ("Agenda", _agenda_lines(found)),
        ("People", [*_people_lines(found), *_count_lines(found), *found.differences]),
        ("Minutes", [_say_line(line) for line in found.outcomes]),
        (
            "Still open from earlier meetings",
            [f"{one.task.title} ({say_carried(one)})" for one in found.carried],
        ),
    )
    for heading, content in parts:
        if content:
            lines += [f"  {heading}", *(f"    {line}" for line in content)]
    return "\n".join(lines)


def _clock_lines(found: MeetingDetails) -> list[str]:
    from ka2tui.domain.instants import Clock, say_clock

    return [
        f"{one.partner:<9}  {say_clock(Clock(one.zone, one.at, one.days))}"
        + (f" ({one.outside})" if one.outside else "")
        for one in found.clocks
    ]


def _agenda_lines(found: MeetingDetails) -> list[str]:
    from ka2tui.domain import running

    lines = [
        f"{number}. {item.title}"
        + (f", {item.presenter}" if item.presenter else "")
        + _say_time(item.time)
        for number, item in enumerate(found.agenda, start=1)
    ]
    over, took = found.time_over, running.used(item.time for item in found.agenda)
    total = running.say_used(found.row.minutes_planned, took)
    if lines and total:
        long = took is None and over is not None and over > 0
        lines.append(f"{total}, {over} min too long" if long else total)
    return lines


def _say_time(time: Stretch) -> str:
    """Say how long a point takes, or took: ", 15 min", ", 15 min planned, 18 used, 3 over"."""
    from ka2tui.domain import running

    if time.used is None:
        runs = ", runs" if time.runs else ""
        return f", {time.planned} min{runs}" if time.planned else runs
    over = 0 if time.planned is None else time.used // running.MINUTE - time.planned
    late = f", {over} over" if over > 0 else ""
    return f", {running.say_used(time.planned, time.used)}{late}"


def _people_lines(found: MeetingDetails) -> list[str]:
    return [
        f"{person.name}{f' ({person.partner})' if person.partner else ''}: "
        + ", ".join(dict.fromkeys(one.word if one else "not listed" for one in person.presences))
        for person in found.listed
    ]


def _count_lines(found: MeetingDetails) -> list[str]:
    from ka2tui.reports.minutes import say_countries, say_counts, say_profiles

    lines = list(say_counts(found))
    for title, said in (
        ("by country", list(say_countries(found))),
        ("by profile", list(say_profiles(found))),
    ):
        if said:
            lines.append(f"{title}: {', '.join(said)}")
    return lines


def _say_line(line: OutcomeRow) -> str:
    from ka2tui.reports.minutes import say_who

    said = f"{line.kind.word}: {' '.join(line.text.split())}"
    if line.task is None:
        return said
    return f"{said} – {say_who(line.task)}, {line.task.state.word}"
