"""Details of one record: label and value on one line, long texts below, all of it literal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ka2tui.tui import plain

if TYPE_CHECKING:
    from ka2tui.tui.plain import Cell, Tone


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value on the same line; left out where the value is empty."""

    label: str
    value: Cell | None


@dataclass(frozen=True, slots=True)
class Words:
    """A text of any length, wrapped between words."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading, with a blank line above it."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line made of pieces, cut where it is too long."""

    cell: Cell


@dataclass(frozen=True, slots=True)
class Parts:
    """Short texts beside each other, wrapped between them only; what is empty is left out."""

    parts: Sequence[object]
    tone: Tone = ""
    between: str = " · "


Item = Fact | Words | Head | Line | Parts


class Details(ScrollView, can_focus=True):
    """Lines about one record; scrolls when they are too many."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "label",
        "head",
        "quiet",
        "late",
        "soon",
        "done",
        "good",
        "accent",
        "strong",
    }

    DEFAULT_CSS = """
    Details {
        background: $background;
        color: $foreground;
        border: round $pane-border;
        border-title-color: $pane-title;
        border-subtitle-color: $pane-title;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        height: 1fr;
        &.-bare { border: none; }
        &:focus {
            border: round $pane-focus;
            border-title-color: $pane-focus;
            border-title-style: bold;
            border-subtitle-color: $pane-focus;
            &.-bare { border: none; }
        }
        & > .label { color: $pane-title; }
        & > .head { text-style: bold; }
        & > .quiet { color: $quiet; text-style: $quiet-style; }
        & > .late { color: $late; }
        & > .soon { color: $soon; }
        & > .done { color: $quiet; text-style: $quiet-style; }
        & > .good { color: $good; }
        & > .accent { color: $pane-focus; }
        & > .strong { text-style: bold; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_down", "Down", show=False, id="details.down",
                tooltip="Scroll down"),
        Binding("up", "scroll_up", "Up", show=False, id="details.up",
                tooltip="Scroll up"),
    ]  # fmt: skip

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
        super().__init__(id=id, classes=classes)
        self.set_class(bare, "-bare", update=False)
        self.border_title = plain.content(title)
        self.border_subtitle = plain.content(hint)
        self._empty = empty
        self._items: Sequence[Item] = ()
        self._lines: list[list[tuple[str, str]]] = []
        self._laid_for = -1
        self._styles_of: dict[str, Style] = {}

    def show(self, items: Iterable[Item], *, title: str | None = None, top: bool = False) -> None:
        """Show other lines.

        Args:
            items: From top to bottom.
            title: In the upper border; None leaves it.
            top: Whether to scroll back up: for another record, not for the same one again.
        """
        self._items = tuple(items)
        self._laid_for = -1
        if title is not None:
            self.border_title = plain.content(title)
        self._lay_out()
        if top:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.refresh()

    def set_hint(self, hint: str) -> None:
        """Change the words in the lower border."""
        self.border_subtitle = plain.content(hint)

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._lay_out()

    @property
    def text(self) -> str:
        """All lines as they stand, for tests and for copying."""
        return "\n".join("".join(text for text, _ in line).rstrip() for line in self._lines)

    def _lay_out(self) -> None:
        """Break everything into lines of the present width."""
        width = self.scrollable_content_region.width
        if width == self._laid_for or width <= 0:
            return
        self._laid_for = width
        room = max(width - 2, 1)
        facts = [item for item in self._items if isinstance(item, Fact) and _known(item.value)]
        label = plain.longest([fact.label for fact in facts], most=max(room // 3, 1)) + 2
        lines: list[list[tuple[str, str]]] = []
        for item in self._items or ((Words(self._empty, "quiet"),) if self._empty else ()):
            if isinstance(item, Fact):
                if _known(item.value):
                    lines += self._fact(item, label, room)
            elif isinstance(item, Words):
                lines += [[(text, item.tone)] for text in plain.wrap(item.text, room)]
            elif isinstance(item, Parts):
                broken = plain.wrap_parts(item.parts, room, item.between)
                lines += [[(text, item.tone)] for text in broken]
            elif isinstance(item, Head):
                if lines:
                    lines.append([])
                note = plain.line(item.note)
                title = plain.cut(plain.line(item.title), max(room - plain.width(note) - 1, 1))
                blank = max(room - plain.width(title) - plain.width(note), 0)
                lines.append([(title, "head"), (" " * blank + note, "quiet")])
            else:
                lines.append([*plain.cells(item.cell, room)])
        self._lines = lines
        self.virtual_size = Size(0, len(lines))

    @staticmethod
    def _fact(fact: Fact, label: int, room: int) -> list[list[tuple[str, str]]]:
        """Break a value beside its label."""
        head = (plain.pad(plain.line(fact.label), label), "label")
        beside = max(room - label, 1)
        if isinstance(fact.value, list):
            return [[head, *plain.cells(fact.value, beside)]]
        text, tone = fact.value if isinstance(fact.value, tuple) else (fact.value or "", "")
        first, *rest = plain.wrap(text, beside)
        blank = (" " * label, "")
        return [[head, (first, tone)], *([blank, (part, tone)] for part in rest)]

    def notify_style_update(self) -> None:
        """Forget the old colours."""
        super().notify_style_update()
        self._styles_of.clear()

    def _style(self, tone: str) -> Style:
        """Give the style of a tone; asking the sheet for each line would be felt at every key."""
        style = self._styles_of.get(tone)
        if style is None:
            style = self.rich_style
            if tone:
                style += self.get_component_rich_style(tone, partial=True)
            self._styles_of[tone] = style
        return style

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in sight."""
        width = self.scrollable_content_region.width
        base = self._style("")
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(width, base)
        segments = [Segment(" ", base)]
        for text, tone in self._lines[at]:
            segments.append(Segment(text, self._style(tone)))
        return Strip(segments).adjust_cell_length(width, base)


def _known(value: Cell | None) -> bool:
    """Say whether there is anything to show."""
    return value is not None and bool(value if not isinstance(value, tuple) else value[0])
