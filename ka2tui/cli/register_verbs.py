"""What risks, logs and letters have in common on the command line: owners, days, tables out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli.options import into_file, options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.cli.noun import Noun
    from ka2tui.exchange.table_writer import Sheet
    from ka2tui.queries.risks import IssueOf, TaskOf

one = click.argument("code", metavar="ID")
several = click.argument("codes", metavar="ID...", nargs=-1, required=True)

task_options = options(
    click.option("--title", help="Of the task; without it, that of what it comes from."),
    click.option("--due", metavar="DATE", help="By when."),
    click.option("--partner", metavar="PARTNER", help="Which partner does it."),
    click.option("--contact", metavar="PERSON", help="Who does it."),
)


def owner_values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Read owner and part of the plan as records have them; an empty text clears one."""
    values: dict[str, Any] = {}
    for option, kind in (("partner", "partner"), ("contact", "contact"), ("wp", "work_unit")):
        name = said.get(option)
        if name is not None:
            values[f"{kind}_id"] = ctx.id(kind, name) if name else None
    return values


def day_values(ctx: Context, said: dict[str, Any], fields: dict[str, str]) -> dict[str, Any]:
    """Read options that are days; an empty text clears one.

    Args:
        ctx: Of the command.
        said: The options as given.
        fields: By option, the field of the record.
    """
    return {
        field: ctx.day(said[option]).day if said[option] else None
        for option, field in fields.items()
        if said.get(option) is not None
    }


def day_or_today(ctx: Context, said: str | None) -> date:
    """Read a day that is today where none is given.

    Raises:
        UsageError: It is no day.
    """
    day = ctx.today if said is None else ctx.day(said).day
    if day is None:
        raise click.UsageError(f"{said} is no day.")
    return day


def task_values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Read the options of a task that comes of something."""
    from ka2tui.cli.deadlines import due_values

    values = owner_values(ctx, said)
    return values if said.get("due") is None else values | due_values(ctx, said["due"])


def task_json(task: TaskOf) -> dict[str, Any]:
    """Give a task that came of something."""
    return {
        "id": task.id,
        "title": task.title,
        "state": task.state,
        "due": task.due,
        "assignee": task.assignee,
    }


def line_json(line: IssueOf) -> dict[str, Any]:
    """Give a line of the log that came of something."""
    return {"id": line.id, "kind": line.kind, "code": line.code, "title": line.title}


def say_tasks(ctx: Context, tasks: Sequence[TaskOf]) -> str:
    """Name tasks in one line."""
    from ka2tui.domain.days import say_day

    return "; ".join(
        f"{task.title} ({task.state.word}{f', {say_day(task.due, ctx.today)}' if task.due else ''})"
        for task in tasks
    )


def say_lines(lines: Sequence[IssueOf]) -> str:
    """Name lines of the log in one line."""
    return "; ".join(
        f"{line.kind.word} {line.code or ''} {line.title} ({line.state})" for line in lines
    )


def give_task(group: click.Group, help_: str, noun: Noun) -> None:
    """Give a noun the verb that makes a task of one record.

    Args:
        group: Of the noun.
        help_: What the verb says of itself.
        noun: Whose operations make the task.
    """

    @group.command(help=help_)
    @one
    @task_options
    @click.pass_obj
    def task(ctx: Context, /, code: str, title: str | None, **said: Any) -> None:
        from ka2tui.cli import task_answers

        _, operations = noun.floors()
        found, values = ctx.id(noun.kind, code), task_values(ctx, said)
        outcome = ctx.do(operations.make_task, found, title=title, values=values)
        task_answers.answered(ctx, [outcome.value], outcome)


def give_export(group: click.Group, make: Callable[[Context], Sheet]) -> None:
    """Give a noun the verb that writes its table for a spreadsheet."""

    @group.command()
    @into_file("Where it is written: .csv or .xlsx.")
    @click.pass_obj
    def export(ctx: Context, target: Path, *, force: bool) -> None:
        """Write all of it as a table for a spreadsheet; import reads the same again."""
        from ka2tui.cli.exchange import write_file
        from ka2tui.exchange import table_writer

        kind = target.suffix.lower().lstrip(".")
        if kind not in ("csv", "xlsx"):
            raise click.UsageError("Name a file that ends with .csv or .xlsx.")
        sheet = make(ctx)
        as_csv = kind == "csv"
        data = table_writer.as_csv(sheet) if as_csv else table_writer.as_workbook([sheet])
        write_file(target, data, force=force)
        value = {"format": kind, "file": str(target), "rows": len(sheet.rows)}
        ctx.answer(value, f"Written: {target}")
