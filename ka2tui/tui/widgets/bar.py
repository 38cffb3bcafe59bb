"""A bar with a mark for today, as a widget of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from ka2tui.tui import plain

if TYPE_CHECKING:
    from rich.style import Style


class Bar(Widget):
    """Label, bar and figure: "Implementation  ▓▓▓▓▓▓|░░░  58 %"."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"full", "left", "mark"}

    DEFAULT_CSS = """
    Bar {
        height: 1;
        color: $foreground;
        & > .full { color: $pane-focus; }
        & > .left { color: $quiet; }
        & > .mark { text-style: bold; }
    }
    """

    def __init__(
        self,
        label: str = "",
        part: float = 0.0,
        *,
        mark: float | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Make the bar; `part` and `mark` from 0 to 1."""
        super().__init__(id=id)
        self._label, self._part, self._mark = label, part, mark

    def show(self, label: str, part: float, mark: float | None = None) -> None:
        """Show another figure."""
        self._label, self._part, self._mark = label, part, mark
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        base = self.rich_style
        drawn = plain.bar(self._part, mark=self._mark)
        tail = f" {round(min(max(self._part, 0.0), 1.0) * 100):3d} %"
        room = width - len(drawn) - len(tail) - 1
        segments = [Segment(plain.pad(plain.line(self._label), max(room, 0)) + " ", base)]
        looks: dict[str, Style] = {
            sign: base + self.get_component_rich_style(name, partial=True)
            for sign, name in (("▓", "full"), ("░", "left"), ("|", "mark"))
        }
        segments += [Segment(sign, looks[sign]) for sign in drawn]
        segments.append(Segment(tail, base))
        return Strip(segments).adjust_cell_length(width, base)
