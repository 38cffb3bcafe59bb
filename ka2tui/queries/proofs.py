"""Proof: the list, one of them, the files to check; and what a place in an answer leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import proof
from ka2tui.domain.kinds import ProofKind, ProofState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import coded
from ka2tui.frozen import frozen
from ka2tui.queries import proof_records, references
from ka2tui.store import records
from ka2tui.store.lots import in_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.queries.proof_records import About


@frozen
class ProofRow:
    """A proof."""

    id: int
    kind: ProofKind
    sort: str | None
    title: str
    day: date | None
    path: str | None
    url: str | None
    holder: str | None
    """Who has the paper."""
    place: str | None
    state: ProofState
    checked_on: date | None
    size_bytes: int | None
    about: tuple[About, ...]
    """The records it is attached to."""
    work_unit: tuple[str, ...]
    """The codes of the work packages and activities those belong to."""

    @property
    def where(self) -> str:
        """Say where it lies."""
        if self.kind is ProofKind.PAPER:
            return ", ".join(filter(None, (self.holder, self.place)))
        return self.path or self.url or ""

    @property
    def named(self) -> str:
        """Name what it is about."""
        return ", ".join(each.code or each.title for each in self.about)


@frozen
class ProofDetails:
    """All that is known of one proof."""

    row: ProofRow
    sha256: str | None
    holder_id: int | None
    holder_text: str | None
    notes: str | None
    gone: int
    """How many records it was attached to that are no longer there."""


@frozen
class File:
    """A file of proof as it was taken up, to be checked."""

    id: int
    path: str
    sha256: str | None
    size_bytes: int | None
    state: ProofState
    title: str


def listed(session: Session, project: int, *, today: date) -> tuple[ProofRow, ...]:
    """List the proofs of a project, newest last."""
    return _rows(session, project, None, today)


def some(
    session: Session, project: int, proofs: Collection[int], *, today: date
) -> tuple[ProofRow, ...]:
    """List chosen ones, in the order of their ids given."""
    found = {row.id: row for row in _rows(session, project, [*proofs], today)}
    return tuple(found[one] for one in proofs if one in found)


def one(session: Session, proof_id: int, *, today: date) -> ProofDetails:
    """Give all that is known of one proof.

    Raises:
        Refused: It was removed.
    """
    record = session.get(records.Proof, proof_id)
    if record is None:
        raise Refused("This proof is no longer there.")
    (row,) = some(session, record.project_id, [proof_id], today=today)
    return ProofDetails(
        row=row,
        sha256=record.sha256,
        holder_id=record.holder_id,
        holder_text=record.holder_text,
        notes=record.notes,
        gone=len(record.uses) - len(row.about),
    )


def files(
    session: Session, project: int, proofs: Collection[int] | None = None
) -> tuple[File, ...]:
    """Give the files to check: all of a project, or chosen ones."""
    table = records.Proof
    query = (
        select(table.id, table.path, table.sha256, table.size_bytes, table.state, table.title)
        .where(table.project_id == project, table.kind == ProofKind.FILE, table.path.is_not(None))
        .order_by(table.id)
    )
    rows: list[Any] = [*session.execute(query)]
    found = (File(*row) for row in rows)
    return tuple(file for file in found if proofs is None or file.id in {*proofs})


def of_records(
    session: Session, project: int, about: Collection[tuple[str, int]], *, today: date
) -> tuple[ProofRow, ...]:
    """Give the proofs that are attached to any of some records, by table and id."""
    rows = listed(session, project, today=today)
    return tuple(row for row in rows if any((it.table, it.id) in about for it in row.about))


def same_content(session: Session, project: int, sha256: str) -> str | None:
    """Name a proof whose file has the same content."""
    table = records.Proof
    query = select(table.title).where(table.project_id == project, table.sha256 == sha256)
    return session.scalars(query.order_by(table.id)).first()


def _rows(
    session: Session, project: int, ids: list[int] | None, today: date
) -> tuple[ProofRow, ...]:
    table, use, partner = records.Proof, records.ProofUse, records.Partner
    known = proof_records.used(session, project, today, ids)
    units = proof_records.units(session, project, today)
    about: dict[int, list[About]] = {}
    query = select(use.proof_id, use.about, use.about_uid).where(use.project_id == project)
    for key, name, uid in session.execute(query.order_by(use.id)):
        if (name, uid) in known:
            about.setdefault(key, []).append(known[name, uid])
    rows = select(
        *(table.id, table.kind, table.sort, table.title, table.day, table.path, table.url),
        func.coalesce(partner.acronym, partner.name, table.holder_text),
        *(table.place, table.state, table.checked_on, table.size_bytes),
    ).outerjoin(partner.__table__, table.holder_id == partner.id)
    rows = rows.where(table.project_id == project).order_by(table.id)
    found: list[Any]
    if ids is not None:
        some = (rows.where(table.id.in_(part)) for part in in_parts(ids))
        found = [row for query in some for row in session.execute(query)]
    else:
        found = [*session.execute(rows)]
    return tuple(
        ProofRow(*[*row, tuple(about.get(row.id, ())), _codes(about.get(row.id, ()), units)])
        for row in found
    )


def _codes(about: Iterable[About], units: Any) -> tuple[str, ...]:
    codes = (units[it.unit][0].code for it in about if it.unit in units)
    return tuple(dict.fromkeys(codes))


_TABLES: dict[str, type[Any]] = {
    "task": records.Task,
    "deliverable": records.Deliverable,
    "milestone": records.Milestone,
    "work_unit": records.WorkUnit,
    "meeting": records.Meeting,
}
"""Records that can be proof, in the order in which a code is looked for."""


@frozen
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


_NAMED = (
    *("work_unit", "deliverable", "milestone", "meeting", "task", "partner", "indicator", "risk"),
    *("log_entry", "dissemination", "letter", "payment", "cost", "journey", "participant"),
)
"""Tables whose records proof is attached to by what people call them, in this order."""


def about(session: Session, project: int, said: str) -> tuple[str, int]:
    """Give table and id of the record a person means: D2.1, TPM2, "payment:First instalment".

    Raises:
        Unknown: There is none.
    """
    table, colon, rest = said.partition(":")
    name = table.strip().casefold().replace("-", "_").replace(" ", "_")
    name = {"wp": "work_unit", "activity": "work_unit", "log": "log_entry"}.get(name, name)
    if colon and name in _NAMED:
        return name, references.find(session, name, project, rest.strip())
    if not said.strip().isdigit():
        for each in _NAMED:
            try:
                return each, references.find(session, each, project, said)
            except references.Unknown:
                continue
    raise references.Unknown(
        f"Nothing here is called {said}. Name a record by its code, or with what it is: "
        "payment:First instalment."
    )
