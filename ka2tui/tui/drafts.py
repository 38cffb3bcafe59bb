"""Drafts: what is typed and not saved yet, kept a little behind the keys until it is.

Each window has files of its own, and a lock that goes with it: what a window that still stands
open has kept is none of another one's business.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, ParamSpec

from ka2tui import unfinished
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SOON = 2.0
"""Seconds after a key until what stands there is kept; a kill loses no more than that."""

LONGEST = 1_000_000
"""Bytes of a draft that is read again."""

FRESH = timedelta(days=7)
"""How long a draft is offered where something else stood when it was typed."""

P = ParamSpec("P")

_thread: ThreadPoolExecutor | None = None
_WINDOW = os.urandom(8).hex()
_held: dict[Path, IO[bytes]] = {}
"""The lock of this window, by its file."""


@frozen
class Draft:
    """What was typed in a form, and when."""

    at: datetime
    typed: dict[str, str]
    """By field, the text that stood there."""
    same: bool
    """Whether the same stood there before it was typed: else it may be about another record."""
    file: Path
    """Where it is kept."""


def folder() -> Path:
    """Give the folder where drafts lie; nothing is made there."""
    from platformdirs import user_state_path

    return user_state_path("ka2tui", appauthor=False) / "drafts"


def _digest(text: str) -> str:
    import hashlib  # here and below: the first frame needs none of it

    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _names(place: str | None, title: str, over: Mapping[str, str]) -> tuple[str, str]:
    """Give how files of one form in one database begin; the name says nothing of either."""
    import json

    stood = json.dumps(over, sort_keys=True)
    return _digest(f"{place}\n{title}")[:32], _digest(stood)[:16] if over else "0"


def _file(place: str | None, title: str, over: Mapping[str, str]) -> Path:
    """Give the file in which this window keeps a form."""
    return folder() / ".".join((*_names(place, title, over), _WINDOW, "json"))


def keep(
    place: str | None,
    title: str,
    typed: Mapping[str, str],
    at: datetime,
    over: Mapping[str, str] | None = None,
) -> bool:
    """Keep what was typed, for its owner's eyes only.

    Args:
        place: Where the database is.
        title: Of the form.
        typed: By field, the text that stands there.
        at: When.
        over: By field, the text that stood there at first.

    Returns:
        Whether it is kept; on a full disk, or in a folder that takes no file, it is not.
    """
    import json

    target = _file(place, title, over or {})
    made = None
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _hold()
        handle, made = unfinished.begin(target.parent, ".draft-")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            json.dump({"at": at.isoformat(), "typed": dict(typed)}, stream, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        Path(made).replace(target)
    except OSError:
        if made is not None:
            with suppress(OSError):
                Path(made).unlink(missing_ok=True)
        return False
    return True


def find(
    place: str | None,
    title: str,
    over: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> Draft | None:
    """Give what was kept of a form last; None where nothing was, or it cannot be read.

    Args:
        place: Where the database is.
        title: Of the form.
        over: By field, the text that stands there at first.
        now: The present instant; None: drafts of any age are given.
    """
    begin, stood = _names(place, title, over or {})
    found: list[Draft] = []
    for file in _kept(begin):
        draft = _read(file, same=file.name.split(".")[1] == stood)
        if draft is not None and (draft.same or now is None or now - draft.at < FRESH):
            found.append(draft)
    return max(found, key=lambda it: (it.same, it.at), default=None)


def drop(place: str | None, title: str, over: Mapping[str, str] | None = None) -> None:
    """Let a draft go: it was saved, or is not wanted."""
    for file in _kept(".".join(_names(place, title, over or {}))):
        remove(file)


def is_own(draft: Draft) -> bool:
    """Say whether this window has kept it."""
    return draft.file.name.split(".")[-2] == _WINDOW


def withdraw(place: str | None, title: str, over: Mapping[str, str] | None = None) -> None:
    """Let go of what this window kept, and of nothing that others did."""
    remove(_file(place, title, over or {}))


def remove(file: Path) -> None:
    """Let one draft go, by its file."""
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _kept(begin: str) -> list[Path]:
    """Give the files of this window, and of those that are gone."""
    try:
        files = list(folder().glob(f"{begin}.*.json"))
    except OSError:
        return []
    return [file for file in files if not _is_open(file.name.split(".")[-2])]


def _read(file: Path, *, same: bool) -> Draft | None:
    import json

    try:
        if file.stat().st_size > LONGEST:
            return None
        kept = json.loads(file.read_text("utf-8"))
        typed = {str(name): str(text) for name, text in kept["typed"].items()}
        at = datetime.fromisoformat(kept["at"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return None if at.tzinfo is None else Draft(at, typed, same, file)


# -- behind the keys ------------------------------------------------------------------------------


def later(call: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Do something with files behind all that was to be done before, while the keys go on."""
    global _thread  # noqa: PLW0603 - one for all dialogs: what is kept first is done first
    if _thread is None:
        _thread = ThreadPoolExecutor(1, "drafts")
    _thread.submit(call, *args, **kwargs)


def finish() -> None:
    """Wait until all of that is done; what is still kept is any window's from now on."""
    if _thread is not None:
        _thread.submit(lambda: None).result()
    while _held:
        file, handle = _held.popitem()
        handle.close()
        remove(file)


# -- which windows are open -----------------------------------------------------------------------


def _windows() -> Path:
    return folder().parent / "windows"


def _hold() -> None:
    """Let other windows know that this one is open, for as long as its program runs."""
    file = _windows() / _WINDOW
    if file in _held:
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for other in file.parent.iterdir():  # a kill leaves its file there
        if not _is_open(other.name):
            remove(other)
    handle = os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    _lock(handle)
    _held[file] = handle


def _is_open(window: str) -> bool:
    """Tell whether another window is still there; what is kept by this one is its own."""
    if window == _WINDOW:
        return False
    try:
        with (_windows() / window).open("r+b") as handle:
            return not _lock(handle)
    except OSError:
        return False


def _lock(handle: IO[bytes]) -> bool:
    """Take a lock that ends with the program, however that ends; False: somebody has it."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
