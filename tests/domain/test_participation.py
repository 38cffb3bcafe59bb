"""Who took part: the same person counted once, doubts offered, totals held against reports."""

from __future__ import annotations

from itertools import count

import pytest

from ka2tui.domain import participation as rules
from ka2tui.domain.participation import Counted, Person, Taken, people, twins

IDS = count(1)


def row(name: str, place: str = "ulodz", event: int = 1, **more: object) -> Taken:
    return Taken(("participant", next(IDS)), event, name, place, **more)  # type: ignore[arg-type]


def names(found: tuple[rules.Twins, ...]) -> list[list[str]]:
    return [[person.name for person in each.people] for each in found]


def test_one_name_of_one_organisation_is_one_person_at_every_event() -> None:
    (found,) = people([row("Zoë Łabędź"), row("ZOE  LABEDZ", event=2), row("Zoë Łabędź", event=2)])
    assert found.events == {1, 2}
    assert len(found.rows) == 3


def test_names_of_other_organisations_and_of_none_are_not_joined() -> None:
    rows = [row("Jan Muller"), row("Jan Muller", "kmop"), row("Jan Muller", "", event=2)]
    rows.append(row("Jan Muller", "", event=3))
    assert len(people(rows)) == 4
    (found,) = twins(people(rows))
    assert len(found.people) == 4
    assert found.why == "the same name, different organisations"


def test_a_name_without_organisation_is_one_person_on_several_days_of_an_event() -> None:
    assert len(people([row("Jan Muller", ""), row("Jan Muller", "")])) == 1


def test_a_contact_is_one_person_whatever_the_name() -> None:
    rows = [row("J. M.", contact=4), row("Jan Muller", event=2, contact=4), row("Jan Muller")]
    assert len(people(rows)) == 1


def test_a_mark_joins_what_is_written_in_two_ways_and_parts_what_is_written_alike() -> None:
    joined = [row("Müller, Jan", person="joined-1"), row("Jan Muller", person="joined-1", event=2)]
    assert len(people([*joined, row("Jan Muller", event=3)])) == 1
    apart = [row("Jan Muller", person="apart-1"), row("Jan Muller", person="apart-2")]
    assert len(people(apart)) == 2
    assert twins(people(apart)) == ()
    third = people([*apart, row("Jan Muller", event=2)])
    assert len(third) == 3
    assert len(twins(third)) == 1


def test_a_person_kept_apart_from_a_contact_is_not_offered_again() -> None:
    rows = [row("Jan Muller", contact=1), row("Jan Muller", person="apart-1", event=2)]
    assert twins(people(rows)) == ()
    rows[1] = row("Jan Muller", person="joined-1", event=2)
    assert len(twins(people(rows))) == 1


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Müller, Jan", "Jan Muller", "the same name, written differently"),
        ("Jan Müller", "Jan Mueller", "the same name, written differently"),
        ("Dr. Jan Müller", "jan-muller", "the same name, written differently"),
        ("J. Müller", "Jan Muller", "one has an initial for a name"),
        ("Jan Maria Müller", "Jan Muller", "one has a name more"),
        ("Jan Kowalski", "Jan Kowalsky", "one letter is different"),
        ("Jan Kowalski", "Jan Kowallski", "one letter is different"),
        ("יוסי כהן", "כהן יוסי", "the same name, written differently"),
    ],
)
def test_doubtful_twins_are_offered_with_the_reason(one: str, other: str, why: str) -> None:
    found = people([row(one), row(other, event=2)])
    assert len(found) == 2
    assert [each.why for each in twins(found)] == [why]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Student 1", "Student 2"),
        ("Participant 12", "Participant 13"),
        ("Anna Nowak", "Anna Kowalska"),
        ("Jan", "Jana"),
        ("🙂", "🙃"),
        ("A. Nowak", "Beata Nowak"),
    ],
)
def test_people_who_are_not_near_are_not_offered(one: str, other: str) -> None:
    assert twins(people([row(one), row(other)])) == ()


def test_near_names_of_different_organisations_are_not_offered() -> None:
    assert twins(people([row("Jan Kowalski"), row("Jan Kowalsky", "kmop")])) == ()


def test_what_is_said_last_of_a_person_holds() -> None:
    (found,) = people([
        row("Ana", profile="student", fewer=True, country="PL", online=True),
        row("Ana", event=2, profile="teacher"),
    ])  # fmt: skip
    assert (found.profile, found.fewer, found.country, found.online) == (
        *("teacher", True, "PL", False),
    )


def test_numbers_tell_persons_places_and_heads_apart() -> None:
    known = people([row("Ana", fewer=True), row("Ana", event=2), row("Ben", online=True)])
    heads = [Counted(1, 1, 120, online=20, fewer=7)]
    found = rules.numbers(known, heads)
    assert (found.persons, found.places, found.fewer) == (2, 3, 1)
    assert (found.online, found.counted) == (1, 120)
    assert found.said == (
        "2 named, counted once; 120 counted without names, may include the same people"
    )
    assert rules.numbers([], []).said == "nobody yet"


@pytest.mark.parametrize(
    ("persons", "counted", "reported", "said"),
    [
        (41, 0, 38, "41 on the list, 38 in the report: 3 more"),
        (41, 0, 41, None),
        (41, 0, None, None),
        (0, 0, 38, "38 in the report, nobody on a list"),
        (0, 0, 0, None),
        (0, 31, 33, "31 in the head counts, 33 in the report: 2 fewer"),
        (31, 31, 33, "31 by name and 31 counted, 33 in the report: 2 fewer"),
        (41, 120, 161, None),
        (41, 120, 120, None),
        (41, 120, 41, "41 by name and 120 counted, 41 in the report: 79 more"),
    ],
)
def test_a_report_is_held_against_the_lists(
    persons: int, counted: int, reported: int | None, said: str | None
) -> None:
    found = rules.Numbers(persons=persons, places=persons, counted=counted)
    assert rules.difference(found, reported) == said


def test_a_report_may_count_people_once_or_at_every_event() -> None:
    found = rules.Numbers(persons=41, places=55)
    assert rules.difference(found, 41) is None
    assert rules.difference(found, 55) is None
    assert rules.difference(found, 48) == "41 on the list, 48 in the report: 7 fewer"


def test_who_came_is_held_against_what_was_expected() -> None:
    assert rules.short_of(rules.Numbers(persons=31, places=31), 40) == (
        "31 came, 40 expected: 9 fewer"
    )
    assert rules.short_of(rules.Numbers(), 40) is None


def test_shares_add_people_and_heads_by_what_they_have_in_common() -> None:
    known = people([row("Ana", profile="Teacher"), row("Ben", profile="teacher"), row("Cem")])
    heads = [Counted(1, 1, 5, profile="TEACHER"), Counted(2, 1, 9)]
    found = rules.shares(known, heads, lambda it: it.profile, lambda it: [(it.profile, it.people)])
    assert found == (("Teacher", 2, 2, 5), (None, 1, 1, 9))


def test_people_of_some_events_have_the_rows_of_these_alone() -> None:
    known = people([row("Ana", online=True), row("Ana", event=2), row("Ben", event=2)])
    (only,) = rules.at(known, {1})
    assert only.online
    assert isinstance(only, Person)
