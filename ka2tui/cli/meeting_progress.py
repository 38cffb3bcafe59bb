"""A meeting in progress on the command line: its clock started, moved on, stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli.options import Whole

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.store.portfolio import Outcome


@click.command()
@click.argument("meeting", metavar="ID")
@click.pass_obj
def start(ctx: Context, meeting: str) -> None:
    """Start a meeting and the clock of its agenda, or go on after a break."""
    from ka2tui.operations import running

    found = ctx.id("meeting", meeting)
    _answer(ctx, found, ctx.do(running.start, found, now=datetime.now(UTC)))


@click.command("break")
@click.argument("meeting", metavar="ID")
@click.pass_obj
def break_(ctx: Context, meeting: str) -> None:
    """Stop the clock of a meeting for a break."""
    from ka2tui.operations import running

    found = ctx.id("meeting", meeting)
    _answer(ctx, found, ctx.do(running.pause, found, now=datetime.now(UTC)))


@click.command("next")
@click.argument("meeting", metavar="ID")
@click.option(
    "--item", metavar="NUMBER", type=Whole(1, 10_000), help="This point, also before its turn."
)
@click.pass_obj
def next_(ctx: Context, meeting: str, item: int | None) -> None:
    """Go on to the next point of the agenda."""
    from ka2tui.operations import running

    found, now = ctx.id("meeting", meeting), datetime.now(UTC)
    if item is None:
        outcome: Outcome[Any] = ctx.do(running.move_on, found, now=now)
    else:
        agenda = _details(ctx, found).agenda
        if not 1 <= item <= len(agenda):
            raise click.UsageError(f"The agenda has {len(agenda)} points, and no {item}.")
        outcome = ctx.do(running.take_up, agenda[item - 1].id, now=now)
    _answer(ctx, found, outcome)


@click.command()
@click.argument("meeting", metavar="ID")
@click.pass_obj
def end(ctx: Context, meeting: str) -> None:
    """End a meeting: its clock stops, and it is marked as held."""
    from ka2tui.operations import running

    found = ctx.id("meeting", meeting)
    _answer(ctx, found, ctx.do(running.end, found, now=datetime.now(UTC)))


@click.command()
@click.argument("meeting", metavar="ID")
@click.pass_obj
def clock(ctx: Context, meeting: str) -> None:
    """Say which point runs, what each took, and how far the meeting is behind."""
    found = _details(ctx, ctx.id("meeting", meeting))
    now = datetime.now(UTC)
    ctx.answer(times(found, now), lambda: "\n".join(lines(found, now)))


def times(found: MeetingDetails, now: datetime) -> dict[str, Any]:
    """Give the times of a meeting in progress."""
    from ka2tui.domain.running import behind

    return {
        "id": found.row.id,
        "title": found.row.title,
        "state": found.row.state,
        "goes_on": found.row.goes_on,
        "started": found.row.started_at,
        "ended": found.row.ended_at,
        "behind_seconds": behind((item.time for item in found.agenda), now),
        "agenda": [
            {
                "id": item.id,
                "number": number,
                "title": item.title,
                "length_minutes": item.minutes_planned,
                "seconds": item.time.seconds(now) if item.time.begun else None,
                "runs": item.time.runs,
            }
            for number, item in enumerate(found.agenda, start=1)
        ],
    }


def lines(found: MeetingDetails, now: datetime) -> list[str]:
    """Say the times of a meeting in progress."""
    from ka2tui.domain import running

    row = found.row
    if row.started_at is None:
        return [f"{row.title} was not started yet."]
    said = [f"{row.title}, started {row.wall(row.started_at):%H:%M}"]
    if row.ended_at is not None:
        said[0] += f", ended {row.wall(row.ended_at):%H:%M}"
    for number, item in enumerate(found.agenda, start=1):
        took = running.say_clock(item.time.seconds(now)) if item.time.begun else "not begun"
        of = f" of {item.minutes_planned} min" if item.minutes_planned and item.time.begun else ""
        over = item.time.over(now)
        late = f", over by {running.say_clock(over)}" if item.time.begun and over > 0 else ""
        runs = ", runs" if item.time.runs else ""
        said.append(f"  {number}. {item.title}: {took}{of}{late}{runs}")
    minutes = running.whole_minutes(running.behind((item.time for item in found.agenda), now))
    if minutes:
        said.append(f"  {abs(minutes)} min {'behind' if minutes > 0 else 'ahead'}")
    return said


def _details(ctx: Context, meeting: int) -> MeetingDetails:
    from ka2tui.queries import meetings

    return ctx.ask(meetings.one, meeting, today=ctx.today)


def _answer(ctx: Context, meeting: int, outcome: Outcome[Any]) -> None:
    ctx.answer(times(_details(ctx, meeting), datetime.now(UTC)), outcome.label)
