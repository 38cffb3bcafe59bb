"""The app in a real terminal: how it begins, how it ends, and what it sends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.terminal import Terminal
from tests.tui.hostile import ACTS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent.parent

RESTORED = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h")
"""The usual screen, no reports of the mouse, a visible cursor."""

ROWS = """
from tests.tui.fakes import FakePortfolio, Row
from tests.tui.hostile import HOSTILE
from tests.tui.rows_page import RowsDesk
from ka2tui.settings import Settings
import sys, threading, pathlib
place = pathlib.Path(sys.argv[1])
rows = [Row(1, "Agenda"), *(Row(n, text) for n, text in enumerate(HOSTILE, 2))]
books = FakePortfolio(rows)
app = RowsDesk(lambda: books, settings=Settings(theme="ka2-dark"))
app.run()
place.write_text(" ".join(str(row.id) for row in books.rows if row.done))
sys.exit(app.return_code)
"""


def rows_app(place: Path, size: tuple[int, int] = (80, 24)) -> Terminal:
    argv = [sys.executable, "-c", ROWS, str(place)]
    return Terminal(argv, size=size, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})


@pytest.mark.parametrize(
    "end",
    [
        lambda term: term.press("ctrl+q"),
        lambda term: term.kill(signal.SIGTERM),
        lambda term: term.kill(signal.SIGHUP),
    ],
    ids=["ctrl+q", "SIGTERM", "SIGHUP"],
)
def test_the_app_ends_soon_and_leaves_the_terminal_as_it_was(
    tmp_path: Path, end: Callable[[Terminal], None]
) -> None:
    with Terminal(["ka2tui", "--db", str(tmp_path / "new.db")], cwd=ROOT) as term:
        term.wait("saved", timeout=30)
        begun = time.perf_counter()
        end(term)
        assert term.exit_code == 0
        assert time.perf_counter() - begun < 2 * 3  # two seconds, on a machine that is busy
        for sequence in RESTORED:
            assert sequence in term.raw
        assert "Traceback" not in term.screen


def test_the_app_ends_when_its_window_is_closed(tmp_path: Path) -> None:
    with Terminal(["ka2tui", "--db", str(tmp_path / "new.db")], cwd=ROOT) as term:
        term.wait("saved", timeout=30)
        term.hang_up()
        assert term.exit_code == 0


def test_the_app_ends_when_its_terminal_goes_without_a_word(tmp_path: Path) -> None:
    master, slave = os.openpty()
    argv = [sys.executable, "-P", "-m", "ka2tui", "--db", str(tmp_path / "new.db")]
    with subprocess.Popen(
        argv, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, cwd=ROOT
    ) as app:
        os.close(slave)
        told = b""
        while b"saved" not in told:
            told += os.read(master, 65536)
        os.write(master, b"\xff\xfef")  # bytes of an old code page are no end of the app
        while b"1 of 8" not in told:
            told += os.read(master, 65536)
        os.close(master)  # nobody hangs up: it was never the terminal of the app's session
        assert app.wait(20) == 0
    assert b"Traceback" not in told


def test_what_was_done_just_before_is_saved(tmp_path: Path) -> None:
    with rows_app(tmp_path / "done") as term:
        term.wait("Agenda", timeout=30)
        term.press("space", "down", "down", "space", "ctrl+q")
        assert term.exit_code == 0
    assert (tmp_path / "done").read_text() == "1 3"


def test_keys_typed_ahead_fall_on_what_they_are_meant_for(tmp_path: Path) -> None:
    with rows_app(tmp_path / "done") as term:
        term.write("/fresh\r")  # before anything is on screen
        term.wait("0 shown, 33 hidden by the filter", timeout=30)
        keys = ["/", "escape", "a", *"A fresh row", "enter", "1", "/", *"fresh", "enter", "space"]
        term.press(*keys, "ctrl+q")
        assert term.exit_code == 0
    assert (tmp_path / "done").read_text() == "34"


def test_a_fault_closes_with_a_sentence_and_shows_nobody_s_data(tmp_path: Path) -> None:
    with rows_app(tmp_path / "done") as term:
        term.wait("Agenda", timeout=30)
        term.press("space", "x")
        assert term.exit_code == 1
        for sequence in RESTORED:
            assert sequence in term.raw
        said = " ".join(term.screen.split())
        assert "met a fault of its own" in said
        assert "Nothing is lost" in said
        assert "Kowalska" not in said
        assert "Traceback" not in said
    assert (tmp_path / "done").read_text() == "1"


def test_nothing_a_text_says_is_obeyed_by_the_terminal(tmp_path: Path) -> None:
    with rows_app(tmp_path / "done", (120, 50)) as term:
        term.wait("Agenda", timeout=30)
        term.wait("[@click=app.bell]press me[/]")
        for key in ("down", "space", "u", "?", "escape", "ctrl+p", "escape", "a", "escape"):
            term.press(key)
            term.settle()
        term.press("ctrl+q")
        assert term.exit_code == 0
        sent = term.raw.decode("utf-8")
    # what is left when the sequences of a terminal app are taken out
    plain = re.sub(
        r"\x1b(\[[<-?]?[0-9;:]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[78=>])", "", sent
    )
    assert not (ACTS - set("\r\n\t")) & set(plain)
    for acting in ("\x1b]52", "\x1bP+q", "\x1b[31mred", "\x9b", "\x9d", "\u202e"):
        assert acting not in sent


def test_a_window_of_forty_by_ten_asks_for_room(tmp_path: Path) -> None:
    argv = ["ka2tui", "--db", str(tmp_path / "new.db")]
    with Terminal(argv, size=(40, 10), cwd=ROOT) as term:
        term.wait("make the window", timeout=30)
        term.resize(80, 24)
        term.wait("saved")
        assert "make the window" not in term.screen
        term.resize(20, 5)
        term.wait("Please make the")
        term.press("ctrl+q")
        assert term.exit_code == 0
