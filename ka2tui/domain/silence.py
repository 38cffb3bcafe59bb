"""Silence: when a partner was last heard from, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.days import MONTH_NAMES
from ka2tui.domain.kinds import Kind
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

QUIET = 14
"""Days without a word after which somebody should ask; a habit, no rule."""

LONG = 30
"""Days without a word after which it is a worry."""


class Sign(Kind):
    """What shows that a partner is there; the first counts where two are of one day."""

    MAIL = "mail"
    CALL = "call"
    CHAT = "chat"
    LETTER = "letter"
    MEETING = "meeting"
    TASK = "task", "task done"
    DELIVERABLE = "deliverable", "deliverable handed over"


@frozen
class Heard:
    """One sign of life."""

    day: date
    sign: Sign
    about: str = ""
    """What was said, which meeting, which task."""


def latest(signs: Iterable[Heard], today: date) -> Heard | None:
    """Give the last sign of life that is not in the future; None where there is none."""
    order = list(Sign)
    past = [sign for sign in signs if sign.day <= today]
    return max(past, key=lambda it: (it.day, -order.index(it.sign)), default=None)


def days_silent(heard: Heard | None, today: date) -> int | None:
    """Count the days since somebody was heard from; None where that never happened."""
    return None if heard is None else (today - heard.day).days


def say(heard: Heard | None, today: date) -> str:
    """Say how long somebody has been silent: silent 19 days, last: call on 3 Nov."""
    if heard is None:
        return "never heard from"
    days = (today - heard.day).days
    if days <= 0:
        return f"heard from today: {heard.sign.word}"
    since = "1 day" if days == 1 else f"{days} days"
    return f"silent {since}, last: {heard.sign.word} on {say_short(heard.day, today)}"


def say_brief(heard: Heard | None, today: date) -> str:
    """Say it for a narrow column: 19 d, call."""
    if heard is None:
        return "never"
    days = (today - heard.day).days
    return f"{'today' if days <= 0 else f'{days} d'}, {heard.sign.value}"


def say_short(day: date, today: date) -> str:
    """Write a day without its weekday: 3 Nov; with the year where it is another one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTH_NAMES[day.month - 1]}{year}"
