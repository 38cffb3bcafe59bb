"""Dissemination: the log of what was done, and what is planned."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import dissemination_verbs as verbs
from ka2tui.tui.pages import dissemination_words as words
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ka2tui.operations import dissemination
    from ka2tui.queries import dissemination as views
    from ka2tui.queries.dissemination import ActRow
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    dissemination = lazily("ka2tui.operations.dissemination")
    views = lazily("ka2tui.queries.dissemination")


class DisseminationPage(EntriesPage):
    """What spreads the word, with all that is known of the one under the cursor at the side."""

    SHOWS = frozenset(
        {"dissemination", "partner", "work_unit", "deliverable", "project", "proof", "proof_use"}
    )
    MODE = "dissemination"
    LIST = "dissemination"
    RECORD = "dissemination"
    FIGURES = ("dissemination",)
    NAME = "Dissemination"
    NOTHING = "Dissemination"
    WORD = "act of dissemination"
    EMPTY = "No dissemination yet. Press n to log what was done, p to plan ahead."
    NEED_ROWS = frozenset({"finish", "drop", "edit", "remove", "check", "reopen"})
    HELP = (
        "Log it when it happens: n takes a line, with @partner, 250 readers, a link. p plans for "
        "partners and months, m sets done against planned. What is missing of what was done is "
        "named: EU emblem, disclaimer, link or proof, reach. Under EU stand emblem and disclaimer, "
        "in this order: ✓ it was there, ✗ it was not, ? nobody looked."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "log", id="dissemination.add",
                tooltip="Log in one line: Newsletter 3 yesterday @KMOP 250 readers https://..."),
        Binding("space", "finish", "done", id="dissemination.finish",
                tooltip="Mark as done, or plan it again"),
        Binding("p", "plan", "plan", id="dissemination.plan",
                tooltip="Plan something for partners and project months"),
        Binding("e", "edit", "edit", id="dissemination.edit", tooltip="Edit this entry"),
        Binding("E", "check('emblem')", "emblem", id="dissemination.emblem",
                tooltip="Note whether the EU emblem was on it: yes, no, nobody looked"),
        Binding("K", "check('disclaimer')", "disclaimer", show=False,
                id="dissemination.disclaimer",
                tooltip="Note whether the disclaimer was on it: yes, no, nobody looked"),
        Binding("m", "matrix", "plan and done", id="dissemination.matrix",
                tooltip="What is done against what is planned, partners by months"),
        Binding("o", "platform", "results", id="dissemination.platform",
                tooltip="How far results are on the programme's platform"),
        Binding("D", "drop", "drop", show=False, id="dissemination.drop",
                tooltip="It will not be done after all; say why"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False,
                id="dissemination.remove", tooltip="Remove entries; u brings them back"),
        *back_to_list("dissemination.close"),
    ]  # fmt: skip

    def __init__(self) -> None:
        """Begin before the kinds are read."""
        from ka2tui.domain.dissemination import Sorts

        super().__init__()
        self.sorts = Sorts((), (), ())
        """The kinds there are, the user's own where there are any."""

    def columns(self, rows: Sequence[ActRow]) -> list[Column]:
        """Give each column the room that these entries need."""
        some = rows[:2000]
        title = plain.longest([row.title for row in some], most=60)
        kind = plain.longest([self.sorts.title(row.sort) for row in some], 4, 16)
        who = plain.longest([row.partner or "" for row in some], 7, 14)
        return [
            Column("", 1, importance=9),
            Column("When", 15, importance=9),
            Column("What", 16, share=1, wish=title, importance=9),
            Column("Kind", kind, importance=4),
            Column("Partner", who, importance=7),
            Column("Reach", 9, align="right", importance=7),
            Column("EU", 2, importance=5),
            Column("Missing", 26, importance=5),
            Column("About", 7, importance=2),
        ]

    def cells(self, row: ActRow) -> Sequence[Cell]:
        """Give what stands in a row."""
        return words.cells(row, self.sorts, self.app.today)

    def tone(self, row: ActRow) -> Tone:
        """Let what was dropped stand back."""
        return "quiet" if row.state == "dropped" else ""

    def heading(self, shown: Sequence[ActRow]) -> str:
        """Say how much of it is done."""
        there = [row for row in shown if row.state != "dropped"]
        done = sum(row.state == "done" for row in there)
        many = f"{plain.number(done)} of {plain.number(len(there))} done"
        return f"{self.NAME} · {many}" if there else self.NAME

    async def load(self) -> Sequence[ActRow]:
        """Read the log, and the kinds as they are by now."""
        from ka2tui.domain import dissemination as rules

        self.sorts = await asyncio.to_thread(rules.load_safely, self.app.settings.data)
        return await self.app.ask(views.listed, self.project, today=self.app.today)

    async def about(self, key: int) -> tuple[Iterable[Item], str]:
        """Read what is known of an entry."""
        found = await self.app.ask(views.one, key, today=self.app.today)
        return words.about(found, self.sorts, self.app.today), self.sorts.title(found.row.sort)

    # -- verbs ----------------------------------------------------------------------------------

    @work
    async def action_add(self) -> None:
        """Log something in a line, and stand on it."""
        self.want(await verbs.add(self.app, self.project, self.sorts))

    @work
    async def action_plan(self) -> None:
        """Plan ahead, and stand on the first of it."""
        self.want(await verbs.plan(self.app, self.project, self.sorts))

    @work
    async def action_edit(self) -> None:
        """Edit the entry under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            await verbs.edit(self.app, self.project, key, self.sorts)

    @work
    async def action_finish(self) -> None:
        """Mark as done what is not, else plan it again."""
        rows = self.chosen()
        ahead = [row.id for row in rows if row.state != "done"]
        if ahead:
            done = await self.app.do(dissemination.finish, ahead, today=self.app.today)
        else:
            done = await self.app.do(dissemination.reopen, [row.id for row in rows])
        self.let_go(done)

    @work
    async def action_check(self, field: str) -> None:
        """Go on from nobody looked to yes, no, and nobody looked again."""
        rows = self.chosen()
        if rows:
            seen = words.NEXT_SEEN[getattr(rows[0], field)]
            ids = [row.id for row in rows]
            self.let_go(await self.app.do(dissemination.check, ids, field, seen))

    @work
    async def action_drop(self) -> None:
        """Drop the chosen ones, with a reason."""
        self.let_go(await verbs.drop(self.app, self.chosen()))

    @work
    async def action_remove(self) -> None:
        """Remove the chosen ones."""
        await self.act(self.table, dissemination.remove)

    def action_matrix(self) -> None:
        """Set what is done against what is planned."""
        from ka2tui.tui.pages.dissemination_matrix import MatrixPage

        if self.app.project is not None:
            self.app.push_screen(MatrixPage())

    def action_platform(self) -> None:
        """Show how far results are on the platform."""
        from ka2tui.tui.pages.platform import PlatformPage

        if self.app.project is not None:
            self.app.push_screen(PlatformPage())
