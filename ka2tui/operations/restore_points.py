"""Restore points: set, renamed, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain.moments import reads_as_moment
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Entry, Project, RestorePoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


@operation("Set a restore point")
def add(session: Session, project: int, name: str, *, entry: int | None = None) -> int:
    """Set a restore point.

    Args:
        name: What it is called.
        entry: The last line of history before it; None: the newest.

    Returns:
        Its id.

    Raises:
        Refused: The name is blank, taken, or reads as a time; or the line is not of this project.
    """
    existing(session, Project, project, "project")
    if entry is None:
        entry = session.scalar(select(func.max(Entry.id)).where(Entry.project == project)) or 0
    elif session.scalar(select(Entry.project).where(Entry.id == entry)) != project:
        raise Refused(f"Line {entry} of the history is not one of this project alone.")
    made = RestorePoint(project_id=project, name=_free(session, project, name), entry=entry)
    session.add(made)
    session.flush()
    say(session, "Set the restore point {name}", name=made.name)
    return made.id


@operation("Rename restore point")
def rename(session: Session, point: int, name: str) -> None:
    """Give a restore point another name; from then on it is kept until it is removed.

    Raises:
        Refused: The name is blank, taken, or reads as a time.
    """
    found = existing(session, RestorePoint, point, "restore point")
    was, found.name = found.name, _free(session, found.project_id, name, found)
    found.made_by_itself = False
    say(session, "Rename the restore point {was} to {name}", was=was, name=found.name)


@operation("Remove restore points")
def remove(session: Session, points: Sequence[int]) -> None:
    """Remove restore points; the history itself stays."""
    found = several(session, RestorePoint, points, "restore point")
    for each in found:
        session.delete(each)
    if len(found) == 1:
        say(session, "Remove the restore point {name}", name=found[0].name)
    else:
        say(session, "Remove {count} restore points", count=len(found))


def _free(session: Session, project: int, name: str, itself: RestorePoint | None = None) -> str:
    """Make a name safe to keep, and refuse one that could mean something else."""
    name = clean(name)
    if not name:
        raise Refused("A restore point needs a name.")
    if reads_as_moment(name):
        raise Refused(f"{quoted(name)} would be read as a time or a line: add a word to it.")
    mine = select(RestorePoint).where(
        RestorePoint.project_id == project, RestorePoint.made_by_itself.is_(False)
    )
    if any(it is not itself and fold(it.name) == fold(name) for it in session.scalars(mine)):
        raise Refused(f"There is a restore point {quoted(name)} already: choose another name.")
    return name
