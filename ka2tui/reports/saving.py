"""Saving: a report becomes a file whole or not at all, and never over another one unasked."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ka2tui import unfinished
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.settings import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 100
"""Letters of a file's name without its ending."""
_UNSAFE = re.compile(r"[^\w.-]+")
_TAKEN = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


class Exists(Refused):
    """There is a file of this name already."""


def file_name(*words: str, ending: str) -> str:
    """Make the name of a file that is safe on every system and stays in its folder.

    Args:
        words: What it is about; an acronym may hold anything.
        ending: Without the dot.
    """
    joined = "-".join(_UNSAFE.sub("-", clean(word)) for word in words)
    name = re.sub(r"-{2,}", "-", joined).strip("-._")[:_LONGEST].strip("-._")
    if not name or _TAKEN.fullmatch(name):
        name = f"report-{name}".strip("-")
    return f"{name}.{ending}"


def save(path: Path, text: str | bytes, *, replace: bool = False) -> Path:
    """Write a file, for its owner's eyes until they hand it out.

    Args:
        path: Where; its folder has to be there.
        text: What is in it; letters are written as UTF-8.
        replace: Whether it may take the place of another file.

    Returns:
        The whole path.

    Raises:
        Exists: There is such a file already; it was not touched.
        Refused: It cannot be written there; nothing was.
    """
    path = path_of(path)
    try:
        whole = path.absolute()
        if whole.is_dir():
            raise Refused(f"{whole} is a folder: name a file in it.")
        if whole.exists() and not whole.is_file():
            raise Refused(f"{whole} is a device or a pipe: name a file.")
        if not whole.parent.is_dir():
            raise Refused(f"There is no folder {whole.parent}.")
        if not replace and os.path.lexists(whole):
            raise Exists(f"There is a file {whole} already.")
        _write(whole, text, replace=replace)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise Refused(f"{path} cannot be written: {why}.") from error
    return whole


def _write(path: Path, text: str | bytes, *, replace: bool) -> None:
    """Write beside the place, then move there in one step."""
    handle, made = unfinished.begin(path.parent, ".ka2tui-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text if isinstance(text, bytes) else text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        if replace or not _linked(path, made):
            Path(made).replace(path)
        else:
            Path(made).unlink()
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def _linked(path: Path, made: str) -> bool:
    """Give the file its name as well, so that one that came meanwhile is not lost.

    Returns:
        Whether it has it; False where this kind of disk knows no second names.

    Raises:
        Exists: Somebody was quicker.
    """
    try:
        os.link(made, path)
    except FileExistsError:
        raise Exists(f"There is a file {path} already.") from None
    except (OSError, NotImplementedError):
        if os.path.lexists(path):
            raise Exists(f"There is a file {path} already.") from None
        return False
    return True


def prepare(folder: Path, files: Iterable[Path], *, replace: bool = False) -> None:
    """Make a folder for files that are written together, and see that none is in their way.

    Args:
        folder: Where; the one it lies in has to be there.
        files: In it.
        replace: Whether they may take the place of others.

    Raises:
        Exists: There is one of them already.
        Refused: There can be no such folder.
    """
    folder = path_of(folder)
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file: name a folder.")
    if not folder.absolute().parent.is_dir():
        raise Refused(f"There is no folder {folder.absolute().parent}.")
    for file in files:
        if not replace and os.path.lexists(path_of(file)):
            raise Exists(f"There is a file {path_of(file).absolute()} already.")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise Refused(f"{folder} cannot be made: {error.strerror}.") from error
