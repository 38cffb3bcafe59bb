"""One line of the history with all that it changed, to read."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from ka2tui.tui.dialogs.told import Told


class ToldChange(Told[str | None]):
    """All that one change changed; answers what to do next: "back", "record" or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "cancel", "close", show=False, id="told.close", tooltip="Close"),
        Binding("b", "next('back')", "back to here", id="told.back",
                tooltip="Take back all that was done after this"),
        Binding("r", "next('record')", "its history", id="told.record",
                tooltip="Show only the changes of a record that this changed"),
    ]  # fmt: skip

    def action_next(self, deed: str) -> None:
        """Close, and say what is to be done next."""
        self.dismiss(deed)
