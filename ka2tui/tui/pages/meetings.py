"""The meetings of a project: those to come, those that were, and one at the side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from ka2tui.domain.kinds import OutcomeKind
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import ListPage
from ka2tui.tui.pages import meeting_verbs as verbs
from ka2tui.tui.pages import meeting_words as words
from ka2tui.tui.widgets.details import Details, Fact, Head, Jump, Line, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from textual.widget import Widget

    from ka2tui.queries import logs, meeting_clocks
    from ka2tui.queries import meetings as views
    from ka2tui.queries.logs import LogRow
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.queries.tasks import TaskRow
    from ka2tui.tui.plain import Cell, Piece, Tone
    from ka2tui.tui.widgets.details import Item
else:
    logs = lazily("ka2tui.queries.logs")
    meeting_clocks = lazily("ka2tui.queries.meeting_clocks")
    views = lazily("ka2tui.queries.meetings")


_NEEDS_ROW = frozenset({"edit", "move", "hold", "cancel", "remove"})


class MeetingsPage(ListPage):
    """The list of meetings, with what matters of the one under the cursor."""

    SHOWS = words.SHOWS | {"log_entry"}
    NAME = "Meetings"
    RECORD = "meeting"
    FIGURES = ("meeting",)
    LIST = "meeting"
    HELP = (
        "Meetings and events, those to come first. Enter opens one: its agenda, its minutes and "
        "who was there. Times are those of the meeting's own zone; the clocks of all partners "
        "stand at the side."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "new", id="meeting.add", tooltip="Plan a meeting"),
        Binding("e", "edit", "edit", id="meeting.edit", tooltip="Edit the meeting"),
        Binding("d", "move", "date", id="meeting.move",
                tooltip="Move it to another day; the hour stays the same"),
        Binding("m", "hold", "held", id="meeting.hold",
                tooltip="Mark as held, or plan again"),
        Binding("c", "cancel", "cancel", show=False, id="meeting.cancel",
                tooltip="Cancel but keep it, or plan it again"),
        Binding("x", "remove", "remove", id="meeting.remove",
                tooltip="Remove it with its agenda, lists and minutes"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    MeetingsPage #panes { height: 1fr; }
    MeetingsPage Details { display: none; }
    MeetingsPage.-wide Details { display: block; width: 40; }
    MeetingsPage.-very-wide Details { display: block; width: 60; }
    """

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done with a meeting where there is one."""
        if not self.line.typing and action in _NEEDS_ROW and not self.table.count:
            return False
        return super().check_action(action, parameters)

    def content(self) -> Iterable[Widget]:
        """Give the list, the details beside it, and the line of words."""
        self.table: RecordTable[MeetingRow] = RecordTable(
            self._columns(()),
            self._cells,
            title="Meetings",
            hint="enter open",
            empty="No meetings yet. Press n to plan the first.",
        )
        self.details = Details("Meeting", empty="No meeting is chosen.")
        self.all: Sequence[MeetingRow] = ()
        self.stand_on: int | None = None
        self.home: str | None = None
        """The coordinator's time zone; times in another one name it."""
        self._added = False
        yield Horizontal(self.table, self.details, id="panes")

    def _columns(self, rows: Sequence[MeetingRow]) -> list[Column]:
        """Give each column the room that these meetings need."""
        title = plain.longest([row.title + "  " * bool(row.series) for row in rows], most=60)
        kind = plain.longest([row.kind.word for row in rows], 4)
        when = plain.longest([self._when(row) for row in rows], 4)
        zone = plain.longest([self._zone(row) for row in rows if not row.past])
        standing = plain.longest([self._standing(row)[0] for row in rows]) + 1
        town = plain.longest([words.town(row) for row in rows], most=24)
        return [
            Column("", 1, importance=9),
            Column("Meeting", 28, share=1, wish=title, importance=9),
            Column("Kind", kind, importance=3),
            Column("When", when, align="right", importance=8),
            Column("", zone, importance=4),
            Column("", standing, importance=7),
            Column("Place", 8, wish=town, importance=2),
            Column("Came", 4, align="right", importance=1),
        ]

    def _cells(self, row: MeetingRow) -> Sequence[Cell]:
        tone: Tone = "quiet" if row.past else ""
        return (
            words.glyph(row, self.app.today),
            [(row.title, tone), (f" {plain.RECURRING}" if row.series else "", "quiet")],
            (row.kind.word, "quiet"),
            self._when(row),
            ("" if row.past else self._zone(row), "quiet"),
            self._standing(row),
            (words.town(row), "quiet"),
            ("" if row.came is None else str(row.came), "quiet"),
        )

    def _when(self, row: MeetingRow) -> str:
        return words.when(row, self.app.today, hour=not row.past, home=row.zone)

    def _zone(self, row: MeetingRow) -> str:
        """Name the zone of the time, where it is not the coordinator's."""
        if row.local is None or row.zone is None or row.zone == self.home:
            return ""
        return words.city(row.zone)

    def _standing(self, row: MeetingRow) -> tuple[str, Tone]:
        return words.standing(row, self.app.today, self.app.now())

    async def load(self) -> tuple[Sequence[MeetingRow], str | None]:
        """Read all meetings of the project, and the coordinator's time zone."""
        rows = await self.app.ask(views.listed, self.project, today=self.app.today)
        return rows, (await self.app.ask(meeting_clocks.zones, self.project)).coordinator

    def show(self, seen: tuple[Sequence[MeetingRow], str | None]) -> None:
        """Show those that have the words of the filter, in two parts."""
        self.all, self.home = seen
        self._fill()
        self._stand()
        self.refresh_bindings()
        self.show_details()

    def _stand(self) -> None:
        """Put the cursor where somebody wants to see it; where the filter hides it, say so."""
        if self.stand_on is None:
            return
        if self.table.move_to(self.stand_on):
            self.stand_on = None
        elif self._added and any(row.id == self.stand_on for row in self.all):
            self.app.tell("Added, but hidden by the filter. escape shows all.")
        else:
            return
        self._added = False

    def on_screen_resume(self) -> None:
        """Stand on the meeting that another page wants to show."""
        wanted = self.app.wanted_records.pop("meetings", None)
        if wanted is None:
            return
        self.line.clear()
        self._fill()
        if not self.table.move_to(wanted):
            self.stand_on = wanted

    def _fill(self) -> None:
        shown = self.filtered(self.all)
        rows: list[MeetingRow | Section] = []
        for title, past in (("To come", False), ("Past", True)):
            part = [row for row in shown if row.past is past]
            if part:
                rows += [Section(title, str(len(part))), *part]
        self.table.set_empty(
            "No meeting fits this filter. escape shows all." if self.filtering else
            "No meetings yet. Press n to plan the first."
        )  # fmt: skip
        self.table.set_columns(self._columns(shown))
        self.table.set_rows(rows, hidden=len(self.all) - len(shown), among=self.all)
        self.say_filtered(len(shown), len(self.all))

    @on(RecordTable.Highlighted)
    @work(group="details", exclusive=True)
    async def show_details(self) -> None:
        """Show the meeting under the cursor at the side."""
        key = self.table.cursor_key
        if key is None:
            self.details.show([])
            return
        try:
            found = await self.app.ask(views.one, key, today=self.app.today)
            logged = await self.app.ask(logs.of_meeting, key, today=self.app.today)
        except Refused:  # it was removed a moment ago; the list is being read again
            return
        if self.table.cursor_key == key:
            other = self.details.border_title != plain.content(found.row.title)
            self.details.show(
                [*self._items(found), *_logged(logged)], title=found.row.title, top=other
            )

    def _items(self, found: MeetingDetails) -> Iterator[Item]:
        """Say what matters of a meeting before it is opened."""
        row, today = found.row, self.app.today
        when = words.when(row, today, home=row.zone)
        yield Fact("When", when)
        yield Fact("", [self._standing(row)])
        yield Fact("Time zone", self._zone(row))
        series = f"{plain.RECURRING} one of a series" if row.series else ""
        yield Fact("Kind", plain.join([row.kind.word, series]))
        yield Fact("Place", words.place(row))
        yield Fact("Host", row.host)
        yield Fact("Belongs to", row.work_unit)
        yield Fact("People", plain.join(words.numbers(found), ", "))
        for sentence in found.differences:
            yield Line([(f"{plain.WARNING} {sentence}", "late")])
        if found.missing:
            yield Fact("Nobody from", (", ".join(found.missing), "soon"))
        yield from _clocks(found)
        yield from _minutes(found, today)
        if found.summary:
            yield Head("Summary")
            yield Words(found.summary)

    # -- verbs ----------------------------------------------------------------------------------

    @on(RecordTable.Opened)
    def open_meeting(self, event: RecordTable.Opened) -> None:
        """Open one meeting over the list."""
        from ka2tui.tui.pages.meeting import MeetingPage

        self.app.push_screen(MeetingPage(event.key))

    @work
    async def action_add(self) -> None:
        """Plan a meeting, and stand on it."""
        from ka2tui.tui.pages import meeting_planning

        added = await meeting_planning.add(self.app, self.project)
        if added is not None:
            self.stand_on, self._added = added, True
            self._stand()

    @work
    async def action_edit(self) -> None:
        """Edit the meeting under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            await verbs.edit(self.app, self.project, key)

    @work
    async def action_move(self) -> None:
        """Move the meeting under the cursor to another day."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.move(self.app, self.project, row)

    @work
    async def action_hold(self) -> None:
        """Mark the chosen meetings as held, or plan them again."""
        from ka2tui.tui.pages import meeting_held

        rows = self.table.rows_of(self.table.chosen)
        if rows and await verbs.hold(self.app, rows):
            self.table.clear_marks()
            if len(rows) == 1:
                await meeting_held.offer_date(self.app, rows[0])

    @work
    async def action_cancel(self) -> None:
        """Cancel the chosen meetings, or plan them again."""
        rows = self.table.rows_of(self.table.chosen)
        if rows and await verbs.cancel(self.app, rows):
            self.table.clear_marks()

    @work
    async def action_remove(self) -> None:
        """Remove the chosen meetings."""
        rows = self.table.rows_of(self.table.chosen)
        if rows and await verbs.remove(self.app, rows):
            self.table.clear_marks()

    def refill(self) -> None:
        """Show what fits the filter as far as it is typed."""
        self._fill()
        self._stand()


def _clocks(found: MeetingDetails) -> Iterator[Item]:
    """Show what every partner's clock shows when it begins, while that is still to come."""
    clocks = () if found.row.past else found.clocks
    if clocks:
        yield Head("Clocks")
    for one in clocks:
        yield Fact(one.partner, words.clock(one))


def _minutes(found: MeetingDetails, today: date) -> Iterator[Item]:
    """Show the agenda, and what came of it."""
    if found.agenda:
        yield Head("Agenda", words.agenda_total(found)[0])
    for number, item in enumerate(found.agenda, start=1):
        yield Line([(f"{number:>2} ", "quiet"), item.title])
    for title, kind in (("Decisions", OutcomeKind.DECISION), ("Actions", OutcomeKind.ACTION)):
        lines = [line for line in found.outcomes if line.kind is kind]
        if lines:
            yield Head(title, str(len(lines)))
        for line in lines:
            yield Line([_sign(line.task, today), f" {line.text}"])
    if found.carried:
        yield Head("Still open from earlier meetings", str(len(found.carried)))
    for left in found.carried:
        who = plain.join([words.who(left.task), left.meeting, f"carried {left.times}x"])
        yield Line([_sign(left.task, today), f" {left.task.title}", (f"  {who}", "quiet")])


def _logged(lines: Sequence[LogRow]) -> Iterator[Item]:
    """Show which lines of the log came from the minutes; each leads there."""
    if lines:
        yield Head("In the log", str(len(lines)))
    for line in lines:
        called = plain.join([line.code, line.title], " ")
        yield Jump(called, ("log_entry", line.id or 0), (line.state_word, "quiet"))


def _sign(task: TaskRow | None, today: date) -> Piece:
    """Give the sign for where the task of an action stands; a dot where there is none."""
    if task is None:
        return (plain.OPEN, "quiet")
    shown, tone, _ = plain.state_of(task.state, task.due, today)
    return (shown, tone)
