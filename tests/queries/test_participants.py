"""Who took part: counted once where names are known, beside what report and application say."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event as events

from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.kinds import MeetingKind, MeetingMode, MeetingState, Presence
from ka2tui.operations import (
    attendance,
    contacts,
    head_counts,
    meetings,
    participants,
    partners,
    projects,
    work_units,
)
from ka2tui.queries import behind, figures, participation, problems
from ka2tui.queries import participants as views

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    return portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=today
    ).value


def event(portfolio: Portfolio, project: int, code: str, **more: Any) -> int:
    given: dict[str, Any] = {
        "kind": MeetingKind.LEARNING,
        "day": date(2026, 10, 5),
        "code": code,
    } | more
    return portfolio.do(meetings.add, project, f"Event {code}", **given).value


def put(portfolio: Portfolio, at: int, name: str, place: str | None = "ULODZ", **more: Any) -> int:
    values = {"name": name, "organisation": place, **more}
    return portfolio.do(participants.add, at, values).value


def standing(portfolio: Portfolio, project: int, today: date) -> participation.Standing:
    return portfolio.ask(participation.standing, project, today=today)


def test_a_person_at_two_events_counts_once_in_the_project_and_in_each_event(
    portfolio: Portfolio, project: int, today: date
) -> None:
    one, two = event(portfolio, project, "LTT1"), event(portfolio, project, "LTT2")
    put(portfolio, one, "Łucja Żak")
    put(portfolio, two, "LUCJA  ZAK", online=True)
    put(portfolio, two, "Ben")
    seen = standing(portfolio, project, today)
    assert (seen.numbers.persons, seen.numbers.places) == (2, 3)
    assert [row.numbers.persons for row in seen.events] == [1, 2]
    assert [row.events for row in portfolio.ask(views.listed, project)] == [2, 1, 2]


def test_one_event_over_several_days_counts_a_person_once(
    portfolio: Portfolio, project: int, today: date
) -> None:
    week = event(portfolio, project, "LTT1", end_day=date(2026, 10, 9))
    for day in (5, 6, 7):
        put(portfolio, week, "Jan Kowalski", day=date(2026, 10, day))
    assert standing(portfolio, project, today).events[0].numbers.persons == 1


def test_names_and_head_counts_are_told_beside_each_other(
    portfolio: Portfolio, project: int, today: date
) -> None:
    open_day = event(portfolio, project, "ME1", kind=MeetingKind.MULTIPLIER)
    put(portfolio, open_day, "Ana", fewer_opportunities=True)
    portfolio.do(head_counts.add, open_day, 120, country="PL", online=20, fewer_opportunities=9)
    numbers = standing(portfolio, project, today).numbers
    assert numbers.said.startswith("1 named, counted once; 120 counted without names")
    by = {line.name: line for line in
          portfolio.ask(participation.totals, project, "mode", today=today)}  # fmt: skip
    assert (by["in person"].persons, by["in person"].counted, by["online"].counted) == (1, 100, 20)
    fewer = portfolio.ask(participation.totals, project, "fewer_opportunities", today=today)
    assert [(line.name, line.persons, line.counted) for line in fewer] == [
        ("no", 0, 111),
        ("yes", 1, 9),
    ]


def test_contacts_marked_as_present_at_an_event_took_part(
    portfolio: Portfolio, project: int, today: date
) -> None:
    kmop = portfolio.do(partners.add, project, "KMOP", country="GR").value
    person = portfolio.do(contacts.add, project, "Eleni K.", partner_id=kmop).value
    week = event(portfolio, project, "LTT1")
    portfolio.do(attendance.mark, week, [person], Presence.PRESENT)
    portfolio.do(participants.add, week, {"name": "eleni k.", "partner_id": kmop})
    seen = portfolio.ask(views.page, project, today=today)
    assert seen.standing.numbers.persons == 1
    assert [(row.marked, row.country) for row in seen.rows] == [(True, "GR"), (False, "GR")]


def test_a_project_meeting_is_no_event_until_somebody_is_on_its_list(
    portfolio: Portfolio, project: int, today: date
) -> None:
    tpm = event(portfolio, project, "TPM1", kind=MeetingKind.TPM)
    assert standing(portfolio, project, today).events == ()
    put(portfolio, tpm, "Ana")
    assert len(standing(portfolio, project, today).events) == 1


def test_lists_are_held_against_report_and_application(
    portfolio: Portfolio, project: int, today: date
) -> None:
    unit = portfolio.do(work_units.add, project, "WP3", values={"reported_participants": 5}).value
    part = portfolio.do(work_units.add, project, "A3.1", values={"parent_id": unit}).value
    week = event(portfolio, project, "LTT1", participants=2, work_unit_id=part)
    portfolio.do(meetings.edit, week, {"expected_participants": 4})
    for name in ("Ana", "Ben", "Cem"):
        put(portfolio, week, name)
    seen = standing(portfolio, project, today)
    assert seen.differences == (
        "LTT1: 3 on the list, 2 in the report: 1 more",
        "LTT1: 3 came, 4 expected: 1 fewer",
        "WP3: 5 in the report, its events add up to 2",
        "WP3: 3 on the list, 5 in the report: 2 fewer",
    )
    assert (seen.reported, seen.expected) == (5, 4)
    assert told(portfolio, project, today) == [
        ("LTT1 Event LTT1", "3 on the list, 2 in the report: 1 more."),
        (
            "WP3",
            "5 in the report, its events add up to 2; 3 on the list, 5 in the report: 2 fewer.",
        ),
        ("LTT1 Event LTT1", "3 came, 4 expected: 1 fewer."),
    ]


def told(portfolio: Portfolio, project: int, today: date) -> list[tuple[str, str]]:
    """What the checks say of who took part."""
    found = portfolio.ask(problems.problems, project, today=today, stage=Stage.RUNNING)
    return [(one.where, one.text) for one in found.rows if one.number in (603, 605, 626)]


def test_more_than_expected_is_no_matter_for_a_check(
    portfolio: Portfolio, project: int, today: date
) -> None:
    week = event(portfolio, project, "LTT1")
    portfolio.do(meetings.edit, week, {"expected_participants": 1})
    put(portfolio, week, "Ana")
    put(portfolio, week, "Ben")
    assert standing(portfolio, project, today).differences == ("LTT1: 2 came, 1 expected: 1 more",)
    assert told(portfolio, project, today) == []


def test_a_number_without_a_list_is_told(portfolio: Portfolio, project: int, today: date) -> None:
    portfolio.do(work_units.add, project, "WP3", values={"reported_participants": 120})
    assert standing(portfolio, project, today).differences == (
        "WP3: 120 in the report, nobody on a list",
    )


def test_no_difference_is_told_twice(portfolio: Portfolio, project: int, today: date) -> None:
    week = event(portfolio, project, "LTT1", participants=33)
    portfolio.do(head_counts.add, week, 31)
    assert len([text for _, text in told(portfolio, project, today) if "33" in text]) == 1


def test_an_event_that_is_over_without_a_list_is_told(
    portfolio: Portfolio, project: int, today: date
) -> None:
    week = event(portfolio, project, "LTT1")
    event(portfolio, project, "LTT2", day=date(2027, 1, 5))
    seen = standing(portfolio, project, today)
    assert [row.missing for row in seen.events] == [True, False]
    assert told(portfolio, project, today) == []  # that it is over and planned is told
    portfolio.do(meetings.set_state, [week], MeetingState.HELD)
    nobody = ("LTT1 Event LTT1", "Nobody is on the list of participants.")
    assert told(portfolio, project, today) == [nobody]


def test_twins_are_offered_joined_and_kept_apart(
    portfolio: Portfolio, project: int, today: date
) -> None:
    one, two = event(portfolio, project, "LTT1"), event(portfolio, project, "LTT2")
    first = put(portfolio, one, "Müller, Jan")
    second = put(portfolio, two, "Jan Muller")
    (twin,) = portfolio.ask(views.twins, project)
    assert twin.why == "the same name, written differently"
    assert [(each.id, each.events) for each in twin.people] == [
        (first, ("LTT1",)),
        (second, ("LTT2",)),
    ]
    assert [row.doubtful for row in portfolio.ask(views.listed, project)] == [True, True]
    portfolio.do(participants.join, [first, second])
    assert portfolio.ask(views.twins, project) == ()
    assert standing(portfolio, project, today).numbers.persons == 1
    portfolio.undo()
    portfolio.do(participants.keep_apart, [first, second])
    assert portfolio.ask(views.twins, project) == ()
    assert standing(portfolio, project, today).numbers.persons == 2


def test_odd_names_are_told_as_they_are(portfolio: Portfolio, project: int, today: date) -> None:
    week = event(portfolio, project, "LTT1", mode=MeetingMode.ONLINE)
    odd = ("[red]Ana[/red]", "🙂🙂", "=1+1", "יוסי כהן", "محمد علي")
    for name in odd:
        put(portfolio, week, name, None)
    rows = portfolio.ask(views.listed, project)
    assert {row.name for row in rows} == set(odd)
    assert all(row.online for row in rows)


def test_every_figure_adds_up_to_its_rows(portfolio: Portfolio, project: int, today: date) -> None:
    unit = portfolio.do(work_units.add, project, "WP3", values={"reported_participants": 9}).value
    kmop = portfolio.do(partners.add, project, "KMOP").value
    person = portfolio.do(contacts.add, project, "Eleni K.", partner_id=kmop).value
    one = event(portfolio, project, "LTT1", work_unit_id=unit, participants=4)
    two = event(portfolio, project, "LTT2")
    portfolio.do(attendance.mark, two, [person], Presence.ONLINE)
    for name in ("Ana", "Ben", "Müller, Jan", "Jan Muller"):
        put(portfolio, one, name, profile="teacher", country="PL", fewer_opportunities=True)
    put(portfolio, two, "Ana")
    portfolio.do(head_counts.add, two, 7)
    found = portfolio.ask(figures.listed, project, ["participant"], today=today)
    assert [each.name for each in found if not each.adds_up] == []
    values = {each.name: each.value for each in found}
    assert values["participant.persons"] == 5
    assert values["participant.places"] == 6
    assert values["participant.counted"] == 7
    assert values["participant.reported"] == 9
    assert values["participant.twins"] == 1
    assert values["participant.event.LTT2.persons"] == 2
    assert values["participant.unit.WP3.fewer"] == 4
    for each in found:
        rows = portfolio.ask(behind.rows, each.trace, today=today)
        assert sum(row.adds for row in rows) == each.trace.total
    assert len({each.name for each in found}) == len(found)


def test_five_thousand_participants_are_read_in_a_handful_of_statements(
    portfolio: Portfolio, project: int, today: date
) -> None:
    one, two = event(portfolio, project, "LTT1"), event(portfolio, project, "LTT2")
    many = [{"name": f"Person {n}", "organisation": f"School {n % 40}"} for n in range(2500)]
    portfolio.do(participants.add_several, one, many)
    portfolio.do(participants.add_several, two, many)
    asked: list[str] = []
    begun = time.perf_counter()

    def counted(session: Any) -> views.Seen:
        connection = session.connection()
        events.listen(connection, "before_cursor_execute", lambda *it: asked.append(it[2]))
        return views.page(session, project, today=today)

    seen = portfolio.ask(counted)
    assert (seen.standing.numbers.persons, seen.standing.numbers.places) == (2500, 5000)
    assert len(seen.rows) == 5000
    assert len(asked) <= 8
    assert time.perf_counter() - begun < 10  # a fraction of a second; more is a loop within a loop
