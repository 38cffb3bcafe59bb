from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.cli.main import execute

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KA2TUI_DB", str(tmp_path / "ka2tui.db"))
    assert execute(["project", "new", "SOLAR", "--start", "2025-12-01", "--months", "24"]) == 0
    assert execute(["partner", "add", "University", "--acronym", "UA"]) == 0


def answer(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert execute([*argv, "--json", "--today", "2026-11-22"]) == code
    out = capsys.readouterr().out
    return json.loads(out) if out else None


def test_work_packages_keep_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    added = answer(
        capsys,
        *("wp", "add", "WP1", "Plan", "--lead", "UA", "--from", "M1", "--to", "24"),
        *("--amount", "12 500.50"),
    )
    assert added == {
        "id": 1,
        "code": "WP1",
        "title": "Plan",
        "lead": "UA",
        "start_month": 1,
        "end_month": 24,
        "amount_cents": 1_250_050,
    }
    answer(capsys, "wp", "add", "A1.1", "Kick-off", "--part-of", "wp1")
    assert [row["code"] for row in answer(capsys, "wp", "list")] == ["WP1", "A1.1"]
    assert answer(capsys, "wp", "edit", "WP1", "--title", "Management")["title"] == "Management"
    assert answer(capsys, "wp", "edit", "WP1", "--lead", "")["lead"] is None
    whole = answer(capsys, "wp", "share", "WP1", "UA", "--role", "co-lead", "--amount", "100")
    assert whole["shares"] == [
        {"partner": "UA", "role": "co-lead", "amount_cents": 10_000, "currency": "EUR"}
    ]
    shown = answer(capsys, "wp", "show", "A1.1")
    assert (shown["kind"], shown["parent"]) == ("activity", "WP1")
    assert answer(capsys, "wp", "remove", "WP1", code=1) is None
    assert [row["code"] for row in answer(capsys, "wp", "remove", "WP1", "A1.1")] == ["WP1", "A1.1"]
    assert answer(capsys, "wp", "list") == []


def test_months_after_the_end_are_said_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["wp", "add", "WP1", "--to", "M30"]) == 0
    told = capsys.readouterr()
    assert "M30 lies after the end" in told.err
    assert told.out.startswith("Add work package WP1")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (
            ("wp", "schedule", "WP1", "--for", "M4-M30"),
            "M4-M30 goes on after the project's last day",
        ),
        (("deliverable", "add", "D9", "x", "--due", "M30"), "M30 is after the project's last day"),
        (("task", "add", "x", "--due", "2028-01-14"), "14 Jan 2028 is after the project's last"),
        (("task", "add", "x", "--due", "1.1.1900"), "is the year right?"),
    ],
)
def test_what_may_be_a_slip_is_said_at_once_and_kept(
    argv: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["wp", "add", "WP1"]) == 0
    capsys.readouterr()
    assert execute([*argv, "--today", "2026-11-22"]) == 0
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv",
    [
        ("wp", "add", "WP1", "--from", "soon"),
        ("wp", "add", "WP1", "--amount", "much"),
        ("deliverable", "add", "D1", "--due", "2026-02-30"),
        ("milestone", "reach", "MS1", "--on", "never"),
        ("wp", "edit", "WP1"),
    ],
)
def test_what_cannot_be_read_is_wrong_usage(argv: tuple[str, ...]) -> None:
    assert execute(["wp", "add", "WP1"]) == 0
    assert execute(["milestone", "add", "MS1"]) == 0
    assert execute(list(argv)) == 2


def test_deliverables_keep_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    execute(["wp", "add", "WP1"])
    added = answer(capsys, "deliverable", "add", "D1.1", "Book", "--due", "M3", "--wp", "WP1")
    assert added == {
        "id": 1,
        "code": "D1.1",
        "title": "Book",
        "due": "2026-02-28",
        "due_month": 3,
        "state": "planned",
        "work_unit": "WP1",
    }
    answer(capsys, "deliverable", "add", "D1.2", "Site", "--lead", "External")
    for verb, state in (("draft", "draft"), ("review", "review"), ("approve", "approved")):
        rows = answer(capsys, "deliverable", verb, "D1.1", "D1.2")
        assert [row["state"] for row in rows] == [state, state]
    shown = answer(capsys, "deliverable", "show", "D1.2")
    assert (shown["lead"], shown["delivered_on"]) == ("External", "2026-11-22")
    edited = answer(capsys, "deliverable", "edit", "D1.1", "--due", "", "--code", "D9")
    assert (edited["due"], edited["due_month"], edited["code"]) == (None, None, "D9")
    assert [row["code"] for row in answer(capsys, "deliverable", "list")] == ["D9", "D1.2"]
    assert answer(capsys, "deliverable", "remove", "D9")["code"] == "D9"
    assert len(answer(capsys, "deliverable", "list")) == 1


def test_milestones_keep_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    added = answer(capsys, "milestone", "add", "MS1", "Kick-off", "--due", "31.1.2026")
    assert added == {
        "id": 1,
        "code": "MS1",
        "title": "Kick-off",
        "due": "2026-01-31",
        "due_month": None,
        "reached_on": None,
        "work_unit": None,
    }
    assert answer(capsys, "milestone", "reach", "MS1")["reached_on"] == "2026-11-22"
    answer(capsys, "milestone", "reach", "MS1", "--on", "30.12.2025")
    assert execute(["milestone", "list"]) == 0
    assert "Tue 30 Dec 2025" in capsys.readouterr().out
    assert answer(capsys, "milestone", "list")[0]["reached_on"] == "2025-12-30"
    assert answer(capsys, "milestone", "reach", "MS1", "--not")["reached_on"] is None
    answer(capsys, "milestone", "edit", "MS1", "--verification", "signed list")
    assert answer(capsys, "milestone", "show", "MS1")["verification"] == "signed list"
    assert execute(["milestone", "list"]) == 0
    assert "Kick-off" in capsys.readouterr().out
    answer(capsys, "milestone", "remove", "MS1")
    assert answer(capsys, "milestone", "list") == []


def test_days_are_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    def show(noun: str, code: str) -> list[str]:
        capsys.readouterr()
        assert execute([noun, "show", code, "--today", "2026-11-22"]) == 0
        return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]

    answer(capsys, "milestone", "add", "MS1", "Kick-off", "--due", "31.1.2026")
    answer(capsys, "milestone", "reach", "MS1")
    assert show("milestone", "MS1") == ["MS1 Kick-off", "due Sat 31 Jan", "reached today"]
    answer(capsys, "milestone", "edit", "MS1", "--due", "M12")
    assert show("milestone", "MS1")[1] == "due Nov 2026 M12"
    answer(
        capsys,
        *("deliverable", "add", "D1", "Handbook", "--due", "2.11.2026", "--review", "3.2.2027"),
        *("--delivered", "21.11.2026", "--visibility-checked", "23.11.2026"),
    )
    assert show("deliverable", "D1") == [
        *("D1 Handbook", "due Mon 2 Nov, late", "state planned"),
        *("review by Wed 3 Feb 2027", "delivered Sat 21 Nov", "mark checked tomorrow"),
    ]


def test_people_read_one_thing_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    execute(["wp", "add", "WP1", "Plan", "--lead", "UA", "--from", "1", "--to", "24"])
    execute(["deliverable", "add", "D1", "Book", "--due", "M3", "--wp", "WP1"])
    capsys.readouterr()
    execute(["wp", "show", "WP1"])
    told = capsys.readouterr().out
    assert "months        M1-M24" in told
    assert "deliverables  D1" in told
    execute(["deliverable", "list", "--today", "2026-11-22"])
    assert "!" in capsys.readouterr().out.splitlines()[1]
    execute(["deliverable", "show", "D1", "--today", "2026-11-22"])
    assert "due           Feb 2026 M3, late" in capsys.readouterr().out


def test_work_is_begun_scheduled_moved_and_put_off(capsys: pytest.CaptureFixture[str]) -> None:
    for argv in (
        ("wp", "add", "WP1", "--from", "M1", "--to", "M6"),
        ("wp", "add", "WP2", "--from", "M4", "--to", "M18"),
        ("wp", "add", "A1.1", "--part-of", "WP1"),
    ):
        execute(list(argv))
    row = answer(capsys, "wp", "postpone", "WP1", "--by", "1m")
    assert (row["start_month"], row["end_month"]) == (2, 7)
    rows = answer(capsys, "wp", "start", "WP1", "WP2")
    assert [row["code"] for row in rows] == ["WP1", "WP2"]
    row = answer(capsys, "wp", "postpone", "WP1", "--to", "M9")
    assert (row["start_month"], row["end_month"]) == (2, 9)
    row = answer(capsys, "wp", "schedule", "A1.1", "--for", "M3-M5")
    assert (row["start_month"], row["end_month"]) == (3, 5)
    answer(capsys, "wp", "move", "A1.1", "--below", "WP2")
    assert answer(capsys, "wp", "show", "A1.1")["parent"] == "WP2"
    answer(capsys, "wp", "move", "WP2", "--before", "WP1")
    assert [row["code"] for row in answer(capsys, "wp", "list")] == ["WP2", "A1.1", "WP1"]
    assert answer(capsys, "wp", "lead", "WP1", "WP2", "--to", "UA")[1]["lead"] == "UA"
    answer(capsys, "wp", "percent", "WP1", "--to", "40 %")
    assert answer(capsys, "wp", "show", "WP1")["percent"] == 40
    answer(capsys, "wp", "percent", "WP1", "--to", "")
    assert answer(capsys, "wp", "show", "WP1")["percent"] is None
    assert answer(capsys, "wp", "remove", "WP2", code=1) is None
    answer(capsys, "wp", "remove", "WP2", "--with-activities")
    assert [row["code"] for row in answer(capsys, "wp", "list")] == ["WP1"]


def test_shares_are_divided_and_held_against_the_money(capsys: pytest.CaptureFixture[str]) -> None:
    execute(["wp", "add", "WP1", "--amount", "1000"])
    capsys.readouterr()
    assert execute(["wp", "shares", "WP1", "UA=980"]) == 0
    assert "shares € 980 of € 1 000, € 20 not given to anybody" in capsys.readouterr().out
    whole = answer(capsys, "wp", "shares", "WP1", "UA=")
    assert whole["shares"] == []
    assert execute(["wp", "shares", "WP1", "UA"]) == 2
    assert execute(["wp", "shares", "WP1", "UA=much"]) == 2


def test_the_plan_is_told_whole_and_filtered(capsys: pytest.CaptureFixture[str]) -> None:
    execute(["wp", "add", "WP1", "Plan", "--from", "1", "--to", "24", "--amount", "1000"])
    execute(["deliverable", "add", "D1.1", "Book", "--due", "2026-11-01", "--wp", "WP1"])
    execute(["milestone", "add", "MS1", "Half-way"])
    rows = answer(capsys, "wp", "plan")
    assert [row["code"] for row in rows] == ["WP1", "D1.1", "MS1"]
    assert [*rows[0]][:7] == [*answer(capsys, "wp", "list")[0]]
    assert len({tuple(row) for row in rows}) == 1
    assert (rows[0]["deliverables_late"], rows[1]["late"], rows[2]["due"]) == (1, True, None)
    late = answer(capsys, "wp", "plan", "is:late")
    assert [row["code"] for row in late] == ["D1.1"]
    assert execute(["wp", "plan", "--today", "2026-11-22"]) == 0
    text = capsys.readouterr().out
    assert "  D1.1" in text
    assert "21 d late" in text
    assert execute(["wp", "plan", "stat:open"]) == 2


def test_deliverables_are_reviewed_until_a_day_and_published_somewhere(
    capsys: pytest.CaptureFixture[str],
) -> None:
    execute(["wp", "add", "WP1"])
    execute(["deliverable", "add", "D1", "--due", "M12"])
    execute(["deliverable", "add", "D2"])
    answer(capsys, "deliverable", "review", "D1", "--by", "fri")
    assert answer(capsys, "deliverable", "show", "D1")["review_due"] == "2026-11-27"
    answer(capsys, "deliverable", "publish", "D1", "--at", "https://x.org", "--languages", "EN")
    shown = answer(capsys, "deliverable", "show", "D1")
    assert (shown["state"], shown["published_at"]) == ("published", "https://x.org")
    assert execute(["deliverable", "publish", "D1", "D2", "--at", "https://x.org"]) == 2
    moved = answer(capsys, "deliverable", "move", "D1", "D2", "--below", "WP1")
    assert [row["work_unit"] for row in moved] == ["WP1", "WP1"]
    assert answer(capsys, "deliverable", "postpone", "D1", "--by", "1m")["due_month"] == 13
    assert answer(capsys, "deliverable", "postpone", "D2", "--by", "1m", code=1) is None
    execute(["milestone", "add", "MS1", "--due", "2026-12-01"])
    assert answer(capsys, "milestone", "postpone", "MS1", "--by", "1w")["due"] == "2026-12-08"
