"""A line to type in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.reactive import Reactive
from textual.suggester import Suggester
from textual.widgets import Input

from ka2tui.tui import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

HELD_SECONDS = 0.03
"""How long a letter is kept back at most until what follows from it stands."""


class _Suggester(Suggester):
    """Asks in a thread how a text goes on: a folder may be slow."""

    def __init__(self, suggest: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._suggest = suggest

    async def get_suggestion(self, value: str) -> str | None:
        """Give the whole text that is proposed."""
        return await asyncio.to_thread(self._suggest, value)


class TypedLine(Input):
    """A line whose enter belongs to what stands around it: a dialog, a form, a filter."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """How long its text is; it scrolls by it, and nothing around it moves."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        suggest: Callable[[str], str | None] | None = None,
    ) -> None:
        """Make the line.

        Args:
            value: What stands there.
            placeholder: What does while it is empty.
            suggest: Proposes how it goes on, the whole of it; the right arrow takes that.
        """
        super().__init__(
            value,
            placeholder=plain.line(placeholder),
            compact=True,
            select_on_focus=False,
            suggester=None if suggest is None else _Suggester(suggest),
        )
        self._bindings.key_to_bindings.pop("enter", None)
        self._held: AbstractContextManager[None] | None = None
        self._at_last: asyncio.TimerHandle | None = None

    def hold(self) -> None:
        """Draw nothing until `let_go`: a letter alone would cost a frame of its own."""
        if self._held is None:
            self._held = self.app.batch_update()
            self._held.__enter__()
            # the loop's own clock: it strikes whatever becomes of this line, its page or a message
            loop = asyncio.get_running_loop()
            self._at_last = loop.call_later(HELD_SECONDS, self.let_go)

    def let_go(self) -> None:
        """Draw what was typed and what follows from it, in one frame.

        To be called by what is drawn anew, once it knows that: `table.call_later(line.let_go)`.
        """
        held, self._held = self._held, None
        if self._at_last is not None:
            self._at_last.cancel()
            self._at_last = None
        if held is not None:
            held.__exit__(None, None, None)
