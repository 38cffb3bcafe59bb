"""The first tasks of a project, read while the database library is still being loaded.

What is answered here is what `tasks.listed` answers, or nothing at all; a test holds one against
the other. It shows tasks at the start of the app and serves nothing else.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from ka2tui.domain.kinds import CLOSED_TASKS, Precision, Priority, TaskState
from ka2tui.domain.text import fold
from ka2tui.queries.task_row import TaskList, TaskRow
from ka2tui.store import first_look

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

T = TypeVar("T")

_CLOSED = ", ".join(f"'{state}'" for state in CLOSED_TASKS)

_OWN = ", ".join(f"task.{column}" for column in TaskRow._fields[:16])

_TASKS = f"""
    SELECT {_OWN}, coalesce(partner.acronym, partner.name), contact.name, work_unit.code
    FROM task
    LEFT JOIN partner ON partner.id = task.partner_id
    LEFT JOIN contact ON contact.id = task.contact_id
    LEFT JOIN work_unit ON work_unit.id = task.work_unit_id
    WHERE task.id IN (
        SELECT id FROM task
        WHERE project_id = ? AND state NOT IN ({_CLOSED})
        ORDER BY due IS NULL, due, id
        LIMIT ?
    )
    ORDER BY task.due IS NULL, task.due, task.id
"""  # noqa: S608 - every name in it is ours


def tasks(place: str, project: int | None, limit: int) -> TaskList | None:
    """List the first tasks of a project that are still to be done, as `tasks.listed` does.

    Args:
        place: The database.
        project: Its id; None: the one that the app begins with.
        limit: At most so many.

    Returns:
        None where they cannot be read like this; the database itself then says more.
    """
    try:
        with first_look.looking(place) as raw:
            which = _first(raw) if project is None else project
            return _listed(raw, which, limit)
    except (first_look.NothingSeen, KeyError, ValueError):
        return None


def _first(raw: sqlite3.Connection) -> int:
    """Give the project that the app begins with: the first by its acronym."""
    projects = raw.execute("SELECT id, acronym FROM project").fetchall()
    if not projects:
        raise first_look.NothingSeen
    return int(min(projects, key=lambda it: (fold(it[1]), it[0]))[0])


def _listed(raw: sqlite3.Connection, project: int, limit: int) -> TaskList:
    found = raw.execute(_TASKS, (project, limit)).fetchall()
    query = f"SELECT count(*) FROM task WHERE project_id = ? AND state IN ({_CLOSED})"  # noqa: S608
    (closed,) = raw.execute(query, (project,)).fetchone()
    tags: dict[int, tuple[str, ...]] = {}
    marks = ", ".join("?" * len(found))
    named = f"SELECT task_id, name FROM tag WHERE task_id IN ({marks}) ORDER BY id"  # noqa: S608
    for task, name in raw.execute(named, [row[0] for row in found]):
        tags[task] = (*tags.get(task, ()), name)
    return TaskList(tuple(_row(row, tags.get(row[0], ())) for row in found), closed)


def _row(values: tuple[Any, ...], tags: tuple[str, ...]) -> TaskRow:
    row = TaskRow._make((*values, tags))
    return row._replace(
        state=TaskState(row.state),
        due=_made(date.fromisoformat, row.due),
        due_precision=Precision(row.due_precision),
        priority=Priority(row.priority),
        waiting_since=_made(date.fromisoformat, row.waiting_since),
        finished_on=_made(date.fromisoformat, row.finished_on),
    )


def _made(make: Callable[[str], T], stored: Any) -> T | None:
    return None if stored is None else make(stored)
