"""The finder: the front of the desk with its palette, which knows all that the front can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ka2tui.tui.front import Front

if TYPE_CHECKING:
    from textual.app import App


class Finder(Front):
    """The front, where everything is found by name."""

    def action_command_palette(self) -> None:
        """Go anywhere and do anything by name."""
        from textual.command import CommandPalette

        if not CommandPalette.is_open(cast("App[object]", self)) and not self.screen.is_modal:
            from ka2tui.tui.dialogs.help import deeds
            from ka2tui.tui.palette import Palette

            self.deeds = [deed for deed in deeds(self.screen) if not deed.moves]
            self.push_screen(Palette())
