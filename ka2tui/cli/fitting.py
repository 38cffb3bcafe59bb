"""Columns of a table made to fit a terminal: the last long ones give way, what is short stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

APART = 2
"""Blanks between two columns."""

SHORT = 15
"""A column of up to so many cells is never cut: dates, codes, amounts, states."""

_FLOORS = (32, 24, SHORT, 10, 6)
"""How far long columns give way, one after the other from the right, and again where need be."""


def fitted(widths: Mapping[int, int], room: int) -> dict[int, int]:
    """Give each column the width it has where there is `room` for all of them.

    Args:
        widths: Cells of each column, by its place; the most important stand first.
        room: Cells of a line.
    """
    given = dict(widths)
    long = [at for at in sorted(given, reverse=True) if given[at] > SHORT]
    for floor in _FLOORS:
        for at in long:
            over = sum(given.values()) + APART * (len(given) - 1) - room
            given[at] = min(given[at], max(given[at] - max(over, 0), floor))
    return given


def cut(text: str, room: int) -> str:
    """Cut a text to so many cells, with … where something is missing."""
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= room else f"{set_cell_size(text, room - 1).rstrip()}…"


def wrapped(text: str, room: int) -> list[str]:
    """Break a text into lines of so many cells, between words; a longer word stays whole."""
    from rich.cells import cell_len

    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and cell_len(joined) > room:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines
