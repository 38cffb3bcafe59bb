"""The minutes of a meeting on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ka2tui.cli import meeting_answers as answers
from ka2tui.cli import meeting_fields as fields
from ka2tui.cli import meeting_papers
from ka2tui.cli import meeting_text as texts
from ka2tui.cli.options import Whole

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.queries.meetings import MeetingDetails


@click.command()
@click.argument("meeting", metavar="ID")
@click.option("--add-information", "information", metavar="TEXT", help="Note what was said.")
@click.option("--add-decision", "decision", metavar="TEXT", help="Note what was decided.")
@click.option("--add-action", "action", metavar="TEXT", help="Note what is to be done: a task.")
@click.option("--to", "who", metavar="WHO", help="Who does it: a partner or a person.")
@click.option("--due", metavar="DATE", help="By when it is to be done.")
@click.option(
    "--item",
    metavar="NUMBER",
    type=Whole(1, 10_000),
    help="The point of the agenda it belongs to.",
)
@meeting_papers.options
@click.pass_obj
def minutes(
    ctx: Context,
    meeting: str,
    *,
    information: str | None,
    decision: str | None,
    action: str | None,
    who: str | None,
    due: str | None,
    item: int | None,
    form: str | None,
    file: Path | None,
    force: bool,
) -> None:
    """Write the minutes of a meeting, or add a line to them.

    An action becomes a task.
    """
    from ka2tui.domain.kinds import OutcomeKind
    from ka2tui.operations import outcomes
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    details = ctx.ask(asked.one, found, today=ctx.today)
    given = (
        (OutcomeKind.INFORMATION, information),
        (OutcomeKind.DECISION, decision),
        (OutcomeKind.ACTION, action),
    )
    lines = [(kind, text) for kind, text in given if text is not None]
    if (who or due) and action is None:
        raise click.UsageError("--to and --due belong to an action: name it with --add-action.")
    if not lines:
        if item is not None:
            raise click.UsageError("--item says where a new line belongs: name one to add.")
        if form or file:
            from ka2tui.reports import minutes as report

            meeting_papers.hand_out(ctx, report.document(details), form, file, force=force)
            return
        ctx.answer(answers.minutes(details), lambda: texts.markdown_of(details))
        return
    if form or file:
        raise click.UsageError("-o and --format write the minutes: add lines by themselves first.")
    partner, contact = _assignee(ctx, who) if who else (None, None)
    outcome = ctx.do(
        outcomes.add_several,
        found,
        lines,
        item=_item(details, item),
        partner_id=partner,
        contact_id=contact,
        due=fields.read_day(ctx, due).last if due else None,
    )
    details = ctx.ask(asked.one, found, today=ctx.today)
    added = [
        answers.line_of(details, line) for line in details.outcomes if line.id in outcome.value
    ]
    ctx.answer(added[0] if len(added) == 1 else added, outcome.label)


def _assignee(ctx: Context, said: str) -> tuple[int | None, int | None]:
    """Find the partner or the person that is meant."""
    from ka2tui.cli.tasks import assignee

    found = assignee(ctx, said.removeprefix("@"))
    return found.get("partner_id"), found.get("contact_id")


def _item(details: MeetingDetails, number: int | None) -> int | None:
    """Find a point of the agenda by its place in it."""
    if number is None:
        return None
    if not 1 <= number <= len(details.agenda):
        raise click.UsageError(f"The agenda has {len(details.agenda)} points, and no {number}.")
    return details.agenda[number - 1].id
