"""Costs: days and money that partners plan and use, by quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.costs import quarter_of, say_quarter
from ka2tui.domain.kinds import CostKind
from ka2tui.domain.rates import StaffCategory
from ka2tui.domain.refusal import Refused
from ka2tui.operations import money_lines
from ka2tui.store.operation import operation
from ka2tui.store.records import Cost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from ka2tui.operations.fields import FieldConflict, Values

EDITABLE = frozenset(
    {"kind", "title", "work_unit_id", "partner_id", "staff_category", "quarter"}
    | {"planned_hundredths", "used_hundredths", "rate_cents", "planned_cents", "used_cents"}
    | {"meeting_id", "notes"}
)


@operation("Add cost")
def add(session: Session, project: int, kind: CostKind, *, values: Values | None = None) -> int:
    """Add days or money that a partner plans or has used.

    Returns:
        Its id.

    Raises:
        Refused: A value cannot be.
    """
    made = Cost(project_id=project, kind=CostKind(kind))
    more = {**(values or {}), "kind": CostKind(kind)}
    return money_lines.add(session, made, _read(more), allowed=EDITABLE, called=called)


@operation("Edit cost")
def edit(
    session: Session, cost: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of a cost.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: A value cannot be.
    """
    record = money_lines.several(session, Cost, [cost])[0]
    return money_lines.edit(
        session, record, _read(values), based_on, allowed=EDITABLE, called=called
    )


@operation("Remove costs")
def remove(session: Session, costs: Sequence[int]) -> None:
    """Remove costs."""
    money_lines.remove(session, Cost, costs, called)


def called(record: Cost) -> str:
    """Name a cost by its title, else by its kind and quarter."""
    if record.title:
        return f"“{record.title}”"
    return f"of {record.kind.word}, {say_quarter(record.quarter)}"


def _read(values: Values) -> dict[str, Any]:
    """Bring a day to its quarter, and refuse a category that is none."""
    wanted = dict(values)
    if wanted.get("quarter") is not None:
        wanted["quarter"] = quarter_of(wanted["quarter"])
    category = wanted.get("staff_category")
    if category and category not in {it.value for it in StaffCategory}:
        known = ", ".join(it.value for it in StaffCategory)
        raise Refused(f"{category} is no category of staff: they are {known}.")
    return wanted
