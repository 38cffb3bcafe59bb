"""The figures of a report on progress, each with the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import OutcomeKind, TaskState
from ka2tui.frozen import frozen
from ka2tui.queries import (
    behind,
    figures,
    progress_evidence,
    progress_groups,
    progress_sharing,
    progress_work,
    tasks,
)
from ka2tui.store.records import MeetingOutcome

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.queries.behind import BehindRow
    from ka2tui.queries.progress import Progress
    from ka2tui.queries.progress_work import Tally
    from ka2tui.queries.tasks import TaskRow

OF_PAGES = tuple(name for name in figures.SOURCES if name not in {"tasks", "phase"})
"""What tells the figures of pages; those of tasks are counted here by period."""


@frozen
class Traced:
    """A figure with the rows behind it."""

    figure: Figure
    rows: tuple[BehindRow, ...]


def traced(
    session: Session, project: int, seen: Progress, *, own: Path | None = None
) -> Mapping[str, Traced]:
    """Give the figures that a report on progress can cite, by name, with their rows.

    Args:
        session: Of the database.
        project: Whose.
        seen: What the report tells.
        own: The user's folder of words and numbers.
    """
    every = [
        *figures.listed(session, project, OF_PAGES, today=seen.today, own=own),
        *_tasks(session, project, seen),
        *_promised(seen),
        *_decided(session, seen),
        *progress_sharing.figures(seen.sharing),
        *progress_evidence.figures(seen.evidence),
    ]
    told = behind.several(session, [each.trace for each in every], today=None)
    groups = progress_groups.named(session, (row for rows in told for row in rows))
    return {
        figure.name: Traced(
            figure, tuple(replace(row, group=groups.get((row.table, row.id), "")) for row in rows)
        )
        for figure, rows in zip(every, told, strict=True)
    }


# -- tasks


def _tasks(session: Session, project: int, seen: Progress) -> Iterator[Figure]:
    """Give the tasks by state, by part of the plan and by partner."""
    work = tasks.listed(session, project, all=True).rows
    yield from _states(seen.tasks, work)
    yield from _tallied("tasks", "", seen.tasks, work, seen)
    inside: dict[str | None, set[str | None]] = {
        unit.row.code: {unit.row.code} for unit in seen.units
    }
    for unit in seen.units:
        if unit.row.parent is not None:
            inside[unit.row.parent].add(unit.row.code)
    for unit in seen.units:
        code = unit.row.code
        mine = [row for row in work if row.work_unit in inside[code]]
        yield from _tallied(f"tasks.part.{code}", f" in {code}", unit.tasks, mine, seen)
    loose = [row for row in work if row.work_unit_id is None]
    where = " in no part of the plan"
    yield from _tallied("tasks.part", where, seen.loose, loose, seen)
    called = {one.id: one.called for one in seen.partners}
    for by in seen.by_partner:
        mine = [row for row in work if called.get(row.partner_id or 0) == by.partner]
        whose = f" of {by.partner}" if by.partner else " of no partner"
        name = f"tasks.partner.{by.partner}" if by.partner else "tasks.partner"
        yield from _tallied(name, whose, by.tasks, mine, seen)


def _states(tally: Tally, work: Iterable[TaskRow]) -> Iterator[Figure]:
    ids = [(row.id, row.state) for row in work]
    every = Trace.rows("task", [row for row, _ in ids])
    yield Figure("tasks.all", "Tasks, those cancelled included", tally.total, every)
    for state, value in (
        (TaskState.OPEN, tally.open),
        (TaskState.DOING, tally.doing),
        (TaskState.WAITING, tally.waiting),
        (TaskState.CANCELLED, tally.cancelled),
    ):
        trace = Trace.rows("task", [row for row, its in ids if its is state])
        yield Figure(f"tasks.state.{state.value}", f"Tasks {state.word}", value, trace)


def _tallied(
    name: str, whose: str, tally: Tally, work: Iterable[TaskRow], seen: Progress
) -> Iterator[Figure]:
    """Give what a table of tasks says in a line."""
    rows = list(work)
    wanted: tuple[tuple[str, str, int, Callable[[TaskRow], bool]], ...] = (
        ("to_do", "Tasks to be done", tally.to_do, lambda row: not row.state.closed),
        ("late", "Tasks late", tally.late, lambda row: progress_work.is_late(row, seen.today)),
        ("finished", "Tasks finished in the period", tally.finished,
         lambda row: progress_work.finished_in(row, seen.period)),
        ("done", "Tasks done in all", tally.done, lambda row: row.state is TaskState.DONE),
    )  # fmt: skip
    for key, title, value, fits in wanted:
        trace = Trace.rows("task", [row.id for row in rows if fits(row)])
        yield Figure(f"{name}.{key}", f"{title}{whose}", value, trace)


# -- what was promised


def _promised(seen: Progress) -> Iterator[Figure]:
    """Give the deliverables and milestones by how they stand."""
    for table, word, done, rows in (
        ("deliverable", "Deliverables", "accepted",
         [(one.row.id, one.row.state.done, one.in_period, one.row.late)
          for one in seen.deliverables]),
        ("milestone", "Milestones", "reached",
         [(one.row.id, one.row.reached_on is not None, one.in_period, one.row.late)
          for one in seen.milestones]),
    ):  # fmt: skip
        for key, title, ids in (
            ("all", f"{word} planned", [it[0] for it in rows]),
            ("done", f"{word} {done}", [it[0] for it in rows if it[1]]),
            ("in_period", f"{word} {done} in the period", [it[0] for it in rows if it[2]]),
            ("late", f"{word} late", [it[0] for it in rows if it[3]]),
        ):
            yield Figure(f"{table}s.{key}", title, len(ids), Trace.rows(table, ids))


def _decided(session: Session, seen: Progress) -> Iterator[Figure]:
    """Give the meetings of the period that were held, and what was decided in them."""
    held = [one.row.id for one in seen.meetings if one.held]
    name, title = "meetings.held", "Meetings held in the period"
    yield Figure(name, title, len(held), Trace.rows("meeting", held))
    decided = select(MeetingOutcome.id).where(
        MeetingOutcome.meeting_id.in_(held), MeetingOutcome.kind == OutcomeKind.DECISION
    )
    count = sum(len(one.decisions) for one in seen.meetings if one.held)
    rows = session.scalars(decided.order_by(MeetingOutcome.meeting_id, MeetingOutcome.position))
    trace = Trace.rows("outcome", rows)
    yield Figure("meetings.decided", "Decisions taken in them", count, trace)
