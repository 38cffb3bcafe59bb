"""The teller of the example project: its days, and what happens on each of them, in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui import datafiles
from ka2tui.domain import due as dates
from ka2tui.domain import instants, timeline
from ka2tui.domain.kinds import PhaseKind
from ka2tui.frozen import frozen
from ka2tui.queries.references import find
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Phase

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.store.operation import Operation

Row = dict[str, Any]

_MOMENT = re.compile(r"M(?P<month>-?\d+)\.(?P<day>\d+)|(?P<away>[+-]?\d+)d")
_MONTH = re.compile(r"M(\d+)")
_BETWEEN = timedelta(minutes=11)


# --- days ---------------------------------------------------------------------------------------


@frozen
class Calendar:
    """Days as the data files write them, around the day that is today."""

    start: date
    """The project's first day."""
    today: date

    def day(self, text: str) -> date:
        """Give the day of "M5.12" or "-3d".

        Raises:
            ValueError: It is neither.
        """
        found = _MOMENT.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no day of the example project")
        if found["away"]:
            return self.today + timedelta(days=int(found["away"]))
        first = timeline.month_start(self.start, int(found["month"]))
        return first + timedelta(days=int(found["day"]) - 1)

    def past(self, text: str) -> date:
        """Give the day on which something happened: a working day, at the latest yesterday."""
        return worked(min(self.day(text), self.today - timedelta(days=1)))

    def due(self, text: str) -> dates.Due:
        """Give a deadline: "M5" is known to the month, the rest to the day, later a working day."""
        month = _MONTH.fullmatch(text)
        if month is None:
            day = self.day(text)
            return dates.due(day if day <= self.today + timedelta(days=1) else worked(day))
        return dates.due(None, int(month[1]), start=self.start)

    def gathering(self, row: Row) -> tuple[date, date, time, str]:
        """Give first and last day, time and zone of a meeting that fits into a working week."""
        moment, hour, zone = row["at"].split(" ")
        first, more = self.day(moment), row.get("days", 1) - 1
        first -= timedelta(days=max(first.isoweekday() + more - 5, 0))
        return first, first + timedelta(days=more), instants.read_time(hour), zone


def worked(day: date) -> date:
    """Give a day itself, or the Friday before a Saturday or Sunday."""
    return day - timedelta(days=max(day.isoweekday() - 5, 0))


def morning(day: date) -> datetime:
    """Give when the first thing of a day happens: not always at the same minute."""
    return datetime.combine(day, time(7, 10, tzinfo=UTC)) + timedelta(
        minutes=day.toordinal() * 37 % 240
    )


def _phase_of(session: Session, project: int, kind: str) -> int:
    mine = select(Phase.id).where(Phase.project_id == project, Phase.kind == PhaseKind(kind))
    return session.scalars(mine).one()


# --- the story ----------------------------------------------------------------------------------


@frozen
class Called:
    """A record by what it is called; looked up on the day it is needed."""

    kind: str
    name: str


class _ThatDay:
    """Stands for the day on which something happens."""


DAY = _ThatDay()


@dataclass(frozen=True, slots=True, order=True)
class _Event:
    """One thing that happens."""

    day: date
    number: int
    """Its place among those of its day."""
    actor: str = field(compare=False)
    change: Operation[..., Any] = field(compare=False)
    given: tuple[Any, ...] = field(compare=False)
    named: dict[str, Any] = field(compare=False)


class Story:
    """What happens in the project, told day by day into a database."""

    def __init__(self, place: str, today: date) -> None:
        self.facts = datafiles.read_toml("demo/project.toml")
        self.people = datafiles.read_toml("demo/partners.toml")
        first = timeline.add_months(today.replace(day=1), 1 - self.facts["month_of_today"])
        self.calendar = Calendar(first, today)
        self.coordinator: str = self.people["partner"][0]["contact"][0]["name"]
        self.now = morning(today)
        self.portfolio = Portfolio.open(
            place, actor=self.coordinator, create=False, draft=True, now=lambda: self.now
        )
        self.project = 0
        self._events: list[_Event] = []

    def at(
        self,
        when: str | date,
        change: Operation[..., Any],
        *given: Any,
        actor: str | None = None,
        after: date | None = None,
        **named: Any,
    ) -> date:
        """Note what happens on a day, or on a later one it has to wait for; give that day."""
        day = when if isinstance(when, date) else self.calendar.past(when)
        day = max(day, after or day)
        who = actor or self.coordinator
        self._events.append(_Event(day, len(self._events), who, change, given, named))
        return day

    def happen(self) -> None:
        """Let everything that was noted happen, in the order of its days."""
        before = None
        for event in sorted(self._events):
            self.now = self.now + _BETWEEN if event.day == before else morning(event.day)
            before = event.day
            self._happen(event)

    def _happen(self, event: _Event) -> None:
        self.portfolio.actor = event.actor
        given = [self._meant(one, event.day) for one in event.given]
        named = {name: self._meant(one, event.day) for name, one in event.named.items()}
        self.portfolio.do(event.change, *given, **named)

    def _meant(self, value: Any, day: date) -> Any:
        """Give what an argument stands for on its day."""
        if isinstance(value, list):
            return [self._meant(one, day) for one in value]
        if isinstance(value, _ThatDay):
            return day
        if not isinstance(value, Called):
            return value
        if value.kind == "phase":
            return self.portfolio.ask(_phase_of, self.project, value.name)
        return self.portfolio.ask(find, value.kind, self.project, value.name)

    def person(self, who: str | None) -> str:
        """Give who reports on something: a person of the consortium."""
        for partner in self.people["partner"]:
            names = [person["name"] for person in partner["contact"]]
            if partner.get("role") == "associated":
                continue
            if who in names or who == partner["acronym"]:
                return str(who if who in names else names[0])
        return self.coordinator
