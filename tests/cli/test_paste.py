"""Rows from a spreadsheet on the command line."""

from __future__ import annotations

import io
import json
import shutil
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.cli.main import execute
from ka2tui.exchange import clipboard, copied
from ka2tui.exchange.cells import Frame
from ka2tui.operations import pasting
from ka2tui.queries import (
    deliverables,
    dissemination,
    indicators,
    meetings,
    milestones,
    payments,
)
from ka2tui.queries import pasting as pasting_views
from ka2tui.store.portfolio import Portfolio

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)
ROWS = "Task\tDeadline\nSend minutes\t3 Dec 2026\nBook rooms\t12.3.2027\n"


class Line:
    """The command line with a database of its own."""

    def __init__(
        self, place: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
    ) -> None:
        self.place, self.capsys, self.patch = place, capsys, patch
        self.run("project", "new", "SOL", "--title", "Sol", "--start", "2026-09-01")

    def run(self, *words: str, stdin: str = "") -> tuple[int, str, str]:
        given = io.TextIOWrapper(io.BytesIO(stdin.encode()))
        self.patch.setattr(sys, "stdin", given)
        code = execute(["--db", str(self.place), "--today", "2026-11-22", *words])
        out, err = self.capsys.readouterr()
        return code, out, err


@pytest.fixture
def line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Line:
    return Line(tmp_path / "p.db", capsys, monkeypatch)


def titles(line: Line) -> list[str]:
    return [it["title"] for it in json.loads(line.run("task", "list", "--json")[1])]


def test_rows_are_added_and_taken_back_at_once(line: Line) -> None:
    code, out, err = line.run("paste", "tasks", stdin=ROWS)
    assert (code, err) == (0, "")
    assert "2 added" in out
    assert titles(line) == ["Send minutes", "Book rooms"]
    assert "Paste 2 tasks" in line.run("undo")[1]
    assert titles(line) == []


def test_lines_of_a_log_are_what_they_are_called(line: Line) -> None:
    code, out, _ = line.run("paste", "decisions", "--json", stdin="Use Moodle\nMeet online\n")
    assert code == 0
    assert json.loads(out)["doubtful"] == []
    found = json.loads(line.run("search", "moodle", "--json")[1])
    assert [hit["kind"] for hit in found] == ["decision"]
    _, out, _ = line.run("paste", "log", "--json", stdin="No ink\n")
    assert "an issue" in json.loads(out)["doubtful"][0]["reason"]


def test_a_dry_run_changes_nothing(line: Line) -> None:
    assert "2 would be added" in line.run("paste", "--dry-run", stdin=ROWS)[1]
    assert titles(line) == []


def test_a_copied_list_pasted_again_is_the_same(line: Line) -> None:
    line.run("paste", stdin=ROWS)
    copied = line.run("task", "list", "--tsv")[1]
    assert copied.splitlines()[0].startswith("id\tcode\ttitle")
    assert "0 added, 0 changed; 2 are the same" in line.run("paste", stdin=copied)[1]


def test_an_error_names_its_row_and_skipping_it_takes_the_rest(line: Line) -> None:
    bad = ROWS + "Never\t31.2.2027\n"
    code, _, err = line.run("paste", stdin=bad)
    assert code == 1
    assert "row 4" in err
    assert "February 2027 has 28 days" in err
    assert "--skip-errors" in err
    assert titles(line) == []
    assert "1 left out" in line.run("paste", "--skip-errors", stdin=bad)[1]
    assert len(titles(line)) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("paste", "taks"), "Did you mean task?"),
        (("paste", "--column", "Nix=due"), "The columns are Task, Deadline"),
        (("paste", "--column", "Deadline=dew"), "Did you mean due?"),
    ],
)
def test_a_wrong_word_names_the_nearest(line: Line, words: tuple[str, ...], said: str) -> None:
    code, _, err = line.run(*words, stdin=ROWS)
    assert code == 2
    assert said in err


def test_no_formula_leaves_and_the_apostrophe_comes_off_again(line: Line) -> None:
    line.run("task", "add", "--", "=1+1")
    copied = line.run("task", "list", "--tsv")[1]
    assert "\t'=1+1\t" in copied
    assert "1 are the same" in line.run("paste", stdin=copied)[1]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the example project, as it was in this month."""
    db = tmp_path_factory.mktemp("example") / "demo.db"
    assert execute([f"--db={db}", "--today=2026-11-22", "demo", "--no-open"]) == 0
    return db


@pytest.fixture
def shown(example: Path, tmp_path: Path, line: Line) -> Line:
    """Give the command line on a copy of the example project."""
    line.place = tmp_path / "demo.db"
    shutil.copyfile(example, line.place)
    return line


@pytest.mark.parametrize(
    ("command", "noun"),
    [
        *(("task list", "tasks"), ("task list --all", "tasks"), ("meeting list", "meetings")),
        *(("partner list", "partners"), ("contact list", "contacts"), ("wp list", "wps")),
        *(("wp plan", "wps"), ("deliverable list", "deliverables"), ("risk list", "risks")),
        *(("milestone list", "milestones"), ("participant list", "participants")),
        *(("indicator list", "indicators"), ("log list", "issues"), ("letter list", "letters")),
        *(("dissemination list", "dissemination"), ("payment list", "payments")),
    ],
)
def test_a_list_that_nobody_edited_changes_nothing(shown: Line, command: str, noun: str) -> None:
    copied = shown.run(*command.split(), "--tsv")[1]
    code, out, err = shown.run("paste", noun, "--update", "--dry-run", "--json", stdin=copied)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["added"], found["changed"]) == ([], [])
    assert len({one["row"] for one in found["same"]}) > 3
    plainly = json.loads(shown.run("paste", noun, "--dry-run", "--json", stdin=copied)[1])
    assert not [one for one in plainly["doubtful"] if "is kept; --update" in one["reason"]]


@pytest.mark.parametrize(
    ("noun", "listed"),
    [
        *(("meeting", meetings.listed), ("payment", payments.listed)),
        *(("deliverable", deliverables.listed), ("milestone", milestones.listed)),
        *(("dissemination", dissemination.listed), ("indicator", indicators.listed)),
    ],
)
def test_a_list_that_was_copied_in_the_app_changes_nothing(
    example: Path, noun: str, listed: Any
) -> None:
    portfolio = Portfolio.open(example, actor="Ana")
    known, months = portfolio.ask(pasting_views.surroundings, 1)
    copy = copied.of(noun, portfolio.ask(listed, 1, today=TODAY))
    assert copy is not None
    pasted = clipboard.read(clipboard.write(*copy), noun, known, today=TODAY)
    intake = clipboard.understand(pasted, Frame(known.start, months, TODAY))
    taken = portfolio.rehearse(pasting.take, intake, project=1, update=True, today=TODAY)
    portfolio.close()
    assert (taken.added, taken.changed) == ([], [])
    assert len({one.row for one in taken.same}) == len(copy[1])


def test_a_line_of_minutes_that_the_log_shows_is_no_line_of_its_own(shown: Line) -> None:
    copied_log = shown.run("log", "list", "--tsv")[1]
    _, out, _ = shown.run("paste", "issues", stdin=copied_log)
    assert "0 added, 0 changed; 6 are the same" in out
    assert "a line of minutes, which stands there" in out.partition("Not taken")[2]


def test_a_task_that_recurs_is_told_by_its_id_else_by_its_date(shown: Line) -> None:
    copied = shown.run("task", "list", "--all", "--tsv")[1].splitlines()
    again = [row for row in copied if "\tAsk every partner for the monthly update\t" in row]
    assert len(again) > 3
    edited = [row.replace("\tlow\t", "\thigh\t").replace("\tnormal\t", "\thigh\t") for row in again]
    rows = [copied[0], *reversed(edited)]
    without = ["\t".join(row.split("\t")[1:]) for row in rows]
    for pasted in (rows, without):
        _, out, _ = shown.run(
            "paste", "tasks", "--update", "--dry-run", "--json", stdin="\n".join(pasted)
        )
        changed = json.loads(out)["changed"]
        assert {one["column"] for one in changed} == {"priority"}
        assert len(changed) == len(again)


def test_an_id_that_is_another_record_is_said_and_not_believed(shown: Line) -> None:
    rows = shown.run("task", "list", "--tsv")[1].splitlines()
    first, second, third = (row.split("\t") for row in rows[1:4])
    first[1:3] = "", "Something quite new"
    first[4] = "2027-03-03"
    pasted = "\n".join("\t".join(row) for row in (rows[0].split("\t"), first, second, third))
    found = json.loads(shown.run("paste", "tasks", "--update", "--json", stdin=pasted)[1])
    added = [one["value"] for one in found["added"] if one["reason"] == "task"]
    assert added == ["Something quite new"]
    assert found["changed"] == []
    assert any(
        one["column"] == "id" and "this id is the task" in one["reason"]
        for one in found["doubtful"]
    )


def test_the_title_of_a_record_is_changed_by_its_id(shown: Line) -> None:
    rows = shown.run("meeting", "list", "--tsv")[1].replace("TPM3 Łódź", "Third meeting")
    found = json.loads(shown.run("paste", "meetings", "--update", "--json", stdin=rows)[1])
    assert found["added"] == []
    assert [one["value"] for one in found["changed"]] == ["Third meeting"]


def test_numbers_that_are_no_ids_of_this_project_are_codes(line: Line) -> None:
    line.run("task", "add", "Book rooms")
    table = "id\ttitle\tdue\n1\tSend minutes\t2026-12-03\n2\tFind a caterer\t2026-12-04\n"
    found = json.loads(line.run("paste", "tasks", "--json", stdin=table)[1])
    assert len(found["added"]) == 2
    listed = json.loads(line.run("task", "list", "--json")[1])
    assert [(it["code"], it["title"]) for it in listed] == [
        *(("1", "Send minutes"), ("2", "Find a caterer"), (None, "Book rooms")),
    ]


def test_a_copied_meeting_keeps_its_hour(shown: Line) -> None:
    rows = shown.run("meeting", "list", "--tsv")[1]
    shown.run("project", "new", "LUNA", "--title", "Luna", "--start", "2026-09-01")
    shown.run("paste", "meetings", "--project", "LUNA", stdin=rows)
    copies = json.loads(shown.run("meeting", "list", "--project", "LUNA", "--json")[1])
    at = {it["title"]: it["start"] for it in copies}
    assert at["TPM3 Łódź"] == "2026-12-03T09:30:00+01:00"


def test_a_work_package_that_is_a_bare_number_is_found_as_wp(line: Line) -> None:
    line.run("paste", "wps", stdin="WP\tTitle\n7\tManagement\n8\tTraining\n")
    assert [it["code"] for it in json.loads(line.run("wp", "list", "--json")[1])] == ["7", "8"]
    for said in ("WP8", "wp08", "Work package 8"):
        code, out, err = line.run("task", "add", "Send minutes", "--wp", said, "--json")
        assert (code, err, json.loads(out)["work_unit"]) == (0, "", "8")
    for said in ("WP8", "WP08", "8"):
        assert len(json.loads(line.run("task", "list", f"wp:{said}", "--json")[1])) == 3
    line.run("add", "Book rooms wp:WP7")
    assert len(json.loads(line.run("task", "list", "wp:WP7", "--json")[1])) == 1
    assert "no work package or activity WP9" in line.run("task", "add", "x", "--wp", "WP9")[2]
