"""Payments: plan them by percentage, add, edit, note that they were paid, remove."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import payments as rules
from ka2tui.domain import work_plan
from ka2tui.domain.days import say_brief
from ka2tui.domain.due import due
from ka2tui.domain.kinds import PaymentKind
from ka2tui.domain.money import say_amount
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations import money_lines
from ka2tui.operations.fields import after
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Payment, Project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from sqlalchemy.orm import Session

    from ka2tui.domain.due import Due
    from ka2tui.operations.fields import FieldConflict, Values

EDITABLE = frozenset(
    {"kind", "title", "partner_id", "position", "due", "due_month", "due_precision"}
    | {"amount_cents", "paid_on", "paid_cents", "condition", "notes"}
)
OF_AGENCY = (PaymentKind.FROM_AGENCY, PaymentKind.TO_AGENCY)
"""Payments that no partner has a part in."""


@operation("Add payment")
def add(
    session: Session,
    project: int,
    kind: PaymentKind,
    title: str = "",
    *,
    values: Values | None = None,
) -> int:
    """Add money that comes or goes, planned or paid.

    Args:
        session: Of the change.
        project: Whose.
        kind: Who pays whom.
        title: Without it, what the kind is called.
        values: Other fields.

    Returns:
        Its id.

    Raises:
        Refused: A value cannot be.
    """
    kind = PaymentKind(kind)
    made = Payment(project_id=project, kind=kind, title="", position=_last(session, project) + 1)
    more = {**(values or {}), "kind": kind, "title": clean(title) or _usual(kind)}
    _check(made, more)
    return money_lines.add(session, made, more, allowed=EDITABLE, called=called)


@operation("Edit payment")
def edit(
    session: Session, payment: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of a payment.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: A value cannot be.
    """
    record = find(session, payment)
    wanted = dict(values)
    if "title" in wanted and not clean(wanted["title"] or ""):
        raise Refused("A payment needs a title.")
    if PaymentKind(wanted.get("kind", record.kind)) in OF_AGENCY and "kind" in wanted:
        wanted.setdefault("partner_id", None)
    _check(record, wanted)
    return money_lines.edit(session, record, wanted, based_on, allowed=EDITABLE, called=called)


@operation("Note payments as paid")
def pay(session: Session, payments: Sequence[int], *, on: date, cents: int | None = None) -> None:
    """Note that payments were made; what is paid in parts adds up.

    Args:
        session: Of the change.
        payments: Which ones; of several, those that are paid in full stay as they are.
        on: The day the money came or went.
        cents: The part that was paid; None: all that was left to pay. Only for a single one.

    Raises:
        Refused: An amount below zero, one amount for several, none is known or nothing is left.
    """
    records = money_lines.several(session, Payment, payments)
    work_plan.check_amount(cents)
    if cents is not None and len(records) > 1:
        raise Refused("One amount is noted for one payment at a time.")
    parts = [(it, _part(it) if cents is None else cents) for it in records]
    parts = [(it, part) for it, part in parts if part or cents is not None or not _came(it)]
    if not parts:
        what = money_lines.counted(records, called)
        raise Refused(f"{what}: paid in full already. What was noted wrong is edited.")
    for record, part in parts:
        record.paid_cents = _came(record) + part
        record.paid_on = on
    what, day = money_lines.counted([it for it, _ in parts], called), say_brief(on)
    if len(parts) > 1:
        say(session, "Note {what} as paid on {day}", what=what, day=day)
        return
    ((record, part),) = parts
    currency = _currency(session, record.project_id)
    now = record.paid_cents or 0
    told = "Note {amount} of {what} as paid on {day}"
    if now != part:
        told += ", {now} in all"
    more = now - (record.amount_cents or 0)
    if record.amount_cents is not None and more > 0:
        told += ": {more} more than planned"
    said = {"amount": part, "now": now, "more": more}
    amounts = {name: say_amount(it, currency) for name, it in said.items()}
    say(session, told, what=what, day=day, **amounts)


def _came(record: Payment) -> int:
    """Give what was paid up to now, in cents."""
    return rules.came(record.amount_cents, record.paid_on, record.paid_cents)


def _part(record: Payment) -> int:
    """Give what is left to pay, in cents.

    Raises:
        Refused: Nobody knows how much.
    """
    if record.amount_cents is None:
        raise Refused(f"How much was paid? {called(record)} has no planned amount.")
    return rules.left_of(record.amount_cents, record.paid_on, record.paid_cents)


@operation("Take back that payments were made")
def unpay(session: Session, payments: Sequence[int]) -> None:
    """Note that payments were not made after all.

    Raises:
        Refused: None of them was noted as paid.
    """
    records = money_lines.several(session, Payment, payments)
    paid = [it for it in records if it.paid_on is not None or it.paid_cents is not None]
    if not paid:
        raise Refused(f"{money_lines.counted(records, called)}: nothing was noted as paid.")
    for record in paid:
        record.paid_on = record.paid_cents = None
    say(session, "Note {what} as not paid", what=money_lines.counted(paid, called))


@operation("Remove payments")
def remove(session: Session, payments: Sequence[int]) -> None:
    """Remove payments; what was attached as proof stays, attached to nothing."""
    money_lines.remove(session, Payment, payments, called)


@operation("Plan payments")
def plan(
    session: Session,
    project: int,
    kind: PaymentKind,
    wholes: Mapping[int | None, int],
    percents: Sequence[Fraction],
    *,
    titles: Sequence[str] = (),
    dues: Sequence[Due | None] = (),
    conditions: Sequence[str | None] = (),
) -> list[int]:
    """Plan the parts in which money comes, or goes to each of several partners.

    Args:
        session: Of the change.
        project: Whose.
        kind: Who pays whom.
        wholes: All that is paid, in cents, by partner; None for the agency.
        percents: Of each part; together 100.
        titles: Of the parts; those without one are numbered.
        dues: When each is due, as far as that is known.
        conditions: What each waits for.

    Returns:
        The ids, partner by partner.

    Raises:
        Refused: There is nothing to pay, or the percentages do not come to 100.
    """
    kind = PaymentKind(kind)
    owner = session.get(Project, project)
    if owner is None:
        raise Refused("There is no such project.")
    if not any(wholes.values()):
        raise Refused("There is no money to pay in parts: enter the amounts first.")
    names = rules.titles(titles, len(percents), kind)
    made: list[int] = []
    for partner, whole in wholes.items():
        for place, cents in enumerate(rules.instalments(whole, percents)):
            if not cents:
                continue
            when = dues[place] if place < len(dues) else None
            due_ = due(None) if when is None else due(*when, start=owner.start)
            values: dict[str, Any] = {
                "partner_id": partner,
                "amount_cents": cents,
                "condition": conditions[place] if place < len(conditions) else None,
                "due": due_.day,
                "due_month": due_.month,
                "due_precision": due_.precision,
            }
            made.append(add(session, project, kind, names[place], values=values))
    parts = "/".join(rules.say_parts(percents))
    count = f"{len(made)} payment{'' if len(made) == 1 else 's'}"
    say(session, "Plan {count} {kind}, {parts} %", count=count, kind=kind.word, parts=parts)
    return made


def find(session: Session, payment: int) -> Payment:
    """Give the record of a payment.

    Raises:
        Refused: There is none.
    """
    return money_lines.several(session, Payment, [payment])[0]


def called(record: Payment) -> str:
    """Name a payment by its title."""
    return f"“{record.title}”"


def _check(record: Payment, values: Values) -> None:
    """Refuse what cannot be of a payment."""
    whole = partial(after, record, values)
    kind = PaymentKind(whole("kind"))
    if kind in OF_AGENCY and whole("partner_id") is not None:
        raise Refused(f"A payment {kind.word} has no partner.")
    if kind not in OF_AGENCY and whole("partner_id") is None:
        raise Refused(f"Which partner? A payment {kind.word} needs one.")
    work_plan.check_month(whole("due_month"))


def _usual(kind: PaymentKind) -> str:
    return {
        PaymentKind.FROM_AGENCY: "Pre-financing",
        PaymentKind.TO_PARTNER: "Instalment",
        PaymentKind.FROM_PARTNER: "Recovery",
        PaymentKind.TO_AGENCY: "Recovery by the agency",
    }[kind]


def _last(session: Session, project: int) -> int:
    highest = select(func.max(Payment.position)).where(Payment.project_id == project)
    return session.scalar(highest) or 0


def _currency(session: Session, project: int) -> str:
    return session.get_one(Project, project).currency
