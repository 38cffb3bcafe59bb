"""What can be done with tasks wherever they are shown: each verb asks what it needs to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from ka2tui.domain.bulk import is_many
from ka2tui.domain.due import Due
from ka2tui.domain.kinds import PhaseKind, Precision, Priority
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ka2tui.domain.understood import Understood
    from ka2tui.operations import capture, dependencies, task_board, tasks
    from ka2tui.queries import tasks as views
    from ka2tui.queries.tasks import Choices, TaskDetails
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled, Option
else:
    capture = lazily("ka2tui.operations.capture")
    dependencies = lazily("ka2tui.operations.dependencies")
    task_board = lazily("ka2tui.operations.task_board")
    tasks = lazily("ka2tui.operations.tasks")
    views = lazily("ka2tui.queries.tasks")

_PARTNER, _CONTACT = "partner", "contact"


class Row(Protocol):
    """A task as a list shows it."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def due(self) -> date | None: ...
    @property
    def due_month(self) -> int | None: ...
    @property
    def due_precision(self) -> Precision: ...


def due_of(row: Row) -> Due:
    """Give when a row is due."""
    return Due(row.due, row.due_month, row.due_precision)


def is_closed(row: Row) -> bool:
    """Say whether nothing is left to do."""
    return row.state in ("done", "cancelled")


def named(verb: str, rows: Sequence[Row]) -> str:
    """Name what a verb is about to do: one task by its title, several by their number."""
    if len(rows) == 1:
        return f"{verb} {plain.cut(plain.line(rows[0].title), 48)}"
    return f"{verb} {plain.count(len(rows), 'task')}"


def ids(rows: Sequence[Row]) -> list[int]:
    """Give the ids of rows."""
    return [row.id for row in rows]


async def finish(desk: Desk, rows: Sequence[Row], below: Sequence[Row] = ()) -> bool:
    """Finish tasks; open them again where all are closed; say whether it was done.

    Args:
        desk: Where it is done.
        rows: Which ones.
        below: What is open below them: it is finished along, if the user wants that.
    """
    still = [row for row in rows if not is_closed(row)]
    if not still:
        return await desk.do(tasks.reopen, ids(rows)) is not None
    if below and not await along(desk, named("Finish", still), below, "finish all"):
        return False
    do = desk.do_agreed if below else desk.do
    done = await do(tasks.finish, ids(still), today=desk.today, with_subtasks=bool(below))
    return done is not None


async def cancel(desk: Desk, rows: Sequence[Row], below: Sequence[Row] = ()) -> bool:
    """Give tasks up, but keep them."""
    if below and not await along(desk, named("Give up", rows), below, "give all up"):
        return False
    do = desk.do_agreed if below else desk.do
    return await do(tasks.cancel, ids(rows), with_subtasks=bool(below)) is not None


async def along(desk: Desk, title: str, below: Sequence[Row], yes: str) -> bool:
    """Ask whether what is open below comes along."""
    from ka2tui.tui.dialogs.ask import Ask

    some = "\n".join(f"· {plain.line(row.title)}" for row in below[:5])
    more = f"\nand {len(below) - 5} more" if len(below) > 5 else ""
    about = f"Still open below:\n{some}{more}"
    answer = await desk.push_screen_wait(Ask(f"{title}?", about=about, yes=yes))
    return answer is True


async def postpone(desk: Desk, project: int, rows: Sequence[Row]) -> bool:
    """Put tasks off by a step or to a date."""
    from ka2tui.tui.dialogs.put_off import PutOff

    start = (await desk.ask(views.choices, project)).start
    due = due_of(rows[0]) if len(rows) == 1 else None
    answer = await desk.push_screen_wait(
        PutOff(named("Postpone", rows), due, desk.today, start=start)
    )
    if answer is None:
        return False
    if isinstance(answer, Due):
        return await desk.do(tasks.postpone, ids(rows), to=answer) is not None
    outcome = await desk.do(tasks.postpone, ids(rows), by=answer, late_from=desk.today)
    if outcome is not None and len(outcome.value) < len(rows):
        desk.tell(outcome.label)
    return outcome is not None


async def set_due(desk: Desk, project: int, rows: Sequence[Row]) -> bool:
    """Give tasks a date, or none."""
    from ka2tui.tui.dialogs.due_line import ask_due

    known = await desk.ask(views.choices, project)
    stands = due_of(rows[0]) if len(rows) == 1 else None
    title = named("When is it due:", rows)
    due = await ask_due(desk, title, stands, start=known.start, end=known.end)
    return due is not None and await desk.do(tasks.postpone, ids(rows), to=due) is not None


async def assign(desk: Desk, project: int, rows: Sequence[Row]) -> bool:
    """Hand tasks to a partner, to a person or to nobody."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    options = who(await desk.ask(views.choices, project))
    items = [Item(at, option.word, option.note) for at, option in enumerate(options)]
    chosen = await desk.push_screen_wait(Choose(named("Assign", rows), items))
    if chosen is None:
        return False
    given = _assignee(options[chosen].value)
    return await desk.do(tasks.assign, ids(rows), **given) is not None


async def tag(desk: Desk, rows: Sequence[Row]) -> bool:
    """Put tags on tasks, and take off those with a minus before them."""
    from ka2tui.tui.dialogs.line import Line

    text = await desk.push_screen_wait(
        Line(named("Tag", rows), placeholder="tpm urgent -old", about="A minus takes a tag off.")
    )
    words = (text or "").replace(",", " ").split()
    if not words:
        return False
    put = [word for word in words if not word.startswith("-")]
    take = [word[1:] for word in words if word.startswith("-")]
    return await desk.do(tasks.tag, ids(rows), put=put, take=take) is not None


async def prioritise(desk: Desk, rows: Sequence[Row]) -> bool:
    """Give tasks a priority."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    levels = (Priority.HIGH, Priority.NORMAL, Priority.LOW)
    items = [Item(at, f"{level.word} priority") for at, level in enumerate(levels)]
    stands = getattr(rows[0], "priority", None)
    at = levels.index(stands) if len(rows) == 1 and stands in levels else 0
    chosen = await desk.push_screen_wait(Choose(named("Priority of", rows), items, at=at))
    if chosen is None:
        return False
    return await desk.do(task_board.prioritise, ids(rows), levels[chosen]) is not None


async def belong(desk: Desk, project: int, rows: Sequence[Row]) -> bool:
    """Move tasks to a work package or activity, or out of it."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    units = (await desk.ask(views.choices, project)).work_units
    items = [Item(0, "none"), *(Item(unit.id, unit.word, unit.note) for unit in units)]
    chosen = await desk.push_screen_wait(Choose(named("Move to a work package:", rows), items))
    if chosen is None:
        return False
    return await desk.do(task_board.belong, ids(rows), chosen or None) is not None


async def needs(desk: Desk, rows: Sequence[Row], others: Sequence[Row]) -> bool:
    """Let tasks wait for another one, or no longer.

    Args:
        desk: Where it is done.
        rows: Those that wait.
        others: What they can wait for.
    """
    from ka2tui.tui.dialogs.choose import Choose, Item

    linked: set[int] = set()
    if len(rows) == 1:
        details = await desk.ask(views.one, rows[0].id)
        linked = {link.task.id for link in details.waits_for}
    given = set(ids(rows))
    offered = sorted(
        (each for each in others if each.id not in given), key=lambda it: it.id not in linked
    )
    items = [
        Item(each.id, plain.join([getattr(each, "code", None), each.title], " "),
             "no longer" if each.id in linked else "")
        for each in offered
    ]  # fmt: skip
    title = f"{named('Waits for:', rows)}"
    chosen = await desk.push_screen_wait(Choose(title, items))
    if chosen is None:
        return False
    if chosen in linked:
        return await desk.do(dependencies.release, ids(rows), chosen) is not None
    return await desk.do(dependencies.hold, ids(rows), chosen) is not None


async def remove(desk: Desk, rows: Sequence[Row], below: int) -> bool:
    """Remove tasks, after asking; what is below them moves up or goes along."""
    from ka2tui.tui.dialogs.ask import Ask
    from ka2tui.tui.dialogs.choose import Choose, Item

    title = f"{named('Remove', rows)}?"
    if not below and is_many(len(rows)):
        return await desk.do(tasks.remove, ids(rows)) is not None
    if not below:
        about = "u brings it back. To keep it on record as given up, press c instead."
        if not await desk.push_screen_wait(Ask(title, about=about, yes="remove", proposed=True)):
            return False
        return await desk.do(tasks.remove, ids(rows)) is not None
    parts = plain.count(below, "task")
    items = [Item(0, f"Remove, and move the {parts} below up"), Item(1, f"Remove with the {parts}")]
    chosen = await desk.push_screen_wait(Choose(title, items))
    if chosen is None:
        return False
    done = await desk.do_agreed(tasks.remove, ids(rows), with_subtasks=bool(chosen))
    return done is not None


async def add(
    desk: Desk,
    project: int,
    *,
    below: int | None = None,
    title: str = "",
    said: Understood | None = None,
) -> int | None:
    """Add a task through a form; give its id.

    Args:
        desk: Where it is done.
        project: Where it is added.
        below: The task it is to be part of.
        title: The title of that one.
        said: What is known of the new task already.
    """
    from ka2tui.tui.dialogs.form import Form

    choices = await desk.ask(views.choices, project)
    needs = [] if said is None else [each.id for each in said.needs]

    async def save(filled: Filled) -> Any:
        values = as_values(filled.values)
        return await desk.attempt(
            capture.add, project, values.pop("title"), needs=needs, parent_id=below, **values
        )

    heading = f"Add a part of {plain.cut(plain.line(title), 44)}" if below else "Add a task"
    given = {} if said is None else _given(said)
    fields = [
        replace(field, value=given[field.name], more=False) if field.name in given else field
        for field in _fields(desk.today, choices, None)
    ]
    form = Form(heading, fields, save=save)
    filled = await desk.push_screen_wait(form)
    return None if filled is None else int(filled.saved.value)


async def edit(desk: Desk, project: int, task: int) -> bool:
    """Edit a task in a form; what somebody else changed meanwhile is asked."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.tui.dialogs.form import Form

    try:
        details = await desk.ask(views.one, task)
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return False
    choices = await desk.ask(views.choices, project)

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        changed, before = as_values(filled.changed), as_values(filled.based_on)
        if "who" in filled.based_on:
            row = details.row
            before |= {"partner_id": row.partner_id, "contact_id": row.contact_id}
        return await desk.attempt(tasks.edit, task, changed, before)

    heading = f"Edit {plain.cut(plain.line(details.row.title), 56)}"
    form = Form(heading, _fields(desk.today, choices, details), save=save)
    filled = await desk.push_screen_wait(form)
    return filled is not None and filled.saved is not None


# -- forms


def _given(said: Understood) -> dict[str, Any]:
    """Give what a line says as the fields of the form take it; what it does not say is left out."""
    who = said.contact or said.partner
    found = {
        "title": said.title,
        "due": None if said.due == Due() else said.due,
        "who": who and (who.kind, who.id),
        "work_unit_id": said.work_unit and said.work_unit.id,
        "priority": said.priority,
        "tags": said.tags,
        "effort_minutes": said.effort_minutes,
        "recurrence": said.recurrence,
        "phase": said.phase,
    }
    return {name: value for name, value in found.items() if value}


def who(choices: Choices, current: int | None = None) -> list[Option]:
    """List to whom a task can be given: nobody, partners, people; also who has it, though gone."""
    from ka2tui.tui.dialogs.form import Option

    return [
        Option(None, "nobody"),
        *(
            Option((_PARTNER, each.id), each.word, "" if each.note == each.word else each.note)
            for each in choices.offered(current)
        ),
        *(Option((_CONTACT, each.id), each.word, each.note) for each in choices.contacts),
    ]


def _assignee(value: tuple[str, int] | None) -> dict[str, int | None]:
    """Give an assignee as the operations take it."""
    kind, key = value or ("", None)
    return {
        "partner_id": key if kind == _PARTNER else None,
        "contact_id": key if kind == _CONTACT else None,
    }


def as_values(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of a form as the operations take them."""
    values = dict(filled)
    if "due" in values:
        due = values.pop("due") or Due()
        values |= {"due": due.day, "due_month": due.month, "due_precision": due.precision}
    if "who" in values:
        values |= _assignee(values.pop("who"))
    return values


PARTS_OF_WHO: dict[str, Callable[[Any], Any]] = {
    "partner_id": lambda key: (_PARTNER, key),
    "contact_id": lambda key: (_CONTACT, key),
}
"""What the two fields of a task say of who does it."""


def _fields(today: date, choices: Choices, details: TaskDetails | None) -> list[Field]:
    """Make the fields of a task; those of an empty one where there are no details."""
    from ka2tui.domain.due import read_due, say_as_read, write_due
    from ka2tui.domain.effort import read_effort, say_effort
    from ka2tui.domain.recurrence import read_rule, say_rule
    from ka2tui.tui.dialogs.form import Field, Option

    row = None if details is None else details.row
    due = None if row is None else due_of(row)
    assignee = None
    if row is not None and row.contact_id is not None:
        assignee = (_CONTACT, row.contact_id)
    elif row is not None and row.partner_id is not None:
        assignee = (_PARTNER, row.partner_id)
    units = [Option(each.id, each.word, each.note) for each in choices.work_units]
    return [
        Field("title", "Title", value="" if row is None else row.title, required=True),
        Field(
            "due",
            "Due",
            value=None if due == Due() else due,
            hint="fri, +2w, 12 Jan, Feb 2027, M18",
            read=partial(read_due, today=today, start=choices.start),
            write=write_due,
            say=partial(say_as_read, today=today, end=choices.end),
        ),
        Field(
            "who",
            "Who",
            "choice",
            assignee,
            parts=PARTS_OF_WHO,
            options=who(choices, row and row.partner_id),
        ),
        Field(
            "work_unit_id",
            "Belongs to",
            "choice",
            None if row is None else row.work_unit_id,
            options=[Option(None, "–"), *units],
        ),
        Field(
            "priority",
            "Priority",
            "choice",
            Priority.NORMAL if row is None else row.priority,
            options=[Option(each, each.word) for each in Priority],
        ),
        Field("tags", "Tags", "tags", () if row is None else row.tags, hint="tpm urgent"),
        Field(
            "start",
            "Start",
            "date",
            None if details is None else details.start,
            more=True,
            start=choices.start,
        ),
        Field(
            "effort_minutes",
            "Effort",
            value=None if details is None else details.effort_minutes,
            more=True,
            hint="90min, 4h, 2d",
            read=read_effort,
            write=say_effort,
            say=say_effort,
        ),
        Field(
            "recurrence",
            "Repeats",
            value=None if row is None else row.recurrence,
            more=True,
            hint="monthly, every 2 weeks, every month on the last fri",
            read=read_rule,
            write=say_rule,
            say=say_rule,
        ),
        Field(
            "phase",
            "Phase",
            "choice",
            None if details is None else details.phase,
            more=True,
            options=[Option(None, "–"), *(Option(each, each.word) for each in PhaseKind)],
        ),
        Field("code", "Code", value=None if row is None else row.code, more=True, hint="T2.3"),
        Field(
            "notes",
            "Notes",
            "long",
            None if details is None else details.notes,
            more=details is None or not details.notes,
        ),
    ]
