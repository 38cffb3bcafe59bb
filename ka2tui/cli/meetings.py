"""Meetings on the command line: listed, planned, changed, held, cancelled, removed."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import (
    filters,
    meeting_agenda,
    meeting_minutes,
    meeting_papers,
    meeting_people,
    meeting_plans,
    meeting_progress,
)
from ka2tui.cli import meeting_answers as answers
from ka2tui.cli import meeting_fields as fields
from ka2tui.cli import meeting_text as texts

if TYPE_CHECKING:
    from ka2tui.cli.context import Context


@click.group()
def group() -> None:
    """Meetings and events: planned, held, with agenda, people and minutes."""


for _verb in (
    *(meeting_progress.start, meeting_progress.next_, meeting_progress.break_),
    *(meeting_progress.end, meeting_progress.clock, meeting_papers.signatures),
    *(meeting_plans.templates, meeting_plans.move, meeting_agenda.agenda),
    *(meeting_people.attendance, meeting_people.count, meeting_minutes.minutes),
):
    group.add_command(_verb)


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List meetings: those to come first, then the past ones, newest first."""
    from ka2tui.queries import meetings

    rows = ctx.ask(meetings.listed, ctx.project, today=ctx.today)
    plain, table = answers.plain, partial(texts.table, ctx)
    empty = "No meetings yet."
    filters.answer(ctx, "meeting", rows, (words, named), plain=plain, table=table, empty=empty)


@group.command()
@click.argument("meeting", metavar="ID")
@click.pass_obj
def show(ctx: Context, meeting: str) -> None:
    """Show one meeting: clocks, agenda, people, minutes, what earlier ones left open."""
    from ka2tui.queries import logs, meetings

    key = ctx.id("meeting", meeting)
    found = ctx.ask(meetings.one, key, today=ctx.today)
    lines = ctx.ask(logs.of_meeting, key, today=ctx.today)
    whole = answers.whole(found) | {"log": [answers.logged(line) for line in lines]}
    ctx.answer(whole, lambda: "\n".join([texts.text(found), *texts.log_lines(lines)]))


@group.command()
@click.argument("title")
@meeting_plans.options
@fields.options
@click.pass_obj
def add(
    ctx: Context,
    /,
    title: str,
    template: str | None,
    repeat: str | None,
    *,
    no_tasks: bool,
    dry_run: bool,
    **said: Any,
) -> None:
    """Plan a meeting or a series; its time is meant in --zone, else in that of the host."""
    values = fields.values_of(ctx, said)
    outcome = meeting_plans.add(
        *(ctx, title, values),
        template=template,
        no_tasks=no_tasks,
        repeat=repeat,
        dry_run=dry_run,
    )
    if outcome is not None:
        answers.some(ctx, outcome.value, outcome, several=repeat is not None, at=values.get("at"))


@group.command()
@click.argument("meeting", metavar="ID")
@click.option("--title", help="Another title.")
@click.option("--following", is_flag=True, help="This one of a series and all later ones.")
@fields.options
@click.pass_obj
def edit(ctx: Context, /, meeting: str, title: str | None, *, following: bool, **said: Any) -> None:
    """Change a meeting; an empty value clears a field.

    With another date or zone the hour stays the same.
    """
    from ka2tui.operations import meeting_series, meetings
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    (row,) = ctx.ask(asked.some, [found], today=ctx.today)
    values = fields.values_of(ctx, said, row) | ({} if title is None else {"title": title})
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    operation = meeting_series.edit if following else meetings.edit
    at = values.get("at", row.local.time() if row.local else None)
    answers.some(ctx, [found], ctx.do(operation, found, values), at=at)


def _set_state(ctx: Context, said: tuple[str, ...], state: str) -> None:
    from ka2tui.domain.kinds import MeetingState
    from ka2tui.operations import meetings

    ids, now = ctx.ids("meeting", said), datetime.now(UTC)
    answers.some(ctx, ids, ctx.do(meetings.set_state, ids, MeetingState(state), now=now))


@group.command()
@click.argument("meetings", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def hold(ctx: Context, meetings: tuple[str, ...]) -> None:
    """Mark meetings as held."""
    _set_state(ctx, meetings, "held")


@group.command()
@click.argument("meetings", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def cancel(ctx: Context, meetings: tuple[str, ...]) -> None:
    """Mark meetings as cancelled."""
    _set_state(ctx, meetings, "cancelled")


@group.command()
@click.argument("meetings", metavar="ID...", nargs=-1, required=True)
@click.option("--with-tasks", is_flag=True, help="Remove the tasks of their actions too.")
@click.option("--following", is_flag=True, help="One of a series and all later ones.")
@click.pass_obj
def remove(ctx: Context, meetings: tuple[str, ...], *, with_tasks: bool, following: bool) -> None:
    """Remove meetings with their agendas, lists and minutes."""
    from ka2tui.operations import meeting_series
    from ka2tui.operations import meetings as made
    from ka2tui.queries import meetings as asked

    ids = ctx.ids("meeting", meetings)
    rows = [answers.plain(row) for row in ctx.ask(asked.some, ids, today=ctx.today)]
    if following and len(ids) > 1:
        raise click.UsageError("--following begins at one meeting: name one.")
    if following:
        outcome = ctx.do(meeting_series.remove, ids[0], with_tasks=with_tasks)
    else:
        outcome = ctx.do(made.remove, ids, with_tasks=with_tasks)
    ctx.answer(rows[0] if len(rows) == 1 else rows, outcome.label)
