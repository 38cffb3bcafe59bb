"""The fields of a meeting as a form has them: what is typed, and what the operations take."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ka2tui.domain import days, timeline
from ka2tui.domain.kinds import MeetingKind, MeetingMode, Precision
from ka2tui.domain.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time

    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.queries.tasks import Choices
    from ka2tui.tui.dialogs.form import Field


class When(NamedTuple):
    """The days of a meeting as they are typed: one, several, or only a month."""

    day: date
    end_day: date | None = None
    month: int | None = None
    """The project month it is planned in."""
    precision: Precision = Precision.DAY


def read_when(text: str, *, today: date, start: date | None) -> When:
    """Read the days of a meeting: fri, 3 Dec, 3-5 Dec 2026, Jan 2027, M15.

    Raises:
        Refused: It is no date, or a project month while the project has no first day.
    """
    read = days.read_day(text, today=today, start=start, allow_month=False)
    if read.day is None:
        raise Refused("The project has no first day yet, so its months are no dates.")
    if read.precision is Precision.MONTH:
        return When(read.day, read.day_to, read.month, Precision.MONTH)
    return When(read.day, read.day_to)


def write_when(when: When) -> str:
    """Write the days of a meeting so that reading them gives the same."""
    if when.month is not None:
        return timeline.say_month(when.month, _month_to(when))
    if when.precision is Precision.MONTH:
        return days.say_calendar_month(when.day, when.end_day)
    last = f" to {when.end_day.isoformat()}" if when.end_day else ""
    return f"{when.day.isoformat()}{last}"


def _month_to(when: When) -> int | None:
    """Give the last project month of a stretch of them."""
    if when.month is None or when.end_day is None or when.precision is not Precision.MONTH:
        return None
    return when.month - 1 + timeline.month_of(when.day, when.end_day)


def say_when(when: When, today: date) -> str:
    """Say the days of a meeting as they were understood."""
    if when.precision is Precision.MONTH:
        to = _month_to(when)
        month = "" if when.month is None else f"{timeline.say_month(when.month, to)}, "
        return f"{month}{days.say_calendar_month(when.day, when.end_day)}"
    if when.end_day is not None:
        return days.say_span(when.day, when.end_day)
    return f"{days.say_day(when.day, today)}, {days.say_until(when.day, today)}"


def when_of(row: MeetingRow) -> When | None:
    """Give the days of a meeting as a form edits them."""
    return None if row.day is None else When(row.day, row.end_day, row.month, row.precision)


def values_of(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of a form as the operations take them."""
    values = dict(filled)
    if "when" in values:
        when: When | None = values.pop("when")
        if when is None:
            values |= {"day": None, "end_day": None, "month": None}
        else:
            month = when.precision is Precision.MONTH
            values |= when._asdict() | {"precision": when.precision if month else Precision.DAY}
    return values


def _write_time(at: time) -> str:
    return f"{at:%H:%M}"


def fields_of(today: date, choices: Choices, details: MeetingDetails | None) -> list[Field]:
    """Make the fields of a meeting; those of an empty one where there are no details."""
    from ka2tui.domain.countries import read_country, say_country
    from ka2tui.domain.instants import read_time, read_zone
    from ka2tui.domain.lengths import read_length, say_length
    from ka2tui.tui.dialogs.form import Field, Option

    row = None if details is None else details.row
    local = None if row is None else row.local
    nothing = Option(None, "–")
    host = None if details is None else details.host_id
    partners = [Option(each.id, each.word) for each in choices.offered(host)]
    units = [Option(each.id, each.word, each.note) for each in choices.work_units]

    def has(field: str) -> Any:
        return None if row is None else getattr(row, field)

    return [
        Field("title", "Title", value=has("title") or "", required=True),
        Field(
            "kind",
            "Kind",
            "choice",
            MeetingKind.TPM if row is None else row.kind,
            options=[Option(each, each.word) for each in MeetingKind],
        ),
        Field(
            "when",
            "Date",
            value=None if row is None else when_of(row),
            hint="fri, 3 Dec, 3-5 Dec 2027, Jan 2027, M15",
            read=partial(read_when, today=today, start=choices.start),
            write=write_when,
            say=partial(say_when, today=today),
            parts={
                "day": lambda day: day,
                "end_day": lambda day: day,
                "month": timeline.say_month,
                "precision": lambda _: None,
            },
        ),
        Field(
            "at",
            "Time",
            value=None if local is None else local.time(),
            hint="9:30, in the zone below",
            read=read_time,
            write=_write_time,
            say=_write_time,
        ),
        Field(
            "zone",
            "Time zone",
            value=has("zone"),
            hint="Europe/Warsaw; empty: the host's",
            read=read_zone,
            say=str,
        ),
        Field(
            "host_id",
            "Host",
            "choice",
            None if details is None else details.host_id,
            options=[nothing, *partners],
        ),
        Field("place", "Place", value=has("place")),
        Field(
            "mode",
            "How",
            "choice",
            has("mode"),
            options=[nothing, *(Option(each, each.word) for each in MeetingMode)],
        ),
        Field(
            "minutes_long",
            "Length",
            value=has("minutes_long"),
            hint="90, 6h, 1h30",
            read=read_length,
            write=say_length,
            say=say_length,
        ),
        Field(
            "work_unit_id",
            "Belongs to",
            "choice",
            None if details is None else details.work_unit_id,
            options=[nothing, *units],
            more=True,
        ),
        Field("link", "Link", value=None if details is None else details.link, more=True),
        Field("city", "City", value=has("city"), more=True),
        Field(
            "country",
            "Country",
            value=has("country"),
            hint="PL, Greece, Türkiye",
            read=read_country,
            write=say_country,
            say=say_country,
            more=True,
        ),
        Field("participants", "Participants", "integer", has("stated"), more=True,
              hint="how many came, as published"),
        Field("expected_participants", "Expected", "integer",
              None if details is None else details.expected_participants, more=True,
              hint="how many are to come"),
        Field("remote_participants", "Online", "integer",
              None if details is None else details.remote, more=True, hint="how many of them"),
        Field("minutes_sent_on", "Minutes sent", "date", has("minutes_sent_on"), more=True),
        Field("code", "Code", value=has("code"), more=True, hint="TPM3"),
        Field("summary", "Summary", "long", None if details is None else details.summary,
              more=True),
        Field("notes", "Notes", "long", None if details is None else details.notes, more=True),
    ]  # fmt: skip
