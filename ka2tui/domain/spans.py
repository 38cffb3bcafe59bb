"""When work runs: the months or days of a work package or activity, read, said and moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import days, timeline
from ka2tui.domain.due import Due, moved
from ka2tui.domain.kinds import Precision
from ka2tui.domain.refusal import Refused

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.domain.due import Step


class Span(NamedTuple):
    """From when to when: in project months, and in days where those were entered."""

    start_month: int | None = None
    end_month: int | None = None
    start: date | None = None
    end: date | None = None

    def __str__(self) -> str:
        """Say it for the history and for a form: M4-M18, 1 Mar 2026 - 31 May 2027."""
        if self.start is not None and self.end is not None:
            return days.say_span(self.start, self.end)
        if self.start is not None:
            return f"from {days.say_brief(self.start)}"
        if self.end is not None:
            return f"to {days.say_brief(self.end)}"
        return say_months(self.start_month, self.end_month) or "no dates"


NEVER = Span()


def say_months(first: int | None, last: int | None) -> str:
    """Write the months something takes: M1-M12, from M6, to M12."""
    if first is None:
        return "" if last is None else f"to {timeline.say_month(last)}"
    return f"from {timeline.say_month(first)}" if last is None else timeline.say_month(first, last)


def say_calendar(first: date | None, last: date | None) -> str:
    """Write the calendar months something takes: Mar 2026-May 2027, Mar-May 2027, May 2027."""
    if first is None or last is None:
        one = first or last
        return "" if one is None else days.say_calendar_month(one)
    if (first.year, first.month) == (last.year, last.month):
        return days.say_calendar_month(first)
    begun = days.say_calendar_month(first)
    if first.year == last.year:
        begun = begun.partition(" ")[0]
    return f"{begun}-{days.say_calendar_month(last)}"


def example(start: date | None) -> str:
    """Give an example of what can be typed, within any project that begins on this day."""
    if start is None:
        return "M2-M6, 1 Nov 2026 - 31 Mar 2027"
    first, last = timeline.month_start(start, 2), timeline.month_end(start, 6)
    return f"M2-M6, {days.say_span(first, last)}"


def read_span(text: str, *, today: date, start: date | None = None) -> Span:
    """Read when work runs: M4-M18, M4, 1 Mar 2026 - 31 May 2027, Mar-May 2027.

    Args:
        text: Not blank.
        today: The day that relative dates start from.
        start: The project's first day, where that is known.

    Raises:
        Misread: Neither months nor dates.
    """
    read = days.read_day(text, today=today, start=start)
    if read.month is not None:
        return Span(read.month, read.month if read.month_to is None else read.month_to)
    return dated(read.day, read.last, start)


def dated(first: date | None, last: date | None, start: date | None) -> Span:
    """Give a span of days with the project months that these lie in."""

    def month(day: date | None) -> int | None:
        found = None if start is None or day is None else timeline.month_of(start, day)
        return found if found is not None and 1 <= found <= timeline.LONGEST else None

    return Span(month(first), month(last), first, last)


def say_span(span: Span, start: date | None) -> str:
    """Write a span with the dates it means: M4-M18 · Mar 2026-May 2027."""
    if span.start is not None or span.end is not None:
        return str(span)
    first, last = resolved(span, start)
    return " · ".join(
        filter(None, [say_months(span.start_month, span.end_month), say_calendar(first, last)])
    )


def after_end(span: Span, start: date | None, end: date | None) -> str | None:
    """Say where work goes on after the project's last day; it is a remark, never a refusal."""
    last = max((day for day in resolved(span, start) if day is not None), default=None)
    if end is None or last is None or last <= end:
        return None
    return f"{span} goes on after the project's last day, {days.say_brief(end)}."


def say_as_read(span: Span, start: date | None, end: date | None) -> str:
    """Write a span beside the field that it is typed in, or what may be a slip in it."""
    return after_end(span, start, end) or say_span(span, start)


def resolved(span: Span, start: date | None) -> tuple[date | None, date | None]:
    """Give the first and the last day, as dated, else of the project months."""
    first, last = span.start, span.end
    if start is not None and first is None and span.start_month is not None:
        first = timeline.month_start(start, span.start_month)
    if start is not None and last is None and span.end_month is not None:
        last = timeline.month_end(start, span.end_month)
    return first, last


def put_off(
    span: Span, by: Step, *, begun: bool, start: date | None, late_from: date | None = None
) -> Span:
    """Move a span: of what has begun only the end, of what has not both ends.

    Args:
        span: With an end.
        by: How far.
        begun: Whether work is under way.
        start: The project's first day, where that is known.
        late_from: An end that lies before this day is moved from this day.

    Raises:
        Refused: It has no end, or is planned in months and moved by days.
    """
    if span.end is None and span.end_month is None:
        raise Refused("It has no end that could be moved: give it months or dates first.")
    if span.end is None and not by.months:
        raise Refused(f"It is planned in months ({span}): move it by months.")
    if span.end is not None:
        was = Due(span.end)
    else:
        _, last = resolved(span, start)
        was = Due(last, span.end_month, Precision.MONTH)
    return ending(span, moved(was, by, start=start, late_from=late_from), begun=begun, start=start)


def ending(span: Span, to: Due, *, begun: bool, start: date | None) -> Span:
    """Give a span another end; what has not begun keeps its length.

    Raises:
        Refused: It would end before it begins.
    """
    if span.end is None and to.month is not None:
        return _ending_in(span, to.month, begun=begun)
    first, last = resolved(span, start)
    if to.day is None:
        raise Refused("Without the project's first day nobody knows which day that is.")
    if span.end is None and span.end_month is not None and start is not None:
        return _ending_in(span, timeline.month_of(start, to.day), begun=begun)
    if not begun and first is not None and last is not None:
        first += to.day - last
    if first is not None and to.day < first:
        raise Refused(f"It would end before it begins on {days.say_brief(first)}.")
    return dated(first, to.day, start)


def _ending_in(span: Span, month: int, *, begun: bool) -> Span:
    first, last = span.start_month, span.end_month
    if not begun and first is not None and last is not None:
        first += month - last
    if first is not None and not 1 <= first <= month:
        began = timeline.say_month(span.start_month or first)
        raise Refused(f"It would end before it begins in {began}.")
    if not 1 <= month <= timeline.LONGEST:
        raise Refused(f"M{month} is not a project month: they run to M{timeline.LONGEST}.")
    return Span(first, month)
