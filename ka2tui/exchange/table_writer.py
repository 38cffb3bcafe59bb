"""Tables for a spreadsheet: written as CSV or as a workbook, in which no text is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ka2tui.exchange import clipboard
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.domain.kinds import Kind

Cell = str | int | Decimal | date | None


@frozen
class Sheet:
    """A table as it is written."""

    table: Kind
    """Which one it is; its word names the sheet."""
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_csv(sheet: Sheet) -> bytes:
    """Write one table as CSV in UTF-8; what begins like a formula is text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([clipboard.guarded(title) for title in sheet.titles])
    for row in sheet.rows:
        writer.writerow([_said(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


def as_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write tables as sheets of a workbook; texts are texts, whatever they begin with."""
    import xlsxwriter  # type: ignore[import-untyped]  # 20 ms, and only where one is written

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    bold = book.add_format({"bold": True})
    amount = book.add_format({"num_format": "#,##0.00"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.table.word)
        page.freeze_panes(1, 0)
        for at, title in enumerate(sheet.titles):
            page.write_string(0, at, title, bold)
            page.set_column(at, at, max(len(title) + 2, 14))
        for number, row in enumerate(sheet.rows, 1):
            for at, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    page.write_number(number, at, cell, amount)
                elif isinstance(cell, int):
                    page.write_number(number, at, cell)
                elif isinstance(cell, date):
                    page.write_datetime(number, at, cell, day)
                elif cell:
                    page.write_string(number, at, cell)
    book.close()
    return out.getvalue()


def _said(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, (int, Decimal)) else clipboard.guarded(cell)
