"""Problems: what the checks find in a project, the heaviest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ka2tui.domain.checks import catalogue, work_plan
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.checks.subject import Subject
from ka2tui.domain.problem import Found, Severity
from ka2tui.queries import checked

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.problem import Problem

AREAS: dict[str, Callable[[Subject, Any], Iterable[Found]]] = {
    "work_plan": work_plan.found,
}
"""What looks at each area, by the name of its file of checks; given the rules of the action."""


@dataclass(frozen=True, slots=True)
class Problems:
    """What the checks found in one project."""

    stage: Stage
    rows: tuple[Problem, ...]
    """What counts, the heaviest first."""
    set_aside: tuple[Problem, ...] = ()
    """What somebody has set aside, each with the reason."""

    @property
    def errors(self) -> int:
        """How many findings are against a rule."""
        return self.count(Severity.ERROR)

    def count(self, severity: Severity) -> int:
        """Count what weighs so much."""
        return sum(each.severity is severity for each in self.rows)

    def about(self, table: str, record: int) -> tuple[Problem, ...]:
        """Give what was found about one record."""
        return tuple(each for each in self.rows if (each.about, each.id) == (table, record))


def problems(
    session: Session,
    project: int,
    *,
    today: date,
    own: Path | None = None,  # noqa: ARG001 - the rules of the call are read with it
    stage: Stage | None = None,
) -> Problems:
    """Check a project.

    Args:
        session: Of the database.
        project: Which one.
        today: The day it is looked at.
        own: The user's folder of words and numbers.
        stage: Check it as if it stood there; without one, where it stands that day.
    """
    subject = checked.subject(session, project, today=today, stage=stage)
    rules = None
    told = [
        catalogue.told(each)
        for look in AREAS.values()
        for each in look(subject, rules)
        if catalogue.matters(each, subject.stage)
    ]
    told.sort(key=lambda each: (each.severity.weight, each.number))
    return Problems(subject.stage, tuple(told))
