"""Who is meant where a table gives less than a name: a first name, a country."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ka2tui.domain import countries
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import fold
from ka2tui.operations.import_names import beside, called

if TYPE_CHECKING:
    from ka2tui.domain.intake import Link
    from ka2tui.operations.import_taking import Taking

_TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "frau", "herr", "fr", "hr", "mme", "mlle"} | {
    *("sr", "sra", "sig", "dott", "pan", "pani", "ing", "mag"),
}
_OF = re.compile(r".*(?::|\b(?:of|from|by|in|de|aus|di)\b)\s*|\b(?:lead(?:er)?|partner)\b")
"""What may stand before a country: "Lead: Spain", "partner from Spain"."""
_ADDRESS = "@"


def people(taking: Taking, said: str) -> list[Any]:
    """Find the contacts whom a part of a name means: Maria, M. López, Frau Müller."""
    taking.load("contact")
    wanted = [word for word in _words(said) if word not in _TITLES]
    if _ADDRESS in said or all(len(word) == 1 for word in wanted):  # nobody, or J. M.
        return []
    return [one for one in taking.known["contact"] if _is_called(wanted, _words(one.name))]


def person_beside(taking: Taking, said: str, partner: Any) -> Any:
    """Find the one person of a partner who stands beside its name: Maria (UM)."""
    known = {word for one in beside(partner) for word in _words(one)}
    rest = [word for word in _words(said) if word not in known]
    mine = [one for one in people(taking, " ".join(rest)) if one.partner_id == partner.id]
    return mine[0] if len(mine) == 1 else None


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(name))


def _is_called(wanted: list[str], names: list[str]) -> bool:
    """Tell whether each word is a name of a person, or the first letter of one."""
    left = list(names)
    for word in wanted:
        found = next((n for n in left if n == word or (len(word) == 1 and n[0] == word)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _of_country(taking: Taking, said: str) -> tuple[str, list[Any]]:
    """Find the partners of the country that words name, and say which it is."""
    for text in (said, _OF.sub("", fold(said)).strip(" :-–")):
        try:
            code = countries.read_country(text)
        except Misread:
            continue
        taking.load("partner")
        mine = [one for one in taking.known["partner"] if one.country == code]
        return countries.say_country(code), mine
    return "", []


def meant(taking: Taking, link: Link) -> list[tuple[Any, str]]:
    """Find the records that a first name or a country can mean, each with how it was read."""
    if link.kind == "contact" and link.otherwise != "+":
        return [(one, f"read as {called(one)}") for one in people(taking, link.said)]
    if link.kind != "partner":
        return []
    persons = people(taking, link.said)
    if persons and link.otherwise == "contact_id":
        return []  # who does a task may be a person
    if not persons:
        country, mine = _of_country(taking, link.said)
        return [(one, f"read as {called(one)}, the only partner of {country}") for one in mine]
    found = []
    for person in persons:
        home = next((one for one in taking.known["partner"] if one.id == person.partner_id), None)
        if home is not None:
            found.append((home, f"read as {called(home)}, where {person.name} is"))
    return found
