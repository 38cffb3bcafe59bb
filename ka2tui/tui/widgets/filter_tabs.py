"""Filters with a name, as tabs above a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from ka2tui.tui import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

ALL = "All"

GAP = 2
"""Cells between two tabs."""

COUNT = 3
"""Cells that the count of a tab takes at least."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A filter with a name."""

    name: str
    text: str
    id: int | None = None
    """Of what was saved; None where it is one of ours."""


class FilterTabs(Widget):
    """One line: every filter with a name, and how many rows each lets through."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab", "tab-now", "count"}

    DEFAULT_CSS = """
    FilterTabs {
        dock: top;
        height: 1;
        width: 1fr;
        display: none;
        background: $background;
        &.-some { display: block; }
        & > .tab { color: $pane-title; }
        & > .tab-now { color: $pane-focus; text-style: bold underline; }
        & > .count { color: $quiet; text-style: $quiet-style; }
    }
    """

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, text: str) -> None:
            """Name its filter."""
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        """Make it without tabs: it is not shown then."""
        super().__init__()
        self.tabs: tuple[Tab, ...] = (Tab(ALL, ""),)
        self.now = ""
        """The filter in force."""
        self._counts: dict[str, int | None] = {}
        self._spots: list[tuple[int, int, str]] = []

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show these, after the one for all rows."""
        self.tabs = (Tab(ALL, ""), *tabs)
        self.set_class(bool(tabs), "-some")
        self.refresh()

    def set_now(self, text: str) -> None:
        """Show which filter is in force."""
        if text != self.now:
            self.now = text
            self.refresh()

    def set_counts(self, counts: dict[str, int | None]) -> None:
        """Show how many rows each filter lets through."""
        if counts != self._counts:
            self._counts = counts
            self.refresh()

    @property
    def at(self) -> int | None:
        """The place of the tab whose filter is in force."""
        now = self.now.strip()
        return next((at for at, tab in enumerate(self.tabs) if tab.text == now), None)

    def beside(self, step: int) -> Tab:
        """Give the tab so many places further, beginning again after the last one."""
        at = self.at
        if at is None:
            at = 0 if step < 0 else -1
        return self.tabs[(at + step) % len(self.tabs)]

    def render_line(self, y: int) -> Strip:
        """Draw the tabs that fit into the line; the one in force always does."""
        width, base = self.size.width, self.rich_style
        # room for the counts from the first: names must not move when they come
        drawn = [
            (tab, plain.cut(plain.line(tab.name), 24), self._count(tab).ljust(COUNT))
            for tab in self.tabs
        ]
        now, first = self.at, 0

        sizes = [plain.width(name + count) + GAP for _, name, count in drawn]
        while now is not None and first < now and sum(sizes[first : now + 1]) > width:
            first += 1
        segments = [Segment(" " if not first else plain.MORE, base)]
        self._spots = []
        place = 1
        for at, (tab, name, count) in enumerate(drawn[first:], first):
            size = sizes[at] - GAP
            if place + size + 1 > width:
                segments.append(Segment(plain.MORE, base))
                break
            self._spots.append((place, place + size, tab.text))
            style = self.get_component_rich_style("tab-now" if at == now else "tab", partial=True)
            segments.append(Segment(name, base + style))
            faint = self.get_component_rich_style("count", partial=True)
            segments.append(Segment(count + " " * GAP, base + faint))
            place += sizes[at]
        return Strip(segments).adjust_cell_length(width, base)

    def _count(self, tab: Tab) -> str:
        count = self._counts.get(tab.text)
        return "" if count is None else f" {plain.number(count)}"

    def in_sight(self) -> list[tuple[int, int, int]]:
        """Give where each tab in sight stands on the screen, with its place among them."""
        x, y = self.content_region.offset
        texts = [tab.text for tab in self.tabs]
        return [(x + begin - 1, y, texts.index(text)) for begin, _, text in self._spots]

    def jump_to(self, at: int) -> None:
        """Choose a tab."""
        self.post_message(self.Chosen(self.tabs[at].text))

    def on_click(self, event: events.Click) -> None:
        """Choose the tab that the mouse points at."""
        for begin, end, text in self._spots:
            if begin <= event.x < end:
                self.post_message(self.Chosen(text))
