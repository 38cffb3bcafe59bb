"""The rows behind the figures of a report: cited where a figure stands, listed at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ka2tui.domain.figure import Source, Unit, say_source
from ka2tui.domain.text import fold
from ka2tui.reports.document import (
    Behind,
    Block,
    Facts,
    Known,
    Notes,
    Paragraph,
    Ref,
    Table,
    Tone,
    Toned,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ka2tui.domain.figure import Figure
    from ka2tui.queries.behind import BehindRow
    from ka2tui.queries.progress_figures import Traced
    from ka2tui.reports.wording import Wording

MOST = 400
"""Rows of one figure that are listed."""


UNTOLD = ("participant.fewer",)
"""Figures whose rows stay in the house: who they are is nobody else's business."""


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
        if name is None or name in UNTOLD or not self._traced[name].rows:
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

    def listed(self, words: Wording, blocks: Sequence[Block]) -> Notes | None:
        """List the rows behind what is cited in blocks, in its order; None where nothing is.

        The blocks are to be `settled` too: a figure whose sentence or column was left out has
        taken a number that nobody cites.
        """
        settled = self._settled(blocks)
        names = [name for name, number in self._numbers.items() if number in settled]
        if not names:
            return None
        told = _Told((row for name in names for row in self._traced[name].rows), words)
        return Notes(
            tuple(told.behind(settled[self._numbers[at]], self._traced[at]) for at in names),
            (words("behind.figure"), words("behind.value"), words("behind.rows")),
            words("behind.others"),
            words("behind.more", n="{n}"),
            told.kinds,
            (words("behind.code"), words("behind.row"), words("behind.known")),
        )

    def settled(self, blocks: Sequence[Block]) -> list[Block]:
        """Number what is cited in blocks from one, without gaps."""
        numbers = self._settled(blocks)
        return [_renumbered(block, numbers) for block in blocks]

    def _settled(self, blocks: Iterable[Block]) -> dict[int, int]:
        """Give every number that blocks cite its place among them."""
        found = {number for block in blocks for number in _cited(block)}
        return {number: at for at, number in enumerate(sorted(found), start=1)}


def _cited(block: Block) -> Iterable[int]:
    """Give the numbers that a block cites."""
    if isinstance(block, Paragraph):
        return (cite.note for cite in block.cites)
    if isinstance(block, Facts):
        return (number for numbers in block.notes for number in numbers)
    if isinstance(block, Table):
        cells = (cell for row in block.rows for cell in row.cells)
        return (cell.note for cell in cells if isinstance(cell, Toned) and cell.note)
    return ()


def _renumbered(block: Block, numbers: Mapping[int, int]) -> Block:
    """Give a block with other numbers for what it cites."""
    if isinstance(block, Paragraph):
        cites = tuple(replace(cite, note=numbers[cite.note]) for cite in block.cites)
        return replace(block, cites=cites)
    if isinstance(block, Facts):
        notes = tuple(tuple(numbers[number] for number in one) for one in block.notes)
        return replace(block, notes=notes)
    if isinstance(block, Table):
        rows = (
            replace(
                row,
                cells=tuple(
                    replace(cell, note=numbers[cell.note])
                    if isinstance(cell, Toned) and cell.note
                    else cell
                    for cell in row.cells
                ),
            )
            for row in block.rows
        )
        return replace(block, rows=tuple(rows))
    return block


class _Told:
    """The rows of a report: each told once, and what is the same to a reader told together."""

    def __init__(self, rows: Iterable[BehindRow], words: Wording) -> None:
        self._words = words
        self._known: dict[tuple[str, int], Known] = {}
        same: dict[tuple[str, ...], dict[int, BehindRow]] = {}
        for row in rows:
            if not row.group:
                same.setdefault(_alike(row), {}).setdefault(row.id, row)
        kinds: dict[str, list[Known]] = {}
        for number, its in enumerate(same.values(), start=1):
            first = next(iter(its.values()))
            one = Known(number, first.code, self._times(first.title, len(its)), _common(its))
            self._known |= dict.fromkeys(((first.table, each) for each in its), one)
            kinds.setdefault(first.kind, []).append(one)
        self.kinds = tuple((kind.capitalize(), tuple(rows)) for kind, rows in kinds.items())
        """The rows themselves, by kind."""

    def _times(self, title: str, number: int) -> str:
        return title if number == 1 else self._words("tasks.times", task=title, n=number)

    def behind(self, number: int, one: Traced) -> Behind:
        """Tell of a figure which rows it comes from; what adds nothing stands apart."""
        figure = one.figure
        shown = one.rows[:MOST]
        return Behind(
            number,
            figure.title,
            figure.said,
            self._refs([row for row in shown if _counts(row)], figure),
            self._refs([row for row in shown if not _counts(row)], figure),
            len(one.rows) - len(shown),
            figure.summed,
            figure.how,
        )

    def _refs(self, rows: Sequence[BehindRow], figure: Figure) -> tuple[Ref, ...]:
        """Name rows, those that are told together with what they add together."""
        together: dict[tuple[str, ...], list[BehindRow]] = {}
        for row in rows:
            together.setdefault((row.table, row.group) if row.group else _alike(row), []).append(
                row
            )
        return tuple(self._ref(same, figure) for same in together.values())

    def _ref(self, same: Sequence[BehindRow], figure: Figure) -> Ref:
        """Name a row, with what it adds where that is not simply one, or nothing of one."""
        row = same[0]
        adds = sum(each.adds for each in same)
        of = None if row.of is None else sum(each.of or 0 for each in same)
        said = say_source(Source(row.table, row.id, adds, of), figure.unit, figure.currency)
        if row.group:
            return Ref(Known(0, "", row.group, ""), said)
        known = self._known[row.table, row.id]
        simple = all(
            each.adds in (0, 1) if each.of == 1 else figure.unit is Unit.COUNT and each.adds == 1
            for each in same
        )
        if len(same) > 1:
            known = replace(known, title=self._times(row.title, len(same)))
        return Ref(known, "" if simple else said)


def _counts(row: BehindRow) -> bool:
    """Tell whether a row adds something, or may do so with its group."""
    return bool(row.adds or row.of is None or row.group)


def _alike(row: BehindRow) -> tuple[str, ...]:
    """Give what rows have in common that a reader cannot tell apart: tasks that come again."""
    if row.table == "task" and not row.code:
        return (row.table, fold(row.title))
    return (row.table, str(row.id))


def _common(rows: Mapping[int, BehindRow]) -> str:
    """Give the facts that hold of all rows."""
    every = [row.facts.split(", ") for row in rows.values()]
    return ", ".join(fact for fact in every[0] if all(fact in facts for facts in every))
