"""Pasting: rows from a spreadsheet, taken in as one change."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.kinds import CLOSED_TASKS
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.operations import imports
from ka2tui.operations.import_names import key_of
from ka2tui.operations.import_tables import word_for
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Deliverable, Milestone, Project, Task

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.intake import Intake, Item, Taken

_PLURALS = {
    "work package or activity": "rows of the work plan",
    "line of the log": "lines of the log",
    "act of dissemination": "acts of dissemination",
}


@operation("Paste rows")
def take(
    session: Session, intake: Intake, *, project: int, update: bool = False, today: date
) -> Taken:
    """Take in pasted rows, all of them or none.

    A row that says of a task only its title means the task of that title, wherever it belongs.

    Args:
        intake: What the rows were understood as.
        project: Where they go.
        update: Let the rows win over what is stored; else what is there stays as it is.
        today: Meetings before it count as held.

    Raises:
        Refused: There is no such project.
        Faulty: There is an error in a row; it carries the whole result.
    """
    if session.get(Project, project) is None:
        raise Refused("This project is no longer there.")
    with _meant(session, intake, project):
        taken = imports.take(session, intake, project=project, update=update, today=today)
    kinds = {found.reason for found in taken.added} or {word_for(it.kind) for it in intake.items}
    main = intake.items[0].kind if intake.items else "task"
    count = sum(found.reason == word_for(main) for found in taken.added)
    changed = len({found.row for found in taken.changed})
    word = word_for(main) if kinds else "row"
    number = count or changed
    many = _PLURALS.get(word, f"{word}s")
    what = f"{number} {word if number == 1 else many}"
    say(session, "Paste {what}" if count else "Change {what} from pasted rows", what=what)
    return taken


@contextmanager
def _meant(session: Session, intake: Intake, project: int) -> Iterator[None]:
    """Let rows mean what they were copied from, and be again what they were in the end.

    A task that is named by its title alone is the one of that title that is there, and the last
    day of a project month is that month, where what is there is due in it.
    """
    filled: list[tuple[Item, dict[str, Any]]] = []

    def fill(item: Item, **values: Any) -> None:
        filled.append((item, {name: item.values.get(name, filled) for name in values}))
        item.values.update(values)

    for kind, record in _DUE.items():
        items = intake.of(kind)
        stored = _stored(session, record, project) if items else {}
        for item in items:
            known = stored.get(key_of(item.values.get("code") or ""), [])
            if kind == "task" and not item.values.get("code"):
                known = stored.get(_TITLE + fold(item.values.get("title", "")), [])
                said = "work_unit_id" in item.links or "work_unit_id" in item.values
                if known and not said and all(it.work_unit_id is not None for it in known):
                    fill(item, work_unit_id=known[0].work_unit_id)
            like = next((it for it in known if it.due == item.values.get("due")), None)
            if like is not None and like.due_month and item.values.get("due_month") is None:
                fill(item, due_month=like.due_month, due_precision=like.due_precision)
    try:
        yield
    finally:
        for item, before in reversed(filled):
            for name, value in before.items():
                if value is filled:
                    del item.values[name]
                else:
                    item.values[name] = value


def _stored(session: Session, record: Any, project: int) -> dict[str, list[Any]]:
    """Find what is there by its code, and tasks by their title; what is still to be done first."""
    columns = [record.code, record.title, record.work_unit_id, record.due, record.due_month]
    columns.append(record.due_precision)
    rows = select(*columns).where(record.project_id == project).order_by(record.id)
    if record is Task:
        rows = rows.order_by(None).order_by(Task.state.in_(CLOSED_TASKS), Task.id)
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(rows):
        if row.code:
            found[key_of(row.code)].append(row)
        found[_TITLE + fold(row.title)].append(row)
    return found


_DUE: dict[str, Any] = {"task": Task, "deliverable": Deliverable, "milestone": Milestone}
_TITLE = "\n"
"""Stands before a title among the codes."""
