"""Tasks: added, moved through their states, put off, handed over, tagged, removed.

Every verb takes any number of tasks and is one change: one line of history, one undo.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import due as dates
from ka2tui.domain.due import Due
from ka2tui.domain.kinds import PhaseKind, Precision, Priority, TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.operations import actions, repetition, subtasks, task_fields
from ka2tui.operations.chosen_tasks import (
    are,
    listed,
    load,
    named,
    only,
    refuse_closed,
    tell,
    unlike,
)
from ka2tui.operations.fields import FieldConflict, change
from ka2tui.store.lots import in_parts
from ka2tui.store.operation import operation, say
from ka2tui.store.records import (
    Answer,
    Contact,
    LogEntry,
    MeetingOutcome,
    Partner,
    Project,
    Risk,
    Tag,
    Task,
    TaskLink,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from ka2tui.domain.due import Step
    from ka2tui.operations.fields import Values


NO_DATE = Due()

_PLAIN = frozenset(
    {"title", "code", "work_unit_id", "phase", "partner_id", "contact_id", "start"}
    | {"priority", "effort_minutes", "recurrence", "notes"}
)


@operation("Add task")
def add(
    session: Session,
    project: int,
    title: str,
    *,
    code: str | None = None,
    work_unit_id: int | None = None,
    phase: PhaseKind | None = None,
    partner_id: int | None = None,
    contact_id: int | None = None,
    start: date | None = None,
    due: date | None = None,
    due_month: int | None = None,
    due_precision: Precision = Precision.DAY,
    priority: Priority = Priority.NORMAL,
    effort_minutes: int | None = None,
    tags: Iterable[str] = (),
    parent_id: int | None = None,
    recurrence: str | None = None,
    notes: str | None = None,
    outcome_id: int | None = None,
    answer_id: int | None = None,
    risk_id: int | None = None,
    log_entry_id: int | None = None,
) -> int:
    """Add a task to a project.

    Args:
        title: Taken as it is; nothing in it is read as anything but text.
        contact_id: Brings its partner along where `partner_id` does not say.
        due_month: The project month it is planned in; `due` is derived from it where not given.
        recurrence: As `domain.recurrence.read_rule` gives it.
        outcome_id: The action of a meeting it comes from.
        answer_id: The item of a checklist it comes from.
        risk_id: The risk it is to prevent or to lessen.
        log_entry_id: The issue, decision or change it comes from.

    Returns:
        Its id.

    Raises:
        Refused: A value cannot be, or a code is taken.
    """
    given = {
        "title": title,
        "code": code,
        "work_unit_id": work_unit_id,
        "phase": phase,
        "partner_id": partner_id,
        "contact_id": contact_id,
        "start": start,
        "priority": priority,
        "effort_minutes": effort_minutes,
        "recurrence": recurrence,
        "notes": notes,
    }
    task = Task(
        project_id=project,
        outcome_id=outcome_id,
        answer_id=answer_id,
        risk_id=risk_id,
        log_entry_id=log_entry_id,
    )
    if session.get(Project, project) is None:
        raise Refused("There is no such project.")
    values = task_fields.checked(session, task, given)
    begin = task_fields.start_of(session, project)
    task_fields.set_due(task, dates.due(due, due_month, due_precision, start=begin))
    task_fields.of_project(session, MeetingOutcome, outcome_id, project, "line of minutes")
    task_fields.of_project(session, Answer, answer_id, project, "item of a checklist")
    task_fields.of_project(session, Risk, risk_id, project, "risk")
    task_fields.of_project(session, LogEntry, log_entry_id, project, "line of the log")
    for name, value in values.items():
        setattr(task, name, value)
    task_fields.refuse_backwards(task)
    if parent_id is not None:
        parent = only(session, parent_id, project)
        subtasks.refuse_closed_parent(parent)
        task.parent_id = parent.id
    task.position = subtasks.last_position(session, project, parent_id) + 1
    task.tags = [Tag(project_id=project, name=name) for name in task_fields.read_tags(tags)]
    session.add(task)
    session.flush()
    say(session, "Add task “{title}”", title=task.title)
    return task.id


@operation("Edit task")
def edit(
    session: Session, task_id: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of a task, except those that somebody else changed meanwhile.

    Args:
        task_id: Which one.
        values: By the names that `add` takes. Of the three that tell the date (due, due_month,
            due_precision) any one replaces all three.
        based_on: What the editor saw before.

    Returns:
        The fields held back, with both values.

    Raises:
        Refused: A value cannot be; nothing changed.
    """
    (task,) = load(session, [task_id])
    was = task.title
    plain = {name: value for name, value in values.items() if name in _PLAIN}
    unknown = values.keys() - _PLAIN - {*task_fields.DUE, "tags", "parent_id"}
    if unknown:
        raise Refused(f"{min(unknown)} cannot be changed here.")
    conflicts = list(
        change(
            task,
            task_fields.checked(session, task, plain),
            based_on,
            allowed=_PLAIN | {"partner_id"},
            together=("partner_id", "contact_id"),
        )
    )
    if not values.keys().isdisjoint(task_fields.DUE):
        conflicts += task_fields.edit_due(session, task, values, based_on)
    if "tags" in values:
        conflicts += task_fields.edit_tags(task, values["tags"], based_on)
    if "parent_id" in values and values["parent_id"] != task.parent_id:
        if based_on is not None and based_on.get("parent_id", task.parent_id) != task.parent_id:
            conflicts.append(FieldConflict("parent_id", values["parent_id"], task.parent_id))
        else:
            subtasks.move(session, [task_id], parent=values["parent_id"])
    if values.keys() & {*task_fields.DUE, "start"}:
        task_fields.refuse_backwards(task)
    actions.follow_task(session, task, was)
    say(session, "Edit task “{title}”", title=was)
    return tuple(conflicts)


@operation("Start tasks")
def start(session: Session, tasks: Sequence[int]) -> None:
    """Take tasks in hand.

    Raises:
        Refused: One is done or cancelled, or all are in work already.
    """
    found = load(session, tasks)
    refuse_closed(found)
    changed = unlike(found, TaskState.DOING, "in work already")
    for task in changed:
        task.state, task.waiting_since = TaskState.DOING, None
    tell(session, "Start", changed)


@operation("Wait for tasks")
def wait(session: Session, tasks: Sequence[int], *, today: date) -> None:
    """Note that tasks lie with somebody else, from today on.

    Raises:
        Refused: One is done or cancelled, or all are waited for already.
    """
    found = load(session, tasks)
    refuse_closed(found)
    changed = unlike(found, TaskState.WAITING, "waited for already")
    for task in changed:
        task.state, task.waiting_since = TaskState.WAITING, today
    tell(session, "Wait for", changed)


@operation("Finish tasks")
def finish(
    session: Session, tasks: Sequence[int], *, today: date, with_subtasks: bool = False
) -> list[int]:
    """Finish tasks; one that repeats makes the next of its kind.

    The next one takes the rule over, falls on its first day after this one that is not past, and
    brings its subtasks along, open again.

    Args:
        with_subtasks: Finish what is open below them as well.

    Returns:
        The ids of the tasks made because one repeats.

    Raises:
        Refused: One was cancelled, all are done already, or subtasks are still open.
    """
    found = load(session, tasks)
    for task in found:
        if task.state is TaskState.CANCELLED:
            raise Refused(f"{named(task)} was cancelled: reopen it first.")
    changed = unlike(found, TaskState.DONE, "done already")
    below = subtasks.open_below(session, changed)
    if below and not with_subtasks:
        raise Refused(f"{listed(below)} below {listed(changed)} is still open: finish that first.")
    made = []
    for task in [*changed, *below]:
        task.state, task.finished_on, task.waiting_since = TaskState.DONE, today, None
    for task in changed:
        repeated = repetition.repeat(session, task, today) if task.recurrence else None
        if repeated is not None:
            made.append(repeated.id)
    tail = " with {below} below" if below else ""
    tell(session, "Finish", changed, tail, below=len(below))
    return made


@operation("Reopen tasks")
def reopen(session: Session, tasks: Sequence[int]) -> None:
    """Open tasks again that were done or cancelled, and what they are part of.

    Raises:
        Refused: All are open.
    """
    changed = [task for task in load(session, tasks) if task.state.closed]
    if not changed:
        raise Refused("This is still open.")
    for task in [*changed, *subtasks.all_above(session, changed)]:
        if task.state.closed:
            task.state, task.finished_on = TaskState.OPEN, None
    tell(session, "Reopen", changed)


@operation("Cancel tasks")
def cancel(session: Session, tasks: Sequence[int], *, with_subtasks: bool = False) -> None:
    """Give tasks up, but keep them.

    Raises:
        Refused: One is done, all are cancelled already, or subtasks are still open.
    """
    found = load(session, tasks)
    for task in found:
        if task.state is TaskState.DONE:
            raise Refused(f"{named(task)} is done: reopen it first.")
    changed = unlike(found, TaskState.CANCELLED, "cancelled already")
    below = subtasks.open_below(session, changed)
    if below and not with_subtasks:
        raise Refused(f"{listed(below)} below {listed(changed)} is still open: cancel that first.")
    for task in [*changed, *below]:
        task.state, task.waiting_since = TaskState.CANCELLED, None
    tail = " with {below} below" if below else ""
    tell(session, "Cancel", changed, tail, below=len(below))


@operation("Postpone tasks")
def postpone(
    session: Session,
    tasks: Sequence[int],
    *,
    by: Step | None = None,
    to: Due = NO_DATE,
    late_from: date | None = None,
) -> list[int]:
    """Put the dates of tasks off.

    A date known to the month stays so when it moves by months. The planned start of what is not
    begun moves along. Of what repeats, this one alone is moved.

    Args:
        by: How far each is moved; one without a date stays as it is.
        to: What all of them get where `by` is not given; by default, no date at all.
        late_from: What is due before this day is moved by `by` from this day.

    Returns:
        The ids of those that were moved.

    Raises:
        Refused: One is done or cancelled, none has a date, or nothing would change.
    """
    found = load(session, tasks)
    refuse_closed(found)
    owners = {task.project_id for task in found}
    begins = {each: task_fields.start_of(session, each) for each in owners}
    moved: list[Task] = []
    olds: list[Due] = []
    for task in found:
        begin = begins[task.project_id]
        old = task_fields.due_of(task)
        if by is None:
            new = dates.due(*to, start=begin)
        elif old == NO_DATE:
            continue
        else:
            new = dates.moved(old, by, start=begin, late_from=late_from)
        if old == new:
            continue
        task_fields.set_due(task, new)
        if old.day and task.recurrence:
            task.recurrence = dates.held_to(task.recurrence, old.day)
        if old.day and new.day and task.start and task.state is TaskState.OPEN:
            task.start += max(new.day - old.day, timedelta())
        task_fields.refuse_backwards(task)
        moved.append(task)
        olds.append(old)
    if not moved:
        raise Refused(_nothing_moved(found, by))
    _tell_postponed(session, moved, olds, len(found) - len(moved), by)
    return [task.id for task in moved]


@operation("Assign tasks")
def assign(
    session: Session,
    tasks: Sequence[int],
    *,
    partner_id: int | None = None,
    contact_id: int | None = None,
) -> None:
    """Hand tasks to a partner, to a person, or to nobody.

    Args:
        contact_id: Brings its partner along where `partner_id` does not say.

    Raises:
        Refused: The person is not of the partner, or all are theirs already.
    """
    found = load(session, tasks)
    projects = {task.project_id for task in found}
    for project in projects:
        partner_id = task_fields.assignee(session, project, partner_id, contact_id)
    changed = [t for t in found if (t.partner_id, t.contact_id) != (partner_id, contact_id)]
    if not changed:
        raise Refused(f"{listed(found)} {are(found)} assigned so already.")
    for task in changed:
        task.partner_id, task.contact_id = partner_id, contact_id
    if contact_id is not None:
        who = session.get_one(Contact, contact_id).name
    elif partner_id is not None:
        partner = session.get_one(Partner, partner_id)
        who = partner.acronym or partner.name
    else:
        who = "nobody"
    tell(session, "Assign", changed, " to {who}", who=who)


@operation("Tag tasks")
def tag(
    session: Session,
    tasks: Sequence[int],
    *,
    put: Iterable[str] = (),
    take: Iterable[str] = (),
) -> None:
    """Put tags on tasks, and take others off.

    Raises:
        Refused: Nothing would change.
    """
    added, taken = task_fields.read_tags(put), {fold(name) for name in task_fields.read_tags(take)}
    changed = []
    for task in load(session, tasks, tags=True):
        had = {fold(each.name) for each in task.tags}
        kept = [each for each in task.tags if fold(each.name) not in taken]
        new = [name for name in added if fold(name) not in had]
        if new or len(kept) < len(task.tags):
            task.tags = [*kept, *(Tag(project_id=task.project_id, name=name) for name in new)]
            changed.append(task)
    if not changed:
        raise Refused("The tags are already like this.")
    words = [*(f"with #{name}" for name in added), *(f"without #{n}" for n in sorted(taken))]
    tell(session, "Tag", changed, " {tags}", tags=", ".join(words))


@operation("Remove tasks")
def remove(session: Session, tasks: Sequence[int], *, with_subtasks: bool = False) -> None:
    """Remove tasks; what waited for them no longer does.

    Args:
        with_subtasks: Remove what is below them as well; else it moves up to where they were.

    Raises:
        Refused: There is no such task.
    """
    found = load(session, tasks, tags=True)
    below = subtasks.all_below(session, found)
    gone = {task.id: task for task in ([*found, *below] if with_subtasks else found)}
    for task in below:
        while task.parent_id in gone and task.id not in gone:
            task.parent_id = gone[task.parent_id].parent_id
    for some in in_parts(gone):
        for needed in session.scalars(select(TaskLink).where(TaskLink.needs_id.in_(some))):
            session.delete(needed)
    for task in gone.values():
        task.parent_id = None
    session.flush()
    for task in gone.values():
        session.delete(task)
    tail = " with {below} below" if with_subtasks and below else ""
    tell(session, "Remove", found, tail, below=len(gone) - len(found))


def _tell_postponed(
    session: Session, moved: Sequence[Task], olds: Sequence[Due], left: int, by: Step | None
) -> None:
    old, new = olds[0], task_fields.due_of(moved[0])
    if len(moved) == 1:
        if new == NO_DATE:
            say(session, "Take the date off “{title}”: {old}", title=moved[0].title, old=old)
            return
        back = old.day is not None and new.day is not None and new.day < old.day
        verb = "Bring “{title}” forward" if back else "Postpone “{title}”"
        say(session, f"{verb} {{old}} → {{new}}", title=moved[0].title, old=old, new=new)
        return
    stays = " ({left} without a date left as they are)" if by is not None and left else ""
    if by is None:
        say(session, "Set the date of {count} tasks: {new}", count=len(moved), new=new)
        return
    verb = "Bring {count} tasks forward" if by.back else "Postpone {count} tasks"
    say(session, f"{verb} by {{step}}{stays}", count=len(moved), step=by, left=left)


def _nothing_moved(tasks: Sequence[Task], by: Step | None) -> str:
    if by is not None and all(t.due is None and t.due_month is None for t in tasks):
        have = "has" if len(tasks) == 1 else "have"
        return f"{listed(tasks)} {have} no date yet that could be moved: say to which day."
    return f"{listed(tasks)} {are(tasks)} due then already."
