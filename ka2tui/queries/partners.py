"""Partners: the list, and one with its people, what it leads and what it owes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.kinds import ACCEPTED_RESULTS, CLOSED_TASKS, AgreementState, PartnerRole
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.queries import contacts
from ka2tui.store.records import Contact, Deliverable, Partner, Task, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.queries.contacts import ContactRow


@frozen
class PartnerRow:
    """A partner in a list."""

    id: int
    nr: str | None
    acronym: str | None
    name: str
    role: PartnerRole
    country: str | None
    """ISO 3166 alpha-2."""
    city: str | None
    zone: str | None
    agreement_state: AgreementState
    left_on: date | None
    sort: str | None
    """An id of the list of sorts of organisations."""
    established_on: date | None
    eche: bool | None
    """Whether it has the Erasmus Charter for Higher Education; None: not known."""
    applications: int | None
    """In how many applications at this deadline it takes part."""
    newcomer: bool | None
    contacts: int
    leads: tuple[str, ...]
    """Codes of the work packages and activities it leads."""
    open_tasks: int
    late_tasks: int
    open_deliverables: int
    """Led by it and not accepted yet."""
    late_deliverables: int

    @property
    def called(self) -> str:
        """What it is called: its acronym, else its name."""
        return self.acronym or self.name


@frozen
class PartnerDetails:
    """All that is known of one partner."""

    row: PartnerRow
    project_id: int
    oid: str | None
    pic: str | None
    working_days: str
    day_start_minute: int
    day_end_minute: int
    joined_on: date | None
    website: str | None
    notes: str | None
    contacts: tuple[ContactRow, ...]
    leave_reason: str | None = None
    successor: str | None = None
    """Who went on with its work after it left: acronym, else name."""


@dataclass(slots=True)
class _Owed:
    """How much is open, and how much of it late."""

    open: int = 0
    late: int = 0


def listed(session: Session, project: int, *, today: date) -> tuple[PartnerRow, ...]:
    """List the partners of a project: the coordinator, then by their numbers."""
    columns = (
        *(Partner.id, Partner.nr, Partner.acronym, Partner.name, Partner.role, Partner.country),
        *(Partner.city, Partner.zone, Partner.agreement_state, Partner.left_on),
        *(Partner.sort, Partner.established_on, Partner.eche, Partner.applications),
        Partner.newcomer,
    )
    found = session.execute(select(*columns).where(Partner.project_id == project)).all()
    counts = select(Contact.partner_id, func.count()).where(Contact.project_id == project)
    people = {row[0]: row[1] for row in session.execute(counts.group_by(Contact.partner_id))}
    leads = _leads(session, project)
    tasks = _by_partner(
        session.execute(
            select(Task.partner_id, Task.due).where(
                Task.project_id == project, Task.state.not_in(CLOSED_TASKS)
            )
        ),
        today,
    )
    deliverables = _by_partner(
        session.execute(
            select(Deliverable.lead_id, Deliverable.due).where(
                Deliverable.project_id == project, Deliverable.state.not_in(ACCEPTED_RESULTS)
            )
        ),
        today,
    )
    rows = [
        PartnerRow(
            **row._asdict(),
            contacts=people.get(row.id, 0),
            leads=tuple(leads.get(row.id, ())),
            open_tasks=tasks[row.id].open,
            late_tasks=tasks[row.id].late,
            open_deliverables=deliverables[row.id].open,
            late_deliverables=deliverables[row.id].late,
        )
        for row in found
    ]
    return tuple(sorted(rows, key=lambda row: order(row.role, row.nr, row.id)))


def some(session: Session, partners: Sequence[int], *, today: date) -> tuple[PartnerRow, ...]:
    """List chosen partners, in the order of their ids given."""
    projects = select(Partner.project_id).where(Partner.id.in_(partners)).distinct()
    rows = {
        row.id: row
        for project in session.scalars(projects).all()
        for row in listed(session, project, today=today)
    }
    return tuple(rows[partner] for partner in partners if partner in rows)


def one(session: Session, partner: int, *, today: date) -> PartnerDetails:
    """Give all that is known of one partner.

    Raises:
        Refused: It is gone.
    """
    rows = some(session, [partner], today=today)
    if not rows:
        raise Refused(f"There is no partner {partner} any more.")
    record = session.get_one(Partner, partner)
    people = contacts.listed(session, record.project_id)
    return PartnerDetails(
        row=rows[0],
        project_id=record.project_id,
        oid=record.oid,
        pic=record.pic,
        working_days=record.working_days,
        day_start_minute=record.day_start_minute,
        day_end_minute=record.day_end_minute,
        joined_on=record.joined_on,
        website=record.website,
        notes=record.notes,
        contacts=tuple(person for person in people if person.partner_id == partner),
        leave_reason=record.leave_reason,
        successor=_called(session, record.successor_id),
    )


def _called(session: Session, partner: int | None) -> str | None:
    if partner is None:
        return None
    named = select(func.coalesce(Partner.acronym, Partner.name)).where(Partner.id == partner)
    return session.scalar(named)


def order(role: PartnerRole, nr: str | None, partner: int) -> tuple[object, ...]:
    """Give what partners are sorted by: the coordinator, numbers as numbers, associated last."""
    parts = re.findall(r"\d+|\D+", nr or "")
    natural = [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
    place = [PartnerRole.COORDINATOR, PartnerRole.BENEFICIARY, PartnerRole.ASSOCIATED].index(role)
    return (place, not parts, natural, partner)


def _leads(session: Session, project: int) -> dict[int | None, list[str]]:
    """List the codes of what each partner leads, in the order of the plan."""
    units = (
        select(WorkUnit.lead_id, WorkUnit.code)
        .where(WorkUnit.project_id == project)
        .order_by(WorkUnit.position, WorkUnit.id)
    )
    found: dict[int | None, list[str]] = defaultdict(list)
    for lead, code in session.execute(units):
        found[lead].append(code)
    return found


def _by_partner(dues: Iterable[Sequence[Any]], today: date) -> defaultdict[int | None, _Owed]:
    """Count what is open and late from pairs of partner and due date."""
    found: defaultdict[int | None, _Owed] = defaultdict(_Owed)
    for partner, due in dues:
        found[partner].open += 1
        found[partner].late += due is not None and due < today
    return found
