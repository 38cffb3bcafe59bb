"""A task with what others do to its dates, and why it is urgent: what stands beside a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.dependencies import Link, Outlook, Planned, chain, outlook
from ka2tui.frozen import frozen
from ka2tui.queries import tasks, urgency
from ka2tui.store.lots import in_parts
from ka2tui.store.records import Task, TaskLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.urgency import Weights
    from ka2tui.queries.tasks import TaskDetails, TaskRow
    from ka2tui.queries.urgency import Urgency


@frozen
class About:
    """All that is known of a task, and all that follows."""

    details: TaskDetails
    outlook: Outlook
    """How it stands with all it waits for."""
    outlooks: Mapping[int, Outlook]
    """Of the tasks it is linked to, by their ids."""
    causes: tuple[TaskRow, ...]
    """What makes it late, nearest first."""
    urgency: Urgency


def about(session: Session, task: int, *, today: date, weights: Weights) -> About:
    """Give all that is known of a task.

    Raises:
        Refused: It is gone.
    """
    details = tasks.one(session, task)
    project = details.project_id
    outlooks: dict[int, Outlook] = {}
    if details.waits_for or details.holds_up:
        near = [task, *(link.task.id for link in details.holds_up)]
        outlooks = _outlooks(session, project, near, today)
    else:
        row = details.row
        alone = Planned(details.start, row.due, row.state, row.finished_on)
        outlooks = outlook({task: alone}, (), today)
    causes = chain(task, outlooks)
    known = {row.id: row for row in tasks.some(session, causes)}
    urgent = urgency.of_rows(session, project, [details.row], weights=weights, today=today)
    return About(
        details,
        outlooks[task],
        outlooks,
        tuple(known[each] for each in causes),
        urgent[task],
    )


def _outlooks(
    session: Session, project: int, wanted: Iterable[int], today: date
) -> dict[int, Outlook]:
    """Follow the dates of everything that tasks wait for, however far back."""
    query = select(TaskLink.task_id, TaskLink.needs_id, TaskLink.kind, TaskLink.lag_days)
    links: dict[int, list[Link]] = {}
    for row in session.execute(query.where(TaskLink.project_id == project)):
        links.setdefault(row[0], []).append(Link(*row))
    found: set[int] = set(wanted)
    ahead = list(found)
    while ahead:
        new = {link.needs for link in links.get(ahead.pop(), ())} - found
        found |= new
        ahead += new
    ids = sorted(found)
    planned: dict[int, Planned] = {}
    columns = (Task.id, Task.start, Task.due, Task.state, Task.finished_on)
    for some in in_parts(ids):
        chosen = select(*columns).where(Task.id.in_(some))
        planned |= {row[0]: Planned(*row[1:]) for row in session.execute(chosen)}
    return outlook(planned, [link for each in ids for link in links.get(each, ())], today)
