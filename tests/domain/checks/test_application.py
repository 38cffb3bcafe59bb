"""The application, case by case: numbers, fields, shapes, durations, dates, priorities."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ka2tui.domain import rulebook
from ka2tui.domain.call_rules import ActionRules, CallRules
from ka2tui.domain.checks import application, catalogue
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.checks.subject import Member, Project, Subject, Unit
from ka2tui.domain.kinds import PartnerRole, WorkUnitKind, WorkUnitState
from ka2tui.domain.rulebook import Applied, OwnValue

KNOWN = rulebook.load()
TODAY = date(2025, 1, 15)
GOOD: dict[str, Any] = {
    "id": 1,
    "acronym": "SOLAR",
    "action": "KA220-SCH",
    "field": "SCH",
    "call_year": 2025,
    "months": 24,
    "start": date(2025, 9, 1),
    "end": date(2027, 8, 31),
    "goal": "Better schools.",
    "priorities": ("Inclusion and diversity",),
}
PACKAGES = (Unit(1, "WP1", "Project management"), Unit(2, "WP2", "Course"))
SPORT = "ERASMUS-SPORT-2025-SCP"
COVE = "ERASMUS-EDU-2025-PEX-COVE"
LOT_1 = "ERASMUS-EDU-2025-PI-ALL-INNO-EDU-ENTERP"
CBHE_1 = "ERASMUS-EDU-2025-CBHE-STRAND-1"
CBHE_3 = "ERASMUS-EDU-2025-CBHE-STRAND-3"
CB_VET = "ERASMUS-EDU-2025-CB-VET-SSA"
PASSED = "The deadline was on 5 Mar 2025, 12:00 Brussels; nothing says that it was handed in."


def subject(
    stage: Stage = Stage.APPLYING,
    units: tuple[Unit, ...] = PACKAGES,
    today: date = TODAY,
    members: tuple[Member, ...] = (),
    **changes: Any,
) -> Subject:
    """Make a project, right unless something is changed."""
    return Subject(Project(**(GOOD | changes)), stage, today, units=units, members=members)


def look(seen: Subject, own: dict[str, OwnValue] | None = None) -> list[tuple[int, str]]:
    """Check an application; give number and letter of each finding told in its stage."""
    project = seen.project
    rules = rulebook.of(KNOWN, project.action, project.call_year)
    if rules is not None and own:
        rules = rules.with_agreement(own)
    return [
        (one.number, one.severity.letter)
        for one in application.found(seen, rules)
        if catalogue.matters(one, seen.stage)
    ]


def text(seen: Subject, number: int) -> str:
    """Give the words of one finding."""
    rules = rulebook.of(KNOWN, seen.project.action, seen.project.call_year)
    return next(one.text for one in application.found(seen, rules) if one.number == number)


def test_an_application_that_is_right_is_silent() -> None:
    assert look(subject()) == []


# --- the number ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("2025-1-ES01-KA220-SCH-000245332", []),
        ("Project No: 2025-1-ES01-KA220-SCH-000245332", []),
        ("KA220-SCH-5B5F9374", []),
        ("2025-1-ESO1-KA220-SCH-000245332", [(201, "E")]),
        ("2025-ES01-KA220-SCH-000245332", [(201, "W")]),
        ("2025-1-ES01-KA220-SCH-24533", [(201, "W")]),
        ("our number 7", [(201, "W")]),
        ("2016-1-LI01-KA101-000050", []),
        ("-", []),
        ("2024-1-ES01-KA220-SCH-000245332", [(214, "W")]),
        ("2025-1-ES01-KA210-SCH-000245332", [(214, "W")]),
        ("2025-1-ES01-KA220-VET-000245332", [(214, "W")]),
        ("2025-1-GR01-KA220-SCH-000245332", [(201, "E")]),
        ("2025-1-XX01-KA220-SCH-000245332", [(201, "W")]),
        ("2025-4-ES01-KA220-SCH-000245332", [(201, "W")]),
        ("2019-1-ES01-KA220-SCH-000245332", [(201, "W")]),
    ],
)
def test_the_number_has_its_form_and_says_what_is_entered(
    number: str, expected: list[tuple[int, str]]
) -> None:
    assert look(subject(agreement=number)) == expected


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (
            "2025-1-GR01-KA220-SCH-000245332",
            "the programme writes Greece as EL; did you mean 2025-1-EL01-KA220-SCH-000245332?",
        ),
        ("2025-1-XX01-KA220-SCH-000245332", "XX is not the code of a country."),
        ("2025-4-ES01-KA220-SCH-000245332", "a call has rounds 1 to 3, not 4."),
        (
            "2019-1-ES01-KA220-SCH-000245332",
            "KA220 does not belong to a call of 2019: it began in 2021.",
        ),
        ("598207-EPP-1-2018-1-CE-EPPKA2-CBHE-SP", "CE is not the code of a country."),
        ("2025-1-ES01-KA240-SCH-000245332", "KA240 began in 2026."),
    ],
)
def test_what_is_wrong_with_a_number_is_said(number: str, says: str) -> None:
    assert text(subject(agreement=number), 201).endswith(says)
    assert number in text(subject(agreement=number), 201)


@pytest.mark.parametrize(
    "number", ["562155-EPP-1-2015-1-ES-EPPKA3-PI-FORWARD", "KA152-YOU-691C4B41"]
)
def test_a_number_of_another_action_is_no_wrong_number(number: str) -> None:
    assert (201, "W") not in look(subject(agreement=number))


@pytest.mark.parametrize(
    ("action", "field", "told"),
    [
        ("KA220-SCH", "VET", True),
        ("KA220-VET", "SCH", True),
        ("KA220-VET", "VET", False),
        ("KA220", "VET", False),
        ("KA220-VET", None, False),
        ("KA220-SCH", None, True),
    ],
)
def test_the_ending_of_the_action_is_held_against_the_number(
    action: str, field: str | None, *, told: bool
) -> None:
    seen = subject(agreement="2025-1-ES01-KA220-VET-000245332", action=action, field=field)
    assert ((214, "W") in look(seen)) is told
    wrong = action if "SCH" in action else field
    assert not told or text(seen, 214).endswith(f"says field VET, entered is {wrong}.")


OFFERED = (
    "Inclusion and diversity",
    "Digital transformation: readiness, resilience and capacity",
    "Support for teachers, leaders and other staff",
)


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        (("Make money fast",), [(208, "I")]),
        (("Make money fast", "Other things with profit"), [(208, "I")]),
        (("Make money fast", "Inclusion"), []),
        (("HORIZONTAL: Inclusion and diversity in all fields of education",), []),
        (("Addressing digital readiness",), []),
        (("Supporting teachers and school leaders",), []),
        ((), [(208, "E")]),
    ],
)
def test_a_priority_is_one_of_the_eu_in_some_wording(
    entered: tuple[str, ...], expected: list[tuple[int, str]]
) -> None:
    call = "EU priorities of call 2025"
    seen = replace(subject(priorities=entered), offered=OFFERED, offered_in=call)
    assert look(seen) == expected
    if entered and expected:
        said = text(seen, 208)
        assert said.startswith("Entered is “Make money fast”")
        assert said.endswith(": none of the EU priorities of call 2025.")


def test_where_no_priorities_are_known_any_counts() -> None:
    assert look(subject(priorities=("Make money fast",))) == []


def test_a_letter_in_place_of_zero_is_suggested_and_not_changed() -> None:
    said = text(subject(agreement="2025-1-ESO1-KA220-SCH-000245332"), 201)
    assert "letter O" in said
    assert "2025-1-ES01-KA220-SCH-000245332" in said


@pytest.mark.parametrize(
    ("country", "told"), [("ES", False), ("PT", True), ("GR", True), (None, False)]
)
def test_the_agency_is_of_the_coordinators_country(country: str | None, *, told: bool) -> None:
    members = (Member(1, "UA", country, PartnerRole.COORDINATOR),)
    seen = subject(agreement="2025-1-ES01-KA220-SCH-000245332", members=members)
    assert ((214, "W") in look(seen)) is told


def test_greece_and_overseas_territories_are_their_agency() -> None:
    for number, country in (
        ("2025-1-EL01-KA220-SCH-000245332", "GR"),
        ("2025-1-NL01-KA220-SCH-000245332", "CW"),
    ):
        members = (Member(1, "UA", country, PartnerRole.COORDINATOR),)
        assert look(subject(agreement=number, members=members)) == []


# --- field and shape ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "field", "expected"),
    [
        ("KA210-SCH", "SCH", []),
        ("KA210", "HED", [(202, "E")]),
        ("KA210-HED", None, [(202, "E")]),
        ("KA210", "HE", [(202, "E")]),
        ("KA210", "higher things", []),
        ("KA220", "HED", []),
    ],
)
def test_small_scale_partnerships_are_not_for_higher_education(
    action: str, field: str | None, expected: list[tuple[int, str]]
) -> None:
    small = action.startswith("KA210")
    kind = WorkUnitKind.ACTIVITY if small else WorkUnitKind.WORK_PACKAGE
    units = (Unit(1, "A1", "Training", kind),)
    assert look(subject(action=action, field=field, units=units)) == expected


def test_small_scale_partnerships_have_activities() -> None:
    seen = subject(action="KA210-SCH")
    assert look(seen) == [(203, "E")]
    assert text(seen, 203).endswith("entered as such: WP1, WP2.")
    gone = tuple(replace(unit, state=WorkUnitState.CANCELLED) for unit in PACKAGES)
    assert look(subject(action="KA210-SCH", units=gone)) == []


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ((), [(204, "W")]),
        ((Unit(1, "A1", kind=WorkUnitKind.ACTIVITY),), [(204, "E")]),
        ((Unit(1, "TPM", kind=WorkUnitKind.HEADING),), [(204, "E")]),
        ((*PACKAGES, Unit(9, "A1", kind=WorkUnitKind.ACTIVITY, parent=2)), []),
    ],
)
def test_cooperation_partnerships_have_work_packages(
    units: tuple[Unit, ...], expected: list[tuple[int, str]]
) -> None:
    assert look(subject(units=units)) == expected


def test_budget_headings_were_right_in_call_2021() -> None:
    units = (Unit(1, "TPM", kind=WorkUnitKind.HEADING),)
    dates: dict[str, Any] = {"start": date(2021, 11, 1), "end": date(2023, 10, 31)}
    seen = subject(Stage.RUNNING, units, call_year=2021, **dates)
    assert look(seen) == []


# --- duration -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "right", "wrong"),
    [
        ("KA220-SCH", (12, 13, 24, 36), (10, 11, 37, 60)),
        ("KA210-SCH", (6, 7, 24), (5, 25, 30, 60)),
        (SPORT, (12, 36), (10, 37)),
        (COVE, (48,), (36, 47, 49, 60)),
        (LOT_1, (24, 36), (12, 30, 48)),
        (CBHE_1, (24, 36), (10, 25, 30, 48)),
        (CBHE_3, (36, 48), (24, 40)),
        (CB_VET, (24, 36), (12, 30)),
    ],
)
def test_each_action_has_its_durations(
    action: str, right: tuple[int, ...], wrong: tuple[int, ...]
) -> None:
    def found(months: int) -> bool:
        told = look(subject(action=action, field=None, months=months, units=()))
        return (205, "E") in told

    assert [months for months in right if found(months)] == []
    assert [months for months in wrong if not found(months)] == []


def test_the_duration_is_counted_where_it_is_not_entered() -> None:
    assert (205, "E") in look(subject(months=None, end=date(2026, 6, 30)))
    assert look(subject(months=None)) == []
    assert look(subject(months=None, end=None)) == []


@pytest.mark.parametrize(
    ("action", "months", "told"),
    [
        ("KA210-SCH", 30, False),
        ("KA210-SCH", 31, True),
        ("KA220-SCH", 36, False),
        ("KA220-SCH", 37, True),
        ("KA220-SCH", 11, True),
        (CBHE_1, 30, False),
        (CBHE_1, 42, False),
        (CBHE_1, 23, True),
    ],
)
def test_a_granted_project_can_have_been_prolonged(action: str, months: int, *, told: bool) -> None:
    units = (Unit(1, "A1", kind=WorkUnitKind.ACTIVITY),) if action == "KA210-SCH" else PACKAGES
    seen = subject(Stage.RUNNING, units, action=action, field=None, months=months)
    assert (205 in [number for number, _ in look(seen)]) is told


def test_the_own_agreement_wins() -> None:
    own = {"months_max": OwnValue(40, "Art. 2"), "months_extended_max": OwnValue(40, "Art. 2")}
    assert look(subject(Stage.RUNNING, months=40), own) == []


# --- start and deadline -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (date(2025, 8, 31), True),
        (date(2025, 9, 1), False),
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), False),
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
    ],
)
def test_the_start_lies_in_the_months_of_a_round(start: date, *, told: bool) -> None:
    seen = subject(start=start, end=None)
    assert look(seen) == ([(207, "E")] if told else [])


def test_with_a_deadline_only_its_round_counts() -> None:
    first_round = datetime(2025, 3, 5, 11, tzinfo=UTC)
    seen = subject(start=date(2026, 2, 1), end=None, application_deadline=first_round)
    assert look(seen) == [(207, "E")]
    assert "from September to December 2025" in text(seen, 207)


def test_nothing_begins_before_the_call_closes() -> None:
    seen = subject(action=SPORT, field=None, start=date(2025, 2, 1), end=None)
    assert (207, "E") in look(seen)
    assert look(subject(action=SPORT, field=None, start=date(2025, 9, 1), end=None)) == []


def test_rounds_of_another_call_say_nothing() -> None:
    seen = subject(call_year=2023, start=date(2023, 2, 1), end=None)
    assert look(seen) == [(213, "I"), (215, "I")]
    assert text(seen, 215) == "The deadline of call 2023 is not known here, and none is entered."
    entered = replace(seen.project, application_deadline=datetime(2023, 2, 1, 11, tzinfo=UTC))
    assert 215 not in dict(look(replace(seen, project=entered)))


def test_last_years_deadlines_do_not_reach_a_call_that_takes_the_rest_from_it() -> None:
    (call,) = (it for it in KNOWN if it.year == 2025)
    taken = tuple(
        ActionRules(it.id, it.name, 2027, (), it.managed_by, None, {}, as_in=2025)
        for it in call.actions
    )
    known = (*KNOWN, CallRules(2027, 2027, "", "", taken))
    rules = rulebook.of(known, "KA220-SCH", 2027)
    seen = subject(call_year=2027, start=date(2028, 6, 1), end=date(2030, 5, 31))
    for day in (date(2027, 3, 1), date(2027, 3, 6)):
        found = list(application.found(replace(seen, today=day), rules))
        assert [one.code for one in found] == ["KA2-I215"]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 2, 18), None),
        (date(2025, 2, 19), "The application closes in 14 days: 5 Mar 2025, 12:00 Brussels."),
        (date(2025, 3, 5), "The application closes today: 5 Mar 2025, 12:00 Brussels."),
        (date(2025, 3, 6), PASSED),
    ],
)
def test_a_deadline_that_is_near_or_past_is_told(today: date, expected: str | None) -> None:
    for entered in (None, datetime(2025, 3, 5, 11, tzinfo=UTC)):
        seen = subject(today=today, application_deadline=entered)
        assert ((211, "W") in look(seen)) is bool(expected)
        if expected:
            assert text(seen, 211) == expected
        assert 211 not in dict(look(replace(seen, stage=Stage.WAITING)))
        handed_in = replace(seen, project=replace(seen.project, submitted_on=seen.today))
        assert 211 not in dict(look(handed_in))


@pytest.mark.parametrize(
    ("action", "at", "zone", "told"),
    [
        ("KA220-SCH", datetime(2025, 3, 5, 11, tzinfo=UTC), "Europe/Brussels", False),
        ("KA220-SCH", datetime(2025, 3, 5, 11, tzinfo=UTC), "Europe/Athens", False),
        ("KA220-SCH", datetime(2025, 3, 5, 10, tzinfo=UTC), "Europe/Athens", True),
        ("KA220-SCH", datetime(2025, 3, 5, 16, tzinfo=UTC), "Europe/Brussels", True),
        (SPORT, datetime(2025, 3, 5, 16, tzinfo=UTC), "Europe/Brussels", False),
        (SPORT, datetime(2025, 3, 5, 11, tzinfo=UTC), None, True),
        ("KA220-SCH", datetime(2025, 3, 12, 16, tzinfo=UTC), "Europe/Brussels", False),
    ],
)
def test_the_hour_of_the_deadline_is_the_actions(
    action: str, at: datetime, zone: str | None, *, told: bool
) -> None:
    seen = subject(action=action, field=None, application_deadline=at, application_zone=zone)
    assert ((212, "E") in look(seen)) is told


# --- priorities and words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "priorities", "expected"),
    [
        ("KA220-SCH", (), [(208, "E")]),
        ("KA220-SCH", ("a", "b", "c"), []),
        (SPORT, (), [(208, "E")]),
        (SPORT, ("a",), []),
        (SPORT, ("a", "b"), [(209, "E")]),
        ("ERASMUS-SPORT-2025-SSCP", ("a", "b"), [(209, "E")]),
        (CBHE_1, (), []),
    ],
)
def test_priorities(
    action: str, priorities: tuple[str, ...], expected: list[tuple[int, str]]
) -> None:
    units = () if "SSCP" in action else PACKAGES
    seen = subject(action=action, field=None, priorities=priorities, units=units)
    assert look(seen) == expected
    running = replace(seen, stage=Stage.RUNNING)
    assert look(running) == []


def test_the_goal_is_written_down() -> None:
    assert look(subject(goal=" ")) == [(210, "I")]
    assert look(subject(goal=None, summary="What we do.")) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"action": "KA999"}, [(213, "I")]),
        ({"action": None}, []),
        ({"call_year": 2031, "start": None, "end": None}, [(213, "I"), (215, "I")]),
    ],
)
def test_what_is_not_known_is_said_once(
    changes: dict[str, Any], expected: list[tuple[int, str]]
) -> None:
    assert look(subject(**changes)) == expected


def test_an_empty_project_has_only_its_goal_to_be_written() -> None:
    seen = Subject(Project(), Stage.APPLYING, TODAY)
    assert look(seen) == [(210, "I")]


@pytest.mark.parametrize(
    ("action", "year"), [("KA220-SCH", 2018), ("KA201", 2021), ("KA210", 2020), ("KA240-SCH", 2025)]
)
def test_a_call_that_had_no_such_action_is_a_slip(action: str, year: int) -> None:
    seen = subject(action=action, field=None, call_year=year, months=6)
    assert look(seen) == [(213, "W")]
    assert text(seen, 213).startswith(f"Call {year} had no {action} (")
    agreed = ActionRules(action, action, year, (), "NA", None, {})
    bare = Applied(agreed, CallRules(year, year, "", ""), year)
    assert "KA2-W213" in [one.code for one in application.found(seen, bare)]


def test_the_year_in_a_code_is_held_against_the_call_that_is_entered() -> None:
    wrong = subject(action=COVE, field=None, call_year=2026, months=48)
    assert (214, "W") in look(wrong)
    assert text(wrong, 214) == f"{COVE} is of call 2025, entered is call 2026."
    assert 214 not in dict(look(replace(wrong, project=replace(wrong.project, call_year=2025))))
    assert 214 not in dict(look(replace(wrong, project=replace(wrong.project, call_year=None))))
    topic = subject(action="COVE", call=COVE, field=None, call_year=2026, months=48)
    assert text(topic, 214) == f"{COVE} is of call 2025, entered is call 2026."
