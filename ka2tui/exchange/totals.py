"""Totals: rows of sums in a table, held against the rows that they sum up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import costs, money
from ka2tui.domain.intake import Finding, Intake
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import is_blank
from ka2tui.exchange import measures, words

if TYPE_CHECKING:
    from ka2tui.exchange.headings import Table

_COUNTED: dict[str, tuple[str, ...]] = {
    "participants": ("expected_participants", "participants"),
    "expected_participants": ("expected_participants",),
    "reported_participants": ("reported_participants",),
    "remote_participants": ("remote_participants",),
    "people": ("people",),
    "online": ("online",),
    "fewer_opportunities": ("fewer_opportunities",),
    "reach": ("reach",),
}
"""Of each field that counts people what a record keeps of it."""
_IN_DAYS = {"planned_days": "planned_hundredths", "used_days": "used_hundredths"}
_NAMES = {"agenda_item", "participant", "attendance", "contact"}
"""Tables of names, and "Total" may be one: a sum there has nothing but numbers beside it."""
_OF_PLANS = {"work_unit", "partner", "meeting", "mobility"}
_OF_MONEY = {"cost", "share", "payment"}
"""Tables of amounts: a sum taken for one of them would be money twice, wherever it is named."""


def is_total(table: Table, row: tuple[str, ...]) -> bool:
    """Tell whether a row is one of sums."""
    first, *beside = [cell for cell in row if cell] or [""]
    if not words.is_total(first) and not (
        table.kind in _OF_MONEY and any(words.is_total(cell) for cell in beside)
    ):
        return _is_sum_without_name(table, row)
    return table.kind not in _NAMES or all(measures.whole(cell) is not None for cell in beside)


def _is_sum_without_name(table: Table, row: tuple[str, ...]) -> bool:
    """Tell whether a line below a plan holds sums alone: amounts, and nothing they belong to."""
    fields = {column.at: column.field for column in table.columns}
    filled = {fields.get(at): cell for at, cell in enumerate(row) if not is_blank(cell)}
    summed = {name for name in filled if name and (name.endswith("_cents") or name in _COUNTED)}
    return (
        table.kind in _OF_PLANS
        and bool(summed)
        and filled.keys() <= {*summed, None}
        and all(_stated("amount_cents", cell) is not None for cell in filled.values())
    )


def check(intake: Intake, table: Table, number: int, row: tuple[str, ...]) -> None:
    """Hold each sum against the rows above it: all of them, or those since the last sum."""
    said = next((cell for cell in row if words.is_total(cell)), "")
    intake.dropped.append(Finding(table.file, number, None, said, "not taken: a total"))
    above = [line for line, _ in table.rows if line < number]
    before = [line for line, cells in table.rows if line < number and is_total(table, cells)]
    since = {line for line in above if not before or line > before[-1]}
    if table.kind in _NAMES:
        _check_names(intake, table, number, row, len(above) - len(before))
        return
    for column in table.columns:
        text = row[column.at] if column.at < len(row) else ""
        if column.extra or not text or text == said:
            continue
        stated = _stated(column.field, text)
        whole = _sum(intake, table, column.field, set(above))
        if stated is None or whole is None:
            continue
        if stated not in (whole, _sum(intake, table, column.field, since)):
            reason = f"the rows add up to {_say(column.field, whole)}"
            intake.doubtful.append(Finding(table.file, number, column.heading, text, reason))


def _check_names(
    intake: Intake, table: Table, number: int, row: tuple[str, ...], names: int
) -> None:
    """Hold how many names there are said to be against the list."""
    for at, text in enumerate(row):
        stated = None if words.is_total(text) or not text else measures.whole(text)
        if stated is not None and stated != names:
            heading = table.headings[at] if at < len(table.headings) else None
            reason = f"the list has {names} row{'' if names == 1 else 's'}"
            intake.doubtful.append(Finding(table.file, number, heading or None, text, reason))


def _stated(field: str, text: str) -> int | None:
    """Read a sum in what it is kept in: cents, hundredths of days, people."""
    if field in _COUNTED:
        return measures.whole(text)
    if field not in _IN_DAYS and not field.endswith("_cents"):
        return None
    try:
        return money.read_amount(text)
    except Misread:
        return None


def _sum(intake: Intake, table: Table, field: str, rows: set[int]) -> int | None:
    """Add up what the rows of a table say; None where they say nothing."""
    names = _COUNTED.get(field) or (_IN_DAYS.get(field, field),)
    found = [
        item.values[name]
        for item in intake.items
        if item.file == table.file and item.row in rows
        for name in names
        if isinstance(item.values.get(name), int) and not isinstance(item.values[name], bool)
    ]
    return sum(found) if found else None


def _say(field: str, total: int) -> str:
    if field in _COUNTED:
        return str(total)
    return costs.say_days(total) if field in _IN_DAYS else money.say_amount(total)
