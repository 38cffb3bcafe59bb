"""Hints in the lower border of a pane, "enter open · e edit": which key the mouse points at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.errors import NoWidget

from ka2tui.tui import plain

if TYPE_CHECKING:
    from textual.screen import Screen

APART = " · "
"""Stands between two hints."""

_AFTER = 3
"""Cells of the border at the right of its words: a blank, a line, the corner."""


def key_at(screen: Screen[Any], x: int, y: int) -> str | None:
    """Give the key that a hint under the mouse names; None where there is none that works.

    Args:
        screen: The page or dialog.
        x: Column on the screen.
        y: Line on the screen.
    """
    try:
        widget, region = screen.get_widget_at(x, y)
    except NoWidget:
        return None
    said = str(widget.border_subtitle or "")
    if not said or not widget.gutter.bottom or y != region.bottom - 1:
        return None
    at = x - (region.right - _AFTER - plain.width(said))
    for hint in said.split(APART):
        size = plain.width(hint)
        if 0 <= at < size:
            return _named(screen, hint.partition(" ")[0])
        at -= size + len(APART)
    return None


def _named(screen: Screen[Any], word: str) -> str | None:
    """Find the key that works now and is called so."""
    for key, active in screen.active_bindings.items():
        if active.enabled and word in (key, screen.app.get_key_display(active.binding)):
            return key
    return None
