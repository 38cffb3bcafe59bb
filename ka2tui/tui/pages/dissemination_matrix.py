"""What is done against what is planned, partners by project months."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page
from ka2tui.tui.widgets.details import Details, Fact, Head, Line, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.domain.dissemination import Cell as Counted
    from ka2tui.domain.dissemination import MatrixRow, Sorts
    from ka2tui.queries import dissemination as views
    from ka2tui.queries.dissemination import Plan
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    views = lazily("ka2tui.queries.dissemination")

_TOTAL = -1
"""The key of the last row: all partners."""


class MatrixPage(Page):
    """One row a partner, one column a month: done of all that there is to do in it."""

    SHOWS = frozenset({"dissemination", "partner", "project"})
    NAME = "Done against plan"
    FIGURES = ("dissemination",)
    HELP = (
        "2/3 is two done of three, done and planned together; what was dropped counts nowhere. "
        "Where there is no room for all months, those around today stand. Reach is added up: it "
        "is never people counted once."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "show these", id="matrix.open",
                tooltip="Show the entries of this partner in the list"),
        Binding("q,escape", "leave", "back", key_display="q", id="matrix.leave",
                tooltip="Back to the list"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    MatrixPage RecordTable { height: 1fr; }
    MatrixPage Details { height: 12; }
    MatrixPage.-low Details { height: 7; }
    """

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give all partners."""
        return self.app.project, ("partner", None)

    def content(self) -> Iterable[Widget]:
        """Give the matrix, and below it what the partner under the cursor reached."""
        self.plan: Plan | None = None
        self._sorts: Sorts | None = None
        self.table: RecordTable[MatrixRow] = RecordTable(
            self._columns(),
            self._cells,
            title=self.NAME,
            hint="done/all",
            empty="No dissemination yet. q goes back, p plans ahead there.",
        )
        self.details = Details("Reach")
        self.details.can_focus = False
        yield self.table
        yield self.details

    @property
    def _now(self) -> int:
        """The project month of today."""
        from ka2tui.domain.timeline import month_of

        start = self.plan.start if self.plan else None
        return 1 if start is None else max(month_of(start, self.app.today), 1)

    def _columns(self) -> list[Column]:
        """Give each month a column; the nearer to today, the longer it stays."""
        rows = self._rows()
        who = plain.longest([row.partner or "nobody" for row in rows], 7, 14)
        done = plain.longest([row.total.said for row in rows], 5, 14)
        reach = plain.longest([plain.number(row.reach) for row in rows], 5, 17)
        columns = [
            Column("Partner", who, importance=99),
            Column("Done", done, align="right", importance=98),
            Column("Reach", reach, align="right", importance=97),
        ]
        used = {month: cell.said for row in rows for month, cell in row.months.items()}
        if 0 in used:
            columns.append(Column("<M1", 5, align="right", importance=5))
        for month in range(1, (self.plan.months if self.plan else 0) + 1):
            wide = max(len(f"M{month}"), *(len(row.months[month].said) for row in rows
                                           if month in row.months), 3)  # fmt: skip
            near = max(90 - abs(month - self._now), 6)
            columns.append(Column(f"M{month}", wide, align="right", importance=near))
        if any(row.undated.all for row in rows):
            columns.append(Column("no day", 6, align="right", importance=8))
        return columns

    def _rows(self) -> list[MatrixRow]:
        """Give the partners, and all of them together last."""
        from dataclasses import replace

        if self.plan is None or not self.plan.total.total.all:
            return []
        return [*self.plan.rows, replace(self.plan.total, id=_TOTAL, partner="all")]

    def _cells(self, row: MatrixRow) -> Sequence[Cell]:
        months = self.plan.months if self.plan else 0
        before = any(0 in each.months for each in self._rows())
        undated = any(each.undated.all for each in self._rows())
        shown = [*([0] if before else []), *range(1, months + 1)]
        whole = row.id == _TOTAL
        cells: list[Cell] = [
            (row.partner or "nobody", "strong" if whole else ""),
            (row.total.said, "strong" if whole else ""),
            (plain.number(row.reach) if row.reach else "", "strong" if whole else ""),
        ]
        cells += [self._cell(row.months.get(month), month) for month in shown]
        if undated:
            cells.append(self._cell(row.undated, None))
        return cells

    def _cell(self, cell: Counted | None, month: int | None) -> Cell:
        """Write what is done of all; behind where its month is over and something is planned."""
        if cell is None or not cell.all:
            return ""
        over = month is not None and month < self._now
        tone: Tone = "good" if not cell.planned else "late" if over else ""
        return (cell.said, tone)

    async def load(self) -> Plan:
        """Read what is done and planned, and what the kinds are called."""
        from ka2tui.domain import dissemination as rules

        self._sorts = await asyncio.to_thread(rules.load_safely, self.app.settings.data)
        return await self.app.ask(views.plan, self.project)

    def show(self, seen: Plan) -> None:
        """Show the matrix."""
        self.plan = seen
        self.table.set_columns(self._columns())
        self.table.set_rows(self._rows())
        self.show_about()
        self.refresh_bindings()

    def on_record_table_highlighted(self) -> None:
        """Tell of the partner under the cursor."""
        self.show_about()

    def show_about(self) -> None:
        """Say what a partner did and reached, by kind."""
        from ka2tui.domain.dissemination import NOT_PEOPLE

        row = self.table.cursor_row
        if row is None or self._sorts is None:
            self.details.show([], title="Reach")
            return
        known = self._sorts
        names = [known.title(sort) or "no kind" for sort, _, _ in row.by_sort]
        room = plain.longest(names, 4, 28)
        items: list[Item] = [
            Fact("Done", f"{row.total.said or 'nothing planned'}"),
            Fact("Reach", plain.number(row.reach)),
            Words(NOT_PEOPLE, "quiet"),
            Head("By kind"),
        ]
        for name, (_, cell, reach) in zip(names, row.by_sort, strict=True):
            said = f"  reach {plain.number(reach)}" if reach else ""
            items.append(Line([f"{plain.pad(name, room)}  {cell.said}", (said, "quiet")]))
        self.details.show(items, title=row.partner or "nobody", top=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the list where there is a row."""
        if action == "open" and not self.table.count:
            return False
        return super().check_action(action, parameters)

    def on_record_table_opened(self) -> None:
        """Show the entries of the partner under the cursor."""
        self.action_open()

    def action_open(self) -> None:
        """Go back to the list, narrowed to this partner."""
        row = self.table.cursor_row
        if row is None:
            return
        words = ""
        if row.id != _TOTAL:
            said = row.partner or "none"
            words = f'partner:"{said}"' if " " in said else f"partner:{said}"
        self.app.wanted_words["dissemination"] = words
        self.app.pop_screen()

    def action_leave(self) -> None:
        """Go back to the list."""
        self.app.pop_screen()
