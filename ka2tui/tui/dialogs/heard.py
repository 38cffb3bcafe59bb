"""Heard from: how, by one letter; then a line about it, and enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.domain.kinds import Channel
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.dialogs.form import Form
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class How(Dialog[Channel | None]):
    """Asks by what somebody was heard from; one letter answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "take('mail')", "mail", id="heard.mail", tooltip="They wrote a mail"),
        Binding("c", "take('call')", "call", id="heard.call", tooltip="You spoke on the phone"),
        Binding("h", "take('chat')", "chat", id="heard.chat", tooltip="They wrote in a chat"),
        Binding("l", "take('letter')", "letter", id="heard.letter", tooltip="They sent a letter"),
    ]

    def __init__(self, title: str, about: str) -> None:
        """Make the question; `about` says when they were last heard from."""
        super().__init__(title)
        self._about = about

    def content(self) -> Iterable[Widget]:
        """Give what is known so far; the letters stand in the last line."""
        yield Static(plain.block(self._about))

    def action_take(self, channel: str) -> None:
        """Answer."""
        self.dismiss(Channel(channel))


class Note(Form):
    """A form that enter saves from every line that is typed: what is noted often is noted fast."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "save", id="form.enter", tooltip="Save what stands in the form"),
    ]

    def action_enter(self) -> None:
        """Save from a line; elsewhere go on to the next field."""
        if isinstance(self.focused, TypedLine):
            self.action_save()
        else:
            super().action_enter()
