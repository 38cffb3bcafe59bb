"""Own checklists: found, checked line by line, and none of them stops the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ka2tui.domain import checklist, checklist_files
from ka2tui.domain.checklist_files import copy, found
from ka2tui.domain.refusal import Refused

GOOD = """
[checklist]
id = "visit"
title = "Before a visit [red]"
phase = "implementation"

[[criterion]]
id = "papers"
title = "Papers"

[[item]]
id = "V1"
criterion = "papers"
text = "Everybody has insurance."
weight = 3
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "checklists").mkdir()
    return tmp_path


def write(own: Path, text: str, name: str = "visit.toml") -> Path:
    file = own / "checklists" / name
    file.write_text(text, "utf-8")
    return file


def test_one_of_ones_own_stands_after_ours_and_is_found_by_name(own: Path) -> None:
    file = write(own, GOOD)
    seen = found(own)
    assert [one.id for one in seen.entries] == [*(it.id for it in checklist.load()), "visit"]
    assert (list(seen.own), seen.broken, seen.files["visit"]) == (["visit"], (), file)
    one = checklist.find("Before a visit [RED]", own)
    assert (one.title, one.items[0].weight, one.version) == ("Before a visit [red]", 3, "1")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("weight = 3", "weight = 9"), "line 15, item 1 (V1): weight is a whole number from 1"),
        (('phase = "imp', 'phase = "x'), "line 5, [checklist]: there is no phase 'xlementation'"),
        (('id = "visit"', 'id = "7 days"'), "line 3, [checklist]: id is made of letters"),
        (('text = "Every', 'txt = "Every'), "line 11, item 1 (V1): text must be a text and is mis"),
        (('criterion = "papers"', 'criterion = "bags"'), "line 13, item 1 (V1): there is no crit"),
        (('id = "visit"', 'id = "goal"'), "line 3: id goal is that of 2_goal.toml already"),
        (('id = "V1"', 'id = "V1'), "no TOML: Illegal character '\\n' (at line 12"),
        (("[[item]]", "[[things]]"), "there is no [[item]]"),
    ],
)
def test_a_broken_one_is_named_with_line_and_key_and_the_others_work(
    own: Path, change: tuple[str, str], says: str
) -> None:
    assert change[0] in GOOD
    file = write(own, GOOD.replace(*change))
    write(own, GOOD.replace('"visit"', '"second"'), "second.toml")
    seen = found(own)
    (broken,) = seen.broken
    assert broken.file == file
    assert broken.why.startswith(str(file))
    assert says in broken.why
    assert [one.id for one in seen.entries] == [*(it.id for it in checklist.load()), "second"]


def test_what_is_no_text_is_named_too(own: Path) -> None:
    write(own, "").write_bytes(b"\xff\xfe")
    (broken,) = found(own).broken
    assert "byte 1 is not UTF-8 text" in broken.why


def test_a_broken_one_in_place_of_ours_lets_ours_stand(own: Path) -> None:
    write(own, "nonsense", "2_goal.toml")
    seen = found(own)
    assert len(seen.broken) == 1
    assert [one.id for one in seen.entries] == [one.id for one in checklist.load()]
    assert seen.own == frozenset()


def test_a_change_is_seen_without_beginning_again(own: Path) -> None:
    file = write(own, GOOD)
    assert checklist.find("visit", own).items[0].weight == 3
    file.write_text(GOOD.replace("weight = 3", "weight = 2"), "utf-8")
    os.utime(file, ns=(1, 1))
    assert checklist.find("visit", own).items[0].weight == 2


def test_control_signs_of_a_file_are_made_visible(own: Path) -> None:
    write(own, GOOD.replace("Everybody", r"\u001b]52;c;eA==\u0007 Everybody"))
    assert "\x1b" not in checklist.find("visit", own).items[0].text


def test_a_copy_takes_the_place_of_ours_or_stands_beside_it(own: Path) -> None:
    same = copy("goal", own)
    assert same.name == "2_goal.toml"
    assert found(own).own == {"goal"}
    beside = copy("goal", own, name="goal_short", title='Goal "in short"')
    one = checklist.find("goal_short", own)
    assert (beside.name, one.title) == ("goal_short.toml", 'Goal "in short"')
    assert len(one.items) == len(checklist.find("goal").items)
    assert found(own).own == {"goal", "goal_short"}
    assert same.read_text("utf-8").startswith("# What must be clear")


@pytest.mark.parametrize("name", ["../x", "Goal", "", "7", "a b", "con:", "x" * 41])
def test_a_copy_goes_nowhere_else(own: Path, name: str) -> None:
    with pytest.raises(Refused, match="cannot be its id"):
        copy("goal", own, name=name)
    assert list((own / "checklists").iterdir()) == []


def test_a_copy_never_takes_the_place_of_what_was_written(own: Path) -> None:
    copy("goal", own)
    with pytest.raises(Refused, match="is there already"):
        copy("goal", own)
    with pytest.raises(Refused, match="There is a checklist proposal already"):
        copy("goal", own, name="proposal")


def test_the_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    assert copy("goal", tmp_path / "new", name="mine").is_file()
    assert checklist_files.found(tmp_path / "nowhere").broken == ()
