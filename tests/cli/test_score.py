"""Scores on the command line: worked cases, what is refused and how, tables, improvements."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.line import Line

EXAMPLE = ("--unit", "WP2=50", "--unit", "WP3=80", "--unit", "WP4=70")


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "new.db", capsys)
    made.run("project", "new", "SOLAR", "--action", "KA220-SCH", "--call-year", "2025",
             "--grant", "120000")  # fmt: skip
    plan = (("WP1", "Project management", 40), ("WP2", "Needs", 25), ("WP3", "Course", 25))
    for code, title, amount in (*plan, ("WP4", "=1+1 [red]", 30)):
        made.run("wp", "add", code, title, "--amount", f"{amount}000")
    return made


def test_the_worked_example_and_what_it_answers_at_least(line: Line) -> None:
    seen = line.json("score", "simulate", *EXAMPLE)
    assert (seen["total"], seen["exact"], seen["reduction_percent"]) == (67, "66.875", 10)
    assert seen["at_risk_cents"] is None
    assert seen["label"] == "own estimate"
    assert (seen["threshold"], seen["reached"]) == (70, False)
    assert (seen["table_confirmed"], seen["table_origin"]) == (False, "example")
    assert "check the annex of your grant agreement" in seen["table_source"]
    by_unit = {row["unit"]: row for row in seen["by_unit"]}
    assert {code: row["score"] for code, row in by_unit.items()} == {
        "WP2": 50,
        "WP3": 80,
        "WP4": 70,
    }
    assert [row["below"] for row in seen["by_unit"]] == [True, False, False]
    assert sum(row["weight_percent"] for row in seen["by_unit"]) == 100
    assert [row["unit"] for row in seen["not_scored"]] == ["WP1"]
    assert line.json("score", "show")["total"] is None


def test_69_and_70_differ(line: Line) -> None:
    for total, percent in ((69, 10), (70, 0), (54, 40), (39, 70)):
        assert line.json("score", "simulate", "--total", str(total))["reduction_percent"] == percent
        given = [f"--unit=WP{n}={total}" for n in (2, 3, 4)]
        assert line.json("score", "simulate", *given)["reduction_percent"] == percent


def test_codes_are_read_in_any_case_and_with_blanks(line: Line) -> None:
    odd = ("--unit", "wp2=50", "--unit", " Wp3 = 80", "--unit", "WP4=70 %")
    assert line.json("score", "simulate", *odd)["total"] == 67


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ("--unit WP9=50", 1, "WP9"),
        ("--unit WP1=50", 1, "WP1 is the management, by its category or title"),
        ("--refuse WP1=50", 1, "management"),
        ("--unit WP2=101", 2, "The score of WP2 is a whole number from 0 to 100, not “101”"),
        ("--unit WP2=-1", 2, "0 to 100"),
        ("--unit WP2=66.5", 2, "whole number"),
        ("--unit WP2=", 2, "Write --unit like WP2=50"),
        ("--unit WP2", 2, "Write --unit like WP2=50"),
        ("--unit =50", 2, "Write --unit like WP2=50"),
        ("--unit WP2=50 --unit wp2=50", 2, "wp2 is given twice with --unit"),
        ("--refuse WP2=101", 2, "in per cent"),
        ("--total 101", 2, "The total"),
        ("--total 50 --unit WP2=50", 2, "--total stands for all parts"),
        ("--criterion relevance=26", 2, "Relevance is a whole number from 0 to 25"),
        ("--criterion relevance=2 --criterion rel=3", 2, "given twice"),
        ("--criterion luck=2", 1, "no criterion “luck”; there are relevance, design"),
    ],
)
def test_what_is_wrong_is_refused(line: Line, given: str, code: int, said: str) -> None:
    for more in ((), ("--json",)):
        found, text = line.error("score", "simulate", *given.split(" "), *more)
        assert found == code
        assert said in text


def test_minima_of_criteria(line: Line) -> None:
    best = ("design=30", "partnership=20", "impact=25")
    for points, fundable in (("12", False), ("13", True)):
        given = [f"--criterion={it}" for it in (f"relevance={points}", *best)]
        for verb in ("award", "simulate"):
            seen = line.json("score", verb, *given)
            award = seen if verb == "award" else seen["award"]
            assert award["fundable"] is fundable
            assert award["threshold"] == 70
            assert seen["by_criterion"][0]["below"] is not fundable
    text = line.text("score", "award", "--criterion", "relevance=12")
    assert "below its minimum of 13" in text
    assert line.text("score", "award").count("–") == 4


def test_rules_that_are_not_known(line: Line) -> None:
    line.run("project", "edit", "--action", "KA299")
    assert "not known" in line.text("score", "award")
    assert line.json("score", "award")["known"] is False
    code, said = line.error("score", "simulate", "--criterion", "relevance=20")
    assert (code, "KA299" in said) == (1, True)


def test_scores_are_kept_shown_and_cleared(line: Line) -> None:
    assert "67 of 100" in line.text("score", "set", *EXAMPLE)
    assert line.json("score", "show")["total"] == 67
    seen = line.json("score", "set", "--refuse", "WP3=50", "--note", "lists missing")
    row = seen["by_unit"][1]
    assert (row["refused_percent"], row["note"], row["from"]) == (50, "lists missing", "typed")
    assert "50 % refused" in line.text("score", "show")
    assert line.json("score", "set", "--criterion", "rel=20")["award"]["points"] == 20
    seen = line.json("score", "set", "--report", "complete=80")
    assert {
        one["criterion"]: one["score"]
        for one in seen["report_criteria"]
        if one["score"] is not None
    } == {"complete": 80}
    assert "Complete and consistent" in line.text("score", "show")
    assert line.json("score", "clear", "--unit", "WP3")["unscored"] == ["WP3"]
    assert line.json("score", "clear", "--report", "complete")["total"] is not None
    line.run("score", "clear", "--all")
    assert line.error("score", "clear", "--all")[0] == 1
    assert line.error("score", "clear")[0] == 2
    assert line.error("score", "set")[0] == 2
    assert line.error("score", "set", *EXAMPLE, "--note", "x")[0] == 2
    assert line.error("score", "set", "--report", "luck=1")[0] == 1


def test_euros_come_with_the_confirmed_table_only(line: Line) -> None:
    line.run("score", "set", *EXAMPLE)
    assert "€ 12 000" not in line.text("score", "show")
    assert "score table confirm" in line.text("score", "show")
    shown = line.json("score", "table", "show")
    assert shown["bands"][-1] == {"below": 70, "percent": 10}
    assert (shown["confirmed_on"], shown["threshold"]) == (None, 70)
    made = line.json("score", "table", "set", "70=15", "50=50", "--source", "Annex III")
    assert (made["table_origin"], made["table_confirmed"]) == ("own", False)
    assert line.json("score", "show")["at_risk_cents"] is None
    line.run("score", "table", "confirm")
    seen = line.json("score", "show")
    assert seen["at_risk_cents"] == 1_800_000
    parts = (*seen["by_unit"], *seen["not_scored"])
    assert sum(row["at_risk_cents"] for row in parts) + seen["at_risk_outside_cents"] == 1_800_000
    assert seen["table_source"] == "Annex III"
    assert "At risk by this estimate: € 18 000" in line.text("score", "show")
    line.run("score", "table", "reset")
    assert line.json("score", "show")["at_risk_cents"] is None
    for bad, code in (("70", 2), ("70=x", 2), ("70=101", 2), ("0=10", 1), ("70=10 50=5", 1)):
        assert line.error("score", "table", "set", *bad.split(" "))[0] == code
    text = line.text("score", "table", "show")
    assert "70-100  paid in full" in text
    assert "55-69   10 % off" in text


def test_no_zero_where_a_single_part_may_still_cost_something(line: Line) -> None:
    line.run("score", "set", "--unit", "WP2=59", "--unit", "WP3=80", "--unit", "WP4=90")
    line.run("score", "table", "confirm", "--source", "Annex III")
    seen = line.json("score", "show")
    assert (seen["reached"], seen["more_may_be_at_risk"]) == (True, True)
    text = line.text("score", "show")
    assert "At risk by this estimate: not known: a single part below 70 may still be" in text
    assert "€ 0" not in text
    line.run("score", "set", "--unit", "WP2=70")
    assert line.json("score", "show")["more_may_be_at_risk"] is False


def test_that_nothing_is_confirmed_is_said_once(line: Line) -> None:
    line.run("project", "edit", "--call-year", "2027")
    for text in (
        line.text("score", "award"),
        line.text("score", "set", "--criterion", "relevance=20"),
    ):
        assert "so nothing is confirmed; " in text
        assert "not confirmed for your call" not in text


def test_the_three_cheapest_improvements_say_how_they_were_found(line: Line) -> None:
    line.run("score", "set", *EXAMPLE)
    seen = line.json("score", "improve")
    assert [(one["unit"], one["points"]) for one in seen["improvements"]] == [
        ("WP4", 7),
        ("WP2", 9),
        ("WP3", 9),
    ]
    assert {one["saved_cents"] for one in seen["improvements"]} == {None}
    assert "fewest points" in seen["how"]
    line.run("checklist", "start", "work_package", "--wp", "WP4")
    line.run("checklist", "answer", "work_package:WP4", "W01", "1")
    first = line.json("score", "improve")["improvements"][0]["items"][0]
    assert (first["item"], first["answer"]) == ("W02", "not answered")
    line.run("score", "table", "confirm", "--source", "Annex III")
    assert line.json("score", "improve")["improvements"][0]["saved_cents"] == 1_200_000
    text = line.text("score", "improve")
    assert "1. WP4 from 70 to 77 (+7): the total becomes 70, paid in full; € 12 000 less" in text
    assert "checklist start work_package --wp WP2" in text


def test_nothing_there_yet(line: Line, tmp_path: Path) -> None:
    line.run("project", "new", "EMPTY")
    for command in ("show", "improve", "award", "simulate"):
        line.run("score", command, "--project", "EMPTY")
        line.run("score", command, "--project", "EMPTY", "--json")
    assert "ka2tui wp add" in line.text("score", "show", "--project", "EMPTY")
    assert line.error("score", "show")[0] == 2
