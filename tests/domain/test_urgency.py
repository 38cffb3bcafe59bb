"""Urgency: every part named, and the score their exact sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain.entries import Malformed
from ka2tui.domain.urgency import Facts, Scores, load, parts, score

if TYPE_CHECKING:
    from pathlib import Path

WEIGHTS = load()

some_facts = st.builds(
    Facts,
    state=st.sampled_from(["open", "doing", "waiting", "done", "cancelled"]),
    days=st.none() | st.integers(-4000, 4000),
    priority=st.sampled_from(["low", "normal", "high"]),
    tags=st.lists(st.sampled_from(["next", "NEXT", "someday", "x"]), max_size=3).map(tuple),
    waits=st.integers(0, 9),
    holds_up=st.integers(0, 900),
    near=st.none() | st.integers(-90, 90),
)


@given(some_facts)
def test_the_score_is_the_sum_of_the_parts_and_nothing_else(facts: Facts) -> None:
    told = parts(facts, WEIGHTS)
    assert Scores(WEIGHTS).of(facts) == score(told) == sum(part.points for part in told)
    assert all(type(part.points) is int and part.points and part.said for part in told)


def test_what_is_true_is_said_with_its_points() -> None:
    facts = Facts("doing", -4, "high", ("Next", "tpm"), waits=1, holds_up=2, near=6)
    assert [(part.said, part.points) for part in parts(facts, WEIGHTS)] == [
        ("late by 4 days", 53),
        ("high priority", 25),
        ("in work", 15),
        ("waits for 1 task", -25),
        ("holds up 2 tasks", 16),
        ("a deliverable or milestone there is due in 6 days", 10),
        ("tagged #Next", 60),
    ]


def test_what_is_closed_is_not_urgent() -> None:
    assert parts(Facts("done", -30, "high"), WEIGHTS) == ()


def test_the_nearer_the_more_urgent_and_late_before_all() -> None:
    scores = [Scores(WEIGHTS).of(Facts("open", days)) for days in range(-40, 60)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 70
    assert scores[-1] == 0


def test_weights_of_ones_own_stand_over_ours(tmp_path: Path) -> None:
    file = tmp_path / "urgency.toml"
    file.write_text("[tags]\nUrgent = 99\n[priority]\nhigh = 40\n", encoding="utf-8")
    own = load(tmp_path)
    told = parts(Facts("open", 0, "high", ("urgent", "next")), own)
    assert [part.points for part in told] == [45, 40, 99]
    assert own.priority["low"] == -10


def test_weights_of_ones_own_are_read_again_when_they_have_changed(tmp_path: Path) -> None:
    for points in (-10, -100):
        (tmp_path / "urgency.toml").write_text(f"[priority]\nlow = {points}\n", "utf-8")
        assert load(tmp_path).priority["low"] == points


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tags]\nnext = 1.5\n", "tags, next is a whole number from -1000 to 1000"),
        ("[tags]\nnext = true\n", "tags, next is a whole number"),
        ("[due]\nsoon = 3\n", "due: soon is no number of days"),
        ("[priority]\nurgent = 3\n", "there is no urgent; there is high, normal, low"),
        ("[age]\nday = 3\n", r"there is no table \[age\]"),
        ("tags = 3\n", "tags"),
    ],
)
def test_weights_that_cannot_be_are_named_with_their_place(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "urgency.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Malformed, match=said) as told:
        load(tmp_path)
    assert str(file) in str(told.value)
