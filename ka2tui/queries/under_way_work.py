"""Results, sharing, indicators and the plan against its time, read for the checks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from ka2tui.domain import indicators as ways
from ka2tui.domain import timeline
from ka2tui.domain.checks import running as seen
from ka2tui.domain.kinds import (
    ACCEPTED_RESULTS,
    CLOSED_TASKS,
    CLOSED_WORK,
    DisseminationState,
    PlatformState,
    Precision,
    TaskState,
    WorkUnitState,
)
from ka2tui.domain.text import coded
from ka2tui.queries import indicators as measured
from ka2tui.store.records import (
    Deliverable,
    Dissemination,
    Milestone,
    ProofUse,
    Task,
    TaskLink,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session


def indicators(session: Session, project: int, today: date) -> Iterator[seen.Indicator]:
    """Read the indicators, and how each stands."""
    for row in measured.listed(session, project, today=today):
        yield seen.Indicator(
            id=row.id,
            called=row.called,
            baseline=row.baseline is not None,
            target=row.target is not None,
            source=bool(row.source),
            term=row.term,
            way=row.state,
            stands=ways.say_standing(row.course),
            leads=ways.say_expected(row.aim, row.course, row.unit),
            stale=row.measured_on is not None and row.stale(today),
            measured_on=row.measured_on,
        )


def acts(session: Session, project: int) -> Iterator[seen.Act]:
    """Read what spreads the word and was not dropped."""
    proofs = exists(
        select(ProofUse.id).where(
            ProofUse.about == "dissemination", ProofUse.about_uid == Dissemination.uid
        )
    )
    rows = session.execute(
        select(
            *(Dissemination.id, Dissemination.title, Dissemination.state, Dissemination.day),
            *(Dissemination.end_day, Dissemination.precision, Dissemination.emblem),
            *(Dissemination.disclaimer, Dissemination.link, Dissemination.reach),
            proofs.label("proved"),
        )
        .where(
            Dissemination.project_id == project,
            Dissemination.state != DisseminationState.DROPPED,
        )
        .order_by(Dissemination.day.is_(None), Dissemination.day, Dissemination.id)
    )
    for row in rows:
        last = row.end_day or row.day
        if row.precision is Precision.MONTH and last is not None:
            last = timeline.month_end(last.replace(day=1), 1)
        yield seen.Act(
            *(row.id, row.title, row.state, last, row.emblem, row.disclaimer),
            proved=bool(row.link or row.proved),
            reach=row.reach is not None,
        )


# -- the work --------------------------------------------------------------------------------------


def results(session: Session, project: int) -> Iterator[seen.Result]:
    """Read the deliverables, the earliest first."""
    rows = session.execute(
        select(
            *(Deliverable.id, Deliverable.code, Deliverable.title, Deliverable.due),
            *(Deliverable.state, Deliverable.delivered_on, Deliverable.languages),
            *(Deliverable.licence, Deliverable.visibility_checked_on),
            *(Deliverable.published_at, Deliverable.platform_link),
            *(Deliverable.platform_state, Deliverable.platform_on),
        )
        .where(Deliverable.project_id == project)
        .order_by(Deliverable.due.is_(None), Deliverable.due, Deliverable.id)
    )
    for row in rows:
        yield seen.Result(
            *(row.id, row.code, row.title, row.due, row.state),
            delivered=row.delivered_on is not None,
            languages=bool(row.languages),
            licence=bool(row.licence),
            looked_at=row.visibility_checked_on is not None,
            address=bool(row.published_at or row.platform_link),
            platform=row.platform_state or PlatformState.NONE,
            platform_on=row.platform_on,
        )


def points(session: Session, project: int, today: date) -> tuple[tuple[seen.Point, ...], int]:
    """Read the milestones that are late, and how many were reached."""
    mine = Milestone.project_id == project
    rows = session.execute(
        select(Milestone.id, Milestone.code, Milestone.title, Milestone.due)
        .where(mine, Milestone.due < today, Milestone.reached_on.is_(None))
        .order_by(Milestone.due, Milestone.id)
    )
    late = tuple(
        seen.Point(key, coded(code, title), due)
        for key, code, title, due in rows
        if due is not None
    )
    reached = select(func.count(Milestone.id)).where(mine, Milestone.reached_on.is_not(None))
    return late, session.scalar(reached) or 0


def held_up(session: Session, project: int, today: date) -> Iterator[seen.HeldUp]:
    """Read the tasks that are late and that others wait for."""
    waits = (
        select(TaskLink.needs_id, func.count(TaskLink.id).label("many"))
        .join(Task.__table__, TaskLink.task_id == Task.id)
        .where(TaskLink.project_id == project, Task.state.not_in(CLOSED_TASKS))
        .group_by(TaskLink.needs_id)
        .subquery()
    )
    rows = session.execute(
        select(Task.id, Task.title, Task.due, waits.c.many)
        .join(waits, waits.c.needs_id == Task.id)
        .where(Task.state.not_in(CLOSED_TASKS), Task.due < today)
        .order_by(Task.due, Task.id)
    )
    for key, title, due, many in rows:
        if due is not None:
            yield seen.HeldUp(key, title, due, many)


def tasks_kept(session: Session, project: int) -> bool:
    """Tell whether it is noted of any task that it was begun or done."""
    noted = Task.state.in_((TaskState.DOING, TaskState.WAITING, TaskState.DONE))
    return bool(
        session.scalar(select(exists(select(Task.id).where(Task.project_id == project, noted))))
    )


def units(session: Session, project: int, start: date | None, today: date) -> Iterator[seen.Unit]:
    """Read the parts of the work whose time is over, and that nobody says are done."""
    rows = session.execute(
        select(
            *(WorkUnit.id, WorkUnit.code, WorkUnit.title, WorkUnit.end, WorkUnit.end_month),
            *(WorkUnit.state, WorkUnit.percent, WorkUnit.parent_id),
        )
        .where(WorkUnit.project_id == project, WorkUnit.state.not_in(CLOSED_WORK))
        .order_by(WorkUnit.position, WorkUnit.id)
    )
    for row in rows:
        end = row.end
        if end is None and start is not None and row.end_month is not None:
            end = timeline.month_end(start, row.end_month)
        if end is not None and end < today and row.percent != 100:
            yield seen.Unit(row.id, coded(row.code, row.title), end, row.state, row.parent_id)


def units_kept(session: Session, project: int) -> bool:
    """Tell whether it is noted of any part of the work how far it is."""
    noted = (WorkUnit.state != WorkUnitState.PLANNED) | WorkUnit.percent.is_not(None)
    return bool(
        session.scalar(
            select(exists(select(WorkUnit.id).where(WorkUnit.project_id == project, noted)))
        )
    )


def hollow(session: Session, project: int) -> Iterator[seen.Hollow]:
    """Read the parts of the work that stand as done while results of them are not there."""
    rows = session.execute(
        select(WorkUnit.id, WorkUnit.code, WorkUnit.title, Deliverable.code.label("result"))
        .join(Deliverable.__table__, Deliverable.work_unit_id == WorkUnit.id)
        .where(
            WorkUnit.project_id == project,
            WorkUnit.state == WorkUnitState.DONE,
            Deliverable.delivered_on.is_(None),
            Deliverable.state.not_in(ACCEPTED_RESULTS),
        )
        .order_by(WorkUnit.position, WorkUnit.id, Deliverable.due, Deliverable.id)
    )
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in rows:
        found[row.id, coded(row.code, row.title)].append(row.result)
    for (key, said), codes in found.items():
        yield seen.Hollow(key, said, tuple(codes))
