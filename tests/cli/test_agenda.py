"""The agenda on the command line, of one project and of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    """Two projects: one that runs, one that is applied for."""
    line = Line(tmp_path / "new.db", capsys)
    line.run("project", "new", "SOLARIS", "--start", "2025-10-01", "--months", "24")
    line.run("--project", "SOLARIS", "project", "edit", "--interim-report-due", "2026-12-01")
    line.run("--project", "SOLARIS", "task", "add", "Łódź [red]", "--due", "2026-11-20")
    line.run("--project", "SOLARIS", "task", "add", "Soon", "--due", "2026-11-24")
    line.run("--project", "SOLARIS", "task", "add", "Far", "--due", "2026-12-20")
    line.run("project", "new", "KLIMA", "--application-deadline", "3 Dec 2026 12:00")
    line.run("--project", "KLIMA", "task", "add", "Ask", "--due", "2026-11-24")
    return line


def test_the_agenda_of_a_project_is_told_day_by_day(line: Line) -> None:
    out, _ = line.run("--project", "SOLARIS", "agenda")
    assert out.splitlines() == [
        "SOLARIS · 22 November 2026 to 5 December 2026",
        "",
        "Late",
        "  !     id 1  Łódź [red]                          2 d late",
        "",
        "Tue 24 Nov 2026, in 2 days",
        "  ·     id 2  Soon",
        "",
        "Tue 1 Dec 2026, in 9 days",
        "  ·  §        Interim report  from the agreement",
    ]
    assert "Nothing is due." in line.run("--project", "KLIMA", "agenda", "--days", "1")[0]


def test_all_projects_stand_in_one_list_and_each_line_names_its_own(line: Line) -> None:
    seen = line.json("agenda", "--all-projects", "--days", "30")
    assert (seen["project"], seen["date"], seen["last"]) == (None, "2026-11-22", "2026-12-21")
    assert [(it["kind"], it["project"], it["title"], it["late"]) for it in seen["items"]] == [
        ("task", "SOLARIS", "Łódź [red]", True),
        ("task", "SOLARIS", "Soon", False),
        ("task", "KLIMA", "Ask", False),
        ("deadline", "SOLARIS", "Interim report", False),
        ("deadline", "KLIMA", "Application", False),
        ("task", "SOLARIS", "Far", False),
    ]
    application = seen["items"][4]
    assert (application["start"], application["zone"]) == (
        "2026-12-03T12:00:00+01:00",
        "Europe/Brussels",
    )
    out, _ = line.run("agenda", "--all-projects")
    assert "12:00 Brussels" in out


def test_today_of_all_projects(line: Line) -> None:
    seen = line.json("today", "--all-projects")
    assert (seen["project"], seen["phase"], seen["phases"]) == (None, None, [])
    assert {row["project"] for row in seen["overdue"] + seen["due_soon"]} == {"SOLARIS", "KLIMA"}
    assert {row["project"] for row in seen["deadlines"]} == {"SOLARIS", "KLIMA"}
    out, _ = line.run("today", "--all-projects")
    assert out.startswith("All projects · 22 November 2026")
    assert "KLIMA: Application" in out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("agenda",), "Which project?"),
        (("agenda", "--all-projects", "--days", "0"), "0 is no whole number from 1 to 3660"),
        (("agenda", "--all-projects", "--days", "many"), "many"),
    ],
)
def test_what_cannot_be_asked_is_told(line: Line, argv: tuple[str, ...], said: str) -> None:
    _, err = line.run(*argv, code=2)
    assert said in err
