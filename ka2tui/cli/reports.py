"""Reports on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ka2tui.cli.options import DOCUMENTS, OutFile, kind_of, naming_force

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.cli.context import Context
    from ka2tui.domain.periods import Period


@click.group()
def group() -> None:
    """Reports to hand out: how the project goes, in a period."""


@group.command()
@click.option(
    "--from", "first", metavar="DATE", help="First day of the period: a date, M12, Q3 2026."
)
@click.option("--to", "last", metavar="DATE", help="Last day of the period; today without it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html"]),
    help="Markdown to work on, or HTML to send and print; else as the file's name says, else md.",
)
@click.option(
    "-o", "--output", "file", type=OutFile(shown=True), metavar="FILE", help="Write it here."
)
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.option("--no-rows", is_flag=True, help="Leave out the rows behind the figures at its end.")
@click.pass_obj
def progress(
    ctx: Context,
    first: str | None,
    last: str | None,
    form: str | None,
    file: Path | None,
    *,
    force: bool,
    no_rows: bool,
) -> None:
    """Tell where the project stands and what happened in a period.

    Without --from the period is the last three project months: the running one, as far as it has
    passed, and the two before it. Work, money and letters are told as they stand in the file now;
    time, lateness and what comes next are held against today, or the day of --today.

    It is the consortium's own report, not the form of the agency.
    """
    from ka2tui.queries import progress as read
    from ka2tui.queries import progress_figures as figures
    from ka2tui.reports import progress as report
    from ka2tui.reports import saving

    period = _period(ctx, first, last)
    chosen = kind_of(file, form, DOCUMENTS, "md") if file else form or "md"
    own = ctx.settings.data
    seen = ctx.ask(read.progress_of, ctx.project, period, today=ctx.today, own=own)
    rows = None if no_rows else ctx.ask(figures.traced, ctx.project, seen, own=own)
    document = report.build(seen, own, rows)
    if chosen == "html":
        from ka2tui.reports.formats import html

        text = html.render(document, own)
    elif ctx.plain and file is None and form is None:
        from ka2tui.reports.formats import plain

        text = plain.render(document)
    else:
        from ka2tui.reports.formats import markdown

        text = markdown.render(document)
    with naming_force():
        written = None if file is None else saving.save(file, text, replace=force)
    value = {
        "format": chosen,
        "from": period.first,
        "to": period.last,
        "file": None if written is None else str(written),
        "text": text if written is None else None,
    }
    ctx.answer(value, text.rstrip("\n") if written is None else f"Written to {written}")


def _period(ctx: Context, first: str | None, last: str | None) -> Period:
    """Read the period; what is not said is the usual one.

    Raises:
        UsageError: A date cannot be read, or the period ends before it begins.
    """
    from ka2tui.domain import periods
    from ka2tui.domain.refusal import Refused

    begin, end = _day(ctx, first, end=False), _day(ctx, last, end=True)
    usual = periods.choose(periods.Span.THREE_MONTHS, ctx.start, end or ctx.today)
    try:
        return periods.between(begin or usual.first, end or usual.last)
    except Refused as refused:
        raise click.UsageError(str(refused)) from None


def _day(ctx: Context, said: str | None, *, end: bool) -> date | None:
    """Read one end of the period; of a month or a quarter, its first or its last day."""
    from ka2tui.domain import periods

    if said is None:
        return None
    if periods.is_quarter(said):
        quarter = periods.read(said, ctx.start, ctx.today)
        return quarter.last if end else quarter.first
    read = ctx.day(said)
    day = read.last if end else read.day
    if day is None:
        raise click.UsageError(
            f"{said!r} is a project month, and the project's first day is not known."
        )
    return day
