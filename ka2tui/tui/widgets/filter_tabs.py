"""Filters with a name, as tabs above a list, or in a pane beside it where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from ka2tui.frozen import frozen
from ka2tui.tui import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

ALL = "All"

_BARE = Style(underline=False)

UPRIGHT = (190, 30)
"""Cells and lines of a window that has room for a pane of them."""

GAP = 2
"""Cells between two tabs."""

COUNT = 3
"""Cells that the count of a tab takes at least."""


@frozen
class Tab:
    """A filter with a name."""

    name: str
    text: str
    id: int | None = None
    """Of what was saved; None where it is one of ours."""


class Group(NamedTuple):
    """Filters of one sort that are offered where there is room: by work package, by partner."""

    title: str
    tabs: Sequence[Tab]


class FilterTabs(Widget):
    """Every filter with a name, and how many rows each lets through.

    They stand in one line. Where a page has groups of filters and the window has room, they
    stand below each other in a pane beside the list, the groups below them.
    """

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab", "tab-now", "count", "head"}

    DEFAULT_CSS = """
    FilterTabs {
        dock: top;
        height: 1;
        width: 1fr;
        display: none;
        background: $background;
        &.-some { display: block; }
        &.-upright {
            dock: left;
            width: 30;
            height: 1fr;
            border: $pane-line $pane-border;
            border-title-color: $pane-title;
            border-subtitle-color: $pane-title;
        }
        & > .head { color: $quiet; text-style: $quiet-style; }
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

    def __init__(self, *, grouped: bool = False) -> None:
        """Make it without tabs: it is not shown then.

        Args:
            grouped: Groups will come: their room is kept, so that nothing moves when they do.
        """
        super().__init__()
        self._grouped = grouped
        self.border_title = plain.content("Show")
        self.border_subtitle = plain.content("[ ] go · F all")
        self._named: tuple[Tab, ...] = (Tab(ALL, ""),)
        self._groups: Sequence[Group] = ()
        self.now = ""
        """The filter in force."""
        self._counts: dict[str, int | None] = {}
        self._spots: list[tuple[int, int, str]] = []

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """All that are offered, in their order."""
        grouped = [tab for group in self._groups for tab in group.tabs] if self.upright else []
        return (*self._named, *grouped)

    @property
    def upright(self) -> bool:
        """Whether they stand below each other, in a pane beside the list."""
        return self.has_class("-upright")

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show these, after the one for all rows."""
        self._named = (Tab(ALL, ""), *tabs)
        self.set_class(bool(tabs), "-some")
        self.refresh()

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Offer these too where there is room."""
        self._groups = [group for group in groups if group.tabs]
        self.refresh()

    def stand(self) -> None:
        """Stand below each other where groups are offered and the window has room."""
        wide, high = UPRIGHT
        roomy = self.app.size.width >= wide and self.app.size.height >= high
        self.set_class(roomy and self._grouped, "-upright")
        self.screen.set_class(self.upright, "-beside")

    def set_now(self, text: str) -> None:
        """Show which filter is in force."""
        before, self.now = self.at, text
        if self.at != before:
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
        """Draw a line: of all the tabs, or where they stand below each other, of one."""
        return self._one(y) if self.upright else self._all()

    def _lines(self) -> list[Tab | str | None]:
        """Give what stands in each line of the pane: a tab, the title of a group, nothing."""
        lines: list[Tab | str | None] = [*self._named]
        for group in self._groups:
            lines += [None, group.title, *group.tabs]
        first = 0
        now = self.at
        if now is not None:
            first = max(lines.index(self.tabs[now]) - self.size.height + 1, 0)
        return lines[first : first + self.size.height]

    def _one(self, y: int) -> Strip:
        """Draw a line of the pane: a tab and its count, or the title of a group."""
        width, base = self.size.width, self.rich_style
        lines = self._lines()
        line = lines[y] if y < len(lines) else None
        faint = base + self.get_component_rich_style("count", partial=True)
        if line is None:
            return Strip.blank(width, base)
        if isinstance(line, str):
            head = base + self.get_component_rich_style("head", partial=True)
            return Strip([Segment(f" {line}", head)]).adjust_cell_length(width, base)
        chosen = line.text == self.now.strip()
        count = self._count(line)
        room = max(width - plain.width(count) - 4, 1)
        style = base + self.get_component_rich_style("tab-now" if chosen else "tab", partial=True)
        name = plain.cut(plain.line(line.name), room)
        segments = [
            Segment(f" {plain.DOING} " if chosen else "   ", style + _BARE),
            Segment(name, style),
            Segment(" " * (room - plain.width(name)), base),
            Segment(count, faint),
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _all(self) -> Strip:
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
        if self.upright:
            places = {tab: at for at, tab in enumerate(self.tabs)}
            return [
                (x, y + at, places[line])
                for at, line in enumerate(self._lines())
                if isinstance(line, Tab)
            ]
        texts = [tab.text for tab in self.tabs]
        return [(x + begin - 1, y, texts.index(text)) for begin, _, text in self._spots]

    def jump_to(self, at: int) -> None:
        """Choose a tab."""
        self.post_message(self.Chosen(self.tabs[at].text))

    def on_click(self, event: events.Click) -> None:
        """Choose the tab that the mouse points at."""
        if self.upright:
            offset, lines = event.get_content_offset(self), self._lines()
            line = lines[offset.y] if offset is not None and offset.y < len(lines) else None
            if isinstance(line, Tab):
                self.post_message(self.Chosen(line.text))
            return
        for begin, end, text in self._spots:
            if begin <= event.x < end:
                self.post_message(self.Chosen(text))
