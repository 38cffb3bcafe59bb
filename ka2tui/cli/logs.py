"""Issues, decisions and changes on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output, plan_verbs
from ka2tui.cli import register_verbs as shared
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import Whole, WholeOrNone, options
from ka2tui.domain.kinds import LogKind, LogState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.exchange.table_writer import Sheet
    from ka2tui.queries.logs import LogDetails, LogRow

_STEP = WholeOrNone(1, 5)
_LINE = Whole(1, 2**31 - 1)
_KIND = click.Choice([kind.value for kind in LogKind])
GLYPHS = {"open": "·", "going_on": "▸", "decided": "✓", "done": "✓", "rejected": "✗"}


@click.group()
def group() -> None:
    """The log: issues, decisions and changes; decisions of meetings stand in it too."""


@group.command("list")
@filters.options
@click.option("--kind", type=_KIND, help="Only issues, decisions or changes.")
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None, kind: str | None) -> None:
    """List the log: what is open by its day, then the newest first."""
    from ka2tui.queries import logs, register

    kinds = [LogKind(kind)] if kind else list(LogKind)
    rows = ctx.ask(logs.listed, ctx.project, kinds, today=ctx.today)
    wanted = filters.wanted(ctx, "register", words, named)
    if wanted:
        kept = filters.kept([register.of_line(row) for row in rows], wanted)
        keys = {(row.table, row.record) for row in kept}
        rows = tuple(row for row in rows if _key(row) in keys)
    ctx.answer(
        [plain(row) for row in rows],
        lambda: (
            _table(ctx, rows)
            or filters.nothing("Nothing in the log. Add to it with: ka2tui log add", words, named)
        ),
    )


def _key(row: LogRow) -> tuple[str, int | None]:
    return ("outcome", row.outcome_id) if row.id is None else ("log_entry", row.id)


@group.command()
@shared.one
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one line of the log, with what came of it."""
    from ka2tui.queries import logs

    found = ctx.ask(logs.one, ctx.id("log_entry", code), today=ctx.today)
    ctx.answer(_whole(found), lambda: _text(ctx, found))


_fields = options(
    click.option("--description", help="More about it."),
    click.option("--category", help="People, money, time ..."),
    click.option("--raised-by", help="Who brought it up, proposed it or asked for it."),
    click.option("--partner", metavar="PARTNER", help="Which partner's matter it is."),
    click.option("--contact", metavar="PERSON", help="Whose matter it is."),
    click.option("--wp", metavar="ID", help="The work package or activity it is about."),
    click.option("--opened", metavar="DATE", help="When it was brought up."),
    click.option("--due", metavar="DATE", help="By when it is to be settled or in effect."),
    click.option("--closed", metavar="DATE", help="When it was settled, in effect, implemented."),
    click.option("--urgency", type=_STEP, help="1 (can wait) to 5 (now); issues and changes."),
    click.option("--impact", type=_STEP, help="1 (small) to 5 (large); issues and changes."),
    click.option("--size", type=_STEP, help="1 (small) to 5 (large); issues and changes."),
    click.option("--solution", help="What was done about an issue, or said to a change."),
    click.option("--reason", help="Reasons and alternatives; decisions and changes."),
    click.option("--consequence", help="What follows from it; decisions and changes."),
    click.option("--decided-by", help="Who decided; decisions and changes."),
    click.option("--decided-on", metavar="DATE", help="When; decisions and changes."),
    click.option("--issue", metavar="ID", help="The issue that led to a decision or change."),
    click.option("--risk", metavar="ID", help="The risk it comes from; issues and changes."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("kind", type=_KIND)
@click.argument("title")
@click.option("--code", help="Without it the next free one: IS7, DE7, CH7.")
@_fields
@click.pass_obj
def add(ctx: Context, /, kind: str, title: str, code: str | None, **said: Any) -> None:
    """Add an issue, a decision or a change."""
    from ka2tui.operations import logs

    values = {"code": code, **_values(ctx, said)}
    outcome = ctx.do(logs.add, ctx.project, LogKind(kind), title, today=ctx.today, values=values)
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@shared.several
@click.option("--by", help="Who decided.")
@click.option("--on", metavar="DATE", help="When; without it, today.")
@click.option("--said", help="The reasons, or what was said to a change.")
@click.option("--refuse", is_flag=True, help="It is refused.")
@click.pass_obj
def decide(
    ctx: Context,
    codes: tuple[str, ...],
    by: str | None,
    on: str | None,
    said: str | None,
    *,
    refuse: bool,
) -> None:
    """Note what was decided about decisions and changes."""
    from ka2tui.operations import logs

    ids = ctx.ids("log_entry", codes)
    day = shared.day_or_today(ctx, on)
    outcome = ctx.do(logs.decide, ids, on=day, by=by, said=said, accepted=not refuse)
    _NOUN.answer(ctx, ids, outcome.label)


def _moves(name: str, state: LogState, help_: str, *, solved: bool = False) -> None:
    """Make the verb that takes lines to a state."""

    @group.command(name, help=help_)
    @shared.several
    @click.option("--on", metavar="DATE", help="When; without it, today.")
    @click.option("--solution", hidden=not solved, help="What was done.")
    @click.pass_obj
    def move(ctx: Context, codes: tuple[str, ...], on: str | None, solution: str | None) -> None:
        from ka2tui.operations import logs

        ids = ctx.ids("log_entry", codes)
        day = shared.day_or_today(ctx, on)
        _NOUN.answer(ctx, ids, ctx.do(logs.move, ids, state, today=day, solution=solution).label)


_moves("start", LogState.GOING_ON, "Take lines of the log in hand.")
_moves(
    "settle",
    LogState.DONE,
    "Note that issues are settled, decisions in effect, changes implemented.",
    solved=True,
)
_moves("drop", LogState.REJECTED, "Drop issues, take decisions back, refuse changes.")
_moves("reopen", LogState.OPEN, "Open lines of the log again.")


@group.command("take-up")
@click.argument("lines", metavar="LINE...", nargs=-1, required=True, type=_LINE)
@click.option("--kind", type=_KIND, default="decision", show_default=True, help="What it becomes.")
@click.pass_obj
def take_up(ctx: Context, lines: tuple[int, ...], kind: str) -> None:
    """Take lines of minutes up into the log, by the id that meeting show tells."""
    from ka2tui.operations import logs

    outcome = ctx.do(logs.take_up, list(lines), kind=LogKind(kind), today=ctx.today)
    _NOUN.answer(ctx, outcome.value, outcome.label)


@group.command()
@shared.one
@click.option("--title", help="Of the change; without it, that of the issue.")
@click.pass_obj
def change(ctx: Context, code: str, title: str | None) -> None:
    """Make a change of an issue, which stays."""
    from ka2tui.operations import logs

    issue = ctx.id("log_entry", code)
    outcome = ctx.do(logs.make_change, issue, today=ctx.today, title=title)
    _NOUN.answer(ctx, [outcome.value], outcome.label)


def _sheet(ctx: Context) -> Sheet:
    from ka2tui.exchange import register_tables
    from ka2tui.queries import logs, uids

    rows = ctx.ask(logs.listed, ctx.project, today=ctx.today)
    return register_tables.log(rows, ctx.ask(uids.of, ctx.project, "log_entry"))


shared.give_export(group, _sheet)


_DAYS = {"opened": "opened_on", "due": "due", "closed": "closed_on", "decided_on": "decided_on"}


def _values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    values = shared.owner_values(ctx, said) | shared.day_values(ctx, said, _DAYS)
    for field in (
        *("description", "category", "raised_by", "urgency", "impact", "size", "solution"),
        *("reason", "consequence", "decided_by", "notes"),
    ):
        if said.get(field) is not None:
            values[field] = said[field] or None
    for option, kind in (("issue", "log_entry"), ("risk", "risk")):
        name = said.get(option)
        if name is not None:
            values[f"{option}_id"] = ctx.id(kind, name) if name else None
    return values


def plain(row: LogRow) -> dict[str, Any]:
    """Give a line of the log as JSON lists it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "code": row.code,
        "title": row.title,
        "state": row.state,
        "opened_on": row.opened_on,
        "due": row.due,
        "late": row.late,
        "owner": row.owner,
        "urgency": row.urgency,
        "impact": row.impact,
        "size": row.size,
        "decided_by": row.decided_by,
        "decided_on": row.decided_on,
        "work_unit": row.work_unit,
        "meeting": row.meeting_id,
        "line": row.outcome_id,
    }


def _whole(found: LogDetails) -> dict[str, Any]:
    row = found.row
    return plain(row) | {
        "description": row.description,
        "category": row.category,
        "raised_by": row.raised_by,
        "partner": row.partner,
        "contact": row.contact,
        "reason": row.reason,
        "consequence": row.consequence,
        "solution": row.solution,
        "closed_on": row.closed_on,
        "risk": row.risk,
        "issue": None if found.issue is None else shared.line_json(found.issue),
        "minuted": found.minuted,
        "notes": row.notes,
        "tasks": [shared.task_json(each) for each in found.tasks],
        "led_to": [shared.line_json(each) for each in found.led_to],
    }


def _table(ctx: Context, rows: Sequence[LogRow]) -> str:
    from ka2tui.domain.days import say_day, say_due

    cells = [
        (
            _glyph(row),
            row.code or (f"line {row.outcome_id}" if row.id is None else f"id {row.id}"),
            row.kind.word,
            row.title,
            row.state_word,
            row.owner or row.decided_by,
            row.work_unit,
            say_due(row.due, ctx.today)
            if row.due and not row.state.closed
            else say_day(row.day, ctx.today)
            if row.day
            else "",
        )
        for row in rows
    ]
    return output.table(("", "code", "kind", "title", "state", "who", "wp", "day"), cells)


def _glyph(row: LogRow) -> str:
    """Give the sign of a line; a change that is decided is still to be made."""
    if row.late:
        return "!"
    return GLYPHS["going_on" if row.state == "decided" and row.open else row.state]


def _text(ctx: Context, found: LogDetails) -> str:
    from ka2tui.domain.days import say_day
    from ka2tui.domain.logs import WORDS

    row, words = found.row, WORDS[found.row.kind]

    def day(value: Any) -> str:
        return say_day(value, ctx.today) if value else ""

    def called(field: str) -> str:
        return words.get(field, field.replace("_", " "))

    lines = [
        ("", f"{row.code or ''}  {row.title}".strip()),
        ("kind", row.kind.word),
        ("state", row.state_word),
        ("about", row.description),
        ("category", row.category),
        (called("raised_by"), row.raised_by),
        (called("opened_on"), day(row.opened_on)),
        ("who", ", ".join(filter(None, [row.contact, row.partner]))),
        ("wp", row.work_unit),
        ("urgency", row.urgency),
        ("impact", row.impact),
        ("size", row.size),
        (called("due"), day(row.due) + (", late" if row.late else "")),
        (called("reason"), row.reason),
        (called("decided_by"), row.decided_by),
        (called("decided_on"), day(row.decided_on)),
        (called("solution"), row.solution),
        (called("consequence"), row.consequence),
        (called("closed_on"), day(row.closed_on)),
        ("from risk", row.risk),
        ("from minutes", row.meeting),
        ("which say", found.minuted),
        ("from issue", shared.say_lines([found.issue] if found.issue else [])),
        ("led to", shared.say_lines(found.led_to)),
        ("tasks", shared.say_tasks(ctx, found.tasks)),
        ("notes", row.notes),
    ]
    return output.facts(lines)


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import logs as operations
    from ka2tui.queries import logs as queries

    return queries, operations


_NOUN = Noun("log_entry", plain, _floors)
shared.give_task(group, "Make a task of a line of the log.", _NOUN)
_NOUN.give_remove(group, "Remove lines of the log; tasks and changes that came of them stay.")
plan_verbs.give_edit(
    group,
    "log_entry",
    "Change a line of the log; an empty value clears a field.",
    _fields,
    values_of=_values,
    change=_NOUN.change,
)
