"""What can be done with whatever is due: tasks, deliverables and milestones together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ka2tui.domain.due import Due
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import task_verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.operations import deliverables, due, tasks
    from ka2tui.queries import tasks as views
    from ka2tui.queries.today import Item
    from ka2tui.tui.desk import Desk
else:
    deliverables = lazily("ka2tui.operations.deliverables")
    due = lazily("ka2tui.operations.due")
    tasks = lazily("ka2tui.operations.tasks")
    views = lazily("ka2tui.queries.tasks")


def named(verb: str, items: Sequence[Item]) -> str:
    """Name what a verb is about to do."""
    if len(items) == 1:
        what = plain.join([items[0].code, items[0].title], " ")
        return f"{verb} {plain.cut(what, 48)}"
    kinds = {item.kind for item in items}
    return f"{verb} {plain.count(len(items), kinds.pop() if len(kinds) == 1 else 'thing')}"


def _of(items: Sequence[Item], kind: str) -> list[int]:
    return [item.id for item in items if item.kind == kind]


def _by_kind(items: Sequence[Item]) -> dict[str, Any]:
    """Give the ids by kind, as the operations take them."""
    return {f"{kind}s": _of(items, kind) for kind in ("task", "deliverable", "milestone")}


def _project_of(items: Sequence[Item], project: int) -> int | None:
    """Give the one project that things are of; None where they are of several."""
    found = {item.project_id or project for item in items}
    return found.pop() if len(found) == 1 else None


async def finish(desk: Desk, items: Sequence[Item]) -> bool:
    """Finish tasks, reach milestones, take deliverables to the state that is chosen."""
    reviewed = [replace(item, kind="deliverable") for item in items if item.kind == "review"]
    items = list({item.key: item for item in [*items, *reviewed] if item.kind != "review"}.values())
    below = await _open_below(desk, items)
    if below and not await task_verbs.along(desk, named("Finish", items), below, "finish all"):
        return False
    if {item.kind for item in items} == {"deliverable"}:
        return await _move(desk, items)
    done = await desk.do(due.finish, **_by_kind(items), today=desk.today, with_subtasks=bool(below))
    return done is not None


async def _open_below(desk: Desk, items: Sequence[Item]) -> list[task_verbs.Row]:
    """Read what is still open below the tasks among them."""
    chosen = _of(items, "task")
    return list(await desk.ask(views.open_below, chosen)) if chosen else []


async def _move(desk: Desk, items: Sequence[Item]) -> bool:
    """Ask to which state deliverables come, and take them there."""
    from ka2tui.domain.kinds import DeliverableState
    from ka2tui.tui.dialogs.choose import Choose
    from ka2tui.tui.dialogs.choose import Item as Choice

    states = list(DeliverableState)
    at = states.index(DeliverableState(items[0].state))
    choices = [Choice(number, state.word) for number, state in enumerate(states)]
    chosen = await desk.push_screen_wait(
        Choose(named("How far is", items), choices, at=min(at + 1, len(states) - 1))
    )
    if chosen is None:
        return False
    ids = _of(items, "deliverable")
    return await desk.do(deliverables.move, ids, states[chosen], today=desk.today) is not None


async def postpone(desk: Desk, project: int, items: Sequence[Item]) -> bool:
    """Put things off by a step or to a date."""
    from ka2tui.tui.dialogs.put_off import PutOff

    of = _project_of(items, project)
    start = None if of is None else (await desk.ask(views.choices, of)).start
    stands = task_verbs.due_of(items[0]) if len(items) == 1 else None
    answer = await desk.push_screen_wait(
        PutOff(named("Postpone", items), stands, desk.today, start=start)
    )
    if answer is None:
        return False
    given: dict[str, Any] = {"to": answer} if isinstance(answer, Due) else {"by": answer}
    reviews = _of(items, "review")
    done = await desk.do(
        due.postpone, **_by_kind(items), reviews=reviews, **given, late_from=desk.today
    )
    return done is not None


async def assign(desk: Desk, project: int, items: Sequence[Item]) -> bool:
    """Hand tasks to somebody; choose who leads a deliverable."""
    of = _project_of(items, project)
    if of is None:
        desk.tell("These are of several projects: hand over those of one at a time.")
        return False
    project = of
    others = [item for item in items if item.kind != "task"]
    if not others:
        return await task_verbs.assign(desk, project, items)
    if len(items) > 1 or others[0].kind == "milestone":
        desk.tell("Tasks are assigned together, a deliverable by itself; a milestone has nobody.")
        return False
    from ka2tui.tui.dialogs.choose import Choose
    from ka2tui.tui.dialogs.choose import Item as Choice

    partners = (await desk.ask(views.choices, project)).partners
    choices = [Choice(0, "nobody"), *(Choice(each.id, each.word, each.note) for each in partners)]
    chosen = await desk.push_screen_wait(Choose(named("Who leads", items), choices))
    if chosen is None:
        return False
    return await desk.do(deliverables.edit, others[0].id, {"lead_id": chosen or None}) is not None


async def edit(desk: Desk, project: int, item: Item) -> bool:
    """Edit a task, a deliverable or a milestone in a form."""
    if item.kind == "task":
        return await task_verbs.edit(desk, project, item.id)
    from ka2tui.domain.kinds import PlanKind
    from ka2tui.tui.pages import work_plan_forms

    kind = PlanKind.MILESTONE if item.kind == "milestone" else PlanKind.DELIVERABLE
    return await work_plan_forms.edit(desk, project, kind, item.id)
