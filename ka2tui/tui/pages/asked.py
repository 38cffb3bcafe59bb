"""What will an auditor ask? Of each part of the plan, event and payment: what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.domain.days import say_brief
from ka2tui.domain.proof_sorts import ASKED
from ka2tui.tui import plain, projector
from ka2tui.tui.detail_page import back_to_list, panes
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import proof_verbs as verbs
from ka2tui.tui.pages import proof_words as words
from ka2tui.tui.pages.proofs import SHOWS
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import Column, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.domain.deadlines import Deadline
    from ka2tui.domain.proof_sorts import ProofList
    from ka2tui.queries import proof_asked as views
    from ka2tui.queries import proof_keeping as keeping
    from ka2tui.queries import proofs as proof_views
    from ka2tui.queries.proof_asked import Asked, AskedOf
    from ka2tui.queries.proofs import ProofRow
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    keeping = lazily("ka2tui.queries.proof_keeping")
    proof_views = lazily("ka2tui.queries.proofs")
    views = lazily("ka2tui.queries.proof_asked")


class AskedPage(EntriesPage):
    """The records that proof is asked of, with what is there of the one under the cursor."""

    SHOWS = SHOWS
    MODE = "asked"
    LIST = "asked"
    NAME = "What will an auditor ask?"
    FIGURES = ("proof",)
    NOTHING = "Asked"
    EMPTY = (
        "Nothing is asked yet: proof is asked of meetings, results, payments and parts of the "
        "plan. Press 7 to begin with the plan."
    )
    NEED_ROWS = frozenset({"new", "open_proof", "not_needed", "go_record"})
    HELP = (
        "Work package by work package: which proof is asked of each event, result and payment, and "
        "which is there. n adds one to the record under the cursor, or to all marked ones; - says "
        "that something does not apply, with a reason that is kept. c reads all files. What is "
        "still to come is not missing yet. Your grant agreement wins over this list."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "add proof", id="asked.new",
                tooltip="Add a file, a link or a paper to this record, or to all marked"),
        Binding("o", "open_proof", "open", id="asked.open", tooltip="Open a proof of this record"),
        Binding("minus", "not_needed", "does not apply", key_display="-", id="asked.not_needed",
                tooltip="Say that something does not apply here, and why; or ask for it again"),
        Binding("c", "check", "check files", id="asked.check",
                tooltip="Read all files: there, changed, missing"),
        Binding("w", "every", "every proof", id="asked.every", tooltip="The list of every proof"),
        Binding("K", "go_record", "go to record", show=False, id="asked.go",
                tooltip="Go to the record itself"),
        *back_to_list("asked.close"),
    ]  # fmt: skip

    DEFAULT_CSS = f"""
    AskedPage {{{panes()}
        & #keep {{ height: 1; padding: 0 2; color: $quiet; text-style: $quiet-style; }}
    }}
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._asked: Asked | None = None
        self._known: ProofList | None = None

    def content(self) -> Iterable[Widget]:
        """Give the list, the details beside it, and how long papers are kept."""
        self.keep = Static("", id="keep")
        yield from super().content()
        yield self.keep

    def columns(self, rows: Sequence[AskedOf]) -> list[Column]:
        """Give each column the room that these records need."""
        code = plain.longest([row.about.code or "" for row in rows], 4, 10)
        title = plain.longest([row.about.title for row in rows], 16, 50)
        missing = plain.longest([self._missing(row) for row in rows], 7, 60)
        return [
            Column("", 1, importance=9),
            Column("Code", code, importance=8),
            Column("What", 16, share=2, wish=title, importance=9),
            Column("When", 11, align="right", importance=4),
            Column("There", 8, align="right", importance=9),
            Column("Missing", 10, share=1, wish=missing, importance=6),
        ]

    def _missing(self, row: AskedOf) -> str:
        return words.missing(row, self._known) if self._known is not None else ""

    def cells(self, row: AskedOf) -> Sequence[Cell]:
        """Give what stands in a row."""
        about = row.about
        return (
            words.sign(row),
            about.code or "",
            about.title,
            (say_brief(about.day) if about.day else "", "quiet"),
            row.count.said or ("to come" if not about.over else ""),
            (self._missing(row), "late" if row.broken else "quiet"),
        )

    def row_key(self, row: AskedOf) -> int:
        """Give the key of a row: records of several kinds stand here."""
        return row.key

    def key_of(self, record: int) -> int:
        """Give the key of the row of an event."""
        return record * len(ASKED) + ASKED.index("meeting")

    def tone(self, row: AskedOf) -> Tone:
        """Let what is still to come stand back."""
        return "" if row.about.over else "quiet"

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> tuple[ProofList, Asked, Deadline | None]:
        """Read what is asked and what is there."""
        known = await verbs.known(self.app)
        project, today = self.project, self.app.today
        asked = await self.app.ask(views.asked, project, known, today=today)
        own = self.app.settings.data
        return known, asked, await self.app.ask(keeping.keep, project, today=today, own=own)

    def entries(self, seen: tuple[ProofList, Asked, Deadline | None]) -> Sequence[AskedOf]:
        """Give the records, and say how long papers are kept."""
        from ka2tui.domain.proof_sorts import say_keep

        self._known, self._asked, keep = seen
        said = say_keep(keep.day, not_before=keep.not_before) if keep else ""
        self.keep.update(plain.content(said))
        hidden = projector.TABLES if self.app.projector else frozenset()
        return [row for row in self._asked.rows if row.about.table not in hidden]

    def refill(self) -> None:
        """Show what the filter lets through, under the work packages."""
        if self._asked is None:
            return
        shown = self.filtered(self.every)
        self.table.set_empty(
            "Nothing fits this filter. escape shows all." if self.filtering else self.EMPTY
        )
        columns = tuple(self.columns(shown))
        if self.table.columns != columns:
            self.table.set_columns(columns)
        keys = {row.key for row in shown}
        rows: list[AskedOf | Section] = []
        for group in self._asked.groups:
            mine = [row for row in group.rows if row.key in keys]
            if mine:
                title = plain.join([group.code, group.title], " ")
                rows += [Section(title, group.count.said), *mine]
        count = self._asked.count
        self.table.set_title(plain.join([self.NAME, count.said and f"{count.said} there"], " "))
        self.table.set_rows(rows, hidden=len(self.every) - len(shown), among=self.every)
        self.table.set_hint("v mark" if shown else "")
        self.say_filtered(len(shown), len(self.every))
        self.read_details()
        self.stand()

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Read the proofs of a record."""
        row = self.table.row_of(key)
        if row is None or self._known is None:
            return None
        found = {it.id: it for it in await self._proofs(row)}
        said = list(words.asked(row, self._known, found))
        return said, row.about.code or row.about.title

    async def _proofs(self, row: AskedOf) -> Sequence[ProofRow]:
        ids = dict.fromkeys([*(it for each in row.standings for it in each.proofs), *row.others])
        if not ids:
            return ()
        return await self.app.ask(proof_views.some, self.project, [*ids], today=self.app.today)

    @on(Details.Jumped)
    def _go(self, event: Details.Jumped) -> None:
        """Go to a proof, or to the record itself."""
        event.stop()
        kind, key = event.target
        if kind == "proof":
            self.app.open_record("proofs", key)
        else:
            self.action_go_record()

    # -- verbs ----------------------------------------------------------------------------------

    def record_at_cursor(self) -> tuple[str, int, str] | None:
        """Give the record under the cursor, whatever it is."""
        row = self.table.cursor_row if self.is_mounted else None
        if row is None:
            return None
        return row.about.table, row.about.id, words.called(row.about)

    @work
    async def action_new(self) -> None:
        """Add a proof to the chosen records."""
        rows = self.chosen()
        if not rows:
            return
        called = words.called(rows[0].about)
        if len(rows) > 1:
            called = plain.count(len(rows), "record")
        about = [(row.about.table, row.about.id) for row in rows]
        sort = next((each.ask.sort for row in rows for each in row.missing), None)
        self.let_go(await verbs.add(self.app, self.project, about, called, sort))

    @work
    async def action_open_proof(self) -> None:
        """Open a proof of the record under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.open_some(self.app, await self._proofs(row))

    @work
    async def action_not_needed(self) -> None:
        """Say that something does not apply to the record under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.waive(self.app, row)

    @work
    async def action_check(self) -> None:
        """Check all files."""
        await verbs.check(self.app, self.project)

    def action_every(self) -> None:
        """Go to the list of every proof."""
        self.app.action_go("proofs")

    def action_go_record(self) -> None:
        """Go to the record under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            verbs.go_to(self.app, row.about.table, row.about.id)
