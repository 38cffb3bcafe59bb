"""The figures of proof: how much of what is asked is there, of each activity and event."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import proof_sorts
from ka2tui.domain.figure import Figure, Trace, Unit
from ka2tui.domain.kinds import ProofState
from ka2tui.domain.proof_sorts import Count
from ka2tui.queries import proof_asked, proof_records
from ka2tui.store.records import Proof

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.queries.proof_asked import AskedOf

HOW = "Each record adds the proofs that are there of those that are asked of it, as the list has it"


def figures(
    session: Session, project: int, today: date, own: Path | None = None
) -> Iterator[Figure]:
    """Give how much is there of what is asked, and which files are not as they were.

    Args:
        session: Of the database.
        project: Whose.
        today: The day it is looked at.
        own: The user's folder of words and numbers: a list there says what is asked.
    """
    known, _ = proof_sorts.load_safely(own)
    found = proof_asked.asked(session, project, known, today=today)
    units = proof_records.units(session, project, today)
    named = {"broken"}
    for unit, rows in found.counts().items():
        about = units[unit][0]
        named.add(str(about.code))
        yield from _of(f"proof.{about.code}", f" of {about.code}", rows, ("work_unit", unit))
    for row in found.rows:
        if row.about.table == "meeting" and row.count.asked:
            name = row.about.code or ""
            if not name or name in named:
                name = f"meeting-{row.about.id}"
            named.add(name)
            called = row.about.code or row.about.title
            yield from _of(f"proof.{name}", f" of {called}", [row], ("meeting", row.about.id))
    yield from _of("proof", "", found.rows, None)
    broken = [ProofState.CHANGED, ProofState.MISSING]
    query = select(Proof.id).where(Proof.project_id == project, Proof.state.in_(broken))
    ids = [*session.scalars(query.order_by(Proof.id))]
    yield Figure(
        "proof.broken",
        "Files of proof that were changed or are missing",
        len(ids),
        Trace.rows("proof", ids),
    )


def _of(
    name: str, of: str, rows: Sequence[AskedOf], about: tuple[str, int] | None
) -> Iterator[Figure]:
    """Give what is complete, and what is missing, of some records."""
    count = sum((row.count for row in rows), Count())
    there: dict[str, dict[int, int]] = defaultdict(dict)
    asked: dict[str, dict[int, int]] = defaultdict(dict)
    missing: dict[str, dict[int, int]] = defaultdict(dict)
    for row in rows:
        if row.count.asked:
            there[row.about.table][row.id] = row.count.there
            asked[row.about.table][row.id] = row.count.asked
        if row.count.missing:
            missing[row.about.table][row.id] = row.count.missing
    share, gone = Trace(), Trace()
    for table, parts in there.items():
        share += Trace.share(table, parts, asked[table])
    for table, parts in missing.items():
        gone += Trace.sums(table, parts)
    yield Figure(
        *(f"{name}.complete", f"Proof that is there{of}"),
        count.there * 100 // count.asked if count.asked else None,
        share,
        unit=Unit.SHARE,
        about=about,
        how=HOW,
    )
    yield Figure(
        f"{name}.missing", f"Proofs that are missing{of}", count.missing, gone, about=about
    )
