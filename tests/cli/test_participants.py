"""Participants on the command line: lists, totals that disagree, twins, files."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from ka2tui.exchange import tables
from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "p.db", capsys)
    made.run("project", "new", "SOLARIS", "--start", "2025-10-01", "--months", "24")
    made.run("partner", "add", "Uniwersytet Łódzki", "--acronym", "ULODZ", "--country", "PL")
    made.run("wp", "add", "WP3", "Training", "--reported", "5")
    made.run(
        *("meeting", "add", "Training week", "--code", "LTT1", "--kind", "learning_activity"),
        *("--start", "2026-10-05", "--end", "2026-10-09", "--wp", "WP3"),
        *("--participants", "2", "--expected", "4"),
    )
    made.run(
        *("meeting", "add", "Open day", "--code", "ME1", "--kind", "multiplier_event"),
        *("--start", "2026-11-02"),
    )
    return made


def test_a_line_says_who_took_part(line: Line) -> None:
    added = line.json("participant", "add", "LTT1", "Jan Kowalski, ULODZ, teacher, fo")
    assert added == {
        "id": 1,
        "event": "LTT1",
        "event_id": 1,
        "work_unit": "WP3",
        "name": "Jan Kowalski",
        "organisation": "ULODZ",
        "country": "PL",
        "profile": "teacher",
        "fewer_opportunities": True,
        "online": False,
        "role": None,
        "certificate": None,
        "day": None,
        "contact_id": None,
        "notes": None,
    }
    assert line.json("participant", "list") == [added]
    assert line.json("participant", "show", "jan kowalski") == added
    assert "took part     in person" in line.text("participant", "show", "1")


def test_lines_come_from_a_file(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_text("\ufeffAna, ULODZ\n\n🙂 Zoë; School 4; student\n", "utf-8")
    added = line.json("participant", "add", "LTT1", "--from", str(file))
    assert [row["name"] for row in added] == ["Ana", "🙂 Zoë"]
    assert line.code("participant", "add", "LTT1", "--from", str(tmp_path / "none.txt")) == 2


def test_a_family_name_before_a_comma_is_asked_about_and_a_name_is_taken_whole(line: Line) -> None:
    line.run("participant", "add", "LTT1", "Müller, Jan")
    assert "“Jan” is taken for the organisation" in line.err
    named = line.json("participant", "add", "LTT1", "--name", "Müller, Jan", "--profile", "trainer")
    assert (named["name"], named["profile"]) == ("Müller, Jan", "trainer")


def test_several_are_edited_removed_and_undone(line: Line) -> None:
    line.run("participant", "add", "LTT1", "Ana", "Ben", "--partner", "ULODZ")
    edited = line.json("participant", "edit", "1", "2", "--certificate", "Youthpass", "--fewer")
    assert [row["certificate"] for row in edited] == ["Youthpass", "Youthpass"]
    cleared = line.json("participant", "edit", "1", "--certificate", "")
    assert cleared["certificate"] is None
    assert "Edit participant Ana" in line.text("undo")
    assert line.text("participant", "remove", "1", "2") == "Remove 2 participants\n"
    assert line.json("participant", "list") == []


def test_what_cannot_be_read_is_told_and_changes_nothing(line: Line) -> None:
    assert line.code("participant", "add", "LTT9", "Ana") == 1
    assert line.code("participant", "add", "LTT1") == 2
    assert line.code("participant", "add", "LTT1", "Ana, country: Atlantis") == 2
    assert line.code("participant", "add", "LTT1", "Ana", "--day", "2026-10-12") == 1
    assert line.code("participant", "edit", "7") == 2
    assert line.code("participant", "edit", "7", "--role", "x") == 1
    assert line.json("participant", "list") == []


def test_totals_stand_beside_report_and_application(line: Line) -> None:
    line.run("participant", "add", "LTT1", "Ana, ULODZ, teacher", "Ben, ULODZ", "Cem, School 4")
    line.run("participant", "add", "ME1", "ANA, ULODZ")
    line.run("meeting", "count", "ME1", "120", "--fewer", "9")
    found = line.json("participant", "totals")
    assert {
        key: found[key] for key in ("persons", "places", "counted", "reported", "expected")
    } == {
        "persons": 3,
        "places": 4,
        "counted": 120,
        "reported": 5,
        "expected": 4,
    }
    assert found["note"] == (
        "3 named, counted once; 120 counted without names, may include the same people"
    )
    assert found["differences"] == [
        "LTT1: 3 on the list, 2 in the report: 1 more",
        "LTT1: 3 came, 4 expected: 1 fewer",
        "WP3: 5 in the report, its events add up to 2",
        "WP3: 3 on the list, 5 in the report: 2 fewer",
    ]
    said = line.text("participant", "totals", "--by", "country")
    assert "In all: 3 named, counted once" in said
    assert "LTT1: 3 on the list, 2 in the report: 1 more" in said
    by = line.json("participant", "totals", "--by", "profile")["lines"]
    assert [(each["name"], each["persons"], each["counted"]) for each in by] == [
        ("teacher", 1, 0),
        (None, 2, 120),
    ]
    (unit,) = line.json("participant", "totals", "--by", "work_unit")["lines"]
    assert (unit["name"], unit["persons"], unit["reported"]) == ("WP3", 3, 5)


def test_twins_are_joined_or_kept_apart(line: Line) -> None:
    line.run("participant", "add", "LTT1", "--name", "Müller, Jan", "--partner", "ULODZ")
    line.run("participant", "add", "ME1", "Jan Muller, ULODZ")
    (twin,) = line.json("participant", "twins")
    assert twin["why"] == "the same name, written differently"
    assert [each["id"] for each in twin["people"]] == [1, 2]
    assert "Jan Muller, ULODZ (ME1)" in line.text("participant", "twins")
    line.run("participant", "join", "1", "2")
    assert line.json("participant", "totals")["persons"] == 1
    assert line.text("participant", "twins") == "Nobody looks like somebody else.\n"
    line.run("undo")
    line.run("participant", "apart", "1", "2")
    assert line.json("participant", "totals")["persons"] == 2
    assert line.json("participant", "twins") == []


def test_a_filter_narrows_the_list(line: Line) -> None:
    line.run("participant", "add", "LTT1", "Ana, ULODZ, teacher", "Ben, School 4, student, online")
    names = [row["name"] for row in line.json("participant", "list", "is:online")]
    assert names == ["Ben"]
    assert [row["name"] for row in line.json("participant", "list", "from:ULODZ")] == ["Ana"]
    assert line.json("participant", "list", "--event", "ME1") == []


def test_no_cell_of_a_file_is_a_formula(line: Line, tmp_path: Path) -> None:
    for name in ("=1+1", "+49 30", "-2", "@SUM(A1)", "[red]Ana[/red]", "יוסי 🙂"):
        line.run("participant", "add", "LTT1", "--name", name)
    target = tmp_path / "people.csv"
    line.run("participant", "export", "-o", str(target))
    rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"))))
    assert {row[1] for row in rows[1:]} == {
        *("'=1+1", "'+49 30", "'-2", "'@SUM(A1)", "[red]Ana[/red]", "יוסי 🙂"),
    }
    assert line.code("participant", "export", "-o", str(target)) == 1
    book = tmp_path / "people.xlsx"
    line.run("participant", "export", "-o", str(book))
    first, second = tables.read_file(book)
    assert "=1+1" in {cells[1] for _, cells in first.rows}
    assert second.rows[0][1][:2] == ("Of", "Name")


def test_somebody_is_forgotten_for_good(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.run("participant", "add", "LTT1", "Jan Kowalski, ULODZ, teacher, cert: YP-17")
    monkeypatch.setattr("click.confirm", lambda *_said, **_more: False)
    assert line.code("participant", "forget", "1") == 1
    now = line.json("participant", "forget", "1", "--yes")
    assert (now["name"], now["certificate"], now["profile"]) == ("Participant 1", None, "teacher")
    assert "Kowalski" not in line.text("history")
    assert "Kowalski" not in line.file.read_bytes().decode("latin-1")


def test_participants_are_on_the_list_that_people_sign_each_once(line: Line) -> None:
    line.run("contact", "add", "Ana Ruiz", "--partner", "ULODZ")
    line.run("meeting", "attendance", "LTT1", "Ana Ruiz", "--as", "expected")
    line.run("participant", "add", "LTT1", "ana  ruiz, ULODZ", "Ben, School 4", "Cem, online")
    line.run("participant", "add", "LTT1", "Eva", "--day", "2026-10-06")
    sheets = line.text("meeting", "signatures", "LTT1").split("## ")[1:]
    assert len(sheets) == 5
    assert sheets[0].casefold().count("ana ruiz") == 1
    assert "Ben" in sheets[0]
    assert "online" in next(row for row in sheets[0].splitlines() if "Cem" in row)
    assert ["Eva" in sheet for sheet in sheets] == [False, True, False, False, False]


def test_a_meeting_tells_what_was_expected(line: Line) -> None:
    assert line.json("meeting", "show", "LTT1")["expected_participants"] == 4
    assert line.json("wp", "show", "WP3")["reported_participants"] == 5
    (count,) = line.json("meeting", "count", "ME1", "120", "--fewer", "9")
    assert count["fewer_opportunities"] == 9
    assert line.code("meeting", "count", "ME1", "5", "--fewer", "9") == 1
