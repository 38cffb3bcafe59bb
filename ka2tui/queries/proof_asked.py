"""What an auditor will ask for: of each part of the plan, event and payment, what is there."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain import proof_sorts
from ka2tui.domain.kinds import MeetingState, Precision, ProofState
from ka2tui.domain.proof_sorts import ASKED, Count, Filed, Held, Setting, Standing, Subject
from ka2tui.frozen import frozen
from ka2tui.queries import proof_records
from ka2tui.store import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.proof_sorts import ProofList
    from ka2tui.queries.proof_records import About, Key


@frozen
class AskedOf:
    """A record, what is asked of it, and what is there."""

    about: About
    standings: tuple[Standing, ...]
    others: tuple[int, ...]
    """The ids of proofs that are attached and answer nothing that is asked."""
    group: int | None
    """The work package it is shown under; None: the whole project."""
    work_unit: tuple[str, ...] = ()
    """The codes of the activity and the work package it belongs to."""
    broken: tuple[int, ...] = ()
    """The ids of attached proofs whose file was changed or is missing."""

    @property
    def id(self) -> int:
        """Its id, among those of its table."""
        return self.about.id

    @property
    def key(self) -> int:
        """A number that no other record here has."""
        return self.about.id * len(ASKED) + ASKED.index(self.about.table)

    @property
    def count(self) -> Count:
        """How much is there of what is asked."""
        return proof_sorts.count(self.standings)

    @property
    def missing(self) -> tuple[Standing, ...]:
        """What is asked and not there."""
        return tuple(each for each in self.standings if each.held is Held.MISSING)


@frozen
class Group:
    """A work package with its parts, or the whole project."""

    id: int | None
    code: str
    title: str
    rows: tuple[AskedOf, ...]

    @property
    def count(self) -> Count:
        """How much is there of all that is asked in it."""
        return sum((row.count for row in self.rows), Count())


@frozen
class Asked:
    """Everything that is asked in a project."""

    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[AskedOf, ...]:
        """All records, in the order of their groups."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def count(self) -> Count:
        """How much is there of everything."""
        return sum((group.count for group in self.groups), Count())

    def counts(self) -> dict[int, tuple[AskedOf, ...]]:
        """Give the records of each work package and activity; a package has those of its parts."""
        found: dict[int, list[AskedOf]] = defaultdict(list)
        for group in self.groups:
            for row in group.rows:
                for unit in {row.about.unit, group.id}:
                    if unit is not None:
                        found[unit].append(row)
        return {unit: tuple(rows) for unit, rows in found.items()}


def asked(session: Session, project: int, known: ProofList, *, today: date) -> Asked:
    """Tell of every record what is asked and what is there.

    Args:
        session: Of the database.
        project: Whose.
        known: What is asked; the user's own list where there is one.
        today: The day it is looked at: what is over by then is owed.
    """
    units = proof_records.units(session, project, today)
    reading = _Reading(
        known,
        settings(session, [project])[project],
        _filed(session, [project]),
        _waived(session, [project]),
        units,
    )
    tops = {key: _top(key, units) for key in units}
    rows: dict[int | None, list[AskedOf]] = defaultdict(list)
    for about in proof_records.asked(session, project, today):
        row = reading.row(about, tops.get(about.unit or 0))
        if row is not None:
            rows[row.group].append(row)
    groups = [
        Group(key, about.code or "", about.title, _sorted(rows.pop(key), units))
        for key, (about, _) in units.items()
        if key in rows
    ]
    rest = [row for left in rows.values() for row in left]
    if rest:
        groups.append(Group(None, "", "Whole project", tuple(rest)))
    return Asked(tuple(groups))


def settings(session: Session, projects: Sequence[int]) -> dict[int, Setting]:
    """Give what of each project decides what is asked in it."""
    table = records.Project
    query = select(table.id, table.call_year, table.shape, table.managed_by)
    return {
        key: Setting(year, shape, manager)
        for key, year, shape, manager in session.execute(query.where(table.id.in_(projects)))
    }


@frozen
class Owing:
    """An event that is over for some time, and proof of it is missing."""

    id: int
    project_id: int
    title: str
    days: int
    """Since it ended."""
    count: Count
    missing: tuple[str, ...]
    """The titles of the sorts."""


def owing(
    session: Session, projects: Sequence[int], known: ProofList, *, today: date
) -> tuple[Owing, ...]:
    """Give the events that are over for two weeks and whose proof is not complete."""
    table = records.Meeting
    ends = func.coalesce(table.end_day, table.day)
    query = (
        select(
            *(table.id, table.uid, table.project_id, table.title, table.kind, table.mode),
            ends,
        )
        .where(
            table.project_id.in_(projects),
            table.state != MeetingState.CANCELLED,
            table.precision != Precision.MONTH,
            ends < today - timedelta(days=proof_sorts.PATIENCE),
        )
        .order_by(ends.desc(), table.id)
    )
    found = session.execute(query).all()
    if not found:
        return ()
    which = settings(session, projects)
    filed = _filed(session, projects)
    waived = _waived(session, projects)
    late = []
    for key, uid, project, title, kind, mode, end in found:
        name = ("meeting", uid)
        subject = Subject(
            *("meeting", kind, mode, True, waived.get(name, {})), filed=filed.get(name, ())
        )
        standings = proof_sorts.standings(known, subject, which[project])
        missing = tuple(
            known.title(each.ask.sort) for each in standings if each.held is Held.MISSING
        )
        if missing:
            count = proof_sorts.count(standings)
            late.append(Owing(key, project, title, (today - end).days, count, missing))
    return tuple(late)


@frozen
class _Reading:
    """What is needed to tell how it stands with a record."""

    known: ProofList
    setting: Setting
    filed: Mapping[Key, Sequence[Filed]]
    waived: Mapping[Key, Mapping[str, str]]
    units: Mapping[int, tuple[About, int | None]]

    def row(self, about: About, group: int | None) -> AskedOf | None:
        """Tell of one record; None where nothing is asked of it and nothing is attached."""
        name = (about.table, about.uid)
        mine = self.filed.get(name, ())
        subject = Subject(
            about.table, about.kind, about.mode, about.over, self.waived.get(name, {}), mine
        )
        found = () if about.dropped else proof_sorts.standings(self.known, subject, self.setting)
        if not found and not mine:
            return None
        answering = {key for each in found for key in each.proofs}
        others = tuple(each.id for each in mine if each.id not in answering)
        gone = tuple(each.id for each in mine if each.state in _BROKEN)
        ids = dict.fromkeys((about.unit, group))
        codes = tuple(
            self.units[it][0].code or "" for it in ids if it is not None and it in self.units
        )
        return AskedOf(about, found, others, group, codes, gone)


_BROKEN = (ProofState.CHANGED, ProofState.MISSING)


def _filed(session: Session, projects: Sequence[int]) -> dict[Key, list[Filed]]:
    """Give the proofs of each record, its own and those of its parts."""
    use, proof = records.ProofUse, records.Proof
    query = (
        select(use.about, use.about_uid, proof.id, proof.sort, proof.state)
        .join(proof.__table__, use.proof_id == proof.id)
        .where(use.project_id.in_(projects))
        .order_by(proof.id)
    )
    found: dict[Key, dict[int, Filed]] = defaultdict(dict)
    for about, uid, key, sort, state in session.execute(query):
        found[about, uid][key] = Filed(key, sort, state)
    for part, owner in proof_records.owners(session, [*found]).items():
        found[owner] |= found[part]
    return {key: [*proofs.values()] for key, proofs in found.items()}


def _waived(session: Session, projects: Sequence[int]) -> dict[Key, dict[str, str]]:
    table = records.ProofWaiver
    query = select(table.about, table.about_uid, table.sort, table.why)
    found: dict[Key, dict[str, str]] = defaultdict(dict)
    for about, uid, sort, why in session.execute(query.where(table.project_id.in_(projects))):
        found[about, uid][sort] = why
    return found


def _top(key: int, units: Mapping[int, tuple[About, int | None]]) -> int:
    """Give the work package that a part belongs to in the end."""
    seen = {key}
    while (parent := units[key][1]) is not None and parent in units and parent not in seen:
        key = parent
        seen.add(key)
    return key


def _sorted(
    rows: Sequence[AskedOf], units: Mapping[int, tuple[About, int | None]]
) -> tuple[AskedOf, ...]:
    """Let each activity stand before what belongs to it, in the order of the plan."""
    order = {unit: at for at, unit in enumerate(units)}

    def place(row: AskedOf) -> tuple[int, bool]:
        return order.get(row.about.unit or 0, -1), row.about.table != "work_unit"

    return tuple(sorted(rows, key=place))
