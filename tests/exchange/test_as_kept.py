"""Tables as coordinators really keep them: understood without a database."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain import days
from ka2tui.domain.kinds import LinkKind, PartnerRole, Priority, TaskState
from ka2tui.exchange import dates, headings, tables, understanding
from tests.exchange.tables_of import PARTNERS, PROJECT, WORK_PACKAGES, folder

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.domain.intake import Finding, Intake

BASE: dict[str, Any] = {
    "a_project.csv": PROJECT,
    "partners.csv": PARTNERS,
    "workpackages.csv": WORK_PACKAGES,
}
START = date(2025, 12, 1)


def understood(place: Path, files: dict[str, Any]) -> Intake:
    """Understand some files, as if they lay in one folder."""
    grids, _ = tables.read([folder(place / "plan", files)])
    return understanding.understand(grids)


def values(intake: Intake, kind: str, *fields: str) -> list[tuple[Any, ...]]:
    """Give some fields of each record of a kind."""
    return [tuple(item.values.get(field) for field in fields) for item in intake.of(kind)]


def reasons(findings: list[Finding]) -> list[tuple[int | None, str]]:
    return [(one.row, one.reason) for one in findings]


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("12.05-14.05.2025", date(2025, 5, 12), date(2025, 5, 14)),
        ("12/05 - 14/05/2025", date(2025, 5, 12), date(2025, 5, 14)),
        ("29 May–2 June 2026", date(2026, 5, 29), date(2026, 6, 2)),
        ("29 Dec – 2 Jan 2026", date(2025, 12, 29), date(2026, 1, 2)),
        ("13 and 14 March 2025", date(2025, 3, 13), date(2025, 3, 14)),
        ("13 y 14 de marzo de 2025", date(2025, 3, 13), date(2025, 3, 14)),
        ("13 & 14 March 2025", date(2025, 3, 13), date(2025, 3, 14)),
        ("June/July 2026", date(2026, 6, 1), date(2026, 7, 31)),
        ("December 1, 2026 → December 15, 2026", date(2026, 12, 1), date(2026, 12, 15)),
        ("2026 Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("Q2 of 2026", date(2026, 4, 1), date(2026, 6, 30)),
    ],
)
def test_a_stretch_of_time_keeps_its_first_and_its_last_day(
    said: str, first: date, last: date
) -> None:
    read = dates.read(said, start=START, allow_month=True)
    assert (read.day, read.last) == (first, last)


@pytest.mark.parametrize(
    ("said", "day", "doubt"),
    [
        ("Sep-25", date(2025, 9, 1), "the year was read as 2025"),
        ("giu-25", date(2025, 6, 1), "the year was read as 2025"),
        ("Sept '25", date(2025, 9, 1), "the year was read as 2025"),
        ("15-Dec-26", date(2026, 12, 15), "the year was read as 2026"),
        ("15/Dec/26 12:00 AM", date(2026, 12, 15), "the year was read as 2026"),
        ("Mon 01/09/25", date(2025, 9, 1), "the year was read as 2025"),
        ("Thurs. 4/12/2025", date(2025, 12, 4), None),
        ("November 2, 2026 10:00 AM (GMT+1)", date(2026, 11, 2), None),
        ("12/4/2026, 3:00:00 AM GMT+1", date(2026, 4, 12), "read with the day first"),
        ("46054.5", date(2026, 2, 1), "a spreadsheet's number of a day: 2026-02-01"),
        ("1796342400000", date(2026, 12, 4), "a program's number of milliseconds: 2026-12-04"),
        ("end of month 3", date(2026, 2, 1), "read as M3; the words beside it are left out"),
        ("by the end of months 3-4", date(2026, 2, 1), "read as M3-M4; the words beside it"),
        ("month 3", date(2026, 2, 1), None),
        ("Monat 3", date(2026, 2, 1), None),
    ],
)
def test_dates_of_spreadsheets_and_other_programs_are_read(
    said: str, day: date, doubt: str | None
) -> None:
    read = dates.read(said, start=START, allow_month=True)
    assert read.day == day
    assert (read.doubt or "").startswith(doubt or "")
    assert bool(read.doubt) is bool(doubt)


@pytest.mark.parametrize("said", ["31 and 1 June 2026", "Workshop 14 March 2025"])
def test_what_is_no_stretch_is_told_as_left_out(said: str) -> None:
    read = dates.read(said, start=START, allow_month=True)
    assert read.day_to is None
    assert "left out" in (read.doubt or "")


TASKS = "Task name,Start,Due\n"


def test_dates_that_can_only_begin_with_their_month_turn_those_of_their_table(
    tmp_path: Path,
) -> None:
    rows = "One,10/01/2026,10/30/2026\nTwo,,11/20/2026\nThree,,12/04/26\n"
    intake = understood(tmp_path, {**BASE, "tasks.csv": TASKS + rows})
    assert not intake.errors
    assert values(intake, "task", "start", "due") == [
        (date(2026, 10, 1), date(2026, 10, 30)),
        (None, date(2026, 11, 20)),
        (None, date(2026, 12, 4)),
    ]
    (told,) = [one for one in intake.doubtful if "begin with their month" in one.reason]
    assert (told.file, told.value) == ("tasks.csv", "10/30/2026")


@pytest.mark.parametrize(
    "rows",
    ["One,,10/30/2026\nTwo,,11/10/2026\n", "One,,10/30/2026\nTwo,,11/20/2026\nThree,,25/12/2026\n"],
)
def test_a_single_slip_turns_no_other_date(tmp_path: Path, rows: str) -> None:
    intake = understood(tmp_path, {**BASE, "tasks.csv": TASKS + rows})
    assert intake.errors[0].value == "10/30/2026"
    assert "has no month 30" in intake.errors[0].reason


def test_notes_below_a_table_are_told_and_are_no_records(tmp_path: Path) -> None:
    units = "WP,Title,Lead,Start,End\nWP1,Management,UA,1,24\n\nNote: stay below 20 %!,,,,\n"
    partners = (
        "No,Short name,Country\n1,UA,ES\n2,KMOP,EL\n3,,\n\n* KMOP joined later,,\nLegend: green,,\n"
    )
    tasks = "WP,Task no.,Task title\nWP1,T1.1,Plan\n,T1.2,Report\n-,-,-\nAll: 2 tasks,,\n"
    intake = understood(
        tmp_path,
        {
            "a_project.csv": PROJECT,
            "partners.csv": partners,
            "tasks.csv": tasks,
            "wps.csv": units,
        },
    )
    assert not intake.errors
    assert values(intake, "work_unit", "code") == [("WP1",)]
    assert values(intake, "partner", "acronym") == [("UA",), ("KMOP",)]
    assert [item.name for item in intake.of("task")] == ["T1.1", "T1.2"]
    assert {(one.value, one.reason.removeprefix("not taken: ")) for one in intake.dropped} == {
        ("Note: stay below 20 %!", "a remark between the rows"),
        ("* KMOP joined later", "a remark between the rows"),
        ("Legend: green", "a remark between the rows"),
        ("All: 2 tasks", "a remark between the rows"),
        ("3", "nothing but a number"),
    }


def test_a_task_that_is_only_named_stays_a_task(tmp_path: Path) -> None:
    rows = "Task,Details,Due\nBook the hall in Bergamo,,\nBuy badges,green ones,M3\nCall Ana,,\n"
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    assert values(intake, "task", "title") == [
        ("Book the hall in Bergamo",),
        ("Buy badges",),
        ("Call Ana",),
    ]


def test_a_line_of_sums_without_a_word_is_held_against_the_rows(tmp_path: Path) -> None:
    rows = 'WP,Title,Budget\nWP1,Management,"40,000.00"\nWP2,Tools,60000\n,,"110,000.00"\n'
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "wps.csv": rows})
    assert not intake.errors
    assert values(intake, "work_unit", "amount_cents") == [(4_000_000,), (6_000_000,)]
    assert reasons(intake.dropped) == [(4, "not taken: a total")]
    assert (4, "the rows add up to € 100 000") in reasons(intake.doubtful)


@pytest.mark.parametrize("mark", ["〃", '"', "''", '-"-', "ditto", "idem"])
def test_a_ditto_mark_is_what_stands_above_it(tmp_path: Path, mark: str) -> None:
    quoted = mark.replace('"', '""')
    rows = f'Task name,WP,Responsible\nOne,WP1,UA\nTwo,"{quoted}","{quoted}"\n'
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    assert [link.said for link in intake.of("task")[1].links.values()] == ["WP1", "UA"]
    assert (3, "read as what stands above it: WP1") in reasons(intake.doubtful)


def test_groups_of_tasks_belong_to_the_work_package_above_them(tmp_path: Path) -> None:
    head = "Name,Owner,Status,Due date\n"
    rows = (
        f"Plan of ours,,,\nWP1 Management,,,\n{head}Agreements,UA,Done,2026-02-01\n"
        f",,,2026-02-01 to 2026-03-01\n\nWP2 Handbook,,,\n{head}Survey,KMOP,,2026-10-15\n"
    )
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    assert not intake.errors
    assert [item.name for item in intake.of("task")] == ["Agreements", "Survey"]
    assert [item.links["work_unit_id"].said for item in intake.of("task")] == ["WP1", "WP2"]
    assert "not taken: nothing but dates" in [one.reason for one in intake.dropped]


def test_an_empty_cell_of_the_work_package_is_filled_from_the_code(tmp_path: Path) -> None:
    rows = "WP,Task no.,Task title\nWP1,T1.1,Plan\n,T1.2,Report\n,T2.1,Survey\n,,Loose end\n"
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    found = [item.links.get("work_unit_id") for item in intake.of("task")]
    assert [link and link.said for link in found] == ["WP1", "WP1", "WP2", None]
    assert any(
        "the column of the work package says nothing" in one.reason for one in intake.doubtful
    )


SPANISH = (
    "Nº;Siglas;Nombre;País;Rol\n1;IES;IES Río Segura;España;coordinador\n"
    "2;BBS;Berufskolleg Köln-Süd;Alemania;socio\n3;CFP;Centro de Formação;Portugal;¿socio?\n"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SPANISH, "cp1252"),
        ("Reunión;Fecha\n2ª reunión;9-10 octubre 2025\n", "cp1252"),
        ("Nr;Nazwa\n1;Szkoła Główna w Łodzi, że\n2;București, Iaşi\n", "cp1250"),
        ("No;Kurum\n1;Çevre ve Gençlik Derneği, ığş\n", "cp1254"),
        ("Α/Α;Φορέας\n1;Πανεπιστήμιο Αθηνών\n", "cp1253"),
    ],
)
def test_letters_are_guessed_from_where_they_stand(text: str, encoding: str) -> None:
    data = text.replace("ș", "ş").encode(encoding)
    assert tables.guessed_encoding(data) == encoding


def test_without_a_sign_of_another_order_the_day_comes_first() -> None:
    assert dates.begin_with_month(["10/20/2026", "11/21/2026", "30/10/2026"]) is None
    with pytest.raises(days.NoSuchDay):
        dates.read("10/30/2026", start=None, allow_month=False)


# --- what other programs export -----------------------------------------------------------------


def test_a_heading_is_known_whatever_the_order_of_its_words(tmp_path: Path) -> None:
    rows = (
        '"Task name *",Partner responsible ,Date of start,"End\u00a0date\n(dd/mm/yyyy)"\n'
        "Plan,UA,01/12/2025,15/01/2026\n"
    )
    partners = (
        "No.,Acronym,Full legal name of the organisation,Role in the project\n1,UA,Uni,lead\n"
    )
    intake = understood(
        tmp_path, {"a_project.csv": PROJECT, "partners.csv": partners, "tasks.csv": rows}
    )
    assert not intake.dropped
    (task,) = intake.of("task")
    assert (task.values["start"], task.values["due"]) == (date(2025, 12, 1), date(2026, 1, 15))
    assert task.links["partner_id"].said == "UA"
    assert values(intake, "partner", "name") == [("Uni",)]


def test_the_number_of_tasks_is_no_number_of_a_task() -> None:
    columns = headings.columns_of("task", ["Number of tasks", "Task title"])
    assert [column.field for column in columns] == ["title"]


EXPORTS: dict[str, tuple[str, dict[str, Any]]] = {
    "trello": (
        (
            "Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,Attachment Count,"
            "List Name,Board Name,Archived,Start Date,Due Complete\n"
            '65a1,Book hotel,https://t/c,"Ask, please","WP1 (green), urgent (red)",,'
            "2026-12-04T17:00:00.000Z,0,Doing,KA2,false,,false\n"
        ),
        {
            "code": "65a1",
            "title": "Book hotel",
            "due": date(2026, 12, 4),
            "state": TaskState.DOING,
            "notes": "Ask, please",
            "tags": ["WP1", "urgent"],
        },
    ),
    "asana": (
        (
            "Task ID,Created At,Completed At,Name,Section/Column,"
            "Assignee,Assignee Email,Start Date,"
            "Due Date,Tags,Notes,Projects,Parent task,Blocked By (Dependencies)\n"
            "120,2026-09-01,2026-09-20,Write guide,WP2 Handbook,Ana Kovač,a@b.example,,2026-09-18,"
            '"survey, high priority",,BRIDGE,,Plan\n'
        ),
        {
            "title": "Write guide",
            "finished_on": date(2026, 9, 20),
            "work_unit_id": "WP2",
            "tags": ["survey", "high-priority"],
            "needs": [("Plan", LinkKind.FS, None)],
        },
    ),
    "ms project": (
        (
            "ID,Task Mode,Name,Duration,Start,Finish,Predecessors,Resource Names,% Complete\n"
            'x4,Auto,Report,20 days,Mon 03/08/26,Fri 28/08/26,"3FS+10 days, 4SS-1 wk",'
            "NGO[50%],80%\n"
        ),
        {
            "start": date(2026, 8, 3),
            "due": date(2026, 8, 28),
            "state": TaskState.DOING,
            "notes": "% Complete: 80 %",
            "partner_id": "NGO",
            "needs": [("3", LinkKind.FS, 10), ("4", LinkKind.SS, -7)],
        },
    ),
    "jira": (
        (
            "Summary,Issue key,Issue Type,Status,Project name,Priority,Due date,Labels,Labels,"
            "Description,Parent summary\n"
            "Set up Moodle,BRG-12,Bug,To Do,Bridge,Highest,"
            "15/Dec/26 12:00 AM,lms,web,How to,WP2 Tools\n"
        ),
        {
            "code": "BRG-12",
            "title": "Set up Moodle",
            "state": TaskState.OPEN,
            "priority": Priority.HIGH,
            "due": date(2026, 12, 15),
            "notes": "How to\nIssue Type: Bug",
            "tags": ["lms", "web"],
            "work_unit_id": "WP2",
        },
    ),
    "clickup": (
        (
            "Task Type,Task ID,Task Name,Task Content,Status,Due Date,Parent ID,Assignees,Tags,"
            "Priority,List Name\nTask,86c1,Print,,complete,"
            "1796342400000,null,[Ana Kovač],[print],4,WP1\n"
        ),
        {
            "title": "Print",
            "state": TaskState.DONE,
            "due": date(2026, 12, 4),
            "tags": ["print"],
            "priority": Priority.LOW,
            "partner_id": "Ana Kovač",
            "parent_id": None,
        },
    ),
    "notion": (
        (
            "Task name,Status,Assignee,Due date,WP\n"
            'Agenda,In progress,,"December 1, 2026 → December 4, 2026",'
            "WP1 (https://n.so/WP1-0a1b)\n"
        ),
        {
            "start": date(2026, 12, 1),
            "due": date(2026, 12, 4),
            "work_unit_id": "WP1",
        },
    ),
    "teamgantt": (
        (
            "WBS #,Name / Title,Type,Start Date,End Date,Estimated Hours,% Complete,Resources\n"
            "1,BRIDGE,project,01/09/2025,30/08/2027,0,0,\n1.1,WP2 Tools,group,,,0,0,\n"
            "1.1.1,Kick-off,task,16/10/2025,17/10/2025,16,100,UA\n"
        ),
        {
            "code": "1.1.1",
            "title": "Kick-off",
            "work_unit_id": "WP2",
            "state": TaskState.DONE,
            "effort_minutes": 960,
        },
    ),
    "todoist": (
        (
            "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\n"
            "meta,view_style=list,,,,,,,,\nsection,WP2 Tools,,,,,,,,\n"
            "task,Send minutes,To all,1,1,Ana (1),,4 Dec 2026,en,Europe/Berlin\n"
        ),
        {"title": "Send minutes", "notes": "To all", "due": date(2026, 12, 4)},
    ),
    "planner": (
        (
            "Task ID,Task Name,Bucket Name,Progress,Priority,Assigned To,Due date,Late,Labels,"
            "Description\naX,Check,Ideas,Not started,Important,,"
            "12/11/2026,false,Finance,Bring list\n"
        ),
        {
            "title": "Check",
            "notes": "Bring list\nBucket Name: Ideas",
            "state": TaskState.OPEN,
            "priority": Priority.HIGH,
        },
    ),
}


@pytest.mark.parametrize("program", EXPORTS)
def test_tasks_of_another_program_are_understood(tmp_path: Path, program: str) -> None:
    rows, expected = EXPORTS[program]
    intake = understood(tmp_path, {**BASE, "export.csv": rows})
    assert not intake.errors
    (task,) = intake.of("task")
    links = {name: link.said for name, link in task.links.items()}
    tags = [item.values["name"] for item in intake.of("tag")]
    needs = [
        (
            item.links["needs_id"].said,
            item.values.get("kind", LinkKind.FS),
            item.values.get("lag_days"),
        )
        for item in intake.of("task_link")
    ]
    found = {**task.values, **links, "tags": tags, "needs": needs}
    assert {name: found.get(name) for name in expected} == expected


def test_tasks_without_codes_are_found_by_their_row(tmp_path: Path) -> None:
    rows = 'Task Name,Predecessors\nKick-off,\nAgreements,1\nReport,"1,2SS"\n'
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    assert [item.links["needs_id"].said for item in intake.of("task_link")] == [
        "Kick-off",
        "Kick-off",
        "Agreements",
    ]


def test_per_cent_and_status_are_told_only_where_they_disagree(tmp_path: Path) -> None:
    rows = "Task name,Status,% done\nA,Done,1\nB,In progress,0.6\nC,Done,40%\nD,,0\nE,,100\nF,,x\n"
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    assert values(intake, "task", "state", "notes") == [
        (TaskState.DONE, None),
        (TaskState.DOING, "% done: 60 %"),
        (TaskState.DONE, "% done: 40 %"),
        (TaskState.OPEN, None),
        (TaskState.DONE, None),
        (TaskState.DONE, None),
    ]
    assert reasons(intake.doubtful) == [(4, "Status says Done, which is kept")]


def test_a_table_of_two_hundred_columns_is_known_by_the_first_ones(tmp_path: Path) -> None:
    wide = ",".join(f"Field {number}" for number in range(198))
    rows = f"Task,Due,{wide}\nDo it,01/12/2026,{',' * 196}last\n"
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    assert values(intake, "task", "title", "due") == [("Do it", date(2026, 12, 1))]
    assert [one.column for one in intake.dropped] == ["Field 196"]


@pytest.mark.parametrize(
    ("said", "zone", "starts", "minutes"),
    [
        ("12/05/2026 10:00-12:30 CET", "CET", "08:00", 150),
        ("12/05/2026, 10:00 – 12:30 (CEST)", "CET", "08:00", 150),
        ("12 May 2026 at 9:30", "Europe/Athens", "06:30", None),
        ("2026-05-12 14:00 GMT", "GMT", "14:00", None),
    ],
)
def test_the_hour_of_a_meeting_is_read_beside_its_day(
    tmp_path: Path, said: str, zone: str, starts: str, minutes: int | None
) -> None:
    rows = f'Meeting,Date,Place,Country\nTPM2,"{said}",Athens,Greece\n'
    intake = understood(tmp_path, {**BASE, "meetings.csv": rows})
    (meeting,) = intake.of("meeting")
    assert meeting.values["day"] == date(2026, 5, 12)
    assert meeting.values["zone"] == zone
    assert f"{meeting.values['starts_at']:%H:%M}" == starts
    assert meeting.values.get("minutes_long") == minutes


def test_an_hour_of_an_unknown_zone_is_kept_in_the_notes(tmp_path: Path) -> None:
    rows = "Meeting,Date,Place\nCall,12/05/2026 10:00 XYZ,Zoom\n"
    intake = understood(tmp_path, {**BASE, "meetings.csv": rows})
    (meeting,) = intake.of("meeting")
    assert (meeting.values["day"], meeting.values["notes"]) == (
        date(2026, 5, 12),
        "Date: 10:00 XYZ",
    )


# --- charts -------------------------------------------------------------------------------------


def drawn(intake: Intake) -> list[tuple[Any, ...]]:
    """Give code, title, beginning and end of what a chart shows."""
    units = values(intake, "work_unit", "code", "title", "start_month", "end_month")
    tasks = values(intake, "task", "code", "title", "start", "due")
    return [*units, *tasks]


CHARTS: dict[str, str] = {
    "project months": "Activity,M1,M2,M3,M4,M5\nWP1 Management,x,x,x,x,x\nT1.1 Plan,,█,█,,\n",
    "numbers": "Activity,1,2,3,4,5,6\nWP1 Management,1,1,1,1,1,\nT1.1 Plan,,1,1,,,\n",
    "calendar months": (
        "Activity,Dec-25,Jan-26,Feb-26,Mar-26,Apr-26\nWP1 Management,X,X,X,X,X\nT1.1 Plan,,X,X,,\n"
    ),
    "months below years": (
        "Work plan\n,2025,2026,,,\nActivity,Dec,Jan,Feb,Mar,Apr\n"
        "WP1 Management,■,■,■,■,■\nT1.1 Plan,,■,■,,\n"
    ),
    "months below years of the project": (
        "Code,Title,Year 1,,,,\n,,1,2,3,4,5\nWP1,Management,x,x,x,x,x\nT1.1,Plan,,x,x,,\n"
    ),
    "spreadsheet dates": (
        "Activity,2025-12-01,2026-01-01,2026-02-01,2026-03-01,2026-04-01\n"
        "WP1 Management,x,x,x,x,x\nT1.1 Plan,,x,x,,\n"
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_when_its_rows_begin_and_end(tmp_path: Path, name: str) -> None:
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "gantt.csv": CHARTS[name]})
    assert not intake.errors
    assert drawn(intake) == [
        ("WP1", "Management", 1, 5),
        ("T1.1", "Plan", date(2026, 1, 1), date(2026, 2, 28)),
    ]
    assert any(one.reason.startswith("read as a chart of months") for one in intake.read)


def test_a_chart_of_quarters_begins_with_the_project(tmp_path: Path) -> None:
    rows = "Task,Lead,Q4 2025,Q1 2026,Q2 2026\nWP1 Management,UA,x,x,x\nHandbook,KMOP,,x,\n"
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "gantt.csv": rows})
    assert drawn(intake) == [
        ("WP1", "Management", 1, 7),
        (None, "Handbook", date(2026, 1, 1), date(2026, 3, 31)),
    ]
    assert intake.of("task")[0].links["partner_id"].said == "KMOP"


def test_what_lists_say_goes_before_the_chart(tmp_path: Path) -> None:
    chart = (
        "Activity,M1,M2,M3,M4,M5\nWP1 Management,x,x,x,x,x\nT1.1 Plan,x,,,,\nT1.2 Report,,,,x,x\n"
        "Survey,,x,x,,\nUnknown thing,,x,,,\n"
    )
    tasks = "Task no.,Task title,Due\nT1.1,Plan of the work,15/12/2025\nT1.2,Report,M2\n,Survey,\n"
    intake = understood(tmp_path, {**BASE, "a_gantt.csv": chart, "tasks.csv": tasks})
    assert not intake.errors
    assert values(intake, "task", "title", "start", "due", "due_month") == [
        ("Plan of the work", date(2025, 12, 1), date(2025, 12, 15), None),
        ("Report", date(2026, 3, 1), date(2026, 1, 31), 2),
        ("Survey", date(2026, 1, 1), date(2026, 2, 28), 3),
    ]
    assert values(intake, "work_unit", "end_month") == [(24,), (12,)]
    told = [(one.file, one.row, one.value) for one in intake.doubtful if "is kept" in one.reason]
    assert told == [("a_gantt.csv", 2, "M5"), ("a_gantt.csv", 4, "M5")]
    assert ("Unknown thing", "not taken: no task of the lists is called so") in [
        (one.value, one.reason) for one in intake.dropped
    ]


def test_a_chart_with_gaps_or_without_marks_is_told(tmp_path: Path) -> None:
    rows = "Activity,M1,M2,M3,M4\nNewsletter,x,,,x\nNothing yet,,,,\n"
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "gantt.csv": rows})
    assert (2, "marked in M1, M4; kept from the first to the last") in reasons(intake.doubtful)
    assert (3, "not taken: nothing is marked in its row") in reasons(intake.dropped)
    coloured = "Activity,M1,M2,M3,M4\nNewsletter,,,,\nConference,,,,\n"
    intake = understood(tmp_path / "b", {"a_project.csv": PROJECT, "gantt.csv": coloured})
    assert not intake.items[1:]
    assert "bars are colours alone" in intake.dropped[0].reason


def test_days_and_money_by_month_are_no_chart(tmp_path: Path) -> None:
    days = "Partner,M1,M2,M3,M4\nUA,2,2.5,3,1\nKMOP,1,4,2,2\n"
    intake = understood(tmp_path, {**BASE, "staff days.csv": days})
    assert not intake.of("task")
    assert not any("chart of" in one.reason for one in intake.read)


def test_the_parts_of_a_work_package_are_not_taken_for_it(tmp_path: Path) -> None:
    rows = "wp,activity,start_date,end_date\nWP1,A1.1,1,3\nWP1,A1.2,2,4\nWP2,A2.1,3,5\n"
    intake = understood(tmp_path, {**BASE, "z_gantt.csv": rows})
    assert not intake.errors
    assert [
        (item.values["code"], item.links["parent_id"].said)
        for item in intake.of("work_unit")
        if "parent_id" in item.links
    ] == [("A1.1", "WP1"), ("A1.2", "WP1"), ("A2.1", "WP2")]


def test_a_chart_of_activities_is_that_of_the_list(tmp_path: Path) -> None:
    activities = "Activity,Title,Start month\nA1,Youth workshops,1\nA2,Hackathon,\n"
    chart = "Activities,M1,M2,M3\nYouth workshops,x,x,\nHackathon,,x,x\n"
    intake = understood(
        tmp_path, {"a_project.csv": PROJECT, "activities.csv": activities, "b_gantt.csv": chart}
    )
    assert drawn(intake) == [("A1", "Youth workshops", 1, 2), ("A2", "Hackathon", 2, 3)]


def test_head_counts_stand_beside_their_meetings(tmp_path: Path) -> None:
    rows = (
        "Name of meeting,When,Where,Type,UA,KMOP,Total\n"
        'Kick-off,15-16 January 2026,"Cork, Ireland",Face to face,5,2,8\n'
        "TPM2,7 October 2026 10:00,Leeds (UK),Hybrid,3,,3\n"
    )
    intake = understood(tmp_path, {**BASE, "meetings.csv": rows})
    assert not intake.dropped
    assert values(intake, "meeting", "title", "country", "participants", "zone") == [
        ("Kick-off", "IE", 8, None),
        ("TPM2", "GB", 3, "Europe/London"),
    ]
    assert [
        (item.links["meeting_id"].said, item.links["partner_id"].said, item.values["people"])
        for item in intake.of("head_count")
    ] == [("Kick-off", "UA", 5), ("TPM2", "UA", 3), ("Kick-off", "KMOP", 2)]
    assert (2, "the head counts add up to 7") in reasons(intake.doubtful)
    assert (2, "the country was read as IE") in reasons(intake.doubtful)


def test_a_hidden_sheet_is_told_and_not_taken(tmp_path: Path) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    file = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(file) as book:
        for name, title in (("Tasks", "Now"), ("Tasks old", "Once")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Task name", "Due"])
            sheet.write_row(1, 0, [title, "M3"])
        sheet.hide()
    intake = understanding.understand(tables.read_file(file))
    assert values(intake, "task", "title") == [("Now",)]
    (told,) = [one for one in intake.dropped if "hidden sheet" in one.reason]
    assert told.file == "plan.xlsx, sheet Tasks old"


@pytest.mark.parametrize("heading", ["", "WP / Activity", "Ref. (form)"])
def test_codes_are_known_whatever_stands_above_them(tmp_path: Path, heading: str) -> None:
    rows = (
        f"{heading},Title,Start month,End month\nWP1,Management,1,24\nA1.1,Kick-off,1,2\n"
        "WP2,Tools,3,14\n"
    )
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "wps.csv": rows})
    assert values(intake, "work_unit", "code", "title") == [
        ("WP1", "Management"),
        ("A1.1", "Kick-off"),
        ("WP2", "Tools"),
    ]


def test_codes_beside_what_their_noun_heads_are_known(tmp_path: Path) -> None:
    rows = "Result no.,Result,Month of delivery\nR1,Toolbox,M9\nR2,Pilot report,M22\n"
    intake = understood(tmp_path, {**BASE, "deliverables.csv": rows})
    assert values(intake, "deliverable", "code", "title", "due_month") == [
        ("R1", "Toolbox", 9),
        ("R2", "Pilot report", 22),
    ]


def test_facts_are_known_in_any_order_of_their_words(tmp_path: Path) -> None:
    rows = "Project acronym;MIXED\nDate of start;1.11.2025\nTotal lump sum;120 000 €\nTitle;Mixed\n"
    intake = understood(tmp_path, {"project.csv": rows})
    assert values(intake, "project", "acronym", "start", "grant_cents") == [
        ("MIXED", date(2025, 11, 1), 12_000_000)
    ]


WEEKS: dict[str, str] = {
    "of the project": "Task,W1,W2,W3,W4\nVenue,x,x,,\nInvitations,,x,x,\n",
    "in words": "Task,Week 1,Week 2,Week 3,Week 4\nVenue,x,x,,\nInvitations,,x,x,\n",
    "below their year": ",2025,,,\nTask,KW 49,KW 50,KW 51,KW 52\nVenue,x,x,,\nInvitations,,x,x,\n",
    "with their year": (
        "Task,2025-W49,2025-W50,2025-W51,2025-W52\nVenue,x,x,,\nInvitations,,x,x,\n"
    ),
    "by their first day": (
        "Task,2025-12-01,2025-12-08,2025-12-15,2025-12-22\nVenue,x,x,,\nInvitations,,x,x,\n"
    ),
}


@pytest.mark.parametrize("name", WEEKS)
def test_a_chart_of_weeks_says_when_tasks_begin_and_end(tmp_path: Path, name: str) -> None:
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "gantt.csv": WEEKS[name]})
    assert values(intake, "task", "title", "start", "due", "due_month") == [
        ("Venue", date(2025, 12, 1), date(2025, 12, 14), None),
        ("Invitations", date(2025, 12, 8), date(2025, 12, 21), None),
    ]
    assert any("chart of weeks" in one.reason for one in intake.read)
    told = [one.reason for one in intake.doubtful]
    assert any("from the project's first day" in one for one in told) is (name[:2] in {"of", "in"})


def test_marks_of_partners_in_weeks_are_no_tasks(tmp_path: Path) -> None:
    rows = "Partner,W1,W2,W3,W4\nUA,x,x,,\nKMOP,,x,x,\n"
    intake = understood(tmp_path, {**BASE, "z_presence.csv": rows})
    assert not intake.of("task")
    assert [one.value for one in intake.dropped if "a partner, no work" in one.reason] == [
        "UA",
        "KMOP",
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Spring 2026", "a season is no date: write a month or quarter"),
        ("Frühjahr 2026", "a season is no date"),
        ("W14", "a week needs its year: write 2026-W14"),
        ("KW 48", "a week needs its year"),
        ("Q3", "a quarter needs its year: write Q3 2026"),
        ("mid-May", "the year is missing: write May 2026"),
        ("2026", "a year is no date"),
        ("soon", "this is no date"),
    ],
)
def test_what_a_text_lacks_to_be_a_date_is_said(tmp_path: Path, said: str, reason: str) -> None:
    rows = f"Task name,Due\nOne,{said}\n"
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    assert values(intake, "task", "due", "notes") == [(None, f"Due: {said}")]
    (told,) = [one for one in intake.doubtful if one.file == "tasks.csv"]
    assert told.reason.startswith(reason)
    assert told.reason.endswith("; kept in the notes")


@pytest.mark.parametrize("said", ["2026-W14", "KW 14/2026", "week 14, 2026", "14. KW 2026"])
def test_a_week_is_read_from_its_monday_to_its_sunday(said: str) -> None:
    read = dates.read(said, start=START, allow_month=True)
    assert (read.day, read.last) == (date(2026, 3, 30), date(2026, 4, 5))
    assert "the week from 2026-03-30 to 2026-04-05" in (read.doubt or "")


def test_a_week_that_its_year_does_not_have_is_none() -> None:
    with pytest.raises(days.NoSuchDay, match="2026 has no week 54"):
        dates.read("KW 54/2026", start=START, allow_month=True)


def test_words_are_known_whatever_their_letters(tmp_path: Path) -> None:
    rows = "No,Short name,Name,Role\n1,ΠΑ,Athens,Συντονιστής\n"
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "partners.csv": rows})
    assert values(intake, "partner", "role") == [(PartnerRole.COORDINATOR,)]


# --- several tables in one sheet ----------------------------------------------------------------


def test_tables_below_each_other_are_called_by_the_lines_above_them(tmp_path: Path) -> None:
    rows = (
        "PROJECT DATA,,,,\nProject title:,Digital Bridges,,,\nAcronym:,DIBRI,,,\n"
        "Duration:,36 months (01/09/2019 - 31/08/2022),,,\n,,,,\n"
        "INTELLECTUAL OUTPUTS,,,,\nOutput,Title,Start,End,Days\nO1,Handbook,1,18,120\n,,,,\n"
        "MULTIPLIER EVENTS,,,,\nEvent,Country,Date,Local participants,Foreign participants\n"
        "Final conference,Latvia,June 2022,50,20\n,,,,\n"
        "TRANSNATIONAL MEETINGS,,,,\nM,Host,City,Month,Participants\nM1,,Riga,10/2019,12\n"
    )
    intake = understood(tmp_path, {"plan.csv": rows})
    assert not intake.errors
    facts = values(intake, "project", "acronym", "start", "end", "months")
    assert facts == [("DIBRI", date(2019, 9, 1), date(2022, 8, 31), 36)]
    assert values(intake, "work_unit", "code", "title") == [("O1", "Handbook")]
    assert values(intake, "meeting", "title", "day") == [
        ("Final conference", date(2022, 6, 1)),
        ("Meeting in Riga", date(2019, 10, 1)),
    ]


def test_tables_beside_each_other_are_two(tmp_path: Path) -> None:
    rows = (
        "No,Short name,Country,,Task name,Due,Responsible\n1,UA,ES,,Kick-off,M1,UA\n"
        "2,KMOP,EL,,Report,M6,KMOP\n,,,,Survey,M7,UA\n"
    )
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "plan.csv": rows})
    assert not intake.errors
    assert values(intake, "partner", "acronym") == [("UA",), ("KMOP",)]
    assert values(intake, "task", "title") == [("Kick-off",), ("Report",), ("Survey",)]
    spaced = "Task name,,Due,Responsible\nKick-off,,M1,UA\n"
    intake = understood(tmp_path / "b", {**BASE, "tasks.csv": spaced})
    assert values(intake, "task", "title", "due_month") == [("Kick-off", 1)]


def test_a_table_with_its_headings_in_the_first_column_is_turned(tmp_path: Path) -> None:
    rows = "Meeting,Kick-off,TPM2\nDate,12/01/2026,14/05/2026\nPlace,Lisbon,Porto\nHost,UA,KMOP\n"
    card = "Partner information,\nName,Institut Sud\nAcronym,SUD\nCountry,France\nPIC,999987654\n"
    intake = understood(tmp_path, {**BASE, "meetings.csv": rows, "z_card.csv": card})
    assert not intake.errors
    assert values(intake, "meeting", "title", "day", "place") == [
        ("Kick-off", date(2026, 1, 12), "Lisbon"),
        ("TPM2", date(2026, 5, 14), "Porto"),
    ]
    assert values(intake, "partner", "acronym", "country", "pic")[-1] == ("SUD", "FR", "999987654")
    assert [one.file for one in intake.doubtful if "columns were read as rows" in one.reason] == [
        "meetings.csv, by columns",
        "z_card.csv, by columns",
    ]


def test_a_pivot_table_is_told_and_not_taken(tmp_path: Path) -> None:
    rows = (
        "Row Labels,Sum of Budget,Count of Tasks\nWP1,20000,3\nWP2,30000,4\nGrand Total,50000,7\n"
    )
    intake = understood(tmp_path, {**BASE, "pivot.csv": rows})
    assert not intake.errors
    assert not intake.of("share")
    (told,) = [one for one in intake.dropped if one.file == "pivot.csv"]
    assert "a pivot table, which sums up" in told.reason


def test_amounts_are_no_names_of_partners(tmp_path: Path) -> None:
    rows = "Sums,,\nWP1,20000,300\nWP2,30000,400\nWP3,10000,200\n"
    intake = understood(tmp_path, {**BASE, "sums.csv": rows})
    assert not intake.of("share")


# --- dates and shares in other hands ------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3.IX.2026", date(2026, 9, 3)),
        ("4/V/2026", date(2026, 5, 4)),
        ("04.05.2026 r.", date(2026, 5, 4)),
        ("01.03.2026.", date(2026, 3, 1)),
        ("2026. 05. 04.", date(2026, 5, 4)),
        ("2026. május 4.", date(2026, 5, 4)),
        ("2025 m. spalio 10 d.", date(2025, 10, 10)),
        ("12. září 2026", date(2026, 9, 12)),
        ("1° marzo 2026", date(2026, 3, 1)),
        ("1º de marzo de 2026", date(2026, 3, 1)),
        ("M12 (Nov 26)", date(2026, 11, 1)),
    ],
)
def test_dates_as_countries_write_them_leave_no_doubt(said: str, day: date) -> None:
    read = dates.read(said, start=START, allow_month=True)
    assert (read.day, read.doubt) == (day, None)


@pytest.mark.parametrize(
    ("said", "last", "doubt"),
    [
        ("IX 2026", date(2026, 9, 30), "read as Sep 2026"),
        ("H1 2026", date(2026, 6, 30), "read as Jan - Jun 2026"),
        ("20260503", date(2026, 5, 3), "read as 2026-05-03"),
        ("46266,75", date(2026, 9, 1), "a spreadsheet's number of a day: 2026-09-01"),
        ("by 30/06/26", date(2026, 6, 30), "the year was read as 2026; the words beside it"),
        ("M12 (Aug 26)", date(2026, 11, 30), "“M12” is kept, but “Aug 26” is another time"),
    ],
)
def test_dates_that_were_guessed_are_told(said: str, last: date, doubt: str) -> None:
    read = dates.read(said, start=START, allow_month=True)
    assert read.last == last
    assert (read.doubt or "").startswith(doubt)


def test_shares_are_read_as_their_column_writes_them(tmp_path: Path) -> None:
    rows = "Task name,% done\nA,½\nB,3/4\nC,1\nD,0.5\nE,120%\n"
    whole = "Task name,% done\nA,1\nB,50\nC,100\n"
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows, "whole.csv": whole})
    assert values(intake, "task", "state", "notes") == [
        (TaskState.DOING, "% done: 50 %"),
        (TaskState.DOING, "% done: 75 %"),
        (TaskState.DONE, None),
        (TaskState.DOING, "% done: 50 %"),
        (None, "% done: 120%"),
        (TaskState.DOING, "% done: 1 %"),
        (TaskState.DOING, "% done: 50 %"),
        (TaskState.DONE, None),
    ]
    assert (6, "this is no share from 0 to 100 %; kept in the notes") in reasons(intake.doubtful)


@pytest.mark.parametrize("said", ["IT - Italia", "Italy (IT)", "🇮🇹 Italia", "🇮🇹", "IT/Italy"])
def test_a_country_that_is_said_twice_is_one(tmp_path: Path, said: str) -> None:
    rows = f"No,Short name,Country\n1,COMBA,{said}\n2,ASMAR,ES - Italia\n"
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "partners.csv": rows})
    assert values(intake, "partner", "country") == [("IT",), (None,)]


# --- habits -------------------------------------------------------------------------------------


def test_numbers_that_begin_anew_in_each_list_are_no_codes(tmp_path: Path) -> None:
    september = "No,Task,After\n1,Send contracts,\n2,Open Moodle,1\n"
    october = "No,Task,After\n1,Print badges,\n2,Book hall,1\n"
    intake = understood(tmp_path, {**BASE, "tasks_09.csv": september, "tasks_10.csv": october})
    assert not intake.errors
    assert values(intake, "task", "code", "title") == [
        (None, "Send contracts"),
        (None, "Open Moodle"),
        (None, "Print badges"),
        (None, "Book hall"),
    ]
    needed = [one.links["needs_id"].said for one in intake.of("task_link")]
    assert needed == ["Send contracts", "Print badges"]
    told = [one.file for one in intake.doubtful if "running numbers" in one.reason]
    assert told == ["tasks_09.csv", "tasks_10.csv"]


def test_the_same_numbers_of_the_same_tasks_are_one_list(tmp_path: Path) -> None:
    rows = "No,Task,Due\n1,Send contracts,\n2,Open Moodle,\n"
    again = "No,Task,Due\n1,Send contracts,M3\n"
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows, "tasks_b.csv": again})
    assert values(intake, "task", "code", "due_month") == [("1", 3), ("2", None)]


def test_a_list_called_after_a_partner_is_its_own(tmp_path: Path) -> None:
    files = {"z_UA.csv": "Task,Due\nPlan,M3\n", "z_zoo.csv": "Task,Due\nWalk,M3\n"}
    intake = understood(tmp_path, {**BASE, **files})
    said = [one.links.get("partner_id") for one in intake.of("task")]
    assert [link and link.said for link in said] == ["UA", None]
    (told,) = [one for one in intake.doubtful if "called after a partner" in one.reason]
    assert (told.file, told.value) == ("z_UA.csv", "UA")


def test_facts_are_facts_whatever_the_acronym(tmp_path: Path) -> None:
    rows = "Acronym,NUM\nTitle,Numbers\nStart,01/09/2025\nDuration,24 months\n"
    intake = understood(tmp_path, {"project.csv": rows})
    assert values(intake, "project", "acronym", "months") == [("NUM", 24)]
    assert not intake.of("partner")


def test_a_column_of_per_cent_is_one_whatever_heads_it(tmp_path: Path) -> None:
    rows = "Task name,Status,Done\nA,open,0 %\nB,in progress,50 %\n"
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    assert values(intake, "task", "state") == [(TaskState.OPEN,), (TaskState.DOING,)]
    assert not [one for one in intake.doubtful if one.file == "tasks.csv"]


def test_files_of_one_folder_share_their_letters(tmp_path: Path) -> None:
    partners = "Č.;Zkratka;Název organizace;Země\n1;ZŠ;Základní škola Brno, že;Česko\n"
    units = "Aktivita;Název;Začátek;Konec\nA1;Řízení;1;24\n"
    files = {"a_project.csv": PROJECT, "aktivity.csv": units.encode("cp1250")}
    alone = understood(tmp_path / "a", files)
    assert alone.of("work_unit")[0].values["title"] != "Řízení"
    intake = understood(tmp_path / "b", {**files, "partneri.csv": partners.encode("cp1250")})
    assert values(intake, "work_unit", "title", "start_month") == [("Řízení", 1)]


LANGUAGES: dict[str, tuple[str, str]] = {
    "Polish": (
        (
            "Akronim:;EKO\nTytuł projektu:;Szkoła\nNumer umowy:;2024-1-PL01-KA220-SCH-000245001\n"
            "Data rozpoczęcia:;1.11.2024\nKwota dofinansowania:;250 000,00\n"
        ),
        "Zadanie;Odpowiedzialny;Termin;Status\nRaport;SP7;3.XII.2024;w trakcie realizacji\n",
    ),
    "Turkish": (
        (
            "Proje Adı;Köprü\nKısaltma;KÖPRÜ\nSözleşme No;2025-1-TR01-KA210-YOU-000300001\n"
            "Başlangıç Tarihi;01.11.2024\nHibe;250.000,00\n"
        ),
        "Görev;Sorumlu;Son Tarih;Durum\nRapor;SP7;3 Aralık 2024;Devam ediyor\n",
    ),
    "Greek": (
        "Πεδίο;Τιμή\nΑκρωνύμιο;ΗΛΙΟΣ\nΤίτλος;Σχολεία\nΈναρξη;1/11/2024\nΠροϋπολογισμός;250.000,00\n",
        "Εργασία;Υπεύθυνος;Προθεσμία;Κατάσταση\nΈκθεση;SP7;3 Δεκεμβρίου 2024;Σε εξέλιξη\n",
    ),
    "Romanian": (
        "Acronim;PUNTI\nTitlul proiectului;Punți\nData de început;1.11.2024\nBuget;250.000,00\n",
        "Sarcina;Responsabil;Termen;Stadiu\nRaport;SP7;3 decembrie 2024;în desfășurare\n",
    ),
    "Portuguese": (
        "Acrónimo;PONTES\nTítulo do projeto;Pontes\nInício;1/11/2024\nSubvenção;250.000,00\n",
        "Tarefa;Responsável;Prazo;Situação\nRelatório;SP7;3 de dezembro de 2024;em curso\n",
    ),
    "German": (
        "Projekttitel;Brücken\nKurztitel;BRÜCKEN\nProjektbeginn;01.11.2024\nFördersumme;250.000,00\n",
        "Aufgabe;Wer;bis wann;Stand\nBericht;SP7;03.12.2024;begonnen\n",
    ),
    "French": (
        "Acronyme;RIVAGE\nTitre du projet;Rive\nDate de début;01/11/2024\nSubvention;250 000,00\n",
        "Action à mener;Qui;Échéance;État\nRapport;SP7;3 décembre 2024;en cours\n",
    ),
    "Italian": (
        "Voce;Valore\nAcronimo;MARE\nTitolo;M\nData inizio;1° novembre 2024\nContributo;250.000\n",
        "Compito;Chi;Entro il;Stato\nRapporto;SP7;3 dicembre 2024;in corso\n",
    ),
    "Spanish": (
        (
            "Acrónimo;SIEMBRA\nTítulo del proyecto;S\nFecha de inicio;1 de noviembre de 2024\n"
            "Importe concedido;250.000,00\n"
        ),
        "Tarea;Responsable;Fecha límite;Situación\nInforme;SP7;3 de diciembre de 2024;en curso\n",
    ),
    "Hungarian": (
        "Rövid név;TISZA\nProjekt címe;Tisza\nKezdés;2024.11.01.\nTámogatás;250 000\n",
        "Feladat;Felelős;Határidő;Állapot\nJelentés;SP7;2024. december 3.;folyamatban\n",
    ),
    "Czech": (
        "Zkratka;ŽIVĚ\nNázev projektu;Škola\nZačátek;1.11.2024\nGrant;250 000,00\n",
        "Úkol;Odpovědný;Termín;Stav\nZpráva;SP7;3. prosince 2024;probíhá\n",
    ),
    "Lithuanian": (
        "Akronimas;GIJA\nProjekto pavadinimas;Gija\nPradžia;2024-11-01\nBiudžetas;250 000\n",
        "Užduotis;Atsakingas;Terminas;Būsena\nAtaskaita;SP7;2024 m. gruodžio 3 d.;vykdoma\n",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_is_understood_in_its_language(tmp_path: Path, language: str) -> None:
    facts, tasks = LANGUAGES[language]
    intake = understood(tmp_path, {"a.csv": facts, "b.csv": tasks})
    assert not intake.errors
    assert not intake.dropped
    assert values(intake, "project", "start", "grant_cents") == [(date(2024, 11, 1), 25_000_000)]
    (project,) = intake.of("project")
    assert {"acronym", "title"} <= project.values.keys()
    assert values(intake, "task", "due", "state") == [(date(2024, 12, 3), TaskState.DOING)]
    assert intake.of("task")[0].links["partner_id"].said == "SP7"


def test_tables_without_an_empty_row_between_are_parted_by_their_titles(tmp_path: Path) -> None:
    rows = (
        "PROJECT,,\nAcronym,ALL,\nTitle,All in one,\nStart,01.09.2025,\nPARTNERS,,\n"
        "No,Short name,Country\n1,UM,PL\n2,VHS,IT\nTASKS,,\nTask,Who,Deadline\n"
        "Send contracts,UM,30.09.2025\nOpen website,VHS,15.10.2025\n"
    )
    intake = understood(tmp_path, {"plan.csv": rows})
    assert not intake.errors
    assert values(intake, "project", "acronym") == [("ALL",)]
    assert values(intake, "partner", "acronym", "country") == [("UM", "PL"), ("VHS", "IT")]
    assert values(intake, "task", "title", "due") == [
        ("Send contracts", date(2025, 9, 30)),
        ("Open website", date(2025, 10, 15)),
    ]


def test_months_in_lines_of_their_own_are_no_records(tmp_path: Path) -> None:
    rows = (
        "Task name,Who,When\n2025,,\nSeptember,,\nSign contracts,UA,15\nOpen website,KMOP,30.\n"
        "October,,\nKick-off,UA,9-10\n2026,,\nFebruary - March,,\nReport,UA,\n"
    )
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    assert values(intake, "task", "title", "due", "due_month") == [
        ("Sign contracts", date(2025, 9, 15), None),
        ("Open website", date(2025, 9, 30), None),
        ("Kick-off", date(2025, 10, 10), None),
        ("Report", None, None),
    ]
    assert (4, "read as 15 September 2025, by the line above it") in reasons(intake.doubtful)
    told = [one.value for one in intake.dropped if "of this time" in one.reason]
    assert told == ["2025", "September", "October", "2026", "February - March"]


def test_who_does_it_is_known_where_no_date_stands(tmp_path: Path) -> None:
    rows = "What,By,When\nSend contracts,UA,30/9/2025\nOpen website,KMOP,15/10/2025\n"
    intake = understood(tmp_path, {**BASE, "tasks.csv": rows})
    assert [one.links["partner_id"].said for one in intake.of("task")] == ["UA", "KMOP"]
    assert values(intake, "task", "due") == [(date(2025, 9, 30),), (date(2025, 10, 15),)]


def test_days_from_to_may_have_roman_months(tmp_path: Path) -> None:
    read = dates.read("3–5.XI.2026", start=START, allow_month=True)
    assert (read.day, read.day_to) == (date(2026, 11, 3), date(2026, 11, 5))


def test_an_address_below_a_name_goes_to_the_notes(tmp_path: Path) -> None:
    rows = (
        'P,Organisation,Contact\nP1,"University (UM)\nAvda. Flomesta 5\n30003 Murcia\nSpain",'
        '"Ana López\nana@um.example\n+34 868 88"\n'
    )
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "partners.csv": rows})
    assert values(intake, "partner", "name", "country") == [("University (UM)", "ES")]
    assert "30003 Murcia" in intake.of("partner")[0].values["notes"]
    assert values(intake, "contact", "name", "email") == [("Ana López", "ana@um.example")]
    told = [one.reason for one in intake.doubtful]
    assert any(one.startswith("its first line is kept as the name") for one in told)
    assert "read as Ana López, ana@um.example; kept in the notes" in told


def test_a_work_package_that_only_a_line_names_is_kept_as_a_note(tmp_path: Path) -> None:
    rows = "No.,Deliverable,Due\nWP7 - Management,,\n1.1,Plan,M3\n"
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "deliverables.csv": rows})
    link = intake.of("deliverable")[0].links["work_unit_id"]
    assert (link.said, link.otherwise) == ("WP7", "notes")


def test_a_table_of_headings_alone_is_empty(tmp_path: Path) -> None:
    files = {"tasks.csv": "Task name,Due\n", "deliverables.csv": "Deliverable,Due\n"}
    intake = understood(tmp_path, {**BASE, **files})
    assert not intake.of("task")
    assert not intake.errors


def test_a_chart_of_months_may_lack_its_years(tmp_path: Path) -> None:
    rows = "Activity,Dec,Jan,Feb,Mar\nWP1 Management,x,x,x,x\nT1.1 Plan,,x,x,\n"
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "gantt.csv": rows})
    assert drawn(intake) == [
        ("WP1", "Management", 1, 4),
        ("T1.1", "Plan", date(2026, 1, 1), date(2026, 2, 28)),
    ]
    assert any("months without a year" in one.reason for one in intake.doubtful)
    other = rows.replace("Dec,Jan,Feb,Mar", "Jan,Feb,Mar,Apr")
    intake = understood(tmp_path / "b", {"a_project.csv": PROJECT, "gantt.csv": other})
    assert drawn(intake)[1] == ("T1.1", "Plan", None, None)


def test_a_chart_of_first_letters_begins_with_the_year_above_them(tmp_path: Path) -> None:
    rows = ",2025,2026,,,,\nActivity,D,J,F,M,A,M\nWP1 Management,x,x,x,x,x,\nT1.1 Plan,,x,x,,,\n"
    intake = understood(tmp_path, {"a_project.csv": PROJECT, "gantt.csv": rows})
    assert drawn(intake) == [
        ("WP1", "Management", 1, 5),
        ("T1.1", "Plan", date(2026, 1, 1), date(2026, 2, 28)),
    ]


def test_cells_of_a_whole_book_cost_no_minutes(tmp_path: Path) -> None:
    long = ["(" * 50_000, "\n".join(["line"] * 20_000), "M1-" * 30_000, "IX 2026 " * 9_000]
    rows = "No,Short name,Name,Country,Contact\n"
    rows += "".join(f'{at},P{at},"{one}","{one}","{one}"\n' for at, one in enumerate(long))
    tasks = "Task name,Due,% done\n" + "".join(f'Do it,"{one}","{one}"\n' for one in long)
    started = time.process_time()
    intake = understood(
        tmp_path, {"a_project.csv": PROJECT, "partners.csv": rows, "tasks.csv": tasks}
    )
    assert len(intake.of("partner")) == len(intake.of("task")) == 4
    assert time.process_time() - started < 10
