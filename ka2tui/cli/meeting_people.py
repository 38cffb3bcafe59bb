"""Who was at a meeting, on the command line: people by name, and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import meeting_answers as answers
from ka2tui.cli import meeting_fields as fields
from ka2tui.cli import meeting_text as texts
from ka2tui.cli.options import Whole, read

if TYPE_CHECKING:
    from ka2tui.cli.context import Context


PRESENCES = ("expected", "present", "online", "excused", "absent", "off")


@click.command()
@click.argument("meeting", metavar="ID")
@click.argument("people", metavar="[NAME]...", nargs=-1)
@click.option(
    "--as",
    "presence",
    type=click.Choice(PRESENCES),
    default="present",
    show_default=True,
    help="How they are on the list; off takes them from it.",
)
@click.option("--day", metavar="DATE", help="One day of the meeting; else all of it.")
@click.option("--partner", "whole", metavar="PARTNER", multiple=True, help="A whole partner.")
@click.option("--expect-all", is_flag=True, help="Put everybody of the partners on the list.")
@click.pass_obj
def attendance(
    ctx: Context,
    meeting: str,
    people: tuple[str, ...],
    presence: str,
    day: str | None,
    *,
    whole: tuple[str, ...],
    expect_all: bool,
) -> None:
    """Show who is on the list of a meeting, or mark people as present, absent and so on."""
    from ka2tui.domain.kinds import Presence
    from ka2tui.operations import attendance as marks
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    said = ""
    if expect_all:
        said = ctx.do(marks.expect_all, found).label
    state = None if presence == "off" else Presence(presence)
    on = fields.read_day(ctx, day).day if day else None
    if people:
        said = ctx.do(marks.mark, found, ctx.ids("person", people), state, day=on).label
    if whole:
        said = ctx.do(marks.mark_partners, found, ctx.ids("partner", whole), state, day=on).label
    details = ctx.ask(asked.one, found, today=ctx.today)
    shown = [answers.person_on(details, person) for person in details.listed]
    ctx.answer(
        shown, said or "\n".join(texts.people_lines(details)) or "Nobody is on the list yet."
    )


@click.command()
@click.argument("meeting", metavar="ID")
@click.argument("people", type=Whole(0, 1_000_000))
@click.option("--partner", metavar="PARTNER", help="Of which partner.")
@click.option("--organisation", help="Of which other organisation.")
@click.option("--country", metavar="COUNTRY", help="From which country.")
@click.option("--profile", help="Who they are: teachers, students.")
@click.option("--online", type=Whole(0, 1_000_000), default=0, help="How many of them online.")
@click.option(
    "--fewer", "fewer_opportunities", type=Whole(0, 1_000_000),
    help="How many of them with fewer opportunities.",
)  # fmt: skip
@click.pass_obj
def count(ctx: Context, /, meeting: str, people: int, **said: Any) -> None:
    """Say how many PEOPLE came, without names; the same group again replaces its number."""
    from ka2tui.domain.countries import read_country
    from ka2tui.operations import head_counts
    from ka2tui.queries import meetings as asked

    found = ctx.id("meeting", meeting)
    partner, country = said.pop("partner"), said.pop("country")
    outcome = ctx.do(
        head_counts.add,
        found,
        people,
        partner_id=ctx.id("partner", partner) if partner else None,
        country=read(read_country, country) if country else None,
        **said,
    )
    details = ctx.ask(asked.one, found, today=ctx.today)
    for sentence in details.differences:
        click.echo(f"Look at this: {sentence}.", err=True)
    ctx.answer(answers.counts(details), outcome.label)
