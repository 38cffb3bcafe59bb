"""Search on the command line: the words, the JSON, the exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    """Two projects, each with something about Łódź."""
    line = Line(tmp_path / "new.db", capsys)
    line.run("project", "new", "SOLARIS", "--start", "2025-10-01", "--months", "24")
    solaris = ("--project", "SOLARIS")
    line.run(*solaris, "wp", "add", "WP2", "Handbook")
    line.run(*solaris, "task", "add", "Train to Łódź [red]", "--due", "2026-12-04", "--wp", "WP2")
    line.run(*solaris, "task", "add", "=1+1 Send minutes", "--notes", "To the school in Łódź.")
    line.run("project", "new", "KLIMA")
    line.run("--project", "KLIMA", "partner", "add", "Łódź school", "--acronym", "SL")
    return line


def test_the_answer_of_a_search_is_a_list_of_objects(line: Line) -> None:
    found = line.json("--project", "SOLARIS", "search", "lodz")
    assert found == [
        {
            "kind": "task",
            "id": 1,
            "code": None,
            "title": "Train to Łódź [red]",
            "project": "SOLARIS",
            "where": "title",
            "excerpt": "Train to Łódź [red]",
            "belongs_to": "WP2 Handbook",
            "state": "open",
            "day": "2026-12-04",
        },
        {
            "kind": "task",
            "id": 2,
            "code": None,
            "title": "=1+1 Send minutes",
            "project": "SOLARIS",
            "where": "notes",
            "excerpt": "To the school in Łódź.",
            "belongs_to": None,
            "state": "open",
            "day": None,
        },
    ]


def test_people_read_a_table(line: Line) -> None:
    out, err = line.run("--project", "SOLARIS", "search", "LODZ")
    assert out.splitlines() == [
        "kind  id  title                where                          in            state",
        "task  1   Train to Łódź [red]                                 WP2 Handbook  open",
        "task  2   =1+1 Send minutes    notes: To the school in Łódź.                open",
    ]
    assert err == ""


def test_several_words_and_quoted_ones(line: Line) -> None:
    titles = {
        words: [it["title"] for it in line.json("--project", "SOLARIS", "search", *words)]
        for words in (("lodz", "minutes"), ('"lodz school"',), ('"send minutes" school',))
    }
    assert titles == {
        ("lodz", "minutes"): ["=1+1 Send minutes"],
        ('"lodz school"',): [],
        ('"send minutes" school',): ["=1+1 Send minutes"],
    }


def test_every_kind_of_record_is_found_by_its_words(line: Line) -> None:
    at = ("--project", "SOLARIS")
    line.run(*at, "partner", "add", "Zespół zebra school", "--acronym", "ZS")
    line.run(*at, "contact", "add", "Zoe Zebra", "--partner", "ZS")
    line.run(*at, "deliverable", "add", "D2.1", "Zebra posters")
    line.run(*at, "milestone", "add", "MS1", "Zebra reached")
    line.run(*at, "wp", "add", "WP3", "Zebra crossing")
    line.run(*at, "task", "add", "Paint the zebra")
    line.run(*at, "meeting", "add", "Zebra meeting", "--start", "2026-12-03")
    line.run(*at, "meeting", "agenda", "Zebra meeting", "--add", "Zebra point")
    for kind in ("information", "decision", "action"):
        line.run(*at, "meeting", "minutes", "Zebra meeting", f"--add-{kind}", f"Zebra {kind}")
    line.run(*at, "checklist", "start", "goal")
    line.run(*at, "checklist", "answer", "goal", "G01", "2", "--note", "ask the zebra")
    line.run(*at, "partner", "heard", "ZS", "zebra is well")
    found = line.json(*at, "search", "zebra")
    kinds = {it["kind"] for it in found}
    assert kinds >= {"task", "information", "decision", "action", "partner", "contact",
                     "deliverable", "checklist_item", "milestone", "meeting", "agenda_item",
                     "work_package", "message"}  # fmt: skip
    assert all({"kind", "id", "title", "project"} <= it.keys() for it in found)
    assert {it["project"] for it in found} == {"SOLARIS"}
    assert [it["kind"] for it in line.json(*at, "search", "zespol")] == ["partner"]


def test_all_projects_can_be_searched_and_then_each_is_named(line: Line) -> None:
    found = line.json("search", "lodz", "--all-projects")
    assert {(it["kind"], it["project"]) for it in found} == {
        ("task", "SOLARIS"),
        ("partner", "KLIMA"),
    }
    out, _ = line.run("search", "lodz", "--all-projects")
    assert all("SOLARIS" in row or "KLIMA" in row for row in out.splitlines()[1:])
    line.run("search", "lodz", code=2)


def test_what_is_not_shown_is_told(line: Line) -> None:
    out, err = line.run("--project", "SOLARIS", "search", "lodz", "--limit", "1")
    assert len(out.splitlines()) == 2
    assert err == "1 of 2 shown; --limit shows more.\n"


def test_nothing_found_is_no_failure(line: Line) -> None:
    assert line.json("--project", "SOLARIS", "search", "zzz") == []
    out, err = line.run("--project", "SOLARIS", "search", "zzz")
    assert (out, err) == ("", "Nothing has all of these words.\n")


@pytest.mark.parametrize("words", [(), ("",), ("!?",)])
def test_without_a_word_it_is_wrong_usage(line: Line, words: tuple[str, ...]) -> None:
    out, err = line.run("--project", "SOLARIS", "search", *words, code=2)
    assert out == ""
    assert "ka2tui search --help" in err
