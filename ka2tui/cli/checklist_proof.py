"""Where the proof of an item lies, and the task for an item, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import checklist_answers as answers

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.queries.proofs import Found


@click.command()
@click.argument("assessment")
@click.argument("item")
@click.argument("place", required=False)
@click.option("--open", "opens", is_flag=True, help="Open the link or file there.")
@click.pass_obj
def proof(ctx: Context, assessment: str, item: str, place: str | None, *, opens: bool) -> None:
    """Say where the proof of an ITEM lies, or show where it does.

    PLACE is the code of a task, deliverable, milestone, work package or meeting, a link, or a
    file: its whole path, or one that begins in the folder of the database, or in a folder there
    that is called like the project. An empty PLACE takes it away.
    """
    from ka2tui.domain.refusal import Refused
    from ka2tui.operations import checklists
    from ka2tui.queries import proofs

    seen = answers.one(ctx, assessment)
    wanted = answers.item(seen, item)
    label = None
    if place:
        _refuse_slip(ctx, place)
    if place is not None:
        outcome = ctx.do(checklists.answer, wanted.id, found_at=place)
        label = outcome.label if outcome.entry is not None else "Nothing changed."
        wanted = answers.item(answers.one(ctx, str(seen.head.id)), wanted.code)
    if not wanted.found_at:
        if place is None:
            raise Refused(f"Nothing says where the proof of {wanted.code} lies.")
        ctx.answer(_plain(seen.head.id, wanted.code, None), str(label))
        return
    found = ctx.ask(proofs.find, ctx.project, wanted.found_at)
    told = [label] if label else []
    told.append(f"{wanted.code}: {_say(ctx, found)}")
    if opens:
        told.append(_open(ctx, found))
    ctx.answer(_plain(seen.head.id, wanted.code, found), "\n".join(told))


def _refuse_slip(ctx: Context, place: str) -> None:
    """Refuse what reads as the code of a record where there is none, and no such file either."""
    from ka2tui.domain import proof as rules
    from ka2tui.domain.refusal import Refused
    from ka2tui.domain.text import quoted
    from ka2tui.queries import proofs

    if not rules.looks_like_code(place):
        return
    found = ctx.ask(proofs.find, ctx.project, place)
    if found.path and not rules.whole(found.path, _folders(ctx, found)).exists():
        raise Refused(
            f"Nothing in this project has the code {quoted(place)}, and there is no such file. "
            "A file that is still to come is named with its folder or ending: proof/T2.99.pdf."
        )


def _folders(ctx: Context, found: Found) -> tuple[Path, ...]:
    from ka2tui.tui import opener

    return opener.folders(ctx.place, found.project)


def _say(ctx: Context, found: Found) -> str:
    from ka2tui.domain import proof as rules
    from ka2tui.domain.refusal import Refused

    if not found.path:
        return found.word if found.table else found.link
    try:
        file = rules.whole(found.path, _folders(ctx, found))
        there = file.exists()
    except (Refused, OSError) as wrong:
        return f"{found.path} ({wrong})"
    return f"{file}" if there else f"{file} (there is no such file or record)"


def _open(ctx: Context, found: Found) -> str:
    from ka2tui.tui import opener

    if found.link:
        return opener.open_link(found.link)
    if found.path:
        return opener.open_file(found.path, _folders(ctx, found))
    noun = {"work_unit": "wp"}.get(found.table, found.table)
    return f"See: ka2tui {noun} show {found.id}"


def _plain(assessment: int, code: str, found: Found | None) -> dict[str, Any]:
    return {
        "assessment": assessment,
        "item": code,
        "found_at": None if found is None else found.said,
        "kind": None if found is None else found.kind or found.word,
        "id": found.id if found is not None and found.table else None,
        "title": found.title if found is not None and found.table else None,
    }


@click.command()
@click.argument("assessment")
@click.argument("items", nargs=-1, required=True, metavar="ITEM...")
@click.option("--title", help="What to do, for one item; by default its code and statement.")
@click.option("--due", metavar="DATE", help="Until when; by default in two weeks.")
@click.option("--assignee", metavar="WHO", help="A partner's acronym or a person's name.")
@click.option("--wp", metavar="CODE", help="The work package or activity it belongs to.")
@click.pass_obj
def task(ctx: Context, /, assessment: str, items: tuple[str, ...], **said: str | None) -> None:
    """Make a task of each ITEM of an ASSESSMENT that is not answered or weak.

    It belongs to the phase of the checklist and knows the item it comes from.
    """
    from ka2tui.cli import task_answers
    from ka2tui.cli.tasks import values_of
    from ka2tui.operations import checklist_tasks

    title = said.pop("title")
    if title is not None and len(items) > 1:
        raise click.UsageError("A --title is for one item.")
    seen = answers.one(ctx, assessment)
    wanted = [answers.item(seen, said).id for said in items]
    outcome = ctx.do(
        checklist_tasks.make,
        wanted,
        today=ctx.today,
        title=title,
        **values_of(ctx, {name: text for name, text in said.items() if text}),
    )
    task_answers.answered(ctx, outcome.value, outcome)
