from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.application import Standing
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.kinds import AgencyAnswer, Handling, MeetingKind, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.operations import (
    application,
    deliverables,
    meetings,
    milestones,
    partners,
    projects,
    work_units,
)
from ka2tui.queries import application as views
from ka2tui.queries import problems

if TYPE_CHECKING:
    from ka2tui.queries.application import Row
    from ka2tui.store.portfolio import Portfolio

ODD = "[red]Zeszyt[/] =1+1 🦊"


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    made = portfolio.do(
        projects.add, "SOLARIS", start=date(2026, 1, 1), months=24, grant_cents=250_000_00,
        today=today,
    ).value  # fmt: skip
    lead = portfolio.do(partners.add, made, "Uni Lodz", acronym="ULODZ", country="PL").value
    other = portfolio.do(partners.add, made, "Kmop", acronym="KMOP", country="GR").value
    portfolio.do(
        work_units.add, made, "WP2", "Course",
        values={"start_month": 3, "end_month": 12, "lead_id": lead, "amount_cents": 50_000_00},
    )  # fmt: skip
    portfolio.do(
        deliverables.add, made, "D2.1", ODD,
        values={"due_month": 12, "due_precision": Precision.MONTH, "lead_id": other,
                "languages": "EN, PL"},
    )  # fmt: skip
    portfolio.do(milestones.add, made, "MS1", "Begun", values={"due": date(2026, 3, 1)})
    portfolio.do(
        meetings.add, made, "TPM3 Kraków", kind=MeetingKind.TPM, day=date(2027, 5, 12),
        city="Kraków",
    )  # fmt: skip
    return made


def event(portfolio: Portfolio, project: int, title: str, kind: MeetingKind) -> None:
    portfolio.do(meetings.add, project, title, kind=kind, day=date(2027, 2, 1))


def rows(portfolio: Portfolio, project: int, today: date) -> tuple[Row, ...]:
    return portfolio.ask(views.listed, project, today=today).rows


def freeze(portfolio: Portfolio, project: int, today: date, **more: str) -> int:
    return portfolio.do(application.freeze, project, on=today, today=today, **more).value


def test_nothing_departs_from_an_application_that_was_just_kept(
    portfolio: Portfolio, project: int, today: date
) -> None:
    assert freeze(portfolio, project, today) > 10
    seen = portfolio.ask(views.listed, project, today=today)
    assert seen.rows == ()
    assert seen.approved_on == today
    assert "M11" in seen.note  # it was kept long after the start


def test_what_differs_in_one_record_stands_in_one_row_with_its_day(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(work_units.edit, 1, {"end_month": 14, "lead_id": 2, "amount_cents": 45_000_00})
    (row,) = rows(portfolio, project, today)
    assert row.said == "WP2 Course"
    assert row.what == "end M12 → M14; lead ULODZ → KMOP; money € 50 000 → € 45 000"
    assert row.standing is Standing.OPEN
    assert row.since is not None
    assert [it.since for it in row.items] == [row.since] * 3


def test_what_was_taken_away_and_what_came_counts_too(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(milestones.remove, [1])
    event(portfolio, project, "Training", MeetingKind.TRAINING)
    event(portfolio, project, "Monthly call", MeetingKind.ONLINE)
    told = {row.said: row.what for row in rows(portfolio, project, today)}
    assert told == {"MS1 Begun": "removed", "Training": "added, not in the application"}
    portfolio.undo()
    portfolio.undo()
    portfolio.undo()
    assert not rows(portfolio, project, today)


def test_several_are_explained_in_one_step_and_one_undo(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(work_units.edit, 1, {"end_month": 14})
    portfolio.do(deliverables.edit, 1, {"languages": "EN"})
    spots = [spot for row in rows(portfolio, project, today) for spot in row.spots]
    done = portfolio.do(
        application.explain, project, spots,
        {"why": ODD, "handling": Handling.AMENDMENT, "asked_on": today},
    )  # fmt: skip
    assert done.label == "Explain 2 departures"
    found = rows(portfolio, project, today)
    assert [(row.why, row.standing) for row in found] == [(ODD, Standing.WAITING)] * 2
    portfolio.undo()
    assert all(row.unexplained for row in rows(portfolio, project, today))


def test_an_answer_cannot_come_before_the_question(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(work_units.edit, 1, {"end_month": 14})
    spots = rows(portfolio, project, today)[0].spots
    dates = {"asked_on": today, "answered_on": today - timedelta(days=1)}
    with pytest.raises(Refused, match="cannot have answered before"):
        portfolio.do(application.explain, project, spots, dates)


def test_what_changes_once_more_has_to_be_explained_once_more(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(work_units.edit, 1, {"end_month": 14})
    spots = rows(portfolio, project, today)[0].spots
    said = {"why": "flood", "handling": Handling.AGENCY_TOLD}
    portfolio.do(application.explain, project, spots, said)
    assert rows(portfolio, project, today)[0].standing is Standing.EXPLAINED
    portfolio.do(work_units.edit, 1, {"end_month": 16})
    assert rows(portfolio, project, today)[0].standing is Standing.AGAIN
    portfolio.do(application.explain, project, spots, said)  # it still holds
    assert rows(portfolio, project, today)[0].standing is Standing.EXPLAINED


def test_what_the_agency_accepted_is_promised_from_then_on(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(work_units.edit, 1, {"end_month": 14})
    portfolio.do(milestones.remove, [1])
    event(portfolio, project, "Training", MeetingKind.TRAINING)
    spots = [spot for row in rows(portfolio, project, today) for spot in row.spots]
    portfolio.do(application.accept, project, spots, on=today)
    settled = rows(portfolio, project, today)
    assert {row.standing for row in settled} == {Standing.ACCEPTED}
    assert {row.answer for row in settled} == {AgencyAnswer.ACCEPTED}
    (unit,) = (row for row in settled if row.about == "work_unit")
    assert unit.notes == "end: promised until 22 Nov 2026: M12; since then: M14."
    assert unit.what == "end M14"
    with pytest.raises(Refused, match="as it was promised already"):
        portfolio.do(application.accept, project, spots, on=today)
    portfolio.do(work_units.edit, 1, {"end_month": 15})
    (again,) = (row for row in rows(portfolio, project, today) if row.about == "work_unit")
    assert (again.what, again.standing) == ("end M14 → M15", Standing.AGAIN)


def test_what_was_refused_is_not_taken_over(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(work_units.edit, 1, {"end_month": 14})
    spots = rows(portfolio, project, today)[0].spots
    said = {"why": "x", "handling": Handling.AMENDMENT, "answer": AgencyAnswer.REFUSED}
    portfolio.do(application.explain, project, spots, said)
    assert rows(portfolio, project, today)[0].standing is Standing.REFUSED
    with pytest.raises(Refused, match="the agency refused this"):
        portfolio.do(application.accept, project, spots, on=today)


def test_keeping_it_anew_asks_why_and_undo_brings_the_old_one_back(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(work_units.edit, 1, {"end_month": 14})
    with pytest.raises(Refused, match="Say why it is kept anew: 1 difference"):
        freeze(portfolio, project, today)
    assert portfolio.ask(views.would_replace, project) == ("WP2 Course: end M12 → M14",)
    freeze(portfolio, project, today, reason="amendment 1")
    assert not rows(portfolio, project, today)
    portfolio.undo()
    assert rows(portfolio, project, today)[0].what == "end M12 → M14"


def test_nothing_is_kept_of_a_day_to_come_or_of_an_empty_project(
    portfolio: Portfolio, project: int, today: date
) -> None:
    with pytest.raises(Refused, match="still to come"):
        portfolio.do(application.freeze, project, on=today + timedelta(days=1), today=today)
    empty = portfolio.do(projects.add, "EMPTY", today=today).value
    with pytest.raises(Refused, match="nothing to keep"):
        freeze(portfolio, empty, today)


def test_moving_the_first_day_is_one_departure_and_months_stay_promised(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(projects.edit, project, {"start": date(2026, 2, 1)}, today=today)
    told = {row.said for row in rows(portfolio, project, today)}
    assert "SOLARIS" in told
    assert not any(name.startswith(("WP2", "D2.1")) for name in told)


def test_departures_are_found_by_number_code_and_part(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(work_units.edit, 1, {"end_month": 14, "lead_id": 2})

    def found(*said: str) -> list[str]:
        return [it.field for it in portfolio.ask(views.find, project, said, today=today)]

    assert found("wp2") == ["end", "lead"]
    assert found("WP2.lead") == ["lead"]
    assert found(str(rows(portfolio, project, today)[0].id), "WP2 course.end") == ["end", "lead"]
    with pytest.raises(Refused, match="nothing of that name departs"):
        found("WP3")


def test_the_changes_of_a_period_are_those_of_its_days(
    portfolio: Portfolio, project: int, today: date
) -> None:
    freeze(portfolio, project, today)
    portfolio.do(work_units.edit, 1, {"end_month": 14})
    day = rows(portfolio, project, today)[0].since
    assert day is not None
    assert portfolio.ask(views.changes_of, project, day, day, today=today)
    later = day + timedelta(days=1)
    assert not portfolio.ask(views.changes_of, project, later, later, today=today)


def test_figures_add_up_to_what_is_listed(portfolio: Portfolio, project: int, today: date) -> None:
    freeze(portfolio, project, today)
    portfolio.do(work_units.edit, 1, {"end_month": 14, "lead_id": 2})
    event(portfolio, project, "Training", MeetingKind.TRAINING)
    told = {
        it.name: it
        for it in portfolio.ask(lambda session: [*views.figures(session, project, today)])
    }
    assert told["application.departures"].value == 3
    assert all(it.adds_up for it in told.values())


def test_a_check_tells_what_is_to_be_explained_asked_for_and_answered(
    portfolio: Portfolio, project: int, today: date
) -> None:
    def told(day: date) -> list[tuple[str, str]]:
        seen = portfolio.ask(problems.problems, project, today=day, stage=Stage.RUNNING)
        return [(it.text, it.why) for it in seen.rows if it.number in (619, 621, 622)]

    assert told(today) == []
    freeze(portfolio, project, today)
    assert told(today) == []
    portfolio.do(work_units.edit, 1, {"end_month": 14})
    ((text, why),) = told(today)
    assert text == "It departs from the application, and nobody says why: end M12 → M14."
    assert "until a month before the end" not in why
    ((_, why),) = told(date(2027, 12, 1))  # the project ends on 31 December
    assert "usually possible until a month before the end; ask your agency" in why
    spots = rows(portfolio, project, today)[0].spots
    said = {"why": "flood", "handling": Handling.AMENDMENT}
    portfolio.do(application.explain, project, spots, said)
    assert told(today)[0][0] == "The amendment is still to be asked for: end M12 → M14."
    portfolio.do(application.explain, project, spots, {"asked_on": today - timedelta(days=9)})
    assert told(today) == [
        ("The agency has not answered: end M12 → M14.", "It was asked on 13 Nov 2026, 9 d ago.")
    ]
