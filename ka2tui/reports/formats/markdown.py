"""Markdown: a document as text to be worked on, in which everything typed shows as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatch
from typing import TYPE_CHECKING

from ka2tui.domain import days, progress
from ka2tui.domain.text import clean
from ka2tui.reports.document import (
    Bars,
    Block,
    Document,
    Facts,
    Heading,
    Note,
    Notes,
    Paragraph,
    Points,
    Table,
    Timeline,
    Toned,
    Trend,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.reports.document import Cell, Column, Lane

_ACTS = re.compile(r"[\\`*\[\]|~$]|(?<!\w)@|_(?![^\W_])|(?<![^\W_])_")
"""What means something anywhere in a line; an underscore only at the edge of a word, and an @ only
at the beginning of one, where it calls somebody."""
_ADDRESS = re.compile(
    r"((?<![^\s(])https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:/[A-Za-z0-9./%=?#+-]*)?"
    r"(?=[.,;:)]*(?:\s|$)))"
)
"""An address in which nothing has a meaning of its own."""
_LINKS = re.compile(r"(?i)(?<=\bhttp)(?=:)|(?<=\bhttps)(?=:)|(?<=\bftp)(?=:)|(?<=\bwww)(?=\.)")
"""Where a bare address would become a link."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
"""What would be read as another character."""
_BEGINS = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([#+=>-])")
"""What means something at the beginning of a line."""

_WIDE = 48
"""Cells of a timeline."""
_MARK = "┃"
"""Stands for today; no bar that would end a cell of a table."""


def render(document: Document) -> str:
    """Write a document in Markdown, with the tables of GitHub's kind."""
    parts = [
        f"# {text(document.title)}",
        f"**{text(document.subtitle)}**",
        *([text(document.about)] if document.about else []),
        *(part for block in document.blocks for part in _parts(block)),
    ]
    return "\n\n".join(parts) + "\n"


def text(typed: str) -> str:
    """Write a text on a line of its own so that every character of it shows, and none acts."""
    return _begun(inline(typed))


def _begun(line: str) -> str:
    """Let nothing at the beginning of a line act."""
    return _BEGINS.sub(
        lambda found: f"\\{found[3]}" if found[3] else f"{found[1]}\\{found[2]}", line
    )


def _spaced(piece: str) -> str:
    """Write a piece of a line; the blanks at its ends stay."""
    before = " " * (piece[:1] == " ")
    after = " " * (piece[-1:] == " " and bool(piece.strip()))
    return f"{before}{inline(piece)}{after}"


def _cites(*notes: int) -> str:
    """Lead to notes at the end."""
    return "".join(f"[^{note}]" for note in notes if note)


def inline(typed: str) -> str:
    """Write a text within a line so that every character of it shows, and none acts.

    An address of plain characters stays as it is: where it becomes a link, it leads where it says.
    """
    line = " ".join(clean(typed).split())
    parts = _ADDRESS.split(line)
    return "".join(part if at % 2 else _escaped(part) for at, part in enumerate(parts))


def _escaped(line: str) -> str:
    line = _ACTS.sub(lambda sign: f"\\{sign.group()}", line)
    line = _ENTITY.sub("&amp;", line).replace("<", "&lt;")
    return _LINKS.sub("\\\\", line)


@singledispatch
def _parts(block: Block) -> Iterable[str]:
    raise TypeError(block)


@_parts.register
def _heading(block: Heading) -> Iterable[str]:
    yield f"{'#' * (block.level + 1)} {text(block.text)}"


@_parts.register
def _paragraph(block: Paragraph) -> Iterable[str]:
    yield _begun("".join(_spaced(piece) + _cites(note) for piece, note in block.pieces))


@_parts.register
def _note(block: Note) -> Iterable[str]:
    yield f"> {text(block.text)}"


@_parts.register
def _points(block: Points) -> Iterable[str]:
    yield "\n".join(f"- {text(item)}" for item in block.items)


@_parts.register
def _facts(block: Facts) -> Iterable[str]:
    yield "\n".join(
        f"- **{inline(name)}:** {inline(value)}{_cites(*notes)}"
        for name, value, notes in block.cited
    )


@_parts.register
def _table(block: Table) -> Iterable[str]:
    yield f"**{text(block.caption)}**"
    rows = [
        [
            ("&emsp;" * row.level if not at else "") + _cell(cell, strong=row.strong)
            for at, cell in enumerate(row.cells)
        ]
        for row in block.rows
    ]
    yield _grid([inline(column.title) for column in block.columns], rows, block.columns)
    if block.note:
        yield text(block.note)


@_parts.register
def _notes(block: Notes) -> Iterable[str]:
    for item in block.items:
        rows = "; ".join(inline(ref.said) for ref in item.rows)
        others = "; ".join(inline(ref.said) for ref in item.others)
        others = others and f"{inline(block.others)}: {others}"
        said = ". ".join(filter(None, (rows, others)))
        title = f"**{inline(item.title)}: {inline(item.said)}.**"
        yield f"[^{item.number}]: {title} {said.rstrip('.')}. {inline(block.rest(item))}."
    for kind, known in block.known:
        yield f"**{text(kind)}**"
        rows_of = [[inline(row.code), inline(row.title), inline(row.facts)] for row in known]
        yield _grid([*map(inline, block.heads)], rows_of)


@_parts.register
def _bars(block: Bars) -> Iterable[str]:
    yield f"**{text(block.caption)}**"
    rows = [
        [
            "&emsp;" * bar.level + inline(bar.label),
            "" if bar.share is None else f"`{_bar(bar.share, 20, bar.mark)}`",
            "" if bar.share is None else f"{bar.share} %",
            inline(bar.word),
        ]
        for bar in block.bars
    ]
    yield _grid(["", "", "", ""], rows)
    yield text(block.legend)


@_parts.register
def _timeline(block: Timeline) -> Iterable[str]:
    yield f"**{text(block.caption)}**"
    scale = [" "] * (_WIDE + 1)
    for tick in block.ticks:
        at = _place(tick.day, block)
        room = len(tick.label) + 1
        around = scale[max(at - 1, 0) : at + room]
        if at + room <= len(scale) and all(sign == " " for sign in around):
            scale[at : at + len(tick.label)] = tick.label
    rows = [["", f"`{''.join(scale[:_WIDE])}`", ""]]
    rows += [
        [
            "&emsp;" * lane.level + inline(lane.label),
            f"`{_lane(lane, block)}`",
            "" if lane.first is None or lane.share is None else f"{lane.share} %",
        ]
        for lane in block.lanes
    ]
    yield _grid(["", "", ""], rows)
    yield (
        "▓ done (up to today at most; the share at the end), ░ still to be done, "
        f"· nothing planned, {_MARK} today, ◆ reached, ◇ to come, ! late."
    )


def _bar(share: int, width: int, mark: int | None = None) -> str:
    return progress.bar(share, width, mark).replace("|", _MARK)


def _lane(lane: Lane, block: Timeline) -> str:
    cells = ["·"] * _WIDE
    if lane.first is not None:
        first, last = _place(lane.first, block), _place(lane.last or block.last, block)
        room = last - first + 1
        full = round(lane.done(room, _place(block.today, block) - first))
        cells[first : last + 1] = "▓" * full + "░" * (room - full)
    if block.first <= block.today <= block.last:
        cells[_place(block.today, block)] = _MARK
    for point in lane.points:
        sign = "◆" if point.reached else "!" if point.late else "◇"
        cells[_place(point.day, block)] = sign
    return "".join(cells)


def _place(day: date, block: Timeline) -> int:
    """Give the cell of a day."""
    within = min(max(day, block.first), block.last)
    return (within - block.first).days * _WIDE // ((block.last - block.first).days + 1)


@_parts.register
def _trend(block: Trend) -> Iterable[str]:
    yield f"**{text(block.caption)}**"
    rows = [
        [inline(curve.label), ", ".join(f"{days.say_brief(day)}: {at}" for day, at in curve.points)]
        for curve in block.curves
    ]
    yield _grid(["", ""], rows)


def _cell(cell: Cell, *, strong: bool) -> str:
    shown = inline(cell.text if isinstance(cell, Toned) else cell)
    tone = cell.tone if isinstance(cell, Toned) else ""
    bold = shown and (strong or tone in {"late", "strong"})
    cites = _cites(cell.note) if isinstance(cell, Toned) else ""
    return f"**{shown}**{cites}" if bold else f"{shown}{cites}"


def _grid(
    titles: Sequence[str], rows: Iterable[Sequence[str]], columns: Sequence[Column] = ()
) -> str:
    marks = ["---:" if columns and columns[at].right else "---" for at in range(len(titles))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (titles, marks, *rows))
