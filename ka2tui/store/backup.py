"""Copies of a database file: whole, checked, readable by their owner only."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ka2tui import unfinished
from ka2tui.store.engine import Damaged

if TYPE_CHECKING:
    from collections.abc import Iterator


def keep_copy(file: Path, name: str) -> Path:
    """Copy a database beside itself, and check the copy before it gets its name.

    Args:
        file: A SQLite file, which may be in use.
        name: What the copy is for; becomes part of its file name.

    Returns:
        The copy: `FILE.NAME.backup`, with a number where that exists.

    Raises:
        Damaged: The copy does not pass its check; it was removed again.
    """
    handle, passing = unfinished.begin(file.parent, f".{file.name}.copy-")
    os.close(handle)
    made = Path(passing)
    try:
        _copy(file, made)
        target, number = file.with_name(f"{file.name}.{name}.backup"), 1
        while target.exists():
            number += 1
            target = file.with_name(f"{file.name}.{name}-{number}.backup")
        with made.open("rb+") as written:
            os.fsync(written.fileno())
        made.rename(target)
        return target
    finally:
        made.unlink(missing_ok=True)


@contextlib.contextmanager
def thrown_away(file: Path) -> Iterator[str]:
    """Copy a database to where it can be written to, and remove the copy in the end.

    Raises:
        Damaged: The copy does not pass its check.
    """
    with tempfile.TemporaryDirectory(prefix="ka2tui-") as folder:
        copy = Path(folder) / file.name
        _copy(file, copy)
        yield str(copy)


def _copy(file: Path, made: Path) -> None:
    """Copy a database that may be in use, and check the copy."""
    with (
        contextlib.closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        ) as source,
        contextlib.closing(sqlite3.connect(made)) as copy,
    ):
        source.backup(copy)
        whole = copy.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    if not whole:
        raise Damaged(f"{file} is damaged: no good copy could be made of it.")
