"""Migrations: how the tables came to be as they are, and how an older file catches up."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from ka2tui.store import engine
from ka2tui.store.backup import keep_copy

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every revision there has been, oldest first; a test holds them against the scripts."""

HEAD = REVISIONS[-1]

SAME_ROWS = frozenset(REVISIONS)
"""The revisions whose rows can be put back as they were: since then only tables were added, and
columns that may be empty."""

_FOLDER = Path(__file__).parent


def bring_up_to_date(place: str, read_only: str | None) -> None:
    """Upgrade a database where it is behind; costs one SELECT where it is not.

    Args:
        place: A file that is one of ours, or a server's address.
        read_only: Why it takes no writes, if so.

    Raises:
        Newer: It was written by a later ka2tui.
        Damaged: It has no revision.
        Unwritable: It is behind, and takes no writes.
    """
    stored = _stored_revision(place)
    if stored == HEAD:
        return
    if stored is not None and stored not in REVISIONS:
        raise engine.Newer(
            f"{_named(place)} was written by a newer ka2tui (its tables are of version {stored}, "
            f"this program knows {HEAD}). Install the newer ka2tui; the file was not touched."
        )
    if not engine.is_server(place):
        if stored is None:
            raise engine.Damaged(f"{_named(place)} has lost its tables. It was not touched.")
        if read_only is not None:
            raise engine.Unwritable(
                f"{_named(place)} must be brought up to date once, and {read_only}."
            )
        keep_copy(engine.file_of(place), f"before-{HEAD}")
    upgrade(place)


def upgrade(place: str) -> None:
    """Run every migration that is still missing, in one transaction."""
    # Alembic costs 70 ms: only when there is something to do.
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    made = engine.connect(place)
    scripts = ScriptDirectory(str(_FOLDER), version_locations=[str(_FOLDER / "versions")])

    def missing(revision: Any, _context: MigrationContext) -> list[object]:
        return list(scripts._upgrade_revs("head", revision))  # noqa: SLF001 - as its commands do

    try:
        with made.connect().execution_options(**engine.WRITES) as connection:
            if connection.dialect.name == "sqlite":
                # With references on, rebuilding a table would remove every row that refers to it.
                raw = connection.connection.dbapi_connection
                if isinstance(raw, sqlite3.Connection):
                    raw.execute("PRAGMA foreign_keys=OFF")
            with connection.begin():
                engine.lock_upgrade(connection)
                context = MigrationContext.configure(connection, opts={"fn": missing})
                with Operations.context(context):
                    context.run_migrations()
                _refuse_orphans(connection)
    finally:
        made.dispose()


def _stored_revision(place: str) -> str | None:
    """Read the revision a database is at; None where it has no tables yet."""
    made = engine.connect(place)
    try:
        with made.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            return None if found is None else str(found)
    finally:
        made.dispose()


def _refuse_orphans(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise engine.Damaged("A record refers to one that is gone; nothing was changed.")


def _named(place: str) -> str:
    return "The server's database" if engine.is_server(place) else str(engine.file_of(place))
