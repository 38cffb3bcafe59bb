"""Projects side by side: how far each is, what is late, what comes next, and how it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container

from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import ListPage
from ka2tui.tui.pages import project_words
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.domain.problem import Problem
    from ka2tui.queries import overview
    from ka2tui.queries.overview import ProjectSummary
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    overview = lazily("ka2tui.queries.overview")

_OF_A_ROW = frozenset({"open", "edit", "dates", "outcome", "again", "remove", "write_out"})


class ProjectTable(RecordTable["ProjectSummary"]):
    """Projects; each is dealt with by itself."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no marks: nothing is done with several projects at once."""
        if action in {"mark", "mark_all"}:
            return False
        return super().check_action(action, parameters)


class ProjectsPage(ListPage):
    """All projects of the database, and one of them closely."""

    SHOWS = frozenset(
        {"project", "phase", "task", "deliverable", "milestone", "partner", "phase_step"}
    )
    NAME = "Projects"
    FIGURES = ("project",)
    LIST = "project"
    NEEDS_PROJECT = False
    HELP = (
        "All projects side by side. How each does is put together from three signs that stand "
        "beside it: what is late, work against time, and the next official date. enter shows a "
        "project on every page. o notes what became of an application; r copies a project into "
        "the next call. u takes back your last change in any project."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "show", id="project.open",
                tooltip="Show this project on every page"),
        Binding("n", "new", "new", id="project.new",
                tooltip="Begin another project, import one, or look at the example"),
        Binding("e", "edit", "edit", id="project.edit", tooltip="Edit it"),
        Binding("d", "dates", "dates", id="project.dates",
                tooltip="Edit by when it must hand in what"),
        Binding("o", "outcome", "outcome", id="project.outcome",
                tooltip="Note what became of the application: funded, rejected ..."),
        Binding("r", "again", "hand in again", id="project.again",
                tooltip="Copy it into the next call, without its dates"),
        Binding("x", "remove", "remove", show=False, id="project.remove",
                tooltip="Remove it with everything in it; u brings it back"),
        Binding("i", "import", "import", show=False, id="project.import",
                tooltip="Import a project from files"),
        Binding("W", "write_out", "write out", show=False, id="project.write_out",
                tooltip="Write it into a file that ka2tui can import again"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ProjectsPage #panes { height: 1fr; layout: vertical; }
    ProjectsPage ProjectTable { width: 100%; height: auto; min-height: 6; max-height: 50%; }
    ProjectsPage Details { width: 100%; height: 1fr; }
    ProjectsPage.-very-wide #panes { layout: horizontal; }
    ProjectsPage.-very-wide ProjectTable { width: 70%; height: 1fr; max-height: 100%; }
    ProjectsPage.-very-wide Details { width: 30%; }
    """

    def __init__(self) -> None:
        """Begin with no project known."""
        super().__init__()
        self.undoes_everywhere = True
        self._rows: Sequence[ProjectSummary] = ()
        self._wanted: int | None = None
        """The project that the cursor shall stand on when it is read."""

    def content(self) -> Iterable[Widget]:
        """Give the list, and one project closely."""
        self.table = ProjectTable(
            project_words.columns((), self.app.today),
            self.cells,
            title="Projects",
            hint="enter show",
        )
        self.details = Details("Project", empty="No project is chosen.")
        yield Container(self.table, self.details, id="panes")

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the project under the cursor, shown on the other pages or not."""
        project = self.table.cursor_key
        return project, ("project", project)

    def found_here(self) -> list[Problem]:
        """Count nothing in the heading: several projects stand below it."""
        return []

    def found_lines(self) -> Sequence[Item]:
        """Say what was found about the project itself, where it is the one that is shown."""
        if self.table.cursor_key != self.app.project:
            return ()
        return self.found_line(self.app.found.on_page("projects"))

    async def load(self) -> Sequence[ProjectSummary]:
        """Read all projects."""
        own = self.app.settings.data
        return await self.app.ask(overview.listed, today=self.app.today, own=own)

    def show(self, seen: Sequence[ProjectSummary]) -> None:
        """Show them; the first time the cursor stands on the one the other pages show."""
        self._rows = tuple(seen)
        self.refill()
        if not self.loaded:
            self._wanted = self.app.project
        self._go_to_wanted()
        self.show_details()

    def on_screen_resume(self) -> None:
        """Stand on the project that another page wants to show."""
        wanted = self.app.wanted_records.pop("projects", None)
        if wanted is not None:
            self._wanted = wanted
            self.line.clear()
            self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Stand on the project that is wanted, once it is read."""
        if self._wanted is not None and self.table.move_to(self._wanted):
            self._wanted = None

    def refill(self) -> None:
        """Show what fits the filter."""
        rows = self.filtered(self._rows)
        self.table.set_empty(
            "No project fits the filter. escape shows all."
            if self.filtering
            else "There is no project yet. Press n to begin one, i to import one."
        )
        self.table.set_columns(project_words.columns(rows, self.app.today))
        self.table.set_rows(rows, hidden=len(self._rows) - len(rows), among=self._rows)
        self.say_filtered(len(rows), len(self._rows))

    def cells(self, row: ProjectSummary) -> Sequence[Cell]:
        """Show a project in a line."""
        return project_words.cells(row, self.app.today, shown=row.id == self.app.project)

    @on(RecordTable.Highlighted)
    def show_details(self) -> None:
        """Tell about the project under the cursor."""
        row = self.table.cursor_row
        title = "Project" if row is None else row.acronym
        items = [] if row is None else project_words.details(row, self.app.today, self.app.now())
        self.details.show(items, title=title, top=True)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the project under the cursor."""
        if self.line.typing:
            return super().check_action(action, parameters)
        if action in _OF_A_ROW:
            return self.loaded and self.table.cursor_row is not None
        if action == "mark_matching":
            return False
        return super().check_action(action, parameters)

    # -- verbs ----------------------------------------------------------------------------------

    @on(RecordTable.Opened)
    @work
    async def action_open(self) -> None:
        """Show the project under the cursor on every page."""
        row = self.table.cursor_row
        if row is not None:
            await self.app.switch_project(row.id)
            self.app.action_go("today")

    def action_new(self) -> None:
        """Begin another project."""
        self.app.action_go("welcome")

    @work
    async def action_edit(self) -> None:
        """Edit the facts of the project under the cursor."""
        from ka2tui.tui.pages import project_verbs

        if (row := self.table.cursor_row) is not None:
            await project_verbs.edit(self.app, row.id)

    @work
    async def action_dates(self) -> None:
        """Edit its dates."""
        from ka2tui.tui.pages import project_verbs

        if (row := self.table.cursor_row) is not None:
            await project_verbs.edit_dates(self.app, row.id)

    @work
    async def action_outcome(self) -> None:
        """Note what became of its application."""
        from ka2tui.tui.pages import project_verbs

        if (row := self.table.cursor_row) is not None:
            await project_verbs.decide(self.app, row.id)

    @work
    async def action_again(self) -> None:
        """Copy it into the next call, and stand on the copy."""
        from ka2tui.tui.pages import project_verbs

        if (row := self.table.cursor_row) is None:
            return
        self._wanted = await project_verbs.resubmit(self.app, row.id)
        self._go_to_wanted()

    @work
    async def action_remove(self) -> None:
        """Remove it."""
        from ka2tui.tui.pages import project_verbs

        if (row := self.table.cursor_row) is not None:
            await project_verbs.remove(self.app, row.id, row.acronym)

    @work
    async def action_write_out(self) -> None:
        """Write it into a file."""
        from ka2tui.tui.pages import project_verbs

        if (row := self.table.cursor_row) is not None:
            await project_verbs.write_out(self.app, row.id, row.acronym)

    @work
    async def action_import(self) -> None:
        """Take in a project, as the welcome does."""
        self.app.action_go("welcome")
        await self.app.run_action("import", self.app.screen)
