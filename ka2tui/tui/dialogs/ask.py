"""Ask before something that matters: yes or no, with a reason where one is owed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class Ask(Dialog[bool | None]):
    """A question answered by y or n; enter says what the question proposes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", id="ask.yes", tooltip="Go on"),
        Binding("n", "answer(False)", "no", id="ask.no", tooltip="Leave it"),
        Binding("enter", "proposed", "as proposed", id="ask.enter", tooltip="As proposed"),
    ]  # fmt: skip

    def __init__(
        self, question: str, *, about: str = "", yes: str = "yes", proposed: bool = False
    ) -> None:
        """Make the question.

        Args:
            question: In the title: "Remove this task?".
            about: What will happen, in a sentence or two.
            yes: The word beside y: "remove".
            proposed: What enter answers; leave it at no for what cannot easily be taken back.
        """
        super().__init__(question)
        self._about = about
        self._proposed = proposed
        told = (("y", yes, True), ("enter", yes if proposed else "no", proposed))
        for key, word, show in told:  # that enter leaves it as it is, escape says already
            known = self._bindings.key_to_bindings[key]
            self._bindings.key_to_bindings[key] = [
                replace(it, description=word, show=show) for it in known
            ]

    def content(self) -> Iterable[Widget]:
        """Give what will happen; the answers stand in the last line."""
        if self._about:
            yield Static(plain.block(self._about))

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001 - a key's parameter
        """Answer."""
        self.dismiss(answer)

    def action_proposed(self) -> None:
        """Answer as proposed."""
        self.dismiss(self._proposed)


class AskReason(Dialog[str | None]):
    """A question that goes on only with a reason; answers the reason, or None."""

    DEFAULT_CSS = """
    AskReason Input { border: none; height: 1; background: $panel; padding: 0 1; margin: 1 0 0 0; }
    AskReason .-note { color: $late; height: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "go on", id="ask.take", tooltip="Go on"),
    ]

    AUTO_FOCUS = "Input"

    def __init__(self, question: str, *, about: str = "", placeholder: str = "reason") -> None:
        """Make the question; `about` says what will happen and why a reason is kept."""
        super().__init__(question)
        self._about = about
        self._placeholder = placeholder

    def content(self) -> Iterable[Widget]:
        """Give what will happen, and the line for the reason."""
        if self._about:
            yield Static(plain.block(self._about))
        yield TypedLine(placeholder=self._placeholder)
        yield Static("", classes="-note")

    def action_take(self) -> None:
        """Go on where there is a reason; else say that one is owed."""
        reason = self.query_one(Input).value.strip()
        if reason:
            self.dismiss(reason)
        else:
            self.query_one(".-note", Static).update(plain.content("Please give a reason."))

    @on(Input.Changed)
    def typed(self) -> None:
        """Take the reminder away again."""
        self.query_one(".-note", Static).update("")
