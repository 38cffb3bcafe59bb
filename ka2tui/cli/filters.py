"""Filters on the command line: for every list, explained, and kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from ka2tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from ka2tui.cli.context import Context
    from ka2tui.domain.filter import BadFilter, Filter
    from ka2tui.domain.vocabulary import Vocabulary
    from ka2tui.queries.saved_filters import SavedRow

R = TypeVar("R")

NOUNS = (
    *("task", "meeting", "partner", "contact", "wp", "deliverable", "milestone", "project"),
    *("plan", "today", "history", "checklist", "participant", "departure", "register", "letter"),
    *("proof", "asked", "indicator", "dissemination", "result", "payment", "cost", "journey"),
    *("candidate", "aim"),
)
"""The lists that have filters."""

_ROOM = 76
"""Cells of a filter that are shown around what is wrong in it."""


def options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a list its filter: words after it, or the name of one that was saved."""
    command = click.option(
        "--filter", "named", metavar="NAME", help="A filter that was saved under this name."
    )(command)
    return click.argument("words", metavar="[FILTER]...", nargs=-1)(command)


def wanted(
    ctx: Context,
    noun: str,
    words: Sequence[str] = (),
    named: str | None = None,
    *,
    plain: Callable[[Any], tuple[str | None, ...]] | None = None,
    of_project: bool = True,
) -> list[Filter]:
    """Read what a list is to be narrowed by; all of it must be true.

    Args:
        ctx: Of the command.
        noun: The list.
        words: The FILTER as it was typed.
        named: The name of a saved one.
        plain: Gives the texts of a row in which plain words of a FILTER are looked for, where
            they are others than in the app.
        of_project: Whether the list belongs to a project.

    Raises:
        ClickException: A filter cannot be read, or there is none of that name.
    """
    from dataclasses import replace

    from ka2tui.domain.lists import LISTS
    from ka2tui.queries import saved_filters

    typed = " ".join(words)
    if not typed.strip() and named is None:
        return []
    project = ctx.project if of_project else None
    known = ctx.ask(
        saved_filters.known,
        project,
        today=ctx.today,
        actor=ctx.actor,
        noun=noun,
        own=ctx.settings.data,
    )
    vocabulary = LISTS[noun](known, ctx.today, None)
    asked = [] if named is None else [(_text_of(ctx, noun, named), vocabulary)]
    if typed.strip():
        asked.append((typed, vocabulary if plain is None else replace(vocabulary, texts=plain)))
    return [_read(text, speaks, ctx.today, known.start) for text, speaks in asked]


def narrowed(
    ctx: Context,
    noun: str,
    rows: Sequence[R],
    words: Sequence[str] = (),
    named: str | None = None,
    *,
    of_project: bool = True,
) -> tuple[R, ...]:
    """Give the rows of a list that its filter lets through; see `wanted`."""
    return kept(rows, wanted(ctx, noun, words, named, of_project=of_project))


def answer(
    ctx: Context,
    noun: str,
    rows: Sequence[R],
    narrowed_by: tuple[Sequence[str], str | None],
    *,
    plain: Callable[[R], dict[str, Any]],
    table: Callable[[Sequence[R]], str],
    empty: str,
) -> None:
    """Answer with the rows of a list that its filter lets through.

    Args:
        ctx: Of the command.
        noun: The list.
        rows: All there are.
        narrowed_by: The FILTER as it was typed, and the name of a saved one.
        plain: Gives a row as programs read it.
        table: Writes rows for people.
        empty: Says that there are none, where no filter is in the way.
    """
    words, named = narrowed_by
    shown = narrowed(ctx, noun, rows, words, named)
    ctx.answer([plain(row) for row in shown], lambda: table(shown) or nothing(empty, words, named))


def kept(rows: Sequence[R], filters: Sequence[Filter]) -> tuple[R, ...]:
    """Give the rows that all filters let through."""
    from ka2tui.domain.sieve import Sieve

    for each in filters:
        sieve: Sieve[R] = Sieve()
        sieve.fill(rows)
        rows = sieve.pick(each)
    return tuple(rows)


def nothing(otherwise: str, words: Sequence[str], named: str | None) -> str:
    """Say why a list is empty: because of its filter, or for another reason."""
    return "Nothing fits this filter." if any(words) or named is not None else otherwise


def _read(text: str, vocabulary: Vocabulary, today: date, start: date | None) -> Filter:
    """Read a filter; one that cannot be read is wrong usage, and its fault is pointed at."""
    from ka2tui.domain.filter import BadFilter
    from ka2tui.domain.filter_reader import read

    try:
        return read(text, vocabulary, today, start)
    except BadFilter as wrong:
        raise click.ClickException(f"{wrong}\n{_pointed(text, wrong)}") from None


def _pointed(text: str, wrong: BadFilter) -> str:
    """Show a filter with a mark under what is wrong."""
    from rich.cells import cell_len

    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    begin = max(wrong.at - _ROOM // 2, 0)
    head = "…" if begin else ""
    part = head + shown[begin : begin + _ROOM]
    left = cell_len(head + shown[begin : wrong.at])
    long = max(cell_len(shown[wrong.at : min(wrong.end, begin + _ROOM)]), 1)
    return f"  {part}\n  {' ' * left}{'^' * long}"


def _saved(ctx: Context, noun: str, name: str) -> SavedRow | None:
    from ka2tui.domain.text import fold
    from ka2tui.queries import saved_filters

    rows = ctx.ask(saved_filters.listed, ctx.project, noun)
    return next((it for it in rows if fold(it.name) == fold(name) or str(it.id) == name), None)


def _text_of(ctx: Context, noun: str, name: str) -> str:
    """Give the text of a saved filter, or of one of ours."""
    from ka2tui.domain.lists import OWN
    from ka2tui.domain.text import fold

    saved = _saved(ctx, noun, name)
    if saved is not None:
        return saved.text
    ours = {fold(title): text for title, text in OWN.get(noun, ())}
    if fold(name) in ours:
        return ours[fold(name)]
    raise click.ClickException(_no_such(ctx, noun, name))


def _no_such(ctx: Context, noun: str, name: str) -> str:
    """Say that there is no such filter, and which ones there are."""
    from ka2tui.domain import alike
    from ka2tui.domain.lists import OWN
    from ka2tui.domain.text import quoted
    from ka2tui.queries import saved_filters

    names = [it.name for it in ctx.ask(saved_filters.listed, ctx.project, noun)]
    names += [title for title, _ in OWN.get(noun, ())]
    listed = f" There are: {', '.join(names)}." if names else ""
    return f"There is no {noun} filter {quoted(name)}.{alike.hint(name, names) or listed}"


# -- the noun


_list = click.option(
    "--list", "noun", type=click.Choice(NOUNS), default="task", show_default=True,
    help="The list it is for.",
)  # fmt: skip


@click.group()
def group() -> None:
    """Filters of lists: how one is understood, and those you keep under a name."""


@group.command()
@click.argument("words", metavar="FILTER...", nargs=-1, required=True)
@_list
@click.pass_obj
def explain(ctx: Context, words: tuple[str, ...], noun: str) -> None:
    """Say how a FILTER is read, with every date in full."""
    (found,) = wanted(ctx, noun, words or ("",)) or [_everything(noun)]
    said = found.explain()
    ctx.answer({"list": noun, "text": found.text, "explanation": said}, said)


def _everything(noun: str) -> Filter:
    from ka2tui.domain.filter import Filter

    return Filter(noun=noun)


@group.command()
@click.argument("name")
@click.argument("words", metavar="FILTER...", nargs=-1, required=True)
@_list
@click.pass_obj
def save(ctx: Context, name: str, words: tuple[str, ...], noun: str) -> None:
    """Keep a FILTER under this NAME; it becomes a tab in the app."""
    from ka2tui.operations import saved_filters

    text = " ".join(words).strip()
    wanted(ctx, noun, [text])
    outcome = ctx.do(saved_filters.save, ctx.project, noun, name, text)
    _answer(ctx, noun, str(outcome.value), outcome.label)


@group.command("list")
@click.option("--list", "noun", type=click.Choice(NOUNS), help="Only those of this list.")
@click.pass_obj
def list_(ctx: Context, noun: str | None) -> None:
    """List the saved filters."""
    from ka2tui.queries import saved_filters

    rows = ctx.ask(saved_filters.listed, ctx.project, noun)

    def text() -> str:
        cells = [(it.list, it.name, it.text) for it in rows]
        nothing = "No filter is saved. Save one with: ka2tui filter save NAME FILTER"
        return output.table(("list", "name", "filter"), cells, wraps=True) or nothing

    ctx.answer([_plain(it) for it in rows], text)


@group.command()
@click.argument("name")
@_list
@click.pass_obj
def show(ctx: Context, name: str, noun: str) -> None:
    """Show a saved filter and how it is read today."""
    row = _named(ctx, noun, name)
    (found,) = wanted(ctx, noun, named=name)
    said = found.explain()
    ctx.answer({**_plain(row), "explanation": said}, f"{row.name}: {row.text}\n{said}")


@group.command()
@click.argument("name")
@click.argument("new_name")
@_list
@click.pass_obj
def rename(ctx: Context, name: str, new_name: str, noun: str) -> None:
    """Give a saved filter another name."""
    from ka2tui.operations import saved_filters

    row = _named(ctx, noun, name)
    outcome = ctx.do(saved_filters.rename, row.id, new_name)
    _answer(ctx, noun, str(row.id), outcome.label)


@group.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@_list
@click.pass_obj
def remove(ctx: Context, names: tuple[str, ...], noun: str) -> None:
    """Forget saved filters."""
    from ka2tui.operations import saved_filters

    rows = [_named(ctx, noun, name) for name in names]
    outcome = ctx.do(saved_filters.remove, [it.id for it in rows])
    plain = [_plain(it) for it in rows]
    ctx.answer(plain[0] if len(plain) == 1 else plain, outcome.label)


def _named(ctx: Context, noun: str, name: str) -> SavedRow:
    row = _saved(ctx, noun, name)
    if row is None:
        from ka2tui.domain.refusal import Refused

        raise Refused(_no_such(ctx, noun, name))
    return row


def _plain(row: SavedRow) -> dict[str, Any]:
    return {"id": row.id, "list": row.list, "name": row.name, "text": row.text}


def _answer(ctx: Context, noun: str, name: str, label: str) -> None:
    ctx.answer(_plain(_named(ctx, noun, name)), label)
