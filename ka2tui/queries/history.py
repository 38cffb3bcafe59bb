"""History: who changed what, and when, in words."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from ka2tui.domain.bulk import is_many
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.store import journal
from ka2tui.store.lots import in_parts
from ka2tui.store.records import Change, Entry, Project, RestorePoint
from ka2tui.store.steps import next_redo, next_undo
from ka2tui.store.stretch import WENT_BACK, count_records

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_WINDOW = 2000
"""Lines read at once while words are looked for."""


class EntryRow(NamedTuple):
    """One line of history."""

    id: int
    at: datetime
    """In UTC."""
    actor: str
    kind: str
    """do, undo or redo."""
    label: str
    project_id: int | None
    project: str | None
    """Acronym; None where it touched several projects, or one that is gone."""
    records: int
    """How many records it changed, restore points aside."""
    standing: bool
    """False where it was taken back, and not brought again since."""


@frozen
class Steps:
    """What taking back and bringing again would do for somebody, in words; None: nothing."""

    undo: str | None
    redo: str | None


@frozen
class Step:
    """What undo or redo would take back."""

    entry: int
    records: int
    """How many records it would change; what comes or goes with its owner counts as one."""
    goes: bool
    """Whether a whole project goes with it."""
    comes: bool
    """Whether a whole project comes with it."""

    @property
    def large(self) -> bool:
        """Whether it is shown before it is done."""
        return self.goes or is_many(self.records)


def entries(
    session: Session,
    project: int | None = None,
    *,
    words: str = "",
    before: int | None = None,
    limit: int = 200,
) -> list[EntryRow]:
    """Give the newest lines of history, newest first.

    Args:
        project: Only of this project; None: of the whole database.
        words: Only lines in which every one of these words occurs.
        before: Only lines older than this one.
        limit: At most so many.
    """
    wanted = fold(words).split()
    if wanted:
        return _rows(session, _with_words(session, project, wanted, before, limit))
    ids = _of(project, select(Entry.id)).order_by(Entry.id.desc()).limit(limit)
    if before is not None:
        ids = ids.where(Entry.id < before)
    return _rows(session, session.scalars(ids).all())


def fitting(
    session: Session,
    project: int | None,
    fits: Callable[[EntryRow], bool],
    *,
    limit: int = 200,
) -> list[EntryRow]:
    """Give the newest lines of history that fit, newest first.

    Args:
        project: Only of this project; None: of the whole database.
        fits: Decides by a line.
        limit: At most so many.
    """
    found: list[EntryRow] = []
    before: int | None = None
    while len(found) < limit:
        window = entries(session, project, before=before, limit=_WINDOW)
        found += filter(fits, window)
        if len(window) < _WINDOW:
            break
        before = window[-1].id
    return found[:limit]


def touching(session: Session, ids: Sequence[int], tables: Collection[str]) -> set[int]:
    """Give those of certain lines of history that changed a record of one of these kinds."""
    found: set[int] = set()
    for some in in_parts(ids):
        changed = select(Change.entry_id).where(
            Change.entry_id.in_(some), Change.table_name.in_(tables)
        )
        found.update(session.scalars(changed))
    return found


def project_named(session: Session, said: str) -> int | None:
    """Give the id of a project by id, acronym or agreement number, also of one that is gone."""
    images = select(Change.row_id, Change.before, Change.after)
    wanted = fold(said.strip())
    for row, before, after in session.execute(
        images.where(Change.table_name == "project").order_by(Change.id.desc())
    ):
        image = {**(before or {}), **(after or {})}
        names = (row, image.get("acronym"), image.get("agreement"))
        if wanted in (fold(str(name)) for name in names if isinstance(name, (int, str))):
            return int(row)
    return None


def exists(session: Session, entry: int) -> bool:
    """Say whether there is such a line of history."""
    return session.get(Entry, entry) is not None


def lines(session: Session, ids: Sequence[int]) -> list[EntryRow]:
    """Give certain lines of history, in the order of the ids given."""
    return _rows(session, ids)


def count(session: Session, project: int | None = None) -> int:
    """Count the lines of history there are."""
    return session.scalar(_of(project, select(func.count(Entry.id)))) or 0


def of_record(session: Session, table: str, row: int, *, limit: int = 20) -> list[EntryRow]:
    """Give the newest lines of history of one record, newest first."""
    mine = select(Change.entry_id).where(Change.table_name == table, Change.row_id == row)
    newest = mine.distinct().order_by(Change.entry_id.desc()).limit(limit)
    return _rows(session, session.scalars(newest).all())


def steps(session: Session, project: int | None, actor: str) -> Steps:
    """Say what undo and redo would do for somebody now."""
    undo, redo = (find(session, project, actor) for find in (next_undo, next_redo))
    wanted = select(Entry.id, Entry.label, Entry.words).where(Entry.id.in_([undo, redo]))
    said = {row.id: journal.entry_label(row.label, row.words) for row in session.execute(wanted)}
    return Steps(said.get(undo), said.get(redo))


def step(session: Session, way: str, project: int | None, actor: str) -> Step | None:
    """Give what undo or redo would take back for somebody now; None: nothing.

    Args:
        way: undo or redo.
    """
    found = (next_undo if way == "undo" else next_redo)(session, project, actor)
    if found is None:
        return None
    mine = select(Change.__table__).where(Change.entry_id == found).order_by(Change.id)
    number = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    of_project = mine.where(Change.table_name == Project.__tablename__)
    itself = [dict(row) for row in session.execute(of_project).mappings()]
    records = number
    if is_many(number):
        records = count_records([dict(row) for row in session.execute(mine).mappings()])
    return Step(
        found,
        records,
        goes=any(change["before"] is None for change in itself),
        comes=any(change["after"] is None for change in itself),
    )


def _of(project: int | None, query: Select[Any]) -> Select[Any]:
    return query if project is None else query.where(Entry.project == project)


def _with_words(
    session: Session, project: int | None, wanted: Sequence[str], before: int | None, limit: int
) -> list[int]:
    """Look for lines with every one of these words, the newest first."""
    columns = (Entry.id, Entry.label, Entry.words, Entry.actor, Project.acronym)
    query = select(*columns).outerjoin(Project.__table__, Project.id == Entry.project)
    query = _of(project, query).order_by(Entry.id.desc()).limit(_WINDOW)
    found: list[int] = []
    while len(found) < limit:
        some = query if before is None else query.where(Entry.id < before)
        window = session.execute(some).all()
        for entry, label, filled, actor, acronym in window:
            said = (word if isinstance(word, str) else "(erased)" for word in filled.values())
            text = "\n".join((_frame(label), fold("\n".join((*said, actor, acronym or "")))))
            if all(word in text for word in wanted):
                found.append(entry)
        if len(window) < _WINDOW:
            break
        before = window[-1][0]
    return found[:limit]


@cache
def _frame(label: str) -> str:
    """Give the folded words of a template, without its gaps."""
    return fold(" ".join(part for part, *_ in Formatter().parse(label)))


def _rows(session: Session, ids: Sequence[int]) -> list[EntryRow]:
    """Read lines of history, in the order of the ids given."""
    found: dict[int, EntryRow] = {}
    if not ids:
        return []
    standing = _Standing(session, min(ids))
    for some in in_parts(ids):
        sizes = select(Change.entry_id, func.count()).where(
            Change.entry_id.in_(some), Change.table_name != RestorePoint.__tablename__
        )
        size = {row[0]: row[1] for row in session.execute(sizes.group_by(Change.entry_id))}
        columns = (Entry.id, Entry.at, Entry.actor, Entry.kind, Entry.label, Entry.words)
        query = (
            select(*columns, Entry.project, Project.acronym)
            .outerjoin(Project.__table__, Project.id == Entry.project)
            .where(Entry.id.in_(some))
        )
        for entry, at, actor, kind, label, words, project, acronym in session.execute(query):
            found[entry] = EntryRow(
                entry,
                at,
                actor,
                kind,
                journal.entry_label(label, words),
                project,
                acronym,
                size.get(entry, 0),
                standing.of(entry, project),
            )
    return [found[entry] for entry in ids]


class _Standing:
    """Knows of the lines from one on which of them stand."""

    def __init__(self, session: Session, oldest: int) -> None:
        """Read what was taken back from the oldest line shown on."""
        pairs = select(Entry.undoes, Entry.id, Entry.project).where(Entry.undoes >= oldest)
        went = select(Entry.id, Entry.project, Entry.words)
        went = went.where(Entry.label == WENT_BACK, Entry.kind == "do", Entry.id > oldest)
        taking = session.execute(pairs).all()
        self._undone_by = {undone: by for undone, by, _ in taking if undone is not None}
        self._went_back = [(at, of, int(words["since"])) for at, of, words in session.execute(went)]
        self._stands: dict[int, bool] = {}
        both = {by: of for _, by, of in taking} | {at: of for at, of, _ in self._went_back}
        for at in sorted(both, reverse=True):
            self._stands[at] = self.of(at, both[at])

    def of(self, entry: int, project: int | None) -> bool:
        """Say whether a line stands: what took it back may have been taken back itself."""
        by = self._undone_by.get(entry)
        return (by is None or not self._stands[by]) and not any(
            of == project and since < entry < at and self._stands[at]
            for at, of, since in self._went_back
        )
