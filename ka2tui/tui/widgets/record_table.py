"""A list of records of any length: only the lines in sight are ever made.

Rows are any objects with an integer key. Cursor, marks and folds are kept by key, so that a
reload leaves everything where it was. What a row shows is asked for when its line comes into
sight, and kept for a while.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar, cast

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from ka2tui.frozen import frozen
from ka2tui.tui import plain, projector
from ka2tui.tui.widgets.drawn import THUMB, Held

if TYPE_CHECKING:
    from typing import Self

    from textual import events
    from textual.timer import Timer

    from ka2tui.tui.plain import Cell, Tone

R = TypeVar("R")

Frame = tuple[list[Segment], list[Segment], list[Segment], Color]
"""What stands left and right of a row, right of it at the place shown, and behind it."""

_ID = cast("Callable[[Any], int]", attrgetter("id"))

GAP = 1
"""Blank cells between two columns."""

GUTTER = 2
"""Cells at the left where a mark stands."""

TAIL = 1
"""Blank cells before the border at the right."""

KEPT = 500
"""Lines that are remembered as they were drawn."""

TOLD_SECONDS = 60.0
"""How long a row says that others changed it, unless the cursor comes by."""

KEYS_NAMED = re.compile(r"\b[Pp]ress ((?:\S, )*\S(?: or \S)?)(?= )|, (?:or )?(\S)(?= to )")
"""The keys in a sentence that invites: "Press n to begin one, i to import one"."""

NEEDED = 5
"""A column less important than this stands only beside the whole text of those that are more."""


@frozen
class Column:
    """One column of a list."""

    title: str
    """Its heading; may be empty."""

    width: int = 0
    """Cells it takes; for a flexible column, the fewest it can do with."""

    share: int = 0
    """Part of the free room it gets beside the other flexible columns; 0 = fixed width."""

    align: Literal["left", "right"] = "left"
    """Where its text stands."""

    importance: int = 5
    """1 to 9; where room is short, the lowest goes first."""

    wish: int = 0
    """Cells that its longest text takes; it gets them before free room is shared out, and before
    a column that is not needed stands at all."""

    tree: bool = False
    """Whether depth and folds are drawn in it."""

    private: bool = False
    """Whether a projector does not show it."""

    def least(self, *, whole: bool = False) -> int:
        """Give the cells it cannot do without; `whole`: to show its text to the end, if needed."""
        wish = self.wish if whole and self.importance >= NEEDED else 0
        return max(self.width, wish, 1)


@frozen
class Section:
    """A heading between rows; the cursor passes it by."""

    title: str
    note: str = ""


class RecordTable(Held, Generic[R], can_focus=True):
    """A virtual list of records with a cursor, marks, sections and, where wanted, a tree."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"section"}

    DEFAULT_CSS = """
    RecordTable {
        overflow: hidden hidden;
        & > .section { color: $foreground; text-style: bold; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False, id="list.down", tooltip="Next row"),
        Binding("up", "move(-1)", "Up", show=False, id="list.up", tooltip="Row before"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="list.page_down",
                tooltip="As many rows down as are in sight"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="list.page_up",
                tooltip="As many rows up as are in sight"),
        Binding("home", "first", "First", show=False, id="list.first", tooltip="First row"),
        Binding("end", "last", "Last", show=False, id="list.last", tooltip="Last row"),
        Binding("right", "unfold", "Unfold", show=False, id="list.unfold", tooltip="Open a branch"),
        Binding("left", "fold", "Fold", show=False, id="list.fold", tooltip="Close a branch"),
        Binding("z", "turn", "Fold", show=False, id="list.turn",
                tooltip="Close the branch here, or open it again"),
        Binding("Z", "turn_all", "Fold all", show=False, id="list.turn_all",
                tooltip="Close every branch, or open all again"),
        Binding("enter", "open", "Open", show=False, id="list.open", tooltip="Open this row"),
        Binding(
            "v",
            "mark",
            "Mark",
            show=False,
            id="list.mark",
            tooltip="Mark this row; the next key works on all marked rows as one step",
        ),
        Binding(
            "V",
            "mark_all",
            "Mark all",
            show=False,
            id="list.mark_all",
            tooltip="Mark every row shown, or none",
        ),
        Binding(
            "escape", "clear_marks", "No marks", show=False, id="list.clear_marks",
            tooltip="Take all marks away",
        ),
    ]  # fmt: skip

    class Highlighted(Message):
        """The cursor stands on another row."""

        def __init__(self, table: RecordTable[Any], key: int | None) -> None:
            """Name the list and the row's key; None where no row is left."""
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> RecordTable[Any]:
            """The list that sent this."""
            return self.table

        def can_replace(self, message: Message) -> bool:
            """Let a later move stand for an earlier one that nobody has looked at yet."""
            return isinstance(message, RecordTable.Highlighted) and message.table is self.table

    class Opened(Message):
        """A row was chosen, by enter or by a second click."""

        def __init__(self, table: RecordTable[Any], key: int) -> None:
            """Name the list and the row's key."""
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> RecordTable[Any]:
            """The list that sent this."""
            return self.table

    class Marked(Message):
        """The set of marked rows is another one."""

        def __init__(self, table: RecordTable[Any]) -> None:
            """Name the list."""
            super().__init__()
            self.table = table

        @property
        def control(self) -> RecordTable[Any]:
            """The list that sent this."""
            return self.table

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[R], Sequence[Cell]],
        *,
        key: Callable[[R], int] = _ID,
        depth: Callable[[R], int] | None = None,
        tone: Callable[[R], Tone] | None = None,
        title: str = "",
        hint: str = "",
        empty: str = "",
        headings: bool = True,
        bare: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Make an empty list.

        Args:
            columns: From left to right.
            cells: What a row shows, one cell a column; called for rows in sight only.
            key: The key of a row; unique in the list.
            depth: How deep a row stands in the tree, 0 at the root; rows come in tree order,
                each after its parent. None for a flat list.
            tone: The meaning of the whole row, under that of its pieces.
            title: In the upper border.
            hint: In the lower border at the right: the pane's own key.
            empty: What stands there when no row does: one sentence and the first key.
            headings: Whether the columns' titles are shown.
            bare: Without a border.
            id: Of the widget.
            classes: Of the widget.
        """
        # before the title is set, which asks for the border to be drawn
        self._edges: dict[tuple[int, int], list[Strip]] = {}
        super().__init__(title, empty=empty, bare=bare, id=id, classes=classes)
        self.columns = tuple(columns)
        self.key = key
        self.depth = depth
        self._cells = cells
        self._tone = tone
        self._hint = hint
        self._top = 1 if headings and any(column.title for column in columns) else 0
        self.rows: Sequence[R | Section] = ()
        """All rows as they were set, folded or not, with the sections between them."""
        self.marks: set[int] = set()
        """Keys of the marked rows."""
        self.changed: set[int] = set()
        """Keys of rows that others changed a moment ago."""
        self._told: Timer | None = None
        self._behind: set[int] = set()
        """Keys of marked rows that a filter hides for now; no verb works on them."""
        self.hidden = 0
        self._hidden_why = ""
        self._filled = False
        self._given: Sequence[R | Section] = ()
        self._spaced = False
        self._shown: Sequence[int] = range(0)
        self._count = 0
        self._places: dict[int, int] | None = None
        self._guides: list[int] = []
        self._depths: list[int] = []
        self._folded: set[int] = set()
        self._at = -1
        self._layout_for = -1
        self._columns_shown: list[tuple[int, int]] = []
        self._framed: dict[tuple[int, int], Strip] = {}
        self._frame: Frame | None = None
        self._say_count()

    # -- rows ---------------------------------------------------------------------------------

    def set_rows(
        self,
        rows: Sequence[R | Section],
        *,
        hidden: int = 0,
        why: str = "hidden by the filter",
        among: Sequence[R] = (),
    ) -> None:
        """Show these rows; cursor, marks, folds and the place on screen stay as they were.

        Args:
            rows: In the order shown; a sequence that is not changed afterwards.
            hidden: How many rows exist that are not among them; always told on screen.
            why: What is said of them after their number: "hidden by the filter", "later".
            among: All rows there are, shown or not; the marks of those that are hidden stay.
        """
        old_key, old_at = self.cursor_key, self._at
        line = old_at - self._first_line
        self._given, self._spaced = rows, self.roomy
        self.rows = rows = self._with_space(rows) if self._spaced else rows
        self.hidden, self._hidden_why = hidden, why
        self._filled = True
        key = self.key
        self._places = None
        self._count = len(rows) - list(map(type, rows)).count(Section)
        marks = self.marks | self._behind
        self.marks = marks & self._place.keys() if marks else set()
        self._behind = marks - self.marks
        if self._behind:
            self._behind &= set(map(key, among))
        self._read_tree()
        self._show_rows()
        place = -1 if old_key is None else self._line_of(old_key)
        if place < 0:
            place = self._selectable(max(old_at, 0), 1)
        self._at = place
        self._forget()
        self._layout_for = -1
        self._keep_line(line if old_at >= 0 else place)
        self._say_count()
        self.refresh()
        if self.cursor_key != old_key:
            self.post_message(self.Highlighted(self, self.cursor_key))

    @property
    def roomy(self) -> bool:
        """Whether there is room for a blank line between groups, and it is wanted."""
        if not self.is_attached or not self.app.has_class("-comfortable"):
            return False
        screen = self.screen
        return not screen.is_modal and screen.has_class("-tall") and not screen.has_class("-narrow")

    @staticmethod
    def _with_space(rows: Sequence[R | Section]) -> Sequence[R | Section]:
        """Put a blank line above each heading but the first line."""
        if not any(isinstance(row, Section) for row in rows):
            return rows
        spaced: list[R | Section] = []
        for row in rows:
            if spaced and isinstance(row, Section):
                spaced.append(Section(""))
            spaced.append(row)
        return spaced

    def _read_tree(self) -> None:
        """Note each row's depth, and which branches go on below it."""
        depth = self.depth
        if depth is None:
            self._depths, self._guides = [], []
            return
        self._depths = [0 if isinstance(row, Section) else depth(row) for row in self.rows]
        guides = [0] * len(self._depths)
        below = 0  # bit d: further down another row stands at depth d under the same parent
        for index in range(len(self._depths) - 1, -1, -1):
            level = self._depths[index]
            guides[index] = below & ((2 << level) - 1)
            below = 0 if isinstance(self.rows[index], Section) else guides[index] | (1 << level)
        self._guides = guides

    def _show_rows(self) -> None:
        """Work out which rows are not folded away."""
        if not self._folded or not self._depths:
            self._shown = range(len(self.rows))
        else:
            shown: list[int] = []
            until = -1
            for index, row in enumerate(self.rows):
                level = self._depths[index]
                if until >= 0 and level > until:
                    continue
                until = -1
                shown.append(index)
                if not isinstance(row, Section) and self.key(row) in self._folded:
                    until = level
            self._shown = shown
        self.set_length(len(self._shown) + self._top)

    @property
    def _place(self) -> dict[int, int]:
        """Where each key stands; made when many are asked for, as long lists are mostly read."""
        if self._places is None:
            self._places = {
                self.key(row): at
                for at, row in enumerate(self.rows)
                if not isinstance(row, Section)
            }
        return self._places

    def _index_of(self, key: int) -> int:
        """Find where one key stands, -1 where it does not: looking along the rows is quickest."""
        if self._places is not None:
            return self._places.get(key, -1)
        of = self.key
        rows = enumerate(self.rows)
        return next((at for at, row in rows if not isinstance(row, Section) and of(row) == key), -1)

    def _line_of(self, key: int) -> int:
        """Find the line of a row, -1 where it is not shown; the row it is folded under counts."""
        index = self._index_of(key)
        if index < 0 or isinstance(self._shown, range):
            return index
        from bisect import bisect_right

        return bisect_right(self._shown, index) - 1

    def _selectable(self, line: int, step: int) -> int:
        """Give the nearest line that holds a record, looking first in the direction of `step`."""
        last = len(self._shown) - 1
        if last < 0:
            return -1
        start = min(max(line, 0), last)
        for way in (step, -step):
            at = start
            while 0 <= at <= last:
                if not isinstance(self.rows[self._shown[at]], Section):
                    return at
                at += way
        return -1

    def row_of(self, key: int) -> R | None:
        """Give the row with this key, None where there is none."""
        if key == self.cursor_key:
            return self.cursor_row
        index = self._place.get(key)
        return None if index is None else cast("R", self.rows[index])

    def said(self, row: R) -> list[str]:
        """Give the text of each cell of a row."""
        return [
            "".join(it if isinstance(it, str) else it[0] for it in cell)
            if isinstance(cell, list)
            else cell
            if isinstance(cell, str)
            else cell[0]
            for cell in self._cells(row)
        ]

    @property
    def count(self) -> int:
        """How many records the list holds, sections not counted."""
        return self._count

    def rows_of(self, keys: Iterable[int]) -> list[R]:
        """Give the rows with these keys, those that there are, in the order given."""
        return [row for row in map(self.row_of, keys) if row is not None]

    @property
    def keys(self) -> list[int]:
        """The keys of all records it holds, folded away or not, in their order."""
        return [self.key(row) for row in self.rows if not isinstance(row, Section)]

    @property
    def cursor_row(self) -> R | None:
        """The row under the cursor."""
        if not 0 <= self._at < len(self._shown):
            return None
        row = self.rows[self._shown[self._at]]
        return None if isinstance(row, Section) else row

    @property
    def cursor_key(self) -> int | None:
        """The key of the row under the cursor."""
        row = self.cursor_row
        return None if row is None else self.key(row)

    @property
    def chosen(self) -> list[int]:
        """The keys a verb works on: the marked rows in their order, else the one at the cursor."""
        if self.marks:
            return sorted(self.marks, key=self._place.__getitem__)
        key = self.cursor_key
        return [] if key is None else [key]

    # -- cursor -------------------------------------------------------------------------------

    @property
    def _first_line(self) -> int:
        """The number of the row in the first line in sight."""
        return self.scroll_offset.y

    @property
    def _room(self) -> int:
        """How many rows are in sight at once."""
        return max(self.scrollable_content_region.height - self._top, 1)

    def move_to(self, key: int) -> bool:
        """Put the cursor on the row with this key, unfolding what hides it; False: not there."""
        index = self._index_of(key)
        if index < 0:
            return False
        if self._folded and self._depths:
            level = self._depths[index]
            for above in range(index - 1, -1, -1):
                if level == 0:
                    break
                row = self.rows[above]
                if self._depths[above] < level and not isinstance(row, Section):
                    level = self._depths[above]
                    self._folded.discard(self.key(row))
            self._refold()
        self._put(self._line_of(key), 1)
        return True

    def _put(self, line: int, step: int) -> None:
        """Put the cursor on a line, or on the nearest record in the direction of `step`."""
        old = self._at
        at = self._selectable(line, step)
        if at == old or at < 0:
            self._bring_into_sight(at)
            return
        self._at = at
        if self.changed and 0 <= old < len(self._shown):
            # it was stood on, and so it was seen
            row = self.rows[self._shown[old]]
            self.changed -= set() if isinstance(row, Section) else {self.key(row)}
        self._refresh_row(old)
        self._refresh_row(at)
        self._bring_into_sight(at)
        self.post_message(self.Highlighted(self, self.cursor_key))

    def _refresh_row(self, line: int) -> None:
        """Draw one row again."""
        y = line - self._first_line + self._top
        if self._top <= y < self._top + self._room:
            self.refresh(Region(-self.gutter.left, y, self.outer_size.width, 1))

    def _bring_into_sight(self, line: int) -> None:
        """Scroll no further than needed to show a line; a section just above comes along."""
        if line < 0:
            return
        first, room = self._first_line, self._room
        top = line
        while top > 0 and isinstance(self.rows[self._shown[top - 1]], Section):
            top -= 1
        if top < first:
            self.scroll_to_line(top if line - top < room else line)
        elif line >= first + room:
            self.scroll_to_line(line - room + 1)

    def _keep_line(self, line: int) -> None:
        """Scroll so that the cursor stands in the same line of the screen as before a refill."""
        if self._at < 0 or not self.size:
            self.scroll_to_line(0)
            return
        last = max(len(self._shown) - self._room, 0)
        first = min(max(self._at - line, 0), last)
        if first != self._first_line:
            self.scroll_to_line(first)
        self._bring_into_sight(self._at)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the rows again, border and all: it shows the place."""
        if round(old_value) != round(new_value):
            width, height = self.outer_size
            self.refresh(Region(-self.gutter.left, 0, width, height - self.gutter.height))

    def scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Keep the cursor in sight when the room changes."""
        self._forget()
        self._layout_for = -1
        if self._given and self.roomy != self._spaced:
            self._space_anew()
        self._bring_into_sight(self._at)

    def _space_anew(self) -> None:
        """Show the same rows with blank lines between groups, or without."""
        key = self.cursor_key
        self._spaced = self.roomy
        self.rows = self._with_space(self._given) if self._spaced else self._given
        self._places = None
        self._read_tree()
        self._show_rows()
        if key is not None:
            self._at = self._line_of(key)

    def action_move(self, step: int) -> None:
        """Move the cursor by a row."""
        self._put(self._at + step, step)

    def action_page(self, step: int) -> None:
        """Move the cursor by as many rows as are in sight."""
        self._put(min(max(self._at + step * self._room, 0), len(self._shown) - 1), step)

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self._put(0, 1)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self._put(len(self._shown) - 1, -1)

    def action_open(self) -> None:
        """Tell that the row under the cursor was chosen."""
        key = self.cursor_key
        if key is not None:
            self.post_message(self.Opened(self, key))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a second click opens the row."""
        if self._pulled is not None:
            return
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self._top:
            return
        line = offset.y - self._top + self._first_line
        if not 0 <= line < len(self._shown) or isinstance(self.rows[self._shown[line]], Section):
            return
        if line == self._at:
            self.action_open()
        else:
            self._put(line, 1)

    def in_sight(self) -> list[tuple[int, int, int]]:
        """Give where each row in sight stands on the screen, with its key."""
        x, y = self.content_region.offset
        first = self._first_line
        lines = range(first, min(first + self._room, len(self._shown)) if self.can_focus else 0)
        rows = [(line, self.rows[self._shown[line]]) for line in lines]
        return [
            (x, y + self._top + line - first, self.key(row))
            for line, row in rows
            if not isinstance(row, Section)
        ]

    def jump_to(self, key: int) -> None:
        """Go to a row."""
        self.focus()
        self.move_to(key)

    # -- marks --------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        key = self.cursor_key
        if key is None:
            return
        self.marks ^= {key}
        self._refresh_row(self._at)
        self._marks_changed()
        self.action_move(1)

    def action_mark_all(self) -> None:
        """Mark every row that is not folded away, or none where all are marked."""
        every = set(self.keys)
        if len(self._shown) < len(self.rows):
            rows = (self.rows[index] for index in self._shown)
            every = {self.key(row) for row in rows if not isinstance(row, Section)}
        self.marks = set() if self.marks >= every else every
        self._marks_changed()
        self.refresh()

    def action_clear_marks(self) -> None:
        """Take all marks away."""
        self._behind = set()
        self.clear_marks()
        self._marks_changed()

    def mark(self, keys: Iterable[int]) -> None:
        """Mark rows besides those that are marked."""
        self.marks = self.marks | (set(keys) & self._place.keys())
        self._marks_changed()
        self.refresh()

    def turn_marks(self, keys: Iterable[int]) -> None:
        """Mark rows that are not marked, and take the marks off those that are."""
        self.marks = self.marks ^ (set(keys) & self._place.keys())
        self._marks_changed()
        self.refresh()

    @property
    def every_mark(self) -> set[int]:
        """The keys of all marked rows, also of those that a filter hides for now."""
        return self.marks | self._behind

    def clear_marks(self) -> None:
        """Take the marks in sight away; a verb does this when it is done with them."""
        if self.marks:
            self.marks = set()
            self._marks_changed()
            self.refresh()

    def _marks_changed(self) -> None:
        self._say_count()
        self.refresh_bindings()
        self.post_message(self.Marked(self))

    # -- what others changed ------------------------------------------------------------------

    @property
    def rows_by_key(self) -> dict[int, R]:
        """All rows by their keys, as they are shown now."""
        return {self.key(row): row for row in self.rows if not isinstance(row, Section)}

    def mark_changed(self, before: Mapping[int, R]) -> None:
        """Let rows that differ from what they were say for a while that others changed them."""
        changed = {key for key, row in self.rows_by_key.items() if before.get(key) != row}
        if not changed:
            return
        self.changed |= changed
        if self._told is not None:
            self._told.stop()
        self._told = self.set_timer(TOLD_SECONDS, self._forget_changed)
        self.refresh()

    def _forget_changed(self) -> None:
        self.changed = set()
        self.refresh()

    # -- tree ---------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave left, right and escape to others where they mean nothing here."""
        if action in ("fold", "unfold", "turn", "turn_all"):
            return self.depth is not None
        if action == "clear_marks":
            return bool(self.marks or self._behind)
        return True

    def _has_branch(self, index: int) -> bool:
        """Say whether rows stand under this one."""
        depths = self._depths
        return index + 1 < len(depths) and depths[index + 1] > depths[index]

    def action_fold(self) -> None:
        """Close the branch under the cursor; where none is open, go to the row above it."""
        row = self.cursor_row
        if row is None:
            return
        index, key = self._shown[self._at], self.key(row)
        if self._has_branch(index) and key not in self._folded:
            self._folded.add(key)
            self._refold()
            return
        level = self._depths[index]
        for above in range(index - 1, -1, -1):
            if self._depths[above] < level:
                parent = self.rows[above]
                if not isinstance(parent, Section):
                    self._put(self._line_of(self.key(parent)), -1)
                return

    def action_unfold(self) -> None:
        """Open the branch under the cursor; where it is open, go to its first row."""
        row = self.cursor_row
        if row is None or not self._has_branch(self._shown[self._at]):
            return
        key = self.key(row)
        if key in self._folded:
            self._folded.discard(key)
            self._refold()
        else:
            self.action_move(1)

    def action_turn(self) -> None:
        """Close the branch that the cursor is in, or open the one it stands on."""
        row = self.cursor_row
        if row is None:
            return
        if self.key(row) in self._folded and self._has_branch(self._shown[self._at]):
            self.action_unfold()
            return
        if not self._has_branch(self._shown[self._at]):
            self.action_fold()
        self.action_fold()

    def action_turn_all(self) -> None:
        """Close every branch; where all are closed, open them."""
        every = {
            self.key(row)
            for index, row in enumerate(self.rows)
            if not isinstance(row, Section) and self._has_branch(index)
        }
        if every <= self._folded:
            self.unfold_all()
        else:
            self.fold_all()

    def is_folded(self, key: int) -> bool:
        """Say whether what is below a row is folded away."""
        return key in self._folded and self.depth is not None

    def fold_all(self) -> None:
        """Close every branch."""
        self._folded = {
            self.key(row)
            for index, row in enumerate(self.rows)
            if not isinstance(row, Section) and self._has_branch(index)
        }
        self._refold()

    def unfold_all(self) -> None:
        """Open every branch."""
        self._folded = set()
        self._refold()

    def _refold(self) -> None:
        """Show the rows again after folds changed; the cursor stays, or goes up to the fold."""
        key = self.cursor_key
        self._show_rows()
        self._say_count()
        self._forget()
        if key is not None:
            self._at = self._line_of(key)
        self._at = self._selectable(max(self._at, 0), -1)
        self._bring_into_sight(self._at)
        self.refresh()
        if self.cursor_key != key:
            self.post_message(self.Highlighted(self, self.cursor_key))

    # -- words in the border ------------------------------------------------------------------

    def set_hint(self, hint: str) -> None:
        """Change the list's own key in the lower border."""
        self._hint = hint
        self._say_count()

    def set_empty(self, sentence: str) -> None:
        """Change what stands there when no row does."""
        self._empty = sentence
        self.refresh()

    def set_columns(self, columns: Iterable[Column]) -> None:
        """Show other columns."""
        self.columns = tuple(columns)
        self._layout_for = -1
        self._forget()
        self.refresh()

    def _say_count(self) -> None:
        """Tell in the lower border what is marked and what is not shown."""
        marked = f"{len(self.marks)} marked" if self.marks else ""
        if self._behind:
            more = f"{len(self._behind)} more" if self.marks else f"{len(self._behind)} marked"
            marked = plain.join([marked, f"{more} hidden"], ", ")
        folded = len(self.rows) - len(self._shown)
        why = f"{plain.number(folded)} folded away" if folded else ""
        if self.hidden:
            why = plain.join([f"{plain.number(self.hidden)} {self._hidden_why}", why], ", ")
        shown = self._count - folded
        counted = plain.join([f"{plain.number(shown)} shown", why], ", ") if why else ""
        self.border_subtitle = plain.content(plain.join([marked, counted, self._hint]))

    # -- drawing ------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self._forget()

    def _lay_out(self, width: int) -> None:
        """Work out which columns are shown, and how wide each is."""
        self._layout_for = width
        room = width - GUTTER - TAIL
        bright = projector.is_on(self.app)
        kept = [i for i, column in enumerate(self.columns) if not (bright and column.private)]

        def needed(*, whole: bool = False) -> int:
            wanted = (self.columns[i].least(whole=whole) for i in kept)
            return sum(wanted) + GAP * (len(kept) - 1)

        def important(i: int) -> tuple[int, int]:
            return self.columns[i].importance, -i

        while len(kept) > 1 and needed() > room:
            kept.remove(min(kept, key=important))
        while len(kept) > 1 and needed(whole=True) > room:
            last = min(kept, key=important)
            if self.columns[last].importance >= NEEDED:
                break
            kept.remove(last)
        spare = max(room - needed(), 0)
        wishes: dict[int, int] = {}
        for i in sorted(kept, key=important, reverse=True):
            missing = self.columns[i].wish - self.columns[i].least()
            wishes[i] = min(max(missing, 0), spare)
            spare -= wishes[i]
        shares = sum(self.columns[i].share for i in kept)
        self._columns_shown = []
        for i in kept:
            column = self.columns[i]
            wide = column.least() + wishes[i]
            if column.share:
                extra = spare * column.share // shares
                spare, shares, wide = spare - extra, shares - column.share, wide + extra
            self._columns_shown.append((i, min(wide, max(room, 1))))

    def room_of(self, place: int) -> int:
        """Give the cells that a column has, by its place; 0 where it is not shown."""
        if self._layout_for != self._width:
            self._forget()
            self._lay_out(self._width)
        return dict(self._columns_shown).get(place, 0)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines with their border; those of rows are kept whole, as they go to the screen.

        Textual asks for every line whenever one of them changes, and frames, filters and encodes
        each anew when anything scrolls. A line that is handed over as the same strip again costs
        it next to nothing.
        """
        inner = self.scrollable_content_region.height
        above = self.gutter.top + self._top
        below = self.gutter.top + inner
        first, last = max(crop.y, above), min(crop.bottom, below)
        if self.folded or first >= last or self.opacity != 1.0 or self.styles.tint.a:
            return super().render_lines(crop)
        width, inner_width = self.outer_size.width, self._width
        strips = self._edge(crop.y, first, width) if crop.y < first else []
        shown, known, at = self._shown, self._framed, self._at
        start = self.scroll_offset.y - above
        thumb_first, thumb_last = self.thumb()
        for line in range(first + start, last + start):
            if line >= len(shown):
                strips.append(self._framed_line(line - start - above + self._top, inner_width))
                continue
            # most lines are neither under the cursor nor marked: look no further for those
            look = self._look(line) if line == at or self.marks or self.changed else 1
            beside_thumb = thumb_first <= line < thumb_last
            if beside_thumb:
                look += 32
            strip = known.get((shown[line], look))
            if strip is None:
                if len(known) >= KEPT:
                    known.clear()
                y = line - start - above + self._top
                strip = self._framed_line(y, inner_width, thumb=beside_thumb)
                known[shown[line], look] = strip
            strips.append(strip)
        if last < crop.bottom:
            strips += self._edge(last, crop.bottom, width)
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _edge(self, first: int, last: int, width: int) -> list[Strip]:
        """Give the lines of border and headings from `first` up to `last`."""
        edge = self._edges.get((first, last))
        if edge is None:
            edge = super().render_lines(Region(0, first, width, last - first))
            self._edges[first, last] = edge
        return list(edge)

    def refresh(self, *regions: Region, **kwargs: bool) -> Self:
        """Draw again; without regions also border and headings."""
        if not regions:
            self._edges.clear()
        return super().refresh(*regions, **kwargs)

    def _framed_line(self, y: int, width: int, *, thumb: bool = False) -> Strip:
        """Draw the line `y` of the content with what stands at both ends, as it is sent."""
        if self._frame is None:
            self._frame = self._read_frame()
        left, right, thumbed, background = self._frame
        segments = [*left, *self._line(y, width), *(thumbed if thumb else right)]
        for line_filter in self.get_line_filters():
            segments = line_filter.apply(segments, background)
        return Strip(segments, self.outer_size.width)

    def _read_frame(self) -> Frame:
        """Take the two ends of a line from what Textual draws; the right one shows the place."""
        width, gutter = self.outer_size.width, self.gutter
        background = self.background_colors[1]
        if not gutter.right:
            style = self.look("quiet")
            return [], [Segment(" ", style)], [Segment(THUMB, style)], background
        drawn = super().render_lines(Region(0, gutter.top, width, 1))[0]
        left = list(drawn.crop(0, gutter.left))
        # while a pane is folded or shown again, what is drawn may have its old size for a moment
        right = list(drawn.crop(width - gutter.right, width)) or [Segment(" ", self.look())]
        return left, right, [*right[:-1], Segment(THUMB, right[-1].style)], background

    @property
    def wish(self) -> int:
        """The cells it takes to show every word of the list and its title, with the border."""
        columns = sum(max(column.width, column.wish) + GAP for column in self.columns) - GAP
        title = plain.width(str(self.border_title)) + 4
        return max(GUTTER + columns + TAIL, title) + self.gutter.width

    @property
    def _width(self) -> int:
        """How many cells a row has; without a border the last one shows the place."""
        return max(self.content_size.width - (0 if self.gutter.right else 1), 0)

    @property
    def extent(self) -> tuple[int, int]:
        """How many lines there are, and how many are in sight."""
        return len(self._shown), self._room

    def _look(self, line: int) -> int:
        """Give all that changes how a row is drawn, as a number."""
        look = 1
        if line == self._at:
            look += 2 if self.has_focus else 4
        if self.marks or self.changed:
            row = self.rows[self._shown[line]]
            if not isinstance(row, Section):
                key = self.key(row)
                look += 8 * (key in self.marks) + 16 * (key in self.changed)
        return look

    def _forget(self) -> None:
        """Draw every line anew when it is next in sight."""
        self._framed.clear()
        self._edges.clear()
        self._frame = None

    def render_line(self, y: int) -> Strip:
        """Draw the line `y` of the content, without what stands at its ends."""
        width = self._width
        return Strip(self._line(y, width), width)

    def _line(self, y: int, width: int) -> list[Segment]:
        """Draw the line `y` of what is in sight, exactly as wide as a row."""
        if width != self._layout_for:
            self._forget()
            self._lay_out(width)
        if y < self._top and not self._shown and self._filled and not self.hidden:
            # columns of nothing: the invitation alone
            return [Segment(" " * width, self.look())]
        if y < self._top:
            return self._render_headings(width)
        line = y - self._top + self.scroll_offset.y
        if line >= len(self._shown):
            return self._render_empty(y - self._top, width)
        index = self._shown[line]
        row = self.rows[index]
        if isinstance(row, Section):
            return self._render_section(row, width)
        return self._render_row(row, index, self._look(line), width)

    def _render_headings(self, width: int) -> list[Segment]:
        style = self.look("quiet")
        parts = [
            plain.pad(plain.line(self.columns[i].title), wide, self.columns[i].align)
            for i, wide in self._columns_shown
        ]
        return [Segment(plain.pad(" " * GUTTER + (" " * GAP).join(parts), width), style)]

    def _render_empty(self, line: int, width: int) -> list[Segment]:
        """Draw the invitation where there is no row; before the first rows came there is none."""
        said: list[str] = []
        if self._filled and self._empty and not self._shown:
            said = plain.wrap(self._empty, max(width - 2 * GUTTER, 1))
        text = plain.pad(" " * GUTTER + said[line] if line < len(said) else "", width)
        segments, at = [], 0
        for key in KEYS_NAMED.finditer(text):
            begin, end = key.span(key.lastindex or 0)
            segments += [Segment(text[at:begin], self.look("quiet"))]
            segments += [Segment(text[begin:end], self.look("strong", "accent"))]
            at = end
        return [*segments, Segment(text[at:], self.look("quiet"))]

    def _render_section(self, section: Section, width: int) -> list[Segment]:
        room = max(width - 2, 0)
        note = plain.cut(plain.line(section.note), max(room - 1, 0))
        title = plain.pad(plain.line(section.title), max(room - plain.width(note), 0))
        tail = plain.pad(note + " ", max(width - 1 - plain.width(title), 0))
        return [
            Segment(plain.cut(" " + title, width), self.look("section")),
            Segment(tail, self.look("quiet")),
        ]

    def _render_row(self, row: R, index: int, look: int, width: int) -> list[Segment]:
        """Draw one row: mark, then each column that has room."""
        base: tuple[str, ...] = ("marked",) if look & 8 else ()
        if look & 6:
            base = (*base, "cursor" if look & 2 else "cursor-blurred")
        under = self._tone(row) if self._tone is not None else ""
        # on the cursor's own colours a second one would be hard to read
        toned = not look & 2
        plain_style = self.look(*base, under) if under and toned else self.look(*base)
        given = self._cells(row)
        mark = (plain.MARKED if look & 8 else "") + (plain.CHANGED if look & 16 else "")
        mark = plain.pad(mark, GUTTER)
        segments = [Segment(mark, self.look(*base, "accent") if toned else plain_style)]
        text = ""
        for number, (i, wide) in enumerate(self._columns_shown):
            column = self.columns[i]
            if number:
                text += " " * GAP
            room = wide
            if column.tree and self._depths:
                guide = self._guide(row, index)
                guide = plain.cut(guide, max(room - 1, 0))
                if guide:
                    if text:
                        segments.append(Segment(text, plain_style))
                        text = ""
                    guide_style = self.look(*base, "quiet") if toned else plain_style
                    segments.append(Segment(guide, guide_style))
                    room -= plain.width(guide)
            cell: Cell = given[i] if i < len(given) else ""
            for piece, tone in plain.cells(cell, room, column.align):
                if tone and toned and tone != under:
                    if text:
                        segments.append(Segment(text, plain_style))
                        text = ""
                    names = (*base, under, tone) if under else (*base, tone)
                    segments.append(Segment(piece, self.look(*names)))
                else:
                    text += piece
        used = GUTTER + sum(wide for _, wide in self._columns_shown)
        used += GAP * (len(self._columns_shown) - 1)
        if used > width:
            # a window narrower than the narrowest row
            cut = Strip([*segments, Segment(text, plain_style)]).crop(0, width)
            return list(cut.adjust_cell_length(width, plain_style))
        segments.append(Segment(text + " " * (width - used), plain_style))
        return segments

    def _guide(self, row: R, index: int) -> str:
        """Draw the branches at the left of a row of the tree."""
        level, below = self._depths[index], self._guides[index]
        drawn = "".join("│ " if below >> above & 1 else "  " for above in range(1, level))
        if level:
            drawn += "├ " if below >> level & 1 else "└ "
        if self._has_branch(index):
            drawn += "▸ " if self.key(row) in self._folded else "▾ "
        return drawn
