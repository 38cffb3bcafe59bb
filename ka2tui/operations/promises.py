"""What deliverables and milestones have in common: a project promises both, under a code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from ka2tui.domain import due as dates
from ka2tui.domain import work_plan
from ka2tui.domain.due import Due
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations import codes
from ka2tui.operations.fields import after, change
from ka2tui.operations.given import several
from ka2tui.operations.work_units import check_home
from ka2tui.store.operation import say
from ka2tui.store.records import Deliverable, Dissemination, Milestone, Project

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.due import Step
    from ka2tui.operations.fields import FieldConflict, Values

Promise = TypeVar("Promise", Deliverable, Milestone)

_WORDS: dict[type[Deliverable | Milestone], str] = {
    Deliverable: "deliverable",
    Milestone: "milestone",
}
"""What a person calls them."""


def add(session: Session, made: Promise, values: Values, *, allowed: Collection[str]) -> int:
    """Add one to its project, with a code and what else is known; give its id.

    Raises:
        Refused: The code is taken, a value cannot be, or there is no such project.
    """
    if session.get(Project, made.project_id) is None:
        raise Refused("There is no such project.")
    wanted = _cleaned(values)
    _check(session, made, wanted)
    change(made, wanted, allowed=allowed)
    session.add(made)
    session.flush()
    say(session, f"Add {_WORDS[type(made)]} {{what}}", what=codes.called(made))
    return made.id


def edit(
    session: Session,
    record: Promise,
    values: Values,
    based_on: Values | None,
    *,
    allowed: Collection[str],
) -> tuple[FieldConflict, ...]:
    """Change fields of one; give those that somebody else changed meanwhile.

    Raises:
        Refused: The code is taken, or a value cannot be.
    """
    wanted = _cleaned(values)
    _check(session, record, wanted)
    conflicts = change(record, wanted, based_on, allowed=allowed)
    say(session, f"Edit {_WORDS[type(record)]} {{what}}", what=codes.called(record))
    return conflicts


def put_off(
    record: Deliverable | Milestone,
    by: Step | None,
    to: Due,
    *,
    start: date | None,
    late_from: date | None,
) -> tuple[Due, Due] | None:
    """Put off when one is due, by a step or to a date; see `due.moved`.

    Returns:
        When it was due and when it is now; None where that is the same.

    Raises:
        Refused: There is no date to start from, or no such day.
    """
    was = Due(record.due, record.due_month, record.due_precision)
    if by is not None and was == Due():
        raise Refused("There is no date that could be put off: give it one first.")
    now = to if by is None else dates.moved(was, by, start=start, late_from=late_from)
    now = dates.due(*now, start=start)
    record.due, record.due_month, record.due_precision = now
    return None if now == was else (was, now)


def remove(session: Session, table: type[Promise], promises: Sequence[int]) -> None:
    """Remove some of one kind."""
    records = several(session, table, promises, _WORDS[table])
    if table is Deliverable:
        told = select(Dissemination).where(Dissemination.deliverable_id.in_(promises))
        for act in session.scalars(told):
            act.deliverable_id = None
        session.flush()
    for record in records:
        session.delete(record)
    session.flush()
    word = f"{_WORDS[table]} " if len(records) == 1 else ""
    say(session, f"Remove {word}{{what}}", what=counted(records))


def counted(records: Sequence[Promise]) -> str:
    """Name one by its code and title, several of a kind by their number."""
    if len(records) == 1:
        return codes.called(records[0])
    return f"{len(records)} {_WORDS[type(records[0])]}s"


def _cleaned(values: Values) -> dict[str, Any]:
    return {name: clean(it) if name in {"code", "title"} else it for name, it in values.items()}


def _check(session: Session, record: Promise, values: Values) -> None:
    """Refuse values that cannot be, or a code that another one has."""
    whole = partial(after, record, values)
    work_plan.check_month(whole("due_month"))
    check_home(session, record.project_id, whole("work_unit_id"), whole("lead_id"))
    if "code" in values:
        code = work_plan.check_code(values["code"], _WORDS[type(record)])
        codes.refuse_taken(session, record, code)
