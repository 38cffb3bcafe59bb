"""The page a day begins with: late and due, waited for, the next meeting, the way, what to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page
from ka2tui.tui.widgets.details import Details, Fact, Line, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable

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


class TodayPage(Page):
    """What matters on this day."""

    SHOWS = frozenset(
        {"task", "tag", "task_link", "deliverable", "milestone", "meeting", "agenda_item"}
        | {"attendance", "head_count", "outcome", "phase", "phase_step", "partner", "contact"}
        | {"work_unit", "project"}
    )
    NAME = "Today"
    HELP = (
        "What is late, what is due within a week, who is waited for, the next meeting and the "
        "phases. tab goes from pane to pane; every row can be dealt with here."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "finish", "finish", id="today.finish",
                tooltip="Finish the task, reach the milestone, take the deliverable further"),
        Binding("p", "postpone", "postpone", id="today.postpone",
                tooltip="Put off by a day, a week, a month, or to a date"),
        Binding("at", "assign", "assign", key_display="@", id="today.assign",
                tooltip="Hand over to a partner, to a person or to nobody"),
        Binding("a", "add", "add", id="today.add", tooltip="Add a task"),
        Binding("e", "edit", "edit", id="today.edit", tooltip="Edit this row"),
        Binding("enter", "open", "open", id="today.open",
                tooltip="Go to the page where this belongs"),
        Binding("w", "wait", "wait", show=False, id="today.wait",
                tooltip="Note that the task lies with somebody else, from today on"),
        Binding("b", "start", "begin", show=False, id="today.start",
                tooltip="Take the task in hand, again or for the first time"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TodayPage {
        & #panes { height: 1fr; scrollbar-size-vertical: 1; }
        & #panes > * { height: auto; width: 1fr; }
        & #due { height: auto; min-height: 5; max-height: 14; }
        & #waiting, & #looks { height: auto; min-height: 3; max-height: 9; }
        & #meeting, & #way { height: auto; min-height: 3; }

        &.-wide #panes, &.-very-wide #panes { layout: horizontal; overflow: hidden hidden; }
        &.-wide #panes > *, &.-very-wide #panes > * { height: 1fr; }
        &.-wide #work, &.-very-wide #work { width: 8fr; }
        &.-wide #rest { width: 6fr; }
        &.-very-wide #rest { width: 9fr; layout: horizontal; }
        &.-wide #ahead { height: auto; }
        &.-wide #notes, &.-very-wide #ahead, &.-very-wide #notes { height: 1fr; }
        &.-wide #due, &.-very-wide #due { height: 1fr; max-height: 100%; }
        &.-wide #waiting, &.-very-wide #waiting { max-height: 40%; }
        &.-wide #looks, &.-very-wide #looks { height: 1fr; max-height: 100%; }
    }
    """

    def content(self) -> Iterable[Widget]:
        """Give the panes: one below the other, in two columns, or in three."""
        self.due: RecordTable[Item] = RecordTable(
            [
                Column("", 1, importance=9),
                Column("", 1, importance=3),
                Column("", 16, share=1, importance=9),
                Column("", 10, importance=5),
                Column("", 5, importance=4),
                Column("", 12, align="right", importance=8),
            ],
            self._due_cells,
            key=lambda item: item.key,
            title="Late and due",
            hint="a add",
            empty="Nothing is late, and nothing is due within a week. Press a to add a task.",
            headings=False,
            id="due",
        )
        self.waiting: RecordTable[Item] = RecordTable(
            [
                Column("", 1, importance=9),
                Column("", 14, importance=8),
                Column("", 16, share=1, importance=9),
                Column("", 15, align="right", importance=7),
            ],
            self._waiting_cells,
            key=lambda item: item.key,
            title="Waiting for",
            hint="w wait · b begin again",
            empty="Nobody is waited for.",
            headings=False,
            id="waiting",
        )
        self.meeting = Details(
            "Next meeting",
            hint="enter open",
            empty="No meeting is planned. g m goes to the meetings.",
            id="meeting",
        )
        self.way = Details("The way", hint="enter open", id="way")
        self.looks: RecordTable[Look] = RecordTable(
            [Column("", 1, importance=9), Column("", 20, share=1, importance=9)],
            _look_cells,
            key=lambda look: look.key,
            title="Look at",
            hint="enter open",
            empty="Nothing else asks for a look.",
            headings=False,
            id="looks",
        )
        self.seen: Today | None = None
        yield VerticalScroll(
            Vertical(self.due, self.waiting, id="work"),
            Vertical(
                Vertical(self.meeting, self.way, id="ahead"),
                Vertical(self.looks, id="notes"),
                id="rest",
            ),
            id="panes",
            can_focus=False,
        )

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> Today:
        """Read the day."""
        return await self.app.ask(views.today, self.project, self.app.today)

    def show(self, seen: Today) -> None:
        """Show the day."""
        self.seen = seen
        self.due.set_rows([*seen.overdue, *seen.due_soon], hidden=seen.later, why="later")
        self.waiting.set_rows(seen.waiting)
        self.looks.set_rows(seen.looks)
        self.meeting.show(_meeting(seen.next_meeting, self) if seen.next_meeting else [])
        self.way.show(_way(seen.phases))
        self.refresh_bindings()

    def _due_cells(self, item: Item) -> Sequence[Cell]:
        """Show something that is late or due."""
        from ka2tui.domain.due import Due, say_due

        glyph, tone, _ = plain.state_of(item.state, item.due, self.app.today)
        kind = {"deliverable": plain.DELIVERABLE, "milestone": plain.MILESTONE}.get(item.kind, "")
        due = Due(item.due, item.due_month, item.due_precision)
        return (
            (glyph, tone),
            (kind, "accent"),
            _title(item),
            item.assignee or "",
            (item.work_unit or "", "quiet"),
            (say_due(due, self.app.today), tone if tone in ("late", "soon") else ""),
        )

    def _waiting_cells(self, item: Item) -> Sequence[Cell]:
        """Show something that lies with somebody."""
        since = item.waiting_since
        days = None if since is None else (self.app.today - since).days
        said = {None: "", 0: "since today", 1: "since yesterday"}.get(days, f"since {days} days")
        return ((plain.WAITING, "quiet"), item.assignee or "somebody", _title(item), said)

    # -- verbs ----------------------------------------------------------------------------------

    @property
    def _list(self) -> RecordTable[Item] | None:
        """The list of things to do that has the focus."""
        return next((each for each in (self.due, self.waiting) if each.has_focus), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if action in _VERBS | _TASK_VERBS:
            row = self._list.cursor_row if self._list is not None else None
            return row is not None and (action in _VERBS or row.kind == "task")
        if action == "open":
            if self.meeting.has_focus:
                return self.seen is not None and self.seen.next_meeting is not None
            return self.way.has_focus
        return True

    @on(RecordTable.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """Offer the keys of the pane that has the focus now."""
        self.refresh_bindings()

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
        """Go to the meeting, or to the phases."""
        if self.way.has_focus:
            self.app.action_go("lifecycle")
        elif self.seen is not None and self.seen.next_meeting is not None:
            self.app.open_record("meetings", self.seen.next_meeting.id)


def _title(item: Item) -> Cell:
    """Show a title with what is special about it."""
    pieces: list[Piece] = []
    if item.priority == "high":
        pieces.append((f"{plain.HIGH} ", "late"))
    if item.recurrence:
        pieces.append((f"{plain.RECURRING} ", "quiet"))
    if item.kind != "task" and item.code:
        pieces.append(f"{item.code} ")
    return [*pieces, item.title] if pieces else item.title


def _look_cells(look: Look) -> Sequence[Cell]:
    """Show something worth a look, with the reason."""
    glyph = {"error": plain.LATE, "warning": plain.WARNING}.get(look.severity, plain.OPEN)
    tones: dict[str, Tone] = {"error": "late", "warning": "soon"}
    tone = tones.get(look.severity, "")
    return ((glyph, tone), [look.text, (f" · {look.why}", "quiet")])


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
    place = plain.join([meeting.place or meeting.city, meeting.host and f"host {meeting.host}"])
    return [
        Line([(meeting.title, "strong"), (f"  {away}", "accent")]),
        Words(plain.join([day, first, month])),
        *([Words(plain.join(others), "quiet")] if others else []),
        Fact("Where", place or (meeting.mode.word if meeting.mode else meeting.link)),
        Fact("Agenda", agenda),
    ]


def _hours(minutes: int) -> str:
    """Write a length of time: 5 h 10, 45 min."""
    hours, left = divmod(minutes, 60)
    return f"{hours} h {left:02}" if hours and left else f"{hours} h" if hours else f"{left} min"


def _way(phases: Sequence[PhaseLine]) -> list[DetailsItem]:
    """Draw the phases: those behind in one line, the others with what is done and the time."""
    from ka2tui.domain.progress import bar

    done = [phase for phase in phases if phase.state == "done"]
    lines: list[DetailsItem] = []
    if done:
        lines.append(Words("  ".join(f"{plain.DONE} {phase.kind.word}" for phase in done), "done"))
    for phase in phases:
        if phase.state == "under_way":
            share = phase.done or 0
            drawn = bar(share, mark=phase.passed)
            lines.append(Line(["▸ ", (drawn, "accent"), f" {share:3} %  {phase.kind.word}"]))
    ahead = [phase for phase in phases if phase.state == "ahead"]
    if ahead:
        words = "  ".join(f"{plain.OPEN} {phase.kind.word}" for phase in ahead)
        lines.append(Words(words, "quiet"))
    return lines
