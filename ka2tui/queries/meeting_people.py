"""Who is on the list of a meeting, who was counted, and whom nobody stands for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from ka2tui.domain.kinds import PartnerRole, Presence
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.queries import partners
from ka2tui.store.records import Attendance, Contact, HeadCount, Participant, Partner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

    from ka2tui.queries.meeting_row import MeetingRow


@frozen
class PersonRow:
    """Somebody who can be at a meeting, and on which days they are."""

    id: int
    name: str
    partner_id: int | None
    partner: str | None
    presences: tuple[Presence | None, ...]
    """One for each day of the meeting, at least one; None: not on the list."""

    @property
    def listed(self) -> bool:
        """Whether they are on the list at all."""
        return any(self.presences)

    @property
    def there(self) -> bool:
        """Whether they were there on some day."""
        return any(one is not None and one.there for one in self.presences)


@frozen
class CountRow:
    """A number of people without names."""

    id: int
    partner_id: int | None
    who: str | None
    """The partner's acronym, or the organisation as it was written."""
    country: str | None
    profile: str | None
    people: int
    online: int
    fewer: int | None = None
    """How many of them with fewer opportunities; None: not known."""
    at: str | None = None
    """Where they are from: what the count says, else the country of their partner."""


class Listed(NamedTuple):
    """Somebody on the list of participants of an event."""

    name: str
    organisation: str | None
    """The partner's acronym, else as it was written."""
    contact_id: int | None
    day: date | None
    """None: all of it."""
    online: bool


class Total(NamedTuple):
    """How many people of one kind were counted."""

    name: str | None
    """The country's code, or the profile; None: not said."""
    people: int
    online: int


def totals(counts: Iterable[CountRow], name: Callable[[CountRow], str | None]) -> tuple[Total, ...]:
    """Add counts up by something that they have in common, the most people first."""
    found: dict[str, Total] = {}
    for count in counts:
        called = name(count)
        key = fold(called or "")
        known = found.get(key, Total(called, 0, 0))
        found[key] = Total(known.name, known.people + count.people, known.online + count.online)
    return tuple(
        sorted(found.values(), key=lambda one: (one.name is None, -one.people, one.name or ""))
    )


class Member(NamedTuple):
    """A partner as far as a meeting is concerned."""

    id: int
    called: str
    role: PartnerRole
    nr: str | None
    zone: str | None
    working_days: str
    day_start_minute: int
    day_end_minute: int


def consortium_on(session: Session, project: int, day: date | None) -> list[Member]:
    """List the partners that belong to a project on a day, in their order."""
    members = select(
        *(Partner.id, func.coalesce(Partner.acronym, Partner.name), Partner.role, Partner.nr),
        *(Partner.zone, Partner.working_days, Partner.day_start_minute, Partner.day_end_minute),
        Partner.left_on,
    ).where(Partner.project_id == project)
    found = [
        Member(*row[:8])
        for row in session.execute(members)
        if row.left_on is None or day is None or row.left_on >= day
    ]
    return sorted(found, key=lambda one: partners.order(one.role, one.nr, one.id))


def people_of(
    session: Session, project: int, row: MeetingRow, consortium: Sequence[Member]
) -> tuple[PersonRow, ...]:
    """List the people of a project with their presence day by day, in the partners' order."""
    marks: dict[tuple[int, date | None], Presence] = {
        (mark[0], mark[1]): mark[2]
        for mark in session.execute(
            select(Attendance.contact_id, Attendance.day, Attendance.presence).where(
                Attendance.meeting_id == row.id
            )
        )
    }
    places = {member.id: place for place, member in enumerate(consortium)}
    people = session.execute(
        select(
            Contact.id,
            Contact.name,
            Contact.partner_id,
            func.coalesce(Partner.acronym, Partner.name),
        )
        .outerjoin(Partner.__table__, Contact.partner_id == Partner.id)
        .where(Contact.project_id == project)
    ).all()
    days = row.days or (None,)
    found = [
        PersonRow(
            *person,
            presences=tuple(
                marks.get((person.id, day)) or marks.get((person.id, None)) for day in days
            ),
        )
        for person in people
    ]
    return tuple(
        sorted(
            (
                one
                for one in found
                if one.listed or one.partner_id is None or one.partner_id in places
            ),
            key=lambda one: (places.get(one.partner_id or 0, len(places)), fold(one.name), one.id),
        )
    )


def counts_of(session: Session, meeting: int) -> tuple[CountRow, ...]:
    """List the head counts of a meeting, in the order they were made."""
    counts = (
        select(
            *(HeadCount.id, HeadCount.partner_id),
            func.coalesce(Partner.acronym, Partner.name, HeadCount.organisation).label("who"),
            *(HeadCount.country, HeadCount.profile, HeadCount.people, HeadCount.online),
            HeadCount.fewer_opportunities.label("fewer"),
            func.coalesce(HeadCount.country, Partner.country).label("at"),
        )
        .outerjoin(Partner.__table__, HeadCount.partner_id == Partner.id)
        .where(HeadCount.meeting_id == meeting)
        .order_by(HeadCount.id)
    )
    return tuple(CountRow(**row._asdict()) for row in session.execute(counts))


def listed_at(session: Session, meeting: int) -> tuple[Listed, ...]:
    """List the participants of an event, by organisation and name."""
    people = (
        select(
            Participant.name,
            func.coalesce(Partner.acronym, Partner.name, Participant.organisation),
            *(Participant.contact_id, Participant.day, Participant.online),
        )
        .outerjoin(Partner.__table__, Participant.partner_id == Partner.id)
        .where(Participant.meeting_id == meeting)
        .order_by(Participant.id)
    )
    found = [Listed(*row) for row in session.execute(people)]
    return tuple(sorted(found, key=lambda it: (fold(it.organisation or ""), fold(it.name))))


def missing_from(
    people: Sequence[PersonRow], counts: Sequence[CountRow], consortium: Sequence[Member]
) -> tuple[str, ...]:
    """List the partners of whom nobody is expected, came or was counted."""
    known = {one.partner_id for one in people if _comes(one)}
    known |= {count.partner_id for count in counts if count.people}
    return tuple(member.called for member in consortium if member.id not in known)


def _comes(person: PersonRow) -> bool:
    """Say whether somebody is expected or was there on some day."""
    return any(
        one is Presence.EXPECTED or (one is not None and one.there) for one in person.presences
    )


def differences_in(row: MeetingRow) -> Iterable[str]:
    """Say where the numbers of those who came disagree."""
    if row.stated is not None and row.counted and row.counted != row.stated:
        yield _compared(row.counted, "in the counts", row.stated, "stated")
    if row.stated is not None and row.attended and not row.counted and row.attended != row.stated:
        yield _compared(row.attended, "on the list", row.stated, "stated")
    if row.counted and row.attended > row.counted:
        yield _compared(row.attended, "on the list", row.counted, "in the counts")


def _compared(one: int, where: str, other: int, there: str) -> str:
    """Say how far two numbers are apart: "41 on the list, 38 stated: 3 more"."""
    apart = f"{abs(one - other)} {'more' if one > other else 'fewer'}"
    return f"{one} {where}, {other} {there}: {apart}"
