"""Restore points: named places in the history that one may want to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.store.records import Entry, RestorePoint

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@frozen
class PointRow:
    """A restore point."""

    id: int
    name: str
    entry: int
    """The last line of history before it; 0: there is none."""
    at: datetime | None
    """When that line was written, in UTC."""
    made_by_itself: bool
    since: int
    """How many lines the project has had after it."""


def listed(session: Session, project: int) -> list[PointRow]:
    """List the restore points of a project, the newest place in the history first."""
    rows = (
        select(*RestorePoint.__table__.c, Entry.at)
        .outerjoin(Entry.__table__, Entry.id == RestorePoint.entry)
        .where(RestorePoint.project_id == project)
        .order_by(RestorePoint.entry.desc(), RestorePoint.id.desc())
    )
    found = session.execute(rows).all()
    after = func.count(Entry.id)
    sizes = {
        entry: session.scalar(select(after).where(Entry.project == project, Entry.id > entry)) or 0
        for entry in {point.entry for point in found}
    }
    return [
        PointRow(
            point.id, point.name, point.entry, point.at, point.made_by_itself, sizes[point.entry]
        )
        for point in found
    ]


def find(session: Session, project: int, said: str) -> PointRow | None:
    """Find a restore point by its name; of several of this name, the newest."""
    wanted = fold(said)
    return next((row for row in listed(session, project) if fold(row.name) == wanted), None)
