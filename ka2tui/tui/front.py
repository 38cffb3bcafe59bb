"""The front of the desk: what it asks its user, each question in a dialog of its own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, ParamSpec, TypeVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.domain.refusal import Refused
from ka2tui.tui.capturing import Capturing, Stands
from ka2tui.tui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.domain.understood import Understood
    from ka2tui.queries.history import Steps
    from ka2tui.queries.names import Named
    from ka2tui.store.operation import Operation
    from ka2tui.tui.dialogs.help import Deed

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

        unsaved = any(getattr(screen, "touched", False) for screen in self.screen_stack)
        if unsaved and not isinstance(self.screen, Ask):
            self._ask_before_leaving()
        else:
            # behind the keys that were pressed before and are still on their way
            (self.focused or self.screen).call_later(self.exit)

    @work
    async def _ask_before_leaving(self) -> None:
        from ka2tui.tui.dialogs.ask import Ask

        about = "What you typed here would be lost."
        if await self.push_screen_wait(Ask("Quit without saving?", about=about, yes="quit")):
            self.exit()

    @work
    async def action_capture(self) -> None:
        """Let a task be typed in one line; where that is not enough, in the form."""
        from ka2tui.tui.dialogs.capture import Capture

        if self.project is None:
            self.tell("There is no project here: ctrl+n begins or imports one.")
            return
        project = self.project
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
        self.clear_notifications()  # they would cover its last lines
        chosen = await self.push_screen_wait(known)
        if chosen is not None:
            deed = known.found[chosen]
            await self.run_action(deed.binding.action, deed.node)

    def action_guide(self, page: str = "") -> None:
        """Open the guide: at a page by its name, else at help for the pane that has the focus."""
        from ka2tui import datafiles
        from ka2tui.tui.dialogs.guide import Guide, place_of

        try:
            place = place_of(self.screen, self.settings.data)
        except datafiles.DataFault as fault:
            self.tell(str(fault), severity="warning")
            return
        self.clear_notifications()
        self.push_screen(Guide(place, page))
