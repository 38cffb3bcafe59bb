"""The guide on the command line: the pages that f1 opens in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ka2tui.cli import output

if TYPE_CHECKING:
    from ka2tui.cli.context import Context


@click.command()
@click.argument("page", nargs=-1)
@click.option("--find", "words", help="List the pages that have these words.")
@click.pass_obj
def guide(ctx: Context, page: tuple[str, ...], words: str | None) -> None:
    """Read a PAGE of the guide; without one, list them."""
    from ka2tui.domain import guide as known
    from ka2tui.domain.refusal import Refused
    from ka2tui.domain.text import quoted

    pages = known.pages(ctx.settings.data)
    if not page or words is not None:
        found = known.having(pages, words or "")
        value = [
            {
                "page": it.name,
                "title": it.title,
                "hits": hits,
                "excerpt": known.excerpt(it, words or ""),
            }
            for it, hits in found
        ]
        rows = [(it.name, it.title, known.excerpt(it, words or "")) for it, _ in found]
        shown = rows if words else [row[:2] for row in rows]
        heads = ("page", "title", "where")[: 3 if words else 2]
        ctx.answer(value, lambda: output.table(heads, shown) or "No page has all of these words.")
        return
    wanted = " ".join(page)
    one = known.find(pages, wanted)
    if one is None:
        names = ", ".join(it.name for it in pages)
        raise Refused(f"The guide has no page {quoted(wanted)}; there are {names}.")
    read = {"page": one.name, "title": one.title, "text": one.text}
    ctx.answer(read, one.text.rstrip(), aloud=one.aloud)
