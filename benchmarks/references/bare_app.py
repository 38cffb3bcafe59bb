"""The least a Textual app can be: what our start and memory are compared with."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header


class BareApp(App[None]):
    """A header, a footer, and nothing between them."""

    TITLE = "READY"

    def compose(self) -> ComposeResult:
        """Put them on screen."""
        yield Header()
        yield Footer()


BareApp().run()
