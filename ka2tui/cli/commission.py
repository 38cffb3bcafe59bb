"""The Commission's lists of projects on the command line: shown, and one of them chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.domain.intake import Intake
    from ka2tui.exchange.commission import Listed, Listing
    from ka2tui.exchange.commission_files import Export

DONE, WRONG_USAGE = 0, 2
MOST_SHOWN = 40
MOST_NAMED = 5
_WIDEST_TITLE = 50
_WIDEST_COUNTRIES = 24


def chosen(
    ctx: Context, paths: Sequence[Path], *, select: str | None, words: str | None
) -> Intake | None:
    """Understand the project that is chosen from lists; None where the files are no lists.

    Lists that hold several projects, none of them chosen, are shown, and the command ends: well
    where they were asked for by words, else as wrong usage.

    Raises:
        ImportFault: A list cannot be read.
        UsageError: There is no list to choose from.
    """
    from ka2tui.exchange import commission

    exports, others = commission.find(paths)
    if not exports:
        if select is not None or words is not None:
            option = "--select" if select is not None else "--find"
            raise click.UsageError(
                f"{option} is for the Commission's list of projects; none of these files is one."
            )
        return None
    if select is None:
        known = commission.listing(exports)
        if words is not None or len(known.projects) != 1:
            _show(ctx, known, exports, words, others)
        if commission.belongs_to_plan(known, others):
            return None
        select = known.projects[0].identifier
    intake = commission.select(exports, select, others)
    _call_it(ctx, intake)
    return intake


def _show(
    ctx: Context,
    known: Listing,
    exports: Sequence[Export],
    words: str | None,
    others: Sequence[Path],
) -> None:
    """List the projects to choose from, say how, and end.

    Where a choice is owed, what would have been JSON stays empty.
    """
    from ka2tui.domain.text import clean
    from ka2tui.exchange.tables import label_of

    found = [one for one in known.projects if words is None or one.has(words)]
    asked = words is not None
    if asked or not ctx.json:
        ctx.answer(
            {"rows": known.rows, "projects": [_plain(one) for one in found]}, lambda: _table(found)
        )
    having = f" have {clean(words)}" if words else " are listed"
    among = f" of {len(known.projects)}" if len(found) != len(known.projects) else ""
    where = exports[0].file if len(exports) == 1 else f"{len(exports)} files"
    click.echo(f"{len(found)}{among} projects{having} ({where}).", err=True)
    if len(found) > MOST_SHOWN and not ctx.json:
        hint = "--find WORDS narrows it, --find '' --json gives all"
        click.echo(f"The first {MOST_SHOWN} are shown: {hint}.", err=True)
    if known.nameless:
        click.echo(f"{known.nameless} rows have no identifier and are left out.", err=True)
    if others:
        names = ", ".join(map(label_of, others[:MOST_NAMED])) + ", …" * (len(others) > MOST_NAMED)
        click.echo(f"No list of projects, and left aside: {names}.", err=True)
    if found:
        click.echo(f"Choose one with --select, such as --select {found[0].identifier}.", err=True)
    click.get_current_context().exit(DONE if asked else WRONG_USAGE)


def _table(found: list[Listed]) -> str:
    from ka2tui.cli import output
    from ka2tui.exchange import commission

    rows = [
        (
            one.identifier,
            _cut(one.title, _WIDEST_TITLE),
            _cut(commission.say_countries(one.countries), _WIDEST_COUNTRIES),
            _cut(one.coordinator, _WIDEST_TITLE),
        )
        for one in found[:MOST_SHOWN]
    ]
    return output.table(("identifier", "title", "countries", "coordinator"), rows)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _plain(one: Listed) -> dict[str, object]:
    return {
        "identifier": one.identifier,
        "title": one.title,
        "countries": one.countries,
        "coordinator": one.coordinator,
        "file": one.file,
        "row": one.row,
    }


def _call_it(ctx: Context, intake: Intake) -> None:
    """Let --project give the acronym of a project that is new, or name one begun by hand."""
    from ka2tui.exchange.facts import project_of
    from ka2tui.queries import export as asked
    from ka2tui.queries import projects
    from ka2tui.store import engine

    item = project_of(intake)
    if item is None or not ctx.code:
        return
    if engine.is_server(ctx.place) or engine.file_of(ctx.place).exists():
        if ctx.ask(asked.like, item) is not None:
            return
        stored = ctx.ask(projects.find, ctx.code)
        if stored is not None:
            facts = ctx.ask(projects.facts, stored, today=ctx.today)
            if facts.agreement is None:
                item.values["acronym"] = facts.acronym
            return
    item.defaults["acronym"] = ctx.code
