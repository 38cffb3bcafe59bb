"""Periods: the stretch of days that a report tells of, chosen in project months."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import days, timeline
from ka2tui.domain.costs import read_quarter
from ka2tui.domain.kinds import Kind
from ka2tui.domain.refusal import Refused

if TYPE_CHECKING:
    from datetime import date

MONTHS_BACK = 2
"""Months before the running one that a report goes back to where nobody says otherwise."""


class Span(Kind):
    """The periods that are offered by name."""

    THIS_MONTH = "this_month", "this project month"
    THREE_MONTHS = "three_months", "the last three project months"
    SINCE_START = "since_start", "since the start"


class Period(NamedTuple):
    """Days from the first to the last, both of them in it."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Say whether a day is known and lies in it."""
        return day is not None and self.first <= day <= self.last

    def meets(self, first: date | None, last: date | None) -> bool:
        """Say whether a stretch of days and this one have a day in common."""
        return first is not None and first <= self.last and (last or first) >= self.first


def between(first: date, last: date) -> Period:
    """Make a period of its two ends.

    Raises:
        Refused: It ends before it begins.
    """
    if last < first:
        raise Refused(
            f"The period ends on {days.say_brief(last)}, before it begins on "
            f"{days.say_brief(first)}."
        )
    return Period(first, last)


def is_quarter(text: str) -> bool:
    """Tell whether a text speaks of a quarter; nothing else of a period has this letter."""
    return "q" in text.casefold()


def read(text: str, start: date | None, today: date) -> Period:
    """Read a period: M12-M13, Q3 2026, 1 Sep 2026 to 22 Nov 2026, Sep 2026.

    Args:
        start: The project's first day, from which its months count, where it is known.

    Raises:
        Misread: It is none.
        Refused: It is one of project months, and the first day is not known.
    """
    if is_quarter(text):
        first = read_quarter(text)
        return Period(first, timeline.month_end(first, 3))
    found = days.read_day(text, today=today, start=start, allow_month=True)
    if found.day is None or found.last is None:
        raise Refused("The project's first day is not known, so its months are no dates.")
    return between(found.day, found.last)


def choose(span: Span, start: date | None, today: date) -> Period:
    """Give a named period that ends today.

    Months are project months, calendar months where the project's first day is not known or
    still ahead; the last three are the running one, as far as it has passed, and two before it.

    Args:
        start: The project's first day, where it is known.
    """
    begun = start if start is not None and start <= today else None
    if span is Span.SINCE_START:
        return Period(begun or _months_back(begun, today, MONTHS_BACK), today)
    back = 0 if span is Span.THIS_MONTH else MONTHS_BACK
    return Period(_months_back(begun, today, back), today)


def _months_back(start: date | None, today: date, months: int) -> date:
    """Give the first day of the month so many months before the running one."""
    if start is None:
        return timeline.add_months(today.replace(day=1), -months)
    return timeline.month_start(start, max(timeline.month_of(start, today) - months, 1))


def say(period: Period, start: date | None = None, end: date | None = None) -> str:
    """Write a period for a document: 1 September to 22 November 2026 (M12-M14).

    Args:
        period: The days.
        start: The project's first day, from which its months count, where it is known.
        end: Its last day, beyond which there are none.
    """
    first, last = period
    said = days.say_long(last)
    if first != last:
        begin = days.say_long(first)
        if (first.year, first.month) == (last.year, last.month):
            begin = str(first.day)
        elif first.year == last.year:
            begin = begin.removesuffix(f" {first.year}")
        said = f"{begin} to {said}"
    if start is None or last < start or (end is not None and first > end):
        return said
    within = (first, last if end is None else min(last, end))
    months = (max(timeline.month_of(start, day), 1) for day in within)
    return f"{said} ({timeline.say_month(*months)})"
