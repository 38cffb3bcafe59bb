"""Cells: one text of a table, read as what its column holds; nothing is lost in silence."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import countries, days, identifiers, instants, money, work_plan
from ka2tui.domain.intake import Finding, Intake, Item, Link
from ka2tui.domain.kinds import (
    Kind,
    Precision,
)
from ka2tui.domain.mail_address import mails_in
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import clean, fold, is_blank, quoted
from ka2tui.exchange import dates, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from ka2tui.domain.days import ReadDay
    from ka2tui.exchange.headings import Table


LARGEST = 2_147_483_647


class Frame(NamedTuple):
    """What is known of the project before its tables are read."""

    start: date | None = None
    months: int | None = None
    today: date | None = None
    """The day of the tables, where it is known: of rows that were pasted just now."""
    month_first: bool = False
    """Whether the dates of a table begin with their month."""
    in_hundreds: bool = False
    """Whether the per cent of a table are whole numbers, so that 1 is one of a hundred."""
    own: Path | None = None
    """The user's folder, for sorts of organisations of their own."""


@dataclass(slots=True)
class Record:
    """One row of a table, while it is being understood."""

    cells: dict[str, tuple[str, str]]
    """Of each field the heading and the text."""
    item: Item
    intake: Intake
    frame: Frame
    heading: str
    """What the column of its code is called."""
    notes: list[str] = field(default_factory=list)

    def doubt(self, name: str, reason: str) -> None:
        """Note something doubtful about a cell."""
        self.intake.doubtful.append(self.item.at(name, reason))

    def wrong(self, name: str, reason: str) -> None:
        """Note an error in a cell."""
        self.intake.errors.append(self.item.at(name, reason))

    def take(self, name: str) -> str | None:
        """Give the text of a cell that holds a value."""
        cell = self.cells.get(name)
        if cell is None:
            return None
        self.item.columns[name] = cell
        if is_blank(cell[1]):
            if cell[1] and cell[1] not in "-–—/":
                self.doubt(name, "read as empty")
            return None
        return cell[1]

    def dated(self, text: str, *, months: bool) -> ReadDay:
        """Read a date of this table.

        Raises:
            Misread: It is none.
        """
        frame = self.frame
        return dates.read(
            text,
            start=frame.start,
            allow_month=months,
            today=frame.today,
            month_first=frame.month_first,
        )

    def keep_as_note(self, name: str, reason: str) -> None:
        """Keep what has no other place in the notes."""
        heading, text = self.cells[name]
        self.notes.append(f"{heading}: {text}")
        self.doubt(name, f"{reason}; kept in the notes")


_FIRST_FLAG = 0x1F1E6
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_BESIDE = re.compile(r"\s*[-–—/|,:()\[\]]\s*")
EMPTY_DATE = re.compile(
    r"1899[-./]1[12][-./]3[01]|3[01][-./]1[12][-./]1899|1[12]/3[01]/1899|1900[-./]0?1[-./]0?[01]"
    r"|0?[01][-./]0?1[-./]1900|0000-00-00|00[-./]00[-./]0000|00:00"
)


LEADING_CODE = re.compile(r"((?:WP|IO|PR|AP|[A-Z]) ?\d{1,2}(?:\.\d{1,2})?)\b", re.IGNORECASE)


def text(record: Record, name: str) -> None:
    """Read a line of text."""
    text = record.take(name)
    if text:
        record.item.values[name] = clean(text)


def mail(record: Record, name: str) -> str | None:
    """Read a mail address; of several the first, and what is none goes to the notes."""
    text = record.take(name)
    if text is None:
        return None
    found = mails_in(text)
    if not found:
        record.keep_as_note(name, "this is no mail address")
    elif clean(text) != found[0]:
        record.keep_as_note(name, f"read as {found[0]}")
    return found[0] if found else None


def lines(record: Record, name: str) -> None:
    """Read a text that may span lines."""
    text = record.take(name)
    if text:
        record.item.values[name] = clean(text, lines=True)


def code(record: Record, name: str = "code") -> None:
    """Read a code; a spreadsheet's 3.0 is 3."""
    text = record.take(name)
    if text:
        bare = re.sub(r"\.0$", "", clean(text)) if re.fullmatch(r"\d+\.0", text) else clean(text)
        record.item.values[name] = bare


def number(record: Record, name: str) -> int | None:
    """Read a whole number; what is none is left out and reported."""
    text = record.take(name)
    if text is None:
        return None
    found = re.fullmatch(
        r"(?:ca\.?|about|~|≈)?\s*(\d{1,3}(?:[ .,']\d{3})+|\d+)(?:[.,]0+)?\s*\D{0,24}", text
    )
    if not found:
        record.doubt(name, "this is no whole number; it was left out")
        return None
    number = int(re.sub(r"\D", "", found[1]))
    if number > LARGEST:
        record.wrong(name, "this number is too large")
        return None
    record.item.values[name] = number
    return number


def percent(record: Record, name: str) -> None:
    """Read how far something is, in per cent."""
    text = record.take(name)
    if text is None:
        return
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*%?", text)
    share = float(found[1].replace(",", ".")) if found else None
    if share is None or share > 100:
        record.doubt(name, "this is no percentage; it was left out")
        return
    if "%" not in text and 0 < share <= 1:
        share *= 100
        record.doubt(name, f"read as {round(share)} %")
    record.item.values[name] = round(share)


def amount(record: Record, name: str = "amount_cents") -> None:
    """Read an amount of money, in cents."""
    text = record.take(name)
    if text is None:
        return
    read = _cents(text)
    if read is None:
        record.keep_as_note(name, "this is no amount")
        return
    cents, doubt = read
    if cents < 0:
        record.wrong(name, f"{quoted(text)} is below zero: write an amount of 0 or more.")
        return
    if cents > LARGEST:
        record.wrong(name, "this amount is too large")
        return
    if doubt:
        record.doubt(name, doubt)
    record.item.values[name] = cents


_BELOW_ZERO = re.compile(r"(?:€|EUR)?\s*[-−(]\s*(?:€|EUR)?\s*\d[\d ., ']*\s*(?:€|EUR)?\s*\)?")
_ABOUT = re.compile(
    r"(?:approx(?:\.|imately)?|about|around|ca\.?|circa|max\.?|up to|~|≈)\s*", re.IGNORECASE
)
_THOUSANDS = re.compile(r"(\d{1,4})(?:[.,](\d))?\s*k", re.IGNORECASE)
_LONG_DECIMALS = re.compile(r"(\d+)[.,](\d{3,})")


def _cents(text: str) -> tuple[int, str | None] | None:
    """Read an amount as far as it is clear; -1 cents stands for one below zero."""
    if _BELOW_ZERO.fullmatch(text):
        return -1, None
    try:
        return money.read_amount_with_doubt(text)
    except Misread:
        pass
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", _ABOUT.sub("", text, count=1)).strip()
    euros = re.sub(r"^(?:€|EUR)\s*|\s*(?:€|EUR|euros?)$", "", bare, flags=re.IGNORECASE)
    if found := _THOUSANDS.fullmatch(euros):
        cents = int(found[1]) * 100_000 + int(found[2] or 0) * 10_000
    elif found := _LONG_DECIMALS.fullmatch(euros):
        cents = round(Fraction(f"{found[1]}.{found[2]}") * 100)
    else:
        try:
            cents = money.read_amount(bare)
        except Misread:
            return None
    return cents, f"read as {money.say_amount(cents)}"


def country(record: Record, name: str = "country") -> None:
    """Read a country; what is none is kept in the notes."""
    text = record.take(name)
    if text is None:
        return
    try:
        record.item.values[name] = _country(text)
    except Misread as misread:
        record.keep_as_note(name, str(misread).rstrip("."))
        return
    if text.strip().upper() in {"EL", "UK"}:
        record.doubt(name, f"read as {record.item.values[name]}")


def _country(text: str) -> str:
    """Read a country that stands there once, or with its code or flag beside it: IT - Italia.

    Raises:
        Misread: It is none, or there are several.
    """
    code = _FLAG.search(text)
    if code is not None:
        bare = _FLAG.sub("", text).strip()
        return _country(
            bare or "".join(chr(ord(sign) - _FIRST_FLAG + ord("A")) for sign in code[0])
        )
    try:
        return countries.read_country(text)
    except Misread:
        found = set()
        with suppress(Misread):
            found = {countries.read_country(part) for part in _BESIDE.split(text) if part}
        if len(found) != 1:
            raise
        return found.pop()


def zone(record: Record, name: str = "zone") -> None:
    """Read a time zone; what is none is kept in the notes."""
    text = record.take(name)
    if text is None:
        return
    try:
        record.item.values[name] = instants.read_zone(text)
    except Misread as misread:
        record.keep_as_note(name, str(misread).rstrip("."))


def identifier(
    read: Callable[[str], identifiers.OrganisationNumber],
) -> Callable[[Record, str], None]:
    """Make a reader of the number of an organisation."""

    def reader(record: Record, name: str) -> None:
        text = record.take(name)
        if text is None:
            return
        try:
            number = read(text)
        except Misread as misread:
            record.doubt(name, str(misread))
            return
        record.item.values[name] = number.number
        if number.doubt:
            record.doubt(name, number.doubt)

    return reader


def choice(kind: type[Kind]) -> Callable[[Record, str], None]:
    """Make a reader of a state, role or kind; unknown words are kept in the notes."""

    def reader(record: Record, name: str) -> None:
        text = record.take(name)
        if text is None:
            return
        found = words.choose(kind, text)
        if found is None:
            record.keep_as_note(name, "this word is not known here")
        else:
            record.item.values[name] = found

    return reader


def read_when(record: Record, name: str, *, months: bool) -> ReadDay | None:
    """Read a date or project month.

    An impossible one is an error; what is no date at all is kept in the notes.

    Args:
        months: A bare number is a project month.
    """
    text = record.take(name)
    if text is None:
        return None
    if EMPTY_DATE.fullmatch(text) or (text == "0" and not months):
        record.doubt(name, "this is what a spreadsheet shows for an empty date; kept empty")
        return None
    try:
        read = record.dated(text, months=months)
    except days.NoSuchDay as impossible:
        record.wrong(name, str(impossible))
        return None
    except Refused:
        record.keep_as_note(name, dates.lacking(text))
        return None
    if read.doubt:
        record.doubt(name, read.doubt)
    return read


def day(record: Record, name: str, *, last: bool = False) -> None:
    """Read a day; of a month the first day, or the last."""
    read = read_when(record, name, months=False)
    if read is None:
        return
    day = (read.last or read.day) if last else read.day
    if day is None:
        record.doubt(name, "the project's start is not known, so this month is no date; left out")
        return
    if read.precision is Precision.MONTH:
        which = "last" if last else "first"
        record.doubt(name, f"only the month is known; the {which} day of it is kept")
    record.item.values[name] = day


def due(record: Record, name: str = "due", label: str = "date_label") -> None:
    """Read a deadline, and hold a calendar month beside it against it."""
    read = read_when(record, name, months=True)
    beside = read_label(record, label, (name,))
    if read is None and beside is not None:
        read, name = beside, label
        record.item.columns["due"] = record.cells[label]
    elif read is not None and beside is not None:
        _compare_label(record, read, beside, label)
    if read is None:
        return
    if read.month_to or read.day_to:
        record.doubt(name, "this is a stretch of time; its end is kept as the date")
    due = work_plan.due_of(read)
    record.item.values |= {"due": due.day, "due_month": due.month, "due_precision": due.precision}
    record.item.columns |= dict.fromkeys(("due", "due_month", "due_precision"), record.cells[name])


def read_label(record: Record, label: str, others: tuple[str, ...]) -> ReadDay | None:
    """Read a date that stands beside others, as words; alone it is read like any date."""
    if not any(name in record.cells for name in others):
        return read_when(record, label, months=False)
    text = record.take(label)
    if text is None:
        return None
    if EMPTY_DATE.fullmatch(text):
        record.doubt(label, "this is what a spreadsheet shows for an empty date; kept empty")
        return None
    try:
        read = record.dated(text, months=False)
    except Refused:
        record.keep_as_note(label, dates.lacking(text))
        return None
    if read.doubt:
        record.doubt(label, read.doubt)
    return read


def _compare_label(record: Record, read: ReadDay, label: ReadDay, name: str) -> None:
    if read.day is None or label.day is None:
        return
    apart = read.day if read.precision is Precision.MONTH else read.day.replace(day=1)
    if (apart.year, apart.month) != (label.day.year, label.day.month):
        other = next(
            cell for field, cell in record.cells.items() if field in {"due", "month", "day"}
        )
        record.doubt(name, f"{other[0]} says {other[1]}, which is {days.say_calendar_month(apart)}")


def link(record: Record, name: str, kind: str, target: str, otherwise: str | None = None) -> None:
    """Read the name of another record."""
    text = record.take(name)
    if text:
        record.item.columns[target] = record.cells[name]
        record.item.links[target] = Link(kind, clean(text), otherwise=otherwise)


def people(record: Record, name: str, target: str, *, otherwise: str | None) -> None:
    """Read who leads or does something: the first of several, the others kept in the notes."""
    text = record.take(name)
    if text is None:
        return
    record.item.columns[target] = record.cells[name]
    if words.is_everybody(text):
        record.keep_as_note(name, "nobody by name")
        return
    record.item.links[target] = Link("partner", clean(text), otherwise=otherwise)


def work_unit(record: Record, name: str = "work_unit", target: str = "work_unit_id") -> None:
    """Read which work package or activity something belongs to."""
    text = record.take(name)
    if text is None:
        return
    record.item.columns[target] = record.cells[name]
    parts = [part for part in re.split(r"\s*[;,/+&\n]\s*|\s+and\s+", text) if part]
    codes = [part for part in parts if LEADING_CODE.match(part) or part.isdecimal()]
    if fold(text) in {"all", "all wps", "alle", "tous", "todos", "tutti"}:
        record.keep_as_note(name, "no single work package")
        return
    said = text
    if len(codes) > 1 and len(codes) == len(parts):
        said = codes[0]
        record.notes.append(f"{record.cells[name][0]}: {text}")
        record.doubt(name, f"several are named; {said} is kept, all of them in the notes")
    record.item.links[target] = Link("work_unit", clean(said))


def key_of(code: str) -> str:
    """Reduce a code to what is compared: WP 1 is wp1."""
    return fold(code).replace(" ", "")


def of_row(
    intake: Intake, table: Table, number: int, row: tuple[str, ...]
) -> dict[str, tuple[str, str]]:
    """Give each field its heading and text; a second column fills gaps, or is reported."""
    found: dict[str, tuple[str, str]] = {}
    for column in sorted(table.columns, key=lambda column: column.extra):
        text = row[column.at] if column.at < len(row) else ""
        if not column.extra or is_blank(found.get(column.field, ("", ""))[1]):
            found[column.field] = (column.heading, text)
        elif column.field == "tags" and text:
            heading, before = found[column.field]
            found[column.field] = (heading, f"{before}, {text}")
        elif column.field in {"code", "nr"} and text.isdecimal():
            continue  # a running number beside the code
        elif text and not _agree(column.field, text, found[column.field][1]):
            heading, kept = found[column.field]
            reason = f"{heading} says {kept}, which is kept"
            intake.doubtful.append(Finding(table.file, number, column.heading, text, reason))
    if len(row) > len(table.headings) and table.headings and table.file.endswith((".csv", ".tsv")):
        extra = [cell for cell in row[len(table.headings) :] if cell]
        if extra:
            reason = "more cells than headings: a text with a separator in it needs quotation marks"
            intake.errors.append(Finding(table.file, number, None, extra[0], reason))
    return found


def _agree(name: str, one: str, other: str) -> bool:
    if fold(one) == fold(other) or is_blank(one):
        return True
    if name in {"due", "start", "day"}:
        return _same_day(one, other)
    if name != "country":
        return False
    try:
        return countries.read_country(one) == countries.read_country(other)
    except Misread:
        return False


def _same_day(one: str, other: str) -> bool:
    try:
        return (
            dates.read(one, start=None, allow_month=False).day
            == dates.read(other, start=None, allow_month=False).day
        )
    except Misread:
        return False
