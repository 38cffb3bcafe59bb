"""Tables: CSV files and workbooks, read as coordinators keep them, into rows of plain text.

ImportFault        a file cannot be read; the message says where, and what to do
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ka2tui.domain.intake import Finding
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.exchange import sheet_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_MEMBERS = 2_000
HIGHEST_RATIO = 100
SMALL_MEMBER = 1024 * 1024
"""Below this a member of an archive may be packed as tightly as it likes."""
MOST_ROWS = 100_000
MOST_COLUMNS = 2_000
MOST_CELLS = 2_000_000
MOST_FILES = 200
MOST_ENTRIES = 2_000
"""Files and folders in a folder that is imported; one that holds more is no project's."""

TEXT_TABLES = {".csv", ".tsv", ".tab", ".txt"}
WORKBOOKS = {".xlsx", ".xlsm"}
_SAVE_AS = "open it in a spreadsheet program and save it as .xlsx or .csv"
_NOT_READ = {
    ".xls": f"workbooks of the old kind are not read: {_SAVE_AS}",
    ".xlsb": f"binary workbooks are not read: {_SAVE_AS}",
    ".ods": f"OpenDocument workbooks are not read: {_SAVE_AS}",
    ".numbers": f"Numbers workbooks are not read: {_SAVE_AS}",
    ".pdf": "PDF files are not read: save the table as .xlsx or .csv",
    ".doc": "Word files are not read: save the table as .xlsx or .csv",
    ".docx": "Word files are not read: save the table as .xlsx or .csv",
    ".zip": "archives are not read: unpack it and import the folder",
    ".json": "JSON files are not read: save the table as .xlsx or .csv",
    ".mpp": "project plans are not read: save the table as .xlsx or .csv",
}
_HIDDEN_SHEET = "not taken: a hidden sheet; show it in the spreadsheet program to import it"
_DELIMITERS = ",;\t|"
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_USUAL = {
    "cp1252": "éèêëàâäáãåæçìíîïñòóôöõøœùúûüßÉÈÊÀÁÂÄÅÆÇÍÎÑÓÔÖÕØÚÜ€–—‘’“”…°§«»",
    "cp1254": "çğıöşüâîûÇĞİÖŞÜ€–—‘’“”…°§«»",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻăâîşţĂÂÎŞŢáčďéěíňřšťúůýžÁČĎÉÍŇŘŠŤÚÝŽäöüőűÄÖÜŐŰđ€–—‘’“”„…°§«»",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ€–—‘’“”…«»",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЮЯіїєґѝ€–—‘’“”„…«»№",
    "cp1257": "ąčęėįšųūžāēģīķļņõäöüĄČĘĖĮŠŲŪŽĀĒĢĪĶĻŅÕÄÖÜ€–—‘’“”„…«»",
}
_TWO_SCRIPTS = re.compile(r"[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
_SIGNS_OF_SPANISH = re.compile(
    r"(?<=[\dNn.])[ºª](?![^\W\d_])|¿(?=[^?\n]{1,200}\?)|¡(?=[^!\n]{1,200}!)"
)
"""Nº, 2ª and what begins a question: a letter in other encodings."""
_WEIGHT = 3
_NEARLY = 0.6
_SAMPLE = 50_000
"""Bytes of each file by which the encoding of a folder is guessed."""
_GUARDED = re.compile(r"'(?='*[=+\-@\t\r＝＋－＠])")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = "it is protected with a password: save it again as .xlsx without one"
_OPEN_QUOTE = (
    "a quotation mark is not closed, or stands inside a word: open it in a spreadsheet program and "
    "save it again as .csv, or double each mark inside a cell"
)
_HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_HIDDEN = 20
"""More signs that cannot be seen, and more than one in fifty, are no text."""
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>(</(?:\w+:)?c>)?")
_CELL_NAME = re.compile(rb'\br\s*=\s*["\']([A-Za-z]{1,3})([0-9]{1,8})["\']')
_ROW_NAME = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br\s*=\s*["\']([0-9]{1,8})["\'][^>]*[^/]>')


class ImportFault(Refused):
    """This file cannot be read."""

    def __init__(self, file: str, reason: str, row: int | None = None) -> None:
        place = f"{file}, line {row}" if row is not None else file
        super().__init__(f"{place}: {reason}")
        self.finding = Finding(file, row, None, None, reason)
        self.others: list[Finding] = []
        """What is wrong with other files of the same folder."""

    @property
    def findings(self) -> list[Finding]:
        """Everything that is wrong."""
        return [self.finding, *self.others]


@dataclass(slots=True)
class Grid:
    """One sheet or file: rows of text, each with its number as a person sees it."""

    file: str
    """Its name in messages: `plan.xlsx, sheet Tasks`."""
    name: str
    """What it is called, without folder and suffix: the sheet, else the file."""
    rows: list[tuple[int, tuple[str, ...]]]
    doubts: list[Finding] = field(default_factory=list)
    aside: str | None = None
    """Why nothing is taken from it."""


def read(paths: Sequence[Path]) -> tuple[list[Grid], list[Finding]]:
    """Read files, or all tables of folders, sorted by name.

    Returns:
        The tables, and what was left aside: files that are no tables.

    Raises:
        ImportFault: Something named cannot be read.
    """
    grids: list[Grid] = []
    aside: list[Finding] = []
    for path in paths:
        if path.is_dir():
            _read_folder(path, grids, aside)
        else:
            grids += read_file(path)
    return grids, aside


def read_file(path: Path, beside: str | None = None) -> list[Grid]:
    """Read one CSV file, or every sheet of a workbook.

    Args:
        path: The file.
        beside: The encoding that the files beside it are most likely in.

    Raises:
        ImportFault: It cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in _NOT_READ:
        raise ImportFault(label_of(path), _NOT_READ[suffix])
    data = load(path)
    if not data:
        if suffix in WORKBOOKS:
            raise ImportFault(
                label_of(path),
                "it is damaged, for there is nothing in the file: save it again as .xlsx",
            )
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = _ENCRYPTED in data
        raise ImportFault(label_of(path), _LOCKED if locked else _NOT_READ[".xls"])
    elif suffix in WORKBOOKS or data.startswith(b"PK\x03\x04"):
        return _read_workbook(path, data)
    if data.startswith((b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"SQLite ")):
        raise ImportFault(label_of(path), f"this is no table: {_SAVE_AS}")
    return [_read_csv(path, data, beside)]


def label_of(path: Path) -> str:
    """Give the name of a file as it can be shown."""
    return clean(path.name) or clean(str(path)) or "a file"


def load(path: Path) -> bytes:
    """Read the bytes of a file that is not too large.

    Raises:
        ImportFault: It is missing, unreadable or too large.
    """
    try:
        if not path.is_file():
            raise ImportFault(
                label_of(path), "there is no such file" if not path.exists() else "no file"
            )
        if not path.stat().st_size:
            return b""  # files of the system say so too, and may keep who reads them waiting
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ImportFault(label_of(path), f"it cannot be read: {error.strerror}") from error
    if len(data) > LARGEST_FILE:
        raise ImportFault(label_of(path), "it is larger than 20 MB: split it, or remove pictures")
    return data


def entries(folder: Path) -> list[Path]:
    """List what lies directly in a folder, sorted by name.

    Raises:
        ImportFault: It cannot be read, or holds more than any project has.
    """
    try:
        inside = sorted(islice(folder.iterdir(), MOST_ENTRIES + 1), key=lambda path: path.name)
    except OSError as error:
        raise ImportFault(label_of(folder), f"it cannot be read: {error.strerror}") from error
    if len(inside) > MOST_ENTRIES:
        reason = f"it holds more than {MOST_ENTRIES} files: put those to import in one of their own"
        raise ImportFault(label_of(folder), reason)
    return inside


def _read_folder(folder: Path, grids: list[Grid], aside: list[Finding]) -> None:
    inside = entries(folder)
    faults: list[ImportFault] = []
    tables = [path for path in inside if path.is_file() and _is_table(path)]
    if len(tables) > MOST_FILES:
        raise ImportFault(label_of(folder), f"it holds more than {MOST_FILES} tables")
    prose = {path for path in tables if path.suffix.lower() == ".txt" and not _has_cells(path)}
    if not set(tables) - prose:
        raise ImportFault(
            label_of(folder), "there is no table in this folder: put .csv or .xlsx there"
        )
    shared = _encoding_together(tables)
    for path in inside:
        if path in tables and path not in prose:
            try:
                grids += read_file(path, shared)
            except ImportFault as fault:
                faults.append(fault)
        else:
            aside.append(
                Finding(label_of(path), None, None, None, f"not taken: {_why_aside(path)}")
            )
    if faults:
        faults[0].others = [one.finding for one in faults[1:]]
        raise faults[0]


def _is_table(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in TEXT_TABLES | WORKBOOKS and not path.name.startswith(("~$", "."))


def _has_cells(path: Path) -> bool:
    """Tell whether a text is a table: most of its lines have two cells or more."""
    try:
        rows = read_file(path)[0].rows
    except ImportFault:
        return False
    return len(rows) > 1 and sum(len(cells) > 1 for _, cells in rows) > 0.6 * len(rows)


def _why_aside(path: Path) -> str:
    if path.is_dir():
        return "a folder in the folder; import it by itself"
    if path.name.startswith(("~$", ".")):
        return "a file that programs keep for themselves"
    if path.suffix.lower() == ".toml":
        return "a TOML file in a folder of tables; import it by itself"
    return _NOT_READ.get(path.suffix.lower(), "no table (.csv, .tsv or .xlsx)")


# --- text ---------------------------------------------------------------------------------------


def _read_csv(path: Path, data: bytes, beside: str | None) -> Grid:
    text, doubt = _decoded(label_of(path), data, beside)
    hidden = _HIDDEN.findall(text)
    if len(hidden) > max(_MOST_HIDDEN, len(text) // 50):
        raise ImportFault(label_of(path), f"this is no text: {_SAVE_AS}")
    doubts = [Finding(label_of(path), None, None, None, doubt)] if doubt else []
    if hidden:
        reason = "signs that cannot be seen stand in it; they were replaced"
        doubts.append(Finding(label_of(path), None, None, None, reason))
    hint = re.match(r"sep=(.)\r?\n", text)
    if hint:
        rows = _parsed(label_of(path), text[hint.end() :], hint[1], 1)
    else:
        rows = _parsed(label_of(path), text, _delimiter(path, text), 0)
    return Grid(label_of(path), clean(path.stem), rows, doubts)


def _decoded(name: str, data: bytes, beside: str | None) -> tuple[str, str | None]:
    """Turn bytes into text; say where the encoding had to be guessed."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), None
            except UnicodeDecodeError as error:
                line = data[: error.start].count(b"\n") + 1
                reason = f"it begins as {encoding.upper()} but is not: save it again as UTF-8"
                raise ImportFault(name, reason, line) from error
    if wide := _without_mark(data):
        return wide, None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        encoding = guessed_encoding(data, beside)
    text = data.decode(encoding, errors="replace")
    return text, (
        f"this is not UTF-8; it was read as {encoding.replace('cp', 'Windows-')}: "
        "check the accented letters, or save it as UTF-8"
    )


def _without_mark(data: bytes) -> str | None:
    """Read UTF-16 without its mark: every other byte of a table in Latin script is zero."""
    some = data[:4000]
    if len(some) < 4:
        return None
    for encoding, zeros in (("utf-16-le", some[1::2]), ("utf-16-be", some[::2])):
        if zeros.count(0) > 0.7 * len(zeros):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def guessed_encoding(data: bytes, beside: str | None = None) -> str:
    """Guess an encoding of one byte a letter by how usual its letters would be where they stand.

    Args:
        data: What was read.
        beside: The encoding of the files beside it, which is taken where it fits nearly as well.
    """
    usual = {encoding: _usual_in(data[:200_000], encoding) for encoding in _USUAL}
    best = max(usual, key=lambda encoding: usual[encoding])
    if beside is not None and usual[beside] > 0 and usual[beside] >= _NEARLY * usual[best]:
        return beside
    return best


def _usual_in(data: bytes, encoding: str) -> int:
    """Count how usual the letters of a text would be in an encoding."""
    text = data.decode(encoding, errors="replace")
    letters = Counter(sign for sign in text if not sign.isascii())
    known = _USUAL[encoding]
    by_letter = sum(n if letter in known else -2 * n for letter, n in letters.items())
    fitting = len(_SIGNS_OF_SPANISH.findall(text)) - len(_TWO_SCRIPTS.findall(text))
    return by_letter + _WEIGHT * fitting


def _encoding_together(paths: Sequence[Path]) -> str | None:
    """Guess the encoding that the texts of a folder share: few letters in one may mislead."""
    parts = []
    for path in paths:
        if path.suffix.lower() in TEXT_TABLES:
            with suppress(ImportFault):
                parts.append(load(path)[:_SAMPLE])
    odd = [part for part in parts if not _is_known(part)]
    return guessed_encoding(b"\n".join(odd)) if len(odd) > 1 else None


def _is_known(data: bytes) -> bool:
    """Tell whether an encoding need not be guessed."""
    if any(data.startswith(mark) for mark, _ in BOMS) or _without_mark(data):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(data) - 4 and len(data) == _SAMPLE
    return True


def _delimiter(path: Path, text: str) -> str:
    """Find what parts the cells: the sign that parts most lines into equally many."""
    if path.suffix.lower() in {".tsv", ".tab"}:
        return "\t"
    sample = text[:50_000]
    best, delimiter = (0.0, 0), ","
    for sign in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=sign) if row]
        except csv.Error:
            continue
        wide = Counter(width for width in widths if width > 1)
        if wide:
            width, count = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
            score = (round(count / len(widths), 2), width)
            if score > best:
                best, delimiter = score, sign
    return delimiter


def _parsed(
    name: str, text: str, delimiter: str, skipped: int
) -> list[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    cells = 0
    try:
        for number, row in enumerate(reader, start=1 + skipped):
            if not any(map(str.strip, row)):
                continue
            cells += len(row)
            _refuse_too_much(name, len(rows), len(row), cells)
            rows.append((number, tuple(plain_cell(cell) for cell in row)))
    except csv.Error as error:
        reason = _OPEN_QUOTE
        if "field larger" in str(error):
            reason = "a cell is longer than any text: a quotation mark is probably not closed"
        raise ImportFault(name, reason, reader.line_num + skipped) from error
    return rows


def _refuse_too_much(name: str, rows: int, columns: int, cells: int) -> None:
    if rows >= MOST_ROWS or columns > MOST_COLUMNS or cells > MOST_CELLS:
        raise ImportFault(
            name, f"it is too large a table: at most {MOST_ROWS} rows and {MOST_COLUMNS} columns"
        )


def plain_cell(cell: str) -> str:
    """Take off the blanks and the mark that guards a cell against being run as a formula."""
    return clean(cell[1:] if _GUARDED.match(cell) else cell, lines=True)


# --- workbooks ----------------------------------------------------------------------------------


def _read_workbook(path: Path, data: bytes) -> list[Grid]:
    _refuse_bombs(label_of(path), data)
    try:
        return _sheets(path, data)
    except ImportFault:
        raise
    except BaseException as error:  # the reader's own failures derive from BaseException
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise ImportFault(
            label_of(path), "it is damaged or no workbook: open it and save it again as .xlsx"
        ) from error


def _sheets(path: Path, data: bytes) -> list[Grid]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        grids = []
        hidden = {
            one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible
        }
        marks = sheet_marks.read(data)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            label = f"{label_of(path)}, sheet {clean(name)}"
            grid = Grid(label, clean(name), _rows_of(label, sheet))
            if grid.rows and name in hidden:
                grid.aside = _HIDDEN_SHEET
            else:
                filled = {number for number, _ in grid.rows}
                told = (one for one in marks.get(name, ()) if one.row in filled)
                grid.doubts += [one._replace(file=label) for one in told]
            if grid.rows:
                grids.append(grid)
    if not grids:
        raise ImportFault(label_of(path), "there is nothing in this workbook")
    if all(grid.aside for grid in grids):
        raise ImportFault(label_of(path), "all its sheets are hidden: show those to import")
    if len(grids) == 1 and re.fullmatch(r"\D{0,12} ?\d{0,2}", grids[0].name):
        grids[0].name = f"{grids[0].name} {path.stem}"
    return grids


def _rows_of(label: str, sheet: Any) -> list[tuple[int, tuple[str, ...]]]:
    raw = sheet.to_python(skip_empty_area=False)
    merged = _merged(sheet)
    rows: list[tuple[int, tuple[str, ...]]] = []
    cells = 0
    for at, values in enumerate(raw):
        texts = [
            _said(raw[merged[at, column]][column] if (at, column) in merged else value)
            for column, value in enumerate(values)
        ]
        if not any(texts):
            continue
        while texts and not texts[-1]:
            texts.pop()
        cells += len(texts)
        _refuse_too_much(label, len(rows), len(texts), cells)
        rows.append((at + 1, tuple(texts)))
    return rows


def _merged(sheet: Any) -> dict[tuple[int, int], int]:
    """Say for each cell merged into one above it in which row the value stands."""
    found: dict[tuple[int, int], int] = {}
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if bottom - top < MOST_ROWS:
            found |= {(row, left): top for row in range(top + 1, bottom + 1)}
    return found


def _said(value: object) -> str:
    """Write the value of a spreadsheet's cell as a person would."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return format(round(value, 10), "f").rstrip("0").rstrip(".")
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date() | timedelta():
            return str(value)
        case time():
            return value.strftime("%H:%M")
        case _:
            return plain_cell(str(value))


def _refuse_bombs(name: str, data: bytes) -> None:
    """Refuse an archive that unpacks into too much, or holds what a workbook never does."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > LARGEST_UNPACKED:
                raise ImportFault(name, "it unpacks into more than a workbook can hold")
            for member in members:
                _refuse_member(name, archive, member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise ImportFault(
            name, "it is damaged or no workbook: open it and save it again as .xlsx"
        ) from error
    except (OSError, zipfile.LargeZipFile, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise ImportFault(name, "it is damaged: open it and save it again as .xlsx") from error


def _refuse_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    packed = max(member.compress_size, 1)
    if member.file_size > SMALL_MEMBER and member.file_size / packed > HIGHEST_RATIO:
        raise ImportFault(name, "it unpacks into more than a hundred times its size")
    if not member.filename.lower().endswith((".xml", ".rels")):
        return
    content = archive.read(member)
    if _DOCTYPE.search(content) or _DOCTYPE.search(content.replace(b"\0", b"")):
        raise ImportFault(name, "it declares a document type, as no spreadsheet program does")
    if "worksheets/" in member.filename.lower():
        _refuse_far_cells(name, content)


def _refuse_far_cells(name: str, content: bytes) -> None:
    """Refuse a sheet whose few cells lie so far apart that the room between fills the memory."""
    highest, widest, unnamed = 0, 0, 0
    for attributes, closed, empty in _CELL.findall(content):
        if closed or empty:
            continue
        place = _CELL_NAME.search(attributes)
        if place is None:
            unnamed += 1
            continue
        highest = max(highest, int(place[2]))
        widest = max(widest, _column(place[1]))
    for row in _ROW_NAME.findall(content) if unnamed else ():
        highest = max(highest, int(row))
    widest = max(widest, min(unnamed, MOST_COLUMNS))
    if highest * widest > 4 * MOST_CELLS or highest > 1_048_576:
        raise ImportFault(
            name, "its cells lie too far apart: delete the empty rows and columns between them"
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
