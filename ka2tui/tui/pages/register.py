"""Risks and logs: what may happen, what has happened, what was decided and what is to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from ka2tui.domain.register import RegisterKind
from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import register_verbs as verbs
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.queries import logs, register, risks
    from ka2tui.queries.register import RegisterRow
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    logs = lazily("ka2tui.queries.logs")
    register = lazily("ka2tui.queries.register")
    risks = lazily("ka2tui.queries.risks")

_NEEDS_ROW = frozenset(
    {"edit", "settle", "review", "happened", "start", "decide", "task", "change", "take_up"}
    | {"remove"}
)
_OF_KIND = {
    "review": {RegisterKind.RISK},
    "happened": {RegisterKind.RISK},
    "start": {RegisterKind.ISSUE, RegisterKind.DECISION, RegisterKind.CHANGE},
    "decide": {RegisterKind.DECISION, RegisterKind.CHANGE},
    "change": {RegisterKind.ISSUE},
    "take_up": {RegisterKind.DECISION},
}
"""Verbs that make sense of some kinds only."""

EMPTY = "Nothing here yet. Press n to add a risk, an issue, a decision or a change."
_EMPTY = {kind: f"No {kind.word}s yet. Press n to add the first." for kind in RegisterKind}


class RegisterPage(EntriesPage):
    """Risks, issues, decisions and changes, with all that is known of one at the side."""

    SHOWS = frozenset(
        {"risk", "log_entry", "outcome", "meeting", "task", "partner", "contact", "work_unit"}
    )
    MODE = "register"
    LIST = "register"
    WORD = "line"
    EMPTY = EMPTY
    NAME = "Risks & logs"
    FIGURES = ("risk", "log")
    NOTHING = "Nothing chosen"
    HELP = (
        "Risks by level, then issues, decisions and changes; a tab for each kind. Decisions of "
        "meetings stand here too, with the sign ○. What is to be looked at, or past its day, has "
        "the sign !. A key works on the row under the cursor, or on all that are marked with v."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="register.new",
                tooltip="Add a risk, an issue, a decision or a change"),
        Binding("e", "edit", "edit", id="register.edit", tooltip="Edit it"),
        Binding("space", "settle", "settle", id="register.settle",
                tooltip="Close the risk, settle the issue, put into effect; or open it again"),
        Binding("w", "review", "look again", id="register.review",
                tooltip="Note that the risk was looked at, and when next"),
        Binding("H", "happened", "it happened", id="register.happened",
                tooltip="The risk happened: it becomes an issue"),
        Binding("d", "decide", "decide", id="register.decide",
                tooltip="Note what was decided about a decision or a change"),
        Binding("m", "take_up", "take up", id="register.take_up",
                tooltip="Take a decision from the minutes into the log"),
        Binding("t", "task", "make a task", id="register.task",
                tooltip="Make a task of it; it says where it came from"),
        Binding("c", "change", "make a change", show=False, id="register.change",
                tooltip="Make a change of an issue"),
        Binding("s", "start", "take in hand", show=False, id="register.start",
                tooltip="Take an issue, a decision or a change in hand"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False,
                id="register.remove", tooltip="Remove it; u brings it back"),
        *back_to_list("register.close"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    RegisterPage {
        & #panes { height: 1fr; }
        & RecordTable { width: 1fr; }
        & #side { width: 48; display: none; }
        & #details { width: 1fr; height: 1fr; }
        & #grid { width: 1fr; height: 8; display: none; }
        &.-wide #side, &.-very-wide #side { display: block; }
        &.-wide.-risks.-tall #grid, &.-very-wide.-risks.-tall #grid { display: block; }
        &.-very-wide #side { width: 64; }
        &.-reading RecordTable { display: none; }
        &.-reading #side { display: block; width: 1fr; }
        &.-wide.-reading RecordTable, &.-very-wide.-reading RecordTable { display: block; }
        &.-wide.-reading #side { width: 48; }
        &.-very-wide.-reading #side { width: 64; }
    }
    """

    def __init__(self) -> None:
        """Begin without rows."""
        super().__init__()
        self._counted: Sequence[RegisterRow] | None = None
        """The rows that were counted for the grid ..."""
        self._counts: Sequence[Sequence[int]] = ()
        """... and what came of it."""

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the project; its figures are told of all of it."""
        return self.app.project, None

    def content(self) -> Iterable[Widget]:
        """Give the list, and the grid and the details beside it."""
        self.table: RecordTable[RegisterRow] = RecordTable(
            self.columns(()), self.cells, title=self.NAME, empty=EMPTY,
            tone=lambda row: "" if row.open else "quiet",
        )  # fmt: skip
        self.grid = Details("Likelihood × impact", id="grid")
        self.grid.can_focus = False
        self.details = Details("Nothing chosen", hint=self.READ, id="details")
        yield Horizontal(self.table, Vertical(self.grid, self.details, id="side"), id="panes")

    # -- the list -------------------------------------------------------------------------------

    @property
    def kind(self) -> RegisterKind | None:
        """The kind that the tab in force shows alone; None where it shows several."""
        words = self.line.words.split()
        kinds = [word.removeprefix("kind:") for word in words if word.startswith("kind:")]
        return RegisterKind(kinds[0]) if len(kinds) == 1 and kinds[0] in {*RegisterKind} else None

    def columns(self, rows: Sequence[RegisterRow]) -> list[Column]:
        """Give each column the room that these rows need."""
        from ka2tui.tui.pages import register_words as words

        days = plain.longest([words.when(row, self.app.today)[0] for row in rows], 10, 15)
        codes = plain.longest([row.code or "" for row in rows], 2, 8)
        who = plain.longest([row.owner or row.decided_by or "" for row in rows], 3, 16)
        units = plain.longest([row.work_unit or "" for row in rows], 4, 8)
        states = plain.longest([row.state for row in rows], 5, 12)
        risky = self.kind is RegisterKind.RISK
        kinds = [] if self.kind is not None else [Column("", 8, importance=6)]
        weights = {RegisterKind.RISK: "Level", None: "Weight"}.get(self.kind, "Of 5")
        weigh = [] if self.kind is RegisterKind.DECISION else [
            Column(weights, 11, importance=8 if risky else 5)
        ]  # fmt: skip
        return [
            Column("", 1, importance=9),
            Column("", codes, importance=7),
            *kinds,
            Column("Title", 20, share=1, importance=9),
            *weigh,
            Column("Who", who, importance=4),
            Column("Part", units, importance=2),
            *([] if risky else [Column("State", states, importance=3)]),
            Column("Look again" if risky else "By", days, align="right", importance=8),
        ]

    def cells(self, row: RegisterRow) -> Sequence[Cell]:
        """Show a line."""
        from ka2tui.tui.pages import register_words as words

        risky = self.kind is RegisterKind.RISK
        kinds: list[Cell] = [] if self.kind is not None else [(row.kind.word, "quiet")]
        weigh: list[Cell] = [] if self.kind is RegisterKind.DECISION else [words.weight(row)]
        states: list[Cell] = [] if risky else [(row.state, "quiet")]
        return (
            words.sign(row),
            (row.code or "", "quiet"),
            *kinds,
            row.title,
            *weigh,
            (row.owner or row.decided_by or "", "quiet"),
            (row.work_unit or "", "quiet"),
            *states,
            words.when(row, self.app.today),
        )

    async def load(self) -> Sequence[RegisterRow]:
        """Read all of it."""
        return await self.app.ask(register.listed, self.project, today=self.app.today)

    def heading(self, shown: Sequence[RegisterRow]) -> str:
        """Name the kind that is shown alone."""
        return self.NAME if self.kind is None else f"{self.kind.word}s".capitalize()

    def refill(self) -> None:
        """Show what the filter lets through, and the grid where there are risks."""
        super().refill()
        kind = self.kind
        if kind is not None and self.line.words.strip() == f"kind:{kind.value}":
            self.table.set_empty(_EMPTY[kind])
        shown = map(self.table.row_of, self.table.keys)
        self.set_class(any(row is not None and row.table == "risk" for row in shown), "-risks")
        self._draw_grid()

    @on(RecordTable.Highlighted)
    def _draw_grid(self) -> None:
        from ka2tui.tui.pages import register_words as words

        if self._counted is not self.every:
            self._counted, self._counts = self.every, words.counts(self.every)
        self.grid.show(words.grid(self._counts, self.table.cursor_row))

    async def about(self, key: int) -> tuple[Iterable[Item], str]:
        """Read all that is known of a line."""
        from ka2tui.tui.pages import register_words as words

        row, today = self.table.row_of(key), self.app.today
        if row is None:
            return (), self.NOTHING
        title = plain.line(row.code or row.kind.word.capitalize())
        if row.table == "risk":
            risk = await self.app.ask(risks.one, row.record, today=today)
            return words.about_risk(risk, today), title
        if row.table == "log_entry":
            line = await self.app.ask(logs.one, row.record, today=today)
            return words.about_line(line, today), title
        return words.about_noted(row, today), "In minutes"

    def read(self) -> None:
        """Go to the details; a decision that stands in minutes alone is read there."""
        row = self.table.cursor_row
        if row is not None and row.table == "outcome":
            self._open_minutes(row.record, row.title)
        else:
            super().read()

    @work
    async def _open_minutes(self, outcome: int, title: str) -> None:
        """Open the minutes at a line."""
        from ka2tui.domain.search import Entry

        owner = ("meeting", await self.app.ask(logs.meeting_of, outcome))
        self.app.go_to(
            Entry("outcome", outcome, self.project, kind="decision", title=title, owner=owner)
        )

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if not self.line.typing and action in _NEEDS_ROW:
            row = self.table.cursor_row
            if row is None:
                return False
            # of many that are marked each verb takes those it fits, and says where there are none
            if not self.table.marks:
                fits = _OF_KIND.get(action)
                if fits is not None and row.kind not in fits:
                    return False
                if row.written == (action == "take_up"):
                    return False
        return super().check_action(action, parameters)

    def record_at_cursor(self) -> tuple[str, int, str] | None:
        """Give the risk, line of the log or decision of minutes under the cursor."""
        row = self.table.cursor_row if self.is_mounted else None
        if row is None:
            return None
        return row.table, row.record, " ".join(filter(None, [row.code, row.title]))

    @on(RecordTable.Highlighted)
    @on(RecordTable.Marked)
    def _offer(self) -> None:
        self.refresh_bindings()

    @work
    async def action_new(self) -> None:
        """Add a line, and stand on it."""
        if self.app.project is not None:
            self.want(await verbs.add(self.app, self.project, self.kind))

    @work
    async def action_edit(self) -> None:
        """Edit the line under the cursor."""
        row = self.table.cursor_row
        if row is not None and not row.written:
            self.app.tell("This stands in minutes: m takes it up into the log first.")
        elif row is not None:
            await verbs.edit(self.app, self.project, row)

    @work
    async def action_settle(self) -> None:
        """Settle the chosen lines, or open them again."""
        self.let_go(await verbs.settle(self.app, self.chosen()))

    @work
    async def action_review(self) -> None:
        """Note that the chosen risks were looked at."""
        self.let_go(await verbs.review(self.app, self.chosen()))

    @work
    async def action_happened(self) -> None:
        """Note that the chosen risks happened."""
        self.let_go(await verbs.happened(self.app, self.chosen()))

    @work
    async def action_start(self) -> None:
        """Take the chosen lines in hand."""
        self.let_go(await verbs.start(self.app, self.chosen()))

    @work
    async def action_decide(self) -> None:
        """Note what was decided about the chosen lines."""
        self.let_go(await verbs.decide(self.app, self.chosen()))

    @work
    async def action_take_up(self) -> None:
        """Take the chosen decisions of minutes up into the log."""
        self.let_go(await verbs.take_up(self.app, self.chosen()))

    @work
    async def action_task(self) -> None:
        """Make a task of the line under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.task(self.app, self.project, row)

    @work
    async def action_change(self) -> None:
        """Make a change of the issue under the cursor, and stand on it."""
        row = self.table.cursor_row
        if row is not None:
            self.want(await verbs.change(self.app, row))

    @work
    async def action_remove(self) -> None:
        """Remove the chosen lines."""
        self.let_go(await verbs.remove(self.app, self.chosen()))
