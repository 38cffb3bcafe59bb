"""Costs: days and money planned and used, by partner, heading and quarter."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import costs as rules
from ka2tui.domain import rates
from ka2tui.domain.costs import Used
from ka2tui.domain.kinds import CostKind
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.queries.chosen import chosen
from ka2tui.store.records import Cost, Meeting, Partner, Project, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session


@frozen
class CostRow:
    """Days or money of one partner for one thing."""

    id: int
    kind: CostKind
    title: str | None
    work_unit_id: int | None
    work_unit: str | None
    """The code of its heading, work package or activity."""
    partner_id: int | None
    partner: str | None
    """Its acronym, else its name."""
    country: str | None
    staff_category: str | None
    quarter: date | None
    """Its first day; None: the whole project."""
    planned_hundredths: int | None
    used_hundredths: int | None
    rate_cents: int | None
    planned_cents: int | None
    used_cents: int | None
    meeting_id: int | None
    meeting: str | None
    notes: str | None

    @property
    def called(self) -> str:
        """What it is called: its title, else its kind."""
        return self.title or self.kind.word

    @property
    def planned(self) -> int | None:
        """The money planned: as written, else days times rate."""
        return rules.planned_money(self.planned_cents, self.planned_hundredths, self.rate_cents)

    @property
    def used(self) -> int | None:
        """The money used: as written, else days times rate."""
        return rules.planned_money(self.used_cents, self.used_hundredths, self.rate_cents)

    @property
    def all_planned_cents(self) -> int | None:
        """The money planned, as a copied table has it."""
        return self.planned

    @property
    def all_used_cents(self) -> int | None:
        """The money used, as a copied table has it."""
        return self.used

    @property
    def money(self) -> Used:
        """Both, in cents; what is not known counts as nothing."""
        return Used(self.planned or 0, self.used or 0)

    @property
    def days(self) -> Used:
        """Days planned and used, in hundredths."""
        return Used(self.planned_hundredths or 0, self.used_hundredths or 0)

    @property
    def exceeds(self) -> bool:
        """Whether more days or money were used than planned."""
        return self.money.exceeds or self.days.exceeds


@frozen
class CostSum:
    """What several lines come to."""

    said: str
    """Of what: a partner, a heading, a quarter."""
    key: int | None
    """The id of the partner or heading, where it is one."""
    money: Used
    days: Used
    lines: int

    @property
    def exceeds(self) -> bool:
        """Whether more days or money were used than planned."""
        return self.money.exceeds or self.days.exceeds


@frozen
class Costs:
    """All lines of cost, and what they come to in three ways."""

    currency: str
    rows: tuple[CostRow, ...]
    total: CostSum
    by_partner: tuple[CostSum, ...]
    by_heading: tuple[CostSum, ...]
    """By heading, work package or activity; what has none by the kind of cost."""
    by_quarter: tuple[CostSum, ...]


def listed(session: Session, project: int) -> tuple[CostRow, ...]:
    """List the costs of a project by quarter, heading and partner."""
    rows = _some().where(Cost.project_id == project)
    rows = rows.order_by(
        Cost.quarter.is_(None), Cost.quarter, WorkUnit.position, Cost.partner_id, Cost.id
    )
    return tuple(_row(row) for row in session.execute(rows))


def some(session: Session, costs: Sequence[int]) -> tuple[CostRow, ...]:
    """List chosen ones, in the order of their ids given."""
    return chosen(session, _some(), Cost.id, costs, _row)


def one(session: Session, cost: int) -> CostRow:
    """Give one line of cost.

    Raises:
        Refused: It is gone.
    """
    rows = some(session, [cost])
    if not rows:
        raise Refused(f"There is no cost {cost} any more.")
    return rows[0]


def summed(session: Session, project: int) -> Costs:
    """Give all lines with their sums by partner, heading and quarter."""
    rows = listed(session, project)
    currency = session.scalar(select(Project.currency).where(Project.id == project))
    return Costs(
        currency=currency or "EUR",
        rows=rows,
        total=_sum("all", None, rows),
        by_partner=_sums(rows, lambda row: (row.partner_id, row.partner or "no partner")),
        by_heading=_sums(rows, lambda row: (row.work_unit_id, row.work_unit or row.kind.word)),
        by_quarter=_sums(rows, lambda row: (None, rules.say_quarter(row.quarter))),
    )


def _sums(
    rows: Iterable[CostRow], by: Callable[[CostRow], tuple[int | None, str]]
) -> tuple[CostSum, ...]:
    parted: dict[tuple[int | None, str], list[CostRow]] = defaultdict(list)
    for row in rows:
        parted[by(row)].append(row)
    return tuple(_sum(said, key, some) for (key, said), some in parted.items())


def _sum(said: str, key: int | None, rows: Sequence[CostRow]) -> CostSum:
    money, days = Used(), Used()
    for row in rows:
        money, days = money.plus(row.money), days.plus(row.days)
    return CostSum(said, key, money, days, len(rows))


def _some() -> Any:
    return (
        select(
            *(Cost.id, Cost.kind, Cost.title, Cost.work_unit_id, WorkUnit.code, Cost.partner_id),
            *(func.coalesce(Partner.acronym, Partner.name), Partner.country),
            *(Cost.staff_category, Cost.quarter, Cost.planned_hundredths, Cost.used_hundredths),
            *(Cost.rate_cents, Cost.planned_cents, Cost.used_cents, Cost.meeting_id),
            *(func.coalesce(Meeting.code, Meeting.title), Cost.notes),
        )
        .outerjoin(WorkUnit.__table__, Cost.work_unit_id == WorkUnit.id)
        .outerjoin(Partner.__table__, Cost.partner_id == Partner.id)
        .outerjoin(Meeting.__table__, Cost.meeting_id == Meeting.id)
    )


def _row(row: Any) -> CostRow:
    return CostRow(*row)


def usual_rate(
    session: Session, partner: int, category: str, own: Path | None = None
) -> int | None:
    """Give the unit rate of a partner's country for a category of staff; None where none is known.

    Args:
        session: Of the database.
        partner: Whose country counts.
        category: Of staff.
        own: The user's folder of data.
    """
    row = session.execute(
        select(Partner.country, Project.call_year, Project.start, Project.currency)
        .join(Project.__table__, Partner.project_id == Project.id)
        .where(Partner.id == partner)
    ).one_or_none()
    if row is None or row.currency != "EUR":
        return None
    known = rates.staff_rates(own)
    if not known.about.holds(rates.call_of(row.call_year, row.start)):
        return None
    return known.cents(row.country, rates.StaffCategory(category))
