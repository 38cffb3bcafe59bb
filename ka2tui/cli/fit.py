"""Fit on the command line: which action an idea fits, asked or from answers that are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import context
from ka2tui.cli.options import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.fit import Ranked, Reason, Verdict
    from ka2tui.domain.fit_questions import Answers, Guidance, Question

MOST_OTHERS = 3
"""Other actions that are told to people."""

NOT_KNOWN = 0
"""What is typed where an answer is not known yet."""


@click.command()
@click.option("--answer", "pairs", multiple=True, metavar="QUESTION=ANSWER",
              help="An answer, such as field=school; may be given several times.")  # fmt: skip
@click.option("--call-year", type=Whole(2021, 2100), help="The call that is aimed at.")
@click.pass_obj
def fit(ctx: Context, pairs: Sequence[str], call_year: int | None) -> None:
    """Tell whether an idea is KA1 or KA2, and which action of KA2 it fits.

    At a terminal the questions are asked one after the other. With --answer nothing is asked;
    without answers and without a terminal the questions are listed. Needs no database.
    """
    from ka2tui.domain import fit as rules
    from ka2tui.domain import fit_questions as questions
    from ka2tui.domain import rulebook
    from ka2tui.domain.refusal import Misread

    own = ctx.settings.data
    guidance = questions.load(own)
    try:
        said = questions.read_answers(guidance, pairs)
    except Misread as misread:
        raise click.UsageError(str(misread)) from None
    year = call_year or rules.next_call(ctx.today)
    if not pairs and not ctx.json and context.is_terminal():
        said = _ask(guidance)
    verdict = rules.judge(guidance, said, rules.rules_in(rulebook.load(own), year), year)
    ctx.answer(
        _plain(guidance, said, verdict),
        lambda: "\n".join(_text(verdict) if said else _questions(guidance)),
    )


# --- asking -------------------------------------------------------------------------------------


def _ask(guidance: Guidance) -> dict[str, str]:
    """Ask every question that makes sense; what is not known is left out."""
    said: dict[str, str] = {}
    unknown: set[str] = set()
    while True:
        asked = guidance.asked(said)
        question = next((it for it in asked if it.id not in said and it.id not in unknown), None)
        if question is None:
            return said
        at = [it.id for it in asked].index(question.id) + 1
        answer = _ask_one(question, said, f"{at} of {len(asked)}" if said else "")
        if answer is None:
            unknown.add(question.id)
        else:
            said[question.id] = answer


def _ask_one(question: Question, said: Answers, place: str) -> str | None:
    offered = question.offered(said)
    click.echo(f"\n{question.text}{place and f'  ({place})'}", err=True)
    click.echo(question.why, err=True)
    for number, answer in enumerate(offered, start=1):
        click.echo(f"  {number}  {answer.text}", err=True)
    click.echo(f"  {NOT_KNOWN}  not known yet", err=True)
    number = click.prompt(
        "Number", type=click.IntRange(NOT_KNOWN, len(offered)), default=NOT_KNOWN, err=True
    )
    return None if number == NOT_KNOWN else offered[number - 1].id


# --- answering ----------------------------------------------------------------------------------


def _plain(guidance: Guidance, said: Answers, verdict: Verdict) -> dict[str, Any]:
    best = verdict.best
    asked = {it.id for it in guidance.asked(said)}
    return {
        "call_year": verdict.call_year,
        "key_action": best and best.route.key_action,
        "action": best and best.action,
        "title": best and best.route.title,
        "sure": verdict.sure,
        "reasons": [] if best is None else [it.text for it in best.speaks_for],
        "answers": {it.id: said.get(it.id) for it in guidance.questions},
        "ranking": [_ranked(it) for it in verdict.ranked],
        "mistakes": [
            {
                "id": it.mistake.id,
                "title": it.mistake.title,
                "text": it.mistake.text,
                "near": it.near,
                "source": it.mistake.source,
            }
            for it in verdict.mistakes
        ],
        "clashes": list(verdict.clashes),
        "unanswered": [it.id for it in verdict.unanswered],
        "questions": [
            {
                "id": it.id,
                "question": it.text,
                "why": it.why,
                "asked": it.id in asked,
                "answers": [
                    {"id": one.id, "text": one.text, "fields": sorted(one.fields)}
                    for one in it.answers
                ],
            }
            for it in guidance.questions
        ],
    }


def _ranked(one: Ranked) -> dict[str, Any]:
    return {
        "id": one.route.id,
        "key_action": one.route.key_action,
        "action": one.action,
        "title": one.route.title,
        "about": one.route.about,
        "standing": one.standing,
        "points": one.points,
        "for": [_reason(it) for it in one.speaks_for],
        "against": [_reason(it) for it in one.against],
        "missing": list(one.missing),
        "to_check": list(one.checks),
        "rules_year": one.rules_year,
        "rules": [
            {
                "label": it.label,
                "text": it.text,
                "source": it.source,
                "place": it.place,
                "confirmed": it.confirmed,
            }
            for it in one.facts
        ],
        "source": one.route.source,
        "place": one.route.place,
    }


def _reason(one: Reason) -> dict[str, Any]:
    return {"text": one.text, "question": one.question}


def _questions(guidance: Guidance) -> Iterator[str]:
    """List the questions with the answers that --answer takes."""
    yield "Which action fits an idea? Answer with --answer QUESTION=ANSWER, once for each."
    for question in guidance.questions:
        width = max(len(it.id) for it in question.answers)
        yield ""
        yield f"{question.id}: {question.text}"
        for answer in question.answers:
            only = f" (field: {', '.join(sorted(answer.fields))})" if answer.fields else ""
            yield f"  {answer.id:<{width}}  {answer.text}{only}"


def _text(verdict: Verdict) -> Iterator[str]:
    """Say the result to a newcomer: the action, why, what is missing, what to look at."""
    best = verdict.best
    for clash in verdict.clashes:
        yield f"! {clash}"
    if best is None:
        yield "These answers do not tell yet which action fits."
    else:
        yield from _best(verdict, best)
    if verdict.others:
        yield "\nAlso possible"
        for it in verdict.others[:MOST_OTHERS]:
            yield _item(f"{it.name}{_needs(it)}")
    if verdict.turned_down:
        yield "\nNot for this idea"
        for it in verdict.turned_down:
            why = it.against[0].text if it.against else ""
            yield _item(f"{it.name}: {why}".rstrip(": "))
    yield "\nTypical mistakes"
    for warned in verdict.mistakes:
        yield _item(f"{warned.mistake.title}: {warned.mistake.text}", "!" if warned.near else "-")
    if verdict.unanswered:
        names = ", ".join(it.id for it in verdict.unanswered)
        yield f"\nNot answered, and could change the result: {names}."


def _best(verdict: Verdict, best: Ranked) -> Iterator[str]:
    if verdict.rivals:
        names = ", ".join(it.action or it.route.key_action for it in verdict.rivals)
        yield f"Fits best, as far as the answers go: {best.name} (as good: {names})"
    elif best.missing:
        yield f"Fits best, once what is missing is there: {best.name}"
    else:
        yield f"Fits best: {best.name}"
    yield best.route.about
    for title, lines in (
        ("Why", [it.text for it in best.speaks_for]),
        ("Against it", [it.text for it in best.against]),
        ("Still missing", list(best.missing)),
        ("To look at", list(best.checks)),
    ):
        if lines:
            yield f"\n{title}"
            yield from map(_item, lines)
    if best.facts:
        yield f"\nIts rules{f': {best.rules_said}' if best.rules_said else ''}"
        for it in best.facts:
            sure = "" if it.confirmed or best.rules_said else " (not confirmed)"
            yield _item(f"{it.label}: {it.text}{sure}")


def _needs(one: Ranked) -> str:
    return f", which needs {'; '.join(one.missing)}" if one.missing else ""


def _item(text: str, sign: str = "-") -> str:
    """Write a line of a list, as wide as the terminal."""
    from textwrap import wrap

    from ka2tui.cli import output

    lines = wrap(text, max((output.room() or 100) - 4, 30))
    return f"  {sign} " + "\n    ".join(lines)
