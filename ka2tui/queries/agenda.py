"""The agenda: one list over everything that is due, day by day, what is late on top."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.queries import deadlines, due_items, due_registers, tasks
from ka2tui.store.records import Project

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.queries.due_items import Item

USUAL = 14
"""Days ahead, today counted, that are shown where nobody says another number."""

MOST = 3660
"""Days beyond which no agenda looks."""


@frozen
class Agenda:
    """Everything that is due in a stretch of days."""

    day: date
    last: date
    """The last day shown."""
    project: str | None
    """The acronym; None for all projects."""
    items: tuple[Item, ...]
    """By day, then by hour."""

    @property
    def late(self) -> tuple[Item, ...]:
        """What should be over by now."""
        return tuple(item for item in self.items if _day(item) < self.day)

    @property
    def by_day(self) -> tuple[tuple[date, tuple[Item, ...]], ...]:
        """What is to come, day by day; days without anything are left out."""
        coming = [item for item in self.items if _day(item) >= self.day]
        return tuple((day, tuple(items)) for day, items in groupby(coming, _day))


def agenda(
    session: Session,
    project: int | None,
    day: date,
    *,
    ahead: int = USUAL,
    own: Path | None = None,
) -> Agenda:
    """List what is due by a day: tasks, deliverables, milestones, meetings, payments, dates.

    Args:
        project: None for all projects.
        day: Today.
        ahead: How many days, today counted.
        own: The user's folder of words and numbers.

    Raises:
        Refused: There is no such project, or the number of days cannot be.
    """
    if not 1 <= ahead <= MOST:
        raise Refused(f"An agenda looks 1 to {MOST} days ahead, not {ahead}.")
    acronym = None
    if project is not None:
        acronym = session.scalar(select(Project.acronym).where(Project.id == project))
        if acronym is None:
            raise Refused(f"There is no project {project} any more.")
    last = day + timedelta(days=ahead - 1)
    whose = due_items.owners(session, project)
    dates = deadlines.listed(session, project, today=day, own=own)
    items = [
        *due_items.of_tasks(session, whose, tasks.due_by(session, project, last)),
        *due_items.deliverables(session, whose, last),
        *due_items.reviews(session, whose, last),
        *due_items.milestones(session, whose, last),
        *due_items.meetings(session, whose, day, last),
        *due_items.phases(session, whose, last),
        *due_items.payments(session, whose, last),
        *due_registers.every(session, whose, last),
        *deadlines.items(dates, day, last, named=project is None),
    ]
    items.sort(key=lambda item: item.order)
    return Agenda(day, last, acronym, tuple(items))


def _day(item: Item) -> date:
    """Give the day an item stands under; everything in an agenda has one."""
    if item.due is None:
        raise ValueError("an agenda holds nothing without a day")
    return item.due
