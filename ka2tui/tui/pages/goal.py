"""Goal: needs, objectives, and the chain to what serves them, with its gaps named."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from ka2tui.domain.aims import Gap
from ka2tui.domain.kinds import AimKind
from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import aim_verbs as verbs
from ka2tui.tui.widgets.details import Details, Fact, Head, Jump, Passage, Private, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.widget import Widget

    from ka2tui.operations import aims
    from ka2tui.queries import aims as views
    from ka2tui.queries.aims import AimRow, Goal
    from ka2tui.tui.plain import Cell, Piece
    from ka2tui.tui.widgets.details import Item
else:
    aims = lazily("ka2tui.operations.aims")
    views = lazily("ka2tui.queries.aims")


class GoalPage(EntriesPage):
    """Goal and priorities above, needs with their objectives below, one of them at the side."""

    SHOWS = frozenset(
        {"aim", "aim_link", "project", "priority", "work_unit", "deliverable", "milestone"}
        | {"indicator"}
    )
    MODE = "goal"
    LIST = "aim"
    RECORD = "aim"
    FIGURES = ("aim",)
    NAME = "Goal"
    NOTHING = "Need or objective"
    WORD = "need or objective"
    EMPTY = "No needs yet. Press n to write down the first: what is wrong, and for whom."
    NEED_ROWS = frozenset({"link", "edit", "remove", "shift"})
    HELP = (
        "What the project is for. Each need is answered by objectives, each objective served by "
        "work packages or activities, results and indicators: c picks them. What a line lacks "
        "stands at its end. A result or an indicator of a linked work package counts."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add_need", "need", id="aim.add_need",
                tooltip="Add a need: what is wrong, and for whom"),
        Binding("o", "add_objective", "objective", id="aim.add_objective",
                tooltip="Add an objective that answers the need under the cursor"),
        Binding("c", "link", "connect", id="aim.link",
                tooltip="Pick what serves this objective: work packages, results, indicators"),
        Binding("e", "edit", "edit", id="aim.edit", tooltip="Edit this need or objective"),
        Binding("t", "goal", "goal text", id="aim.goal",
                tooltip="Write down the goal and the summary"),
        Binding("p", "priorities", "priorities", id="aim.priorities",
                tooltip="Pick the EU priorities that the project answers"),
        Binding("f", "write", "to a file", id="aim.write",
                tooltip="Write goal, priorities and chain to a file: Markdown, HTML, CSV, XLSX"),
        Binding("K,shift+up", "shift(-1)", "up", key_display="K", show=False, id="aim.up",
                tooltip="Move it up among its own"),
        Binding("J,shift+down", "shift(1)", "down", key_display="J", show=False, id="aim.down",
                tooltip="Move it down among its own"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False, id="aim.remove",
                tooltip="Remove it; objectives of a need stay. u brings it back"),
        *back_to_list("aim.close"),
    ]  # fmt: skip

    AUTO_FOCUS = "RecordTable"

    DEFAULT_CSS = """
    GoalPage #left { width: 1fr; }
    GoalPage #left RecordTable { height: 1fr; }
    GoalPage #left Details { display: block; width: 1fr; height: auto; max-height: 10; }
    GoalPage.-low #left Details { max-height: 7; }
    GoalPage.-reading #left { display: none; }
    GoalPage.-wide.-reading #left, GoalPage.-very-wide.-reading #left { display: block; }
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self.seen: Goal | None = None
        self._filled: tuple[bool, ...] = ()
        """Whether anything stands in the columns of what serves: work, results, indicators."""
        self._gaps = False
        """Whether any line lacks something."""

    def content(self) -> Iterable[Widget]:
        """Give the goal, the tree of needs below it, and the details beside both."""
        self.goal = Details("Goal", hint="t write · p priorities")
        self.table: RecordTable[AimRow] = RecordTable(
            self.columns(()), self.cells, depth=lambda row: row.depth, title=self.NAME,
            empty=self.EMPTY,
        )  # fmt: skip
        self.details = Details(self.NOTHING, hint=self.READ)
        yield Horizontal(Vertical(self.goal, self.table, id="left"), self.details, id="panes")

    def columns(self, rows: Sequence[AimRow]) -> list[Column]:
        """Give each column the room that these rows need; what serves nothing has none."""
        text = plain.longest([row.aim.text for row in rows], most=90) + 3
        served = [_served(row) for row in rows]
        lacking = [_lacks(row) for row in rows]
        self._gaps = any(lacking)
        titles = ("Work", "Results", "Indicators")
        self._filled = tuple(any(each[at] for each in served) for at in range(len(titles)))
        return [
            Column("", 1, importance=9),
            Column("Code", plain.longest([row.aim.code or "" for row in rows], 4, 8), importance=8),
            Column("Need and objective", 34, share=1, wish=text, tree=True, importance=9),
            *(
                Column(title, plain.longest([each[at] for each in served], len(title), 18),
                       importance=6)
                for at, title in enumerate(titles)
                if self._filled[at]
            ),
            *([Column("Lacks", plain.longest(lacking, 5), importance=7)] if self._gaps else []),
        ]  # fmt: skip

    def cells(self, row: AimRow) -> Sequence[Cell]:
        """Give what stands in a row."""
        need = row.aim.kind is AimKind.NEED
        sign: Piece = (plain.LATE, "soon") if row.gaps else (plain.DONE, "good")
        if need and not row.gaps:
            sign = ("◆", "accent")
        lacks: list[Cell] = [(_lacks(row), "soon")] if self._gaps else []
        return (
            sign,
            (row.aim.code or "", "quiet"),
            (row.aim.text, "strong" if need else ""),
            *(
                (said, "quiet")
                for said, there in zip(_served(row), self._filled, strict=True)
                if there
            ),
            *lacks,
        )

    async def load(self) -> Goal:
        """Read goal, priorities, needs, objectives and what serves them."""
        return await self.app.ask(views.goal, self.project, own=self.app.settings.data)

    def entries(self, seen: Goal) -> Sequence[AimRow]:
        """Give needs and objectives."""
        return seen.aims

    def heading(self, shown: Sequence[AimRow]) -> str:
        """Say how many lines have a gap."""
        if not self.every or self.seen is None:
            return "From need to indicator"
        gaps = self.seen.chain.gaps
        many = f"{plain.count(gaps, 'line')} with a gap" if gaps else "no line has a gap"
        return f"From need to indicator: {many}"

    def show(self, seen: Goal) -> None:
        """Show goal and priorities, and the tree below."""
        self.seen = seen
        super().show(seen)
        self.goal.show([*_goal(seen)])

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Tell what is known of a need or an objective."""
        row = self.table.row_of(key)
        return None if row is None else (list(_told(row)), row.aim.called)

    def record_at_cursor(self) -> tuple[str, int, str] | None:
        """Give the need or objective under the cursor."""
        row = self.table.cursor_row
        return None if row is None else (self.RECORD, row.id, row.aim.called)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to link where the cursor stands on an objective."""
        if action == "link" and self.loaded and not self.line.typing:
            row = self.table.cursor_row
            if row is None or row.aim.kind is AimKind.NEED:
                return False
        return super().check_action(action, parameters)

    @on(RecordTable.Highlighted)
    def cursor_moved(self) -> None:
        """Offer what can be done with this row."""
        self.refresh_bindings()

    # -- verbs ----------------------------------------------------------------------------------

    @work
    async def action_add_need(self) -> None:
        """Add a need, and stand on it."""
        await self._add(AimKind.NEED)

    @work
    async def action_add_objective(self) -> None:
        """Add an objective to the need under the cursor, and stand on it."""
        await self._add(AimKind.OBJECTIVE)

    async def _add(self, kind: AimKind) -> None:
        if self.seen is not None:
            self.want(await verbs.add(self.app, self.seen, kind, self.table.cursor_row))

    @work
    async def action_edit(self) -> None:
        """Edit the need or objective under the cursor."""
        row = self.table.cursor_row
        if row is not None and self.seen is not None:
            await verbs.edit(self.app, self.seen, row)

    @work
    async def action_link(self) -> None:
        """Pick what serves it."""
        row = self.table.cursor_row
        if row is not None and self.seen is not None:
            await verbs.link(self.app, self.seen, row)

    @work
    async def action_goal(self) -> None:
        """Write down the goal."""
        if self.seen is not None:
            await verbs.goal(self.app, self.seen)

    @work
    async def action_priorities(self) -> None:
        """Pick priorities."""
        if self.seen is not None:
            await verbs.priorities(self.app, self.seen)

    @work
    async def action_write(self) -> None:
        """Write the chain to a file."""
        if self.seen is not None:
            await verbs.write(self.app, self.seen)

    @work
    async def action_shift(self, by: int) -> None:
        """Move it among its own."""
        key = self.table.cursor_key
        if key is not None:
            await self.app.do(aims.move, key, by)

    @work
    async def action_remove(self) -> None:
        """Remove the chosen ones."""
        self.let_go(await verbs.remove(self.app, self.chosen()))


def _served(row: AimRow) -> tuple[str, str, str]:
    """Name by their codes what serves a line: activities, results, indicators."""
    from ka2tui.domain import aims as rules

    if row.line is None:
        return ("", "", "")
    found = (row.line.activities, row.line.results, row.line.indicators)
    first, second, third = (rules.say_serving(one, through=False) for one in found)
    return (first, second, third)


def _gaps(row: AimRow) -> str:
    from ka2tui.domain import aims as rules

    return rules.say_gaps(row.gaps)


def _lacks(row: AimRow) -> str:
    """Name what is missing, in short: under a heading that says so."""
    names = [gap.value for gap in row.gaps]
    serving = [it.value for it in (Gap.ACTIVITY, Gap.RESULT, Gap.INDICATOR)]
    if all(name in names for name in serving):
        names = [name for name in names if name not in serving] + ["all that serves"]
    return ", ".join(names)


def _goal(seen: Goal) -> Iterator[Item]:
    """Tell goal, target groups, priorities, and what serves no objective."""
    from ka2tui.domain import aims as rules

    if seen.goal:
        yield from (Words(line) for line in seen.goal.splitlines() if line.strip())
    else:
        yield Words("No goal is written down yet: one clear sentence.", "quiet")
    yield _beside("For whom", "; ".join(seen.target_groups), "not said yet")
    yield _beside("Priorities", "; ".join(seen.priorities), "none chosen yet")
    if seen.chain.idle:
        yield _beside("Serves none", "", rules.say_serving(seen.chain.idle))


def _beside(label: str, text: str, otherwise: str) -> Passage:
    """Put a text of any length beside its label."""
    said: Piece = (text, "") if text else (otherwise, "soon")
    return Passage([(f"{label:<13}", "quiet"), said], 13)


def _told(row: AimRow) -> Iterator[Item]:
    """Tell all that is known of a need or an objective."""
    aim = row.aim
    yield Words(aim.text, "strong")
    yield Fact("It is", f"{'a' if aim.kind is AimKind.NEED else 'an'} {aim.kind.word}")
    if aim.kind is AimKind.OBJECTIVE:
        yield Fact("Answers", row.parent or ("no need", "soon"))
    yield Fact("For whom", aim.target_group)
    if aim.kind is AimKind.NEED:
        yield Head("Shown by")
        if aim.source:
            yield from (Words(line) for line in aim.source.splitlines())
        else:
            yield Words("Nothing: a survey, a statistic, what they said.", "soon")
    if row.gaps:
        yield Head("Lacks")
        yield Words(_gaps(row), "soon")
    if row.served:
        yield Head("Served by", plain.count(len(row.served), "part"))
        for one in row.served:
            tail: Piece = (f"by {one.through}", "quiet") if one.through else ""
            code: Piece = (f"{one.code}  ", "accent") if one.code else ""
            yield Jump([code, (one.title, "")], (one.table, one.id), tail)
    if row.notes:
        yield Private([Head("Notes"), *(Words(it) for it in row.notes.splitlines())])
