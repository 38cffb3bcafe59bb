"""Milestones: add, edit, remove, and mark as reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations.fields import FieldConflict, Values, change
from ka2tui.operations.promises import called, check
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Milestone, Project

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
    if session.get(Project, project) is None:
        raise Refused("There is no such project.")
    made = Milestone(project_id=project, code="", title=clean(title))
    more = {**(values or {}), "code": clean(code)}
    check(session, made, more, "milestone")
    change(made, more, allowed=EDITABLE)
    session.add(made)
    session.flush()
    say(session, "Add milestone {what}", what=called(made))
    return made.id


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
    wanted = {k: clean(v) if k in {"code", "title"} else v for k, v in values.items()}
    check(session, record, wanted, "milestone")
    conflicts = change(record, wanted, based_on, allowed=EDITABLE)
    say(session, "Edit milestone {what}", what=called(record))
    return conflicts


@operation("Mark milestones as reached")
def reach(session: Session, milestones: Sequence[int], *, on: date | None) -> None:
    """Mark milestones as reached on a day; `None` as not reached after all."""
    records = [find(session, one) for one in milestones]
    for record in records:
        record.reached_on = on
    what = called(records[0]) if len(records) == 1 else f"{len(records)} milestones"
    say(session, "Reach {what}" if on else "Mark {what} as not reached", what=what)


@operation("Remove milestones")
def remove(session: Session, milestones: Sequence[int]) -> None:
    """Remove milestones."""
    records = [find(session, one) for one in milestones]
    for record in records:
        session.delete(record)
    session.flush()
    if len(records) == 1:
        say(session, "Remove milestone {what}", what=called(records[0]))
    else:
        say(session, "Remove {count} milestones", count=len(records))


def find(session: Session, milestone: int) -> Milestone:
    """Give the record of a milestone.

    Raises:
        Refused: There is none.
    """
    record = session.get(Milestone, milestone)
    if record is None:
        raise Refused(f"There is no milestone {milestone}.")
    return record
