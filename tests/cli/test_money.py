"""Money on the command line: divided, planned, paid, and written to tables that come in again."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "my projects.db", capsys)
    made.text(
        *("project", "new", "SOLARIS", "--start", "2025-10-01", "--months", "24"),
        *("--grant", "400000", "--call-year", "2025"),
    )
    made.text("partner", "add", "Open University", "--acronym", "OU", "--role", "coordinator")
    for acronym in ("KMOP", "=1+1"):
        made.text("partner", "add", f"Partner {acronym}", "--acronym", acronym)
    for code in ("WP1", "WP2"):
        made.text("wp", "add", code, f"{code} [red]")
    return made


def test_the_matrix_adds_up_as_the_contract_says(line: Line) -> None:
    seen = line.json("money", "set", "WP1", "amount=100000", "OU=60000", "KMOP=39 999,99")
    assert [*seen] == [
        *("currency", "grant_cents", "planned_cents", "shared_cents", "not_planned_cents"),
        *("not_shared_cents", "partners", "rows"),
    ]
    assert seen["planned_cents"] == 100_000_00
    assert seen["not_planned_cents"] == 300_000_00
    assert seen["not_shared_cents"] == 1
    row = seen["rows"][0]
    assert (row["amount_cents"], row["shared_cents"], row["left_cents"]) == (
        100_000_00, 99_999_99, 1,
    )  # fmt: skip
    assert seen["rows"][1]["left_cents"] is None
    assert seen == line.json("money", "matrix")
    text = line.text("money", "matrix")
    assert "€ 300 000 not planned" in text
    assert "€ 0.01 not given to anybody" in text
    line.text("undo")
    assert line.json("money", "matrix")["shared_cents"] == 0


def test_money_is_split_evenly_and_by_percentage(line: Line) -> None:
    line.text("money", "set", "WP1", "amount=100")
    seen = line.json("money", "split", "WP1")
    assert [it["total_cents"] for it in seen["partners"]] == [33_34, 33_33, 33_33]
    seen = line.json("money", "split", "WP1", "OU=33.3", "KMOP=66.7")
    assert [it["total_cents"] for it in seen["partners"]] == [33_30, 66_70, 0]
    assert line.error("money", "split", "WP1", "OU=50", "KMOP=40")[0] == 1
    assert line.error("money", "split", "WP1", "OU=50", "KMOP")[0] == 2
    assert line.error("money", "split", "WP2") == (
        1, "WP2 has no amount yet: enter it with money set WP2 amount=…\n",
    )  # fmt: skip


@pytest.mark.parametrize("said", ["OU=-1", "OU=1.234,567", "OU=x", "OU", "OU=1e5"])
def test_what_is_no_amount_is_wrong_usage(line: Line, said: str) -> None:
    assert line.error("money", "set", "WP1", said)[0] == 2
    assert line.json("money", "matrix")["shared_cents"] == 0


def test_instalments_are_planned_paid_and_taken_back(line: Line) -> None:
    line.text("money", "set", "WP1", "OU=60000", "KMOP=33333.33")
    rows = line.json("payment", "plan", "40/40/20", "--due", "M4", "--due", "")
    assert [*rows[0]] == [
        *("id", "kind", "title", "partner", "due", "due_month", "amount_cents", "paid_on"),
        *("paid_cents", "left_cents", "state", "condition", "proofs", "notes"),
    ]
    assert [row["partner"] for row in rows] == ["KMOP"] * 3
    assert sum(row["amount_cents"] for row in rows) == 33_333_33
    assert (rows[0]["due"], rows[0]["due_month"], rows[0]["state"]) == ("2026-01-31", 4, "late")
    assert (rows[1]["due"], rows[1]["title"]) == (None, "Second instalment")
    assert "check your agreement" in line.text("payment", "plan")
    paid = line.json("payment", "pay", str(rows[0]["id"]), "--on", "2026-11-20")
    assert (paid["state"], paid["paid_on"], paid["left_cents"]) == ("paid", "2026-11-20", 0)
    status = line.json("money", "status")
    assert status["paid_out_cents"] == rows[0]["amount_cents"]
    assert status["partners"][1]["left_cents"] == 33_333_33 - rows[0]["amount_cents"]
    assert status["partners"][0]["left_cents"] is None
    assert "agency decides" in status["how"]
    line.text("undo")
    assert line.json("payment", "list", "--open")[0]["state"] == "late"
    for part in ("1000", "500.50"):
        paid = line.json("payment", "pay", str(rows[0]["id"]), "--amount", part)
    assert (paid["state"], paid["paid_cents"]) == ("late", 1_500_50)
    line.text("undo")
    line.text("undo")
    agency = line.json("payment", "plan", "80/20", "--from-agency")
    assert [row["amount_cents"] for row in agency] == [320_000_00, 80_000_00]
    assert agency[0]["title"] == "Pre-financing"
    for wrong in (("50/60",), ("80/20", "--from-agency", "--to", "KMOP")):
        assert line.error("payment", "plan", *wrong)[0] == 2


def test_a_payment_is_added_edited_shown_and_removed(line: Line) -> None:
    added = line.json(
        *("payment", "add", "=cmd()", "--partner", "KMOP", "--amount", "1 000.50"),
        *("--condition", "after the interim report"),
    )
    assert (added["kind"], added["amount_cents"], added["state"]) == (
        "to_partner", 1_000_50, "undated",
    )  # fmt: skip
    one = str(added["id"])
    edited = line.json("payment", "edit", one, "--due", "2026-12-01", "--condition", "")
    assert (edited["due"], edited["condition"], edited["state"]) == ("2026-12-01", None, "due")
    shown = line.json("payment", "show", one)
    assert (shown["currency"], shown["proof_titles"]) == ("EUR", [])
    assert "€ 1 000.50" in line.text("payment", "show", one)
    assert line.error("payment", "add", "x", "--kind", "to_partner")[0] == 1
    assert line.json("payment", "remove", one)["title"] == "=cmd()"
    assert line.json("payment", "list") == []


def test_an_older_project_has_the_rates_of_its_time_without_a_call_year(line: Line) -> None:
    old = ("--project", "OLD")
    line.text("project", "new", "OLD", "--start", "2019-10-01", "--months", "24")
    line.text("partner", "add", "KMOP", "--acronym", "KMOP", "--country", "GR", *old)
    added = line.json(
        *("cost", "add", "staff", "--partner", "KMOP", "--staff", "manager"),
        *("--quarter", "Q1 2020", "--days", "10", *old),
    )
    assert added["planned_cents"] == 1_970_00
    used = [one["name"] for one in line.json("journey", "bands", *old) if one["used_here"]]
    assert used
    assert "2014-2020" in used[0]


def test_costs_are_reckoned_from_rates_and_warned_of(line: Line) -> None:
    line.text("project", "edit", "--call-year", "2020")
    line.text("partner", "edit", "KMOP", "--country", "GR")
    added = line.json(
        *("cost", "add", "staff", "--partner", "KMOP", "--staff", "manager"),
        *("--quarter", "Q3 2026", "--days", "10", "--days-used", "12.5"),
    )
    assert (added["rate_cents"], added["planned_cents"], added["used_cents"]) == (
        197_00, 1_970_00, 2_462_50,
    )  # fmt: skip
    assert added["exceeds"]
    assert added["quarter"] == "Q3 2026"
    seen = line.json("money", "costs")
    assert [row["name"] for row in seen["by_quarter"]] == ["Q3 2026"]
    assert "€ 492.50 more than planned, 2.5 days more than planned" in line.text("money", "costs")
    edited = line.json("cost", "edit", str(added["id"]), "--days-used", "", "--used", "5")
    assert (edited["used_cents"], edited["exceeds"]) == (5_00, False)
    assert line.json("cost", "list", "--exceeding") == []
    assert line.json("cost", "rates", "Greece")["rates_cents"]["administrative"] == 93_00
    assert line.error("cost", "add", "staff", "--days", "-1")[0] == 2
    line.text("cost", "remove", str(added["id"]))
    assert line.text("money", "costs").startswith("No costs")


def test_a_journey_costs_what_its_distance_says(line: Line) -> None:
    added = line.json("journey", "add", "Athens - Kraków", "--partner", "KMOP", "--km", "1500")
    assert (added["amount_cents"], added["people"], added["green"]) == (309_00, 1, False)
    one = str(added["id"])
    edited = line.json("journey", "edit", one, "--green", "--people", "2", "--used", "900")
    assert (edited["amount_cents"], edited["exceeds"]) == (834_00, True)
    seen = line.json("money", "travel")
    assert (seen["people"], seen["green_people"]) == (2, 2)
    assert "2 of 2 travel green" in line.text("money", "travel")
    assert [it["used_here"] for it in line.json("journey", "bands")] == [True, False, False]
    assert line.error("journey", "add", "x", "--people", "0")[0] == 2
    line.text("journey", "remove", one)
    assert line.json("journey", "list") == []


def filled(line: Line) -> None:
    line.text("money", "set", "WP1", "amount=100000", "=1+1=25000.01", "OU=74999.99")
    line.text("payment", "plan", "80/20", "--due", "M4")
    line.text("payment", "add", "=cmd|' /C calc'!A0", "--amount", "5", "--notes", "-1\n@x")
    line.text(
        *("cost", "add", "travel", "--title", "+49 Köln", "--partner", "KMOP", "--wp", "WP1"),
        *("--quarter", "Q2 2026", "--planned", "10.01", "--used", "9"),
    )
    line.text("cost", "add", "staff", "--staff", "manager", "--days", "12.5", "--rate", "88")
    line.text(
        *("journey", "add", "@Athens - Kraków", "--km", "1500", "--people", "2", "--green"),
        *("--partner", "KMOP", "--used", "900.10", "--day", "2026-10-02"),
    )


def test_no_cell_of_a_table_is_a_formula(line: Line, tmp_path: Path) -> None:
    filled(line)
    for table in ("shares", "payments", "costs", "matrix", "work_packages", "travel"):
        file = tmp_path / f"{table}.csv"
        line.text("money", "export", "--format", "csv", "--table", table, "-o", str(file))
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        assert all(cell[:1] not in tuple("=+-@") or not cell for row in rows for cell in row), table
    line.text("money", "export", "-o", str(tmp_path / "named.csv"))
    assert (tmp_path / "named.csv").read_text(encoding="utf-8-sig").startswith("UID")
    assert line.error("money", "export", "-o", str(tmp_path / "shares.csv"))[0] == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_written_comes_in_again_unchanged(line: Line, tmp_path: Path, kind: str) -> None:
    filled(line)
    folder = tmp_path / "out"
    folder.mkdir()
    if kind == "xlsx":
        told = line.json("money", "export", "-o", str(folder / "money.xlsx"))
        names = [it["name"] for it in told["tables"]]
        assert names == ["work_packages", "shares", "payments", "costs", "travel"]
    else:
        for table in ("shares", "payments", "costs", "work_packages", "travel"):
            file = str(folder / f"{table}.csv")
            line.text("money", "export", "--format", "csv", "--table", table, "-o", file)
    taken = line.json("import", str(folder), "--project", "SOLARIS", "--update")
    assert (taken["added"], taken["changed"], taken["errors"]) == ([], [], [])
    assert taken["doubtful"] == []


def test_a_matrix_that_was_written_comes_in_again(line: Line, tmp_path: Path) -> None:
    line.text("money", "set", "WP1", "OU=10.50", "KMOP=20", "=1+1=0")
    line.text("money", "set", "WP2", "OU=1", "KMOP=2", "=1+1=3")
    before = line.json("money", "matrix")
    file = str(tmp_path / "budget.csv")
    line.text("money", "export", "--format", "csv", "--table", "matrix", "-o", file)
    line.text("money", "set", "WP2", "OU=", "KMOP=")
    taken = line.json("import", file, "--project", "SOLARIS")
    assert taken["errors"] == []
    assert line.json("money", "matrix") == before


def test_amounts_for_a_spreadsheet_have_their_cents(line: Line) -> None:
    line.text("payment", "add", "First", "--amount", "1000.50")
    row = line.text("payment", "list", "--tsv").splitlines()[1].split("\t")
    assert row[6] == "1000.50"


def test_lists_are_narrowed_by_filters(line: Line) -> None:
    filled(line)
    rows = line.json("payment", "list", "is:late", "@KMOP")
    assert rows == []
    assert line.text("payment", "list", "is:paid") == "Nothing fits this filter.\n"
    assert [row["title"] for row in line.json("payment", "list", "calc")] == ["=cmd|' /C calc'!A0"]
    assert [row["title"] for row in line.json("cost", "list", "kind:travel")] == ["+49 Köln"]
    assert line.json("journey", "list", "is:green")[0]["distance_km"] == 1500
    assert line.error("payment", "list", "nonsense:1")[0] == 2


def test_another_currency_and_no_grant(line: Line) -> None:
    line.text("project", "new", "ZLOTY", "--start", "2025-10-01", "--months", "24")
    line.text("project", "edit", "--project", "ZLOTY", "--currency", "PLN")
    line.text("wp", "add", "WP1", "One", "--project", "ZLOTY")
    line.text("money", "set", "WP1", "amount=12.5", "--project", "ZLOTY")
    seen = line.json("money", "matrix", "--project", "ZLOTY")
    assert (seen["currency"], seen["grant_cents"], seen["not_planned_cents"]) == ("PLN", None, None)
    assert "zł 12.50" in line.text("money", "matrix", "--project", "ZLOTY")
    journey = line.json("journey", "add", "x", "--km", "500", "--project", "ZLOTY")
    assert journey["amount_cents"] is None
