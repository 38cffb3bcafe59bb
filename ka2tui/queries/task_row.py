"""A task as a list shows it: the values alone, known without the database library."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ka2tui.domain.kinds import Precision, Priority, TaskState
from ka2tui.frozen import frozen


class TaskRow(NamedTuple):
    """A task in a list; a tuple, because ten thousand of them are made at once."""

    id: int
    code: str | None
    title: str
    state: TaskState
    due: date | None
    due_month: int | None
    due_precision: Precision
    priority: Priority
    partner_id: int | None
    contact_id: int | None
    work_unit_id: int | None
    parent_id: int | None
    position: int
    recurrence: str | None
    waiting_since: date | None
    finished_on: date | None
    partner: str | None
    """The acronym of who does it, else the name."""
    contact: str | None
    """The person who does it."""
    work_unit: str | None
    """The code of the work package, activity or heading."""
    tags: tuple[str, ...]

    @property
    def assignee(self) -> str | None:
        """Who does it: the person where one is named, else the partner."""
        return self.contact or self.partner


@frozen
class TaskList:
    """Tasks in order, and how many are not among them because they are done or cancelled."""

    rows: tuple[TaskRow, ...]
    closed: int
