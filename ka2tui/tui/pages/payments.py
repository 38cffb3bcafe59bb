"""Payments: what is due, late and paid; each with its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.domain.payments import CHECK, PaymentState
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages.money_list import MoneyList
from ka2tui.tui.widgets.details import Fact, Head, Line, Private, Words
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ka2tui.operations import payments
    from ka2tui.queries import payments as views
    from ka2tui.queries.payments import PaymentDetails, PaymentRow
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    payments = lazily("ka2tui.operations.payments")
    views = lazily("ka2tui.queries.payments")

SIGNS: dict[PaymentState, tuple[str, Tone]] = {
    PaymentState.PAID: (plain.DONE, "done"),
    PaymentState.PART: (plain.DOING, "soon"),
    PaymentState.LATE: (plain.WARNING, "late"),
    PaymentState.DUE: (plain.DOING, "soon"),
    PaymentState.PLANNED: ("·", "quiet"),
    PaymentState.UNDATED: ("·", "quiet"),
}
"""How each state looks."""


class PaymentsPage(MoneyList):
    """The payments, with all that is known of the one under the cursor at the side."""

    MODE = "payments"
    LIST = "payment"
    RECORD = "payment"
    SHOWS = frozenset({"payment", "partner", "project", "proof", "proof_use", "cost"})
    NAME = "Payments"
    NOTHING = "Payment"
    WORD = "payment"
    EMPTY = "No payments yet. Press i to plan instalments, n to add one."
    HELP = (
        "Pre-financing from the agency, instalments to partners, and what comes back. p notes that "
        "it was paid, i plans instalments by percentage. What is usual is no rule: check your "
        "agreement."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pay", "paid", id="payment.pay",
                tooltip="Note that it was paid: when, and how much"),
        Binding("o", "unpay", "not paid", show=False, id="payment.unpay",
                tooltip="Take back that it was paid"),
        Binding("i", "plan", "plan instalments", id="payment.plan",
                tooltip="Plan payments by percentage: 40/40/20 or as your agreement says"),
    ]  # fmt: skip

    def columns(self, rows: Sequence[PaymentRow]) -> list[Column]:
        """Give each column the room that these payments need."""
        who = plain.longest([self._who(row) for row in rows], 7, 16)
        title = plain.longest([row.title for row in rows], most=40)
        due = plain.longest([self._due(row) for row in rows], 6, 18)
        amount = plain.longest([self.amount(row.amount_cents) for row in rows], 7, 18)
        paid = plain.longest([self.amount(row.paid_cents) for row in rows], 4, 18)
        return [
            Column("", 1, importance=9),
            Column("With", who, importance=8),
            Column("Payment", 10, share=1, wish=title, importance=7),
            Column("Due", due, align="right", importance=9),
            Column("Amount", amount, align="right", importance=9, private=True),
            Column("Paid", paid, align="right", importance=4, private=True),
            Column("On", 9, align="right", importance=4),
            Column("Proof", 5, align="right", importance=3),
        ]

    def _who(self, row: PaymentRow) -> str:
        arrow = "←" if row.kind.value.startswith("from") else "→"
        return f"{arrow} {row.partner or 'agency'}"

    def _due(self, row: PaymentRow) -> str:
        from ka2tui.domain.due import Due, say_due

        due = Due(row.due, row.due_month, row.precision)
        return say_due(due, self.app.today, over=row.state is PaymentState.PAID)

    def cells(self, row: PaymentRow) -> Sequence[Cell]:
        """Give what stands in a row."""
        from ka2tui.domain.days import say_brief

        sign, tone = SIGNS[row.state]
        return (
            (sign, tone),
            self._who(row),
            row.title,
            (self._due(row), tone if row.state is not PaymentState.PAID else "quiet"),
            self.amount(row.amount_cents),
            (self.amount(row.paid_cents), "good"),
            (say_brief(row.paid_on).rsplit(" ", 1)[0] if row.paid_on else "", "quiet"),
            (str(row.proofs or ""), "quiet"),
        )

    def sums(self) -> str:
        """Say what is late and what is still to be paid."""
        late = sum(row.left_cents for row in self.every if row.state is PaymentState.LATE)
        left = sum(row.left_cents for row in self.every)
        parts = [f"{self.amount(late)} late" if late else "", f"{self.amount(left)} open"]
        return plain.join(parts if left else [])

    def figures_about(self) -> tuple[str, int | None] | None:
        """Give the partner of the payment under the cursor."""
        row = self.table.cursor_row
        return None if row is None or row.partner_id is None else ("partner", row.partner_id)

    # -- reading --------------------------------------------------------------------------------

    async def read_rows(self) -> Sequence[PaymentRow]:
        """Read the payments."""
        return await self.app.ask(views.listed, self.project, today=self.app.today)

    async def about(self, key: int) -> tuple[Iterable[Item], str]:
        """Read all that is known of a payment."""
        found = await self.app.ask(views.one, key, today=self.app.today)
        return self._items(found), found.row.title

    def _items(self, found: PaymentDetails) -> Iterator[Item]:
        from ka2tui.domain.days import say_brief

        row = found.row
        sign, tone = SIGNS[row.state]
        yield Line([(f"{sign} {row.state.word}", tone), (f"  {row.kind.word}", "quiet")])
        yield Fact("Partner", row.partner)
        late = row.state is PaymentState.LATE and row.due is not None
        yield Fact(
            "Due", plain.join([self._due(row), say_brief(row.due) if late and row.due else ""])
        )
        yield Fact("Paid on", say_brief(row.paid_on) if row.paid_on else None)
        yield Private(
            [
                Fact("Amount", self.amount(row.amount_cents)),
                Fact("Paid", self.amount(row.paid_cents)),
                Fact("Left", (self.amount(row.left_cents or None), tone)),
            ]
        )
        yield Fact("Condition", row.condition)
        yield Head("Proof", "" if found.proofs else "none attached")
        for title in found.proofs:
            yield Line([title])
        if row.notes:
            yield Private([Head("Notes"), Words(row.notes)])
        if row.state is not PaymentState.PAID:
            yield Words(f"Amounts and dates: {CHECK}.", "quiet")

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to pay where there is something to pay, and to take that back where it was."""
        if action in ("pay", "unpay") and not self.line.typing:
            rows = self.chosen() if self.is_mounted else []
            return any(action == "pay" or row.paid_on or row.paid_cents for row in rows)
        return super().check_action(action, parameters)

    async def add_one(self) -> int | None:
        """Add a payment."""
        from ka2tui.tui.pages import money_forms

        return await money_forms.add_payment(self.app, self.project)

    async def edit_one(self, row: PaymentRow) -> object:
        """Edit a payment."""
        from ka2tui.tui.pages import money_forms

        return await money_forms.edit_payment(self.app, self.project, row.id)

    def remover(self) -> Any:
        """Give the operation that removes payments."""
        return payments.remove

    @work
    async def action_pay(self) -> None:
        """Note that the chosen payments were made."""
        from ka2tui.tui.pages import money_forms

        rows = self.chosen()
        if rows:
            self.let_go(await money_forms.pay(self.app, rows, self.currency))

    @work
    async def action_unpay(self) -> None:
        """Take back that the chosen payments were made."""
        await self.act(self.table, payments.unpay)

    @work
    async def action_plan(self) -> None:
        """Plan instalments by percentage."""
        from ka2tui.tui.pages import money_forms

        made = await money_forms.plan_payments(self.app, self.project)
        if made:
            self.want(made[0])
