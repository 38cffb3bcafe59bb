"""What the command line answers about meetings, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import time

    from ka2tui.cli.context import Context
    from ka2tui.queries.logs import LogRow
    from ka2tui.queries.meeting_minutes import OutcomeRow
    from ka2tui.queries.meeting_people import PersonRow
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.queries.tasks import TaskRow
    from ka2tui.store.portfolio import Outcome


def some(
    ctx: Context,
    meetings: list[int],
    outcome: Outcome[Any],
    *,
    several: bool = False,
    at: time | None = None,
) -> None:
    """Answer with meetings: one of them as an object, several as a list.

    Args:
        ctx: Of the command.
        meetings: Their ids.
        outcome: What was done to them.
        several: Whether one of them is a list as well.
        at: The time of day that was asked for; one that the clocks skip or show twice is said.
    """
    from ka2tui.domain.instants import say_odd
    from ka2tui.queries import meetings as asked

    found = ctx.ask(asked.some, meetings, today=ctx.today)
    odd = [say_odd(at, row.local) for row in found if at is not None and row.local is not None]
    for sentence in filter(None, odd):
        click.echo(f"Look at this: {sentence}.", err=True)
    rows = [plain(row) for row in found]
    ctx.answer(rows if several or len(rows) != 1 else rows[0], outcome.label)


def plain(row: MeetingRow) -> dict[str, Any]:
    """Give a meeting as the contract lists it."""
    return {
        "id": row.id,
        "title": row.title,
        "kind": row.kind,
        "start": row.start,
        "zone": row.zone,
        "place": row.place,
        "precision": row.precision,
    }


def whole(found: MeetingDetails) -> dict[str, Any]:
    """Give everything of a meeting."""
    row = found.row
    return plain(row) | {
        "code": row.code,
        "state": row.state,
        "series": row.series,
        "template": row.template,
        "mode": row.mode,
        "precision": row.precision,
        "end": row.end_day,
        "month": row.month,
        "length_minutes": row.minutes_long,
        "city": row.city,
        "country": row.country,
        "link": found.link,
        "host": row.host,
        "work_unit": row.work_unit,
        "participants": row.stated,
        "remote_participants": found.remote,
        "expected_participants": found.expected_participants,
        "summary": found.summary,
        "minutes_sent": row.minutes_sent_on,
        "started": row.started_at,
        "ended": row.ended_at,
        "notes": found.notes,
        "clocks": [
            {
                "partner": clock.partner,
                "zone": clock.zone,
                "start": clock.at,
                "outside_hours": clock.outside,
            }
            for clock in found.clocks
        ],
        "agenda": items(found),
        "attendance": [person_on(found, person) for person in found.listed],
        "counts": counts(found),
        "counts_by_country": [
            {"country": one.name, "people": one.people, "online": one.online}
            for one in found.by_country
        ],
        "counts_by_profile": [
            {"profile": one.name, "people": one.people, "online": one.online}
            for one in found.by_profile
        ],
        "missing": list(found.missing),
        "differences": list(found.differences),
        "minutes": [line_of(found, line) for line in found.outcomes],
        "carried": [
            {
                "id": one.task.id,
                "meeting": one.meeting,
                "times": one.times,
                **_task(one.task.title, one.task),
            }
            for one in found.carried
        ],
    }


def logged(line: LogRow) -> dict[str, Any]:
    """Give a line of the log that came from its minutes."""
    return {
        "id": line.id,
        "kind": line.kind,
        "code": line.code,
        "title": line.title,
        "state": line.state,
        "line": line.outcome_id,
    }


def items(found: MeetingDetails) -> list[dict[str, Any]]:
    """Give the points of its agenda."""
    return [
        {
            "id": item.id,
            "number": number,
            "title": item.title,
            "presenter": item.presenter,
            "length_minutes": item.minutes_planned,
            "seconds": item.time.used,
            "notes": item.notes,
        }
        for number, item in enumerate(found.agenda, start=1)
    ]


def person_on(found: MeetingDetails, person: PersonRow) -> dict[str, Any]:
    """Give a person on its list, day by day."""
    days = found.row.days or (None,)
    return {
        "id": person.id,
        "name": person.name,
        "partner": person.partner,
        "days": [
            {"day": day, "presence": presence}
            for day, presence in zip(days, person.presences, strict=True)
        ],
    }


def counts(found: MeetingDetails) -> list[dict[str, Any]]:
    """Give who came without a name."""
    return [
        {
            "id": one.id,
            "who": one.who,
            "country": one.country,
            "profile": one.profile,
            "people": one.people,
            "online": one.online,
            "fewer_opportunities": one.fewer,
        }
        for one in found.counts
    ]


def _task(text: str, task: TaskRow | None) -> dict[str, Any]:
    return {
        "text": text,
        "task": task.id if task else None,
        "code": task.code if task else None,
        "assignee": (task.partner or task.contact) if task else None,
        "due": task.due if task else None,
        "state": task.state if task else None,
    }


def line_of(found: MeetingDetails, line: OutcomeRow) -> dict[str, Any]:
    """Give a line of its minutes, with its task."""
    numbers = {item.id: number for number, item in enumerate(found.agenda, start=1)}
    item = None if line.item_id is None else numbers.get(line.item_id)
    return {"id": line.id, "kind": line.kind, "item": item, **_task(line.text, line.task)}


def minutes(found: MeetingDetails) -> dict[str, Any]:
    """Give its minutes."""
    row = found.row
    return plain(row) | {
        "summary": found.summary,
        "attended": row.came,
        "minutes": [line_of(found, line) for line in found.outcomes],
    }
