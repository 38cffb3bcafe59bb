"""Pasting: rows from a spreadsheet, taken in as one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.refusal import Refused
from ka2tui.operations import imports
from ka2tui.operations.import_tables import word_for
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Project

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.intake import Intake, Taken

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
        today: The day they are pasted on.

    Raises:
        Refused: There is no such project.
        Faulty: There is an error in a row; it carries the whole result.
    """
    if session.get(Project, project) is None:
        raise Refused("This project is no longer there.")
    taken = imports.take(session, intake, project=project, update=update, copied=True, today=today)
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
