"""Needs, objectives, the chain and priorities on the command line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "p.db", capsys)
    made.text("project", "new", "SOLARIS", "--action", "KA220-SCH", "--call-year", "2025")
    made.text("wp", "add", "WP1", "Project management")
    made.text("wp", "add", "WP2", "Handbook")
    made.text("wp", "add", "WP3", "Training")
    made.text("deliverable", "add", "D2.1", "Handbook", "--wp", "WP2")
    made.text("indicator", "add", "teachers trained", "--target", "60")
    return made


def test_needs_and_objectives_are_added_and_linked(line: Line) -> None:
    assert "aim add need" in line.text("aim", "list")
    added = line.json(
        *("aim", "add", "need", "[red]Few read =1+1", "--target-group", "pupils"),
        *("--source", "survey"),
    )
    assert added == {
        "id": 1,
        "kind": "need",
        "code": "N1",
        "text": "[red]Few read =1+1",
        "need": None,
        "target_group": "pupils",
        "source": "survey",
        "served_by": [],
        "notes": None,
    }
    objective = line.json("aim", "add", "objective", "More read", "--need", "N1")
    assert (objective["code"], objective["need"]) == ("SO1", "N1")
    linked = line.json("aim", "link", "SO1", "--wp", "WP2", "--indicator", "I1")
    assert [one["code"] for one in linked["served_by"]] == ["WP2", "I1"]
    less = line.json("aim", "link", "SO1", "--wp", "WP2", "--remove")
    assert [one["code"] for one in less["served_by"]] == ["I1"]
    only = line.json("aim", "link", "SO1", "--only", "--deliverable", "D2.1")
    assert [one["code"] for one in only["served_by"]] == ["D2.1"]
    assert line.json("aim", "link", "SO1", "--only")["served_by"] == []
    assert line.json("aim", "edit", "SO1", "--code", "O7", "--need", "")["need"] is None
    assert [one["code"] for one in line.json("aim", "list", "--kind", "objective")] == ["O7"]


def test_the_chain_names_its_gaps_in_every_format(line: Line, tmp_path: Path) -> None:
    line.text("aim", "add", "need", "=Few read")
    line.text("aim", "add", "objective", "More read", "--need", "N1")
    line.text("aim", "link", "SO1", "--wp", "WP2")
    found = line.json("aim", "chain")
    assert found["rows"][0]["gaps"] == ["indicator"]
    assert found["rows"][0]["results"][0]["through"] == "WP2"
    assert (found["gaps"], [one["code"] for one in found["serving_nothing"]]) == (1, ["WP3"])
    text = line.text("aim", "chain")
    assert "D2.1 (by WP2)" in text
    assert "no indicator" in text
    assert "| N1 =Few read |" in line.text("aim", "chain", "--format", "md")
    rows = list(csv.DictReader(io.StringIO(line.text("aim", "chain", "--format", "csv"))))
    assert rows[0]["Need"] == "N1 =Few read"
    assert rows[0]["Gaps"] == "no indicator"
    for name in ("c.html", "c.xlsx", "c.md", "c.csv"):
        line.text("aim", "chain", "-o", str(tmp_path / name))
        assert (tmp_path / name).stat().st_size > 100
    assert line.error("aim", "chain", "-o", str(tmp_path / "c.md"))[0] == 1
    assert line.error("aim", "chain", "--format", "xlsx")[0] == 2


def test_the_chain_comes_back_with_the_projects_own_file(line: Line, tmp_path: Path) -> None:
    line.text("aim", "add", "need", "Few read", "--source", "survey", "--target-group", "pupils")
    line.text("aim", "add", "objective", "More read", "--need", "N1")
    line.text("aim", "link", "SO1", "--wp", "WP2", "--indicator", "I1", "--deliverable", "D2.1")
    line.text("candidate", "add", "Biblioteka", "--country", "PL", "--asked-on", "2026-11-01")
    line.text("aim", "priorities", "well-being")
    before = [line.json("aim", "chain"), line.json("candidate", "list")]
    file = tmp_path / "project.toml"
    line.text("export", "-o", str(file))
    there = Line(tmp_path / "there.db", line.capsys)
    there.text("import", str(file))
    assert [there.json("aim", "chain"), there.json("candidate", "list")] == before


def test_priorities_are_offered_chosen_and_taken_away(line: Line) -> None:
    offered = line.json("aim", "priorities", "--offered")
    assert {one["field"] for one in offered} == {"SCH", "ALL"}
    assert all(one["confirmed"] for one in offered)
    assert line.json("aim", "priorities", "well-being", "A national one") == [
        "Well-being at school",
        "A national one",
    ]
    assert line.error("aim", "priorities", "national", "--remove")[0] == 1
    assert line.json("aim", "priorities", "a nat", "--remove") == ["Well-being at school"]
    chosen = [one["title"] for one in line.json("aim", "priorities", "--offered") if one["chosen"]]
    assert chosen == ["Well-being at school"]
    assert line.error("aim", "priorities", "--remove")[0] == 2


def test_bad_input_is_said_and_changes_nothing(line: Line) -> None:
    assert line.error("aim", "add", "wish", "x")[0] == 2
    assert line.error("aim", "add", "need", " ") == (1, "Say it in one sentence.\n")
    line.text("aim", "add", "need", "A")
    assert line.error("aim", "add", "need", "B", "--code", "n1")[0] == 1
    assert line.error("aim", "add", "need", "B", "--need", "N1")[0] == 1
    assert line.error("aim", "edit", "N1")[0] == 2
    assert line.error("aim", "link", "N1")[0] == 2
    assert line.error("aim", "link", "N1", "--wp", "WP9")[0] == 1
    assert line.error("aim", "link", "N1", "--only", "--remove", "--wp", "WP2")[0] == 2
    assert len(line.json("aim", "list")) == 1


def test_one_moves_among_its_own(line: Line) -> None:
    line.text("aim", "add", "need", "A")
    line.text("aim", "add", "need", "B")
    line.text("aim", "move", "N2", "-1")
    assert [one["text"] for one in line.json("aim", "list")] == ["B", "A"]
