"""The portfolio: the open database, and the only door to it."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import event, select
from sqlalchemy.exc import DBAPIError, NoResultFound

from ka2tui.domain.refusal import Refused, Removed
from ka2tui.domain.text import clean
from ka2tui.frozen import frozen
from ka2tui.store import backup, engine, journal, migrations, names, restore_points, steps, stretch
from ka2tui.store.operation import Label, say
from ka2tui.store.reading import reading
from ka2tui.store.records import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from ka2tui.store.operation import Operation

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F")

_TRIES = 8
"""How often a change is run again when another writer on the server was quicker."""


@frozen
class Outcome(Generic[R]):
    """What a change gave back, and what it touched."""

    value: R
    label: str
    """What was done, in words."""
    touched: frozenset[str]
    """The kinds of record that changed; empty where nothing did."""
    entry: int | None
    """Its place in the history; None where nothing changed."""
    project: int | None
    taken: Taken | None = None
    """What was taken back or brought again; None where it is a change of its own."""


@frozen
class Taken:
    """An entry of the history that was taken back or brought again."""

    entry: int
    at: datetime
    """In UTC: when it was made."""


@frozen
class Foresight(Generic[F]):
    """What a change would be that was only rehearsed."""

    label: str
    """What it would do, in words."""
    seen: F
    """What was asked of it."""


class NothingToUndo(Refused):
    """There is nothing to undo."""


class NothingToRedo(Refused):
    """There is nothing to redo."""


class _Rehearsed(Exception):
    """Ends a rehearsal, so that everything is rolled back."""


class Portfolio:
    """Every project of one database."""

    def __init__(
        self,
        place: str,
        made: Engine,
        actor: str,
        read_only: str | None,
        now: Callable[[], datetime],
    ) -> None:
        self.place = place
        self.actor = clean(actor) or "somebody"
        self.read_only = read_only
        """Why nothing can be changed; None where it can."""
        self._engine = made
        self._now = now
        self._opened = engine.identity(place)
        self._verified = False
        self._written = engine.written(place)
        """When the file was written last, as far as is known here."""
        self._known = (0, "")
        """The newest entry of the history that was seen here, and its digest."""
        self.changed = False
        """Whether anything was changed through this door."""
        self.hurried = False
        """Whether a change waits no longer for a lock, for nobody is there any more."""

    @classmethod
    def open(
        cls,
        place: str | Path,
        *,
        actor: str,
        create: bool = True,
        draft: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Portfolio:
        """Open a database, and bring it up to date where it was made by an older ka2tui.

        Args:
            place: A file, or the address of a PostgreSQL database.
            actor: Who the history shall say did it.
            create: Make the file where there is none.
            draft: The file is still being made, inside `engine.create`.
            now: Gives the instants of the history, in UTC.

        Raises:
            Unavailable: It cannot be used; nothing was changed.
        """
        where = str(place)
        if not engine.is_server(where):
            file = engine.file_of(where)
            if create and not file.exists():
                engine.create(file, migrations.upgrade)
            engine.look_at(file)
            where = str(file)
        read_only = engine.why_read_only(where)
        with engine.explained(where):
            migrations.bring_up_to_date(where, read_only)
        return cls(where, engine.connect(where, draft=draft), actor, read_only, now)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def do(self, operation: Operation[P, R], *args: P.args, **kwargs: P.kwargs) -> Outcome[R]:
        """Run an operation in one transaction, and write what it changed into the history.

        Raises:
            Refused: A rule says no; nothing changed.
            Unavailable: The database cannot be written; nothing changed.
        """

        def body(session: Session) -> tuple[R, list[journal.Image]]:
            recorder = journal.Recorder(session)
            value = operation(session, *args, **kwargs)
            return value, recorder.changes()

        return self._change(Label(operation.label, {}), body, point=operation.point)

    def rehearse(self, operation: Operation[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an operation, give its answer, and keep nothing of it.

        Of a file that is write-protected a copy is made for it, and thrown away.
        """
        if self.read_only is not None and not engine.is_server(self.place):
            with backup.thrown_away(engine.file_of(self.place)) as copy:
                beside = Portfolio(copy, engine.connect(copy), self.actor, None, self._now)
                try:
                    return beside.rehearse(operation, *args, **kwargs)
                finally:
                    beside.close()
        found: list[R] = []

        def body(session: Session) -> None:
            found.append(operation(session, *args, **kwargs))
            session.flush()
            raise _Rehearsed

        with contextlib.suppress(_Rehearsed), engine.explained(self.place):
            self._transact(body, writes=self.read_only is None)
        return found[0]

    def foresee(
        self,
        told: Callable[[Session, list[journal.Image]], F],
        operation: Operation[P, R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Foresight[F]:
        """Run an operation, tell what it would change, and keep nothing of it.

        Args:
            told: A query that is given the changes, and reads the records as they would be.
            operation: What is rehearsed.

        Raises:
            Refused: A rule says no.
        """

        def change(session: Session) -> list[journal.Image]:
            recorder = journal.Recorder(session)
            operation(session, *args, **kwargs)
            return recorder.changes()

        return self._foresee(told, change, Label(operation.label, {}))

    def _foresee(
        self,
        told: Callable[[Session, list[journal.Image]], F],
        change: Callable[[Session], list[journal.Image]],
        label: Label,
    ) -> Foresight[F]:
        found: list[Foresight[F]] = []

        def body(session: Session) -> None:
            changes = change(session)
            said: Label = session.info.get("label", label)
            found.append(Foresight(str(said), told(session, changes)))
            raise _Rehearsed

        with contextlib.suppress(_Rehearsed), engine.explained(self.place):
            self._transact(body, writes=self.read_only is None)
        return found[-1]

    def ask(
        self, query: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Answer a query; what it returns holds no record.

        Raises:
            Removed: What is asked about was removed, by another window for instance.
            Unavailable: The database cannot be read.
        """
        with engine.explained(self.place), _removed_told():
            if not self._verified and engine.is_small(self.place):
                self._verify_once()
            with reading(self._engine) as session:
                return query(session, *args, **kwargs)

    def undo(self, project: int | None = None, *, entry: int | None = None) -> Outcome[None]:
        """Take back this actor's last change that still stands.

        Args:
            project: Only changes of this project; None: of the whole database.
            entry: The only change that is meant, where it was shown before.

        Raises:
            NothingToUndo: There is none.
            Conflict: Somebody changed the same since.
            Refused: Another one is the last by now.
        """
        return self._take_back("undo", self._next_step("undo", project, entry))

    def redo(self, project: int | None = None, *, entry: int | None = None) -> Outcome[None]:
        """Take back this actor's last undo, unless something was done since.

        One that took a whole project away is found from every other project too.

        Raises:
            NothingToRedo: There is none, or something newer was done, undone or not.
            Conflict: Somebody changed the same since.
            Refused: Another one is the last by now.
        """
        return self._take_back("redo", self._next_step("redo", project, entry))

    def foresee_step(
        self,
        told: Callable[[Session, list[journal.Image]], F],
        way: str,
        project: int | None = None,
    ) -> Foresight[F]:
        """Tell what undo or redo would change, as `foresee` does of an operation.

        Raises:
            Refused: There is nothing, or it can no longer be taken back.
        """
        last = self._next_step(way, project, None)

        def change(session: Session) -> list[journal.Image]:
            return self._revert(session, last(session))

        return self._foresee(told, change, Label("", {}))

    def go_back(self, to: int, project: int | None = None) -> Outcome[int]:
        """Take back all that was done in a project after an entry of its history, by everybody.

        It is a change like any other: one undo brings everything again.

        Args:
            to: The last entry that stays; 0: none.
            project: None: the project of that entry.

        Returns:
            How many changes were taken back.

        Raises:
            NothingSince: There is nothing to take back.
            Refused: The entry is not of this project alone, or something cannot be taken back.
        """

        def body(session: Session) -> tuple[int, list[journal.Image]]:
            found = stretch.since(session, to, project)
            if not found.changes:
                raise stretch.NothingSince("Everything stands as it did then.")
            first = session.get_one(Entry, found.entries[0])
            count = len(found.entries)
            say(
                session,
                stretch.WENT_BACK,
                first=journal.entry_label(first.label, first.words),
                changes=f"{count} change{'s' if count > 1 else ''}",
                since=to,
            )
            return count, journal.put_back(session, found.changes, found.entries[-1])

        return self._change(Label("Go back", {}), body)

    def clock(self) -> int:
        """Give a number that grows with every change, whoever made it.

        Raises:
            Replaced: Another copy was laid over the database; said once, then it is known.
            Unavailable: The database cannot be read, or is another one by now.
        """
        engine.refuse_moved(self.place, self._opened)
        with engine.explained(self.place):
            written, known = engine.written(self.place), self._known
            # Asked every second: no session, which takes four times as long.
            with self._engine.connect() as connection:
                self._known = journal.newest(connection)
            if written != self._written and self._known == known:
                self._forget_pages()
                with self._engine.connect() as connection:
                    self._known = journal.newest(connection)
            self._written = written
            if self._known != known:
                with self._engine.connect() as connection:
                    if not journal.stands(connection, known):
                        self._verified = False
                        raise engine.Replaced(engine.replaced(self.place))
        return self._known[0]

    def check_history(self) -> None:
        """Hold the whole history against its digests and the records.

        Raises:
            Broken: Something was altered behind its back.
        """
        self.ask(journal.check)

    def verify(self) -> None:
        """Check pages and references of the file.

        Raises:
            Damaged: Something is broken.
        """
        with engine.explained(self.place), self._engine.connect() as connection:
            engine.verify(connection, self.place)

    def erase(self, texts: list[str]) -> int:
        """Take texts out of the whole history for good; this cannot be taken back.

        Returns:
            How many values were erased.
        """
        self._refuse_read_only()
        with engine.explained(self.place):
            return self._transact(lambda session: journal.erase(session, texts), writes=True)

    # -- how a change is made

    def _next_step(
        self, way: str, project: int | None, meant: int | None
    ) -> Callable[[Session], Entry]:
        def last(session: Session) -> Entry:
            find = steps.next_undo if way == "undo" else steps.next_redo
            found = find(session, project, self.actor)
            if found is None:
                raise NothingToUndo if way == "undo" else NothingToRedo
            if meant not in (None, found):
                raise Refused("Something else was changed meanwhile; nothing was taken back.")
            return session.get_one(Entry, found)

        return last

    def _take_back(self, kind: str, last: Callable[[Session], Entry]) -> Outcome[None]:
        found: dict[str, Any] = {}

        def body(session: Session) -> tuple[None, list[journal.Image]]:
            found["undone"] = entry = last(session)
            return None, self._revert(session, entry)

        return self._change(Label("", {}), body, kind, found)

    @staticmethod
    def _revert(session: Session, entry: Entry) -> list[journal.Image]:
        session.info["label"] = Label(entry.label, dict(entry.words))
        if entry.revision not in migrations.SAME_ROWS:
            raise journal.Gone(
                "This was done with an earlier version of ka2tui and can no longer be taken back."
            )
        return journal.revert(session, entry.id)

    def _change(
        self,
        label: Label,
        body: Callable[[Session], tuple[R, list[journal.Image]]],
        kind: str = "do",
        found: dict[str, Any] | None = None,
        *,
        point: bool = False,
    ) -> Outcome[R]:
        """Open the only writing session there is, run the body, write the entry, commit."""
        self._refuse_read_only()
        digests: list[str] = []

        def whole(session: Session) -> Outcome[R]:
            digests.clear()
            if not journal.stands(session.connection(), self._known):
                # what was aimed at is perhaps another record there
                raise engine.Replaced(engine.replaced(self.place))
            value, changes = body(session)
            said: Label = session.info.get("label", label)
            words = str(Label(said.template, said.words))
            if not changes:
                return Outcome(value, words, frozenset(), None, None)
            project = journal.project_of(changes, session.connection())
            if kind == "do":
                changes += restore_points.set_before(session, changes, project, words, always=point)
            undone: Entry | None = (found or {}).get("undone")
            entry, digest = journal.write(
                session,
                changes,
                at=self._now(),
                actor=self.actor,
                kind=kind,
                label=said,
                project=project,
                undoes=None if undone is None else undone.id,
                revision=migrations.HEAD,
            )
            digests.append(digest)
            touched = frozenset(change["table_name"] for change in changes)
            took = None if undone is None else Taken(undone.id, undone.at)
            return Outcome(value, words, touched, entry, project, took)

        with engine.explained(self.place):
            if engine.written(self.place) != self._written:
                engine.refuse_moved(self.place, self._opened)
                self._forget_pages()
            self._verify_once()
            outcome = self._transact(whole, writes=True, made=digests)
        if outcome.entry is not None:
            self.changed = True
            self._known = (outcome.entry, digests[0])
            self._written = engine.written(self.place)
        return outcome

    def _transact(
        self,
        body: Callable[[Session], R],
        *,
        writes: bool,
        made: list[str] | None = None,
    ) -> R:
        from sqlalchemy.orm import Session

        options = {**engine.WRITES, "hurried": self.hurried} if writes else {}
        for left in reversed(range(_TRIES)):
            answer: list[R] = []
            try:
                with Session(self._engine, execution_options=options) as session, session.begin():
                    if writes:
                        engine.lock_writers(session.connection())
                        event.listen(session, "before_flush", names.refuse_long)
                    with _removed_told():
                        answer.append(body(session))
                return answer[0]
            except DBAPIError as error:
                if left and engine.should_retry(error):
                    continue
                if answer and made and self._was_committed(made[0]):
                    return answer[0]
                raise
        raise AssertionError

    def _forget_pages(self) -> None:
        """Let nothing that was read before be taken for what the file holds now.

        SQLite keeps pages as long as a counter in the file stands; two copies of one file with a
        change each have the same one, and laid over each other they would be mixed.
        """
        self._engine.dispose()

    def _was_committed(self, digest: str) -> bool:
        """Look whether a change stands although an error was reported while it was saved."""
        self._engine.dispose()
        try:
            with self._engine.connect() as connection:
                return connection.scalar(select(Entry.id).where(Entry.digest == digest)) is not None
        except DBAPIError:
            return False

    def _verify_once(self) -> None:
        if not self._verified:
            with self._engine.connect() as connection:
                engine.verify(connection, self.place)
            self._verified = True

    def _refuse_read_only(self) -> None:
        if self.read_only is not None:
            raise engine.Unwritable(f"Nothing can be changed: {self.read_only}.")


@contextlib.contextmanager
def _removed_told() -> Iterator[None]:
    """Tell in a sentence that a record is gone which somebody had in sight a moment ago."""
    try:
        yield
    except NoResultFound as missing:
        raise Removed from missing
