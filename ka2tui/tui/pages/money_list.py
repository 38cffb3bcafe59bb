"""A view of money that is a list with details: payments, costs, journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list, panes
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.pages.money_views import MoneyView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.queries.money import Setting
    from ka2tui.store.operation import Operation


class MoneyList(MoneyView, EntriesPage):
    """A list of one kind of money line, with all that is known of the one under the cursor."""

    NEED_ROWS = frozenset({"edit", "remove"})

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="money.new", tooltip="Add one"),
        Binding("e", "edit", "edit", id="money.edit_line", tooltip="Edit this one"),
        Binding("x,delete", "remove", "remove", key_display="x", id="money.remove",
                tooltip="Remove it, or all that are marked; u brings them back"),
        *back_to_list("money.close"),
    ]  # fmt: skip

    DEFAULT_CSS = f"MoneyList {{{panes()}}}"

    # -- what a list says ------------------------------------------------------------------------

    def sums(self) -> str:
        """Say what all rows come to, for the title of the list; nothing on a projector."""
        return ""

    async def read_rows(self) -> Sequence[Any]:
        """Read all rows."""
        raise NotImplementedError

    async def add_one(self) -> int | None:
        """Add one through a form; give its id."""
        raise NotImplementedError

    async def edit_one(self, row: Any) -> object:
        """Edit one in a form."""
        raise NotImplementedError

    def remover(self) -> Operation[Any, Any]:
        """Give the operation that removes some."""
        raise NotImplementedError

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> tuple[Setting, Sequence[Any]]:
        """Read the list."""
        return await self.read_setting(), await self.read_rows()

    def entries(self, seen: tuple[Setting, Sequence[Any]]) -> Sequence[Any]:
        """Give the rows that were read."""
        setting, rows = seen
        self.set_setting(setting)
        return rows

    def heading(self, shown: Sequence[Any]) -> str:
        """Say what all rows come to."""
        return plain.join([self.NAME, "" if self.app.projector else self.sums()])

    def amount(self, cents: int | None) -> str:
        """Write an amount for a column."""
        from ka2tui.domain.money import say_amount

        return "" if cents is None else say_amount(cents, self.currency)

    # -- verbs ----------------------------------------------------------------------------------

    @work
    async def action_new(self) -> None:
        """Add one, and stand on it."""
        self.want(await self.add_one())

    @work
    async def action_edit(self) -> None:
        """Edit the one under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            await self.edit_one(row)

    @work
    async def action_remove(self) -> None:
        """Remove the chosen ones."""
        await self.act(self.table, self.remover())
