"""Checklists: reading a file, choosing items, the own estimate."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain.checklist import (
    SCALE,
    Answer,
    ChosenItem,
    applies,
    choose,
    manager_of,
    read_answer,
    score,
    weight_of,
)
from ka2tui.domain.checklist_reading import Item, read_checklist
from ka2tui.domain.kinds import PhaseKind
from ka2tui.domain.refusal import Misread, Refused

FILE: dict[str, Any] = {
    "checklist": {"id": "trip", "title": "Trip", "phase": "goal", "version": "1"},
    "criterion": [{"id": "bags", "title": "Bags"}, {"id": "way", "title": "The way"}],
    "item": [
        {"id": "A1", "criterion": "bags", "text": "Packed.", "proof": "a bag", "weight": 3},
        {"id": "A2", "criterion": "way", "text": "Map.", "applies_to": ["NA"]},
        {"id": "A3", "criterion": "way", "text": "Log.", "weights": {"before-2021": 3}},
    ],
}


def chosen(code: str, criterion: str = "one", weight: int = 1) -> ChosenItem:
    """Make an item as it stands in an assessment."""
    return ChosenItem(code, criterion, criterion.title(), "text", "proof", weight, "practice", None)


def item(*words: str, **weights: int) -> Item:
    """Make an item of a file that applies to these words."""
    first = read_checklist(FILE).items[0]
    heavier = {word.replace("_", "-"): weight for word, weight in weights.items()}
    return Item("X", first.criterion, "text", "", 1, words or ("all",), heavier)


# --- reading ------------------------------------------------------------------------------------


def test_a_file_is_read_with_its_defaults() -> None:
    read = read_checklist(FILE)
    assert (read.id, read.title, read.phase, read.language) == (
        "trip",
        "Trip",
        PhaseKind.GOAL,
        "en",
    )
    first, second, third = read.items
    assert (first.weight, first.proof, first.applies_to) == (3, "a bag", ("all",))
    assert (second.weight, second.applies_to, second.criterion.title) == (1, ("NA",), "The way")
    assert third.weights == {"before-2021": 3}


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("checklist",), None, r"own\.toml, \[checklist\] is missing or is not a table"),
        (("checklist", "id"), None, r"own\.toml, \[checklist\]: id must be a text and is missing"),
        (("checklist", "phase"), "party", r"there is no phase 'party'"),
        (
            ("checklist", "position"),
            "first",
            r"position is a whole number from 1 to 999, not 'first'",
        ),
        (("item",), [], r"own\.toml: there is no \[\[item\]\]"),
        (("item",), ["text"], r"own\.toml: there is no \[\[item\]\]"),
        (("criterion", 1, "id"), "bags", r"own\.toml, criterion 2: id bags stands there twice"),
        (("item", 1, "id"), "A1", r"own\.toml, item 2: id A1 stands there twice"),
        (("item", 1, "id"), None, r"own\.toml, item 2: id must be a text and is missing"),
        (("item", 1, "text"), "  ", r"item 2 \(A2\): text must be a text"),
        (("item", 1, "text"), 7, r"item 2 \(A2\): text must be a text"),
        (("item", 1, "criterion"), "shoes", r"item 2 \(A2\): there is no criterion 'shoes'"),
        (("item", 1, "weight"), 4, r"item 2 \(A2\): weight is a whole number from 1 to 3, not 4"),
        (
            ("item", 1, "weight"),
            True,
            r"item 2 \(A2\): weight is a whole number from 1 to 3, not True",
        ),
        (("item", 1, "applies_to"), "NA", r"item 2 \(A2\): applies_to is a list"),
        (("item", 1, "applies_to"), ["somebody"], r"item 2 \(A2\): applies_to: 'somebody' is not"),
        (("item", 2, "weights"), 3, r"item 3 \(A3\): weights is a table such as"),
        (
            ("item", 2, "weights"),
            {"before-2021": 9},
            r"item 3 \(A3\): before-2021 is .* 1 to 3, not 9",
        ),
    ],
)
def test_a_malformed_file_is_refused_by_name_and_place(
    path: tuple[str | int, ...], value: object, says: str
) -> None:
    data: Any = copy.deepcopy(FILE)
    *way, last = path
    target = data
    for step in way:
        target = target[step]
    if value is None:
        del target[last]
    else:
        target[last] = value
    with pytest.raises(Refused, match=says) as refusal:
        read_checklist(data, "own.toml")
    assert str(refusal.value).startswith("own.toml")


# --- which items --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "action", "managed_by", "year", "fits"),
    [
        (["all"], None, None, None, True),
        (["KA220"], "KA220-SCH", None, 2025, True),
        (["KA220"], "KA220", None, 2025, True),
        (["KA220"], "ka220-sch", None, 2025, True),
        (["KA220"], "KA210-SCH", None, 2025, False),
        (["KA22"], "KA220-SCH", None, 2025, False),
        (["NA"], "KA210-ADU", None, 2025, True),
        (["EACEA"], "KA210-ADU", None, 2025, False),
        (["EACEA"], "ERASMUS-EDU-2025-PEX-COVE", None, 2025, True),
        (["EACEA"], "EPPKA2-KA", None, 2020, True),
        (["PCOOP-ENGO"], "ERASMUS-EDU-2025-PCOOP-ENGO", None, 2025, True),
        (["SCP"], "ERASMUS-SPORT-2025-SSCP", None, 2025, False),
        (["NA"], "our own words", "EACEA", 2025, False),
        (["KA220", "EACEA"], "our own words", "EACEA", 2025, True),
        (["before-2021"], "KA201", None, 2019, True),
        (["before-2021"], "KA220", None, 2021, False),
        (["since-2021"], "KA220", None, 2021, True),
    ],
)
def test_an_item_applies_by_action_manager_and_year(
    words: list[str], action: str | None, managed_by: str | None, year: int | None, *, fits: bool
) -> None:
    assert applies(item(*words), action, managed_by, year) is fits


@pytest.mark.parametrize("word", ["NA", "EACEA", "KA220", "before-2021"])
def test_where_too_little_is_known_an_item_is_kept(word: str) -> None:
    assert applies(item(word))


def test_another_weight_needs_to_be_sure() -> None:
    log = item(before_2021=3)
    assert weight_of(log, "KA201", call_year=2018) == 3
    assert weight_of(log, "KA220", call_year=2024) == 1
    assert weight_of(log) == 1


def test_choosing_copies_what_an_assessment_needs() -> None:
    picked = choose(read_checklist(FILE), "ERASMUS-SPORT-2025-CB", call_year=2019)
    assert [one.code for one in picked] == ["A1", "A3"]
    assert (picked[0].criterion, picked[0].criterion_title, picked[0].proof) == (
        "bags",
        "Bags",
        "a bag",
    )
    assert picked[1].weight == 3


@pytest.mark.parametrize(
    ("action", "manager"),
    [
        ("KA220-HED", "NA"),
        ("KA201", "NA"),
        ("ERASMUS-YOUTH-2025-CB", "EACEA"),
        ("EPPKA2-CBHE-JP", "EACEA"),
        ("KA2201", None),
        ("", None),
        (None, None),
    ],
)
def test_who_manages_is_read_from_the_code(action: str | None, manager: str | None) -> None:
    assert manager_of(action) == manager


# --- the own estimate ---------------------------------------------------------------------------


def test_the_estimate_weighs_items_and_names_its_criteria() -> None:
    items = [chosen("a", "bags", 3), chosen("b", "bags", 1), chosen("c", "way", 2)]
    answers = {"a": Answer(4), "b": Answer(0), "c": Answer(1)}
    seen = score(items, answers)
    assert [(one.title, one.points, one.of, one.per_cent) for one in seen.criteria] == [
        ("Bags", 12, 16, 75),
        ("Way", 2, 8, 25),
    ]
    assert (seen.points, seen.of, seen.total) == (14, 24, 58)
    assert seen.say == "own estimate 58 of 100"


def test_what_is_open_is_told_and_is_no_zero() -> None:
    seen = score([chosen("a"), chosen("b"), chosen("c")], {"a": Answer(3), "b": Answer()})
    assert (seen.total, seen.answered, seen.items, seen.unanswered) == (75, 1, 3, 2)
    assert seen.say == "own estimate 75 of 100, 1 of 3 answered"
    assert not seen.reaches(60)


def test_nothing_answered_is_not_zero_per_cent() -> None:
    seen = score([chosen("a")], {})
    assert seen.total is None
    assert seen.criteria[0].per_cent is None
    assert seen.say == "nothing answered yet"


def test_nothing_that_applies_holds_nobody_up() -> None:
    seen = score([chosen("a")], {"a": Answer(not_applicable=True)})
    assert (seen.total, seen.items, seen.not_applicable) == (None, 0, 1)
    assert seen.say == "nothing applies"
    assert seen.reaches(60)


def test_a_minimum_is_reached_only_with_all_answered() -> None:
    items = [chosen("a"), chosen("b")]
    assert score(items, {"a": Answer(4), "b": Answer(2)}).reaches(75)
    assert not score(items, {"a": Answer(4), "b": Answer(2)}).reaches(76)
    assert not score(items, {"a": Answer(4)}).reaches(75)


def test_only_full_marks_give_a_hundred() -> None:
    items = [chosen(str(number), weight=3) for number in range(50)]
    answers = {one.code: Answer(4) for one in items}
    assert score(items, answers).total == 100
    assert score(items, answers | {"7": Answer(3)}).total == 99


ITEMS = st.lists(
    st.tuples(st.sampled_from(["x", "y", "z"]), st.integers(1, 3)), min_size=1, max_size=25
).map(lambda rows: [chosen(f"i{n}", group, weight) for n, (group, weight) in enumerate(rows)])
ANSWERS = st.one_of(
    st.just(Answer()),
    st.just(Answer(not_applicable=True)),
    st.integers(0, 4).map(Answer),
)


@st.composite
def assessments(draw: st.DrawFn) -> tuple[list[ChosenItem], dict[str, Answer]]:
    """Draw items and an answer to each."""
    items = draw(ITEMS)
    return items, {one.code: draw(ANSWERS) for one in items}


@given(assessments())
def test_an_estimate_is_between_0_and_100(
    drawn: tuple[list[ChosenItem], dict[str, Answer]],
) -> None:
    items, answers = drawn
    seen = score(items, answers)
    given_scores = [one.score for one in answers.values() if one.score is not None]
    assert (seen.total is None) == (not given_scores)
    assert seen.total is None or 0 <= seen.total <= 100
    assert (seen.total == 100) == (bool(given_scores) and min(given_scores) == 4)
    assert seen.items + seen.not_applicable == len(items)
    assert seen.answered == len(given_scores)


@given(assessments(), st.data())
def test_not_applicable_is_as_if_the_item_were_not_there(
    drawn: tuple[list[ChosenItem], dict[str, Answer]], data: st.DataObject
) -> None:
    items, answers = drawn
    gone = data.draw(st.sampled_from(items))
    without = score([one for one in items if one is not gone], answers)
    marked = score(items, answers | {gone.code: Answer(not_applicable=True)})
    assert {one.criterion: one for one in marked.criteria} == {
        one.criterion: one for one in without.criteria
    }


@given(assessments(), st.data())
def test_a_better_answer_never_lowers_the_estimate(
    drawn: tuple[list[ChosenItem], dict[str, Answer]], data: st.DataObject
) -> None:
    items, answers = drawn
    changed = data.draw(st.sampled_from(items)).code
    low, high = sorted((data.draw(st.integers(0, 4)), data.draw(st.integers(0, 4))))
    before = score(items, answers | {changed: Answer(low)}).total
    after = score(items, answers | {changed: Answer(high)}).total
    assert before is not None
    assert after is not None
    assert before <= after


# --- answers as they are typed ------------------------------------------------------------------


def test_every_step_of_the_scale_can_be_typed_as_number_and_word() -> None:
    for step in SCALE:
        assert read_answer(str(step.score)) == Answer(step.score)
        assert read_answer(step.word.upper()) == Answer(step.score)
        assert Answer(step.score).word == step.word
    assert read_answer(" done ") == Answer(4)


@pytest.mark.parametrize("text", ["n/a", "NA", "n", "not  applicable"])
def test_not_applicable_can_be_typed(text: str) -> None:
    assert read_answer(text) == Answer(not_applicable=True)


@pytest.mark.parametrize("text", ["-", "", "open"])
def test_an_answer_can_be_taken_back(text: str) -> None:
    assert read_answer(text).open


@pytest.mark.parametrize("text", ["5", "-1", "3.5", "yes", "٣"])
def test_what_is_no_answer_is_refused_in_words(text: str) -> None:
    with pytest.raises(Misread, match=re.escape(f"0 to 4, n/a or - (open), not {text!r}")):
        read_answer(text)


def test_an_answer_cannot_be_both_or_out_of_range() -> None:
    with pytest.raises(Refused, match="does not apply has no score"):
        Answer(3, not_applicable=True)
    with pytest.raises(Refused, match="between 0 and 4, not 5"):
        Answer(5)
