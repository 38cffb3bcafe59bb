"""The line at the top: which project, where it stands, and at the right what must be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from ka2tui.tui import plain

if TYPE_CHECKING:
    from textual import events


class Headline(Widget):
    """One line: its words at the left give way to those at the right."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"name", "facts", "view", "trust", "warned"}

    DEFAULT_CSS = """
    Headline {
        dock: top;
        height: 1;
        background: $header-background;
        color: $foreground;
        & > .name { text-style: bold; }
        & > .facts { color: $pane-title; }
        & > .view { color: $pane-focus; text-style: bold reverse; }
        & > .trust { color: $quiet; text-style: $quiet-style; }
        & > .warned { color: $late; text-style: bold; }
    }
    """

    name_shown: reactive[str] = reactive("")
    facts: reactive[str] = reactive("")
    view: reactive[str] = reactive("")
    """The view that is on, where it is not the usual one."""
    trust: reactive[str] = reactive("")
    warned: reactive[bool] = reactive(default=False)

    class Clicked(Message):
        """A part of the line was clicked."""

        def __init__(self, part: Literal["name", "facts"]) -> None:
            """Name the part."""
            super().__init__()
            self.part = part

    def on_click(self, event: events.Click) -> None:
        """Tell which part the mouse points at."""
        name = 1 + plain.width(plain.line(self.name_shown))
        if 1 <= event.x < name:
            self.post_message(self.Clicked("name"))
        elif name <= event.x < name + plain.width(plain.line(self.facts)) + 3:
            self.post_message(self.Clicked("facts"))

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        view = f" {plain.line(self.view)} " if self.view else ""
        right = plain.cut(plain.line(self.trust), max(width - 2 - plain.width(view) - 1, 0))
        beside = plain.width(view) + 1 if view else 0
        room = width - plain.width(right) - 3 - beside
        name = plain.cut(plain.line(self.name_shown), max(room, 0))
        between = " · " if name and self.facts else ""
        facts = plain.line(self.facts)
        facts = plain.cut(between + facts, max(room - plain.width(name), 0)) if facts else ""
        base = self.rich_style
        styles = {
            part: base + self.get_component_rich_style(part, partial=True)
            for part in ("name", "facts", "view", "trust", "warned")
        }
        blank = width - 2 - plain.width(name) - plain.width(facts) - plain.width(right) - beside
        segments = [
            Segment(" ", base),
            Segment(name, styles["name"]),
            Segment(facts, styles["facts"]),
            Segment(" " * max(blank, 0), base),
            *([Segment(view, styles["view"]), Segment(" ", base)] if view else []),
            Segment(right, styles["warned" if self.warned else "trust"]),
            Segment(" ", base),
        ]
        return Strip(segments).adjust_cell_length(width, base)
