"""Dissemination as tables for a spreadsheet: the log as import reads it, and done against plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.dissemination import NOT_PEOPLE, Cell, say_checked
from ka2tui.domain.kinds import Kind, Precision
from ka2tui.domain.timeline import say_month
from ka2tui.exchange.table_writer import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ka2tui.domain.dissemination import MatrixRow, Sorts
    from ka2tui.exchange import table_writer
    from ka2tui.queries.dissemination import ActRow, Plan


class Table(Kind):
    """One table of dissemination."""

    LOG = "log", "Dissemination"
    PLAN = "plan", "Done against plan"


_TITLES = (
    *("Dissemination activity", "Kind", "Status", "Date", "End date", "Partner", "WP"),
    *("Deliverable", "Target audience", "Reach", "Language", "Place", "Link", "EU emblem"),
    *("Disclaimer", "Proofs", "Missing"),
)


def log(rows: Iterable[ActRow], known: Sorts) -> Sheet:
    """Write one row for each act."""
    return Sheet(Table.LOG, _TITLES, tuple(_row(row, known) for row in rows))


def _row(row: ActRow, known: Sorts) -> tuple[table_writer.Cell, ...]:
    return (
        *(row.title, known.title(row.sort), row.state.word, _day(row), row.end_day),
        *(row.partner, row.work_unit, row.deliverable, row.audience, row.reach, row.language),
        *(row.place, row.link, _seen(row.emblem), _seen(row.disclaimer)),
        *(row.proofs, ", ".join(row.lacks)),
    )


def _day(row: ActRow) -> table_writer.Cell:
    if row.month is not None:
        return say_month(row.month)
    if row.day is not None and row.precision is Precision.MONTH:
        return f"{row.day:%Y-%m}"
    return row.day


def _seen(seen: bool | None) -> str | None:  # noqa: FBT001 - what was seen
    return None if seen is None else say_checked(seen)


def plan(found: Plan) -> Sheet:
    """Write done of all by partner and project month; what has no day stands last."""
    used = range(1, found.months + 1)
    before = any(0 in row.months for row in found.rows)
    titles = (
        *("Partner", "Done", "All", "Reach, never people counted once"),
        *(["Before the start"] if before else []),
        *map(say_month, used),
        "Without a day",
    )
    months = [*([0] if before else []), *used]
    return Sheet(
        Table.PLAN,
        titles,
        (
            *(_against(row, row.partner or "nobody", months) for row in found.rows),
            _against(found.total, "Total", months),
            (NOT_PEOPLE, *[None] * (len(titles) - 1)),
        ),
    )


def _against(row: MatrixRow, called: str, months: Iterable[int]) -> tuple[table_writer.Cell, ...]:
    return (
        *(called, len(row.total.done), row.total.all, row.reach),
        *((row.months.get(month, Cell()).said or None) for month in months),
        row.undated.said or None,
    )
