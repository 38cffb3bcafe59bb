"""Percentages of one whole: a line for each, and what they come to as one types."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ka2tui.domain.grant_matrix import by_percent, read_percent, say_percent
from ka2tui.domain.money import say_amount
from ka2tui.tui.dialogs.form import Field, Filled
from ka2tui.tui.dialogs.summed import Summed

if TYPE_CHECKING:
    from collections.abc import Sequence


class Percents(Summed):
    """How a whole is parted by percentage: each part in money, to the cent."""

    def __init__(
        self,
        title: str,
        parts: Sequence[tuple[int, str, Fraction | None]],
        whole: int,
        currency: str,
        *,
        about: str = "",
    ) -> None:
        """Make the lines.

        Args:
            title: What is parted.
            parts: Id, name and percentage to begin with.
            whole: In cents.
            currency: Of it.
            about: A sentence above.
        """
        fields = [
            Field(
                str(key), name, value=percent, hint="40, 33.3",
                read=read_percent, write=lambda it: say_percent(it).removesuffix(" %"),
                say=say_percent,
            )
            for key, name, percent in parts
        ]  # fmt: skip
        self._whole = whole
        self._currency = currency
        super().__init__(title, fields, save=self._parted, about=about)

    def come_to(self, values: Sequence[Any], unread: int) -> tuple[str, bool]:
        """Say what the percentages come to, and the parts in money once they come to 100."""
        found: list[Fraction] = [percent for percent in values if percent]
        total = sum(found, Fraction(0))
        if total != 100:
            return f"{say_percent(total)} of 100 %", False
        parts = by_percent(self._whole, found)
        return " + ".join(say_amount(cents, self._currency) for cents in parts), True

    async def _parted(self, filled: Filled) -> dict[int, int]:
        """Part the whole; keeps the form open where the percentages do not come to 100."""
        given = {int(key): it for key, it in filled.values.items() if it}
        parts = by_percent(self._whole, [*given.values()])
        return dict(zip(given, parts, strict=True))
