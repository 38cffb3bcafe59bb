"""In which project months something lies, whether it was planned in months or in days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.timeline import month_of

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.domain.checks.subject import Point, Project, Result, Unit

Months = tuple[int | None, int | None]


def length(project: Project) -> int | None:
    """Give how many months a project lasts: as entered, else from its first and last day."""
    if project.start is not None and project.end is not None:
        return month_of(project.start, project.end)
    return project.months


def of_unit(unit: Unit, start: date | None) -> Months:
    """Give the first and the last month of a part of the work, as far as they are known."""
    return (
        _month(unit.start_month, unit.start, start),
        _month(unit.end_month, unit.end, start),
    )


def of_due(one: Result | Point, start: date | None) -> int | None:
    """Give the month in which something is due."""
    return _month(one.due_month, one.due, start)


def _month(month: int | None, day: date | None, start: date | None) -> int | None:
    if month is not None:
        return month
    return None if day is None or start is None else month_of(start, day)
