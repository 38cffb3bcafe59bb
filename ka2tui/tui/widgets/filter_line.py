"""The line of words that narrows a list while one types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from ka2tui.tui import plain


class FilterLine(Widget):
    """Hidden until opened; enter keeps the words and goes back to the list, escape clears them."""

    DEFAULT_CSS = """
    FilterLine {
        dock: bottom;
        layout: horizontal;
        width: 1fr;
        height: 1;
        background: $background;
        display: none;
        &.-open { display: block; }
        & > .-slash { width: 3; color: $pane-focus; padding: 0 0 0 1; }
        & > .-count { width: auto; color: $pane-title; padding: 0 1; }
        & > Input { width: 1fr; border: none; height: 1; padding: 0; background: $background; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "show all", id="filter.clear",
                tooltip="Take the words away and show everything"),
        Binding("enter,down", "keep", "to the list", id="filter.keep",
                tooltip="Keep the words and go back to the list"),
    ]  # fmt: skip

    class Changed(Message):
        """Other words stand in the line."""

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
        """The words in force."""
        self._back: Widget | None = None

    def open(self, back: Widget) -> None:
        """Show the line and type in it; typing replaces the words that stood there.

        Args:
            back: What gets the focus afterwards.
        """
        from textual.widgets import Input, Static

        from ka2tui.tui.widgets.typed_line import TypedLine

        self._back = back
        self.add_class("-open")
        found = self.query(Input)
        if found:
            field = found.first(Input)
            field.focus()
            field.select_all()
            return
        field = TypedLine(placeholder="words")
        self.mount(Static("/", classes="-slash"), field, Static("", classes="-count"))
        field.focus()

    def put(self, words: str, back: Widget) -> None:
        """Show only what has these words; the focus goes to the list, not to the line."""
        from textual.widgets import Input

        self.open(back)
        self.query_one(Input).value = words
        back.focus()

    def say(self, counted: str) -> None:
        """Show at the right how many are left, and the key that shows all."""
        from textual.widgets import Static

        for static in self.query(".-count").results(Static):
            static.update(plain.content(f"{counted} · escape shows all"))

    def on_input_changed(self, event: Message) -> None:
        """Tell that other words stand."""
        from textual.widgets import Input

        event.stop()
        if isinstance(event, Input.Changed) and event.value != self.words:
            self.words = event.value
            self.post_message(self.Changed(self, self.words))

    def action_keep(self) -> None:
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
        from textual.widgets import Input

        for field in self.query(Input):
            field.value = ""
        if self.words:
            self.words = ""
            self.post_message(self.Changed(self, ""))
        self.remove_class("-open")
