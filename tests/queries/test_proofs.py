"""What is asked of a project, what is there, and what is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from ka2tui.domain import proof_sorts
from ka2tui.domain.kinds import (
    DeliverableState,
    MeetingKind,
    MeetingState,
    PaymentKind,
    ProofKind,
    ProofState,
    WorkUnitKind,
)
from ka2tui.domain.proof_sorts import Held
from ka2tui.operations import deliverables, meetings, projects, proofs, work_units
from ka2tui.queries import proof_asked, proof_keeping, references
from ka2tui.queries import proofs as asked
from ka2tui.store import records
from ka2tui.store.operation import operation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.queries.proof_asked import Asked, AskedOf
    from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)
LIST = proof_sorts.load()


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(
        *(projects.add, "SOLAR"), start=date(2025, 12, 1), months=24, today=DAY
    ).value


@pytest.fixture
def plan(portfolio: Portfolio, project: int) -> dict[str, int]:
    """A work package with an activity, a meeting that is over, one to come, and a result."""
    unit = portfolio.do(work_units.add, project, "WP1", "Management").value
    values = {"parent_id": unit, "kind": WorkUnitKind.ACTIVITY}
    activity = portfolio.do(work_units.add, project, "A1.1", "Meetings", values=values).value
    over = portfolio.do(
        *(meetings.add, project, "Kick-off"),
        code="KOM",
        kind=MeetingKind.KICK_OFF,
        state=MeetingState.HELD,
        day=DAY - timedelta(days=30),
        work_unit_id=activity,
    ).value
    coming = portfolio.do(
        *(meetings.add, project, "Second"),
        code="TPM2",
        kind=MeetingKind.TPM,
        day=DAY + timedelta(days=30),
        work_unit_id=activity,
    ).value
    result = portfolio.do(
        *(deliverables.add, project, "D1", "Handbook"), values={"work_unit_id": unit}
    ).value
    return {"WP1": unit, "A1.1": activity, "KOM": over, "TPM2": coming, "D1": result}


def add(portfolio: Portfolio, project: int, sort: str, about: tuple[str, int], **more: Any) -> int:
    values = {"path": f"{sort}-{about[1]}.pdf", "sha256": "0" * 64, "sort": sort, **more}
    return portfolio.do(
        *(proofs.add, project, ProofKind.FILE, sort), about=[about], values=values
    ).value


def read(portfolio: Portfolio, project: int) -> Asked:
    return portfolio.ask(proof_asked.asked, project, LIST, today=DAY)


def row(found: Asked, code: str) -> AskedOf:
    return next(each for each in found.rows if each.about.code == code)


def test_an_event_that_is_over_owes_its_proof_and_one_to_come_does_not(
    portfolio: Portfolio, project: int, plan: dict[str, int]
) -> None:
    meeting = ("meeting", plan["KOM"])
    for sort in ("agenda", "minutes"):
        add(portfolio, project, sort, meeting)
    portfolio.do(proofs.waive, [meeting], "photos", "Nobody agreed")
    found = read(portfolio, project)
    kick_off = row(found, "KOM")
    assert kick_off.count.said == "3 of 4"
    assert [LIST.title(it.ask.sort) for it in kick_off.missing] == ["attendance list, signed"]
    assert {it.held for it in row(found, "TPM2").standings} == {Held.TO_COME}
    (group,) = found.groups
    assert (group.code, group.count.said) == ("WP1", "3 of 4")
    assert [it.about.code for it in group.rows] == ["WP1", "D1", "A1.1", "KOM", "TPM2"]
    counts = found.counts()
    assert {it.about.code for it in counts[plan["A1.1"]]} == {"A1.1", "KOM", "TPM2"}


def test_a_file_that_is_lost_is_missing_again_and_told(
    portfolio: Portfolio, project: int, plan: dict[str, int]
) -> None:
    proof = add(portfolio, project, "minutes", ("meeting", plan["KOM"]))
    portfolio.do(proofs.note, {proof: ProofState.MISSING}, today=DAY)
    kick_off = row(read(portfolio, project), "KOM")
    assert kick_off.broken == (proof,)
    assert "minutes" in {it.ask.sort for it in kick_off.missing}


def test_a_result_owes_proof_once_it_is_accepted_and_a_dropped_meeting_nothing(
    portfolio: Portfolio, project: int, plan: dict[str, int]
) -> None:
    assert row(read(portfolio, project), "D1").count.asked == 0
    portfolio.do(deliverables.move, [plan["D1"]], DeliverableState.APPROVED, today=DAY)
    add(portfolio, project, "publication", ("deliverable", plan["D1"]))
    assert row(read(portfolio, project), "D1").count.said == "1 of 3"
    portfolio.do(meetings.edit, plan["TPM2"], {"state": MeetingState.CANCELLED})
    assert "TPM2" not in {it.about.code for it in read(portfolio, project).rows}


def test_events_are_told_two_weeks_after_they_ended(
    portfolio: Portfolio, project: int, plan: dict[str, int]
) -> None:
    def owing(day: date) -> tuple[proof_asked.Owing, ...]:
        return portfolio.ask(proof_asked.owing, [project], LIST, today=day)

    held = DAY - timedelta(days=30)
    assert owing(held + timedelta(days=14)) == ()
    (late,) = owing(held + timedelta(days=15))
    assert (late.title, late.days, late.count.said) == ("Kick-off", 15, "0 of 5")
    assert late.missing[0] == "invitation"
    for sort in ("agenda", "attendance_list", "minutes", "photos"):
        add(portfolio, project, sort, ("meeting", plan["KOM"]))
    assert owing(DAY) == ()


def test_a_record_is_named_by_its_code_or_with_what_it_is(
    portfolio: Portfolio, project: int, plan: dict[str, int]
) -> None:
    def find(said: str) -> tuple[str, int]:
        return portfolio.ask(asked.about, project, said)

    assert find("kom") == ("meeting", plan["KOM"])
    assert find("WP1") == ("work_unit", plan["WP1"])
    assert find("meeting:Second") == ("meeting", plan["TPM2"])
    assert find(f"deliverable:{plan['D1']}") == ("deliverable", plan["D1"])
    for said in ("nobody", "7", "cow:7"):
        with pytest.raises(references.Unknown):
            find(said)


def test_many_proofs_take_a_handful_of_statements(
    portfolio: Portfolio, project: int, plan: dict[str, int]
) -> None:
    for number in range(20):
        add(portfolio, project, f"sort{number}", ("meeting", plan["KOM"]))
    questions: list[Any] = [
        lambda session: asked.listed(session, project, today=DAY),
        lambda session: proof_asked.asked(session, project, LIST, today=DAY),
    ]
    assert [portfolio.ask(_statements, question) < 20 for question in questions] == [True, True]


def _statements(session: Session, question: Any) -> int:
    told: list[str] = []
    bind = session.get_bind()

    def listen(*given: Any) -> None:
        told.append(given[2])

    event.listen(bind, "before_cursor_execute", listen)
    question(session)
    event.remove(bind, "before_cursor_execute", listen)
    assert told
    return len(told)


@operation("Pay")
def pay(session: Session, project: int, *days: date | None) -> None:
    for number, day in enumerate(days):
        session.add(
            records.Payment(
                project_id=project,
                kind=PaymentKind.FROM_AGENCY,
                title=f"Payment {number}",
                paid_on=day,
            )
        )


def test_papers_are_kept_from_the_final_payment_and_not_before_while_it_is_unknown(
    portfolio: Portfolio, project: int
) -> None:
    def keep() -> tuple[date, bool]:
        found = portfolio.ask(proof_keeping.keep, project, today=DAY)
        assert found is not None
        return found.day, found.not_before

    assert keep() == (date(2032, 11, 30), True)
    portfolio.do(pay, project, date(2026, 1, 10), date(2028, 3, 15))
    assert keep() == (date(2033, 3, 15), False)
    portfolio.do(projects.edit, project, {"grant_cents": 60_000_00}, today=DAY)
    assert keep() == (date(2031, 3, 15), False)
    portfolio.do(pay, project, None)
    assert keep() == (date(2030, 11, 30), True)
