"""Tasks within tasks as a page shows them: the tree, what is below, where a task can be moved."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ka2tui.tui.pages import task_verbs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ka2tui.queries.task_row import TaskRow


def as_tree(
    rows: Sequence[TaskRow], kept: Collection[int] | None, *, first_of_branch: bool = True
) -> tuple[list[TaskRow], dict[int, int]]:
    """Put parts below their task, and give how deep each stands.

    Args:
        rows: In the order wanted.
        kept: The ids that are shown, with what they are part of; None: all.
        first_of_branch: Whether a branch stands where the first of it would stand, else where
            the task itself would.
    """
    known = {row.id: row for row in rows}
    place: dict[int, int] = {}
    for at, row in enumerate(rows):
        if kept is not None and row.id not in kept:
            continue
        each: TaskRow | None = row
        seen: set[int] = set()
        while each is not None and each.id not in place and each.id not in seen:
            seen.add(each.id)
            place[each.id] = at
            each = None if each.parent_id is None else known.get(each.parent_id)
    if first_of_branch:
        shown = sorted((known[key] for key in place), key=lambda row: place[row.id])
    else:
        shown = [row for row in rows if row.id in place]
    parts: dict[int | None, list[TaskRow]] = defaultdict(list)
    for row in shown:
        parent = row.parent_id if row.parent_id in place else None
        parts[parent].append(row)
    arranged: list[TaskRow] = []
    depth: dict[int, int] = {}
    ahead = [(row, 0) for row in reversed(parts[None])]
    while ahead:
        row, level = ahead.pop()
        arranged.append(row)
        depth[row.id] = level
        ahead += [(part, level + 1) for part in reversed(parts[row.id])]
    return arranged, depth


def below(rows: Sequence[TaskRow], chosen: Sequence[TaskRow]) -> list[TaskRow]:
    """Give everything below tasks that is not among them."""
    parts: dict[int, list[TaskRow]] = defaultdict(list)
    for row in rows:
        if row.parent_id is not None:
            parts[row.parent_id].append(row)
    found: dict[int, TaskRow] = {}
    ahead = [row.id for row in chosen]
    while ahead:
        new = [part for part in parts[ahead.pop()] if part.id not in found]
        found |= {part.id: part for part in new}
        ahead += [part.id for part in new]
    given = {row.id for row in chosen}
    return [row for row in found.values() if row.id not in given]


def open_below(rows: Sequence[TaskRow], chosen: Sequence[TaskRow]) -> list[TaskRow]:
    """Give what is still open below tasks that are open."""
    still = [row for row in chosen if not task_verbs.is_closed(row)]
    return [row for row in below(rows, still) if not task_verbs.is_closed(row)]


def sister(shown: Sequence[TaskRow], chosen: Sequence[TaskRow], step: int) -> TaskRow | None:
    """Give the task that chosen ones move past: the next of the same parent that is not chosen.

    Args:
        shown: The tree, or a list.
        chosen: In their order there; all of them move to the place of the outermost.
        step: -1: up, 1: down.
    """
    first = chosen[0] if step < 0 else chosen[-1]
    given = {row.id for row in chosen}
    sisters = [row for row in shown if row.parent_id == first.parent_id]
    at = next(place for place, row in enumerate(sisters) if row.id == first.id) + step
    while 0 <= at < len(sisters):
        if sisters[at].id not in given:
            return sisters[at]
        at += step
    return None


def above(shown: Sequence[TaskRow], row: TaskRow) -> TaskRow | None:
    """Give the task before this one that is part of the same."""
    return sister(shown, [row], -1)
