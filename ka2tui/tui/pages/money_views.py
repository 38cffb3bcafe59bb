"""What the views of money have in common: their names above each, and the way between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page
from ka2tui.tui.widgets.headline import Headline
from ka2tui.tui.widgets.view_strip import View, ViewStrip

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from ka2tui.queries import money as views
    from ka2tui.queries.money import Setting
else:
    views = lazily("ka2tui.queries.money")

COSTS = View("costs", "Costs")
VIEWS = (
    View("money", "Grant"),
    View("payments", "Payments"),
    View("accounts", "Partners"),
    View("earnings", "Earned and at risk"),
    COSTS,
    View("journeys", "Travel"),
)
"""All views, each with the page that shows it."""


class MoneyView(Page):
    """A page that is one view of the project's money."""

    MODE: ClassVar[str] = ""
    """Its name among the views."""

    FIGURES = ("money",)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("greater_than_sign", "view(1)", "next view", key_display=">", show=False,
                id="money.next_view", tooltip="Grant, payments, partners, earned, costs, travel"),
        Binding("less_than_sign", "view(-1)", "view before", key_display="<", show=False,
                id="money.view_before", tooltip="The view of money before this one"),
    ]  # fmt: skip

    def __init__(self) -> None:
        """Make the line with the names of the views."""
        super().__init__()
        self.strip = ViewStrip([it for it in VIEWS if it is not COSTS], self.MODE, "< > view")
        self.setting: Setting | None = None

    def compose(self) -> ComposeResult:
        """Put the names of the views below the headline."""
        for widget in super().compose():
            yield widget
            if isinstance(widget, Headline):
                yield self.strip

    @property
    def currency(self) -> str:
        """The currency of the project."""
        return self.setting.currency if self.setting is not None else "EUR"

    async def read_setting(self) -> Setting:
        """Read which kinds of money the project has."""
        return await self.app.ask(views.setting, self.project)

    def set_setting(self, setting: Setting) -> None:
        """Offer costs only where the project has some, or plans by headings."""
        self.setting = setting
        shown = setting.has_costs or COSTS.name == self.MODE
        self.strip.set_views([it for it in VIEWS if shown or it is not COSTS])

    def action_view(self, step: int) -> None:
        """Go to the view beside this one."""
        self.app.action_go(self.strip.beside(step))

    @on(ViewStrip.Chosen)
    def _view_clicked(self, event: ViewStrip.Chosen) -> None:
        if event.name != self.MODE:
            self.app.action_go(event.name)

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the project, and what the cursor is on."""
        return self.app.project, self.figures_about()

    def figures_about(self) -> tuple[str, int | None] | None:
        """Give table and id of the record whose figures come first; None: there is none."""
        record: Any = self.record_at_cursor()
        return None if record is None else (record[0], record[1])
