"""History: who changed what, and when, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ka2tui.domain.text import matches
from ka2tui.store import journal
from ka2tui.store.records import Change, Entry, Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_WINDOW = 500


@dataclass(frozen=True, slots=True)
class EntryRow:
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
    """How many records it changed."""
    standing: bool
    """False where it was taken back."""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of one record, before and after."""

    record: str
    """What it is called: "task T2.3 Send minutes"."""
    field: str
    before: str
    after: str


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
    rows: list[EntryRow] = []
    while len(rows) < limit:
        window = list(_window(session, project, before))
        rows += [row for row in window if matches(words, row.label, row.actor, row.project or "")]
        if len(window) < _WINDOW:
            break
        before = window[-1].id
    return rows[:limit]


def count(session: Session, project: int | None = None) -> int:
    """Count the lines of history there are."""
    return session.scalar(_of(project, select(func.count(Entry.id)))) or 0


def fields(session: Session, entry: int, *, limit: int = 200) -> list[ChangedField]:
    """Tell what one line of history changed, field by field, in words."""
    rows = select(Change).where(Change.entry_id == entry).order_by(Change.id).limit(limit)
    found = [field for row in session.scalars(rows) for field in _fields_of(session, row)]
    return found[:limit]


def of_record(session: Session, table: str, row: int, *, limit: int = 20) -> list[EntryRow]:
    """Give the newest lines of history of one record, newest first."""
    mine = select(Change.entry_id).where(Change.table_name == table, Change.row_id == row)
    return list(_rows(session, _base().where(Entry.id.in_(mine)).limit(limit)))


def _of(project: int | None, query: Select[Any]) -> Select[Any]:
    return query if project is None else query.where(Entry.project == project)


def _base() -> Select[Any]:
    later = aliased(Entry)
    size = select(func.count(Change.id)).where(Change.entry_id == Entry.id).scalar_subquery()
    taken_back = select(later.id).where(later.undoes == Entry.id).exists()
    return (
        select(Entry, Project.acronym, size, taken_back)
        .outerjoin(Project, Project.id == Entry.project)
        .order_by(Entry.id.desc())
    )


def _window(session: Session, project: int | None, before: int | None) -> Iterator[EntryRow]:
    query = _of(project, _base()).limit(_WINDOW)
    return _rows(session, query if before is None else query.where(Entry.id < before))


def _rows(session: Session, query: Select[Any]) -> Iterator[EntryRow]:
    for entry, acronym, size, taken_back in session.execute(query):
        yield EntryRow(
            id=entry.id,
            at=entry.at,
            actor=entry.actor,
            kind=entry.kind,
            label=journal.entry_label(entry.label, entry.words),
            project_id=entry.project,
            project=acronym,
            records=size,
            standing=not taken_back,
        )


_NAMES = ("code", "acronym", "title", "name", "text", "kind")
_SILENT = frozenset({"id", "uid", "project_id", "position"})


def _fields_of(session: Session, change: Change) -> Iterator[ChangedField]:
    before, after = change.before or {}, change.after or {}
    image = {**_now(session, change), **before, **after}
    named = [str(image[name]) for name in _NAMES if isinstance(image.get(name), str)]
    kind = change.table_name.replace("_", " ").replace("work unit", "work package or activity")
    record = " ".join([kind, *named[:2]])
    for name in sorted({*before, *after} - _SILENT):
        old, new = _shown(before.get(name)), _shown(after.get(name))
        if old != new:
            word = name.removesuffix("_id").removesuffix("_cents").replace("_", " ")
            yield ChangedField(record, word, old, new)


def _now(session: Session, change: Change) -> dict[str, Any]:
    key = (change.table_name, change.row_id)
    return journal.images(session.connection(), [key]).get(key, {})


def _shown(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dict) and journal.ERASED in value:
        return "(erased)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
