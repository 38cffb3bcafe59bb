from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from ka2tui.domain.kinds import (
    MeetingKind,
    MeetingState,
    OutcomeKind,
    PartnerRole,
    Precision,
    Presence,
    TaskState,
)
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.operations import (
    agenda,
    attendance,
    contacts,
    head_counts,
    meeting_days,
    meetings,
    outcomes,
    partners,
    projects,
    tasks,
)
from ka2tui.queries import meetings as meeting_views
from ka2tui.store.records import (
    AgendaItem,
    Attendance,
    Contact,
    HeadCount,
    Meeting,
    MeetingOutcome,
    Task,
)

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio

HOSTILE = "[/] [@click=app.bell]x \x1b]52;c;aGk=\x07 {meeting} {0} =1+1 <b>"


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    made = portfolio.do(projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=today)
    return made.value


def meeting(portfolio: Portfolio, number: int) -> Meeting:
    return portfolio.ask(lambda session: session.get_one(Meeting, number))


def wall(portfolio: Portfolio, number: int) -> tuple[date | None, time | None, datetime | None]:
    found = meeting(portfolio, number)
    return found.day, meeting_days.wall_time(found), found.starts_at


# -- when


def test_a_meeting_is_kept_as_an_instant_and_its_zone(portfolio: Portfolio, project: int) -> None:
    done = portfolio.do(
        meetings.add,
        project,
        "TPM3 Kraków",
        kind=MeetingKind.TPM,
        day=date(2026, 12, 3),
        at=time(9, 30),
        zone="europe/warsaw",
    )
    assert done.label == "Add meeting TPM3 Kraków"
    found = meeting(portfolio, done.value)
    assert found.starts_at == datetime(2026, 12, 3, 8, 30, tzinfo=UTC)
    assert (found.zone, found.precision) == ("Europe/Warsaw", Precision.TIME)


def test_a_meeting_moved_across_the_end_of_summer_time_keeps_its_hour(
    portfolio: Portfolio, project: int
) -> None:
    added = portfolio.do(
        meetings.add, project, "Call", day=date(2026, 10, 22), at=time(9, 30), zone="Europe/Warsaw"
    ).value
    assert wall(portfolio, added)[2] == datetime(2026, 10, 22, 7, 30, tzinfo=UTC)
    done = portfolio.do(meetings.move, added, date(2026, 10, 29))
    assert done.label == "Move Call 22 Oct 2026 09:30 → 29 Oct 2026 09:30"
    assert wall(portfolio, added) == (
        date(2026, 10, 29),
        time(9, 30),
        datetime(2026, 10, 29, 8, 30, tzinfo=UTC),
    )


def test_a_meeting_in_istanbul_knows_no_summer_time(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(
        meetings.add,
        project,
        "Call",
        day=date(2026, 10, 22),
        at=time(9, 30),
        zone="Europe/Istanbul",
    ).value
    portfolio.do(meetings.move, added, date(2026, 10, 29))
    assert wall(portfolio, added)[2] == datetime(2026, 10, 29, 6, 30, tzinfo=UTC)


def test_another_zone_keeps_the_time_on_the_wall(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(
        meetings.add, project, "Call", day=date(2026, 12, 3), at=time(9, 30), zone="Europe/Warsaw"
    ).value
    portfolio.do(meetings.edit, added, {"zone": "Europe/Athens"})
    assert wall(portfolio, added) == (
        date(2026, 12, 3),
        time(9, 30),
        datetime(2026, 12, 3, 7, 30, tzinfo=UTC),
    )


def test_an_hour_that_the_clocks_skip_moves_forward(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(
        meetings.add, project, "Night", day=date(2026, 3, 29), at=time(2, 30), zone="Europe/Warsaw"
    ).value
    assert wall(portfolio, added)[:2] == (date(2026, 3, 29), time(3, 30))


def test_a_time_without_a_zone_is_meant_where_the_host_is(
    portfolio: Portfolio, project: int
) -> None:
    with pytest.raises(Refused, match="In which time zone"):
        portfolio.do(meetings.add, project, "Call", day=date(2026, 12, 3), at=time(9, 0))
    portfolio.do(partners.add, project, "UA", zone="Europe/Madrid", role=PartnerRole.COORDINATOR)
    host = portfolio.do(partners.add, project, "KMOP", country="GR").value
    day, at = date(2026, 12, 3), time(9, 0)
    plain = portfolio.do(meetings.add, project, "One", day=day, at=at).value
    hosted = portfolio.do(meetings.add, project, "Two", day=day, at=at, host_id=host).value
    abroad = portfolio.do(
        meetings.add, project, "Three", day=day, at=at, host_id=host, country="Türkiye"
    ).value
    zones = [meeting(portfolio, number).zone for number in (plain, hosted, abroad)]
    assert zones == ["Europe/Madrid", "Europe/Athens", "Europe/Istanbul"]


def test_a_month_stays_a_month_until_a_day_is_known(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(
        meetings.add, project, "TPM2", day=date(2026, 12, 9), month=15, precision=Precision.MONTH
    ).value
    found = meeting(portfolio, added)
    assert (found.day, found.month, found.precision) == (date(2026, 12, 1), 15, Precision.MONTH)
    portfolio.do(meetings.edit, added, {"zone": "Europe/Warsaw", "place": "Kraków"})
    assert meeting(portfolio, added).precision is Precision.MONTH
    portfolio.do(meetings.edit, added, {"day": date(2026, 12, 3), "at": time(9, 30)})
    found = meeting(portfolio, added)
    assert (found.day, found.month, found.precision) == (date(2026, 12, 3), None, Precision.TIME)
    done = portfolio.do(meetings.move, added, date(2027, 1, 20), precision=Precision.MONTH)
    assert done.label == "Move TPM2 3 Dec 2026 09:30 → Jan 2027"
    assert meeting(portfolio, added).starts_at is None


def test_a_moved_meeting_keeps_its_length_in_days(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(
        meetings.add, project, "TPM", day=date(2026, 11, 30), end_day=date(2026, 12, 2)
    ).value
    portfolio.do(meetings.move, added, date(2026, 12, 7))
    assert meeting(portfolio, added).end_day == date(2026, 12, 9)
    portfolio.undo()
    assert meeting(portfolio, added).end_day == date(2026, 12, 2)
    portfolio.do(meetings.edit, added, {"day": None})
    found = meeting(portfolio, added)
    assert (found.day, found.end_day, found.starts_at) == (None, None, None)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "needs a title"),
        ({"end_day": date(2026, 12, 2)}, "ends before it begins"),
        ({"end_day": date(2027, 12, 2)}, "longer than 60 days"),
        ({"minutes_long": 0}, "at least a minute"),
        ({"participants": -1}, "below 0"),
        ({"zone": "Europe/Krakow"}, "not a time zone"),
        ({"country": "Nowhere"}, "not a country"),
        ({"uid": "x"}, "cannot be changed"),
        ({"day": None, "at": time(9, 0)}, "A time needs a day"),
        ({"host_id": 99}, "no partner 99"),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(
    portfolio: Portfolio, project: int, values: dict[str, object], sentence: str
) -> None:
    added = portfolio.do(
        meetings.add, project, "TPM", day=date(2026, 12, 3), zone="Europe/Warsaw"
    ).value
    clock = portfolio.clock()
    with pytest.raises(Refused, match=sentence):
        portfolio.do(meetings.edit, added, values)
    assert portfolio.clock() == clock


def test_a_zone_that_cannot_be_read_is_misread(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Misread):
        portfolio.do(meetings.add, project, "Call", zone="Middle Earth")


def test_a_code_is_used_once(portfolio: Portfolio, project: int) -> None:
    portfolio.do(meetings.add, project, "First", code="TPM1")
    with pytest.raises(Refused, match="already a meeting TPM1: First"):
        portfolio.do(meetings.add, project, "Second", code="tpm1")


def test_what_somebody_else_changed_meanwhile_is_left_alone(
    portfolio: Portfolio, project: int
) -> None:
    added = portfolio.do(
        meetings.add, project, "Call", day=date(2026, 12, 3), at=time(9, 30), zone="Europe/Warsaw"
    ).value
    seen = {"at": time(9, 30), "place": None, "title": "Call"}
    portfolio.do(meetings.edit, added, {"at": time(10, 0), "place": "Room 1"})
    done = portfolio.do(
        meetings.edit, added, {"at": time(11, 0), "place": "Room 2", "title": "Long call"}, seen
    )
    assert sorted(conflict.field for conflict in done.value) == ["at", "place"]
    found = meeting(portfolio, added)
    assert (found.title, found.place, meeting_days.wall_time(found)) == (
        "Long call",
        "Room 1",
        time(10, 0),
    )


def test_states_speak_in_the_history(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(meetings.add, project, "TPM1").value
    for state, words in (
        (MeetingState.HELD, "Mark TPM1 as held"),
        (MeetingState.CANCELLED, "Cancel TPM1"),
        (MeetingState.PLANNED, "Plan TPM1 again"),
    ):
        assert portfolio.do(meetings.set_state, [added], state).label == words
        assert meeting(portfolio, added).state is state


# -- agenda


def points(portfolio: Portfolio) -> list[str]:
    return portfolio.ask(
        lambda session: list(
            session.scalars(select(AgendaItem.title).order_by(AgendaItem.position))
        )
    )


def test_an_agenda_is_put_in_order(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(meetings.add, project, "TPM").value
    first, second, third = (
        portfolio.do(agenda.add, added, title, minutes_planned=30).value
        for title in ("Welcome", "Handbook", "Money")
    )
    portfolio.do(agenda.add, added, "Coffee", after=first)
    assert points(portfolio) == ["Welcome", "Coffee", "Handbook", "Money"]
    done = portfolio.do(agenda.move, third, -2)
    assert done.label == "Move Money up the agenda of TPM"
    assert points(portfolio) == ["Welcome", "Money", "Coffee", "Handbook"]
    clock = portfolio.clock()
    portfolio.do(agenda.move, first, -1)
    portfolio.do(agenda.move, second, 5)
    assert portfolio.clock() == clock  # at the end already: nothing to undo
    portfolio.undo()
    assert points(portfolio) == ["Welcome", "Coffee", "Handbook", "Money"]
    portfolio.do(agenda.remove, first)
    assert points(portfolio) == ["Coffee", "Handbook", "Money"]


def test_a_point_that_goes_leaves_its_minutes(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(meetings.add, project, "TPM").value
    item = portfolio.do(agenda.add, added, "Money").value
    line = portfolio.do(outcomes.add, added, OutcomeKind.DECISION, "Pay by May", item=item).value
    portfolio.do(agenda.remove, item)
    found = portfolio.ask(lambda session: session.get_one(MeetingOutcome, line))
    assert (found.text, found.agenda_item_id) == ("Pay by May", None)
    portfolio.undo()
    found = portfolio.ask(lambda session: session.get_one(MeetingOutcome, line))
    assert found.agenda_item_id == item


def test_a_point_is_edited_and_nonsense_refused(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(meetings.add, project, "TPM").value
    item = portfolio.do(agenda.add, added, "Money").value
    portfolio.do(agenda.edit, item, {"minutes_planned": 45, "presenter": "Ana"})
    for values, sentence in (({"title": " "}, "title"), ({"minutes_planned": -5}, "shorter")):
        with pytest.raises(Refused, match=sentence):
            portfolio.do(agenda.edit, item, values)
    with pytest.raises(Refused, match="no meeting 99"):
        portfolio.do(agenda.add, 99, "Nowhere")


# -- attendance


def presence(portfolio: Portfolio) -> dict[tuple[int, date | None], str]:
    return portfolio.ask(
        lambda session: {
            (row.contact_id, row.day): str(row.presence)
            for row in session.scalars(select(Attendance))
        }
    )


@pytest.fixture
def people(portfolio: Portfolio, project: int) -> list[int]:
    partner = portfolio.do(partners.add, project, "KMOP", acronym="KMOP").value
    names = ("Eleni", "Nikos")
    return [portfolio.do(contacts.add, project, n, partner_id=partner).value for n in names]


DAYS = [date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 5)]


@pytest.fixture
def long_meeting(portfolio: Portfolio, project: int) -> int:
    return portfolio.do(meetings.add, project, "TPM", day=DAYS[0], end_day=DAYS[2]).value


def test_everybody_of_the_partners_is_expected(
    portfolio: Portfolio, project: int, people: list[int], long_meeting: int
) -> None:
    gone = portfolio.do(partners.add, project, "Gone", left_on=date(2026, 1, 1)).value
    portfolio.do(contacts.add, project, "Left", partner_id=gone)
    portfolio.do(contacts.add, project, "Officer of the agency")
    portfolio.do(attendance.mark, long_meeting, people[:1], Presence.EXCUSED)
    assert portfolio.do(attendance.expect_all, long_meeting).value == 1
    assert presence(portfolio) == {(people[0], None): "excused", (people[1], None): "expected"}
    portfolio.do(attendance.all_present, long_meeting)
    assert presence(portfolio) == {(people[0], None): "excused", (people[1], None): "present"}


def test_one_day_is_marked_apart_from_the_others(
    portfolio: Portfolio, people: list[int], long_meeting: int
) -> None:
    one = people[:1]
    portfolio.do(attendance.mark, long_meeting, one, Presence.PRESENT)
    done = portfolio.do(attendance.mark, long_meeting, one, Presence.ABSENT, day=DAYS[1])
    assert done.label == "Eleni: absent, TPM"
    assert presence(portfolio) == {
        (people[0], DAYS[0]): "present",
        (people[0], DAYS[1]): "absent",
        (people[0], DAYS[2]): "present",
    }
    portfolio.do(attendance.mark, long_meeting, one, Presence.PRESENT, day=DAYS[1])
    assert presence(portfolio) == {(people[0], None): "present"}
    portfolio.do(attendance.mark, long_meeting, one, None)
    assert presence(portfolio) == {}
    portfolio.undo()
    assert presence(portfolio) == {(people[0], None): "present"}


def test_all_who_are_expected_can_be_present_on_one_day(
    portfolio: Portfolio, people: list[int], long_meeting: int
) -> None:
    portfolio.do(attendance.expect_all, long_meeting)
    portfolio.do(attendance.all_present, long_meeting, day=DAYS[0])
    assert presence(portfolio)[people[1], DAYS[0]] == "present"
    assert presence(portfolio)[people[1], DAYS[1]] == "expected"


def test_a_day_of_a_single_day_meeting_is_the_whole_of_it(
    portfolio: Portfolio, project: int, people: list[int]
) -> None:
    added = portfolio.do(meetings.add, project, "Call", day=DAYS[0]).value
    portfolio.do(attendance.mark, added, people, Presence.ONLINE, day=DAYS[0])
    assert presence(portfolio) == {(people[0], None): "online", (people[1], None): "online"}
    with pytest.raises(Refused, match="Call is not on 4 Dec 2026"):
        portfolio.do(attendance.mark, added, people, Presence.ONLINE, day=DAYS[1])


def test_a_moved_meeting_takes_its_attendance_along(
    portfolio: Portfolio, people: list[int], long_meeting: int
) -> None:
    one = people[:1]
    for day, state in zip(DAYS, (Presence.PRESENT, Presence.ABSENT, Presence.ONLINE), strict=True):
        portfolio.do(attendance.mark, long_meeting, one, state, day=day)
    portfolio.do(meetings.move, long_meeting, DAYS[1])
    assert presence(portfolio) == {
        (people[0], date(2026, 12, 4)): "present",
        (people[0], date(2026, 12, 5)): "absent",
        (people[0], date(2026, 12, 6)): "online",
    }
    portfolio.do(meetings.move, long_meeting, DAYS[0])
    assert presence(portfolio)[people[0], DAYS[0]] == "present"


def test_a_meeting_does_not_lose_a_day_on_which_somebody_was_there(
    portfolio: Portfolio, people: list[int], long_meeting: int
) -> None:
    portfolio.do(attendance.mark, long_meeting, people[:1], Presence.EXPECTED)
    portfolio.do(attendance.mark, long_meeting, people[:1], Presence.PRESENT, day=DAYS[2])
    with pytest.raises(Refused, match="marked as present on a day that TPM would lose"):
        portfolio.do(meetings.edit, long_meeting, {"end_day": DAYS[1]})
    portfolio.do(attendance.mark, long_meeting, people[:1], Presence.EXPECTED, day=DAYS[2])
    portfolio.do(meetings.edit, long_meeting, {"end_day": DAYS[1]})


def test_a_whole_partner_is_marked_at_once(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(
        meetings.add, project, "TPM", day=date(2026, 12, 3), end_day=date(2026, 12, 4)
    ).value
    own = [portfolio.do(partners.add, project, name, acronym=name).value for name in ("UA", "ULO")]
    people = {
        name: portfolio.do(contacts.add, project, name, partner_id=own[at // 2]).value
        for at, name in enumerate(("Ana", "Berta", "Celina"))
    }

    def presences() -> dict[tuple[int, date | None], Presence]:
        return portfolio.ask(
            lambda session: {
                (row.contact_id, row.day): row.presence
                for row in session.scalars(select(Attendance))
            }
        )

    done = portfolio.do(attendance.mark_partners, added, own[:1], Presence.PRESENT)
    assert done.label == "UA: present, TPM"
    assert presences() == {
        (people["Ana"], None): Presence.PRESENT,
        (people["Berta"], None): Presence.PRESENT,
    }
    portfolio.do(attendance.mark, added, [people["Berta"]], None)
    second = date(2026, 12, 4)
    done = portfolio.do(attendance.mark_partners, added, own, Presence.ABSENT, day=second)
    assert done.label == "UA, ULO: absent, TPM"
    found = presences()
    assert found[people["Ana"], second] is Presence.ABSENT
    assert found[people["Celina"], second] is Presence.ABSENT
    assert people["Berta"] not in {person for person, _ in found}  # Ana alone was on the list
    portfolio.undo()
    assert presences() == {(people["Ana"], None): Presence.PRESENT}
    empty = portfolio.do(partners.add, project, "ODTU", acronym="ODTU").value
    with pytest.raises(Refused, match="Nobody of ODTU is entered yet"):
        portfolio.do(attendance.mark_partners, added, [empty], Presence.PRESENT)


def test_a_partner_is_marked_where_nothing_is_known_yet(portfolio: Portfolio, project: int) -> None:
    first, second = date(2026, 12, 3), date(2026, 12, 4)
    added = portfolio.do(meetings.add, project, "TPM", day=first, end_day=second).value
    own = portfolio.do(partners.add, project, "UA", acronym="UA").value
    ana, berta = (
        portfolio.do(contacts.add, project, name, partner_id=own).value for name in ("Ana", "Berta")
    )
    portfolio.do(attendance.mark, added, [ana], Presence.EXCUSED, day=first)
    portfolio.do(attendance.mark, added, [berta], Presence.EXPECTED)
    done = portfolio.do(attendance.mark_partners, added, [own], Presence.PRESENT, keep=True)
    assert done.value == [ana, berta]

    def presences() -> list[tuple[Presence | None, ...]]:
        found = portfolio.ask(meeting_views.one, added, today=first)
        return [person.presences for person in found.people]

    assert presences() == [
        (Presence.EXCUSED, Presence.PRESENT),
        (Presence.PRESENT, Presence.PRESENT),
    ]
    undated = portfolio.do(meetings.add, project, "Call").value
    portfolio.do(attendance.mark, undated, [ana], Presence.ABSENT)
    portfolio.do(attendance.mark, undated, [berta], Presence.EXPECTED)
    done = portfolio.do(attendance.mark_partners, undated, [own], Presence.ONLINE, keep=True)
    assert done.value == [berta]
    found = portfolio.ask(meeting_views.one, undated, today=first)
    assert [person.presences for person in found.people] == [(Presence.ABSENT,), (Presence.ONLINE,)]


def test_heads_are_counted_without_names(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(meetings.add, project, "TPM1").value
    partner = portfolio.do(partners.add, project, "KMOP").value
    one = portfolio.do(head_counts.add, added, 3, partner_id=partner, online=1).value
    other = portfolio.do(
        head_counts.add,
        added,
        12,
        organisation="Schools of Łódź",
        country="PL",
        profile="teachers",
    ).value
    again = portfolio.do(head_counts.add, added, 4, partner_id=partner).value
    assert again == one != other
    found = portfolio.ask(lambda session: session.get_one(HeadCount, one))
    assert (found.people, found.online) == (4, 0)
    for people, online, sentence in ((2, 3, "more than the 2"), (-1, 0, "below 0")):
        with pytest.raises(Refused, match=sentence):
            portfolio.do(head_counts.add, added, people, online=online)
    portfolio.do(head_counts.remove, other)
    assert portfolio.ask(lambda session: len(session.scalars(select(HeadCount)).all())) == 1


# -- minutes


def test_an_action_becomes_a_task_that_knows_where_it_came_from(
    portfolio: Portfolio, project: int
) -> None:
    partner = portfolio.do(partners.add, project, "KMOP", acronym="KMOP").value
    added = portfolio.do(meetings.add, project, "TPM").value
    done = portfolio.do(
        outcomes.add,
        added,
        OutcomeKind.ACTION,
        "Send the Greek appendix",
        partner_id=partner,
        due=date(2026, 12, 18),
    )
    assert done.label == "Note action at TPM: Send the Greek appendix"
    task = portfolio.ask(lambda session: session.scalars(select(Task)).one())
    assert (task.title, task.partner_id, task.due, task.outcome_id) == (
        "Send the Greek appendix",
        partner,
        date(2026, 12, 18),
        done.value,
    )
    portfolio.undo()
    assert portfolio.ask(lambda session: session.scalars(select(Task)).all()) == []


def action_and_task(portfolio: Portfolio) -> tuple[str, str]:
    return portfolio.ask(
        lambda session: (
            session.scalars(select(MeetingOutcome.text)).one(),
            session.scalars(select(Task.title)).one(),
        )
    )


def test_an_action_and_its_task_stay_one_thing(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(meetings.add, project, "TPM").value
    line = portfolio.do(outcomes.add, added, OutcomeKind.ACTION, "Send it").value
    portfolio.do(outcomes.edit, line, {"text": "Send the\nappendix"})
    assert action_and_task(portfolio) == ("Send the\nappendix", "Send the appendix")
    portfolio.do(tasks.edit, 1, {"title": "Send both"})
    assert action_and_task(portfolio) == ("Send both", "Send both")
    portfolio.undo()
    assert action_and_task(portfolio) == ("Send the\nappendix", "Send the appendix")


def test_minutes_that_were_sent_say_what_they_said(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(meetings.add, project, "TPM").value
    line = portfolio.do(outcomes.add, added, OutcomeKind.ACTION, "Send it").value
    portfolio.do(meetings.edit, added, {"minutes_sent_on": date(2026, 12, 9)})
    portfolio.do(tasks.edit, 1, {"title": "Send both"})
    assert action_and_task(portfolio) == ("Send it", "Send both")
    portfolio.do(outcomes.edit, line, {"text": "Send all"})
    assert action_and_task(portfolio) == ("Send all", "Send both"), "a title of its own stays"


@pytest.mark.parametrize("with_task", [False, True])
def test_an_action_is_removed_with_its_task_or_without(
    portfolio: Portfolio, project: int, *, with_task: bool
) -> None:
    added = portfolio.do(meetings.add, project, "TPM").value
    line = portfolio.do(outcomes.add, added, OutcomeKind.ACTION, "Send it").value
    portfolio.do(outcomes.remove, line, with_task=with_task)
    left = portfolio.ask(lambda session: [t.outcome_id for t in session.scalars(select(Task))])
    assert left == ([] if with_task else [None])
    portfolio.undo()
    back = portfolio.ask(lambda session: [t.outcome_id for t in session.scalars(select(Task))])
    assert back == [line]


@pytest.mark.parametrize("with_tasks", [False, True])
def test_a_meeting_is_removed_whole_and_comes_back_whole(
    portfolio: Portfolio, project: int, people: list[int], *, with_tasks: bool
) -> None:
    added = portfolio.do(meetings.add, project, "TPM", day=DAYS[0]).value
    item = portfolio.do(agenda.add, added, "Money").value
    portfolio.do(outcomes.add, added, OutcomeKind.ACTION, "Pay", item=item)
    portfolio.do(attendance.mark, added, people, Presence.PRESENT)
    portfolio.do(head_counts.add, added, 3)
    done = portfolio.do(meetings.remove, [added], with_tasks=with_tasks)
    assert done.label == "Remove meeting TPM"
    left = portfolio.ask(lambda session: len(session.scalars(select(Task)).all()))
    assert left == (0 if with_tasks else 1)
    portfolio.undo()
    found = portfolio.ask(
        lambda session: (
            session.scalars(select(MeetingOutcome.agenda_item_id)).all(),
            session.scalars(select(Task.outcome_id)).all(),
            len(session.scalars(select(Attendance)).all()),
        )
    )
    assert found == ([item], [1], 2)


def test_a_decision_can_turn_into_an_action_but_not_back(
    portfolio: Portfolio, project: int
) -> None:
    added = portfolio.do(meetings.add, project, "TPM").value
    line = portfolio.do(outcomes.add, added, OutcomeKind.DECISION, "Publish").value
    portfolio.do(outcomes.edit, line, {"kind": OutcomeKind.ACTION})
    task = portfolio.ask(lambda session: session.scalars(select(Task)).one())
    assert (task.title, task.outcome_id, task.state) == ("Publish", line, TaskState.OPEN)
    with pytest.raises(Refused, match="has a task"):
        portfolio.do(outcomes.edit, line, {"kind": OutcomeKind.DECISION})
    portfolio.do(outcomes.edit, line, {"text": "Publish it"})
    portfolio.do(tasks.edit, task.id, {"title": "Publish the handbook"})
    texts = portfolio.ask(lambda session: session.scalars(select(MeetingOutcome.text)).all())
    assert texts == ["Publish the handbook"]


def test_a_line_of_minutes_belongs_to_its_own_agenda(portfolio: Portfolio, project: int) -> None:
    first, second = (portfolio.do(meetings.add, project, t).value for t in ("One", "Two"))
    item = portfolio.do(agenda.add, second, "Elsewhere").value
    with pytest.raises(Refused, match="another agenda"):
        portfolio.do(outcomes.add, first, OutcomeKind.INFORMATION, "x", item=item)
    with pytest.raises(Refused, match="needs words"):
        portfolio.do(outcomes.add, first, OutcomeKind.INFORMATION, " \n ")


def test_hostile_text_is_kept_as_text_and_told_as_text(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(meetings.add, project, HOSTILE, place=HOSTILE).value
    done = portfolio.do(outcomes.add, added, OutcomeKind.ACTION, HOSTILE)
    assert "{meeting} {0} =1+1 <b>" in done.label
    title = meeting(portfolio, added).title
    assert title.startswith("[/] [@click=app.bell]x ␛]52;")
    assert portfolio.ask(lambda session: session.scalars(select(Task.title)).one()) == title


def test_several_meetings_are_one_change(portfolio: Portfolio, project: int) -> None:
    both = [portfolio.do(meetings.add, project, title).value for title in ("One", "Two")]
    done = portfolio.do(meetings.set_state, both, MeetingState.HELD)
    assert done.label == "Mark 2 meetings as held"
    assert portfolio.do(meetings.remove, both).label == "Remove 2 meetings"
    portfolio.undo()
    portfolio.undo()
    assert [meeting(portfolio, one).state for one in both] == [MeetingState.PLANNED] * 2


def test_somebody_new_is_added_and_expected_in_one_step(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(meetings.add, project, "TPM").value
    done = portfolio.do(attendance.invite, added, "Eleni", role="teacher")
    assert done.label == "Expect Eleni at TPM"
    assert presence(portfolio) == {(done.value, None): "expected"}
    portfolio.undo()
    assert presence(portfolio) == {}
    assert portfolio.ask(lambda session: session.scalars(select(Contact)).all()) == []


def test_who_does_an_action_and_by_when_is_changed_in_its_task(
    portfolio: Portfolio, project: int
) -> None:
    one, other = (
        portfolio.do(partners.add, project, name, acronym=name).value for name in ("UA", "KMOP")
    )
    person = portfolio.do(contacts.add, project, "Eleni", partner_id=other).value
    added = portfolio.do(meetings.add, project, "TPM").value
    line = portfolio.do(outcomes.add, added, OutcomeKind.ACTION, "Send it", partner_id=one).value

    def task() -> Task:
        return portfolio.ask(lambda session: session.scalars(select(Task)).one())

    values = {"text": "Send all of it", "contact_id": person, "partner_id": None}
    portfolio.do(outcomes.edit, line, values | {"due": date(2026, 12, 18)})
    found = task()
    assert (found.title, found.partner_id, found.contact_id) == ("Send all of it", other, person)
    assert found.due == date(2026, 12, 18)
    portfolio.undo()
    assert (task().title, task().partner_id, task().due) == ("Send it", one, None)
    portfolio.do(tasks.edit, task().id, {"due": date(2026, 12, 1)})
    conflicts = portfolio.do(outcomes.edit, line, {"due": date(2026, 12, 9)}, {"due": None}).value
    assert [conflict.field for conflict in conflicts] == ["due"]
    info = portfolio.do(outcomes.add, added, OutcomeKind.INFORMATION, "Said").value
    with pytest.raises(Refused, match="no task: only actions do"):
        portfolio.do(outcomes.edit, info, {"due": date(2026, 12, 9)})
