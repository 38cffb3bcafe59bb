"""The rules of all calls, and those that hold for one project.

What its own grant agreement says wins over everything here; rules of another call year are offered
where those of its own are not known, and then nothing of them counts as confirmed.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from ka2tui import datafiles
from ka2tui.domain import (
    borrowed_rules,
    organisation_sorts,
    own_files,
    rule_reading,
    unchanged_rules,
)
from ka2tui.domain.call_rules import PROGRAMME, ActionRules, CallRules, CountryRule, Value
from ka2tui.domain.countries import country
from ka2tui.domain.own_files import Broken, Found
from ka2tui.domain.text import clean, fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path


T = TypeVar("T")

FOLDER = "rules"
_SOURCES, _SORTS = "sources.toml", "organisation_sorts.toml"
AGREEMENT = "your grant agreement"
"""The source of a value that the project's own agreement has otherwise."""

OLDER_UNTIL = 2020
"""The last call of the programme before: its rules say nothing of later calls, nor they of it."""

LISTED = range(2021, 2027)
"""The calls whose countries `data/countries.csv` has; from 2027 on some may change."""

_YEAR = re.compile(r"(?<!\d)20[1-9]\d(?!\d)", re.ASCII)
_AGENCY = re.compile(r"KA2\d\d", re.ASCII)
_FIRST_ROUND = 9
"""The month from which on projects of the first round of a call begin."""

_MEMBER = "EU Member State"


@frozen
class _Reader:
    """Reads a file of rules; two that know the same sources and sorts are the same."""

    sources: frozenset[str]
    sorts: tuple[str, ...]

    def __call__(self, data: Mapping[str, Any] | None, name: str, written: str) -> CallRules:
        return rule_reading.read(written, name, sources=self.sources, sorts=self.sorts, data=data)


def shelf(own: Path | None = None) -> Found[CallRules]:
    """Give the rules of all calls, those of the user's that cannot be read, and where each lies.

    Args:
        own: The user's folder of words and numbers: a file there takes the place of ours of the
            same name, one of another name adds its call.

    Raises:
        Refused: One of ours cannot be read.
    """
    reader, broken = _reader(own)
    found = own_files.found(FOLDER, reader, own, head="", key="call_year")
    leading_nowhere = _leading_nowhere(found)
    while leading_nowhere:
        found = _without(leading_nowhere, found, reader)
        leading_nowhere = _leading_nowhere(found)
    return replace(found, broken=(*broken, *found.broken)) if broken else found


def _leading_nowhere(found: Found[CallRules]) -> dict[str, Broken]:
    """Give the files of the user's that take rules from where there are none, by their id."""
    broken = {}
    for call in found.entries:
        path = found.files[call.id]
        if call.id in found.own and any(borrowed_rules.leading_nowhere(call, found.entries)):
            faults = borrowed_rules.faults(
                call, path.read_text("utf-8-sig", "replace"), found.entries
            )
            broken[call.id] = Broken(path, f"{rule_reading.BrokenRules(faults)}")
    return broken


def _without(
    broken: Mapping[str, Broken], found: Found[CallRules], reader: _Reader
) -> Found[CallRules]:
    """Leave files out; where one stands in the place of one of ours, that is taken again."""
    kept = {call.id: call for call in found.entries if call.id not in broken}
    files = {key: path for key, path in found.files.items() if key not in broken}
    ours = {*datafiles.names(FOLDER, ".toml")}
    for each in broken.values():
        name = f"{FOLDER}/{each.file.name}"
        if name in ours:
            call = reader(None, name, datafiles.read_text(name))
            kept.setdefault(call.id, call)
            files.setdefault(call.id, datafiles.find(name))
    return Found(
        tuple(sorted(kept.values(), key=lambda it: it.position)),
        files,
        found.own - broken.keys(),
        (*found.broken, *broken.values()),
    )


def faults(written: str, name: str, own: Path | None = None) -> tuple[rule_reading.Fault, ...]:
    """Give everything that is wrong in a file of rules; nothing where it can be used.

    Args:
        written: The file as it stands.
        name: What it is called in what is said.
        own: The user's folder of words and numbers.
    """
    reader, _ = _reader(own)
    try:
        call = reader(None, name, written)
    except rule_reading.BrokenRules as broken:
        return broken.faults
    known = own_files.found(FOLDER, reader, own, head="", key="call_year").entries
    return borrowed_rules.faults(call, written, known)


def _reader(own: Path | None) -> tuple[_Reader, tuple[Broken, ...]]:
    """Give what reads files of rules, and which lists beside them cannot be read."""
    known, no_sources = _listed(own)
    sorts, no_sorts = _or_ours(_SORTS, own, organisation_sorts.load)
    # ours name sources and sorts of ours, whatever the user's lists have
    every = tuple(dict.fromkeys([*organisation_sorts.load(), *sorts]))
    return _Reader(frozenset(known), every), (*no_sources, *no_sorts)


def _listed(own: Path | None) -> tuple[dict[str, Mapping[str, Any]], tuple[Broken, ...]]:
    """Give the sources of ours, with those of the user's list over them."""
    mine, broken = _or_ours(_SOURCES, own, _rows)
    return {**_rows(None), **mine}, broken


def _rows(own: Path | None) -> Mapping[str, Mapping[str, Any]]:
    return own_files.one(_SOURCES, _tables, own)


def _tables(data: Mapping[str, Any], _: str) -> Mapping[str, Mapping[str, Any]]:
    return {key: row for key, row in data.items() if isinstance(row, dict)}


def _or_ours(
    name: str, own: Path | None, read: Callable[[Path | None], T]
) -> tuple[T, tuple[Broken, ...]]:
    """Read a list of the user's, or ours where theirs cannot be read."""
    found, fault = own_files.or_ours(read, own)
    return found, (Broken(datafiles.find(name, own), fault),) if fault else ()


def load(own: Path | None = None) -> tuple[CallRules, ...]:
    """Give the rules of all calls, the earliest first; see `shelf`."""
    return shelf(own).entries


def sources(own: Path | None = None) -> dict[str, Mapping[str, Any]]:
    """Give all sources there are: those of sources.toml, and those that files of rules bring."""
    brought = {key: row for call in load(own) for key, row in call.sources.items()}
    return {**brought, **_listed(own)[0]}


@frozen
class OwnValue:
    """A value as the project's own agreement has it."""

    value: Any
    """As `rule_keys.checked` gives it."""
    source: str | None
    """Where it stands, in the user's words."""


@frozen
class Standing:
    """How a country stands in one call."""

    code: str
    name: str
    in_programme: bool
    region: str
    """`programme`, the number of a region of the guide, or "" where that is not known."""
    counts_as: str
    """Its own code, or that of the Member State it counts as."""
    confirmed: bool


@frozen
class Applied:
    """The rules that hold for one project."""

    rules: ActionRules
    call: CallRules
    """Where they are from."""
    year: int | None
    """The call year that was asked for; None where the project's is not known."""
    countries: Mapping[str, CountryRule] = field(default_factory=dict)

    @property
    def carried(self) -> bool:
        """Whether they are those of another call: what differs from call to call is not sure."""
        return self.year is None or not self.call.holds(self.year)

    @property
    def says(self) -> str:
        """Say which rules they are: "KA220, call 2025"."""
        if not self.carried:
            return self.named
        if self.year is None:
            return f"{self.named}: no call year is entered"
        lasting = any(it.lasts for it in self.rules.values.values())
        so = f"those of {self._where} are gone by" if lasting else "nothing is confirmed"
        return f"{self.named}: the rules of call {self.year} are not known here, so {so}"

    @property
    def named(self) -> str:
        """Name them: "KA220, call 2025", "KA220, as in call 2025"."""
        if not self.carried:
            return f"{self.rules.name}, call {self.year}"
        return f"{self.rules.name}, as in {self._where}"

    @property
    def of_year(self) -> int:
        """The call they are of: where they stand in for those of another, where they were read."""
        return self.rules.said_in[-1] if self.carried and self.rules.said_in else self.call.year

    @property
    def _where(self) -> str:
        """Name the call where they were read, or several."""
        if not self.rules.said_in:
            return f"call {self.call.years}"
        *first, last = (str(year) for year in self.rules.said_in)
        return f"calls {', '.join(first)} and {last}" if first else f"call {last}"

    def get(self, key: str) -> Value | None:
        """Give a value of the rules; None where they do not say."""
        return self.rules.get(key)

    def number(self, key: str) -> int | None:
        """Give a value that is a whole number."""
        return self.rules.number(key)

    def several(self, key: str) -> tuple[Any, ...]:
        """Give a value that is a list; an empty one where the rules do not say."""
        return self.rules.several(key)

    def word(self, key: str) -> str | None:
        """Give a value that is a text."""
        return self.rules.word(key)

    def standing(self, code: str) -> Standing | None:
        """Tell how a country stands in this call; None for a code nobody has.

        Args:
            code: ISO 3166 alpha-2.
        """
        found = country(code)
        if found is None:
            return None
        rule = self.countries.get(found.code)
        sure = found.status == _MEMBER or self.year in LISTED
        region = rule.status if rule is not None else found.region
        return Standing(
            code=found.code,
            name=found.name,
            in_programme=region == PROGRAMME,
            region=region,
            counts_as=found.counts_as or found.code,
            confirmed=rule.confirmed if rule is not None else sure,
        )

    def with_agreement(self, own: Mapping[str, OwnValue]) -> Applied:
        """Let the values of the project's own agreement win; they count as confirmed.

        Args:
            own: By the names of `rule_keys.KEYS`.
        """
        values = dict(self.rules.values)
        for key, given in own.items():
            source = f"{AGREEMENT}: {given.source}" if given.source else AGREEMENT
            values[key] = Value(given.value, source, None, confirmed=True, own=True)
        return replace(self, rules=replace(self.rules, values=values))


def of(known: Sequence[CallRules], action: str | None, call_year: int | None) -> Applied | None:
    """Find the rules of an action in a call, else those of the nearest call that has it.

    Args:
        known: As `load` gives them.
        action: Its code: KA220, KA220-SCH, ERASMUS-EDU-2026-PEX-COVE.
        call_year: None takes the latest call that has it, as of another call: then only what is
            the same in all of them counts as confirmed.
    """
    for call in by_distance(known, call_year):
        rules = call.action(action)
        there = call_year is not None and call.holds(call_year)
        near = call_year is not None and call_year <= max(it.year for it in known)
        if rules is None or (rules.only_this_call and not there):
            continue
        if rules.since is not None and call_year is not None and call_year < rules.since:
            continue
        rules = borrowed_rules.whole(rules, known)
        if not there:
            rules = rules.unsure(near=near)
            award = rules.award and rules.award.taken_over(call_year)
            rules = replace(rules, award=award)
        if call_year is None:
            older = call.year <= OLDER_UNTIL
            same = [it for it in known if (it.year <= OLDER_UNTIL) == older]
            said = [it for each in same if (it := each.action(action)) is not None]
            rules = unchanged_rules.confirmed(rules, said)
        return Applied(
            rules,
            call,
            call_year,
            _countries(known, call.year if call_year is None else call_year),
        )
    return None


def absent(known: Sequence[CallRules], action: str | None, call_year: int | None) -> str | None:
    """Say that a call had no such action, where it is known of other calls only.

    Args:
        known: As `load` gives them.
        action: Its code.
        call_year: None says nothing.

    Returns:
        A sentence without its end; None where the call may have it, and where nothing is known.

    Source: programmes of 2014-2020 and 2021-2027; for single actions their first call.
    """
    if action is None or call_year is None or of(known, action, call_year) is not None:
        return None
    rules = next((it for call in known if (it := call.action(action)) is not None), None)
    if rules is None:
        return None
    if call_year <= OLDER_UNTIL or rules.since is None:
        older = rules.call_year <= OLDER_UNTIL
        whence = f"of the programme {'2014-2020' if older else '2021-2027'}"
    else:
        whence = f"new in call {rules.since}"
    said = clean(action)
    name = "" if fold(said) == fold(rules.name) else f" ({rules.name})"
    return f"Call {call_year} had no {said}{name}: that is {whence}"


def call_of(call_year: int | None, codes: Iterable[str | None], start: date | None) -> int | None:
    """Tell of which call a project is, where its year is not entered.

    Args:
        call_year: As entered; it wins.
        codes: What names the call: the topic, the number of the project. A year in it is the
            call's.
        start: Of a project at a national agency the first day tells: from September on the call
            was that of the year, before that the one of the year before.

    Source: Programme Guide 2025, p. 247-264.
    """
    if call_year is not None:
        return call_year
    given = [code.upper() for code in codes if code]
    for code in given:
        found = _YEAR.search(code)
        if found is not None:
            return int(found[0])
    if start is None or not any(_AGENCY.match(code) for code in given):
        return None
    return start.year if start.month >= _FIRST_ROUND else start.year - 1


def by_distance(known: Iterable[CallRules], year: int | None) -> list[CallRules]:
    """Give the rules of calls of the same programme, those of the nearest call first.

    Of two that are as near the later comes first; without a year all come, the latest first.
    """
    if year is None:
        return sorted(known, key=lambda it: -it.year)
    same = (it for it in known if (it.year <= OLDER_UNTIL) == (year <= OLDER_UNTIL))
    return sorted(same, key=lambda it: (it.distance(year), it.year - it.first, -it.year))


def _countries(known: Sequence[CallRules], year: int) -> dict[str, CountryRule]:
    """Give how countries stand in a call where the list of countries does not say so."""
    for call in by_distance(known, year):
        found = {it.code: it for it in call.countries if it.first <= year <= it.last}
        if found:
            return found
    return {}
