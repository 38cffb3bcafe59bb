"""The agenda on the command line: everything that is due, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli.options import Whole
from ka2tui.cli.today import aligned, item_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.cli.context import Context
    from ka2tui.queries.agenda import Agenda
    from ka2tui.queries.due_items import Item

GLYPHS = {
    "deliverable": "◆",
    "review": "◇",
    "milestone": "⚑",
    "meeting": "○",
    "phase": "▸",
    "deadline": "§",
    "payment": "¤",
    "letter": "←",
    "risk": "△",
    "log_entry": "≡",
}


@click.command()
@click.option("--days", type=Whole(1, 3660), default=14, show_default=True,
              help="How many days, today counted.")  # fmt: skip
@click.option("--all-projects", is_flag=True, help="Everything of all projects.")
@click.pass_obj
def agenda(ctx: Context, days: int, all_projects: bool) -> None:  # noqa: FBT001 - click's way
    """List everything that is due: tasks, deliverables, meetings, deadlines and more.

    What is late stands on top, the rest day by day.
    """
    from ka2tui.queries import agenda as query

    project = None if all_projects else ctx.project
    own = ctx.settings.data
    seen = ctx.ask(query.agenda, project, ctx.today, ahead=days, own=own)
    ctx.answer(_plain(seen), lambda: "\n".join(_text(seen)))


def _plain(seen: Agenda) -> dict[str, Any]:
    late = {id(item) for item in seen.late}
    return {
        "date": seen.day,
        "last": seen.last,
        "project": seen.project,
        "items": [_item(item, late=id(item) in late) for item in seen.items],
    }


def _item(item: Item, *, late: bool) -> dict[str, Any]:
    from ka2tui.domain import instants

    start = item.starts_at
    if start is not None and item.zone is not None:
        start = instants.local(start, item.zone)
    return item_json(item, None) | {
        "late": late,
        "deadline": item.name or None,
        "start": start,
        "zone": item.zone,
        "note": item.note or None,
    }


def _text(seen: Agenda) -> Iterator[str]:
    from ka2tui.domain.days import DAY_NAMES, say_brief, say_long, say_until

    yield f"{seen.project or 'All projects'} · {say_long(seen.day)} to {say_long(seen.last)}"
    if not seen.items:
        yield "Nothing is due."
    lines = iter(aligned([_row(seen, item) for item in seen.items]).splitlines())
    if seen.late:
        yield from ("", "Late", *(next(lines) for _ in seen.late))
    for day, items in seen.by_day:
        heading = f"{DAY_NAMES[day.weekday()]} {say_brief(day)}, {say_until(day, seen.day)}"
        yield from ("", heading, *(next(lines) for _ in items))


def _row(seen: Agenda, item: Item) -> tuple[object, ...]:
    from ka2tui.domain.days import say_late

    late = "" if item.due is None else say_late(item.due, seen.day)
    unnamed = item.kind in {"phase", "deadline"}
    return (
        "  !" if late else "  ·",
        item.project,
        GLYPHS.get(item.kind, ""),
        _hour(item),
        item.code or ("" if unnamed else f"id {item.id}"),
        item.title,
        item.assignee,
        item.work_unit,
        item.note,
        late,
    )


def _hour(item: Item) -> str:
    from ka2tui.domain import instants

    if item.starts_at is None or item.zone is None:
        return ""
    return f"{instants.local(item.starts_at, item.zone):%H:%M} {instants.city(item.zone)}"
