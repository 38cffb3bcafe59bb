"""Reading: what a query is given to ask with.

A query asks for columns, and for those a connection is enough. What keeps records (a session, and
classes that are mapped) is the other half of the library: it takes a third as long to load again,
and six megabytes. It is loaded with the first change, or when a query asks for records after all.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, cast

from ka2tui.store import mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, Executable
    from sqlalchemy.orm import Session


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Read the database as it is at one moment.

    What is given is a session to whoever asks it; where only columns are asked for, it never
    becomes one.
    """
    with engine.connect() as connection:
        found = _Reading(connection)
        try:
            yield cast("Session", found)
        finally:
            found.close()


class _Reading:
    """Answers from a connection while columns are asked for, from a session when more is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._session: Session | None = None

    def connection(self) -> Connection:
        """Give what a session would read through."""
        return self._connection

    def execute(self, statement: Executable, *args: Any, **kwargs: Any) -> Any:
        """Give rows."""
        return self._answering().execute(statement, *args, **kwargs)

    def scalars(self, statement: Executable, *args: Any, **kwargs: Any) -> Any:
        """Give the first value of each row."""
        return self._answering().scalars(statement, *args, **kwargs)

    def scalar(self, statement: Executable, *args: Any, **kwargs: Any) -> Any:
        """Give the first value of the first row."""
        return self._answering().scalar(statement, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        """Be a session for all else."""
        return getattr(self._whole(), name)

    def close(self) -> None:
        """Let go of the records that were read."""
        if self._session is not None:
            self._session.close()

    def _answering(self) -> Connection | Session:
        """Say what answers: a statement that names a record as a whole has had it mapped."""
        return self._whole() if mapping.records_wanted() else self._connection

    def _whole(self) -> Session:
        if self._session is None:
            from sqlalchemy.orm import Session

            self._session = Session(self._connection)
        return self._session
