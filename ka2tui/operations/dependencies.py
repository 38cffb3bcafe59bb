"""Dependencies: tasks that wait for other tasks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.kinds import LinkKind
from ka2tui.domain.refusal import Refused
from ka2tui.operations.chosen_tasks import load, named
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Task, TaskLink

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@operation("Link tasks")
def link(
    session: Session,
    task_id: int,
    needs_id: int,
    *,
    kind: LinkKind = LinkKind.FS,
    lag_days: int = 0,
) -> None:
    """Let a task wait for another one.

    Args:
        task_id: The one that waits.
        needs_id: The one it waits for.
        kind: How they depend on each other; a link between the two that exists is changed.
        lag_days: Days between the two; negative: they overlap.

    Raises:
        Refused: The other one waits for this one already, or it is the same.
    """
    task, needs = load(session, [task_id, needs_id]) if task_id != needs_id else (None, None)
    if task is None or needs is None:
        raise Refused("A task cannot wait for itself.")
    if task.project_id != needs.project_id:
        raise Refused("Tasks of two projects cannot wait for each other.")
    if task_id in reach(session, task.project_id, needs_id):
        raise Refused(f"{named(needs)} already waits for {named(task)}.")
    stands = next((each for each in task.links if each.needs_id == needs_id), None)
    if stands is None:
        stands = TaskLink(project_id=task.project_id, needs_id=needs_id)
        task.links.append(stands)
    stands.kind, stands.lag_days = kind, lag_days
    say(session, "Let “{title}” wait for “{needs}”", title=task.title, needs=needs.title)


@operation("Unlink tasks")
def unlink(session: Session, task_id: int, needs_id: int) -> None:
    """Let a task no longer wait for another one.

    Raises:
        Refused: It does not.
    """
    (task,), (needs,) = load(session, [task_id]), load(session, [needs_id])
    stands = next((each for each in task.links if each.needs_id == needs_id), None)
    if stands is None:
        raise Refused(f"{named(task)} does not wait for {named(needs)}.")
    task.links.remove(stands)
    words = {"title": task.title, "needs": needs.title}
    say(session, "Let “{title}” no longer wait for “{needs}”", **words)


def reach(session: Session, project: int, first: int, *, backwards: bool = False) -> set[int]:
    """Give every task that one waits for, over links and parts; backwards: that wait for it."""
    links = select(TaskLink.task_id, TaskLink.needs_id).where(TaskLink.project_id == project)
    parts = select(Task.parent_id, Task.id).where(
        Task.project_id == project, Task.parent_id.is_not(None)
    )
    ways: dict[int, list[int]] = defaultdict(list)
    for waits, needs in [*session.execute(links), *session.execute(parts)]:
        source, target = (needs, waits) if backwards else (waits, needs)
        ways[source].append(target)
    found: set[int] = set()
    ahead = [first]
    while ahead:
        new = [target for target in ways[ahead.pop()] if target not in found]
        found.update(new)
        ahead += new
    return found
