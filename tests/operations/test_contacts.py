from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.kinds import Presence
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.operations import agenda, attendance, contacts, meetings, partners, projects, tasks
from ka2tui.store.operation import operation
from ka2tui.store.records import Contact, Task

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.store.portfolio import Portfolio


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    return portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=today
    ).value


def contact(portfolio: Portfolio, number: int) -> Contact:
    return portfolio.ask(lambda session: session.get_one(Contact, number))


def test_a_person_can_be_a_partners_or_nobodys(portfolio: Portfolio, project: int) -> None:
    partner = portfolio.do(partners.add, project, "KMOP", acronym="KMOP").value
    done = portfolio.do(
        contacts.add, project, "Eleni K.", partner_id=partner, email="e@kmop.example"
    )
    assert done.label == "Add contact Eleni K."
    officer = portfolio.do(contacts.add, project, "Officer", role="agency").value
    assert contact(portfolio, done.value).partner_id == partner
    assert contact(portfolio, officer).partner_id is None
    with pytest.raises(Refused, match="needs a name"):
        portfolio.do(contacts.edit, officer, {"name": " \t"})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("ana.example.org", "there is no @"),
        ("ana@ben@example.org", "more than one @"),
        ("ana @example.org", "a space"),
        ("@example.org", "nothing stands before the @"),
        ("ana@example", "no place like"),
        ("ana@.org", "no place like"),
    ],
)
def test_what_is_no_mail_address_is_refused_with_what_is_wrong(
    portfolio: Portfolio, project: int, said: str, why: str
) -> None:
    with pytest.raises(Misread, match=why):
        portfolio.do(contacts.add, project, "Ana", email=said)
    person = portfolio.do(contacts.add, project, "Ana", email=" ana@παράδειγμα.gr ").value
    assert contact(portfolio, person).email == "ana@παράδειγμα.gr"
    with pytest.raises(Misread, match=why):
        portfolio.do(contacts.edit, person, {"email": said})
    portfolio.do(contacts.edit, person, {"email": ""})
    assert contact(portfolio, person).email is None


def test_an_address_that_was_kept_before_does_not_hold_up_other_changes(
    portfolio: Portfolio, project: int
) -> None:
    @operation("Bring from before")
    def bring(session: Session) -> int:
        made = Contact(project_id=project, name="Ana", email="ask the office")
        session.add(made)
        session.flush()
        return made.id

    person = portfolio.do(bring).value
    portfolio.do(contacts.edit, person, {"role": "trainer", "email": "ask the office"})
    assert contact(portfolio, person).role == "trainer"


def test_a_partner_of_another_project_is_refused(
    portfolio: Portfolio, project: int, today: date
) -> None:
    other = portfolio.do(projects.add, "LUNA", today=today).value
    stranger = portfolio.do(partners.add, other, "Stranger").value
    with pytest.raises(Refused, match="another project"):
        portfolio.do(contacts.add, project, "Eleni", partner_id=stranger)


def test_a_person_whom_tasks_and_lists_name_is_not_removed(
    portfolio: Portfolio, project: int
) -> None:
    person = portfolio.do(contacts.add, project, "Eleni").value
    portfolio.do(tasks.add, project, "Translate", contact_id=person)
    meeting = portfolio.do(meetings.add, project, "TPM1", day=date(2026, 5, 4)).value
    portfolio.do(attendance.mark, meeting, [person], Presence.PRESENT)
    with pytest.raises(Refused, match="1 task and 1 meeting would lose a name"):
        portfolio.do(contacts.remove, [person])
    free = portfolio.do(contacts.add, project, "Nikos").value
    assert portfolio.do(contacts.remove, [free]).label == "Remove contact Nikos"


def test_forgetting_a_person_keeps_the_facts_and_loses_the_name(
    portfolio: Portfolio, project: int, database: str
) -> None:
    person = portfolio.do(
        contacts.add,
        project,
        "Eleni Canaryopoulou",
        email="eleni@canary.example",
        phone="+30 6900000001",
    ).value
    portfolio.do(contacts.edit, person, {"notes": "Prefers to be called Lenacanary."})
    task = portfolio.do(tasks.add, project, "Translate", contact_id=person).value
    meeting = portfolio.do(meetings.add, project, "TPM1").value
    portfolio.do(agenda.add, meeting, "Welcome", presenter="eleni canaryopoulou")
    done = portfolio.do(contacts.forget, person)
    assert done.label == "Forget a person"
    assert portfolio.erase(done.value) > 0
    found = contact(portfolio, person)
    assert (found.name, found.email, found.phone, found.notes) == ("Person 1", None, None, None)
    assert portfolio.ask(lambda session: session.get_one(Task, task).contact_id) == person
    portfolio.check_history()
    portfolio.close()
    kept = _bytes(database)
    for canary in (b"anaryopoulou", b"canary.example", b"6900000001", b"Lenacanary"):
        assert canary not in kept


def _bytes(database: str) -> bytes:
    import sqlite3

    with sqlite3.connect(database) as raw:
        return "\n".join(raw.iterdump()).encode()


def test_removing_comes_back_with_undo(portfolio: Portfolio, project: int, tmp_path: Path) -> None:
    person = portfolio.do(contacts.add, project, "Nikos", phone="1").value
    portfolio.do(contacts.remove, [person])
    assert portfolio.undo().label == "Remove contact Nikos"
    assert contact(portfolio, person).phone == "1"
