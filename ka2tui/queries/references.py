"""References: which record a person means by an id, a code, an acronym or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import alike, codes
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.store import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

_NAMED_BY: dict[str, tuple[type[Any], tuple[str, ...], str]] = {
    "partner": (records.Partner, ("acronym", "nr", "name"), "partner"),
    "contact": (records.Contact, ("name", "email"), "contact"),
    "person": (records.Contact, ("name", "email"), "person"),
    "work_unit": (records.WorkUnit, ("code",), "work package or activity"),
    "task": (records.Task, ("code",), "task"),
    "deliverable": (records.Deliverable, ("code",), "deliverable"),
    "milestone": (records.Milestone, ("code",), "milestone"),
    "meeting": (records.Meeting, ("code", "title"), "meeting"),
    "assessment": (records.Assessment, ("checklist",), "assessment"),
    "proof": (records.Proof, ("title", "path", "url"), "proof"),
    "participant": (records.Participant, ("name",), "participant"),
    "indicator": (records.Indicator, ("code", "title"), "indicator"),
    "risk": (records.Risk, ("code", "title"), "risk"),
    "log_entry": (records.LogEntry, ("code", "title"), "line of the log"),
    "dissemination": (records.Dissemination, ("title",), "act of dissemination"),
    "letter": (records.Letter, ("subject", "reference_nr"), "letter"),
    "payment": (records.Payment, ("title",), "payment"),
    "cost": (records.Cost, ("title",), "cost"),
    "journey": (records.Journey, ("title",), "journey"),
    "aim": (records.Aim, ("code", "text"), "need or objective"),
    "candidate": (records.Candidate, ("acronym", "name"), "possible partner"),
}


class Unknown(Refused):
    """There is no such record."""


class Ambiguous(Refused):
    """More than one record is meant."""


def find_project(session: Session, said: str | None) -> int:
    """Give the id of the project that a person means.

    Args:
        said: Its id, acronym or agreement number; `id:7` and `code:7` where a number is the id
            of one and the acronym of another. None: the only one there is.

    Raises:
        Unknown: There is none.
        Ambiguous: Several could be meant; they are named.
    """
    if said is not None and not said.strip():  # a variable of a script that is not set
        raise Unknown("The name of the project is empty: give its acronym, number or id.")
    table = records.Project
    rows = session.execute(select(table.id, table.acronym, table.agreement)).all()
    if said is None:
        hits, wanted = [row.id for row in rows], ""
    else:
        way, wanted = _way(said)
        named = [row.id for row in rows if wanted in (fold(row.acronym), fold(row.agreement or ""))]
        known = [row.id for row in rows if wanted == str(row.id)]
        hits = named if way == "code" else known if way == "id" else [*{*named, *known}]
        if not way and named and known and named != known:
            acronym = next(row.acronym for row in rows if row.id == known[0])
            raise Ambiguous(
                f"{wanted} is the name of one project and the id of {acronym}: "
                f"write code:{wanted} or id:{wanted}."
            )
    if len(hits) == 1:
        return int(hits[0])
    if not rows:
        raise Unknown("There is no project yet: make one with 'ka2tui project new' or import one.")
    if hits:
        choices = ", ".join(f"{row.acronym} ({row.id})" for row in rows if row.id in hits)
        raise Ambiguous(f"Which project? Name one with --project: {choices}.")
    hint = alike.hint(said or "", (row.acronym for row in rows), 3, 0.5)
    raise Unknown(f"There is no project {said}.{hint}")


def find(session: Session, kind: str, project: int, said: str) -> int:
    """Give the id of the record that a person means.

    Args:
        kind: The table: partner, contact, work_unit, task, deliverable, milestone, meeting ...
        said: Its id, its code, its acronym or its name, in any letter case; `id:7` and `code:7`
            where a number could be either. Of a work package another form of its number will do
            (WP01 for WP1 or 1), if only one has it. Of a `person`, who is a contact that something
            is only given to, the beginning of a name or family name will do, as in a captured line.

    Raises:
        Unknown: There is none in this project; the nearest names are said.
        Ambiguous: Several have this name.
    """
    return _Called(session, kind, project).find(said)


def find_all(session: Session, kind: str, project: int, said: Iterable[str]) -> list[int]:
    """Give the ids of several records, each once, in the order they were named."""
    called = _Called(session, kind, project)
    return list(dict.fromkeys(map(called.find, said)))


def _way(said: str) -> tuple[str, str]:
    """Part what was said into the way it names something, `id` or `code`, if any, and the name."""
    way, _, rest = said.strip().partition(":")
    way = fold(way) if rest and fold(way) in ("id", "code") else ""
    return way, fold((rest if way else said).strip())


class _Called:
    """What the records of one kind are called, read once however many are looked for."""

    def __init__(self, session: Session, kind: str, project: int) -> None:
        table, names, self.word = _NAMED_BY[kind]
        columns = [getattr(table, name) for name in names]
        mine = select(table.id, *columns).where(table.project_id == project)
        self.rows = session.execute(mine).all()
        self.kind = kind
        self.ids = {str(row[0]): int(row[0]) for row in self.rows}
        self.by: list[dict[str, list[int]]] = [{} for _ in names]
        """For each of the names, whom it means, compared as people do."""
        for row in self.rows:
            for called, cell in zip(self.by, row[1:], strict=True):
                if cell is not None:
                    called.setdefault(fold(cell), []).append(int(row[0]))

    def find(self, said: str) -> int:
        """Give the id of the one that is meant; see `find`."""
        word = self.word
        way, wanted = _way(said)
        known = self.ids.get(wanted) if way != "code" else None
        for called in self.by if way != "id" else ():
            hits = called.get(wanted, [])
            if hits and known is not None and known not in hits:
                raise Ambiguous(
                    f"{said} is the code of one {word} and the id of another: "
                    f"write code:{said} or id:{said}."
                )
            if len(hits) == 1:
                return hits[0]
            if hits:
                raise Ambiguous(f"More than one {word} is called {said}: name it by its id.")
        if known is not None:
            return known
        if self.kind == "person" and not way and (begun := _begun(wanted, self.rows)):
            if len(begun) > 1:
                raise Ambiguous(f"{said} could be {' or '.join(begun.values())}: write more of it.")
            return next(iter(begun))
        if self.kind == "work_unit" and not way:
            meant = codes.units_meant(said, (row.code for row in self.rows))
            if len(meant) == 1:
                return self.by[0][fold(meant[0])][0]
        names = [next((str(cell) for cell in row[1:] if cell), str(row[0])) for row in self.rows]
        hint = alike.hint(said, names, 3, 0.5)
        raise Unknown(f"There is no {word} {said} in this project.{hint}")


def _begun(wanted: str, rows: Iterable[Sequence[Any]]) -> dict[int, str]:
    """Give by id whose name begins like this, or a word of whose name does."""
    return {row[0]: row[1] for row in rows if wanted and f" {wanted}" in f" {fold(row[1] or '')}"}
