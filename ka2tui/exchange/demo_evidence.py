"""What the example project has to show: proof, people, impact, risks, letters and money.

Each noun is a chapter of its own: what happens on one day is told in one change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui import datafiles
from ka2tui.domain.kinds import PaymentKind
from ka2tui.operations import payments
from ka2tui.queries.references import find
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Payment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.exchange.demo_story import Calendar, Row, Story

_ACCOUNTS = "Luis Prieto Sanz"
"""Who keeps the money and its papers."""


def tell(story: Story) -> None:
    """Note everything that happens in these chapters."""
    _pay(story)


def _given(row: Row, *names: str) -> Row:
    """Give the fields of a row that are there."""
    return {name: row[name] for name in names if name in row}


def _due(calendar: Calendar, said: str) -> Row:
    """Give when something is due, as its fields."""
    due = calendar.due(said)
    return {"due": due.day, "due_month": due.month, "due_precision": due.precision}


def _partner(session: Session, project: int, row: Row, field: str) -> Row:
    """Give the partner that a row names, under the name of the field for it."""
    return {field: find(session, "partner", project, row["partner"])} if "partner" in row else {}


# -- money ---------------------------------------------------------------------------------------


def _pay(story: Story) -> None:
    rows = datafiles.read_toml("demo/money.toml")["payment"]
    planned = story.at(
        "M1.16", _plan_payments, story.project, rows, story.calendar, actor=_ACCOUNTS
    )
    paid: dict[date, list[Row]] = {}
    for row in rows:
        if "paid" in row:
            paid.setdefault(story.calendar.past(row["paid"]), []).append(row)
    for day, some in paid.items():
        story.at(day, _note_paid, story.project, some, day, actor=_ACCOUNTS, after=planned)


@operation("Plan payments")
def _plan_payments(session: Session, project: int, rows: Sequence[Row], calendar: Calendar) -> None:
    for row in rows:
        values: dict[str, Any] = _given(row, "condition") | _due(calendar, row["due"])
        values |= _partner(session, project, row, "partner_id")
        values["amount_cents"] = 100 * row["amount_eur"]
        payments.add(session, project, PaymentKind(row["kind"]), row["title"], values=values)
    say(session, "Plan {count} payments", count=len(rows))


@operation("Note payments as paid")
def _note_paid(session: Session, project: int, rows: Sequence[Row], day: date) -> None:
    ids = []
    for row in rows:
        partner = _partner(session, project, row, "partner_id").get("partner_id")
        called = select(Payment.id).where(
            Payment.project_id == project,
            Payment.title == row["title"],
            Payment.partner_id == partner if partner else Payment.partner_id.is_(None),
        )
        ids.append(session.scalars(called).one())
    payments.pay(session, ids, on=day)
