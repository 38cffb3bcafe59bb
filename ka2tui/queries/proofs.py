"""Proof: what a place that was written to an answer leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ka2tui.domain import proof
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import coded
from ka2tui.queries import references
from ka2tui.store import records

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TABLES: dict[str, type[Any]] = {
    "task": records.Task,
    "deliverable": records.Deliverable,
    "milestone": records.Milestone,
    "work_unit": records.WorkUnit,
    "meeting": records.Meeting,
}
"""Records that can be proof, in the order in which a code is looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a place leads to: a record of the project, a link or a path."""

    said: str
    """As it was written."""
    project: str
    """The acronym of the project."""
    table: str = ""
    """Of the record."""
    id: int = 0
    kind: str = ""
    """Of a record of the work plan: work_package, activity, deliverable ..."""
    title: str = ""
    """What the record is called."""
    link: str = ""
    path: str = ""

    @property
    def word(self) -> str:
        """Say what it is."""
        if self.table:
            return f"{self.kind.replace('_', ' ')} {self.title}"
        return "link" if self.link else "file"


def find(session: Session, project: int, said: str) -> Found:
    """Tell what a place leads to.

    Raises:
        Refused: Nothing can be opened there, or several records have this code.
    """
    read = proof.read_place(said)
    if read is None:
        raise Refused("Nothing says where the proof lies.")
    owner = session.get_one(records.Project, project).acronym
    if isinstance(read, proof.Link):
        return Found(said, owner, link=read.address)
    # a bare number is nobody's code, and the ids of different kinds are the same numbers
    for table in () if said.strip().isdigit() else _TABLES:
        try:
            number = references.find(session, table, project, said)
        except references.Unknown:
            continue
        record = session.get_one(_TABLES[table], number)
        kind = record.kind.value if table == "work_unit" else table
        return Found(said, owner, table, number, kind, coded(record.code, record.title))
    return Found(said, owner, path=read.path)
