"""Indicators on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "p.db", capsys)
    made.text("project", "new", "SOLARIS", "--start", "2025-10-01", "--months", "24")
    return made


def test_an_indicator_is_added_measured_and_shown(line: Line) -> None:
    assert line.json("indicator", "list") == []
    assert "indicator add" in line.text("indicator", "list")
    added = line.json(
        *("indicator", "add", "[red] Readers =1+1", "--target", "1 200", "--baseline", "0"),
        *("--unit", "persons", "--source", "mailing tool", "--term", "short", "--due", "M24"),
    )
    assert added == {
        "id": 1,
        "code": "I1",
        "title": "[red] Readers =1+1",
        "work_unit": None,
        "lead": None,
        "unit": "persons",
        "baseline": "0",
        "target": "1200",
        "rising": True,
        "term": "short",
        "source": "mailing tool",
        "due": "2027-09-30",
        "due_month": 24,
        "value": None,
        "measured_on": None,
        "way_percent": None,
        "time_percent": None,
        "state": "not_measured",
        "expected": None,
        "lacks": ["not measured for half a year"],
    }
    line.text("indicator", "measure", "I1", "112,5", "--on", "2026-03-01")
    shown = line.json("indicator", "measure", "i1", "371", "--source", "export")
    assert [it["value"] for it in shown["measurements"]] == ["371", "112.5"]
    assert shown["expected_said"].startswith("If it goes on like this: ")
    assert (shown["way_percent"], shown["state"]) == (30, "behind")
    text = line.text("indicator", "show", "I1")
    assert "371 of 1 200 persons" in text
    assert "a straight line through the first and the last measurement" in text
    assert "●" in text
    assert "30 %" in line.text("indicator", "list", "is:behind")


def test_numbers_below_zero_and_per_cent_are_read(line: Line) -> None:
    row = line.json("indicator", "add", "Drop-out", "--baseline", "-2,5 %", "--target", "-10 %")
    assert (row["baseline"], row["target"], row["unit"]) == ("-2.5", "-10", "%")
    assert row["rising"] is False
    assert line.json("indicator", "measure", "I1", "-12")["state"] == "reached"
    line.run("indicator", "measure", "I1", "1.234")
    assert "was read as 1234" in line.err


@pytest.mark.parametrize("command", [("indicator", "measure"), ("aim", "move", "N1")])
def test_an_option_that_is_none_is_wrong_usage_where_numbers_may_be_below_zero(
    command: tuple[str, ...], line: Line
) -> None:
    code, said = line.error(*command, "--nonsense")
    assert code == 2
    assert "--nonsense" in said


def test_measurements_are_changed_and_removed_by_their_number(line: Line) -> None:
    for title in ("A", "B"):
        line.text("indicator", "add", title, "--target", "5")
    line.text("indicator", "measure", "I1", "3")
    changed = line.json("indicator", "measure", "I1", "4", "--edit", "1", "--note", "counted again")
    assert changed["measurements"][0]["value"] == "4"
    assert changed["measurements"][0]["day"] == "2026-11-22"
    assert "no measurement 1" in line.error("indicator", "measure", "I2", "--remove", "1")[1]
    assert line.json("indicator", "measure", "I1", "--remove", "1")["measurements"] == []
    line.text("undo")
    assert line.json("indicator", "show", "I1")["value"] == "4"


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("indicator", "measure", "I1", "many"), 2),
        (("indicator", "measure", "I1"), 2),
        (("indicator", "measure", "I1", "--edit", "1", "--remove", "1"), 1),
        (("indicator", "measure", "I1", "5", "--on", "2027-01-01"), 1),
        (("indicator", "measure", "I9", "5"), 1),
        (("indicator", "edit", "I1"), 2),
        (("indicator", "edit", "I1", "--target", "lots"), 2),
        (("indicator", "edit", "I1", "--title", ""), 1),
        (("indicator", "add", "B", "--code", "i1"), 1),
    ],
)
def test_what_cannot_be_ends_with_the_right_code(
    line: Line, argv: tuple[str, ...], code: int
) -> None:
    line.text("indicator", "add", "A")
    assert line.error(*argv)[0] == code


def test_a_field_is_cleared_and_indicators_removed(line: Line) -> None:
    line.text("indicator", "add", "A", "--target", "5", "--source", "survey")
    edited = line.json(
        "indicator", "edit", "I1", "--target", "", "--source", "", "--better", "less"
    )
    assert (edited["target"], edited["source"], edited["rising"]) == (None, None, False)
    line.text("indicator", "add", "B")
    assert len(line.json("indicator", "remove", "I1", "I2")) == 2
    assert line.json("indicator", "list") == []


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_is_read_in_again(line: Line, tmp_path: Path, ending: str) -> None:
    line.text(
        *("indicator", "add", "=1+1 [red]", "--target", "1 200", "--baseline", "-1,5"),
        *("--source", "@list", "--term", "long", "--due", "M12", "--unit", "points"),
    )
    line.text("indicator", "measure", "I1", "-3", "--on", "2026-03-01", "--source", "form")
    line.text("indicator", "measure", "I1", "12,1250", "--on", "2026-04-01")
    line.text("indicator", "add", "Nothing known of it")
    listed, shown = line.json("indicator", "list"), line.json("indicator", "show", "I1")
    assert [it["value"] for it in shown["measurements"]] == ["12.125", "-3"]
    files = [tmp_path / f"list.{ending}"]
    done = line.json("indicator", "export", "-o", str(files[0]))
    names = ["indicators"] if ending == "csv" else ["indicators", "measurements"]
    assert [table["name"] for table in done["tables"]] == names
    assert "there already" in line.error("indicator", "export", "-o", str(files[0]))[1]
    if ending == "csv":
        files.append(tmp_path / "values.csv")
        line.text("indicator", "export", "--table", "measurements", "-o", str(files[1]))
    line.text("project", "new", "LUNA", "--start", "2025-10-01", "--months", "24")
    for file in files:
        line.text("--project", "LUNA", "import", str(file))
    again = line.json("--project", "LUNA", "indicator", "list")
    known = [{**row, "id": 0} for row in again], [{**row, "id": 0} for row in listed]
    assert known[0] == known[1]
