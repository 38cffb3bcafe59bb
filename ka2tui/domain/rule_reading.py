"""Reading a file of rules strictly: whatever is wrong is named with file, line and key."""

from __future__ import annotations

import difflib
import itertools
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from ka2tui.domain import instants, rule_keys, timeline
from ka2tui.domain.call_rules import (
    PLACES,
    PROGRAMME,
    ActionRules,
    Award,
    Band,
    CallRules,
    CountryRule,
    Criterion,
    Decision,
    Derived,
    Part,
    Quality,
    Reductions,
    Round,
    Value,
)
from ka2tui.domain.countries import country
from ka2tui.domain.entries import Malformed
from ka2tui.domain.refusal import Misread
from ka2tui.domain.toml_lines import Lines, Way

FIRST, LAST = 2014, 2100
"""Call years that a file can be for."""

CRITERIA = ("relevance", "design", "partnership", "impact")
WORDS = ("very_good", "good", "fair", "weak")
MANAGERS = ("NA", "EACEA")
ANCHORS = (
    *("project_start", "project_end", "report_due", "last_signature", "final_report_received"),
    *("meeting", "meeting_end", "final_payment"),
)
DATES = (
    *("final_report_due", "progress_report_due", "interim_report_due", "report_own"),
    *("partner_data", "amendment_latest", "first_payment", "balance", "agenda", "minutes"),
    *("keep_papers", "keep_papers_small"),
)
"""The dates that can be counted from others."""

_POINTS = 100
_FARTHEST = 3660
_REGIONS = tuple(str(number) for number in range(1, 15))
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_LINE = re.compile(r" \(at line (\d+), column \d+\)|\(at end of document\)")
_NAME = re.compile(r"[\w.+ -]{1,60}")
_COMPLETE = ("minimum_organisations", "minimum_countries")
"""What an action cannot do without, so that a consortium can be held against it."""

_ORDERED = (
    ("months_min", "months_max"),
    ("months_max", "months_extended_max"),
    ("grant_min_eur", "grant_max_eur"),
    ("priorities_min", "priorities_max"),
    ("minimum_countries", "minimum_organisations"),
)
"""Pairs of values of which the first is never more than the second."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file of rules."""

    file: str
    line: int
    key: str
    """The way to it: "action 1 (KA220), award, relevance"."""
    says: str

    def __str__(self) -> str:
        """Say it in a sentence that begins with file, line and key."""
        key = f", {self.key}" if self.key else ""
        end = "" if self.says.endswith("?") else "."
        return f"{self.file}, line {self.line}{key}: {self.says}{end}"


class BrokenRules(Malformed):
    """A file of rules cannot be used as it is."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Say the first fault, and how many there are."""
        self.faults = tuple(faults)
        more = len(self.faults) - 1
        rest = f" ({more} more: ka2tui rule check)" if more else ""
        super().__init__(f"{self.faults[0]}{rest}")


def read(
    written: str,
    file: str,
    *,
    sources: Collection[str],
    sorts: Collection[str],
    data: Mapping[str, Any] | None = None,
) -> CallRules:
    """Read the rules of one call year, or of several that had the same.

    Args:
        written: The file as it stands.
        file: Its name, for messages.
        sources: The keys of the sources there are, beside those the file brings along.
        sorts: The ids of the sorts of organisations.
        data: What it holds, where it was read as TOML already.

    Raises:
        BrokenRules: Something is missing, unknown or cannot be; it has all there is to say.
    """
    given = _parsed(written, file) if data is None else data
    reading = _Reading(file, given, written, {*sources}, sorts)
    rules = reading.whole()
    if reading.faults or rules is None:
        raise BrokenRules(sorted(reading.faults, key=lambda it: it.line))
    return rules


def _parsed(written: str, file: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(written)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found and found[1] else len(written.splitlines()) or 1
        says = _LINE.sub("", str(error))
        raise BrokenRules([Fault(file, line, "", f"this is no TOML: {says}")]) from None


def nearest(word: str, known: Iterable[str]) -> str:
    """Say what somebody may have meant: "; did you mean months_max?", or nothing."""
    names = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), [*names], n=1, cutoff=0.6)
    return f"; did you mean {names[close[0]]}?" if close else ""


@dataclass(slots=True)
class _Reading:
    """One file, while it is being read."""

    file: str
    data: Mapping[str, Any]
    written: str
    sources: set[str]
    sorts: Collection[str]
    faults: list[Fault] = field(default_factory=list)
    names: dict[Way, str] = field(default_factory=dict)
    """What the tables of a list are called in messages."""
    lines: Lines | None = None
    """Where everything stands, once something is wrong: finding it takes as long as reading."""

    # --- faults ---------------------------------------------------------------------------------

    def wrong(self, way: Way, says: str) -> None:
        """Note a fault at an entry."""
        if self.lines is None:
            self.lines = Lines(self.written)
        line = self.lines.of(way) or 1
        self.faults.append(Fault(self.file, line, self.said(way), says.rstrip(".")))

    def said(self, way: Way) -> str:
        """Write the way to an entry: "action 1 (KA220), deadline 2, hour"."""
        parts: list[str] = []
        for at, step in enumerate(way):
            if isinstance(step, int):
                name = self.names.get(way[: at + 1])
                parts[-1] += f" {step + 1}{f' ({name})' if name else ''}"
            else:
                parts.append(step)
        return ", ".join(parts)

    def known(self, row: Mapping[str, Any], way: Way, keys: Collection[str]) -> None:
        """Refuse entries that nobody reads, which are typing slips."""
        for key in row:
            if key not in keys:
                self.wrong((*way, key), f"nothing is known by this name{nearest(key, keys)}")

    # --- plain entries --------------------------------------------------------------------------

    def whole(self) -> CallRules | None:
        """Read the file."""
        data = self.data
        tables = ("action", "quality", "derived", "decision", "country", "sources")
        self.known(data, (), ("call_year", "call_years", "version", "language", *tables))
        self.listed(data, ("action", "derived", "country"), ())
        first, last = self._years()
        own = self._sources()
        actions = [self._action(row, way, last) for way, row in self.rows(data, "action", ())]
        self._once("id", ((way, row.get("id")) for way, row in self.rows(data, "action", ())))
        self._codes_once()
        if not self.table_list(data, "action") and not self.faults:
            self.wrong((), "there is no [[action]] in it")
        derived = [self._derived(row, way) for way, row in self.rows(data, "derived", ())]
        self._once("id", ((way, row.get("id")) for way, row in self.rows(data, "derived", ())))
        countries = [
            self._country(row, way, first, last) for way, row in self.rows(data, "country", ())
        ]
        rules = CallRules(
            year=last,
            first=first,
            file=self.file,
            version=self.text(data, "version", (), "") or "",
            actions=tuple(filter(None, actions)),
            derived={it.id: it for it in derived if it is not None},
            quality=self._quality(),
            decision=self._decisions(),
            countries=tuple(filter(None, countries)),
            sources=own,
        )
        self.text(data, "language", (), "")
        return None if self.faults else rules

    def rows(
        self, data: Mapping[str, Any], key: str, way: Way
    ) -> Iterator[tuple[Way, Mapping[str, Any]]]:
        """Give the tables written as [[key]], each with the way to it."""
        for at, row in enumerate(self.table_list(data, key)):
            yield (*way, key, at), row

    def table_list(self, data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        """Take tables written as [[key]]; none where it is something else."""
        value = data.get(key, [])
        if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
            return value
        return []

    def listed(self, data: Mapping[str, Any], keys: Iterable[str], way: Way) -> None:
        """Refuse what must be a list of tables and is none."""
        for key in keys:
            value = data.get(key, [])
            if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
                self.wrong((*way, key), f"this must be written as [[{key}]]")

    def text(
        self, row: Mapping[str, Any], key: str, way: Way, default: str | None = None
    ) -> str | None:
        """Take a text that says something, unless there is a default."""
        value = row.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            missing = "is missing" if key not in row else "must be a text"
            self.wrong((*way, key), missing)
            return None
        return value.strip()

    def one_of(
        self, row: Mapping[str, Any], key: str, way: Way, known: Collection[str]
    ) -> str | None:
        """Take one of a few words."""
        value = self.text(row, key, way)
        if value is not None and value not in known:
            self.wrong(
                (*way, key), f"{value!r} is none of {', '.join(known)}{nearest(value, known)}"
            )
            return None
        return value

    def number(
        self, row: Mapping[str, Any], key: str, way: Way, least: int, most: int, *default: int
    ) -> int | None:
        """Take a whole number between two others."""
        if key not in row and default:
            return default[0]
        value = row.get(key)
        if key not in row:
            self.wrong((*way, key), "is missing")
        elif type(value) is not int or not least <= value <= most:
            says = f"this must be a whole number from {least} to {most}, not {value!r}"
            self.wrong((*way, key), says)
        else:
            return value
        return None

    def yes_no(self, row: Mapping[str, Any], key: str, way: Way) -> bool:
        """Take true or false."""
        value = row.get(key)
        if not isinstance(value, bool):
            missing = (
                "is missing; write true or false" if key not in row else "must be true or false"
            )
            self.wrong((*way, key), missing)
        return value is True

    def source(self, row: Mapping[str, Any], way: Way) -> tuple[str, str | None, bool]:
        """Take where something stands, and whether it was read there."""
        name = self.text(row, "source", way)
        if name is not None and name not in self.sources:
            says = f"there is no source {name!r} in sources.toml, nor [sources.{name}] here"
            self.wrong((*way, "source"), f"{says}{nearest(name, self.sources)}")
        place = self.text(row, "place", way, "")
        return name or "", place or None, self.yes_no(row, "confirmed", way)

    # --- what the file is for -------------------------------------------------------------------

    def _years(self) -> tuple[int, int]:
        data = self.data
        if "call_years" not in data:
            year = self.number(data, "call_year", (), FIRST, LAST) or LAST
            return year, year
        if "call_year" in data:
            self.wrong(("call_year",), "either call_year or call_years stands there, not both")
        value = data["call_years"]
        two = isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value)
        if not two or not FIRST <= value[0] <= value[1] <= LAST:
            says = f"this must be two years in their order, like [2014, 2020], not {value!r}"
            self.wrong(("call_years",), says)
            return LAST, LAST
        return value[0], value[1]

    def _sources(self) -> dict[str, Mapping[str, Any]]:
        given = self.data.get("sources", {})
        if not isinstance(given, Mapping):
            self.wrong(("sources",), "this must be tables written as [sources.name]")
            return {}
        found: dict[str, Mapping[str, Any]] = {}
        for name, row in given.items():
            way = ("sources", name)
            if not isinstance(row, Mapping):
                self.wrong(way, f"this must be written as [sources.{name}]")
                continue
            self.known(row, way, ("title", "publisher", "official", "confirmed", "note"))
            self.text(row, "title", way)
            self.text(row, "publisher", way, "")
            self.text(row, "note", way, "")
            for key in ("official", "confirmed"):
                self.yes_no({key: False, **row}, key, way)
            found[name] = row
        self.sources |= found.keys()
        return found

    # --- actions --------------------------------------------------------------------------------

    def _action(self, row: Mapping[str, Any], way: Way, year: int) -> ActionRules | None:
        name = row.get("id")
        if isinstance(name, str):
            self.names[way] = name
        lists = ("deadline", "composition")
        heads = ("id", "name", "codes", "managed_by", "place", "as_in", "only_this_call")
        values_of = [key for key in rule_keys.KEYS.values() if not key.own_only]
        known = (*heads, *lists, "award", "reductions", *(key.name for key in values_of))
        self.known(row, way, known)
        self.listed(row, lists, way)
        before = len(self.faults)
        values: dict[str, Value] = {}
        for key in values_of:
            if key.name in row:
                found = self._value(row[key.name], (*way, key.name), key)
                if found is not None:
                    values[key.name] = found
            elif key.name in _COMPLETE and "as_in" not in row:
                self.wrong((*way, key.name), "is missing")
        self._ordered(values, way)
        rounds = [self._round(one, at, year) for at, one in self.rows(row, "deadline", way)]
        parts = [self._part(one, at) for at, one in self.rows(row, "composition", way)]
        made = ActionRules(
            id=self._name(row, way) or "",
            name=self.text(row, "name", way) or "",
            call_year=year,
            codes=self._codes(row, way),
            managed_by=self.one_of(row, "managed_by", way, MANAGERS) or "",
            place=self.text(row, "place", way, "") or None,
            values=values,
            rounds=tuple(filter(None, rounds)),
            award=self._award(row, way),
            composition=tuple(filter(None, parts)),
            reductions=self._reductions(row, way),
            as_in=self.number(row, "as_in", way, FIRST, LAST) if "as_in" in row else None,
            only_this_call="only_this_call" in row and self.yes_no(row, "only_this_call", way),
        )
        return made if len(self.faults) == before else None

    def _name(self, row: Mapping[str, Any], way: Way) -> str | None:
        name = self.text(row, "id", way)
        if name is not None and not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", name):
            self.wrong((*way, "id"), f"this must be capital letters, numbers and -, not {name!r}")
        return name

    def _codes(self, row: Mapping[str, Any], way: Way) -> tuple[str, ...]:
        value = row.get("codes", [])
        good = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
        if not isinstance(value, list) or not all(
            isinstance(it, str) and good.fullmatch(it) for it in value
        ):
            self.wrong((*way, "codes"), 'this must be a list of codes like ["KA220-SCH"]')
            return ()
        return tuple(value)

    def _value(self, given: object, way: Way, key: rule_keys.Key) -> Value | None:
        if not isinstance(given, Mapping):
            shape = '{ value = ?, source = "?", confirmed = true }'
            says = f"write it as {shape}, not {given!r}"
            self.wrong(way, says)
            return None
        self.known(given, way, ("value", "source", "place", "confirmed", "note"))
        before = len(self.faults)
        source, place, confirmed = self.source(given, way)
        note = self.text(given, "note", way, "")
        if "value" not in given:
            self.wrong((*way, "value"), "is missing")
            return None
        try:
            value = rule_keys.checked(key, given["value"])
        except Misread as fault:
            self.wrong((*way, "value"), str(fault))
            return None
        if len(self.faults) > before:
            return None
        return Value(value, source, place, confirmed, note or None)

    def _ordered(self, values: Mapping[str, Value], way: Way) -> None:
        """Refuse pairs that contradict each other."""
        for low, high in _ORDERED:
            if low in values and high in values and values[low].value > values[high].value:
                says = f"{values[low].value} is more than {high}, which is {values[high].value}"
                self.wrong((*way, low), says)
        for several, low, high in (
            ("months", "months_min", "months_max"),
            ("lump_sums_eur", "grant_min_eur", "grant_max_eur"),
        ):
            given = values[several].value if several in values else ()
            for bound, beyond in ((low, min), (high, max)):
                if given and bound in values:
                    edge, limit = beyond(given), values[bound].value
                    if (edge < limit) if bound == low else (edge > limit):
                        self.wrong((*way, several), f"{edge} lies beyond {bound}, which is {limit}")

    def _round(self, row: Mapping[str, Any], way: Way, year: int) -> Round | None:
        keys = ("title", "day", "month", "hour", "zone", "starts", "start_months")
        self.known(row, way, (*keys, "source", "place", "confirmed"))
        before = len(self.faults)
        title = self.text(row, "title", way)
        month = self.number(row, "month", way, 1, 12)
        day = self.number(row, "day", way, 1, 31)
        if month and day and day > timeline.days_in(year, month):
            self.wrong((*way, "day"), f"there is no day {day} in month {month} of {year}")
        hour = self.text(row, "hour", way)
        found = _HOUR.fullmatch(hour) if hour else None
        if hour and not found:
            self.wrong((*way, "hour"), f"this must be a time like 12:00:00, not {hour!r}")
        zone = self.text(row, "zone", way)
        if zone and not instants.is_zone(zone):
            says = f"{zone!r} is no time zone, such as Europe/Brussels"
            self.wrong((*way, "zone"), says)
        self.text(row, "starts", way, "")
        starts = self._starts(row, way)
        source, place, confirmed = self.source(row, way)
        if len(self.faults) > before or not (title and month and day and found and zone):
            return None
        at = time(int(found[1]), int(found[2]), int(found[3] or 0))
        return Round(title, year, month, day, at, zone, starts, year, confirmed, source, place)

    def _starts(self, row: Mapping[str, Any], way: Way) -> tuple[int, int] | None:
        if "start_months" not in row:
            return None
        value = row["start_months"]
        two = isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value)
        if not two or not 1 <= value[0] <= value[1] <= 48:
            says = f"this must be the first and the last month, like [9, 12], not {value!r}"
            self.wrong((*way, "start_months"), says)
            return None
        return value[0], value[1]

    def _award(self, row: Mapping[str, Any], way: Way) -> Award | None:
        if "award" not in row:
            return None
        way = (*way, "award")
        given = row["award"]
        if not isinstance(given, Mapping):
            self.wrong(way, "this must be written as [action.award]")
            return None
        keys = ("threshold", *CRITERIA, "tie_break", "source", "place", "confirmed")
        self.known(given, way, keys)
        before = len(self.faults)
        threshold = self.number(given, "threshold", way, 1, _POINTS)
        criteria = [it for name in CRITERIA if (it := self._criterion(given, way, name))]
        ties = given.get("tie_break", [])
        if not isinstance(ties, list) or any(it not in CRITERIA for it in ties):
            self.wrong((*way, "tie_break"), f"this must be a list of {', '.join(CRITERIA)}")
        source, place, confirmed = self.source(given, way)
        if len(self.faults) > before or threshold is None:
            return None
        total = sum(it.most for it in criteria)
        if total != _POINTS:
            added = " + ".join(str(it.most) for it in criteria)
            says = f"the points of the criteria come to {total} ({added}), not to {_POINTS}"
            self.wrong((*way, criteria[0].id), says)
            return None
        return Award(threshold, tuple(criteria), tuple(ties), source, place, confirmed)

    def _criterion(self, award: Mapping[str, Any], way: Way, name: str) -> Criterion | None:
        way = (*way, name)
        if name not in award:
            self.wrong(way, "is missing")
            return None
        given = award[name]
        if not isinstance(given, Mapping):
            self.wrong(way, f"write it as {{ max = 25, min = 13 }}, not {given!r}")
            return None
        self.known(given, way, ("max", "min"))
        most = self.number(given, "max", way, 1, _POINTS)
        least = self.number(given, "min", way, 0, _POINTS)
        if most is None or least is None:
            return None
        if least > most:
            self.wrong((*way, "min"), f"{least} is more than max, which is {most}")
        return Criterion(name, most, least)

    def _part(self, row: Mapping[str, Any], way: Way) -> Part | None:
        keys = ("sorts", "organisations", "where", "countries", "text")
        self.known(row, way, (*keys, "source", "place", "confirmed"))
        before = len(self.faults)
        sorts = row.get("sorts", [])
        if not isinstance(sorts, list) or any(it not in self.sorts for it in sorts):
            unknown = next((it for it in sorts or [] if it not in self.sorts), "")
            near = nearest(str(unknown), self.sorts)
            says = (
                f'this must be a list like ["hei", "vet_provider"] (organisation_sorts.toml){near}'
            )
            self.wrong((*way, "sorts"), says)
            sorts = []
        organisations = self.number(row, "organisations", way, 1, 100)
        countries = self.number(row, "countries", way, 1, 60, 1)
        where = self.one_of({"where": "anywhere", **row}, "where", way, PLACES)
        text = self.text(row, "text", way)
        source, place, confirmed = self.source(row, way)
        if len(self.faults) > before or organisations is None or countries is None:
            return None
        return Part(
            tuple(sorts),
            organisations,
            where or "",
            countries,
            text or "",
            source,
            place,
            confirmed,
        )

    def _reductions(self, row: Mapping[str, Any], way: Way) -> Reductions | None:
        if "reductions" not in row:
            return None
        way = (*way, "reductions")
        given = row["reductions"]
        if not isinstance(given, Mapping):
            self.wrong(way, "this must be written as [action.reductions]")
            return None
        self.known(given, way, ("bands", "source", "place", "confirmed"))
        source, place, confirmed = self.source(given, way)
        value = given.get("bands")
        pairs = value if isinstance(value, list) else []
        good = bool(pairs) and all(
            isinstance(it, list)
            and len(it) == 2
            and all(type(number) is int and 0 <= number <= _POINTS for number in it)
            for it in pairs
        )
        if not good:
            says = "this must be a list of pairs of score and percentage, like [[70, 10], [40, 50]]"
            self.wrong((*way, "bands"), says)
            return None
        bands = tuple(Band(below, percent) for below, percent in pairs)
        falling = all(
            a.below > b.below and a.percent < b.percent for a, b in itertools.pairwise(bands)
        )
        if not falling:
            says = "each score must be lower than the one before, and each percentage higher"
            self.wrong((*way, "bands"), says)
            return None
        return Reductions(bands, source, place, confirmed)

    # --- beside actions -------------------------------------------------------------------------

    def _derived(self, row: Mapping[str, Any], way: Way) -> Derived | None:
        name = row.get("id")
        if isinstance(name, str):
            self.names[way] = name
        counts = ("days", "months", "years")
        keys = ("id", "title", "from", *counts, "longer_than_months", "kind", "note")
        self.known(row, way, (*keys, "source", "place", "confirmed"))
        before = len(self.faults)
        name = self.one_of(row, "id", way, DATES)
        title = self.text(row, "title", way)
        anchor = self.one_of(row, "from", way, ANCHORS)
        kind = self.one_of({"kind": "usual", **row}, "kind", way, ("usual", "good_practice"))
        days, months = (self.number(row, key, way, -_FARTHEST, _FARTHEST, 0) for key in counts[:2])
        years = self.number(row, "years", way, -100, 100, 0)
        longer = self.number(row, "longer_than_months", way, 0, timeline.LONGEST, 0)
        note = self.text(row, "note", way, "")
        source, place, confirmed = self.source(row, way)
        if len(self.faults) == before and not days and not months and not years:
            self.wrong((*way, "days"), "it says neither days nor months nor years")
        if len(self.faults) > before:
            return None
        return Derived(
            id=name or "",
            title=title or "",
            anchor=anchor or "",
            days=days or 0,
            months=months or 0,
            years=years or 0,
            longer_than=longer or 0,
            confirmed=confirmed,
            note=note or "",
            source=source,
            place=place,
            usual=kind == "usual",
        )

    def _quality(self) -> Quality | None:
        if "quality" not in self.data:
            return None
        given = self.data["quality"]
        if not isinstance(given, Mapping):
            self.wrong(("quality",), "this must be written as [quality]")
            return None
        bands: dict[int, tuple[tuple[str, int], ...]] = {}
        for key, row in given.items():
            way = ("quality", key)
            if key in ("source", "place", "confirmed"):
                continue
            if not key.isdecimal() or not 1 <= int(key) <= _POINTS or not isinstance(row, Mapping):
                says = "write the points of a criterion: 30 = { very_good = 26, good = 21, ... }"
                self.wrong(way, says)
                continue
            self.known(row, way, WORDS)
            found = [self.number(row, word, way, 0, int(key)) for word in WORDS]
            numbers = [it for it in found if it is not None]
            if len(numbers) == len(WORDS):
                if numbers != sorted(numbers, reverse=True) or numbers[-1]:
                    self.wrong(way, "each word begins below the one before, and weak at 0")
                bands[int(key)] = tuple(zip(WORDS, numbers, strict=True))
        source, _, confirmed = self.source(given, ("quality",))
        return Quality(bands, source, confirmed)

    def _decisions(self) -> dict[str, Decision]:
        given = self.data.get("decision", {})
        if not isinstance(given, Mapping):
            self.wrong(("decision",), "this must be written as [decision.NA], [decision.EACEA]")
            return {}
        self.known(given, ("decision",), MANAGERS)
        found: dict[str, Decision] = {}
        for name in MANAGERS:
            row, way = given.get(name), ("decision", name)
            if name not in given:
                continue
            if not isinstance(row, Mapping):
                self.wrong(way, f"this must be written as [decision.{name}]")
                continue
            counts = ("letter_months", "signature_months")
            self.known(row, way, (*counts, "source", "place", "confirmed"))
            letter, signature = (self.number(row, key, way, 0, 60) for key in counts)
            source = self.source(row, way)
            if letter is not None and signature is not None:
                found[name] = Decision(letter, signature, *source)
        return found

    def _country(
        self, row: Mapping[str, Any], way: Way, first: int, last: int
    ) -> CountryRule | None:
        self.known(row, way, ("code", "status", "calls", "source", "place", "confirmed"))
        before = len(self.faults)
        code = self.text(row, "code", way)
        if code is not None and country(code) is None:
            self.wrong((*way, "code"), f"{code!r} is no ISO code of a country, such as GB")
        status = self.one_of(row, "status", way, (PROGRAMME, *_REGIONS))
        calls = row.get("calls", [first, last])
        two = isinstance(calls, list) and len(calls) == 2 and all(type(n) is int for n in calls)
        if not two or not first <= calls[0] <= calls[1] <= last:
            says = f"this must be the first and the last call, within {first} and {last}"
            self.wrong((*way, "calls"), says)
        source = self.source(row, way)
        if len(self.faults) > before:
            return None
        return CountryRule(code or "", status or "", calls[0], calls[1], *source)

    # --- what may stand there once --------------------------------------------------------------

    def _once(self, key: str, found: Iterable[tuple[Way, object]]) -> None:
        seen: dict[object, Way] = {}
        for way, name in found:
            if isinstance(name, str) and name in seen:
                self.wrong((*way, key), f"{name} stands there twice")
            if isinstance(name, str):
                seen[name] = way

    def _codes_once(self) -> None:
        seen: dict[str, str] = {}
        for way, row in self.rows(self.data, "action", ()):
            codes = row.get("codes")
            for code in codes if isinstance(codes, list) else []:
                if isinstance(code, str) and code in seen:
                    self.wrong((*way, "codes"), f"{code} is a code of {seen[code]} already")
                elif isinstance(code, str):
                    seen[code] = str(row.get("id"))
