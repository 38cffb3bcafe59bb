from __future__ import annotations

import pytest

from ka2tui.domain.effort import read_effort, say_effort
from ka2tui.domain.refusal import Misread


@pytest.mark.parametrize(
    ("text", "minutes", "said"),
    [
        ("90 min", 90, "1 h 30"),
        ("45m", 45, "45 min"),
        ("1.5h", 90, "1 h 30"),
        ("1,5 h", 90, "1 h 30"),
        ("4", 240, "4 h"),
        ("2d", 960, "2 d"),
        ("1d 4h", 720, "1 d 4 h"),
        ("1 week", 2400, "5 d"),
        ("1 d 15 min", 495, "1 d 15 min"),
        ("0h", 0, "0 min"),
    ],
)
def test_an_effort_is_read_and_said(text: str, minutes: int, said: str) -> None:
    assert read_effort(text) == minutes
    assert say_effort(minutes) == said
    assert read_effort(said if said != "1 h 30" else "1 h 30 m") == minutes


@pytest.mark.parametrize("text", ["", "a while", "2x", "-3h", "1h?"])
def test_what_is_no_effort_is_refused(text: str) -> None:
    with pytest.raises(Misread, match="not an effort"):
        read_effort(text)
