"""The consortium, case by case: what the guide allows is silent, what it forbids is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui import datafiles
from ka2tui.domain import identifiers, organisation_sorts, rulebook
from ka2tui.domain.checks import catalogue, consortium
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.checks.subject import Member, Portion, Project, Subject, Unit
from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.problem import Severity
from ka2tui.domain.rulebook import Applied, OwnValue

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = rulebook.load()
COVE = "ERASMUS-EDU-2025-PEX-COVE"
ACADEMY = "ERASMUS-EDU-2025-PEX-TEACH-ACA"
LOT_1 = "ERASMUS-EDU-2025-PI-ALL-INNO-EDU-ENTERP"
LOT_2 = "ERASMUS-EDU-2025-PI-ALL-INNO-BLUEPRINT"
CBHE_1 = "ERASMUS-EDU-2025-CBHE-STRAND-1"
CBHE_2 = "ERASMUS-EDU-2025-CBHE-STRAND-2"
CBHE_3 = "ERASMUS-EDU-2025-CBHE-STRAND-3"
CB_VET = "ERASMUS-EDU-2025-CB-VET-WB"
CB_YOUTH = "ERASMUS-YOUTH-2025-CB"
CB_SPORT = "ERASMUS-SPORT-2025-CB"


def rules(action: str, year: int | None = 2025) -> Applied:
    """Find the shipped rules of an action."""
    found = rulebook.of(KNOWN, action, year)
    assert found is not None
    return found


def partners(*said: str | None, **of_all: Any) -> tuple[Member, ...]:
    """Make partners from countries, the first as the coordinator: "ES", "ES hei"."""
    made = []
    for number, one in enumerate(said, start=1):
        code, _, sort = (one or "").partition(" ")
        role = PartnerRole.COORDINATOR if number == 1 else PartnerRole.BENEFICIARY
        values = {"country": code or None, "role": role, "sort": sort or None, **of_all}
        made.append(Member(number, f"P{number}", **values))
    return tuple(made)


def look(
    action: str,
    members: tuple[Member, ...],
    /,
    year: int | None = 2025,
    stage: Stage = Stage.APPLYING,
    **project: Any,
) -> list[tuple[str, str]]:
    """Check a consortium; give code and place of each finding that is told in the stage."""
    subject = Subject(Project(**project), stage, date(2025, 1, 15), members=members)
    return [
        (one.code, one.where)
        for one in consortium.found(subject, rules(action, year))
        if catalogue.matters(one, stage)
    ]


def codes(action: str, *said: str | None, **more: Any) -> list[str]:
    return [code for code, _ in look(action, partners(*said), **more)]


# --- numbers: what each action asks for ---------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "countries", "expected"),
    [
        # KA220: three organisations from three EU or associated countries
        ("KA220-SCH", "ES PL GR", []),
        ("KA220-VET", "ES TR NO", []),
        ("KA220-HED", "RS MK IS", []),
        ("KA220-ADU", "ES PL GR LI FI PT DE AT", []),
        ("KA220-YOU", "ES PL", ["KA2-E101", "KA2-E102"]),
        ("KA220-SCH", "ES PL PL", ["KA2-E102"]),
        ("KA220-SCH", "ES ES ES ES", ["KA2-E102"]),
        ("KA220-SCH", "ES", ["KA2-E101", "KA2-E102"]),
        ("KA220-SCH", "ES PL GR UA", ["KA2-I107"]),
        ("KA220-SCH", "ES PL UA", ["KA2-E101", "KA2-E102", "KA2-I107"]),
        ("KA220-SCH", "ES PL GR GB", ["KA2-W106"]),
        ("KA220-SCH", "ES PL GR CH", ["KA2-W106"]),
        ("KA220-SCH", "ES PL GR BY", ["KA2-E106"]),
        ("KA220-SCH", "ES PL BY", ["KA2-E101", "KA2-E102", "KA2-E106"]),
        ("KA220-SCH", "UA ES PL GR", ["KA2-E105"]),
        ("KA220-SCH", "GB ES PL GR", ["KA2-E105"]),
        # overseas countries and territories are their Member State
        ("KA220-SCH", "NL CW ES", ["KA2-E102"]),
        ("KA220-SCH", "CW ES PL", []),
        ("KA220-SCH", "ES PL NL CW", []),
        # sport and European NGOs: the same three
        ("ERASMUS-SPORT-2025-SCP", "ES PL NO", []),
        ("ERASMUS-SPORT-2025-SCP", "ES PL", ["KA2-E101", "KA2-E102"]),
        ("ERASMUS-EDU-2025-PCOOP-ENGO", "BE PL NO", []),
        ("ERASMUS-YOUTH-2025-PCOOP-ENGO", "BE BE NO", ["KA2-E102"]),
        # KA210: two from two, and nobody from elsewhere
        ("KA210-SCH", "ES PL", []),
        ("KA210-ADU", "ES ES", ["KA2-E102"]),
        ("KA210-VET", "ES", ["KA2-E101", "KA2-E102"]),
        ("KA210-YOU", "ES PL UA", ["KA2-E106"]),
        ("KA210-YOU", "ES PL GB", ["KA2-E106"]),
        ("KA210-YOU", "ES UA", ["KA2-E101", "KA2-E102", "KA2-E106"]),
        ("ERASMUS-SPORT-2025-SSCP", "ES PL", []),
        ("ERASMUS-SPORT-2025-SSCP", "ES CH", ["KA2-E101", "KA2-E102", "KA2-E106"]),
        # capacity building: four from three, countries outside count
        (CB_VET, "ES PL RS AL", []),
        (CB_YOUTH, "ES PL MA TN", []),
        (CB_SPORT, "ES PL ES PL", ["KA2-E102"]),
        (CB_SPORT, "ES PL AL", ["KA2-E101"]),
    ],
)  # fmt: skip
def test_the_minimum_of_each_action(action: str, countries: str, expected: list[str]) -> None:
    told = [code for code in codes(action, *countries.split()) if not code.endswith(("114", "118"))]
    assert told == expected


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.CLOSED])
def test_the_minimum_matters_to_the_end(stage: Stage) -> None:
    assert codes("KA220", "ES", "PL", stage=stage)[:2] == ["KA2-E101", "KA2-E102"]


def test_a_project_that_is_over_is_left_in_peace() -> None:
    assert codes("KA220", "ES", stage=Stage.CLOSED) == []


def test_associated_partners_and_copies_do_not_count() -> None:
    helper = Member(4, "Helper", "GR", PartnerRole.ASSOCIATED)
    assert look("KA220", (*partners("ES", "PL"), helper))[0] == ("KA2-E101", "project")
    twins = tuple(replace(one, oid="E10207981") for one in partners("ES", "PL", "GR"))
    assert look("KA220", twins)[0] == ("KA2-E101", "project")


def test_a_country_that_is_not_known_could_be_the_missing_one() -> None:
    assert codes("KA220", "ES", "PL", None) == ["KA2-W101", "KA2-W102", "KA2-W108"]
    assert codes("KA220", "ES", None) == ["KA2-E101", "KA2-E102", "KA2-W108"]
    assert codes("KA220", "ES", "PL", "GR", "QQ") == ["KA2-W108"]


def test_nobody_entered_yet_is_no_error() -> None:
    assert codes("KA220") == ["KA2-W101"]
    assert codes("KA220", stage=Stage.RUNNING) == ["KA2-I101"]


def test_the_coordinator_is_one() -> None:
    nobody = tuple(replace(one, role=PartnerRole.BENEFICIARY) for one in partners("ES", "PL", "GR"))
    assert look("KA220", nobody) == [("KA2-W103", "project")]
    both = tuple(replace(one, role=PartnerRole.COORDINATOR) for one in partners("ES", "PL", "GR"))
    assert look("KA220", both) == [("KA2-W104", "project")]


# --- calls --------------------------------------------------------------------------------------


def test_the_united_kingdom_was_a_programme_country_once() -> None:
    for countries in (("GB", "ES", "PL"), ("ES", "GB", "PL")):
        assert codes("KA201", *countries, year=2019) == []
        assert codes("KA226", *countries, year=2020) == []
    assert "KA2-E105" in codes("KA220", "GB", "ES", "PL", "GR", year=2025)


def test_rules_of_a_call_to_come_make_no_error() -> None:
    told = look("KA220", partners("ES", "PL", "BY"), year=2027)
    assert told
    assert not [code for code, _ in told if code.startswith("KA2-E")]


def test_a_rule_that_never_changed_makes_an_error_where_no_call_is_known() -> None:
    told = [code for code, _ in look("KA220", partners("ES", "PL", "BY"), year=None)]
    assert "KA2-E106" in told


@pytest.mark.parametrize("year", [2022, 2024, 2026])
def test_a_rule_of_a_call_near_by_weighs_as_much_and_names_its_call(year: int) -> None:
    subject = Subject(Project(), Stage.APPLYING, date(2026, 1, 15), members=partners("ES", "PL"))
    told = {one.code: one.text for one in consortium.found(subject, rules("KA220", year))}
    assert told["KA2-E101"].endswith("for the minimum (rule of call 2025).")
    assert "KA2-E102" in told
    # what EACEA asks changed from call to call
    assert "KA2-W101" in codes("COVE", "ES", "PL", year=2022)


@pytest.mark.parametrize(("action", "year"), [("KA220", 2024), ("KA220", 2027), (COVE, 2024)])
def test_a_rule_of_another_call_names_it_and_its_reason_says_nothing_else(
    action: str, year: int
) -> None:
    members = partners("ES company", "PL company")
    subject = Subject(Project(), Stage.APPLYING, date(2026, 1, 15), members=members)
    told = [
        one
        for one in consortium.found(subject, rules(action, year))
        if one.severity in (Severity.ERROR, Severity.WARNING)
    ]
    assert {one.number for one in told} >= ({101, 114} if action == COVE else {101, 102})
    for one in told:
        assert one.text.endswith(" (rule of call 2025)."), one.text
        assert one.why is not None
        assert "as in call 2025" in one.why
        assert "confirmed" not in one.why


def test_the_own_agreement_wins_over_the_guide() -> None:
    own = {"minimum_organisations": OwnValue(2, "Art. 7"), "minimum_countries": OwnValue(2, None)}
    subject = Subject(Project(), Stage.RUNNING, date(2026, 11, 22), members=partners("ES", "PL"))
    assert list(consortium.found(subject, rules("KA220").with_agreement(own))) == []
    more = rules("KA220").with_agreement({"minimum_organisations": OwnValue(5, "Art. 7")})
    subject = replace(subject, members=partners("ES", "PL", "GR"))
    (one,) = consortium.found(subject, more)
    assert (one.code, one.source) == ("KA2-E101", "your grant agreement: Art. 7")


def test_without_rules_only_what_needs_none_is_looked_at() -> None:
    subject = Subject(Project(), Stage.APPLYING, date(2025, 1, 15), members=partners("XX"))
    assert list(consortium.found(subject, None)) == []


# --- sorts of organisations ---------------------------------------------------------------------

CENTRES = [f"{code} {sort}" for code in ("ES", "PL", "FI", "GR")
           for sort in ("company", "vet_provider")]  # fmt: skip


def test_centres_of_excellence_need_both_sides_in_each_country() -> None:
    assert codes(COVE, *CENTRES) == []
    one_side = [*CENTRES[:-1], "GR company"]
    assert look(COVE, partners(*one_side)) == [("KA2-E114", "project")]
    chamber = [*CENTRES[:-2], "GR employer_side", "GR vet_provider"]
    assert codes(COVE, *chamber) == []
    may_be = [*CENTRES[:-1], "GR hei"]  # a university can provide vocational training
    assert codes(COVE, *may_be) == ["KA2-I114"]
    unknown = [*CENTRES[:-1], "GR"]
    assert codes(COVE, *unknown) == ["KA2-I114"]
    assert codes(COVE, *unknown, stage=Stage.RUNNING) == []


def test_a_sort_of_ones_own_counts_as_what_its_file_says(tmp_path: Path) -> None:
    guild = '\n[[sort]]\nid = "guild"\ntitle = "Guild"\nshort = "guild"\n'
    counts = 'counts_as = ["company", "employer_side"]\n'
    members = partners(*(one.replace("company", "guild") for one in CENTRES))
    subject = Subject(Project(), Stage.APPLYING, date(2025, 1, 15), members=members)
    ours = datafiles.read_text("organisation_sorts.toml")
    for written, found in ((guild, ["KA2-E114"]), (guild + counts, [])):
        (tmp_path / "organisation_sorts.toml").write_text(ours + written, "utf-8")
        seen = replace(subject, sorts=organisation_sorts.load(tmp_path))
        assert [it.code for it in consortium.found(seen, rules(COVE))] == found


def test_the_country_that_lacks_a_side_is_named() -> None:
    members = partners(*CENTRES, "PT company")
    subject = Subject(Project(), Stage.APPLYING, date(2025, 1, 15), members=members)
    (one,) = consortium.found(subject, rules(COVE))
    assert one.text.endswith("Missing in: Portugal.")


def test_centres_of_excellence_are_eight_from_four() -> None:
    assert "KA2-E101" in codes(COVE, *CENTRES[:-1])
    three = [one.replace("GR", "FI") for one in CENTRES]
    assert codes(COVE, *three) == ["KA2-E102"]


def test_academies_need_teacher_education_from_three_countries() -> None:
    right = ["ES", "PL", "FI", "FI"]
    four = [f"{code} initial_teacher_education" for code in right]
    assert codes(ACADEMY, *four, "GR school", "GR ngo") == []
    two_countries = [one.replace("FI", "PL") for one in four]
    assert "KA2-E114" in codes(ACADEMY, *two_countries, "GR school", "FI school")
    universities = [f"{code} hei" for code in right]
    assert codes(ACADEMY, *universities, "GR school", "GR ngo") == ["KA2-I114"]


def test_alliances_need_both_sides_a_university_and_a_vet_provider() -> None:
    right = ["ES hei", "PL vet_provider", "FI school", "GR company", "GR company",
             "ES employer_side", "PL ngo", "FI public_body"]  # fmt: skip
    assert codes(LOT_1, *right) == []
    no_university = ["ES school", *right[1:]]
    assert "KA2-E114" in codes(LOT_1, *no_university)
    too_few_companies = [*right[:4], "GR school", "ES school", "PL school", "FI school"]
    assert "KA2-E114" in codes(LOT_1, *too_few_companies)


def test_a_blueprint_is_twelve_from_eight() -> None:
    eight = ["ES", "PL", "FI", "GR", "IT", "FR", "DE", "AT"]
    right = [f"{code} company" for code in eight[:5]] + [
        *("FR hei", "DE vet_provider", "AT school", "ES hei", "PL hei", "FI hei", "GR hei")
    ]
    assert codes(LOT_2, *right) == []
    assert "KA2-E101" in codes(LOT_2, *right[:-1])


@pytest.mark.parametrize("action", [CBHE_1, CBHE_2])
def test_capacity_building_needs_universities_on_both_sides(action: str) -> None:
    right = ["ES hei", "PL hei", "VN hei", "VN hei"]
    assert codes(action, *right) == []
    coordinated_there = ["VN hei", "VN hei", "ES hei", "PL hei"]
    assert codes(action, *coordinated_there) == []
    # even if every one of them were a university
    assert "114" in "".join(codes(action, "ES", "PL", "GR", "NO"))
    unknown = codes(action, "ES", "PL", "VN", "VN")
    assert unknown == ["KA2-I114"]


def test_one_university_in_a_third_country_may_be_an_exception() -> None:
    told = look(CBHE_1, partners("ES hei", "PL hei", "VN hei", "VN hei", "LA hei"))
    assert [code for code, _ in told if code.startswith("KA2-E")] == []
    assert [code for code, _ in told] == ["KA2-W114"]


def test_a_structural_project_needs_the_ministry() -> None:
    right = ["ES hei", "PL hei", "VN hei", "VN hei", "VN ministry"]
    assert [one for one in codes(CBHE_3, *right) if one[4] in "EW"] == []
    without = codes(CBHE_3, *right[:-1], "VN company")
    assert [one for one in without if one.endswith("114") and one[4] in "EW"]


def test_a_structural_project_has_as_many_partners_from_there() -> None:
    right = ["ES hei", "PL hei", "VN hei", "VN hei", "VN ministry"]
    assert [one for one in codes(CBHE_3, *right) if one[4] in "EW"] == []
    one_more_each = [*right, "FI hei", "GR hei", "PT hei"]  # five from here, three from there
    assert codes(CBHE_3, *one_more_each)[:1] == ["KA2-E114"]
    unknown = [*right, "FI hei", None]  # three from here, three from there or more
    assert "KA2-E114" not in codes(CBHE_3, *unknown)


# --- who may, and how often ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "told"),
    [(date(2023, 3, 5), False), (date(2023, 3, 6), True), (date(2001, 1, 1), False)],
)
def test_the_coordinator_is_two_years_old_on_the_closing_date(since: date, *, told: bool) -> None:
    lead, *others = partners("ES", "PL", "GR")
    members = (replace(lead, established_on=since), *others)
    expected = [("KA2-E109", "P1")] if told else []
    start = date(2025, 9, 1)  # the round of 5 March 2025
    assert look("KA220-SCH", members, start=start) == expected
    deadline = datetime(2025, 3, 5, 11, 0, tzinfo=UTC)
    assert look("KA220-SCH", members, application_deadline=deadline) == expected


def test_without_a_closing_date_nobody_is_too_young() -> None:
    lead, *others = partners("ES", "PL", "GR")
    assert look("KA220", (replace(lead, established_on=date(2025, 1, 1)), *others)) == []


@pytest.mark.parametrize(
    ("said", "eche", "told"),
    [("PL hei", False, True), ("PL hei", True, False), ("PL hei", None, False),
     ("PL school", False, False), ("UA hei", False, False)],
)  # fmt: skip
def test_a_university_of_the_programme_has_the_charter(
    said: str, *, eche: bool | None, told: bool
) -> None:
    members = (*partners("ES", "PL", "GR"), replace(partners(said)[0], id=9, called="HEI",
               role=PartnerRole.BENEFICIARY, eche=eche))  # fmt: skip
    assert (("KA2-E110", "HEI") in look("KA220-HED", members)) is told


@pytest.mark.parametrize(
    ("action", "field", "applications", "told"),
    [
        ("KA220-SCH", "SCH", 10, False),
        ("KA220-SCH", "SCH", 11, True),
        ("KA220-HED", "HED", 11, False),
        ("KA210-SCH", "SCH", 5, False),
        ("KA210-SCH", "SCH", 6, True),
        (CBHE_1, None, 50, False),
    ],
)
def test_the_ceiling_of_applications(
    action: str, field: str | None, applications: int, *, told: bool
) -> None:
    lead, *others = partners("ES", "PL", "GR", "VN", "VN")
    members = (lead, replace(others[0], applications=applications), *others[1:2])
    assert (("KA2-E111", "P2") in look(action, members, field=field)) is told


@pytest.mark.parametrize(
    ("said", "field", "expected"),
    [
        ("KA220-HED", None, []),
        ("KA220", "Higher education", []),
        ("KA220", "HE", []),
        ("KA220-VET", None, ["KA2-E111"]),
        ("KA220", "adult education", ["KA2-E111"]),
        ("KA220", None, ["KA2-W111"]),  # in higher education there is no ceiling
    ],
)
def test_the_ceiling_belongs_to_the_fields_that_are_counted_together(
    said: str, field: str | None, expected: list[str]
) -> None:
    lead, *others = partners("ES", "PL", "GR")
    members = (replace(lead, applications=11), *others)
    told = [code for code, _ in look(said, members, action=said, field=field)]
    assert told == expected


# --- numbers of organisations -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"oid": "E10207981"}, None),
        ({"oid": " e10207981 "}, None),
        ({"oid": "E1O207981"}, "E10207981 was probably meant"),
        ({"oid": "E1020798"}, "is no OID"),
        ({"pic": "999854564"}, None),
        ({"pic": "99985456"}, "is no PIC"),
        ({"pic": "99985456O"}, "999854560 was probably meant"),
        ({"oid": "", "pic": " "}, None),
    ],
)
def test_numbers_follow_their_grammar(values: dict[str, Any], says: str | None) -> None:
    lead, *others = partners("ES", "PL", "GR")
    subject = Subject(
        Project(), Stage.RUNNING, date(2026, 11, 22), members=(replace(lead, **values), *others)
    )
    told = list(consortium.found(subject, rules("KA220")))
    assert [one.code for one in told] == (["KA2-W112"] if says else [])
    assert not says or says in told[0].text


def test_one_number_for_two_partners_is_said_once() -> None:
    members = partners("ES", "PL", "GR", "IT")
    members = (*members[:2], *(replace(one, pic="999854564") for one in members[2:]))
    assert look("KA220", members) == [("KA2-W113", "P4")]


def one_number(*said: str) -> list[str]:
    """Look at partners of which the last two are one organisation."""
    *first, third, last = partners(*said)
    same = (replace(third, oid="E10207981"), replace(last, oid="e10207981 "))
    return [code for code, _ in look("KA220", (*first, *same))]


def test_one_organisation_is_in_one_country_only() -> None:
    assert one_number("ES", "ES", "ES", "PL", "GR") == ["KA2-E102", "KA2-W113"]
    assert one_number("ES", "ES", "PT", "PL", "GR") == ["KA2-W113"]
    assert one_number("ES", "PT", "PT", "ES") == ["KA2-E102", "KA2-W113"]
    members = partners("ES", "ES", "ES", "PL", "GR")
    members = (*members[:3], *(replace(one, oid="E10207981") for one in members[3:]))
    subject = Subject(Project(), Stage.APPLYING, date(2025, 1, 15), members=members)
    (told,) = (one for one in consortium.found(subject, rules("KA220")) if one.number == 102)
    assert told.text == "2 countries of 3 are reached: Spain, Greece or Poland."


def test_a_chain_of_numbers_is_one_organisation() -> None:
    first, second, third, *others = partners("ES", "PL", "GR", "ES")
    chain = (
        replace(first, oid="E10207981"),
        replace(second, pic="999854564"),
        replace(third, oid="E10207981", pic="999854564"),
    )
    told = [code for code, _ in look("KA220", (*chain, *others))]
    assert told[:2] == ["KA2-E101", "KA2-E102"]


def test_numbers_that_say_nothing_are_no_number() -> None:
    members = tuple(replace(one, oid="tbd", pic="-") for one in partners("ES", "PL", "GR"))
    assert look("KA220", members) == []


def test_an_oid_has_one_grammar_wherever_it_is_told() -> None:
    assert "E1 and seven digits" in (identifiers.read_oid("E1020798").doubt or "")
    assert "E1 and seven digits" in catalogue.everything()[112].explanation


CB_ALL = (CB_VET, CB_YOUTH, CB_SPORT)


@pytest.mark.parametrize("action", CB_ALL)
def test_capacity_is_built_with_partners_from_elsewhere(action: str) -> None:
    assert "KA2-I118" in codes(action, "ES", "PL", "GR", "IT")
    assert "KA2-I118" not in codes(action, "ES", "PL", "GR", "AL")
    assert "KA2-I118" not in codes(action, "ES", "PL", "GR", None)  # may be from elsewhere
    assert "KA2-I118" not in codes(action, "ES", "PL", "GR", "IT", stage=Stage.RUNNING)


def test_where_capacity_is_built_by_sorts_that_says_it_already() -> None:
    for action in (CBHE_1, "KA220-SCH", COVE):
        assert "KA2-I118" not in codes(action, "ES", "PL", "GR", "IT")


# --- the spread of work -------------------------------------------------------------------------


def plan(*leads: int | None, share: int | None = None) -> tuple[Unit, ...]:
    shares = (Portion(share, 100),) if share else ()
    return tuple(
        Unit(n, f"WP{n}", f"Part {n}", lead=lead, shares=shares)
        for n, lead in enumerate(leads, start=1)
    )


@pytest.mark.parametrize(
    ("leads", "expected"),
    [
        ((1, 1, 1), [("KA2-W116", "P1")]),
        ((1, 1, 2), []),
        ((1, 1), []),
        ((1, 1, None), []),
        ((2, 2, 2), [("KA2-W116", "P2")]),
    ],
)
def test_one_partner_that_leads_everything_is_said(
    leads: tuple[int | None, ...], expected: list[tuple[str, str]]
) -> None:
    subject = Subject(
        Project(),
        Stage.APPLYING,
        date(2025, 1, 15),
        members=partners("ES", "PL", "GR"),
        units=plan(*leads),
    )
    told = [(one.code, one.where) for one in consortium.found(subject, rules("KA220"))]
    assert told == expected
    later = replace(subject, stage=Stage.RUNNING)
    for one in consortium.found(later, rules("KA220")):
        assert one.severity is Severity.HINT


def test_a_partner_without_work_is_said_once_work_is_given() -> None:
    subject = Subject(
        Project(),
        Stage.APPLYING,
        date(2025, 1, 15),
        members=partners("ES", "PL", "GR"),
        units=plan(1, 2),
    )
    assert list(consortium.found(subject, rules("KA220"))) == []
    given_ = replace(subject, units=plan(1, 2, share=1))
    assert [(one.code, one.where) for one in consortium.found(given_, rules("KA220"))] == [
        ("KA2-W115", "P3")
    ]
    roles = replace(subject, units=(replace(plan(1)[0], shares=(Portion(2, None),)), *plan(1)))
    assert list(consortium.found(roles, rules("KA220"))) == []  # who helps, and no money at all
    helping = replace(given_.units[1], shares=(Portion(3, None),))
    helped = replace(given_, units=(given_.units[0], helping))
    assert list(consortium.found(helped, rules("KA220"))) == []
    busy = replace(given_, members=tuple(replace(one, tasks=1) for one in given_.members))
    assert list(consortium.found(busy, rules("KA220"))) == []


def test_a_partner_without_a_person_is_said_where_others_have_one() -> None:
    lead, second, third = partners("ES", "PL", "GR")
    assert look("KA220", (replace(lead, contacts=2), replace(second, contacts=1), third)) == [
        ("KA2-I117", "P3")
    ]


# --- what holds for every finding ---------------------------------------------------------------

ACTIONS = [one.id for call in KNOWN for one in call.actions]
SAID = st.sampled_from(
    ["ES", "PL hei", "GR company", "UA hei", "BY", "BR ministry", "CW", "NL", "US", None]
)


@given(st.sampled_from(ACTIONS), st.lists(SAID, max_size=12), st.sampled_from([2019, 2025, None]))
def test_findings_are_sentences_with_a_known_source(
    action: str, said: list[str | None], year: int | None
) -> None:
    found = rulebook.of(KNOWN, action, year)
    subject = Subject(Project(), Stage.APPLYING, date(2025, 1, 15), members=partners(*said))
    sources = datafiles.read_toml("sources.toml")
    for one in consortium.found(subject, found):
        assert one.text.endswith("."), one.text
        assert one.why is None or one.why.endswith(".")
        assert one.source is None or one.source in sources
        assert one.number in catalogue.everything()


@given(st.sampled_from(ACTIONS), st.lists(SAID, max_size=8), st.sampled_from(["ES", "NL", "IS"]))
def test_one_more_programme_partner_never_takes_the_minimum_away(
    action: str, said: list[str | None], more: str
) -> None:
    found = rulebook.of(KNOWN, action, 2025)
    if found is None:
        return

    def few(*which: str | None) -> set[int]:
        return {one.number for one in consortium.minimum(partners(*which), found)} & {101, 102}

    assert few(*said, more) <= few(*said) or not said
