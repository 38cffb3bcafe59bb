"""A small page over the portfolio in memory: what every page does, and nothing of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from ka2tui.tui.desk import ProjectChoice, Standing
from ka2tui.tui.finder import Finder
from ka2tui.tui.page import Page
from ka2tui.tui.places import Place
from ka2tui.tui.widgets.details import Details, Fact, Item, Words
from ka2tui.tui.widgets.filter_line import FilterLine
from ka2tui.tui.widgets.record_table import Column, RecordTable
from tests.tui import fakes
from tests.tui.driving import NOW, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from tests.tui.fakes import FakePortfolio, Row


class RowsPage(Page):
    """Rows that can be finished, added and found."""

    SHOWS = frozenset({"task"})
    NAME = "Rows"
    HELP = "Rows to try things on."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "finish", "finish", id="row.finish", tooltip="Finish the rows"),
        Binding("a", "add", "add", id="row.add", tooltip="Add a row"),
        Binding("x", "fail", "fail", show=False, id="row.fail", tooltip="Meet a fault"),
        Binding("slash", "filter", "filter", key_display="/", id="row.filter",
                tooltip="Show only what has these words"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    RowsPage Horizontal { height: 1fr; }
    RowsPage Details { width: 40%; display: none; }
    RowsPage.-wide Details { display: block; }
    """

    def content(self) -> list[Widget]:
        self.table: RecordTable[Row] = RecordTable(
            [Column("", 1, importance=9), Column("Title", 20, share=1, importance=9)],
            lambda row: ("✓" if row.done else "·", row.title),
            title="Rows",
            empty="No rows yet. Press a to add the first.",
        )
        self.details = Details("Row", empty="Nothing chosen.")
        self.line = FilterLine()
        self.loads = 0
        return [Horizontal(self.table, self.details), self.line]

    async def load(self) -> list[Row]:
        self.loads += 1
        return await self.app.ask(fakes.every_row)  # type: ignore[arg-type]

    def show(self, seen: list[Row]) -> None:
        words = self.line.words.casefold().split()
        found = [row for row in seen if all(word in row.title.casefold() for word in words)]
        self.table.set_rows(found, hidden=len(seen) - len(found))
        self.line.say(f"{len(found)} of {len(seen)}")
        self.show_details()

    @on(RecordTable.Highlighted)
    def show_details(self) -> None:
        row = self.table.cursor_row
        facts: list[Item] = [] if row is None else [Fact("Number", str(row.id)), Words(row.title)]
        self.details.show(facts, top=True)

    @on(FilterLine.Changed)
    def narrow(self) -> None:
        self.reload()

    @work
    async def action_finish(self) -> None:
        ids = self.table.chosen
        if await self.app.do(fakes.finish, *ids) is not None:  # type: ignore[arg-type]
            self.table.clear_marks()

    @work
    async def action_add(self) -> None:
        from ka2tui.tui.dialogs.line import Line

        title = await self.app.push_screen_wait(Line("Title of the row", empty=True))
        if title is not None:
            await self.app.do(fakes.add, title)  # type: ignore[arg-type]

    @work
    async def action_fail(self) -> None:
        secret = "canary Kowalska"
        raise RuntimeError(f"it fails for {secret}")

    def action_filter(self) -> None:
        self.line.open(self.table)


class OtherPage(RowsPage):
    """The same once more, for going to and fro."""

    NAME = "Other"


class RowsDesk(Finder):
    """A desk with those pages."""

    DEFAULT_MODE = "rows"
    MODES: ClassVar[Any] = {"rows": RowsPage, "other": OtherPage}
    PLACES = (
        Place("rows", "Rows", "1", "r", "rows to try"),
        Place("other", "Other", "2", "o", "the same once more"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "go('rows')", "Rows", show=False, id="go.rows", tooltip="Rows"),
        Binding("2", "go('other')", "Other", show=False, id="go.other", tooltip="Other"),
    ]
    known: tuple[ProjectChoice, ...] = (ProjectChoice(1, "SOLARIS", "Sun for schools"),)

    def __init__(self, open_portfolio: Callable[[], FakePortfolio], **kwargs: Any) -> None:
        kwargs.setdefault("project", 1)
        super().__init__(
            open_portfolio,  # type: ignore[arg-type]
            today=TODAY,
            now=lambda: NOW,
            **kwargs,
        )
        self.welcomed = False

    async def projects(self) -> list[ProjectChoice]:
        return list(self.known)

    async def read_standing(self) -> Standing | None:
        found = [it for it in self.known if it.id == self.project]
        return Standing(found[0].acronym, "Implementation · M14 of 24") if found else None

    async def without_project(self) -> None:
        self.welcomed = True

    @property
    def page(self) -> RowsPage:
        """The page on screen, under any dialog."""
        page = self.screen_stack[0]
        assert isinstance(page, RowsPage)
        return page
