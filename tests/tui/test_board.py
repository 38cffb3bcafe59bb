"""The board: lanes of cards, of which only those in sight are made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on

from ka2tui.tui import notes
from ka2tui.tui.desk import Desk
from ka2tui.tui.page import Page
from ka2tui.tui.widgets.board import Board, Lane
from ka2tui.tui.widgets.details import Details, Fact, Jump, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable
from tests.tui.driving import NOW, TODAY, screen_text, settled, widget_lines
from tests.tui.fakes import FakePortfolio
from tests.tui.hostile import HOSTILE

if TYPE_CHECKING:
    from textual.widget import Widget


@dataclass(frozen=True)
class Row:
    id: int
    title: str


class BoardPage(Page):
    """A board with the list that keeps its marks, and a pane."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[int] = []
        self.told: list[Any] = []

    def content(self) -> list[Widget]:
        self.table: RecordTable[Row] = RecordTable([Column("", 9)], lambda row: (row.title,))
        self.board: Board[Row] = Board(self.card, beside=self.table)
        self.details = Details()
        self.table.display = False
        return [self.table, self.board, self.details]

    def card(self, row: Row, room: int, lines: int) -> list[Any]:
        del room, lines
        self.made.append(row.id)
        return [row.title, (f"no {row.id}", "late")]

    def fill(self, *sizes: int) -> None:
        """Make lanes of so many cards."""
        rows = [Row(at, f"Task {at}") for at in range(1, sum(sizes) + 1)]
        self.table.set_rows(rows)
        lanes, first = [], 0
        for number, size in enumerate(sizes):
            lanes.append(Lane(number, f"Lane {number}", rows[first : first + size]))
            first += size
        self.board.set_lanes(lanes)
        self.board.focus()

    async def load(self) -> None:
        return None

    def show(self, seen: None) -> None:
        return None

    @on(Board.Highlighted)
    def highlighted(self, event: Board.Highlighted) -> None:
        self.told.append(event.key)

    @on(Board.Carried)
    def carried(self, event: Board.Carried) -> None:
        self.told.append(event.lane.title)

    @on(Details.Jumped)
    def jumped(self, event: Details.Jumped) -> None:
        self.told.append(event.target)


class BoardDesk(Desk):
    """A desk with that page."""

    def __init__(self) -> None:
        super().__init__(
            FakePortfolio,  # type: ignore[arg-type]
            today=TODAY,
            now=lambda: NOW,
            project=1,
        )
        self.page = BoardPage()

    def get_default_screen(self) -> BoardPage:
        return self.page


async def test_of_ten_thousand_cards_only_those_in_sight_are_made() -> None:
    app = BoardDesk()
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        app.page.details.display = False
        app.page.fill(10_000, 10_000, 3)
        await settled(pilot)
        assert len(set(app.page.made)) < 40
        await pilot.press("end")
        await settled(pilot)
        assert app.page.board.cursor_key == 10_000
        assert "Task 10000" in screen_text(app)
        assert len(set(app.page.made)) < 80
        assert "10 000" in widget_lines(app.page.board)[0]


async def test_lanes_that_do_not_fit_come_into_sight_with_the_cursor() -> None:
    app = BoardDesk()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.page.fill(2, 2, 2, 2, 2)
        await settled(pilot)
        head = widget_lines(app.page.board)[0]
        assert "Lane 2" in head
        assert "Lane 3" not in head
        assert head.rstrip().endswith("›")
        for _ in range(4):
            await pilot.press("right")
        await settled(pilot)
        head = widget_lines(app.page.board)[0]
        assert head.startswith("‹ Lane 2")
        assert "Lane 4" in head
        assert app.page.board.cursor_key == 9
        for _ in range(3):
            await pilot.press("right")
        assert app.page.board.cursor_key == 9


async def test_a_lane_says_how_many_cards_are_out_of_sight() -> None:
    app = BoardDesk()
    async with app.run_test(size=(100, 24)) as pilot:
        await settled(pilot)
        app.page.details.display = False
        app.page.fill(30, 2)
        await settled(pilot)
        board = app.page.board

        def rule() -> str:
            return widget_lines(board)[1]

        shown = sum("Task" in line[:30] for line in widget_lines(board))
        assert f"↓ {30 - shown} ─" in rule()
        assert "↑" not in rule()
        await pilot.press("end")
        await settled(pilot)
        assert f"↑ {30 - shown} ─" in rule()
        assert "↓" not in rule()


async def test_marks_are_those_of_the_list_and_a_lane_is_marked_whole() -> None:
    app = BoardDesk()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        page = app.page
        page.fill(3, 2)
        await pilot.press("v")
        await settled(pilot)
        assert (page.table.marks, page.board.cursor_key) == ({1}, 2)
        assert widget_lines(page.board)[2].startswith("● Task 1")
        await pilot.press("V")
        assert page.table.marks == {1, 2, 3}
        await pilot.press("V", "right", "V", "escape")
        assert page.table.marks == set()


async def test_a_card_is_carried_to_the_lane_beside_and_nowhere_from_the_last() -> None:
    app = BoardDesk()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.page.fill(1, 1)
        await settled(pilot)
        app.page.told.clear()
        await pilot.press("shift+left", "shift+right", "right", "shift+right")
        await settled(pilot)
        assert app.page.told == ["Lane 1", 2]


async def test_arrows_go_past_empty_lanes_and_stay_where_no_card_follows() -> None:
    desk = BoardDesk()
    async with desk.run_test(size=(120, 30)) as pilot:
        desk.page.fill(2, 0, 1, 0)
        await settled(pilot)
        await pilot.press("right")
        assert desk.page.board.cursor_key == 3
        await pilot.press("right")
        assert desk.page.board.cursor_key == 3
        assert desk.page.board.check_action("carry", (1,)), "to a lane without cards too"
        await pilot.press("left", "left")
        assert desk.page.board.cursor_key == 1
        assert not desk.page.board.check_action("carry", (-1,))


async def test_an_empty_board_and_empty_lanes_take_every_key() -> None:
    app = BoardDesk()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        board = app.page.board
        for sizes in ((), (0, 0), (0, 1, 0)):
            app.page.fill(*sizes)
            board.set_empty("Nothing here.")
            for key in ("down", "up", "left", "right", "pagedown", "home", "end", "v", "V",
                        "enter", "shift+right", "shift+left", "escape"):  # fmt: skip
                await pilot.press(key)
            await settled(pilot)
        assert board.cursor_key is None or board.cursor_key == 1


async def test_the_cursor_stays_on_its_card_when_the_board_is_read_again() -> None:
    app = BoardDesk()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        page = app.page
        page.fill(3, 3)
        await pilot.press("down", "down")
        rows = [Row(at, f"Task {at}") for at in (5, 3, 4, 6)]
        page.board.set_lanes([Lane(0, "Lane 0", rows[:1]), Lane(1, "Lane 1", rows[1:])])
        assert page.board.cursor_key == 3
        page.board.set_lanes([Lane(0, "Lane 0", rows[:1]), Lane(1, "Lane 1", rows[2:])])
        assert page.board.cursor_key == 4


async def test_hostile_titles_stand_on_cards_to_the_letter() -> None:
    app = BoardDesk()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for title in HOSTILE:
            lane = [Lane(0, title, [Row(1, title)])]
            app.page.board.set_lanes(lane)
            await settled(pilot)
            assert all("\x1b" not in line for line in widget_lines(app.page.board))


async def test_notes_are_readable_and_all_that_is_no_markdown_is_literal() -> None:
    app = BoardDesk()
    text = (
        "# The plan\n- ask **Nikos** about `it`, who has been silent for the whole of the month "
        "and more\n  - [x] twice\n1. one\n> said\n```\n- no list\n```\n"
        "[red]x[/] [a](http://b.c) 2*3*4 __init__"
    )
    async with app.run_test(size=(60, 40)) as pilot:
        await settled(pilot)
        app.page.details.show(notes.items(text))
        await settled(pilot)
        assert app.page.details.text.splitlines() == [
            "The plan",
            "• ask Nikos about it, who has been silent for the whole",
            "  of the month and more",
            "  ☑ twice",
            "1. one",
            "│ said",
            "- no list",
            "[red]x[/] [a](http://b.c) 2*3*4 __init__",
        ]


async def test_lines_that_lead_somewhere_are_gone_to_with_the_arrows_and_enter() -> None:
    app = BoardDesk()
    async with app.run_test(size=(60, 30)) as pilot:
        await settled(pilot)
        details = app.page.details
        details.show(
            [Words("Title"), Jump("first", ("task", 7)), *map(Words, "abc"), Jump("last", ("x", 1))]
        )
        details.focus()
        await settled(pilot)
        app.page.told.clear()
        await pilot.press("enter", "down", "enter", "down", "enter", "down", "up", "enter")
        await settled(pilot)
        assert app.page.told == [("task", 7), ("x", 1), ("task", 7)]


async def test_a_label_that_is_cut_keeps_its_distance_from_the_value() -> None:
    app = BoardDesk()
    async with app.run_test(size=(60, 30)) as pilot:
        await settled(pilot)
        details = app.page.details
        details.show([Fact("a file with a very long name indeed.csv", "1 project")])
        await settled(pilot)
        assert re.search(r"a file with.*…  1 project", screen_text(app))


async def test_facts_of_details_break_between_what_they_say() -> None:
    app = BoardDesk()
    async with app.run_test(size=(66, 30)) as pilot:
        await settled(pilot)
        app.page.details.show(
            [Fact("When", "M1-M24 · Oct 2025 to Sep 2027 · 24 months of work in five countries")]
        )
        lines = [line.strip() for line in app.page.details.text.splitlines()]
        assert len(lines) > 1
        assert not any(line.endswith("·") or line.startswith("·") for line in lines)
