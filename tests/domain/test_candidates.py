"""What a consortium still lacks, and what one more organisation would add to it."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain import candidates
from ka2tui.domain.candidates import Member, Minimum
from ka2tui.domain.kinds import CandidateState, PartnerRole

TODAY = date(2026, 11, 22)


def minimum(**more: object) -> Minimum:
    values: dict[str, object] = {
        "action": "Cooperation Partnerships",
        "says": "Cooperation Partnerships, call 2025",
        "organisations": 3,
        "countries": 3,
        "also": None,
        "anywhere": False,
        "excluded": frozenset({"BY"}),
        "elsewhere": "added_value",
        "source": "guide-2025",
        "place": "p. 247-256",
        "confirmed": True,
    }
    return Minimum(**(values | more))  # type: ignore[arg-type]


def members(*codes: str | None) -> list[Member]:
    return [Member(code) for code in codes]


def test_three_organisations_from_three_countries_lack_nothing() -> None:
    found = candidates.reach(minimum(), members("ES", "PL", "GR"))
    assert found.met
    assert found.said == "nothing"
    assert found.has == "3 of 3 organisations, 3 of 3 countries (Greece, Poland, Spain)"


def test_what_is_lacking_is_counted() -> None:
    found = candidates.reach(minimum(), members("ES", "ES"))
    assert (found.lacks_organisations, found.lacks_countries) == (1, 2)
    assert found.said == "1 organisation and 2 more countries"
    assert candidates.reach(minimum(), []).said == "3 organisations and 3 countries"
    assert candidates.reach(minimum(), members("ES", "ES", "FR")).said == "1 more country"


def test_only_funded_organisations_of_admitted_countries_count() -> None:
    there = [
        Member("ES", PartnerRole.COORDINATOR),
        Member("PL", PartnerRole.ASSOCIATED),
        Member("GB"),
        Member("BY"),
        Member(None),
        Member("XX"),
    ]
    found = candidates.reach(minimum(), there)
    assert (found.organisations, found.countries) == (1, ("ES",))


def test_who_stands_there_twice_counts_once() -> None:
    """By organisation ID or PIC, and from one of the countries it is entered with."""
    there = [
        Member("ES", oid="E10012345"),
        Member("PL", oid="e10012345 ", pic="912345678"),
        Member("PL", pic="912345678"),
        Member("FR"),
    ]
    found = candidates.reach(minimum(), there)
    assert (found.organisations, found.lacks_countries) == (2, 1)
    assert found.has == "2 of 3 organisations, 2 of 3 countries (France, Poland or Spain)"


def test_overseas_territories_count_as_their_member_state() -> None:
    found = candidates.reach(minimum(), members("NL", "CW"))
    assert (found.organisations, found.countries) == (2, ("NL",))


def test_where_every_country_counts_others_do_as_well() -> None:
    found = candidates.reach(minimum(anywhere=True), members("GB", "BY"))
    assert found.countries == ("GB",)


def test_the_rules_of_the_call_say_which_country_took_part() -> None:
    """The United Kingdom was a programme country until 2020."""
    found = candidates.reach(minimum(homes={"GB": True}), members("GB"))
    assert found.countries == ("GB",)


@pytest.mark.parametrize(
    ("code", "word", "helps", "doubt"),
    [
        ("FR", "a new country", True, False),
        ("ES", "a known country", True, False),
        ("GB", "does not count: show what it adds", False, True),
        ("BY", "Belarus is excluded", False, True),
        (None, "country not known", False, True),
    ],
)
def test_what_one_more_adds(code: str | None, word: str, helps: bool, doubt: bool) -> None:  # noqa: FBT001
    found = candidates.adds(candidates.reach(minimum(), members("ES", "PL")), code)
    assert (found.word, found.helps, found.doubt) == (word, helps, doubt)


def test_a_known_country_does_not_help_where_only_countries_are_lacking() -> None:
    reached = candidates.reach(minimum(), members("ES", "PL", "ES"))
    assert not candidates.adds(reached, "PL").helps
    assert candidates.adds(reached, "FR").helps


def test_where_no_country_from_elsewhere_may_take_part_that_is_said() -> None:
    reached = candidates.reach(minimum(elsewhere="no"), members("ES"))
    assert candidates.adds(reached, "GB").word == "does not count: neither EU nor associated"


@pytest.mark.parametrize(
    ("state", "asked", "answered", "said"),
    [
        (CandidateState.TO_ASK, None, None, "to be asked"),
        (CandidateState.ASKED, date(2026, 11, 22), None, "asked today"),
        (CandidateState.ASKED, date(2026, 11, 10), None, "asked 12 days ago"),
        (CandidateState.ASKED, date(2026, 11, 8), None, "asked 14 days ago, no answer"),
        (CandidateState.ASKED, None, None, "asked"),
        (CandidateState.AGREED, date(2026, 11, 1), date(2026, 11, 3), "agreed on 3 Nov 2026"),
        (CandidateState.DECLINED, None, None, "declined"),
    ],
)
def test_how_far_one_is_is_said(
    state: CandidateState, asked: date | None, answered: date | None, said: str
) -> None:
    assert candidates.say_state(state, asked, answered, TODAY) == said


def test_the_same_name_is_found_however_it_is_written() -> None:
    taken = ["Uniwersytet Łódzki", "KMOP"]
    assert candidates.twins("uniwersytet lodzki", taken) == "Uniwersytet Łódzki"
    assert candidates.twins("K.M.O.P.", taken) == "KMOP"
    assert candidates.twins("Other", taken) is None
