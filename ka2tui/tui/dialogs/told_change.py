"""One line of the history with all that it changed, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.details import Details

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.tui.widgets.details import Item


class ToldChange(Dialog[str | None]):
    """All that one change changed; answers what to do next: "back", "record" or nothing."""

    DEFAULT_CSS = """
    ToldChange Box { width: 100; height: auto; max-height: 90%; }
    ToldChange Details { background: $surface; height: auto; max-height: 100%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "cancel", "close", show=False, id="told.close", tooltip="Close"),
        Binding("b", "next('back')", "back to here", id="told.back",
                tooltip="Take back all that was done after this"),
        Binding("r", "next('record')", "its history", id="told.record",
                tooltip="Show only the changes of a record that this changed"),
    ]  # fmt: skip

    AUTO_FOCUS = "Details"

    def __init__(self, title: str, said: Sequence[Item]) -> None:
        """Make it from what is to be said."""
        super().__init__(title)
        self._said = said

    def content(self) -> Iterable[Widget]:
        """Give what there is to say, to scroll through."""
        self.details = Details(bare=True)
        yield self.details

    def on_mount(self) -> None:
        """Say it."""
        self.details.show(self._said)

    def action_next(self, deed: str) -> None:
        """Close, and say what is to be done next."""
        self.dismiss(deed)
