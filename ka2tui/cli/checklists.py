"""Checklists on the command line: started, answered item by item, shown with their score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ka2tui.cli import checklist_answers as answers
from ka2tui.cli import checklist_beside, checklist_proof, checklist_templates

if TYPE_CHECKING:
    from ka2tui.cli.context import Context


@click.group()
def group() -> None:
    """Checklists: own estimates of how ready the project is, never the agency's view."""


for _command in (
    *(checklist_beside.compare, checklist_beside.agree, checklist_beside.trend),
    *(checklist_proof.proof, checklist_proof.task),
    *(checklist_templates.templates, checklist_templates.template_copy),
):
    group.add_command(_command)


@group.command("list")
@click.pass_obj
def list_(ctx: Context) -> None:
    """List the checklists, with the last own estimate of each."""
    from ka2tui.queries import checklists

    rows = ctx.ask(checklists.overview, ctx.project, own=ctx.settings.data)
    checklist_templates.tell_broken(ctx)
    ctx.answer([answers.plain_checklist(row) for row in rows], lambda: answers.table(rows))


@group.command()
@click.argument("checklist")
@click.option("--assessor", metavar="NAME", help="Who fills it in; by default your own name.")
@click.option("--day", metavar="DATE", help="When; by default today.")
@click.option("--wp", metavar="CODE", help="The part it is about, of a checklist for one of them.")
@click.pass_obj
def start(
    ctx: Context, checklist: str, assessor: str | None, day: str | None, wp: str | None
) -> None:
    """Start filling in a CHECKLIST, named as `checklist list` does.

    The checklist work_package is filled in for one work package or activity: --wp WP2.
    """
    from ka2tui.domain import checklist as templates
    from ka2tui.operations import checklists

    template = templates.find(checklist, ctx.settings.data)
    on = ctx.day(day).day if day else ctx.today
    who = assessor if assessor is not None else ctx.actor
    part = None if wp is None else ctx.id("work_unit", wp)
    outcome = ctx.do(
        checklists.start, ctx.project, template, who, day=on or ctx.today, work_unit=part
    )
    answers.answered(ctx, outcome.value, outcome.label)


@group.command()
@click.argument("assessment")
@click.argument("item")
@click.argument("score", required=False, metavar="[0-4|na|-]")
@click.option("--note", help="A few words to it; an empty text takes them away.")
@click.pass_obj
def answer(ctx: Context, assessment: str, item: str, score: str | None, note: str | None) -> None:
    """Answer an ITEM of an ASSESSMENT: 0 to 4, na (not applicable), - (open).

    ASSESSMENT is the id that `checklist start` gave, or the checklist's name for the newest one;
    of one filled in for a work package its name and code: work_package:WP2.
    """
    from ka2tui.domain import checklist as rules
    from ka2tui.domain.refusal import Misread
    from ka2tui.operations import checklists

    if score is None and note is None:
        raise click.UsageError("Give a score, 0 to 4, na or -, or a --note.")
    try:
        given = None if score is None else rules.read_answer(score)
    except Misread as misread:
        raise click.UsageError(str(misread)) from None
    found = answers.one(ctx, assessment)
    wanted = answers.item(found, item)
    outcome = ctx.do(checklists.answer, wanted.id, given, note=note)
    seen = answers.one(ctx, str(found.head.id))
    now = next(one for one in seen.items if one.id == wanted.id)
    value = (
        {"assessment": seen.head.id} | answers.plain_item(now) | {"total": seen.head.score.total}
    )
    label = outcome.label if outcome.entry is not None else "Nothing changed."
    ctx.answer(value, f"{label} · {seen.head.score.say}")


@group.command()
@click.argument("assessment")
@click.pass_obj
def show(ctx: Context, assessment: str) -> None:
    """Show an ASSESSMENT: every item, the own estimate per criterion, last time's answers."""
    found = answers.one(ctx, assessment)
    ctx.answer(answers.whole(found), lambda: answers.text(found))


@group.command()
@click.argument("assessment")
@click.pass_obj
def close(ctx: Context, assessment: str) -> None:
    """End the filling in of an ASSESSMENT."""
    from ka2tui.operations import checklists

    found = answers.one(ctx, assessment).head.id
    answers.answered(ctx, found, ctx.do(checklists.close, found).label)


@group.command()
@click.argument("assessment")
@click.pass_obj
def reopen(ctx: Context, assessment: str) -> None:
    """Fill in a closed ASSESSMENT further."""
    from ka2tui.operations import checklists

    found = answers.one(ctx, assessment).head.id
    answers.answered(ctx, found, ctx.do(checklists.reopen, found).label)


@group.command()
@click.argument("assessments", nargs=-1, required=True, metavar="ASSESSMENT...")
@click.pass_obj
def remove(ctx: Context, assessments: tuple[str, ...]) -> None:
    """Remove ASSESSMENTs with their answers; undo brings them back."""
    from ka2tui.operations import checklists

    rows = [answers.one(ctx, said).head for said in assessments]
    gone = [answers.plain(row) for row in rows]
    outcome = ctx.do(checklists.remove, [row.id for row in rows])
    ctx.answer(gone[0] if len(gone) == 1 else gone, outcome.label)
