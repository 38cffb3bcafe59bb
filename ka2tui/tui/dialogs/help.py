"""What can be done here: a list that narrows while one types, and does what is chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.frozen import frozen
from ka2tui.tui import keys, plain
from ka2tui.tui.dialogs.choose import Choose, Item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.widget import Widget


@frozen
class Deed:
    """Something that can be done, and where."""

    binding: Binding
    node: DOMNode
    key: str

    @property
    def words(self) -> str:
        """Say what it does."""
        return self.binding.tooltip or self.binding.description or self.binding.action

    @property
    def moves(self) -> bool:
        """Whether it only moves the cursor."""
        return keys.moves(self.node, self.binding)


def deeds(screen: Screen[Any]) -> list[Deed]:
    """List what can be done on a screen: the keys of its last line first, those that move last.

    Every key of ours has an id; what Textual brings along besides is left out.
    """
    found: dict[tuple[int, str], Deed] = {}
    for active in keys.active(screen):
        binding = active.binding
        if binding.system or not active.enabled or binding.id is None:
            continue
        key = screen.app.get_key_display(binding)
        spot = (id(active.node), binding.action)
        known = found.get(spot)
        both = " ".join(dict.fromkeys([*(known.key.split() if known else ()), key]))
        found[spot] = Deed(known.binding if known else binding, active.node, both)
    return sorted(found.values(), key=lambda deed: (deed.moves, not deed.binding.show))


_WIDE, _TALL = 100, 30
"""Cells and lines from which a window has more room, as `Shell` says."""


class Help(Choose):
    """The active keys with their words; enter does what is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "guide", "guide", id="help.guide",
                tooltip="Help for the pane you came from, and the guide"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    Help {
        & Box { width: 80; }
        & .-about { color: $pane-title; height: auto; max-height: 4; margin: 0 0 1 0; }
        & Box RecordTable { max-height: 13; }
        &.-tall .-about { max-height: 8; }
        &.-tall Box RecordTable { max-height: 20; }
        &.-wide Box, &.-very-wide Box { width: 96; }
    }
    """

    def __init__(self, found: list[Deed], about: str = "") -> None:
        """Show these; `about`: a few sentences on the page."""
        super().__init__(
            "What you can do here",
            [
                Item(number, deed.words, key=deed.key, also=deed.binding.description)
                for number, deed in enumerate(found)
            ],
            empty="Nothing here has these words.",
            placeholder="type to find, enter does it",
        )
        self.found = found
        self._about = about

    @classmethod
    def of(cls, screen: Screen[Any]) -> Help:
        """Make the help for a screen as it stands now."""
        return cls(deeds(screen), getattr(screen, "HELP", None) or "")

    def content(self) -> Iterable[Widget]:
        """Give the words on the page above the list."""
        if self._about:
            yield Static(plain.block(self._fitting()), classes="-about")
        yield from super().content()

    def _fitting(self) -> str:
        """Give as many whole sentences on the page as find room; f1 tells all of them."""
        wide, tall = self.app.size.width >= _WIDE, self.app.size.height >= _TALL
        room = min(self.app.size.width, 96 if wide else 80) - 4
        said = ""
        for sentence in re.split(r"(?<=\.) ", self._about):
            longer = f"{said} {sentence}".strip()
            if said and len(plain.wrap(longer, room)) > (8 if tall else 4):
                break
            said = longer
        return said

    def action_guide(self) -> None:
        """Go on to the guide, about the place below."""
        for number, deed in enumerate(self.found):
            if deed.binding.id == "app.guide":
                self.dismiss(number)
