"""The work of a project: its tasks counted, and every part of the plan held against its time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from ka2tui.domain import progress, timeline
from ka2tui.domain.kinds import TaskState, WorkUnitState
from ka2tui.frozen import frozen
from ka2tui.queries import work_units
from ka2tui.store.records import WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.periods import Period
    from ka2tui.domain.progress import Standing
    from ka2tui.queries.deliverables import DeliverableRow
    from ka2tui.queries.partners import PartnerRow
    from ka2tui.queries.tasks import TaskRow
    from ka2tui.queries.work_units import WorkUnitRow


@frozen
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


@frozen
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


@frozen
class PartnerProgress:
    """The tasks of one partner."""

    partner: str | None
    """None: nobody's."""
    tasks: Tally


def is_late(row: TaskRow, today: date) -> bool:
    """Say whether it is to be done, and was due before today."""
    return row.due is not None and row.due < today and not row.state.closed


def finished_in(row: TaskRow, period: Period) -> bool:
    """Say whether it is done, and was done in the period."""
    return row.state is TaskState.DONE and period.holds(row.finished_on)


def tally(rows: Iterable[TaskRow], period: Period, today: date) -> Tally:
    """Count tasks by their states."""
    states: dict[TaskState, int] = dict.fromkeys(TaskState, 0)
    late = finished = 0
    for row in rows:
        states[row.state] += 1
        late += is_late(row, today)
        finished += finished_in(row, period)
    return Tally(
        open=states[TaskState.OPEN],
        doing=states[TaskState.DOING],
        waiting=states[TaskState.WAITING],
        done=states[TaskState.DONE],
        cancelled=states[TaskState.CANCELLED],
        late=late,
        finished=finished,
    )


def by_partner(
    work: Iterable[TaskRow], consortium: Iterable[PartnerRow], period: Period, today: date
) -> tuple[PartnerProgress, ...]:
    """Count the tasks of every partner, in the partners' order; nobody's last, where any are."""
    mine: dict[int | None, list[TaskRow]] = defaultdict(list)
    for row in work:
        mine[row.partner_id].append(row)
    found = [
        PartnerProgress(partner.called, tally(mine.pop(partner.id, ()), period, today))
        for partner in consortium
    ]
    nobodys = [row for rows in mine.values() for row in rows]
    if nobodys:
        found.append(PartnerProgress(None, tally(nobodys, period, today)))
    return tuple(found)


class _Planned(NamedTuple):
    """A part of the plan and its days, as far as they are known."""

    row: WorkUnitRow
    first: date | None
    last: date | None


def units(
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
        counts = tally(mine, period, today)
        promised = [result for code in inside[row.code] for result in results_of[code]]
        ready = sum(result.state.done for result in promised)
        found.append(
            UnitProgress(
                row=row,
                depth=0 if row.parent is None else 1,
                first=first,
                last=last,
                counted=progress.work_done(
                    counts.done, counts.total - counts.cancelled, ready, len(promised)
                ),
                elapsed=elapsed(first, last, today),
                tasks=counts,
                deliverables=len(promised),
                deliverables_done=ready,
            )
        )
    return tuple(found)


def planned(session: Session, project: int, start: date | None) -> list[_Planned]:
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


def elapsed(first: date | None, last: date | None, today: date) -> int | None:
    """Give how much of a time has passed, in per cent; None where it is not known."""
    return None if first is None or last is None else progress.elapsed(first, last, today)
