"""Entries of a data file, taken with a message that names file and place where one is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ka2tui.domain.refusal import Refused


class Malformed(Refused):
    """This data file is not written as it should be."""


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
        raise Malformed(f"{place}: {key} must be a text{' and is missing' * (key not in row)}.")
    return value.strip()


def texts(row: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    """Take a list of texts; a missing one is empty."""
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise Malformed(f"{place}: {key} is a list of texts.")
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
        raise Malformed(f"{place}: {key} is a whole number from {least} to {most}, not {value!r}.")
    return value


def once(names: Iterable[str], place: str) -> None:
    """Refuse a name that stands there twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Malformed(f"{place} {name} stands there twice.")
        seen.add(name)
