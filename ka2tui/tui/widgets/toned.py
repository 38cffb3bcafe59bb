"""The tones of all that is drawn line by line, styled once for the whole app.

Textual styles a hidden node for each name that a widget knows, for every widget and at every change
of its classes. With fourteen names and ten panes on a page that was a fifth of the time a page
takes to stand there, and a megabyte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App

from ka2tui.tui import plain

if TYPE_CHECKING:
    from textual.css.styles import RenderStyles
    from textual.dom import DOMNode


class Toned(App[None]):
    """An app that knows the tones its widgets draw in."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "cursor",
        "cursor-blurred",
        "marked",
        "title",
        *plain.TONES,
    }

    DEFAULT_CSS = """
    Toned {
        & > .title { color: $pane-title; }
        & > .cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        & > .cursor-blurred {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: $block-cursor-blurred-text-style;
        }
        & > .marked { background: $marked; }
        & > .quiet { color: $quiet; text-style: $quiet-style; }
        & > .done { color: $quiet; text-style: $quiet-style; }
        & > .late { color: $late; }
        & > .soon { color: $soon; }
        & > .good { color: $good; }
        & > .accent { color: $pane-focus; }
        & > .strong { text-style: bold; }
        & > .found { color: $pane-focus; text-style: bold underline; }
    }
    """


def tone(node: DOMNode, name: str) -> RenderStyles:
    """Give the styles of a name: those of the widget where it knows it, else those of the app."""
    own = name in node._component_styles  # noqa: SLF001 - Textual asks this by a KeyError only
    return (node if own else node.app).get_component_styles(name)


def worn(app: App[Any]) -> object:
    """Give what is another object once the tones were styled anew: another theme, say."""
    return app._component_styles["title"]  # noqa: SLF001 - Textual gives out copies only
