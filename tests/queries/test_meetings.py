from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import (
    MeetingKind,
    MeetingState,
    OutcomeKind,
    PartnerRole,
    Precision,
    Presence,
    TaskState,
)
from ka2tui.domain.refusal import Refused
from ka2tui.operations import (
    agenda,
    attendance,
    contacts,
    head_counts,
    outcomes,
    partners,
    projects,
    tasks,
)
from ka2tui.operations import meetings as make
from ka2tui.queries import meeting_minutes, meetings, references

if TYPE_CHECKING:
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.store.portfolio import Portfolio


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    made = portfolio.do(projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=today)
    for name, country, role in (
        ("UA", "ES", PartnerRole.COORDINATOR),
        ("KMOP", "GR", PartnerRole.BENEFICIARY),
        ("ODTU", "TR", PartnerRole.BENEFICIARY),
    ):
        zone = "Europe/Madrid" if country == "ES" else None
        portfolio.do(
            partners.add, made.value, name, acronym=name, country=country, zone=zone, role=role
        )
    return made.value


def add(portfolio: Portfolio, project: int, title: str, day: date | None, **facts: Any) -> int:
    return portfolio.do(make.add, project, title, day=day, **facts).value


def titles(portfolio: Portfolio, project: int, today: date, words: str = "") -> list[str]:
    rows = portfolio.ask(meetings.listed, project, today=today, words=words)
    return [row.title for row in rows]


def one(portfolio: Portfolio, meeting: int, today: date) -> MeetingDetails:
    return portfolio.ask(meetings.one, meeting, today=today)


def test_meetings_to_come_stand_first_and_the_past_newest_first(
    portfolio: Portfolio, project: int, today: date
) -> None:
    add(portfolio, project, "Kick-off", date(2025, 10, 20))
    add(portfolio, project, "TPM2", date(2026, 5, 4), state=MeetingState.HELD)
    add(portfolio, project, "Called off", date(2026, 12, 1), state=MeetingState.CANCELLED)
    add(portfolio, project, "Some day", None)
    add(portfolio, project, "This month", date(2026, 11, 1), precision=Precision.MONTH)
    add(portfolio, project, "Closing", date(2027, 9, 10))
    add(portfolio, project, "TPM3", date(2026, 11, 30))
    add(portfolio, project, "Two days, since yesterday", date(2026, 11, 21), end_day=today)
    assert titles(portfolio, project, today) == [
        "Two days, since yesterday",
        "TPM3",
        "This month",
        "Closing",
        "Some day",
        "Called off",
        "TPM2",
        "Kick-off",
    ]
    assert titles(portfolio, project, today, "tpm") == ["TPM3", "TPM2"]


def test_a_list_is_read_in_a_few_statements_however_long_it_is(
    portfolio: Portfolio, project: int, today: date
) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(portfolio._engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    counts = []
    for number in (1, 20):
        for at in range(number):
            add(portfolio, project, f"Call {at}", date(2026, 12, 1))
        asked.clear()
        portfolio.ask(meetings.listed, project, today=today)
        counts.append(len(asked))
    assert counts[0] == counts[1] < 10


def test_many_records_named_at_once_are_looked_up_in_one_statement(
    portfolio: Portfolio, project: int
) -> None:
    from sqlalchemy import event

    made = [add(portfolio, project, f"Call {at}", date(2026, 12, 1)) for at in range(20)]
    said = ["call 3", "id:5", *(f"Call {at}" for at in range(20)), "CALL 3"]
    asked: list[str] = []
    event.listen(portfolio._engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    found = portfolio.ask(references.find_all, "meeting", project, said)
    assert len([it for it in asked if it.startswith("SELECT")]) == 1
    assert found == [made[3], 5, *(it for it in made if it not in (made[3], 5))]
    with pytest.raises(references.Unknown, match=r"Call 77.* Did you mean"):
        portfolio.ask(references.find_all, "meeting", project, ["Call 1", "Call 77"])


def test_a_row_counts_what_there_is(portfolio: Portfolio, project: int, today: date) -> None:
    meeting = add(portfolio, project, "TPM", date(2026, 11, 3), participants=4)
    for title, length in (("Welcome", 15), ("Handbook", 40), ("Coffee", None)):
        portfolio.do(agenda.add, meeting, title, minutes_planned=length)
    people = [portfolio.do(contacts.add, project, name).value for name in ("A", "B", "C")]
    portfolio.do(attendance.mark, meeting, people[:1], Presence.PRESENT)
    portfolio.do(attendance.mark, meeting, people[1:], Presence.EXPECTED)
    portfolio.do(head_counts.add, meeting, 5)
    for kind in (OutcomeKind.DECISION, OutcomeKind.ACTION, OutcomeKind.ACTION):
        portfolio.do(outcomes.add, meeting, kind, kind.word)
    portfolio.do(tasks.finish, [1], today=today)
    (row,) = portfolio.ask(meetings.listed, project, today=today)
    assert (row.items, row.minutes_planned) == (3, 55)
    assert (row.attended, row.expected, row.counted, row.came) == (1, 2, 5, 4)
    assert (row.decisions, row.actions, row.open_actions) == (1, 2, 1)


def test_the_clocks_of_all_partners_and_who_is_outside_working_hours(
    portfolio: Portfolio, project: int, today: date
) -> None:
    portfolio.do(partners.add, project, "Bangkok", acronym="CU", zone="Asia/Bangkok")
    gone = portfolio.do(partners.add, project, "Gone", acronym="GONE", zone="UTC").value
    portfolio.do(partners.edit, gone, {"left_on": date(2026, 1, 1)})
    meeting = add(
        portfolio,
        project,
        "Late call",
        date(2026, 12, 3),
        at=time(18, 30),
        zone="Europe/Madrid",
        minutes_long=60,
    )
    clocks = one(portfolio, meeting, today).clocks
    assert [(c.partner, f"{c.at:%H:%M}", c.days, c.outside) for c in clocks] == [
        ("UA", "18:30", 0, "until after 17:00"),
        ("KMOP", "19:30", 0, "until after 17:00"),
        ("ODTU", "20:30", 0, "until after 17:00"),
        ("CU", "00:30", 1, "before 09:00"),
    ]
    portfolio.do(make.move, meeting, date(2026, 12, 5), at=time(10, 0))
    assert {clock.outside for clock in one(portfolio, meeting, today).clocks} == {"a Saturday"}
    portfolio.do(make.move, meeting, date(2026, 12, 3))
    assert [clock.outside for clock in one(portfolio, meeting, today).clocks] == [
        None,
        None,
        None,
        None,
    ]


def test_a_meeting_of_two_days_takes_half_its_length_a_day(
    portfolio: Portfolio, project: int, today: date
) -> None:
    meeting = add(
        portfolio,
        project,
        "TPM3",
        date(2026, 12, 3),
        end_day=date(2026, 12, 4),
        at=time(9, 30),
        zone="Europe/Madrid",
        minutes_long=10 * 60,
    )
    assert {clock.outside for clock in one(portfolio, meeting, today).clocks} == {None}
    portfolio.do(make.edit, meeting, {"minutes_long": 18 * 60})
    outside = [clock.outside for clock in one(portfolio, meeting, today).clocks]
    assert outside == ["until after 17:00"] * 3


def test_istanbul_moves_by_an_hour_against_madrid_when_summer_time_ends(
    portfolio: Portfolio, project: int, today: date
) -> None:
    meeting = add(
        portfolio, project, "Call", date(2026, 10, 22), at=time(9, 30), zone="Europe/Madrid"
    )
    before = [f"{clock.at:%H:%M}" for clock in one(portfolio, meeting, today).clocks]
    portfolio.do(make.move, meeting, date(2026, 10, 29))
    after = [f"{clock.at:%H:%M}" for clock in one(portfolio, meeting, today).clocks]
    assert (before, after) == (["09:30", "10:30", "10:30"], ["09:30", "10:30", "11:30"])


def test_attendance_is_a_table_of_people_and_days(
    portfolio: Portfolio, project: int, today: date
) -> None:
    days = [date(2026, 12, 3), date(2026, 12, 4)]
    meeting = add(portfolio, project, "TPM", days[0], end_day=days[1])
    ana = portfolio.do(contacts.add, project, "Ana", partner_id=1).value
    eleni = portfolio.do(contacts.add, project, "Eleni", partner_id=2).value
    portfolio.do(contacts.add, project, "Officer")
    portfolio.do(attendance.mark, meeting, [ana], Presence.PRESENT)
    portfolio.do(attendance.mark, meeting, [eleni], Presence.ONLINE, day=days[1])
    seen = one(portfolio, meeting, today)
    assert [(person.name, person.presences) for person in seen.people] == [
        ("Ana", (Presence.PRESENT, Presence.PRESENT)),
        ("Eleni", (None, Presence.ONLINE)),
        ("Officer", (None, None)),
    ]
    assert [person.name for person in seen.listed] == ["Ana", "Eleni"]
    assert seen.missing == ("ODTU",)
    portfolio.do(head_counts.add, meeting, 2, partner_id=3)
    assert one(portfolio, meeting, today).missing == ()


def test_numbers_that_disagree_are_said(portfolio: Portfolio, project: int, today: date) -> None:
    meeting = add(portfolio, project, "TPM", date(2026, 5, 4), participants=38)
    assert one(portfolio, meeting, today).differences == ()
    people = [portfolio.do(contacts.add, project, str(number)).value for number in range(3)]
    portfolio.do(attendance.mark, meeting, people, Presence.PRESENT)
    assert one(portfolio, meeting, today).differences == ("3 on the list, 38 stated: 35 fewer",)
    portfolio.do(head_counts.add, meeting, 41)
    assert one(portfolio, meeting, today).differences == ("41 in the counts, 38 stated: 3 more",)
    portfolio.do(head_counts.add, meeting, 2)
    portfolio.do(make.edit, meeting, {"participants": 2})
    assert one(portfolio, meeting, today).differences == ("3 on the list, 2 in the counts: 1 more",)


def test_minutes_stand_in_the_order_of_the_agenda_with_their_tasks(
    portfolio: Portfolio, project: int, today: date
) -> None:
    meeting = add(portfolio, project, "TPM", today, minutes_long=60)
    first, second = (
        portfolio.do(agenda.add, meeting, title, minutes_planned=45).value
        for title in ("Handbook", "Money")
    )
    for text, item, kind in (
        ("besides", None, OutcomeKind.INFORMATION),
        ("pay", second, OutcomeKind.ACTION),
        ("print", first, OutcomeKind.DECISION),
        ("send", first, OutcomeKind.ACTION),
    ):
        portfolio.do(outcomes.add, meeting, kind, text, item=item, due=date(2026, 12, 18))
    seen = one(portfolio, meeting, today)
    assert [line.text for line in seen.outcomes] == ["print", "send", "pay", "besides"]
    assert [line.task.due if line.task else None for line in seen.outcomes] == [
        None,
        date(2026, 12, 18),
        date(2026, 12, 18),
        None,
    ]
    assert [(item.title, item.outcomes) for item in seen.agenda] == [("Handbook", 2), ("Money", 1)]
    assert seen.time_over == 30


def test_unfinished_actions_are_carried_over(
    portfolio: Portfolio, project: int, today: date
) -> None:
    first = add(portfolio, project, "TPM1", date(2026, 1, 10))
    second = add(portfolio, project, "TPM2", date(2026, 6, 10))
    third = add(portfolio, project, "TPM3", date(2026, 12, 3))
    for meeting, text in (
        (second, "later"),
        (first, "done"),
        (first, "still open"),
        (third, "own"),
    ):
        portfolio.do(outcomes.add, meeting, OutcomeKind.ACTION, text)
    portfolio.do(tasks.finish, [2], today=today)
    found = portfolio.ask(meeting_minutes.carried, third)
    assert [(row.meeting, row.task.title, row.task.state, row.times) for row in found] == [
        ("TPM1", "still open", TaskState.OPEN, 2),
        ("TPM2", "later", TaskState.OPEN, 1),
    ]
    assert [row.task.title for row in portfolio.ask(meeting_minutes.carried, second)] == [
        "still open"
    ]
    portfolio.do(make.set_state, [first], MeetingState.CANCELLED)
    assert [row.task.title for row in portfolio.ask(meeting_minutes.carried, third)] == ["later"]


def test_a_meeting_that_is_gone_is_refused_in_words(portfolio: Portfolio, today: date) -> None:
    with pytest.raises(Refused, match="no meeting 7"):
        portfolio.ask(meetings.one, 7, today=today)


def test_the_start_is_an_instant_a_day_or_unknown(
    portfolio: Portfolio, project: int, today: date
) -> None:
    add(portfolio, project, "1", date(2026, 12, 3), at=time(9, 30), zone="Europe/Warsaw")
    add(portfolio, project, "2", date(2026, 12, 4), kind=MeetingKind.ONLINE)
    add(portfolio, project, "3", None)
    rows = portfolio.ask(meetings.listed, project, today=today)
    starts = [row.start.isoformat() if row.start else None for row in rows]
    assert starts == ["2026-12-03T09:30:00+01:00", "2026-12-04", None]


def test_meetings_without_a_day_are_listed_whether_or_not_their_month_is_known(
    portfolio: Portfolio, today: date
) -> None:
    project = portfolio.do(projects.add, "PLAN", today=today).value
    portfolio.do(make.add, project, "In M20", month=20, precision=Precision.MONTH)
    portfolio.do(make.add, project, "Some day")
    assert titles(portfolio, project, today) == ["In M20", "Some day"]
