"""The desk: an app with one portfolio, one thread that serves it, and pages that show it.

Everything a page reads goes through `ask`, everything it changes through `do`, one after the
other through a single thread, in the order of the keys. Whoever shows what a change touched
hears of it and reloads; nobody calls anybody.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar, cast

from textual import work
from textual.binding import Binding, BindingType
from textual.signal import Signal
from textual.worker import NoActiveWorker, get_current_worker

from ka2tui.domain.bulk import is_many, lists_of_ids
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.settings import Settings
from ka2tui.tui import plain
from ka2tui.tui.clerk import Clerk, is_unavailable, sentence
from ka2tui.tui.elsewhere import POLL_SECONDS, Elsewhere, Watch
from ka2tui.tui.found import Found
from ka2tui.tui.lazy import lazily, resolve
from ka2tui.tui.places import Places
from ka2tui.tui.trust import Trust

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy.orm import Session
    from textual.timer import Timer

    from ka2tui.queries import changes
    from ka2tui.queries.changes import Foreseen
    from ka2tui.queries.history import Step
    from ka2tui.store.operation import Operation
    from ka2tui.store.portfolio import Foresight, Outcome, Portfolio
    from ka2tui.tui.first_days import FirstDays
else:
    changes = lazily("ka2tui.queries.changes")

P = ParamSpec("P")
R = TypeVar("R")

SLOW_SECONDS = 0.3
"""After this a change that is still on its way is told in the headline."""

AGAIN_SECONDS = 5.0
"""Within so long pages are not read again twice: what cannot be read is not waited for."""

HEADLINE = frozenset({"project", "phase"})
"""The kinds of record that the headline speaks of."""


@frozen
class Changed:
    """Something changed: here, or in another window."""

    touched: frozenset[str] | None
    """The kinds of record; None where it may be anything."""

    label: str = ""
    """What was done, in words."""

    elsewhere: bool = False
    """Whether others did it, or did something too: what it changed is marked where it stands."""

    def concerns(self, shows: frozenset[str]) -> bool:
        """Say whether a page that shows these kinds of record should look again."""
        return self.touched is None or bool(self.touched & shows)


@frozen
class ProjectChoice:
    """A project as the desk lets somebody choose it."""

    id: int
    acronym: str
    title: str = ""


@frozen
class Standing:
    """What the headline says of the project."""

    acronym: str
    facts: str = ""
    """ "Implementation · M14 of 24"."""


class Unsaved(Refused):
    """This could not be saved; what you typed is still here."""


class Unanswered(asyncio.CancelledError):
    """The database gave no answer; whoever asked ends here, and the user has been told why."""


class _ShownFirst(Refused):
    """So much is shown before it is done."""


def _broken_rules(own: Path) -> list[str]:
    """Say which rules of one's own cannot be read; ours hold meanwhile."""
    if not (own / "rules").is_dir():
        return []
    from ka2tui.domain import rulebook

    return [f"{it.why} Our rules hold meanwhile." for it in rulebook.shelf(own).broken]


def _called(operation: Operation[..., Any]) -> str:
    """Say what an operation does."""
    return cast("Operation[..., Any]", resolve(operation)).label


def _clock(portfolio: Portfolio) -> int:
    return portfolio.clock()


class Desk(Places):
    """The app without its pages and its dialogs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", key_display="?", id="app.help",
                tooltip="What can be done here"),
        Binding("f1", "guide", "guide", show=False, id="app.guide",
                tooltip="Help for the pane you are in, and the guide"),
        Binding("semicolon", "jump", "jump", show=False, key_display=";", id="app.jump",
                tooltip="Put a letter on every row, pane and tab; typing it goes there"),
        Binding("ctrl+p", "command_palette", "palette", id="app.palette",
                tooltip="Go anywhere and do anything by name"),
        Binding("g", "which_key", "Go to", show=False, id="app.go",
                tooltip="Go to a page: its letter comes next"),
        Binding("u", "undo", "Undo", show=False, id="app.undo",
                tooltip="Take back your last change"),
        Binding("U", "redo", "Redo", show=False, id="app.redo",
                tooltip="Do again what was taken back"),
        Binding("f5", "projector", "projector", show=False, priority=True, id="app.projector",
                tooltip="Hide money, silence and private notes, for a projector; and show them"),
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
        place: str | None = None,
        follows_clock: bool = False,
    ) -> None:
        """Lay out the desk; nothing is opened before the first frame stands.

        Args:
            open_portfolio: Opens the database; called in the portfolio's thread.
            today: The day the answers are for.
            now: Gives the present instant in UTC.
            settings: What the person has chosen.
            project: Id, acronym or agreement number of the project to begin with.
            notice: A sentence to show at the start.
            place: Where the database is, for a first look while it is being opened.
            follows_clock: Whether another day begins at midnight; else it stays this one.
        """
        super().__init__(settings or Settings())
        self.today = today
        self.now = now
        self.project: int | None = project if isinstance(project, int) else None
        """The id of the project shown; None before one is known, or where there is none."""
        self.changed: Signal[Changed] = Signal(self, "changed")
        self.headline_changed: Signal[None] = Signal(self, "headline_changed")
        self.standing: Standing | None = None
        self.projector = False
        """Whether only that is shown which everybody may see; ends with the app."""
        self.trust = Trust()
        """What the headline says at its right."""
        self.opened = asyncio.Event()
        """Set when the database is open and the project known."""
        self.found = Found(self)
        """What the checks found in the project."""
        self.rows_left = ""
        """Rows that were pasted and not taken in."""
        self.fit_answers: dict[str, str | None] = {}
        """What was answered about an idea, by question; None where it is not known yet."""
        self._wanted_project = project
        self._notice = notice
        self._place = place
        self._follows_clock = follows_clock
        self._clerk = Clerk(open_portfolio)
        self._watch = Watch(self)
        self._look_out: Timer | None = None
        self._framed = False
        self._read_again = 0.0
        self._changes: set[asyncio.Task[Any]] = set()
        self._slow: Timer | None = None
        self._leaving = False
        self._unsaved: list[tuple[str, str]] = []
        """What could not be saved any more when the app was left, and why."""

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
        """Run an operation and tell every page; None where it was refused, and a toast said why.

        One that is given many records is shown before; None also where it was thought better of.
        """
        if is_many(sum(map(len, lists_of_ids(args, kwargs)))) and not await self.is_meant(
            operation, *args, **kwargs
        ):
            return None
        return await self.do_agreed(operation, *args, **kwargs)

    async def do_agreed(
        self, operation: Operation[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> Outcome[R] | None:
        """Run an operation as `do` does, for callers that have asked whether to already."""
        try:
            return await self.attempt(operation, *args, **kwargs)
        except Refused as refusal:
            self.tell(str(refusal), severity="warning", like=(str(refusal),))
            return None

    async def is_meant(self, operation: Operation[P, R], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Show what an operation would change, and ask whether to; the front has the dialog."""
        return True

    async def foresee(
        self, operation: Operation[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> Foresight[Foreseen]:
        """Rehearse an operation on chosen records, and tell what it would change.

        Raises:
            Refused: A rule says no, or the database gave no answer.
        """
        chosen = lists_of_ids(args, kwargs)
        # records of several kinds may have the same ids: what stays is told of one kind alone
        ids = chosen[0] if len(chosen) == 1 else []

        def act(portfolio: Portfolio) -> Foresight[Foreseen]:
            run = cast("Operation[P, R]", resolve(operation))
            told = resolve(changes.foreseen)
            return portfolio.foresee(
                lambda session, images: told(session, images, ids), run, *args, **kwargs
            )

        return await self._rehearsed(act)

    async def rehearse(self, operation: Operation[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an operation, give what it answers, and leave everything as it was.

        Raises:
            Refused: A rule says no, or the database gave no answer.
        """

        def act(portfolio: Portfolio) -> R:
            run = cast("Operation[P, R]", resolve(operation))
            return portfolio.rehearse(run, *args, **kwargs)

        return await self._rehearsed(act)

    async def _rehearsed(self, act: Callable[[Portfolio], R]) -> R:
        """Let the clerk rehearse; where the database gives no answer, that is a refusal."""
        try:
            return await asyncio.wrap_future(self._clerk.hand(act))
        except Exception as error:
            if not is_unavailable(error):
                raise
            raise Unsaved(sentence(error)) from error

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

        return await self.carry(act, lambda: _called(operation))

    async def forget(
        self, operation: Operation[P, list[str]], *args: P.args, **kwargs: P.kwargs
    ) -> Outcome[list[str]]:
        """Run an operation that forgets a person, and erase the words it gives from the history.

        Raises:
            Refused: A rule says no, or it could not be saved; nothing changed.
        """

        def act(portfolio: Portfolio) -> Outcome[list[str]]:
            run = cast("Operation[P, list[str]]", resolve(operation))
            outcome = portfolio.do(run, *args, **kwargs)
            portfolio.erase(outcome.value)
            return outcome

        return await self.carry(act, lambda: _called(operation))

    async def carry(
        self,
        act: Callable[[Portfolio], Outcome[R]],
        called: Callable[[], str] | None = None,
    ) -> Outcome[R]:
        """Run a change to its end, even if whoever waits for it goes away.

        Args:
            act: Makes it in one turn of the clerk, with what it has to ask before.
            called: Says what it is, for the last words of an app that is left before it is
                saved; None where whoever makes it keeps it for the next start.

        Raises:
            Refused: A rule says no, or it could not be saved; nothing changed.
        """
        task = asyncio.create_task(self._carry_out(act, called))
        self._changes.add(task)
        if self._slow is None:
            self._slow = self.set_timer(SLOW_SECONDS, self._tell_slow)
        try:
            # the shield: a cancelled worker must not take a change out of the queue
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(self._tell_late)
            raise

    async def _carry_out(
        self, act: Callable[[Portfolio], Outcome[R]], called: Callable[[], str] | None
    ) -> Outcome[R]:
        """Hand a change to the clerk, and tell everybody when it is done."""
        try:
            outcome = await asyncio.wrap_future(self._clerk.hand(act))
        except Exception as error:
            if not is_unavailable(error):
                raise
            self.trusting(saved=False)
            if self._exit and called is not None:
                self._unsaved.append((called(), sentence(error)))
            raise Unsaved(sentence(error)) from error
        finally:
            self._one_less()
        self.trusting(saved=True, reachable=True, elsewhere="")
        self._publish(outcome)
        return outcome

    def _tell_slow(self) -> None:
        """Say that something is on its way, where it takes long enough to be noticed."""
        self._slow = None
        self.trusting(saving=bool(self._changes))

    def _one_less(self) -> None:
        """Note that a change has ended; after the last one nothing is on its way any more."""
        self._changes.discard(cast("asyncio.Task[Any]", asyncio.current_task()))
        if self._changes:
            return
        if self._slow is not None:
            self._slow.stop()
            self._slow = None
        self.trusting(saving=False)

    def _tell_late(self, task: asyncio.Task[Any]) -> None:
        """Tell how a change ended that nobody waits for any more."""
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Refused):
            self.tell(str(error), severity="warning")
        elif isinstance(error, Exception):
            self._handle_exception(error)

    def _publish(self, outcome: Outcome[Any]) -> None:
        """Tell the pages what changed; where the history jumped, somebody else was there too."""
        if outcome.entry is None:
            return
        alone = self._watch.note_own(outcome.entry)
        touched = outcome.touched if alone else None
        self._announce(Changed(touched, outcome.label, elsewhere=not alone))

    def _announce(self, changed: Changed) -> None:
        """Tell every page; where the project itself may have changed, see to that first."""
        self.found.changed(changed.touched)
        if changed.concerns(HEADLINE):
            self._keep_up(changed)
        else:
            self.changed.publish(changed)

    @work(group="keep_up")
    async def _keep_up(self, changed: Changed) -> None:
        """Leave a project that is gone, greet a first one, and let the headline be true."""
        known = [it.id for it in await self.projects()]
        if self.project in known:
            self.changed.publish(changed)
        else:
            self.project = known[0] if known else None
            await (self.with_project() if known else self.without_project())
            self.changed.publish(Changed(None))
        await self.refresh_standing()

    # -- what others change ---------------------------------------------------------------------

    @property
    def writing(self) -> bool:
        """Whether a change of this window is on its way."""
        return bool(self._changes)

    @property
    def at_rest(self) -> bool:
        """Whether the database is open, and no change of this window is on its way."""
        return self.opened.is_set() and not self._changes

    def ask_clock(self) -> Future[int]:
        """Ask for the highest entry of the history."""
        return self._clerk.hand(_clock)

    def _look(self) -> None:
        """See what others do, and whether another day has begun."""
        if self._follows_clock:
            self.follow_clock()
        self._watch.poll()

    def follow_clock(self) -> None:
        """Let it be the day of the clock: it may have slept, and come to another zone."""
        if hasattr(time, "tzset"):
            time.tzset()
        day = self.now().astimezone().date()
        if day != self.today:
            from ka2tui.domain.days import say_in_full

            self.today = day
            self.tell(f"It is {say_in_full(day)} now.", like=("It is ",))
            self._announce(Changed(None))

    async def read_elsewhere(self, since: int, own: Sequence[int]) -> Elsewhere:
        """Read what others changed; the app with pages knows the query."""
        return Elsewhere()

    def show_elsewhere(self, touched: frozenset[str] | None) -> None:
        """Let every page that shows what others changed read again."""
        self._announce(Changed(touched, elsewhere=True))

    # -- start and end --------------------------------------------------------------------------

    async def look_first(
        self,
        look: Callable[Concatenate[str, int | None, P], R | None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R | None:
        """Read a little while the database is not open; None where that shows nothing.

        Args:
            look: Reads it, in a thread; gets the place of the database and the project wanted,
                None for the one that the app begins with.
        """
        if self._place is None or self.opened.is_set() or isinstance(self._wanted_project, str):
            return None
        return await asyncio.to_thread(
            lambda: resolve(look)(self._place, self.project, *args, **kwargs)
        )

    def page_stands(self) -> None:
        """Go on when a page is on screen; the app with pages opens the database then."""

    def post_display_hook(self) -> None:
        """Go on once the first frame stands."""
        if self._batch_count == 0 and not self._framed:
            self._framed = True
            # a worker: keys that are pressed meanwhile are heard
            self.run_worker(self.furnish(), group="furnish")

    async def furnish(self) -> None:
        """Let the database be opened; the app with pages makes the first of them before."""
        self._clerk.release()

    def on_load(self) -> None:
        """Let the clerk begin."""
        self._clerk.start()

    def on_mount(self) -> None:
        """Begin to open the database, and to look at what other windows do."""
        self._begin()

    @work(group="open")
    async def _begin(self) -> None:
        """Open the database, find the project, and let the pages ask."""
        if self.is_headless:
            # nothing is ever painted there
            await self.furnish()
        try:
            await asyncio.shield(asyncio.wrap_future(self._clerk.opening))
            await self._watch.begin()
            self.trusting(open=True, read_only=self.read_only)
            await self._find_project()
            await self.refresh_standing()
        except Unanswered as unanswered:
            await self._stay_closed(cast("Exception", unanswered.__cause__))
            return
        except Exception as error:
            if not is_unavailable(error) and not isinstance(error, Refused):
                raise
            await self._stay_closed(error)
            return
        self.opened.set()
        self.changed.publish(Changed(None))
        if self._look_out is None:
            self._look_out = self.set_interval(POLL_SECONDS, self._look)
        own = self.settings.data
        broken = [] if own is None else await asyncio.to_thread(_broken_rules, own)
        for said in (*self.settings.notices, *self.faults, *broken, self._notice):
            if said:
                self.tell(said, severity="warning", timeout=12)
        if self.project is None:
            await self.without_project()

    async def _stay_closed(self, error: Exception) -> None:
        """Say why the database cannot be used, and offer to try again."""
        self.trusting(open=False, reachable=True)
        await self.without_database(sentence(error))

    async def open_other(self, open_portfolio: Callable[[], Portfolio]) -> None:
        """Close the database when all is saved, and lay another one on the desk."""
        self.opened.clear()
        await asyncio.to_thread(self._clerk.stop)
        self._place = None
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
    def place(self) -> str | None:
        """Where the database is; None where that was not said."""
        return self._place

    @property
    def actor(self) -> str:
        """Who the history says makes the changes of this window."""
        portfolio = self._clerk.portfolio
        return self.settings.who if portfolio is None else portfolio.actor

    async def sign_as(self, actor: str) -> None:
        """Let the history say from now on that somebody else makes the changes."""

        def sign(portfolio: Portfolio) -> None:
            portfolio.actor = actor

        if self.opened.is_set():
            await asyncio.wrap_future(self._clerk.hand(sign))

    @property
    def explaining(self) -> FirstDays | None:
        """What is known of the user's first days, where keys are explained; the front knows."""
        return None

    async def explain_keys(self, *, on: bool) -> None:
        """Explain keys from the beginning, or no more; the front knows."""

    async def without_database(self, why: str) -> None:
        """Go on where the database cannot be opened; the front says why and what to do."""

    def retry(self) -> None:
        """Try once more to open the database."""
        self._clerk.open_again()
        self.trusting(open=None)
        self._begin()

    async def on_unmount(self) -> None:
        """Finish what is on its way before the thread stops."""
        await asyncio.to_thread(self.put_away)
        await asyncio.to_thread(self._clerk.stop)
        await asyncio.gather(*self._changes, return_exceptions=True)
        await asyncio.to_thread(self.put_away)
        self.say_last()

    def leave(self) -> None:
        """End once all is saved; where something cannot be, stay. A second time: at once."""
        if self._leaving:
            self._clerk.hurry()
            self.exit()
        elif self._changes:
            self._leaving = True
            self._leave_when_saved()
        else:
            self.exit()

    @work(group="leave")
    async def _leave_when_saved(self) -> None:
        waits = self.set_timer(
            SLOW_SECONDS,
            lambda: self.tell("Leaving as soon as all is saved. ctrl+q again leaves at once."),
        )
        while self._changes:
            # no gather: it would cancel them when the app is left at once
            ended, _ = await asyncio.wait(self._changes)
            if any(isinstance(it.exception(), Unsaved) for it in ended if not it.cancelled()):
                waits.stop()
                self._leaving = False
                self.tell("Not all was saved, so the app stays open.", severity="warning")
                return
        self.exit()

    def say_last(self) -> None:
        """Say in the terminal that is left what could not be saved any more."""
        if not self._unsaved:
            return
        count = f"{len(self._unsaved)} change" + "s" * (len(self._unsaved) > 1)
        deeds = "; ".join(dict.fromkeys(deed for deed, _ in self._unsaved))
        self.say_after(f"Not saved: {count} ({deeds}). {self._unsaved[-1][1]}")
        self._return_code = 1

    def say_after(self, text: str) -> None:
        """Print a text once the terminal is as it was."""
        self._exit_renderables.append(plain.rich(text))

    def put_away(self) -> None:
        """Keep what is not in the database; before the last changes are in it, and after."""

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

    async def begin(self, deed: str) -> None:
        """Begin a project: new, import, demo or fit; the front knows the page for it."""

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

    async def show_behind(
        self, project: int, sources: Sequence[str], about: tuple[str, int | None] | None
    ) -> None:
        """Show the rows behind a figure; the app with pages knows where they lead.

        Args:
            project: Whose figures.
            sources: What tells them.
            about: Table and id of the record that is looked at; no id: each of that table.
        """

    async def switch_project(self, project: int) -> None:
        """Show another project on every page."""
        self.project = project
        await self.refresh_standing()
        self.changed.publish(Changed(None))

    def action_projector(self) -> None:
        """Hide what a projector should not show, on every page, or show it again."""
        self.projector = not self.projector
        self.headline_changed.publish(None)
        self.changed.publish(Changed(None))
        self.screen.refresh_bindings()

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

    def look_at_step(self, portfolio: Portfolio, way: str, project: int | None) -> Step | None:
        """Look, in the clerk's thread, what undo or redo would do; the app knows the query."""
        return None

    async def _step(
        self, way: str, project: int | None, meant: int | None = None
    ) -> tuple[Step | None, Outcome[None] | None]:
        """Undo or redo in one turn of the clerk, unless it is to be shown before.

        Args:
            meant: The entry that was shown.

        Returns:
            What it takes back, and what came of it; None: nothing yet.
        """
        seen: list[Step | None] = []

        def act(portfolio: Portfolio) -> Outcome[None]:
            step = self.look_at_step(portfolio, way, project)
            seen.append(step)
            if meant is None and step is not None and step.large:
                raise _ShownFirst
            do = portfolio.undo if way == "undo" else portfolio.redo
            return do(project) if meant is None else do(project, entry=meant)

        try:
            outcome = await self.carry(act, way.capitalize)
        except _ShownFirst:
            return seen[0], None
        return seen[0], outcome

    async def foresee_step(self, way: str, project: int | None) -> Foresight[Foreseen]:
        """Tell what undo or redo would change.

        Raises:
            Refused: It can no longer be done, or the database gave no answer.
        """

        def act(portfolio: Portfolio) -> Foresight[Foreseen]:
            told = resolve(changes.foreseen)
            return portfolio.foresee_step(
                lambda session, images: told(session, images, []), way, project
            )

        return await self._rehearsed(act)

    async def is_step_meant(self, way: str, project: int | None) -> bool:
        """Show what undo or redo would change, and ask whether to; the front has the dialog."""
        return True

    async def _take_back(self, way: str) -> Outcome[None] | None:
        everywhere = getattr(self.screen, "undoes_everywhere", False)
        project = None if everywhere else self.project
        try:
            step, outcome = await self._step(way, project)
            if outcome is None and step is not None and await self.is_step_meant(way, project):
                outcome = (await self._step(way, project, step.entry))[1]
        except Refused as refusal:
            self.tell(str(refusal), severity="warning")
            return None
        if outcome is None:
            return None
        came = outcome.project if step is not None and step.comes and not everywhere else None
        if came is not None and self.project is not None:
            await self.switch_project(came)
        said = "Undone" if way == "undo" else "Done again"
        where = self._say_where(outcome)
        self.tell(f"{said}{where}: {outcome.label}", like=("Undone", "Done again"))
        return outcome

    def _say_where(self, outcome: Outcome[None]) -> str:
        """Say of what was taken back that it was done in another window, where it was."""
        taken = outcome.taken
        if taken is None or not self._watch.is_foreign(taken.entry):
            return ""
        return f" (done in another window at {taken.at.astimezone():%H:%M})"

    async def go_back(self, to: int, project: int) -> Outcome[int] | None:
        """Take back all that was done after a line of the history; None where that was refused."""
        try:
            outcome = await self.carry(
                lambda portfolio: portfolio.go_back(to, project), lambda: "Go back"
            )
        except Refused as refusal:
            self.tell(str(refusal), severity="warning")
            return None
        self.tell(f"{outcome.label}. u brings all of it again.")
        return outcome

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave ctrl+z to a field that is being typed in; nothing is undone behind a dialog."""
        if action in ("undo_anywhere", "redo_anywhere", "undo", "redo"):
            focused = self.screen.focused if self.screen_stack else None
            typing = focused is not None and focused.check_consume_key("x", "x")
            return not typing and not self.screen.is_modal
        if action in ("which_key", "go", "command_palette") and self.screen_stack:
            return not self.screen.is_modal
        return True

    # -- words ----------------------------------------------------------------------------------

    def _tell_unavailable(self, error: BaseException) -> None:
        self.trusting(reachable=False)
        said = sentence(error)
        self.tell(said, severity="error", timeout=12, like=(said,))

    def trusting(self, **news: Any) -> None:
        """Note what is news of the database, and let the headline tell it."""
        trust = replace(self.trust, **news)
        if trust != self.trust:
            back = trust.reachable and not self.trust.reachable
            self.trust = trust
            self.headline_changed.publish(None)
            if back and self.opened.is_set():
                self._catch_up()

    def _catch_up(self) -> None:
        """Let pages read what they could not while the database gave no answer."""
        now = time.monotonic()
        if now - self._read_again > AGAIN_SECONDS:
            self._read_again = now
            self._announce(Changed(None))
