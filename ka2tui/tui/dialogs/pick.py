"""Pick some of many: a list in groups, ticked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget


@frozen
class Item:
    """One thing that can be picked."""

    id: int
    """What is answered."""
    word: str
    note: str = ""
    group: str = ""
    """What stands above it and others of its kind."""


class Ticked(RecordTable[Item]):
    """The list, in which enter takes what is ticked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "done", id="pick.take", tooltip="Take what is ticked"),
    ]


class Pick(Dialog["list[int] | None"]):
    """A list to tick; answers the ids of what is ticked, in its order, or None."""

    DEFAULT_CSS = """
    Pick Box { width: 88; }
    Pick Ticked { height: auto; max-height: 16; min-height: 1; background: $surface; }
    Pick Input { background: $surface; border: none; height: 1; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", id="pick.tick",
                tooltip="Tick the line under the cursor, or take the tick away"),
        Binding("slash", "narrow", "narrow", key_display="/", id="pick.narrow",
                tooltip="Type words: only lines that have them are shown"),
        Binding("enter", "leave_line", "to the list", id="pick.list",
                tooltip="Go on in the list that is left"),
    ]  # fmt: skip

    AUTO_FOCUS = "Ticked"

    def __init__(
        self, title: str, items: Sequence[Item], ticked: Iterable[int], *, empty: str = ""
    ) -> None:
        """Make the list.

        Args:
            title: What is picked.
            items: In the order shown; those of one group beside each other.
            ticked: The ids of what is picked already.
            empty: Shown where there is nothing to pick.
        """
        super().__init__(title)
        self.items = list(items)
        self.ticked = set(ticked)
        self._shown: Sequence[Item] = ()
        self._empty = empty or "There is nothing to pick from."

    def content(self) -> Iterable[Widget]:
        """Give the line that narrows, and the list under it."""
        self.line = TypedLine("", placeholder="/ narrows")
        yield self.line
        word = plain.longest([item.word for item in self.items], most=60)
        note = plain.longest([item.note for item in self.items], most=20)
        self.table = Ticked(
            [
                Column("", 1, importance=9),
                Column("", 10, share=1, wish=word, importance=9),
                Column("", note, importance=3) if note else Column("", 1),
            ],
            self._cells,
            empty=self._empty,
            headings=False,
            bare=True,
        )
        yield self.table

    def _cells(self, item: Item) -> tuple[plain.Cell, plain.Cell, plain.Cell]:
        there = item.id in self.ticked
        sign: plain.Cell = (plain.DONE, "good") if there else (plain.OPEN, "quiet")
        return (sign, (item.word, "strong" if there else ""), (item.note, "quiet"))

    def on_mount(self) -> None:
        """Show everything."""
        self._show(self.items)

    def _show(self, items: Sequence[Item]) -> None:
        self._shown = items
        rows: list[Item | Section] = []
        last = ""
        for item in items:
            if item.group and item.group != last:
                many = sum(one.group == item.group for one in items)
                rows.append(Section(item.group, str(many)))
                last = item.group
            rows.append(item)
        self.table.set_rows(rows)

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show the items that have all the words typed."""
        wanted = [fold(word) for word in event.value.split()]
        self._show(
            [
                item
                for item in self.items
                if all(word in fold(f"{item.word} {item.note} {item.group}") for word in wanted)
            ]
        )

    @on(RecordTable.Opened)
    def opened(self) -> None:
        """Take what is ticked."""
        self.action_take()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys mean letters while words are typed."""
        if not super().check_action(action, parameters):
            return False
        if action == "leave_line":
            return self.line.has_focus
        return action not in ("tick", "narrow") or not self.line.has_focus

    def action_leave_line(self) -> None:
        """Go on in the list."""
        self.table.focus()

    def action_narrow(self) -> None:
        """Type words."""
        self.line.focus()

    def action_tick(self) -> None:
        """Tick the line, or take the tick away; then stand on the next."""
        key = self.table.cursor_key
        if key is None:
            return
        self.ticked ^= {key}
        self._show(self._shown)
        self.table.action_move(1)

    def action_take(self) -> None:
        """Answer with what is ticked."""
        self.dismiss([item.id for item in self.items if item.id in self.ticked])
