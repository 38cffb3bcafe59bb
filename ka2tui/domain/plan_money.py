"""Money in the work plan: whether what was divided adds up to what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain.money import say_amount

if TYPE_CHECKING:
    from collections.abc import Iterable


class Divided(NamedTuple):
    """An amount and the sum of the parts it is divided into, both in cents."""

    whole: int | None
    """None: not known."""
    parts: int

    @property
    def left(self) -> int:
        """What is in no part; below zero where the parts come to more than there is."""
        return 0 if self.whole is None else self.whole - self.parts

    @property
    def adds_up(self) -> bool:
        """Whether there is nothing to say about it."""
        return self.left == 0


def total(amounts: Iterable[int | None]) -> int:
    """Add up what is known."""
    return sum(amount for amount in amounts if amount is not None)


def say_shares(divided: Divided, currency: str) -> str:
    """Say how shares stand against the amount: € 98 000 of € 100 000, € 2 000 not given."""
    return _say(divided, currency, "all given", "not given to anybody", "more than there is")


def say_activities(divided: Divided, currency: str) -> str:
    """Say how the money of activities stands against that of their work package."""
    return _say(divided, currency, "all divided", "in no activity", "more than there is")


def say_grant(divided: Divided, currency: str) -> str:
    """Say how the money of the work plan stands against the grant."""
    return _say(divided, currency, "the whole grant", "not planned", "more than the grant")


def _say(divided: Divided, currency: str, even: str, under: str, over: str) -> str:
    parts = say_amount(divided.parts, currency)
    if divided.whole is None:
        return parts
    if divided.adds_up:
        return f"{parts}, {even}"
    gap = f"{say_amount(abs(divided.left), currency)} {under if divided.left > 0 else over}"
    return f"{parts} of {say_amount(divided.whole, currency)}, {gap}"
