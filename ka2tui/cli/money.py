"""Money on the command line: the grant as a matrix, what is earned, costs, travel, tables out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output
from ka2tui.cli.money_lines import money_or_none
from ka2tui.cli.options import TABLES, into_file, kind_of, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.domain.costs import Used
    from ka2tui.domain.grant_matrix import Matrix, Spot
    from ka2tui.exchange.table_writer import Sheet
    from ka2tui.queries.costs import CostSum
    from ka2tui.queries.money import Earnings
    from ka2tui.queries.payments import Accounts

_TABLES = ("shares", "work_packages", "matrix", "payments", "costs", "travel")
_OWN = ("amount", "money")
"""What stands for the amount of the work package itself."""


@click.group()
def group() -> None:
    """Money: the grant divided, what is paid, earned and at risk, costs and travel."""


# --- the matrix -----------------------------------------------------------------------------------


@group.command()
@click.pass_obj
def matrix(ctx: Context) -> None:
    """Show the grant by work package and partner, with every sum and what is left over."""
    _answer_matrix(ctx, "")


@group.command("set")
@click.argument("code", metavar="ID")
@click.argument("amounts", metavar="PARTNER=MONEY...", nargs=-1, required=True)
@click.pass_obj
def set_(ctx: Context, code: str, amounts: tuple[str, ...]) -> None:
    """Write amounts of one work package: OU=12500 KO=8000; amount=20500 is its own, OU= clears."""
    from ka2tui.domain.grant_matrix import OWN
    from ka2tui.operations import money

    unit = ctx.id("work_unit", code)
    cells: dict[Spot, int | None] = {}
    for each in amounts:
        who, sign, said = each.rpartition("=")
        if not sign:
            raise click.UsageError(f"{each!r} names no amount: write it like OU=12500.")
        partner = OWN if who.strip().lower() in _OWN else ctx.id("partner", who)
        cells[unit, partner] = money_or_none(said)
    _answer_matrix(ctx, ctx.do(money.divide, ctx.project, cells).label)


@group.command()
@click.argument("code", metavar="ID")
@click.argument("parts", metavar="[PARTNER[=PERCENT]]...", nargs=-1)
@click.pass_obj
def split(ctx: Context, code: str, parts: tuple[str, ...]) -> None:
    """Split the money of a work package among partners: evenly, or by PERCENT, to the cent."""
    from ka2tui.domain.grant_matrix import by_percent, evenly, read_percent
    from ka2tui.domain.refusal import Refused
    from ka2tui.operations import money
    from ka2tui.queries import money as asked

    unit = ctx.id("work_unit", code)
    seen = ctx.ask(asked.matrix, ctx.project)
    whole = seen.whole(unit)
    if whole is None:
        raise Refused(f"{code} has no amount yet: enter it with money set {code} amount=…")
    if any("=" in part for part in parts):
        pairs = [part.rpartition("=") for part in parts]
        if not all(sign for _, sign, _ in pairs):
            raise click.UsageError("Give every partner a percentage, or none of them.")
        ids = [ctx.id("partner", who) for who, _, _ in pairs]
        amounts = by_percent(whole, [read(read_percent, said) for _, _, said in pairs])
    else:
        ids = ctx.ids("partner", parts) or [it.id for it in seen.partners if not it.left]
        amounts = evenly(whole, len(ids))
    if len(set(ids)) < len(ids):
        raise click.UsageError("A partner is named twice.")
    cells: dict[Spot, int | None] = {(unit, it.id): None for it in seen.partners}
    cells |= {(unit, partner): cents for partner, cents in zip(ids, amounts, strict=True)}
    _answer_matrix(ctx, ctx.do(money.divide, ctx.project, cells).label)


def _answer_matrix(ctx: Context, label: str) -> None:
    from ka2tui.queries import money

    seen = ctx.ask(money.matrix, ctx.project)
    ctx.answer(plain_matrix(seen), lambda: "\n".join(filter(None, [label, _matrix_text(seen)])))


def plain_matrix(seen: Matrix) -> dict[str, Any]:
    """Give the matrix as programs read it."""
    from ka2tui.domain.grant_matrix import OWN

    codes = {unit.id: unit.code for unit in seen.units}
    return {
        "currency": seen.currency,
        "grant_cents": seen.grant,
        "planned_cents": seen.planned,
        "shared_cents": seen.shared_out,
        "not_planned_cents": seen.of_grant.left if seen.grant is not None else None,
        "not_shared_cents": seen.of_plan.left if seen.of_plan.whole is not None else None,
        "partners": [
            {"id": it.id, "partner": it.called, "total_cents": seen.column(it.id)}
            for it in seen.partners
        ],
        "rows": [
            {
                "id": unit.id,
                "code": unit.code,
                "title": unit.title,
                "part_of": codes.get(unit.parent or 0),
                "amount_cents": seen.at(unit.id, OWN),
                "shared_cents": seen.row(unit.id).parts,
                "left_cents": (seen.row(unit.id).left if seen.whole(unit.id) is not None else None),
                "counts": seen.counts(unit),
                "shares": [
                    {"partner": it.called, "amount_cents": seen.at(unit.id, it.id)}
                    for it in seen.partners
                ],
            }
            for unit in seen.units
        ],
    }


def _matrix_text(seen: Matrix) -> str:
    from ka2tui.domain.money import say_amount
    from ka2tui.domain.plan_money import say_grant, say_shares

    def amount(cents: int | None) -> str:
        return "" if cents is None else say_amount(cents, seen.currency)

    rows = [
        (
            f"{'  ' if unit.parent is not None else ''}{unit.code}",
            amount(seen.whole(unit.id)),
            *(amount(seen.share(unit.id, it.id)) for it in seen.partners),
            amount(seen.row(unit.id).parts),
            amount(seen.row(unit.id).left or None),
        )
        for unit in seen.units
    ]
    if not rows:
        return "No work packages yet: add one with ka2tui wp add."
    rows.append(
        (
            *("Total", amount(seen.planned), *(amount(seen.column(it.id)) for it in seen.partners)),
            *(amount(seen.shared_out), amount(seen.of_plan.left or None)),
        )
    )
    titles = ("code", "amount", *(it.called for it in seen.partners), "shared", "left")
    grant = say_grant(seen.of_grant, seen.currency)
    said = [f"planned  {grant}", f"shares   {say_shares(seen.of_plan, seen.currency)}"]
    return "\n".join([output.table(titles, rows), *said])


# --- status ---------------------------------------------------------------------------------------


@group.command()
@click.pass_obj
def status(ctx: Context) -> None:
    """Show what came and went, what is earned and at risk, and what is left for each partner."""
    from ka2tui.domain.earning import HOW
    from ka2tui.queries import money, payments

    earned = ctx.ask(money.earnings, ctx.project, today=ctx.today)
    accounts = ctx.ask(payments.accounts, ctx.project, today=ctx.today)
    value = {
        "currency": accounts.currency,
        "grant_cents": accounts.grant,
        "planned_in_cents": accounts.planned_in,
        "paid_in_cents": accounts.paid_in,
        "late_in_cents": accounts.late_in,
        "returned_cents": accounts.returned,
        "paid_out_cents": accounts.paid_out,
        "left_out_cents": accounts.left_out,
        "in_hand_cents": accounts.in_hand,
        **{f"{name}_cents": cents for name, cents in earned.total._asdict().items()},
        "how": HOW,
        "work_packages": [
            {
                "id": row.id,
                "code": row.code,
                "title": row.title,
                "amount_cents": row.cents,
                "done": row.done,
                **{f"{name}_cents": cents for name, cents in row.parts._asdict().items()},
                "why": row.why,
                "counts": row.counts,
            }
            for row in earned.rows
        ],
        "partners": [
            {
                "id": row.id,
                "partner": row.called,
                "share_cents": row.account.share,
                "planned_cents": row.account.planned,
                "paid_cents": row.account.paid,
                "returned_cents": row.account.returned,
                "late_cents": row.account.late,
                "left_cents": None if row.coordinator else row.account.left,
            }
            for row in accounts.rows
        ],
    }
    ctx.answer(value, lambda: _status_text(earned, accounts))


def _status_text(earned: Earnings, accounts: Accounts) -> str:
    from ka2tui.domain.earning import HOW
    from ka2tui.domain.money import say_amount

    def amount(cents: int | None) -> str:
        return "" if cents is None else say_amount(cents, accounts.currency)

    facts = [
        ("grant", amount(accounts.grant)),
        ("paid in", amount(accounts.paid_in)),
        ("paid out", amount(accounts.paid_out)),
        ("in hand", amount(accounts.in_hand)),
        ("left to pay", amount(accounts.left_out)),
        ("late to come", amount(accounts.late_in or None)),
    ]
    units = [
        (
            f"{'' if row.counts else '  '}{row.code}",
            amount(row.cents),
            "" if row.done is None else f"{row.done} %",
            *(amount(cents or None) for cents in row.parts),
            row.why,
        )
        for row in earned.rows
    ]
    units.append(("Total", amount(earned.total.whole), "", *map(amount, earned.total), ""))
    partners = [
        (
            *(row.called, amount(row.account.share), amount(row.account.planned)),
            *(amount(row.account.has), amount(row.account.late or None)),
            "keeps its share" if row.coordinator else amount(row.account.left),
        )
        for row in accounts.rows
    ]
    titles = ("code", "amount", "done", "earned", "at risk", "not started", "to do", "why")
    return "\n\n".join(
        filter(
            None,
            (
                output.facts(facts),
                f"{output.table(titles, units)}\n{HOW}",
                output.table(
                    ("partner", "share", "instalments", "has", "late", "left to pay"), partners
                ),
            ),
        )
    )


# --- costs and travel -----------------------------------------------------------------------------


@group.command()
@click.pass_obj
def costs(ctx: Context) -> None:
    """Show costs planned and used by partner, heading and quarter; more than planned is said."""
    from ka2tui.queries import costs as asked

    seen = ctx.ask(asked.summed, ctx.project)
    groups = (
        ("by_partner", seen.by_partner),
        ("by_heading", seen.by_heading),
        ("by_quarter", seen.by_quarter),
    )
    value = {
        "currency": seen.currency,
        **_plain_sum(seen.total),
        **{name: [_plain_sum(it) for it in sums] for name, sums in groups},
    }

    def text() -> str:
        if not seen.rows:
            return "No costs. Add one with: ka2tui cost add"
        parts = []
        for name, sums in groups:
            rows = [_sum_cells(it, seen.currency) for it in (*sums, seen.total)]
            titles = (name.removeprefix("by_"), "days", "used", "planned", "used", "left", "")
            parts.append(output.table(titles, rows))
        return "\n\n".join(parts)

    ctx.answer(value, text)


def _plain_sum(one: CostSum) -> dict[str, Any]:
    return {
        "name": one.said,
        "lines": one.lines,
        "planned_days_hundredths": one.days.planned,
        "used_days_hundredths": one.days.used,
        "planned_cents": one.money.planned,
        "used_cents": one.money.used,
        "exceeds": one.exceeds,
    }


def _sum_cells(one: CostSum, currency: str) -> tuple[object, ...]:
    from ka2tui.domain.costs import say_days
    from ka2tui.domain.money import say_amount

    return (
        *(one.said, say_days(one.days.planned or None), say_days(one.days.used or None)),
        *(say_amount(one.money.planned, currency), say_amount(one.money.used, currency)),
        *(say_amount(one.money.left, currency), _warning(one.money, one.days, currency)),
    )


def _warning(money: Used, days: Used, currency: str) -> str:
    from ka2tui.domain.costs import say_exceeding

    said = (say_exceeding(money, currency), say_exceeding(days, None))
    return ", ".join(filter(None, said))


@group.command()
@click.pass_obj
def travel(ctx: Context) -> None:
    """Show all journeys, planned and used, and how many travel green."""
    from ka2tui.cli import journeys
    from ka2tui.domain.money import say_amount
    from ka2tui.queries import journeys as asked

    seen = ctx.ask(asked.summed, ctx.project)
    bands = journeys.usual_bands(ctx)
    value = {
        "currency": seen.currency,
        "planned_cents": seen.money.planned,
        "used_cents": seen.money.used,
        "people": seen.people,
        "green_people": seen.green_people,
        "bands": None if bands is None else bands.about.said,
        "journeys": [journeys.plain(row) for row in seen.rows],
    }

    def text() -> str:
        if not seen.rows:
            return "No journeys. Add one with: ka2tui journey add"
        planned, used = (say_amount(it, seen.currency) for it in seen.money)
        said = f"planned {planned}, used {used}; {seen.green_people} of {seen.people} travel green"
        return f"{journeys.table(ctx, seen.rows)}\n{said}"

    ctx.answer(value, text)


# --- out ------------------------------------------------------------------------------------------


@group.command()
@click.option(
    "--format", "kind", type=click.Choice(["csv", "xlsx"]),
    help="One table as CSV, or all of them as the sheets of a workbook; without it as FILE ends.",
)  # fmt: skip
@click.option(
    "--table", "name", type=click.Choice(_TABLES), help="Only this one; of CSV: without it shares."
)
@into_file("Where it is written.")
@click.pass_obj
def export(ctx: Context, kind: str | None, name: str | None, target: Path, *, force: bool) -> None:
    """Write money as tables for a spreadsheet; import reads the same again."""
    from ka2tui.cli.exchange import write_sheets

    kind = kind_of(target, kind, TABLES, "xlsx")
    wanted = name or ("shares" if kind == "csv" else None)
    sheets = _sheets(ctx, wanted)
    write_sheets(ctx, target, kind, sheets, force=force)


def _sheets(ctx: Context, wanted: str | None) -> Sequence[Sheet]:
    """Give one table, or all that hold something and say nothing twice."""
    from ka2tui.exchange import money_tables as tables
    from ka2tui.queries import costs as cost_views
    from ka2tui.queries import journeys, money, payments
    from ka2tui.queries import uids as lasting

    seen = ctx.ask(money.matrix, ctx.project)

    def uids(table: str) -> dict[int, str]:
        return ctx.ask(lasting.of, ctx.project, table)

    makers: dict[str, Callable[[], Sheet]] = {
        "work_packages": lambda: tables.work_packages(seen, uids("work_unit")),
        "shares": lambda: tables.shares(seen, ctx.ask(lasting.of_shares, ctx.project)),
        "matrix": lambda: tables.matrix_of(seen),
        "payments": lambda: tables.payments(
            ctx.ask(payments.listed, ctx.project, today=ctx.today), uids("payment")
        ),
        "costs": lambda: tables.costs(ctx.ask(cost_views.listed, ctx.project), uids("cost")),
        "travel": lambda: tables.travel(ctx.ask(journeys.listed, ctx.project), uids("journey")),
    }
    if wanted is not None:
        return [makers[wanted]()]
    made = [make() for name, make in makers.items() if name != "matrix"]
    return [sheet for sheet in made if sheet.rows] or made[:1]
