"""A form whose lines come to something: what, stands below them as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import Input, Static

from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.dialogs.form import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget


class Summed(Form):
    """Lines, and under them what they come to beside what there is."""

    DEFAULT_CSS = """
    Summed .-sum { height: auto; margin: 1 0 0 0; color: $good; }
    Summed .-sum.-uneven { color: $soon; }
    """

    def come_to(self, values: Sequence[Any], unread: int) -> tuple[str, bool]:
        """Say what the lines come to, and whether that is all there is.

        Args:
            values: Of the lines that can be read; None where one is empty.
            unread: How many cannot be read yet.
        """
        raise NotImplementedError

    def content(self) -> Iterable[Widget]:
        """Give the lines, and the sum under them."""
        yield from super().content()
        yield Static("", classes="-sum")

    def on_mount(self) -> None:
        """Add up what stands there."""
        self.add_up()

    @on(Input.Changed)
    def add_up(self) -> None:
        """Add up what stands there now; lines that cannot be read yet are left out."""
        values: list[Any] = []
        unread = 0
        for entry in self.entries:
            try:
                values.append(entry.read())
            except Refused:
                unread += 1
        text, even = self.come_to(values, unread)
        said = self.query_one(".-sum", Static)
        said.update(plain.content(text))
        said.set_class(not even, "-uneven")
