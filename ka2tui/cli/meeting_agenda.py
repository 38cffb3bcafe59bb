"""The agenda of a meeting on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ka2tui.cli import meeting_answers as answers
from ka2tui.cli import meeting_fields as fields
from ka2tui.cli import meeting_papers
from ka2tui.cli import meeting_text as texts

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.cli.context import Context


@click.command()
@click.argument("meeting", metavar="ID")
@click.option("--add", "title", metavar="TITLE", help="Put a point at the end of it.")
@click.option("--presenter", metavar="NAME", help="Who presents the new point.")
@click.option("--length", metavar="TIME", help="How long the new point takes: 45, 1h.")
@meeting_papers.options
@click.pass_obj
def agenda(
    ctx: Context,
    meeting: str,
    *,
    title: str | None,
    presenter: str | None,
    length: str | None,
    form: str | None,
    file: Path | None,
    force: bool,
) -> None:
    """Show the agenda of a meeting, add to it, or write it to send and print."""
    from ka2tui.operations import agenda as points
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    if title is not None:
        if form or file:
            raise click.UsageError("-o and --format write the agenda: add points by --add first.")
        planned = fields.length(length) if length else None
        outcome = ctx.do(points.add, found, title, presenter=presenter, minutes_planned=planned)
        items = answers.items(ctx.ask(asked.one, found, today=ctx.today))
        ctx.answer(next(one for one in items if one["id"] == outcome.value), outcome.label)
        return
    details = ctx.ask(asked.one, found, today=ctx.today)
    if form or file:
        from ka2tui.reports import meeting_papers as papers

        meeting_papers.hand_out(ctx, papers.agenda(details), form, file, force=force)
        return
    ctx.answer(
        answers.items(details), lambda: "\n".join(texts.agenda_lines(details)) or "No agenda yet."
    )
