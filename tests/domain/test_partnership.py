"""The minimum of an action: what is said about a consortium, and that it stops nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui import datafiles
from ka2tui.domain import rulebook
from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.partnership import ActionRules, Member, asked, problems
from ka2tui.domain.problem import Severity

KNOWN = [call for call in rulebook.load() if call.year == 2025]
ACTIONS = [it for rules in KNOWN[0].actions if (it := asked(rules)) is not None]


def rules(action: str) -> ActionRules:
    """Find the shipped rules of an action."""
    found = rulebook.of(KNOWN, action, 2025)
    assert found is not None
    made = asked(found.rules)
    assert made is not None
    return made


def consortium(*countries: str | None) -> list[Member]:
    """Make partners from these countries, the first as the coordinator."""
    roles = [PartnerRole.COORDINATOR] + [PartnerRole.BENEFICIARY] * len(countries)
    return [
        Member(f"P{number}", code, role)
        for number, (code, role) in enumerate(zip(countries, roles, strict=False), start=1)
    ]


def found(action: str, *countries: str | None) -> dict[int, str]:
    """Check partners from these countries; give each finding's code and what it is about."""
    return {one.number: one.where for one in problems(rules(action), consortium(*countries))}


# --- the minimum --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "countries", "codes"),
    [
        ("KA220-SCH", ["ES", "PL", "GR"], set()),
        ("KA220-SCH", ["ES", "PL", "PL"], {102}),
        ("KA220-SCH", ["ES", "PL"], {101, 102}),
        ("KA210-ADU", ["ES", "PL"], set()),
        ("KA210-ADU", ["ES", "ES"], {102}),
        ("ERASMUS-SPORT-2025-SCP", ["ES", "PL", "NO"], set()),
        ("ERASMUS-YOUTH-2025-CB", ["ES", "PL", "MA", "TN"], set()),
        ("ERASMUS-YOUTH-2025-CB", ["ES", "PL", "PL", "ES"], {102}),
    ],
)
def test_organisations_and_countries_are_counted(
    action: str, countries: list[str], codes: set[int]
) -> None:
    assert found(action, *countries).keys() == codes


def test_an_overseas_territory_counts_as_its_member_state() -> None:
    assert found("KA220", "ES", "CW", "PL") == {}
    assert found("KA220", "ES", "CW", "NL") == {102: "project"}
    (few,) = problems(rules("KA220"), consortium("ES", "CW", "NL"))
    assert few.text == "2 countries of 3 are reached: Netherlands, Spain."


def test_associated_partners_do_not_count() -> None:
    members = [*consortium("ES", "PL"), Member("Helper", "GR", PartnerRole.ASSOCIATED)]
    assert {one.number for one in problems(rules("KA220"), members)} == {
        101,
        102,
    }


def test_an_empty_consortium_is_told_what_is_missing() -> None:
    seen = problems(rules("KA220"), [])
    assert [one.text for one in seen] == [
        "0 organisations of 3 are entered that count for the minimum.",
        "0 countries of 3 are reached.",
        "No partner is entered as the coordinator.",
    ]


def test_a_minimum_that_is_more_than_numbers_is_quoted() -> None:
    (note,) = problems(
        rules("ERASMUS-EDU-2025-PEX-COVE"),
        consortium("ES", "PL", "GR", "NO", "ES", "PL", "GR", "NO"),
    )
    assert note.severity is Severity.HINT
    assert "from each country at least one organisation of the employers' side" in (note.why or "")


# --- countries that are neither in the EU nor associated ----------------------------------------


def test_a_partner_from_elsewhere_must_show_what_it_adds() -> None:
    assert found("KA220", "ES", "PL", "GR", "UA") == {107: "P4"}


def test_a_partner_from_elsewhere_does_not_reach_the_minimum() -> None:
    assert found("KA220", "ES", "PL", "UA") == {
        101: "project",
        102: "project",
        107: "P3",
    }


def test_regions_that_were_not_confirmed_are_a_warning_only() -> None:
    (seen,) = problems(rules("KA220"), consortium("ES", "PL", "GR", "BR"))
    assert (seen.number, seen.severity) == (106, Severity.WARNING)


def test_an_excluded_country_is_said() -> None:
    assert found("KA220", "ES", "PL", "GR", "BY") == {106: "P4"}


def test_small_scale_partnerships_are_for_programme_countries() -> None:
    assert found("KA210", "ES", "PL", "UA") == {106: "P3"}


def test_the_coordinator_is_from_the_programme() -> None:
    assert 105 in found("KA220", "UA", "ES", "PL", "GR")
    assert 105 not in found("ERASMUS-EDU-2025-CBHE-STRAND-1", "UA", "ES", "PL")


@pytest.mark.parametrize("code", [None, "", "QQ"])
def test_a_country_that_is_not_known_is_asked_for(code: str | None) -> None:
    assert found("KA220", "ES", "PL", "GR", code) == {108: "P4"}


def test_two_coordinators_are_named() -> None:
    members = [*consortium("ES", "PL", "GR"), Member("OU", "FI", PartnerRole.COORDINATOR)]
    (seen,) = problems(rules("KA220"), members)
    assert seen.text == "2 partners are entered as the coordinator: P1, OU."


# --- what holds for every finding ---------------------------------------------------------------

CODES = st.sampled_from(["ES", "PL", "GR", "UA", "BY", "BR", "CW", "NL", "US", None])


@given(st.sampled_from(ACTIONS), st.lists(CODES, max_size=12))
def test_findings_say_why_and_name_a_source_heaviest_first(
    action: ActionRules, countries: list[str | None]
) -> None:
    seen = problems(action, consortium(*countries))
    order = list(Severity)
    assert seen == sorted(seen, key=lambda one: order.index(one.severity))
    sources = datafiles.read_toml("sources.toml")
    assert all(one.text.endswith(".") and (one.why or "").endswith(".") for one in seen)
    assert {one.source for one in seen} <= sources.keys()


@given(st.sampled_from(ACTIONS), st.lists(CODES, max_size=8), st.sampled_from(["ES", "NL", "IS"]))
def test_one_more_programme_partner_never_takes_the_minimum_away(
    action: ActionRules, countries: list[str | None], more: str
) -> None:
    few = {101, 102}
    before = {one.number for one in problems(action, consortium(*countries))} & few
    after = {one.number for one in problems(action, consortium(*countries, more))} & few
    assert after <= before


def test_what_is_not_confirmed_is_never_an_error() -> None:
    sure = rules("KA220")
    unsure = replace(sure, countries=replace(sure.countries, confirmed=False))
    seen = problems(unsure, consortium("ES", "PL", "PL"))
    assert [(one.number, one.severity) for one in seen] == [(102, Severity.WARNING)]
