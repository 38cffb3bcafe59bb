"""Risks on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output, plan_verbs
from ka2tui.cli import register_verbs as shared
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import Whole, WholeOrNone, options
from ka2tui.domain.kinds import RiskStrategy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.exchange.table_writer import Sheet
    from ka2tui.queries.risks import RiskDetails, RiskRow

GLYPHS = {"open": "·", "happened": "!", "closed": "✓"}
_STEP = WholeOrNone(1, 5)


@click.group()
def group() -> None:
    """Risks: how likely, how bad, what is done about them, and when to look again."""


@group.command("list")
@filters.options
@click.option("--due", "only_due", is_flag=True, help="Only those to be looked at by now.")
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None, *, only_due: bool) -> None:
    """List the risks: open ones first, the highest level first."""
    from ka2tui.queries import register, risks

    rows = ctx.ask(risks.listed, ctx.project, today=ctx.today)
    wanted = filters.wanted(ctx, "register", words, named)
    if wanted:
        kept = filters.kept([register.of_risk(row) for row in rows], wanted)
        ids = {row.record for row in kept}
        rows = tuple(row for row in rows if row.id in ids)
    if only_due:
        rows = tuple(row for row in rows if row.due)
    ctx.answer(
        [plain(row) for row in rows],
        lambda: (
            _table(ctx, rows)
            or ("No risk is to be looked at by now." if only_due else "")
            or filters.nothing("No risks yet. Add one with: ka2tui risk add", words, named)
        ),
    )


@group.command()
@shared.one
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one risk, with its tasks and what became of it."""
    from ka2tui.queries import risks

    found = ctx.ask(risks.one, ctx.id("risk", code), today=ctx.today)
    ctx.answer(_whole(found), lambda: _text(ctx, found))


@group.command()
@click.pass_obj
def grid(ctx: Context) -> None:
    """Show how many open risks stand where on the grid of likelihood and impact."""
    from ka2tui.domain import risks as rules
    from ka2tui.queries import risks

    rows = [
        row for row in ctx.ask(risks.listed, ctx.project, today=ctx.today) if row.state == "open"
    ]
    counts = rules.grid((row.likelihood, row.impact) for row in rows)
    value = [
        {"likelihood": rules.MOST - at, "impact": place, "risks": count,
         "band": rules.band((rules.MOST - at) * place)}
        for at, line in enumerate(counts)
        for place, count in enumerate(line, rules.LEAST)
    ]  # fmt: skip

    def text() -> str:
        drawn = rules.drawn(counts)
        lines = [f"  {rules.MOST - at} {' '.join(line)}" for at, line in enumerate(drawn)]
        legend = ", ".join(f"{rules.GLYPHS[band]} {band.word}" for band in rules.Band)
        return "\n".join(["likelihood", *lines, "     1  2  3  4  5  impact", legend])

    ctx.answer(value, text)


_fields = options(
    click.option("--likelihood", type=_STEP, help="1 (hardly) to 5 (almost surely)."),
    click.option("--impact", type=_STEP, help="1 (hardly felt) to 5 (the end of the project)."),
    click.option("--description", help="More about it."),
    click.option("--category", help="People, money, time ..."),
    click.option(
        "--strategy",
        type=click.Choice(["", *(each.value for each in RiskStrategy)]),
        help="What is done about it in general.",
    ),
    click.option("--action", help="What is done about it."),
    click.option("--partner", metavar="PARTNER", help="Which partner watches it."),
    click.option("--contact", metavar="PERSON", help="Who watches it."),
    click.option("--wp", metavar="ID", help="The work package or activity it is about."),
    click.option("--review", metavar="DATE", help="When to look at it again."),
    click.option("--opened", metavar="DATE", help="When it was seen first."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("title")
@click.option("--code", help="Without it the next free one: R7.")
@_fields
@click.pass_obj
def add(ctx: Context, /, title: str, code: str | None, **said: Any) -> None:
    """Add a risk: what may happen."""
    from ka2tui.operations import risks

    values = {"code": code, **_values(ctx, said)}
    outcome = ctx.do(risks.add, ctx.project, title, today=ctx.today, values=values)
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@shared.several
@click.option("--next", "again", metavar="DATE", help="When next; without it in four weeks.")
@click.option("--likelihood", type=Whole(1, 5), help="From now on.")
@click.option("--impact", type=Whole(1, 5), help="From now on.")
@click.pass_obj
def review(
    ctx: Context,
    codes: tuple[str, ...],
    again: str | None,
    likelihood: int | None,
    impact: int | None,
) -> None:
    """Note that risks were looked at, and when to look again."""
    from ka2tui.operations import risks

    ids = ctx.ids("risk", codes)
    day = None if again is None else ctx.day(again).day
    outcome = ctx.do(
        risks.review, ids, today=ctx.today, again=day, likelihood=likelihood, impact=impact
    )
    _NOUN.answer(ctx, ids, outcome.label)


@group.command()
@shared.several
@click.option("--on", metavar="DATE", help="When; without it, today.")
@click.pass_obj
def happened(ctx: Context, codes: tuple[str, ...], on: str | None) -> None:
    """Note that risks happened: each becomes an issue in the log."""
    from ka2tui.operations import risks

    ids = ctx.ids("risk", codes)
    outcome = ctx.do(risks.happened, ids, today=shared.day_or_today(ctx, on))
    _NOUN.answer(ctx, ids, outcome.label)


@group.command()
@shared.several
@click.option("--on", metavar="DATE", help="When; without it, today.")
@click.pass_obj
def close(ctx: Context, codes: tuple[str, ...], on: str | None) -> None:
    """Close risks that cannot happen any more."""
    from ka2tui.operations import risks

    ids = ctx.ids("risk", codes)
    _NOUN.answer(ctx, ids, ctx.do(risks.close, ids, today=shared.day_or_today(ctx, on)).label)


@group.command()
@shared.several
@click.pass_obj
def reopen(ctx: Context, codes: tuple[str, ...]) -> None:
    """Open risks again that were closed or happened."""
    from ka2tui.operations import risks

    ids = ctx.ids("risk", codes)
    _NOUN.answer(ctx, ids, ctx.do(risks.reopen, ids).label)


def _sheet(ctx: Context) -> Sheet:
    from ka2tui.exchange import register_tables
    from ka2tui.queries import risks, uids

    rows = ctx.ask(risks.listed, ctx.project, today=ctx.today)
    return register_tables.risks(rows, ctx.ask(uids.of, ctx.project, "risk"))


shared.give_export(group, _sheet)


def _values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    values = shared.owner_values(ctx, said)
    values |= shared.day_values(ctx, said, {"review": "review_on", "opened": "opened_on"})
    for field in ("likelihood", "impact", "description", "category", "action", "notes"):
        if said.get(field) is not None:
            values[field] = said[field] or None
    strategy = said.get("strategy")
    if strategy is not None:
        values["strategy"] = RiskStrategy(strategy) if strategy else None
    return values


def plain(row: RiskRow) -> dict[str, Any]:
    """Give a risk as JSON lists it."""
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "likelihood": row.likelihood,
        "impact": row.impact,
        "level": row.level,
        "band": row.band,
        "strategy": row.strategy,
        "action": row.action,
        "owner": row.owner,
        "work_unit": row.work_unit,
        "state": row.state,
        "review_on": row.review_on,
        "review_due": row.due,
    }


def _whole(found: RiskDetails) -> dict[str, Any]:
    row = found.row
    return plain(row) | {
        "description": row.description,
        "category": row.category,
        "partner": row.partner,
        "contact": row.contact,
        "opened_on": row.opened_on,
        "closed_on": row.closed_on,
        "notes": row.notes,
        "tasks": [shared.task_json(each) for each in found.tasks],
        "issues": [shared.line_json(each) for each in found.issues],
    }


def _table(ctx: Context, rows: Sequence[RiskRow]) -> str:
    from ka2tui.domain import risks as rules
    from ka2tui.domain.days import say_day

    cells = [
        (
            GLYPHS[row.state],
            row.code or f"id {row.id}",
            row.title,
            rules.say(row.likelihood, row.impact),
            row.strategy.word if row.strategy else "",
            row.owner,
            row.work_unit,
            _review(ctx, row)
            if row.state == "open"
            else row.state.word
            + (f" {say_day(row.closed_on, ctx.today)}" if row.closed_on else ""),
        )
        for row in rows
    ]
    return output.table(("", "code", "risk", "level", "strategy", "who", "wp", "look again"), cells)


def _review(ctx: Context, row: RiskRow) -> str:
    from ka2tui.domain.days import say_due

    return say_due(row.review_on, ctx.today) if row.review_on else ""


def _text(ctx: Context, found: RiskDetails) -> str:
    from ka2tui.domain import risks as rules
    from ka2tui.domain.days import say_day

    row = found.row
    weighed = rules.say(row.likelihood, row.impact)
    lines = [
        ("", f"{row.code or ''}  {row.title}".strip()),
        ("state", row.state.word),
        ("level", f"{weighed} = {row.likelihood} x {row.impact}" if weighed else ""),
        ("about", row.description),
        ("category", row.category),
        ("strategy", row.strategy.word if row.strategy else ""),
        ("action", row.action),
        ("who", ", ".join(filter(None, [row.contact, row.partner]))),
        ("wp", row.work_unit),
        ("seen first", say_day(row.opened_on, ctx.today) if row.opened_on else ""),
        ("look again", _review(ctx, row)),
        ("over", say_day(row.closed_on, ctx.today) if row.closed_on else ""),
        ("tasks", shared.say_tasks(ctx, found.tasks)),
        ("became", shared.say_lines(found.issues)),
        ("notes", row.notes),
    ]
    return output.facts(lines)


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import risks as operations
    from ka2tui.queries import risks as queries

    return queries, operations


_NOUN = Noun("risk", plain, _floors)
shared.give_task(group, "Make a task of what is done about a risk.", _NOUN)
_NOUN.give_remove(group, "Remove risks; their tasks and issues stay.")
plan_verbs.give_edit(
    group,
    "risk",
    "Change a risk; an empty value clears a field.",
    _fields,
    values_of=_values,
    change=_NOUN.change,
)
