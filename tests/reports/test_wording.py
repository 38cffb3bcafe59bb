"""A coordinator may say things their own way; what cannot be used is told, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ka2tui.domain.entries import Malformed
from ka2tui.reports import wording
from ka2tui.reports.progress import WORDS


def own(tmp_path: Path, text: str) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / WORDS).write_text(text, encoding="utf-8")
    return tmp_path


def test_one_none_and_many_have_their_own_forms() -> None:
    words = wording.Wording({"a": ("one", "{n} of them"), "b": ("no", "one", "{n}")}, {})
    assert [words("a", n) for n in (0, 1, 2)] == ["0 of them", "one", "2 of them"]
    assert [words("b", n) for n in (0, 1, 2)] == ["no", "one", "2"]


def test_braces_in_what_is_filled_in_mean_nothing() -> None:
    words = wording.Wording({"a": "Late: {names}."}, {})
    assert words("a", names="{n} {0.__class__} %s") == "Late: {n} {0.__class__} %s."


def test_an_own_wording_wins_and_the_rest_stays(tmp_path: Path) -> None:
    folder = own(tmp_path, '[tasks]\ntitle = "Was zu tun ist"\n[rows]\nlate = 3\n')
    words = wording.load(WORDS, folder)
    assert words("tasks.title") == "Was zu tun ist"
    assert words.number("rows.late") == 3
    assert words("estimates.title") == wording.load(WORDS)("estimates.title")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[tasks]\ntytle = "x"', "no tasks.tytle"),
        ('[tasks]\ntitle = "{secret}"', "no gap {secret}"),
        ('[summary]\nlate = "{names.__class__}"', "not a plain name"),
        ('[summary]\nlate = "{names!r}"', "not a plain name"),
        ('[summary]\nlate = "{"', "brace too many"),
        ('[summary]\nfinished = "x"', "list of 2 texts"),
        ('[rows]\nlate = "x"', "whole number"),
        ("[rows]\nlate = 0", "whole number"),
        ('title = "x"', "outside of every"),
        ("[tasks]\ntitle = [1]", "a text, a list of texts"),
    ],
)
def test_a_wording_that_cannot_be_used_names_file_and_place(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(Malformed) as refused:
        wording.load(WORDS, own(tmp_path, text))
    assert said in str(refused.value)
    assert "progress.toml" in str(refused.value)


def test_texts_are_joined_as_a_sentence_does() -> None:
    assert wording.listed([]) == ""
    assert wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
