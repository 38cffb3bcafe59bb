"""Filters on the command line: on every list, explained, kept under a name."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.cli.main import execute
from ka2tui.domain.kinds import MeetingKind
from ka2tui.operations import (
    contacts,
    deliverables,
    dependencies,
    meetings,
    partners,
    projects,
    tasks,
)
from ka2tui.operations import work_units as units
from ka2tui.store.portfolio import Portfolio
from tests.copied import filled_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 11, 22)


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    """A project with two partners, WP2 with A2.1, and a few tasks."""
    place = str(tmp_path / "ka2tui.db")
    portfolio = Portfolio.open(place, actor="Ana")
    project = portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=TODAY
    ).value
    ou = portfolio.do(partners.add, project, "Open University", acronym="OU").value
    portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ", country="PL")
    ana = portfolio.do(contacts.add, project, "Ana", partner_id=ou).value
    wp2 = portfolio.do(units.add, project, "WP2", "Handbook").value
    part = portfolio.do(units.add, project, "A2.1", "Pilot", values={"parent_id": wp2}).value
    portfolio.do(
        tasks.add, project, "Draft", due=date(2026, 11, 18), work_unit_id=wp2, contact_id=ana
    )
    portfolio.do(tasks.add, project, "Test", due=date(2026, 12, 1), work_unit_id=part)
    portfolio.do(tasks.add, project, "Sign", due=date(2026, 12, 20), partner_id=ou)
    portfolio.do(dependencies.link, 3, 2)
    done = portfolio.do(tasks.add, project, "Begin", due=date(2026, 11, 20)).value
    portfolio.do(tasks.finish, [done], today=TODAY)
    portfolio.do(deliverables.add, project, "D2.1", "Guide", values={"due": date(2026, 11, 1)})
    portfolio.do(
        meetings.add, project, "Kick-off", kind=MeetingKind.KICK_OFF, day=date(2025, 10, 20)
    )
    portfolio.close()
    return place


@pytest.fixture
def run(file: str, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run a command; give its JSON, or what it says where its code is another one than 0."""

    def run(*argv: str, code: int = 0, text: bool = False) -> Any:
        capsys.readouterr()
        head = ["--db", file, "--today", "2026-11-22", "--actor", "Ana"]
        assert execute([*head, *argv, *([] if text else ["--json"])]) == code
        out, err = capsys.readouterr()
        if code:
            assert out == ""
            return err
        return out if text else json.loads(out)

    return run


def titles(rows: list[dict[str, Any]]) -> list[str]:
    return [row["title"] for row in rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wp:2", ["Draft", "Test"]),
        ("wp:2 and due<+14d", ["Draft", "Test"]),
        ("is:late", ["Draft"]),
        ("@OU or is:late", ["Draft", "Sign"]),
        ("@me", ["Draft"]),
        ("state:done", ["Begin"]),
        ("due:M15", ["Test", "Sign"]),
        ("not wp:2", ["Sign"]),
        ("is:blocked", ["Sign"]),
        ("is:blocking", ["Test"]),
        ("urgency>0 is:late", ["Draft"]),
        ("urgency<-999", []),
        ("ou", []),  # plain words are looked for in code and title
    ],
)
def test_tasks_are_listed_by_a_filter(run: Callable[..., Any], text: str, found: list[str]) -> None:
    assert titles(run("task", "list", text)) == found
    assert titles(run("task", "list", *text.split())) == found


@pytest.mark.parametrize(
    ("noun", "text", "found"),
    [
        ("partner", "country:poland", ["ULODZ"]),
        ("partner", "country:PL", ["ULODZ"]),
        ("wp", "kind:activity", ["A2.1"]),
        ("deliverable", "is:late", ["D2.1"]),
        ("deliverable", "not is:late", []),
    ],
)
def test_every_list_has_its_filter(
    run: Callable[..., Any], noun: str, text: str, found: list[str]
) -> None:
    rows = run(noun, "list", text)
    assert [row.get("code") or row["acronym"] for row in rows] == found


def test_lists_without_codes_have_theirs_too(run: Callable[..., Any]) -> None:
    assert titles(run("meeting", "list", "is:past kick")) == ["Kick-off"]
    assert run("meeting", "list", "is:coming") == []
    assert [row["name"] for row in run("contact", "list", "partner:OU")] == ["Ana"]
    assert run("milestone", "list", "is:late") == []
    assert [row["acronym"] for row in run("project", "list", "sol")] == ["SOLARIS"]
    assert run("project", "list", "is:over") == []
    assert run("meeting", "list", "is:coming", text=True) == "Nothing fits this filter.\n"


def test_a_bad_filter_is_pointed_at(run: Callable[..., Any]) -> None:
    assert run("task", "list", "wp:2 stat:open", code=2) == (
        "There is no field “stat” (column 6). Did you mean state?\n  wp:2 stat:open\n       ^^^^\n"
    )
    said = run("meeting", "list", "Łódź 会議 is:lat", code=2)
    assert said.splitlines()[2].index("^") == 2 + len("Łódź 会議 is:") + 2  # two cells a sign
    assert run("filter", "explain", "due:32.1.2027", code=2).startswith("“32.1.2027”")
    assert "at most 1000 characters" in run("task", "list", "a" * 2000, code=2)


def test_a_filter_is_explained_with_its_dates(run: Callable[..., Any]) -> None:
    text = "state:open and (wp:2 or @OU) and due<+14d"
    said = (
        "State is open (not begun; is:open has those in work too), "
        "and (work package is WP2 (with A2.1) or who is OU (with Ana)), and due "
        "before Sun 6 Dec 2026 (in 14 days)"
    )
    assert run("filter", "explain", text, text=True) == f"{said}\n"
    assert run("filter", "explain", text) == {"list": "task", "text": text, "explanation": said}
    other = run("filter", "explain", "--list", "partner", "role:coordinator")
    assert other["explanation"] == "Role is coordinator"


def test_a_saved_filter_is_used_renamed_and_removed(run: Callable[..., Any]) -> None:
    made = run("filter", "save", "Handbook", "wp:2")
    assert made == {"id": made["id"], "list": "task", "name": "Handbook", "text": "wp:2"}
    assert run("filter", "list") == [made]
    assert titles(run("task", "list", "--filter", "handbook")) == ["Draft", "Test"]
    assert titles(run("task", "list", "--filter", "Handbook", "is:late")) == ["Draft"]
    assert run("filter", "show", "Handbook")["explanation"] == "Work package is WP2 (with A2.1)"
    assert run("filter", "save", "HANDBOOK", "wp:2 is:late")["id"] == made["id"]
    assert titles(run("task", "list", "--filter", "handbook")) == ["Draft"]
    assert run("filter", "rename", "handbook", "Book")["name"] == "Book"
    assert run("filter", "remove", "Book")["name"] == "Book"
    assert run("filter", "list") == []
    assert run("undo")
    assert [row["name"] for row in run("filter", "list", "--list", "task")] == ["Book"]
    assert run("history")[1]["label"] == "Remove the filter Book"


def test_history_has_its_filter_too(run: Callable[..., Any]) -> None:
    assert [row["label"] for row in run("history", "kind:do what:partner")] == [
        "Add partner ULODZ",
        "Add partner OU",
    ]
    assert len(run("history", "--limit", "1", "who:ana day:any")) == 1
    assert run("history", "who:nobody") == []
    assert "There is no field “whom”" in run("history", "whom:ana", code=2)


def test_ours_can_be_named_as_well(run: Callable[..., Any]) -> None:
    assert titles(run("task", "list", "--filter", "late")) == ["Draft"]


def test_what_is_said_of_filters_that_cannot_be(run: Callable[..., Any]) -> None:
    assert "There is no task filter “lat”. Did you mean Late?" in run(
        "task", "list", "--filter", "lat", code=2
    )
    assert "There is no field" in run("filter", "save", "X", "stat:open", code=2)
    assert run("filter", "save", "All", "is:late", code=1).startswith("All is the name")
    assert run("filter", "save", " ", "is:late", code=1) == "A filter needs a name.\n"
    assert run("filter", "save", "X", " ", code=1).startswith("There is no filter to save")
    assert "There is no task filter" in run("filter", "remove", "none", code=1)
    run("filter", "save", "A", "is:late")
    run("filter", "save", "B", "is:soon")
    assert "There is a filter “b” already" in run("filter", "rename", "A", "b", code=1)
