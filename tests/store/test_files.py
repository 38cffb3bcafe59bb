"""What is done with a file: made whole, guarded, refused in words, never harmed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ka2tui.domain.refusal import Unavailable
from ka2tui.store import engine, first_look, journal
from ka2tui.store.backup import keep_copy
from ka2tui.store.portfolio import Portfolio
from tests.store.test_portfolio import acronyms, add_project, add_task, titles


def fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "my projects" / "Łódź.db"
    opened = Portfolio.open(made, actor="Ana")
    project = opened.do(add_project, "SOLARIS").value
    for number in range(200):
        opened.do(add_task, project, f"Task {number}")
    opened.close()
    return made


def test_a_new_file_and_folder_are_the_owners_alone(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [left.name for left in file.parent.iterdir()] == [file.name]


@pytest.mark.skipif(os.name == "nt", reason="no file there is kept from growing")
@pytest.mark.parametrize("most", [0, 40_000])
def test_a_new_file_on_a_full_disk_is_refused_in_words(tmp_path: Path, most: int) -> None:
    full = (
        "import resource, signal, sys\n"
        "from ka2tui.store.portfolio import Portfolio\n"
        "from ka2tui.domain.refusal import Unavailable\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))\n"
        "try:\n"
        "    Portfolio.open(sys.argv[1], actor='Ana')\n"
        "except Unavailable as said:\n"
        "    sys.exit(str(said))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", full, str(tmp_path / "new.db"), str(most)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "new.db" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_kills_left_behind_goes_with_the_next_file(tmp_path: Path) -> None:
    left = [".p.db.new-abcd_123", ".p.db.new-abcd_123-journal", ".p.db.copy-zyxwvuts"]
    others = [".p.db.original", ".p.db.new-", ".o.db.new-abcd_123", "p.db.before-0002.backup"]
    at_work = ".p.db.new-justnow_"
    for name in (*left, *others, at_work):
        (tmp_path / name).touch()
        if name != at_work:
            os.utime(tmp_path / name, (1_000_000_000, 1_000_000_000))
    Portfolio.open(tmp_path / "p.db", actor="Ana").close()
    kept = keep_copy(tmp_path / "p.db", "before-0003").name
    assert {it.name for it in tmp_path.iterdir()} == {"p.db", kept, at_work, *others}


def test_a_file_that_must_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(engine.Missing, match="There is no database"):
        Portfolio.open(tmp_path / "no.db", actor="Ana", create=False)
    assert not list(tmp_path.iterdir())


def test_a_new_file_is_not_ruined_by_what_a_kill_left_of_the_one_before(file: Path) -> None:
    killed = "import os, sqlite3; raw = sqlite3.connect({!r}, isolation_level=None); "
    killed += "raw.execute('PRAGMA cache_size=1'); raw.execute('BEGIN IMMEDIATE'); "
    killed += "raw.execute('UPDATE history_change SET id = id + 10000'); os._exit(9)"
    subprocess.run([sys.executable, "-c", killed.format(str(file))], check=False)
    left = file.with_name(f"{file.name}-journal")
    content = left.read_bytes()
    file.unlink()
    made = Portfolio.open(file, actor="Ana")
    made.verify()
    made.check_history()
    assert made.do(add_project, "SOLARIS").entry == 1
    made.close()
    assert left.with_name(f"{left.name}.old").read_bytes() == content


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"", engine.Foreign, "empty"),
        (b"PK\x03\x04 a spreadsheet " * 20, engine.Foreign, "not a ka2tui database"),
        (os.urandom(4096), engine.Foreign, "not a ka2tui database"),
        (b"SQLite format 3\0", engine.Damaged, "cut short"),
    ],
)
def test_a_file_of_something_else_is_refused_by_name_and_reason(
    tmp_path: Path, content: bytes, error: type[Exception], words: str
) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(content)
    with pytest.raises(error, match=words):
        Portfolio.open(other, actor="Ana")
    assert other.read_bytes() == content


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_pipe_is_refused_without_waiting_for_whoever_writes_to_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(engine.Foreign, match="is a pipe"):
        Portfolio.open(tmp_path / "pipe", actor="Ana")
    with pytest.raises(first_look.NothingSeen), first_look.looking(str(tmp_path / "pipe")):
        pass


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE place (url TEXT)")
    before = fingerprint(other)
    with pytest.raises(engine.Foreign, match="another program"):
        Portfolio.open(other, actor="Ana")
    assert fingerprint(other) == before


def test_a_database_of_a_newer_version_is_refused_untouched(file: Path) -> None:
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = fingerprint(file)
    with pytest.raises(engine.Newer, match="newer ka2tui"):
        Portfolio.open(file, actor="Ana")
    assert fingerprint(file) == before


def test_a_damaged_file_is_never_written_to(file: Path) -> None:
    whole = file.read_bytes()
    dice, found_late = 12345, 0
    for _ in range(150):
        dice = (dice * 1103515245 + 12345) % 2**31
        at = 100 + dice % (len(whole) - 200)
        if not any(whole[at : at + 60]):
            continue  # unused space: nothing that anybody wrote
        broken = whole[:at] + bytes(255 - byte for byte in whole[at : at + 60]) + whole[at + 60 :]
        file.write_bytes(broken)
        before = fingerprint(file)
        if not _says_so(file):
            found_late += 1
        assert fingerprint(file) == before
    assert found_late <= 3, "damage must be seen before it is used"


def _says_so(file: Path) -> bool:
    """Tell whether damage is found, and told as a sentence that names the file."""
    try:
        opened = Portfolio.open(file, actor="Ana")
        opened.ask(titles)
        opened.verify()
        opened.check_history()
    except Unavailable as said:
        return str(file) in str(said)
    except journal.Broken:
        return True
    opened.close()
    return False


def test_what_a_write_would_refuse_is_not_answered_from_either(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("UPDATE task SET project_id = 99")
    before = file.read_bytes()
    opened = Portfolio.open(file, actor="Ana", create=False)
    with pytest.raises(engine.Damaged, match="refers to one that is gone"):
        opened.ask(titles)
    with pytest.raises(engine.Damaged, match="refers to one that is gone"):
        opened.do(add_task, 1, "more")
    opened.close()
    assert file.read_bytes() == before


def test_a_write_protected_file_can_be_rehearsed_on(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    file.chmod(0o400)
    monkeypatch.setattr("os.access", lambda *_: False)  # nothing is write-protected for root
    opened = Portfolio.open(file, actor="Ana", create=False)
    assert opened.read_only
    assert opened.rehearse(add_task, 1, "What if") > 1
    assert "What if" not in opened.ask(titles)
    with pytest.raises(engine.Unwritable):
        opened.do(add_task, 1, "What if")
    opened.close()
    assert file.read_bytes() == before
    assert [it.name for it in file.parent.iterdir()] == [file.name]


def test_the_first_write_into_a_damaged_file_is_refused(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    for at in range(4096 * 6, len(whole) - 200, 4096):
        whole[at : at + 40] = b"\xff" * 40
    file.write_bytes(whole)
    before = fingerprint(file)
    with pytest.raises(engine.Damaged):
        Portfolio.open(file, actor="Ana").do(add_project, "LUNA")
    assert fingerprint(file) == before


@pytest.mark.skipif(os.name == "nt", reason="permissions work differently there")
def test_a_write_protected_file_can_be_read(file: Path) -> None:
    if os.geteuid() == 0:
        answer = _as_nobody(file)
        assert "200 tasks" in answer
        assert "Nothing can be changed" in answer
        return
    file.chmod(0o400)
    opened = Portfolio.open(file, actor="Ana")
    assert len(opened.ask(titles)) == 200
    with pytest.raises(engine.Unwritable, match="Nothing can be changed"):
        opened.do(add_project, "LUNA")


def _as_nobody(file: Path) -> str:
    """Try the same in a process that is not root, to whom permissions mean nothing."""
    look = (
        "import os, sys\n"
        "from ka2tui.store.portfolio import Portfolio\n"
        "from ka2tui.store import engine\n"
        "from tests.store.test_portfolio import add_project, titles\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "opened = Portfolio.open(sys.argv[1], actor='Ana', create=False)\n"
        "print(len(opened.ask(titles)), 'tasks')\n"
        "try:\n"
        "    opened.do(add_project, 'LUNA')\n"
        "except engine.Unwritable as said:\n"
        "    print(said)\n"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        copy = Path(shutil.copy(file, folder))
        copy.chmod(0o444)
        done = subprocess.run(
            [sys.executable, "-c", look, str(copy)], capture_output=True, text=True, check=False
        )
    assert not done.stderr, done.stderr
    return done.stdout


@pytest.mark.skipif(os.name == "nt", reason="an open file keeps its name there")
def test_a_file_replaced_while_it_is_open_is_told_and_not_written(file: Path) -> None:
    opened = Portfolio.open(file, actor="Ana")
    at = opened.clock()
    away = file.rename(file.with_name("away.db"))
    shutil.copyfile(away, file)
    content = fingerprint(file)
    for ask in (opened.clock, lambda: opened.do(add_project, "LUNA")):
        with pytest.raises(engine.Moved, match="replaced by another program"):
            ask()
    assert fingerprint(file) == content
    file.unlink()
    with pytest.raises(engine.Moved, match="Put it back"):
        opened.clock()
    away.rename(file)

    def unreachable(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with pytest.MonkeyPatch.context() as gone:
        gone.setattr(Path, "stat", unreachable)
        with pytest.raises(engine.Unwritable, match="Check the folder, the drive"):
            opened.clock()
    assert opened.do(add_project, "LUNA").entry == at + 1
    opened.close()


def test_an_older_copy_laid_over_an_open_file_is_told_before_anything_changes(file: Path) -> None:
    older = file.read_bytes()
    opened = Portfolio.open(file, actor="Ana")
    opened.do(add_project, "LUNA")
    opened.clock()
    file.write_bytes(older)  # as cp does: the file stays the same one
    with pytest.raises(engine.Replaced, match="look before you go on"):
        opened.do(add_project, "MARS")
    assert fingerprint(file) == hashlib.sha256(older).hexdigest()
    with pytest.raises(engine.Replaced, match="replaced by another copy"):
        opened.clock()
    at = opened.clock()
    assert opened.do(add_project, "MARS").entry == at + 1
    opened.check_history()
    opened.close()


def test_copies_that_went_apart_are_never_mixed(file: Path) -> None:
    other = Path(shutil.copy(file, file.with_name("other.db")))
    opened, beside = Portfolio.open(file, actor="Ana"), Portfolio.open(other, actor="Ana")
    opened.do(add_project, "LUNA")
    beside.do(add_project, "MARS")
    beside.close()
    assert opened.clock()
    theirs = other.read_bytes()
    assert theirs[24:40] == file.read_bytes()[24:40]  # by which SQLite knows that others wrote
    file.write_bytes(theirs)
    with pytest.raises(engine.Replaced):
        opened.do(add_project, "VENUS")
    with pytest.raises(engine.Replaced):
        opened.clock()
    opened.do(add_project, "VENUS")
    opened.close()
    again = Portfolio.open(file, actor="Ana")
    again.verify()
    again.check_history()
    assert again.ask(acronyms) == ["SOLARIS", "MARS", "VENUS"]
    again.close()


def test_a_copy_is_whole_and_never_overwrites(file: Path) -> None:
    first, second = keep_copy(file, "before-0002"), keep_copy(file, "before-0002")
    assert first != second
    for copy in (first, second):
        assert copy.stat().st_mode & 0o777 == 0o600
        opened = Portfolio.open(copy, actor="Ana")
        assert len(opened.ask(titles)) == 200
        opened.close()


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there")
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "killed.db"
    write = (
        "import sys\n"
        "from ka2tui.store.portfolio import Portfolio\n"
        "from tests.store.test_portfolio import add_project, add_task\n"
        "opened = Portfolio.open(sys.argv[1], actor='Ana')\n"
        "project = opened.do(add_project, 'SOLARIS').value\n"
        "while True:\n"
        "    task = opened.do(add_task, project, 'x').value\n"
        "    print(task, flush=True)\n"
    )
    acknowledged = 0
    for round_ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", write, str(file)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            for _ in range(5 + round_ * 3):
                acknowledged = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read().split()
        acknowledged = int(rest[-1]) if rest else acknowledged
        opened = Portfolio.open(file, actor="Ana", create=False)
        opened.verify()
        opened.check_history()
        assert len(opened.ask(titles)) >= acknowledged
        opened.close()


def test_the_file_is_set_to_survive_a_power_cut(file: Path) -> None:
    opened = Portfolio.open(file, actor="Ana")
    with opened._engine.connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert said == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
