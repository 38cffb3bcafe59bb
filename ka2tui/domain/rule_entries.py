"""Entries of a file of rules: what is wrong with one is noted, and reading goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ka2tui.domain import alike
from ka2tui.domain.entries import Malformed
from ka2tui.domain.toml_lines import Lines, Way
from ka2tui.frozen import frozen


@frozen
class Fault:
    """One thing that is wrong in a file of rules."""

    file: str
    line: int
    key: str
    """The way to it: "action 1 (KA220), award, relevance"."""
    says: str

    def __str__(self) -> str:
        """Say it in a sentence that begins with file, line and key."""
        key = f", {self.key}" if self.key else ""
        end = "" if self.says.endswith("?") else "."
        return f"{self.file}, line {self.line}{key}: {self.says}{end}"


class BrokenRules(Malformed):
    """A file of rules cannot be used as it is."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Say the first fault, and how many there are."""
        self.faults = tuple(faults)
        more = len(self.faults) - 1
        rest = f" ({more} more: ka2tui rule check)" if more else ""
        super().__init__(f"{self.faults[0]}{rest}")


def perhaps(word: str, known: Iterable[str]) -> str:
    """Say what somebody may have meant: "; did you mean months_max?", or nothing."""
    return alike.hint(word, known, start="; did")


@dataclass(slots=True)
class Taking:
    """One file, while it is being read."""

    file: str
    data: Mapping[str, Any]
    written: str
    sources: set[str]
    sorts: Collection[str]
    faults: list[Fault] = field(default_factory=list)
    names: dict[Way, str] = field(default_factory=dict)
    """What the tables of a list are called in messages."""
    lines: Lines | None = None
    """Where everything stands, once something is wrong: finding it takes as long as reading."""

    # --- faults ---------------------------------------------------------------------------------

    def wrong(self, way: Way, says: str) -> None:
        """Note a fault at an entry."""
        if self.lines is None:
            self.lines = Lines(self.written)
        line = self.lines.of(way) or 1
        self.faults.append(Fault(self.file, line, self.said(way), says.rstrip(".")))

    def said(self, way: Way) -> str:
        """Write the way to an entry: "action 1 (KA220), deadline 2, hour"."""
        parts: list[str] = []
        for at, step in enumerate(way):
            if isinstance(step, int):
                name = self.names.get(way[: at + 1])
                parts[-1] += f" {step + 1}{f' ({name})' if name else ''}"
            else:
                parts.append(step)
        return ", ".join(parts)

    def known(self, row: Mapping[str, Any], way: Way, keys: Collection[str]) -> None:
        """Refuse entries that nobody reads, which are typing slips."""
        for key in row:
            if key not in keys:
                self.wrong((*way, key), f"nothing is known by this name{perhaps(key, keys)}")

    # --- plain entries --------------------------------------------------------------------------

    def rows(
        self, data: Mapping[str, Any], key: str, way: Way
    ) -> Iterator[tuple[Way, Mapping[str, Any]]]:
        """Give the tables written as [[key]], each with the way to it."""
        for at, row in enumerate(self.table_list(data, key)):
            yield (*way, key, at), row

    def table_list(self, data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        """Take tables written as [[key]]; none where it is something else."""
        value = data.get(key, [])
        if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
            return value
        return []

    def listed(self, data: Mapping[str, Any], keys: Iterable[str], way: Way) -> None:
        """Refuse what must be a list of tables and is none."""
        for key in keys:
            value = data.get(key, [])
            if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
                self.wrong((*way, key), f"this must be written as [[{key}]]")

    def text(
        self, row: Mapping[str, Any], key: str, way: Way, default: str | None = None
    ) -> str | None:
        """Take a text that says something, unless there is a default."""
        value = row.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            missing = "is missing" if key not in row else "must be a text"
            self.wrong((*way, key), missing)
            return None
        return value.strip()

    def one_of(
        self, row: Mapping[str, Any], key: str, way: Way, known: Collection[str]
    ) -> str | None:
        """Take one of a few words."""
        value = self.text(row, key, way)
        if value is not None and value not in known:
            self.wrong(
                (*way, key), f"{value!r} is none of {', '.join(known)}{perhaps(value, known)}"
            )
            return None
        return value

    def number(
        self, row: Mapping[str, Any], key: str, way: Way, least: int, most: int, *default: int
    ) -> int | None:
        """Take a whole number between two others."""
        if key not in row and default:
            return default[0]
        value = row.get(key)
        if key not in row:
            self.wrong((*way, key), "is missing")
        elif type(value) is not int or not least <= value <= most:
            says = f"this must be a whole number from {least} to {most}, not {value!r}"
            self.wrong((*way, key), says)
        else:
            return value
        return None

    def yes_no(self, row: Mapping[str, Any], key: str, way: Way) -> bool:
        """Take true or false."""
        value = row.get(key)
        if not isinstance(value, bool):
            missing = (
                "is missing; write true or false" if key not in row else "must be true or false"
            )
            self.wrong((*way, key), missing)
        return value is True

    def source(self, row: Mapping[str, Any], way: Way) -> tuple[str, str | None, bool]:
        """Take where something stands, and whether it was read there."""
        name = self.text(row, "source", way)
        if name is not None and name not in self.sources:
            says = f"there is no source {name!r} in sources.toml, nor [sources.{name}] here"
            self.wrong((*way, "source"), f"{says}{perhaps(name, self.sources)}")
        place = self.text(row, "place", way, "")
        return name or "", place or None, self.yes_no(row, "confirmed", way)
