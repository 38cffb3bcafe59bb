"""What an auditor will ask, every proof, and files that are read while one waits."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain import checklist_files
from ka2tui.domain.kinds import MeetingKind, MeetingState, ProofKind, ProofState
from ka2tui.exchange import proof_files
from ka2tui.operations import checklists, meetings, projects, proofs
from ka2tui.queries import proofs as views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.reading import Reading
from ka2tui.tui.pages import proof_verbs
from ka2tui.tui.pages.asked import AskedPage
from ka2tui.tui.pages.proofs import ProofsPage
from tests.copied import filled_once
from tests.tui.driving import (
    TODAY,
    ask,
    go,
    make,
    screen_text,
    settled,
    told,
    type_in,
    until,
    widget_lines,
)

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from ka2tui.settings import Settings

SIZE = (120, 40)
ODD = "Zdjęcia [red] =1+1.txt"


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    """A project with a kick-off that is over, and one meeting to come."""
    portfolio = Portfolio.open(str(tmp_path / "p.db"), actor="Ana")
    project = portfolio.do(projects.add, "SOLAR", months=24, today=TODAY).value
    held = TODAY - timedelta(days=30)
    portfolio.do(
        *(meetings.add, project, "Kick-off [red]"),
        code="KOM",
        kind=MeetingKind.KICK_OFF,
        state=MeetingState.HELD,
        day=held,
    )
    coming = TODAY + timedelta(days=30)
    portfolio.do(meetings.add, project, "Second", code="TPM2", kind=MeetingKind.TPM, day=coming)
    portfolio.close()
    return str(tmp_path / "p.db")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "proof"
    (folder / "KOM").mkdir(parents=True)
    (folder / "KOM" / ODD).write_text("ten", "utf-8")
    (folder / "KOM" / "minutes.txt").write_text("two", "utf-8")
    return folder


@pytest.fixture
def app(file: str, settings: Settings, root: Path) -> Ka2tui:
    return make(file, replace(settings, proof=root))


def add(file: str, root: Path, path: str, sort: str | None = None, *, loose: bool = False) -> int:
    """File a proof of the kick-off."""
    portfolio = Portfolio.open(file, actor="Ana")
    seen = proof_files.fingerprint(root / path)
    values = {"path": path, "sha256": seen.sha256, "size_bytes": seen.size, "sort": sort}
    made = portfolio.do(
        *(proofs.add, 1, ProofKind.FILE, path.rpartition("/")[2]),
        about=[] if loose else [("meeting", 1)],
        values=values,
    )
    portfolio.close()
    return made.value


def move(old: Path, new: Path) -> None:
    old.rename(new)


def rows(file: str) -> Any:
    return ask(file, views.listed, 1, today=TODAY)


async def open_page(pilot: Pilot[Any], *keys: str) -> None:
    await settled(pilot)
    await pilot.press("g", "v")
    await settled(pilot)
    if keys:
        await go(pilot, *keys)


async def test_each_event_says_what_is_there_and_what_is_missing(
    app: Ka2tui, file: str, root: Path
) -> None:
    add(file, root, "KOM/minutes.txt", "minutes")
    async with app.run_test(size=SIZE) as pilot:
        await open_page(pilot)
        assert isinstance(app.screen, AskedPage)
        lines = widget_lines(app.screen.table)
        kick_off = next(line for line in lines if "KOM" in line)
        assert "Kick-off [red]" in kick_off
        assert "1 of 5" in kick_off
        assert "invitation" in kick_off
        assert "to come" in next(line for line in lines if "TPM2" in line)
        assert "1 of 5 there" in screen_text(app)
        details = "\n".join(widget_lines(app.screen.details))
        assert "minutes.txt" in details
        assert "Signed for each day" in details


async def test_a_file_is_added_by_its_path_with_completion(
    app: Ka2tui, file: str, root: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_page(pilot, "n")
        await go(pilot, "enter")
        assert "File as proof of KOM Kick-off [red]" in screen_text(app)
        await type_in(pilot, "KOM/Zd")
        await until(pilot, lambda: "=1+1" in screen_text(app), "a proposal")
        await go(pilot, "right")
        await go(pilot, "ctrl+s")
        await until(pilot, lambda: bool(rows(file)), "the proof")
        (row,) = rows(file)
        assert (row.path, row.state, row.named) == (f"KOM/{ODD}", ProofState.THERE, "KOM")
        assert row.sort == "invitation"
        await settled(pilot)
        assert "1 of 5 there" in screen_text(app)


async def test_a_file_from_elsewhere_is_copied_only_when_one_says_so(
    app: Ka2tui, file: str, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside.txt").write_text("away", "utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await open_page(pilot, "n")
        await go(pilot, "enter")
        await type_in(pilot, str(tmp_path / "outside.txt"))
        await go(pilot, "ctrl+s")
        await until(pilot, lambda: "Copy it into the proof folder?" in screen_text(app), "question")
        await go(pilot, "n")
        assert "does not lie in the proof folder" in " ".join(screen_text(app).split())
        assert not (root / "outside.txt").exists()
        await go(pilot, "ctrl+s")
        await until(pilot, lambda: "Copy it into the proof folder?" in screen_text(app), "question")
        await go(pilot, "y")
        await until(pilot, lambda: bool(rows(file)), "the proof")
        assert (root / "outside.txt").read_text() == "away"


async def test_what_is_not_there_is_said_and_the_form_stays(
    app: Ka2tui, file: str, root: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_page(pilot, "n")
        await go(pilot, "enter")
        await type_in(pilot, "nowhere.pdf")
        await go(pilot, "ctrl+s")
        await until(pilot, lambda: "No such file" in screen_text(app), "why")
        assert rows(file) == ()


async def test_a_link_a_paper_and_one_that_is_filed(app: Ka2tui, file: str, root: Path) -> None:
    add(file, root, "KOM/minutes.txt", "minutes", loose=True)
    async with app.run_test(size=SIZE) as pilot:
        await open_page(pilot, "n")
        await go(pilot, "down", "enter")
        await type_in(pilot, "https://example.org")
        await go(pilot, "ctrl+s")
        await until(pilot, lambda: len(rows(file)) == 2, "the link")
        await go(pilot, "n")
        await go(pilot, "down", "down", "enter")
        await go(pilot, "tab")
        await type_in(pilot, "The notary")
        await go(pilot, "ctrl+s")
        await until(pilot, lambda: len(rows(file)) == 3, "the paper")
        await go(pilot, "n")
        await go(pilot, "down", "down", "down", "enter")
        await type_in(pilot, "minutes")
        await go(pilot, "enter")
        await until(pilot, lambda: rows(file)[0].named == "KOM", "attached")
    assert [row.kind for row in rows(file)] == ["file", "link", "paper"]
    assert rows(file)[2].holder == "The notary"


async def test_what_does_not_apply_keeps_a_reason_and_is_asked_again(
    app: Ka2tui, file: str, root: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_page(pilot, "minus")
        await type_in(pilot, "photos")
        await go(pilot, "enter")
        await type_in(pilot, "Nobody agreed")
        await go(pilot, "enter")
        await until(pilot, lambda: "0 of 4" in screen_text(app), "one less")
        assert "Nobody agreed" in screen_text(app)
        await go(pilot, "minus")
        await type_in(pilot, "photos")
        await go(pilot, "enter")
        await until(pilot, lambda: "0 of 5" in screen_text(app), "asked again")


async def test_a_check_tells_and_offers_where_a_moved_file_lies(
    app: Ka2tui, file: str, root: Path
) -> None:
    add(file, root, "KOM/minutes.txt", "minutes")
    add(file, root, f"KOM/{ODD}")
    (root / "KOM/minutes.txt").rename(root / "moved.txt")
    (root / "KOM" / ODD).write_text("new", "utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await open_page(pilot, "c")
        await until(pilot, lambda: "take that over?" in screen_text(app), "the question")
        assert "1 changed, 1 missing" in told(app)
        assert "minutes.txt: moved.txt" in screen_text(app)
        await go(pilot, "y")
        await until(pilot, lambda: rows(file)[0].path == "moved.txt", "the new place")
        await go(pilot, "w")
        assert isinstance(app.screen, ProofsPage)
        await go(pilot, "down", "t")
        await go(pilot, "y")
        await until(pilot, lambda: rows(file)[1].state is ProofState.THERE, "as it is")
    (root / "moved.txt").rename(root / "KOM/minutes.txt")


async def test_a_folder_that_is_away_marks_nothing_missing(
    app: Ka2tui, file: str, root: Path
) -> None:
    add(file, root, "KOM/minutes.txt", "minutes")
    move(root, root.with_name("away"))
    async with app.run_test(size=SIZE) as pilot:
        await open_page(pilot, "c")
        await until(pilot, lambda: "nothing was checked" in told(app), "why")
    assert rows(file)[0].state is ProofState.THERE


async def test_a_long_check_shows_how_far_it_is_and_is_stopped(
    app: Ka2tui, file: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(file, root, "KOM/minutes.txt", "minutes")
    with (root / "KOM/minutes.txt").open("wb") as stream:
        stream.truncate(2 << 30)
    monkeypatch.setattr("ka2tui.tui.dialogs.reading.PATIENCE", 0.0)
    held = threading.Event()
    before = proof_files.Watch.go_on

    def slowly(watch: Any) -> None:
        held.wait(0.01)
        before(watch)

    monkeypatch.setattr(proof_files.Watch, "go_on", slowly)
    async with app.run_test(size=SIZE) as pilot:
        await open_page(pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, Reading), "the dialog")
        await until(pilot, lambda: "minutes.txt" in screen_text(app), "the name")
        await pilot.press("escape")
        await until(pilot, lambda: "nothing was noted" in told(app), "the end")
    assert rows(file)[0].state is ProofState.THERE
    assert rows(file)[0].checked_on is None


async def test_every_proof_is_attached_detached_edited_and_removed(
    app: Ka2tui, file: str, root: Path
) -> None:
    add(file, root, "KOM/minutes.txt", "minutes")
    async with app.run_test(size=SIZE) as pilot:
        await open_page(pilot, "w")
        await go(pilot, "m")
        await type_in(pilot, "TPM2")
        await go(pilot, "enter")
        await until(pilot, lambda: rows(file)[0].named == "KOM, TPM2", "attached")
        await go(pilot, "d")
        await type_in(pilot, "KOM")
        await go(pilot, "enter")
        await until(pilot, lambda: rows(file)[0].named == "TPM2", "detached")
        await go(pilot, "e")
        assert "Edit proof" in screen_text(app)
        await type_in(pilot, "=1+1 [b]")
        await go(pilot, "ctrl+s")
        await until(pilot, lambda: rows(file)[0].title == "=1+1 [b]", "edited")
        await go(pilot, "x")
        await go(pilot, "y")
        await until(pilot, lambda: rows(file) == (), "removed")
        assert (root / "KOM/minutes.txt").exists()
        await go(pilot, "u")
        await until(pilot, lambda: len(rows(file)) == 1, "back again")


async def test_an_empty_list_names_the_first_key(settings: Settings, tmp_path: Path) -> None:
    portfolio = Portfolio.open(str(tmp_path / "e.db"), actor="Ana")
    portfolio.do(projects.add, "EMPTY", today=TODAY)
    portfolio.close()
    app = make(str(tmp_path / "e.db"), settings)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_page(pilot)
        assert "Nothing is asked yet" in screen_text(app)
        await go(pilot, "w")
        assert "Press n to add" in screen_text(app)
        await go(pilot, "c")
        assert "no files to check yet" in told(app)


def test_a_path_is_proposed_from_the_folder_on(root: Path, tmp_path: Path) -> None:
    suggest = proof_verbs._Suggest(root)
    assert suggest("K") == "KOM/"
    assert suggest("KOM/m") == "KOM/minutes.txt"
    assert suggest(str(tmp_path / "pro")) == f"{tmp_path / 'proof'}/"
    assert suggest("nowhere/x") is None
    assert suggest("//server/share") is None
    assert suggest("") is None


async def test_any_list_adds_a_proof_to_the_row_under_the_cursor(
    app: Ka2tui, file: str, root: Path
) -> None:
    add(file, root, "KOM/minutes.txt", "minutes", loose=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await go(pilot, "4", "C")
        assert "Proof of" in screen_text(app)
        await go(pilot, "down", "down", "down", "enter")
        await type_in(pilot, "minutes")
        await go(pilot, "enter")
        await until(pilot, lambda: rows(file)[0].named != "", "attached")


async def test_what_is_filed_of_an_item_is_offered_where_its_proof_lies(
    app: Ka2tui, file: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    template = checklist_files.named("implementation")
    made = portfolio.do(checklists.start, 1, template, "Ana", day=TODAY).value
    portfolio.close()
    add(file, root, "KOM/minutes.txt", "minutes")
    opened: list[str] = []
    monkeypatch.setattr("ka2tui.tui.opener._run", lambda place, *_, **__: opened.append(place))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await app.open_assessment(made, code="I01")
        await settled(pilot)
        await go(pilot, "w")
        await type_in(pilot, "KOM")
        await go(pilot, "ctrl+s")
        await go(pilot, "o")
        assert "Go to KOM Kick-off [red]" in screen_text(app)
        await go(pilot, "down", "enter")
        await until(pilot, lambda: bool(opened), "the file")
    assert opened == [str(root / "KOM/minutes.txt")]
