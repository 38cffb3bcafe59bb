"""Search in the app: opened from anywhere, found as one types, straight to the place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from ka2tui.domain.checklist import load
from ka2tui.domain.kinds import OutcomeKind
from ka2tui.operations import (
    agenda,
    checklists,
    contacts,
    deliverables,
    meetings,
    outcomes,
    papers,
    partners,
    projects,
    tasks,
    work_units,
)
from ka2tui.queries import papers as paper_views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.search import Search
from ka2tui.tui.pages.assessment import AssessmentPage
from ka2tui.tui.pages.meeting import MeetingPage
from ka2tui.tui.pages.papers import PapersPage
from ka2tui.tui.pages.people import PeoplePage
from tests.copied import filled_once
from tests.terminal import Terminal
from tests.tui.driving import TODAY, add_solaris, go, screen_text, settled, until
from tests.tui.hostile import HOSTILE

if TYPE_CHECKING:
    from textual.pilot import Pilot


ROOT = Path(__file__).parents[2]
SIZES = ((80, 24), (120, 40), (200, 50))


@pytest.fixture
@filled_once
def file(database: str) -> str:
    """Two projects; the first has something on every page."""
    portfolio = Portfolio.open(database, actor="Ana")
    do = portfolio.do
    project = add_solaris(portfolio)
    partner = do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ").value
    do(contacts.add, project, "Zofia Nowak", partner_id=partner, notes="speaks Greek")
    unit = do(
        work_units.add, project, "WP2", "Handbook", values={"objectives": "A kit for teachers"}
    ).value
    do(deliverables.add, project, "D2.1", "Posters", values={"work_unit_id": unit})
    for number in range(40):
        do(tasks.add, project, f"Ordinary {number}")
    do(tasks.add, project, "Train to Łódź", code="T2.3", notes="Ask the station [red].")
    done = do(tasks.add, project, "Book the zeppelin").value
    do(tasks.finish, [done], today=TODAY)
    meeting = do(meetings.add, project, "Kick-off").value
    first = do(agenda.add, meeting, "Welcome").value
    do(agenda.add, meeting, "Money talk")
    do(outcomes.add, meeting, OutcomeKind.INFORMATION, "Nobody was late", item=first)
    do(outcomes.add, meeting, OutcomeKind.DECISION, "Release without appendix", item=first)
    do(checklists.start, project, load()[0], "AM", day=TODAY)
    other = do(projects.add, "LUNA", today=TODAY).value
    do(tasks.add, other, "Moon train")
    portfolio.close()
    return database


async def looked(pilot: Pilot[Any], words: str) -> Search:
    """Open the search, and type."""
    await settled(pilot)
    await pilot.press("ctrl+f", *words)
    await settled(pilot)
    dialog = pilot.app.screen
    assert isinstance(dialog, Search)
    return dialog


def titles(dialog: Search) -> list[str]:
    return [hit.entry.title for hit in dialog.answer.hits] if dialog.answer else []


@pytest.mark.parametrize("size", SIZES)
async def test_it_finds_as_one_types_whatever_the_accents(
    app: Ka2tui, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=size) as pilot:
        dialog = await looked(pilot, "lodz")
        assert titles(dialog) == ["Train to Łódź", "Uniwersytet Łódzki"]
        shown = screen_text(app)
        assert "2 found in" in shown
        assert "task" in shown
        assert "partner" in shown
        await go(pilot, *" stat")
        assert titles(dialog) == ["Train to Łódź"]
        assert "notes: Ask the station [red]." in screen_text(app)
        told: list[object] = []
        monkeypatch.setattr(dialog.details, "show", lambda items, **_: told.append(items))
        await go(pilot, "z")
        assert titles(dialog) == []
        assert "Nothing has all of these words." in screen_text(app)
        assert told == [[]]  # with the rows, not once more for the cursor: a frame of its own


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_line_says_what_can_be_found(app: Ka2tui, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await looked(pilot, "")
        shown = screen_text(app)
        assert "Everything can be found here" in shown
        assert "records" in shown


@pytest.mark.parametrize("page", list("1234567890"))
async def test_it_opens_on_every_page(app: Ka2tui, page: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await go(pilot, page)
        await looked(pilot, "")
        await go(pilot, "escape")
        assert not isinstance(app.screen, Search)


async def test_a_task_is_stood_on_also_one_that_is_done(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await looked(pilot, "station")
        await go(pilot, "enter")
        assert app.current_mode == "tasks"
        assert app.screen.table.cursor_row.title == "Train to Łódź"  # type: ignore[attr-defined]
        await looked(pilot, "zeppelin")
        await go(pilot, "enter")
        assert app.screen.table.cursor_row.title == "Book the zeppelin"  # type: ignore[attr-defined]


async def test_a_done_task_is_stood_on_where_the_tasks_were_never_looked_at(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await looked(pilot, "zeppelin")
        await go(pilot, "enter")
        table = app.screen.table  # type: ignore[attr-defined]
        await until(pilot, lambda: table.row_of(42) is not None)
        await settled(pilot)
        assert table.cursor_row.title == "Book the zeppelin"


async def test_a_decision_opens_its_meeting_at_its_line(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await looked(pilot, "appendix")
        await go(pilot, "enter")
        page = app.screen
        assert isinstance(page, MeetingPage)
        row = page.minutes.table.cursor_row
        assert row is not None
        assert row.text == "Release without appendix"
        assert page.minutes.table.has_focus
        # from there to a point of the same meeting: the page stays
        await looked(pilot, "money")
        await go(pilot, "enter")
        assert app.screen_stack[-1:] == [page]
        assert page.agenda.called.endswith("Money talk")
        assert page.agenda.has_focus
        await go(pilot, "q")
        assert not isinstance(app.screen, MeetingPage)


async def test_an_item_of_a_checklist_opens_it_at_the_item(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("ctrl+f")
        await settled(pilot)
        index = app.searching._index
        assert index is not None
        items = [it for it in index._entries if it.kind == "checklist_item"]
        wanted = items[3]
        await go(pilot, *f'"{wanted.title[:60]}', "enter")
        page = app.screen
        assert isinstance(page, AssessmentPage)
        assert page.items.cursor_key == wanted.id


@pytest.mark.parametrize(
    ("words", "mode", "name"),
    [
        ("uniwersytet", "partners", "ULODZ"),
        ("teachers", "work_plan", "WP2"),
        ("posters", "work_plan", "D2.1"),
        ("solaris", "projects", "SOLARIS"),
    ],
)
async def test_what_has_a_page_is_stood_on_there(
    app: Ka2tui, words: str, mode: str, name: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await looked(pilot, words)
        await go(pilot, "enter")
        assert app.current_mode == mode
        row = app.screen.table.cursor_row  # type: ignore[attr-defined]
        assert name in {getattr(row, field, None) for field in ("code", "acronym", "called")}


async def test_a_person_is_stood_on_among_the_people(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await looked(pilot, "nowak")
        assert "in ULODZ" in screen_text(app)
        await go(pilot, "enter")
        page = app.screen
        assert isinstance(page, PeoplePage)
        row = page.table.cursor_row
        assert row is not None
        assert row.name == "Zofia Nowak"


async def test_the_note_of_a_paper_is_stood_on_in_the_grid(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    paper = portfolio.ask(paper_views.grid, 1, today=TODAY).papers[-1]
    portfolio.do(papers.edit, 1, paper, {"note": "Stamp is missing"}, on=TODAY)
    portfolio.close()
    async with app.run_test(size=(120, 40)) as pilot:
        await looked(pilot, "stamp")
        await go(pilot, "enter")
        page = app.screen
        assert isinstance(page, PapersPage)
        assert page.paper is not None
        assert page.paper.id == paper.id
        assert "Stamp is missing" in screen_text(app)


async def test_other_projects_stand_below_and_are_gone_to(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        dialog = await looked(pilot, "train")
        assert titles(dialog) == ["Train to Łódź", "Moon train"]
        shown = screen_text(app)
        assert "In other projects" in shown
        assert "LUNA" in shown
        await go(pilot, "down", "enter")
        assert app.project == 2
        assert app.screen.table.cursor_row.title == "Moon train"  # type: ignore[attr-defined]
        assert "LUNA" in screen_text(app).splitlines()[0]


async def test_escape_leaves_everything_as_it_was(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "3", "down", "down", "down")
        page, focused = app.screen, app.focused
        key = page.table.cursor_key  # type: ignore[attr-defined]
        await looked(pilot, "zeppelin")
        await go(pilot, "escape")
        assert (app.screen, app.focused) == (page, focused)
        assert page.table.cursor_key == key  # type: ignore[attr-defined]


async def test_the_last_words_stand_there_again_and_typing_replaces_them(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await looked(pilot, "lodz")
        await go(pilot, "escape")
        dialog = await looked(pilot, "")
        assert app.screen.query_one(Input).value == "lodz"
        assert titles(dialog) == ["Train to Łódź", "Uniwersytet Łódzki"]
        await go(pilot, *"moon")
        assert app.screen.query_one(Input).value == "moon"
        assert titles(dialog) == ["Moon train"]
        await go(pilot, "ctrl+u")
        assert app.screen.query_one(Input).value == ""


@pytest.mark.parametrize("size", SIZES[:2])
def test_keys_that_are_typed_ahead_reach_the_line_and_lead_there(
    file: str, size: tuple[int, int]
) -> None:
    argv = ["ka2tui", "--db", file, "--project", "SOLARIS"]
    with Terminal(argv, size=size, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}) as term:
        term.wait("ka2tui")
        term.press("ctrl+f")
        term.type("appendix")
        term.press("enter")
        term.wait("Kick-off", timeout=30)
        term.wait("Release without appendix", timeout=30)
        term.gone("Search everything")
        term.press("ctrl+q")
        assert term.exit_code == 0


async def test_nothing_is_gone_to_where_nothing_is_found(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await looked(pilot, "zzz")
        await go(pilot, "enter", "down", "pagedown", "up")
        assert app.screen is dialog


async def test_what_is_changed_elsewhere_is_found_at_once(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        dialog = await looked(pilot, "novelty")
        assert titles(dialog) == []
        other = Portfolio.open(file, actor="Ben")
        other.do(tasks.add, 1, "A novelty")
        other.close()
        await until(pilot, lambda: titles(dialog) == ["A novelty"])


async def test_the_memory_is_given_back_after_a_while(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(pilot, "moon")
        assert app.searching._index is not None
        await go(pilot, "escape")
        app.searching.forget()
        assert app.searching._index is None
        dialog = await looked(pilot, "")
        assert titles(dialog) == ["Moon train"]


async def test_any_text_is_found_and_shown_as_it_is(file: str, app: Ka2tui) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    for text in HOSTILE:
        portfolio.do(tasks.add, 1, f"hostile {text}"[:300], notes=f"findme {text}")
    portfolio.close()
    async with app.run_test(size=(200, 50)) as pilot:
        for words in ("hostile", "findme"):
            dialog = await looked(pilot, words)
            assert len(titles(dialog)) == len(HOSTILE)
            for _ in HOSTILE:
                await pilot.press("down")
            await settled(pilot)
            await go(pilot, "escape")
        dialog = await looked(pilot, "")
        for text in HOSTILE:
            dialog.line.value = text
            await settled(pilot)
        assert app.screen is dialog
