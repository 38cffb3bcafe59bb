"""Write: a message with its subject in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from ka2tui.domain.text import clean
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class Write(Dialog[tuple[str, str] | None]):
    """A subject and a long text; answers both, or None where they were left as they were."""

    DEFAULT_CSS = """
    Write Box { width: 100; height: 100%; }
    Write Input { border: none; height: 1; background: $panel; margin: 0 0 1 0; }
    Write TextArea { height: 1fr; border: none; padding: 0; background: $panel; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", "take", id="write.take", tooltip="Take what stands here"),
        Binding("escape", "cancel", "leave", id="write.leave",
                tooltip="Leave the message as it was"),
        Binding("tab", "app.focus_next", "subject, text", id="write.next",
                tooltip="Go between subject and text"),
    ]  # fmt: skip

    AUTO_FOCUS = "TextArea"

    def __init__(self, title: str, subject: str, text: str) -> None:
        """Make the window with what stands so far."""
        super().__init__(title)
        self._subject = subject
        self._text = text

    def content(self) -> Iterable[Widget]:
        """Give the line of the subject and the text."""
        yield TypedLine(self._subject, placeholder="subject")
        yield TextArea(self._text, compact=True, tab_behavior="focus")

    @property
    def touched(self) -> bool:
        """Whether something else stands than at first."""
        subject, text = self.query_one(TypedLine).value, self.query_one(TextArea).text
        return (subject, text) != (self._subject, self._text)

    def action_take(self) -> None:
        """Answer with what stands."""
        subject = clean(self.query_one(TypedLine).value)
        self.dismiss((subject, clean(self.query_one(TextArea).text, lines=True)))

    def action_cancel(self) -> None:
        """Leave; ask first where something was typed."""
        self._leave()

    @work
    async def _leave(self) -> None:
        if self.touched:
            from ka2tui.tui.dialogs.ask import Ask

            question = Ask("Leave without taking it?", about="What you typed here would be lost.",
                           yes="leave")  # fmt: skip
            if not await self.app.push_screen_wait(question):
                return
        self.dismiss(None)
