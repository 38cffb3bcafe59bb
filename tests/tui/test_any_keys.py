"""Any keys in any order, in a window of any size: the app stays, and ends when it is told to."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from tests.terminal import Terminal

ROOT = Path(__file__).parent.parent.parent

KEYS = [
    *"1234567890gtdmcrhqaep@vV/?uUxnboswifklj.-+y",
    *("down", "up", "left", "right", "home", "end", "pagedown", "pageup", "tab", "shift+tab"),
    *("enter", "escape", "space", "backspace", "enter", "escape", "down", "down"),
    *("ctrl+p", "ctrl+z", "ctrl+y", "ctrl+s", "ctrl+o", "ctrl+n"),
]
TEXTS = ("[/]", "[@click=app.bell]x[/]", "日本語 x", "fri", "12,5", "M18", "\ud7ff\u202e")


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(4))
def test_no_keys_bring_the_app_down(tmp_path: Path, home: Path, seed: int) -> None:
    hand = random.Random(seed)
    db = f"--db={tmp_path / 'demo.db'}"
    with Terminal(["ka2tui", "demo", db, "--no-open"], cwd=ROOT) as term:
        assert term.wait_exit(120) == 0
    with Terminal(["ka2tui", db], size=(100, 30), cwd=ROOT) as term:
        term.wait("saved", timeout=60)
        end = time.monotonic() + 25
        pressed: list[object] = []
        while time.monotonic() < end and term.running:
            what = hand.random()
            if what < 0.06:
                pressed.append(size := (hand.randint(1, 200), hand.randint(1, 60)))
                term.resize(*size)
            elif what < 0.09:
                pressed.append(text := hand.choice(TEXTS))
                term.type(text)
            else:
                pressed.append(key := hand.choice(KEYS))
                term.press(key)
            time.sleep(hand.choice([0, 0, 0.01, 0.05]))
        term.settle()
        assert term.running, pressed[-30:]
        term.kill(signal.SIGTERM)
        assert term.exit_code == 0
    assert not list(home.rglob("faults.log"))
