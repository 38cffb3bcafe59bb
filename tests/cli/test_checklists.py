"""Checklists on the command line: compared, over time, with proof, tasks and own templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from ka2tui import settings
from tests.cli.line import Line
from tests.domain.test_checklist_files import GOOD

TODAY = "2026-11-22"


class Filling(Line):
    """A line that also fills in checklists."""

    def filled(self, who: str, day: str, **answers: str) -> int:
        """Fill in three items of the checklist of the goal."""
        made = self.json("checklist", "start", "goal", "--assessor", who, "--day", day)["id"]
        for code, given in ({"G01": "2", "G02": "2", "G03": "2"} | answers).items():
            self.text("checklist", "answer", str(made), code, given)
        self.text("checklist", "close", str(made))
        return int(made)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Filling:
    made = Filling(tmp_path / "new.db", capsys)
    made.run("project", "new", "SOLARIS", "--start", "2025-10-01", "--months", "24")
    return made


def test_two_assessors_are_compared_disagreements_first(line: Filling) -> None:
    ana = line.filled("Ana", "2026-11-01", G02="4")
    ben = line.filled("Ben", "2026-11-02", G02="1", G03="na")
    seen = line.json("checklist", "compare", "goal")
    assert [one["assessor"] for one in seen["assessments"]] == ["Ana", "Ben"]
    assert (seen["differ"], seen["agreed"]) == (2, 1)
    first, second, third, *_ = seen["items"]
    assert (first["item"], first["standing"], first["spread"]) == ("G03", "applies or not", None)
    assert (second["item"], second["standing"], second["spread"]) == ("G02", "3 apart", 3)
    assert [one["score"] for one in second["answers"]] == [4, 1]
    assert third["standing"] == "not answered"
    assert seen["own_estimate_lowest"] <= seen["own_estimate_highest"]
    assert line.json("checklist", "compare", str(ben), str(ana)) == seen
    text = line.text("checklist", "compare", "goal", "--in-order")
    lines = [row.split()[0] for row in text.splitlines() if row.startswith("G0")]
    assert lines == [f"G0{number}" for number in range(1, 10)]
    assert "own estimate" in text
    assert "3 apart" in text


def test_an_estimate_over_a_part_says_of_how_much(line: Filling) -> None:
    made = line.filled("Ana", "2026-11-01")
    listed = line.text("checklist", "list")
    assert "own estimate  answered" in listed
    assert "50 of 100     3 of 12" in listed
    assert "–             0 of 14" in listed  # never filled in
    shown = line.text("checklist", "show", str(made))
    assert "Own estimate 50 of 100, 3 of 12 answered" in shown
    line.filled("Ben", "2026-11-02")
    beside = line.text("checklist", "compare", "goal")
    assert "would be 50 of 100, 3 of 12 answered" in beside
    again = str(line.json("checklist", "start", "goal", "--assessor", "Ana")["id"])
    assert "2026-11-01: 50 of 100, 3 of 12 answered" in line.text("checklist", "show", again)
    row = next(one for one in line.json("checklist", "list") if one["id"] == "goal")
    assert (row["last"]["answered"], row["last"]["items"]) in {(3, 12), (0, 12)}


def test_an_older_round_is_left_out_and_named_unless_its_ids_are_given(line: Filling) -> None:
    zoe = line.filled("Zoë", "2024-11-01", G02="0")
    line.filled("Ana", "2026-11-01")
    told = " ".join(line.run("checklist", "compare", "goal", code=1)[1].split())
    assert "Only Ana has filled in “Goal and needs” in this round" in told
    assert f"Zoë 1 Nov 2024 (assessment {zoe})" in told
    assert "by their ids" in told
    line.filled("Ben", "2026-11-02")
    seen = line.json("checklist", "compare", "goal")
    assert [one["assessor"] for one in seen["assessments"]] == ["Ana", "Ben"]
    assert [one["id"] for one in seen["left_out"]] == [zoe]
    assert seen["differ"] == 0
    text = line.text("checklist", "compare", "goal")
    assert "Left out, more than 60 days older: Zoë 1 Nov 2024 (assessment 1)" in text
    assert "ka2tui checklist compare 2 3 1" in text
    assert "Ana 2026-11-01" in text
    exact = line.json("checklist", "compare", "1", "3")
    assert [one["assessor"] for one in exact["assessments"]] == ["Zoë", "Ben"]
    assert exact["left_out"] == []


def test_nobody_to_compare_with_is_said(line: Filling) -> None:
    line.filled("Ana", "2026-11-01")
    assert "Only Ana has filled in" in line.run("checklist", "compare", "goal", code=1)[1]
    assert "not started" in line.run("checklist", "compare", "proposal", code=1)[1]
    assert "two assessments" in line.run("checklist", "compare", "1", code=1)[1]


def test_what_is_agreed_becomes_an_assessment(line: Filling) -> None:
    line.filled("Ana", "2026-11-01", G02="4")
    line.filled("Ben", "2026-11-02")
    made = line.json("checklist", "agree", "goal")
    assert (made["assessor"], made["answered"], made["day"]) == (
        "Agreed: Ana, Ben",
        2,
        "2026-11-22",
    )
    assert "being agreed already" in line.run("checklist", "agree", "goal", code=1)[1]
    assert "Begin to agree" in line.text("undo")


def test_the_trend_is_told_by_day_assessor_and_criterion(line: Filling) -> None:
    line.filled("Ana", "2026-01-01", G01="1")
    line.filled("Ben", "2026-02-01")
    line.filled("Ana", "2026-03-01", G01="4")
    seen = line.json("checklist", "trend", "Goal and needs")
    assert [(one["assessor"], one["own_estimate"]) for one in seen["assessments"]] == [
        ("Ana", 40),
        ("Ben", 50),
        ("Ana", 68),
    ]
    assert [(one["letter"], one["change"]) for one in seen["assessors"]] == [("A", 28), ("B", None)]
    text = line.text("checklist", "trend", "goal")
    assert "A  Ana: 40 → 68, 28 points up" in text
    assert " 50 ┤" in text
    assert "nobody" in line.run("checklist", "trend", "funding", code=1)[1].lower()


def test_items_become_tasks_with_who_and_when(line: Filling) -> None:
    line.filled("Ana", "2026-11-01", G01="0")
    line.text("partner", "add", "UA", "--acronym", "UA")
    line.text("partner", "edit", "UA", "--role", "coordinator")
    made = line.json(
        *("checklist", "task", "goal", "G01", "--title", "Ask [red]", "--due", "2026-12-24"),
        *("--assignee", "UA"),
    )
    assert (made["title"], made["due"], made["assignee"]) == ("Ask [red]", "2026-12-24", "UA")
    assert "has a task already" in line.run("checklist", "task", "goal", "G01", code=1)[1]
    two = line.json("checklist", "task", "goal", "G02", "G03")
    assert [one["due"] for one in two] == ["2026-12-06"] * 2
    assert line.json("checklist", "task", "goal", "G04", "--due", "M18")["due"] == "2027-03-31"
    shown = line.json("checklist", "show", "goal")["criteria"][0]["item_list"][0]
    assert shown["task"]["title"] == "Ask [red]"
    assert "task 1: Ask [red] (open, due 2026-12-24)" in line.text("checklist", "show", "goal")
    assert "Goal and needs" in line.text("task", "show", "1")
    assert (
        "--title"
        in line.run(*("checklist", "task", "goal", "G01", "G02", "--title", "x"), code=2)[1]
    )


def test_the_proof_of_an_item_is_said_and_found(
    line: Filling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = str(line.json("checklist", "start", "goal")["id"])
    line.text("task", "add", "Draft", "--code", "T2.3")
    seen = line.json("checklist", "proof", made, "G01", "t2.3")
    assert (seen["kind"], seen["id"], seen["found_at"]) == ("task", 1, "t2.3")
    (tmp_path / "SOLARIS").mkdir()
    (tmp_path / "SOLARIS" / "list 1.pdf").touch()
    text = line.text("checklist", "proof", made, "G02", "list 1.pdf")
    assert str(tmp_path / "SOLARIS" / "list 1.pdf") in text
    assert "no such file" in line.text("checklist", "proof", made, "G03", "gone.pdf")
    assert "another computer" in line.run("checklist", "proof", made, "G03", "//s/x", code=1)[1]
    assert "no link" in line.run("checklist", "proof", made, "G03", "javascript:x", code=1)[1]
    line.text("checklist", "proof", made, "G04", "https://x.eu/$(touch%20oops)")
    told = line.run("checklist", "proof", made, "G04", "--open", code=1)[1]
    assert "no program here that opens" in told
    assert "https://x.eu" in told
    line.text("checklist", "proof", made, "G04", "")
    assert "Nothing says" in line.run("checklist", "proof", made, "G04", code=1)[1]


def test_a_mistyped_code_is_no_place_for_proof(line: Filling) -> None:
    made = str(line.json("checklist", "start", "goal")["id"])
    for said in ("T2.99", "wp9", "D 7.1"):
        out, err = line.run("checklist", "proof", made, "G01", said, code=1)
        assert (out, f"the code “{said}”" in err) == ("", True)
    line.run("checklist", "proof", made, "G01", "T2.99.pdf")
    file = line.file.parent / "T2.99"
    file.write_text("there", "utf-8")
    assert "T2.99" in line.text("checklist", "proof", made, "G01", "T2.99")


def test_own_checklists_are_begun_listed_and_checked(line: Filling) -> None:
    assert "none yet" in line.text("checklist", "templates")
    line.run("checklist", "template-copy", "goal", "../visit", code=1)
    assert settings.load().data is None
    out, err = line.run("checklist", "template-copy", "goal", "visit", "--title", "Visit")
    file = Path(out.splitlines()[0])
    folder = settings.load().data
    assert folder is not None
    assert file == folder / "checklists" / "visit.toml"
    assert str(folder) in err
    rows = line.json("checklist", "templates")["templates"]
    assert [(row["id"], row["title"]) for row in rows if row["own"]] == [("visit", "Visit")]
    assert line.json("checklist", "start", "visit")["title"] == "Visit"
    file.write_text(GOOD.replace("weight = 3", "weight = 9"), "utf-8")
    out, err = line.run("checklist", "list")
    assert f"{file}, line 15, item 1 (V1): weight is a whole number" in err
    assert "Goal and needs" in out
    broken = line.json("checklist", "templates")["broken"]
    assert [one["file"] for one in broken] == [str(file)]
    looked = [one for one in line.json("doctor") if one["check"] == "checklists"]
    assert [one["state"] for one in looked] == ["doubtful"]
    assert f"{file}, line 15" in looked[0]["text"]
    assert "Put that line right" in looked[0]["text"]


def test_a_work_package_has_a_checklist_of_its_own(line: Filling) -> None:
    line.run("wp", "add", "WP2", "Training")
    code, said = line.error("checklist", "start", "work_package")
    assert (code, "say which" in said) == (1, True)
    made = line.json("checklist", "start", "work_package", "--wp", "wp2")
    assert (made["work_unit"], made["checklist"]) == ("WP2", "work_package")
    line.run("checklist", "answer", "work_package:WP2", "W01", "3")
    assert line.json("checklist", "show", "work_package:wp2")["score"] == 75
    assert "WP2 · Ana" in line.text("checklist", "show", "work_package")
    assert line.json("checklist", "start", "goal")["work_unit"] is None
    code, said = line.error("checklist", "start", "work_package", "--wp", "WP9")
    assert (code, "WP9" in said) == (1, True)
