"""Matrices: tables whose headings are partners, work packages, quarters or kinds of cost.

Each column becomes a table of its own, with a row for each amount. Sums at the side and below are
held against what they sum up, and told where they disagree.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ka2tui.domain import money
from ka2tui.domain.intake import Finding, Intake
from ka2tui.domain.kinds import CostKind, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import is_blank
from ka2tui.exchange import dates, headings, measures, words
from ka2tui.exchange.headings import Column, Table
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.exchange.tables import Grid

Row = tuple[int, tuple[str, ...]]

_FIRST = 15
"""Rows in which the headings of a matrix are looked for."""
_SOME = 100
"""Rows that are looked at before all of them are."""
_MOSTLY = 0.8
"""Cells of a matrix that must be amounts for it to be one."""
_LONGEST_NUMBER = 2
"""Digits of the number of a partner."""
_UNIT = re.compile(
    r"(?:WP|AP|PT|IP|LOT|A|H|IO|PR) ?\d{1,2}(?:\.\d{1,2})?(?:\s*[:.–-].*)?", re.IGNORECASE
)
_SHORT_YEAR = re.compile(r"^([^\W\d]{3,})[ .'\u2019/-]+(\d{2})$")
"""A month with a year of two digits, as spreadsheets head their columns: Sep 24."""
_PROJECT_MONTH = re.compile(r"(?:M|Month|Monat|Mois|Mes|Mese|Miesiąc) ?\d{1,2}", re.IGNORECASE)
_TITLES = {"title", "name", "description", "work package", "activity", "organisation"} | {
    *("partner name", "work package title", "wp title", "titel", "titre", "titulo", "titolo")
}
_CALLED = {
    **dict.fromkeys(("category", "budget category", "cost category", "kategorie"), "category"),
    **dict.fromkeys(("wp", "work package", "arbeitspaket", "pakiet", "is paketi"), "work_unit"),
}
"""What the rows are where their names do not tell, by the heading above them."""
_USED = re.compile(r"\b(?:spent|used|actual|expenditure|ausgaben|depense|gastado|speso|wydatki)\b")


@frozen
class _Matrix:
    """Where a matrix stands, and what its sides are."""

    head: Row
    body: list[Row]
    label: int
    """The column in which its rows are named."""
    axis: tuple[int, ...]
    """The columns with amounts."""
    beside: tuple[tuple[int, ...], tuple[int, ...]]
    """The columns that sum up the others, and those with a title."""
    rows: str
    """What a row is: work_unit, partner, category."""
    columns: str
    """What a column is: work_unit, partner, category, quarter."""


def take_out(grid: Grid, intake: Intake) -> tuple[list[Table], Grid]:
    """Take the matrices out of a sheet; give them as tables, and what is left of the sheet."""
    tables: list[Table] = []
    rest: list[Row] = []
    at = 0
    while at < len(grid.rows):
        matrix = _matrix(grid, at) if at < _FIRST or _after_gap(grid, at) else None
        if matrix is None:
            rest.append(grid.rows[at])
            at += 1
            continue
        tables += _unfold(grid, matrix, intake)
        _tell_unheaded(grid, matrix, intake)
        _check_sums(grid, matrix, intake)
        at += 1 + len(matrix.body)
    return tables, replace(grid, rows=rest) if tables else grid


def _after_gap(grid: Grid, at: int) -> bool:
    return grid.rows[at][0] > grid.rows[at - 1][0] + 1


def _matrix(grid: Grid, at: int) -> _Matrix | None:
    """Take a row as the headings of a matrix, where what stands below it is one."""
    number, cells = head = grid.rows[at]
    label = next((place for place, cell in enumerate(cells) if cell), None)
    body = _below(grid.rows[at + 1 :], number)
    if label is None or not body:
        return None
    if not cells[0] and any(row[0] for _, row in body if row):
        label = 0
    named = [place for place in range(label + 1, len(cells)) if cells[place]]
    sums = tuple(place for place in named if words.is_total(cells[place]))
    axis = tuple(place for place in named if place not in sums and not _is_title(cells[place]))
    for part in (body[:_SOME], body):  # most lists show soon that they are none
        axis = tuple(place for place in axis if not _is_text(part, place))
        if len(axis) < 2:
            return None
    if any(
        _cents(cells[place]) is not None and len(cells[place]) > _LONGEST_NUMBER for place in axis
    ):
        return None  # a row of amounts is no row of names
    aside = [place for place in named if place not in {*axis, *sums}]
    if not all(_is_title(cells[place]) for place in aside):
        return None
    found = _sides(body, label, cells[label], [cells[place] for place in axis])
    if found is None or not _are_amounts(body, axis) or _is_heading(body[0], axis):
        return None
    return _Matrix(head, body, label, axis, (sums, tuple(aside)), *found)


def _below(rows: Sequence[Row], last: int) -> list[Row]:
    """Give the rows down to the next empty one."""
    found: list[Row] = []
    for number, cells in rows:
        if number > last + 1:
            break
        found.append((number, cells))
        last = number
    return found


def _cell(row: Row, place: int) -> str:
    return row[1][place] if place < len(row[1]) else ""


def _is_title(heading: str) -> bool:
    """Tell whether a column says what its rows are called, or remarks on them."""
    if headings.plain(heading) in _TITLES:
        return True
    meant = headings.columns_of("work_unit", [heading])
    return any(column.field == "title" for column in meant) or _is_remark(heading)


def _is_remark(heading: str) -> bool:
    meant = headings.columns_of("share", [heading]) or headings.columns_of("cost", [heading])
    return any(column.field == "notes" for column in meant)


def _is_text(body: Sequence[Row], place: int) -> bool:
    held = [text for row in body if not is_blank(text := _cell(row, place))]
    return bool(held) and sum(_cents(text) is not None for text in held) < _MOSTLY * len(held)


def _are_amounts(body: Sequence[Row], axis: Sequence[int]) -> bool:
    held = [text for row in body for place in axis if not is_blank(text := _cell(row, place))]
    return bool(held) and sum(_cents(text) is not None for text in held) >= _MOSTLY * len(held)


def _is_heading(row: Row, axis: Sequence[int]) -> bool:
    """Tell whether a row goes on with the headings: "Plan", "Ist" below "Q1 2025"."""
    held = [text for place in axis if not is_blank(text := _cell(row, place))]
    return bool(held) and all(_cents(text) is None for text in held)


def _sides(
    body: Sequence[Row], label: int, called: str, heads: Sequence[str]
) -> tuple[str, str] | None:
    """Say what the rows and the columns are; None where it is no matrix."""
    names = [text for row in body if (text := _cell(row, label)) and not words.is_total(text)]
    if not names:
        return None
    below = _kind_of(names) or _CALLED.get(headings.plain(called) if called else "")
    above = _kind_of(heads, quarters=True)
    if above is None and all(_PROJECT_MONTH.fullmatch(head) for head in heads):
        return None
    if above is None and below is not None and _kind_of(names) is None:
        return None
    match above, below:
        case "quarter", _:
            return below or "partner", "quarter"
        case "work_unit" | "category", None | "work_unit" | "category" if above != below:
            return below or "partner", above
        case None, "work_unit" | "category" if not _are_known(heads):
            return below, "partner"
        case _:
            return None


def _kind_of(names: Sequence[str], *, quarters: bool = False) -> str | None:
    if quarters and all(measures.quarter_of(name) or _of_month(name) for name in names):
        return "quarter"
    if all(_UNIT.fullmatch(name) for name in names):
        return "work_unit"
    return "category" if all(words.choose(CostKind, name) for name in names) else None


def _of_month(text: str) -> str | None:
    """Give the quarter in which a calendar month lies: "Sep 24" is in "Q3 2024"."""
    full = _SHORT_YEAR.sub(r"\1 20\2", text)
    try:
        read = dates.read(full, start=None, allow_month=False)
    except Refused:
        return None
    if read.day is None or (read.precision is not Precision.MONTH and read.day.day != 1):
        return None
    return f"Q{(read.day.month + 2) // 3} {read.day.year}"


def _are_known(heads: Sequence[str]) -> bool:
    """Tell whether headings are those of a table rather than names of partners."""
    kinds = ("work_unit", "share", "cost", "indicator", "task", "deliverable", "payment")
    known = {column.at for kind in kinds for column in headings.columns_of(kind, heads)}
    return bool(known)


@lru_cache(maxsize=4_096)
def _cents(text: str) -> int | None:
    try:
        return money.read_amount(text)
    except Refused:
        return None


def _unfold(grid: Grid, matrix: _Matrix, intake: Intake) -> list[Table]:
    """Make a table of each column: what its row is, what its column is, the amount."""
    number, cells = matrix.head
    share = {matrix.rows, matrix.columns} == {"work_unit", "partner"}
    used = not share and _USED.search(headings.plain(grid.name)) is not None
    amount = "amount_cents" if share else "used_cents" if used else "planned_cents"
    tables = []
    for heading, places in _columns(grid, matrix, intake):
        rows: list[Row] = [
            (row, (name, heading, text))
            for row, whole in matrix.body
            if not is_blank(text := _added_up(grid, matrix, (row, whole), places, intake))
            and not words.is_total(name := _cell((row, whole), matrix.label))
            and name
        ]
        columns = (
            Column(0, cells[matrix.label], matrix.rows),
            Column(1, heading, matrix.columns),
            Column(2, heading, amount),
        )
        if rows:
            named = (cells[matrix.label], heading, heading)
            tables.append(
                Table(grid.file, "share" if share else "cost", number, columns, rows, named)
            )
    return tables


def _columns(grid: Grid, matrix: _Matrix, intake: Intake) -> list[tuple[str, list[int]]]:
    """Give what the columns are and where they stand; months are put together as quarters."""
    number, cells = matrix.head
    heads = [cells[place] for place in matrix.axis]
    if matrix.columns != "quarter" or all(measures.quarter_of(head) for head in heads):
        return [(cells[place], [place]) for place in matrix.axis]
    found: dict[str, list[int]] = {}
    for place in matrix.axis:
        found.setdefault(_of_month(cells[place]) or cells[place], []).append(place)
    for quarter, places in found.items():
        said = ", ".join(cells[place] for place in places)
        reason = f"months are kept as quarters; added up as {quarter}"
        intake.doubtful.append(Finding(grid.file, number, said, None, reason))
    return list(found.items())


def _added_up(grid: Grid, matrix: _Matrix, row: Row, places: Sequence[int], intake: Intake) -> str:
    held = [place for place in places if not is_blank(_cell(row, place))]
    if len(held) < 2:
        return _cell(row, held[0]) if held else ""
    total = 0
    for place in held:
        cents = _cents(text := _cell(row, place))
        if cents is None:
            reason = "this is no amount; left out"
            intake.doubtful.append(Finding(grid.file, row[0], matrix.head[1][place], text, reason))
        total += cents or 0
    return f"{'-' if total < 0 else ''}{abs(total) // 100}.{abs(total) % 100:02}"


def _tell_unheaded(grid: Grid, matrix: _Matrix, intake: Intake) -> None:
    """Name the columns of amounts that have no heading: nothing is taken from them."""
    number, cells = matrix.head
    widest = max(len(row) for _, row in matrix.body)
    for place in range(widest):
        if place == matrix.label or (place < len(cells) and cells[place]):
            continue
        held = [text for row in matrix.body if not is_blank(text := _cell(row, place))]
        if held:
            count = "1 cell" if len(held) == 1 else f"{len(held)} cells"
            reason = f"not taken: no heading ({count})"
            intake.dropped.append(Finding(grid.file, number, None, held[0], reason))


_OF_THE_PLAN = "not taken: a title beside amounts"
_REMARK = "not taken: a remark beside amounts"


def _check_sums(grid: Grid, matrix: _Matrix, intake: Intake) -> None:
    """Hold the sums beside and below a matrix against what they sum up."""
    _, cells = matrix.head
    sums, titles = matrix.beside
    body = [row for row in matrix.body if not words.is_total(_cell(row, matrix.label))]

    def hold(row: Row, place: int, counted: int) -> None:
        text = _cell(row, place)
        stated = _cents(text)
        if stated is not None and stated != counted:
            reason = f"its parts add up to {money.say_amount(counted)}"
            intake.doubtful.append(Finding(grid.file, row[0], cells[place], text, reason))

    for row in body:
        counted = sum(_cents(_cell(row, place)) or 0 for place in matrix.axis)
        for place in sums:
            hold(row, place, counted)
        for place in titles:
            if said := _cell(row, place):
                remark = _is_remark(cells[place])
                reason = _REMARK if remark else _OF_THE_PLAN
                of_plan = matrix.rows == "work_unit" and not remark
                finding = Finding(grid.file, row[0], cells[place], said, reason)
                (intake.read if of_plan else intake.dropped).append(finding)
    for row in matrix.body:
        if row in body:
            continue
        said = _cell(row, matrix.label)
        intake.dropped.append(Finding(grid.file, row[0], None, said, "not taken: a total"))
        for place in (*matrix.axis, *sums):
            parts = matrix.axis if place in sums else (place,)
            hold(row, place, sum(_cents(_cell(one, part)) or 0 for one in body for part in parts))
