"""Figures on the command line: every number of a project, and the rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.domain.figure import Figure
    from ka2tui.queries.behind import BehindRow


@click.group()
def group() -> None:
    """Figures of pages and reports, and the rows behind each."""


@group.command("list")
@click.argument("begins", metavar="[NAME]", default="")
@click.pass_obj
def list_(ctx: Context, begins: str) -> None:
    """List the figures, or those whose names begin like this: plan.WP2."""
    from ka2tui.domain.text import fold
    from ka2tui.queries import figures

    wanted = fold(begins)
    every = ctx.ask(figures.listed, ctx.project, today=ctx.today, own=ctx.settings.data)
    found = [each for each in every if fold(each.name).startswith(wanted)]
    ctx.answer(
        [_plain(each) for each in found],
        lambda: (
            output.table(
                ("Name", "Figure", "Comes to", "Rows"),
                [(each.name, each.title, each.said, len(each.trace)) for each in found],
            )
            or f"There is no figure {begins}."
        ),
    )


@group.command()
@click.argument("name")
@click.pass_obj
def show(ctx: Context, name: str) -> None:
    """Show one figure with the rows behind it."""
    from ka2tui.queries import behind, figures

    found = ctx.ask(figures.one, ctx.project, name, today=ctx.today, own=ctx.settings.data)
    rows = ctx.ask(behind.rows, found.trace, today=ctx.today)
    value = _plain(found) | {"behind": [_row(row) for row in rows]}
    ctx.answer(value, lambda: _text(found, rows))


def _plain(figure: Figure) -> dict[str, Any]:
    """Give what is written of a figure in a list."""
    return {
        "name": figure.name,
        "title": figure.title,
        "unit": str(figure.unit),
        "value": _number(figure.value),
        "said": figure.said,
        "rows": len(figure.trace),
        "adds_up": figure.adds_up,
        "how": figure.how or None,
    }


def _row(row: BehindRow) -> dict[str, Any]:
    return {
        "table": row.table,
        "id": row.id,
        "kind": row.kind,
        "code": row.code or None,
        "title": row.title,
        "facts": row.facts,
        "adds": _number(row.adds),
        "of": _number(row.of),
    }


def _number(value: Any) -> int | str | None:
    """Write a decimal as text, for a program may not read it as one."""
    return value if value is None or isinstance(value, int) else str(value)


def _text(figure: Figure, rows: tuple[BehindRow, ...]) -> str:
    from ka2tui.domain.figure import Source, Unit, say_source

    def adds(row: BehindRow) -> str:
        if figure.unit is Unit.COUNT and row.adds == 1:
            return ""
        source = Source(row.table, row.id, row.adds, row.of)
        return say_source(source, figure.unit, figure.currency)

    lines = [f"{figure.title}: {figure.said}"]
    table = output.table(
        ("Kind", "Code", "Title", "What is known", "Adds"),
        [(row.kind, row.code, row.title, row.facts, adds(row)) for row in rows],
    )
    return "\n".join([*lines, *filter(None, [table, figure.summed, figure.how])])
