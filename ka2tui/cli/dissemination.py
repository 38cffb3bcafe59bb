"""Dissemination on the command line: the log, the plan, and both as tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output, plan_verbs
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import into_tables, options, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.domain.dissemination import Sorts
    from ka2tui.exchange.table_writer import Sheet
    from ka2tui.queries.dissemination import ActDetails, ActRow, Plan

_SEEN = {"yes": True, "no": False, "unknown": None}


@click.group()
def group() -> None:
    """Dissemination: what spreads the word, planned and done."""


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List what was done and what is planned, by day."""
    from ka2tui.queries import dissemination

    rows, narrowed_by = ctx.ask(dissemination.listed, ctx.project, today=ctx.today), (words, named)
    table = partial(_table, ctx=ctx)
    empty = "No dissemination yet. Log some with: ka2tui dissemination add"
    filters.answer(ctx, "dissemination", rows, narrowed_by, plain=_plain, table=table, empty=empty)


@group.command()
@click.argument("act", metavar="ID")
@click.pass_obj
def show(ctx: Context, act: str) -> None:
    """Show one entry with what is missing of it."""
    from ka2tui.queries import dissemination

    found = ctx.ask(dissemination.one, ctx.id("dissemination", act), today=ctx.today)
    ctx.answer(_whole(found), lambda: _text(found, ctx))


_fields = options(
    click.option("--kind", "sort", help="newsletter, article, event ...: any of the list."),
    click.option("--on", "when", metavar="DATE", help="A day, a stretch of days, Feb 2027, M18."),
    click.option("--partner", metavar="PARTNER", help="Who does it."),
    click.option("--wp", metavar="ID", help="Its work package or activity."),
    click.option("--deliverable", metavar="ID", help="The result it tells of."),
    click.option("--audience", help="For whom: teachers, parents, ministries."),
    click.option("--reach", metavar="NUMBER", help="How many were reached."),
    click.option("--language", help="In which language."),
    click.option("--place", help="Where it was."),
    click.option("--link", metavar="ADDRESS", help="Where it can be seen."),
    click.option("--emblem", type=click.Choice([*_SEEN]), help="Whether the EU emblem was on it."),
    click.option("--disclaimer", type=click.Choice([*_SEEN]), help="Whether the disclaimer was."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("line", nargs=-1, required=True)
@click.option(
    "--state",
    type=click.Choice(["planned", "done", "dropped"]),
    help="Without it: done where the day has been, else planned.",
)
@_fields
@click.pass_obj
def add(ctx: Context, /, line: tuple[str, ...], state: str | None, **said: str | None) -> None:
    """Log in one line: Newsletter 3 yesterday @KMOP 250 readers https://...

    @ names a partner, wp: a work package, for: a deliverable, reach: a number, lang: a language,
    at: a place, to: an audience, on: a day. Options win over what the line says.
    """
    from ka2tui.domain import dissemination as rules
    from ka2tui.domain.kinds import DisseminationState
    from ka2tui.operations import dissemination

    known, start = _sorts(ctx), ctx.start
    typed = read(
        lambda text: rules.read_line(text, known, today=ctx.today, start=start), " ".join(line)
    )
    values = {
        "sort": typed.sort,
        "state": typed.state,
        "day": typed.day,
        "day_month": typed.month,
        "precision": typed.precision,
        "reach": typed.reach,
        **{name: getattr(typed, name) for name in ("language", "place", "audience", "link")},
    }
    for field, kind, text in (
        ("partner_id", "partner", typed.partner),
        ("work_unit_id", "work_unit", typed.work_unit),
        ("deliverable_id", "deliverable", typed.deliverable),
    ):
        if text is not None:
            values[field] = ctx.id(kind, text)
    given = _values(ctx, said)
    values |= given
    if "day" in given and state is None:
        values["state"] = _state_of(ctx, given)
    if state is not None:
        values["state"] = DisseminationState(state)
    outcome = ctx.do(dissemination.add, ctx.project, typed.title, values=values)
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@click.argument("title")
@click.option("--months", required=True, metavar="MONTHS", help="M3,M6-M12 or M3-M24/3.")
@click.option("--partner", "partners", multiple=True, metavar="PARTNER", help="Once for each.")
@click.option("--all-partners", is_flag=True, help="One for each partner of the project.")
@click.option("--kind", "sort", help="newsletter, article, event ...")
@click.option("--wp", metavar="ID", help="Its work package or activity.")
@click.option("--audience", help="For whom.")
@click.pass_obj
def plan(
    ctx: Context,
    /,
    title: str,
    months: str,
    partners: tuple[str, ...],
    *,
    all_partners: bool,
    **said: str | None,
) -> None:
    """Plan something for each partner in each of some project months."""
    from ka2tui.domain import dissemination as rules
    from ka2tui.operations import dissemination
    from ka2tui.queries import partners as asked

    who = ctx.ids("partner", partners)
    if all_partners:
        if who:
            raise click.UsageError("Name partners, or say --all-partners.")
        every = ctx.ask(asked.listed, ctx.project, today=ctx.today)
        who = [row.id for row in every if row.left_on is None and row.role != "associated"]
    outcome = ctx.do(
        *(dissemination.plan, ctx.project, title, who, read(rules.read_months, months)),
        values=_values(ctx, said),
    )
    _NOUN.answer(ctx, [*outcome.value], outcome.label)


@group.command()
@click.argument("act", metavar="ID")
@click.option("--title", help="Another name.")
@click.option("--state", type=click.Choice(["planned", "done", "dropped"]), help="Another state.")
@_fields
@click.pass_obj
def edit(
    ctx: Context, /, act: str, title: str | None, state: str | None, **said: str | None
) -> None:
    """Change an entry; an empty value clears a field."""
    from ka2tui.domain.kinds import DisseminationState
    from ka2tui.operations import dissemination

    values = _values(ctx, said)
    if title is not None:
        values["title"] = title
    if state is not None:
        values["state"] = DisseminationState(state)
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    found = ctx.id("dissemination", act)
    _NOUN.answer(ctx, [found], ctx.do(dissemination.edit, found, values).label)


@group.command()
@plan_verbs.ids
@_fields
@click.pass_obj
def done(ctx: Context, /, codes: tuple[str, ...], **said: str | None) -> None:
    """Note that they were done, with what is known of it now."""
    from ka2tui.operations import dissemination

    ids = ctx.ids("dissemination", codes)
    values = _values(ctx, said)
    _NOUN.answer(ctx, ids, ctx.do(dissemination.finish, ids, today=ctx.today, values=values).label)


@group.command()
@plan_verbs.ids
@click.option("--why", help="Why not; it is added to the notes.")
@click.pass_obj
def drop(ctx: Context, codes: tuple[str, ...], why: str | None) -> None:
    """Note that they will not be done after all."""
    from ka2tui.operations import dissemination

    ids = ctx.ids("dissemination", codes)
    _NOUN.answer(ctx, ids, ctx.do(dissemination.drop, ids, why=why).label)


@group.command()
@plan_verbs.ids
@click.pass_obj
def reopen(ctx: Context, codes: tuple[str, ...]) -> None:
    """Note that they are still to be done."""
    from ka2tui.operations import dissemination

    ids = ctx.ids("dissemination", codes)
    _NOUN.answer(ctx, ids, ctx.do(dissemination.reopen, ids).label)


@group.command()
@click.pass_obj
def matrix(ctx: Context) -> None:
    """Show what is done against what is planned, by partner and project month."""
    from ka2tui.queries import dissemination

    found = ctx.ask(dissemination.plan, ctx.project)
    ctx.answer(_matrix(found), lambda: _matrix_text(found, _sorts(ctx)))


@group.command()
@click.pass_obj
def kinds(ctx: Context) -> None:
    """List the kinds there are, and what is looked at in each."""
    known = _sorts(ctx)
    ctx.answer(
        {
            "kinds": [
                {"id": it.id, "title": it.title, "also": [*it.also], "channel": it.channel}
                for it in known.sorts
            ],
            "checks": [
                {
                    "id": it.id,
                    "title": it.text,
                    "why": it.why,
                    "source": it.source,
                    "place": it.place,
                    "confirmed": it.confirmed,
                }
                for it in known.checks
            ],
        },
        lambda: output.table(
            ("kind", "is", "also written as"),
            [(it.id, it.title, ", ".join(it.also)) for it in known.sorts],
        ),
    )


@group.command()
@into_tables("log", "plan")
@click.pass_obj
def export(ctx: Context, form: str | None, name: str | None, target: Path, *, force: bool) -> None:
    """Write the log, and what is done against plan, for a spreadsheet."""
    from ka2tui.cli.exchange import write_tables
    from ka2tui.exchange import dissemination_tables as tables
    from ka2tui.queries import dissemination

    def log() -> Sheet:
        rows = ctx.ask(dissemination.listed, ctx.project, today=ctx.today)
        return tables.log(rows, _sorts(ctx))

    def plan() -> Sheet:
        return tables.plan(ctx.ask(dissemination.plan, ctx.project))

    makers = {"log": log, "plan": plan}
    write_tables(ctx, target, makers, form=form, name=name, force=force)


# -- reading -------------------------------------------------------------------------------------


def _sorts(ctx: Context) -> Sorts:
    from ka2tui.domain import dissemination

    return dissemination.load(ctx.settings.data)


def _values(ctx: Context, said: dict[str, str | None]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    from ka2tui.domain import dissemination as rules

    values: dict[str, Any] = {}
    for name in ("audience", "language", "place", "link", "notes"):
        if said.get(name) is not None:
            values[name] = said[name] or None
    for name, kind, field in (
        ("partner", "partner", "partner_id"),
        ("wp", "work_unit", "work_unit_id"),
        ("deliverable", "deliverable", "deliverable_id"),
    ):
        text = said.get(name)
        if text is not None:
            values[field] = ctx.id(kind, text) if text else None
    sort, reach, when = said.get("sort"), said.get("reach"), said.get("when")
    if sort is not None:
        values["sort"] = read(_sorts(ctx).named, sort) if sort else None
    if reach is not None:
        values["reach"] = read(rules.read_reach, reach) if reach else None
    if when is not None:
        values |= _when(ctx, when)
    for name in ("emblem", "disclaimer"):
        text = said.get(name)
        if text is not None:
            values[name] = _SEEN[text]
    return values


def _when(ctx: Context, said: str) -> dict[str, Any]:
    from ka2tui.domain import dissemination as rules
    from ka2tui.domain.dissemination import When

    start = ctx.start
    found = When(None)
    if said:
        found = read(lambda text: rules.read_when(text, today=ctx.today, start=start), said)
    return {
        "day": found.day,
        "day_month": found.month,
        "precision": found.precision,
        "end_day": found.end,
    }


def _state_of(ctx: Context, given: dict[str, Any]) -> Any:
    from ka2tui.domain.kinds import DisseminationState, Precision

    day = given["day"]
    been = day is not None and given["precision"] is Precision.DAY and day <= ctx.today
    return DisseminationState.DONE if been else DisseminationState.PLANNED


# -- answering -----------------------------------------------------------------------------------


def _plain(row: ActRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "kind": row.sort,
        "state": row.state,
        "day": row.day,
        "month": row.month,
        "end_day": row.end_day,
        "late": row.late,
        "partner": row.partner,
        "work_unit": row.work_unit,
        "deliverable": row.deliverable,
        "audience": row.audience,
        "reach": row.reach,
        "language": row.language,
        "place": row.place,
        "link": row.link,
        "emblem": row.emblem,
        "disclaimer": row.disclaimer,
        "proofs": row.proofs,
        "lacks": list(row.lacks),
    }


def _whole(found: ActDetails) -> dict[str, Any]:
    return {**_plain(found.row), "notes": found.notes}


def _table(rows: Sequence[ActRow], ctx: Context) -> str:
    from ka2tui.domain import dissemination as rules

    known = _sorts(ctx)
    cells = [
        (
            "!" if row.late else "✓" if row.state == "done" else "",
            row.id,
            row.title,
            _day(row, ctx),
            row.state.word,
            row.partner,
            known.title(row.sort),
            "" if row.reach is None else f"{row.reach:,}".replace(",", " "),
            ", ".join(row.lacks),
        )
        for row in rows
    ]
    said = output.table(
        ("", "id", "what", "when", "state", "partner", "kind", "reach", "missing"), cells
    )
    reached = sum(row.reach or 0 for row in rows if row.state == "done")
    if not said or not reached:
        return said
    return f"{said}\n\nReach {reached:,}".replace(",", " ") + f". {rules.NOT_PEOPLE}"


def _day(row: ActRow, ctx: Context) -> str:
    from ka2tui.domain.days import say_day, say_span
    from ka2tui.domain.timeline import say_month

    month = "" if row.month is None else say_month(row.month)
    if row.day is None:
        return month
    if row.end_day is not None and row.end_day != row.day:
        return say_span(row.day, row.end_day)
    return f"{say_day(row.day, ctx.today, row.precision)} {month}".strip()


def _text(found: ActDetails, ctx: Context) -> str:
    from ka2tui.domain.dissemination import say_checked

    row = found.row
    return output.facts(
        [
            ("", row.title),
            ("kind", _sorts(ctx).title(row.sort)),
            ("state", row.state.word + (", late" if row.late else "")),
            ("when", _day(row, ctx)),
            ("partner", row.partner),
            ("wp", row.work_unit),
            ("deliverable", row.deliverable),
            ("audience", row.audience),
            ("reach", row.reach),
            ("language", row.language),
            ("place", row.place),
            ("link", row.link),
            ("EU emblem", say_checked(row.emblem)),
            ("disclaimer", say_checked(row.disclaimer)),
            ("proof", row.proofs or None),
            ("missing", ", ".join(row.lacks)),
            ("notes", found.notes),
        ]
    )


def _matrix(found: Plan) -> dict[str, Any]:
    from ka2tui.domain.dissemination import NOT_PEOPLE

    def cell(one: Any) -> dict[str, int]:
        return {"done": len(one.done), "planned": len(one.planned)}

    return {
        "months": found.months,
        "partners": [
            {
                "partner": row.partner,
                **cell(row.total),
                "reach": row.reach,
                "by_month": [
                    {"month": month, **cell(one)} for month, one in sorted(row.months.items())
                ],
                "undated": cell(row.undated),
                "by_kind": [
                    {"kind": sort, **cell(one), "reach": reach} for sort, one, reach in row.by_sort
                ],
            }
            for row in found.rows
        ],
        "done": len(found.total.total.done),
        "planned": len(found.total.total.planned),
        "reach": found.total.reach,
        "reach_note": NOT_PEOPLE,
    }


def _matrix_text(found: Plan, known: Sorts) -> str:
    from ka2tui.domain.dissemination import NOT_PEOPLE, NOTHING, Cell
    from ka2tui.domain.timeline import say_month

    if not found.rows or found.total is NOTHING:
        return "No dissemination yet. Plan some with: ka2tui dissemination plan"
    rows = [*found.rows, found.total]
    used = sorted({month for row in rows for month in row.months})
    table = output.table(
        ("partner", "done", "reach", *("before" if not m else say_month(m) for m in used), "?"),
        [
            (
                "total" if row is found.total else row.partner or "nobody",
                row.total.said,
                f"{row.reach:,}".replace(",", " ") if row.reach else "",
                *(row.months.get(month, Cell()).said for month in used),
                row.undated.said,
            )
            for row in rows
        ],
    )
    sorts = output.table(
        ("kind", "done", "reach"),
        [
            (known.title(sort) or "no kind", cell.said, f"{reach:,}".replace(",", " "))
            for sort, cell, reach in found.total.by_sort
        ],
    )
    return f"{table}\n\n{sorts}\n\nEach cell: done of all. {NOT_PEOPLE}"


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import dissemination as operations
    from ka2tui.queries import dissemination as queries

    return queries, operations


_NOUN = Noun("dissemination", _plain, _floors)
_NOUN.give_remove(group, "Remove entries.")
