from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.lengths import read_length, say_length
from ka2tui.domain.refusal import Misread
from ka2tui.domain.todo import Todo, read_todo

NAMES = {"OU": 1, "ULODZ": 2, "UNIBO": 3, "Ελένη Κ.": 4, "Eleni Kotsi": 4, "Eleni Dimou": 5}
TODAY = date(2026, 11, 22)
START = date(2025, 10, 1)


@pytest.mark.parametrize(
    ("line", "todo"),
    [
        ("Send minutes", Todo("Send minutes")),
        ("Send minutes @OU due:18 Dec", Todo("Send minutes", 1, date(2026, 12, 18))),
        ("@ou send minutes due:+2w now", Todo("send minutes now", 1, date(2026, 12, 6))),
        ("Send due:18 Dec 2027 minutes @ULODZ,", Todo("Send minutes", 2, date(2027, 12, 18))),
        ("Send minutes to UNIBO by fri", Todo("Send minutes to UNIBO", None, date(2026, 11, 27))),
        ("Send #1 and wp:2 !", Todo("Send #1 and wp:2 !")),
        ("due:fri Call @uni", Todo("Call", 3, date(2026, 11, 27))),
        ("Call due: 18 Dec @OU", Todo("Call", 1, date(2026, 12, 18))),
        ("Ask @eleni kotsi about money", Todo("Ask about money", 4)),
        ("Ask @Ελένη Κ. due:M18", Todo("Ask", 4, date(2027, 3, 31))),
        ("Write to a@b.example, cost @ 5", Todo("Write to a@b.example, cost @ 5")),
        ("overdue:x stays", Todo("overdue:x stays")),
        ("[/] \x1b]52; @OU", Todo("[/] ␛]52;", 1)),
    ],
)
def test_who_and_when_are_read_out_of_a_line(line: str, todo: Todo) -> None:
    assert read_todo(line, NAMES, today=TODAY, start=START) == todo


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Send @NOBODY", "@NOBODY: no partner or person has this name"),
        ("Send @U", "@U could be ULODZ or UNIBO: write more of it"),
        ("Send @eleni", "@eleni could be Eleni Kotsi or Eleni Dimou"),
        ("Send due:soon", "“soon” is not a date"),
        ("Send due:", "“due:” has no date after it"),
        ("Send due:31 Feb", "is not a date"),
    ],
)
def test_what_cannot_be_read_stays_and_is_said(line: str, said: str) -> None:
    todo = read_todo(line, NAMES, today=TODAY, start=START)
    assert said in todo.unread
    assert todo.text == line  # all of it stays, for a person to read


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("90", 90), ("90 min", 90), ("6h", 360), ("1h30", 90), ("1 h 30 min", 90)),
        *(("1:30", 90), ("1.5 h", 90), ("45m", 45), ("2 hours", 120)),
    ],
)
def test_lengths_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert read_length(text) == minutes
    assert read_length(say_length(minutes)) == minutes


@pytest.mark.parametrize("text", ["", "long", "0", "-5", "h", "1:75"])
def test_what_is_no_length_is_misread(text: str) -> None:
    with pytest.raises(Misread):
        read_length(text)


def test_lengths_are_said_in_hours() -> None:
    assert [say_length(number) for number in (5, 60, 310)] == ["5 min", "1 h", "5 h 10"]
