"""The agenda of one meeting: its points in their order, and how long they take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import getters, on, work
from textual.binding import Binding, BindingType

from ka2tui.tui import plain
from ka2tui.tui.desk import Desk
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import meeting_words as words
from ka2tui.tui.pages.meeting_clock import so_far
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ka2tui.operations import agenda, running
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.tui.dialogs.form import Field
    from ka2tui.tui.plain import Cell
else:
    agenda = lazily("ka2tui.operations.agenda")
    running = lazily("ka2tui.operations.running")

BESIDES = 0
"""The key of the line for what belongs to no point of the agenda."""

_AROUND = 3
"""Rows that show a point with the one before and the one after it."""

_NOT_NOW = frozenset({"agenda.edit"})
"""Keys whose room in the line of keys is the clock's while the meeting goes on."""


class Point(NamedTuple):
    """A line of the agenda."""

    id: int
    number: str
    title: str
    presenter: str | None
    minutes_planned: int | None
    notes: str | None
    lines: int
    """Lines of minutes to it."""
    took: Cell = ""
    """Minutes it took so far."""
    begun: bool = False
    runs: bool = False


class AgendaPane(RecordTable[Point]):
    """The points of the agenda, and a line for what belongs to none of them."""

    app = getters.app(Desk)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "new point", id="agenda.add",
                tooltip="Add a point below this one; while the meeting goes on: plus"),
        Binding("plus", "add_now", "New point", show=False, key_display="+", id="agenda.add_now",
                tooltip="Add a point below this one, also while the meeting goes on"),
        Binding("T", "fill", "from template", show=False, id="agenda.fill",
                tooltip="Take the points of a template over, and its tasks"),
        Binding("greater_than_sign", "take_up", "Take up", show=False, key_display=">",
                id="agenda.take_up",
                tooltip="While the meeting goes on: let the clock of this point run"),
        Binding("e", "edit", "edit", id="agenda.edit", tooltip="Edit this point"),
        Binding("J,shift+down", "move_point(1)", "Point down", show=False, id="agenda.down",
                tooltip="Move this point down"),
        Binding("K,shift+up", "move_point(-1)", "Point up", show=False, id="agenda.up",
                tooltip="Move this point up"),
        Binding("x", "remove", "remove", show=False, id="agenda.remove",
                tooltip="Remove this point; its minutes stay, without a point"),
    ]  # fmt: skip

    def __init__(self, meeting: int) -> None:
        """Make the empty agenda of a meeting, by its id."""
        super().__init__(
            _columns(()),
            self._cells,
            title="Agenda",
            hint="n new  J K move",
            empty="No agenda yet. Press n to add the first point, T for a template.",
            id="agenda",
        )
        self.meeting = meeting
        self.goes_on = False
        """Whether the meeting goes on: then n takes up the next point."""
        self._stand_on: int | None = None

    def show_meeting(self, seen: MeetingDetails) -> None:
        """Show the points, and how long they take against the length of the meeting."""
        self._go_on(seen.row.goes_on)
        rows = self.show_times(seen)
        self.set_columns(_columns(rows))
        self.set_hint("n next point  > this one" if self.goes_on else "n new  J K move")
        if self._stand_on is not None and self.move_to(self._stand_on):
            self._stand_on = None
        self.set_title(plain.join(["Agenda", words.agenda_total(seen)[0]]))

    def _go_on(self, goes_on: bool) -> None:  # noqa: FBT001 - it is what is said
        """Name the keys of the clock, not those of the plan, while the meeting goes on."""
        self.goes_on = goes_on
        known = self._bindings.key_to_bindings
        for key, bound in known.items():
            if any(it.id in _NOT_NOW and it.show is goes_on for it in bound):
                known[key] = [
                    replace(it, show=not goes_on) if it.id in _NOT_NOW else it for it in bound
                ]

    def _bring_into_sight(self, line: int) -> None:
        """Scroll to a line; while the meeting goes on, to the one before and after it as well."""
        super()._bring_into_sight(line)
        if self.goes_on and line >= 0 and self._room >= _AROUND:
            super()._bring_into_sight(min(line + 1, self.count - 1))
            super()._bring_into_sight(max(line - 1, 0))

    def show_times(self, seen: MeetingDetails) -> list[Point]:
        """Show how long each point took until now."""
        rows = list(points(seen, self.app.now()))
        self.set_rows(rows)
        return rows

    def _cells(self, point: Point) -> Sequence[Cell]:
        cells: dict[str, Cell] = {
            "Point": (point.title, "quiet" if point.id == BESIDES else ""),
            "Who": (point.presenter or "", "quiet"),
            "Min": "" if point.minutes_planned is None else str(point.minutes_planned),
            "So far": point.took,
            "Lines": (str(point.lines or ""), "quiet"),
        }
        return [cells.get(column.title, _number(point)) for column in self.columns]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let n be the next point, and offer the clock, only while the meeting goes on."""
        if action == "add":
            return not self.goes_on
        if action == "take_up":
            return self.goes_on
        return super().check_action(action, parameters)

    @property
    def point(self) -> int | None:
        """The id of the point under the cursor; None: besides the agenda."""
        return self.cursor_key or None

    @property
    def called(self) -> str:
        """What the point under the cursor is called."""
        row = self.cursor_row
        return "" if row is None or row.id == BESIDES else f"{row.number} {row.title}"

    @work
    async def action_take_up(self) -> None:
        """Let the clock of the point under the cursor run."""
        point = self._own()
        if point is not None:
            await self.app.do(running.take_up, point.id, now=self.app.now())

    def action_add(self) -> None:
        """Add a point below the one under the cursor."""
        self.action_add_now()

    @work
    async def action_add_now(self) -> None:
        """Add a point below the one under the cursor."""
        from ka2tui.tui.dialogs.form import Form

        after = self.point

        async def save(filled: Any) -> Any:
            values = dict(filled.values)
            return await self.app.attempt(
                agenda.add, self.meeting, values.pop("title"), after=after, **values
            )

        form = Form("Add to the agenda", _fields(None), save=save)
        filled = await self.app.push_screen_wait(form)
        if filled is not None and not self.move_to(filled.saved.value):
            self._stand_on = filled.saved.value

    @work
    async def action_fill(self) -> None:
        """Take the points of a template over."""
        from ka2tui.tui.pages import meeting_planning

        await meeting_planning.fill(self.app, self.meeting)

    @on(RecordTable.Opened)
    def opened(self, event: RecordTable.Opened) -> None:
        """Edit the point that was chosen."""
        event.stop()
        self.action_edit()

    @work
    async def action_edit(self) -> None:
        """Edit the point under the cursor."""
        from ka2tui.tui.dialogs.form import Form

        point = self._own()
        if point is None:
            return

        async def save(filled: Any) -> Any:
            if not filled.changed:
                return None
            changed, before = filled.changed, filled.based_on
            return await self.app.attempt(agenda.edit, point.id, changed, before)

        form = Form("Edit the agenda", _fields(point), save=save)
        await self.app.push_screen_wait(form)

    @work
    async def action_move_point(self, by: int) -> None:
        """Move the point under the cursor up or down."""
        point = self._own()
        if point is not None:
            await self.app.do(agenda.move, point.id, by)

    @work
    async def action_remove(self) -> None:
        """Remove the point under the cursor from the agenda; ask before one whose clock runs."""
        from ka2tui.tui.dialogs.ask import Ask

        point = self._own()
        if point is None:
            return
        if point.runs:
            question = Ask(
                f"Remove {plain.cut(plain.line(point.title), 40)}?",
                about="Its clock runs: the time it took goes with it. Its minutes stay.",
                yes="remove",
            )
            if not await self.app.push_screen_wait(question):
                return
        await self.app.do(agenda.remove, point.id)

    def _own(self) -> Point | None:
        """Give the point under the cursor, if it is one of the agenda."""
        point = self.cursor_row
        if point is not None and point.id == BESIDES:
            self.app.tell("This is what belongs to no point of the agenda. Press n to add one.")
            return None
        return point


def _number(point: Point) -> Cell:
    """Give the number of a point, and whether it is over, runs, or is ahead."""
    if point.runs:
        return (f"{plain.DOING} {point.number}", "accent")
    return (f"{plain.DONE} {point.number}" if point.begun else point.number, "quiet")


def points(seen: MeetingDetails, now: datetime) -> Iterator[Point]:
    """Give the agenda, and a line for what belongs to none of its points."""
    for number, item in enumerate(seen.agenda, start=1):
        yield Point(
            item.id,
            str(number),
            item.title,
            item.presenter,
            item.minutes_planned,
            item.notes,
            item.outcomes,
            so_far(item, now),
            item.time.begun,
            item.time.runs,
        )
    besides = sum(1 for line in seen.outcomes if line.item_id is None)
    if seen.agenda or besides:
        yield Point(BESIDES, "", "Without a point", None, None, None, besides)


def _columns(rows: Sequence[Point]) -> list[Column]:
    """Give each column the room that these points need; who and lines only where there are any."""
    title = plain.longest([row.title for row in rows], most=60)
    who = plain.longest([row.presenter for row in rows], most=24)
    lines = any(row.lines for row in rows)
    begun = any(row.begun for row in rows)
    return [
        Column("", 4 if begun else 2, align="right", importance=9),
        Column("Point", 16, share=1, wish=title, importance=9),
        *([Column("Who", 8, wish=who, importance=3)] if who else []),
        Column("Min", 3, align="right", importance=8),
        *([Column("So far", 6, align="right", importance=8)] if begun else []),
        *([Column("Lines", 5, align="right", importance=2)] if lines else []),
    ]


def _fields(point: Point | None) -> list[Field]:
    """Make the fields of a point; those of an empty one where there is none."""
    from ka2tui.domain.lengths import read_length, say_length
    from ka2tui.tui.dialogs.form import Field

    return [
        Field("title", "Title", value="" if point is None else point.title, required=True),
        Field(
            "minutes_planned",
            "Length",
            value=None if point is None else point.minutes_planned,
            hint="how long it takes: 45, 1h30",
            read=read_length,
            write=say_length,
            say=say_length,
        ),
        Field("presenter", "Who", value=None if point is None else point.presenter),
        Field(
            "notes",
            "Notes",
            "long",
            None if point is None else point.notes,
            more=point is None or not point.notes,
        ),
    ]
