"""The money of the progress report: received, passed on, late, earned and at risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days, earning, timeline
from ka2tui.domain.kinds import PaymentKind, Precision
from ka2tui.domain.money import say_amount
from ka2tui.domain.payments import PaymentState
from ka2tui.reports.document import Block, Cell, Heading, Paragraph, Row, Table, Toned
from ka2tui.reports.progress_words import beyond, make_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.queries.payments import PaymentRow
    from ka2tui.queries.progress import Progress
    from ka2tui.queries.progress_money import MoneyProgress
    from ka2tui.reports.behind import Cites
    from ka2tui.reports.wording import Wording


def build(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Tell of the money; nothing where it is not to be shown."""
    money = seen.money
    if money is None:
        return
    yield Heading(words("money.title"))
    if not money.parts and not money.payments:
        yield Paragraph(words("money.empty"), "quiet")
        return
    yield from _payments(seen, money, words, cites)
    if not money.parts:
        yield Paragraph(words("money.no_parts"), "quiet")
        return
    yield _earned(money, words, cites)
    yield Paragraph(earning.HOW, "quiet")


def _payments(
    seen: Progress, money: MoneyProgress, words: Wording, cites: Cites
) -> Iterator[Block]:
    if not money.payments:
        yield Paragraph(words("money.no_payments"), "quiet")
        return

    def said(kind: PaymentKind, name: str) -> Toned:
        return cites.cell(say_amount(money.sum_of(kind), money.currency), f"money.{name}")

    received = said(PaymentKind.FROM_AGENCY, "paid_in")
    passed = said(PaymentKind.TO_PARTNER, "paid_out")
    whole = money.earnings.grant
    grant = "" if whole is None else say_amount(whole, money.currency)
    key = "money.received" if grant else "money.received_only"
    yield words.cited(key, received=received, passed=passed, **({"grant": grant} if grant else {}))
    last = seen.ahead.period.last
    shown = [
        row
        for row in money.payments
        if seen.period.holds(row.paid_on)
        or (row.state is not PaymentState.PAID and row.due is not None and row.due <= last)
    ]
    if not shown:
        yield Paragraph(words("money.no_moves"), "quiet")
        return
    yield make_table(
        words,
        words("money.payments"),
        (
            *(("payment", "text"), ("partner", "code"), ("amount", "number"), ("due", "date")),
            *(("state", "text"), ("condition", "text")),
        ),
        (_payment(line, seen, money.currency) for line in shown),
    )


def _payment(line: PaymentRow, seen: Progress, currency: str) -> tuple[Cell, ...]:
    due = ""
    if line.due is not None and line.due_month is not None and not beyond(line.due_month, seen):
        due = timeline.say_month(line.due_month)
    elif line.due is not None:
        monthly = line.precision is Precision.MONTH
        due = days.say_calendar_month(line.due) if monthly else days.say_brief(line.due)
    cents = line.came_cents if line.amount_cents is None else line.amount_cents
    # that it is late is a matter between the coordinator and the partner
    state = PaymentState.DUE if line.state is PaymentState.LATE else line.state
    paid = f"paid {days.say_brief(line.paid_on)}" if line.paid_on else state.word
    title = (
        line.title if line.kind is PaymentKind.TO_PARTNER else f"{line.title} ({line.kind.word})"
    )
    return (
        title,
        line.partner or "",
        say_amount(cents, currency),
        due,
        paid,
        "" if line.state is PaymentState.PAID else line.condition or "",
    )


def _earned(money: MoneyProgress, words: Wording, cites: Cites) -> Table:
    """Say of each part what of its money is earned, at risk, not started and still to do."""

    def say(cents: int) -> str:
        return say_amount(cents, money.currency)

    names = ("earned", "at_risk", "not_started", "to_do")
    table = make_table(
        words,
        words("money.earned"),
        (
            *(("code", "code"), ("title", "text"), ("money", "number"), ("earned", "number")),
            *(("at_risk", "number"), ("not_started", "number"), ("still_to_do", "number")),
        ),
        (
            (
                *(part.code, part.title, say(part.cents or 0)),
                *(
                    cites.cell(say(cents), f"money.{part.code}.{name}")
                    for name, cents in zip(names, part.parts, strict=True)
                ),
            )
            for part in money.parts
        ),
    )
    sums = [
        cites.cell(say(cents), f"money.{name}")
        for name, cents in zip(names, money.earnings.total, strict=True)
    ]
    whole = Row(("", words("money.whole"), say(money.earnings.total.whole), *sums), strong=True)
    return Table(table.caption, table.columns, (*table.rows, whole))
