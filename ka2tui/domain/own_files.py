"""Files of words a user may add to: ours and their own, and which of those cannot be read.

A file of the user's takes the place of ours of the same name. One that cannot be read stops
nothing: it is named, with line and key, and everything else works.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ka2tui import datafiles
from ka2tui.domain.entries import Malformed
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.domain.toml_lines import Lines
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1_000_000
"""Bytes of such a file; more than that is some other file."""


class Entry(Protocol):
    """What stands in a file: it is known by its id, and has a place in the order."""

    @property
    def id(self) -> str:
        """The name it is known by."""

    @property
    def position(self) -> int:
        """Its place among all."""


T = TypeVar("T", bound=Entry)
V = TypeVar("V")

Reader = Callable[[Mapping[str, Any], str, str], T]
"""Makes something of the entries of a file, its name, and the file as it stands."""


@frozen
class Lined(Generic[V]):
    """Reads entries, and names the line of what is wrong among them."""

    read: Callable[[Mapping[str, Any], str], V]

    def __call__(self, data: Mapping[str, Any], name: str, written: str) -> V:
        """Read a file.

        Raises:
            Malformed: Something in it is missing or cannot be.
        """
        try:
            return self.read(data, name)
        except Malformed as fault:
            raise fault.in_line(name, written) from None


@frozen
class Broken:
    """A file of the user's that cannot be read."""

    file: Path
    why: str
    """A sentence with file, line and key."""

    @property
    def name(self) -> str:
        """The name of the file, without its ending."""
        return self.file.stem


@frozen
class Found(Generic[T]):
    """Everything there is of one kind."""

    entries: tuple[T, ...]
    """In their order."""
    files: Mapping[str, Path]
    """Where each was read, by its id."""
    own: frozenset[str]
    """The ids of those in the user's folder."""
    broken: tuple[Broken, ...]


def found(
    folder: str, reader: Reader[T], own: Path | None = None, *, head: str, key: str = "id"
) -> Found[T]:
    """Read every file of a folder that is shipped or the user's own.

    Args:
        folder: Its name below data, and in the user's folder of words and numbers.
        reader: What makes something of a file.
        own: The user's folder of words and numbers.
        head: The table in which the id stands; "" where it stands above all tables.
        key: What the id is called there.

    Raises:
        Refused: Something in one that is shipped is missing or cannot be.
    """
    read: dict[str, tuple[T, Path]] = {}
    mine: set[str] = set()
    broken: list[Broken] = []
    ours = {name: datafiles.find(name) for name in datafiles.names(folder, ".toml")}
    names = datafiles.names(folder, ".toml", own)
    for name in sorted(names, key=lambda name: (name not in ours, name)):
        path = datafiles.find(name, own)
        is_own = path != ours.get(name)
        try:
            entry: T = _read(path, str(path) if is_own else name, reader)
            if entry.id in read:
                raise _taken(path, entry.id, read[entry.id][1], head, key)
        except (Refused, datafiles.DataFault) as fault:
            if not is_own:
                raise
            broken.append(Broken(path, str(fault)))
            if name in ours:
                entry = _read(ours[name], name, reader)
                read.setdefault(entry.id, (entry, ours[name]))
            continue
        read[entry.id] = entry, path
        if is_own:
            mine.add(entry.id)
    order = sorted(read.values(), key=lambda pair: (pair[0].position, pair[0].id))
    return Found(
        tuple(one for one, _ in order),
        {one.id: path for one, path in order},
        frozenset(mine),
        tuple(broken),
    )


def one(name: str, reader: Callable[[Mapping[str, Any], str], V], own: Path | None) -> V:
    """Read a file of which there is one: the user's own in place of ours.

    It is read again only when it has changed.

    Args:
        name: Below the data folder.
        reader: What makes something of its entries and its name.
        own: The user's folder of words and numbers.

    Raises:
        DataFault: It is missing, cannot be read or is no TOML.
        Malformed: Something in it is missing or cannot be; the user's own is named with its path.
    """
    path = datafiles.find(name, own)
    is_own = own is not None and path == own / name
    read: V = _read(path, str(path) if is_own else name, Lined(reader))
    return read


def or_ours(load: Callable[[Path | None], V], own: Path | None) -> tuple[V, str]:
    """Load what one file says; where the user's own is broken, ours, and what is wrong in theirs.

    Args:
        load: Reads that file, as it is shipped or from the folder it is given.
        own: The user's folder of words and numbers.

    Raises:
        DataFault: Ours is missing.
        Refused: Something in ours is missing or cannot be.
    """
    try:
        return load(own), ""
    except (Refused, datafiles.DataFault) as fault:
        if own is None:
            raise
        return load(None), str(fault)


def _taken(path: Path, name: str, other: Path, head: str, key: str) -> Malformed:
    line = Lines(path.read_text("utf-8-sig", "replace")).of((head, key) if head else (key,))
    return Malformed(
        f"{path}, line {line}: {key} {name} is that of {other.name} already. Give it another "
        f"{key}, or name the file {other.name} to take its place."
    )


def _read(path: Path, name: str, reader: Callable[[Mapping[str, Any], str, str], Any]) -> Any:
    """Read a file, and again only when it has changed."""
    try:
        stands = path.stat()
    except OSError as error:
        raise datafiles.DataFault(f"{name} cannot be read: {error.strerror}.") from None
    if stands.st_size > LARGEST:
        raise Malformed(f"{name} is too large for such a file.")
    return _read_as_it_stands(path, name, reader, stands.st_mtime_ns, stands.st_size)


@lru_cache(256)
def _read_as_it_stands(
    path: Path, name: str, reader: Reader[Any], _changed: int, _size: int
) -> Any:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise datafiles.DataFault(f"{name}: byte {error.start + 1} is not UTF-8 text.") from None
    except OSError as error:
        raise datafiles.DataFault(f"{name} cannot be read: {error.strerror}.") from None
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise datafiles.DataFault(f"{name} is no TOML: {error}.") from None
    return reader(data, name, text)


def bare(name: str) -> str:
    """Reduce a name to what is compared where somebody types it."""
    return fold(name).replace("-", "_").replace(" ", "_")
