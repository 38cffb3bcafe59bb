"""Award criteria: totals, minima and the words experts use, from the rules as they are shipped."""

from __future__ import annotations

import pytest

from ka2tui.domain import rulebook
from ka2tui.domain.award import judge, named
from ka2tui.domain.call_rules import Award, Quality
from ka2tui.domain.refusal import Refused


def award(action: str) -> Award:
    found = rulebook.of(rulebook.load(), action, 2025)
    assert found is not None
    assert found.rules.award is not None
    return found.rules.award


def quality() -> Quality:
    found = rulebook.of(rulebook.load(), "KA220", 2025)
    assert found is not None
    assert found.call.quality is not None
    return found.call.quality


def points(relevance: int, design: int, partnership: int, impact: int) -> dict[str, int | None]:
    return {
        "relevance": relevance,
        "design": design,
        "partnership": partnership,
        "impact": impact,
    }


@pytest.mark.parametrize(
    ("given", "fundable", "reason"),
    [
        ((13, 30, 20, 7 + 6), True, None),
        ((12, 30, 20, 25), False, "Relevance: 12 points of 25, below its minimum of 13."),
        ((25, 14, 20, 25), False, "Design and implementation: 14 points of 30"),
        ((25, 30, 9, 25), False, "Partnership: 9 points of 20, below its minimum of 10."),
        ((25, 30, 20, 12), False, "Impact: 12 points of 25, below its minimum of 13."),
        ((18, 21, 14, 17), True, None),
        ((18, 21, 14, 16), False, "1 point missing to the threshold of 70."),
    ],
)
def test_a_cooperation_partnership(
    given: tuple[int, int, int, int], *, fundable: bool, reason: str | None
) -> None:
    found = judge(award("KA220"), points(*given))
    assert found.fundable is fundable
    assert found.total == sum(given)
    if reason is None:
        assert found.reasons == ()
    else:
        assert found.reasons[0].startswith(reason)


@pytest.mark.parametrize(
    ("action", "given", "fundable"),
    [
        ("KA210", (15, 15, 10, 10), False),
        ("KA210", (20, 20, 10, 10), True),
        ("KA210", (14, 30, 20, 20), False),
        ("COVE", (18, 25, 20, 11), False),
        ("COVE", (19, 25, 20, 11), True),
        ("TEACH-ACA", (24, 25, 20, 20), False),
        ("TEACH-ACA", (25, 25, 20, 11), True),
        ("ALLIANCES-1", (25, 15, 25, 20), False),
        ("CB-SPORT", (30, 20, 20, 14), False),
    ],
)
def test_other_actions(action: str, given: tuple[int, int, int, int], *, fundable: bool) -> None:
    assert judge(award(action), points(*given)).fundable is fundable


def test_what_is_open_stays_open_until_nothing_can_change_it() -> None:
    rules = award("KA220")
    assert judge(rules, {}).fundable is None
    assert judge(rules, {}).said == "no points given yet"
    half = judge(rules, {"relevance": 20, "design": 20})
    assert (half.fundable, half.total, half.sum) == (None, None, 40)
    assert half.reasons == ("Without points yet: Partnership, Impact.",)
    low = judge(rules, {"relevance": 13, "design": 15, "partnership": 10})
    assert low.fundable is False
    assert low.reasons[0] == "The threshold of 70 can no longer be reached."
    one = judge(rules, {"impact": 12})
    assert one.fundable is False
    assert one.said == (
        "12 of 25 for what is scored, 1 of 4 criteria, threshold 70: not enough as it stands"
    )
    assert half.said.endswith("2 of 4 criteria, threshold 70: not all given")
    assert half.brief == "40 of 100 so far"


def test_points_beyond_a_criterion_are_refused() -> None:
    for bad in (26, -1):
        with pytest.raises(Refused, match="Relevance has 0 to 25 points"):
            judge(award("KA220"), {"relevance": bad})


@pytest.mark.parametrize(
    ("given", "word"),
    [
        *((25, "very good"), (22, "very good"), (21, "good"), (18, "good")),
        *((17, "fair"), (13, "fair"), (12, "weak"), (0, "weak")),
    ],
)
def test_the_words_of_experts(given: int, word: str) -> None:
    found = judge(award("KA220"), {"relevance": given}, quality())
    assert found.marks[0].word == word


def test_no_word_where_no_scale_is_known() -> None:
    assert judge(award("COVE"), {"relevance": 30}, quality()).marks[0].word is None


def test_a_criterion_is_named_by_its_beginning() -> None:
    rules = award("KA220")
    assert named(rules, "Rel").id == "relevance"
    assert named(rules, " design and impl").id == "design"
    for bad in ("", "x", "quality"):
        with pytest.raises(Refused, match="there are relevance, design, partnership, impact"):
            named(rules, bad)


def test_every_action_of_the_rules_can_be_judged() -> None:
    for call in rulebook.load():
        for rules in call.actions:
            if rules.award is not None:
                best = {one.id: one.most for one in rules.award.criteria}
                assert judge(rules.award, best).fundable is True
                worst = {one.id: one.least for one in rules.award.criteria}
                assert judge(rules.award, worst).fundable is (
                    sum(worst.values()) >= rules.award.threshold
                )
