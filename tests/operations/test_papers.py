"""How far papers are, kept with their days, and messages noted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from ka2tui.domain import papers as rules
from ka2tui.domain.chase import Reminder
from ka2tui.domain.kinds import AgreementState, Channel, Direction, PaperState, PartnerRole, Tone
from ka2tui.domain.refusal import Refused
from ka2tui.operations import contacts, messages, papers, partners, projects
from ka2tui.queries import papers as asked
from ka2tui.store.records import Contact, Partner, PartnerMessage, PartnerPaper

if TYPE_CHECKING:
    from ka2tui.domain.papers import Paper, Standing
    from ka2tui.store.portfolio import Portfolio

pytestmark = pytest.mark.both_databases

DAY = timedelta(days=1)
HOSTILE = "[/] [@click=app.bell]x \x1b]52;c;aGk=\x07 =cmd|' /C calc'!A0 <script>"


def paper(name: str) -> Paper:
    found = rules.load().get(name)
    assert found is not None
    return found


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    made = portfolio.do(
        projects.add, "SOLARIS", start=date(2026, 10, 1), months=24, managed_by="NA", today=today
    ).value
    portfolio.do(partners.add, made, "Universidad", acronym="UA", role=PartnerRole.COORDINATOR)
    portfolio.do(partners.add, made, "Kentro", acronym="KMOP", country="GR")
    return made


def standing(portfolio: Portfolio, project: int, name: str, today: date) -> Standing:
    row = portfolio.ask(asked.grid, project, today=today).row(2)
    assert row is not None
    return next(each for each in row.standings if each and each.paper.id == name)


def test_a_state_keeps_its_day_and_the_days_before(
    portfolio: Portfolio, project: int, today: date
) -> None:
    done = portfolio.do(papers.put, [2], paper("bank"), PaperState.ASKED, on=today - 9 * DAY)
    assert done.label == "Financial identification form (bank account) of KMOP: asked"
    portfolio.do(papers.put, [2], paper("bank"), PaperState.RECEIVED, on=today - DAY)
    portfolio.do(papers.put, [2], paper("bank"), PaperState.CHECKED, on=today)
    found = standing(portfolio, project, "bank", today)
    days = (found.asked_on, found.received_on, found.checked_on)
    assert days == (today - 9 * DAY, today - DAY, today)
    assert not found.missing
    portfolio.undo()
    assert standing(portfolio, project, "bank", today).state is PaperState.RECEIVED
    portfolio.do(papers.put, [2], paper("bank"), PaperState.ASKED, on=today)
    again = standing(portfolio, project, "bank", today)
    assert (again.asked_on, again.received_on, again.checked_on) == (today - 9 * DAY, None, None)


def test_several_partners_are_one_step(portfolio: Portfolio, project: int, today: date) -> None:
    done = portfolio.do(papers.put, [1, 2], paper("legal"), PaperState.ASKED, on=today)
    assert done.label == "Legal entity form of 2 partners: asked"
    assert len(portfolio.ask(lambda session: session.scalars(select(PartnerPaper)).all())) == 2
    portfolio.undo()
    assert not portfolio.ask(lambda session: session.scalars(select(PartnerPaper)).all())


def test_the_agreement_is_kept_with_the_partner(
    portfolio: Portfolio, project: int, today: date
) -> None:
    portfolio.do(papers.put, [2], paper("agreement"), PaperState.ASKED, on=today - DAY)
    state = portfolio.ask(lambda session: session.get_one(Partner, 2).agreement_state)
    assert state is AgreementState.SENT
    portfolio.do(partners.edit, 2, {"agreement_state": AgreementState.SIGNED})
    found = standing(portfolio, project, "agreement", today)
    assert (found.state, found.asked_on) == (PaperState.CHECKED, today - DAY)
    with pytest.raises(Refused, match="sent or signed"):
        portfolio.do(papers.put, [2], paper("agreement"), PaperState.NOT_NEEDED, on=today)


def test_a_number_cannot_be_ticked_without_being_entered(
    portfolio: Portfolio, project: int, today: date
) -> None:
    with pytest.raises(Refused, match="Enter the number itself at KMOP"):
        portfolio.do(papers.put, [2], paper("oid"), PaperState.CHECKED, on=today)
    portfolio.do(partners.edit, 2, {"oid": "E10207981"})
    assert standing(portfolio, project, "oid", today).state is PaperState.CHECKED


def test_days_run_forwards_and_have_come(portfolio: Portfolio, project: int, today: date) -> None:
    kind = paper("legal")
    values = {"state": PaperState.RECEIVED, "asked_on": today - 9 * DAY, "note": HOSTILE}
    portfolio.do(papers.edit, 2, kind, values, on=today)
    assert "\x1b" not in (standing(portfolio, project, "legal", today).note or "")
    for wrong in ({"asked_on": today + DAY}, {"received_on": today - 10 * DAY}):
        with pytest.raises(Refused):
            portfolio.do(papers.edit, 2, kind, wrong, on=today)


def test_a_message_is_noted_in_words_and_taken_back(
    portfolio: Portfolio, project: int, today: date
) -> None:
    done = portfolio.do(messages.note, [2], Channel.CALL, day=today, today=today, text=HOSTILE)
    assert done.label == "Heard from KMOP: call"
    kept = portfolio.ask(lambda session: session.get_one(PartnerMessage, done.value[0]))
    assert (kept.direction, kept.chase) == (Direction.IN, False)
    assert "\x1b" not in (kept.text or "")
    portfolio.undo()
    assert not portfolio.ask(lambda session: session.scalars(select(PartnerMessage)).all())


def test_a_partner_is_not_heard_from_through_a_person_of_another(
    portfolio: Portfolio, project: int, today: date
) -> None:
    who = portfolio.do(contacts.add, project, "Ana", partner_id=1).value
    said: dict[str, Any] = {"day": today, "today": today, "contact_id": who}
    for partner in ([2], [1, 2]):
        with pytest.raises(Refused, match="Ana is not of KMOP"):
            portfolio.do(messages.note, partner, Channel.MAIL, **said)
    portfolio.do(messages.note, [1], Channel.MAIL, **said)


def test_nobody_is_heard_from_tomorrow(portfolio: Portfolio, project: int, today: date) -> None:
    with pytest.raises(Refused, match="still to come"):
        portfolio.do(messages.note, [2], Channel.MAIL, day=today + DAY, today=today)
    noted = portfolio.do(messages.note, [2], Channel.MAIL, day=today, today=today).value[0]
    with pytest.raises(Refused, match="still to come"):
        portfolio.do(messages.edit, noted, {"day": today + DAY}, today=today)
    portfolio.do(messages.edit, noted, {"text": "they will send it"}, today=today)
    assert portfolio.do(messages.remove, [noted]).label == "Remove a message of KMOP"


def test_chases_of_all_are_one_step(portfolio: Portfolio, project: int, today: date) -> None:
    sent = [Reminder(number, Tone.CLEAR, "Dear all,") for number in (1, 2)]
    assert portfolio.do(messages.chase, sent, day=today).label == "Chase UA and KMOP (clear)"
    portfolio.undo()
    assert not portfolio.ask(lambda session: session.scalars(select(PartnerMessage)).all())
    with pytest.raises(Refused, match="nothing in this message"):
        portfolio.do(messages.chase, [Reminder(2, Tone.CLEAR, "  ")], day=today)


def test_a_forgotten_person_is_not_greeted_in_old_reminders(
    portfolio: Portfolio, project: int, today: date
) -> None:
    ada = portfolio.do(contacts.add, project, "Ada Kosmidou", partner_id=2).value
    letter = Reminder(2, Tone.CLEAR, "Dear Ada Kosmidou,\n\nplease write.", ada)
    portfolio.do(messages.chase, [letter], day=today)
    portfolio.erase(portfolio.do(contacts.forget, ada).value)
    kept = portfolio.ask(lambda session: session.scalars(select(PartnerMessage.text)).all())
    assert kept == [f"Dear Person {ada},\n\nplease write."]


def test_an_organisation_is_told_of_people_of_nobody_only(
    portfolio: Portfolio, project: int
) -> None:
    irene = portfolio.do(contacts.add, project, "Irene", organisation="SEPIE").value
    ada = portfolio.do(contacts.add, project, "Ada", partner_id=2, organisation="KMOP").value

    def works_at(person: int) -> str | None:
        return portfolio.ask(lambda session: session.get_one(Contact, person).organisation)

    assert (works_at(irene), works_at(ada)) == ("SEPIE", None)
    portfolio.do(contacts.edit, irene, {"partner_id": 2})
    assert works_at(irene) is None


def test_with_a_partner_go_its_papers_and_messages(
    portfolio: Portfolio, project: int, today: date
) -> None:
    portfolio.do(papers.put, [2], paper("legal"), PaperState.ASKED, on=today)
    portfolio.do(messages.note, [2], Channel.CALL, day=today, today=today)
    portfolio.do(partners.remove, [2])
    portfolio.undo()
    assert standing(portfolio, project, "legal", today).state is PaperState.ASKED
