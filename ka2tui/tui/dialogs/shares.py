"""Money divided among partners: an amount for each, added up while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import Input, Static

from ka2tui.domain.money import say_amount
from ka2tui.domain.plan_money import Divided, say_shares, total
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.dialogs.form import Field, Form

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.tui.dialogs.form import Filled


class Shares(Form):
    """One line for each partner, and under them what all come to beside what there is."""

    DEFAULT_CSS = """
    Shares .-sum { height: auto; margin: 1 0 0 0; color: $good; }
    Shares .-sum.-uneven { color: $soon; }
    """

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

    def content(self) -> Iterable[Widget]:
        """Give the lines, and the sum under them."""
        yield from super().content()
        yield Static("", classes="-sum")

    def on_mount(self) -> None:
        """Add up what stands there."""
        self.add_up()

    @on(Input.Changed)
    def add_up(self) -> None:
        """Say what all shares come to; lines that are no amount are left out until they are."""
        amounts: list[int | None] = []
        unread = 0
        for entry in self.entries:
            try:
                amounts.append(entry.read())
            except Refused:
                unread += 1
        divided = Divided(self._whole, total(amounts))
        left_out = f" ({plain.count(unread, 'line')} left out)" if unread else ""
        said = self.query_one(".-sum", Static)
        said.update(plain.content(say_shares(divided, self._currency) + left_out))
        said.set_class(not divided.adds_up, "-uneven")
