"""Money divided among partners: an amount for each, added up while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.money import say_amount
from ka2tui.domain.plan_money import Divided, say_shares, total
from ka2tui.tui import plain
from ka2tui.tui.dialogs.form import Field
from ka2tui.tui.dialogs.summed import Summed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from ka2tui.tui.dialogs.form import Filled


class Shares(Summed):
    """One line for each partner, and under them what all come to beside what there is."""

    def __init__(
        self,
        title: str,
        partners: Sequence[tuple[int, str, int | None]],
        whole: int | None,
        currency: str,
        *,
        save: Callable[[Filled], Awaitable[Any]],
    ) -> None:
        """Make the table.

        Args:
            title: What is divided.
            partners: Id, name and what each has now, in cents.
            whole: What there is, in cents; None: not known.
            currency: Of all of it.
            save: As the form's.
        """
        fields = [
            Field(str(key), name, "amount", cents, currency=currency)
            for key, name, cents in partners
        ]
        about = "Empty: no share."
        if whole is not None:
            about = f"{say_amount(whole, currency)} to divide. {about}"
        super().__init__(title, fields, save=save, about=about)
        self._whole = whole
        self._currency = currency

    def come_to(self, values: Sequence[Any], unread: int) -> tuple[str, bool]:
        """Say what all shares come to."""
        divided = Divided(self._whole, total(values))
        left_out = f" ({plain.count(unread, 'line')} left out)" if unread else ""
        return say_shares(divided, self._currency) + left_out, divided.adds_up
