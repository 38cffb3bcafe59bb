"""Events with who took part: per event, work package and project, beside what others say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from ka2tui.domain import participation as rules
from ka2tui.domain.days import last_day
from ka2tui.domain.kinds import (
    MeetingKind,
    MeetingMode,
    MeetingState,
    Precision,
    Presence,
    WorkUnitState,
)
from ka2tui.domain.participation import Counted, Numbers, Person, Taken
from ka2tui.domain.text import coded, fold
from ka2tui.frozen import frozen
from ka2tui.store.records import (
    Attendance,
    Contact,
    HeadCount,
    Meeting,
    Participant,
    Partner,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

EVENTS = (MeetingKind.LEARNING, MeetingKind.TRAINING, MeetingKind.MULTIPLIER)
"""Meetings that people take part in, rather than partners; others are when somebody is listed."""


@frozen
class Event:
    """An event as it was planned and told of."""

    id: int
    project_id: int
    code: str | None
    title: str
    kind: MeetingKind
    mode: MeetingMode | None
    state: MeetingState
    day: date | None
    end_day: date | None
    precision: Precision
    city: str | None
    work_unit_id: int | None
    work_unit: str | None
    expected: int | None
    """As the application says."""
    reported: int | None
    """As the report says."""

    @property
    def called(self) -> str:
        """Code and title."""
        return coded(self.code, self.title)

    @property
    def short(self) -> str:
        """The code, else the title."""
        return self.code or self.title

    def over(self, today: date) -> bool:
        """Tell whether it lies behind."""
        if self.state is MeetingState.HELD:
            return True
        last = last_day(self.day, self.end_day, self.precision)
        return last is not None and last < today


@frozen
class Unit:
    """A part of the work, with what is claimed for it."""

    id: int
    code: str
    title: str
    parent_id: int | None
    expected: int | None
    reported: int | None
    state: WorkUnitState = WorkUnitState.PLANNED
    end: date | None = None

    def over(self, today: date) -> bool:
        """Tell whether it lies behind."""
        return self.state is WorkUnitState.DONE or (self.end is not None and self.end < today)


@frozen
class Gathered:
    """Everything of one project that tells who took part, the earliest event first."""

    events: tuple[Event, ...] = ()
    units: tuple[Unit, ...] = ()
    taken: tuple[Taken, ...] = ()
    counts: tuple[Counted, ...] = ()
    certified: frozenset[tuple[str, int]] = frozenset()
    """Rows with a certificate."""
    people: tuple[Person, ...] = ()
    by_event: Mapping[int, Sequence[Person]] = field(default_factory=dict)

    def numbers(self, events: Iterable[int] | None = None) -> Numbers:
        """Count people and heads of some events, or of all."""
        if events is None:
            people, counts = list(self.people), list(self.counts)
        else:
            wanted = frozenset(events)
            there = {id(one): one for event in wanted for one in self.by_event.get(event, ())}
            people = rules.at(there.values(), wanted)
            counts = [count for count in self.counts if count.event in wanted]
        certificates = sum(
            any(row.key in self.certified for row in person.rows) for person in people
        )
        return rules.numbers(people, counts, certificates)


def gather(session: Session, project: int) -> Gathered:
    """Read everything of a project that tells who took part."""
    return gathered(session, [project]).get(project, Gathered())


def gathered(session: Session, projects: Sequence[int]) -> dict[int, Gathered]:
    """Read everything of projects that tells who took part."""
    events: dict[int, list[Event]] = defaultdict(list)
    for event in _events(session, projects):
        events[event.project_id].append(event)
    place = {each.id: at for own in events.values() for at, each in enumerate(own)}
    of = {each.id: each.project_id for own in events.values() for each in own}
    taken: dict[int, list[Taken]] = defaultdict(list)
    certified: set[tuple[str, int]] = set()
    for row, certificate in _taken(session, projects):
        if row.event in of:
            taken[of[row.event]].append(row)
            if certificate:
                certified.add(row.key)
    counts: dict[int, list[Counted]] = defaultdict(list)
    for count in _counts(session, projects):
        if count.event in of:
            counts[of[count.event]].append(count)
    units = _units(session, projects)
    found = {}
    for project in projects:
        rows = sorted(taken[project], key=lambda row: (place[row.event], row.key))
        people = rules.people(rows)
        by_event: dict[int, list[Person]] = defaultdict(list)
        for person in people:
            for at in person.events:
                by_event[at].append(person)
        found[project] = Gathered(
            events=tuple(events[project]),
            units=tuple(units[project]),
            taken=tuple(rows),
            counts=tuple(counts[project]),
            certified=frozenset(certified),
            people=people,
            by_event=by_event,
        )
    return found


def _events(session: Session, projects: Sequence[int]) -> list[Event]:
    listed = select(Participant.meeting_id).where(Participant.project_id.in_(projects))
    columns: list[Any] = [
        *(Meeting.id, Meeting.project_id, Meeting.code, Meeting.title, Meeting.kind),
        *(Meeting.mode, Meeting.state, Meeting.day, Meeting.end_day, Meeting.precision),
        *(Meeting.city, Meeting.work_unit_id, WorkUnit.code, Meeting.expected_participants),
        Meeting.participants,
    ]
    query = (
        select(*columns)
        .outerjoin(WorkUnit.__table__, Meeting.work_unit_id == WorkUnit.id)
        .where(
            Meeting.project_id.in_(projects),
            or_(Meeting.kind.in_(EVENTS), Meeting.id.in_(listed)),
        )
        .order_by(Meeting.day.is_(None), Meeting.day, Meeting.id)
    )
    return [Event(*row) for row in session.execute(query)]


def _taken(session: Session, projects: Sequence[int]) -> Iterable[tuple[Taken, bool]]:
    """Read who is on lists, and the contacts marked as having been there."""
    columns: list[Any] = [
        *(Participant.id, Participant.meeting_id, Participant.name, Participant.partner_id),
        *(Participant.organisation, Participant.contact_id, Participant.person),
        func.coalesce(Participant.country, Partner.country),
        *(Participant.profile, Participant.fewer_opportunities, Participant.online),
        Participant.certificate,
    ]
    query = select(*columns).outerjoin(Partner.__table__, Participant.partner_id == Partner.id)
    query = query.where(Participant.project_id.in_(projects)).order_by(Participant.id)
    for row in session.execute(query):
        key, event, name, partner, organisation, contact, person, *more, certificate = row
        where = place_of(partner, organisation)
        made = Taken(("participant", key), event, name, where, contact, person, *more)
        yield made, bool(certificate)
    there = [presence for presence in Presence if presence.there]
    marked = (
        select(
            *(Attendance.id, Attendance.meeting_id, Contact.name, Contact.partner_id),
            *(Contact.organisation, Contact.id, Partner.country, Attendance.presence),
        )
        .join(Contact.__table__, Attendance.contact_id == Contact.id)
        .outerjoin(Partner.__table__, Contact.partner_id == Partner.id)
        .where(Attendance.project_id.in_(projects), Attendance.presence.in_(there))
        .order_by(Attendance.id)
    )
    for key, event, name, partner, organisation, contact, country, presence in session.execute(
        marked
    ):
        online = presence is Presence.ONLINE
        where = place_of(partner, organisation)
        yield (
            Taken(("attendance", key), event, name, where, contact, country=country, online=online),
            False,
        )


def place_of(partner: int | None, organisation: str | None) -> str:
    """Give what is compared of where somebody is from."""
    return f"={partner}" if partner else rules.folded(organisation or "")


def _counts(session: Session, projects: Sequence[int]) -> Iterable[Counted]:
    query = (
        select(
            *(HeadCount.id, HeadCount.meeting_id, HeadCount.people, HeadCount.online),
            HeadCount.fewer_opportunities,
            func.coalesce(HeadCount.country, Partner.country),
            HeadCount.profile,
            func.coalesce(Partner.acronym, Partner.name, HeadCount.organisation, ""),
        )
        .outerjoin(Partner.__table__, HeadCount.partner_id == Partner.id)
        .where(HeadCount.project_id.in_(projects))
        .order_by(HeadCount.id)
    )
    return [Counted(*row) for row in session.execute(query)]


def _units(session: Session, projects: Sequence[int]) -> dict[int, list[Unit]]:
    columns: list[Any] = [
        *(WorkUnit.project_id, WorkUnit.id, WorkUnit.code, WorkUnit.title, WorkUnit.parent_id),
        *(WorkUnit.expected_participants, WorkUnit.reported_participants, WorkUnit.state),
        WorkUnit.end,
    ]
    query = (
        select(*columns)
        .where(WorkUnit.project_id.in_(projects))
        .order_by(WorkUnit.position, WorkUnit.id)
    )
    found: dict[int, list[Unit]] = defaultdict(list)
    for project, *row in session.execute(query):
        found[project].append(Unit(*row))
    return found


# -- as pages show it ------------------------------------------------------------------------------


@frozen
class Apart:
    """How far lists are from what others say."""

    report: tuple[str, ...] = ()
    """From what the report says."""
    expected: str | None = None
    """From what the application expected."""
    fewer: bool = False
    """Whether fewer came than were expected."""

    @property
    def every(self) -> tuple[str, ...]:
        """All there is to say."""
        return self.report if self.expected is None else (*self.report, self.expected)


@frozen
class EventRow:
    """An event in a list."""

    id: int
    event: Event
    numbers: Numbers
    apart: Apart
    over: bool

    @property
    def differences(self) -> tuple[str, ...]:
        """How far its lists are from what the report says and the application expected."""
        return self.apart.every

    @property
    def missing(self) -> bool:
        """Whether it lies behind, and nobody is on a list."""
        off = self.event.state is MeetingState.CANCELLED
        return self.over and not off and self.numbers.nobody


@frozen
class UnitRow:
    """A work package or activity with the events of all its parts."""

    id: int
    unit: Unit
    depth: int
    numbers: Numbers
    events: tuple[int, ...]
    apart: Apart

    @property
    def differences(self) -> tuple[str, ...]:
        """As of an event."""
        return self.apart.every


@frozen
class Standing:
    """Who took part in a project, beside what is claimed."""

    events: tuple[EventRow, ...]
    units: tuple[UnitRow, ...]
    """Those with events or claims, in the order of the plan."""
    numbers: Numbers
    expected: int | None
    """What the application expects, added up."""
    reported: int | None
    """What the report says, added up."""
    differences: tuple[str, ...]
    """All there are, each with what it is of."""


def standing(session: Session, project: int, *, today: date) -> Standing:
    """Tell who took part in a project, beside what the report says and what was expected."""
    return stand(gather(session, project), today)


def stand(seen: Gathered, today: date) -> Standing:
    """Tell who took part, of what was read already."""
    events = tuple(_event_row(seen, event, today) for event in seen.events)
    units = tuple(_unit_rows(seen, events, today))
    told = [f"{row.event.short}: {said}" for row in events for said in row.differences]
    told += [f"{row.unit.code}: {said}" for row in units for said in row.differences]
    return Standing(
        events=events,
        units=units,
        numbers=seen.numbers(),
        expected=_added(claims(seen, "expected")),
        reported=_added(claims(seen, "reported")),
        differences=tuple(told),
    )


def _event_row(seen: Gathered, event: Event, today: date) -> EventRow:
    found = seen.numbers([event.id])
    over = event.over(today)
    expected = event.expected if event.state is not MeetingState.CANCELLED else None
    apart = _apart(found, event.reported, expected if over else None)
    return EventRow(event.id, event, found, apart, over)


def _apart(
    found: Numbers, reported: int | None, expected: int | None, more: Sequence[str] = ()
) -> Apart:
    """Hold lists against what is claimed; `expected` only of what is over."""
    said = rules.difference(found, reported)
    return Apart(
        report=(*more, *([] if said is None else [said])),
        expected=rules.short_of(found, expected),
        fewer=expected is not None and found.least < expected,
    )


def _unit_rows(seen: Gathered, events: Sequence[EventRow], today: date) -> Iterable[UnitRow]:
    own: dict[int, list[EventRow]] = defaultdict(list)
    for row in events:
        if row.event.work_unit_id is not None:
            own[row.event.work_unit_id].append(row)
    parts: dict[int | None, list[Unit]] = defaultdict(list)
    known = {unit.id for unit in seen.units}
    for unit in seen.units:
        parts[unit.parent_id if unit.parent_id in known else None].append(unit)

    def every(unit: Unit) -> list[EventRow]:
        return own[unit.id] + [row for part in parts[unit.id] for row in every(part)]

    def walk(above: int | None, depth: int) -> Iterable[UnitRow]:
        for unit in parts[above]:
            rows = every(unit)
            if rows or unit.expected is not None or unit.reported is not None:
                yield _unit_row(seen, unit, depth, rows, today)
            yield from walk(unit.id, depth + 1)

    return walk(None, 0)


def _unit_row(
    seen: Gathered, unit: Unit, depth: int, rows: Sequence[EventRow], today: date
) -> UnitRow:
    ids = tuple(row.id for row in rows)
    found = seen.numbers(ids) if ids else Numbers()
    stated = [row.event.reported for row in rows]
    added = sum(filter(None, stated))
    more = []
    if unit.reported is not None and stated and None not in stated and added != unit.reported:
        more.append(f"{unit.reported} in the report, its events add up to {added}")
    apart = _apart(found, unit.reported, unit.expected if unit.over(today) else None, more)
    return UnitRow(unit.id, unit, depth, found, ids, apart)


def _added(claimed: Mapping[tuple[str, int], int]) -> int | None:
    return sum(claimed.values()) if claimed else None


def claims(seen: Gathered, name: str) -> dict[tuple[str, int], int]:
    """Give the numbers that a claim for the whole project is made of, by table and id.

    What a work package says of itself counts; else what its parts and events say.

    Args:
        seen: What was read.
        name: "expected" or "reported".
    """
    known = {unit.id for unit in seen.units}
    parts: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in seen.units:
        parts[unit.parent_id if unit.parent_id in known else None].append(unit)
    own: dict[int | None, list[Event]] = defaultdict(list)
    for event in seen.events:
        own[event.work_unit_id].append(event)
    found: dict[tuple[str, int], int] = {}

    def take(above: int | None) -> None:
        for event in own[above]:
            if (number := getattr(event, name)) is not None:
                found["meeting", event.id] = number
        for unit in parts[above]:
            if (number := getattr(unit, name)) is not None:
                found["work_unit", unit.id] = number
            else:
                take(unit.id)

    take(None)
    return found


@frozen
class Line:
    """One line of totals."""

    name: str | None
    """A country's code, a profile, the code of a work package; None: not said."""
    persons: int
    """By name, each counted once within the line."""
    places: int
    """By name, each counted at every event."""
    counted: int
    expected: int | None = None
    reported: int | None = None
    differences: tuple[str, ...] = ()


def totals(
    session: Session, project: int, by: str, *, today: date, event: int | None = None
) -> tuple[Line, ...]:
    """Add up who took part, by something they have in common.

    Args:
        by: One of `BY`.
        event: Of one event only.
    """
    seen = gather(session, project)
    if by in ("event", "work_unit"):
        stood = stand(seen, today)
        if by == "event":
            rows: Iterable[Any] = [(row.event, row) for row in stood.events]
        else:
            rows = [(row.unit, row) for row in stood.units]
        return tuple(
            Line(
                getattr(what, "short", None) or what.code,
                *(row.numbers.persons, row.numbers.places, row.numbers.counted),
                *(what.expected, what.reported, row.differences),
            )
            for what, row in rows
            if event is None or by != "event" or row.id == event
        )
    return lines(seen, by, _names(session, project) if by == "organisation" else {}, event)


def _names(session: Session, project: int) -> dict[str, str]:
    """Name organisations by what is compared of them."""
    partners = select(Partner.id, func.coalesce(Partner.acronym, Partner.name))
    partners = partners.where(Partner.project_id == project)
    named = {place_of(key, None): name for key, name in session.execute(partners)}
    written = select(Participant.organisation).where(
        Participant.project_id == project, Participant.organisation.is_not(None)
    )
    for said in session.scalars(written.distinct()):
        named.setdefault(fold(said or ""), said or "")
    return named


def lines(
    seen: Gathered, by: str, named: Mapping[str, str] | None = None, event: int | None = None
) -> tuple[Line, ...]:
    """Add up what was read already by country, profile, opportunities, mode or organisation."""
    people = list(seen.people) if event is None else rules.at(seen.people, {event})
    counts = [count for count in seen.counts if event in (None, count.event)]

    def of_person(person: Person) -> str | None:
        if by == "mode":
            return "online" if person.online else "in person"
        if by == "fewer_opportunities":
            return None if person.fewer is None else "yes" if person.fewer else "no"
        if by == "organisation":
            place = person.rows[-1].organisation
            return (named or {}).get(place, place)
        found: str | None = getattr(person, by)
        return found

    def of_count(count: Counted) -> Iterable[tuple[str | None, int]]:
        if by == "mode":
            return ("in person", count.people - count.online), ("online", count.online)
        if by == "fewer_opportunities":
            if count.fewer is None:
                return ((None, count.people),)
            return ("yes", count.fewer), ("no", count.people - count.fewer)
        return ((getattr(count, by), count.people),)

    return tuple(Line(*share) for share in rules.shares(people, counts, of_person, of_count))
