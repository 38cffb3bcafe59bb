"""The engine: the only place that knows what kind of database this is.

Unavailable             the database cannot be used as it is
├── Missing             there is no file
├── Foreign             there is a file, and it is not one of ours
├── Newer               it was written by a later ka2tui
├── Damaged             its contents are broken
├── Unwritable          it, or its folder, or the disk takes no writes
├── Moved               it was moved, removed or replaced while it was open
│   └── Replaced        another copy was laid over it
├── Busy                another program keeps it locked
└── Unreachable         the server does not answer
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError

from ka2tui import unfinished
from ka2tui.domain.refusal import Refused, Unavailable
from ka2tui.settings import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x4B413254
"""Bytes 68 to 71 of every file of ours: "KA2T"."""

EXAMPLE = 0x44454D4F
"""Bytes 60 to 63 of the example project's file: only such a file is ever built anew."""

WRITES = {"writes": True}
"""Execution options of a session that is going to write."""

CHECK_AT_ONCE_BELOW = 2 * 2**20
"""Bytes up to which a file is checked before it is read as well: it takes a few milliseconds."""

CHECK_WHOLE_BELOW = 20 * 2**20
"""Bytes up to which every page is checked before the first write."""

_BROKEN = ("malformed", "not a database", "corrupt", "decode", "no such table", "no such column")
"""What SQLite says of a file that is not whole; the revision, checked before, names its tables."""

_MAGIC = b"SQLite format 3\0"
_LOCK = 0x4B413254
_SIDES = ("-journal", "-wal", "-shm")
"""What SQLite puts beside a file; it takes any it finds there for a part of the file."""
_PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "fullfsync=ON",
    "secure_delete=ON",
)


class Missing(Unavailable):
    """There is no database there."""


class Foreign(Unavailable):
    """This is not a ka2tui database."""


class Newer(Unavailable):
    """This database was written by a newer ka2tui."""


class Damaged(Unavailable):
    """The database is damaged."""


class Unwritable(Unavailable):
    """The database cannot be written to."""


class Moved(Unavailable):
    """The database was moved, removed or replaced while it was open."""


class Replaced(Moved):
    """Another copy was laid over the database while it was open."""


class Busy(Unavailable):
    """Another program keeps the database locked."""


class Unreachable(Unavailable):
    """The database server does not answer."""


class Clash(Refused):
    """Something else has this code or name already, or still refers to this."""


def is_server(place: str) -> bool:
    """Tell whether a place is a server's address rather than a file."""
    return "://" in place and not place.startswith("sqlite:")


def file_of(place: str) -> Path:
    """Give the file a place names, as a path or as a `sqlite:///` address."""
    return path_of(place.removeprefix("sqlite:///"))


def connect(place: str, *, draft: bool = False) -> Engine:
    """Make the engine for a place; nothing is opened yet.

    Args:
        draft: The file is still being made by `create`, which brings it to the disk as a whole.

    Raises:
        Unreachable: A server is named, and the part of ka2tui that talks to servers is missing.
    """
    if is_server(place):
        return _connect_server(place)
    # as many prepared statements as one thing that is done takes; each holds some KB
    prepared = {"cached_statements": 32}
    engine = create_engine(f"sqlite:///{file_of(place)}", connect_args=prepared)
    event.listen(engine, "connect", _set_pragmas)
    if draft:
        event.listen(engine, "connect", _do_not_wait)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", _commit)
    return engine


def _connect_server(address: str) -> Engine:
    scheme, rest = address.split("://", 1)
    if scheme.split("+")[0] not in ("postgresql", "postgres"):
        raise Unreachable(
            f"{scheme}:// is no address ka2tui knows: name a file, or postgresql://HOST/DATABASE."
        )
    try:
        return create_engine(
            f"postgresql+psycopg://{rest}",
            isolation_level="SERIALIZABLE",
            pool_pre_ping=True,
            connect_args={"connect_timeout": 8},
        )
    except ModuleNotFoundError:
        message = "This address needs PostgreSQL support: pip install 'ka2tui[postgres]'"
        raise Unreachable(message) from None
    except (ArgumentError, ValueError):  # its words would repeat the password
        message = "This is no address of a database: write it as postgresql://HOST:PORT/DATABASE."
        raise Unreachable(message) from None


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _do_not_wait(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _begin(connection: Connection) -> None:
    """Lock at the first statement of a writer: its reads and writes are then of one moment."""
    writes = connection.get_execution_options().get("writes")
    # Pages that were changed are kept in memory until the end, or they go to the disk twice; those
    # that are only read, the system keeps anyway.
    raw = connection.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection):
        raw.execute(f"PRAGMA cache_size=-{2048 if writes else 256}")
        if connection.get_execution_options().get("hurried"):
            raw.execute("PRAGMA busy_timeout=500")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _commit(connection: Connection) -> None:
    """Commit, and wait on while a reader still holds the file."""
    raw = connection.connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection) or not raw.in_transaction:
        return
    end = time.monotonic() + 30
    while True:
        try:
            raw.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
        else:
            return


def lock_writers(connection: Connection) -> None:
    """Let one writer in at a time, so that history numbers are in commit order.

    A table lock, because it is waited for before the transaction's view of the data is taken: what
    is read afterwards is what the writer before has left.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE history_entry IN EXCLUSIVE MODE")


def lock_upgrade(connection: Connection) -> None:
    """Let one program make or change the tables at a time."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def defer_references(connection: Connection) -> None:
    """Check references at the end of this transaction instead of at each statement."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
    else:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


def should_retry(error: DBAPIError) -> bool:
    """Tell whether the same work may succeed if it is simply run again."""
    return getattr(error.orig, "sqlstate", None) in ("40001", "40P01")


@contextlib.contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn what a driver reports into a sentence with a remedy.

    Raises:
        Unavailable: The database cannot be used.
        Clash: A value that must be unique is taken, or a removed record is still referred to.
    """
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError) as error:  # the raw one: at COMMIT
        raise Clash from error
    except (DBAPIError, sqlite3.Error) as error:
        known = explain(error, place)
        if known is None:
            raise
        raise known from error
    except ValueError as error:
        if not _is_unreadable(error):
            raise
        raise Damaged(_damaged(place)) from error


def _is_unreadable(error: ValueError) -> bool:
    """Tell whether a stored value is not what its column holds: a byte was flipped."""
    said = str(error)
    return (
        isinstance(error, (json.JSONDecodeError, UnicodeDecodeError))
        or said.startswith("Couldn't parse")
        or "is not a valid" in said
        or "Invalid isoformat" in said
    )


def _damaged(place: str) -> str:
    named = "The server's database" if is_server(place) else str(file_of(place))
    return (
        f"{named} is damaged. Nothing was written to it. Take the latest good copy of the file, "
        "or ask for help with this one before anything else is tried."
    )


def explain(error: Exception, place: str) -> Unavailable | None:
    """Say what a driver's error means for the user; None where it is a fault of ours."""
    if is_server(place):
        sqlstate = getattr(getattr(error, "orig", None), "sqlstate", None)
        broken = getattr(error, "connection_invalidated", False)
        if sqlstate is None or broken or sqlstate[:2] in ("08", "28", "53", "57", "3D"):
            return Unreachable(
                "The database server does not let us in or does not answer; check the address and "
                f"the network.{_server_said(error, place)}"
            )
        if sqlstate == "25006":
            return Unwritable("The database server takes no writes just now.")
        return None
    text, name = str(error).lower(), file_of(place)
    if any(word in text for word in _BROKEN):
        return Damaged(_damaged(place))
    if _name_of(error) == "SQLITE_READONLY_DBMOVED":
        return Moved(_moved(name))
    if "readonly" in text or "read-only" in text:
        return Unwritable(f"{name} can only be read: the file or its folder is write-protected.")
    if "full" in text:
        return Unwritable(f"The disk of {name} is full. Free some space; nothing was half-saved.")
    if "locked" in text or "busy" in text:
        return Busy(f"{name} is kept locked by another program. Close it there and try again.")
    if "unable to open" in text or "disk i/o" in text:
        return Unwritable(f"{name} cannot be opened or written. Check the folder and the disk.")
    return None


def _name_of(error: Exception) -> str | None:
    """Give SQLite's own name of an error."""
    return getattr(getattr(error, "orig", error), "sqlite_errorname", None)


def _moved(file: Path) -> str:
    return (
        f"{file} was moved, removed or replaced by another program while it was open here, and is "
        "not written to. Put it back, or leave and open it anew."
    )


def replaced(place: str) -> str:
    """Say that a database holds another history than the one that was shown."""
    named = "The server's database" if is_server(place) else str(file_of(place))
    return (
        f"{named} was replaced by another copy while it was open here. Nothing was changed in it; "
        "what that copy holds is read now: look before you go on."
    )


def identity(place: str) -> tuple[int, int] | None:
    """Tell a file from another one that takes its name; None: a server, or there is none."""
    found = _looked_up(place)
    return None if found is None else (found.st_dev, found.st_ino)


def written(place: str) -> tuple[int, int] | None:
    """Tell when a file was written last, in nanoseconds, and its size; None: a server, or gone."""
    found = _looked_up(place)
    return None if found is None else (found.st_mtime_ns, found.st_size)


def _looked_up(place: str) -> os.stat_result | None:
    if is_server(place):
        return None
    try:
        return file_of(place).stat()
    except OSError:
        return None


def refuse_moved(place: str, opened: tuple[int, int] | None) -> None:
    """Refuse a file that is no longer the one that was opened; it would be shown as it was.

    Raises:
        Moved: Another one has its name, or none.
        Unwritable: It cannot be reached: a drive or a network is gone, or a right was taken.
    """
    if opened is None or identity(place) == opened:
        return
    file = file_of(place)
    try:
        file.stat()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise Unwritable(
            f"{file} cannot be reached: {error.strerror or error}. Check the folder, the drive or "
            "the network."
        ) from None
    raise Moved(_moved(file))


def _server_said(error: Exception, place: str) -> str:
    """Quote what the server said last, without the password, which it never needs to repeat."""
    lines = str(getattr(error, "orig", "")).strip().splitlines()
    secret = make_url(place).password
    if not lines or (secret and str(secret) in lines[-1]):
        return ""
    return f" It said: {lines[-1].strip()}"


def look_at(file: Path) -> None:
    """Refuse a file that is not ours, before any database code touches it.

    Raises:
        Missing: There is no such file.
        Foreign: It is a folder, empty, or of another program.
        Damaged: It is cut short.
        Unwritable: It cannot be read at all.
    """
    try:
        if stat.S_ISFIFO(file.stat().st_mode):  # to open it would wait for whoever writes to it
            raise Foreign(f"{file} is a pipe, not a ka2tui database.")
        with file.open("rb") as opened:
            head = opened.read(100)
    except FileNotFoundError:
        message = f"There is no database at {file}. Open the app once, or name one with --db."
        raise Missing(message) from None
    except IsADirectoryError:
        raise Foreign(f"{file} is a folder, not a ka2tui database.") from None
    except OSError as error:
        raise Unwritable(f"{file} cannot be read: {error.strerror}.") from None
    if not head:
        raise Foreign(f"{file} is empty: not a ka2tui database. Remove it or name another file.")
    if not head.startswith(_MAGIC):
        raise Foreign(f"{file} is not a ka2tui database (another format, or encrypted).")
    if len(head) < 100:
        raise Damaged(f"{file} is damaged: it is cut short.")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise Foreign(f"{file} is a database of another program, not of ka2tui.")


def is_example(file: Path) -> bool:
    """Tell whether a file of ours holds the example project and nothing of anybody's work."""
    with file.open("rb") as opened:
        return int.from_bytes(opened.read(64)[60:64], "big") == EXAMPLE


def mark_example(file: Path) -> None:
    """Mark a file as the example project's."""
    with contextlib.closing(sqlite3.connect(file)) as raw, raw:
        raw.execute(f"PRAGMA user_version={EXAMPLE}")


def create(file: Path, build: Any) -> None:
    """Make a new database so that it appears whole or not at all, readable by its owner only.

    Args:
        file: Where it shall be; its folder is made where missing.
        build: Called with the place of a new, empty database, to make its tables.

    Raises:
        Unwritable: The folder takes no file, or the disk is full.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = unfinished.begin(file.parent, f".{file.name}.new-")
    except OSError as error:
        raise Unwritable(f"{file} cannot be made: {error.strerror or error}.") from None
    os.close(handle)
    made = Path(name)
    try:
        with explained(str(file)):
            with contextlib.closing(sqlite3.connect(made)) as raw, raw:
                raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
            build(str(made))
        try:
            _sync(made)
            if not file.exists():
                _part_from(file)
        except OSError as error:
            raise Unwritable(f"{file} cannot be made: {error.strerror or error}.") from None
        with contextlib.suppress(FileExistsError):
            _appear(made, file)
        with contextlib.suppress(OSError):  # a folder cannot be opened on every system
            _sync(file.parent)
    finally:
        made.unlink(missing_ok=True)


def _part_from(gone: Path) -> None:
    """Rename what was left beside a file that is gone: written into a new one, it would ruin it.

    It is kept, since the file may only have been moved, and lack what was left behind.
    """
    for left in (gone.with_name(gone.name + side) for side in _SIDES):
        number, aside = 1, left.with_name(f"{left.name}.old")
        while aside.exists():
            number += 1
            aside = left.with_name(f"{left.name}.old-{number}")
        with contextlib.suppress(FileNotFoundError):
            left.rename(aside)


def remove(file: Path) -> None:
    """Remove a database with all that SQLite put beside it."""
    for each in (file, *(file.with_name(file.name + side) for side in _SIDES)):
        each.unlink(missing_ok=True)


def _appear(made: Path, file: Path) -> None:
    """Give a finished file its name, unless somebody else was quicker."""
    try:
        os.link(made, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if not file.exists():
            made.replace(file)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def why_read_only(place: str) -> str | None:
    """Say why a file takes no writes, None where it does."""
    if is_server(place):
        return None
    file = file_of(place)
    if not os.access(file, os.W_OK):
        return f"{file.name} is write-protected"
    if not os.access(file.parent, os.W_OK):
        return f"the folder of {file.name} is write-protected"
    return None


def is_small(place: str) -> bool:
    """Tell whether a file is checked so quickly that it is before it is read."""
    if is_server(place):
        return False
    try:
        return file_of(place).stat().st_size < CHECK_AT_ONCE_BELOW
    except OSError:  # it is gone: the database says so
        return False


def verify(connection: Connection, place: str) -> None:
    """Check a file's pages and references before the first write.

    Raises:
        Damaged: Something is broken; nothing was changed.
    """
    if connection.dialect.name != "sqlite":
        return
    file = file_of(place)
    check = "integrity_check" if file.stat().st_size < CHECK_WHOLE_BELOW else "quick_check"
    found = connection.exec_driver_sql(f"PRAGMA {check}(3)").scalars().all()
    if found != ["ok"]:
        message = f"{file} is damaged ({found[0]}). Nothing was written to it."
        raise Damaged(message)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise Damaged(f"{file} is damaged: a record refers to one that is gone.")
