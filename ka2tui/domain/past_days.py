"""Days of what has happened: one without its year is the last one that has been."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from ka2tui.domain import days

if TYPE_CHECKING:
    from datetime import date

_OPEN = re.compile(r"\d{4}|^\+|tomorrow|next", re.IGNORECASE)
"""What says itself that it is of another year, or still to come."""


def last_time(day: date, said: str, today: date) -> date:
    """Give a day of what has happened, where the words for it leave the year or the week open.

    Args:
        day: As it is read of what is still to come.
        said: The words it was read from: 3 Nov, fri.
        today: The day they were written.
    """
    if day <= today or _OPEN.search(said):
        return day
    if days.weekday(said) is not None:
        return day - timedelta(days=7)
    if not any(sign.isdigit() for sign in said):
        return day
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day  # 29 February of a year before a leap year


def nearest(day: date, said: str, today: date) -> date:
    """Give the nearer of the day to come and the same day that has been; see `last_time`."""
    before = last_time(day, said, today)
    if days.weekday(said) is not None:
        return day
    return before if today - before < day - today else day
