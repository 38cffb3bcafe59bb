"""The twin of every page on the command line, as it is read aloud."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.cli.main import execute
from ka2tui.domain import spoken
from ka2tui.tui.app import Ka2tui
from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 21)

TWINS: dict[str, list[tuple[str, list[str]]]] = {
    "today": [
        ("today", ["SOLARIS, Implementation", "Late", "deliverable; D3.2; Handbook for trainers",
                   "Due within a week", "comes again, Ask every partner", "Waiting for",
                   "heard 2 days, call", "Next meeting", "09:30 Warsaw", "Host: PRÓG",
                   "Agenda: 8 items", "The way", "Look at", "KA2-W603: LTT1 Training week"]),
        ("agenda", ["Late", "milestone", "review of a deliverable"]),
    ],
    "lifecycle": [
        ("phase list", ["phase: Funding; state: done", "still open: 5"]),
        ("phase show implementation", ["Planned: 2025-10-01", "Wanted: own estimate 70 of 100",
                                       "Hold the kick-off meeting", "Before you go on",
                                       "What you end with"]),
    ],
    "tasks": [
        ("task list", ["waiting; id: 84; code: T1.6.2", "task: high priority, Collect",
                       "tags: #money"]),
        ("task list --tree", ["part of: T1.6", "parts: 1 of 3 done"]),
        ("task list --board state", ["Open: ", "In work: ", "Waiting: 4"]),
        ("task list --board partner", ["No partner: ", "KÖPRÜ: "]),
        ("task show T1.6.2 --urgency", ["state: waiting since", "part of: ", "holds up: T1.6.3",
                                        "waits for somebody else", "Four are in."]),
    ],
    "meetings": [
        ("meeting list", ["meeting: TPM3 Łódź; kind: project meeting", "held"]),
        ("meeting show TPM3", ["Host: PRÓG", "FOTODROMIO: 10:30 Athens", "Welcome, attendance",
                               "Çağrı Özkan (KÖPRÜ): excused"]),
    ],
    "checklists": [
        ("checklist list", ["own estimate: 63 of 100; answered: 16 of 16; trend: +8"]),
        ("checklist trend implementation", ["55 to 63, 8 points up"]),
        ("checklist show implementation", ["Own estimate 63 of 100", "Proof: 11 of 24",
                                           "Training week: signed lists still to come"]),
    ],
    "partners": [
        ("partner list", ["acronym: KÖPRÜ", "owes: 7, 2 late"]),
        ("partner papers", ["partner: KÖPRÜ", "Bank: asked", "1 of 6 missing"]),
        ("partner show KÖPRÜ", ["Heard from: ", "Ayşe Yıldırım", "Papers: 1 of 6 missing"]),
    ],
    "work_plan": [
        ("wp plan", ["code: WP1; title: Project management", "money: € 45 000",
                     "late; code: D3.2", "progress: "]),
        ("wp show WP1", ["partners: RIBERA € 21 000", "activities: A1.1"]),
    ],
    "reports": [
        ("report progress", ["SOLARIS: progress report", "Where we stand", "Partner: KÖPRÜ",
                             "% done"]),
    ],
    "history": [
        ("history", ["who: Ana Moreno Vidal", "what: Start “Send the agenda of TPM3"]),
        ("history --entry 300", ["300"]),
    ],
    "projects": [
        ("project list", ["acronym: SOLARIS", "health: "]),
        ("project show", ["goal: Adults in energy-poor", "grant: € 250 000", "Progress report"]),
    ],
    "money": [
        ("money matrix", ["code: WP1; amount: € 45 000", "RIBERA: € 21 000", "the whole grant"]),
        ("money status", ["in hand: ", "agency decides", "partner: KÖPRÜ"]),
        ("payment list", ["payment: First pre-financing", "state: late"]),
    ],
    "participants": [
        ("participant list", ["name: Alba Quintana Gil; event: LTT1", "country: ES"]),
        ("participant totals", ["event: LTT1; by name: 31", "counted without names",
                                "33 in the report: 2 fewer"]),
        ("participant twins", ["One has an initial for a name"]),
    ],
    "register": [
        ("risk list", ["code: R2; risk: Too few learners come to the try-out; level: 20 high"]),
        ("log list", ["late; code: IS2; kind: issue", "kind: change; title: The second"]),
    ],
    "letters": [("letter list", ["due soon; id: 4; day: Fri 13 Nov; came in; subject: Desk check",
                                 "went out; subject: Second multiplier event"])],
    "indicators": [("indicator list", ["now: 263 of 250 households; way: 105 %"])],
    "dissemination": [("dissemination list", ["what: Website of the project goes online",
                                              "kind: website; missing: no reach"])],
    "asked": [("proof missing", ["what: Six modules, English version; there: 2 of 3; missing:"]),
              ("proof list", ["what it is: attendance list, signed"])],
    "application": [("application changes", ["now: date M21 to M22", "state: explained"])],
    "candidates": [
        ("candidate lacking", ["minimum: Cooperation Partnerships, call 2025",
                               "now: 5 of 3 organisations", "the minimum are reached"]),
        ("candidate search", ["What to look for", "Where to look"]),
    ],
    "goal": [
        ("aim chain", ["goal: Adults in energy-poor", "priorities: Environment"]),
        ("aim priorities --offered", ["EU priorities of call 2025", "Upskilling pathways"]),
    ],
    "problems": [("check", ["code: KA2-W610; where: D3.2 Handbook for trainers"])],
    "rules": [("rule list", ["rule: Organisations, at least; value: 3"])],
    "score": [("score show", ["own estimate", "code: WP2; title: What households"])],
    "settings": [("settings show", ["setting: theme", "setting: days; is: 7"])],
    "search": [("search lodz", ["kind: meeting", "title: TPM3 Łódź", "kind: message"])],
}  # fmt: skip
"""For each page the commands that say what it shows, and some of what it shows of the example."""

DRAWN = re.compile(r"[\u2500-\u259f◷‖▸▲▽↻⚑◆◇●✓✗·]")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example project, made once."""
    db = tmp_path_factory.mktemp("example") / "demo.db"
    assert execute([f"--db={db}", f"--today={TODAY}", "demo", "--no-open"]) == 0
    return db


def test_every_page_has_a_twin() -> None:
    assert {place.mode for place in Ka2tui.PLACES} <= TWINS.keys()


@pytest.mark.parametrize("page", TWINS)
def test_the_twin_of_a_page_says_what_it_shows(
    page: str, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    line = Line(example, capsys)
    for command, facts in TWINS[page]:
        out, _ = line.run(f"--today={TODAY}", "--plain", *command.split())
        missing = [fact for fact in facts if fact not in out]
        assert not missing, f"{command}: {missing}\n{out}"
        drawn = [said for said in out.splitlines() if DRAWN.search(said)]
        assert not drawn, f"{command}: {drawn[:3]}"
        assert "  " not in out, f"{command}: {[it for it in out.splitlines() if '  ' in it][:3]}"


@pytest.mark.parametrize("page", TWINS)
def test_the_guide_names_the_twins(page: str) -> None:
    from pathlib import Path as File

    guide = (
        (File(__file__).parents[2] / "docs" / "guide.md")
        .read_text("utf-8")
        .replace("`ka2tui ", "`")
    )
    for command, _ in TWINS[page]:
        words = command.split()
        known = " ".join(words[:2]) if len(words) > 1 and not words[1].startswith("-") else words[0]
        assert f"`{known.replace('search lodz', 'search')}" in guide, known


def test_without_the_option_answers_are_as_they_were(
    example: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    capsys.readouterr()
    line = Line(example, capsys)
    assert "▓" in line.run(f"--today={TODAY}", "wp", "plan")[0]
    monkeypatch.setenv("KA2TUI_PLAIN", "1")
    assert "▓" not in line.run(f"--today={TODAY}", "wp", "plan")[0]
    seen = line.json(f"--today={TODAY}", "task", "list")
    assert seen[0]["code"] == "T1.6.2"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("  !  ◆  D3.2    5 d late", "late: deliverable: D3.2: 5 days late"),
        ("state     waiting", "state: waiting"),
        ("WP1  ▓▓▓▓▓|░░░░ 63 %", "WP1: 63 %"),
        ("A · B · C", "A, B, C"),
        ("100 ┤\n    │A\n    └───\n     1 May\nA  Ana: 55 → 63", "A: Ana: 55 to 63"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("nothing to change here", "nothing to change here"),
    ],
)
def test_what_was_written_for_the_eye_is_said_in_words(written: str, said: str) -> None:
    assert spoken.text(written) == said


def test_a_row_says_each_cell_after_its_title_and_nothing_of_blank_ones() -> None:
    rows = [("✓", 1, "▲ Send it", None, ""), ("", 2, "W is a letter", "1 d late", "–")]
    assert spoken.table(("", "id", "task", "due", "who"), rows).splitlines() == [
        "done; id: 1; task: high priority, Send it",
        "id: 2; task: W is a letter; due: 1 day late; who: none",
    ]
