"""How urgent tasks are, seen with what waits for them and what is near."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.kinds import ACCEPTED_RESULTS, CLOSED_TASKS
from ka2tui.domain.urgency import Facts, Part, Scores, Weights, parts, score
from ka2tui.frozen import frozen
from ka2tui.store.records import Deliverable, Milestone, Task, TaskLink, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.queries.task_row import TaskRow


@frozen
class Around:
    """What stands around the tasks of a project and makes some of them urgent."""

    waits: Mapping[int, int]
    """By task: how many open tasks it waits for."""
    holds_up: Mapping[int, int]
    """By task: how many open tasks wait for it."""
    near: Mapping[int, int]
    """By work package or activity: days until its next deliverable or milestone."""


@frozen
class Urgency:
    """How urgent a task is, and why."""

    parts: tuple[Part, ...]

    @property
    def score(self) -> int:
        """The sum of the parts."""
        return score(self.parts)


def around(session: Session, project: int, *, today: date) -> Around:
    """Read what stands around the tasks of a project."""
    needs = Task.__table__.alias("needs")
    links = (
        select(TaskLink.task_id, TaskLink.needs_id)
        .join(Task.__table__, TaskLink.task_id == Task.id)
        .join(needs, TaskLink.needs_id == needs.c.id)
        .where(
            TaskLink.project_id == project,
            Task.state.not_in(CLOSED_TASKS),
            needs.c.state.not_in(CLOSED_TASKS),
        )
    )
    waits: dict[int, int] = defaultdict(int)
    holds_up: dict[int, int] = defaultdict(int)
    for task, needed in session.execute(links):
        waits[task] += 1
        holds_up[needed] += 1
    return Around(waits, holds_up, _near(session, project, today))


def _near(session: Session, project: int, today: date) -> dict[int, int]:
    """Give the days until something is due, by work unit; a part shares what its whole has."""
    coming = (
        select(Deliverable.work_unit_id, Deliverable.due).where(
            Deliverable.project_id == project,
            Deliverable.due >= today,
            Deliverable.work_unit_id.is_not(None),
            Deliverable.state.not_in(ACCEPTED_RESULTS),
        ),
        select(Milestone.work_unit_id, Milestone.due).where(
            Milestone.project_id == project,
            Milestone.due >= today,
            Milestone.work_unit_id.is_not(None),
            Milestone.reached_on.is_(None),
        ),
    )
    own: dict[int, int] = {}
    for query in coming:
        for unit, due in session.execute(query):
            if unit is not None and due is not None:
                days = (due - today).days
                own[unit] = min(days, own.get(unit, days))
    if not own:
        return {}
    units = select(WorkUnit.id, WorkUnit.parent_id).where(WorkUnit.project_id == project)
    above: dict[int, int | None] = dict(session.execute(units).all())
    near: dict[int, int] = {}
    for unit in above:
        found: list[int] = []
        each: int | None = unit
        seen: set[int] = set()
        while each is not None and each not in seen:
            seen.add(each)
            if each in own:
                found.append(own[each])
            each = above.get(each)
        if found:
            near[unit] = min(found)
    return near


def facts(row: TaskRow, seen: Around, today: date) -> Facts:
    """Give what makes a task urgent or lets it wait."""
    unit = row.work_unit_id
    return Facts(
        row.state,
        None if row.due is None else (row.due - today).days,
        row.priority,
        row.tags,
        seen.waits.get(row.id, 0),
        seen.holds_up.get(row.id, 0),
        None if unit is None else seen.near.get(unit),
    )


def scores(
    session: Session,
    project: int,
    rows: Iterable[TaskRow],
    *,
    weights: Weights,
    today: date,
) -> dict[int, int]:
    """Give the scores of many tasks by their ids."""
    seen, adding = around(session, project, today=today), Scores(weights)
    return {row.id: adding.of(facts(row, seen, today)) for row in rows}


def of_rows(
    session: Session,
    project: int,
    rows: Iterable[TaskRow],
    *,
    weights: Weights,
    today: date,
) -> dict[int, Urgency]:
    """Give the urgency of a few tasks with its parts, by their ids."""
    seen = around(session, project, today=today)
    return {row.id: Urgency(parts(facts(row, seen, today), weights)) for row in rows}
