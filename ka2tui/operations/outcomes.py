"""The minutes of a meeting: information, decisions, and actions with their tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.kinds import OutcomeKind
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations import actions, tasks
from ka2tui.operations.fields import FieldConflict, Values, change, number
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import AgendaItem, LogEntry, Meeting, MeetingOutcome, Task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session


FIELDS = frozenset({"text", "kind", "agenda_item_id"})
"""What can be edited of a line of minutes."""

OF_TASK = frozenset({"partner_id", "contact_id", "due"})
"""What of an action its task keeps: who does it, and by when."""


@operation("Add to the minutes")
def add(
    session: Session,
    meeting: int,
    kind: OutcomeKind,
    text: str,
    *,
    item: int | None = None,
    partner_id: int | None = None,
    contact_id: int | None = None,
    due: date | None = None,
    work_unit_id: int | None = None,
) -> int:
    """Add a line to the minutes, and give its id; an action becomes a task.

    Args:
        meeting: The meeting's id.
        kind: Information, a decision, an action.
        text: What was said, decided, or is to be done.
        item: The point of the agenda it belongs to.
        partner_id: Which partner does it; for an action, like the following.
        contact_id: Who does it.
        due: By when.
        work_unit_id: Where its task belongs; else where the meeting does.

    Raises:
        Refused: No text, or a point of another agenda.
    """
    record = existing(session, Meeting, meeting, "meeting")
    wanted = _read_outcome(session, record, {"text": text, "agenda_item_id": item})
    line = MeetingOutcome(project_id=record.project_id, kind=kind, **wanted)
    record.outcomes.append(line)
    number(record.outcomes)
    session.flush()
    if kind is OutcomeKind.ACTION:
        _make_task(
            session,
            record,
            line,
            partner_id=partner_id,
            contact_id=contact_id,
            due=due,
            work_unit_id=work_unit_id or record.work_unit_id,
        )
    say(
        session,
        "Note {kind} at {meeting}: {text}",
        kind=kind.word,
        meeting=record.title,
        text=clean(line.text),
    )
    return line.id


@operation("Add to the minutes")
def add_several(
    session: Session,
    meeting: int,
    lines: Sequence[tuple[OutcomeKind, str]],
    *,
    item: int | None = None,
    partner_id: int | None = None,
    contact_id: int | None = None,
    due: date | None = None,
) -> list[int]:
    """Add several lines to the minutes, and give their ids; the actions share who and when."""
    added = [
        add(
            session,
            meeting,
            kind,
            text,
            item=item,
            partner_id=partner_id,
            contact_id=contact_id,
            due=due,
        )
        for kind, text in lines
    ]
    if len(added) > 1:
        title = existing(session, Meeting, meeting, "meeting").title
        say(session, "Note {lines} lines at {meeting}", lines=len(added), meeting=title)
    return added


@operation("Edit the minutes")
def edit(
    session: Session, outcome: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change a line of the minutes; the task of an action is renamed with it.

    A task that got a title of its own meanwhile keeps it. Information or a decision that becomes
    an action gets a task. Who does an action and by when is changed in its task.

    Returns:
        The fields that somebody else changed meanwhile; they were left alone.

    Raises:
        Refused: No text, a point of another agenda, or an action that should no longer be one.
    """
    line = existing(session, MeetingOutcome, outcome, "line of minutes")
    of_task = {field: value for field, value in values.items() if field in OF_TASK}
    own = {field: value for field, value in values.items() if field not in OF_TASK}
    wanted = _read_outcome(session, line.meeting, own)
    was, text_was = line.kind, line.text
    if was is OutcomeKind.ACTION and wanted.get("kind", was) is not was:
        raise Refused("This action has a task: remove the line and write it anew.")
    conflicts = change(line, wanted, based_on, allowed=FIELDS)
    if line.kind is OutcomeKind.ACTION and was is not OutcomeKind.ACTION:
        _make_task(session, line.meeting, line, work_unit_id=line.meeting.work_unit_id)
    if line.text != text_was:
        actions.follow_line(session, line, text_was)
    if of_task:
        conflicts += _edit_task(session, line, of_task, based_on)
    say(
        session,
        "Edit the minutes of {meeting}: {text}",
        meeting=line.meeting.title,
        text=clean(line.text),
    )
    return conflicts


@operation("Remove from the minutes")
def remove(session: Session, outcome: int, *, with_task: bool = False) -> None:
    """Remove a line of the minutes.

    Args:
        outcome: Its id.
        with_task: Remove an action's task too; else it stays, by itself.
    """
    line = existing(session, MeetingOutcome, outcome, "line of minutes")
    meeting = line.meeting
    let_go_of_tasks(session, [line.id], remove_them=with_task)
    say_last = {"meeting": meeting.title, "text": clean(line.text)}
    meeting.outcomes.remove(line)
    number(meeting.outcomes)
    say(session, "Remove from the minutes of {meeting}: {text}", **say_last)


def _edit_task(
    session: Session, line: MeetingOutcome, values: Values, based_on: Values | None
) -> tuple[FieldConflict, ...]:
    """Change who does an action and by when."""
    query = select(Task.id).where(Task.outcome_id == line.id).order_by(Task.id).limit(1)
    task = session.scalar(query)
    if task is None:
        raise Refused("This line has no task: only actions do.")
    if values.keys() - {"due"}:
        who = {field: values.get(field) for field in ("partner_id", "contact_id")}
        stands = session.get_one(Task, task)
        if who != {field: getattr(stands, field) for field in who}:
            tasks.assign(session, [task], **who)
    if "due" not in values:
        return ()
    return tasks.edit(session, task, {"due": values["due"]}, based_on)


def _read_outcome(session: Session, meeting: Meeting, values: Values) -> dict[str, Any]:
    """Read the values of a line of minutes."""
    read: dict[str, Any] = {
        field: clean(value, lines=True) if isinstance(value, str) and field == "text" else value
        for field, value in values.items()
    }
    if "text" in read and not read["text"]:
        raise Refused("A line of the minutes needs words.")
    if "kind" in read:
        read["kind"] = OutcomeKind(read["kind"])
    item = read.get("agenda_item_id")
    if item is not None:
        found = existing(session, AgendaItem, item, "point of an agenda")
        if found.meeting_id != meeting.id:
            raise Refused("This point is on another agenda.")
    return read


def _make_task(
    session: Session,
    meeting: Meeting,
    line: MeetingOutcome,
    *,
    work_unit_id: int | None,
    partner_id: int | None = None,
    contact_id: int | None = None,
    due: date | None = None,
) -> None:
    """Make the task of an action."""
    tasks.add(
        session,
        meeting.project_id,
        clean(line.text),
        work_unit_id=work_unit_id,
        partner_id=partner_id,
        contact_id=contact_id,
        due=due,
        outcome_id=line.id,
    )


def let_go_of_tasks(session: Session, outcomes: list[int], *, remove_them: bool) -> None:
    """Remove the tasks that came from lines of minutes, or let them stand by themselves.

    What the log of the project has from them stays in any case.
    """
    found = list(session.scalars(select(Task).where(Task.outcome_id.in_(outcomes))))
    for task in found:
        task.outcome_id = None
    for line in session.scalars(select(LogEntry).where(LogEntry.outcome_id.in_(outcomes))):
        line.outcome_id = None
    session.flush()
    if remove_them and found:
        tasks.remove(session, [task.id for task in found])
