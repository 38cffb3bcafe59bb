"""Where the next letter leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.widget import Widget

    from ka2tui.tui.places import Place


class WhichKey(Dialog[None]):
    """The letters and pages; a letter goes there, anything else closes."""

    DEFAULT_CSS = """
    WhichKey { align: center bottom; }
    WhichKey Box { width: 44; margin: 0 0 1 0; }
    """

    def __init__(self, places: Sequence[Place]) -> None:
        """Show these places."""
        super().__init__("Go to")
        self._places = {place.letter: place for place in places}

    def content(self) -> Iterable[Widget]:
        """Give one line a page."""
        rows = [
            f" {place.letter}  {place.title:16} {place.digit}" for place in self._places.values()
        ]
        self.rows = Static(plain.block("\n".join(rows)))
        yield self.rows

    def on_click(self, event: events.Click) -> None:
        """Go to the page that the mouse points at; beside them, close."""
        offset = event.get_content_offset(self.rows)
        places = list(self._places.values())
        if offset is not None and 0 <= offset.y < len(places):
            self.dismiss(None)
            self.app.call_later(self.app.action_go, places[offset.y].mode)
        elif event.widget is self:
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Go where the letter leads."""
        if event.key == "ctrl+q":
            return
        event.stop()
        event.prevent_default()
        self.dismiss(None)
        place = self._places.get(event.character or "")
        if place is not None:
            self.app.call_later(self.app.action_go, place.mode)
