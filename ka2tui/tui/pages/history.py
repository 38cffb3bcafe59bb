"""Who changed what and when, newest first, and what could be taken back now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from ka2tui.domain import days
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import ListPage
from ka2tui.tui.widgets.details import Details, Fact, Head, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.widget import Widget

    from ka2tui.queries import changes, history
    from ka2tui.queries.changes import ChangedRecord, Changes
    from ka2tui.queries.history import EntryRow, Steps
    from ka2tui.tui.plain import Cell, Piece
    from ka2tui.tui.widgets.details import Item
else:
    changes = lazily("ka2tui.queries.changes")
    history = lazily("ka2tui.queries.history")

WINDOW = 500
"""Lines read at first; as the cursor nears their end, as many again."""
_NEAR = 100
"""How near."""

DONE, UNDONE, UNDO, REDO = plain.OPEN, plain.CANCELLED, "↶", "↷"


class Seen(NamedTuple):
    """What the page shows."""

    rows: list[EntryRow]
    total: int
    steps: Steps


class HistoryTable(RecordTable["EntryRow"]):
    """Lines of history; nothing can be done with several of them at once."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"mark", "mark_all", "open"}:
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
        }
    )
    NAME = "History"
    LIST = "history"
    HELP = (
        "Everything that was changed, by whom and when, here and on the command line. u takes "
        "back your last change, U brings it again; both are told below before you press them. "
        "Nothing ever leaves the history: what was taken back stays here and says so."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "app.undo", "undo", id="app.undo", tooltip="Take back your last change"),
        Binding("U", "app.redo", "redo", id="app.redo", tooltip="Do again what was taken back"),
        Binding("A", "all_projects", "all projects", id="history.all",
                tooltip="Show the changes of every project, or of this one"),
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

    def content(self) -> Iterable[Widget]:
        """Give the lines, what one of them changed, and what could be taken back."""
        self.table = HistoryTable(
            _columns(()),
            self.cells,
            title="History",
            empty="Nothing has been changed yet. Every change will stand here, and can be undone.",
        )
        self.details = Details("Change")
        self.steps = Static("", id="steps")
        yield Horizontal(self.table, self.details, id="panes")
        yield self.steps

    def cells(self, row: EntryRow) -> tuple[Cell, ...]:
        """Show a line: when, what, and whether it still stands."""
        glyph, word = _state(row)
        clock = f"{row.at.astimezone():%H:%M}"
        if not row.standing:
            return tuple((text, "quiet") for text in (glyph, clock, _what(row), row.actor, word))
        what: list[Piece] = [_what(row)]
        if self.all_projects and row.project:
            what.insert(0, (f"{row.project} ", "quiet"))
        return ((glyph, "accent" if row.kind != "do" else "quiet"), (clock, "quiet"), what,
                (row.actor, "quiet"), word)  # fmt: skip

    async def load(self) -> Seen:
        """Read the newest lines, and what could be taken back."""
        project = None if self.all_projects else self.project
        wanted, limit = self.line.filter, self._wanted
        if not wanted or wanted.words is not None:
            words = " ".join(wanted.words or ())
            rows = await self.app.ask(history.entries, project, words=words, limit=limit)
        else:
            rows = await self.app.ask(history.fitting, project, wanted.matches, limit=limit)
        return Seen(
            rows,
            await self.app.ask(history.count, project),
            await self.app.ask(history.steps, self.project, self.app.actor),
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
        self.table.set_title("History of all projects" if self.all_projects else "History")
        self._rows = seen.rows
        self.table.set_columns(_columns(seen.rows))
        self.table.set_rows(self._by_day(seen.rows), hidden=hidden, why=why)
        self.say_filtered(len(seen.rows), seen.total)
        self.steps.update(plain.block(_say_steps(seen.steps)))
        self.show_details()

    def _by_day(self, rows: Iterable[EntryRow]) -> list[EntryRow | Section]:
        """Put a heading above the lines of each day, as the days are counted here."""
        shown: list[EntryRow | Section] = []
        last = None
        for row in rows:
            day = row.at.astimezone().date()
            if day != last:
                near = days.say_until(day, self.app.today)
                note = near if near in {"today", "yesterday"} else ""
                shown.append(
                    Section(f"{days.DAY_NAMES[day.weekday()]} {days.say_brief(day)}", note)
                )
                last = day
            shown.append(row)
        return shown

    # -- one change -----------------------------------------------------------------------------

    @on(RecordTable.Highlighted)
    def highlighted(self) -> None:
        """Show another line closely; read on where the lines come to their end."""
        self.show_details()
        key = self.table.cursor_key
        there = self.table.count
        if key is None or there < self._wanted:
            return
        if key <= self._rows[-min(_NEAR, there)].id:
            self._wanted *= 2
            self.reload()

    @work(group="details", exclusive=True)
    async def show_details(self) -> None:
        """Read what the line under the cursor changed, and show it."""
        row = self.table.cursor_row
        if row is None:
            self.details.show([])
            return
        told = self._told.get(row.id)
        if told is None:
            told = await self.app.ask(changes.changes, row.id)
            # a line never changes, unless somebody's name is taken out of it
            self._told = {**dict(list(self._told.items())[-50:]), row.id: told}
        if row.id == self.table.cursor_key:
            self.details.show(_details(row, told), top=True)

    # -- verbs ----------------------------------------------------------------------------------

    def refill(self) -> None:
        """Look for what fits the filter."""
        self._wanted = WINDOW
        self.reload()

    def action_all_projects(self) -> None:
        """Show the changes of every project, or of this one."""
        self.all_projects = not self.all_projects
        self._wanted = WINDOW
        self.reload()


def _columns(rows: Sequence[EntryRow]) -> list[Column]:
    """Give each column the room that these lines need."""
    what = plain.longest([_what(row) for row in rows], most=100)
    word = plain.longest([_state(row)[1] for row in rows])
    who = plain.longest([row.actor for row in rows], 3, 20)
    return [
        Column("", 1, importance=9),
        Column("Time", 5, importance=8),
        Column("What", 36, share=1, wish=what, importance=9),
        Column("Who", min(who, 12), wish=who, importance=6),
        Column("", max(word, 1), importance=7),
    ]


def _what(row: EntryRow) -> str:
    """Say what a line did."""
    said = {"undo": "Undone: ", "redo": "Done again: "}.get(row.kind, "")
    return said + row.label


def _state(row: EntryRow) -> tuple[str, str]:
    """Give the glyph of a line, and the word where it does not stand."""
    if not row.standing:
        return UNDONE, "redone" if row.kind == "undo" else "undone"
    return {"undo": UNDO, "redo": REDO}.get(row.kind, DONE), ""


def _say_steps(steps: Steps) -> str:
    """Say what undo and redo would do now."""
    undo = f"u takes back: {plain.line(steps.undo)}" if steps.undo else ""
    redo = f"U brings again: {plain.line(steps.redo)}" if steps.redo else ""
    return "\n".join(filter(None, (undo, redo))) or "Nothing here is yours to take back."


def _details(row: EntryRow, told: Changes) -> Iterator[Item]:
    """Tell one line closely."""
    at = row.at.astimezone()
    yield Words(_what(row), "strong")
    yield Fact("When", f"{days.DAY_NAMES[at.weekday()]} {days.say_brief(at.date())} {at:%H:%M}")
    yield Fact("Who", row.actor)
    yield Fact("Project", row.project)
    if not row.standing:
        yield Fact("Stands", "no, it was brought again" if row.kind == "undo" else "no, undone")
    for record in told.records:
        yield Head(_capital(record.name), record.how)
        yield from _fields(record)
    if told.more:
        yield Words(f"… and {plain.count(told.more, 'more record')}", "quiet")


def _fields(record: ChangedRecord) -> Iterator[Item]:
    for field in record.fields:
        name = _capital(field.name)
        if record.how == "changed":
            yield Fact(name, f"{field.before or 'nothing'} → {field.after or 'nothing'}")
        else:
            yield Fact(name, field.after or field.before)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
