"""A bordered pane: its title above, its own key below at the right, the accent with the focus."""

from __future__ import annotations

from textual.widget import Widget

from ka2tui.tui import plain


class Pane(Widget):
    """Holds other widgets in a border."""

    DEFAULT_CSS = """
    Pane {
        border: $pane-line $pane-border;
        border-title-color: $pane-title;
        border-subtitle-color: $pane-title;
        background: $background;
        layout: vertical;
        width: 1fr;
        height: 1fr;
        overflow: hidden hidden;
        &:focus-within {
            border: $pane-focus-line $pane-focus;
            border-title-color: $pane-focus;
            border-title-style: bold;
            border-subtitle-color: $pane-focus;
        }
    }
    """

    def __init__(
        self,
        title: str = "",
        *,
        hint: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Make the pane; `hint` is its own key with a word: "m open"."""
        super().__init__(id=id, classes=classes)
        self._title = title
        self._note = ""
        self.border_title = plain.content(title)
        self.border_subtitle = plain.content(hint)

    def set_title(self, title: str) -> None:
        """Change the words in the upper border."""
        self._title = title
        self.border_title = plain.content(plain.join([title, self._note]))

    def set_note(self, note: str) -> None:
        """Change what stands after the title, whatever that is."""
        if note != self._note:
            self._note = note
            self.set_title(self._title)

    def set_hint(self, hint: str) -> None:
        """Change the words in the lower border."""
        self.border_subtitle = plain.content(hint)
