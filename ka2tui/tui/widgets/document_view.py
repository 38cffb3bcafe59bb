"""A report on the screen: its lines are laid out once for a width, and drawn as they are seen."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from ka2tui.domain import days
from ka2tui.reports.document import (
    Bars,
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Notes,
    Paragraph,
    Points,
    Row,
    Table,
    Timeline,
    Toned,
    Trend,
)
from ka2tui.reports.document import plain as text_of
from ka2tui.tui import plain
from ka2tui.tui.widgets.drawn import Flowing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.reports.document import Cell, Lane
    from ka2tui.tui.plain import Tone

Line = list[tuple[str, "Tone"]]

_MARGIN = 2
_GAP = 2
_LEAST = 12
"""Cells a column of text has to have; where it has not, rows are told line by line."""
_WIDEST = 120
"""Cells of a line of text; longer ones are hard to read."""
_BAR = 20
_BLOCKS = "▁▂▃▄▅▆▇█"


class Layout:
    """The lines of a document for one width."""

    def __init__(self, document: Document, width: int) -> None:
        self.width = max(min(width, _WIDEST) - _MARGIN, 20)
        self.lines: list[Line] = []
        self.parts: list[int] = []
        """The line on which each part begins."""
        self._text(document.title, "strong")
        self._text(document.subtitle)
        self._text(document.about, "quiet")
        for block in document.blocks:
            self.lines.append([])
            self._lay(block)

    def _text(self, text: str, tone: Tone = "", *, before: str = "") -> None:
        room = self.width - plain.width(before)
        for number, line in enumerate(plain.wrap(text, room)):
            head = before if not number else " " * plain.width(before)
            self.lines.append([(head, ""), (line, tone)])

    def _fit(self, text: str, room: int) -> str:
        return plain.pad(plain.line(text), room)

    @singledispatchmethod
    def _lay(self, block: Block) -> None:
        raise TypeError(block)

    @_lay.register
    def _heading(self, block: Heading) -> None:
        if block.level == 1:
            self.parts.append(len(self.lines))
            title = plain.cut(plain.line(block.text), self.width)
            rule = "─" * max(self.width - plain.width(title) - 1, 0)
            self.lines.append([(title, "accent"), (f" {rule}", "quiet")])
        else:
            self._text(block.text, "strong")

    @_lay.register
    def _paragraph(self, block: Paragraph) -> None:
        self._text(block.text, block.tone)

    @_lay.register
    def _note(self, block: Note) -> None:
        self._text(block.text, "quiet", before="│ ")

    @_lay.register
    def _points(self, block: Points) -> None:
        for item in block.items:
            self._text(item, before="· ")

    @_lay.register
    def _facts(self, block: Facts) -> None:
        room = plain.longest([name for name, _ in block.rows], most=self.width // 3) + _GAP
        for name, value in block.rows:
            for number, line in enumerate(plain.wrap(value, self.width - room)):
                self.lines.append([(self._fit("" if number else name, room), "quiet"), (line, "")])

    @_lay.register
    def _bars(self, block: Bars) -> None:
        self._text(block.caption, "strong")
        tail = max((plain.width(_beside(bar.share, bar.word)) for bar in block.bars), default=0)
        room = max(self.width - _BAR - tail - 2 * _GAP, 8)
        for bar in block.bars:
            mark = None if bar.mark is None else bar.mark / 100
            drawn = plain.bar((bar.share or 0) / 100, mark=mark, room=_BAR)
            label = self._fit("  " * bar.level + plain.line(bar.label), room)
            self.lines.append([(f"{label}  ", ""), (drawn, "accent"), ("  ", ""),
                               (_beside(bar.share, bar.word), _tone_of(bar.word))])  # fmt: skip
        self._text(block.legend, "quiet")

    @_lay.register
    def _timeline(self, block: Timeline) -> None:
        self._text(block.caption, "strong")
        label = min(max(self.width // 3, 14), 40)
        room = self.width - label - _GAP
        scale = [" "] * (room + 8)
        for tick in block.ticks:
            at = _place(tick.day, block, room)
            if all(sign == " " for sign in scale[max(at - 1, 0) : at + len(tick.label) + 1]):
                scale[at : at + len(tick.label)] = tick.label
        self.lines.append([(" " * (label + _GAP), ""), ("".join(scale)[:room], "quiet")])
        for lane in block.lanes:
            name = self._fit("  " * lane.level + plain.line(lane.label), label)
            self.lines.append([(name + " " * _GAP, ""), (_lane(lane, block, room), "")])
        self._text("▓ done  ░ to be done  | today  ◆ reached  ◇ to come  ! late", "quiet")

    @_lay.register
    def _notes(self, block: Notes) -> None:
        """Only say where they are: a key opens them here, and the file has them all."""
        count = plain.count(len(block.items), "figure")
        self._text(f"B opens the rows of each; the file that e saves lists those of {count}.")

    @_lay.register
    def _trend(self, block: Trend) -> None:
        self._text(block.caption, "strong")
        for curve in block.curves:
            signs = "".join(_BLOCKS[value * (len(_BLOCKS) - 1) // 100] for _, value in curve.points)
            said = ", ".join(f"{value} ({days.say_brief(day)})" for day, value in curve.points)
            self.lines.append([(plain.cut(plain.line(curve.label), self.width), ""),
                               (f"  {signs}", "accent")])  # fmt: skip
            self._text(said, "quiet", before="  ")

    @_lay.register
    def _table(self, block: Table) -> None:
        self._text(block.caption, "strong")
        for gap in (_GAP, 1):
            widths = self._widths(block, gap)
            if widths is not None:
                titles = Row(tuple(Toned(column.title, "quiet") for column in block.columns))
                for row in (titles, *block.rows):
                    self._row(row, block.columns, widths, gap)
                break
        else:
            for row in block.rows:
                self._stack(row, block.columns)
        if block.note:
            self._text(block.note, "quiet")

    def _widths(self, block: Table, gap: int) -> list[int] | None:
        """Give each column its cells; None where there are too few of them."""
        natural = [
            plain.longest([column.title, *(text_of(row.cells[at]) for row in block.rows)], most=60)
            + max((2 * row.level for row in block.rows), default=0) * (not at)
            for at, column in enumerate(block.columns)
        ]
        free = self.width - gap * (len(natural) - 1)
        if sum(natural) <= free:
            return natural
        flowing = [at for at, column in enumerate(block.columns) if column.kind == "text"]
        left = free - sum(size for at, size in enumerate(natural) if at not in flowing)
        while flowing:
            each = left // len(flowing)
            fitting = [at for at in flowing if natural[at] <= each]
            if not fitting:
                if each < _LEAST:
                    return None
                for at in flowing:
                    natural[at] = each
                return natural
            left -= sum(natural[at] for at in fitting)
            flowing = [at for at in flowing if at not in fitting]
        return natural if left >= 0 else None

    def _row(self, row: Row, columns: Sequence[Column], widths: Sequence[int], gap: int) -> None:
        """Lay out a row, as many lines high as its highest cell."""
        cells = []
        for at, cell in enumerate(row.cells):
            indent = "  " * row.level if not at else ""
            room = max(widths[at] - len(indent), 2)
            broken = [indent + line for line in plain.wrap(text_of(cell), room)]
            cells.append((broken, _tone(cell) or ("strong" if row.strong else "")))
        for number in range(max(len(broken) for broken, _ in cells)):
            line: Line = []
            for at, (broken, tone) in enumerate(cells):
                text = broken[number] if number < len(broken) else ""
                padded = plain.pad(text, widths[at], "right" if columns[at].right else "left")
                line.append((padded + " " * (gap if at + 1 < len(cells) else 0), tone))
            self.lines.append(line)

    def _stack(self, row: Row, columns: Sequence[Column]) -> None:
        """Lay out a row for which there is too little room: its cells one after the other."""
        first = [text_of(cell) for cell in row.cells[:2]]
        self._text(" ".join(filter(None, first)), "strong" if row.strong else "",
                   before="  " * row.level + "· ")  # fmt: skip
        rest = [
            f"{column.title}: {text_of(cell)}"
            for column, cell in zip(columns[2:], row.cells[2:], strict=True)
            if text_of(cell)
        ]
        tone: Tone = "late" if any(_tone(cell) == "late" for cell in row.cells) else "quiet"
        if rest:
            self._text(plain.join(rest), tone, before="  " * row.level + "  ")


def _beside(share: int | None, word: str) -> str:
    return plain.join(["not known" if share is None else f"{share} %", word], ", ")


def _tone_of(word: str) -> Tone:
    return "late" if word == "behind" else ""


def _tone(cell: Cell) -> Tone:
    return cell.tone if isinstance(cell, Toned) else ""


def _place(day: date, block: Timeline, room: int) -> int:
    within = min(max(day, block.first), block.last)
    return (within - block.first).days * room // ((block.last - block.first).days + 1)


def _lane(lane: Lane, block: Timeline, room: int) -> str:
    cells = [" "] * room
    if lane.first is not None:
        first, last = _place(lane.first, block, room), _place(lane.last or block.last, block, room)
        length = last - first + 1
        full = round(lane.done(length, _place(block.today, block, room) - first))
        cells[first : last + 1] = "▓" * full + "░" * (length - full)
    if block.first <= block.today <= block.last:
        cells[_place(block.today, block, room)] = "|"
    for point in lane.points:
        sign = "◆" if point.reached else plain.LATE if point.late else "◇"
        cells[_place(point.day, block, room)] = sign
    return "".join(cells)


class DocumentView(Flowing, can_focus=True):
    """A report that can be read line by line, page by page and part by part."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_down", "Down", show=False, id="document.down"),
        Binding("up", "scroll_up", "Up", show=False, id="document.up"),
        Binding("space,pagedown", "page_down", "Page down", show=False, id="document.page_down",
                tooltip="Next page"),
        Binding("pageup", "page_up", "Page up", show=False, id="document.page_up",
                tooltip="Page before"),
        Binding("home", "scroll_home", "Top", show=False, id="document.top"),
        Binding("end", "scroll_end", "End", show=False, id="document.end"),
    ]  # fmt: skip

    class Moved(Message):
        """Another part stands at the top."""

        def __init__(self, view: DocumentView) -> None:
            """Name the view."""
            super().__init__()
            self.view = view

        @property
        def control(self) -> DocumentView:
            """The view that sent this."""
            return self.view

        def can_replace(self, message: Message) -> bool:
            """Let a later move stand for an earlier one."""
            return isinstance(message, DocumentView.Moved)

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Make it empty."""
        super().__init__(title, id=id)
        self._document: Document | None = None
        self._said = ""
        self._layout: Layout | None = None
        self._laid_for = -1
        self._part = 0

    @property
    def document(self) -> Document | None:
        """What is shown."""
        return self._document

    @property
    def text(self) -> str:
        """All lines as they stand."""
        lines = self._layout.lines if self._layout else []
        return "\n".join("".join(text for text, _ in line).rstrip() for line in lines)

    @property
    def length(self) -> int:
        """How many lines there are."""
        return len(self._layout.lines) if self._layout else 0

    @property
    def part(self) -> int:
        """The part at the top of what is in sight, 0 for the first."""
        starts = self._layout.parts if self._layout else []
        at = self.scroll_offset.y
        return max(sum(start <= at for start in starts) - 1, 0)

    def show(self, document: Document) -> None:
        """Show a document; where it is the same report once more, the place in it stays."""
        self._document, self._said = document, ""
        self._laid_for = -1
        self._lay_out()

    def say(self, sentence: str) -> None:
        """Show a sentence in place of a document."""
        self._document, self._layout, self._said = None, None, sentence
        self._laid_for = -1
        self._lay_out()

    def go_to(self, part: int) -> None:
        """Put the beginning of a part at the top."""
        if self._layout and 0 <= part < len(self._layout.parts):
            # the last parts are shorter than the window: they can only come into sight
            self.scroll_to(y=self._layout.parts[part], animate=False, force=True, immediate=True)
            self._part = part

    def go_by(self, step: int) -> None:
        """Go to the next part, or to the one before."""
        if self._layout is None:
            return
        starts, at = self._layout.parts, self.scroll_offset.y
        if step > 0:
            following = [part for part, start in enumerate(starts) if start > at]
            self.go_to(following[0] if following else len(starts) - 1)
        else:
            before = [part for part, start in enumerate(starts) if start < at]
            self.go_to(before[-1] if before else 0)

    def on_resize(self) -> None:
        """Break the lines anew; the part at the top stays there."""
        self._lay_out()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell when another part has come to the top."""
        super().watch_scroll_y(old_value, new_value)
        if self.part != self._part:
            self._part = self.part
            self.post_message(self.Moved(self))

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width == self._laid_for or width <= 0:
            return
        part, resized = self.part, self._laid_for > 0
        self._laid_for = width
        if self._document is not None:
            self._layout = Layout(self._document, width)
        self.virtual_size = Size(0, self.length)
        if resized and self.scroll_offset.y:
            self.go_to(part)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in sight."""
        width = self.scrollable_content_region.width
        base = self.look()
        if self._layout is None:
            said = plain.wrap(self._said, max(width - 2 * _MARGIN, 2))
            text = f"  {said[y]}" if self._said and y < len(said) else ""
            return Strip([Segment(text, self.look("quiet"))]).adjust_cell_length(width, base)
        at = y + self.scroll_offset.y
        if at >= len(self._layout.lines):
            return Strip.blank(width, base)
        segments = [Segment(" ", base)]
        segments += [Segment(text, self.look(tone)) for text, tone in self._layout.lines[at]]
        return Strip(segments).adjust_cell_length(width, base)
