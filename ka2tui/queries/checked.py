"""What the checks look at: one project, read in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import organisation_sorts, own_files, priorities, rulebook
from ka2tui.domain.checks import subject as seen
from ka2tui.domain.checks.stage import Stage, Standing, stage_of
from ka2tui.domain.kinds import DisseminationState, PaymentKind, PhaseKind, PhaseState, TaskState
from ka2tui.domain.payments import came
from ka2tui.domain.refusal import Refused
from ka2tui.store.records import (
    Contact,
    Cost,
    Deliverable,
    Dissemination,
    Indicator,
    Meeting,
    Milestone,
    Partner,
    Payment,
    Phase,
    PhaseStep,
    Priority,
    Project,
    Share,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

_FINAL_REPORT = "final-report"
"""The step of the way that says that the final report was sent."""

_FACTS = (
    *("id", "acronym", "title", "agreement", "action", "field", "call", "call_year", "shape"),
    *("managed_by", "start", "end", "months", "grant_cents", "currency", "goal", "summary"),
    *("application_deadline", "application_zone", "submitted_on", "outcome"),
)


def subject(
    session: Session,
    project: int,
    *,
    today: date,
    stage: Stage | None = None,
    own: Path | None = None,
) -> seen.Subject:
    """Read one project as its checks look at it.

    Args:
        session: Of the database.
        project: Which one.
        today: The day it is looked at.
        stage: Look at it as if it stood there; without one, where it stands that day.
        own: The user's folder of words and numbers.

    Raises:
        Refused: The project was removed.
    """
    record = session.execute(
        select(
            *(getattr(Project, name) for name in _FACTS),
            *(Project.outcome_on, Project.final_report_due),
        ).where(Project.id == project)
    ).first()
    if record is None:
        raise Refused(f"There is no project {project} any more.")
    entered = session.scalars(
        select(Priority.name).where(Priority.project_id == project).order_by(Priority.position)
    )
    facts = seen.Project(
        **{name: getattr(record, name) for name in _FACTS}, priorities=tuple(entered)
    )
    offer = _offer(facts, own)
    sorts, _ = own_files.or_ours(organisation_sorts.load, own)
    return seen.Subject(
        project=facts,
        stage=stage or stage_of(_standing(session, record), today),
        today=today,
        members=members(session, project, today),
        units=tuple(_units(session, project)),
        results=tuple(_results(session, project)),
        points=tuple(_points(session, project)),
        money=_money(session, project),
        indicators=_many(session, Indicator, Indicator.project_id == project),
        disseminations=_many(
            session,
            Dissemination,
            Dissemination.project_id == project,
            Dissemination.state != DisseminationState.DROPPED,
        ),
        offered=() if offer is None else tuple(each.title for each in offer),
        offered_in="" if offer is None else offer.said,
        sorts=sorts,
    )


def _offer(facts: seen.Project, own: Path | None) -> priorities.Offer | None:
    """Give the EU priorities of a call, or of the nearest of the same programme."""
    if facts.call_year is not None and facts.call_year <= rulebook.OLDER_UNTIL:
        return None
    known, _ = own_files.or_ours(priorities.load, own)
    return priorities.offered(
        known, field=facts.field, action=facts.action, call_year=facts.call_year
    )


def stage(session: Session, project: int, *, today: date) -> Stage:
    """Tell where a project stands."""
    facts = [getattr(Project, name) for name in (*_FACTS, "outcome_on", "final_report_due")]
    record = session.execute(select(*facts).where(Project.id == project)).one()
    return stage_of(_standing(session, record), today)


def _standing(session: Session, record: Any) -> Standing:
    project = record.id
    sent = session.scalar(
        select(func.count(PhaseStep.id)).where(
            PhaseStep.project_id == project,
            PhaseStep.code == _FINAL_REPORT,
            PhaseStep.done_on.is_not(None),
        )
    )
    over = session.scalar(
        select(func.count(Phase.id)).where(
            Phase.project_id == project,
            Phase.kind == PhaseKind.EVALUATION,
            Phase.state == PhaseState.DONE,
        )
    )
    last_day = None
    if record.start is None or record.end is None:
        days = (
            session.scalar(select(func.max(day)).where(owner == project))
            for day, owner in (
                (Meeting.day, Meeting.project_id),
                (Task.due, Task.project_id),
                (Deliverable.due, Deliverable.project_id),
                (Milestone.due, Milestone.project_id),
            )
        )
        last_day = max(filter(None, days), default=None)
    return Standing(
        agreement=record.agreement,
        submitted_on=record.submitted_on,
        outcome=record.outcome,
        outcome_on=record.outcome_on,
        start=record.start,
        end=record.end,
        call_year=record.call_year,
        final_report_due=record.final_report_due,
        final_report_sent=bool(sent or over),
        last_day=last_day,
    )


def members(session: Session, project: int, today: date) -> tuple[seen.Member, ...]:
    """Give the partners of a project that have not left on a day."""
    return tuple(_members(session, project, today))


def _members(session: Session, project: int, today: date) -> Iterator[seen.Member]:
    contacts = _counted(session, Contact.partner_id, Contact.project_id == project)
    costs = _counted(session, Cost.partner_id, Cost.project_id == project)
    tasks = _counted(
        session,
        func.coalesce(Task.partner_id, Contact.partner_id),
        Task.project_id == project,
        Task.state != TaskState.CANCELLED,
        joined=True,
    )
    rows = session.execute(
        select(
            *(Partner.id, func.coalesce(Partner.acronym, Partner.name).label("called")),
            *(Partner.name, Partner.country, Partner.role, Partner.oid, Partner.pic),
            *(Partner.agreement_state, Partner.sort, Partner.established_on, Partner.eche),
            *(Partner.applications, Partner.newcomer),
        )
        .where(Partner.project_id == project, Partner.left_on.is_(None) | (Partner.left_on > today))
        .order_by(Partner.id)
    )
    for row in rows.mappings():
        yield seen.Member(
            **row,
            contacts=contacts.get(row["id"], 0),
            costs=costs.get(row["id"], 0),
            tasks=tasks.get(row["id"], 0),
        )


def _units(session: Session, project: int) -> Iterator[seen.Unit]:
    tasks = _counted(
        session, Task.work_unit_id, Task.project_id == project, Task.state != TaskState.CANCELLED
    )
    meetings = _counted(session, Meeting.work_unit_id, Meeting.project_id == project)
    indicators = _counted(session, Indicator.work_unit_id, Indicator.project_id == project)
    shares: dict[int, list[seen.Portion]] = defaultdict(list)
    for unit, partner, cents in session.execute(
        select(Share.work_unit_id, Share.partner_id, Share.amount_cents)
        .where(Share.project_id == project)
        .order_by(Share.id)
    ):
        shares[unit].append(seen.Portion(partner, cents))
    rows = session.execute(
        select(
            *(WorkUnit.id, WorkUnit.code, WorkUnit.title, WorkUnit.kind, WorkUnit.category),
            *(WorkUnit.parent_id, WorkUnit.lead_id, WorkUnit.start_month, WorkUnit.end_month),
            *(WorkUnit.start, WorkUnit.end, WorkUnit.amount_cents, WorkUnit.state),
            *(WorkUnit.objectives, WorkUnit.expected_results),
        )
        .where(WorkUnit.project_id == project)
        .order_by(WorkUnit.position, WorkUnit.id)
    )
    for row in rows:
        yield seen.Unit(
            id=row.id,
            code=row.code,
            title=row.title,
            kind=row.kind,
            parent=row.parent_id,
            category=row.category,
            lead=row.lead_id,
            start_month=row.start_month,
            end_month=row.end_month,
            start=row.start,
            end=row.end,
            cents=row.amount_cents,
            state=row.state,
            about=" ".join(filter(None, (row.objectives, row.expected_results))),
            tasks=tasks.get(row.id, 0),
            meetings=meetings.get(row.id, 0),
            indicators=indicators.get(row.id, 0),
            shares=tuple(shares.get(row.id, ())),
        )


def _results(session: Session, project: int) -> Iterator[seen.Result]:
    rows = session.execute(
        select(
            *(Deliverable.id, Deliverable.code, Deliverable.title, Deliverable.work_unit_id),
            *(Deliverable.lead_id, Deliverable.due, Deliverable.due_month),
            *(Deliverable.due_precision, Deliverable.state),
        )
        .where(Deliverable.project_id == project)
        .order_by(Deliverable.id)
    )
    return (seen.Result(*row) for row in rows)


def _points(session: Session, project: int) -> Iterator[seen.Point]:
    rows = session.execute(
        select(
            *(Milestone.id, Milestone.code, Milestone.title, Milestone.work_unit_id),
            *(Milestone.due, Milestone.due_month, Milestone.due_precision, Milestone.reached_on),
        )
        .where(Milestone.project_id == project)
        .order_by(Milestone.id)
    )
    return (seen.Point(*row) for row in rows)


def _money(session: Session, project: int) -> seen.Money:
    received = 0
    passed_on: dict[int, int] = defaultdict(int)
    for kind, partner, planned, day, paid in session.execute(
        select(
            *(Payment.kind, Payment.partner_id, Payment.amount_cents),
            *(Payment.paid_on, Payment.paid_cents),
        ).where(Payment.project_id == project)
    ):
        cents = came(planned, day, paid)
        if kind is PaymentKind.FROM_AGENCY:
            received += cents
        elif kind is PaymentKind.TO_AGENCY:
            received -= cents
        elif partner is not None:
            passed_on[partner] += cents if kind is PaymentKind.TO_PARTNER else -cents
    return seen.Money(received, tuple(sorted(passed_on.items())))


def _many(session: Session, table: Any, *where: Any) -> int:
    return session.scalar(select(func.count(table.id)).where(*where)) or 0


def _counted(session: Session, column: Any, *where: Any, joined: bool = False) -> Mapping[int, int]:
    """Count rows by what a column says, those that say something."""
    query = select(column, func.count()).where(*where, column.is_not(None)).group_by(column)
    if joined:
        query = query.select_from(Task.__table__).outerjoin(
            Contact.__table__, Task.contact_id == Contact.id
        )
    return {row[0]: row[1] for row in session.execute(query)}
