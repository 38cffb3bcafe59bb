"""The work plan: codes, months and nesting that every work package and deliverable keeps to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain.kinds import PlanKind, Precision, ProjectShape, WorkUnitKind
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.domain.timeline import LONGEST, say_month

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from ka2tui.domain.days import ReadDay

_KINDS_BY_SHAPE = {
    ProjectShape.WORK_PACKAGES: WorkUnitKind.WORK_PACKAGE,
    ProjectShape.ACTIVITIES: WorkUnitKind.ACTIVITY,
    ProjectShape.HEADINGS: WorkUnitKind.HEADING,
}
_KIND_BY_CODE = (
    (re.compile(r"wp ?\d", re.IGNORECASE), WorkUnitKind.WORK_PACKAGE),
    (re.compile(r"a ?\d", re.IGNORECASE), WorkUnitKind.ACTIVITY),
)


class Due(NamedTuple):
    """When something is due: the day, the project month it was planned in, how exactly."""

    day: date | None
    month: int | None
    precision: Precision


NO_DUE = Due(None, None, Precision.DAY)


def due_of(read: ReadDay | None) -> Due:
    """Turn what was read into a deadline: the last day of a month or of a stretch."""
    if read is None:
        return NO_DUE
    return Due(read.last or read.day, read.month_to or read.month, read.precision)


def check_code(code: str, word: str) -> str:
    """Give a code as it is kept.

    Args:
        word: What it is the code of.

    Raises:
        Refused: There is none.
    """
    kept = clean(code)
    if not kept:
        raise Refused(f"A {word} needs a code.")
    return kept


def check_month(month: int | None) -> None:
    """Refuse what cannot be a project month.

    Raises:
        Refused: Below M1 or above the highest month of any project.
    """
    if month is not None and not 1 <= month <= LONGEST:
        raise Refused(f"{month} is not a project month: they run from M1 to M{LONGEST}.")


def check_months(first: int | None, last: int | None) -> None:
    """Refuse months that are none, or that end before they begin."""
    check_month(first)
    check_month(last)
    if first is not None and last is not None and last < first:
        raise Refused(f"It ends in {say_month(last)}, before it begins in {say_month(first)}.")


def check_days(first: date | None, last: date | None) -> None:
    """Refuse days that end before they begin."""
    if first is not None and last is not None and last < first:
        raise Refused(f"It ends on {last}, before it begins on {first}.")


def check_amount(cents: int | None) -> None:
    """Refuse an amount below zero."""
    if cents is not None and cents < 0:
        raise Refused("An amount is 0 or more.")


def check_nesting(kind: WorkUnitKind, parent: WorkUnitKind | None) -> None:
    """Refuse a place in the plan where nothing of this kind can stand.

    Raises:
        Refused: Only activities stand below a work package, and nothing below anything else.
    """
    if parent is None:
        return
    if parent is not WorkUnitKind.WORK_PACKAGE or kind is not WorkUnitKind.ACTIVITY:
        raise Refused(
            f"Work packages contain activities: a {kind.word} cannot be part of a {parent.word}."
        )


def kind_for(code: str, shape: ProjectShape, *, nested: bool = False) -> WorkUnitKind:
    """Tell what a part of the plan is called where nobody said it.

    Args:
        nested: It stands below a work package.
    """
    if nested:
        return WorkUnitKind.ACTIVITY
    if shape is ProjectShape.HEADINGS:
        return WorkUnitKind.HEADING
    said = (kind for pattern, kind in _KIND_BY_CODE if pattern.match(code))
    return next(said, _KINDS_BY_SHAPE[shape])


def plan_key(kind: PlanKind, record: int) -> int:
    """Give a number that no other part of the work plan has, whatever kind it is."""
    sorts = {PlanKind.DELIVERABLE: 1, PlanKind.MILESTONE: 2}
    return record * 3 + sorts.get(kind, 0)


def table_key(table: str, record: int) -> int:
    """Give the same number for a record of a table: work_unit, deliverable or milestone."""
    kinds = {"deliverable": PlanKind.DELIVERABLE, "milestone": PlanKind.MILESTONE}
    return plan_key(kinds.get(table, PlanKind.WORK_PACKAGE), record)


def next_code(kind: PlanKind, codes: Collection[str], above: str | None = None) -> str:
    """Propose the code of a new part of the plan: WP6 after WP5, A2.4 in WP2, D2.3, MS4.

    Args:
        kind: What it is.
        codes: Those in use, of any kind.
        above: The code of the work package or activity it belongs to.
    """
    letters = {
        PlanKind.WORK_PACKAGE: "WP",
        PlanKind.ACTIVITY: "A",
        PlanKind.DELIVERABLE: "D",
        PlanKind.MILESTONE: "MS",
    }.get(kind, "H")
    number = re.search(r"\d+", above or "")
    nested = kind in (PlanKind.ACTIVITY, PlanKind.DELIVERABLE) and number is not None
    stem = f"{letters}{number[0]}." if nested and number is not None else letters
    taken = [re.fullmatch(rf"{re.escape(stem)}(\d+)", code, re.IGNORECASE) for code in codes]
    return f"{stem}{max((int(each[1]) for each in taken if each), default=0) + 1}"


def outside_project(first: int | None, last: int | None, months: int | None) -> str | None:
    """Say where months lie outside the project; it is a warning, never a refusal."""
    latest = max((month for month in (first, last) if month is not None), default=None)
    if months is None or latest is None or latest <= months:
        return None
    return f"{say_month(latest)} lies after the end of the project, which lasts {months} months."


def before_work_begins(due_month: int | None, first: int | None, code: str) -> str | None:
    """Say where something is due before its work package or activity begins."""
    if due_month is None or first is None or due_month >= first:
        return None
    return f"due in {say_month(due_month)}, before {code} begins in {say_month(first)}"
