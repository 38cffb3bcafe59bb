"""Assessments beside each other: who differs, what is agreed, and how estimates went."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain import comparing, mending, trend
from ka2tui.domain.checklist import Answer
from ka2tui.domain.comparing import Filling, Given, Round
from ka2tui.domain.trend import Point

NOT = Answer(not_applicable=True)
OPEN = Answer()


def item(
    code: str, answer: Answer, text: str = "It is so", weight: int = 1, note: str = ""
) -> Given:
    return Given(code, code[0], f"Criterion {code[0]}", text, None, None, weight, answer, note)


def compared(*answers: Answer | None) -> comparing.Compared:
    sheets = [[item("A1", one)] if one else [item("Z1", OPEN)] for one in answers]
    return next(one for one in comparing.compare(sheets) if one.code == "A1")


def test_how_far_apart_they_are_is_said_in_points() -> None:
    one = compared(Answer(4), Answer(1), Answer(2))
    assert (one.spread, one.gap, one.word, one.agreed) == (3, 3, "3 apart", None)


def test_whether_it_applies_at_all_is_as_far_as_can_be() -> None:
    one = compared(Answer(3), NOT)
    assert (one.spread, one.gap, one.word) == (None, 4, "applies or not")


def test_what_is_open_is_no_agreement_and_no_disagreement() -> None:
    one = compared(Answer(3), OPEN, Answer(3))
    assert (one.gap, one.agreed, one.silent, one.word) == (0, None, (1,), "not all answered")
    assert compared(OPEN, OPEN).word == "not answered"


def test_all_who_have_the_item_must_say_the_same() -> None:
    assert compared(Answer(3), Answer(3)).agreed == Answer(3)
    assert compared(NOT, NOT).agreed == NOT
    assert compared(Answer(3), Answer(3), None).agreed == Answer(3)
    assert compared(Answer(3), None).agreed is None


def test_what_was_worded_differently_was_not_agreed() -> None:
    (one,) = comparing.compare([[item("A1", Answer(3), "old")], [item("A1", Answer(3), "new")]])
    assert (one.text, one.agreed, one.word) == ("new", None, "worded differently")


def test_disagreements_come_first_then_what_is_open_then_what_is_agreed() -> None:
    here = [item("A1", Answer(2)), item("A2", Answer(4)), item("A3", OPEN), item("B1", NOT)]
    there = [item("A1", Answer(2)), item("A2", Answer(3)), item("A3", Answer(1))]
    there += [item("B1", Answer(0), weight=3), item("B2", Answer(0))]
    items = comparing.compare([here, there])
    assert [one.code for one in items] == ["A1", "A2", "A3", "B1", "B2"]
    assert [one.code for one in comparing.by_disagreement(items)] == ["B1", "A2", "A3", "B2", "A1"]


def test_items_that_only_an_older_one_has_stand_in_their_criterion() -> None:
    old = [item("A1", OPEN), item("A2", OPEN), item("B1", OPEN)]
    new = [item("B1", OPEN), item("A1", OPEN)]
    assert [one.code for one in comparing.compare([old, new])] == ["B1", "A1", "A2"]


def test_the_estimate_once_agreed_lies_between_the_lowest_and_the_highest() -> None:
    items = comparing.compare(
        [
            [item("A1", Answer(4)), item("A2", Answer(0))],
            [item("A1", Answer(4)), item("A2", Answer(2))],
        ]
    )
    seen = comparing.outcome(items)
    assert (seen.agreed.total, seen.lowest.total, seen.highest.total) == (100, 50, 75)
    assert seen.say == "agreed, the own estimate would be between 50 and 75 of 100"
    half = comparing.compare([[item("A1", Answer(4)), item("A2", OPEN)]] * 2)
    said = "agreed, the own estimate would be 100 of 100, 1 of 2 answered"
    assert comparing.outcome(half).say == said


def test_what_is_proposed_says_who_said_what_where_they_differ() -> None:
    items = comparing.compare(
        [
            [item("A1", Answer(4), note="seen"), item("A2", Answer(0), note="[red]")],
            [item("A1", Answer(4)), item("A2", OPEN)],
        ]
    )
    assert comparing.proposed(items, ["Ana", "Ben"]) == {
        "A1": (Answer(4), "Ana: 4, seen"),
        "A2": (OPEN, "Ana: 0, [red]\nBen: -"),
    }


def filling(number: int, who: str, day: date, *, begun: bool = True) -> Filling:
    return Filling(number, who, day, begun)


def test_the_newest_of_each_in_one_round_is_compared_and_what_was_agreed_is_not() -> None:
    day = date(2026, 5, 1)
    rows = [
        filling(7, comparing.agreed_by(["Ana", "Ben"]), date(2026, 9, 1)),
        filling(6, "ana", day),
        filling(5, "Ben", day - timedelta(60)),
        filling(4, "Ana", day - timedelta(60)),
        filling(3, "Zoë", day - timedelta(61)),
        filling(2, "Zoë", date(2024, 5, 1)),
        filling(1, "Eve", date(2024, 5, 1), begun=False),
    ]
    assert comparing.newest_round(rows) == Round((6, 5), (3,))
    assert comparing.newest_round([]) == Round((), ())


def test_what_is_not_begun_neither_opens_a_round_nor_hides_what_is() -> None:
    rows = [
        filling(4, "Ana", date(2026, 11, 1), begun=False),
        filling(3, "Cem", date(2026, 11, 1), begun=False),
        filling(2, "Ana", date(2026, 5, 2)),
        filling(1, "Ben", date(2026, 5, 1)),
    ]
    assert comparing.newest_round(rows) == Round((2, 1, 3), ())


SHEETS = st.lists(
    st.lists(
        st.one_of(st.just(OPEN), st.just(NOT), st.integers(0, 4).map(Answer)),
        min_size=3,
        max_size=3,
    ),
    min_size=2,
    max_size=5,
)


@given(SHEETS)
def test_an_item_is_either_apart_or_agreed_or_open(drawn: list[list[Answer]]) -> None:
    sheets = [[item(f"A{n}", one) for n, one in enumerate(sheet)] for sheet in drawn]
    items = comparing.compare(sheets)
    for one in items:
        assert (one.gap > 0) + (one.agreed is not None) <= 1
        assert one.gap or one.agreed is not None or one.silent
    seen = comparing.outcome(items)
    if seen.lowest.total is not None and seen.highest.total is not None:
        assert seen.lowest.total <= seen.highest.total


# --- over time ----------------------------------------------------------------------------------


def test_assessors_have_letters_of_their_own() -> None:
    assert trend.letters(["Ana", "Ben", "ana", "Anna", "Łucja", "张"]) == {
        "ana": "A",
        "ben": "B",
        "anna": "N",
        "lucja": "L",
        "张": "C",
    }


def test_the_chart_is_read_without_colour() -> None:
    points = [Point(date(2026, 1, 1), "A", 0), Point(date(2026, 3, 1), "B", 50)]
    points += [Point(date(2026, 5, 1), "a", 100), Point(date(2026, 5, 1), "B", 100)]
    lines = trend.chart(points, width=30, height=5)
    assert lines == [
        "100 ┤                       aB",
        "    │",
        " 50 ┤            B",
        "    │",
        "  0 ┤A",
        "    └─────────────────────────",
        "     1 Jan 2026     1 May 2026",
    ]


@given(
    st.lists(
        st.tuples(st.dates(), st.sampled_from("ABab"), st.integers(0, 100)), min_size=1, max_size=60
    ),
    st.integers(20, 120),
)
def test_a_chart_never_is_wider_than_asked(rows: list[tuple[date, str, int]], width: int) -> None:
    lines = trend.chart([Point(*row) for row in rows], width=max(width, 30))
    assert len(lines) == 11
    assert max(map(len, lines)) <= max(width, 30)
    letters = "".join(line[5:] for line in lines[:9]).replace(" ", "")
    assert letters


def test_the_way_of_estimates_is_said_in_words() -> None:
    assert trend.say([40, None, 63]) == "40 → 63, 23 points up"
    assert trend.say([40]) == "40"
    assert trend.say([None]) == "not filled in to its end yet"
    assert trend.say([40, 40]) == "40 → 40, as before"
    assert trend.spark([0, None, 50, 100]) == "▁·▅█"


# --- tasks of items -----------------------------------------------------------------------------


def test_a_task_has_a_title_one_can_read_and_a_date() -> None:
    assert mending.title("G01", "All is there.") == "G01: All is there"
    long = mending.title("G01", "word " * 50)
    assert len(long) <= mending.LONGEST + 2
    assert long.endswith("word …")
    assert len(mending.title("G01", "x" * 500)) <= mending.LONGEST + 2
    day = date(2026, 11, 22)
    assert mending.due(day, None) == date(2026, 12, 6)
    assert mending.due(day, date(2026, 11, 30)) == date(2026, 11, 30)
    assert mending.due(day, date(2026, 1, 1)) == date(2026, 12, 6)
