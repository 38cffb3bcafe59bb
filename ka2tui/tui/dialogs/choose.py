"""Choose one of many by typing a part of its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.record_table import Column, RecordTable
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


_ROOM = 58
"""Cells of a line for words and notes."""

_REST = 99
"""So many parts of the free room go to the notes, so that they begin where the words end."""

_AT_A_GLANCE = 3
"""Up to as many items nobody needs to be told that typing finds one."""


@frozen
class Item:
    """One thing that can be chosen."""

    id: int
    """What is answered."""
    word: str
    note: str = ""
    key: str = ""
    """A key shown at the right, where it has one."""
    also: str = ""
    """Words it is found by as well, which are not shown."""


class Choose(Dialog[int | None]):
    """A list that narrows while one types; answers the chosen item's id, or None."""

    DEFAULT_CSS = """
    Choose RecordTable { height: auto; max-height: 16; min-height: 1; background: $surface; }
    Choose Input { background: $surface; border: none; height: 1; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "choose", id="choose.take", tooltip="Choose this"),
        Binding("down", "move(1)", "next", show=False, id="choose.down",
                tooltip="Next one"),
        Binding("up", "move(-1)", "before", show=False, id="choose.up",
                tooltip="One before"),
        Binding("pagedown", "page(1)", "page down", show=False,
                id="choose.page_down", tooltip="A page down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="choose.page_up",
                tooltip="A page up"),
    ]  # fmt: skip

    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        items: Sequence[Item],
        *,
        at: int | None = None,
        empty: str = "Nothing has these words.",
        placeholder: str = "type to find",
        begun: str = "",
    ) -> None:
        """Make the list.

        Args:
            title: What is chosen.
            items: In the order shown.
            at: The id of the item to stand on first.
            empty: Shown where no item has the words typed.
            placeholder: Shown where nothing is typed yet.
            begun: What was typed already, before the list was there.
        """
        super().__init__(title)
        self._begun = begun
        self.items = list(items)
        self._folded: list[str] | None = None
        self._at = at
        self._empty = empty
        self._placeholder = placeholder

    def content(self) -> Iterable[Widget]:
        """Give the line to type in, and the list under it."""
        few = len(self.items) <= _AT_A_GLANCE
        yield TypedLine(self._begun, placeholder="" if few else self._placeholder)
        word = plain.longest([item.word for item in self.items], most=40)
        note = plain.longest([item.note for item in self.items], most=_ROOM - word)
        key = plain.longest([item.key for item in self.items], most=10)
        self.table: RecordTable[Item] = RecordTable(
            [
                Column("", 10, share=1, wish=word, importance=9),
                Column("", note, share=_REST, importance=3) if note else Column("", 1),
                Column("", key, importance=5, align="right") if key else Column("", 1),
            ],
            lambda item: (item.word, (item.note, "quiet"), (item.key, "accent")),
            empty=self._empty,
            headings=False,
            bare=True,
        )
        self.table.can_focus = False
        yield self.table

    def on_mount(self) -> None:
        """Show everything, and stand where the choice stood."""
        self.table.set_rows(self.items)
        if self._begun:
            self._narrow(self._begun)
        elif self._at is not None:
            self.table.move_to(self._at)

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show the items that have all the words typed."""
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        if self._folded is None:
            # once, for folding tens of thousands of texts takes longer than a key may
            self._folded = [fold(f"{item.word}\n{item.note}\n{item.also}") for item in self.items]
        wanted = [fold(word) for word in typed.split()]
        both = zip(self.items, self._folded, strict=True)
        found = [(item, text) for item, text in both if all(w in text for w in wanted)]
        if wanted:  # what begins like that before what only has it somewhere
            found.sort(key=lambda pair: not pair[1].startswith(wanted[0]))
        self.table.set_rows([item for item, _ in found])
        if typed:
            self.table.action_first()

    @on(RecordTable.Opened)
    def opened(self, event: RecordTable.Opened) -> None:
        """Take the row that was clicked twice."""
        self.dismiss(event.key)

    def action_take(self) -> None:
        """Answer with the item under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            self.dismiss(key)

    def action_move(self, step: int) -> None:
        """Move in the list while the line keeps the focus."""
        self.table.action_move(step)

    def action_page(self, step: int) -> None:
        """Move by a page while the line keeps the focus."""
        self.table.action_page(step)
