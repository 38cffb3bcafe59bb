"""Naming: what programme codes mean, for readers who do not live in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain.countries import read_country, say_country
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import fold

if TYPE_CHECKING:
    from re import Match

_ACTIONS = {
    "KA201": "Strategic Partnership",
    "KA202": "Strategic Partnership",
    "KA203": "Strategic Partnership",
    "KA204": "Strategic Partnership",
    "KA205": "Strategic Partnership",
    "KA210": "Small-scale Partnership",
    "KA220": "Cooperation Partnership",
    "KA229": "School Exchange Partnership",
}
_FIELDS = {
    "ADU": "adult education",
    "HE": "higher education",
    "HED": "higher education",
    "SCH": "school education",
    "VET": "vocational education and training",
    "YOU": "youth",
    "KA201": "school education",
    "KA202": "vocational education and training",
    "KA203": "higher education",
    "KA204": "adult education",
    "KA205": "youth",
}
_CENTRAL = (
    ("SPORT-20..-SCP", "Cooperation Partnership in sport"),
    ("SPORT-20..-SSCP", "Small-scale Partnership in sport"),
    ("(EDU|YOUTH)-20..-PCOOP-ENGO", "Cooperation Partnership of European NGOs"),
    ("(EDU-20..-)?(PEX-)?COVE", "Centre of Vocational Excellence"),
    ("(EDU-20..-)?(PEX-)?TEACH-ACA", "Erasmus+ Teacher Academy"),
    ("EDU-20..-PI-ALL-INNO-.+", "Alliance for Innovation"),
    ("(EDU-20..-)?CBHE(-STRAND-.)?", "Capacity building in higher education"),
    ("(EDU-20..-)?CB-VET(-.+)?", "Capacity building in vocational education and training"),
    ("YOUTH-20..-CB", "Capacity building in youth"),
    ("SPORT-20..-CB", "Capacity building in sport"),
)
"""Actions run from Brussels, whose codes name the year of the call."""
_ACTION = re.compile(r"(?P<action>KA2\d\d)(?:-(?P<field>[A-Z]{2,3}))?", re.ASCII)
_AGENCY = re.compile(
    r"(?:national agency[\s,:-]*)?\(?(?P<code>[A-Z]{2}0[1-9])\)?", re.ASCII | re.IGNORECASE
)
_THE = {"NL", "GB"}
"""Countries whose names take an article."""


def say_action(action: str | None, field: str | None = None) -> str:
    """Name an action: Cooperation Partnership, adult education (KA220-ADU).

    What is no known code stands as it was typed.
    """
    typed, area = (action or "").strip(), (field or "").strip()
    found: Match[str] | None = _ACTION.fullmatch(typed.upper())
    name = _ACTIONS.get(found["action"]) if found else _central(typed)
    known = (_FIELDS.get(found["field"] or found["action"]) if found else None) or ""
    said = _FIELDS.get(area.upper(), area)
    said = known if not said or fold(said) == fold(known) else said
    if name is None:
        return " · ".join(filter(None, (typed, said)))
    return f"{', '.join(filter(None, (name, said)))} ({typed})"


def _central(typed: str) -> str | None:
    """Name an action that is not run by national agencies."""
    written = "-".join(typed.upper().split())
    return next(
        (name for code, name in _CENTRAL if re.fullmatch(f"(ERASMUS-)?{code}", written)), None
    )


def say_agency(agency: str | None) -> str:
    """Name a national agency by its country: National agency in Spain (ES01).

    What is not just such a code stands as it was typed.
    """
    typed = (agency or "").strip()
    found = _AGENCY.fullmatch(typed)
    if found is None:
        return typed
    code = found["code"].upper()
    try:
        country = read_country(code[:2])
    except Misread:
        return typed
    the = "the " if country in _THE else ""
    return f"National agency in {the}{say_country(country)} ({code})"
