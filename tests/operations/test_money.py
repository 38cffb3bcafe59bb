"""Money that is divided, planned, paid and used: to the cent, refused or undone."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ka2tui.domain import rates
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.due import Due
from ka2tui.domain.grant_matrix import OWN, evenly
from ka2tui.domain.kinds import CostKind, PartnerRole, PaymentKind, Precision, ProjectShape
from ka2tui.domain.payments import PaymentState
from ka2tui.domain.refusal import Refused
from ka2tui.operations import costs, journeys, money, payments, work_units
from ka2tui.queries import agenda, figures_money, problems
from ka2tui.queries import costs as cost_views
from ka2tui.queries import journeys as journey_views
from ka2tui.queries import money as views
from ka2tui.queries import payments as payment_views
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Partner, Payment, Project, Proof, ProofUse

TODAY = date(2026, 11, 22)


@operation("Begin")
def begin(session: Session, grant: int | None = 400_000_00, currency: str = "EUR") -> int:
    project = Project(
        acronym="SOLAR", start=date(2025, 12, 1), months=24, end=date(2027, 11, 30),
        grant_cents=grant, currency=currency, call_year=2025, shape=ProjectShape.WORK_PACKAGES,
    )  # fmt: skip
    session.add(project)
    session.flush()
    roles = [PartnerRole.COORDINATOR, *[PartnerRole.BENEFICIARY] * 2, PartnerRole.ASSOCIATED]
    for acronym, role in zip(("OU", "KÖPRÜ", "=1+1", "HELP"), roles, strict=True):
        session.add(Partner(project_id=project.id, acronym=acronym, name=acronym, role=role))
    session.flush()
    return project.id


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    found = portfolio.do(begin).value
    for code in ("WP1", "WP2"):
        portfolio.do(work_units.add, found, code, code)
    portfolio.do(work_units.add, found, "A2.1", "Course", values={"parent_id": 2})
    return found


OU, KO, ODD, HELP = 1, 2, 3, 4
WP1, WP2, A21 = 1, 2, 3


def shares(portfolio: Portfolio, project: int) -> dict[tuple[int, int], int | None]:
    cells = portfolio.ask(views.matrix, project).cells
    return {spot: cents for spot, cents in cells.items() if cents is not None}


def figures(portfolio: Portfolio, project: int) -> dict[str, Any]:
    return {
        each.name: each
        for each in portfolio.ask(lambda s: tuple(figures_money.figures(s, project, TODAY)))
    }


# --- the matrix -----------------------------------------------------------------------------------


def test_one_save_of_many_cells_is_one_undo_step(portfolio: Portfolio, project: int) -> None:
    cells = {(WP1, OWN): 80_000_00, (WP1, OU): 50_000_00, (WP2, KO): 1, (WP2, ODD): 0}
    done = portfolio.do(money.divide, project, cells)
    assert done.label == "Divide the grant: 4 amounts in 2 work packages and activities"
    assert shares(portfolio, project) == cells
    portfolio.undo()
    assert shares(portfolio, project) == {}
    portfolio.redo()
    assert shares(portfolio, project) == cells


def test_400_000_in_seven_parts_stays_400_000(portfolio: Portfolio, project: int) -> None:
    parts = evenly(400_000_00, 7)
    spots = [(WP1, OU), (WP1, KO), (WP1, ODD), (WP2, OU), (WP2, KO), (WP2, ODD), (WP2, HELP)]
    portfolio.do(money.divide, project, dict(zip(spots, parts, strict=True)))
    matrix = portfolio.ask(views.matrix, project)
    assert matrix.shared_out == 400_000_00
    assert sum(matrix.column(it.id) for it in matrix.partners) == 400_000_00
    assert figures(portfolio, project)["money.shared"].adds_up


def test_less_than_nothing_is_refused_and_changes_nothing(
    portfolio: Portfolio, project: int
) -> None:
    with pytest.raises(Refused, match="0 or more"):
        portfolio.do(money.divide, project, {(WP1, OU): 5, (WP1, KO): -1})
    assert shares(portfolio, project) == {}


def test_what_is_not_of_the_project_is_refused(portfolio: Portfolio, project: int) -> None:
    for spot in ((99, OU), (WP1, 99)):
        with pytest.raises(Refused, match="not of this project"):
            portfolio.do(money.divide, project, {spot: 1})
    with pytest.raises(Refused, match="already"):
        portfolio.do(money.divide, project, {(WP1, OU): None})


def test_what_somebody_else_changed_is_left_alone(portfolio: Portfolio, project: int) -> None:
    portfolio.do(money.divide, project, {(WP1, OU): 5})
    done = portfolio.do(
        money.divide, project, {(WP1, OU): 7, (WP1, KO): 9}, {(WP1, OU): None, (WP1, KO): None}
    )
    assert [(it.field, it.yours, it.theirs) for it in done.value] == [("WP1 OU", 7, 5)]
    assert shares(portfolio, project) == {(WP1, OU): 5, (WP1, KO): 9}


def test_a_share_with_a_role_loses_its_money_only(portfolio: Portfolio, project: int) -> None:
    portfolio.do(work_units.set_share, WP1, OU, role="co-lead", amount_cents=5)
    portfolio.do(money.divide, project, {(WP1, OU): None})
    assert shares(portfolio, project) == {}
    portfolio.do(money.divide, project, {(WP1, OU): 8})
    assert shares(portfolio, project) == {(WP1, OU): 8}


def test_associated_partners_have_no_column_until_they_have_money(
    portfolio: Portfolio, project: int
) -> None:
    called = [it.called for it in portfolio.ask(views.matrix, project).partners]
    assert called == ["OU", "KÖPRÜ", "=1+1"]
    portfolio.do(money.divide, project, {(WP1, HELP): 1})
    assert portfolio.ask(views.matrix, project).partners[-1].called == "HELP"


def test_another_currency_and_no_grant(portfolio: Portfolio) -> None:
    project = portfolio.do(begin, grant=None, currency="PLN").value
    portfolio.do(work_units.add, project, "WP1", "One", values={"amount_cents": 100})
    matrix = portfolio.ask(views.matrix, project)
    assert (matrix.grant, matrix.currency, matrix.planned) == (None, "PLN", 100)
    found = figures(portfolio, project)
    assert "money.grant" not in found
    assert found["money.earned"].said == "zł 0"


# --- earned ---------------------------------------------------------------------------------------


def test_earned_and_at_risk_add_up_and_say_why(portfolio: Portfolio, project: int) -> None:
    portfolio.do(money.divide, project, {(WP1, OWN): 100_01, (A21, OWN): 50_00})
    portfolio.do(work_units.edit, WP1, {"percent": 33, "start_month": 1, "end_month": 6})
    portfolio.do(work_units.edit, A21, {"percent": 10, "start_month": 13, "end_month": 24})
    found = portfolio.ask(views.earnings, project, today=TODAY)
    rows = {row.code: row for row in found.rows}
    assert rows["WP1"].parts == (33_00, 67_01, 0, 0)
    assert rows["WP1"].why == "33 % done, and its time is over"
    assert rows["WP2"].cents == 50_00
    assert rows["WP2"].parts == (5_00, 0, 0, 45_00)
    assert found.total == (38_00, 67_01, 0, 45_00)
    told = figures(portfolio, project)
    assert told["money.earned"].value == 38_00
    assert "agency decides" in told["money.earned"].how
    assert [name for name, each in told.items() if not each.adds_up] == []


# --- payments -------------------------------------------------------------------------------------


def test_instalments_add_up_to_the_cent_for_every_partner(
    portfolio: Portfolio, project: int
) -> None:
    parts = [Fraction(40), Fraction(40), Fraction(20)]
    done = portfolio.do(
        payments.plan, project, PaymentKind.TO_PARTNER, {KO: 10_000_01, ODD: 1}, parts,
        titles=["First", "Second"], dues=[Due(None, 4, Precision.MONTH)],
        conditions=[None, "after the interim report"],
    )  # fmt: skip
    assert done.label == "Plan 4 payments to a partner, 40/40/20 %"
    rows = portfolio.ask(payment_views.listed, project, today=TODAY)
    mine = [row for row in rows if row.partner_id == KO]
    assert sum(row.amount_cents or 0 for row in mine) == 10_000_01
    assert [row.title for row in mine] == ["First", "Second", "Instalment 3"]
    assert (mine[0].due, mine[0].due_month) == (date(2026, 3, 31), 4)
    assert mine[1].condition == "after the interim report"
    assert sum(row.amount_cents or 0 for row in rows if row.partner_id == ODD) == 1
    portfolio.undo()
    assert portfolio.ask(payment_views.listed, project, today=TODAY) == ()


def test_nothing_cannot_be_paid_in_parts(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Refused, match="no money"):
        portfolio.do(payments.plan, project, PaymentKind.TO_PARTNER, {KO: 0}, [Fraction(100)])
    with pytest.raises(Refused, match="not to 100"):
        portfolio.do(payments.plan, project, PaymentKind.TO_PARTNER, {KO: 5}, [Fraction(80)])


def test_a_payment_is_added_paid_taken_back_and_removed(portfolio: Portfolio, project: int) -> None:
    one = portfolio.do(
        payments.add, project, PaymentKind.FROM_AGENCY, "First pre-financing",
        values={"amount_cents": 160_000_00, "due": date(2026, 11, 1)},
    ).value  # fmt: skip

    def state() -> PaymentState:
        return portfolio.ask(payment_views.one, one, today=TODAY).row.state

    assert state() is PaymentState.LATE
    done = portfolio.do(payments.pay, [one], on=TODAY)
    assert done.label == "Note € 160 000 of “First pre-financing” as paid on 22 Nov 2026"
    assert state() is PaymentState.PAID
    with pytest.raises(Refused, match="paid in full already"):
        portfolio.do(payments.pay, [one], on=TODAY)
    portfolio.do(payments.unpay, [one])
    portfolio.do(payments.pay, [one], on=TODAY, cents=100_000_00)
    assert portfolio.ask(payment_views.one, one, today=TODAY).row.left_cents == 60_000_00
    assert state() is PaymentState.LATE
    done = portfolio.do(payments.pay, [one], on=TODAY)
    assert done.label == (
        "Note € 60 000 of “First pre-financing” as paid on 22 Nov 2026, € 160 000 in all"
    )
    assert state() is PaymentState.PAID
    portfolio.undo()
    done = portfolio.do(payments.pay, [one], on=TODAY, cents=60_000_01)
    assert done.label.endswith("€ 160 000.01 in all: € 0.01 more than planned")
    portfolio.undo()
    portfolio.do(payments.unpay, [one])
    with pytest.raises(Refused, match="nothing was noted"):
        portfolio.do(payments.unpay, [one])
    portfolio.undo()
    assert portfolio.ask(payment_views.one, one, today=TODAY).row.paid_cents == 100_000_00
    portfolio.do(payments.remove, [one])
    portfolio.undo()
    assert portfolio.ask(payment_views.one, one, today=TODAY).row.title == "First pre-financing"


def test_a_payment_that_cannot_be_is_refused(portfolio: Portfolio, project: int) -> None:
    for kind, values, said in (
        (PaymentKind.TO_PARTNER, {}, "Which partner"),
        (PaymentKind.FROM_AGENCY, {"partner_id": KO}, "has no partner"),
        (PaymentKind.TO_PARTNER, {"partner_id": KO, "amount_cents": -1}, "0 or more"),
        (PaymentKind.TO_PARTNER, {"partner_id": 99}, "not of this project"),
        (PaymentKind.FROM_AGENCY, {"due_month": 0}, "not a project month"),
        (PaymentKind.FROM_AGENCY, {"amount_cents": 10**16}, "too large"),
    ):
        with pytest.raises(Refused, match=said):
            portfolio.do(payments.add, project, kind, values=values)
    one = portfolio.do(payments.add, project, PaymentKind.FROM_AGENCY).value
    with pytest.raises(Refused, match="How much"):
        portfolio.do(payments.pay, [one], on=TODAY)
    with pytest.raises(Refused, match="title"):
        portfolio.do(payments.edit, one, {"title": " "})
    two = portfolio.do(payments.add, project, PaymentKind.FROM_AGENCY).value
    with pytest.raises(Refused, match="one payment at a time"):
        portfolio.do(payments.pay, [one, two], on=TODAY, cents=5)


def test_accounts_say_what_is_left_for_each_partner(portfolio: Portfolio, project: int) -> None:
    portfolio.do(money.divide, project, {(WP1, KO): 100, (WP1, OU): 300})
    first = portfolio.do(
        payments.add, project, PaymentKind.TO_PARTNER,
        values={"partner_id": KO, "amount_cents": 60, "due": date(2026, 1, 1)},
    ).value  # fmt: skip
    portfolio.do(payments.pay, [first], on=TODAY, cents=50)
    portfolio.do(
        payments.add, project, PaymentKind.FROM_PARTNER,
        values={"partner_id": KO, "amount_cents": 20, "paid_on": TODAY, "paid_cents": 20},
    )  # fmt: skip
    portfolio.do(
        payments.add, project, PaymentKind.FROM_AGENCY,
        values={"amount_cents": 200, "paid_on": TODAY},
    )  # fmt: skip
    found = portfolio.ask(payment_views.accounts, project, today=TODAY)
    accounts = {row.called: row.account for row in found.rows}
    assert accounts["KÖPRÜ"].has == 30
    assert accounts["KÖPRÜ"].left == 70
    assert accounts["KÖPRÜ"].late == 10
    assert accounts["KÖPRÜ"].unplanned == 40
    assert accounts["=1+1"].share == 0
    assert (found.paid_in, found.paid_out, found.left_out, found.in_hand) == (200, 30, 70, 170)
    told = figures(portfolio, project)
    assert told["money.KÖPRÜ.paid"].value == 30
    assert told["money.late"].value == 10
    assert all(each.adds_up for each in told.values())


def test_proof_of_a_payment_is_counted(portfolio: Portfolio, project: int) -> None:
    one = portfolio.do(payments.add, project, PaymentKind.FROM_AGENCY).value

    @operation("Attach")
    def attach(session: Session) -> None:
        proof = Proof(project_id=project, kind="link", title="Bank statement", url="https://x.eu")
        session.add(proof)
        session.flush()
        uid = session.get_one(Payment, one).uid
        session.add(ProofUse(project_id=project, proof_id=proof.id, about="payment", about_uid=uid))

    portfolio.do(attach)
    found = portfolio.ask(payment_views.one, one, today=TODAY)
    assert (found.row.proofs, found.proofs) == (1, ("Bank statement",))


def test_a_late_payment_stands_on_today_and_in_the_agenda_without_its_amount(
    portfolio: Portfolio, project: int
) -> None:
    def add(title: str, day: int) -> int:
        values = {"partner_id": KO, "amount_cents": 777_00, "due": date(2026, 11, day)}
        made: int = portfolio.do(
            payments.add, project, PaymentKind.TO_PARTNER, title, values=values
        ).value
        return made

    late, coming = add("Late one", 15), add("Coming one", 30)

    def listed() -> list[tuple[str, int, str | None]]:
        seen = portfolio.ask(agenda.agenda, project, TODAY)
        return [(it.title, it.id, it.assignee) for it in seen.items if it.kind == "payment"]

    def looks() -> list[Any]:
        seen = portfolio.ask(problems.problems, project, today=TODAY, stage=Stage.RUNNING)
        return [one for one in seen.rows if one.about == "payment"]

    assert listed() == [("Late one", late, "KÖPRÜ"), ("Coming one", coming, "KÖPRÜ")]
    assert [(one.where, one.text) for one in looks()] == [
        ("Late one (KÖPRÜ)", "It is not paid, 7 d late.")
    ]
    assert "777" not in looks()[0].text + looks()[0].why
    portfolio.do(payments.pay, [late], on=TODAY)
    assert [title for title, *_ in listed()] == ["Coming one"]
    assert looks() == []
    portfolio.undo()
    portfolio.do(payments.pay, [late], on=TODAY, cents=1)
    assert [look.id for look in looks()] == [late]


# --- costs and journeys ---------------------------------------------------------------------------


def test_costs_are_added_up_and_warned_of(portfolio: Portfolio, project: int) -> None:
    one = portfolio.do(
        costs.add, project, CostKind.STAFF,
        values={
            "partner_id": KO, "work_unit_id": WP1, "quarter": date(2026, 8, 19),
            "staff_category": "manager", "planned_hundredths": 1000, "used_hundredths": 1250,
            "rate_cents": 88_00,
        },
    ).value  # fmt: skip
    portfolio.do(
        costs.add, project, CostKind.TRAVEL, values={"planned_cents": 1_00, "used_cents": 99}
    )
    found = portfolio.ask(cost_views.summed, project)
    assert found.rows[0].quarter == date(2026, 7, 1)
    assert found.rows[0].money == (880_00, 1100_00)
    assert found.rows[0].exceeds
    assert not found.rows[1].exceeds
    assert {it.said for it in found.by_quarter} == {"Q3 2026", "whole project"}
    assert {it.said for it in found.by_partner if it.exceeds} == {"KÖPRÜ"}
    assert found.total.money == (881_00, 1100_99)
    assert figures(portfolio, project)["money.costs_used"].value == 1100_99
    portfolio.do(costs.edit, one, {"used_hundredths": 900}, {"used_hundredths": 1250})
    assert not portfolio.ask(cost_views.one, one).exceeds
    portfolio.undo()
    assert portfolio.ask(cost_views.one, one).used_hundredths == 1250
    portfolio.do(costs.remove, [one])
    with pytest.raises(Refused, match="no cost"):
        portfolio.ask(cost_views.one, one)


def test_a_cost_that_cannot_be_is_refused(portfolio: Portfolio, project: int) -> None:
    for values, said in (
        ({"planned_hundredths": -1}, "0 or more"),
        ({"used_cents": -1}, "0 or more"),
        ({"staff_category": "wizard"}, "no category"),
        ({"meeting_id": 9}, "not of this project"),
    ):
        with pytest.raises(Refused, match=said):
            portfolio.do(costs.add, project, CostKind.STAFF, values=values)


def test_a_journey_costs_what_its_band_says_until_somebody_writes_another(
    portfolio: Portfolio, project: int
) -> None:
    bands = rates.bands_for(2025)
    one = portfolio.do(
        journeys.add, project, {"title": "Ankara - Kraków", "people": 2, "distance_km": 1_500},
        bands=bands,
    ).value  # fmt: skip

    def amount() -> int | None:
        return portfolio.ask(journey_views.one, one).amount_cents

    assert amount() == 618_00
    portfolio.do(journeys.edit, one, {"green": True}, bands=bands)
    assert amount() == 834_00
    portfolio.do(journeys.edit, one, {"amount_cents": 700_00}, bands=bands)
    portfolio.do(journeys.edit, one, {"people": 3}, bands=bands)
    assert amount() == 700_00
    portfolio.undo()
    portfolio.undo()
    assert amount() == 834_00
    found = portfolio.ask(journey_views.summed, project)
    assert (found.people, found.green_people, found.money.planned) == (2, 2, 834_00)
    portfolio.do(journeys.remove, [one])
    assert portfolio.ask(journey_views.listed, project) == ()


def test_a_journey_that_cannot_be_is_refused(portfolio: Portfolio, project: int) -> None:
    for values, said in (
        ({"people": 0}, "1 to"),
        ({"distance_km": 50_000}, "41000 km"),
        ({"distance_km": -1}, "km"),
        ({"used_cents": -1}, "0 or more"),
    ):
        with pytest.raises(Refused, match=said):
            portfolio.do(journeys.add, project, values)
