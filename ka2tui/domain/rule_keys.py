"""The values that rules can have: what each is, how it is written, and what cannot be."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ka2tui.domain import alike
from ka2tui.domain.countries import country, read_country, say_country
from ka2tui.domain.money import read_amount, say_amount
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_EUROS = 100_000_000
_LONGEST = 500
_REGIONS = 14
_TYPED = re.compile(r"^'.*'(?= is no )")
"""What was typed, at the head of a fault: the sentence about a typed text names it already."""
NOTHING = "none"
"""An empty list, as it is said and typed."""

_NONE = frozenset({NOTHING, "no", "nobody", "nothing", "[]", "-"})
_AND = re.compile(r"\s*(?:;|/|\bor\b|\band\b)\s*")


@frozen
class Key:
    """One value that rules can have."""

    name: str
    title: str
    group: str
    kind: str
    """whole, percent, months, years, days, euros, choice, text, countries, regions, fields."""
    many: bool = False
    """Whether it is a list of such values."""
    least: int = 0
    most: int = 1_000
    choices: Mapping[str, str] = field(default_factory=dict)
    """What can be chosen, each with the words for it."""
    can_be_none: bool = False
    """Whether the list can be empty, which says something else than not being there."""
    own_only: bool = False
    """Whether only an agreement says it; files of rules have it in another form."""


_NUMBERS = {"whole": "", "percent": " %", "months": " months", "years": " years", "days": " days"}
_PEOPLE, _TIME, _MONEY, _FORM = "Partnership", "Duration", "Money", "Application"
_DATES = "Dates of the agreement"
_ELSEWHERE = {
    "no": "no",
    "added_value": "only where they add what nobody else could",
    "yes": "yes",
}
_FROM = {"programme": "EU and associated countries", "any": "all countries"}
_DIVIDED = {
    "work_packages": "work packages",
    "activities": "activities, no work packages",
    "headings": "budget headings",
}

KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key("minimum_organisations", "Organisations, at least", _PEOPLE, "whole", least=1),
        Key("minimum_countries", "Countries, at least", _PEOPLE, "whole", least=1, most=60),
        Key("minimum_also", "Also asked for, in words", _PEOPLE, "text"),
        Key("countries_from", "Countries that count", _PEOPLE, "choice", choices=_FROM),
        Key("coordinator_from", "Coordinators from", _PEOPLE, "choice", choices=_FROM),
        Key("coordinator_years_min", "Years the coordinator exists", _PEOPLE, "years", most=50),
        Key(
            *("partners_elsewhere", "Partners from other countries", _PEOPLE, "choice"),
            choices=_ELSEWHERE,
        ),
        Key("partners_elsewhere_regions", "From these regions", _PEOPLE, "regions", many=True),
        Key(
            *("excluded_countries", "Countries excluded", _PEOPLE, "countries"),
            many=True,
            can_be_none=True,
        ),
        Key("months", "Months it can last", _TIME, "months", many=True, least=1, most=120),
        Key("months_min", "Months, at least", _TIME, "months", least=1, most=120),
        Key("months_max", "Months, at most", _TIME, "months", least=1, most=120),
        Key(
            *("months_extended_max", "Months, at most, when extended", _TIME, "months"),
            least=1,
            most=120,
        ),
        Key("extension", "Extension", _TIME, "text"),
        Key("lump_sums_eur", "Lump sums", _MONEY, "euros", many=True, least=1, most=MOST_EUROS),
        Key("grant_min_eur", "Grant, at least", _MONEY, "euros", least=0, most=MOST_EUROS),
        Key("grant_max_eur", "Grant, at most", _MONEY, "euros", least=1, most=MOST_EUROS),
        Key(
            *("grant_max_by_months_eur", "Grant, at most, by its months", _MONEY, "euros"),
            many=True,
            least=1,
            most=MOST_EUROS,
        ),
        Key(
            *("grant_max_regions_eur", "Grant, at most, with some regions", _MONEY, "euros"),
            least=1,
            most=MOST_EUROS,
        ),
        Key("grant_max_regions", "Those regions", _MONEY, "regions", many=True),
        Key(
            *("grant_per_month_max_eur", "Grant a month, at most", _MONEY, "euros"),
            least=1,
            most=MOST_EUROS,
        ),
        Key("grant_note", "Grant, in words", _MONEY, "text"),
        Key("funding_rate_percent", "Share the EU pays", _MONEY, "percent", least=1, most=100),
        Key(
            *("management_share_max_percent", "Management, at most", _MONEY, "percent"),
            least=1,
            most=100,
        ),
        Key(
            *("paid_in_full_from", "Final report paid in full from", _MONEY, "whole"),
            least=1,
            most=100,
        ),
        Key("divided_into", "Divided into", _FORM, "choice", choices=_DIVIDED),
        Key(
            *("work_packages_advised_max", "Work packages advised, at most", _FORM, "whole"),
            least=1,
        ),
        Key("priorities_min", "Priorities, at least", _FORM, "whole", most=50),
        Key("priorities_max", "Priorities, at most", _FORM, "whole", least=1, most=50),
        Key("applications_per_oid_max", "Applications of one OID", _FORM, "whole", least=1),
        Key("applications_as_coordinator_max", "As coordinator", _FORM, "whole", least=1),
        Key("applications_fields", "Fields counted together", _FORM, "fields", many=True),
        Key("applications_counted", "How they are counted", _FORM, "text"),
        Key(
            *("final_report_days", "Final report, days after the end", _DATES, "days"),
            least=1,
            most=365,
            own_only=True,
        ),
        Key(
            *("amendment_days", "Last change, days before the end", _DATES, "days"),
            most=365,
            own_only=True,
        ),
        Key(
            *("keep_papers_years", "Papers kept, years after payment", _DATES, "years"),
            least=1,
            most=50,
            own_only=True,
        ),
    )
}
"""By name, in the order in which they are shown."""


def unknown(name: str) -> str:
    """Say that there is no such value, and which one may have been meant."""
    hint = alike.hint(name, KEYS, start=": did") or "."
    return f"There is no value {quoted(name)}{hint} All: ka2tui rule keys"


def checked(key: Key, value: Any) -> Any:
    """Give a value as it is kept, a list as a tuple.

    Args:
        value: As a TOML file or JSON has it.

    Raises:
        Misread: It cannot be that; the sentence says what is asked for.
    """
    if not key.many:
        return _one(key, value)
    if not isinstance(value, list | tuple) or not (value or key.can_be_none):
        listed = _LISTED.get(key.kind, "whole numbers")
        raise Misread(f"this must be a list of {listed}, in square brackets")
    found = tuple(_one(key, it) for it in value)
    if len(set(found)) < len(found):
        raise Misread("something stands in the list twice")
    if key.kind not in _LISTED and list(found) != sorted(found):
        raise Misread("the list begins with the smallest")
    return found


def read(key: Key, text: str) -> Any:
    """Read a value as a person types it: "20 %", "30 000; 60 000", "12 or 24", "PL; Spain".

    Raises:
        Misread: It cannot be that.
    """
    text = clean(text)
    if not text:
        raise Misread(f"Say what the agreement says; rule unset {key.name} goes back to the guide.")
    try:
        if key.can_be_none and fold(text) in _NONE:
            return ()
        if key.many:
            parts = [_typed(key, part) for part in _AND.split(text) if part]
            numbers = all(isinstance(part, int) for part in parts)
            return checked(key, sorted(parts) if numbers else parts)
        return checked(key, _typed(key, text))
    except Misread as fault:
        why = _TYPED.sub("this", str(fault)).partition(", not ")[0].rstrip(".")
        raise Misread(f"{quoted(text)} does not fit {quoted(key.title)}: {why}.") from None


def say(key: Key, value: Any) -> str:
    """Say a value: "20 %", "€ 30 000 or € 60 000", "12 months"."""
    if not key.many:
        return _said(key, value)
    if not value:
        return NOTHING
    *most, last = value
    if key.kind in _LISTED:
        return ", ".join(_said(key, it) for it in value)
    unit = _NUMBERS.get(key.kind, "")
    first = ", ".join(_said(key, it).removesuffix(unit) for it in most)
    return f"{first} or {_said(key, last)}" if most else _said(key, last)


def write(key: Key, value: Any) -> str:
    """Write a value so that it can be edited and read again: "30 000; 60 000"."""
    if key.many and not value:
        return NOTHING
    if key.many:
        return "; ".join(_said(key, it) for it in value)
    return _said(key, value)


def _one(key: Key, value: Any) -> Any:
    match key.kind:
        case "choice":
            if not isinstance(value, str) or value not in key.choices:
                raise Misread(f"this must be one of {', '.join(key.choices)}")
        case "text":
            if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
                raise Misread(f"this must be a text of at most {_LONGEST} characters")
        case "countries":
            if not isinstance(value, str) or country(value) is None:
                raise Misread(f"{value!r} is no ISO code of a country, such as PL")
        case "fields":
            if value not in _FIELDS:
                raise Misread(f"{value!r} is no field: {', '.join(_FIELDS)}")
        case "regions":
            known = {str(number) for number in range(1, _REGIONS + 1)}
            if not isinstance(value, str) or value not in known:
                raise Misread(f'{value!r} is no region of the guide: "1" to "{_REGIONS}"')
        case _:
            if type(value) is not int or not key.least <= value <= key.most:
                whole = f"a whole number from {key.least} to {key.most}"
                raise Misread(f"this must be {whole}, not {value!r}")
    return value


_LISTED = {
    "countries": "ISO codes of countries",
    "regions": "numbers of regions, as texts",
    "fields": "fields such as SCH",
}
_FIELDS = ("SCH", "VET", "HED", "ADU", "YOU")


def _typed(key: Key, text: str) -> Any:
    """Turn what somebody typed into what a file would hold."""
    match key.kind:
        case "text":
            return text
        case "choice":
            wanted = fold(text)
            words = {fold(word): code for code, word in key.choices.items()}
            return words.get(wanted, wanted.replace(" ", "_"))
        case "countries":
            return read_country(text)
        case "fields":
            return text.upper()
        case "regions":
            return text.casefold().removeprefix("region").strip()
        case "euros":
            cents = read_amount(text)
            if cents % 100:
                raise Misread("whole euros only")
            return cents // 100
        case _:
            number = re.fullmatch(
                r"(\d{1,9})(?: ?(?:%|per cent|months?|years?|days?|points?))?", text
            )
            return int(number[1]) if number else text


def _said(key: Key, value: Any) -> str:
    match key.kind:
        case "euros":
            return say_amount(value * 100, "EUR")
        case "choice":
            return key.choices.get(value, str(value))
        case "countries":
            return say_country(value)
        case "regions":
            return f"region {value}"
        case "text" | "fields":
            return str(value)
        case "months" | "years" | "days" if value == 1:
            return f"1 {key.kind[:-1]}"
        case _:
            return f"{value}{_NUMBERS[key.kind]}"
