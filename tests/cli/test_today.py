"""Today on the command line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.cli.main import execute
from ka2tui.operations import projects
from ka2tui.queries.due_items import Item
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Deliverable, Meeting
from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session


@operation("Plan")
def _plan(session: Session, project: int) -> None:
    session.add_all(
        [
            Deliverable(project_id=project, code="D2.3", title="Guide", due=date(2026, 11, 21)),
            Meeting(
                project_id=project,
                title="TPM3 Kraków",
                kind="tpm",
                day=date(2026, 12, 3),
                starts_at=datetime(2026, 12, 3, 8, 30, tzinfo=UTC),
                zone="Europe/Warsaw",
                place="Kraków",
            ),
        ]
    )


@pytest.fixture
def head(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    file = str(tmp_path / "k.db")
    portfolio = Portfolio.open(file, actor="Ana")
    project = portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=date(2026, 11, 22)
    ).value
    portfolio.do(_plan, project)
    portfolio.close()
    head = ["--db", file, "--today", "2026-11-22"]
    for title, due in (("Late", "2026-11-20"), ("Soon", "2026-11-29"), ("Later", "2026-12-20")):
        execute([*head, "task", "add", title, "--due", due])
    execute([*head, "task", "wait", "1"])
    capsys.readouterr()
    return head


def test_the_answer_has_the_keys_of_the_contract(
    head: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute([*head, "today", "--json"]) == 0
    seen: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (seen["date"], seen["project"], seen["phase"]) == (
        "2026-11-22",
        "SOLARIS",
        "implementation",
    )
    assert [row["title"] for row in seen["overdue"]] == ["Late", "Guide"]
    assert [row["kind"] for row in seen["overdue"]] == ["task", "deliverable"]
    assert [row["title"] for row in seen["due_soon"]] == ["Soon"]
    assert {row["project"] for row in (*seen["overdue"], *seen["due_soon"])} == {"SOLARIS"}
    assert [(row["title"], row["waiting_since"]) for row in seen["waiting"]] == [
        ("Late", "2026-11-22")
    ]
    task_like = {"id", "code", "title", "state", "due", "priority", "assignee", "work_unit", "tags"}
    for row in (*seen["overdue"], *seen["due_soon"], *seen["waiting"]):
        assert task_like <= row.keys()
    meeting = seen["next_meeting"]
    assert (meeting["title"], meeting["kind"], meeting["zone"], meeting["place"]) == (
        "TPM3 Kraków",
        "tpm",
        "Europe/Warsaw",
        "Kraków",
    )
    assert meeting["start"] == "2026-12-03T09:30:00+01:00"


def test_the_day_decides_what_is_late(head: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert execute([*head[:2], "--today", "2026-12-21", "today", "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert [row["title"] for row in seen["overdue"]] == ["Late", "Guide", "Soon", "Later"]
    assert seen["next_meeting"] is None


def test_for_people_it_reads_like_a_note(
    head: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute([*head, "today"]) == 0
    out = capsys.readouterr().out
    assert "SOLARIS · Implementation · 22 November 2026" in out
    assert "Late\n  !     id 1  Late   2 d late\n  !  ◆  D2.3  Guide  1 d late" in out
    assert "Due within a week, 1 task later\n  ◷  id 2  Soon  Sun 29 Nov" in out
    assert "TPM3 Kraków · Thu 3 Dec, in 11 days · Kraków\n  09:30 Warsaw" in out


def test_who_is_waited_for_is_told_with_how_long(
    head: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute([*head, "today"]) == 0
    assert "Waiting for\n  ‖  somebody  Late  since today" in capsys.readouterr().out
    assert execute([*head[:2], "--today", "2026-12-21", "today"]) == 0
    assert "  ‖  somebody  Late  for 29 days" in capsys.readouterr().out


def test_a_deadline_that_has_passed_is_said_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = Line(tmp_path / "q.db", capsys)
    line.text(
        *("project", "new", "KLIMA", "--action", "KA220-SCH", "--call-year", "2025"),
        *("--coordinator", "KMOP", "--country", "GR"),
    )
    for command in (("phase", "list"), ("today",), ("project", "show")):
        said = line.text(*command)
        assert "1 Oct 2025 12:00 Brussels · 13:00 Athens" in said, command
        assert "The deadline has passed; nothing says that the application was handed in." in said
    line.text("project", "edit", "--submitted-on", "2025-09-30")
    assert "Brussels" not in line.text("phase", "list")


def test_a_letter_to_be_answered_stands_among_the_deadlines_by_its_day(
    head: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    letter = ("letter", "add", "Desk check", "--answer-by", "2026-11-28")
    assert execute([*head, *letter]) == 0
    capsys.readouterr()
    assert execute([*head, "today"]) == 0
    said = capsys.readouterr().out.partition("Deadlines\n")[2].partition("\n\n")[0].splitlines()
    assert said[0].startswith("  Answer: Desk check")
    assert len(said) > 1


def test_a_long_list_of_late_tasks_is_told_without_comparing_each_with_all(
    head: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def compared(*_: object) -> bool:
        raise AssertionError

    monkeypatch.setattr(Item, "__eq__", compared)
    assert execute([*head, "today"]) == 0
    out = capsys.readouterr().out
    assert [row.split()[0] for row in out.splitlines() if "Guide" in row or "Soon" in row] == [
        "!",
        "◷",
    ]
