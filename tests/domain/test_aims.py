"""The chain from need to indicator: its lines, its gaps, and what serves nothing."""

from __future__ import annotations

import pytest

from ka2tui.domain import aims
from ka2tui.domain.aims import Aim, Gap, Serving, Unit
from ka2tui.domain.kinds import AimKind
from ka2tui.domain.refusal import Refused

WP1 = Unit(1, "WP1", "Management", None, manages=True)
WP2 = Unit(2, "WP2", "Handbook", None, manages=False)
WP3 = Unit(3, "WP3", "Training", None, manages=False)
A31 = Unit(4, "A3.1", "Pilot course", 3, manages=False)
D21 = Serving("deliverable", 21, "D2.1", "Handbook")
M1 = Serving("milestone", 31, "MS1", "Pilot over")
I1 = Serving("indicator", 41, "I1", "teachers trained")


def need(number: int, **more: str) -> Aim:
    return Aim(
        number,
        AimKind.NEED,
        f"N{number}",
        f"need {number}",
        None,
        more.get("group"),
        more.get("by"),
    )


def objective(number: int, parent: int | None) -> Aim:
    return Aim(number, AimKind.OBJECTIVE, f"SO{number}", f"objective {number}", parent, None, None)


def unit(of: Unit) -> Serving:
    return Serving("work_unit", of.id, of.code, of.title)


def test_a_line_goes_from_need_to_indicator_without_a_gap() -> None:
    found = aims.chain([need(1), objective(2, 1)], {2: [unit(WP2), D21, I1]}, [WP1, WP2], {})
    (row,) = found.rows
    assert (row.need, row.objective) == (need(1), objective(2, 1))
    assert aims.say_serving(row.activities) == "WP2"
    assert (row.results, row.indicators) == ((D21,), (I1,))
    assert row.gaps == ()
    assert found.whole


def test_what_belongs_to_a_linked_work_package_serves_too_and_says_through_which() -> None:
    found = aims.chain(
        [need(1), objective(2, 1)],
        {2: [unit(WP3)]},
        [WP1, WP2, WP3, A31],
        {3: [D21], 4: [M1, I1], 2: [Serving("deliverable", 99, "D9", "of another")]},
    )
    (row,) = found.rows
    assert aims.say_serving(row.results) == "D2.1 (by WP3), MS1 (by WP3)"
    assert aims.say_serving(row.indicators) == "I1 (by WP3)"
    assert row.gaps == ()


def test_what_is_linked_itself_is_not_told_twice() -> None:
    found = aims.chain([objective(2, None)], {2: [D21, unit(WP2)]}, [WP2], {2: [D21]})
    assert found.rows[0].results == (D21,)


def test_every_gap_has_its_name() -> None:
    found = aims.chain(
        [need(1), need(5), objective(2, 1), objective(3, None), objective(4, 77)],
        {2: [unit(WP2)], 3: [D21], 4: [I1]},
        [WP2],
        {},
    )
    by_id = {row.id: row for row in found.rows}
    assert by_id[5].gaps == (Gap.OBJECTIVE,)
    assert by_id[2].gaps == (Gap.RESULT, Gap.INDICATOR)
    assert by_id[3].gaps == (Gap.NEED, Gap.ACTIVITY, Gap.INDICATOR)
    assert by_id[4].gaps == (Gap.NEED, Gap.ACTIVITY, Gap.RESULT)
    assert aims.say_gaps(by_id[2].gaps) == "no result, no indicator"
    assert found.gaps == 4
    assert not found.whole


def test_a_need_with_two_objectives_has_two_lines_the_first_says_it() -> None:
    found = aims.chain([need(1), objective(3, 1), objective(2, 1)], {}, [], {})
    assert [(row.id, row.first) for row in found.rows] == [(3, True), (2, False)]


def test_a_work_package_that_serves_nothing_is_named_but_not_that_of_management() -> None:
    plan = [WP1, WP2, WP3, A31]
    found = aims.chain([objective(2, None)], {2: [unit(A31)]}, plan, {})
    assert [one.code for one in found.idle] == ["WP2"]


def test_before_anything_is_linked_no_work_package_is_blamed() -> None:
    assert aims.chain([need(1)], {}, [WP1, WP2], {}).idle == ()


def test_a_circle_of_parents_ends() -> None:
    round_ = [
        Unit(1, "A1", "", 2, manages=False),
        Unit(2, "A2", "", 1, manages=False),
    ]
    found = aims.chain([objective(9, None)], {9: [unit(round_[0])]}, round_, {2: [D21]})
    assert found.rows[0].results[0].code == "D2.1"


def test_target_groups_are_named_once_in_their_order() -> None:
    known = [need(1, group="teachers; Pupils"), need(2, group="pupils\nparents"), need(3)]
    assert aims.target_groups(known) == ("teachers", "Pupils", "parents")


def test_an_aim_says_something() -> None:
    assert aims.read_text("  Fewer   leave early \n") == "Fewer leave early"
    with pytest.raises(Refused):
        aims.read_text(" \n ")
