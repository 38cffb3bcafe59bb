"""The guide and the keys on the command line: pages, words, both styles, JSON."""

from __future__ import annotations

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
