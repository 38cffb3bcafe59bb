"""Meetings planned from templates and as series; a meeting and all later ones together."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from ka2tui.domain import meeting_series as rules
from ka2tui.domain import meeting_templates as templates
from ka2tui.domain.kinds import MeetingKind, MeetingMode, MeetingState, OutcomeKind, PartnerRole
from ka2tui.domain.refusal import Refused
from ka2tui.operations import (
    meeting_plans,
    meeting_series,
    meeting_tasks,
    meetings,
    outcomes,
    partners,
    projects,
    tasks,
)
from ka2tui.queries import meetings as views
from ka2tui.store.records import Meeting, Task

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 22)
START, END = date(2025, 10, 1), date(2027, 9, 30)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    made = portfolio.do(projects.add, "SOLARIS", start=START, months=24, today=TODAY).value
    portfolio.do(
        partners.add,
        made,
        "Universidad",
        acronym="UA",
        role=PartnerRole.COORDINATOR,
        zone="Europe/Madrid",
    )
    portfolio.do(partners.add, made, "Kentro", acronym="KMOP", zone="Europe/Athens")
    return made


def days(text: str, first: date | None = None) -> tuple[date, ...]:
    return rules.read(text, first=first, today=TODAY, start=START, end=END).days


def plan(portfolio: Portfolio, project: int, title: str, **more: Any) -> Any:
    values = more.pop("values", {})
    return portfolio.do(meeting_plans.plan, project, title, values, today=TODAY, **more)


def all_meetings(portfolio: Portfolio) -> list[Meeting]:
    return portfolio.ask(
        lambda session: list(session.scalars(select(Meeting).order_by(Meeting.id)))
    )


def all_tasks(portfolio: Portfolio) -> list[Task]:
    return portfolio.ask(lambda session: list(session.scalars(select(Task).order_by(Task.id))))


# -- templates


def test_a_template_brings_points_tasks_and_what_is_not_said(
    portfolio: Portfolio, project: int
) -> None:
    done = plan(
        portfolio,
        project,
        "TPM3 Kraków",
        template=templates.find("transnational"),
        values={"day": date(2027, 2, 3), "at": time(9, 0), "host_id": 2},
    )
    assert done.label == "Add meeting TPM3 Kraków"
    (made,) = done.value
    found = portfolio.ask(views.one, made, today=TODAY)
    row = found.row
    assert (row.kind, row.mode, row.minutes_long) == (MeetingKind.TPM, MeetingMode.IN_PERSON, 660)
    assert (row.day, row.end_day) == (date(2027, 2, 3), date(2027, 2, 4))
    assert row.template == "transnational"
    assert [item.title for item in found.agenda][:2] == [
        "Welcome, attendance list, what is still open from last time",
        "Where the work packages stand",
    ]
    assert found.agenda[0].presenter == "KMOP"  # the host
    assert row.minutes_planned == 660
    due = {task.title: (task.due, task.partner_id) for task in all_tasks(portfolio)}
    assert due["Send the agenda of TPM3 Kraków"] == (date(2027, 1, 4), 1)
    assert due["Send the minutes of TPM3 Kraków"] == (date(2027, 2, 14), 1)
    assert len(due) == 6
    portfolio.undo()  # one step takes all of it back
    assert all_meetings(portfolio) == []
    assert all_tasks(portfolio) == []


def test_what_is_said_wins_over_the_template(portfolio: Portfolio, project: int) -> None:
    values = {
        "kind": MeetingKind.OTHER,
        "minutes_long": 30,
        "day": date(2027, 2, 3),
        "end_day": date(2027, 2, 5),
    }
    (made,) = plan(
        portfolio,
        project,
        "Call",
        template=templates.find("online"),
        values=values,
        with_tasks=False,
    ).value
    row = portfolio.ask(views.one, made, today=TODAY).row
    assert (row.kind, row.minutes_long, row.end_day) == (MeetingKind.OTHER, 30, date(2027, 2, 5))
    assert all_tasks(portfolio) == []


def test_what_should_be_done_already_is_due_today(portfolio: Portfolio, project: int) -> None:
    done = plan(
        portfolio,
        project,
        "Soon",
        template=templates.find("transnational"),
        values={"day": date(2026, 12, 3)},
    )
    assert done.label == "Add meeting Soon; 3 tasks whose day has passed due today"
    due = {task.title: task.due for task in all_tasks(portfolio)}
    assert due["Send the agenda of Soon"] == TODAY
    assert due["Send the minutes of Soon"] == date(2026, 12, 14)


def test_what_is_over_brings_no_tasks_and_what_has_no_date_tasks_without_one(
    portfolio: Portfolio, project: int
) -> None:
    online = templates.find("online")
    plan(portfolio, project, "Past", template=online, values={"day": date(2026, 3, 2)})
    assert all_tasks(portfolio) == []
    plan(portfolio, project, "Some day", template=online)
    assert [task.due for task in all_tasks(portfolio)] == [None, None]


# -- tasks that move along


def move(portfolio: Portfolio, meeting: int, values: dict[str, Any], **more: Any) -> Any:
    return portfolio.do(
        meeting_tasks.move,
        meeting,
        values,
        templates=templates.found().entries,
        today=TODAY,
        **more,
    )


def test_tasks_of_a_template_move_with_their_meeting_in_one_step(
    portfolio: Portfolio, project: int
) -> None:
    first = date(2027, 3, 2)
    transnational = templates.find("transnational")
    made = plan(portfolio, project, "TPM4", template=transnational, values={"day": first}).value[0]
    mine, renamed, closed, *rest = all_tasks(portfolio)
    portfolio.do(tasks.edit, mine.id, {"due": date(2027, 1, 4)})
    portfolio.do(tasks.edit, renamed.id, {"title": "Mine now"})
    portfolio.do(tasks.finish, [closed.id], today=TODAY)
    before = {task.id: task.due for task in all_tasks(portfolio)}
    done = move(portfolio, made, {"day": date(2027, 3, 9)})
    assert done.value.tasks == tuple(task.title for task in rest)
    assert done.label.startswith(f"Move TPM4 with {len(rest)} tasks: ")
    after = {task.id: task.due for task in all_tasks(portfolio)}
    for task in rest:
        was, now = before[task.id], after[task.id]
        assert was is not None
        assert now is not None
        assert (now - was).days == 7
    for stays in (mine, renamed, closed):
        assert after[stays.id] == before[stays.id]
    portfolio.undo()
    assert {task.id: task.due for task in all_tasks(portfolio)} == before


def test_tasks_of_a_series_follow_each_their_own_meeting_and_name_its_new_day(
    portfolio: Portfolio, project: int
) -> None:
    made = plan(
        portfolio,
        project,
        "Online meeting",
        template=templates.find("online"),
        days=days("first Tuesday of each month until M18"),
    ).value
    before = all_tasks(portfolio)
    done = move(portfolio, made[1], {"day": date(2027, 1, 7)}, later=True)
    assert len(done.value.tasks) == 2 * (len(made) - 1)
    after = {task.id: task for task in all_tasks(portfolio)}
    moved = [task for task in before if after[task.id].due != task.due]
    assert len(moved) == len(done.value.tasks)
    days_on = [
        (now - it.due).days for it in moved if it.due is not None and (now := after[it.id].due)
    ]
    assert days_on == [2] * len(moved)
    assert any(after[it.id].title.endswith("(7 Jan 2027)") for it in moved)
    assert not any("(5 Jan 2027)" in it.title for it in after.values())


def test_nothing_follows_where_the_days_stay(portfolio: Portfolio, project: int) -> None:
    online = templates.find("online")
    made = plan(
        portfolio, project, "Call", template=online, values={"day": date(2027, 3, 2)}
    ).value[0]
    assert move(portfolio, made, {"place": "Online room"}).value.tasks == ()
    assert move(portfolio, made, {"day": None}).value.tasks == ()


# -- series


def test_a_series_is_made_in_one_step(portfolio: Portfolio, project: int) -> None:
    done = plan(
        portfolio,
        project,
        "Online meeting",
        template=templates.find("online"),
        values={"at": time(10, 0), "zone": "Europe/Madrid"},
        days=days("first Tuesday of each month until M24"),
    )
    assert done.label == "Add 10 meetings: Online meeting"
    found = all_meetings(portfolio)
    assert [each.day for each in found][:2] == [date(2026, 12, 1), date(2027, 1, 5)]
    assert len({each.series for each in found}) == 1
    rows = portfolio.ask(views.listed, project, today=TODAY)
    assert {row.local.hour for row in rows if row.local} == {10}  # in summer too
    titles = [task.title for task in all_tasks(portfolio)]
    assert len(titles) == len(set(titles)) == 20  # each names the day of its meeting
    assert titles[0] == "Send agenda and link of Online meeting (1 Dec 2026)"
    portfolio.undo()
    assert all_meetings(portfolio) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [({"code": "OM"}, "A code is that of one meeting")],
)
def test_what_a_series_cannot_have_is_refused(
    portfolio: Portfolio, project: int, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        plan(portfolio, project, "Call", values=values, days=days("monthly until M24"))


@pytest.fixture
def series(portfolio: Portfolio, project: int) -> list[int]:
    made: list[int] = plan(
        portfolio,
        project,
        "Call",
        values={"at": time(10, 0), "zone": "Europe/Madrid", "day": date(2026, 12, 1)},
        days=days("monthly until 1 Apr 2027", date(2026, 12, 1)),
    ).value
    return made


def when(portfolio: Portfolio) -> list[tuple[date | None, int]]:
    rows = portfolio.ask(views.listed, 1, today=TODAY)
    return sorted((row.day, row.local.hour) for row in rows if row.local and row.day)


def test_this_and_all_later_ones_move_by_as_much(portfolio: Portfolio, series: list[int]) -> None:
    done = portfolio.do(meeting_series.move, series[2], date(2027, 2, 3), at=time(11, 0))
    assert done.label == ("Move Call and 2 later ones: 1 Feb 2027 10:00 → 3 Feb 2027 11:00")
    assert when(portfolio) == [
        (date(2026, 12, 1), 10),
        (date(2027, 1, 1), 10),
        (date(2027, 2, 3), 11),
        (date(2027, 3, 3), 11),
        (date(2027, 4, 3), 11),
    ]
    portfolio.undo()
    assert len({hour for _, hour in when(portfolio)}) == 1


def test_what_is_shared_is_edited_and_what_is_its_own_is_not(
    portfolio: Portfolio, series: list[int]
) -> None:
    values = {"title": "Monday call", "link": "https://call", "notes": "for this one", "code": "C"}
    done = portfolio.do(meeting_series.edit, series[3], values)
    assert done.label == "Edit Monday call and 1 later one"
    found = all_meetings(portfolio)
    assert [each.title for each in found] == ["Call"] * 3 + ["Monday call"] * 2
    assert [each.notes for each in found] == [None] * 3 + ["for this one", None]
    assert [each.code for each in found] == [None] * 3 + ["C", None]


def test_another_day_in_a_form_moves_the_later_ones_too(
    portfolio: Portfolio, series: list[int]
) -> None:
    values = {"day": date(2027, 3, 2), "end_day": date(2027, 3, 3), "month": None}
    portfolio.do(meeting_series.edit, series[3], values)
    found = all_meetings(portfolio)
    assert [(each.day, each.end_day) for each in found][2:] == [
        (date(2027, 2, 1), None),
        (date(2027, 3, 2), date(2027, 3, 3)),
        (date(2027, 4, 2), date(2027, 4, 3)),
    ]


def test_what_was_held_stays_and_the_rest_is_removed(
    portfolio: Portfolio, series: list[int]
) -> None:
    portfolio.do(meetings.set_state, [series[4]], MeetingState.HELD)
    done = portfolio.do(meeting_series.remove, series[1])
    assert done.label == "Remove 3 meetings from 1 Jan 2027 on: Call"
    assert [each.id for each in all_meetings(portfolio)] == [series[0], series[4]]


def test_one_that_is_of_no_series_has_no_later_ones(portfolio: Portfolio, project: int) -> None:
    (alone,) = plan(portfolio, project, "Alone", values={"day": date(2026, 12, 1)}).value
    with pytest.raises(Refused, match="Alone is not one of a series"):
        portfolio.do(meeting_series.remove, alone)


def test_actions_go_from_one_meeting_of_a_series_to_the_next(
    portfolio: Portfolio, project: int, series: list[int]
) -> None:
    (tpm,) = plan(portfolio, project, "TPM", values={"day": date(2026, 12, 10)}).value
    other = plan(portfolio, project, "Board", days=days("every month on the 5th until M24")).value
    portfolio.do(outcomes.add, series[0], OutcomeKind.ACTION, "Of the series")
    portfolio.do(outcomes.add, tpm, OutcomeKind.ACTION, "Of the TPM")
    portfolio.do(outcomes.add, other[0], OutcomeKind.ACTION, "Of the board")

    def left(meeting: int) -> dict[str, int]:
        found = portfolio.ask(views.one, meeting, today=TODAY)
        return {each.task.title: each.times for each in found.carried}

    assert left(series[1]) == {"Of the series": 1, "Of the TPM": 1}
    assert left(series[2])["Of the series"] == 2  # the TPM and the board between do not count
    assert left(other[1]) == {"Of the board": 1, "Of the TPM": 2}
    (late,) = plan(portfolio, project, "TPM4", values={"day": date(2027, 1, 20)}).value
    assert set(left(late)) == {"Of the series", "Of the TPM", "Of the board"}
