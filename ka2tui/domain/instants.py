"""Instants: points in time kept in UTC, and the clocks of the people who attend."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import alike, countries, days
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pendulum.tz.timezone import Timezone

_TIME = re.compile(r"(\d{1,2})(?:[:.h] ?(\d{2}))?(?: ?h| ?uhr)?(?:[:.](\d{2}))? ?([ap]\.?m\.?)?")
_HOUR = timedelta(hours=1)


class Clock(NamedTuple):
    """What the clock on the wall shows in one zone."""

    zone: str
    at: datetime
    """Local time, aware."""
    days: int
    """Days the date there is ahead of the date in the zone that was asked from."""


@cache
def zone(name: str) -> Timezone:
    """Give the rules of a time zone, from the zone data shipped with the app.

    Those of the operating system may be years old.

    Raises:
        Misread: No zone of that name.
    """
    from pendulum.tz.timezone import Timezone  # costs 50 ms: only where a clock is looked at

    if not is_zone(name):
        raise Misread(f"{quoted(name)} is not a time zone.")
    with (_zones() / "zoneinfo" / name).open("rb") as rules:
        return Timezone.from_file(rules, key=name)


@lru_cache(maxsize=100)
def is_zone(name: str) -> bool:
    """Say whether a zone is called just so; its rules are not loaded for that."""
    return name in _zone_names()


def read_zone(text: str) -> str:
    """Read the name of a time zone: Europe/Warsaw in any case, or its city alone.

    Raises:
        Misread: No such zone; the nearest names are suggested.
    """
    wanted = _key(text)
    name = _keys().get(wanted)
    if name:
        return name
    current = {key: name for key, name in _keys().items() if name in _current_names()}
    suggested = alike.among(wanted, current, 4)[:2]
    remedy = f"did you mean {' or '.join(suggested)}?" if suggested else _ZONE_REMEDY
    raise Misread(f"{quoted(text)} is not a time zone: {remedy}")


_ZONE_REMEDY = "write continent and city, like Europe/Warsaw."


def read_time(text: str) -> time:
    """Read a time of day: 9:30, 09.30, 9h30, 14:00, 9 am.

    Raises:
        Misread: Not a time of day.
    """
    plain = fold(clean(text))
    found = _TIME.fullmatch(plain)
    marked = found and (found[2] or found[4] or re.search(r"h", plain))
    if not found or not marked:
        raise Misread(f"{quoted(text)} is not a time of day: write it like 14:30.")
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            raise Misread(f"{quoted(text)} is not a time of day: write it like 14:30.")
        hour = hour % 12 + (12 if found[4].startswith("p") else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise Misread(f"{quoted(text)} is not a time of day: it ends at 23:59.")
    return time(hour, minute, second)


def instant(day: date, at: time, zone_name: str) -> datetime:
    """Give the instant when the clocks of a zone show a time on a day.

    Of a time that comes twice, when summer time ends, the first is meant; a time that is
    skipped, when it begins, moves forward by what is skipped.

    Returns:
        UTC.

    Raises:
        Misread: No zone of that name.
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone(zone_name)).astimezone(UTC)


def local(moment: datetime, zone_name: str) -> datetime:
    """Give the date and time that the clocks of a zone show at an instant.

    Args:
        moment: Aware.
        zone_name: IANA name.

    Returns:
        Aware; to move it by days, move its date and make an `instant` of that, as adding a
        `timedelta` ignores summer time.

    Raises:
        Misread: No zone of that name.
    """
    if moment.tzinfo is None:
        raise ValueError("an instant without a zone is none")
    return moment.astimezone(zone(zone_name))


def say_odd(wanted: time, begins: datetime) -> str | None:
    """Say what became of a time that the clocks skip or show twice; None of any other.

    Args:
        wanted: The time of day that was asked for.
        begins: What `instant` made of it, on the clocks there.
    """
    there = f"{days.say_brief(begins.date())} in {city(str(begins.tzinfo))}"
    if begins.time().replace(second=0, microsecond=0) != wanted.replace(second=0, microsecond=0):
        return f"{wanted:%H:%M} does not exist on {there}: it begins at {begins:%H:%M}"
    first, second = (begins.replace(fold=fold).utcoffset() for fold in (0, 1))
    return f"{wanted:%H:%M} comes twice on {there}: the first is meant" if first != second else None


def doubt(day: date, at: time, zone_name: str) -> str | None:
    """Say what becomes of a time that the clocks of a zone skip or show twice on a day.

    Raises:
        Misread: No zone of that name.
    """
    return say_odd(at, local(instant(day, at, zone_name), zone_name))


def clocks(moment: datetime, zones: Iterable[str], home: str | None = None) -> list[Clock]:
    """Give what the clocks show in several zones at an instant, each zone once.

    Args:
        moment: Aware.
        zones: IANA names.
        home: The zone whose date the days count from; by default the first of `zones`.
    """
    names = list(dict.fromkeys(zones))
    if not names:
        return []
    today = local(moment, home or names[0]).date()
    shown = [(name, local(moment, name)) for name in names]
    return [Clock(name, at, (at.date() - today).days) for name, at in shown]


def say_clock(clock: Clock) -> str:
    """Write a clock for people: 09:30 Madrid, 00:30 Bangkok next day."""
    beside = {0: "", 1: " next day", -1: " the day before"}.get(
        clock.days, f" {clock.days:+d} days"
    )
    return f"{clock.at:%H:%M} {city(clock.zone)}{beside}"


def say_clocks(moment: datetime, zones: Iterable[str], home: str | None = None) -> str:
    """Write the clocks of several zones in a line: 09:30 Madrid · 10:30 Athens."""
    return " · ".join(say_clock(clock) for clock in clocks(moment, zones, home))


def city(zone_name: str) -> str:
    """Give the city a zone is named after: Warsaw, Buenos Aires; UTC for itself."""
    return zone_name.rsplit("/", 1)[-1].replace("_", " ")


def say_countdown(moment: datetime, now: datetime, zone_name: str = "UTC") -> str:
    """Write how far away an instant is: in 12 days, tomorrow, in 3 h, in 20 min, 2 h ago.

    Args:
        moment: Aware.
        now: Aware.
        zone_name: Where the days are counted.
    """
    away = moment - now
    if abs(away) < 12 * _HOUR:
        return _say_hours(away)
    there, here = local(moment, zone_name).date(), local(now, zone_name).date()
    return _say_hours(away) if there == here else days.say_until(there, here)


def _say_hours(away: timedelta) -> str:
    """Write a short stretch of time as hours or minutes to come or gone by."""
    minutes = int(abs(away).total_seconds() // 60)
    if minutes == 0:
        return "now"
    amount = f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"
    return f"in {amount}" if away > timedelta(0) else f"{amount} ago"


def _zone_names() -> frozenset[str]:
    """List the names of all time zones in the data shipped with the app."""
    return frozenset((_zones() / "zones").read_text(encoding="utf-8").split())


def _zones() -> Path:
    """Find the zone data: a plain folder, for which Python's reader of packages is not needed."""
    import tzdata

    return Path(tzdata.__file__).parent


@cache
def _current_names() -> frozenset[str]:
    """List the zones that countries have today, without the aliases and the abbreviations."""
    return frozenset(name for each in countries.everywhere() for name in each.zones)


@cache
def _keys() -> dict[str, str]:
    """Map what people write for a zone, as compared, to its name; cities where they are unique."""
    # Etc/GMT+2 is two hours behind Greenwich: it is only meant by who writes it in full.
    names = sorted(name for name in _zone_names() if not name.startswith("Etc/"))
    current = _current_names()
    cities: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: name not in current):
        cities.setdefault(_key(city(name)), []).append(name)
    alone = {
        key: found[0]
        for key, found in cities.items()
        if len(found) == 1 or (found[0] in current and found[1] not in current)
    }
    return alone | {_key(name): name for name in _zone_names()}


def _key(text: str) -> str:
    """Reduce the name of a zone to what is compared."""
    return re.sub(r"[\s_]*/[\s_]*", "/", fold(clean(text)).replace("_", " ")).strip()
