"""Going back: what it would take back, and which line of the history a time means."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.frozen import frozen
from ka2tui.queries import changes, history
from ka2tui.store import stretch
from ka2tui.store.records import Entry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from ka2tui.queries.changes import Changes
    from ka2tui.queries.history import EntryRow


@frozen
class Preview:
    """What going back to a line of the history would do."""

    project: int
    stays: EntryRow | None
    """The last line that stays; None where nothing does."""
    rows: tuple[EntryRow, ...]
    """What would be taken back, newest first."""
    people: tuple[tuple[str, int], ...]
    """Who made how many of these changes."""
    changes: Changes
    """What becomes of the records, as they stand now and as they would."""
    records: int
    """How many records change."""


def preview(
    session: Session, entry: int, project: int | None = None, *, limit: int = 20
) -> Preview:
    """Tell what going back would take back.

    Args:
        entry: The last line that stays; 0: none.
        project: None: the project of that line.
        limit: At most so many records one by one.

    Raises:
        Refused: One cannot go back to this line, or nothing was done since.
    """
    found = stretch.since(session, entry, project)
    rows = history.lines(session, [*reversed(found.entries)])
    back = [{**it, "before": it["after"], "after": it["before"]} for it in found.changes]
    stays = history.lines(session, [entry]) if entry else []
    return Preview(
        found.project,
        stays[0] if stays else None,
        tuple(rows),
        tuple(Counter(row.actor for row in rows).most_common()),
        changes.told(session, back, limit=limit),
        len(back),
    )


def line_at(session: Session, project: int, moment: datetime) -> int:
    """Give the last line of a project's history that was written by then; 0: none was."""
    until = select(func.max(Entry.id)).where(Entry.project == project, Entry.at <= moment)
    return session.scalar(until) or 0
