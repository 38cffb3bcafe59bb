"""Assessors compared, trends, tasks of items, proof and own checklists, driven by keys alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from textual.widgets import Static

from ka2tui.domain import checklist as rules
from ka2tui.domain.checklist import Answer
from ka2tui.operations import checklists, projects, tasks
from ka2tui.queries import checklists as asked
from ka2tui.queries.checklists import AssessmentView
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui import opener
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.assessment import AssessmentPage
from ka2tui.tui.pages.checklists import ChecklistsPage
from ka2tui.tui.pages.comparison import ComparisonPage
from ka2tui.tui.pages.trend import TrendPage
from ka2tui.tui.widgets.details import Details
from tests.domain.test_checklist_files import GOOD
from tests.tui.driving import AppDesk, ask, go, screen_text, settled, told

if TYPE_CHECKING:
    from ka2tui.settings import Settings

HOSTILE = "[red]Zoë\x1b]52;c;eA==\x07 😀"
LINK = "https://x.eu/$(touch%20oops);`id`"


class OnChecklists(Ka2tui):
    DEFAULT_MODE = "checklists"


class Desk(AppDesk):
    """The app on the checklists of one project that Ana and others filled in."""

    APP = OnChecklists
    KEYS = ("down",)

    def filled(self, who: str, day: date, **answers: Answer) -> int:
        """Fill in the checklist of the goal and close it; items that are not named get 2."""
        portfolio = Portfolio.open(self.place, actor=who)
        made = portfolio.do(checklists.start, 1, rules.find("goal"), who, day=day).value
        for item in portfolio.ask(asked.assessment, made).items:
            portfolio.do(checklists.answer, item.id, answers.get(item.code, Answer(2)))
        portfolio.do(checklists.close, made)
        portfolio.close()
        return made

    def seen(self, assessment: int) -> AssessmentView:
        return cast("AssessmentView", ask(self.place, asked.assessment, assessment))

    def says(self, assessment: int, code: str, place: str) -> None:
        """Say where the proof of an item lies."""
        portfolio = Portfolio.open(self.place, actor="Ana")
        item = next(
            it for it in portfolio.ask(asked.assessment, assessment).items if it.code == code
        )
        portfolio.do(checklists.reopen, assessment)
        portfolio.do(checklists.answer, item.id, found_at=place)
        portfolio.close()


@pytest.fixture
def desk(portfolio: Portfolio, settings: Settings, today: date) -> Desk:
    portfolio.do(projects.add, "SOLARIS", action="KA220-SCH", today=today)
    portfolio.do(tasks.add, 1, "Draft the handbook", code="T2.3")
    return Desk(portfolio.place, settings, today)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_assessors_stand_beside_each_other_disagreements_first(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.filled("Ana", date(2026, 5, 1), G03=Answer(4), G05=Answer())
    desk.filled(HOSTILE, date(2026, 6, 1), G03=Answer(1), G07=Answer(not_applicable=True))
    async with desk.open(size) as pilot:
        shown = await go(pilot, "d")
        assert isinstance(pilot.app.screen, ComparisonPage)
        assert re.findall(r"[!◷·✓] (G\d\d) ", shown)[:3] == ["G07", "G03", "G05"]
        assert "\x1b" not in shown
        assert "[red]Zoë" in shown
        assert "n/a" in shown
        assert "2 differ, 9 agreed, 1 not answered by all" in shown
        ordered = await go(pilot, "d")
        assert "as the checklist goes" in ordered
        here = pilot.app.screen.items.cursor_row
        assert here is not None
        assert here.code == "G07"


async def test_an_item_is_opened_in_the_assessment_of_one_of_them(desk: Desk) -> None:
    desk.filled("Ana", date(2026, 5, 1), G03=Answer(4))
    ben = desk.filled("Ben", date(2026, 6, 1))
    async with desk.open() as pilot:
        shown = await go(pilot, "d", "enter")
        assert "G03: whose answer?" in shown
        await go(pilot, "down", "enter")
        page = pilot.app.screen
        assert isinstance(page, AssessmentPage)
        assert page.assessment == ben
        assert page.items.cursor_row is not None
        assert page.items.cursor_row.code == "G03"
        assert "Ana says 56" in screen_text(pilot.app)
        await go(pilot, "d")
        assert isinstance(pilot.app.screen, ComparisonPage)


async def test_one_key_begins_what_all_agree_on_and_goes_on_with_it(desk: Desk) -> None:
    desk.filled("Ana", date(2026, 5, 1), G03=Answer(4))
    desk.filled("Ben", date(2026, 6, 1), G03=Answer(1))
    async with desk.open() as pilot:
        shown = await go(pilot, "d", "n")
        assert "Agreed: Ana, Ben, today " in shown
        assert "own estimate 50 of 100 · 11 of 12 answered" in shown
        assert "Ana: 4" in shown
        await go(pilot, "3", "c")
        assert desk.seen(3).head.closed
        await go(pilot, "r", "q")
        assert "n go on agreeing" in screen_text(pilot.app)
        await go(pilot, "n")
        assert isinstance(pilot.app.screen, AssessmentPage)
        assert pilot.app.screen.assessment == 3


async def test_only_marked_ones_are_compared_and_one_alone_is_told(desk: Desk) -> None:
    for who, month in (("Ana", 1), ("Ben", 2), ("Cem", 3)):
        desk.filled(who, date(2026, month, 1))
    async with desk.open() as pilot:
        await go(pilot, "tab", "v", "v", "d")
        page = pilot.app.screen
        assert isinstance(page, ComparisonPage)
        assert page.seen is not None
        assert page.seen.names == ("Ben", "Cem")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_older_round_is_left_out_said_and_taken_in_by_marks(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.filled("Zoë", date(2024, 5, 1))
    desk.filled("Ana", date(2026, 5, 1))
    desk.filled("Benedikta Long-Name", date(2026, 6, 1))
    async with desk.open(size) as pilot:
        shown = await go(pilot, "d")
        heading = next(line for line in shown.splitlines() if "Item" in line and "Apart" in line)
        assert heading.strip(" │").split()[:3] == ["A", "BL", "Apart"]
        assert "Left out, more than 60 days older: Zoë 1 May 2024" in shown
        assert "mark with v" in " ".join(shown.split())
        shown = await go(pilot, "q", "tab", "v", "v", "v", "d")
        heading = next(line for line in shown.splitlines() if "Item" in line and "Apart" in line)
        assert heading.strip(" │").split()[:4] == ["Z", "2024", "A", "BL"]
        assert "Left out" not in shown


async def test_assessors_stand_under_their_initials_and_the_question_has_the_room(
    desk: Desk,
) -> None:
    for number, who in enumerate(("Ana Moreno", "Ben Oak", "Cem Uz", "Dora May"), start=1):
        desk.filled(who, date(2026, 5, number))
    async with desk.open((80, 24)) as pilot:
        shown = await go(pilot, "d")
        heading = next(line for line in shown.splitlines() if "Item" in line and "Apart" in line)
        assert heading.strip(" │").split()[:4] == ["AM", "BO", "CU", "DM"]
        assert heading.index("Item") < 40
        details = pilot.app.screen.query_one(Details).text
        assert "DM Dora May" in details
        assert "Mon 4 May" in details


async def test_initials_that_two_share_become_letters(desk: Desk) -> None:
    for who in ("Ana Moreno", "Anton Maier", "Şule Çelik"):
        desk.filled(who, date(2026, 5, 1))
    async with desk.open((80, 24)) as pilot:
        shown = await go(pilot, "d")
        heading = next(line for line in shown.splitlines() if "Item" in line and "Apart" in line)
        assert heading.strip(" │").split()[:3] == ["A", "N", "S"]


async def test_many_assessors_have_letters_and_none_is_left_out(desk: Desk) -> None:
    names = ("Ana", "Ben", "Cem", "Dora", "Eva", "Filip", "Gül", "Hana", "Ida")
    for who in names:
        desk.filled(who, date(2026, 1, 1), G01=Answer(len(who) % 5))
    async with desk.open((80, 24)) as pilot:
        shown = await go(pilot, "d")
        heading = next(line for line in shown.splitlines() if "Apart" in line)
        assert heading.split()[1:10] == list("ABCDEFGHI")
        details = pilot.app.screen.query_one(Details).text
        assert all(f"{name[0]} {name}" in details for name in names)
    desk.filled("Jan", date(2026, 1, 1))
    async with desk.open((80, 24)) as pilot:
        await go(pilot, "d")
        assert "Up to 9 assessments can be compared" in told(pilot.app)


async def test_who_filled_it_in_alone_is_told_so(desk: Desk) -> None:
    for month in (1, 2):
        desk.filled("Ana", date(2026, month, 1))
    async with desk.open() as pilot:
        await go(pilot, "d")
        assert isinstance(pilot.app.screen, ChecklistsPage)
        assert "Only Ana has filled in" in told(pilot.app)


async def test_the_trend_is_drawn_with_letters(desk: Desk) -> None:
    desk.filled("Ana", date(2026, 1, 1))
    desk.filled("Ana", date(2026, 5, 1), G03=Answer(4))
    async with desk.open() as pilot:
        shown = await go(pilot, "t")
        assert isinstance(pilot.app.screen, TrendPage)
        assert "A  Ana" in shown
        assert "50 → 56, 6 points up" in shown
        assert " 50 ┤A" in shown
        await go(pilot, "q")
    async with desk.open((200, 50)) as pilot:
        shown = screen_text(pilot.app)
        assert "Goal and needs: trend" in shown
        assert "By criterion" in shown
        assert "Is there one clear goal" in shown


async def test_one_key_makes_a_task_and_twice_tells_that_there_is_one(desk: Desk) -> None:
    made = desk.filled("Ana", date(2026, 5, 1), G01=Answer(0))
    async with desk.open() as pilot:
        await go(pilot, "tab", "enter", "home")
        shown = await go(pilot, "t")
        assert "G01: The problem is described" in shown
        assert "2026-12-06" in shown
        await go(pilot, "ctrl+s")
        task = desk.seen(made).items[0].task
        assert task is not None
        assert "task ·" in screen_text(pilot.app)
        assert "open, due Sun 6 Dec" in screen_text(pilot.app)
        await go(pilot, "t")
        assert "G01 has a task already" in told(pilot.app)
        await go(pilot, "u")
        assert desk.seen(made).items[0].task is None


async def test_the_task_leads_back_to_the_item_it_came_from(desk: Desk) -> None:
    made = desk.filled("Ana", date(2026, 5, 1))
    async with desk.open() as pilot:
        await go(pilot, "tab", "enter", "home", "down", "t", "ctrl+s", "tab", "down", "enter")
        assert pilot.app.current_mode == "tasks"
        await go(pilot, "tab", "down", "enter")
        page = pilot.app.screen
        assert isinstance(page, AssessmentPage)
        assert (page.assessment, page.items.cursor_key) == (made, desk.seen(made).items[1].id)


async def test_lines_are_broken_anew_in_another_window(desk: Desk) -> None:
    desk.filled("Ana", date(2026, 5, 1))
    async with desk.open((200, 50)) as pilot:
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        shown = screen_text(pilot.app)
        assert "answers a real need, and can its" in " ".join(
            line.rpartition("││")[2].strip("│ ") for line in shown.splitlines()
        )


async def test_marked_items_become_tasks_in_one_step(desk: Desk) -> None:
    made = desk.filled("Ana", date(2026, 5, 1), G02=Answer(4))
    async with desk.open() as pilot:
        await go(pilot, "tab", "enter", "home", "v", "v", "v")
        assert "2 tasks of items" in await go(pilot, "t")
        await go(pilot, "ctrl+s")
        assert [item.task is not None for item in desk.seen(made).items[:4]] == [
            *(True, False, True, False)
        ]
        assert "1 passed over" in told(pilot.app)
        await go(pilot, "u")
        assert all(item.task is None for item in desk.seen(made).items)


async def test_one_key_goes_to_the_record_that_is_proof(desk: Desk) -> None:
    desk.says(desk.filled("Ana", date(2026, 5, 1)), "G01", "t2.3")
    async with desk.open() as pilot:
        await go(pilot, "enter", "home")
        assert "t2.3" in screen_text(pilot.app)
        shown = await go(pilot, "o")
        assert "Draft the handbook" in shown
        assert pilot.app.current_mode == "tasks"


async def test_a_link_is_handed_to_the_system_as_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[str] = []
    monkeypatch.setattr(opener, "_run", lambda place, _: handed.append(place))
    made = desk.filled("Ana", date(2026, 5, 1))
    desk.says(made, "G01", LINK)
    async with desk.open() as pilot:
        await go(pilot, "enter", "home", "o")
        assert handed == [LINK]
        assert f"Opened {LINK}" in told(pilot.app)


async def test_where_the_proof_lies_is_asked_and_what_is_not_there_told(desk: Desk) -> None:
    made = desk.filled("Ana", date(2026, 5, 1))
    desk.says(made, "G02", "x")
    async with desk.open() as pilot:
        assert "Proof of G01" in await go(pilot, "enter", "home", "o")
        about = str(pilot.app.screen.query(Static).first().render())
        assert f"is looked for in {Path(desk.place).parent}, or" in about
        await pilot.press(*"lists", "slash", *"a.pdf")
        await go(pilot, "ctrl+s", "o")
        assert desk.seen(made).items[0].found_at == "lists/a.pdf"
        assert "There is no file" in told(pilot.app)
        assert str(Path(desk.place).parent) in told(pilot.app)
        shown = await go(pilot, "w", *("backspace",) * 12, *"data", "colon", "x", "ctrl+s")
        assert "is no link to the web" in " ".join(shown.split())


async def test_a_broken_checklist_of_ones_own_is_named_and_the_others_work(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    (folder / "checklists").mkdir(parents=True)
    file = folder / "checklists" / "visit.toml"
    file.write_text(GOOD.replace("weight = 3", "weight = 9"), "utf-8")
    desk.settings = replace(desk.settings, data=folder)
    async with desk.open() as pilot:
        shown = await go(pilot, "end")
        assert "Your own, cannot be read" in shown
        await go(pilot, "enter")
        assert "line 15, item 1 (V1): weight is a whole number" in told(pilot.app)
        file.write_text(GOOD, "utf-8")
        shown = await go(pilot, "3", "5")
        assert "Before a visit [red]" in shown
        assert "cannot be read" not in shown


async def test_one_begins_a_checklist_of_ones_own_on_the_page(desk: Desk, tmp_path: Path) -> None:
    desk.settings = replace(desk.settings, path=tmp_path / "settings.toml")
    async with desk.open() as pilot:
        assert "Your own checklist, from: Goal and needs" in await go(pilot, "w")
        shown = await go(pilot, "ctrl+s")
        assert "Goal and needs, our own" in shown
        assert (tmp_path / "data" / "checklists" / "own_goal.toml").is_file()
        assert "data" in (tmp_path / "settings.toml").read_text("utf-8")
