"""The tasks of a project: as a list or a tree, filtered, sorted, and worked on."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from ka2tui.domain.due import Due, say_due
from ka2tui.domain.text import fold
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import SHOW_ALL, ListPage
from ka2tui.tui.pages import task_verbs
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.operations import dependencies, subtasks, tasks
    from ka2tui.queries import first_window
    from ka2tui.queries import tasks as views
    from ka2tui.queries.tasks import TaskDetails, TaskList, TaskRow
    from ka2tui.tui.plain import Cell, Piece
else:
    dependencies = lazily("ka2tui.operations.dependencies")
    subtasks = lazily("ka2tui.operations.subtasks")
    first_window = lazily("ka2tui.queries.first_window")
    tasks = lazily("ka2tui.operations.tasks")
    views = lazily("ka2tui.queries.tasks")

FIRST_WINDOW = 200
"""Tasks that are read and shown before all the others."""

REST = 0.05
"""Seconds the cursor rests on a task before its details are read; a held key repeats sooner."""

_PRIORITIES: tuple[str, ...] = ("high", "normal", "low")
_STATES: tuple[str, ...] = ("doing", "open", "waiting", "done", "cancelled")

ORDERS: tuple[tuple[str, str, Callable[[TaskRow], Any] | None], ...] = (
    ("due", "by due date", None),
    ("priority", "by priority", lambda row: _PRIORITIES.index(row.priority)),
    ("who", "by who does it", lambda row: (row.assignee is None, fold(row.assignee or ""))),
    ("work", "by work package", lambda row: (row.work_unit is None, fold(row.work_unit or ""))),
    ("title", "by title", lambda row: fold(row.title)),
    ("code", "by code", lambda row: (row.code is None, _natural(row.code or ""))),
    ("state", "by state", lambda row: _STATES.index(row.state)),
)
"""Key, words and sort key of each order; the tasks come by due date as they are."""

_NEEDS_ROW = frozenset(
    {"finish", "edit", "postpone", "due", "assign", "wait", "start", "tag", "cancel"}
    | {"remove", "add_below", "needs", "inward", "outward"}
)


def _natural(text: str) -> tuple[Any, ...]:
    """Sort T2.10 after T2.9."""
    parts: list[Any] = []
    for piece in fold(text).replace(".", " . ").split():
        digits = piece.lstrip("abcdefghijklmnopqrstuvwxyz")
        head = piece[: len(piece) - len(digits)]
        parts.append((head, int(digits) if digits.isdecimal() else 0, piece))
    return tuple(parts)


class TasksPage(ListPage):
    """Everything to do."""

    SHOWS = frozenset({"task", "tag", "task_link", "work_unit", "partner", "contact", "project"})
    NAME = "Tasks"
    LIST = "task"
    HELP = (
        "Everything to do. A verb works on the task under the cursor, or on all that are marked "
        "with v or *, as one step that u takes back. After / come words, or questions like "
        "state:open (wp:2 or @OU) due<+14d; [ and ] go through the filters with a name."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "finish", "finish", id="task.finish",
                tooltip="Finish, or open again what is done"),
        Binding("n", "add", "new", show=False, id="task.add",
                tooltip="Add a task in a form; a adds one in a line"),
        Binding("e", "edit", "edit", id="task.edit", tooltip="Edit this task"),
        Binding("p", "postpone", "postpone", id="task.postpone",
                tooltip="Put off by a day, a week, a month, or to a date"),
        Binding("at", "assign", "assign", key_display="@", id="task.assign",
                tooltip="Hand over to a partner, to a person or to nobody"),
        Binding("s", "sort", "sort", id="task.sort", tooltip="Choose the order"),
        Binding("t", "tree", "tree", id="task.tree",
                tooltip="Show as a tree with parts below their task, or as a list"),
        Binding("d", "due", "date", show=False, id="task.due",
                tooltip="Set the date, or take it off"),
        Binding("w", "wait", "wait", show=False, id="task.wait",
                tooltip="From today on it lies with somebody else"),
        Binding("b", "start", "begin", show=False, id="task.start", tooltip="Take in hand"),
        Binding("number_sign", "tag", "tag", key_display="#", show=False, id="task.tag",
                tooltip="Put tags on, or take them off"),
        Binding("c", "cancel", "give up", show=False, id="task.cancel",
                tooltip="Give up, but keep on record"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False, id="task.remove",
                tooltip="Remove; u brings it back"),
        Binding("A", "add_below", "add a part", show=False, id="task.add_below",
                tooltip="Add a part to this task"),
        Binding("W", "needs", "waits for", show=False, id="task.needs",
                tooltip="Let it wait for another task, or no longer"),
        Binding("greater_than_sign", "inward", "part of above", key_display=">", show=False,
                id="task.inward", tooltip="Make it part of the task above (in the tree)"),
        Binding("less_than_sign", "outward", "one level up", key_display="<", show=False,
                id="task.outward", tooltip="Move it one level up (in the tree)"),
        Binding("full_stop", "closed", "done too", key_display=".", show=False,
                id="task.closed", tooltip="Show what is done or given up too, or hide it"),
        SHOW_ALL,
        Binding("escape", "close", "back to the list", show=False, id="task.close",
                tooltip="Back from the details to the list"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TasksPage {
        & #panes { height: 1fr; }
        & RecordTable { width: 3fr; }
        & Details { width: 2fr; display: none; }
        &.-wide Details, &.-very-wide Details { display: block; }
        &.-reading RecordTable { display: none; }
        &.-reading Details { display: block; width: 1fr; }
        &.-wide.-reading RecordTable, &.-very-wide.-reading RecordTable { display: block; }
        &.-wide.-reading Details, &.-very-wide.-reading Details { width: 2fr; }
        &.-very-wide RecordTable { width: 5fr; }
    }
    """

    def __init__(self) -> None:
        """Begin with a list by due date of what is still to be done."""
        super().__init__()
        self.closed = False
        """Whether what is done or given up is shown as well."""
        self.as_tree = False
        self.order = 0
        self._rows: Sequence[TaskRow] = ()
        self._hidden_closed = 0
        self._arranged: tuple[Sequence[TaskRow], int, Sequence[TaskRow]] | None = None
        """The rows read, an order, and the rows in that order."""
        self._read_closed = False
        """Whether what is done was read as well."""
        self._depth: dict[int, int] = {}
        self._wanted: int | None = None
        self._added = False
        """Whether the task to stand on was just added."""
        self._touched: list[int] = []
        """What the verb under way works on: read and shown before all the others."""
        self._details: TaskDetails | None = None

    def content(self) -> Iterable[Widget]:
        """Give the list, the details beside it, and the line to filter with."""
        self.table: RecordTable[TaskRow] = RecordTable(
            self._columns(0),
            self._cells,
            tone=lambda row: "done" if task_verbs.is_closed(row) else "",
            title="Tasks by due date",
            empty="Nothing to do here yet. Press a to add the first task.",
        )
        self.details = Details("Task", hint="enter read · e edit")
        yield Horizontal(self.table, self.details, id="panes")

    @staticmethod
    def _columns(code: int) -> list[Column]:
        """Give the columns; that of the codes is as wide as they are, or not there."""
        return [
            Column("", 1, importance=9),
            *([Column("Code", code, importance=5)] if code else []),
            Column("Task", 34, share=9, importance=9, tree=True),
            Column("Where", 6, importance=4),
            Column("Who", 13, share=1, importance=6),
            Column("Due", 15, align="right", importance=8),
        ]

    def _cells(self, row: TaskRow) -> Sequence[Cell]:
        """Show a task."""
        glyph, tone, _ = plain.state_of(row.state, row.due, self.app.today)
        code: list[Cell] = [(row.code or "", "quiet")] if self._coded else []
        due = task_verbs.due_of(row)
        closed = task_verbs.is_closed(row)
        said = str(due) if closed and due != Due() else say_due(due, self.app.today)
        return (
            (glyph, tone),
            *code,
            self._title(row, len(code) + 1),
            (row.work_unit or "", "quiet"),
            self._who(row, len(code) + 3),
            (said, tone if tone in ("late", "soon") else "quiet"),
        )

    def _title(self, row: TaskRow, column: int) -> Cell:
        """Show a title with what is special about it; tags stand where they fit whole."""
        pieces: list[Piece] = []
        if row.priority == "high":
            pieces.append((f"{plain.HIGH} ", "late"))
        elif row.priority == "low":
            pieces.append((f"{plain.LOW} ", "quiet"))
        if row.recurrence:
            pieces.append((f"{plain.RECURRING} ", "quiet"))
        if not pieces and not row.tags:
            return row.title
        pieces.append(row.title)
        branches = 2 * self._depth[row.id] + 2 if self.as_tree else 0
        room = self.table.room_of(column) - branches
        room -= sum(plain.width(text) for text, _ in plain.pieces(pieces))
        for tag in row.tags:
            room -= plain.width(plain.line(tag)) + 2
            if room < 0:
                break
            pieces.append((f" #{tag}", "quiet"))
        return pieces

    def _who(self, row: TaskRow, column: int) -> str:
        """Name who does it: a person in short where room is short."""
        if row.contact is None:
            return row.partner or ""
        return plain.name(row.contact, self.table.room_of(column))

    _coded = False

    # -- reading --------------------------------------------------------------------------------

    async def glimpse(self) -> TaskList | None:
        """Read a first window of tasks before the database is open."""
        if self.closed or self.as_tree or self.order or self.filtering:
            return None
        return await self.app.look_first(first_window.tasks, limit=FIRST_WINDOW)

    async def load(self) -> TaskList:
        """Read the tasks; the first time, show a first window before all of them are there."""
        if not (self.loaded or self.glimpsed or self.as_tree or self.order):
            first = await self.app.ask(
                views.listed, self.project, all=self._with_closed, limit=FIRST_WINDOW
            )
            self.show(first)
            if len(first.rows) < FIRST_WINDOW:
                return first
        self._read_closed = self._with_closed
        touched, self._touched = self._touched, []
        if self.loaded and touched and len(self._rows) > FIRST_WINDOW:
            self._replace(touched, await self.app.ask(views.some, touched))
        return await self.app.ask(views.listed, self.project, all=self._with_closed)

    def show(self, seen: TaskList) -> None:
        """Show the tasks in the order chosen, and stand on the one that was asked for."""
        self._rows, self._hidden_closed = seen.rows, seen.closed
        code = plain.longest([row.code for row in seen.rows if row.code], most=8)
        if (code > 0) != self._coded or len(self.table.columns) != len(self._columns(code)):
            self._coded = code > 0
        if self.table.columns != tuple(self._columns(code)):
            self.table.set_columns(self._columns(code))
        self._fill()
        self._stand()
        self.refresh_bindings()
        self._read_details()

    def _replace(self, ids: Sequence[int], rows: Iterable[TaskRow]) -> None:
        """Show a few tasks as they are now, while all the others are still being read."""
        new = {row.id: row for row in rows}
        gone = set(ids) - new.keys()
        kept = [new.pop(row.id, row) for row in self._rows if row.id not in gone]
        if not self._with_closed:
            still = [row for row in kept if not task_verbs.is_closed(row)]
            self._hidden_closed += len(kept) - len(still)
            kept = still
        self._rows = sorted(kept, key=lambda row: (row.due is None, row.due or date.min, row.id))
        self._fill()

    def _stand(self) -> None:
        """Put the cursor where somebody wants to see it."""
        wanted = self._wanted
        if wanted is None:
            return
        if self.table.move_to(wanted):
            self._wanted = None
        elif self._added and self.filtering and any(row.id == wanted for row in self._rows):
            self.app.tell("Added, but hidden by the filter. escape shows all.")
        else:
            return
        self._added = False

    @property
    def _with_closed(self) -> bool:
        """Whether what is done is read too: it is to be shown, or the filter asks for it."""
        return self.closed or self.line.filter.closed

    def on_screen_resume(self) -> None:
        """Stand on the task that another page wants to show."""
        words = self.app.wanted_words.pop("tasks", None)
        if words is not None:
            self.line.put(words, self.table)
        wanted = self.app.wanted_records.pop("tasks", None)
        if wanted is None:
            return
        self._wanted = wanted
        self.line.clear()
        self._stand()
        if self._wanted is not None and self.loaded:
            self.closed = True
            self.reload()

    def _fill(self) -> None:
        """Arrange, filter and show what was read."""
        rows = self._sorted()
        shown: Sequence[TaskRow]
        picked = self.filtered(rows)
        if self.as_tree:
            kept = {row.id for row in picked} if self.filtering else None
            shown, self._depth = _as_tree(rows, kept)
            self.table.depth = lambda row: self._depth[row.id]
        else:
            shown = picked
            self.table.depth = None
        filtered = len(rows) - len(shown)
        closed = self._hidden_closed
        done = f"{closed} done (. shows)" if closed else ""
        hidden, why = filtered, plain.join(["hidden by the filter", done], ", ")
        if not filtered:
            hidden, why = closed, "done or given up (. shows)"
        self.table.set_empty(self._invitation(self.filtering))
        self.table.set_title(
            f"Tasks {ORDERS[self.order][1]}{', as a tree' if self.as_tree else ''}"
        )
        self.table.set_rows(shown, hidden=hidden, why=why, among=rows)
        self.table.set_hint("v mark" if shown else "")
        self.say_filtered(len(shown), len(rows))

    def _invitation(self, filtered: bool) -> str:  # noqa: FBT001 - said once, just above
        if filtered:
            return "No task fits this filter. escape shows all."
        if self._hidden_closed:
            return "Everything is done. Press a to add a task, or . to see what was done."
        return "Nothing to do here yet. Press a to add the first task."

    def _sorted(self) -> Sequence[TaskRow]:
        key = ORDERS[self.order][2]
        if key is None:
            return self._rows
        known = self._arranged
        if known is None or known[0] is not self._rows or known[1] != self.order:
            known = self._arranged = (self._rows, self.order, sorted(self._rows, key=key))
        return known[2]

    def refill(self) -> None:
        """Show what fits the filter as far as it is typed."""
        self._fill()
        self._stand()
        self._read_details()
        if self._with_closed != self._read_closed and self.loaded:
            self.reload()

    # -- details --------------------------------------------------------------------------------

    @on(RecordTable.Highlighted)
    def _follow(self) -> None:
        """Read about the task under the cursor once it rests there."""
        self._read_details(REST)

    def _read_details(self, rest: float = 0) -> None:
        """Read what is known of the task under the cursor, where there is room to show it."""
        if self.details.display and self.app.opened.is_set():
            self._show_details(rest)

    @work(group="details", exclusive=True)
    async def _show_details(self, rest: float = 0) -> None:
        from ka2tui.domain.refusal import Refused
        from ka2tui.tui.pages import due_facts

        if rest:
            # the frame with the moved cursor comes first, and a held key asks nothing
            await asyncio.sleep(rest)
        key = self.table.cursor_key
        before = self._details.row.id if self._details else None
        if key is None:
            self._details = None
            self.details.show([])
            return
        try:
            self._details = await self.app.ask(views.one, key)
        except Refused:
            return  # removed meanwhile; the list is about to say so
        facts = due_facts.of_task(self._details, self.app.today)
        self.details.show(facts, top=key != before)

    def on_resize(self) -> None:
        """Read the details when they come into sight."""
        self.call_after_refresh(self._read_details)

    @on(RecordTable.Opened)
    def read(self) -> None:
        """Go to the details; where there is no room beside the list, they take its place."""
        self.add_class("-reading")
        self.details.focus()
        self.call_after_refresh(self._read_details)

    def action_close(self) -> None:
        """Go back to the list."""
        self.remove_class("-reading")
        self.table.focus()

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if not self.app.opened.is_set():
            return False
        if self.line.typing:
            return super().check_action(action, parameters)
        if action in _NEEDS_ROW and not self.table.count:
            return False
        if action in ("sort", "tree") and not self._rows:
            return False
        if action in ("inward", "outward"):
            return self.as_tree
        if action == "close":
            return self.has_class("-reading")
        if action == "show_all":
            return self.filtering and not self.has_class("-reading")
        return super().check_action(action, parameters)

    def _chosen(self) -> list[TaskRow]:
        """Give the marked tasks, else the one under the cursor, for a verb to work on."""
        self._touched = self.table.chosen[:FIRST_WINDOW]
        rows = (self.table.row_of(key) for key in self.table.chosen)
        return [row for row in rows if row is not None]

    def _below(self, rows: Sequence[TaskRow]) -> list[TaskRow]:
        """Give everything below tasks that is not among them."""
        parts: dict[int, list[TaskRow]] = defaultdict(list)
        for row in self._rows:
            if row.parent_id is not None:
                parts[row.parent_id].append(row)
        found: dict[int, TaskRow] = {}
        ahead = [row.id for row in rows]
        while ahead:
            new = [part for part in parts[ahead.pop()] if part.id not in found]
            found |= {part.id: part for part in new}
            ahead += [part.id for part in new]
        chosen = {row.id for row in rows}
        return [row for row in found.values() if row.id not in chosen]

    def _open_below(self, rows: Sequence[TaskRow]) -> list[TaskRow]:
        still = [row for row in rows if not task_verbs.is_closed(row)]
        return [row for row in self._below(still) if not task_verbs.is_closed(row)]

    def _done(self, done: bool) -> None:  # noqa: FBT001 - the answer of a verb
        """Let go of the marks when a verb has worked on them."""
        if done:
            self.table.clear_marks()

    @work
    async def action_finish(self) -> None:
        """Finish, or open again."""
        rows = self._chosen()
        self._done(await task_verbs.finish(self.app, rows, self._open_below(rows)))

    @work
    async def action_add(self) -> None:
        """Add a task."""
        self._stand_on_added(await task_verbs.add(self.app, self.project))

    @work
    async def action_add_below(self) -> None:
        """Add a part of the task under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            self._stand_on_added(
                await task_verbs.add(self.app, self.project, below=row.id, title=row.title)
            )

    def captured(self, task: int) -> bool:
        """Stand on a task that was captured, wherever the line was opened."""
        self._stand_on_added(task)
        return True

    @property
    def signs(self) -> str:
        """Give where the task under the cursor belongs, for a new one beside it."""
        row = self.table.cursor_row
        where = "" if row is None else row.work_unit or ""
        return f"wp:{where}" if where and " " not in where else ""

    def _stand_on_added(self, task: int | None) -> None:
        """Stand on a new task as soon as it is read; where the filter hides it, say so."""
        self._wanted, self._added = task, task is not None
        self._stand()

    @work
    async def action_edit(self) -> None:
        """Edit the task under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            self._touched = [key]
            await task_verbs.edit(self.app, self.project, key)

    @work
    async def action_postpone(self) -> None:
        """Put off."""
        self._done(await task_verbs.postpone(self.app, self.project, self._chosen()))

    @work
    async def action_due(self) -> None:
        """Set the date."""
        self._done(await task_verbs.set_due(self.app, self.project, self._chosen()))

    @work
    async def action_assign(self) -> None:
        """Hand over."""
        self._done(await task_verbs.assign(self.app, self.project, self._chosen()))

    @work
    async def action_tag(self) -> None:
        """Tag."""
        self._done(await task_verbs.tag(self.app, self._chosen()))

    @work
    async def action_wait(self) -> None:
        """Note that it lies with somebody else."""
        rows = self._chosen()
        ids = task_verbs.ids(rows)
        self._done(await self.app.do(tasks.wait, ids, today=self.app.today) is not None)

    @work
    async def action_start(self) -> None:
        """Take in hand."""
        self._done(await self.app.do(tasks.start, task_verbs.ids(self._chosen())) is not None)

    @work
    async def action_cancel(self) -> None:
        """Give up."""
        rows = self._chosen()
        self._done(await task_verbs.cancel(self.app, rows, self._open_below(rows)))

    @work
    async def action_remove(self) -> None:
        """Remove."""
        rows = self._chosen()
        self._done(await task_verbs.remove(self.app, rows, len(self._below(rows))))

    @work
    async def action_needs(self) -> None:
        """Let the task under the cursor wait for another one, or no longer."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        row = self.table.cursor_row
        if row is None:
            return
        details = await self.app.ask(views.one, row.id)
        linked = {link.task.id for link in details.waits_for}
        others = sorted(
            (each for each in self._rows if each.id != row.id), key=lambda it: it.id not in linked
        )
        items = [
            Item(each.id, plain.join([each.code, each.title], " "),
                 "no longer" if each.id in linked else "")
            for each in others
        ]  # fmt: skip
        title = f"{plain.cut(plain.line(row.title), 40)} waits for"
        chosen = await self.app.push_screen_wait(Choose(title, items))
        if chosen in linked:
            await self.app.do(dependencies.unlink, row.id, chosen)
        elif chosen is not None:
            await self.app.do(dependencies.link, row.id, chosen)

    @work
    async def action_inward(self) -> None:
        """Make the chosen tasks part of the one above the first of them."""
        rows = self._chosen()
        above = self._sister_above(rows[0])
        if above is None:
            self.app.tell("There is no task above on the same level that it could be part of.")
            return
        self._done(
            await self.app.do(subtasks.move, task_verbs.ids(rows), parent=above.id) is not None
        )

    def _sister_above(self, row: TaskRow) -> TaskRow | None:
        """Give the task before this one that is part of the same."""
        found = None
        for key in self._depth:
            each = self.table.row_of(key)
            if key == row.id or each is None:
                return found
            if self._depth[key] == self._depth[row.id]:
                found = each
            elif self._depth[key] < self._depth[row.id]:
                found = None
        return None

    @work
    async def action_outward(self) -> None:
        """Move the chosen tasks one level up."""
        rows = self._chosen()
        parents = {row.id: row.parent_id for row in self._rows}
        inside = rows[0].parent_id
        if inside is None:
            self.app.tell("It stands at the top level already.")
            return
        self._done(
            await self.app.do(subtasks.move, task_verbs.ids(rows), parent=parents.get(inside))
            is not None
        )

    # -- what is shown --------------------------------------------------------------------------

    def action_tree(self) -> None:
        """Show as a tree, or as a list."""
        self.as_tree = not self.as_tree
        self._fill()
        self.refresh_bindings()

    def action_closed(self) -> None:
        """Show what is done as well, or hide it."""
        self.closed = not self.closed
        self.reload()

    @work
    async def action_sort(self) -> None:
        """Choose the order."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        items = [Item(at, words) for at, (_, words, _) in enumerate(ORDERS)]
        chosen = await self.app.push_screen_wait(Choose("Order", items, at=self.order))
        if chosen is not None:
            self.order = chosen
            self._fill()


def _as_tree(
    rows: Sequence[TaskRow], kept: set[int] | None
) -> tuple[list[TaskRow], dict[int, int]]:
    """Put parts below their task; a branch stands where the first of it would stand.

    Args:
        rows: In the order wanted.
        kept: The ids that are shown, with what they are part of; None: all.
    """
    known = {row.id: row for row in rows}
    place: dict[int, int] = {}
    for at, row in enumerate(rows):
        if kept is not None and row.id not in kept:
            continue
        each: TaskRow | None = row
        seen: set[int] = set()
        while each is not None and each.id not in place and each.id not in seen:
            seen.add(each.id)
            place[each.id] = at
            each = None if each.parent_id is None else known.get(each.parent_id)
    parts: dict[int | None, list[TaskRow]] = defaultdict(list)
    for row in sorted((known[key] for key in place), key=lambda row: place[row.id]):
        parent = row.parent_id if row.parent_id in place else None
        parts[parent].append(row)
    arranged: list[TaskRow] = []
    depth: dict[int, int] = {}
    ahead = [(row, 0) for row in reversed(parts[None])]
    while ahead:
        row, level = ahead.pop()
        arranged.append(row)
        depth[row.id] = level
        ahead += [(part, level + 1) for part in reversed(parts[row.id])]
    return arranged, depth
