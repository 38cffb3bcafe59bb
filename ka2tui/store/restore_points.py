"""Restore points that set themselves: before an import, and before a change of many records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain.bulk import is_many
from ka2tui.domain.gerund import doing
from ka2tui.store import journal, stretch
from ka2tui.store.records import Entry, RestorePoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from ka2tui.store.journal import Image

KEPT = 20
"""So many of those that set themselves are kept, the newest."""


def set_before(
    session: Session, changes: Sequence[Image], project: int | None, label: str, *, always: bool
) -> list[Image]:
    """Set a restore point before the changes that are being made, where there should be one.

    None is set where nothing was before them, or where the project goes: undo is enough there.

    Args:
        project: The project they belong to; None: several.
        label: What is being done, in words.
        always: However little they change.

    Returns:
        The changes this makes; they belong to the same entry, and are undone along with it.
    """
    if project is None:
        return []
    itself = next((it for it in changes if journal.key_of(it) == ("project", project)), None)
    begins = itself is not None and itself["before"] is None
    ends = itself is not None and itself["after"] is None
    if ends or (not always and (begins or not is_many(stretch.count_records(_chosen(changes))))):
        return []
    recorder = journal.Recorder(session)
    newest = session.scalar(select(func.max(Entry.id)).where(Entry.project == project))
    name = f"before {doing(label)}"
    session.add(RestorePoint(project_id=project, name=name, entry=newest or 0, made_by_itself=True))
    mine = select(RestorePoint).where(
        RestorePoint.project_id == project, RestorePoint.made_by_itself.is_(True)
    )
    for old in session.scalars(mine.order_by(RestorePoint.id.desc()).offset(KEPT)):
        session.delete(old)
    return recorder.changes()


def _chosen(changes: Sequence[Image]) -> list[Image]:
    """Leave out what only made room: a row whose place among its sisters is all that changed."""
    return [it for it in changes if not _only_moved_up(it)]


def _only_moved_up(change: Image) -> bool:
    before, after = change["before"], change["after"]
    if before is None or after is None:
        return False
    return {key for key in {*before, *after} if before.get(key) != after.get(key)} == {"position"}
