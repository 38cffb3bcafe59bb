"""The views of one matter, side by side in a line: the one that is shown stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from ka2tui.tui import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

GAP = 2
"""Cells between two names."""


class View(NamedTuple):
    """One view."""

    name: str
    """The page that shows it."""
    title: str


class ViewStrip(Widget):
    """The names of views; a click goes to one."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"view", "view-now", "keys"}

    DEFAULT_CSS = """
    ViewStrip {
        height: 1;
        width: 1fr;
        background: $background;
        & > .view { color: $pane-title; }
        & > .view-now { color: $pane-focus; text-style: bold underline; }
        & > .keys { color: $quiet; text-style: $quiet-style; }
    }
    """

    class Chosen(Message):
        """A view was clicked."""

        def __init__(self, name: str) -> None:
            """Name it."""
            super().__init__()
            self.name = name

    def __init__(self, views: Sequence[View], now: str, keys: str) -> None:
        """Make it.

        Args:
            views: All there are.
            now: The name of the one that is shown.
            keys: The keys that lead from one to the next, as they are said.
        """
        super().__init__()
        self.views = tuple(views)
        self._now = now
        self._keys = keys
        self._spots: list[tuple[int, int, int]] = []

    def set_views(self, views: Sequence[View]) -> None:
        """Show these."""
        if tuple(views) != self.views:
            self.views = tuple(views)
            self.refresh()

    def beside(self, step: int) -> str:
        """Give the name of the view so many steps from the one that is shown."""
        names = [view.name for view in self.views]
        at = names.index(self._now) if self._now in names else 0
        return names[(at + step) % len(names)]

    def render_line(self, _y: int) -> Strip:
        """Draw the names, and at the end the keys where there is room."""
        width, base = self.size.width, self.rich_style
        segments = [Segment(" ", base)]
        self._spots = []
        place = 1
        for at, view in enumerate(self.views):
            title = plain.line(view.title)
            size = plain.width(title)
            if place + size + 1 > width:
                segments.append(Segment(plain.MORE, base))
                place += 1
                break
            here = "view-now" if view.name == self._now else "view"
            segments.append(
                Segment(title, base + self.get_component_rich_style(here, partial=True))
            )
            segments.append(Segment(" " * GAP, base))
            self._spots.append((place, place + size, at))
            place += size + GAP
        if place + plain.width(self._keys) + 1 <= width:
            quiet = base + self.get_component_rich_style("keys", partial=True)
            segments.append(Segment(" " * (width - place - plain.width(self._keys) - 1), base))
            segments.append(Segment(self._keys, quiet))
        return Strip(segments).adjust_cell_length(width, base)

    def in_sight(self) -> list[tuple[int, int, int]]:
        """Give where each name in sight stands on the screen, with its place among them."""
        x, y = self.content_region.offset
        return [(x + begin - 1, y, at) for begin, _, at in self._spots]

    def jump_to(self, at: int) -> None:
        """Choose a view."""
        self.post_message(self.Chosen(self.views[at].name))

    def on_click(self, event: events.Click) -> None:
        """Choose the view that the mouse points at."""
        for begin, end, at in self._spots:
            if begin <= event.x < end:
                event.stop()
                self.jump_to(at)
