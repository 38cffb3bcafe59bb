"""The check-up: is the database whole, and what surrounds it as it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ka2tui.cli import output
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ka2tui.cli.context import Context

GOOD, DOUBTFUL, BAD = "good", "doubtful", "error"


@frozen
class Finding:
    """What one look found."""

    check: str
    state: str
    """good, doubtful or error."""
    text: str


@click.command()
@click.pass_obj
@click.pass_context
def doctor(click_context: click.Context, ctx: Context) -> None:
    """Check the database, its history, your own files and this computer.

    Each line says what was looked at. Where an error is found it ends with 1, for scripts.
    """
    found = list(_examine(ctx))
    value = [{"check": one.check, "state": one.state, "text": one.text} for one in found]
    glyphs = {GOOD: "✓", DOUBTFUL: "?", BAD: "!"}
    rows = [(glyphs[one.state], one.check, one.text) for one in found]
    ctx.answer(value, lambda: output.table(("", "looked at", "found"), rows, wraps=True))
    if any(one.state == BAD for one in found):
        click_context.exit(1)


def _examine(ctx: Context) -> Iterator[Finding]:
    from ka2tui.store.migrations import HEAD

    portfolio = ctx.portfolio
    yield Finding("database", GOOD, _place(ctx))
    if portfolio.read_only:
        yield Finding("writing", DOUBTFUL, f"Nothing can be changed: {portfolio.read_only}.")
    yield _look("file", portfolio.verify, "Every page and every reference is whole.")
    yield _look(
        "history", portfolio.check_history, "Every entry and every record is as it was written."
    )
    yield Finding("tables", GOOD, f"Version {HEAD}.")
    yield from _settings(ctx)
    yield from _own_words(ctx)
    yield _zones()


def _look(check: str, look: Callable[[], None], good: str) -> Finding:
    from ka2tui.domain.refusal import Refused, Unavailable

    try:
        look()
    except (Refused, Unavailable) as found:
        return Finding(check, BAD, str(found))
    return Finding(check, GOOD, good)


def _place(ctx: Context) -> str:
    from ka2tui.store import engine

    if not engine.is_server(ctx.place):
        return str(engine.file_of(ctx.place))
    # An address may hold a password: name the server and the database only.
    from sqlalchemy import make_url

    url = make_url(ctx.place)
    return f"PostgreSQL database {url.database} on {url.host or 'this machine'}"


def _settings(ctx: Context) -> Iterator[Finding]:
    for notice in ctx.settings.notices:
        yield Finding("settings", DOUBTFUL, notice)
    if not ctx.settings.notices:
        yield Finding("settings", GOOD, f"Changes are signed with {ctx.actor}.")


def _own_words(ctx: Context) -> Iterator[Finding]:
    """Look at the checklists, meeting templates and rules of one's own, file by file."""
    from ka2tui.domain import checklist_files, meeting_templates, rulebook

    own = ctx.settings.data
    if own is None:
        return
    for check, seen in (
        ("checklists", checklist_files.found(own)),
        ("templates", meeting_templates.found(own)),
        ("rules", rulebook.shelf(own)),
    ):
        for one in seen.broken:
            rest = "Put that line right in any editor, or take the file out of the folder"
            yield Finding(check, DOUBTFUL, f"{one.why} {rest}; it is left out until then.")
        if seen.own:
            yield Finding(check, GOOD, f"Your own can be read: {', '.join(sorted(seen.own))}.")


def _zones() -> Finding:
    import tzdata

    return Finding("time zones", GOOD, f"Rules of {tzdata.IANA_VERSION}.")
