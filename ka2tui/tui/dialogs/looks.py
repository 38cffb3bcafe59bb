"""Choose colours, which are put on while one looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from ka2tui.tui.dialogs.choose import Choose, Item
from ka2tui.tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Sequence


class Looks(Choose):
    """The colours there are; the one under the cursor is on."""

    def __init__(self, items: Sequence[Item], names: Sequence[str], at: int) -> None:
        """List them; `names`: of the themes, by the ids of the items."""
        super().__init__("Colours", items, at=at)
        self._names = names

    @on(RecordTable.Highlighted)
    @work(group="look", exclusive=True)
    async def look(self) -> None:
        """Put on what stands under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            await self.app.wear_theme(self._names[row.id])
