"""Intake: what files say, understood cell by cell, before it is held against what is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ka2tui.domain.text import fold


class Finding(NamedTuple):
    """One thing to say about an import, with its place as a person sees it."""

    file: str
    row: int | None
    """Counted from 1, the heading row included; the line, in a TOML file."""
    column: str | None
    """The heading, as written."""
    value: str | None
    reason: str


class Link(NamedTuple):
    """Another record, as the file names it."""

    kind: str
    """The table it stands in."""
    said: str
    by_uid: bool = False
    """Named by its stable name, not by code, acronym or name."""
    otherwise: str | None = None
    """The field that keeps the words where nothing of that name is known."""
    prefix: str = ""
    """What is written before the words when they are kept in `notes`."""


@dataclass(slots=True)
class Item:
    """One record that a file describes."""

    kind: str
    """The table it belongs in."""
    file: str
    row: int | None
    name: str
    """What a person calls it."""
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of each field the heading and the text it was read from."""
    defaults: dict[str, Any] = field(default_factory=dict)
    """What is only set when the record is added, and never compared."""
    uid: str | None = None
    own_id: int | None = None
    """What stands in a column called id: the number that a list gives its rows."""

    def at(self, name: str, reason: str, value: str | None = None) -> Finding:
        """Say something about one field of it."""
        column, text = self.columns.get(name, (None, None))
        return Finding(self.file, self.row, column, value if value is not None else text, reason)


@dataclass(slots=True)
class Intake:
    """Everything that some files say."""

    items: list[Item] = field(default_factory=list)
    read: list[Finding] = field(default_factory=list)
    """What each table and column was taken for."""
    doubtful: list[Finding] = field(default_factory=list)
    dropped: list[Finding] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    """Rows by file and kind."""
    whole: bool = False
    """The items carry everything, phases too: nothing is filled in."""

    def cells(self) -> list[Finding]:
        """Say of every cell what it was understood as."""
        found = list(self.read)
        for item in self.items:
            for column, text, meaning in _meanings(item):
                found.append(Finding(item.file, item.row, column, text, meaning))
        return found

    def of(self, kind: str) -> list[Item]:
        """List the items of one kind."""
        return [item for item in self.items if item.kind == kind]


def _meanings(item: Item) -> list[tuple[str, str, str]]:
    cells: dict[tuple[str, str], list[str]] = {}
    for name, cell in item.columns.items():
        link = item.links.get(name)
        said = link.said if link is not None else item.values.get(name)
        if said is None:
            continue
        cells.setdefault(cell, []).append(f"{name.removesuffix('_id')} = {said}")
    word = item.kind.replace("_", " ")
    return [(*cell, f"{word}: {', '.join(meant)}") for cell, meant in cells.items()]


@dataclass(slots=True)
class Taken:
    """What became of an intake, held against what is stored."""

    project: int | None = None
    acronym: str = ""
    added: list[Finding] = field(default_factory=list)
    changed: list[Finding] = field(default_factory=list)
    same: list[Finding] = field(default_factory=list)
    doubtful: list[Finding] = field(default_factory=list)
    dropped: list[Finding] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)


def meets(item: Item, uid: str, agreement: str | None, acronym: str) -> int:
    """Tell how surely a project that files describe is a stored one; 0: not at all."""
    said = item.values.get("agreement")
    if item.uid == uid:
        return 3
    if said and agreement and fold(said) == fold(agreement):
        return 2
    return int(fold(item.values.get("acronym") or "") == fold(acronym))
