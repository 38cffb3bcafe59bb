"""The register of partners, the grid of papers, people, and reminders before they go."""

from __future__ import annotations

import email
from datetime import date, timedelta
from email.policy import default
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import Channel, PaperState, PartnerRole
from ka2tui.operations import contacts, messages, partners, projects, tasks
from ka2tui.queries import messages as message_views
from ka2tui.queries import papers as paper_views
from ka2tui.queries import partner_register
from ka2tui.queries import proofs as proof_views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.remind import Remind
from ka2tui.tui.pages import partner_words
from ka2tui.tui.pages.papers import PapersPage
from ka2tui.tui.pages.partners import PartnersPage
from ka2tui.tui.pages.people import PeoplePage
from tests.tui.driving import NOW, TODAY, ask, go, screen_text, settled, told, type_in, widget_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.pilot import Pilot

    from ka2tui.settings import Settings

DAY = timedelta(days=1)
SIZE = (120, 40)


class Desk:
    """A project with a silent partner, and the app on it."""

    def __init__(self, file: Path, settings: Settings) -> None:
        self.file = file
        self.settings = settings

    def ask(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return ask(str(self.file), query, *args, **kwargs)

    def app(self) -> Ka2tui:
        return Ka2tui(
            lambda: Portfolio.open(str(self.file), actor="Ana"),
            today=TODAY,
            now=lambda: NOW,
            settings=self.settings,
            project=1,
        )

    def row(self, partner: int = 2) -> Any:
        return self.ask(partner_register.some, 1, [partner], today=TODAY)[0]

    def sent(self) -> Sequence[Any]:
        return tuple(self.ask(message_views.listed, 1))


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> Desk:
    file = tmp_path / "ka2tui.db"
    made = Portfolio.open(str(file), actor="Ana")
    project = made.do(
        projects.add, "SOLARIS", start=date(2026, 12, 1), months=24, managed_by="NA", today=TODAY
    ).value
    made.do(partners.add, project, "Universidad", acronym="UA", role=PartnerRole.COORDINATOR)
    made.do(partners.add, project, "Kentro [red]Meleton[/]", acronym="KMOP", country="GR")
    made.do(partners.add, project, "Uniwersytet", acronym="ULODZ", country="PL")
    made.do(contacts.add, project, "Ana", partner_id=1, email="ana@ua.example.org")
    made.do(contacts.add, project, "Ada [/]", partner_id=2, email="ada@kmop.example.org")
    made.do(contacts.add, project, "Irene", organisation="SEPIE", role="Officer")
    made.do(tasks.add, project, "=1+1 [bold]module[/]", partner_id=2, due=TODAY - 4 * DAY)
    made.do(messages.note, [2], Channel.CALL, day=TODAY - 19 * DAY, today=TODAY)
    made.close()
    return Desk(file, settings)


def beside(app: Ka2tui) -> str:
    """Give what the details say, as one line."""
    assert isinstance(app.screen, PartnersPage)
    return " ".join(" ".join(widget_lines(app.screen.details)).split())


async def to_kmop(pilot: Pilot[Any]) -> str:
    await settled(pilot)
    return await go(pilot, "6", "down")


async def test_the_register_says_who_is_silent_and_by_what(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        shown = await to_kmop(pilot)
        assert "19 d, call" in shown
        assert "silent 19 days, last: call on 2 Nov" in beside(app)
        assert "Kentro [red]Meleton[/]" in shown
        assert "=1+1 [bold]module[/]" in beside(app)
        assert "not chased yet" in beside(app)


async def test_three_keys_note_a_mail(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        shown = await go(pilot, "H", "m", "enter")
        assert "today, mail" in shown
        await go(pilot, "u")
        assert "19 d, call" in screen_text(app)
    assert len(desk.sent()) == 1


async def test_what_was_said_is_kept_as_it_was_typed(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        await go(pilot, "H", "c", *"[red] =1", "enter")
    assert desk.sent()[0].text == "[red] =1"
    assert desk.sent()[0].channel is Channel.CALL


async def test_a_wrong_day_is_said_and_what_was_typed_stays(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        await go(pilot, "H", "m", *"hello", "tab", "ctrl+u", *"tomorrow", "enter")
        shown = screen_text(app)
        assert "This day is still to come" in shown
        assert "hello" in shown
        await go(pilot, "ctrl+u", *"yesterday", "enter")
    assert (desk.sent()[0].day, desk.sent()[0].text) == (TODAY - DAY, "hello")


async def test_a_reminder_is_shown_toned_copied_and_noted(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        shown = await go(pilot, "c")
        assert "‹friendly›" in shown
        assert "=1+1 [bold]module[/]" in shown
        shown = await go(pilot, "t", "t")
        assert "‹formal›" in shown
        assert "As coordinator of the project" in shown
        await go(pilot, "y")
        assert "in the clipboard" in told(app)
        assert "Dear Ada [/]" in app.clipboard
        assert "last chased 21 Nov (formal)" in beside(app)
        shown = await go(pilot, "c")
        assert "Already chased today" in shown
        await go(pilot, "escape", "u")
    assert [row.chase for row in desk.sent()] == [False]


async def test_an_edited_reminder_is_what_is_noted(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        await go(pilot, "c", "e", *"Hi there", "ctrl+s")
        assert "Hi there" in screen_text(app)
        await go(pilot, "t")
        assert "Write it anew?" in screen_text(app)
        await go(pilot, "n", "l")
    assert (desk.sent()[0].text or "").startswith("Hi thereDear Ada")
    assert desk.sent()[0].chase


async def test_leaving_a_reminder_notes_nothing(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await to_kmop(pilot)
        assert "l note only" in await go(pilot, "c")
        await go(pilot, "escape")
        assert not isinstance(app.screen, Remind)
    assert len(desk.sent()) == 1


async def test_a_draft_is_saved_and_noted(desk: Desk, tmp_path: Path) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        await go(pilot, "c", "m", "ctrl+u", *str(tmp_path), "tab", "ctrl+u", *"kmop", "ctrl+s")
        assert "Written to" in told(app)
        await go(pilot, "c", "m", "ctrl+u", *str(tmp_path), "tab", "ctrl+u", *"kmop", "ctrl+s")
        assert "Write over it?" in screen_text(app)
        await go(pilot, "n", "escape", "y", "escape")
    message = email.message_from_bytes((tmp_path / "kmop.eml").read_bytes(), policy=default)
    assert message["To"].addresses[0].addr_spec == "ada@kmop.example.org"
    assert len([row for row in desk.sent() if row.chase]) == 1


async def test_marked_partners_are_chased_in_one_step(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        shown = await go(pilot, "V", "c")
        assert "1 of 2, → next" in shown
        assert "l note all only" in shown
        assert "ULODZ" in await go(pilot, "right")
        await go(pilot, "f", "ctrl+u", *str(folder), "ctrl+s")
        assert {path.suffix for path in folder.iterdir()} == {".txt"}
        assert len(list(folder.iterdir())) == 2
        await go(pilot, "u")
    assert not [row for row in desk.sent() if row.chase]


async def test_the_coordinator_is_not_chased(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await go(pilot, "6", "c")
        assert "UA is the coordinator" in told(app)


async def test_the_grid_is_walked_and_set_by_keys(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        shown = await go(pilot, "o")
        assert isinstance(app.screen, PapersPage)
        assert "6 of 6 missing" in shown
        page = app.screen
        assert page.paper is not None
        assert page.paper.id == "information"
        shown = await go(pilot, "space")
        assert "asked 21 Nov" in shown
        assert "5 of 6 missing" in await go(pilot, "space")
        await go(pilot, *["right"] * 3, "r")
        assert page.paper.id == "accession"
        assert "4 of 6 missing" in screen_text(app)
        assert "5 of 6 missing" in await go(pilot, "x")
        assert "4 of 5 missing" in await go(pilot, "minus")
        assert "5 of 6 missing" in await go(pilot, "u")
        await go(pilot, "q")
        assert isinstance(app.screen, PartnersPage)
    row = desk.ask(paper_views.grid, 1, today=TODAY).row(2)
    states = {one.paper.id: one.state for one in row.standings if one}
    assert states["information"] is PaperState.RECEIVED
    assert states["accession"] is PaperState.NONE


async def test_a_number_is_entered_in_the_grid(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        await go(pilot, "o", "right", "t")
        assert "Enter the number itself at KMOP" in told(app)
        shown = await go(pilot, "e", *"E123")
        assert "is no OID" in shown
        shown = await go(pilot, "ctrl+u", *"E10207981", "enter")
        assert "is well formed" in shown
    assert desk.ask(partner_register.one, 2, today=TODAY).details.oid == "E10207981"


async def test_the_agreement_in_the_grid_is_that_of_the_partner(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        await go(pilot, "o", *["right"] * 9)
        assert "yours to send first" in screen_text(app)
        await go(pilot, "space", "space")
        assert "✓ checked 21 Nov" in screen_text(app)
    assert desk.row().agreement_state == "signed"


async def test_marked_partners_who_owe_it_are_set_together(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        await go(pilot, "o", *["right"] * 3, "V", "f")
    grid = desk.ask(paper_views.grid, 1, today=TODAY)
    at = [paper.id for paper in grid.papers].index("accession")
    states = [row.standings[at] and row.standings[at].state for row in grid.rows]
    assert states == [None, PaperState.ASKED, PaperState.ASKED]


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (120, 40), (200, 50)])
async def test_the_grid_keeps_its_paper_in_sight(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await to_kmop(pilot)
        await go(pilot, "o")
        for _ in range(8):
            page = app.screen
            assert isinstance(page, PapersPage)
            assert page.paper is not None
            marked = (f"‹{page.paper.short}›", f"›{page.paper.short}"[:5])
            assert any(head in screen_text(app) for head in marked)
            await go(pilot, "right")


async def test_a_partner_is_added_edited_and_removed(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        await go(pilot, "n", *"Kaunas [b]", "tab", *"KTU", "tab", "tab", *"Atlantis", "ctrl+s")
        assert "Atlantis" in screen_text(app)
        shown = await go(pilot, "ctrl+u", *"Lithuania", "ctrl+s")
        assert "KTU" in shown
        assert isinstance(app.screen, PartnersPage)
        assert app.screen.table.cursor_row is not None
        assert app.screen.table.cursor_row.called == "KTU"
        await go(pilot, "e", "tab", *"2", "ctrl+s")
        assert "KTU2" in screen_text(app)
        await go(pilot, "x", "y")
        assert "KTU2" not in screen_text(app)
        assert "KTU2" in await go(pilot, "u")


async def test_people_of_nobody_are_added_and_edited(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        shown = await go(pilot, "w")
        assert isinstance(app.screen, PeoplePage)
        assert "Of nobody" in shown
        assert "SEPIE · Officer" in shown
        await go(pilot, "end", "n", *"Tom", "tab", "tab", *"Hruška Ltd", "tab", "tab", *"tom@")
        shown = await go(pilot, "ctrl+s")
        assert "no mail address" in shown
        shown = await go(pilot, *"x.example.org", "ctrl+s")
        assert "Hruška Ltd" in shown
        await go(pilot, "x", "y")
        assert "Hruška Ltd" not in screen_text(app)
        await go(pilot, "q")
        assert isinstance(app.screen, PartnersPage)


async def test_filters_and_tabs_narrow_the_register(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        shown = await go(pilot, "slash", *"silent>10", "enter")
        assert "2 hidden by the filter" in shown
        assert "ULODZ" not in shown.split("╰")[0]
        assert "ULODZ" in await go(pilot, "escape")


async def test_what_another_page_wants_to_show_is_found_behind_a_filter(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        page = app.screen
        assert isinstance(page, PartnersPage)
        kmop = page.table.cursor_key
        assert kmop is not None
        shown = await go(pilot, "slash", *"ulodz", "enter")
        assert "KMOP" not in shown.split("╰")[0]
        app.open_record("partners", kmop)
        await settled(pilot)
        assert "ULODZ" in screen_text(app)
        assert page.table.cursor_key == kmop


async def test_proof_is_added_to_a_partner_and_its_history_is_shown(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        assert "KMOP" in await go(pilot, "C")
        await go(pilot, "down", "enter")
        await type_in(pilot, "https://kmop.example/mandate")
        await go(pilot, "ctrl+s")
        await go(pilot, "L")
        assert app.current_mode == "history"
    rows = desk.ask(proof_views.listed, 1, today=TODAY)
    assert [(row.url, row.named) for row in rows] == [("https://kmop.example/mandate", "KMOP")]


async def test_a_narrow_window_shows_one_thing_at_a_time(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await to_kmop(pilot)
        assert "19 d, call" in shown
        shown = await go(pilot, "enter")
        assert "not chased yet" in shown
        assert "ULODZ" not in shown
        assert "ULODZ" in await go(pilot, "escape")


async def test_an_empty_project_invites(tmp_path: Path, settings: Settings) -> None:
    made = Portfolio.open(str(tmp_path / "e.db"), actor="Ana")
    made.do(projects.add, "NOVA", today=TODAY)
    made.close()
    app = Desk(tmp_path / "e.db", settings).app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Press n to add the first" in await go(pilot, "6")
        for keys in ("e", "x", "H", "c", "A", "s", "enter"):
            await go(pilot, keys)
        assert "No partners yet" in await go(pilot, "o", "space", "f", "e", "c", "right")
        await go(pilot, "q", "w")
        assert "Nobody is entered yet" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_today_says_who_is_silent_and_chases(desk: Desk, size: tuple[int, int]) -> None:
    made = Portfolio.open(str(desk.file), actor="Ana")
    made.do(tasks.wait, [1], today=TODAY - 8 * DAY)
    made.close()
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        shown = await go(pilot, "tab")
        assert "silent 19 days, last: call on 2 Nov" in shown
        app.tell("Something was said before.")
        for words in ("Write a reminder", "Note a mail, call or chat"):
            shown = await go(pilot, "question_mark", *words)
            assert words in shown
            assert "Something was said before." not in shown
            await go(pilot, "escape")
        assert "Chase KMOP" in await go(pilot, "c")
        await go(pilot, "l")
        await go(pilot, "H", "h", "enter")
        assert "heard from today: chat" in screen_text(app)
    assert [row.chase for row in desk.sent()] == [False, True, False]


@pytest.mark.parametrize(
    ("owed", "missing", "said"), [(0, 0, ""), (6, 0, ("✓", "done")), (6, 1, ("1 missing", "soon"))]
)
def test_missing_papers_are_called_missing(owed: int, missing: int, said: object) -> None:
    row: Any = SimpleNamespace(papers=owed, papers_missing=missing, papers_late=0)
    assert partner_words.papers(row) == said


async def test_a_persons_address_stands_whole_below_the_name(desk: Desk) -> None:
    made = Portfolio.open(str(desk.file), actor="Ana")
    made.do(contacts.edit, 2, {"role": "Project manager for adult education"})
    made.close()
    async with desk.app().run_test(size=SIZE) as pilot:
        await to_kmop(pilot)
        assert isinstance(pilot.app.screen, PartnersPage)
        lines = [line.strip() for line in pilot.app.screen.details.text.splitlines()]
        at = lines.index("Ada [/]")
        assert lines[at + 1 : at + 3] == [
            *("Project manager for adult education", "ada@kmop.example.org")
        ]
