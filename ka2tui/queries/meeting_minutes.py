"""The agenda and the minutes of a meeting, and what earlier ones left undone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.kinds import CLOSED_TASKS, MeetingState, OutcomeKind
from ka2tui.domain.running import Stretch
from ka2tui.frozen import frozen
from ka2tui.queries import tasks
from ka2tui.store.records import AgendaItem, Meeting, MeetingOutcome, Task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.queries.tasks import TaskRow


@frozen
class ItemRow:
    """A point of an agenda."""

    id: int
    title: str
    presenter: str | None
    minutes_planned: int | None
    notes: str | None
    outcomes: int
    """Lines of minutes to it."""
    time: Stretch
    """What it was given, and what it took."""


@frozen
class OutcomeRow:
    """A line of minutes."""

    id: int
    kind: OutcomeKind
    text: str
    item_id: int | None
    """The point of the agenda it belongs to."""
    task: TaskRow | None
    """The task an action became; None where it was removed."""


@frozen
class CarriedRow:
    """An action of an earlier meeting that is not finished."""

    meeting_id: int
    meeting: str
    day: date | None
    task: TaskRow
    times: int
    """How many meetings have found it open since: once means the one right after."""


def carried(session: Session, meeting: int) -> tuple[CarriedRow, ...]:
    """List the unfinished actions of earlier meetings of the same project, oldest first.

    Those of a series go from one of its meetings to the next, and are counted so: other series
    keep theirs to themselves.
    """
    project, day, number, series = session.execute(
        select(Meeting.project_id, Meeting.day, Meeting.id, Meeting.series).where(
            Meeting.id == meeting
        )
    ).one()
    earlier = (
        select(Meeting.id, Meeting.title, Meeting.day, Task.id, Meeting.series)
        .join(MeetingOutcome.__table__, MeetingOutcome.meeting_id == Meeting.id)
        .join(Task.__table__, Task.outcome_id == MeetingOutcome.id)
        .where(
            Meeting.project_id == project,
            Meeting.id != number,
            Meeting.state != MeetingState.CANCELLED,
            Task.state.not_in(CLOSED_TASKS),
        )
        .order_by(Meeting.day, Meeting.id, MeetingOutcome.position, Task.id)
    )
    if day is not None:
        earlier = earlier.where(Meeting.day < day)
    if series is not None:
        earlier = earlier.where(Meeting.series.is_(None) | (Meeting.series == series))
    found = session.execute(earlier).all()
    rows = {task.id: task for task in tasks.some(session, [row[3] for row in found])}
    held = _days_between(session, project, [row[2] for row in found], until=day)

    def times(since: date | None, of: str | None) -> int:
        """Count who found it open; what stays in a series was found by that alone."""
        own = series if of == series else None
        return 1 + sum(since is not None and it > since and own in (None, its) for it, its in held)

    return tuple(CarriedRow(*row[:3], rows[row[3]], times=times(row[2], row[4])) for row in found)


def _days_between(
    session: Session, project: int, since: Sequence[date | None], *, until: date | None
) -> list[tuple[date, str | None]]:
    """List the meetings after the first of some days and before another: day and series."""
    first = min((day for day in since if day is not None), default=None)
    if first is None or until is None:
        return []
    found = session.execute(
        select(Meeting.day, Meeting.series).where(
            Meeting.project_id == project,
            Meeting.state != MeetingState.CANCELLED,
            *(Meeting.day > first, Meeting.day < until),
        )
    )
    return [(row.day, row.series) for row in found if row.day is not None]


def agenda_of(
    session: Session, meeting: int, outcomes: Sequence[OutcomeRow]
) -> tuple[ItemRow, ...]:
    """List the points of an agenda in their order."""
    lines = Counter(line.item_id for line in outcomes)
    items = (
        select(
            *(AgendaItem.id, AgendaItem.title, AgendaItem.presenter),
            *(AgendaItem.minutes_planned, AgendaItem.notes),
            *(AgendaItem.started_at, AgendaItem.ended_at, AgendaItem.seconds_before),
        )
        .where(AgendaItem.meeting_id == meeting)
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return tuple(
        ItemRow(
            *row[:5],
            outcomes=lines[row[0]],
            time=Stretch(
                row.minutes_planned, row.started_at, row.ended_at, row.seconds_before or 0
            ),
        )
        for row in session.execute(items)
    )


def outcomes_of(session: Session, meeting: int) -> tuple[OutcomeRow, ...]:
    """List the minutes in the order of the agenda, actions with the state of their tasks."""
    lines = session.execute(
        select(
            *(MeetingOutcome.id, MeetingOutcome.kind, MeetingOutcome.text),
            *(MeetingOutcome.agenda_item_id, Task.id),
        )
        .outerjoin(Task.__table__, Task.outcome_id == MeetingOutcome.id)
        .outerjoin(AgendaItem.__table__, MeetingOutcome.agenda_item_id == AgendaItem.id)
        .where(MeetingOutcome.meeting_id == meeting)
        .order_by(
            MeetingOutcome.agenda_item_id.is_(None),
            *(AgendaItem.position, AgendaItem.id),
            *(MeetingOutcome.position, MeetingOutcome.id, Task.id),
        )
    ).all()
    rows = {row.id: row for row in tasks.some(session, [line[4] for line in lines if line[4]])}
    found: dict[int, OutcomeRow] = {}
    for number, kind, text, item, task in lines:  # once, with the first of its tasks
        found.setdefault(number, OutcomeRow(number, kind, text, item, rows.get(task)))
    return tuple(found.values())
