"""The page a day begins with: late and due, waited for, the next meeting, the way, what to see."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.tui import going, plain, projector
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import ListPage
from ka2tui.tui.pages import today_panes, today_rows
from ka2tui.tui.pages.today_panes import BORDER, FOLDED, LEAST
from ka2tui.tui.widgets.details import Details, Line
from ka2tui.tui.widgets.ground import Laid, Stacked
from ka2tui.tui.widgets.headline import Headline
from ka2tui.tui.widgets.record_table import Column, RecordTable
from ka2tui.tui.widgets.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from textual.widget import Widget

    from ka2tui.operations import tasks
    from ka2tui.queries import agenda as agendas
    from ka2tui.queries import looks as look_views
    from ka2tui.queries import messages as message_views
    from ka2tui.queries import names
    from ka2tui.queries import today as views
    from ka2tui.queries.agenda import Agenda
    from ka2tui.queries.looks import Look
    from ka2tui.queries.messages import Doer
    from ka2tui.queries.today import Item, Today
    from ka2tui.tui.plain import Cell, Piece, Tone
    from ka2tui.tui.widgets.details import Item as DetailsItem
    from ka2tui.tui.widgets.drawn import Drawn
else:
    tasks = lazily("ka2tui.operations.tasks")
    agendas = lazily("ka2tui.queries.agenda")
    look_views = lazily("ka2tui.queries.looks")
    message_views = lazily("ka2tui.queries.messages")
    names = lazily("ka2tui.queries.names")
    views = lazily("ka2tui.queries.today")

_TASK_VERBS = frozenset({"wait", "start"})
_VERBS = {
    "finish": frozenset({"task", "deliverable", "milestone", "review"}),
    "postpone": frozenset({"task", "deliverable", "milestone", "review"}),
    "assign": frozenset({"task", "deliverable", "milestone", "review"}),
    "edit": frozenset({"task", "deliverable", "milestone", "review", "meeting", "deadline"}),
}
"""With what each verb can be done."""

REST = 0.05
"""Seconds the cursor stays on a row before more is read about it."""

TICK = 20
"""Seconds after which the time that is left is told anew."""

LABEL = 12
"""Cells for the title of a pane that is folded."""

NOBODY = "You are waiting for nobody."
NO_MEETING = "No meeting is planned. g m goes to the meetings."
NO_DEADLINE = "No deadline is known. D enters one."
NO_LOOK = "Nothing else needs a look."
LOOKING = "looking …"

MOST = 12
"""Sentences about what is worth a look; all findings stand on the page of problems."""

WEEK = 7
"""Days that are said to be a week."""


class Seen(NamedTuple):
    """What the page shows."""

    today: Today
    agenda: Agenda | None
    """Where the agenda stands in the place of what is late and due."""


class TodayPage(ListPage):
    """What matters on this day."""

    SHOWS = frozenset(
        {"task", "tag", "task_link", "deliverable", "milestone", "meeting", "agenda_item"}
        | {"attendance", "head_count", "outcome", "phase", "phase_step", "partner", "contact"}
        | {"work_unit", "project", "priority", "message", "partner_paper", "payment"}
        | {"share", "approved_fact", "departure"}
        | {"letter", "risk", "log_entry", "indicator", "measurement", "dissemination"}
        | {"participant", "proof", "proof_use", "proof_waiver", "set_aside", "rule_value"}
        | {"aim", "aim_link", "milestone", "cost"}
    )
    NAME = "Today"
    FIGURES = ("tasks", "phase", "meeting")
    LIST = "today"
    HELP = (
        "What is late, what is due within a week, who you wait for, by when things must be handed "
        "in, the next meeting and the phases. o shows the agenda instead: everything that is due "
        "in two weeks, day by day. A shows all projects together; undo then takes back your last "
        "change in any of them. tab goes from pane to pane; every row can be dealt with here."
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
                tooltip="Note that you wait for somebody else, from today on"),
        Binding("b", "start", "begin", show=False, id="today.start",
                tooltip="Start work on it, or go on with it"),
        Binding("c", "chase", "chase", id="today.chase",
                tooltip="Write a reminder to the partner you wait for"),
        Binding("H", "heard", "heard from", show=False, id="today.heard",
                tooltip="Note a mail, call or chat with the partner you wait for"),
        Binding("o", "agenda", "agenda", id="today.agenda",
                tooltip="Show the agenda of two weeks, or what is late and due"),
        Binding("D", "deadlines", "deadlines", show=False, id="today.deadlines",
                tooltip="Enter or change by when the project must hand in what"),
        Binding("k", "all_problems", "problems", show=False, id="today.problems",
                tooltip="Show everything that the checks find in this project"),
        Binding("A", "all_projects", "all projects", show=False, id="today.all",
                tooltip="Show all projects together, or this one"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TodayPage {
        & #countdown { height: 1; padding: 0 2; color: $soon; text-wrap: nowrap; display: none; }
        & #countdown.-counting { display: block; }
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
        self.agenda: Agenda | None = None
        self.shows_agenda = False
        self._dues: Sequence[Item] = ()
        self._nothing_due = ""
        self._looks: Sequence[Look] = ()
        self._looked_at: set[int] | None = None
        self._dated: Sequence[DetailsItem] = ()
        self._doers: dict[int, Doer] = {}
        """By task: with which partner it lies, and when that was last heard from."""
        self._about: int | None = None
        """The row that the pane beside the lists tells about."""

    def content(self) -> Iterable[Widget]:
        """Give the panes: one below the other, in two columns, or in three."""
        self.due: RecordTable[Item] = RecordTable(
            today_rows.due_columns((), self.app.today),
            self._due_cells,
            key=lambda item: item.key,
            title="Late and due",
            hint="o agenda",
            headings=False,
            id="due",
        )
        self.waiting: RecordTable[Item] = RecordTable(
            today_rows.waiting_columns((), self.app.today),
            self._waiting_cells,
            key=lambda item: item.key,
            title="Waiting for",
            empty=NOBODY,
            headings=False,
            id="waiting",
        )
        self._told_of = self.due
        self.about = Details("Details", id="about")
        self.meeting = Details(
            "Next meeting",
            empty=NO_MEETING,
            id="meeting",
        )
        self.dates = Details("Deadlines", empty=NO_DEADLINE, id="dates")
        self.way = Details("The way", hint="enter open", id="way")
        self.looks = Sentences("Look at", hint="enter open", empty=NO_LOOK, id="looks")
        self.countdown = Static("", id="countdown")
        yield self.countdown
        yield Laid(
            Stacked(self.due, self.waiting, id="work"),
            self.about,
            Stacked(self.dates, self.meeting, self.way, self.looks, id="rest"),
            id="panes",
        )

    def on_mount(self) -> None:
        """Keep the time that is left true."""
        self.set_interval(TICK, self.tell_time)

    # -- room -----------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Share the room out anew when the lines are broken for the new width."""
        self.call_after_refresh(self._arrange)

    def _arrange(self) -> None:
        """Show the way as there is room for it, and give every pane its height."""
        if self.seen is not None:
            self.way.show(today_panes.way_lines(self.seen.phases, now_first=self._stacked))
            self._count_down()
        self._read_about()
        self._share_out()

    @property
    def _stacked(self) -> bool:
        """Whether all panes stand below each other."""
        return not (self.has_class("-wide") or self.has_class("-very-wide"))

    def _share_out(self) -> None:
        """Give every pane as many lines as it needs; where they are too few, the focused first."""
        room = self.query_one("#panes").size.height
        work: list[Drawn] = [self.due, self.waiting]
        beside: list[Drawn] = [self.looks, self.dates, self.meeting, self.way]
        rest = [pane for pane in beside if pane.display]
        lines = {pane: pane.virtual_size.height for pane in rest}
        lines |= {self.due: max(self.due.count, 2), self.waiting: max(self.waiting.count, 1)}
        if self._stacked:
            self._stack(room, lines)
            return
        for panes in (work, rest):
            needs = [lines[pane] + BORDER for pane in panes]
            least = [LEAST] * len(panes)
            if panes is work:
                least[1] = min(needs[1], max(room * 2 // 5, LEAST))
            focused = [at for at, pane in enumerate(panes) if pane.has_focus]
            for pane, height in zip(
                panes, today_panes.heights(room, needs, least, focused), strict=True
            ):
                pane.fold(False)
                pane.styles.height = height

    def _stack(self, room: int, lines: Mapping[Drawn, int]) -> None:
        """Give the panes below each other their lines; fold those that find no room."""
        order = (self.due, self.waiting, self.dates, self.meeting, self.way, self.looks)
        panes = [pane for pane in order if pane.display]
        needs = [lines[pane] + BORDER for pane in panes]
        focused = next((at for at, pane in enumerate(panes) if pane.has_focus), 0)
        seen = self.seen
        empty = {
            self.waiting: seen is None or not seen.waiting,
            self.dates: not self._dated,
            self.meeting: seen is None or seen.next_meeting is None,
            self.way: seen is None,
            self.looks: self.looks.cursor_key is None,
        }
        bare = [at for at, pane in enumerate(panes) if empty.get(pane) and at != focused]
        shared = today_panes.stacked(room, needs, focused, empty=bare)
        for pane, height in zip(panes, shared, strict=True):
            pane.fold(height == FOLDED)
            pane.styles.height = height
        self._say_in_brief()

    def _say_in_brief(self) -> None:
        """Say of each pane what stands in the line it may be folded to."""
        seen, today, now = self.seen, self.app.today, self.app.now()
        if seen is None:
            for pane in (self.waiting, self.dates, self.meeting, self.way, self.looks):
                pane.set_brief("", label=LABEL)
            return
        waited = seen.waiting[0] if seen.waiting else None
        if waited is None:
            self.waiting.set_brief((NOBODY, "quiet"), label=LABEL)
        else:
            who, about = today_rows.who(waited, LABEL) or today_rows.SOMEBODY, waited.title
            lasting = today_rows.say_lasting(waited, today)
            self.waiting.set_brief(f"{who}  {about}", lasting, LABEL)
        meeting = seen.next_meeting
        told = today_panes.meeting_lines(meeting, today, now) if meeting else []
        way = today_panes.way_lines(seen.phases, now_first=True)
        for pane, lines, nothing in (
            (self.dates, self._dated, NO_DEADLINE),
            (self.meeting, told, NO_MEETING),
            (self.way, way, ""),
        ):
            first = next((line for line in lines if isinstance(line, Line)), None)
            said = Line((nothing, "quiet")) if first is None else first
            pane.set_brief(said.cell, said.tail, LABEL)
        looked = self._looked_at == {one.project_id for one in seen.deadlines}
        looks = [today_panes.sentence(look) for look in self._looks] if looked else []
        if not looks:
            self.looks.set_brief((NO_LOOK if looked else LOOKING, "quiet"), label=LABEL)
            return
        first_look, more = looks[0], len(looks) - 1
        said_of: list[Piece] = [(f"{first_look.glyph} ", first_look.tone), first_look.text]
        self.looks.set_brief(said_of, (f"{more} more" if more else "", "quiet"), LABEL)

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the pane with the focus: the way, the next meeting, else the whole day."""
        meeting = self.seen.next_meeting if self.seen is not None else None
        about: tuple[str, int | None] | None = None
        if self.way.has_focus:
            about = ("phase", None)
        elif self.meeting.has_focus and meeting is not None:
            about = ("meeting", meeting.id)
        return None if self.undoes_everywhere else self.app.project, about

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> Seen:
        """Read the day, and the agenda where that is wanted."""
        project = None if self.undoes_everywhere else self.project
        own, today = self.app.settings.data, self.app.today
        ahead = self.app.settings.days
        day = await self.app.ask(views.today, project, today, own=own, ahead=ahead)
        if not self.shows_agenda:
            return Seen(day, None)
        return Seen(day, await self.app.ask(agendas.agenda, project, today, own=own))

    def show(self, seen: Seen) -> None:
        """Show the day."""
        day = seen.today
        self.seen, self.agenda = day, seen.agenda
        today, now, many = self.app.today, self.app.now(), day.project_id is None
        self._dues = (*day.overdue, *day.due_soon) if seen.agenda is None else seen.agenda.items
        listed = today_rows.due_columns(self._dues, today, agenda=seen.agenda is not None)
        _put_columns(self.due, listed)
        self._put_waiting_columns()
        self._say_what_is_shown()
        self._fill()
        meeting = day.next_meeting
        self.meeting.show(today_panes.meeting_lines(meeting, today, now) if meeting else [])
        self.meeting.set_hint("enter open" if meeting else "")
        self._date(day, now)
        self.dates.set_hint("enter projects" if many else "enter edit")
        self.way.display = not many
        self._say_headline(None)
        self._arrange()
        self.refresh_bindings()
        self._read_doers()
        self._read_looks()

    def _date(self, day: Today, now: datetime) -> None:
        """Say by when things must be handed in, with the time that is left by now."""
        self._dated = today_panes.deadline_lines(
            day.deadlines,
            self.app.today,
            now,
            named=day.project_id is None,
            answers=day.answers,
        )
        self.dates.show(self._dated)

    def _put_waiting_columns(self) -> None:
        """Show who you are waiting for, and when they were last heard from, where that is known."""
        waited = self.seen.waiting if self.seen is not None else ()
        heard = plain.longest([self._say_heard(item)[0] for item in waited], most=18)
        columns = today_rows.waiting_columns(waited, self.app.today)
        if heard:
            columns.append(Column("", heard, importance=6, private=True))
        _put_columns(self.waiting, columns)

    def _say_heard(self, item: Item) -> tuple[str, Tone]:
        """Say when the partner was last heard from with whom something lies."""
        from ka2tui.domain import silence

        doer = self._doers.get(item.id)
        if doer is None or doer.own:
            return "", ""
        days = silence.days_silent(doer.heard, self.app.today)
        quiet = days is None or days >= silence.QUIET
        said = silence.say_brief(doer.heard, self.app.today)
        return f"heard {said}", "soon" if quiet else "quiet"

    def _waiting_hint(self) -> str:
        """Say how long the partner has been silent for whom the cursor waits, and the keys."""
        from ka2tui.domain import silence

        row = self.waiting.cursor_row
        if row is None:
            return ""
        doer = self._doers.get(row.id)
        if doer is None or doer.own or self.app.projector:
            return "b begin again"
        return f"{silence.say(doer.heard, self.app.today)} · c chase"

    @work(group="doers", exclusive=True)
    async def _read_doers(self) -> None:
        """Read with whom things lie, once the day itself is shown."""
        waited = self.seen.waiting if self.seen is not None else ()
        ids = [item.id for item in (*self._dues, *waited) if item.kind == "task"]
        self._doers = await self.app.ask(message_views.doers, ids, today=self.app.today)
        self._put_waiting_columns()
        self._fill()
        self.refresh_bindings()

    @work(group="looks", exclusive=True)
    async def _read_looks(self) -> None:
        """Read what the checks find, once the day itself is shown; project by project."""
        from ka2tui.domain.refusal import Refused

        if self._looks:
            # one change after another: only the last one is looked at
            await asyncio.sleep(REST)
        whose = self.seen.deadlines if self.seen is not None else ()
        many, own, today = self.undoes_everywhere, self.app.settings.data, self.app.today
        found: list[Look] = []
        every = 0
        for one in whose:
            name = one.project if many else None
            try:
                mine = await self.app.ask(
                    look_views.looks, one.project_id, today=today, own=own, named=name
                )
            except Refused:
                continue  # removed meanwhile
            found += mine.rows
            every += len(mine.problems)
        found = [
            look
            for look in found
            if not projector.hides_problem(self.app, look.brief.number, look.brief.about)
        ]
        found.sort(key=lambda look: look.brief.severity.weight)
        self._looks = found[:MOST]
        self._looked_at = {one.project_id for one in whose}
        self.looks.show([today_panes.sentence(look) for look in self._looks])
        shown = sum(look.brief.many for look in self._looks)
        self.looks.set_hint(today_panes.looks_hint(shown, every) if self._looks else "")
        self._arrange()

    def _doer(self) -> Doer | None:
        """Give the partner with whom the task under the cursor lies; not the coordinator."""
        row = self._list.cursor_row if self._list is not None else None
        doer = self._doers.get(row.id) if row is not None and row.kind == "task" else None
        return None if doer is None or doer.own else doer

    def _say_what_is_shown(self) -> None:
        """Title the list, and say what stands there when nothing does."""
        of = " of all projects" if self.undoes_everywhere else ""
        if self.agenda is not None:
            self.due.set_title(f"Agenda{of}, two weeks")
            self.due.set_hint("o late and due")
            self._nothing_due = "Nothing is due within two weeks. Press a to add a task."
            return
        self.due.set_title(f"Late and due{of}")
        self.due.set_hint("o agenda")
        days = self.app.settings.days
        within = "a week" if days == WEEK else plain.count(days, "day")
        some = self.seen is not None and (self.seen.later or self.seen.waiting)
        self._nothing_due = (
            f"Nothing is late, and nothing is due within {within}. Press a to add a task."
            if some
            else "There is nothing to do. Press a to add a task."
        )

    def _say_headline(self, _: None) -> None:
        """Say in the headline that all projects are shown, where they are."""
        super()._say_headline(_)
        if self.undoes_everywhere:
            headline = self.query_one(Headline)
            headline.name_shown, headline.facts = "All projects", ""

    def tell_time(self) -> None:
        """Tell the time that is left anew, above everything and among the deadlines."""
        self._count_down()
        if self.seen is not None and any(one.application for one in self.seen.deadlines):
            self._date(self.seen, self.app.now())

    def _count_down(self) -> None:
        """Say how long it is to the next application, above everything."""
        found = self.seen.deadlines if self.seen is not None else ()
        said = today_panes.countdown(
            *(found, self.app.now(), max(self.size.width - 4, 0)), named=self.undoes_everywhere
        )
        self.countdown.update(plain.content(said))
        if self.countdown.has_class("-counting") != bool(said):
            self.countdown.set_class(bool(said), "-counting")
            # the panes have another height once the line stands there or is gone
            self.call_after_refresh(self._share_out)

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
        self.waiting.set_empty(none_fits if self.filtering and waited else NOBODY)
        later = self.seen.later if self.agenda is None else 0
        hidden, why = len(self._dues) - len(due), "hidden by the filter"
        if hidden:
            why += f", {later} {self.seen.left_out}" if later else ""
        else:
            hidden, why = later, self.seen.left_out
        rows = due if self.agenda is None else today_rows.sections(self.agenda, due)
        self.due.set_rows(rows, hidden=hidden, why=why, among=self._dues)
        self.waiting.set_rows(waiting, hidden=len(waited) - len(waiting), among=waited)
        self.waiting.set_hint(self._waiting_hint())
        self.say_filtered(len(due) + len(waiting), len(self._dues) + len(waited))

    def _due_cells(self, item: Item) -> Sequence[Cell]:
        """Show something that is late or due."""
        agenda = self.agenda is not None
        return today_rows.due_cells(item, self.due, self.app.today, agenda=agenda)

    def _waiting_cells(self, item: Item) -> Sequence[Cell]:
        """Show something that lies with somebody."""
        cells = today_rows.waiting_cells(item, self.waiting, self.app.today)
        return (*cells, self._say_heard(item))

    # -- what is shown --------------------------------------------------------------------------

    def action_agenda(self) -> None:
        """Show the agenda, or what is late and due."""
        self.shows_agenda = not self.shows_agenda
        self.reload()

    def action_all_problems(self) -> None:
        """Show everything that the checks find."""
        self.app.action_go("problems")

    def action_all_projects(self) -> None:
        """Show all projects together, or this one."""
        self.undoes_everywhere = not self.undoes_everywhere
        self.reload()

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
        if action in _VERBS or action in _TASK_VERBS:
            if action == "edit" and self._edits_dates:
                return not self.undoes_everywhere
            row = self._list.cursor_row if self._list is not None else None
            return row is not None and row.kind in _VERBS.get(action, {"task"})
        if projector.hides(self.app, action):
            return False
        if action == "deadlines":
            return not self.undoes_everywhere
        if action == "all_problems":
            return "problems" in self.app.MODES
        if action in ("chase", "heard"):
            return self._doer() is not None
        if action == "open":
            if self.dates.has_focus:
                return True
            if self.meeting.has_focus:
                return self.seen is not None and self.seen.next_meeting is not None
            told = self.about.has_focus and self._told_of.cursor_row is not None
            return told or self.way.has_focus
        return super().check_action(action, parameters)

    @on(RecordTable.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()
        self.waiting.set_hint(self._waiting_hint())
        self._read_about(REST)

    def on_descendant_focus(self) -> None:
        """Offer the keys of the pane that has the focus now, and give it room."""
        self.refresh_bindings()
        self._share_out()
        if self._list is not None and self._list is not self._told_of:
            self._told_of = self._list
            self._read_about()

    @work
    async def action_chase(self) -> None:
        """Write a reminder to the partner with whom the task under the cursor lies."""
        from ka2tui.tui.pages import partner_verbs

        doer = self._doer()
        if doer is not None:
            await partner_verbs.chase(self.app, doer.project_id, [doer.partner_id])

    @work
    async def action_heard(self) -> None:
        """Note that the partner was heard from with whom the task under the cursor lies."""
        from ka2tui.tui.pages import partner_verbs

        doer = self._doer()
        if doer is not None:
            row = (doer.partner_id, doer.called)
            await partner_verbs.heard(self.app, doer.project_id, [row])

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
        return table.rows_of(table.chosen)

    async def _with_chosen(
        self, verb: str, act: Callable[[list[Item]], Coroutine[Any, Any, bool]]
    ) -> None:
        """Do something with the chosen rows; the marks go when it worked.

        Rows that the verb means nothing for are left alone, and that is said.
        """
        table = self._list
        if table is None:
            return
        chosen = self._chosen(table)
        rows = [row for row in chosen if row.kind in _VERBS.get(verb, {"task"})]
        if rows and await act(rows):
            table.clear_marks()
            left = len(chosen) - len(rows)
            if left:
                what = plain.count(left, "row is", "rows are")
                self.app.tell(f"{what} of another kind and left as it was.")

    @work
    async def action_finish(self) -> None:
        """Finish."""
        from ka2tui.tui.pages import due_verbs

        await self._with_chosen("finish", lambda rows: due_verbs.finish(self.app, rows))

    @work
    async def action_postpone(self) -> None:
        """Put off."""
        from ka2tui.tui.pages import due_verbs

        await self._with_chosen(
            "postpone", lambda rows: due_verbs.postpone(self.app, self.project, rows)
        )

    @work
    async def action_assign(self) -> None:
        """Hand over."""
        from ka2tui.tui.pages import due_verbs

        await self._with_chosen(
            "assign", lambda rows: due_verbs.assign(self.app, self.project, rows)
        )

    @work
    async def action_edit(self) -> None:
        """Edit the row under the cursor, or the dates of the project."""
        if self._edits_dates:
            await self._edit_dates(self.project)
            return
        row = self._list.cursor_row if self._list is not None else None
        if row is not None:
            await self._edit(row)

    @property
    def _edits_dates(self) -> bool:
        """Whether e is about the deadlines: from their pane, or where no row could be meant."""
        nothing = not self.filtering and self._list is not None and self._list.cursor_row is None
        return self.dates.has_focus or (nothing and not self._dated)

    @work
    async def action_deadlines(self) -> None:
        """Edit by when the project must hand in what, whichever pane has the focus."""
        await self._edit_dates(self.project)

    async def _edit(self, row: Item) -> None:
        from ka2tui.tui.pages import due_verbs

        if row.kind == "deadline":
            await self._edit_dates(row.id)
        elif row.kind == "meeting":
            await self._go_along(row.project_id)
            self.app.open_record("meetings", row.id)
        else:
            await due_verbs.edit(self.app, row.project_id or self.project, row)

    async def _edit_dates(self, project: int) -> None:
        """Edit by when things must be handed in."""
        from ka2tui.tui.pages import project_verbs

        await project_verbs.edit_dates(self.app, project)

    @work
    async def action_add(self) -> None:
        """Add a task."""
        from ka2tui.tui.pages import task_verbs

        await task_verbs.add(self.app, self.project)

    @work
    async def action_wait(self) -> None:
        """Note that tasks lie with somebody else."""
        await self._with_chosen(
            "wait", lambda rows: self._with_tasks(rows, tasks.wait, today=self.app.today)
        )

    @work
    async def action_start(self) -> None:
        """Take tasks in hand."""
        await self._with_chosen("start", lambda rows: self._with_tasks(rows, tasks.start))

    async def _with_tasks(self, rows: list[Item], operation: Any, **more: Any) -> bool:
        """Run an operation on the tasks among rows."""
        ids = [row.id for row in rows]
        return await self.app.do(operation, ids, **more) is not None

    # -- going on -------------------------------------------------------------------------------

    @on(RecordTable.Opened)
    def open_row(self, event: RecordTable.Opened) -> None:
        """Go to the page where a row belongs."""
        row = event.table.row_of(event.key)
        if row is not None:
            self._open(row.kind, row.id, row.project_id, row)

    @on(Sentences.Opened)
    async def open_look(self, event: Sentences.Opened) -> None:
        """Go to the page where something worth a look belongs."""
        look = next((look for look in self._looks if look.key == event.key), None)
        if look is None:
            return
        if look.brief.page == "today":
            await self._edit_dates(look.project_id)
            return
        from ka2tui.tui import problem_places

        await self._go_along(look.project_id)
        told = look.brief
        if told.many > 1:  # of several, all stand below each other there
            self.app.open_problems(told.about, told.id)
            return
        problem_places.go(self.app, told.page, told.about, told.id)

    @work
    async def _open(
        self, kind: str, record: int, project: int | None = None, item: Item | None = None
    ) -> None:
        """Go where something belongs; what has no page of its own is edited here."""
        from ka2tui.tui.pages import due_verbs

        if kind in ("deadline", "project"):
            await self._edit_dates(record)
        elif kind in ("deliverable", "review", "milestone"):
            if item is None:
                item = await self.app.ask(names.deliverable, record)
            await due_verbs.edit(self.app, project or self.project, item)
        else:
            await self._go_along(project)
            place = going.place(kind, record)
            if place is not None:
                self.app.open_record(*place)
            else:
                self.app.action_go("lifecycle")

    async def _go_along(self, project: int | None) -> None:
        """Show the project that something is of, where that is another one."""
        if project is not None and project != self.app.project:
            await self.app.switch_project(project)

    @work
    async def action_open(self) -> None:
        """Go to what the pane with the focus tells about."""
        row = self._told_of.cursor_row
        meeting = self.seen.next_meeting if self.seen is not None else None
        if self.about.has_focus and row is not None:
            self._open(row.kind, row.id, row.project_id, row)
        elif self.dates.has_focus and self.undoes_everywhere:
            self.app.action_go("projects")
        elif self.dates.has_focus:
            await self._edit_dates(self.project)
        elif self.way.has_focus:
            self.app.action_go("lifecycle")
        elif meeting is not None:
            await self._go_along(meeting.project_id)
            self.app.open_record("meetings", meeting.id)


def _put_columns(table: RecordTable[Item], columns: Sequence[Column]) -> None:
    """Give a list other columns, if they are other ones."""
    if table.columns != tuple(columns):
        table.set_columns(columns)
