"""Figures on the command line: the numbers of a project, and the rows behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ka2tui.store.portfolio import Portfolio
from tests.cli.line import Line
from tests.reports import believable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    opened = Portfolio.open(tmp_path / "p.db", actor="Ana")
    opened.do(believable.enter)
    opened.close()
    return Line(tmp_path / "p.db", capsys)


def test_every_figure_is_listed_and_can_be_followed_to_its_rows(line: Line) -> None:
    listed = line.json("figure", "list")
    assert all(each["adds_up"] for each in listed)
    one = next(each for each in listed if each["name"] == "tasks.late")
    shown = line.json("figure", "show", "tasks.late")
    assert {key: shown[key] for key in one} == one
    assert len(shown["behind"]) == shown["rows"] == shown["value"] > 0
    assert shown["behind"][0]["title"] in line.text("figure", "show", "tasks.late")


def test_the_list_narrows_to_names_that_begin_alike(line: Line) -> None:
    names = {each["name"] for each in line.json("figure", "list", "PLAN.wp2")}
    assert names
    assert all(name.startswith("plan.WP2") for name in names)
    assert line.text("figure", "list", "[red]") == "There is no figure [red].\n"


def test_money_adds_up_in_words(line: Line) -> None:
    said = line.text("figure", "show", "plan.money")
    money = next(each for each in line.json("figure", "list") if each["name"] == "plan.money")
    assert f"together {money['said']}" in said


def test_a_figure_that_is_not_there_is_refused(line: Line) -> None:
    code, said = line.error("figure", "show", "=1+1")
    assert (code, "figure list" in said) == (1, True)
