"""Check on the command line: what it finds, how it says it, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path

KEYS = [
    "code", "severity", "where", "text", "why", "source", "source_id", "place", "about", "id",
    "stage", "set_aside", "reason",
]  # fmt: skip


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    """Begin a project of 24 months with one work package."""
    made = Line(tmp_path / "ka2tui.db", capsys)
    made.run("project", "new", "SOLAR", "--start", "2026-12-01", "--months", "24")
    made.run("wp", "add", "WP1", "Project management", "--start-month", "1", "--end-month", "24")
    return made


def test_nothing_found_ends_with_0(line: Line) -> None:
    assert line.json("check") == []
    assert line.text("check") == "Nothing found. Stage: the application is being written.\n"


def test_what_is_against_a_rule_ends_with_1(line: Line) -> None:
    line.run("deliverable", "add", "D1.1", "[red]Course =1+1", "--due", "M30", "--wp", "WP1")
    out, _ = line.run("check", code=1)
    assert "KA2-E402" in out
    assert "[red]Course =1+1" in out
    assert "1 error. Stage: the application is being written." in out


def test_the_answer_for_programs_has_every_key(line: Line) -> None:
    import json

    line.run("deliverable", "add", "D1.1", "Course", "--due", "M30", "--wp", "WP1")
    out, _ = line.run("check", "--json", code=1)
    (one,) = json.loads(out)
    assert list(one) == KEYS
    assert one | {"why": "", "source": ""} == {
        "code": "KA2-E402",
        "severity": "error",
        "where": "D1.1 Course",
        "text": "It is due in M30; the project lasts 24 months.",
        "why": "",
        "source": "",
        "source_id": "guide-2025",
        "place": "p. 452-454",
        "about": "deliverable",
        "id": 1,
        "stage": "applying",
        "set_aside": False,
        "reason": None,
    }
    assert one["source"].startswith("Erasmus+ Programme Guide 2025")


def test_another_stage_can_be_asked_for(line: Line) -> None:
    line.run("deliverable", "add", "D1.1", "Course", "--due", "M30", "--wp", "WP1")
    assert "Stage: over" in line.text("check", "--as", "closed")
    assert line.error("check", "--as", "asleep")[0] == 2


def test_a_code_is_explained_without_a_database(tmp_path: Path, line: Line) -> None:
    line.file = tmp_path / "none.db"
    for code in ("KA2-E402", "ka2-w402", "402"):
        said = line.text("check", "--explain", code)
        assert said.startswith("KA2-402  Deliverable outside the project")
        assert "Source: Erasmus+ Programme Guide 2025" in said
    assert line.json("check", "--explain", "402")["stages"][0] == "applying"
    assert line.error("check", "--explain", "nonsense") == (
        1,
        "There is no check “nonsense”: 'ka2tui check codes' lists all of them.\n",
    )
    assert not line.file.exists()


def test_all_codes_are_listed_without_a_database(tmp_path: Path, line: Line) -> None:
    line.file = tmp_path / "none.db"
    codes = [one["code"] for one in line.json("check", "codes")]
    assert codes == sorted(codes)
    assert "KA2-404  Work plan" in line.text("check", "codes")
