"""Dependencies: tasks that wait for other tasks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.kinds import LinkKind
from ka2tui.domain.refusal import Refused
from ka2tui.operations.chosen_tasks import listed, load, named, tell
from ka2tui.store.operation import operation
from ka2tui.store.records import Task, TaskLink

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    hold(session, [task_id], needs_id, kind=kind, lag_days=lag_days)


@operation("Link tasks")
def hold(
    session: Session,
    tasks: Sequence[int],
    needs_id: int,
    *,
    kind: LinkKind = LinkKind.FS,
    lag_days: int = 0,
) -> None:
    """Let several tasks wait for another one; as `link` does for one.

    Raises:
        Refused: The other one is among them, or waits for one of them.
    """
    found, (needs,) = load(session, tasks, tags=True), load(session, [needs_id])
    if needs in found:
        raise Refused("A task cannot wait for itself.")
    if any(task.project_id != needs.project_id for task in found):
        raise Refused("Tasks of two projects cannot wait for each other.")
    waited = reach(session, needs.project_id, needs_id)
    for task in found:
        if task.id in waited:
            raise Refused(f"{named(needs)} already waits for {named(task)}.")
    for task in found:
        stands = next((each for each in task.links if each.needs_id == needs_id), None)
        if stands is None:
            stands = TaskLink(project_id=task.project_id, needs_id=needs_id)
            task.links.append(stands)
        stands.kind, stands.lag_days = kind, lag_days
    tell(session, "Let", found, " wait for “{needs}”", needs=needs.title)


@operation("Unlink tasks")
def release(session: Session, tasks: Sequence[int], needs_id: int) -> None:
    """Let several tasks no longer wait for another one.

    Raises:
        Refused: None of them does.
    """
    found, (needs,) = load(session, tasks, tags=True), load(session, [needs_id])
    waiting = []
    for task in found:
        stands = next((each for each in task.links if each.needs_id == needs_id), None)
        if stands is not None:
            task.links.remove(stands)
            waiting.append(task)
    if not waiting:
        does = "does" if len(found) == 1 else "do"
        raise Refused(f"{listed(found)} {does} not wait for {named(needs)}.")
    tell(session, "Let", waiting, " no longer wait for “{needs}”", needs=needs.title)


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
