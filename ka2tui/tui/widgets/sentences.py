"""A list of sentences: each is read whole, in as many lines as it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.widgets.drawn import Flowing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from ka2tui.tui.plain import Tone

INDENT = 3
"""Cells before a sentence; the glyph stands in the middle of them."""


@frozen
class Sentence:
    """Something that is said, and the reason."""

    id: int
    glyph: str
    tone: Tone
    text: str
    why: str = ""


class Sentences(Flowing, can_focus=True):
    """Sentences below each other with a cursor that goes from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="list.open", tooltip="Go to the page where it belongs"),
        Binding("down", "move(1)", "Down", show=False, id="list.down", tooltip="Next one"),
        Binding("up", "move(-1)", "Up", show=False, id="list.up", tooltip="The one before"),
        Binding("pagedown", "move(5)", "Page down", show=False, id="list.page_down",
                tooltip="Five further"),
        Binding("pageup", "move(-5)", "Page up", show=False, id="list.page_up",
                tooltip="Five back"),
        Binding("home", "first", "First", show=False, id="list.first", tooltip="First one"),
        Binding("end", "last", "Last", show=False, id="list.last", tooltip="Last one"),
    ]  # fmt: skip

    class Opened(Message):
        """A sentence was chosen, by enter or by a second click."""

        def __init__(self, sentences: Sentences, key: int) -> None:
            """Name the list and the sentence's key."""
            super().__init__()
            self.sentences = sentences
            self.key = key

        @property
        def control(self) -> Sentences:
            """The list that sent this."""
            return self.sentences

    def __init__(
        self,
        title: str = "",
        *,
        hint: str = "",
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Make it empty.

        Args:
            title: In the upper border.
            hint: In the lower border, where there is a sentence: the pane's own key.
            empty: What stands there when there is nothing to say.
            id: Of the widget.
        """
        super().__init__(title, empty=empty, id=id)
        self._hint = hint
        self._filled = False
        self._items: Sequence[Sentence] = ()
        self._lines: list[tuple[int, str, str]] = []
        self._first: list[int] = []
        self._laid_for = -1
        self._at = 0

    def show(self, items: Sequence[Sentence]) -> None:
        """Show other sentences; the cursor stays on its own, or in its place."""
        key = self.cursor_key
        self._items = items
        places = [at for at, item in enumerate(items) if item.id == key]
        self._at = places[0] if places else max(min(self._at, len(items) - 1), 0)
        self._filled = True
        self.border_subtitle = plain.content(self._hint if items else "")
        self._laid_for = -1
        self._lay_out()
        self.refresh()
        self.refresh_bindings()

    def set_hint(self, hint: str) -> None:
        """Change the words in the lower border; they stand there while there is a sentence."""
        self._hint = hint
        self.border_subtitle = plain.content(hint if self._items else "")

    @property
    def cursor_key(self) -> int | None:
        """The key of the sentence under the cursor."""
        return self._items[self._at].id if self._at < len(self._items) else None

    @property
    def text(self) -> str:
        """All lines as they stand, for tests and for copying."""
        return "\n".join(text for _, text, _ in self._lines)

    # -- cursor -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open something only where there is something."""
        return bool(self._items) if action == "open" else True

    def action_move(self, step: int) -> None:
        """Move the cursor by sentences; it stops at the first and the last."""
        self._put(min(max(self._at + step, 0), len(self._items) - 1))

    def action_first(self) -> None:
        """Move the cursor to the first sentence."""
        self._put(0)

    def action_last(self) -> None:
        """Move the cursor to the last sentence."""
        self._put(len(self._items) - 1)

    def action_open(self) -> None:
        """Tell that the sentence under the cursor was chosen."""
        key = self.cursor_key
        if key is not None:
            self.post_message(self.Opened(self, key))

    def in_sight(self) -> list[tuple[int, int, int]]:
        """Give where each sentence begins on the screen, with its place in the list."""
        x, y = self.content_region.offset
        return [(x, y + line - self.scroll_offset.y, at) for at, line in enumerate(self._first)]

    def jump_to(self, at: int) -> None:
        """Go to a sentence."""
        self.focus()
        self._put(at)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a second click opens."""
        offset = event.get_content_offset(self)
        line = -1 if offset is None else offset.y + self.scroll_offset.y
        if not self._items or not 0 <= line < len(self._lines):
            return
        at = self._lines[line][0]
        if at == self._at:
            self.action_open()
        else:
            self._put(at)

    def _put(self, at: int) -> None:
        if 0 <= at < len(self._items):
            self._at = at
            self._bring_into_sight()
            self.refresh()

    def _bring_into_sight(self) -> None:
        """Scroll no further than needed to show the whole sentence, its beginning at least."""
        if self._at >= len(self._first):
            return
        room = max(self.scrollable_content_region.height, 1)
        first = self._first[self._at]
        end = self._first[self._at + 1] if self._at + 1 < len(self._first) else len(self._lines)
        top = self.scroll_offset.y
        wanted = min(max(top, end - room), first)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True, immediate=True)

    # -- drawing ------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._lay_out()
        self._bring_into_sight()

    def _lay_out(self) -> None:
        """Break everything into lines of the present width."""
        width = self.scrollable_content_region.width
        if width == self._laid_for or width <= 0:
            return
        self._laid_for = width
        self._lines, self._first = [], []
        for at, item in enumerate(self._items):
            self._first.append(len(self._lines))
            room = width - INDENT - 1
            self._lines += [(at, text, "") for text in plain.wrap(item.text, room)]
            if item.why:
                self._lines += [(at, text, "quiet") for text in plain.wrap(item.why, room)]
        if not self._items and self._filled:
            self._lines = [(0, text, "quiet") for text in plain.wrap(self._empty, width - 2)]
        self.virtual_size = Size(0, len(self._lines))

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in sight."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if line >= len(self._lines):
            return Strip.blank(width, self.look())
        at, text, tone = self._lines[line]
        if not self._items:
            return Strip([Segment(" " + text, self.look(tone))]).adjust_cell_length(
                width, self.look()
            )
        chosen = at == self._at
        under = ("cursor" if self.has_focus else "cursor-blurred") if chosen else ""
        item, base = self._items[at], self.look(under)
        glyph = plain.line(item.glyph) if line == self._first[at] else ""
        # on the cursor's own colours a second one would be hard to read
        toned = not (chosen and self.has_focus)
        segments = [
            Segment(" ", base),
            Segment(plain.pad(glyph, 1), self.look(under, item.tone) if toned else base),
            Segment(" " + text, self.look(under, tone) if toned else base),
        ]
        return Strip(segments).adjust_cell_length(width, base)
