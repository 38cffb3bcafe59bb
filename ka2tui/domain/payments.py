"""Payments: what is due, late, paid and left to pay; and plans of instalments by percentage."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ka2tui.domain import own_files
from ka2tui.domain.entries import Malformed, every, once, text, texts
from ka2tui.domain.grant_matrix import by_percent, read_percent, say_percent
from ka2tui.domain.kinds import Kind, PaymentKind
from ka2tui.domain.refusal import Misread
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

_FILE = "rates/payment_plans.toml"

SOON = 30
"""Days ahead from which a payment is worth a look."""

CHECK = "check your agreement"
"""Stands beside every plan that is offered."""


class PaymentState(Kind):
    """Where a payment stands on a day."""

    PAID = "paid"
    PART = "part", "paid in part"
    LATE = "late"
    DUE = "due"
    PLANNED = "planned"
    UNDATED = "undated", "no date yet"


def state(
    due: date | None, planned: int | None, paid_on: date | None, paid: int | None, today: date
) -> PaymentState:
    """Tell where a payment stands.

    Args:
        due: The last day on which it is in time.
        planned: Cents.
        paid_on: When it was paid.
        paid: Cents; None with a day: all that was planned.
        today: The day it is looked at.
    """
    left = left_of(planned, paid_on, paid)
    if (paid_on is not None or paid) and not left:
        return PaymentState.PAID
    if due is not None and due < today:
        return PaymentState.LATE
    if paid:
        return PaymentState.PART
    if due is None:
        return PaymentState.UNDATED
    return PaymentState.DUE if (due - today).days <= SOON else PaymentState.PLANNED


def came(planned: int | None, paid_on: date | None, paid: int | None) -> int:
    """Give what was paid, in cents: as noted, else all that was planned once there is a day."""
    if paid is not None:
        return paid
    return (planned or 0) if paid_on is not None else 0


def left_of(planned: int | None, paid_on: date | None, paid: int | None) -> int:
    """Give what is still to be paid, in cents; never below zero."""
    return max((planned or 0) - came(planned, paid_on, paid), 0)


@frozen
class Account:
    """What one partner is to get, and how far that is; all in cents."""

    share: int
    """All that it has of the grant."""
    planned: int
    """All instalments that are planned."""
    paid: int
    """All that was paid to it."""
    returned: int
    """All that came back from it."""
    late: int = 0
    """What should have been paid by now and was not."""

    @property
    def has(self) -> int:
        """What it has received, less what it gave back."""
        return self.paid - self.returned

    @property
    def left(self) -> int:
        """What is left to pay of its share; below zero where it has more than its share."""
        return self.share - self.has

    @property
    def unplanned(self) -> int:
        """What of its share is in no instalment; below zero where instalments come to more."""
        return self.share - self.planned


@frozen
class PaymentPlan:
    """A usual way to pay in parts; an editable default and no rule."""

    id: str
    name: str
    percents: tuple[Fraction, ...]
    agency: tuple[str, ...]
    partner: tuple[str, ...]
    source: str
    confirmed: bool
    note: str

    def titles(self, kind: PaymentKind) -> tuple[str, ...]:
        """Say what the parts are called."""
        of_agency = kind in (PaymentKind.FROM_AGENCY, PaymentKind.TO_AGENCY)
        return self.agency if of_agency else self.partner


def plans(own: Path | None = None) -> tuple[PaymentPlan, ...]:
    """Read the plans that are offered, the user's own where there are some.

    Raises:
        DataFault: They are missing.
        Malformed: They are not written as they should be.
    """
    return own_files.one(_FILE, _plans, own)


def _plans(data: Mapping[str, Any], file: str) -> tuple[PaymentPlan, ...]:
    found = every(data, "plan", file, _plan)
    once((each.id for each in found), f"{file}: the plan")
    return found


def _plan(row: Mapping[str, Any], place: str) -> PaymentPlan:
    percents = row.get("percent")
    if not isinstance(percents, list) or not all(type(one) is int and one >= 0 for one in percents):
        raise Malformed(f"{place}: percent is a list of whole numbers.")
    if sum(percents) != 100:
        raise Malformed(f"{place}: the percentages come to {sum(percents)}, not to 100.")
    agency, partner = texts(row, "agency", place), texts(row, "partner", place)
    if not len(agency) == len(partner) == len(percents):
        raise Malformed(f"{place}: each part needs a title in agency and in partner.")
    return PaymentPlan(
        id=text(row, "id", place),
        name=text(row, "name", place),
        percents=tuple(map(Fraction, percents)),
        agency=agency,
        partner=partner,
        source=text(row, "source", place),
        confirmed=row.get("confirmed") is True,
        note=text(row, "note", place, CHECK),
    )


def read_percents(said: str) -> tuple[Fraction, ...]:
    """Read the parts of a plan: 40/40/20, 80 + 20, 33.3/33.3/33.4.

    Raises:
        Misread: They are none, or do not come to 100.
    """
    parts = said.replace("+", "/").replace(";", "/").replace("%", "").split("/")
    found = tuple(read_percent(part) for part in parts if part.strip())
    come_to = sum(found, Fraction(0))
    if come_to != 100:
        raise Misread(f"The parts come to {say_percent(come_to)}, not to 100 %.")
    return found


def instalments(whole: int, percents: Sequence[Fraction]) -> list[int]:
    """Split an amount into instalments that add up to the cent."""
    return by_percent(whole, percents)


def titles(known: Iterable[str], many: int, kind: PaymentKind) -> list[str]:
    """Name the parts of a plan, those without a name by their number."""
    said = list(known)[:many]
    word = "Payment" if kind in (PaymentKind.FROM_AGENCY, PaymentKind.TO_AGENCY) else "Instalment"
    return said + [f"{word} {number}" for number in range(len(said) + 1, many + 1)]


def say_parts(percents: Iterable[Fraction]) -> list[str]:
    """Write percentages shortly: 40, 33.3."""
    return [say_percent(percent).removesuffix(" %") for percent in percents]
