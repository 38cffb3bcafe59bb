"""Payments: what comes and goes, and what is left to pay to each partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from ka2tui.domain import payments as rules
from ka2tui.domain.kinds import PartnerRole, PaymentKind, Precision
from ka2tui.domain.payments import Account, PaymentState
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.queries import money
from ka2tui.queries.chosen import chosen
from ka2tui.store.records import Partner, Payment, Project, Proof, ProofUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class PaymentRow:
    """A payment, planned or made."""

    id: int
    kind: PaymentKind
    title: str
    partner_id: int | None
    partner: str | None
    """Its acronym, else its name."""
    due: date | None
    due_month: int | None
    precision: Precision
    amount_cents: int | None
    paid_on: date | None
    paid_cents: int | None
    condition: str | None
    notes: str | None
    state: PaymentState
    proofs: int
    """How many proofs are attached to it."""

    @property
    def came_cents(self) -> int:
        """What was paid."""
        return rules.came(self.amount_cents, self.paid_on, self.paid_cents)

    @property
    def left_cents(self) -> int:
        """What is still to be paid."""
        return rules.left_of(self.amount_cents, self.paid_on, self.paid_cents)


@frozen
class PaymentDetails:
    """All that is known of one payment."""

    row: PaymentRow
    currency: str
    proofs: tuple[str, ...]
    """What the proofs attached to it are called."""


@frozen
class AccountRow:
    """What one partner is to get, and how far that is."""

    id: int
    called: str
    coordinator: bool
    """It keeps its share, and pays the others."""
    left_on: date | None
    account: Account


@frozen
class Accounts:
    """What came from the agency, what went to partners, and what is left; all in cents."""

    currency: str
    grant: int | None
    planned_in: int
    paid_in: int
    returned: int
    """What went back to the agency."""
    late_in: int
    rows: tuple[AccountRow, ...]

    @property
    def paid_out(self) -> int:
        """All that went to partners, less what came back."""
        return sum(row.account.has for row in self.rows)

    @property
    def left_out(self) -> int:
        """All that is left to pay to partners; the coordinator keeps its own share."""
        return sum(max(row.account.left, 0) for row in self.rows if not row.coordinator)

    @property
    def in_hand(self) -> int:
        """What the coordinator holds of what came; below zero where it paid in advance."""
        return self.paid_in - self.returned - self.paid_out


def listed(session: Session, project: int, *, today: date) -> tuple[PaymentRow, ...]:
    """List the payments of a project by when they are due, without a date last."""
    rows = _some().where(Payment.project_id == project)
    rows = rows.order_by(
        Payment.due.is_(None), Payment.due, Payment.position, Payment.kind, Payment.id
    )
    return tuple(_row(row, today) for row in session.execute(rows))


def some(session: Session, payments: Sequence[int], *, today: date) -> tuple[PaymentRow, ...]:
    """List chosen ones, in the order of their ids given."""
    return chosen(session, _some(), Payment.id, payments, lambda row: _row(row, today))


def one(session: Session, payment: int, *, today: date) -> PaymentDetails:
    """Give all that is known of one payment.

    Raises:
        Refused: It is gone.
    """
    rows = some(session, [payment], today=today)
    if not rows:
        raise Refused(f"There is no payment {payment} any more.")
    currency = session.scalar(
        select(Project.currency)
        .join(Payment.__table__, Payment.project_id == Project.id)
        .where(Payment.id == payment)
    )
    proofs = session.scalars(
        select(Proof.title)
        .join(ProofUse.__table__, ProofUse.proof_id == Proof.id)
        .join(Payment.__table__, Payment.uid == ProofUse.about_uid)
        .where(Payment.id == payment, ProofUse.about == "payment")
        .order_by(Proof.id)
    )
    return PaymentDetails(rows[0], currency or "EUR", tuple(proofs))


def accounts(session: Session, project: int, *, today: date) -> Accounts:
    """Add up what came, what went to each partner, and what is left."""
    matrix = money.matrix(session, project)
    rows = listed(session, project, today=today)
    partners = session.execute(
        select(
            *(Partner.id, func.coalesce(Partner.acronym, Partner.name).label("called")),
            *(Partner.role, Partner.left_on),
        )
        .where(Partner.project_id == project)
        .order_by(Partner.role != PartnerRole.COORDINATOR, Partner.id)
    ).all()
    mine: dict[int, list[PaymentRow]] = {}
    for row in rows:
        if row.partner_id is not None:
            mine.setdefault(row.partner_id, []).append(row)
    of_agency = [row for row in rows if row.kind is PaymentKind.FROM_AGENCY]
    back = [row for row in rows if row.kind is PaymentKind.TO_AGENCY]
    shown = {column.id for column in matrix.partners} | mine.keys()
    return Accounts(
        currency=matrix.currency,
        grant=matrix.grant,
        planned_in=sum(row.amount_cents or 0 for row in of_agency),
        paid_in=sum(row.came_cents for row in of_agency),
        returned=sum(row.came_cents for row in back),
        late_in=_late(of_agency),
        rows=tuple(
            AccountRow(
                id=it.id,
                called=it.called,
                coordinator=it.role is PartnerRole.COORDINATOR,
                left_on=it.left_on,
                account=_account(matrix.column(it.id), mine.get(it.id, ())),
            )
            for it in partners
            if it.id in shown
        ),
    )


def _account(share: int, rows: Iterable[PaymentRow]) -> Account:
    to = [row for row in rows if row.kind is PaymentKind.TO_PARTNER]
    back = [row for row in rows if row.kind is PaymentKind.FROM_PARTNER]
    return Account(
        share=share,
        planned=sum(row.amount_cents or 0 for row in to),
        paid=sum(row.came_cents for row in to),
        returned=sum(row.came_cents for row in back),
        late=_late(to),
    )


def _late(rows: Iterable[PaymentRow]) -> int:
    return sum(row.left_cents for row in rows if row.state is PaymentState.LATE)


def _some() -> Any:
    proofs = (
        select(func.count(ProofUse.id))
        .where(and_(ProofUse.about == "payment", ProofUse.about_uid == Payment.uid))
        .correlate(Payment.__table__)
        .scalar_subquery()
    )
    return select(
        *(Payment.id, Payment.kind, Payment.title, Payment.partner_id),
        func.coalesce(Partner.acronym, Partner.name),
        *(Payment.due, Payment.due_month, Payment.due_precision, Payment.amount_cents),
        *(Payment.paid_on, Payment.paid_cents, Payment.condition, Payment.notes),
        proofs,
    ).outerjoin(Partner.__table__, Payment.partner_id == Partner.id)


def _row(row: Any, today: date) -> PaymentRow:
    *facts, proofs = row
    due, amount, paid_on, paid = row[5], row[8], row[9], row[10]
    return PaymentRow(*[*facts, rules.state(due, amount, paid_on, paid, today), proofs])
