"""ka2tui's own file: a whole project in TOML, which comes back without loss."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Integer

from ka2tui.domain import application
from ka2tui.domain.instants import read_zone
from ka2tui.domain.intake import Finding, Intake, Item, Link
from ka2tui.domain.kinds import Kind
from ka2tui.domain.recurrence import read_rule
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean
from ka2tui.exchange.tables import ImportFault, label_of, load
from ka2tui.operations.partners import read_working_days
from ka2tui.queries.export import TABLES, targets
from ka2tui.store.columns import Code, Day, Instant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FORMAT = "ka2tui project"
VERSION = 1
LARGEST = 2_147_483_647
_LONGEST_CODE = 1_000
_LINE = re.compile(r"\(at line (\d+)")
_HEAD = re.compile(r"^\s*\[\[?\s*([A-Za-z_]+)\s*\]\]?", re.MULTILINE)
_ORDER = (
    *("project", "priority", "phase", "phase_step", "saved_filter", "partner", "partner_paper"),
    *("contact", "message", "work_unit", "share"),
    *("deliverable", "milestone", "meeting", "agenda_item", "head_count", "attendance"),
    *("participant", "outcome", "assessment", "answer", "indicator", "measurement"),
    *("risk", "log_entry", "dissemination", "letter", "payment", "cost", "journey"),
    *("task", "tag", "task_link", "proof", "proof_use", "proof_waiver"),
    *("approved_fact", "departure", "rule_value", "set_aside", "own_score", "reduction_band"),
    *("aim", "aim_link", "candidate"),
)

_READERS: dict[tuple[str, str], Callable[[str], str]] = {
    ("partner", "zone"): read_zone,
    ("partner", "working_days"): read_working_days,
    ("meeting", "zone"): read_zone,
    ("task", "recurrence"): read_rule,
}
"""What reads a text that is more than words: everything behind relies on its shape."""


def write(content: Mapping[str, list[dict[str, Any]]]) -> bytes:
    """Write a project as `queries.export.everything` gives it; equal projects give equal bytes."""
    import tomli_w

    (project,) = content["project"]
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION, "project": _plain(project)}
    for name in _ORDER[1:]:
        if content.get(name):
            document[name] = [_plain(row) for row in content[name]]
    return tomli_w.dumps(document).encode()


def read(path: Path) -> Intake:
    """Read a project's own file.

    Raises:
        ImportFault: It is no such file, or was written by a newer ka2tui.
    """
    data = load(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ImportFault(label_of(path), "this is not UTF-8 text", line) from error
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = _LINE.search(str(error))
        reason = f"this is not well-formed TOML: {error}"
        raise ImportFault(label_of(path), reason, int(found[1]) if found else None) from error
    _refuse_others(label_of(path), document)
    return _Reading(label_of(path), text).whole(document)


def _refuse_others(name: str, document: dict[str, Any]) -> None:
    version = document.get("version")
    if document.get("format") != FORMAT or type(version) is not int:
        raise ImportFault(
            name, "this is no project written by ka2tui export: its first line says format"
        )
    if version > VERSION:
        raise ImportFault(name, f"a newer ka2tui wrote this (version {version}): update ka2tui")
    if version < 1 or not isinstance(document.get("project"), dict):
        raise ImportFault(name, "there is no project in it")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Kind) else value for name, value in row.items()}


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


class _Reading:
    """One file, while it is being read."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.intake = Intake(whole=True)
        self.lines: dict[str, list[int]] = {}
        for found in _HEAD.finditer(text):
            line = text.count("\n", 0, found.start(1)) + 1
            self.lines.setdefault(found[1], []).append(line)

    def whole(self, document: dict[str, Any]) -> Intake:
        """Read every table."""
        for name, rows in document.items():
            if name in {"format", "version"}:
                continue
            if name not in _ORDER:
                reason = "not taken: this table is not known"
                self.intake.dropped.append(Finding(self.file, None, name, None, reason))
            elif name != "project" and not _is_list_of_tables(rows):
                reason = f"this must be a list of tables, written as [[{name}]]"
                self.intake.errors.append(Finding(self.file, None, name, None, reason))
        for name in _ORDER:
            rows = document.get(name, [])
            rows = [rows] if name == "project" else rows
            if isinstance(rows, list):
                for at, row in enumerate(rows):
                    if isinstance(row, dict):
                        self._row(name, at, row)
                if rows:
                    self.intake.counts.setdefault(self.file, {})[name] = len(rows)
        return self.intake

    def _row(self, table: str, at: int, row: dict[str, Any]) -> None:
        lines = self.lines.get(table, [])
        item = Item(table, self.file, lines[at] if at < len(lines) else None, "")
        to = targets(table)
        for key, value in row.items():
            field = f"{key}_id" if f"{key}_id" in to else key
            item.columns[field] = (key, str(value)[:_LONGEST_CODE])
            if field in to:
                self._refer(item, field, to[field], value)
            elif field == "uid":
                self._uid(item, value)
            elif field in TABLES[table].c and field not in {"id", "project_id", *to}:
                self._value(item, field, value)
            else:
                del item.columns[field]
                reason = "not taken: this field is not known"
                found = Finding(self.file, item.row, key, str(value)[:_LONGEST_CODE], reason)
                self.intake.dropped.append(found)
        if table == "approved_fact":
            self._promise(item)
        names = ("code", "acronym", "name", "title", "text", "kind", "checklist")
        item.name = next((str(item.values[n]) for n in names if item.values.get(n)), item.uid or "")
        self.intake.items.append(item)

    def _refer(self, item: Item, field: str, kind: str, value: object) -> None:
        if isinstance(value, str) and value:
            item.links[field] = Link(kind, value, by_uid=True)
        else:
            self._wrong(item, field, "this must be the uid of another record")

    def _uid(self, item: Item, value: object) -> None:
        if isinstance(value, str) and re.fullmatch(r"[\x21-\x7e]{1,64}", value):
            item.uid = value
        else:
            self._wrong(item, "uid", "this is no uid")

    def _value(self, item: Item, field: str, value: Any) -> None:
        read = _fitting(TABLES[item.kind].c[field].type, value)
        if read is None:
            self._wrong(item, field, f"this is not {_expected(TABLES[item.kind].c[field].type)}")
            return
        try:
            reader = _READERS.get((item.kind, field))
            item.values[field] = reader(read) if reader else read
        except Misread as misread:
            self._wrong(item, field, str(misread))

    def _promise(self, item: Item) -> None:
        """Look whether an amount that was promised is one."""
        about, field = str(item.values.get("about")), str(item.values.get("field"))
        known, value = application.promise(about, field), item.values.get("value")
        money = known is not None and known.sort is application.Sort.MONEY
        if money and value is not None and not re.fullmatch(r"-?[0-9]{1,18}", value):
            self._wrong(item, "value", "this is no amount: a whole number of cents")

    def _wrong(self, item: Item, field: str, reason: str) -> None:
        self.intake.errors.append(item.at(field, reason))


def _fitting(kind: object, value: Any) -> Any:
    """Give a value as its column takes it; None where it does not fit."""
    match kind:
        case Boolean():
            return value if isinstance(value, bool) else None
        case Integer():
            whole = isinstance(value, int) and not isinstance(value, bool)
            return value if whole and abs(value) <= LARGEST else None
        case Instant():
            aware = isinstance(value, datetime) and value.tzinfo is not None
            return value if aware else None
        case Day():
            day = isinstance(value, date) and not isinstance(value, datetime)
            return value if day else None
        case Code(kind=None):
            short = isinstance(value, str) and len(value) <= _LONGEST_CODE
            return clean(value) if short else None
        case Code(kind=choices) if choices is not None:
            return choices(value) if value in list(choices) else None
        case _:
            return clean(value, lines=True) if isinstance(value, str) else None


def _expected(kind: object) -> str:
    match kind:
        case Boolean():
            return "true or false"
        case Integer():
            return "a whole number that fits"
        case Instant():
            return "a moment with its offset"
        case Day():
            return "a date"
        case Code(kind=choices) if choices is not None:
            return f"one of {', '.join(choices)}"
        case _:
            return "a text"
