"""A letter is held back for what follows from it, and whatever happens, all is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual._compositor import LayoutUpdate
from textual.screen import ModalScreen, Screen
from textual.widgets import Label

from ka2tui.domain.refusal import Refused
from ka2tui.settings import Settings
from ka2tui.tui.shell import Shell
from ka2tui.tui.widgets.typed_line import HELD_SECONDS, TypedLine
from tests.tui.driving import settled, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.pilot import Pilot


class Typing(Screen[None]):
    """A line, and what follows from it."""

    def compose(self) -> ComposeResult:
        self.line = TypedLine()
        self.label = Label("nothing")
        yield self.line
        yield self.label


class Over(Typing, ModalScreen[None]):
    """The same as a dialog, through which the page below it is seen."""


class Painted(Shell):
    """Notes what reaches the terminal: whole screens, parts of them, and what is swallowed."""

    MODES = {"typing": Typing, "other": Typing}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__(Settings())
        self.painted: list[str] = []

    def on_mount(self) -> None:
        self.switch_mode("typing")

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if renderable is not None:
            whole = "whole" if isinstance(renderable, LayoutUpdate) else "part"
            self.painted.append("swallowed" if self._batch_count else whole)
        super()._display(screen, renderable)

    @property
    def front(self) -> Typing:
        assert isinstance(self.screen, Typing)
        return self.screen


async def nothing(_: Painted, __: Pilot[Any]) -> None:
    pass


async def go_away(app: Painted, _: Pilot[Any]) -> None:
    app.switch_mode("other")


async def go_away_and_back(app: Painted, pilot: Pilot[Any]) -> None:
    await app.switch_mode("other")
    await pilot.pause()
    await app.switch_mode("typing")


async def cover(app: Painted, _: Pilot[Any]) -> None:
    await app.push_screen(Typing())


async def remove_the_line(app: Painted, _: Pilot[Any]) -> None:
    await app.front.line.remove()


async def hold_after_removing(app: Painted, _: Pilot[Any]) -> None:
    line = app.front.line
    line.let_go()
    await line.remove()
    line._parent = app.front  # as a message finds it that was sent before
    line.hold()
    line._parent = None


async def resize(_: Painted, pilot: Pilot[Any]) -> None:
    await pilot.resize_terminal(100, 30)


async def refuse(app: Painted, _: Pilot[Any]) -> None:
    async def work() -> None:
        raise Refused("no")

    app.run_worker(work())


async def let_go_twice(app: Painted, _: Pilot[Any]) -> None:
    app.front.line.let_go()
    app.front.line.let_go()


@pytest.mark.parametrize(
    "meanwhile",
    [
        *(nothing, go_away, go_away_and_back, cover, remove_the_line, hold_after_removing),
        *(resize, refuse, let_go_twice),
    ],
)
async def test_nothing_stays_undrawn_whatever_happens_while_a_letter_is_held(
    meanwhile: Callable[[Painted, Pilot[Any]], Any],
) -> None:
    app = Painted()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Typing) and app.screen.is_mounted)
        await settled(pilot)
        app.front.line.hold()
        app.front.label.update("what follows")
        await meanwhile(app, pilot)
        await until(pilot, lambda: not app._batch_count)
        await settled(pilot)
        lost = [at for at, what in enumerate(app.painted) if what == "swallowed"]
        assert "whole" in app.painted[lost[-1] :] if lost else True, app.painted
        app.painted.clear()
        app.front.label.update("and what comes after it")
        await settled(pilot)
        assert app.painted
        assert set(app.painted) <= {"whole", "part"}


async def test_a_letter_and_what_follows_come_in_one_frame() -> None:
    app = Painted()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Typing) and app.screen.is_mounted)
        await settled(pilot)
        line, label = app.front.line, app.front.label
        app.painted.clear()
        line.hold()
        line.value = "a"
        await pilot.pause(HELD_SECONDS / 10)
        assert app.painted == []
        label.update("what followed", layout=False)
        line.let_go()
        await settled(pilot)
        assert len(app.painted) == 1


async def test_a_letter_in_a_dialog_leaves_the_page_below_alone() -> None:
    app = Painted()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Typing) and app.screen.is_mounted)
        await app.push_screen(Over())
        await settled(pilot)
        line, label = app.front.line, app.front.label
        app.painted.clear()
        for letter in "abc":
            line.hold()
            line.value += letter
            label.update("what followed", layout=False)
            line.let_go()
            await settled(pilot)
        assert set(app.painted) == {"part"}
