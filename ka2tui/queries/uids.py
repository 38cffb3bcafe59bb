"""What records are called for good, so that a table of them can be read in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.store.records import Record, Share

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.domain.grant_matrix import Spot


def of(session: Session, project: int, table: str) -> dict[int, str]:
    """Give the uid of each row that a project has in a table, by its id."""
    record: Any = Record.by_table[table]
    rows = session.execute(select(record.id, record.uid).where(record.project_id == project))
    return {row.id: row.uid for row in rows}


def of_shares(session: Session, project: int) -> dict[Spot, str]:
    """Give the uid of each share, by work package and partner."""
    rows = session.execute(
        select(Share.work_unit_id, Share.partner_id, Share.uid).where(Share.project_id == project)
    )
    return {(row.work_unit_id, row.partner_id): row.uid for row in rows}
