"""Checklists on the command line: started, answered item by item, shown with their score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.domain.checklist import Answer, Score
    from ka2tui.queries.checklists import (
        AssessmentRow,
        AssessmentView,
        ChecklistRow,
        ItemView,
    )


@click.group()
def group() -> None:
    """Checklists: own estimates of how ready the project is, never the agency's view."""


@group.command("list")
@click.pass_obj
def list_(ctx: Context) -> None:
    """List the checklists, with the last own estimate of each."""
    from ka2tui.queries import checklists

    rows = ctx.ask(checklists.overview, ctx.project, own=ctx.settings.data)
    ctx.answer([_plain_checklist(row) for row in rows], lambda: _table(rows))


@group.command()
@click.argument("checklist")
@click.option("--assessor", metavar="NAME", help="Who fills it in; by default the actor.")
@click.option("--day", metavar="DATE", help="When; by default today.")
@click.pass_obj
def start(ctx: Context, checklist: str, assessor: str | None, day: str | None) -> None:
    """Start filling in a CHECKLIST, named as `checklist list` does."""
    from ka2tui.domain import checklist as templates
    from ka2tui.operations import checklists

    template = templates.find(checklist, ctx.settings.data)
    on = ctx.day(day).day if day else ctx.today
    who = assessor if assessor is not None else ctx.actor
    outcome = ctx.do(checklists.start, ctx.project, template, who, day=on or ctx.today)
    _answer(ctx, outcome.value, outcome.label)


@group.command()
@click.argument("assessment")
@click.argument("item")
@click.argument("score", required=False, metavar="[0-4|na|-]")
@click.option("--note", help="A few words to it; an empty text takes them away.")
@click.pass_obj
def answer(ctx: Context, assessment: str, item: str, score: str | None, note: str | None) -> None:
    """Answer an ITEM of an ASSESSMENT: 0 to 4, na (not applicable), - (open).

    ASSESSMENT is the id that `checklist start` gave, or the checklist's name for the newest one.
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
    found = _one(ctx, assessment)
    wanted = _item(found, item)
    outcome = ctx.do(checklists.answer, wanted.id, given, note=note)
    seen = _one(ctx, str(found.head.id))
    now = next(one for one in seen.items if one.id == wanted.id)
    value = {"assessment": seen.head.id} | _plain_item(now) | {"total": seen.head.score.total}
    label = outcome.label if outcome.entry is not None else "Nothing changed."
    ctx.answer(value, f"{label} · {seen.head.score.say}")


@group.command()
@click.argument("assessment")
@click.pass_obj
def show(ctx: Context, assessment: str) -> None:
    """Show an ASSESSMENT: every item, the score per criterion, and last time's answers."""
    found = _one(ctx, assessment)
    ctx.answer(_whole(found), lambda: _text(found))


@group.command()
@click.argument("assessment")
@click.pass_obj
def close(ctx: Context, assessment: str) -> None:
    """End the filling in of an ASSESSMENT."""
    from ka2tui.operations import checklists

    found = _one(ctx, assessment).head.id
    _answer(ctx, found, ctx.do(checklists.close, found).label)


@group.command()
@click.argument("assessment")
@click.pass_obj
def reopen(ctx: Context, assessment: str) -> None:
    """Fill in a closed ASSESSMENT further."""
    from ka2tui.operations import checklists

    found = _one(ctx, assessment).head.id
    _answer(ctx, found, ctx.do(checklists.reopen, found).label)


@group.command()
@click.argument("assessments", nargs=-1, required=True, metavar="ASSESSMENT...")
@click.pass_obj
def remove(ctx: Context, assessments: tuple[str, ...]) -> None:
    """Remove ASSESSMENTs with their answers; undo brings them back."""
    from ka2tui.operations import checklists

    rows = [_one(ctx, said).head for said in assessments]
    gone = [_plain(row) for row in rows]
    outcome = ctx.do(checklists.remove, [row.id for row in rows])
    ctx.answer(gone[0] if len(gone) == 1 else gone, outcome.label)


# --- reading ------------------------------------------------------------------------------------


def _one(ctx: Context, said: str) -> AssessmentView:
    from ka2tui.queries import checklists

    row = ctx.ask(checklists.find_assessment, ctx.project, said, own=ctx.settings.data)
    return ctx.ask(checklists.assessment, row.id)


def _item(found: AssessmentView, said: str) -> ItemView:
    from ka2tui.domain.refusal import Refused
    from ka2tui.domain.text import fold

    for item in found.items:
        if fold(item.code) == fold(said):
            return item
    codes = f"{found.items[0].code} to {found.items[-1].code}"
    raise Refused(f"“{found.head.title}” has no item {said}: they run from {codes}.")


# --- answering ----------------------------------------------------------------------------------


def _answer(ctx: Context, assessment: int, label: str) -> None:
    seen = _one(ctx, str(assessment)).head
    ctx.answer(_plain(seen), f"{label} · assessment {seen.id}")


def _plain(row: AssessmentRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "checklist": row.checklist,
        "title": row.title,
        "phase": row.phase,
        "assessor": row.assessor,
        "day": row.day,
        "state": row.state,
        **_plain_score(row.score),
    }


def _plain_score(score: Score) -> dict[str, Any]:
    return {
        "score": score.total,
        "points": score.points,
        "of": score.of,
        "items": score.items,
        "answered": score.answered,
        "unanswered": score.unanswered,
        "not_applicable": score.not_applicable,
    }


def _plain_checklist(row: ChecklistRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "phase": row.phase,
        "items": row.items,
        "last": None if row.last is None else _plain(row.last),
        "trend": row.trend,
        "assessments": [one.id for one in row.assessments],
    }


def _plain_answer(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {"score": answer.score, "applies": not answer.not_applicable}


def _plain_item(item: ItemView) -> dict[str, Any]:
    return {
        "item": item.code,
        "text": item.text,
        "proof": item.proof,
        "source": item.source,
        "weight": item.weight,
        "score": item.answer.score,
        "applies": not item.answer.not_applicable,
        "note": item.note,
        "last": _plain_answer(item.last),
    }


def _whole(found: AssessmentView) -> dict[str, Any]:
    return _plain(found.head) | {
        "earlier": None if found.earlier is None else _plain(found.earlier),
        "notes": found.notes,
        "criteria": [
            {
                "id": criterion.id,
                "title": criterion.title,
                **_plain_score(criterion.score),
                "item_list": [_plain_item(item) for item in criterion.items],
            }
            for criterion in found.criteria
        ],
    }


def _table(rows: tuple[ChecklistRow, ...]) -> str:
    headings = ("checklist", "title", "items", "own estimate", "trend", "day", "by", "id")
    cells: list[tuple[object, ...]] = []
    for row in rows:
        last = row.last
        if last is None:
            cells.append((row.id, row.title, row.items, "never filled in", "", "", "", ""))
            continue
        total = "nothing answered" if last.score.total is None else f"{last.score.total} of 100"
        trend = "" if row.trend is None else f"{row.trend:+}"
        cells.append((row.id, row.title, row.items, total, trend, last.day, last.assessor, last.id))
    return output.table(headings, cells)


def _text(found: AssessmentView) -> str:
    head = found.head
    lines = [
        f"{head.title} · {head.assessor} · {head.day} · {head.state.word}",
        head.score.say.capitalize(),
    ]
    if found.earlier is not None and found.earlier.score.total is not None:
        lines.append(f"Last time, {found.earlier.day}: {found.earlier.score.total}")
    for criterion in found.criteria:
        lines += ["", f"{criterion.title}: {_points(criterion.score)}"]
        for item in criterion.items:
            lines.append(f"  {item.code}  {_said(item.answer):<4} {item.text}")
            if item.note:
                lines.append("            " + item.note.replace("\n", "\n            "))
    return "\n".join(lines)


def _points(score: Score) -> str:
    return f"{score.points} of {score.of}" if score.of else score.say


def _said(answer: Answer) -> str:
    if answer.not_applicable:
        return "n/a"
    return "-" if answer.score is None else str(answer.score)
