"""How much of each task's parts is done, whether they are listed or not."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from ka2tui.domain.kinds import TaskState
from ka2tui.store.records import Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Parts(NamedTuple):
    """The parts of a task, counted; what was given up is not among them."""

    done: int
    all: int


def parts(session: Session, project: int) -> dict[int, Parts]:
    """Count the parts directly below each task of a project."""
    query = (
        select(Task.parent_id, Task.state, func.count(Task.id))
        .where(
            Task.project_id == project,
            Task.parent_id.is_not(None),
            Task.state != TaskState.CANCELLED,
        )
        .group_by(Task.parent_id, Task.state)
    )
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for parent, state, number in session.execute(query):
        if parent is not None:
            counts[parent][1] += number
            counts[parent][0] += number if state is TaskState.DONE else 0
    return {task: Parts(*count) for task, count in counts.items()}
