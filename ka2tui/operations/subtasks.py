"""Tasks within tasks: what is above and below, and the order there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain.refusal import Refused
from ka2tui.operations import dependencies
from ka2tui.operations.chosen_tasks import listed, load, named, only, tell
from ka2tui.store.lots import in_parts
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session


@operation("Move tasks")
def move(
    session: Session, tasks: Sequence[int], *, parent: int | None, position: int | None = None
) -> None:
    """Make tasks part of another one, or of none, and choose their place there.

    Args:
        parent: The task they become part of; None: the top level.
        position: How many of its parts come before them; None: all.

    Raises:
        Refused: A task would be part of itself, or wait for what waits for it.
    """
    found = load(session, tasks)
    project = _one_project(found)
    above = None if parent is None else only(session, parent, project)
    if above is not None:
        _refuse_inside_itself(session, found, above)
        if any(not task.state.closed for task in found):
            refuse_closed_parent(above)
    if above is not None:
        waits = dependencies.reach(session, project, above.id, backwards=True)
        bad = [t for t in found if t.id in waits and t.parent_id != parent]
        if bad:
            raise Refused(f"{listed(bad)} already waits for {named(above)}.")
    elsewhere = [task for task in found if task.parent_id != parent]
    for task in found:
        task.parent_id = parent
    if position is None:
        last = last_position(session, project, parent)
        for place, task in enumerate(elsewhere, start=last + 1):
            task.position = place
    else:
        _arrange(session, found, project, parent, position)
    if above is None:
        tell(session, "Move", found, " to the top level")
    else:
        tell(session, "Move", found, " under “{above}”", above=above.title)


@operation("Move tasks")
def place(
    session: Session,
    tasks: Sequence[int],
    *,
    before: int | None = None,
    after: int | None = None,
) -> None:
    """Put tasks directly before or after another one, as parts of what that is part of.

    Args:
        tasks: In the order they are to stand in.
        before: The one that is to come next ...
        after: ... or the one that is to come just before them.

    Raises:
        Refused: It is among them or below one of them, or they stand there already.
    """
    wanted = before if before is not None else after
    if wanted is None:
        raise Refused("Say before or after which task.")
    found = load(session, tasks)
    project = _one_project(found)
    beside = only(session, wanted, project)
    if beside in found:
        raise Refused(f"{named(beside)} cannot be moved beside itself.")
    parent = beside.parent_id
    was = [(task.parent_id, task.position) for task in found]
    if any(task.parent_id != parent for task in found):
        move(session, tasks, parent=parent)
        session.flush()
    moved = {task.id for task in found}
    others = [each for each, _ in _parts(session, project, parent) if each not in moved]
    at = others.index(beside.id) + (before is None)
    _arrange(session, found, project, parent, at)
    if was == [(task.parent_id, task.position) for task in found]:
        raise Refused(f"{listed(found)} {'stands' if len(found) == 1 else 'stand'} there already.")
    word = "after" if before is None else "before"
    words = {"beside": beside.title}
    if len(found) == 1:
        say(session, f"Move “{{title}}” {word} “{{beside}}”", title=found[0].title, **words)
    else:
        say(session, f"Move {{count}} tasks {word} “{{beside}}”", count=len(found), **words)


def all_below(session: Session, tasks: Iterable[Task]) -> list[Task]:
    """Give everything below tasks that is not among them, nearest first."""
    found = {task.id: task for task in tasks}
    given, level = set(found), list(found)
    while level:
        parts = [
            part
            for some in in_parts(level)
            for part in session.scalars(select(Task).where(Task.parent_id.in_(some)))
        ]
        level = [part.id for part in parts if part.id not in found]
        found |= {part.id: part for part in parts}
    return [task for task in found.values() if task.id not in given]


def open_below(session: Session, tasks: Iterable[Task]) -> list[Task]:
    """Give what is below tasks and still open."""
    return [task for task in all_below(session, tasks) if not task.state.closed]


def all_above(session: Session, tasks: Iterable[Task]) -> list[Task]:
    """Give everything that tasks are part of, nearest first."""
    found: dict[int, Task] = {}
    for task in tasks:
        above = task.parent_id
        while above is not None and above not in found:
            found[above] = session.get_one(Task, above)
            above = found[above].parent_id
    return list(found.values())


def _one_project(tasks: Sequence[Task]) -> int:
    """Give the project of tasks, which must be the same."""
    if any(task.project_id != tasks[0].project_id for task in tasks):
        raise Refused("Tasks of two projects cannot be moved together.")
    return tasks[0].project_id


def _refuse_inside_itself(session: Session, tasks: Sequence[Task], above: Task) -> None:
    path = {above.id, *(each.id for each in all_above(session, [above]))}
    inside = next((task for task in tasks if task.id in path), None)
    if inside is above:
        raise Refused(f"{named(above)} cannot be part of itself.")
    if inside is not None:
        raise Refused(f"{named(above)} is part of {named(inside)} itself.")


def refuse_closed_parent(parent: Task) -> None:
    """Refuse to put anything open below what is done or cancelled."""
    if parent.state.closed:
        raise Refused(f"{named(parent)} is {parent.state.word}: reopen it first.")


def last_position(session: Session, project: int, parent: int | None) -> int:
    """Give the place of the last part of a task; -1 where it has none."""
    query = select(func.max(Task.position)).where(
        Task.project_id == project, Task.parent_id.is_not_distinct_from(parent)
    )
    found = session.scalar(query)
    return -1 if found is None else found


def _parts(session: Session, project: int, parent: int | None) -> list[tuple[int, int]]:
    """List the parts of a task in their order: id and position."""
    query = (
        select(Task.id, Task.position)
        .where(Task.project_id == project, Task.parent_id.is_not_distinct_from(parent))
        .order_by(Task.position, Task.id)
    )
    return [(task, position) for task, position in session.execute(query)]


def _arrange(
    session: Session, tasks: Sequence[Task], project: int, parent: int | None, position: int
) -> None:
    """Put tasks among the parts of one; only those between the old place and the new change."""
    session.flush()
    stand = _parts(session, project, parent)
    moved = [task.id for task in tasks]
    gone = set(moved)
    others = [task for task, _ in stand if task not in gone]
    at = min(max(position, 0), len(others))
    places: list[int] = []
    for _, place in stand:
        places.append(place if not places else max(place, places[-1] + 1))
    was = dict(stand)
    wanted = dict(zip([*others[:at], *moved, *others[at:]], places, strict=True))
    changed = [task for task, place in wanted.items() if was[task] != place]
    for some in in_parts(changed):
        for task in session.scalars(select(Task).where(Task.id.in_(some))):
            task.position = wanted[task.id]
