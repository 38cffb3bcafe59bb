"""The orders in which tasks can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ka2tui.queries.task_row import TaskRow

_PRIORITIES: tuple[str, ...] = ("high", "normal", "low")
_STATES: tuple[str, ...] = ("doing", "open", "waiting", "done", "cancelled")


@frozen
class Order:
    """One order."""

    name: str
    said: str
    key: Callable[[TaskRow], Any] | None = None
    """None: the order in which they are read, or one that needs to be known more for."""


BY_DUE = Order("due", "by due date")
BY_URGENCY = Order("urgency", "by urgency")
BY_HAND = Order("hand", "as arranged", lambda row: (row.position, row.id))

ORDERS: tuple[Order, ...] = (
    BY_DUE,
    BY_URGENCY,
    Order("priority", "by priority", lambda row: _PRIORITIES.index(row.priority)),
    Order("who", "by who does it", lambda row: (row.assignee is None, fold(row.assignee or ""))),
    Order(
        "work", "by work package", lambda row: (row.work_unit is None, fold(row.work_unit or ""))
    ),
    Order("title", "by title", lambda row: fold(row.title)),
    Order("code", "by code", lambda row: (row.code is None, natural(row.code or ""))),
    Order("state", "by state", lambda row: _STATES.index(row.state)),
    BY_HAND,
)


def arranged(rows: Sequence[TaskRow], order: Order, scores: Mapping[int, int]) -> Sequence[TaskRow]:
    """Give tasks, read by due date, in an order.

    Args:
        rows: By due date.
        order: Which one.
        scores: How urgent each is, where that is known.
    """
    if order is BY_URGENCY:
        return sorted(rows, key=lambda row: (row.state.closed, -scores.get(row.id, 0)))
    return rows if order.key is None else sorted(rows, key=order.key)


def natural(text: str) -> tuple[Any, ...]:
    """Sort T2.10 after T2.9."""
    parts: list[Any] = []
    for piece in fold(text).replace(".", " . ").split():
        digits = piece.lstrip("abcdefghijklmnopqrstuvwxyz")
        head = piece[: len(piece) - len(digits)]
        parts.append((head, int(digits) if digits.isdecimal() else 0, piece))
    return tuple(parts)
