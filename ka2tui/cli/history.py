"""History on the command line: undo, redo, and who changed what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.store.portfolio import Outcome


@click.command()
@click.pass_obj
def undo(ctx: Context) -> None:
    """Take back your last change in the project, and say which it was."""
    outcome = ctx.portfolio.undo(ctx.project_or_all)
    ctx.answer(_told(outcome), f"Undone: {outcome.label}")


@click.command()
@click.pass_obj
def redo(ctx: Context) -> None:
    """Bring back what you last took back, unless something was done since."""
    outcome = ctx.portfolio.redo(ctx.project_or_all)
    ctx.answer(_told(outcome), f"Redone: {outcome.label}")


@click.command()
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), default=50, help="At most so many lines.")
@click.pass_obj
def history(ctx: Context, words: tuple[str, ...], limit: int) -> None:
    """Show who changed what, newest first; only lines with all these WORDS."""
    from ka2tui.queries import history as lines

    rows = ctx.ask(lines.entries, ctx.project_or_all, words=" ".join(words), limit=limit)
    value = [
        {
            "id": row.id,
            "at": output.utc(row.at),
            "actor": row.actor,
            "kind": row.kind,
            "label": row.label,
            "project": row.project,
        }
        for row in rows
    ]
    told = {"do": "", "undo": "undone: ", "redo": "redone: "}

    def text() -> str:
        cells = [
            (row.id, output.utc(row.at), row.actor, row.project, told[row.kind] + row.label)
            for row in rows
        ]
        return output.table(("id", "when (UTC)", "who", "project", "what"), cells)

    ctx.answer(value, lambda: text() or "Nothing was changed yet.")


def _told(outcome: Outcome[None]) -> dict[str, Any]:
    return {
        "id": outcome.entry,
        "label": outcome.label,
        "touched": sorted(outcome.touched),
    }
