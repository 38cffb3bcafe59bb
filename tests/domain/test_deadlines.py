"""When an application must be in, by which clock, and what follows from the agreement's dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ka2tui.domain import deadline_rules, deadlines, instants, rulebook
from ka2tui.domain.deadlines import Facts, Origin
from ka2tui.domain.kinds import ProposalOutcome
from ka2tui.domain.refusal import Misread

TODAY = date(2026, 11, 22)
KNOWN = rulebook.load()
BRUSSELS = ZoneInfo("Europe/Brussels")
GRANTED: Any = {"start": date(2025, 10, 1), "months": 24, "approved": True}


def due(**facts: Any) -> str:
    """Give the deadline as it is read, with where it comes from."""
    found = deadlines.application(Facts(**facts), KNOWN, today=TODAY)
    return "" if found is None else f"{found.at.astimezone(BRUSSELS):%Y-%m-%d %H:%M}, {found.why}"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"action": "KA220-ADU", "call_year": 2025, "start": date(2025, 11, 1)},
            "2025-03-05 12:00, from the rules of call 2025",
        ),
        (
            {"action": "KA210-SCH", "call_year": 2025, "start": date(2026, 2, 1)},
            "2025-10-01 12:00, from the rules of call 2025",
        ),
        (
            {"action": "ERASMUS-SPORT-2025-SCP", "call_year": 2025},
            "2025-03-05 17:00, from the rules of call 2025",
        ),
        (
            {"action": "ERASMUS-SPORT-2027-SCP", "call_year": 2027},
            "",
        ),
        (
            {"action": "KA220-VET", "call_year": 2027, "start": date(2027, 9, 1)},
            "",
        ),
        (
            {"action": "KA220-VET", "start": date(2027, 3, 1)},
            "2026-10-01 12:00, from the rules of call 2026",
        ),
        ({"action": "KA220-VET"}, ""),
        (
            {"action": "KA220-SCH", "call_year": 2025, "managed_by": "EACEA"},
            "2025-10-01 17:00, as in call 2025, not confirmed",
        ),
        (
            {"action": "KA240-SCH", "call_year": 2026},
            "2026-04-09 12:00, as in call 2026, not confirmed",
        ),
        ({"action": "KA201", "call_year": 2026}, ""),
        ({}, ""),
    ],
)
def test_the_rules_of_the_call_say_the_hour_and_another_call_says_nothing(
    facts: dict[str, Any], said: str
) -> None:
    assert due(**facts) == said


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2025, 3, 5), "2025-03-05, from the rules of call 2025"),
        (
            date(2025, 3, 6),
            "2025-10-01, from the rules of call 2025; the round of 5 Mar 2025 has passed",
        ),
        (date(2025, 10, 2), "2025-10-01, from the rules of call 2025"),
        (date(2027, 1, 1), "2025-10-01, from the rules of call 2025"),
    ],
)
def test_what_has_passed_is_not_rolled_forward_to_another_call(today: date, said: str) -> None:
    found = deadlines.application(Facts(action="KA220-SCH", call_year=2025), KNOWN, today=today)
    assert found is not None
    assert f"{found.day}, {found.why}" == said
    noon = datetime(2025, 10, 1, 10, tzinfo=UTC)
    assert found.passed(noon) is (found.day < date(2025, 10, 1))


def test_what_was_entered_wins() -> None:
    facts = Facts(
        action="KA220-ADU",
        call_year=2025,
        application_deadline=datetime(2026, 4, 9, 10, tzinfo=UTC),
        application_zone="Europe/Brussels",
    )
    found = deadlines.application(facts, KNOWN, today=TODAY)
    assert found is not None
    assert (found.day, found.origin, found.confirmed) == (date(2026, 4, 9), Origin.ENTERED, True)


def test_it_is_told_by_the_clocks_there_and_here_with_the_time_that_is_left() -> None:
    closes = datetime(2027, 3, 5, 11, tzinfo=UTC)
    facts = Facts(action="KA220-ADU", call_year=2027, application_deadline=closes)
    found = deadlines.application(facts, KNOWN, today=TODAY)
    assert found is not None
    now = datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert deadlines.say_application(found, now, "Europe/Athens") == (
        "5 Mar 2027 12:00 Brussels · 13:00 Athens",
        "in 103 days 4 h",
    )
    assert (
        deadlines.say_application(found, now, "Europe/Brussels")[0] == "5 Mar 2027 12:00 Brussels"
    )
    assert "18:00 Bangkok" in deadlines.say_application(found, now, "Asia/Bangkok")[0]


def at(text: str) -> datetime:
    """Read a time as the clocks of Brussels show it."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "deadline", "said"),
    [
        ("2027-03-05 06:48", "2027-03-05 12:00", "in 5 h 12 min"),
        ("2027-03-05 11:42", "2027-03-05 12:00", "in 18 min"),
        ("2027-03-05 11:59:30", "2027-03-05 12:00", "in less than a minute"),
        ("2027-03-05 12:00", "2027-03-05 12:00", "now"),
        ("2027-03-04 12:00", "2027-03-05 12:00", "in 1 day"),
        ("2027-03-04 12:30", "2027-03-05 12:00", "in 23 h 30 min"),
        ("2027-03-05 15:05", "2027-03-05 12:00", "passed 3 h 5 min ago"),
        ("2027-03-08 13:00", "2027-03-05 12:00", "passed 3 days 1 h ago"),
        # summer time begins on 28 March 2027 at 2:00, and ends on 31 October at 3:00
        ("2027-03-27 12:00", "2027-04-01 12:00", "in 5 days"),
        ("2027-03-27 17:00", "2027-03-28 12:00", "in 18 h"),
        ("2027-10-30 17:00", "2027-10-31 12:00", "in 20 h"),
        ("2027-10-29 12:00", "2027-11-01 17:00", "in 3 days 5 h"),
    ],
)
def test_what_is_left_is_right_also_when_summer_time_begins_or_ends(
    now: str, deadline: str, said: str
) -> None:
    assert deadlines.say_left(at(deadline), at(now)) == said


def dates(**facts: Any) -> dict[str, str]:
    found = deadlines.of_agreement(Facts(**{**GRANTED, **facts}), KNOWN)
    assert list(found) == sorted(found, key=lambda one: one.day)
    return {one.id: f"{one.day} {one.why}" for one in found}


def test_what_the_agreement_does_not_say_is_derived_and_says_from_what() -> None:
    assert dates() == {
        "amendment": "2027-08-31 derived: end - 30 days",
        "final_report_data": "2027-11-01 derived: final report - 28 days",
        "final_report_own": "2027-11-15 derived: final report - 14 days",
        "final_report": "2027-11-29 derived: end + 60 days",
        "keep_papers": "2032-09-30 derived: final payment + 5 years",
    }
    assert dates(grant_cents=60_000_00)["keep_papers"].startswith("2030-09-30")


def test_what_the_agreement_says_wins_and_what_hangs_on_it_follows() -> None:
    found = dates(final_report_due=date(2027, 12, 31), interim_report_due=date(2026, 12, 1))
    assert found["final_report"] == "2027-12-31 from the agreement"
    assert found["final_report_own"].startswith("2027-12-17")
    assert found["interim_report"] == "2026-12-01 from the agreement"
    assert found["interim_report_data"].startswith("2026-11-03")


def test_only_long_projects_are_offered_a_progress_report_and_it_is_not_confirmed() -> None:
    assert "progress_report" not in dates()
    long = dates(months=36)
    assert long["progress_report"] == (
        "2026-07-01 derived: start + 9 months (more than 24 months), not confirmed"
    )


def test_papers_are_kept_not_before_a_day_since_the_final_payment_is_unknown() -> None:
    found = {one.id: one for one in deadlines.of_agreement(Facts(**GRANTED), KNOWN)}
    assert [one.id for one in found.values() if one.not_before] == ["keep_papers"]
    assert not found["final_report_own"].official


@pytest.mark.parametrize(
    ("facts", "applying", "running"),
    [
        ({}, True, False),
        ({"submitted_on": TODAY}, False, False),
        ({"outcome": ProposalOutcome.RESERVE}, False, False),
        ({"outcome": ProposalOutcome.REJECTED, "proposal_done": True}, False, False),
        ({"outcome": ProposalOutcome.FUNDED}, False, True),
        ({"approved": True}, False, True),
        ({"proposal_done": True}, False, True),
        ({"final_report_due": TODAY}, False, True),
    ],
)
def test_an_application_owes_no_reports_and_a_project_no_application(
    facts: dict[str, Any],
    applying: object,
    running: object,
) -> None:
    seen = Facts(**facts)
    assert (seen.applying, seen.running) == (applying, running)
    if not running:
        assert deadlines.of_agreement(Facts(**{**GRANTED, "approved": False, **facts}), KNOWN) == ()


def test_a_project_without_dates_owes_none() -> None:
    assert deadlines.of_agreement(Facts(approved=True), KNOWN) == ()


def test_every_round_of_the_rules_is_an_instant_in_brussels() -> None:
    for rules in KNOWN:
        for call in rules.actions:
            for one in call.rounds:
                assert instants.local(one.at, one.zone).hour in (12, 17)
                for year in range(max(2025, call.since or 0), 2030):
                    usual = deadline_rules.rounds(KNOWN, call.id, year, usual=True)
                    assert usual[0].at.year == year


@pytest.mark.parametrize(("managed_by", "hour"), [("NA", 12), ("EACEA", 17), (None, 12)])
def test_a_day_without_an_hour_ends_when_it_does_there(managed_by: str | None, hour: int) -> None:
    assert deadlines.hour_of(managed_by).hour == hour


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("5 Mar 2027 12:00", "5 Mar 2027 12:00 Brussels"),
        ("2027-03-05 17:00 Brussels", "5 Mar 2027 17:00 Brussels"),
        ("5.3.2027, 12:00", "5 Mar 2027 12:00 Brussels"),
        ("2027-03-05 at 1 pm", "5 Mar 2027 13:00 Brussels"),
        ("5 Mar 2027", "5 Mar 2027 12:00 Brussels"),
        ("5 Mar", "5 Mar 2027 12:00 Brussels"),
        ("5 Mar 2027 13:00 Athens", "5 Mar 2027 13:00 Europe/Athens"),
    ],
)
def test_a_deadline_is_read_as_calls_write_it_and_comes_back(text: str, written: str) -> None:
    read = deadlines.read_stated(text, today=TODAY)
    assert deadlines.write_stated(read) == written
    assert deadlines.read_stated(written, today=TODAY) == read


def test_without_an_hour_it_is_the_one_of_who_manages_the_call() -> None:
    read = deadlines.read_stated("5 Mar 2027", today=TODAY, managed_by="EACEA")
    assert deadlines.write_stated(read) == "5 Mar 2027 17:00 Brussels"


@pytest.mark.parametrize(
    "text", ["soon", "Mar 2027", "5 Mar 2027 25:00", "5 Mar 2027 12:00 Nowhere", "3-5 Mar 2027"]
)
def test_what_is_no_deadline_is_told(text: str) -> None:
    with pytest.raises(Misread):
        deadlines.read_stated(text, today=TODAY)
