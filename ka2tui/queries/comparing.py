"""Assessments beside each other: of several assessors, and over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import checklist as rules
from ka2tui.domain import checklist_files, comparing, trend
from ka2tui.domain.checklist import CriterionScore
from ka2tui.domain.comparing import Compared, Filling, Outcome, Round
from ka2tui.domain.days import say_brief
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold, quoted
from ka2tui.frozen import frozen
from ka2tui.queries import checklists
from ka2tui.queries.checklists import ChecklistRow
from ka2tui.store import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.queries.checklists import AssessmentRow

MOST = 9
"""Assessments that can be compared at once."""

_OLDER = f"more than {comparing.ROUND.days} days older"


@frozen
class CriterionBeside:
    """One criterion, with the own estimate of each."""

    id: str
    title: str
    scores: tuple[CriterionScore | None, ...]
    """In the order of the assessments; None where one has no such criterion."""

    @property
    def spread(self) -> int | None:
        """Points between the highest and the lowest estimate; None where there are no two."""
        known = [
            one.per_cent for one in self.scores if one is not None and one.per_cent is not None
        ]
        return max(known) - min(known) if len(known) > 1 else None


@frozen
class Comparison:
    """Several assessments of one checklist."""

    project: int
    checklist: str
    title: str
    heads: tuple[AssessmentRow, ...]
    """Oldest first."""
    criteria: tuple[CriterionBeside, ...]
    items: tuple[Compared, ...]
    """In the order of the checklist."""
    outcome: Outcome
    agreed: AssessmentRow | None
    """What was agreed already, or is being agreed."""
    older: tuple[AssessmentRow, ...] = ()
    """Those of earlier rounds that are left out, newest first."""

    @property
    def left_out(self) -> str:
        """Say which are left out; nothing where none is."""
        return f"Left out, {_OLDER}: {_name(self.older)}" if self.older else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The assessors; with the day where one name stands for several."""
        folded = [fold(row.assessor) for row in self.heads]
        return tuple(
            row.assessor if folded.count(name) == 1 else f"{row.assessor} {row.day}"
            for row, name in zip(self.heads, folded, strict=True)
        )

    @property
    def letters(self) -> tuple[str, ...]:
        """A letter for each of them, for where there is no room for names."""
        return tuple(trend.letters(self.names).values())

    @property
    def apart(self) -> int:
        """On how many items they differ."""
        return sum(one.gap > 0 for one in self.items)

    @property
    def same(self) -> int:
        """On how many items all gave the same answer."""
        return sum(one.agreed is not None for one in self.items)

    @property
    def say(self) -> str:
        """Say how they stand to each other."""
        left = len(self.items) - self.apart - self.same
        more = f", {left} not answered by all" if left else ""
        return f"{self.apart} differ, {self.same} agreed{more}"


@frozen
class Way:
    """How the own estimates of one assessor went."""

    assessor: str
    letter: str
    """Its mark in the chart."""
    rows: tuple[AssessmentRow, ...]
    """Oldest first."""

    @property
    def estimates(self) -> list[int | None]:
        """Those of what was filled in to the end: a part is not compared with a whole."""
        return [row.score.total for row in self.rows if row.closed]

    def of(self, criterion: str) -> list[int | None]:
        """Give the estimates for one criterion, of what was filled in to the end."""
        return [
            next((it.per_cent for it in row.score.criteria if it.criterion == criterion), None)
            for row in self.rows
            if row.closed
        ]


@frozen
class Trend:
    """How the own estimates of one checklist went."""

    checklist: str
    title: str
    rows: tuple[AssessmentRow, ...]
    """Oldest first."""
    ways: tuple[Way, ...]
    """One for each assessor, in the order in which they came."""
    criteria: tuple[tuple[str, str], ...]
    """Id and title, as the newest names them."""

    @property
    def points(self) -> list[trend.Point]:
        """What the chart shows."""
        return [
            trend.Point(row.day, one.letter if row.closed else one.letter.lower(), row.score.total)
            for one in self.ways
            for row in one.rows
            if row.score.total is not None
        ]


def chosen(
    session: Session, project: int, said: Sequence[str], *, own: Path | None = None
) -> Round:
    """Give the assessments that are meant: exactly these ids, or the newest round of a checklist.

    Raises:
        Refused: There is none of that name, or nobody else has filled the checklist in.
    """
    if len(said) == 1 and not said[0].strip().isdigit():
        row = checklists.find_assessment(session, project, said[0], own=own)
        return newest(session, project, row.checklist)
    found = [checklists.find_assessment(session, project, one, own=own).id for one in said]
    return Round(tuple(dict.fromkeys(found)), ())


def newest(session: Session, project: int, checklist: str) -> Round:
    """Give the newest assessment of each assessor in the newest round, what was agreed left out.

    Raises:
        Refused: Fewer than two have filled it in then.
    """
    rows = _newest_series(session, project, checklist)
    found = comparing.newest_round(
        [Filling(row.id, row.assessor, row.day, _is_begun(row)) for row in rows]
    )
    if len(found.chosen) > 1:
        return found
    if not rows:
        raise Refused("Nobody has filled this checklist in yet.")
    only = next(row for row in rows if not found.chosen or row.id in found.chosen)
    if found.older:
        raise Refused(
            f"Only {only.assessor} has filled in {quoted(only.title)} in this round; {_OLDER}: "
            f"{_name([row for row in rows if row.id in found.older])}. To compare these as well, "
            "mark them, or name them by their ids."
        )
    raise Refused(
        f"Only {only.assessor} has filled in {quoted(only.title)}: there is nobody to "
        "compare with. Start another assessment under another name."
    )


def _newest_series(session: Session, project: int, checklist: str) -> list[AssessmentRow]:
    """Give the assessments of a checklist, newest first; of what the newest is about, only."""
    rows = [row for row in checklists.assessments(session, project) if row.checklist == checklist]
    return [row for row in rows if row.series == rows[0].series]


def _is_begun(row: AssessmentRow) -> bool:
    return bool(row.score.answered or row.score.not_applicable)


def _name(rows: Sequence[AssessmentRow]) -> str:
    return ", ".join(f"{row.assessor} {say_brief(row.day)} (assessment {row.id})" for row in rows)


def compare(
    session: Session, assessments: Sequence[int], *, older: Sequence[int] = ()
) -> Comparison:
    """Put assessments of one checklist beside each other.

    Args:
        assessments: Their ids.
        older: Those of earlier rounds that are left out, to be named.

    Raises:
        Refused: They are fewer than two, too many, or not of one checklist of one project.
    """
    wanted = list(dict.fromkeys(assessments))
    if len(wanted) < 2:
        raise Refused("Name two assessments, or more, to compare.")
    if len(wanted) > MOST:
        raise Refused(
            f"Up to {MOST} assessments can be compared at once, not {len(wanted)}: mark some of "
            "them, or name them by their ids."
        )
    found = {
        each.id: each
        for each in session.scalars(
            select(records.Assessment).where(records.Assessment.id.in_(wanted))
        )
    }
    for number in wanted:
        if number not in found:
            raise Refused(f"There is no assessment {number} any more.")
    kinds = {(each.project_id, each.checklist) for each in found.values()}
    if len(kinds) == 1 and len({each.work_unit_id for each in found.values()}) > 1:
        raise Refused("Only assessments of one work package can be compared.")
    if len(kinds) > 1:
        titles = ", ".join(sorted({quoted(each.title) for each in found.values()}))
        raise Refused(f"Only assessments of one checklist can be compared, not {titles}.")
    ((project, checklist),) = kinds
    series = (checklist, found[wanted[0]].work_unit_id)
    rows = [row for row in checklists.assessments(session, project) if row.series == series]
    heads = tuple(row for row in reversed(rows) if row.id in found)
    items = comparing.compare(
        [[comparing.given(each) for each in found[row.id].answers] for row in heads]
    )
    criteria: dict[str, str] = {}
    for one in items:
        criteria.setdefault(one.criterion, one.criterion_title)
    by_criterion = [{one.criterion: one for one in row.score.criteria} for row in heads]
    return Comparison(
        project=project,
        checklist=checklist,
        title=heads[-1].title,
        heads=heads,
        criteria=tuple(
            CriterionBeside(name, title, tuple(each.get(name) for each in by_criterion))
            for name, title in criteria.items()
        ),
        items=items,
        outcome=comparing.outcome(items),
        agreed=next(
            (row for row in rows if comparing.is_agreed(row.assessor) and row.id not in found),
            None,
        ),
        older=tuple(row for row in rows if row.id in older),
    )


def over_time(session: Session, project: int, checklist: str) -> Trend:
    """Give how the own estimates of one checklist went, of all assessors.

    Args:
        checklist: Its id.

    Raises:
        Refused: Nobody has filled it in.
    """
    found = [
        row
        for row in reversed(checklists.assessments(session, project))
        if row.checklist == checklist
    ]
    if not found:
        raise Refused("Nobody has filled this checklist in yet.")
    return trend_of(found)


def trend_of(rows: Sequence[AssessmentRow]) -> Trend:
    """Make the trend of assessments of one checklist, at least one, oldest first."""
    signs = trend.letters(row.whose for row in rows)
    last = rows[-1]
    return Trend(
        checklist=last.checklist,
        title=last.title,
        rows=tuple(rows),
        ways=tuple(
            Way(
                next(row.whose for row in rows if fold(row.whose) == name),
                letter,
                tuple(row for row in rows if fold(row.whose) == name),
            )
            for name, letter in signs.items()
        ),
        criteria=tuple((one.criterion, one.title) for one in last.score.criteria),
    )


def checklist_named(session: Session, project: int, said: str, *, own: Path | None = None) -> str:
    """Give the id of the checklist that is meant, also where its file is gone.

    Raises:
        Refused: There is none.
    """
    known = {row.checklist for row in checklists.assessments(session, project)}
    return said.strip() if said.strip() in known else rules.find(said, own).id


@frozen
class Shelf:
    """Every checklist of a project, and how the own estimates of each went."""

    rows: tuple[ChecklistRow, ...]
    broken: tuple[ChecklistRow, ...]
    """Files of one's own that cannot be read: the name of each, and why."""
    trends: Mapping[str, Trend]
    """By the id of the checklist, of those that somebody filled in."""


def shelf(session: Session, project: int, *, own: Path | None = None) -> Shelf:
    """List every checklist, those that cannot be read, and how estimates went.

    Args:
        own: The user's folder of words and numbers.
    """
    rows = checklists.overview(session, project, own=own)
    return Shelf(
        rows,
        tuple(
            ChecklistRow(one.file.name, one.file.name, one.why, None, 0, ())
            for one in checklist_files.found(own).broken
        ),
        {row.id: trend_of(row.assessments[::-1]) for row in rows if row.assessments},
    )
