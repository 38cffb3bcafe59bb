"""What is earned, at risk and not started of each work package: an own reckoning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from ka2tui.domain.earning import HOW
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages.money_views import MoneyView
from ka2tui.tui.widgets.details import Details, Fact, Parts, Private, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.queries import money as views
    from ka2tui.queries.money import EarningRow, Earnings, Setting
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    views = lazily("ka2tui.queries.money")


class EarningsPage(MoneyView):
    """Money and completion beside each other."""

    MODE = "earnings"
    RECORD = "work_unit"
    SHOWS = frozenset(
        {"work_unit", "task", "deliverable", "milestone", "share", "project", "cost", "partner"}
    )
    NAME = "Earned and at risk"
    HELP = HOW

    DEFAULT_CSS = """
    EarningsPage RecordTable { height: 1fr; }
    EarningsPage Details { height: 10; }
    EarningsPage.-low Details { height: 8; }
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._seen: Earnings | None = None

    def content(self) -> Iterable[Widget]:
        """Give the work packages, and below them why, and what all come to."""
        self.table: RecordTable[EarningRow] = RecordTable(
            self._columns(()),
            self._cells,
            tone=lambda row: "" if row.counts else "quiet",
            title="Earned and at risk",
            empty="No work packages yet. Press 7 to go to the work plan and add one.",
        )
        self.details = Details("How it was reckoned")
        yield self.table
        yield self.details

    def _columns(self, rows: Sequence[EarningRow]) -> list[Column]:
        wide = plain.longest([self._amount(row.cents) for row in rows], 8, 16)
        code = plain.longest([self._called(row) for row in rows], 9, 40)

        def money(title: str, importance: int) -> Column:
            return Column(title, max(wide, len(title)), align="right", importance=importance,
                          private=True)  # fmt: skip

        return [
            Column("Work package", 9, share=1, wish=code, importance=9),
            Column("Done", 5, align="right", importance=8),
            Column("Time", 5, align="right", importance=4),
            money("Amount", 7),
            money("Earned", 9),
            money("At risk", 9),
            money("Not started", 6),
            money("To do", 6),
        ]

    @staticmethod
    def _called(row: EarningRow) -> str:
        return f"{'' if row.counts else '  '}{row.code} {row.title}"

    def _amount(self, cents: int | None) -> str:
        from ka2tui.domain.money import say_amount

        return say_amount(cents, "").strip() if cents else ""

    def _cells(self, row: EarningRow) -> Sequence[Cell]:
        parts = row.parts
        return (
            self._called(row),
            "" if row.done is None else f"{row.done} %",
            ("" if row.elapsed is None else f"{row.elapsed} %", "quiet"),
            self._amount(row.cents),
            (self._amount(parts.earned), "good"),
            (self._amount(parts.at_risk), "late"),
            (self._amount(parts.not_started), "quiet"),
            self._amount(parts.to_do),
        )

    async def load(self) -> tuple[Setting, Earnings]:
        """Read what is earned."""
        seen = await self.app.ask(views.earnings, self.project, today=self.app.today)
        return await self.read_setting(), seen

    def show(self, seen: tuple[Setting, Earnings]) -> None:
        """Show it."""
        setting, self._seen = seen
        self.set_setting(setting)
        self.table.set_columns(self._columns(self._seen.rows))
        self.table.set_rows(self._seen.rows)
        self._tell()
        self.refresh_bindings()

    @on(RecordTable.Highlighted)
    def _tell(self) -> None:
        """Say why the money of the row counts as it does, and what all comes to."""
        from ka2tui.domain.money import say_amount

        row, seen = self.table.cursor_row, self._seen
        if seen is None:
            return
        total = seen.total
        parts = (
            (total.earned, "earned"),
            (total.at_risk, "at risk"),
            (total.not_started, "not started"),
            (total.to_do, "to do"),
        )
        said = [f"{say_amount(cents, seen.currency)} {word}" for cents, word in parts]
        whole = say_amount(total.whole, seen.currency)
        why: list[Item] = [Fact(row.code, row.why)] if row is not None else []
        every = Private([Parts([f"All {whole}", *said])])
        self.details.show([*why, every, Words(HOW, "quiet")], top=True)

    @on(RecordTable.Opened)
    def _open(self, event: RecordTable.Opened) -> None:
        """Go to its place in the work plan."""
        from ka2tui.domain.kinds import PlanKind
        from ka2tui.domain.work_plan import plan_key

        self.app.open_record("work_plan", plan_key(PlanKind.WORK_PACKAGE, event.key))
