"""Papers, messages and reminders on the command line."""

from __future__ import annotations

import email
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "projects.db", capsys)
    made.text("project", "new", "SOLARIS", "--start", "2026-10-01", "--months", "24")
    made.text("partner", "add", "Universidad", "--acronym", "UA", "--role", "coordinator")
    made.text("partner", "add", "Kentro", "--acronym", "KMOP", "--country", "EL")
    made.text("contact", "add", "Ana", "--partner", "UA", "--email", "ana@ua.example.org")
    made.text("contact", "add", "Żaneta", "--partner", "KMOP", "--email", "z@kmop.example.org")
    made.text("task", "add", "Greek =1+1 [red]", "--assignee", "KMOP", "--due", "2026-11-02")
    return made


def test_a_paper_goes_from_asked_to_checked(line: Line) -> None:
    asked = line.json("partner", "paper", "KMOP", "accession", "asked", "--on", "2026-11-03")
    assert (asked["partner"], asked["state"], asked["asked_on"]) == (
        "KMOP",
        "asked",
        "2026-11-03",
    )
    assert asked["missing"] is True
    assert "Accession form of KMOP: checked" in line.text(
        "partner", "paper", "kmop", "Access", "checked"
    )
    rows = line.json("partner", "papers", "KMOP")
    found = next(row for row in rows if row["paper"] == "accession")
    assert (found["received_on"], found["checked_on"]) == ("2026-11-22", "2026-11-22")
    line.text("undo")
    assert "asked" in line.text("partner", "papers")


def test_the_agreement_is_that_of_the_partner(line: Line) -> None:
    line.text("partner", "paper", "KMOP", "agreement", "received")
    assert line.json("partner", "show", "KMOP")["agreement"] == "signed"


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("paper", "KMOP", "passport", "asked"), 1, "does not ask for a paper passport"),
        (("paper", "KMOP", "bank", "lost"), 2, "lost"),
        (("paper", "KMOP", "bank", "asked", "--on", "2026-12-24"), 2, "is still to come"),
        (("paper", "KMOP", "number", "checked"), 1, "Enter the number"),
        (("heard", "KMOP", "hello", "--on", "tomorrow"), 1, "still to come"),
        (("heard", "KMOP", "--by", "pigeon"), 2, "pigeon"),
        (("heard", "NOBODY"), 1, "no partner NOBODY"),
        (("heard", "KMOP", "--edit", "7", "hello"), 1, "no message 7 with KMOP"),
        (("heard", "KMOP", "--remove", "7"), 1, "no message 7 with KMOP"),
        (("chase",), 2, "Name the partners"),
        (("chase", "KMOP", "--all"), 2, "Name the partners"),
        (("chase", "UA"), 1, "is the coordinator"),
        (("chase", "KMOP", "-o", "letter.docx"), 2, ".eml, .txt or .md"),
        (("chase", "KMOP", "--to", "Ana"), 1, "nobody of KMOP"),
        (("chase", "KMOP", "--tone", "angry"), 2, "angry"),
    ],
)
def test_what_cannot_be_gets_a_sentence(
    line: Line, argv: tuple[str, ...], code: int, said: str
) -> None:
    found, err = line.error("partner", *argv)
    assert found == code
    assert said in err


def test_somebody_is_heard_from(line: Line) -> None:
    told = line.json("partner", "heard", "KMOP", "--by", "call", "--on", "2026-11-03", "on it")
    assert (told["channel"], told["direction"], told["day"], told["text"]) == (
        *("call", "in", "2026-11-03", "on it"),
    )
    (_, kmop) = line.json("partner", "list")
    assert (kmop["heard_by"], kmop["silent_days"]) == ("call", 19)
    assert "silent 19 days, last: call on 3 Nov" in line.text("partner", "show", "KMOP")
    assert "on it" in line.text("partner", "messages", "KMOP")
    line.text("undo")
    assert line.json("partner", "messages") == []


def test_what_was_noted_is_changed_or_taken_away(line: Line) -> None:
    first = line.json("partner", "heard", "KMOP", "on it")["id"]
    line.text("partner", "heard", "UA", "hello")
    at = ("partner", "heard", "KMOP")
    told = line.json(*at, "not yet", "--by", "call", "--contact", "Żan", "--edit", str(first))
    assert (told["id"], told["text"], told["channel"], told["contact"], told["day"]) == (
        *(first, "not yet", "call", "Żaneta", "2026-11-22"),
    )
    assert line.json(*at, "--contact", "", "--edit", str(first))["contact"] is None
    for argv in ([], ["--on", "tomorrow"], ["--on", "M2", "--remove", "1"]):
        assert line.error(*at, *argv, "--edit", str(first))[0] in (1, 2)
    assert line.error("partner", "heard", "UA", "--remove", str(first))[0] == 1
    assert line.json(*at, "--remove", str(first))["text"] == "not yet"
    assert [one["text"] for one in line.json("partner", "messages")] == ["hello"]
    line.text("undo")
    assert len(line.json("partner", "messages")) == 2


def test_a_reminder_is_printed_and_noted(line: Line) -> None:
    out = line.text("partner", "chase", "KMOP")
    assert out.startswith("To: Żaneta <z@kmop.example.org>\nSubject: ")
    assert "Greek =1+1 [red]" in out
    assert "20 days" in out
    again = line.json("partner", "chase", "KMOP")
    assert "Already chased today" in line.err
    assert (again["tone"], again["unanswered"], again["last_chased"]) == (
        *("clear", 1, "2026-11-22"),
    )
    assert again["warning"]
    assert line.json("partner", "chase", "KMOP", "--no-log")["logged"] is False
    sent = line.json("partner", "messages")
    assert [(one["chase"], one["tone"]) for one in sent] == [(True, "clear"), (True, "friendly")]
    assert "Chase KMOP (clear)" in line.text("undo")


def test_a_reminder_is_a_draft_a_text_or_markdown(line: Line, tmp_path: Path) -> None:
    draft = tmp_path / "r.eml"
    told = line.json("partner", "chase", "KMOP", "--tone", "formal", "-o", str(draft))
    assert told["file"] == str(draft)
    message = email.message_from_bytes(draft.read_bytes(), policy=default)
    assert message["X-Unsent"] == "1"
    assert message["To"].addresses[0].display_name == "Żaneta"
    code, err = line.error("partner", "chase", "KMOP", "-o", str(draft))
    assert code == 1
    assert "already: add --force to replace it." in err
    assert len(line.json("partner", "messages")) == 1
    line.text("partner", "chase", "KMOP", "-o", str(draft), "--force")
    for name, begins in (("r.txt", "To: "), ("r.md", "# ")):
        line.text("partner", "chase", "KMOP", "-o", str(tmp_path / name), "--no-log")
        assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_all_that_owe_something_are_chased_at_once(line: Line, tmp_path: Path) -> None:
    line.text("partner", "add", "Good one", "--acronym", "GOOD")
    folder = tmp_path / "out"
    told = line.json("partner", "chase", "--all", "-o", str(folder))
    assert [one["partner"] for one in told] == ["KMOP"]
    assert [path.suffix for path in folder.iterdir()] == [".eml"]
    code, _ = line.error("partner", "chase", "--all", "-o", str(folder), "--tone", "friendly")
    assert code == 1
    assert len(line.json("partner", "messages")) == 1
    many = line.json("partner", "chase", "KMOP", "GOOD", "-o", str(tmp_path / "b"), "--no-log")
    assert [one["late"] for one in many] == [1, 0]
    assert "asks for an update" in line.err
    line.text("task", "finish", "1")
    assert line.text("partner", "chase", "--all").startswith("Nobody owes anything")


def test_people_of_nobody_work_somewhere(line: Line) -> None:
    made = line.json("contact", "add", "Irene", "--organisation", "SEPIE", "--role", "Officer")
    assert (made["partner"], made["organisation"]) == (None, "SEPIE")
    assert "SEPIE" in line.text("contact", "list")
