"""Rows from a spreadsheet on the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.domain.intake import Intake, Taken
    from ka2tui.exchange.clipboard import Pasted

REFUSED = 1
NOUNS = {
    "task": "task",
    "meeting": "meeting",
    "partner": "partner",
    "contact": "contact",
    "wp": "work_unit",
    "deliverable": "deliverable",
    "milestone": "milestone",
    **{
        noun: noun
        for noun in ("participant", "indicator", "risk", "dissemination", "letter", "payment")
    },
    "log": "log_entry",
    "issue": "log_entry",
    "decision": "log_entry",
    "change": "log_entry",
}
"""What can be pasted, as the command line calls it, and its table."""

_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "none": ""}


@click.command()
@click.argument("noun", metavar="[NOUN]", default="task")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--update", is_flag=True, help="Where they differ, the rows replace what is stored.")
@click.option(
    "--column",
    "columns",
    metavar="HEADING=FIELD",
    multiple=True,
    help="What a column means; with an empty FIELD it is left out.",
)
@click.option(
    "--headings/--no-headings",
    "headed",
    default=None,
    help="Whether the first row is headings; else it is seen from the row.",
)
@click.option(
    "--separator",
    type=click.Choice(list(_SIGNS)),
    help="What stands between two cells; else it is seen from the rows.",
)
@click.option("--skip-errors", is_flag=True, help="Leave out the rows that have an error.")
@click.pass_obj
def paste(
    ctx: Context,
    noun: str,
    *,
    dry_run: bool,
    update: bool,
    columns: tuple[str, ...],
    headed: bool | None,
    separator: str | None,
    skip_errors: bool,
) -> None:
    """Take in rows that were copied from a spreadsheet: ka2tui paste tasks < rows.txt.

    NOUN says what they are: tasks (as without it), meetings, partners, contacts, wps,
    deliverables, milestones, participants, indicators, risks, issues, decisions, changes,
    dissemination, letters, payments. All of them are one change, which undo takes back.
    """  # fmt: skip
    from ka2tui.cli import exchange
    from ka2tui.domain.kinds import LogKind
    from ka2tui.exchange import clipboard, registers
    from ka2tui.exchange.cells import Frame
    from ka2tui.operations import imports, pasting
    from ka2tui.queries import pasting as views

    kind = _kind(noun)
    if sys.stdin.isatty():
        click.echo("Paste the rows, then press enter and ctrl+d.", err=True)
    text = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    known, months = ctx.ask(views.surroundings, ctx.project)
    pasted = clipboard.read(text, kind, known, today=ctx.today)
    if separator is not None and _SIGNS[separator] != pasted.sign:
        pasted = clipboard.parted(pasted, _SIGNS[separator], known, today=ctx.today)
    if headed is not None and headed != pasted.headed:
        pasted = clipboard.with_headings(pasted, headed, known, today=ctx.today)
    for said in columns:
        pasted = _with_column(pasted, said)
    frame = Frame(known.start, months, ctx.today, own=ctx.settings.data)
    intake = clipboard.understand(pasted, frame)
    if (bare := noun.casefold().removesuffix("s")) in set(LogKind):
        registers.settle(intake, LogKind(bare))
    left = 0
    while True:
        taken = _rehearsed(ctx, intake, update=update)
        wrong = {it.row for it in taken.errors if it.row is not None}
        if not skip_errors or not wrong:
            break
        left += len(wrong)
        intake = clipboard.without(intake, wrong)
    if not taken.errors and not dry_run and (taken.added or taken.changed):
        try:
            taken = ctx.portfolio.do(
                pasting.take, intake, project=ctx.project, update=update, today=ctx.today
            ).value
        except imports.Faulty as faulty:
            taken = faulty.taken
    value: dict[str, Any] = {"columns": dict(zip(pasted.titles, pasted.fields, strict=True))}
    value["left_out"] = left
    for name in ("added", "changed", "same", "doubtful", "dropped", "errors"):
        value[name] = exchange.plain(getattr(taken, name))
    ctx.answer(value, lambda: _told(pasted, taken, left=left, dry_run=dry_run))
    if taken.errors:
        first, more = taken.errors[0], len(taken.errors) - 1
        place = "" if first.row is None else f"row {first.row}: "
        also = f" ({more} more)" if more else ""
        click.echo(
            f"Nothing was pasted. {place}{first.reason.rstrip('.')}{also}. Put it right, or leave "
            "such rows out with --skip-errors.",
            err=True,
        )
        click.get_current_context().exit(REFUSED)


def _kind(noun: str) -> str:
    bare = noun.casefold().removesuffix("s")
    if bare in NOUNS:
        return NOUNS[bare]
    from ka2tui.domain import alike

    hint = alike.hint(bare, NOUNS)
    raise click.UsageError(f"{noun!r} cannot be pasted: name one of {', '.join(NOUNS)}.{hint}")


def _with_column(pasted: Pasted, said: str) -> Pasted:
    """Let a column mean what somebody says."""
    from ka2tui.domain.text import fold
    from ka2tui.exchange import clipboard

    heading, equals, field = said.rpartition("=")
    titles = [fold(title) for title in pasted.titles]
    if not equals or fold(heading) not in titles:
        raise click.UsageError(
            f"--column {said!r}: there is no column {heading or said!r}. "
            f"The columns are {', '.join(pasted.titles)}; write HEADING=FIELD."
        )
    named = clipboard.field_called(pasted.kind, field)
    if field.strip() and not named:
        from ka2tui.domain import alike

        words = [word for _, word in clipboard.choices(pasted.kind)]
        hint = alike.hint(field, words) or f" The fields are {', '.join(words)}."
        raise click.UsageError(f"--column {said!r}: there is no field {field!r}.{hint}")
    return clipboard.with_field(pasted, titles.index(fold(heading)), named)


def _rehearsed(ctx: Context, intake: Intake, *, update: bool) -> Taken:
    from ka2tui.operations import imports, pasting

    try:
        return ctx.portfolio.rehearse(
            pasting.take, intake, project=ctx.project, update=update, today=ctx.today
        )
    except imports.Faulty as faulty:
        taken: Taken = faulty.taken
        taken.added, taken.changed = [], []
        return taken


def _told(pasted: Pasted, taken: Taken, *, left: int, dry_run: bool) -> str:
    from ka2tui.cli import exchange, output
    from ka2tui.exchange import clipboard

    columns = output.table(
        ("column", "read as", "first"),
        [
            (title, clipboard.word_of(field) or "left out", exchange.cut(_first(pasted, at)))
            for at, (title, field) in enumerate(zip(pasted.titles, pasted.fields, strict=True))
        ],
    )
    parts = [columns]
    for title, findings in (
        ("Doubtful", taken.doubtful),
        ("Errors", taken.errors),
        ("Changed", taken.changed),
        ("Not taken", [it for it in taken.dropped if it.row is not None and it.column is None]),
    ):
        if findings:
            lines = "\n".join(f"  {line}" for line in exchange.lines_of(findings))
            parts.append(f"{title} ({len(findings)})\n{lines}")
    if not taken.errors:
        touched = {it.row for it in (*taken.added, *taken.changed)}
        added = len({it.row for it in taken.added})
        changed = len({it.row for it in taken.changed})
        would = "would be " if dry_run else ""
        same = len({it.row for it in taken.same} - touched)
        said = f"{added} {would}added, {changed} changed; {same} are the same."
        parts.append(said + (f" {left} left out." if left else ""))
    return "\n\n".join(parts)


def _first(pasted: Pasted, at: int) -> str:
    return next((row[at] for row in pasted.body if at < len(row) and row[at]), "")
