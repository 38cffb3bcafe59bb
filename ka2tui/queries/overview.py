"""Projects side by side: how far each is, what is late, what comes next, and how it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from ka2tui.domain import health, lifecycle, progress
from ka2tui.domain.health import Judgement, Signs
from ka2tui.domain.kinds import ACCEPTED_RESULTS, CLOSED_TASKS, ProposalOutcome, TaskState
from ka2tui.domain.timeline import month_of
from ka2tui.frozen import frozen
from ka2tui.queries import deadlines
from ka2tui.queries.projects import ProjectRow, last_begun, states_of_phases
from ka2tui.store.records import Deliverable, Milestone, Partner, Project, Task

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.queries.deadlines import ProjectDeadlines


@frozen
class NextDate:
    """The next date that the programme or the agreement sets."""

    title: str
    day: date
    at: datetime | None
    """The instant of an application's deadline, in UTC."""
    zone: str | None
    why: str
    """Where it comes from."""


@frozen
class ProjectSummary(ProjectRow):
    """A project beside the others."""

    months: int | None
    month: int | None
    """The project month of today; 0 or less before the start."""
    submitted_on: date | None
    outcome: ProposalOutcome | None
    outcome_on: date | None
    outcome_note: str | None
    done: int | None
    """Share of the work that is done, in per cent."""
    passed: int | None
    """Share of its time that has passed, in per cent."""
    open: int
    late: int
    next_date: NextDate | None
    partners: int
    grant_cents: int | None
    currency: str
    resubmits: str | None
    """The acronym of the project it is handed in again for, where that is still here."""
    judgement: Judgement


@dataclass
class _Counts:
    open: int = 0
    late: int = 0
    since: date | None = None
    done: int = 0
    total: int = 0

    def late_ones(self, late: int, since: date | None) -> None:
        self.late += late
        self.since = min((day for day in (self.since, since) if day is not None), default=None)


def listed(session: Session, *, today: date, own: Path | None = None) -> list[ProjectSummary]:
    """List the projects, the one that began last first, those without a first day at the end.

    Args:
        today: The day they are looked at.
        own: The user's folder of words and numbers.
    """
    names = (
        *("id", "uid", "acronym", "title", "action", "agreement", "start", "end", "months"),
        *("grant_cents", "currency", "submitted_on", "outcome", "outcome_on", "outcome_note"),
        "resubmits",
    )
    rows = session.execute(select(*(getattr(Project, name) for name in names))).all()
    acronyms = {row.uid: row.acronym for row in rows}
    states = states_of_phases(session)
    of_tasks, of_deliverables, of_milestones = _counts(session, today)
    members = _members(session)
    dates = {one.project_id: one for one in deadlines.listed(session, None, today=today, own=own)}
    found = []
    for row in rows:
        none = _Counts()
        work = of_tasks.get(row.id, none)
        results = of_deliverables.get(row.id, none)
        points = of_milestones.get(row.id, none)
        together = _together(work, results, points)
        done = progress.work_done(work.done, work.total, results.done, results.total)
        passed = None
        if row.start is not None and row.end is not None and today >= row.start:
            passed = progress.elapsed(row.start, row.end, today)
        upcoming = _next_date(dates[row.id], today)
        signs = Signs(
            today=today,
            open=together.open,
            late=together.late,
            late_since=together.since,
            done=done,
            passed=passed,
            next_title=upcoming.title if upcoming is not None else "",
            next_day=upcoming.day if upcoming is not None else None,
            outcome=row.outcome,
        )
        found.append(
            ProjectSummary(
                *(row.id, row.acronym, row.title, row.action, row.agreement, row.start, row.end),
                phase=lifecycle.where(states.get(row.id, {}), row.outcome),
                months=row.months,
                month=None if row.start is None else month_of(row.start, today),
                submitted_on=row.submitted_on,
                outcome=row.outcome,
                outcome_on=row.outcome_on,
                outcome_note=row.outcome_note,
                done=done,
                passed=passed,
                open=together.open,
                late=together.late,
                next_date=upcoming,
                partners=members.get(row.id, 0),
                grant_cents=row.grant_cents,
                currency=row.currency,
                resubmits=acronyms.get(row.resubmits),
                judgement=health.judge(signs),
            )
        )
    return sorted(found, key=last_begun)


def _together(*counts: _Counts) -> _Counts:
    both = _Counts(open=sum(one.open for one in counts))
    for one in counts:
        both.late_ones(one.late, one.since)
    return both


def _next_date(found: ProjectDeadlines, today: date) -> NextDate | None:
    """Give the application's deadline, else the first official date that is still to come."""
    due = found.application
    if due is not None:
        return NextDate("Application", due.day, due.at, due.zone, due.why)
    for one in found.dates:
        if one.official and not one.not_before and one.day >= today and one.id != "amendment":
            return NextDate(one.title, one.day, None, None, one.why)
    return None


def _members(session: Session) -> dict[int, int]:
    query = (
        select(Partner.project_id, func.count(Partner.id))
        .where(Partner.left_on.is_(None))
        .group_by(Partner.project_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _counts(
    session: Session, today: date
) -> tuple[dict[int, _Counts], dict[int, _Counts], dict[int, _Counts]]:
    """Count tasks, deliverables and milestones by project: all, done, open and late."""
    still = Task.state.not_in(CLOSED_TASKS)
    accepted = Deliverable.state.in_(ACCEPTED_RESULTS) | Deliverable.delivered_on.is_not(None)
    every, reached = Milestone.id.is_not(None), Milestone.reached_on.is_not(None)
    ours = Task.state != TaskState.CANCELLED, still, Task.state == TaskState.DONE
    results = Deliverable.id.is_not(None), ~accepted, Deliverable.state.in_(ACCEPTED_RESULTS)
    return (
        _count(session, today, Task, ours),
        _count(session, today, Deliverable, results),
        _count(session, today, Milestone, (every, ~reached, reached)),
    )


def _count(
    session: Session, today: date, table: Any, which: tuple[Any, Any, Any]
) -> dict[int, _Counts]:
    """Count rows of a table by project: those that count, and of them the open and done ones."""
    counts, still, done = which
    late = still & (table.due < today)
    query = (
        select(
            table.project_id,
            func.sum(case((still, 1), else_=0)),
            func.sum(case((late, 1), else_=0)),
            func.min(case((late, table.due))),
            func.sum(case((done, 1), else_=0)),
            func.count(table.id),
        )
        .where(counts)
        .group_by(table.project_id)
    )
    return {row[0]: _Counts(*row[1:]) for row in session.execute(query)}
