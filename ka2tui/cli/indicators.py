"""Indicators on the command line, with what was measured."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output, plan_verbs
from ka2tui.cli.deadlines import due_values
from ka2tui.cli.options import NEGATIVE, into_tables, no_option, options, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.exchange.table_writer import Sheet
    from ka2tui.queries.indicators import IndicatorDetails, IndicatorRow, MeasurementRow


@click.group()
def group() -> None:
    """Indicators: the numbers by which the project says what it changed."""


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List the indicators with their last value and how they stand."""
    from ka2tui.queries import indicators

    rows = ctx.ask(indicators.listed, ctx.project, today=ctx.today)
    plain, table = partial(_plain, ctx=ctx), partial(_table, ctx=ctx)
    empty = "No indicators yet. Add one with: ka2tui indicator add"
    filters.answer(ctx, "indicator", rows, (words, named), plain=plain, table=table, empty=empty)


@group.command()
@click.argument("code", metavar="ID")
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one indicator with all that was measured, and where it leads."""
    from ka2tui.queries import indicators

    found = ctx.ask(indicators.one, ctx.id("indicator", code), today=ctx.today)
    ctx.answer(_whole(found, ctx), lambda: _text(found, ctx))


_fields = options(
    click.option("--baseline", metavar="NUMBER", help="Where it began: 14, 12,5, 62 %."),
    click.option("--target", metavar="NUMBER", help="What it is to come to."),
    click.option("--unit", help="What is counted: persons, %, points."),
    click.option(
        "--better",
        type=click.Choice(["more", "less"]),
        help="Needed only where baseline and target do not say it.",
    ),
    click.option("--source", help="Where its values come from: a survey, a register."),
    click.option("--term", type=click.Choice(["short", "long"]), help="Short or long term."),
    click.option("--wp", metavar="ID", help="Its work package or activity."),
    click.option("--lead", metavar="PARTNER", help="Who collects its values."),
    click.option("--due", metavar="DATE", help="By when: a day or a project month: M18."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("title")
@click.option("--code", help="Without it, the next free one: I1, I2.")
@_fields
@click.pass_obj
def add(ctx: Context, /, title: str, code: str | None, **said: str | None) -> None:
    """Add an indicator."""
    from ka2tui.operations import indicators

    values = _values(ctx, said) | ({} if code is None else {"code": code})
    outcome = ctx.do(indicators.add, ctx.project, title, values=values)
    _answer(ctx, [outcome.value], outcome.label)


@group.command()
@plan_verbs.ids
@click.pass_obj
def remove(ctx: Context, codes: tuple[str, ...]) -> None:
    """Remove indicators with all that was measured."""
    from ka2tui.operations import indicators
    from ka2tui.queries import indicators as asked

    ids = ctx.ids("indicator", codes)
    rows = [_plain(row, ctx) for row in ctx.ask(asked.some, ids, today=ctx.today)]
    outcome = ctx.do(indicators.remove, ids)
    ctx.answer(rows[0] if len(rows) == 1 else rows, outcome.label)


@group.command(context_settings=NEGATIVE)
@click.argument("code", metavar="ID", callback=no_option)
@click.argument("value", metavar="VALUE", required=False)
@click.option("--on", "day", metavar="DATE", help="The day it was measured; today without it.")
@click.option("--source", help="Where this value comes from.")
@click.option("--note", help="Anything else.")
@click.option("--edit", "edited", metavar="NR", type=int, help="Change measurement NR instead.")
@click.option("--remove", "removed", metavar="NR", type=int, help="Take measurement NR away.")
@click.pass_obj
def measure(
    ctx: Context,
    /,
    code: str,
    value: str | None,
    *,
    day: str | None,
    edited: int | None,
    removed: int | None,
    **said: str | None,
) -> None:
    """Keep what an indicator was on a day: 251, '62 %', '1 234,5'.

    Measurements have numbers; `show` names them.
    """
    from ka2tui.operations import indicators

    which = ctx.id("indicator", code)
    number = edited if edited is not None else removed
    if number is not None:
        _refuse_others(ctx, which, number, code)
    given: dict[str, Any] = {name: text for name, text in said.items() if text is not None}
    if removed is not None:
        if edited is not None or value is not None or day is not None or given:
            raise click.UsageError("A measurement is removed, or changed, not both.")
        label = ctx.do(indicators.remove_measurements, [removed]).label
    else:
        if value is not None:
            given["value"] = _number(value)
        if day is not None or edited is None:
            given["day"] = ctx.day(day).day if day else ctx.today
        if edited is not None:
            if not given:
                raise click.UsageError("Say what to change: a value, --on, --source or --note.")
            label = ctx.do(indicators.edit_measurement, edited, given, today=ctx.today).label
        elif value is None:
            raise click.UsageError("Say what was measured: indicator measure I1 251.")
        else:
            label = ctx.do(indicators.measure, which, **given, today=ctx.today).label
    from ka2tui.queries import indicators as asked

    ctx.answer(_whole(ctx.ask(asked.one, which, today=ctx.today), ctx), label)


def _refuse_others(ctx: Context, indicator: int, number: int, code: str) -> None:
    """Refuse the measurement of another indicator."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.queries import indicators

    if number not in {row.id for row in ctx.ask(indicators.measurements, indicator)}:
        raise Refused(f"{code} has no measurement {number}: indicator show {code} names them.")


def _number(said: str) -> str:
    from ka2tui.domain import quantity

    found = read(quantity.read, said)
    if found.doubt:
        click.echo(f"{found.doubt}.", err=True)
    return quantity.write(found.value)


@group.command()
@into_tables("indicators", "measurements")
@click.pass_obj
def export(ctx: Context, form: str | None, name: str | None, target: Path, *, force: bool) -> None:
    """Write indicators and all that was measured for a spreadsheet; import reads the same again."""
    from ka2tui.cli.exchange import write_tables
    from ka2tui.exchange import indicator_tables as tables
    from ka2tui.queries import indicators, uids

    def every() -> Sheet:
        rows = ctx.ask(indicators.listed, ctx.project, today=ctx.today)
        return tables.indicators(rows, ctx.ask(uids.of, ctx.project, "indicator"))

    def measurements() -> Sheet:
        return tables.measurements(ctx.ask(indicators.written, ctx.project))

    makers = {"indicators": every, "measurements": measurements}
    write_tables(ctx, target, makers, form=form, name=name, force=force)


def _values(ctx: Context, said: dict[str, str | None]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    from ka2tui.domain import quantity
    from ka2tui.domain.kinds import Term

    values: dict[str, Any] = {}
    for name in ("unit", "source", "notes"):
        if said.get(name) is not None:
            values[name] = said[name] or None
    for name in ("baseline", "target"):
        text = said.get(name)
        if text is None:
            continue
        values[name] = _number(text) if text else None
        unit = read(quantity.read, text).unit if text else None
        if unit and not values.get("unit") and said.get("unit") is None:
            values["unit"] = unit
    due, wp, lead, term = (said.get(name) for name in ("due", "wp", "lead", "term"))
    if due is not None:
        values |= due_values(ctx, due, within=False)
    if wp is not None:
        values["work_unit_id"] = ctx.id("work_unit", wp) if wp else None
    if lead is not None:
        values["lead_id"] = ctx.id("partner", lead) if lead else None
    if term is not None:
        values["term"] = Term(term)
    if said.get("better") is not None:
        values["rising"] = said["better"] == "more"
    return values


def _answer(ctx: Context, ids: list[int], label: str) -> None:
    from ka2tui.queries import indicators

    rows = [_plain(row, ctx) for row in ctx.ask(indicators.some, ids, today=ctx.today)]
    ctx.answer(rows[0] if len(rows) == 1 else rows, label)


def _change(ctx: Context, found: int, values: dict[str, Any]) -> None:
    from ka2tui.operations import indicators

    _answer(ctx, [found], ctx.do(indicators.edit, found, values).label)


plan_verbs.give_edit(
    group,
    "indicator",
    "Change an indicator; an empty value clears a field.",
    _fields,
    values_of=_values,
    change=_change,
)


def _plain(row: IndicatorRow, ctx: Context) -> dict[str, Any]:
    """Give an indicator; numbers are plain decimals, written as text."""
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "work_unit": row.work_unit,
        "lead": row.lead,
        "unit": row.unit,
        "baseline": row.baseline,
        "target": row.target,
        "rising": row.rising,
        "term": row.term,
        "source": row.source,
        "due": row.due,
        "due_month": row.due_month,
        "value": row.value,
        "measured_on": row.measured_on,
        "way_percent": row.way,
        "time_percent": row.course.passed,
        "state": row.state,
        "expected": row.expected,
        "lacks": list(row.lacks(ctx.today)),
    }


def _whole(found: IndicatorDetails, ctx: Context) -> dict[str, Any]:
    from ka2tui.domain import indicators

    return {
        **_plain(found.row, ctx),
        "notes": found.notes,
        "expected_said": indicators.say_expected(found.row.aim, found.row.course, found.row.unit),
        "measurements": [
            {
                "id": each.id,
                "day": each.day,
                "value": each.value,
                "source": each.source,
                "note": each.note,
                "proofs": each.proofs,
            }
            for each in found.measurements
        ],
    }


def _table(rows: Sequence[IndicatorRow], ctx: Context) -> str:
    from ka2tui.domain import indicators as words
    from ka2tui.domain.days import say_day

    cells = [
        (
            row.code or row.id,
            row.title,
            words.say_now(row.value, row.target, row.unit),
            words.say_way(row.way),
            row.state.word,
            say_day(row.measured_on, ctx.today) if row.measured_on else "",
            row.work_unit,
            row.lead,
        )
        for row in rows
    ]
    return output.table(
        ("code", "indicator", "now", "way", "stands", "measured", "wp", "lead"), cells
    )


def _text(found: IndicatorDetails, ctx: Context) -> str:
    from ka2tui.cli.deadlines import say_due
    from ka2tui.domain import indicators as words
    from ka2tui.domain import quantity

    row = found.row
    lines = [
        ("", f"{row.code or ''}  {row.title}".strip()),
        ("stands", words.say_standing(row.course)),
        ("now", words.say_now(row.value, row.target, row.unit)),
        ("baseline", quantity.say(row.baseline, row.unit) or "none"),
        ("target", quantity.say(row.target, row.unit) or "none"),
        ("better", "more" if row.rising else "less"),
        ("way", words.say_way(row.way)),
        ("leads to", words.say_expected(row.aim, row.course, row.unit)),
        ("term", row.term.word if row.term else ""),
        ("source", row.source or "none"),
        ("due", say_due(ctx, row)),
        ("wp", row.work_unit),
        ("lead", row.lead),
        ("missing", ", ".join(row.lacks(ctx.today))),
        ("notes", found.notes),
    ]
    chart = words.chart(row.values, row.aim, room=72)
    table = output.table(
        ("nr", "day", "value", "source", "note", "proof"),
        [_measured(each, row.unit) for each in found.measurements],
    )
    return "\n\n".join(
        filter(None, [output.facts(lines), "" if output.is_plain() else "\n".join(chart), table])
    )


def _measured(each: MeasurementRow, unit: str | None) -> tuple[object, ...]:
    from ka2tui.domain import quantity
    from ka2tui.domain.days import say_brief

    value = quantity.say(each.value, unit)
    return (each.id, say_brief(each.day), value, each.source, each.note, each.proofs or "")
