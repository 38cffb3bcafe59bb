"""A task in one line, on the command line: the same grammar as the app's capture line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.domain.understood import Understood


@click.command()
@click.argument("words", metavar="LINE...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say how the line is understood.")
@click.pass_obj
def add(ctx: Context, words: tuple[str, ...], *, dry_run: bool) -> None:
    """Add a task that is written in one line: put LINE between quotation marks.

    Without them shells leave out what follows a # and mean something else by a !.

    \b
    ka2tui add 'Send minutes @OU due:+2w wp:2 !high #tpm every month until M24'
      @OU       who: a partner or a person, the beginning of the name is enough
      due:fri   until when: fri, +2w, 23, M18, 3 Dec; at the end also without due:
      wp:2      the work package or activity; also in:A1.2
      !high     the priority: !, !high, !low
      #tpm      a tag
      ~2h       how long it takes
      every ... how it repeats, at the end: every 2 weeks, monthly, until M24
      needs:T2.3, phase:funding, repeat:weekly

    What is not understood stays in the title, and is said. A backslash before a word keeps it in
    the title; so do quotation marks within LINE, as part of the title.
    """  # noqa: D301 - click's sign for lines that stay as they are
    from ka2tui.domain.quickadd import names_tasks, read
    from ka2tui.operations import capture
    from ka2tui.queries import capture as asked

    project = ctx.project
    line = " ".join(words)
    known = ctx.ask(asked.names, project, with_tasks=names_tasks(line))
    said = read(line, known, today=ctx.today)
    if not said.title:
        from ka2tui.domain.refusal import Refused

        raise Refused("What is to be done? Nothing in this line is left for a title.")
    if dry_run:
        task, label = _planned(said), f"Would add task “{said.title}”"
    else:
        needs = [each.id for each in said.needs]
        outcome = ctx.do(capture.add, project, said.title, needs=needs, **said.values)
        task, label = _added(ctx, outcome.value), outcome.label
    if not ctx.json:
        for note in said.notes:
            click.echo(note, err=True)
    facts = [f"  {name:10}{value}" for name, value in said.facts(ctx.today)]
    ctx.answer({**task, "understood": _understood(ctx, said)}, "\n".join([label, *facts]))


def _added(ctx: Context, task: int) -> dict[str, Any]:
    from ka2tui.cli.task_answers import plain
    from ka2tui.queries import tasks

    (row,) = ctx.ask(tasks.some, [task])
    return plain(row)


def _planned(said: Understood) -> dict[str, Any]:
    """Give the task that a line would make, in the shape of one that is there."""
    who = said.contact or said.partner
    return {
        "id": None,
        "code": None,
        "title": said.title,
        "state": "open",
        "due": said.due.day,
        "priority": said.values["priority"],
        "assignee": who and who.word,
        "work_unit": said.work_unit and said.work_unit.word,
        "tags": list(said.tags),
    }


def _understood(ctx: Context, said: Understood) -> dict[str, Any]:
    """Give what a line was understood as, field by field and part by part."""
    return {
        "title": said.title,
        "due": said.due.day,
        "due_month": said.due.month,
        "due_precision": said.due.precision,
        "partner": said.partner and said.partner.word,
        "contact": said.contact and said.contact.word,
        "work_unit": said.work_unit and said.work_unit.word,
        "priority": said.priority,
        "tags": list(said.tags),
        "recurrence": said.recurrence,
        "effort_minutes": said.effort_minutes,
        "phase": said.phase,
        "needs": [each.word for each in said.needs],
        "said": dict(said.facts(ctx.today)),
        "parts": [
            {
                "start": part.start,
                "end": part.end,
                "text": said.text[part.start : part.end],
                "as": part.sign,
                "said": part.said,
            }
            for part in said.parts
        ],
        "notes": list(said.notes),
    }
