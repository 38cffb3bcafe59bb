"""Codes: the next of a row, R7 after R6, and the numbers by which parts of the work are named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNIT_NUMBER = re.compile(
    r"(?:(?P<wp>wp|work ?package|arbeitspaket|ap|lot(?: de travail)?|pt|is paketi|ip"
    r"|pakiet(?: roboczy)?)"
    r"|(?P<io>io|o|output|intellectual output|pr|project result)|(?P<a>a|act\.?|activity)"
    r"|(?P<h>h|heading))?[ .:_-]*(?:no\.?|nr\.?)? ?0*(?P<number>\d{1,2}(?:\.\d{1,2})?)"
)


def next_code(prefix: str, taken: Iterable[str | None]) -> str:
    """Give the code after the highest that begins so; what was removed in between stays free."""
    row = re.compile(rf"\s*{prefix}(\d{{1,6}})\s*", re.IGNORECASE | re.ASCII)
    found = (row.fullmatch(code) for code in taken if code)
    return f"{prefix}{max((int(each[1]) for each in found if each), default=0) + 1}"


def unit_number(said: str) -> tuple[str, str] | None:
    """Part WP02, Arbeitspaket 2, IO 1 into the letter of their kind and their number."""
    found = _UNIT_NUMBER.fullmatch(fold(said).strip(" .:"))
    if not found:
        return None
    letter = next((name for name in ("wp", "io", "a", "h") if found[name] is not None), "")
    return letter, ".".join(str(int(part)) for part in found["number"].split("."))


def same_number(one: tuple[str, str], other: tuple[str, str] | None) -> bool:
    """Tell whether two numbers of work packages mean the same one."""
    if other is None or one[1] != other[1]:
        return False
    return one[0] == other[0] or "" in {one[0], other[0]}


def units_meant(said: str, codes: Iterable[str]) -> list[str]:
    """Give the codes of work packages and activities that words name in another form.

    WP01 and Work package 1 are WP1, and also the 1 of a plan that numbers its work packages.
    """
    wanted = unit_number(said)
    if wanted is None:
        return []
    return [code for code in codes if same_number(wanted, unit_number(code))]
