from __future__ import annotations

import io
import os
import random
import time
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from ka2tui.exchange import commission, tables
from ka2tui.exchange.tables import ImportFault
from tests.exchange.tables_of import PARTNERS, folder, text, workbook

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [["acronym", "name"], ["UŁ", "Uniwersytet Łódzki, źródło"], ["IU", "Işık Üniversitesi"]]


def rows(path: Path) -> list[tuple[str, ...]]:
    (grid,) = tables.read_file(path)
    return [cells for _, cells in grid.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimiter_and_encoding_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    file = tmp_path / "partners.csv"
    file.write_bytes(text(NAMES, delimiter).encode(encoding))
    (grid,) = tables.read_file(file)
    assert [list(cells) for _, cells in grid.rows] == NAMES
    assert grid.doubts == []


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1250", "Uniwersytet Łódzki, źródło wiedzy"),
        ("cp1254", "Orta Doğu Teknik Üniversitesi, ışık"),
        ("cp1252", "Universität für angewandte Künste, collège français"),
        ("cp1253", "Πανεπιστήμιο Αθηνών"),
    ],
)
def test_an_old_encoding_is_guessed_and_said(tmp_path: Path, encoding: str, name: str) -> None:
    file = tmp_path / "partners.csv"
    file.write_bytes(text([["acronym", "name"], ["X", name]]).encode(encoding))
    (grid,) = tables.read_file(file)
    assert grid.rows[1][1] == ("X", name)
    assert "not UTF-8" in grid.doubts[0].reason


def test_rows_keep_the_numbers_a_person_sees(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text('a,b\n\n1,"two\nlines"\n,,\n3,4\n')
    (grid,) = tables.read_file(file)
    assert grid.rows == [(1, ("a", "b")), (3, ("1", "two\nlines")), (5, ("3", "4"))]


def test_the_separator_a_spreadsheet_notes_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("sep=;\na;b,c\n1;2,5\n")
    assert rows(file) == [("a", "b,c"), ("1", "2,5")]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_the_guard_against_formulas_is_taken_off(tmp_path: Path, sign: str) -> None:
    file = tmp_path / "t.csv"
    file.write_text(f"a,b\n'{sign}cmd|x,'tis\n")
    assert rows(file)[1] == (f"{sign}cmd|x", "'tis")


def test_control_characters_are_made_visible(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b"a,b\n\x1b[2J,x\x00y\n")
    assert "\x1b" not in rows(file)[1][0]
    assert "\x00" not in rows(file)[1][1]


def test_a_workbook_gives_plain_text(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "plan.xlsx",
        {
            "Tasks": [
                ["code", "due", "share", "on"],
                [3.0, datetime(2026, 5, 1), 0.25, True],  # noqa: DTZ001 - a spreadsheet knows no zones
                [9.1, date(2026, 5, 2), 1e3, None],
            ]
        },
        top=2,
    )
    (grid,) = tables.read_file(file)
    assert (grid.file, grid.name.split()[0]) == ("plan.xlsx, sheet Tasks", "Tasks")
    assert grid.rows == [
        (3, ("code", "due", "share", "on")),
        (4, ("3", "2026-05-01", "0.25", "yes")),
        (5, ("9.1", "2026-05-02", "1000")),
    ]


def test_cells_merged_downwards_hold_for_every_row(tmp_path: Path) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as book:
        sheet = book.add_worksheet("Tasks")
        sheet.write_row(0, 0, ["wp", "task"])
        sheet.merge_range(1, 0, 3, 0, "WP1")
        for at in (1, 2, 3):
            sheet.write(at, 1, f"T1.{at}")
    assert [cells[0] for cells in rows(tmp_path / "plan.xlsx")] == ["wp", "WP1", "WP1", "WP1"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0 old", "save it as .xlsx"),
        ("open.ods", b"PK\x03\x04", "save it as .xlsx"),
        ("text.csv", b"\xd0\xcf\x11\xe0 old", "save it as .xlsx"),
        ("text.csv", b"%PDF-1.7", "no table"),
        ("book.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("book.xlsx", b"", "damaged"),
        ("t.csv", b'a,b\n"never closed,1\n2,3\n', "quotation mark"),
        ("t.csv", b"\xff\xfea", "UTF-16"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(ImportFault, match=words) as fault:
        tables.read_file(file)
    assert fault.value.finding.file == name


def test_missing_and_empty_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFault, match="no such file"):
        tables.read([tmp_path / "nowhere.csv"])
    with pytest.raises(ImportFault, match="no table in this folder"):
        tables.read([tmp_path])


def test_a_file_of_more_than_20_mb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big.csv").write_bytes(b"a,b\n" * (6 * 1024 * 1024))
    with pytest.raises(ImportFault, match="20 MB"):
        tables.read_file(tmp_path / "big.csv")


def test_other_files_of_a_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "partners.csv").write_text(text(PARTNERS))
    for name in ("notes.docx", "~$partners.xlsx", "README", "old.xls"):
        (tmp_path / name).write_text("x")
    (tmp_path / "more").mkdir()
    grids, aside = tables.read([tmp_path])
    assert [grid.file for grid in grids] == ["partners.csv"]
    assert {one.file for one in aside} == {
        "notes.docx",
        "~$partners.xlsx",
        "README",
        "old.xls",
        "more",
    }


def changed(file: Path, member: str, content: bytes | None, *, extra: int = 0) -> bytes:
    """Rewrite a workbook with one member replaced, and more members added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(file) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            kept = content is None or name != member
            new.writestr(name, old.read(name) if kept else content or b"")
        for number in range(extra):
            new.writestr(f"x{number}", b"")
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    b"<worksheet>&b;</worksheet>"
)


@pytest.mark.parametrize(
    ("content", "extra"),
    [
        (b"<a>" + b" " * 60_000_000 + b"</a>", 0),
        (b"<a>" + b" " * 2_000_000 + b"</a>", 0),
        (LAUGHS, 0),
        (FAR, 0),
        (None, 2_100),
    ],
    ids=["60 MB", "tight", "entities", "far", "members"],
)
def test_bombs_are_refused_at_once(tmp_path: Path, content: bytes | None, extra: int) -> None:
    file = workbook(tmp_path / "plan.xlsx", {"Tasks": PARTNERS})
    file.write_bytes(changed(file, SHEET, content, extra=extra))
    began = time.process_time()
    with pytest.raises(ImportFault):
        tables.read_file(file)
    assert time.process_time() - began < 1.5  # 0.5 s on a machine that does nothing else


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Damage bytes in one of the ways that files are damaged."""
    at, length = chance.randrange(len(data)), chance.randrange(1, 40)
    match chance.randrange(5):
        case 0:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[at + length :]
        case 3:
            return data[:at] + bytes(chance.randrange(256) for _ in range(length)) + data[at:]
        case _:
            return data[:at] + b"\0" * length + data[at + length :]


def test_damaged_workbooks_are_read_or_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "plan.xlsx", {"Partners": PARTNERS}).read_bytes()
    chance = random.Random(17)
    refused = 0
    for _ in range(150):
        file = tmp_path / "damaged.xlsx"
        file.write_bytes(mutated(whole, chance))
        try:
            tables.read_file(file)
        except ImportFault:
            refused += 1
    assert refused > 50


def test_all_files_of_a_folder_that_cannot_be_read_are_told_at_once(tmp_path: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    files: dict[str, str | bytes] = {
        "a.csv": "Task,Due\nA,1.5.2026\n",
        "b.csv": 'Task,Due\n"He said "yes"",1.6.2026\n',
        "c.xlsx": locked,
        "d.xlsx": b"",
        "e.pdf": b"%PDF",
    }
    with pytest.raises(tables.ImportFault) as told:
        tables.read([folder(tmp_path / "plan", files)])
    reasons = {one.file: one.reason for one in told.value.findings}
    assert reasons.keys() == {"b.csv", "c.xlsx", "d.xlsx"}
    assert "double each mark" in reasons["b.csv"]
    assert "protected with a password" in reasons["c.xlsx"]
    assert "nothing in the file" in reasons["d.xlsx"]


def test_a_folder_of_too_many_files_is_refused_before_any_is_read(tmp_path: Path) -> None:
    for number in range(tables.MOST_ENTRIES + 1):
        (tmp_path / f"{number}.csv").touch()
    with pytest.raises(tables.ImportFault, match="more than 2000 files: put those to import in"):
        tables.read([tmp_path])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_files_that_no_list_can_be_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "kmsg").write_text("x", encoding="utf-8")
    (tmp_path / "kmsg").chmod(0)
    assert commission.find([tmp_path]) == ([], [tmp_path / "kmsg"])


def test_hidden_rows_and_formulas_that_show_nothing_are_told(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as book:
        sheet = book.add_worksheet("A & B")
        sheet.write_row(0, 0, ["Task name", "Due", "Days left"])
        for row, title in enumerate(("One", "Two", "Three"), start=1):
            sheet.write(row, 0, title)
        sheet.write_formula(1, 1, "=DATE(2026,5,1)", None, "")
        sheet.write_formula(2, 1, "=DATE(2026,6,1)", None, "2026-06-01")
        sheet.write_formula(2, 2, "=B3-TODAY()", None, "#VALUE!")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})
    (grid,) = tables.read_file(tmp_path / "plan.xlsx")
    told = [(one.file, one.row, one.value, one.reason.partition(":")[0]) for one in grid.doubts]
    label = "plan.xlsx, sheet A & B"
    assert told == [
        (label, 4, None, "a hidden row; it is taken like the others"),
        (label, 2, "B2", "the value of this formula is not stored, so the cell is empty"),
        (label, 3, "C3", "this cell shows #VALUE!; it is read as empty"),
    ]
    assert [cells[0] for _, cells in grid.rows] == ["Task name", "One", "Two", "Three"]
