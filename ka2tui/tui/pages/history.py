"""Who changed what and when, newest first, and what could be taken back now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from ka2tui.domain import days
from ka2tui.domain.refusal import Refused
from ka2tui.domain.silence import say_short
from ka2tui.tui import plain, projector
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import ListPage
from ka2tui.tui.pages import history_words as words
from ka2tui.tui.pages.history_words import Mark
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from ka2tui.operations import restore_points
    from ka2tui.queries import changes, going_back, history
    from ka2tui.queries import restore_points as points
    from ka2tui.queries.changes import Changes
    from ka2tui.queries.history import EntryRow, Steps
    from ka2tui.queries.restore_points import PointRow
    from ka2tui.tui.plain import Cell, Piece
else:
    changes = lazily("ka2tui.queries.changes")
    going_back = lazily("ka2tui.queries.going_back")
    history = lazily("ka2tui.queries.history")
    points = lazily("ka2tui.queries.restore_points")
    restore_points = lazily("ka2tui.operations.restore_points")

WINDOW = 500
"""Lines read at first; as the cursor nears their end, as many again."""
_NEAR = 100
"""How near."""
_READ = 1000
"""Records that are told of one change where it is read at length."""


class Seen(NamedTuple):
    """What the page shows."""

    rows: list[EntryRow]
    total: int
    steps: Steps
    points: list[PointRow]


class HistoryTable(RecordTable["EntryRow | Mark"]):
    """Lines of history; nothing can be done with several of them at once."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"mark", "mark_all"}:
            return False
        return super().check_action(action, parameters)


class HistoryPage(ListPage):
    """Every change of the project, day by day, and one of them closely."""

    SHOWS = frozenset(
        {
            *("project", "priority", "phase", "phase_step", "partner", "contact", "work_unit"),
            *("share", "task", "tag", "task_link", "deliverable", "milestone", "meeting"),
            *("agenda_item", "attendance", "head_count", "outcome", "assessment", "answer"),
            *("partner_paper", "message", "saved_filter", "restore_point"),
            *("proof", "proof_use", "participant", "indicator", "measurement", "risk", "log_entry"),
            *("dissemination", "letter", "approved_fact", "departure", "payment", "cost"),
            *("journey", "proof_waiver", "rule_value", "set_aside", "own_score", "reduction_band"),
            *("aim", "aim_link", "candidate"),
        }
    )
    NAME = "History"
    LIST = "history"
    HELP = (
        "Everything that was changed, by whom and when, here and on the command line. u takes "
        "back your last change, U brings it again; both are told below before you press them. "
        "Nothing ever leaves the history: what was taken back stays here and says so. b goes back "
        "to the line under the cursor: it stays, all that came after it is shown and then taken "
        "back as one change, which u brings again. m sets a restore point there, a name to go "
        "back to; before imports and changes of more than 20 records one is set by itself."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "app.undo", "undo", id="app.undo", tooltip="Take back your last change"),
        Binding("U", "app.redo", "redo", id="app.redo", tooltip="Do again what was taken back"),
        Binding("b", "back", "back to here", id="history.back",
                tooltip="Take back all that was done after this line, as one change"),
        Binding("m", "point", "restore point", id="history.point",
                tooltip="Set a restore point after this line, under a name"),
        Binding("M", "points", "points", id="history.points",
                tooltip="Show the restore points only, or everything"),
        Binding("A", "all_projects", "all projects", show=False, id="history.all",
                tooltip="Show the changes of every project, or of this one"),
        Binding("r", "record", "one record", show=False, id="history.record",
                tooltip="Show only the changes of a record that this line changed"),
        Binding("e", "rename", "rename", show=False, id="history.rename",
                tooltip="Give this restore point another name"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False,
                id="history.remove", tooltip="Remove this restore point; the history stays"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    HistoryPage #panes { height: 1fr; layout: horizontal; }
    HistoryPage HistoryTable { width: 64%; }
    HistoryPage Details { width: 36%; }
    HistoryPage #steps {
        height: auto;
        max-height: 2;
        padding: 0 2;
        color: $quiet;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    HistoryPage.-narrow #panes { layout: vertical; }
    HistoryPage.-narrow HistoryTable { width: 100%; height: 3fr; }
    HistoryPage.-narrow Details { width: 100%; height: 2fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.all_projects = False
        self._wanted = WINDOW
        self._rows: list[EntryRow] = []
        self._told: dict[int, Changes] = {}
        self._points: list[PointRow] = []
        self._only_points = False
        self._record: tuple[str, int, str] | None = None
        """The record whose changes alone are shown: its kind, its id, what it is called."""
        self._asked: int | None = None
        """The line that another page wants to show."""

    def content(self) -> Iterable[Widget]:
        """Give the lines, what one of them changed, and what could be taken back."""
        self.table = HistoryTable(
            words.columns(()),
            self.cells,
            title="History",
            empty="Nothing has been changed yet. Every change will stand here, and can be undone.",
        )
        self.details = Details("Change")
        self.steps = Static("", id="steps")
        yield Horizontal(self.table, self.details, id="panes")
        yield self.steps

    def cells(self, row: EntryRow | Mark) -> tuple[Cell, ...]:
        """Show a line: when, what, and whether it still stands."""
        if isinstance(row, Mark):
            clock = row.point.at.astimezone().strftime("%H:%M") if row.point.at else ""
            by = "by itself" if row.point.made_by_itself else ""
            return ((words.POINT, "accent"), (clock, "quiet"), (row.point.name, "accent"),
                    (by, "quiet"), "")  # fmt: skip
        glyph, word = words.state(row)
        said = words.what_of(row)
        clock = f"{row.at.astimezone():%H:%M}"
        who = plain.name(row.actor, self.table.room_of(3) or words.SHORT)
        if not row.standing:
            return tuple((text, "quiet") for text in (glyph, clock, said, who, word))
        what: list[Piece] = [said]
        if self.all_projects and row.project:
            what.insert(0, (f"{row.project} ", "quiet"))
        return ((glyph, "accent" if row.kind != "do" else "quiet"), (clock, "quiet"), what,
                (who, "quiet"), word)  # fmt: skip

    async def load(self) -> Seen:
        """Read the newest lines, and what could be taken back."""
        project = None if self.all_projects else self.project
        wanted, limit = self.line.filter, self._wanted
        if self._record is not None:
            rows = await self.app.ask(history.of_record, *self._record[:2], limit=limit)
            rows = [row for row in rows if wanted.matches(row)]
        elif not wanted or wanted.words is not None:
            words = " ".join(wanted.words or ())
            rows = await self.app.ask(history.entries, project, words=words, limit=limit)
        else:
            rows = await self.app.ask(history.fitting, project, wanted.matches, limit=limit)
        if self.app.projector:
            ids = [row.id for row in rows]
            hidden = await self.app.ask(history.touching, ids, projector.TABLES)
            rows = [row for row in rows if row.id not in hidden]
        return Seen(
            rows,
            await self.app.ask(history.count, project),
            await self.app.ask(history.steps, self.project, self.app.actor),
            await self.app.ask(points.listed, self.project),
        )

    def show(self, seen: Seen) -> None:
        """Show the lines day by day."""
        hidden = seen.total - len(seen.rows)
        filtered = self.filtering
        why = "by the filter" if filtered and len(seen.rows) < self._wanted else "further down"
        self.table.set_empty(
            "No change fits this filter. escape shows all."
            if filtered
            else "Nothing has been changed yet. Every change will stand here, and can be undone."
        )
        self._rows, self._points = seen.rows, seen.points
        self.table.set_title(self._title())
        self.table.set_columns(words.columns(seen.rows))
        if self._only_points:
            self.table.set_empty("No restore point yet. Press m on a line to set one there.")
            self.table.set_rows(self._by_day(self._marks_between([])))
        elif self._record is not None:
            self.table.set_rows(self._by_day(seen.rows))
        else:
            lines = seen.rows if filtered else self._marks_between(seen.rows)
            self.table.set_rows(self._by_day(lines), hidden=hidden, why=why)
        self.say_filtered(len(seen.rows), seen.total)
        self.steps.update(plain.block(words.say_steps(seen.steps)))
        self.show_details()
        self._stand()

    def _title(self) -> str:
        if self._only_points:
            return "Restore points"
        if self._record is not None:
            return f"History of {self._record[2]}"
        return "History of all projects" if self.all_projects else "History"

    def _marks_between(self, rows: list[EntryRow]) -> list[EntryRow | Mark]:
        """Put each restore point above the last line before it; all of them where no line is."""
        ended = len(rows) < self._wanted
        shown: list[EntryRow | Mark] = []
        waiting = [Mark(-point.id, point) for point in self._points]
        for row in rows:
            while waiting and waiting[0].point.entry >= row.id:
                shown.append(waiting.pop(0))
            shown.append(row)
        return [*shown, *(waiting if ended else ())]

    def on_screen_resume(self) -> None:
        """Stand on the line, or show the one record, that another page wants to show."""
        record = self.app.wanted_history
        if record is not None:
            self.app.wanted_history = None
            self._look_at(record)
        asked = self.app.wanted_records.pop("history", None)
        if asked is not None:
            self._asked = asked
            self.line.clear()
            self._stand()

    def _stand(self) -> None:
        """Put the cursor on the line asked for; read on as long as it may still come."""
        if self._asked is None or self.table.move_to(self._asked):
            self._asked = None
        elif self.loaded and self.table.count >= self._wanted:
            self._wanted *= 2
            self.reload()

    def _by_day(self, rows: Iterable[EntryRow | Mark]) -> list[EntryRow | Mark | Section]:
        """Put a heading above the lines of each day, as the days are counted here."""
        shown: list[EntryRow | Mark | Section] = []
        last = None
        for row in rows:
            at = row.point.at if isinstance(row, Mark) else row.at
            day = last if at is None else at.astimezone().date()
            if day is not None and day != last:
                near = days.say_until(day, self.app.today)
                note = near if near in {"today", "yesterday"} else ""
                said = say_short(day, self.app.today)
                shown.append(Section(f"{days.DAY_NAMES[day.weekday()]} {said}", note))
                last = day
            shown.append(row)
        return shown

    # -- one change -----------------------------------------------------------------------------

    @on(RecordTable.Highlighted)
    def highlighted(self) -> None:
        """Show another line closely; read on where the lines come to their end."""
        self.show_details()
        row = self.table.cursor_row
        there = len(self._rows)
        if row is None or isinstance(row, Mark) or there < self._wanted:
            return
        if row.id <= self._rows[-min(_NEAR, there)].id:
            self._wanted *= 2
            self.reload()

    @work(group="details", exclusive=True)
    async def show_details(self) -> None:
        """Read what the line under the cursor changed, and show it."""
        row = self.table.cursor_row
        if row is None:
            self.details.show([])
            return
        if isinstance(row, Mark):
            self.details.show(words.point_details(row), top=True)
            return
        told = self._told.get(row.id)
        if told is None:
            told = await self.app.ask(changes.changes, row.id)
            # a line never changes, unless somebody's name is taken out of it
            self._told = {**dict(list(self._told.items())[-50:]), row.id: told}
        if row.id == self.table.cursor_key:
            self.details.show(words.details(row, told), top=True)

    # -- verbs ----------------------------------------------------------------------------------

    def refill(self) -> None:
        """Look for what fits the filter."""
        self._wanted = WINDOW
        self.reload()

    def action_all_projects(self) -> None:
        """Show the changes of every project, or of this one."""
        self.all_projects = not self.all_projects
        self._only_points, self._record = False, None
        self.refill()

    def action_points(self) -> None:
        """Show the restore points only, or everything."""
        self._only_points, self._record = not self._only_points, None
        self.refill()

    def action_show_all(self) -> None:
        """Show every line again."""
        if self._only_points or self._record is not None:
            self._only_points, self._record = False, None
            self.refill()
        else:
            super().action_show_all()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer for restore points what is for restore points."""
        if action == "show_all" and not self.line.typing:
            return self.filtering or self._only_points or self._record is not None
        row = self.table.cursor_row if self.is_mounted else None
        if action in ("rename", "remove"):
            return isinstance(row, Mark)
        if action == "record":
            return row is not None and not isinstance(row, Mark)
        return super().check_action(action, parameters)

    @on(RecordTable.Opened)
    @work
    async def opened(self) -> None:
        """Read what a line changed at length."""
        from ka2tui.tui.dialogs.told_change import ToldChange

        row = self.table.cursor_row
        if row is None:
            return
        if isinstance(row, Mark):
            await self._go_back(row)
            return
        told = await self.app.ask(changes.changes, row.id, limit=_READ)
        dialog = ToldChange(f"Line {row.id} of the history", list(words.details(row, told)))
        chosen = await self.app.push_screen_wait(dialog)
        if chosen == "back":
            await self._go_back(row)
        elif chosen == "record":
            await self._choose_record(row)

    @work
    async def action_back(self) -> None:
        """Show what would be taken back, and take it back."""
        row = self.table.cursor_row
        if row is not None:
            await self._go_back(row)

    async def _go_back(self, row: EntryRow | Mark) -> None:
        from ka2tui.tui.dialogs.would_change import WouldGoBack

        marked = isinstance(row, Mark)
        to = row.point.entry if isinstance(row, Mark) else row.id
        project = self.project if isinstance(row, Mark) else row.project_id
        try:
            seen = await self.app.ask(going_back.preview, to, project)
        except Refused as refusal:
            self.app.tell(str(refusal), severity="warning")
            return
        where = f"the restore point ‘{row.point.name}’" if isinstance(row, Mark) and marked else ""
        if await self.app.push_screen_wait(WouldGoBack(seen, where)):
            done = await self.app.go_back(to, seen.project)
            if done is not None and done.entry is not None:
                self._asked = done.entry
                self._stand()

    @work
    async def action_point(self) -> None:
        """Set a restore point after the line under the cursor."""
        from ka2tui.tui.dialogs.line import Line

        row = self.table.cursor_row
        entry = row.point.entry if isinstance(row, Mark) else row.id if row else None
        newest = self._rows[0].id if self._rows else None
        at = "now" if entry in (None, newest) else f"after line {entry}"
        name = await self.app.push_screen_wait(
            Line(f"Restore point {at}", placeholder="before the audit", read=self._read_name,
                 about="A name for this place in the history, to go back to with b.")
        )  # fmt: skip
        if name is not None:
            place = None if entry in (0, newest) else entry
            made = await self.app.do(restore_points.add, self.project, name, entry=place)
            if made is not None and not self.filtering and self._record is None:
                self._asked = -made.value
                self._stand()

    def _read_name(self, name: str) -> str:
        """Refuse a name that would be read as a time or is taken, while it is typed."""
        from ka2tui.domain.moments import reads_as_moment
        from ka2tui.domain.text import fold

        row = self.table.cursor_row
        itself = row.point if isinstance(row, Mark) else None
        if reads_as_moment(name):
            raise Refused("This would be read as a time or as a line: add a word to it.")
        taken = [it for it in self._points if not it.made_by_itself and it != itself]
        if any(fold(it.name) == fold(name) for it in taken):
            raise Refused("There is a restore point of this name already.")
        return ""

    @work
    async def action_rename(self) -> None:
        """Give the restore point under the cursor another name."""
        from ka2tui.tui.dialogs.line import Line

        row = self.table.cursor_row
        if isinstance(row, Mark):
            line = Line("Name of this restore point", value=row.point.name, read=self._read_name)
            name = await self.app.push_screen_wait(line)
            if name is not None and name != row.point.name:
                await self.app.do(restore_points.rename, row.point.id, name)

    @work
    async def action_remove(self) -> None:
        """Remove the restore point under the cursor."""
        row = self.table.cursor_row
        if isinstance(row, Mark):
            await self.app.do(restore_points.remove, [row.point.id])

    @work
    async def action_record(self) -> None:
        """Show only the changes of a record that the line under the cursor changed."""
        row = self.table.cursor_row
        if row is not None and not isinstance(row, Mark):
            await self._choose_record(row)

    async def _choose_record(self, row: EntryRow) -> None:
        from ka2tui.tui.dialogs.choose import Choose, Item

        told = (await self.app.ask(changes.changes, row.id)).records
        at: int | None = 0
        if len(told) > 1:
            items = [Item(place, it.name, it.how) for place, it in enumerate(told)]
            at = await self.app.push_screen_wait(Choose("History of which record?", items))
        if at is not None and told:
            self._look_at((told[at].table, told[at].row, told[at].name))

    def _look_at(self, record: tuple[str, int, str]) -> None:
        """Show only the changes of one record; escape shows all."""
        self._record, self._only_points = record, False
        self.line.clear()
        self.refill()
