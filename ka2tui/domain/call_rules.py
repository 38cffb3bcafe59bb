"""What the rules of one call year say: of each action, of dates, of countries, of decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from ka2tui.domain import instants, timeline
from ka2tui.domain.reductions import Band
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

PROGRAMME = "programme"
"""How a country stands whose organisations take part like those of a Member State."""

LASTING = "NA"
"""Whose actions kept minimum, durations and lump sums in all calls since 2022 that are known."""

_YEAR = re.compile(r"-20\d\d(?=-)")
_APART = re.compile(r"[\s_-]+")
_WORD = re.compile(r"\w+")
_PLURAL = re.compile(r"ies$")


@frozen
class Value:
    """One value of the rules, and how sure it is."""

    value: Any
    source: str
    """A key of the sources; of an own value the words of the user."""
    place: str | None
    confirmed: bool
    """Whether a text was read for it; else it is a default to check in the guide."""
    note: str | None = None
    own: bool = False
    """Whether the project's own agreement says so, which wins over every guide."""
    carried: int | None = None
    """The call whose rules say so, where that is another than the one that is meant."""
    lasts: bool = False
    """Whether it is confirmed there, and its action keeps its rules to the call that is meant."""

    @property
    def firm(self) -> bool:
        """Whether one can go by it: a text was read for it, be it the guide of a call near by."""
        return self.confirmed or self.lasts

    def taken_over(self, call_year: int, *, lasting: bool) -> Value:
        """Give the same value for another call, where it is not confirmed.

        Args:
            call_year: Of the call that it is from.
            lasting: Whether its action keeps its rules from the one call to the other.
        """
        carried = call_year if self.carried is None else self.carried
        return replace(self, confirmed=False, carried=carried, lasts=lasting and self.firm)


@frozen
class Criterion:
    """One criterion by which applications are judged."""

    id: str
    """relevance, design, partnership or impact."""
    most: int
    least: int
    """With fewer points the application cannot be funded, whatever the others give."""


@frozen
class Award:
    """How applications are judged."""

    threshold: int
    criteria: tuple[Criterion, ...]
    """Their points come to 100."""
    tie_break: tuple[str, ...]
    source: str
    place: str | None
    confirmed: bool
    since: int | None = None
    """The first call for which this threshold is told."""
    before: int | None = None
    """The threshold that calls before that had: never confirmed."""

    def taken_over(self, call_year: int | None) -> Award:
        """Give the same for another call, with nothing confirmed; None is one that is not known."""
        if self.before is None or self.since is None or (call_year or self.since) >= self.since:
            return replace(self, confirmed=False)
        remembered = f"the threshold of calls before {self.since} is remembered, not read"
        place = f"{self.place}; {remembered}" if self.place else remembered
        return replace(self, threshold=self.before, place=place, confirmed=False)


@frozen
class Part:
    """One thing that the minimum asks besides numbers: so many organisations of some sorts."""

    sorts: tuple[str, ...]
    """Ids of sorts of organisations, any of which counts; none: organisations of every sort."""
    organisations: int
    where: str
    """Where they must be: a key of `PLACES`."""
    countries: int
    """From how many different countries they must be."""
    text: str
    """The same in words: "two higher education institutions from each of ..."."""
    source: str
    place: str | None
    confirmed: bool
    carried: int | None = None
    """The call whose rules say so, where that is another than the one that is meant."""

    def taken_over(self, call_year: int) -> Part:
        """Give the same for another call, where it is not confirmed."""
        carried = call_year if self.carried is None else self.carried
        return replace(self, confirmed=False, carried=carried)


PLACES = {
    "anywhere": "",
    "programme": "in EU Member States or associated countries",
    "elsewhere": "in countries neither in the EU nor associated",
    "elsewhere_as_many": "there, at least as many as in EU and associated countries",
    "each_country": "in each country",
    "each_programme_country": "in each EU Member State or associated country",
    "each_other_country": "in each country neither in the EU nor associated",
    "coordinator_country": "in the coordinator's country",
    "other_country": "outside the coordinator's country",
}
"""Where organisations of a sort are asked for."""


@frozen
class Reductions:
    """By how much the grant is reduced when the final report is judged low."""

    bands: tuple[Band, ...]
    """The highest scores first."""
    source: str
    place: str | None
    confirmed: bool


@frozen
class Round:
    """One deadline of an action in a call."""

    title: str
    year: int
    """The year it lies in."""
    month: int
    day: int
    hour: time
    zone: str
    starts: tuple[int, int] | None
    """First and last month in which projects of this round begin; 13 is January of the next year.
    None where any may."""
    rules: int
    """The call year whose rules say so: another than `year` where they were carried over."""
    confirmed: bool
    source: str = ""
    place: str | None = None

    @property
    def at(self) -> datetime:
        """The instant, in UTC."""
        return instants.instant(self.on, self.hour, self.zone)

    @property
    def on(self) -> date:
        """The day in its own zone."""
        last = timeline.days_in(self.year, self.month)
        return date(self.year, self.month, min(self.day, last))

    def fits(self, start: date) -> bool:
        """Tell whether a project of this round may begin on a day."""
        if self.starts is None:
            return start >= self.on
        month = (start.year - self.year) * timeline.MONTHS_PER_YEAR + start.month
        return self.starts[0] <= month <= self.starts[1]


@frozen
class ActionRules:
    """What the rules of one call year say of one action."""

    id: str
    name: str
    call_year: int
    codes: tuple[str, ...]
    managed_by: str
    """NA or EACEA."""
    place: str | None
    values: Mapping[str, Value]
    """By the names of `rule_keys.KEYS`; what a file does not say is not there."""
    rounds: tuple[Round, ...] = ()
    award: Award | None = None
    composition: tuple[Part, ...] = ()
    reductions: Reductions | None = None
    as_in: int | None = None
    """The call whose rules hold, unconfirmed, for what is not said here."""
    said_in: tuple[int, ...] = ()
    """The calls whose rules these are, where some are taken from others."""
    only_this_call: bool = False
    """Whether they say nothing of other calls: what was so once, and was changed."""
    since: int | None = None
    """The first call that has the action, where it began later than its programme."""

    def get(self, key: str) -> Value | None:
        """Give a value of the rules; None where they do not say."""
        return self.values.get(key)

    def number(self, key: str) -> int | None:
        """Give a value that is a whole number."""
        found = self.values.get(key)
        return found.value if found is not None and isinstance(found.value, int) else None

    def several(self, key: str) -> tuple[Any, ...]:
        """Give a value that is a list; an empty one where the rules do not say."""
        found = self.values.get(key)
        return tuple(found.value) if found is not None and isinstance(found.value, tuple) else ()

    def word(self, key: str) -> str | None:
        """Give a value that is a text."""
        found = self.values.get(key)
        return found.value if found is not None and isinstance(found.value, str) else None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that have this action, where its codes name them: SCH, VET, ADU, YOU."""
        found = (code.removeprefix(f"{self.id}-") for code in self.codes)
        return tuple(it for it in found if re.fullmatch(r"SCH|VET|HED|ADU|YOU", it))

    def covers(self, action: str) -> bool:
        """Tell whether a code names this action: KA220, KA220-SCH, ERASMUS-EDU-2027-PEX-COVE.

        So does its name, also of one project, and the end of its code as people write it: CBHE
        Strand 2, Knowledge Alliance.
        """
        wanted = _YEAR.sub("", _APART.sub("-", action.strip().upper()))
        codes = {self.id, *(_YEAR.sub("", code) for code in self.codes)}
        if wanted in codes or any(f"-{code}-" in f"-{wanted}-" for code in codes):
            return True
        ends = "-" in wanted and any(code.endswith(f"-{wanted}") for code in codes)
        return ends or _said(action) == _said(self.name)

    def filled(self, other: ActionRules) -> ActionRules:
        """Take what is not said here from the rules of another call, with nothing confirmed.

        Deadlines are not taken, nor when their projects begin: they belong to one call.
        """
        there = other.unsure(near=True)
        mine = bool(self.values or self.award or self.composition or self.reductions)
        said_in = {*(other.said_in or (other.call_year,)), *((self.call_year,) if mine else ())}
        return replace(
            self,
            said_in=tuple(sorted(said_in)),
            codes=tuple(dict.fromkeys((*self.codes, *there.codes))),
            values={**there.values, **self.values},
            award=self.award or there.award,
            composition=self.composition or there.composition,
            reductions=self.reductions or there.reductions,
        )

    def unsure(self, *, near: bool) -> ActionRules:
        """Give the same rules with nothing confirmed, as for another call year.

        Args:
            near: Whether a later call of the same programme is known, so that what is confirmed
                here can be gone by there.
        """
        lasting = near and self.managed_by == LASTING
        return replace(
            self,
            values={
                key: it.taken_over(self.call_year, lasting=lasting)
                for key, it in self.values.items()
            },
            rounds=tuple(replace(it, confirmed=False) for it in self.rounds),
            award=self.award and replace(self.award, confirmed=False),
            composition=tuple(it.taken_over(self.call_year) for it in self.composition),
            reductions=self.reductions and replace(self.reductions, confirmed=False),
        )


@frozen
class Derived:
    """A date counted from another one."""

    id: str
    title: str
    anchor: str
    """What it is counted from: project_start, project_end, report_due, final_payment ..."""
    days: int
    months: int
    years: int
    longer_than: int
    """Only for projects of more months than this."""
    confirmed: bool
    note: str
    source: str = ""
    place: str | None = None
    usual: bool = True
    """Whether agreements usually say so; else it is good practice."""

    def day(self, anchor: date) -> date | None:
        """Count from a day; None beyond the calendar."""
        months = self.months + timeline.MONTHS_PER_YEAR * self.years
        try:
            return timeline.add_months(anchor + timedelta(days=self.days), months)
        except (OverflowError, Refused):
            return None

    @property
    def formula(self) -> str:
        """Say how it is counted: end + 60 days."""
        parts = [(self.days, "day"), (self.months, "month"), (self.years, "year")]
        number, unit = next(((n, unit) for n, unit in parts if n), (0, "day"))
        sign = "-" if number < 0 else "+"
        named = self.anchor.removeprefix("project_").replace("_", " ")
        return f"{named} {sign} {abs(number)} {unit}{'' if abs(number) == 1 else 's'}"


@frozen
class Decision:
    """When results and signatures usually come, in months after the deadline."""

    letter_months: int
    signature_months: int
    source: str
    place: str | None
    confirmed: bool


@frozen
class Quality:
    """What experts call a score: from which points on, by the most a criterion can give."""

    bands: Mapping[int, tuple[tuple[str, int], ...]]
    """30: very_good from 26, good from 21, fair from 15, weak from 0."""
    source: str
    confirmed: bool

    def word(self, points: int, most: int) -> str | None:
        """Name a score: "very_good"; None where a criterion of that size has no words."""
        return next((word for word, least in self.bands.get(most, ()) if points >= least), None)


@frozen
class CountryRule:
    """How a country stands in some calls, where that is not what the list of countries says."""

    code: str
    """ISO 3166 alpha-2."""
    status: str
    """`programme`, or the number of a region of the guide."""
    first: int
    last: int
    source: str
    place: str | None
    confirmed: bool


@frozen
class CallRules:
    """The rules of one call year, or of several that had the same."""

    year: int
    """The call year; of several the last."""
    first: int
    """The call year; of several the first."""
    file: str
    version: str
    actions: tuple[ActionRules, ...] = ()
    derived: Mapping[str, Derived] = field(default_factory=dict)
    quality: Quality | None = None
    decision: Mapping[str, Decision] = field(default_factory=dict)
    countries: tuple[CountryRule, ...] = ()
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Those that the file brings along, by their key."""

    @property
    def id(self) -> str:
        """What the file is known by among the others."""
        return str(self.year)

    @property
    def position(self) -> int:
        """Its place among the others."""
        return self.year

    @property
    def years(self) -> str:
        """Say for which calls it is: "2025", "2014-2020"."""
        return str(self.year) if self.first == self.year else f"{self.first}-{self.year}"

    def holds(self, year: int) -> bool:
        """Tell whether a call year is one of these."""
        return self.first <= year <= self.year

    def distance(self, year: int) -> int:
        """Tell how many years away a call is."""
        return max(self.first - year, year - self.year, 0)

    def action(self, code: str | None) -> ActionRules | None:
        """Find the rules of an action by its code."""
        return next((it for it in self.actions if code and it.covers(code)), None)


@cache
def _said(name: str) -> tuple[str, ...]:
    """Reduce the name of an action to what is compared: its words, each of one thing."""
    words = (each for each in _WORD.findall(fold(name)) if each != "erasmus")
    return tuple(_PLURAL.sub("y", each) if _PLURAL.search(each) else each.removesuffix("s")
                 for each in words)  # fmt: skip
