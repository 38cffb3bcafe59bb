"""What is typed in a dialog, kept a little behind the keys and offered after a sudden end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from ka2tui.tui import drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from ka2tui.tui.desk import Desk
    from ka2tui.tui.drafts import Draft


class Typed(Protocol):
    """A dialog with fields."""

    heading: str

    @property
    def app(self) -> Desk:
        """The desk it stands on."""

    @property
    def written(self) -> tuple[dict[str, str], dict[str, str]]:
        """By field what was typed, and of each field what stood there at first."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Call something later, unless the dialog is gone by then."""


class Drafting:
    """Keeps what is typed in one dialog."""

    def __init__(self, dialog: Typed) -> None:
        """Begin without anything."""
        self.found: Draft | None = None
        """What was kept by a window that is gone; None once it was brought back."""
        self._dialog = dialog
        self._over: dict[str, str] = {}
        self._taken: Draft | None = None
        self._timer: Timer | None = None
        self._kept = False
        self._ended = False

    @property
    def _key(self) -> tuple[str | None, str]:
        desk = self._dialog.app
        return desk.place, f"{desk.project}\n{self._dialog.heading}"

    async def look(self) -> str:
        """Look for what was kept, and say how it is brought back; blank where there is none."""
        self._over = self._dialog.written[1]
        now = self._dialog.app.now()
        self.found = await asyncio.to_thread(drafts.find, *self._key, self._over, now)
        if self.found is None:
            return ""
        at, same = self.found.at.astimezone(), self.found.same
        return (
            f"What you typed on {at.day} {at:%b %H:%M}{'' if same else ' in a form like this'} "
            f"was not saved: ctrl+r brings it {'back' if same else 'here'}."
        )

    def take(self) -> dict[str, str]:
        """Give what is brought back; nothing where there is none."""
        if self.found is None:
            return {}
        self._taken, self.found = self.found, None
        return self._taken.typed

    def soon(self) -> None:
        """Keep what stands in the fields a little later."""
        if self._timer is None and not self._ended:
            self._timer = self._dialog.set_timer(drafts.SOON, self._keep_later)

    def _keep_later(self) -> None:
        self._timer = None
        typed = self._dialog.written[0]
        if self._ended:
            return
        if typed:
            self._kept = True
            drafts.later(drafts.keep, *self._key, typed, self._dialog.app.now(), self._over)
        elif self._kept:
            self._kept = False
            drafts.later(drafts.withdraw, *self._key, self._over)

    def keep(self) -> None:
        """Keep what stands there at once, for the window is being closed."""
        typed = self._dialog.written[0]
        if typed and not self._ended:
            drafts.keep(*self._key, typed, self._dialog.app.now(), self._over)

    def end(self, *, saved: bool) -> None:
        """Let go of what was kept: it was saved, or is not wanted.

        What was offered and not brought back stays, unless this was saved in its place.
        """
        if self._ended:
            return
        self._ended = True
        if saved:
            drafts.later(drafts.drop, *self._key, self._over)
        elif self._kept:
            drafts.later(drafts.withdraw, *self._key, self._over)
        if self._taken is not None:
            drafts.later(drafts.remove, self._taken.file)
