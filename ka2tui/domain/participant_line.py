"""A participant typed in one line: "Jan Kowalski, ULODZ, teacher, PL"."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ka2tui.domain import countries
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PARTS = re.compile(r"\s*[,;\t]\s*")
_SAID = re.compile(r"(?P<what>[\w ]{2,24}):\s*(?P<value>.+)")
_PROFILES = frozenset(
    {"teacher", "trainer", "student", "pupil", "learner", "adult learner", "apprentice", "parent"}
    | {"head teacher", "headteacher", "staff", "researcher", "youth worker", "educator", "expert"}
    | {"professor", "lecturer", "librarian", "volunteer", "policy maker", "mentor", "coach"}
    | {"trainee", "tutor", "young person", "counsellor", "school leader", "social worker"}
)
"""What a word means where nothing else is known of it; any other word can be a profile too."""

_ROLES = frozenset({"participant", "organiser", "organizer", "speaker", "host", "facilitator"})
_FEWER = frozenset({"fo", "fewer opportunities", "fewer opp"})
_NOT_FEWER = frozenset({"no fo", "no fewer opportunities", "not fo"})
_CERTIFICATES = ("youthpass", "europass", "certificate")
_FIELDS = {
    "name": "name",
    "partner": "organisation",
    "organisation": "organisation",
    "organization": "organisation",
    "org": "organisation",
    "from": "organisation",
    "country": "country",
    "profile": "profile",
    "role": "role",
    "certificate": "certificate",
    "cert": "certificate",
    "notes": "notes",
    "note": "notes",
}
"""What can be said with a colon."""


@frozen
class Line:
    """A line as it was understood."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """Fields of a participant."""
    doubt: str | None = None
    """What it could mean as well."""


def read(text: str, partners: Mapping[str, int], profiles: Iterable[str] = ()) -> Line:
    """Understand one line: the name first, the rest in any order.

    Args:
        text: Parts with commas, semicolons or tabs between them.
        partners: Ids by every folded name that means one: acronym, name.
        profiles: Those that were used before.

    Raises:
        Misread: There is no name, or a country after "country:" that is none.
    """
    name, *parts = [part for part in map(clean, _PARTS.split(text)) if part] or [""]
    if not name:
        raise Misread("A participant needs a name.")
    known = {fold(each) for each in profiles} | _PROFILES
    values: dict[str, Any] = {"name": name}
    left = [part for part in parts if not _take(part, values, partners, known)]
    doubt = None
    for part in left:
        place = next((it for it in ("organisation", "profile", "role") if _free(it, values)), None)
        if place is None:
            values["notes"] = f"{values['notes']}; {part}" if values.get("notes") else part
            continue
        values[place] = part
        if part == parts[0] and place == "organisation" and " " not in f"{name}{part}":
            doubt = (
                f"{quoted(part)} is taken for the organisation: write the first name first "
                f"if it belongs to {quoted(name)}"
            )
    return Line(values, doubt)


def _free(place: str, values: Mapping[str, Any]) -> bool:
    return place not in values and not (place == "organisation" and "partner_id" in values)


def _take(part: str, values: dict[str, Any], partners: Mapping[str, int], known: set[str]) -> bool:
    """Take a part for what it surely is; say whether it was."""
    said = _SAID.fullmatch(part)
    if said is not None and fold(said["what"]) in _FIELDS:
        _say(_FIELDS[fold(said["what"])], said["value"], values, partners)
        return True
    word = fold(part)
    if word in partners and "partner_id" not in values:
        values["partner_id"] = partners[word]
    elif word in ("online", "remote", "in person"):
        values["online"] = word != "in person"
    elif word in _FEWER or word in _NOT_FEWER:
        values["fewer_opportunities"] = word in _FEWER
    elif word.startswith(_CERTIFICATES) and "certificate" not in values:
        values["certificate"] = part
    elif word in _ROLES and "role" not in values:
        values["role"] = part
    elif (word in known or word.removesuffix("s") in known) and "profile" not in values:
        values["profile"] = part
    elif "country" not in values and (code := _country(part)) is not None:
        values["country"] = code
    else:
        return False
    return True


def _say(name: str, value: str, values: dict[str, Any], partners: Mapping[str, int]) -> None:
    if name == "organisation" and fold(value) in partners:
        values["partner_id"] = partners[fold(value)]
    elif name == "country":
        values["country"] = countries.read_country(value)
    else:
        values[name] = value


def _country(part: str) -> str | None:
    """Read a country's name, or a code in capitals."""
    if len(part) < len("PL") or (len(part) == len("PL") and not part.isupper()):
        return None
    try:
        return countries.read_country(part)
    except Misread:
        return None
