"""Costs on the command line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, money_lines, output
from ka2tui.cli.money_lines import money_or_none
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import options, read
from ka2tui.domain.kinds import CostKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.queries.costs import CostRow

_KINDS = click.Choice([kind.value for kind in CostKind])
_STAFF = ("manager", "teacher_trainer_researcher", "technician", "administrative")


@click.group()
def group() -> None:
    """Costs of projects with budget headings: days and money, planned and used."""


@group.command("list")
@filters.options
@click.option("--partner", metavar="ID", help="Only those of one partner.")
@click.option("--quarter", metavar="QUARTER", help="Only one quarter: Q3 2026.")
@click.option("--exceeding", is_flag=True, help="Only where more was used than planned.")
@click.pass_obj
def list_(
    ctx: Context,
    words: tuple[str, ...],
    named: str | None,
    partner: str | None,
    quarter: str | None,
    *,
    exceeding: bool,
) -> None:
    """List the costs by quarter."""
    from ka2tui.domain import costs as rules
    from ka2tui.queries import costs

    rows = money_lines.of_partner(ctx, ctx.ask(costs.listed, ctx.project), partner)
    if quarter is not None:
        first = read(rules.read_quarter, quarter)
        rows = tuple(row for row in rows if row.quarter == first)
    if exceeding:
        rows = tuple(row for row in rows if row.exceeds)
    said, empty = partial(table, ctx), "No costs."
    filters.answer(ctx, "cost", rows, (words, named), plain=plain, table=said, empty=empty)


@group.command()
@click.argument("code", metavar="ID")
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one cost."""
    from ka2tui.queries import costs

    money_lines.show(ctx, plain(ctx.ask(costs.one, ctx.id("cost", code))))


@group.command()
@click.argument("country")
@click.pass_obj
def rates(ctx: Context, country: str) -> None:
    """Show what a day of work costs in a country, as older projects reckoned."""
    from ka2tui.domain import rates as rules
    from ka2tui.domain.countries import read_country
    from ka2tui.domain.money import say_amount

    known = rules.staff_rates(ctx.settings.data)
    code = read(read_country, country)
    value = {it.value: known.cents(code, it) for it in rules.StaffCategory}
    rows = [
        (it.word, "" if (cents := value[it.value]) is None else say_amount(cents))
        for it in rules.StaffCategory
    ]
    about = known.about
    ctx.answer(
        {"country": code, "rates_cents": value, "source": about.said, "note": about.note},
        lambda: f"{output.table(('category', 'a day'), rows)}\n{about.said}. {about.note}",
    )


_fields = options(
    click.option("--title", help="What it is for."),
    click.option("--wp", metavar="ID", help="Its heading, work package or activity."),
    click.option("--partner", metavar="ID", help="Whose cost it is."),
    click.option("--staff", type=click.Choice(_STAFF), help="The category of staff."),
    click.option("--quarter", metavar="QUARTER", help="Such as Q3 2026; without it all of it."),
    click.option("--days", metavar="NUMBER", help="Days planned: 12.5."),
    click.option("--days-used", metavar="NUMBER", help="Days used."),
    click.option("--rate", metavar="MONEY", help="What one day costs."),
    click.option("--planned", metavar="MONEY", help="Money planned; else days times rate."),
    click.option("--used", metavar="MONEY", help="Money used; else days times rate."),
    click.option("--meeting", metavar="ID", help="The meeting it is for."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("kind", type=_KINDS)
@_fields
@click.pass_obj
def add(ctx: Context, /, kind: str, **said: str | None) -> None:
    """Add a line of cost of a KIND; without --rate the unit rate of the partner's country."""
    from ka2tui.operations import costs
    from ka2tui.queries import costs as asked

    values = _values(ctx, said)
    if values.get("staff_category") and values.get("partner_id") and "rate_cents" not in values:
        values["rate_cents"] = ctx.ask(
            asked.usual_rate,
            values["partner_id"],
            values["staff_category"],
            ctx.settings.data,
        )
    outcome = ctx.do(costs.add, ctx.project, CostKind(kind), values=values)
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@click.argument("code", metavar="ID")
@click.option("--kind", type=_KINDS, help="Another kind of cost.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, code: str, kind: str | None, **said: str | None) -> None:
    """Change a cost; an empty value clears a field."""
    from ka2tui.operations import costs

    values = _values(ctx, said)
    if kind is not None:
        values["kind"] = CostKind(kind)
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    found = ctx.id("cost", code)
    _NOUN.answer(ctx, [found], ctx.do(costs.edit, found, values).label)


def _values(ctx: Context, said: dict[str, str | None]) -> dict[str, Any]:
    """Give the fields that options speak of."""
    from ka2tui.domain import costs as rules

    values: dict[str, Any] = {}
    for option, text in said.items():
        if text is None:
            continue
        match option:
            case "wp" | "partner" | "meeting":
                kind = "work_unit" if option == "wp" else option
                values[f"{kind}_id"] = ctx.id(kind, text) if text else None
            case "staff":
                values["staff_category"] = text
            case "quarter":
                values["quarter"] = read(rules.read_quarter, text) if text else None
            case "days" | "days_used":
                field = "used_hundredths" if option == "days_used" else "planned_hundredths"
                values[field] = read(rules.read_days, text) if text else None
            case "rate" | "planned" | "used":
                values[f"{option}_cents"] = money_or_none(text)
            case _:
                values[option] = text or None
    return values


def plain(row: CostRow) -> dict[str, Any]:
    """Give a cost as programs read it."""
    from ka2tui.domain.costs import say_quarter

    return {
        "id": row.id,
        "kind": row.kind.value,
        "title": row.title,
        "work_unit": row.work_unit,
        "partner": row.partner,
        "staff_category": row.staff_category,
        "quarter": say_quarter(row.quarter) if row.quarter else None,
        "planned_days_hundredths": row.planned_hundredths,
        "used_days_hundredths": row.used_hundredths,
        "rate_cents": row.rate_cents,
        "planned_cents": row.planned,
        "used_cents": row.used,
        "exceeds": row.exceeds,
        "meeting": row.meeting,
        "notes": row.notes,
    }


def table(ctx: Context, rows: Sequence[CostRow]) -> str:
    """Write costs for people."""
    from ka2tui.domain.costs import say_days, say_quarter

    titles = ["id", "cost", "partner", "in", "quarter", "days", "days used", "planned", "used", ""]
    return money_lines.table(
        ctx,
        titles,
        rows,
        lambda row, amount: (
            *(row.id, row.called, row.partner, row.work_unit, say_quarter(row.quarter)),
            *(say_days(row.planned_hundredths), say_days(row.used_hundredths)),
            *(amount(row.planned), amount(row.used), "more than planned" if row.exceeds else ""),
        ),
    )


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import costs as operations
    from ka2tui.queries import costs as queries

    return queries, operations


_NOUN = Noun("cost", plain, _floors, dated=False)
_NOUN.give_remove(group, "Remove costs.")
