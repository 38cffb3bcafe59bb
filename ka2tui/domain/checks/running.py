"""What the checks of a project under way look at: what happened, and what was to happen by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import timeline
from ka2tui.domain.application import Standing as DepartureStanding
from ka2tui.domain.indicators import Standing as Way
from ka2tui.domain.kinds import (
    AgreementState,
    DeliverableState,
    DisseminationState,
    MeetingKind,
    MeetingMode,
    PartnerRole,
    PlatformState,
    Term,
    WorkUnitState,
)
from ka2tui.domain.text import coded
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.domain.checks.stage import Stage
    from ka2tui.domain.deadlines import Deadline


@frozen
class Meeting:
    """A meeting or event that was not called off."""

    id: int
    title: str
    kind: MeetingKind = MeetingKind.OTHER
    mode: MeetingMode | None = None
    held: bool = False
    first: date | None = None
    last: date | None = None
    """Its last day; of one that is known to the month only, the month's last."""
    by_month: bool = False
    minutes: bool = False
    """Whether there are any: sent, a summary, or something written to a point."""
    agenda: int = 0
    """Points of the agenda."""
    listed: bool = False
    """Whether anybody is on its list, by name or by number."""
    counted: int | None = None
    """Heads on its list."""
    stated: int | None = None
    """As a report says."""
    event: bool = False
    """Whether it has a list of participants of its own, held against claims elsewhere."""


@frozen
class Attended:
    """An event or a part of the work: who took part, beside what is claimed."""

    about: str
    id: int
    called: str
    report: tuple[str, ...] = ()
    """How far its list is from what the report says."""
    fewer: tuple[str, ...] = ()
    """How many fewer came than the application expected."""
    nobody: bool = False
    """Whether it is over and nobody is on its list."""


@frozen
class Partner:
    """An organisation that takes part."""

    id: int
    called: str
    role: PartnerRole = PartnerRole.BENEFICIARY
    agreement: AgreementState = AgreementState.NONE
    silent: int | None = None
    """Days since it was last heard from; None: it never was."""
    heard: str = ""
    """The same in words."""
    joined: date | None = None
    paid_on: date | None = None
    """When it was sent money first."""


@frozen
class Left:
    """A partner that left, and still has something to do."""

    id: int
    called: str
    on: date
    has: tuple[str, ...]
    """What it still has: "2 open tasks"."""


@frozen
class PaperOwed:
    """A paper that is missing although its day is over."""

    partner: int
    called: str
    """The partner."""
    title: str
    due: date
    confirmed: bool = True
    """Whether a text was read that asks for it."""


@frozen
class Indicator:
    """A number by which the project says what it changed."""

    id: int
    called: str
    baseline: bool = True
    target: bool = True
    source: bool = True
    term: Term | None = None
    way: Way = Way.NOT_MEASURED
    stands: str = ""
    """How it stands, in words."""
    leads: str = ""
    """Where it leads, in words."""
    stale: bool = False
    """Whether it was measured once, and not for half a year."""
    measured_on: date | None = None
    """The day of its last value."""

    @property
    def measured(self) -> bool:
        """Whether it was ever."""
        return self.way is not Way.NOT_MEASURED


@frozen
class Act:
    """Something that spreads the word."""

    id: int
    title: str
    state: DisseminationState = DisseminationState.DONE
    last: date | None = None
    """The last day on which it is in time."""
    emblem: bool | None = None
    """None: nobody looked."""
    disclaimer: bool | None = None
    proved: bool = False
    """Whether there is a link, or proof."""
    reach: bool = False
    """Whether it is noted how many it reached."""

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return self.state is DisseminationState.DONE


@frozen
class Result:
    """A deliverable, and where it can be found."""

    id: int
    code: str
    title: str = ""
    due: date | None = None
    state: DeliverableState = DeliverableState.PLANNED
    delivered: bool = False
    languages: bool = False
    licence: bool = False
    looked_at: bool = False
    """Whether emblem and disclaimer were looked for."""
    address: bool = False
    """Whether it is noted where it can be found."""
    platform: PlatformState = PlatformState.NONE
    platform_on: date | None = None

    @property
    def said(self) -> str:
        """Code and title."""
        return coded(self.code, self.title)

    @property
    def done(self) -> bool:
        """Whether it was accepted."""
        return self.state.done

    def late(self, today: date) -> bool:
        """Tell whether its day is over, and it is not there."""
        there = self.delivered or self.done
        return not there and self.due is not None and self.due < today

    @property
    def begun(self) -> bool:
        """Whether anything of it is noted."""
        return self.delivered or self.state is not DeliverableState.PLANNED


@frozen
class Point:
    """A milestone that is not reached, and its day is over."""

    id: int
    said: str
    due: date


@frozen
class HeldUp:
    """A late task that others wait for."""

    id: int
    title: str
    due: date
    waiting: int


@frozen
class Unit:
    """A part of the work that is over by the plan."""

    id: int
    said: str
    end: date
    state: WorkUnitState
    parent: int | None = None
    """The part of the work it stands in."""


@frozen
class Hollow:
    """A part of the work that stands as done, and results of it are not there."""

    id: int
    said: str
    codes: tuple[str, ...]
    """Of the results."""


@frozen
class Due:
    """A line of a register that is due: a payment, a letter, a risk, a line of the log."""

    id: int
    said: str
    due: date
    note: str = ""
    ours: bool = True
    """Of a letter: whether the project owes the answer."""


@frozen
class Risk:
    """An open risk that weighs heavily, and nothing is written that is done about it."""

    id: int
    said: str
    level: str


@frozen
class Departure:
    """What departs from the approved application, in one record."""

    about: str
    """The table of the record, or of the promise that was kept, where the record is gone."""
    id: int
    said: str
    what: str
    """What differs: "end M12 → M14"."""
    standing: DepartureStanding
    asked_on: date | None = None


@frozen
class Unproved:
    """Something that is over or done, and proof of it is missing."""

    about: str
    id: int
    title: str
    asked: int
    missing: tuple[str, ...]


@frozen
class BrokenFile:
    """A file of proof that is not as it was filed."""

    id: int
    title: str
    gone: bool
    """Whether it is missing; else it was changed."""


@frozen
class Reports:
    """By when the agency wants reports, as far as it was entered or follows."""

    progress: date | None = None
    interim: date | None = None
    final: date | None = None
    dates: tuple[Deadline, ...] = ()
    """All dates that hang on the agreement, entered or derived."""
    sent: tuple[date, ...] = ()
    """Days on which a letter went out that names a report, or its step was done."""


@frozen
class Running:
    """A project on a day, as far as what is going on in it is looked at."""

    today: date
    stage: Stage
    start: date | None = None
    end: date | None = None
    meetings: tuple[Meeting, ...] = ()
    attended: tuple[Attended, ...] = ()
    partners: tuple[Partner, ...] = ()
    left: tuple[Left, ...] = ()
    papers: tuple[PaperOwed, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    acts: tuple[Act, ...] = ()
    results: tuple[Result, ...] = ()
    points: tuple[Point, ...] = ()
    reached: int = 0
    """Milestones that are."""
    held_up: tuple[HeldUp, ...] = ()
    tasks_kept: bool = True
    """Whether it is noted of any task that it was begun or done."""
    units: tuple[Unit, ...] = ()
    units_kept: bool = True
    """Whether it is noted of any part of the work how far it is."""
    hollow: tuple[Hollow, ...] = ()
    payments: tuple[Due, ...] = ()
    letters: tuple[Due, ...] = ()
    risks: tuple[Due, ...] = ()
    """Those to be looked at again."""
    heavy: tuple[Risk, ...] = ()
    any_risk: bool = True
    """Whether any was ever written down."""
    lines: tuple[Due, ...] = ()
    """Of the log of the project's management."""
    departures: tuple[Departure, ...] = ()
    kept: bool = True
    """Whether the application is kept as it was approved."""
    unproved: tuple[Unproved, ...] = ()
    filed: bool = True
    """Whether any proof is filed at all."""
    broken: tuple[BrokenFile, ...] = ()
    reports: Reports = Reports()

    @property
    def month(self) -> int | None:
        """The project month this day lies in."""
        return None if self.start is None else timeline.month_of(self.start, self.today)

    @property
    def passed(self) -> int | None:
        """Per cent of its time that lies behind."""
        if self.start is None or self.end is None or self.end < self.start:
            return None
        whole = (self.end - self.start).days + 1
        return min(max((self.today - self.start).days, 0) * 100 // whole, 100)

    @property
    def over(self) -> bool:
        """Whether its last day lies behind."""
        return self.end is not None and self.end < self.today


def named(names: list[str], most: int = 3) -> str:
    """Name a few, and say how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
