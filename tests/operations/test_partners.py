from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from ka2tui.domain.kinds import AgreementState, PartnerRole
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.operations import contacts, partners, projects
from ka2tui.store.records import Partner

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio

HOSTILE = "[/] [@click=app.bell]x \x1b]52;c;aGk=\x07 =cmd|' /C calc'!A0 <script>"


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    return portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=today
    ).value


def partner(portfolio: Portfolio, number: int) -> Partner:
    return portfolio.ask(lambda session: session.get_one(Partner, number))


def roles(portfolio: Portfolio) -> dict[str, str]:
    return portfolio.ask(
        lambda session: {
            name: str(role)
            for name, role in session.execute(select(Partner.acronym, Partner.role))
            if name
        }
    )


def test_a_partner_gets_the_zone_of_a_country_that_has_only_one(
    portfolio: Portfolio, project: int
) -> None:
    done = portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ", country="pl")
    assert done.label == "Add partner ULODZ"
    found = partner(portfolio, done.value)
    assert (found.country, found.zone) == ("PL", "Europe/Warsaw")


def test_the_zone_is_the_mainlands_and_open_in_countries_as_wide_as_continents(
    portfolio: Portfolio, project: int
) -> None:
    added = portfolio.do(partners.add, project, "Universidad", acronym="UA", country="ES").value
    assert partner(portfolio, added).zone == "Europe/Madrid"
    named = portfolio.do(partners.add, project, "Uni", country="ES", zone="atlantic/canary").value
    assert partner(portfolio, named).zone == "Atlantic/Canary"
    wide = portfolio.do(partners.add, project, "Universidade", country="BR").value
    assert partner(portfolio, wide).zone is None


def test_greece_and_the_united_kingdom_are_read_as_they_are_written(
    portfolio: Portfolio, project: int
) -> None:
    for said, code in (("EL", "GR"), ("UK", "GB"), ("Türkiye", "TR")):
        added = portfolio.do(partners.add, project, said, country=said).value
        assert partner(portfolio, added).country == code


def test_an_acronym_is_taken_in_whatever_letter_case(portfolio: Portfolio, project: int) -> None:
    portfolio.do(partners.add, project, "Università di Bologna", acronym="UNIBO")
    with pytest.raises(Refused, match="already a partner UNIBO: Università di Bologna"):
        portfolio.do(partners.add, project, "Another", acronym="unibo")
    other = portfolio.do(partners.add, project, "Another", acronym="OTHER").value
    with pytest.raises(Refused, match="already a partner UNIBO"):
        portfolio.do(partners.edit, other, {"acronym": "Unibo"})
    portfolio.do(partners.edit, other, {"acronym": "other"})  # its own
    assert partner(portfolio, other).acronym == "other"


def test_two_projects_may_have_the_same_acronym(
    portfolio: Portfolio, project: int, today: date
) -> None:
    second = portfolio.do(projects.add, "LUNA", today=today).value
    for each in (project, second):
        added = portfolio.do(partners.add, each, "Bologna", acronym="UNIBO").value
        assert partner(portfolio, added).project_id == each


def test_a_new_coordinator_swaps_roles_with_the_one_there_was(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(partners.add, project, "One", acronym="A", role=PartnerRole.COORDINATOR)
    portfolio.do(partners.add, project, "Two", acronym="B", role=PartnerRole.ASSOCIATED)
    third = portfolio.do(partners.add, project, "Three", acronym="C", role=PartnerRole.COORDINATOR)
    assert roles(portfolio) == {"A": "beneficiary", "B": "associated", "C": "coordinator"}
    second = 2
    portfolio.do(partners.edit, second, {"role": PartnerRole.COORDINATOR})
    assert roles(portfolio) == {"A": "beneficiary", "B": "coordinator", "C": "associated"}
    with pytest.raises(Refused, match="B is the coordinator"):
        portfolio.do(partners.edit, second, {"role": PartnerRole.BENEFICIARY})
    with pytest.raises(Refused, match="make another partner the coordinator first"):
        portfolio.do(partners.remove, [second])
    portfolio.undo()
    assert roles(portfolio)["C"] == "coordinator"
    assert third.value == 3


def test_removing_a_partner_says_what_still_needs_it(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(partners.add, project, "KMOP", acronym="KMOP").value
    for name in ("Eleni", "Nikos"):
        portfolio.do(contacts.add, project, name, partner_id=added)
    with pytest.raises(Refused, match="KMOP cannot be removed, it still has 2 contacts"):
        portfolio.do(partners.remove, [added])
    for person in (1, 2):
        portfolio.do(contacts.edit, person, {"partner_id": None})
    assert portfolio.do(partners.remove, [added]).label == "Remove partner KMOP"
    portfolio.undo()
    assert partner(portfolio, added).name == "KMOP"


def test_moving_a_partner_to_another_country_moves_its_clock(
    portfolio: Portfolio, project: int
) -> None:
    added = portfolio.do(partners.add, project, "X", country="PL").value
    portfolio.do(partners.edit, added, {"country": "TR"})
    assert partner(portfolio, added).zone == "Europe/Istanbul"
    portfolio.do(partners.edit, added, {"country": "DE"})
    assert partner(portfolio, added).zone == "Europe/Berlin"
    portfolio.do(partners.edit, added, {"country": "US"})
    assert partner(portfolio, added).zone is None


def test_a_field_that_somebody_else_changed_is_left_alone(
    portfolio: Portfolio, project: int
) -> None:
    added = portfolio.do(partners.add, project, "X", acronym="X", city="Kraków").value
    portfolio.do(partners.edit, added, {"city": "Lublin", "agreement_state": "sent"})
    seen = {"city": "Kraków", "name": "X", "role": PartnerRole.BENEFICIARY}
    done = portfolio.do(partners.edit, added, {"city": "Łódź", "name": "X sp. z o.o."}, seen)
    (conflict,) = done.value
    assert (conflict.field, conflict.yours, conflict.theirs) == ("city", "Łódź", "Lublin")
    found = partner(portfolio, added)
    assert (found.city, found.name) == ("Lublin", "X sp. z o.o.")
    assert found.agreement_state is AgreementState.SENT


def test_a_role_that_somebody_else_changed_is_left_alone(
    portfolio: Portfolio, project: int
) -> None:
    added = portfolio.do(partners.add, project, "X", acronym="X").value
    portfolio.do(partners.edit, added, {"role": PartnerRole.ASSOCIATED})
    seen = {"role": PartnerRole.BENEFICIARY}
    done = portfolio.do(partners.edit, added, {"role": PartnerRole.COORDINATOR}, seen)
    assert [conflict.field for conflict in done.value] == ["role"]
    assert roles(portfolio) == {"X": "associated"}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "  "}, "needs a name"),
        ({"country": "Atlantis"}, "not a country"),
        ({"zone": "Europe/Atlantis"}, "not a time zone"),
        ({"working_days": "Mon-Fri"}, "no working days"),
        ({"day_start_minute": 1080}, "ends before it begins"),
        ({"joined_on": date(2026, 2, 1), "left_on": date(2026, 1, 1)}, "leave before it joined"),
        ({"colour": "red"}, "cannot be changed"),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(
    portfolio: Portfolio, project: int, values: dict[str, object], sentence: str
) -> None:
    added = portfolio.do(partners.add, project, "X", country="PL").value
    clock = portfolio.clock()
    with pytest.raises(Refused, match=sentence):
        portfolio.do(partners.edit, added, values)
    assert portfolio.clock() == clock


def test_numbers_of_an_organisation_are_kept_even_where_they_look_odd(
    portfolio: Portfolio, project: int
) -> None:
    added = portfolio.do(partners.add, project, "X", oid=" e10207981 ", pic="999 852 362").value
    assert (partner(portfolio, added).oid, partner(portfolio, added).pic) == (
        "E10207981",
        "999852362",
    )
    with pytest.raises(Misread):
        portfolio.do(partners.edit, added, {"oid": "–"})


def test_hostile_text_is_kept_as_text(portfolio: Portfolio, project: int) -> None:
    added = portfolio.do(partners.add, project, HOSTILE, acronym=HOSTILE, notes=HOSTILE).value
    found = partner(portfolio, added)
    assert found.name == found.notes
    assert "\x1b" not in found.name
    assert found.name.startswith("[/] [@click=app.bell]x ␛]52;")


def test_no_partner_is_named_like_another_is_called_in_short(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(partners.add, project, "Open University", acronym="OU")
    other = portfolio.do(partners.add, project, "KMOP", acronym="KMOP").value
    with pytest.raises(Refused, match="OU is the acronym of Open University: write the whole"):
        portfolio.do(partners.add, project, "ou")
    with pytest.raises(Refused, match="Open University is the name of another partner"):
        portfolio.do(partners.edit, other, {"acronym": "open university"})
    with pytest.raises(Refused, match="OU is the acronym of Open University"):
        portfolio.do(partners.edit, other, {"name": "OU"})
    portfolio.do(partners.edit, other, {"name": "KMOP", "city": "Athens"})
