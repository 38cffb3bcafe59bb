"""A board: rows as cards in lanes beside each other; only the cards in sight are ever made.

It shows ten thousand cards as fast as ten. The same rows stand in a list that is hidden meanwhile;
marks are kept there, so that they stay when one goes back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from textual import events

    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.record_table import RecordTable

R = TypeVar("R")

_ID = cast("Callable[[Any], int]", attrgetter("id"))

NARROWEST = 24
"""Cells that a lane needs; where more lanes do not fit, the board scrolls sideways."""

MARGIN = 1
"""Cells that stay blank before the right border, as in lists."""

GAP = 2
"""Cells between two lanes; the marks of the second stand in them."""

LOW, TALL = 3, 4
"""Lines that a card takes, with the blank one below it, in a low window and in a taller one."""

_TALL_FROM = 26
"""Lines from which on titles may take two."""

_HEAD = 2
"""Lines above the cards: the lane's name and a rule."""

_KEPT = 600
"""Cards that are remembered as they were drawn."""


@frozen
class Lane(Generic[R]):
    """A column of the board."""

    key: Any
    """What its cards have in common."""
    title: str
    rows: Sequence[R]
    note: str = ""
    """Stands at the right of its name in place of the number of cards."""


class Board(Drawn, Generic[R], can_focus=True):
    """Lanes of cards with a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False, id="board.down", tooltip="Next card"),
        Binding("up", "move(-1)", "Up", show=False, id="board.up", tooltip="Card before"),
        Binding("right", "lane(1)", "Right", show=False, id="board.right", tooltip="Next column"),
        Binding("left", "lane(-1)", "Left", show=False, id="board.left", tooltip="Column before"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="board.page_down",
                tooltip="As many cards down as are in sight"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="board.page_up",
                tooltip="As many cards up as are in sight"),
        Binding("home", "end(-1)", "First", show=False, id="board.first",
                tooltip="First card of the column"),
        Binding("end", "end(1)", "Last", show=False, id="board.last",
                tooltip="Last card of the column"),
        Binding("shift+right", "carry(1)", "move on", key_display="⇧→", id="board.carry_on",
                tooltip="Move the card, or all that are marked, to the next column"),
        Binding("shift+left", "carry(-1)", "move back", show=False, key_display="⇧←",
                id="board.carry_back",
                tooltip="Move the card, or all that are marked, to the column before"),
        Binding("enter", "open", "Open", show=False, id="board.open", tooltip="Open this card"),
        Binding("v", "mark", "Mark", show=False, id="board.mark",
                tooltip="Mark this card; the next verb works on all marked cards as one step"),
        Binding("V", "mark_all", "Mark all", show=False, id="board.mark_all",
                tooltip="Mark every card of this column, or none"),
        Binding("escape", "clear_marks", "No marks", show=False, id="board.clear_marks",
                tooltip="Take all marks away"),
    ]  # fmt: skip

    class Highlighted(Message):
        """The cursor stands on another card."""

        def __init__(self, board: Board[Any], key: int | None) -> None:
            """Name the board and the card's key; None where there is no card."""
            super().__init__()
            self.board = board
            self.key = key

        @property
        def control(self) -> Board[Any]:
            """The board that sent this."""
            return self.board

        def can_replace(self, message: Message) -> bool:
            """Let a later move stand for an earlier one that nobody has looked at yet."""
            return isinstance(message, Board.Highlighted) and message.board is self.board

    class Opened(Message):
        """A card was chosen."""

        def __init__(self, board: Board[Any], key: int) -> None:
            """Name the board and the card's key."""
            super().__init__()
            self.board = board
            self.key = key

    class Carried(Message):
        """What is chosen is to move to another lane."""

        def __init__(self, board: Board[Any], lane: Lane[Any]) -> None:
            """Name the board and the lane it is to move to."""
            super().__init__()
            self.board = board
            self.lane = lane

    def __init__(
        self,
        card: Callable[[R, int, int], Sequence[Cell]],
        *,
        beside: RecordTable[R],
        key: Callable[[R], int] = _ID,
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Make an empty board.

        Args:
            card: The lines of a card, given the cells there are in a line and the most lines;
                called for cards in sight only.
            beside: The list of the same rows, which keeps the marks.
            key: The key of a row.
            empty: Stands there where no lane has a card.
            id: Of the widget.
        """
        super().__init__(empty=empty, id=id)
        self.key = key
        self.lanes: Sequence[Lane[R]] = ()
        self._card = card
        self._list = beside
        self._place: dict[int, tuple[int, int]] | None = None
        self._lane = 0
        self._at = 0
        self._first_lane = 0
        self._tops: dict[Any, int] = {}
        """By the key of a lane, the first card of it that is in sight."""
        self._drawn: dict[tuple[int, int, int], list[list[Segment]]] = {}

    # -- rows -----------------------------------------------------------------------------------

    def set_lanes(self, lanes: Sequence[Lane[R]], *, at: int | None = None) -> None:
        """Show these lanes; the cursor stays on its card, else where it stood.

        Args:
            lanes: From left to right.
            at: The card to stand on; by default the one under the cursor.
        """
        old, lane_key = self.cursor_key if at is None else at, self._lane_key
        self.lanes = lanes
        self._place = None
        self._drawn.clear()
        known = {lane.key for lane in lanes}
        self._tops = {key: top for key, top in self._tops.items() if key in known}
        if old is None or not self.stand(old):
            places = [at for at, lane in enumerate(lanes) if lane.key == lane_key]
            self._lane = places[0] if places else min(self._lane, max(len(lanes) - 1, 0))
            if not places and not any(lane.rows for lane in lanes[self._lane : self._lane + 1]):
                self._lane = next((at for at, lane in enumerate(lanes) if lane.rows), self._lane)
            self._at = min(self._at, max(len(self._rows) - 1, 0))
        self._bring_into_sight()
        self.refresh()
        if self.cursor_key != old:
            self.post_message(self.Highlighted(self, self.cursor_key))

    def set_empty(self, sentence: str) -> None:
        """Change what stands there where no lane has a card."""
        self._empty = sentence
        self.refresh()

    @property
    def lane(self) -> Lane[R] | None:
        """The lane that the cursor is in."""
        return self.lanes[self._lane] if self._lane < len(self.lanes) else None

    @property
    def _lane_key(self) -> Any:
        lane = self.lane
        return None if lane is None else lane.key

    @property
    def _rows(self) -> Sequence[R]:
        lane = self.lane
        return () if lane is None else lane.rows

    @property
    def cursor_row(self) -> R | None:
        """The row of the card under the cursor."""
        rows = self._rows
        return rows[self._at] if self._at < len(rows) else None

    @property
    def cursor_key(self) -> int | None:
        """The key of the card under the cursor."""
        row = self.cursor_row
        return None if row is None else self.key(row)

    def stand(self, key: int) -> bool:
        """Put the cursor on a card without telling anybody; False: it is not there."""
        if self.cursor_key == key:
            return True
        if self._place is None:
            self._place = {
                self.key(row): (lane, at)
                for lane, each in enumerate(self.lanes)
                for at, row in enumerate(each.rows)
            }
        place = self._place.get(key)
        if place is None:
            return False
        self._lane, self._at = place
        self._bring_into_sight()
        self.refresh()
        return True

    # -- cursor ---------------------------------------------------------------------------------

    @property
    def _height(self) -> int:
        """Lines that a card takes."""
        return TALL if self.content_size.height >= _TALL_FROM else LOW

    @property
    def _room(self) -> int:
        """Cards of a lane that are in sight at once; one that is cut at its blank line counts."""
        return max((self.content_size.height - _HEAD + 1) // self._height, 1)

    @property
    def _abreast(self) -> int:
        """Lanes that are in sight at once."""
        width = self.content_size.width
        return max(min((width + GAP) // (NARROWEST + GAP), len(self.lanes)), 1)

    def _bring_into_sight(self) -> None:
        if not self.size or not self.lanes:
            return
        abreast = self._abreast
        self._first_lane = min(self._first_lane, max(len(self.lanes) - abreast, 0))
        self._first_lane = min(max(self._first_lane, self._lane - abreast + 1), self._lane)
        for lane in self.lanes:
            most = max(len(lane.rows) - self._room, 0)
            self._tops[lane.key] = min(self._tops.get(lane.key, 0), most)
        key = self._lane_key
        top = self._tops.get(key, 0)
        self._tops[key] = min(max(top, self._at - self._room + 1), self._at)

    def _put(self, lane: int, at: int) -> None:
        if (lane, at) == (self._lane, self._at):
            return
        before = self._sight()
        old = [self._region(self._lane, self._at), *self._heads(lane)]
        self._lane, self._at = lane, at
        self._bring_into_sight()
        if self._sight() == before:
            self.refresh(*old, self._region(lane, at))
        else:
            self.refresh()
        self.post_message(self.Highlighted(self, self.cursor_key))

    def _sight(self) -> tuple[int, list[int]]:
        """Give all that tells which cards are in sight."""
        return self._first_lane, [self._tops.get(lane.key, 0) for lane in self.lanes]

    def _heads(self, lane: int) -> list[Region]:
        """Give the line of the lanes' names, where the cursor goes to another lane."""
        same = lane == self._lane
        return [] if same else [Region(0, 0, self.content_size.width, 1)]

    def _region(self, lane: int, at: int) -> Region:
        """Give where a card stands."""
        left = 0
        for each, width in self._widths():
            if each == lane:
                top = at - self._tops.get(self.lanes[lane].key, 0)
                height = self._height
                return Region(left, _HEAD + top * height, width + GAP, height - 1)
            left += width + GAP
        return Region()

    def action_move(self, step: int) -> None:
        """Move the cursor within the lane."""
        last = max(len(self._rows) - 1, 0)
        self._put(self._lane, min(max(self._at + step, 0), last))

    def action_page(self, step: int) -> None:
        """Move the cursor by as many cards as are in sight."""
        self.action_move(step * self._room)

    def action_end(self, step: int) -> None:
        """Move the cursor to the first or to the last card of the lane."""
        self.action_move(step * len(self._rows))

    def action_lane(self, step: int) -> None:
        """Move the cursor to the next lane with a card, to the one beside this."""
        end = len(self.lanes) if step > 0 else -1
        filled = (at for at in range(self._lane + step, end, step) if self.lanes[at].rows)
        lane = next(filled, None)
        if lane is None:
            return
        line = self._at - self._tops.get(self._lane_key, 0)
        rows = self.lanes[lane].rows
        at = self._tops.get(self.lanes[lane].key, 0) + line
        self._put(lane, min(max(at, 0), max(len(rows) - 1, 0)))

    def action_carry(self, step: int) -> None:
        """Ask for what is chosen to be moved to another lane."""
        lane = self._lane + step
        if 0 <= lane < len(self.lanes):
            self.post_message(self.Carried(self, self.lanes[lane]))

    def action_mark(self) -> None:
        """Mark the card, or take its mark away, and go on to the next."""
        key = self.cursor_key
        if key is not None:
            self._list.turn_marks([key])
            self.refresh()
            self.action_move(1)

    def action_mark_all(self) -> None:
        """Mark every card of the lane, or none where all are marked."""
        keys = {self.key(row) for row in self._rows}
        self._list.turn_marks(keys if keys <= self._list.marks else keys - self._list.marks)
        self.refresh()

    def action_clear_marks(self) -> None:
        """Take all marks away."""
        self._list.action_clear_marks()
        self.refresh()

    def action_open(self) -> None:
        """Tell that the card was chosen."""
        key = self.cursor_key
        if key is not None:
            self.post_message(self.Opened(self, key))

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._drawn.clear()
        self._bring_into_sight()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a second click opens the card."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < _HEAD:
            return
        left = 0
        for lane, width in self._widths():
            if left <= offset.x < left + width + GAP:
                top = self._tops.get(self.lanes[lane].key, 0)
                at = top + (offset.y - _HEAD) // self._height
                if at < len(self.lanes[lane].rows):
                    if (lane, at) == (self._lane, self._at):
                        self.action_open()
                    else:
                        self._put(lane, at)
                return
            left += width + GAP

    def in_sight(self) -> list[tuple[int, int, int]]:
        """Give where each card in sight stands on the screen, with its key."""
        origin, found = self.content_region.offset, []
        for lane, _ in self._widths():
            top = self._tops.get(self.lanes[lane].key, 0)
            for at, row in enumerate(self.lanes[lane].rows[top : top + self._room], top):
                place = self._region(lane, at).translate(origin)
                found.append((place.x, place.y, self.key(row)))
        return found

    def jump_to(self, key: int) -> None:
        """Go to a card."""
        self.focus()
        if self.cursor_key != key and self.stand(key):
            self.post_message(self.Highlighted(self, key))

    def on_mouse_scroll_down(self) -> None:
        """Move down."""
        self.action_move(1)

    def on_mouse_scroll_up(self) -> None:
        """Move up."""
        self.action_move(-1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to move a card where there is one, and a lane to move it to."""
        if action == "carry":
            (step,) = parameters
            there = 0 <= self._lane + int(str(step)) < len(self.lanes)
            return self.cursor_row is not None and there
        if action == "open":
            return self.cursor_row is not None
        if action == "clear_marks":
            return bool(self._list.every_mark)
        return True

    # -- drawing --------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self._drawn.clear()

    def _widths(self) -> list[tuple[int, int]]:
        """Give the lanes in sight, and the cells each has."""
        abreast = self._abreast
        room = max(self.content_size.width - GAP * abreast - MARGIN, 1)
        wide, rest = divmod(room, abreast)
        first = self._first_lane
        return [
            (first + at, wide + (at < rest))
            for at in range(abreast)
            if first + at < len(self.lanes)
        ]

    def render_line(self, y: int) -> Strip:
        """Draw one line across all lanes in sight."""
        width, base = self.content_size.width, self.look()
        if not any(lane.rows for lane in self.lanes) and self._empty and y >= _HEAD:
            said = plain.wrap(self._empty, max(width - 2 * GAP, 1))
            line = y - _HEAD
            text = " " * GAP + said[line] if line < len(said) else ""
            return Strip([Segment(plain.pad(text, width), self.look("quiet"))])
        segments: list[Segment] = []
        for lane, wide in self._widths():
            segments += self._line(lane, wide, y, base)
        return Strip(segments).adjust_cell_length(width, base)

    def _line(self, lane: int, wide: int, y: int, base: Style) -> list[Segment]:
        each = self.lanes[lane]
        if y == 0:
            last = lane == self._first_lane + self._abreast - 1 < len(self.lanes) - 1
            note = (each.note or plain.number(len(each.rows))) + (" ›" if last else "")
            title = plain.cut(plain.line(each.title), max(wide - plain.width(note) - 1, 1))
            names = ("strong", "accent") if lane == self._lane else ("strong",)
            rest = plain.pad(note, max(wide - plain.width(title), 0), "right")
            before = "‹ " if lane == self._first_lane > 0 else " " * GAP
            return [
                Segment(before, self.look("quiet")),
                Segment(title, self.look(*names)),
                Segment(rest, self.look("quiet")),
            ]
        if y == 1:
            rule = plain.cut(self._out_of_sight(each), wide)
            rule += "─" * (wide - plain.width(rule))
            return [Segment(" " * GAP, base), Segment(rule, self.look("quiet"))]
        height = self._height
        at, line = divmod(y - _HEAD, height)
        at += self._tops.get(each.key, 0)
        if at >= len(each.rows) or line == height - 1:
            return [Segment(" " * (wide + GAP), base)]
        return self._lines(each.rows[at], self._look(lane, at), wide, height - 1)[line]

    def _out_of_sight(self, lane: Lane[R]) -> str:
        """Say how many cards of a lane are above those in sight, and how many below."""
        above = self._tops.get(lane.key, 0)
        below = max(len(lane.rows) - above - self._room, 0)
        said = [f"{sign} {plain.number(it)}" for sign, it in (("↑", above), ("↓", below)) if it]
        return f"{' '.join(said)} " if said else ""

    def _look(self, lane: int, at: int) -> int:
        look = 0
        if (lane, at) == (self._lane, self._at):
            look = 1 if self.has_focus else 2
        if self.key(self.lanes[lane].rows[at]) in self._list.marks:
            look += 4
        return look

    def _lines(self, row: R, look: int, wide: int, height: int) -> list[list[Segment]]:
        known = self._drawn.get((self.key(row), look, wide))
        if known is not None:
            return known
        if len(self._drawn) >= _KEPT:
            self._drawn.clear()
        names: list[str] = []
        if look & 4:
            names.append("marked")
        if look & 3:
            names.append("cursor" if look & 1 else "cursor-blurred")
        toned = not look & 1
        plain_style = self.look(*names)
        lines: list[list[Segment]] = []
        for number, cell in enumerate(self._card(row, wide, height)):
            mark = plain.MARKED if look & 4 and not number else ""
            accent = self.look("accent")
            line = [Segment(plain.pad(mark, GAP), accent)]
            for text, tone in plain.cells(cell, wide):
                style = self.look(*names, tone) if tone and toned else plain_style
                line.append(Segment(text, style))
            lines.append(line)
        while len(lines) < height:
            blank = Segment(" " * wide, plain_style)
            lines.append([Segment(" " * GAP, self.look()), blank])
        self._drawn[self.key(row), look, wide] = lines
        return lines
