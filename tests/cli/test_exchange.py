from __future__ import annotations

import hashlib
import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from ka2tui.cli.main import execute
from tests.exchange.commission_lists import MOON, SUN, write
from tests.exchange.tables_of import PARTNERS, PROJECT, WORK_PACKAGES, folder

KEYS = {"read", "added", "changed", "same", "doubtful", "dropped", "errors"}
TABLES: dict[str, Any] = {
    "project.csv": PROJECT,
    "partners.csv": PARTNERS,
    "workpackages.csv": WORK_PACKAGES,
    "timesheets.csv": [["person", "working days"], ["Ana", 4]],
}
NUMBER, MOONS = SUN["Project Identifier"], MOON["Project Identifier"]
BAD: dict[str, Any] = {**TABLES, "tasks.csv": [["task", "title", "wp"], ["T1", "x", "WP9"]]}


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "ka2tui.db"
    monkeypatch.setenv("KA2TUI_DB", str(file))
    return file


@pytest.fixture
def tables(tmp_path: Path) -> str:
    return str(folder(tmp_path / "plan", TABLES))


def answer(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert execute([*argv, "--json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("more", [[], ["--find", "x"], ["--select", "3"]])
def test_a_file_that_is_not_there_is_named_as_it_was_typed(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    missing = str(tmp_path / "none" / "plan.csv")
    found = answer(capsys, "import", missing, *more, code=1)
    assert [(one["file"], one["reason"]) for one in found["errors"]] == [
        (missing, "there is no such file")
    ]


def test_an_import_answers_with_the_keys_of_the_contract(
    db: Path, tables: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "import", tables)
    assert found.keys() == KEYS
    for one in (finding for key in KEYS for finding in found[key]):
        assert one.keys() == {"file", "row", "column", "value", "reason"}
    assert len(found["added"]) == 6
    assert [one["file"] for one in found["dropped"]] == ["timesheets.csv"]
    cell = {"file": "partners.csv", "row": 3, "column": "country", "value": "Greece"}
    assert any(cell.items() <= one.items() and "GR" in one["reason"] for one in found["read"])
    plan = answer(capsys, "wp", "list")
    assert [(row["code"], row["lead"], row["end_month"]) for row in plan] == [
        ("WP1", "UA", 24),
        ("WP2", "KMOP", 12),
    ]


def test_a_dry_run_says_the_same_and_keeps_nothing(
    db: Path, tables: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rehearsed = answer(capsys, "import", tables, "--dry-run")
    assert not db.exists()
    assert answer(capsys, "import", tables) == rehearsed
    before = hashlib.sha256(db.read_bytes()).digest()
    assert answer(capsys, "import", tables, "--dry-run", "--update")["added"] == []
    assert hashlib.sha256(db.read_bytes()).digest() == before


def test_an_error_ends_with_1_and_leaves_the_database_as_it_was(
    db: Path, tables: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["import", tables]) == 0
    before = hashlib.sha256(db.read_bytes()).digest()
    bad = str(folder(tmp_path / "bad", BAD))
    found = answer(capsys, "import", bad, code=1)
    assert [(one["file"], one["row"], one["column"]) for one in found["errors"]] == [
        ("tasks.csv", 2, "wp")
    ]
    assert found["added"] == []
    assert hashlib.sha256(db.read_bytes()).digest() == before
    assert execute(["import", bad]) == 1
    told = capsys.readouterr()
    assert "WP9" in told.out
    assert "Nothing was imported" in told.err


def test_an_error_makes_no_database(db: Path, tmp_path: Path) -> None:
    assert execute(["import", str(folder(tmp_path / "bad", BAD))]) == 1
    assert execute(["import", str(tmp_path / "nowhere.csv")]) == 1
    assert not db.exists()


def test_people_read_what_was_understood(
    db: Path, tables: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["import", tables]) == 0
    told = capsys.readouterr().out
    assert "partners.csv" in told
    assert "Not taken (1)" in told
    assert told.rstrip().endswith("SOLAR: 6 added, 0 changed; 0 are the same.")
    assert execute(["import", tables]) == 0
    assert capsys.readouterr().out.rstrip().endswith("SOLAR: nothing new; 6 are the same.")
    assert execute(["undo"]) == 0
    assert capsys.readouterr().out.startswith("Undone: Import SOLAR")


def test_several_paths_are_one_import(
    db: Path, tables: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = folder(tmp_path / "more", {"t.csv": [["task", "title", "wp"], ["T1", "x", "WP1"]]})
    assert len(answer(capsys, "import", tables, str(more / "t.csv"))["added"]) == 7
    assert len(answer(capsys, "history")) == 1


def test_tables_without_a_project_go_into_the_one_that_is_named(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loose = folder(tmp_path / "loose", {"t.csv": [["task", "title"], ["T1", "x"]]})
    assert execute(["import", str(loose)]) == 1
    assert "--project" in capsys.readouterr().err
    for acronym in ("SUN", "MOON"):
        assert execute(["project", "new", acronym]) == 0
    assert execute(["import", str(loose)]) == 2
    assert execute(["import", str(loose), "--project", "NOPE"]) == 2
    assert execute(["import", str(loose), "--project", "moon"]) == 0
    assert [row["code"] for row in answer(capsys, "task", "list", "--project", "MOON")] == ["T1"]
    assert answer(capsys, "task", "list", "--project", "SUN") == []


def test_a_project_month_counts_from_the_stored_start(
    db: Path, tables: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["import", tables]) == 0
    loose = folder(tmp_path / "loose", {"t.csv": [["task", "title", "due"], ["T1", "x", "M3"]]})
    assert execute(["import", str(loose)]) == 0
    assert answer(capsys, "task", "list")[0]["due"] == "2026-02-28"


def test_an_export_comes_back_as_the_same_bytes(
    db: Path, tables: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert execute(["import", tables]) == 0
    capsysbinary.readouterr()
    assert execute(["export", "--format", "toml"]) == 0
    first = capsysbinary.readouterr().out
    file = tmp_path / "solar.toml"
    assert execute(["export", "-o", str(file)]) == 0
    assert file.read_bytes() == first
    other = ["--db", str(tmp_path / "other.db")]
    assert execute([*other, "import", str(file)]) == 0
    capsysbinary.readouterr()
    assert execute([*other, "export"]) == 0
    assert capsysbinary.readouterr().out == first


def test_an_export_replaces_nothing_unasked_and_is_its_owners_alone(
    db: Path, tables: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["import", tables]) == 0
    file = tmp_path / "solar.toml"
    file.write_text("mine")
    assert execute(["export", "-o", str(file)]) == 1
    assert "--force" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert execute(["export", "-o", str(file), "--force"]) == 0
    assert file.read_text().startswith('format = "ka2tui project"')
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert execute(["export", "-o", str(tmp_path)]) == 1
    assert execute(["export", "-o", str(tmp_path / "no" / "where.toml")]) == 1
    assert list(tmp_path.glob(".ka2tui-*")) == []


def test_a_toml_file_stands_alone(db: Path, tables: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").touch()
    assert execute(["import", tables, str(tmp_path / "x.toml")]) == 2


def test_an_export_with_json_is_one_value(
    db: Path, tables: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["import", tables]) == 0
    capsys.readouterr()
    assert execute(["export"]) == 0
    plain = capsys.readouterr().out
    assert answer(capsys, "export") == {"format": "toml", "file": None, "text": plain}
    file = tmp_path / "out.toml"
    found = answer(capsys, "export", "-o", str(file))
    assert found == {"format": "toml", "file": str(file), "text": None}
    assert file.read_text(encoding="utf-8") == plain


def test_a_binary_file_with_the_name_of_a_table_is_an_error(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noise = bytes(range(256)) * 20
    path = str(folder(tmp_path / "plan", {**TABLES, "tasks.csv": noise}))
    found = answer(capsys, "import", path, code=1)
    assert [(one["file"], one["reason"].partition(":")[0]) for one in found["errors"]] == [
        ("tasks.csv", "this is no text")
    ]
    assert not db.exists() or execute(["project", "list"]) == 0


def test_signs_that_cannot_be_seen_are_told(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(folder(tmp_path / "plan", {**TABLES, "tasks.csv": b"task,title\nT1,a\x00b\n"}))
    found = answer(capsys, "import", path)
    assert [one["file"] for one in found["doubtful"]] == ["tasks.csv"]
    assert "cannot be seen" in found["doubtful"][0]["reason"]


def test_a_folder_takes_text_tables_and_leaves_prose_aside(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = {"tasks.txt": "task\ttitle\nT1\tPlan\n", "readme.txt": 'See "the plan.\nThen write.\n'}
    path = str(folder(tmp_path / "plan", {**TABLES, **more}))
    found = answer(capsys, "import", path)
    assert "readme.txt" in {one["file"] for one in found["dropped"]}
    assert [row["title"] for row in answer(capsys, "task", "list")] == ["Plan"]


# --- the Commission's list of projects ----------------------------------------------------------


@pytest.fixture
def lists(tmp_path: Path) -> list[str]:
    first = write(tmp_path / "2024.csv", SUN, MOON)
    return [str(first), str(write(tmp_path / "again.csv", SUN, delimiter=";"))]


def test_a_list_of_projects_is_shown_to_choose_from(
    db: Path, lists: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["import", *lists]) == 2
    told = capsys.readouterr()
    assert [line.split()[0] for line in told.out.splitlines()] == ["identifier", NUMBER, MOONS]
    assert "EL UK DE" in told.out
    assert "2 projects are listed (2 files)." in told.err
    assert f"--select {NUMBER}" in told.err
    assert execute(["import", *lists, "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == "", "nothing was chosen: that is no answer"
    assert f"--select {NUMBER}" in told.err
    found = answer(capsys, "import", *lists, "--find", "moonlight")
    assert [one["identifier"] for one in found["projects"]] == [MOONS]
    assert (found["rows"], found["projects"][0]["row"]) == (3, 3)
    assert len(answer(capsys, "import", *lists, "--find", "")["projects"]) == 2
    assert not db.exists()


def test_the_selected_project_is_taken_in_as_one_change(
    db: Path, lists: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    rehearsed = answer(capsys, "import", *lists, "--select", NUMBER, "--dry-run")
    assert not db.exists()
    found = answer(capsys, "import", *lists, "--select", NUMBER)
    assert found == rehearsed
    assert found.keys() == KEYS
    assert len(found["added"]) == 4
    read = {(one["column"], one["value"], one["reason"]) for one in found["read"]}
    assert ("Partner 1 country", "UK", "partner: country = GB") in read
    assert ("Topics", "Green skills; Energy", "project: kept in the notes") in read
    again = answer(capsys, "import", *lists, "--select", NUMBER, "--update")
    assert (again["added"], again["changed"], len(again["same"])) == ([], [], 4)
    assert answer(capsys, "history")[0]["id"] == 1
    assert execute(["undo"]) == 0
    assert answer(capsys, "project", "list") == []


def test_a_list_of_one_project_needs_no_choice(
    db: Path, lists: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(answer(capsys, "import", lists[1])["added"]) == 4


def test_the_project_option_names_the_project_from_the_list(
    db: Path, lists: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    select = ["import", *lists, "--select"]
    answer(capsys, *select, NUMBER, "--project", "SOLAR")
    assert answer(capsys, *select, NUMBER, "--project", "SOLAR")["added"] == []
    answer(capsys, *select, MOONS, "--project", "NIGHT")
    assert [one["acronym"] for one in answer(capsys, "project", "list")] == ["SOLAR", "NIGHT"]
    assert execute([*select, MOONS, "--project", "SOLAR"]) == 1
    assert "but SOLAR is selected" in capsys.readouterr().err


def test_a_project_begun_by_hand_takes_its_partners_from_the_list(
    db: Path, lists: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["project", "new", "MINE"]) == 0
    found = answer(capsys, "import", *lists, "--select", NUMBER, "--project", "MINE", "--update")
    assert len(found["added"]) == 3
    (project,) = answer(capsys, "project", "list")
    assert (project["acronym"], project["agreement"]) == ("MINE", NUMBER)


def test_an_identifier_in_no_list_is_refused_with_the_nearest(
    db: Path, lists: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    odd = NUMBER.replace("EL01", "ELO1")
    (error,) = answer(capsys, "import", *lists, "--select", odd, code=1)["errors"]
    assert (error["column"], error["value"]) == ("Project Identifier", odd)
    assert error["reason"] == f"none of 3 rows has this identifier; the nearest: {NUMBER}"
    assert not db.exists()


def test_select_needs_a_list(db: Path, tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--select", "--find"):
        assert execute(["import", tables, option, "x"]) == 2
        assert f"{option} is for the Commission's list" in capsys.readouterr().err


def test_a_list_of_one_project_among_other_tables_is_a_table_of_the_plan(
    db: Path, tables: str, lists: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(tables)
    (folder / "project.csv").unlink()
    write(folder / "overview.csv", SUN)
    found = answer(capsys, "import", tables)
    assert [one["file"] for one in found["added"] if one["reason"] == "project"] == ["overview.csv"]
    assert {row["code"] for row in answer(capsys, "wp", "list")} == {"WP1", "WP2"}
    assert execute(["import", tables, lists[0]]) == 2
    assert "left aside: partners.csv" in capsys.readouterr().err
