"""What work packages, deliverables and milestones have in common on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli.options import read, sensible

if TYPE_CHECKING:
    from collections.abc import Callable

    from ka2tui.cli.context import Context
    from ka2tui.domain.due import Due

    Answer = Callable[[Context, list[int], str], None]
    Values = Callable[[Context, dict[str, str | None]], dict[str, Any]]
    Options = Callable[[Callable[..., None]], Callable[..., None]]

NOBODY = ("", "-", "nobody", "none")

ids = click.argument("codes", metavar="ID...", nargs=-1, required=True)


def give(group: click.Group, kind: str, answer: Answer, *, led: bool = True) -> None:
    """Give a noun the verbs that all parts of the work plan have.

    Args:
        group: Of the noun.
        kind: work_unit, deliverable or milestone.
        answer: Answers with the parts as they are now, and the words of what was done.
        led: Whether somebody leads one.
    """
    _postpone(group, kind, answer)
    if led:
        _lead(group, kind, answer)
    if kind != "work_unit":
        _move(group, kind, answer)


def give_edit(
    group: click.Group,
    kind: str,
    help_: str,
    fields: Options,
    *,
    values_of: Values,
    change: Callable[[Context, int, dict[str, Any]], None],
) -> None:
    """Give a noun the verb that changes code, title and fields of one.

    Args:
        group: Of the noun.
        kind: indicator, deliverable, milestone, risk or log_entry.
        help_: What the verb says of itself.
        fields: The options of its fields.
        values_of: Reads them.
        change: Changes the one of an id, and answers.
    """
    another = "name" if kind == "indicator" else "title"

    @group.command(help=help_)
    @click.argument("code", metavar="ID")
    @click.option("--code", "new_code", help="Another code.")
    @click.option("--title", help=f"Another {another}.")
    @fields
    @click.pass_obj
    def edit(
        ctx: Context, /, code: str, new_code: str | None, title: str | None, **said: str | None
    ) -> None:
        values = values_of(ctx, said)
        values |= {k: v for k, v in (("code", new_code), ("title", title)) if v is not None}
        if not values:
            raise click.UsageError("Say what to change: see --help.")
        change(ctx, ctx.id(kind, code), values)


def _postpone(group: click.Group, kind: str, answer: Answer) -> None:
    @group.command()
    @ids
    @click.option("--by", metavar="STEP", help="How far: 1m, 1w, 3d; -1m brings it forward.")
    @click.option("--to", metavar="DATE", help="The date or project month all of them get.")
    @click.pass_obj
    def postpone(ctx: Context, codes: tuple[str, ...], by: str | None, to: str | None) -> None:
        """Put off, by a step or to a date; of work that has begun only the end moves."""
        from ka2tui.domain.due import read_step
        from ka2tui.operations import work_plan

        if (by is None) == (to is None):
            raise click.UsageError("Say either how far with --by, or until when with --to.")
        step = None if by is None else read(read_step, by)
        due = None if to is None else read_due(ctx, to)
        found = ctx.ids(kind, codes)
        given: dict[str, Any] = {f"{kind}s": found}
        outcome = ctx.do(work_plan.postpone, **given, by=step, to=due)
        answer(ctx, found, outcome.label)


def _lead(group: click.Group, kind: str, answer: Answer) -> None:
    @group.command()
    @ids
    @click.option("--to", "who", metavar="PARTNER", required=True, help="A partner, or nobody.")
    @click.pass_obj
    def lead(ctx: Context, codes: tuple[str, ...], who: str) -> None:
        """Choose which partner leads."""
        from ka2tui.operations import work_plan

        found = ctx.ids(kind, codes)
        partner = None if who.strip().lower() in NOBODY else ctx.id("partner", who)
        given: dict[str, Any] = {f"{kind}s": found}
        answer(ctx, found, ctx.do(work_plan.lead, partner, **given).label)


def _move(group: click.Group, kind: str, answer: Answer) -> None:
    @group.command()
    @ids
    @click.option("--below", metavar="ID", required=True, help="A work package, or none.")
    @click.pass_obj
    def move(ctx: Context, codes: tuple[str, ...], below: str) -> None:
        """Let it belong to another work package or activity."""
        from ka2tui.operations import work_plan

        found = ctx.ids(kind, codes)
        given: dict[str, Any] = {f"{kind}s": found}
        outcome = ctx.do(work_plan.belong, unit_or_none(ctx, below), **given)
        answer(ctx, found, outcome.label)


def unit_or_none(ctx: Context, said: str) -> int | None:
    """Give the id of a work package or activity; none where that is what was said."""
    return None if said.strip().lower() in NOBODY else ctx.id("work_unit", said)


def read_due(ctx: Context, text: str, *, within: bool = True) -> Due:
    """Read a deadline: a day, a month, a project month; see `options.sensible`."""
    from ka2tui.domain import due

    start = ctx.start
    found = read(lambda said: due.read_due(said, today=ctx.today, start=start), text)
    return sensible(ctx, found, within=within)
