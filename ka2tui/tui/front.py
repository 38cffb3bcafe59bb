"""The front of the desk: what it asks its user, each question in a dialog of its own."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.domain.refusal import Refused
from ka2tui.tui import beginning, drafts, keys, projector
from ka2tui.tui.capturing import Capturing, Stands
from ka2tui.tui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import ActiveBinding
    from textual.screen import Screen

    from ka2tui.domain.understood import Understood
    from ka2tui.queries.history import Steps
    from ka2tui.queries.names import Named
    from ka2tui.store.operation import Operation
    from ka2tui.tui.dialogs.help import Deed
    from ka2tui.tui.first_days import FirstDays

_KEPT_AFTER = 2.0
"""Seconds after which a key that was used is noted in the file."""

_NEEDING = frozenset({"enter", "space", "delete", "slash", "asterisk", "at"})
"""Keys with a name that do something with what a project holds; so does every letter."""

P = ParamSpec("P")
R = TypeVar("R")


class Front(Desk):
    """The desk with its dialogs, which are loaded when they are asked for."""

    deeds: Sequence[Deed] = ()
    """What could be done when the palette was opened; under it, less is possible."""

    WELCOME: ClassVar[str] = ""
    """The page where a project begins, where there is one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "capture", "add", id="app.capture",
                tooltip="Add a task in one line, from wherever you are"),
    ]  # fmt: skip

    first_days: FirstDays | None = None
    """What is known of the user's first days; None where nobody asked for that."""

    @property
    def explaining(self) -> FirstDays | None:
        """What is known of the user's first days, where keys are explained."""
        return self.first_days if self.settings.first_days else None

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002 - Textual's
        """Do what a key does; say why one does nothing on a projector, or without a project."""
        done = await self._do_key(key, priority=priority)
        if not done and not priority and self.screen_stack:
            maps = [bindings for _, bindings in self.screen._modal_binding_chain]  # noqa: SLF001
            if projector.hides_key(self, key, maps):
                self.tell(projector.HIDDEN)
                return True
            if getattr(self.screen, "bare", False) and (len(key) == 1 or key in _NEEDING):
                self.tell(beginning.NOTE, like=(beginning.NOTE,))
                return True
        return done

    async def _do_key(self, key: str, *, priority: bool) -> bool:
        """Do what a key does, and count it while keys are explained."""
        known = self.explaining
        if known is None or known.over or priority or not self.screen_stack:
            return await super()._check_bindings(key, priority)
        screen = self.screen
        active = screen.active_bindings.get(key)
        done = await super()._check_bindings(key, priority)
        if done and active is not None and self._is_learned(known, active):
            self.set_timer(_KEPT_AFTER, self._keep_first_days)
            if screen.is_current:
                screen.refresh_bindings()
        return done

    @staticmethod
    def _is_learned(known: FirstDays, active: ActiveBinding) -> bool:
        """Count a key that was used; says whether it is one that is explained."""
        name = active.binding.id
        if name is None or not known.explains(name) or keys.moves(active.node, active.binding):
            return False
        known.used(name)
        return True

    def _keep_first_days(self) -> None:
        if self.first_days is not None and self.first_days.touched:
            self.run_worker(asyncio.to_thread(self.first_days.keep), group="first_days")

    async def explain_keys(self, *, on: bool) -> None:
        """Explain keys from the beginning, or no more; kept in the settings."""
        if on and self.first_days is not None:
            await asyncio.to_thread(self.first_days.begin_again)
        await self.keep_settings(first_days=on)
        self.screen.refresh_bindings()

    def put_away(self) -> None:
        """Keep what was learned of the user's first days, and lines that were not added."""
        if self.first_days is not None:
            self.first_days.keep()
        if "capturing" in vars(self):
            self.capturing.keep()
        drafts.finish()

    def say_last(self) -> None:
        """Say what could not be saved or kept, in the terminal that is left."""
        super().say_last()
        if "capturing" in vars(self) and self.capturing.unkept:
            lines = "\n".join(self.capturing.unkept)
            self.say_after(
                f"Not added, and no room or right to keep it for the next start:\n{lines}"
            )

    @cached_property
    def capturing(self) -> Capturing:
        """What was typed in the capture line, and what was added there."""
        return Capturing(self)

    async def named(self, words: str) -> list[Named]:
        """List the records with these words in their names; the app with pages knows the query."""
        return []

    async def open_named(self, named: Named) -> None:
        """Go to a record; the app with pages knows where it is shown."""

    async def read_steps(self) -> Steps | None:
        """Read what undo and redo would do; the app with pages knows the query."""
        return None

    async def is_meant(self, operation: Operation[P, R], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Show what an operation would change, and ask whether to; where it is refused, say so."""
        from ka2tui.tui.dialogs.would_change import WouldChange

        try:
            seen = await self.foresee(operation, *args, **kwargs)
        except Refused as refusal:
            self.tell(str(refusal), severity="warning")
            return False
        return await self.push_screen_wait(WouldChange(seen.label, seen.seen)) is True

    async def is_step_meant(self, way: str, project: int | None) -> bool:
        """Show what undo or redo would change, and ask whether to.

        Raises:
            Refused: It can no longer be done.
        """
        from ka2tui.tui.dialogs.would_change import WouldTakeBack

        seen = await self.foresee_step(way, project)
        return await self.push_screen_wait(WouldTakeBack(way, seen.label, seen.seen)) is True

    async def begin(self, deed: str) -> None:
        """Begin a project in one of the ways of the welcome."""
        if self.WELCOME:
            await self.run_on_page(self.WELCOME, deed)

    async def run_on_page(self, mode: str, action: str) -> None:
        """Go to a page, and do something there."""
        self.action_go(mode)
        await self.run_action(action, self.screen)

    async def without_database(self, why: str) -> None:
        """Say why the database cannot be opened, and offer to try again."""
        from ka2tui.tui.dialogs.closed import Closed

        await self.push_screen(Closed(why))

    def ask_which_project(self) -> None:
        """Ask which of several projects is shown."""
        self.action_choose_project()

    @work
    async def action_choose_project(self) -> None:
        """Let the user choose which project is shown."""
        await self.choose_project()

    async def choose_project(self) -> None:
        """Ask which project is shown, and show it; call from a worker."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        items = [Item(it.id, it.acronym, it.title) for it in await self.projects()]
        chosen = await self.push_screen_wait(Choose("Project", items, at=self.project))
        if chosen is not None:
            await self.switch_project(chosen)

    async def action_quit(self) -> None:
        """Leave; ask first where something typed would be lost. A second time leaves at once."""
        from ka2tui.tui.dialogs.ask import Ask

        if self._leaving:
            self.leave()
        elif self._typed_into() and not isinstance(self.screen, Ask):
            self._ask_before_leaving()
        else:
            # behind the keys that were pressed before and are still on their way
            (self.focused or self.screen).call_later(self.leave)

    def _typed_into(self) -> list[Screen[Any]]:
        """Give pages and dialogs with something typed; a page one came from may keep some too."""
        stacks = self._screen_stacks.values()
        return [it for stack in stacks for it in stack if getattr(it, "touched", False)]

    @work
    async def _ask_before_leaving(self) -> None:
        from ka2tui.tui.dialogs.ask import Ask

        unsaved = self._typed_into()
        pages = [f"on the page {getattr(it, 'NAME', '')}" for it in unsaved if not it.is_modal]
        here = ["here"] if any(it.is_modal for it in unsaved) else []
        about = f"What you typed {' and '.join([*here, *pages])} would be lost."
        if await self.push_screen_wait(Ask("Quit without saving?", about=about, yes="quit")):
            for screen in [it for stack in self._screen_stacks.values() for it in stack]:
                forget = getattr(screen, "forget_draft", None)
                if forget is not None:
                    forget()
            self.exit()

    @work
    async def action_capture(self) -> None:
        """Let a task be typed in one line; where that is not enough, in the form."""
        from ka2tui.tui.dialogs.capture import Capture

        if self.project is None:
            self.tell("There is no project here: ctrl+n begins or imports one.")
            return
        project = self.project
        await self.capturing.recall()
        acronym = "" if self.standing is None else self.standing.acronym
        here = self.screen.signs if isinstance(self.screen, Stands) else ""
        while True:
            dialog = Capture(self.capturing, project, acronym, here)
            line = await self.push_screen_wait(dialog)
            if dialog.as_rows:
                from ka2tui.tui import rows

                await rows.paste(self, project, ("task",), dialog.as_rows)
                return
            if line is None:
                return
            known = await self.capturing.names(project, line)
            from ka2tui.domain.quickadd import read

            said = read(line, known, today=self.today)
            task = await self.fill_in(project, said)
            if task is None:
                self.capturing.draft = line
                continue
            self.capturing.note(project, said, task)
            if not self.capturing.rapid:
                return

    async def fill_in(self, project: int, said: Understood) -> int | None:
        """Complete a captured task in the form; the app with pages knows it."""
        return None

    def action_which_key(self) -> None:
        """Show which letter leads where; the next key goes there."""
        from ka2tui.tui.dialogs.which_key import WhichKey

        self.push_screen(WhichKey(self.PLACES))

    @work
    async def action_help(self) -> None:
        """Show what can be done here, and do what is chosen."""
        from ka2tui.tui.dialogs.help import Help

        known = Help.of(self.screen)
        chosen = await self.push_screen_wait(known)
        if chosen is not None:
            deed = known.found[chosen]
            await self.run_action(deed.binding.action, deed.node)

    def action_jump(self) -> None:
        """Put a letter on everything in sight that can be gone to."""
        from ka2tui.tui import jumping
        from ka2tui.tui.dialogs.jump import Jump

        found = jumping.spots(self.screen)
        if found:
            self.push_screen(Jump(self.screen, found))

    @work
    async def action_guide(self, page: str = "") -> None:
        """Open the guide: at a page by its name, else at help for the pane that has the focus."""
        from ka2tui import datafiles
        from ka2tui.tui.dialogs.guide import Guide, place_of, read_told

        try:
            told = await asyncio.to_thread(read_told, self.settings.data)
        except datafiles.DataFault as fault:
            self.tell(str(fault), severity="warning")
            return
        self.push_screen(Guide(place_of(self.screen, told), page))
