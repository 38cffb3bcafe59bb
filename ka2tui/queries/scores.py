"""The score of the project as its final report and its application would get it: own estimates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from ka2tui.domain import award, checklist, improving, reductions, rulebook, score
from ka2tui.domain.kinds import ProjectShape
from ka2tui.domain.management import is_management
from ka2tui.domain.reductions import Band, Origin, Table
from ka2tui.domain.refusal import Refused
from ka2tui.domain.score import NOTHING, OF_THE_REPORT, Judged, Whence
from ka2tui.frozen import frozen
from ka2tui.queries import rule_values
from ka2tui.queries import score_inputs as inputs
from ka2tui.store.records import ReductionBand, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.award import Judgement
    from ka2tui.domain.call_rules import Award
    from ka2tui.domain.improving import Improvement
    from ka2tui.domain.rulebook import Applied
    from ka2tui.domain.score import Line, Reckoning, Tried
    from ka2tui.queries.checklists import AssessmentRow

PAID_FROM: Final = "paid_in_full_from"
"""The value of the rules that says from which score on everything is paid."""

_REPORT, _APPLICATION = Judged.REPORT.value, Judged.APPLICATION.value


@frozen
class PartView:
    """A part of the work plan, its score, and where that comes from."""

    line: Line
    typed: int | None
    """The score that somebody typed."""
    note: str | None
    filled: AssessmentRow | None
    """The newest checklist of it that says anything."""
    started: int | None
    """The newest checklist of it that is not closed, by its id."""

    @property
    def id(self) -> int:
        """The id of the part."""
        return self.line.part.id

    @property
    def code(self) -> str:
        """The code of the part."""
        return self.line.part.code

    @property
    def whence(self) -> str:
        """Where its score comes from; how much of its checklist is answered while some is open."""
        found = self.line.part.whence
        if found is None:
            return ""
        counted = found is Whence.CHECKLIST and self.filled is not None
        if counted and self.filled is not None and self.filled.score.unanswered:
            return f"{found.word}, {self.filled.score.so_far}"
        return found.word


@frozen
class ReportCriterion:
    """A criterion by which the final report is looked at."""

    id: str
    title: str
    score: int | None
    """0 to 100, typed or from the checklist; None: nobody said."""
    typed: int | None
    counted: int | None
    """What the checklist gives."""
    so_far: str
    """How much of it is answered."""

    @property
    def whence(self) -> Whence | None:
        """Where its score comes from."""
        if self.typed is not None:
            return Whence.TYPED
        return None if self.counted is None else Whence.CHECKLIST


@frozen
class Standing:
    """How a project would be scored."""

    currency: str
    shape: ProjectShape
    reckoning: Reckoning
    parts: tuple[PartView, ...]
    report: tuple[ReportCriterion, ...]
    judgement: Judgement | None
    """By the award criteria; None where they are not known."""
    given: Mapping[str, int]
    """The ids of the own scores of the award criteria, by criterion."""
    rules: str
    """Which rules those are, or why none."""
    confirmed: bool
    """Whether they are confirmed for this call."""
    carried: bool
    """Whether they are of another call, which `rules` says with what follows from it."""
    source: str | None
    """Where the award criteria are written."""
    improvements: tuple[Improvement, ...]
    full: Improvement | None
    """The fewest points after which everything is paid."""
    remarks: tuple[str, ...]
    applies: bool
    """Whether the application is still to be handed in, as far as is known."""

    @property
    def further(self) -> Improvement | None:
        """The way to where everything is paid, unless it is among the improvements."""
        same = self.full is not None and any(
            it.steps == self.full.steps for it in self.improvements
        )
        return None if same else self.full

    @property
    def table(self) -> Table:
        """The table of reductions."""
        return self.reckoning.table


def standing(
    session: Session,
    project: int,
    *,
    own: Path | None = None,
    tried: Tried = NOTHING,
    today: date | None = None,
) -> Standing:
    """Reckon how a project would be scored, from what is typed and what checklists say.

    Args:
        session: Of the database.
        project: Which one.
        own: The user's folder of words and numbers.
        tried: What is only tried; it wins over what is kept.
        today: The day it is looked at; a project that has begun by then applies no more.

    Raises:
        Refused: The project is gone, or what is tried cannot be.
    """
    facts = inputs.facts_of(session, project)
    applied = rule_values.applied(session, project, own=own)
    table = _table(session, project, facts, applied, own)
    kept = inputs.kept(session, project)
    filled = inputs.filled_in(session, project)
    rows = list(inputs.parts(session, project, kept, filled, tried))
    now = score.reckon(
        (row.part for row in rows), table, grant=facts.grant_cents, given=tried.total
    )
    hints = inputs.hints(session, {row.part.code: row.filled.id for row in rows if row.filled})
    judgement, rules, source = _judged(applied, facts, kept, tried, own)
    report = inputs.of_report(filled)
    return Standing(
        currency=facts.currency,
        shape=facts.shape,
        reckoning=now,
        parts=tuple(
            PartView(line, row.typed, row.note, row.filled, row.started)
            for line, row in zip(now.lines, rows, strict=True)
        ),
        report=tuple(_by_criterion(report, kept, own)),
        judgement=judgement,
        given={
            name: row.id
            for (judged, about, name), row in kept.items()
            if (judged, about) == (_APPLICATION, "criterion")
        },
        rules=rules,
        confirmed=judgement is not None and judgement.award.confirmed,
        carried=judgement is not None and applied is not None and applied.carried,
        source=source,
        improvements=improving.improvements(now, hints=hints),
        full=improving.to_full(now),
        remarks=tuple(filter(None, (table.fault, *now.remarks, *_remarks(facts, now, applied)))),
        applies=_applies(facts, today),
    )


def table(session: Session, project: int, *, own: Path | None = None) -> Table:
    """Give the table of reductions of a project: its own, that of its call, or the example."""
    facts = inputs.facts_of(session, project)
    applied = rule_values.applied(session, project, own=own)
    return _table(session, project, facts, applied, own)


def criteria(session: Session, project: int, *, own: Path | None = None) -> tuple[Award, str]:
    """Give the award criteria of a project, and which rules they are of.

    Raises:
        Refused: They are not known.
    """
    facts = inputs.facts_of(session, project)
    applied = rule_values.applied(session, project, own=own)
    if applied is None or applied.rules.award is None:
        raise Refused(_unknown(facts))
    return applied.rules.award, applied.says


def report_criteria(session: Session, project: int, *, own: Path | None = None) -> dict[str, str]:
    """Give the criteria of the final report, by their ids: those of its checklist."""
    newest = inputs.of_report(inputs.filled_in(session, project))
    known = _template(own) if newest is None else newest.score.criteria
    return {it.criterion: it.title for it in known}


def why_not_scored(session: Session, work_unit: int) -> str | None:
    """Say why a final report gives a part of the plan no score; None where it does."""
    above = WorkUnit.__table__.alias("above")
    row = session.execute(
        select(WorkUnit.code, WorkUnit.title, WorkUnit.category, above.c.code.label("above"))
        .outerjoin(above, above.c.id == WorkUnit.parent_id)
        .where(WorkUnit.id == work_unit)
    ).one_or_none()
    if row is None:
        return "That part of the work plan is gone."
    if row.above is not None:
        return score.say_inside(row.code, row.above)
    return score.say_management(row.code) if is_management(row.category, row.title) else None


def _applies(facts: inputs.Facts, today: date | None) -> bool:
    """Tell whether the application is still to be handed in, as far as is known."""
    begun = facts.start is not None and today is not None and facts.start <= today
    return bool(facts.not_sent) and not begun


# --- the table ------------------------------------------------------------------------------------


def _table(
    session: Session, project: int, facts: inputs.Facts, applied: Applied | None, own: Path | None
) -> Table:
    rows = session.execute(
        select(ReductionBand.below, ReductionBand.percent).where(
            ReductionBand.project_id == project
        )
    ).all()
    if rows:
        source = facts.source or "as entered in this project"
        try:
            bands = reductions.ordered(Band(*row) for row in rows)
        except Refused as fault:  # imported: what is entered here is checked before
            unusable = f"The table of reductions of this project cannot be used. {fault}"
            return replace(reductions.example(), fault=unusable)
        return Table(bands, Origin.OWN, source, facts.confirmed_on)
    known = None if applied is None else applied.rules.reductions
    if known is None:
        found = reductions.example()
    else:
        bands = reductions.ordered(known.bands)
        source = _say_source(known.source, known.place, own)
        found = Table(bands, Origin.RULES, source, doubts=reductions.doubts_of(bands))
    paid = None if applied is None else applied.get(PAID_FROM)
    return found.paid_from(paid.value) if paid is not None and paid.own else found


def _say_source(key: str, place: str | None, own: Path | None) -> str:
    row = rulebook.sources(own).get(key, {})
    return ", ".join(filter(None, [str(row.get("title", key)), place]))


# --- criteria -------------------------------------------------------------------------------------


def _judged(
    applied: Applied | None,
    facts: inputs.Facts,
    kept: Mapping[tuple[str, str, str], Any],
    tried: Tried,
    own: Path | None,
) -> tuple[Judgement | None, str, str | None]:
    """Hold the points of the award criteria against the rules of the call."""
    if applied is None or applied.rules.award is None:
        if tried.points:
            raise Refused(_unknown(facts))
        return None, _unknown(facts), None
    found = applied.rules.award
    rows = {name: kept.get((_APPLICATION, "criterion", name)) for name in _names(found)}
    most = {it.id: it.most for it in found.criteria}
    points: dict[str, int | None] = {
        # more than a criterion can give were points of another action, so it is open again
        name: None if row is None or row.score > most[name] else row.score
        for name, row in rows.items()
    }
    judgement = award.judge(
        found,
        {**points, **tried.points},
        applied.call.quality,
        {name: row.note for name, row in rows.items() if row is not None},
    )
    return judgement, applied.says, _say_source(found.source, found.place, own)


def _names(found: Award) -> list[str]:
    return [it.id for it in found.criteria]


def _unknown(facts: inputs.Facts) -> str:
    if not facts.action:
        return "Without an action its award criteria are not known: enter it, such as KA220-SCH."
    year = f", call {facts.call_year}" if facts.call_year else ""
    return (
        f"The award criteria of {facts.action}{year} are not known here: look them up in the guide "
        "of your call."
    )


def _by_criterion(
    filled: AssessmentRow | None, kept: Mapping[tuple[str, str, str], Any], own: Path | None
) -> Iterator[ReportCriterion]:
    """Give the criteria of the final report, with what was typed for them."""
    known = _template(own) if filled is None else filled.score.criteria
    typed = {key[2]: row.score for key, row in kept.items() if key[:2] == (_REPORT, "criterion")}
    for one in known:
        given = typed.pop(one.criterion, None)
        counted = one.per_cent
        points = counted if given is None else given
        so_far = one.so_far if filled is not None else ""
        yield ReportCriterion(one.criterion, one.title, points, given, counted, so_far)
    for name, given in typed.items():
        yield ReportCriterion(name, award.title_of(name), given, given, None, "")


def _template(own: Path | None) -> tuple[checklist.CriterionScore, ...]:
    """Give the criteria of the checklist of the final report, with nothing answered."""
    one = next((it for it in checklist.load(own) if it.id == OF_THE_REPORT), None)
    return () if one is None else checklist.score(checklist.choose(one), {}).criteria


# --- what would help ------------------------------------------------------------------------------


def _remarks(facts: inputs.Facts, now: Reckoning, applied: Applied | None) -> Iterator[str]:
    borrowed = now.table.origin is Origin.EXAMPLE and not now.table.confirmed
    if now.total is not None and borrowed and (applied is None or applied.get(PAID_FROM) is None):
        action = "this project" if not facts.action else applied.named if applied else facts.action
        yield (
            f"That everything is paid from {now.threshold} on is told of the lump sums of KA210 "
            f"and KA220 since call 2022. Of {action} no such line and no table is known: what "
            "counts is your own grant agreement."
        )
    if now.exact is None:
        return
    manager = facts.managed_by or checklist.manager_of(facts.action)
    older = applied is not None and applied.call.year <= rulebook.OLDER_UNTIL
    if facts.shape is ProjectShape.HEADINGS and older:
        yield (
            "In the older programme the report was judged as a whole, not by parts weighed with "
            "their money: the total here is a help for yourselves."
        )
    elif manager == "EACEA":
        yield (
            "Of an action managed by EACEA each completed work package is paid; a score of the "
            "whole, as here, is known of the agencies' lump sums only."
        )
