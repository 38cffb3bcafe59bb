"""Days and costs, planned and used: quarters, days, rates, and what exceeds its plan."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from ka2tui.domain.money import say_amount
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold, quoted

_YEAR_FIRST = re.compile(r"(\d{4})[ /._-]*q?[ .]*([1-4])")
_QUARTER_FIRST = re.compile(r"q?([1-4])(?:\.|st|nd|rd|th)?[ ]*(?:q|quarter)?[ /._-]*(\d{4})")
_DAYS = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))? *(?:d|days?)?", re.ASCII)
_MONTHS = 3


class Used(NamedTuple):
    """What was planned and what was used of it, in the same unit: cents or hundredths of a day."""

    planned: int = 0
    used: int = 0

    @property
    def left(self) -> int:
        """What is left of the plan; below zero where more was used."""
        return self.planned - self.used

    @property
    def exceeds(self) -> bool:
        """Whether more was used than planned."""
        return self.used > self.planned

    def plus(self, other: Used) -> Used:
        """Add two up."""
        return Used(self.planned + other.planned, self.used + other.used)


def quarter_of(day: date) -> date:
    """Give the first day of the quarter that a day lies in."""
    return date(day.year, (day.month - 1) // _MONTHS * _MONTHS + 1, 1)


def say_quarter(first: date | None) -> str:
    """Write a quarter: Q3 2026; none is the whole project."""
    if first is None:
        return "whole project"
    return f"Q{(first.month - 1) // _MONTHS + 1} {first.year}"


def read_quarter(text: str) -> date:
    """Read a quarter as its first day: Q3 2026, 2026-Q3, 3/2026 as the third quarter.

    Raises:
        Misread: It is none.
    """
    flat = fold(clean(text))
    if found := _YEAR_FIRST.fullmatch(flat):
        year, number = int(found[1]), int(found[2])
    elif found := _QUARTER_FIRST.fullmatch(flat):
        year, number = int(found[2]), int(found[1])
    else:
        raise Misread(f"{quoted(text)} is not a quarter: write it like Q3 2026.")
    if year < 1:
        raise Misread(f"{quoted(text)} is not a quarter: write it like Q3 2026.")
    return date(year, number * _MONTHS - 2, 1)


def read_days(text: str) -> int:
    """Read a number of days, in hundredths: 12, 12.5, 0,25 d.

    Raises:
        Misread: It is none, below zero, or with more than two decimals.
    """
    bare = clean(text)
    found = _DAYS.fullmatch(fold(bare))
    if found is None:
        raise Misread(f"{quoted(text)} is not a number of days: write it like 12 or 12.5.")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0") or 0)


def say_days(hundredths: int | None) -> str:
    """Write a number of days: 12, 12.5, -0.25; nothing where it is not known."""
    if hundredths is None:
        return ""
    whole, rest = divmod(abs(hundredths), 100)
    part = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{'-' if hundredths < 0 else ''}{whole:,}{part}".replace(",", " ")


def days_money(hundredths: int, rate: int) -> int:
    """Give what days cost, in cents; half a cent is rounded up."""
    return (hundredths * rate + 50) // 100


def planned_money(cents: int | None, hundredths: int | None, rate: int | None) -> int | None:
    """Give the money of a line: as written, else days times rate; None where neither is known."""
    if cents is not None:
        return cents
    if hundredths is None or rate is None:
        return None
    return days_money(hundredths, rate)


def say_exceeding(used: Used, currency: str | None) -> str | None:
    """Warn where more was used than planned: € 500 more than planned; None where not.

    Args:
        used: The two amounts.
        currency: Of money; None: they are days.
    """
    if not used.exceeds:
        return None
    over = used.used - used.planned
    said = f"{say_days(over)} days" if currency is None else say_amount(over, currency)
    return f"{said} more than planned"
