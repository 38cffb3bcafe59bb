"""Details of one record: label and value on one line, long texts below, all of it literal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from ka2tui.frozen import frozen
from ka2tui.tui import plain, projector
from ka2tui.tui.widgets.drawn import Flowing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from textual.events import Click

    from ka2tui.tui.plain import Cell, Piece, Tone


@frozen
class Fact:
    """A label with its value on the same line; left out where the value is empty."""

    label: str
    value: Cell | None


@frozen
class Words:
    """A text of any length, wrapped between words."""

    text: str
    tone: Tone = ""


@frozen
class Head:
    """A heading, with a blank line above it."""

    title: str
    note: str = ""


@frozen
class Line:
    """One line made of pieces, cut where it is too long."""

    cell: Cell
    tail: Piece = ""
    """Stands whole at the right end."""


@frozen
class Parts:
    """Short texts beside each other, wrapped between them only; what is empty is left out."""

    parts: Sequence[object]
    tone: Tone = ""
    between: str = " · "


@frozen
class Passage:
    """Pieces of text of any length, wrapped between words, each line but the first one indented."""

    pieces: Sequence[Piece]
    indent: int = 0


@frozen
class Jump:
    """One line that leads somewhere: to another record."""

    cell: Cell
    target: tuple[str, int]
    """What it leads to: a word for the page, and an id."""
    tail: Piece = ""
    """Stands whole at the right end."""
    label: str = ""
    """Stands before it, as the label of a fact does."""


Shown = Fact | Words | Head | Line | Parts | Passage | Jump
"""What becomes lines."""


@frozen
class Private:
    """Lines that a projector does not show."""

    items: Sequence[Shown]


Item = Shown | Private


class Details(Flowing, can_focus=True):
    """Lines about one record; scrolls when they are too many."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"label"}

    DEFAULT_CSS = """
    Details {
        & > .label { color: $pane-title; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Down", show=False, id="details.down",
                tooltip="Down, to the next line that leads somewhere"),
        Binding("up", "step(-1)", "Up", show=False, id="details.up",
                tooltip="Up, to the line before that leads somewhere"),
        Binding("enter", "jump", "go there", id="details.jump",
                tooltip="Go to what this line is about"),
    ]  # fmt: skip

    class Jumped(Message):
        """A line that leads somewhere was chosen."""

        def __init__(self, details: Details, target: tuple[str, int]) -> None:
            """Name the pane, and where the line leads."""
            super().__init__()
            self.details = details
            self.target = target

        @property
        def control(self) -> Details:
            """The pane that sent this."""
            return self.details

    above: Callable[[], Sequence[Item]] = staticmethod(tuple)
    """Gives what stands above the lines, whatever is shown."""

    _given: Sequence[Item] = ()
    _items: Sequence[Shown] = ()
    _lines: Sequence[Sequence[tuple[str, str]]] = ()
    _laid_for = -1
    """The width that the lines are broken for."""
    _jumps: Sequence[tuple[int, Jump]] = ()
    _jump = -1
    """Which of them the cursor is on; below 0: none."""

    def show(self, items: Iterable[Item], *, title: str | None = None, top: bool = False) -> None:
        """Show other lines.

        Args:
            items: From top to bottom.
            title: In the upper border; None leaves it.
            top: Whether to scroll back up: for another record, not for the same one again.
        """
        self._given = tuple(items)
        self._items = tuple(self._to_show([*self.above(), *self._given]))
        self._laid_for = -1
        if title is not None:
            self.set_title(title)
        self._lay_out()
        if top:
            self._jump = -1
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.refresh()

    def show_again(self) -> None:
        """Show the same lines, under what may now stand above them."""
        if self._given:
            self.show(self._given)

    def _to_show(self, items: Iterable[Item]) -> Iterator[Shown]:
        """Take what is private out of its wrapping, or leave it out."""
        bright = projector.is_on(self.app)
        for item in items:
            if not isinstance(item, Private):
                yield item
            elif not bright:
                yield from item.items

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._lay_out()
        # it may have been drawn in its new size already, with the old lines
        self.refresh()

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
        labels = [fact.label for fact in facts]
        labels += [item.label for item in self._items if isinstance(item, Jump)]
        label = plain.longest(labels, most=max(room // 3, 1)) + 2
        lines: list[list[tuple[str, str]]] = []
        jumps: list[tuple[int, Jump]] = []
        for item in self._items or ((Words(self._empty, "quiet"),) if self._empty else ()):
            if isinstance(item, Fact):
                if _known(item.value):
                    lines += self._fact(item, label, room)
            elif isinstance(item, Words):
                lines += [[(text, item.tone)] for text in plain.wrap(item.text, room)]
            elif isinstance(item, Passage):
                lines += _passage(item, room)
            elif isinstance(item, Jump):
                jumps.append((len(lines), item))
                head = _label(item.label, label) if item.label else ""
                cells = plain.with_tail(item.cell, item.tail, room - plain.width(head))
                lines.append([*([(head, "label")] if head else []), *cells])
            elif isinstance(item, Parts):
                broken = plain.wrap_parts(item.parts, room, item.between)
                lines += [[(text, item.tone)] for text in broken]
            elif isinstance(item, Head):
                if lines:
                    lines.append([])
                note = plain.line(item.note)
                title = plain.cut(plain.line(item.title), max(room - plain.width(note) - 1, 1))
                blank = max(room - plain.width(title) - plain.width(note), 0)
                lines.append([(title, "strong"), (" " * blank + note, "quiet")])
            else:
                lines.append([*plain.with_tail(item.cell, item.tail, room)])
        self._lines, self._jumps = lines, jumps
        self._jump = min(self._jump, len(self._jumps) - 1)
        self.set_length(len(lines))

    @staticmethod
    def _fact(fact: Fact, label: int, room: int) -> list[list[tuple[str, str]]]:
        """Break a value beside its label."""
        head = (_label(fact.label, label), "label")
        beside = max(room - label, 1)
        if isinstance(fact.value, list):
            return [[head, *plain.cells(fact.value, beside)]]
        text, tone = fact.value if isinstance(fact.value, tuple) else (fact.value or "", "")
        first, *rest = plain.wrap_parts(text.split(" · "), beside) or [""]
        blank = (" " * label, "")
        return [[head, (first, tone)], *([blank, (part, tone)] for part in rest)]

    # -- lines that lead somewhere --------------------------------------------------------------

    def action_step(self, step: Literal[-1, 1]) -> None:
        """Go to the next line that leads somewhere, where it is in sight; else scroll."""
        first, room = self.scroll_offset.y, self.scrollable_content_region.height
        beside = self._jump + step if self._jump >= 0 or step > 0 else -1
        if 0 <= beside < len(self._jumps) and self._jump < 0:
            # the first step goes to the first one in sight, wherever that is
            seen = (at for at, (line, _) in enumerate(self._jumps) if line >= first)
            beside = next(seen, len(self._jumps))
        if 0 <= beside < len(self._jumps) and first <= self._jumps[beside][0] < first + room:
            self._jump = beside
        elif step < 0 and beside < 0 and first == 0:
            self._jump = -1
        else:
            self.scroll_to(y=first + step, animate=False)
        self.refresh()
        self.refresh_bindings()

    def action_jump(self) -> None:
        """Tell where the line under the cursor leads."""
        if 0 <= self._jump < len(self._jumps):
            self.post_message(self.Jumped(self, self._jumps[self._jump][1].target))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go somewhere where a line leads there."""
        if action == "jump":
            return 0 <= self._jump < len(self._jumps)
        return True

    def in_sight(self) -> list[tuple[int, int, int]]:
        """Give where each line that leads somewhere stands on the screen, with its place."""
        x, y = self.content_region.offset
        lines = (line - self.scroll_offset.y for line, _ in self._jumps)
        return [(x, y + line, at) for at, line in enumerate(lines)]

    def jump_to(self, at: int) -> None:
        """Go to a line that leads somewhere; enter then follows it."""
        self.focus()
        self._jump = at
        self.refresh()
        self.refresh_bindings()

    def on_click(self, event: Click) -> None:
        """Follow a line that leads somewhere."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        line = offset.y + self.scroll_offset.y
        for at, (place, _) in enumerate(self._jumps):
            if place == line:
                self._jump = at
                self.refresh()
                self.action_jump()

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in sight."""
        width = self.scrollable_content_region.width
        base = self.look("")
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(width, base)
        segments = [Segment(" ", base)]
        chosen = self.has_focus and self._jump >= 0 and self._jumps[self._jump][0] == at
        for text, tone in self._lines[at]:
            segments.append(Segment(text, self.look("cursor" if chosen else tone)))
        return Strip(segments).adjust_cell_length(width, base)


def _passage(passage: Passage, room: int) -> list[list[tuple[str, str]]]:
    """Break pieces into lines between their words; a word that is too long is broken itself."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0
    blank = " " * min(passage.indent, max(room - 2, 0))
    for text, tone in plain.pieces(list(passage.pieces)):
        words = text.split(" ")
        for number, word in enumerate(words):
            wrapped = len(lines) > 1 and used <= len(blank)
            if number and used < room and not wrapped:
                lines[-1].append((" ", tone))
                used += 1
            if not word:
                continue
            for part in plain.wrap(word, max(room - len(blank), 2)):
                size = plain.width(part)
                if used + size > room and used > len(blank):
                    lines.append([(blank, "")])
                    used = len(blank)
                lines[-1].append((part, tone))
                used += size
    return lines


def _known(value: Cell | None) -> bool:
    """Say whether there is anything to show."""
    return value is not None and bool(value if not isinstance(value, tuple) else value[0])


def _label(text: str, room: int) -> str:
    """Pad a label; one that is cut keeps its distance from the value too."""
    return plain.pad(plain.cut(plain.line(text), max(room - 2, 1)), room)
