"""Write: a message with its subject in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from ka2tui.domain.text import clean
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.dialogs.drafting import Drafting
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.await_complete import AwaitComplete
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
        Binding("ctrl+r", "bring_back", "bring back", id="write.bring_back",
                tooltip="Put in what was not taken when the app ended"),
    ]  # fmt: skip

    AUTO_FOCUS = "TextArea"

    def __init__(self, title: str, subject: str, text: str) -> None:
        """Make the window with what stands so far."""
        super().__init__(title)
        self._subject = subject
        self._text = text
        self._drafting = Drafting(self)

    def content(self) -> Iterable[Widget]:
        """Give the line of the subject and the text."""
        yield TypedLine(self._subject, placeholder="subject")
        yield TextArea(self._text, compact=True, tab_behavior="focus")

    @property
    def touched(self) -> bool:
        """Whether something else stands than at first."""
        subject, text = self.query_one(TypedLine).value, self.query_one(TextArea).text
        return (subject, text) != (self._subject, self._text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a draft only where there is one."""
        if action == "bring_back":
            return self._drafting.found is not None
        return super().check_action(action, parameters)

    @property
    def written(self) -> tuple[dict[str, str], dict[str, str]]:
        """Give subject and text where something was typed, and what stood there at first."""
        at_first = {"subject": self._subject, "text": self._text}
        if not self.touched:
            return {}, at_first
        subject, text = self.query_one(TypedLine).value, self.query_one(TextArea).text
        return {"subject": subject, "text": text}, at_first

    @work(group="draft")
    async def on_mount(self) -> None:
        """Look for what was not taken when the app ended."""
        said = await self._drafting.look()
        if said:
            self.app.tell(said)
            self.refresh_bindings()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def typed(self) -> None:
        """Keep what stands there a little later."""
        self._drafting.soon()

    def keep_draft(self) -> None:
        """Keep what was typed, for the window is being closed."""
        self._drafting.keep()

    def forget_draft(self) -> None:
        """Let go of what was kept, for the app is left without taking it."""
        self._drafting.end(saved=False)

    def action_bring_back(self) -> None:
        """Put in what was kept."""
        kept = self._drafting.take()
        self.query_one(TypedLine).value = kept.get("subject", self._subject)
        self.query_one(TextArea).text = kept.get("text", self._text)
        self.refresh_bindings()

    def dismiss(self, result: tuple[str, str] | None = None) -> AwaitComplete:
        """Answer; what was kept has had its time."""
        self._drafting.end(saved=result is not None)
        return super().dismiss(result)

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
