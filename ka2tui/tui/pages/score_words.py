"""What the page Score says of a row, and of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.award import HOW as HOW_AWARD
from ka2tui.domain.improving import HOW as HOW_FOUND
from ka2tui.domain.reductions import BEST
from ka2tui.domain.score import HOW
from ka2tui.domain.text import capital, coded
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.widgets.details import Fact, Head, Line, Parts, Private, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.domain.award import Mark
    from ka2tui.queries.scores import PartView, ReportCriterion, Standing
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item

_KINDS = 3


@frozen
class Row:
    """A part of the plan, an award criterion, or a criterion of the report."""

    id: int
    """Its key in the list."""
    name: str
    """What it is called: with its code, where it has one."""
    score: int | None
    best: int
    """The most it can be given."""
    least: int | None
    """What it has to reach; None: nothing is asked."""
    says: str
    """Where the score comes from, or what experts call it."""
    percent: int = 0
    """Its part in the total."""
    part: PartView | None = None
    mark: Mark | None = None
    report: ReportCriterion | None = None

    @property
    def scorable(self) -> bool:
        """Whether it gets a score at all."""
        return self.part is None or self.part.line.part.is_scored

    @property
    def below(self) -> bool:
        """Whether it misses what it has to reach."""
        return self.score is not None and self.least is not None and self.score < self.least

    @property
    def typed(self) -> bool:
        """Whether somebody typed its score."""
        if self.part is not None:
            return self.part.typed is not None
        if self.report is not None:
            return self.report.typed is not None
        return self.mark is not None and self.mark.points is not None

    @property
    def note(self) -> str | None:
        """What was noted to it."""
        if self.part is not None:
            return self.part.note
        return None if self.mark is None else self.mark.note


def rows(seen: Standing) -> tuple[list[Row], list[Row], list[Row]]:
    """Give the parts of the plan, the award criteria, and the criteria of the report."""
    return (
        [
            _of_part(view, percent, seen.reckoning.threshold)
            for view, percent in zip(seen.parts, seen.reckoning.percents, strict=True)
        ],
        [
            Row(
                id=at * _KINDS + 1,
                name=mark.title,
                score=mark.points,
                best=mark.criterion.most,
                least=mark.criterion.least,
                says="below its minimum" if mark.below else mark.word or "",
                mark=mark,
            )
            for at, mark in enumerate(() if seen.judgement is None else seen.judgement.marks)
        ],
        [
            Row(
                id=at * _KINDS + 2,
                name=one.title,
                score=one.score,
                best=BEST,
                least=None,
                says=_whence(one),
                report=one,
            )
            for at, one in enumerate(seen.report)
        ],
    )


def _of_part(view: PartView, percent: int, threshold: int) -> Row:
    part = view.line.part
    says = view.whence if part.is_scored else "management, not scored"
    if part.refused:
        says = plain.join([f"{part.refused} % refused", says], ", ")
    return Row(
        id=part.id * _KINDS,
        name=coded(part.code, part.title),
        score=part.score,
        best=BEST,
        least=threshold if part.is_scored else None,
        says=says,
        percent=percent if view.line.weighed else 0,
        part=view,
    )


def _whence(one: ReportCriterion) -> str:
    return "" if one.whence is None else plain.join([one.whence.word, one.so_far], ", ")


def glyph(row: Row) -> Cell:
    """Give the sign before a row."""
    if row.score is None or row.least is None:
        return (plain.OPEN, "quiet") if row.scorable and row.score is None else ""
    return (plain.LATE, "late") if row.below else (plain.DONE, "good")


def drawn(row: Row) -> Cell:
    """Draw the score, with a mark where it has to reach."""
    if row.score is None:
        return ""
    mark = None if row.least is None else row.least / row.best
    tone: Tone = "late" if row.below else "accent"
    return plain.shaded(plain.bar(row.score / row.best, mark=mark), tone)


def headline(seen: Standing) -> str:
    """Say the total in a few words, for the border of the list."""
    if seen.applies:
        found = seen.judgement
        if found is None or not found.begun:
            return "Application · own estimate"
        return f"Application {found.brief} · threshold {found.award.threshold} · own estimate"
    now = seen.reckoning
    if now.total is None:
        return "Final report · own estimate"
    return f"Final report {now.brief} · {now.threshold} pays all · own estimate"


# --- the pane beside ------------------------------------------------------------------------------


def whole(seen: Standing, row: Row | None) -> Iterator[Item]:
    """Say what all comes to, what would help most, and what is known of a row."""
    if seen.applies:
        yield from _award(seen)
        yield from _row(seen, row)
        yield Head("Final report")
        yield from _report(seen)
        yield from _improvements(seen)
    else:
        yield from _report(seen)
        yield from _row(seen, row)
        yield from _improvements(seen)
        yield from _award(seen)
    yield from _table(seen)
    yield Head("How it is reckoned")
    of_award = [HOW_AWARD] if seen.judgement is not None else []
    of_report = [HOW, *([HOW_FOUND] if seen.improvements else [])]
    for how in (*of_award, *of_report) if seen.applies else (*of_report, *of_award):
        yield Words(how, "quiet")


def _report(seen: Standing) -> Iterator[Item]:
    now = seen.reckoning
    if now.total is None:
        yield Words("Nothing is scored yet: e types a score, c fills in the checklist of a part.")
    else:
        tone: Tone = "good" if now.reached else "late"
        bar = plain.bar(now.total / BEST, mark=now.threshold / BEST)
        yield Line([*plain.shaded(bar, tone), f" {now.brief}"])
        yield Words(capital(now.said))
    if now.at_risk is not None:
        yield Private([_at_risk(seen)])
    for said in seen.remarks:
        yield Words(said, "quiet")
    if not seen.table.confirmed:
        yield Words("No euros are shown until you confirm the table of reductions: t.", "soon")


def _table(seen: Standing) -> Iterator[Item]:
    table = seen.table
    yield Head("Table of reductions", "" if table.confirmed else "not confirmed")
    yield Parts(
        [f"{scores}: {'all paid' if not off else f'{off} %'}" for scores, off in table.lines]
    )
    yield Words(f"{table.origin.word.capitalize()}: {table.source}" if table.confirmed
                else capital(table.label), "quiet")  # fmt: skip


def _at_risk(seen: Standing) -> Parts:
    from ka2tui.domain.money import say_amount

    now = seen.reckoning
    if now.may_be_more and not now.at_risk:
        return Parts([f"At risk: {now.say_at_risk(seen.currency)}"], "soon")
    said = [f"{say_amount(now.at_risk or 0, seen.currency)} at risk"]
    if now.may_be_more:
        said = [f"at least {said[0]}: a part below {now.threshold} may be reduced too"]
    elif now.unscored:
        said = [f"{said[0]} by what is scored so far"]
    if now.outside:
        said.append(f"of it {say_amount(now.outside, seen.currency)} in no part")
    return Parts(said, "late" if now.at_risk else "")


def _improvements(seen: Standing) -> Iterator[Item]:
    if not seen.improvements:
        return
    yield Head("Cheapest improvements", "fewest points first")
    for place, one in enumerate(seen.improvements, start=1):
        yield Words(f"{place}. {one.said}.")
        saved = one.say_saved(seen.currency)
        if saved:
            yield Private([Words(f"   {saved}", "good")])
        for hint in one.hints:
            gain = f"{hint.points // 10}.{hint.points % 10}"
            yield Words(
                f"   {hint.code} ({hint.answer}, up to {gain} points): {hint.text}", "quiet"
            )
        if not one.hints and one.steps:
            yield Words(
                f"   The checklist of {one.part.code} tells which items weigh most.", "quiet"
            )
    if seen.further is not None:
        yield Words(f"All the way to {seen.reckoning.threshold}: {seen.further.said}.")


def _award(seen: Standing) -> Iterator[Item]:
    found = seen.judgement
    if found is None:
        yield Head("Award criteria")
        yield Words(seen.rules, "quiet")
        return
    yield Head("Award criteria", "" if seen.confirmed else "not confirmed")
    tone: Tone = "" if found.fundable is None else "good" if found.fundable else "late"
    if found.begun:
        yield Words(capital(found.said), tone)
    else:
        yield Words("No points are given yet: e gives a criterion its points.")
    for reason in found.reasons:
        yield Words(reason)
    yield Words(plain.join([seen.rules, seen.source], ". "), "quiet")


def _row(seen: Standing, row: Row | None) -> Iterator[Item]:
    if row is None:
        return
    yield Head(row.name)
    if row.mark is not None:
        yield Fact("Points", f"0 to {row.best}, at least {row.least}")
    if row.part is not None:
        from ka2tui.domain.money import say_amount

        line, part = row.part.line, row.part.line.part
        if part.cents is not None:
            yield Private([Fact("Money", say_amount(part.cents, seen.currency))])
        risk = seen.reckoning.say_part_at_risk(line, seen.currency)
        if risk:
            yield Private([Fact("At risk", risk)])
        yield Fact("Refused", f"{part.refused} %" if part.refused else None)
        if row.part.filled is not None:
            yield Fact(
                "Checklist", plain.join([row.part.filled.assessor, row.part.filled.score.brief])
            )
    if row.note:
        yield Private([Fact("Note", row.note)])
