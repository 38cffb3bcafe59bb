"""What somebody captures in one session: the line that is not finished, the last ones added."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from ka2tui.domain.refusal import Refused
from ka2tui.tui import drafts
from ka2tui.tui.desk import Desk
from ka2tui.tui.lazy import lazily, resolve

if TYPE_CHECKING:
    from textual.timer import Timer

    from ka2tui.domain.quickadd_names import Names
    from ka2tui.domain.understood import Understood
    from ka2tui.operations import capture
    from ka2tui.queries import capture as views
    from ka2tui.store.operation import Operation
    from ka2tui.store.portfolio import Outcome, Portfolio
    from ka2tui.tui.drafts import Draft
else:
    capture = lazily("ka2tui.operations.capture")
    views = lazily("ka2tui.queries.capture")

_HEADING = "the capture line"
"""What its draft is found by."""

REMEMBERED = 5
"""Tasks that are listed above the line."""


@runtime_checkable
class Listens(Protocol):
    """A screen that shows what was captured."""

    def captured(self, task: int) -> bool:
        """Show a task that was just added, by its id; say whether it can be seen."""


@runtime_checkable
class Stands(Protocol):
    """A page that stands on something a new task may belong to."""

    @property
    def signs(self) -> str:
        """What it is, as the line has it: wp:WP2 @OU."""


@runtime_checkable
class Receives(Protocol):
    """A dialog that takes a line back which could not be added."""

    def put_back(self, line: str, why: str) -> None:
        """Show the line again, and why it is still there."""


@dataclass(slots=True)
class Capturing:
    """The capture line of one desk, also while it is closed."""

    desk: Desk
    draft: str = ""
    """What was typed and not added."""
    typed: str = ""
    """What stands in the line while it is open."""
    rapid: bool = False
    """Whether the line stays open for the next task."""
    waiting: list[str] = field(default_factory=list)
    """Lines that were pasted along: each comes when the one before is added."""
    returned: list[str] = field(default_factory=list)
    """Lines that could not be added, in their order; they come before those that wait."""
    under_way: list[str] = field(default_factory=list)
    """Lines that were handed over and are not known to be kept."""
    last: deque[tuple[int, Understood]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    """The project and the words of what was added, the newest last."""
    unkept: list[str] = field(default_factory=list)
    """Lines that there was no room to keep."""
    _timer: Timer | None = None
    _kept: list[str] | None = None
    """The lines that were kept last."""
    _recalled: bool = False
    """Whether what was kept has been read; before, nothing may take its place."""

    async def recall(self) -> None:
        """Go on with what stood there when the app ended; it is read once."""
        if self._recalled:
            return
        kept = await asyncio.to_thread(drafts.find, self.desk.place, _HEADING)
        if kept is not None and not self._recalled:
            self.draft, *self.waiting = kept.typed.get("lines", "").splitlines() or [""]
            drafts.later(self._take_over, kept)
        self._recalled = True

    def _take_over(self, kept: Draft) -> None:
        """Keep as this window's what one that is gone has left, so that no third one has it too."""
        if not drafts.is_own(kept):
            self.keep()
            if not self.unkept:
                drafts.remove(kept.file)

    def keep(self) -> None:
        """Keep what was not added, for the app ends; call in a thread."""
        if not self._recalled:
            return
        before = (*self.under_way, *self.returned)
        lines = [it for it in (self.typed, self.draft, *before, *self.waiting) if it.strip()]
        if lines == self._kept:
            return
        self._kept = lines
        self.unkept = []
        if not lines:
            drafts.drop(self.desk.place, _HEADING)
        elif not drafts.keep(
            self.desk.place, _HEADING, {"lines": "\n".join(lines)}, self.desk.now()
        ):
            self._kept, self.unkept = None, lines

    def keep_soon(self) -> None:
        """Keep a little later what was not added by then: a kill gives no time for it."""
        if self._timer is None:
            self._timer = self.desk.set_timer(drafts.SOON, self._keep_later)

    def _keep_later(self) -> None:
        self._timer = None
        drafts.later(self.keep)

    def take(self) -> tuple[str, bool]:
        """Give the line to go on with, and whether it came back: else it is begun, or waits."""
        line, self.draft = self.draft, ""
        if line or not self.returned:
            return line or (self.waiting.pop(0) if self.waiting else ""), False
        return self.returned.pop(0), True

    async def names(self, project: int, line: str) -> Names:
        """Ask whom and what a line can name."""
        from ka2tui.domain.quickadd import names_tasks

        return await self.desk.ask(views.names, project, with_tasks=names_tasks(line))

    def begin(self, line: str, project: int, known: Names | None) -> None:
        """Add a line while the user goes on; nothing waits for it."""
        self.under_way.append(line)
        self.keep_soon()
        self.desk.run_worker(self.add(line, project, known), group="capture")

    async def add(self, line: str, project: int, known: Names | None) -> None:
        """Add what a line says; where it is refused it comes back.

        Names that are not known yet are asked for in the same turn of the clerk: a line that
        waited for them would be overtaken by the next, or lost when the app is left.
        """
        from ka2tui.domain.quickadd import names_tasks, read

        today = self.desk.today

        understood: list[Understood] = []

        def act(portfolio: Portfolio) -> Outcome[int]:
            asked = known or portfolio.ask(
                resolve(views.names), project, with_tasks=names_tasks(line)
            )
            said = read(line, asked, today=today)
            needs = [each.id for each in said.needs]
            add = cast("Operation[..., int]", resolve(capture.add))
            added = portfolio.do(add, project, said.title, needs=needs, **said.values)
            self.under_way.remove(line)
            understood.append(said)
            return added

        try:
            outcome = await self.desk.carry(act)
        except Refused as refusal:
            self.under_way.remove(line)
            self._back(line, str(refusal))
            return
        self.note(project, understood[-1], outcome.value)

    def note(self, project: int, said: Understood, task: int) -> None:
        """Remember what was added, and let whoever looks see it."""
        self.last.append((project, said))
        listen = [screen for screen in self.desk.screen_stack if isinstance(screen, Listens)]
        seen = [screen.captured(task) for screen in listen]
        if not any(seen):
            facts = [words for _, words in said.facts(self.desk.today)[:2]]
            facts += [said.stayed] if said.stayed else []
            about = f" ({'; '.join(facts)})" if facts else ""
            self.desk.tell(f"Added “{said.title}”{about}.", like=("Added “",))

    def _back(self, line: str, why: str) -> None:
        """Give a line back that could not be added: to the dialog, or until it opens again."""
        for screen in reversed(self.desk.screen_stack):
            if screen.is_mounted and isinstance(screen, Receives):
                screen.put_back(line, why)
                return
        self.returned.append(line)
        self.desk.tell(f"{why} Your line is kept: a brings it back.", severity="warning")
