"""Tables of what shows, counts and pays for the work: mobilities, indicators, money, logs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain import kinds
from ka2tui.domain.intake import Intake, Item
from ka2tui.exchange import cells, headings, tables, understanding
from ka2tui.queries import export
from ka2tui.store import records
from tests.exchange.tables_of import PARTNERS, PROJECT, WORK_PACKAGES, folder, text, workbook
from tests.exchange.test_imports import bring, of, said

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.domain.intake import Taken
    from ka2tui.store.portfolio import Portfolio

BASE: dict[str, Any] = {
    "a_project.csv": PROJECT,
    "partners.csv": PARTNERS,
    "workpackages.csv": WORK_PACKAGES,
}


def take(portfolio: Portfolio, tmp_path: Path, **files: Any) -> Taken:
    """Take in a project with some more tables, by the names of their files."""
    named = {f"{name}.csv": rows for name, rows in files.items()}
    return bring(portfolio, folder(tmp_path / "plan", {**BASE, **named}))


def only(portfolio: Portfolio, table: type[Any], *fields: str) -> tuple[Any, ...]:
    (row,) = of(portfolio, table, *fields)
    return row


# --- what stands beside the checkout ------------------------------------------------------------


def test_nothing_of_green_finance_is_left_untaken(portfolio: Portfolio, shared: Path) -> None:
    taken = bring(portfolio, shared / "projects" / "green_finance")
    assert (taken.errors, taken.dropped) == ([], [])
    targets = of(portfolio, records.Indicator, "title", "target")
    assert len(targets) == 8
    assert targets[3] == ("Students trained", "400")
    flows = {
        row[0]: row[1:]
        for row in of(
            portfolio,
            records.Meeting,
            *("title", "kind", "day", "month", "precision", "expected_participants", "direction"),
        )
    }
    assert flows["One-week training at Opole Poland"] == (
        kinds.MeetingKind.LEARNING,
        date(2026, 10, 1),
        11,
        kinds.Precision.MONTH,
        24,
        "Asia to EU",
    )
    mission = "Vietnam mission (8 days)"
    assert flows[mission][1:4] == (date(2027, 6, 1), 19, kinds.Precision.MONTH)
    assert flows[mission][4] is None
    notes = dict(of(portfolio, records.Meeting, "title", "notes"))
    assert notes[mission] == "participants: UNISI, ULBS, IHF"
    (told,) = said(taken.doubtful, "UNISI, ULBS, IHF")
    assert (told.file, told.row, told.column) == ("mobilities.csv", 6, "participants")
    (least,) = said(taken.doubtful, "18+ total")
    assert "at least 18" in least.reason
    (kept,) = said(taken.doubtful, "deliverables_conflicts.csv", "D4.1")
    assert (kept.column, kept.value, kept.reason) == ("month_wp_page", "20", "D4.1: “26” is kept")


@pytest.mark.parametrize("name", ["green_finance", "consume_aware"])
def test_a_second_import_changes_nothing(
    portfolio: Portfolio, shared: Path, name: str, tmp_path: Path
) -> None:
    place = folder(tmp_path / name, {"a_project.csv": PROJECT} if name == "consume_aware" else {})
    for file in (shared / "projects" / name).glob("*.csv"):
        (place / file.name).write_bytes(file.read_bytes())
    assert bring(portfolio, place).errors == []
    before, clock = portfolio.ask(export.everything, 1), portfolio.clock()
    for update in (False, True):
        again = bring(portfolio, place, update=update)
        assert (again.added, again.changed, again.errors) == ([], [], [])
    assert (portfolio.ask(export.everything, 1), portfolio.clock()) == (before, clock)


# --- mobilities and participants ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "number", "noted"),
    [
        ("24", 24, False),
        ("24 participants", 24, False),
        ("6 teachers", 6, True),
        ("4 staff per HEI (24 total)", 24, True),
        ("2 per partner", None, True),
        ("10-12", None, True),
        ("UA, KMOP", None, True),
        ("", None, False),
    ],
)
def test_participants_of_a_mobility_count_where_a_total_is_said(
    portfolio: Portfolio, tmp_path: Path, people: str, number: int | None, *, noted: bool
) -> None:
    rows = [["direction", "activity", "month", "participants"], ["ES to PL", "Week", "M5", people]]
    taken = take(portfolio, tmp_path, mobilities=rows)
    assert taken.errors == []
    found = only(portfolio, records.Meeting, "expected_participants", "notes", "participants")
    assert found == (number, f"participants: {people}" if noted else None, None)
    assert bool(said(taken.doubtful, "participants", people)) is noted


def test_a_log_of_trainings_whose_total_disagrees_is_told(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    rows = [
        ["Training activity", "Start date", "End date", "Participants", "Receiving organisation"],
        ["Summer school", "2026-07-06", "10.07.2026", "24", "KMOP"],
        ["Job shadowing", "March 2027", "", "6", "ULODZ"],
        ["Total", "", "", "31", ""],
    ]
    taken = take(portfolio, tmp_path, training_log=rows)
    assert taken.errors == []
    (told,) = said(taken.doubtful, "add up")
    assert (told.row, told.column, told.value) == (4, "Participants", "31")
    assert told.reason == "the rows add up to 30"
    days = of(portfolio, records.Meeting, "title", "day", "end_day", "precision", "host_id")
    assert days[0] == (
        "Summer school",
        date(2026, 7, 6),
        date(2026, 7, 10),
        kinds.Precision.DAY,
        2,
    )
    assert days[1][3] is kinds.Precision.MONTH


def test_what_has_no_date_is_found_again_by_its_title(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [["direction", "activity", "participants"], ["ES to PL", "Pilot support", "4"]]
    assert take(portfolio, tmp_path, mobilities=rows).errors == []
    assert bring(portfolio, tmp_path / "plan").added == []
    dated = [["direction", "activity", "month"], ["ES to PL", "Pilot support", "M9"]]
    assert len(take(portfolio, tmp_path, mobilities=dated).added) == 1


@pytest.mark.parametrize("odd", ["²", "٣", "１２", "½", "9" * 30, "\u202e7", "=1+1"])
def test_odd_numbers_are_read_or_told(portfolio: Portfolio, tmp_path: Path, odd: str) -> None:
    tables_of: dict[str, Any] = {
        "payments": [["Instalment", "Partner", "Amount"], [odd, "KMOP", "5"], ["x", odd, odd]],
        "indicators": [["Indicator", "Baseline", "Target"], ["Schools", odd, odd]],
        "risks": [["Risk", "Likelihood", "Impact"], ["Rain", odd, odd]],
        "budget": [["Budget category", "Days", "Daily rate", "Quarter"], ["Staff", odd, odd, odd]],
        "mobilities": [["direction", "activity", "participants"], ["a", "Week", odd]],
    }
    taken = take(portfolio, tmp_path, **tables_of)
    assert all("whole number" in one.reason or "too large" in one.reason for one in taken.errors)


def test_participants_without_a_name_are_counted(portfolio: Portfolio, tmp_path: Path) -> None:
    events = [["title", "date", "participants"], ["Summer school", "2026-07-06", 5]]
    people = [
        ["Event", "Name", "Organisation", "Country", "Profile", "Fewer opportunities"],
        ["Summer school", "Maria [red]", "ULODZ", "Polska", "teacher", "no"],
        ["Summer school", "=1+1", "School 5", "PL", "pupil", "tak"],
        ["Summer school", "", "ULODZ", "PL", "pupil", "yes"],
        ["Summer school", "", "ULODZ", "PL", "pupil", "no"],
        ["Summer school", "Ana 🎓", "KMOP", "Greece", "teacher", "maybe"],
    ]
    taken = take(portfolio, tmp_path, events=events, participants=people)
    assert taken.errors == []
    fields = ("name", "partner_id", "organisation", "country", "fewer_opportunities", "notes")
    assert of(portfolio, records.Participant, *fields) == [
        ("Maria [red]", 3, None, "PL", False, None),
        ("=1+1", None, "School 5", "PL", True, None),
        ("Ana 🎓", 2, None, "GR", None, "Fewer opportunities: maybe"),
    ]
    counted = only(portfolio, records.HeadCount, "people", "fewer_opportunities", "profile")
    assert counted == (2, 1, "pupil")
    (told,) = said(taken.doubtful, "the list of participants has 3 names")
    assert told.file == "events.csv"


def test_totals_below_lists_of_people_are_held_against_them(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    events = [["title", "date"], ["Summer school", "2026-07-06"]]
    people = [["Event", "Name", "Profile"], ["Summer school", "Ana", "teacher"], ["Total", "3", ""]]
    counts = [
        ["Event", "Organisation", "Participants"],
        ["Summer school", "UA", "4"],
        ["Summer school", "KMOP", "5"],
        ["Total", "", "10"],
    ]
    taken = take(portfolio, tmp_path, events=events, participants=people, head_counts=counts)
    assert taken.errors == []
    assert said(taken.doubtful, "participants.csv", "3", "the list has 1 row")
    assert said(taken.doubtful, "head_counts.csv", "10", "the rows add up to 9")


def test_a_list_of_participants_is_that_of_the_event_its_sheet_is_called_after(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    sheets: dict[str, Any] = {
        "Project": PROJECT,
        "Partners": PARTNERS,
        "Meetings": [["title", "date"], ["Summer school", "2026-07-06"]],
        "Participants Summer school": [
            ["First name", "Surname", "Institution", "Profile"],
            ["Ana", "Nowak", "UA", "teacher"],
        ],
    }
    taken = bring(portfolio, workbook(tmp_path / "plan.xlsx", sheets))
    assert taken.errors == []
    found = only(portfolio, records.Participant, "name", "meeting_id", "partner_id")
    assert found == ("Ana Nowak", 1, 1)


def test_a_list_of_participants_is_that_of_the_event_above_it(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    rows = [
        ["Teilnehmerliste", "", ""],
        ["Veranstaltung: LTT1 Łódź, 12.-16.05.2026", "", ""],
        ["Nachname", "Vorname", "Einrichtung"],
        ["Nowak", "Ana", "UA"],
    ]
    meetings = [["code", "title", "date"], ["LTT1", "Training week", "2026-05-12"]]
    taken = take(portfolio, tmp_path, meetings=meetings, Teilnehmerliste=rows)
    assert taken.errors == []
    assert only(portfolio, records.Participant, "name", "meeting_id") == ("Ana Nowak", 1)


def test_a_log_of_trainings_counts_people_and_lists_none(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    rows = [
        ["Training", "Date", "Nr participants", "Women", "Fewer opportunities", "Online"],
        ["Workshop Madrid", "14/03/2026", "15", "9", "4", "no"],
        ["Total", "", "16", "", "", ""],
    ]
    taken = take(portfolio, tmp_path, trainings=rows)
    assert (taken.errors, len(taken.dropped)) == ([], 1)
    (told,) = said(taken.doubtful, "add up to 15")
    assert (told.row, told.column) == (3, "Nr participants")
    found = only(portfolio, records.Meeting, "title", "expected_participants", "notes")
    assert found[:2] == ("Workshop Madrid", 15)
    assert "Fewer opportunities: 4" in found[2]


# --- indicators ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "target", "told"),
    [
        ("400", ("400", None), ""),
        ("62,5 %", ("62.5", "%"), ""),
        ("12 000", ("12000", None), ""),
        ("12.500,75", ("12500.75", None), ""),
        ("1.500", ("1500", None), "not as a decimal"),
        ("0,125", ("0.125", None), ""),
        ("-3", ("-3", None), ""),
        ("≥ 80%", ("80", "%"), "kept in the notes"),
        ("min. 30 schools", ("30", "schools"), "kept in the notes"),
        ("better", (None, None), "this is no number"),
        ("10-15", (None, None), "this is no number"),
    ],
)
def test_a_target_is_a_plain_decimal(
    portfolio: Portfolio,
    tmp_path: Path,
    cell: str,
    target: tuple[str | None, str | None],
    told: str,
) -> None:
    rows = [["Indicator", "Target", "WP"], ["Teachers trained", cell, "WP2"]]
    taken = take(portfolio, tmp_path, sheet1=rows)
    assert taken.errors == []
    found = only(portfolio, records.Indicator, "title", "target", "unit", "work_unit_id", "notes")
    assert found[:4] == ("Teachers trained", *target, 2)
    assert bool(said(taken.doubtful, "Target", told)) is bool(told)
    assert ("notes" in told or "no number" in told) is (found[4] == f"Target: {cell}")


def test_a_value_with_its_day_is_a_measurement(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [
        ["Code", "Indicator", "Baseline", "Target", "Achieved", "As of", "Means of verification"],
        ["I1", "Teachers trained", "0", "400", "120", "2026-10-01", "lists"],
        ["I2", "Schools", "", "30", "12", "", "register"],
    ]
    more = [["KPI", "Date", "Value", "Source"], ["I1", "2026-05-01", "40,5", "list"]]
    taken = take(portfolio, tmp_path, indicators=rows, measurements=more)
    assert taken.errors == []
    measured = of(portfolio, records.Measurement, "indicator_id", "day", "value", "source")
    assert sorted(measured, key=lambda row: row[1]) == [
        (1, date(2026, 5, 1), "40.5", "list"),
        (1, date(2026, 10, 1), "120", None),
    ]
    assert said(taken.doubtful, "Achieved", "without its day")
    assert of(portfolio, records.Indicator, "code", "source", "notes") == [
        ("I1", "lists", None),
        ("I2", "register", "Achieved: 12"),
    ]


# --- money --------------------------------------------------------------------------------------


MATRIX = """WP;Title;UA;KMOP;ULODZ;Total
WP1;Management;12.500,00 EUR;2.000,50;-;14.500,50
WP2;Handbook;1 000;3.000;500;4.600
Total;;13.500,00;5.000,50;500,00;19.000,50
"""


def test_a_matrix_of_work_packages_by_partners_is_their_shares(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    taken = take(portfolio, tmp_path, budget=MATRIX)
    assert taken.errors == []
    shares = set(of(portfolio, records.Share, "work_unit_id", "partner_id", "amount_cents"))
    assert shares == {
        (1, 1, 12_500_00),
        (1, 2, 2_000_50),
        (2, 1, 1_000_00),
        (2, 2, 3_000_00),
        (2, 3, 500_00),
    }
    (told,) = said(taken.doubtful, "add up")
    assert (told.row, told.column, told.value) == (3, "Total", "4.600")
    assert told.reason == "its parts add up to € 4 500"
    assert [one.reason for one in taken.dropped] == ["not taken: a total"]
    again = bring(portfolio, tmp_path / "plan", update=True)
    assert (again.added, again.changed) == ([], [])


def test_a_matrix_under_two_rows_with_titles_and_remarks(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    rows = [
        ["Kostenplan SOLAR", "", "", "", "", "", ""],
        ["", "", "", "Partner", "", "", ""],
        ["Arbeitspaket", "Titel", "", "UA", "KMOP", "Summe", "Bemerkung"],
        ["AP1", "Management", "", "1.000,10", "500,20", "1.500,30", ""],
        ["AP2", "Handbuch", "", "2.000,00", "", "2.000,50", "noch offen"],
        ["Gesamt EUR", "", "", "3.000,10", "500,00", "3.500,30", ""],
    ]
    taken = take(portfolio, tmp_path, Budget=rows)
    assert taken.errors == []
    shares = of(portfolio, records.Share, "work_unit_id", "partner_id", "amount_cents")
    assert set(shares) == {(1, 1, 1_000_10), (1, 2, 500_20), (2, 1, 2_000_00)}
    told = [(one.row, one.column, one.value) for one in said(taken.doubtful, "add up")]
    assert told == [(5, "Summe", "2.000,50"), (6, "KMOP", "500,00")]
    assert said(taken.dropped, "5", "noch offen")
    assert len(of(portfolio, records.WorkUnit, "code")) == 2


def test_a_matrix_of_months_is_kept_by_quarter(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [
        ["Arbeitspaket", "Feb 26", "Mrz 26", "April 2026", "Gesamt"],
        ["WP1", "100,10", "200,05", "300", "600,15"],
        ["WP2", "1", "?", "3", "5"],
    ]
    taken = take(portfolio, tmp_path, kosten=rows)
    assert taken.errors == []
    assert of(portfolio, records.Cost, "work_unit_id", "quarter", "planned_cents") == [
        (1, date(2026, 1, 1), 300_15),
        (2, date(2026, 1, 1), 1_00),
        (1, date(2026, 4, 1), 300_00),
        (2, date(2026, 4, 1), 3_00),
    ]
    assert said(taken.doubtful, "Feb 26, Mrz 26", "added up as Q1 2026")
    assert said(taken.doubtful, "5", "add up to € 4")
    again = bring(portfolio, tmp_path / "plan", update=True)
    assert (again.added, again.changed) == ([], [])


def test_amounts_under_no_heading_are_told(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [["WP", "UA", "KMOP", ""], ["WP1", "100", "200", "7"], ["WP2", "1", "2", ""]]
    taken = take(portfolio, tmp_path, budget=rows)
    assert taken.errors == []
    (told,) = said(taken.dropped, "no heading (1 cell)")
    assert told.value == "7"


def test_a_matrix_with_two_rows_of_headings_loses_nothing_in_silence(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    rows = [
        ["", "", "Q1 2026", "", "Q2 2026", ""],
        ["AP", "Partner", "Plan", "Ist", "Plan", "Ist"],
        ["AP1", "UA", "1000,10", "900", "2000,20", ""],
    ]
    taken = take(portfolio, tmp_path, budget=rows)
    assert taken.errors == []
    assert of(portfolio, records.Cost, "planned_cents") == []
    assert said(taken.dropped, "budget.csv", "not taken")


def test_the_same_matrix_turned_round(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [["Partner", "WP1", "WP2"], ["UA", "100", "200,50"], ["KMOP", "", "300"]]
    assert take(portfolio, tmp_path, money=rows).errors == []
    shares = set(of(portfolio, records.Share, "work_unit_id", "partner_id", "amount_cents"))
    assert shares == {(1, 1, 100_00), (2, 1, 200_50), (2, 2, 300_00)}


def test_a_matrix_of_quarters_is_lines_of_the_budget(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [
        ["Category", "Q1 2026", "2026-Q2", "T3 2026"],
        ["Staff costs", "1.000,00", "2000", ""],
        ["Travel", "", "300", "50,5"],
    ]
    assert take(portfolio, tmp_path, budget=rows).errors == []
    lines = set(of(portfolio, records.Cost, "kind", "quarter", "planned_cents"))
    assert lines == {
        (kinds.CostKind.STAFF, date(2026, 1, 1), 1_000_00),
        (kinds.CostKind.STAFF, date(2026, 4, 1), 2_000_00),
        (kinds.CostKind.TRAVEL, date(2026, 4, 1), 300_00),
        (kinds.CostKind.TRAVEL, date(2026, 7, 1), 50_50),
    }


def test_a_matrix_of_categories_nobody_knows_is_other_costs(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    rows = [["Category", "Title", "Q1 2026", "Q2 2026"], ["Catering", "Coffee", "100", "20"]]
    taken = take(portfolio, tmp_path, budget=rows)
    assert taken.errors == []
    assert of(portfolio, records.Cost, "kind", "title", "planned_cents") == [
        (kinds.CostKind.OTHER, "Catering", 100_00),
        (kinds.CostKind.OTHER, "Catering", 20_00),
    ]
    assert said(taken.dropped, "Coffee", "a title beside amounts")


def test_a_table_of_work_packages_is_no_matrix(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [["WP", "Title", "Start", "End", "Budget"], ["WP3", "More", "1", "5", "100"]]
    assert take(portfolio, tmp_path, zz_more=rows).errors == []
    assert of(portfolio, records.WorkUnit, "code", "start_month", "amount_cents")[2] == (
        "WP3",
        1,
        100_00,
    )


def test_lines_of_a_budget_are_costs(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [
        ["Budget category", "Partner", "WP", "Description", "Days", "Daily rate", "Total", "Spent"],
        ["Staff costs", "UA", "WP1", "Coordinator", "12,5", "241,00", "3.012,50", "1.000,00"],
        ["Reisekosten", "KMOP", "WP2", "Flights", "", "", "1.200,00 EUR", ""],
        ["Catering", "ULODZ", "WP2", "Coffee", "2", "100", "300", ""],
        ["Total", "", "", "", "14,5", "", "4.600,00", "1.000,00"],
    ]
    taken = take(portfolio, tmp_path, finance=rows)
    assert taken.errors == []
    fields = ("kind", "partner_id", "title", "planned_hundredths", "rate_cents", "planned_cents")
    lines = of(portfolio, records.Cost, *fields)
    assert lines == [
        (kinds.CostKind.STAFF, 1, "Coordinator", 1250, 241_00, 3_012_50),
        (kinds.CostKind.TRAVEL, 2, "Flights", None, None, 1_200_00),
        (kinds.CostKind.OTHER, 3, "Coffee", 200, 100_00, 300_00),
    ]
    assert said(taken.doubtful, "Catering", "read as other costs")
    assert said(taken.doubtful, "300", "2 times the rate is € 200")
    (total,) = said(taken.doubtful, "the rows add up")
    assert (total.column, total.reason) == ("Total", "the rows add up to € 4 512.50")


def test_sums_within_a_french_budget_are_told_and_not_paid_twice(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    rows = [
        ["Rubrique budgétaire", "Lot de travail", "Partenaire", "Coût journalier", "Montant total"],
        ["Ressources humaines", "WP1", "UA", "214,00", "2 675,00 €"],
        ["Frais de déplacement", "WP1", "KMOP", "", "360,50"],
        ["Sous-total", "", "", "", "3 035,50"],
        ["Ressources humaines", "WP2", "UA", "", "100,00"],
        ["WP2", "Total WP2", "", "", "100,00"],
        ["Total général (EUR)", "", "", "", "3 200,00"],
    ]
    taken = take(portfolio, tmp_path, budget=rows)
    assert taken.errors == []
    costs = of(portfolio, records.Cost, "kind", "work_unit_id", "planned_cents")
    assert costs == [
        (kinds.CostKind.STAFF, 1, 2_675_00),
        (kinds.CostKind.TRAVEL, 1, 360_50),
        (kinds.CostKind.STAFF, 2, 100_00),
    ]
    (told,) = said(taken.doubtful, "add up")
    assert (told.row, told.column, told.value) == (7, "Montant total", "3 200,00")


def test_payments_are_planned_and_paid(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [
        ["Instalment", "Partner", "Due date", "Amount", "Paid", "Amount paid", "Condition"],
        ["1", "KMOP", "2026-02-15", "8.000,00", "2026-02-20", "8.000,00", "agreement"],
        ["2", "KMOP", "M12", "6000", "", "", "interim report"],
        ["First pre-financing", "", "2026-01-31", "150 000", "2026-02-01", "150000", ""],
        ["Total", "", "", "165.000,00", "", "", ""],
    ]
    taken = take(portfolio, tmp_path, payments=rows)
    assert taken.errors == []
    assert of(portfolio, records.Payment, "kind", "title", "partner_id", "due") == [
        (kinds.PaymentKind.TO_PARTNER, "Instalment 1", 2, date(2026, 2, 15)),
        (kinds.PaymentKind.TO_PARTNER, "Instalment 2", 2, date(2026, 11, 30)),
        (kinds.PaymentKind.FROM_AGENCY, "First pre-financing", None, date(2026, 1, 31)),
    ]
    assert of(portfolio, records.Payment, "amount_cents", "paid_on", "paid_cents") == [
        (8_000_00, date(2026, 2, 20), 8_000_00),
        (6_000_00, None, None),
        (150_000_00, date(2026, 2, 1), 150_000_00),
    ]
    assert said(taken.doubtful, "165.000,00", "the rows add up to € 164 000")


def test_journeys_to_a_meeting(portfolio: Portfolio, tmp_path: Path) -> None:
    meetings = [["title", "date"], ["Kick-off", "2026-01-12"]]
    rows = [
        ["Route", "Meeting", "Partner", "Date", "Travellers", "Distance", "Green travel", "Amount"],
        ["Łódź - Madrid", "Kick-off", "ULODZ", "11.01.2026", "2", "2 295", "no", "790,00"],
        ["Athens - Madrid", "", "KMOP", "", "0", "far", "maybe", "1.230"],
        ["Total", "", "", "", "2", "", "", "2.000"],
    ]
    taken = take(portfolio, tmp_path, meetings=meetings, travel=rows)
    assert taken.errors == []
    fields = ("meeting_id", "partner_id", "people", "distance_km", "green", "amount_cents")
    assert of(portfolio, records.Journey, *fields) == [
        (1, 3, 2, 2295, False, 790_00),
        (None, 2, 1, None, False, 1_230_00),
    ]
    assert said(taken.doubtful, "2.000", "the rows add up to € 2 020")


# --- logs, letters, dissemination ---------------------------------------------------------------


def test_a_register_of_risks(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [
        ["ID", "Risk description", "WP", "Probability", "Impact", "Mitigation", "Owner", "Status"],
        ["R1", "A partner leaves", "WP1", "low", "5", "Agree early", "UA", "open"],
        ["R2", "Low turnout", "WP2", "3", "High", "Invite", "Steering Committee", "closed"],
        ["R3", "Currency", "", "60%", "2/5", "", "", ""],
    ]
    taken = take(portfolio, tmp_path, risk_register=rows)
    assert taken.errors == []
    fields = ("code", "title", "likelihood", "impact", "partner_id", "state", "notes")
    assert of(portfolio, records.Risk, *fields) == [
        ("R1", "A partner leaves", 2, 5, 1, kinds.RiskState.OPEN, None),
        ("R2", "Low turnout", 3, 4, None, kinds.RiskState.CLOSED, "Owner: Steering Committee"),
        ("R3", "Currency", None, 2, None, kinds.RiskState.OPEN, "Probability: 60%"),
    ]
    assert said(taken.doubtful, "Probability", "low", "read as 2 of 5")


@pytest.mark.parametrize(
    ("name", "heads", "kind"),
    [
        ("decision_log", ["No", "Date", "Decision", "Rationale"], kinds.LogKind.DECISION),
        ("issues", ["No", "Date", "Title", "Owner"], kinds.LogKind.ISSUE),
        ("sheet1", ["ID", "Date raised", "Change request", "Reason"], kinds.LogKind.CHANGE),
    ],
)
def test_a_log_is_known_by_its_name_or_its_headings(
    portfolio: Portfolio, tmp_path: Path, name: str, heads: list[str], kind: kinds.LogKind
) -> None:
    taken = take(portfolio, tmp_path, **{name: [heads, ["D1", "3.2.2026", "Use Moodle", "Free"]]})
    assert taken.errors == []
    found = only(portfolio, records.LogEntry, "kind", "code", "title", "opened_on")
    assert found == (kind, "D1", "Use Moodle", date(2026, 2, 3))


def test_who_decided_and_what_was_done_is_kept(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [
        ["No", "Type", "Title", "Decided by", "Decided on", "Resolution", "Related issue"],
        ["I1", "Problem", "No ink", "", "", "Bought some", ""],
        ["D1", "decision", "Buy ink in time", "Board", "2026-03-01", "", "I1"],
    ]
    taken = take(portfolio, tmp_path, raid_log=rows)
    assert taken.errors == []
    fields = ("kind", "decided_by", "decided_on", "solution", "issue_id")
    assert of(portfolio, records.LogEntry, *fields) == [
        (kinds.LogKind.ISSUE, None, None, "Bought some", None),
        (kinds.LogKind.DECISION, "Board", date(2026, 3, 1), None, 1),
    ]
    assert bring(portfolio, tmp_path / "plan", update=True).changed == []


def test_a_log_of_dissemination(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [
        ["Date", "Activity", "Partner", "Target audience", "People reached", "Link", "EU emblem"],
        ["2026-03-01", "Launch post", "UA", "teachers", "1.250", "https://x.example", "yes"],
        ["M20", "Newsletter", "KMOP", "", "approx. 300", "", "no"],
        ["2027-01-15", "Leaflet", "Everybody", "", "many", "", ""],
        ["Total", "", "", "", "1.600", "", ""],
    ]
    taken = take(portfolio, tmp_path, dissemination=rows)
    assert taken.errors == []
    done, planned = kinds.DisseminationState.DONE, kinds.DisseminationState.PLANNED
    assert of(portfolio, records.Dissemination, "title", "state", "day", "day_month") == [
        ("Launch post", done, date(2026, 3, 1), None),
        ("Newsletter", planned, date(2027, 7, 1), 20),
        ("Leaflet", planned, date(2027, 1, 15), None),
    ]
    assert of(portfolio, records.Dissemination, "reach", "emblem", "notes") == [
        (1250, True, None),
        (300, False, None),
        (None, None, "Partner: Everybody\nPeople reached: many"),
    ]
    assert said(taken.doubtful, "1.600", "the rows add up to 1550")


def test_letters_go_in_and_out(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [
        ["Date", "From", "To", "Subject", "Reference", "Answer by"],
        ["2026-02-01", "National Agency", "UA", "Agreement", "REF-1", ""],
        ["2026-03-05", "UA", "National Agency", "Change of dates", "", "2026-04-05"],
        ["2026-03-06", "Somebody", "", "Odd", "", ""],
    ]
    taken = take(portfolio, tmp_path, correspondence=rows)
    assert taken.errors == []
    fields = ("subject", "direction", "with_whom", "answer_by", "reference_nr")
    assert of(portfolio, records.Letter, *fields) == [
        ("Agreement", kinds.Direction.IN, "National Agency", None, "REF-1"),
        ("Change of dates", kinds.Direction.OUT, "National Agency", date(2026, 4, 5), None),
        ("Odd", kinds.Direction.IN, "Somebody", None, None),
    ]
    assert said(taken.doubtful, "Somebody", "read as from them")


# --- nothing in silence --------------------------------------------------------------------------


class Looked(dict[str, tuple[str, str]]):
    """Cells of a row that remember which of them were asked for."""

    def __init__(self, cells: dict[str, tuple[str, str]]) -> None:
        super().__init__(cells)
        self.asked: set[object] = set()

    def get(self, key: Any, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> tuple[str, str]:
        self.asked.add(key)
        return super().__getitem__(key)


BESIDE = {"task": {"period"}}
"""What is only looked at where something else is not there."""


@pytest.mark.parametrize("kind", sorted(understanding.READERS))
def test_every_column_that_is_known_is_read(kind: str) -> None:
    fields = set(headings.fields_of(kind))
    asked: set[object] = {"uid", *BESIDE.get(kind, ())}
    for cell in ("x", "2026-03-01", "5", "yes"):
        row = Looked({field: (field, cell) for field in fields})
        item, frame = Item(kind, "t.csv", 2, ""), cells.Frame(date(2026, 1, 1), 24)
        understanding.READERS[kind](cells.Record(row, item, Intake(), frame, ""))
        asked |= row.asked
    assert fields - asked == set()


# --- all at once --------------------------------------------------------------------------------


def test_a_workbook_of_many_sheets_with_merged_cells(portfolio: Portfolio, tmp_path: Path) -> None:
    sheets: dict[str, Any] = {
        "Project": PROJECT,
        "Partners": PARTNERS,
        "Work packages": WORK_PACKAGES,
        "Budget": [
            ["Budget of the project", "", "", ""],
            ["WP", "UA", "KMOP", "Sum"],
            ["WP1", 1000, 2000.5, 3000.5],
            ["WP2", 500, "", 500],
        ],
        "KPIs": [["KPI", "Baseline", "Target"], ["Schools", 0, 30]],
        "Risk register": [["Risk", "Likelihood", "Impact"], ["Rain", 2, 3]],
        "Issue log": [["Issue", "Date raised", "Status"], ["No ink", "2026-02-01", "open"]],
    }
    taken = bring(portfolio, workbook(tmp_path / "plan.xlsx", sheets))
    assert taken.errors == []
    assert len(of(portfolio, records.Share, "id")) == 3
    assert only(portfolio, records.Risk, "title", "likelihood") == ("Rain", 2)
    assert only(portfolio, records.Indicator, "title", "target") == ("Schools", "30")
    assert only(portfolio, records.LogEntry, "kind", "title") == (kinds.LogKind.ISSUE, "No ink")
    assert said(taken.dropped, "Budget of the project")


def test_two_rows_of_headings_with_merged_cells_are_one(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    file = tmp_path / "plan" / "budget.xlsx"
    folder(tmp_path / "plan", BASE)
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Budget")
        for column, heading in ((0, "Cost category"), (1, "Partner")):
            sheet.merge_range(0, column, 1, column, heading)
        sheet.merge_range(0, 2, 0, 3, "Planned")
        sheet.merge_range(0, 4, 0, 5, "Used")
        sheet.write_row(1, 2, ["Days", "Amount", "Days", "Amount"])
        sheet.merge_range(2, 0, 3, 0, "Staff costs")
        sheet.write_row(2, 1, ["UA", 12.5, 3012.5, 4, 964])
        sheet.write_row(3, 1, ["KMOP", 10, "2.000,50", 0, 0])
    taken = bring(portfolio, tmp_path / "plan")
    assert (taken.errors, taken.dropped) == ([], [])
    fields = ("kind", "partner_id", "planned_hundredths", "planned_cents", "used_hundredths")
    assert of(portfolio, records.Cost, *fields, "used_cents") == [
        (kinds.CostKind.STAFF, 1, 1250, 3_012_50, 400, 964_00),
        (kinds.CostKind.STAFF, 2, 1000, 2_000_50, 0, 0),
    ]


def test_five_thousand_participants_are_taken_in(portfolio: Portfolio, tmp_path: Path) -> None:
    events = [["title", "date"], ["Summer school", "2026-07-06"]]
    people = [
        ["Event", "Participant name", "Organisation", "Country", "Fewer opportunities"],
        *(["Summer school", f"Person {n}", "UA", "ES", "no"] for n in range(5_000)),
    ]
    taken = take(portfolio, tmp_path, events=events, participants=people)
    assert taken.errors == []
    assert len(of(portfolio, records.Participant, "id")) == 5_000
    again = bring(portfolio, tmp_path / "plan")
    assert (again.added, again.changed) == ([], [])


def test_update_lets_the_file_win(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [["Indicator", "Target"], ["Schools", "30"]]
    take(portfolio, tmp_path, indicators=rows)
    (tmp_path / "plan" / "indicators.csv").write_text(text([rows[0], ["Schools", "45"]]))
    kept = bring(portfolio, tmp_path / "plan")
    assert only(portfolio, records.Indicator, "target") == ("30",)
    assert said(kept.doubtful, "45", "“30”, which is kept")
    bring(portfolio, tmp_path / "plan", update=True)
    assert only(portfolio, records.Indicator, "target") == ("45",)


def test_what_is_stored_is_told_as_amounts_and_days(portfolio: Portfolio, tmp_path: Path) -> None:
    rows = [["WP", "Partner", "Budget category", "Days", "Total"]]
    take(portfolio, tmp_path, budget=[*rows, ["WP1", "UA", "Staff", "12,5", "2675,50"]])
    file = tmp_path / "plan" / "budget.csv"
    file.write_text(text([*rows, ["WP1", "UA", "Staff", "13", "2800"]]))
    kept = bring(portfolio, tmp_path / "plan")
    assert said(kept.doubtful, "13", "is stored with 12.50, which is kept")
    assert said(kept.doubtful, "2800", "is stored with € 2 675.50, which is kept")


def test_an_event_that_nobody_knows_stops_the_import(portfolio: Portfolio, tmp_path: Path) -> None:
    people = [["Event", "Name", "Profile"], ["Nowhere", "Ana", "teacher"]]
    taken = take(portfolio, tmp_path, participants=people)
    assert [one.reason for one in taken.errors] == ["there is no meeting Nowhere"]
    assert portfolio.clock() == 0


def test_what_cannot_be_is_an_error(tmp_path: Path) -> None:
    rows = [["Indicator", "Target", "Deadline"], ["Schools", "30", "30.02.2026"]]
    grids, _ = tables.read([folder(tmp_path / "plan", {**BASE, "indicators.csv": rows})])
    intake = understanding.understand(grids)
    assert [(one.file, one.row, one.column) for one in intake.errors] == [
        ("indicators.csv", 2, "Deadline")
    ]
