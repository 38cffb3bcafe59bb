"""The minimum of an action: what is said about a consortium, and that it stops nobody."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui import datafiles
from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.partnership import ActionRules, Member, problems, read_rules, rules_of
from ka2tui.domain.problem import Severity
from ka2tui.domain.refusal import Refused

ACTIONS = read_rules(datafiles.read_toml("rules/2025.toml"), "2025.toml")


def rules(action: str) -> ActionRules:
    """Find the shipped rules of an action."""
    found = rules_of(ACTIONS, action)
    assert found is not None
    return found


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
    data = copy.deepcopy(datafiles.read_toml("rules/2025.toml"))
    data["action"][0]["minimum_countries"]["confirmed"] = False
    seen = problems(read_rules(data)[0], consortium("ES", "PL", "PL"))
    assert [(one.number, one.severity) for one in seen] == [(102, Severity.WARNING)]


# --- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "id_"),
    [
        ("KA220", "KA220"),
        ("ka220-hed", "KA220"),
        ("KA210-SCH", "KA210"),
        ("ERASMUS-SPORT-2025-SSCP", "SSCP"),
        ("ERASMUS-SPORT-2025-SCP", "SCP"),
        ("ERASMUS-EDU-2025-CBHE-STRAND-3", "CBHE-3"),
        ("ERASMUS-EDU-2025-CB-VET-WB", "CB-VET"),
    ],
)
def test_rules_are_found_by_the_code_of_an_action(action: str, id_: str) -> None:
    assert rules(action).id == id_


@pytest.mark.parametrize("action", ["KA201", "KA2", "", None, "something"])
def test_an_action_without_rules_has_none(action: str | None) -> None:
    assert rules_of(ACTIONS, action) is None


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        (
            "minimum_countries",
            None,
            r"2025\.toml, action 1 \(KA220\): minimum_countries is missing",
        ),
        (
            "minimum_countries",
            {"value": 3},
            r"minimum_countries has a value, a source, and confirmed",
        ),
        (
            "minimum_countries",
            {"value": "three", "source": "guide-2025", "confirmed": True},
            r"the rules need a whole number, not 'three'",
        ),
        ("codes", "KA220", r"codes is a list of texts"),
        ("name", None, r"name must be a text and is missing"),
    ],
)
def test_a_malformed_file_is_refused_by_name_and_place(key: str, value: object, says: str) -> None:
    data: Any = copy.deepcopy(datafiles.read_toml("rules/2025.toml"))
    if value is None:
        del data["action"][0][key]
    else:
        data["action"][0][key] = value
    with pytest.raises(Refused, match=says) as refusal:
        read_rules(data, "2025.toml")
    assert str(refusal.value).startswith("2025.toml")
