"""Search on the command line: every record that has some words, the best first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output
from ka2tui.cli.options import Whole

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.domain.search import Answer, Hit, Question

_ROOM = 100
"""Letters of an excerpt."""


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=Whole(1, 100_000), default=50, show_default=True,
              help="How many at most, the best first.")  # fmt: skip
@click.option("--all-projects", is_flag=True, help="In all projects.")
@click.pass_obj
def search(ctx: Context, text: tuple[str, ...], limit: int, all_projects: bool) -> None:  # noqa: FBT001 - click's way
    """Find everything that has all the words: tasks, minutes, people, plans and more.

    Capitals and accents do not matter: lodz finds Łódź. '"kick off"' finds words that stand
    together, an exact code comes first.
    """
    from ka2tui.domain.search import read
    from ka2tui.queries import search as query

    words = " ".join(text)
    if not read(words).terms:
        raise click.UsageError("Name a word to look for: there is no letter or digit in this.")
    project = None if all_projects else ctx.project
    own = ctx.settings.data
    found = ctx.ask(query.once, words, project=project, limit=limit, own=own)
    ctx.answer([_plain(hit, found.question) for hit in found.hits], lambda: _text(found))
    if not found.hits:
        click.echo("Nothing has all of these words.", err=True)
    elif found.total > len(found.hits):
        click.echo(f"{len(found.hits)} of {found.total} shown; --limit shows more.", err=True)


def _plain(hit: Hit, question: Question) -> dict[str, Any]:
    from ka2tui.domain.search import excerpt, where

    entry = hit.entry
    field, words = where(entry, question)
    return {
        "kind": entry.kind,
        "id": entry.id,
        "code": entry.code or None,
        "title": entry.title,
        "project": hit.project,
        "where": field,
        "excerpt": excerpt(words, question),
        "belongs_to": hit.owner or None,
        "state": entry.state or None,
        "day": entry.day,
    }


def _text(found: Answer) -> str:
    from ka2tui.domain.search import KINDS

    several = len({hit.project for hit in found.hits}) > 1
    return output.table(
        ("kind", "id", "code", "title", "where", "in", "state", "project"),
        [
            (
                KINDS[hit.entry.kind],
                hit.entry.id,
                hit.entry.code,
                _in_short(hit.entry.title),
                _where(hit, found.question),
                _in_short(hit.owner),
                hit.entry.state,
                hit.project if several else "",
            )
            for hit in found.hits
        ],
    )


def _in_short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _ROOM else line[: _ROOM - 1] + "…"


def _where(hit: Hit, question: Question) -> str:
    """Say where the words stand, unless the title shows it."""
    from ka2tui.domain.search import excerpt, where

    field, words = where(hit.entry, question)
    if field in ("title", "code"):
        return ""
    return f"{field.replace('_', ' ')}: {excerpt(words, question, _ROOM)}"
