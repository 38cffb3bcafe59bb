"""Journeys on the command line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, money_lines, output
from ka2tui.cli.money_lines import money_or_none
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import WholeOrNone, options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.rates import Bands
    from ka2tui.queries.journeys import JourneyRow


@click.group()
def group() -> None:
    """Journeys to meetings: distance, green travel, planned and used."""


@group.command("list")
@filters.options
@click.option("--partner", metavar="ID", help="Only those of one partner.")
@click.option("--meeting", metavar="ID", help="Only those to one meeting.")
@click.pass_obj
def list_(
    ctx: Context,
    words: tuple[str, ...],
    named: str | None,
    partner: str | None,
    meeting: str | None,
) -> None:
    """List the journeys by day."""
    from ka2tui.queries import journeys

    rows = money_lines.of_partner(ctx, ctx.ask(journeys.listed, ctx.project), partner)
    if meeting is not None:
        to = ctx.id("meeting", meeting)
        rows = tuple(row for row in rows if row.meeting_id == to)
    said, empty = partial(table, ctx), "No journeys."
    filters.answer(ctx, "journey", rows, (words, named), plain=plain, table=said, empty=empty)


@group.command()
@click.argument("code", metavar="ID")
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one journey."""
    from ka2tui.queries import journeys

    money_lines.show(ctx, plain(ctx.ask(journeys.one, ctx.id("journey", code))))


@group.command()
@click.pass_obj
def bands(ctx: Context) -> None:
    """Show what one person's journey costs by distance, there and back, and where from."""
    from ka2tui.domain.money import say_amount
    from ka2tui.domain.rates import distance_bands

    known = distance_bands(ctx.settings.data)
    mine = usual_bands(ctx)
    value = [
        {
            "id": each.id,
            "name": each.about.name,
            "confirmed": each.about.confirmed,
            "note": each.about.note,
            "used_here": mine is not None and each.id == mine.id,
            "bands": [
                {
                    "first_km": band.first_km,
                    "last_km": band.last_km,
                    "amount_cents": band.cents,
                    "green_cents": band.green_cents,
                }
                for band in each.bands
            ],
        }
        for each in known
    ]

    def text() -> str:
        parts = []
        for each in known:
            here = " (used here)" if mine is not None and each.id == mine.id else ""
            rows = [
                (
                    f"{band.first_km}-{band.last_km} km",
                    say_amount(band.cents),
                    "" if band.green_cents is None else say_amount(band.green_cents),
                )
                for band in each.bands
            ]
            lines = output.table(("distance", "a person", "green"), rows)
            parts.append(f"{each.about.said}{here}\n{lines}\n{each.about.note}")
        return "\n\n".join(parts)

    ctx.answer(value, text)


_fields = options(
    click.option("--meeting", metavar="ID", help="Where it leads."),
    click.option("--partner", metavar="ID", help="Whose people travel."),
    click.option("--day", metavar="DATE", help="When; without it the day of the meeting."),
    click.option("--people", type=WholeOrNone(1, 9_999), help="How many travel."),
    click.option("--km", type=WholeOrNone(0, 41_000), help="One way, in a straight line."),
    click.option("--green/--not-green", default=None, help="By train, bus, bicycle, shared car."),
    click.option("--amount", metavar="MONEY", help="What is planned; else by distance."),
    click.option("--used", metavar="MONEY", help="What it cost."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("title")
@_fields
@click.pass_obj
def add(ctx: Context, /, title: str, **said: Any) -> None:
    """Add a journey, from where to where; its amount is that of its distance."""
    from ka2tui.operations import journeys

    values = {**_values(ctx, said), "title": title}
    outcome = ctx.do(journeys.add, ctx.project, values, bands=usual_bands(ctx))
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@click.argument("code", metavar="ID")
@click.option("--title", help="From where to where.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, code: str, title: str | None, **said: Any) -> None:
    """Change a journey; an empty value clears a field."""
    from ka2tui.operations import journeys

    values = _values(ctx, said)
    if title is not None:
        values["title"] = title
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    found = ctx.id("journey", code)
    outcome = ctx.do(journeys.edit, found, values, bands=usual_bands(ctx))
    _NOUN.answer(ctx, [found], outcome.label)


def usual_bands(ctx: Context) -> Bands | None:
    """Give the bands of distance that this project begins with."""
    from ka2tui.domain.rates import bands_for
    from ka2tui.queries import money

    found = ctx.ask(money.setting, ctx.project)
    return bands_for(found.call_year, ctx.settings.data, currency=found.currency)


def _values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Give the fields that options speak of."""
    values: dict[str, Any] = {}
    for option, given in said.items():
        if given is None:
            continue
        match option:
            case "partner" | "meeting":
                values[f"{option}_id"] = ctx.id(option, given) if given else None
            case "day":
                values["day"] = ctx.day(given).day if given else None
            case "km":
                values["distance_km"] = None if given == "" else given
            case "amount" | "used":
                values[f"{option}_cents"] = money_or_none(given)
            case "green":
                values[option] = given
            case _:
                values[option] = given or None
    return values


def plain(row: JourneyRow) -> dict[str, Any]:
    """Give a journey as programs read it."""
    return {
        "id": row.id,
        "title": row.title,
        "meeting": row.meeting,
        "partner": row.partner,
        "day": row.day,
        "people": row.people,
        "distance_km": row.distance_km,
        "green": row.green,
        "amount_cents": row.amount_cents,
        "used_cents": row.used_cents,
        "exceeds": row.money.exceeds,
        "notes": row.notes,
    }


def table(ctx: Context, rows: Sequence[JourneyRow]) -> str:
    """Write journeys for people."""
    from ka2tui.domain.days import say_day

    titles = ["id", "journey", "partner", "day", "people", "km", "", "planned", "used", "to", ""]
    return money_lines.table(
        ctx,
        titles,
        rows,
        lambda row, amount: (
            *(row.id, row.called, row.partner, say_day(row.day, ctx.today) if row.day else ""),
            *(row.people, row.distance_km, "green" if row.green else ""),
            *(amount(row.amount_cents), amount(row.used_cents)),
            *(row.meeting if row.title else "", "more than planned" if row.money.exceeds else ""),
        ),
    )


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import journeys as operations
    from ka2tui.queries import journeys as queries

    return queries, operations


_NOUN = Noun("journey", plain, _floors, dated=False)
_NOUN.give_remove(group, "Remove journeys.")
