"""What all dialogs share: a box with a title, its keys in its last line, and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import getters, on
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.events import Mount
from textual.screen import ModalScreen
from textual.widget import Widget

from ka2tui.tui import plain
from ka2tui.tui.desk import Desk
from ka2tui.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

Answer = TypeVar("Answer")


class Box(Widget):
    """The frame of a dialog."""

    DEFAULT_CSS = """
    Box {
        layout: vertical;
        overflow: hidden auto;
        scrollbar-size-vertical: 1;
        width: 72;
        max-width: 100%;
        height: auto;
        min-height: 4;
        max-height: 100%;
        background: $surface;
        border: $pane-focus-line $pane-focus;
        border-title-color: $pane-focus;
        border-title-style: bold;
        padding: 0 1;
        & > KeyLine { dock: bottom; background: $surface; margin: 1 0 0 0; }
    }
    Dialog.-cramped-y Box > KeyLine { margin: 0; }
    """


class Dialog(ModalScreen[Answer]):
    """A question over the page; escape answers nothing."""

    app = getters.app(Desk)

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog:ansi { background: transparent; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="dialog.cancel",
                tooltip="Close without answering"),
        # a dialog hears nothing of what the app listens to
        Binding("question_mark", "app.help", "help", show=False, key_display="?", id="app.help",
                tooltip="What can be done here"),
        Binding("f1", "app.guide", "guide", show=False, id="app.guide",
                tooltip="Help for the pane you are in, and the guide"),
        Binding("semicolon", "app.jump", "jump", show=False, key_display=";", id="app.jump",
                tooltip="Put a letter on every row, pane and tab; typing it goes there"),
    ]  # fmt: skip

    def __init__(self, title: str) -> None:
        """Make the dialog with its title."""
        super().__init__()
        self.heading = title
        self._answered = False
        self._late: tuple[Answer | None] | None = None

    @on(Mount)
    def _make_room(self) -> None:
        """Stand alone: what was told before would cover it."""
        self.app.make_room()

    @property
    def ready(self) -> bool:
        """Whether keys find what they are meant for."""
        return self.focused is not None or not self.focus_chain

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let nothing happen before everything stands, nor after the answer was given."""
        return self.is_mounted and not self._answered

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer, once; what stands over this dialog is left unanswered, and goes with it."""
        if self._answered:
            return AwaitComplete()
        if self not in self.app.screen_stack:
            self._late = (result,)
            return AwaitComplete()
        self._answered = True
        while (above := self.app.screen) is not self and isinstance(above, Dialog):
            above.dismiss(None)
        return super().dismiss(result)

    def on_screen_resume(self) -> None:
        """Answer what could not be answered while another page was shown."""
        if self._late is not None:
            self.dismiss(*self._late)

    def compose(self) -> ComposeResult:
        """Frame the content."""
        with Box() as box:
            box.border_title = plain.content(self.heading)
            yield from self.content()
            yield KeyLine(always=False)

    def content(self) -> Iterable[Widget]:
        """Give the widgets of the dialog."""
        return ()

    def action_cancel(self) -> None:
        """Close without answering."""
        self.dismiss(None)
