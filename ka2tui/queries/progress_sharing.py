"""Sharing and steering in a report on progress: dissemination, risks, logs and letters."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import risks
from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import (
    Direction,
    DisseminationState,
    LogKind,
    LogState,
    PlatformState,
    RiskState,
)
from ka2tui.domain.risks import Band
from ka2tui.frozen import frozen
from ka2tui.store.records import (
    Contact,
    Deliverable,
    Dissemination,
    Letter,
    LogEntry,
    Partner,
    Risk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.periods import Period


@frozen
class Shared:
    """What one partner did to spread the word."""

    partner: str | None
    """None: nobody's."""
    done: tuple[int, ...]
    """By id, as all of these."""
    in_period: tuple[int, ...]
    planned: tuple[int, ...]
    late: tuple[int, ...]
    """Planned for a day that has passed."""
    reach: int


@frozen
class OnPlatform:
    """A result, and how far it is on the programme's platform."""

    id: int
    code: str
    title: str
    state: PlatformState
    since: date | None
    link: str | None


@frozen
class RiskLine:
    """A risk that is watched, or that happened."""

    id: int
    code: str | None
    title: str
    likelihood: int | None
    impact: int | None
    action: str | None
    owner: str | None
    state: RiskState
    review_on: date | None

    @property
    def level(self) -> int | None:
        """Likelihood times impact; None where one is not known."""
        return risks.level(self.likelihood, self.impact)

    @property
    def band(self) -> Band | None:
        """How much it matters; None where that is not known."""
        return risks.band(self.level)


@frozen
class LogLine:
    """An issue, a decision or a change."""

    id: int
    kind: LogKind
    code: str | None
    title: str
    state: LogState
    opened_on: date | None
    due: date | None
    closed_on: date | None
    owner: str | None
    reason: str | None

    @property
    def over(self) -> bool:
        """Whether nothing is left to do: a decision is over when it is taken."""
        taken = self.kind is LogKind.DECISION and self.state is LogState.DECIDED
        return self.state.closed or taken


@frozen
class LetterLine:
    """A letter with the agency."""

    id: int
    day: date
    direction: Direction
    subject: str
    answer_by: date | None
    answered_on: date | None

    @property
    def open(self) -> bool:
        """Whether an answer is still due."""
        return self.answer_by is not None and self.answered_on is None


@frozen
class Sharing:
    """Dissemination, risks, logs and letters on a day."""

    shared: tuple[Shared, ...]
    platform: tuple[OnPlatform, ...]
    risks: tuple[RiskLine, ...]
    """The gravest first; those that can no longer happen left out."""
    logs: tuple[LogLine, ...]
    letters: tuple[LetterLine, ...]
    """Of the period, and all that wait for an answer; the oldest first."""


def of(session: Session, project: int, period: Period, *, today: date) -> Sharing:
    """Read what a project did to be known, and what it watches."""
    return Sharing(
        shared=_shared(session, project, period, today),
        platform=_platform(session, project),
        risks=_risks(session, project),
        logs=_logs(session, project, period),
        letters=_letters(session, project, period),
    )


def _shared(session: Session, project: int, period: Period, today: date) -> tuple[Shared, ...]:
    named = func.coalesce(Partner.acronym, Partner.name)
    rows = session.execute(
        select(
            *(Dissemination.id, Dissemination.state, Dissemination.day, Dissemination.end_day),
            *(
                Dissemination.reach,
                Partner.id.label("of"),
                named.label("who"),
            ),
        )
        .outerjoin(Partner.__table__, Dissemination.partner_id == Partner.id)
        .where(
            Dissemination.project_id == project,
            Dissemination.state != DisseminationState.DROPPED,
        )
        .order_by(Partner.id.is_(None), Partner.id, Dissemination.day, Dissemination.id)
    )
    mine: dict[str | None, list[Any]] = defaultdict(list)
    for row in rows:
        mine[row.who].append(row)
    found = []
    for who, its in mine.items():
        done = [row for row in its if row.state is DisseminationState.DONE]
        ahead = [row for row in its if row.state is DisseminationState.PLANNED]
        last = [(row.id, row.end_day or row.day) for row in ahead]
        found.append(
            Shared(
                who,
                tuple(row.id for row in done),
                tuple(row.id for row in done if period.holds(row.day)),
                tuple(row.id for row in ahead),
                tuple(row for row, day in last if day is not None and day < today),
                sum(row.reach or 0 for row in done),
            )
        )
    return tuple(found)


def _platform(session: Session, project: int) -> tuple[OnPlatform, ...]:
    rows = session.execute(
        select(
            *(Deliverable.id, Deliverable.code, Deliverable.title, Deliverable.platform_state),
            *(Deliverable.platform_on, Deliverable.platform_link),
        )
        .where(
            Deliverable.project_id == project,
            Deliverable.platform_state.is_not(None),
            Deliverable.platform_state != PlatformState.NONE,
        )
        .order_by(Deliverable.code, Deliverable.id)
    )
    return tuple(OnPlatform(*tuple[Any, ...](row)) for row in rows)


_OWNER = func.coalesce(Contact.name, Partner.acronym, Partner.name)


def _risks(session: Session, project: int) -> tuple[RiskLine, ...]:
    rows = session.execute(
        select(
            *(Risk.id, Risk.code, Risk.title, Risk.likelihood, Risk.impact, Risk.action),
            *(_OWNER, Risk.state, Risk.review_on),
        )
        .outerjoin(Contact.__table__, Risk.contact_id == Contact.id)
        .outerjoin(Partner.__table__, Risk.partner_id == Partner.id)
        .where(Risk.project_id == project, Risk.state != RiskState.CLOSED)
    )
    found = [RiskLine(*row) for row in rows]
    return tuple(sorted(found, key=lambda row: (-(row.level or 0), row.id)))


def _logs(session: Session, project: int, period: Period) -> tuple[LogLine, ...]:
    rows = session.execute(
        select(
            *(LogEntry.id, LogEntry.kind, LogEntry.code, LogEntry.title, LogEntry.state),
            *(LogEntry.opened_on, LogEntry.due, LogEntry.closed_on, _OWNER, LogEntry.reason),
        )
        .outerjoin(Contact.__table__, LogEntry.contact_id == Contact.id)
        .outerjoin(Partner.__table__, LogEntry.partner_id == Partner.id)
        .where(LogEntry.project_id == project)
        .order_by(LogEntry.opened_on, LogEntry.id)
    )
    found = [LogLine(*tuple[Any, ...](row)) for row in rows]
    return tuple(
        row
        for row in found
        if not row.over or period.holds(row.opened_on) or period.holds(row.closed_on)
    )


def _letters(session: Session, project: int, period: Period) -> tuple[LetterLine, ...]:
    rows = session.execute(
        select(
            *(Letter.id, Letter.day, Letter.direction, Letter.subject, Letter.answer_by),
            Letter.answered_on,
        )
        .where(Letter.project_id == project, Letter.with_whom.is_(None))
        .order_by(Letter.day, Letter.id)
    )
    found = [LetterLine(*row) for row in rows]
    return tuple(row for row in found if row.open or period.holds(row.day))


def figures(seen: Sharing) -> Iterator[Figure]:
    """Give the numbers of the report, with the rows they come from."""
    for name, title, table, ids in _counted(seen):
        yield Figure(f"report.{name}", title, len(ids), Trace.rows(table, ids))


def _counted(seen: Sharing) -> Iterator[tuple[str, str, str, Sequence[int]]]:
    for one in seen.shared:
        name = f"shared.{one.partner or 'nobody'}"
        whose = f" by {one.partner}" if one.partner else " by nobody named"
        for key, title, acts in (
            ("done", "Done to share the project", one.done),
            ("in_period", "Done to share it in the period", one.in_period),
            ("planned", "Planned to share it", one.planned),
            ("late", "Planned to share it, and late", one.late),
        ):
            yield f"{name}.{key}", f"{title}{whose}", "dissemination", acts
