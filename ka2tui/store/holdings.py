"""What is in the name of a partner, and could be handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from ka2tui.domain import progress, timeline
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import (
    CLOSED_WORK,
    DeliverableState,
    DisseminationState,
    LogState,
    MeetingState,
    PartnerRole,
    PaymentKind,
    Presence,
    RiskState,
    TaskState,
    WorkUnitState,
)
from ka2tui.domain.leaving import Account, Holding, Take, earned_of
from ka2tui.domain.money import say_amount
from ka2tui.domain.payments import came
from ka2tui.frozen import frozen
from ka2tui.store.records import (
    Attendance,
    Contact,
    Cost,
    Deliverable,
    Dissemination,
    Indicator,
    Journey,
    LogEntry,
    Meeting,
    Partner,
    Payment,
    Project,
    Proof,
    Risk,
    Share,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class Part:
    """A partner's share of one part of the work."""

    id: int
    work_unit: int
    cents: int | None
    done: int | None
    """Per cent of the work."""
    over: bool
    """Whether nothing more is to be done there."""
    counts: bool
    """Whether its money is not in the share of the work package around it."""

    @property
    def earned(self) -> int:
        """What of it is for work done, in cents."""
        return earned_of(self.cents, self.done)


def of(session: Session, partner: Partner, on: date, today: date) -> tuple[Holding, ...]:
    """Give all that is in a partner's name and could be somebody else's after a day.

    Args:
        session: Of the database.
        partner: Who leaves.
        on: The last day it takes part.
        today: Where the day is still to come, what ends by then stays the partner's.
    """
    until = on if on > today else None
    people = list(session.scalars(select(Contact.id).where(Contact.partner_id == partner.id)))
    currency = session.get_one(Project, partner.project_id).currency
    found: list[Holding] = []
    if partner.role is PartnerRole.COORDINATOR:
        title = "the coordination of the project"
        found.append(Holding(Take.COORDINATION, partner.id, None, title))
    found += _leads(session, partner, until)
    found += _named(
        session, Take.DELIVERABLES, Deliverable, Deliverable.lead_id == partner.id,
        Deliverable.state.not_in([it for it in DeliverableState if it.done]),
        due=Deliverable.due, until=until,
    )  # fmt: skip
    found += _shares(session, partner, currency)
    found += _named(
        session, Take.TASKS, Task, _mine(Task, partner, people),
        Task.state.not_in([it for it in TaskState if it.closed]), due=Task.due, until=until,
    )  # fmt: skip
    found += _named(
        session, Take.MEETINGS, Meeting, Meeting.host_id == partner.id,
        Meeting.state == MeetingState.PLANNED, or_(Meeting.day.is_(None), Meeting.day > on),
        due=Meeting.day, word="on",
    )  # fmt: skip
    found += _named(
        session, Take.INDICATORS, Indicator, Indicator.lead_id == partner.id,
        due=Indicator.due, until=until,
    )  # fmt: skip
    found += _named(
        session, Take.RISKS, Risk, _mine(Risk, partner, people), Risk.state == RiskState.OPEN
    )
    found += _named(
        session, Take.LOGS, LogEntry, _mine(LogEntry, partner, people),
        LogEntry.state.not_in([it for it in LogState if it.closed]), due=LogEntry.due, until=until,
    )  # fmt: skip
    found += _named(
        session, Take.DISSEMINATION, Dissemination, Dissemination.partner_id == partner.id,
        Dissemination.state == DisseminationState.PLANNED, due=Dissemination.day, until=until,
    )  # fmt: skip
    found += _money(session, partner, on, currency)
    found += _named(session, Take.PROOFS, Proof, Proof.holder_id == partner.id)
    return tuple(found)


def parts(session: Session, partner: Partner) -> list[Part]:
    """Give the shares of a partner, and how far the work of each is."""
    units = {
        unit.id: unit
        for unit in session.execute(
            select(WorkUnit.id, WorkUnit.parent_id, WorkUnit.state, WorkUnit.percent).where(
                WorkUnit.project_id == partner.project_id
            )
        )
    }
    shared = set(
        session.scalars(
            select(Share.work_unit_id).where(
                Share.project_id == partner.project_id, Share.amount_cents.is_not(None)
            )
        )
    )
    counted = _counted(session, partner.project_id, {k: u.parent_id for k, u in units.items()})
    mine = (
        select(Share.id, Share.work_unit_id, Share.amount_cents)
        .where(Share.partner_id == partner.id)
        .order_by(Share.id)
    )
    found = []
    for share, unit, cents in session.execute(mine):
        done = units[unit].percent
        if units[unit].state is WorkUnitState.DONE:
            done = progress.ALL
        done = counted.get(unit) if done is None else done
        over = units[unit].state.closed
        if partner.left_on is not None:
            # what a partner that left kept is what it did
            done, over = progress.ALL, True
        counts = units[unit].parent_id not in shared
        found.append(Part(share, unit, cents, done, over, counts))
    return found


def account(session: Session, partner: Partner) -> Account:
    """Reckon what a partner was given against what it did."""
    mine = [part for part in parts(session, partner) if part.counts]
    rows = session.execute(
        select(Payment.kind, Payment.amount_cents, Payment.paid_on, Payment.paid_cents).where(
            Payment.partner_id == partner.id
        )
    ).all()

    def paid(kind: PaymentKind) -> int:
        return sum(came(*row[1:]) for row in rows if row.kind is kind)

    return Account(
        sum(part.cents or 0 for part in mine),
        sum(part.earned for part in mine),
        paid(PaymentKind.TO_PARTNER),
        paid(PaymentKind.FROM_PARTNER),
    )


def expected(session: Session, partner: Partner, on: date) -> list[tuple[int, str]]:
    """Give entries of attendance of its people at meetings after a day, and the meetings."""
    rows = (
        select(Attendance.id, Meeting.title)
        .join(Meeting.__table__, Attendance.meeting_id == Meeting.id)
        .join(Contact.__table__, Attendance.contact_id == Contact.id)
        .where(
            Contact.partner_id == partner.id,
            Attendance.presence == Presence.EXPECTED,
            Meeting.state == MeetingState.PLANNED,
            Meeting.day > on,
        )
        .order_by(Meeting.day, Attendance.id)
    )
    return [(key, title) for key, title in session.execute(rows)]


def _mine(table: Any, partner: Partner, people: list[int]) -> ColumnElement[bool]:
    """Say that something is a partner's, or of one of its people."""
    return or_(table.partner_id == partner.id, table.contact_id.in_(people))


def _named(
    session: Session,
    take: Take,
    table: Any,
    *where: ColumnElement[bool],
    due: Any = None,
    until: date | None = None,
    word: str = "due",
) -> Iterator[Holding]:
    """Read what has a title, and perhaps a code and a date."""
    code = getattr(table, "code", None)
    columns = [table.id, table.title, *([code] if code is not None else [])]
    columns += [due] if due is not None else []
    if until is not None and due is not None:
        where = (*where, or_(due.is_(None), due > until))
    for row in session.execute(select(*columns).where(*where).order_by(table.id)):
        day = row[-1] if due is not None else None
        said = row[2] if code is not None else None
        yield Holding(take, row[0], said, row[1] or "", f"{word} {say_brief(day)}" if day else "")


def _leads(session: Session, partner: Partner, until: date | None) -> Iterator[Holding]:
    start = session.get_one(Project, partner.project_id).start
    rows = (
        select(WorkUnit.id, WorkUnit.code, WorkUnit.title, WorkUnit.end, WorkUnit.end_month)
        .where(WorkUnit.lead_id == partner.id, WorkUnit.state.not_in(CLOSED_WORK))
        .order_by(WorkUnit.position, WorkUnit.id)
    )
    for key, code, title, end, month in session.execute(rows):
        last = end
        if last is None and month is not None and start is not None:
            last = timeline.month_end(start, month)
        if until is None or last is None or last > until:
            note = f"until {say_brief(last)}" if last else ""
            yield Holding(Take.LEADS, key, code, title or "", note)


def _shares(session: Session, partner: Partner, currency: str) -> Iterator[Holding]:
    """Read shares of work that is not done; what is done of it stays the partner's."""
    codes = {
        key: (code, title)
        for key, code, title in session.execute(
            select(WorkUnit.id, WorkUnit.code, WorkUnit.title).where(
                WorkUnit.project_id == partner.project_id
            )
        )
    }
    for part in parts(session, partner):
        if part.over:
            continue
        code, title = codes[part.work_unit]
        left = None if part.cents is None else part.cents - part.earned
        note = ""
        if left is not None:
            note = say_amount(left, currency)
            if part.earned:
                note += f" of {say_amount(part.cents or 0, currency)}, {part.done} % done"
        if left or part.cents is None or not part.earned:
            yield Holding(Take.SHARES, part.id, code, title or "", note, left)


def _money(session: Session, partner: Partner, on: date, currency: str) -> Iterator[Holding]:
    payments = (
        select(Payment.id, Payment.title, Payment.amount_cents)
        .where(
            Payment.partner_id == partner.id,
            Payment.kind == PaymentKind.TO_PARTNER,
            Payment.paid_on.is_(None),
            Payment.paid_cents.is_(None),
        )
        .order_by(Payment.position, Payment.id)
    )
    for key, title, cents in session.execute(payments):
        note = "" if cents is None else say_amount(cents, currency)
        yield Holding(Take.PAYMENTS, key, None, title, note, cents)
    costs = (
        select(Cost.id, Cost.title, Cost.kind, WorkUnit.code, Cost.planned_cents)
        .outerjoin(WorkUnit.__table__, Cost.work_unit_id == WorkUnit.id)
        .where(
            Cost.partner_id == partner.id,
            Cost.used_cents.is_(None),
            Cost.used_hundredths.is_(None),
            or_(Cost.quarter.is_(None), Cost.quarter > on),
        )
        .order_by(Cost.id)
    )
    for key, named, kind, code, cents in session.execute(costs):
        note = "" if cents is None else say_amount(cents, currency)
        yield Holding(Take.COSTS, key, code, named or kind.word, note, cents)
    journeys = (
        select(Journey.id, Journey.title, Meeting.title, func.coalesce(Journey.day, Meeting.day))
        .outerjoin(Meeting.__table__, Journey.meeting_id == Meeting.id)
        .where(
            Journey.partner_id == partner.id,
            Journey.used_cents.is_(None),
            func.coalesce(Journey.day, Meeting.day) > on,
        )
        .order_by(Journey.id)
    )
    for key, way, meeting, day in session.execute(journeys):
        note = f"on {say_brief(day)}" if day else ""
        yield Holding(Take.JOURNEYS, key, None, way or meeting or "journey", note)


def _counted(session: Session, project: int, above: dict[int, int | None]) -> dict[int, int | None]:
    """Count how much of each part of the work is done, with what it contains, in per cent."""
    tasks = _numbers(session, Task, project, Task.state == TaskState.DONE,
                     Task.state != TaskState.CANCELLED)  # fmt: skip
    accepted = Deliverable.state.in_([it for it in DeliverableState if it.done])
    results = _numbers(session, Deliverable, project, accepted)
    found = {}
    for unit in above:
        inside = [unit, *(key for key, parent in above.items() if parent == unit)]
        done = [sum(each.get(key, (0, 0))[n] for key in inside)
                for each in (tasks, results) for n in (0, 1)]  # fmt: skip
        found[unit] = progress.work_done(*done)
    return found


def _numbers(
    session: Session, table: Any, project: int, done: ColumnElement[bool], *where: Any
) -> dict[int, tuple[int, int]]:
    rows = (
        select(table.work_unit_id, func.sum(case((done, 1), else_=0)), func.count(table.id))
        .where(and_(table.project_id == project, table.work_unit_id.is_not(None), *where))
        .group_by(table.work_unit_id)
    )
    return {unit: (int(some), int(every)) for unit, some, every in session.execute(rows)}
