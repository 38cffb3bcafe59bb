"""Progress: all that a report on a period needs, read at once and put in relation to the plan.

The rows come from the queries of the lists, so that what is counted here is what a list shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import lifecycle, progress, timeline
from ka2tui.domain.kinds import (
    PhaseKind,
    PhaseState,
    TaskState,
)
from ka2tui.domain.periods import Period
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.queries import (
    checklists,
    deliverables,
    meetings,
    milestones,
    partners,
    progress_evidence,
    progress_meetings,
    progress_money,
    progress_sharing,
    progress_work,
    projects,
    tasks,
)
from ka2tui.store.records import (
    Phase,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.queries.checklists import AssessmentRow
    from ka2tui.queries.deliverables import DeliverableRow
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.partners import PartnerRow
    from ka2tui.queries.progress_evidence import Evidence
    from ka2tui.queries.progress_meetings import MeetingProgress, OpenAction
    from ka2tui.queries.progress_money import MoneyProgress
    from ka2tui.queries.progress_sharing import Sharing
    from ka2tui.queries.progress_work import PartnerProgress, Tally, UnitProgress
    from ka2tui.queries.projects import ProjectFacts
    from ka2tui.queries.tasks import TaskRow

MONTHS_AHEAD = 3
"""How far the report looks ahead from today."""


@frozen
class PhaseProgress:
    """One phase, and whether the project went on from it in the period."""

    kind: PhaseKind
    state: PhaseState
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None
    went_on: bool
    """Whether it ended in the period."""

    @property
    def first(self) -> date | None:
        """The first day as it came, else as planned."""
        return self.actual_start or self.planned_start

    @property
    def last(self) -> date | None:
        """The last day as it came, else as planned."""
        return self.actual_end or self.planned_end


@frozen
class DeliverableProgress:
    """A deliverable against its date."""

    row: DeliverableRow
    slip: int | None
    """Days after its date it came, or is by now; None where one of the two is not known."""
    in_period: bool
    """Whether it was delivered in the period."""


@frozen
class MilestoneProgress:
    """A milestone against its date."""

    row: MilestoneRow
    slip: int | None
    in_period: bool
    """Whether it was reached in the period."""


@frozen
class Estimate:
    """The own estimates of one checklist, of those that were filled in to their end."""

    title: str
    last: AssessmentRow
    before: AssessmentRow | None
    """The one before by the same assessor: what two say differs, but nothing went up or down."""
    points: tuple[tuple[date, int], ...]
    """All own estimates of that assessor, oldest first, 0 to 100."""


@frozen
class Ahead:
    """What is due in the next months."""

    period: Period
    reports: tuple[tuple[str, date], ...]
    """Reports to the agency with their dates in the agreement."""
    tasks: tuple[TaskRow, ...]
    deliverables: tuple[DeliverableRow, ...]
    milestones: tuple[MilestoneRow, ...]
    meetings: tuple[MeetingRow, ...]
    """Those already marked as held included, as long as their day is to come."""


@frozen
class Progress:
    """Where a project stands, and what happened in a period."""

    today: date
    period: Period
    project: ProjectFacts
    partners: tuple[PartnerRow, ...]
    phases: tuple[PhaseProgress, ...]
    elapsed: int | None
    """Per cent of the project's time that has passed."""
    units: tuple[UnitProgress, ...]
    """In the order of the plan, activities below their work package."""
    tasks: Tally
    loose: Tally
    """Tasks of no work package or activity."""
    by_partner: tuple[PartnerProgress, ...]
    finished: tuple[TaskRow, ...]
    """In the period, oldest first."""
    undated: int
    """Tasks that are done, nobody knows when."""
    late: tuple[TaskRow, ...]
    """The longest first."""
    deliverables: tuple[DeliverableProgress, ...]
    milestones: tuple[MilestoneProgress, ...]
    meetings: tuple[MeetingProgress, ...]
    """Of the period, oldest first; those cancelled or not confirmed as held included."""
    meeting_before: MeetingRow | None
    """The last one held before the period."""
    meeting_next: MeetingRow | None
    """The next one to come."""
    actions: tuple[OpenAction, ...]
    estimates: tuple[Estimate, ...]
    filling: tuple[AssessmentRow, ...]
    """Checklists that are being filled in, of each the newest; they are in no result."""
    ahead: Ahead
    evidence: Evidence
    money: MoneyProgress | None
    """None where it is not to be shown."""
    sharing: Sharing
    later: int
    """How much is told that only came after today: the report looks back, its rows do not."""

    def month_of(self, day: date | None) -> int | None:
        """Give the project month of a day; None where it lies outside, or the start is unknown."""
        start, end = self.project.start, self.project.end
        if day is None or start is None or day < start or (end is not None and day > end):
            return None
        return timeline.month_of(start, day)


def progress_of(
    session: Session, project: int, period: Period, *, today: date, own: Path | None = None
) -> Progress:
    """Read where a project stands today, and what happened in a period.

    Args:
        session: Of the database.
        project: Whose.
        period: What happened in it is told.
        today: The day it is looked at.
        own: The user's folder of words and numbers.

    Raises:
        Refused: There is no such project.
    """
    facts = projects.facts(session, project, today=today)
    consortium = partners.listed(session, project, today=today)
    work = tasks.listed(session, project, all=True).rows
    results = deliverables.listed(session, project, today=today)
    points = milestones.listed(session, project, today=today)
    met = meetings.listed(session, project, today=today)
    ahead = Period(today, timeline.add_months(today, MONTHS_AHEAD))
    late = [row for row in work if progress_work.is_late(row, today)]
    before = [
        row
        for row in met
        if progress_meetings.took_place(row, today) and progress_meetings.ended_before(row, period)
    ]
    coming = sorted(
        (row for row in met if progress_meetings.is_to_come(row, today)),
        key=lambda row: (row.day, row.id),
    )
    filled = [row for row in checklists.assessments(session, project) if row.day <= today]
    phases = _phases(session, facts, period, own)
    money = progress_money.of(session, project, today=today)
    sharing = progress_sharing.of(session, project, period, today=today)
    came = [
        *(row.finished_on for row in work if row.state is TaskState.DONE),
        *(row.delivered_on for row in results if row.state.done),
        *(row.reached_on for row in points),
        *(row.paid_on for row in money.payments),
        *(row.day for row in sharing.letters),
        *(row.last for row in phases if row.state is PhaseState.DONE),
    ]
    return Progress(
        today=today,
        period=period,
        project=facts,
        partners=consortium,
        phases=phases,
        elapsed=progress_work.elapsed(facts.start, facts.end, today),
        units=progress_work.units(
            progress_work.planned(session, project, facts.start), work, results, period, today
        ),
        tasks=progress_work.tally(work, period, today),
        loose=progress_work.tally([row for row in work if row.work_unit_id is None], period, today),
        by_partner=progress_work.by_partner(work, consortium, period, today),
        finished=tuple(
            sorted(
                (row for row in work if progress_work.finished_in(row, period)),
                key=lambda row: (row.finished_on, row.id),
            )
        ),
        undated=sum(row.state is TaskState.DONE and row.finished_on is None for row in work),
        late=tuple(late),
        deliverables=tuple(_deliverable(row, period, today) for row in results),
        milestones=tuple(_milestone(row, period, today) for row in points),
        meetings=progress_meetings.of_period(session, met, consortium, period, today),
        meeting_before=max(before, key=lambda row: (row.day, row.id), default=None),
        meeting_next=next((row for row in coming if not row.past), None),
        actions=progress_meetings.open_actions(session, project, work),
        estimates=_estimates(filled),
        filling=_filling(filled),
        ahead=Ahead(
            period=ahead,
            reports=_reports(facts, ahead),
            tasks=tuple(row for row in work if not row.state.closed and ahead.holds(row.due)),
            deliverables=tuple(
                row for row in results if not row.state.done and ahead.holds(row.due)
            ),
            milestones=tuple(
                row for row in points if row.reached_on is None and ahead.holds(row.due)
            ),
            meetings=tuple(row for row in coming if ahead.meets(row.day, row.last_day)),
        ),
        evidence=progress_evidence.of(session, project, today=today, own=own),
        money=money,
        sharing=sharing,
        later=sum(day is not None and day > today for day in came),
    )


# -- time


def _phases(
    session: Session, facts: ProjectFacts, period: Period, own: Path | None
) -> tuple[PhaseProgress, ...]:
    """Give the phases; planned days that nobody entered, but only come with a project, are none."""
    order = list(PhaseKind)
    usual: dict[PhaseKind, tuple[date, date]] = {}
    if facts.start is not None and facts.months is not None:
        for phase in lifecycle.load(own):
            if phase.kind is not PhaseKind.IMPLEMENTATION:  # lasts as long as the project
                usual[phase.kind] = phase.usual_dates(facts.start, facts.months)
    columns = (
        *(Phase.kind, Phase.state, Phase.planned_start, Phase.planned_end),
        *(Phase.actual_start, Phase.actual_end),
    )
    found = []
    for row in session.execute(select(*columns).where(Phase.project_id == facts.id)):
        kind, state, first, last, began, ended = tuple[Any, ...](row)
        if (first, last) == usual.get(kind):
            first = last = None
        went_on = state is PhaseState.DONE and period.holds(row.actual_end)
        found.append(PhaseProgress(kind, state, first, last, began, ended, went_on))
    return tuple(sorted(found, key=lambda row: order.index(row.kind)))


def _reports(facts: ProjectFacts, ahead: Period) -> tuple[tuple[str, date], ...]:
    dated = (
        ("Progress report", facts.progress_report_due),
        ("Interim report", facts.interim_report_due),
        ("Final report", facts.final_report_due),
    )
    return tuple((word, day) for word, day in dated if day is not None and ahead.holds(day))


# -- what was promised


def _deliverable(row: DeliverableRow, period: Period, today: date) -> DeliverableProgress:
    came = row.delivered_on if row.state.done else None
    slip = None
    if row.due is not None and (came is not None or not row.state.done):
        slip = progress.slip(row.due, today, came)
    return DeliverableProgress(row, slip, in_period=period.holds(came))


def _milestone(row: MilestoneRow, period: Period, today: date) -> MilestoneProgress:
    slip = None if row.due is None else progress.slip(row.due, today, row.reached_on)
    return MilestoneProgress(row, slip, in_period=period.holds(row.reached_on))


# -- own estimates


def _estimates(rows: Iterable[AssessmentRow]) -> tuple[Estimate, ...]:
    """Give the newest own estimate of every checklist, in the order of the phases.

    A part of the answers cannot be compared with all of them, so only what was filled in to its
    end is an estimate.

    Args:
        rows: Newest first.
    """
    by_checklist: dict[str, list[AssessmentRow]] = {}
    for row in rows:
        if row.closed:
            by_checklist.setdefault(row.checklist, []).append(row)
    found = [_estimate(rows) for rows in by_checklist.values()]
    return tuple(sorted(found, key=lambda one: _order(one.last)))


def _estimate(rows: Sequence[AssessmentRow]) -> Estimate:
    """Give the newest own estimate of one checklist, with those before by the same assessor."""
    last = rows[0]
    same = [row for row in rows if fold(row.assessor) == fold(last.assessor)]
    return Estimate(
        title=last.title,
        last=last,
        before=same[1] if len(same) > 1 else None,
        points=tuple(
            (row.day, row.score.total) for row in reversed(same) if row.score.total is not None
        ),
    )


def _filling(rows: Iterable[AssessmentRow]) -> tuple[AssessmentRow, ...]:
    """Give what is being filled in and has not been overtaken, in the order of the phases.

    Args:
        rows: Newest first.
    """
    newest: dict[str, AssessmentRow] = {}
    for row in rows:
        newest.setdefault(row.checklist, row)
    return tuple(sorted((row for row in newest.values() if not row.closed), key=_order))


def _order(row: AssessmentRow) -> int:
    order = list(PhaseKind)
    return order.index(row.phase) if row.phase else len(order)
