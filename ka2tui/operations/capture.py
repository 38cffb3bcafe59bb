"""Capture: a task that was typed in one line, with what it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.operations import dependencies, tasks
from ka2tui.store.operation import operation, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


@operation("Add task")
def add(
    session: Session, /, project: int, title: str, *, needs: Iterable[int] = (), **values: Any
) -> int:
    """Add a task, and let it wait for others, as one step.

    Args:
        needs: The ids of the tasks it waits for.
        values: As `tasks.add` takes them.

    Returns:
        Its id.

    Raises:
        Refused: A value cannot be.
    """
    made = tasks.add(session, project, title, **values)
    for each in needs:
        dependencies.link(session, made, each)
    say(session, "Add task “{title}”", title=" ".join(title.split()))
    return made
