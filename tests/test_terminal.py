"""The terminal of the tests can itself be trusted."""

from __future__ import annotations

import signal
import sys

import pytest

from tests.terminal import Terminal, encode

ECHO = """
import sys, tty
tty.setraw(0)
print("ready", end="\\r\\n", flush=True)
while (text := sys.stdin.read(1)) != "q":
    print(repr(text), end="\\r\\n", flush=True)
sys.exit(3)
"""
FRAME = r"""
import sys, tty
tty.setraw(0)
print('old\r\x1b[?2026hne', end='', flush=True)
sys.stdin.read(1)
print('w\x1b[?2026l', end='', flush=True)
sys.stdin.read(1)
"""


def test_keys_arrive_and_the_exit_code_comes_back() -> None:
    with Terminal([sys.executable, "-c", ECHO], size=(40, 10)) as term:
        term.wait("ready")
        term.press("a", "ctrl+z", "space")
        term.type("é")
        term.wait("'é'")
        assert [line for line in term.screen.split("\n") if line][-4:] == [
            "'a'",
            "'\\x1a'",
            "' '",
            "'é'",
        ]
        term.press("q")
        assert term.exit_code == 3


def test_a_text_that_never_comes_is_an_error_that_shows_the_screen() -> None:
    with (
        Terminal([sys.executable, "-c", "print('only this')"]) as term,
        pytest.raises(AssertionError, match="only this"),
    ):
        term.wait("something else")


def test_a_frame_is_seen_whole_or_not_at_all() -> None:
    with Terminal([sys.executable, "-c", FRAME]) as term:
        term.settle()
        assert "ne" not in term.screen
        term.press("enter")
        term.wait("new")


def test_a_closed_window_hangs_up_on_the_program() -> None:
    # one that reads may be told of the end by its keyboard before the signal reaches it
    script = (
        "import signal\n"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)  # who runs the tests may ignore it: nohup\n"
        "print('up', flush=True)\n"
        "signal.pause()"
    )
    with Terminal([sys.executable, "-c", script]) as term:
        term.wait("up")
        term.hang_up()
        assert term.exit_code == -signal.SIGHUP


def test_a_new_size_reaches_the_program() -> None:
    script = (
        "import os, signal\n"
        "signal.signal(signal.SIGWINCH, lambda *_: print(os.get_terminal_size().columns))\n"
        "print('up', flush=True)\nwhile True: signal.pause()"
    )
    with Terminal([sys.executable, "-u", "-c", script]) as term:
        term.wait("up")
        term.resize(132, 43)
        term.wait("132")


@pytest.mark.parametrize(
    ("key", "plain", "kitty"),
    [
        ("a", "a", "a"),
        ("U", "U", "U"),
        ("ctrl+z", "\x1a", "\x1b[122;5u"),
        ("escape", "\x1b", "\x1b[27u"),
        ("shift+tab", "\x1b[Z", "\x1b[9;2u"),
        ("pagedown", "\x1b[6~", "\x1b[6~"),
        ("shift+down", "\x1b[1;2B", "\x1b[1;2B"),
    ],
)
def test_keys_are_encoded_as_terminals_do(key: str, plain: str, kitty: str) -> None:
    assert encode(key, kitty=False) == plain
    assert encode(key, kitty=True) == kitty
