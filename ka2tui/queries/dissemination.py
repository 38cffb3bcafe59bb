"""Dissemination: the log, one entry, what is done against plan, and the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import dissemination as rules
from ka2tui.domain import timeline
from ka2tui.domain.dissemination import Act, MatrixRow
from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import DisseminationState, PartnerRole, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.queries.chosen import chosen
from ka2tui.store.records import (
    Deliverable,
    Dissemination,
    Partner,
    Project,
    ProofUse,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class ActRow:
    """Something that spreads the word."""

    id: int
    title: str
    sort: str | None
    """The id of its kind."""
    state: DisseminationState
    day: date | None
    month: int | None
    """The project month it was planned in."""
    precision: Precision
    end_day: date | None
    partner: str | None
    work_unit: str | None
    deliverable: str | None
    """The code of the result it tells of."""
    audience: str | None
    reach: int | None
    language: str | None
    place: str | None
    link: str | None
    emblem: bool | None
    disclaimer: bool | None
    proofs: int
    partner_id: int | None
    late: bool
    """Planned, and its day or its month is over."""

    @property
    def due(self) -> date | None:
        """The last day on which it is in time."""
        return _last_day(self.day, self.precision, self.end_day)

    @property
    def lacks(self) -> tuple[str, ...]:
        """Name what is missing of what was done."""
        return rules.lacks(
            self.state,
            emblem=self.emblem,
            disclaimer=self.disclaimer,
            link=self.link,
            proofs=self.proofs,
            reach=self.reach,
        )


@frozen
class ActDetails:
    """All that is known of one entry."""

    row: ActRow
    work_unit_id: int | None
    deliverable_id: int | None
    deliverable_title: str | None
    notes: str | None


@frozen
class Plan:
    """What is done against what is planned, by partner and project month."""

    start: date | None
    months: int
    """How many project months there are, with those that acts lie in."""
    rows: tuple[MatrixRow, ...]
    total: MatrixRow


def listed(session: Session, project: int, *, today: date) -> tuple[ActRow, ...]:
    """List the log: what is done from the first on, then what is planned; no day comes last."""
    rows = session.execute(
        _some()
        .where(Dissemination.project_id == project)
        .order_by(Dissemination.day.is_(None), Dissemination.day, Dissemination.id)
    )
    return tuple(_row(row, today) for row in rows)


def some(session: Session, acts: Sequence[int], *, today: date) -> tuple[ActRow, ...]:
    """List chosen ones, in the order of their ids given."""
    return chosen(session, _some(), Dissemination.id, acts, lambda row: _row(row, today))


def one(session: Session, act: int, *, today: date) -> ActDetails:
    """Give all that is known of one entry.

    Raises:
        Refused: There is none.
    """
    found = some(session, [act], today=today)
    if not found:
        raise Refused(f"There is no act of dissemination {act} any more.")
    record = session.get_one(Dissemination, act)
    result = (
        None if record.deliverable_id is None else session.get(Deliverable, record.deliverable_id)
    )
    return ActDetails(
        row=found[0],
        work_unit_id=record.work_unit_id,
        deliverable_id=record.deliverable_id,
        deliverable_title=None if result is None else result.title,
        notes=record.notes,
    )


def plan(session: Session, project: int) -> Plan:
    """Set what is done against what is planned."""
    facts = session.execute(
        select(Project.start, Project.end, Project.months).where(Project.id == project)
    ).one()
    acts = _acts(session, project)
    names = _partners(session, project)
    rows = rules.matrix(acts, names, facts.start)
    months = facts.months or 0
    if not months and facts.start is not None and facts.end is not None:
        months = timeline.month_of(facts.start, facts.end)
    beyond = max((month for row in rows for month in row.months), default=0)
    whole = [act._replace(partner=None) for act in acts]
    total = next(iter(rules.matrix(whole, (), facts.start)), rules.NOTHING)
    return Plan(facts.start, min(max(months, beyond), timeline.LONGEST), tuple(rows), total)


def _partners(session: Session, project: int) -> list[str]:
    """Name the partners in the order of the register; associated ones only where they do any."""
    rows = session.execute(
        select(func.coalesce(Partner.acronym, Partner.name))
        .where(
            Partner.project_id == project,
            Partner.role != PartnerRole.ASSOCIATED,
            Partner.left_on.is_(None),
        )
        .order_by(Partner.role != PartnerRole.COORDINATOR, Partner.id)
    )
    return list(dict.fromkeys(rows.scalars()))


def _acts(session: Session, project: int) -> list[Act]:
    rows: Any = session.execute(
        select(
            *(Dissemination.id, Dissemination.state),
            func.coalesce(Partner.acronym, Partner.name),
            *(Dissemination.sort, Dissemination.day, Dissemination.reach),
        )
        .outerjoin(Partner.__table__, Dissemination.partner_id == Partner.id)
        .where(Dissemination.project_id == project)
        .order_by(Dissemination.day, Dissemination.id)
    )
    return [Act(*row) for row in rows]


def _some() -> Any:
    proofs = (
        select(func.count(ProofUse.id))
        .where(ProofUse.about == "dissemination", ProofUse.about_uid == Dissemination.uid)
        .scalar_subquery()
    )
    return (
        select(
            *(Dissemination.id, Dissemination.title, Dissemination.sort, Dissemination.state),
            *(Dissemination.day, Dissemination.day_month, Dissemination.precision),
            Dissemination.end_day,
            func.coalesce(Partner.acronym, Partner.name),
            *(WorkUnit.code, Deliverable.code, Dissemination.audience, Dissemination.reach),
            *(Dissemination.language, Dissemination.place, Dissemination.link),
            *(Dissemination.emblem, Dissemination.disclaimer, proofs, Dissemination.partner_id),
        )
        .outerjoin(Partner.__table__, Dissemination.partner_id == Partner.id)
        .outerjoin(WorkUnit.__table__, Dissemination.work_unit_id == WorkUnit.id)
        .outerjoin(Deliverable.__table__, Dissemination.deliverable_id == Deliverable.id)
    )


def _row(row: Any, today: date) -> ActRow:
    last = _last_day(row[4], row[6], row[7])
    late = row[3] is DisseminationState.PLANNED and last is not None and last < today
    return ActRow(*[*row, late])


def _last_day(day: date | None, precision: Precision, end: date | None) -> date | None:
    if day is not None and precision is Precision.MONTH:
        return timeline.month_end(day, 1)
    return end or day


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give the numbers of the page: what is done and planned, and what it reached."""
    rows = listed(session, project, today=today)
    yield from _told("dissemination", "", rows, None)
    by: dict[int, list[ActRow]] = {}
    for row in rows:
        if row.partner_id is not None:
            by.setdefault(row.partner_id, []).append(row)
    for partner, mine in by.items():
        who = mine[0].partner or str(partner)
        about = ("partner", partner)
        yield from _told(f"dissemination.of{partner}", f" by {who}", mine, about)
    sorts: dict[str | None, list[ActRow]] = {}
    for row in rows:
        sorts.setdefault(row.sort, []).append(row)
    for sort, some_ in sorts.items():
        said = (sort or "no kind").replace("_", " ")
        yield _reach(f"dissemination.sort.{sort or 'none'}.reach", f"Reach, {said}", some_, None)


def _told(
    name: str, by: str, rows: Iterable[ActRow], about: tuple[str, int] | None
) -> Iterator[Figure]:
    rows = tuple(rows)
    done = [row for row in rows if row.state is DisseminationState.DONE]
    ahead = [row for row in rows if row.state is DisseminationState.PLANNED]
    yield _count(f"{name}.done", f"Dissemination done{by}", done, about)
    yield _count(f"{name}.planned", f"Dissemination planned{by}", ahead, about)
    late = [row for row in ahead if row.late]
    yield _count(f"{name}.late", f"Dissemination planned{by}, and late", late, about)
    bare = [row for row in done if row.emblem is False]
    yield _count(f"{name}.without_emblem", f"Without the EU emblem{by}", bare, about)
    plain = [row for row in done if row.disclaimer is False]
    yield _count(f"{name}.without_disclaimer", f"Without the disclaimer{by}", plain, about)
    unseen = [row for row in done if row.emblem is None or row.disclaimer is None]
    yield _count(f"{name}.not_looked_at", f"Emblem or disclaimer not looked at{by}", unseen, about)
    unproved = [row for row in done if not row.link and not row.proofs]
    yield _count(f"{name}.unproved", f"Without link and without proof{by}", unproved, about)
    yield _reach(f"{name}.reach", f"Reach{by}", rows, about)


def _count(name: str, title: str, rows: Iterable[ActRow], about: tuple[str, int] | None) -> Figure:
    ids = [row.id for row in rows]
    return Figure(name, title, len(ids), Trace.rows("dissemination", ids), about=about)


def _reach(name: str, title: str, rows: Iterable[ActRow], about: tuple[str, int] | None) -> Figure:
    counted = {
        row.id: row.reach
        for row in rows
        if row.state is DisseminationState.DONE and row.reach is not None
    }
    trace = Trace.sums("dissemination", counted)
    return Figure(name, title, sum(counted.values()), trace, about=about, how=rules.NOT_PEOPLE)
