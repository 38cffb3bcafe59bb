"""What payments, costs and journeys have in common on the command line: amounts and partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ka2tui.cli import output
from ka2tui.cli.options import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ka2tui.cli.context import Context


class OfPartner(Protocol):
    """A line of money that may be a partner's."""

    @property
    def partner_id(self) -> int | None:
        """Whose it is."""


Row = TypeVar("Row", bound="OfPartner")


def read_money(text: str) -> int:
    """Read an amount, in cents."""
    from ka2tui.domain import money

    return read(money.read_amount, text)


def money_or_none(text: str) -> int | None:
    """Read an amount, in cents; an empty text is none."""
    return read_money(text) if text.strip() else None


def in_currency(ctx: Context) -> Callable[[int | None], str]:
    """Give what writes amounts in the currency of the project; nothing where none is known."""
    from ka2tui.domain.money import say_amount
    from ka2tui.queries import money

    currency = ctx.ask(money.setting, ctx.project).currency
    return lambda cents: "" if cents is None else say_amount(cents, currency)


def table(
    ctx: Context,
    titles: Sequence[str],
    rows: Sequence[Row],
    cells: Callable[[Row, Callable[[int | None], str]], Sequence[object]],
) -> str:
    """Write lines of money for people.

    Args:
        ctx: Of the command.
        titles: Of the columns.
        rows: The lines.
        cells: Gives what stands in a line, with what writes its amounts.
    """
    amount = in_currency(ctx)
    return output.table(titles, [cells(row, amount) for row in rows])


def of_partner(ctx: Context, rows: Sequence[Row], partner: str | None) -> Sequence[Row]:
    """Give the lines of one partner; all of them where none is named."""
    if partner is None:
        return rows
    who = ctx.id("partner", partner)
    return [row for row in rows if row.partner_id == who]


def show(ctx: Context, value: dict[str, Any]) -> None:
    """Answer with one line of money: what is known of it, for people one below the other."""
    known = [(name.replace("_", " "), it) for name, it in value.items() if it is not None]
    ctx.answer(value, lambda: output.facts(known))
