"""Behind a figure: the rows it comes from, and what they add up to; enter goes to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.domain.figure import Source, Unit, say, say_source
from ka2tui.domain.search import Entry
from ka2tui.tui import plain, projector
from ka2tui.tui.dialogs.choose import Choose, Item
from ka2tui.tui.dialogs.dialog import Box, Dialog
from ka2tui.tui.lazy import lazily
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import NamedTuple

    from textual.widget import Widget

    from ka2tui.domain.figure import Figure
    from ka2tui.queries import behind as views
    from ka2tui.queries import figures
    from ka2tui.queries.behind import BehindRow
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.plain import Cell
else:
    from typing import NamedTuple

    figures = lazily("ka2tui.queries.figures")
    views = lazily("ka2tui.queries.behind")


MOST = 90
"""Hundredths of the window that it takes at most."""

LEAST = 3
"""Lines of the list where room is short."""


class _Row(NamedTuple):
    id: int
    """Its place among the rows: a record may stand behind a figure twice."""
    row: BehindRow


async def ask(
    desk: Desk, project: int, sources: Sequence[str], about: tuple[str, int | None] | None
) -> Entry | None:
    """Show the rows behind a figure, which is asked for where there are several.

    Returns:
        The record that was chosen among them.
    """
    own = desk.settings.data
    found = await desk.ask(figures.at, project, sources, about, today=desk.today, own=own)
    shown = [each for each in found if not (desk.projector and _is_private(each))]
    if not shown:
        desk.tell("There is no figure here yet.")
        return None
    at = 0
    while True:
        if len(shown) > 1:
            room = plain.longest([each.said for each in shown])
            items = [
                Item(place, each.title, " " * (room - plain.width(each.said)) + each.said)
                for place, each in enumerate(shown)
            ]
            chosen = await desk.push_screen_wait(Choose("Rows behind which figure?", items, at=at))
            if chosen is None:
                return None
            at = chosen
        rows = await desk.ask(views.rows, shown[at].trace, today=desk.today)
        entry = await desk.push_screen_wait(Behind(shown[at], rows))
        if entry is not None or len(shown) == 1:
            return entry


def _is_private(figure: Figure) -> bool:
    """Say whether a projector does not show a figure."""
    tables = {each.table for each in figure.trace.sources}
    return figure.unit is Unit.MONEY or bool(tables & projector.TABLES)


class BehindTable(RecordTable[_Row]):
    """The rows behind a figure; one can be gone to, and nothing is done with several."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "go there", id="behind.go", tooltip="Go to this record"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no marks, and to go where there is a row."""
        if action in {"mark", "mark_all"} or (action == "open" and not self.count):
            return False
        return super().check_action(action, parameters)


class Behind(Dialog[Entry | None]):
    """The rows behind one figure; answers the record to go to."""

    DEFAULT_CSS = """
    Behind {
        & Box { width: 96%; max-width: 140; height: auto; max-height: 92%; }
        & RecordTable { height: auto; min-height: 3; background: $surface; }
        & .-how { height: auto; color: $quiet; padding: 0 1; }
        & .-sum { height: auto; text-style: bold; padding: 0 1; margin: 1 0 0 0; }
        & .-odd { height: auto; color: $late; padding: 0 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "close", key_display="esc", id="behind.close",
                tooltip="Close, and stay where you are"),
    ]  # fmt: skip

    AUTO_FOCUS = "BehindTable"

    def __init__(self, figure: Figure, rows: Sequence[BehindRow]) -> None:
        """Make it of a figure and the rows it comes from."""
        super().__init__(f"{figure.title}: {figure.said}")
        self.figure = figure
        self.rows = [_Row(place, row) for place, row in enumerate(rows)]

    def content(self) -> Iterable[Widget]:
        """Give the rows, and below them what they add up to."""
        rows = [it.row for it in self.rows]
        adds = [self._adds(row) for row in rows]
        code = plain.longest([row.code for row in rows], most=12)
        columns = [
            Column("kind", plain.longest([row.kind for row in rows], 4, 14), importance=4),
            *([Column("code", code, importance=8)] if code else []),
            Column("title", 20, share=3, importance=9,
                   wish=plain.longest([row.title for row in rows], most=40)),
            Column("what is known", 18, share=2, importance=7),
            *([Column("adds", plain.longest(adds, 4, 16), align="right", importance=9)]
              if self._counts_otherwise else []),
        ]  # fmt: skip
        self.table = BehindTable(columns, self._cells, empty="Nothing is counted here.", bare=True)
        yield self.table
        yield Static(plain.content(self.figure.summed), classes="-sum")
        if self.figure.how:
            yield Static(plain.content(self.figure.how), classes="-how")
        if not self.figure.adds_up or len(rows) < len(self.figure.trace):
            yield Static(plain.content(self._doubt()), classes="-odd")

    def on_mount(self) -> None:
        """Show the rows."""
        self.table.set_rows(self.rows)
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """Keep what the rows come to in sight."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Leave the rows what the lines below them do not need."""
        box = self.query_one(Box)
        others = [each for each in box.children if each is not self.table and each.display]
        below = sum(each.outer_size.height + each.styles.margin.height for each in others)
        room = self.size.height * MOST // 100 - box.gutter.height - below
        self.table.styles.max_height = max(room, LEAST)

    @property
    def _counts_otherwise(self) -> bool:
        """Whether the rows add anything but one each."""
        return any(it.row.of is not None or it.row.adds != 1 for it in self.rows)

    def _doubt(self) -> str:
        """Say that something changed between the figure and its rows."""
        rows = say(self.figure.trace.value(self.figure.unit), self.figure.unit)
        if self.figure.adds_up:
            return "Some of its rows were removed meanwhile."
        return f"The page says {self.figure.said}, its rows come to {rows}."

    def _adds(self, row: BehindRow) -> str:
        source = Source(row.table, row.id, row.adds, row.of)
        return say_source(source, self.figure.unit, self.figure.currency)

    def _cells(self, it: _Row) -> Sequence[Cell]:
        row = it.row
        cells: dict[str, Cell] = {
            "kind": (row.kind, "quiet"),
            "code": row.code,
            "title": row.title,
            "what is known": (row.facts, "quiet"),
            "adds": self._adds(row),
        }
        return [cells[column.title] for column in self.table.columns]

    @on(RecordTable.Opened)
    def opened(self) -> None:
        """Answer with the record under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            self.dismiss(row.row.goes)
