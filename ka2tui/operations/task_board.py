"""Where tasks are put: into a state, under a priority, with a part of the work plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.kinds import Priority, TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.operations import subtasks, task_fields, tasks
from ka2tui.operations.chosen_tasks import listed, load, tell, unlike
from ka2tui.store.operation import operation
from ka2tui.store.records import WorkUnit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@operation("Move tasks")
def put(
    session: Session,
    chosen: Sequence[int],
    state: TaskState,
    *,
    today: date,
    with_subtasks: bool = False,
) -> None:
    """Bring tasks into a state, whatever state they are in.

    Args:
        chosen: Which ones.
        state: As `start`, `wait`, `finish`, `cancel` and `reopen` would bring them there.
        today: When they are finished, or from when on they are waited for.
        with_subtasks: Finish or give up what is open below them as well.

    Raises:
        Refused: All are in it already, or what is below them is still open.
    """
    found = load(session, chosen)
    changed = unlike(found, state, f"{state.word} already")
    ids = [task.id for task in changed]
    closed = [task.id for task in changed if task.state.closed]
    if closed and state is not TaskState.OPEN:
        tasks.reopen(session, closed)
    match state:
        case TaskState.OPEN:
            _open(session, ids)
        case TaskState.DOING:
            tasks.start(session, ids)
        case TaskState.WAITING:
            tasks.wait(session, ids, today=today)
        case TaskState.DONE:
            tasks.finish(session, ids, today=today, with_subtasks=with_subtasks)
        case TaskState.CANCELLED:
            tasks.cancel(session, ids, with_subtasks=with_subtasks)
    tell(session, "Move", changed, " to {state}", state=state.word)


def _open(session: Session, ids: Sequence[int]) -> None:
    """Open tasks: those that are closed with what they are part of."""
    found = load(session, ids)
    above = subtasks.all_above(session, [task for task in found if task.state.closed])
    for task in [*found, *(each for each in above if each.state.closed)]:
        task.state, task.finished_on, task.waiting_since = TaskState.OPEN, None, None


@operation("Set priorities")
def prioritise(session: Session, chosen: Sequence[int], priority: Priority) -> None:
    """Say how much tasks matter.

    Raises:
        Refused: All have this priority already.
    """
    found = load(session, chosen)
    changed = [task for task in found if task.priority is not priority]
    if not changed:
        have = "has" if len(found) == 1 else "have"
        raise Refused(f"{listed(found)} {have} {priority.word} priority already.")
    for task in changed:
        task.priority = priority
    tell(session, "Give", changed, " {priority} priority", priority=priority.word)


@operation("Move tasks to a work package")
def belong(session: Session, chosen: Sequence[int], work_unit: int | None) -> None:
    """Let tasks belong to a work package, an activity or a heading, or to none.

    Raises:
        Refused: All belong there already, or there is no such one in the project.
    """
    found = load(session, chosen)
    word = "work package or activity"
    unit = task_fields.of_project(session, WorkUnit, work_unit, found[0].project_id, word)
    for task in found:
        task_fields.of_project(session, WorkUnit, work_unit, task.project_id, word)
    changed = [task for task in found if task.work_unit_id != work_unit]
    if not changed:
        where = "no work package" if unit is None else unit.code
        belongs = "belongs" if len(found) == 1 else "belong"
        raise Refused(f"{listed(found)} {belongs} to {where} already.")
    for task in changed:
        task.work_unit_id = work_unit
    if unit is None:
        tell(session, "Take", changed, " out of the work package")
    else:
        tell(session, "Move", changed, " to {unit}", unit=unit.code)
