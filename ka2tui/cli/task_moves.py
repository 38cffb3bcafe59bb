"""Tasks brought elsewhere: moved, tagged, linked, weighed, and their notes written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output, task_answers
from ka2tui.cli.options import Whole

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.domain.urgency import Weights
    from ka2tui.queries.tasks import TaskRow
    from ka2tui.queries.urgency import Urgency

_ids = click.argument("codes", metavar="ID...", nargs=-1, required=True)


@click.command()
@_ids
@click.option("--wp", metavar="CODE", help="To this work package or activity; '' for none.")
@click.option("--below", metavar="ID", help="Make them parts of this task.")
@click.option("--top", is_flag=True, help="Make them parts of no task.")
@click.option("--before", metavar="ID", help="To stand directly before this task.")
@click.option("--after", metavar="ID", help="To stand directly after this task.")
@click.pass_obj
def move(ctx: Context, /, codes: tuple[str, ...], **said: Any) -> None:
    """Move tasks: to a work package, below a task, or beside one."""
    from ka2tui.operations import subtasks, task_board

    given = [name for name, text in said.items() if text not in (None, False)]
    if len(given) != 1:
        raise click.UsageError("Say where to: one of --wp, --below, --top, --before, --after.")
    ids = ctx.ids("task", codes)
    (where,) = given
    match where:
        case "wp":
            unit = ctx.id("work_unit", said["wp"]) if said["wp"].strip() else None
            outcome = ctx.do(task_board.belong, ids, unit)
        case "below":
            outcome = ctx.do(subtasks.move, ids, parent=ctx.id("task", said["below"]))
        case "top":
            outcome = ctx.do(subtasks.move, ids, parent=None)
        case "before":
            outcome = ctx.do(subtasks.place, ids, before=ctx.id("task", said["before"]))
        case _:
            outcome = ctx.do(subtasks.place, ids, after=ctx.id("task", said["after"]))
    task_answers.answered(ctx, ids, outcome)


@click.command()
@_ids
@click.option(
    "--to",
    "level",
    type=click.Choice(["low", "normal", "high"]),
    required=True,
    help="Which priority.",
)
@click.pass_obj
def priority(ctx: Context, codes: tuple[str, ...], level: str) -> None:
    """Give tasks a priority."""
    from ka2tui.domain.kinds import Priority
    from ka2tui.operations import task_board

    ids = ctx.ids("task", codes)
    task_answers.answered(ctx, ids, ctx.do(task_board.prioritise, ids, Priority(level)))


@click.command()
@_ids
@click.option("--put", multiple=True, metavar="TAG", help="Put this tag on.")
@click.option("--take", multiple=True, metavar="TAG", help="Take this tag off.")
@click.pass_obj
def tag(ctx: Context, codes: tuple[str, ...], put: tuple[str, ...], take: tuple[str, ...]) -> None:
    """Put tags on tasks, or take them off."""
    from ka2tui.operations import tasks

    if not put and not take:
        raise click.UsageError("Say which tag to --put on or to --take off.")
    ids = ctx.ids("task", codes)
    task_answers.answered(ctx, ids, ctx.do(tasks.tag, ids, put=put, take=take))


_needs = click.option("--needs", metavar="ID", required=True, help="The task they wait for.")


@click.command()
@_ids
@_needs
@click.option(
    "--kind",
    type=click.Choice(["FS", "SS", "FF", "SF"], case_sensitive=False),
    default="FS",
    help="Start after its end (FS), after its start (SS), end after its end (FF) or start (SF).",
)
@click.option(
    "--lag",
    type=Whole(-3650, 3650),
    default=0,
    metavar="DAYS",
    help="Days between; -2 overlaps.",
)
@click.pass_obj
def link(ctx: Context, codes: tuple[str, ...], needs: str, kind: str, lag: int) -> None:
    """Let tasks wait for another one."""
    from ka2tui.domain.kinds import LinkKind
    from ka2tui.operations import dependencies

    ids, needed = ctx.ids("task", codes), ctx.id("task", needs)
    outcome = ctx.do(dependencies.hold, ids, needed, kind=LinkKind(kind.upper()), lag_days=lag)
    task_answers.answered(ctx, ids, outcome)


@click.command()
@_ids
@_needs
@click.pass_obj
def unlink(ctx: Context, codes: tuple[str, ...], needs: str) -> None:
    """Let tasks no longer wait for another one."""
    from ka2tui.operations import dependencies

    ids = ctx.ids("task", codes)
    task_answers.answered(ctx, ids, ctx.do(dependencies.release, ids, ctx.id("task", needs)))


@click.command()
@click.argument("code", metavar="ID")
@click.option("--text", help="What the notes shall say; '' empties them.")
@click.option("--add", "more", help="A line to put below them.")
@click.option(
    "--edit", "in_editor", is_flag=True, help="Write them in your own editor (VISUAL or EDITOR)."
)
@click.pass_obj
def note(ctx: Context, code: str, text: str | None, more: str | None, *, in_editor: bool) -> None:
    """Show the notes of a task, or write them."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.operations import tasks
    from ka2tui.queries import tasks as asked

    if sum((text is not None, more is not None, in_editor)) > 1:
        raise click.UsageError("Say one of --text, --add and --edit.")
    task = ctx.id("task", code)
    stands = ctx.ask(asked.one, task).notes
    if in_editor:
        text = _edited(stands or "", code)
    elif more is not None:
        text = "\n".join(filter(None, [stands, more]))
    if text is None or (in_editor and text == (stands or "")):
        ctx.answer({"id": task, "notes": stands}, stands or "No notes.")
        return
    outcome = ctx.do(tasks.edit, task, {"notes": text}, {"notes": stands})
    if outcome.value:
        theirs = outcome.value[0].theirs
        raise Refused(
            "The notes were changed by somebody else meanwhile, and stay as they wrote them:\n"
            f"{theirs or 'nothing'}\nYours were:\n{text or 'nothing'}"
        )
    task_answers.answered(ctx, [task], outcome)


def _edited(text: str, code: str) -> str:
    """Let notes be written in the user's own editor."""
    from ka2tui.tui import editor

    try:
        command = editor.command()
    except editor.NoEditor as unnamed:
        raise click.UsageError(f"{unnamed} {editor.HOW}, or use --text.") from None
    safe = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in code)
    return editor.edit(text, f"notes-{safe[:40]}.md", command)


@click.command()
@click.argument("codes", metavar="[ID]...", nargs=-1)
@click.pass_obj
def urgency(ctx: Context, codes: tuple[str, ...]) -> None:
    """Tell how urgent tasks are and why; without ID all that are open, the most urgent first."""
    from ka2tui.queries import tasks
    from ka2tui.queries import urgency as asked

    if codes:
        rows = ctx.ask(tasks.some, ctx.ids("task", codes))
    else:
        rows = ctx.ask(tasks.listed, ctx.project).rows
    seen = ctx.ask(asked.of_rows, ctx.project, rows, weights=weights(ctx), today=ctx.today)
    if not codes:
        rows = tuple(sorted(rows, key=lambda row: -seen[row.id].score))
    told = [_urgent(row, seen[row.id]) for row in rows]

    def text() -> str:
        if len(codes) == 1:
            return "\n".join(
                [
                    f"{task_answers.named(rows[0])}  {seen[rows[0].id].score}",
                    *task_answers.lines(seen[rows[0].id]),
                ]
            )
        cells = [
            (seen[row.id].score, row.id, row.code, row.title,
             ", ".join(f"{part.said} {part.points:+}" for part in seen[row.id].parts))
            for row in rows
        ]  # fmt: skip
        return (
            output.table(("urgency", "id", "code", "task", "because"), cells, wraps=True)
            or "Nothing to do."
        )

    ctx.answer(told[0] if len(codes) == 1 else told, text)


def weights(ctx: Context) -> Weights:
    """Give what makes tasks urgent, as the user's own folder has it.

    Raises:
        Refused: The file there cannot be read.
    """
    from ka2tui.datafiles import DataFault
    from ka2tui.domain.refusal import Refused
    from ka2tui.domain.urgency import load

    try:
        return load(ctx.settings.data)
    except DataFault as fault:
        raise Refused(str(fault)) from None


def _urgent(row: TaskRow, seen: Urgency) -> dict[str, Any]:
    return {"id": row.id, "code": row.code, "title": row.title, **task_answers.counted(seen)}


COMMANDS = (move, priority, tag, link, unlink, note, urgency)
