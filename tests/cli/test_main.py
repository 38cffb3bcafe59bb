"""The door of the command line: options anywhere, one JSON value, the exit codes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ka2tui.cli.main import COMMANDS, execute
from ka2tui.store import engine
from tests.copied import filled_once

FULL = Path("/dev/full")


@pytest.fixture
@filled_once
def db(tmp_path: Path) -> str:
    file = str(tmp_path / "my projects.db")
    assert execute(["--db", file, "--actor", "Ana", "project", "new", "SOLARIS"]) == 0
    return file


def answer(capsys: pytest.CaptureFixture[str], *argv: str) -> object:
    capsys.readouterr()
    assert execute([*argv, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("noun", COMMANDS)
def test_every_noun_explains_itself(noun: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute([noun, "--help"]) == 0
    assert "Usage: ka2tui" in capsys.readouterr().out


def test_global_options_stand_before_or_after(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = answer(capsys, "--db", db, "project", "list")
    after = answer(capsys, "project", "list", "--db", db)
    between = answer(capsys, "project", "--db", db, "list")
    assert before == after == between
    assert isinstance(before, list)
    assert before[0]["acronym"] == "SOLARIS"


def test_the_environment_stands_in_for_options(
    db: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KA2TUI_DB", db)
    monkeypatch.setenv("KA2TUI_PROJECT", "solaris")
    monkeypatch.setenv("KA2TUI_ACTOR", "Ben")
    assert execute(["task", "add", "Call"]) == 0
    newest = answer(capsys, "history")
    assert isinstance(newest, list)
    assert (newest[0]["actor"], newest[0]["project"]) == ("Ben", "SOLARIS")


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["--nonsense"], 2, "No such option"),
        (["tusk"], 2, "Did you mean task"),
        (["--today", "31.12.2026", "task", "list"], 2, "write it as 2026-12-31"),
        (["task", "list", "--project", "LUNA"], 2, "There is no project LUNA"),
        (["task", "add", "x", "--due", "32 May"], 2, "32"),
        (["undo", "--actor", "Nobody"], 1, "nothing to undo"),
        (["redo"], 1, "nothing to redo"),
        (["task", "finish", "T99"], 1, "no task T99"),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_a_code(
    db: str, argv: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert execute([*argv, "--db", db]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert "Traceback" not in said.err


def test_a_missing_database_is_not_made_by_a_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "none.db"
    assert execute(["task", "list", "--db", str(file)]) == 3
    assert "There is no database" in capsys.readouterr().err
    assert not file.exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough" * 9])
def test_a_file_of_something_else_is_refused(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.db"
    file.write_bytes(content)
    for argv in (["task", "list"], ["task", "add", "x"], ["undo"], ["doctor"], ["demo"]):
        assert execute([*argv, "--db", str(file)]) == 3
        assert str(file) in capsys.readouterr().err
    assert file.read_bytes() == content


def test_the_folder_of_somebody_unknown_has_no_database(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["task", "list", "--db", "~who-is-this/ka2.db"]) == 3
    assert "~who-is-this" in capsys.readouterr().err


def test_a_newer_database_is_refused(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(db) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    capsys.readouterr()
    assert execute(["task", "list", "--db", db]) == 3
    assert "newer ka2tui" in capsys.readouterr().err


def test_several_projects_must_be_told_apart(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["project", "new", "LUNA", "--db", db]) == 0
    capsys.readouterr()
    assert execute(["task", "list", "--db", db]) == 2
    said = capsys.readouterr().err
    assert "SOLARIS" in said
    assert "LUNA" in said
    assert execute(["undo", "--db", db]) == 2
    assert execute(["task", "list", "--db", db, "--project", "luna"]) == 0


def test_undo_and_redo_say_what_they_did(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["task", "add", "Send {minutes} [b]now[/]", "--db", db, "--actor", "Ana"]) == 0
    capsys.readouterr()
    assert execute(["undo", "--db", db, "--actor", "Ana"]) == 0
    assert "Send {minutes} [b]now[/]" in capsys.readouterr().out
    assert answer(capsys, "task", "list", "--db", db) == []
    assert execute(["redo", "--db", db, "--actor", "Ana"]) == 0
    tasks = answer(capsys, "task", "list", "--db", db)
    assert isinstance(tasks, list)
    assert [task["title"] for task in tasks] == ["Send {minutes} [b]now[/]"]


def test_history_is_newest_first_and_in_utc(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    execute(["task", "add", "One", "--db", db, "--actor", "Ana"])
    execute(["undo", "--db", db, "--actor", "Ana"])
    lines = answer(capsys, "history", "--db", db)
    assert isinstance(lines, list)
    assert [line["kind"] for line in lines] == ["undo", "do", "do"]
    assert all(set(line) >= {"id", "at", "actor", "kind", "label", "project"} for line in lines)
    assert all(line["at"].endswith("Z") for line in lines)


def test_a_history_that_is_cut_says_so(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    for title in ("One", "Two"):
        execute(["task", "add", title, "--db", db, "--actor", "Ana"])
    for limit, lines, said in (("2", 2, "The newest 2 are shown"), ("3", 3, "")):
        capsys.readouterr()
        assert execute(["history", "--json", "--limit", limit, "--db", db]) == 0
        told = capsys.readouterr()
        assert len(json.loads(told.out)) == lines
        assert told.err.startswith(said)
        assert bool(told.err) is bool(said)


def test_the_check_up_finds_what_was_altered(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["doctor", "--db", db]) == 0
    with sqlite3.connect(db) as raw:
        raw.execute("UPDATE project SET acronym = 'ALTERED'")
    raw.close()
    capsys.readouterr()
    assert execute(["doctor", "--db", db]) == 1
    assert "not as the history says" in capsys.readouterr().out


def test_only_the_example_project_is_built_anew(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert execute(["demo", "--fresh", "--no-open", "--db", db]) == 1
    assert "left as it is" in capsys.readouterr().err
    assert answer(capsys, "project", "list", "--db", db)


def test_the_app_asks_for_a_terminal(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["--db", db]) == 2
    assert "needs a terminal" in capsys.readouterr().err


def test_an_example_project_that_cannot_be_opened_is_left_as_it_is(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.mark_example(Path(db))
    assert execute(["demo", "--no-open", "--db", db]) == 0
    assert execute(["demo", "--fresh", "--db", db]) == 2
    assert "needs a terminal" in capsys.readouterr().err
    assert answer(capsys, "project", "list", "--db", db)
    unbuilt = tmp_path / "unbuilt.db"
    assert execute(["demo", "--db", str(unbuilt)]) == 2
    assert not unbuilt.exists()


@pytest.mark.parametrize("how", [[], ["--no-open"], ["--fresh"]])
def test_a_file_of_other_work_is_not_called_the_example_project(
    db: str, how: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(db).read_bytes()
    capsys.readouterr()
    assert execute(["demo", *how, "--db", db]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "is not the example project" in said.err
    assert Path(db).read_bytes() == before


def closed(db: str, number: int, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run a command one of whose streams is closed before it begins."""
    begin = f"import os, sys; os.close({number}); os.execv(sys.executable, sys.argv[1:])"
    command = [sys.executable, "-c", begin, sys.executable, "-m", "ka2tui", *argv, "--db", db]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_a_change_whose_answer_finds_stdout_closed_is_told(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    done = closed(db, 1, "task", "add", "Write minutes")
    told = "The answer could not be written: stdout is closed."
    assert (done.returncode, done.stderr) == (0, f"{told} The change has been made.\n")
    assert answer(capsys, "task", "list", "--db", db)
    asked = closed(db, 1, "today")
    assert (asked.returncode, asked.stderr) == (1, f"{told}\n")


def test_a_closed_stdin_or_stderr_spoils_no_answer(db: str) -> None:
    for number in (0, 2):
        done = closed(db, number, "project", "list")
        assert (done.returncode, done.stderr) == (0, "")
        assert "SOLARIS" in done.stdout
    assert closed(db, 2, "task", "show", "99").returncode == 1
    assert closed(db, 0, "paste", "tasks").returncode == 1


@pytest.mark.parametrize("moment", ["click", "ka2tui.cli.context"])
def test_who_interrupts_the_start_is_told_so(tmp_path: Path, moment: str) -> None:
    begin = (
        "import os, runpy, signal, sys\n"
        # who starts the tests may have put it aside, as shells do behind &
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Look:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {moment!r}: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Look())\n"
        "sys.argv[1:] = ['--version']\n"
        "runpy.run_module('ka2tui', run_name='__main__')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", begin], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Interrupted.\n")


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_that_nothing_can_be_reckoned_around_is_refused(
    db: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert execute(["--db", db, "--today", day, "today"]) == 2
    assert "from 1900-01-01 to 2199-12-31" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize(
    "command",
    [
        *("today", "agenda --days 3660", "check", "task list", "phase list", "report progress"),
        *("score simulate", "rule list", "figure list", "payment list", "partner chase"),
    ],
)
def test_the_first_and_the_last_day_can_be_asked_for(
    db: str, day: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["--db", db, "--today", day, *command.split()]) in (0, 1, 2)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.skipif(not FULL.exists(), reason="there is no full device here")
def test_an_answer_that_cannot_be_written_is_told(db: str) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ka2tui", "project", "list", "--json", "--db", db],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("The answer could not be written: No space left")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="there is no full device here")
def test_a_change_whose_answer_cannot_be_written_is_no_refusal(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ka2tui", "task", "add", "Write minutes", "--db", db],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 0
    assert done.stderr.endswith("The change has been made.\n")
    tasks = answer(capsys, "task", "list", "--db", db)
    assert [task["title"] for task in tasks] == ["Write minutes"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", [("import",), ("export", "-o")])
def test_a_path_that_cannot_be_used_is_named_and_nothing_is_said_to_be_done(
    db: str, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    capsys.readouterr()
    assert execute([*command, "x" * 10_000, "--db", db]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("xxx")
    assert "File name too long" in told.err
    assert "has been made" not in told.err
    assert len(told.err) < 400


def test_a_reader_that_stops_reading_is_no_fault(db: str) -> None:
    for number in range(40):
        execute(["task", "add", f"Task {number} {'x' * 2000}", "--db", db])
    command = [sys.executable, "-m", "ka2tui", "task", "list", "--json", "--db", db]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ}
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_a_removed_project_comes_back_by_its_name_beside_others(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for argv in (["new", "LUNA"], ["new", "TERRA"], ["remove", "LUNA"]):
        assert execute(["project", *argv, "--db", db, "--actor", "Ana"]) == 0
    assert execute(["undo", "--db", db, "--actor", "Ana"]) == 2
    assert execute(["undo", "--db", db, "--actor", "Ana", "--project", "luna"]) == 0
    assert execute(["redo", "--db", db, "--actor", "Ana", "--project", "LUNA"]) == 0
    assert execute(["undo", "--db", db, "--actor", "Ana", "--project", "2"]) == 0
    projects = answer(capsys, "project", "list", "--db", db)
    assert isinstance(projects, list)
    assert {project["acronym"] for project in projects} == {"SOLARIS", "LUNA", "TERRA"}


def test_a_number_that_is_one_records_code_and_anothers_id_is_asked_about(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for code in ("7", "1"):
        assert execute(["deliverable", "add", code, f"Result {code}", "--db", db]) == 0
    capsys.readouterr()
    assert execute(["deliverable", "show", "1", "--db", db]) == 1
    assert "code:1 or id:1" in capsys.readouterr().err
    for said, code in (("code:1", "1"), ("id:1", "7"), ("7", "7"), ("2", "1")):
        shown = answer(capsys, "deliverable", "show", said, "--db", db)
        assert isinstance(shown, dict)
        assert shown["code"] == code


def test_a_number_that_is_one_projects_name_and_anothers_id_is_asked_about(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for acronym in ("1", "3"):  # of which SOLARIS has the id of one
        assert execute(["project", "new", acronym, "--db", db]) == 0
    capsys.readouterr()
    assert execute(["task", "add", "x", "--project", "1", "--db", db]) == 2
    assert "code:1 or id:1" in capsys.readouterr().err
    for said, acronym in (("code:1", "1"), ("id:1", "SOLARIS"), ("3", "3"), ("2", "1")):
        shown = answer(capsys, "project", "show", "--project", said, "--db", db)
        assert isinstance(shown, dict)
        assert shown["acronym"] == acronym


@pytest.mark.parametrize(
    "address",
    [
        "mysql://ana:secret@host/x",
        "file:///tmp/x.db",
        "postgresql://ana:secret@[::1/x",
        "postgresql://ana:secret@host:abc/x",
        "postgresql://ana:secret@127.0.0.1:1/x",
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["task", "list", "--db", address]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "secret" not in said.err
    assert "Traceback" not in said.err


def test_a_table_name_that_is_no_text_is_damage(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(db)
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE task", b"CREATE T\xd9BLE task", 1))
    capsys.readouterr()
    for argv in (["task", "list"], ["task", "add", "x"], ["doctor"]):
        assert execute([*argv, "--db", db]) == 3
        assert "is damaged" in capsys.readouterr().err
