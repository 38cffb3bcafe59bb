"""Before you go on: what counts as open, and which own estimate tells; shapes of actions."""

from __future__ import annotations

import pytest

from ka2tui.domain.actions import shape_of
from ka2tui.domain.checklist import CriterionScore, Score
from ka2tui.domain.going_on import Standing, still_open, telling, work_open
from ka2tui.domain.kinds import ProjectShape


def test_the_estimate_that_counts_is_told_beside_one_just_begun() -> None:
    whole, begun = score(63, 10), score(57, 4, 16)
    assert Standing("a", "A", whole, whole).said == whole.say
    assert Standing("a", "A", whole, begun).said == f"{whole.say}; {begun.total} so far, 4 of 16"
    assert Standing("a", "A", None).said == "never filled in"


def test_open_work_is_told_in_words_and_nothing_where_there_is_none() -> None:
    assert work_open(48, 6, ["D3.2"]) == ("48 tasks are open, 6 of them late", "D3.2 is late")
    assert work_open(1, 0, ["D1", "D2"]) == ("1 task is open", "D1, D2 are late")
    assert work_open(0, 0, []) == ()


def score(points: int, answered: int = 10, items: int = 10) -> Score:
    return Score((CriterionScore("a", "A", points, answered * 4, answered, items),), 0)


def test_nothing_is_open_where_steps_are_done_and_the_estimate_is_reached() -> None:
    assert still_open([("One", True)], [Standing("a", "A", score(28))], 70) == ()
    assert still_open([], [], None) == ()


def test_steps_come_first_then_what_each_checklist_lacks() -> None:
    standings = [
        Standing("a", "A", score(27)),
        Standing("b", "B", score(28, 7)),
        Standing("c", "C", None),
    ]
    assert still_open([("One", True), ("Two", False)], standings, 70) == (
        "Step “Two” is not done",
        "Checklist “A”: own estimate 67 of 100, at least 70 wanted",
        "Checklist “B” has 3 of 10 items not answered",
        "Checklist “C” was never filled in",
    )


def test_without_a_wanted_estimate_only_answers_are_asked_for() -> None:
    assert still_open([], [Standing("a", "A", score(0))], None) == ()


def test_the_newest_finished_estimate_tells_else_the_newest() -> None:
    done, whole, begun = score(20, 8), score(30), score(4, 1)
    assert telling([]) is None
    assert telling([(False, begun)]) is begun
    assert telling([(True, done), (False, begun)]) is done
    assert telling([(True, done), (False, whole), (False, begun)]) is whole


@pytest.mark.parametrize(
    ("action", "year", "shape"),
    [
        ("KA229", 2019, ProjectShape.HEADINGS),
        ("KA226-HE", 2020, ProjectShape.HEADINGS),
        ("KA206", None, ProjectShape.WORK_PACKAGES),
        ("KA220", None, ProjectShape.WORK_PACKAGES),
        ("EPPKA2-CBHE-JP", 2020, ProjectShape.WORK_PACKAGES),
    ],
)
def test_older_actions_have_budget_headings(
    action: str, year: int | None, shape: ProjectShape
) -> None:
    assert shape_of(action, year) is shape
