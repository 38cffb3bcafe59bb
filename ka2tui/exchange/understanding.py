"""Understanding: from tables to records, without looking at what is stored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain.intake import Finding, Intake, Item, Link
from ka2tui.domain.text import fold, is_blank
from ka2tui.exchange import (
    achievements,
    cells,
    charts,
    cross_checks,
    differences,
    events,
    facts,
    finance,
    head_counts,
    headings,
    matrices,
    mobilities,
    organisations,
    registers,
    table_rows,
    task_cells,
    totals,
    words,
    work_plans,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ka2tui.exchange.headings import Table
    from ka2tui.exchange.tables import Grid


_FIRST = 15
"""Rows in which the name of a pivot table's first column is looked for."""


_WHO = {"assignee", "contact"}


def about(grids: Sequence[Grid]) -> Item | None:
    """Give the project that tables describe, without reading anything else of them."""
    intake = Intake()
    seen = [grid for grid in grids if grid.aside is None and not is_pivot(grid)]
    found = [table for grid in seen for table in headings.find(grid)[0]]
    facts.take(intake, [table for table in found if table.kind == headings.FACTS])
    return facts.project_of(intake)


def understand(grids: Sequence[Grid], frame: cells.Frame | None = None) -> Intake:
    """Understand tables as the records of one project.

    Args:
        grids: In the order in which the first of two disagreeing tables wins.
        frame: What is stored of the project that they go into, if there is one.
    """
    intake = Intake()
    tables: list[Table] = []
    drawn: list[charts.Chart] = []
    for grid in grids:
        intake.doubtful += grid.doubts
        if grid.aside is not None:
            intake.dropped.append(Finding(grid.file, None, None, None, grid.aside))
            continue
        if is_pivot(grid):
            reason = "not taken: a pivot table, which sums up what other tables hold"
            intake.dropped.append(Finding(grid.file, None, None, None, reason))
            continue
        chart, other = charts.take_out(grid, intake)
        wide, rest = matrices.take_out(other, intake)
        found, aside = headings.find(rest) if rest.rows or rest is grid else ([], [])
        tables += [*wide, *found]
        drawn += [chart] if chart is not None else []
        intake.dropped += aside
    tables += [table for chart in drawn for table in charts.tables(chart, tables, intake)]
    tables = head_counts.unfolded(tables)
    for table in tables:
        _say_what_it_is(intake, table)
    facts.take(intake, [table for table in tables if table.kind == headings.FACTS])
    known = facts.frame(intake, frame)
    for kind, read in READERS.items():
        for table in tables:
            if table.kind == kind:
                whole = charts.within(table_rows.tidied(intake, table), known)
                _rows(intake, whole, read, known)
    cross_checks.hold_together(intake)
    return intake


def is_pivot(grid: Grid) -> bool:
    """Tell whether a spreadsheet program made a sheet of sums from another."""
    cells = (cell for _, row in grid.rows[:_FIRST] for cell in row[:2] if cell)
    return any(words.exactly("pivot", cell) for cell in cells)


def of_table(table: Table, frame: cells.Frame) -> Intake:
    """Understand one table whose columns are known already."""
    intake = Intake()
    _say_what_it_is(intake, table)
    _rows(intake, table_rows.tidied(intake, table), READERS[table.kind], frame)
    cross_checks.hold_together(intake)
    return intake


def _say_what_it_is(intake: Intake, table: Table) -> None:
    kind = headings.words_of(table.kind)
    reason = f"read as {kind}"
    intake.read.append(Finding(table.file, table.heading_row, None, None, reason))
    if table.turned:
        reason = "its columns were read as rows; what is called a row here is a column there"
        intake.doubtful.append(Finding(table.file, None, None, None, reason))
    if not table.vertical:
        for column in table.columns:
            meant = column.field.removesuffix("_cents").replace("_", " ")
            reason = f"column of {kind}: {meant}" + (", beside another" if column.extra else "")
            intake.read.append(Finding(table.file, table.heading_row, column.heading, None, reason))
        intake.dropped += headings.unknown_columns(table)
    intake.counts.setdefault(table.file, {})


def _rows(
    intake: Intake, table: Table, read: Callable[[cells.Record], None], frame: cells.Frame
) -> None:
    heading = next((c.heading for c in table.columns if c.field in {"code", "nr"}), "")
    first: dict[str, int] = {}
    section = table.section if table.kind in cross_checks.SECTIONED else None
    sections = table_rows.sections(table)
    owner = _owner(intake, table)
    frame = frame._replace(
        month_first=table_rows.month_first(intake, table),
        in_hundreds=table_rows.in_hundreds(table),
    )
    count = 0
    for number, row in table.rows:
        if totals.is_total(table, row):
            totals.check(intake, table, number, row)
            continue
        if number in sections:
            section = sections[number]
            reason = "a heading" + (f": the rows below belong to {section}" if section else "")
            said = next(cell for cell in row if cell)
            intake.read.append(Finding(table.file, number, None, said, reason))
            continue
        item = Item(table.kind, table.file, number, "")
        record = cells.Record(
            cells.of_row(intake, table, number, row), item, intake, frame, heading
        )
        if all(is_blank(text) for _, text in record.cells.values()):
            continue
        if section is not None and not record.cells.get("work_unit", ("", ""))[1]:
            item.links["work_unit_id"] = Link("work_unit", section, otherwise="notes")
            item.columns["work_unit_id"] = ("line above", section)
        if table.event is not None and not record.cells.get("meeting", ("", ""))[1]:
            item.links["meeting_id"] = Link("meeting", table.event, otherwise="?")
            item.columns["meeting_id"] = ("above the headings", table.event)
        if "uid" in record.cells:
            item.uid = record.take("uid")
        if owner is not None:
            item.links["partner_id"] = Link("partner", owner)
            item.columns["partner_id"] = ("sheet", owner)
        if table.chart:
            item.defaults["_chart"] = True
        count += 1
        read(record)
        _keep_notes(record)
        code = item.values.get("code")
        if code is not None and table.kind in cross_checks.CODED:
            _refuse_twice(record, first, "code", code)
        elif table.kind == "partner" and item.values.get("acronym"):
            _refuse_twice(record, first, "acronym", item.values["acronym"])
    task_cells.by_row_number(intake, table)
    counts = intake.counts.setdefault(table.file, {})
    counts[table.kind] = counts.get(table.kind, 0) + count


def _owner(intake: Intake, table: Table) -> str | None:
    """Give the partner after whom a list of tasks is called, where no column says who does them."""
    if table.kind != "task" or any(one.field in _WHO for one in table.columns):
        return None
    called = fold(table.file.rpartition(", sheet ")[2].removesuffix(".csv").removesuffix(".tsv"))
    said = {called, *re.split(r"[\s_,–-]+", called)}
    names = (one.values.get(name) for one in intake.of("partner") for name in ("acronym", "name"))
    found = {name for name in names if name and fold(name) in said}
    if len(found) != 1:
        return None
    owner = str(found.pop())
    reason = f"called after a partner, and nobody is named: its tasks are those of {owner}"
    intake.doubtful.append(Finding(table.file, table.heading_row, None, owner, reason))
    return owner


def _refuse_twice(record: cells.Record, first: dict[str, int], name: str, value: str) -> None:
    key = cells.key_of(value)
    if key in first:
        record.wrong(name, f"{value} stands in row {first[key]} already")
    first.setdefault(key, record.item.row or 0)


def _keep_notes(record: cells.Record) -> None:
    if not record.notes:
        return
    if record.item.kind in _WITHOUT_NOTES:
        for note in record.notes:
            reason = "not taken: no place for notes here"
            found = Finding(record.item.file, record.item.row, None, note, reason)
            record.intake.dropped.append(found)
        return
    values = record.item.values
    values["notes"] = "\n".join(filter(None, [values.get("notes"), *record.notes]))
    record.item.columns.setdefault("notes", ("", values["notes"]))


READERS: dict[str, Callable[[cells.Record], None]] = {
    "partner": organisations.partner,
    "contact": organisations.contact,
    "work_unit": work_plans.work_package,
    "share": work_plans.share,
    "deliverable": work_plans.deliverable,
    "milestone": work_plans.milestone,
    "meeting": events.meeting,
    "agenda_item": events.agenda_item,
    "head_count": events.head_count,
    "attendance": events.attendance,
    "mobility": mobilities.mobility,
    "participant": mobilities.participant,
    "indicator": achievements.indicator,
    "measurement": achievements.measurement,
    "risk": registers.risk,
    "log_entry": registers.log_entry,
    "dissemination": achievements.dissemination,
    "letter": registers.letter,
    "candidate": organisations.candidate,
    "payment": finance.payment,
    "cost": finance.cost,
    "journey": finance.journey,
    "task": work_plans.task,
    "difference": differences.difference,
}
"""By the table of a row how it is understood, in the order in which tables are read."""


_WITHOUT_NOTES = {"share", "head_count", "attendance", "tag", "task_link", "priority"} | {
    "measurement"
}
