"""Lists that ka2tui wrote itself, read again: their ids, what is worked out, rows of two kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.text import fold
from ka2tui.exchange import headings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Row = tuple[int, tuple[str, ...]]

ID = "id"
"""What a column means that holds the numbers which a list gives its rows."""

_LONGEST = 9
"""Digits of an id."""

_BESIDE = {"partner": "acronym", "work_unit": "code", "letter": "subject"} | dict.fromkeys(
    ("contact", "participant"), "name"
)
"""What a list of a kind surely has beside its ids, if not a title."""

_WORKED_OUT: dict[str, tuple[str, dict[str, str]]] = {
    "work_unit": ("percent counted", dict.fromkeys(("percent", "percent stated"), "")),
    "risk": ("band", {"level": ""}),
    "payment": ("amount paid", {"state": ""}),
}
"""By kind a heading that only a list of ours has, and what others mean beside it."""

_PARTS = ("deliverable", "milestone")
"""What the list of the whole plan has among work packages and activities."""


def settled(
    kind: str, titles: Sequence[str], fields: Sequence[str], body: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Let the columns of a list mean what they mean where ka2tui wrote it.

    A column of ids is one where each of its cells is a number, and no other column refers to it
    as tables of other programs do.
    """
    found = list(fields)
    said = [fold(title) for title in titles]
    sign, worked_out = _WORKED_OUT.get(kind, ("", {}))
    if sign and sign in said:
        for at, title in enumerate(said):
            if title in worked_out:
                found[at] = worked_out[title]
    if ID not in said or _BESIDE.get(kind, "title") not in found or "needs" in found:
        return tuple(found)
    at = said.index(ID)
    said_of = [row for row in body if at < len(row) and row[at]]
    if found[at] in {"", "code", "nr"} and said_of and all(is_id(row, at) for row in said_of):
        found[at] = ID
    return tuple(found)


def is_id(row: Sequence[str], at: int) -> bool:
    """Tell whether a cell of a row can be an id."""
    return at < len(row) and row[at].isascii() and row[at].isdecimal() and len(row[at]) <= _LONGEST


def parted(
    kind: str, titles: Sequence[str], fields: Sequence[str], rows: Iterable[Row]
) -> list[tuple[str, tuple[str, ...], list[Row]]]:
    """Part the rows of a whole plan into work packages, deliverables and milestones."""
    if kind != "work_unit" or "type" not in fields:
        return [(kind, tuple(fields), list(rows))]
    at = tuple(fields).index("type")
    lots: dict[str, list[Row]] = {kind: []}
    for number, row in rows:
        said = fold(row[at]) if at < len(row) else ""
        lots.setdefault(said if said in _PARTS else kind, []).append((number, row))
    found = []
    for name, lot in lots.items():
        means = tuple(fields)
        if name != kind:
            known = {column.at: column.field for column in headings.columns_of(name, titles)}
            means = tuple(known.get(n, "") if n != at else "" for n in range(len(titles)))
            means = settled(name, titles, means, [row for _, row in lot])
        if lot or name == kind:
            found.append((name, means, lot))
    return found


def of_minutes(kind: str, titles: Sequence[str], fields: Sequence[str], row: Sequence[str]) -> bool:
    """Tell whether a row of the log is a line of minutes, which the log only shows."""
    if kind != "log_entry" or ID not in fields or "line" not in titles:
        return False
    own, line = (list(it).index(name) for it, name in ((fields, ID), (titles, "line")))
    has_id = own < len(row) and bool(row[own])
    return not has_id and line < len(row) and row[line].isdecimal()
