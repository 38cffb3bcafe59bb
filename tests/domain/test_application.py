from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.application import (
    LEFT,
    THERE,
    YES,
    Fact,
    How,
    Names,
    Sort,
    Standing,
    differences,
    is_near_end,
    same,
    say,
    say_now,
    say_promised,
    say_when,
    standing,
)
from ka2tui.domain.kinds import AgencyAnswer, Handling, Precision

START = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("promised", "now", "kept"),
    [
        ("M18", "M18", True),
        ("M18", "2027-06-03", True),  # any day of that month keeps the promise
        ("M18", "2027-07-01", False),
        ("2027-06", "2027-06-30", True),
        ("2027-06-30", "2027-06", True),
        ("2027-06-30", "2027-06-29", False),
        ("M18", "M19", False),
        ("M18", None, False),
    ],
)
def test_a_date_is_kept_by_any_day_of_the_month_that_was_promised(
    promised: str, now: str | None, *, kept: bool
) -> None:
    assert same(Sort.TIME, promised, now, [START]) is kept


def test_without_a_first_day_a_project_month_is_itself_only() -> None:
    assert not same(Sort.TIME, "M18", "2027-06-03")


def test_languages_are_the_same_in_any_order() -> None:
    assert same(Sort.LIST, "EN, PL and EL", "pl; el; en")
    assert not same(Sort.LIST, "EN, PL", "EN")


def test_what_was_left_open_is_no_promise() -> None:
    kept = [Fact("deliverable", "d", THERE, YES, "D1"), Fact("deliverable", "d", "due", None, "D1")]
    now = [kept[0], kept[1]._replace(value="M3")]
    assert not [*differences(kept, now, [START])]


def test_a_record_that_is_gone_or_came_is_one_difference() -> None:
    kept = [Fact("meeting", "a", THERE, YES, "TPM3"), Fact("meeting", "a", "day", "M9", "TPM3")]
    now = [Fact("meeting", "b", THERE, YES, "TPM4"), Fact("meeting", "b", "day", "M9", "TPM4")]
    gone, came = differences(kept, now, [START])
    assert (gone.said, gone.how, say_now(gone, Names())) == ("TPM3", How.REMOVED, "removed")
    assert (came.said, came.how, say_now(came, Names())) == ("TPM4", How.ADDED, "added")
    assert say_promised(came, Names()) == "not in the application"


def test_a_weekly_call_that_came_is_no_departure() -> None:
    now = [Fact("meeting", "b", THERE, YES, "Call", promised=False)]
    assert not [*differences([], now, [START])]


def test_of_a_partner_that_left_only_that_is_told() -> None:
    kept = [Fact("partner", "p", THERE, YES, "KMOP"), Fact("partner", "p", "role", "x", "KMOP")]
    now = [kept[0]._replace(value=f"{LEFT} 2026-05-03"), kept[1]._replace(value="y")]
    (only,) = differences(kept, now, [START])
    assert only.how is How.REMOVED
    assert say_now(only, Names()) == "left on 3 May 2026"


def test_values_are_said_as_people_say_them() -> None:
    names = Names("EUR", {"u": "KMOP"})
    assert say(Sort.MONEY, "1250050", names) == "€ 12 500.50"
    assert say(Sort.PARTNER, "u", names) == "KMOP"
    assert say(Sort.PARTNER, "other", names) == "a partner that is gone"
    assert say(Sort.TIME, "2026-12", names) == "Dec 2026"
    assert say(Sort.TIME, "M18", names) == "M18"
    assert say(Sort.COUNTRY, "GR", names) == "Greece"
    assert say(Sort.TEXT, None, names) == "nothing"


def test_a_date_is_kept_as_exactly_as_it_is_known() -> None:
    assert say_when(date(2026, 12, 4), None, Precision.DAY) == "2026-12-04"
    assert say_when(date(2026, 12, 31), None, Precision.MONTH) == "2026-12"
    assert say_when(date(2026, 12, 31), 12, Precision.MONTH) == "M12"
    assert say_when(None, None, Precision.DAY) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, Standing.OPEN),
        ({"why": "flood"}, Standing.OPEN),
        ({"handling": Handling.NONE_NEEDED}, Standing.OPEN),
        ({"why": "flood", "handling": Handling.NONE_NEEDED}, Standing.EXPLAINED),
        ({"why": "flood", "handling": Handling.AMENDMENT}, Standing.TO_ASK),
        ({"why": "flood", "handling": Handling.AMENDMENT, "asked_on": START}, Standing.WAITING),
        ({"why": "flood", "handling": Handling.AMENDMENT, "again": True}, Standing.AGAIN),
        (
            {"why": "f", "handling": Handling.AMENDMENT, "answer": AgencyAnswer.REFUSED},
            Standing.REFUSED,
        ),
        (
            {"why": "f", "handling": Handling.AMENDMENT, "answer": AgencyAnswer.ACCEPTED},
            Standing.ACCEPTED,
        ),
    ],
)
def test_a_departure_is_explained_by_a_reason_and_what_was_done(
    said: dict[str, object], expected: Standing
) -> None:
    known = {"why": None, "handling": None, "asked_on": None, "answer": None}
    assert standing(differs=True, **{**known, **said}) is expected  # type: ignore[arg-type]


def test_the_end_is_near_two_months_before_it_and_not_after_it() -> None:
    end = date(2027, 9, 30)
    assert is_near_end(end, date(2027, 8, 1))
    assert not is_near_end(end, date(2027, 7, 1))
    assert not is_near_end(end, date(2027, 10, 1))
    assert not is_near_end(None, date(2027, 8, 1))
