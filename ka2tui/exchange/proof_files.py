"""Files of proof: the folder they lie in, their fingerprints, and which changed, moved or are gone.

Files are read here and nowhere else, never inside a change of the database, and never written but
for a copy that was asked for.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ka2tui.domain import proof
from ka2tui.domain.kinds import ProofState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import quoted
from ka2tui.frozen import frozen
from ka2tui.settings import path_of

if TYPE_CHECKING:
    from ka2tui.settings import Settings

NAME = "proof"
"""The folder beside the database, where no other was chosen."""

CHUNK = 1 << 20
"""Bytes read at once; between two of them one can stop."""

Told = Callable[[int, int, str], None]
"""Is told how many bytes of how many were read, and of which file."""

Stop = Callable[[], bool]
"""Says whether to stop."""


class Outside(Refused):
    """The file does not lie in the proof folder."""


class Stopped(Refused):
    """Stopped before the end: nothing was noted."""


@frozen
class Print:
    """What a file is known by."""

    sha256: str
    size: int


@frozen
class Filed:
    """A file as it was taken up."""

    id: int
    path: str
    sha256: str | None
    size: int | None


@frozen
class Seen:
    """What became of a file."""

    id: int
    state: ProofState
    path: str
    found: str | None = None
    """Where it lies now, for one that was moved."""
    now: Print | None = None
    """What lies there now, where it was read."""
    why: str = ""
    """Why it could not be looked at."""


@frozen
class Watch:
    """Whoever looks on while files are read: nobody, unless somebody does."""

    told: Told = lambda _done, _total, _name: None
    stop: Stop = lambda: False

    def go_on(self) -> None:
        """Stop here where that is wanted.

        Raises:
            Stopped: It is.
        """
        if self.stop():
            raise Stopped


ALONE = Watch()
"""Nobody looks on."""


def folder(settings: Settings, place: str | None) -> Path:
    """Give the proof folder: the one chosen, else the one beside the database.

    Args:
        settings: The user's.
        place: Path or address of the database; None: not known.
    """
    if settings.proof is not None:
        return settings.proof
    if place is None or "://" in place:
        from ka2tui.settings import default_database

        return default_database().parent / NAME
    return path_of(place).absolute().parent / NAME


def whole(root: Path, path: str) -> Path:
    """Give the whole path of a file of the folder.

    Raises:
        Refused: It would lead out of the folder, by its words or by a link on the way.
    """
    found = _spelt(root, proof.relative(path).split("/"))
    try:
        inside = found.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        raise Refused(f"{quoted(path)} cannot be followed to a file.") from None
    if not inside:
        raise Refused(f"{quoted(path)} is a link that leads out of the proof folder.")
    return found


def _spelt(root: Path, parts: Sequence[str]) -> Path:
    """Give a path as the disk spells it: some systems take letters and their accents apart."""
    straight = root.joinpath(*parts)
    if straight.exists() or "/".join(parts).isascii():
        return straight
    at = root
    for part in parts:
        if not (at / part).exists():
            there = at.iterdir() if at.is_dir() and os.access(at, os.R_OK) else ()
            same = (it.name for it in there if unicodedata.normalize("NFC", it.name) == part)
            part = next(same, part)  # noqa: PLW2901 - as it is spelt there
        at /= part
    return at


def name_in(root: Path, said: str, *, begin: Path | None = None) -> str:
    """Give the path of an existing file from the folder on.

    Args:
        root: The proof folder.
        said: As it was typed: whole, from where one is, or from the folder on.
        begin: Where one is.

    Raises:
        Outside: It is there, but not in the folder.
        Refused: It is not there, is no file, or has a name that cannot be kept.
    """
    file = existing(root, said, begin=begin)
    try:
        inside = file.resolve(strict=True).relative_to(root.resolve())
    except ValueError:
        raise Outside(
            f"{file} does not lie in the proof folder {root}: copy it there, or name it there."
        ) from None
    except (OSError, RuntimeError) as error:
        raise Refused(f"{quoted(said)} cannot be followed to a file: {error}.") from None
    return proof.relative(inside.as_posix())


def existing(root: Path, said: str, *, begin: Path | None = None) -> Path:
    """Give the whole path of a file that is there.

    Raises:
        Refused: It is not, or it is no file.
    """
    places = tuple(place for place in (begin, root) if place is not None)
    if "\0" in said or not said.strip():
        raise Refused("Say which file.")
    file = proof.whole(said, places)
    try:
        kind = file.stat().st_mode
    except OSError as error:
        raise Refused(f"{quoted(said)}: {error.strerror or error}, at {file}.") from None
    except ValueError:
        raise Refused(f"{quoted(said)} cannot be a path.") from None
    if stat.S_ISDIR(kind):
        raise Refused(f"{quoted(said)} is a folder: add the files in it, one by one or with *.")
    if not stat.S_ISREG(kind):
        raise Refused(f"{quoted(said)} is no ordinary file.")
    return file


def fingerprint(file: Path, watch: Watch = ALONE) -> Print:
    """Read a file to its end, and give what it is known by.

    Raises:
        Stopped: One was stopped.
        Refused: It cannot be read.
    """
    try:
        with _opened(file) as stream:
            total = os.fstat(stream.fileno()).st_size
            return _hashed(stream, total, file.name, watch)
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror or error}.") from None


def _opened(file: Path) -> BinaryIO:
    """Open a file that is one: asking for a pipe would wait for whoever writes to it."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(file, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(0, "this is no ordinary file")
    return os.fdopen(handle, "rb", buffering=0)


def _hashed(stream: BinaryIO, total: int, name: str, watch: Watch) -> Print:
    digest, done = hashlib.sha256(), 0
    while True:
        watch.go_on()
        chunk = stream.read(CHUNK)
        if not chunk:
            return Print(digest.hexdigest(), done)
        digest.update(chunk)
        done += len(chunk)
        watch.told(done, total, name)


def copy_in(file: Path, root: Path, below: str = "", watch: Watch = ALONE) -> str:
    """Copy a file into the folder, under a name that is free; give its path there.

    Args:
        file: It stays as it is.
        root: The proof folder; made where it is not there.
        below: A folder in it.
        watch: Whoever looks on.

    Raises:
        Stopped: One was stopped; no copy is left.
        Refused: It cannot be read or written, or has a name that cannot be kept.
    """
    name = proof.relative("/".join(filter(None, (below, file.name))))
    target = root / name
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole(root, name)  # a link on the way may lead out
        with _opened(file) as source, _fresh(target) as (copy, path):
            total = os.fstat(source.fileno()).st_size
            done = 0
            while chunk := source.read(CHUNK):
                watch.go_on()
                copy.write(chunk)
                done += len(chunk)
                watch.told(done, total, file.name)
            copy.flush()
            os.fsync(copy.fileno())
    except OSError as error:
        raise Refused(f"{file} cannot be copied to {root}: {error.strerror or error}.") from None
    return path.relative_to(root).as_posix()


class _fresh:  # noqa: N801 - used like a function
    """Make a file that was not there; take it away again where it was not finished."""

    def __init__(self, target: Path) -> None:
        self.path = target
        number = 1
        while True:
            try:
                self.copy = os.fdopen(
                    os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
                )
            except FileExistsError:
                number += 1
                self.path = target.with_name(f"{target.stem}-{number}{target.suffix}")
            else:
                return

    def __enter__(self) -> tuple[BinaryIO, Path]:
        return self.copy, self.path

    def __exit__(self, kind: object, *_: object) -> None:
        self.copy.close()
        if kind is not None:
            self.path.unlink(missing_ok=True)


def refuse_gone(root: Path) -> None:
    """Refuse to look for files in a folder that is not there: none of them is lost by that.

    Raises:
        Refused: It is not there.
    """
    if not root.is_dir():
        raise Refused(
            f"The proof folder {root} is not there, so nothing was checked. Connect the drive it "
            "lies on, or say where it is now: ka2tui proof folder PATH."
        )


def count_there(root: Path, paths: Sequence[str]) -> int:
    """Count the files that are there, without reading them."""
    return sum(_is_there(root, path) for path in paths)


def _is_there(root: Path, path: str) -> bool:
    try:
        return whole(root, path).is_file()
    except (Refused, OSError):
        return False


def look(root: Path, filed: Sequence[Filed], watch: Watch = ALONE) -> tuple[Seen, ...]:
    """Tell which files are there, changed, missing, and where those lie that were moved.

    Args:
        root: The proof folder.
        filed: As they were taken up.
        watch: Whoever looks on; is told of the bytes of all files.

    Raises:
        Stopped: One was stopped.
        Refused: The folder is not there.
    """
    refuse_gone(root)
    total = sum(each.size or 0 for each in filed)
    seen, before = [], 0
    for each in filed:
        watch.go_on()
        one = _looked(root, each, _part_of(watch, before, total))
        before += each.size or 0
        seen.append(one)
    missing = [one for one in seen if one.state is ProofState.MISSING and not one.why]
    if missing:
        gone = [each for each in filed if each.id in {one.id for one in missing}]
        taken = {one.path for one in seen if one.state is not ProofState.MISSING}
        moved = _moved(root, gone, taken, watch)
        seen = [
            Seen(one.id, one.state, one.path, moved.get(one.id), one.now, one.why) for one in seen
        ]
    return tuple(seen)


def _part_of(watch: Watch, before: int, total: int) -> Watch:
    """Tell of one file as of a part of all."""

    def told(done: int, _: int, name: str) -> None:
        watch.told(before + done, max(total, before + done), name)

    return Watch(told, watch.stop)


def _looked(root: Path, each: Filed, watch: Watch) -> Seen:
    try:
        file = whole(root, each.path)
        if not file.exists():
            return Seen(each.id, ProofState.MISSING, each.path)
        now = fingerprint(file, watch)
    except Stopped:
        raise
    except Refused as refused:
        return Seen(each.id, ProofState.UNCHECKED, each.path, why=str(refused))
    except OSError as error:
        why = f"{each.path} cannot be read: {error.strerror or error}."
        return Seen(each.id, ProofState.UNCHECKED, each.path, why=why)
    same = each.sha256 is None or now.sha256 == each.sha256
    return Seen(each.id, ProofState.THERE if same else ProofState.CHANGED, each.path, now=now)


def _moved(root: Path, gone: Sequence[Filed], taken: set[str], watch: Watch) -> dict[int, str]:
    """Find files again elsewhere in the folder, by size first and by fingerprint then."""
    sizes = {each.size for each in gone if each.sha256 and each.size is not None}
    found: dict[str, list[str]] = {}
    for path, size in _files(root, watch):
        if size not in sizes or path in taken:
            continue
        try:
            known = proof.relative(path)
            now = fingerprint(root / path, watch)
        except Stopped:
            raise
        except Refused:
            continue
        found.setdefault(now.sha256, []).append(known)
    moved: dict[int, str] = {}
    for each in gone:
        places = found.get(each.sha256 or "", [])
        name = each.path.rpartition("/")[2]
        # of several with the same content the one of the same name, and each for one only
        places.sort(key=lambda place: (place.rpartition("/")[2] != name, place))
        if places:
            moved[each.id] = places.pop(0)
    return moved


def _files(root: Path, watch: Watch) -> Iterator[tuple[str, int]]:
    """Give every file below a folder with its size; links are not followed."""
    waiting = [root]
    while waiting:
        watch.go_on()
        try:
            entries = sorted(os.scandir(waiting.pop()), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    path = Path(entry.path).relative_to(root).as_posix()
                    yield path, entry.stat(follow_symlinks=False).st_size
            except OSError:
                continue
