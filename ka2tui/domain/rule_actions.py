"""Reading what a file of rules says of one action."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from ka2tui.domain import instants, rule_keys, timeline
from ka2tui.domain.call_rules import (
    PLACES,
    ActionRules,
    Award,
    Criterion,
    Part,
    Reductions,
    Round,
    Value,
)
from ka2tui.domain.reductions import Band
from ka2tui.domain.refusal import Misread
from ka2tui.domain.rule_entries import Taking, perhaps
from ka2tui.domain.toml_lines import Way

FIRST, LAST = 2014, 2100
"""Call years that a file can be for."""

CRITERIA = ("relevance", "design", "partnership", "impact")
MANAGERS = ("NA", "EACEA")

POINTS = 100
_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
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


@dataclass(slots=True)
class Actions(Taking):
    """Reads actions."""

    def action(self, row: Mapping[str, Any], way: Way, year: int) -> ActionRules | None:
        """Read what a file says of one action; None where something of it is wrong."""
        name = row.get("id")
        if isinstance(name, str):
            self.names[way] = name
        lists = ("deadline", "composition")
        heads = ("id", "name", "codes", "managed_by", "place", "as_in", "only_this_call", "since")
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
            since=self.number(row, "since", way, FIRST, year) if "since" in row else None,
            only_this_call="only_this_call" in row and self.yes_no(row, "only_this_call", way),
        )
        return made if len(self.faults) == before else None

    def _name(self, row: Mapping[str, Any], way: Way) -> str | None:
        name = self.text(row, "id", way)
        if name is not None and not _CODE.fullmatch(name):
            self.wrong((*way, "id"), f"this must be capital letters, numbers and -, not {name!r}")
        return name

    def _codes(self, row: Mapping[str, Any], way: Way) -> tuple[str, ...]:
        if "codes" not in row:
            return ()
        value = row["codes"]
        good = isinstance(value, list) and all(
            isinstance(it, str) and _CODE.fullmatch(it) for it in value
        )
        if not good or not value:
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
        keys = (
            "threshold",
            *CRITERIA,
            "tie_break",
            "since",
            "before",
            "source",
            "place",
            "confirmed",
        )
        self.known(given, way, keys)
        before = len(self.faults)
        threshold = self.number(given, "threshold", way, 1, POINTS)
        since = self.number(given, "since", way, FIRST, LAST) if "since" in given else None
        earlier = self.number(given, "before", way, 1, POINTS) if "before" in given else None
        criteria = [it for name in CRITERIA if (it := self._criterion(given, way, name))]
        ties = given.get("tie_break", [])
        if not isinstance(ties, list) or any(it not in CRITERIA for it in ties):
            self.wrong((*way, "tie_break"), f"this must be a list of {', '.join(CRITERIA)}")
        source, place, confirmed = self.source(given, way)
        if len(self.faults) > before or threshold is None:
            return None
        total = sum(it.most for it in criteria)
        if total != POINTS:
            added = " + ".join(str(it.most) for it in criteria)
            says = f"the points of the criteria come to {total} ({added}), not to {POINTS}"
            self.wrong((*way, criteria[0].id), says)
            return None
        points = tuple(criteria)
        return Award(
            threshold, points, tuple(ties), source, place, confirmed, since=since, before=earlier
        )

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
        most = self.number(given, "max", way, 1, POINTS)
        least = self.number(given, "min", way, 0, POINTS)
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
            listed = sorts if isinstance(sorts, list) else [sorts]
            unknown = next(it for it in listed if it not in self.sorts or it is sorts)
            near = perhaps(str(unknown), self.sorts)
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
            and all(type(number) is int and 0 <= number <= POINTS for number in it)
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
