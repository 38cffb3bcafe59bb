"""Letters: kept, answered, removed, with what is owed."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.kinds import Channel, Direction
from ka2tui.domain.refusal import Refused
from ka2tui.operations import contacts, letters, projects
from ka2tui.queries import letters as asked
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(projects.add, "SOLAR", start=date(2025, 12, 1), months=24, today=DAY).value


def add(
    portfolio: Portfolio,
    project: int,
    subject: str = "Visit",
    *,
    day: date = date(2026, 11, 2),
    direction: Direction = Direction.IN,
    **values: object,
) -> int:
    done = portfolio.do(letters.add, project, subject, day=day, direction=direction, values=values)
    return done.value


def row(portfolio: Portfolio, key: int) -> asked.LetterRow:
    return portfolio.ask(asked.one, key, today=DAY).row


def test_a_letter_is_with_the_agency_unless_somebody_is_named(
    portfolio: Portfolio, project: int
) -> None:
    person = portfolio.do(contacts.add, project, "Ms Officer").value
    assert row(portfolio, add(portfolio, project)).who == "the agency"
    assert row(portfolio, add(portfolio, project, contact_id=person)).who == "Ms Officer"
    assert row(portfolio, add(portfolio, project, with_whom="[red]EACEA")).who == "[red]EACEA"


def test_an_answer_ends_what_is_owed_and_undo_opens_it_again(
    portfolio: Portfolio, project: int
) -> None:
    asks = add(
        portfolio, project, answer_by=date(2026, 11, 20), reference_nr="AZ 12",
        channel=Channel.LETTER,
    )  # fmt: skip
    assert (row(portfolio, asks).to_answer, row(portfolio, asks).late) == (True, True)
    done = portfolio.do(letters.answer, asks, day=DAY, values={"text": "=1+1"})
    assert done.label == "Answer “Visit”"
    answer = portfolio.ask(asked.one, done.value, today=DAY)
    assert (answer.row.subject, answer.row.direction) == ("Re: Visit", Direction.OUT)
    assert (answer.row.channel, answer.row.reference_nr) == (Channel.LETTER, "AZ 12")
    assert answer.text == "=1+1"
    assert [each.id for each in answer.thread] == [asks, done.value]
    assert (row(portfolio, asks).answered_on, row(portfolio, asks).to_answer) == (DAY, False)
    portfolio.undo()
    assert row(portfolio, asks).to_answer


def test_an_answer_that_is_removed_is_owed_again(portfolio: Portfolio, project: int) -> None:
    asks = add(portfolio, project, answer_by=date(2026, 12, 4))
    first = portfolio.do(letters.answer, asks, day=DAY).value
    second = portfolio.do(letters.answer, asks, day=DAY).value
    portfolio.do(letters.remove, [first])
    assert row(portfolio, asks).answered_on == DAY
    portfolio.do(letters.remove, [second])
    assert row(portfolio, asks).to_answer
    portfolio.undo()
    assert row(portfolio, asks).answered_on == DAY


def test_what_was_answered_by_telephone_is_only_marked(portfolio: Portfolio, project: int) -> None:
    keys = [add(portfolio, project, f"Letter {n}", answer_by=DAY) for n in range(2)]
    done = portfolio.do(letters.answered, keys, on=DAY)
    assert done.label == "Mark 2 letters as answered on 22 Nov 2026"
    assert not row(portfolio, keys[0]).to_answer
    portfolio.do(letters.answered, keys, on=None)
    assert row(portfolio, keys[0]).to_answer


def test_what_cannot_be_is_refused(portfolio: Portfolio, project: int) -> None:
    first = add(portfolio, project)
    for values, why in (
        ({"answer_by": date(2026, 11, 1)}, "before the letter"),
        ({"answered_on": date(2026, 11, 1)}, "before the letter"),
        ({"answers_id": first, "day": date(2026, 10, 1)}, "after its answer"),
        ({"contact_id": 99}, "no such contact"),
        ({"answers_id": 99}, "no such letter"),
    ):
        with pytest.raises(Refused, match=why):
            add(portfolio, project, **values)
    with pytest.raises(Refused, match="needs a subject"):
        add(portfolio, project, " ")
    second = add(portfolio, project, answers_id=first)
    with pytest.raises(Refused, match="in a circle"):
        portfolio.do(letters.edit, first, {"answers_id": second})
    with pytest.raises(Refused, match="in a circle"):
        portfolio.do(letters.edit, first, {"answers_id": first})


def test_what_is_to_be_answered_first_stands_first(portfolio: Portfolio, project: int) -> None:
    late = add(portfolio, project, "second", answer_by=date(2026, 12, 4))
    next_ = add(portfolio, project, "first", answer_by=date(2026, 12, 1), day=date(2026, 1, 1))
    new = add(portfolio, project, "new", day=DAY)
    old = add(portfolio, project, "old", day=date(2026, 1, 2))
    out = add(portfolio, project, "asked", direction=Direction.OUT, answer_by=date(2026, 11, 3))
    rows = portfolio.ask(asked.listed, project, today=DAY)
    assert [each.id for each in rows] == [next_, late, new, out, old]
    assert (row(portfolio, out).waited_for, row(portfolio, out).late) == (True, True)


def test_a_field_that_somebody_else_changed_is_left_alone(
    portfolio: Portfolio, project: int
) -> None:
    key = add(portfolio, project)
    portfolio.do(letters.edit, key, {"subject": "Theirs"})
    values = {"subject": "Mine", "reference_nr": "AZ"}
    based = {"subject": "Visit", "reference_nr": None}
    conflicts = portfolio.do(letters.edit, key, values, based).value
    assert [it.field for it in conflicts] == ["subject"]
    assert (row(portfolio, key).subject, row(portfolio, key).reference_nr) == ("Theirs", "AZ")
