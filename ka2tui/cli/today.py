"""Today on the command line: what is late, due and waited for, and the next meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import deadline_lines, output

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from ka2tui.cli.context import Context
    from ka2tui.queries.looks import Look, Looks
    from ka2tui.queries.messages import Doer
    from ka2tui.queries.today import Item, NextMeeting, PhaseLine, Today

GLYPHS = {"task": "", "deliverable": "◆", "milestone": "⚑"}
MARKS = {"high": "▲ ", "low": "▽ "}


WEEK = 7


@click.command()
@click.option("--all-projects", is_flag=True, help="Everything of all projects.")
@click.pass_obj
def today(ctx: Context, all_projects: bool) -> None:  # noqa: FBT001 - click's way
    """Show what is late, what is due within a week, who you wait for, and what comes next."""
    from ka2tui.queries import looks
    from ka2tui.queries import today as query

    project = None if all_projects else ctx.project
    seen = ctx.ask(query.today, project, ctx.today, own=ctx.settings.data, ahead=ctx.settings.days)
    present = deadline_lines.now(ctx)
    found = [
        (
            one.project,
            ctx.ask(
                looks.looks,
                one.project_id,
                today=ctx.today,
                own=ctx.settings.data,
                named=one.project if all_projects else None,
            ),
        )
        for one in seen.deadlines
    ]

    def text() -> str:
        from ka2tui.queries import messages

        tasks = [item.id for item in seen.waiting if item.kind == "task"]
        doers = ctx.ask(messages.doers, tasks, today=ctx.today)
        lines = [
            *_text(seen, present, ctx.settings.days, doers),
            *_looks([mine for _, mine in found]),
        ]
        return "\n".join(lines)

    ctx.answer(_plain(seen, found), text)


def _plain(seen: Today, found: Sequence[tuple[str, Looks]]) -> dict[str, Any]:
    return {
        "date": seen.day,
        "project": seen.project,
        "phase": seen.phase,
        "overdue": [item_json(item, seen.project) for item in seen.overdue],
        "due_soon": [item_json(item, seen.project) for item in seen.due_soon],
        "later": seen.later,
        "waiting": [item_json(item, seen.project) for item in seen.waiting],
        "next_meeting": None if seen.next_meeting is None else _meeting(seen.next_meeting),
        "phases": [
            {"phase": line.kind, "state": line.state, "done": line.done, "passed": line.passed}
            for line in seen.phases
        ],
        "look_at": [
            {
                "code": each.code,
                "severity": each.severity,
                "where": each.where,
                "text": each.text,
                "why": each.why,
                "source": each.source,
                "kind": each.about,
                "id": each.id,
                "project": project,
            }
            for project, mine in found
            for each in mine.problems
        ],
        "deadlines": [
            *deadline_lines.as_json(seen.deadlines, seen.day),
            *deadline_lines.of_letters(seen.answers, seen.project),
        ],
    }


def item_json(item: Item, project: str | None) -> dict[str, Any]:
    """Give something that is due as JSON has it; `project` is the one project there is, if one."""
    return {
        "kind": item.kind,
        "id": item.id,
        "code": item.code,
        "title": item.title,
        "state": item.state,
        "due": item.due,
        "priority": item.priority,
        "assignee": item.assignee,
        "work_unit": item.work_unit,
        "tags": list(item.tags),
        "waiting_since": item.waiting_since,
        "project": item.project or project,
    }


def _meeting(meeting: NextMeeting) -> dict[str, Any]:
    start: object = meeting.day
    if meeting.starts_at is not None:
        start = meeting.clocks[0].at if meeting.clocks else meeting.starts_at
    return {
        "id": meeting.id,
        "code": meeting.code,
        "title": meeting.title,
        "kind": meeting.kind,
        "start": start,
        "end": meeting.end_day,
        "precision": meeting.precision,
        "zone": meeting.zone,
        "place": meeting.place or meeting.city,
        "host": meeting.host,
        "agenda_items": meeting.agenda,
        "clocks": [{"zone": clock.zone, "at": clock.at} for clock in meeting.clocks],
    }


def _text(
    seen: Today, present: datetime | None, days: int, doers: Mapping[int, Doer]
) -> Iterator[str]:
    from ka2tui.domain.days import say_for, say_long

    phase = [seen.phase.word] if seen.phase is not None else []
    yield " · ".join([seen.project or "All projects", *phase, say_long(seen.day)])
    yield from _deadlines(seen, present)
    yield from _section("Late", seen, seen.overdue, "!")
    later = f", {seen.later} {seen.left_out}" if seen.later else ""
    soon = "Due within a week" if days == WEEK else f"Due within {days} days"
    yield from _section(f"{soon}{later}", seen, seen.due_soon, "◷")
    if seen.waiting:
        yield from ("", "Waiting for")
        rows = [
            (
                "  ‖",
                item.project,
                item.assignee or "somebody",
                item.title,
                item.waiting_since and say_for(item.waiting_since, seen.day),
                _heard(doers.get(item.id) if item.kind == "task" else None, seen.day),
            )
            for item in seen.waiting
        ]
        yield aligned(rows)
    if seen.next_meeting is not None:
        yield from ("", "Next meeting", *_say_meeting(seen, seen.next_meeting))
    if seen.phases:
        yield from ("", "The way")
        stand = [(f"  {line.kind.word}", line.state.word, *_progress(line)) for line in seen.phases]
        yield aligned(stand)


MOST = 12
"""Findings that are told with the day; all of them stand in the list of the checks."""


def _looks(found: Sequence[Looks]) -> Iterator[str]:
    """Say what is worth a look, the heaviest first, and how to see the rest."""
    rows = [look for mine in found for look in mine.rows]
    rows.sort(key=lambda look: look.brief.severity.weight)
    if not rows:
        return
    yield from ("", "Look at")
    for look in rows[:MOST]:
        yield f"  {look.brief.code}  {_whose(look)}{look.brief.text} {look.brief.why}"
    every = sum(len(mine.problems) for mine in found)
    if every > sum(look.brief.many for look in rows[:MOST]):
        yield f"  All {every}: ka2tui check"


def _heard(doer: Doer | None, day: date) -> str:
    """Say when the partner was last heard from with whom something lies."""
    from ka2tui.domain import silence

    return "" if doer is None or doer.own else f"heard {silence.say_brief(doer.heard, day)}"


def _whose(look: Look) -> str:
    return "" if look.project is None else f"{look.project}: "


def _deadlines(seen: Today, present: datetime | None) -> Iterator[str]:
    """Say by when things must be handed in, each project's with its name where there are more."""
    many = seen.project_id is None
    dated = [
        (day, (f"  {title}" if not many else f"  {one.project}: {title}", said))
        for one in seen.deadlines
        for day, title, said in deadline_lines.dated(one, seen.day, present, near=True)
    ]
    dated += [
        (item.due, (f"  {item.title}" if not many else f"  {item.project}: {item.title}", said))
        for item, said in deadline_lines.said_of_letters(seen.answers, seen.day)
        if item.due is not None
    ]
    rows = [row for _, row in sorted(dated, key=lambda one: one[0])]
    if rows:
        yield from ("", "Deadlines", aligned(rows))


def _progress(line: PhaseLine) -> tuple[str, str]:
    """Say how far a phase under way is, with a mark where time stands."""
    from ka2tui.domain.progress import bar

    if line.state != "under_way" or line.done is None:
        return "", ""
    return f"{line.done} %", bar(line.done, mark=line.passed)


def aligned(rows: Sequence[Sequence[object]]) -> str:
    """Align cells in columns that have no headings; blank columns are left out."""
    if output.is_plain():
        return output.table(("",) * len(rows[0]), rows) if rows else ""
    return output.table(("",) * len(rows[0]), rows).partition("\n")[2] if rows else ""


def _section(title: str, seen: Today, items: Sequence[Item], mark: str) -> Iterator[str]:
    from ka2tui.domain.days import say_due

    yield from ("", title)
    if not items:
        yield "  Nothing."
        return
    rows = [
        (
            f"  {mark}",
            item.project,
            GLYPHS[item.kind],
            item.code or f"id {item.id}",
            MARKS.get(item.priority, "") + ("↻ " if item.recurrence else "") + item.title,
            item.assignee,
            item.work_unit,
            item.due and say_due(item.due, seen.day),
        )
        for item in items
    ]
    yield aligned(rows)


def _say_meeting(seen: Today, meeting: NextMeeting) -> Iterator[str]:
    from ka2tui.domain.days import say_day, say_until
    from ka2tui.domain.instants import say_clock

    when = ""
    if meeting.day is not None:
        when = say_day(meeting.day, seen.day, meeting.precision)
        if meeting.precision != "month" and meeting.day > seen.day:
            when += f", {say_until(meeting.day, seen.day)}"
    place = meeting.place or meeting.city or meeting.link
    title = meeting.title if meeting.project is None else f"{meeting.project}: {meeting.title}"
    yield "  " + " · ".join(part for part in (title, when, place) if part)
    if meeting.clocks:
        yield "  " + " · ".join(say_clock(clock) for clock in meeting.clocks)
    if meeting.host:
        yield f"  Host    {meeting.host}"
    points = f"{meeting.agenda} item{'' if meeting.agenda == 1 else 's'}"
    of = meeting.minutes_long and f" of {_hours(meeting.minutes_long)}"
    long = f", {_hours(meeting.agenda_minutes)}{of or ''}" if meeting.agenda_minutes else ""
    yield f"  Agenda  {points + long if meeting.agenda else 'none yet'}"


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02}" if hours else f"{rest} min"
