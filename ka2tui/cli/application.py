"""The approved application on the command line: freeze, show, changes, handle, accept, forget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output
from ka2tui.cli.options import options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.cli.context import Context
    from ka2tui.domain.application import Spot
    from ka2tui.queries.application import Row, Seen


@click.group()
def group() -> None:
    """The approved application: what was promised, and what is planned now."""


@group.command()
@click.option("--on", metavar="DATE", help="The day from which it holds; without it, today.")
@click.option("--reason", metavar="TEXT", help="Why it is kept anew: amendment 1.")
@click.option("--dry-run", is_flag=True, help="Only tell what would count as promised.")
@click.pass_obj
def freeze(ctx: Context, on: str | None, reason: str | None, *, dry_run: bool) -> None:
    """Keep what is planned now as what was promised."""
    from ka2tui.operations import application
    from ka2tui.queries import application as asked

    day = _day(ctx, on)
    replaced = ctx.ask(asked.would_replace, ctx.project)
    if dry_run:
        # without a reason a rehearsal would be refused before it tells anything
        why = reason or "rehearsal"
        rehearse = ctx.portfolio.rehearse
        count = rehearse(application.freeze, ctx.project, on=day, today=ctx.today, reason=why)
        label = f"{count} facts would be kept"
    else:
        outcome = ctx.do(application.freeze, ctx.project, on=day, today=ctx.today, reason=reason)
        count, label = outcome.value, outcome.label
    value = {"approved_on": day, "facts": count, "replaced": list(replaced), "dry_run": dry_run}

    def text() -> str:
        would = "would then count" if dry_run else "counts now"
        lines = [f"{label}."] if dry_run else [label]
        lines += [f"As promised {would}:" if replaced else "", *(f"  {it}" for it in replaced)]
        return "\n".join(filter(None, lines))

    ctx.answer(value, text)


@group.command()
@click.pass_obj
def show(ctx: Context) -> None:
    """Show what was promised, and how much is different now."""
    from ka2tui.queries import application

    seen = _seen(ctx)
    facts = ctx.ask(application.facts_kept, ctx.project)
    keys = ("kind", "record", "what", "promised")
    value = _standing(seen) | {"promised": [dict(zip(keys, row, strict=True)) for row in facts]}

    def text() -> str:
        return "\n".join(filter(None, (_head(seen), output.table(keys, facts, wraps=True))))

    ctx.answer(value, text)


@group.command()
@filters.options
@click.option("--since", metavar="DATE", help="Only what came, was asked or answered since then.")
@click.option("--until", metavar="DATE", help="... and until then.")
@click.pass_obj
def changes(
    ctx: Context, words: tuple[str, ...], named: str | None, since: str | None, until: str | None
) -> None:
    """List what is not as it was promised, what is to be explained first."""
    from ka2tui.queries import application

    seen = _seen(ctx)
    rows: Sequence[Row] = seen.rows
    if since or until:
        from datetime import date

        first = ctx.day(since).day if since else None
        last = ctx.day(until).last if until else None
        first, last = first or date.min, last or date.max
        rows = ctx.ask(application.changes_of, ctx.project, first, last, today=ctx.today)
    rows = filters.narrowed(ctx, "departure", rows, words, named)
    nothing = "Everything is as it was promised." if seen.approved_on else _head(seen)
    ctx.answer(
        [_plain(row) for row in rows],
        lambda: _table(ctx, rows) or filters.nothing(nothing, words, named),
    )


_said = options(
    click.option("--why", metavar="TEXT", help="The reason."),
    click.option(
        "--how",
        type=click.Choice(["none_needed", "agency_told", "amendment", ""]),
        help="What was done about it.",
    ),
    click.option("--asked", metavar="DATE", help="When the agency was told or asked."),
    click.option("--answered", metavar="DATE", help="When it answered."),
    click.option("--answer", type=click.Choice(["accepted", "refused", ""]), help="What it said."),
    click.option("--letter", metavar="ID", help="The letter about it."),
    click.option("--notes", metavar="TEXT", help="Anything else."),
)


@group.command()
@click.argument("departures", metavar="ID...", nargs=-1, required=True)
@_said
@click.pass_obj
def handle(ctx: Context, /, departures: tuple[str, ...], **said: str | None) -> None:
    """Say why departures came and how they were handled: by number, WP2, or WP2.lead."""
    from ka2tui.operations import application

    names = {"how": "handling", "asked": "asked_on", "answered": "answered_on"}
    values: dict[str, Any] = {}
    for option, text in said.items():
        if text is None:
            continue
        name = names.get(option, option)
        if option in {"asked", "answered"}:
            values[name] = ctx.day(text).day if text else None
        elif option == "letter":
            values["letter_id"] = ctx.id("letter", text) if text else None
        else:
            values[name] = text or None
    if not values:
        raise click.UsageError("Say what to note: see --help.")
    spots = _spots(ctx, departures)
    outcome = ctx.do(application.explain, ctx.project, spots, values)
    _answer(ctx, spots, outcome.label)


@group.command()
@click.argument("departures", metavar="ID...", nargs=-1, required=True)
@click.option("--on", metavar="DATE", help="The day of the answer; without it, today.")
@click.pass_obj
def accept(ctx: Context, departures: tuple[str, ...], on: str | None) -> None:
    """Take over what the agency accepted: it is promised from now on."""
    from ka2tui.operations import application

    day = _day(ctx, on)
    spots = _spots(ctx, departures)
    outcome = ctx.do(application.accept, ctx.project, spots, on=day)
    _answer(ctx, spots, outcome.label)


@group.command()
@click.argument("departures", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def forget(ctx: Context, departures: tuple[str, ...]) -> None:
    """Take away what was said about departures."""
    from ka2tui.operations import application

    spots = _spots(ctx, departures)
    outcome = ctx.do(application.withdraw, ctx.project, spots)
    _answer(ctx, spots, outcome.label)


def _day(ctx: Context, said: str | None) -> date:
    """Read a day; today where none is said."""
    return (ctx.day(said).day if said else None) or ctx.today


def _seen(ctx: Context) -> Seen:
    from ka2tui.queries import application

    return ctx.ask(application.listed, ctx.project, today=ctx.today)


def _spots(ctx: Context, said: Sequence[str]) -> list[Spot]:
    from ka2tui.queries import application

    return ctx.ask(application.find, ctx.project, said, today=ctx.today)


def _answer(ctx: Context, spots: Sequence[Spot], label: str) -> None:
    """Answer with the rows that these are in now."""
    wanted = set(spots)
    ctx.answer([_plain(row) for row in _seen(ctx).rows if not wanted.isdisjoint(row.spots)], label)


def _standing(seen: Seen) -> dict[str, Any]:
    return {
        "approved_on": seen.approved_on,
        "month": seen.month,
        "facts": seen.facts,
        "departures": sum(len(row.items) for row in seen.rows if row.items[0].how),
        "unexplained": sum(len(row.items) for row in seen.rows if row.unexplained),
        "note": seen.note or None,
    }


def _plain(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.about,
        "record": row.record,
        "name": row.said,
        "what": [
            {
                "field": item.spot.field,
                "change": item.how,
                "promised": item.promised_value,
                "now": item.now_value,
                "promised_said": item.promised,
                "now_said": item.now,
                "since": item.since,
            }
            for item in row.items
        ],
        "since": row.since,
        "state": row.standing,
        "why": row.why,
        "handling": row.handling,
        "asked_on": row.asked_on,
        "answered_on": row.answered_on,
        "answer": row.answer,
        "letter": row.letter_id,
        "notes": row.notes,
    }


def _head(seen: Seen) -> str:
    from ka2tui.domain.days import say_brief

    if seen.approved_on is None:
        return "The application is not kept yet: 'ka2tui application freeze' keeps it as it stands."
    numbers = _standing(seen)
    differ, open_ = numbers["departures"], numbers["unexplained"]
    said = f"Kept as approved on {say_brief(seen.approved_on)}: {seen.facts} facts, "
    said += f"{differ} different now, {open_} to be explained."
    return f"{said} {seen.note}".strip()


def _table(ctx: Context, rows: Sequence[Row]) -> str:
    from ka2tui.domain.days import say_day

    return output.table(
        ("id", "state", "since", "record", "why", "promised → now"),
        (
            (
                row.id,
                row.standing.word,
                say_day(row.since, ctx.today) if row.since else "",
                row.said,
                row.why,
                row.what,
            )
            for row in rows
        ),
        wraps=True,
    )
