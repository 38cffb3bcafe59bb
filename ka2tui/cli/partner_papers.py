"""The papers of partners on the command line: the grid, and how far one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.domain.papers import Paper, Standing
    from ka2tui.queries.papers import PaperGrid, PaperRow


@click.command()
@click.argument("partner", metavar="[ID]", required=False)
@click.pass_obj
def papers(ctx: Context, partner: str | None) -> None:
    """Show which papers the partners have brought, or those of one of them."""
    from ka2tui.queries import papers as asked

    chosen = None if partner is None else ctx.id("partner", partner)
    grid = ctx.ask(asked.grid, ctx.project, today=ctx.today, known=_known(ctx))
    rows = [row for row in grid.rows if chosen in (None, row.id)]
    value = [_plain(row, each) for row in rows for each in row.standings if each is not None]

    def text() -> str:
        if chosen is not None:
            return "\n".join(_list(ctx, row) for row in rows) or "It has left the project."
        return _table(grid) or "No partners yet."

    ctx.answer(value, text)


@click.command()
@click.argument("partner", metavar="ID")
@click.argument("kind", metavar="PAPER")
@click.argument("state", type=click.Choice(["none", "asked", "received", "checked", "not_needed"]))
@click.option("--on", metavar="DATE", help="The day of this change; today if left out.")
@click.option("--note", metavar="TEXT", help="A note about it; an empty one removes it.")
@click.pass_obj
def paper(
    ctx: Context, *, partner: str, kind: str, state: str, on: str | None, note: str | None
) -> None:
    """Note how far a paper of a partner is.

    PAPER is its name in "ka2tui partner papers --json": accession, bank, eche ...
    """
    from ka2tui.domain import papers as rules
    from ka2tui.domain.kinds import PaperState
    from ka2tui.domain.refusal import Refused
    from ka2tui.operations import papers as made
    from ka2tui.queries import papers as asked

    known = _known(ctx)
    setting = ctx.ask(asked.setting_of, ctx.project, today=ctx.today)
    found = rules.named(rules.asked_in(known, setting), kind)
    if found is None:
        names = ", ".join(each.id for each in rules.asked_in(known, setting))
        raise Refused(f"This project does not ask for a paper {kind}. There are: {names}.")
    day = _day(ctx, on)
    which = ctx.id("partner", partner)
    if note is None:
        outcome = ctx.do(made.put, [which], found, PaperState(state), on=day)
        label = outcome.label
    else:
        values = {"state": PaperState(state), "note": note}
        label = ctx.do(made.edit, which, found, values, on=day).label
    ctx.answer(_one(ctx, which, found), label)


def _day(ctx: Context, said: str | None) -> Any:
    if said is None:
        return ctx.today
    day = ctx.day(said).day
    if day is None or day > ctx.today:
        raise click.UsageError(f"{said!r} is still to come: note the paper on its day.")
    return day


def _known(ctx: Context) -> Any:
    from ka2tui.domain import papers as rules

    return rules.load(ctx.settings.data)


def _one(ctx: Context, partner: int, paper: Paper) -> dict[str, Any] | None:
    from ka2tui.queries import papers as asked

    row = ctx.ask(asked.grid, ctx.project, today=ctx.today, known=_known(ctx)).row(partner)
    found = (each for each in (row.standings if row else ()) if each and each.paper.id == paper.id)
    each = next(found, None)
    return None if row is None or each is None else _plain(row, each)


def _plain(row: PaperRow, each: Standing) -> dict[str, Any]:
    return {
        "partner": row.called,
        "paper": each.paper.id,
        "title": each.paper.title,
        "state": each.state,
        "asked_on": each.asked_on,
        "received_on": each.received_on,
        "checked_on": each.checked_on,
        "due": each.due,
        "missing": each.missing,
        "note": each.note,
        "source": each.paper.source,
    }


def _table(grid: PaperGrid) -> str:
    from ka2tui.domain.papers import say_missing

    headings = ("partner", *(paper.short for paper in grid.papers), "")
    return output.table(
        headings,
        (
            (
                row.called,
                *(each.state.word if each else "" for each in row.standings),
                say_missing(row.missing, row.total),
            )
            for row in grid.rows
        ),
    )


def _list(ctx: Context, row: PaperRow) -> str:
    from ka2tui.domain.days import say_brief
    from ka2tui.domain.papers import say_missing

    def line(each: Standing) -> tuple[object, ...]:
        state = each.state.word
        since = say_brief(each.since) if each.since else ""
        due = ""
        if each.missing and each.due is not None:
            due = f"due {say_brief(each.due)}" + (", late" if each.late(ctx.today) else "")
        return "", each.paper.id, each.paper.title, state, since, due, each.note or each.why

    lines = output.table(
        ("", "paper", "", "state", "since", "due", ""),
        (line(each) for each in row.standings if each is not None),
    )
    return "\n".join(filter(None, [f"{row.called}: {say_missing(row.missing, row.total)}", lines]))
