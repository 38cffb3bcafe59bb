from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.kinds import MeetingMode, MeetingState, OutcomeKind, Presence
from ka2tui.operations import (
    agenda,
    attendance,
    contacts,
    head_counts,
    outcomes,
    partners,
    projects,
    running,
)
from ka2tui.operations import meetings as make
from ka2tui.queries import meetings
from ka2tui.reports import meeting_papers, minutes
from ka2tui.reports.document import Facts, Heading, Note, Paragraph, Points, Table, plain

if TYPE_CHECKING:
    from ka2tui.reports.document import Document
    from ka2tui.store.portfolio import Portfolio


@pytest.fixture
def meeting(portfolio: Portfolio, today: date) -> int:
    project = portfolio.do(projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=today)
    for name in ("UA", "KMOP"):
        portfolio.do(partners.add, project.value, name, acronym=name)
    return portfolio.do(
        make.add,
        project.value,
        "TPM2",
        day=date(2026, 5, 4),
        end_day=date(2026, 5, 5),
        at=time(9, 30),
        zone="Europe/Athens",
        place="KMOP, Athens",
        country="GR",
        mode=MeetingMode.HYBRID,
        host_id=2,
        participants=7,
    ).value


def written(portfolio: Portfolio, meeting: int, today: date) -> Document:
    return minutes.document(portfolio.ask(meetings.one, meeting, today=today))


def test_minutes_say_who_was_there_by_name_and_by_number(
    portfolio: Portfolio, meeting: int, today: date
) -> None:
    for name, presence in (
        ("Ana", Presence.PRESENT),
        ("Eleni", Presence.ONLINE),
        ("Nikos", Presence.EXCUSED),
    ):
        person = portfolio.do(contacts.add, 1, name, partner_id=2).value
        portfolio.do(attendance.mark, meeting, [person], presence)
    portfolio.do(head_counts.add, meeting, 4, partner_id=1, online=1)
    portfolio.do(head_counts.add, meeting, 2, profile="teachers", country="PL")
    report = written(portfolio, meeting, today)
    assert report.title == "Minutes: TPM2"
    assert report.subtitle == "SOLARIS · meeting · 4-5 May 2026, 09:30 Athens"
    facts = next(block for block in report.blocks if isinstance(block, Facts))
    assert dict(facts.rows) == {
        "Place": "KMOP, Athens, Greece",
        "Host": "KMOP",
        "Present": "Ana (KMOP)",
        "Online": "Eleni (KMOP)",
        "Excused": "Nikos (KMOP)",
        "Counted": "6: UA 4 (1 online), Poland teachers 2",
        "By country": "Poland 2, country not noted 4 (1 online)",
        "By profile": "teachers 2, profile not noted 4 (1 online)",
        "Participants": "7",
    }
    assert Note("6 in the counts, 7 stated: 1 fewer.") in report.blocks


def test_an_agenda_says_who_is_invited_and_what_each_clock_shows(
    portfolio: Portfolio, today: date
) -> None:
    project = portfolio.do(projects.add, "SOLARIS", today=today).value
    for name, zone in (("UA", "Europe/Madrid"), ("KMOP", "Europe/Athens")):
        portfolio.do(partners.add, project, name, acronym=name, zone=zone)
    call = portfolio.do(
        make.add, project, "Call", day=date(2026, 12, 3), at=time(11), zone="Europe/Madrid"
    ).value
    portfolio.do(
        make.edit, call, {"mode": MeetingMode.ONLINE, "link": "https://meet.example.org/x"}
    )
    for name, presence in (("Ana", Presence.EXPECTED), ("Nikos", Presence.EXCUSED)):
        person = portfolio.do(contacts.add, project, name, partner_id=2).value
        portfolio.do(attendance.mark, call, [person], presence)
    blocks = meeting_papers.agenda(portfolio.ask(meetings.one, call, today=today)).blocks
    assert [dict(block.rows) for block in blocks if isinstance(block, Facts)] == [
        {
            "Day": "Thursday 3 December 2026",
            "Begins": "11:00 Madrid · 12:00 Athens",
            "Place": "online",
            "Link": "https://meet.example.org/x",
            "Invited": "Ana (KMOP)",
        }
    ]


def test_minutes_follow_the_agenda_and_end_with_what_is_to_be_done(
    portfolio: Portfolio, meeting: int, today: date
) -> None:
    item = portfolio.do(
        agenda.add, meeting, "Handbook", presenter="Ana", minutes_planned=40, notes="Read it."
    ).value
    for kind, text, place in (
        (OutcomeKind.INFORMATION, "Tested\nwith teachers", item),
        (OutcomeKind.DECISION, "Release 1", item),
        (OutcomeKind.ACTION, "Send it", None),
    ):
        portfolio.do(
            outcomes.add, meeting, kind, text, item=place, partner_id=2, due=date(2026, 5, 18)
        )
    blocks = written(portfolio, meeting, today).blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == [
        "1. Handbook, Ana",
        "Besides the agenda",
        "Decisions",
        "Actions",
        "Actions by partner",
    ]
    assert Paragraph("Read it.") in blocks
    assert [block.items for block in blocks if isinstance(block, Points)] == [
        ("Tested with teachers", "Decision: Release 1"),
        ("Action: Send it – KMOP, by 18 May 2026",),
        ("Release 1",),
        ("Send it, by 18 May 2026",),
    ]
    assert Paragraph("KMOP:") in blocks
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [tuple(map(plain, row.cells)) for row in table.rows] == [
        ("Send it", "KMOP", "18 May 2026", "open")
    ]


def test_minutes_say_when_it_began_and_ended_and_what_each_point_took(
    portfolio: Portfolio, today: date
) -> None:
    project = portfolio.do(projects.add, "SOLARIS", today=today).value
    tpm = portfolio.do(
        make.add, project, "TPM2", day=date(2026, 5, 4), at=time(9, 30), zone="Europe/Athens"
    ).value
    for title, length in (("Welcome", 15), ("Money", None), ("Handbook", 40)):
        portfolio.do(agenda.add, tpm, title, minutes_planned=length)
    begun = datetime(2026, 5, 4, 6, 32, tzinfo=UTC)
    portfolio.do(running.start, tpm, now=begun)
    assert dict(next(iter(_facts(portfolio, tpm, today)))) == {"Goes on": "since 09:32 Athens"}
    portfolio.do(running.move_on, tpm, now=begun + timedelta(minutes=13))
    portfolio.do(running.end, tpm, now=begun + timedelta(minutes=20))
    assert dict(next(iter(_facts(portfolio, tpm, today)))) == {
        "Held": "09:32 to 09:52 Athens",
        "Time": "55 min planned, 20 used",
        "Present": "not noted",
    }
    blocks = written(portfolio, tpm, today).blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == [
        "1. Welcome",
        "2. Money",
        "3. Handbook",
    ]
    assert blocks.count(Paragraph("Nothing was noted.", "quiet")) == 3
    portfolio.do(make.edit, tpm, {"day": date(2026, 5, 6)})
    assert dict(next(iter(_facts(portfolio, tpm, today))))["Held"] == (
        "4 May 2026, 09:32 to 09:52 Athens"
    )


def _facts(portfolio: Portfolio, meeting: int, today: date) -> list[tuple[tuple[str, str], ...]]:
    blocks = written(portfolio, meeting, today).blocks
    return [block.rows for block in blocks if isinstance(block, Facts)]


def test_what_earlier_meetings_left_open_is_carried_over(
    portfolio: Portfolio, meeting: int, today: date
) -> None:
    portfolio.do(outcomes.add, meeting, OutcomeKind.ACTION, "Send it")
    later = portfolio.do(make.add, 1, "TPM3", day=date(2026, 12, 3)).value
    blocks = written(portfolio, later, today).blocks
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [tuple(map(plain, row.cells)) for row in table.rows] == [
        ("Send it (TPM2, carried 1x)", "", "", "open")
    ]


def test_minutes_say_where_they_stand(portfolio: Portfolio, meeting: int, today: date) -> None:
    said = [written(portfolio, meeting, today).about]
    for state in (MeetingState.HELD, MeetingState.CANCELLED):
        portfolio.do(make.set_state, [meeting], state)
        said.append(written(portfolio, meeting, today).about)
    portfolio.do(make.edit, meeting, {"state": MeetingState.HELD, "minutes_sent_on": today})
    said.append(written(portfolio, meeting, today).about)
    assert said == [
        "The meeting is over, and not marked as held.",
        "",
        "This meeting was cancelled.",
        "Sent on 22 November 2026.",
    ]
    empty = written(portfolio, meeting, today)
    assert Paragraph("No agenda and no minutes were written down.", "quiet") in empty.blocks


def test_each_partner_finds_what_they_still_have_to_do(
    portfolio: Portfolio, meeting: int, today: date
) -> None:
    portfolio.do(outcomes.add, meeting, OutcomeKind.ACTION, "Send it", partner_id=2)
    later = portfolio.do(make.add, 1, "TPM3", day=date(2026, 12, 3)).value
    for text, partner in (("Check it", 2), ("Pay", 1), ("Find a room", None)):
        portfolio.do(outcomes.add, later, OutcomeKind.ACTION, text, partner_id=partner)
    blocks = written(portfolio, later, today).blocks
    place = blocks.index(Heading("Actions by partner"))
    assert blocks[place + 1 : place + 7] == (
        *(Paragraph("KMOP:"), Points(("Check it", "Send it (TPM2)"))),
        *(Paragraph("UA:"), Points(("Pay",))),
        *(Paragraph("Nobody yet:"), Points(("Find a room",))),
    )
