"""Something told at length, to scroll through, with keys for what can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ka2tui.tui.dialogs.dialog import Answer, Dialog
from ka2tui.tui.widgets.details import Details

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.tui.widgets.details import Item


class Told(Dialog[Answer]):
    """Facts and sentences, wide enough to be read; what the keys do is said by each kind."""

    DEFAULT_CSS = """
    Told Box { width: 100; height: auto; max-height: 90%; }
    Told Details { background: $surface; height: auto; max-height: 100%; }
    """

    AUTO_FOCUS: ClassVar[str | None] = "Details"

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
