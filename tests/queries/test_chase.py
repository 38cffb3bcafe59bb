"""What a reminder is made of, and when a partner was last heard from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain import papers as rules
from ka2tui.domain.chase import Reminder
from ka2tui.domain.kinds import (
    Channel,
    DeliverableState,
    Direction,
    OutcomeKind,
    PaperState,
    PartnerRole,
    Presence,
    Tone,
)
from ka2tui.domain.refusal import Refused
from ka2tui.domain.silence import Sign
from ka2tui.operations import (
    attendance,
    contacts,
    deliverables,
    meetings,
    messages,
    outcomes,
    papers,
    partners,
    projects,
    tasks,
)
from ka2tui.queries import chase, partner_register
from ka2tui.queries import messages as asked
from ka2tui.reports import chase as report

if TYPE_CHECKING:
    from ka2tui.domain.chase import Case
    from ka2tui.domain.silence import Heard
    from ka2tui.store.portfolio import Portfolio

DAY = timedelta(days=1)

pytestmark = pytest.mark.both_databases


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    made = portfolio.do(
        projects.add, "SOLARIS", start=date(2026, 10, 1), months=24, managed_by="NA", today=today
    ).value
    portfolio.do(partners.add, made, "Universidad", acronym="UA", role=PartnerRole.COORDINATOR)
    portfolio.do(partners.add, made, "Kentro", acronym="KMOP", oid="E10207981")
    portfolio.do(contacts.add, made, "Ana Moreno", partner_id=1, email="ana@ua.example.org")
    portfolio.do(contacts.add, made, "Ada Kosmidou", partner_id=2, notes="private: moody")
    return made


def last(portfolio: Portfolio, project: int, today: date) -> Heard | None:
    return portfolio.ask(asked.heard, project, today=today).get(2)


def case(portfolio: Portfolio, project: int, today: date) -> Case:
    return portfolio.ask(chase.cases, project, [2], today=today, sender="Ana Moreno")[0]


def test_a_message_from_them_counts_and_one_to_them_does_not(
    portfolio: Portfolio, project: int, today: date
) -> None:
    assert last(portfolio, project, today) is None
    portfolio.do(messages.note, [2], Channel.CALL, day=today - 3 * DAY, today=today, text="soon")
    portfolio.do(messages.note, [2], Channel.MAIL, day=today, today=today, direction=Direction.OUT)
    found = last(portfolio, project, today)
    assert found is not None
    assert (found.day, found.sign, found.about) == (today - 3 * DAY, Sign.CALL, "soon")


def test_who_was_at_a_meeting_was_heard_from_on_its_last_day(
    portfolio: Portfolio, project: int, today: date
) -> None:
    day = today - 9 * DAY
    meeting = portfolio.do(meetings.add, project, "TPM1", day=day, end_day=day + DAY).value
    portfolio.do(attendance.mark, meeting, [2], Presence.EXCUSED)
    assert last(portfolio, project, today) is None
    portfolio.do(attendance.mark, meeting, [2], Presence.ONLINE)
    found = last(portfolio, project, today)
    assert found is not None
    assert (found.day, found.sign, found.about) == (day + DAY, Sign.MEETING, "TPM1")


def test_what_they_finished_counts(portfolio: Portfolio, project: int, today: date) -> None:
    mine = portfolio.do(tasks.add, project, "Survey", contact_id=2).value
    portfolio.do(tasks.finish, [mine], today=today - 5 * DAY)
    found = last(portfolio, project, today)
    assert found is not None
    assert (found.day, found.sign, found.about) == (today - 5 * DAY, Sign.TASK, "Survey")
    given = portfolio.do(deliverables.add, project, "D1.1", "Handbook", values={"lead_id": 2})
    portfolio.do(deliverables.move, [given.value], DeliverableState.APPROVED, today=today - 2 * DAY)
    found = last(portfolio, project, today)
    assert found is not None
    assert (found.sign, found.about) == (Sign.DELIVERABLE, "D1.1 Handbook")


def test_a_reminder_names_what_is_late_and_coming_and_nothing_else(
    portfolio: Portfolio, project: int, today: date
) -> None:
    for title, days in (("Late", -3), ("Coming", 9), ("Far", 30)):
        portfolio.do(tasks.add, project, title, partner_id=2, due=today + days * DAY)
    portfolio.do(tasks.add, project, "Of others", partner_id=1, due=today - DAY)
    portfolio.do(tasks.add, project, "Hers", contact_id=2, due=today - DAY, notes="secret")
    done = portfolio.do(tasks.add, project, "Done", partner_id=2, due=today - DAY).value
    portfolio.do(tasks.finish, [done], today=today)
    found = case(portfolio, project, today)
    assert [one.title for one in found.late] == ["Late", "Hers"]
    assert [one.title for one in found.coming] == ["Coming"]
    assert found.sender is not None
    assert found.sender.name == "Ana Moreno"


def test_an_action_without_a_day_is_named_too(
    portfolio: Portfolio, project: int, today: date
) -> None:
    call = portfolio.do(meetings.add, project, "Call", day=today - DAY).value
    action = OutcomeKind.ACTION
    portfolio.do(outcomes.add, call, action, "Book the venue", contact_id=2)
    portfolio.do(outcomes.add, call, action, "Not theirs", partner_id=1)
    portfolio.do(tasks.add, project, "No action of a meeting", partner_id=2)
    found = case(portfolio, project, today)
    assert [(one.title, one.meeting) for one in found.agreed] == [("Book the venue", "Call")]
    assert not found.nothing
    letter = report.write(found, Tone.FRIENDLY, today=today)
    assert "- Book the venue (from Call)" in letter.text


def test_papers_of_a_running_project_are_named_once_the_grid_is_kept(
    portfolio: Portfolio, project: int, today: date
) -> None:
    before = case(portfolio, project, today)
    assert (before.papers, before.unnoted) == ((), 3)
    legal = rules.load().get("legal")
    assert legal is not None
    portfolio.do(papers.put, [2], legal, PaperState.ASKED, on=today - 9 * DAY)
    after = case(portfolio, project, today)
    assert len(after.papers) == 3
    assert [one.asked_on for one in after.papers if one.asked_on] == [today - 9 * DAY]
    # the agreement was never sent to them: that is the coordinator's to do
    assert not [one for one in after.papers if "partnership agreement" in one.title]


def test_the_coordinator_and_who_has_left_are_not_reminded(
    portfolio: Portfolio, project: int, today: date
) -> None:
    with pytest.raises(Refused, match="UA is the coordinator"):
        portfolio.ask(chase.cases, project, [1], today=today)
    portfolio.do(partners.edit, 2, {"left_on": today})
    with pytest.raises(Refused, match="KMOP has left"):
        portfolio.ask(chase.cases, project, [2], today=today)
    assert portfolio.ask(chase.cases, project, today=today) == ()


def test_the_register_counts_what_a_reminder_would_name(
    portfolio: Portfolio, project: int, today: date
) -> None:
    portfolio.do(tasks.add, project, "Late", partner_id=2, due=today - DAY)
    portfolio.do(tasks.add, project, "Coming", partner_id=2, due=today)
    sent = Reminder(2, Tone.FRIENDLY, "Dear")
    portfolio.do(messages.chase, [sent], day=today - 4 * DAY)
    (_, row) = portfolio.ask(partner_register.listed, project, today=today)
    assert (row.late, row.coming) == (1, 1)
    assert (row.papers_missing, row.papers) == (4, 5)
    assert row.chased[0].tone is Tone.FRIENDLY
    assert row.silent_days is None
    details = portfolio.ask(partner_register.one, 2, today=today)
    assert [one.title for one in details.late] == ["Late"]
    assert details.messages[0].chase
    assert details.history


def test_a_register_of_many_asks_no_more_than_one_of_few(
    portfolio: Portfolio, project: int, today: date
) -> None:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def statements() -> int:
        counted = []

        def count(*_: object) -> None:
            counted.append(1)

        event.listen(Engine, "before_cursor_execute", count)
        try:
            portfolio.ask(partner_register.listed, project, today=today)
        finally:
            event.remove(Engine, "before_cursor_execute", count)
        return len(counted)

    few = statements()
    for number in range(12):
        made = portfolio.do(partners.add, project, f"Partner {number}").value
        portfolio.do(tasks.add, project, "Late", partner_id=made, due=today - DAY)
        portfolio.do(messages.note, [made], Channel.CALL, day=today, today=today)
    assert statements() == few


def test_who_leaves_later_is_still_reminded(
    portfolio: Portfolio, project: int, today: date
) -> None:
    portfolio.do(partners.edit, 2, {"left_on": today + timedelta(days=30)})
    (row,) = portfolio.ask(partner_register.some, project, [2], today=today)
    assert row.expected
    assert portfolio.ask(chase.cases, project, [2], today=today)
    (row,) = portfolio.ask(partner_register.some, project, [2], today=today + timedelta(days=30))
    assert not row.expected
