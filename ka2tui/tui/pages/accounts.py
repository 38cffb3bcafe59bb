"""The partners' accounts: share, instalments, what each has, what is late and left to pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages.money_views import MoneyView
from ka2tui.tui.widgets.details import Details, Fact, Private
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.queries import payments as views
    from ka2tui.queries.money import Setting
    from ka2tui.queries.payments import AccountRow, Accounts
    from ka2tui.tui.plain import Cell, Tone
else:
    views = lazily("ka2tui.queries.payments")


class AccountsPage(MoneyView):
    """What each partner is to get, and how far that is."""

    MODE = "accounts"
    RECORD = "partner"
    SHOWS = frozenset({"payment", "share", "work_unit", "partner", "project", "cost"})
    NAME = "Partners"
    HELP = (
        "The share of each partner, its instalments, what it has, and what is left to pay. What "
        "came back is taken off. The coordinator keeps its share and pays the others."
    )

    DEFAULT_CSS = """
    AccountsPage RecordTable { height: 1fr; }
    AccountsPage Details { height: 9; }
    AccountsPage.-low Details { height: 7; }
    """

    def content(self) -> Iterable[Widget]:
        """Give the accounts, and below them that with the agency."""
        self.table: RecordTable[AccountRow] = RecordTable(
            self._columns(()),
            self._cells,
            tone=lambda row: "quiet" if row.left_on is not None else "",
            title="Partners",
            empty="No partners yet. Press 6 to go to the partners and add one.",
        )
        self.details = Details("With the agency")
        self.details.can_focus = False
        yield self.table
        yield self.details

    def _columns(self, rows: Sequence[AccountRow]) -> list[Column]:
        amounts = [it for row in rows for it in (row.account.share, row.account.planned)]
        wide = plain.longest([self._amount(it) for it in amounts], 13, 18)

        def money(title: str, importance: int) -> Column:
            return Column(title, wide, align="right", importance=importance, private=True)

        return [
            Column("", 1, importance=9),
            Column("Partner", 12, share=1, importance=9),
            money("Share", 8),
            money("Instalments", 5),
            money("Has", 8),
            money("Late", 7),
            money("Left to pay", 9),
        ]

    def _amount(self, cents: int) -> str:
        from ka2tui.domain.money import say_amount

        return say_amount(cents, self.currency)

    def _cells(self, row: AccountRow) -> Sequence[Cell]:
        account = row.account
        uneven = account.planned > 0 and account.unplanned != 0 and not row.coordinator
        over = account.left < 0
        left: Cell = (self._amount(account.left), "late" if over else "")
        if row.coordinator:
            left = ("keeps its own", "quiet")
        return (
            (plain.WARNING if account.late or over else "", "late"),
            row.called,
            self._amount(account.share),
            (self._amount(account.planned), "soon" if uneven else ""),
            (self._amount(account.has), "good"),
            (self._amount(account.late) if account.late else "", "late"),
            left,
        )

    async def load(self) -> tuple[Setting, Accounts]:
        """Read the accounts."""
        seen = await self.app.ask(views.accounts, self.project, today=self.app.today)
        return await self.read_setting(), seen

    def show(self, seen: tuple[Setting, Accounts]) -> None:
        """Show the accounts, and what came from the agency."""
        setting, found = seen
        self.set_setting(setting)
        self.table.set_columns(self._columns(found.rows))
        self.table.set_rows(found.rows)
        said = self._amount
        came = [f"{said(found.paid_in)} came", f"of {said(found.planned_in)} planned"]
        if found.late_in:
            came.append(f"{said(found.late_in)} late")
        if found.returned:
            came.append(f"{said(found.returned)} went back")
        hand: Tone = "late" if found.in_hand < 0 else "good"
        lines = [
            Fact("Grant", said(found.grant) if found.grant is not None else "not known"),
            Fact("From agency", (plain.join(came), "late" if found.late_in else "")),
            Fact("Passed on", said(found.paid_out)),
            Fact("In hand", (said(found.in_hand), hand)),
            Fact("Left to pay", said(found.left_out)),
        ]
        self.details.show([Private(lines)], top=True)
        self.refresh_bindings()

    def on_record_table_opened(self, event: RecordTable.Opened) -> None:
        """Go to the partner."""
        self.app.open_record("partners", event.key)
