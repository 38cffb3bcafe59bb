"""Every proof: files, links and papers, with what each proves and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list, panes
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import proof_verbs as verbs
from ka2tui.tui.pages import proof_words as words
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


class ProofsPage(EntriesPage):
    """All proofs, with what is known of the one under the cursor at the side."""

    SHOWS = SHOWS
    MODE = "proofs"
    LIST = "proof"
    RECORD = "proof"
    NAME = "Proof"
    FIGURES = ("proof",)
    NOTHING = "Proof"
    WORD = "proof"
    EMPTY = "No proof yet. Press n to add a file, a link or a paper."
    NEED_ROWS = frozenset({"edit", "remove", "attach", "detach", "open_proof", "as_is"})
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
        *back_to_list("proof.close"),
    ]  # fmt: skip

    DEFAULT_CSS = f"ProofsPage {{{panes()}}}"

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._known: ProofList | None = None

    def columns(self, rows: Sequence[ProofRow]) -> list[Column]:
        """Give each column the room that these proofs need."""
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

    def cells(self, row: ProofRow) -> Sequence[Cell]:
        """Give what stands in a row."""
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

    def entries(self, seen: tuple[ProofList, Sequence[ProofRow]]) -> Sequence[ProofRow]:
        """Give the proofs, and keep what each sort is called."""
        self._known, rows = seen
        return rows

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
