"""Indicators: how far each has come, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import indicator_verbs as verbs
from ka2tui.tui.pages import indicator_words as words
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ka2tui.queries import indicators as views
    from ka2tui.queries.indicators import IndicatorRow
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    views = lazily("ka2tui.queries.indicators")


class IndicatorsPage(EntriesPage):
    """The indicators, with all that was measured of the one under the cursor at the side."""

    SHOWS = frozenset(
        {"indicator", "measurement", "work_unit", "partner", "project", "proof", "proof_use"}
    )
    MODE = "indicators"
    LIST = "indicator"
    RECORD = "indicator"
    FIGURES = ("indicator",)
    NAME = "Indicators"
    NOTHING = "Indicator"
    WORD = "indicator"
    EMPTY = "No indicators yet. Press n to add the first."
    NEED_ROWS = frozenset({"measure", "measurements", "edit", "remove"})
    HELP = (
        "The numbers by which the project says what it changed. m keeps what was measured, in a "
        "line: value, day, where it comes from. The bar is the way from baseline to target, its "
        "mark the time that has passed."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "measure", "measure", id="indicator.measure",
                tooltip="Keep what was measured: 62 % 12 Nov questionnaire"),
        Binding("n", "add", "new", id="indicator.add", tooltip="Add an indicator"),
        Binding("e", "edit", "edit", id="indicator.edit", tooltip="Edit this indicator"),
        Binding("M", "measurements", "measurements", id="indicator.measurements",
                tooltip="Change or remove one of its measurements"),
        Binding("x,delete", "remove", "remove", key_display="x", id="indicator.remove",
                tooltip="Remove it with all that was measured; u brings it back"),
        *back_to_list("indicator.close"),
    ]  # fmt: skip

    def columns(self, rows: Sequence[IndicatorRow]) -> list[Column]:
        """Give each column the room that these indicators need."""
        code = plain.longest([row.code or "" for row in rows], 4, 8)
        title = plain.longest([row.title for row in rows], most=60)
        now = plain.longest([words.bare_now(row) for row in rows], 8, 22)
        counted = plain.longest([row.unit or "" for row in rows], 4, 12)
        unit = plain.longest([row.work_unit or "" for row in rows], 2, 6)
        lead = plain.longest([row.lead or "" for row in rows], 4, 12)
        return [
            Column("", 1, importance=9),
            Column("Code", code, importance=7),
            Column("Indicator", 16, share=1, wish=title, importance=9),
            Column("Now", now, importance=9),
            Column("Unit", counted, importance=4),
            Column("Way", 10, importance=8),
            Column("", 6, align="right", importance=8),
            Column("Trend", 8, importance=4),
            Column("Measured", 15, align="right", importance=4),
            Column("Due", 12, align="right", importance=3),
            Column("Term", 5, importance=2),
            Column("WP", unit, importance=3),
            Column("Lead", lead, importance=2),
        ]

    def cells(self, row: IndicatorRow) -> Sequence[Cell]:
        """Give what stands in a row."""
        return words.cells(row, self.app.today)

    async def load(self) -> Sequence[IndicatorRow]:
        """Read the indicators."""
        return await self.app.ask(views.listed, self.project, today=self.app.today)

    async def about(self, key: int) -> tuple[Iterable[Item], str]:
        """Read what is known of an indicator."""
        found = await self.app.ask(views.one, key, today=self.app.today)
        room = max(self.details.size.width - 2, 24)
        return words.about(found, self.app.today, room), found.row.called

    @work
    async def action_measure(self) -> None:
        """Keep what was measured."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.measure(self.app, row)

    @work
    async def action_measurements(self) -> None:
        """Change or remove a measurement."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.measurements(self.app, row)

    @work
    async def action_add(self) -> None:
        """Add an indicator, and stand on it."""
        self.want(await verbs.add(self.app, self.project))

    @work
    async def action_edit(self) -> None:
        """Edit the indicator under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            await verbs.edit(self.app, self.project, key)

    @work
    async def action_remove(self) -> None:
        """Remove the chosen indicators."""
        self.let_go(await verbs.remove(self.app, self.chosen()))
