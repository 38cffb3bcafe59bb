"""Codes of records: no two of one kind in a project have the same, in whatever letter case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.codes import next_code
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold, quoted
from ka2tui.store.records import Aim

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.store.records import (
        Deliverable,
        Indicator,
        LogEntry,
        Milestone,
        Risk,
        Task,
        WorkUnit,
    )

    Coded = Task | WorkUnit | Deliverable | Milestone | Indicator | Risk | LogEntry | Aim


def refuse_taken(session: Session, record: Coded, code: str) -> None:
    """Refuse a code that another record of its kind in the project has.

    Raises:
        Refused: One has it.
    """
    table = type(record)
    title = table.text if issubclass(table, Aim) else table.title
    others = select(table.id, table.code, title).where(
        table.project_id == record.project_id, table.code.is_not(None)
    )
    with session.no_autoflush:
        for other, taken, called in session.execute(others):
            if other != record.id and fold(taken or "") == fold(code):
                whose = f"the code of {quoted(called)}" if called else "taken"
                raise Refused(f"{taken} is already {whose}.")


def called(record: WorkUnit | Deliverable | Milestone) -> str:
    """Name a part of the work plan by its code and title."""
    return f"{record.code} “{record.title}”" if record.title else record.code


def next_free(session: Session, table: type[Coded], project: int, prefix: str) -> str:
    """Give the next code of its row that nobody has."""
    return next_code(prefix, session.scalars(select(table.code).where(table.project_id == project)))
