"""Two versions of one text, where somebody else changed it meanwhile: which one is to stand?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType

from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.details import Details, Head, Passage, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from ka2tui.tui.widgets.details import Item

BETWEEN = "\n\n--- theirs above, yours below ---\n\n"
"""Stands between two texts that are edited as one."""

Choice = Literal["theirs", "mine", "both"]


class Both(Dialog[Choice | None]):
    """Both texts below each other; answers which one is kept, or None where none was chosen."""

    DEFAULT_CSS = """
    Both Box { width: 90; height: 80%; }
    Both Details { background: $surface; height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "take('theirs')", "keep theirs", id="both.theirs",
                tooltip="Leave it as somebody else wrote it"),
        Binding("m", "take('mine')", "take mine", id="both.mine",
                tooltip="Put yours in its place; u brings theirs back"),
        Binding("e", "take('both')", "edit both", id="both.both",
                tooltip="Edit again, with both texts below each other"),
    ]  # fmt: skip

    AUTO_FOCUS = "Details"

    def __init__(self, title: str, theirs: str, mine: str, *, joined: bool = True) -> None:
        """Show two texts.

        Args:
            title: What they are.
            theirs: As it stands now.
            mine: As it was typed.
            joined: Whether both can stand below each other.
        """
        super().__init__(title)
        self.theirs = theirs
        self.mine = mine
        self._joined = joined

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer both only where there is room for both."""
        if parameters == ("both",) and not self._joined:
            return False
        return super().check_action(action, parameters)

    def content(self) -> Iterable[Widget]:
        """Give both texts, to scroll through."""
        self.details = Details(bare=True)
        yield self.details

    def on_mount(self) -> None:
        """Show them as they are, line by line."""
        said = "Somebody else changed this meanwhile. Nothing is lost: choose what is to stand."
        items: list[Item] = [Words(said), Head("Theirs, as it stands now")]
        items += [Passage([line]) for line in self.theirs.splitlines() or ["nothing"]]
        items.append(Head("Yours"))
        items += [Passage([line]) for line in self.mine.splitlines() or ["nothing"]]
        self.details.show(items)

    def action_take(self, which: Choice) -> None:
        """Answer."""
        self.dismiss(which)
