"""Projects, phases and checklists on the command line: the JSON, the words, the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.line import Line

TODAY = "2026-11-22"


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path / "new.db", capsys)


@pytest.fixture
def solaris(line: Line) -> Line:
    line.run("project", "new", "SOLARIS", "--start", "2025-10-01", "--months", "24")
    return line


def test_a_new_project_makes_the_database_and_is_listed_to_the_letter(line: Line) -> None:
    argv = ("--title", "Sun", "--action", "ka220-sch", "--start", "1.10.2025", "--months", "24")
    made = line.json("project", "new", "SOLARIS", *argv, "--grant", "250 000")
    assert list(made.items()) == [
        ("id", 1),
        ("acronym", "SOLARIS"),
        ("title", "Sun"),
        ("action", "KA220-SCH"),
        ("agreement", None),
        ("start", "2025-10-01"),
        ("end", "2027-09-30"),
        ("phase", "implementation"),
        *((name, None) for name in ("outcome", "outcome_on", "done")),
        ("passed", 57),
        ("late", 0),
        ("next_date", "Final report"),
        ("next_day", "2027-11-29"),
        ("health", "well"),
        ("why", ["nothing is late", "final report in 372 days, 29 Nov 2027"]),
        ("partners", 0),
        ("grant_cents", 25_000_000),
        ("currency", "EUR"),
    ]
    assert line.json("project", "list") == [made]
    shown = line.json("project", "show")
    assert made.items() <= shown.items()
    assert (shown["grant_cents"], shown["currency"], shown["month"]) == (25_000_000, "EUR", 14)


def test_a_template_brings_the_plan_and_the_coordinator(line: Line) -> None:
    said, _ = line.run(
        *("project", "new", "SOLARIS", "--template", "KA220", "--start", "2026-12-01"),
        *("--coordinator", "Universidad", "--country", "Spain"),
    )
    assert said.startswith("Add project SOLARIS from “Cooperation Partnership (KA220)")
    assert line.json("project", "show")["coordinator"] == "Universidad"
    assert [row["code"] for row in line.json("wp", "list")][:2] == ["WP1", "A1.1"]


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (("new", "solaris"), 1, "There is a project called SOLARIS already"),
        (("new", "X", "--template", "KA9"), 1, "there are ka220-24, ka210-18, headings-24"),
        (("new", "X", "--start", "2026-02-30"), 2, "2026-02-30"),
        (("new", "X", "--start", "M3"), 2, "is no day"),
        (("new", "X", "--grant", "lots"), 2, "is not an amount"),
        (("new", "X", "--months", "0"), 2, "months"),
        (("new", "X", "--country", "ES"), 2, "--coordinator"),
        (("new", "X", "--coordinator", "U", "--country", "Atlantis"), 1, "Atlantis"),
        (("edit", "--end", "2025-09-01"), 1, "before it begins"),
        (("edit",), 2, "Say what to change"),
        (("show", "NOBODY"), 2, "There is no project NOBODY"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_stdout_empty(
    solaris: Line, argv: tuple[str, ...], code: int, says: str
) -> None:
    out, err = solaris.run("project", *argv, code=code)
    assert out == ""
    assert says in err
    assert [row["acronym"] for row in solaris.json("project", "list")] == ["SOLARIS"]


def test_an_odd_agreement_number_is_kept_and_its_doubt_told_beside_the_answer(line: Line) -> None:
    out, err = line.run(
        "project", "new", "X", "--agreement", "2025-1-ESO1-KA220-SCH-000123456", "--json"
    )
    assert json.loads(out)["agreement"] == "2025-1-ESO1-KA220-SCH-000123456"
    assert "did you mean 2025-1-ES01-KA220-SCH-000123456" in err


def test_editing_and_removing_answer_with_the_project_and_are_undone_in_words(
    solaris: Line,
) -> None:
    edited = solaris.json("project", "edit", "--months", "30", "--title", "Sunlight")
    assert (edited["title"], edited["end"]) == ("Sunlight", "2028-03-31")
    assert solaris.error("project", "remove", "")[0] == 2  # a variable of a script, not set
    assert solaris.error("--project", " ", "task", "list")[0] == 2
    assert solaris.json("project", "remove", "SOLARIS") == edited
    assert solaris.json("project", "list") == []
    assert solaris.run("undo")[0] == "Undone: Remove project SOLARIS\n"
    assert solaris.json("project", "list") == [edited]
    assert solaris.json("project", "edit", "--title", "")["title"] == ""
    solaris.run("project", "edit", "--call-year", "2025")
    assert solaris.json("project", "show")["call_year"] == 2025
    solaris.run("project", "edit", "--call-year", "")
    assert solaris.json("project", "show")["call_year"] is None
    for _ in range(2):
        solaris.run("undo")


def test_the_way_is_listed_by_the_names_of_the_phases(solaris: Line) -> None:
    rows = solaris.json("phase", "list")
    assert [row["phase"] for row in rows] == [
        *("partnership", "goal", "proposal", "funding", "implementation", "evaluation")
    ]
    assert [row["state"] for row in rows] == [*["done"] * 4, "under_way", "under_way"]
    assert (rows[4]["planned_start"], rows[4]["planned_end"]) == ("2025-10-01", "2027-09-30")


def test_going_on_needs_a_reason_which_is_shown_afterwards(solaris: Line) -> None:
    out, err = solaris.run("phase", "go-on", "implementation", code=1)
    assert out == ""
    assert "Checklist “Implementation” was never filled in. Going on needs a reason." in err
    left = solaris.json("phase", "go-on", "implementation", "--reason", "the agency asked")
    assert (left["state"], left["actual_end"]) == ("done", TODAY)
    assert (left["reason"], len(left["open_then"])) == ("the agency asked", 8)
    shown, _ = solaris.run("phase", "show", "Implementation")
    assert "Gone on with this reason: the agency asked" in shown
    assert "- Step “Hold the kick-off meeting” is not done" in shown
    assert solaris.json("phase", "reopen", "implementation")["state"] == "under_way"


def test_steps_are_ticked_by_number_or_name(solaris: Line) -> None:
    ticked = solaris.json("phase", "step", "implementation", "1", "keep-rhythm")
    assert (ticked["steps_done"], ticked["steps"]) == (2, 7)
    assert solaris.json("phase", "step", "implementation", "1", "--undone")["steps_done"] == 1
    assert "has no step 9" in solaris.run("phase", "step", "implementation", "9", code=1)[1]
    assert "There is no phase" in solaris.run("phase", "start", "holidays", code=1)[1]


def test_dates_of_a_phase_may_be_project_months(solaris: Line) -> None:
    row = solaris.json("phase", "edit", "funding", "--planned-end", "M2", "--minimum", "50%")
    assert row["planned_end"] == "2025-11-30"
    assert solaris.json("phase", "show", "funding")["minimum"] == 50
    cleared = solaris.json("phase", "edit", "funding", "--planned-end", "")
    assert cleared["planned_end"] is None
    assert solaris.run("phase", "edit", "funding", "--minimum", "many", code=2)[0] == ""


def test_a_checklist_is_started_answered_and_shown_with_its_score(solaris: Line) -> None:
    made = solaris.json("checklist", "start", "5_implementation", "--assessor", "Ben")
    assert (made["id"], made["checklist"], made["assessor"], made["day"]) == (
        *(1, "implementation", "Ben"),
        TODAY,
    )
    assert (made["score"], made["unanswered"]) == (None, 16)
    given = solaris.json("checklist", "answer", "1", "i01", "3", "--note", "minutes: [/] \x1b[31m")
    assert (given["item"], given["score"], given["note"]) == ("I01", 3, "minutes: [/] ␛[31m")
    assert given["total"] == 75
    outside = solaris.json("checklist", "answer", "implementation", "I02", "na")
    assert (outside["score"], outside["applies"]) == (None, False)
    shown = solaris.json("checklist", "show", "1")
    assert (shown["score"], shown["answered"], shown["not_applicable"]) == (75, 1, 1)
    items = [item for criterion in shown["criteria"] for item in criterion["item_list"]]
    assert [item["item"] for item in items][:2] == ["I01", "I02"]
    assert solaris.json("checklist", "close", "1")["state"] == "closed"
    assert "open it again" in solaris.run("checklist", "answer", "1", "I03", "1", code=1)[1]
    assert solaris.json("checklist", "reopen", "1")["state"] == "open"
    assert solaris.json("checklist", "remove", "1")["id"] == 1
    assert solaris.json("checklist", "list")[4]["last"] is None


def test_the_list_of_checklists_has_the_last_estimate_and_the_trend(solaris: Line) -> None:
    for score in ("2", "3"):
        solaris.run("checklist", "start", "goal")
        solaris.run("checklist", "answer", "goal", "G01", score)
        solaris.run("checklist", "close", "goal")
    row = next(row for row in solaris.json("checklist", "list") if row["id"] == "goal")
    assert (row["last"]["score"], row["trend"], row["assessments"]) == (75, 25, [2, 1])
    text, _ = solaris.run("checklist", "list")
    assert "75 of 100" in text
    assert "+25" in text


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (("answer", "1", "G01", "5"), 2, "0 to 4"),
        (("answer", "1", "G01", "-1"), 2, "No such option"),
        (("answer", "1", "G01"), 2, "Give a score"),
        (("answer", "1", "I01", "4"), 1, "has no item I01"),
        (("answer", "implementation", "I01", "4"), 1, "was not started yet"),
        (("show", "77"), 1, "There is no assessment 77"),
        (("start", "nothing"), 1, "There is no checklist “nothing”"),
    ],
)
def test_a_wrong_answer_changes_nothing(
    solaris: Line, argv: tuple[str, ...], code: int, says: str
) -> None:
    solaris.run("checklist", "start", "goal")
    out, err = solaris.run("checklist", *argv, code=code)
    assert out == ""
    assert says in err
    assert solaris.json("checklist", "show", "goal")["answered"] == 0


# --- applying -----------------------------------------------------------------------------------


def test_an_outcome_is_noted_told_and_taken_back(line: Line) -> None:
    line.run("project", "new", "KLIMA", "--action", "KA220-SCH", "--call-year", "2026")
    said = line.json("project", "outcome", "KLIMA", "funded", "--on", "3 Nov 2026")
    assert (said["outcome"], said["outcome_on"]) == ("funded", "2026-11-03")
    assert said["phase"] == "funding"
    out, _ = line.run("undo")
    assert "KLIMA: application funded, 3 Nov 2026" in out
    assert line.json("project", "list")[0]["outcome"] is None
    _, err = line.run("project", "outcome", "KLIMA", "rejected", code=1)
    assert "closes with a reason" in err
    line.run("project", "outcome", "KLIMA", "rejected", "--note", "58 of 100")
    shown = line.run("project", "show")[0]
    assert "rejected, 2026-11-22" in shown
    assert "58 of 100" in shown
    assert line.json("project", "outcome", "KLIMA", "unknown")["outcome"] is None
    line.run("project", "outcome", "KLIMA", "won", code=2)
    line.run("project", "outcome", "KLIMA", "funded", "--on", "sometime", code=2)


def test_an_application_is_handed_in_again_under_another_name(line: Line) -> None:
    line.run("project", "new", "KLIMA", "--template", "KA210", "--start", "2026-09-01")
    made = line.json("project", "resubmit", "KLIMA", "--as", "KLIMA2", "--call", "2027")
    assert (made["acronym"], made["start"], made["phase"]) == ("KLIMA2", None, "partnership")
    assert line.json("--project", "KLIMA2", "project", "show")["resubmits"] == "KLIMA"
    tasks = line.json("--project", "KLIMA2", "task", "list")
    assert len(tasks) == len(line.json("--project", "KLIMA", "task", "list"))
    assert {task["due"] for task in tasks} == {None}
    _, err = line.run("project", "resubmit", "KLIMA", "--as", "klima2", code=1)
    assert "There is a project called KLIMA2 already" in err
    line.run("--project", "KLIMA2", "undo")
    assert [row["acronym"] for row in line.json("project", "list")] == ["KLIMA"]


def test_the_deadline_of_an_application_is_entered_as_the_call_writes_it(line: Line) -> None:
    line.run("project", "new", "KLIMA", "--action", "KA220-SCH", "--call-year", "2027")
    assert "Brussels" not in line.run("project", "show")[0]  # none of another call is offered
    line.run("project", "edit", "--application-deadline", "9 Apr 2027 17:00")
    seen = line.json("project", "show")
    assert seen["application_deadline"] == "2027-04-09T17:00:00+02:00"
    assert seen["application_zone"] == "Europe/Brussels"
    (row,) = line.json("today")["deadlines"]
    assert (row["deadline"], row["at"]) == ("application", "2027-04-09T17:00:00+02:00")
    assert (row["confirmed"], row["from"]) == (True, "as you entered it")
    _, err = line.run("project", "edit", "--application-deadline", "soon", code=2)
    assert "soon" in err
    line.run("project", "edit", "--application-deadline", "")
    assert line.json("project", "show")["application_deadline"] is None
    line.run("project", "edit", "--submitted-on", "2026-11-20")
    assert line.json("today")["deadlines"] == []
