"""Tasks that repeat: the next one, made when one is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import due as dates
from ka2tui.domain import timeline
from ka2tui.domain.kinds import TaskState
from ka2tui.operations import task_fields
from ka2tui.store.records import Tag, Task

if TYPE_CHECKING:
    from datetime import date, timedelta

    from sqlalchemy.orm import Session

    from ka2tui.domain.due import Due


def repeat(session: Session, task: Task, today: date) -> Task | None:
    """Make the next one of a task that repeats, with its rule; None where the rule has ended."""
    rule, base = task.recurrence or "", task.due or today
    day = dates.next_after(rule, base, today)
    if day is None:
        return None
    begin = task_fields.start_of(session, task.project_id)
    made = _copy(session, task, day - base, task.parent_id, begin)
    task_fields.set_due(made, _due_again(task, day, begin))
    made.recurrence, task.recurrence = rule, None
    return made


def _due_again(task: Task, day: date, begin: date | None) -> Due:
    """Give when the next of a task is due: known as exactly as this one was."""
    if task.due_month is None or begin is None:
        return dates.due(day, None, task.due_precision)
    return dates.due(None, timeline.month_of(begin, day), start=begin)


def _copy(
    session: Session, task: Task, later: timedelta, parent_id: int | None, begin: date | None
) -> Task:
    """Make a task again, open and so much later, with what is below it."""
    kept: tuple[str, ...] = (
        *("project_id", "title", "work_unit_id", "phase", "partner_id", "contact_id"),
        *("priority", "effort_minutes", "position", "notes"),
    )
    made = Task(
        parent_id=parent_id,
        start=task.start and task.start + later,
        **{name: getattr(task, name) for name in kept},
    )
    again = task_fields.due_of(task)
    task_fields.set_due(made, _due_again(task, task.due + later, begin) if task.due else again)
    made.tags = [Tag(project_id=task.project_id, name=each.name) for each in task.tags]
    session.add(made)
    session.flush()
    parts = select(Task).where(Task.parent_id == task.id, Task.state != TaskState.CANCELLED)
    for part in session.scalars(parts.order_by(Task.position, Task.id)).all():
        _copy(session, part, later, made.id, begin)
    return made
