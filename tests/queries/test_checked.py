"""What the checks read of a project: who has left, who has work, what was paid."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.kinds import PartnerRole, PaymentKind, PhaseKind, PhaseState, TaskState
from ka2tui.operations import projects
from ka2tui.queries import checked
from ka2tui.queries.problems import problems
from ka2tui.store import records as r
from ka2tui.store.operation import operation

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.checks.subject import Subject
    from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)


@operation("Put")
def put(session: Session, *records: Any) -> None:
    for record in records:
        session.add(record)
        session.flush()


@operation("Let the last phase be done")
def end(session: Session, project: int) -> None:
    phase = session.query(r.Phase).filter_by(project_id=project, kind=PhaseKind.EVALUATION).one()
    phase.state = PhaseState.DONE


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    """Begin a KA220 of call 2025 with three partners and two work packages."""
    made = portfolio.do(
        projects.add,
        "SOLAR",
        action="KA220-ADU",
        agreement="2025-1-ES01-KA220-ADU-000999999",
        start=date(2025, 10, 1),
        months=24,
        grant_cents=250_000_00,
        today=DAY,
    )
    project = int(made.value)
    portfolio.do(
        put,
        r.Partner(project_id=project, name="Ribera", country="ES", role=PartnerRole.COORDINATOR),
        r.Partner(project_id=project, name="Uniwersytet", acronym="OU", country="PL"),
        r.Partner(project_id=project, name="Kentro", acronym="KMOP", country="GR"),
        r.WorkUnit(project_id=project, code="WP1", title="Project management", lead_id=1,
                   amount_cents=50_000_00),
        r.WorkUnit(project_id=project, code="WP2", title="Course", lead_id=2,
                   amount_cents=200_000_00, objectives="Learn", expected_results="A course"),
        r.Share(project_id=project, work_unit_id=1, partner_id=1, amount_cents=50_000_00),
        r.Share(project_id=project, work_unit_id=2, partner_id=2, amount_cents=200_000_00),
    )  # fmt: skip
    return project


def seen(portfolio: Portfolio, project: int, day: date = DAY) -> Subject:
    return portfolio.ask(checked.subject, project, today=day)


def test_priorities_of_the_call_are_those_of_the_users_folder_too(
    portfolio: Portfolio, project: int, tmp_path: Path
) -> None:
    assert "Inclusion and diversity" in seen(portfolio, project).offered
    head = 'call_year = 2025\nversion = "1"\nlanguage = "en"\nsource = "guide-2025"\n'
    field = 'id = "ALL"\ntitle = "All"\nconfirmed = true\npriorities = ["Lighthouses"]\n'
    for name, written in (("mine", f"{head}[[field]]\n{field}"), ("broken", "priorities =")):
        (tmp_path / name / "priorities").mkdir(parents=True)
        (tmp_path / name / "priorities" / "2025.toml").write_text(written, encoding="utf-8")
    found = portfolio.ask(checked.subject, project, today=DAY, own=tmp_path / "mine")
    assert (found.offered, found.offered_in) == (("Lighthouses",), "EU priorities of call 2025")
    found = portfolio.ask(checked.subject, project, today=DAY, own=tmp_path / "broken")
    assert "Inclusion and diversity" in found.offered  # a broken file stops no check


def test_a_call_of_the_programme_before_has_priorities_of_its_own(portfolio: Portfolio) -> None:
    old = portfolio.do(projects.add, "OLD", action="KA201", call_year=2019, today=DAY)
    assert seen(portfolio, old.value).offered == ()


def told(portfolio: Portfolio, project: int, day: date = DAY) -> set[str]:
    """Give the codes about consortium, application, money and plan."""
    found = portfolio.ask(problems, project, today=day)
    return {each.code for each in found.rows if each.number < 500}


def test_a_right_project_is_silent(portfolio: Portfolio, project: int) -> None:
    assert told(portfolio, project) == set()


def test_who_has_left_does_not_count_and_who_leaves_later_does(
    portfolio: Portfolio, project: int
) -> None:
    gone = r.Partner(project_id=project, name="Gone", country="FI", left_on=date(2026, 11, 21))
    later = r.Partner(project_id=project, name="Later", country="FI", left_on=date(2026, 11, 23))
    portfolio.do(put, gone, later)
    assert [one.called for one in seen(portfolio, project).members] == [
        *("Ribera", "OU", "KMOP", "Later")
    ]


def test_work_is_counted_by_organisation_and_by_its_people(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(
        put,
        r.Contact(project_id=project, name="Eleni", partner_id=3),
        r.Task(project_id=project, title="Hers", contact_id=1, work_unit_id=2),
        r.Task(project_id=project, title="Theirs", partner_id=2, state=TaskState.DONE),
        r.Task(project_id=project, title="Nobody's", partner_id=2, state=TaskState.CANCELLED),
    )
    subject = seen(portfolio, project)
    assert [one.tasks for one in subject.members] == [0, 1, 1]
    assert [one.contacts for one in subject.members] == [0, 0, 1]
    assert [unit.tasks for unit in subject.units] == [0, 1]
    assert [unit.about for unit in subject.units] == ["", "Learn A course"]


def test_what_was_paid_is_net_of_what_came_back(portfolio: Portfolio, project: int) -> None:
    def paid(kind: PaymentKind, cents: int, partner: int | None = None) -> r.Payment:
        return r.Payment(project_id=project, kind=kind, title="x", partner_id=partner,
                         amount_cents=cents, paid_on=DAY)  # fmt: skip

    portfolio.do(
        put,
        paid(PaymentKind.FROM_AGENCY, 250_000_00),
        paid(PaymentKind.TO_PARTNER, 210_000_00, 2),
        paid(PaymentKind.FROM_PARTNER, 10_000_00, 2),
    )
    assert seen(portfolio, project).money.passed_on == ((2, 200_000_00),)
    assert told(portfolio, project) == set()
    portfolio.do(put, paid(PaymentKind.TO_PARTNER, 1, 2), paid(PaymentKind.FROM_AGENCY, 1))
    found = portfolio.ask(problems, project, today=DAY)
    assert [(each.code, each.where) for each in found.rows if each.number == 308] == [
        ("KA2-W308", "project"),
        ("KA2-W308", "OU"),
    ]
    portfolio.do(put, paid(PaymentKind.TO_AGENCY, 1))
    assert seen(portfolio, project).money.received == 250_000_00


def test_the_own_agreement_wins(portfolio: Portfolio, project: int) -> None:
    own = r.RuleValue(
        project_id=project, key="minimum_organisations", value=json.dumps(4), source="Art. 7"
    )
    portfolio.do(put, own)
    found = portfolio.ask(problems, project, today=DAY)
    assert [(each.code, each.source) for each in found.rows if each.number == 101] == [
        ("KA2-E101", "your grant agreement: Art. 7")
    ]


def test_the_stage_follows_the_day(portfolio: Portfolio, project: int) -> None:
    days = {
        date(2025, 9, 30): Stage.PREPARING,
        DAY: Stage.RUNNING,
        date(2027, 8, 1): Stage.CLOSING,
        date(2029, 1, 1): Stage.CLOSED,
    }
    assert {day: seen(portfolio, project, day).stage for day in days} == days
    portfolio.do(end, project)
    assert seen(portfolio, project, date(2027, 10, 1)).stage is Stage.CLOSED
