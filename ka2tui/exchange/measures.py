"""Numbers beside money as tables write them: decimals, scales of five, yes or no, quarters."""

from __future__ import annotations

import re

from ka2tui.domain import quantity
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import clean, fold
from ka2tui.exchange import cells, dates, words

_BEFORE = re.compile(
    r"(?:≥|>=|>|≤|<=|<|~|≈|\+|min\.?|minimum|at least|max\.?|up to|ca\.?|circa|about|approx\.?"
    r"|mindestens|au moins|al menos|almeno|en az|co najmniej)\s*",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"(?<=\d)\s*\+")


def decimal(record: cells.Record, name: str) -> str | None:
    """Read a number as a plain decimal, "12.5"; what stands around it is told and kept.

    Returns:
        What it is counted in, where the cell says so: "%", "students".
    """
    text = record.take(name)
    if text is None:
        return None
    said = clean(text)
    about = _BEFORE.match(said)
    bare = said[about.end() :] if about else said
    try:
        read = quantity.read(_AT_LEAST.sub("", bare))
    except Misread:
        record.keep_as_note(name, "this is no number")
        return None
    record.item.values[name] = read.value
    if about or _AT_LEAST.search(bare):
        record.keep_as_note(name, f"read as {read.value}")
    elif read.doubt:
        record.doubt(name, read.doubt)
    return read.unit


def hundredths(record: cells.Record, name: str, target: str) -> None:
    """Read a number of days or units in hundredths: 12,5 is 1250."""
    text = record.take(name)
    if text is None:
        return
    found = re.fullmatch(
        r"(\d{1,3}(?:[ .,']\d{3})+|\d{1,7})(?:[.,](\d{1,2}))?0*\s*(?:d|days?|tage?|jours?|dni|h)?",
        fold(clean(text)),
    )
    if not found:
        record.keep_as_note(name, "this is no number of days")
        return
    whole = int(re.sub(r"\D", "", found[1]))
    value = whole * 100 + int((found[2] or "0").ljust(2, "0"))
    if value > cells.LARGEST:
        record.wrong(name, "this number is too large")
        return
    record.item.values[target] = value
    record.item.columns[target] = record.cells[name]


def scale(record: cells.Record, name: str) -> None:
    """Read how much something is from 1 to 5, as a number or in words."""
    text = record.take(name)
    if text is None:
        return
    said = fold(clean(text))
    found = re.fullmatch(r"([1-5])(?:[.,]0+)?(?:\s*(?:/|of|von|sur|de|di|z)\s*5)?", said)
    if found:
        record.item.values[name] = int(found[1])
        return
    led = re.match(r"([1-5])\s*[-–—:=(]\s*[^\W\d]", said)
    level = int(led[1]) if led else words.level(text)
    if level is None:
        record.keep_as_note(name, "this is not from 1 to 5")
        return
    record.item.values[name] = level
    record.doubt(name, f"read as {level} of 5")


def yes_no(record: cells.Record, name: str) -> None:
    """Read yes or no; other words are kept in the notes."""
    text = record.take(name)
    if text is None:
        return
    said = words.yes_no(text)
    if said is None:
        record.keep_as_note(name, "this is neither yes nor no")
    else:
        record.item.values[name] = said


_YEAR_FIRST = re.compile(r"(\d{4})[ /._-]*(?:q|t|k|quartal|trimestre|kwartal|ceyrek)?[ .]*([1-4])")
_QUARTER_FIRST = re.compile(
    r"(?:q|t|k|quartal|trimestre|kwartal|ceyrek)?[ .]*([1-4])(?:\.|st|nd|rd|th|er|e|o)?"
    r"\s*(?:q|quarter|quartal|trimestre|kwartal|ceyrek|trim)?[ ./_-]*(\d{4})"
)


def quarter_of(text: str) -> str | None:
    """Write a quarter of a year as YYYY-Q1, however it was written."""
    flat = fold(clean(text))
    if found := _YEAR_FIRST.fullmatch(flat):
        return f"{found[1]}-Q{found[2]}"
    if found := _QUARTER_FIRST.fullmatch(flat):
        return f"{found[2]}-Q{found[1]}"
    return None


def quarter(record: cells.Record, name: str) -> None:
    """Read a quarter as its first day; a day stands for the quarter it lies in."""
    text = record.take(name)
    if text is None:
        return
    said = quarter_of(text)
    if said is not None:
        first = dates.read(
            f"{said[:4]}-{int(said[-1]) * 3 - 2:02}-01", start=None, allow_month=False
        ).day
    else:
        try:
            read = record.dated(text, months=False)
        except Refused:
            record.keep_as_note(name, "this is no quarter")
            return
        if read.day is None:
            record.keep_as_note(name, "the project's start is not known, so this is no quarter")
            return
        first = read.day.replace(month=(read.day.month - 1) // 3 * 3 + 1, day=1)
        if read.day != first or read.month is not None:
            record.doubt(name, f"read as the quarter that begins on {first}")
    record.item.values[name] = first


def whole(text: str) -> int | None:
    """Read a whole number as `cells.number` does, without saying anything."""
    said = clean(text)
    about = _BEFORE.match(said)
    found = re.fullmatch(
        r"(\d{1,3}(?:[ .,']\d{3})+|\d+)(?:[.,]0+)?\s*\D{0,24}", said[about.end() if about else 0 :]
    )
    return int(re.sub(r"\D", "", found[1])) if found else None
