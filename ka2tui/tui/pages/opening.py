"""The first frame: headline and keys, on screen while the first page is being made."""

from __future__ import annotations

from ka2tui.tui.page import Page


class OpeningPage(Page):
    """A page with nothing on it, for a tenth of a second.

    Modules, styles and layout of the page that one begins with take 90 ms; a bare app has its
    first frame after 210.
    """

    NEEDS_PROJECT = False

    async def load(self) -> None:
        """Read nothing."""

    def show(self, seen: None) -> None:
        """Show nothing more."""
