"""Risks: the list, and one with its tasks and what became of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import figure, risks
from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import LogKind, RiskState, RiskStrategy, TaskState
from ka2tui.domain.logs import state_word
from ka2tui.domain.refusal import Refused
from ka2tui.domain.risks import Band
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.queries.chosen import chosen
from ka2tui.store.records import Contact, LogEntry, Partner, Risk, Task, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class RiskRow:
    """A risk."""

    id: int
    code: str | None
    title: str
    description: str | None
    category: str | None
    likelihood: int | None
    impact: int | None
    strategy: RiskStrategy | None
    action: str | None
    """What is done about it."""
    state: RiskState
    opened_on: date | None
    review_on: date | None
    """When it is to be looked at again."""
    closed_on: date | None
    notes: str | None
    work_unit_id: int | None
    work_unit: str | None
    """The code of its work package or activity."""
    partner_id: int | None
    partner: str | None
    contact_id: int | None
    contact: str | None
    due: bool
    """Whether it is to be looked at by now."""

    @property
    def level(self) -> int | None:
        """Likelihood times impact."""
        return risks.level(self.likelihood, self.impact)

    @property
    def band(self) -> Band | None:
        """How much it matters."""
        return risks.band(self.level)

    @property
    def owner(self) -> str | None:
        """Who watches it: the person, else the partner."""
        return self.contact or self.partner


@frozen
class TaskOf:
    """A task that came of a risk or a line of the log."""

    id: int
    title: str
    state: TaskState
    due: date | None
    assignee: str | None


@frozen
class IssueOf:
    """A line of the log that came of something."""

    id: int
    kind: LogKind
    code: str | None
    title: str
    state: str
    """In a word."""


@frozen
class RiskDetails:
    """All that is known of one risk."""

    row: RiskRow
    tasks: tuple[TaskOf, ...]
    issues: tuple[IssueOf, ...]
    """What it became where it happened."""


def listed(session: Session, project: int, *, today: date) -> tuple[RiskRow, ...]:
    """List the risks of a project: open ones first, the highest level first."""
    rows = session.execute(_some().where(Risk.project_id == project))
    return tuple(sorted((_row(row, today) for row in rows), key=_order))


def some(session: Session, ids: Sequence[int], *, today: date) -> tuple[RiskRow, ...]:
    """List chosen ones, in the order of their ids given."""
    return chosen(session, _some(), Risk.id, ids, lambda row: _row(row, today))


def one(session: Session, risk: int, *, today: date) -> RiskDetails:
    """Give all that is known of one risk.

    Raises:
        Refused: It is gone.
    """
    rows = some(session, [risk], today=today)
    if not rows:
        raise Refused(f"There is no risk {risk} any more.")
    return RiskDetails(
        rows[0],
        tasks_of(session, Task.risk_id == risk),
        lines_of(session, LogEntry.risk_id == risk),
    )


def tasks_of(session: Session, which: Any) -> tuple[TaskOf, ...]:
    """List tasks that came of something, those still open first."""
    who = func.coalesce(Contact.name, Partner.acronym, Partner.name)
    rows = session.execute(
        select(Task.id, Task.title, Task.state, Task.due, who)
        .outerjoin(Partner.__table__, Task.partner_id == Partner.id)
        .outerjoin(Contact.__table__, Task.contact_id == Contact.id)
        .where(which)
        .order_by(Task.finished_on.is_not(None), Task.due.is_(None), Task.due, Task.id)
    )
    return tuple(TaskOf(*row) for row in rows)


def lines_of(session: Session, which: Any) -> tuple[IssueOf, ...]:
    """List the lines of the log that came of something."""
    rows = session.execute(
        select(LogEntry.id, LogEntry.kind, LogEntry.code, LogEntry.title, LogEntry.state)
        .where(which)
        .order_by(LogEntry.id)
    )
    return tuple(
        IssueOf(row.id, row.kind, row.code, row.title, state_word(row.kind, row.state))
        for row in rows
    )


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give how many risks are open in each band, to be looked at, and how many happened."""
    rows = listed(session, project, today=today)
    open_ones = [row for row in rows if row.state is RiskState.OPEN]

    def counted(name: str, title: str, found: list[RiskRow], about: Any = None) -> Figure:
        trace = Trace.rows("risk", [row.id for row in found])
        return Figure(f"risk.{name}", title, len(found), trace, figure.Unit.COUNT, about)

    yield counted("open", "Open risks", open_ones)
    for band in reversed(Band):
        found = [row for row in open_ones if row.band is band]
        yield counted(f"open.{band.value}", f"Open risks, {band.word}", found)
    yield counted(
        "open.unknown", "Open risks without an estimate", [r for r in open_ones if not r.band]
    )
    yield counted("due", "Risks to be looked at by now", [row for row in rows if row.due])
    happened = [row for row in rows if row.state is RiskState.HAPPENED]
    yield counted("happened", "Risks that happened", happened)
    units = dict.fromkeys((row.work_unit_id, row.work_unit) for row in open_ones)
    for unit, code in units:
        if unit is not None:
            mine = [row for row in open_ones if row.work_unit_id == unit]
            about = ("work_unit", unit)
            yield counted(f"{code}.open", f"Open risks of {code}", mine, about)


def _some() -> Any:
    return (
        select(
            *(Risk.id, Risk.code, Risk.title, Risk.description, Risk.category, Risk.likelihood),
            *(Risk.impact, Risk.strategy, Risk.action, Risk.state, Risk.opened_on),
            *(Risk.review_on, Risk.closed_on, Risk.notes, Risk.work_unit_id, WorkUnit.code),
            *(Risk.partner_id, func.coalesce(Partner.acronym, Partner.name)),
            *(Risk.contact_id, Contact.name),
        )
        .outerjoin(WorkUnit.__table__, Risk.work_unit_id == WorkUnit.id)
        .outerjoin(Partner.__table__, Risk.partner_id == Partner.id)
        .outerjoin(Contact.__table__, Risk.contact_id == Contact.id)
    )


def _row(row: Any, today: date) -> RiskRow:
    return RiskRow(*[*row, risks.due(row.state, row.review_on, today)])


def _order(row: RiskRow) -> tuple[object, ...]:
    from datetime import date as day

    return (
        row.state is not RiskState.OPEN,
        -(row.level or 0),
        row.review_on or day.max,
        _natural(row.code or row.title),
        row.id,
    )


def _natural(code: str) -> tuple[tuple[int, int, str], ...]:
    """Give what codes are sorted by: numbers as numbers, so that R9 stands before R10."""
    parts = re.findall(r"\d{1,18}|\D+", fold(code))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
