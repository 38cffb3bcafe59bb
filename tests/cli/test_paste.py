"""Rows from a spreadsheet on the command line."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from ka2tui.cli.main import execute

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "Task\tDeadline\nSend minutes\t3 Dec 2026\nBook rooms\t12.3.2027\n"


class Line:
    """The command line with a database of its own."""

    def __init__(
        self, place: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
    ) -> None:
        self.place, self.capsys, self.patch = place, capsys, patch
        self.run("project", "new", "SOL", "--title", "Sol", "--start", "2026-09-01")

    def run(self, *words: str, stdin: str = "") -> tuple[int, str, str]:
        given = io.TextIOWrapper(io.BytesIO(stdin.encode()))
        self.patch.setattr(sys, "stdin", given)
        code = execute(["--db", str(self.place), "--today", "2026-11-22", *words])
        out, err = self.capsys.readouterr()
        return code, out, err


@pytest.fixture
def line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Line:
    return Line(tmp_path / "p.db", capsys, monkeypatch)


def titles(line: Line) -> list[str]:
    return [it["title"] for it in json.loads(line.run("task", "list", "--json")[1])]


def test_rows_are_added_and_taken_back_at_once(line: Line) -> None:
    code, out, err = line.run("paste", "tasks", stdin=ROWS)
    assert (code, err) == (0, "")
    assert "2 added" in out
    assert titles(line) == ["Send minutes", "Book rooms"]
    assert "Paste 2 tasks" in line.run("undo")[1]
    assert titles(line) == []


def test_lines_of_a_log_are_what_they_are_called(line: Line) -> None:
    code, out, _ = line.run("paste", "decisions", "--json", stdin="Use Moodle\nMeet online\n")
    assert code == 0
    assert json.loads(out)["doubtful"] == []
    found = json.loads(line.run("search", "moodle", "--json")[1])
    assert [hit["kind"] for hit in found] == ["decision"]
    _, out, _ = line.run("paste", "log", "--json", stdin="No ink\n")
    assert "an issue" in json.loads(out)["doubtful"][0]["reason"]


def test_a_dry_run_changes_nothing(line: Line) -> None:
    assert "2 would be added" in line.run("paste", "--dry-run", stdin=ROWS)[1]
    assert titles(line) == []


def test_a_copied_list_pasted_again_is_the_same(line: Line) -> None:
    line.run("paste", stdin=ROWS)
    copied = line.run("task", "list", "--tsv")[1]
    assert copied.splitlines()[0].startswith("id\tcode\ttitle")
    assert "0 added, 0 changed; 2 are the same" in line.run("paste", stdin=copied)[1]


def test_an_error_names_its_row_and_skipping_it_takes_the_rest(line: Line) -> None:
    bad = ROWS + "Never\t31.2.2027\n"
    code, _, err = line.run("paste", stdin=bad)
    assert code == 1
    assert "row 4" in err
    assert "February 2027 has 28 days" in err
    assert "--skip-errors" in err
    assert titles(line) == []
    assert "1 left out" in line.run("paste", "--skip-errors", stdin=bad)[1]
    assert len(titles(line)) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("paste", "taks"), "Did you mean task?"),
        (("paste", "--column", "Nix=due"), "The columns are Task, Deadline"),
        (("paste", "--column", "Deadline=dew"), "Did you mean due?"),
    ],
)
def test_a_wrong_word_names_the_nearest(line: Line, words: tuple[str, ...], said: str) -> None:
    code, _, err = line.run(*words, stdin=ROWS)
    assert code == 2
    assert said in err


def test_no_formula_leaves_and_the_apostrophe_comes_off_again(line: Line) -> None:
    line.run("task", "add", "--", "=1+1")
    copied = line.run("task", "list", "--tsv")[1]
    assert "\t'=1+1\t" in copied
    assert "1 are the same" in line.run("paste", stdin=copied)[1]
