"""The page of all checks: each code once, in the words of the list, and none besides."""

from __future__ import annotations

import re
from pathlib import Path

from ka2tui.domain.checks import catalogue
from ka2tui.domain.checks.catalogue import Check
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.problem import Severity

PAGE = (Path(__file__).parent.parent / "docs" / "checks.md").read_text("utf-8")


def row(check: Check) -> str:
    """Write the line of a check as the page has it."""
    stages = [stage for stage in Stage if stage in check.stages]
    told = "always" if len(stages) == len(Stage) else ", ".join(stages)
    source = catalogue.say_source(check.source, check.place)
    return f"| `{check.code}` | {check.title} | {check.why} | {source} | {told} |"


def test_every_check_stands_on_the_page_in_the_words_of_the_list() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `KA2-")]
    assert rows == [row(check) for check in catalogue.everything().values()]


def test_checks_stand_under_the_first_digit_of_their_number() -> None:
    under = None
    for line in PAGE.splitlines():
        if heading := re.match(r"### (\d)xx: \w", line):
            under = heading[1]
        elif found := re.match(r"\| `KA2-(\d)", line):
            assert found[1] == under, line


def test_weights_and_stages_are_explained() -> None:
    for severity in Severity:
        assert f"| `{severity.letter}` | {severity.value} |" in PAGE
    for stage in Stage:
        assert f"| `{stage}` | {stage.word} |" in PAGE
