"""Where there is no project: how one is begun, on the welcome and on every page that needs one."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.binding import Binding, BindingsMap, BindingType
from textual.content import Content
from textual.widgets import Static

from ka2tui.tui import plain
from ka2tui.tui.desk import Desk

NOTE = "There is no project yet: n begins one, i imports one."
"""What a key says that needs a project."""

KEYS: list[BindingType] = [
    Binding("n", "new", "new project", id="welcome.new",
            tooltip="Begin a project, with or without a plan to start from"),
    Binding("i", "import", "import", id="welcome.import",
            tooltip="Import a project from files; what was understood is shown first"),
    Binding("d", "demo", "example", id="welcome.demo",
            tooltip="Open the example project, which has a file of its own"),
    Binding("f", "fit", "which action", id="welcome.fit",
            tooltip="A few questions tell whether an idea is KA1 or KA2, and which action"),
]  # fmt: skip
"""The ways to begin."""

_LEFT = frozenset({None, "page.back"})
"""Keys of a page, by their ids, that need no project."""


def without_verbs(bindings: BindingsMap) -> BindingsMap:
    """Give the keys of a page that need no project."""
    found = bindings.key_to_bindings.items()
    kept = {key: [it for it in bound if it.id in _LEFT] for key, bound in found}
    return BindingsMap.from_keys({key: bound for key, bound in kept.items() if bound})


class Beginning(Static, can_focus=True):
    """Says that there is no project, and begins one."""

    app = getters.app(Desk)

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    DEFAULT_CSS = """
    Beginning {
        width: 100%;
        height: 1fr;
        padding: 0 2;
        content-align: center middle;
        text-align: center;
    }
    """

    def on_mount(self) -> None:
        """Say which keys begin a project."""
        self.update(self._words())

    def _words(self) -> Content:
        wanted = self.app.wanted_keys

        def key(name: str, usual: str) -> Content:
            return plain.content(wanted.get(name, usual)).stylize("bold $pane-focus")

        return Content.assemble(
            "There is no project yet.\n",
            "Press ", key("welcome.new", "n"), " to begin one, ",
            key("welcome.import", "i"), " to import one, ",
            key("welcome.demo", "d"), " for the example, ",
            key("welcome.fit", "f"), " to find the action for an idea.",
        )  # fmt: skip

    async def action_new(self) -> None:
        """Begin a project."""
        await self.app.begin("new")

    async def action_import(self) -> None:
        """Import one."""
        await self.app.begin("import")

    async def action_demo(self) -> None:
        """Open the example."""
        await self.app.begin("demo")

    async def action_fit(self) -> None:
        """Find the action that fits an idea."""
        await self.app.begin("fit")
