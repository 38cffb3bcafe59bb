"""What is done on the page Score: points typed with their total beside, the table of reductions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ka2tui.domain.reductions import BEST
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.operations import scores
    from ka2tui.queries.scores import Standing
    from ka2tui.store.portfolio import Outcome
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.pages.score_words import Row
else:
    scores = lazily("ka2tui.operations.scores")


async def type_score(
    desk: Desk, project: int, seen: Standing, chosen: Sequence[Row]
) -> Outcome[None] | None:
    """Ask for the score of rows of one kind, showing what it comes to; an empty line clears it."""
    from ka2tui.domain import score
    from ka2tui.tui.dialogs.line import Line

    row = chosen[0]
    several = len(chosen) > 1

    def read(text: str) -> str:
        return _comes_to(seen, chosen, score.read_score(text, _called(chosen), row.best))

    about = "Leave empty to clear." if any(it.typed for it in chosen) else ""
    if row.mark is not None:
        about = plain.join([f"At least {row.least} are needed.", about], " ")
    elif row.part is not None and not several and row.part.filled is not None:
        about = plain.join([f"Its checklist says {row.part.filled.score.brief}.", about], " ")
    dialog = Line(
        f"{_called(chosen)}: 0 to {row.best}",
        value="" if several or row.score is None else str(row.score),
        about=about,
        read=read,
        empty=any(it.typed for it in chosen),
        anew=True,
    )
    said = await desk.push_screen_wait(dialog)
    if said is None:
        return None
    if not said:
        await clear(desk, project, [it for it in chosen if it.typed])
        return None
    return await _keep(desk, project, chosen, score.read_score(said, best=row.best))


async def _keep(
    desk: Desk, project: int, chosen: Sequence[Row], points: int
) -> Outcome[None] | None:
    parts = {it.part.id: points for it in chosen if it.part is not None}
    if parts:
        return await desk.do(scores.score_parts, project, parts)
    marks = {it.mark.criterion.id: it.best for it in chosen if it.mark is not None}
    if marks:
        given = dict.fromkeys(marks, points)
        return await desk.do(scores.score_criteria, project, given, most=marks)
    report = {it.report.id: BEST for it in chosen if it.report is not None}
    from ka2tui.domain.score import Judged

    given = dict.fromkeys(report, points)
    return await desk.do(scores.score_criteria, project, given, most=report, judged=Judged.REPORT)


def _comes_to(seen: Standing, chosen: Sequence[Row], points: int) -> str:
    """Say what all would come to with other points for some rows."""
    parts = {it.part.id for it in chosen if it.part is not None}
    if parts:
        from ka2tui.domain import score

        then = score.again(
            seen.reckoning,
            lambda part: replace(part, score=points) if part.id in parts else part,
        )
        return then.said
    marks = {it.mark.criterion.id for it in chosen if it.mark is not None}
    if marks and seen.judgement is not None:
        from ka2tui.domain import award

        found = seen.judgement
        given = {it.criterion.id: it.points for it in found.marks} | dict.fromkeys(marks, points)
        then_judged = award.judge(found.award, given)
        return plain.join([f"{then_judged.said}.", *then_judged.reasons], " ")
    return f"{points} of {BEST}"


def _called(chosen: Sequence[Row]) -> str:
    """Name the rows that are scored."""
    if len(chosen) == 1:
        return chosen[0].name
    word = "part" if chosen[0].part is not None else "criterion"
    return plain.count(len(chosen), word, "criteria" if word == "criterion" else None)


async def type_refused(desk: Desk, project: int, seen: Standing, row: Row) -> None:
    """Ask how much of a part would be refused, showing what it comes to."""
    from ka2tui.domain import score
    from ka2tui.domain.money import say_amount
    from ka2tui.tui.dialogs.line import Line

    if row.part is None or row.part.typed is None:
        desk.tell(f"{row.name} has no score of its own yet: type one first (e).")
        return
    part = row.part.line.part

    def read(text: str) -> str:
        percent = score.read_score(text, "What is refused, in per cent,")
        then = score.again(
            seen.reckoning,
            lambda one: replace(one, refused=percent) if one.id == part.id else one,
        )
        if then.at_risk is None or desk.projector:
            return f"{percent} % of {part.code}; euros once the table is confirmed (t)"
        if then.may_be_more:
            return f"At risk: {then.say_at_risk(seen.currency)}"
        return f"{say_amount(then.at_risk, seen.currency)} at risk in all"

    dialog = Line(
        f"Refused of {part.code}, in per cent",
        value=str(part.refused or ""),
        about="How much of its money you fear to lose, whatever the total: 100 is all of it.",
        read=read,
        empty=True,
        anew=True,
    )
    said = await desk.push_screen_wait(dialog)
    if said is not None:
        percent = score.read_score(said) if said else None
        await desk.do(scores.score_parts, project, {}, refused={part.id: percent})


async def write_note(desk: Desk, project: int, row: Row) -> None:
    """Ask for a few words to a score; an empty line takes them away."""
    from ka2tui.tui.dialogs.line import Line

    if not row.typed or row.report is not None:
        desk.tell(f"{row.name} has no score of its own yet: type one first (e).")
        return
    dialog = Line(f"Note to {row.name}", value=row.note or "", empty=True)
    said = await desk.push_screen_wait(dialog)
    if said is None:
        return
    if row.part is not None:
        await desk.do(scores.score_parts, project, {}, notes={row.part.id: said})
    elif row.mark is not None:
        name = row.mark.criterion.id
        await desk.do(scores.score_criteria, project, {}, most={name: row.best}, notes={name: said})


async def clear(desk: Desk, project: int, chosen: Sequence[Row]) -> Outcome[int] | None:
    """Take what was typed for rows away, as one step."""
    names = [it.mark.criterion.id for it in chosen if it.mark is not None]
    names += [it.report.id for it in chosen if it.report is not None]
    parts = [it.part.id for it in chosen if it.part is not None]
    return await desk.do(scores.clear, project, parts=parts, criteria=names)


async def edit_table(desk: Desk, project: int, seen: Standing) -> None:
    """Enter or confirm the table of reductions."""
    from ka2tui.domain import reductions
    from ka2tui.domain.reductions import Origin
    from ka2tui.tui.dialogs.form import Field, Form, Option

    table = seen.table
    own = table.origin is Origin.OWN
    form = Form(
        "Table of reductions",
        [
            Field("bands", "Reductions", value=table.bands, required=True, hint="70=10, 55=40",
                  read=reductions.read_bands, write=_written, say=_said),
            Field("source", "Where it stands", value=table.source if own else None,
                  hint="Annex III of our agreement"),
            Field("confirmed", "Confirmed", "choice", table.confirmed,
                  options=[Option(False, "no, not yet: no euros are shown"),
                           Option(True, "yes, held against our agreement")]),
        ],
        about="70=10 55=40 means: scores below 70 cost 10 per cent, below 55 it is 40. What counts "
        "is the annex of your own agreement.",
        save=lambda filled: desk.attempt(
            scores.set_table,
            project,
            filled.values["bands"],
            source=filled.values["source"] or "",
            confirmed_on=_day(desk, seen, confirmed=filled.values["confirmed"]),
        ),
    )  # fmt: skip
    await desk.push_screen_wait(form)


def _day(desk: Desk, seen: Standing, *, confirmed: bool) -> date | None:
    return (seen.table.confirmed_on or desk.today) if confirmed else None


def _written(bands: Sequence[tuple[int, int]]) -> str:
    return ", ".join(f"{below}={percent}" for below, percent in reversed(bands))


def _said(bands: Sequence[tuple[int, int]]) -> str:
    from ka2tui.domain.reductions import Band, Origin, Table

    table = Table(tuple(Band(*each) for each in bands), Origin.OWN, "")
    shown = (f"{scores} {'all paid' if not off else f'{off} %'}" for scores, off in table.lines)
    return plain.join(shown)


async def reset_table(desk: Desk, project: int, seen: Standing) -> None:
    """Go back to the table that is shipped, once that was meant."""
    from ka2tui.domain.reductions import Origin
    from ka2tui.tui.dialogs.ask import Ask

    if seen.table.origin is not Origin.OWN and seen.table.fault is None:
        desk.tell("There is no table of your own to take away.")
        return
    ask = Ask(
        "Take your own table of reductions away?",
        about="The one that is shipped stands again, not confirmed. u brings yours back.",
        yes="take away",
    )
    if await desk.push_screen_wait(ask):
        await desk.do(scores.reset_table, project)
