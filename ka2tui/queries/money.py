"""The grant: divided among work packages and partners, and what of it is earned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain import earning, rates
from ka2tui.domain.grant_matrix import OWN, Matrix, PartnerColumn, UnitLine
from ka2tui.domain.kinds import PartnerRole, ProjectShape, WorkUnitState
from ka2tui.frozen import frozen
from ka2tui.queries import work_plan
from ka2tui.store.records import Cost, Journey, Partner, Project, Share, WorkUnit

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.earning import Earning
    from ka2tui.domain.grant_matrix import Spot
    from ka2tui.queries.work_plan import PlanRow


@frozen
class EarningRow:
    """What is earned of one work package, activity or heading."""

    id: int
    code: str
    title: str
    parent: int | None
    """The work package it is part of."""
    lead: str | None
    cents: int | None
    """Its money; of a work package without an amount that of its activities."""
    done: int | None
    elapsed: int | None
    parts: Earning
    why: str
    counts: bool
    """Whether the sums are made of it: activities are a part of their work package."""


@frozen
class Earnings:
    """What is earned, at risk and not started, of all work packages."""

    currency: str
    grant: int | None
    rows: tuple[EarningRow, ...]
    total: Earning


@frozen
class Setting:
    """What of a project says which kinds of money it has."""

    currency: str
    shape: ProjectShape
    call_year: int | None
    start: date | None
    costs: int
    """How many lines of cost it has."""
    journeys: int

    @property
    def has_costs(self) -> bool:
        """Whether it plans by headings, or has lines of cost already."""
        return self.shape is ProjectShape.HEADINGS or self.costs > 0


def setting(session: Session, project: int) -> Setting:
    """Tell which kinds of money a project has."""

    def many(table: type[Cost | Journey]) -> int:
        rows = select(func.count()).where(table.project_id == project)
        return session.scalar(rows) or 0

    row = session.execute(
        select(Project.currency, Project.shape, Project.call_year, Project.start).where(
            Project.id == project
        )
    ).one()
    call = rates.call_of(row.call_year, row.start)
    return Setting(row.currency, row.shape, call, row.start, many(Cost), many(Journey))


def matrix(session: Session, project: int) -> Matrix:
    """Read the grant as it is divided; associated partners and those who left only with a share."""
    facts = session.execute(
        select(Project.grant_cents, Project.currency).where(Project.id == project)
    ).one()
    units = session.execute(
        select(
            *(WorkUnit.id, WorkUnit.code, WorkUnit.title, WorkUnit.parent_id),
            WorkUnit.amount_cents,
        )
        .where(WorkUnit.project_id == project)
        .order_by(WorkUnit.position, WorkUnit.id)
    ).all()
    shares = session.execute(
        select(Share.work_unit_id, Share.partner_id, Share.amount_cents).where(
            Share.project_id == project, Share.amount_cents.is_not(None)
        )
    ).all()
    cells: dict[Spot, int | None] = {(row[0], row[1]): row[2] for row in shares}
    cells |= {(unit.id, OWN): unit.amount_cents for unit in units}
    having = {row.partner_id for row in shares}
    partners = session.execute(
        select(
            *(Partner.id, func.coalesce(Partner.acronym, Partner.name), Partner.role),
            Partner.left_on,
        )
        .where(Partner.project_id == project)
        .order_by(Partner.role != PartnerRole.COORDINATOR, Partner.id)
    )
    columns = tuple(
        PartnerColumn(key, called, left is not None)
        for key, called, role, left in partners
        if key in having or (left is None and role is not PartnerRole.ASSOCIATED)
    )
    known = {unit.id for unit in units}
    lines = [
        UnitLine(it.id, it.code, it.title, it.parent_id if it.parent_id in known else None)
        for it in units
    ]
    below: dict[int, list[UnitLine]] = {}
    for line in lines:
        if line.parent is not None:
            below.setdefault(line.parent, []).append(line)
    tree = [
        each for line in lines if line.parent is None for each in (line, *below.get(line.id, ()))
    ]
    return Matrix(tuple(tree), columns, cells, facts.grant_cents, facts.currency)


def earnings(session: Session, project: int, *, today: date) -> Earnings:
    """Reckon what is earned, at risk and not started of each part of the work plan."""
    plan = work_plan.read(session, project, today=today)
    units = [row for row in plan.rows if row.is_unit]
    ids = {unit.id for unit in units}
    inside: dict[int, list[PlanRow]] = {}
    for unit in units:
        if unit.work_unit_id in ids and unit.parent is not None:
            inside.setdefault(unit.work_unit_id or 0, []).append(unit)
    rows = []
    total = earning.NOTHING
    for unit in units:
        parts = inside.get(unit.id, [])
        known = [it.amount_cents for it in parts if it.amount_cents is not None]
        cents = unit.amount_cents
        if cents is None and known:
            # its money is that of its activities, each as far as it is itself
            parted = earning.NOTHING
            for part in parts:
                parted = parted.plus(_reckoned(part, part.amount_cents))
            cents = sum(known)
        else:
            parted = _reckoned(unit, cents)
        counts = unit.parent is None
        rows.append(
            EarningRow(
                id=unit.id,
                code=unit.code,
                title=unit.title,
                parent=None if counts else unit.work_unit_id,
                lead=unit.lead,
                cents=cents,
                done=unit.done,
                elapsed=unit.elapsed,
                parts=parted,
                why=_why(unit),
                counts=counts,
            )
        )
        if counts:
            total = total.plus(parted)
    return Earnings(plan.currency, plan.money.whole, tuple(rows), total)


def _reckoned(unit: PlanRow, cents: int | None) -> Earning:
    return earning.reckon(cents, WorkUnitState(unit.state), unit.done, unit.elapsed, unit.standing)


def _why(unit: PlanRow) -> str:
    return earning.why(WorkUnitState(unit.state), unit.done, unit.elapsed, unit.standing)
