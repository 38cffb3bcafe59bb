"""The tasks that a verb was given: found by their ids, and named in its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import selectinload

from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import quoted
from ka2tui.operations.given import several
from ka2tui.store.operation import say
from ka2tui.store.records import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from ka2tui.domain.kinds import TaskState


_NAMED = 3
"""How many tasks a sentence names before it only counts."""


def load(session: Session, ids: Iterable[int], *, tags: bool = False) -> list[Task]:
    """Give the tasks of these ids, each once, in the order given."""
    along = (selectinload(Task.tags), selectinload(Task.links)) if tags else ()
    return several(session, Task, ids, "task", *along)


def only(session: Session, task_id: int, project: int) -> Task:
    """Give one task, which must be of this project."""
    (task,) = load(session, [task_id])
    if task.project_id != project:
        raise Refused(f"{named(task)} is of another project.")
    return task


def named(task: Task) -> str:
    """Name a task as sentences do."""
    return quoted(task.title)


def listed(tasks: Sequence[Task]) -> str:
    """Name some tasks: “A”, “B”, “C” and 4 more."""
    names = ", ".join(named(task) for task in tasks[:_NAMED])
    more = len(tasks) - _NAMED
    return f"{names} and {more} more" if more > 0 else names


def are(tasks: Sequence[Task]) -> str:
    """Give the verb that goes with so many tasks."""
    return "is" if len(tasks) == 1 else "are"


def unlike(tasks: Sequence[Task], state: TaskState, already: str) -> list[Task]:
    """Give the tasks that are in another state; refuse where there is none."""
    changed = [task for task in tasks if task.state is not state]
    if not changed:
        raise Refused(f"{listed(tasks)} {are(tasks)} {already}.")
    return changed


def refuse_closed(tasks: Sequence[Task]) -> None:
    """Refuse tasks that are done or cancelled."""
    closed = [task for task in tasks if task.state.closed]
    if closed:
        words = " or ".join(dict.fromkeys(task.state.word for task in closed))
        again = "it" if len(closed) == 1 else "them"
        raise Refused(f"{listed(closed)} {are(closed)} {words}: reopen {again} first.")


def tell(
    session: Session, verb: str, tasks: Sequence[Task], tail: str = "", **words: object
) -> None:
    """Tell the history what was done: by name to one task, else to how many."""
    if len(tasks) == 1:
        say(session, f"{verb} “{{title}}”{tail}", title=tasks[0].title, **words)
    else:
        say(session, f"{verb} {{count}} tasks{tail}", count=len(tasks), **words)
