"""A line to type in."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from ka2tui.tui import plain


class TypedLine(Input):
    """A line whose enter belongs to what stands around it: a dialog, a form, a filter."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """How long its text is; it scrolls by it, and nothing around it moves."""

    def __init__(self, value: str = "", *, placeholder: str = "") -> None:
        """Make the line; `placeholder` stands there while it is empty."""
        super().__init__(
            value, placeholder=plain.line(placeholder), compact=True, select_on_focus=False
        )
        self._bindings.key_to_bindings.pop("enter", None)
