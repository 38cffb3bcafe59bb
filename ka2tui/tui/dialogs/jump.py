"""Jump: a letter on everything that can be gone to; typing it goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from ka2tui.tui import jumping, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.screen import Screen

    from ka2tui.tui.jumping import Spot


class Veil(Widget):
    """The screen below, in quiet colours, with the letters over it."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"label", "below", "said"}

    DEFAULT_CSS = """
    Veil {
        width: 100%;
        height: 100%;
        background: $background;
        & > .below { color: $quiet; text-style: $quiet-style; }
        & > .label { color: $pane-focus; text-style: bold reverse; }
        & > .said { color: $foreground; text-style: bold; }
    }
    """

    def __init__(self, lines: Sequence[str], labelled: Sequence[tuple[str, Spot]]) -> None:
        """Draw over these lines; a label stands where its place is."""
        super().__init__()
        self._lines = lines
        self.labelled = labelled
        self.typed = ""

    def show(self, typed: str) -> None:
        """Show only the labels that begin so."""
        self.typed = typed
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line: what stands below, and the labels on it."""
        width = self.size.width
        below = self.rich_style + self.get_component_rich_style("below", partial=True)
        label = self.rich_style + self.get_component_rich_style("label", partial=True)
        text = self._lines[y] if y < len(self._lines) else ""
        strip = Strip([Segment(text, below)]).adjust_cell_length(width, below)
        here = sorted(
            (spot.x, name[len(self.typed) :])
            for name, spot in self.labelled
            if spot.y == y and name.startswith(self.typed)
        )
        if y == self.size.height - 1:
            said = self.rich_style + self.get_component_rich_style("said", partial=True)
            words = plain.pad(" Type a letter to go there, esc to stay", width)
            return Strip([Segment(words, said)]).adjust_cell_length(width, below)
        for x, name in here:
            end = x + len(name)
            parts = [strip.crop(0, x), Strip([Segment(name, label)]), strip.crop(end, width)]
            strip = Strip.join(parts).adjust_cell_length(width, below)
        return strip


class Jump(ModalScreen[None]):
    """Waits for the letters of a place."""

    DEFAULT_CSS = """
    Jump { background: $background; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "stay", id="jump.leave", tooltip="Stay where you are"),
    ]

    def __init__(self, screen: Screen[Any], found: Sequence[Spot]) -> None:
        """Put a label on each place of a screen as it stands now."""
        super().__init__()
        strips = screen._compositor.render_strips(Size(*screen.size))  # noqa: SLF001 - its picture
        named = zip(jumping.labels(len(found)), found, strict=False)
        self.veil = Veil([strip.text for strip in strips], list(named))

    def compose(self) -> ComposeResult:
        """Give the picture with its labels."""
        yield self.veil

    def on_key(self, event: events.Key) -> None:
        """Take a letter; a label that is whole is gone to."""
        letter = event.character or ""
        if letter not in jumping.LETTERS or not letter:
            return
        event.stop()
        event.prevent_default()
        typed = self.veil.typed + letter
        left = [(name, spot) for name, spot in self.veil.labelled if name.startswith(typed)]
        if not left:
            return
        self.veil.show(typed)
        if left[0][0] == typed:
            self.dismiss(None)
            self.app.call_later(left[0][1].go)

    def on_click(self) -> None:
        """Stay where one is."""
        self.action_leave()

    def on_resize(self, event: events.Resize) -> None:
        """Leave when the picture is not true any more."""
        if self.veil.size and event.size != self.veil.size:
            self.action_leave()

    def action_leave(self) -> None:
        """Take a letter back, or stay where one is."""
        if self.veil.typed:
            self.veil.show("")
        else:
            self.dismiss(None)
