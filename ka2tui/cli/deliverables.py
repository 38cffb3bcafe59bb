"""Deliverables on the command line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output, plan_verbs
from ka2tui.cli.deadlines import due_values, say_due
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import options
from ka2tui.domain.kinds import DeliverableState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from ka2tui.cli.context import Context
    from ka2tui.queries.deliverables import DeliverableDetails, DeliverableRow
    from ka2tui.queries.platform import ResultRow


@click.group()
def group() -> None:
    """Deliverables: what the project promised to make, from draft to published."""


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List the deliverables by when they are due."""
    from ka2tui.queries import deliverables

    rows = ctx.ask(deliverables.listed, ctx.project, today=ctx.today)
    table, empty = partial(_table, ctx=ctx), "No deliverables yet."
    filters.answer(ctx, "deliverable", rows, (words, named), plain=_plain, table=table, empty=empty)


@group.command()
@click.argument("code", metavar="ID")
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one deliverable."""
    from ka2tui.queries import deliverables

    found = ctx.ask(deliverables.one, ctx.id("deliverable", code), today=ctx.today)
    ctx.answer(_whole(found), lambda: _text(ctx, found))


_fields = options(
    click.option("--due", metavar="DATE", help="A day or a project month: 1.12.2026, M18."),
    click.option("--wp", metavar="ID", help="Its work package or activity."),
    click.option("--lead", metavar="PARTNER", help="Who leads: a partner, or any name."),
    click.option(
        "--review", "review_due", metavar="DATE", help="The day by which reviewers answer."
    ),
    click.option("--delivered", metavar="DATE", help="When it was delivered."),
    click.option("--languages", help="The languages it was promised in."),
    click.option("--licence", help="Such as CC BY 4.0."),
    click.option("--published-at", metavar="ADDRESS", help="Where it can be found."),
    click.option("--visibility-checked", metavar="DATE", help="The day the EU emblem was checked."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("code")
@click.argument("title", required=False, default="")
@_fields
@click.pass_obj
def add(ctx: Context, /, code: str, title: str, **said: str | None) -> None:
    """Add a deliverable under a CODE such as D2.1."""
    from ka2tui.operations import deliverables

    outcome = ctx.do(deliverables.add, ctx.project, code, title, values=_values(ctx, said))
    _NOUN.answer(ctx, [outcome.value], outcome.label)


def _verb(name: str, state: str, text: str) -> None:
    """Make the command that takes deliverables to a state."""

    @group.command(name, help=text)
    @click.argument("codes", metavar="ID...", nargs=-1, required=True)
    @click.pass_obj
    def verb(ctx: Context, codes: tuple[str, ...]) -> None:
        _move(ctx, codes, DeliverableState(state))


_verb("draft", "draft", "Note that a first draft is being written.")
_verb("approve", "approved", "Note that the consortium has accepted them.")
_verb("reopen", "planned", "Take them back to the beginning.")


@group.command()
@plan_verbs.ids
@click.option("--by", metavar="DATE", help="The day by which reviewers answer.")
@click.pass_obj
def review(ctx: Context, codes: tuple[str, ...], by: str | None) -> None:
    """Send deliverables to review."""
    from ka2tui.operations import deliverables

    if by is None:
        _move(ctx, codes, DeliverableState.REVIEW)
        return
    ids = ctx.ids("deliverable", codes)
    day = plan_verbs.read_due(ctx, by).day if by else None
    _NOUN.answer(ctx, ids, ctx.do(deliverables.review, ids, by=day, today=ctx.today).label)


@group.command()
@plan_verbs.ids
@click.option("--at", "published_at", metavar="ADDRESS", help="Where it can be found.")
@click.option("--languages", help="The languages it is in.")
@click.option("--licence", help="Such as CC BY 4.0.")
@click.option("--visibility-checked", metavar="DATE", help="The day the EU emblem was checked.")
@click.pass_obj
def publish(ctx: Context, /, codes: tuple[str, ...], **said: str | None) -> None:
    """Note that they are published, and what was looked at before."""
    from ka2tui.operations import deliverables

    values = _values(ctx, said)
    ids = ctx.ids("deliverable", codes)
    if not values:
        _move(ctx, codes, DeliverableState.PUBLISHED)
        return
    if len(ids) > 1:
        raise click.UsageError("An address or a check is noted for one deliverable at a time.")
    outcome = ctx.do(deliverables.publish, ids[0], values, today=ctx.today)
    _NOUN.answer(ctx, ids, outcome.label)


_ON_PLATFORM = ("none", "drafted", "sent", "published")


@group.command()
@click.argument("codes", metavar="ID...", nargs=-1)
@click.argument("state", type=click.Choice(_ON_PLATFORM))
@click.option("--on", "day", metavar="DATE", help="Since when; today without it.")
@click.option("--link", metavar="ADDRESS", help="Where it stands there.")
@click.pass_obj
def platform(
    ctx: Context, codes: tuple[str, ...], state: str, day: str | None, link: str | None
) -> None:
    """Note how far they are on the results platform: D2.1 drafted.

    Drafts go there early; usually results can be sent for review only after the project's last
    day or once the final report is submitted.
    """
    from ka2tui.domain.kinds import PlatformState
    from ka2tui.operations import deliverables
    from ka2tui.queries import platform as asked

    if not codes:
        raise click.UsageError("Name the results: deliverable platform D2.1 drafted.")
    ids = ctx.ids("deliverable", codes)
    since = ctx.today if day is None else ctx.day(day).day if day else None
    outcome = ctx.do(deliverables.put_on_platform, ids, PlatformState(state), on=since, link=link)
    seen = ctx.ask(asked.listed, ctx.project, today=ctx.today)
    if any(row.id in ids for row in seen.early):
        click.echo(f"{seen.hint}", err=True)
    rows = [_on_platform(row) for row in seen.rows if row.id in ids]
    ctx.answer(rows[0] if len(rows) == 1 else rows, outcome.label)


@group.command()
@filters.options
@click.pass_obj
def results(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List the results with how far they are on the results platform."""
    from ka2tui.domain.days import say_brief
    from ka2tui.queries import platform as asked

    seen = ctx.ask(asked.listed, ctx.project, today=ctx.today)
    rows = filters.narrowed(ctx, "result", seen.rows, words, named)

    def text() -> str:
        cells = [
            (row.code, row.title, row.platform.word, row.since and say_brief(row.since),
             row.state.word, row.lead, row.link)
            for row in rows
        ]  # fmt: skip
        headings = ("code", "title", "on the platform", "since", "state", "lead", "link")
        table = output.table(headings, cells)
        if not table:
            return filters.nothing("No deliverables yet.", words, named)
        return f"{table}\n\n{seen.hint}"

    ctx.answer([_on_platform(row) for row in rows], text)


def _on_platform(row: ResultRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "state": row.state,
        "platform": row.platform,
        "platform_on": row.since,
        "platform_link": row.link,
        "to_draft": row.to_draft,
    }


def _move(ctx: Context, codes: tuple[str, ...], state: DeliverableState) -> None:
    from ka2tui.operations import deliverables

    ids = ctx.ids("deliverable", codes)
    _NOUN.answer(ctx, ids, ctx.do(deliverables.move, ids, state, today=ctx.today).label)


def _values(ctx: Context, said: dict[str, str | None]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    values: dict[str, Any] = {}
    due, wp, lead = said.get("due"), said.get("wp"), said.get("lead")
    if due is not None:
        values |= due_values(ctx, due)
    if wp is not None:
        values["work_unit_id"] = ctx.id("work_unit", wp) if wp else None
    if lead is not None:
        values |= _lead(ctx, lead)
    for option, field in (
        ("review_due", "review_due"),
        ("delivered", "delivered_on"),
        ("visibility_checked", "visibility_checked_on"),
    ):
        text = said.get(option)
        if text is not None:
            values[field] = ctx.day(text).day if text else None
    for field in ("languages", "licence", "published_at", "notes"):
        if said.get(field) is not None:
            values[field] = said[field] or None
    return values


def _lead(ctx: Context, said: str) -> dict[str, Any]:
    from ka2tui.queries import references

    if not said:
        return {"lead_id": None, "lead_text": None}
    try:
        return {"lead_id": ctx.id("partner", said), "lead_text": None}
    except references.Unknown:
        return {"lead_id": None, "lead_text": said}


def _plain(row: DeliverableRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "due": row.due,
        "due_month": row.due_month,
        "state": row.state,
        "work_unit": row.work_unit,
    }


def _whole(found: DeliverableDetails) -> dict[str, Any]:
    from ka2tui.domain.kinds import PlatformState

    return {
        **_plain(found.row),
        "lead": found.row.lead,
        "review_due": found.review_due,
        "delivered_on": found.row.delivered_on,
        "languages": found.languages,
        "licence": found.licence,
        "visibility_checked_on": found.visibility_checked_on,
        "published_at": found.published_at,
        "platform": found.platform_state or PlatformState.NONE,
        "platform_on": found.platform_on,
        "platform_link": found.platform_link,
        "notes": found.notes,
    }


def _table(rows: Sequence[DeliverableRow], ctx: Context) -> str:
    cells = [
        (
            "!" if row.late else "✓" if row.state.done else "",
            row.code,
            row.title,
            say_due(ctx, row),
            row.state.word,
            row.work_unit,
            row.lead,
        )
        for row in rows
    ]
    return output.table(("", "code", "title", "due", "state", "wp", "lead"), cells)


def _said_platform(found: DeliverableDetails, day: Callable[[date | None], str]) -> str:
    """Say how far it is on the results platform."""
    if found.platform_state is None:
        return ""
    parts = (found.platform_state.word, day(found.platform_on), found.platform_link)
    return ", ".join(filter(None, parts))


def _text(ctx: Context, found: DeliverableDetails) -> str:
    from ka2tui.domain.days import say_day

    def day(known: date | None) -> str:
        return say_day(known, ctx.today) if known is not None else ""

    row = found.row
    lines = [
        ("", f"{row.code}  {row.title}"),
        ("due", say_due(ctx, row) + (", late" if row.late else "")),
        ("state", row.state.word),
        ("wp", row.work_unit),
        ("lead", row.lead),
        ("review by", day(found.review_due)),
        ("delivered", day(row.delivered_on)),
        ("languages", found.languages),
        ("licence", found.licence),
        ("mark checked", day(found.visibility_checked_on)),
        ("published at", found.published_at),
        ("platform", _said_platform(found, day)),
        ("notes", found.notes),
    ]
    return output.facts(lines)


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import deliverables as operations
    from ka2tui.queries import deliverables as queries

    return queries, operations


_NOUN = Noun("deliverable", _plain, _floors)
_NOUN.give_remove(group, "Remove deliverables.")
plan_verbs.give(group, "deliverable", _NOUN.answer)
plan_verbs.give_edit(
    group,
    "deliverable",
    "Change a deliverable; an empty value clears a field.",
    _fields,
    values_of=_values,
    change=_NOUN.change,
)
