"""Milestones on the command line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output, plan_verbs
from ka2tui.cli.deadlines import due_values, say_due
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.queries.milestones import MilestoneRow


@click.group()
def group() -> None:
    """Milestones: points to reach, and what shows that they are reached."""


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List the milestones by when they are due."""
    from ka2tui.queries import milestones

    rows = ctx.ask(milestones.listed, ctx.project, today=ctx.today)
    table, empty = partial(_table, ctx=ctx), "No milestones yet."
    filters.answer(ctx, "milestone", rows, (words, named), plain=_plain, table=table, empty=empty)


@group.command()
@click.argument("code", metavar="ID")
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one milestone."""
    from ka2tui.queries import milestones

    (row,) = ctx.ask(milestones.some, [ctx.id("milestone", code)], today=ctx.today)
    whole = {**_plain(row), "verification": row.verification, "notes": row.notes}
    ctx.answer(whole, lambda: _text(ctx, row))


_fields = options(
    click.option("--due", metavar="DATE", help="A day or a project month: 1.12.2026, M18."),
    click.option("--wp", metavar="ID", help="Its work package or activity."),
    click.option("--verification", help="What shows that it was reached."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("code")
@click.argument("title", required=False, default="")
@_fields
@click.pass_obj
def add(ctx: Context, /, code: str, title: str, **said: str | None) -> None:
    """Add a milestone under a CODE such as MS3."""
    from ka2tui.operations import milestones

    outcome = ctx.do(milestones.add, ctx.project, code, title, values=_values(ctx, said))
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@click.argument("codes", metavar="ID...", nargs=-1, required=True)
@click.option("--on", metavar="DATE", help="The day it was reached; without it, today.")
@click.option("--not", "undone", is_flag=True, help="It is not reached after all.")
@click.pass_obj
def reach(ctx: Context, codes: tuple[str, ...], on: str | None, *, undone: bool) -> None:
    """Mark milestones as reached."""
    from ka2tui.operations import milestones

    ids = ctx.ids("milestone", codes)
    day = None if undone else ctx.day(on).day if on else ctx.today
    _NOUN.answer(ctx, ids, ctx.do(milestones.reach, ids, on=day).label)


def _values(ctx: Context, said: dict[str, str | None]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    values: dict[str, Any] = {}
    due, wp = said.get("due"), said.get("wp")
    if due is not None:
        values |= due_values(ctx, due)
    if wp is not None:
        values["work_unit_id"] = ctx.id("work_unit", wp) if wp else None
    for field in ("verification", "notes"):
        if said.get(field) is not None:
            values[field] = said[field] or None
    return values


def _plain(row: MilestoneRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "due": row.due,
        "due_month": row.due_month,
        "reached_on": row.reached_on,
        "work_unit": row.work_unit,
    }


def _table(rows: Sequence[MilestoneRow], ctx: Context) -> str:
    from ka2tui.domain.days import say_day

    cells = [
        (
            "!" if row.late else "✓" if row.reached_on else "",
            row.code,
            row.title,
            say_due(ctx, row),
            say_day(row.reached_on, ctx.today) if row.reached_on else "",
            row.work_unit,
        )
        for row in rows
    ]
    return output.table(("", "code", "title", "due", "reached", "wp"), cells)


def _text(ctx: Context, row: MilestoneRow) -> str:
    from ka2tui.domain.days import say_day

    lines = [
        ("", f"{row.code}  {row.title}"),
        ("due", say_due(ctx, row) + (", late" if row.late else "")),
        ("reached", say_day(row.reached_on, ctx.today) if row.reached_on else ""),
        ("wp", row.work_unit),
        ("shown by", row.verification),
        ("notes", row.notes),
    ]
    return output.facts(lines)


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import milestones as operations
    from ka2tui.queries import milestones as queries

    return queries, operations


_NOUN = Noun("milestone", _plain, _floors)
_NOUN.give_remove(group, "Remove milestones.")
plan_verbs.give(group, "milestone", _NOUN.answer, led=False)
plan_verbs.give_edit(
    group,
    "milestone",
    "Change a milestone; an empty value clears a field.",
    _fields,
    values_of=_values,
    change=_NOUN.change,
)
