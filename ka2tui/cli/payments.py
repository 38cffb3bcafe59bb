"""Payments on the command line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, money_lines, output, plan_verbs, register_verbs
from ka2tui.cli.deadlines import due_values, say_due
from ka2tui.cli.money_lines import money_or_none, read_money
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import options, read
from ka2tui.domain.kinds import PaymentKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.queries.payments import PaymentRow

_KINDS = click.Choice([kind.value for kind in PaymentKind])


@click.group()
def group() -> None:
    """Payments: pre-financing, instalments to partners, recoveries; planned and paid."""


@group.command("list")
@filters.options
@click.option("--partner", metavar="ID", help="Only those of one partner.")
@click.option("--open", "only_open", is_flag=True, help="Only what is not paid in full.")
@click.pass_obj
def list_(
    ctx: Context, words: tuple[str, ...], named: str | None, partner: str | None, *, only_open: bool
) -> None:
    """List the payments by when they are due."""
    from ka2tui.domain.payments import PaymentState
    from ka2tui.queries import payments

    every = ctx.ask(payments.listed, ctx.project, today=ctx.today)
    rows = money_lines.of_partner(ctx, every, partner)
    if only_open:
        rows = [row for row in rows if row.state is not PaymentState.PAID]
    table, empty = partial(_table, ctx), "No payments. Plan them with: ka2tui payment plan"
    filters.answer(ctx, "payment", rows, (words, named), plain=plain, table=table, empty=empty)


@group.command()
@click.argument("code", metavar="ID")
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one payment, with its proofs."""
    _show(ctx, ctx.id("payment", code), "")


_fields = options(
    click.option("--partner", metavar="ID", help="Who pays or is paid, of payments with partners."),
    click.option("--due", metavar="DATE", help="A day or a project month: 1.12.2026, M18."),
    click.option("--amount", metavar="MONEY", help="What is planned: 12500 or 12 500.50."),
    click.option("--paid-on", metavar="DATE", help="When it was paid."),
    click.option("--paid", metavar="MONEY", help="What was paid."),
    click.option("--condition", help="What it waits for."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("title")
@click.option("--kind", type=_KINDS, help="Who pays whom; with --partner: to the partner.")
@_fields
@click.pass_obj
def add(ctx: Context, /, title: str, kind: str | None, **said: str | None) -> None:
    """Add a payment."""
    from ka2tui.operations import payments

    usual = PaymentKind.TO_PARTNER if said["partner"] else PaymentKind.FROM_AGENCY
    chosen = PaymentKind(kind) if kind else usual
    outcome = ctx.do(payments.add, ctx.project, chosen, title, values=_values(ctx, said))
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@click.argument("code", metavar="ID")
@click.option("--title", help="Another title.")
@click.option("--kind", type=_KINDS, help="Who pays whom.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, code: str, title: str | None, kind: str | None, **said: Any) -> None:
    """Change a payment; an empty value clears a field."""
    from ka2tui.operations import payments

    values = _values(ctx, said)
    if title is not None:
        values["title"] = title
    if kind is not None:
        values["kind"] = PaymentKind(kind)
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    found = ctx.id("payment", code)
    _NOUN.answer(ctx, [found], ctx.do(payments.edit, found, values).label)


@group.command()
@click.argument("codes", metavar="ID...", nargs=-1, required=True)
@click.option("--on", "day", metavar="DATE", help="When it was paid; without it today.")
@click.option("--amount", metavar="MONEY", help="The part paid; without it all that was left.")
@click.pass_obj
def pay(ctx: Context, codes: tuple[str, ...], day: str | None, amount: str | None) -> None:
    """Note that payments were made; what is paid in parts adds up."""
    from ka2tui.operations import payments

    on = register_verbs.day_or_today(ctx, day)
    ids = ctx.ids("payment", codes)
    cents = None if amount is None else read_money(amount)
    _NOUN.answer(ctx, ids, ctx.do(payments.pay, ids, on=on, cents=cents).label)


@group.command()
@click.argument("codes", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def unpay(ctx: Context, codes: tuple[str, ...]) -> None:
    """Note that payments were not made after all."""
    from ka2tui.operations import payments

    ids = ctx.ids("payment", codes)
    _NOUN.answer(ctx, ids, ctx.do(payments.unpay, ids).label)


@group.command()
@click.argument("parts", metavar="[PARTS]", required=False)
@click.option("--to", "partners", metavar="PARTNER", multiple=True, help="Only these partners.")
@click.option("--from-agency", is_flag=True, help="The payments of the agency, of the grant.")
@click.option("--due", "dues", metavar="DATE", multiple=True, help="When each part is due: M3.")
@click.option("--title", "titles", multiple=True, help="What each part is called.")
@click.pass_obj
def plan(
    ctx: Context,
    parts: str | None,
    partners: tuple[str, ...],
    *,
    from_agency: bool,
    dues: tuple[str, ...],
    titles: tuple[str, ...],
) -> None:
    """Plan instalments by percentage, such as 40/40/20; without PARTS, list the usual ones.

    Partners get parts of their shares; with --from-agency it is the grant that comes in parts.
    What is usual is no rule: the percentages of your agreement count.
    """
    from ka2tui.domain import payments as rules
    from ka2tui.operations import payments
    from ka2tui.queries import payments as asked

    known = rules.plans(ctx.settings.data)
    if parts is None:
        rows = [(it.id, "/".join(rules.say_parts(it.percents)), it.name, it.note) for it in known]
        ctx.answer(
            [
                {
                    "id": it.id,
                    "name": it.name,
                    "percents": rules.say_parts(it.percents),
                    "confirmed": it.confirmed,
                    "note": it.note,
                }
                for it in known
            ],
            lambda: output.table(("id", "parts", "name", ""), rows),
        )
        return
    percents = read(rules.read_percents, parts)
    kind = PaymentKind.FROM_AGENCY if from_agency else PaymentKind.TO_PARTNER
    same = next((it for it in known if it.percents == percents), None)
    names = titles or (same.titles(kind) if same is not None else ())
    accounts = ctx.ask(asked.accounts, ctx.project, today=ctx.today)
    wholes: dict[int | None, int]
    if from_agency:
        if partners:
            raise click.UsageError("Either --from-agency or --to: partners get their shares.")
        wholes = {None: accounts.grant or 0}
    else:
        wanted = {*ctx.ids("partner", partners)}
        wholes = {
            row.id: row.account.share
            for row in accounts.rows
            if (row.id in wanted if wanted else not row.coordinator and row.account.share)
        }
    days = [plan_verbs.read_due(ctx, each, within=False) if each else None for each in dues]
    outcome = ctx.do(payments.plan, ctx.project, kind, wholes, percents, titles=names, dues=days)
    rows_ = ctx.ask(asked.some, outcome.value, today=ctx.today)
    ctx.answer(
        [plain(row) for row in rows_],
        lambda: f"{outcome.label} ({rules.CHECK})\n{_table(ctx, rows_)}",
    )


def _values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Give the fields that options speak of."""
    values: dict[str, Any] = {}
    for option, text in said.items():
        if text is None:
            continue
        if option == "due":
            values |= due_values(ctx, text, within=False)
        elif option == "partner":
            values["partner_id"] = ctx.id("partner", text) if text else None
        elif option in ("amount", "paid"):
            values[f"{option}_cents"] = money_or_none(text)
        elif option == "paid_on":
            values["paid_on"] = ctx.day(text).day if text else None
        else:
            values[option] = text or None
    return values


def plain(row: PaymentRow) -> dict[str, Any]:
    """Give a payment as programs read it."""
    return {
        "id": row.id,
        "kind": row.kind.value,
        "title": row.title,
        "partner": row.partner,
        "due": row.due,
        "due_month": row.due_month,
        "amount_cents": row.amount_cents,
        "paid_on": row.paid_on,
        "paid_cents": row.paid_cents,
        "left_cents": row.left_cents,
        "state": row.state.value,
        "condition": row.condition,
        "proofs": row.proofs,
        "notes": row.notes,
    }


def _show(ctx: Context, payment: int, label: str) -> None:
    from ka2tui.domain.money import say_amount
    from ka2tui.queries import payments

    found = ctx.ask(payments.one, payment, today=ctx.today)
    row = found.row
    value = {**plain(row), "currency": found.currency, "proof_titles": list(found.proofs)}

    def amount(cents: int | None) -> str | None:
        return None if cents is None else say_amount(cents, found.currency)

    lines = [
        ("id", row.id),
        ("title", row.title),
        ("what", row.kind.word),
        ("partner", row.partner),
        ("state", row.state.word),
        ("due", say_due(ctx, row)),
        ("amount", amount(row.amount_cents)),
        ("paid on", row.paid_on),
        ("paid", amount(row.paid_cents)),
        ("left", amount(row.left_cents) if row.left_cents else None),
        ("condition", row.condition),
        ("proof", ", ".join(found.proofs)),
        ("notes", row.notes),
    ]
    ctx.answer(value, lambda: "\n".join(filter(None, [label, output.facts(lines)])))


def _table(ctx: Context, rows: Sequence[PaymentRow]) -> str:
    titles = ("id", "payment", "partner", "due", "amount", "paid", "state", "what", "condition")
    return money_lines.table(
        ctx,
        titles,
        rows,
        lambda row, amount: (
            *(row.id, row.title, row.partner, say_due(ctx, row), amount(row.amount_cents)),
            *(amount(row.paid_cents), row.state.word, row.kind.word, row.condition),
        ),
    )


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import payments as operations
    from ka2tui.queries import payments as queries

    return queries, operations


_NOUN = Noun("payment", plain, _floors)
_NOUN.give_remove(group, "Remove payments.")
