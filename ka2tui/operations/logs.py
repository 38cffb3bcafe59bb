"""The log: issues, decisions and changes; from minutes and risks, and to tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.kinds import LogKind, LogState
from ka2tui.domain.logs import FIELDS, PREFIX, WORDS, state_word
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations import codes, register_lines, task_fields, tasks
from ka2tui.operations.fields import FieldConflict, Values, change
from ka2tui.operations.given import several
from ka2tui.store.lots import in_parts
from ka2tui.store.operation import operation, say
from ka2tui.store.records import LogEntry, Meeting, MeetingOutcome, Risk, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

EDITABLE = frozenset(name for fields in FIELDS.values() for name in fields)

LONGEST_TITLE = 120
"""Letters of a line of minutes that become the title; the whole of it is kept besides."""


@operation("Add to the log")
def add(
    session: Session,
    project: int,
    kind: LogKind,
    title: str,
    *,
    today: date,
    values: Values | None = None,
) -> int:
    """Write down an issue, a decision or a change, under the next free code where none is given.

    Args:
        title: What it is about.
        today: When it was brought up, where nothing else is said.
        values: Other fields of its kind; `outcome_id` is the line of minutes it came from.

    Returns:
        Its id.

    Raises:
        Refused: No title, a code that is taken, or a value that cannot be.
    """
    register_lines.refuse_no_project(session, project)
    given: dict[str, Any] = {"opened_on": today, **(values or {}), "title": title}
    line = LogEntry(
        project_id=project,
        kind=kind,
        title="",
        state=LogState.OPEN,
        outcome_id=given.pop("outcome_id", None),
    )
    given["code"] = given.get("code") or codes.next_free(session, LogEntry, project, PREFIX[kind])
    change(line, _checked(session, line, given), allowed=EDITABLE)
    _take(line)
    session.add(line)
    session.flush()
    say(session, "Add {kind} {what}", kind=kind.word, what=register_lines.called(line))
    return line.id


@operation("Edit the log")
def edit(
    session: Session, line: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of an issue, a decision or a change.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: No title, a code that is taken, a field of another kind, or a value that cannot be.
    """
    (record,) = load(session, [line])
    conflicts = change(
        record,
        _checked(session, record, values),
        based_on,
        allowed=EDITABLE,
        together=("partner_id", "contact_id"),
    )
    if "decided_on" in values:
        _take(record)
    words = {"kind": record.kind.word, "what": register_lines.called(record)}
    say(session, "Edit {kind} {what}", **words)
    return conflicts


def _take(line: LogEntry) -> None:
    """Let a decision be taken that has the day on which it was."""
    if line.kind is LogKind.DECISION and line.state is LogState.OPEN and line.decided_on:
        line.state = LogState.DECIDED


@operation("Decide")
def decide(
    session: Session,
    lines: Sequence[int],
    *,
    on: date,
    by: str | None = None,
    said: str | None = None,
    accepted: bool = True,
) -> None:
    """Note what was decided about decisions and changes; a change that is refused ends so.

    Args:
        on: When.
        by: Who decided, as written; None: as it stands.
        said: The reasons of a decision, or what was said to a change; None: as it stands.
        accepted: Whether it was agreed to.

    Raises:
        Refused: One is an issue, or is closed.
    """
    found = load(session, lines)
    _refuse_closed(found)
    for line in found:
        if line.kind is LogKind.ISSUE:
            raise Refused(f"{register_lines.called(line)} is an issue: settle it instead.")
        field = "reason" if line.kind is LogKind.DECISION else "solution"
        given = {"decided_on": on, "decided_by": by, field: said}
        values = {name: value for name, value in given.items() if value is not None}
        change(line, _checked(session, line, values), allowed=EDITABLE)
        line.state = LogState.DECIDED if accepted else LogState.REJECTED
        line.closed_on = None if accepted else max(on, line.opened_on or on)
    verb = "Decide {what}" if accepted else "Refuse {what}"
    say(session, verb, what=_counted(found))


@operation("Move lines of the log")
def move(
    session: Session,
    lines: Sequence[int],
    state: LogState,
    *,
    today: date,
    solution: str | None = None,
) -> None:
    """Take lines of the log to a state: in work, settled, dropped, open again.

    Args:
        today: The day they are closed, where they are.
        solution: What was done about an issue, or about a change; None: as it stands.

    Raises:
        Refused: All are so already.
    """
    found = load(session, lines)
    changed = [line for line in found if line.state is not state or solution]
    if not changed:
        raise Refused(f"{_counted(found)} is so already.")
    for line in changed:
        if solution is not None and line.kind is not LogKind.DECISION:
            change(line, _checked(session, line, {"solution": solution}), allowed=EDITABLE)
        line.state = state
        line.closed_on = max(today, line.opened_on or today) if state.closed else None
    words = {state_word(line.kind, state) for line in changed}
    word = words.pop() if len(words) == 1 else state.word
    say(session, "Mark {what} as {word}", what=_counted(changed), word=word)


@operation("Take up in the log")
def take_up(
    session: Session,
    outcomes: Sequence[int],
    *,
    kind: LogKind = LogKind.DECISION,
    today: date,
    values: Values | None = None,
) -> list[int]:
    """Take lines of minutes up into the log, where they get the fields that minutes have not.

    Args:
        outcomes: The ids of the lines.
        kind: What they become.
        today: When they were brought up, where their meeting has no day.
        values: Other fields, where there is one line.

    Returns:
        The ids of the lines of the log.

    Raises:
        Refused: One is in the log already, or gone.
    """
    wanted = list(dict.fromkeys(outcomes))
    rows = [session.get(MeetingOutcome, one) for one in wanted]
    found = [row for row in rows if row is not None]
    if not found or len(found) < len(wanted):
        raise Refused("This line of minutes is gone.")
    taken = session.scalars(select(LogEntry).where(LogEntry.outcome_id.in_(wanted))).all()
    if taken:
        raise Refused(f"{register_lines.called(taken[0])} has been made of this line already.")
    made = []
    for outcome in found:
        meeting = session.get_one(Meeting, outcome.meeting_id)
        day = meeting.end_day or meeting.day
        text = clean(outcome.text)
        title = text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"
        given: dict[str, Any] = {"outcome_id": outcome.id, "work_unit_id": meeting.work_unit_id}
        if title != outcome.text:
            given["description"] = outcome.text
        if day is not None:
            given["opened_on"] = day
        if kind is LogKind.DECISION:
            given |= {"state": LogState.DECIDED, "decided_by": meeting.title, "decided_on": day}
        else:
            given["raised_by"] = meeting.title
        given |= values or {}
        title = given.pop("title", title)
        made.append(add(session, outcome.project_id, kind, title, today=today, values=given))
    lines = load(session, made)
    say(session, "Take up in the log: {what}", what=_counted(lines))
    return made


@operation("Make a change of an issue")
def make_change(
    session: Session,
    issue: int,
    *,
    today: date,
    title: str | None = None,
    values: Values | None = None,
) -> int:
    """Make a change of an issue, which stays, and give its id.

    Raises:
        Refused: It is no issue.
    """
    (record,) = load(session, [issue])
    if record.kind is not LogKind.ISSUE:
        raise Refused(f"{register_lines.called(record)} is no issue: only those lead to changes.")
    given: dict[str, Any] = {
        "description": record.description,
        "category": record.category,
        "urgency": record.urgency,
        "impact": record.impact,
        "size": record.size,
        "risk_id": record.risk_id,
        **register_lines.owner_of(record),
        **(values or {}),
        "issue_id": record.id,
    }
    made = add(
        session,
        record.project_id,
        LogKind.CHANGE,
        title or record.title,
        today=today,
        values=given,
    )
    (line,) = load(session, [made])
    issue_called = register_lines.called(record)
    words = {"what": register_lines.called(line), "issue": issue_called}
    say(session, "Make the change {what} of {issue}", **words)
    return made


@operation("Make a task of a line of the log")
def make_task(
    session: Session, line: int, *, title: str | None = None, values: Values | None = None
) -> int:
    """Make a task of an issue, a decision or a change, and give its id.

    Args:
        title: None: that of the line.
        values: Other fields that `tasks.add` takes; owner, part of the plan and day are the line's.
    """
    (record,) = load(session, [line])
    due = record.due if record.state is not LogState.DONE else None
    given: dict[str, Any] = {**register_lines.owner_of(record), "due": due, **(values or {})}
    task = tasks.add(
        session, record.project_id, title or record.title, log_entry_id=record.id, **given
    )
    name = session.get_one(Task, task).title
    words = {"title": name, "what": register_lines.called(record)}
    say(session, "Make the task “{title}” of {what}", **words)
    return task


@operation("Remove from the log")
def remove(session: Session, lines: Sequence[int]) -> None:
    """Remove lines of the log; tasks and changes that came of them stay, by themselves."""
    found = load(session, lines)
    for some in in_parts([line.id for line in found]):
        for task in session.scalars(select(Task).where(Task.log_entry_id.in_(some))):
            task.log_entry_id = None
        for child in session.scalars(select(LogEntry).where(LogEntry.issue_id.in_(some))):
            child.issue_id = None
    session.flush()
    what = _counted(found)
    for line in found:
        session.delete(line)
    session.flush()
    say(session, "Remove {what} from the log", what=what)


def load(session: Session, lines: Iterable[int]) -> list[LogEntry]:
    """Give the records of lines of the log.

    Raises:
        Refused: None was named, or one is gone.
    """
    return several(session, LogEntry, lines, "line of the log")


def _checked(session: Session, line: LogEntry, values: Values) -> dict[str, Any]:
    """Give values as they are kept; refuse what the kind does not have."""
    fields = FIELDS[line.kind]
    for name, value in values.items():
        if name not in fields and value is not None:
            word = WORDS[line.kind].get(name, name.removesuffix("_id").replace("_", " "))
            raise Refused(f"A {line.kind.word} has no {word}.".replace("A issue", "An issue"))
    kept = register_lines.checked(session, line, values, line.kind.word)
    project = line.project_id
    task_fields.of_project(session, Risk, kept.get("risk_id"), project, "risk")
    task_fields.of_project(session, MeetingOutcome, line.outcome_id, project, "line of minutes")
    issue = task_fields.of_project(session, LogEntry, kept.get("issue_id"), project, "issue")
    if issue is not None and issue.kind is not LogKind.ISSUE:
        raise Refused(f"{register_lines.called(issue)} is no issue.")
    return {name: value for name, value in kept.items() if name in EDITABLE}


def _counted(found: Sequence[LogEntry]) -> str:
    kinds = {line.kind for line in found}
    several = f"{kinds.pop().word}s" if len(kinds) == 1 else "lines of the log"
    return register_lines.counted(found, several)


def _refuse_closed(found: Sequence[LogEntry]) -> None:
    for line in found:
        if line.state.closed:
            word = state_word(line.kind, line.state)
            raise Refused(f"{register_lines.called(line)} is {word}: open it again first.")
