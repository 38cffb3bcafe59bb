"""What others changed: in another window, on the command line, on a shared server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.frozen import frozen
from ka2tui.store import journal
from ka2tui.store.records import Change, Entry, Project

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

_LATEST = 50
"""Changes at most whose words are read; the others are only known to be there."""

_WORDS = {"undo": " (taken back)", "redo": " (brought back)"}


@frozen
class News:
    """What was changed by others since somebody looked last."""

    clock: int = 0
    """The newest entry of the history."""
    touched: frozenset[str] = frozenset()
    """The kinds of record that changed."""
    count: int = 0
    """How many changes there were; of very many, how many were read."""
    said: str = ""
    """The last of them, in words."""
    actors: tuple[str, ...] = ()
    """Who made them, the last one first."""
    project: str | None = None
    """The project of the last one, where it is another than the one looked at."""


def since(
    session: Session, clock: int, own: Collection[int] = (), project: int | None = None
) -> News:
    """Tell what others changed after an entry of the history.

    Args:
        session: Of the database.
        clock: The last entry that is known.
        own: Entries that whoever asks has made.
        project: The one that is looked at.
    """
    rows = session.execute(
        select(Entry.id, Entry.actor, Entry.kind, Entry.label, Entry.words, Entry.project,
               Project.acronym)
        .outerjoin(Project.__table__, Project.id == Entry.project)
        .where(Entry.id > clock)
        .order_by(Entry.id.desc())
        .limit(_LATEST + len(own))
    ).all()  # fmt: skip
    if not rows:
        return News(clock)
    theirs = [row for row in rows if row.id not in own]
    if not theirs:
        return News(rows[0].id)
    touched = session.scalars(
        select(Change.table_name)
        .where(Change.entry_id > clock, Change.entry_id.not_in(list(own)))
        .distinct()
    )
    last = theirs[0]
    return News(
        rows[0].id,
        frozenset(touched),
        len(theirs),
        f"{journal.entry_label(last.label, last.words)}{_WORDS.get(last.kind, '')}",
        tuple(dict.fromkeys(row.actor for row in theirs)),
        last.acronym if last.project != project else None,
    )
