"""What is worth a look on a day: what the checks find, in brief, the heaviest first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from ka2tui.domain.checks.brief import brief
from ka2tui.frozen import frozen
from ka2tui.queries.problems import problems

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.checks.brief import Brief
    from ka2tui.domain.problem import Problem

TOLD_ELSEWHERE = frozenset({211, 610, 625, 801, 804, 808})
"""Checks of dates that Today has in its other lists: what is late, and the deadlines."""


@frozen
class Look:
    """Something worth a look, of one project."""

    brief: Brief
    project_id: int
    project: str | None = None
    """The acronym of whose it is, where several projects stand together."""

    @property
    def key(self) -> int:
        """A number that stays with what it is about while the list changes."""
        it = self.brief
        return crc32(f"{self.project_id} {it.number} {it.about} {it.id}".encode())


@frozen
class Looks:
    """What the checks find in one project."""

    rows: tuple[Look, ...]
    """In brief, the heaviest first, without what Today tells elsewhere."""
    problems: tuple[Problem, ...]
    """Every finding that counts."""


def looks(
    session: Session,
    project: int,
    *,
    today: date,
    own: Path | None = None,
    named: str | None = None,
) -> Looks:
    """Find what is worth a look in a project.

    Args:
        session: Of the database.
        project: Which one.
        today: The day it is looked at.
        own: The user's folder of words and numbers.
        named: Its acronym, where several projects stand together.
    """
    found = problems(session, project, today=today, own=own).rows
    shown = (one for one in found if one.number not in TOLD_ELSEWHERE)
    return Looks(tuple(Look(one, project, named) for one in brief(shown)), found)
