"""One meeting: its agenda, its minutes as they are written, and who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container

from ka2tui.domain import days
from ka2tui.domain.kinds import MeetingState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.running import whole_minutes
from ka2tui.tui import plain
from ka2tui.tui.found import tone_of
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page
from ka2tui.tui.pages import meeting_verbs as verbs
from ka2tui.tui.pages import meeting_words as words
from ka2tui.tui.pages.meeting_agenda import BESIDES, AgendaPane
from ka2tui.tui.pages.meeting_clock import ClockLine
from ka2tui.tui.pages.meeting_minutes import MinutesPane
from ka2tui.tui.pages.meeting_people import PeoplePane
from ka2tui.tui.widgets.details import Details, Line
from ka2tui.tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.widget import Widget

    from ka2tui.domain.problem import Problem
    from ka2tui.operations import meetings, running
    from ka2tui.queries import meetings as views
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.queries.tasks import Choices
    from ka2tui.tui.plain import Piece
    from ka2tui.tui.widgets.details import Item
else:
    meetings = lazily("ka2tui.operations.meetings")
    running = lazily("ka2tui.operations.running")
    views = lazily("ka2tui.queries.meetings")
    task_views = lazily("ka2tui.queries.tasks")

_REFRESH_SECONDS = 30
_MOST_FOR_PEOPLE = 28
"""Hundredths of a wide window."""
_LINES_FOR_THREE = 22
"""Height of a narrow window in which three points leave the other panes something to show."""


class MeetingPage(Page):
    """The three panes of one meeting, and above them what it is and what the clocks show."""

    SHOWS = words.SHOWS
    NAME = "Meeting"
    FIGURES = ("meeting",)
    HELP = (
        "Minutes belong to the point under the cursor: i notes information, d a decision, c an "
        "action, which becomes a task ('@who due:18 Dec' in its line). In the list of people p, o "
        "and - mark one after the other as present, online or absent. S starts the clock, n goes "
        "on to the next point, m ends the meeting."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        # the three stand on the frame of the minutes, where the lines go
        Binding("i", "note('information')", "info", show=False, id="minutes.information",
                tooltip="Note what was said to this point"),
        Binding("d", "note('decision')", "decision", show=False, id="minutes.decision",
                tooltip="Note what was decided"),
        Binding("c,a", "note('action')", "action", show=False, id="minutes.action",
                tooltip="Note what is to be done; it becomes a task"),
        Binding("S", "start", "start", id="meeting.start",
                tooltip="Start the meeting and its clock, or go on after a break"),
        Binding("n", "next_point", "next point", id="meeting.next_point",
                tooltip="Leave the point that runs, and take up the next one"),
        Binding("b", "pause", "break", id="meeting.pause", tooltip="Stop the clock for a break"),
        Binding("m", "hold", "held", id="meeting.hold",
                tooltip="Mark as held, or plan again; while it goes on: end it"),
        Binding("E", "edit", "Edit meeting", show=False, id="meeting.edit",
                tooltip="Edit the meeting: date, place, summary"),
        Binding("D", "move", "Move", show=False, id="meeting.move",
                tooltip="Move it to another day; the hour stays the same"),
        Binding("s", "sent", "Minutes sent", show=False, id="meeting.sent",
                tooltip="Mark the minutes as sent today, or not yet"),
        Binding("W", "write_out", "write out", id="meeting.write_out",
                tooltip="Save agenda, list to sign or minutes as a file to send and print"),
        Binding("A", "participants", "participants", show=False, id="meeting.participants",
                tooltip="Who took part, on the page of participants; m leads back"),
        Binding("q,escape", "leave", "back", id="meeting.leave",
                tooltip="Back to where you came from"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    MeetingPage #about { height: 3; }
    MeetingPage #panes { height: 1fr; layout: vertical; }
    MeetingPage #minutes { height: 1fr; }
    MeetingPage.-narrow #panes > * { height: 2fr; min-height: 3; }
    MeetingPage.-narrow #agenda { min-height: 4; }
    MeetingPage.-narrow.-runs #agenda { min-height: 6; }
    MeetingPage.-narrow #panes > *:focus { height: 6fr; }
    MeetingPage.-narrow #panes > *:focus-within { height: 6fr; }
    MeetingPage.-wide #panes { layout: grid; grid-size: 2 2; grid-rows: 3fr 2fr; }
    MeetingPage.-wide #agenda { row-span: 2; height: 100%; }
    MeetingPage.-very-wide #panes { layout: grid; grid-size: 3 1; }
    """

    def __init__(self, meeting: int, at: tuple[str, int] | None = None) -> None:
        """Make the page of one meeting.

        Args:
            meeting: Its id.
            at: Table and id of the line or the point of the agenda that it begins at.
        """
        super().__init__()
        self.meeting = meeting
        self._wanted = at
        self.seen: MeetingDetails | None = None
        self._ran: int | None = None
        """The point that ran when the meeting was last read."""
        self._left_at: int | None = None
        """The line that was read when the clock went on to another point: lines go to that one."""
        self._minutes: list[int] = []
        """What each point had taken when the agenda was last drawn."""

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the meeting."""
        return self.app.project, ("meeting", self.meeting)

    def record_at_cursor(self) -> tuple[str, int, str] | None:
        """Give the meeting, wherever the cursor stands."""
        return None if self.seen is None else ("meeting", self.meeting, self.seen.row.title)

    def content(self) -> Iterable[Widget]:
        """Give what is known of the meeting, and the three panes."""
        self.about = Details(bare=True, id="about")
        self.about.can_focus = False
        self.clock = ClockLine()
        self.agenda = AgendaPane(self.meeting)
        self.minutes = MinutesPane(self.meeting)
        self.people = PeoplePane(self.meeting)
        yield self.about
        yield self.clock
        yield Container(self.agenda, self.minutes, self.people, id="panes")

    def on_mount(self) -> None:
        """Let the countdown go on."""
        self.set_interval(_REFRESH_SECONDS, self._say_about)
        self.set_interval(1, self.tick)

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> tuple[MeetingDetails, Choices] | None:
        """Read the meeting and who can do its actions; None where it is gone."""
        try:
            seen = await self.app.ask(views.one, self.meeting, today=self.app.today)
        except Refused:
            return None
        return seen, await self.app.ask(task_views.choices, self.project)

    def show(self, seen: tuple[MeetingDetails, Choices] | None) -> None:
        """Show the three panes; where the meeting is gone, go back."""
        if seen is None or seen[0].project_id != self.app.project:
            self.stale = True  # where a dialog stands over the page, it goes when that has closed
            self.action_leave()
            return
        self.seen, choices = seen
        self.agenda.show_meeting(self.seen)
        self.minutes.show_meeting(self.seen, choices)
        self.people.show_meeting(self.seen, choices)
        self._share_out()
        self._make_room()
        self._follow_clock()
        self._follow_minutes()
        self.minutes.belong_to(self.agenda.point, self.agenda.called)
        self._stand()
        self._say_about()
        self._say_headline(None)
        self.refresh_bindings()

    def found_line(self, found: Sequence[Problem]) -> Sequence[Item]:
        """Say a single finding in its words: here is the width for them."""
        if len(found) != 1:
            return super().found_line(found)
        said = f"{plain.WARNING} {plain.line(found[0].text)}"
        return [Line([(said, tone_of(found))], ("I show", "quiet"))]

    def stand_on(self, at: tuple[str, int] | None) -> None:
        """Go to a line of the minutes or a point of the agenda, by table and id."""
        self._wanted = at
        self._stand()

    def _stand(self) -> None:
        """Go to the line that somebody wants to see, once it is there."""
        if self._wanted is None:
            return
        table, key = self._wanted
        pane = self.agenda if table == "agenda_item" else self.minutes.table
        if pane.move_to(key):
            self._wanted = None
            pane.focus()

    def on_resize(self) -> None:
        """Share out another width."""
        self._share_out()
        self._make_room()

    def _share_out(self) -> None:
        """Give the agenda most of the width until minutes are written, then those."""
        width = self.size.width
        written = self.seen is not None and bool(self.seen.outcomes)
        three = self.has_class("-very-wide")
        most = (32 if written else 40) if three else (42 if written else 58)
        columns: list[int | str] = [min(self.agenda.wish, width * most // 100), "1fr"]
        if three:
            columns.append(min(self.people.wish, width * _MOST_FOR_PEOPLE // 100))
        self.query_one("#panes").styles.grid_columns = " ".join(map(str, columns))

    def _make_room(self) -> None:
        """Give the agenda its point with those around it while it goes on, if that leaves room."""
        runs = self.seen is not None and self.seen.row.goes_on
        self.set_class(runs and self.size.height >= _LINES_FOR_THREE, "-runs")

    def _follow_clock(self) -> None:
        """Stand on the point that runs, once it is another one: new lines belong to it."""
        self.tick()
        if self.seen is None:
            return
        runs = next((item.id for item in self.seen.agenda if item.time.runs), None)
        if runs != self._ran and runs is not None:
            self._left_at = self.minutes.table.cursor_key
            self.agenda.move_to(runs)
        self._ran = runs

    def tick(self) -> None:
        """Draw the line of the clock, and with each full minute the times of the agenda."""
        if self.seen is None or not self.is_current:
            return
        now = self.app.now()
        self.clock.tick(self.seen, now)
        minutes = [whole_minutes(item.time.seconds(now)) for item in self.seen.agenda]
        if self.seen.row.goes_on and minutes != self._minutes:
            self.agenda.show_times(self.seen)
        self._minutes = minutes

    def _say_about(self) -> None:
        """Say what the meeting is, how far away, and what the clocks show."""
        if self.seen is not None:
            self.about.show(self._about(self.seen))

    def _about(self, seen: MeetingDetails) -> Iterator[Item]:
        row, today = seen.row, self.app.today
        series = f"{plain.RECURRING} one of a series" if row.series else ""
        standing = words.standing(row, today, self.app.now())
        begin = today in row.days and row.started_at is None and row.state is MeetingState.PLANNED
        start: Piece = ("  S starts it" if begin else "", "accent")
        when: Piece = (words.when(row, today), "strong")
        yield Line([when, "  ", standing, start, *self._owed(seen)])
        where = words.place(row)
        facts = [row.kind.word, where if where not in row.kind.word else "", row.work_unit, series]
        yield Line((plain.join(facts), "quiet"))
        if seen.differences:
            yield Line((f"{plain.WARNING} {'; '.join(seen.differences)}", "late"))
        elif seen.clocks:
            yield Line(words.clock_line(seen.clocks))
        elif seen.missing:
            yield Line((f"missing: {', '.join(seen.missing)}", "soon"))

    def _owed(self, seen: MeetingDetails) -> Iterator[Piece]:
        """Say what became of the minutes, and what was carried over."""
        if seen.row.minutes_sent_on is not None:
            yield (
                f"  minutes sent {days.say_day(seen.row.minutes_sent_on, self.app.today)}",
                "quiet",
            )
        if seen.carried:
            yield (f"  {plain.count(len(seen.carried), 'action')} carried over", "quiet")

    def facts(self) -> str:
        """Give the title to the headline."""
        return self.NAME if self.seen is None else self.seen.row.title

    # -- panes that go along ----------------------------------------------------------------------

    @on(RecordTable.Highlighted)
    def moved(self, event: RecordTable.Highlighted) -> None:
        """Let agenda and minutes go along with each other."""
        if event.table is self.agenda:
            self._follow_agenda(event.key)
        elif event.table is self.minutes.table:
            self._follow_minutes()

    def _follow_agenda(self, point: int | None) -> None:
        """Let new lines belong to the point under the cursor, and show the first it has."""
        self.minutes.belong_to(self.agenda.point, self.agenda.called)
        if self.seen is not None and self.agenda.has_focus:
            lines = self.seen.outcomes
            of_point = (line.id for line in lines if (line.item_id or BESIDES) == point)
            self.minutes.table.move_to(next(of_point, 0))

    def _follow_minutes(self) -> None:
        """Go to the point that the line under the cursor belongs to: lines go where one reads."""
        row = self.minutes.table.cursor_row
        if row is None or row.id == self._left_at:
            return
        self._left_at = None
        if not row.meeting and self.minutes.table.has_focus:
            self.agenda.move_to(row.point)

    # -- verbs ----------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Go back to where one came from."""
        if self.is_active and len(self.app.screen_stack) > 1:
            self.dismiss()

    def action_participants(self) -> None:
        """Go to who took part."""
        self.app.open_record("participants", -self.meeting)

    def action_note(self, kind: str) -> None:
        """Let lines of the minutes be typed."""
        self.minutes.action_note(kind)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the clock can do now: start it, or go on, break off."""
        goes_on = self.seen is not None and self.seen.row.goes_on
        runs = goes_on and self._ran is not None
        if action == "start":
            return not runs
        if action == "next_point":
            return goes_on
        if action == "pause":
            return runs
        return super().check_action(action, parameters)

    @work
    async def action_start(self) -> None:
        """Start the meeting, or go on after a break."""
        if self.seen is not None and await verbs.may_start(self.app, self.seen):
            await self.app.do(running.start, self.meeting, now=self.app.now())

    @work
    async def action_next_point(self) -> None:
        """Take up the next point of the agenda."""
        done = await self.app.do(running.move_on, self.meeting, now=self.app.now())
        if done is not None and done.value is None:
            self.app.tell("All points are done. m ends the meeting.")

    @work
    async def action_pause(self) -> None:
        """Stop the clock for a break."""
        await self.app.do(running.pause, self.meeting, now=self.app.now())

    @work
    async def action_hold(self) -> None:
        """Mark the meeting as held, or plan it again."""
        from ka2tui.tui.pages import meeting_held

        if self.seen is None:
            return
        row = self.seen.row
        if await verbs.hold(self.app, [row]):
            await meeting_held.offer_date(self.app, row)

    @work
    async def action_edit(self) -> None:
        """Edit the meeting."""
        await verbs.edit(self.app, self.project, self.meeting)

    @work
    async def action_move(self) -> None:
        """Move the meeting to another day."""
        if self.seen is not None:
            await verbs.move(self.app, self.project, self.seen.row)

    @work
    async def action_write_out(self) -> None:
        """Save agenda, list to sign or minutes as a file."""
        from ka2tui.tui.pages.meeting_writing import write_out

        await write_out(self.app, self.meeting)

    @work
    async def action_sent(self) -> None:
        """Mark the minutes as sent today, or as not sent."""
        if self.seen is not None:
            sent = None if self.seen.row.minutes_sent_on else self.app.today
            await self.app.do(meetings.edit, self.meeting, {"minutes_sent_on": sent})
