"""Ground: what lies behind panes shows its colour and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container, Horizontal, Vertical
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Region


class Ground(Widget):
    """Has no line of its own: one stands for all, however high it is.

    Textual draws everything that lies behind a line whenever the line changes, covered or not.
    A container comes before it among the bases: Textual takes the style of the first one alone.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the same line again and again."""
        if self.gutter.height or self.gutter.width or self.opacity != 1.0 or self.styles.tint.a:
            return super().render_lines(crop)
        strip = Strip.blank(crop.width, self.visual_style.rich_style)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return [strip] * crop.height


class Laid(Container, Ground):
    """Panes laid out by the style sheet."""


class Beside(Horizontal, Ground):
    """Panes beside each other."""


class Stacked(Vertical, Ground):
    """Panes above each other."""
