"""Lengths: how long a meeting or a point of its agenda takes, in minutes."""

from __future__ import annotations

import re

from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import fold, quoted

_LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,3}(?:[.,]\d)?) ?(?:h|hours?|hrs?))? ?"
    r"(?:(?P<minutes>\d{1,4}) ?(?:m|mins?|minutes?)?)?"
    r"|(?P<clock>\d{1,2}):(?P<past>[0-5]\d)"
)
_HOUR = 60


def read_length(text: str) -> int:
    """Read how long something takes: 90, 90 min, 6h, 1h30, 1:30, 1.5 h.

    Returns:
        Minutes, at least one.

    Raises:
        Misread: Not a length.
    """
    found = _LENGTH.fullmatch(fold(text))
    minutes = 0
    if found and found["clock"]:
        minutes = int(found["clock"]) * _HOUR + int(found["past"])
    elif found:
        hours = float((found["hours"] or "0").replace(",", "."))
        minutes = round(hours * _HOUR) + int(found["minutes"] or 0)
    if minutes < 1:
        raise Misread(f"{quoted(text)} is no length of time: write it like 45, 6h or 1h30.")
    return minutes


def say_length(minutes: int) -> str:
    """Write how long something takes: 45 min, 6 h, 1 h 30."""
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"
