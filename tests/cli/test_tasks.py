"""Tasks on the command line: the letter of the contract."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.cli.main import execute
from ka2tui.operations import partners, projects, work_units
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Contact

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

KEYS = ["id", "code", "title", "state", "due", "priority", "assignee", "work_unit", "tags"]
HOSTILE = "[/] [@click=app.bell]x[/] --due tomorrow #no @no %s {0} =1+1"


@operation("Add Zofia")
def _zofia(session: Session, project: int, partner: int) -> None:
    session.add(Contact(project_id=project, partner_id=partner, name="Zofia Nowak"))


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run a command on a project with partner ULODZ, Zofia and WP2; give its JSON."""
    file = str(tmp_path / "ka2tui.db")
    portfolio = Portfolio.open(file, actor="Ana")
    project = portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=date(2026, 11, 22)
    ).value
    lodz = portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ").value
    portfolio.do(_zofia, project, lodz)
    portfolio.do(work_units.add, project, "WP2", "Handbook")
    portfolio.close()

    def run(*argv: str, code: int = 0) -> Any:
        capsys.readouterr()
        head = ["--db", file, "--today", "2026-11-22"]
        assert execute([*head, *argv, "--json"]) == code
        out, err = capsys.readouterr()
        if code:
            assert out == ""
            return err
        return json.loads(out)

    return run


def test_a_task_is_added_with_everything_the_contract_names(run: Callable[..., Any]) -> None:
    made = run(
        *("task", "add", HOSTILE, "--due", "2026-12-01", "--wp", "wp2", "--assignee", "ulodz"),
        *("--priority", "high", "--tag", "tpm", "--tag", "urgent"),
    )
    assert list(made) == KEYS
    assert made == {
        "id": 1,
        "code": None,
        "title": HOSTILE,
        "state": "open",
        "due": "2026-12-01",
        "priority": "high",
        "assignee": "ULODZ",
        "work_unit": "WP2",
        "tags": ["tpm", "urgent"],
    }
    assert run("task", "list") == [made]


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("fri", "2026-11-27"),
        ("+2w", "2026-12-06"),
        ("M18", "2027-03-31"),
        ("23", "2026-11-23"),
        ("1.12.2026", "2026-12-01"),
        ("Feb 2027", "2027-02-28"),
    ],
)
def test_dates_are_read_as_people_write_them(run: Callable[..., Any], said: str, due: str) -> None:
    assert run("task", "add", "Send", "--due", said)["due"] == due


def test_what_is_done_or_cancelled_is_listed_with_all(run: Callable[..., Any]) -> None:
    for title in "ABC":
        run("task", "add", title)
    run("task", "finish", "1")
    run("task", "cancel", "2")
    assert [row["title"] for row in run("task", "list")] == ["C"]
    rows = run("task", "list", "--all")
    assert [(row["title"], row["state"]) for row in rows] == [
        ("A", "done"),
        ("B", "cancelled"),
        ("C", "open"),
    ]


def test_a_filter_is_words_in_code_and_title(run: Callable[..., Any]) -> None:
    run("task", "add", "Visit Łódź", "--code", "T2.3", "--notes", "bus")
    run("task", "add", "Stay at home")
    assert [row["code"] for row in run("task", "list", "LODZ", "visit")] == ["T2.3"]
    assert [row["code"] for row in run("task", "list", "t2.3")] == ["T2.3"]
    assert run("task", "list", "bus") == []


def test_one_id_answers_one_task_and_several_a_list_in_one_step(
    run: Callable[..., Any],
) -> None:
    run("task", "add", "A", "--code", "T1")
    run("task", "add", "B")
    assert run("task", "start", "t1")["state"] == "doing"
    assert [row["state"] for row in run("task", "wait", "T1", "2")] == ["waiting", "waiting"]
    assert [row["state"] for row in run("task", "finish", "2", "T1")] == ["done", "done"]
    assert [row["state"] for row in run("task", "reopen", "2", "T1")] == ["open", "open"]
    assert run("history")[0]["label"] == "Reopen 2 tasks"
    run("undo")
    assert run("task", "list") == []


@pytest.mark.parametrize(
    ("argv", "due"),
    [
        (["--by", "1w"], "2026-12-08"),
        (["--by", "3d"], "2026-12-04"),
        (["--by", "1m"], "2027-01-01"),
        (["--by", "-1d"], "2026-11-30"),
        (["--to", "2027-02-01"], "2027-02-01"),
        (["--to", "M18"], "2027-03-31"),
    ],
)
def test_tasks_are_put_off_by_a_step_or_to_a_date(
    run: Callable[..., Any], argv: list[str], due: str
) -> None:
    run("task", "add", "Send", "--due", "2026-12-01")
    assert run("task", "postpone", "1", *argv)["due"] == due


def test_tasks_are_handed_to_a_partner_a_person_or_nobody(run: Callable[..., Any]) -> None:
    run("task", "add", "Send")
    assert run("task", "assign", "1", "--to", "ULODZ")["assignee"] == "ULODZ"
    assert run("task", "assign", "1", "--to", "zofia nowak")["assignee"] == "Zofia Nowak"
    assert run("task", "assign", "1", "--to", "nobody")["assignee"] is None
    assert "no person of this name either" in run("task", "assign", "1", "--to", "X", code=1)
    assert run("task", "assign", "1", "--to", "zof")["assignee"] == "Zofia Nowak"
    run("task", "assign", "1", "--to", "nobody")
    assert run("task", "assign", "1", "--to", "NOWAK")["assignee"] == "Zofia Nowak"
    run("contact", "add", "Zofka Lis")
    several = run("task", "assign", "1", "--to", "zof", code=1)
    assert "zof could be Zofia Nowak or Zofka Lis: write more of it." in several
    run("contact", "remove", "zofka", code=1)  # who is removed or forgotten is named in full


def test_an_edit_sets_and_clears_fields(run: Callable[..., Any]) -> None:
    run("task", "add", "Send", "--due", "2026-12-01", "--tag", "a", "--assignee", "ULODZ")
    row = run("task", "edit", "1", "--title", "Send all", "--due", "", "--tag", "b", "--code", "T9")
    assert (row["title"], row["due"], row["tags"], row["code"]) == ("Send all", None, ["b"], "T9")
    row = run("task", "edit", "T9", "--assignee", "", "--priority", "low", "--tag", "")
    assert (row["assignee"], row["priority"], row["tags"]) == (None, "low", [])
    assert "what to change" in run("task", "edit", "T9", code=2)


def test_show_tells_everything(run: Callable[..., Any]) -> None:
    run("task", "add", "Handbook", "--due", "M14")
    run(
        *("task", "add", "Chapter", "--parent", "1", "--effort", "2d", "--repeat", "monthly"),
        *("--start", "2026-11-20", "--notes", "two\nlines", "--phase", "implementation"),
    )
    seen = run("task", "show", "2")
    assert list(seen)[: len(KEYS)] == KEYS
    assert (seen["effort_minutes"], seen["recurrence"], seen["notes"]) == (
        960,
        "FREQ=MONTHLY",
        "two\nlines",
    )
    assert (seen["parent"]["title"], seen["start"], seen["phase"]) == (
        "Handbook",
        "2026-11-20",
        "implementation",
    )
    seen = run("task", "show", "1")
    assert (seen["due"], seen["due_month"], seen["due_precision"]) == ("2026-11-30", 14, "month")
    assert [each["title"] for each in seen["subtasks"]] == ["Chapter"]


def test_removing_answers_what_was_removed(run: Callable[..., Any]) -> None:
    run("task", "add", "Send")
    assert run("task", "remove", "1")["title"] == "Send"
    assert "no task 1" in run("task", "show", "1", code=1)


@pytest.mark.parametrize(
    ("argv", "code", "sentence"),
    [
        (["add", "x", "--due", "soon"], 2, "not a date"),
        (["add", "x", "--effort", "much"], 2, "not an effort"),
        (["add", "x", "--repeat", "often"], 2, "how often"),
        (["add", "x", "--wp", "WP9"], 1, "no work package or activity WP9"),
        (["add", "  "], 1, "needs a title"),
        (["postpone", "1"], 2, "either how far with --by, or until when with --to"),
        (["postpone", "1", "--by", "1w", "--to", "fri"], 2, "either how far"),
        (["postpone", "1", "--by", "often"], 2, "not a stretch of time"),
        (["postpone", "1", "--by", "1w"], 1, "has no date yet"),
        (["finish", "T99"], 1, "no task T99"),
        (["reopen", "1"], 1, "still open"),
        (["edit", "1", "--code", "T1"], 1, "T1 is already the code of “Other”"),
    ],
)
def test_what_cannot_be_is_said_on_stderr_alone(
    run: Callable[..., Any], argv: list[str], code: int, sentence: str
) -> None:
    run("task", "add", "Send")
    run("task", "add", "Other", "--code", "T1")
    assert sentence in run("task", *argv, code=code)


def test_for_people_a_list_is_a_table_and_a_change_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = ["--db", str(tmp_path / "k.db"), "--today", "2026-11-22"]
    execute([*head, "project", "new", "SOLARIS"])
    execute([*head, "task", "add", "Łódź visit", "--due", "2026-11-20", "--priority", "high"])
    execute([*head, "task", "add", "\x1b[31mred", "--repeat", "weekly", "--due", "2026-11-23"])
    capsys.readouterr()
    execute([*head, "task", "list"])
    out = capsys.readouterr().out
    assert "▲ Łódź visit" in out
    assert "2 d late" in out
    assert "tomorrow" in out
    assert "\x1b" not in out
    execute([*head, "task", "finish", "2"])
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "Finish “␛[31mred”",
        "Comes again Mon 30 Nov: ␛[31mred (id 3)",
    ]
    execute([*head, "task", "show", "3"])
    assert "repeats   every week" in capsys.readouterr().out
