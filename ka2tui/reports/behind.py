"""The rows behind the figures of a report: cited where a figure stands, listed at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.figure import Source, Unit, say_source
from ka2tui.reports.document import Behind, Known, Notes, Ref, Tone, Toned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ka2tui.domain.figure import Figure
    from ka2tui.queries.behind import BehindRow
    from ka2tui.queries.progress_figures import Traced
    from ka2tui.reports.wording import Wording

MOST = 400
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
        figure = self._traced[name].figure
        if not figure.value and figure.unit is not Unit.SHARE:
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

    def listed(self, words: Wording) -> Notes | None:
        """List the rows behind what was cited, in its order; None where nothing was."""
        if not self._numbers:
            return None
        known: dict[tuple[str, int], Known] = {}
        kinds: dict[str, list[Known]] = {}
        for name in self._numbers:
            for row in self._traced[name].rows:
                if (row.table, row.id) not in known:
                    one = Known(len(known) + 1, row.code, _short(row.title), row.facts)
                    known[row.table, row.id] = one
                    kinds.setdefault(row.kind, []).append(one)
        return Notes(
            tuple(_behind(number, self._traced[at], known) for at, number in self._numbers.items()),
            (words("behind.figure"), words("behind.value"), words("behind.rows")),
            words("behind.others"),
            words("behind.more", n="{n}"),
            tuple((kind.capitalize(), tuple(rows)) for kind, rows in kinds.items()),
            (words("behind.code"), words("behind.row"), words("behind.known")),
        )


def _behind(number: int, one: Traced, known: Mapping[tuple[str, int], Known]) -> Behind:
    """Tell of a figure which rows it comes from; what adds nothing stands apart."""
    figure = one.figure
    shown = one.rows[:MOST]
    return Behind(
        number,
        figure.title,
        figure.said,
        tuple(_ref(row, figure, known) for row in shown if row.adds or row.of is None),
        tuple(_ref(row, figure, known) for row in shown if not row.adds and row.of is not None),
        len(one.rows) - len(shown),
        figure.summed,
        figure.how,
    )


def _ref(row: BehindRow, figure: Figure, known: Mapping[tuple[str, int], Known]) -> Ref:
    """Name a row, with what it adds where that is not simply one, or nothing of one."""
    one = known[row.table, row.id]
    simple = row.adds in (0, 1) if row.of == 1 else figure.unit is Unit.COUNT and row.adds == 1
    if simple:
        return Ref(one)
    source = Source(row.table, row.id, row.adds, row.of)
    return Ref(one, say_source(source, figure.unit, figure.currency))


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
