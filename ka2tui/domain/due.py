"""When something is due: on a day, in a month or in a project month; said, and moved."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import days, recurrence, timeline
from ka2tui.domain.kinds import Precision
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import fold, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from ka2tui.domain.days import ReadDay

_STEP = re.compile(r"([+-]?) ?(\d{1,4}) ?(d|days?|w|weeks?|m|months?|y|years?)")
_EARLIEST, _FAR = 1990, 50
"""No project of ours began before that year, and none goes on for so many years."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@frozen
class Step:
    """How far something is put off; negative numbers bring it forward."""

    days: int = 0
    months: int = 0

    def __str__(self) -> str:
        """Say it: 1 week, 3 days, 1 month."""
        number, unit = abs(self.months), "month"
        if not self.months:
            weeks, rest = divmod(abs(self.days), 7)
            number, unit = (weeks, "week") if weeks and not rest else (abs(self.days), "day")
        return f"{number} {unit}{'' if number == 1 else 's'}"

    @property
    def back(self) -> bool:
        """Whether it brings forward."""
        return self.days < 0 or self.months < 0


def read_step(text: str) -> Step:
    """Read how far something is put off: 3d, 1w, 2 months, -1w.

    Raises:
        Misread: Not a stretch of time, or none at all.
    """
    found = _STEP.fullmatch(fold(text))
    if found is None or int(found[2]) == 0:
        raise Misread(f"{quoted(text)} is not a stretch of time: write it like 3d, 1w or 1m.")
    number = int(found[1] + found[2])
    match found[3][0]:
        case "d":
            return Step(days=number)
        case "w":
            return Step(days=7 * number)
        case "m":
            return Step(months=number)
    return Step(months=timeline.MONTHS_PER_YEAR * number)


class Due(NamedTuple):
    """When something is due, in the three fields that records keep."""

    day: date | None = None
    """The last day on which it is in time."""
    month: int | None = None
    """The project month it was planned in."""
    precision: Precision = Precision.DAY

    def __str__(self) -> str:
        """Say it for the history, where no day is today: M18, Dec 2026, 4 Dec 2026."""
        if self.month is not None:
            return timeline.say_month(self.month)
        if self.day is None:
            return "no date"
        if self.precision is Precision.MONTH:
            return days.say_calendar_month(self.day)
        return days.say_brief(self.day)


def due(
    day: date | None,
    month: int | None = None,
    precision: Precision = Precision.DAY,
    *,
    start: date | None = None,
) -> Due:
    """Complete what is known of when something is due.

    Args:
        day: Any day of it, where only the calendar month is known.
        month: The project month it is planned in; the day is then derived where it is not given.
        precision: How exactly it is known.
        start: The project's first day, where that is known.

    Raises:
        Refused: There is no such project month.
    """
    if month is not None:
        if not 1 <= month <= timeline.LONGEST:
            raise Refused(f"M{month} is not a project month: they run to M{timeline.LONGEST}.")
        if day is None and start is not None:
            day = timeline.month_end(start, month)
        return Due(day, month, Precision.MONTH)
    if day is not None and precision is Precision.MONTH:
        return Due(timeline.month_end(day.replace(day=1), 1), None, Precision.MONTH)
    return Due(day)


def read_due(text: str, *, today: date, start: date | None = None) -> Due:
    """Read a deadline: 2026-12-01, fri, +2w, Feb 2027, M18; 23 is the next 23rd.

    Args:
        text: Not blank.
        today: The day that relative dates start from.
        start: The project's first day, where that is known.

    Raises:
        Misread: Not a date.
    """
    return due_of(days.read_day(text, today=today, start=start, allow_month=False))


def doubt(due: Due, today: date, end: date | None = None) -> str | None:
    """Say what may be a slip: a year far away, or a day after the project's last one.

    Args:
        due: The deadline, as it was read.
        today: The day it is seen from.
        end: The project's last day, where that is known.
    """
    if due.day is None:
        return None
    away = abs(due.day.year - today.year)
    if due.day.year < _EARLIEST or away > _FAR:
        return f"{due} is {away} years {'away' if due.day > today else 'ago'}: is the year right?"
    if end is not None and due.day > end:
        return f"{due} is after the project's last day, {days.say_brief(end)}."
    return None


def say_as_read(due: Due, today: date, end: date | None = None) -> str:
    """Write a deadline beside the field that it is typed in, or what may be a slip in it."""
    return doubt(due, today, end) or say_due(due, today)


def say_due(due: Due, today: date, *, over: bool = False) -> str:
    """Write a deadline for a list: how late it is, else the day and the project month.

    Args:
        due: The deadline.
        today: The day it is seen from.
        over: Whether it is done with: then it is not late.
    """
    month = "" if due.month is None else timeline.say_month(due.month)
    if due.day is None:
        return month
    day = days.say_day(due.day, today, due.precision)
    late = "" if over else days.say_late(due.day, today)
    return late or " ".join(filter(None, [day, month]))


def write_due(due: Due) -> str:
    """Write a deadline so that reading it gives the same."""
    if due.month is not None:
        return timeline.say_month(due.month)
    if due.day is None:
        return ""
    if due.precision is Precision.MONTH:
        return days.say_calendar_month(due.day)
    return due.day.isoformat()


def due_of(read: ReadDay) -> Due:
    """Take a date that was read as a deadline: it ends with the month it names."""
    month = read.month if read.month_to is None else read.month_to
    return Due(read.last, month, read.precision)


def moved(was: Due, by: Step, *, start: date | None = None, late_from: date | None = None) -> Due:
    """Move a deadline; one known to the month stays so when it moves by months.

    Args:
        was: With a day or a project month.
        by: How far.
        start: The project's first day, where that is known.
        late_from: What lies before this day is moved from this day.

    Raises:
        Refused: Only the project month is known and it is moved by days; or no such day exists.
    """
    base = was.day if was.day is None or late_from is None else max(was.day, late_from)
    if by.months and was.precision is Precision.MONTH:
        month = was.month
        if month is None:
            first = (base or date.min).replace(day=1)
            return due(timeline.add_months(first, by.months), None, Precision.MONTH)
        if start is not None and base is not None and base != was.day:
            month = timeline.month_of(start, base)
        return due(None, month + by.months, start=start)
    if base is None:
        raise Refused(f"It is planned for {was} only: move it by months.")
    try:
        return Due(timeline.add_months(base + timedelta(days=by.days), by.months))
    except OverflowError:
        raise Refused(f"{by} from {base} is beyond the calendar.") from None


def held_to(rule: str, day: date) -> str:
    """Fix a rule to the day it fell on so far, so that moving one of a series moves only that.

    Args:
        rule: As `recurrence.read_rule` gives it.
        day: The day of the series that is about to be moved.
    """
    if "BY" in rule:
        return rule
    held = recurrence.anchored(rule, day)
    frequency = rule.partition(";")[0].removeprefix("FREQ=")
    chosen = {
        "WEEKLY": f"BYDAY={_WEEKDAYS[day.weekday()]}",
        "MONTHLY": f"BYMONTHDAY={day.day}",
        "YEARLY": f"BYMONTH={day.month};BYMONTHDAY={day.day}",
    }
    if held != rule or frequency not in chosen:
        return held
    return recurrence.read_rule(f"{rule};{chosen[frequency]}")


def next_after(rule: str, day: date, today: date) -> date | None:
    """Give the first day of a series after one of its days that is not past.

    Returns:
        `None` when the rule has come to its end.
    """
    found = recurrence.next_day(rule, day)
    while found is not None and found < today:
        found = recurrence.next_day(rule, found)
    return found
