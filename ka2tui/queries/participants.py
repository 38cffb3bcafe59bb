"""Participants: everybody on the list of an event, one row a place on a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, null, select

from ka2tui.domain import participation as rules
from ka2tui.domain.kinds import Presence
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.queries import participation
from ka2tui.queries.chosen import chosen
from ka2tui.store.records import Attendance, Contact, Meeting, Participant, Partner, WorkUnit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.domain.participation import Person, Twins
    from ka2tui.queries.participation import Standing


@frozen
class ParticipantRow:
    """Somebody on the list of an event."""

    id: int
    """Of a contact who is marked as having been there, minus the id of the mark."""
    meeting_id: int
    event: str
    """Its code, else its title."""
    event_day: date | None
    work_unit: str | None
    name: str
    partner_id: int | None
    organisation: str | None
    """The partner's acronym, else what was written."""
    country: str | None
    """As it was said, else the partner's."""
    profile: str | None
    fewer_opportunities: bool | None
    online: bool
    role: str | None
    certificate: str | None
    day: date | None
    contact_id: int | None
    notes: str | None
    events: int = 1
    """At how many events the same person was."""
    doubtful: bool = False
    """Whether somebody else may be the same person."""

    @property
    def marked(self) -> bool:
        """Whether it is a contact marked in the meeting, and no row of its own."""
        return self.id < 0


@frozen
class TwinRow:
    """People who may be the same, each with one row that stands for them."""

    why: str
    people: tuple[TwinPerson, ...]


@frozen
class TwinPerson:
    """One of those who may be the same."""

    id: int
    """Of a row; of a contact marked in a meeting, minus the id of the mark."""
    name: str
    organisation: str | None
    events: tuple[str, ...]
    contact_id: int | None


@frozen
class Seen:
    """What the page of participants shows."""

    standing: Standing
    rows: tuple[ParticipantRow, ...]
    twins: tuple[TwinRow, ...]


def page(session: Session, project: int, *, today: date) -> Seen:
    """Read all that the page shows, at once."""
    seen = participation.gather(session, project)
    doubts = rules.twins(seen.people)
    rows = _listed(session, project, seen.people, doubts)
    return Seen(participation.stand(seen, today), rows, _told(doubts, rows))


def listed(
    session: Session, project: int, *, events: Sequence[int] = ()
) -> tuple[ParticipantRow, ...]:
    """List everybody on the lists of a project, or of some events, by event and name."""
    people = participation.gather(session, project).people
    rows = _listed(session, project, people, rules.twins(people))
    return tuple(row for row in rows if not events or row.meeting_id in events)


def some(session: Session, participants: Sequence[int]) -> tuple[ParticipantRow, ...]:
    """List chosen ones, in the order of their ids given."""
    query, key = _rows(), Participant.id
    return chosen(session, query, key, participants, lambda row: ParticipantRow(*row))


def one(session: Session, participant: int) -> ParticipantRow:
    """Give one row, with at how many events the person was.

    Raises:
        Refused: There is none.
    """
    project = session.scalar(select(Participant.project_id).where(Participant.id == participant))
    rows = () if project is None else listed(session, project)
    found = next((row for row in rows if row.id == participant), None)
    if found is None:
        raise Refused(f"There is no participant {participant} any more.")
    return found


def twins(session: Session, project: int) -> tuple[TwinRow, ...]:
    """Tell who may be the same person."""
    people = participation.gather(session, project).people
    doubts = rules.twins(people)
    return _told(doubts, _listed(session, project, people, doubts))


def profiles(session: Session, project: int) -> tuple[str, ...]:
    """List the profiles that were used, the most frequent first."""
    query = (
        select(Participant.profile)
        .where(Participant.project_id == project, Participant.profile.is_not(None))
        .group_by(Participant.profile)
        .order_by(func.count().desc(), Participant.profile)
    )
    return tuple(each for each in session.scalars(query) if each)


def partners(session: Session, project: int) -> dict[str, int]:
    """Give the ids of the partners by every folded name they have."""
    query = select(Partner.id, Partner.name, Partner.acronym).where(Partner.project_id == project)
    found: dict[str, int] = {}
    for key, *names in session.execute(query.order_by(Partner.id.desc())):
        found |= {fold(name): key for name in names if name}
    return found


def _told(doubts: Iterable[Twins], rows: Iterable[ParticipantRow]) -> tuple[TwinRow, ...]:
    known = {row.id: row for row in rows}
    return tuple(
        TwinRow(each.why, tuple(_twin(person, known) for person in each.people)) for each in doubts
    )


def _twin(person: Person, rows: Mapping[int, ParticipantRow]) -> TwinPerson:
    keys = [_key(row.key) for row in person.rows]
    first = next((key for key in keys if key > 0), keys[0])
    events = tuple(dict.fromkeys(rows[key].event for key in keys if key in rows))
    contact = next((row.contact for row in person.rows if row.contact is not None), None)
    return TwinPerson(first, rows[first].name, rows[first].organisation, events, contact)


def _key(key: tuple[str, int]) -> int:
    return key[1] if key[0] == "participant" else -key[1]


def _listed(
    session: Session, project: int, people: Sequence[Person], doubts: Sequence[Twins]
) -> tuple[ParticipantRow, ...]:
    at = {_key(row.key): len(person.events) for person in people for row in person.rows}
    doubtful = {_key(row.key) for each in doubts for person in each.people for row in person.rows}
    found = [
        ParticipantRow(*[*row, at.get(row.id, 1), row.id in doubtful])
        for row in session.execute(_rows().where(Participant.project_id == project))
    ]
    marked = _marked().where(Attendance.project_id == project)
    found += [
        ParticipantRow(*[*row, at[row.id], row.id in doubtful])
        for row in session.execute(marked)
        if row.id in at
    ]
    last = date.max
    return tuple(
        sorted(
            found,
            key=lambda row: (row.event_day or last, row.meeting_id, rules.folded(row.name), row.id),
        )
    )


def _rows() -> Any:
    return (
        select(
            *(Participant.id, Participant.meeting_id),
            func.coalesce(Meeting.code, Meeting.title),
            *(Meeting.day, WorkUnit.code, Participant.name, Participant.partner_id),
            func.coalesce(Partner.acronym, Partner.name, Participant.organisation),
            func.coalesce(Participant.country, Partner.country),
            *(Participant.profile, Participant.fewer_opportunities, Participant.online),
            *(Participant.role, Participant.certificate, Participant.day),
            *(Participant.contact_id, Participant.notes),
        )
        .join(Meeting.__table__, Participant.meeting_id == Meeting.id)
        .outerjoin(WorkUnit.__table__, Meeting.work_unit_id == WorkUnit.id)
        .outerjoin(Partner.__table__, Participant.partner_id == Partner.id)
    )


def _marked() -> Any:
    """Read contacts who are marked as having been at an event, in the shape of rows."""
    there = [presence for presence in Presence if presence.there]
    return (
        select(
            *((-Attendance.id).label("id"), Attendance.meeting_id),
            func.coalesce(Meeting.code, Meeting.title),
            *(Meeting.day, WorkUnit.code, Contact.name, Contact.partner_id),
            func.coalesce(Partner.acronym, Partner.name, Contact.organisation),
            *(Partner.country, null(), null()),
            Attendance.presence == literal(Presence.ONLINE, Attendance.presence.type),
            *(Contact.role, null(), Attendance.day, Contact.id.label("contact_id"), null()),
        )
        .join(Contact.__table__, Attendance.contact_id == Contact.id)
        .join(Meeting.__table__, Attendance.meeting_id == Meeting.id)
        .outerjoin(WorkUnit.__table__, Meeting.work_unit_id == WorkUnit.id)
        .outerjoin(Partner.__table__, Contact.partner_id == Partner.id)
        .where(Attendance.presence.in_(there))
    )
