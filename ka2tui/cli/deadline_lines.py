"""Deadlines on the command line: as JSON, and as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from ka2tui.cli.context import Context
    from ka2tui.queries.deadlines import ProjectDeadlines
    from ka2tui.queries.due_items import Item


def now(ctx: Context) -> datetime | None:
    """Give the present instant; None where the answers are for another day than this one."""
    from datetime import UTC, datetime

    return datetime.now(UTC) if ctx.on is None else None


def as_json(found: Sequence[ProjectDeadlines], today: date) -> list[dict[str, Any]]:
    """Give every deadline that is still to come, the application's first."""
    from ka2tui.domain import instants

    rows: list[dict[str, Any]] = []
    for one in found:
        due = one.application
        if due is not None:
            rows.append(
                {
                    "project": one.project,
                    "deadline": "application",
                    "title": "Application",
                    "date": due.day,
                    "at": instants.local(due.at, due.zone),
                    "zone": due.zone,
                    "from": due.why,
                    "confirmed": due.confirmed,
                    "official": True,
                    "not_before": False,
                }
            )
        rows += [
            {
                "project": one.project,
                "deadline": each.id,
                "title": each.title,
                "date": each.day,
                "at": None,
                "zone": None,
                "from": each.why,
                "confirmed": each.confirmed,
                "official": each.official,
                "not_before": each.not_before,
            }
            for each in one.ahead(today)
        ]
    return rows


def said_of(ctx: Context, project: int) -> Iterator[tuple[str, str]]:
    """Say the deadlines of a project as names with values."""
    from ka2tui.queries import deadlines

    for one in ctx.ask(deadlines.listed, project, today=ctx.today, own=ctx.settings.data):
        yield from said(one, ctx.today, now(ctx))


def said(
    one: ProjectDeadlines, today: date, present: datetime | None, *, near: bool = False
) -> Iterator[tuple[str, str]]:
    """Say the deadlines of one project, each with where it comes from.

    Args:
        one: The project's.
        today: The day the answers are for.
        present: The instant; None where they are for another day.
        near: Only those that matter by now.
    """
    for _, title, told in dated(one, today, present, near=near):
        yield title, told


def dated(
    one: ProjectDeadlines, today: date, present: datetime | None, *, near: bool = False
) -> Iterator[tuple[date, str, str]]:
    """Say the deadlines of one project with their days, to be put among others."""
    from ka2tui.domain.days import say_brief, say_until

    if one.application is not None:
        for title, told in of_application(one, today, present):
            yield one.application.day, title, told
    for each in one.near(today) if near else one.ahead(today):
        day = f"{say_brief(each.day)} · {say_until(each.day, today)}"
        if each.not_before:
            day = f"not before {say_brief(each.day)}"
        yield each.day, each.title, f"{day} ({each.why})"


def of_application(
    one: ProjectDeadlines, today: date, present: datetime | None
) -> Iterator[tuple[str, str]]:
    """Say by when the application must be in, and plainly where that has passed.

    Args:
        one: The deadlines of the project; nothing is said where none is owed.
        today: The day the answers are for.
        present: The instant; None where they are for another day.
    """
    from ka2tui.domain import deadlines
    from ka2tui.domain.days import say_until

    due = one.application
    if due is None:
        return
    clocks, left = deadlines.say_application(due, present or due.at, one.here)
    left = say_until(due.day, today) if present is None else left
    yield "Application", f"{clocks} · {left} ({due.why})"
    if (due.day < today) if present is None else due.passed(present):
        yield "", "The deadline has passed; nothing says that the application was handed in."


def of_letters(found: Sequence[Item], project: str | None) -> list[dict[str, Any]]:
    """Give the letters to be answered as deadlines."""
    return [
        {
            "project": item.project or project,
            "deadline": "letter",
            "title": item.title,
            "date": item.due,
            "at": None,
            "zone": None,
            "from": f"letter {item.id}",
            "confirmed": True,
            "official": False,
            "not_before": False,
        }
        for item in found
    ]


def said_of_letters(found: Sequence[Item], today: date) -> Iterator[tuple[Item, str]]:
    """Say until when each letter is to be answered."""
    from ka2tui.domain.days import say_brief, say_until

    for item in found:
        if item.due is not None:
            whom = f"({item.assignee})"
            yield item, f"{say_brief(item.due)} · {say_until(item.due, today)} {whom}"
