"""How a task stands in a list: its columns, as wide as what they hold, and its cells."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from ka2tui.domain.days import say_brief
from ka2tui.domain.due import Due, say_due
from ka2tui.domain.kinds import Precision
from ka2tui.tui import plain
from ka2tui.tui.pages import task_verbs
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ka2tui.queries.task_row import TaskRow
    from ka2tui.queries.task_tree import Parts
    from ka2tui.tui.plain import Cell, Piece
    from ka2tui.tui.widgets.record_table import RecordTable

_TITLE, _CODE, _WHERE, _WHO, _DUE = (24, 68), (4, 9), (5, 8), (6, 13), (10, 15)
_WHOLE = (6, 24)
"""Cells that a column has at least and at most; a longer title is cut in the list."""


_TITLE_OF, _CODE_OF, _UNIT_OF, _PARENT_OF = map(
    attrgetter, ("title", "code", "work_unit", "parent_id")
)
_DUE_OF = attrgetter("due", "due_month", "due_precision")
_WHO_OF = attrgetter("contact", "partner")

_DAY = 12
"""Cells that a day takes at most."""


class TaskRows:
    """The columns and cells of a list of tasks."""

    def __init__(self, today: date) -> None:
        """Begin without rows.

        Args:
            today: The day they are seen from.
        """
        self.today = today
        self.depth: Mapping[int, int] = {}
        """How deep each stands, where they are shown as a tree."""
        self.parts: Mapping[int, Parts] = {}
        """By task, how many of its parts are done."""
        self.scores: Mapping[int, int] | None = None
        """How urgent each is, where that is told."""
        self.table: RecordTable[TaskRow]
        self._places: dict[str, int] = {}
        self._beneath: set[int | None] = set()
        self._measured: Sequence[TaskRow] | None = None
        self._widths = (0, 0, 0, 0, 0, 0)

    def fit(self, rows: Sequence[TaskRow]) -> list[Column]:
        """Give the columns for these rows; those of the same rows again cost nothing."""
        if rows is not self._measured:
            self._measured, self._widths = rows, self._measure(rows)
        title, codes, units, who, whole, dues = self._widths
        urgency = self.scores is not None
        columns = {
            "state": Column("", 1, importance=9),
            "code": Column("Code", codes, importance=5),
            "title": Column(
                *("Task", _TITLE[0]),
                share=9,
                importance=9,
                wish=title,
                tree=True,
            ),
            "where": Column("Where", units, importance=4),
            "who": Column("Who", who, share=1, importance=6, wish=whole),
            "urgency": Column("Urg", 4, align="right", importance=8),
            "due": Column("Due", dues, align="right", importance=8),
        }
        if not codes:
            del columns["code"]
        if not units:
            del columns["where"]
        if not urgency:
            del columns["urgency"]
        self._places = {name: at for at, name in enumerate(columns)}
        return list(columns.values())

    def _measure(self, rows: Sequence[TaskRow]) -> tuple[int, int, int, int, int, int]:
        """Give the cells of titles, codes, places, names in short and whole, and dates.

        What occurs often is measured once.
        """
        dues = {self._said(Due(*due)) for due in set(map(_DUE_OF, rows))}
        names = {contact or partner for contact, partner in set(map(_WHO_OF, rows))}
        people = {contact for contact in names if contact}
        short = {name if " " not in name else plain.short_name(name) for name in people}
        # letters are counted where there are thousands of them; the few wide ones are cut
        title = max(map(len, map(_TITLE_OF, rows)), default=0) + 2
        tagged = (len(row.title) + sum(len(t) + 2 for t in row.tags) for row in rows if row.tags)
        title = max(title, *tagged, 0)
        codes = max((len(code) for code in map(_CODE_OF, rows) if code), default=0)
        return (
            min(max(title, _TITLE[0]), _TITLE[1]),
            min(max(codes, _CODE[0]), _CODE[1]) if codes else 0,
            _fitting(set(map(_UNIT_OF, rows)), _WHERE),
            _fitting(short, _WHO) or _WHO[0],
            _fitting(names, _WHOLE) or _WHO[0],
            _fitting(dues, _DUE) or _DUE[0],
        )

    def fill(self, shown: Sequence[TaskRow]) -> None:
        """Note what stands there: a branch that shows nothing tells how far its parts are."""
        self._beneath = set(map(_PARENT_OF, shown)) - {None} if self.depth else set()

    def tone(self, row: TaskRow) -> plain.Tone:
        """Give the meaning of a whole row."""
        return "done" if task_verbs.is_closed(row) else ""

    def cells(self, row: TaskRow) -> Sequence[Cell]:
        """Show a task."""
        glyph, tone, _ = plain.state_of(row.state, row.due, self.today)
        due = task_verbs.due_of(row)
        closed = task_verbs.is_closed(row)
        said = str(due) if closed and due != Due() else self._said(due)
        places = self._places
        shown: list[Cell] = [(glyph, tone)]
        if "code" in places:
            shown.append((row.code or "", "quiet"))
        shown.append(self._title(row))
        if "where" in places:
            shown.append((row.work_unit or "", "quiet"))
        shown.append(self._who(row))
        if "urgency" in places:
            score = (self.scores or {}).get(row.id, 0)
            shown.append("" if closed else str(score))
        shown.append((said, tone if tone in ("late", "soon") else "quiet"))
        return shown

    def _said(self, due: Due) -> str:
        """Say when something is due; a day of another year goes without its weekday."""
        said = say_due(due, self.today)
        if plain.width(said) > _DAY and due.day is not None and due.precision is Precision.DAY:
            return say_brief(due.day)
        return said

    def _title(self, row: TaskRow) -> Cell:
        """Show a title with what is special about it; tags stand where they fit whole."""
        pieces: list[Piece] = []
        if row.priority == "high":
            pieces.append((f"{plain.HIGH} ", "late"))
        elif row.priority == "low":
            pieces.append((f"{plain.LOW} ", "quiet"))
        if row.recurrence:
            pieces.append((f"{plain.RECURRING} ", "quiet"))
        parts = self.parts.get(row.id) if self.depth else None
        if parts and (row.id not in self._beneath or self.table.is_folded(row.id)):
            counted: Piece = (f"{parts.done} of {parts.all} done", "quiet")
            room = self._room(row, pieces) - plain.width(counted[0]) - 2
            return [*pieces, plain.cut(plain.line(row.title), room), "  ", counted]
        if not pieces and not row.tags:
            return row.title
        pieces.append(row.title)
        room = self._room(row, pieces)
        for tag in row.tags:
            room -= plain.width(plain.line(tag)) + 2
            if room < 0:
                break
            pieces.append((f" #{tag}", "quiet"))
        return pieces

    def _room(self, row: TaskRow, pieces: list[Piece]) -> int:
        """Give the cells left in the column of titles beside some pieces and the branches."""
        branches = 2 * self.depth[row.id] + 2 if row.id in self.depth else 0
        taken = sum(plain.width(text) for text, _ in plain.pieces(pieces))
        return self.table.room_of(self._places["title"]) - branches - taken

    def _who(self, row: TaskRow) -> str:
        """Name who does it: a person in short where room is short."""
        if row.contact is None:
            return row.partner or ""
        return plain.name(row.contact, self.table.room_of(self._places["who"]))


def _fitting(texts: set[str | None] | set[str], bounds: tuple[int, int]) -> int:
    """Give the cells that the longest of texts takes, within bounds; 0 where there is none."""
    known = [text for text in texts if text]
    return plain.longest(known, *bounds) if known else 0
