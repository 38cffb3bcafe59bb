"""What becomes of an application, and how it is handed in again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from ka2tui.domain import checklist
from ka2tui.domain.kinds import (
    AgreementState,
    AimKind,
    PartnerRole,
    PhaseKind,
    PhaseState,
    Precision,
    ProposalOutcome,
    TaskState,
)
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.operations import (
    aims,
    checklists,
    contacts,
    deliverables,
    dependencies,
    indicators,
    meetings,
    milestones,
    partners,
    projects,
    proposals,
    tasks,
    work_units,
)
from ka2tui.queries import aims as aim_views
from ka2tui.store.records import (
    Assessment,
    Contact,
    Deliverable,
    Meeting,
    Milestone,
    Partner,
    Phase,
    Priority,
    Project,
    Share,
    Task,
    TaskLink,
    WorkUnit,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.store.portfolio import Portfolio

pytestmark = pytest.mark.both_databases

START = date(2027, 9, 1)


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    made: int = portfolio.do(
        projects.add, "KLIMA", action="KA220-SCH", call_year=2026, today=today
    ).value
    return made


def rows(portfolio: Portfolio, table: Any, project: int) -> list[Any]:
    """Read the rows of a project as plain values."""

    def read(session: Session) -> list[dict[str, Any]]:
        mine = select(table).where(table.project_id == project).order_by(table.id)
        names = [column.key for column in table.__table__.c]
        return [{name: getattr(row, name) for name in names} for row in session.scalars(mine)]

    return portfolio.ask(read)


def fact(portfolio: Portfolio, project: int, name: str) -> Any:
    column = getattr(Project, name)
    return portfolio.ask(
        lambda session: session.scalar(select(column).where(Project.id == project))
    )


def states(portfolio: Portfolio, project: int) -> dict[str, str]:
    return {row["kind"].value: row["state"].value for row in rows(portfolio, Phase, project)}


def test_what_is_funded_goes_on_to_the_next_phase_and_comes_back_whole(
    portfolio: Portfolio, project: int, today: date
) -> None:
    before = rows(portfolio, Phase, project)
    done = portfolio.do(
        proposals.decide, project, ProposalOutcome.FUNDED, on=date(2026, 11, 3), today=today
    )
    assert done.label == "KLIMA: application funded, 3 Nov 2026"
    assert fact(portfolio, project, "outcome") is ProposalOutcome.FUNDED
    assert fact(portfolio, project, "outcome_on") == date(2026, 11, 3)
    stand = states(portfolio, project)
    assert (stand["proposal"], stand["funding"]) == ("done", "under_way")
    assert portfolio.undo().label == done.label
    assert rows(portfolio, Phase, project) == before
    assert fact(portfolio, project, "outcome") is None


def test_an_outcome_that_is_noted_again_keeps_the_day_it_became_known(
    portfolio: Portfolio, project: int, today: date
) -> None:
    known, funded = date(2026, 11, 3), ProposalOutcome.FUNDED
    portfolio.do(proposals.decide, project, funded, on=known, today=today)
    with pytest.raises(Refused, match="KLIMA stands like that already"):
        portfolio.do(proposals.decide, project, funded, today=today)
    portfolio.do(proposals.decide, project, funded, note="82 points", today=today)
    assert fact(portfolio, project, "outcome_on") == known
    assert fact(portfolio, project, "outcome_note") == "82 points"


@pytest.mark.parametrize("outcome", [ProposalOutcome.REJECTED, ProposalOutcome.WITHDRAWN])
def test_what_is_closed_needs_a_reason_which_is_kept(
    portfolio: Portfolio, project: int, today: date, outcome: ProposalOutcome
) -> None:
    with pytest.raises(Refused, match=f"{outcome.word} closes with a reason"):
        portfolio.do(proposals.decide, project, outcome, today=today)
    assert fact(portfolio, project, "outcome") is None
    portfolio.do(proposals.decide, project, outcome, note="58 of 100\nNo need shown", today=today)
    assert fact(portfolio, project, "outcome_note") == "58 of 100\nNo need shown"
    (proposal,) = [
        row for row in rows(portfolio, Phase, project) if row["kind"] is PhaseKind.PROPOSAL
    ]
    assert (proposal["state"], proposal["actual_end"]) == (PhaseState.DONE, today)
    assert proposal["override_reason"] == "58 of 100\nNo need shown"
    assert states(portfolio, project)["funding"] == "ahead"


def test_a_mind_that_changes_takes_the_phases_along(
    portfolio: Portfolio, project: int, today: date
) -> None:
    for outcome, proposal, funding in (
        (ProposalOutcome.RESERVE, "under_way", "ahead"),
        (ProposalOutcome.FUNDED, "done", "under_way"),
        (ProposalOutcome.REJECTED, "done", "ahead"),
        (None, "under_way", "ahead"),
    ):
        portfolio.do(proposals.decide, project, outcome, note="as told", today=today)
        stand = states(portfolio, project)
        assert (stand["proposal"], stand["funding"]) == (proposal, funding), outcome
    assert fact(portfolio, project, "outcome_note") is None


def test_an_outcome_is_neither_to_come_nor_before_the_application(
    portfolio: Portfolio, project: int, today: date
) -> None:
    decide, funded = proposals.decide, ProposalOutcome.FUNDED
    with pytest.raises(Refused, match="23 Nov 2026 is still to come"):
        portfolio.do(decide, project, funded, on=date(2026, 11, 23), today=today)
    with pytest.raises(Refused, match="1 Dec 2026 is still to come"):
        portfolio.do(projects.edit, project, {"submitted_on": date(2026, 12, 1)}, today=today)
    portfolio.do(projects.edit, project, {"submitted_on": date(2026, 10, 1)}, today=today)
    with pytest.raises(Refused, match="handed in on 1 Oct 2026"):
        portfolio.do(decide, project, funded, on=date(2026, 9, 30), today=today)
    portfolio.do(decide, project, funded, today=today)
    with pytest.raises(Refused, match="stands like that already"):
        portfolio.do(decide, project, funded, today=today)
    with pytest.raises(Refused, match="no project 99"):
        portfolio.do(decide, 99, funded, today=today)


def test_a_deadline_that_is_entered_keeps_its_zone(
    portfolio: Portfolio, project: int, today: date
) -> None:
    at = datetime(2027, 3, 5, 11, tzinfo=UTC)
    portfolio.do(projects.edit, project, {"application_deadline": at}, today=today)
    assert fact(portfolio, project, "application_deadline") == at
    assert fact(portfolio, project, "application_zone") == "Europe/Brussels"
    portfolio.do(projects.edit, project, {"application_zone": "athens"}, today=today)
    assert fact(portfolio, project, "application_zone") == "Europe/Athens"
    with pytest.raises(Misread, match="not a time zone"):
        portfolio.do(projects.edit, project, {"application_zone": "Nowhere"}, today=today)


# --- once more ----------------------------------------------------------------------------------


@pytest.fixture
def granted(portfolio: Portfolio, today: date) -> int:
    """A project that ran: with dates, answers, a meeting, a history."""
    project: int = portfolio.do(
        projects.add,
        "SOLARIS",
        title="Energy",
        action="ERASMUS-SPORT-2025-SCP",
        agreement="2025-1-ES01-KA220-ADU-000123456",
        start=date(2025, 10, 1),
        months=24,
        call_year=2025,
        goal="Read a bill",
        summary="In short",
        priorities=["Inclusion", "Climate"],
        grant_cents=250_000_00,
        final_report_due=date(2027, 11, 30),
        today=today,
    ).value
    lead = portfolio.do(
        *(partners.add, project, "Universidad"),
        acronym="UAM",
        role=PartnerRole.COORDINATOR,
        country="ES",
    ).value
    left = portfolio.do(partners.add, project, "Gone", acronym="GONE").value
    portfolio.do(
        partners.edit, lead, {"agreement_state": AgreementState.SIGNED, "joined_on": START}
    )
    portfolio.do(partners.edit, left, {"left_on": date(2026, 2, 1)})
    portfolio.do(contacts.add, project, "Ana", partner_id=lead)
    portfolio.do(contacts.add, project, "Nobody", partner_id=left)
    portfolio.do(contacts.add, project, "Officer")
    wp = portfolio.do(
        work_units.add, project, "WP2", "Handbook", values={"start_month": 3, "end_month": 9}
    ).value
    portfolio.do(
        *(work_units.add, project, "A2.1", "Draft"),
        values={"parent_id": wp, "start": date(2026, 1, 10), "end": date(2026, 2, 20)},
    )
    portfolio.do(work_units.set_share, wp, lead, amount_cents=5000)
    portfolio.do(work_units.set_share, wp, left, amount_cents=100)
    portfolio.do(
        deliverables.add,
        project,
        "D2.1",
        "Guide",
        values={"due": date(2026, 6, 30), "lead_id": lead},
    )
    portfolio.do(milestones.add, project, "MS1", "Begun", values={"due": date(2025, 10, 31)})
    first = portfolio.do(
        *(tasks.add, project, "Write"),
        code="T2.1",
        work_unit_id=wp,
        due=date(2026, 3, 2),
        tags=["x"],
    ).value
    second = portfolio.do(tasks.add, project, "Print", code="T2.2", partner_id=left).value
    portfolio.do(dependencies.link, second, first)
    portfolio.do(tasks.finish, [first], today=date(2026, 3, 1))
    again = portfolio.do(
        *(tasks.add, project, "Monthly mail"),
        code="T1.1",
        due=date(2026, 1, 5),
        recurrence="FREQ=MONTHLY;UNTIL=20270901",
    ).value
    portfolio.do(tasks.finish, [again], today=date(2026, 1, 5))
    portfolio.do(tasks.cancel, [portfolio.do(tasks.add, project, "Dropped").value])
    portfolio.do(meetings.add, project, "Kick-off", day=date(2025, 10, 9))
    portfolio.do(checklists.start, project, checklist.load()[0], "Ana", day=today)
    return project


def test_handing_in_again_copies_the_plan_without_dates_and_without_the_past(
    portfolio: Portfolio, granted: int, today: date
) -> None:
    done = portfolio.do(proposals.resubmit, granted, "SOLARIS 2", today=today)
    new = done.value
    assert done.label == "Hand in SOLARIS again as SOLARIS 2"
    for name, value in (
        ("title", "Energy"),
        ("action", "ERASMUS-SPORT-2027-SCP"),
        ("call_year", 2027),
        ("months", 24),
        ("goal", "Read a bill"),
        ("grant_cents", 250_000_00),
        ("resubmits", fact(portfolio, granted, "uid")),
        *((name, None) for name in ("start", "end", "agreement", "final_report_due", "outcome")),
    ):
        assert fact(portfolio, new, name) == value, name
    assert [row["name"] for row in rows(portfolio, Priority, new)] == ["Inclusion", "Climate"]
    (lead,) = rows(portfolio, Partner, new)
    assert (lead["acronym"], lead["role"]) == ("UAM", PartnerRole.COORDINATOR)
    assert (lead["agreement_state"], lead["joined_on"]) == (AgreementState.NONE, None)
    people = {row["name"]: row["partner_id"] for row in rows(portfolio, Contact, new)}
    assert people == {"Ana": lead["id"], "Officer": None}
    wp, activity = rows(portfolio, WorkUnit, new)
    assert (wp["start_month"], wp["end_month"], wp["start"]) == (3, 9, None)
    assert (activity["parent_id"], activity["start_month"], activity["end_month"]) == (
        wp["id"],
        4,
        5,
    )
    (share,) = rows(portfolio, Share, new)
    assert (share["partner_id"], share["amount_cents"]) == (lead["id"], 5000)
    (guide,), (begun,) = rows(portfolio, Deliverable, new), rows(portfolio, Milestone, new)
    for row, month in ((guide, 9), (begun, 1)):
        assert (row["due"], row["due_month"], row["due_precision"]) == (
            None,
            month,
            Precision.MONTH,
        )
    assert guide["lead_id"] == lead["id"]
    for table in (Meeting, Assessment):
        assert rows(portfolio, table, new) == []
    assert states(portfolio, new)["partnership"] == "under_way"


def test_its_tasks_are_open_again_and_a_series_begins_once(
    portfolio: Portfolio, granted: int, today: date
) -> None:
    new = portfolio.do(proposals.resubmit, granted, "SOLARIS 2", today=today).value
    made = {row["title"]: row for row in rows(portfolio, Task, new)}
    assert len(rows(portfolio, Task, new)) == len(made) == 3
    assert {row["state"] for row in made.values()} == {TaskState.OPEN}
    assert (made["Write"]["due"], made["Write"]["due_month"]) == (None, 6)
    assert made["Print"]["partner_id"] is None
    (link,) = rows(portfolio, TaskLink, new)
    assert (link["task_id"], link["needs_id"]) == (made["Print"]["id"], made["Write"]["id"])
    series = made["Monthly mail"]
    assert series["code"] == "T1.1"
    assert series["recurrence"].startswith("FREQ=MONTHLY")
    assert "UNTIL" not in series["recurrence"]


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 3, 5), 2026),  # the deadline itself
        (date(2026, 3, 6), 2027),
        (date(2029, 1, 10), 2029),
    ],
)
def test_the_next_call_is_one_that_can_still_be_applied_to(
    portfolio: Portfolio, granted: int, day: date, year: int
) -> None:
    new = portfolio.do(proposals.resubmit, granted, "SOLARIS 2", today=day).value
    assert fact(portfolio, new, "call_year") == year


def test_once_a_first_day_is_entered_the_months_become_days(
    portfolio: Portfolio, granted: int, today: date
) -> None:
    new = portfolio.do(proposals.resubmit, granted, "SOLARIS 2", call_year=2027, today=today).value
    portfolio.do(projects.edit, new, {"start": START}, today=today)
    (guide,) = rows(portfolio, Deliverable, new)
    assert guide["due"] == date(2028, 5, 31)


def test_one_undo_takes_all_of_it_back_and_the_old_one_is_as_it_was(
    portfolio: Portfolio, granted: int, today: date
) -> None:
    before = rows(portfolio, Task, granted), rows(portfolio, Phase, granted)
    new = portfolio.do(proposals.resubmit, granted, "SOLARIS 2", today=today).value
    assert (rows(portfolio, Task, granted), rows(portfolio, Phase, granted)) == before
    portfolio.undo()
    assert fact(portfolio, new, "acronym") is None
    for table in (Partner, WorkUnit, Task, Deliverable, Milestone, Phase):
        assert rows(portfolio, table, new) == []
    portfolio.redo()
    assert len(rows(portfolio, Task, new)) == 3


def test_a_name_that_is_taken_or_an_earlier_call_is_refused(
    portfolio: Portfolio, granted: int, today: date
) -> None:
    with pytest.raises(Refused, match="There is a project called SOLARIS already"):
        portfolio.do(proposals.resubmit, granted, "solaris", today=today)
    with pytest.raises(Refused, match="acronym"):
        portfolio.do(proposals.resubmit, granted, "  ", today=today)
    with pytest.raises(Refused, match="call of 2025: name a later one"):
        portfolio.do(proposals.resubmit, granted, "S2", call_year=2024, today=today)


def test_handing_in_again_takes_needs_objectives_and_what_serves_them_along(
    portfolio: Portfolio,
) -> None:
    made = portfolio.do(projects.add, "KLIMA", action="KA220-ADU", call_year=2025, today=START)
    old = made.value
    unit = portfolio.do(work_units.add, old, "WP2", "Handbook").value
    number = portfolio.do(indicators.add, old, "Readers").value
    need = portfolio.do(aims.add, old, AimKind.NEED, "Few read", values={"source": "survey"}).value
    objective = portfolio.do(
        aims.add, old, AimKind.OBJECTIVE, "More read", values={"parent_id": need}
    ).value
    portfolio.do(aims.link, objective, [("work_unit", unit), ("indicator", number)])
    new = portfolio.do(proposals.resubmit, old, "KLIMA2", today=START).value
    rows = portfolio.ask(aim_views.listed, new)
    assert [(row.aim.code, row.parent, row.aim.source) for row in rows] == [
        ("N1", None, "survey"), ("SO1", "N1", None),
    ]  # fmt: skip
    assert [(one.table, one.code) for one in rows[1].links] == [("work_unit", "WP2")]
    assert rows[1].links[0].id != unit
    assert len(portfolio.ask(aim_views.listed, old)[1].links) == 2
