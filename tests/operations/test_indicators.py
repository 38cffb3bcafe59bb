from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.indicators import Standing
from ka2tui.domain.kinds import Precision, Term
from ka2tui.domain.periods import Period
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.operations import indicators, projects
from ka2tui.queries import figures
from ka2tui.queries import indicators as asked
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(projects.add, "SOLAR", start=date(2025, 12, 1), months=24, today=DAY).value


def add(portfolio: Portfolio, project: int, title: str = "Readers", **values: object) -> int:
    return portfolio.do(indicators.add, project, title, values=values).value


def measure(portfolio: Portfolio, one: int, value: str, day: date = DAY) -> int:
    return portfolio.do(indicators.measure, one, value, day=day, today=DAY).value


def test_an_indicator_gets_the_next_code_and_the_unit_of_its_target(
    portfolio: Portfolio, project: int
) -> None:
    add(portfolio, project, "Readers", target="600")
    outcome = portfolio.do(indicators.add, project, "Habits", values={"target": "70,0 %"})
    assert outcome.label == "Add indicator I2 “Habits”"
    row = portfolio.ask(asked.one, outcome.value, today=DAY).row
    assert (row.code, row.target, row.unit, row.state) == ("I2", "70", "%", Standing.NOT_MEASURED)
    with pytest.raises(Refused, match="I2 is already the code of “Habits”"):
        portfolio.do(indicators.add, project, "Other", values={"code": "i2"})


def test_what_is_measured_is_kept_as_a_plain_decimal(portfolio: Portfolio, project: int) -> None:
    one = add(portfolio, project, baseline="0", target="2 000", unit="persons")
    first = portfolio.do(
        indicators.measure, one, "1 234,5", day=date(2026, 11, 1), today=DAY, source=" survey "
    )
    assert first.label == "Measure I1 “Readers”: 1 234.5 persons on 1 Nov 2026"
    measure(portfolio, one, "1300")
    found = portfolio.ask(asked.one, one, today=DAY)
    assert [(it.value, it.source) for it in found.measurements] == [
        ("1300", None),
        ("1234.5", "survey"),
    ]
    assert (found.row.value, found.row.way) == ("1300", 65)
    portfolio.undo()
    assert portfolio.ask(asked.one, one, today=DAY).row.value == "1234.5"


def test_nothing_is_measured_of_a_day_to_come_or_without_a_number(
    portfolio: Portfolio, project: int
) -> None:
    one = add(portfolio, project)
    with pytest.raises(Refused, match="still to come"):
        measure(portfolio, one, "3", date(2026, 11, 23))
    for said in ("", "many", "1e9"):
        with pytest.raises(Misread):
            measure(portfolio, one, said)
    assert portfolio.ask(asked.one, one, today=DAY).measurements == ()


def test_of_two_measurements_on_one_day_the_last_entered_counts(
    portfolio: Portfolio, project: int
) -> None:
    one = add(portfolio, project, baseline="0", target="10")
    measure(portfolio, one, "9")
    wrong = measure(portfolio, one, "3")
    assert portfolio.ask(asked.one, one, today=DAY).row.value == "3"
    portfolio.do(indicators.edit_measurement, wrong, {"value": "4,5"}, {"value": "3"}, today=DAY)
    assert portfolio.ask(asked.one, one, today=DAY).row.value == "4.5"
    portfolio.do(indicators.remove_measurements, [wrong])
    assert portfolio.ask(asked.one, one, today=DAY).row.value == "9"


def test_edits_say_what_somebody_else_changed_meanwhile(portfolio: Portfolio, project: int) -> None:
    one = add(portfolio, project, target="10")
    portfolio.do(indicators.edit, one, {"target": "20"})
    conflicts = portfolio.do(
        indicators.edit, one, {"target": "30", "unit": "schools"}, {"target": "10", "unit": None}
    ).value
    assert [(it.field, it.yours, it.theirs) for it in conflicts] == [("target", "30", "20")]
    row = portfolio.ask(asked.one, one, today=DAY).row
    assert (row.target, row.unit) == ("20", "schools")


def test_baseline_and_target_say_whether_less_is_better(portfolio: Portfolio, project: int) -> None:
    one = add(portfolio, project, baseline="14", target="5", rising=True)
    assert not portfolio.ask(asked.one, one, today=DAY).row.rising
    measure(portfolio, one, "4")
    assert portfolio.ask(asked.one, one, today=DAY).row.state is Standing.REACHED


def test_its_month_resolves_and_moves_with_the_project(portfolio: Portfolio, project: int) -> None:
    one = add(portfolio, project, due_month=18, due_precision=Precision.MONTH, term=Term.LONG)
    row = portfolio.ask(asked.one, one, today=DAY).row
    assert (row.due, row.due_month) == (date(2027, 5, 31), 18)
    portfolio.do(projects.edit, project, {"start": date(2026, 1, 1)}, today=DAY)
    assert portfolio.ask(asked.one, one, today=DAY).row.due == date(2027, 6, 30)


def test_removing_takes_measurements_along_and_undo_brings_them_back(
    portfolio: Portfolio, project: int
) -> None:
    ids = [add(portfolio, project, f"[red] {n}") for n in range(2)]
    measure(portfolio, ids[0], "5")
    assert portfolio.do(indicators.remove, ids).label == "Remove 2 indicators"
    assert portfolio.ask(asked.listed, project, today=DAY) == ()
    portfolio.undo()
    assert [row.value for row in portfolio.ask(asked.listed, project, today=DAY)] == ["5", None]
    with pytest.raises(Refused, match="no indicator 99"):
        portfolio.ask(asked.one, 99, today=DAY)


def test_what_an_expert_would_ask_for_is_named(portfolio: Portfolio, project: int) -> None:
    one = add(portfolio, project, target="5")
    row = portfolio.ask(asked.one, one, today=DAY).row
    assert row.lacks(DAY) == (
        *("no baseline", "no source", "neither short nor long term"),
        "not measured for half a year",
    )
    measure(portfolio, one, "1")
    assert not portfolio.ask(asked.one, one, today=DAY).row.stale(DAY)


def test_what_was_measured_in_a_period_is_told_with_the_value_before(
    portfolio: Portfolio, project: int
) -> None:
    one = add(portfolio, project)
    for value, day in (("1", date(2026, 1, 5)), ("2", date(2026, 6, 5)), ("3", DAY)):
        measure(portfolio, one, value, day)
    period = Period(date(2026, 6, 1), date(2026, 6, 30))
    (found,) = portfolio.ask(asked.measured, project, period, today=DAY)
    assert (found.value, found.before, found.indicator.code) == ("2", "1", "I1")


def test_every_last_value_is_a_figure_however_long(portfolio: Portfolio, project: int) -> None:
    for value in ("99999999999999999.999", "-0,5", "62 %"):
        measure(portfolio, add(portfolio, project), value)
    seen = portfolio.ask(figures.listed, project, ["indicator"], today=DAY)
    assert all(each.adds_up for each in seen)
    assert [each.said for each in seen if each.name.endswith(".value")] == [
        *("99 999 999 999 999 999.999", "-0.5", "62")
    ]


def test_codes_are_listed_as_people_count(portfolio: Portfolio, project: int) -> None:
    for _ in range(11):
        add(portfolio, project)
    codes = [row.code for row in portfolio.ask(asked.listed, project, today=DAY)]
    assert codes[:2] == ["I1", "I2"]
    assert codes[-1] == "I11"
