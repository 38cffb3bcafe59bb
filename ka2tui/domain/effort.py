"""Effort: how long work takes, kept in minutes, read and said in hours and days of eight hours."""

from __future__ import annotations

import re

from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import fold, quoted

HOUR = 60
DAY = 8 * HOUR
"""A working day. Convention of the app; timesheets of the programme count days as well."""

_PART = re.compile(
    r"(\d{1,5}(?:[.,]\d{1,2})?) ?(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w) ?"
)
_UNITS = {"m": 1, "h": HOUR, "d": DAY, "w": 5 * DAY}


def read_effort(text: str) -> int:
    """Read an effort: 90 min, 1.5h, 2d, 1d 4h; a bare number is hours.

    Returns:
        Minutes.

    Raises:
        Misread: Not an effort.
    """
    plain = fold(text)
    if re.fullmatch(r"\d{1,5}(?:[.,]\d{1,2})?", plain):
        plain += "h"
    minutes, place = 0.0, 0
    while found := _PART.match(plain, place):
        minutes += float(found[1].replace(",", ".")) * _UNITS[found[2][0]]
        place = found.end()
    if place == 0 or place < len(plain):
        raise Misread(f"{quoted(text)} is not an effort: write it like 90min, 4h or 2d.")
    return round(minutes)


def say_effort(minutes: int) -> str:
    """Write an effort: 45 min, 1 h 30, 2 d, 1 d 4 h."""
    days, rest = divmod(minutes, DAY)
    hours, left = divmod(rest, HOUR)
    parts = [f"{days} d"] if days else []
    if hours:
        parts.append(f"{hours} h {left:02}" if left else f"{hours} h")
    elif left or not days:
        parts.append(f"{left} min")
    return " ".join(parts)
