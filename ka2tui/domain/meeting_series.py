"""Series of meetings: read in plain words, and the days they fall on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain import days, recurrence
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from datetime import date

MOST = 120
"""The most meetings of one series."""

_UNTIL = re.compile(r" (?:until|till) ")
_OF_EACH = re.compile(
    r"(?:on )?(?:the )?(?P<day>(?:first|second|third|fourth|last) \w+|\d{1,2}(?:st|nd|rd|th)?)"
    r" (?:of|in) (?:each|every|the) (?P<unit>month|quarter)"
)
_NAMED = 4
"""Days that are named where all of them would be too many."""


@frozen
class Series:
    """How meetings repeat."""

    rule: str
    """As `recurrence.read_rule` gives it, always with its end."""
    days: tuple[date, ...]

    def __str__(self) -> str:
        """Say how many there are and when: 3 meetings: 1 Dec, 5 Jan, 2 Feb 2027."""
        return f"{len(self.days)} meetings: {say_days(self.days)}"


def read(
    text: str, *, first: date | None, today: date, start: date | None, end: date | None
) -> Series:
    """Read how meetings repeat: first Tuesday of each month until M24, weekly on Mon until June.

    Args:
        text: As somebody writes it, or an RRULE.
        first: The first day they can fall on; None: today.
        today: The day from which `until` is read.
        start: The first day of the project, for project months.
        end: Its last day, which ends a series that does not say when it ends.

    Raises:
        Misread: It says not how often, or no end is known.
        Refused: It falls on no day, on one only, or on too many.
    """
    rule = _rule(text, today=today, start=start)
    if "UNTIL=" not in rule:
        if end is None:
            raise Misread(f"{quoted(text)} does not say until when: add “until June 2028”.")
        rule = recurrence.read_rule(f"{rule};UNTIL={end:%Y%m%d}")
    begin = first or today
    found = recurrence.fitting(rule, begin, begin.replace(year=begin.year + _YEARS, day=1))
    if len(found) < _LEAST:
        many = "on no day" if not found else "only once"
        raise Refused(f"{recurrence.say_rule(rule)} comes {many} from {days.say_brief(begin)} on.")
    if len(found) > MOST:
        raise Refused(f"These are {len(found)} meetings: a series has at most {MOST}.")
    return Series(rule, tuple(found))


_YEARS = 12
_LEAST = 2


def _rule(text: str, *, today: date, start: date | None) -> str:
    """Read a rule whose end may be a project month or a relative date."""
    written = clean(text)
    if "=" in written:
        return recurrence.read_rule(written)
    pace, *ends = _UNTIL.split(" ".join(fold(written).split()))
    pace = pace.rstrip(" ,")
    if len(ends) > 1:
        raise Misread(f"{quoted(text)} says twice until when.")
    of_each = _OF_EACH.fullmatch(pace)
    if of_each is not None:
        pace = f"every {of_each['unit']} on the {of_each['day']}"
    elif pace.startswith("each "):
        pace = f"every {pace.removeprefix('each ')}"
    rule = recurrence.read_rule(pace)
    if not ends:
        return rule
    last = days.read_day(ends[0], today=today, start=start, allow_month=False).last
    if last is None:
        raise Misread("The project has no first day yet, so its months are no dates.")
    return recurrence.read_rule(f"{rule};UNTIL={last:%Y%m%d}")


def say_days(found: tuple[date, ...]) -> str:
    """Name days: all of a few, of many the first ones and the last."""
    said = [days.say_brief(day) for day in found]
    if len(said) <= _NAMED + 1:
        return ", ".join(said)
    return f"{', '.join(said[:_NAMED])} … {said[-1]}"
