"""Tables written for tests: folders of CSV files, and the same in one workbook."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


PROJECT: list[list[Any]] = [
    ["field", "value"],
    ["acronym", "SOLAR"],
    ["title", "Schools on solar power"],
    ["grant agreement", "2025-1-ES01-KA220-SCH-000361234"],
    ["start", "2025-12-01"],
    ["months", 24],
]
PARTNERS: list[list[Any]] = [
    ["nr", "acronym", "name", "country", "city", "role"],
    [1, "UA", "University of Madrid", "ES", "Madrid", "coordinator"],
    [2, "KMOP", "Centre for Social Action", "Greece", "Athens", "partner"],
    [3, "ULODZ", "University of Łódź", "Poland", "Łódź", "partner"],
]
WORK_PACKAGES: list[list[Any]] = [
    ["wp", "title", "lead", "start_month", "end_month"],
    ["WP1", "Management", "UA", 1, 24],
    ["WP2", "Handbook", "KMOP", 3, 12],
]


def text(rows: Sequence[Sequence[Any]], delimiter: str = ",") -> str:
    """Write rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def folder(place: Path, tables: Mapping[str, Sequence[Sequence[Any]] | str | bytes]) -> Path:
    """Write a folder of tables, each under its name."""
    place.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        if isinstance(rows, bytes):
            (place / name).write_bytes(rows)
        else:
            said = rows if isinstance(rows, str) else text(rows)
            (place / name).write_text(said, encoding="utf-8")
    return place


def workbook(file: Path, tables: Mapping[str, Sequence[Sequence[Any]]], *, top: int = 0) -> Path:
    """Write a workbook of sheets; dates become real dates."""
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(
        file, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}
    ) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows, start=top):
                sheet.write_row(at, 0, row)
    return file
