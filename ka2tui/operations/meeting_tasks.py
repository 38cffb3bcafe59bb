"""A meeting that moves to other days, with the tasks that its template brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from ka2tui.domain.kinds import Precision
from ka2tui.domain.meeting_templates import called
from ka2tui.operations import meeting_days, meeting_series, meetings, tasks
from ka2tui.operations.fields import FieldConflict, Values
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Meeting, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.meeting_templates import MeetingTemplate


class Moved(NamedTuple):
    """What became of a move."""

    conflicts: tuple[FieldConflict, ...]
    """Fields that somebody else changed meanwhile; they were left alone."""
    tasks: tuple[str, ...]
    """The titles of the tasks that moved along, as they were before."""


class _Stood(NamedTuple):
    """When a meeting was before it moved, and what its tasks called it."""

    first: date | None
    last: date | None
    called: str


@operation("Move meeting")
def move(
    session: Session,
    meeting: int,
    values: Values,
    based_on: Values | None = None,
    *,
    templates: Sequence[MeetingTemplate],
    today: date,
    later: bool = False,
) -> Moved:
    """Change a meeting, and move the tasks of its template by as much as its days.

    A task follows while it is open and still has the name and the day that the template gave it:
    what somebody has changed by hand stays.

    Args:
        meeting: Its id.
        values: New values of `meetings.FIELDS`.
        based_on: What they were when the editing began.
        templates: Those that are known.
        today: What would have had to be done before is due on this day.
        later: Whether all later ones of its series are meant too.

    Raises:
        Refused: As for one meeting, or it is not of a series.
    """
    record = existing(session, Meeting, meeting, "meeting")
    meant = meeting_series.following(session, meeting) if later else [record]
    before = [_stands(each) for each in meant]
    was = meeting_days.say_when(record)
    change = meeting_series.edit if later else meetings.edit
    conflicts = change(session, meeting, values, based_on)
    known = {template.id: template for template in templates}
    moved: list[str] = []
    for each, stood in zip(meant, before, strict=True):
        template = known.get(each.template or "")
        if template is not None:
            moved += _follow(session, each, stood, template, today)
    if moved:
        count = "1 task" if len(moved) == 1 else f"{len(moved)} tasks"
        words = f"Move {{meeting}} with {count}: {{old}} → {{new}}"
        say(session, words, meeting=record.title, old=was, new=meeting_days.say_when(record))
    return Moved(conflicts, tuple(moved))


def _stands(record: Meeting) -> _Stood:
    """Say when a meeting is; of one known to the month only, no day."""
    name = called(record.title, record.day, in_series=record.series is not None)
    if record.precision is Precision.MONTH:
        return _Stood(None, None, name)
    return _Stood(record.day, record.end_day or record.day, name)


def _follow(
    session: Session, record: Meeting, stood: _Stood, template: MeetingTemplate, today: date
) -> Iterator[str]:
    """Move the tasks that stand as the template made them; give their titles."""
    now = _stands(record)
    if stood.first is None or stood.last is None or now.first is None or now.last is None:
        return
    if (now.first, now.last) == (stood.first, stood.last):
        return
    for job in template.jobs:
        title = job.called(stood.called)
        found = session.scalars(
            select(Task)
            .where(
                Task.project_id == record.project_id,
                Task.title == title,
                Task.due == job.due(stood.first, stood.last),
            )
            .order_by(Task.id)
        ).all()
        for task in found:
            if task.due_precision is Precision.DAY and not task.state.closed:
                due = max(job.due(now.first, now.last), today)
                tasks.edit(session, task.id, {"due": due, "title": job.called(now.called)})
                yield title
