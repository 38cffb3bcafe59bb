"""The list of checks: whole, in words a coordinator reads, and the same as what can be found."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ka2tui.domain.checks
from ka2tui import datafiles
from ka2tui.domain.checks import catalogue
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.entries import Malformed
from ka2tui.domain.problem import Found, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EVERY = catalogue.everything()


def raised() -> set[int]:
    """Give the numbers of checks in the code: what stands first where a finding is made."""
    folder = Path(ka2tui.domain.checks.__file__).parent
    trees = (ast.parse(file.read_text("utf-8")) for file in folder.glob("*.py"))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        one.value
        for call in calls
        for one in [*flat(call.args)][:2]
        if isinstance(one, ast.Constant) and isinstance(one.value, int) and 101 <= one.value <= 899
    }


def flat(given: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """Give what is given to a call, one by one."""
    for one in given:
        inside = one.value if isinstance(one, ast.Starred) else None
        yield from inside.elts if isinstance(inside, ast.Tuple) else [one]


def test_what_can_be_found_is_listed_and_the_other_way_round() -> None:
    assert raised() == EVERY.keys()


def test_every_check_belongs_to_the_area_of_its_file() -> None:
    for name in datafiles.names("checks", ".toml"):
        numbers = [row["number"] for row in datafiles.read_toml(name)["check"]]
        assert numbers == sorted(numbers), name


@pytest.mark.parametrize("check", EVERY.values(), ids=lambda check: str(check.number))
def test_a_check_is_explained_in_whole_sentences(check: catalogue.Check) -> None:
    assert check.title[0].isupper()
    assert not check.title.endswith(".")
    assert len(check.title) <= 60
    assert check.why.endswith(".")
    assert check.explanation.endswith(".")
    assert 40 <= len(check.explanation.split()) <= 170
    for word in ("!", "journal", "tranche", "evidence", "TODO", "  "):
        assert word not in check.explanation + check.why + check.title


def test_a_check_is_found_by_any_of_its_codes() -> None:
    for said in ("KA2-E401", "KA2-W401", "ka2-g401", "KA2-401", "401", " 401 ", "W401"):
        assert catalogue.find(said).number == 401


@pytest.mark.parametrize("said", ["", "KA2-X401", "999", "KA2-", "40", "four", "[red]", "4010"])
def test_a_code_of_nothing_is_said_so(said: str) -> None:
    with pytest.raises(catalogue.NoCheck, match="check codes"):
        catalogue.find(said)


def test_a_finding_takes_what_it_does_not_say_from_the_list() -> None:
    told = catalogue.told(Found(404, Severity.WARNING, "project", "All are late."))
    assert (told.code, told.why) == ("KA2-W404", EVERY[404].why)
    assert (told.source_id, told.source) == (
        "consultancy",
        "Articles on managing Erasmus+ projects, 2024-2026",
    )


def test_a_source_that_a_finding_names_wins() -> None:
    by_rule = Found(
        404, Severity.ERROR, "project", "x", why="Because.", source="guide-2025", place="p. 7"
    )
    told = catalogue.told(by_rule)
    assert told.why == "Because."
    assert told.source == "Erasmus+ Programme Guide 2025, version 2 (20 January 2025), p. 7"
    own = Found(404, Severity.ERROR, "project", "x", source="your grant agreement: Art. 4")
    assert (catalogue.told(own).source, catalogue.told(own).source_id) == (
        "your grant agreement: Art. 4",
        None,
    )


def test_what_does_not_matter_in_a_stage_is_not_told() -> None:
    found = Found(410, Severity.HINT, "WP2", "It has a single task.")
    assert catalogue.matters(found, Stage.APPLYING)
    assert not catalogue.matters(found, Stage.RUNNING)


GOOD: dict[str, Any] = {
    "number": 401,
    "title": "Title",
    "why": "Because.",
    "source": "practice",
    "stages": ["running"],
    "page": "work_plan",
    "explanation": "What.",
}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"number": 12}, "number is a whole number from 100 to 999"),
        ({"source": "nobody"}, "nobody is no source"),
        ({"stages": ["sleeping"]}, "sleeping"),
        ({"stages": []}, "names no stages"),
        ({"why": ""}, "why must be a text"),
    ],
)
def test_a_check_that_is_not_whole_is_refused(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(Malformed, match=says):
        catalogue.read({"area": "Area", "check": [GOOD | wrong]}, "checks/area.toml")
