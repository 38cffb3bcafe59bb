"""Risks, logs and letters on the command line."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.cli.main import execute

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-11-22"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KA2TUI_DB", str(tmp_path / "ka2tui.db"))
    assert execute(["project", "new", "SOLAR", "--start", "2025-12-01", "--months", "24"]) == 0
    assert execute(["partner", "add", "University", "--acronym", "UA"]) == 0
    assert execute(["wp", "add", "WP2", "Work"]) == 0


def answer(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert execute([*argv, "--json", "--today", TODAY]) == code
    out = capsys.readouterr().out
    return json.loads(out) if out else None


def text(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    capsys.readouterr()
    assert execute([*argv, "--today", TODAY]) == code
    said = capsys.readouterr()
    return said.out or said.err


def test_a_risk_from_first_sight_to_an_issue(capsys: pytest.CaptureFixture[str]) -> None:
    added = answer(
        capsys,
        *("risk", "add", "A [red]partner[/] leaves", "--likelihood", "4", "--impact", "5"),
        *("--strategy", "reduce", "--action", "Call", "--partner", "UA", "--wp", "WP2"),
        *("--review", "2026-11-20"),
    )
    assert added == {
        "id": 1,
        "code": "R1",
        "title": "A [red]partner[/] leaves",
        "likelihood": 4,
        "impact": 5,
        "level": 20,
        "band": "red",
        "strategy": "reduce",
        "action": "Call",
        "owner": "UA",
        "work_unit": "WP2",
        "state": "open",
        "review_on": "2026-11-20",
        "review_due": True,
    }
    assert "█ 20 high" in text(capsys, "risk", "list")
    assert "[red]partner[/]" in text(capsys, "risk", "show", "r1")
    seen = answer(capsys, "risk", "review", "R1", "--likelihood", "3", "--next", "2027-01-10")
    assert (seen["level"], seen["review_on"], seen["review_due"]) == (15, "2027-01-10", False)
    task = answer(capsys, "risk", "task", "R1", "--due", "2026-12-04")
    assert (task["title"], task["assignee"], task["due"]) == ("Call", "UA", "2026-12-04")
    origin = answer(capsys, "task", "show", str(task["id"]))["origin"]
    assert origin == "risk R1 “A [red]partner[/] leaves”"
    assert answer(capsys, "risk", "happened", "R1")["state"] == "happened"
    whole = answer(capsys, "risk", "show", "R1")
    assert [it["code"] for it in whole["issues"]] == ["IS1"]
    assert [it["id"] for it in whole["tasks"]] == [task["id"]]
    issue = answer(capsys, "log", "show", "IS1")
    assert (issue["risk"], issue["owner"], issue["impact"]) == ("R1", "UA", 5)
    answer(capsys, "undo")
    assert answer(capsys, "log", "list") == []
    assert answer(capsys, "risk", "show", "R1")["state"] == "open"


def test_risks_are_filtered_counted_and_closed(capsys: pytest.CaptureFixture[str]) -> None:
    for title, likelihood, impact in (("low", 1, 1), ("high", 5, 5), ("middle", 3, 4)):
        answer(capsys, "risk", "add", title, "--likelihood", str(likelihood),
               "--impact", str(impact))  # fmt: skip
    listed = [row["title"] for row in answer(capsys, "risk", "list")]
    assert listed == ["high", "middle", "low"]
    assert [row["title"] for row in answer(capsys, "risk", "list", "level>=12")] == [
        *("high", "middle")
    ]
    assert [row["title"] for row in answer(capsys, "risk", "list", "band:high")] == ["high"]
    squares = answer(capsys, "risk", "grid")
    assert len(squares) == 25
    assert {(it["likelihood"], it["impact"]): it["risks"] for it in squares}[5, 5] == 1
    assert "impact" in text(capsys, "risk", "grid")
    closed = answer(capsys, "risk", "close", "R1", "R2")
    assert [row["state"] for row in closed] == ["closed", "closed"]
    assert [row["title"] for row in answer(capsys, "risk", "list", "is:open")] == ["middle"]
    assert answer(capsys, "risk", "reopen", "R1")["state"] == "open"
    assert len(answer(capsys, "risk", "remove", "R1", "R2")) == 2
    assert "Nothing fits this filter" in text(capsys, "risk", "list", "nonsense")


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("risk", "add", "X", "--likelihood", "9"), 2, "from 1 to 5"),
        (("risk", "edit", "R1"), 2, "Say what to change"),
        (("risk", "show", "R9"), 1, "no risk R9"),
        (("risk", "review", "R1", "--next", "2026-01-01"), 1, "is past"),
        (("risk", "edit", "R1", "--strategy", "pray"), 2, "pray"),
        (("risk", "export", "-o", "risks.doc"), 2, ".csv or .xlsx"),
        (("log", "add", "issue", " "), 1, "needs a title"),
        (("log", "add", "wish", "X"), 2, "wish"),
        (("log", "add", "decision", "X", "--urgency", "3"), 1, "has no urgency"),
        (("log", "take-up", "99"), 1, "is gone"),
        (("log", "take-up", "9" * 20), 2, "no whole number"),
        (("letter", "add", "X", "--answer-by", "2020-01-01"), 1, "before the letter"),
        (("letter", "add", "X", "--by", "pigeon"), 2, "pigeon"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    argv: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "risk", "add", "A partner leaves")
    before = len(answer(capsys, "history"))
    assert said in text(capsys, *argv, code=code)
    assert len(answer(capsys, "history")) == before


def test_an_issue_a_change_and_a_decision(capsys: pytest.CaptureFixture[str]) -> None:
    issue = answer(
        capsys,
        *("log", "add", "issue", "No ink", "--urgency", "4", "--partner", "UA"),
        *("--due", "2026-11-20", "--raised-by", "=Ana"),
    )
    assert (issue["code"], issue["state"], issue["late"]) == ("IS1", "open", True)
    change = answer(capsys, "log", "change", "IS1")
    assert (change["kind"], change["code"], change["urgency"]) == ("change", "CH1", 4)
    decided = answer(
        capsys, "log", "decide", "CH1", "--by", "Board", "--on", "2026-11-21", "--said", "Yes"
    )
    assert (decided["state"], decided["decided_by"]) == ("decided", "Board")
    assert answer(capsys, "log", "settle", "CH1")["state"] == "done"
    assert "implemented" in text(capsys, "log", "show", "CH1")
    solved = answer(capsys, "log", "settle", "IS1", "--solution", "Bought")
    assert solved["late"] is False
    shown = answer(capsys, "log", "show", "IS1")
    assert (shown["solution"], [it["code"] for it in shown["led_to"]]) == ("Bought", ["CH1"])
    assert answer(capsys, "log", "show", "CH1")["issue"]["code"] == "IS1"
    assert [row["code"] for row in answer(capsys, "log", "list", "--kind", "change")] == ["CH1"]
    assert answer(capsys, "log", "list", "is:open") == []


def test_decisions_of_meetings_are_listed_and_taken_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer(capsys, "meeting", "add", "TPM1", "--start", "2026-11-10")
    answer(capsys, "meeting", "minutes", "TPM1", "--add-decision", "Buy ink")
    (row,) = answer(capsys, "log", "list")
    assert (row["id"], row["title"], row["decided_by"]) == (None, "Buy ink", "TPM1")
    assert f"line {row['line']}" in text(capsys, "log", "list")
    taken = answer(capsys, "log", "take-up", str(row["line"]))
    assert (taken["code"], taken["line"], taken["decided_on"]) == (
        *("DE1", row["line"]),
        "2026-11-10",
    )
    shown = answer(capsys, "meeting", "show", "TPM1")
    assert [it["code"] for it in shown["log"]] == ["DE1"]
    assert "DE1" in text(capsys, "meeting", "show", "TPM1")


def test_letters_and_their_answers(capsys: pytest.CaptureFixture[str]) -> None:
    asked = answer(
        capsys,
        *("letter", "add", "Visit in March", "--by", "letter", "--on", "2026-11-02"),
        *("--reference", "AZ 12/3", "--answer-by", "2026-12-04", "--text", "Dear\n[red]all"),
    )
    assert asked == {
        "id": 1,
        "day": "2026-11-02",
        "direction": "in",
        "channel": "letter",
        "with": "the agency",
        "subject": "Visit in March",
        "reference": "AZ 12/3",
        "answer_by": "2026-12-04",
        "answered_on": None,
        "answers": None,
        "to_answer": True,
        "late": False,
    }
    assert "by Fri 4 Dec" in text(capsys, "letter", "list", "--open")
    told = answer(capsys, "letter", "answer", "1", "--text", "Welcome")
    assert (told["subject"], told["direction"], told["answers"]) == ("Re: Visit in March", "out", 1)
    assert answer(capsys, "letter", "list", "--open") == []
    thread = answer(capsys, "letter", "show", "Visit in March")["thread"]
    assert [it["id"] for it in thread] == [1, 2]
    assert "[red]all" in text(capsys, "letter", "show", "1")
    answer(capsys, "letter", "remove", "2")
    assert answer(capsys, "letter", "show", "1")["to_answer"] is True
    assert answer(capsys, "letter", "answered", "1")["answered_on"] == TODAY
    assert answer(capsys, "letter", "answered", "1", "--not")["answered_on"] is None


def test_registers_go_out_without_formulas_and_come_in_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(
        capsys,
        *("risk", "add", "=1+1", "--likelihood", "2", "--impact", "3"),
        *("--action", "@SUM(A1)", "--strategy", "avoid"),
    )
    answer(
        capsys,
        *("log", "add", "change", "+2", "--size", "3", "--reason", "-x", "--decided-by", "B"),
    )
    answer(capsys, "letter", "add", "=cmd", "--with", "EACEA", "--answer-by", "2026-12-04")
    nouns = ("risk", "log", "letter")
    for noun in nouns:
        out, book = tmp_path / f"{noun}.csv", tmp_path / f"{noun}.xlsx"
        assert answer(capsys, noun, "export", "-o", str(out))["rows"] == 1
        said = io.StringIO(out.read_text("utf-8-sig"))
        cells = [cell for row in csv.reader(said) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        assert "there already" in text(capsys, noun, "export", "-o", str(out), code=1)
        assert answer(capsys, noun, "export", "-o", str(book))["format"] == "xlsx"
    before = {noun: answer(capsys, noun, "list") for noun in nouns}
    for ending in ("csv", "xlsx"):
        monkeypatch.setenv("KA2TUI_DB", str(tmp_path / f"{ending}.db"))
        assert execute(["project", "new", "SOLAR", "--start", "2025-12-01", "--months", "24"]) == 0
        for noun in nouns:
            given = str(tmp_path / f"{noun}.{ending}")
            assert execute(["import", given, "--update", "--project", "SOLAR"]) == 0
        for noun, rows in before.items():
            assert answer(capsys, noun, "list") == rows
