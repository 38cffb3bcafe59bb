"""Tasks brought elsewhere on the command line."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_tasks import run as run  # noqa: PLC0414 - a fixture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


@pytest.fixture
def three(run: Run) -> Run:
    """Tasks a (1), b (2) and c (3)."""
    for title in "abc":
        run("task", "add", title, "--due", "2026-11-18" if title == "a" else "2026-11-24")
    return run


def test_tasks_are_moved_below_beside_and_to_a_work_package(three: Run) -> None:
    rows = three("task", "move", "2", "3", "--wp", "WP2")
    assert [row["work_unit"] for row in rows] == ["WP2", "WP2"]
    assert three("task", "move", "2", "--wp", "")["work_unit"] is None
    three("task", "move", "2", "3", "--below", "1")
    three("task", "move", "3", "--before", "2")
    parts = three("task", "show", "1")["subtasks"]
    assert [part["title"] for part in parts] == ["c", "b"]
    three("task", "move", "3", "--after", "1")
    three("task", "move", "2", "--top")
    assert three("task", "show", "1")["subtasks"] == []
    assert "one of --wp, --below" in three("task", "move", "2", code=2)
    assert "one of --wp, --below" in three("task", "move", "2", "--top", "--wp", "x", code=2)
    assert "beside itself" in three("task", "move", "2", "--after", "2", code=1)


def test_priorities_and_tags_of_several_are_one_step(three: Run) -> None:
    rows = three("task", "priority", "1", "2", "--to", "high")
    assert [row["priority"] for row in rows] == ["high", "high"]
    rows = three("task", "tag", "1", "2", "--put", "#tpm", "--put", "next")
    assert rows[0]["tags"] == ["tpm", "next"]
    assert three("task", "tag", "1", "--take", "TPM")["tags"] == ["next"]
    three("undo")
    three("undo")
    assert three("task", "show", "1")["tags"] == []
    assert "--put on" in three("task", "tag", "1", code=2)


def test_links_delay_what_waits_and_say_by_whom(three: Run) -> None:
    three("task", "link", "2", "3", "--needs", "1", "--kind", "fs", "--lag", "5")
    shown = three("task", "show", "2")
    assert shown["waits_for"][0]["title"] == "a"
    assert shown["outlook"] == {
        "earliest_start": "2026-11-27",
        "earliest_end": "2026-11-27",
        "days_late": 3,
        "because_of": [{"id": 1, "code": None, "title": "a"}],
    }
    assert "already waits for" in three("task", "link", "1", "--needs", "2", code=1)
    assert "--kind" in three("task", "link", "2", "--needs", "1", "--kind", "XY", code=2)
    three("task", "unlink", "2", "3", "--needs", "1")
    assert three("task", "show", "2")["outlook"]["days_late"] == 0


def test_the_points_of_the_parts_add_up_to_the_score(three: Run) -> None:
    three("task", "priority", "3", "--to", "high")
    three("task", "tag", "3", "--put", "next")
    three("task", "link", "3", "--needs", "1")
    told = three("task", "urgency")
    assert [row["title"] for row in told] == ["c", "a", "b"]
    for row in told:
        assert row["score"] == sum(part["points"] for part in row["parts"])
        assert three("task", "urgency", str(row["id"])) == row
        assert three("task", "show", str(row["id"]), "--urgency")["urgency"] == {
            "score": row["score"],
            "parts": row["parts"],
        }


def test_urgency_is_told_in_words(
    three: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from ka2tui.cli.main import execute

    del three
    capsys.readouterr()
    head = ["--db", str(tmp_path / "ka2tui.db"), "--today", "2026-11-22"]
    assert execute([*head, "task", "urgency", "1"]) == 0
    assert capsys.readouterr().out == "a  53\n   +53  late by 4 days\n"
    assert execute([*head, "task", "show", "1", "--urgency"]) == 0
    assert "+53  late by 4 days" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="an editor of the shell")
def test_notes_are_shown_written_and_edited(
    three: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert three("task", "note", "1") == {"id": 1, "notes": None}
    three("task", "note", "1", "--text", "first")
    three("task", "note", "1", "--add", "second =1+1")
    assert three("task", "note", "1")["notes"] == "first\nsecond =1+1"
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho third >> "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    three("task", "note", "1", "--edit")
    assert three("task", "note", "1")["notes"] == "first\nsecond =1+1\nthird"
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    assert "Set VISUAL" in three("task", "note", "1", "--edit", code=2)
    three("task", "note", "1", "--text", "")
    assert three("task", "note", "1")["notes"] is None
    assert "one of --text" in three("task", "note", "1", "--text", "a", "--add", "b", code=2)


@pytest.mark.skipif(sys.platform == "win32", reason="an editor of the shell")
def test_notes_that_met_other_ones_are_both_told(
    three: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    db = tmp_path / "ka2tui.db"
    program = shlex.join([sys.executable, "-m", "ka2tui", "--db", str(db)])
    other = f"{program} task note 1 --text theirs >/dev/null"
    editor.write_text(f'#!/bin/sh\necho mine >> "$1"\n{other}\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    said = three("task", "note", "1", "--edit", code=1)
    assert "theirs" in said
    assert "mine" in said
    assert three("task", "note", "1")["notes"] == "theirs"
