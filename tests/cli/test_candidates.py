"""Finding partners on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "p.db", capsys)
    made.text(
        *("project", "new", "SOLARIS", "--action", "KA220-SCH", "--call-year", "2025"),
        *("--coordinator", "Universidad", "--country", "ES", "--title", "Sun for all"),
    )
    return made


def test_one_is_noted_and_listed_with_what_it_would_add(line: Line) -> None:
    assert line.json("candidate", "list") == []
    assert "candidate add" in line.text("candidate", "list")
    added = line.json(
        *("candidate", "add", "[red] Łódź =1+1", "--country", "Poland", "--brings", "readers"),
        *("--person", "Zofia", "--email", "z@example.org", "--acronym", "LODZ", "--sort", "school"),
    )
    assert added == {
        "id": 1,
        "name": "[red] Łódź =1+1",
        "acronym": "LODZ",
        "country": "PL",
        "city": None,
        "sort": "school",
        "oid": None,
        "pic": None,
        "website": None,
        "brings": "readers",
        "found_at": None,
        "person": "Zofia",
        "email": "z@example.org",
        "phone": None,
        "state": "to_ask",
        "asked_on": None,
        "answered_on": None,
        "waits_days": None,
        "adds": "a new country",
        "helps": True,
        "partner": None,
        "notes": None,
    }
    shown = line.text("candidate", "list")
    assert "lacks 2 organisations and 2 more countries" in shown
    assert line.json("candidate", "list", "state:declined") == []
    edited = line.json("candidate", "edit", "LODZ", "--brings", "", "--country", "GR")
    assert (edited["brings"], edited["country"]) == (None, "GR")


def test_the_way_from_asking_to_partner(line: Line) -> None:
    line.text("candidate", "add", "Biblioteka", "--country", "PL", "--email", "b@example.org")
    asked = line.json("candidate", "ask", "Biblioteka")
    assert (asked["to"], asked["logged"], asked["file"]) == ("Biblioteka", True, None)
    assert asked["subject"] == "SOLARIS: would you like to join an Erasmus+ project?"
    assert line.json("candidate", "show", "1")["state"] == "asked"
    line.text("candidate", "answer", "1", "--is", "agreed")
    found = line.json("candidate", "lacking")
    assert found["now"]["lacks_organisations"] == 2
    assert found["with_agreed"] == {
        "organisations": 2,
        "countries": ["PL", "ES"],
        "lacks_organisations": 1,
        "lacks_countries": 1,
        "met": False,
    }
    assert (found["organisations_min"], found["source"]) == (3, "guide-2025")
    taken = line.json("candidate", "take", "1")
    assert (taken["partner"], taken["state"]) == ("Biblioteka", "agreed")
    assert [one["name"] for one in line.json("partner", "list")] == ["Universidad", "Biblioteka"]
    assert line.error("candidate", "take", "1") == (1, "Biblioteka is a partner already.\n")
    line.text("undo")
    assert line.json("candidate", "show", "1")["partner"] is None


def test_drafts_are_written_and_nothing_is_noted_where_that_is_said(
    line: Line, tmp_path: Path
) -> None:
    line.text("candidate", "add", "One", "--email", "one@example.org")
    line.text("candidate", "add", "Two")
    line.text("candidate", "ask", "One", "Two", "-o", str(tmp_path / "out"), "--no-log")
    assert "Two: No address is known" in line.err
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["invitation-One.eml", "invitation-Two.eml"]
    assert {one["state"] for one in line.json("candidate", "list")} == {"to_ask"}
    code, said = line.error("candidate", "ask", "One", "-o", str(tmp_path / "a.pdf"), "--no-log")
    assert (code, ".eml" in said) == (2, True)
    line.text("candidate", "ask", "Two", "--note-only", "--on", "2026-11-01")
    assert line.json("candidate", "show", "Two")["asked_on"] == "2026-11-01"


def test_bad_input_is_said_and_changes_nothing(line: Line) -> None:
    assert line.error("candidate", "add", " ")[0] == 1
    assert line.error("candidate", "add", "X", "--country", "Atlantis")[0] in (1, 2)
    line.text("candidate", "add", "X")
    assert line.error("candidate", "add", "x") == (1, "X stands on the list already.\n")
    assert line.error("candidate", "edit", "X")[0] == 2
    assert line.error("candidate", "ask", "X", "--on", "2027-01-01")[0] == 1
    assert line.error("candidate", "answer", "X", "--is", "perhaps")[0] == 2
    assert line.error("candidate", "show", "nobody")[0] == 1
    assert len(line.json("candidate", "list")) == 1


def test_what_to_look_for_and_where_is_said(line: Line) -> None:
    found = line.json("candidate", "search")
    assert found["where"][0]["id"] == "esep"
    assert found["look"][0]["confirmed"] is True
    assert "Where to look" in line.text("candidate", "search")


def test_without_an_action_nothing_is_claimed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = Line(tmp_path / "q.db", capsys)
    line.text("project", "new", "X")
    assert line.json("candidate", "lacking") is None
    assert "Enter the action" in line.text("candidate", "lacking")


def test_removing_answers_with_what_they_were(line: Line) -> None:
    line.text("candidate", "add", "One")
    line.text("candidate", "add", "Two")
    gone = line.json("candidate", "remove", "One", "Two")
    assert [one["name"] for one in gone] == ["One", "Two"]
    assert line.json("candidate", "list") == []
