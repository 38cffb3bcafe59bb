"""Until when papers are kept at least, from the final payment once it is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import deadlines as rules
from ka2tui.domain import rulebook
from ka2tui.domain.kinds import PaymentKind
from ka2tui.queries import deadlines
from ka2tui.store.records import Payment

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.deadlines import Deadline


def keep(
    session: Session, project: int, *, today: date, own: Path | None = None
) -> Deadline | None:
    """Give the day until which papers are kept at least; None where the end is not known.

    While the final payment is not known it is the earliest such day: `not_before`.
    """
    found = deadlines.listed(session, project, today=today, own=own)
    if not found:
        return None
    facts = found[0].facts
    between = (PaymentKind.FROM_AGENCY, PaymentKind.TO_AGENCY)
    paid = select(Payment.paid_on).where(Payment.project_id == project, Payment.kind.in_(between))
    end = rules.end_of(facts)
    final = rules.final_payment([*session.scalars(paid)], end)
    dates = rules.of_agreement(replace(facts, final_paid=final), rulebook.load(own))
    return next((date for date in dates if date.id == "keep_papers"), None)
