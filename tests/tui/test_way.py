"""The way as a picture: bars over one stretch of time, today's mark, a cursor, narrow windows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.tui.desk import Desk
from ka2tui.tui.widgets.toned import Toned
from ka2tui.tui.widgets.way import Stretch, Tick, Way
from tests.tui.driving import widget_lines

if TYPE_CHECKING:
    from textual.app import ComposeResult

TODAY = date(2026, 7, 1)


def stretch(number: int, first: date | None, last: date | None, title: str = "Goal") -> Stretch:
    return Stretch(number, "●", "accent", title, title[:6], "under way", "1 of 7", first, last)


class Shown(Toned):
    def __init__(self, rows: list[Stretch], ticks: list[Tick]) -> None:
        super().__init__()
        self.rows, self.ticks = rows, ticks

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return Desk.get_theme_variable_defaults(self)  # type: ignore[arg-type]

    def compose(self) -> ComposeResult:
        self.way = Way("The way")
        yield self.way

    def on_mount(self) -> None:
        self.way.show(self.rows, self.ticks, TODAY)


async def lines(
    rows: list[Stretch], ticks: list[Tick] | None = None, size: tuple[int, int] = (80, 12)
) -> list[str]:
    app = Shown(rows, ticks or [])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        return widget_lines(app.way)


async def test_bars_share_one_time_and_overlap_where_the_days_do() -> None:
    year, half = date(2026, 12, 31), date(2026, 6, 30)
    drawn = await lines(
        [stretch(1, date(2026, 1, 1), half), stretch(2, date(2026, 4, 1), year)],
        [Tick(date(2026, 1, 1), "M1")],
    )
    head, first, second = drawn
    assert head.index("M1") == first.index("▓")
    assert first.index("|") == second.index("|")
    assert first.count("░") == 0
    overlap = second.index("▓")
    assert first[overlap] == "▓"
    assert second.count("░") > second.count("▓")


async def test_a_single_day_is_seen_and_no_dates_draw_nothing() -> None:
    day = date(2026, 1, 1)
    drawn = await lines(
        [stretch(1, day, day), stretch(2, None, None), stretch(3, day, date(2026, 12, 31))]
    )
    assert drawn[1].count("▓") == 1
    assert "▓" not in drawn[2]
    assert "░" not in drawn[2]


async def test_nothing_dated_at_all_still_names_the_phases() -> None:
    drawn = await lines([stretch(1, None, None), stretch(2, None, None)])
    assert all("Goal" in line and "|" not in line for line in drawn[1:])


async def test_today_outside_the_time_has_no_mark() -> None:
    past = await lines([stretch(1, date(2020, 1, 1), date(2021, 1, 1))])
    assert "|" not in past[1]
    assert "░" not in past[1]
    ahead = await lines([stretch(1, date(2027, 1, 1), date(2028, 1, 1))])
    assert "|" not in ahead[1]
    assert "▓" not in ahead[1]


@pytest.mark.parametrize("width", [12, 30, 46, 60, 80, 200])
async def test_it_fits_every_width_and_the_bar_goes_last(width: int) -> None:
    rows = [stretch(1, date(2026, 1, 1), date(2026, 12, 31), "Evaluation and dissemination")]
    drawn = await lines(rows, size=(width, 8))
    assert all(len(line) == width - 2 for line in drawn)
    assert "Evalua"[: max(width - 7, 0)] in drawn[1]
    if width >= 46:
        assert "▓" in drawn[1]


async def test_hostile_words_are_shown_as_they_are() -> None:
    rows = [stretch(1, date(2026, 1, 1), date(2026, 12, 31), "[/]\x1b[2J")]
    drawn = await lines(rows, [Tick(date(2026, 1, 1), "[b]\x1b")])
    assert "[/]␛[2J" in drawn[1]
    assert "[b]␛" in drawn[0]


async def test_the_cursor_moves_stays_on_its_line_and_follows_the_mouse() -> None:
    rows = [stretch(number, None, None) for number in (1, 2, 3)]
    app = Shown(rows, [])
    async with app.run_test(size=(80, 12)) as pilot:
        app.way.focus()
        await pilot.press("down", "down", "down")
        assert app.way.cursor_key == 3
        app.way.show([rows[2], rows[0]], [], TODAY)
        assert app.way.cursor_key == 3
        await pilot.click(Way, offset=(5, 3))
        assert app.way.cursor_key == 1
        await pilot.press("home")
        assert app.way.cursor_key == 3
