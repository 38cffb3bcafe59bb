"""The Commission's lists of projects: recognised, and read row by row, however large they are."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ka2tui.domain.text import clean, fold
from ka2tui.exchange import tables
from ka2tui.exchange.tables import ImportFault, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEAD = 256 * 1024
"""Within so many bytes the headings stand; 622 of them take 18 kB."""
_TITLE_ROWS = 5
"""So many rows may stand above the headings."""
_CHUNK = 1024 * 1024
_LONGEST_CELL = 4 * 1024 * 1024
_LONGEST_ENTRY = 8 * 1024 * 1024
_DEEPEST = 20
_DELIMITERS = ",;\t|"

_FIELDS = {
    "programme": "programme",
    "key action": "key_action",
    "action type": "action_type",
    "call year": "call_year",
    "funding year": "call_year",
    "project identifier": "identifier",
    "project title": "title",
    "topics": "topics",
    "project summary": "summary",
    "project status": "status",
    "project or accreditation status": "status",
    "eu grant award in euros": "grant",
    "is good practice": "good_practice",
    "is success story": "success_story",
    "project website": "website",
    "results available": "results",
    "results platform project card": "card",
    "participating countries": "countries",
    "coordinating organisation name": "coordinator name",
    "coordinating organisation type": "coordinator type",
    "coordinator's address": "coordinator address",
    "coordinator's region": "coordinator region",
    "coordinator's country": "coordinator country",
    "coordinator's website": "coordinator website",
}
_PARTNER = re.compile(
    r"partner (\d{1,4}) (name|organisation type|address|region|country|website)", re.ASCII
)
_LISTS = tables.TEXT_TABLES | tables.WORKBOOKS | {".json"}
"""How the name of a list ends; other files of a folder are not opened."""
_NEEDED = {"identifier", "title", "coordinator name"}

_SEARCHED = {
    "projectName": "identifier",
    "projectTitle": "title",
    "projectDescription": "summary",
    "projectDescriptionBackground": "background",
    "projectDescriptionObjectives": "objectives",
    "projectDescriptionImplementation": "implementation",
    "projectDescriptionResults": "results told",
    "projectCallYear": "call_year",
    "projectLevel1Label": "programme",
    "projectLevel2Label": "key_action",
    "projectLevel3Label": "action_type",
    "projectGrantedEuAmount": "grant",
    "projectStartDate": "start",
    "projectEndDate": "end",
    "projectStatus": "status",
    "projectGoodPractice": "good_practice",
    "projectWebsite": "website",
}
"""What the search service of the results platform calls the same."""
_SEARCHED_ORGANISATION = {
    "organisationName": "name",
    "organisationType": "type",
    "organisationAddress": "address",
    "organisationRegion": "region",
    "organisationCity": "city",
    "organisationCountry": "country",
    "organisationWebsite": "website",
    "organisationPIC": "pic",
}

_SPACES = re.compile(r"\s*")
_NO_JSON = "this is no well-formed JSON"


@dataclass(slots=True)
class Entry:
    """One project of a list, with everything said of it."""

    file: str
    row: int
    """Counted from 1, the headings included; of a JSON file the how manieth entry."""
    cells: dict[str, str] = field(default_factory=dict)
    """By field what is said; nothing empty."""
    headings: dict[str, str] = field(default_factory=dict)
    """By field its heading as written."""
    strays: list[tuple[str, str]] = field(default_factory=list)
    """Headings and texts that have no place here."""
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Export:
    """One file that is a list of projects; its rows are read anew each time."""

    path: Path
    file: str
    """Its name in messages."""
    delimiter: str | None = None
    """What parts the cells of a text; none in a workbook and in JSON."""
    doubt: str | None = None
    """What had to be guessed to read it; known once it is read."""
    columns: dict[str, int] = field(default_factory=dict)
    titles: Sequence[str] = ()

    def rows(self) -> Iterator[tuple[int, Any]]:
        """Give the rows with their numbers, one at a time, for `said` and `whole`.

        Raises:
            ImportFault: The file cannot be read to its end.
        """
        if self.delimiter is not None:
            yield from self._text_rows()
        elif self.path.suffix.lower() in tables.WORKBOOKS:
            yield from self._sheet_rows()
        else:
            yield from _json_rows(self.path, self.file)

    def said(self, row: Any, name: str) -> str:
        """Give what a row says in one field, "" where it says nothing."""
        if isinstance(row, Mapping):
            return _said_in_json(row, name)
        at = self.columns.get(name)
        return tables.plain_cell(row[at]) if at is not None and at < len(row) else ""

    def whole(self, number: int, row: Any) -> Entry:
        """Give everything that a row says."""
        entry = Entry(self.file, number)
        if isinstance(row, Mapping):
            _fill_from_json(entry, row)
            return entry
        fields = {at: name for name, at in self.columns.items()}
        for at, title in enumerate(self.titles):
            text = tables.plain_cell(row[at]) if at < len(row) else ""
            if at in fields:
                entry.headings[fields[at]] = title
                if text:
                    entry.cells[fields[at]] = text
            elif text:
                entry.strays.append((title, text))
        beyond = [text for text in map(tables.plain_cell, row[len(self.titles) :]) if text]
        if beyond:
            entry.strays += [("", text) for text in beyond]
            entry.doubts.append(
                f"the row has {len(row)} cells under {len(self.titles)} headings: "
                "its cells may have slipped"
            )
        return entry

    def _text_rows(self) -> Iterator[tuple[int, list[str]]]:
        encoding, skipped, self.doubt = _encoding_of(self.path, self.file)
        errors = "replace" if self.doubt else "strict"
        try:
            with self.path.open("rb") as raw, _long_cells():
                raw.seek(skipped)
                with io.TextIOWrapper(raw, encoding, errors=errors, newline="") as text:
                    yield from self._parsed(text)
        except UnicodeError as error:
            reason = f"it begins as {encoding.upper()} but is not: save it again as UTF-8"
            raise ImportFault(self.file, reason) from error
        except OSError as error:
            raise ImportFault(self.file, f"it cannot be read: {error.strerror}") from error

    def _parsed(self, text: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(text, delimiter=self.delimiter or ",", strict=True)
        under = False
        try:
            for number, row in enumerate(reader, start=1):
                if under:
                    if any(row):
                        yield number, row
                elif _is_heading(row):
                    under = True
                    self._learn(row)
        except csv.Error as error:
            reason = "a quotation mark is not closed, or stands inside a word"
            if "field larger" in str(error):
                reason = "a cell is longer than any text: a quotation mark is probably not closed"
            raise ImportFault(self.file, reason, reader.line_num) from error

    def _sheet_rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        for grid in tables.read_file(self.path):
            under = False
            for number, row in grid.rows:
                if under:
                    yield number, row
                elif _is_heading(row):
                    under = True
                    self._learn(row)

    def _learn(self, row: Sequence[str]) -> None:
        self.titles = [clean(cell) for cell in row]
        self.columns = {}
        for at, cell in enumerate(row):
            name = field_of(cell)
            if name is not None:
                self.columns.setdefault(name, at)


def find(paths: Sequence[Path]) -> tuple[list[Export], list[Path]]:
    """Part files, and what lies in folders, into lists of projects and everything else.

    Raises:
        ImportFault: Something cannot be read, or is named and is not there.
    """
    exports: list[Export] = []
    others: list[Path] = []
    for path in paths:
        for file in _inside(path) if path.is_dir() else [path]:
            readable = file is path or file.suffix.lower() in _LISTS
            found = recognise(file) if readable else None
            if found is None:
                others.append(file)
            else:
                exports.append(found)
    for other in others:
        if not other.exists():
            raise ImportFault(clean(str(other)) or "a file", "there is no such file")
    return exports, others


def recognise(path: Path) -> Export | None:
    """Tell whether a file is a list of projects, by its headings alone."""
    try:
        if not path.is_file() or not path.stat().st_size:
            return None
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise ImportFault(label_of(path), f"it cannot be read: {error.strerror}") from error
    suffix, label = path.suffix.lower(), label_of(path)
    if suffix in tables.WORKBOOKS:
        return Export(path, label) if _is_workbook_of_projects(path) else None
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        return None
    text = _decoded_head(head)
    if suffix in {".json", ".jsonl", ".ndjson"}:
        return Export(path, label) if _is_json_of_projects(text) else None
    if suffix == ".toml" or "dentifier" not in text.casefold():
        return None
    hint = re.match(r"sep=(.)\r?\n", text)
    for delimiter in [hint[1]] if hint else _DELIMITERS:
        if any(map(_is_heading, _first_rows(text, delimiter))):
            return Export(path, label, delimiter)
    return None


@lru_cache(maxsize=4_000)
def field_of(heading: str) -> str | None:
    """Give the field a heading means: `partner 7 country` is one; None where it has no place."""
    plain = fold(clean(heading)).replace("’", "'").replace("organization", "organisation")
    plain = plain.partition(" (")[0].strip(" :")
    if plain in _FIELDS:
        return _FIELDS[plain]
    partner = _PARTNER.fullmatch(plain)
    if partner:
        return f"partner {int(partner[1])} {partner[2].removeprefix('organisation ')}"
    return None


# --- recognising --------------------------------------------------------------------------------


def _inside(folder: Path) -> list[Path]:
    return [path for path in tables.entries(folder) if path.name[:1] not in ".~" and _is_file(path)]


def _is_file(path: Path) -> bool:
    with suppress(OSError):  # what nobody may look at is none
        return path.is_file()
    return False


def _is_heading(row: Sequence[str]) -> bool:
    if len(row) < len(_NEEDED):
        return False
    return {field_of(cell) for cell in row if len(cell) < 1_000} >= _NEEDED


def _first_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for _ in range(_TITLE_ROWS):
            yield next(reader)
    except (csv.Error, StopIteration):
        return


def _decoded_head(head: bytes) -> str:
    for mark, encoding in tables.BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="replace")
    return head.decode("utf-8", errors="replace")


def _is_json_of_projects(head: str) -> bool:
    if head.lstrip()[:1] not in {"[", "{"}:
        return False
    keys = {field_of(key) for key in re.findall(r'"([^"\\\n]{3,60})"\s*:', head)}
    return keys >= _NEEDED or '"projectName"' in head


def _is_workbook_of_projects(path: Path) -> bool:
    """Look for the headings in the first texts of a workbook, without reading it whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist()[: tables.MOST_MEMBERS]:
                if re.search(r"sharedStrings\.xml$|worksheets/[^/]+\.xml$", member):
                    with archive.open(member) as file:
                        if b"Coordinating organi" in file.read(_HEAD):
                            return True
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return False
    except zipfile.zlib.error:  # type: ignore[attr-defined]
        return False
    return False


# --- text ---------------------------------------------------------------------------------------


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be longer than the usual limit of the csv module, which is one for everybody."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _encoding_of(path: Path, label: str) -> tuple[str, int, str | None]:
    """Tell the encoding of a text, where it begins, and what had to be guessed.

    Raises:
        ImportFault: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4)
            for mark, encoding in tables.BOMS:
                if head.startswith(mark):
                    return encoding, len(mark), None
            file.seek(0)
            decoder = codecs.getincrementaldecoder("utf-8")()
            while chunk := file.read(_CHUNK):
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    encoding = tables.guessed_encoding(chunk[max(error.start - 1_000, 0) :])
                    return (
                        encoding,
                        0,
                        (
                            "this is not UTF-8; it was read as "
                            f"{encoding.replace('cp', 'Windows-')}: check the accented letters"
                        ),
                    )
    except OSError as error:
        raise ImportFault(label, f"it cannot be read: {error.strerror}") from error
    return "utf-8", 0, None


# --- JSON ---------------------------------------------------------------------------------------


def _json_rows(path: Path, label: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Give the projects of a JSON file: a list, one after the other, or the service's answer.

    Raises:
        ImportFault: It is no well-formed JSON.
    """
    encoding, skipped, _ = _encoding_of(path, label)
    number = 0
    try:
        with path.open("rb") as raw:
            raw.seek(skipped)
            with io.TextIOWrapper(raw, encoding) as text:
                for value in _Values(text, label):
                    if not isinstance(value, Mapping):
                        raise ImportFault(label, "an entry of this list is no project")
                    _refuse_depth(value, label)
                    for project in _projects_in(value):
                        number += 1
                        yield number, project
    except UnicodeError as error:
        raise ImportFault(label, "this is not UTF-8 text") from error
    except OSError as error:
        raise ImportFault(label, f"it cannot be read: {error.strerror}") from error


class _Values:
    """The values of a JSON text: those of the list that it is, else those it holds in a row."""

    def __init__(self, text: io.TextIOWrapper, label: str) -> None:
        self.text = text
        self.label = label
        self.buffer = ""
        self.at = 0
        self.line = 1
        self.ended = False

    def __iter__(self) -> Iterator[Any]:
        """Give them one at a time; only one is kept in the memory."""
        listed = self._peek() == "["
        if listed:
            self.at += 1
        decoder = json.JSONDecoder()
        while True:
            sign = self._peek()
            if sign == ",":
                self.at += 1
                sign = self._peek()
            if listed and sign == "]":
                self.at += 1
                if self._peek():
                    raise self._fault(_NO_JSON)
                return
            if not sign:
                if listed:
                    raise self._fault("it ends in the middle: copy it again")
                return
            yield self._value(decoder)

    def _value(self, decoder: json.JSONDecoder) -> Any:
        while True:
            try:
                value, self.at = decoder.raw_decode(self.buffer, self.at)
            except (ValueError, RecursionError) as error:
                whole = len(self.buffer) - self.at > _most(self.buffer, self.at)
                if whole or isinstance(error, RecursionError) or not self._more():
                    raise self._fault(_NO_JSON, getattr(error, "pos", self.at)) from error
                continue
            return value

    def _peek(self) -> str:
        """Go to the next sign that is no space, and give it; "" at the end."""
        while True:
            found = _SPACES.match(self.buffer, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if not self._more():
                return ""

    def _more(self) -> bool:
        if self.ended:
            return False
        # twice as much each time, so that a long value is not tried over and over
        chunk = self.text.read(max(_CHUNK, len(self.buffer) - self.at))
        self.ended = not chunk
        self.line += self.buffer.count("\n", 0, self.at)
        self.buffer, self.at = self.buffer[self.at :] + chunk, 0
        return bool(chunk)

    def _fault(self, reason: str, at: int | None = None) -> ImportFault:
        return ImportFault(self.label, reason, self.line + self.buffer.count("\n", 0, at))


def _most(buffer: str, at: int) -> int:
    """Give how long one value may be: an answer of the search service holds many projects."""
    about = buffer[at : at + 4_000]
    return tables.LARGEST_FILE if '"projectDocuments"' in about else _LONGEST_ENTRY


def _refuse_depth(value: Any, label: str) -> None:
    """Refuse what lies deeper than any list of projects does."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, (Mapping, list))
            for inner in (one.values() if isinstance(one, Mapping) else one)
            if isinstance(inner, (Mapping, list))
        ]
        if not level:
            return
    raise ImportFault(label, "its entries lie deeper in each other than in any list of projects")


def _projects_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """Find the projects in one value: itself, or those of the list it wraps."""
    if not isinstance(value, Mapping):
        return
    if "projectName" in value or {field_of(str(key)) for key in value} >= _NEEDED - {"title"}:
        yield value
        return
    for inner in value.values():
        if isinstance(inner, list):
            for one in inner:
                yield from _projects_in(one)
        elif isinstance(inner, Mapping):
            yield from _projects_in(inner)


def _said(value: Any) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return "Yes" if value else "No"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case list():
            return "; ".join(filter(None, map(_said, value)))
        case Mapping():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return tables.plain_cell(str(value))


def _said_in_json(row: Mapping[str, Any], name: str) -> str:
    """Give what a JSON entry says in one field, "" where it says nothing."""
    if "projectName" not in row:
        return next((_said(value) for key, value in row.items() if field_of(str(key)) == name), "")
    if name == "countries":
        found = [value for at, _, value in _organisations(row) if at.endswith(" country")]
        return ",".join(dict.fromkeys(filter(None, map(_said, found))))
    if " " in name:
        return next((_said(value) for at, _, value in _organisations(row) if at == name), "")
    return next(
        (_said(row[key]) for key, meant in _SEARCHED.items() if meant == name and key in row), ""
    )


def _organisations(row: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Give field, key and value of the organisations beside a project of the search service."""
    number, coordinated = 0, False
    listed = row.get("organisations")
    for one in listed if isinstance(listed, list) else ():
        if not isinstance(one, Mapping):
            continue
        role = fold(_said(one.get("organisationRole")))
        if "coordinator" in role and not coordinated:
            beside, coordinated = "coordinator", True
        else:
            number += 1
            beside = f"partner {number}"
        for key, what in _SEARCHED_ORGANISATION.items():
            if key in one:
                yield f"{beside} {what}", key, one[key]


def _fill_from_json(entry: Entry, row: Mapping[str, Any]) -> None:
    searched = "projectName" in row
    known = _SEARCHED if searched else {str(key): field_of(str(key)) for key in row}
    for key, value in row.items():
        name, text = known.get(str(key)), _said(value)
        if name is not None:
            entry.headings.setdefault(name, clean(str(key)))
            if text:
                entry.cells.setdefault(name, text)
        elif text and not (searched and key == "organisations"):
            entry.strays.append((clean(str(key)), text))
    if not searched:
        return
    for name, key, value in _organisations(row):
        entry.headings[name] = key
        if text := _said(value):
            entry.cells[name] = text
    listed = row.get("organisations")
    for one in listed if isinstance(listed, list) else ():
        if not isinstance(one, Mapping):
            entry.strays.append(("organisations", _said(one)))
            continue
        for key, value in one.items():
            if key not in _SEARCHED_ORGANISATION and key != "organisationRole":
                entry.strays.append((clean(str(key)), _said(value)))
    entry.strays = [(key, text) for key, text in entry.strays if text]
