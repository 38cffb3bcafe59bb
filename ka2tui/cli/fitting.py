"""Columns of a table made to fit a terminal: long ones are cut, the least important leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

APART = 2
"""Blanks between two columns."""

SHORT = 15
"""A column of up to so many cells is never cut: dates, codes, amounts, states."""

ENOUGH = 20
"""Cells that the widest column keeps while another can leave in its place."""

_FLOORS = (32, 24, SHORT, 10)
"""How far long columns give way, one after the other from the right, and again where need be."""


def main_of(widths: Mapping[int, int]) -> int:
    """Give the column that says what a row is about: the first long one, else the widest."""
    return next(
        (at for at in sorted(widths) if widths[at] > SHORT), max(widths, key=widths.__getitem__)
    )


def fitted(
    widths: Mapping[int, int], room: int, main: int, whole: Container[int] = ()
) -> dict[int, int]:
    """Give columns the width they have where there is `room`; those that have to leave are gone.

    Long columns are cut first, the last of them before the others. Where that is not enough long
    ones leave from the right, and then short ones; the main one stays, and is cut last.

    Args:
        widths: Cells of each column, by its place; the most important stand first.
        room: Cells of a line.
        main: The place of the one that says what a row is about.
        whole: The places of long ones that are never cut either.
    """
    given = dict(widths)
    long = [at for at in sorted(given, reverse=True) if given[at] > SHORT and at not in whole]

    def give(at: int, floor: int) -> None:
        given[at] = min(given[at], max(given[at] - max(_over(given, room), 0), floor))

    for floor in _FLOORS:
        for at in long:
            give(at, max(floor, ENOUGH) if at == main else floor)
    rest = [at for at in sorted(given, reverse=True) if at not in long]
    for at in [it for it in (*long, *rest) if it != main]:
        if _over(given, room) <= 0:
            break
        del given[at]
    if main in long:
        give(main, min(widths[main], max(room, 2)))
        spare = -_over(given, room)  # what a column left behind as it went
        given[main] = min(widths[main], given[main] + max(spare, 0))
    return given


def _over(given: Mapping[int, int], room: int) -> int:
    return sum(given.values()) + APART * (len(given) - 1) - room


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
