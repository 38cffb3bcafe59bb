"""The grant as a matrix: work packages down, partners across, amounts typed into the cells."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.tui import plain, projector
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages.money_views import MoneyView
from ka2tui.tui.widgets.amount_grid import AmountGrid, lines_of
from ka2tui.tui.widgets.details import Details, Fact, Line, Private, Words
from ka2tui.tui.widgets.record_table import GUTTER, Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual.widget import Widget

    from ka2tui.domain.grant_matrix import Matrix, Spot, UnitLine
    from ka2tui.operations import money
    from ka2tui.queries import money as views
    from ka2tui.queries.money import Setting
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    money = lazily("ka2tui.operations.money")
    views = lazily("ka2tui.queries.money")

TOTAL = -1
"""The key of the last row, with the sums of the columns."""

_CODE = 9
_LEAST, _MOST = 8, 17
"""Cells of a column of amounts."""


@frozen
class GridRow:
    """One row of the grid: a part of the plan, or the sums."""

    id: int
    unit: UnitLine | None
    amounts: Mapping[int, int | None] = field(default_factory=dict)
    """What stands in it, so that a change elsewhere is noticed."""


class MoneyPage(MoneyView):
    """How the grant is divided, with every sum as one types."""

    MODE = "money"
    SHOWS = frozenset({"project", "work_unit", "share", "partner", "cost"})
    NAME = "Money"
    HELP = (
        "The grant by work package and partner. e types an amount into a cell: every sum follows, "
        "and ctrl+s writes all that was typed as one step. s splits a row evenly or by percentage, "
        "to the cent. Where a work package has shares they count, else those of its activities."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "edit", "edit cell", key_display="e", id="money.edit",
                tooltip="Type the amount under the cursor; what is typed takes its place"),
        Binding("x,delete,backspace", "clear", "no amount", key_display="x", show=False,
                id="money.clear", tooltip="Take the amount under the cursor away"),
        Binding("s", "split", "split", id="money.split",
                tooltip="Split the money of this row among partners: evenly, or by percentage"),
        Binding("ctrl+s", "save", "save", id="money.save",
                tooltip="Write all amounts that were typed, as one step"),
        Binding("escape", "discard", "discard", id="money.discard",
                tooltip="Throw away what was typed and not saved"),
        Binding("y", "copy", "copy", show=False, id="money.copy",
                tooltip="Copy the matrix to the clipboard for a spreadsheet"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    MoneyPage RecordTable { height: 1fr; }
    MoneyPage Details { height: 9; }
    MoneyPage.-low Details { height: 7; }
    """

    def __init__(self) -> None:
        """Begin at the amounts of the work packages, with nothing typed."""
        super().__init__()
        self.at = 0
        """The column: 0 is the amount of the row itself, then the partners."""
        self._first = 0
        """The first partner in sight."""
        self.matrix: Matrix | None = None
        """As it stands."""
        self.typed: dict[Spot, int | None] = {}
        """What was typed and is not saved."""
        self._before: dict[Spot, int | None] = {}
        """What stood there when it was typed."""
        self._of: int | None = None
        """The project of all of it."""

    def content(self) -> Iterable[Widget]:
        """Give the grid, and below it what it comes to."""
        self.table: AmountGrid[GridRow] = AmountGrid(
            [Column("Work package", _CODE, importance=9)],
            self._cells,
            tone=lambda row: "strong" if row.unit is None else "",
            title="Grant",
            empty="No work packages yet. Press 7 to go to the work plan and add one.",
        )
        self.details = Details("Sums")
        self.details.can_focus = False
        yield self.table
        yield self.details

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> tuple[Setting, Matrix]:
        """Read the matrix."""
        return await self.read_setting(), await self.app.ask(views.matrix, self.project)

    def show(self, seen: tuple[Setting, Matrix]) -> None:
        """Show the matrix, with what was typed and is not saved."""
        setting, self.matrix = seen
        self.set_setting(setting)
        if self._of != self.app.project:
            if self.typed:
                self.app.tell("What was typed in another project was not saved.",
                              severity="warning")  # fmt: skip
            self.typed, self._before, self._of = {}, {}, self.app.project
        known = {unit.id for unit in self.matrix.units}
        self.typed = {spot: it for spot, it in self.typed.items() if spot[0] in known}
        self.at = min(self.at, len(self.matrix.partners))
        self._show_all()

    def _show_all(self) -> None:
        self._lay_out()
        matrix = self.now
        if matrix is None:
            return
        rows = [
            GridRow(
                unit.id,
                unit,
                {0: matrix.whole(unit.id)}
                | {it.id: matrix.share(unit.id, it.id) for it in matrix.partners},
            )
            for unit in matrix.units
        ]
        if rows:
            rows.append(
                GridRow(TOTAL, None, {it.id: matrix.column(it.id) for it in matrix.partners})
            )
        self.table.set_rows(rows)
        many = len(self.typed)
        unsaved = f", {plain.count(many, 'amount')} not saved" if many else ""
        self.table.set_title(f"Grant{unsaved}")
        waits = len({*self.typed, *([self.spot] if self._typing else [])})
        self.app.trusting(typed=f"{plain.count(waits, 'amount')} not saved" if waits else "")
        self._tell()
        self.refresh_bindings()

    @property
    def touched(self) -> bool:
        """Whether something typed would be lost if the app was left."""
        return bool(self.typed) or self._typing

    @property
    def _typing(self) -> bool:
        """Whether an amount is being typed, and not only looked at."""
        return bool(self.table.entry) and not self.table.replaces

    def on_screen_suspend(self) -> None:
        """Say what was typed and is not saved, where another page is gone to."""
        if self.typed and not self.app.screen.is_modal:
            many = plain.count(len(self.typed), "amount")
            self.app.tell(f"{many} typed on the page Money and not saved: g y leads back.")

    # -- where one is ---------------------------------------------------------------------------

    @property
    def now(self) -> Matrix | None:
        """The matrix with all that was typed, the cell that is being typed included."""
        if self.matrix is None:
            return None
        typed = dict(self.typed)
        spot, cents = self.spot, self._being_typed()
        if spot is not None and cents is not None:
            typed[spot] = cents
        return self.matrix.with_cells(typed) if typed else self.matrix

    @property
    def spot(self) -> Spot | None:
        """The cell under the cursor; None where nothing can stand."""
        row = self.table.cursor_row
        if row is None or row.unit is None or self.matrix is None:
            return None
        return row.id, self._partner

    @property
    def _partner(self) -> int:
        """The id of the partner under the cursor; 0 for the amount of the row itself."""
        if self.matrix is None or not 0 < self.at <= len(self.matrix.partners):
            return 0
        return self.matrix.partners[self.at - 1].id

    def _being_typed(self) -> int | None:
        from ka2tui.domain.money import read_amount

        try:
            return read_amount(self.table.entry) if self.table.entry else None
        except Refused:
            return None

    def record_at_cursor(self) -> tuple[str, int, str] | None:
        """Give the work package or activity under the cursor."""
        row = self.table.cursor_row
        if row is None or row.unit is None:
            return None
        return "work_unit", row.id, f"{row.unit.code} {row.unit.title}".strip()

    def figures_about(self) -> tuple[str, int | None] | None:
        """Give the partner of the column, in the sums or in a cell; else the work package."""
        if self._partner:
            return "partner", self._partner
        return super().figures_about()

    # -- drawing --------------------------------------------------------------------------------

    def _amount(self, cents: int | None) -> str:
        from ka2tui.domain.money import say_amount

        return "" if cents is None else say_amount(cents, "").strip()

    def _room(self) -> tuple[int, int, int]:
        """Give the width of the first column and of one with amounts, and how many of those fit."""
        matrix = self.now
        if matrix is None:
            return _CODE, _LEAST, 1
        amounts = [*matrix.cells.values(), matrix.planned, matrix.shared_out, matrix.of_plan.left]
        amounts += [matrix.row(unit.id).left for unit in matrix.units]
        entry = [self.table.entry] if self.table.entry else []
        longest = plain.longest([*map(self._amount, amounts), *entry], _LEAST - 2, _MOST - 2) + 2
        wide = self.app.size.width
        titles = [f"  {unit.code} {unit.title}" for unit in matrix.units]
        wish = plain.longest(titles, _CODE, 60)
        names = plain.longest([it.called for it in matrix.partners], longest, _MOST)
        if wide - (names + 1) * (len(matrix.partners) + 3) - 8 >= wish:
            longest = names
        code = min(max(wide - (longest + 1) * (len(matrix.partners) + 3) - 8, _CODE), wish)
        free = wide - 3 - GUTTER - code - 3 * (longest + 1) - 1
        return code, longest, max(free // (longest + 1), 1)

    def _lay_out(self) -> None:
        """Show as many partners as fit, with the one under the cursor among them."""
        matrix = self.matrix
        if matrix is None:
            return
        code, cell, fit = self._room()
        place = max(self.at - 1, 0)
        self._first = min(max(self._first, place - fit + 1, 0), place)
        self._first = max(min(self._first, len(matrix.partners) - fit), 0)
        shown = matrix.partners[self._first : self._first + fit]

        def head(title: str, at: int) -> str:
            return f"‹{plain.cut(title, cell - 2)}›" if at == self.at else plain.cut(title, cell)

        columns = [
            Column("Work package" if code > _CODE else "Part", code, importance=9),
            Column(head("Amount", 0), cell, align="right", importance=9, private=True),
            *(
                Column(head(it.called, self._first + n + 1), cell, align="right", importance=9,
                       private=True)
                for n, it in enumerate(shown)
            ),
            Column("Shared", cell, align="right", importance=8, private=True),
            Column("Left", cell, align="right", importance=9, private=True),
        ]  # fmt: skip
        if tuple(columns) != tuple(self.table.columns):
            self.table.set_columns(columns)
        beside = len(matrix.partners) - len(shown)
        said = f"{plain.count(beside, 'partner')} beside, ← →" if beside > 0 else "← → cell"
        self.table.set_hint(said)

    def _cells(self, row: GridRow) -> Sequence[Cell]:
        matrix = self.now
        if matrix is None:
            return ("",)
        code, _, fit = self._room()
        shown = matrix.partners[self._first : self._first + fit]
        if row.unit is None:
            return self._sums(matrix, [it.id for it in shown])
        unit = row.unit
        indent = "  " if unit.parent is not None else ""
        divided = matrix.row(unit.id)
        known = divided.whole is not None
        left = self._amount(divided.left) if known and not divided.adds_up else ""
        return (
            [f"{indent}{unit.code} ", (unit.title if code > _CODE else "", "quiet")],
            self._cell(matrix, unit, 0, 0),
            *(self._cell(matrix, unit, it.id, self._first + n + 1) for n, it in enumerate(shown)),
            (self._amount(divided.parts or None), "" if matrix.counts(unit) else "quiet"),
            (left or (plain.DONE if known else ""), "soon" if left else "done"),
        )

    def _cell(self, matrix: Matrix, unit: UnitLine, partner: int, at: int) -> Cell:
        held = unit.id == self.table.cursor_key and at == self.at
        own = matrix.at(unit.id, partner)
        shown = own
        if own is None:
            shown = matrix.whole(unit.id) if partner == 0 else matrix.share(unit.id, partner)
        text = self._amount(shown)
        tone: Tone = "" if own is not None else "quiet"
        if partner and not matrix.counts(unit):
            tone = "quiet"
        if (unit.id, partner) in self.typed:
            tone = "accent"
        if held and self.table.entry is not None:
            readable = self.table.entry == "" or self._being_typed() is not None
            typing: Tone = "strong" if readable else "late"
            return [("‹", "accent"), (self.table.entry, "quiet" if self.table.replaces else typing),
                    ("_", "accent"), ("›", "accent")]  # fmt: skip
        if held:
            return [("‹", "accent"), (text, tone), ("›", "accent")]
        return [(text, tone), " "]

    def _sums(self, matrix: Matrix, shown: Iterable[int]) -> Sequence[Cell]:
        plan = matrix.of_plan
        left = self._amount(plan.left) if plan.whole is not None and not plan.adds_up else ""
        held = self.table.cursor_key == TOTAL

        def cell(cents: int, at: int) -> Cell:
            here = held and at == self.at
            return [("‹" if here else "", "accent"), self._amount(cents),
                    ("›" if here else " ", "accent")]  # fmt: skip

        return (
            "Total",
            cell(matrix.planned, 0),
            *(cell(matrix.column(who), self._first + n + 1) for n, who in enumerate(shown)),
            self._amount(matrix.shared_out),
            (left or (plain.DONE if plan.whole is not None else ""), "soon" if left else "done"),
        )

    def _tell(self) -> None:
        """Say what the row, the column and the whole come to."""
        matrix, row = self.now, self.table.cursor_row
        if matrix is None or row is None:
            self.details.show([], title="Sums")
            return
        called = row.unit.code if row.unit is not None else "All"
        if self._partner:
            called = f"{called} · {matrix.partners[self.at - 1].called}"
        self.details.show([Private([*self._items(matrix, row)])], title=called, top=True)

    def _items(self, matrix: Matrix, row: GridRow) -> Iterator[Any]:
        from ka2tui.domain.plan_money import say_activities, say_grant, say_shares

        said = matrix.currency
        if self.table.entry:
            yield from self._misread()
            if self.table.replaces:
                yield Words("Typing takes its place, backspace goes on with it.", "quiet")
        if self.typed:
            many = plain.count(len(self.typed), "amount")
            yield Line([(f"{many} typed and not saved: ctrl+s saves, escape discards", "soon")])
        if row.unit is not None:
            yield Words(row.unit.title, "strong")
            divided = matrix.row(row.id)
            even: Tone = "" if divided.adds_up else "soon"
            if divided.whole is not None or divided.parts:
                yield Fact("Shares", (say_shares(divided, said), even))
            if divided.parts and not matrix.counts(row.unit) and row.unit.parent is not None:
                yield Words("The shares of its work package count, these do not.", "soon")
            inside = matrix.inside(row.id)
            if inside is not None:
                yield Fact("Activities", (say_activities(inside, said),
                                          "" if inside.adds_up else "soon"))  # fmt: skip
            differ = matrix.inside_shares(row.id)
            if differ is not None and not differ.adds_up:
                yield Words(
                    "The shares of its activities come to another sum; these count.", "soon"
                )
        if self._partner:
            partner = matrix.partners[self.at - 1]
            yield Fact("Partner", self._of_partner(matrix, partner.id))
        yield Fact("Plan", (say_grant(matrix.of_grant, said),
                            "" if matrix.of_grant.adds_up else "soon"))  # fmt: skip
        yield Fact("All shares", (say_shares(matrix.of_plan, said),
                                  "" if matrix.of_plan.adds_up else "soon"))  # fmt: skip
        if matrix.grant is None:
            yield Fact("Grant", ("not known: enter it with the project (0)", "quiet"))

    def _misread(self) -> Iterator[Item]:
        from ka2tui.domain.money import read_amount_with_doubt

        try:
            _, doubt = read_amount_with_doubt(self.table.entry or "")
        except Refused as wrong:
            yield Line([(str(wrong), "late")])
        else:
            if doubt:
                yield Line([(doubt, "soon")])

    @staticmethod
    def _of_partner(matrix: Matrix, partner: int) -> str:
        from ka2tui.domain.money import say_amount

        has = matrix.column(partner)
        said = say_amount(has, matrix.currency)
        if not matrix.grant:
            return said
        permille = has * 1000 // matrix.grant
        return f"{said}, {permille // 10}.{permille % 10} % of the grant"

    # -- walking and typing ---------------------------------------------------------------------

    @on(RecordTable.Highlighted)
    def follow(self) -> None:
        """Tell of the row under the cursor."""
        self._tell()
        self.refresh_bindings()

    @on(AmountGrid.Turned)
    def turn(self, event: AmountGrid.Turned) -> None:
        """Look at another column."""
        last = len(self.matrix.partners) if self.matrix else 0
        at = min(max(self.at + event.step, 0), last)
        if at != self.at:
            self.at = at
            self._show_all()

    @on(AmountGrid.Typed)
    def follow_typing(self) -> None:
        """Let every sum follow what is typed."""
        self._show_all()

    @on(AmountGrid.Entered)
    def enter(self, event: AmountGrid.Entered) -> None:
        """Keep an amount that was typed to its end; blank takes it away."""
        spot = self.spot
        if spot is not None and self._put(spot, event.text) and event.down:
            self.table.action_move(1)
        self._show_all()

    def _put(self, spot: Spot, text: str) -> bool:
        """Keep what was typed for a cell, unless it is what stands there already."""
        from ka2tui.domain.money import read_amount

        try:
            cents = read_amount(text) if text.strip() else None
        except Refused as wrong:
            self.app.tell(str(wrong), severity="warning")
            return False
        self._keep(spot, cents)
        return True

    def _keep(self, spot: Spot, cents: int | None) -> None:
        stands = self.matrix.at(*spot) if self.matrix else None
        if stands == cents:
            self.typed.pop(spot, None)
            self._before.pop(spot, None)
            return
        self._before.setdefault(spot, stands)
        self.typed[spot] = cents

    @on(AmountGrid.Pasted)
    def paste(self, event: AmountGrid.Pasted) -> None:
        """Fill cells from the cursor on with amounts from a spreadsheet."""
        matrix, row = self.matrix, self.table.cursor_row
        if matrix is None or row is None or row.unit is None:
            return
        from ka2tui.domain.money import read_amount

        first = [unit.id for unit in matrix.units].index(row.id)
        columns = [0, *(it.id for it in matrix.partners)]
        found: dict[Spot, int | None] = {}
        for down, cells in enumerate(lines_of(event.text)):
            for right, text in enumerate(cells):
                if first + down >= len(matrix.units) or self.at + right >= len(columns):
                    self.app.tell("More was pasted than there are cells.", severity="warning")
                    return
                try:
                    cents = read_amount(text) if text.strip() else None
                except Refused as wrong:
                    self.app.tell(f"Nothing was pasted. {wrong}", severity="warning")
                    return
                found[matrix.units[first + down].id, columns[self.at + right]] = cents
        for spot, cents in found.items():
            self._keep(spot, cents)
        self._show_all()

    def on_resize(self) -> None:
        """Show as many partners as there is room for."""
        if self.matrix is not None:
            self._show_all()

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if projector.is_on(self.app) and action in _PRIVATE:
            return False
        if action in ("edit", "clear", "split"):
            return self.is_mounted and self.spot is not None
        if action in ("save", "discard"):
            return bool(self.typed)
        if action == "copy":
            return self.matrix is not None and bool(self.matrix.units)
        return super().check_action(action, parameters)

    def action_edit(self) -> None:
        """Change the amount under the cursor."""
        spot, matrix = self.spot, self.now
        if spot is not None and matrix is not None:
            self.table.begin(self._amount(matrix.at(*spot)))

    def action_clear(self) -> None:
        """Take the amount under the cursor away."""
        if self.spot is not None:
            self._put(self.spot, "")
            self._show_all()

    def action_discard(self) -> None:
        """Throw away what was typed."""
        self.typed, self._before = {}, {}
        self._show_all()

    @work
    async def action_save(self) -> None:
        """Write all that was typed as one step; what others changed meanwhile is said."""
        from ka2tui.domain.money import say_amount

        typed, before = dict(self.typed), dict(self._before)
        outcome = await self.app.do(money.divide, self.project, typed, before)
        if outcome is None:
            return
        for conflict in outcome.value:
            theirs = conflict.theirs
            said = "nothing" if theirs is None else say_amount(int(str(theirs)), self.currency)
            self.app.tell(
                f"{conflict.field} was changed meanwhile to {said}, and left so.",
                severity="warning",
            )
        for spot, cents in typed.items():
            if self.typed.get(spot) == cents:
                del self.typed[spot]
                self._before.pop(spot, None)
        self.reload()

    @work
    async def action_split(self) -> None:
        """Split the money of a row, evenly or by percentage; it is saved with what was typed."""
        from ka2tui.tui.pages import money_forms

        matrix, row = self.now, self.table.cursor_row
        if matrix is None or row is None or row.unit is None:
            return
        parts = await money_forms.split(self.app, matrix, row.unit)
        for partner, cents in (parts or {}).items():
            self._keep((row.id, partner), cents)
        self._show_all()

    @work
    async def action_copy(self) -> None:
        """Copy the matrix for a spreadsheet."""
        from ka2tui.exchange import clipboard as written
        from ka2tui.exchange import money_tables
        from ka2tui.tui import clipboard

        if self.now is None:
            return
        sheet = money_tables.matrix_of(self.now)
        if await clipboard.put(self.app, written.write(sheet.titles, sheet.rows)):
            said = f"{plain.count(len(sheet.rows), 'row')} copied with their headings."
        else:
            said = "No clipboard can be reached: ka2tui money export writes a file."
        self.app.tell(said)


_PRIVATE = frozenset({"edit", "clear", "split", "copy"})
"""What shows or changes amounts."""
