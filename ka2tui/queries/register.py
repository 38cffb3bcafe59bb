"""The register: risks, issues, decisions and changes of a project, as one list shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.register import RegisterKind, key
from ka2tui.frozen import frozen
from ka2tui.queries import logs, risks

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.risks import Band
    from ka2tui.queries.logs import LogRow
    from ka2tui.queries.risks import RiskRow


@frozen
class RegisterRow:
    """A risk, an issue, a decision or a change."""

    id: int
    """A number of its own, from table and id."""
    table: str
    record: int
    kind: RegisterKind
    code: str | None
    title: str
    description: str | None
    category: str | None
    state: str
    """In a word."""
    open: bool
    late: bool
    """Whether it should have been settled, or looked at again, by now."""
    due: date | None
    """When a risk is to be looked at again, or a line of the log to be settled."""
    day: date | None
    """When it was decided, else brought up."""
    owner: str | None
    partner: str | None
    contact: str | None
    work_unit: str | None
    likelihood: int | None
    impact: int | None
    urgency: int | None
    size: int | None
    level: int | None
    band: Band | None
    decided_by: str | None
    meeting: str | None
    happened: bool
    written: bool
    """Whether it stands in the register itself, and not in minutes alone."""
    outcome_id: int | None


def listed(session: Session, project: int, *, today: date) -> tuple[RegisterRow, ...]:
    """List all of it: open risks by level, then issues, decisions and changes by day.

    What is over stands below, in the same order.
    """
    rows = [
        *map(of_risk, risks.listed(session, project, today=today)),
        *map(of_line, logs.listed(session, project, today=today)),
    ]
    order = list(RegisterKind)
    return tuple(sorted(rows, key=lambda row: (not row.open, order.index(row.kind))))


def of_risk(row: RiskRow) -> RegisterRow:
    """Show a risk as a line of the register."""
    return RegisterRow(
        id=key("risk", row.id),
        table="risk",
        record=row.id,
        kind=RegisterKind.RISK,
        code=row.code,
        title=row.title,
        description=row.description,
        category=row.category,
        state=row.state.word,
        open=row.state.value == "open",
        late=row.due,
        due=row.review_on if row.state.value == "open" else None,
        day=row.opened_on,
        owner=row.owner,
        partner=row.partner,
        contact=row.contact,
        work_unit=row.work_unit,
        likelihood=row.likelihood,
        impact=row.impact,
        urgency=None,
        size=None,
        level=row.level,
        band=row.band,
        decided_by=None,
        meeting=None,
        happened=row.state.value == "happened",
        written=True,
        outcome_id=None,
    )


def of_line(row: LogRow) -> RegisterRow:
    """Show a line of the log as a line of the register."""
    table = "outcome" if row.id is None else "log_entry"
    record = (row.outcome_id if row.id is None else row.id) or 0
    return RegisterRow(
        id=key(table, record),
        table=table,
        record=record,
        kind=RegisterKind(row.kind.value),
        code=row.code,
        title=row.title,
        description=row.description,
        category=row.category,
        state=row.state_word,
        open=row.open,
        late=row.late,
        due=None if row.state.closed else row.due,
        day=row.day,
        owner=row.owner,
        partner=row.partner,
        contact=row.contact,
        work_unit=row.work_unit,
        likelihood=None,
        impact=row.impact,
        urgency=row.urgency,
        size=row.size,
        level=None,
        band=None,
        decided_by=row.decided_by,
        meeting=row.meeting,
        happened=False,
        written=row.written,
        outcome_id=row.outcome_id,
    )
