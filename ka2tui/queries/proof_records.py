"""The records that proof can be about: what each is, where it belongs, and whether it is over."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.kinds import (
    CostKind,
    DeliverableState,
    DisseminationState,
    Handling,
    MeetingState,
    PaymentKind,
    Precision,
    WorkUnitState,
)
from ka2tui.domain.timeline import days_in
from ka2tui.frozen import frozen
from ka2tui.store import lots, records
from ka2tui.store.lots import in_parts
from ka2tui.store.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

Key = tuple[str, str]
"""Table and uid, as a proof names what it is about."""


@frozen
class About:
    """A record that can have proof."""

    table: str
    id: int
    uid: str
    code: str | None
    title: str
    word: str
    """What it is: "kick-off", "deliverable"."""
    unit: int | None = None
    """The work package or activity it belongs to; a work package's own is itself."""
    kind: str = ""
    mode: str | None = None
    day: date | None = None
    """When it was, or is to be."""
    over: bool = False
    dropped: bool = False
    """Whether it was given up, so that nothing is asked of it."""


def asked(session: Session, project: int, today: date) -> Iterator[About]:
    """Give every record of which proof may be asked."""
    for read in (
        *(_units, _meetings, _deliverables, _milestones, _dissemination),
        *(_indicators, _letters, _departures, _payments, _costs, _journeys),
    ):
        yield from read(session, project, today)


def used(
    session: Session, project: int, today: date, proofs: Collection[int] | None = None
) -> dict[Key, About]:
    """Give the records that proofs are attached to, all or some; those gone are left out."""
    use = records.ProofUse
    wanted: dict[str, set[str]] = defaultdict(set)
    query = select(use.about, use.about_uid).where(use.project_id == project).distinct()
    some = None if proofs is None or len(proofs) > lots.MOST else [*proofs]
    for table, uid in session.execute(
        query if some is None else query.where(use.proof_id.in_(some))
    ):
        wanted[table].add(uid)
    found: dict[Key, About] = {}
    for table, read in _READ.items():
        if table in wanted:
            every = {(it.table, it.uid): it for it in read(session, project, today)}
            found |= {key: it for key, it in every.items() if it.uid in wanted[table]}
    for table in wanted.keys() & _PLAIN.keys():
        for each in _named(session, project, table, sorted(wanted[table])):
            found[each.table, each.uid] = each
    return found


def every(session: Session, project: int, today: date) -> tuple[About, ...]:
    """Give every record that proof can be attached to, what it is asked of first."""
    found = [*asked(session, project, today)]
    for table in _PLAIN:
        found += _named(session, project, table, None)
    return tuple(found)


_PARTS: Mapping[str, tuple[str, str]] = {
    "measurement": ("indicator", "indicator_id"),
    "participant": ("meeting", "meeting_id"),
}
"""Records whose proof is also that of another: which, and by which column."""


def owners(session: Session, keys: Iterable[Key]) -> dict[Key, Key]:
    """Give what each record is a part of, whose proof its own is too: an event's certificates."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for table, uid in keys:
        if table in _PARTS:
            wanted[table].append(uid)
    found: dict[Key, Key] = {}
    for table, uids in wanted.items():
        above, column = _PARTS[table]
        part: Any = Record.by_table[table]
        owner: Any = Record.by_table[above]
        query = select(part.uid, owner.uid).join(owner.__table__, getattr(part, column) == owner.id)
        for some in in_parts(uids):
            rows = session.execute(query.where(part.uid.in_(some)))
            found |= {(table, uid): (above, of) for uid, of in rows}
    return found


def units(session: Session, project: int, today: date) -> dict[int, tuple[About, int | None]]:
    """Give the work packages, activities and headings by id, in order, with what they belong to."""
    table = records.WorkUnit
    query = select(table.id, table.parent_id).where(table.project_id == project)
    parents = {row.id: row.parent_id for row in session.execute(query)}
    return {it.id: (it, parents.get(it.id)) for it in _units(session, project, today)}


# --- of which proof is asked ----------------------------------------------------------------------


def _units(session: Session, project: int, today: date) -> Iterator[About]:
    table = records.WorkUnit
    query = (
        select(table.id, table.uid, table.code, table.title, table.kind, table.state, table.end)
        .where(table.project_id == project)
        .order_by(table.position, table.id)
    )
    for key, uid, code, title, kind, state, end in session.execute(query):
        over = state is WorkUnitState.DONE or (end is not None and end < today)
        dropped = state is WorkUnitState.CANCELLED
        yield About(
            *("work_unit", key, uid, code, title, kind.word, key),
            kind=kind,
            day=end,
            over=over,
            dropped=dropped,
        )


def _meetings(session: Session, project: int, today: date) -> Iterator[About]:
    table = records.Meeting
    ends = func.coalesce(table.end_day, table.day)
    query = (
        select(
            *(table.id, table.uid, table.code, table.title, table.kind, table.mode, table.state),
            *(ends, table.precision, table.work_unit_id),
        )
        .where(table.project_id == project)
        .order_by(ends.is_(None), ends, table.id)
    )
    for row in session.execute(query):
        key, uid, code, title, kind, mode, state, end, precision, unit = row
        last = end
        if end is not None and precision is Precision.MONTH:
            last = end.replace(day=days_in(end.year, end.month))
        held = state is MeetingState.HELD and (end is None or end <= today)
        yield About(
            *("meeting", key, uid, code, title, kind.word, unit),
            kind=kind,
            mode=mode,
            day=end,
            over=held or (last is not None and last < today),
            dropped=state is MeetingState.CANCELLED,
        )


def _deliverables(session: Session, project: int, _today: date) -> Iterator[About]:
    table = records.Deliverable
    day = func.coalesce(table.delivered_on, table.due)
    query = (
        select(table.id, table.uid, table.code, table.title, table.state, day, table.work_unit_id)
        .where(table.project_id == project)
        .order_by(table.due.is_(None), table.due, table.id)
    )
    for key, uid, code, title, state, when, unit in session.execute(query):
        over = DeliverableState(state).done
        yield About(
            *("deliverable", key, uid, code, title, "deliverable", unit), day=when, over=over
        )


def _milestones(session: Session, project: int, _today: date) -> Iterator[About]:
    table = records.Milestone
    query = (
        select(
            *(table.id, table.uid, table.code, table.title, table.reached_on, table.due),
            table.work_unit_id,
        )
        .where(table.project_id == project)
        .order_by(table.due.is_(None), table.due, table.id)
    )
    for key, uid, code, title, reached, due, unit in session.execute(query):
        yield About(
            *("milestone", key, uid, code, title, "milestone", unit),
            day=reached or due,
            over=reached is not None,
        )


def _dissemination(session: Session, project: int, _today: date) -> Iterator[About]:
    table = records.Dissemination
    query = (
        select(table.id, table.uid, table.title, table.state, table.day, table.work_unit_id)
        .where(table.project_id == project)
        .order_by(table.day.is_(None), table.day, table.id)
    )
    for key, uid, title, state, day, unit in session.execute(query):
        yield About(
            *("dissemination", key, uid, None, title, "dissemination", unit),
            day=day,
            over=state is DisseminationState.DONE,
            dropped=state is DisseminationState.DROPPED,
        )


def _indicators(session: Session, project: int, _today: date) -> Iterator[About]:
    """Give the indicators; those with values owe proof of where the values come from."""
    table, value = records.Indicator, records.Measurement
    last = select(func.max(value.day)).where(value.indicator_id == table.id).scalar_subquery()
    query = (
        select(table.id, table.uid, table.code, table.title, last, table.work_unit_id)
        .where(table.project_id == project)
        .order_by(table.id)
    )
    for key, uid, code, title, day, unit in session.execute(query):
        yield About(
            *("indicator", key, uid, code, title, "indicator", unit), day=day, over=day is not None
        )


def _measurements(session: Session, project: int, _today: date) -> Iterator[About]:
    table, of = records.Measurement, records.Indicator
    query = (
        select(
            *(table.id, table.uid, of.code, of.title, table.value, table.day, of.work_unit_id),
        )
        .join(of.__table__, table.indicator_id == of.id)
        .where(table.project_id == project)
        .order_by(table.day, table.id)
    )
    for key, uid, code, title, number, day, unit in session.execute(query):
        yield About(
            *("measurement", key, uid, code, f"{title}: {number}", "value of an indicator", unit),
            day=day,
            over=True,
        )


def _letters(session: Session, project: int, _today: date) -> Iterator[About]:
    table = records.Letter
    query = (
        select(table.id, table.uid, table.subject, table.day, table.direction)
        .where(table.project_id == project)
        .order_by(table.day, table.id)
    )
    for key, uid, subject, day, way in session.execute(query):
        yield About("letter", key, uid, None, subject, "letter", None, kind=way, day=day, over=True)


def _departures(session: Session, project: int, _today: date) -> Iterator[About]:
    table = records.Departure
    query = (
        select(
            *(table.id, table.uid, table.about, table.about_uid, table.field, table.handling),
            table.asked_on,
        )
        .where(
            table.project_id == project,
            table.handling.in_((Handling.AGENCY_TOLD, Handling.AMENDMENT)),
        )
        .order_by(table.id)
    )
    found = [tuple[Any, ...](row) for row in session.execute(query)]
    titles = departed(session, [row[2:5] for row in found])
    for (key, uid, *_, handling, day), title in zip(found, titles, strict=True):
        yield About(
            *("departure", key, uid, None, title, "change of the application", None),
            kind=handling,
            day=day,
            over=True,
        )


def departed(session: Session, rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """Say where a project departs from its application: "ME2 Multiplier event Madrid: city".

    Args:
        session: Of the database.
        rows: Of each departure the table and uid of its record, and the field.
    """
    names = _called(session, {(about, of) for about, of, _ in rows})
    return [
        ": ".join(
            filter(
                None, (names.get((about, of)) or about.replace("_", " "), field.replace("_", " "))
            )
        )
        for about, of, field in rows
    ]


def _called(session: Session, keys: Iterable[Key]) -> dict[Key, str]:
    """Give what records are called, by code and title; those that are gone are left out."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for table, uid in keys:
        wanted[table].append(uid)
    found: dict[Key, str] = {}
    for table, uids in wanted.items():
        record: Any = Record.by_table.get(table)
        title = getattr(record, "title", getattr(record, "name", None))
        if title is None:
            continue
        code = getattr(record, "code", None)
        columns = (record.uid, title, *(() if code is None else (code,)))
        for some in in_parts(uids):
            for uid, named, *coded in session.execute(select(*columns).where(record.uid.in_(some))):
                found[table, uid] = " ".join(filter(None, (*coded, named)))
    return found


def _payments(session: Session, project: int, _today: date) -> Iterator[About]:
    table = records.Payment
    query = (
        select(table.id, table.uid, table.title, table.kind, table.paid_on, table.due)
        .where(table.project_id == project)
        .order_by(table.position, table.id)
    )
    for key, uid, title, kind, paid, due in session.execute(query):
        yield About(
            *("payment", key, uid, None, title, f"payment {PaymentKind(kind).word}", None),
            kind=kind,
            day=paid or due,
            over=paid is not None,
        )


def _costs(session: Session, project: int, _today: date) -> Iterator[About]:
    table, partner = records.Cost, records.Partner
    spent = func.coalesce(table.used_hundredths, 0) + func.coalesce(table.used_cents, 0)
    who = func.coalesce(partner.acronym, partner.name)
    query = (
        select(
            *(table.id, table.uid, table.title, table.kind, who, table.quarter, spent),
            table.work_unit_id,
        )
        .outerjoin(partner.__table__, table.partner_id == partner.id)
        .where(table.project_id == project)
        .order_by(table.quarter.is_(None), table.quarter, table.id)
    )
    for key, uid, title, kind, name, quarter, used_, unit in session.execute(query):
        word = CostKind(kind).word
        named = ", ".join(filter(None, (title or word, name)))
        yield About(
            *("cost", key, uid, None, named, word, unit), kind=kind, day=quarter, over=used_ > 0
        )


def _journeys(session: Session, project: int, today: date) -> Iterator[About]:
    table, of, partner = records.Journey, records.Meeting, records.Partner
    who = func.coalesce(partner.acronym, partner.name)
    query = (
        select(
            *(table.id, table.uid, table.title, table.day, table.green, who, of.title),
            *(of.work_unit_id, func.coalesce(of.end_day, of.day)),
        )
        .outerjoin(of.__table__, table.meeting_id == of.id)
        .outerjoin(partner.__table__, table.partner_id == partner.id)
        .where(table.project_id == project)
        .order_by(table.day.is_(None), table.day, table.id)
    )
    for key, uid, title, day, green, name, meeting, unit, end in session.execute(query):
        when = day or end
        named = ", ".join(filter(None, (title or meeting or "journey", name)))
        yield About(
            *("journey", key, uid, None, named, "journey", unit),
            kind="green" if green else "",
            day=when,
            over=when is not None and when < today,
        )


_READ: Mapping[str, Callable[[Session, int, date], Iterable[About]]] = {
    "work_unit": _units,
    "meeting": _meetings,
    "deliverable": _deliverables,
    "milestone": _milestones,
    "dissemination": _dissemination,
    "indicator": _indicators,
    "measurement": _measurements,
    "letter": _letters,
    "departure": _departures,
    "payment": _payments,
    "cost": _costs,
    "journey": _journeys,
}

# --- of which none is asked -----------------------------------------------------------------------

_PLAIN: Mapping[str, tuple[str | None, str, str]] = {
    "task": ("code", "title", "task"),
    "partner": ("acronym", "name", "partner"),
    "participant": (None, "name", "participant"),
    "risk": ("code", "title", "risk"),
    "log_entry": ("code", "title", "line of the log"),
    "answer": ("code", "text", "item of a checklist"),
    "outcome": (None, "text", "line of minutes"),
}
"""Code, name and word of records that can have proof although nothing is asked of them."""


def _named(
    session: Session, project: int, name: str, uids: Collection[str] | None
) -> Iterator[About]:
    """Give records of a table: those of these uids, or all."""
    code, title, word = _PLAIN[name]
    table: Any = Record.by_table[name]
    columns = [table.id, table.uid, getattr(table, title)]
    columns += [getattr(table, code)] if code else []
    columns += [table.work_unit_id] if name == "task" else []
    query = select(*columns).where(table.project_id == project).order_by(table.id)
    for part in [None] if uids is None else in_parts(uids):
        some = query if part is None else query.where(table.uid.in_(part))
        for key, uid, called, *more in session.execute(some):
            own = more.pop(0) if code else None
            yield About(name, key, uid, own, called, word, more[0] if more else None)
