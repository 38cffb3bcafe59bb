"""Head counts beside meetings: a column for each partner, with how many of it came."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ka2tui.domain.text import fold, is_blank
from ka2tui.exchange import measures, words
from ka2tui.exchange.headings import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def unfolded(tables: Sequence[Table]) -> list[Table]:
    """Make head counts of the columns of meetings that are named after partners."""
    partners = {fold(name) for table in tables if table.kind == "partner" for name in _names(table)}
    found: list[Table] = []
    for table in tables:
        beside = _columns(table, partners) if table.kind == "meeting" else []
        named = [one for one in table.columns if one.field in {"title", "code"} and not one.extra]
        if not beside or not named:
            found.append(table)
            continue
        said = min(named, key=lambda one: one.field == "code")
        known = tuple(replace(column, field="head_count") for column in beside)
        found.append(replace(table, columns=(*table.columns, *known, *_total(table, beside))))
        found += [_counts(table, said, column) for column in beside]
    return found


def _names(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.field in {"acronym", "name"}:
            yield from (row[column.at] for _, row in table.rows if column.at < len(row))


def _columns(table: Table, partners: set[str]) -> list[Column]:
    """Find the columns that are named after a partner and hold numbers alone."""
    taken = {column.at for column in table.columns}
    found = []
    for at, heading in enumerate(table.headings):
        if at in taken or not heading or fold(heading) not in partners:
            continue
        held = [row[at] for _, row in table.rows if at < len(row) and not is_blank(row[at])]
        if held and all(measures.whole(cell) is not None for cell in held):
            found.append(Column(at, heading, ""))
    return found


def _total(table: Table, beside: Sequence[Column]) -> list[Column]:
    """Take the sum beside them for how many came in all, to be held against them."""
    if any(column.field == "participants" for column in table.columns):
        return []
    after = max(column.at for column in beside) + 1
    heading = table.headings[after] if after < len(table.headings) else ""
    return [Column(after, heading, "participants")] if words.is_total(heading) else []


def _counts(table: Table, said: Column, column: Column) -> Table:
    rows: list[tuple[int, tuple[str, ...]]] = [
        (number, (row[said.at], column.heading, row[column.at]))
        for number, row in table.rows
        if max(said.at, column.at) < len(row) and row[said.at] and not is_blank(row[column.at])
    ]
    fields = ("meeting", "organisation", "people")
    heads = (said.heading, column.heading, column.heading)
    columns = tuple(Column(at, heads[at], field) for at, field in enumerate(fields))
    return Table(table.file, "head_count", table.heading_row, columns, rows, heads)
