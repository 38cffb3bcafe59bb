"""The approved application on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path

ODD = "=1+1 [red]🦊"


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "ka2tui.db", capsys)
    made.text("project", "new", "SOLARIS", "--start", "2026-01-01", "--months", "24")
    made.text("partner", "add", "Uni Lodz", "--acronym", "ULODZ", "--country", "PL")
    made.text("partner", "add", "Kmop", "--acronym", "KMOP", "--country", "GR")
    made.text(
        "wp", "add", "WP2", "Course", "--lead", "ULODZ", "--start-month", "3", "--end-month", "12"
    )
    made.text("deliverable", "add", "D2.1", ODD, "--due", "M12")
    return made


def test_before_it_is_kept_the_first_step_is_said(line: Line) -> None:
    assert "'ka2tui application freeze'" in line.text("application", "show")
    assert "not kept yet" in line.text("application", "changes")
    assert line.json("application", "changes") == []
    assert line.json("application", "show")["approved_on"] is None


def test_freezing_tells_what_it_keeps_and_a_rehearsal_keeps_nothing(line: Line) -> None:
    would = line.json("application", "freeze", "--dry-run")
    assert would["dry_run"] is True
    assert would["facts"] > 5
    assert line.json("application", "show")["facts"] == 0
    kept = line.json("application", "freeze", "--on", "2026-01-05")
    assert (kept["approved_on"], kept["facts"]) == ("2026-01-05", would["facts"])
    assert "Kept as approved on 5 Jan 2026" in line.text("application", "show")
    assert "was promised" in line.text("application", "changes")


def test_what_departs_is_listed_explained_and_taken_over(line: Line) -> None:
    line.text("application", "freeze")
    line.text("wp", "edit", "WP2", "--lead", "KMOP", "--end-month", "14")
    line.text("deliverable", "remove", "D2.1")
    unit, result = line.json("application", "changes")
    assert (unit["name"], unit["state"], unit["kind"]) == ("WP2 Course", "open", "work_unit")
    assert [(it["field"], it["promised"], it["now"]) for it in unit["what"][:1]] == [
        ("end", "M12", "M14")
    ]
    assert unit["what"][1]["promised_said"] == "ULODZ"
    assert (result["name"], result["record"]) == (f"D2.1 {ODD}", None)
    assert "end M12 → M14; lead ULODZ → KMOP" in line.text("application", "changes")
    (lead,) = line.json(
        *("application", "handle", "WP2.lead", "--why", ODD, "--how", "amendment"),
        *("--asked", "2026-11-20"),
    )
    assert (lead["state"], lead["why"], lead["asked_on"]) == ("waiting", ODD, "2026-11-20")
    assert [it["state"] for it in line.json("application", "changes")] == [
        *("open", "open", "waiting"),
    ]
    assert len(line.json("application", "changes", "is:unexplained")) == 2
    (accepted,) = line.json("application", "accept", "wp2.lead", "--on", "2026-11-22")
    assert (accepted["state"], accepted["answered_on"]) == ("accepted", "2026-11-22")
    line.text("undo")
    line.text("application", "forget", "WP2.lead")
    assert len(line.json("application", "changes", "is:unexplained")) == 2


def test_keeping_it_anew_asks_for_a_reason(line: Line) -> None:
    line.text("application", "freeze")
    line.text("wp", "edit", "WP2", "--end-month", "14")
    code, said = line.error("application", "freeze")
    assert code == 1
    assert "Say why it is kept anew: 1 difference" in said
    told = line.json("application", "freeze", "--dry-run")
    assert told["replaced"] == ["WP2 Course: end M12 → M14"]
    line.text("application", "freeze", "--reason", "amendment 1")
    assert line.json("application", "changes") == []


def test_what_cannot_be_read_is_wrong_usage(line: Line) -> None:
    line.text("application", "freeze")
    assert line.error("application", "handle", "WP9", "--why", "x")[0] == 1
    assert line.error("application", "handle", "WP2")[0] == 2
    assert line.error("application", "freeze", "--on", "someday")[0] == 2
    assert line.error("application", "freeze", "--on", "2027-01-01")[0] == 1
