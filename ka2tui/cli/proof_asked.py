"""What an auditor will ask, on the command line: there, missing, not needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.deadlines import Deadline
    from ka2tui.domain.proof_sorts import ProofList
    from ka2tui.queries.proof_asked import Asked, AskedOf


def known(ctx: Context) -> ProofList:
    """Give what is asked: the user's own list where there is one."""
    from ka2tui.domain import proof_sorts

    return proof_sorts.load(ctx.settings.data)


@click.command()
@filters.options
@click.option("--all", "every", is_flag=True, help="Also records of which nothing is missing.")
@click.pass_obj
def missing(ctx: Context, words: tuple[str, ...], named: str | None, *, every: bool) -> None:
    """Tell what an auditor will ask and is not there, record by record."""
    from ka2tui.queries import proof_asked, proof_keeping

    asked = known(ctx)
    found = ctx.ask(proof_asked.asked, ctx.project, asked, today=ctx.today)
    keep = ctx.ask(proof_keeping.keep, ctx.project, today=ctx.today, own=ctx.settings.data)
    rows = filters.narrowed(ctx, "asked", found.rows, words, named)
    rows = tuple(row for row in rows if every or row.missing)
    ctx.answer(
        {
            "keep_until": keep.day if keep else None,
            "keep_not_before": keep.not_before if keep else None,
            "there": found.count.there,
            "asked": found.count.asked,
            "work_packages": [
                {
                    "code": group.code or None,
                    "title": group.title,
                    "there": group.count.there,
                    "asked": group.count.asked,
                }
                for group in found.groups
            ],
            "records": [_plain(row, asked) for row in rows],
        },
        lambda: _text(found, rows, asked, keep),
    )


@click.command("not-needed")
@click.argument("code")
@click.argument("sort")
@click.option("--why", required=True, help="The reason, which is kept for the auditor.")
@click.pass_obj
def not_needed(ctx: Context, code: str, sort: str, why: str) -> None:
    """Say that a SORT of proof does not apply to a record, and why."""
    from ka2tui.operations import proofs
    from ka2tui.queries import proofs as asked

    about = ctx.ask(asked.about, ctx.project, code)
    done = ctx.do(proofs.waive, [about], known(ctx).named(sort), why)
    _answer(ctx, about, done.label)


@click.command()
@click.argument("code")
@click.argument("sort")
@click.pass_obj
def needed(ctx: Context, code: str, sort: str) -> None:
    """Ask again for a SORT of proof that was said not to apply."""
    from ka2tui.operations import proofs
    from ka2tui.queries import proofs as asked

    about = ctx.ask(asked.about, ctx.project, code)
    done = ctx.do(proofs.unwaive, [about], known(ctx).named(sort))
    _answer(ctx, about, done.label)


@click.command()
@click.pass_obj
def sorts(ctx: Context) -> None:
    """List the sorts of proof, and of what each is asked."""
    asked = known(ctx)
    value = [
        {
            "sort": sort.id,
            "title": sort.title,
            "asked_of": [
                each.title for each in asked.sets if sort.id in {ask.sort for ask in each.asks}
            ],
        }
        for sort in asked.sorts
    ]
    ctx.answer(
        value,
        lambda: output.table(
            ("sort", "what it is", "asked of"),
            [(it["sort"], it["title"], ", ".join(it["asked_of"])) for it in value],
            wraps=True,
        ),
    )


def _answer(ctx: Context, about: tuple[str, int], label: str) -> None:
    from ka2tui.queries import proof_asked

    asked = known(ctx)
    found = ctx.ask(proof_asked.asked, ctx.project, asked, today=ctx.today)
    rows = [row for row in found.rows if (row.about.table, row.about.id) == about]
    ctx.answer(_plain(rows[0], asked) if rows else None, label)


def _plain(row: AskedOf, asked: ProofList) -> dict[str, Any]:
    about = row.about
    return {
        "kind": about.table,
        "id": about.id,
        "code": about.code,
        "title": about.title,
        "day": about.day,
        "over": about.over,
        "work_units": [*row.work_unit],
        "there": row.count.there,
        "asked": row.count.asked,
        "asks": [
            {
                "sort": each.ask.sort,
                "title": asked.title(each.ask.sort),
                "held": each.held,
                "reason": each.reason or None,
                "proofs": [*each.proofs],
                "why": each.ask.why,
                "source": each.ask.source,
                "place": each.ask.place,
                "confirmed": each.ask.confirmed,
            }
            for each in row.standings
        ],
    }


def _text(found: Asked, rows: Sequence[AskedOf], asked: ProofList, keep: Deadline | None) -> str:
    from ka2tui.domain.proof_sorts import say_keep

    cells = [
        (
            row.work_unit[-1] if row.work_unit else "",
            row.about.code,
            row.about.title,
            row.count.said,
            ", ".join(asked.title(each.ask.sort) for each in row.missing),
        )
        for row in rows
    ]
    count = found.count
    head = f"{count.said} there." if count.asked else "Nothing is asked yet."
    table = output.table(("wp", "code", "what", "there", "missing"), cells, wraps=True)
    lines = [head, table, say_keep(keep.day, not_before=keep.not_before) if keep else ""]
    return "\n".join(filter(None, lines))
