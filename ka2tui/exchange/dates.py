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
from ka2tui.exchange import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ka2tui.domain.days import ReadDay

_SHORT_YEAR = re.compile(
    r"(\d{1,2}[./-]\d{1,2}[./-]|\d{1,2}[./-][^\W\d]{3,}\.?[./-]|[^\W\d]{3,}\.?(?:-| ?['\u2019]))"
    r"(\d{2})"
)
"""A year of two digits, as spreadsheets write it: 1/9/25, 15-Dec-26, Sep-25, Sep '25."""
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)")
_LAST_MONTH = 12
_FEW = 2
"""So many dates that can only begin with their month show that all of a table do."""
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? (?=\d)", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?<=\d),? \d{1,2}:\d{2}(?::\d{2})?[ \u202f]?[ap]m(?: \(?(?:gmt|utc)[+-]?\d*(?::\d\d)?\)?)?",
    re.IGNORECASE,
)
"""An hour of the twelve-hour clock behind a day: , 3:00 AM GMT+1."""
_DAY_ZERO = date(1899, 12, 30)
"""What spreadsheets count their days from."""
_SERIAL = re.compile(r"([3-6]\d{4})(?:[.,]\d+)?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_ENDING = re.compile(r"(?<=\d{4})\s*(?:r|g|god|г)?\.$|(?<=\d{4}) r$")
_ENDING_OF_DAY = re.compile(r"(\d{4}[.\s/-]{1,2}\d{1,2}[.\s/-]{1,2}\d{1,2})\.")
"""What stands behind a date and says nothing: 4.5.2026 r., 2026. 05. 04."""
_ROMAN = re.compile(r"(X|IX|IV|V?I{1,3}|V|XI{1,2})[. /-]+(\d{4})")
_ROMAN_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})[. /-]+{_ROMAN.pattern}(?!\d)")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_YEAR_AND_NAME = re.compile(
    r"(\d{4})\.? ?(?:[mg]\b\.? ?)?([^\W\d]{3,})\.?(?: (\d{1,2})\.?(?: ?d\.?)?)?"
)
"""2026. május 4., 2026 m. spalio 10 d."""
_NAME_AND_SHORT_YEAR = re.compile(r"([^\W\d]{3,})\.? ?['\u2019]?(\d{2})")
_EPOCH = date(1970, 1, 1)
_MILLISECONDS = re.compile(r"1\d{9}000")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_MONTH_WORDS = (
    r"(?:project ?month|months?|mois|monat|mes|mese|miesiac|luna|ay|maand|μηνας|projektmonat|pm)"
)
_WORDED_MONTH = re.compile(
    rf"{_MONTH_WORDS}\.? ?(?:no\.?|nr\.?)? ?(\d{{1,3}})"
    rf"(?: ?(?:-|to|bis|a|do|-) ?(?:{_MONTH_WORDS} ?)?(\d{{1,3}}))?"
)
_MONTHS = re.compile(r"m ?\d{1,3}(?: ?- ?m? ?\d{1,3})?")
_ORDERED_MONTH = re.compile(
    r"(\d{1,3})(?:\.|st|nd|rd|th|e|eme|er|o|º)? ?(?:project month|month|mois|monat|mes|mese|ay)"
)
_ONLY_MONTHS = re.compile(
    r"(?:from |von |de |da |od )?m ?\d{1,3}"
    r"(?:\s*(?:[-/,;&]|and|to|until|till|und|bis|et|a|y|e|i|do)\s*m? ?\d{1,3})+"
)
_QUARTER = re.compile(
    r"(?:q ?([1-4])|([1-4])\. ?quartal|([1-4])(?:st|nd|rd|th) quarter)[ /-]*(?:of )?(\d{4})"
)
_HALF = re.compile(r"(.{1,20}?)[ /-]+(?:of )?(\d{4})")
_QUARTER_LAST = re.compile(r"(\d{4})[ /-]*(q ?[1-4])")
_WEEK_FIRST = re.compile(r"([^\W\d]*(?: [^\W\d]+)?[ .]*\d{1,2}[.ºª]?(?: ?[^\W\d]+)?)[ ,/-]+(\d{4})")
_WEEK_LAST = re.compile(r"(\d{4})[ ,/-]*((?:[^\W\d]+[ .]*\d{1,2}|\d{1,2}\.? ?[^\W\d]+))")
_LEADING = re.compile(
    r"(?:(?:by|until|till|before|from|since|approx\.?|approximately|about|around|ca\.?|circa|~|due|"
    r"the|at|in|on|early|mid|late|end|beginning|start|ende|anfang|mitte|fin|debut|fine|inizio|"
    r"koniec|poczatek|final|finales|bis|von|ab|od|do)\b\.?[ -]*(?:of|de|des|von|di|del)?\s*)+"
)
_TOGETHER = {",", ";", "&", "/", "and", "und", "et", "y", "e", "i", "ve", "si", "en"}
_JOINTS = re.compile(
    r"\s*(?:-|\u2192|/|&|,|;|\b(?:to|until|till|bis|au|al|and|und|et|y|e|i|ve|si|en)\b)\s*"
)
_LACKS_ITS_YEAR = re.compile(
    r"(\d{1,2}([./])\d{1,2})\.?|((?:\d{1,2}(?:st|nd|rd|th|\.)? )?[^\W\d]{3,}\.?)"
)
_LACKS_ITS_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?")
_NAMES = r"[^\W\d]{3,}"
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{4}|(?<!\w)m ?\d{1,3}(?!\w)"
    rf"|\d{{1,2}}\.? {_NAMES}\.? \d{{4}}|{_NAMES}\.? \d{{1,2}},? \d{{4}}|{_NAMES}\.? \d{{4}}"
    r"|(?<!\d)\d{4}-\d{1,2}(?!\d)|(?<!\d)\d{1,2}/\d{4}(?!\d)"
)
_LONGEST_TEXT = 120
_NO_DATE = 400
"""Letters of a text that is no date, however one looks at it."""


@lru_cache(maxsize=4_096)
def read(
    text: str,
    *,
    start: date | None,
    allow_month: bool,
    today: date | None = None,
    month_first: bool = False,
) -> ReadDay:
    """Read a date as a table says it; what was left out or guessed is its doubt.

    Long lists say the same few dates again and again, so readings are kept.

    Args:
        text: What stands in the cell.
        start: The project's first day.
        allow_month: Whether a bare number is a project month.
        today: Where it is known when the text was written: what dates without a year are after.
        month_first: Whether 12/4/2026 is in December, see `begin_with_month`.

    Raises:
        NoSuchDay: It looks like a date, but is an impossible one.
        Misread: It is no date.
    """

    def plainly(said: str) -> ReadDay:
        return days.read_day(said, today=today, start=start, allow_month=allow_month)

    said = _without_signs(text)
    bare = _CLOCK.sub("", _WEEKDAY.sub("", said))
    if month_first:
        bare = _SLASHES.sub(r"\2/\1/\3", bare)
    elif bare != said and _CLOCK.search(said) and _SLASHES.match(bare):
        return replace(plainly(bare), doubt="read with the day first, as everywhere")
    said = bare
    if len(text) <= _LONGEST_TEXT:
        named = _around_month(said, plainly) or _week(said, plainly)
        if named is not None:
            return named
    if short := _short(said, plainly):
        return short
    try:
        return plainly(said)
    except days.NoSuchDay:
        raise
    except Misread as misread:
        if len(text) <= _LONGEST_TEXT:
            for way in _WAYS:
                found_so = way(said, plainly)
                if found_so is not None:
                    return found_so
        raise misread from None


def monday_of(text: str) -> date | None:
    """Read a week of a calendar year: 2026-W14, KW 14/2026, week 14, 2026."""
    flat = _flat(text) if len(text) <= _LONGEST_TEXT else ""
    for number, year in ((1, 2), (2, 1)):
        pattern = _WEEK_LAST if number == 2 else _WEEK_FIRST
        if found := pattern.fullmatch(flat):
            said = found[number].strip()
            week = words.number_of("calendar_week", said) or words.number_of("week", said)
            if not week:
                continue
            with suppress(ValueError):
                return date.fromisocalendar(int(found[year]), week, 1)
            reason = f"{quoted(text)} does not exist: {found[year]} has no week {week}."
            raise days.NoSuchDay(reason)
    return None


def _week(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read a week as the days from its Monday to its Sunday."""
    monday = monday_of(text)
    if monday is None:
        return None
    sunday = monday + timedelta(days=6)
    found = read(f"{monday} - {sunday}")
    return replace(found, doubt=f"read as the week from {monday} to {sunday}")


def lacking(text: str) -> str:
    """Say what a text that could not be read lacks to be a date, and what to write."""
    flat = _flat(text)
    bare = flat[found.end() :] if (found := _LEADING.match(flat)) else flat
    names = re.findall(r"[^\W\d]{3,}", flat)
    if words.holds("season", text):
        return "a season is no date: write a month or quarter, such as May 2026"
    if any(words.number_of(sort, bare) for sort in ("week", "calendar_week")):
        return "a week needs its year: write 2026-W14"
    if words.number_of("quarter", bare) in range(1, 5):
        return "a quarter needs its year: write Q3 2026"
    if not re.search(r"\d{4}", flat) and any(map(days.month_named, names)):
        return "the year is missing: write May 2026"
    if re.fullmatch(r"\d{1,2}[./]\d{1,2}\.?", bare):
        return "the year is missing: write 1.12.2026"
    if re.fullmatch(r"(?:19|20)\d\d", bare):
        return "a year is no date: write a month, such as May 2026"
    return "this is no date"


def is_day(text: str) -> bool:
    """Tell whether a text is a date, be it an impossible one."""
    try:
        return read(text, start=None, allow_month=False).day is not None
    except days.NoSuchDay:
        return True
    except Misread:
        return False


def _flat(text: str) -> str:
    return re.sub("[\u2010-\u2015\u2212]", "-", fold(clean(text)))


def _without_signs(text: str) -> str:
    """Take off what says nothing, and write months in Roman numbers as digits: 3.IX.2026.

    Raises:
        Misread: It is too long for a date.
    """
    if len(text) > _NO_DATE:
        raise Misread(f"{quoted(text)} is not a date.")
    if len(text) > _LONGEST_TEXT:
        return text
    if re.fullmatch(r"\d{1,3}\.0+", text):
        return text.partition(".")[0]
    said = _ENDING.sub("", re.sub(r"(?<=\d)[°ºª](?!\w)", "", text.strip()))
    if found := _ENDING_OF_DAY.fullmatch(said):
        said = re.sub(r"[.\s/-]+", "-", found[1])
    return _ROMAN_DAY.sub(lambda it: f"{it[1]}.{_ROMANS.index(it[2]) + 1}.{it[3]}", said)


def _short(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read a year of two digits as one of this century."""
    short = _SHORT_YEAR.fullmatch(text)
    if short is None:
        return None
    found = read(re.sub(" ?['\u2019]", " ", short[1]) + f"20{short[2]}")
    return replace(found, doubt=f"the year was read as 20{short[2]}")


def _named(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read a month in Roman numbers, IX 2026, and one behind its year, 2026. május 4."""
    if roman := _ROMAN.fullmatch(text):
        said = f"{days.MONTH_NAMES[_ROMANS.index(roman[1])]} {roman[2]}"
        return replace(read(said), doubt=f"read as {said}")
    found = _YEAR_AND_NAME.fullmatch(_flat(text))
    if found is None or days.month_named(found[2]) is None:
        return None
    return read(" ".join(filter(None, (found[3], found[2], found[1]))))


def _counted(text: str, _read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read the number that a spreadsheet, or another program, keeps for a day."""
    if found := _SERIAL.fullmatch(text):
        day = _DAY_ZERO + timedelta(days=int(found[1]))
        said = "a spreadsheet's number of a day"
    elif compact := _COMPACT.fullmatch(text):
        with suppress(ValueError):
            day = date(*map(int, compact.groups()))
            return replace(days.read_day(day.isoformat()), doubt=f"read as {day}")
        return None
    elif _MILLISECONDS.fullmatch(text):
        day = _EPOCH + timedelta(seconds=int(text) // 1000)
        said = "a program's number of milliseconds"
    else:
        return None
    return replace(days.read_day(day.isoformat()), doubt=f"{said}: {day}")


def _worded(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read Mois 3, Monat 3-4, 3rd month."""
    flat = _flat(text)
    if found := _WORDED_MONTH.fullmatch(flat):
        return read(f"M{found[1]}-M{found[2]}" if found[2] else f"M{found[1]}")
    found = _ORDERED_MONTH.fullmatch(flat)
    return read(f"M{found[1]}") if found else None


def _around_month(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read "end of month 6" and "by M6" as the project month that they name."""
    flat = _flat(text)
    words = _LEADING.match(flat)
    rest = flat[words.end() :] if words else ""
    named = _worded(rest, read) or (read(rest) if _MONTHS.fullmatch(rest) else None)
    if named is None:
        return None
    said = f"M{named.month}" + (f"-M{named.month_to}" if named.month_to else "")
    return replace(named, doubt=f"read as {said}; the words beside it are left out")


def _half(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read H1 2026, 1st half of 2026."""
    found = _HALF.fullmatch(_flat(text))
    half = words.number_of("half", found[1]) if found else None
    if found is None or half not in {1, 2}:
        return None
    said = f"{'Jan - Jun' if half == 1 else 'Jul - Dec'} {found[2]}"
    return replace(read(said), doubt=f"read as {said}")


def _quarter(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read Q3 2026."""
    found = _QUARTER.fullmatch(_QUARTER_LAST.sub(r"\2 \1", _flat(text)))
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
    short = _NAME_AND_SHORT_YEAR.fullmatch(beside[1])
    with suppress(Misread):
        other = read(f"{short[1]} 20{short[2]}" if short else beside[1])
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
    """Read two dates with anything between them that joins; the first may lack its year."""
    flat = _flat(text)
    for joint in _JOINTS.finditer(flat):
        together = joint[0].strip() in _TOGETHER
        try:
            last = read(flat[joint.end() :])
            first = _first_of(flat[: joint.start()], last, read, lone=together)
        except Misread:
            continue
        if first.day is None or last.day is None or first.month or last.month:
            continue
        end = last.last or last.day
        if end < first.day:
            reason = f"{quoted(text)} ends before it begins."
            raise days.NoSuchDay(reason)
        doubt = f"read as from {first.day} to {end}" if together else None
        return replace(first, day_to=end, last=end, precision=last.precision, doubt=doubt)
    return None


def _first_of(text: str, last: ReadDay, read: Callable[[str], ReadDay], *, lone: bool) -> ReadDay:
    """Read the first of two dates; of "29 May - 2 June 2026" it has the year of the second."""
    lacks = _LACKS_ITS_YEAR.fullmatch(text)
    number = _LACKS_ITS_MONTH.fullmatch(text) if lone else None
    if last.day is None or last.month or last.day_to:
        return read(text)
    if number:
        return read(f"{last.day:%Y-%m}-{int(number[1]):02}")
    if lacks is None:
        return read(text)
    beginning = f"{lacks[1]}{lacks[2]}" if lacks[1] else f"{lacks[3]} "
    first = read(f"{beginning}{last.day.year}")
    in_time = first.day is not None and first.day <= last.day
    return first if in_time else read(f"{beginning}{last.day.year - 1}")


def _inside(text: str, read: Callable[[str], ReadDay]) -> ReadDay | None:
    """Read the one date that stands among other words; say which words were left out."""
    flat = _flat(text)
    if leading := _LEADING.match(flat):
        short = _short(flat[leading.end() :], read)
        if short is not None:
            return replace(short, doubt=f"{short.doubt}; the words beside it are left out")
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


_WAYS = (
    *(_counted, _named, _worded, _half, _quarter, _listed, _without_brackets, _stretch),
    _inside,
)
"""How a text that is no plain date is tried."""


def begin_with_month(texts: Iterable[str]) -> str | None:
    """Tell whether dates with slashes begin with their month, as some programs write them.

    Only where several can be read no other way, and none the usual way alone.

    Returns:
        One that shows it; None where the day comes first.
    """
    shown = None
    several = 0
    for text in texts:
        for found in _SLASHES.finditer(text):
            if int(found[1]) > _LAST_MONTH:
                return None
            if int(found[2]) > _LAST_MONTH:
                shown = shown or found[0]
                several += 1
    return shown if several >= _FEW else None
