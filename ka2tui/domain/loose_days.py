"""Days that stand unmarked in a line: which words at its end are a date, and which a title."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.domain.due import Due, read_due
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MOST_WORDS = 6
"""Words of the longest date: on Fri, the 3rd of December 2026."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEADS = ("by", "on", "due")
"""Words that only lead to a date, and go with it."""

_KEEPS = _words(
    "2nd 3rd a about after an and around as at before between black both dated during each "
    "easter every few first for fourth from good holy in into is its last like month "
    "near of or other our past per previous project round second since than that the their "
    "third this till to until version via vs was week were whole with without year "
    "your"
)
"""After these a date belongs to the title: minutes of 3 Dec, plan for M18, before Monday."""

_NUMBERED = _words(
    "action activity annex appendix article batch box building chapter clause column "
    "criterion day deliverable edition exercise figure floor group indicator invoice "
    "issue item iteration ka key lesson level line lot milestone minus module month "
    "no nr number objective option output outcome package page par part partner phase "
    "picture plus point priority question release room round row section sprint stage "
    "step table target task team top topic unit v version vol volume week wp wps year"
)
"""After these a number counts something."""

_SOMETIMES_NUMBERED = _words(
    "draft event form issue ltta meeting mobility newsletter report session tpm "
    "training webinar workshop"
)
"""After these a small number counts something; Send report 23 means a day."""

_SMALL = 9
_LAST_DAY = 31
_NEVER_MONTHS = frozenset({"mart", "mayo", "sett"})

_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)"
)
_DAY = r"(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?"
_MARKED = re.compile(
    rf"today|tomorrow|(?:next )?{_WEEKDAY}|\+\d{{1,3}} ?(?:d|days?|w|weeks?|m|months?|y|years?)"
    rf"|(?:{_WEEKDAY} )?\d{{4}}-\d\d-\d\d|(?:{_WEEKDAY} )?\d{{1,2}}([./-])\d{{1,2}}\1\d{{4}}"
    rf"|(?:{_WEEKDAY} )?\d{{1,2}}\.\d{{1,2}}\.|m\d{{1,3}}|(?:the )?\d{{1,2}}(?:st|nd|rd|th)"
)
_NUMBER = re.compile(r"\d{1,2}")
_IN = re.compile(r"in (\d{1,3}) (days?|weeks?|months?)")
_NEXT = re.compile(r"next (?:week|month)")
_END = re.compile(
    r"(?:the )?end of (?:(?:the |this |next )?month|(?:the |this )?year|\d{4}|m\d{1,3}"
    r"|([^\W\d]+)(?: \d{4})?)"
)
_NAMED = re.compile(
    rf"(?:{_WEEKDAY} )?(?:{_DAY} (?:of )?([^\W\d]+)|([^\W\d]+) (?:\d{{1,2}})(?:st|nd|rd|th)?)"
    r"(?: \d{4})?"
)
_MONTH = re.compile(r"([^\W\d]+) \d{4}")
_IN_NUMBERS = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4}")
_MOST_OF_ONE = 4
"""Words of the longest date without what leads to it: Fri 4 December 2026."""
_OBVIOUS = re.compile(
    r"tomorrow|today|fri|mon|tue|wed|thu|\+\d{1,3} ?[dwmy]|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}"
)


def plain(words: Sequence[str]) -> str:
    """Join words as dates are compared: folded, without the signs of a sentence."""
    text = fold(" ".join(words)).replace(",", " ").rstrip(";:!?")
    if not re.search(r"\d\.\d{1,2}\.$", text):
        text = text.rstrip(".")
    return " ".join(text.split())


def is_date(words: Sequence[str]) -> bool:
    """Tell whether words have a form that only dates have, apart from a bare number."""
    text = plain(words)
    if len(words) > 1 and words[0].endswith((".", ";", ":", "!", "?")):
        return False
    if _MARKED.fullmatch(text) or _IN.fullmatch(text) or _NEXT.fullmatch(text):
        return True
    if end := _END.fullmatch(text):
        return end[1] is None or _is_month(end[1])
    found = _NAMED.fullmatch(text)
    return found is not None and _is_month(found[2] or found[3])


def is_obvious(word: str) -> bool:
    """Tell whether a word is so much like a date that it is strange to see it in a title."""
    return _OBVIOUS.fullmatch(word) is not None


def is_part(word: str) -> bool:
    """Tell whether a word may be read as a part of a date, so that it is worth keeping literal."""
    text = plain([word])
    parts = (*_LEADS, "next", "in", "the", "end")
    return (
        text in parts
        or bool(_MARKED.fullmatch(text))
        or (text.isdecimal() and _NUMBER.fullmatch(text) is not None)
        or _is_month(text)
    )


def at_end(words: Sequence[str], *, today: date, start: date | None) -> tuple[Due, int] | None:
    """Read the date that a line ends with, as far as it does.

    Args:
        words: What is not read as anything else, in its order.
        today: The day that relative dates start from.
        start: The project's first day, where that is known.

    Returns:
        The date, and how many words at the end belong to it; None where the end is a title.
    """
    for count in range(min(MOST_WORDS, len(words) - 1), 0, -1):
        before = [word.casefold() for word in words[: len(words) - count]]
        date_words = words[len(words) - count :]
        led = before[-1] in _LEADS
        if not _may_stand(words[: len(words) - count], date_words, led=led):
            if is_date(date_words):
                return None
            continue
        due = read(date_words, today=today, start=start)
        if due is None:
            return None  # the 31st is one thing, the 31st of February another
        while len(before) > 1 and before[-1] in _LEADS:
            before.pop()
        # a line of nothing but a date would be left without a title
        return None if before[-1] in _LEADS else (due, len(words) - len(before))
    return None


def kept_back(words: Sequence[str]) -> str | None:
    """Give the words at the end of a line that look like a date but were left in the title."""
    for count in range(min(MOST_WORDS, len(words) - 1), 0, -1):
        end = words[len(words) - count :]
        number = plain(end) if count == 1 else ""
        told = _is_day_number(number) and int(number) > _SMALL
        if is_date(end) or (told and fold(words[-2].strip(".,;()[]")) not in _NUMBERED):
            return " ".join(end)
    return None


def impossible(words: Sequence[str], *, today: date) -> str | None:
    """Give the words, wherever they stand, that are written as a date of which there is none."""
    for at in range(len(words)):
        for count in range(min(_MOST_OF_ONE, len(words) - at), 0, -1):
            some = words[at : at + count]
            text = plain(some)
            named = _NAMED.fullmatch(text)
            dated = named is not None and _is_month(named[2] or named[3])
            if not dated and not _IN_NUMBERS.fullmatch(text):
                continue
            try:
                days.read_day(text, today=today)
            except days.NoSuchDay:
                return " ".join(some)
            except Misread:
                pass
            break
    return None


def read(words: Sequence[str], *, today: date, start: date | None) -> Due | None:
    """Read words as a deadline; None where they are none."""
    text = plain(words)
    if found := _IN.fullmatch(text):
        text = f"+{found[1]} {found[2]}"
    try:
        return read_due(text, today=today, start=start)
    except Misread:
        return None


def longest(words: Sequence[str], *, today: date, start: date | None) -> tuple[Due, int] | None:
    """Read the date that words begin with, where one is expected: after `due:`.

    Returns:
        The date, and how many words belong to it; None where there is no date.
    """
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        some = words[:count]
        if count > 1 and not (is_date(some) or _is_calendar_month(some)):
            continue
        due = read(some, today=today, start=start)
        if due is not None or count > 1:
            return None if due is None else (due, count)
    return None


def _may_stand(before: Sequence[str], words: Sequence[str], *, led: bool) -> bool:
    """Tell whether words at the end of a line are a date there, seen what stands before them."""
    if led:
        return (
            is_date(words)
            or (len(words) == 1 and _is_day_number(plain(words)))
            or (before[-1].casefold() != "on" and _is_calendar_month(words))
        )
    last = before[-1]
    word = fold(last.strip(".,;()[]"))
    if word in _KEEPS or not any(sign.isalnum() for sign in last):
        return False
    if is_date(words):
        return True
    text = plain(words)
    if len(words) > 1 or not _is_day_number(text):
        return False
    if word in _NUMBERED or (word in _SOMETIMES_NUMBERED and int(text) <= _SMALL):
        return False
    counted = any(sign.isdigit() for sign in last) or not last[-1].isalpha() or last.isupper()
    return not counted and (len(before) == 1 or not last[0].isupper())


def _is_day_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and text.isascii() and 1 <= int(text) <= _LAST_DAY


def _is_calendar_month(words: Sequence[str]) -> bool:
    found = _MONTH.fullmatch(plain(words))
    return found is not None and days.month_named(found[1]) is not None


@cache
def _is_month(name: str) -> bool:
    """Tell whether a word is a month's name and hardly anything else: `set` and `out` are not."""
    if days.month_named(name) is None or name in _NEVER_MONTHS:
        return False
    english = {fold(each) for each in (*days.MONTH_NAMES, *days.FULL_MONTH_NAMES)} | {"sept"}
    return name in english or len(name) > 3 or not name.isascii()
