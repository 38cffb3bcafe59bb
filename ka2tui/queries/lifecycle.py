"""The way: the six phases of a project, when they lie, and what is open before going on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, or_, select

from ka2tui.domain import going_on, lifecycle
from ka2tui.domain.going_on import Standing
from ka2tui.domain.kinds import CLOSED_TASKS, PhaseKind, PhaseState
from ka2tui.domain.progress import Part, share_done
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.domain.timeline import month_of
from ka2tui.frozen import frozen
from ka2tui.queries import checklists, deliverables
from ka2tui.store.records import Phase, PhaseStep, Project, Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Row
    from sqlalchemy.orm import Session


@frozen
class StepView:
    """One step of a phase."""

    id: int
    code: str | None
    title: str
    hint: str | None
    done_on: date | None


@frozen
class PhaseView:
    """One phase of one project."""

    id: int
    kind: PhaseKind
    title: str
    state: PhaseState
    aim: str
    result: str
    overlap: str
    brings: tuple[str, ...]
    documents: tuple[str, ...]
    why: str
    """Why one looks at what is open before going on."""
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None
    minimum: int | None
    """The own estimate wanted before going on."""
    steps: tuple[StepView, ...]
    checklists: tuple[Standing, ...]
    still_open: tuple[str, ...]
    """What is open before going on, in words; nothing once that is done."""
    override_reason: str | None
    override_open: str | None
    notes: str | None

    @property
    def first(self) -> date | None:
        """The first day as it came, else as planned."""
        return self.actual_start or self.planned_start

    @property
    def last(self) -> date | None:
        """The last day as it came, else as planned."""
        return self.actual_end or self.planned_end

    @property
    def steps_done(self) -> int:
        """How many steps are done."""
        return sum(step.done_on is not None for step in self.steps)

    @property
    def percent(self) -> int | None:
        """Share of the steps that are done; None where there are none."""
        return share_done(Part(self.steps_done, len(self.steps)))

    @property
    def before_our_time(self) -> bool:
        """Whether it was over, by its dates, when the project was entered here."""
        return self.state is PhaseState.DONE and self.actual_end is None


@frozen
class Way:
    """The six phases of a project."""

    project: int
    start: date | None
    end: date | None
    months: int | None
    month: int | None
    """The project month of today; 0 or less before the start."""
    current: PhaseKind
    phases: tuple[PhaseView, ...]

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day of everything dated, for a picture; None where nothing is."""
        days = [
            day
            for phase in self.phases
            for day in (phase.first, phase.last, phase.planned_start, phase.planned_end)
            if day is not None
        ] + [day for day in (self.start, self.end) if day is not None]
        return (min(days), max(days)) if days else None


def way(session: Session, project: int, *, today: date, own: Path | None = None) -> Way:
    """Give the six phases of a project, in their order.

    Args:
        own: The user's folder of words and numbers.

    Raises:
        Refused: There is no such project.
    """
    said = select(Project.start, Project.end, Project.months).where(Project.id == project)
    found = session.execute(said).one_or_none()
    if found is None:
        raise Refused(f"There is no project {project} any more.")
    described = {phase.kind: phase for phase in lifecycle.load(own)}
    rows = session.execute(select(Phase.__table__).where(Phase.project_id == project)).all()
    steps: dict[int, list[Row[Any]]] = {row.id: [] for row in rows}
    in_order = (PhaseStep.position, PhaseStep.id)
    own_steps = select(PhaseStep.__table__).where(PhaseStep.project_id == project)
    for step in session.execute(own_steps.order_by(*in_order)):
        steps[step.phase_id].append(step)
    order = list(PhaseKind)
    standing = _standings(checklists.overview(session, project, own=own))
    phases = [
        _view(row, steps[row.id], described[row.kind], standing)
        for row in sorted(rows, key=lambda row: order.index(row.kind))
    ]
    return Way(
        project=project,
        start=found.start,
        end=found.end,
        months=found.months,
        month=None if found.start is None else month_of(found.start, today),
        current=lifecycle.current({row.kind: row.state for row in rows}),
        phases=tuple(phases),
    )


def open_work(session: Session, project: int, kind: PhaseKind, *, today: date) -> tuple[str, ...]:
    """Tell in words what of the work is open in a phase: tasks, and results that are late.

    Work of no named phase, and results, belong to the implementation.
    """
    running = kind is PhaseKind.IMPLEMENTATION
    mine = or_(Task.phase == kind, Task.phase.is_(None)) if running else Task.phase == kind
    late = func.sum(case((Task.due < today, 1), else_=0))
    still = select(func.count(Task.id), late).where(
        Task.project_id == project, Task.state.not_in(CLOSED_TASKS), mine
    )
    tasks, tasks_late = session.execute(still).one()
    results = deliverables.listed(session, project, today=today) if running else ()
    return going_on.work_open(tasks, tasks_late or 0, [row.code for row in results if row.late])


def find_phase(session: Session, project: int, said: str) -> int:
    """Give the id of a phase that is named by its kind or title.

    Raises:
        Refused: There is none of that name.
    """
    wanted = fold(said)
    rows = session.execute(select(Phase.id, Phase.kind).where(Phase.project_id == project)).all()
    for row in rows:
        if wanted in (row.kind.value, fold(row.kind.word)):
            return int(row.id)
    raise Refused(f"There is no phase {said}: they are {', '.join(PhaseKind)}.")


def _standings(
    rows: Sequence[checklists.ChecklistRow],
) -> Mapping[str, Standing]:
    """Tell of each checklist which own estimate counts."""
    return {
        row.id: Standing(
            row.id,
            row.title,
            row.telling,
            None if row.last is None else row.last.score,
        )
        for row in rows
    }


def _view(
    row: Row[Any],
    steps: Sequence[Row[Any]],
    described: lifecycle.Phase,
    standing: Mapping[str, Standing],
) -> PhaseView:
    mine = tuple(standing.get(name) or Standing(name, name, None) for name in described.checklists)
    asked = [
        standing.get(name) or Standing(name, name, None) for name in described.before.checklists
    ]
    return PhaseView(
        id=row.id,
        kind=row.kind,
        title=described.title,
        state=row.state,
        aim=described.aim,
        result=described.result,
        overlap=described.overlap,
        brings=described.brings,
        documents=described.documents,
        why=described.before.why,
        planned_start=row.planned_start,
        planned_end=row.planned_end,
        actual_start=row.actual_start,
        actual_end=row.actual_end,
        minimum=row.gate_minimum,
        steps=tuple(
            StepView(step.id, step.code, step.title, step.hint, step.done_on) for step in steps
        ),
        checklists=mine,
        still_open=_still_open(row, steps, asked),
        override_reason=row.override_reason,
        override_open=row.override_open,
        notes=row.notes,
    )


def _still_open(
    row: Row[Any], steps: Sequence[Row[Any]], asked: Sequence[Standing]
) -> tuple[str, ...]:
    if row.state is PhaseState.DONE:
        return ()
    done = [(step.title, step.done_on is not None) for step in steps]
    return going_on.still_open(done, asked, row.gate_minimum)
