"""Plain text: a document to be read aloud, one thing a line, figures instead of drawings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from ka2tui.domain import days, spoken
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


def render(document: Document) -> str:
    """Write a document as lines of plain text."""
    parts = [
        "\n".join(filter(None, map(_line, (document.title, document.subtitle, document.about)))),
        *("\n".join(filter(None, _parts(block))) for block in document.blocks),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(typed: str) -> str:
    return " ".join(clean(typed).split())


@singledispatch
def _parts(block: Block) -> Iterable[str]:
    raise TypeError(block)


@_parts.register
def _heading(block: Heading) -> Iterable[str]:
    yield _line(block.text)


@_parts.register
def _paragraph(block: Paragraph) -> Iterable[str]:
    yield _line(block.text)


@_parts.register
def _note(block: Note) -> Iterable[str]:
    yield _line(block.text)


@_parts.register
def _points(block: Points) -> Iterable[str]:
    yield from map(_line, block.items)


@_parts.register
def _facts(block: Facts) -> Iterable[str]:
    for name, value in block.rows:
        yield f"{_line(name)}: {_line(value)}"


@_parts.register
def _table(block: Table) -> Iterable[str]:
    yield _line(block.caption)
    rows = [[_line(it.text if isinstance(it, Toned) else it) for it in row.cells]
            for row in block.rows]  # fmt: skip
    yield spoken.table([_line(column.title) for column in block.columns], rows)
    yield _line(block.note)


@_parts.register
def _notes(block: Notes) -> Iterable[str]:
    for item in block.items:
        yield _line(f"{item.title}: {item.said}")
        rows = [_line(ref.said) for ref in item.rows]
        rows += [f"{_line(block.others)}: {_line(ref.said)}" for ref in item.others]
        yield "; ".join([*rows, _line(block.rest(item))])
    for kind, known in block.known:
        yield _line(kind)
        for row in known:
            yield "; ".join(filter(None, map(_line, (row.code, row.title, row.facts))))


@_parts.register
def _bars(block: Bars) -> Iterable[str]:
    yield _line(block.caption)
    for bar in block.bars:
        done = "" if bar.share is None else f"{bar.share} % done"
        should = "" if bar.mark is None else f"{bar.mark} % of its time has passed"
        yield "; ".join(filter(None, (_line(bar.label), done, should, _line(bar.word))))


@_parts.register
def _timeline(block: Timeline) -> Iterable[str]:
    yield _line(block.caption)
    for lane in block.lanes:
        span = ""
        if lane.first is not None:
            span = f"{days.say_brief(lane.first)} to {days.say_brief(lane.last or block.last)}"
        done = "" if lane.share is None else f"{lane.share} % done"
        yield "; ".join(filter(None, (_line(lane.label), span, done)))
        for point in lane.points:
            state = "reached" if point.reached else "late" if point.late else "to come"
            yield f"{_line(point.label)}; {days.say_brief(point.day)}; {state}"


@_parts.register
def _trend(block: Trend) -> Iterable[str]:
    yield _line(block.caption)
    for curve in block.curves:
        said = ", ".join(f"{days.say_brief(day)}: {at}" for day, at in curve.points)
        yield f"{_line(curve.label)}; {said}"
