"""An action of some minutes and its task are one thing: what renames the one renames the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.text import clean
from ka2tui.store.records import MeetingOutcome, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def follow_line(session: Session, line: MeetingOutcome, was: str) -> None:
    """Rename the task of an action after its line, unless it has a name of its own by now.

    Args:
        session: Where both are.
        line: With its new text.
        was: The text before.
    """
    for task in session.scalars(select(Task).where(Task.outcome_id == line.id)):
        if task.title == clean(was):
            task.title = clean(line.text)


def follow_task(session: Session, task: Task, was: str) -> None:
    """Reword the line that a task came from after its title, while the minutes were not sent.

    Minutes that went out say what they said; and a line with words of its own keeps them.

    Args:
        session: Where both are.
        task: With its new title.
        was: The title before.
    """
    if task.outcome_id is None or task.title == was:
        return
    line = session.get_one(MeetingOutcome, task.outcome_id)
    if clean(line.text) == was and line.meeting.minutes_sent_on is None:
        line.text = task.title
