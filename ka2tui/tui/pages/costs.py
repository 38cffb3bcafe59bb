"""Costs: days and money planned and used, by partner, heading and quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages.money_list import MoneyList
from ka2tui.tui.widgets.details import Fact, Head, Line, Private, Words
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ka2tui.operations import costs
    from ka2tui.queries import costs as views
    from ka2tui.queries.costs import CostRow, Costs, CostSum
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    costs = lazily("ka2tui.operations.costs")
    views = lazily("ka2tui.queries.costs")


class CostsPage(MoneyList):
    """The costs, with their sums by partner, heading and quarter at the side."""

    MODE = "costs"
    LIST = "cost"
    RECORD = "cost"
    SHOWS = frozenset({"cost", "partner", "work_unit", "meeting", "project"})
    NAME = "Costs"
    NOTHING = "Cost"
    WORD = "cost"
    EMPTY = "No costs yet. Press n to add days or money that a partner plans."
    HELP = (
        "What partners plan and use of each budget heading, quarter by quarter: days times rate, "
        "or an amount. More used than planned is marked. Beside the line stand the sums of its "
        "partner, heading and quarter."
    )

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._costs: Costs | None = None

    def columns(self, rows: Sequence[CostRow]) -> list[Column]:
        """Give each column the room that these costs need."""
        who = plain.longest([row.partner or "" for row in rows], 7, 14)
        where = plain.longest([row.work_unit or "" for row in rows], 2, 10)
        planned = plain.longest([self.amount(row.planned) for row in rows], 7, 18)
        used = plain.longest([self.amount(row.used) for row in rows], 4, 18)
        called = plain.longest([row.called for row in rows], most=40)
        return [
            Column("", 1, importance=9),
            Column("Quarter", 13, importance=7),
            Column("Partner", who, importance=8),
            Column("In", where, importance=5),
            Column("Cost", 10, share=1, wish=called, importance=6),
            Column("Days", 6, align="right", importance=4),
            Column("Used", 6, align="right", importance=4),
            Column("Planned", planned, align="right", importance=9, private=True),
            Column("Used", used, align="right", importance=9, private=True),
        ]

    def cells(self, row: CostRow) -> Sequence[Cell]:
        """Give what stands in a row."""
        from ka2tui.domain.costs import say_days, say_quarter

        tone: Tone = "late" if row.exceeds else ""
        return (
            (plain.WARNING if row.exceeds else "", "late"),
            (say_quarter(row.quarter), "quiet"),
            row.partner or "",
            row.work_unit or "",
            row.called,
            say_days(row.planned_hundredths),
            (say_days(row.used_hundredths), "late" if row.days.exceeds else ""),
            self.amount(row.planned),
            (self.amount(row.used), tone),
        )

    def sums(self) -> str:
        """Say what all costs come to."""
        if self._costs is None or not self.every:
            return ""
        money = self._costs.total.money
        return f"{self.amount(money.used)} used of {self.amount(money.planned)}"

    # -- reading --------------------------------------------------------------------------------

    async def read_rows(self) -> Sequence[CostRow]:
        """Read the costs, with their sums."""
        self._costs = await self.app.ask(views.summed, self.project)
        return self._costs.rows

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Give all that is known of a cost, and the sums it is in."""
        row = self.table.row_of(key)
        return None if row is None else (self._items(row), row.called)

    def _items(self, row: CostRow) -> Iterator[Item]:
        from ka2tui.domain.costs import say_days, say_exceeding, say_quarter
        from ka2tui.domain.rates import StaffCategory

        words = {it.value: it.word for it in StaffCategory}
        yield Line([row.kind.word, (f"  {say_quarter(row.quarter)}", "quiet")])
        for used, currency in ((row.money, self.currency), (row.days, None)):
            said = say_exceeding(used, currency)
            if said:
                line = Line([(f"{plain.WARNING} {said}", "late")])
                yield line if currency is None else Private([line])
        yield Fact("Partner", row.partner)
        yield Fact("Heading", row.work_unit)
        yield Fact("Staff", words.get(row.staff_category or "", row.staff_category))
        yield Fact("Days", f"{say_days(row.days.used)} of {say_days(row.days.planned)}"
                   if any(row.days) else None)  # fmt: skip
        yield Private(
            [
                Fact("A day", self.amount(row.rate_cents)),
                Fact("Planned", self.amount(row.planned)),
                Fact("Used", self.amount(row.used)),
            ]
        )
        yield Fact("Meeting", row.meeting)
        if row.notes:
            yield Private([Head("Notes"), Words(row.notes)])
        if self._costs is not None:
            yield Private([*self._all_sums(self._costs)])

    def _all_sums(self, seen: Costs) -> Iterator[Any]:
        for title, sums in (
            ("By partner", seen.by_partner),
            ("By heading", seen.by_heading),
            ("By quarter", seen.by_quarter),
        ):
            yield Head(title, "used of planned")
            for each in (*sums, seen.total):
                yield self._sum(each)

    def _sum(self, one: CostSum) -> Line:
        sign = plain.WARNING if one.exceeds else " "
        used, planned = self.amount(one.money.used), self.amount(one.money.planned)
        tone: Tone = "late" if one.exceeds else ""
        return Line([(f"{sign} ", "late"), one.said], (f"{used} of {planned}", tone))

    # -- verbs ----------------------------------------------------------------------------------

    async def add_one(self) -> int | None:
        """Add a cost."""
        from ka2tui.tui.pages import money_forms

        return await money_forms.cost(self.app, self.project, None)

    async def edit_one(self, row: CostRow) -> object:
        """Edit a cost."""
        from ka2tui.tui.pages import money_forms

        return await money_forms.cost(self.app, self.project, row)

    def remover(self) -> Any:
        """Give the operation that removes costs."""
        return costs.remove
