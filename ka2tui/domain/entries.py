"""Entries of a data file, taken with a message that names file and place where one is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ka2tui.domain.refusal import Refused


class Malformed(Refused):
    """This data file is not written as it should be."""

    key = ""
    """The key of the entry that is wrong, where it is one."""


def wrong(key: str, message: str) -> Malformed:
    """Make a fault that names the key of what is wrong."""
    fault = Malformed(message)
    fault.key = key
    return fault


def table(value: object, place: str) -> Mapping[str, Any]:
    """Take a table; `place` is its name in the message."""
    if not isinstance(value, Mapping):
        raise Malformed(f"{place} is missing or is not a table.")
    return value


def rows(data: Mapping[str, Any], key: str, place: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Take the tables written as [[key]], at least one, each with its own place."""
    value = data.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(r, Mapping) for r in value):
        raise Malformed(f"{place}: there is no [[{key}]].")
    return [(f"{place}, {key} {number}", row) for number, row in enumerate(value, start=1)]


def text(row: Mapping[str, Any], key: str, place: str, default: str | None = None) -> str:
    """Take a text without the blanks around it; without a default it must say something."""
    value = row.get(key, default)
    if not isinstance(value, str) or (not value.strip() and default is None):
        missing = " and is missing" * (key not in row)
        raise wrong(key, f"{place}: {key} must be a text{missing}.")
    return value.strip()


def texts(row: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    """Take a list of texts; a missing one is empty."""
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise wrong(key, f"{place}: {key} is a list of texts.")
    return tuple(value)


def whole(
    row: Mapping[str, Any],
    key: str,
    place: str,
    *,
    least: int,
    most: int,
    default: int | None = None,
) -> int:
    """Take a whole number between two others."""
    value = row.get(key, default)
    if type(value) is not int or not least <= value <= most:
        said = f"{place}: {key} is a whole number from {least} to {most}, not {value!r}."
        raise wrong(key, said)
    return value


def once(names: Iterable[str], place: str) -> None:
    """Refuse a name that stands there twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Malformed(f"{place} {name} stands there twice.")
        seen.add(name)


def line_of(written: str, table: str, number: int, key: str = "") -> int | None:
    """Find the line of an entry in a TOML file: the key's, else that of its table's heading.

    Args:
        written: The file as it stands.
        table: Written as [table] or [[table]]; "" is what stands above all tables.
        number: Which of them, from 1.
        key: Of the entry.
    """
    heading = re.compile(rf"\s*\[\[?\s*[\"']?{re.escape(table)}[\"']?\s*\]")
    wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=") if key else None
    at: int | None = None if table else 1
    for place, line in enumerate(written.splitlines(), start=1):
        if heading.match(line):
            number -= 1
            if not number:
                at = place
        elif at is not None and line.lstrip().startswith("["):
            break
        elif at is not None and wanted is not None and wanted.match(line):
            return place
    return at


@contextmanager
def placed(file: str, written: str, table: str, number: int = 1) -> Iterator[None]:
    """Name the line in what is said of an entry of a file.

    Args:
        file: Its name, as the message begins.
        written: The file as it stands.
        table: The entry, written as [table] or [[table]].
        number: Which of them, from 1.
    """
    try:
        yield
    except Malformed as fault:
        line = line_of(written, table, number, fault.key)
        if line is None:
            raise
        raise wrong(fault.key, str(fault).replace(file, f"{file}, line {line}", 1)) from None
