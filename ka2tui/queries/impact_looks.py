"""What is worth a look about indicators, dissemination and results on the platform."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from ka2tui.domain import indicators as rules
from ka2tui.domain import timeline
from ka2tui.domain.days import say_until
from ka2tui.domain.kinds import DeliverableState, DisseminationState, PlatformState, Precision
from ka2tui.domain.problem import Severity
from ka2tui.queries import indicators, platform
from ka2tui.store.records import Deliverable, Dissemination, Indicator, Measurement, Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.queries.due_items import Kind, Owners
    from ka2tui.queries.indicators import IndicatorRow

Found = tuple[Severity, str, str, "Kind", int, int]
"""How much it matters, what is seen, why, the kind and id of the record, and whose it is."""

APART = 2
"""Records up to which each is told by itself."""

_NAMED = 3
_LONGEST = 30
"""Letters of a name in a list of names."""


def impact_looks(session: Session, whose: Owners, day: date) -> Iterator[Found]:
    """Find what an expert would ask of numbers, and what spreads the word not as it should."""
    yield from _indicators(session, whose, day)
    yield from _late_acts(session, whose, day)
    yield from _unmarked(session, whose)
    yield from _results(session, whose, day)


def _indicators(session: Session, whose: Owners, day: date) -> Iterator[Found]:
    rows: dict[int, list[IndicatorRow]] = defaultdict(list)
    for row in indicators.every(session, whose.of(Indicator), whose.of(Measurement), today=day):
        rows[row.project_id].append(row)
    for mine in rows.values():
        behind = [row for row in mine if row.state.worrying]
        if len(behind) > APART:
            why = "Each is held against the share of its time that has passed."
            yield _some(Severity.WARNING, "indicators are behind", behind, why)
        else:
            for row in behind:
                said = f"{row.called} is {rules.say_standing(row.course)}"
                why = rules.say_expected(row.aim, row.course, row.unit)
                yield Severity.WARNING, said, why, "indicator", row.id, row.project_id
        for word, why, some in (
            ("without a baseline", "Without it nobody can say what changed.",
             [row for row in mine if row.baseline is None]),
            ("without a source", "Experts ask where a value comes from.",
             [row for row in mine if not row.source]),
            ("not measured for half a year", "Measured at the end only, it steers nothing.",
             [row for row in mine if row.stale(day)]),
        ):  # fmt: skip
            if some:
                noun = "indicator" if len(some) == 1 else "indicators"
                yield _some(Severity.HINT, f"{noun} {word}", some, why)


def _some(severity: Severity, said: str, rows: Sequence[IndicatorRow], why: str) -> Found:
    named = _named([_short(row.called) for row in rows])
    text = f"{len(rows)} {said}: {named}"
    return severity, text, why, "indicator", rows[0].id, rows[0].project_id


def _short(name: str) -> str:
    """Cut a name that stands in a sentence with others."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _late_acts(session: Session, whose: Owners, day: date) -> Iterator[Found]:
    """Find what was planned for a day or a month that is over."""
    this_month = day.replace(day=1)
    last = func.coalesce(Dissemination.end_day, Dissemination.day)
    query = _acts().where(
        *whose.of(Dissemination),
        Dissemination.state == DisseminationState.PLANNED,
        or_(
            (Dissemination.precision != Precision.MONTH) & (last < day),
            (Dissemination.precision == Precision.MONTH) & (Dissemination.day < this_month),
        ),
    )
    for project, rows in _by_project(session.execute(query)).items():
        if len(rows) == 1:
            text = f"{rows[0].title} was planned and is not logged as done"
        else:
            text = f"{len(rows)} acts of dissemination were planned and are not logged as done"
        why = "Log it, give it another month, or drop it with a reason."
        yield Severity.HINT, text, why, "dissemination", rows[0].id, project


def _unmarked(session: Session, whose: Owners) -> Iterator[Found]:
    """Find what was done without emblem or disclaimer."""
    query = _acts().where(
        *whose.of(Dissemination),
        Dissemination.state == DisseminationState.DONE,
        or_(Dissemination.emblem.is_(False), Dissemination.disclaimer.is_(False)),
    )
    for project, rows in _by_project(session.execute(query)).items():
        what = f"{rows[0].title} is" if len(rows) == 1 else f"{len(rows)} acts of dissemination are"
        text = f"{what} without EU emblem or disclaimer"
        why = "Support of the EU is acknowledged in everything; else the grant may be reduced."
        yield Severity.WARNING, text, why, "dissemination", rows[0].id, project


def _acts() -> Any:
    return select(Dissemination.project_id, Dissemination.id, Dissemination.title).order_by(
        Dissemination.day, Dissemination.id
    )


def _results(session: Session, whose: Owners, day: date) -> Iterator[Found]:
    """Near the end and after it, find results that are not on the platform, or only drafts."""
    query = (
        select(
            *(Deliverable.project_id, Deliverable.id, Deliverable.code),
            func.coalesce(Deliverable.platform_state, PlatformState.NONE).label("state"),
            *(Project.start, Project.end, Project.months),
        )
        .join(Project.__table__, Deliverable.project_id == Project.id)
        .where(
            *whose.of(Deliverable),
            or_(
                Deliverable.platform_state.is_(None),
                Deliverable.platform_state.in_((PlatformState.NONE, PlatformState.DRAFTED)),
            ),
            or_(
                Deliverable.state.in_((DeliverableState.APPROVED, DeliverableState.PUBLISHED)),
                Deliverable.platform_state == PlatformState.DRAFTED,
            ),
        )
        .order_by(Deliverable.due, Deliverable.id)
    )
    for project, rows in _by_project(session.execute(query)).items():
        end = rows[0].end
        if end is None and rows[0].start is not None and rows[0].months is not None:
            end = timeline.project_end(rows[0].start, rows[0].months)
        if end is None or (end - day).days > platform.NEAR:
            continue
        missing = [row for row in rows if row.state is PlatformState.NONE]
        drafts = [row for row in rows if row.state is PlatformState.DRAFTED]
        if missing:
            when = (
                f"the project ends {say_until(end, day)}" if end >= day else "the project is over"
            )
            text = f"Not on the results platform: {_named([row.code for row in missing])}, {when}"
            why = "Results go there as drafts early, and are judged with the final report."
            yield Severity.HINT, text, why, "deliverable", missing[0].id, project
        if drafts and end < day:
            text = f"Still a draft on the results platform: {_named([row.code for row in drafts])}"
            why = "After the last day drafts can usually be sent for review, before the report is."
            yield Severity.HINT, text, why, "deliverable", drafts[0].id, project


def _by_project(rows: Any) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.project_id].append(row)
    return found
