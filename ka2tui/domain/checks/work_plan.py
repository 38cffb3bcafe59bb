"""The work plan: what lies outside what it belongs to, what is empty, what comes too late."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ka2tui.domain.checks import spans
from ka2tui.domain.kinds import ProjectShape
from ka2tui.domain.management import is_management
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.spans import say_months
from ka2tui.domain.text import coded, fold
from ka2tui.domain.timeline import say_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ka2tui.domain.checks.subject import Point, Result, Subject, Unit

_LAST = 2
"""Months at the end in which not everything should come out."""

_FEW = 3
"""Outputs, or parts of the work, from which on their spread says something."""

_SHORT = 9
"""A project of fewer months has no room to spread its outputs."""

_AFTER = 3
"""Months after the end in which reports are written and settled, and nothing else."""

_REPORT = re.compile(r"report|bericht|rapport|informe|relazion|relatorio|raport|rapor|αναφορα")
_EVALUATES = re.compile(
    r"evalu|quality|qualit|calidad|kalit|jakosc|assess|monitor|impact|wirkung|auswert|valutaz"
    r"|avalia|ewalua|degerlend|αξιολογ|ποιοτ"
)
_SHARES = re.compile(
    r"dissem|diffus|difus|verbreit|communic|comunic|kommunik|exploit|multipl|spread|sharing"
    r"|outreach|visib|divulg|upowszech|yayginl|promot|promoc|valoris|διαχυ|διαδοσ|διασπορ"
)


def found(subject: Subject, _rules: object = None) -> Iterator[Found]:
    """Look at the work plan of a project."""
    yield from _results(subject)
    yield from _points(subject)
    yield from _units(subject)
    yield from _the_end(subject)
    yield from _empty(subject)
    yield from _leads(subject)
    yield from _whole(subject)


# --- what lies outside --------------------------------------------------------------------------


def _results(subject: Subject) -> Iterator[Found]:
    for one in subject.results:
        month = spans.of_due(one, subject.project.start)
        if month is None or one.state.done:
            continue
        said = coded(one.code, one.title)
        unit = subject.unit(one.unit)
        outside = _outside(month, subject)
        if outside and not (_is_report(said) and _soon_after(month, subject)):
            yield _of_result(402, Severity.ERROR, one, f"It is due in {say_month(month)}{outside}")
        elif unit is not None and not outside:
            first, last = spans.of_unit(unit, subject.project.start)
            if first is not None and month < first:
                text = f"{unit.code} begins only in {say_month(first)}"
            elif last is not None and month > last:
                text = f"{unit.code} ends in {say_month(last)} already"
            else:
                continue
            yield _of_result(
                401, Severity.WARNING, one, f"It is due in {say_month(month)}; {text}."
            )


def _points(subject: Subject) -> Iterator[Found]:
    for one in subject.points:
        month = spans.of_due(one, subject.project.start)
        if month is None or one.reached_on is not None:
            continue
        outside = _outside(month, subject)
        said = coded(one.code, one.title)
        if outside and not (_is_report(said) and _soon_after(month, subject)):
            yield _of_point(408, Severity.WARNING, one, f"It is due in {say_month(month)}{outside}")


def _units(subject: Subject) -> Iterator[Found]:
    start, months = subject.project.start, spans.length(subject.project)
    for unit in subject.units:
        if not unit.live:
            continue
        first, last = spans.of_unit(unit, start)
        above = subject.unit(unit.parent)
        if above is not None:
            begins, ends = spans.of_unit(above, start)
            early = first is not None and begins is not None and first < begins
            late = last is not None and ends is not None and last > ends
            if early or late:
                text = (
                    f"It runs {say_months(first, last)}; {above.code}, of which it is a part, "
                    f"{say_months(begins, ends)}."
                )
                yield _of_unit(407, Severity.WARNING, unit, text)
        elif (first is not None and first < 1) or (
            months is not None and max(first or 1, last or 1) > months
        ):
            lasts = "M1 is the first" if months is None else f"the project lasts {months} months"
            text = f"It runs {say_months(first, last)}; {lasts}."
            yield _of_unit(403, Severity.ERROR, unit, text)


def _outside(month: int, subject: Subject) -> str:
    """Say how a month lies outside the project; nothing where it lies within."""
    months = spans.length(subject.project)
    if month < 1:
        return ", before the project begins."
    if months is not None and month > months:
        return f"; the project lasts {months} months."
    return ""


def _soon_after(month: int, subject: Subject) -> bool:
    months = spans.length(subject.project)
    return months is not None and months < month <= months + _AFTER


def _is_report(said: str) -> bool:
    return _REPORT.search(fold(said)) is not None


# --- how the work is spread ---------------------------------------------------------------------


def _the_end(subject: Subject) -> Iterator[Found]:
    months = spans.length(subject.project)
    due = [spans.of_due(one, subject.project.start) for one in subject.results]
    known = [month for month in due if month is not None]
    if months is None or months < _SHORT or len(known) < _FEW or len(known) < len(due):
        return
    if min(known) > months - _LAST:
        text = (
            f"All {len(known)} deliverables are due from {say_month(min(known))} on, in the last "
            f"two of {months} months."
        )
        yield Found(404, Severity.WARNING, "project", text)


def _empty(subject: Subject) -> Iterator[Found]:
    """Find parts in which nothing happens, and those in which next to nothing does."""
    parts = subject.parts
    holds = Counter(unit.parent for unit in subject.units if unit.live)
    yields = Counter(one.unit for one in subject.results)
    reaches = Counter(one.unit for one in subject.points)
    planned = any(
        unit.tasks or unit.meetings or holds[unit.id] or yields[unit.id] for unit in parts
    )
    for unit in parts:
        inside = unit.tasks + unit.meetings + holds[unit.id] + yields[unit.id] + reaches[unit.id]
        idle = not inside and not unit.described
        if idle and planned and not is_management(unit.category, unit.title):
            text = "It has no activity, task, event or deliverable, and no objective is written."
            yield _of_unit(405, Severity.WARNING, unit, text)
    if subject.project.shape is ProjectShape.WORK_PACKAGES and len(parts) >= _FEW:
        alone = [unit for unit in parts if unit.tasks == 1 and not holds[unit.id]]
        if len(alone) < len(parts) and all(unit.tasks or holds[unit.id] for unit in parts):
            for unit in alone:
                yield _of_unit(410, Severity.HINT, unit, "It has a single task.")


def _leads(subject: Subject) -> Iterator[Found]:
    if not subject.members:
        return
    for unit in subject.parts:
        if unit.lead is None:
            yield _of_unit(406, Severity.WARNING, unit, "No partner is entered that leads it.")


def _whole(subject: Subject) -> Iterator[Found]:
    """Find what a whole plan lacks."""
    parts = subject.parts
    if subject.project.shape is not ProjectShape.WORK_PACKAGES or len(parts) < _FEW:
        return
    if not any(is_management(unit.category, unit.title) for unit in subject.units):
        text = "No work package is the management of the project, by its type or its title."
        yield Found(409, Severity.HINT, "project", text)
    words = fold(" ".join(_texts(subject)))
    if not subject.indicators and _EVALUATES.search(words) is None:
        text = "Nothing in the plan says who looks at the quality and the effect of the work."
        yield Found(411, Severity.HINT, "project", text)
    if not subject.disseminations and _SHARES.search(words) is None:
        text = "Nothing in the plan says how the results get to those who should use them."
        yield Found(411, Severity.HINT, "project", text)


def _texts(subject: Subject) -> Iterable[str]:
    for unit in subject.units:
        yield from filter(None, (unit.category, unit.title, unit.about))
    yield from (one.title for one in subject.results)
    yield from (one.title for one in subject.points)


# --- words --------------------------------------------------------------------------------------


def _of_unit(number: int, severity: Severity, unit: Unit, text: str) -> Found:
    return Found(number, severity, unit.said, text, "work_unit", unit.id)


def _of_result(number: int, severity: Severity, one: Result, text: str) -> Found:
    return Found(number, severity, coded(one.code, one.title), text, "deliverable", one.id)


def _of_point(number: int, severity: Severity, one: Point, text: str) -> Found:
    return Found(number, severity, coded(one.code, one.title), text, "milestone", one.id)
