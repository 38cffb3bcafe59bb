"""Projects: what follows from a few facts, what moves with them, and what one undo restores."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ka2tui.domain import templates
from ka2tui.domain.kinds import (
    PartnerRole,
    PhaseKind,
    PhaseState,
    Precision,
    ProjectShape,
    WorkUnitKind,
)
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.operations import checklists, meetings, partners, phases, projects, tasks
from ka2tui.queries import projects as asked
from ka2tui.store import records
from ka2tui.store.portfolio import Portfolio

pytestmark = pytest.mark.both_databases

START = date(2025, 10, 1)
NUMBER = "2025-1-ES01-KA220-SCH-000123456"


def facts(portfolio: Portfolio, project: int, today: date) -> asked.ProjectFacts:
    return portfolio.ask(asked.facts, project, today=today)


def states(portfolio: Portfolio, project: int) -> dict[PhaseKind, PhaseState]:
    def read(session: Session) -> dict[PhaseKind, PhaseState]:
        mine = select(records.Phase).where(records.Phase.project_id == project)
        return {row.kind: row.state for row in session.scalars(mine)}

    return portfolio.ask(read)


def planned(portfolio: Portfolio, kind: PhaseKind) -> tuple[date | None, date | None]:
    def read(session: Session) -> tuple[date | None, date | None]:
        row = session.scalars(select(records.Phase).where(records.Phase.kind == kind)).one()
        return row.planned_start, row.planned_end

    return portfolio.ask(read)


def rows(portfolio: Portfolio) -> dict[str, int]:
    def read(session: Session) -> dict[str, int]:
        tables = records.Record.by_table.values()
        counted = {
            table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
            for table in tables
            if table not in records.HISTORY
        }
        return {name: number for name, number in counted.items() if number}

    return portfolio.ask(read)


def test_the_agreement_number_fills_in_action_field_and_call(
    portfolio: Portfolio, today: date
) -> None:
    project = portfolio.do(
        projects.add, "SOLARIS", agreement=f"Project No: {NUMBER}", today=today
    ).value
    seen = facts(portfolio, project, today)
    assert (seen.agreement, seen.action, seen.field, seen.call_year, seen.managed_by) == (
        NUMBER,
        "KA220",
        "SCH",
        2025,
        "NA",
    )
    assert seen.agreement_doubt is None


def test_an_odd_agreement_number_is_kept_with_a_doubt(portfolio: Portfolio, today: date) -> None:
    odd = "2025-1-ESO1-KA220-SCH-000123456"
    project = portfolio.do(projects.add, "SOLARIS", agreement=odd, today=today).value
    seen = facts(portfolio, project, today)
    assert seen.agreement == odd
    assert seen.agreement_doubt is not None
    assert NUMBER in seen.agreement_doubt


@pytest.mark.parametrize(
    ("given", "months", "end"),
    [
        ({"start": START, "months": 24}, 24, date(2027, 9, 30)),
        ({"start": START, "end": date(2027, 9, 30)}, 24, date(2027, 9, 30)),
        ({"start": START, "months": 24, "end": date(2027, 12, 31)}, 24, date(2027, 12, 31)),
        ({"months": 24}, 24, None),
        ({"start": date(2025, 1, 31), "months": 1}, 1, date(2025, 2, 27)),
    ],
)
def test_months_and_last_day_follow_from_each_other_unless_both_are_given(
    portfolio: Portfolio, today: date, given: dict[str, Any], months: int, end: date | None
) -> None:
    project = portfolio.do(projects.add, "SOLARIS", **given, today=today).value
    seen = facts(portfolio, project, today)
    assert (seen.months, seen.end) == (months, end)


@pytest.mark.parametrize(
    ("action", "year", "shape"),
    [
        ("ka210-you", None, ProjectShape.ACTIVITIES),
        ("KA220-SCH", 2025, ProjectShape.WORK_PACKAGES),
        ("KA220-SCH", 2021, ProjectShape.HEADINGS),
        ("KA201", 2019, ProjectShape.HEADINGS),
        ("ERASMUS-EDU-2025-PEX-COVE", 2025, ProjectShape.WORK_PACKAGES),
        (None, None, ProjectShape.WORK_PACKAGES),
    ],
)
def test_the_action_says_how_a_project_divides_its_work(
    portfolio: Portfolio, today: date, action: str | None, year: int | None, shape: ProjectShape
) -> None:
    made = portfolio.do(projects.add, "SOLARIS", action=action, call_year=year, today=today)
    assert facts(portfolio, made.value, today).shape is shape


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"acronym": " \n "}, "acronym"),
        ({"acronym": "ÉCLAT"}, "There is a project called Eclat already"),
        ({"agreement": NUMBER}, "belongs to Eclat already"),
        ({"start": START, "end": date(2025, 9, 30)}, "before it begins"),
        ({"months": 0}, "1 to 120 months, not 0"),
        ({"months": 121}, "1 to 120 months"),
        ({"start": date(1950, 1, 1), "end": START}, "1 to 120 months"),
        ({"grant_cents": -1}, "below 0"),
        ({"currency": "euros"}, "three letters"),
        ({"currency": None}, "three letters"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    portfolio: Portfolio, today: date, given: dict[str, Any], says: str
) -> None:
    portfolio.do(projects.add, "Eclat", agreement=NUMBER, today=today)
    before = rows(portfolio)
    with pytest.raises(Refused, match=says):
        portfolio.do(projects.add, **{"acronym": "OTHER", "today": today, **given})
    assert rows(portfolio) == before


def test_a_running_project_starts_where_its_dates_say(portfolio: Portfolio, today: date) -> None:
    project = portfolio.do(projects.add, "SOLARIS", start=START, months=24, today=today).value
    seen = states(portfolio, project)
    assert [seen[kind] for kind in PhaseKind] == [
        *[PhaseState.DONE] * 4,
        PhaseState.UNDER_WAY,
        PhaseState.UNDER_WAY,
    ]
    assert facts(portfolio, project, today).phase is PhaseKind.IMPLEMENTATION
    assert facts(portfolio, project, today).month == 14


def test_a_project_without_dates_begins_with_its_partners(
    portfolio: Portfolio, today: date
) -> None:
    project = portfolio.do(projects.add, "IDEA", today=today).value
    seen = states(portfolio, project)
    assert [kind for kind in PhaseKind if seen[kind] is PhaseState.UNDER_WAY] == [
        PhaseKind.PARTNERSHIP
    ]


def test_an_agreement_means_that_it_was_applied_for_but_a_form_number_does_not(
    portfolio: Portfolio, today: date
) -> None:
    agreed = portfolio.do(projects.add, "AGREED", agreement=NUMBER, today=today).value
    applied = portfolio.do(projects.add, "FORM", agreement="KA210-SCH-5B5F9374", today=today).value
    assert states(portfolio, agreed)[PhaseKind.PROPOSAL] is PhaseState.DONE
    assert states(portfolio, agreed)[PhaseKind.FUNDING] is PhaseState.UNDER_WAY
    assert states(portfolio, applied)[PhaseKind.PROPOSAL] is PhaseState.AHEAD


def test_another_first_day_moves_end_phases_and_what_was_planned_in_months(
    portfolio: Portfolio, today: date
) -> None:
    project = portfolio.do(projects.add, "SOLARIS", start=START, months=24, today=today).value
    portfolio.do(tasks.add, project, "planned", due_month=3)
    portfolio.do(tasks.add, project, "on a day", due=date(2026, 1, 15))
    day = date(2025, 11, 1)
    month = Precision.MONTH
    portfolio.do(meetings.add, project, "kick-off", day=day, month=2, precision=month)
    portfolio.do(projects.edit, project, {"start": date(2025, 12, 1)}, today=today)

    def read(session: Session) -> tuple[list[date | None], date | None]:
        due = session.scalars(select(records.Task.due).order_by(records.Task.id)).all()
        return list(due), session.scalar(select(records.Meeting.day))

    assert portfolio.ask(read) == (
        [date(2026, 2, 28), date(2026, 1, 15)],
        date(2026, 1, 1),
    )
    assert facts(portfolio, project, today).end == date(2027, 11, 30)
    assert planned(portfolio, PhaseKind.IMPLEMENTATION) == (date(2025, 12, 1), date(2027, 11, 30))
    portfolio.undo()
    assert portfolio.ask(read)[0][0] == date(2025, 12, 31)
    assert facts(portfolio, project, today).end == date(2027, 9, 30)


def test_dates_and_steps_somebody_entered_stay_when_the_first_day_moves(
    portfolio: Portfolio, today: date
) -> None:
    project = portfolio.do(projects.add, "SOLARIS", start=START, months=24, today=today).value

    def of(kind: PhaseKind) -> int:
        def read(session: Session) -> int:
            return session.scalars(select(records.Phase.id).where(records.Phase.kind == kind)).one()

        return portfolio.ask(read)

    entered = {"planned_start": date(2025, 2, 1), "planned_end": date(2025, 11, 15)}
    portfolio.do(phases.edit, of(PhaseKind.FUNDING), entered, today=today)
    portfolio.do(phases.reopen, of(PhaseKind.PROPOSAL))
    portfolio.do(projects.edit, project, {"start": date(2027, 12, 1)}, today=today)
    assert planned(portfolio, PhaseKind.FUNDING) == (date(2025, 2, 1), date(2025, 11, 15))
    assert planned(portfolio, PhaseKind.GOAL) == (date(2026, 12, 1), date(2027, 3, 31))
    assert states(portfolio, project)[PhaseKind.IMPLEMENTATION] is PhaseState.AHEAD


def test_an_end_that_the_agreement_sets_stays_when_the_months_change(
    portfolio: Portfolio, today: date
) -> None:
    project = portfolio.do(
        projects.add, "SOLARIS", start=START, months=24, end=date(2027, 12, 31), today=today
    ).value
    portfolio.do(projects.edit, project, {"months": 26}, today=today)
    assert facts(portfolio, project, today).end == date(2027, 12, 31)
    portfolio.do(projects.edit, project, {"end": date(2028, 3, 31)}, today=today)
    assert facts(portfolio, project, today).months == 30


def test_an_edit_leaves_alone_what_somebody_else_changed(portfolio: Portfolio, today: date) -> None:
    project = portfolio.do(projects.add, "SOLARIS", title="Sun", today=today).value
    portfolio.do(projects.edit, project, {"title": "Sun for schools"}, today=today)
    conflicts = portfolio.do(
        projects.edit,
        project,
        {"title": "Sunlight", "goal": "Light"},
        {"title": "Sun", "goal": None},
        today=today,
    ).value
    assert [(one.field, one.theirs) for one in conflicts] == [("title", "Sun for schools")]
    seen = facts(portfolio, project, today)
    assert (seen.title, seen.goal) == ("Sun for schools", "Light")


def test_removing_takes_everything_of_it_and_one_undo_brings_it_back(
    portfolio: Portfolio, today: date
) -> None:
    other = portfolio.do(projects.add, "OTHER", today=today).value
    only_other = rows(portfolio)
    template = templates.find("KA220")
    project = portfolio.do(
        projects.add_from_template,
        template,
        "SOLARIS",
        start=START,
        coordinator="Universidad",
        country="ES",
        today=today,
    ).value
    parent = portfolio.do(tasks.add, project, "whole", tags=["x"]).value
    portfolio.do(tasks.add, project, "part", parent_id=parent)
    portfolio.do(partners.add, project, "Università", country="IT")
    from ka2tui.domain import checklist

    portfolio.do(checklists.start, project, checklist.find("goal"), "Ana", day=today)
    full = rows(portfolio)
    gone = portfolio.do(projects.remove, project)
    assert gone.label == "Remove project SOLARIS"
    assert rows(portfolio) == only_other
    assert [row.id for row in portfolio.ask(asked.choices)] == [other]
    portfolio.undo()
    assert rows(portfolio) == full
    assert facts(portfolio, project, today).coordinator == "Universidad"
    portfolio.check_history()


def test_a_template_brings_a_whole_plan_with_dates_and_money(
    portfolio: Portfolio, today: date
) -> None:
    made = portfolio.do(
        projects.add_from_template,
        templates.find("KA220-SCH"),
        "SOLARIS",
        start=START,
        grant_cents=12_000_001,
        coordinator="Universidad",
        country="Spain",
        today=today,
    )

    def read(session: Session) -> tuple[Any, ...]:
        units = session.scalars(select(records.WorkUnit)).all()
        one = session.scalars(select(records.Task).where(records.Task.code == "T1.3")).one()
        meeting = session.scalars(select(records.Meeting).order_by(records.Meeting.id)).first()
        partner = session.scalars(select(records.Partner)).one()
        assert meeting is not None
        return (
            sum(unit.amount_cents or 0 for unit in units),
            {unit.kind for unit in units},
            {unit.lead_id for unit in units} == {partner.id},
            (one.due, one.due_month, len(one.links)),
            (meeting.day, meeting.precision, len(meeting.agenda) > 3),
            (partner.role, partner.country, partner.zone),
        )

    assert portfolio.ask(read) == (
        12_000_001,
        {WorkUnitKind.WORK_PACKAGE, WorkUnitKind.ACTIVITY},
        True,
        (date(2025, 12, 31), 3, 1),
        (date(2025, 11, 1), Precision.MONTH, True),
        (PartnerRole.COORDINATOR, "ES", "Europe/Madrid"),
    )
    assert "from “Cooperation Partnership" in made.label
    portfolio.undo()
    assert rows(portfolio) == {}


def test_a_longer_project_stretches_the_template_and_nothing_lies_outside(
    portfolio: Portfolio, today: date
) -> None:
    project = portfolio.do(
        projects.add_from_template, templates.find("KA220"), "LONG", start=START, months=36,
        today=today,
    ).value  # fmt: skip

    def read(session: Session) -> tuple[int | None, int | None]:
        last = session.scalar(select(func.max(records.WorkUnit.end_month)))
        return last, session.scalar(select(func.min(records.WorkUnit.start_month)))

    assert portfolio.ask(read) == (36, 1)
    assert facts(portfolio, project, today).months == 36


def test_a_plan_without_first_day_gets_its_dates_when_that_is_entered(
    portfolio: Portfolio, today: date
) -> None:
    project = portfolio.do(
        projects.add_from_template, templates.find("KA210"), "SMALL", today=today
    ).value

    def due(session: Session) -> list[date | None]:
        return list(session.scalars(select(records.Deliverable.due)))

    assert set(portfolio.ask(due)) == {None}
    portfolio.do(projects.edit, project, {"start": START}, today=today)
    assert None not in portfolio.ask(due)
    assert facts(portfolio, project, today).shape is ProjectShape.ACTIVITIES


def test_an_unknown_country_leaves_no_project_behind(portfolio: Portfolio, today: date) -> None:
    with pytest.raises(Misread):
        portfolio.do(
            projects.add_with_coordinator, "X", coordinator="Uni", country="Atlantis", today=today
        )
    assert rows(portfolio) == {}
