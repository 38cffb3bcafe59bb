"""Today: what is late, what is due, who you are waiting for, and what comes next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain import lifecycle, progress
from ka2tui.domain.kinds import PhaseKind, PhaseState
from ka2tui.domain.progress import Part
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.queries import deadlines, due_items, due_registers, tasks
from ka2tui.queries.due_items import Item as Item  # noqa: PLC0414 - it is named from here too
from ka2tui.queries.next_meeting import NextMeeting as NextMeeting  # noqa: PLC0414 - as above
from ka2tui.queries.next_meeting import next_meeting
from ka2tui.store.records import Phase, PhaseStep, Project

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.queries.deadlines import ProjectDeadlines

SOON = 7
"""Days ahead within which something counts as due soon."""


@frozen
class PhaseLine:
    """One phase of the way."""

    kind: PhaseKind
    state: PhaseState
    done: int | None
    """Share of its steps that is done, in per cent."""
    passed: int | None
    """Share of its planned time that has passed, in per cent."""
    steps: int
    steps_done: int


@frozen
class Today:
    """A project on one day, or all projects."""

    day: date
    project_id: int | None
    """None: all projects."""
    project: str | None
    start: date | None
    """The first day of the project."""
    phase: PhaseKind | None
    overdue: tuple[Item, ...]
    due_soon: tuple[Item, ...]
    later: int
    """Tasks that are open and not in the two lists."""
    undated: int
    """How many of them have no date."""
    waiting: tuple[Item, ...]
    next_meeting: NextMeeting | None
    phases: tuple[PhaseLine, ...]
    """None of them where all projects are shown."""
    deadlines: tuple[ProjectDeadlines, ...]
    """Of the project, or of each."""
    answers: tuple[Item, ...] = ()
    """The letters to be answered before long, or late."""

    @property
    def left_out(self) -> str:
        """Say, after their number, what the open tasks are that are not in the two lists."""
        tasks = "task" if self.later == 1 else "tasks"
        if not self.undated:
            return f"{tasks} later"
        return (
            f"{tasks} without a date" if self.undated == self.later else f"{tasks} later or undated"
        )


def today(
    session: Session,
    project: int | None,
    day: date,
    *,
    own: Path | None = None,
    ahead: int = SOON,
) -> Today:
    """Tell what matters in a project on a day, or in all of them.

    Args:
        project: None for all projects.
        own: The user's folder of words and numbers.
        ahead: Days within which something counts as due soon.

    Raises:
        Refused: There is no such project.
    """
    found = None
    if project is not None:
        named = select(Project.acronym, Project.start).where(Project.id == project)
        found = session.execute(named).one_or_none()
        if found is None:
            raise Refused(f"There is no project {project} any more.")
    last = day + timedelta(days=ahead)
    whose = due_items.owners(session, project)
    near = tasks.due_by(session, project, last)
    items = [
        *due_items.of_tasks(session, whose, near),
        *due_items.deliverables(session, whose, last),
        *due_items.milestones(session, whose, last),
    ]
    items.sort(key=lambda item: item.order)
    still_open, undated = tasks.count_open(session, project)
    waiting = tasks.waiting(session, project)
    meeting = next_meeting(session, whose, day)
    phases = _phases(session, project, day) if project is not None else ()
    dates = deadlines.listed(session, project, today=day, own=own)
    close = day + timedelta(days=deadlines.NEAR)
    answers = (item for item in due_registers.letters(session, whose, close) if not item.name)
    return Today(
        day=day,
        project_id=project,
        project=None if found is None else found.acronym,
        start=None if found is None else found.start,
        phase=lifecycle.current({one.kind: one.state for one in phases}) if phases else None,
        overdue=tuple(item for item in items if item.due is not None and item.due < day),
        due_soon=tuple(item for item in items if item.due is not None and item.due >= day),
        later=still_open - len(near),
        undated=undated,
        waiting=tuple(due_items.of_tasks(session, whose, waiting)),
        next_meeting=meeting,
        phases=phases,
        deadlines=dates,
        answers=tuple(sorted(answers, key=lambda item: item.order)),
    )


def _phases(session: Session, project: int, day: date) -> tuple[PhaseLine, ...]:
    """Tell how far each phase is, from its steps, and how much of its time is gone."""
    phases = session.execute(
        select(Phase.id, Phase.kind, Phase.state, Phase.planned_start, Phase.planned_end).where(
            Phase.project_id == project
        )
    ).all()
    steps = {
        row[0]: (row[1], row[2])
        for row in session.execute(
            select(PhaseStep.phase_id, func.count(PhaseStep.id), func.count(PhaseStep.done_on))
            .where(PhaseStep.project_id == project)
            .group_by(PhaseStep.phase_id)
        )
    }
    order = list(PhaseKind)
    lines = []
    for key, kind, state, first, last in sorted(phases, key=lambda row: order.index(row.kind)):
        total, done = steps.get(key, (0, 0))
        passed = progress.elapsed(first, last, day) if first and last else None
        share = progress.share_done(Part(done, total))
        lines.append(PhaseLine(kind, state, share, passed, total, done))
    return tuple(lines)
