"""What payments, costs and journeys have in common: lines of money that belong to a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ka2tui.domain import work_plan
from ka2tui.domain.refusal import Refused
from ka2tui.operations import given
from ka2tui.operations.fields import change, read_lines, read_text
from ka2tui.operations.work_units import check_home
from ka2tui.store.operation import say
from ka2tui.store.records import Cost, Journey, Meeting, Payment, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sqlalchemy.orm import Session

    from ka2tui.operations.fields import FieldConflict, Values

MoneyLine = TypeVar("MoneyLine", Payment, Cost, Journey)

_WORDS: dict[type[Payment | Cost | Journey], str] = {
    Payment: "payment",
    Cost: "cost",
    Journey: "journey",
}
"""What a person calls them."""

_NUMBERS = frozenset(
    {"amount_cents", "paid_cents", "planned_cents", "used_cents", "rate_cents", "distance_km"}
    | {"planned_hundredths", "used_hundredths"}
)
_MOST = 10**15
"""Cents, or hundredths of a day, that no project has."""


def add(
    session: Session,
    made: MoneyLine,
    values: Values,
    *,
    allowed: Collection[str],
    called: Callable[[MoneyLine], str],
) -> int:
    """Add one to its project, and give its id.

    Raises:
        Refused: A value cannot be, or there is no such project.
    """
    if session.get(Project, made.project_id) is None:
        raise Refused("There is no such project.")
    wanted = cleaned(values)
    _check(session, made, wanted)
    change(made, wanted, allowed=allowed)
    session.add(made)
    session.flush()
    say(session, f"Add {_WORDS[type(made)]} {{what}}", what=called(made))
    return made.id


def edit(
    session: Session,
    record: MoneyLine,
    values: Values,
    based_on: Values | None,
    *,
    allowed: Collection[str],
    called: Callable[[MoneyLine], str],
) -> tuple[FieldConflict, ...]:
    """Change fields of one; give those that somebody else changed meanwhile.

    Raises:
        Refused: A value cannot be.
    """
    wanted = cleaned(values)
    _check(session, record, wanted)
    conflicts = change(record, wanted, based_on, allowed=allowed)
    say(session, f"Edit {_WORDS[type(record)]} {{what}}", what=called(record))
    return conflicts


def remove(
    session: Session,
    table: type[MoneyLine],
    lines: Sequence[int],
    called: Callable[[MoneyLine], str],
) -> None:
    """Remove some of one kind."""
    records = several(session, table, lines)
    for record in records:
        session.delete(record)
    session.flush()
    word = f"{_WORDS[table]} " if len(records) == 1 else ""
    say(session, f"Remove {word}{{what}}", what=counted(records, called))


def several(session: Session, table: type[MoneyLine], lines: Sequence[int]) -> list[MoneyLine]:
    """Give records by their ids; see `given.several`."""
    return given.several(session, table, lines, _WORDS[table])


def counted(records: Sequence[MoneyLine], called: Callable[[MoneyLine], str]) -> str:
    """Name one, and several of a kind by their number."""
    if len(records) == 1:
        return called(records[0])
    return f"{len(records)} {_WORDS[type(records[0])]}s"


def cleaned(values: Values) -> dict[str, Any]:
    """Clean texts; empty text is nothing."""
    return {
        name: read_lines(it) if name in ("notes", "condition") else read_text(it)
        for name, it in values.items()
    }


def _check(session: Session, record: MoneyLine, values: Values) -> None:
    """Refuse numbers below zero, and what belongs to another project."""
    for name in _NUMBERS & values.keys():
        number = values[name]
        if number is None:
            continue
        if name.endswith("_cents"):
            work_plan.check_amount(number)
        elif number < 0:
            raise Refused("A number of days or kilometres is 0 or more.")
        if number > _MOST:
            raise Refused("This number is too large.")
    check_home(session, record.project_id, values.get("work_unit_id"), values.get("partner_id"))
    if values.get("meeting_id") is not None:
        meeting = session.get(Meeting, values["meeting_id"])
        if meeting is None or meeting.project_id != record.project_id:
            raise Refused("That meeting is not of this project.")
