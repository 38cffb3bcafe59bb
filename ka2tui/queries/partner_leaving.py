"""What it would mean that a partner leaves: what it holds, its money, the consortium without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.checks import catalogue, consortium
from ka2tui.domain.kinds import (
    DeliverableState,
    MeetingState,
    PaperState,
    Presence,
    TaskState,
    WorkUnitState,
)
from ka2tui.domain.leaving import Heir, Preview
from ka2tui.domain.refusal import Refused
from ka2tui.queries import checked, rule_values
from ka2tui.queries.partners import order
from ka2tui.store import holdings
from ka2tui.store.records import (
    Attendance,
    Contact,
    Deliverable,
    Meeting,
    Partner,
    PartnerPaper,
    Project,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.problem import Problem

_BROUGHT = (PaperState.RECEIVED, PaperState.CHECKED, PaperState.NOT_NEEDED)


def preview(
    session: Session, partner: int, *, on: date, today: date, own: Path | None = None
) -> Preview:
    """Tell what it would mean that a partner leaves on a day.

    Args:
        session: Of the database.
        partner: Who leaves.
        on: The last day it takes part.
        today: The day it is looked at.
        own: The user's folder of words and numbers.

    Raises:
        Refused: It is gone.
    """
    record = session.get(Partner, partner)
    if record is None:
        raise Refused(f"There is no partner {partner} any more.")
    project = session.get_one(Project, record.project_id)
    expected = holdings.expected(session, record, on)
    papers = select(func.count(PartnerPaper.id)).where(
        PartnerPaper.partner_id == partner, PartnerPaper.state.not_in(_BROUGHT)
    )
    people = select(func.count(Contact.id)).where(Contact.partner_id == partner)
    return Preview(
        partner=partner,
        called=record.acronym or record.name,
        name=record.name,
        role=record.role,
        on=on,
        ahead=on > today,
        holdings=holdings.of(session, record, on, today),
        history=tuple(_history(session, partner)),
        expected_at=tuple(dict.fromkeys(title for _, title in expected)),
        contacts=session.scalar(people) or 0,
        papers=session.scalar(papers) or 0,
        account=holdings.account(session, record),
        currency=project.currency,
        heirs=tuple(_heirs(session, record, on)),
        problems=tuple(_problems(session, project, record, on, own)),
    )


def _heirs(session: Session, partner: Partner, on: date) -> Iterator[Heir]:
    rows = session.execute(
        select(Partner.id, Partner.acronym, Partner.name, Partner.role, Partner.nr).where(
            Partner.project_id == partner.project_id,
            Partner.id != partner.id,
            Partner.left_on.is_(None) | (Partner.left_on > on),
        )
    ).all()
    for row in sorted(rows, key=lambda row: order(row.role, row.nr, row.id)):
        yield Heir(row.id, row.acronym or row.name, row.name, row.role)


def _history(session: Session, partner: int) -> Iterator[str]:
    """Count what stays in its name, whatever becomes of the rest."""
    people = select(Contact.id).where(Contact.partner_id == partner)

    def count(column: Any, *where: Any) -> int:
        return session.scalar(select(func.count(column.distinct())).where(*where)) or 0

    mine = (Task.partner_id == partner) | Task.contact_id.in_(people)
    present = (Presence.PRESENT, Presence.ONLINE)
    counted = (
        (count(Task.id, mine, Task.state == TaskState.DONE), "finished task"),
        (
            count(
                Attendance.meeting_id,
                Attendance.contact_id.in_(people),
                Attendance.presence.in_(present),
            ),
            "meeting its people were at|meetings its people were at",
        ),
        (
            count(Meeting.id, Meeting.host_id == partner, Meeting.state == MeetingState.HELD),
            "meeting it hosted|meetings it hosted",
        ),
        (
            count(
                Deliverable.id,
                Deliverable.lead_id == partner,
                Deliverable.state.in_([it for it in DeliverableState if it.done]),
            ),
            "deliverable that is done|deliverables that are done",
        ),
        (
            count(WorkUnit.id, WorkUnit.lead_id == partner, WorkUnit.state == WorkUnitState.DONE),
            "part of the work that is done|parts of the work that are done",
        ),
    )
    for number, word in counted:
        one, _, many = word.partition("|")
        if number:
            yield f"{number} {one if number == 1 else many or one + 's'}"


def _problems(
    session: Session, project: Project, leaver: Partner, on: date, own: Path | None
) -> Iterator[Problem]:
    """Check the consortium against the minimum of its action, and tell what is new without it."""
    rules = rule_values.applied(session, project.id, own=own)
    if rules is None:
        return
    members = checked.members(session, project.id, on)
    known = {(it.number, it.where, it.text) for it in consortium.minimum(members, rules)}
    staying = [one for one in members if one.id != leaver.id]
    if not staying:
        return
    for it in consortium.minimum(staying, rules):
        if it.number in consortium.MINIMUM and (it.number, it.where, it.text) not in known:
            yield catalogue.told(it)
