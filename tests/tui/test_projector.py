"""The projector view: one key hides money, silence and private notes on every page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.exchange import demo
from ka2tui.operations import checklists, contacts, partners, phases, tasks
from ka2tui.queries import checklists as checklist_views
from ka2tui.queries import partners as partner_views
from ka2tui.queries import tasks as task_views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui import projector
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.form import Form
from ka2tui.tui.pages.assessment import AssessmentPage
from tests.tui.driving import NOW, screen_text, settled, told

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from ka2tui.settings import Settings

pytestmark = pytest.mark.checks

TODAY = date(2026, 11, 21)
SIZE = (240, 70)
SECRET = "Between us alone"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("projector") / "demo.db"
    demo.build(file, TODAY)
    made = Portfolio.open(str(file), actor="Ana")
    for task in made.ask(task_views.listed, 1).rows:
        made.do(tasks.edit, task.id, {"notes": SECRET})
    for row in made.ask(partner_views.listed, 1, today=TODAY):
        made.do(partners.edit, row.id, {"notes": SECRET})
    made.do(contacts.edit, 1, {"notes": SECRET})
    for phase in range(1, 7):
        made.do(phases.edit, phase, {"notes": SECRET}, today=TODAY)
    made.close()
    return file


@pytest.fixture
def app(example: Path, settings: Settings) -> Ka2tui:
    return Ka2tui(
        lambda: Portfolio.open(str(example), actor="Ana"),
        today=TODAY,
        now=lambda: NOW,
        settings=settings,
        project=1,
    )


async def both(pilot: Pilot[Any], app: Ka2tui) -> tuple[str, str, str]:
    """Give the screen as it is, on a projector, and as it is again after that."""
    await settled(pilot)
    usual = screen_text(app)
    await pilot.press("f5")
    await settled(pilot)
    bright = screen_text(app)
    await pilot.press("f5")
    await settled(pilot)
    return usual, bright, screen_text(app)


HIDDEN = {
    "today": ("heard", SECRET),
    "tasks": (SECRET,),
    "lifecycle": (SECRET,),
    "partners": ("Heard", "Chased", "Silent", "Messages", SECRET),
    "work_plan": ("€", "Money"),
    "projects": ("€", "Grant"),
    "reports": ("€", "Grant"),
}


@pytest.mark.parametrize("mode", HIDDEN)
async def test_f5_hides_what_a_page_shows_of_money_silence_and_notes(
    app: Ka2tui, mode: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.action_go(mode)
        await settled(pilot)
        if mode in ("partners", "work_plan"):
            await pilot.press("down")
        if mode == "reports":
            await pilot.press("n")
        usual, bright, again = await both(pilot, app)
    for word in HIDDEN[mode]:
        assert word in usual, word
        assert word not in bright, word
        assert word in again, word
    assert projector.WORD not in usual.splitlines()[0]
    assert projector.WORD in bright.splitlines()[0]


async def test_the_notes_of_a_checklist_are_hidden(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        rows = await app.ask(checklist_views.overview, 1)
        first = next(one for row in rows for one in row.assessments)
        item = (await app.ask(checklist_views.assessment, first.id)).items[0]
        await app.do(checklists.reopen, first.id)
        await app.do(checklists.answer, item.id, note=SECRET)
        await app.push_screen(AssessmentPage(first.id, item.id))
        usual, bright, again = await both(pilot, app)
        assert SECRET in usual
        assert SECRET not in bright
        assert SECRET in again


async def test_a_form_keeps_what_it_does_not_show(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("f5", "3")
        await settled(pilot)
        await pilot.press("e")
        await settled(pilot)
        form = app.screen
        assert isinstance(form, Form)
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert SECRET not in screen_text(app)
        assert form.filled() is not None
        assert form.filled().values["notes"] == SECRET  # type: ignore[union-attr]
        assert not form.filled().changed  # type: ignore[union-attr]
        await pilot.press("f5")  # from within the dialog too
        await settled(pilot)
        assert SECRET in screen_text(app)


async def test_who_was_written_to_stands_in_no_history(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("6", "down", "H", "m", "h", "e", "y", "enter")
        await settled(pilot)
        await pilot.press("9")
        usual, bright, again = await both(pilot, app)
        assert "Heard from" in usual
        assert "Heard from" in again
        assert "Heard from" not in bright.replace("u takes back: Heard from", "")
        await pilot.press("u")


async def test_notes_are_not_found(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+f", *"between us")
        await settled(pilot)
        assert "Between us" in screen_text(app)
        await pilot.press("escape", "f5", "ctrl+f")
        await settled(pilot)
        assert SECRET not in screen_text(app)


async def test_what_would_show_it_cannot_be_done(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("f5", "6", "down")
        await settled(pilot)
        deeds = {
            each.binding.action for each in app.screen.active_bindings.values() if each.enabled
        }
        assert not deeds & projector.DEEDS
        await pilot.press("7")
        await settled(pilot)
        deeds = {
            each.binding.action for each in app.screen.active_bindings.values() if each.enabled
        }
        assert not deeds & projector.DEEDS


@pytest.mark.parametrize(
    ("page", "key"), [("partners", "H"), ("partners", "c"), ("work_plan", "dollar_sign")]
)
async def test_a_key_that_is_hidden_says_so(app: Ka2tui, page: str, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.action_go(page)
        await settled(pilot)
        shown = app.screen
        await pilot.press("f5", "down", key)
        await settled(pilot)
        assert app.screen is shown
        assert projector.HIDDEN in told(app)


async def test_it_is_a_view_only(app: Ka2tui, example: Path) -> None:
    before = Portfolio.open(str(example), actor="Ana")
    clock = before.clock()
    before.close()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        kept = app.settings
        await pilot.press("f5")
        await settled(pilot)
        assert app.settings == kept
    after = Portfolio.open(str(example), actor="Ana")
    assert after.clock() == clock
    after.close()


@pytest.mark.parametrize("field", ["notes", "note", "amount_cents", "grant_cents", "outcome note"])
def test_fields_with_money_or_notes_are_private(field: str) -> None:
    assert projector.is_private(field)


@pytest.mark.parametrize("field", ["title", "due", "text", "summary", "participants"])
def test_other_fields_are_not(field: str) -> None:
    assert not projector.is_private(field)
