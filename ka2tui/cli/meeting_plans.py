"""Meetings on the command line from templates and as series, and moved to another day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import meeting_answers as answers
from ka2tui.cli import meeting_fields as fields
from ka2tui.cli import output, own_words
from ka2tui.cli.options import options as given
from ka2tui.cli.options import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ka2tui.cli.context import Context
    from ka2tui.domain.meeting_series import Series
    from ka2tui.domain.meeting_templates import MeetingTemplate
    from ka2tui.domain.own_files import Found
    from ka2tui.store.portfolio import Outcome


@click.command()
@click.argument("template", required=False)
@click.pass_obj
def templates(ctx: Context, template: str | None) -> None:
    """List the templates of meetings, ours and your own; with a name, show all of one.

    A file of your own that cannot be read is named with line and key; all others work.
    """
    from ka2tui.domain import meeting_templates

    if template is not None:
        one = meeting_templates.find(template, ctx.settings.data)
        ctx.answer(_plain(one), lambda: "\n".join(_lines(one)))
        return
    seen = meeting_templates.found(ctx.settings.data)
    own_words.tell(seen.broken)
    value = {
        "templates": [
            _plain(one) | {"own": one.id in seen.own, "file": str(seen.files[one.id])}
            for one in seen.entries
        ],
        "broken": own_words.plain(seen.broken),
    }
    ctx.answer(value, lambda: _table(seen))


options = given(
    click.option(
        "--template",
        metavar="KEY",
        help="Take points, length and tasks from it: see meeting templates.",
    ),
    click.option("--no-tasks", is_flag=True, help="Leave the tasks of the template out."),
    click.option(
        "--repeat",
        metavar="RULE",
        help='Plan a series: "first Tuesday of each month until M24".',
    ),
    click.option("--dry-run", is_flag=True, help="With --repeat: only say on which days."),
)
"""Give a command the options for templates and series."""


def add(
    ctx: Context,
    title: str,
    values: Mapping[str, Any],
    *,
    template: str | None,
    no_tasks: bool,
    repeat: str | None,
    dry_run: bool,
) -> Outcome[list[int]] | None:
    """Plan a meeting or a series of them; None where that was only tried, and has been told."""
    from ka2tui.domain import meeting_templates
    from ka2tui.operations import meeting_plans

    if no_tasks and template is None:
        raise click.UsageError("--no-tasks belongs to --template.")
    if dry_run and repeat is None:
        raise click.UsageError("--dry-run belongs to --repeat.")
    one = None if template is None else meeting_templates.find(template, ctx.settings.data)
    series = None if repeat is None else _series(ctx, repeat, values)
    if dry_run and series is not None:
        days = [{"title": title, "day": day} for day in series.days]
        long = meeting_plans.stretch(values, one)
        jobs = None if no_tasks else one
        ctx.answer(days, lambda: _told([(day, day + long) for day in series.days], jobs, ctx.today))
        return None
    return ctx.do(
        meeting_plans.plan,
        ctx.project,
        title,
        values,
        today=ctx.today,
        template=one,
        with_tasks=not no_tasks,
        days=() if series is None else series.days,
    )


def _series(ctx: Context, text: str, values: Mapping[str, Any]) -> Series:
    """Read how often, counted from the first day that was given, until the project ends."""
    from ka2tui.domain import meeting_series
    from ka2tui.queries import projects

    start, end = ctx.ask(projects.span_of, ctx.project)
    return read(
        lambda said: meeting_series.read(
            said, first=values.get("day"), today=ctx.today, start=start, end=end
        ),
        text,
    )


def _told(spans: Sequence[tuple[date, date]], jobs: MeetingTemplate | None, today: date) -> str:
    """Tell the days of a series, and how many tasks would come with it."""
    from ka2tui.domain.days import DAY_NAMES, say_brief
    from ka2tui.domain.meeting_templates import say_passed

    lines = [f"{DAY_NAMES[day.weekday()]} {say_brief(day)}" for day, _ in spans]
    tasks = [one for first, last in spans if jobs for one in jobs.to_do(first, last, today)]
    with_them = f" and {len(tasks)} tasks" if tasks else ""
    passed = say_passed(sum(one.passed for one in tasks))
    return "\n".join([*lines, f"{len(lines)} meetings{with_them} would be added{passed}."])


@click.command()
@click.argument("meeting", metavar="ID")
@click.argument("when")
@click.option("--following", is_flag=True, help="This one of a series and all later ones.")
@click.pass_obj
def move(ctx: Context, meeting: str, when: str, *, following: bool) -> None:
    """Move a meeting to another day, WHEN with a time or without; a series by as many days."""
    from ka2tui.domain.kinds import Precision
    from ka2tui.operations import meeting_series, meetings
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    (row,) = ctx.ask(asked.some, [found], today=ctx.today)
    read = fields.read_start(ctx, when, row.zone)
    day, at = read.get("day") or row.day, read.get("at")
    if day is None:
        raise click.UsageError("Say on which day: 3 Dec, or 3 Dec 9:30.")
    if following:
        outcome: Outcome[None] = ctx.do(meeting_series.move, found, day, at=at)
    else:
        precision = read.get("precision", Precision.DAY)
        outcome = ctx.do(meetings.move, found, day, at=at, precision=precision)
    answers.some(ctx, [found], outcome, at=at or (row.local.time() if row.local else None))


# -- answers


def _plain(one: MeetingTemplate) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "about": one.about,
        "kind": one.kind,
        "mode": one.mode,
        "days": one.days,
        "length_minutes": one.length,
        "points": [
            {"title": point.title, "minutes": point.minutes, "who": point.who}
            for point in one.points
        ],
        "tasks": [{"title": job.title, "days": job.days, "who": job.who} for job in one.jobs],
    }


def _table(seen: Found[MeetingTemplate]) -> str:
    def line(one: MeetingTemplate) -> tuple[object, ...]:
        points = f"{len(one.points)} points"
        return one.id, one.title, one.kind.word, points, f"{len(one.jobs)} tasks"

    return output.table(("key", "title", "kind", "", ""), map(line, seen.entries))


def _lines(one: MeetingTemplate) -> list[str]:
    """Tell all of a template."""
    lines = [f"{one.title} ({one.id})"]
    if one.about:
        lines.append(f"  {one.about}")
    lines.append("  Agenda")
    for number, point in enumerate(one.points, start=1):
        more = [point.who or "", f"{point.minutes} min" if point.minutes else ""]
        lines.append("    " + ", ".join([f"{number}. {point.title}", *filter(None, more)]))
    lines.append("  What is to be done")
    lines += [f"    {job.when}: {job.called('it')}" for job in one.jobs]
    return lines
