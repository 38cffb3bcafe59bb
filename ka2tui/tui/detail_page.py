"""A page with a list and, beside it, what is known of the row under the cursor."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding

from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.list_page import SHOW_ALL, ListPage
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.widget import Widget
    from textual.worker import Worker

    from ka2tui.tui.widgets.details import Item
    from ka2tui.tui.widgets.record_table import Column

REST = 0.05
"""Seconds the cursor rests on a row before its details are read; a held key repeats sooner."""


def panes(wide: int = 48, very_wide: int = 60) -> str:
    """Give the style by which list and details share the room.

    Args:
        wide: Columns of the details in a wide window.
        very_wide: In a very wide one.
    """
    return f"""
        & #panes {{ height: 1fr; }}
        & RecordTable {{ width: 1fr; }}
        & Details {{ width: {wide}; display: none; }}
        &.-wide Details, &.-very-wide Details {{ display: block; }}
        &.-very-wide Details {{ width: {very_wide}; }}
        &.-reading RecordTable {{ display: none; }}
        &.-reading Details {{ display: block; width: 1fr; }}
        &.-wide.-reading RecordTable, &.-very-wide.-reading RecordTable {{ display: block; }}
        &.-wide.-reading Details {{ width: {wide}; }}
        &.-very-wide.-reading Details {{ width: {very_wide}; }}
    """


def back_to_list(id_: str) -> tuple[Binding, Binding]:
    """Give what escape does on a page with details: it leaves them, else takes the filter away.

    Args:
        id_: By which the first of the two is known: "aim.close".
    """
    leave = Binding(
        "escape", "close", "back to the list", show=False, id=id_,
        tooltip="Back from the details to the list",
    )  # fmt: skip
    return leave, SHOW_ALL


class DetailPage(ListPage):
    """A list with details beside it, or in its place where there is no room for both.

    A page makes `table` and `details`, says in `about` what is known of a row, and calls
    `read_details` when it has filled the list anew.
    """

    NOTHING: ClassVar[str] = "Details"
    """Stands above the details of no row."""

    READ: ClassVar[str] = "enter read"
    """Stands in the border of the details while the list has the focus."""

    LEAVE: ClassVar[str] = "↓ next line that leads on · escape back"
    """Stands there while the details have it."""

    table: RecordTable[Any]
    details: Details
    kept_back: int = 0
    """How many rows a projector does not show; they are told of, and not among those given."""
    _told: int | None = None
    """The key of the row whose details stand there."""

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Read what is known of a row, and what stands above it; None where there is nothing.

        Raises:
            Refused: It was removed meanwhile.
        """
        raise NotImplementedError

    @property
    def home(self) -> Widget:
        """What has the focus while nothing else wants it."""
        return self.table

    def fill_list(
        self,
        rows: Sequence[Any],
        columns: Callable[[Sequence[Any]], list[Column]],
        *,
        word: str,
        empty: str,
    ) -> Sequence[Any]:
        """Show what the filter lets through; give it.

        Args:
            rows: All that were read.
            columns: Gives each column the room that the rows shown need.
            word: What one row is called: "partner".
            empty: What the list says where there is nothing, and nothing is filtered.
        """
        shown = self.filtered(rows)
        nothing = f"No {word} fits this filter. escape shows all."
        self.table.set_empty(nothing if self.filtering else empty)
        wanted = tuple(columns(shown))
        if self.table.columns != wanted:
            self.table.set_columns(wanted)
        hidden, why = len(rows) - len(shown), "hidden by the filter"
        if self.kept_back:
            also = f"{plain.number(self.kept_back)} on the projector" if hidden else ""
            hidden, why = hidden or self.kept_back, plain.join([why, also], ", ")
            why = why if also else "hidden on the projector"
        self.table.set_rows(self.arranged(shown), hidden=hidden, why=why, among=rows)
        self.table.set_hint("v mark" if shown else "")
        self.say_filtered(len(shown), len(rows))
        self.read_details()
        return shown

    def arranged(self, shown: Sequence[Any]) -> Sequence[Any]:
        """Give the rows as they stand below each other, with headings between; by default none."""
        return shown

    def read_details(self, rest: float = 0) -> None:
        """Read about the row under the cursor, where there is room to show it.

        Args:
            rest: Seconds that the cursor has to rest there before.
        """
        if self.details.display and self.app.opened.is_set():
            self._show_details(rest)

    @work(group="details", exclusive=True)
    async def _show_details(self, rest: float) -> None:
        if rest:
            # the frame with the moved cursor comes first, and a held key asks nothing
            await asyncio.sleep(rest)
        key = self.table.cursor_key
        try:
            found = None if key is None else await self.about(key)
        except Refused:
            return  # removed meanwhile; the list is about to say so
        if found is None:
            self._told = None
            self.details.show([], title=self.NOTHING)
            self.details.set_hint("")
            return
        items, title = found
        self.details.set_hint(self.LEAVE if self.reading else self.READ)
        self.details.show(items, title=title, top=key != self._told)
        self._told = key

    @on(RecordTable.Highlighted)
    def _follow(self) -> None:
        self.read_details(REST)

    def on_resize(self) -> None:
        """Read the details when they come into sight."""
        super().on_resize()
        self.call_after_refresh(self.read_details)

    # -- reading them, and back -----------------------------------------------------------------

    @property
    def reading(self) -> bool:
        """Whether the details are being read, and stand alone where there is little room."""
        return self.has_class("-reading")

    @on(RecordTable.Opened)
    def _opened(self) -> None:
        self.read()

    def read(self) -> None:
        """Go to the details; where there is no room beside the list, they take its place."""
        self.add_class("-reading")
        self.details.focus()
        self.details.set_hint(self.LEAVE)
        self.call_after_refresh(self.read_details)
        self.refresh_bindings()

    def action_close(self) -> None:
        """Go back to the list."""
        self.remove_class("-reading")
        self.details.set_hint(self.READ)
        self.home.focus()
        self.refresh_bindings()

    def action_filter(self) -> Worker[None]:
        """Type a filter where the list is seen that it narrows."""
        if self.reading:
            self.action_close()
        return super().action_filter()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let escape lead back from the details before it shows everything again."""
        if not self.line.typing:
            if action == "close":
                return self.reading
            if action == "show_all" and self.reading:
                return False
        return super().check_action(action, parameters)

    # -- verbs ----------------------------------------------------------------------------------

    def chosen(self) -> list[Any]:
        """Give the marked rows, else the one under the cursor, for a verb to work on."""
        return self.table.rows_of(self.table.chosen)

    def let_go(self, done: object) -> None:
        """Take the marks away where a verb has worked on them."""
        if done:
            self.table.clear_marks()
