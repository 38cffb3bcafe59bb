"""A page: a screen that shows the answer to a query, and again when its records change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar

from textual import getters, on, work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from ka2tui.datafiles import DataFault
from ka2tui.domain.refusal import Refused
from ka2tui.tui import beginning, plain, projector
from ka2tui.tui.desk import Changed, Desk
from ka2tui.tui.found import AT_REST, TELL_THEMSELVES, counted, in_short, tone_of
from ka2tui.tui.type_ahead import TYPED
from ka2tui.tui.widgets.details import Details, Line
from ka2tui.tui.widgets.ground import Ground
from ka2tui.tui.widgets.headline import Headline
from ka2tui.tui.widgets.key_line import KeyLine
from ka2tui.tui.widgets.lessons import Lessons
from ka2tui.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingsMap
    from textual.timer import Timer

    from ka2tui.domain.problem import Problem
    from ka2tui.store.operation import Operation
    from ka2tui.store.portfolio import Outcome
    from ka2tui.tui.widgets.details import Item
    from ka2tui.tui.widgets.record_table import RecordTable

P = ParamSpec("P")
R = TypeVar("R")


class Body(Widget):
    """What stands between headline and keys; docks inside it stay inside it."""

    BLANK = True

    DEFAULT_CSS = """
    Body { layout: vertical; width: 1fr; height: 1fr; }
    .-bare > Body { display: none; }
    """


class Room(Widget):
    """Covers a page in a window too small for it, and asks for more room."""

    DEFAULT_CSS = """
    Room {
        layer: room;
        display: none;
        width: 100%;
        height: 100%;
        background: $background;
        color: $foreground;
        position: absolute;
    }
    """

    def render(self) -> Any:
        """Say what is needed."""
        return plain.content("Please make the window larger: 60 x 15 at least. ctrl+q quits.")


LEAVES = frozenset({"go", "quit"})
"""Actions that need nothing of the page they are pressed on."""

MOVES = frozenset({"move", "page", "first", "last"})
"""Actions that need rows, and nothing of the database."""


class NoProject(Refused):
    """There is no project here: begin or import one first (ctrl+n)."""


class Page(Screen[None], Ground):
    """One page of the app.

    A page names what it shows and how to read it; when an operation touches one of those kinds
    of record, the page on screen reloads, and the others do when they are looked at again.
    """

    app = getters.app(Desk)

    SHOWS: ClassVar[frozenset[str]] = frozenset()
    """The kinds of record, by table name, whose changes matter here."""

    NEEDS_PROJECT: ClassVar[bool] = True
    """Whether there is nothing to read before a project is chosen."""

    AHEAD: ClassVar[frozenset[str]] = frozenset()
    """Actions that do with the rows in sight, while all the others are still being read."""

    NAME: ClassVar[str] = ""
    """What it is called in the headline where that is not told by the page itself."""

    RECORD: ClassVar[str] = ""
    """The kind of record, by table name, that the rows of its table are; blank: of several."""

    FIGURES: ClassVar[tuple[str, ...]] = ()
    """What tells the figures that stand here, by the names of `queries/figures.py`."""

    HELP: ClassVar[str | None] = None
    """A few sentences for the help: what one does here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.back", "Back", show=False, id="page.back", tooltip="Where you came from"),
        Binding("tab", "app.focus_next", "Next pane", show=False, id="page.next_pane",
                tooltip="Go to the next pane"),
        Binding("shift+tab", "app.focus_previous", "Pane before", show=False,
                id="page.previous_pane", tooltip="Go to the pane before"),
        Binding("L", "record_history", "its history", show=False, id="page.record_history",
                tooltip="Show who changed what of this one, and when"),
        Binding("C", "add_proof", "add proof", show=False, id="page.add_proof",
                tooltip="Add a file, a link or a paper that proves this one"),
        Binding("B", "behind", "behind figures", show=False, id="page.behind",
                tooltip="Show the rows behind a figure that stands here"),
        Binding("I", "problems", "problems", show=False, id="page.problems",
                tooltip="Show what the checks found about this one, or on this page"),
    ]  # fmt: skip

    def __init__(self) -> None:
        """Make the page; it reads nothing before it is shown and the database is open."""
        super().__init__()
        self._news = 1
        self._news_shown = 0
        self.loaded = False
        """Whether it has shown anything yet."""
        self._others_changed = False
        self._shown_project: int | None = None
        self.undoes_everywhere = False
        """Whether undo takes back changes of any project: all of them are shown."""
        self._rest: Timer | None = None
        self.glimpsed = False
        """Whether it shows something although not everything was read yet."""
        self._with_project: tuple[BindingsMap, Widget | None] | None = None
        """While there is no project: its keys, and what had the focus, where there was one."""

    def compose(self) -> ComposeResult:
        """Frame the content between headline and keys."""
        yield Headline()
        yield Body(*self.body())
        yield Lessons(lambda: self.app.explaining)
        yield KeyLine()
        yield Room()

    def body(self) -> Iterable[Widget]:
        """Give the content, and what kinds of pages put around it."""
        return self.content()

    def content(self) -> Iterable[Widget]:
        """Give the widgets between headline and keys."""
        return ()

    @property
    def project(self) -> int:
        """The id of the project shown; `load` and `show` run only where there is one."""
        if self.app.project is None:
            raise NoProject
        return self.app.project

    @property
    def ready(self) -> bool:
        """Whether keys find what they are meant for."""
        if not self.app.opened.is_set():
            return False
        return self.loaded or (self.NEEDS_PROJECT and self.app.project is None)

    def hears(self, action: str, *, in_line: bool) -> bool:
        """Whether a key for this finds what it is meant for although the page is not ready.

        Where it falls into a line that is typed, all it needs is that line.
        """
        wanted = TYPED if in_line else action
        if wanted in LEAVES or not self.glimpsed:
            return wanted in LEAVES
        return wanted in MOVES or (wanted in self.AHEAD and self.app.opened.is_set())

    # -- reading --------------------------------------------------------------------------------

    @property
    def stale(self) -> bool:
        """Whether something changed since what is shown was read; can be set to true."""
        return self._news != self._news_shown

    @stale.setter
    def stale(self, _: bool) -> None:
        self._news += 1

    async def load(self) -> Any:
        """Read what the page shows: ask, nothing else. Runs in a worker and may be cancelled."""
        raise NotImplementedError

    def show(self, seen: Any) -> None:
        """Put what was read on the screen; cursor, scroll and focus stay."""
        raise NotImplementedError

    async def glimpse(self) -> Any:
        """Read what can be shown before the database is open; None: nothing."""
        return None

    def on_mount(self) -> None:
        """Listen for changes."""
        self.app.changed.subscribe(self, self._on_changed)
        self.app.headline_changed.subscribe(self, self._say_headline)
        self._say_headline(None)
        self.app.check_keys(self)
        for details in self._about_records():
            details.above = self.found_lines

    def _about_records(self) -> Iterable[Details]:
        """Give the panes that tell of the record under the cursor: one, where a page names it."""
        named = (getattr(self, name, None) for name in ("details", "about"))
        one = next((each for each in named if isinstance(each, Details)), None)
        return self.query(Details) if one is None else (one,)

    def _on_changed(self, changed: Changed) -> None:
        if not changed.concerns(self.SHOWS):
            return
        self.stale = True
        self._others_changed |= changed.elsewhere
        if self.is_current:
            self.reload()

    def on_screen_resume(self) -> None:
        """Read what was never read, or changed while the page was away."""
        self._say_headline(None)
        self.refresh_bindings()
        self._look_for_problems()
        if not self.app.opened.is_set():
            self._look_first()
        elif self.stale:
            self.reload()

    @work(group="load", exclusive=True)
    async def _look_first(self) -> None:
        """Show what can be shown already; once that stands, the database may be opened."""
        seen = None if self.loaded or self.glimpsed else await self.glimpse()
        if seen is not None and not self.app.opened.is_set():
            self.glimpsed = True
            self.show(seen)
        if self in self.app.screen_stack:
            self.call_after_refresh(self.app.page_stands)

    @work(group="load", exclusive=True)
    async def reload(self) -> None:
        """Read and show again; a reload under way gives way to this one."""
        await self._stand_bare(bare=self.NEEDS_PROJECT and self.app.project is None)
        if self.bare:
            return
        news = self._news
        try:
            seen = await self.load()
        except (Refused, DataFault) as refusal:
            # removed between two questions: whoever removed it makes the page read again; or a
            # file of the user's own cannot be read
            if self.app.project is not None:
                self.app.tell(str(refusal), severity="warning", timeout=12)
            return
        before = self._rows_before()
        self.show(seen)
        for table, rows in before:
            table.mark_changed(rows)
        self._others_changed = False
        self._shown_project = self.app.project
        self._news_shown = news
        self.loaded = True
        self.refresh_bindings()
        self._look_for_problems()

    @property
    def bare(self) -> bool:
        """Whether it shows only how a project is begun, for there is none."""
        return self._with_project is not None

    async def _stand_bare(self, *, bare: bool) -> None:
        """Say how a project is begun in the place of everything, or let that stand here again."""
        if bare == self.bare:
            return
        self.set_class(bare, "-bare")
        if self._with_project is None:
            self._with_project = (self._bindings, self.focused)
            self._bindings = beginning.without_verbs(self._bindings)
            invitation = beginning.Beginning()
            await self.mount(invitation, after=self.query_one(Body))
            invitation.focus()
        else:
            (self._bindings, focused), self._with_project = self._with_project, None
            await self.query(beginning.Beginning).remove()
            if focused is not None:
                self.call_after_refresh(focused.focus)
        self.refresh_bindings()

    def _rows_before(self) -> list[tuple[RecordTable[Any], dict[int, Any]]]:
        """Give the lists with their rows, where others changed some since they were read."""
        if not (self._others_changed and self.loaded and self._shown_project == self.app.project):
            return []
        from ka2tui.tui.widgets.record_table import RecordTable

        return [(table, table.rows_by_key) for table in self.query(RecordTable)]

    # -- verbs ----------------------------------------------------------------------------------

    async def act(
        self,
        table: RecordTable[Any],
        operation: Operation[Concatenate[Sequence[int], P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Outcome[R] | None:
        """Run an operation on the chosen rows as one step; the marks go when it worked."""
        ids = table.chosen
        if not ids:
            return None
        outcome = await self.app.do(operation, ids, *args, **kwargs)
        if outcome is not None:
            table.clear_marks()
        return outcome

    def record_at_cursor(self) -> tuple[str, int, str] | None:
        """Give the record that a key is about: its kind, its id, what it is called."""
        row = getattr(getattr(self, "table", None), "cursor_row", None) if self.RECORD else None
        if row is None:
            return None
        called = [getattr(row, name, None) for name in ("code", "acronym", "title", "name")]
        return self.RECORD, row.id, " ".join([str(each) for each in called if each][:2])

    def action_record_history(self) -> None:
        """Show what was changed of the record under the cursor."""
        record = self.record_at_cursor()
        if record is not None:
            self.app.open_history(*record)

    @work
    async def action_add_proof(self) -> None:
        """Add a proof to the record under the cursor."""
        from ka2tui.tui.pages import proof_verbs

        record = self.record_at_cursor()
        if record is not None:
            table, key, called = record
            await proof_verbs.add(self.app, self.project, [(table, key)], called)

    # -- problems -------------------------------------------------------------------------------

    @property
    def mode(self) -> str:
        """What the app calls this page; blank for one that stands over another."""
        return self.app.current_mode if self.app.screen_stack[0] is self else ""

    def _look_for_problems(self) -> None:
        """Ask what the checks found, once nothing else is to be done."""
        if self._rest is not None:
            self._rest.stop()
        desk = self.app
        shown = desk.project is not None and "problems" in desk.MODES
        wanted = shown and self.mode not in TELL_THEMSELVES
        self._rest = self.set_timer(AT_REST, self._read_found) if wanted else None

    @work(group="found", exclusive=True)
    async def _read_found(self) -> None:
        if self.is_current and self.app.opened.is_set():
            await self.app.found.read()
            self.show_found()

    def show_found(self) -> None:
        """Say what was found: how much on this page, and what about the record of the cursor."""
        table = getattr(self, "table", None)
        if isinstance(table, Pane):
            table.set_note(counted(self.found_here()))
        for details in self.query(Details):
            details.show_again()

    def found_here(self) -> list[Problem]:
        """Give what was found that is mended on this page, or is about its records."""
        return self.app.found.on_page(self.mode, self.RECORD)

    def found_lines(self) -> Sequence[Item]:
        """Say above the details what was found about the record under the cursor."""
        record = self.record_at_cursor() if self.loaded else None
        return self.found_line([] if record is None else self.app.found.about(*record[:2]))

    def found_line(self, found: Sequence[Problem]) -> Sequence[Item]:
        """Name findings in one line; nothing where there are none."""
        if not found:
            return ()
        return [Line([(f"{plain.WARNING} {in_short(found)}", tone_of(found))], ("I show", "quiet"))]

    @work
    async def action_problems(self) -> None:
        """Go to what was found about the record under the cursor, else on this page."""
        await self.app.found.read()
        record = self.record_at_cursor()
        here = self.found_here()
        if record is not None and self.app.found.about(*record[:2]):
            self.app.open_problems(*record[:2])
        elif here:
            self.app.open_problems(here[0].about, here[0].id)
        else:
            self.app.action_go("problems")

    # -- figures --------------------------------------------------------------------------------

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the project, and the record, whose figures the cursor is on.

        Table and id of the record: no id for every record of that table; None where the figures
        are those of the project alone.
        """
        record = self.record_at_cursor()
        return self.app.project, None if record is None else record[:2]

    @work
    async def action_behind(self) -> None:
        """Show the rows behind a figure."""
        project, about = self.figures_of()
        if project is not None:
            await self.app.show_behind(project, self.FIGURES, about)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the history of a record where there is one under the cursor."""
        if projector.hides(self.app, action):
            return False
        if action == "problems":
            shown = self.app.project is not None and "problems" in self.app.MODES
            return shown and self.mode != "problems"
        if action == "behind":
            return bool(self.FIGURES) and self.is_mounted and self.figures_of()[0] is not None
        if action == "add_proof":
            from ka2tui.domain.proof_sorts import ABOUT

            record = self.record_at_cursor() if self.is_mounted else None
            return record is not None and record[0] in ABOUT
        if action == "record_history":
            return self.is_mounted and self.record_at_cursor() is not None
        return super().check_action(action, parameters)

    def call_key(self, binding: str, word: str) -> None:
        """Let the line of keys say what a key does next; `binding` is its id."""
        known = self._bindings.key_to_bindings
        for key, bound in known.items():
            if any(it.id == binding and it.description != word for it in bound):
                known[key] = [
                    replace(it, description=word) if it.id == binding else it for it in bound
                ]
                self.refresh_bindings()

    # -- headline -------------------------------------------------------------------------------

    @on(Headline.Clicked)
    def _headline_clicked(self, event: Headline.Clicked) -> None:
        """Let another project be chosen, or go to the phase that is told of."""
        if event.part == "name":
            self.app.ask_which_project()
        elif type(self).facts is Page.facts and self.app.standing is not None:
            self.app.action_go("lifecycle")

    def on_click(self, event: events.Click) -> None:
        """Do what the key does that a pane names in its border."""
        from ka2tui.tui import hints

        key = hints.key_at(self, event.screen_x, event.screen_y)
        if key is not None:
            # as sender of it the page would keep the key to itself
            self.app.call_later(self.app.simulate_key, key)

    def facts(self) -> str:
        """Give what the headline says beside the project; a page may say something better."""
        standing = self.app.standing
        return standing.facts if standing is not None else self.NAME

    def _say_headline(self, _: None) -> None:
        headline = self.query_one(Headline)
        desk = self.app
        headline.name_shown = desk.standing.acronym if desk.standing else "ka2tui"
        headline.facts = self.facts()
        day = f"{desk.today:%a} {desk.today.day} {desk.today:%b %Y}"
        headline.view = projector.WORD if desk.projector else ""
        headline.trust = plain.join([day, desk.trust.words])
        headline.warned = desk.trust.warned
