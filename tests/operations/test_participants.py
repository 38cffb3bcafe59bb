"""Participants: on and off the lists of events, joined and kept apart, forgotten for good."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from ka2tui.domain.kinds import MeetingKind, MeetingMode
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.operations import (
    contacts,
    head_counts,
    meetings,
    participants,
    partners,
    projects,
    work_units,
)
from ka2tui.store.records import Participant

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio

ODD = ("[red]Ana[/red]", "🙂 Zoë", "=1+1", "יוסי כהן", "Jan\nKowalski")


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    return portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=today
    ).value


@pytest.fixture
def event(portfolio: Portfolio, project: int) -> int:
    return portfolio.do(
        meetings.add,
        project,
        "Training week",
        code="LTT1",
        kind=MeetingKind.LEARNING,
        day=date(2026, 10, 5),
        end_day=date(2026, 10, 9),
    ).value


def rows(portfolio: Portfolio, *fields: str) -> list[tuple[Any, ...]]:
    columns = [getattr(Participant, field) for field in fields]
    return portfolio.ask(
        lambda session: [
            tuple(row) for row in session.execute(select(*columns).order_by(Participant.id))
        ]
    )


def put(portfolio: Portfolio, event: int, name: str, **more: Any) -> int:
    return portfolio.do(participants.add, event, {"name": name, **more}).value


def test_somebody_is_put_on_the_list_of_an_event_and_taken_off(
    portfolio: Portfolio, project: int, event: int
) -> None:
    partner = portfolio.do(partners.add, project, "ULODZ", acronym="ULODZ").value
    done = portfolio.do(
        participants.add,
        event,
        {"name": " Jan  Kowalski", "partner_id": partner, "country": "Poland", "profile": ""},
    )
    assert done.label == "Add participant Jan  Kowalski to Training week"
    assert rows(portfolio, "name", "partner_id", "country", "profile", "online") == [
        ("Jan  Kowalski", partner, "PL", None, False)
    ]
    assert (
        portfolio.do(participants.remove, [done.value]).label
        == "Remove participant Jan  Kowalski from Training week"
    )
    assert rows(portfolio, "id") == []
    portfolio.undo()
    assert rows(portfolio, "id") == [(done.value,)]


def test_odd_names_are_kept_as_they_are(portfolio: Portfolio, event: int) -> None:
    for name in ODD:
        put(portfolio, event, name)
    assert [name for (name,) in rows(portfolio, "name")] == [*ODD[:-1], "Jan Kowalski"]


def test_several_come_as_one_step_or_none_of_them(portfolio: Portfolio, event: int) -> None:
    done = portfolio.do(participants.add_several, event, [{"name": "Ana"}, {"name": "Ben"}])
    assert done.label == "Add 2 participants to Training week"
    with pytest.raises(Refused, match="needs a name"):
        portfolio.do(participants.add_several, event, [{"name": "Cem"}, {"name": " "}])
    assert len(rows(portfolio, "id")) == 2
    portfolio.undo()
    assert rows(portfolio, "id") == []


def test_at_an_online_event_people_are_online(portfolio: Portfolio, project: int) -> None:
    webinar = portfolio.do(
        meetings.add, project, "Webinar", kind=MeetingKind.MULTIPLIER, mode=MeetingMode.ONLINE
    ).value
    put(portfolio, webinar, "Ana")
    put(portfolio, webinar, "Ben", online=False)
    assert rows(portfolio, "online") == [(True,), (False,)]


def test_what_cannot_be_is_refused(
    portfolio: Portfolio, project: int, event: int, today: date
) -> None:
    with pytest.raises(Refused, match="Training week is not on"):
        put(portfolio, event, "Ana", day=date(2026, 10, 12))
    with pytest.raises(Misread, match="is not a country"):
        put(portfolio, event, "Ana", country="Atlantis")
    with pytest.raises(Refused, match="no event 99"):
        put(portfolio, 99, "Ana")
    other = portfolio.do(projects.add, "OTHER", today=today).value
    strange = portfolio.do(partners.add, other, "KMOP").value
    with pytest.raises(Refused, match="another project"):
        put(portfolio, event, "Ana", partner_id=strange)
    one, two = put(portfolio, event, "Ana"), put(portfolio, event, "Ben")
    with pytest.raises(Refused, match="one by one"):
        portfolio.do(participants.edit, [one, two], {"name": "Cem"})
    with pytest.raises(Refused, match="no participant 99"):
        portfolio.do(participants.edit, [99], {"profile": "teacher"})


def test_nobody_is_moved_to_an_event_of_another_project(
    portfolio: Portfolio, event: int, today: date
) -> None:
    ana = put(portfolio, event, "Ana")
    other = portfolio.do(projects.add, "OTHER", today=today).value
    theirs = portfolio.do(meetings.add, other, "Theirs").value
    with pytest.raises(Refused, match="event belongs to another project"):
        portfolio.do(participants.edit, [ana], {"meeting_id": theirs})


def test_several_are_edited_as_one_step(portfolio: Portfolio, event: int) -> None:
    both = [put(portfolio, event, "Ana"), put(portfolio, event, "Ben")]
    done = portfolio.do(
        participants.edit, both, {"fewer_opportunities": True, "certificate": "Youthpass"}
    )
    assert done.label == "Edit 2 participants"
    assert rows(portfolio, "fewer_opportunities", "certificate") == [(True, "Youthpass")] * 2
    portfolio.undo()
    assert rows(portfolio, "fewer_opportunities", "certificate") == [(None, None)] * 2
    done = portfolio.do(participants.edit, both, {"profile": "teacher"})
    assert done.label == "Set profile of 2 participants"


def test_a_field_that_somebody_changed_meanwhile_is_left_alone(
    portfolio: Portfolio, event: int
) -> None:
    one = put(portfolio, event, "Ana", profile="student")
    portfolio.do(participants.edit, [one], {"profile": "teacher"})
    seen = {"profile": "student", "role": None}
    wanted = {"profile": "trainer", "role": "speaker"}
    (held,) = portfolio.do(participants.edit, [one], wanted, seen).value
    assert (held.field, held.theirs) == ("profile", "teacher")
    assert rows(portfolio, "profile", "role") == [("teacher", "speaker")]


def test_a_partner_takes_the_place_of_an_organisation_in_words(
    portfolio: Portfolio, project: int, event: int
) -> None:
    partner = portfolio.do(partners.add, project, "KMOP").value
    one = put(portfolio, event, "Ana", organisation="School 4")
    portfolio.do(participants.edit, [one], {"partner_id": partner})
    assert rows(portfolio, "partner_id", "organisation") == [(partner, None)]
    portfolio.do(participants.edit, [one], {"organisation": "School 5"})
    assert rows(portfolio, "partner_id", "organisation") == [(None, "School 5")]


def test_joining_marks_every_row_of_both_and_rewrites_none(
    portfolio: Portfolio, event: int
) -> None:
    first = put(portfolio, event, "Müller, Jan", organisation="KMOP")
    put(portfolio, event, "Jan Muller", organisation="KMOP", day=date(2026, 10, 5))
    last = put(portfolio, event, "Jan Muller", organisation="kmop", day=date(2026, 10, 6))
    done = portfolio.do(participants.join, [first, last])
    assert done.label == "Müller, Jan and Jan Muller are one person"
    marks = {mark for (mark,) in rows(portfolio, "person")}
    assert len(marks) == 1
    assert None not in marks
    portfolio.undo()
    assert rows(portfolio, "person") == [(None,)] * 3
    with pytest.raises(Refused, match="at least two"):
        portfolio.do(participants.join, [first])


def test_a_participant_can_be_joined_with_a_contact(
    portfolio: Portfolio, project: int, event: int
) -> None:
    person = portfolio.do(contacts.add, project, "Jan Müller").value
    one = put(portfolio, event, "J. Müller")
    portfolio.do(participants.join, [one], contact=person)
    assert rows(portfolio, "contact_id") == [(person,)]


def test_people_kept_apart_have_marks_of_their_own(portfolio: Portfolio, event: int) -> None:
    one = put(portfolio, event, "Jan Muller", organisation="KMOP")
    two = put(portfolio, event, "Jan Muller", organisation="KMOP")
    done = portfolio.do(participants.keep_apart, [one, two])
    assert done.label == "Keep people called Jan Muller apart"
    marks = [mark for (mark,) in rows(portfolio, "person")]
    assert len(set(marks)) == 2
    portfolio.do(participants.join, [one, two])
    assert len({mark for (mark,) in rows(portfolio, "person")}) == 1


def test_forgetting_takes_name_certificate_and_notes_and_leaves_what_is_counted(
    portfolio: Portfolio, event: int
) -> None:
    one = put(portfolio, event, "Jan Müller", organisation="KMOP", certificate="YP-1", notes="ill",
              profile="teacher", fewer_opportunities=True)  # fmt: skip
    two = put(portfolio, event, "Müller, Jan", organisation="KMOP")
    put(portfolio, event, "Jan Müller", organisation="ULODZ")
    portfolio.do(participants.join, [one, two])
    told = portfolio.do(participants.forget, two)
    assert told.label == "Forget a person"
    assert set(told.value) == {"Jan Müller", "Müller, Jan", "YP-1", "ill"}
    assert rows(portfolio, "name", "certificate", "notes", "fewer_opportunities") == [
        (f"Participant {one}", None, None, True),
        (f"Participant {one}", None, None, None),
        ("Jan Müller", None, None, None),  # another person
    ]
    assert portfolio.erase(told.value) > 0


def test_forgetting_a_participant_forgets_the_contact_too(
    portfolio: Portfolio, project: int, event: int
) -> None:
    person = portfolio.do(contacts.add, project, "Jan Müller", email="jan@kmop.example").value
    one = put(portfolio, event, "Jan Müller", contact_id=person)
    told = portfolio.do(participants.forget, one).value
    assert "jan@kmop.example" in told
    assert rows(portfolio, "name") == [(f"Person {person}",)]


def test_heads_with_fewer_opportunities_are_counted(portfolio: Portfolio, event: int) -> None:
    with pytest.raises(Refused, match="9 with fewer opportunities are more than the 5"):
        portfolio.do(head_counts.add, event, 5, fewer_opportunities=9)
    portfolio.do(head_counts.add, event, 5, fewer_opportunities=2)


def test_claims_are_kept_with_meetings_and_work(
    portfolio: Portfolio, project: int, event: int
) -> None:
    portfolio.do(meetings.edit, event, {"expected_participants": 40})
    with pytest.raises(Refused, match="below 0"):
        portfolio.do(meetings.edit, event, {"expected_participants": -1})
    unit = portfolio.do(work_units.add, project, "WP1").value
    portfolio.do(work_units.edit, unit, {"reported_participants": 38})
    with pytest.raises(Refused, match="reported participants are 0 or more"):
        portfolio.do(work_units.edit, unit, {"reported_participants": -1})
