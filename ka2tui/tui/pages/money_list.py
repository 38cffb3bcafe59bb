"""A view of money that is a list with details: payments, costs, journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from ka2tui.tui import plain, projector
from ka2tui.tui.detail_page import DetailPage, panes
from ka2tui.tui.list_page import SHOW_ALL
from ka2tui.tui.pages.money_views import MoneyView
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.queries.money import Setting
    from ka2tui.store.operation import Operation
    from ka2tui.tui.widgets.record_table import Column


class MoneyList(MoneyView, DetailPage):
    """A list of one kind of money line, with all that is known of the one under the cursor."""

    EMPTY: ClassVar[str] = ""
    """What an empty list says."""

    WORD: ClassVar[str] = ""
    """What one line is called: "payment"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="money.new", tooltip="Add one"),
        Binding("e", "edit", "edit", id="money.edit_line", tooltip="Edit this one"),
        Binding("x,delete", "remove", "remove", key_display="x", id="money.remove",
                tooltip="Remove it, or all that are marked; u brings them back"),
        Binding("escape", "close", "back to the list", show=False, id="money.close",
                tooltip="Back from the details to the list"),
        SHOW_ALL,
    ]  # fmt: skip

    DEFAULT_CSS = f"MoneyList {{{panes()}}}"

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._rows: Sequence[Any] = ()
        self._wanted: int | None = None

    def content(self) -> Iterable[Widget]:
        """Give the list, and the details beside it."""
        self.table: RecordTable[Any] = RecordTable(
            self.columns(()), self.cells, title=self.NAME, empty=self.EMPTY
        )
        self.details = Details(self.NOTHING, hint=self.READ)
        yield Horizontal(self.table, self.details, id="panes")

    # -- what a list says ------------------------------------------------------------------------

    def columns(self, rows: Sequence[Any]) -> list[Column]:
        """Give each column the room that these rows need."""
        raise NotImplementedError

    def cells(self, row: Any) -> Sequence[Any]:
        """Give what stands in a row."""
        raise NotImplementedError

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

    def show(self, seen: tuple[Setting, Sequence[Any]]) -> None:
        """Show the list, and stand on what was asked for."""
        setting, self._rows = seen
        self.set_setting(setting)
        self.refill()
        self._stand()
        self.refresh_bindings()
        self.read_details()

    def refill(self) -> None:
        """Show what the filter lets through."""
        self.fill_list(self._rows, self.columns, word=self.WORD, empty=self.EMPTY)
        sums = "" if self.app.projector else self.sums()
        self.table.set_title(plain.join([self.NAME, sums]))

    def on_screen_resume(self) -> None:
        """Stand on what another page wants to show."""
        wanted = self.app.wanted_records.pop(self.VIEW, None)
        if wanted is not None:
            self._wanted = wanted
            self.line.clear()
            self._stand()

    def _stand(self) -> None:
        """Put the cursor where somebody wants to see it."""
        if self._wanted is None:
            return
        if self.table.move_to(self._wanted):
            self._wanted = None
        elif self.filtering and any(row.id == self._wanted for row in self._rows):
            self._wanted = None
            self.app.tell("Added, but hidden by the filter. escape shows all.")

    def amount(self, cents: int | None) -> str:
        """Write an amount for a column."""
        from ka2tui.domain.money import say_amount

        return "" if cents is None else say_amount(cents, self.currency)

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if projector.hides(self.app, action):
            return False
        if not self.line.typing and action in ("edit", "remove") and not self.table.count:
            return False
        return super().check_action(action, parameters)

    @work
    async def action_new(self) -> None:
        """Add one, and stand on it."""
        self._wanted = await self.add_one()
        self._stand()

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
