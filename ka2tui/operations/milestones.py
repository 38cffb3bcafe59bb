"""Milestones: add, edit, remove, and mark as reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.operations import promises
from ka2tui.operations.fields import FieldConflict, Values
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Milestone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

EDITABLE = frozenset(
    {"code", "title", "work_unit_id", "due", "due_month", "due_precision", "reached_on"}
    | {"verification", "notes"}
)


@operation("Add milestone")
def add(
    session: Session, project: int, code: str, title: str = "", *, values: Values | None = None
) -> int:
    """Add a point the project wants to reach.

    Returns:
        Its id.

    Raises:
        Refused: The code is taken, or a value cannot be.
    """
    made = Milestone(project_id=project, code="", title="")
    more = {"title": title, **(values or {}), "code": code}
    return promises.add(session, made, more, allowed=EDITABLE)


@operation("Edit milestone")
def edit(
    session: Session, milestone: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of a milestone.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: The code is taken, or a value cannot be.
    """
    record = find(session, milestone)
    return promises.edit(session, record, values, based_on, allowed=EDITABLE)


@operation("Mark milestones as reached")
def reach(session: Session, milestones: Sequence[int], *, on: date | None) -> None:
    """Mark milestones as reached on a day; `None` as not reached after all."""
    records = several(session, Milestone, milestones, "milestone")
    for record in records:
        record.reached_on = on
    words = "Reach {what}" if on else "Mark {what} as not reached"
    say(session, words, what=promises.counted(records))


@operation("Remove milestones")
def remove(session: Session, milestones: Sequence[int]) -> None:
    """Remove milestones."""
    promises.remove(session, Milestone, milestones)


def find(session: Session, milestone: int) -> Milestone:
    """Give the record of a milestone.

    Raises:
        Refused: There is none.
    """
    return existing(session, Milestone, milestone, "milestone")
