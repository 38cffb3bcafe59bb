"""Papers of a meeting on the command line: agenda, signatures, minutes, as Markdown or to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli.options import DOCUMENTS, OutFile, kind_of, naming_force
from ka2tui.cli.options import options as given

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.reports.document import Document


options = given(
    click.option(
        "--format",
        "form",
        type=click.Choice(["md", "html"]),
        help="Markdown to work on, or HTML to send and print; else as the file's name says.",
    ),
    click.option(
        *("-o", "--output", "file"),
        type=OutFile(shown=True),
        metavar="FILE",
        help="Write it here.",
    ),
    click.option("--force", is_flag=True, help="Write over an existing file."),
)
"""Give a command the options that say where a paper goes, and as what."""


def hand_out(
    ctx: Context, document: Document, form: str | None, file: Path | None, *, force: bool
) -> None:
    """Write a paper into a file, or to whoever asked."""
    from ka2tui.reports import saving

    chosen = kind_of(file, form, DOCUMENTS, "md") if file else form or "md"
    if chosen == "html":
        from ka2tui.reports.formats import html

        text = html.render(document, ctx.settings.data)
    else:
        from ka2tui.reports.formats import markdown

        text = markdown.render(document)
    with naming_force():
        written = None if file is None else saving.save(file, text, replace=force)
    value: dict[str, Any] = {
        "format": chosen,
        "file": None if written is None else str(written),
        "text": text if written is None else None,
    }
    ctx.answer(value, text.rstrip("\n") if written is None else f"Written to {written}")


@click.command()
@click.argument("meeting", metavar="ID")
@options
@click.pass_obj
def signatures(
    ctx: Context, meeting: str, form: str | None, file: Path | None, *, force: bool
) -> None:
    """Write the list that people sign: everybody expected, a table for each day."""
    from ka2tui.queries import meetings
    from ka2tui.reports import meeting_papers

    found = ctx.ask(meetings.one, ctx.id("meeting", meeting), today=ctx.today)
    hand_out(ctx, meeting_papers.signatures(found), form, file, force=force)
