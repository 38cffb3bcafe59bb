"""How far work is, and whether that is far enough for the time that has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain.kinds import Kind

if TYPE_CHECKING:
    from datetime import date

ALL = 100
TASK_WEIGHT = 1
DELIVERABLE_WEIGHT = 3
"""A deliverable stands for more work than a task: it counts as much as three."""
MARGIN = 10
"""Percentage points within which work counts as on time."""

_FULL, _EMPTY, _MARK = "▓", "░", "|"


class Standing(Kind):
    """How the work done compares with the time that has passed."""

    AHEAD = "ahead"
    ON_TIME = "on_time", "on time"
    BEHIND = "behind"


class Part(NamedTuple):
    """One kind of thing to be done, counted."""

    done: int
    total: int
    weight: int = 1


def elapsed(first: date, last: date, today: date) -> int:
    """Give the share of a stretch of days that has passed by the end of yesterday, in per cent.

    0 on the first day and before, 100 after the last.
    """
    if today > last:
        return ALL
    days = (last - first).days + 1
    return max(0, (today - first).days * ALL // days)


def share_done(*parts: Part) -> int | None:
    """Give the weighted share that is done, in per cent, rounded down; `None` of nothing.

    100 means that everything is done.
    """
    total = sum(part.total * part.weight for part in parts)
    if total == 0:
        return None
    return sum(part.done * part.weight for part in parts) * ALL // total


def work_done(
    tasks_done: int, tasks: int, deliverables_done: int = 0, deliverables: int = 0
) -> int | None:
    """Give the share of work done, from finished tasks and approved deliverables, in per cent.

    Cancelled tasks belong in neither count. `None` where there is nothing to count.
    """
    return share_done(
        Part(tasks_done, tasks, TASK_WEIGHT),
        Part(deliverables_done, deliverables, DELIVERABLE_WEIGHT),
    )


def standing(done: int | None, passed: int) -> Standing | None:
    """Compare work done with time passed, both in per cent.

    Returns:
        `None` where the work done is not known.
    """
    if done is None:
        return None
    gap = done - passed
    if abs(gap) <= MARGIN:
        return Standing.ON_TIME
    return Standing.AHEAD if gap > 0 else Standing.BEHIND


def slip(due: date, today: date, done_on: date | None = None) -> int:
    """Give the days something came, or is by now, after its date; negative when it came early.

    What is neither done nor due has not slipped: 0.
    """
    if done_on is not None:
        return (done_on - due).days
    return max(0, (today - due).days)


def say_slip(days: int) -> str:
    """Write a slip for people: on time, 3 d late, 2 d early."""
    if days == 0:
        return "on time"
    return f"{days} d late" if days > 0 else f"{-days} d early"


def bar(share: int, width: int = 10, mark: int | None = None) -> str:
    """Draw a bar of cells, with a mark for where it should be by today: ▓▓▓▓▓▓|░░░.

    Full only at 100, empty only at 0; the mark takes the place of a cell.

    Args:
        share: Per cent; below 0 and above 100 are drawn as those.
        width: Cells.
        mark: Per cent, or no mark.
    """
    within = min(max(share, 0), ALL)
    full = (within * width + ALL // 2) // ALL
    if 0 < within < ALL and width > 1:
        full = min(max(full, 1), width - 1)
    cells = [_FULL] * full + [_EMPTY] * (width - full)
    if mark is not None and cells:
        cells[min(max(mark, 0) * width // ALL, width - 1)] = _MARK
    return "".join(cells)
