"""The rows behind the figures of a report: cited where a figure stands, listed at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.figure import Source, Unit, say_source
from ka2tui.reports.document import Behind, Notes, Tone, Toned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ka2tui.domain.figure import Figure
    from ka2tui.queries.behind import BehindRow
    from ka2tui.queries.progress_figures import Traced

MOST = 60
"""Rows of one figure that are listed."""


LONGEST = 90
"""Letters of the title of a row."""


class Cites:
    """The figures that a report has cited so far, each with its number."""

    def __init__(self, traced: Mapping[str, Traced] | None = None) -> None:
        """Know what can be cited; nothing is where the rows were not read."""
        self._traced = traced or {}
        self._numbers: dict[str, int] = {}

    def note(self, *names: str) -> int:
        """Give the number of a figure; 0 where nothing stands behind it.

        Args:
            names: What it is called; the first that is known counts.
        """
        name = next((name for name in names if name in self._traced), None)
        if name is None or not self._traced[name].rows:
            return 0
        return self._numbers.setdefault(name, len(self._numbers) + 1)

    def notes(self, *names: str) -> tuple[int, ...]:
        """Give the numbers of several figures, without those that have no rows."""
        return tuple(filter(None, map(self.note, names)))

    def cell(self, shown: object, *names: str, tone: Tone = "") -> Toned:
        """Show a figure that leads to its rows."""
        return Toned(str(shown), tone, self.note(*names))

    def said(self, name: str) -> str:
        """Say a figure that is known; blank where it is not."""
        return self._traced[name].figure.said if name in self._traced else ""

    def listed(self, columns: tuple[str, str, str], more: str) -> Notes | None:
        """List the rows behind what was cited, in its order; None where nothing was."""
        items = tuple(_behind(number, self._traced[name]) for name, number in self._numbers.items())
        return Notes(items, columns, more) if items else None


def _behind(number: int, one: Traced) -> Behind:
    figure = one.figure
    return Behind(
        number,
        figure.title,
        figure.said,
        tuple(_line(row, figure) for row in one.rows[:MOST]),
        max(len(one.rows) - MOST, 0),
        figure.summed,
        figure.how,
    )


def _line(row: BehindRow, figure: Figure) -> str:
    """Tell a row, and what it adds where that is not one."""
    title = row.title if len(row.title) <= LONGEST else f"{row.title[: LONGEST - 1].rstrip()}…"
    name = f"{row.code} {title}".strip()
    said = f"{name} ({row.facts})" if row.facts else name
    if figure.unit is Unit.COUNT and row.adds == 1:
        return said
    source = Source(row.table, row.id, row.adds, row.of)
    return f"{said}: {say_source(source, figure.unit, figure.currency)}"
