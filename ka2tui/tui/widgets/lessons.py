"""Lines above the last one that say what the keys will do, until they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from ka2tui.tui import first_days, plain
from ka2tui.tui.keys import active as active_keys
from ka2tui.tui.keys import moves

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.screen import Screen

    from ka2tui.tui.first_days import FirstDays

HINT = "? all keys · f1 help"
"""Stands at the end, where there is room."""

_APART = 3
"""Cells between two explanations."""


class Lesson(NamedTuple):
    """What one key will do."""

    key: str
    shown: str
    words: str
    uses: int
    """How often it was used already: it grows quiet before it goes."""


class Lessons(Widget):
    """Two lines; nothing where there is nothing left to explain."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key", "word", "quiet"}

    DEFAULT_CSS = """
    Lessons {
        height: 2;
        display: none;
        background: $background;
        color: $foreground;
        & > .key { color: $pane-focus; text-style: bold; }
        & > .word { color: $pane-title; }
        & > .quiet { color: $quiet; text-style: $quiet-style; }
    }
    """

    def __init__(self, known: Callable[[], FirstDays | None]) -> None:
        """Make it; `known` gives what is known of the user, None where nothing is explained."""
        super().__init__()
        self._known = known
        self.lessons: list[Lesson] = []
        self._lines: list[list[Lesson]] = []
        self._spots: list[tuple[int, int, int, str]] = []

    def on_mount(self) -> None:
        """Look again whenever the keys that work change."""
        self.screen.bindings_updated_signal.subscribe(self, self.look)

    def look(self, screen: Screen[Any]) -> None:
        """Explain the keys of this moment that are not known."""
        if not screen.is_active:
            return
        known = self._known()
        lessons = [] if known is None or known.over else self._explained(screen, known)
        if lessons != self.lessons:
            self.lessons = lessons
            self.display = bool(lessons)
            screen.set_class(self.display, "-taught")
            self.refresh()

    def _explained(self, screen: Screen[Any], known: FirstDays) -> list[Lesson]:
        found: dict[str, tuple[tuple[bool, bool, bool], Lesson]] = {}
        for active in active_keys(screen):
            binding, node = active.binding, active.node
            name = binding.id
            if name is None or binding.system or not active.enabled or name in found:
                continue
            if not known.explains(name) or name.startswith("go.") or moves(node, binding):
                continue
            order = (not first_days.changes(name), node is screen.app, not binding.show)
            words = binding.tooltip or binding.description
            shown = self.app.get_key_display(binding)
            found[name] = order, Lesson(binding.key, shown, words, known.uses.get(name, 0))
        return [lesson for _, lesson in sorted(found.values(), key=lambda it: it[0])]

    def render_line(self, y: int) -> Strip:
        """Draw one line of explanations."""
        width, base = self.size.width, self.rich_style
        if not y:
            self._lay_out(width)
        styles = {
            name: base + self.get_component_rich_style(name, partial=True)
            for name in self.COMPONENT_CLASSES
        }
        segments, at = [Segment(" ", base)], 1
        for lesson in self._lines[y] if y < len(self._lines) else ():
            faint = lesson.uses == first_days.ENOUGH - 1
            words = plain.cut(plain.line(lesson.words), width - at - len(lesson.shown) - 3)
            size = plain.width(lesson.shown) + 1 + plain.width(words)
            self._spots.append((y, at, at + size, lesson.key))
            segments.append(Segment(lesson.shown, styles["key"]))
            tail = " " * _APART
            segments.append(Segment(f" {words}{tail}", styles["quiet" if faint else "word"]))
            at += size + _APART
        if y == self.size.height - 1 and width - at > plain.width(HINT) + 1:
            blank = width - at - plain.width(HINT) - 1
            segments.append(Segment(" " * blank + HINT, styles["quiet"]))
        return Strip(segments).adjust_cell_length(width, base)

    def _lay_out(self, width: int) -> None:
        """Share the explanations out, whole, over the lines there are."""
        self._spots = []
        self._lines = [[]]
        at = 1
        for lesson in self.lessons:
            size = plain.width(lesson.shown) + 1 + plain.width(plain.line(lesson.words))
            last = len(self._lines) == self.size.height
            room = width - (plain.width(HINT) + _APART + 2 if last else 1)
            if at > 1 and at + size > room:
                if last:
                    break
                self._lines.append([])
                at = 1
            self._lines[-1].append(lesson)
            at += size + _APART

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        for y, start, end, key in self._spots:
            if y == event.y and start <= event.x < end:
                self.app.simulate_key(key)
                return
