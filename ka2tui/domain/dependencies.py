"""What waiting for others does to dates: when each of a chain can end, and what delays it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain.kinds import LinkKind, TaskState
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Planned(NamedTuple):
    """A task as it is planned."""

    start: date | None
    due: date | None
    state: TaskState
    finished_on: date | None = None


class Link(NamedTuple):
    """One task that depends on another one."""

    task: int
    needs: int
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    """Days between the two; less than 0: they overlap."""


@frozen
class Outlook:
    """How a task stands once all it waits for is taken into account."""

    start: date | None = None
    """When it can begin at the earliest because of others; None: they do not hold it."""
    end: date | None = None
    """When it will be done at the earliest; None: nobody knows."""
    late: int = 0
    """Days from its date to that end."""
    because: int | None = None
    """The task it waits for that decides, where one makes it later than planned."""


def outlook(tasks: Mapping[int, Planned], links: Iterable[Link], today: date) -> dict[int, Outlook]:
    """Follow dates through a net of tasks.

    A task that is late and not done ends today at the earliest. What waits for its end may begin
    on that very day, plus the days between them. What is given up holds nobody; what goes round
    in a circle does neither.

    Args:
        tasks: By their id.
        links: Between any of them; those to others are left out.
        today: The day it is seen from.
    """
    needed: dict[int, list[Link]] = defaultdict(list)
    waiting: dict[int, list[int]] = defaultdict(list)
    missing = dict.fromkeys(tasks, 0)
    for link in links:
        if link.task in tasks and link.needs in tasks:
            needed[link.task].append(link)
            waiting[link.needs].append(link.task)
            missing[link.task] += 1
    found: dict[int, Outlook] = {}
    ahead = [task for task, count in missing.items() if not count]
    while ahead:
        task = ahead.pop()
        found[task] = _of(tasks[task], needed[task], tasks, found, today)
        for other in waiting[task]:
            missing[other] -= 1
            if not missing[other]:
                ahead.append(other)
    for task in tasks.keys() - found.keys():
        found[task] = _of(tasks[task], (), tasks, found, today)
    return found


def chain(task: int, outlooks: Mapping[int, Outlook]) -> list[int]:
    """Give what makes a task late: the one it waits for, what that waits for, to the cause."""
    causes: list[int] = []
    cause = outlooks[task].because
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = outlooks[cause].because
    return causes


def _of(
    task: Planned,
    links: Iterable[Link],
    tasks: Mapping[int, Planned],
    found: Mapping[int, Outlook],
    today: date,
) -> Outlook:
    if task.state.closed:
        return Outlook(end=task.finished_on or task.due)
    end = None if task.due is None else max(task.due, today)
    length = _length(task)
    start: date | None = None
    because: int | None = None
    for link in links:
        other, seen = tasks[link.needs], found[link.needs]
        if other.state is TaskState.CANCELLED:
            continue
        from_start = link.kind in (LinkKind.SS, LinkKind.SF)
        base = _begin(other, seen) if from_start else seen.end
        if base is None:
            continue
        bound = _later(base, link.lag)
        if link.kind in (LinkKind.FS, LinkKind.SS):
            start = bound if start is None else max(start, bound)
            bound = _later(bound, length)
        if end is None or bound > end:
            end = bound
            because = link.needs if not other.state.closed else because
    planned = task.start
    if start is not None and planned is not None and start <= planned:
        start = None
    late = 0 if end is None or task.due is None else max((end - task.due).days, 0)
    return Outlook(start, end, late, because)


def _length(task: Planned) -> int:
    """Give the days from the start of a task to its date."""
    if task.start is None or task.due is None:
        return 0
    return max((task.due - task.start).days, 0)


def _begin(task: Planned, seen: Outlook) -> date | None:
    """Give when a task begins, as far as that is known."""
    if task.state.closed:
        return task.start or seen.end
    known = [day for day in (task.start, seen.start) if day is not None]
    return max(known) if known else None


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
