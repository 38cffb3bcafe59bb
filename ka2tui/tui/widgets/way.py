"""The way through a project: its phases as bars over time, overlapping, with a mark for today."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rich.style import Style
    from textual import events

    from ka2tui.tui.plain import Tone

PAST, AHEAD, TODAY = "▓", "░", "|"
_ENOUGH = 24
"""Cells a bar should have before anything else of the line is left out."""


@frozen
class Stretch:
    """One line of the picture."""

    id: int
    glyph: str
    tone: Tone
    title: str
    short: str
    """The title where room is short."""
    word: str
    """Where it stands."""
    note: str
    """At the right: what is done of it."""
    first: date | None
    last: date | None


@frozen
class Tick:
    """A day that is named above the bars."""

    day: date
    word: str


class Way(Drawn, can_focus=True):
    """Lines with a bar each over one stretch of time; the cursor chooses a line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"today"}

    DEFAULT_CSS = """
    Way {
        height: auto;
        & > .today { color: $soon; text-style: bold; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False, id="way.down", tooltip="Next phase"),
        Binding("up", "move(-1)", "Up", show=False, id="way.up", tooltip="Phase before"),
        Binding("home", "move(-99)", "First", show=False, id="way.first", tooltip="First phase"),
        Binding("end", "move(99)", "Last", show=False, id="way.last", tooltip="Last phase"),
    ]

    class Highlighted(Message):
        """The cursor stands on another line."""

        def __init__(self, way: Way, key: int) -> None:
            """Name the picture and the line's key."""
            super().__init__()
            self.way = way
            self.key = key

        @property
        def control(self) -> Way:
            """The picture that sent this."""
            return self.way

    def __init__(self, title: str, *, hint: str = "", undated: str = "") -> None:
        """Make it empty; `undated` stands above the bars where no day is known."""
        super().__init__(title, hint=hint)
        self._undated = undated
        self._rows: Sequence[Stretch] = ()
        self._ticks: Sequence[Tick] = ()
        self._today: date | None = None
        self._at = 0

    def show(self, rows: Sequence[Stretch], ticks: Sequence[Tick], today: date) -> None:
        """Show other lines; the cursor stays on its line.

        Args:
            rows: From top to bottom.
            ticks: Days named above the bars, earliest first.
            today: Where the mark stands.
        """
        key = self.cursor_key
        self._rows, self._ticks, self._today = rows, ticks, today
        places = [index for index, row in enumerate(rows) if row.id == key]
        self._at = places[0] if places else 0
        self.refresh(layout=True)

    @property
    def cursor_key(self) -> int | None:
        """The key of the line under the cursor."""
        return self._rows[self._at].id if self._at < len(self._rows) else None

    def move_to(self, key: int) -> None:
        """Put the cursor on a line."""
        for index, row in enumerate(self._rows):
            if row.id == key:
                self._put(index)

    def action_move(self, step: int) -> None:
        """Move the cursor by lines; it stops at the first and the last."""
        self._put(min(max(self._at + step, 0), len(self._rows) - 1))

    def in_sight(self) -> list[tuple[int, int, int]]:
        """Give where each line stands on the screen, with its place from the top."""
        x, y = self.content_region.offset
        return [(x, y + 1 + at, at) for at in range(len(self._rows))]

    def jump_to(self, at: int) -> None:
        """Go to a line."""
        self.focus()
        self._put(at)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a second click does what enter does."""
        offset = event.get_content_offset(self)
        if offset is None or not 1 <= offset.y <= len(self._rows):
            return
        if offset.y - 1 == self._at:
            self.app.simulate_key("enter")
        else:
            self._put(offset.y - 1)

    def _put(self, at: int) -> None:
        if at == self._at or not 0 <= at < len(self._rows):
            return
        self._at = at
        self.refresh()
        self.post_message(self.Highlighted(self, self._rows[at].id))

    # -- drawing ------------------------------------------------------------------------------

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Take a line for the time, and one for each row."""
        return len(self._rows) + 1

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        if y == 0 or y > len(self._rows):
            return self._time(width) if y == 0 else Strip.blank(width, self.look())
        return self._row(self._rows[y - 1], width, chosen=y - 1 == self._at)

    def _columns(self, width: int) -> tuple[int, int, int, int]:
        """Share out a line: cells for title, bar, word and note."""
        note = plain.longest([row.note for row in self._rows])
        word = plain.longest([row.word for row in self._rows])
        title = plain.longest([row.title for row in self._rows])
        short = plain.longest([row.short for row in self._rows])
        room = width - 5  # a blank, the glyph and the gaps between the columns
        for wanted in ((title, word, note), (short, word, note), (short, word, 0), (short, 0, 0)):
            bar = room - sum(wanted) - sum(1 for cells in wanted[1:] if cells)
            if bar >= _ENOUGH:
                return wanted[0], bar, wanted[1], wanted[2]
        return short, max(room - short, 0), 0, 0

    def _span(self) -> tuple[date, date] | None:
        known = [day for row in self._rows for day in (row.first, row.last) if day is not None]
        known += [tick.day for tick in self._ticks]
        return (min(known), max(known)) if known else None

    def _cell(self, day: date, room: int) -> int:
        """Find the cell in which a day lies, which may be outside the bar."""
        span = self._span()
        if span is None or room <= 0:
            return -1
        days = (span[1] - span[0]).days + 1
        return (day - span[0]).days * room // days

    def _time(self, width: int) -> Strip:
        """Name the ticks above the bars, and today; a word without room is left out."""
        title, room, _, _ = self._columns(width)
        if self._span() is None:
            said = plain.cut(" " + self._undated, width)
            return Strip([Segment(said, self.look("quiet"))]).adjust_cell_length(width, self.look())
        cells = [" "] * room
        if self._today is not None and room:
            at = self._cell(self._today, room)
            if 0 <= at < room:
                self._place(cells, at, "today")
        for tick in self._ticks:
            self._place(cells, self._cell(tick.day, room), tick.word)
        line = " " * (title + 4) + "".join(cells)
        return Strip([Segment(line, self.look("quiet"))]).adjust_cell_length(width, self.look())

    @staticmethod
    def _place(cells: list[str], at: int, word: str) -> None:
        """Write a word that begins at a cell, moved left at the end, unless something is there."""
        text = plain.line(word)
        start = min(at, len(cells) - len(text))
        around = cells[max(start - 1, 0) : start + len(text) + 1]
        if start >= 0 and at >= 0 and all(cell == " " for cell in around):
            cells[start : start + len(text)] = list(text)

    def _row(self, row: Stretch, width: int, *, chosen: bool) -> Strip:
        title, room, word, note = self._columns(width)
        under = ("cursor" if self.has_focus else "cursor-blurred") if chosen else ""
        base = self.look(under)
        # on the cursor's own colours a second one would be hard to read
        tone = base if chosen and self.has_focus else self.look(under, row.tone)
        name = row.title if plain.width(row.title) <= title else row.short
        segments = [
            Segment(" ", base),
            Segment(plain.pad(plain.line(row.glyph), 1), tone),
            Segment(" " + plain.pad(plain.line(name), title) + " ", base),
            *self._bar(row, room, under, tone),
        ]
        if word:
            segments.append(Segment(" " + plain.pad(plain.line(row.word), word), tone))
        if note:
            segments.append(Segment(" " + plain.pad(plain.line(row.note), note, "right"), base))
        return Strip(segments).adjust_cell_length(width, base)

    def _bar(self, row: Stretch, room: int, under: str, tone: Style) -> list[Segment]:
        """Draw from the first to the last day: what has passed full, what is to come light."""
        mark = self._cell(self._today, room) if self._today is not None else -1
        quiet, today = self.look(under, "quiet"), self.look(under, "today")
        first = self._cell(row.first, room) if row.first is not None else -1
        last = self._cell(row.last, room) if row.last is not None else first
        segments = []
        for at in range(room):
            if at == mark:
                segments.append(Segment(TODAY, today))
            elif row.first is not None and first <= at <= max(last, first):
                passed = at < mark
                segments.append(Segment(PAST, tone) if passed else Segment(AHEAD, tone))
            else:
                segments.append(Segment("·", quiet))
        return segments
