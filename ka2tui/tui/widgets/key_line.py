"""The line at the bottom: the few keys that fit what has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from ka2tui.tui import plain
from ka2tui.tui.hints import APART
from ka2tui.tui.keys import active as active_keys

if TYPE_CHECKING:
    from textual import events
    from textual.screen import Screen

ALWAYS = ("app.capture", "app.help", "app.palette")
"""Keys that stand at the right end and never go."""


def _in_border(pane: Widget | None) -> set[str]:
    """Give the keys that the lower border of a pane names: they are said once.

    A border with several keys beside each other tells how a pane is used, and stands for itself.
    """
    hints = str(pane.border_subtitle or "").split(APART) if pane is not None else []
    return {hint.partition(" ")[0] for hint in hints if "  " not in hint}


class KeyLine(Widget):
    """The keys of the focused pane, then of the page; those that find no room stand in the help.

    A key that stands in the border of the focused pane is not named again.
    """

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key", "word"}

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        background: $footer-background;
        color: $footer-foreground;
        & > .key { color: $footer-key-foreground; text-style: bold; }
        & > .word { color: $footer-foreground; }
    }
    """

    def __init__(self, *, always: bool = True) -> None:
        """Make the line; `always`: with the keys of help and palette at the right."""
        super().__init__()
        self._always = always
        self._keys: list[tuple[str, str, str, bool]] = []
        self._spots: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Look again whenever the keys that work change."""
        self.screen.bindings_updated_signal.subscribe(self, self._look)

    def _look(self, screen: Screen[Any]) -> None:
        if not screen.is_active:
            return
        keys: list[tuple[str, str, str, bool]] = []
        seen: set[str] = set()
        said = _in_border(screen.focused)
        for active in active_keys(screen):
            binding = active.binding
            if not binding.show or not active.enabled or binding.action in seen:
                continue
            seen.add(binding.action)
            always = binding.id in ALWAYS
            if always and not self._always:
                continue
            shown = self.app.get_key_display(binding)
            if shown in said:
                continue
            keys.append((binding.key, shown, binding.description, always))
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw as many keys as fit."""
        width = self.size.width
        base = self.rich_style
        key_style = base + self.get_component_rich_style("key", partial=True)
        word_style = base + self.get_component_rich_style("word", partial=True)
        segments = [Segment(" ", base)]
        self._spots = []
        at = 1
        tail = [(key, shown, word) for key, shown, word, always in self._keys if always]
        tail_width = sum(plain.width(f"{shown} {word}  ") for _, shown, word in tail)

        def add(key: str, shown: str, word: str) -> None:
            nonlocal at
            size = plain.width(shown) + 1 + plain.width(word)
            segments.append(Segment(shown, key_style))
            segments.append(Segment(f" {word}  ", word_style))
            self._spots.append((at, at + size, key))
            at += size + 2

        for key, shown, word, always in self._keys:
            size = plain.width(shown) + 3 + plain.width(word)
            if always or at + size + tail_width > width:
                continue
            add(key, shown, word)
        blank = width - at - tail_width
        if blank > 0:
            segments.append(Segment(" " * blank, base))
            at += blank
        for key, shown, word in tail:
            add(key, shown, word)
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        for start, end, key in self._spots:
            if start <= event.x < end:
                self.app.simulate_key(key)
                return
