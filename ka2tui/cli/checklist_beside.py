"""Assessments beside each other on the command line: of several assessors, and over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import checklist_answers as answers
from ka2tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.checklist import Answer, CriterionScore
    from ka2tui.domain.comparing import Compared
    from ka2tui.queries.comparing import Comparison, Trend

WIDE = 72
"""Cells of a chart in a terminal."""


@click.command()
@click.argument("assessments", nargs=-1, required=True, metavar="CHECKLIST | ID ID...")
@click.option("--in-order", is_flag=True, help="As the checklist goes, not disagreements first.")
@click.pass_obj
def compare(ctx: Context, assessments: tuple[str, ...], *, in_order: bool) -> None:
    """Compare what several assessors answered, disagreements first.

    Give a CHECKLIST for the newest assessment of everybody within one round of 60 days, or the
    IDs of assessments for exactly those.
    """
    from ka2tui.domain.comparing import by_disagreement

    found = _compared(ctx, assessments)
    items = list(found.items) if in_order else by_disagreement(found.items)
    ctx.answer(_plain(found, items), lambda: _text(found, items, in_order=in_order))


@click.command()
@click.argument("assessments", nargs=-1, required=True, metavar="CHECKLIST | ID ID...")
@click.option("--day", metavar="DATE", help="When; by default today.")
@click.pass_obj
def agree(ctx: Context, assessments: tuple[str, ...], day: str | None) -> None:
    """Start an assessment of what all agree on: common answers filled in, the rest open.

    It is answered and closed like any other; a note to each open item says who answered what.
    """
    from ka2tui.operations import agreeing

    found = _compared(ctx, assessments)
    on = ctx.day(day).day if day else ctx.today
    outcome = ctx.do(agreeing.begin, [row.id for row in found.heads], day=on or ctx.today)
    answers.answered(ctx, outcome.value, outcome.label)


@click.command()
@click.argument("checklist")
@click.pass_obj
def trend(ctx: Context, checklist: str) -> None:
    """Show how the own estimates of a CHECKLIST went: by day, assessor and criterion."""
    from ka2tui.queries import comparing

    name = ctx.ask(comparing.checklist_named, ctx.project, checklist, own=ctx.settings.data)
    found = ctx.ask(comparing.over_time, ctx.project, name)
    ctx.answer(_plain_trend(found), lambda: "\n".join(_trend_lines(found)))


def _compared(ctx: Context, said: Sequence[str]) -> Comparison:
    from ka2tui.queries import comparing

    found = ctx.ask(comparing.chosen, ctx.project, said, own=ctx.settings.data)
    return ctx.ask(comparing.compare, found.chosen, older=found.older)


# --- answering ----------------------------------------------------------------------------------


def _plain(found: Comparison, items: Sequence[Compared]) -> dict[str, Any]:
    return {
        "checklist": found.checklist,
        "title": found.title,
        "assessments": [answers.plain(row) for row in found.heads],
        "left_out": [answers.plain(row) for row in found.older],
        "differ": found.apart,
        "agreed": found.same,
        "own_estimate_agreed": found.outcome.agreed.total,
        "own_estimate_lowest": found.outcome.lowest.total,
        "own_estimate_highest": found.outcome.highest.total,
        "criteria": [
            {
                "id": one.id,
                "title": one.title,
                "own_estimates": [None if it is None else it.per_cent for it in one.scores],
                "spread": one.spread,
            }
            for one in found.criteria
        ],
        "items": [_plain_item(found, one) for one in items],
    }


def _plain_item(found: Comparison, one: Compared) -> dict[str, Any]:
    def given(answer: Answer | None, note: str | None, row: int) -> dict[str, Any]:
        return {
            "assessment": found.heads[row].id,
            "assessor": found.heads[row].assessor,
            "has_item": answer is not None,
            "score": None if answer is None else answer.score,
            "applies": answer is None or not answer.not_applicable,
            "answered": answer is not None and not answer.open,
            "note": note,
        }

    pairs = zip(one.answers, one.notes, strict=True)
    return {
        "item": one.code,
        "criterion": one.criterion,
        "text": one.text,
        "weight": one.weight,
        "standing": one.word,
        "spread": one.spread,
        "answers": [given(answer, note, row) for row, (answer, note) in enumerate(pairs)],
    }


def _text(found: Comparison, items: Sequence[Compared], *, in_order: bool) -> str:
    lines = [f"{found.title}: {found.say}", f"{found.outcome.say}.".capitalize(), ""]
    for row, name in zip(found.heads, found.names, strict=True):
        lines.append(f"{name}, {row.day}, assessment {row.id}: {row.score.say}")
    if found.older:
        ids = " ".join(str(row.id) for row in (*found.heads, *found.older))
        lines.append(f"{found.left_out}. With them: ka2tui checklist compare {ids}")
    heads = [f"{row.assessor} {row.day}" for row in found.heads]
    criteria = [
        (one.title, *(_per_cent(it) for it in one.scores), one.spread) for one in found.criteria
    ]
    lines += ["", output.table(("own estimate", *heads, "apart"), criteria), ""]
    rows = [
        (
            one.code,
            *("" if it is None else it.brief for it in one.answers),
            one.word,
            one.text,
        )
        for one in items
    ]
    order = "in the order of the checklist" if in_order else "disagreements first"
    lines += [f"Items, {order}:", output.table(("", *heads, "", "item"), rows, wraps=True)]
    return "\n".join(lines)


def _per_cent(score: CriterionScore | None) -> str:
    if score is None or score.per_cent is None:
        return "–"
    whole = score.answered == score.items
    return str(score.per_cent) if whole else f"{score.per_cent} ({score.so_far})"


def _plain_trend(found: Trend) -> dict[str, Any]:
    from ka2tui.domain import trend as rules

    return {
        "checklist": found.checklist,
        "title": found.title,
        "assessments": [
            answers.plain(row)
            | {
                "criteria": [
                    {"id": it.criterion, "title": it.title, "own_estimate": it.per_cent}
                    for it in row.score.criteria
                ]
            }
            for row in found.rows
        ],
        "assessors": [
            {
                "assessor": way.assessor,
                "letter": way.letter,
                "own_estimates": way.estimates,
                "change": rules.change(way.estimates),
            }
            for way in found.ways
        ],
    }


def _trend_lines(found: Trend) -> list[str]:
    from ka2tui.domain import trend as rules

    lines = [f"{found.title}: own estimates, 0 to 100", ""]
    drawn = rules.chart(found.points, width=WIDE)
    lines += [*drawn, ""] if drawn else ["Nothing was answered yet.", ""]
    for way in found.ways:
        lines.append(f"{way.letter}  {way.assessor}: {rules.say(way.estimates)}")
        for row in way.rows:
            state = "" if row.closed else ", being filled in"
            lines.append(f"     {row.day}  {row.score.say}{state}")
    cells = [
        (
            title,
            *(f"{rules.spark(it)} {rules.way(it)}" for it in (w.of(name) for w in found.ways)),
        )
        for name, title in found.criteria
    ]
    lines += ["", output.table(("by criterion", *(way.assessor for way in found.ways)), cells)]
    return lines
