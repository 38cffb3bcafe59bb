"""Today on the command line: what is late, due and waited for, and the next meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ka2tui.cli.context import Context
    from ka2tui.queries.today import Item, NextMeeting, PhaseLine, Today

GLYPHS = {"task": "", "deliverable": "◆", "milestone": "⚑"}


@click.command()
@click.pass_obj
def today(ctx: Context) -> None:
    """Show what is late, what is due within a week, who is waited for, and what comes next."""
    from ka2tui.queries import today as query

    seen = ctx.ask(query.today, ctx.project, ctx.today)
    ctx.answer(_plain(seen), lambda: "\n".join(_text(seen)))


def _plain(seen: Today) -> dict[str, Any]:
    return {
        "date": seen.day,
        "project": seen.project,
        "phase": seen.phase,
        "overdue": [_item(item) for item in seen.overdue],
        "due_soon": [_item(item) for item in seen.due_soon],
        "later": seen.later,
        "waiting": [_item(item) for item in seen.waiting],
        "next_meeting": None if seen.next_meeting is None else _meeting(seen.next_meeting),
        "phases": [
            {"phase": line.kind, "state": line.state, "done": line.done, "passed": line.passed}
            for line in seen.phases
        ],
        "look_at": [
            {
                "severity": look.severity,
                "text": look.text,
                "why": look.why,
                "kind": look.kind,
                "id": look.id,
            }
            for look in seen.looks
        ],
    }


def _item(item: Item) -> dict[str, Any]:
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


def _text(seen: Today) -> Iterator[str]:
    from ka2tui.domain.days import say_for, say_long

    yield f"{seen.project} · {seen.phase.word} · {say_long(seen.day)}"
    yield from _section("Late", seen, seen.overdue)
    later = f", {seen.later} later" if seen.later else ""
    yield from _section(f"Due within a week{later}", seen, seen.due_soon)
    if seen.waiting:
        yield from ("", "Waiting for")
        rows = [
            (
                "  ‖",
                item.assignee or "somebody",
                item.title,
                item.waiting_since and say_for(item.waiting_since, seen.day),
            )
            for item in seen.waiting
        ]
        yield _aligned(rows)
    if seen.next_meeting is not None:
        yield from ("", "Next meeting", *_say_meeting(seen, seen.next_meeting))
    if seen.phases:
        yield from ("", "The way")
        rows = [(f"  {line.kind.word}", line.state.word, *_progress(line)) for line in seen.phases]
        yield _aligned(rows)
    if seen.looks:
        yield from ("", "Look at", *(f"  {look.text}. {look.why}" for look in seen.looks))


def _progress(line: PhaseLine) -> tuple[str, str]:
    """Say how far a phase under way is, with a mark where time stands."""
    from ka2tui.domain.progress import bar

    if line.state != "under_way" or line.done is None:
        return "", ""
    return f"{line.done} %", bar(line.done, mark=line.passed)


def _aligned(rows: Sequence[Sequence[object]]) -> str:
    """Align cells in columns that have no headings."""
    return output.table(("",) * len(rows[0]), rows).partition("\n")[2]


def _section(title: str, seen: Today, items: tuple[Item, ...]) -> Iterator[str]:
    from ka2tui.domain.days import say_due

    yield from ("", title)
    if not items:
        yield "  Nothing."
        return
    rows = [
        (
            "  !" if item in seen.overdue else "  ◷",
            GLYPHS[item.kind],
            item.code or f"id {item.id}",
            item.title,
            item.assignee,
            item.work_unit,
            item.due and say_due(item.due, seen.day),
        )
        for item in items
    ]
    yield _aligned(rows)


def _say_meeting(seen: Today, meeting: NextMeeting) -> Iterator[str]:
    from ka2tui.domain.days import say_day, say_until
    from ka2tui.domain.instants import say_clock

    when = ""
    if meeting.day is not None:
        when = say_day(meeting.day, seen.day, meeting.precision)
        if meeting.precision != "month" and meeting.day > seen.day:
            when += f", {say_until(meeting.day, seen.day)}"
    place = meeting.place or meeting.city or meeting.link
    yield "  " + " · ".join(part for part in (meeting.title, when, place) if part)
    if meeting.clocks:
        yield "  " + " · ".join(say_clock(clock) for clock in meeting.clocks)
