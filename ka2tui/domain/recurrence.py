"""What repeats: rules of RFC 5545, read also in plain words, counted in days."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_DAYS = 500
"""No rule is followed further than this."""
_HORIZON = timedelta(days=366 * 20)
_LONGEST_INTERVAL = 366

_FREQUENCIES = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_UNITS = {unit: frequency for frequency, unit in _FREQUENCIES.items()}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ORDER = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST", "UNTIL")
_VALUES = {
    "BYMONTH": re.compile(r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*"),
    "BYMONTHDAY": re.compile(r"-?(?:[1-9]|[12]\d|3[01])(?:,-?(?:[1-9]|[12]\d|3[01]))*"),
    "BYDAY": re.compile(
        r"[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU)(?:,[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU))*"
    ),
    "BYSETPOS": re.compile(r"-?[1-9]\d?"),
    "WKST": re.compile(r"MO|TU|WE|TH|FR|SA|SU"),
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_WORDS = {
    "daily": ("DAILY", 1),
    "weekly": ("WEEKLY", 1),
    "fortnightly": ("WEEKLY", 2),
    "monthly": ("MONTHLY", 1),
    "quarterly": ("MONTHLY", 3),
    "half-yearly": ("MONTHLY", 6),
    "yearly": ("YEARLY", 1),
    "annually": ("YEARLY", 1),
}
_LONGER = {"fortnight": ("WEEKLY", 2), "quarter": ("MONTHLY", 3), "half-year": ("MONTHLY", 6)}
_WHICH = {"other": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
_EVERY = re.compile(
    rf"every (?:(\d{{1,3}}|{'|'.join((*days.COUNTED[1:], *_WHICH))}) )?"
    r"(day|week|fortnight|month|quarter|half[- ]year|year)s?\b ?(.*)"
)
_TIMES = re.compile(
    r"every (?:\S+ ){0,2}?(?:(?:half[- ])?(?:hour|day|week|fortnight|month|quarter|term|"
    r"semester|season|year)s?|week-?ends?|week-?days?|mornings?|afternoons?|evenings?|nights?|"
    r"spring|summer|autumn|winter|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|\d{1,2}(?:st|nd|rd|th))\b"
)
_REMEDY = "write it like “every 2 weeks”, “monthly” or “weekly on mon”."


def read_rule(text: str) -> str:
    """Read how something repeats, in plain words or as an RRULE, and give it as an RRULE.

    Words: daily, weekly on mon and thu, every 2 weeks, every month on the 15th, every month on
    the last fri, quarterly, every weekday, yearly; each with `until` and a date.

    Raises:
        Misread: Not a rule, more often than daily, or for a number of times.
    """
    written = clean(text).removeprefix("RRULE:")
    parts = _read_parts(written) if "=" in written else _read_words(text)
    return _joined(parts)


def is_like_one(text: str) -> bool:
    """Tell whether words begin as if they said how often: every third week, every evening."""
    return _TIMES.match(fold(text)) is not None


def anchored(rule: str, day: date) -> str:
    """Fix a rule that only says "every month" to the day of the month it began on.

    Whoever begins on the 31st means the last day where a month is shorter; the rule then says
    so, as RFC 5545 by itself would skip such months. Other rules come back as they are.

    Args:
        rule: As `read_rule` gives it.
        day: The first day of the series.
    """
    parts = _parts(rule)
    if parts["FREQ"] != "MONTHLY" or any(key.startswith("BY") for key in parts) or day.day <= 28:
        return rule
    choice = {"BYMONTHDAY": ",".join(map(str, range(28, day.day + 1))), "BYSETPOS": "-1"}
    return _joined(parts | choice)


def next_day(rule: str, day: date) -> date | None:
    """Give the first day after a day on which something repeats.

    Args:
        rule: As `read_rule` gives it.
        day: A day of the series, from which intervals count.

    Returns:
        `None` when the rule has come to its end.
    """
    return next(_follow(rule, day, day + _HORIZON), None)


def fitting(rule: str, first: date, last: date) -> list[date]:
    """List the days that a rule chooses from a first day to a last one, at most 500.

    Args:
        rule: As `read_rule` gives it.
        first: From which intervals count; it belongs to them only if the rule chooses it.
        last: The last day there can be.
    """
    if last < first:
        return []
    before = next(_follow(rule, first, last, with_first=True), None)
    found = [first] if before == first else []
    return [*found, *islice(_follow(rule, first, last), MOST_DAYS - len(found))]


def say_rule(rule: str) -> str:
    """Write a rule in plain words: every 2 weeks on Mon and Thu until 30 Jun 2027."""
    parts = _parts(rule)
    count, unit = int(parts.get("INTERVAL", "1")), _FREQUENCIES[parts["FREQ"]]
    if parts["FREQ"] == "WEEKLY" and parts.get("BYDAY") == "MO,TU,WE,TH,FR" and count == 1:
        said = "every weekday"
    else:
        said = (f"every {unit}" if count == 1 else f"every {count} {unit}s") + _say_days(parts)
    if "BYMONTH" in parts:
        said += " in " + _listed(
            [days.MONTH_NAMES[int(n) - 1] for n in parts["BYMONTH"].split(",")]
        )
    return f"{said} until {days.say_brief(_until(parts['UNTIL']))}" if "UNTIL" in parts else said


def _follow(rule: str, day: date, last: date, *, with_first: bool = False) -> Iterator[date]:
    """Give the days of a rule after a day, as far as a last day."""
    parts = _parts(anchored(rule, day))
    ends = min(last, _until(parts["UNTIL"])) if "UNTIL" in parts else last
    if ends < day or (ends == day and not with_first):
        return
    parts["UNTIL"] = f"{ends:%Y%m%d}T000000"
    begin = datetime.combine(day, time())
    from dateutil.rrule import rrulestr  # costs 15 ms: only where something recurs

    series = rrulestr(_joined(parts), dtstart=begin)
    for each in series.xafter(begin, count=MOST_DAYS, inc=with_first):
        yield each.date()


def _read_parts(written: str) -> dict[str, str]:
    """Read an RRULE as calendars write it, and check every part."""
    parts: dict[str, str] = {}
    for piece in filter(None, written.upper().replace(" ", "").split(";")):
        key, _, value = piece.partition("=")
        if key in parts:
            raise Misread(f"{quoted(written)} says {key} twice: {_REMEDY}")
        parts[key] = value
    if parts.get("FREQ") not in _FREQUENCIES:
        raise Misread(
            f"{quoted(written)} does not repeat by days, weeks, months or years: {_REMEDY}"
        )
    if "COUNT" in parts:
        raise Misread(f"{quoted(written)} counts its times: say with UNTIL when it ends instead.")
    if "UNTIL" in parts:
        parts["UNTIL"] = _read_until(parts["UNTIL"], written)
    interval = parts.pop("INTERVAL", "1")
    if (
        not interval.isascii()
        or not interval.isdecimal()
        or not 1 <= int(interval) <= _LONGEST_INTERVAL
    ):
        raise Misread(f"{quoted(written)} has an interval that is not 1 to {_LONGEST_INTERVAL}.")
    if int(interval) > 1:
        parts["INTERVAL"] = str(int(interval))
    for key in parts.keys() - {"FREQ", "INTERVAL", "UNTIL"}:
        if key not in _VALUES or not _VALUES[key].fullmatch(parts[key]):
            raise Misread(
                f"{quoted(written)} has a part that is not known: {quoted(key)}; {_REMEDY}"
            )
    return _consistent(parts, written)


def _consistent(parts: dict[str, str], written: str) -> dict[str, str]:
    """Refuse parts that RFC 5545 does not allow together."""
    numbered = any(part[0] in "+-12345" for part in parts.get("BYDAY", "MO").split(","))
    if numbered and parts["FREQ"] not in {"MONTHLY", "YEARLY"}:
        raise Misread(f"{quoted(written)} numbers weekdays, which only months and years have.")
    if "BYMONTHDAY" in parts and parts["FREQ"] == "WEEKLY":
        raise Misread(f"{quoted(written)} names a day of the month in a rule by weeks.")
    if "BYSETPOS" in parts and not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYMONTH"}:
        raise Misread(f"{quoted(written)} chooses among days without naming any.")
    return parts


def _read_until(value: str, written: str) -> str:
    """Read the last day of a rule, with or without a time, which does not count."""
    found = re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})(?:T\d{6}Z?)?", value, re.ASCII)
    if not found:
        raise Misread(f"{quoted(written)} ends on {quoted(value)}, which is not a date.")
    day = days.read_day("-".join(found.groups())).day
    return f"{day:%Y%m%d}"


def _read_words(text: str) -> dict[str, str]:
    """Read a rule in plain words."""
    plain, _, end = fold(clean(text)).replace(",", " and ").partition(" until ")
    parts = _read_pace(" ".join(plain.split()))
    if parts is None:
        raise Misread(f"{quoted(text)} does not say how often: {_REMEDY}")
    if end:
        read = days.read_day(end)
        if read.last is None:
            raise Misread(f"{quoted(text)} does not end on a date: {_REMEDY}")
        parts["UNTIL"] = f"{read.last:%Y%m%d}"
    return parts


def _read_pace(plain: str) -> dict[str, str] | None:
    """Read how often: a word such as monthly, or every so many weeks, or every such weekday."""
    if plain in {"every weekday", "weekdays", "every working day"}:
        return {"FREQ": "WEEKLY", "BYDAY": ",".join(_WEEKDAYS[:5])}
    word, _, rest = plain.partition(" ")
    if word in _WORDS:
        return _pace(*_WORDS[word], rest)
    found = _EVERY.fullmatch(plain)
    if found:
        unit = found[2].replace(" ", "-")
        frequency, each = _LONGER[unit] if unit in _LONGER else (_UNITS[unit], 1)
        return _pace(frequency, each * _counted(found[1]), found[3])
    if word != "every":
        return None
    # "every second fri" may be the second of the month, so it is asked about
    other = rest.startswith("other ")
    return _pace("WEEKLY", 2 if other else 1, f"on {rest.removeprefix('other ')}")


def _counted(said: str | None) -> int:
    """Read how many, or which one: 2, two, other, third."""
    if said is None:
        return 1
    if said in days.COUNTED:
        return days.COUNTED.index(said)
    return _WHICH.get(said) or int(said)


def _pace(frequency: str, interval: int, rest: str) -> dict[str, str] | None:
    """Put together how often and on which days."""
    if not 1 <= interval <= _LONGEST_INTERVAL:
        return None
    parts = {"FREQ": frequency} | ({"INTERVAL": str(interval)} if interval > 1 else {})
    if not rest:
        return parts
    chosen = rest.removeprefix("on ").removeprefix("the ")
    if frequency == "WEEKLY":
        named = [_weekday(word) for word in chosen.split(" and ")]
        known = {name for name in named if name}
        ordered = ",".join(name for name in _WEEKDAYS if name in known)
        return parts | {"BYDAY": ordered} if len(named) == len(list(filter(None, named))) else None
    on_days = _read_day_of_month(chosen) if frequency == "MONTHLY" else None
    return parts | on_days if on_days else None


def _read_day_of_month(chosen: str) -> dict[str, str] | None:
    """Read a choice of days within a month: 15th, day 15, last day, second tue, last fri."""
    if chosen == "last day":
        return {"BYMONTHDAY": "-1"}
    number = re.fullmatch(r"(?:day )?(\d{1,2})(?:st|nd|rd|th)?", chosen)
    if number:
        return {"BYMONTHDAY": str(int(number[1]))} if 1 <= int(number[1]) <= 31 else None
    which, _, name = chosen.partition(" ")
    weekday = _weekday(name)
    return {"BYDAY": f"{_ORDINALS[which]}{weekday}"} if which in _ORDINALS and weekday else None


def _weekday(word: str) -> str | None:
    """Give the code of a weekday by its name or the beginning of it."""
    place = days.weekday(word.removesuffix("s")) if len(word) > 3 else days.weekday(word)
    return None if place is None else _WEEKDAYS[place]


def _say_days(parts: Mapping[str, str]) -> str:
    """Say on which days a rule falls."""
    if "BYMONTHDAY" in parts:
        numbers = [int(number) for number in parts["BYMONTHDAY"].split(",")]
        if numbers == [-1]:
            return " on the last day"
        if parts.get("BYSETPOS") == "-1" and numbers == list(range(28, max(numbers) + 1)):
            return f" on day {max(numbers)} or the last"
        return f" on day {_listed([str(number) for number in numbers])}"
    if "BYDAY" not in parts:
        return ""
    return f" on {_listed([_say_weekday(code) for code in parts['BYDAY'].split(',')])}"


def _say_weekday(code: str) -> str:
    """Say a weekday of a rule: Mon, the second Tue, the last Fri."""
    name = days.DAY_NAMES[_WEEKDAYS.index(code[-2:])]
    if len(code) == 2:
        return name
    number = int(code[:-2])
    word = next((word for word, value in _ORDINALS.items() if value == number), f"{number}.")
    return f"the {word} {name}"


def _listed(words: list[str]) -> str:
    """Join words as in a sentence."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _parts(rule: str) -> dict[str, str]:
    """Take apart a rule that `read_rule` gave."""
    return dict(piece.split("=", 1) for piece in rule.split(";"))


def _joined(parts: Mapping[str, str]) -> str:
    """Put a rule together, its parts in their usual order."""
    return ";".join(f"{key}={parts[key]}" for key in _ORDER if key in parts)


def _until(value: str) -> date:
    """Give the last day of a rule."""
    return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
