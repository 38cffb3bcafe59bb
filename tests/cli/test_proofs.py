"""Proof on the command line: added, checked, missing, and its folder moved."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from ka2tui.domain.kinds import MeetingKind, MeetingState
from ka2tui.operations import meetings, projects
from ka2tui.store.portfolio import Portfolio
from tests.cli.line import Line

DAY = date(2026, 11, 22)
NAME = "Zdjęcia [red] =1+1.txt"


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    portfolio = Portfolio.open(tmp_path / "p.db", actor="Ana")
    project = portfolio.do(projects.add, "SOLAR", months=24, today=DAY).value
    kind, held = MeetingKind.KICK_OFF, MeetingState.HELD
    portfolio.do(meetings.add, project, "Kick-off", code="KOM", kind=kind, state=held)
    portfolio.close()
    return Line(tmp_path / "p.db", capsys)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "proof" / "KOM"
    folder.mkdir(parents=True)
    (folder / NAME).write_text("ten people", "utf-8")
    (folder / "minutes.txt").write_text("two decisions", "utf-8")
    return tmp_path / "proof"


def add(line: Line, root: Path) -> None:
    line.run("proof", "add", str(root / "KOM" / NAME), "--to", "KOM", "--sort", "attend")
    line.run("proof", "add", "KOM/minutes.txt", "--to", "KOM", "--sort", "minutes")


def test_a_file_is_added_from_anywhere_and_named_from_the_folder_on(line: Line, root: Path) -> None:
    add(line, root)
    rows = line.json("proof", "list")
    assert [row["path"] for row in rows] == [f"KOM/{NAME}", "KOM/minutes.txt"]
    assert rows[0]["about"][0]["code"] == "KOM"
    assert (rows[0]["sort"], rows[0]["state"]) == ("attendance_list", "there")
    assert NAME in line.text("proof", "show", "1")
    assert [row["id"] for row in line.json("proof", "list", "minutes")] == [2]


def test_several_files_are_one_step(line: Line, root: Path) -> None:
    paths = [str(path) for path in sorted((root / "KOM").iterdir())]
    assert "Add 2 proofs of KOM" in line.text("proof", "add", *paths, "--to", "KOM")
    line.run("undo")
    assert line.json("proof", "list") == []


def test_a_file_outside_is_refused_or_copied(line: Line, root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "minutes.txt"
    outside.write_text("other", "utf-8")
    code, said = line.error("proof", "add", str(outside))
    assert code == 1
    assert "does not lie in the proof folder" in said
    copied = line.json("proof", "add", str(outside), "--copy", "--into", "KOM")
    assert copied["path"] == "KOM/minutes-2.txt"
    assert (root / "KOM/minutes.txt").read_text() == "two decisions"
    code, said = line.error("proof", "add", str(outside), "--copy", "--into", "../..")
    assert (code, "leads out" in said) == (1, True)


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("add",), 2, "Say which files"),
        (("add", "x", "--link", "https://a.org"), 2, "Say which files"),
        (("add", "nowhere.pdf"), 1, "No such file"),
        (("add", "--link", "javascript:x"), 1, "no link"),
        (("add", "KOM"), 1, "is a folder"),
        (("add", "KOM/minutes.txt", "--sort", "selfie"), 1, "no sort of proof selfie"),
        (("add", "KOM/minutes.txt", "--to", "TPM9"), 1, "Nothing here is called TPM9"),
        (("add", "/etc/passwd"), 1, "does not lie in the proof folder"),
        (("show", "99"), 1, "99"),
        (("folder", "nowhere at all"), 1, "path of a folder that exists"),
    ],
)
def test_what_cannot_be_is_said(
    line: Line, root: Path, argv: tuple[str, ...], code: int, said: str
) -> None:
    ended, told = line.error("proof", *argv)
    assert ended == code
    assert said in told


def test_a_link_and_a_paper_need_no_file(line: Line) -> None:
    link = line.json("proof", "add", "--link", "https://example.org/a", "--to", "KOM")
    assert (link["kind"], link["url"], link["state"]) == (
        *("link", "https://example.org/a"),
        "unchecked",
    )
    paper = line.json(
        *("proof", "add", "--paper", "The notary", "--place", "Binder 4"),
        *("--sort", "contract"),
    )
    assert (paper["holder"], paper["place"], paper["title"]) == (
        *("The notary", "Binder 4"),
        "Contract or agreement",
    )


def test_the_folder_is_moved_and_everything_is_found_as_before(
    line: Line, root: Path, tmp_path: Path
) -> None:
    add(line, root)
    shutil.move(root, tmp_path / "elsewhere")
    code, said = line.error("proof", "check")
    assert (code, "nothing was checked" in said) == (1, True)
    moved = line.json("proof", "folder", str(tmp_path / "elsewhere"))
    assert (moved["there"], moved["files"], moved["chosen"]) == (2, 2, True)
    assert line.json("proof", "check")["there"] == 2
    assert line.json("proof", "move-root", str(tmp_path / "elsewhere"))["there"] == 2


def test_changed_missing_and_moved_files_are_told_and_end_with_one(line: Line, root: Path) -> None:
    add(line, root)
    assert "2 files: 2 there." in line.text("proof", "check")
    (root / "KOM" / NAME).write_text("nine folks", "utf-8")
    (root / "KOM/minutes.txt").rename(root / "minutes of KOM.txt")
    out, _ = line.run("proof", "check", code=1)
    assert "1 changed, 1 missing" in out
    assert "now at minutes of KOM.txt" in out
    assert [row["id"] for row in line.json("proof", "list", "is:broken")] == [1, 2]
    out, _ = line.run("proof", "check", "--moved", "--as-is")
    assert "Take over where KOM" not in out
    assert "Take over where minutes lies now. Take over Zdjęcia [red] =1+1 as it" in out
    line.text("undo")
    held = {row["path"]: row["state"] for row in line.json("proof", "list")}
    assert held == {f"KOM/{NAME}": "changed", "KOM/minutes.txt": "missing"}
    line.text("redo")
    assert line.json("proof", "check")["there"] == 2
    assert line.json("proof", "list")[1]["path"] == "minutes of KOM.txt"


def test_what_an_auditor_will_ask_is_told_with_its_reason(line: Line, root: Path) -> None:
    add(line, root)
    found = line.json("proof", "missing")
    (kick_off,) = found["records"]
    assert (found["there"], found["asked"], kick_off["code"]) == (2, 5, "KOM")
    held = {ask["sort"]: ask["held"] for ask in kick_off["asks"]}
    assert held["attendance_list"] == "there"
    assert held["photos"] == "missing"
    text = line.text("proof", "missing")
    assert "2 of 5 there." in text
    assert "photos, with consent" in text
    after = line.json("proof", "not-needed", "KOM", "photos", "--why", "Nobody agreed")
    (photos,) = [ask for ask in after["asks"] if ask["sort"] == "photos"]
    assert (photos["held"], photos["reason"]) == ("not_needed", "Nobody agreed")
    assert line.json("proof", "missing")["asked"] == 4
    line.run("proof", "needed", "KOM", "photos")
    assert line.json("proof", "missing")["asked"] == 5
    assert line.json("proof", "missing", "is:late")["records"] == []


def test_a_broken_list_of_ones_own_is_refused_by_file_line_and_key(
    line: Line, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "proofs.toml").write_text('[[sort]]\nid = "a"\ntitle = 3\n')
    line.run("settings", "set", "data", str(own))
    code, said = line.error("proof", "missing")
    assert code == 1
    assert f"{own / 'proofs.toml'}, line 3" in said
    assert "title must be a text" in said


def test_proofs_are_attached_edited_and_removed(line: Line, root: Path) -> None:
    add(line, root)
    line.run("task", "add", "Scan it")
    assert len(line.json("proof", "attach", "1", "2", "--to", "task:1")) == 2
    line.run("proof", "detach", "1", "--from", "KOM")
    assert [it["title"] for it in line.json("proof", "show", "1")["about"]] == ["Scan it"]
    edited = line.json("proof", "edit", "1", "--title", "[bold]", "--day", "2026-11-01")
    assert (edited["title"], edited["day"]) == ("[bold]", "2026-11-01")
    line.run("proof", "remove", "1", "2")
    assert line.json("proof", "list") == []
    assert (root / "KOM" / NAME).exists()


def test_the_sorts_are_listed_with_what_they_are_asked_of(line: Line) -> None:
    rows = {row["sort"]: row for row in line.json("proof", "sorts")}
    assert "Kick-off meeting" in rows["attendance_list"]["asked_of"]
