"""Entries of a data file, taken with a message that names file and place where one is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean

V = TypeVar("V")


class Malformed(Refused):
    """This data file is not written as it should be."""

    way: tuple[str | int, ...] = ()
    """The way to the entry that is wrong, where it is one; lists of tables from 0."""

    def in_line(self, file: str, written: str) -> Malformed:
        """Name the line as well, where the entry or what it is in can be found.

        Args:
            file: Its name, as the message begins.
            written: The file as it stands.
        """
        from ka2tui.domain.toml_lines import Lines  # only on the way to a complaint

        line = Lines(written).of(self.way)
        if line is None:
            return self
        return Malformed(str(self).replace(file, f"{file}, line {line}", 1))


def wrong(key: str, message: str) -> Malformed:
    """Make a fault that knows the key of what is wrong."""
    fault = Malformed(message)
    fault.way = (key,)
    return fault


def table(value: object, place: str) -> Mapping[str, Any]:
    """Take a table; `place` is its name in the message."""
    if not isinstance(value, Mapping):
        raise Malformed(f"{place} is missing or is not a table.")
    return value


def rows(
    data: Mapping[str, Any], key: str, place: str, *, needed: bool = True
) -> list[tuple[str, Mapping[str, Any]]]:
    """Take the tables written as [[key]], at least one where some are needed, with their places."""
    value = data.get(key)
    if not value and not needed:
        return []
    if not isinstance(value, list) or not value or not all(isinstance(r, Mapping) for r in value):
        raise Malformed(f"{place}: there is no [[{key}]].")
    return [(f"{place}, {key} {number}", row) for number, row in enumerate(value, start=1)]


def every(
    data: Mapping[str, Any],
    key: str,
    place: str,
    make: Callable[[Mapping[str, Any], str], V],
    *,
    needed: bool = True,
) -> tuple[V, ...]:
    """Make something of each of the tables written as [[key]] and of its place; see `rows`."""
    found = []
    for at, (where, row) in enumerate(rows(data, key, place, needed=needed)):
        with within(key, at):
            found.append(make(row, where))
    return tuple(found)


@contextmanager
def within(*way: str | int) -> Iterator[None]:
    """Let a fault know what the entry is in that is wrong."""
    try:
        yield
    except Malformed as fault:
        fault.way = (*way, *fault.way)
        raise


def text(row: Mapping[str, Any], key: str, place: str, default: str | None = None) -> str:
    """Take a text without the blanks around it; without a default it must say something."""
    value = row.get(key, default)
    if not isinstance(value, str) or (not value.strip() and default is None):
        missing = " and is missing" * (key not in row)
        raise wrong(key, f"{place}: {key} must be a text{missing}.")
    return value.strip()


def clean_text(row: Mapping[str, Any], key: str, place: str, default: str | None = None) -> str:
    """Take a text as `text` does, made safe to keep and to show."""
    return clean(text(row, key, place, default))


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
