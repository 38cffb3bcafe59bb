"""A first look into a file of ours, while the database library is still being loaded.

The library takes a third of a second to load; reading some rows with what comes with Python takes
ten milliseconds. A look is for showing only: it never writes, waits for nobody, and sees nothing
wherever anything is out of the ordinary. The portfolio, opened meanwhile, then says what it is.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from ka2tui.settings import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""The revisions whose tables of projects, tasks, tags and names are as they are now."""

APPLICATION_ID = 0x4B413254
"""As in the engine, which cannot be asked: it knows the library."""


class NothingSeen(Exception):
    """There is nothing here that could be shown already."""


@contextlib.contextmanager
def looking(place: str) -> Iterator[sqlite3.Connection]:
    """Read a file as it is at one moment.

    Raises:
        NothingSeen: It is a server, missing, not ours, of another revision, locked, damaged, or
            was left in the middle of a change.
    """
    if "://" in place:
        raise NothingSeen
    file = path_of(place).absolute()
    if not file.is_file():
        raise NothingSeen
    try:
        with contextlib.closing(
            sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=0)
        ) as raw:
            raw.execute("PRAGMA trusted_schema=OFF")
            raw.execute("PRAGMA cell_size_check=ON")
            raw.execute("BEGIN")
            (ours,) = raw.execute("PRAGMA application_id").fetchone()
            if ours != APPLICATION_ID:
                raise NothingSeen
            revisions = raw.execute("SELECT version_num FROM alembic_version").fetchall()
            if len(revisions) != 1 or revisions[0][0] not in REVISIONS:
                raise NothingSeen
            yield raw
    except (OSError, sqlite3.Error, ValueError) as error:
        raise NothingSeen from error
