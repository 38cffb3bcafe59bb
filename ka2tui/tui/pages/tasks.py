"""The tasks of a project: as a list, a tree or a board, filtered, sorted, and worked on."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ka2tui.domain.kinds import TaskState
from ka2tui.tui import plain, projector
from ka2tui.tui.detail_page import DetailPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import SHOW_ALL
from ka2tui.tui.pages import task_board, task_tree, task_verbs
from ka2tui.tui.pages.task_orders import BY_DUE, BY_HAND, BY_URGENCY, ORDERS, Order, arranged
from ka2tui.tui.pages.task_rows import TaskRows
from ka2tui.tui.type_ahead import TYPED
from ka2tui.tui.widgets.board import Board
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.filter_tabs import Group, Tab
from ka2tui.tui.widgets.ground import Beside
from ka2tui.tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.widget import Widget

    from ka2tui.domain.known_names import Known
    from ka2tui.domain.urgency import Weights
    from ka2tui.operations import subtasks, tasks
    from ka2tui.queries import first_window, task_panel, urgency
    from ka2tui.queries import task_tree as tree_views
    from ka2tui.queries import tasks as views
    from ka2tui.queries.tasks import Choice, TaskList, TaskRow
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    subtasks = lazily("ka2tui.operations.subtasks")
    first_window = lazily("ka2tui.queries.first_window")
    tasks = lazily("ka2tui.operations.tasks")
    task_panel = lazily("ka2tui.queries.task_panel")
    tree_views = lazily("ka2tui.queries.task_tree")
    urgency = lazily("ka2tui.queries.urgency")
    views = lazily("ka2tui.queries.tasks")

FIRST_WINDOW = 200
"""Tasks that are read and shown before all the others."""

LIST, TREE, BOARD = "list", "tree", "board"
"""The ways in which tasks are shown."""

_NEEDS_ROW = frozenset(
    {"finish", "edit", "postpone", "due", "assign", "wait", "start", "tag", "cancel"}
    | {"remove", "add_below", "needs", "inward", "outward", "shift", "priority", "belong", "notes"}
)


class TasksPage(DetailPage):
    """Everything to do."""

    SHOWS = frozenset(
        {"task", "tag", "task_link", "work_unit", "partner", "contact", "project"}
        | {"deliverable", "milestone"}
    )
    AHEAD = frozenset(
        {
            "tree",
            "board",
            "lanes",
            "mark",
            "open",
            "close",
            "filter",
            TYPED,
            "turn",
            "fold",
            "unfold",
        }
        | {"add", "edit", "postpone", "due", "assign", "tag", "priority", "belong", "wait", "start"}
        | {"notes", "capture", "which_key", "help", "guide", "command_palette", "search"}
    )
    NAME = "Tasks"
    NOTHING = "Task"
    RECORD = "task"
    FIGURES = ("tasks",)
    LIST = "task"
    GROUPED = True
    HELP = (
        "Everything to do. A key works on the task under the cursor, or on all that are marked "
        "with v or *, as one step that u takes back. After / come words, or questions like "
        "is:open (wp:2 or @OU) due<+14d; [ and ] go through the filters with a name."
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
        Binding("o", "board", "board", id="task.board",
                tooltip="Show as a board with columns, or as before"),
        Binding("O", "lanes", "columns", show=False, id="task.lanes",
                tooltip="Columns of the board by state, or by partner"),
        Binding("d", "due", "date", show=False, id="task.due",
                tooltip="Set the date, or take it off"),
        Binding("w", "wait", "wait", show=False, id="task.wait",
                tooltip="Note that you wait for somebody else, from today on"),
        Binding("b", "start", "begin", show=False, id="task.start", tooltip="Take in hand"),
        Binding("number_sign", "tag", "tag", key_display="#", show=False, id="task.tag",
                tooltip="Put tags on, or take them off"),
        Binding("exclamation_mark", "priority", "priority", key_display="!", show=False,
                id="task.priority", tooltip="Give high, normal or low priority"),
        Binding("M", "belong", "work package", show=False, id="task.belong",
                tooltip="Move to another work package or activity, or out of it"),
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
        Binding("K,shift+up", "shift(-1)", "up", key_display="K", show=False, id="task.up",
                tooltip="Move up among the parts of the same task (in the tree)"),
        Binding("J,shift+down", "shift(1)", "down", key_display="J", show=False, id="task.down",
                tooltip="Move down among the parts of the same task (in the tree)"),
        Binding("i", "notes", "notes", show=False, id="task.notes",
                tooltip="Write notes, in the editor that VISUAL names"),
        Binding("full_stop", "closed", "done too", key_display=".", show=False,
                id="task.closed", tooltip="Show what is done or given up too, or hide it"),
        SHOW_ALL,
        Binding("escape", "close", "back to the list", show=False, id="task.close",
                tooltip="Back from the details to the list"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TasksPage {
        & #panes { height: 1fr; }
        & RecordTable { width: 2fr; }
        & Board { width: 2fr; display: none; }
        & Details { width: 1fr; display: none; }
        &.-wide Details, &.-very-wide Details { display: block; }
        &.-very-wide RecordTable, &.-very-wide Board { width: 1fr; }
        &.-very-wide Details { width: 56; }
        &.-reading RecordTable { display: none; }
        &.-reading Details { display: block; width: 1fr; }
        &.-wide.-reading RecordTable, &.-very-wide.-reading RecordTable { display: block; }
        &.-wide.-reading Details { width: 1fr; }
        &.-very-wide.-reading Details { width: 56; }
        &.-board {
            & RecordTable { display: none; }
            & Board { display: block; }
            & Details { display: none; }
            &.-very-wide Details { display: block; }
            &.-reading Details { display: block; }
            &.-reading Board { display: none; }
            &.-wide.-reading Board, &.-very-wide.-reading Board { display: block; }
            &.-wide.-reading RecordTable, &.-very-wide.-reading RecordTable { display: none; }
        }
    }
    """

    def __init__(self) -> None:
        """Begin with a list by due date of what is still to be done."""
        super().__init__()
        self.closed = False
        """Whether what is done or given up is shown as well."""
        self.view = LIST
        self._before_board = LIST
        """How tasks are shown when one leaves the board."""
        self.by_partner = False
        """Whether the columns of the board are partners; else they are states."""
        self._orders: dict[bool, Order] = {False: BY_DUE, True: BY_HAND}
        """The order of the list and the board, and that of the tree."""
        self._partners: Sequence[Choice] = ()
        self._gone: Sequence[Choice] = ()
        self._parts: Mapping[int, Any] = {}
        self._scores: Mapping[int, int] = {}
        self._rows: Sequence[TaskRow] = ()
        self._hidden_closed = 0
        self._arranged: tuple[Sequence[TaskRow], Order, Sequence[TaskRow]] | None = None
        """The rows read, an order, and the rows in that order."""
        self._read_closed = False
        """Whether what is done was read as well."""
        self._wanted: int | None = None
        self._added = False
        """Whether the task to stand on was just added."""
        self._touched: list[int] = []
        """What the verb under way works on: read and shown before all the others."""

    def content(self) -> Iterable[Widget]:
        """Give the list, the board in its place, and the details beside it."""
        self.rows = TaskRows(self.app.today)
        self.table: RecordTable[TaskRow] = RecordTable(
            self.rows.fit(()),
            self.rows.cells,
            tone=self.rows.tone,
            title="Tasks by due date",
            empty="Nothing to do here yet. Press a to add the first task.",
        )
        self.rows.table = self.table
        self.board: Board[TaskRow] = Board(self._card, beside=self.table)
        self.details = Details(self.NOTHING, hint=self.READ)
        yield Beside(self.table, self.board, self.details, id="panes")

    def groups(self, known: Known) -> Sequence[Group]:
        """Offer work packages, and partners, to show the tasks of."""
        from ka2tui.domain.completion import as_typed

        units = [unit for unit in known.units if unit.above is None]
        return (
            Group(
                "By work package",
                [Tab(f"{it.code} {it.title}", f"wp:{as_typed(it.code)}") for it in units],
            ),
            Group("By partner", [Tab(short, f"@{as_typed(short)}") for short, _ in known.partners]),
        )

    def _card(self, row: TaskRow, room: int, lines: int) -> list[Cell]:
        """Show a task on the board."""
        told = self._scores.get(row.id, 0) if self.order is BY_URGENCY else None
        return task_board.card(
            *(row, room, lines), today=self.app.today, partners=self.by_partner, score=told
        )

    @property
    def as_tree(self) -> bool:
        """Whether parts stand below their task."""
        return self.view == TREE

    @property
    def order(self) -> Order:
        """The order in which tasks are shown."""
        return self._orders[self.as_tree]

    # -- reading --------------------------------------------------------------------------------

    async def glimpse(self) -> TaskList | None:
        """Read a first window of tasks before the database is open."""
        if self.closed or self.filtering or not self._usual:
            return None
        return await self.app.look_first(first_window.tasks, limit=FIRST_WINDOW)

    @property
    def _usual(self) -> bool:
        """Whether the first rows that are read are the first that are shown."""
        return self.view == LIST and self.order is BY_DUE

    async def load(self) -> TaskList:
        """Read the tasks; the first time, show a first window before all of them are there."""
        if self._usual and not (self.loaded or self.glimpsed):
            first = await self.app.ask(
                views.listed, self.project, all=self._with_closed, limit=FIRST_WINDOW
            )
            self.show(first)
            if len(first.rows) < FIRST_WINDOW:
                return first
            self.glimpsed = True
        self._read_closed = self._with_closed
        touched, self._touched = self._touched, []
        if self.loaded and touched and len(self._rows) > FIRST_WINDOW:
            self._replace(touched, await self.app.ask(views.some, touched))
        seen = await self.app.ask(views.listed, self.project, all=self._with_closed)
        await self._read_more(seen.rows)
        return seen

    async def _read_more(self, rows: Sequence[TaskRow]) -> None:
        """Read what only some ways of showing tasks tell."""
        if self.as_tree:
            self._parts = await self.app.ask(tree_views.parts, self.project)
        if self.view == BOARD and self.by_partner:
            found = await self.app.ask(views.choices, self.project)
            self._partners, self._gone = found.partners, found.gone
        if self.order is BY_URGENCY:
            weights, today = await self.weights(), self.app.today
            self._scores = await self.app.ask(
                urgency.scores, self.project, rows, weights=weights, today=today
            )

    async def weights(self) -> Weights:
        """Give what makes tasks urgent; what is wrong with one's own file is told once."""
        from ka2tui.domain import own_files
        from ka2tui.domain.urgency import load

        found, wrong = await asyncio.to_thread(own_files.or_ours, load, self.app.settings.data)
        if wrong and wrong != self._told_wrong:
            self.app.tell(f"{wrong} Ours is used instead.", severity="warning", timeout=12)
        self._told_wrong = wrong
        return found

    _told_wrong = ""
    """What was wrong with the user's own weights when it was told last."""

    def show(self, seen: TaskList) -> None:
        """Show the tasks in the order chosen, and stand on the one that was asked for."""
        self._rows, self._hidden_closed = seen.rows, seen.closed
        self._fill()
        self._stand()
        if self._wanted is not None and not self.closed and seen.closed:
            # it may be among what is done; a page that was never seen before learns it here
            self.closed = True
            self.reload()
        self.refresh_bindings()
        self.read_details()

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
            self.put_filter(words)
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
        depth: dict[int, int] = {}
        if self.as_tree:
            kept = {row.id for row in picked} if self.filtering else None
            by_hand = self.order is BY_HAND
            shown, depth = task_tree.as_tree(rows, kept, first_of_branch=not by_hand)
            self.table.depth = lambda row: depth[row.id]
        else:
            shown = picked
            self.table.depth = None
        self.rows.depth, self.rows.parts = depth, self._parts
        self.rows.scores = self._scores if self.order is BY_URGENCY else None
        self.rows.fill(shown)
        columns = self.rows.fit(self._rows)
        if self.table.columns != tuple(columns):
            self.table.set_columns(columns)
        filtered = len(rows) - len(shown)
        closed = self._hidden_closed
        done = f"{plain.number(closed)} done (. shows)" if closed else ""
        hidden, why = filtered, plain.join(["hidden by the filter", done], ", ")
        if not filtered:
            hidden, why = closed, "done or given up (. shows)"
        self.table.set_empty(self._invitation(self.filtering and bool(self._rows)))
        self.table.set_title(f"Tasks {self.order.said}{', as a tree' if self.as_tree else ''}")
        self.table.set_rows(shown, hidden=hidden, why=why, among=rows)
        self.table.set_hint("v mark" if shown else "")
        self.call_key("task.tree", "list" if self.as_tree else "tree")
        self.call_key("task.board", self._before_board if self.view == BOARD else "board")
        if self.view == BOARD:
            self._fill_board(shown, why)
        self.say_filtered(len(picked), len(rows), above=len(shown) - len(picked))

    def _fill_board(self, shown: Sequence[TaskRow], why: str) -> None:
        """Lay out on the board what the list has."""
        if self.by_partner:
            lanes = task_board.by_partner(shown, self._partners, self._gone)
        else:
            lanes = task_board.by_state(shown, self._hidden_closed)
        said = "partner" if self.by_partner else "state"
        self.board.set_title(f"Tasks by {said}, {self.order.said}")
        self.board.set_empty(self._invitation(self.filtering and bool(self._rows)))
        self.board.set_lanes(lanes, at=self.table.cursor_key)
        self._why = why
        self._say_board()

    def _invitation(self, filtered: bool) -> str:  # noqa: FBT001 - said once, just above
        if filtered:
            return "No task fits this filter. escape shows all."
        if self._hidden_closed:
            return "Everything is done. Press a to add a task, or . to see what was done."
        return "Nothing to do here yet. Press a to add the first task."

    def _sorted(self) -> Sequence[TaskRow]:
        order, known = self.order, self._arranged
        if order is BY_DUE:
            return self._rows
        if known is None or known[0] is not self._rows or known[1] is not order:
            rows = arranged(self._rows, order, self._scores)
            known = self._arranged = (self._rows, order, rows)
        return known[2]

    def refill(self) -> None:
        """Show what fits the filter as far as it is typed."""
        self._fill()
        self._stand()
        self.read_details()
        if self._with_closed != self._read_closed and self.loaded:
            self.reload()

    # -- details --------------------------------------------------------------------------------

    async def about(self, key: int) -> tuple[Iterable[Item], str]:
        """Read what is known of a task."""
        from ka2tui.tui.pages import task_facts

        today, weights = self.app.today, await self.weights()
        found = await self.app.ask(task_panel.about, key, today=today, weights=weights)
        return task_facts.of_task(found.details, today, found), self.NOTHING

    @on(Details.Jumped)
    def go_along(self, event: Details.Jumped) -> None:
        """Stand on another task where it is listed; everything else the app knows how to find."""
        kind, key = event.target
        if kind == "task" and self.table.move_to(key):
            event.stop()

    @work
    async def action_notes(self) -> None:
        """Write notes."""
        from ka2tui.tui.pages import task_notes

        key = self.table.cursor_key
        if key is not None:
            self._touched = [key]
            await task_notes.edit(self.app, key)

    @on(Board.Opened)
    def _card_opened(self) -> None:
        self.read()

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if not self.app.opened.is_set() or projector.hides(self.app, action):
            return False
        if self.line.typing:
            return super().check_action(action, parameters)
        if action in _NEEDS_ROW and not self.table.count:
            return False
        if action in ("sort", "tree", "board") and not self._rows and self.view == LIST:
            return False
        if action in ("inward", "outward"):
            return self.as_tree
        if action == "lanes":
            return self.view == BOARD
        return super().check_action(action, parameters)

    def chosen(self) -> list[TaskRow]:
        """Give the marked tasks, else the one under the cursor, for a verb to work on."""
        self._touched = self.table.chosen[:FIRST_WINDOW]
        return super().chosen()

    @work
    async def action_finish(self) -> None:
        """Finish, or open again."""
        rows = self.chosen()
        self.let_go(await task_verbs.finish(self.app, rows, task_tree.open_below(self._rows, rows)))

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
        self.let_go(await task_verbs.postpone(self.app, self.project, self.chosen()))

    @work
    async def action_due(self) -> None:
        """Set the date."""
        self.let_go(await task_verbs.set_due(self.app, self.project, self.chosen()))

    @work
    async def action_assign(self) -> None:
        """Hand over."""
        self.let_go(await task_verbs.assign(self.app, self.project, self.chosen()))

    @work
    async def action_tag(self) -> None:
        """Tag."""
        self.let_go(await task_verbs.tag(self.app, self.chosen()))

    @work
    async def action_priority(self) -> None:
        """Give a priority."""
        self.let_go(await task_verbs.prioritise(self.app, self.chosen()))

    @work
    async def action_belong(self) -> None:
        """Move to another work package."""
        self.let_go(await task_verbs.belong(self.app, self.project, self.chosen()))

    @work
    async def action_wait(self) -> None:
        """Note that it waits for somebody else."""
        rows = self.chosen()
        ids = task_verbs.ids(rows)
        self.let_go(await self.app.do(tasks.wait, ids, today=self.app.today) is not None)

    @work
    async def action_start(self) -> None:
        """Take in hand."""
        self.let_go(await self.app.do(tasks.start, task_verbs.ids(self.chosen())) is not None)

    @work
    async def action_cancel(self) -> None:
        """Give up."""
        rows = self.chosen()
        self.let_go(await task_verbs.cancel(self.app, rows, task_tree.open_below(self._rows, rows)))

    @work
    async def action_remove(self) -> None:
        """Remove."""
        rows = self.chosen()
        self.let_go(await task_verbs.remove(self.app, rows, len(task_tree.below(self._rows, rows))))

    @work
    async def action_needs(self) -> None:
        """Let the chosen tasks wait for another one, or no longer."""
        self.let_go(await task_verbs.needs(self.app, self.chosen(), self._rows))

    @work
    async def action_inward(self) -> None:
        """Make the chosen tasks part of the one above the first of them."""
        rows = self.chosen()
        above = task_tree.above(self._shown, rows[0])
        if above is None:
            self.app.tell("There is no task above on the same level that it could be part of.")
            return
        self.let_go(
            await self.app.do(subtasks.move, task_verbs.ids(rows), parent=above.id) is not None
        )

    @work
    async def action_outward(self) -> None:
        """Move the chosen tasks one level up."""
        rows = self.chosen()
        inside = rows[0].parent_id
        if inside is None:
            self.app.tell("It stands at the top level already.")
            return
        ids = task_verbs.ids(rows)
        self.let_go(await self.app.do(subtasks.place, ids, after=inside) is not None)

    @property
    def _shown(self) -> list[TaskRow]:
        """The tasks that stand there, in their order."""
        return self.table.rows_of(self.table.keys)

    @work
    async def action_shift(self, step: int) -> None:
        """Move the chosen tasks up or down among the parts of the same task."""
        if not self.as_tree:
            self.app.tell("Tasks are moved up and down in the tree: t shows it.")
            return
        if self.order is not BY_HAND:
            self._orders[True] = BY_HAND
            self._fill()
            self.app.tell("Now in the order you arranged: K and J move up and down in it.")
            return
        rows = self.chosen()
        if any(row.parent_id != rows[0].parent_id for row in rows):
            self.app.tell("What is marked is part of different tasks: move those of one at a time.")
            return
        beside = task_tree.sister(self._shown, rows, step)
        if beside is None:
            where = "first" if step < 0 else "last"
            self.app.tell(f"{'It is' if len(rows) == 1 else 'They are'} {where} there already.")
            return
        ids = task_verbs.ids(rows)
        if step < 0:
            await self.app.do(subtasks.place, ids, before=beside.id)
        else:
            await self.app.do(subtasks.place, ids, after=beside.id)

    # -- what is shown --------------------------------------------------------------------------

    def action_tree(self) -> None:
        """Show as a tree, or as a list."""
        self._see(LIST if self.as_tree else TREE)

    def action_board(self) -> None:
        """Show as a board, or as it was shown before."""
        if self.view == BOARD:
            self._see(self._before_board)
        else:
            self._before_board = self.view
            self._see(BOARD)

    def action_lanes(self) -> None:
        """Show the columns of the board by state, or by partner."""
        self.by_partner = not self.by_partner
        self._see(BOARD)

    def _see(self, view: str) -> None:
        """Show the tasks in another way; what has to be known for it is read."""
        self.view = view
        self.set_class(view == BOARD, "-board", update=False)
        # at once: what is still hidden could not take the focus, and keys would go astray
        self.app.stylesheet.update(self)
        self.home.focus()
        self.refresh_bindings()
        self._arrange()

    def _arrange(self) -> None:
        """Show what was read in another way; where more has to be known, read only that."""
        if not self.loaded:
            self._fill()
        if self.as_tree or self.order is BY_URGENCY or (self.view == BOARD and self.by_partner):
            self._fill_with_more()
        else:
            self._fill()

    @work(group="more", exclusive=True)
    async def _fill_with_more(self) -> None:
        rows = self._rows
        await self._read_more(rows)
        self._arranged = None
        self._fill()
        if rows is not self._rows:
            self.reload()

    @property
    def home(self) -> Widget:
        """What has the focus while nothing else wants it."""
        return self.board if self.view == BOARD else self.table

    @property
    def stage(self) -> Widget:
        """What has the focus again when the filter is left."""
        return self.home

    # -- board ----------------------------------------------------------------------------------

    @on(Board.Highlighted)
    def _follow_card(self) -> None:
        """Let the list stand on the card, so that every verb works on it."""
        key = self.board.cursor_key
        if key is not None and self.view == BOARD:
            self.table.move_to(key)

    @on(RecordTable.Highlighted)
    def _follow_row(self) -> None:
        """Let the board stand where the list does."""
        key = self.table.cursor_key
        if self.view == BOARD and key is not None:
            self.board.stand(key)

    @on(RecordTable.Marked)
    def _follow_marks(self) -> None:
        """Let the board show what is marked in the list."""
        if self.view == BOARD:
            self._say_board()
            self.board.refresh()

    def _say_board(self) -> None:
        """Tell in the border of the board what is marked and what is hidden."""
        marked = f"{len(self.table.marks)} marked" if self.table.marks else ""
        hidden = self.table.hidden
        counted = plain.shown_and_hidden(self.table.count, hidden, self._why) if hidden else ""
        self.board.set_hint(plain.join([marked, counted, "O columns"]))

    _why = ""

    @on(Board.Carried)
    @work
    async def carry(self, event: Board.Carried) -> None:
        """Bring what is chosen into another column."""
        rows = self.chosen()
        closes = isinstance(event.lane.key, TaskState) and event.lane.key.closed
        below = task_tree.open_below(self._rows, rows) if closes else ()
        self.let_go(await task_board.carry(self.app, rows, event.lane, below))

    def action_closed(self) -> None:
        """Show what is done as well, or hide it."""
        self.closed = not self.closed
        self.reload()

    @work
    async def action_sort(self) -> None:
        """Choose the order."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        items = [Item(at, order.said) for at, order in enumerate(ORDERS)]
        chosen = await self.app.push_screen_wait(
            Choose("Order", items, at=ORDERS.index(self.order))
        )
        if chosen is not None:
            self._orders[self.as_tree] = ORDERS[chosen]
            self._arrange()
