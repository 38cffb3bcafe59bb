from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.refusal import Refused
from ka2tui.operations import contacts as people
from ka2tui.operations import deliverables, meetings, projects, tasks, work_units
from ka2tui.operations import partners as make
from ka2tui.queries import contacts, partners

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    made = portfolio.do(projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=today)
    return made.value


def test_the_coordinator_stands_first_and_numbers_count_as_numbers(
    portfolio: Portfolio, project: int, today: date
) -> None:
    for nr, role in (
        ("10", PartnerRole.BENEFICIARY),
        ("A1", PartnerRole.ASSOCIATED),
        ("2", PartnerRole.BENEFICIARY),
        (None, PartnerRole.BENEFICIARY),
        ("3", PartnerRole.COORDINATOR),
    ):
        portfolio.do(make.add, project, f"Partner {nr}", nr=nr, role=role)
    rows = portfolio.ask(partners.listed, project, today=today)
    assert [row.nr for row in rows] == ["3", "2", "10", None, "A1"]


def test_a_partner_says_what_it_leads_and_owes(
    portfolio: Portfolio, project: int, today: date
) -> None:
    kmop = portfolio.do(make.add, project, "KMOP", acronym="KMOP").value
    other = portfolio.do(make.add, project, "Other", acronym="OTHER").value
    portfolio.do(work_units.add, project, "WP2", values={"lead_id": kmop})
    portfolio.do(work_units.add, project, "WP1", values={"lead_id": kmop})
    for due in (date(2026, 11, 1), date(2026, 12, 1), None):
        portfolio.do(tasks.add, project, "Do", partner_id=kmop, due=due)
    portfolio.do(tasks.add, project, "Done", partner_id=kmop, due=date(2026, 1, 1))
    portfolio.do(tasks.finish, [4], today=today)
    portfolio.do(
        deliverables.add, project, "D1.1", values={"lead_id": kmop, "due": date(2026, 11, 1)}
    )
    portfolio.do(people.add, project, "Eleni", partner_id=kmop)
    found = {row.acronym: row for row in portfolio.ask(partners.listed, project, today=today)}
    row = found["KMOP"]
    assert set(row.leads) == {"WP1", "WP2"}
    assert (row.open_tasks, row.late_tasks) == (3, 1)
    assert (row.open_deliverables, row.late_deliverables, row.contacts) == (1, 1, 1)
    assert (found["OTHER"].open_tasks, found["OTHER"].leads) == (0, ())
    details = portfolio.ask(partners.one, kmop, today=today)
    assert [person.name for person in details.contacts] == ["Eleni"]
    assert [one.id for one in portfolio.ask(partners.some, [other, kmop], today=today)] == [
        other,
        kmop,
    ]


def test_what_is_gone_is_refused_in_words(portfolio: Portfolio, today: date) -> None:
    with pytest.raises(Refused, match="no partner 7"):
        portfolio.ask(partners.one, 7, today=today)
    with pytest.raises(Refused, match="no contact 7"):
        portfolio.ask(contacts.one, 7)


def test_people_stand_by_partner_and_those_of_nobody_last(
    portfolio: Portfolio, project: int
) -> None:
    kmop = portfolio.do(make.add, project, "KMOP", acronym="KMOP").value
    for name, partner in (("Officer", None), ("Żaneta", kmop), ("ana", kmop)):
        portfolio.do(people.add, project, name, partner_id=partner)
    rows = portfolio.ask(contacts.listed, project)
    assert [(row.name, row.partner) for row in rows] == [
        ("ana", "KMOP"),
        ("Żaneta", "KMOP"),
        ("Officer", None),
    ]


def test_texts_that_name_a_person_are_found(portfolio: Portfolio, project: int) -> None:
    person = portfolio.do(people.add, project, "Eleni Κ.", email="e@kmop.example").value
    portfolio.do(tasks.add, project, "Call ELENI κ. again")
    portfolio.do(tasks.add, project, "Other", notes="write to e@kmop.example")
    portfolio.do(meetings.add, project, "TPM")
    found = portfolio.ask(contacts.mentions, person)
    assert [(mention.kind, mention.text) for mention in found] == [
        ("task", "Call ELENI κ. again"),
        ("task", "write to e@kmop.example"),
    ]
