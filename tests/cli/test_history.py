"""History on the command line: going back, restore points, and a look before much changes."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from ka2tui.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def db(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    place = str(tmp_path / "h.db")
    assert run(place, "project", "new", "SOLARIS") == 0
    for title in ("one", "two", "three"):
        assert run(place, "task", "add", title, "--due", "2026-12-01") == 0
    capsys.readouterr()
    return place


def run(db: str, *argv: str) -> int:
    return main.execute(["--db", db, "--today", "2026-11-22", *argv])


def test_everything_since_a_line_is_taken_back_and_one_undo_brings_it_again(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, "undo", "--to", "2", "--dry-run") == 0
    told = capsys.readouterr().out
    assert "Going back takes back 2 changes" in told
    assert "Add task “three”" in told
    assert "What stays ends with line 2: Add task “one”" in told
    assert "task three: removed" in told
    assert titles(db, capsys) == ["one", "two", "three"], "nothing was done yet"
    assert run(db, "undo", "--to", "2") == 0
    assert "Go back to before ‘Add task “two”’ (2 changes)" in capsys.readouterr().out
    assert titles(db, capsys) == ["one"]
    assert run(db, "undo") == 0
    capsys.readouterr()
    assert titles(db, capsys) == ["one", "two", "three"]


@pytest.mark.parametrize("said", ["tomorrow", "+2d", "next monday", "2026-12-24"])
def test_nothing_is_taken_back_to_a_day_that_is_still_to_come(
    db: str, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    assert run(db, "undo", "--to", said) == 2
    told = capsys.readouterr()
    assert f"{said} is still to come" in told.err
    assert told.out == ""
    assert titles(db, capsys) == ["one", "two", "three"]


def test_there_is_no_line_before_the_first(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "undo", "--to", "0") == 1
    assert "There is no line 0 in the history." in capsys.readouterr().err
    assert titles(db, capsys) == ["one", "two", "three"]


def test_a_message_is_told_by_its_first_line(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "partner", "add", "Uni", "--acronym", "UAM") == 0
    assert run(db, "partner", "heard", "UAM", "Dear all,\n\nthe tickets are booked.") == 0
    capsys.readouterr()
    assert run(db, "undo", "--to", "5", "--dry-run") == 0
    told = capsys.readouterr().out
    assert "message Dear all,…: removed" in told
    assert "tickets" not in told


def titles(db: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert run(db, "--json", "task", "list") == 0
    return [row["title"] for row in json.loads(capsys.readouterr().out)]


def test_a_restore_point_is_a_name_to_go_back_to(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, "restore-point", "add", "Before the audit") == 0
    assert run(db, "task", "add", "four") == 0
    assert run(db, "undo", "--to", "before the AUDIT") == 0
    capsys.readouterr()
    assert titles(db, capsys) == ["one", "two", "three"]
    assert run(db, "--json", "restore-point", "list") == 0
    (point,) = json.loads(capsys.readouterr().out)
    assert (point["name"], point["made_by_itself"]) == ("Before the audit", False)
    assert run(db, "restore-point", "rename", "before the audit", "Audit") == 0
    assert run(db, "restore-point", "remove", "Audit") == 0
    capsys.readouterr()
    assert run(db, "restore-point", "list") == 0
    assert "There is no restore point yet." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "code", "sentence"),
    [
        ("99", 1, "There is no line 99 in the history."),
        ("befor import", 2, "is no restore point and no time"),
        ("2027-01-01", 2, "is still to come"),
        ("4", 1, "Nothing was done since then."),
        ("[red]", 2, "is no restore point"),
    ],
)
def test_where_one_cannot_go_back_to_is_a_sentence(
    db: str, capsys: pytest.CaptureFixture[str], said: str, code: int, sentence: str
) -> None:
    assert run(db, "undo", "--to", said) == code
    assert sentence in capsys.readouterr().err


def test_going_back_before_the_project_began_takes_it_along(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, "undo", "--to", "2020-01-01") == 0
    assert run(db, "--json", "project", "list") == 0
    assert json.loads(capsys.readouterr().out.partition("again.")[2]) == []
    assert run(db, "undo") == 0
    capsys.readouterr()
    assert titles(db, capsys) == ["one", "two", "three"]


def test_what_undo_would_take_back_is_told(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "undo", "--dry-run") == 0
    assert capsys.readouterr().out == "Would take back: Add task “three”\n"
    assert titles(db, capsys) == ["one", "two", "three"]


def test_one_line_and_one_record_tell_their_history(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, "task", "postpone", "2", "--by", "1w") == 0
    capsys.readouterr()
    assert run(db, "history", "--of", "task", "2") == 0
    told = capsys.readouterr().out
    assert "Postpone “two”" in told
    assert "“one”" not in told
    assert run(db, "history", "--entry", "5") == 0
    assert "task two: due 1 Dec 2026 → 8 Dec 2026" in capsys.readouterr().out
    assert run(db, "history", "--of", "sauce", "2") == 2
    assert run(db, "history", "--entry", "77") == 1


@pytest.fixture
def many(db: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    for number in range(22):
        assert run(db, "task", "add", f"many {number}", "--due", "2026-12-01") == 0
    assert run(db, "task", "add", "undated") == 0
    capsys.readouterr()
    return [str(number) for number in range(1, 27)]


class Somebody(io.StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        return True


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr("sys.stdin", Somebody(answer))
    monkeypatch.setattr("ka2tui.cli.context.is_terminal", lambda: True)


def test_a_change_of_many_asks_at_a_terminal(
    db: str, many: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch, "n\n")
    assert run(db, "task", "postpone", *many, "--by", "1w") == 1
    told = capsys.readouterr().err
    assert "Postpone 25 tasks by 1 week" in told
    assert "task one: due 1 Dec 2026 → 8 Dec 2026" in told
    assert "1 of those named stay as they are:\n  task undated: has no date" in told
    assert "Nothing was changed." in told
    at_a_terminal(monkeypatch, "y\n")
    assert run(db, "task", "postpone", *many, "--by", "1w") == 0
    at_a_terminal(monkeypatch, "n\n")
    capsys.readouterr()
    assert run(db, "undo") == 1
    told = capsys.readouterr().err
    assert "Take back ‘Postpone 25 tasks by 1 week" in told
    assert "redo brings all of it back at once" in told
    at_a_terminal(monkeypatch, "")
    assert run(db, "task", "start", *many, "--yes") == 0
    assert run(db, "--json", "restore-point", "list") == 0
    out = capsys.readouterr().out
    names = [row["name"] for row in json.loads(out[out.index("[") :])]
    assert names[0] == "before starting 26 tasks"
    assert names[1].startswith("before postponing 25 tasks by 1 week")


def test_a_change_of_many_goes_on_where_nobody_can_be_asked(
    db: str, many: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, "task", "postpone", *many, "--by", "1w") == 0
    assert capsys.readouterr().err == ""
