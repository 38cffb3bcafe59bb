"""The shell: a terminal app in our colours and keys, that ends well whatever happens."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import constants
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.events import Event, Key, MouseEvent, Paste
from textual.filter import Monochrome, NoColor
from textual.notifications import Notifications, Notify
from textual.widgets._toast import ToastRack
from textual.worker import WorkerFailed

from ka2tui import datafiles
from ka2tui import settings as settings_file
from ka2tui.domain.refusal import Refused
from ka2tui.settings import Settings
from ka2tui.tui import crash, keys, plain, themes
from ka2tui.tui.terminal import NothingActs
from ka2tui.tui.type_ahead import TypeAhead
from ka2tui.tui.widgets.toned import Toned

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.widget import AwaitMount

_NOTHING_ACTS = NothingActs()

_CALLED = {"enter": "enter", "backspace": "backspace"}
"""Keys that are written out: guide and hints call them so, and not every font has their sign."""

_TOLD = 2
"""Toasts that stand at once, of what only informs; more would cover the list."""

AT_ONCE = 0.005
"""Seconds that a page which has nothing to read is held back when somebody goes to it."""


class Shell(Toned):
    """An app without anything in it."""

    TITLE = "ka2tui"
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

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit",
                tooltip="Save what is on its way and leave"),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]  # fmt: skip

    def __init__(self, settings: Settings) -> None:
        """Put on the colours and keys of the settings."""
        super().__init__()
        self._leave_out_colours()
        self.settings = settings
        self.faults: list[str] = []
        """What is wrong with the settings, one sentence each."""
        self.wanted_keys: dict[str, str] = {}
        """Keys that differ from the usual ones, by the id of what they do."""
        self._clashes_told: set[str] = set()
        self._stands = False
        self._undrawn = False
        self._pressed_at = 0.0
        self.type_ahead = TypeAhead(self, self._press)
        """Where keys wait that were typed before the app was ready for them."""
        self._keeping = asyncio.Lock()
        self._usual_zone = os.environ.get("TZ")
        if settings.zone:
            self.wear_zone()
        self._register_theme()
        self.wear_density()
        self._read_keys()
        if self.wanted_keys:
            self.set_keymap(self.wanted_keys)

    async def on_event(self, event: Event) -> None:
        """Let keys through one by one, and none of them to what cannot be seen."""
        if isinstance(event, (Key, Paste)) and not event.is_forwarded:
            await self.type_ahead.take(event)
        elif not (isinstance(event, MouseEvent) and self._covered):
            await super().on_event(event)

    async def _press(self, event: Key | Paste) -> None:
        """Handle a key; below its size a page is covered, and only leaving works."""
        self._pressed_at = time.time()
        if not self._covered or (isinstance(event, Key) and event.key == "ctrl+q"):
            await super().on_event(event)

    @property
    def _covered(self) -> bool:
        """Whether the screen asks for a larger window instead of showing what it holds."""
        return bool(self.screen_stack) and any(
            it.display for it in self.screen.query_children("Room")
        )

    def tell(
        self,
        text: str,
        *,
        severity: str = "information",
        timeout: float | None = None,
        like: tuple[str, ...] = (),
    ) -> None:
        """Show a sentence for a while; nothing in it is markup.

        Args:
            text: What is said.
            severity: information, warning or error.
            timeout: Seconds; None: as long as usual.
            like: How toasts begin that have had their time now.
        """
        for note in list(self._notifications) if like else ():
            if note.message.startswith(like):
                self._unnotify(note)
        told = [note for note in self._notifications if note.severity == "information"]
        for note in told[: 1 - _TOLD]:
            self._unnotify(note)
        self.notify(
            "\n".join(plain.lines(text)),
            severity=cast("Any", severity),
            timeout=timeout,
            markup=False,
        )

    def _on_notify(self, event: Notify) -> None:
        """Let what says the same give way; Textual adds the new one afterwards."""
        for note in list(self._notifications):
            if note.message == event.notification.message:
                self._unnotify(note, refresh=False)

    def make_room(self) -> None:
        """Let what was told go, for it would cover what opens; not what went wrong.

        What was told since the last key belongs to what opens, and stays.
        """
        for note in list(self._notifications):
            if note.severity != "error" and note.raised_at < self._pressed_at:
                self._unnotify(note, refresh=False)
        self._refresh_notifications()

    def _refresh_notifications(self) -> None:
        """Show what is told in front only: what lies behind a dialog would show it twice."""
        for screen in self.screen_stack[:-1]:
            for rack in screen.query_children(ToastRack):
                self.call_later(rack.show, Notifications())
        super()._refresh_notifications()

    # -- looks ----------------------------------------------------------------------------------

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Leave a new screen with the styles it was mounted with.

        Textual would parse every style sheet anew and style everything once more, twice for a
        page that is shown for the first time: 50 ms of its 120.
        """
        super()._load_screen_css(screen)
        if screen._css_update_count < 0:  # noqa: SLF001 - see above
            screen._css_update_count = self._css_update_count  # noqa: SLF001

    def switch_mode(self, mode: str) -> AwaitMount:
        """Go to a page; one that shows already what it has to show is on screen at once."""
        stack = self._screen_stacks.get(mode)
        self._stands = stack is not None and not getattr(stack[-1], "stale", True)
        return super().switch_mode(mode)

    def delay_update(self, delay: float = 0.05) -> None:
        """Hold back what is drawn while a page fills; Textual does so with each, whatever it is."""
        super().delay_update(AT_ONCE if self._stands else delay)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Draw; Textual forgets what comes while drawing is held back, so that is noted."""
        self._undrawn |= renderable is not None and self._batch_count > 0
        super()._display(screen, renderable)

    def _end_batch(self) -> None:
        """Draw what was held back: also on a screen that came meanwhile, or was resized."""
        super()._end_batch()
        if self._batch_count or not self.screen_stack:
            return
        if self._undrawn:
            self._undrawn = False
            self.screen.refresh()
        for screen in self.screen_stack:
            if screen is self.screen or _awaits_drawing(screen):
                screen.check_idle()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let nothing through to the terminal that acts instead of showing."""
        return [*super().get_line_filters(), _NOTHING_ACTS]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours that our style sheets name."""
        return themes.NAMED

    def _leave_out_colours(self) -> None:
        """Let no colour through where the environment says NO_COLOR, whatever the theme is."""
        self.no_color = bool(os.environ.get("NO_COLOR"))
        greys = (Monochrome, NoColor)
        self._filters = [it for it in self._filters if not isinstance(it, greys)]
        if self.no_color:
            self._filters.append(NoColor())

    def _register_theme(self) -> None:
        chosen = themes.PLAIN if self.no_color else self.settings.theme
        try:
            self.register_theme(themes.read(chosen, self.settings.data))
        except datafiles.DataFault as fault:
            self.faults.append(f"The colours {chosen} cannot be used: {fault}")
            chosen = Settings().theme
            self.register_theme(themes.read(chosen))
        self.theme = chosen

    def _style_once(self) -> None:
        """Let what comes first be styled in these colours, not in Textual's own and then anew."""
        self.stylesheet.set_variables(self.get_css_variables())
        self.stylesheet.apply(self)
        self._next_callbacks = [
            it
            for it in self._next_callbacks
            if getattr(it.callback, "func", None) != self.refresh_css
        ]

    async def put_on(self, theme: str) -> None:
        """Change the colours, and remember it."""
        if await self.wear_theme(theme):
            await self.keep_settings(theme=theme)

    async def wear_theme(self, theme: str) -> bool:
        """Change the colours for now; False where they cannot be used, and a toast said why."""
        if self.no_color:
            self.tell("NO_COLOR is set: no colours are shown while it is.")
            return True
        try:
            read = await asyncio.to_thread(themes.read, theme, self.settings.data)
        except datafiles.DataFault as fault:
            self.tell(str(fault), severity="warning")
            return False
        self.register_theme(read)
        self.theme = theme
        return True

    def wear_density(self) -> None:
        """Let there be as much blank between things as the settings say."""
        self.set_class(self.settings.density == "comfortable", "-comfortable")

    async def put_on_density(self, density: str) -> None:
        """Change how much blank there is between things, and remember it."""
        await self.keep_settings(density=density)
        self.wear_density()

    async def keep_settings(self, **changes: Any) -> bool:
        """Change settings and keep them, one change after the other.

        Returns:
            Whether they are kept; a toast says where they could not be.
        """
        async with self._keeping:
            try:
                self.settings = await asyncio.to_thread(
                    settings_file.save, self.settings, **changes
                )
            except OSError as error:
                full = error.errno in (errno.ENOSPC, errno.EDQUOT)
                check = "Free some space for" if full else "Check the permissions of"
                self.tell(
                    f"The settings could not be kept: {error.strerror or error}. "
                    f"{check} {self.settings.path}.",
                    severity="warning",
                )
                return False
        return True

    # -- keys -----------------------------------------------------------------------------------

    def get_key_display(self, binding: Binding) -> str:
        """Write a key as it is called in sentences, where Textual would draw a sign for it."""
        return binding.key_display or _CALLED.get(binding.key) or super().get_key_display(binding)

    def _read_keys(self) -> None:
        """Read which keys are wanted, and note what is wrong with them."""
        try:
            self.wanted_keys = keys.keymap(self.settings)
        except datafiles.DataFault as fault:
            self.faults.append(str(fault))
            return
        self.faults += keys.fixed(self.settings)

    async def wear_keys(self) -> None:
        """Put on the keys of the settings, as they are now."""
        self.wanted_keys = {}
        self.faults.clear()
        self._clashes_told.clear()
        await asyncio.to_thread(self._read_keys)
        self.set_keymap(self.wanted_keys)
        for fault in self.faults:
            self.tell(fault, severity="warning")
        self.check_keys(self.screen)

    def wear_zone(self) -> None:
        """Let clocks be those of the zone in the settings, else of the computer."""
        if not hasattr(time, "tzset"):
            return
        wanted = self.settings.zone or self._usual_zone
        if wanted is None:
            os.environ.pop("TZ", None)
        else:
            os.environ["TZ"] = wanted
        time.tzset()

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

    def get_driver_class(self) -> type[Driver]:
        """Read the terminal as we do, where there is one of that kind."""
        if sys.platform == "win32" or constants.DRIVER is not None:
            return super().get_driver_class()
        from ka2tui.tui.keyboard import Terminal

        return Terminal

    # -- ends -----------------------------------------------------------------------------------

    def on_load(self) -> None:
        """Put the colours on; end cleanly when the system or a closed window asks for it."""
        self._style_once()
        if threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            try:
                loop.add_signal_handler(number, self.close_window)
            except NotImplementedError:  # Windows
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(self.close_window))

    def close_window(self) -> None:
        """Leave, for the system says so: what stands in forms is kept as a draft."""
        for stack in self._screen_stacks.values():
            for screen in stack:
                keep = getattr(screen, "keep_draft", None)
                if keep is not None:
                    keep()
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """Close with one sentence; the log holds where it happened and nobody's data."""
        if isinstance(error, WorkerFailed):
            error = cast("Exception", error.error)
        # a rule said no, or a file of the user's own cannot be read, and nobody was there to tell
        if isinstance(error, (Refused, datafiles.DataFault)):
            self.tell(str(error), severity="warning")
            return
        if self._exit and isinstance(error, NoMatches):  # its widgets were taken down already
            return
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            log = crash.note(error)
            self._exit_renderables[:] = [plain.rich(crash.sentence(log))]
        self._close_messages_no_wait()


def _awaits_drawing(screen: Screen[Any]) -> bool:
    """Whether something new waits on a covered screen.

    That it is drawn once it is uncovered stays noted on it all the while: each time it is looked
    at for that, Textual draws everything above it as well.
    """
    held = screen._layout_required or screen._scroll_required or screen._dirty_widgets  # noqa: SLF001
    return bool(held)
