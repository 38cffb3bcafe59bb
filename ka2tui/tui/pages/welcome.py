"""The welcome on an empty database: a new project, an import, or the example project."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import Middle
from textual.content import Content
from textual.widgets import Static

from ka2tui.domain.refusal import Refused, Unavailable
from ka2tui.settings import path_of
from ka2tui.tui import beginning, plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.binding import BindingType
    from textual.widget import Widget

    from ka2tui.domain.intake import Intake, Taken
    from ka2tui.domain.intake import Item as About
    from ka2tui.exchange.commission import Listing
    from ka2tui.exchange.commission_files import Export
    from ka2tui.operations import imports
    from ka2tui.queries import export
else:
    imports = lazily("ka2tui.operations.imports")
    export = lazily("ka2tui.queries.export")

_ABOUT = (
    "The cockpit from which an Erasmus+ KA2 project is run: what is late, what comes next, "
    "who you are waiting for, and what the report will say."
)
_WAYS = (
    ("welcome.new", "n", "a new project, empty or from a plan"),
    ("welcome.import", "i", "a project from CSV files, a workbook or TOML"),
    ("welcome.demo", "d", "an example project, to look around first"),
    ("welcome.fit", "f", "an idea: is it KA1 or KA2, and which action fits?"),
)
_IMPORTED = (
    "A folder of CSV files, a workbook (.xlsx), a file written by export (.toml), or the "
    "Commission's list of projects (.csv, .json)."
)
_LARGE = 20_000_000
_TRUST = "Everything is kept in one file on this computer; every change can be undone."


class WelcomePage(Page):
    """What ka2tui is, and the ways to begin."""

    NEEDS_PROJECT = False
    NAME = "Welcome"
    HELP = (
        "Begin a project, import one, or look at the example. f asks a few questions and tells "
        "which action fits an idea."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        *beginning.KEYS,
        Binding("q,escape", "leave", "back", key_display="q", id="welcome.leave",
                tooltip="Back to where you came from"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    WelcomePage Middle { width: 100%; height: 1fr; align: center middle; }
    WelcomePage Static { width: 80; max-width: 100%; padding: 0 2; }
    """

    def content(self) -> Iterable[Widget]:
        """Give the welcome in words."""
        self.words = Static(self._words())
        yield Middle(self.words)

    def _words(self) -> Content:
        """Say what this is, and which key leads where."""
        said = Content.assemble(("ka2tui", "bold"), "\n\n", plain.block(_ABOUT), "\n\n")
        wanted = self.app.wanted_keys
        keys = [plain.line(wanted.get(name, key)) for name, key, _ in _WAYS]
        for key, (_, _, way) in zip(keys, _WAYS, strict=True):
            shown = plain.content(plain.pad(key, plain.longest(keys)))
            said += Content.assemble(shown.stylize("bold $pane-focus"), f"  {way}\n")
        if self.app.project is not None:
            said += Content.assemble(
                "\n", plain.content("q  back to the project you have").stylize("$quiet"), "\n"
            )
        return Content.assemble(said, "\n", plain.content(_TRUST).stylize("$quiet"))

    async def load(self) -> None:
        """Read nothing: there is nothing."""

    def show(self, seen: None) -> None:
        """Say how one gets back, where there is something to go back to."""
        self.words.update(self._words())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lead back only where there is a project already."""
        if action == "leave":
            return self.app.project is not None
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Go back to the page one came from."""
        self.app.action_back()

    # -- a new project --------------------------------------------------------------------------

    @work
    async def action_new(self) -> None:
        """Begin a project from a few facts."""
        from ka2tui.tui.pages import new_project

        project = await new_project.begin(self.app)
        if project is not None:
            await new_project.show(self.app, project)

    @work
    async def action_fit(self) -> None:
        """Ask which action fits an idea, and begin a project of it."""
        from ka2tui.tui.pages import new_project

        await new_project.find_action(self.app)

    # -- import ---------------------------------------------------------------------------------

    @work
    async def action_import(self) -> None:
        """Ask where the files are, say what was understood, and take it in."""
        from ka2tui.tui.dialogs.line import Line
        from ka2tui.tui.dialogs.preview import Preview
        from ka2tui.tui.pages import new_project

        line = Line(
            "Import",
            about=_IMPORTED,
            placeholder="~/projects/my-project",
            read=_say_path,
        )
        said = await self.app.push_screen_wait(line)
        if said is None:
            return
        try:
            intake = await self._intake(_path(said))
            if intake is None:
                return
            if not intake.of("project") and not intake.errors:
                acronym = await self._ask_acronym()
                if acronym is None:
                    return
                _name(intake, acronym)
            taken = await self._rehearse(intake)
        except (Refused, Unavailable) as refusal:
            self.app.tell(str(refusal), severity="warning", timeout=12)
            return
        if not await self.app.push_screen_wait(Preview(intake, taken)):
            return
        outcome = await self.app.do(imports.take, intake, today=self.app.today)
        if outcome is not None and outcome.value.project is not None:
            await new_project.show(self.app, outcome.value.project)

    async def _rehearse(self, intake: Intake) -> Taken:
        """See what taking it in would do beside what is stored."""
        from ka2tui.domain.intake import Taken

        if intake.errors:
            return Taken(errors=list(intake.errors))
        try:
            return await self.app.rehearse(imports.take, intake, today=self.app.today)
        except Refused as refusal:
            taken: Taken | None = getattr(refusal, "taken", None)
            if taken is None:
                raise
            return taken

    async def _intake(self, path: Path) -> Intake | None:
        """Understand what stands at a path; of a list of projects the one that is chosen.

        Raises:
            Refused: It cannot be read.
        """
        if _is_large(path):
            self.app.tell("Reading the list …")
        lists = await asyncio.to_thread(_lists, path)
        if lists is None:
            return await asyncio.to_thread(_read, path, self.app.settings.data)
        exports, listing = lists
        chosen = await self._choose(listing)
        if chosen is None:
            return None
        intake = await asyncio.to_thread(_chosen, exports, chosen)
        return intake if await self._call(intake.items[0]) else None

    async def _call(self, project: About) -> bool:
        """Ask what a project from a list is called, unless it is here; False: never mind."""
        from ka2tui.tui.dialogs.line import Line

        if await self.app.ask(export.like, project) is not None:
            return True
        line = Line(
            "What is the project called?",
            about="The list has no acronyms. This one is made from the title.",
            value=project.defaults.get("_acronym") or "",
        )
        said = await self.app.push_screen_wait(line)
        if said is not None:
            project.defaults["acronym"] = said
        return said is not None

    async def _choose(self, listing: Listing) -> str | None:
        """Ask which project of the Commission's list is meant; give its identifier."""
        from ka2tui.exchange.commission import say_countries
        from ka2tui.tui.dialogs.choose import Choose, Item

        known = listing.projects
        if len(known) == 1:
            return known[0].identifier
        if not known:
            self.app.tell("There is no project in this list.", severity="warning")
            return None
        items = [
            Item(at, plain.join([one.title, where, one.coordinator]), one.identifier)
            for at, one in enumerate(known)
            for where in [say_countries(one.countries)]
        ]
        dialog = Choose(
            f"Which of {plain.count(len(items), 'project')}?",
            items,
            placeholder="words of the title, the coordinator, the number",
        )
        at = await self.app.push_screen_wait(dialog)
        return None if at is None else known[at].identifier

    async def _ask_acronym(self) -> str | None:
        """Ask what the project is called, where no file says it."""
        from ka2tui.tui.dialogs.line import Line

        line = Line(
            "Which project is this?",
            about="None of the files says it. Give the project a short name.",
            placeholder="acronym",
        )
        return await self.app.push_screen_wait(line)

    # -- the example ----------------------------------------------------------------------------

    @work
    async def action_demo(self) -> None:
        """Open the example project; it is built the first time, in a file of its own."""
        from ka2tui import settings
        from ka2tui.tui.pages import new_project

        file = settings.default_database().with_name("demo.db")
        today, actor = self.app.today, self.app.settings.who
        if not file.exists():
            self.app.tell("Building the example project …")
        try:
            await asyncio.to_thread(_build, file, today)
        except (Refused, Unavailable) as refusal:
            self.app.tell(str(refusal), severity="warning", timeout=12)
            return
        await self.app.open_other(lambda: _open(file, actor))
        new_project.leave_welcome(self.app)


def _path(said: str) -> Path:
    """Read a path as people paste it: in quotes, with ~ for their own folder."""
    return path_of(said.strip().strip("\"'"))


def _say_path(said: str) -> str:
    """Say what stands at a path.

    Raises:
        Refused: Nothing does.
    """
    path = _path(said)
    try:
        if path.is_dir():
            return f"the folder {path}"
        if path.is_file():
            return f"the file {path}"
    except (OSError, ValueError) as error:
        raise Refused(f"This cannot be a path: {error}.") from None
    raise Refused("There is nothing of this name yet.")


def _read(path: Path, own: Path | None) -> Intake:
    """Read files and understand them; runs beside the screen.

    Raises:
        Refused: They cannot be read.
    """
    from ka2tui.domain.intake import Intake
    from ka2tui.exchange import cells, project_toml, tables, understanding

    try:
        if path.suffix.lower() == ".toml":
            return project_toml.read(path)
        grids, aside = tables.read([path])
        intake = understanding.understand(grids, cells.Frame(own=own))
    except tables.ImportFault as fault:
        intake, aside = Intake(errors=fault.findings), []
    intake.dropped += aside
    return intake


def _is_large(path: Path) -> bool:
    """Tell whether reading a file takes a while."""
    try:
        return path.stat().st_size > _LARGE
    except OSError:
        return False


def _lists(path: Path) -> tuple[list[Export], Listing] | None:
    """Read which projects stand in the Commission's lists at a path; None where it holds a plan.

    Raises:
        Refused: A list cannot be read to its end.
    """
    from ka2tui.exchange import commission

    exports, others = commission.find([path])
    if not exports:
        return None
    listing = commission.listing(exports)
    return None if commission.belongs_to_plan(listing, others) else (exports, listing)


def _chosen(exports: list[Export], identifier: str) -> Intake:
    """Understand the project that was chosen; runs beside the screen.

    Raises:
        Refused: A list cannot be read any more.
    """
    from ka2tui.exchange import commission

    return commission.select(exports, identifier)


def _name(intake: Intake, acronym: str) -> None:
    """Let the files be about a project of this name."""
    from ka2tui.domain.intake import Item

    values = {"acronym": acronym}
    intake.items.insert(0, Item("project", "", None, acronym, values=values))


def _build(file: Path, today: date) -> None:
    """Make the example project where it is not there yet; runs beside the screen."""
    from ka2tui.exchange import demo

    if not file.exists():
        demo.build(file, today)


def _open(file: Path, actor: str) -> Any:
    """Open the example project, in the portfolio's thread."""
    from ka2tui.store.portfolio import Portfolio

    return Portfolio.open(file, actor=actor)
