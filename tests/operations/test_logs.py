"""The log: written, decided, taken up from minutes, led on to changes and tasks."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.kinds import LogKind, LogState, OutcomeKind
from ka2tui.domain.refusal import Refused
from ka2tui.operations import logs, meetings, outcomes, projects, risks
from ka2tui.queries import logs as asked
from ka2tui.queries import tasks as asked_tasks
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)
HELD = date(2026, 11, 10)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(projects.add, "SOLAR", start=date(2025, 12, 1), months=24, today=DAY).value


def add(
    portfolio: Portfolio,
    project: int,
    kind: LogKind = LogKind.ISSUE,
    title: str = "No ink",
    **values: object,
) -> int:
    return portfolio.do(logs.add, project, kind, title, today=DAY, values=values).value


def line(portfolio: Portfolio, key: int) -> asked.LogRow:
    return portfolio.ask(asked.one, key, today=DAY).row


def decision(portfolio: Portfolio, project: int, text: str = "Buy ink") -> tuple[int, int]:
    """Note a decision in minutes; give the meeting and the line."""
    meeting = portfolio.do(meetings.add, project, "TPM1", day=HELD).value
    outcome = portfolio.do(outcomes.add, meeting, OutcomeKind.DECISION, text).value
    return meeting, outcome


def test_each_kind_has_codes_of_its_own(portfolio: Portfolio, project: int) -> None:
    keys = [add(portfolio, project, kind) for kind in (*LogKind, LogKind.ISSUE)]
    assert [line(portfolio, key).code for key in keys] == ["IS1", "DE1", "CH1", "IS2"]


def test_a_decision_with_the_day_on_which_it_was_taken_is_taken(
    portfolio: Portfolio, project: int
) -> None:
    taken = add(portfolio, project, LogKind.DECISION, decided_on=date(2026, 11, 10))
    assert line(portfolio, taken).state is LogState.DECIDED
    later = add(portfolio, project, LogKind.DECISION)
    portfolio.do(logs.edit, later, {"decided_on": date(2026, 11, 11)})
    assert line(portfolio, later).state is LogState.DECIDED
    asked = add(portfolio, project, LogKind.CHANGE, decided_on=date(2026, 11, 10))
    assert line(portfolio, asked).state is LogState.OPEN


def test_a_kind_refuses_what_it_has_not(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Refused, match="A decision has no urgency"):
        add(portfolio, project, LogKind.DECISION, urgency=3)
    with pytest.raises(Refused, match="An issue has no decided by"):
        add(portfolio, project, LogKind.ISSUE, decided_by="Ana")
    with pytest.raises(Refused, match="is no issue"):
        add(portfolio, project, LogKind.CHANGE, issue_id=add(portfolio, project, LogKind.DECISION))
    with pytest.raises(Refused, match="from 1 to 5"):
        add(portfolio, project, size=9)


def test_an_issue_is_taken_in_work_and_settled(portfolio: Portfolio, project: int) -> None:
    key = add(portfolio, project, due=date(2026, 11, 20))
    assert line(portfolio, key).late
    done = portfolio.do(logs.move, [key], LogState.GOING_ON, today=DAY)
    assert done.label == "Mark IS1 “No ink” as in work"
    portfolio.do(logs.move, [key], LogState.DONE, today=DAY, solution="Bought\ntwo bottles")
    seen = line(portfolio, key)
    assert (seen.closed_on, seen.solution, seen.late) == (DAY, "Bought\ntwo bottles", False)
    assert seen.state_word == "settled"
    with pytest.raises(Refused, match="is so already"):
        portfolio.do(logs.move, [key], LogState.DONE, today=DAY)
    portfolio.do(logs.move, [key], LogState.OPEN, today=DAY)
    assert line(portfolio, key).closed_on is None


def test_a_change_is_decided_and_implemented(portfolio: Portfolio, project: int) -> None:
    issue = add(portfolio, project, urgency=4, description="[red]empty")
    made = portfolio.do(logs.make_change, issue, today=DAY)
    assert made.label == "Make the change CH1 “No ink” of IS1 “No ink”"
    change = line(portfolio, made.value)
    assert (change.issue_id, change.urgency, change.description) == (issue, 4, "[red]empty")
    portfolio.do(logs.decide, [made.value], on=HELD, by="Steering board", said="Yes, two bottles")
    seen = line(portfolio, made.value)
    assert (seen.state, seen.decided_by, seen.decided_on) == (
        *(LogState.DECIDED, "Steering board"),
        HELD,
    )
    assert (seen.solution, seen.open) == ("Yes, two bottles", True)
    portfolio.do(logs.move, [made.value], LogState.DONE, today=DAY)
    assert line(portfolio, made.value).state_word == "implemented"
    details = portfolio.ask(asked.one, issue, today=DAY)
    assert [(it.id, it.state) for it in details.led_to] == [(made.value, "implemented")]
    with pytest.raises(Refused, match="is no issue"):
        portfolio.do(logs.make_change, made.value, today=DAY)
    portfolio.do(logs.remove, [issue])
    assert line(portfolio, made.value).issue_id is None


def test_a_change_that_is_refused_is_over(portfolio: Portfolio, project: int) -> None:
    key = add(portfolio, project, LogKind.CHANGE)
    portfolio.do(logs.decide, [key], on=DAY, accepted=False)
    assert (line(portfolio, key).state_word, line(portfolio, key).closed_on) == ("refused", DAY)
    with pytest.raises(Refused, match="open it again first"):
        portfolio.do(logs.decide, [key], on=DAY)
    with pytest.raises(Refused, match="settle it instead"):
        portfolio.do(logs.decide, [add(portfolio, project)], on=DAY)


def test_decisions_of_meetings_stand_in_the_log_and_are_read_from_the_minutes(
    portfolio: Portfolio, project: int
) -> None:
    meeting, outcome = decision(portfolio, project, "Buy [red]ink[/]")
    own = add(portfolio, project, LogKind.DECISION, "By hand", decided_on=DAY)
    rows = portfolio.ask(asked.listed, project, [LogKind.DECISION], today=DAY)
    assert [(row.id, row.outcome_id, row.title) for row in rows] == [
        (own, None, "By hand"),
        (None, outcome, "Buy [red]ink[/]"),
    ]
    assert (rows[1].decided_by, rows[1].decided_on, rows[1].meeting_id) == ("TPM1", HELD, meeting)
    portfolio.do(outcomes.edit, outcome, {"text": "Buy two"})
    rows = portfolio.ask(asked.listed, project, [LogKind.DECISION], today=DAY)
    assert rows[1].title == "Buy two"
    assert portfolio.ask(asked.listed, project, [LogKind.ISSUE], today=DAY) == ()


def test_a_decision_of_minutes_is_taken_up_once(portfolio: Portfolio, project: int) -> None:
    meeting, outcome = decision(portfolio, project, "Buy ink " * 40)
    (key,) = portfolio.do(logs.take_up, [outcome], today=DAY).value
    seen = line(portfolio, key)
    assert (seen.kind, seen.state, seen.opened_on) == (
        *(LogKind.DECISION, LogState.DECIDED),
        HELD,
    )
    assert (len(seen.title), seen.title[-1]) == (120, "…")
    assert seen.description == ("Buy ink " * 40).strip()
    assert (seen.outcome_id, seen.meeting, seen.decided_by) == (outcome, "TPM1", "TPM1")
    rows = portfolio.ask(asked.listed, project, today=DAY)
    assert [row.id for row in rows] == [key]
    assert [row.id for row in portfolio.ask(asked.of_meeting, meeting, today=DAY)] == [key]
    with pytest.raises(Refused, match="already"):
        portfolio.do(logs.take_up, [outcome], today=DAY)
    assert portfolio.ask(asked.one, key, today=DAY).minuted is None
    portfolio.do(logs.edit, key, {"title": "Ink", "description": None})
    assert portfolio.ask(asked.one, key, today=DAY).minuted == seen.description
    portfolio.undo()
    portfolio.do(outcomes.remove, outcome)
    assert line(portfolio, key).outcome_id is None
    portfolio.undo()
    portfolio.undo()
    assert portfolio.ask(asked.listed, project, today=DAY)[0].id is None


def test_any_line_of_minutes_can_become_an_issue(portfolio: Portfolio, project: int) -> None:
    meeting = portfolio.do(meetings.add, project, "TPM1", day=HELD).value
    told = portfolio.do(outcomes.add, meeting, OutcomeKind.INFORMATION, "Ink is low").value
    (key,) = portfolio.do(logs.take_up, [told], kind=LogKind.ISSUE, today=DAY).value
    assert (line(portfolio, key).raised_by, line(portfolio, key).state) == ("TPM1", LogState.OPEN)


def test_an_issue_becomes_a_task_that_says_where_it_came_from(
    portfolio: Portfolio, project: int
) -> None:
    key = add(portfolio, project, due=date(2026, 12, 4))
    task = portfolio.do(logs.make_task, key).value
    seen = portfolio.ask(asked_tasks.one, task)
    assert (seen.row.title, seen.row.due) == ("No ink", date(2026, 12, 4))
    assert seen.origin == "issue IS1 “No ink”"
    assert [each.id for each in portfolio.ask(asked.one, key, today=DAY).tasks] == [task]
    portfolio.do(logs.remove, [key])
    assert portfolio.ask(asked_tasks.one, task).origin is None


def test_a_field_that_somebody_else_changed_is_left_alone(
    portfolio: Portfolio, project: int
) -> None:
    key = add(portfolio, project)
    portfolio.do(logs.edit, key, {"title": "Theirs"})
    based = {"title": "No ink", "urgency": None}
    conflicts = portfolio.do(logs.edit, key, {"title": "Mine", "urgency": 2}, based).value
    assert [(it.field, it.theirs) for it in conflicts] == [("title", "Theirs")]
    assert (line(portfolio, key).title, line(portfolio, key).urgency) == ("Theirs", 2)


def test_a_log_of_ten_thousand_is_listed_with_a_handful_of_statements(
    portfolio: Portfolio, project: int
) -> None:
    from sqlalchemy import event

    from ka2tui.store.operation import operation
    from ka2tui.store.records import LogEntry

    @operation("Fill")
    def fill(session: object) -> None:
        for number in range(10_000):
            session.add(  # type: ignore[attr-defined]
                LogEntry(
                    project_id=project,
                    kind=list(LogKind)[number % 3],
                    code=f"L{number}",
                    title=f"[red]Line {number}",
                    state=LogState.OPEN,
                )
            )

    portfolio.do(fill)
    told: list[str] = []

    def ask(session: object) -> int:
        bind = session.get_bind()  # type: ignore[attr-defined]
        engine = getattr(bind, "engine", bind)

        def note(*said: object) -> None:
            told.append(str(said[2]))

        event.listen(engine, "before_cursor_execute", note)
        try:
            return len(asked.listed(session, project, today=DAY))  # type: ignore[arg-type]
        finally:
            event.remove(engine, "before_cursor_execute", note)

    assert portfolio.ask(ask) == 10_000
    assert len(told) <= 3


def test_what_happened_stands_in_the_log_with_its_risk(portfolio: Portfolio, project: int) -> None:
    risk = portfolio.do(risks.add, project, "A partner leaves", today=DAY).value
    (key,) = portfolio.do(risks.happened, [risk], today=DAY).value
    assert line(portfolio, key).risk == "R1"
