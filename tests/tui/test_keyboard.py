"""What is typed is read as it was typed, however quickly one key follows the other."""

from __future__ import annotations

import sys

import pytest
from textual.events import Key, Paste

if sys.platform == "win32":
    pytest.skip("a console of Windows is read by Textual", allow_module_level=True)

from ka2tui.tui.keyboard import Keyboard


def heard(typed: str) -> list[str]:
    """What is heard of it, keys by their names."""
    events = Keyboard().feed(typed)
    return [it.key if isinstance(it, Key) else getattr(it, "text", "?") for it in events]


@pytest.mark.parametrize("after", ["3", "a", "?", "/", "Z", "é", "\t", "\r", " "])
def test_escape_and_what_is_typed_right_after_it_are_two_keys(after: str) -> None:
    assert heard("\x1b" + after) == ["escape", *heard(after)]


def test_a_line_typed_right_after_an_escape_is_not_taken_for_a_sequence() -> None:
    line = "a line longer than any sequence that a terminal sends"
    assert heard(f"\x1b{line}\x1b\x1b3") == ["escape", *heard(line), "escape", "escape", "3"]


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1bOP", "f1"),
        ("\x1b[5~", "pageup"),
        ("\x1b[1;2B", "shift+down"),
        ("\x1b[27u", "escape"),
        ("\x1b[97;5u", "ctrl+a"),
        ("\x1b\x7f", "ctrl+w"),
        ("\x1bb", "ctrl+left"),
    ],
)
def test_keys_that_are_sent_as_a_sequence_are_one_key(sent: str, key: str) -> None:
    assert heard(sent) == [key]
    assert heard("\x1b" + sent) == ["escape", key]


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_what_is_pasted_holds_no_keys_however_it_arrives(size: int) -> None:
    keyboard = Keyboard()
    text = "\x1b3 is \x00three\n" + "ddd\x1b[A" * 400
    sent = f"a\x1b[200~{text}\x1b[201~b"
    pieces = [sent[:7], *(sent[at : at + size] for at in range(7, len(sent), size))]
    first, pasted, last = (event for piece in pieces for event in keyboard.feed(piece))
    assert isinstance(pasted, Paste)
    assert pasted.text == text.replace("\x00", "")
    assert [it.key for it in (first, last) if isinstance(it, Key)] == ["a", "b"]
