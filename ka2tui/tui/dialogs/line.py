"""One line of text, with what was understood shown while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class Line(Dialog[str | None]):
    """A line to type; answers the text, or None."""

    DEFAULT_CSS = """
    Line Input { border: none; height: 1; background: $panel; padding: 0 1; }
    Line .-echo { height: auto; min-height: 1; color: $quiet; }
    Line .-echo.-wrong { color: $late; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "ok", id="line.take", tooltip="Take this"),
    ]

    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        placeholder: str = "",
        about: str = "",
        read: Callable[[str], str] | None = None,
        empty: bool = False,
        anew: bool = False,
    ) -> None:
        """Make the line.

        Args:
            title: What is asked for.
            value: What stands there at first.
            placeholder: Shown while nothing stands there.
            about: A sentence above the line.
            read: Says in words what a text means; Refused says why it means nothing.
            empty: Whether an empty line is an answer.
            anew: Whether what is typed takes the place of what stands there; moving keeps it.
        """
        super().__init__(title)
        self._value = value
        self._placeholder = placeholder
        self._about = about
        self._read = read
        self._may_be_empty = empty
        self._anew = anew

    def content(self) -> Iterable[Widget]:
        """Give the line and the echo under it."""
        if self._about:
            yield Static(plain.block(self._about))
        line = TypedLine(self._value, placeholder=self._placeholder)
        line.select_on_focus = self._anew
        yield line
        yield Static("", classes="-echo")

    @on(Input.Changed)
    def echo(self, event: Input.Changed) -> None:
        """Show what is understood so far."""
        self._say(event.value)

    def _say(self, text: str, *, last: bool = False) -> bool:
        """Show what a text means; say whether it can be taken."""
        echo = self.query_one(".-echo", Static)
        text = text.strip()
        wrong = False
        said = ""
        if not text:
            wrong = last and not self._may_be_empty
            said = "Please type something." if wrong else ""
        elif self._read is not None:
            try:
                said = self._read(text)
            except Refused as refusal:
                said, wrong = str(refusal), True
        echo.set_class(wrong, "-wrong")
        echo.update(plain.block(said))
        return not wrong

    def action_take(self) -> None:
        """Answer, unless the text means nothing."""
        text = self.query_one(Input).value
        if self._say(text, last=True):
            self.dismiss(text.strip())
