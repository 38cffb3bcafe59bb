"""Every proof: files, links and papers, with what each proves and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from ka2tui.tui import plain
from ka2tui.tui.detail_page import DetailPage, panes
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import SHOW_ALL
from ka2tui.tui.pages import proof_verbs as verbs
from ka2tui.tui.pages import proof_words as words
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.domain.proof_sorts import ProofList
    from ka2tui.queries import proofs as views
    from ka2tui.queries.proofs import ProofRow
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    views = lazily("ka2tui.queries.proofs")

SHOWS = frozenset(
    {"proof", "proof_use", "proof_waiver", "partner", "work_unit", "task", "deliverable"}
    | {"milestone", "meeting", "participant", "indicator", "measurement", "payment", "cost"}
    | {"journey", "dissemination", "answer", "departure", "letter", "risk", "log_entry", "project"}
)
"""The kinds of record that proofs are about."""

_EMPTY = "No proof yet. Press n to add a file, a link or a paper."
_NEEDS_ROW = frozenset({"edit", "remove", "attach", "detach", "open_proof", "as_is"})


class ProofsPage(DetailPage):
    """All proofs, with what is known of the one under the cursor at the side."""

    SHOWS = SHOWS
    LIST = "proof"
    RECORD = "proof"
    NAME = "Proof"
    FIGURES = ("proof",)
    NOTHING = "Proof"
    HELP = (
        "Every file, link and paper that shows that work was done. o opens one, m attaches it to "
        "one more record. c reads the files: there, changed, or missing; moved ones are found "
        "again. t takes a changed file as it is now. No file is ever changed or deleted."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="proof.new", tooltip="Add a file, a link or a paper"),
        Binding("o", "open_proof", "open", id="proof.open", tooltip="Open the file or link"),
        Binding("m", "attach", "attach", id="proof.attach",
                tooltip="Say of one more record that this proves it"),
        Binding("d", "detach", "detach", show=False, id="proof.detach",
                tooltip="Say that this does not prove a record after all"),
        Binding("e", "edit", "edit", id="proof.edit", tooltip="Edit what is said of this proof"),
        Binding("c", "check", "check files", id="proof.check",
                tooltip="Read the files: there, changed, missing; of marked ones, or of all"),
        Binding("t", "as_is", "as it is now", show=False, id="proof.as_is",
                tooltip="Take a changed file as it is now"),
        Binding("w", "asked", "what is asked", id="proof.asked",
                tooltip="What will an auditor ask?"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False, id="proof.remove",
                tooltip="Take it off the list; the file stays, u brings it back"),
        Binding("escape", "close", "back to the list", show=False, id="proof.close",
                tooltip="Back from the details to the list"),
        SHOW_ALL,
    ]  # fmt: skip

    DEFAULT_CSS = f"ProofsPage {{{panes()}}}"

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._rows: Sequence[ProofRow] = ()
        self._known: ProofList | None = None
        self._wanted: int | None = None

    def content(self) -> Iterable[Widget]:
        """Give the list, and the details beside it."""
        self.table: RecordTable[ProofRow] = RecordTable(
            self._columns(()),
            self._cells,
            title="Proof",
            empty=_EMPTY,
        )
        self.details = Details("Proof", hint=self.READ)
        yield Horizontal(self.table, self.details, id="panes")

    def _columns(self, rows: Sequence[ProofRow]) -> list[Column]:
        title = plain.longest([row.title for row in rows], 16, 60)
        sort = plain.longest([self._sort(row) for row in rows], 8, 30)
        return [
            Column("", 1, importance=9),
            Column("Title", 16, share=2, wish=title, importance=9),
            Column("What it is", sort, importance=4),
            Column("Proves", plain.longest([row.named for row in rows], 6, 20), importance=7),
            Column("State", 14, importance=8),
            Column("Where", 10, share=1, importance=3),
        ]

    def _sort(self, row: ProofRow) -> str:
        return self._known.title(row.sort) if self._known is not None else ""

    def _cells(self, row: ProofRow) -> Sequence[Cell]:
        return (
            words.STATES[row.state],
            row.title,
            (self._sort(row), "quiet"),
            row.named or ("nothing yet", "soon"),
            words.state(row),
            (row.where, "quiet"),
        )

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> tuple[ProofList, Sequence[ProofRow]]:
        """Read all proofs."""
        known = await verbs.known(self.app)
        return known, await self.app.ask(views.listed, self.project, today=self.app.today)

    def show(self, seen: tuple[ProofList, Sequence[ProofRow]]) -> None:
        """Show them, and stand on the one that was asked for."""
        self._known, self._rows = seen
        self.refill()
        self._stand()
        self.refresh_bindings()
        self.read_details()

    def refill(self) -> None:
        """Show what the filter lets through."""
        self.fill_list(self._rows, self._columns, word="proof", empty=_EMPTY)

    def on_screen_resume(self) -> None:
        """Stand on the proof that another page wants to show."""
        wanted = self.app.wanted_records.pop("proofs", None)
        if wanted is not None:
            self._wanted = wanted
            self.line.clear()
            self._stand()

    def _stand(self) -> None:
        if self._wanted is not None and self.table.move_to(self._wanted):
            self._wanted = None

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Read what is known of a proof."""
        found = await self.app.ask(views.one, key, today=self.app.today)
        known = self._known if self._known is not None else await verbs.known(self.app)
        return words.about_proof(found, known), found.row.title

    @on(Details.Jumped)
    def _go(self, event: Details.Jumped) -> None:
        """Go to a record that this proves."""
        event.stop()
        verbs.go_to(self.app, *event.target)

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if not self.line.typing and action in _NEEDS_ROW and not self.table.count:
            return False
        return super().check_action(action, parameters)

    def action_asked(self) -> None:
        """Go to what is asked."""
        self.app.action_go("asked")

    @work
    async def action_new(self) -> None:
        """Add a proof of nothing yet."""
        await verbs.add(self.app, self.project, (), "")

    @work
    async def action_edit(self) -> None:
        """Edit the proof under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            await verbs.edit(self.app, self.project, key)

    @work
    async def action_open_proof(self) -> None:
        """Open the proof under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.open_one(self.app, row)

    @work
    async def action_attach(self) -> None:
        """Attach the chosen proofs to one more record."""
        self.let_go(await verbs.attach(self.app, self.project, self._ids()))

    @work
    async def action_detach(self) -> None:
        """Take the chosen proofs off a record."""
        self.let_go(await verbs.detach(self.app, self.chosen()))

    @work
    async def action_as_is(self) -> None:
        """Take changed files as they are now."""
        self.let_go(await verbs.take_as_is(self.app, self.chosen()))

    @work
    async def action_remove(self) -> None:
        """Take the chosen proofs off the list."""
        self.let_go(await verbs.remove(self.app, self.chosen()))

    @work
    async def action_check(self) -> None:
        """Check the marked files, or all."""
        marked = self._ids() if self.table.marks else None
        self.let_go(await verbs.check(self.app, self.project, marked))

    def _ids(self) -> list[int]:
        rows: list[Any] = self.chosen()
        return [row.id for row in rows]
