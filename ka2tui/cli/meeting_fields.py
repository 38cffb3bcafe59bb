"""What a meeting is said to be on the command line: its options, and how they are read."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli.options import WholeOrNone, read
from ka2tui.cli.options import options as given

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, time

    from ka2tui.cli.context import Context
    from ka2tui.domain.days import ReadDay
    from ka2tui.queries.meeting_row import MeetingRow

KINDS = (
    *("kick_off", "tpm", "online", "learning_activity", "training", "multiplier_event"),
    *("monitoring_visit", "other"),
)
_PEOPLE = WholeOrNone(0, 1_000_000)
_TIME_AT_END = re.compile(r"(.*?)[ T,]+(\d{1,2}[:.h]\d{2}(?: ?[ap]m)?)$|^()(\d{1,2}[:.h]\d{2})$")


options = given(
    click.option("--kind", type=click.Choice(KINDS), help="What it is for."),
    click.option("--start", metavar="WHEN", help='A date, with a time or without: "3 Dec 9:30".'),
    click.option("--end", metavar="WHEN", help="Its last day, or the time it ends."),
    click.option("--length", metavar="TIME", help="How long it lasts: 6h, 1h30, 90 min."),
    click.option("--zone", "--tz", metavar="ZONE", help="Its time zone: Europe/Warsaw."),
    click.option("--place", help="Where it is."),
    click.option("--city", help="The city."),
    click.option("--country", metavar="COUNTRY", help="Code or name: PL, EL, Türkiye."),
    click.option(
        "--mode", type=click.Choice(["in_person", "online", "hybrid"]), help="Where people meet."
    ),
    click.option("--online", is_flag=True, help="The same as --mode online."),
    click.option("--link", help="Where to join online."),
    click.option("--host", metavar="PARTNER", help="The partner that hosts it."),
    click.option("--wp", metavar="WP", help="The work package or activity it belongs to."),
    click.option("--code", help="A short name, used once in a project."),
    click.option("--participants", type=_PEOPLE, help="How many came, as published."),
    click.option("--remote", type=_PEOPLE, help="How many of them online."),
    click.option("--expected", type=_PEOPLE, help="How many are to come."),
    click.option("--direction", help='Who goes where: "IT → PL".'),
    click.option(
        "--state", type=click.Choice(["planned", "held", "cancelled"]), help="How it stands."
    ),
    click.option("--summary", help="The summary, in a few sentences."),
    click.option("--minutes-sent", metavar="DATE", help="When the minutes went out."),
    click.option("--notes", help="Anything else."),
)
"""Give a command the options that name fields."""


def values_of(ctx: Context, said: dict[str, Any], row: MeetingRow | None = None) -> dict[str, Any]:
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
        "length": ("minutes_long", length),
        "host": ("host_id", lambda text: ctx.id("partner", text)),
        "wp": ("work_unit_id", lambda text: ctx.id("work_unit", text)),
        "minutes_sent": ("minutes_sent_on", lambda text: read_day(ctx, text).day),
        "participants": ("participants", int),
        "remote": ("remote_participants", int),
        "expected": ("expected_participants", int),
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
    day = read_day(ctx, said)
    values: dict[str, Any] = {"day": day.day, "month": day.month}
    if day.precision is Precision.MONTH and at is None:
        values["precision"] = day.precision
    if day.day_to is not None:
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
    last = read_day(ctx, said).last if said else first
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
    long = (until.hour - at.hour) * 60 + until.minute - at.minute
    if long <= 0:
        raise click.UsageError("The meeting ends before it begins.")
    return found | {"minutes_long": long}


def read_day(ctx: Context, text: str) -> ReadDay:
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


def length(text: str) -> int:
    """Read how long something takes, in minutes."""
    from ka2tui.domain.lengths import read_length

    return read(read_length, text)
