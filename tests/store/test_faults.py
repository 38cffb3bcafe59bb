"""Writes that fail: told as they are, nothing half-saved, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.refusal import Unavailable
from ka2tui.store.portfolio import Portfolio
from tests.store.test_portfolio import add_project, add_task, titles

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits are set differently there")

FILL = """
import resource, signal, sys
from pathlib import Path
from ka2tui.store import engine
from ka2tui.store.portfolio import Portfolio
from tests.store.test_portfolio import add_task, titles
file = Path(sys.argv[1])
opened = Portfolio.open(file, actor="Ana", create=False)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
room = file.stat().st_size + 40_000
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
saved = 0
try:
    while True:
        opened.do(add_task, 1, "x" * 500)
        saved += 1
except engine.Unwritable as said:
    print(saved, said)
print(len(opened.ask(titles)))
"""


def test_a_full_disk_is_told_and_nothing_is_half_saved(tmp_path: Path) -> None:
    file = tmp_path / "full.db"
    opened = Portfolio.open(file, actor="Ana")
    opened.do(add_project, "SOLARIS")
    opened.close()
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(file)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    told, count = done.stdout.splitlines()
    saved, _, sentence = told.partition(" ")
    assert str(file) in sentence
    assert int(saved) == int(count) > 0
    again = Portfolio.open(file, actor="Ana", create=False)
    again.verify()
    again.check_history()
    assert len(again.ask(titles)) == int(count)
    again.do(add_task, 1, "there is room again")
    again.close()


def test_a_database_that_goes_away_is_told(tmp_path: Path) -> None:
    file = tmp_path / "gone.db"
    opened = Portfolio.open(file, actor="Ana")
    opened.do(add_project, "SOLARIS")
    opened.close()
    file.unlink()
    file.mkdir()
    with pytest.raises(Unavailable, match=r"gone\.db"):
        opened.ask(titles)


def test_a_reader_that_holds_the_file_only_delays_a_writer(tmp_path: Path) -> None:
    file = tmp_path / "held.db"
    opened = Portfolio.open(file, actor="Ana")
    project = opened.do(add_project, "SOLARIS").value
    hold = (
        "import sqlite3, sys\n"
        "held = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "held.execute('BEGIN'); held.execute('SELECT * FROM project').fetchone()\n"
        "print('held', flush=True); sys.stdin.readline(); held.execute('COMMIT')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        assert reader.stdout.readline() == "held\n"
        other = subprocess.Popen(
            [sys.executable, "-c", WRITE_ONE, str(file), str(project)], stdout=subprocess.PIPE
        )
        assert other.stdout is not None
        assert other.stdout.readline() == b"writing\n"
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert other.wait(timeout=30) == 0
        other.stdout.close()
    assert opened.ask(titles) == ["written"]
    opened.close()


WRITE_ONE = """
import sys
from ka2tui.store.portfolio import Portfolio
from tests.store.test_portfolio import add_task
opened = Portfolio.open(sys.argv[1], actor="Ben", create=False)
print("writing", flush=True)
opened.do(add_task, int(sys.argv[2]), "written")
"""
