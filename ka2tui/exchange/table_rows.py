"""Rows as people leave them: ditto marks, headings said again, remarks and lines of numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.domain.intake import Finding, Intake
from ka2tui.domain.text import fold, is_blank
from ka2tui.exchange import cross_checks, dates, headings, measures, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ka2tui.exchange.headings import Table

Row = tuple[int, tuple[str, ...]]

_NAMES = {"title", "name", "acronym", "last_name", "first_name", "subject", "description"}
"""Fields of which one names a record."""
_CODES = {"code", "nr"}
_DATES = {"start", "due", "end", "day", "end_day", "start_month", "end_month", "date_label"}
_TIMES = {*_DATES, "period", "month"}
_BARE_DAY = re.compile(r"\d{1,2}\.?(?:\s*[-–]\s*\d{1,2}\.?)?")
_MOSTLY = 0.6
_SHORT = 12
_WITH_NAME = {"partner", "work_unit", "task", "deliverable", "milestone", "meeting", "mobility"}
"""Tables whose rows are nothing without a name, so that a line without one is a remark."""


def tidied(intake: Intake, table: Table) -> Table:
    """Fill in ditto marks, and set the lines aside that are no rows; each is told."""
    if table.vertical:
        return table
    apart, parts = _names_apart(table), sections(table)
    kept: list[Row] = []
    above: dict[int, str] = {}
    year = month = ""
    for number, row in table.rows:
        reason = None if number in parts else _no_row(table, row, apart=apart)
        if table.kind in _WITH_NAME and (time := _time_of(row)):
            year, month = (time, "") if time.isdecimal() else (year, time)
            reason = "not taken: a heading, the rows below are of this time"
        if reason is not None:
            said = next((cell for cell in row if cell), None)
            intake.dropped.append(Finding(table.file, number, None, said, reason))
            continue
        time = f"{month} {year}".strip() if month else ""
        dated = _of_time(intake, table, number, row, time)
        kept.append((number, _filled(intake, table, number, dated, above)))
        above.update((at, cell) for at, cell in enumerate(kept[-1][1]) if cell)
    return replace(table, rows=kept)


def sections(table: Table) -> dict[int, str | None]:
    """Find the lines that name the work package of the rows below them: "WP2 Research" alone.

    In the column of the work package it names that of rows which leave it empty. Of lines that a
    program marks as a group, those without a work package end the one before.
    """
    found: dict[int, str | None] = {}
    if table.kind not in cross_checks.SECTIONED or not table.rows:
        return found
    unit = next((column.at for column in table.columns if column.field == "work_unit"), None)
    for number, row in table.rows:
        if _sort_of(table, row) == "group":
            named = (headings.SECTION.match(cell) for cell in row)
            found[number] = next((one[1] for one in named if one), None)
    below = [row for _, row in table.rows[1:]] + [()]
    for (number, row), after in zip(table.rows, below, strict=True):
        filled = [at for at, cell in enumerate(row) if cell]
        if len(filled) != 1 or unit not in {None, *filled}:
            continue
        if unit is not None and (not after or (unit < len(after) and after[unit])):
            continue
        if means := headings.SECTION.match(row[filled[0]]):
            found[number] = means[1]
    return found


def month_first(intake: Intake, table: Table) -> bool:
    """Tell whether the dates of a table begin with their month, and say so."""
    shown = dates.begin_with_month(cell for _, row in table.rows for cell in row if "/" in cell)
    if shown is not None:
        reason = (
            f"dates such as {shown} begin with their month; all dates of this table are read so"
        )
        intake.doubtful.append(Finding(table.file, table.heading_row, None, shown, reason))
    return shown is not None


def in_hundreds(table: Table) -> bool:
    """Tell whether the per cent of a table are whole numbers: 50, where others write 0.5."""
    at = next((column.at for column in table.columns if column.field == "percent"), None)
    said = [row[at] for _, row in table.rows if at is not None and at < len(row)]
    parts = any(re.fullmatch(r"[01]?[.,]\d+", one) for one in said)
    return not parts and any(one.isdecimal() and int(one) > 1 for one in said)


def _time_of(row: tuple[str, ...]) -> str:
    """Give the month or year that stands alone in a line between the rows."""
    filled = [cell for cell in row if cell]
    names = re.findall(r"[^\W\d]+", filled[0]) if len(filled) == 1 else []
    if len(filled) != 1 or (names and not all(map(days.month_named, names))):
        return ""
    return filled[0] if names or re.fullmatch(r"20\d\d", filled[0]) else ""


def _of_time(
    intake: Intake, table: Table, number: int, row: tuple[str, ...], time: str
) -> tuple[str, ...]:
    """Read a bare day below a line that names its month as a day of that month."""
    found = list(row)
    for column in table.columns if time else ():
        cell = row[column.at] if column.at < len(row) else ""
        if column.field not in _TIMES or not _BARE_DAY.fullmatch(cell):
            continue
        found[column.at] = f"{cell.strip(' .')} {time}"
        reason = f"read as {found[column.at]}, by the line above it"
        intake.doubtful.append(Finding(table.file, number, column.heading, cell, reason))
    return tuple(found)


def _filled(
    intake: Intake, table: Table, number: int, row: tuple[str, ...], above: dict[int, str]
) -> tuple[str, ...]:
    """Give a row in which a ditto mark is what stands above it; names are never repeated."""
    found = list(row)
    for column in table.columns:
        cell = row[column.at] if column.at < len(row) else ""
        if not words.is_ditto(cell) or column.field in _NAMES | _CODES:
            continue
        found[column.at] = above.get(column.at, "")
        reason = f"read as what stands above it: {found[column.at] or 'nothing'}"
        intake.doubtful.append(Finding(table.file, number, column.heading, cell, reason))
    return tuple(found)


def _no_row(table: Table, row: tuple[str, ...], *, apart: bool) -> str | None:
    """Say why a line is no row of its table; None where it is one."""
    filled = {at: cell for at, cell in enumerate(row) if not is_blank(cell)}
    if len(filled) > 1 and _same(filled, table.headings):
        return "not taken: the headings again"
    if _sort_of(table, row) == "whole":
        return "not taken: a line of the whole, no task"
    fields = {column.at: column.field for column in table.columns}
    if not apart or not filled:
        return None
    means = {fields.get(at) for at in filled}
    if means & _NAMES:
        return None
    if means <= {*_DATES, None} and all(_is_date(cell) for cell in filled.values()):
        return "not taken: nothing but dates"
    if len(filled) > 1 or not means <= {*_CODES, "work_unit", "parent"}:
        return None
    (cell,) = filled.values()
    if headings.begins_with_code("work_unit" if "work_unit" in means else table.kind, cell):
        return None if means != {"nr"} else "not taken: nothing but a number"
    if measures.whole(cell) is not None:
        return "not taken: nothing but a number"
    return None if words.is_total(cell) else "not taken: a remark between the rows"


def _names_apart(table: Table) -> bool:
    """Tell whether the rows have their names in a column beside that of their codes."""
    named = [column.at for column in table.columns if column.field in _NAMES]
    coded = [column.at for column in table.columns if column.field in _CODES]
    if table.kind not in _WITH_NAME or not named:
        return False
    rows = [row for _, row in table.rows if sum(map(bool, row)) > 1]
    names = sum(any(at < len(row) and row[at] for at in named) for row in rows)
    codes = [row[at] for row in rows for at in coded if at < len(row) and row[at]]
    short = sum(len(code) <= _SHORT and " " not in code.strip() for code in codes)
    return names >= _MOSTLY * len(rows) and short >= _MOSTLY * len(codes)


def _sort_of(table: Table, row: tuple[str, ...]) -> str | None:
    """Say what a program calls a line: a task, a group of them or the whole project."""
    at = next((column.at for column in table.columns if column.field == "entry"), None)
    return words.exactly("entry", row[at]) if at is not None and at < len(row) else None


def _same(filled: dict[int, str], heads: tuple[str, ...]) -> bool:
    return all(at < len(heads) and fold(cell) == fold(heads[at]) for at, cell in filled.items())


def _is_date(text: str) -> bool:
    parts: Iterable[str] = text.split(" to ")
    return all(dates.is_day(part) for part in parts)
