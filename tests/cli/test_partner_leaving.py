"""A partner that leaves and comes back, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "ka2tui.db", capsys)
    made.text("project", "new", "SOLARIS", "--start", "2026-01-01", "--months", "24",
              "--action", "KA220-ADU")  # fmt: skip
    made.text("partner", "add", "Uni Lodz", "--acronym", "ULODZ", "--country", "PL",
              "--role", "coordinator")  # fmt: skip
    for acronym, country in (("KMOP", "GR"), ("OU", "NL")):
        made.text("partner", "add", f"All of {acronym}", "--acronym", acronym, "--country", country)
    made.text("wp", "add", "WP2", "Course", "--lead", "KMOP")
    made.text("task", "add", "=1+1 [red]🦊", "--code", "T1", "--assignee", "KMOP")
    made.text("task", "add", "Second", "--code", "T2", "--assignee", "KMOP")
    return made


def test_a_rehearsal_tells_everything_and_changes_nothing(line: Line) -> None:
    said = line.text("partner", "leave", "KMOP", "--on", "2026-11-30", "--dry-run")
    assert "KMOP would leave on 30 Nov 2026." in said
    assert "T1 =1+1 [red]🦊" in said
    assert "is without an owner then" in said
    assert "2 organisations of 3 are entered" in said
    told = line.json("partner", "leave", "KMOP", "--on", "2026-11-30", "--dry-run")
    assert [it["code"] for it in told["holdings"]] == ["WP2", "T1", "T2"]
    assert (told["dry_run"], told["ahead"]) == (True, True)
    assert line.json("partner", "show", "KMOP")["left"] is None


def test_each_successor_takes_what_is_said_and_undo_brings_it_back(line: Line) -> None:
    told = line.json(
        *("partner", "leave", "KMOP", "--on", "2026-11-20", "--reason", "merged"),
        *("--successor", "OU", "--take", "leads", "--successor", "ULODZ", "--take", "T2"),
    )
    assert [it["taken_by"] for it in told["holdings"]] == [3, None, 1]
    found = {it["code"]: it["assignee"] for it in line.json("task", "list")}
    assert found == {"T1": None, "T2": "ULODZ"}
    shown = line.json("partner", "show", "KMOP")
    assert (shown["left"], shown["left_why"], shown["successor"]) == ("2026-11-20", "merged", "OU")
    assert "left on 20 Nov 2026" in line.text("partner", "list")
    line.text("undo")
    found = {it["code"]: it["assignee"] for it in line.json("task", "list")}
    assert found == {"T1": "KMOP", "T2": "KMOP"}


def test_it_comes_back_with_what_it_had(line: Line) -> None:
    line.text("partner", "leave", "KMOP", "--on", "2026-11-20", "--successor", "OU")
    line.text("task", "edit", "T1", "--assignee", "ULODZ")
    told = line.json("partner", "return", "KMOP")
    assert told["stays"] == ["T1 =1+1 [red]🦊"]
    assert line.json("partner", "show", "KMOP")["left"] is None
    assert line.error("partner", "return", "KMOP")[0] == 1


def test_what_cannot_be_is_refused_or_wrong_usage(line: Line) -> None:
    assert line.error("partner", "leave", "ULODZ", "--on", "2026-11-20")[0] == 1
    leave = ("partner", "leave", "KMOP", "--on", "2026-11-20")
    assert line.error(*leave, "--take", "tasks")[0] == 2
    assert line.error(*leave, "--successor", "OU", "--take", "furniture")[0] == 2
    assert line.error(*leave, "--successor", "OU", "--successor", "ULODZ")[0] == 2
    assert line.error(*leave, "--recover", "much")[0] == 2
    assert line.error("partner", "leave", "KMOP")[0] == 2
    line.text(*leave)
    assert line.error(*leave) == (1, "KMOP has left already, on 20 Nov 2026.\n")


def test_money_to_recover_becomes_a_planned_payment(line: Line) -> None:
    line.text("payment", "add", "First", "--kind", "to_partner", "--partner", "KMOP",
              "--amount", "1200", "--paid-on", "2026-02-01")  # fmt: skip
    line.text("partner", "leave", "KMOP", "--on", "2026-11-20", "--recover", "all")
    (back,) = (it for it in line.json("payment", "list") if it["kind"] == "from_partner")
    assert (back["partner"], back["amount_cents"]) == ("KMOP", 1_200_00)
