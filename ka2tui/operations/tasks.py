"""Tasks: added, moved through their states, put off, handed over, ordered, removed.

Every verb takes any number of tasks and is one change: one line of history, one undo.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from ka2tui.domain import days, timeline
from ka2tui.domain import due as dates
from ka2tui.domain.due import Due
from ka2tui.domain.kinds import LinkKind, PhaseKind, Precision, Priority, TaskState
from ka2tui.domain.recurrence import read_rule
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.operations.fields import FieldConflict, change
from ka2tui.store.operation import operation, say
from ka2tui.store.records import (
    Answer,
    Contact,
    MeetingOutcome,
    Partner,
    Project,
    Record,
    Tag,
    Task,
    TaskLink,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy.orm import Session

    from ka2tui.domain.due import Step
    from ka2tui.operations.fields import Values

R = TypeVar("R", bound=Record)

_SOME = 500
"""Ids in one statement."""

_NAMED = 3
"""How many tasks a sentence names before it only counts."""

NO_DATE = Due()

_DUE = ("due", "due_month", "due_precision")
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
) -> int:
    """Add a task to a project.

    Args:
        title: Taken as it is; nothing in it is read as anything but text.
        contact_id: Brings its partner along where `partner_id` does not say.
        due_month: The project month it is planned in; `due` is derived from it where not given.
        recurrence: As `domain.recurrence.read_rule` gives it.
        outcome_id: The action of a meeting it comes from.
        answer_id: The item of a checklist it comes from.

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
    task = Task(project_id=project, outcome_id=outcome_id, answer_id=answer_id)
    if session.get(Project, project) is None:
        raise Refused("There is no such project.")
    values = _checked(session, task, given)
    begin = _start_of(session, project)
    _set_due(task, dates.due(due, due_month, due_precision, start=begin))
    _of_project(session, MeetingOutcome, outcome_id, project, "line of minutes")
    _of_project(session, Answer, answer_id, project, "item of a checklist")
    for name, value in values.items():
        setattr(task, name, value)
    _refuse_backwards(task)
    if parent_id is not None:
        parent = _only(session, parent_id, project)
        _refuse_closed_parent(parent)
        task.parent_id = parent.id
    task.position = _last_position(session, project, parent_id) + 1
    task.tags = [Tag(project_id=project, name=name) for name in _read_tags(tags)]
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
    (task,) = _load(session, [task_id])
    was = task.title
    plain = {name: value for name, value in values.items() if name in _PLAIN}
    unknown = values.keys() - _PLAIN - {*_DUE, "tags", "parent_id"}
    if unknown:
        raise Refused(f"{min(unknown)} cannot be changed here.")
    conflicts = list(
        change(task, _checked(session, task, plain), based_on, allowed=_PLAIN | {"partner_id"})
    )
    if not values.keys().isdisjoint(_DUE):
        conflicts += _edit_due(session, task, values, based_on)
    if "tags" in values:
        conflicts += _edit_tags(task, values["tags"], based_on)
    if "parent_id" in values and values["parent_id"] != task.parent_id:
        if based_on is not None and based_on.get("parent_id", task.parent_id) != task.parent_id:
            conflicts.append(FieldConflict("parent_id", values["parent_id"], task.parent_id))
        else:
            move(session, [task_id], parent=values["parent_id"])
    if values.keys() & {*_DUE, "start"}:
        _refuse_backwards(task)
    say(session, "Edit task “{title}”", title=was)
    return tuple(conflicts)


@operation("Start tasks")
def start(session: Session, tasks: Sequence[int]) -> None:
    """Take tasks in hand.

    Raises:
        Refused: One is done or cancelled, or all are in work already.
    """
    found = _load(session, tasks)
    _refuse_closed(found)
    changed = _unlike(found, TaskState.DOING, "in work already")
    for task in changed:
        task.state, task.waiting_since = TaskState.DOING, None
    _tell(session, "Start", changed)


@operation("Wait for tasks")
def wait(session: Session, tasks: Sequence[int], *, today: date) -> None:
    """Note that tasks lie with somebody else, from today on.

    Raises:
        Refused: One is done or cancelled, or all are waited for already.
    """
    found = _load(session, tasks)
    _refuse_closed(found)
    changed = _unlike(found, TaskState.WAITING, "waited for already")
    for task in changed:
        task.state, task.waiting_since = TaskState.WAITING, today
    _tell(session, "Wait for", changed)


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
    found = _load(session, tasks)
    for task in found:
        if task.state is TaskState.CANCELLED:
            raise Refused(f"{_name(task)} was cancelled: reopen it first.")
    changed = _unlike(found, TaskState.DONE, "done already")
    below = _open_below(session, changed)
    if below and not with_subtasks:
        raise Refused(f"{_list(below)} below {_list(changed)} is still open: finish that first.")
    made = []
    for task in [*changed, *below]:
        task.state, task.finished_on, task.waiting_since = TaskState.DONE, today, None
    for task in changed:
        repeated = _repeat(session, task, today) if task.recurrence else None
        if repeated is not None:
            made.append(repeated.id)
    tail = " with {below} below" if below else ""
    _tell(session, "Finish", changed, tail, below=len(below))
    return made


@operation("Reopen tasks")
def reopen(session: Session, tasks: Sequence[int]) -> None:
    """Open tasks again that were done or cancelled, and what they are part of.

    Raises:
        Refused: All are open.
    """
    changed = [task for task in _load(session, tasks) if task.state.closed]
    if not changed:
        raise Refused("This is still open.")
    for task in [*changed, *_above(session, changed)]:
        if task.state.closed:
            task.state, task.finished_on = TaskState.OPEN, None
    _tell(session, "Reopen", changed)


@operation("Cancel tasks")
def cancel(session: Session, tasks: Sequence[int], *, with_subtasks: bool = False) -> None:
    """Give tasks up, but keep them.

    Raises:
        Refused: One is done, all are cancelled already, or subtasks are still open.
    """
    found = _load(session, tasks)
    for task in found:
        if task.state is TaskState.DONE:
            raise Refused(f"{_name(task)} is done: reopen it first.")
    changed = _unlike(found, TaskState.CANCELLED, "cancelled already")
    below = _open_below(session, changed)
    if below and not with_subtasks:
        raise Refused(f"{_list(below)} below {_list(changed)} is still open: cancel that first.")
    for task in [*changed, *below]:
        task.state, task.waiting_since = TaskState.CANCELLED, None
    tail = " with {below} below" if below else ""
    _tell(session, "Cancel", changed, tail, below=len(below))


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
    found = _load(session, tasks)
    _refuse_closed(found)
    begin = _start_of(session, found[0].project_id)
    moved: list[Task] = []
    olds: list[Due] = []
    for task in found:
        old = _due(task)
        if by is None:
            new = dates.due(*to, start=begin)
        elif old == NO_DATE:
            continue
        else:
            new = dates.moved(old, by, start=begin, late_from=late_from)
        if old == new:
            continue
        _set_due(task, new)
        if old.day and task.recurrence:
            task.recurrence = dates.held_to(task.recurrence, old.day)
        if old.day and new.day and task.start and task.state is TaskState.OPEN:
            task.start += max(new.day - old.day, timedelta())
        _refuse_backwards(task)
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
    found = _load(session, tasks)
    projects = {task.project_id for task in found}
    for project in projects:
        partner_id = _assignee(session, project, partner_id, contact_id)
    changed = [t for t in found if (t.partner_id, t.contact_id) != (partner_id, contact_id)]
    if not changed:
        raise Refused(f"{_list(found)} {_are(found)} assigned so already.")
    for task in changed:
        task.partner_id, task.contact_id = partner_id, contact_id
    if contact_id is not None:
        who = session.get_one(Contact, contact_id).name
    elif partner_id is not None:
        partner = session.get_one(Partner, partner_id)
        who = partner.acronym or partner.name
    else:
        who = "nobody"
    _tell(session, "Assign", changed, " to {who}", who=who)


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
    added, taken = _read_tags(put), {fold(name) for name in _read_tags(take)}
    changed = []
    for task in _load(session, tasks, tags=True):
        had = {fold(each.name) for each in task.tags}
        kept = [each for each in task.tags if fold(each.name) not in taken]
        new = [name for name in added if fold(name) not in had]
        if new or len(kept) < len(task.tags):
            task.tags = [*kept, *(Tag(project_id=task.project_id, name=name) for name in new)]
            changed.append(task)
    if not changed:
        raise Refused("The tags are so already.")
    words = [*(f"with #{name}" for name in added), *(f"without #{n}" for n in sorted(taken))]
    _tell(session, "Tag", changed, " {tags}", tags=", ".join(words))


@operation("Move tasks")
def move(
    session: Session, tasks: Sequence[int], *, parent: int | None, position: int | None = None
) -> None:
    """Make tasks part of another one, or of none, and choose their place there.

    Args:
        parent: The task they become part of; None: the top level.
        position: How many of its parts come before them; None: all.

    Raises:
        Refused: A task would be part of itself, or wait for what waits for it.
    """
    found = _load(session, tasks)
    project = found[0].project_id
    above = None if parent is None else _only(session, parent, project)
    if above is not None:
        _refuse_inside_itself(session, found, above)
        if any(not task.state.closed for task in found):
            _refuse_closed_parent(above)
    if above is not None:
        waits = _reach(session, project, above.id, backwards=True)
        bad = [t for t in found if t.id in waits and t.parent_id != parent]
        if bad:
            raise Refused(f"{_list(bad)} already waits for {_name(above)}.")
    elsewhere = [task for task in found if task.parent_id != parent]
    for task in found:
        task.parent_id = parent
    if position is None:
        last = _last_position(session, project, parent)
        for place, task in enumerate(elsewhere, start=last + 1):
            task.position = place
    else:
        _arrange(session, found, parent, position)
    if above is None:
        _tell(session, "Move", found, " to the top level")
    else:
        _tell(session, "Move", found, " under “{above}”", above=above.title)


@operation("Link tasks")
def link(
    session: Session,
    task_id: int,
    needs_id: int,
    *,
    kind: LinkKind = LinkKind.FS,
    lag_days: int = 0,
) -> None:
    """Let a task wait for another one.

    Args:
        task_id: The one that waits.
        needs_id: The one it waits for.
        kind: How they depend on each other; a link between the two that exists is changed.
        lag_days: Days between the two; negative: they overlap.

    Raises:
        Refused: The other one waits for this one already, or it is the same.
    """
    task, needs = _load(session, [task_id, needs_id]) if task_id != needs_id else (None, None)
    if task is None or needs is None:
        raise Refused("A task cannot wait for itself.")
    if task.project_id != needs.project_id:
        raise Refused("Tasks of two projects cannot wait for each other.")
    if task_id in _reach(session, task.project_id, needs_id):
        raise Refused(f"{_name(needs)} already waits for {_name(task)}.")
    stands = next((each for each in task.links if each.needs_id == needs_id), None)
    if stands is None:
        stands = TaskLink(project_id=task.project_id, needs_id=needs_id)
        task.links.append(stands)
    stands.kind, stands.lag_days = kind, lag_days
    say(session, "Let “{title}” wait for “{needs}”", title=task.title, needs=needs.title)


@operation("Unlink tasks")
def unlink(session: Session, task_id: int, needs_id: int) -> None:
    """Let a task no longer wait for another one.

    Raises:
        Refused: It does not.
    """
    (task,), (needs,) = _load(session, [task_id]), _load(session, [needs_id])
    stands = next((each for each in task.links if each.needs_id == needs_id), None)
    if stands is None:
        raise Refused(f"{_name(task)} does not wait for {_name(needs)}.")
    task.links.remove(stands)
    words = {"title": task.title, "needs": needs.title}
    say(session, "Let “{title}” no longer wait for “{needs}”", **words)


@operation("Remove tasks")
def remove(session: Session, tasks: Sequence[int], *, with_subtasks: bool = False) -> None:
    """Remove tasks; what waited for them no longer does.

    Args:
        with_subtasks: Remove what is below them as well; else it moves up to where they were.

    Raises:
        Refused: There is no such task.
    """
    found = _load(session, tasks, tags=True)
    below = _below(session, found)
    gone = {task.id: task for task in ([*found, *below] if with_subtasks else found)}
    for task in below:
        while task.parent_id in gone and task.id not in gone:
            task.parent_id = gone[task.parent_id].parent_id
    for some in _in_parts(gone):
        for needed in session.scalars(select(TaskLink).where(TaskLink.needs_id.in_(some))):
            session.delete(needed)
    for task in gone.values():
        task.parent_id = None
    session.flush()
    for task in gone.values():
        session.delete(task)
    tail = " with {below} below" if with_subtasks and below else ""
    _tell(session, "Remove", found, tail, below=len(gone) - len(found))


# -- reading what is given


def _load(session: Session, ids: Iterable[int], *, tags: bool = False) -> list[Task]:
    """Give the tasks of these ids, each once, in the order given."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise Refused("No task was named.")
    found: dict[int, Task] = {}
    for some in _in_parts(wanted):
        query = select(Task).where(Task.id.in_(some))
        if tags:
            query = query.options(selectinload(Task.tags), selectinload(Task.links))
        found |= {task.id: task for task in session.scalars(query)}
    missing = [each for each in wanted if each not in found]
    if missing:
        raise Refused(f"There is no task {missing[0]} any more.")
    return [found[each] for each in wanted]


def _only(session: Session, task_id: int, project: int) -> Task:
    """Give one task, which must be of this project."""
    (task,) = _load(session, [task_id])
    if task.project_id != project:
        raise Refused(f"{_name(task)} is of another project.")
    return task


def _in_parts(ids: Collection[int]) -> list[list[int]]:
    every = list(ids)
    return [every[first : first + _SOME] for first in range(0, len(every), _SOME)]


def _of_project(
    session: Session, kind: type[R], record_id: int | None, project: int, word: str
) -> R | None:
    """Give the record a task refers to, which must be of the same project."""
    if record_id is None:
        return None
    found = session.get(kind, record_id)
    if found is None or getattr(found, "project_id", None) != project:
        raise Refused(f"There is no such {word} in this project.")
    return found


def _checked(session: Session, task: Task, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as they are kept, or refuse them with a sentence."""
    kept = dict(values)
    if "title" in kept:
        kept["title"] = clean(kept["title"] or "")
        if not kept["title"]:
            raise Refused("A task needs a title.")
    if "code" in kept:
        kept["code"] = _free_code(session, task, clean(kept["code"] or "") or None)
    if "work_unit_id" in kept:
        word = "work package or activity"
        _of_project(session, WorkUnit, kept["work_unit_id"], task.project_id, word)
    if kept.keys() & {"partner_id", "contact_id"}:
        kept |= _checked_assignee(session, task, kept)
    if kept.get("phase") is not None:
        kept["phase"] = PhaseKind(kept["phase"])
    if "priority" in kept:
        kept["priority"] = Priority(kept["priority"] or Priority.NORMAL)
    if (kept.get("effort_minutes") or 0) < 0:
        raise Refused("The effort cannot be less than nothing.")
    if "recurrence" in kept:
        kept["recurrence"] = read_rule(kept["recurrence"]) if kept["recurrence"] else None
    if "notes" in kept:
        kept["notes"] = clean(kept["notes"] or "", lines=True) or None
    return kept


def _checked_assignee(session: Session, task: Task, values: Values) -> dict[str, int | None]:
    """Give partner and person so that they fit; a person of another partner is let go."""
    contact = values.get("contact_id", task.contact_id)
    partner = values.get("partner_id", None if "contact_id" in values else task.partner_id)
    if "contact_id" not in values and contact is not None:
        person = session.get(Contact, contact)
        if person is not None and person.partner_id not in {None, partner}:
            contact = None
    kept = {"partner_id": _assignee(session, task.project_id, partner, contact)}
    if contact != task.contact_id:
        kept["contact_id"] = contact
    return kept


def _free_code(session: Session, task: Task, code: str | None) -> str | None:
    """Refuse a code that another task of the project has, in whatever letter case."""
    if code is None:
        return None
    query = select(Task.id, Task.code, Task.title).where(
        Task.project_id == task.project_id, Task.code.is_not(None)
    )
    with session.no_autoflush:
        for other, taken, title in session.execute(query):
            if other != task.id and fold(taken or "") == fold(code):
                raise Refused(f"{taken} is the code of {quoted(title)} already.")
    return code


def _assignee(
    session: Session, project: int, partner_id: int | None, contact_id: int | None
) -> int | None:
    """Give the partner of an assignment; a person brings theirs along."""
    partner = _of_project(session, Partner, partner_id, project, "partner")
    contact = _of_project(session, Contact, contact_id, project, "contact")
    if contact is None or contact.partner_id is None:
        return partner_id
    if partner is not None and partner.id != contact.partner_id:
        raise Refused(f"{contact.name} is not of {partner.acronym or partner.name}.")
    return contact.partner_id


def _read_tags(names: Iterable[str]) -> list[str]:
    """Give tags as they are kept: without their sign, each once whatever its letter case."""
    cleaned = (clean(name).lstrip("#").strip() for name in names)
    return list({fold(name): name for name in cleaned if name}.values())


# -- dates


def _due(task: Task) -> Due:
    return Due(task.due, task.due_month, task.due_precision)


def _set_due(task: Task, due: Due) -> None:
    task.due, task.due_month, task.due_precision = due


def _start_of(session: Session, project: int) -> date | None:
    return session.scalar(select(Project.start).where(Project.id == project))


def _edit_due(
    session: Session, task: Task, values: Values, based_on: Values | None
) -> list[FieldConflict]:
    """Set the date of a task, unless somebody else did meanwhile."""
    new = dates.due(
        values.get("due"),
        values.get("due_month"),
        values.get("due_precision") or Precision.DAY,
        start=_start_of(session, task.project_id),
    )
    if new == _due(task):
        return []
    seen = based_on or {}
    if any(name in seen and getattr(task, name) != seen[name] for name in _DUE):
        return [FieldConflict("due", new.day, task.due)]
    _set_due(task, new)
    return []


def _edit_tags(task: Task, names: Iterable[str], based_on: Values | None) -> list[FieldConflict]:
    """Set the tags of a task, unless somebody else did meanwhile."""
    wanted, stand = _read_tags(names), [each.name for each in task.tags]
    if set(wanted) == set(stand):
        return []
    if based_on is not None and "tags" in based_on and set(based_on["tags"]) != set(stand):
        return [FieldConflict("tags", tuple(wanted), tuple(stand))]
    kept = {each.name: each for each in task.tags if each.name in wanted}
    task.tags = [kept.get(n) or Tag(project_id=task.project_id, name=n) for n in wanted]
    return []


def _refuse_backwards(task: Task) -> None:
    if task.start and task.due and task.start > task.due:
        begin, end = days.say_brief(task.start), days.say_brief(task.due)
        raise Refused(f"{_name(task)} would start on {begin}, after it is due on {end}.")


def _repeat(session: Session, task: Task, today: date) -> Task | None:
    """Make the next one of a task that repeats, with its rule; None where the rule has ended."""
    rule, base = task.recurrence or "", task.due or today
    day = dates.next_after(rule, base, today)
    if day is None:
        return None
    made = _copy(session, task, day - base, task.parent_id)
    made.recurrence, task.recurrence = rule, None
    begin = _start_of(session, task.project_id)
    if task.due_month is None or begin is None:
        _set_due(made, dates.due(day, None, task.due_precision))
    else:
        _set_due(made, dates.due(None, timeline.month_of(begin, day), start=begin))
    return made


def _copy(session: Session, task: Task, later: timedelta, parent_id: int | None) -> Task:
    """Make a task again, open and so much later, with what is below it."""
    kept: tuple[str, ...] = (
        *("project_id", "title", "work_unit_id", "phase", "partner_id", "contact_id"),
        *("due_month", "due_precision", "priority", "effort_minutes", "position", "notes"),
    )
    made = Task(
        parent_id=parent_id,
        start=task.start and task.start + later,
        due=task.due and task.due + later,
        **{name: getattr(task, name) for name in kept},
    )
    made.tags = [Tag(project_id=task.project_id, name=each.name) for each in task.tags]
    session.add(made)
    session.flush()
    parts = select(Task).where(Task.parent_id == task.id, Task.state != TaskState.CANCELLED)
    for part in session.scalars(parts.order_by(Task.position, Task.id)).all():
        _copy(session, part, later, made.id)
    return made


# -- what is above, below and waited for


def _below(session: Session, tasks: Iterable[Task]) -> list[Task]:
    """Give everything below tasks that is not among them, nearest first."""
    found = {task.id: task for task in tasks}
    given, level = set(found), list(found)
    while level:
        parts = [
            part
            for some in _in_parts(level)
            for part in session.scalars(select(Task).where(Task.parent_id.in_(some)))
        ]
        level = [part.id for part in parts if part.id not in found]
        found |= {part.id: part for part in parts}
    return [task for task in found.values() if task.id not in given]


def _open_below(session: Session, tasks: Iterable[Task]) -> list[Task]:
    return [task for task in _below(session, tasks) if not task.state.closed]


def _above(session: Session, tasks: Iterable[Task]) -> list[Task]:
    """Give everything that tasks are part of, nearest first."""
    found: dict[int, Task] = {}
    for task in tasks:
        above = task.parent_id
        while above is not None and above not in found:
            found[above] = session.get_one(Task, above)
            above = found[above].parent_id
    return list(found.values())


def _refuse_inside_itself(session: Session, tasks: Sequence[Task], above: Task) -> None:
    path = {above.id, *(each.id for each in _above(session, [above]))}
    inside = next((task for task in tasks if task.id in path), None)
    if inside is above:
        raise Refused(f"{_name(above)} cannot be part of itself.")
    if inside is not None:
        raise Refused(f"{_name(above)} is part of {_name(inside)} itself.")


def _refuse_closed_parent(parent: Task) -> None:
    if parent.state.closed:
        raise Refused(f"{_name(parent)} is {parent.state.word}: reopen it first.")


def _reach(session: Session, project: int, first: int, *, backwards: bool = False) -> set[int]:
    """Give every task that one waits for, over links and parts; backwards: that wait for it."""
    links = select(TaskLink.task_id, TaskLink.needs_id).where(TaskLink.project_id == project)
    parts = select(Task.parent_id, Task.id).where(
        Task.project_id == project, Task.parent_id.is_not(None)
    )
    ways: dict[int, list[int]] = defaultdict(list)
    for waits, needs in [*session.execute(links), *session.execute(parts)]:
        source, target = (needs, waits) if backwards else (waits, needs)
        ways[source].append(target)
    found: set[int] = set()
    ahead = [first]
    while ahead:
        new = [target for target in ways[ahead.pop()] if target not in found]
        found.update(new)
        ahead += new
    return found


# -- order


def _last_position(session: Session, project: int, parent: int | None) -> int:
    query = select(func.max(Task.position)).where(
        Task.project_id == project, Task.parent_id.is_not_distinct_from(parent)
    )
    found = session.scalar(query)
    return -1 if found is None else found


def _arrange(session: Session, tasks: Sequence[Task], parent: int | None, position: int) -> None:
    """Put tasks among the parts of one, and number these anew."""
    moved = {task.id for task in tasks}
    query = select(Task).where(
        Task.project_id == tasks[0].project_id, Task.parent_id.is_not_distinct_from(parent)
    )
    others = [
        task
        for task in session.scalars(query.order_by(Task.position, Task.id))
        if task.id not in moved
    ]
    at = min(max(position, 0), len(others))
    for place, task in enumerate([*others[:at], *tasks, *others[at:]]):
        task.position = place


# -- sentences


def _name(task: Task) -> str:
    return quoted(task.title)


def _list(tasks: Sequence[Task]) -> str:
    """Name some tasks: “A”, “B”, “C” and 4 more."""
    named = ", ".join(_name(task) for task in tasks[:_NAMED])
    more = len(tasks) - _NAMED
    return f"{named} and {more} more" if more > 0 else named


def _are(tasks: Sequence[Task]) -> str:
    return "is" if len(tasks) == 1 else "are"


def _unlike(tasks: Sequence[Task], state: TaskState, already: str) -> list[Task]:
    """Give the tasks that are in another state; refuse where there is none."""
    changed = [task for task in tasks if task.state is not state]
    if not changed:
        raise Refused(f"{_list(tasks)} {_are(tasks)} {already}.")
    return changed


def _refuse_closed(tasks: Sequence[Task]) -> None:
    closed = [task for task in tasks if task.state.closed]
    if closed:
        words = " or ".join(dict.fromkeys(task.state.word for task in closed))
        again = "it" if len(closed) == 1 else "them"
        raise Refused(f"{_list(closed)} {_are(closed)} {words}: reopen {again} first.")


def _tell(
    session: Session, verb: str, tasks: Sequence[Task], tail: str = "", **words: object
) -> None:
    """Tell the history what was done: by name to one task, else to how many."""
    if len(tasks) == 1:
        say(session, f"{verb} “{{title}}”{tail}", title=tasks[0].title, **words)
    else:
        say(session, f"{verb} {{count}} tasks{tail}", count=len(tasks), **words)


def _tell_postponed(
    session: Session, moved: Sequence[Task], olds: Sequence[Due], left: int, by: Step | None
) -> None:
    old, new = olds[0], _due(moved[0])
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
        return f"{_list(tasks)} {have} no date yet that could be moved: say to which day."
    return f"{_list(tasks)} {_are(tasks)} due then already."
