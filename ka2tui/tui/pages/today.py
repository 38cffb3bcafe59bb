"""The page a day begins with: late and due, waited for, the next meeting, the way, what to see."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical

from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import ListPage
from ka2tui.tui.widgets.details import Details, Fact, Line, Parts
from ka2tui.tui.widgets.record_table import Column, RecordTable
from ka2tui.tui.widgets.sentences import Sentence, Sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence
    from typing import Any

    from textual.widget import Widget

    from ka2tui.operations import tasks
    from ka2tui.queries import today as views
    from ka2tui.queries.today import Item, Look, NextMeeting, PhaseLine, Today
    from ka2tui.tui.plain import Cell, Piece, Tone
    from ka2tui.tui.widgets.details import Item as DetailsItem
else:
    tasks = lazily("ka2tui.operations.tasks")
    views = lazily("ka2tui.queries.today")

_VERBS = frozenset({"finish", "postpone", "assign", "edit"})
_TASK_VERBS = frozenset({"wait", "start"})
_PAGES = {"task": "tasks", "meeting": "meetings"}
_GLYPHS = {"deliverable": plain.DELIVERABLE, "milestone": plain.MILESTONE}

ENOUGH = 22
"""Lines from which on three things that are due stay in sight whatever has the focus."""

SOMEBODY = "somebody"
"""Stands for who is waited for where nobody is named."""

REST = 0.05
"""Seconds the cursor stays on a row before more is read about it."""

BORDER = 2
"""Lines of a pane that its border takes."""

LEAST = BORDER + 1
"""Lines of a pane where room is short."""


class TodayPage(ListPage):
    """What matters on this day."""

    SHOWS = frozenset(
        {"task", "tag", "task_link", "deliverable", "milestone", "meeting", "agenda_item"}
        | {"attendance", "head_count", "outcome", "phase", "phase_step", "partner", "contact"}
        | {"work_unit", "project"}
    )
    NAME = "Today"
    LIST = "today"
    HELP = (
        "What is late, what is due within a week, who is waited for, the next meeting and the "
        "phases. tab goes from pane to pane; every row can be dealt with here."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "finish", "finish", id="today.finish",
                tooltip="Finish, reach, or take the deliverable further"),
        Binding("p", "postpone", "postpone", id="today.postpone",
                tooltip="Put off by a day, a week, a month, or to a date"),
        Binding("at", "assign", "assign", key_display="@", id="today.assign",
                tooltip="Hand over to a partner, to a person or to nobody"),
        Binding("n", "add", "new", show=False, id="today.add",
                tooltip="Add a task in a form; a adds one in a line"),
        Binding("e", "edit", "edit", id="today.edit", tooltip="Edit this row"),
        Binding("enter", "open", "open", id="today.open",
                tooltip="Go to the page where this belongs"),
        Binding("w", "wait", "wait", id="today.wait",
                tooltip="From today on it lies with somebody else"),
        Binding("b", "start", "begin", show=False, id="today.start",
                tooltip="Take in hand, again or for the first time"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TodayPage {
        & #panes { height: 1fr; overflow: hidden hidden; }
        & #panes > * { height: auto; width: 1fr; }
        & #about { display: none; }

        &.-wide #panes, &.-very-wide #panes { layout: horizontal; }
        &.-wide #panes > *, &.-very-wide #panes > * { height: 1fr; }
        &.-wide #work { width: 7fr; }
        &.-wide #rest { width: 5fr; }
        &.-very-wide #work { width: 10fr; }
        &.-very-wide #about { width: 5fr; display: block; }
        &.-very-wide #rest { width: 6fr; }
    }
    """

    def __init__(self) -> None:
        """Begin with nothing known of the day."""
        super().__init__()
        self.seen: Today | None = None
        self._dues: Sequence[Item] = ()
        self._nothing_due = ""
        self._about: int | None = None
        """The row that the pane beside the lists tells about."""

    def content(self) -> Iterable[Widget]:
        """Give the panes: one below the other, in two columns, or in three."""
        self.due: RecordTable[Item] = RecordTable(
            self._due_columns(()),
            self._due_cells,
            key=lambda item: item.key,
            title="Late and due",
            hint="a add",
            headings=False,
            id="due",
        )
        self.waiting: RecordTable[Item] = RecordTable(
            self._waiting_columns(()),
            self._waiting_cells,
            key=lambda item: item.key,
            title="Waiting for",
            empty="Nobody is waited for.",
            headings=False,
            id="waiting",
        )
        self._told_of = self.due
        self.about = Details("Details", id="about")
        self.meeting = Details(
            "Next meeting",
            empty="No meeting is planned. g m goes to the meetings.",
            id="meeting",
        )
        self.way = Details("The way", hint="enter open", id="way")
        self.looks = Sentences(
            "Look at", hint="enter open", empty="Nothing else asks for a look.", id="looks"
        )
        yield Container(
            Vertical(self.due, self.waiting, id="work"),
            self.about,
            Vertical(self.meeting, self.way, self.looks, id="rest"),
            id="panes",
        )

    # -- room -----------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Share the room out anew when the lines are broken for the new width."""
        self.call_after_refresh(self._arrange)

    def _arrange(self) -> None:
        """Show the way as there is room for it, and give every pane its height."""
        if self.seen is not None:
            self.way.show(_way(self.seen.phases, now_first=self._stacked))
        self._read_about()
        self._share_out()

    @property
    def _stacked(self) -> bool:
        """Whether all panes stand below each other."""
        return not (self.has_class("-wide") or self.has_class("-very-wide"))

    def _share_out(self) -> None:
        """Give every pane as many lines as it needs; where they are too few, the focused first."""
        room = self.query_one("#panes").size.height
        work: list[Widget] = [self.due, self.waiting]
        rest: list[Widget] = [self.looks, self.meeting, self.way]
        lines = {pane: pane.virtual_size.height for pane in rest}
        lines |= {self.due: max(self.due.count, 2), self.waiting: max(self.waiting.count, 1)}
        for panes in [work + rest] if self._stacked else [work, rest]:
            needs = [lines[pane] + BORDER for pane in panes]
            least = [LEAST] * len(panes)
            if panes is work:
                least[1] = min(needs[1], max(room * 2 // 5, LEAST))
            elif self._stacked and room >= ENOUGH:
                least[0] = LEAST + 2
            focused = [at for at, pane in enumerate(panes) if pane.has_focus]
            for pane, height in zip(panes, _heights(room, needs, least, focused), strict=True):
                pane.styles.height = height

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> Today:
        """Read the day."""
        return await self.app.ask(views.today, self.project, self.app.today)

    def show(self, seen: Today) -> None:
        """Show the day."""
        self.seen = seen
        self._dues = (*seen.overdue, *seen.due_soon)
        _put_columns(self.due, self._due_columns(self._dues))
        _put_columns(self.waiting, self._waiting_columns(seen.waiting))
        self._nothing_due = (
            "Nothing is late, and nothing is due within a week. Press a to add a task."
            if seen.later or seen.waiting
            else "There is nothing to do. Press a to add a task."
        )
        self._fill()
        self.looks.show([_sentence(look) for look in seen.looks])
        self.meeting.show(_meeting(seen.next_meeting, self) if seen.next_meeting else [])
        self.meeting.set_hint("enter open" if seen.next_meeting else "")
        self._arrange()
        self.refresh_bindings()

    @property
    def lists(self) -> Sequence[RecordTable[Any]]:
        """What is due, and what is waited for."""
        return (self.due, self.waiting)

    def refill(self) -> None:
        """Show what fits the filter as far as it is typed."""
        if self.seen is not None:
            self._fill()
            self._share_out()

    def _fill(self) -> None:
        """Put what fits the filter into both lists."""
        if self.seen is None:
            return
        waited = self.seen.waiting
        due, waiting = self.filtered(self._dues, "due"), self.filtered(waited, "waiting")
        none_fits = "Nothing here fits the filter. escape shows all."
        self.due.set_empty(none_fits if self.filtering and self._dues else self._nothing_due)
        self.waiting.set_empty(none_fits if self.filtering and waited else "Nobody is waited for.")
        hidden, why = len(self._dues) - len(due), "hidden by the filter"
        if hidden:
            why += f", {self.seen.later} later" if self.seen.later else ""
        else:
            hidden, why = self.seen.later, "later"
        self.due.set_rows(due, hidden=hidden, why=why, among=self._dues)
        self.waiting.set_rows(waiting, hidden=len(waited) - len(waiting), among=waited)
        self.waiting.set_hint("b begin again" if waiting else "")
        self.say_filtered(len(due) + len(waiting), len(self._dues) + len(waited))

    def _due_columns(self, items: Sequence[Item]) -> list[Column]:
        """Give the columns of what is due; each no wider than what stands in it."""
        units = {item.work_unit for item in items if item.work_unit}
        dues = {self._say_due(item) for item in items}
        return [
            Column("", 1, importance=9),
            Column("", 36, share=9, importance=9),
            _people_column(items, 6),
            Column("", plain.longest([*units], most=8), importance=4),
            Column("", plain.longest([*dues], least=8), align="right", importance=8),
        ]

    def _say_due(self, item: Item) -> str:
        """Say when something is due."""
        from ka2tui.domain.due import Due, say_due

        return say_due(Due(item.due, item.due_month, item.due_precision), self.app.today)

    def _due_cells(self, item: Item) -> Sequence[Cell]:
        """Show something that is late or due."""
        glyph, tone, _ = plain.state_of(item.state, item.due, self.app.today)
        return (
            (glyph, tone),
            _title(item),
            _who(item, self.due.room_of(2)),
            (item.work_unit or "", "quiet"),
            (self._say_due(item), tone if tone in ("late", "soon") else ""),
        )

    def _waiting_cells(self, item: Item) -> Sequence[Cell]:
        """Show something that lies with somebody."""
        who = _who(item, self.waiting.room_of(1)) or SOMEBODY
        return ((plain.WAITING, "quiet"), who, _title(item), self._say_for(item))

    def _waiting_columns(self, items: Sequence[Item]) -> list[Column]:
        """Give the columns of what is waited for; each no wider than what stands in it."""
        lasting = {self._say_for(item) for item in items}
        return [
            Column("", 1, importance=9),
            _people_column(items, 8),
            Column("", 24, share=9, importance=9),
            Column("", plain.longest([*lasting], least=8), align="right", importance=7),
        ]

    def _say_for(self, item: Item) -> str:
        """Say for how long something is waited for."""
        from ka2tui.domain.days import say_for

        since = item.waiting_since
        return "" if since is None else say_for(since, self.app.today)

    # -- verbs ----------------------------------------------------------------------------------

    @property
    def _list(self) -> RecordTable[Item] | None:
        """The list of things to do that has the focus, or that is told about beside it."""
        if self.about.has_focus:
            return self._told_of
        return next((each for each in (self.due, self.waiting) if each.has_focus), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if self.line.typing:
            return super().check_action(action, parameters)
        if action in _VERBS | _TASK_VERBS:
            row = self._list.cursor_row if self._list is not None else None
            return row is not None and (action in _VERBS or row.kind == "task")
        if action == "open":
            if self.meeting.has_focus:
                return self.seen is not None and self.seen.next_meeting is not None
            told = self.about.has_focus and self._told_of.cursor_row is not None
            return told or self.way.has_focus
        return super().check_action(action, parameters)

    @on(RecordTable.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()
        self._read_about(REST)

    def on_descendant_focus(self) -> None:
        """Offer the keys of the pane that has the focus now, and give it room."""
        self.refresh_bindings()
        self._share_out()
        if self._list is not None and self._list is not self._told_of:
            self._told_of = self._list
            self._read_about()

    # -- the row under the cursor ---------------------------------------------------------------

    def _read_about(self, rest: float = 0) -> None:
        """Read what is known of the row under the cursor, where there is room to show it."""
        if self.about.display:
            self._show_about(rest)

    @work(group="about", exclusive=True)
    async def _show_about(self, rest: float) -> None:
        from ka2tui.domain.refusal import Refused
        from ka2tui.tui.pages import due_facts

        if rest:
            # the frame with the moved cursor comes first, and a held key asks nothing
            await asyncio.sleep(rest)
        row = self._told_of.cursor_row
        try:
            facts = await due_facts.read(self.app, row) if row is not None else []
        except Refused:
            return  # removed meanwhile; the list is about to say so
        key, title = (row.key, row.kind.capitalize()) if row is not None else (None, "Details")
        self.about.show(facts, title=title, top=key != self._about)
        self.about.set_hint("enter open" if row is not None else "")
        self._about = key

    def _chosen(self, table: RecordTable[Item]) -> list[Item]:
        """Give the marked rows, else the one under the cursor."""
        rows = (table.row_of(key) for key in table.chosen)
        return [row for row in rows if row is not None]

    async def _with_chosen(self, verb: Callable[[list[Item]], Coroutine[Any, Any, bool]]) -> None:
        """Do something with the chosen rows; the marks go when it worked."""
        table = self._list
        if table is not None and (rows := self._chosen(table)) and await verb(rows):
            table.clear_marks()

    @work
    async def action_finish(self) -> None:
        """Finish."""
        from ka2tui.tui.pages import due_verbs

        await self._with_chosen(lambda rows: due_verbs.finish(self.app, rows))

    @work
    async def action_postpone(self) -> None:
        """Put off."""
        from ka2tui.tui.pages import due_verbs

        await self._with_chosen(lambda rows: due_verbs.postpone(self.app, self.project, rows))

    @work
    async def action_assign(self) -> None:
        """Hand over."""
        from ka2tui.tui.pages import due_verbs

        await self._with_chosen(lambda rows: due_verbs.assign(self.app, self.project, rows))

    @work
    async def action_edit(self) -> None:
        """Edit the row under the cursor."""
        from ka2tui.tui.pages import due_verbs

        row = self._list.cursor_row if self._list is not None else None
        if row is not None:
            await due_verbs.edit(self.app, self.project, row)

    @work
    async def action_add(self) -> None:
        """Add a task."""
        from ka2tui.tui.pages import task_verbs

        await task_verbs.add(self.app, self.project)

    @work
    async def action_wait(self) -> None:
        """Note that tasks lie with somebody else."""
        await self._with_chosen(
            lambda rows: self._with_tasks(rows, tasks.wait, today=self.app.today)
        )

    @work
    async def action_start(self) -> None:
        """Take tasks in hand."""
        await self._with_chosen(lambda rows: self._with_tasks(rows, tasks.start))

    async def _with_tasks(self, rows: list[Item], operation: Any, **more: Any) -> bool:
        """Run an operation on the tasks among rows."""
        ids = [row.id for row in rows if row.kind == "task"]
        return await self.app.do(operation, ids, **more) is not None

    # -- going on -------------------------------------------------------------------------------

    @on(RecordTable.Opened)
    def open_row(self, event: RecordTable.Opened) -> None:
        """Go to the page where a row belongs."""
        row = event.table.row_of(event.key)
        if row is not None:
            self._open(row.kind, row.id)

    @on(Sentences.Opened)
    def open_look(self, event: Sentences.Opened) -> None:
        """Go to the page where something worth a look belongs."""
        looks = self.seen.looks if self.seen is not None else ()
        look = next((look for look in looks if look.key == event.key), None)
        if look is not None:
            self._open(look.kind, look.id)

    @work
    async def _open(self, kind: str, record: int) -> None:
        from ka2tui.tui.pages import due_verbs

        if kind in _PAGES:
            self.app.open_record(_PAGES[kind], record)
        elif kind in ("deliverable", "milestone") and self.seen is not None:
            items = [*self.seen.overdue, *self.seen.due_soon]
            item = next((it for it in items if (it.kind, it.id) == (kind, record)), None)
            if item is not None:
                await due_verbs.edit(self.app, self.project, item)
        else:
            self.app.action_go("lifecycle")

    def action_open(self) -> None:
        """Go to the meeting, to the phases, or to what is told about beside the lists."""
        row = self._told_of.cursor_row
        if self.about.has_focus and row is not None:
            self._open(row.kind, row.id)
        elif self.way.has_focus:
            self.app.action_go("lifecycle")
        elif self.seen is not None and self.seen.next_meeting is not None:
            self.app.open_record("meetings", self.seen.next_meeting.id)


def _title(item: Item) -> Cell:
    """Show a title with what is special about it."""
    pieces: list[Piece] = []
    if item.kind in _GLYPHS:
        pieces.append((f"{_GLYPHS[item.kind]} ", "accent"))
    if item.priority == "high":
        pieces.append((f"{plain.HIGH} ", "late"))
    if item.recurrence:
        pieces.append((f"{plain.RECURRING} ", "quiet"))
    if item.kind != "task" and item.code:
        pieces.append(f"{item.code} ")
    return [*pieces, item.title] if pieces else item.title


def _who(item: Item, room: int) -> str:
    """Name who has it: a person in short where room is short."""
    return plain.name(item.assignee, room) if item.person else item.assignee or ""


def _people_column(items: Sequence[Item], importance: int) -> Column:
    """Give a column for who has things, as wide as the names in short."""
    people = {(item.assignee or SOMEBODY, item.person) for item in items}
    names = [plain.short_name(name) if person else name for name, person in people]
    return Column("", plain.longest(names, most=13), share=1, importance=importance)


def _put_columns(table: RecordTable[Item], columns: Sequence[Column]) -> None:
    """Give a list other columns, if they are other ones."""
    if table.columns != tuple(columns):
        table.set_columns(columns)


def _heights(
    room: int, needs: Sequence[int], least: Sequence[int], first: Sequence[int]
) -> list[int]:
    """Share lines out among panes below each other.

    Args:
        room: Lines there are.
        needs: Lines in which each shows everything.
        least: Lines of each where room is short; where they are too many, only borders are left.
        first: The places of those that are served before all others. What is left over when
            all are served goes to the first pane, which is served last.
    """
    heights = list(least) if sum(least) <= room else [BORDER] * len(needs)
    for at in (*first, *range(1, len(needs)), 0):
        left = room - sum(heights)
        heights[at] += max(min(left, needs[at] - heights[at]), 0)
    heights[0] += max(room - sum(heights), 0)
    return heights


def _sentence(look: Look) -> Sentence:
    """Say what is worth a look, with the reason."""
    glyph = {"error": plain.LATE, "warning": plain.WARNING}.get(look.severity, plain.OPEN)
    tones: dict[str, Tone] = {"error": "late", "warning": "soon"}
    return Sentence(look.key, glyph, tones.get(look.severity, ""), look.text, look.why)


def _meeting(meeting: NextMeeting, page: TodayPage) -> list[DetailsItem]:
    """Tell about the next meeting: how far away, where, and what clocks show then."""
    from ka2tui.domain.days import say_day, say_span, say_until
    from ka2tui.domain.instants import say_clock, say_countdown
    from ka2tui.domain.timeline import say_month

    today = page.app.today
    away = day = ""
    if meeting.starts_at is not None:
        away = say_countdown(meeting.starts_at, page.app.now(), meeting.zone or "UTC")
    elif meeting.day is not None and meeting.precision != "month":
        away = say_until(meeting.day, today)
    if meeting.day is not None:
        day = say_day(meeting.day, today, meeting.precision)
        if meeting.end_day is not None and meeting.end_day != meeting.day:
            day = say_span(meeting.day, meeting.end_day)
    month = "" if meeting.month is None else say_month(meeting.month)
    first, *others = [say_clock(clock) for clock in meeting.clocks] or [""]
    agenda = plain.count(meeting.agenda, "item") if meeting.agenda else "none yet"
    if meeting.agenda_minutes and meeting.minutes_long:
        agenda += f", {_hours(meeting.agenda_minutes)} of {_hours(meeting.minutes_long)}"
    place = meeting.place or meeting.city
    return [
        Line([(meeting.title, "strong"), (f"  {away}", "accent")]),
        Parts([day, first, month]),
        Parts(others, "quiet"),
        Fact("Where", place or (meeting.mode.word if meeting.mode else meeting.link)),
        Fact("Host", meeting.host),
        Fact("Agenda", agenda),
    ]


def _hours(minutes: int) -> str:
    """Write a length of time: 5 h 10, 45 min."""
    hours, left = divmod(minutes, 60)
    return f"{hours} h {left:02}" if hours and left else f"{hours} h" if hours else f"{left} min"


def _way(phases: Sequence[PhaseLine], *, now_first: bool) -> list[DetailsItem]:
    """Draw the phases: those behind in one line, the others with what is done and the time.

    Args:
        phases: In their order.
        now_first: Whether those under way stand above all, where few lines are in sight.
    """
    from ka2tui.domain.progress import bar

    def named(state: str, glyph: str) -> list[str]:
        return [f"{glyph} {phase.kind.word}" for phase in phases if phase.state == state]

    behind = Parts(named("done", plain.DONE), "done", "  ")
    ahead = Parts(named("ahead", plain.OPEN), "quiet", "  ")
    now: list[DetailsItem] = []
    for phase in phases:
        if phase.state == "under_way":
            share = phase.done or 0
            drawn = bar(share, mark=phase.passed)
            now.append(Line(["▸ ", (drawn, "accent"), f" {share:2} % {phase.kind.word}"]))
    return [*now, behind, ahead] if now_first else [behind, *now, ahead]
