"""What is drawn line by line in a border: one look for the focus, the cursor and every tone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ka2tui.tui import plain
from ka2tui.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from rich.style import Style


class Drawn(Pane):
    """A pane that draws its own lines; stands before a widget of Textual's that scrolls."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "cursor",
        "cursor-blurred",
        "marked",
        *plain.TONES,
    }

    DEFAULT_CSS = """
    Drawn {
        color: $foreground;
        &.-bare, &.-bare:focus { border: none; }
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

    def __init__(
        self,
        title: str = "",
        *,
        hint: str = "",
        bare: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Make it empty.

        Args:
            title: In the upper border.
            hint: In the lower border: the pane's own key.
            bare: Without a border.
            id: Of the widget.
            classes: Of the widget.
        """
        super().__init__(title, hint=hint, id=id, classes=classes)
        self.set_class(bare, "-bare", update=False)
        self._looks: dict[tuple[str, ...], Style] = {}

    def look(self, *names: str) -> Style:
        """Give the style of tones laid over each other, and over that of the widget.

        It is remembered: asking the style sheet for each line would be felt at every key.
        """
        style = self._looks.get(names)
        if style is None:
            style = self.rich_style
            for name in filter(None, names):
                style += self.get_component_rich_style(name, partial=True)
            self._looks[names] = style
        return style

    def notify_style_update(self) -> None:
        """Forget the old colours."""
        super().notify_style_update()
        self._looks.clear()
