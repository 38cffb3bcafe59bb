"""Keys typed ahead: each waits until what the one before it began is there to receive it.

Textual hands a key to whatever has the focus at that moment. Where somebody types faster than a
page loads or a form opens, or a program types, the rest would fall on the wrong thing: `/abc`
would filter nothing and run three commands. Here the next key waits: for what is written a moment
only, since a slow disk must not hold the keyboard; for what is being opened longer.

Time is counted in turns that the app had, not on the clock: on a machine that is busy with other
things everything takes longer, also what is waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING

from textual import actions
from textual.events import Key, Paste
from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from textual.app import App
    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.worker import Worker

DRAWN_SECONDS = 0.015
"""How long what a key changes may take to be drawn before the key is followed, if none waits."""

TURN = 0.002
"""Seconds between two looks at what is waited for."""

HEARD_SECONDS = 0.5
"""How long a key may be on its way through the widgets before the next one goes."""

WRITE_SECONDS = 1.2
"""How long the next key waits for a change that a key began."""

WORK_SECONDS = 6.0
"""How long it waits for what is only read yet: what the key falls on may be about to open."""

READY_SECONDS = 1.5
"""How long it waits for a page or dialog to stand that nothing seems to come of."""

COMING_SECONDS = 12.0
"""How long it waits where one is on its way; then it is dropped, it was meant for nothing else."""

TYPED = "typed"
"""Stands for a letter that goes into a line, where a page is asked which actions it hears."""

WORKS = frozenset({"default", "load"})
"""Groups of workers that change what the next key would fall on."""

CAPTURE = "capture"
"""The group of what adds lines while more are typed; a page then stands on what was added."""

GATHERS = "--textual-command-palette-gather-commands"
"""Textual's group of what fills the palette."""

BRINGS = frozenset({"load", "open", "furnish", GATHERS})
"""Groups of workers without which a page does not stand, or the list of the palette."""

LATE = "What was typed before the page stood was left out."


class TypeAhead:
    """Lets keys through one by one."""

    def __init__(
        self, app: App[Any], press: Callable[[Key | Paste], Coroutine[Any, Any, None]]
    ) -> None:
        """Take the app, and what handles a key there."""
        self._app = app
        self._press = press
        self._kept: deque[Key | Paste] = deque()
        self._following: asyncio.Task[None] | None = None
        self._another = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Whether a key is still being followed, or kept."""
        return self._following is not None or bool(self._kept)

    async def take(self, event: Key | Paste) -> None:
        """Handle a key at once, or after those before it; call in the app's own task."""
        if self.busy:
            if _quits(event) and any(map(_quits, self._kept)):
                self._kept.clear()
                await self._press(event)
                return
            self._kept.append(event)
            self._another.set()
        elif self._unready(event):
            self._kept.append(event)
            self._following = asyncio.create_task(self._follow([], None, set()))
        else:
            await self._handle(event)

    async def _handle(self, event: Key | Paste) -> None:
        screen, workers = self._app.screen, set(self._app.workers)
        path = list((screen.focused or screen).ancestors_with_self)
        await self._press(event)
        self._following = asyncio.create_task(self._follow(path, screen, workers))

    async def _follow(
        self,
        path: Sequence[MessagePump],
        screen: Screen[Any] | None,
        workers: set[Worker[Any]],
    ) -> None:
        """Wait until a key has been heard all the way up, and what it began stands."""
        try:
            await self._let_draw()
            for node in (*path, self._app, self._app):
                await self._heard(node)
            await self._worked(screen, workers)
            await self._stands()
        finally:
            self._following = None
            if self._kept and self._app.is_running:
                self._app.call_next(self._next)

    async def _let_draw(self) -> None:
        """Stay out of the way until the next key comes, or what this one changed may be seen."""
        if self._kept or self._app.is_headless:
            return
        self._another.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._another.wait(), DRAWN_SECONDS)

    async def _next(self) -> None:
        """Handle the next kept key."""
        if self._kept and self._following is None:
            await self._handle(self._kept.popleft())

    @staticmethod
    async def _heard(node: MessagePump) -> None:
        """Wait until a widget has dealt with all that was sent to it so far."""
        heard = asyncio.get_running_loop().create_future()

        def answer() -> None:
            if not heard.done():
                heard.set_result(None)

        if node.is_running and node.call_later(answer):
            for _ in range(round(HEARD_SECONDS / TURN)):
                if (await asyncio.wait((heard,), timeout=TURN))[0]:
                    return

    async def _worked(self, screen: Screen[Any] | None, before: set[Worker[Any]]) -> None:
        """Wait for what a key set to work."""
        for turn in range(round(WORK_SECONDS / TURN)):
            if not self._works(screen, before):
                return
            dismissed = self._app.screen is not screen
            if turn * TURN > WRITE_SECONDS and (dismissed or getattr(self._app, "writing", False)):
                return
            await asyncio.sleep(TURN)

    async def _stands(self) -> None:
        """Wait until there is what the next key is meant for; drop what it never came for."""
        for turn in range(round(COMING_SECONDS / TURN)):
            if not self._unready(*list(self._kept)[:1]):
                return
            if turn * TURN > READY_SECONDS and not self._comes():
                return
            # what is waited for has no event of its own: workers and screens are Textual's
            await asyncio.sleep(TURN)
        late = len(self._kept)
        while self._kept and self._unready(self._kept[0]):
            self._kept.popleft()
        if late > len(self._kept):
            self._app.notify(LATE, severity="warning", markup=False)

    def _works(self, screen: Screen[Any] | None, before: set[Worker[Any]]) -> bool:
        """Say whether what a key set to work may still change what the next one falls on."""
        if not self._app.screen_stack or screen is None:
            return False
        works = [it for it in self._app.workers if it.is_running]
        if self._app.screen is screen:
            return any(it.group in WORKS and it not in before for it in works)
        # who waited for a dialog goes on when it is answered, perhaps with the next
        goes_on = [it for it in works if it.group in WORKS or it.group == CAPTURE]
        waiting = sum(it.is_modal for it in self._app.screen_stack)
        return screen.is_modal and screen not in self._app.screen_stack and len(goes_on) > waiting

    def _unready(self, event: Key | Paste | None = None) -> bool:
        """Say whether the screen does not stand yet, or not enough of it for this key."""
        if not self._app.screen_stack:
            return True
        screen = self._app.screen
        if not screen.is_mounted or getattr(screen, "ready", True):
            return not screen.is_mounted
        if not self._app.app_focus:
            return False  # the key itself brings the focus back
        hears: Callable[..., bool] | None = getattr(screen, "hears", None)
        if hears is None or not isinstance(event, Key):
            return True
        focused, bound = screen.focused, screen.active_bindings.get(event.key)
        if focused is not None and focused.check_consume_key(event.key, event.character):
            return not hears(TYPED, in_line=True)
        if bound is None:
            return True
        in_line = isinstance(focused, Input) and bound.node not in (screen, self._app)
        return not hears(actions.parse(bound.binding.action)[1], in_line=in_line)

    def _comes(self) -> bool:
        """Say whether a screen that does not stand yet is on its way."""
        if not self._app.screen_stack or not self._app.screen.is_mounted:
            return True
        return hasattr(self._app.screen, "hears") and any(
            worker.is_running and worker.group in BRINGS for worker in self._app.workers
        )


def _quits(event: Key | Paste) -> bool:
    return isinstance(event, Key) and event.key == "ctrl+q"
