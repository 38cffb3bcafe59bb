"""Reading a file of rules strictly: whatever is wrong is named with file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ka2tui.domain import timeline
from ka2tui.domain.call_rules import PROGRAMME, CallRules, CountryRule, Decision, Derived, Quality
from ka2tui.domain.countries import country
from ka2tui.domain.rule_actions import FIRST, LAST, MANAGERS, POINTS, Actions
from ka2tui.domain.rule_entries import BrokenRules, Fault
from ka2tui.domain.toml_lines import Way

__all__ = ["BrokenRules", "Fault", "read"]

WORDS = ("very_good", "good", "fair", "weak")
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

_FARTHEST = 3660
_REGIONS = tuple(str(number) for number in range(1, 15))
_LINE = re.compile(r" \(at line (\d+), column \d+\)|\(at end of document\)")


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


@dataclass(slots=True)
class _Reading(Actions):
    """One file, while it is being read."""

    def whole(self) -> CallRules | None:
        """Read the file."""
        data = self.data
        tables = ("action", "quality", "derived", "decision", "country", "sources")
        self.known(data, (), ("call_year", "call_years", "version", "language", *tables))
        self.listed(data, ("action", "derived", "country"), ())
        first, last = self._years()
        own = self._sources()
        actions = [self.action(row, way, last) for way, row in self.rows(data, "action", ())]
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
            if not key.isdecimal() or not 1 <= int(key) <= POINTS or not isinstance(row, Mapping):
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
