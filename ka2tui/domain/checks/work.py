"""Checks of the work as it goes: what is late and holds up others, and what should be over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.checks.running import named
from ka2tui.domain.days import say_brief
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.domain.checks.running import Running


APART = 2
"""Late milestones up to which each is told by itself where none was ever reached."""


def found(seen: Running) -> Iterator[Found]:
    """Check tasks, milestones and parts of the work against their time."""
    yield from _tasks(seen)
    yield from _milestones(seen)
    parts = {unit.id for unit in seen.units}
    over = [unit for unit in seen.units if unit.parent not in parts]
    if not seen.units_kept and len(over) > APART:
        who = named([unit.said.partition(" ")[0] for unit in over])
        text = (
            f"{len(over)} parts of the work are over by the plan, and none is noted as done: {who}"
        )
        yield Found(628, Severity.HINT, "project", f"{text}.")
        over = []
    for unit in over:
        text = f"It ended on {say_brief(unit.end)} and stands as {unit.state.word}"
        yield Found(628, Severity.HINT, unit.said, f"{text}.", "work_unit", unit.id)
    for done in seen.hollow:
        lack = "is" if len(done.codes) == 1 else "are"
        text = f"It stands as done, and {named(list(done.codes))} {lack} not handed over"
        yield Found(633, Severity.WARNING, done.said, f"{text}.", "work_unit", done.id)


def _tasks(seen: Running) -> Iterator[Found]:
    """Find late tasks that hold up others; where none was ever begun, perhaps nobody notes it."""
    if not seen.tasks_kept and len(seen.held_up) > 1:
        who = named([task.title for task in seen.held_up])
        text = f"{len(seen.held_up)} late tasks hold up others, and none was ever begun: {who}"
        yield Found(607, Severity.HINT, "project", f"{text}.")
        return
    severity = Severity.WARNING if seen.tasks_kept else Severity.HINT
    for task in seen.held_up:
        late = (seen.today - task.due).days
        wait = "waits" if task.waiting == 1 else "wait"
        text = f"It is {late} d late, and {counted(task.waiting, 'task')} {wait} for it"
        yield Found(607, severity, task.title, f"{text}.", "task", task.id)


def _milestones(seen: Running) -> Iterator[Found]:
    """Find what is late; where none is noted as reached, perhaps nobody noted it."""
    if not seen.reached and len(seen.points) > APART:
        who = named([point.said.partition(" ")[0] for point in seen.points])
        text = f"{len(seen.points)} milestones were due by now, and none is noted as reached: {who}"
        yield Found(625, Severity.HINT, "project", f"{text}.")
        return
    severity = Severity.WARNING if seen.reached else Severity.HINT
    for point in seen.points:
        text = f"It was due on {say_brief(point.due)} and is not noted as reached"
        yield Found(625, severity, point.said, f"{text}.", "milestone", point.id)
