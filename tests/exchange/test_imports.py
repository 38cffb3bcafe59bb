from __future__ import annotations

import contextlib
import hashlib
import random
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ka2tui.domain.kinds import (
    MeetingMode,
    MeetingState,
    PartnerRole,
    Precision,
    Priority,
    TaskState,
)
from ka2tui.exchange import tables, understanding
from ka2tui.operations import imports, projects
from ka2tui.operations import tasks as task_operations
from ka2tui.queries import deliverables, work_units
from ka2tui.store import records
from tests.exchange.tables_of import PARTNERS, PROJECT, WORK_PACKAGES, folder, text, workbook
from tests.exchange.test_tables import mutated

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.domain.intake import Finding, Taken
    from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)
BASE: dict[str, Any] = {
    "project.csv": PROJECT,
    "partners.csv": PARTNERS,
    "workpackages.csv": WORK_PACKAGES,
}


def bring(portfolio: Portfolio, path: Path, **more: Any) -> Taken:
    grids, _ = tables.read([path])
    intake = understanding.understand(grids)
    try:
        return portfolio.do(imports.take, intake, today=DAY, **more).value
    except imports.Faulty as faulty:
        return faulty.taken


def of(portfolio: Portfolio, table: type[Any], *fields: str) -> list[tuple[Any, ...]]:
    def query(session: Session) -> list[tuple[Any, ...]]:
        rows = session.scalars(select(table).order_by(table.id))
        return [tuple(getattr(row, field) for field in fields) for row in rows]

    return portfolio.ask(query)


def said(findings: list[Finding], *words: str) -> list[Finding]:
    return [one for one in findings if all(word in str(tuple(one)) for word in words)]


# --- real projects ------------------------------------------------------------------------------


def test_green_finance_loads_whole(portfolio: Portfolio, shared: Path) -> None:
    taken = bring(portfolio, shared / "projects" / "green_finance")
    assert taken.errors == []
    counts: dict[type[Any], int] = {
        records.Partner: 15,
        records.WorkUnit: 5,
        records.Task: 17,
        records.Deliverable: 19,
        records.Milestone: 9,
        records.Meeting: 12,
        records.Indicator: 8,
        records.Phase: 6,
    }
    for table, count in counts.items():
        assert len(of(portfolio, table, "id")) == count, table
    assert of(portfolio, records.Project, "acronym", "agreement", "start", "end", "months") == [
        ("GREEN FINANCE", "101237817", date(2025, 12, 1), date(2028, 11, 30), 36)
    ]


def test_green_finance_says_where_its_two_lists_disagree(
    portfolio: Portfolio, shared: Path
) -> None:
    taken = bring(portfolio, shared / "projects" / "green_finance")
    differing = said(taken.doubtful, "deliverables_per_wp_page.csv")
    codes = {one.reason.split(" of ")[1].split(",")[0] for one in differing}
    assert codes == {"D1.2", "D1.3", "D1.4", "D2.1", "D2.2", "D2.3", "D3.1", "D3.2", "D3.3", "D4.1"}
    (month,) = said(differing, "D4.1")
    assert (month.row, month.column, month.value) == (12, "due_month", "20")
    assert "“26”" in month.reason
    rows = portfolio.ask(deliverables.listed, 1, today=DAY)
    by_code = {row.code: row for row in rows}
    assert by_code["D4.1"].due_month == 26
    assert by_code["D2.1"].title == "Introductory Training Documentation"
    assert by_code["D1.3"].lead == "External"
    assert by_code["D1.2"].due == date(2026, 5, 31)


def test_green_finance_leads_shares_and_meetings(portfolio: Portfolio, shared: Path) -> None:
    taken = bring(portfolio, shared / "projects" / "green_finance")
    leads = {row.code: row.lead for row in portfolio.ask(work_units.listed, 1)}
    assert leads == {
        "WP1": "ULBS",
        "WP2": "ULBS",
        "WP3": "UTWENTE",
        "WP4": "ADMU",
        "WP5": "PU",
    }
    ids = {row.code: row.id for row in portfolio.ask(work_units.listed, 1)}
    (share,) = portfolio.ask(work_units.one, ids["WP5"]).shares
    assert (share.partner, share.role) == ("IHF", "co-lead")
    meetings = of(portfolio, records.Meeting, "title", "day", "month", "precision", "mode", "zone")
    assert meetings[0] == (
        "Kick-Off Meeting",
        date(2026, 1, 1),
        2,
        Precision.MONTH,
        MeetingMode.IN_PERSON,
        "Europe/Bucharest",
    )
    assert of(portfolio, records.Meeting, "country")[2] == (None,)
    assert taken.dropped == []


def test_consume_aware_loads_into_a_named_project(portfolio: Portfolio, shared: Path) -> None:
    project = portfolio.do(projects.add, "CONSUME", today=DAY).value
    taken = bring(portfolio, shared / "projects" / "consume_aware", project=project)
    assert taken.errors == []
    meetings = of(portfolio, records.Meeting, "code", "day", "end_day", "state", "participants")
    assert len(meetings) == 6
    assert meetings[0] == (
        "TPM1",
        date(2016, 11, 17),
        date(2016, 11, 18),
        MeetingState.HELD,
        14,
    )
    assert sum(people for (people,) in of(portfolio, records.HeadCount, "people")) == 80
    assert len(of(portfolio, records.AgendaItem, "title")) == 43
    assert said(taken.doubtful, "city", "Université Savoie Mont Blanc", "no city")
    assert said(taken.doubtful, "Işık University", "kept as text")


def test_consume_aware_without_a_project_says_what_to_do(
    portfolio: Portfolio, shared: Path
) -> None:
    taken = bring(portfolio, shared / "projects" / "consume_aware")
    assert "ka2tui project new" in taken.errors[0].reason
    assert portfolio.clock() == 0


def test_a_row_of_the_public_list_of_projects_gives_the_project_and_its_partners(
    portfolio: Portfolio, shared: Path
) -> None:
    name = "ka2_overview_1row_comma_utf8bom.csv"
    taken = bring(portfolio, shared / "projects" / "eplus_export" / name)
    assert taken.errors == []
    assert of(portfolio, records.Project, "title", "agreement", "grant_cents", "call_year") == [
        ("Community Education", "2014-1-LI01-KA200-000005", 11_252_793, 2014)
    ]
    partners = of(portfolio, records.Partner, "country", "role")
    assert partners[0] == ("LI", PartnerRole.COORDINATOR)
    assert len(partners) == 5
    assert said(taken.doubtful, "no acronym")
    assert said(taken.dropped, "Topics")


@pytest.mark.parametrize("name", ["green_finance", "consume_aware"])
def test_importing_twice_changes_nothing(portfolio: Portfolio, shared: Path, name: str) -> None:
    project = (
        portfolio.do(projects.add, "ANY", today=DAY).value if name == "consume_aware" else None
    )
    path = shared / "projects" / name
    first = bring(portfolio, path, project=project)
    clock = portfolio.clock()
    for update in (False, True):
        again = bring(portfolio, path, project=project, update=update)
        assert (again.added, again.changed, again.errors) == ([], [], [])
        assert len(again.same) == len(first.added)
    assert portfolio.clock() == clock


def test_one_undo_takes_everything_back(portfolio: Portfolio, shared: Path) -> None:
    bring(portfolio, shared / "projects" / "green_finance")
    assert portfolio.undo().label.startswith("Import GREEN FINANCE")
    for table in (records.Project, records.Partner, records.Task, records.Share, records.Phase):
        assert of(portfolio, table, "id") == []
    portfolio.redo()
    assert len(of(portfolio, records.Task, "id")) == 17


# --- the same in a workbook ---------------------------------------------------------------------


def test_a_workbook_says_the_same_as_a_folder(tmp_path: Path, portfolio: Portfolio) -> None:
    tasks: list[list[Any]] = [
        ["task", "title", "wp", "due"],
        ["T1.1", "Plan", "WP1", date(2026, 3, 1)],
    ]
    sheets: dict[str, Any] = {
        "Project": PROJECT,
        "Partners": PARTNERS,
        "Work packages": WORK_PACKAGES,
    }
    book = workbook(tmp_path / "plan.xlsx", {**sheets, "Tasks": tasks})
    assert bring(portfolio, book).errors == []
    files = folder(tmp_path / "csv", {**BASE, "tasks.csv": tasks})
    again = bring(portfolio, files)
    assert (again.added, again.changed, again.doubtful) == ([], [], [])
    assert len(again.same) == 7


# --- matching -----------------------------------------------------------------------------------


def test_a_stored_value_is_kept_and_reported_unless_update(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    tasks: list[list[Any]] = [
        ["task", "title", "wp", "due"],
        ["T1", "Plan", "WP1", "M3"],
        ["T2", "Do", "WP2", ""],
    ]
    path = folder(tmp_path / "a", {**BASE, "tasks.csv": tasks})
    bring(portfolio, path)
    tasks[1][1:] = ["Plan the work", "WP2", "M4"]
    folder(path, {"tasks.csv": tasks})
    kept = bring(portfolio, path)
    assert (kept.added, kept.changed) == ([], [])
    assert {one.column for one in said(kept.doubtful, "is stored with")} == {"title", "wp", "due"}
    assert of(portfolio, records.Task, "title", "due_month")[0] == ("Plan", 3)
    changed = bring(portfolio, path, update=True)
    assert {one.column for one in changed.changed} == {"title", "wp", "due"}
    assert of(portfolio, records.Task, "title", "due", "due_month")[0] == (
        "Plan the work",
        date(2026, 3, 31),
        4,
    )
    assert bring(portfolio, path).doubtful == []


def test_an_empty_cell_says_nothing_about_what_is_stored(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    path = folder(tmp_path / "a", BASE)
    bring(portfolio, path)
    blank = [WORK_PACKAGES[0], ["WP1", "", "", "", ""]]
    folder(path, {"workpackages.csv": blank})
    taken = bring(portfolio, path, update=True)
    assert (taken.changed, taken.errors) == ([], [])


def test_what_was_done_in_the_app_stays_done(tmp_path: Path, portfolio: Portfolio) -> None:
    tasks: list[list[Any]] = [["task", "title", "wp"], ["T1", "Plan", "WP1"]]
    path = folder(tmp_path / "a", {**BASE, "tasks.csv": tasks})
    bring(portfolio, path)
    portfolio.do(task_operations.finish, [1], today=DAY)
    bring(portfolio, path, update=True)
    assert of(portfolio, records.Task, "state") == [(TaskState.DONE,)]


def test_a_project_is_known_by_its_number_or_its_acronym(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    bring(portfolio, folder(tmp_path / "a", BASE))
    other = [PROJECT[0], ["acronym", "Solar 2"], PROJECT[3]]
    taken = bring(portfolio, folder(tmp_path / "b", {"project.csv": other}))
    assert said(taken.doubtful, "Solar 2", "SOLAR")
    assert len(of(portfolio, records.Project, "id")) == 1


def test_files_of_another_project_do_not_slip_into_the_selected_one(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    mine = portfolio.do(projects.add, "OTHER", today=DAY).value
    taken = bring(portfolio, folder(tmp_path / "a", BASE), project=mine)
    assert "OTHER is selected" in taken.errors[0].reason
    assert of(portfolio, records.Partner, "id") == []


def test_tables_may_refer_to_each_other_in_any_order(tmp_path: Path, portfolio: Portfolio) -> None:
    tables_: dict[str, Any] = {
        "a_tasks.csv": [
            ["task", "title", "wp", "parent", "depends on"],
            ["T1.1", "Sub", "WP1", "T1", "T2"],
            ["T1", "Whole", "WP1", "", ""],
            ["T2", "First", "WP2", "", ""],
        ],
        "z_project.csv": PROJECT,
        "y_partners.csv": PARTNERS,
        "x_wp.csv": WORK_PACKAGES,
    }
    taken = bring(portfolio, folder(tmp_path / "a", tables_))
    assert taken.errors == []
    assert of(portfolio, records.Task, "code", "parent_id") == [
        ("T1.1", 2),
        ("T1", None),
        ("T2", None),
    ]
    assert of(portfolio, records.TaskLink, "task_id", "needs_id") == [(1, 3)]


# --- errors -------------------------------------------------------------------------------------


ERRORS: dict[str, tuple[Any, int, str | None, str]] = {
    "unknown work package": ([["task", "title", "wp"], ["T1", "x", "WP9"]], 2, "wp", "WP9"),
    "unknown assignee": (
        [["task", "title", "assignee"], ["T1", "x", "NOPE"]],
        2,
        "assignee",
        "NOPE",
    ),
    "impossible date": (
        [["task", "title", "due"], ["T1", "x", "2026-02-30"]],
        2,
        "due",
        "does not exist",
    ),
    "month first": ([["task", "title", "due"], ["T1", "x", "12/31/2026"]], 2, "due", "month 31"),
    "duplicate code": (
        [["task", "title"], ["T1", "x"], ["T2", "y"], ["t1", "z"]],
        4,
        "task",
        "row 2",
    ),
    "own parent": ([["task", "title", "parent"], ["T1", "x", "T1"]], 2, "parent", "part of itself"),
    "circle": (
        [["task", "title", "parent"], ["T1", "x", "T2"], ["T2", "y", "T1"]],
        2,
        "parent",
        "part of itself",
    ),
    "a comma too many": ("task,title,due\nT1,Plan, the work,M3\n", 2, None, "quotation marks"),
    "no title": ([["task", "title", "wp"], ["", "", "WP1"]], 2, "title", "needs a title"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_told_with_its_place_and_blocks_everything(
    tmp_path: Path, portfolio: Portfolio, name: str
) -> None:
    rows, row, column, words = ERRORS[name]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "tasks.csv": rows}))
    found = said(taken.errors, "tasks.csv", words)
    assert found, taken.errors
    assert (found[0].row, found[0].column) == (row, column)
    assert portfolio.clock() == 0
    assert of(portfolio, records.Project, "id") == []


def test_all_errors_are_told_at_once(tmp_path: Path, portfolio: Portfolio) -> None:
    tasks: list[list[Any]] = [
        ["task", "title", "wp", "due", "assignee"],
        ["T1", "x", "WP9", "2026-02-30", "NOPE"],
        ["T1", "y", "WP8", "32.1.2026", "UA"],
    ]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "tasks.csv": tasks}))
    assert [(one.row, one.column) for one in sorted(taken.errors, key=str)] == sorted(
        [(2, "due"), (2, "wp"), (2, "assignee"), (3, "due"), (3, "task"), (3, "wp")],
        key=lambda pair: str(next(e for e in taken.errors if (e.row, e.column) == pair)),
    )


@pytest.mark.parametrize(
    ("name", "rows", "words"),
    [
        ("partners.csv", [PARTNERS[0], PARTNERS[1], PARTNERS[1]], "already"),
        ("workpackages.csv", [*WORK_PACKAGES, ["wp 1", "x", "", 1, 2]], "already"),
        ("workpackages.csv", [WORK_PACKAGES[0], ["WP1", "x", "NOPE", 1, 2]], "no partner NOPE"),
        ("workpackages.csv", [WORK_PACKAGES[0], ["WP1", "x", "UA", 5, 2]], "before it begins"),
        ("workpackages.csv", [WORK_PACKAGES[0], ["WP1", "x", "UA", 0, 2]], "project month"),
        ("workpackages.csv", [WORK_PACKAGES[0], ["WP1", "x", "UA", 1, 400]], "project month"),
        ("project.csv", [*PROJECT, ["end", "2024-01-01"]], "before it begins"),
        ("project.csv", [*PROJECT[:-1], ["months", 400]], "1 to 120"),
    ],
)
def test_what_cannot_be_is_an_error(
    tmp_path: Path, portfolio: Portfolio, name: str, rows: Any, words: str
) -> None:
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, name: rows}))
    assert said(taken.errors, name, words), taken.errors


# --- doubts -------------------------------------------------------------------------------------


def test_what_coordinators_write_is_understood(tmp_path: Path, portfolio: Portfolio) -> None:
    tasks = (
        "Plan of SOLAR;;;;;;\n\n"
        "Task;Description;WP;Start;Deadline;Responsible;Status\n"
        "T1.1;Plan; WP1 ;M1;31.12.2025;UA;Done\n"
        "T1.2;Report;1;;M3;KMOP, ULODZ;in progress\n"
        'T2.1;"Two\nlines";WP2: Handbook;;M5-M6;Maria Kowalska;\n'
        "T2.2;Empty date;;;1899-11-30;all partners;x\n"
        "T2.3;Month name;2;;März 2026;2;0\n"
        "T2.4;Short year;wp 2;;01.12.25;University of Łódź;cancelled\n"
        ";;;;;;\nTotal;;;;;;\n"
    )
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "Tasks.csv": tasks}))
    assert taken.errors == []
    fields = ("code", "due", "due_month", "partner_id", "work_unit_id", "state")
    assert of(portfolio, records.Task, *fields) == [
        ("T1.1", date(2025, 12, 31), None, 1, 1, TaskState.DONE),
        ("T1.2", date(2026, 2, 28), 3, 2, 1, TaskState.DOING),
        ("T2.1", date(2026, 5, 31), 6, None, 2, TaskState.OPEN),
        ("T2.2", None, None, None, 2, TaskState.DONE),
        ("T2.3", date(2026, 3, 31), None, 2, 2, TaskState.OPEN),
        ("T2.4", date(2025, 12, 1), None, 3, 2, TaskState.CANCELLED),
    ]
    assert of(portfolio, records.Task, "start")[2] == (date(2026, 4, 1),)
    assert of(portfolio, records.Task, "title")[2] == ("Two lines",)
    told = {(one.row, one.column) for one in taken.doubtful}
    assert told == {
        (5, "Responsible"),
        (6, "Deadline"),
        (6, "Responsible"),
        (7, "Deadline"),
        (7, "Responsible"),
        (7, "Task"),
        (9, "Deadline"),
    }
    assert {one.value for one in taken.dropped} == {"Plan of SOLAR", "Total"}


DOUBTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "sum of a table": (
        {"activities.csv": "Activity;Title;Lump sum\nA1;x;10 000\nA2;y;20.000,00\nTotal;;35000\n"},
        "35000",
        "30 000",
    ),
    "sum of the grant": (
        {
            "project.csv": [*PROJECT, ["grant", "250 000"]],
            "workpackages.csv": [
                [*WORK_PACKAGES[0], "amount"],
                [*WORK_PACKAGES[1], "50000"],
                [*WORK_PACKAGES[2], "100000"],
            ],
        },
        "250 000",
        "150 000",
    ),
    "participants": (
        {
            "tpm.csv": [["tpm", "date", "place", "participants"], [1, "2026-02-01", "UA", 9]],
            "attendance.csv": [["tpm", "organisation", "participants"], [1, "UA", 3], [1, "X", 4]],
        },
        "9",
        "add up to 7",
    ),
    "deliverable before its work": (
        {"deliverables.csv": [["code", "title", "due", "wp"], ["D2.1", "Book", "M2", "WP2"]]},
        "M2",
        "before WP2 begins in M3",
    ),
    "month beside a month": (
        {
            "deliverables.csv": [
                ["code", "title", "due_month", "date_label"],
                ["D1", "x", 3, "May 2026"],
            ]
        },
        "May 2026",
        "Feb 2026",
    ),
    "number of the project": (
        {"project.csv": [*PROJECT[:3], ["project id", "2024-1-TRO1-KA220-YOU-000245332"]]},
        "2024-1-TRO1-KA220-YOU-000245332",
        "letter O",
    ),
    "length": (
        {"project.csv": [*PROJECT, ["end", "2027-12-31"]]},
        "24",
        "not on 2027-12-31",
    ),
    "country": (
        {"partners.csv": [*PARTNERS, [4, "XX", "Somewhere", "Atlantis", "", ""]]},
        "Atlantis",
        "not a country",
    ),
    "Greece": ({"partners.csv": [*PARTNERS, [4, "XX", "Somewhere", "EL", "", ""]]}, "EL", "GR"),
    "oid": (
        {
            "partners.csv": [
                ["acronym", "name", "oid"],
                ["UA", "x", "E1O207981"],
                ["KMOP", "y", ""],
                ["ULODZ", "z", ""],
            ]
        },
        "E1O207981",
        "no OID",
    ),
    "month after the end": (
        {"workpackages.csv": [*WORK_PACKAGES, ["WP3", "Late", "UA", 20, 26]]},
        "26",
        "after the end",
    ),
    "meeting without country": (
        {"meetings.csv": [["name", "date", "place"], ["TPM1", "2026-02-01", "Hotel"]]},
        "Hotel",
        "no country",
    ),
    "amount": (
        {"workpackages.csv": [["wp", "title", "amount"], ["WP1", "x", "1.234"]]},
        "1.234",
        "1234",
    ),
    "no codes": (
        {"deliverables.csv": [["deliverable", "month"], ["The handbook of it all", 3]]},
        "The handbook of it all",
        "D1",
    ),
    "coordinator": ({"project.csv": [*PROJECT, ["coordinator", "KMOP"]]}, "KMOP", "partner"),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_what_is_doubtful_is_told_and_blocks_nothing(
    tmp_path: Path, portfolio: Portfolio, name: str
) -> None:
    more, value, words = DOUBTS[name]
    path = folder(tmp_path / "a", {**BASE, **more})
    taken = bring(portfolio, path)
    assert taken.errors == []
    assert [one for one in said(taken.doubtful, words) if one.value == value], taken.doubtful
    clock = portfolio.clock()
    assert bring(portfolio, path).added == []
    assert portfolio.clock() == clock


def test_titles_and_codes_find_each_other(tmp_path: Path, portfolio: Portfolio) -> None:
    more: dict[str, Any] = {
        "workpackages.csv": "No;Work package;Leader\n1;WP1 Management;UA\n2;WP2: Handbook;KMOP\n",
        "tasks.csv": "Code,Task,Due\nWP1 Management,,\nT1.1,Plan,M3\nWP2 Book,,\nT2,Write,\n",
        "actions.csv": "Task,WP,Responsible\nCall the agency,WP1,UA\nCall,WP1,UA\n",
    }
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, **more}))
    assert (taken.errors, taken.doubtful) == ([], [])
    assert of(portfolio, records.WorkUnit, "code", "title") == [
        ("WP1", "Management"),
        ("WP2", "Handbook"),
    ]
    assert sorted(of(portfolio, records.Task, "title", "code", "work_unit_id")) == [
        ("Call", None, 1),
        ("Call the agency", None, 1),
        ("Plan", "T1.1", 1),
        ("Write", "T2", 2),
    ]


def test_unknown_columns_and_facts_are_named(tmp_path: Path, portfolio: Portfolio) -> None:
    more: dict[str, Any] = {
        "project.csv": [*PROJECT, ["colour", "blue"]],
        "tasks.csv": "task,title,colour,,wp\nT1,x,red,stray,WP1\nT2,y,,,WP1\n",
    }
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, **more}))
    assert taken.errors == []
    assert [(one.file, one.column, one.value) for one in taken.dropped] == [
        ("tasks.csv", "colour", "red"),
        ("tasks.csv", None, "stray"),
        ("project.csv", "colour", "blue"),
    ]


def test_the_project_can_be_one_row_and_name_its_coordinator(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    tables_: dict[str, Any] = {
        "project.csv": [
            ["Acronym", "Title", "Start date", "End date", "Budget", "Coordinator"],
            ["SOLAR", "Sun", "1 Dec 2025", "30/11/2027", "250.000,00 €", "KMOP"],
        ],
        "partners.csv": [row[:5] for row in PARTNERS],
    }
    taken = bring(portfolio, folder(tmp_path / "a", tables_))
    assert (taken.errors, taken.doubtful) == ([], [])
    fields = ("start", "end", "months", "grant_cents")
    assert of(portfolio, records.Project, *fields) == [
        (date(2025, 12, 1), date(2027, 11, 30), 24, 25_000_000)
    ]
    roles = dict(of(portfolio, records.Partner, "acronym", "role"))
    assert roles["KMOP"] is PartnerRole.COORDINATOR
    assert roles["UA"] is PartnerRole.BENEFICIARY


def test_a_coordinator_without_a_table_of_partners_becomes_one(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    facts: dict[str, Any] = {"project.csv": [*PROJECT, ["coordinator", "University of Madrid"]]}
    assert bring(portfolio, folder(tmp_path / "a", facts)).errors == []
    assert of(portfolio, records.Partner, "name", "role") == [
        ("University of Madrid", PartnerRole.COORDINATOR)
    ]
    assert bring(portfolio, tmp_path / "a").added == []


def test_activities_stand_below_their_work_package(tmp_path: Path, portfolio: Portfolio) -> None:
    more: dict[str, Any] = {
        "activities.csv": [
            ["activity", "title", "wp", "lead", "months"],
            ["A1.1", "Kick-off", "WP1", "UA", "M1-M2"],
            ["A2.1", "Draft", "2", "KMOP", "M3"],
        ]
    }
    assert bring(portfolio, folder(tmp_path / "a", {**BASE, **more})).errors == []
    rows = portfolio.ask(work_units.listed, 1)
    assert [(row.code, row.parent, row.start_month, row.end_month) for row in rows] == [
        ("WP1", None, 1, 24),
        ("A1.1", "WP1", 1, 2),
        ("WP2", None, 3, 12),
        ("A2.1", "WP2", None, 3),
    ]


def test_meetings_take_their_hour_host_people_and_agenda(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    more: dict[str, Any] = {
        "meetings.csv": [
            ["Meeting", "Date", "Time", "Venue", "City", "Country", "Mode"],
            ["Kick-off", "17-18 November 2026", "09:30", "KMOP, Athens", "Athens", "EL", ""],
            ["TPM2", "M7-M8", "", "Online", "", "", ""],
        ],
        "agenda.csv": [
            ["meeting", "agenda item", "minutes"],
            ["Kick-off", "Welcome", 15],
            ["kick-off", "Next steps", 30],
        ],
        "attendance.csv": [
            ["meeting", "name", "organisation", "present"],
            ["TPM2", "Ana López", "UA", "yes"],
            ["Kick-off", "Ana López", "UA", "online"],
        ],
    }
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, **more}))
    assert taken.errors == []
    fields = ("title", "day", "end_day", "starts_at", "zone", "host_id", "mode", "state")
    kick_off, second = of(portfolio, records.Meeting, *fields)
    assert kick_off[1:6] == (
        date(2026, 11, 17),
        date(2026, 11, 18),
        datetime(2026, 11, 17, 7, 30, tzinfo=UTC),
        "Europe/Athens",
        2,
    )
    assert kick_off[7] is MeetingState.HELD
    assert second[1:4] == (date(2026, 6, 1), date(2026, 7, 31), None)
    assert second[6] is MeetingMode.ONLINE
    assert of(portfolio, records.AgendaItem, "title", "position", "minutes_planned") == [
        ("Welcome", 1, 15),
        ("Next steps", 2, 30),
    ]
    assert of(portfolio, records.Contact, "name", "partner_id") == [("Ana López", 1)]
    assert len(of(portfolio, records.Attendance, "id")) == 2
    assert bring(portfolio, tmp_path / "a").added == []


def test_shares_and_contacts_find_their_partners(tmp_path: Path, portfolio: Portfolio) -> None:
    more: dict[str, Any] = {
        "budget.csv": "WP;Partner;Amount\nWP1;UA;10 000\nWP2;University of Łódź;2.500,50\n",
        "team.csv": "Vorname;Nachname;E-Mail;Organisation\nJan;Nowak;jan@example.org;ULODZ\n",
    }
    assert bring(portfolio, folder(tmp_path / "a", {**BASE, **more})).errors == []
    assert of(portfolio, records.Share, "work_unit_id", "partner_id", "amount_cents") == [
        (1, 1, 1_000_000),
        (2, 3, 250_050),
    ]
    assert of(portfolio, records.Contact, "name", "email", "partner_id") == [
        ("Jan Nowak", "jan@example.org", 3)
    ]


def test_a_mail_address_is_found_in_its_cell_and_what_is_none_is_told(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    people = [
        ["name", "email"],
        ["Ada", "Ada <ada@kmop.example.org>; office@kmop.example.org"],
        ["Ben", "ask the office"],
        ["Cem", "cem@odtu.example.org"],
    ]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "contacts.csv": people}))
    assert taken.errors == []
    assert said(taken.doubtful, "read as ada@kmop.example.org; kept in the notes")
    assert said(taken.doubtful, "this is no mail address; kept in the notes")
    assert of(portfolio, records.Contact, "email", "notes") == [
        ("ada@kmop.example.org", "email: Ada <ada@kmop.example.org>; office@kmop.example.org"),
        (None, "email: ask the office"),
        ("cem@odtu.example.org", None),
    ]
    again = bring(portfolio, tmp_path / "a")
    assert (again.added, again.changed) == ([], [])


def test_a_title_that_is_too_long_is_an_error_in_its_row(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    rows = [["code", "title"], ["T1", "short"], ["T2", "x" * 501]]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "tasks.csv": rows}))
    found = [(it.file, it.row, it.column, it.reason) for it in taken.errors]
    why = "a title has at most 500 characters; this one has 501"
    assert found == [("tasks.csv", 3, "title", why)]


def test_every_cell_is_accounted_for(tmp_path: Path) -> None:
    grids, _ = tables.read([folder(tmp_path / "a", BASE)])
    intake = understanding.understand(grids)
    told = {(one.file, one.row, one.column) for one in intake.cells()}
    for file, rows in BASE.items():
        for at, row in enumerate(rows[1:], start=2):
            for heading, cell in zip(rows[0], row, strict=True):
                column = str(row[0]) if file == "project.csv" else heading
                assert not cell or (file, at, column) in told, (file, at, heading)


# --- damage, size, speed ------------------------------------------------------------------------


def damage(portfolio: Portfolio, source: Path, place: Path, rounds: int) -> None:
    """Mutate real files; whatever comes of it is a report, and an error changes nothing."""
    file = place.parent / "ka2tui.db"
    chance = random.Random(2026)
    paths = sorted(source.glob("*.csv"))
    for _ in range(rounds):
        tables_ = {path.name: path.read_bytes() for path in paths}
        victim = chance.choice(paths).name
        for _ in range(chance.randrange(1, 4)):
            tables_[victim] = mutated(tables_[victim], chance) or b","
        before = hashlib.sha256(file.read_bytes()).digest()
        try:
            grids, _ = tables.read([folder(place, tables_)])
        except tables.ImportFault:
            continue
        intake = understanding.understand(grids)
        with contextlib.suppress(imports.Faulty):
            portfolio.rehearse(imports.take, intake, today=DAY)
        assert hashlib.sha256(file.read_bytes()).digest() == before


def test_damaged_files_end_in_a_report(tmp_path: Path, portfolio: Portfolio, shared: Path) -> None:
    damage(portfolio, shared / "projects" / "green_finance", tmp_path / "damaged", 60)


@pytest.mark.deep
@pytest.mark.timeout(600)
def test_a_thousand_damaged_files_end_in_a_report(
    tmp_path: Path, portfolio: Portfolio, shared: Path
) -> None:
    damage(portfolio, shared / "projects" / "green_finance", tmp_path / "damaged", 1000)


def test_ten_thousand_tasks_come_in_within_seconds(tmp_path: Path, portfolio: Portfolio) -> None:
    rows: list[list[Any]] = [["task", "title", "wp", "due", "assignee"]]
    rows += [[f"T{n}", f"Task number {n}", "WP1", f"M{n % 24 + 1}", "UA"] for n in range(10_000)]
    path = folder(tmp_path / "a", {**BASE, "tasks.csv": rows})
    began = time.perf_counter()
    taken = bring(portfolio, path)
    assert time.perf_counter() - began < 30
    assert len(taken.added) == 10_006


def test_text_is_data(tmp_path: Path, portfolio: Portfolio) -> None:
    hostile = [
        "[/]",
        "[@click=app.bell]x",
        "'=cmd|'/C calc'!A0",
        "<script>",
        "\x1b]52;c;x\x07",
        "{0}",
    ]
    rows = [["task", "title"], *([f"T{n}", word] for n, word in enumerate(hostile))]
    path = folder(tmp_path / "a", {**BASE, "tasks.csv": text(rows)})
    assert bring(portfolio, path).errors == []
    titles = [title for (title,) in of(portfolio, records.Task, "title")]
    assert titles[:4] == ["[/]", "[@click=app.bell]x", "=cmd|'/C calc'!A0", "<script>"]
    assert "\x1b" not in titles[4]
    assert portfolio.undo().label == "Import SOLAR from 4 files"


# --- dates, amounts and names as people write them ------------------------------------------------


@pytest.mark.parametrize(
    ("text", "due", "doubt"),
    [
        ("soon", None, "kept in the notes"),
        ("monthly", None, "kept in the notes"),
        ("March", None, "kept in the notes"),
        ("31.12.", None, "kept in the notes"),
        ("end of M6", date(2026, 5, 31), "read as M6"),
        ("M6 (May 2026)", date(2026, 5, 31), None),
        ("M6 (June 2026)", date(2026, 5, 31), "another time"),
        ("31/12/2026 (tbc)", date(2026, 12, 31), "“tbc” was left out"),
        ("M1-M24", date(2027, 11, 30), "its end is kept"),
        ("M3/M4", date(2026, 3, 31), "read as M3-M4"),
        ("1.2.2026-3.2.2026", date(2026, 2, 3), "its end is kept"),
        ("Mois 3", date(2026, 2, 28), None),
        ("Q3 2026", date(2026, 9, 30), "Jul - Sep 2026"),
        ("46387", date(2026, 12, 31), "spreadsheet"),
        ("tbc", None, "read as empty"),
        ("M25", date(2027, 12, 31), "after the end"),
    ],
)
def test_what_stands_for_a_date_is_read_or_kept_and_never_blocks(
    tmp_path: Path, portfolio: Portfolio, text: str, due: date | None, doubt: str | None
) -> None:
    tasks = [["task", "title", "due"], ["T1", "x", text]]
    path = folder(tmp_path / "a", {**BASE, "tasks.csv": tasks})
    taken = bring(portfolio, path)
    assert taken.errors == []
    assert [found for (found,) in of(portfolio, records.Task, "due")] == [due]
    told = [one.reason for one in taken.doubtful if (one.row, one.column) == (2, "due")]
    assert bool(told) == (doubt is not None), told
    assert doubt is None or any(doubt in reason for reason in told), told
    if doubt == "kept in the notes":
        assert of(portfolio, records.Task, "notes") == [(f"due: {text}",)]
    assert bring(portfolio, path).added == []


@pytest.mark.parametrize("text", ["30.02.", "30.02.2026 (tbc)", "1.13.2026", "M0", "M0 (x)"])
def test_a_date_that_cannot_be_stays_an_error(
    tmp_path: Path, portfolio: Portfolio, text: str
) -> None:
    tasks = [["task", "title", "due"], ["T1", "x", text]]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "tasks.csv": tasks}))
    assert [(one.row, one.column, one.value) for one in taken.errors] == [(2, "due", text)]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("abc", None),
        ("10%", None),
        ("50k", 5_000_000),
        ("approx. 5000", 500_000),
        ("1 200 € (lump sum)", 120_000),
        ("3333.333333", 333_333),
    ],
)
def test_what_stands_for_an_amount_never_blocks(
    tmp_path: Path, portfolio: Portfolio, text: str, cents: int | None
) -> None:
    rows = [["wp", "title", "amount"], ["WP1", "Management", text]]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "workpackages.csv": rows}))
    assert taken.errors == []
    assert [one for one in taken.doubtful if (one.column, one.value) == ("amount", text)]
    ((stored, notes),) = of(portfolio, records.WorkUnit, "amount_cents", "notes")
    assert stored == cents
    assert notes == (f"amount: {text}" if cents is None else None)


def test_an_amount_below_zero_is_an_error(tmp_path: Path, portfolio: Portfolio) -> None:
    rows = [["wp", "title", "amount"], ["WP1", "Management", "-500"]]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "workpackages.csv": rows}))
    assert said(taken.errors, "below zero")


@pytest.mark.parametrize("text", ["UA, ZZZ", "UA and ZZZ", "UA/ZZZ", "UA; KMOP; ZZZ"])
@pytest.mark.parametrize("where", ["tasks.csv", "workpackages.csv"])
def test_an_unknown_acronym_among_several_is_an_error(
    tmp_path: Path, portfolio: Portfolio, text: str, where: str
) -> None:
    tables_: dict[str, Any] = {
        "tasks.csv": [["task", "title", "lead"], ["T1", "x", text]],
        "workpackages.csv": [["wp", "title", "lead"], ["WP1", "x", text]],
    }
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, where: tables_[where]}))
    assert [(one.column, one.value) for one in said(taken.errors, "no partner ZZZ")] == [
        ("lead", text)
    ]


@pytest.mark.parametrize("text", ["UA, Somebody else", "UA and Nobody", "UA Nobody", "UA / Jan N."])
def test_an_unknown_name_among_several_is_told(
    tmp_path: Path, portfolio: Portfolio, text: str
) -> None:
    tasks = [["task", "title", "lead"], ["T1", "x", text], ["T2", "y", "UA, Madrid"]]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "tasks.csv": tasks}))
    assert taken.errors == []
    assert of(portfolio, records.Task, "partner_id") == [(1,), (1,)]
    assert [(one.row, one.column, one.value) for one in taken.doubtful] == [(2, "lead", text)]


def test_two_partners_with_a_dash_are_two(tmp_path: Path, portfolio: Portfolio) -> None:
    tasks = [["task", "title", "lead"], ["T1", "x", "UA - KMOP"], ["T2", "y", "UA - Univ"]]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "tasks.csv": tasks}))
    assert said(taken.doubtful, "UA - KMOP", "several are named; UA is kept")
    assert said(taken.doubtful, "UA - Univ", "no partner Univ")
    assert of(portfolio, records.Task, "notes")[0] == ("lead: UA - KMOP",)


@pytest.mark.parametrize(
    ("code", "reference"),
    [
        ("2", "WP2"),
        ("WP2", "WP02"),
        ("WP02", "WP2"),
        ("2", "Work package 2"),
        ("WP2", "Lot 2"),
        ("WP2", "The Handbook"),
        ("WP2", "work package: the handbook"),
        ("IO2", "O2"),
        ("IO2", "Intellectual Output 2"),
        ("A2", "Activity 2"),
    ],
)
def test_a_work_package_is_found_by_its_number_or_title(
    tmp_path: Path, portfolio: Portfolio, code: str, reference: str
) -> None:
    more: dict[str, Any] = {
        "workpackages.csv": [["wp", "title"], ["X1", "Management"], [code, "The Handbook"]],
        "tasks.csv": [["task", "title", "wp"], ["T1", "x", reference]],
    }
    path = folder(tmp_path / "a", {**BASE, **more})
    taken = bring(portfolio, path)
    assert taken.errors == []
    assert of(portfolio, records.Task, "work_unit_id") == [(2,)]
    assert said(taken.doubtful, "tasks.csv", reference, f"read as {code}") or code == "WP2"
    assert bring(portfolio, path).added == []


def test_two_work_packages_of_one_title_are_no_reference(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    more: dict[str, Any] = {
        "workpackages.csv": [["wp", "title"], ["WP1", "Same"], ["WP2", "Same"]],
        "tasks.csv": [["task", "title", "wp"], ["T1", "x", "Same"]],
    }
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, **more}))
    assert said(taken.errors, "no work package or activity Same")


def test_the_coordinator_can_be_named_by_role(tmp_path: Path, portfolio: Portfolio) -> None:
    more: dict[str, Any] = {
        "workpackages.csv": [["wp", "title", "lead"], ["WP1", "x", "Lead partner"]],
        "tasks.csv": [["task", "title", "assignee"], ["T1", "x", "Coordinator"]],
    }
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, **more}))
    assert taken.errors == []
    assert of(portfolio, records.Task, "partner_id") == [(1,)]
    assert of(portfolio, records.WorkUnit, "lead_id") == [(1,)]
    assert len(said(taken.doubtful, "read as UA")) == 2


@pytest.mark.parametrize(
    ("column", "text", "lead"),
    [
        ("lead", "KMOP (co-lead)", None),
        ("lead", "UA, KMOP (co-lead)", 1),
        ("partners", "KMOP (co-lead)", None),
        ("partners", "KMOP co-leader", None),
    ],
)
def test_a_co_lead_is_not_the_lead(
    tmp_path: Path, portfolio: Portfolio, column: str, text: str, lead: int | None
) -> None:
    rows = [["wp", "title", column], ["WP1", "x", text]]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "workpackages.csv": rows}))
    assert taken.errors == []
    assert of(portfolio, records.WorkUnit, "lead_id") == [(lead,)]
    assert of(portfolio, records.Share, "partner_id", "role") == [(2, "co-lead")]
    assert bool(said(taken.doubtful, "nobody is named who leads")) == (
        text == "KMOP (co-lead)" and column == "lead"
    )


@pytest.mark.parametrize(("text", "people"), [("24", 24), ("ca. 30 teachers", 30)])
def test_a_number_of_participants_is_no_partner(
    tmp_path: Path, portfolio: Portfolio, text: str, people: int
) -> None:
    rows = [["Activity", "Title", "Participants"], ["A1", "x", text], ["A2", "y", "UA, KMOP"]]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "activities.csv": rows}))
    assert (taken.errors, taken.doubtful) == ([], [])
    assert ("A1", people) in of(portfolio, records.WorkUnit, "code", "expected_participants")
    assert of(portfolio, records.Share, "partner_id") == [(1,), (2,)]


def test_partners_get_the_main_zone_of_their_country(tmp_path: Path, portfolio: Portfolio) -> None:
    rows = [
        ["acronym", "name", "country", "city"],
        ["AA", "a", "DE", "Bonn"],
        ["BB", "b", "Portugal", ""],
        ["CC", "c", "FR", "Paris"],
        ["DD", "d", "PL", "Łódź"],
    ]
    more: dict[str, Any] = {
        "partners.csv": rows,
        "workpackages.csv": [["wp", "title"], ["WP1", "x"]],
    }
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, **more}))
    assert of(portfolio, records.Partner, "zone") == [
        ("Europe/Berlin",),
        ("Europe/Lisbon",),
        ("Europe/Paris",),
        ("Europe/Warsaw",),
    ]
    told = [(one.row, one.value) for one in said(taken.doubtful, "no time zone is given")]
    assert told == [(2, "DE"), (3, "Portugal")]


def test_a_row_that_stands_twice_is_told_once(tmp_path: Path, portfolio: Portfolio) -> None:
    tasks = [["task", "title"], ["T1", "x"], ["T1", "y"]]
    partners = [*PARTNERS, PARTNERS[1]]
    path = folder(tmp_path / "a", {**BASE, "tasks.csv": tasks, "partners.csv": partners})
    assert sorted((one.file, one.row) for one in bring(portfolio, path).errors) == [
        ("partners.csv", 5),
        ("tasks.csv", 3),
    ]


BUDGET = "Heading;Amount\nProject Management and Implementation;24000\nTravel;5 000\nTotal;29000\n"


@pytest.mark.parametrize("name", ["headings.csv", "workpackages.csv", "budget.csv", "plan.csv"])
def test_headings_without_codes_get_codes(tmp_path: Path, portfolio: Portfolio, name: str) -> None:
    path = folder(tmp_path / "a", {"project.csv": PROJECT, name: BUDGET})
    taken = bring(portfolio, path)
    assert taken.errors == []
    assert [one.reason for one in taken.doubtful] == [
        "no code; it was given H1" if name != "workpackages.csv" else "no code; it was given WP1",
        "no code; it was given H2" if name != "workpackages.csv" else "no code; it was given WP2",
    ]
    assert of(portfolio, records.WorkUnit, "title", "amount_cents") == [
        ("Project Management and Implementation", 2_400_000),
        ("Travel", 500_000),
    ]
    assert bring(portfolio, path).added == []


def test_headings_of_one_title_in_two_tables_are_one(tmp_path: Path, portfolio: Portfolio) -> None:
    more = {"project.csv": PROJECT, "budget.csv": BUDGET, "headings.csv": BUDGET}
    taken = bring(portfolio, folder(tmp_path / "a", more))
    assert taken.errors == []
    assert len(of(portfolio, records.WorkUnit, "id")) == 2


@pytest.mark.parametrize("heading", ["IO", "Intellectual output", "Output"])
def test_intellectual_outputs_keep_their_codes(
    tmp_path: Path, portfolio: Portfolio, heading: str
) -> None:
    table = f"{heading};Title;Amount\nIO1;Book;100\nIO2;Course;200\n"
    more = {"project.csv": PROJECT, "headings.csv": table}
    assert bring(portfolio, folder(tmp_path / "a", more)).errors == []
    assert of(portfolio, records.WorkUnit, "code", "title") == [("IO1", "Book"), ("IO2", "Course")]


def test_words_of_other_languages_are_values(tmp_path: Path, portfolio: Portfolio) -> None:
    more: dict[str, Any] = {
        "partners.csv": [["acronym", "name", "country", "role"], ["UA", "x", "PL", "Co-ordinator"]],
        "workpackages.csv": [["wp", "title"], ["WP1", "x"]],
        "zadania.csv": "Zadanie;Tytuł;Pakiet roboczy;Priorytet;Status\nT1;Plan;WP1;niski;gotowe\n",
    }
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, **more}))
    assert (taken.errors, taken.doubtful, taken.dropped) == ([], [], [])
    assert of(portfolio, records.Partner, "role") == [(PartnerRole.COORDINATOR,)]
    assert of(portfolio, records.Task, "title", "priority", "state", "work_unit_id") == [
        ("Plan", Priority.LOW, TaskState.DONE, 1)
    ]


def test_people_of_nobody_keep_where_they_work(tmp_path: Path, portfolio: Portfolio) -> None:
    people = [
        ["name", "organisation", "role"],
        ["Ada", "KMOP", "Course author"],
        ["Irene", "National agency", "Officer"],
    ]
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, "contacts.csv": people}))
    assert taken.errors == []
    assert said(taken.doubtful, "no partner National agency; kept as text")
    found = dict(of(portfolio, records.Contact, "name", "organisation"))
    assert found == {"Ada": None, "Irene": "National agency"}
    again = bring(portfolio, tmp_path / "a")
    assert (again.added, again.changed) == ([], [])


def test_papers_and_messages_come_back_with_the_project(
    tmp_path: Path, portfolio: Portfolio, today: date
) -> None:
    from ka2tui.domain import papers as rules
    from ka2tui.domain.chase import Reminder
    from ka2tui.domain.kinds import Channel, PaperState, Tone
    from ka2tui.exchange import project_toml
    from ka2tui.operations import messages, papers
    from ka2tui.queries import export
    from ka2tui.store.portfolio import Portfolio as Store

    bring(portfolio, folder(tmp_path / "a", BASE))
    legal = rules.load().get("legal")
    assert legal is not None
    portfolio.do(papers.put, [2], legal, PaperState.ASKED, on=today)
    portfolio.do(messages.note, [2], Channel.CALL, day=today, today=today, text="soon")
    portfolio.do(messages.chase, [Reminder(2, Tone.CLEAR, "Dear [b] all,\n\n=1")], day=today)
    written = project_toml.write(portfolio.ask(export.everything, 1))
    file = tmp_path / "project.toml"
    file.write_bytes(written)
    other = Store.open(str(tmp_path / "other.db"), actor="Ana")
    try:
        taken = other.do(imports.take, project_toml.read(file), today=DAY).value
        assert taken.errors == []
        assert project_toml.write(other.ask(export.everything, 1)) == written
    finally:
        other.close()


CONTACTS = [
    ["Name", "Partner", "E-mail"],
    ["Maria Lopez", "UA", "m@ua.example"],
    ["Nikos Papas", "KMOP", "n@kmop.example"],
    ["Nikos Alexiou", "KMOP", "a@kmop.example"],
]


def test_a_first_name_is_the_one_contact_who_has_it(tmp_path: Path, portfolio: Portfolio) -> None:
    rows = [
        ["Task name", "Responsible"],
        *(["Book", "Maria"], ["Ask", "Nikos"], ["Call", "Frau Lopez"], ["Write", "M. López"]),
        *(["Sing", "Maria (UA)"], ["Draw", "Zoe"]),
    ]
    files = {**BASE, "contacts.csv": CONTACTS, "tasks.csv": rows}
    taken = bring(portfolio, folder(tmp_path / "plan", files))
    assert not taken.errors
    maria, *_ = of(portfolio, records.Contact, "id", "partner_id")
    assert [maria] * 4 == [
        one
        for one in of(portfolio, records.Task, "contact_id", "partner_id")
        if one != (None, None)
    ]
    assert said(taken.doubtful, "'Maria'", "read as Maria Lopez")
    assert said(taken.doubtful, "Nikos could be Nikos Papas or Nikos Alexiou; kept in the notes")
    assert said(taken.doubtful, "there is no partner Zoe; kept in the notes")


def test_a_country_is_the_one_partner_that_is_of_it(tmp_path: Path, portfolio: Portfolio) -> None:
    partners = [*PARTNERS, [4, "UVIGO", "University of Vigo", "Spain", "Vigo", "partner"]]
    rows = [
        ["wp", "title", "lead", "start_month", "end_month", "partners"],
        ["WP1", "Management", "Spain", 1, 24, "PL"],
        ["WP2", "Handbook", "Greece", 3, 12, "Spain"],
        ["WP3", "Pilot", "Lead: Poland", 3, 12, ""],
        ["WP4", "Tools", "Maria", 3, 12, ""],
    ]
    files = {**BASE, "partners.csv": partners, "workpackages.csv": rows}
    taken = bring(portfolio, folder(tmp_path / "plan", {**files, "contacts.csv": CONTACTS}))
    assert not taken.errors
    names = dict(of(portfolio, records.Partner, "id", "acronym"))
    leads = of(portfolio, records.WorkUnit, "lead_id")
    assert [names.get(lead) for (lead,) in leads] == [None, "KMOP", "ULODZ", "UA"]
    assert said(taken.doubtful, "Spain could be UA or UVIGO; kept in the notes")
    assert said(taken.doubtful, "read as KMOP, the only partner of Greece")
    assert [names[one] for (one,) in of(portfolio, records.Share, "partner_id")] == ["ULODZ"]
    assert said(taken.doubtful, "Spain could be UA or UVIGO; left out")


def test_a_row_that_is_wrong_is_told_once_and_not_by_all_that_name_it(
    tmp_path: Path, portfolio: Portfolio
) -> None:
    units = [["wp", "title", "lead"], ["WP1", "Management", "NOBODY"]]
    tasks = [["task", "title", "wp"], ["T1.1", "Plan", "WP1"], ["T1.2", "Report", "WP1"]]
    files = {**BASE, "workpackages.csv": units, "tasks.csv": tasks}
    taken = bring(portfolio, folder(tmp_path / "plan", files))
    assert [one.reason for one in taken.errors] == ["there is no partner NOBODY"]


# --- what is over -------------------------------------------------------------------------------


def test_a_past_meeting_is_held_only_where_something_shows_it(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    more = {
        "meetings.csv": [
            ["name", "date", "place", "tz", "participants", "minutes sent on"],
            ["Nothing said", "2026-03-05", "Athens", "Europe/Athens", "", ""],
            ["People came", "2026-03-06", "Athens", "Europe/Athens", "14", ""],
            ["Minutes", "2026-03-07", "Athens", "Europe/Athens", "", "2026-03-20"],
            ["This month", "Nov 2026", "Athens", "Europe/Athens", "3", ""],
            ["Last month", "Oct 2026", "Athens", "Europe/Athens", "", ""],
            ["Listed", "2026-03-08", "Athens", "Europe/Athens", "", ""],
        ],
        "attendance.csv": [["meeting", "name", "attended"], ["Listed", "Ana López", "yes"]],
    }
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, **more}))
    assert taken.errors == []
    held = {
        title
        for title, state in of(portfolio, records.Meeting, "title", "state")
        if state is MeetingState.HELD
    }
    assert held == {"People came", "Minutes", "Listed"}
    open_ = said(taken.doubtful, "meetings.csv", "it stays planned (2 in all)")
    assert [one.row for one in open_] == [2, 6]
    assert [one.row for one in said(taken.doubtful, "taken as held (3 in all)")] == [3, 4, 7]
    again = bring(portfolio, tmp_path / "a")
    assert (again.added, again.changed) == ([], [])
    assert said(again.doubtful, "stays planned") == []


def test_an_hour_with_its_offset_is_that_moment(portfolio: Portfolio, tmp_path: Path) -> None:
    more = {
        "meetings.csv": [
            ["name", "date", "place", "tz"],
            ["Plain", "2026-12-10 10:00", "", "Europe/Madrid"],
            ["Ahead", "2026-12-10 10:00+01:00", "", "Europe/Madrid"],
            ["Behind", "2026-12-10 02:00-04:00", "", "America/Curacao"],
            ["From elsewhere", "2026-12-10T23:30Z", "", "Europe/Athens"],
        ],
    }
    taken = bring(portfolio, folder(tmp_path / "a", {**BASE, **more}))
    assert taken.errors == []
    assert of(portfolio, records.Meeting, "day", "starts_at", "minutes_long") == [
        (date(2026, 12, 10), datetime(2026, 12, 10, 9, 0, tzinfo=UTC), None),
        (date(2026, 12, 10), datetime(2026, 12, 10, 9, 0, tzinfo=UTC), None),
        (date(2026, 12, 10), datetime(2026, 12, 10, 6, 0, tzinfo=UTC), None),
        (date(2026, 12, 11), datetime(2026, 12, 10, 23, 30, tzinfo=UTC), None),
    ]
    assert [one.row for one in said(taken.doubtful, "read as 2026-12-11 01:30")] == [5]
