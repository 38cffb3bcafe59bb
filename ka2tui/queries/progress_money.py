"""The money of a report on progress: what came, what was passed on, what is earned and at risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.frozen import frozen
from ka2tui.queries import money, payments

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.kinds import PaymentKind
    from ka2tui.queries.money import EarningRow, Earnings
    from ka2tui.queries.payments import PaymentRow


@frozen
class MoneyProgress:
    """The money of a project on a day."""

    earnings: Earnings
    payments: tuple[PaymentRow, ...]

    @property
    def currency(self) -> str:
        """In which all amounts are."""
        return self.earnings.currency

    @property
    def parts(self) -> tuple[EarningRow, ...]:
        """The parts of the work plan that have money, and that the sums are made of."""
        return tuple(row for row in self.earnings.rows if row.counts and row.cents)

    @property
    def over_grant(self) -> int:
        """How much more the parts come to than the grant, in cents; 0 where none is known."""
        grant = self.earnings.grant
        return 0 if grant is None else max(self.earnings.total.whole - grant, 0)

    def sum_of(self, kind: PaymentKind) -> int:
        """Add up what was paid of a kind, in cents."""
        return sum(row.came_cents for row in self.payments if row.kind is kind)


def of(session: Session, project: int, *, today: date) -> MoneyProgress:
    """Read the money of a project."""
    return MoneyProgress(
        money.earnings(session, project, today=today),
        payments.listed(session, project, today=today),
    )
