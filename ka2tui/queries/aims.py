"""Aims: goal, priorities, needs and objectives, and the chain to what serves them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import aims as rules
from ka2tui.domain import management, priorities
from ka2tui.domain.aims import Aim, Chain, ChainRow, Gap, Serving, Unit
from ka2tui.domain.checks import goal as goal_checks
from ka2tui.domain.checks.goal import Aimed
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import AimKind, ProjectShape
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.store import records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.priorities import Offer
    from ka2tui.domain.problem import Found


@frozen
class AimRow:
    """A need or an objective, with what serves it."""

    aim: Aim
    parent: str | None
    """The code of its need, else the need itself."""
    links: tuple[Serving, ...]
    """What was linked with it, in the order of the chain."""
    notes: str | None
    line: ChainRow | None = None
    """Its line of the chain; None of a need whose objectives have the lines."""

    @property
    def id(self) -> int:
        """Of the aim."""
        return self.aim.id

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What its line lacks."""
        return () if self.line is None else self.line.gaps

    @property
    def depth(self) -> int:
        """How deep it stands: objectives below their need."""
        return int(self.parent is not None)

    @property
    def served(self) -> tuple[Serving, ...]:
        """All that serves it, through a work package too, in the order of the chain."""
        if self.line is None:
            return self.links
        return (*self.line.activities, *self.line.results, *self.line.indicators)


@frozen
class Goal:
    """What a project is for, and how that hangs together."""

    project_id: int
    project: str
    shape: ProjectShape
    goal: str | None
    summary: str | None
    priorities: tuple[str, ...]
    offer: Offer | None
    """The priorities it may choose from."""
    aims: tuple[AimRow, ...]
    chain: Chain

    @property
    def target_groups(self) -> tuple[str, ...]:
        """Those of all needs and objectives."""
        return rules.target_groups(row.aim for row in self.aims)

    def row(self, aim: int) -> AimRow | None:
        """Find a need or an objective."""
        return next((row for row in self.aims if row.id == aim), None)


def goal(session: Session, project: int, *, own: Path | None = None) -> Goal:
    """Give goal, priorities, needs, objectives and the chain of a project.

    Args:
        project: Which one.
        own: The user's folder of words and numbers.
    """
    home = session.get_one(records.Project, project)
    rows, chain = _whole(session, project)
    offer = priorities.offered(
        priorities.load(own), field=home.field, action=home.action, call_year=home.call_year
    )
    names = tuple(one.name for one in home.priorities)
    return Goal(
        *(project, home.acronym, home.shape, home.goal, home.summary, names, offer),
        *(rows, chain),
    )


def listed(session: Session, project: int, *, kind: AimKind | None = None) -> tuple[AimRow, ...]:
    """List needs and objectives, each need before its objectives."""
    rows, _ = _whole(session, project)
    return tuple(row for row in rows if kind is None or row.aim.kind is kind)


def some(session: Session, aims: Sequence[int]) -> tuple[AimRow, ...]:
    """List chosen ones, in the order of their ids given."""
    homes = set(session.scalars(select(records.Aim.project_id).where(records.Aim.id.in_(aims))))
    found = {row.id: row for project in homes for row in listed(session, project)}
    return tuple(found[one] for one in aims if one in found)


def one(session: Session, aim: int) -> AimRow:
    """Give one need or objective.

    Raises:
        Refused: It is gone.
    """
    found = some(session, [aim])
    if not found:
        raise Refused(f"There is no need or objective {aim} any more.")
    return found[0]


def choices(session: Session, project: int) -> tuple[Serving, ...]:
    """List all that can serve an aim of a project, in the order of the chain."""
    plan = _Plan(session, project)
    return tuple(sorted(plan.by_uid.values(), key=plan.order))


def found(session: Session, project: int, stage: Stage) -> Iterator[Found]:
    """Check how needs, objectives and what serves them hang together; while one applies."""
    if stage is not Stage.APPLYING:
        return
    rows, chain = _whole(session, project)
    home = session.get_one(records.Project, project)
    judged = home.shape is not ProjectShape.ACTIVITIES
    yield from goal_checks.found(Aimed([row.aim for row in rows], chain, judged))


def figures(session: Session, project: int, _today: date) -> Iterator[Figure]:
    """Give how many needs and objectives there are, and how many lines of the chain have gaps."""
    found = goal(session, project)

    def counted(name: str, title: str, ids: Sequence[int]) -> Figure:
        return Figure(f"aim.{name}", title, len(ids), Trace.rows("aim", ids))

    for kind, title in ((AimKind.NEED, "Needs"), (AimKind.OBJECTIVE, "Objectives")):
        mine = [row.id for row in found.aims if row.aim.kind is kind]
        yield counted(f"{kind.value}s", title, mine)
    gaps = [row.id for row in found.chain.rows if row.gaps]
    yield counted("gaps", "Lines from need to indicator with a gap", gaps)


# -- reading -------------------------------------------------------------------------------------


class _Plan:
    """What can serve the aims of a project."""

    def __init__(self, session: Session, project: int) -> None:
        self.units: list[Unit] = []
        self.by_uid: dict[tuple[str, str], Serving] = {}
        self.inside: dict[int, list[Serving]] = defaultdict(list)
        self._places: dict[int, int] = {}
        self._read_units(session, project)
        for table in (records.Deliverable, records.Milestone, records.Indicator):
            self._read(session, project, table)

    def _read_units(self, session: Session, project: int) -> None:
        unit = records.WorkUnit
        rows = session.execute(
            select(unit.id, unit.uid, unit.code, unit.title, unit.parent_id, unit.category)
            .where(unit.project_id == project)
            .order_by(unit.position, unit.id)
        )
        for row in rows:
            manages = management.is_management(row.category, row.title)
            self.units.append(Unit(row.id, row.code, row.title, row.parent_id, manages))
            found = Serving("work_unit", row.id, row.code, row.title)
            self.by_uid[("work_unit", row.uid)] = found
        self._places = {unit: at for at, unit in enumerate(rules.in_plan(self.units))}

    def order(self, one: Serving) -> tuple[Any, ...]:
        """Give what sorts by the place in the chain, then in the plan, then by code."""
        place = self._places.get(one.id, 0) if one.table == "work_unit" else 0
        return rules.LINKED.index(one.table), place, rules.in_order(one)

    def _read(self, session: Session, project: int, table: Any) -> None:
        rows = session.execute(
            select(table.id, table.uid, table.code, table.title, table.work_unit_id)
            .where(table.project_id == project)
            .order_by(table.id)
        )
        name: str = table.__tablename__
        for row in rows:
            found = Serving(name, row.id, row.code, row.title)
            self.by_uid[(name, row.uid)] = found
            if row.work_unit_id is not None:
                self.inside[row.work_unit_id].append(found)
        for mine in self.inside.values():
            mine.sort(key=self.order)


def _whole(session: Session, project: int) -> tuple[tuple[AimRow, ...], Chain]:
    """Give needs and objectives, each with its line of the chain, and the chain."""
    plan = _Plan(session, project)
    rows = _rows(session, project, plan)
    links = {row.id: row.links for row in rows}
    found = rules.chain([row.aim for row in rows], links, plan.units, plan.inside)
    lines = {line.id: line for line in found.rows}
    return tuple(replace(row, line=lines.get(row.id)) for row in rows), found


def _rows(session: Session, project: int, plan: _Plan) -> tuple[AimRow, ...]:
    aim, link = records.Aim, records.AimLink
    links: dict[int, list[Serving]] = defaultdict(list)
    for row in session.execute(
        select(link.aim_id, link.about, link.about_uid).where(link.project_id == project)
    ):
        served = plan.by_uid.get((row.about, row.about_uid))
        if served is not None:  # what was removed serves nothing; undo brings both back
            links[row.aim_id].append(served)
    found = session.execute(
        select(
            *(aim.id, aim.kind, aim.code, aim.text, aim.parent_id, aim.target_group, aim.source),
            aim.notes,
        )
        .where(aim.project_id == project)
        .order_by(aim.position, aim.id)
    ).all()
    names = {row.id: row.code or row.text for row in found}
    needs = [row for row in found if row.kind is AimKind.NEED]
    objectives = [row for row in found if row.kind is AimKind.OBJECTIVE]
    known = {row.id for row in needs}
    answering: dict[int | None, list[Any]] = defaultdict(list)
    for each in objectives:
        answering[each.parent_id].append(each)
    ordered: list[Any] = []
    for need in needs:
        ordered += [need, *answering[need.id]]
    ordered += [each for each in objectives if each.parent_id not in known]
    return tuple(
        AimRow(
            Aim(row.id, row.kind, row.code, row.text, row.parent_id, row.target_group, row.source),
            names.get(row.parent_id),
            tuple(sorted(links.get(row.id, ()), key=plan.order)),
            row.notes,
        )
        for row in ordered
    )
