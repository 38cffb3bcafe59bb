"""Rules of the calls on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output, own_words
from ka2tui.cli.options import Whole
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.rule_keys import Key
    from ka2tui.domain.rule_reading import Fault
    from ka2tui.domain.rule_sheet import RuleRow
    from ka2tui.queries.rule_values import Sheet


@click.group()
def group() -> None:
    """Rules of the call: what they are, where each is written, and what your agreement says.

    Rules change every call year. What your own grant agreement says wins over all of them.
    """


@group.command("list")
@click.option("--action", metavar="CODE", help="Of an action, such as KA220; else the project's.")
@click.option("--year", type=Whole(2014, 2100), help="With --action: of this call.")
@click.option("--own", "only_own", is_flag=True, help="Only what your own agreement says.")
@filters.options
@click.pass_obj
def list_(
    ctx: Context,
    words: tuple[str, ...],
    named: str | None,
    action: str | None,
    year: int | None,
    *,
    only_own: bool,
) -> None:
    """List the rules of the project's action, each value with its source.

    With --action it needs no database, unless a FILTER is given.
    """
    sheet = _sheet(ctx, action, year)
    own_words.tell(sheet.broken)
    rows = filters.narrowed(ctx, "rule", sheet.rows, words, named, of_project=action is None)
    rows = tuple(row for row in rows if row.own or not only_own)

    def text() -> str:
        if not rows and sheet.rows and (words or named):
            return filters.nothing("", words, named)
        return _text(sheet, rows, only_own=only_own)

    ctx.answer([_plain(row) for row in rows], text)


@group.command()
@click.argument("key")
@click.option("--action", metavar="CODE", help="Of an action, such as KA220; else the project's.")
@click.option("--year", type=Whole(2014, 2100), help="With --action: of this call.")
@click.pass_obj
def show(ctx: Context, key: str, action: str | None, year: int | None) -> None:
    """Show one value: what it is, where it is written, and how sure that is."""
    sheet = _sheet(ctx, action, year)
    own_words.tell(sheet.broken)
    row = next((it for it in sheet.rows if it.key == key), None)
    if row is None:
        raise Refused(_unsaid(sheet, key))
    ctx.answer(_plain(row), lambda: _details(sheet, row))


@group.command("set")
@click.argument("key")
@click.argument("value")
@click.option("--source", help='Where your agreement says so: "Art. 4".')
@click.pass_obj
def set_(ctx: Context, key: str, value: str, source: str | None) -> None:
    """Enter what your own grant agreement says; it wins over the rules of the call.

    KEY is a name of ka2tui rule keys. VALUE as you would write it: "15 %", "30 months",
    "60 000 or 120 000", "PL; Spain".
    """
    from ka2tui.domain import rule_keys
    from ka2tui.operations import rule_values

    known = rule_keys.KEYS.get(key)
    if known is None:
        raise Refused(rule_keys.unknown(key))
    try:
        given = rule_keys.read(known, value)
    except Misread as misread:
        raise click.UsageError(str(misread)) from None
    outcome = ctx.do(rule_values.put, ctx.project, key, given, source=source)
    _answer(ctx, key, outcome.label)


@group.command()
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.pass_obj
def unset(ctx: Context, keys: Sequence[str]) -> None:
    """Forget own values, so that the rules of the call hold again."""
    from ka2tui.operations import rule_values

    outcome = ctx.do(rule_values.remove, ctx.project, keys)
    if len(keys) == 1:
        _answer(ctx, keys[0], outcome.label)
        return
    rows = _sheet(ctx, None, None).rows
    ctx.answer([_plain(row) for row in rows if row.key in keys], outcome.label)


@group.command()
@click.pass_obj
def years(ctx: Context) -> None:
    """List the calls whose rules are known, each with its actions and its file."""
    from ka2tui.domain import rulebook

    shelf = rulebook.shelf(ctx.settings.data)
    own_words.tell(shelf.broken)
    value = [
        {
            "first": call.first,
            "last": call.year,
            "actions": [it.id for it in call.actions],
            "version": call.version,
            "file": str(shelf.files[call.id]),
            "own": call.id in shelf.own,
        }
        for call in shelf.entries
    ]

    def text() -> str:
        rows = [
            (call.years, ", ".join(it.id for it in call.actions),
             str(shelf.files[call.id]) if call.id in shelf.own else "")
            for call in shelf.entries
        ]  # fmt: skip
        folder = ctx.settings.data
        where = "none (setting data)" if folder is None else str(folder / rulebook.FOLDER)
        table = output.table(("call", "actions", "your own file"), rows)
        return f"{table}\nYour own folder of rules: {where}"

    ctx.answer(value, text)


@group.command()
@click.option("--settable", is_flag=True, help="Only those a file of rules can have.")
@click.pass_obj
def keys(ctx: Context, *, settable: bool) -> None:
    """List the values that rules can have, and what each can be."""
    from ka2tui.domain import rule_keys

    found = [key for key in rule_keys.KEYS.values() if not (settable and key.own_only)]
    value = [
        {
            "key": key.name,
            "title": key.title,
            "group": key.group,
            "kind": key.kind,
            "many": key.many,
            "choices": [*key.choices],
            "in_files": not key.own_only,
        }
        for key in found
    ]
    rows = [(key.name, key.title, _can_be(key)) for key in found]
    ctx.answer(value, lambda: output.table(("key", "what it is", "can be"), rows))


@group.command()
@click.argument("files", nargs=-1, metavar="[FILE...]",
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.pass_obj
def check(ctx: Context, files: Sequence[Path]) -> None:
    """Say everything that is wrong in a file of rules, with line and key.

    Without a FILE all files of your own folder are looked at, or ours where you have none. Ends
    with 1 where anything is wrong; changes nothing and needs no database.
    """
    from ka2tui import datafiles
    from ka2tui.domain import rulebook

    own = ctx.settings.data
    if not files:
        known = [datafiles.find(it, own) for it in datafiles.names(rulebook.FOLDER, ".toml", own)]
        mine = [path for path in known if own is not None and path.is_relative_to(own)]
        files = mine or known
    faults = [fault for file in files for fault in _faults(file, own)]
    clashing = [it for it in rulebook.shelf(own).broken if it.file in files] if not faults else []
    value = [
        {"file": it.file, "line": it.line, "key": it.key or None, "text": it.says} for it in faults
    ] + [
        {"file": str(it.file), "line": None, "key": "call_year", "text": it.why} for it in clashing
    ]
    lines = [str(it) for it in faults] + [it.why for it in clashing]
    number = f"{len(files)} file{'' if len(files) == 1 else 's'}"
    ctx.answer(value, "\n".join(lines) or f"{number} of rules, nothing wrong in them.")
    if value:
        click.get_current_context().exit(1)


# --- reading ------------------------------------------------------------------------------------


def _sheet(ctx: Context, action: str | None, year: int | None) -> Sheet:
    """Read the rules of the project, or of an action that is named."""
    from ka2tui.queries import rule_values

    if action is None:
        if year is not None:
            raise click.UsageError("--year goes with --action: a project has its own call year.")
        return ctx.ask(rule_values.sheet, ctx.project, own=ctx.settings.data)
    return rule_values.of_action(action, year, own=ctx.settings.data)


def _faults(file: Path, own: Path | None) -> Sequence[Fault]:
    from ka2tui.domain import rulebook
    from ka2tui.domain.rule_reading import Fault

    try:
        written = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        return [Fault(str(file), line, "", "this is not UTF-8 text")]
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from None
    return rulebook.faults(written, str(file), own)


# --- answering ----------------------------------------------------------------------------------


def _answer(ctx: Context, key: str, label: str) -> None:
    """Answer with one value as it stands now; with nothing where the rules do not say it."""
    rows = _sheet(ctx, None, None).rows
    row = next((it for it in rows if it.key == key), None)
    ctx.answer(None if row is None else _plain(row), label)


def _plain(row: RuleRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "title": row.title,
        "group": row.group,
        "value": row.value,
        "text": row.text,
        "source": row.source,
        "source_id": row.source_id,
        "place": row.place,
        "confirmed": row.confirmed,
        "own": row.own,
        "guide": row.guide,
        "note": row.note,
        "can_set": row.can_set,
        "of_call": row.of_call,
    }


def _text(sheet: Sheet, rows: Sequence[RuleRow], *, only_own: bool) -> str:
    if not sheet.rows:
        return _nothing(sheet)
    if not rows and only_own:
        return "Your own agreement says nothing else yet: ka2tui rule set KEY VALUE"
    lines = [f"{sheet.says}."]
    group = ""
    table: list[tuple[object, ...]] = []
    for row in rows:
        table.append((row.group if row.group != group else "", row.title, row.text, row.sure,
                      _where(row), row.key))  # fmt: skip
        group = row.group
    titles = ("", "rule", "value", "", "source", "key")
    return "\n".join([*lines, output.table(titles, table)])


def _details(sheet: Sheet, row: RuleRow) -> str:
    return output.facts(
        [
            (row.title, row.text),
            ("key", row.key),
            ("rules", sheet.says),
            ("source", _where(row)),
            ("how sure", "your agreement" if row.own else row.sure or "confirmed"),
            ("the call says", row.guide),
            ("note", row.note),
        ]
    )


def _where(row: RuleRow) -> str:
    return f"{row.source}, {row.place}" if row.place else row.source


def _nothing(sheet: Sheet) -> str:
    from ka2tui.domain import rulebook

    actions = sorted({it.id for call in rulebook.load() for it in call.actions})
    return f"{capital(sheet.says)}. Known are: {', '.join(actions)}."


def _unsaid(sheet: Sheet, key: str) -> str:
    from ka2tui.domain import rule_keys

    if key in rule_keys.KEYS:
        return f"{capital(sheet.says)}: nothing is said of {key}."
    return rule_keys.unknown(key)


def _can_be(key: Key) -> str:
    if key.choices:
        return " or ".join(key.choices)
    kinds = {
        "text": "a text",
        "countries": "countries",
        "regions": "regions of the guide",
        "fields": "SCH, VET, HED, ADU, YOU",
        "euros": "whole euros",
        "percent": f"{key.least} to {key.most} %",
        "whole": "a number",
    }
    word = kinds.get(key.kind, key.kind)
    if not key.many:
        return word
    return f"one or more: {word}{', or none' if key.can_be_none else ''}"
