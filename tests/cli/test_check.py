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
    made.run("project", "new", "SOLAR", "--start", "2026-12-01", "--months", "24", "--goal", "Sun")
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
    for code, told in (("KA2-E402", "KA2-E402"), ("ka2-w402", "KA2-W402"), ("402", "KA2-402")):
        said = line.text("check", "--explain", code)
        assert said.startswith(f"{told}  Deliverable outside the project")
        assert "Source: Erasmus+ Programme Guide 2025" in said
    assert line.json("check", "--explain", "402")["stages"][0] == "applying"
    for nobody in ("nonsense", "KA2-E999"):
        code_, said = line.error("check", "--explain", nobody)
        assert code_ == 2
        assert f"There is no check “{nobody}”: 'ka2tui check codes' lists all of them." in said
    assert not line.file.exists()


def test_all_codes_are_listed_without_a_database(tmp_path: Path, line: Line) -> None:
    line.file = tmp_path / "none.db"
    codes = [one["code"] for one in line.json("check", "codes")]
    assert codes == sorted(codes)
    assert "KA2-404  Work plan" in line.text("check", "codes")


@pytest.fixture
def late(line: Line) -> Line:
    """Promise two things after the end."""
    line.run("deliverable", "add", "D1.1", "Course", "--due", "M30", "--wp", "WP1")
    line.run("deliverable", "add", "D1.2", "Film", "--due", "M31", "--wp", "WP1")
    return line


def test_a_finding_is_set_aside_for_a_reason_and_brought_back(late: Line) -> None:
    (one,) = late.json("check", "set-aside", "E402", "D1.1", "--why", "[b]prolonged[/] =1+1")
    assert (one["where"], one["set_aside"], one["reason"]) == (
        "D1.1 Course",
        True,
        "[b]prolonged[/] =1+1",
    )
    out, _ = late.run("check", code=1)
    assert "D1.2 Film" in out
    assert "D1.1" not in out
    assert "1 error; 1 finding set aside." in out
    out, _ = late.run("check", "--all", code=1)
    assert "(set aside: [b]prolonged[/] =1+1)" in out
    assert late.text("undo").startswith("Undone: Set aside KA2-E402 of D1.1 Course")
    late.run("redo")
    (back,) = late.json("check", "bring-back", "KA2-E402", "d1.1")
    assert (back["set_aside"], back["reason"]) == (False, None)


def test_all_of_one_check_can_be_set_aside_at_once(late: Line) -> None:
    said = late.text("check", "set-aside", "402", "--why", "prolonged by the agency")
    assert said == "Set aside 2 findings: prolonged by the agency\n"
    assert late.code("check") == 0
    late.text("check", "set-aside", "402", "D1.2", "--why", "another reason")
    reasons = {one["where"]: one["reason"] for one in late.json("check", "--all")}
    assert reasons == {"D1.1 Course": "prolonged by the agency", "D1.2 Film": "another reason"}
    late.text("check", "bring-back", "402")
    assert late.code("check") == 1


def test_what_is_set_aside_stays_so_when_its_record_comes_back(late: Line) -> None:
    late.run("check", "set-aside", "402", "D1.1", "--why", "prolonged")
    late.run("deliverable", "remove", "D1.1")
    assert "D1.1" not in late.run("check", "--all", code=1)[0]
    late.run("undo")
    assert "D1.1 Course  It is due" in late.run("check", "--all", code=1)[0]
    assert "1 finding set aside" in late.run("check", code=1)[0]


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("set-aside", "402", "D9"), "finds nothing about “D9” now; only: D1.1 Course, D1.2 Film"),
        (("set-aside", "401"), "KA2-401 finds nothing now"),
        (("set-aside", "999"), "There is no check"),
        (("bring-back", "402"), "KA2-402 finds nothing that is set aside"),
    ],
)
def test_what_cannot_be_set_aside_is_said(late: Line, argv: tuple[str, ...], says: str) -> None:
    why = ("--why", "x") if argv[0] == "set-aside" else ()
    code, said = late.error("check", *argv, *why)
    assert code == (2 if "999" in argv else 1)
    assert says in said


def test_a_reason_is_needed(late: Line) -> None:
    assert late.error("check", "set-aside", "402")[0] == 2
    assert late.error("check", "set-aside", "402", "--why", "  ") == (
        1,
        "Say why it is set aside: somebody will ask, perhaps you.\n",
    )
