"""What the checks look at: one project as frozen rows, gathered once."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from ka2tui.domain.kinds import (
    AgreementState,
    DeliverableState,
    PartnerRole,
    Precision,
    ProjectShape,
    ProposalOutcome,
    WorkUnitKind,
    WorkUnitState,
)
from ka2tui.domain.organisation_sorts import load as load_sorts
from ka2tui.domain.text import coded
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from ka2tui.domain.checks.stage import Stage
    from ka2tui.domain.organisation_sorts import Sort


@frozen
class Project:
    """What the project itself says."""

    id: int = 0
    acronym: str = ""
    title: str = ""
    agreement: str | None = None
    action: str | None = None
    field: str | None = None
    call: str | None = None
    call_year: int | None = None
    shape: ProjectShape = ProjectShape.WORK_PACKAGES
    managed_by: str | None = None
    start: date | None = None
    end: date | None = None
    months: int | None = None
    grant_cents: int | None = None
    currency: str = "EUR"
    goal: str | None = None
    summary: str | None = None
    application_deadline: datetime | None = None
    application_zone: str | None = None
    submitted_on: date | None = None
    outcome: ProposalOutcome | None = None
    priorities: tuple[str, ...] = ()


@frozen
class Member:
    """A partner that has not left."""

    id: int
    called: str
    """Its acronym, else its name."""
    country: str | None = None
    """ISO 3166 alpha-2."""
    role: PartnerRole = PartnerRole.BENEFICIARY
    name: str = ""
    oid: str | None = None
    pic: str | None = None
    sort: str | None = None
    """An id of data/organisation_sorts.toml."""
    established_on: date | None = None
    eche: bool | None = None
    applications: int | None = None
    newcomer: bool | None = None
    agreement_state: AgreementState = AgreementState.NONE
    contacts: int = 0
    tasks: int = 0
    """How many tasks it or its people have, done ones included."""
    costs: int = 0
    """How many lines of days or money it has."""

    @property
    def funded(self) -> bool:
        """Whether it gets money, and so counts for the minimum."""
        return self.role is not PartnerRole.ASSOCIATED


@frozen
class Portion:
    """One partner's part of a part of the work."""

    partner: int
    cents: int | None


@frozen
class Unit:
    """A work package, an activity or a budget heading."""

    id: int
    code: str
    title: str = ""
    kind: WorkUnitKind = WorkUnitKind.WORK_PACKAGE
    parent: int | None = None
    category: str | None = None
    lead: int | None = None
    start_month: int | None = None
    end_month: int | None = None
    start: date | None = None
    end: date | None = None
    cents: int | None = None
    state: WorkUnitState = WorkUnitState.PLANNED
    about: str = ""
    """Its objectives and expected results, as written."""
    tasks: int = 0
    """How many tasks it has that were not called off, done ones included."""
    meetings: int = 0
    indicators: int = 0
    shares: tuple[Portion, ...] = ()

    @property
    def top(self) -> bool:
        """Whether it stands in no other."""
        return self.parent is None

    @property
    def live(self) -> bool:
        """Whether it was not called off."""
        return self.state is not WorkUnitState.CANCELLED

    @property
    def described(self) -> bool:
        """Whether objectives or expected results are written down."""
        return bool(self.about)

    @property
    def said(self) -> str:
        """Code and title."""
        return coded(self.code, self.title)


@frozen
class Result:
    """A deliverable."""

    id: int
    code: str
    title: str = ""
    unit: int | None = None
    lead: int | None = None
    due: date | None = None
    due_month: int | None = None
    precision: Precision = Precision.DAY
    state: DeliverableState = DeliverableState.PLANNED


@frozen
class Point:
    """A milestone."""

    id: int
    code: str
    title: str = ""
    unit: int | None = None
    due: date | None = None
    due_month: int | None = None
    precision: Precision = Precision.DAY
    reached_on: date | None = None


@frozen
class Money:
    """What was paid, in cents."""

    received: int = 0
    """From the agency."""
    passed_on: tuple[tuple[int, int], ...] = ()
    """To each partner: its id and how much."""


@frozen
class Subject:
    """One project on one day, as far as its checks look at it."""

    project: Project
    stage: Stage
    today: date
    members: tuple[Member, ...] = ()
    units: tuple[Unit, ...] = ()
    results: tuple[Result, ...] = ()
    points: tuple[Point, ...] = ()
    money: Money = Money()
    indicators: int = 0
    disseminations: int = 0
    """How many acts of sharing are planned or done."""
    offered: tuple[str, ...] = ()
    """Titles of the EU priorities it may choose from, as far as they are known ..."""
    offered_in: str = ""
    """... and what they are: of which call."""
    sorts: Mapping[str, Sort] = field(default_factory=load_sorts)
    """What organisations can be, ours or the user's own."""

    @property
    def parts(self) -> tuple[Unit, ...]:
        """The parts the grant is divided into: what stands in no other, not called off."""
        return tuple(unit for unit in self.units if unit.top and unit.live)

    def unit(self, record: int | None) -> Unit | None:
        """Give a part of the work by its id."""
        return next((unit for unit in self.units if unit.id == record), None)
