"""What can be asked of tasks, and of what is to be done today."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ka2tui.domain import kinds
from ka2tui.domain.known_names import Known, TaskMore
from ka2tui.domain.list_fields import (
    day,
    kind,
    number,
    phase_field,
    priority_field,
    tag,
    text,
    unit,
    who,
)
from ka2tui.domain.list_flags import Marks, late_and_soon, marked_flag, state_flag
from ka2tui.domain.vocabulary import Field, Flag, Kind, Value, Vocabulary

if TYPE_CHECKING:
    from datetime import date


_CLOSED = ("done", "cancelled")

_SIGNS = {"@": "who", "#": "tag", "!": "priority"}

_EVERYWHERE = "code, title, tags, who does it and where it belongs"


def tasks(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of tasks."""
    from ka2tui.domain.effort import read_effort, say_effort

    more, nothing = known.tasks, TaskMore()
    state = kind("state", kinds.TaskState, also=("status",), closed=_CLOSED)
    fields = (
        replace(state, values=tuple(map(_noted, state.values))),
        day("due", also=("deadline", "until")),
        who(known, attrgetter("partner", "contact"), also=("assignee", "assigned", "person")),
        who(known, attrgetter("partner"), name="partner", people=False),
        unit(known),
        tag(known),
        priority_field(),
        text("title"),
        text("code"),
        phase_field(lambda row: more.get(row.id, nothing).phase),
        Field("start", Kind.DAY, lambda row: more.get(row.id, nothing).start, also=("begin",)),
        day("finished", "finished_on", closed=True),
        day("waiting", "waiting_since", about="waiting since", also=("since",)),
        number(
            "effort",
            lambda row: more.get(row.id, nothing).effort,
            read=read_effort,
            say=lambda it: say_effort(int(it)),
        ),
        *([] if known.urgency is None else [number("urgency", known.urgency)]),
    )
    flags = (
        *late_and_soon(today),
        state_flag("waiting", "waiting"),
        state_flag("doing", "doing", about="in work"),
        state_flag("open", "open", "doing", "waiting", about="still to be done"),
        state_flag("done", "done", closed=True),
        state_flag("closed", *_CLOSED, about="done or given up", closed=True),
        Flag("repeating", attrgetter("recurrence"), bool, "one that comes again"),
        Flag("blocked", lambda row: known.waits.get(row.id, 0), bool, "held up by another task"),
        Flag("blocking", lambda row: known.holds_up.get(row.id, 0), bool, "holding up another"),
        Flag("part", attrgetter("parent_id"), lambda it: it is not None, "part of another task"),
        *marked_flag(marks),
    )
    return Vocabulary("task", task_texts, fields, flags, _SIGNS, _EVERYWHERE)


def _noted(value: Value) -> Value:
    """Tell open, which is not begun, from all that is still to be done."""
    if value.word != kinds.TaskState.OPEN:
        return value
    return replace(value, note="not begun; is:open has those in work too")


def task_texts(row: Any) -> tuple[str | None, ...]:
    """Give everything of a task that words are looked for in."""
    return (row.code, row.title, row.contact, row.partner, row.work_unit, *row.tags)


def items(known: Known, today: date, marks: Marks | None = None) -> Vocabulary:
    """Give what can be asked of tasks, deliverables and milestones in one list."""
    states = (*kinds.TaskState, *kinds.DeliverableState)
    fields = (
        day("due", also=("deadline", "until")),
        Field(
            *("kind", Kind.WORD, attrgetter("kind")),
            values=tuple(map(Value, ("task", "deliverable", "milestone", "meeting"))),
        ),
        kind("state", states, also=("status",)),
        who(known, attrgetter("assignee"), also=("assignee", "assigned", "lead")),
        unit(known),
        tag(known),
        priority_field(),
        text("title"),
        text("code"),
        day("waiting", "waiting_since", about="waiting since", also=("since",)),
    )
    flags = (
        *late_and_soon(today),
        state_flag("waiting", "waiting"),
        state_flag("doing", "doing", about="in work"),
        *marked_flag(marks, "key"),
    )

    def texts(row: Any) -> tuple[str | None, ...]:
        return (row.code, row.title, row.assignee, row.work_unit, *row.tags)

    return Vocabulary("row", texts, fields, flags, _SIGNS, _EVERYWHERE)
