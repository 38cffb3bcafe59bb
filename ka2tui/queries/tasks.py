"""Tasks: the list, and one with everything that is known of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import CLOSED_TASKS, LinkKind, PhaseKind, TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold, quoted
from ka2tui.frozen import frozen
from ka2tui.queries import history
from ka2tui.queries.task_row import TaskList as TaskList  # noqa: PLC0414 - it is named from here too
from ka2tui.queries.task_row import TaskRow as TaskRow  # noqa: PLC0414 - as above
from ka2tui.store import lots
from ka2tui.store.lots import in_parts
from ka2tui.store.records import (
    Answer,
    Assessment,
    Contact,
    LogEntry,
    Meeting,
    MeetingOutcome,
    Partner,
    Risk,
    Tag,
    Task,
    TaskLink,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from ka2tui.queries.history import EntryRow

_AT_A_TIME = 500
"""Rows that are read before they are made into something."""

_COLUMNS = [getattr(Task, name) for name in TaskRow._fields[:16]]


@frozen
class LinkRow:
    """Another task that one is linked to."""

    task: TaskRow
    kind: LinkKind
    lag_days: int


@frozen
class TaskDetails:
    """All that is known of one task."""

    row: TaskRow
    project_id: int
    start: date | None
    effort_minutes: int | None
    phase: PhaseKind | None
    notes: str | None
    work_unit_title: str | None
    parent: TaskRow | None
    subtasks: tuple[TaskRow, ...]
    waits_for: tuple[LinkRow, ...]
    """What has to happen first."""
    holds_up: tuple[LinkRow, ...]
    """What cannot go on before this."""
    origin: str | None
    """The meeting, the item of a checklist, the risk or the line of the log it comes from."""
    meeting_id: int | None
    """The meeting it comes from."""
    answer_id: int | None
    """The item of a checklist it comes from, by its answer ..."""
    assessment_id: int | None
    """... and the assessment with that."""
    history: tuple[EntryRow, ...]
    """Newest first."""
    risk_id: int | None = None
    """The risk it is to prevent or to lessen."""
    log_entry_id: int | None = None
    """The issue, decision or change it comes from."""


@frozen
class Choice:
    """Something a form offers."""

    id: int
    word: str
    """A code, an acronym or a name."""
    note: str = ""


@frozen
class Choices:
    """What a task can be given to and belong to."""

    start: date | None
    """The first day of the project, where it is known."""
    end: date | None
    """Its last day, where it is known."""
    work_units: tuple[Choice, ...]
    partners: tuple[Choice, ...]
    contacts: tuple[Choice, ...]
    """With the partner they are of as the note."""
    tags: tuple[str, ...]
    gone: tuple[Choice, ...] = ()
    """Partners that left, or will: nothing new is given to them, and the note says when."""

    def offered(self, current: int | None = None) -> tuple[Choice, ...]:
        """Give the partners that a form offers: those that stay, and one that stands there."""
        return (*self.partners, *(it for it in self.gone if it.id == current))


def listed(
    session: Session,
    project: int,
    *,
    words: str = "",
    all: bool = False,  # noqa: A002 - the word of the command line
    limit: int | None = None,
) -> TaskList:
    """List tasks by when they are due, unknown last, then in the order they were added.

    Args:
        words: Only tasks in whose code or title every one of these words occurs.
        all: Also those that are done or cancelled.
        limit: At most so many.
    """
    query = select(*_COLUMNS).where(Task.project_id == project)
    if not all:
        query = query.where(Task.state.not_in(CLOSED_TASKS))
    query = query.order_by(Task.due.is_(None), Task.due, Task.id)
    if limit is not None and not words:
        query = query.limit(limit)
    found = _rows(session, query, project) if limit else _whole(session, query, project)
    if words:
        wanted = fold(words).split()
        texts = [fold(f"{row.code or ''}\n{row.title}") for row in found]
        found = [
            row
            for row, text in zip(found, texts, strict=True)
            if not any(word not in text for word in wanted)
        ][:limit]
    closed = select(func.count(Task.id)).where(
        Task.project_id == project, Task.state.in_(CLOSED_TASKS)
    )
    return TaskList(tuple(found), 0 if all else session.scalar(closed) or 0)


def some(session: Session, tasks: Sequence[int]) -> tuple[TaskRow, ...]:
    """List chosen tasks, in the order of their ids given."""
    found: dict[int, TaskRow] = {}
    for some in in_parts(tasks):
        query = select(*_COLUMNS).where(Task.id.in_(some))
        found |= {row.id: row for row in _rows(session, query)}
    return tuple(found[task] for task in tasks if task in found)


def due_by(session: Session, project: int | None, last: date) -> list[TaskRow]:
    """List what is still to be done and due by a day; of all projects where none is named."""
    query = select(*_COLUMNS).where(
        *_of(project), Task.due <= last, Task.state.not_in(CLOSED_TASKS)
    )
    return _rows(session, query.order_by(Task.due, Task.id), project)


def open_below(session: Session, tasks: Sequence[int]) -> list[TaskRow]:
    """List what is still to be done below tasks, and is not among them."""
    given, found = set(tasks), set(tasks)
    ahead: list[int] = list(tasks)
    rows: list[TaskRow] = []
    while ahead:
        parts: list[TaskRow] = []
        for some in in_parts(ahead):
            query = select(*_COLUMNS).where(Task.parent_id.in_(some))
            parts += _rows(session, query.order_by(Task.position, Task.id))
        ahead = [part.id for part in parts if part.id not in found]
        found.update(ahead)
        rows += [part for part in parts if part.id not in given and part.state not in CLOSED_TASKS]
    return rows


def waiting(session: Session, project: int | None) -> list[TaskRow]:
    """List what waits for somebody else, the longest first; of all projects where none is named."""
    query = select(*_COLUMNS).where(*_of(project), Task.state == TaskState.WAITING)
    order = (Task.waiting_since.is_(None), Task.waiting_since, Task.id)
    return _rows(session, query.order_by(*order), project)


def count_open(session: Session, project: int | None) -> tuple[int, int]:
    """Count what is still to be done, and how much of it has no date.

    Args:
        session: Of the database.
        project: None for all projects.
    """
    counts = select(func.count(Task.id), func.count(Task.due))
    still = counts.where(*_of(project), Task.state.not_in(CLOSED_TASKS))
    every, dated = session.execute(still).one()
    return every, every - dated


def _of(project: int | None) -> list[ColumnElement[bool]]:
    """Give the condition that a task is of a project; none for all projects."""
    return [] if project is None else [Task.project_id == project]


def one(session: Session, task: int) -> TaskDetails:
    """Give all that is known of one task.

    Raises:
        Refused: It is gone.
    """
    more = (
        select(
            *(Task.project_id, Task.start, Task.effort_minutes, Task.phase, Task.notes),
            WorkUnit.title,
            *(Task.outcome_id, Task.answer_id, Task.risk_id, Task.log_entry_id),
        )
        .outerjoin(WorkUnit.__table__, Task.work_unit_id == WorkUnit.id)
        .where(Task.id == task)
    )
    found = session.execute(more).one_or_none()
    if found is None:
        raise Refused(f"There is no task {task} any more.")
    project, start, effort, phase, notes, work_unit_title, outcome, answer, risk, line = found
    links = session.execute(
        select(TaskLink.task_id, TaskLink.needs_id, TaskLink.kind, TaskLink.lag_days)
        .where((TaskLink.task_id == task) | (TaskLink.needs_id == task))
        .order_by(TaskLink.id)
    ).all()
    parts = select(Task.id).where(Task.parent_id == task).order_by(Task.position, Task.id)
    subtasks = list(session.scalars(parts))
    above = session.scalar(select(Task.parent_id).where(Task.id == task))
    near = {task, *subtasks, *(each for link in links for each in link[:2])}
    near |= set() if above is None else {above}
    rows = {row.id: row for row in some(session, sorted(near))}
    origin, meeting, assessment = _origin(session, outcome, answer)
    if origin is None:
        origin = _registered(session, risk, line)
    return TaskDetails(
        row=rows[task],
        project_id=project,
        start=start,
        effort_minutes=effort,
        phase=phase,
        notes=notes,
        work_unit_title=work_unit_title,
        parent=None if above is None else rows[above],
        subtasks=tuple(rows[each] for each in subtasks),
        waits_for=tuple(LinkRow(rows[n], k, lag) for t, n, k, lag in links if t == task),
        holds_up=tuple(LinkRow(rows[t], k, lag) for t, n, k, lag in links if n == task),
        origin=origin,
        meeting_id=meeting,
        answer_id=answer,
        assessment_id=assessment,
        risk_id=risk,
        log_entry_id=line,
        history=tuple(history.of_record(session, "task", task, limit=8)),
    )


def choices(session: Session, project: int) -> Choices:
    """Give what a form offers for a task of a project."""
    units = (
        select(WorkUnit.id, WorkUnit.code, WorkUnit.title)
        .where(WorkUnit.project_id == project)
        .order_by(WorkUnit.position, WorkUnit.id)
    )
    called = func.coalesce(Partner.acronym, Partner.name)
    partners = (
        select(Partner.id, called, Partner.name, Partner.left_on)
        .where(Partner.project_id == project)
        .order_by(Partner.id)
    )
    found = session.execute(partners).all()
    contacts = (
        select(Contact.id, Contact.name, func.coalesce(Partner.acronym, Partner.name, ""))
        .outerjoin(Partner.__table__, Contact.partner_id == Partner.id)
        .where(Contact.project_id == project, Partner.left_on.is_(None))
        .order_by(Contact.id)
    )
    tags = select(Tag.name).where(Tag.project_id == project).distinct()
    from ka2tui.queries import projects

    start, end = projects.span_of(session, project)
    return Choices(
        start=start,
        end=end,
        work_units=tuple(Choice(*row) for row in session.execute(units)),
        partners=tuple(Choice(*row[:3]) for row in found if row[3] is None),
        contacts=tuple(Choice(*row) for row in session.execute(contacts)),
        tags=tuple(sorted(session.scalars(tags), key=fold)),
        gone=tuple(Choice(row[0], row[1], f"until {say_brief(row[3])}") for row in found if row[3]),
    )


def _rows(session: Session, query: Select[Any], project: int | None = None) -> list[TaskRow]:
    """Read rows, and give them the names of what they refer to.

    Args:
        session: Where to read.
        query: Over `_COLUMNS`.
        project: Whose tags are read whole where there are many rows.
    """
    found = session.execute(query).all()
    partner = func.coalesce(Partner.acronym, Partner.name)
    partners = _names(session, Partner.id, partner, {row[8] for row in found})
    contacts = _names(session, Contact.id, Contact.name, {row[9] for row in found})
    units = _names(session, WorkUnit.id, WorkUnit.code, {row[10] for row in found})
    which: ColumnElement[bool] = Tag.task_id.in_([row[0] for row in found[: lots.MOST]])
    if len(found) > lots.MOST:
        which = Tag.project_id.is_not(None) if project is None else Tag.project_id == project
    tags: dict[int, tuple[str, ...]] = defaultdict(tuple)
    if found:
        named = select(Tag.task_id, Tag.name).where(which).order_by(Tag.id)
        for task, name in session.execute(named):
            tags[task] += (name,)
    names = partners.get, contacts.get, units.get
    return _made(found, *names, tags)


def _whole(session: Session, query: Select[Any], project: int) -> list[TaskRow]:
    """Read the tasks of a project a few at a time, so that ten thousand are not held twice."""
    partner = func.coalesce(Partner.acronym, Partner.name)
    partners = _names(session, Partner.id, partner)
    contacts = _names(session, Contact.id, Contact.name)
    units = _names(session, WorkUnit.id, WorkUnit.code)
    tags: dict[int, tuple[str, ...]] = defaultdict(tuple)
    owned = select(Tag.task_id, Tag.name).where(Tag.project_id == project).order_by(Tag.id)
    for task, name in session.execute(owned):
        tags[task] += (name,)
    found = session.execute(query, execution_options={"yield_per": _AT_A_TIME})
    rows: list[TaskRow] = []
    for some in found.partitions():
        rows += _made(some, partners.get, contacts.get, units.get, tags)
    return rows


def _made(
    found: Iterable[Any],
    partner: Callable[[int], str | None],
    contact: Callable[[int], str | None],
    unit: Callable[[int], str | None],
    tags: Mapping[int, tuple[str, ...]],
) -> list[TaskRow]:
    """Put columns and names together, ten thousand times if need be."""
    make, none = TaskRow._make, ()
    return [
        make((*row, partner(row[8]), contact(row[9]), unit(row[10]), tags.get(row[0], none)))
        for row in found
    ]


def _names(
    session: Session, key: Any, name: Any, ids: set[int | None] | None = None
) -> dict[int, str]:
    """Read the names that ids stand for; of all there are where none are given."""
    query = select(key, name)
    if ids is not None:
        wanted = ids - {None}
        if not wanted:
            return {}
        query = query.where(key.in_(wanted))
    return {row[0]: row[1] for row in session.execute(query)}


def _origin(
    session: Session, outcome: int | None, answer: int | None
) -> tuple[str | None, int | None, int | None]:
    """Say where a task comes from, and give the id of that meeting or assessment."""
    if outcome is not None:
        query = (
            select(Meeting.id, Meeting.title)
            .join(MeetingOutcome.__table__, MeetingOutcome.meeting_id == Meeting.id)
            .where(MeetingOutcome.id == outcome)
        )
        meeting, title = session.execute(query).one()
        return f"agreed at {title}", meeting, None
    if answer is not None:
        checklist = (
            select(Answer.text, Assessment.title, Assessment.id)
            .join(Assessment.__table__, Answer.assessment_id == Assessment.id)
            .where(Answer.id == answer)
        )
        text, title, assessment = session.execute(checklist).one()
        return f"{title}: {text}", None, assessment
    return None, None, None


def _registered(session: Session, risk: int | None, line: int | None) -> str | None:
    """Say of which risk, issue, decision or change a task came."""
    if risk is not None:
        found = session.get_one(Risk, risk)
        return f"risk {_called(found.code, found.title)}"
    if line is not None:
        entry = session.get_one(LogEntry, line)
        return f"{entry.kind.word} {_called(entry.code, entry.title)}"
    return None


def _called(code: str | None, title: str) -> str:
    return f"{code} {quoted(title)}" if code else quoted(title)
