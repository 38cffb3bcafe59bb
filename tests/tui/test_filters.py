"""Filters in the app: typed, explained, completed, kept as tabs, used to mark."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import MeetingKind
from ka2tui.operations import contacts, meetings, partners, tasks
from ka2tui.operations import work_units as units
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.list_page import ListPage
from ka2tui.tui.pages.tasks import TasksPage
from ka2tui.tui.widgets.filter_tabs import FilterTabs
from tests.copied import filled_once
from tests.tui.driving import (
    TODAY,
    add_solaris,
    go,
    make,
    screen_text,
    settled,
    until,
    widget_lines,
)

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ka2tui.settings import Settings

HOSTILE = "[/] [@click=app.bell]x[/] \x1b[31m{x} $y"


@pytest.fixture
@filled_once
def file(database: str) -> str:
    """OU with Ana, ULODZ, WP2 with A2.1, five open tasks and one that is done."""
    portfolio = Portfolio.open(database, actor="Ana")
    project = add_solaris(portfolio)
    ou = portfolio.do(partners.add, project, "Open University", acronym="OU").value
    portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ")
    ana = portfolio.do(contacts.add, project, "Ana", partner_id=ou).value
    wp2 = portfolio.do(units.add, project, "WP2", "Handbook").value
    part = portfolio.do(units.add, project, "A2.1", "Pilot", values={"parent_id": wp2}).value
    added: tuple[tuple[str, date | None, dict[str, Any]], ...] = (
        ("Late one", date(2026, 11, 18), {"work_unit_id": wp2}),
        ("Soon one", date(2026, 11, 25), {"work_unit_id": part, "partner_id": ou}),
        (HOSTILE, date(2026, 12, 20), {}),
        ("Undated one", None, {"contact_id": ana}),
        ("Waiting one", date(2027, 1, 20), {}),
    )
    for title, due, more in added:
        last = portfolio.do(tasks.add, project, title, due=due, **more).value
    portfolio.do(tasks.wait, [last], today=TODAY)
    gone = portfolio.do(tasks.add, project, "Done one", due=date(2026, 11, 1)).value
    portfolio.do(tasks.finish, [gone], today=TODAY)
    portfolio.do(meetings.add, project, "Kick-off", kind=MeetingKind.KICK_OFF,
                 day=date(2025, 10, 20))  # fmt: skip
    portfolio.do(meetings.add, project, "Second meeting", day=date(2026, 12, 3))
    portfolio.close()
    return database


async def to(pilot: Pilot[Any], digit: str) -> ListPage:
    await settled(pilot)
    await go(pilot, digit)
    page = pilot.app.screen
    assert isinstance(page, ListPage)
    return page


async def type_filter(pilot: Pilot[Any], text: str) -> None:
    """Open the line and put a text into it, as a paste would."""
    page = pilot.app.screen
    assert isinstance(page, ListPage)
    await go(pilot, "slash")
    field = page.line.field
    assert field is not None
    field.value = text
    field.cursor_position = len(text)
    await settled(pilot)


def titles(page: ListPage) -> list[str]:
    assert isinstance(page, TasksPage)
    return [row.title for key in page.table.keys if (row := page.table.row_of(key)) is not None]


async def test_a_question_narrows_the_list_and_says_how_it_was_read(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to(pilot, "3")
        await type_filter(pilot, "(wp:2 or @OU) and due<+14d")
        assert titles(page) == ["Late one", "Soon one"]
        shown = screen_text(app)
        assert "(work package is WP2 (with A2.1) or who is OU (with Ana)), and due before" in shown
        assert "Sat 5 Dec 2026" in shown
        assert "(in 14 days)" in shown
        assert "2 of 5" in shown
        assert "2 shown, 3 hidden by the filter" in shown
        await go(pilot, "enter")
        assert page.focused is page.lists[0]
        assert "2 of 5 · escape shows all" in screen_text(app)
        await go(pilot, "escape")
        assert len(titles(page)) == 5


async def test_every_letter_on_the_way_leaves_something_to_see(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to(pilot, "3")
        await go(pilot, "slash")
        for letter in ("s", "t", "a", "t", "e", "colon", "o", "p"):
            await go(pilot, letter)
            assert titles(page)
        await go(pilot, "e", "n", "space", "o", "r", "space")
        assert "Something is missing after “or” (column 12)." in screen_text(app)
        assert len(titles(page)) == 4
        await go(pilot, *"(is:late")
        assert "This parenthesis is not closed (column 15)." in screen_text(app)
        assert len(titles(page)) == 4


async def test_what_cannot_be_read_is_pointed_at_and_stays(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to(pilot, "3")
        await type_filter(pilot, "is:late stat:open")
        lines = screen_text(app).splitlines()
        at = next(i for i, line in enumerate(lines) if " / is:late" in line)
        assert lines[at + 1].index("^") == lines[at].index("stat:open")
        assert "There is no field “stat” (column 9). Did you mean state?" in "\n".join(lines)
        assert titles(page) == ["Late one"]  # what stands before it holds
        await go(pilot, "enter")
        assert page.line.typing
        assert page.line.words == "is:late stat:open"
        await go(pilot, "e")  # the cursor stands behind the wrong word
        assert page.line.words == "is:late state:open"
        assert page.line.misread is None


async def test_tab_writes_what_is_offered(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to(pilot, "3")
        await go(pilot, "slash", "s", "t")
        assert "tab state:  start:" in screen_text(app)
        await go(pilot, "tab")
        assert "tab open  doing  waiting  done  cancelled" in screen_text(app)
        await go(pilot, "w", "tab")
        assert page.line.words == "state:waiting "
        assert titles(page) == ["Waiting one"]
        await go(pilot, "@", "shift+tab", "tab")
        assert page.line.words == "state:waiting @ULODZ "


async def test_what_is_done_is_read_where_the_filter_asks_for_it(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to(pilot, "3")
        await type_filter(pilot, "state:done")
        assert titles(page) == ["Done one"]
        await go(pilot, "escape")
        assert len(titles(page)) == 5


def tabs(app: Ka2tui) -> str:
    """Give the line that the tabs stand in."""
    return screen_text(app).splitlines()[app.screen.query_one(FilterTabs).region.y]


async def test_a_wide_window_offers_work_packages_and_partners_to_show(app: Ka2tui) -> None:
    async with app.run_test(size=(200, 50)) as pilot:
        page = await to(pilot, "3")
        beside = page.lists[0].region.x
        pane = page.query_one(FilterTabs)
        await until(pilot, lambda: "Late 1" in " ".join(screen_text(app).split()))
        shown = widget_lines(pane)
        assert beside >= pane.region.right, "the list begins beside the pane, from the first"
        assert page.lists[0].region.x == beside
        heads = [line.strip(" │") for line in shown]
        assert heads.index("By work package") < heads.index("By partner")
        unit = next(line for line in heads if line.startswith("WP2"))
        await go(pilot, *["right_square_bracket"] * 4)
        assert page.line.words == "wp:WP2"
        assert "escape shows all" in screen_text(app)
        assert unit.split()[-1] == str(page.lists[0].count), "it says how many tasks there are"
        assert 0 < page.lists[0].count < 5


async def test_filters_stand_in_one_line_where_a_page_has_no_groups(app: Ka2tui) -> None:
    async with app.run_test(size=(200, 50)) as pilot:
        page = await to(pilot, "7")
        assert page.query_one(FilterTabs).region.height <= 1
        assert page.lists[0].region.x < 3


async def test_a_filter_is_kept_as_a_tab_and_taken_back(
    file: str, settings: Settings, app: Ka2tui
) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        page = await to(pilot, "3")
        await until(pilot, lambda: "Late 1" in screen_text(app))
        await type_filter(pilot, "wp:2")
        await go(pilot, "ctrl+s", *"Book [x]", "enter")
        await go(pilot, "enter", "escape")
        assert len(titles(page)) == 5
        await go(pilot, "left_square_bracket")
        assert titles(page) == ["Late one", "Soon one"]
        await until(pilot, lambda: "Book [x] 2" in screen_text(app))
        await go(pilot, "right_square_bracket")
        assert len(titles(page)) == 5
        await go(pilot, "right_square_bracket")
        assert titles(page) == ["Late one"]
    again = make(file, settings)
    async with again.run_test(size=(120, 30)) as pilot:
        page = await to(pilot, "3")
        await until(pilot, lambda: "Book [x] 2" in screen_text(again))
        await go(pilot, "F", *"Book", "enter")
        assert titles(page) == ["Late one", "Soon one"]
        await go(pilot, "F", *"Rename", "enter", *" B", "enter")
        assert "Book [x] B 2" in screen_text(again)
        await go(pilot, "F", *"Remove", "enter")
        assert "Book" not in tabs(again)
        await go(pilot, "u")
        assert "Book [x] B" in tabs(again)


async def test_a_filter_marks_and_marks_outlive_another_one(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        page = await to(pilot, "3")
        await go(pilot, "asterisk", *"one due:any", "enter")
        table = page.lists[0]
        assert len(table.marks) == 3
        await type_filter(pilot, "is:late")
        assert "1 marked, 2 more hidden" in screen_text(app)
        await go(pilot, "enter", "b")  # begins only what is in sight
        await type_filter(pilot, "is:doing")
        assert titles(page) == ["Late one"]
        assert "2 marked hidden" in screen_text(app)
        await go(pilot, "escape")
        assert len(table.marks) == 2
        await type_filter(pilot, "is:marked")
        assert titles(page) == ["Soon one", "Waiting one"]
        await go(pilot, "escape", "escape")
        assert not table.every_mark


async def test_the_board_is_filtered_and_keeps_the_focus(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        page = await to(pilot, "3")
        assert isinstance(page, TasksPage)
        await go(pilot, "o")
        await type_filter(pilot, "is:late")
        assert "Soon one" not in screen_text(app)
        await go(pilot, "enter")
        assert page.focused is page.board
        await go(pilot, "right_square_bracket", "asterisk", *"due:any", "enter")
        assert page.focused is page.board
        assert "marked" in screen_text(app)


async def test_marking_says_what_it_would_mark_and_what_is_wrong(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        page = await to(pilot, "3")
        await go(pilot, "asterisk", *"is:late")
        assert "Is late: 1 row to mark" in screen_text(app)
        await go(pilot, *"x", "enter")
        assert "A task cannot be “latex” (column 4). Did you mean late?" in screen_text(app)
        await go(pilot, "escape")
        assert not page.lists[0].marks


async def test_the_other_pages_have_their_questions(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to(pilot, "4")
        await type_filter(pilot, "is:coming")
        shown = screen_text(app)
        assert "Second meeting" in shown
        assert "Kick-off" not in shown
        page = await to_history(pilot)
        await type_filter(pilot, "who:ana what:meeting")
        assert len(page.lists[0].keys) == 2
        await type_filter(pilot, "records>1 day:today")
        assert "Records" not in screen_text(app).splitlines()[2]
        assert page.line.misread is None
        await go(pilot, "escape", "5")
        await type_filter(pilot, "phase:goal")
        assert "hidden by the filter" in screen_text(app)
        await go(pilot, "escape", "1")
        await type_filter(pilot, "@OU")
        shown = screen_text(app)
        assert "Soon one" in shown
        assert "Late one" not in shown
        assert "Nothing here fits the filter" in shown


@pytest.mark.parametrize(
    ("keys", "said", "not_said"),
    [
        (("3",), "words, state:open, due<+14d, @who", "phase:"),
        (("5",), "words, phase:partnership, last>-14d, is:filled", "due<"),
        (("g", "o"), "words, phase:partnership, start>-14d, is:over", "@who"),
        (("g", "h"), "words, day>-14d, kind:do, @who", "state:"),
    ],
)
async def test_the_empty_line_shows_questions_that_its_list_answers(
    app: Ka2tui, keys: tuple[str, ...], said: str, not_said: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await go(pilot, *keys, "slash")
        page = pilot.app.screen
        assert isinstance(page, ListPage)
        field = page.line.field
        assert field is not None
        await until(pilot, lambda: field.placeholder != "words")
        assert str(field.placeholder) == said
        assert not_said not in str(field.placeholder)
        asked = [each for each in page.line.examples if each != "@who"]  # stands for a name
        assert page.line.read(" ".join(asked)).explain()


async def to_history(pilot: Pilot[Any]) -> ListPage:
    await go(pilot, "enter", "g", "h")
    page = pilot.app.screen
    assert isinstance(page, ListPage)
    assert page.LIST == "history"
    return page


async def test_odd_texts_are_shown_as_they_are(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to(pilot, "3")
        for text in (HOSTILE, "=1+1", "🏳️‍🌈 會議", "a" * 500, "(" * 300, "who:" + HOSTILE):
            await type_filter(pilot, text)
            assert page.line.words
            await go(pilot, "ctrl+s", "escape", "escape")
        assert len(titles(page)) == 5
