"""The guide and the keys on the command line: pages, words, both styles, JSON."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path / "none.db", capsys)


def test_the_pages_are_listed_and_read(line: Line) -> None:
    out, _ = line.run("guide")
    assert "work-package" in out
    out, _ = line.run("guide", "work", "package")
    assert out.startswith("# Work package")
    assert line.json("guide", "task")["title"] == "Task"
    code, said = line.error("guide", "nonsense [red]")
    assert code == 1
    assert "no page “nonsense [red]”; there are first-day" in said


def test_a_page_is_read_aloud_without_signs_of_markdown(line: Line) -> None:
    for page in (one["page"] for one in line.json("guide")):
        said = line.text("guide", page, "--plain")
        assert not re.search(r"^##|^    |\*\*|`|\]\(|\.md\b", said, re.MULTILINE), page
    said = line.text("guide", "task", "--plain")
    assert said.startswith("Task\n\nSomething to be done")
    assert "\n! priority, # tags" in said
    assert "\nWaiting means somebody else" in said
    assert "See also: Capture, Tree and board, Filter\n" in said
    assert "\nka2tui task finish 12\n" in said


@pytest.mark.parametrize("two", [("--json", "--plain"), ("--json", "--tsv"), ("--plain", "--tsv")])
def test_two_ways_to_write_an_answer_are_wrong_usage(line: Line, two: tuple[str, str]) -> None:
    code, said = line.error("guide", *two)
    assert code == 2
    assert f"{two[0]} and {two[1]} are two answers" in said
    assert line.error(two[1], "guide", two[0])[0] == 2
    assert line.code(two[0], "guide", two[0]) == 0


def test_what_the_surroundings_ask_for_gives_way(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KA2TUI_PLAIN", "1")
    assert line.json("guide", "task")["page"] == "task"


def test_words_are_found_with_their_place(line: Line) -> None:
    found = line.json("guide", "--find", "spreadsheet")
    assert found[0]["page"] == "clipboard"
    assert all(it["hits"] for it in found)
    out, _ = line.run("guide", "--find", "zebra")
    assert out.strip() == "No page has all of these words."


def test_every_key_can_be_dumped_in_both_styles_as_settings(line: Line) -> None:
    from ka2tui.tui import keys

    names = {it.name for it in keys.every()}
    for style, down in (("arrows", "down"), ("vim", "down,j")):
        out, _ = line.run("keys", "--dump", "--style", style)
        table = tomllib.loads(out)["keymap"]
        assert set(table) == names
        assert table["list.down"] == down
    value = line.json("keys")
    assert {it["name"] for it in value} == names
    assert all(it["keys"] and it["about"] and it["where"] for it in value)


def test_keys_are_found_by_where_they_work(line: Line) -> None:
    assert {
        it["where"] for it in line.json("keys", "work", "plan") if it["name"] == "plan.edit"
    } == {"Work plan"}
