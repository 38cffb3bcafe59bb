"""What stands there when the database cannot be opened: why, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class Closed(Dialog[None]):
    """The reason in a sentence or two; nothing else works until the database opens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "retry", "try again", id="closed.retry", tooltip="Try to open it once more"),
        Binding("q", "app.quit", "quit", id="closed.quit", tooltip="Leave"),
        Binding("escape", "app.quit", "quit", show=False, id="closed.escape",
                tooltip="Leave"),
    ]  # fmt: skip

    def __init__(self, sentence: str) -> None:
        """Show a sentence that says why, and what to do."""
        super().__init__("The database cannot be opened")
        self.sentence = sentence

    def content(self) -> Iterable[Widget]:
        """Give the sentence."""
        yield Static(plain.block(self.sentence))

    def action_retry(self) -> None:
        """Try to open it once more."""
        self.dismiss(None)
        self.app.retry()
