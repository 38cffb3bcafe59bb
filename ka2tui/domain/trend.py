"""How own estimates went: a chart made of letters, and the way of each assessor."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

SEVERAL = "*"
"""Stands where more estimates fall on one place than can be shown beside each other."""
_STEPS = "▁▂▃▄▅▆▇█"


@frozen
class Point:
    """One own estimate."""

    day: date
    letter: str
    """Of the assessor; a small one while the checklist is still being filled in."""
    estimate: int
    """0 to 100."""


def letters(assessors: Iterable[str]) -> dict[str, str]:
    """Give each assessor a letter, by the folded name: the first of the name where it is free."""
    given: dict[str, str] = {}
    for name in dict.fromkeys(map(fold, assessors)):
        own = [sign.upper() for sign in name if sign.upper() in ascii_uppercase]
        free = [sign for sign in [*own, *ascii_uppercase] if sign not in given.values()]
        given[name] = free[0] if free else SEVERAL
    return given


def chart(points: Sequence[Point], *, width: int, height: int = 9) -> list[str]:
    """Draw estimates over time with letters; every line as wide as `width` at most.

    Args:
        points: In any order.
        width: Cells there are, at least 20.
        height: Lines of the drawing, without the days below it.
    """
    if not points:
        return []
    room = max(width, 20) - 5
    first, last = min(one.day for one in points), max(one.day for one in points)
    days = (last - first).days
    grid: list[dict[int, str]] = [{} for _ in range(height)]
    for one in sorted(points, key=lambda one: (one.day, one.letter)):
        at = round((one.day - first).days / days * (room - 1)) if days else 0
        row = grid[height - 1 - round(one.estimate / 100 * (height - 1))]
        free = [x for x in (at, at + 1, at - 1) if 0 <= x < room and x not in row]
        row[free[0] if free else at] = one.letter if free else SEVERAL
    marks = {round(part * (height - 1)): 100 - round(part * 100) for part in (0, 0.5, 1)}
    lines = []
    for place, row in enumerate(grid):
        mark = str(marks[place]) if place in marks else ""
        drawn = "".join(row.get(x, " ") for x in range(max(row, default=-1) + 1))
        lines.append(f"{mark:>3} {'┤' if mark else '│'}{drawn}".rstrip())
    lines.append(f"    └{'─' * room}")
    begin, end = (f"{day.day} {day:%b %Y}" for day in (first, last))
    under = begin if not days else f"{begin}{end:>{max(room - len(begin), len(end) + 1)}}"
    lines.append(f"     {under}")
    return lines


def spark(estimates: Iterable[int | None]) -> str:
    """Draw estimates as a row of small bars; a dot where there is none."""
    return "".join(
        "·" if one is None else _STEPS[min(one * len(_STEPS) // 100, len(_STEPS) - 1)]
        for one in estimates
    )


def way(estimates: Sequence[int | None]) -> str:
    """Say how estimates went, from first to last: "40 → 63"; the same one twice is told once."""
    known = [one for one in estimates if one is not None]
    if not known:
        return "–"
    return f"{known[0]} → {known[-1]}" if len(known) > 1 else str(known[0])


def change(estimates: Sequence[int | None]) -> int | None:
    """Give the points between the first and the last estimate; None where there are no two."""
    known = [one for one in estimates if one is not None]
    return known[-1] - known[0] if len(known) > 1 else None


def say(estimates: Sequence[int | None]) -> str:
    """Say how estimates went, with what they changed by: "40 → 63, 23 points up"."""
    by = change(estimates)
    if by is None:
        return (
            way(estimates)
            if any(one is not None for one in estimates)
            else "not filled in to its end yet"
        )
    moved = "as before" if not by else f"{abs(by)} points {'up' if by > 0 else 'down'}"
    return f"{way(estimates)}, {moved}"
