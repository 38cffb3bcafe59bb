"""Rules of the calls on the command line: read, overridden, and files with mistakes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.line import Line
from tests.domain.test_rule_reading import GOOD, OF_2025

if TYPE_CHECKING:
    from pathlib import Path


def told(line: Line) -> dict[str, dict[str, Any]]:
    """Check the project; give the findings by their codes."""
    assert line.code("check", "--json") in (0, 1)
    said = line.capsys.readouterr()
    line.err = said.err
    return {one["code"]: one for one in json.loads(said.out)}


KEYS = {
    *("key", "title", "group", "value", "text", "source", "source_id", "place"),
    *("confirmed", "own", "guide", "note", "can_set", "of_call"),
}


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "p.db", capsys)
    made.text("project", "new", "SOLAR", "--action", "KA220-SCH", "--call-year", "2025")
    return made


def test_every_value_says_where_it_is_written_and_how_sure_it_is(line: Line) -> None:
    rows = {row["key"]: row for row in line.json("rule", "list")}
    assert all(row.keys() == KEYS for row in rows.values())
    lump = rows["lump_sums_eur"]
    assert (lump["value"], lump["confirmed"]) == ([120_000, 250_000, 400_000], True)
    assert (lump["source_id"], lump["place"]) == ("guide-2025", "p. 247-256")
    assert rows["deadline.1"]["value"] == {
        "title": "Round 1",
        "day": "2025-03-05",
        "hour": "12:00:00",
        "zone": "Europe/Brussels",
    }
    assert rows["award.impact"]["value"] == {"max": 25, "min": 13}
    assert not rows["partners_elsewhere_regions"]["confirmed"]
    text = line.text("rule", "list")
    assert "Cooperation Partnerships, call 2025." in text
    assert "€ 120 000, € 250 000 or € 400 000" in text


def test_the_rules_are_narrowed_by_a_filter(line: Line) -> None:
    rows = line.json("rule", "list", "about:money", "is:unconfirmed")
    assert rows
    assert all(row["group"] == "Money" and not row["confirmed"] for row in rows)
    assert line.json("rule", "list", "--action", "KA210", "lump") != []
    assert line.text("rule", "list", "nothing-like-it") == "Nothing fits this filter.\n"
    assert line.error("rule", "list", "is:whatever")[0] == 2


def test_rules_of_another_call_are_offered_but_not_as_confirmed(line: Line) -> None:
    rows = line.json("rule", "list", "--action", "KA220", "--year", "2024")
    values = [row for row in rows if row["group"] in ("Partnership", "Money")]
    assert values
    assert not any(row["confirmed"] for row in values)
    assert "the rules of call 2024 are not known here" in line.text(
        *("rule", "list", "--action", "KA220", "--year", "2024")
    )
    assert line.json("rule", "list", "--action", "KA1") == []
    assert "Known are: " in line.text("rule", "list", "--action", "KA1")
    assert line.error("rule", "list", "--year", "2024")[0] == 2


def test_the_own_agreement_wins_until_it_is_taken_back(line: Line) -> None:
    said = line.json("rule", "set", "management_share_max_percent", "15 %", "--source", "Art. [4]")
    assert (said["value"], said["own"], said["confirmed"], said["guide"]) == (
        *(15, True, True),
        "20 %",
    )
    assert (said["source"], said["source_id"]) == ("your grant agreement: Art. [4]", None)
    assert [row["key"] for row in line.json("rule", "list", "--own")] == [said["key"]]
    assert "15 %" in line.text("rule", "show", "management_share_max_percent")
    line.text("rule", "set", "management_share_max_percent", "10")
    again = line.json("rule", "show", "management_share_max_percent")
    assert (again["value"], again["source"]) == (10, "your grant agreement: Art. [4]")
    assert line.json("rule", "unset", "management_share_max_percent")["value"] == 20
    assert line.json("rule", "list", "--own") == []
    assert "Take Management, at most from the rules" in line.text("history")
    assert line.error("rule", "unset", "management_share_max_percent")[0] == 1


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (("set", "months_max", "forever"), 2, "whole number from 1 to 120"),
        (("set", "month_max", "30"), 1, "did you mean months_max?"),
        (("set", "lump_sums_eur", "30 000; 30 000"), 2, "twice"),
        (("show", "nothing"), 1, "ka2tui rule keys"),
        (("show", "reductions"), 1, "There is no value"),
        (("show", "grant_note"), 1, "nothing is said of grant_note"),
        (("unset", "month_max"), 1, "did you mean months_max?"),
    ],
)
def test_what_cannot_be_is_refused(line: Line, argv: tuple[str, ...], code: int, says: str) -> None:
    got, said = line.error("rule", *argv)
    assert got == code
    assert says in said


def test_a_date_of_the_agreement_stands_beside_the_usual_one(line: Line) -> None:
    line.text("rule", "set", "final_report_days", "45 days")
    row = line.json("rule", "show", "final_report_days")
    assert (row["text"], row["guide"]) == ("45 days", "end + 60 days")


def test_the_calls_and_the_keys_are_listed(line: Line) -> None:
    calls = line.json("rule", "years")
    assert [(one["first"], one["last"], one["own"]) for one in calls] == [
        (2014, 2020, False),
        (2021, 2021, False),
        (2025, 2025, False),
        (2026, 2026, False),
    ]
    keys = {one["key"]: one for one in line.json("rule", "keys")}
    assert keys["countries_from"]["choices"] == ["programme", "any"]
    assert not keys["keep_papers_years"]["in_files"]
    assert "management_share_max_percent" in line.text("rule", "keys")


def test_a_file_with_mistakes_is_told_with_line_and_key(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD.replace("day = 4", "day = 44").replace("max = 30", "max = 20"), "utf-8")
    out, _ = line.run("rule", "check", str(file), code=1)
    assert f"{file}, line 24, action 1 (KA220), deadline 1, day: " in out
    assert "line 34, action 1 (KA220), award, relevance: the points of the criteria" in out
    out, _ = line.run("rule", "check", str(file), "--json", code=1)
    assert '"line": 24' in out
    file.write_text(GOOD, "utf-8")
    assert line.text("rule", "check", str(file)) == "1 file of rules, nothing wrong in them.\n"
    file.write_bytes(b"\n\xff")
    assert "line 2: this is not UTF-8" in line.run("rule", "check", str(file), code=1)[0]
    assert line.json("rule", "check") == []


def test_a_broken_file_of_ones_own_is_told_and_everything_goes_on(
    line: Line, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "rules").mkdir(parents=True)
    file = own / "rules" / "2025.toml"
    file.write_text(GOOD.replace("value = 3,", "value = 'x',"), "utf-8")
    line.run("settings", "set", "data", str(own))
    out, err = line.run("rule", "list")
    assert "€ 400 000" in out
    assert f"{file}, line 13, action 1 (KA220), minimum_organisations, value" in err
    assert "Traceback" not in err
    file.write_text(OF_2025, "utf-8")
    out, err = line.run("rule", "list")
    assert err == ""
    assert "€ 120 000 or € 250 000" in out
    calls = {one["last"]: one for one in line.json("rule", "years")}
    assert (calls[2025]["own"], calls[2025]["file"]) == (True, str(file))
    (own / "rules" / "twice.toml").write_text(GOOD.replace("2027", "2026"), "utf-8")
    out, _ = line.run("rule", "check", code=1)
    assert "twice.toml, line 2: call_year 2026 is that of 2026.toml already" in out


def test_the_check_takes_rules_of_ones_own_and_says_which_cannot_be_read(
    line: Line, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "rules").mkdir(parents=True)
    file = own / "rules" / "2027.toml"
    file.write_text(GOOD, "utf-8")
    line.run("settings", "set", "data", str(own))
    line.text("project", "edit", "--call-year", "2027")
    line.text("partner", "add", "School", "--country", "ES", "--role", "coordinator")
    few = told(line)["KA2-E101"]
    assert (few["source"], few["source_id"]) == ("Programme Guide 2027", "guide-2027")
    assert line.err == ""
    file.write_text(GOOD.replace("day = 4", "day = 44"), "utf-8")
    few = next(one for code, one in told(line).items() if code.endswith("101"))
    assert few["source_id"] == "guide-2025"
    assert f"{file}, line 24, action 1 (KA220), deadline 1, day" in line.err


def test_a_check_holds_the_project_against_its_own_agreement(line: Line) -> None:
    line.text("partner", "add", "School", "--country", "ES", "--role", "coordinator")
    assert "1 country of 3" in told(line)["KA2-E102"]["text"]
    line.text("rule", "set", "minimum_countries", "1", "--source", "Art. 9")
    line.text("rule", "set", "minimum_organisations", "1")
    assert not {"KA2-E101", "KA2-E102", "KA2-W101", "KA2-W102"} & told(line).keys()


def test_the_check_up_looks_at_rules_of_ones_own(line: Line, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "rules").mkdir(parents=True)
    (own / "rules" / "2027.toml").write_text(GOOD, "utf-8")
    line.run("settings", "set", "data", str(own))
    assert "Your own can be read: 2027." in line.text("doctor")
    (own / "rules" / "2027.toml").write_text("call_year = 1", "utf-8")
    assert "2027.toml, line 1, call_year" in line.run("doctor")[0]


def test_a_call_that_had_no_such_action_says_so(line: Line) -> None:
    said = line.text("rule", "list", "--action", "KA240-SCH", "--year", "2025")
    assert said.startswith("Call 2025 had no KA240-SCH (European Partnerships for School Dev")
    assert "that is new in call 2026. Known are: " in said


def test_that_no_country_is_excluded_can_be_entered(line: Line) -> None:
    row = line.json("rule", "set", "excluded_countries", "none", "--source", "Art. 3")
    assert (row["value"], row["text"], row["own"]) == ([], "none", True)
    assert line.json("rule", "show", "excluded_countries")["guide"] == "Belarus"
    line.run("rule", "unset", "excluded_countries")
    assert line.json("rule", "show", "excluded_countries")["text"] == "Belarus"
