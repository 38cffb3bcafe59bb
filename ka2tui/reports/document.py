"""A document: what a report says, piece by piece, before it takes on any format.

Every text in it is plain: nothing a person typed means anything to a format, which has to show
it as it is. Figures are data; each format draws them in its own way.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from ka2tui.frozen import frozen

Tone = Literal["", "quiet", "good", "late", "strong"]
"""What a text means; a format may colour it, and the words say it all the same."""

Kind = Literal["text", "code", "date", "number"]
"""What stands in a column: text flows, all else stays on one line; numbers and dates go right."""


@frozen
class Toned:
    """Text with a meaning, or a figure with rows behind it."""

    text: str
    tone: Tone
    note: int = 0
    """The number of the rows behind it, among the notes at the end; 0: none."""


Cell = str | Toned
"""What stands in one cell."""


@frozen
class Heading:
    """The title of a part; level 1 for the parts of the document, 2 within them."""

    text: str
    level: int = 1
    annex: bool = False
    """Whether its part is there to be looked up: folded on a page, and not printed."""


@frozen
class Cite:
    """A figure within a text."""

    first: int
    """The place of its first letter."""
    end: int
    """The place after its last."""
    note: int
    """The number of the rows behind it, among the notes at the end."""


@frozen
class Paragraph:
    """Sentences."""

    text: str
    tone: Tone = ""
    cites: tuple[Cite, ...] = ()
    """The figures in it, in their order."""

    @property
    def pieces(self) -> tuple[tuple[str, int], ...]:
        """Its text in pieces, each with the number of the rows behind it, or 0."""
        found, at = [], 0
        for cite in self.cites:
            found.append((self.text[at : cite.first], 0))
            found.append((self.text[cite.first : cite.end], cite.note))
            at = cite.end
        return tuple(piece for piece in (*found, (self.text[at:], 0)) if piece[0])


@frozen
class Note:
    """What a reader has to know to understand the rest; set apart from it."""

    text: str


@frozen
class Points:
    """Short texts, one below the other."""

    items: tuple[str, ...]


@frozen
class Facts:
    """Names and values."""

    rows: tuple[tuple[str, str], ...]
    notes: tuple[tuple[int, ...], ...] = ()
    """By row, the numbers of the rows behind the figures in it; blank where no row has any."""

    @property
    def cited(self) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
        """Each name and value with the numbers of the rows behind its figures."""
        notes = self.notes or ((),) * len(self.rows)
        return tuple((*row, cites) for row, cites in zip(self.rows, notes, strict=True))


@frozen
class Column:
    """One column of a table."""

    title: str
    kind: Kind = "text"

    @property
    def right(self) -> bool:
        """Whether its cells stand at the right."""
        return self.kind in ("date", "number")


@frozen
class Row:
    """One row of a table."""

    cells: tuple[Cell, ...]
    level: int = 0
    """How deep it stands below the row it belongs to."""
    strong: bool = False
    """Whether it sums up."""


@frozen
class Table:
    """Rows under headings."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    """What is not in it."""


@frozen
class Bar:
    """How much of something is done, and how much should be."""

    label: str
    share: int | None
    """Per cent; None: not known."""
    mark: int | None
    """Per cent of its time that has passed; None: not known."""
    word: str = ""
    """How the two compare."""
    level: int = 0


@frozen
class Bars:
    """Bars with a mark for the time that has passed."""

    caption: str
    bars: tuple[Bar, ...]
    legend: str


@frozen
class Point:
    """Something on one day of a timeline."""

    day: date
    label: str
    reached: bool
    late: bool = False


@frozen
class Lane:
    """One line of a timeline: a stretch of days, points, or both."""

    label: str
    first: date | None = None
    last: date | None = None
    share: int | None = None
    """Per cent of it that is done."""
    points: tuple[Point, ...] = ()
    level: int = 0

    def done(self, room: float, passed: float) -> float:
        """Give how much of a bar to draw as done: its share, but never beyond today.

        Work can be ahead of its time, but nothing is done on a day that is to come.

        Args:
            room: The length of the bar.
            passed: How much of it lies before today; 0 and less where it has not begun.
        """
        return max(min(room * (self.share or 0) / 100, passed), 0)


@frozen
class Tick:
    """A named day on the scale of a timeline."""

    day: date
    label: str


@frozen
class Timeline:
    """Lanes over the days of a project, with today across them."""

    caption: str
    first: date
    last: date
    today: date
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    legend: str


@frozen
class Curve:
    """How one value went."""

    label: str
    points: tuple[tuple[date, int], ...]
    """Oldest first, 0 to 100."""


@frozen
class Trend:
    """Curves from 0 to 100 over time."""

    caption: str
    curves: tuple[Curve, ...]
    legend: str


@frozen
class Known:
    """A row that stands behind figures, told once."""

    number: int
    """By which figures lead to it; 0 where nothing more is told of it."""
    code: str
    title: str
    facts: str

    @property
    def label(self) -> str:
        """What the figures call it: its code, where it has one."""
        return self.code or self.title


@frozen
class Ref:
    """A row behind one figure."""

    row: Known
    adds: str = ""
    """What it adds, where that is not simply one."""

    @property
    def said(self) -> str:
        """Its label with what it adds."""
        return f"{self.row.label} ({self.adds})" if self.adds else self.row.label


@frozen
class Behind:
    """The rows that one figure comes from."""

    number: int
    """By which the figure leads here."""
    title: str
    """What it counts."""
    said: str
    """The figure."""
    rows: tuple[Ref, ...]
    others: tuple[Ref, ...]
    """Rows that are part of the whole and add nothing: what is not done yet."""
    left: int
    """How many more there are than are listed."""
    sum: str
    """What all of them come to."""
    how: str = ""


@frozen
class Notes:
    """The rows behind the figures of a document."""

    items: tuple[Behind, ...]
    columns: tuple[str, str, str]
    """What stands above the figures, their values and the rows."""
    others: str
    """Stands before the rows that add nothing."""
    more: str
    """Says that there are {n} more rows."""
    known: tuple[tuple[str, tuple[Known, ...]], ...]
    """The rows themselves, by kind."""
    heads: tuple[str, str, str]
    """What stands above code, title and facts of a row."""

    def left(self, item: Behind) -> str:
        """Say how many rows are not listed; nothing where all are."""
        return self.more.replace("{n}", str(item.left)) if item.left else ""

    def rest(self, item: Behind) -> str:
        """Say what all rows come to, and how."""
        return ". ".join(filter(None, (self.left(item), item.sum, item.how.rstrip("."))))


Figure = Bars | Timeline | Trend

Block = Heading | Paragraph | Note | Points | Facts | Table | Notes | Figure


@frozen
class Document:
    """A report, ready to take on a format."""

    title: str
    subtitle: str
    about: str
    """Who made it, of what day; blank where there is nothing to say."""
    blocks: tuple[Block, ...]
    leads: bool = False
    """Whether its first part tells in short what stands in the others."""
    language: str = "en"

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The titles of its parts, in their order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))


def plain(cell: Cell) -> str:
    """Give the text of a cell."""
    return cell if isinstance(cell, str) else cell.text
