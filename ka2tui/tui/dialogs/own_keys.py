"""Own keys: every key there is, changed by pressing another."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.tui import keys, plain
from ka2tui.tui.dialogs.choose import Choose, Item
from ka2tui.tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual import events
    from textual.widget import Widget

    from ka2tui.tui.keys import Known


class EveryKey(Choose):
    """All keys with what they do; answers the place of the one to change."""

    DEFAULT_CSS = """
    EveryKey Box { width: 100; height: 100%; }
    EveryKey RecordTable { max-height: 100%; height: 1fr; }
    """

    def __init__(self, every: Sequence[Known], wanted: Mapping[str, str], at: int = 0) -> None:
        """List them; those that somebody changed say so."""
        items = [
            Item(
                n,
                it.about,
                f"{it.name} (yours)" if it.name in wanted else it.name,
                keys.said(wanted.get(it.name, it.keys)),
            )
            for n, it in enumerate(every)
        ]
        super().__init__(
            "Every key", items, at=at, placeholder="type to find, enter changes the key"
        )


class PressKey(Dialog[str | None]):
    """Waits for a key; answers it, nothing for the usual one, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "leave", id="press.leave", tooltip="Leave the key as it is"),
        Binding("backspace", "usual", "the usual key", id="press.usual",
                tooltip="Take your own key away"),
        Binding("enter", "take", "take it", id="press.take", tooltip="Keep the key pressed last"),
    ]  # fmt: skip

    def __init__(self, known: Known, every: Sequence[Known], wanted: Mapping[str, str]) -> None:
        """Wait for the key of one deed."""
        super().__init__(f"A key for: {known.about}")
        self._known, self._every, self._wanted = known, every, wanted
        self.pressed = ""
        """The key pressed last."""

    def content(self) -> Iterable[Widget]:
        """Give what to do, and what the key pressed means so far."""
        now = keys.said(self._wanted.get(self._known.name, self._known.keys))
        self.said = Static(plain.block(f"Now it is {now}. Press the key it shall be."))
        yield self.said

    def on_key(self, event: events.Key) -> None:
        """Take a key, and say what else it means."""
        if event.key in ("escape", "backspace", "enter"):
            return
        event.stop()
        event.prevent_default()
        if event.key in keys.FIXED:
            self.said.update(plain.block(f"{event.key} always quits: press another."))
            return
        self.pressed = event.key
        wanted = {**self._wanted, self._known.name: event.key}
        taken = keys.taken(self._every, self._known, wanted)
        said = f"{keys.said(event.key)}: enter takes it."
        if taken:
            others = "; ".join(f"“{it.about}” ({it.name})" for it in taken[:3])
            said = f"{keys.said(event.key)} means already: {others}. Press another, or enter."
        self.said.update(plain.block(said))

    def action_take(self) -> None:
        """Answer with the key pressed last."""
        if self.pressed:
            self.dismiss(self.pressed)

    def action_usual(self) -> None:
        """Answer that the usual key shall hold again."""
        self.dismiss("")
