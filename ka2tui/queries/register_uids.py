"""The lasting names of risks, log lines, letters, indicators and possible partners, by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.store.records import Candidate, Indicator, Letter, LogEntry, Risk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TABLES: dict[str, Any] = {
    "risk": Risk,
    "log_entry": LogEntry,
    "letter": Letter,
    "indicator": Indicator,
    "candidate": Candidate,
}


def of(session: Session, project: int, table: str) -> dict[int, str]:
    """Give the uid of each row of a table."""
    record = _TABLES[table]
    rows = session.execute(select(record.id, record.uid).where(record.project_id == project))
    return {row.id: row.uid for row in rows}
