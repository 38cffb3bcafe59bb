from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.kinds import (
    DisseminationState,
    LogKind,
    MeetingKind,
    PartnerRole,
    PaymentKind,
    Presence,
    ProofKind,
    TaskState,
)
from ka2tui.domain.leaving import Take, read_takes
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.exchange import project_toml
from ka2tui.operations import application, partner_leaving, partners, projects, tasks
from ka2tui.queries import application as departures
from ka2tui.queries import export, problems
from ka2tui.queries import partner_leaving as views
from ka2tui.store import records as r
from ka2tui.store.operation import operation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.domain.leaving import Preview
    from ka2tui.domain.problem import Problem
    from ka2tui.store.portfolio import Portfolio

ODD = "[red]P[/] =1+1 🦊"
ON = date(2026, 11, 20)
LEAD, KMOP, OTHER, EMPTY = 1, 2, 3, 4


@operation("Fill")
def fill(session: Session, project: int) -> None:
    """Give KMOP something of everything."""

    def add(table: Any, **values: Any) -> Any:
        made = table(project_id=project, **values)
        session.add(made)
        session.flush()
        return made

    person = add(r.Contact, partner_id=KMOP, name="Eleni")
    unit = add(r.WorkUnit, code="WP2", title="Course", lead_id=KMOP, percent=30)
    done = add(r.WorkUnit, code="WP1", title="Begin", lead_id=KMOP, state="done")
    for partner in (KMOP, OTHER):
        add(r.Share, work_unit_id=unit.id, partner_id=partner, amount_cents=1_000_01)
    add(r.Share, work_unit_id=done.id, partner_id=KMOP, amount_cents=500_00)
    add(r.Deliverable, code="D2.1", title=ODD, lead_id=KMOP, due=date(2026, 12, 31))
    add(r.Task, code="T1", title="Done", partner_id=KMOP, state=TaskState.DONE)
    add(r.Task, code="T2", title=ODD, partner_id=KMOP, due=date(2026, 11, 25))
    add(r.Task, code="T3", title="Of Eleni", contact_id=person.id)
    held = add(r.Meeting, title="Held", day=date(2026, 3, 1), host_id=KMOP, state="held")
    coming = add(r.Meeting, title="TPM4", kind=MeetingKind.TPM, day=date(2027, 3, 1), host_id=KMOP)
    add(r.Attendance, meeting_id=held.id, contact_id=person.id, presence=Presence.PRESENT)
    add(r.Attendance, meeting_id=coming.id, contact_id=person.id)
    add(r.Indicator, title="Learners", lead_id=KMOP)
    add(r.Risk, code="R1", title="Late", contact_id=person.id)
    add(r.LogEntry, kind=LogKind.ISSUE, code="I1", title="Open", partner_id=KMOP)
    add(r.Dissemination, title="Post", partner_id=KMOP, state=DisseminationState.PLANNED)
    add(r.Proof, kind=ProofKind.PAPER, title="Lists", holder_id=KMOP)
    paid = {"paid_on": date(2026, 1, 1), "paid_cents": 1_200_00}
    add(r.Payment, kind=PaymentKind.TO_PARTNER, title="First", partner_id=KMOP, **paid)
    add(r.Payment, kind=PaymentKind.TO_PARTNER, title="Second", partner_id=KMOP, amount_cents=1)
    add(r.Cost, kind="staff", partner_id=KMOP, planned_cents=100)
    add(r.Journey, meeting_id=coming.id, partner_id=KMOP, title="Athens - Łódź")


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    made = portfolio.do(
        projects.add, "SOLARIS", action="KA220-ADU", call_year=2025, start=date(2026, 1, 1),
        months=24, today=today,
    ).value  # fmt: skip
    first = PartnerRole.COORDINATOR
    portfolio.do(partners.add, made, "Uni Lodz", acronym="ULODZ", country="PL", role=first)
    portfolio.do(partners.add, made, ODD, acronym="KMOP", country="GR")
    portfolio.do(partners.add, made, "Other", acronym="OU", country="NL")
    portfolio.do(partners.add, made, "Empty", acronym="NIX", country="PL")
    portfolio.do(fill, made)
    return made


def leave(portfolio: Portfolio, partner: int, today: date, **more: Any) -> str:
    return portfolio.do(
        partner_leaving.leave, partner, **{"on": ON, "today": today, **more}
    ).label  # fmt: skip


def look(portfolio: Portfolio, partner: int, today: date, on: date = ON) -> Preview:
    return portfolio.ask(views.preview, partner, on=on, today=today)


def exported(portfolio: Portfolio, project: int) -> bytes:
    return project_toml.write(portfolio.ask(export.everything, project))


def column(portfolio: Portfolio, *columns: Any) -> list[Any]:
    return portfolio.ask(lambda session: [tuple(row) for row in session.execute(select(*columns))])


def test_all_that_is_in_its_name_is_told_before(
    portfolio: Portfolio, project: int, today: date
) -> None:
    seen = look(portfolio, KMOP, today)
    told = {(it.take, it.called) for it in seen.holdings}
    assert {take for take, _ in told} == set(Take) - {Take.COORDINATION}
    assert (Take.TASKS, f"T2 {ODD}") in told
    assert (Take.TASKS, "T3 Of Eleni") in told
    assert (Take.LEADS, "WP2 Course") in told
    assert not any("WP1" in called or "Held" in called for _, called in told)
    assert seen.history == (
        "1 finished task", "1 meeting its people were at", "1 meeting it hosted",
        "1 part of the work that is done",
    )  # fmt: skip
    assert seen.expected_at == ("TPM4",)
    assert [heir.called for heir in seen.heirs] == ["ULODZ", "OU", "NIX"]


def test_money_is_held_against_work_done(portfolio: Portfolio, project: int, today: date) -> None:
    account = look(portfolio, KMOP, today).account
    assert (account.share, account.earned) == (1_500_01, 500_00 + 300_00)
    assert (account.paid, account.recover, account.owed) == (1_200_00, 400_00, 0)


def test_the_minimum_of_the_action_is_told_and_stops_nobody(
    portfolio: Portfolio, project: int, today: date
) -> None:
    assert {it.number for it in look(portfolio, KMOP, today).problems} == {102}
    assert not look(portfolio, EMPTY, today).problems
    leave(portfolio, KMOP, today)


def test_a_successor_takes_over_all_and_one_undo_takes_all_back(
    portfolio: Portfolio, project: int, today: date
) -> None:
    before = exported(portfolio, project)
    label = leave(portfolio, KMOP, today, successor=OTHER, reason=ODD, recover=400_00)
    number = len(look(portfolio, KMOP, today).holdings)
    assert number == 0
    assert label.startswith("KMOP leaves on 20 Nov 2026: OU takes over ")
    people = column(portfolio, r.Task.code, r.Task.partner_id, r.Task.contact_id)
    assert people == [("T1", KMOP, None), ("T2", OTHER, None), ("T3", OTHER, None)]
    assert column(portfolio, r.WorkUnit.code, r.WorkUnit.lead_id) == [("WP2", OTHER), ("WP1", KMOP)]
    assert column(portfolio, r.Attendance.meeting_id) == [(1,)]
    assert exported(portfolio, project) != before
    portfolio.undo()
    assert exported(portfolio, project) == before


def test_shares_on_the_same_work_add_up_to_the_cent(
    portfolio: Portfolio, project: int, today: date
) -> None:
    leave(portfolio, KMOP, today, successor=OTHER)
    shares = column(portfolio, r.Share.work_unit_id, r.Share.partner_id, r.Share.amount_cents)
    assert shares == [(1, KMOP, 300_00), (1, OTHER, 1_700_02), (2, KMOP, 500_00)]
    assert sum(cents for unit, _, cents in shares if unit == 1) == 2 * 1_000_01


def test_what_nobody_takes_over_is_without_an_owner(
    portfolio: Portfolio, project: int, today: date
) -> None:
    seen = look(portfolio, KMOP, today)
    given = dict.fromkeys(read_takes("leads,T2", seen.holdings), OTHER)
    label = leave(portfolio, KMOP, today, given=given)
    assert "OU takes over 2 things" in label
    assert "without an owner" in label
    assert column(portfolio, r.Task.code, r.Task.partner_id) == [
        *(("T1", KMOP), ("T2", OTHER), ("T3", None)),
    ]
    assert column(portfolio, r.Deliverable.lead_id) == [(None,)]
    assert column(portfolio, r.Payment.partner_id) == [(KMOP,), (KMOP,)]  # owed all the same
    assert column(portfolio, r.Proof.holder_id) == [(KMOP,)]


def test_two_successors_each_take_their_part(
    portfolio: Portfolio, project: int, today: date
) -> None:
    held = look(portfolio, KMOP, today).holdings
    given = {it.key: OTHER if it.take is Take.TASKS else LEAD for it in held}
    leave(portfolio, KMOP, today, given=given)
    assert column(portfolio, r.Deliverable.lead_id) == [(LEAD,)]
    assert (KMOP, LEAD) in column(portfolio, r.Partner.id, r.Partner.successor_id)


def test_the_coordinator_leaves_only_with_another_coordinator(
    portfolio: Portfolio, project: int, today: date
) -> None:
    with pytest.raises(Refused, match="takes over the coordination"):
        leave(portfolio, LEAD, today)
    given = {(Take.COORDINATION, LEAD): OTHER}
    leave(portfolio, LEAD, today, given=given)
    roles = [role for (role,) in column(portfolio, r.Partner.role)]
    assert roles == ["beneficiary", "beneficiary", "coordinator", "beneficiary"]


def test_a_partner_without_anything_leaves(portfolio: Portfolio, project: int, today: date) -> None:
    assert leave(portfolio, EMPTY, today) == ("NIX leaves on 20 Nov 2026: nothing was in its name")


def test_leaving_twice_is_refused(portfolio: Portfolio, project: int, today: date) -> None:
    leave(portfolio, EMPTY, today)
    with pytest.raises(Refused, match="has left already, on 20 Nov 2026"):
        leave(portfolio, EMPTY, today)
    leave(portfolio, KMOP, today)
    with pytest.raises(Refused, match="has left already"):
        leave(portfolio, KMOP, today, successor=OTHER, on=today)


def test_nobody_who_left_takes_over(portfolio: Portfolio, project: int, today: date) -> None:
    leave(portfolio, EMPTY, today)
    with pytest.raises(Refused, match="Only a partner that stays"):
        leave(portfolio, KMOP, today, successor=EMPTY)
    with pytest.raises(Refused, match="Only a partner that stays"):
        leave(portfolio, KMOP, today, successor=KMOP)


def test_an_associated_partner_takes_no_money(
    portfolio: Portfolio, project: int, today: date
) -> None:
    portfolio.do(partners.edit, EMPTY, {"role": PartnerRole.ASSOCIATED})
    with pytest.raises(Refused, match="NIX is an associated partner"):
        leave(portfolio, KMOP, today, successor=EMPTY)


def test_what_ends_before_a_day_to_come_stays_its_own(
    portfolio: Portfolio, project: int, today: date
) -> None:
    later = date(2026, 12, 15)
    label = leave(portfolio, KMOP, today, successor=OTHER, on=later)
    assert label.startswith("KMOP will leave on 15 Dec 2026")
    assert column(portfolio, r.Task.code, r.Task.partner_id)[1:] == [("T2", KMOP), ("T3", OTHER)]


def test_it_comes_back_with_what_nobody_changed_since(
    portfolio: Portfolio, project: int, today: date
) -> None:
    before = exported(portfolio, project)
    leave(portfolio, KMOP, today, successor=OTHER, recover=1)
    done = portfolio.do(partner_leaving.back, KMOP)
    assert done.value == ()
    assert exported(portfolio, project) == before
    portfolio.undo()
    portfolio.do(tasks.finish, [2], today=today)
    portfolio.do(tasks.edit, 3, {"partner_id": LEAD})
    done = portfolio.do(partner_leaving.back, KMOP)
    assert done.value == ("T3 Of Eleni",)
    assert column(portfolio, r.Task.code, r.Task.partner_id)[1:] == [("T2", KMOP), ("T3", LEAD)]
    portfolio.check_history()
    with pytest.raises(Refused, match="has not left"):
        portfolio.do(partner_leaving.back, KMOP)


def test_leaving_is_a_departure_from_the_application(
    portfolio: Portfolio, project: int, today: date
) -> None:
    portfolio.do(application.freeze, project, on=today - timedelta(days=9), today=today)
    leave(portfolio, KMOP, today, successor=OTHER)
    rows = portfolio.ask(departures.listed, project, today=today).rows
    told = {row.said: row.what for row in rows}
    assert told["KMOP"] == "left on 20 Nov 2026"
    assert told["WP2 Course"] == "lead KMOP → OU"
    assert told["OU in WP2"] == "money € 1 000.01 → € 1 700.02"


def test_what_is_taken_over_is_read_by_kind_and_by_code(
    portfolio: Portfolio, project: int, today: date
) -> None:
    held = look(portfolio, KMOP, today).holdings
    assert [take for take, _ in read_takes("tasks, wp2", held)].count(Take.TASKS) == 2
    assert len(read_takes("all", held)) == len(held)
    with pytest.raises(Misread, match="nothing that can be taken over"):
        read_takes("furniture", held)


def left(portfolio: Portfolio, project: int, today: date) -> list[Problem]:
    found = portfolio.ask(problems.problems, project, today=today, stage=Stage.RUNNING)
    return [one for one in found.rows if one.number == 623]


def test_a_check_tells_of_a_partner_that_left_with_work_to_do(
    portfolio: Portfolio, project: int, today: date
) -> None:
    portfolio.do(partners.edit, KMOP, {"left_on": ON})  # the day alone hands nothing over
    (look,) = left(portfolio, project, today)
    assert (look.where, look.text) == (
        "KMOP",
        "It left on 20 Nov 2026 and still has 1 open task, 1 deliverable, 1 part of the work.",
    )
    leave(portfolio, KMOP, today, successor=OTHER)
    assert left(portfolio, project, today) == []
