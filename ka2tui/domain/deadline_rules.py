"""What the rules of the calls say about dates: rounds, and what is counted from other dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from ka2tui import datafiles
from ka2tui.domain import instants, timeline
from ka2tui.domain.entries import Malformed, rows, text, texts, whole
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d)?")
_FARTHEST = 3660
"""Days a derived date may lie from what it is counted from."""


@dataclass(frozen=True, slots=True)
class Round:
    """One deadline of an action in a call."""

    title: str
    year: int
    """The year it lies in."""
    month: int
    day: int
    hour: time
    zone: str
    starts: tuple[int, int] | None
    """First and last month in which projects of this round begin; 13 is January of the next year.
    None where any may."""
    rules: int
    """The call year whose rules say so: another than `year` where they were carried over."""
    confirmed: bool

    @property
    def at(self) -> datetime:
        """The instant, in UTC."""
        return instants.instant(self.on, self.hour, self.zone)

    @property
    def on(self) -> date:
        """The day in its own zone."""
        last = timeline.days_in(self.year, self.month)
        return date(self.year, self.month, min(self.day, last))

    def fits(self, start: date) -> bool:
        """Tell whether a project of this round may begin on a day."""
        if self.starts is None:
            return start >= self.on
        month = (start.year - self.year) * timeline.MONTHS_PER_YEAR + start.month
        return self.starts[0] <= month <= self.starts[1]


@dataclass(frozen=True, slots=True)
class Call:
    """The deadlines of one action in one call year."""

    id: str
    codes: tuple[str, ...]
    managed_by: str
    rounds: tuple[Round, ...]

    def covers(self, action: str) -> bool:
        """Tell whether a code names this action: KA220, KA220-SCH, ERASMUS-SPORT-2027-SCP."""
        wanted = action.strip().upper()
        return wanted in {self.id, *self.codes} or f"-{self.id}-" in f"-{wanted}-"


@dataclass(frozen=True, slots=True)
class Derived:
    """A date counted from another one."""

    id: str
    title: str
    anchor: str
    """What it is counted from: project_start, project_end, report_due, final_payment ..."""
    days: int
    months: int
    years: int
    longer_than: int
    """Only for projects of more months than this."""
    confirmed: bool
    note: str

    def day(self, anchor: date) -> date | None:
        """Count from a day; None beyond the calendar."""
        months = self.months + timeline.MONTHS_PER_YEAR * self.years
        try:
            return timeline.add_months(anchor + timedelta(days=self.days), months)
        except (OverflowError, Refused):
            return None

    @property
    def formula(self) -> str:
        """Say how it is counted: end + 60 days."""
        parts = [(self.days, "day"), (self.months, "month"), (self.years, "year")]
        number, unit = next(((n, unit) for n, unit in parts if n), (0, "day"))
        sign = "-" if number < 0 else "+"
        named = self.anchor.removeprefix("project_").replace("_", " ")
        return f"{named} {sign} {abs(number)} {unit}{'' if abs(number) == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules of one call year say about dates."""

    year: int
    calls: tuple[Call, ...]
    derived: Mapping[str, Derived]


@cache
def load(own: Path | None = None) -> tuple[Rules, ...]:
    """Give the rules of all call years, the earliest first; the user's own folder wins.

    Raises:
        DataFault: A file cannot be read.
        Malformed: Something in it is missing or cannot be; the message names file and place.
    """
    found = [
        read(datafiles.read_toml(name, own), name)
        for name in datafiles.names("rules", ".toml", own)
    ]
    return tuple(sorted(found, key=lambda one: one.year))


def read(data: Mapping[str, Any], file: str = "rules") -> Rules:
    """Read the deadlines of one call year as a TOML file gives them.

    Raises:
        Malformed: Something is missing or cannot be.
    """
    year = whole(data, "call_year", file, least=2014, most=2100)
    calls = tuple(_call(row, place, year) for place, row in rows(data, "action", file))
    derived = [_derived(row, place) for place, row in rows(data, "derived", file)]
    return Rules(year, calls, {one.id: one for one in derived})


def rounds(
    known: Sequence[Rules], action: str | None, year: int, managed_by: str | None = None
) -> tuple[Round, ...]:
    """Give the deadlines of an action in a call year, the earliest first.

    Where no rules of that year are known, those of the nearest known year stand in, marked as
    not confirmed.

    Args:
        known: As `load` gives them.
        action: Its code; without one there is nothing to go by.
        year: The year of the call.
        managed_by: NA or EACEA; where it is not the one the rules name, its own hour is taken.
    """
    for rules in sorted(known, key=lambda one: (abs(one.year - year), -one.year)):
        call = next((one for one in rules.calls if action and one.covers(action)), None)
        if call is None:
            continue
        other = managed_by in HOURS and managed_by != call.managed_by
        return tuple(
            Round(
                title=one.title.replace(str(rules.year), str(year)),
                year=year,
                month=one.month,
                day=one.day,
                hour=HOURS[managed_by] if other and managed_by else one.hour,
                zone=one.zone,
                starts=one.starts,
                rules=rules.year,
                confirmed=one.confirmed and rules.year == year and not other,
            )
            for one in sorted(call.rounds, key=lambda one: (one.month, one.day))
        )
    return ()


HOURS = {"NA": time(12), "EACEA": time(17)}
"""When the day of a deadline ends in Brussels. Source: Programme Guide 2025, p. 458."""


def _call(row: Mapping[str, Any], place: str, year: int) -> Call:
    code = text(row, "id", place)
    place = f"{place} ({code})"
    return Call(
        id=code,
        codes=texts(row, "codes", place),
        managed_by=text(row, "managed_by", place),
        rounds=tuple(_round(one, at, year) for at, one in rows(row, "deadline", place)),
    )


def _round(row: Mapping[str, Any], place: str, year: int) -> Round:
    hour = _HOUR.fullmatch(text(row, "hour", place))
    zone = text(row, "zone", place)
    starts = row.get("start_months")
    two = isinstance(starts, list) and len(starts) == 2 and all(type(n) is int for n in starts)
    if hour is None or (starts is not None and not two):
        raise Malformed(
            f"{place}: hour is like 12:00:00, start_months are two numbers like [9, 12]."
        )
    made = Round(
        title=text(row, "title", place),
        year=year,
        month=whole(row, "month", place, least=1, most=12),
        day=whole(row, "day", place, least=1, most=31),
        hour=time(int(hour[1]), int(hour[2])),
        zone=zone,
        starts=(starts[0], starts[1]) if isinstance(starts, list) else None,
        rules=year,
        confirmed=row.get("confirmed") is True,
    )
    try:
        _ = made.on
    except ValueError as error:
        raise Malformed(f"{place}: this is no day: {error}") from None
    if not instants.is_zone(zone):
        raise Malformed(f"{place}: {quoted(zone)} is not a time zone.")
    return made


def _derived(row: Mapping[str, Any], place: str) -> Derived:
    def number(key: str, most: int = _FARTHEST) -> int:
        return whole(row, key, place, least=-most, most=most, default=0)

    return Derived(
        id=text(row, "id", place),
        title=text(row, "title", place),
        anchor=text(row, "from", place),
        days=number("days"),
        months=number("months"),
        years=number("years", 100),
        longer_than=number("longer_than_months", timeline.LONGEST),
        confirmed=row.get("confirmed") is True,
        note=text(row, "note", place, ""),
    )
