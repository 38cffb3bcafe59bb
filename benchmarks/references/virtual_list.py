"""The least a long list can be in Textual: one line is drawn when it is seen, and nothing else.

Its one argument is the number of rows.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Footer, Header


class VirtualList(ScrollView, can_focus=True):
    """Rows of text with a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row", "at-cursor"}
    DEFAULT_CSS = "VirtualList > .at-cursor { background: $primary; color: $text; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("pagedown", "page", show=False),
    ]
    cursor = reactive(0, repaint=False, init=False)

    def __init__(self, count: int) -> None:
        super().__init__()
        self.rows = [f"T{n:05}  Task {n:05} of the list  WP{n % 7}  open" for n in range(count)]
        self.virtual_size = Size(100, count)

    def render_line(self, y: int) -> Strip:
        """Draw the line that is `y` lines below the top."""
        number, width = y + self.scroll_offset.y, self.size.width
        style = self.get_component_rich_style("at-cursor" if number == self.cursor else "row")
        text = self.rows[number] if number < len(self.rows) else ""
        return Strip([Segment(text.ljust(width)[:width], style)], width)

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two lines that changed, and bring the cursor into sight."""
        top, height = self.scroll_offset.y, self.size.height
        for number in (before, now):
            self.refresh(Region(0, number - top, self.size.width, 1))
        if not top <= now < top + height:
            y = now if now < top else now - height + 1
            self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(len(self.rows) - 1, self.cursor + by))

    def action_page(self) -> None:
        """Move the cursor by what is in sight."""
        self.action_move(self.size.height)


class ListApp(App[None]):
    """The list between a header and a footer."""

    def compose(self) -> ComposeResult:
        """Put them on screen."""
        yield Header()
        yield VirtualList(int(sys.argv[1]))
        yield Footer()


ListApp().run()
