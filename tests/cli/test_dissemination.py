"""Dissemination, and results on the platform, on the command line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from ka2tui.exchange import tables
from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "p.db", capsys)
    made.text("project", "new", "SOLARIS", "--start", "2025-10-01", "--months", "24")
    made.text("partner", "add", "Kentro", "--acronym", "KMOP")
    made.text("partner", "add", "Madrid", "--acronym", "UAM")
    made.text("deliverable", "add", "D2.1", "Survey")
    return made


def test_a_line_is_logged_with_what_is_missing(line: Line) -> None:
    assert line.json("dissemination", "list") == []
    added = line.json(
        *("dissemination", "add", "Newsletter", "3", "yesterday", "@KMOP", "for:D2.1"),
        *("1 250 readers", "https://x.org", "--emblem", "yes"),
    )
    assert added == {
        "id": 1,
        "title": "Newsletter 3",
        "kind": "newsletter",
        "state": "done",
        "day": "2026-11-21",
        "month": None,
        "end_day": None,
        "late": False,
        "partner": "KMOP",
        "work_unit": None,
        "deliverable": "D2.1",
        "audience": None,
        "reach": 1250,
        "language": None,
        "place": None,
        "link": "https://x.org",
        "emblem": True,
        "disclaimer": None,
        "proofs": 0,
        "lacks": ["disclaimer not looked at"],
    }
    text = line.text("dissemination", "list")
    assert "1 250" in text
    assert "never people counted once" in text
    assert "disclaimer  " in line.text("dissemination", "show", "1")
    assert "nobody" not in line.text("dissemination", "matrix")


def test_plans_are_made_done_dropped_and_set_against_each_other(line: Line) -> None:
    made = line.json(
        *("dissemination", "plan", "Post", "--months", "M3-M9/3", "--all-partners"),
        *("--kind", "social media"),
    )
    assert len(made) == 6
    assert {row["kind"] for row in made} == {"social_media"}
    done = line.json("dissemination", "done", "1", "--reach", "40", "--disclaimer", "no")
    assert (done["state"], done["day"], done["reach"]) == ("done", "2025-12-31", 40)
    dropped = line.json("dissemination", "drop", "2", "3", "--why", "no budget")
    assert [row["state"] for row in dropped] == ["dropped", "dropped"]
    assert line.json("dissemination", "show", "2")["notes"] == "no budget"
    matrix = line.json("dissemination", "matrix")
    assert (matrix["done"], matrix["planned"], matrix["reach"]) == (1, 3, 40)
    assert matrix["partners"][0]["by_month"] == [{"month": 3, "done": 1, "planned": 0},
                                                 {"month": 9, "done": 0, "planned": 1}]  # fmt: skip
    assert line.json("dissemination", "reopen", "2")["state"] == "planned"
    assert len(line.json("dissemination", "list", "is:late")) == 4
    line.text("dissemination", "remove", "1", "2", "3", "4", "5", "6")
    line.text("undo")
    assert len(line.json("dissemination", "list")) == 6


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("dissemination", "add", "@NOBODY", "Post"), 1),
        (("dissemination", "add", "@KMOP"), 2),
        (("dissemination", "add", "Post", "--kind", "smoke"), 2),
        (("dissemination", "add", "Post", "--reach", "many"), 2),
        (("dissemination", "plan", "Post", "--months", "May"), 2),
        (("dissemination", "plan", "Post", "--months", "M3", "--partner", "UAM",
          "--all-partners"), 2),
        (("dissemination", "edit", "1"), 2),
        (("deliverable", "platform", "drafted"), 2),
        (("deliverable", "platform", "D2.1", "lost"), 2),
    ],
)  # fmt: skip
def test_what_cannot_be_ends_with_the_right_code(
    line: Line, argv: tuple[str, ...], code: int
) -> None:
    assert line.error(*argv)[0] == code


def test_the_log_goes_out_without_formulas_and_comes_in_again(line: Line, tmp_path: Path) -> None:
    line.text("dissemination", "add", "=1+1 [red] 🎉", "@UAM", "reach:30", "--emblem", "no")
    line.text("dissemination", "plan", "Post", "--months", "M20", "--partner", "KMOP")
    out = tmp_path / "log.csv"
    said = line.json("dissemination", "export", "--format", "csv", "-o", str(out))
    assert said["tables"] == [{"name": "log", "rows": 2}]
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert rows[0]["Dissemination activity"] == "'=1+1 [red] 🎉"
    assert rows[1]["Date"] == "M20"
    book = tmp_path / "log.xlsx"
    line.text("dissemination", "export", "-o", str(book))
    names = [grid.name for grid in tables.read([book])[0]]
    assert any("Dissemination" in name for name in names)
    assert any("Done against plan" in name for name in names)
    assert line.error("dissemination", "export", "-o", str(book))[0] == 1
    again = Line(tmp_path / "again.db", line.capsys)
    again.text("project", "new", "AGAIN", "--start", "2025-10-01")
    again.text("partner", "add", "Madrid", "--acronym", "UAM")
    again.text("partner", "add", "Kentro", "--acronym", "KMOP")
    again.text("import", str(out), "--project", "AGAIN")
    titles = {row["title"]: row for row in again.json("dissemination", "list")}
    assert titles["=1+1 [red] 🎉"]["emblem"] is False
    assert titles["Post"]["month"] == 20


def test_results_go_to_the_platform_with_a_hedge_and_no_block(line: Line) -> None:
    assert line.json("deliverable", "show", "D2.1")["platform"] == "none"
    drafted = line.json("deliverable", "platform", "D2.1", "drafted", "--link", "https://p.eu/1")
    assert drafted["platform"] == "drafted"
    assert drafted["platform_on"] == "2026-11-22"
    assert line.err == ""
    sent = line.json("deliverable", "platform", "D2.1", "sent", "--on", "2026-11-01")
    assert sent["platform_link"] == "https://p.eu/1"
    assert "usually only after the last day" in line.err
    assert "sent for review" in line.text("deliverable", "results")
    assert "sent for review" in line.text("deliverable", "show", "D2.1")
    assert line.json("deliverable", "results", "is:missing") == []
