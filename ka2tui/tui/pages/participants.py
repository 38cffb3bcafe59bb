"""Events, and who took part in each: counted once where names are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from ka2tui.frozen import frozen
from ka2tui.tui import plain, projector
from ka2tui.tui.detail_page import DetailPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import SHOW_ALL
from ka2tui.tui.pages import participant_verbs as verbs
from ka2tui.tui.pages import participant_words as words
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.exchange.clipboard import Pasted
    from ka2tui.queries import participants as views
    from ka2tui.queries import participation
    from ka2tui.queries.participants import ParticipantRow, Seen
    from ka2tui.queries.participation import Event, EventRow
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    views = lazily("ka2tui.queries.participants")
    participation = lazily("ka2tui.queries.participation")

WHOLE = 0
"""Stands for all events."""

ORDERS = (
    *(("country", "country"), ("profile", "profile"), ("mode", "in person or online")),
    *(("fewer_opportunities", "fewer opportunities"), ("organisation", "organisation")),
)
"""By what the totals are told."""

_NEEDS_ROW = frozenset({"edit_person", "remove", "set", "join", "apart", "forget"})
_OWN = frozenset({"edit_person", "forget"})
_EMPTY = "Nobody is on a list yet. Press a to add somebody, or P to paste rows."
_NO_EVENTS = "No events yet. Press g m, then n to plan one."


@frozen
class Master:
    """A line of the list of events: one of them, or all."""

    id: int
    row: EventRow | None
    came: str
    reported: int | None


class ParticipantsPage(DetailPage):
    """The events at the left, who took part at the right."""

    SHOWS = frozenset(
        {"participant", "meeting", "head_count", "attendance", "contact", "partner", "work_unit"}
        | {"project"}
    )
    LIST = "participant"
    NAME = "Participants"
    FIGURES = ("participant",)
    NOTHING = "Participant"
    HELP = (
        "Who took part in learning activities, trainings and multiplier events. The same name and "
        "organisation count once in the project; t offers who may be the same. What the report "
        "says otherwise stands in red."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add", id="participant.add",
                tooltip="Add people to this event, line by line"),
        Binding("e", "edit_person", "edit", id="participant.edit",
                tooltip="Edit who is under the cursor"),
        Binding("E", "set", "set of marked", id="participant.set",
                tooltip="Profile, fewer opportunities or certificate of all that are marked"),
        Binding("t", "twins", "perhaps the same", id="participant.twins",
                tooltip="Who may be the same person: join them, or keep them apart"),
        Binding("b", "by", "totals by", show=False, id="participant.by",
                tooltip="Totals by country, profile, in person or online, and so on"),
        Binding("m", "meeting", "meeting", id="participant.meeting",
                tooltip="Open this event as a meeting: agenda, attendance, head counts"),
        Binding("c", "claims", "report", id="participant.claims",
                tooltip="How many came as reported, and how many were expected"),
        Binding("W", "write_out", "write out", show=False, id="participant.write_out",
                tooltip="Write the lists and totals to a workbook or CSV file"),
        Binding("J", "join", "one person", show=False, id="participant.join",
                tooltip="Say that the marked rows are one person, counted once"),
        Binding("K", "apart", "different people", show=False, id="participant.apart",
                tooltip="Say that the marked rows are different people"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False,
                id="participant.remove", tooltip="Take them off the list; u brings them back"),
        Binding("X", "forget", "forget", show=False, id="participant.forget",
                tooltip="Forget a person for good, in the history too"),
        Binding("escape", "close", "back to the list", show=False, id="participant.close",
                tooltip="Back from the details to the list"),
        SHOW_ALL,
    ]  # fmt: skip

    DEFAULT_CSS = """
    ParticipantsPage {
        & #panes { height: 1fr; }
        & #left { width: 28; }
        & #events { height: 1fr; min-height: 5; }
        & #totals { height: 50%; }
        & #people { width: 1fr; }
        & #person { width: 40; display: none; }
        &.-wide #left { width: 40; }
        &.-very-wide #left { width: 52; }
        &.-very-wide #person { display: block; width: 48; }
        &.-reading #people { display: none; }
        &.-reading #person { display: block; width: 1fr; }
        &.-very-wide.-reading #people { display: block; }
        &.-very-wide.-reading #person { width: 48; }
    }
    """

    def __init__(self) -> None:
        """Begin with all events."""
        super().__init__()
        self.seen: Seen | None = None
        self.by = 0
        """The place of the totals among `ORDERS`."""
        self._wanted: int | None = None
        self._wanted_event: int | None = None
        self._certified = False
        """Whether somebody in sight has a certificate."""

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the event that is chosen."""
        event = self.event
        return self.app.project, None if event is None else ("meeting", event.id)

    def content(self) -> Iterable[Widget]:
        """Give events and totals at the left, people and who is under the cursor at the right."""
        self.events: RecordTable[Master] = RecordTable(
            self._event_columns(()), self._event_cells, title="Events", empty=_NO_EVENTS,
            id="events",
        )  # fmt: skip
        self.totals = Details("Totals", hint="b by", id="totals")
        self.table: RecordTable[ParticipantRow] = RecordTable(
            self._columns(()), self._cells, tone=lambda row: "quiet" if row.marked else "",
            title="Participants", empty=_EMPTY, id="people",
        )  # fmt: skip
        self.details = Details("Participant", hint=self.READ, id="person")
        left = Vertical(self.events, self.totals, id="left")
        yield Horizontal(left, self.table, self.details, id="panes")

    @property
    def home(self) -> Widget:
        """The people; where there are none yet, the events."""
        return self.table

    # -- lists ----------------------------------------------------------------------------------

    def _event_columns(self, rows: Sequence[Master]) -> list[Column]:
        name = plain.longest([self._called(row) for row in rows], most=40)
        came = plain.longest([row.came for row in rows], 4, 9)
        return [
            Column("", 1, importance=8),
            Column("Event", 8, share=1, wish=name, importance=9),
            Column("Came", came, align="right", importance=9),
            Column("Report", 6, align="right", importance=6),
        ]

    @staticmethod
    def _called(row: Master) -> str:
        return "All events" if row.row is None else row.row.event.called

    def _event_cells(self, row: Master) -> Sequence[Cell]:
        sign: Cell = "" if row.row is None else words.sign(row.row)
        tone: plain.Tone = "strong" if row.row is None else "" if row.row.over else "quiet"
        reported = "" if row.reported is None else plain.number(row.reported)
        return (sign, (self._called(row), tone), row.came, (reported, "quiet"))

    def _columns(self, rows: Sequence[ParticipantRow]) -> list[Column]:
        """Give each column the room that these people need; no names on a projector."""
        name = plain.longest([row.name for row in rows], 8, 32)
        place = plain.longest([row.organisation for row in rows], 6, 24)
        profile = plain.longest([row.profile for row in rows], 7, 18)
        given = plain.longest([row.certificate for row in rows], most=16)
        self._certified = given > 0
        event = plain.longest([row.event for row in rows], 5, 16)
        columns = [
            Column("", 1, importance=7, private=True),
            Column("Name", 10, share=2, wish=name, importance=9, private=True),
            Column("From", 6, share=1, wish=place, importance=8),
            Column("", 2, importance=6),
            Column("Profile", profile, importance=4),
            Column("", 5, importance=5),
            Column("", 6, importance=4),
        ]
        if self._certified:
            columns.append(Column("Given", max(given, 5), importance=3))
        if self.event is None:
            columns.append(Column("Event", event, importance=6))
        return columns

    def _cells(self, row: ParticipantRow) -> Sequence[Cell]:
        cells: tuple[Cell, ...] = (
            ("?", "soon") if row.doubtful else "",
            row.name,
            row.organisation or "",
            (row.country or "", "quiet"),
            (row.profile or "", "quiet"),
            "fewer" if row.fewer_opportunities else "",
            ("online" if row.online else "", "quiet"),
        )
        if self._certified:
            cells = (*cells, (row.certificate or "", "quiet"))
        return (*cells, (row.event, "quiet")) if self.event is None else cells

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> Seen:
        """Read events and people."""
        return await self.app.ask(views.page, self.project, today=self.app.today)

    def show(self, seen: Seen) -> None:
        """Show the events, and who took part in the one that is chosen."""
        self.seen = seen
        stood = seen.standing
        masters = [
            Master(row.id, row, words.came(row.numbers), row.event.reported) for row in stood.events
        ]
        if masters:
            masters.insert(0, Master(WHOLE, None, words.came(stood.numbers), stood.reported))
        columns = tuple(self._event_columns(masters))
        if self.events.columns != columns:
            self.events.set_columns(columns)
        self.events.set_rows(masters)
        self._stand_at_event()
        self.refill()
        self._stand()
        self.refresh_bindings()

    @property
    def event(self) -> Event | None:
        """The event that is chosen; None: all of them."""
        row = self.events.cursor_row
        return None if row is None or row.row is None else row.row.event

    def refill(self) -> None:
        """Show who was at the event and fits the filter."""
        if self.seen is None:
            return
        event = self.event
        rows = self.seen.rows
        if event is not None:
            rows = tuple(row for row in rows if row.meeting_id == event.id)
        shown = self.filtered(rows)
        columns = tuple(self._columns(shown))
        if self.table.columns != columns:
            self.table.set_columns(columns)
        self.table.set_empty(
            "Nobody fits this filter. escape shows all." if self.filtering else _EMPTY
        )
        self.table.set_title("Participants" if event is None else plain.line(event.short))
        self.table.set_rows(shown, hidden=len(rows) - len(shown), among=rows)
        doubts = len(self.seen.twins)
        self.table.set_hint(f"{doubts} perhaps the same" if doubts else "v mark" * bool(shown))
        self.say_filtered(len(shown), len(rows))
        self._tell_totals()
        self.read_details()

    @work(group="totals", exclusive=True)
    async def _tell_totals(self) -> None:
        """Tell the totals of what is chosen."""
        seen, row = self.seen, self.events.cursor_row
        if seen is None or row is None or not self.app.opened.is_set():
            self.totals.show([], title="Totals")
            return
        by, said = ORDERS[self.by]
        event = None if row.row is None else row.id
        lines = await self.app.ask(
            participation.totals, self.project, by, today=self.app.today, event=event
        )
        if row.row is None:
            stood = seen.standing
            told = [f"{unit.unit.code}: {each}" for unit in stood.units
                    for each in unit.differences]  # fmt: skip
            claims = (stood.reported, stood.expected)
            items = words.totals(stood.numbers, claims, told, lines, said)
        else:
            found = row.row
            claims = (found.event.reported, found.event.expected)
            items = words.totals(found.numbers, claims, found.differences, lines, said)
        self.totals.show(items, title=self._called(row), top=True)

    @on(RecordTable.Highlighted, "#events")
    def _event_chosen(self) -> None:
        """Show who was at the event under the cursor."""
        self.refill()
        self.refresh_bindings()

    @on(RecordTable.Opened, "#events")
    def _event_opened(self, event: RecordTable.Opened) -> None:
        """Go to the people of the event."""
        event.prevent_default()
        event.stop()
        self.table.focus()

    def on_screen_resume(self) -> None:
        """Stand on the person that another page wants to show; minus an id: at the event."""
        text = self.app.wanted_words.pop("participants", None)
        if text is not None:
            self.put_filter(text)
        wanted = self.app.wanted_records.pop("participants", None)
        if wanted is not None:
            self.line.clear()
            self._wanted = wanted if wanted > 0 else None
            self._wanted_event = WHOLE if wanted > 0 else -wanted
            self._stand_at_event()
            self.refill()
            self._stand()

    def _stand_at_event(self) -> None:
        if self._wanted_event is not None and self.events.move_to(self._wanted_event):
            self._wanted_event = None

    def _stand(self) -> None:
        if self._wanted is not None and self.table.move_to(self._wanted):
            self._wanted = None

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Tell what is known of somebody."""
        row = self.table.row_of(key)
        if row is None or self.seen is None:
            return None
        title = "Participant" if self.app.projector else plain.line(row.name)
        return words.about(row, self.seen, self.app.today), title

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is somebody it can be done with."""
        if projector.hides(self.app, action):
            return False
        if not self.line.typing and action in _NEEDS_ROW:
            row = self.table.cursor_row
            if row is None or (action in _OWN and row.marked):
                return False
        if action in ("meeting", "claims") and not self.line.typing:
            return self.event is not None
        return super().check_action(action, parameters)

    def _own(self) -> list[ParticipantRow]:
        """Give the chosen rows; who is marked in the meeting is changed there."""
        rows = self.chosen()
        own = [row for row in rows if not row.marked]
        if len(own) < len(rows):
            self.app.tell("Who is marked as present in the meeting is changed there: m opens it.")
        return own

    def _all_events(self) -> list[Event]:
        return [] if self.seen is None else [row.event for row in self.seen.standing.events]

    @work
    async def action_add(self) -> None:
        """Add people to the event, line by line."""
        event = self.event or await verbs.choose_event(self.app, self._all_events())
        if event is not None:
            self._wanted = await verbs.add(self.app, self.project, event)
            self._stand()

    @work
    async def action_edit_person(self) -> None:
        """Edit who is under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.edit(self.app, self.project, row, self._all_events())

    @work
    async def action_set(self) -> None:
        """Set one field of all that are chosen."""
        rows = self._own()
        if rows:
            self.let_go(await verbs.set_several(self.app, self.project, rows))

    @work
    async def action_remove(self) -> None:
        """Take the chosen people off the list."""
        rows = self._own()
        if rows:
            self.let_go(await verbs.remove(self.app, rows))

    @work
    async def action_twins(self) -> None:
        """Go through those who may be the same."""
        found = await verbs.twins(self.app, self.project)
        if found is not None:
            self._wanted, self._wanted_event = found, WHOLE
            self._stand_at_event()
            self.refill()
            self._stand()
            self.table.focus()

    @work
    async def action_join(self) -> None:
        """Say that the marked people are one."""
        self.let_go(await verbs.join(self.app, self.chosen()))

    @work
    async def action_apart(self) -> None:
        """Say that the marked people are different ones."""
        self.let_go(await verbs.keep_apart(self.app, self.chosen()))

    @work
    async def action_forget(self) -> None:
        """Forget who is under the cursor, for good."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.forget(self.app, row)

    @work
    async def action_by(self) -> None:
        """Choose by what the totals are told."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        items = [Item(at, said) for at, (_, said) in enumerate(ORDERS)]
        chosen = await self.app.push_screen_wait(Choose("Totals by", items, at=self.by))
        if chosen is not None:
            self.by = chosen
            self._tell_totals()

    @work
    async def action_claims(self) -> None:
        """Edit what report and application say of the event."""
        if (event := self.event) is not None:
            await verbs.edit_claims(self.app, event)

    def action_meeting(self) -> None:
        """Open the event as a meeting."""
        from ka2tui.tui.pages.meeting import MeetingPage

        if (event := self.event) is not None:
            self.app.push_screen(MeetingPage(event.id))

    @work
    async def action_write_out(self) -> None:
        """Write the lists to a file."""
        if self.seen is not None:
            rows = [row for row in map(self.table.row_of, self.table.keys) if row is not None]
            await verbs.write_out(self.app, self.seen, rows)

    # -- pasting --------------------------------------------------------------------------------

    async def _take(self, text: str) -> None:
        """Let rows that name no event be those of the one that is chosen."""
        from ka2tui.tui.rows import paste

        event = self.event
        await paste(
            *(self.app, self.project, ("participant",), text),
            prepare=None if event is None else lambda pasted: _at(pasted, event),
        )


def _at(pasted: Pasted, event: Event) -> Pasted:
    """Add a column with the event to rows that have none."""
    if "meeting" in pasted.fields:
        return pasted
    width = len(pasted.fields)
    cells: Any = [
        (*row, *[""] * (width - len(row)), "Event" if pasted.headed and not at else event.short)
        for at, row in enumerate(pasted.rows)
    ]
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in cells)
    return replace(
        pasted, text=text, sign="\t", rows=tuple(cells), fields=(*pasted.fields, "meeting")
    )
