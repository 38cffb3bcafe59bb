"""What is drawn line by line in a border: one look for the focus, the cursor and every tone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ka2tui.tui import plain
from ka2tui.tui.widgets.pane import Pane
from ka2tui.tui.widgets.toned import tone, worn

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from ka2tui.tui.plain import Cell, Piece

THUMB = "┃"
"""Stands in the right border beside what is in sight, where there is more."""


class Drawn(Pane):
    """A pane that draws its own lines; stands before a widget of Textual's that scrolls."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Drawn {
        color: $foreground;
        &.-bare, &.-bare:focus { border: none; }
        &.-folded { border: none; padding: 0 1; height: 1; }
    }
    """

    def __init__(
        self,
        title: str = "",
        *,
        hint: str = "",
        empty: str = "",
        bare: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Make it empty.

        Args:
            title: In the upper border.
            hint: In the lower border: the pane's own key.
            empty: What stands there when there is nothing to show.
            bare: Without a border.
            id: Of the widget.
            classes: Of the widget.
        """
        super().__init__(title, hint=hint, id=id, classes=classes)
        self.set_class(bare, "-bare", update=False)
        self._empty = empty
        self._looks: dict[tuple[str, ...], Style] = {}
        self._toned: object = None
        self._brief: tuple[Cell, Piece, int] = ("", "", 0)

    # -- in one line ----------------------------------------------------------------------------

    @property
    def folded(self) -> bool:
        """Whether one line without a border stands for all of it, for want of room."""
        return self.has_class("-folded")

    def fold(self, on: bool) -> None:  # noqa: FBT001 - said by its name
        """Let one line stand for all of it, or show it again."""
        self.set_class(on, "-folded")

    def set_brief(self, cell: Cell, tail: Piece = "", label: int = 0) -> None:
        """Say what stands in the one line, after the title.

        Args:
            cell: What is cut where it is too long.
            tail: Stands whole at the right end.
            label: Cells for the title, so that lines of several panes stand below each other.
        """
        self._brief = (cell, tail, label)
        if self.folded:
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines with their border, or the one that stands for them."""
        toned = worn(self.app)
        if toned is not self._toned:
            self._looks.clear()
            self._toned = toned
        if not self.folded:
            return super().render_lines(crop)
        cell, tail, label = self._brief
        title = plain.pad(plain.line(str(self.border_title)), label) + "  "
        room = max(self.outer_size.width - plain.width(title) - 4, 1)
        segments = [Segment("  " + title, self.look("title"))]
        segments += [
            Segment(text, self.look(tone)) for text, tone in plain.with_tail(cell, tail, room)
        ]
        strip = Strip(segments).adjust_cell_length(self.outer_size.width, self.look())
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return [strip.crop(crop.x, crop.right)] * crop.height

    def look(self, *names: str) -> Style:
        """Give the style of tones laid over each other, and over that of the widget.

        It is remembered: asking the style sheet for each line would be felt at every key.
        """
        style = self._looks.get(names)
        if style is None:
            style = self.rich_style
            for name in filter(None, names):
                style += tone(self, name).partial_rich_style
            self._looks[names] = style
        return style

    def notify_style_update(self) -> None:
        """Forget the old colours."""
        super().notify_style_update()
        self._looks.clear()


class Held(Drawn, ScrollView):
    """Drawn lines that scroll; the mouse takes hold of the place in the right border."""

    _pulled: bool | None = None
    """Whether the mouse holds the place, or has just let go of it."""

    @property
    def extent(self) -> tuple[int, int]:
        """How many lines there are, and how many are in sight."""
        return self.virtual_size.height, self.scrollable_content_region.height

    def set_length(self, lines: int) -> None:
        """Say how many lines there are."""
        size, height = Size(0, lines), self.styles.height
        if height is None or height.is_auto:
            self.virtual_size = size
        else:  # nothing beside it moves: the page need not be laid out again at each key
            self.set_reactive(Held.virtual_size, size)
            self.scroll_y = self.validate_scroll_y(self.scroll_y)

    @property
    def allow_vertical_scroll(self) -> bool:
        """Let the wheel scroll although no scrollbar of Textual's is there."""
        return self.max_scroll_y > 0

    def scroll_to_line(self, line: int) -> None:
        """Put a line at the top."""
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def thumb(self) -> tuple[int, int]:
        """Give the first line, and the one after the last, beside which the place is shown."""
        (count, room), first = self.extent, self.scroll_offset.y
        if count <= room or room <= 0:
            return 0, 0
        size = max(room * room // count, 1)
        top = first + round(first / (count - room) * (room - size))
        return top, top + size

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the place in the right border."""
        self._pulled = None
        count, room = self.extent
        if event.x == self.outer_size.width - 1 and count > room:
            self._pulled = True
            self.capture_mouse()
            self._pull(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse while the place is held."""
        if self._pulled and self.app.mouse_captured is self:
            self._pull(event)

    def on_mouse_up(self) -> None:
        """Let go of the place."""
        if self._pulled:
            self.release_mouse()

    def _pull(self, event: events.MouseEvent) -> None:
        """Scroll to where the mouse points in the right border."""
        count, room = self.extent
        y = event.y - (self.outer_size.height - self.gutter.bottom - room)
        part = min(max(y / max(room - 1, 1), 0.0), 1.0)
        self.scroll_to_line(round(part * (count - room)))


class Flowing(Held):
    """Lines to be read: the right border shows which of them are in sight."""

    DEFAULT_CSS = """
    Flowing {
        overflow: hidden auto;
        scrollbar-size: 0 0;
    }
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines with their border, and the place in it."""
        strips = super().render_lines(crop)
        begin, end = self.thumb()
        if self.folded or not end or not self.gutter.right or crop.right < self.outer_size.width:
            return strips
        above = self.gutter.top - self.scroll_offset.y
        for at in range(max(begin + above, crop.y), min(end + above, crop.bottom)):
            strip = strips[at - crop.y]
            inner, edge = strip.divide([strip.cell_length - 1, strip.cell_length])
            style = next((segment.style for segment in edge), None)
            strips[at - crop.y] = Strip([*inner, Segment(THUMB, style)], strip.cell_length)
        return strips

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Move the place in the border along."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.refresh(Region(self.size.width, 0, self.gutter.right, self.size.height))
