"""Progress: all that a report on a period needs, read at once and put in relation to the plan.

The rows come from the queries of the lists, so that what is counted here is what a list shows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from ka2tui.domain import progress, timeline
from ka2tui.domain.kinds import (
    MeetingState,
    OutcomeKind,
    PartnerRole,
    PhaseKind,
    PhaseState,
    Presence,
    TaskState,
    WorkUnitState,
)
from ka2tui.domain.periods import Period
from ka2tui.domain.text import fold
from ka2tui.queries import (
    checklists,
    deliverables,
    meetings,
    milestones,
    partners,
    projects,
    tasks,
    work_units,
)
from ka2tui.store.records import (
    Attendance,
    Contact,
    HeadCount,
    Meeting,
    MeetingOutcome,
    Phase,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.progress import Standing
    from ka2tui.queries.checklists import AssessmentRow
    from ka2tui.queries.deliverables import DeliverableRow
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.partners import PartnerRow
    from ka2tui.queries.projects import ProjectFacts
    from ka2tui.queries.tasks import TaskRow
    from ka2tui.queries.work_units import WorkUnitRow

MONTHS_AHEAD = 3
"""How far the report looks ahead from today."""


@dataclass(frozen=True, slots=True)
class PhaseProgress:
    """One phase, and whether the project went on from it in the period."""

    kind: PhaseKind
    state: PhaseState
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None
    reason: str | None
    """Why the project went on although something was open."""
    was_open: str | None
    """What was open then, in words."""
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


@dataclass(frozen=True, slots=True)
class Tally:
    """Tasks, counted."""

    open: int = 0
    """Not begun."""
    doing: int = 0
    waiting: int = 0
    done: int = 0
    cancelled: int = 0
    late: int = 0
    """Of those to be done: due before today."""
    finished: int = 0
    """Of those done: in the period."""

    @property
    def to_do(self) -> int:
        """How many are neither done nor cancelled."""
        return self.open + self.doing + self.waiting

    @property
    def total(self) -> int:
        """How many there are, those cancelled included."""
        return self.to_do + self.done + self.cancelled


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """A work package, activity or heading against the time it has; with what it contains."""

    row: WorkUnitRow
    depth: int
    """0, or 1 for an activity of a work package."""
    first: date | None
    last: date | None
    counted: int | None
    """Per cent, from tasks and deliverables; None where there are none."""
    elapsed: int | None
    """Per cent of its time that has passed; None where its time is not known."""
    tasks: Tally
    deliverables: int
    deliverables_done: int

    @property
    def stated(self) -> int | None:
        """Per cent, as its lead states it."""
        if self.row.percent is None and self.row.state is WorkUnitState.DONE:
            return progress.ALL
        return self.row.percent

    @property
    def done(self) -> int | None:
        """Per cent, as stated, else as counted."""
        return self.counted if self.stated is None else self.stated

    @property
    def standing(self) -> Standing | None:
        """How work and time compare; None where one is not known, or it was cancelled."""
        if self.elapsed is None or self.row.state is WorkUnitState.CANCELLED:
            return None
        return progress.standing(self.done, self.elapsed)


@dataclass(frozen=True, slots=True)
class PartnerProgress:
    """The tasks of one partner."""

    partner: str | None
    """None: nobody's."""
    tasks: Tally


@dataclass(frozen=True, slots=True)
class DeliverableProgress:
    """A deliverable against its date."""

    row: DeliverableRow
    slip: int | None
    """Days after its date it came, or is by now; None where one of the two is not known."""
    in_period: bool
    """Whether it was delivered in the period."""


@dataclass(frozen=True, slots=True)
class MilestoneProgress:
    """A milestone against its date."""

    row: MilestoneRow
    slip: int | None
    in_period: bool
    """Whether it was reached in the period."""


@dataclass(frozen=True, slots=True)
class MeetingProgress:
    """A meeting of the period whose day has come: held, cancelled, or not confirmed as either."""

    row: MeetingRow
    online: int | None
    """How many of those who came attended online, by the best that is known."""
    partners: tuple[str, ...]
    """Of whom somebody came."""
    missing: tuple[str, ...]
    """Funded partners who were awaited, and of whom nobody came."""
    decisions: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether somebody said that it took place."""
        return self.row.state is MeetingState.HELD


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action of a meeting that is still to be done."""

    task: TaskRow
    meeting: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The own estimates of one checklist, of those that were filled in to their end."""

    title: str
    last: AssessmentRow
    before: AssessmentRow | None
    """The one before by the same assessor: what two say differs, but nothing went up or down."""
    points: tuple[tuple[date, int], ...]
    """All own estimates of that assessor, oldest first, 0 to 100."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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

    def month_of(self, day: date | None) -> int | None:
        """Give the project month of a day; None where it lies before, or the start is unknown."""
        if day is None or self.project.start is None or day < self.project.start:
            return None
        return timeline.month_of(self.project.start, day)


def progress_of(session: Session, project: int, period: Period, *, today: date) -> Progress:
    """Read where a project stands today, and what happened in a period.

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
    late = [row for row in work if _is_late(row, today)]
    before = [row for row in met if _took_place(row, today) and _ended_before(row, period)]
    coming = sorted(
        (row for row in met if _is_to_come(row, today)), key=lambda row: (row.day, row.id)
    )
    filled = [row for row in checklists.assessments(session, project) if row.day <= today]
    return Progress(
        today=today,
        period=period,
        project=facts,
        partners=consortium,
        phases=_phases(session, project, period),
        elapsed=_elapsed(facts.start, facts.end, today),
        units=_units(_plan(session, project, facts.start), work, results, period, today),
        tasks=_tally(work, period, today),
        loose=_tally([row for row in work if row.work_unit_id is None], period, today),
        by_partner=_by_partner(work, consortium, period, today),
        finished=tuple(
            sorted(
                (row for row in work if _finished_in(row, period)),
                key=lambda row: (row.finished_on, row.id),
            )
        ),
        undated=sum(row.state is TaskState.DONE and row.finished_on is None for row in work),
        late=tuple(late),
        deliverables=tuple(_deliverable(row, period, today) for row in results),
        milestones=tuple(_milestone(row, period, today) for row in points),
        meetings=_meetings(session, met, consortium, period, today),
        meeting_before=max(before, key=lambda row: (row.day, row.id), default=None),
        meeting_next=next((row for row in coming if not row.past), None),
        actions=_actions(session, project, work),
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
    )


# -- time


def _elapsed(first: date | None, last: date | None, today: date) -> int | None:
    return None if first is None or last is None else progress.elapsed(first, last, today)


def _phases(session: Session, project: int, period: Period) -> tuple[PhaseProgress, ...]:
    order = list(PhaseKind)
    columns = (
        *(Phase.kind, Phase.state, Phase.planned_start, Phase.planned_end),
        *(Phase.actual_start, Phase.actual_end, Phase.override_reason, Phase.override_open),
    )
    rows = session.execute(select(*columns).where(Phase.project_id == project))
    found = [
        PhaseProgress(*row, went_on=row.state is PhaseState.DONE and period.holds(row.actual_end))
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: order.index(row.kind)))


def _reports(facts: ProjectFacts, ahead: Period) -> tuple[tuple[str, date], ...]:
    dated = (
        ("Progress report", facts.progress_report_due),
        ("Interim report", facts.interim_report_due),
        ("Final report", facts.final_report_due),
    )
    return tuple((word, day) for word, day in dated if day is not None and ahead.holds(day))


# -- tasks


def _is_late(row: TaskRow, today: date) -> bool:
    return row.due is not None and row.due < today and not row.state.closed


def _finished_in(row: TaskRow, period: Period) -> bool:
    return row.state is TaskState.DONE and period.holds(row.finished_on)


def _tally(rows: Iterable[TaskRow], period: Period, today: date) -> Tally:
    states: dict[TaskState, int] = dict.fromkeys(TaskState, 0)
    late = finished = 0
    for row in rows:
        states[row.state] += 1
        late += _is_late(row, today)
        finished += _finished_in(row, period)
    return Tally(
        open=states[TaskState.OPEN],
        doing=states[TaskState.DOING],
        waiting=states[TaskState.WAITING],
        done=states[TaskState.DONE],
        cancelled=states[TaskState.CANCELLED],
        late=late,
        finished=finished,
    )


def _by_partner(
    work: Iterable[TaskRow], consortium: Iterable[PartnerRow], period: Period, today: date
) -> tuple[PartnerProgress, ...]:
    """Count the tasks of every partner, in the partners' order; nobody's last, where any are."""
    mine: dict[int | None, list[TaskRow]] = defaultdict(list)
    for row in work:
        mine[row.partner_id].append(row)
    found = [
        PartnerProgress(partner.called, _tally(mine.pop(partner.id, ()), period, today))
        for partner in consortium
    ]
    nobodys = [row for rows in mine.values() for row in rows]
    if nobodys:
        found.append(PartnerProgress(None, _tally(nobodys, period, today)))
    return tuple(found)


# -- work packages and activities


class _Planned(NamedTuple):
    """A part of the plan and its days, as far as they are known."""

    row: WorkUnitRow
    first: date | None
    last: date | None


def _units(
    plan: Sequence[_Planned],
    work: Iterable[TaskRow],
    results: Iterable[DeliverableRow],
    period: Period,
    today: date,
) -> tuple[UnitProgress, ...]:
    """Hold every part of the plan against its time; what a part contains counts for it too."""
    tasks_of: dict[str | None, list[TaskRow]] = defaultdict(list)
    for task in work:
        tasks_of[task.work_unit].append(task)
    results_of: dict[str | None, list[DeliverableRow]] = defaultdict(list)
    for result in results:
        results_of[result.work_unit].append(result)
    inside: dict[str, list[str]] = {row.code: [row.code] for row, _, _ in plan}
    for row, _, _ in plan:
        if row.parent is not None:
            inside[row.parent].append(row.code)
    found = []
    for row, first, last in plan:
        mine = [task for code in inside[row.code] for task in tasks_of[code]]
        tally = _tally(mine, period, today)
        promised = [result for code in inside[row.code] for result in results_of[code]]
        ready = sum(result.state.done for result in promised)
        found.append(
            UnitProgress(
                row=row,
                depth=0 if row.parent is None else 1,
                first=first,
                last=last,
                counted=progress.work_done(
                    tally.done, tally.total - tally.cancelled, ready, len(promised)
                ),
                elapsed=_elapsed(first, last, today),
                tasks=tally,
                deliverables=len(promised),
                deliverables_done=ready,
            )
        )
    return tuple(found)


def _plan(session: Session, project: int, start: date | None) -> list[_Planned]:
    """List the work plan with the first and last day of every part: as dated, else by months."""
    dated = select(WorkUnit.id, WorkUnit.start, WorkUnit.end).where(WorkUnit.project_id == project)
    days = {row[0]: (row[1], row[2]) for row in session.execute(dated)}
    found = []
    for row in work_units.listed(session, project):
        first, last = days[row.id]
        if start is not None and first is None and row.start_month is not None:
            first = timeline.month_start(start, row.start_month)
        if start is not None and last is None and row.end_month is not None:
            last = timeline.month_end(start, row.end_month)
        found.append(_Planned(row, first, last))
    return found


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


# -- meetings


def _took_place(row: MeetingRow, today: date) -> bool:
    """Say whether it is marked as held, and its day has come."""
    return row.state is MeetingState.HELD and row.day is not None and row.day <= today


def _ended_before(row: MeetingRow, period: Period) -> bool:
    return row.last_day is not None and row.last_day < period.first


def _is_to_come(row: MeetingRow, today: date) -> bool:
    """Say whether its day is known and to come, whatever it is already marked as."""
    if row.day is None or row.state is MeetingState.CANCELLED:
        return False
    return not row.past or row.day > today


def _meetings(
    session: Session,
    rows: Iterable[MeetingRow],
    consortium: Sequence[PartnerRow],
    period: Period,
    today: date,
) -> tuple[MeetingProgress, ...]:
    """Tell of the meetings of the period that are over, with who came and what was decided."""
    mine = [
        row
        for row in rows
        if row.past and not _is_to_come(row, today) and period.meets(row.day, row.last_day)
    ]
    ids = [row.id for row in mine]
    stated_online = select(Meeting.id, Meeting.remote_participants).where(Meeting.id.in_(ids))
    remote = {row[0]: row[1] for row in session.execute(stated_online)}
    came, awaited, named_online = _who_came(session, ids)
    heads, counted, heads_online = _heads(session, ids)
    decisions: dict[int, list[str]] = defaultdict(list)
    said = select(MeetingOutcome.meeting_id, MeetingOutcome.text).where(
        MeetingOutcome.meeting_id.in_(ids), MeetingOutcome.kind == OutcomeKind.DECISION
    )
    for meeting, text in session.execute(said.order_by(MeetingOutcome.position, MeetingOutcome.id)):
        decisions[meeting].append(text)
    found = []
    for row in sorted(mine, key=lambda row: (row.day, row.id)):
        there = came[row.id] | heads[row.id]
        expected = awaited[row.id] | counted[row.id]
        members = [one for one in consortium if one.left_on is None or _before(row, one.left_on)]
        online = remote[row.id]
        if online is None and (row.counted or row.attended):
            online = heads_online[row.id] if row.counted else len(named_online[row.id])
        found.append(
            MeetingProgress(
                row=row,
                online=online,
                partners=tuple(one.called for one in members if one.id in there),
                missing=tuple(
                    one.called
                    for one in members
                    if one.role is not PartnerRole.ASSOCIATED and one.id in expected - there
                )
                if there and row.state is MeetingState.HELD
                else (),
                decisions=tuple(decisions[row.id]),
            )
        )
    return tuple(found)


def _before(row: MeetingRow, left_on: date) -> bool:
    return row.day is not None and row.day <= left_on


def _who_came(
    session: Session, ids: Sequence[int]
) -> tuple[Mapping[int, set[int | None]], Mapping[int, set[int | None]], Mapping[int, set[int]]]:
    """Give the partners of whom somebody was there, those on the list, and who was online."""
    there: dict[int, set[int | None]] = defaultdict(set)
    listed: dict[int, set[int | None]] = defaultdict(set)
    online: dict[int, set[int]] = defaultdict(set)
    marks = (
        select(
            *(Attendance.meeting_id, Attendance.contact_id, Attendance.presence),
            Contact.partner_id,
        )
        .join(Contact, Attendance.contact_id == Contact.id)
        .where(Attendance.meeting_id.in_(ids))
    )
    in_the_room: set[tuple[int, int]] = set()
    for meeting, contact, presence, partner in session.execute(marks):
        listed[meeting].add(partner)
        if not presence.there:
            continue
        there[meeting].add(partner)
        if presence is Presence.ONLINE:
            online[meeting].add(contact)
        else:
            in_the_room.add((meeting, contact))
    for meeting, contact in in_the_room:
        online[meeting].discard(contact)
    return there, listed, online


def _heads(
    session: Session, ids: Sequence[int]
) -> tuple[Mapping[int, set[int | None]], Mapping[int, set[int | None]], Mapping[int, int]]:
    """Give the partners of whom somebody was counted, those looked at, and how many were online."""
    there: dict[int, set[int | None]] = defaultdict(set)
    looked_at: dict[int, set[int | None]] = defaultdict(set)
    online: dict[int, int] = defaultdict(int)
    counts = select(
        HeadCount.meeting_id, HeadCount.partner_id, HeadCount.people, HeadCount.online
    ).where(HeadCount.meeting_id.in_(ids))
    for meeting, partner, people, remote in session.execute(counts):
        online[meeting] += remote
        looked_at[meeting].add(partner)
        if people and partner is not None:
            there[meeting].add(partner)
    return there, looked_at, online


def _actions(session: Session, project: int, work: Iterable[TaskRow]) -> tuple[OpenAction, ...]:
    """List the actions of all meetings that are still to be done, the first due first."""
    origin = {
        row[0]: row
        for row in session.execute(
            select(Task.id, Meeting.title, Meeting.day)
            .join(MeetingOutcome, Task.outcome_id == MeetingOutcome.id)
            .join(Meeting, MeetingOutcome.meeting_id == Meeting.id)
            .where(Task.project_id == project)
        )
    }
    return tuple(
        OpenAction(row, origin[row.id][1], origin[row.id][2])
        for row in work
        if row.id in origin and not row.state.closed
    )


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
