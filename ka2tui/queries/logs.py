"""The log: issues, decisions and changes, and the decisions that stand in minutes."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date as day
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import logs
from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import LogKind, LogState, OutcomeKind
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.queries import risks
from ka2tui.queries.chosen import chosen
from ka2tui.store.records import (
    Contact,
    LogEntry,
    Meeting,
    MeetingOutcome,
    Partner,
    Risk,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.queries.risks import IssueOf, TaskOf


@frozen
class LogRow:
    """An issue, a decision or a change; or a decision that stands in the minutes of a meeting."""

    id: int | None
    """None: it stands in minutes alone, and `outcome_id` says where."""
    kind: LogKind
    code: str | None
    title: str
    description: str | None
    category: str | None
    state: LogState
    opened_on: date | None
    due: date | None
    closed_on: date | None
    raised_by: str | None
    urgency: int | None
    impact: int | None
    size: int | None
    reason: str | None
    consequence: str | None
    decided_by: str | None
    decided_on: date | None
    solution: str | None
    notes: str | None
    work_unit_id: int | None
    work_unit: str | None
    partner_id: int | None
    partner: str | None
    contact_id: int | None
    contact: str | None
    risk_id: int | None
    risk: str | None
    """The code of the risk that happened, else its title."""
    issue_id: int | None
    outcome_id: int | None
    meeting_id: int | None
    meeting: str | None
    """The meeting whose minutes it comes from."""
    late: bool

    @property
    def written(self) -> bool:
        """Whether it stands in the log itself, and not in minutes alone."""
        return self.id is not None

    @property
    def open(self) -> bool:
        """Whether something is still to be said or done."""
        return logs.is_open(self.kind, self.state)

    @property
    def state_word(self) -> str:
        """How far it is, as one says it of its kind."""
        return logs.state_word(self.kind, self.state)

    @property
    def owner(self) -> str | None:
        """Whose matter it is: the person, else the partner."""
        return self.contact or self.partner

    @property
    def day(self) -> date | None:
        """When it was decided, else brought up."""
        return self.decided_on or self.opened_on


@frozen
class LogDetails:
    """All that is known of one line of the log."""

    row: LogRow
    tasks: tuple[TaskOf, ...]
    led_to: tuple[IssueOf, ...]
    """What came of an issue."""
    issue: IssueOf | None
    """The issue that led to it."""
    minuted: str | None = None
    """How it stands in the minutes that it was taken up from, where that is in other words."""


def listed(
    session: Session,
    project: int,
    kinds: Collection[LogKind] = tuple(LogKind),
    *,
    today: date,
) -> tuple[LogRow, ...]:
    """List the log of a project: what is open first, by its day; then the newest first.

    Args:
        project: Whose.
        kinds: Only those.
        today: Says what is late.
    """
    rows = session.execute(
        _some().where(LogEntry.project_id == project, LogEntry.kind.in_(list(kinds)))
    )
    found = [_row(row, today) for row in rows]
    if LogKind.DECISION in kinds:
        found += _in_minutes(session, project)
    return tuple(sorted(found, key=_order))


def some(session: Session, ids: Sequence[int], *, today: date) -> tuple[LogRow, ...]:
    """List chosen lines of the log, in the order of their ids given."""
    return chosen(session, _some(), LogEntry.id, ids, lambda row: _row(row, today))


def one(session: Session, line: int, *, today: date) -> LogDetails:
    """Give all that is known of one line of the log.

    Raises:
        Refused: It is gone.
    """
    rows = some(session, [line], today=today)
    if not rows:
        raise Refused(f"There is no line of the log {line} any more.")
    row = rows[0]
    issue = risks.lines_of(session, LogEntry.id == row.issue_id) if row.issue_id else ()
    return LogDetails(
        row,
        risks.tasks_of(session, Task.log_entry_id == line),
        risks.lines_of(session, LogEntry.issue_id == line),
        next(iter(issue), None),
        _minuted(session, row),
    )


def _minuted(session: Session, row: LogRow) -> str | None:
    noted = None if row.outcome_id is None else session.get(MeetingOutcome, row.outcome_id)
    return None if noted is None or noted.text in (row.title, row.description) else noted.text


def of_meeting(session: Session, meeting: int, *, today: date) -> tuple[LogRow, ...]:
    """List the lines of the log that came from the minutes of a meeting."""
    rows = session.execute(_some().where(MeetingOutcome.meeting_id == meeting))
    return tuple(sorted((_row(row, today) for row in rows), key=lambda row: row.id or 0))


def meeting_of(session: Session, outcome: int) -> int:
    """Give the meeting in whose minutes a line stands.

    Raises:
        Refused: The line is gone.
    """
    found = session.get(MeetingOutcome, outcome)
    if found is None:
        raise Refused("This line of minutes is gone.")
    return found.meeting_id


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give how many issues, decisions and changes there are, are open and are late."""
    rows = listed(session, project, today=today)

    def counted(name: str, title: str, found: list[LogRow], about: Any = None) -> Figure:
        written = Trace.rows("log_entry", [row.id for row in found if row.id is not None])
        noted = Trace.rows("outcome", [row.outcome_id or 0 for row in found if row.id is None])
        return Figure(f"log.{name}", title, len(found), written + noted, about=about)

    issues = [row for row in rows if row.kind is LogKind.ISSUE]
    open_issues = [row for row in issues if row.open]
    yield counted("issues", "Issues", issues)
    yield counted("issues.open", "Open issues", open_issues)
    yield counted("issues.late", "Open issues past their day", [r for r in issues if r.late])
    decisions = [row for row in rows if row.kind is LogKind.DECISION]
    yield counted("decisions", "Decisions, in the log and in minutes", decisions)
    waiting = [row for row in decisions if row.open]
    yield counted("decisions.open", "Decisions still to be taken", waiting)
    changes = [row for row in rows if row.kind is LogKind.CHANGE]
    yield counted("changes", "Changes asked for", changes)
    yield counted("changes.open", "Changes not settled", [r for r in changes if r.open])
    for partner, called in dict.fromkeys((row.partner_id, row.partner) for row in open_issues):
        if partner is not None:
            mine = [row for row in open_issues if row.partner_id == partner]
            about = ("partner", partner)
            yield counted(f"issues.{partner}.open", f"Open issues of {called}", mine, about)


def _in_minutes(session: Session, project: int) -> Iterator[LogRow]:
    """Give the decisions that stand in minutes and were not taken up in the log."""
    taken = select(LogEntry.outcome_id).where(
        LogEntry.project_id == project, LogEntry.outcome_id.is_not(None)
    )
    held = func.coalesce(Meeting.end_day, Meeting.day)
    rows = session.execute(
        select(
            *(MeetingOutcome.id, MeetingOutcome.text, Meeting.id, Meeting.title, held),
            *(Meeting.work_unit_id, WorkUnit.code),
        )
        .join(Meeting.__table__, MeetingOutcome.meeting_id == Meeting.id)
        .outerjoin(WorkUnit.__table__, Meeting.work_unit_id == WorkUnit.id)
        .where(
            MeetingOutcome.project_id == project,
            MeetingOutcome.kind == OutcomeKind.DECISION,
            MeetingOutcome.id.not_in(taken),
        )
    )
    for outcome, text, meeting, called, on, unit, code in rows:
        yield replace(
            _NOTED,
            title=" ".join(text.split()),
            opened_on=on,
            decided_by=called,
            decided_on=on,
            work_unit_id=unit,
            work_unit=code,
            outcome_id=outcome,
            meeting_id=meeting,
            meeting=called,
        )


_NOTHING: dict[str, Any] = {each.name: None for each in fields(LogRow)}
_NOTED = LogRow(
    **_NOTHING | {"kind": LogKind.DECISION, "title": "", "state": LogState.DECIDED, "late": False}
)
"""A decision of which nothing is known yet but that it stands in minutes."""


def _some() -> Any:
    columns: list[Any] = [
        *(LogEntry.id, LogEntry.kind, LogEntry.code, LogEntry.title, LogEntry.description),
        *(LogEntry.category, LogEntry.state, LogEntry.opened_on, LogEntry.due),
        *(LogEntry.closed_on, LogEntry.raised_by, LogEntry.urgency, LogEntry.impact),
        *(LogEntry.size, LogEntry.reason, LogEntry.consequence, LogEntry.decided_by),
        *(LogEntry.decided_on, LogEntry.solution, LogEntry.notes),
        *(LogEntry.work_unit_id, WorkUnit.code),
        *(LogEntry.partner_id, func.coalesce(Partner.acronym, Partner.name)),
        *(LogEntry.contact_id, Contact.name),
        *(LogEntry.risk_id, func.coalesce(Risk.code, Risk.title)),
        *(LogEntry.issue_id, LogEntry.outcome_id, MeetingOutcome.meeting_id, Meeting.title),
    ]
    return (
        select(*columns)
        .outerjoin(WorkUnit.__table__, LogEntry.work_unit_id == WorkUnit.id)
        .outerjoin(Partner.__table__, LogEntry.partner_id == Partner.id)
        .outerjoin(Contact.__table__, LogEntry.contact_id == Contact.id)
        .outerjoin(Risk.__table__, LogEntry.risk_id == Risk.id)
        .outerjoin(MeetingOutcome.__table__, LogEntry.outcome_id == MeetingOutcome.id)
        .outerjoin(Meeting.__table__, MeetingOutcome.meeting_id == Meeting.id)
    )


def _row(row: Any, today: date) -> LogRow:
    return LogRow(*[*row, logs.is_late(row.state, row.due, today)])


def _order(row: LogRow) -> tuple[object, ...]:
    """Stand by what is open and due; what is over the newest first."""
    newest = -(row.day or day.min).toordinal()
    if row.open:
        return (0, row.due or day.max, newest, row.id or 0, row.outcome_id or 0)
    return (1, day.min, newest, row.id or 0, row.outcome_id or 0)
