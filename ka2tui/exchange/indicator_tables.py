"""Indicators and what was measured as tables for a spreadsheet: import reads the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import quantity
from ka2tui.domain.kinds import Kind
from ka2tui.domain.timeline import say_month
from ka2tui.exchange.table_writer import Cell, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ka2tui.queries.indicators import IndicatorRow, Written


_EXACT = 15
"""Digits that a spreadsheet keeps of a number."""


class Table(Kind):
    """One table of indicators."""

    INDICATORS = "indicators", "Indicators"
    MEASUREMENTS = "measurements", "Measurements"


def indicators(rows: Iterable[IndicatorRow], uids: Mapping[int, str]) -> Sheet:
    """Write the indicators with their last values, which import leaves to the measurements."""
    titles = (
        *("UID", "Code", "Indicator name", "WP", "Lead", "Unit", "Baseline", "Target", "Term"),
        *("Source", "Due", "Last value", "On", "Way (%)", "Stands"),
    )
    body = (
        (
            *(uids.get(row.id), row.code, row.title, row.work_unit, row.lead, row.unit),
            *(_number(row.baseline), _number(row.target), row.term.word if row.term else None),
            *(row.source, say_month(row.due_month) if row.due_month else row.due),
            *(_number(row.value), row.measured_on, row.way, row.state.word),
        )
        for row in rows
    )
    return Sheet(Table.INDICATORS, titles, (*body,))


def measurements(rows: Iterable[Written]) -> Sheet:
    """Write all that was measured."""
    titles = ("UID", "Indicator", "Date", "Reading", "Source", "Note")
    body = (
        (row.uid, row.indicator, row.day, _number(row.value), row.source, row.note) for row in rows
    )
    return Sheet(Table.MEASUREMENTS, titles, (*body,))


def _number(value: str | None) -> Cell:
    """Give a kept number: a whole one as such, another as text, exactly as it is."""
    if value is None:
        return None
    whole = value.removeprefix("-").isdecimal() and len(value) <= _EXACT
    return int(value) if whole else quantity.write(value)
