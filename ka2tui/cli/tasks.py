"""Tasks on the command line: listed, added, edited, and moved through their states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, task_answers, task_moves
from ka2tui.cli.options import options, read, sensible

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.cli.context import Context
    from ka2tui.domain.due import Due


PHASES = ("partnership", "goal", "proposal", "funding", "implementation", "evaluation")
NOBODY = ("", "-", "nobody")

_ids = click.argument("codes", metavar="ID...", nargs=-1, required=True)


@click.group()
def group() -> None:
    """Tasks: what is to be done, by whom, until when."""


for _command in task_moves.COMMANDS:
    group.add_command(_command)


@group.command("list")
@filters.options
@click.option("--all", "everything", is_flag=True, help="Also what is done or cancelled.")
@click.option("--tree", is_flag=True, help="Parts below their task, each with how far it is.")
@click.option("--board", type=click.Choice(["state", "partner"]), help="A list for each of these.")
@click.pass_obj
def list_(
    ctx: Context,
    words: tuple[str, ...],
    named: str | None,
    board: str | None,
    *,
    everything: bool,
    tree: bool,
) -> None:
    """List tasks by when they are due, those that fit the FILTER.

    Words are looked for in code and title. Questions are asked like this: is:open,
    due<+14d, wp:2, @ULODZ, #tag, is:late; joined by and, or, not and parentheses. See
    'ka2tui filter explain'.
    """
    from ka2tui.queries import tasks

    wanted = filters.wanted(ctx, "task", words, named, plain=lambda row: (row.code, row.title))
    closed = everything or any(it.closed for it in wanted)
    rows = filters.kept(ctx.ask(tasks.listed, ctx.project, all=closed).rows, wanted)

    def text() -> str:
        if not rows:
            return "No task fits this filter." if wanted else "Nothing to do."
        if tree:
            return task_answers.tree(ctx, rows)
        if board is not None:
            return task_answers.board(ctx, rows, by_partner=board == "partner")
        return task_answers.table(ctx, rows)

    ctx.answer([task_answers.plain(row) for row in rows], text)


@group.command()
@click.argument("code", metavar="ID")
@click.option("--urgency", "urgent", is_flag=True, help="And why it is as urgent as it is.")
@click.pass_obj
def show(ctx: Context, code: str, *, urgent: bool) -> None:
    """Show one task with all that is known of it."""
    from ka2tui.queries import task_panel

    weights = task_moves.weights(ctx)
    about = ctx.ask(task_panel.about, ctx.id("task", code), today=ctx.today, weights=weights)
    more = {"urgency": task_answers.counted(about.urgency), "outlook": task_answers.outlook(about)}
    ctx.answer(
        task_answers.whole(about.details) | more,
        lambda: task_answers.text(ctx, about, urgent=urgent),
    )


_fields = options(
    click.option("--code", help="A code of its own: T2.3."),
    click.option("--due", metavar="DATE", help="Until when: 2026-12-01, fri, +2w, M18."),
    click.option("--start", metavar="DATE", help="When it is to begin."),
    click.option("--wp", metavar="CODE", help="The work package or activity it belongs to."),
    click.option("--assignee", metavar="WHO", help="A partner's acronym or a person's name."),
    click.option("--priority", type=click.Choice(["low", "normal", "high"]), help="Its priority."),
    click.option("--tag", "tags", multiple=True, help="A tag; may be given several times."),
    click.option("--phase", type=click.Choice(PHASES), help="The phase it belongs to."),
    click.option("--parent", metavar="ID", help="The task it is part of."),
    click.option("--effort", help="How long it takes: 4h, 2d."),
    click.option("--repeat", metavar="RULE", help="How it repeats: monthly, every 2 weeks."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("title")
@_fields
@click.pass_obj
def add(ctx: Context, /, title: str, **said: Any) -> None:
    """Add a task with this TITLE, which is taken as it is."""
    from ka2tui.operations import tasks

    given = {name: text for name, text in said.items() if text not in (None, "")}
    outcome = ctx.do(tasks.add, ctx.project, title, **values_of(ctx, given))
    task_answers.answered(ctx, [outcome.value], outcome)


@group.command()
@click.argument("named", metavar="ID")
@click.option("--title", help="Another title.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, named: str, title: str | None, **said: Any) -> None:
    """Change a task; an empty value clears a field, --tag replaces all tags."""
    from ka2tui.operations import tasks

    values = values_of(ctx, said) | ({} if title is None else {"title": title})
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    task = ctx.id("task", named)
    task_answers.answered(ctx, [task], ctx.do(tasks.edit, task, values))


@group.command()
@_ids
@click.pass_obj
def start(ctx: Context, codes: tuple[str, ...]) -> None:
    """Take tasks in hand."""
    from ka2tui.operations import tasks

    ids = ctx.ids("task", codes)
    task_answers.answered(ctx, ids, ctx.do(tasks.start, ids))


@group.command()
@_ids
@click.pass_obj
def wait(ctx: Context, codes: tuple[str, ...]) -> None:
    """Note that tasks lie with somebody else, from today on."""
    from ka2tui.operations import tasks

    ids = ctx.ids("task", codes)
    task_answers.answered(ctx, ids, ctx.do(tasks.wait, ids, today=ctx.today))


_with_subtasks = click.option("--with-subtasks", is_flag=True, help="And what is below them.")


@group.command()
@_ids
@_with_subtasks
@click.pass_obj
def finish(ctx: Context, codes: tuple[str, ...], *, with_subtasks: bool) -> None:
    """Finish tasks; one that repeats comes again."""
    from ka2tui.operations import tasks
    from ka2tui.queries import tasks as asked

    ids = ctx.ids("task", codes)
    outcome = ctx.do(tasks.finish, ids, today=ctx.today, with_subtasks=with_subtasks)
    again = [
        f"Comes again {task_answers.say_due_of(ctx, row)}: {row.title} (id {row.id})"
        for row in ctx.ask(asked.some, outcome.value)
    ]
    task_answers.answered(ctx, ids, outcome, *again)


@group.command()
@_ids
@click.pass_obj
def reopen(ctx: Context, codes: tuple[str, ...]) -> None:
    """Open tasks again that are done or cancelled."""
    from ka2tui.operations import tasks

    ids = ctx.ids("task", codes)
    task_answers.answered(ctx, ids, ctx.do(tasks.reopen, ids))


@group.command()
@_ids
@_with_subtasks
@click.pass_obj
def cancel(ctx: Context, codes: tuple[str, ...], *, with_subtasks: bool) -> None:
    """Give tasks up, but keep them."""
    from ka2tui.operations import tasks

    ids = ctx.ids("task", codes)
    task_answers.answered(ctx, ids, ctx.do(tasks.cancel, ids, with_subtasks=with_subtasks))


@group.command()
@_ids
@click.option("--by", metavar="STEP", help="How far: 3d, 1w, 1m; -1w brings it forward.")
@click.option("--to", metavar="DATE", help="The date all of them get.")
@click.pass_obj
def postpone(ctx: Context, codes: tuple[str, ...], by: str | None, to: str | None) -> None:
    """Put the dates of tasks off, by a step or to a date."""
    from ka2tui.domain.due import read_step
    from ka2tui.operations import tasks

    if (by is None) == (to is None):
        raise click.UsageError("Say either how far with --by, or until when with --to.")
    step = None if by is None else read(read_step, by)
    due = None if to is None else _due(ctx, to)
    ids = ctx.ids("task", codes)
    if due is None:
        outcome = ctx.do(tasks.postpone, ids, by=step)
    else:
        outcome = ctx.do(tasks.postpone, ids, to=due)
    task_answers.answered(ctx, ids, outcome)


@group.command()
@_ids
@click.option("--to", "who", required=True, help="A partner, a person, or nobody.")
@click.pass_obj
def assign(ctx: Context, codes: tuple[str, ...], who: str) -> None:
    """Hand tasks to a partner (by acronym), to a person (by name), or to nobody."""
    from ka2tui.operations import tasks

    ids = ctx.ids("task", codes)
    task_answers.answered(ctx, ids, ctx.do(tasks.assign, ids, **assignee(ctx, who)))


@group.command()
@_ids
@_with_subtasks
@click.pass_obj
def remove(ctx: Context, codes: tuple[str, ...], *, with_subtasks: bool) -> None:
    """Remove tasks; what is below them moves up."""
    from ka2tui.operations import tasks
    from ka2tui.queries import tasks as asked

    ids = ctx.ids("task", codes)
    rows = [task_answers.plain(row) for row in ctx.ask(asked.some, ids)]
    outcome = ctx.do(tasks.remove, ids, with_subtasks=with_subtasks)
    ctx.answer(rows[0] if len(rows) == 1 else rows, outcome.label)


# -- what was said


def values_of(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    from ka2tui.domain.effort import read_effort
    from ka2tui.domain.kinds import PhaseKind, Priority
    from ka2tui.domain.recurrence import read_rule

    values: dict[str, Any] = {}
    for option, field, reader in (
        ("code", "code", str),
        ("start", "start", lambda text: _day(ctx, text)),
        ("wp", "work_unit_id", lambda text: ctx.id("work_unit", text)),
        ("priority", "priority", Priority),
        ("phase", "phase", PhaseKind),
        ("parent", "parent_id", lambda text: ctx.id("task", text)),
        ("effort", "effort_minutes", lambda text: read(read_effort, text)),
        ("repeat", "recurrence", lambda text: read(read_rule, text)),
        ("notes", "notes", str),
    ):
        text = said.get(option)
        if text is not None:
            values[field] = reader(text) if text else None
    if said.get("due") is not None:
        due = _due(ctx, said["due"])
        values |= {"due": due.day, "due_month": due.month, "due_precision": due.precision}
    if said.get("assignee") is not None:
        values |= assignee(ctx, said["assignee"])
    if said.get("tags"):
        values["tags"] = [tag for tag in said["tags"] if tag]
    return values


def _day(ctx: Context, text: str) -> date | None:
    from ka2tui.domain import days

    start = ctx.start
    return read(
        lambda said: days.read_day(said, today=ctx.today, start=start, allow_month=False), text
    ).day


def _due(ctx: Context, text: str) -> Due:
    """Read a deadline; a bare number is the next such day of a month, M18 a project month."""
    from ka2tui.domain.due import Due, read_due

    if not text:
        return Due()
    start = ctx.start
    return sensible(ctx, read(lambda said: read_due(said, today=ctx.today, start=start), text))


def assignee(ctx: Context, who: str) -> dict[str, int | None]:
    """Find who is meant: a partner, else a person."""
    from ka2tui.queries.references import Unknown

    if who.strip().lower() in NOBODY:
        return {"partner_id": None, "contact_id": None}
    try:
        return {"partner_id": ctx.id("partner", who), "contact_id": None}
    except Unknown as no_partner:
        try:
            return {"contact_id": ctx.id("person", who)}
        except Unknown:
            raise Unknown(f"{no_partner} There is no person of this name either.") from None
