"""The desk: an app with one portfolio, one thread that serves it, and pages that show it.

Everything a page reads goes through `ask`, everything it changes through `do`, one after the
other through a single thread, in the order of the keys. Whoever shows what a change touched
hears of it and reloads; nobody calls anybody.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar, cast

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.signal import Signal
from textual.worker import NoActiveWorker, WorkerFailed, get_current_worker

from ka2tui import datafiles
from ka2tui import settings as settings_file
from ka2tui.domain.refusal import Refused
from ka2tui.settings import Settings
from ka2tui.tui import crash, keys, plain, themes
from ka2tui.tui.clerk import Clerk, is_unavailable, sentence
from ka2tui.tui.lazy import resolve
from ka2tui.tui.terminal import NothingActs

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.timer import Timer

    from ka2tui.store.operation import Operation
    from ka2tui.store.portfolio import Outcome, Portfolio

P = ParamSpec("P")
R = TypeVar("R")

POLL_SECONDS = 1.0
"""How often the desk looks whether another window changed something."""

_NOTHING_ACTS = NothingActs()


FRAME = frozenset({"project", "phase"})
"""The kinds of record that the headline speaks of."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page as the keys and the palette know it."""

    mode: str
    """Its name in MODES."""
    title: str
    digit: str
    letter: str
    """The letter after `g`."""
    about: str
    """One sentence: what one does there."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Something changed: here, or in another window."""

    touched: frozenset[str] | None
    """The kinds of record; None where it may be anything."""

    label: str = ""
    """What was done, in words."""

    def concerns(self, shows: frozenset[str]) -> bool:
        """Say whether a page that shows these kinds of record should look again."""
        return self.touched is None or bool(self.touched & shows)


@dataclass(frozen=True, slots=True)
class ProjectChoice:
    """A project as the desk lets somebody choose it."""

    id: int
    acronym: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the headline says of the project."""

    acronym: str
    facts: str = ""
    """ "Implementation · M14 of 24"."""


class Unsaved(Refused):
    """This could not be saved; what you typed is still here."""


class Unanswered(asyncio.CancelledError):
    """The database gave no answer; whoever asked ends here, and the user has been told why."""


def _clock(portfolio: Portfolio) -> int:
    return portfolio.clock()


class Desk(App[None]):
    """The app without its pages."""

    TITLE = "ka2tui"
    ENABLE_COMMAND_PALETTE = True
    CSS_PATH = Path(__file__).with_name("ka2tui.tcss")
    HORIZONTAL_BREAKPOINTS = [
        (0, "-cramped-x"),
        (60, "-narrow"),
        (100, "-wide"),
        (160, "-very-wide"),
    ]
    VERTICAL_BREAKPOINTS = [
        (0, "-cramped-y"),
        (15, "-low"),
        (30, "-tall"),
    ]

    PLACES: ClassVar[tuple[Place, ...]] = ()
    """The pages that can be reached, in the order of their digits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit",
                tooltip="Save what is on its way and leave"),
        Binding("ctrl+c", "help_quit", show=False, system=True),
        Binding("question_mark", "help", "help", key_display="?", id="app.help",
                tooltip="What can be done here"),
        Binding("ctrl+p", "command_palette", "palette", id="app.palette",
                tooltip="Go anywhere and do anything by name"),
        Binding("g", "which_key", "Go to", show=False, id="app.go",
                tooltip="Go to a page: its letter comes next"),
        Binding("u", "undo", "Undo", show=False, id="app.undo",
                tooltip="Take back your last change"),
        Binding("U", "redo", "Redo", show=False, id="app.redo",
                tooltip="Do again what was taken back"),
        Binding("ctrl+z", "undo_anywhere", "Undo", show=False, system=True,
                id="app.undo_anywhere", tooltip="Take back your last change"),
        Binding("ctrl+y", "redo_anywhere", "Redo", show=False, system=True,
                id="app.redo_anywhere", tooltip="Do again what was taken back"),
    ]  # fmt: skip

    def __init__(
        self,
        open_portfolio: Callable[[], Portfolio],
        *,
        today: date,
        now: Callable[[], datetime],
        settings: Settings | None = None,
        project: int | str | None = None,
        notice: str | None = None,
    ) -> None:
        """Lay out the desk; nothing is opened before the first frame stands.

        Args:
            open_portfolio: Opens the database; called in the portfolio's thread.
            today: The day the answers are for.
            now: Gives the present instant in UTC.
            settings: What the person has chosen.
            project: Id, acronym or agreement number of the project to begin with.
            notice: A sentence to show at the start.
        """
        self.settings = settings or Settings()
        super().__init__()
        self.today = today
        self.now = now
        self.project: int | None = project if isinstance(project, int) else None
        """The id of the project shown; None before one is known, or where there is none."""
        self.changed: Signal[Changed] = Signal(self, "changed")
        self.headline_changed: Signal[None] = Signal(self, "headline_changed")
        self.standing: Standing | None = None
        self.trust = "opening …"
        """At the right of the headline: what must be trusted."""
        self.warned = False
        self.opened = asyncio.Event()
        """Set when the database is open and the project known."""
        self.visited: list[str] = []
        self.wanted_records: dict[str, int] = {}
        """By page, the record it is to stand on when it is looked at next."""
        self._wanted_project = project
        self._notice = notice
        self._clerk = Clerk(open_portfolio)
        self._look_out: Timer | None = None
        self._clock = 0
        self._writing = 0
        self._faults: list[str] = []
        self._clashes_told: set[str] = set()
        self.wanted_keys: dict[str, str] = {}
        """Keys that differ from the usual ones, by the id of what they do."""
        self._register_themes()
        self._put_on_keys()

    # -- reading and changing -------------------------------------------------------------------

    async def ask(
        self,
        query: Callable[Concatenate[Session, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Answer a query. Where the database fails the user is told and the asking worker ends."""
        try:
            return await asyncio.wrap_future(
                self._clerk.hand(lambda portfolio: portfolio.ask(resolve(query), *args, **kwargs))
            )
        except Exception as error:
            if not is_unavailable(error):
                raise
            self._tell_unavailable(error)
            try:
                get_current_worker()
            except NoActiveWorker:
                raise error from None
            raise Unanswered from error

    async def do(
        self, operation: Operation[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> Outcome[R] | None:
        """Run an operation and tell every page; None where it was refused, and a toast said why."""
        try:
            return await self.attempt(operation, *args, **kwargs)
        except Refused as refusal:
            self.tell(str(refusal), severity="warning")
            return None

    async def attempt(
        self, operation: Operation[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> Outcome[R]:
        """Run an operation as `do` does, for callers that show a refusal themselves.

        Raises:
            Refused: A rule says no, or it could not be saved; nothing changed.
        """

        def act(portfolio: Portfolio) -> Outcome[R]:
            run = cast("Operation[P, R]", resolve(operation))
            return portfolio.do(run, *args, **kwargs)

        return await self._change(act)

    async def _change(self, act: Callable[[Portfolio], Outcome[R]]) -> Outcome[R]:
        """Run a change to its end, even if whoever waits for it goes away."""
        self._writing += 1
        self._trust("saving …")
        try:
            # the shield: a cancelled worker must not take a change out of the queue
            outcome = await asyncio.shield(asyncio.wrap_future(self._clerk.hand(act)))
        except Refused:
            self._writing -= 1
            self._trust("saved")
            raise
        except Exception as error:
            self._writing -= 1
            if not is_unavailable(error):
                raise
            self._trust("not saved", warned=True)
            raise Unsaved(sentence(error)) from error
        self._writing -= 1
        self._trust("saved")
        self._publish(outcome)
        return outcome

    def _publish(self, outcome: Outcome[Any]) -> None:
        """Tell the pages what changed; where the history jumped, somebody else was there too."""
        if outcome.entry is None:
            return
        alone = outcome.entry == self._clock + 1
        self._clock = max(self._clock, outcome.entry)
        touched = outcome.touched if alone else None
        if not alone:
            self._tell_elsewhere()
        self._announce(Changed(touched, outcome.label))

    def _announce(self, changed: Changed) -> None:
        """Tell every page, and look to what stands around all of them."""
        self.changed.publish(changed)
        if changed.concerns(FRAME):
            self._keep_up()

    @work(group="keep_up", exclusive=True)
    async def _keep_up(self) -> None:
        """Leave a project that is gone, greet a first one, and let the headline be true."""
        known = [it.id for it in await self.projects()]
        if self.project not in known:
            self.project = known[0] if known else None
            self.changed.publish(Changed(None))
            await (self.with_project() if known else self.without_project())
        await self.refresh_standing()

    async def _look_elsewhere(self) -> None:
        """Look whether another window or the command line changed something."""
        try:
            clock = await asyncio.wrap_future(self._clerk.hand(_clock))
        except Exception as error:
            if not is_unavailable(error):
                raise
            self._trust("the database does not answer", warned=True)
            return
        if self.warned:
            self._trust_as_opened()
        if clock > self._clock and not self._writing:
            self._clock = clock
            self._tell_elsewhere()
            self._announce(Changed(None))

    def _tell_elsewhere(self) -> None:
        local = self.now().astimezone()
        self._trust(f"changed in another window at {local:%H:%M}")

    @work(group="clock", exclusive=True)
    async def _poll(self) -> None:
        """Look once, unless nobody looks at the screen or the thread has work."""
        if self.app_focus and self.opened.is_set() and not self._writing:
            await self._look_elsewhere()

    # -- start and end --------------------------------------------------------------------------

    def post_display_hook(self) -> None:
        """Let the database be opened once the first frame stands."""
        if self._batch_count == 0:
            self._clerk.release()

    def on_load(self) -> None:
        """End cleanly when the system or a closed window asks for it."""
        self._clerk.start()
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is None or threading.current_thread() is not threading.main_thread():
                continue
            try:
                loop.add_signal_handler(number, self.exit)
            except NotImplementedError:  # Windows
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(self.exit))

    def on_mount(self) -> None:
        """Begin to open the database, and to look at what other windows do."""
        self._begin()

    @work(group="open")
    async def _begin(self) -> None:
        """Open the database, find the project, and let the pages ask."""
        if self.is_headless:
            # nothing is ever painted there
            self._clerk.release()
        try:
            await asyncio.shield(asyncio.wrap_future(self._clerk.opening))
            self._clock = await asyncio.wrap_future(self._clerk.hand(_clock))
        except Exception as error:
            if not is_unavailable(error) and not isinstance(error, Refused):
                raise
            self._trust("not open", warned=True)
            await self.without_database(sentence(error))
            return
        self._trust_as_opened()
        await self._find_project()
        await self.refresh_standing()
        self.opened.set()
        self.changed.publish(Changed(None))
        if self._look_out is None:
            self._look_out = self.set_interval(POLL_SECONDS, self._poll)
        for said in (*self.settings.notices, *self._faults, self._notice):
            if said:
                self.tell(said, severity="warning", timeout=12)
        if self.project is None:
            await self.without_project()

    def _trust_as_opened(self) -> None:
        why = self.read_only
        self._trust(f"read-only: {why}" if why else "saved", warned=bool(why))

    async def open_other(self, open_portfolio: Callable[[], Portfolio]) -> None:
        """Close the database when all is saved, and lay another one on the desk."""
        self.opened.clear()
        await asyncio.to_thread(self._clerk.stop)
        self._clerk = Clerk(open_portfolio)
        self._clerk.start()
        self._clerk.release()
        self.project = self._wanted_project = None
        await self._begin().wait()

    @property
    def read_only(self) -> str | None:
        """Why nothing can be changed; None where it can."""
        portfolio = self._clerk.portfolio
        return None if portfolio is None else portfolio.read_only

    @property
    def actor(self) -> str:
        """Who the history says makes the changes of this window."""
        portfolio = self._clerk.portfolio
        return self.settings.who if portfolio is None else portfolio.actor

    async def without_database(self, why: str) -> None:
        """Go on where the database cannot be opened; the front says why and what to do."""

    def retry(self) -> None:
        """Try once more to open the database."""
        self._clerk.open_again()
        self._trust("opening …")
        self._begin()

    async def on_unmount(self) -> None:
        """Finish what is on its way before the thread stops."""
        await asyncio.to_thread(self._clerk.stop)

    # -- projects -------------------------------------------------------------------------------

    async def projects(self) -> list[ProjectChoice]:
        """List the projects of the database; the app with pages knows the query."""
        return []

    async def read_standing(self) -> Standing | None:
        """Read what the headline says; the app with pages knows the query."""
        return None

    async def resolve_project(self, code: str) -> int | None:
        """Find a project by what somebody called it; the app with pages knows the query."""
        wanted = code.casefold()
        found = [it.id for it in await self.projects() if it.acronym.casefold() == wanted]
        return found[0] if len(found) == 1 else None

    def ask_which_project(self) -> None:
        """Ask which of several projects is shown; the front has the dialog."""

    async def without_project(self) -> None:
        """Go on where no project is chosen; the app with pages shows a welcome."""

    async def with_project(self) -> None:
        """Go on with the first project there is; the app with pages leaves its welcome."""

    async def _find_project(self) -> None:
        """Settle which project is shown first."""
        wanted = self._wanted_project
        if isinstance(wanted, str):
            self.project = await self.resolve_project(wanted)
            if self.project is None:
                self.tell(f"There is no project {wanted} here.", severity="warning")
        if self.project is None:
            known = await self.projects()
            if len(known) == 1:
                self.project = known[0].id
            elif known:
                self.project = known[0].id
                self.call_later(self.ask_which_project)

    async def refresh_standing(self) -> None:
        """Read again what the headline says of the project."""
        self.standing = None if self.project is None else await self.read_standing()
        self.headline_changed.publish(None)

    async def switch_project(self, project: int) -> None:
        """Show another project on every page."""
        self.project = project
        await self.refresh_standing()
        self.changed.publish(Changed(None))

    # -- undo -----------------------------------------------------------------------------------

    @work
    async def action_undo(self) -> None:
        """Take back the last change, and say which."""
        await self._take_back("undo")

    @work
    async def action_redo(self) -> None:
        """Do again what was taken back last, and say what."""
        await self._take_back("redo")

    def action_undo_anywhere(self) -> None:
        """Take back the last change."""
        self.action_undo()

    def action_redo_anywhere(self) -> None:
        """Do again what was taken back."""
        self.action_redo()

    async def undo(self) -> Outcome[None] | None:
        """Take back the last change; None where there is none, and a toast said so."""
        return await self._take_back("undo")

    async def redo(self) -> Outcome[None] | None:
        """Do again what was taken back; None where there is nothing, and a toast said so."""
        return await self._take_back("redo")

    async def _take_back(self, way: str) -> Outcome[None] | None:
        project = self.project
        try:
            outcome = await self._change(
                lambda portfolio: (
                    portfolio.undo(project) if way == "undo" else portfolio.redo(project)
                )
            )
        except Refused as refusal:
            self.tell(str(refusal), severity="warning")
            return None
        self.tell(f"{'Undone' if way == 'undo' else 'Done again'}: {outcome.label}")
        return outcome

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave ctrl+z to a field that is being typed in; nothing is undone behind a dialog."""
        if action in ("undo_anywhere", "redo_anywhere", "undo", "redo"):
            focused = self.screen.focused if self.screen_stack else None
            typing = focused is not None and focused.check_consume_key("x", "x")
            return not typing and not self.screen.is_modal
        if action in ("which_key", "go", "help", "command_palette") and self.screen_stack:
            return not self.screen.is_modal
        return True

    # -- words ----------------------------------------------------------------------------------

    def tell(
        self, text: str, *, severity: str = "information", timeout: float | None = None
    ) -> None:
        """Show a sentence for a while; nothing in it is markup."""
        self.notify(
            "\n".join(plain.lines(text)),
            severity=cast("Any", severity),
            timeout=timeout,
            markup=False,
        )

    def _tell_unavailable(self, error: BaseException) -> None:
        self._trust("the database does not answer", warned=True)
        self.tell(sentence(error), severity="error", timeout=12)

    def _trust(self, words: str, *, warned: bool = False) -> None:
        if (words, warned) != (self.trust, self.warned):
            self.trust, self.warned = words, warned
            self.headline_changed.publish(None)

    # -- places ---------------------------------------------------------------------------------

    def action_go(self, mode: str) -> None:
        """Go to a page."""
        if mode != self.current_mode:
            self.visited.append(self.current_mode)
            del self.visited[:-20]
            self.switch_mode(mode)

    def open_record(self, mode: str, record: int) -> None:
        """Go to a page, which then stands on this record."""
        self.wanted_records[mode] = record
        self.action_go(mode)

    def action_back(self) -> None:  # type: ignore[override]
        """Go back to the page one came from."""
        if self.visited:
            self.switch_mode(self.visited.pop())

    # -- looks ----------------------------------------------------------------------------------

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let nothing through to the terminal that acts instead of showing."""
        return [*super().get_line_filters(), _NOTHING_ACTS]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours that our style sheets name."""
        return themes.NAMED

    def _register_themes(self) -> None:
        """Register our themes, and put on the chosen one."""
        chosen = self.settings.theme
        try:
            self.register_theme(themes.read(chosen, self.settings.data))
        except datafiles.DataFault as fault:
            self._faults.append(f"The colours {chosen} cannot be used: {fault}")
            chosen = Settings().theme
            self.register_theme(themes.read(chosen))
        self.theme = chosen

    def put_on(self, theme: str) -> None:
        """Change the colours, and remember it."""
        try:
            self.register_theme(themes.read(theme, self.settings.data))
        except datafiles.DataFault as fault:
            self.tell(str(fault), severity="warning")
            return
        self.theme = theme
        self.keep_settings(theme=theme)

    def keep_settings(self, **changes: Any) -> None:
        """Change settings and keep them; a toast says where they could not be kept."""
        try:
            self.settings = settings_file.save(self.settings, **changes)
        except OSError as error:
            said = f"The settings could not be kept: {error.strerror or error}."
            self.tell(said, severity="warning")

    def _put_on_keys(self) -> None:
        """Put on the keys of the settings."""
        try:
            self.wanted_keys = keys.keymap(self.settings)
        except datafiles.DataFault as fault:
            self._faults.append(str(fault))
            return
        self._faults += keys.fixed(self.settings)
        if self.wanted_keys:
            self.set_keymap(self.wanted_keys)

    def check_keys(self, screen: Screen[Any]) -> None:
        """Tell which keys of the settings take the place of others on a page, once each."""
        if not self.wanted_keys:
            return
        above = [type(screen), type(self)]
        kinds = {type(node) for node in screen.walk_children()}
        for said in keys.clashes([[kind, *above] for kind in kinds], self.wanted_keys):
            if said not in self._clashes_told:
                self._clashes_told.add(said)
                self.tell(said, severity="warning", timeout=12)

    # -- faults ---------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """Close with one sentence; the log holds where it happened and nobody's data."""
        self._return_code = 1
        if isinstance(error, WorkerFailed):
            error = cast("Exception", error.error)
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            log = crash.note(error)
            self._exit_renderables[:] = [plain.rich(crash.sentence(log))]
        self._close_messages_no_wait()
