"""All people of a project: those of the partners, and those of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ka2tui.tui import plain, projector
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import SHOW_ALL, ListPage
from ka2tui.tui.pages import partner_verbs as verbs
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.queries import contacts as views
    from ka2tui.queries.contacts import ContactRow
    from ka2tui.tui.plain import Cell
else:
    views = lazily("ka2tui.queries.contacts")

_EMPTY = "Nobody is entered yet. Press n to add the first person."


class PeoplePage(ListPage):
    """The people by partner; who is of nobody stands last, with where they work."""

    SHOWS = frozenset({"contact", "partner", "project"})
    LIST = "contact"
    NAME = "People"
    HELP = (
        "Everybody you write to. People without a partner work somewhere else: at the agency, or "
        "as an evaluator. Notes are yours alone and stand in no message."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="person.new", tooltip="Add a person"),
        Binding("e", "edit", "edit", id="person.edit", tooltip="Edit this person"),
        Binding("H", "heard", "heard from", id="person.heard",
                tooltip="Note a mail, call or chat with this person's partner"),
        Binding("x,delete", "remove", "remove", key_display="x", id="person.remove",
                tooltip="Remove people whom no task and no list names; u brings them back"),
        SHOW_ALL,
        Binding("q,escape", "leave", "back", key_display="q", id="person.leave",
                tooltip="Back to the partners"),
    ]  # fmt: skip

    DEFAULT_CSS = "PeoplePage RecordTable { height: 1fr; }"

    def __init__(self, partner: int | None = None, person: int | None = None) -> None:
        """Make the list; it begins at the people of a partner, or at one person."""
        super().__init__()
        self._partner = partner
        self._wanted: int | None = person
        self._rows: Sequence[ContactRow] = ()

    def content(self) -> Iterable[Widget]:
        """Give the list."""
        self.table: RecordTable[ContactRow] = RecordTable(
            self._columns(()), self._cells, title="People", hint="e edit", empty=_EMPTY
        )
        yield self.table

    @staticmethod
    def _columns(rows: Sequence[ContactRow]) -> list[Column]:
        name = plain.longest([row.name for row in rows], 12, 32)
        mail = plain.longest([row.email for row in rows], 4, 30)
        return [
            Column("Name", 12, share=2, wish=name, importance=9),
            Column("Role", 18, share=2, importance=5),
            Column("Mail", 12, share=1, wish=mail, importance=7),
            Column("Phone", plain.longest([row.phone for row in rows], 5, 20), importance=4),
            Column("Language", plain.longest([row.language for row in rows], 8, 18), importance=3),
        ]

    @staticmethod
    def _cells(row: ContactRow) -> Sequence[Cell]:
        role = row.role or ""
        if row.partner is None and row.organisation:
            role = plain.join([row.organisation, row.role])
        return (
            row.name,
            (role, "quiet"),
            row.email or "",
            row.phone or "",
            (row.language or "", "quiet"),
        )

    async def load(self) -> Sequence[ContactRow]:
        """Read all people of the project."""
        return await self.app.ask(views.listed, self.project)

    def show(self, seen: Sequence[ContactRow]) -> None:
        """Show them, and stand on who was asked for."""
        self._rows = seen
        self.refill()
        if self._partner is not None and not self.loaded:
            mine = next((row.id for row in seen if row.partner_id == self._partner), None)
            self._wanted = mine if self._wanted is None else self._wanted
        self._stand()
        self.refresh_bindings()

    def _stand(self) -> None:
        if self._wanted is not None and self.table.move_to(self._wanted):
            self._wanted = None

    def refill(self) -> None:
        """Show those whom the filter lets through, in a part for each partner."""
        shown = self.filtered(self._rows)
        rows: list[ContactRow | Section] = []
        before: object = self
        for row in shown:
            if row.partner != before:
                rows.append(Section(row.partner or "Of nobody"))
                before = row.partner
            rows.append(row)
        self.table.set_empty(
            "Nobody fits this filter. escape shows all." if self.filtering else _EMPTY
        )
        self.table.set_columns(self._columns(shown))
        self.table.set_rows(rows, hidden=len(self._rows) - len(shown), among=self._rows)
        self.say_filtered(len(shown), len(self._rows))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is somebody it can be done with."""
        if self.line.typing:
            return super().check_action(action, parameters)
        if projector.hides(self.app, action):
            return False
        if action in ("edit", "remove") and not self.table.count:
            return False
        if action == "heard":
            row = self.table.cursor_row
            return row is not None and row.partner_id is not None
        return super().check_action(action, parameters)

    @on(RecordTable.Highlighted)
    def follow(self) -> None:
        """Offer the keys of who is under the cursor."""
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Go back to the partners."""
        self.app.pop_screen()

    @work
    async def action_new(self) -> None:
        """Add a person."""
        row = self.table.cursor_row
        partner = row.partner_id if row is not None else self._partner
        self._wanted = await verbs.add_contact(self.app, self.project, partner)
        self._stand()

    @work
    async def action_edit(self) -> None:
        """Edit the person under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            await verbs.edit_contact(self.app, self.project, key)

    @work
    async def action_heard(self) -> None:
        """Note that the person's partner was heard from."""
        row = self.table.cursor_row
        if row is not None and row.partner_id is not None:
            await verbs.heard(self.app, self.project, [(row.partner_id, row.partner or "")])

    @work
    async def action_remove(self) -> None:
        """Remove the chosen people."""
        rows = [row for key in self.table.chosen if (row := self.table.row_of(key)) is not None]
        if rows and await verbs.remove_contacts(self.app, rows):
            self.table.clear_marks()
