"""What risks, the log and letters ask for by a day: in the agenda, on Today, worth a look."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ka2tui.domain.kinds import Direction, LogKind, LogState
from ka2tui.operations import letters, logs, projects, risks
from ka2tui.queries import agenda, today
from ka2tui.queries import looks as looking
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)
WEEK = timedelta(days=7)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(projects.add, "SOLAR", start=date(2025, 12, 1), months=24, today=DAY).value


def letter(
    portfolio: Portfolio, project: int, subject: str, by: date, way: Direction = Direction.IN
) -> int:
    done = portfolio.do(
        letters.add, project, subject, day=DAY - 9 * WEEK, direction=way,
        values={"answer_by": by},
    )  # fmt: skip
    return done.value


def test_all_of_it_stands_in_the_agenda_until_it_is_done(
    portfolio: Portfolio, project: int
) -> None:
    asked = letter(portfolio, project, "[red]Visit", DAY + timedelta(days=3))
    letter(portfolio, project, "Ours", DAY + timedelta(days=2), Direction.OUT)
    risk = portfolio.do(
        risks.add, project, "Leaves", today=DAY,
        values={"review_on": DAY, "likelihood": 5, "impact": 5},
    ).value  # fmt: skip
    line = portfolio.do(
        logs.add, project, LogKind.ISSUE, "No ink", today=DAY, values={"due": DAY - WEEK}
    ).value
    kinds = {"letter", "risk", "log_entry"}
    items = [it for it in portfolio.ask(agenda.agenda, project, DAY).items if it.kind in kinds]
    assert [(it.kind, it.title) for it in items] == [
        ("log_entry", "No ink"),
        ("risk", "Look again: Leaves"),
        ("letter", "Their answer: Ours"),
        ("letter", "Answer: [red]Visit"),
    ]
    assert items[1].note == "█ 25 high"
    portfolio.do(letters.answer, asked, day=DAY)
    portfolio.do(risks.close, [risk], today=DAY)
    portfolio.do(logs.move, [line], LogState.DONE, today=DAY)
    items = [it for it in portfolio.ask(agenda.agenda, project, DAY).items if it.kind in kinds]
    assert [it.title for it in items] == ["Their answer: Ours"]


def test_letters_to_answer_stand_among_the_deadlines_of_today(
    portfolio: Portfolio, project: int
) -> None:
    letter(portfolio, project, "Soon", date(2026, 12, 4))
    letter(portfolio, project, "Late", DAY - WEEK)
    letter(portfolio, project, "Far away", DAY + 30 * WEEK)
    letter(portfolio, project, "Theirs", DAY, Direction.OUT)
    seen = portfolio.ask(today.today, project, DAY)
    assert [it.title for it in seen.answers] == ["Answer: Late", "Answer: Soon"]
    everybody = portfolio.ask(today.today, None, DAY)
    assert [it.project for it in everybody.answers] == ["SOLAR", "SOLAR"]


def test_what_is_late_is_worth_a_look_and_many_are_only_counted(
    portfolio: Portfolio, project: int
) -> None:
    letter(portfolio, project, "Visit", DAY - WEEK)
    letter(portfolio, project, "Ours", DAY - WEEK, Direction.OUT)
    for number in range(5):
        portfolio.do(risks.add, project, f"Risk {number}", today=DAY, values={"review_on": DAY})
    portfolio.do(logs.add, project, LogKind.CHANGE, "Venue", today=DAY, values={"due": DAY - WEEK})
    looks = portfolio.ask(looking.looks, project, today=DAY)
    said = {(one.where, one.text): (one.about, one.severity) for one in looks.problems}
    late = "due 15 Nov 2026, 7 days ago."
    assert said["Visit", f"It is not answered, {late}"] == ("letter", "warning")
    assert said["Ours", f"Their answer has not come, {late}"] == ("letter", "hint")
    line = "It was due on 15 Nov 2026, 7 days ago, and is open."
    assert said["CH1 Venue", line] == ("log_entry", "warning")
    brief = {look.brief.text for look in looks.rows}
    assert f"CH1 Venue: {line[0].lower()}{line[1:]}" in brief
    many = "Risk to be looked at again, 5 times: R1 Risk 0, R2 Risk 1, R3 Risk 2 and 2 more."
    assert many in brief
