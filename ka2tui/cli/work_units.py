"""The work plan on the command line: work packages, activities and headings, and shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output, plan_verbs
from ka2tui.cli.options import WholeOrNone, options, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.queries.work_units import WorkUnitDetails, WorkUnitRow
    from ka2tui.store.portfolio import Outcome

MOST_DIGITS = 3
KINDS = {"wp": "work_package", "activity": "activity", "heading": "heading"}


@click.group()
def group() -> None:
    """Work packages, activities and headings."""


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List the work plan."""
    from ka2tui.queries import work_units

    rows, empty = ctx.ask(work_units.listed, ctx.project), "No work packages yet."
    filters.answer(ctx, "wp", rows, (words, named), plain=_plain, table=_table, empty=empty)


@group.command()
@click.argument("code", metavar="ID")
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show one work package, activity or heading, with what belongs to it."""
    from ka2tui.queries import work_units

    found = ctx.ask(work_units.one, ctx.id("work_unit", code))
    ctx.answer(_whole(found), lambda: _text(ctx, found))


_fields = options(
    click.option("--kind", type=click.Choice([*KINDS]), help="What it is."),
    click.option("--part-of", metavar="WP", help="The work package that contains it."),
    click.option("--lead", metavar="PARTNER", help="The leading partner."),
    click.option("--start-month", "--from", metavar="MONTH", help="First project month: M1."),
    click.option("--end-month", "--to", metavar="MONTH", help="Last project month: M12."),
    click.option("--start", metavar="DATE", help="First day."),
    click.option("--end", metavar="DATE", help="Last day."),
    click.option("--amount", metavar="MONEY", help="Its money: 12500, 12 500.50."),
    click.option("--category", help="Management, implementation and the like."),
    click.option("--place", help="Where it happens."),
    click.option("--objectives", help="What it is for."),
    click.option("--results", help="What is expected to come of it."),
    click.option("--participants", type=WholeOrNone(0, 1_000_000), help="How many are expected."),
    click.option("--reported", type=WholeOrNone(0, 1_000_000), help="How many came, as reported."),
    click.option(
        "--state",
        type=click.Choice(["planned", "under_way", "done", "cancelled"]),
        help="How it stands.",
    ),
    click.option("--percent", type=WholeOrNone(0, 100), help="How far it is."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("code")
@click.argument("title", required=False, default="")
@_fields
@click.pass_obj
def add(ctx: Context, /, code: str, title: str, **said: Any) -> None:
    """Add a work package, activity or heading under a CODE such as WP2 or A2.1."""
    from ka2tui.domain.kinds import WorkUnitKind
    from ka2tui.operations import work_units

    values = _values(ctx, said)
    kind = values.pop("kind", None)
    outcome = ctx.do(
        work_units.add,
        ctx.project,
        code,
        title,
        kind=WorkUnitKind(kind) if kind else None,
        values=values,
    )
    _answer_one(ctx, outcome.value, outcome)


@group.command()
@click.argument("code", metavar="ID")
@click.option("--code", "new_code", help="Another code.")
@click.option("--title", help="Another title.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, code: str, new_code: str | None, title: str | None, **said: Any) -> None:
    """Change a work package, activity or heading; an empty value clears a field."""
    from ka2tui.domain.kinds import WorkUnitKind, WorkUnitState
    from ka2tui.operations import work_units

    values = _values(ctx, said)
    values |= {k: v for k, v in (("code", new_code), ("title", title)) if v is not None}
    if "kind" in values:
        values["kind"] = WorkUnitKind(values["kind"])
    if "state" in values:
        values["state"] = WorkUnitState(values["state"])
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    unit = ctx.id("work_unit", code)
    _answer_one(ctx, unit, ctx.do(work_units.edit, unit, values))


@group.command()
@plan_verbs.ids
@click.option("--with-activities", is_flag=True, help="And the activities in them.")
@click.pass_obj
def remove(ctx: Context, codes: tuple[str, ...], *, with_activities: bool) -> None:
    """Remove work packages or activities; their tasks and deliverables stay."""
    from ka2tui.operations import work_plan
    from ka2tui.queries import work_units as asked

    ids = ctx.ids("work_unit", codes)
    rows = [_plain(row) for row in ctx.ask(asked.some, ids)]
    outcome = ctx.do(work_plan.remove, work_units=ids, with_activities=with_activities)
    ctx.answer(rows[0] if len(rows) == 1 else rows, outcome.label)


def _state(name: str, state: str, text: str) -> None:
    """Make the command that notes how far work is."""

    @group.command(name, help=text)
    @plan_verbs.ids
    @click.pass_obj
    def verb(ctx: Context, codes: tuple[str, ...]) -> None:
        from ka2tui.domain.kinds import WorkUnitState
        from ka2tui.operations import work_units

        ids = ctx.ids("work_unit", codes)
        _answer(ctx, ids, ctx.do(work_units.mark, ids, WorkUnitState(state)).label)


_state("start", "under_way", "Note that work is under way.")
_state("finish", "done", "Note that work is done.")
_state("cancel", "cancelled", "Note that it will not be done.")
_state("reopen", "planned", "Take it back to what is only planned.")


@group.command()
@plan_verbs.ids
@click.option(
    "--for",
    "span",
    metavar="SPAN",
    required=True,
    help="M4-M18, or 1 Mar 2027 - 31 May 2027; empty: not known.",
)
@click.pass_obj
def schedule(ctx: Context, codes: tuple[str, ...], span: str) -> None:
    """Say from when to when work runs, in project months or days."""
    from ka2tui.domain import spans
    from ka2tui.operations import work_plan
    from ka2tui.queries import projects

    ids = ctx.ids("work_unit", codes)
    start, end = ctx.ask(projects.span_of, ctx.project)
    wanted = spans.NEVER
    if span.strip():
        wanted = read(lambda said: spans.read_span(said, today=ctx.today, start=start), span)
    _answer(ctx, ids, ctx.do(work_plan.schedule, ids, wanted).label)
    if told := spans.after_end(wanted, start, end):
        click.echo(f"Look at this: {told}", err=True)


@group.command()
@plan_verbs.ids
@click.option(
    "--to",
    "said",
    metavar="PER CENT",
    required=True,
    help="0 to 100; empty: counted from tasks and deliverables.",
)
@click.pass_obj
def percent(ctx: Context, codes: tuple[str, ...], said: str) -> None:
    """Keep how far work is as its lead says."""
    from ka2tui.operations import work_units

    digits = said.strip().removesuffix("%").strip()
    if digits and not (digits.isdecimal() and len(digits) <= MOST_DIGITS):
        raise click.UsageError(f"{said!r} is no per cent: write a whole number from 0 to 100.")
    ids = ctx.ids("work_unit", codes)
    given = int(digits) if digits else None
    _answer(ctx, ids, ctx.do(work_units.state_percent, ids, given).label)


@group.command()
@plan_verbs.ids
@click.option("--below", metavar="ID", help="The work package that contains it; or none.")
@click.option("--before", metavar="ID", help="The one that is to come next.")
@click.option("--after", metavar="ID", help="The one that is to come just before.")
@click.pass_obj
def move(
    ctx: Context, codes: tuple[str, ...], below: str | None, before: str | None, after: str | None
) -> None:
    """Move activities to another work package, or parts of the plan past each other."""
    from ka2tui.operations import work_plan

    if sum(said is not None for said in (below, before, after)) != 1:
        raise click.UsageError("Say one of --below, --before and --after.")
    ids = ctx.ids("work_unit", codes)
    if below is not None:
        to = plan_verbs.unit_or_none(ctx, below)
        outcome = ctx.do(work_plan.belong, to, work_units=ids)
    elif before is not None:
        outcome = ctx.do(work_plan.place, ids, before=ctx.id("work_unit", before))
    else:
        outcome = ctx.do(work_plan.place, ids, after=ctx.id("work_unit", after or ""))
    _answer(ctx, ids, outcome.label)


@group.command()
@click.argument("code", metavar="ID")
@click.argument("amounts", metavar="PARTNER=MONEY...", nargs=-1, required=True)
@click.pass_obj
def shares(ctx: Context, code: str, amounts: tuple[str, ...]) -> None:
    """Divide money among partners: UA=12500 KMOP=8000; OU= takes a share away."""
    from ka2tui.domain.plan_money import Divided, say_shares, total
    from ka2tui.operations import work_units
    from ka2tui.queries import work_units as asked

    unit = ctx.id("work_unit", code)
    given: dict[int, int | None] = {}
    for each in amounts:
        who, sign, money = each.rpartition("=")
        if not sign:
            raise click.UsageError(f"{each!r} names no amount: write it like UA=12500.")
        given[ctx.id("partner", who)] = _amount(money) if money.strip() else None
    outcome = ctx.do(work_units.share_out, unit, given)
    found = ctx.ask(asked.one, unit)
    divided = Divided(found.row.amount_cents, total(one.amount_cents for one in found.shares))
    said = say_shares(divided, found.currency)
    ctx.answer(_whole(found), f"{outcome.label}\nshares {said}")


@group.command()
@filters.options
@click.pass_obj
def plan(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """Show the whole work plan, with deliverables, milestones, progress and money."""
    from ka2tui.cli import plan_table
    from ka2tui.queries import work_plan

    seen = ctx.ask(work_plan.read, ctx.project, today=ctx.today)
    rows = filters.narrowed(ctx, "plan", seen.rows, words, named)
    ctx.answer(
        [plan_table.plain(row, seen.currency) for row in rows],
        lambda: (
            plan_table.table(rows, seen, ctx.today)
            or filters.nothing("The work plan is empty.", words, named)
        ),
    )


@group.command()
@click.argument("code", metavar="ID")
@click.argument("partner")
@click.option("--role", help="Co-lead, contributor and the like.")
@click.option("--amount", metavar="MONEY", help="The partner's money in it.")
@click.option("--remove", "gone", is_flag=True, help="The partner has no part in it.")
@click.pass_obj
def share(
    ctx: Context, code: str, partner: str, role: str | None, amount: str | None, *, gone: bool
) -> None:
    """Say what a PARTNER does in a work package or activity, and with how much money."""
    from ka2tui.operations import work_units

    unit, who = ctx.id("work_unit", code), ctx.id("partner", partner)
    if gone:
        _answer_one(ctx, unit, ctx.do(work_units.remove_share, unit, who), whole=True)
        return
    cents = _amount(amount) if amount else None
    outcome = ctx.do(work_units.set_share, unit, who, role=role, amount_cents=cents)
    _answer_one(ctx, unit, outcome, whole=True)


def _answer(ctx: Context, ids: list[int], label: str) -> None:
    """Answer with the parts as they are now: one by itself, several as a list."""
    from ka2tui.queries import work_units

    rows = [_plain(row) for row in ctx.ask(work_units.some, ids)]
    ctx.answer(rows[0] if len(rows) == 1 else rows, label)


plan_verbs.give(group, "work_unit", _answer)


def _answer_one(ctx: Context, unit: int, outcome: Outcome[Any], *, whole: bool = False) -> None:
    from ka2tui.queries import work_units

    found = ctx.ask(work_units.one, unit)
    if found.warning:
        click.echo(f"Look at this: {found.warning}", err=True)
    ctx.answer(_whole(found) if whole else _plain(found.row), outcome.label)


def _values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    values: dict[str, Any] = {}
    for option, field, reader in (
        ("kind", "kind", KINDS.__getitem__),
        ("part_of", "parent_id", lambda text: ctx.id("work_unit", text)),
        ("lead", "lead_id", lambda text: ctx.id("partner", text)),
        ("start_month", "start_month", read_month),
        ("end_month", "end_month", read_month),
        ("start", "start", lambda text: ctx.day(text).day),
        ("end", "end", lambda text: (when := ctx.day(text)).last or when.day),
        ("amount", "amount_cents", _amount),
    ):
        text = said.get(option)
        if text is not None:
            values[field] = reader(text) if text else None
    for option, field in (
        ("category", "category"),
        ("place", "place"),
        ("objectives", "objectives"),
        ("results", "expected_results"),
        ("notes", "notes"),
    ):
        if said.get(option) is not None:
            values[field] = said[option] or None
    for option, field in (
        ("participants", "expected_participants"),
        ("reported", "reported_participants"),
        ("percent", "percent"),
    ):
        if said.get(option) is not None:
            values[field] = None if said[option] == "" else said[option]
    if said.get("state"):
        from ka2tui.domain.kinds import WorkUnitState

        values["state"] = WorkUnitState(said["state"])
    return values


def read_month(text: str) -> int:
    """Read a project month: M3 or 3.

    Raises:
        UsageError: It is none.
    """
    from ka2tui.domain import days
    from ka2tui.domain.refusal import Misread

    try:
        month = days.read_day(text, allow_month=True).month
    except Misread as misread:
        raise click.UsageError(str(misread)) from None
    if month is None:
        raise click.UsageError(f"{text!r} is no project month: write it like M3.")
    return month


def _amount(text: str) -> int:
    from ka2tui.domain.money import read_amount
    from ka2tui.domain.refusal import Misread

    try:
        return read_amount(text)
    except Misread as misread:
        raise click.UsageError(str(misread)) from None


def _plain(row: WorkUnitRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "lead": row.lead,
        "start_month": row.start_month,
        "end_month": row.end_month,
        "amount_cents": row.amount_cents,
    }


def _whole(found: WorkUnitDetails) -> dict[str, Any]:
    return {
        **_plain(found.row),
        "currency": found.currency,
        "kind": found.row.kind,
        "parent": found.row.parent,
        "category": found.category,
        "start": found.start,
        "end": found.end,
        "place": found.place,
        "objectives": found.objectives,
        "expected_results": found.expected_results,
        "expected_participants": found.expected_participants,
        "reported_participants": found.reported_participants,
        "state": found.row.state,
        "percent": found.row.percent,
        "notes": found.notes,
        "shares": [
            {
                "partner": share.partner,
                "role": share.role,
                "amount_cents": share.amount_cents,
                "currency": found.currency,
            }
            for share in found.shares
        ],
        "activities": list(found.activities),
        "tasks": found.tasks,
        "tasks_done": found.tasks_done,
        "deliverables": list(found.deliverables),
        "milestones": list(found.milestones),
    }


def _table(rows: Sequence[WorkUnitRow]) -> str:
    from ka2tui.domain.money import say_amount

    cells = [
        (
            f"  {row.code}" if row.parent else row.code,
            row.title,
            row.lead,
            months(row.start_month, row.end_month),
            say_amount(row.amount_cents) if row.amount_cents is not None else None,
        )
        for row in rows
    ]
    return output.table(("code", "title", "lead", "months", "money"), cells)


def months(first: int | None, last: int | None) -> str:
    """Write the months something takes: M1-M12, from M6, to M12."""
    from ka2tui.domain.timeline import say_month

    if first is None:
        return f"to {say_month(last)}" if last is not None else ""
    return say_month(first, last) if last is not None else f"from {say_month(first)}"


def _text(ctx: Context, found: WorkUnitDetails) -> str:
    from ka2tui.domain.days import say_day
    from ka2tui.domain.money import say_amount

    row = found.row

    def money(cents: int | None) -> str:
        return "" if cents is None else say_amount(cents, found.currency)

    shares = "; ".join(
        " ".join(filter(None, (one.partner, one.role and f"({one.role})", money(one.amount_cents))))
        for one in found.shares
    )
    lines = [
        ("", f"{row.code}  {row.title}"),
        ("kind", row.kind.word),
        ("part of", row.parent),
        ("lead", row.lead),
        ("partners", shares),
        ("months", months(row.start_month, row.end_month)),
        ("start", found.start and say_day(found.start, ctx.today)),
        ("end", found.end and say_day(found.end, ctx.today)),
        ("money", money(row.amount_cents)),
        ("category", found.category),
        ("place", found.place),
        ("expected", found.expected_participants),
        ("reported", found.reported_participants),
        ("state", row.state.word),
        ("done", None if row.percent is None else f"{row.percent} %"),
        ("activities", ", ".join(found.activities)),
        ("tasks", f"{found.tasks_done} of {found.tasks} done" if found.tasks else None),
        ("deliverables", ", ".join(found.deliverables)),
        ("milestones", ", ".join(found.milestones)),
        ("objectives", found.objectives),
        ("results", found.expected_results),
        ("notes", found.notes),
        ("look at", found.warning),
    ]
    return output.facts(lines)
