"""Colours: what is read can be read in each theme, and nothing is told by colour alone."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from ka2tui import datafiles
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui import themes
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.shell import Shell
from ka2tui.tui.widgets.record_table import RecordTable, Section
from tests.tui.driving import NOW, TODAY, screen_text, settled

if TYPE_CHECKING:
    from textual.strip import Strip

pytestmark = pytest.mark.checks

LEAST = {"ka2-dark": (4.5, 4.5), "ka2-light": (4.5, 4.5), "ka2-contrast": (7.0, 4.5)}
"""How much lighter than what is behind it text must be, and text that matters less."""

TEXT = ("foreground", "pane-title", "late", "soon", "good", "pane-focus", "error", "warning")
FAINT = ("quiet", "text-muted")
BEHIND = ("background", "surface", "panel", "marked", "block-cursor-blurred-background")

THEMES = [Path(file).stem for file in datafiles.names("themes", ".toml")]


def colours_of(name: str) -> dict[str, str]:
    """Give every colour of a theme by its name, as the style sheets see it."""
    theme = themes.read(name)
    return {**theme.to_color_system().generate(), **themes.NAMED, **theme.variables}


def light(colour: Color) -> float:
    """Give the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    parts = [part / 255 for part in colour.rgb]
    linear = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(text: str, behind: str) -> float:
    """Give the contrast of two colours, 1 to 21; one that shines through lies on the other."""
    under = Color.parse(behind)
    over = under.blend(Color.parse(text), Color.parse(text).a)
    low, high = sorted((light(over), light(under)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", LEAST)
def test_every_text_stands_out_from_what_is_behind_it(name: str) -> None:
    colours = colours_of(name)
    least, least_faint = LEAST[name]
    too_faint = [
        f"{text} on {behind}: {found:.2f}"
        for some, wanted in ((TEXT, least), (FAINT, least_faint))
        for text in some
        for behind in BEHIND
        if not colours[text].startswith("auto")
        if (found := ratio(colours[text], colours[behind])) < wanted
    ]
    pairs = [
        ("block-cursor-foreground", "block-cursor-background"),
        ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
        ("footer-foreground", "footer-background"),
        ("footer-key-foreground", "footer-background"),
        ("foreground", "header-background"),
    ]
    too_faint += [
        f"{text} on {behind}"
        for text, behind in pairs
        if ratio(colours[text], colours[behind]) < least
    ]
    assert not too_faint


def test_every_theme_is_held_to_a_contrast_or_is_the_terminals_own() -> None:
    assert {name for name in THEMES if not themes.read(name).ansi} == {*LEAST}


def test_in_high_contrast_lines_and_the_cursor_are_seen_too() -> None:
    colours = colours_of("ka2-contrast")
    assert ratio(colours["pane-border"], colours["background"]) >= 3
    assert ratio(colours["block-cursor-background"], colours["background"]) >= 3
    assert colours["pane-focus-line"] != colours["pane-line"]


def test_in_high_contrast_each_colour_means_one_thing() -> None:
    colours = colours_of("ka2-contrast")
    meaning = ("pane-focus", "soon", "late", "good", "footer-key-foreground")
    seen = {name: Color.parse(colours[name]) for name in meaning}
    alike = [
        f"{one} and {other}"
        for one, other in combinations(meaning, 2)
        if max(abs(a - b) for a, b in zip(seen[one].rgb, seen[other].rgb, strict=True)) < 64
    ]
    assert not alike
    assert colours["block-cursor-background"] == colours["pane-focus"]


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_says_all_that_the_style_sheets_name(name: str) -> None:
    assert {*themes.NAMED} <= {*colours_of(name)}
    assert colours_of(name)["pane-line"] in {"round", "solid", "heavy"}


def desk(tmp_path: Path, **chosen: str) -> Ka2tui:
    """Make the app on the example's database."""
    from ka2tui.exchange.demo import build

    file = tmp_path / "ka2tui.db"
    if not file.exists():
        build(file, TODAY)
    return Ka2tui(
        lambda: Portfolio.open(file, actor="Ana"),
        today=TODAY,
        now=lambda: NOW,
        settings=Settings(actor="Ana", path=tmp_path / "settings.toml", **chosen),  # type: ignore[arg-type]
    )


def looks(strips: list[Strip]) -> set[tuple[bool, bool, bool]]:
    """Give how the segments of lines look without colour: reversed, underlined, bold."""
    styles = [segment.style for strip in strips for segment in strip if segment.style]
    return {(bool(it.reverse), bool(it.underline), bool(it.bold)) for it in styles}


async def test_no_color_lets_no_colour_through_on_any_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "yes")
    app = desk(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        for key in "1234567890":
            await pilot.press(key)
            await settled(pilot)
            strips = app.screen._compositor.render_strips()
            styles = [
                segment.style
                for strip in strips
                for segment in app.get_line_filters()[-2].apply(list(strip), Color(0, 0, 0))
                if segment.style
            ]
            for style in styles:
                for colour in (style.color, style.bgcolor):
                    assert colour is None or colour.is_default, (key, style)


async def test_without_colour_focus_cursor_and_marks_are_told_by_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = desk(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("v")
        await settled(pilot)
        text = screen_text(app)
        assert "●" in text
        assert "┏" in text, "the pane with the focus has a heavy line"
        assert "╭" in text, "the others do not"
        table = app.screen.query(RecordTable).first()
        drawn = table.render_lines(table.size.region)
        assert (True, False, False) in looks(drawn), "the cursor is reversed"


async def test_an_empty_no_color_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    app = desk(tmp_path)
    assert not app.no_color
    assert app.theme == "ka2-dark"


async def test_comfortable_gives_air_where_there_is_room_and_compact_does_not(
    tmp_path: Path,
) -> None:
    places: dict[tuple[str, int], tuple[int, int]] = {}
    for density in ("comfortable", "compact"):
        for size in ((80, 24), (120, 40)):
            app = desk(tmp_path, density=density)
            async with app.run_test(size=size) as pilot:
                await pilot.press("9")
                await settled(pilot)
                table = app.screen.query(RecordTable).first()
                blank = sum(isinstance(it, Section) and not it.title for it in table.rows)
                places[density, size[0]] = table.region.y, blank
    assert places["comfortable", 80] == places["compact", 80] == (1, 0)
    assert places["compact", 120] == (1, 0)
    assert places["comfortable", 120][0] == 2
    assert places["comfortable", 120][1] > 1


async def test_density_is_changed_on_the_settings_page_and_stays(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("g", "s")
        await settled(pilot)
        table = app.screen.query(RecordTable).first()
        key = next(
            it.id for it in table.rows if not isinstance(it, Section) and it.name == "density"
        )
        table.move_to(key)
        before = table.region.y
        await pilot.press("enter")
        await settled(pilot)
        assert app.settings.density == "compact"
        assert table.region.y < before
        assert 'density = "compact"' in (tmp_path / "settings.toml").read_text("utf-8")


async def test_what_comes_first_is_styled_once_and_in_the_chosen_colours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    again: list[Shell] = []
    refresh = Shell.refresh_css

    def noted(app: Shell, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's
        again.append(app)
        refresh(app, animate)

    monkeypatch.setattr(Shell, "refresh_css", noted)
    app = Shell(Settings(theme="ka2-light"))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert again == []
        assert app.has_class("-light-mode")
        assert app.screen.styles.background == Color.parse(colours_of("ka2-light")["background"])
        assert await app.wear_theme("ka2-dark")
        await settled(pilot)
        assert again == [app]
        assert app.screen.styles.background == Color.parse(colours_of("ka2-dark")["background"])
