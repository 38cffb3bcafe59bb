"""The money of a report on progress: what came, what was passed on, what is earned and at risk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain import earning, payments
from ka2tui.domain.earning import NOTHING, Earning
from ka2tui.domain.figure import Figure, Trace, Unit
from ka2tui.domain.kinds import PaymentKind, Precision
from ka2tui.domain.payments import PaymentState
from ka2tui.domain.plan_money import total
from ka2tui.queries import work_plan
from ka2tui.store.records import Partner, Payment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.periods import Period


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment, planned or made."""

    id: int
    kind: PaymentKind
    title: str
    partner: str | None
    due: date | None
    due_month: int | None
    precision: Precision
    planned: int | None
    came: int
    """What was paid, in cents."""
    paid_on: date | None
    state: PaymentState
    condition: str | None
    in_period: bool
    """Whether it was paid in the period."""

    @property
    def open(self) -> bool:
        """Whether something of it is still to be paid."""
        return self.state is not PaymentState.PAID


@dataclass(frozen=True, slots=True)
class PartMoney:
    """The money of a work package, activity or heading, and how far it is earned."""

    ids: tuple[int, ...]
    """The rows its amount stands in: itself, or the activities in it."""
    code: str
    title: str
    cents: int
    earning: Earning


@dataclass(frozen=True, slots=True)
class MoneyProgress:
    """The money of a project on a day."""

    currency: str
    grant: int | None
    payments: tuple[PaymentLine, ...]
    parts: tuple[PartMoney, ...]

    def sum_of(self, *kinds: PaymentKind) -> int:
        """Add up what was paid of some kinds."""
        return sum(line.came for line in self.payments if line.kind in kinds)

    @property
    def late(self) -> tuple[PaymentLine, ...]:
        """What should have been paid by now and was not."""
        return tuple(line for line in self.payments if line.state is PaymentState.LATE)

    @property
    def whole(self) -> Earning:
        """All parts together."""
        both = NOTHING
        for part in self.parts:
            both = both.plus(part.earning)
        return both


def of(session: Session, project: int, period: Period, *, today: date) -> MoneyProgress:
    """Read the money of a project."""
    plan = work_plan.read(session, project, today=today)
    rows = session.execute(
        select(
            *(Payment.id, Payment.kind, Payment.title, Payment.due, Payment.due_month),
            *(Payment.due_precision, Payment.amount_cents, Payment.paid_on, Payment.paid_cents),
            *(Payment.condition, func.coalesce(Partner.acronym, Partner.name).label("partner")),
        )
        .outerjoin(Partner, Payment.partner_id == Partner.id)
        .where(Payment.project_id == project)
        .order_by(Payment.due.is_(None), Payment.due, Payment.position, Payment.id)
    )
    lines = tuple(
        PaymentLine(
            id=row.id,
            kind=row.kind,
            title=row.title,
            partner=row.partner,
            due=row.due,
            due_month=row.due_month,
            precision=row.due_precision,
            planned=row.amount_cents,
            came=payments.came(row.amount_cents, row.paid_on, row.paid_cents),
            paid_on=row.paid_on,
            state=payments.state(row.due, row.amount_cents, row.paid_on, row.paid_cents, today),
            condition=row.condition,
            in_period=period.holds(row.paid_on),
        )
        for row in rows
    )
    units = [row for row in plan.rows if row.is_unit]
    parts = []
    for unit in units:
        if unit.parent is not None:
            continue
        inside = [row for row in units if row.work_unit_id == unit.id]
        own = [unit] if unit.amount_cents is not None else inside
        own = [row for row in own if row.amount_cents is not None]
        cents = total(row.amount_cents for row in own)
        if own:
            said = earning.reckon(cents, unit.state, unit.done, unit.elapsed, unit.standing)  # type: ignore[arg-type]
            ids = tuple(row.id for row in own)
            parts.append(PartMoney(ids, unit.code, unit.title, cents, said))
    return MoneyProgress(plan.currency, plan.money.whole, lines, tuple(parts))


def figures(seen: MoneyProgress) -> Iterator[Figure]:
    """Give the sums that the report says, with the payments and parts they come from."""
    for name, title, kind in (
        ("received", "Received from the agency", PaymentKind.FROM_AGENCY),
        ("passed_on", "Passed on to partners", PaymentKind.TO_PARTNER),
    ):
        mine = {line.id: line.came for line in seen.payments if line.kind is kind and line.came}
        trace = Trace.sums("payment", mine)
        value = seen.sum_of(kind)
        yield Figure(
            f"report.money.{name}", title, value, trace, Unit.MONEY, currency=seen.currency
        )
    for place, word in enumerate(("Earned", "At risk", "Not started", "Still to do")):
        adds = {part.ids[0]: part.earning[place] for part in seen.parts if part.earning[place]}
        yield Figure(
            f"report.money.{word.lower().replace(' ', '_')}",
            word,
            seen.whole[place],
            Trace.sums("work_unit", adds),
            Unit.MONEY,
            how=earning.HOW,
            currency=seen.currency,
        )
