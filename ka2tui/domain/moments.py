"""Moments of the past, as somebody names them who wants to go back: 10:30, 21 Nov, yesterday."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from ka2tui.domain import days, instants, timeline
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, quoted

_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?")
_DAY_AND_CLOCK = re.compile(r"(?P<day>.+?)(?:,? +(?:at +)?|T)(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{1,2} ?[-/. ] ?\d{1,2}")
_WORD = re.compile(r"[^\W\d_]{3,}")


def read_moment(text: str, *, today: date) -> datetime:
    """Read a moment of the past; a day alone means its beginning, a clock time its whole minute.

    Args:
        text: 10:30, 2026-11-21 10:30, 2026-11-21, 21 Nov, yesterday.
        today: The day that a clock time alone is of.

    Returns:
        The moment on the clock of whoever says it, without a zone.

    Raises:
        Misread: It is neither.
    """
    said = clean(text)
    if _CLOCK.fullmatch(said):
        return datetime.combine(today, _end_of(said))
    both = _DAY_AND_CLOCK.fullmatch(said)
    if both is not None:
        return datetime.combine(_day(both["day"], said, today), _end_of(both["clock"]))
    return datetime.combine(_day(said, said, today), time())


def reads_as_moment(text: str) -> bool:
    """Say whether a text could be a moment, or the number of a line of history."""
    if text.isdecimal():
        return True
    try:
        read_moment(text, today=date(2000, 1, 1))
    except Misread:
        return False
    return True


def _end_of(clock: str) -> time:
    """Read a clock time, and give the end of its minute, or of its second where that is said."""
    at = instants.read_time(clock)
    whole = at if clock.count(":") + clock.count(".") > 1 else at.replace(second=59)
    return whole.replace(microsecond=999999)


def _day(text: str, whole: str, today: date) -> date:
    """Read the day; a weekday, or a day without a year, is the last one; tomorrow stays to come."""
    if text.casefold() == "yesterday":
        return today - timedelta(days=1)
    read = days.read_day(text, today=today, allow_month=False)
    if read.day is None:
        raise Misread(f"{quoted(whole)} is no day: write it like 2026-11-21.")
    if read.day <= today:
        return read.day
    if days.weekday(text.casefold()) is not None:
        return read.day - timedelta(days=7)
    names_a_month = _MONTH.search(text) or any(map(days.month_named, _WORD.findall(text)))
    if names_a_month and not _YEAR.search(text):
        return timeline.add_months(read.day, -12)
    return read.day
