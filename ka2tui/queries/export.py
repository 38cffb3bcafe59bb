"""Export: everything that belongs to one project, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.intake import Item, meets
from ka2tui.frozen import frozen
from ka2tui.store.records import HISTORY, Project, Record, RestorePoint

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

Row = dict[str, Any]
"""Field names and values; references as uids, what is not known left out."""

TABLES: dict[str, Any] = {
    table.name: table
    for table in Record.metadata.sorted_tables
    # a restore point is a place in the history of one database, and the history stays there
    if table.name not in {kind.__tablename__ for kind in (*HISTORY, RestorePoint)}
}


@frozen
class Frame:
    """What the months of a project are counted from."""

    id: int
    acronym: str
    start: date | None
    months: int | None


def everything(session: Session, project: int) -> dict[str, list[Row]]:
    """Give every record of a project but its history, table by table, in the order of entry."""
    uids: dict[tuple[str, int], str] = {}
    found: dict[str, list[dict[str, Any]]] = {}
    for name, table in TABLES.items():
        mine = table.c.id == project if name == "project" else table.c.project_id == project
        rows = session.execute(select(table).where(mine).order_by(table.c.id)).mappings()
        found[name] = [dict(row) for row in rows]
        uids |= {(name, row["id"]): row["uid"] for row in found[name]}
    return {name: [_row(name, row, uids) for row in rows] for name, rows in found.items()}


def targets(table: str) -> dict[str, str]:
    """Give of each field that refers to another record the table it refers to."""
    return {
        column.name: key.column.table.name
        for column in TABLES[table].c
        for key in column.foreign_keys
        if column.name != "project_id"
    }


def frame(session: Session, project: int) -> Frame:
    """Give what the months of a project are counted from."""
    found = session.get_one(Project, project)
    return Frame(found.id, found.acronym, found.start, found.months)


def like(session: Session, item: Item) -> Frame | None:
    """Find the stored project that files describe: by uid, agreement number or acronym."""
    ranked = [
        (rank, -project.id)
        for project in session.scalars(select(Project))
        if (rank := meets(item, project.uid, project.agreement, project.acronym))
    ]
    return frame(session, -max(ranked)[1]) if ranked else None


def _row(table: str, row: dict[str, Any], uids: dict[tuple[str, int], str]) -> Row:
    to = targets(table)
    return {
        name.removesuffix("_id") if name in to else name: (
            uids[to[name], value] if name in to else value
        )
        for name, value in row.items()
        if value is not None and name not in {"id", "project_id"}
    }
