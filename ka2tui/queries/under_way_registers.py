"""What risks, the log, letters and payments ask for by a day, read for the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from ka2tui.domain import payments as money
from ka2tui.domain import risks as levels
from ka2tui.domain.checks.running import Due, Risk
from ka2tui.domain.kinds import CLOSED_LINES, Direction, RiskState, RiskStrategy
from ka2tui.domain.text import coded
from ka2tui.frozen import frozen
from ka2tui.store import records
from ka2tui.store.records import Letter, LogEntry, Partner, Payment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class Registers:
    """What is due of each register."""

    payments: tuple[Due, ...]
    letters: tuple[Due, ...]
    risks: tuple[Due, ...]
    heavy: tuple[Risk, ...]
    any_risk: bool
    lines: tuple[Due, ...]


def of(session: Session, project: int, today: date) -> Registers:
    """Read what the registers of a project ask for by a day."""
    table = records.Risk
    any_risk = session.scalar(select(exists(select(table.id).where(table.project_id == project))))
    return Registers(
        payments=tuple(_payments(session, project, today)),
        letters=tuple(_letters(session, project, today)),
        risks=tuple(_reviews(session, project, today)) if any_risk else (),
        heavy=tuple(_heavy(session, project)) if any_risk else (),
        any_risk=bool(any_risk),
        lines=tuple(_lines(session, project, today)),
    )


def _payments(session: Session, project: int, today: date) -> Iterator[Due]:
    """Read the payments that are not made in full by their day; nothing tells how much."""
    columns: list[Any] = [
        *(Payment.id, Payment.title, Payment.kind, Payment.due, Payment.amount_cents),
        *(Payment.paid_on, Payment.paid_cents, Payment.condition),
        func.coalesce(Partner.acronym, Partner.name).label("who"),
    ]
    rows = session.execute(
        select(*columns)
        .outerjoin(Partner.__table__, Payment.partner_id == Partner.id)
        .where(Payment.project_id == project, Payment.due < today)
        .order_by(Payment.due, Payment.id)
    )
    for row in rows:
        made = row.paid_on is not None or row.paid_cents
        if made and not money.left_of(row.amount_cents, row.paid_on, row.paid_cents):
            continue
        said = f"{row.title} ({row.who})" if row.who else row.title
        note = row.kind.word if row.condition is None else f"condition: {row.condition}"
        yield Due(row.id, said, row.due, note)


def _letters(session: Session, project: int, today: date) -> Iterator[Due]:
    rows = session.execute(
        select(Letter.id, Letter.subject, Letter.answer_by, Letter.direction)
        .where(
            Letter.project_id == project,
            Letter.answer_by < today,
            Letter.answered_on.is_(None),
        )
        .order_by(Letter.answer_by, Letter.id)
    )
    for key, subject, due, direction in rows:
        if due is not None:
            yield Due(key, subject, due, ours=direction is Direction.IN)


def _reviews(session: Session, project: int, today: date) -> Iterator[Due]:
    """Read the open risks whose day to be looked at again has come."""
    table = records.Risk
    mine = (table.project_id == project, table.state == RiskState.OPEN)
    return _dated(session, table, table.review_on, *mine, table.review_on <= today)


def _heavy(session: Session, project: int) -> Iterator[Risk]:
    """Read the open risks of the highest band against which nothing is done."""
    table = records.Risk
    rows = session.execute(
        select(
            *(table.id, table.code, table.title, table.likelihood, table.impact),
            *(table.strategy, table.action),
        )
        .where(table.project_id == project, table.state == RiskState.OPEN)
        .order_by(table.id)
    )
    for row in rows:
        high = levels.band(levels.level(row.likelihood, row.impact)) is levels.Band.RED
        accepted = row.strategy is RiskStrategy.ACCEPT
        if high and not accepted and not row.action:
            yield Risk(row.id, coded(row.code, row.title), levels.Band.RED.word)


def _lines(session: Session, project: int, today: date) -> Iterator[Due]:
    """Read the lines of the log that are past their day."""
    mine = (LogEntry.project_id == project, LogEntry.state.not_in(CLOSED_LINES))
    return _dated(session, LogEntry, LogEntry.due, *mine, LogEntry.due < today)


def _dated(session: Session, table: Any, day: Any, *where: Any) -> Iterator[Due]:
    """Read what has a code and a title, the earliest day first."""
    rows = session.execute(
        select(table.id, table.code, table.title, day).where(*where).order_by(day, table.id)
    )
    return (Due(key, coded(code, title), due) for key, code, title, due in rows)
