"""What is going on in a project, read for its checks in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from ka2tui.domain import deadlines as deadline_days
from ka2tui.domain import own_files, proof_sorts, rulebook, silence, timeline
from ka2tui.domain import papers as paper_rules
from ka2tui.domain.checks import indicators as indicator_checks
from ka2tui.domain.checks import meetings as meeting_checks
from ka2tui.domain.checks import partners as partner_checks
from ka2tui.domain.checks import proof as proof_checks
from ka2tui.domain.checks import registers, reporting, results, sharing, work
from ka2tui.domain.checks import running as seen
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.kinds import (
    ACCEPTED_RESULTS,
    CLOSED_TASKS,
    CLOSED_WORK,
    Direction,
    MeetingState,
    PaymentKind,
    Precision,
    ProofState,
)
from ka2tui.domain.text import counted
from ka2tui.queries import (
    application,
    deadlines,
    messages,
    papers,
    participation,
    proof_asked,
    under_way_registers,
    under_way_work,
)
from ka2tui.store.records import (
    AgendaItem,
    Attendance,
    Deliverable,
    HeadCount,
    Letter,
    Meeting,
    MeetingOutcome,
    Participant,
    Partner,
    Payment,
    PhaseStep,
    Project,
    Proof,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.deadlines import Facts
    from ka2tui.domain.problem import Found

AREAS: dict[str, Callable[[seen.Running], Iterable[Found]]] = {
    "meetings": meeting_checks.found,
    "partners": partner_checks.found,
    "indicators": indicator_checks.found,
    "work": work.found,
    "sharing": sharing.found,
    "results": results.found,
    "registers": registers.found,
    "proof": proof_checks.found,
    "reporting": reporting.found,
}
"""What looks at each area of a project under way, by the name of its file of checks."""

_WRITING = frozenset({Stage.APPLYING, Stage.WAITING})
_REPORT_STEPS = ("report-on-way",)
"""Steps of the way that say that a report went out."""


def found(
    session: Session, project: int, stage: Stage, *, today: date, own: Path | None = None
) -> Iterator[Found]:
    """Check what is going on in a project; what matters in another stage is among it.

    Args:
        session: Of the database.
        project: Which one.
        stage: Where it stands.
        today: The day it is looked at.
        own: The user's folder of words and numbers.
    """
    read = running(session, project, stage, today=today, own=own)
    for look in AREAS.values():
        yield from look(read)


def running(
    session: Session, project: int, stage: Stage, *, today: date, own: Path | None = None
) -> seen.Running:
    """Read what is going on in a project; the earlier or later its stage, the less.

    Args:
        session: Of the database.
        project: Which one.
        stage: Where it stands.
        today: The day it is looked at.
        own: The user's folder of words and numbers.
    """
    facts = deadlines.listed(session, project, today=today, own=own)[0].facts
    read = seen.Running(
        today=today, stage=stage, start=facts.start, end=deadline_days.end_of(facts)
    )
    if stage in _WRITING:
        return replace(
            read,
            papers=tuple(_papers(session, project, today, own)),
            indicators=tuple(under_way_work.indicators(session, project, today)),
        )
    read = replace(
        read,
        broken=tuple(_broken(session, project)),
        reports=_reports(session, project, facts, own),
    )
    if stage is Stage.CLOSED:
        return read
    departures, kept = _departures(session, project, today)
    due = under_way_registers.of(session, project, today)
    read = replace(
        read,
        meetings=tuple(_meetings(session, project)),
        partners=tuple(_partners(session, project, today)),
        left=tuple(_left(session, project, today)),
        papers=tuple(_papers(session, project, today, own)),
        indicators=tuple(under_way_work.indicators(session, project, today)),
        departures=departures,
        kept=kept,
        payments=due.payments,
        letters=due.letters,
        risks=due.risks,
        heavy=due.heavy,
        any_risk=due.any_risk,
        lines=due.lines,
        held_up=tuple(under_way_work.held_up(session, project, today)),
        tasks_kept=under_way_work.tasks_kept(session, project),
        results=tuple(under_way_work.results(session, project)),
    )
    if stage is Stage.PREPARING:
        return read
    points, reached = under_way_work.points(session, project, today)
    unproved, filed = _unproved(session, project, today, own)
    held = {one.id for one in read.meetings if one.held}  # of others, something else is told
    return replace(
        read,
        attended=tuple(_attended(session, project, read.meetings, today)),
        acts=tuple(under_way_work.acts(session, project)),
        points=points,
        reached=reached,
        hollow=tuple(under_way_work.hollow(session, project)),
        units_kept=under_way_work.units_kept(session, project),
        units=tuple(under_way_work.units(session, project, facts.start, today)),
        unproved=tuple(one for one in unproved if one.id in held),
        filed=filed,
    )


# -- meetings --------------------------------------------------------------------------------------


def _meetings(session: Session, project: int) -> Iterator[seen.Meeting]:
    """Read the meetings that were not called off."""

    def number(table: Any, *more: Any) -> Any:
        where = (table.meeting_id == Meeting.id, *more)
        return select(func.count(table.id)).where(*where).scalar_subquery()

    heads = (
        select(func.sum(HeadCount.people))
        .where(HeadCount.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            *(Meeting.id, Meeting.title, Meeting.kind, Meeting.mode, Meeting.state),
            *(Meeting.day, Meeting.end_day, Meeting.precision, Meeting.participants),
            *(Meeting.minutes_sent_on, Meeting.summary, heads.label("heads")),
            number(MeetingOutcome).label("lines"),
            number(AgendaItem).label("points"),
            number(AgendaItem, AgendaItem.notes.is_not(None)).label("spoken"),
            exists(select(Participant.id).where(Participant.meeting_id == Meeting.id)).label(
                "named"
            ),
            exists(select(Attendance.id).where(Attendance.meeting_id == Meeting.id)).label(
                "marked"
            ),
        )
        .where(Meeting.project_id == project, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.day.is_(None), Meeting.day, Meeting.id)
    )
    for row in rows:
        by_month = row.precision is Precision.MONTH
        last = row.end_day or row.day
        if by_month and last is not None:
            last = timeline.month_end(last.replace(day=1), 1)
        yield seen.Meeting(
            id=row.id,
            title=row.title,
            kind=row.kind,
            mode=row.mode,
            held=row.state is MeetingState.HELD,
            first=row.day,
            last=last,
            by_month=by_month,
            minutes=bool(row.minutes_sent_on or row.summary or row.lines or row.spoken),
            agenda=row.points,
            listed=bool(row.named or row.marked or row.heads),
            counted=row.heads,
            stated=row.participants,
            event=bool(row.kind in participation.EVENTS or row.named),
        )


def _attended(
    session: Session, project: int, meetings: Iterable[seen.Meeting], today: date
) -> Iterator[seen.Attended]:
    """Read who took part in events and parts of the work, beside what is claimed.

    An event may stand as held while its day is still to come: then nobody can be missed.
    """
    ahead = {one.id for one in meetings if one.last is not None and one.last >= today}
    stood = participation.standing(session, project, today=today)
    for row in stood.events:
        yield seen.Attended(
            *("meeting", row.id, row.event.called, row.apart.report),
            () if row.id in ahead else _fewer(row.apart),
            nobody=row.missing
            and row.event.kind in participation.EVENTS
            and row.event.state is MeetingState.HELD
            and row.id not in ahead,
        )
    for unit in stood.units:
        yield seen.Attended(
            *("work_unit", unit.id, unit.unit.code, unit.apart.report),
            _fewer(unit.apart),
        )


def _fewer(apart: participation.Apart) -> tuple[str, ...]:
    """Say how many fewer came than the application expected."""
    return (apart.expected,) if apart.fewer and apart.expected is not None else ()


# -- partners --------------------------------------------------------------------------------------


def _partners(session: Session, project: int, today: date) -> Iterator[seen.Partner]:
    """Read who takes part, and when each was last heard from."""
    heard = messages.heard(session, project, today=today)
    sent = (
        select(Payment.partner_id, func.min(Payment.paid_on))
        .where(
            Payment.project_id == project,
            Payment.kind == PaymentKind.TO_PARTNER,
            Payment.paid_on.is_not(None),
        )
        .group_by(Payment.partner_id)
    )
    paid = {partner: day for partner, day in session.execute(sent)}  # noqa: C416 - a row is no pair
    rows = session.execute(
        select(
            *(Partner.id, func.coalesce(Partner.acronym, Partner.name), Partner.role),
            *(Partner.agreement_state, Partner.joined_on),
        )
        .where(Partner.project_id == project, Partner.left_on.is_(None) | (Partner.left_on > today))
        .order_by(Partner.id)
    )
    for key, called, role, agreement, joined in rows:
        last = heard.get(key)
        yield seen.Partner(
            *(key, called, role, agreement, silence.days_silent(last, today)),
            silence.say(last, today),
            joined,
            paid.get(key),
        )


def _left(session: Session, project: int, today: date) -> Iterator[seen.Left]:
    """Read the partners that left and still have something to do."""
    name = func.coalesce(Partner.acronym, Partner.name)
    gone = {
        key: (called, day)
        for key, called, day in session.execute(
            select(Partner.id, name, Partner.left_on).where(
                Partner.project_id == project, Partner.left_on < today
            )
        )
    }
    if not gone:
        return
    open_units = WorkUnit.state.not_in(CLOSED_WORK)
    open_results = Deliverable.state.not_in(ACCEPTED_RESULTS)
    open_tasks = Task.state.not_in(CLOSED_TASKS)
    owned: tuple[tuple[Any, Any, str, str], ...] = (
        (Task.partner_id, open_tasks, "open task", "open tasks"),
        (Deliverable.lead_id, open_results, "deliverable", "deliverables"),
        (WorkUnit.lead_id, open_units, "part of the work", "parts of the work"),
    )
    has: dict[int, list[str]] = defaultdict(list)
    for column, still, one, more in owned:
        rows = select(column, func.count()).where(column.in_(gone), still).group_by(column)
        for partner, number in session.execute(rows):
            has[partner].append(counted(number, one, more))
    for partner, things in has.items():
        called, day = gone[partner]
        if day is not None:
            yield seen.Left(partner, called, day, tuple(things))


def _papers(
    session: Session, project: int, today: date, own: Path | None
) -> Iterator[seen.PaperOwed]:
    """Read the papers that are late; the agreement between partners is told by itself."""
    known, _ = own_files.or_ours(paper_rules.load, own)
    grid = papers.grid(session, project, today=today, known=known)
    if not grid.noted:
        return
    for row in grid.rows:
        for each in row.standings:
            if each is None or not each.late(today) or each.due is None:
                continue
            if each.paper.truth is not paper_rules.Truth.AGREEMENT:
                yield seen.PaperOwed(
                    row.id, row.called, each.paper.title, each.due, each.paper.confirmed
                )


# -- reports, changes, proof -----------------------------------------------------------------------


def _reports(session: Session, project: int, facts: Facts, own: Path | None) -> seen.Reports:
    """Read the dates of reports, and on which days one went out."""
    between = (PaymentKind.FROM_AGENCY, PaymentKind.TO_AGENCY)
    paid = session.scalars(
        select(Payment.paid_on).where(Payment.project_id == project, Payment.kind.in_(between))
    )
    final = deadline_days.final_payment([*paid], deadline_days.end_of(facts))
    known = replace(facts, final_paid=final, approved=True)
    letters = select(Letter.day).where(
        Letter.project_id == project,
        Letter.direction == Direction.OUT,
        func.lower(Letter.subject).contains("report"),
    )
    steps = select(PhaseStep.done_on).where(
        PhaseStep.project_id == project,
        PhaseStep.code.in_(_REPORT_STEPS),
        PhaseStep.done_on.is_not(None),
    )
    sent = [*session.scalars(letters), *session.scalars(steps)]
    return seen.Reports(
        facts.progress_report_due,
        facts.interim_report_due,
        facts.final_report_due,
        deadline_days.of_agreement(known, rulebook.load(own)),
        tuple(day for day in sent if day is not None),
    )


def _departures(
    session: Session, project: int, today: date
) -> tuple[tuple[seen.Departure, ...], bool]:
    """Read what departs from the application, and whether that is kept at all."""
    kept = session.scalar(select(Project.approved_on).where(Project.id == project)) is not None
    if not kept:
        return (), False
    found = []
    for row in application.listed(session, project, today=today, since=False).rows:
        about, key = row.traces[0]
        # how much money it is, is not told to everybody who sees the list
        what = "; ".join(
            f"{item.label} differs" if item.spot.field == "money" else item.what
            for item in row.items
        )
        departure = seen.Departure(about, key, row.said, what, row.standing, row.asked_on)
        found.append(departure)
    return tuple(found), True


def _unproved(
    session: Session, project: int, today: date, own: Path | None
) -> tuple[tuple[seen.Unproved, ...], bool]:
    """Read the events over for some time whose proof is not complete, and whether any is filed."""
    known, _ = proof_sorts.load_safely(own)
    late = tuple(
        seen.Unproved("meeting", each.id, each.title, each.count.asked, each.missing)
        for each in proof_asked.owing(session, [project], known, today=today)
    )
    filed = session.scalar(select(exists(select(Proof.id).where(Proof.project_id == project))))
    return late, bool(filed)


def _broken(session: Session, project: int) -> Iterator[seen.BrokenFile]:
    rows = session.execute(
        select(Proof.id, Proof.title, Proof.state)
        .where(
            Proof.project_id == project,
            Proof.state.in_((ProofState.CHANGED, ProofState.MISSING)),
        )
        .order_by(Proof.id)
    )
    for key, title, state in rows:
        yield seen.BrokenFile(key, title, state is ProofState.MISSING)
