"""Candidates: noted, asked, answered, taken as partners, and what is still lacking."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ka2tui.domain.kinds import CandidateState, PartnerRole
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.operations import candidates, contacts, partners, projects
from ka2tui.queries import candidates as asked
from ka2tui.queries import contacts as people
from ka2tui.queries import figures
from ka2tui.queries import partners as partner_views
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    made = portfolio.do(
        projects.add_with_coordinator, "SOLAR", action="KA220-SCH", call_year=2025,
        coordinator="Universidad de Alicante", country="ES", today=DAY,
    )  # fmt: skip
    return int(made.value)


def add(portfolio: Portfolio, project: int, name: str = "Biblioteka", **values: object) -> int:
    return int(portfolio.do(candidates.add, project, name, values=values).value)


def row(portfolio: Portfolio, key: int) -> asked.CandidateRow:
    (found,) = portfolio.ask(asked.some, [key], today=DAY)
    return found


def test_one_is_noted_with_what_is_known_read_as_everywhere(
    portfolio: Portfolio, project: int
) -> None:
    key = add(
        portfolio, project, " Biblioteka  Łódź ", country="Poland", oid="e10207981",
        email="ana@example.org", brings="=1+1 [red]teens[/red]",
    )  # fmt: skip
    found = row(portfolio, key)
    assert (found.country, found.oid, found.state) == ("PL", "E10207981", CandidateState.TO_ASK)
    assert found.brings == "=1+1 [red]teens[/red]"
    assert found.adds is not None
    assert found.adds.word == "a new country"
    with pytest.raises(Misread):
        portfolio.do(candidates.edit, key, {"email": "nobody"})
    with pytest.raises(Misread):
        portfolio.do(candidates.edit, key, {"country": "Atlantis"})
    with pytest.raises(Refused, match="needs a name"):
        portfolio.do(candidates.edit, key, {"name": " "})


def test_nobody_stands_on_the_list_twice(portfolio: Portfolio, project: int) -> None:
    add(portfolio, project, "Biblioteka Łódź")
    with pytest.raises(Refused, match="Biblioteka Łódź stands on the list already"):
        portfolio.do(candidates.add, project, "biblioteka lodz")


def test_asking_and_answering_is_kept_with_its_days(portfolio: Portfolio, project: int) -> None:
    key = add(portfolio, project)
    done = portfolio.do(candidates.ask, [key], day=date(2026, 11, 1), today=DAY)
    assert done.label == "Ask Biblioteka to join"
    found = row(portfolio, key)
    assert (found.said, found.silent) == ("asked 21 days ago, no answer", True)
    with pytest.raises(Refused, match="before it was asked"):
        portfolio.do(
            candidates.answer, [key], CandidateState.AGREED, day=date(2026, 10, 1), today=DAY
        )
    done = portfolio.do(candidates.answer, [key], CandidateState.AGREED, day=DAY, today=DAY)
    assert done.label == "Biblioteka: agreed"
    assert row(portfolio, key).said == "agreed on 22 Nov 2026"
    portfolio.undo()
    assert row(portfolio, key).state is CandidateState.ASKED


def test_nothing_is_asked_or_answered_in_the_future(portfolio: Portfolio, project: int) -> None:
    key = add(portfolio, project)
    later = date(2026, 12, 1)
    with pytest.raises(Refused, match="still to come"):
        portfolio.do(candidates.ask, [key], day=later, today=DAY)
    with pytest.raises(Refused, match="still to come"):
        portfolio.do(candidates.answer, [key], CandidateState.AGREED, day=later, today=DAY)
    with pytest.raises(Refused, match="interested, agreed or declined"):
        portfolio.do(candidates.answer, [key], CandidateState.ASKED, day=DAY, today=DAY)


def test_taking_makes_a_partner_with_its_person_in_one_step(
    portfolio: Portfolio, project: int
) -> None:
    key = add(
        portfolio, project, "Biblioteka Łódź", acronym="BIBLO", country="PL", sort="ngo",
        person="Zofia Nowak", email="zofia@example.org", phone="+48 1", brings="young readers",
    )  # fmt: skip
    done = portfolio.do(candidates.take, [key], today=DAY)
    assert done.label == "Take BIBLO as partner"
    (partner,) = [
        one for one in portfolio.ask(partner_views.listed, project, today=DAY)
        if one.id == done.value[0]
    ]  # fmt: skip
    assert (partner.called, partner.country) == ("BIBLO", "PL")
    (person,) = portfolio.ask(people.listed, project)
    assert (person.name, person.email, person.partner_id) == (
        "Zofia Nowak", "zofia@example.org", partner.id,
    )  # fmt: skip
    found = row(portfolio, key)
    assert (found.state, found.partner, found.adds) == (CandidateState.AGREED, "BIBLO", None)
    with pytest.raises(Refused, match="is a partner already"):
        portfolio.do(candidates.take, [key], today=DAY)
    portfolio.undo()
    assert portfolio.ask(people.listed, project) == ()
    assert row(portfolio, key).state is CandidateState.TO_ASK


def test_who_declined_is_not_taken(portfolio: Portfolio, project: int) -> None:
    key = add(portfolio, project)
    portfolio.do(candidates.answer, [key], CandidateState.DECLINED, day=DAY, today=DAY)
    with pytest.raises(Refused, match="declined"):
        portfolio.do(candidates.take, [key], today=DAY)


def test_a_partner_that_is_removed_leaves_its_candidate(portfolio: Portfolio, project: int) -> None:
    key = add(portfolio, project)
    (partner,) = portfolio.do(candidates.take, [key], today=DAY).value
    portfolio.do(partners.remove, [partner])
    assert row(portfolio, key).partner_id is None
    assert portfolio.do(candidates.take, [key], today=DAY).value


def test_what_is_lacking_counts_partners_then_those_who_agreed_then_those_interested(
    portfolio: Portfolio, project: int
) -> None:
    one = add(portfolio, project, "One", country="PL")
    two = add(portfolio, project, "Two", country="GR")
    add(portfolio, project, "Three", country="IT")
    portfolio.do(candidates.answer, [one], CandidateState.AGREED, day=DAY, today=DAY)
    portfolio.do(candidates.answer, [two], CandidateState.INTERESTED, day=DAY, today=DAY)
    found = portfolio.ask(asked.looked_for, project, today=DAY).lacking
    assert found is not None
    assert found.now.said == "2 organisations and 2 more countries"
    assert found.agreed.said == "1 organisation and 1 more country"
    assert [row(portfolio, key).adds for key in (one, two)] == [
        ("counts already", False, False), ("a new country", True, False),
    ]  # fmt: skip
    assert found.hoped.met
    assert found.now.minimum.confirmed
    portfolio.do(candidates.take, [one, two], today=DAY)
    later = portfolio.ask(asked.looked_for, project, today=DAY).lacking
    assert later is not None
    assert later.now.met
    (first, *_) = portfolio.ask(partner_views.listed, project, today=DAY)
    portfolio.do(partners.edit, first.id, {"left_on": DAY + timedelta(days=1)})
    until = portfolio.ask(asked.looked_for, project, today=DAY).lacking
    assert until == later


def test_an_action_without_rules_says_so(portfolio: Portfolio) -> None:
    made = portfolio.do(projects.add, "X", today=DAY).value
    seen = portfolio.ask(asked.looked_for, made, today=DAY)
    assert seen.lacking is None
    assert "Enter the action" in seen.why_unknown
    assert seen.search.where


def test_the_page_gives_places_of_the_projects_field(portfolio: Portfolio, project: int) -> None:
    seen = portfolio.ask(asked.looked_for, project, today=DAY)
    assert seen.search.where[0].id == "esep"
    assert seen.lacking is not None


def test_a_letter_is_made_of_goal_partners_and_who_signs(
    portfolio: Portfolio, project: int
) -> None:
    (home,) = portfolio.ask(partner_views.listed, project, today=DAY)
    portfolio.do(contacts.add, project, "Ana López", partner_id=home.id, email="a@example.org")
    portfolio.do(partners.add, project, "Left", country="FR", left_on=date(2026, 1, 1))
    portfolio.do(partners.add, project, "KMOP", country="GR")
    key = add(portfolio, project, "One", notes="too expensive")
    (case,) = portfolio.ask(asked.asking, [key], today=DAY)
    assert case.partners == ("KMOP (Greece)",)
    assert case.sender is not None
    assert (case.sender.name, case.coordinator) == ("Ana López", "Universidad de Alicante")
    with pytest.raises(Refused):
        portfolio.ask(asked.asking, [99], today=DAY)


def test_several_are_removed_as_one_step_and_figures_add_up(
    portfolio: Portfolio, project: int
) -> None:
    keys = [add(portfolio, project, f"One {number}") for number in range(3)]
    portfolio.do(candidates.ask, keys[:2], day=date(2026, 11, 1), today=DAY)
    told = {one.name: one for one in portfolio.ask(figures.listed, project, today=DAY)}
    assert told["candidate.all"].value == 3
    assert told["candidate.asked"].value == told["candidate.silent"].value == 2
    done = portfolio.do(candidates.remove, keys)
    assert done.label == "Remove 3 possible partners from the possible partners"
    assert portfolio.ask(asked.listed, project, today=DAY) == ()
    portfolio.undo()
    assert len(portfolio.ask(asked.listed, project, today=DAY)) == 3
    with pytest.raises(Refused, match="No possible partner was named"):
        portfolio.do(candidates.remove, [])


def test_a_coordinator_can_be_taken_too(portfolio: Portfolio, project: int) -> None:
    key = add(portfolio, project, "New lead", country="FR")
    portfolio.do(candidates.take, [key], today=DAY, role=PartnerRole.COORDINATOR)
    rows = portfolio.ask(partner_views.listed, project, today=DAY)
    assert [one.name for one in rows if one.role is PartnerRole.COORDINATOR] == ["New lead"]
