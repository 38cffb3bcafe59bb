"""The line in which minutes are typed, one after the other, with what is understood below."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from ka2tui.tui import plain


class NoteLine(Widget):
    """Hidden until opened; enter hands the text over and stays, escape goes back."""

    DEFAULT_CSS = """
    NoteLine {
        layout: grid;
        grid-size: 2 2;
        grid-columns: auto 1fr;
        grid-rows: 1 1;
        height: 2;
        padding: 0 1;
        background: $background;
        display: none;
        &.-open { display: block; layout: grid; }
        & > .-prompt { width: auto; color: $pane-focus; text-style: bold; padding: 0 1 0 0; }
        & > Input { width: 1fr; border: none; height: 1; padding: 0; background: $panel; }
        & > .-said { column-span: 2; height: 1; color: $quiet; text-style: $quiet-style; }
        &.-wrong > .-said { color: $late; text-style: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "add", id="note.take", priority=True,
                tooltip="Add this line to the minutes, and go on with the next"),
        Binding("escape", "leave", "done", id="note.leave", priority=True,
                tooltip="Go back to the minutes"),
    ]  # fmt: skip

    class Typed(Message):
        """Another text stands in the line."""

        def __init__(self, line: NoteLine, text: str) -> None:
            """Name the line and its text."""
            super().__init__()
            self.line = line
            self.text = text

        def can_replace(self, message: Message) -> bool:
            """Let a later text stand for an earlier one."""
            return isinstance(message, NoteLine.Typed) and message.line is self.line

    class Entered(Message):
        """A line is finished."""

        def __init__(self, line: NoteLine, text: str) -> None:
            """Name the line and its text."""
            super().__init__()
            self.line = line
            self.text = text

    def __init__(self) -> None:
        """Make it empty and hidden."""
        super().__init__()
        self.kind = ""
        """What is being typed, as whoever opened the line calls it."""
        self._back: Widget | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can be typed in."""
        return self.has_class("-open")

    def open(self, kind: str, prompt: str, back: Widget, hint: str = "") -> None:
        """Let something be typed.

        Args:
            kind: What it is; `Entered` can be told by it.
            prompt: Before the line, in a word.
            back: Gets the focus afterwards.
            hint: Shown while nothing stands there.
        """
        from textual.widgets import Input, Static

        self.kind, self._back = kind, back
        self.add_class("-open")
        if not self.query(Input):
            field = Input(compact=True, select_on_focus=False)
            self.mount(Static("", classes="-prompt"), field, Static("", classes="-said"))
        self.query_one(".-prompt", Static).update(plain.content(prompt))
        field = self.query_one(Input)
        field.placeholder = plain.line(hint)
        field.focus()
        self.post_message(self.Typed(self, field.value))

    @property
    def text(self) -> str:
        """What stands in the line."""
        from textual.widgets import Input

        found = self.query(Input)
        return found.first().value.strip() if found else ""

    def say(self, said: str, *, wrong: bool = False) -> None:
        """Show below what was understood, or what is wrong."""
        from textual.widgets import Static

        self.set_class(wrong, "-wrong")
        for static in self.query(".-said").results(Static):
            static.update(plain.content(said))

    def clear(self) -> None:
        """Take the text away; the line stays for the next."""
        from textual.widgets import Input

        for field in self.query(Input):
            field.value = ""
        self.say("")

    def on_input_changed(self, event: Message) -> None:
        """Tell that another text stands."""
        event.stop()
        self.post_message(self.Typed(self, self.text))

    def action_take(self) -> None:
        """Hand the text over; an empty line means that nothing more comes."""
        if self.text:
            self.post_message(self.Entered(self, self.text))
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Go back; what was typed stays for the next time the line is opened."""
        self.remove_class("-open")
        if self._back is not None:
            self._back.focus()
