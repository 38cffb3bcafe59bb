"""Needs and objectives on the command line, the chain to indicators, and EU priorities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output
from ka2tui.cli import register_verbs as shared
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import (
    DOCUMENTS,
    NEGATIVE,
    TABLES,
    OutFile,
    kind_of,
    no_option,
    options,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.aims import ChainRow, Serving
    from ka2tui.queries.aims import AimRow, Goal

_KINDS = ("need", "objective")


@click.group()
def group() -> None:
    """Needs and objectives, and what serves them: from need to indicator."""


@group.command("list")
@filters.options
@click.option("--kind", type=click.Choice(_KINDS), help="Only needs, or only objectives.")
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None, *, kind: str | None) -> None:
    """List the needs, each with its objectives."""
    from ka2tui.domain.kinds import AimKind
    from ka2tui.queries import aims

    wanted = None if kind is None else AimKind(kind)
    rows = ctx.ask(aims.listed, ctx.project, kind=wanted)
    rows = filters.narrowed(ctx, "aim", rows, words, named)
    none = "No needs and objectives yet. Add one with: ka2tui aim add need TEXT"
    ctx.answer(
        [plain(row) for row in rows],
        lambda: _table(rows) or filters.nothing(none, words, named),
    )


@group.command()
@shared.one
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one need or objective with what serves it."""
    from ka2tui.queries import aims

    row = ctx.ask(aims.one, ctx.id("aim", code))
    ctx.answer(plain(row), lambda: _text(row))


_fields = options(
    click.option("--code", "new_code", help="Without it the next free one: N1, SO1."),
    click.option("--need", metavar="ID", help="The need that an objective answers."),
    click.option("--target-group", metavar="WHO", help="For whom; several with ; between."),
    click.option("--source", help="Where a need is shown: a survey, a statistic."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("text")
@_fields
@click.pass_obj
def add(ctx: Context, /, kind: str, text: str, **said: str | None) -> None:
    """Add a need, or an objective: one sentence."""
    from ka2tui.domain.kinds import AimKind
    from ka2tui.operations import aims

    outcome = ctx.do(aims.add, ctx.project, AimKind(kind), text, values=_values(ctx, said))
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@shared.one
@click.option("--text", help="Another sentence.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, code: str, text: str | None, **said: str | None) -> None:
    """Change a need or an objective; an empty value clears a field."""
    values = _values(ctx, said) | ({} if text is None else {"text": text})
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    _NOUN.change(ctx, ctx.id("aim", code), values)


@group.command()
@shared.one
@click.option("--wp", "units", metavar="ID", multiple=True, help="A work package or activity.")
@click.option("--deliverable", "deliverables", metavar="ID", multiple=True, help="A result.")
@click.option("--milestone", "milestones", metavar="ID", multiple=True, help="A milestone.")
@click.option("--indicator", "indicators", metavar="ID", multiple=True, help="An indicator.")
@click.option("--remove", is_flag=True, help="Take these links away instead.")
@click.option("--only", is_flag=True, help="Let nothing else serve it; alone: nothing at all.")
@click.pass_obj
def link(
    ctx: Context,
    code: str,
    *,
    units: tuple[str, ...],
    deliverables: tuple[str, ...],
    milestones: tuple[str, ...],
    indicators: tuple[str, ...],
    remove: bool,
    only: bool,
) -> None:
    """Say what serves an objective: parts of the plan, results, indicators."""
    from ka2tui.operations import aims
    from ka2tui.queries import aims as asked

    given = [
        (table, key)
        for table, said in (
            *(("work_unit", units), ("deliverable", deliverables)),
            *(("milestone", milestones), ("indicator", indicators)),
        )
        for key in ctx.ids(table, said)
    ]
    if not given and not only:
        raise click.UsageError("Say what serves it: --wp WP2, --deliverable D2.1, --indicator I1.")
    if remove and only:
        raise click.UsageError("Either --remove or --only.")
    which = ctx.id("aim", code)
    there = [(one.table, one.id) for one in ctx.ask(asked.one, which).links]
    if only:
        wanted = given
    elif remove:
        wanted = [one for one in there if one not in given]
    else:
        wanted = [*there, *(one for one in given if one not in there)]
    _NOUN.answer(ctx, [which], ctx.do(aims.link, which, wanted).label)


@group.command(context_settings=NEGATIVE)
@click.argument("code", metavar="ID", callback=no_option)
@click.argument("by", type=int)
@click.pass_obj
def move(ctx: Context, code: str, by: int) -> None:
    """Let one stand so many places further on; -1 is one place up."""
    from ka2tui.operations import aims

    which = ctx.id("aim", code)
    _NOUN.answer(ctx, [which], ctx.do(aims.move, which, by).label)


@group.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "csv", "xlsx"]),
    help="As the file's name says without it; on the screen a table, else Markdown.",
)
@click.option(
    "-o", "--output", "file", type=OutFile(shown=True), metavar="FILE", help="Write it here."
)
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.pass_obj
def chain(ctx: Context, *, form: str | None, file: Path | None, force: bool) -> None:
    """Lay need, objective, activity, result and indicator beside each other, gaps named."""
    from ka2tui.queries import aims

    seen = ctx.ask(aims.goal, ctx.project, own=ctx.settings.data)
    chosen = kind_of(file, form, DOCUMENTS | TABLES, "md") if file else form
    value = _goal(seen)
    if chosen is None:
        ctx.answer(value, lambda: _chain_text(seen))
        return
    if file is None and chosen == "xlsx":
        raise click.UsageError("A workbook needs a file: say where with -o.")
    from ka2tui.exchange import aim_tables

    data = aim_tables.rendered(seen, chosen, today=ctx.today, own=ctx.settings.data)
    if file is None:
        ctx.answer(value | {"text": data.decode("utf-8-sig")}, data.decode("utf-8-sig").rstrip())
        return
    from ka2tui.cli.exchange import write_file

    write_file(file, data, force=force)
    ctx.answer(value | {"file": str(file)}, f"Written: {file}")


@group.command()
@click.argument("names", metavar="[PRIORITY]...", nargs=-1)
@click.option("--remove", is_flag=True, help="Take these away instead.")
@click.option("--offered", is_flag=True, help="List what can be chosen, by field.")
@click.pass_obj
def priorities(ctx: Context, names: tuple[str, ...], *, remove: bool, offered: bool) -> None:
    """List the EU priorities of the project, or add some: their beginning is enough."""
    from ka2tui.operations import aims
    from ka2tui.queries import aims as asked

    seen = ctx.ask(asked.goal, ctx.project, own=ctx.settings.data)
    if offered:
        if names or remove:
            raise click.UsageError("--offered only lists.")
        ctx.answer(_offered(seen), lambda: _offered_text(seen))
        return
    label = ""
    if names:
        label = ctx.do(
            aims.choose_priorities, ctx.project, _chosen(seen, names, remove=remove)
        ).label
        seen = ctx.ask(asked.goal, ctx.project, own=ctx.settings.data)
    elif remove:
        raise click.UsageError("Say which one to take away.")
    none = "No priority yet. See what there is with: ka2tui aim priorities --offered"
    listed = "\n".join(f"- {name}" for name in seen.priorities) or none
    ctx.answer(list(seen.priorities), label or listed)


def _chosen(seen: Goal, names: Sequence[str], *, remove: bool) -> list[str]:
    """Give the priorities as they shall be.

    Raises:
        Refused: One to be taken away is none of them.
    """
    from ka2tui.domain import priorities
    from ka2tui.domain.refusal import Refused
    from ka2tui.domain.text import fold, quoted

    wanted = list(seen.priorities)
    for name in names:
        if remove:
            there = [it for it in wanted if fold(it).startswith(fold(name))]
            if len(there) != 1:
                raise Refused(f"{quoted(name)} is none of the priorities of this project.")
            wanted.remove(there[0])
            continue
        found = priorities.find(seen.offer, name)
        title = found.title if found is not None else name
        if fold(title) not in map(fold, wanted):
            wanted.append(title)
    return wanted


def _values(ctx: Context, said: dict[str, str | None]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    values: dict[str, Any] = {
        name.removeprefix("new_"): text or None
        for name, text in said.items()
        if text is not None and name != "need"
    }
    need = said.get("need")
    if need is not None:
        values["parent_id"] = ctx.id("aim", need) if need else None
    return values


# -- answers -------------------------------------------------------------------------------------


def plain(row: AimRow) -> dict[str, Any]:
    """Give a need or an objective as JSON lists it."""
    return {
        "id": row.id,
        "kind": row.aim.kind,
        "code": row.aim.code,
        "text": row.aim.text,
        "need": row.parent,
        "target_group": row.aim.target_group,
        "source": row.aim.source,
        "served_by": [_serving(one) for one in row.links],
        "notes": row.notes,
    }


def _serving(one: Serving) -> dict[str, Any]:
    return {"kind": one.table, "id": one.id, "code": one.code, "title": one.title}


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import aims as operations
    from ka2tui.queries import aims as queries

    return queries, operations


_NOUN = Noun("aim", plain, _floors, dated=False)
_NOUN.give_remove(group, "Remove needs and objectives; objectives of a need stay without one.")


def _goal(seen: Goal) -> dict[str, Any]:
    """Give goal, target groups, priorities and the chain."""
    return {
        "goal": seen.goal,
        "target_groups": list(seen.target_groups),
        "priorities": list(seen.priorities),
        "rows": [_chain_row(row) for row in seen.chain.rows],
        "gaps": seen.chain.gaps,
        "serving_nothing": [_serving(one) for one in seen.chain.idle],
    }


def _chain_row(row: ChainRow) -> dict[str, Any]:
    def listed(found: Sequence[Serving]) -> list[dict[str, Any]]:
        return [_serving(one) | {"through": one.through} for one in found]

    return {
        "need": row.need.called if row.need else None,
        "objective": row.objective.called if row.objective else None,
        "activities": listed(row.activities),
        "results": listed(row.results),
        "indicators": listed(row.indicators),
        "gaps": list(row.gaps),
    }


def _chain_text(seen: Goal) -> str:
    from ka2tui.domain import aims

    table = output.table(
        ("need", "objective", "activities", "results", "indicators", "gaps"),
        [
            (
                row.need.said if row.need and row.first else "",
                row.objective.said if row.objective else "",
                *(aims.say_serving(row.activities), aims.say_serving(row.results)),
                *(aims.say_serving(row.indicators), aims.say_gaps(row.gaps)),
            )
            for row in seen.chain.rows
        ],
    )
    facts = [
        ("goal", seen.goal),
        ("target groups", "; ".join(seen.target_groups)),
        ("priorities", "; ".join(seen.priorities)),
        ("no objective", aims.say_serving(seen.chain.idle)),
    ]
    none = "No needs and objectives yet. Add one with: ka2tui aim add need TEXT"
    return "\n\n".join(filter(None, [output.facts(facts), table or none]))


def _table(rows: Sequence[AimRow]) -> str:
    from ka2tui.domain import aims

    return output.table(
        ("code", "what", "need", "for", "served by", "shown by"),
        [
            (
                *(row.aim.code or row.id, row.aim.text, row.parent, row.aim.target_group),
                *(aims.say_serving(row.links), row.aim.source),
            )
            for row in rows
        ],
    )


def _text(row: AimRow) -> str:
    return output.facts(
        [
            ("", row.aim.said),
            ("kind", row.aim.kind.word),
            ("need", row.parent),
            ("for", row.aim.target_group),
            ("shown by", row.aim.source),
            *(("served by", one.said) for one in row.links),
            ("notes", row.notes),
        ]
    )


def _offered(seen: Goal) -> list[dict[str, Any]]:
    """List what can be chosen."""
    from ka2tui.domain.text import fold

    mine = set(map(fold, seen.priorities))
    return [
        {
            "field": one.field,
            "title": one.title,
            "chosen": fold(one.title) in mine,
            "call_year": seen.offer.call.year,
            "source": seen.offer.call.source,
            "place": seen.offer.call.place,
            "confirmed": one.confirmed and seen.offer.exact,
        }
        for one in seen.offer or ()
        if seen.offer is not None
    ]


def _offered_text(seen: Goal) -> str:
    if seen.offer is None:
        return "No priorities are known."
    from ka2tui.domain.text import fold

    mine = set(map(fold, seen.priorities))
    parts = [seen.offer.said]
    for field in seen.offer.fields:
        listed = [
            f"{'x' if fold(one.title) in mine else '-'} {one.title}" for one in field.priorities
        ]
        parts.append("\n".join(filter(None, [field.title, field.note, *listed])))
    return "\n\n".join(parts)
