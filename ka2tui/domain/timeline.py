"""Project months: M1 is the first month, counted always from the project's first day."""

from __future__ import annotations

from datetime import date, timedelta

from ka2tui.domain.refusal import Refused

MONTHS_PER_YEAR = 12
YEARS = range(1900, 2200)
"""The years that dates may have."""
LONGEST = 120
"""The highest project month anybody may write; no project of the programme is longer."""


def add_months(day: date, months: int) -> date:
    """Move a day by calendar months, to the last day of a month that is too short.

    Args:
        day: Where to start.
        months: Negative moves back.

    Raises:
        Refused: The calendar ends before.
    """
    years, month = divmod(day.month - 1 + months, MONTHS_PER_YEAR)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        message = f"{months} months from {day} is beyond the calendar."
        raise Refused(message)
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))


def days_in(year: int, month: int) -> int:
    """Give the number of days of a calendar month."""
    if month == MONTHS_PER_YEAR:
        return 31
    return (date(year, month + 1, 1) - date(year, month, 1)).days


def month_of(start: date, day: date) -> int:
    """Give the project month a day lies in: 1 from the project's first day on, 0 or less before."""
    months = (day.year - start.year) * MONTHS_PER_YEAR + day.month - start.month
    return months + 1 if add_months(start, months) <= day else months


def month_start(start: date, month: int) -> date:
    """Give the first day of a project month."""
    return add_months(start, month - 1)


def month_end(start: date, month: int) -> date:
    """Give the last day of a project month."""
    return add_months(start, month) - timedelta(days=1)


def project_end(start: date, months: int) -> date:
    """Give the last day of a project that lasts so many months."""
    return month_end(start, months)


def say_month(month: int, month_to: int | None = None) -> str:
    """Write a project month, or a stretch of them: M14, M19-M20."""
    if month_to is None or month_to == month:
        return f"M{month}"
    return f"M{month}-M{month_to}"
