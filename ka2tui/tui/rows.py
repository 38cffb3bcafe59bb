"""A page whose lists are copied to a spreadsheet, and take rows from one."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.events import Paste

    from ka2tui.exchange.clipboard import Pasted
    from ka2tui.queries import pasting as views
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.widgets.record_table import RecordTable
else:
    views = lazily("ka2tui.queries.pasting")


TAKES_ROWS = frozenset({"task", "today", "meeting", "partner", "contact", "wp", "plan"}) | {
    *("deliverable", "milestone", "participant", "indicator", "risk", "log"),
    *("dissemination", "letter", "payment"),
}
"""Lists that take rows from a spreadsheet; what these become there says the exchange."""


class RowsPage(Page):
    """A page with lists: `y` copies the marked rows, or all; what is pasted becomes records."""

    LIST: ClassVar[str] = ""
    """The list: a noun of `domain/lists.py`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy_rows", "copy", show=False, id="list.copy",
                tooltip="Copy the marked rows, or all, to the clipboard for a spreadsheet"),
        Binding("Y", "copy_to_file", "copy to a file", show=False, id="list.copy_file",
                tooltip="Write the marked rows, or all, to a file for a spreadsheet"),
        Binding("P", "paste_rows", "paste rows", show=False, id="list.paste",
                tooltip="Take in rows from a spreadsheet, seen before and taken back at once"),
    ]  # fmt: skip

    @property
    def lists(self) -> Sequence[RecordTable[Any]]:
        """The tables of the page."""
        raise NotImplementedError

    def noun_of(self, table: RecordTable[Any]) -> str:
        """Say what a table lists; by default what the page does."""
        return self.LIST

    def list_in_use(self) -> RecordTable[Any]:
        """Give the table that has the focus, else the first."""
        return next((it for it in self.lists if it.has_focus), self.lists[0])

    # -- out ------------------------------------------------------------------------------------

    async def _copied(self) -> tuple[str, int]:
        """Give what is marked, else all that is shown, as rows; and how many they are."""
        table = self.list_in_use()
        keys = table.chosen if table.marks else table.keys
        rows = table.rows_of(keys)
        noun = self.noun_of(table)
        text = await asyncio.to_thread(_written, noun, rows)
        if text is None:
            from ka2tui.exchange import clipboard, copied

            titles = [column.title for column in table.columns]
            text = clipboard.write(*copied.cells(titles, [table.said(row) for row in rows]))
        return text, len(rows)

    @work
    async def action_copy_rows(self) -> None:
        """Copy the marked rows, or all that are shown, with their headings."""
        from ka2tui.tui import clipboard

        text, number = await self._copied()
        if not number:
            self.app.tell("There is nothing here to copy.")
            return
        if await clipboard.put(self.app, text):
            self.app.tell(
                f"{plain.count(number, 'row')} copied with their headings.", like=("Copied",)
            )
            return
        self.app.tell(
            "No clipboard can be reached from this terminal: name a file instead.",
            severity="warning",
        )
        await self._write(text, number)

    @work
    async def action_copy_to_file(self) -> None:
        """Write the rows to a file."""
        text, number = await self._copied()
        if number:
            await self._write(text, number)
        else:
            self.app.tell("There is nothing here to copy.")

    async def _write(self, text: str, number: int) -> None:
        from ka2tui.reports import saving
        from ka2tui.tui import documents

        await documents.write(
            self.app,
            f"Write {plain.count(number, 'row')} to a file",
            saving.file_name(self.LIST or "rows", f"{self.app.today:%Y-%m-%d}", ending="tsv"),
            partial(saving.save, text=text),
            about="Tabs between the cells: every spreadsheet opens it.",
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to paste where rows can become something."""
        if action == "paste_rows" and self.LIST not in TAKES_ROWS:
            return False
        return super().check_action(action, parameters)

    # -- in -------------------------------------------------------------------------------------

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted while no field has the focus for rows."""
        event.stop()
        if event.text.strip():
            self.take_rows(event.text)

    @work
    async def action_paste_rows(self) -> None:
        """Let rows be pasted or typed in a large field."""
        from ka2tui.tui import clipboard
        from ka2tui.tui.dialogs.paste import PasteText

        if not self._takes_rows():
            return
        ready = self.app.rows_left or await clipboard.get()
        text = await self.app.push_screen_wait(PasteText(ready))
        if text:
            await self._take(text)

    @work
    async def take_rows(self, text: str) -> None:
        """Show what rows would become, and take them in."""
        if self._takes_rows():
            await self._take(text)

    def _takes_rows(self) -> bool:
        from ka2tui.exchange.copied import PASTED

        if self.app.project is None:
            self.app.tell("There is no project here: ctrl+n begins or imports one.")
            return False
        if self.noun_of(self.list_in_use()) not in PASTED:
            self.app.tell(
                "Rows cannot be pasted on this list. They can on Tasks, Meetings, Partners and "
                "the work plan."
            )
            return False
        return True

    async def _take(self, text: str) -> None:
        from ka2tui.exchange.copied import PASTED

        await paste(self.app, self.project, PASTED[self.noun_of(self.list_in_use())], text)


def _written(noun: str, rows: Sequence[Any]) -> str | None:
    """Write rows with the columns of their list, in a thread; None where it has none."""
    from ka2tui.exchange import clipboard, copied

    found = copied.of(noun, rows)
    return None if found is None else clipboard.write(*found)


async def paste(
    desk: Desk,
    project: int,
    kinds: Sequence[str],
    text: str,
    prepare: Callable[[Pasted], Pasted] | None = None,
) -> None:
    """Show what rows would become, and take them in.

    Args:
        desk: Where it is shown.
        project: Where the rows go.
        kinds: What they can be; of several the one that fits.
        text: The rows as they were pasted.
        prepare: Adds to them what goes without saying where they are pasted.
    """
    from ka2tui.exchange import clipboard
    from ka2tui.tui.dialogs.paste import PasteRows

    around = await desk.ask(views.surroundings, project)
    try:
        pasted = await asyncio.to_thread(
            clipboard.read, text, kinds, around.known, today=desk.today
        )
    except Refused as refusal:
        desk.tell(str(refusal), severity="warning")
        return
    if prepare is not None:
        pasted = prepare(pasted)
    desk.rows_left = text
    dialog = PasteRows(pasted, around.known, around.months, project)
    outcome = await desk.push_screen_wait(dialog)
    if outcome is not None:
        desk.rows_left = ""
        done = outcome.replace("Paste ", "Pasted ", 1).replace("Change ", "Changed ", 1)
        desk.tell(f"{done}. u takes it back.")
