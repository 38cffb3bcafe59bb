"""Steps: which line of the history undo takes back next, and which one redo brings again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from ka2tui.store.records import Change, Entry, Project

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session


def next_undo(session: Session, project: int | None, actor: str) -> int | None:
    """Give the entry of somebody's last change that still stands; None: there is none.

    Args:
        project: Only changes of this project; None: of the whole database.
    """
    mine = _mine(actor, Entry.kind.in_(["do", "redo"]), Entry.id.not_in(_taken_back()))
    found: int | None = session.scalar(_of(project, mine))
    return found


def next_redo(session: Session, project: int | None, actor: str) -> int | None:
    """Give the entry of somebody's last undo, unless they did anything since; None: there is none.

    An undo that took a whole project away can be taken back from every other one.
    """
    undone = _mine(actor, Entry.kind == "undo", Entry.id.not_in(_taken_back()))
    if project is not None:
        undone = undone.where(or_(Entry.project == project, _took_its_project()))
    found: int | None = session.scalar(undone)
    newest: int | None = session.scalar(_of(project, _mine(actor, Entry.kind == "do")))
    return None if found is None or (newest is not None and newest > found) else found


def _mine(actor: str, *where: ColumnElement[bool]) -> Select[Any]:
    return select(Entry.id).where(Entry.actor == actor, *where).order_by(Entry.id.desc()).limit(1)


def _of(project: int | None, query: Select[Any]) -> Select[Any]:
    return query if project is None else query.where(Entry.project == project)


def _taken_back() -> Select[Any]:
    return select(Entry.undoes).where(Entry.undoes.is_not(None))


def _took_its_project() -> ColumnElement[bool]:
    """Say that an entry removed the project it belongs to, and that this is still gone."""
    removed = select(Change.id).where(
        Change.entry_id == Entry.id,
        Change.table_name == Project.__tablename__,
        Change.row_id == Entry.project,
        Change.after.is_(None),
    )
    return removed.exists() & Entry.project.not_in(select(Project.id))
