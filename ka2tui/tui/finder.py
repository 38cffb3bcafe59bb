"""The finder: the front of the desk with its palette and its search."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.tui.front import Front

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from ka2tui.domain.search import Hit
    from ka2tui.store.portfolio import Portfolio
    from ka2tui.tui.searching import Searching


class Finder(Front):
    """The front, where everything is found: by name, and by any of its words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "search", "Search", show=False, id="app.search",
                tooltip="Search everything by its words: notes, minutes, people, plans"),
    ]  # fmt: skip

    @cached_property
    def searching(self) -> Searching:
        """What was looked for last, and what there is to find."""
        from ka2tui.tui.searching import Searching

        return Searching(self)

    @work
    async def action_search(self) -> None:
        """Search everything by its words, and go to what is chosen."""
        from ka2tui.tui.dialogs.search import Search

        hit = await self.push_screen_wait(Search(self.searching))
        if hit is not None:
            await self.open_hit(hit)

    async def open_hit(self, hit: Hit) -> None:
        """Go to what was found; the app with pages knows where it is shown."""

    async def open_other(self, open_portfolio: Callable[[], Portfolio]) -> None:
        """Lay another database on the desk; what was read of this one is forgotten."""
        self.searching.forget()
        await super().open_other(open_portfolio)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Search from a page only; a dialog may have something begun in it."""
        if action == "search":
            return bool(self.screen_stack) and not self.screen.is_modal
        return super().check_action(action, parameters)

    def action_command_palette(self) -> None:
        """Go anywhere and do anything by name."""
        from textual.command import CommandPalette

        if not CommandPalette.is_open(cast("App[object]", self)) and not self.screen.is_modal:
            from ka2tui.tui.dialogs.help import deeds
            from ka2tui.tui.palette import Palette

            self.deeds = [deed for deed in deeds(self.screen) if not deed.moves]
            self.push_screen(Palette())
