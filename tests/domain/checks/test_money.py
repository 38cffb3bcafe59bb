"""The money, case by case: sums to the cent, ceilings, amounts an action gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain import rulebook
from ka2tui.domain.checks import catalogue, money
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.checks.subject import Member, Money, Portion, Project, Subject, Unit
from ka2tui.domain.kinds import WorkUnitKind, WorkUnitState
from ka2tui.domain.rulebook import OwnValue

KNOWN = rulebook.load()
COVE = "ERASMUS-EDU-2025-PEX-COVE"
LOT_1 = "ERASMUS-EDU-2025-PI-ALL-INNO-EDU-ENTERP"
CBHE_1 = "ERASMUS-EDU-2025-CBHE-STRAND-1"
CBHE_2 = "ERASMUS-EDU-2025-CBHE-STRAND-2"
CB_YOUTH = "ERASMUS-YOUTH-2025-CB"
CB_SPORT = "ERASMUS-SPORT-2025-CB"


def parts(*cents: int | None, management: str = "Project management") -> tuple[Unit, ...]:
    """Make work packages with these amounts, the first as the management."""
    titles = [management, *("Work" for _ in cents[1:])][: len(cents)]
    return tuple(
        Unit(number, f"WP{number}", title, cents=amount)
        for number, (title, amount) in enumerate(zip(titles, cents, strict=True), start=1)
    )


def look(
    grant: int | None = None,
    units: tuple[Unit, ...] = (),
    *,
    action: str | None = "KA220-SCH",
    stage: Stage = Stage.APPLYING,
    year: int | None = 2025,
    own: dict[str, OwnValue] | None = None,
    members: tuple[Member, ...] = (),
    paid: Money = Money(),  # noqa: B008 - frozen
    **project: Any,
) -> list[str]:
    """Check the money; give the codes that are told in the stage, the amounts in whole euros."""
    rules = rulebook.of(KNOWN, action, year)
    if rules is not None and own:
        rules = rules.with_agreement(own)
    cents = None if grant is None else grant * 100
    seen = Subject(
        Project(grant_cents=cents, **project),
        stage,
        date(2025, 1, 15),
        units=units,
        members=members,
        money=paid,
    )
    found = money.found(seen, rules)
    return [one.code for one in found if catalogue.matters(one, stage)]


# --- the grant ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "right", "wrong"),
    [
        ("KA220-SCH", (120_000, 250_000, 400_000), (60_000, 119_999, 250_001, 300_000, 400_100)),
        ("KA210-SCH", (30_000, 60_000), (45_000, 120_000, 60_001)),
        ("ERASMUS-SPORT-2025-SCP", (120_000, 250_000, 400_000), (200_000,)),
        ("ERASMUS-SPORT-2025-SSCP", (30_000, 60_000), (50_000,)),
        (COVE, (4_000_000, 3_200_000), (4_000_001,)),
        ("ERASMUS-EDU-2025-PEX-TEACH-ACA", (1_500_000,), (1_500_001,)),
        ("ERASMUS-EDU-2025-PI-ALL-INNO-BLUEPRINT", (4_000_000,), (3_900_000,)),
        (CBHE_1, (200_000, 399_999, 400_000), (199_999, 400_001)),
        (CBHE_2, (400_000, 800_000), (399_999, 800_001)),
        ("ERASMUS-EDU-2025-CBHE-STRAND-3", (600_000, 1_000_000), (599_999, 1_000_001)),
        ("ERASMUS-EDU-2025-CB-VET-WB", (100_000, 400_000), (99_999, 400_001)),
        (CB_YOUTH, (300_000, 450_000), (450_001,)),
        (CB_SPORT, (100_000, 200_000), (99_999, 200_001)),
    ],
)
def test_each_action_gives_its_amounts(
    action: str, right: tuple[int, ...], wrong: tuple[int, ...]
) -> None:
    assert [grant for grant in right if look(grant, action=action)] == []
    assert [grant for grant in wrong if look(grant, action=action) != ["KA2-E301"]] == []


@pytest.mark.parametrize(
    ("months", "grant", "expected"),
    [
        (24, 1_000_000, []),
        (36, 1_500_000, []),
        (24, 1_500_000, ["KA2-E301"]),
        (36, 1_000_000, ["KA2-E301"]),
        (None, 1_000_000, []),
        (36, 1_200_000, ["KA2-E301"]),
    ],
)
def test_where_the_amount_follows_the_duration_they_go_together(
    months: int | None, grant: int, expected: list[str]
) -> None:
    assert look(grant, action=LOT_1, months=months) == expected


def test_a_cent_off_a_lump_sum_is_found() -> None:
    rules = rulebook.of(KNOWN, "KA220", 2025)
    seen = Subject(Project(grant_cents=25_000_001), Stage.APPLYING, date(2025, 1, 15))
    (one,) = money.found(seen, rules)
    assert one.text == (
        "The grant is € 250 000.01. Cooperation Partnerships: € 120 000, € 250 000 or € 400 000."
    )


@pytest.mark.parametrize("stage", [Stage.RUNNING, Stage.CLOSING])
def test_once_it_runs_a_near_amount_may_be_a_slip(stage: Stage) -> None:
    assert look(250_010, stage=stage) == ["KA2-W301"]
    assert look(300_000, stage=stage) == ["KA2-E301"]
    assert look(300_000, stage=Stage.CLOSED) == []


def test_an_amount_in_another_currency_or_of_a_call_to_come_is_no_error() -> None:
    assert look(300_000, currency="PLN") == []
    assert look(300_000, year=2027) == ["KA2-W301"]
    assert look(300_000, year=2023) == ["KA2-E301"]  # calls before and after it have the same
    assert look(300_000, action="KA220-SCH", year=2021) == []  # any amount to 400 000 then
    assert look(500_000, action="KA220-SCH", year=2021) == ["KA2-E301"]


def test_older_partnerships_had_a_ceiling_a_month() -> None:
    assert look(300_000, action="KA201", year=2019, months=24) == []
    assert look(300_001, action="KA201", year=2019, months=24) == ["KA2-E301"]


def test_the_own_agreement_wins() -> None:
    own = {"lump_sums_eur": OwnValue((300_000,), "data sheet")}
    assert look(300_000, own=own) == []
    assert look(250_000, own=own) == ["KA2-E301"]


# --- the parts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ((50_000_00, 200_000_00), []),
        ((50_000_00, 200_000_01), ["KA2-E302"]),
        ((50_000_00, 199_999_99), ["KA2-E302"]),
        ((50_000_00, 100_000_00, None), ["KA2-W306"]),
        ((50_000_00, 250_000_00, None), ["KA2-E302", "KA2-W306"]),
        ((50_000_00, 200_000_00, None), ["KA2-W306"]),
        ((50_000_00, 200_000_00, 0), ["KA2-W306"]),
        ((None, None), []),
        ((), []),
    ],
)
def test_the_parts_come_to_the_grant_to_the_cent(
    amounts: tuple[int | None, ...], expected: list[str]
) -> None:
    assert look(250_000, parts(*amounts)) == expected


def test_once_it_runs_an_amendment_may_explain_the_sum() -> None:
    assert look(250_000, parts(50_000_00, 190_000_00), stage=Stage.RUNNING) == ["KA2-W302"]


def test_what_was_called_off_may_count_or_not() -> None:
    wp1, wp2, wp3 = parts(50_000_00, 200_000_00, 10_000_00)
    off = Unit(3, "WP3", "Work", cents=wp3.cents, state=WorkUnitState.CANCELLED)
    assert look(250_000, (wp1, wp2, off)) == []
    assert look(260_000, (wp1, wp2, off), own={"lump_sums_eur": OwnValue((260_000,), None)}) == []


def test_a_part_without_an_amount_counts_with_its_activities() -> None:
    wp1, wp2 = parts(50_000_00, None)
    inside = tuple(
        Unit(n, f"A2.{n}", kind=WorkUnitKind.ACTIVITY, parent=2, cents=100_000_00) for n in (11, 12)
    )
    assert look(250_000, (wp1, wp2, *inside)) == []
    assert look(250_000, (wp1, wp2, inside[0])) == ["KA2-E302"]


def test_a_plan_of_the_whole_costs_is_right_where_a_share_is_paid() -> None:
    units = parts(500_000_00, 4_500_000_00)
    assert look(4_000_000, units, action=COVE) == []  # 80 % of five million
    assert look(4_000_000, parts(500_000_00, 4_400_000_00), action=COVE) == ["KA2-W302"]


def shared(unit: Unit, *cents: int | None) -> Unit:
    """Give a part shares of partners 1, 2, 3."""
    portions = tuple(Portion(number, amount) for number, amount in enumerate(cents, start=1))
    return Unit(unit.id, unit.code, unit.title, cents=unit.cents, shares=portions)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ((66_666_67, 66_666_67, 66_666_66), []),
        ((66_666_66, 66_666_66, 66_666_66), ["KA2-E303"]),
        ((100_000_00, 100_000_01), ["KA2-E303"]),
        ((100_000_00, None), []),
        ((200_000_01, None), ["KA2-E303"]),
        ((None, None), []),
        ((), []),
    ],
)
def test_shares_come_to_their_part_to_the_cent(
    shares: tuple[int | None, ...], expected: list[str]
) -> None:
    wp1, wp2 = parts(50_000_00, 200_000_00)
    assert look(250_000, (wp1, shared(wp2, *shares))) == expected
    later = [code.replace("E", "W") for code in expected]
    assert look(250_000, (wp1, shared(wp2, *shares)), stage=Stage.RUNNING) == later


def test_activities_come_to_their_work_package() -> None:
    wp1, wp2 = parts(50_000_00, 200_000_00)
    inside = Unit(9, "A2.1", kind=WorkUnitKind.ACTIVITY, parent=2, cents=199_000_00)
    assert look(250_000, (wp1, wp2, inside)) == ["KA2-E303"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((30_000_00, 20_000_00), (100_000_00, 100_000_00), []),
        ((30_000_00, 20_000_01), (100_000_00, 99_999_99), ["KA2-E304"]),
        ((30_000_00, 30_000_00), (100_000_00, 90_000_00), ["KA2-E304"]),
        ((30_000_00, 20_000_00), (100_000_00, 99_999_99), ["KA2-E302"]),
        ((30_000_00, 20_000_00), (100_000_00, None), []),  # the rest may be meant for it
        ((30_000_00, 20_000_00), (200_000_01, None), ["KA2-E302"]),
        ((30_000_00, None), (200_000_00, 10_000_00), []),
        ((50_000_01, None), (100_000_00, 50_000_00), ["KA2-E304"]),
        ((None, None), (100_000_00, 100_000_00), ["KA2-W306"]),
        ((0, 0), (150_000_00, 100_000_00), ["KA2-W306"]),
    ],
)
def test_shares_stand_in_for_an_amount_that_is_not_entered(
    first: tuple[int | None, ...], second: tuple[int | None, ...], expected: list[str]
) -> None:
    wp1, wp2 = parts(None, None)
    assert look(250_000, (shared(wp1, *first), shared(wp2, *second))) == expected


def test_shares_of_activities_are_money_of_their_work_package() -> None:
    wp1, wp2 = parts(50_000_00, None)
    inside: dict[str, Any] = {
        "kind": WorkUnitKind.ACTIVITY,
        "parent": 2,
        "shares": (Portion(1, 100_000_00),),
    }
    activity, more = Unit(9, "A2.1", **inside), Unit(10, "A2.2", **inside)
    assert look(250_000, (wp1, wp2, activity, more)) == []
    assert look(250_000, (wp1, wp2, activity)) == ["KA2-E302"]


def test_without_a_grant_the_share_of_management_waits_for_all_parts() -> None:
    wp1, wp2, wp3 = parts(50_000_00, 100_000_00, None)
    assert look(None, (wp1, wp2, wp3)) == ["KA2-W306"]
    assert look(None, (wp1, wp2, shared(wp3, 40_000_00, None))) == []
    assert look(None, (wp1, wp2, shared(wp3, 40_000_00, 50_000_00))) == ["KA2-E304"]


# --- management ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cents", "expected"),
    [
        (50_000_00, []),
        (49_999_99, []),
        (50_000_01, ["KA2-E304"]),
        (62_500_00, ["KA2-E304"]),
    ],
)
def test_management_takes_a_fifth_exactly_and_no_cent_more(cents: int, expected: list[str]) -> None:
    units = parts(cents, 250_000_00 - cents)
    assert look(250_000, units) == expected
    assert look(250_000, units, stage=Stage.PREPARING) == expected
    assert look(250_000, units, stage=Stage.RUNNING) == []  # old news


def test_what_is_just_above_is_not_said_to_be_a_fifth() -> None:
    seen = Subject(
        Project(grant_cents=250_000_00),
        Stage.APPLYING,
        date(2025, 1, 15),
        units=parts(50_000_01, 199_999_99),
    )
    (one,) = money.found(seen, rulebook.of(KNOWN, "KA220", 2025))
    assert one.where == "WP1 Project management"
    assert "20.01 % of the grant; 20 % at most, € 50 000." in one.text


def test_management_is_found_by_type_and_need_not_be_the_first() -> None:
    wp1 = Unit(1, "WP1", "Course", cents=150_000_00)
    wp2 = Unit(2, "WP2", "Innovation", category="management", cents=100_000_00)
    assert look(250_000, (wp1, wp2)) == ["KA2-E304"]
    waste = Unit(2, "WP2", "Waste management", cents=100_000_00)
    assert look(250_000, (wp1, waste)) == []


def test_only_actions_with_a_ceiling_are_held_against_it() -> None:
    units = parts(30_000_00, 30_000_00)
    assert look(60_000, units, action="KA210-SCH") == []
    assert look(None, parts(60_000_00, 60_000_00)) == ["KA2-E304"]  # of the sum of the parts


def test_more_work_packages_than_advised_is_a_hint() -> None:
    five = parts(*[50_000_00] * 5)
    assert look(250_000, five) == []
    six = parts(*[50_000_00] * 4, 25_000_00, 25_000_00)
    assert look(250_000, six) == ["KA2-I305"]
    assert look(250_000, six, stage=Stage.RUNNING) == []


# --- what was paid ------------------------------------------------------------------------------


def test_more_than_the_grant_came() -> None:
    assert look(250_000, paid=Money(250_000_00), stage=Stage.RUNNING) == []
    assert look(250_000, paid=Money(250_000_01), stage=Stage.RUNNING) == ["KA2-W308"]


def test_a_partner_got_more_than_its_share_where_all_is_shared_out() -> None:
    members = (Member(1, "UA", "ES"), Member(2, "UB", "PL"))
    wp1, wp2 = parts(50_000_00, 200_000_00)
    whole = (shared(wp1, 50_000_00), shared(wp2, 100_000_00, 100_000_00))
    paid = Money(0, ((2, 100_000_00),))
    more = Money(0, ((2, 100_000_01),))
    stage = Stage.RUNNING
    assert look(250_000, whole, members=members, paid=paid, stage=stage) == []
    assert look(250_000, whole, members=members, paid=more, stage=stage) == ["KA2-W308"]
    alone = (
        shared(parts(None)[0], 50_000_00),
        shared(parts(None, None)[1], 100_000_00, 100_000_00),
    )
    assert look(250_000, alone, members=members, paid=paid, stage=stage) == []
    assert look(250_000, alone, members=members, paid=more, stage=stage) == ["KA2-W308"]
    part = (wp1, shared(wp2, 100_000_00, 100_000_00))  # the rest of it may be in WP1
    assert look(250_000, part, members=members, paid=more, stage=stage) == []


# --- what holds for any amounts -----------------------------------------------------------------


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=6), st.sampled_from(list(Stage)))
def test_a_plan_that_adds_up_is_never_told_not_to(amounts: list[int], stage: Stage) -> None:
    units = parts(*amounts, management="Course")
    seen = Subject(Project(grant_cents=sum(amounts)), stage, date(2025, 1, 15), units=units)
    assert not [one for one in money.found(seen, None) if one.number in (302, 303)]
    off = Subject(Project(grant_cents=sum(amounts) + 1), stage, date(2025, 1, 15), units=units)
    assert [one for one in money.found(off, None) if one.number == 302] or not sum(amounts)


KNOWLEDGE = "EPPKA2-KA"


@pytest.mark.parametrize(
    ("grant", "months", "expected"),
    [
        (700_000, 24, []),
        (685_000, 24, []),
        (1_000_000, 24, ["KA2-E301"]),
        (1_000_000, 36, []),
        (1_000_001, 36, ["KA2-E301"]),
        (1_000_000, None, []),
    ],
)
def test_a_knowledge_alliance_gets_no_more_than_its_months_give(
    grant: int, months: int | None, expected: list[str]
) -> None:
    assert look(grant, action=KNOWLEDGE, year=2018, months=months) == expected


@pytest.mark.parametrize(
    ("grant", "countries", "expected"),
    [
        (300_000, "ES PL AL AL", []),
        (450_000, "ES PL AL AL", ["KA2-E301"]),
        (450_000, "ES PL GE EG", ["KA2-E301"]),
        (450_000, "ES PL KE KE", []),
        (450_000, "ES PL AL KE", ["KA2-W301"]),
        (450_000, "ES PL AL ?", ["KA2-W301"]),
        (460_000, "ES PL AL AL", ["KA2-E301"]),
    ],
)
def test_youth_partnerships_with_neighbours_get_less(
    grant: int, countries: str, expected: list[str]
) -> None:
    members = tuple(
        Member(number, code, None if code == "?" else code)
        for number, code in enumerate(countries.split(), start=1)
    )
    assert look(grant, action=CB_YOUTH, members=members) == expected
