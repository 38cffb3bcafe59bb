"""Files of checklists: ours and the user's own, which of them cannot be read, and a copy to change.

A file of the user's takes the place of ours of the same name. One that cannot be read stops
nothing: it is named, with line and key, and everything else works.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ka2tui import datafiles
from ka2tui.domain.checklist import Checklist, find, read_checklist
from ka2tui.domain.entries import Malformed, line_of
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import quoted

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "checklists"
"""Its place in the data folder, and in the user's own."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LARGEST = 1_000_000
"""Bytes of a checklist; more than that is some other file."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A file of the user's that cannot be read."""

    file: Path
    why: str
    """A sentence with file, line and key."""


@dataclass(frozen=True, slots=True)
class Found:
    """Every checklist there is."""

    checklists: tuple[Checklist, ...]
    """In their order."""
    files: tuple[tuple[str, Path], ...]
    """The id of each, and where it was read."""
    own: frozenset[str]
    """The ids of those in the user's folder."""
    broken: tuple[Broken, ...]

    def file(self, name: str) -> Path:
        """Give the file of a checklist by its id."""
        return dict(self.files)[name]


def found(own: Path | None = None) -> Found:
    """Read every checklist that is shipped or in the user's own folder.

    Args:
        own: The user's folder of words and numbers.

    Raises:
        DataFault: One that is shipped cannot be read.
        Malformed: Something in one that is shipped is missing or cannot be.
    """
    names = datafiles.names(FOLDER, ".toml", own)
    read: dict[str, tuple[Checklist, Path]] = {}
    mine: set[str] = set()
    broken: list[Broken] = []
    ours = {name: datafiles.find(name) for name in datafiles.names(FOLDER, ".toml")}
    for name in sorted(names, key=lambda name: (name not in ours, name)):
        path = datafiles.find(name, own)
        is_own = path != ours.get(name)
        try:
            one = _read(path) if is_own else _read_ours(path, name)
            if one.id in read:
                raise _taken(path, one, read[one.id][1])
        except (Refused, datafiles.DataFault) as fault:
            if not is_own:
                raise
            broken.append(Broken(path, str(fault)))
            if name in ours:
                one, path = _read_ours(ours[name], name), ours[name]
                read.setdefault(one.id, (one, path))
            continue
        read[one.id] = one, path
        if is_own:
            mine.add(one.id)
    order = sorted(read.values(), key=lambda pair: (pair[0].position, pair[0].id))
    return Found(
        tuple(one for one, _ in order),
        tuple((one.id, path) for one, path in order),
        frozenset(mine),
        tuple(broken),
    )


def _taken(path: Path, one: Checklist, other: Path) -> Malformed:
    line = line_of(path.read_text("utf-8-sig", "replace"), "checklist", 1, "id")
    return Malformed(
        f"{path}, line {line}: id {one.id} is that of {other.name} already. Give it another id, "
        f"or name the file {other.name} to take its place."
    )


def _read(path: Path) -> Checklist:
    """Read a file, and again only when it has changed."""
    try:
        stands = path.stat()
    except OSError as error:
        raise Malformed(f"{path} cannot be read: {error.strerror}.") from None
    if stands.st_size > _LARGEST:
        raise Malformed(f"{path} is too large for a checklist.")
    return _read_as_it_stands(path, str(path), stands.st_mtime_ns, stands.st_size)


def _read_ours(path: Path, name: str) -> Checklist:
    stands = path.stat()
    return _read_as_it_stands(path, name, stands.st_mtime_ns, stands.st_size)


@lru_cache(256)
def _read_as_it_stands(path: Path, name: str, _changed: int, _size: int) -> Checklist:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(f"{name}: byte {error.start + 1} is not UTF-8 text.") from None
    except OSError as error:
        raise Malformed(f"{name} cannot be read: {error.strerror}.") from None
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Malformed(f"{name} is no TOML: {error}.") from None
    return read_checklist(data, name, text)


def copy(said: str, into: Path, *, name: str | None = None, title: str | None = None) -> Path:
    """Copy a checklist into the user's folder, to be changed there.

    Args:
        said: Which, as `checklist.find` takes it.
        into: The user's folder.
        name: The id of the new one; None: it takes the place of the one that is copied.
        title: What the new one is called; None: as the one that is copied.

    Returns:
        The file that was written.

    Raises:
        Refused: There is none of that name, the id cannot be, or there is such a file already.
    """
    one = find(said, into)
    known = found(into)
    source = known.file(one.id)
    text = source.read_text("utf-8-sig")
    if name is not None:
        if not _NAME.fullmatch(name):
            raise Refused(
                f"{quoted(name)} cannot be its id: take small letters, digits and _, a letter "
                "first, such as partner_visit."
            )
        if any(name == each.id for each in known.checklists):
            raise Refused(f"There is a checklist {name} already.")
        text = _put(_put(text, "id", name), "position", None)
    if title is not None:
        text = _put(text, "title", title)
    file = into / FOLDER / (source.name if name is None else f"{name}.toml")
    try:
        read_checklist(tomllib.loads(text), str(file), text)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise Refused(f"{file} is there already: change that one.") from None
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}.") from None
    return file


def _put(text: str, key: str, value: str | None) -> str:
    """Write a text in the head of a checklist; None takes its line away."""
    import tomli_w

    line = line_of(text, "checklist", 1, key)
    lines = text.splitlines(keepends=True)
    if line is not None and re.match(rf"\s*{key}\s*=", lines[line - 1]):
        lines[line - 1] = "" if value is None else tomli_w.dumps({key: value})
    return "".join(lines)
