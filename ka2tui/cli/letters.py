"""Letters on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output
from ka2tui.cli import register_verbs as shared
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import options
from ka2tui.domain.kinds import Channel, Direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.exchange.table_writer import Sheet
    from ka2tui.queries.letters import LetterDetails, LetterRow

_WAY = click.Choice([way.value for way in Direction])
_CHANNEL = click.Choice([channel.value for channel in Channel])
ARROWS = {"in": "←", "out": "→"}


@click.group()
def group() -> None:
    """Letters, mails and calls with the agency and others, and what is to be answered."""


@group.command("list")
@filters.options
@click.option("--open", "only_open", is_flag=True, help="Only what waits for an answer.")
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None, *, only_open: bool) -> None:
    """List the letters by thread: what is to be answered first, then the newest."""
    from ka2tui.queries import letters

    rows = ctx.ask(letters.listed, ctx.project, today=ctx.today)
    rows = filters.narrowed(ctx, "letter", rows, words, named)
    if only_open:
        rows = tuple(row for row in rows if row.to_answer or row.waited_for)
    ctx.answer(
        [plain(row) for row in rows],
        lambda: (
            _table(ctx, rows)
            or ("Nothing waits for an answer." if only_open else "")
            or filters.nothing("No letters yet. Keep one with: ka2tui letter add", words, named)
        ),
    )


@group.command()
@shared.one
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one letter with its thread."""
    from ka2tui.queries import letters

    found = ctx.ask(letters.one, ctx.id("letter", code), today=ctx.today)
    ctx.answer(_whole(found), lambda: _text(ctx, found))


_fields = options(
    click.option("--on", metavar="DATE", help="When it was written or came."),
    click.option("--by", type=_CHANNEL, help="How it went."),
    click.option("--with", "with_whom", help="Whom it is with; without it the agency."),
    click.option("--contact", metavar="PERSON", help="The person it is with."),
    click.option("--text", help="What it says."),
    click.option("--reference", help="Their reference number or ours."),
    click.option("--answer-by", metavar="DATE", help="Until when an answer is wanted."),
    click.option("--answered-on", metavar="DATE", help="When it was answered."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("subject")
@click.option("--way", type=_WAY, default="in", show_default=True, help="Which way it went.")
@click.option("--answers", metavar="ID", help="The letter that it answers.")
@_fields
@click.pass_obj
def add(ctx: Context, /, subject: str, way: str, **said: Any) -> None:
    """Keep a letter, mail or call."""
    from ka2tui.operations import letters

    values = _values(ctx, said)
    day = values.pop("day", None) or ctx.today
    outcome = ctx.do(
        letters.add, ctx.project, subject, day=day, direction=Direction(way), values=values
    )
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@shared.one
@click.option("--subject", help="Another subject.")
@click.option("--way", type=_WAY, help="Which way it went.")
@click.option("--answers", metavar="ID", help="The letter that it answers.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, code: str, subject: str | None, way: str | None, **said: Any) -> None:
    """Change a letter; an empty value clears a field."""
    from ka2tui.operations import letters

    values = _values(ctx, said)
    if subject is not None:
        values["subject"] = subject
    if way is not None:
        values["direction"] = Direction(way)
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    found = ctx.id("letter", code)
    _NOUN.answer(ctx, [found], ctx.do(letters.edit, found, values).label)


@group.command()
@shared.one
@click.option("--subject", help="Of the answer; without it Re: and that of the letter.")
@_fields
@click.pass_obj
def answer(ctx: Context, /, code: str, subject: str | None, **said: Any) -> None:
    """Keep the answer to a letter, which is answered then."""
    from ka2tui.operations import letters

    values = _values(ctx, said)
    day = values.pop("day", None) or ctx.today
    found = ctx.id("letter", code)
    outcome = ctx.do(letters.answer, found, day=day, subject=subject, values=values)
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@shared.several
@click.option("--on", metavar="DATE", help="When; without it, today.")
@click.option("--not", "undone", is_flag=True, help="It is not answered after all.")
@click.pass_obj
def answered(ctx: Context, codes: tuple[str, ...], on: str | None, *, undone: bool) -> None:
    """Mark letters as answered without keeping the answer."""
    from ka2tui.operations import letters

    ids = ctx.ids("letter", codes)
    day = None if undone else shared.day_or_today(ctx, on)
    _NOUN.answer(ctx, ids, ctx.do(letters.answered, ids, on=day).label)


def _sheet(ctx: Context) -> Sheet:
    from ka2tui.exchange import register_tables
    from ka2tui.queries import letters, uids

    rows = ctx.ask(letters.listed, ctx.project, today=ctx.today)
    return register_tables.letters(rows, ctx.ask(uids.of, ctx.project, "letter"))


shared.give_export(group, _sheet)


_DAYS = {"on": "day", "answer_by": "answer_by", "answered_on": "answered_on"}


def _values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    values = shared.day_values(ctx, said, _DAYS)
    for option, field in (
        *(("with_whom", "with_whom"), ("text", "text"), ("reference", "reference_nr")),
        ("notes", "notes"),
    ):
        if said.get(option) is not None:
            values[field] = said[option] or None
    if said.get("by") is not None:
        values["channel"] = Channel(said["by"])
    for option, field, kind in (
        ("contact", "contact_id", "contact"),
        ("answers", "answers_id", "letter"),
    ):
        name = said.get(option)
        if name is not None:
            values[field] = ctx.id(kind, name) if name else None
    return values


def plain(row: LetterRow) -> dict[str, Any]:
    """Give a letter as JSON lists it."""
    return {
        "id": row.id,
        "day": row.day,
        "direction": row.direction,
        "channel": row.channel,
        "with": row.who,
        "subject": row.subject,
        "reference": row.reference_nr,
        "answer_by": row.answer_by,
        "answered_on": row.answered_on,
        "answers": row.answers_id,
        "to_answer": row.to_answer,
        "late": row.late,
    }


def _whole(found: LetterDetails) -> dict[str, Any]:
    return plain(found.row) | {
        "contact": found.row.contact,
        "text": found.text,
        "notes": found.notes,
        "thread": [plain(row) for row in found.thread],
    }


def _table(ctx: Context, rows: Sequence[LetterRow]) -> str:
    from ka2tui.domain.days import say_day

    cells = [
        (
            "!" if row.late else "◷" if row.to_answer else "‖" if row.waited_for else "",
            row.id,
            say_day(row.day, ctx.today),
            ARROWS[row.direction],
            ("  " if row.answers_id is not None else "") + row.subject,
            row.who,
            row.reference_nr,
            say_answer(ctx, row),
        )
        for row in rows
    ]
    return output.table(("", "id", "day", "", "subject", "with", "reference", "answer"), cells)


def say_answer(ctx: Context, row: LetterRow) -> str:
    """Say whether an answer is wanted by some day, or was given."""
    from ka2tui.domain.days import say_day, say_due

    if row.answered_on is not None:
        return f"answered {say_day(row.answered_on, ctx.today)}"
    return f"by {say_due(row.answer_by, ctx.today)}" if row.answer_by else ""


def _text(ctx: Context, found: LetterDetails) -> str:
    from ka2tui.domain.days import say_day

    row = found.row
    way = "from" if row.direction is Direction.IN else "to"
    lines = [
        ("", row.subject),
        (way, row.who),
        ("day", say_day(row.day, ctx.today)),
        ("by", row.channel.word),
        ("reference", row.reference_nr),
        ("answer", say_answer(ctx, row)),
        ("text", found.text),
        ("notes", found.notes),
    ]
    text = output.facts(lines)
    others = found.thread if len(found.thread) > 1 else ()
    return f"{text}\n\n{_table(ctx, others)}" if others else text


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import letters as operations
    from ka2tui.queries import letters as queries

    return queries, operations


_NOUN = Noun("letter", plain, _floors)
_NOUN.give_remove(group, "Remove letters; what one alone answered is to be answered again.")
