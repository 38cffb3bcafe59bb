"""The figures of a project and of its tasks: what is done, late, due and waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.days import say_day
from ka2tui.domain.figure import Figure, Trace, Unit
from ka2tui.domain.kinds import TaskState
from ka2tui.domain.progress import DELIVERABLE_WEIGHT, TASK_WEIGHT
from ka2tui.queries import overview
from ka2tui.queries import today as days
from ka2tui.store.records import Deliverable, Milestone, Partner, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.queries.today import Item

WORK_DONE = (
    f"A task counts {TASK_WEIGHT}, a deliverable {DELIVERABLE_WEIGHT}; what was cancelled counts "
    "for nothing."
)


def project(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give what the page of projects shows of one."""
    seen = next((row for row in overview.listed(session, today=today) if row.id == project), None)
    if seen is None:
        return
    about = ("project", project)
    called = seen.acronym
    tasks = session.execute(
        select(Task.id, Task.state, Task.due).where(
            Task.project_id == project, Task.state != TaskState.CANCELLED
        )
    ).all()
    results = session.execute(
        select(Deliverable.id, Deliverable.state, Deliverable.due, Deliverable.delivered_on).where(
            Deliverable.project_id == project
        )
    ).all()
    points = session.execute(
        select(Milestone.id, Milestone.due, Milestone.reached_on).where(
            Milestone.project_id == project
        )
    ).all()
    done = Trace.share("task", {it.id: it.state is TaskState.DONE for it in tasks}, TASK_WEIGHT)
    accepted = {it.id: it.state.done for it in results}
    done += Trace.share("deliverable", accepted, DELIVERABLE_WEIGHT)
    yield Figure(
        "project.done", f"Work of {called} that is done", seen.done, done, Unit.SHARE, about,
        WORK_DONE,
    )  # fmt: skip
    still = {
        "task": [(it.id, it.due) for it in tasks if it.state is not TaskState.DONE],
        "deliverable": [
            (it.id, it.due) for it in results if not it.state.done and it.delivered_on is None
        ],
        "milestone": [(it.id, it.due) for it in points if it.reached_on is None],
    }
    left = _together(still, lambda _: True)
    late = _together(still, lambda due: due is not None and due < today)
    yield Figure("project.open", f"Still to be done in {called}", seen.open, left, about=about)
    yield Figure("project.late", f"Late in {called}", seen.late, late, about=about)
    members = session.scalars(
        select(Partner.id)
        .where(Partner.project_id == project, Partner.left_on.is_(None))
        .order_by(Partner.id)
    )
    rows = Trace.rows("partner", members)
    yield Figure("project.partners", f"Partners of {called}", seen.partners, rows, about=about)
    if seen.grant_cents is not None:
        grant = Trace.sums("project", {project: seen.grant_cents})
        yield Figure(
            "project.grant", f"Grant of {called}", seen.grant_cents, grant, Unit.MONEY, about,
            "As it stands in the agreement.", seen.currency,
        )  # fmt: skip


def _together(
    rows: dict[str, list[tuple[int, date | None]]], wanted: Callable[[date | None], bool]
) -> Trace:
    found = Trace()
    for table, some in rows.items():
        found += Trace.rows(table, [row for row, due in some if wanted(due)])
    return found


def tasks(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give what the day shows: late, due within a week, waited for; and all tasks by state."""
    seen = days.today(session, project, today)
    yield Figure("tasks.late", "Late", len(seen.overdue), _items(seen.overdue))
    until = say_day(today + timedelta(days=days.SOON), today)
    soon = _items(seen.due_soon)
    yield Figure("tasks.due", f"Due from today to {until}", len(seen.due_soon), soon)
    yield Figure("tasks.waiting", "Waiting for others", len(seen.waiting), _items(seen.waiting))
    rows = session.execute(
        select(Task.id, Task.state, Task.partner_id)
        .where(Task.project_id == project)
        .order_by(Task.due.is_(None), Task.due, Task.id)
    ).all()
    still = [row.id for row in rows if not row.state.closed]
    near = {it.id for it in (*seen.overdue, *seen.due_soon) if it.kind == "task"}
    later = [row for row in still if row not in near]
    yield Figure("tasks.later", "Tasks due later, or without a date", seen.later,
                 Trace.rows("task", later))  # fmt: skip
    for state in TaskState:
        ids = [row.id for row in rows if row.state is state]
        if ids and state is not TaskState.WAITING:
            title = f"Tasks {state.word}"
            yield Figure(f"tasks.{state.value}", title, len(ids), Trace.rows("task", ids))
    partners = select(Partner.id, Partner.acronym, Partner.name).where(
        Partner.project_id == project
    )
    for partner in session.execute(partners.order_by(Partner.id)):
        ids = [row.id for row in rows if row.partner_id == partner.id and not row.state.closed]
        called = partner.acronym or partner.name
        yield Figure(
            f"tasks.of.{called}", f"Tasks to be done by {called}", len(ids),
            Trace.rows("task", ids), about=("partner", partner.id),
        )  # fmt: skip


def _items(items: tuple[Item, ...]) -> Trace:
    tables = {"review": "deliverable"}
    found = Trace()
    for item in items:
        found += Trace.rows(tables.get(item.kind, item.kind), [item.id])
    return found
