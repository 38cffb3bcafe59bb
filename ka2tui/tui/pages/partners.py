"""The register of partners: what each owes, its papers, its people, when it was heard from."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.domain.text import fold
from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list, panes
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import partner_verbs as verbs
from ka2tui.tui.pages import partner_words as words
from ka2tui.tui.pages import sort_words
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ka2tui.domain.papers import PaperList
    from ka2tui.queries import partner_register as views
    from ka2tui.queries.partner_register import RegisterDetails, RegisterRow
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    views = lazily("ka2tui.queries.partner_register")

SHOWS = frozenset(
    {"partner", "contact", "partner_paper", "message", "task", "deliverable", "work_unit"}
    | {"meeting", "attendance", "head_count", "project"}
)
"""The kinds of record that say how things stand with partners."""

ORDERS: tuple[tuple[str, Callable[[RegisterRow], Any] | None], ...] = (
    ("as in the application", None),
    ("most late first", lambda row: (-row.late, -row.papers_late)),
    ("longest silent first", lambda row: (not row.expected, row.heard is not None,
                                          -(row.silent_days or 0))),
    ("most papers missing first", lambda row: -row.papers_missing),
    ("by name", lambda row: fold(row.called)),
)  # fmt: skip
"""Words and sort key of each order."""

BY_SILENCE = 2
"""The place of the order that tells who is silent."""


class PartnersPage(EntriesPage):
    """The partners, with all that matters of the one under the cursor at the side."""

    SHOWS = SHOWS
    MODE = "partners"
    LIST = "partner"
    RECORD = "partner"
    NAME = "Partners"
    FIGURES = ("tasks",)
    NOTHING = "Partner"
    WORD = "partner"
    EMPTY = "No partners yet. Press n to add the first."
    NEED_ROWS = frozenset({"edit", "remove", "heard", "chase", "add_person", "sort", "leave"})
    HELP = (
        "What each partner owes, which papers are missing, and when it was last heard from: by a "
        "message, a meeting or something it finished. H notes a mail, call or chat; c writes a "
        "reminder. A key works on the partner under the cursor, or on all that are marked with v."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "chase", "chase", id="partner.chase",
                tooltip="Write a reminder of what is late, coming and missing"),
        Binding("H", "heard", "heard from", id="partner.heard",
                tooltip="Note a mail, call or chat: H, a letter, enter"),
        Binding("n", "new", "new", id="partner.new", tooltip="Add a partner"),
        Binding("e", "edit", "edit", id="partner.edit", tooltip="Edit this partner"),
        Binding("o", "papers", "papers", id="partner.papers",
                tooltip="The grid of partners and papers"),
        Binding("w", "people", "people", id="partner.people",
                tooltip="All people, also those without a partner, such as the agency's officer"),
        Binding("A", "add_person", "add a person", show=False, id="partner.add_person",
                tooltip="Add a person to this partner"),
        Binding("s", "sort", "sort", show=False, id="partner.sort", tooltip="Choose the order"),
        Binding("D", "leave", "departs", show=False, id="partner.leave",
                tooltip="It leaves: see what that means, and who takes over; or it comes back"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False,
                id="partner.remove", tooltip="Remove what nothing refers to; u brings it back"),
        *back_to_list("partner.close"),
    ]  # fmt: skip

    DEFAULT_CSS = f"PartnersPage {{{panes()}}}"

    def __init__(self) -> None:
        """Begin in the order of the application."""
        super().__init__()
        self.order = 0

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the partner under the cursor."""
        return self.app.project, ("partner", self.table.cursor_key)

    def columns(self, rows: Sequence[RegisterRow]) -> list[Column]:
        """Give each column the room that these partners need."""
        called = plain.longest([row.called for row in rows], 7, 16)
        name = plain.longest([row.name for row in rows], most=50)
        heard = plain.longest([plain.pieces(self._heard(row))[0][0] for row in rows], 10, 18)
        role = plain.longest([row.role.word for row in rows], 4, 18)
        return [
            Column("", 1, importance=9),
            Column("Partner", called, importance=9),
            Column("Name", 12, share=1, wish=name, importance=3),
            Column("Role", role, importance=1),
            Column("", 2, importance=4),
            Column("There", 5, importance=4),
            Column("Agreed", 8, importance=2),
            Column("Late", 4, align="right", importance=9),
            Column("Soon", 4, align="right", importance=7),
            Column("Papers", 9, align="right", importance=8),
            Column("Heard from", heard, importance=9, private=True),
            Column("Chased", 7, importance=5, private=True),
        ]

    def _heard(self, row: RegisterRow) -> Cell:
        return words.heard(row, self.app.today)

    def cells(self, row: RegisterRow) -> Sequence[Cell]:
        """Give what stands in a row."""
        from ka2tui.domain.silence import say_short

        last = next(iter(row.chased), None)
        return (
            words.sign(row, silence_shown=not self.app.projector),
            row.called,
            (row.name if row.name != row.called else "", "quiet"),
            (row.role.word, "quiet"),
            (row.country or "", "quiet"),
            (words.clock(row.zone, self.app.now()), "quiet"),
            (row.agreement_state.word if row.role == "beneficiary" else "", "quiet"),
            (str(row.late or ""), "late"),
            (str(row.coming or ""), "soon"),
            words.papers(row),
            self._heard(row),
            (say_short(last.day, self.app.today) if last else "", "quiet"),
        )

    def tone(self, row: RegisterRow) -> Tone:
        """Let who has left stand back."""
        return "quiet" if row.left_on is not None else ""

    def heading(self, shown: Sequence[RegisterRow]) -> str:
        """Say in which order they stand."""
        order = self._order_shown
        return plain.join([self.NAME, ORDERS[order][0] if order else ""], " ")

    # -- reading --------------------------------------------------------------------------------

    async def _known(self) -> PaperList:
        """Give the list of papers, the user's own where there is one."""
        from ka2tui.domain import papers

        return await asyncio.to_thread(papers.load, self.app.settings.data)

    async def load(self) -> Sequence[RegisterRow]:
        """Read the register."""
        known = await self._known()
        return await self.app.ask(views.listed, self.project, today=self.app.today, known=known)

    def entries(self, seen: Sequence[RegisterRow]) -> Sequence[RegisterRow]:
        """Give the partners in the order that was chosen."""
        key = ORDERS[self._order_shown][1]
        return seen if key is None else sorted(seen, key=key)

    @property
    def _order_shown(self) -> int:
        """The order chosen; on a projector not that of who is silent."""
        return 0 if self.app.projector and self.order == BY_SILENCE else self.order

    # -- details --------------------------------------------------------------------------------

    async def about(self, key: int) -> tuple[Iterable[Item], str]:
        """Read what matters of a partner."""
        known = await self._known()
        found: RegisterDetails = await self.app.ask(
            views.one, key, today=self.app.today, known=known
        )
        sort = await sort_words.said(self.app, found.row.sort)
        return words.about(found, self.app.today, self.app.now(), sort), found.row.called

    # -- verbs ----------------------------------------------------------------------------------

    @work
    async def action_chase(self) -> None:
        """Write reminders to the chosen partners; of several, not to oneself or who has left."""
        rows = self.chosen()
        if len(rows) > 1:
            rows = [row for row in rows if row.expected]
        if rows and await verbs.chase(self.app, self.project, [row.id for row in rows]):
            self.table.clear_marks()

    @work
    async def action_heard(self) -> None:
        """Note that the chosen partners were heard from."""
        rows = [(row.id, row.called) for row in self.chosen()]
        if rows and await verbs.heard(self.app, self.project, rows):
            self.table.clear_marks()

    @work
    async def action_new(self) -> None:
        """Add a partner, and stand on it."""
        self.want(await verbs.add(self.app, self.project))

    @work
    async def action_edit(self) -> None:
        """Edit the partner under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            await verbs.edit(self.app, key)

    @work
    async def action_remove(self) -> None:
        """Remove the chosen partners."""
        rows = self.chosen()
        if rows and await verbs.remove(self.app, rows):
            self.table.clear_marks()

    @work
    async def action_leave(self) -> None:
        """Let the partner under the cursor leave, or come back."""
        from ka2tui.tui.pages import partner_leaving_verbs as leaving

        row = self.table.cursor_row
        if row is not None:
            await leaving.leave(self.app, row)

    @work
    async def action_add_person(self) -> None:
        """Add a person to the partner under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            await verbs.add_contact(self.app, self.project, key)

    def action_papers(self) -> None:
        """Open the grid of partners and papers, on the partner under the cursor."""
        from ka2tui.tui.pages.papers import PapersPage

        if self.app.project is not None:
            self.app.push_screen(PapersPage(self.table.cursor_key))

    def action_people(self) -> None:
        """Open the list of people."""
        from ka2tui.tui.pages.people import PeoplePage

        if self.app.project is not None:
            self.app.push_screen(PeoplePage(self.table.cursor_key))

    @work
    async def action_sort(self) -> None:
        """Choose the order."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        items = [Item(at, said) for at, (said, _) in enumerate(ORDERS)]
        if self.app.projector:
            del items[BY_SILENCE]
        chosen = await self.app.push_screen_wait(Choose("Order", items, at=self._order_shown))
        if chosen is not None:
            self.order = chosen
            self.reload()
