"""The line that narrows a list while one types: what was understood, what is wrong, what fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from ka2tui.domain.filter import BadFilter, Filter
from ka2tui.domain.sieve import Sieve
from ka2tui.domain.text import fold
from ka2tui.tui import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.widgets import Input

    from ka2tui.domain.completion import Completion
    from ka2tui.domain.vocabulary import Vocabulary
    from ka2tui.tui.plain import Tone
    from ka2tui.tui.widgets.typed_line import TypedLine

R = TypeVar("R")

LEFT = 3
"""Cells before what is typed."""

WARM = 0.005
"""Seconds between two parts of a long list that is made ready for the first letter."""


class Notes(Widget):
    """What is said under the line: how it was read or what is wrong, how many are left, offers."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"quiet", "late", "accent", "strong"}

    DEFAULT_CSS = """
    Notes {
        width: 1fr;
        height: 1;
        background: $background;
        color: $foreground;
        & > .quiet { color: $quiet; text-style: $quiet-style; }
        & > .late { color: $late; }
        & > .accent { color: $pane-focus; }
        & > .strong { color: $pane-title; }
    }
    """

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.lines: list[list[tuple[str, Tone]]] = []

    def render_line(self, y: int) -> Strip:
        """Draw one line; its last piece stands at the right."""
        pieces = self.lines[y] if y < len(self.lines) else []
        width, base = self.size.width, self.rich_style
        segments: list[Segment] = []
        for text, tone in pieces:
            style = base + self.get_component_rich_style(tone, partial=True) if tone else base
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(width, base)


class FilterLine(Widget):
    """Hidden until opened; enter keeps the filter and goes back to the list, escape clears it."""

    DEFAULT_CSS = """
    FilterLine {
        dock: bottom;
        layout: grid;
        grid-size: 2;
        grid-columns: 3 1fr;
        grid-rows: 1 1fr;
        width: 1fr;
        height: 2;
        background: $background;
        display: none;
        &.-open { display: block; }
        &:focus-within { height: 3; }
        & > .-slash { width: 3; height: 1; color: $pane-focus; padding: 0 0 0 1; }
        & > Input { width: 1fr; border: none; height: 1; padding: 0; background: $background; }
        & > Notes { column-span: 2; height: 1fr; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "to the list", id="filter.keep",
                tooltip="Keep the filter and go back to the list"),
        Binding("tab", "take", "complete", id="filter.take",
                tooltip="Write what is offered first"),
        Binding("shift+tab", "other", "another", show=False, id="filter.other",
                tooltip="Offer another word first"),
        Binding("escape", "clear", "show all", id="filter.clear",
                tooltip="Take the filter away and show everything"),
        Binding("down", "leave", "to the list", show=False, id="filter.leave",
                tooltip="Go back to the list"),
    ]  # fmt: skip

    class Changed(Message):
        """The list is to show something else."""

        def __init__(self, line: FilterLine, words: str) -> None:
            """Name the line and its words."""
            super().__init__()
            self.line = line
            self.words = words

        @property
        def control(self) -> FilterLine:
            """The line that sent this."""
            return self.line

        def can_replace(self, message: Message) -> bool:
            """Let later words stand for earlier ones."""
            return isinstance(message, FilterLine.Changed) and message.line is self.line

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Make it empty and hidden."""
        super().__init__(id=id)
        self.words = ""
        """What stands in the line."""
        self.filter = Filter()
        """What the list is held against: as much of the words as can be read."""
        self.misread: BadFilter | None = None
        """What is wrong with the words."""
        self._vocabulary: Vocabulary | None = None
        self._today: date | None = None
        self._start: date | None = None
        self._sieves: dict[str, Sieve[Any]] = {}
        self._back: Widget | None = None
        self._counted = ""
        self._offered: Completion | None = None
        self._first = 0
        self._notes = Notes()
        self.field: TypedLine | None = None
        """What one types in, once it was opened."""

    # -- what can be asked ----------------------------------------------------------------------

    def speak(self, vocabulary: Vocabulary, today: date, start: date | None = None) -> None:
        """Understand the words of a list; what stands in the line is read anew.

        Args:
            vocabulary: What can be asked of its rows.
            today: The day that relative dates start from.
            start: The project's first day, where it is known.
        """
        self._vocabulary, self._today, self._start = vocabulary, today, start
        if self.field is not None:
            self.field.placeholder = self._example
        for sieve in self._sieves.values():
            sieve.forget()
        if self.words:
            self._read(self.words)
            self.post_message(self.Changed(self, self.words))

    @property
    def _example(self) -> str:
        """What the empty line says."""
        return ", ".join(["words", *self.examples])

    @property
    def examples(self) -> list[str]:
        """Give a few questions of this list, once its words are known."""
        return self._vocabulary.examples if self._vocabulary else []

    def read(self, text: str) -> Filter:
        """Read a filter of this list.

        Raises:
            BadFilter: It cannot be read.
        """
        from ka2tui.domain import filter_reader

        if self._vocabulary is None or self._today is None:
            raise BadFilter("This list is still being read", 0, len(text), "Try again in a moment.")
        return filter_reader.read(text, self._vocabulary, self._today, self._start)

    def _read(self, text: str) -> None:
        """Take other words: all of them, or as much as can be read."""
        self.misread = None
        if not text.strip() or self._vocabulary is None:
            self.filter = Filter()
            return
        try:
            self.filter = self.read(text)
        except BadFilter as wrong:
            self.misread = wrong
            self.filter = self._so_far(text, wrong)

    def _so_far(self, text: str, wrong: BadFilter) -> Filter:
        """Read what stands before what is wrong, so that half a word blanks no list."""
        from ka2tui.domain.filter_reader import DEEPEST

        for _ in range(DEEPEST):
            text = wrong.mended(text)
            try:
                return self.read(text)
            except BadFilter as next_wrong:
                wrong = next_wrong
        return self.filter

    # -- rows -----------------------------------------------------------------------------------

    def pick(self, rows: Sequence[R], of: str = "") -> Sequence[R]:
        """Give the rows that the filter lets through, in their order.

        While a word is typed that may become the name of a field, it is not yet looked for where
        nothing has it.

        Args:
            rows: A sequence that is not changed afterwards.
            of: Which list they are of, where the line narrows several.
        """
        if not self.filter:
            return rows
        sieve = self._sieves.setdefault(of, Sieve())
        sieve.fill(rows)
        found = sieve.pick(self.filter)
        if not found and not self.misread and self.typing:
            begun = self._begun()
            if begun is not None:
                found = sieve.pick(begun)
        return found

    @property
    def typing(self) -> bool:
        """Whether somebody types in it now."""
        # asked for each key that a page offers, whenever one is pressed
        if not self.children:
            return False
        focused = self.screen.focused
        return focused is not None and focused.parent is self

    def _begun(self) -> Filter | None:
        """Read the words without the last one, if that may become the name of a field."""
        last = self.words.rsplit(maxsplit=1)[-1] if self.words.strip() else ""
        word = last.lstrip("(-").lower()
        if self.words[-1:].isspace() or not word or self._vocabulary is None:
            return None
        names = (*self._vocabulary.names, "and", "or", "not")
        if not any(name.startswith(word) for name in names):
            return None
        before = self.words[: len(self.words) - len(word)].rstrip("(- ")
        try:
            return self.read(before)
        except BadFilter as wrong:
            return self._so_far(before, wrong)

    def count(self, text: str, rows: Sequence[Any], of: str = "") -> int | None:
        """Count the rows that another filter would let through; None: it cannot be read."""
        sieve = self._sieves.setdefault(of, Sieve())
        sieve.fill(rows)
        try:
            return sieve.count(self.read(text))
        except BadFilter:
            return None

    def warm(self, rows: Sequence[Any], of: str = "") -> None:
        """Make rows ready for the first letter, a part at a time."""
        if self._vocabulary is None:
            return
        sieve = self._sieves.setdefault(of, Sieve())
        sieve.fill(rows)
        if sieve.warm(self._vocabulary.texts):
            self.set_timer(WARM, lambda: self.warm(sieve.rows, of))

    # -- open and close -------------------------------------------------------------------------

    def open(self, back: Widget) -> None:
        """Show the line and type in it; typing replaces the words that stood there.

        Args:
            back: What gets the focus afterwards.
        """
        from textual.widgets import Static

        from ka2tui.tui.widgets.typed_line import TypedLine

        self._back = back
        self.app.clear_notifications()  # they would cover what is said of the filter
        self.add_class("-open")
        field = self.field
        if field is not None:
            field.focus()
            field.select_all()
            self._offer()
            return
        self.field = field = TypedLine(placeholder=self._example)
        self.mount(Static("/", classes="-slash"), field, self._notes)
        self.watch(field, "value", self._typed, init=False)
        self.watch(field, "cursor_position", self._offer, init=False)
        field.focus()
        self._offer()

    def put(self, words: str, back: Widget) -> None:
        """Narrow the list by these words; the focus goes to the list, not to the line."""
        self.open(back)
        field = self.field
        if field is not None:
            field.value = words
            field.cursor_position = len(words)
        back.focus()

    def say(self, counted: str) -> None:
        """Show at the right how many are left, and the key that shows all."""
        self._counted = counted
        self._note()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep to itself what was understood already."""
        event.stop()

    def _typed(self, words: str) -> None:
        """Understand other words, and tell the page without passing by what lies between."""
        if words == self.words or self.field is None:
            return
        self.words = words
        self.field.hold()
        self._read(words)
        self.call_later(self._offer)  # the cursor follows the letter
        self.screen.post_message(self.Changed(self, words))

    def let_go(self) -> None:
        """Draw what was typed and what it left of the list."""
        if self.field is not None:
            self.field.let_go()

    def on_descendant_focus(self) -> None:
        """Offer what fits."""
        self._offer()

    def on_descendant_blur(self) -> None:
        """Offer nothing more."""
        self._offer()

    # -- what is said ---------------------------------------------------------------------------

    def _offer(self) -> None:
        """Work out what could be typed at the cursor."""
        before = self.check_action("take", ())
        self._offered, self._first = None, 0
        field = self.field
        if field is not None and self._vocabulary is not None and field.has_focus:
            from ka2tui.domain.completion import complete

            self._offered = complete(field.value, field.cursor_position, self._vocabulary)
        if self.check_action("take", ()) != before:
            self.refresh_bindings()
        self._note()

    def on_resize(self) -> None:
        """Say it in the room there is now: the line may stand beside a pane."""
        self._note()

    def _note(self) -> None:
        """Say what was understood, or what is wrong and where; and what could follow."""
        if not self.has_class("-open"):
            return
        width = self.size.width or self.app.size.width
        back = "" if self.typing else "escape shows all"
        counted = plain.join([self._counted, back]) if self.words.strip() else ""
        self._notes.lines = [
            *(self._wrong(width) if self.misread else self._understood(width, counted)),
            self._offers(width),
        ]
        self._notes.refresh()

    def _understood(self, width: int, counted: str) -> list[list[tuple[str, Tone]]]:
        room = max(width - LEFT - plain.width(counted) - 3, 0)
        said = self.filter.explain() if self.filter and self._vocabulary is not None else ""
        if not said and self._vocabulary is not None and self.typing:
            said = f"Words are looked for in {self._vocabulary.looked_in}."
        first, *more = [plain.line(said)]
        if plain.width(first) > room and self.typing and not self._offers(width):
            first, *more = plain.wrap(first, room)
        left = plain.pad(" " * LEFT + plain.cut(first, room), width - 1 - plain.width(counted))
        lines: list[list[tuple[str, Tone]]] = [
            [(left, "quiet"), (plain.cut(counted, width), "strong")]
        ]
        if more:
            rest = plain.cut(" ".join(more), max(width - LEFT, 0))
            lines.append([(" " * LEFT + rest, "quiet")])
        return lines

    def _wrong(self, width: int) -> list[list[tuple[str, Tone]]]:
        """Point at what is wrong, and say it beside the place or below."""
        wrong = self.misread
        assert wrong is not None  # noqa: S101 - asked before
        told = plain.line(str(wrong))
        at = LEFT + plain.width(plain.line(self.words[: wrong.at]))
        mark = "^" * max(plain.width(plain.line(self.words[wrong.at : wrong.end])), 1)
        tone: Tone = "accent" if wrong.unfinished and self.typing else "late"
        if wrong.unfinished and self._offers(width):
            told = plain.line(wrong.sentence)
            return [[(" " * LEFT + plain.cut(told, width - LEFT), tone)]]
        if at + len(mark) + 1 + plain.width(told) <= width:
            return [[(" " * at + mark + " " + told, tone)]]
        if not self.typing or at + len(mark) > width:
            return [[(" " * LEFT + line, tone)] for line in plain.wrap(told, width - LEFT)[:2]]
        return [[(" " * at + mark, tone)], [(" " * LEFT + plain.cut(told, width - LEFT), tone)]]

    def _offers(self, width: int) -> list[tuple[str, Tone]]:
        if self._offered is None or not self._offered.offers:
            return []
        offers = self._offered.offers
        turned = [*offers[self._first :], *offers[: self._first]]
        pieces: list[tuple[str, Tone]] = [(" " * LEFT + "tab ", "quiet")]
        room = width - LEFT - len("tab ")
        for number, offer in enumerate(turned):
            text = plain.line(offer.text)
            if number == 0 and offer.about and fold(offer.about) != fold(text.rstrip(":")):
                text = text + f" ({plain.cut(plain.line(offer.about), 30)})"
            room -= plain.width(text) + 2
            if room < 0:
                break
            pieces.append((text + "  ", "accent" if number == 0 else "quiet"))
        return pieces

    # -- keys -----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Complete only where something is offered."""
        if action in ("take", "other"):
            return self._offered is not None and bool(self._offered.offers)
        return True

    def action_take(self) -> None:
        """Write the first offer."""
        field = self.field
        if field is None or self._offered is None or not self._offered.offers:
            return
        offer = self._offered.offers[self._first % len(self._offered.offers)]
        field.value, field.cursor_position = self._offered.put(field.value, offer)

    def action_other(self) -> None:
        """Offer another word first."""
        if self._offered is not None and self._offered.offers:
            self._first = (self._first + 1) % len(self._offered.offers)
            self._note()

    def action_keep(self) -> None:
        """Go back to the list, unless something is wrong: then to what that is."""
        field = self.field
        if self.misread is not None and field is not None:
            field.cursor_position = min(self.misread.end, len(field.value))
            return
        self.action_leave()

    def action_leave(self) -> None:
        """Go back to the list; the line stays while it holds words."""
        self.set_class(bool(self.words.strip()), "-open")
        if self._back is not None:
            self._back.focus()

    def action_clear(self) -> None:
        """Show everything again."""
        self.clear()
        if self._back is not None:
            self._back.focus()

    def clear(self) -> None:
        """Take the words away and hide the line."""
        field = self.field
        if field is not None:
            field.value = ""
        if self.words:
            self.words = ""
            self._read("")
            self._note()
            self.post_message(self.Changed(self, ""))
        self.remove_class("-open")
