"""What deliverables and milestones have in common: a project promises both, under a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from ka2tui.domain import work_plan
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.operations.work_units import check_home
from ka2tui.store.records import Deliverable, Milestone

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.operations.fields import Values

Promise = TypeVar("Promise", Deliverable, Milestone)


def check(session: Session, record: Promise, values: Values, word: str) -> None:
    """Refuse values that cannot be, or a code that another one has.

    Args:
        word: What a person calls it: "deliverable".
    """

    def whole(field: str) -> Any:
        return values[field] if field in values else getattr(record, field, None)

    work_plan.check_month(whole("due_month"))
    check_home(session, record.project_id, whole("work_unit_id"), whole("lead_id"))
    if "code" not in values:
        return
    code = work_plan.check_code(values["code"], word)
    table = type(record)
    others = select(table).where(table.project_id == record.project_id)
    with session.no_autoflush:
        for other in session.scalars(others):
            if other is not record and fold(other.code) == fold(code):
                raise Refused(f"{other.code} is already the code of “{other.title}”.")


def called(record: Deliverable | Milestone) -> str:
    """Name one by its code and title."""
    return f"{record.code} “{record.title}”" if record.title else record.code
