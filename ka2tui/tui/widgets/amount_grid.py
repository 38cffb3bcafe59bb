"""A list whose cells hold amounts that are typed right where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.message import Message

from ka2tui.tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from textual import events

R = TypeVar("R")

LONGEST = 24
"""Signs of an amount that is no slip of the hand."""

_INSIDE = frozenset("0123456789.,' €")
"""Signs that can go on an amount."""

_MOVES = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab"})
"""Keys that leave a cell and go on."""


class AmountGrid(RecordTable[R]):
    """Rows of amounts: arrows walk, the page begins to edit one, enter ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "cell(1)", "Next cell", show=False, id="amounts.right",
                tooltip="The next column"),
        Binding("left", "cell(-1)", "Cell before", show=False, id="amounts.left",
                tooltip="The column before"),
    ]  # fmt: skip

    entry: str | None = None
    """The amount that is being typed; None: none is."""

    replaces = False
    """Whether the next sign takes the place of all that stands there."""

    class Turned(Message):
        """Another column is looked at."""

        def __init__(self, step: int) -> None:
            """Say how far, and in which direction."""
            super().__init__()
            self.step = step

    class Typed(Message):
        """What is typed changed."""

    class Entered(Message):
        """An amount was typed to its end."""

        def __init__(self, text: str, *, down: bool) -> None:
            """Say what was typed, and whether to go on in the row below."""
            super().__init__()
            self.text = text
            self.down = down

    class Pasted(Message):
        """Amounts came from a spreadsheet."""

        def __init__(self, text: str) -> None:
            """Hand on what came."""
            super().__init__()
            self.text = text

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave enter and marks to the page: cells are edited, rows are not marked."""
        if action in ("open", "mark", "mark_all", "clear_marks"):
            return False
        return super().check_action(action, parameters)

    def action_cell(self, step: int) -> None:
        """Go to another column."""
        self.post_message(self.Turned(step))

    def begin(self, text: str = "") -> None:
        """Begin to type, with what stands there; the first sign takes its place."""
        self.entry, self.replaces = text, bool(text)
        self.post_message(self.Typed())

    def leave(self, *, down: bool = False) -> None:
        """End what is being typed, and hand it on."""
        text, self.entry = self.entry, None
        if text is not None:
            self.post_message(self.Entered(text, down=down))

    def on_key(self, event: events.Key) -> None:
        """Take all that goes on with an amount that was begun."""
        sign = event.character or ""
        if self.entry is None:
            return
        if event.key in _MOVES:
            self.leave()
            return  # the key then moves
        event.stop()
        event.prevent_default()
        if event.key == "enter":
            self.leave(down=True)
        elif event.key == "escape":
            self.entry = None
            self.post_message(self.Typed())
        elif event.key == "backspace":
            self.entry, self.replaces = self.entry[:-1], False
            self.post_message(self.Typed())
        elif len(sign) == 1 and sign in _INSIDE and len(self.entry) < LONGEST:
            self.entry = sign if self.replaces else self.entry + sign
            self.replaces = False
            self.post_message(self.Typed())

    def on_paste(self, event: events.Paste) -> None:
        """Hand on what comes from a spreadsheet."""
        event.stop()
        event.prevent_default()
        self.entry = None
        self.post_message(self.Pasted(event.text))

    def on_blur(self) -> None:
        """Keep what was typed when another pane is gone to."""
        self.leave()


def lines_of(text: str) -> list[list[str]]:
    """Give the cells of rows from a spreadsheet."""
    rows: list[Any] = text.strip("\r\n").splitlines()
    return [row.split("\t") for row in rows]
