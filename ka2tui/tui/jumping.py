"""Jumping: where one can go on a screen, and the letters that lead there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from textual.errors import NoWidget
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.screen import Screen


@runtime_checkable
class Divided(Protocol):
    """A widget with places of its own that one can go to."""

    def in_sight(self) -> list[tuple[int, int, int]]:
        """Give column and line on the screen, and key, of each place in sight."""

    def jump_to(self, key: int, /) -> None:
        """Go to one of them."""


LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""In the order they are given: those under the fingers first."""


class Spot(NamedTuple):
    """A place on the screen that one can go to."""

    x: int
    y: int
    go: Callable[[], object]


def spots(screen: Screen[Any]) -> list[Spot]:
    """List where one can go: panes and tabs first, then what is in sight of each pane."""
    panes: list[Spot] = []
    parts: list[Spot] = []
    for widget in screen.walk_children(Widget):
        if not widget.display or not widget.region or not widget.visible:
            continue
        within = [spot for spot in _within(widget) if _seen(screen, widget, spot)]
        if widget.can_focus:
            parts += within
            here = Spot(*_corner(widget), widget.focus)
            bare = within and not widget.gutter.top
            if not bare and not widget.has_focus and _seen(screen, widget, here):
                panes.append(here)
        else:
            panes += within
    return [*panes, *parts]


def _within(widget: Widget) -> list[Spot]:
    """Give the places within a widget."""
    if not isinstance(widget, Divided):
        return []
    return [Spot(x, y, partial(widget.jump_to, key)) for x, y, key in widget.in_sight()]


def _corner(widget: Widget) -> tuple[int, int]:
    x, y, width, _ = widget.region
    return x + min(widget.gutter.left, width - 1), y


def _seen(screen: Screen[Any], widget: Widget, spot: Spot) -> bool:
    """Say whether a place of a widget is on the screen, and nothing lies over it."""
    try:
        found, _ = screen.get_widget_at(spot.x, spot.y)
    except NoWidget:
        return False
    return widget in found.ancestors_with_self


def labels(count: int) -> list[str]:
    """Give so many labels of one letter or two, none the beginning of another, short ones first."""
    many = len(LETTERS)
    twice = 0
    while many - twice + twice * many < count and twice < many:
        twice += 1
    short = list(LETTERS[: many - twice])
    return (short + list(_pairs(LETTERS[many - twice :])))[:count]


def _pairs(first: str) -> Iterator[str]:
    for one in first:
        for other in LETTERS:
            yield one + other
