"""Dates in tables: read as written, else as far as a person would still understand them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from ka2tui.domain.days import ReadDay

_SHORT_YEAR = re.compile(r"(\d{1,2}[./-]\d{1,2}[./-])(\d{2})")
_DAY_ZERO = date(1899, 12, 30)
"""What spreadsheets count their days from."""
_SERIAL = re.compile(r"[3-6]\d{4}")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_MONTH_WORDS = (
    r"(?:project ?month|months?|mois|monat|mes|mese|miesiac|luna|ay|maand|μηνας|projektmonat|pm)"
)
_WORDED_MONTH = re.compile(
    rf"{_MONTH_WORDS}\.? ?(?:no\.?|nr\.?)? ?(\d{{1,3}})"
    rf"(?: ?(?:-|to|bis|a|do|-) ?(?:{_MONTH_WORDS} ?)?(\d{{1,3}}))?"
)
_ORDERED_MONTH = re.compile(
    r"(\d{1,3})(?:\.|st|nd|rd|th|e|eme|er|o|º)? ?(?:project month|month|mois|monat|mes|mese|ay)"
)
_ONLY_MONTHS = re.compile(
    r"(?:from |von |de |da |od )?m ?\d{1,3}"
    r"(?:\s*(?:[-/,;&]|and|to|until|till|und|bis|et|a|y|e|i|do)\s*m? ?\d{1,3})+"
)
_QUARTER = re.compile(
    r"(?:q ?([1-4])|([1-4])\. ?quartal|([1-4])(?:st|nd|rd|th) quarter)[ /-]*(\d{4})"
)
_LEADING = re.compile(
    r"(?:(?:by|until|till|before|from|since|approx\.?|approximately|about|around|ca\.?|circa|~|due|"
    r"the|at|in|on|early|mid|late|end|beginning|start|ende|anfang|mitte|fin|debut|fine|inizio|"
    r"koniec|poczatek|final|finales|bis|von|ab|od|do)\b\.?[ -]*(?:of|de|des|von|di|del)?\s*)+"
)
_JOINTS = re.compile(r"\s*(?:-|/|\bto\b|\buntil\b|\btill\b|\bbis\b|\band\b|\bau\b|\bal\b|&|,|;)\s*")
_NAMES = r"[^\W\d]{3,}"
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{4}|(?<!\w)m ?\d{1,3}(?!\w)"
    rf"|\d{{1,2}}\.? {_NAMES}\.? \d{{4}}|{_NAMES}\.? \d{{1,2}},? \d{{4}}|{_NAMES}\.? \d{{4}}"
    r"|(?<!\d)\d{4}-\d{1,2}(?!\d)|(?<!\d)\d{1,2}/\d{4}(?!\d)"
)
_LONGEST_TEXT = 120


@lru_cache(maxsize=4_096)
def read(text: str, *, start: date | None, allow_month: bool, today: date | None = None) -> ReadDay:
    """Read a date as a table says it; what was left out or guessed is its doubt.

    Long lists say the same few dates again and again, so readings are kept.

    Args:
        text: What stands in the cell.
        start: The project's first day.
        allow_month: Whether a bare number is a project month.
        today: Where it is known when the text was written: what dates without a year are after.

    Raises:
        NoSuchDay: It looks like a date, but is an impossible one.
        Misread: It is no date.
    """

    def plainly(said: str) -> ReadDay:
        return days.read_day(said, today=today, start=start, allow_month=allow_month)

    said = re.sub(r"(\d)\.0+", r"\1", text) if re.fullmatch(r"\d{1,3}\.0+", text) else text
    short = _SHORT_YEAR.fullmatch(said)
    if short:
        found = plainly(f"{short[1]}20{short[2]}")
        return replace(found, doubt=f"the year was read as 20{short[2]}")
    try:
        return plainly(said)
    except days.NoSuchDay:
        raise
    except Misread as misread:
        if len(text) <= _LONGEST_TEXT:
            for way in (_serial, _worded, _quarter, _listed, _without_brackets, _stretch, _inside):
                found_so = way(said, plainly)
                if found_so is not None:
                    return found_so
        raise misread from None


def _flat(text: str) -> str:
    return re.sub("[\u2010-\u2015\u2212]", "-", fold(clean(text)))


def _serial(text: str, _read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read the number that a spreadsheet keeps for a day."""
    if not _SERIAL.fullmatch(text):
        return None
    day = _DAY_ZERO + timedelta(days=int(text))
    return replace(days.read_day(day.isoformat()), doubt=f"a spreadsheet's number of a day: {day}")


def _worded(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read Mois 3, Monat 3-4, 3rd month."""
    flat = _flat(text)
    if found := _WORDED_MONTH.fullmatch(flat):
        return read(f"M{found[1]}-M{found[2]}" if found[2] else f"M{found[1]}")
    found = _ORDERED_MONTH.fullmatch(flat)
    return read(f"M{found[1]}") if found else None


def _quarter(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read Q3 2026."""
    found = _QUARTER.fullmatch(_flat(text))
    if not found:
        return None
    first = 3 * int(found[1] or found[2] or found[3]) - 2
    names = days.MONTH_NAMES
    said = f"{names[first - 1]} - {names[first + 1]} {found[4]}"
    return replace(read(said), doubt=f"read as {said}")


def _listed(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read M3/M4 and M3, M6, M9 as the stretch from the first to the last."""
    flat = _flat(text)
    if not _ONLY_MONTHS.fullmatch(flat):
        return None
    months = [int(number) for number in re.findall(r"\d+", flat)]
    said = f"M{min(months)}-M{max(months)}"
    return replace(read(said), doubt=f"read as {said}")


def _without_brackets(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read M6 (May 2026) by what stands before the brackets, and hold the rest against it."""
    beside = _BRACKETS.search(text)
    bare = _BRACKETS.sub(" ", text).strip()
    if beside is None or not bare:
        return None
    found = _tolerant(bare, read)
    if found is None:
        return None
    other = None
    with suppress(Misread):
        other = read(beside[1])
    if other is None or other.day is None or found.day is None:
        return replace(found, doubt=f"{quoted(beside[1])} was left out")
    if other.day <= (found.last or found.day) and found.day <= (other.last or other.day):
        return found
    return replace(found, doubt=f"{quoted(bare)} is kept, but {quoted(beside[1])} is another time")


def _tolerant(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    try:
        return read(text)
    except days.NoSuchDay:
        raise
    except Misread:
        return _stretch(text, read) or _inside(text, read)


def _stretch(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read two whole dates with anything between them that joins."""
    flat = _flat(text)
    for joint in _JOINTS.finditer(flat):
        try:
            first, last = read(flat[: joint.start()]), read(flat[joint.end() :])
        except Misread:
            continue
        if first.day is None or last.day is None or first.month or last.month:
            continue
        end = last.last or last.day
        if end < first.day:
            reason = f"{quoted(text)} ends before it begins."
            raise days.NoSuchDay(reason)
        listed = joint[0].strip() in {",", ";", "&", "and", "/"}
        doubt = f"read as from {first.day} to {end}" if listed else None
        return replace(first, day_to=end, last=end, precision=last.precision, doubt=doubt)
    return None


def _inside(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read the one date that stands among other words; say which words were left out."""
    flat = _flat(text)
    found = list(_DATE.finditer(flat))
    if len(found) != 1:
        return None
    try:
        day = read(found[0][0])
    except days.NoSuchDay:
        raise
    except Misread:
        return None
    rest = f"{flat[: found[0].start()]} {flat[found[0].end() :]}".strip()
    known = _LEADING.fullmatch(rest)
    said = "the words beside it are" if known else f"{quoted(rest)} is"
    return replace(day, doubt=f"read as {found[0][0].upper()}; {said} left out")
