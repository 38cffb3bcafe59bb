"""What lies behind panes looks like any container, and keeps no lines of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from textual.app import App, ComposeResult
from textual.containers import Container
from textual.widgets import Static

from ka2tui.tui.page import Page
from ka2tui.tui.widgets.ground import Beside, Ground, Laid, Stacked

if TYPE_CHECKING:
    from textual.widget import Widget


class Behind(App[None]):
    """Something narrow in front of a container."""

    CSS = """
    #behind { background: $surface; width: 30; height: 6; }
    #front { width: 10; height: 2; }
    .framed { border: round $primary; }
    """

    def __init__(self, behind: type[Container], classes: str) -> None:
        super().__init__()
        self.behind, self.framing = behind, classes

    def compose(self) -> ComposeResult:
        yield self.behind(Static("a pane", id="front"), id="behind", classes=self.framing)


async def picture(behind: type[Container], classes: str, theme: str) -> str:
    app = Behind(behind, classes)
    async with app.run_test(size=(40, 10)) as pilot:
        app.theme = theme
        await pilot.pause()
        return re.sub(r"terminal-\d+", "", app.export_screenshot(title="Behind"))


@pytest.mark.parametrize("classes", ["", "framed"])
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_it_looks_like_a_container(classes: str, theme: str) -> None:
    mine, other = await picture(Laid, classes, theme), await picture(Container, classes, theme)
    assert mine == other


async def test_without_colours_it_looks_like_a_container(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert await picture(Laid, "", "textual-dark") == await picture(Container, "", "textual-dark")


async def test_one_line_stands_for_all() -> None:
    app = Behind(Laid, "")
    async with app.run_test(size=(40, 10)):
        ground: Widget = app.query_one("#behind", Ground)
        lines = ground.render_lines(ground.size.region)
        assert len(lines) == 6
        assert len({id(line) for line in lines}) == 1
        assert lines[0].cell_length == 30


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Laid, "Container"), (Beside, "Horizontal"), (Stacked, "Vertical"), (Page, "Screen")],
)
def test_it_keeps_the_style_of_what_it_is(kind: type[Widget], name: str) -> None:
    assert name in kind._css_type_names
    assert kind.render_lines is Ground.render_lines
