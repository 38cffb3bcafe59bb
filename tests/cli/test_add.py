"""A task in one line on the command line: the grammar of the app, and a literal twin."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.cli.main import execute
from ka2tui.operations import contacts, partners, projects, tasks, work_units
from ka2tui.store.portfolio import Portfolio
from tests.copied import filled_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEYS = ["id", "code", "title", "state", "due", "priority", "assignee", "work_unit", "tags"]
LINE = "Send minutes @ulo due:+2w wp:2 !high #tpm every month until M24 needs:T1"


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    """A project with ULODZ, Zofia, WP2 and the task T1."""
    place = str(tmp_path / "ka2tui.db")
    portfolio = Portfolio.open(place, actor="Ana")
    project = portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=date(2026, 11, 22)
    ).value
    lodz = portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ").value
    portfolio.do(contacts.add, project, "Zofia Nowak", partner_id=lodz)
    portfolio.do(work_units.add, project, "WP2", "Handbook")
    portfolio.do(tasks.add, project, "Collect lists", code="T1")
    portfolio.close()
    return place


@pytest.fixture
def run(file: str, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run a command; give what it says on stdout and stderr."""

    def run(*argv: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert execute(["--db", file, "--today", "2026-11-22", *argv]) == code
        return capsys.readouterr()

    return run


def as_json(run: Callable[..., Any], *argv: str) -> Any:
    return json.loads(run(*argv, "--json").out)


def test_a_line_becomes_a_task_in_the_shape_of_the_contract(run: Callable[..., Any]) -> None:
    made = as_json(run, "add", LINE)
    assert list(made) == [*KEYS, "understood"]
    assert [made[key] for key in KEYS[2:]] == [
        *("Send minutes", "open", "2026-12-06", "high", "ULODZ", "WP2", ["tpm"]),
    ]
    said = made["understood"]
    assert said["said"]["due"] == "Sun 6 Dec 2026, in 14 days"
    assert said["recurrence"] == "FREQ=MONTHLY;UNTIL=20270930"
    assert said["needs"] == ["T1"]
    assert said["parts"][0] == {
        "start": 13,
        "end": 17,
        "text": "@ulo",
        "as": "who",
        "said": "ULODZ",
    }
    shown = as_json(run, "task", "show", str(made["id"]))
    assert [each["code"] for each in shown["waits_for"]] == ["T1"]


def test_words_need_no_quotation_marks(run: Callable[..., Any]) -> None:
    made = as_json(run, "add", "Ask", "@Zofia Nowak", "about", "it", "by", "fri")
    assert [made["title"], made["assignee"], made["due"]] == [
        *("Ask about it", "Zofia Nowak", "2026-11-27"),
    ]


def test_people_read_what_was_understood_and_what_was_not(run: Callable[..., Any]) -> None:
    said = run("add", "Send minutes @XY due:fri")
    assert said.out.splitlines() == [
        "Add task “Send minutes @XY”",
        "  due       Fri 27 Nov 2026, in 5 days",
    ]
    assert said.err == "@XY: no partner or person has this name; it stays in the title.\n"


def test_one_line_is_one_step_back(run: Callable[..., Any]) -> None:
    run("add", LINE)
    assert "Undone: Add task “Send minutes”" in run("undo").out
    assert [task["code"] for task in as_json(run, "task", "list")] == ["T1"]


def test_a_dry_run_only_tells(run: Callable[..., Any]) -> None:
    assert "Would add task “Send minutes”" in run("add", "--dry-run", LINE).out
    told = as_json(run, "add", "--dry-run", LINE)
    assert told["id"] is None
    assert [told["title"], told["due"], told["priority"], told["assignee"]] == [
        *("Send minutes", "2026-12-06", "high", "ULODZ"),
    ]
    assert len(as_json(run, "task", "list")) == 1


def test_a_line_without_a_title_is_refused(run: Callable[..., Any]) -> None:
    said = run("add", "@ULODZ", "due:fri", code=1)
    assert said.out == ""
    assert said.err.startswith("What is to be done?")
    assert len(as_json(run, "task", "list")) == 1
    run("add", code=2)


def test_the_title_of_task_add_stays_literal(run: Callable[..., Any]) -> None:
    assert as_json(run, "task", "add", LINE)["title"] == LINE
