"""Partners and people on the command line."""

from __future__ import annotations

import io
import sqlite3
from typing import TYPE_CHECKING

import pytest

from ka2tui import datafiles
from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "[/] [@click=app.bell]x \x1b]52;c;aGk=\x07 =1+1 <b>"


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "my projects.db", capsys)
    made.text("project", "new", "SOLARIS", "--start", "2025-10-01", "--months", "24")
    return made


def test_partners_are_listed_as_the_contract_says(line: Line) -> None:
    assert line.json("partner", "list") == []
    added = line.json(
        *("partner", "add", "Kentro Meleton", "--acronym", "KMOP", "--country", "EL"),
    )
    assert list(added)[:6] == ["id", "acronym", "name", "country", "role", "zone"]
    assert added == {
        "id": 1,
        "acronym": "KMOP",
        "name": "Kentro Meleton",
        "country": "GR",
        "role": "beneficiary",
        "zone": "Europe/Athens",
        "sort": None,
        "established_on": None,
        "eche": None,
        "applications": None,
        "newcomer": None,
        "late": 0,
        "coming": 0,
        "papers_missing": 5,
        "papers": 5,
        "heard_on": None,
        "heard_by": None,
        "silent_days": None,
        "chased_on": None,
        "chased_tone": None,
    }
    line.text("partner", "add", "Universidad", "--role", "coordinator")
    rows = line.json("partner", "list")
    assert [row["role"] for row in rows] == ["coordinator", "beneficiary"]
    assert rows[0]["acronym"] is None
    assert rows[0]["zone"] is None
    shown = line.text("partner", "list")
    assert "KMOP" in shown
    assert "Greece" in shown


def test_a_partner_is_edited_shown_and_removed(line: Line) -> None:
    line.text("partner", "add", "Kentro", "--acronym", "KMOP", "--country", "GR")
    edited = line.text(
        "partner", "edit", "kmop", "--name", "Kentro Meleton", "--hours", "8:30-16:30"
    )
    assert edited == "Edit partner KMOP\n"
    line.text("partner", "edit", "KMOP", "--city", "Athína")
    line.text("contact", "add", "Eleni", "--partner", "KMOP", "--email", "e@kmop.example")
    shown = line.json("partner", "show", "KMOP")
    assert (shown["name"], shown["city"], shown["hours"]) == (
        "Kentro Meleton",
        "Athína",
        "08:30-16:30",
    )
    assert shown["contacts"] == [
        {"id": 1, "name": "Eleni", "role": None, "email": "e@kmop.example"}
    ]
    assert shown["working_days"] == [1, 2, 3, 4, 5]
    assert "Athína, Greece" in line.text("partner", "show", "KMOP")
    line.text("partner", "edit", "KMOP", "--city", "")
    assert line.json("partner", "show", "KMOP")["city"] is None
    code, said = line.error("partner", "remove", "KMOP")
    assert (code, "it still has 1 contact" in said) == (1, True)
    line.text("contact", "remove", "Eleni")
    assert line.json("partner", "remove", "KMOP")["acronym"] == "KMOP"
    assert line.text("undo") == "Undone: Remove partner KMOP\n"


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("partner", "add", "X", "--country", "Atlantis"), 2, "is not a country"),
        (("partner", "add", "X", "--zone", "Europe/Krakow"), 2, "is not a time zone"),
        (("partner", "add", "X", "--hours", "nine"), 2, "is not a time of day"),
        (("partner", "add", "X", "--left", "soon"), 2, "is not a date"),
        (("partner", "add", "X", "--role", "boss"), 2, "boss"),
        (("partner", "add", " "), 1, "needs a name"),
        (("partner", "edit", "X"), 2, "Say what to change"),
        (("partner", "show", "NOBODY"), 1, "no partner NOBODY"),
    ],
)
def test_wrong_words_leave_stdout_empty(
    line: Line, argv: tuple[str, ...], code: int, said: str
) -> None:
    got, sentence = line.error(*argv, "--json")
    assert got == code
    assert said in sentence
    assert "Traceback" not in sentence


def test_hostile_text_reaches_no_terminal(line: Line) -> None:
    line.text("partner", "add", HOSTILE, "--acronym", HOSTILE)
    line.text("contact", "add", HOSTILE, "--partner", "1")
    for argv in (("partner", "list"), ("partner", "show", "1"), ("contact", "list")):
        shown = line.text(*argv)
        assert "[@click=app.bell]x ␛]52" in shown
        assert "\x1b" not in shown


def test_people_are_kept_with_their_partner_or_without(line: Line) -> None:
    line.text("partner", "add", "Kentro", "--acronym", "KMOP")
    line.text("contact", "add", "Eleni", "--partner", "KMOP", "--role", "manager")
    assert line.json("contact", "add", "Officer")["partner"] is None
    moved = line.json("contact", "edit", "Eleni", "--partner", "", "--phone", "+30 1")
    assert (moved["partner"], moved["phone"], moved["role"]) == (None, "+30 1", "manager")
    removed = line.json("contact", "remove", "Eleni", "Officer")
    assert [row["name"] for row in removed] == ["Eleni", "Officer"]
    assert line.text("contact", "list") == "No people yet.\n"


def test_a_forgotten_person_is_nowhere_in_the_file(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.text("contact", "add", "Eleni Canaryopoulou", "--email", "lena@canary.example")
    line.text("contact", "edit", "1", "--name", "Eleni Canaryopoulou-X")
    line.text("task", "add", "Write to lena@canary.example")
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    code, said = line.error("contact", "forget", "1")
    assert (code, "Nobody was forgotten." in said) == (1, True)
    assert line.json("contact", "list")[0]["name"] == "Eleni Canaryopoulou-X"
    assert line.code("contact", "forget", "1", "--yes") == 0
    told = line.capsys.readouterr()
    assert told.out.startswith("Forgotten, now Person 1;")
    assert "task: Write to lena@canary.example" in told.err
    line.text("task", "remove", "1")
    row = line.json("contact", "list")[0]
    assert row["name"] == "Person 1"
    assert {row[key] for key in ("email", "phone", "role", "notes")} == {None}
    assert "Canary" not in line.text("history")
    with sqlite3.connect(line.file) as raw:
        kept = "\n".join(raw.iterdump())
    assert "Canaryopoulou" not in kept


def test_a_mail_address_that_is_none_is_wrong_usage(line: Line) -> None:
    code, said = line.error("contact", "add", "Ana", "--email", "ana at example.org")
    assert code == 2
    assert "is no mail address: there is a space in it." in said


def test_what_a_call_asks_of_an_organisation_is_entered_shown_and_cleared(line: Line) -> None:
    added = line.json(
        *("partner", "add", "Uniwersytet", "--acronym", "OU", "--sort", "University"),
        *("--established", "2001-09-01", "--eche", "yes", "--applications", "3"),
        *("--newcomer", "no"),
    )
    asked = ("sort", "established_on", "eche", "applications", "newcomer")
    assert [added[key] for key in asked] == ["hei", "2001-09-01", True, 3, False]
    said = line.text("partner", "show", "OU")
    assert "Sort         Higher education institution" in said
    assert "Exists since 1 Sep 2001" in said
    none = line.json(
        *("partner", "edit", "OU", "--sort", "", "--established", "", "--eche", "unknown"),
        *("--applications", "", "--newcomer", "unknown"),
    )
    assert [none[key] for key in asked] == [None] * 5


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--sort", "pirate", "is no sort of organisation"),
        ("--applications", "1001", "from 0 to 1000"),
        ("--eche", "perhaps", "not one of"),
    ],
)
def test_what_cannot_be_of_an_organisation_is_refused(
    line: Line, option: str, value: str, says: str
) -> None:
    code, said = line.error("partner", "add", "Uniwersytet", option, value)
    assert code == 2
    assert says in said


def test_a_sort_of_ones_own_is_known_of_partners_too(line: Line, tmp_path: Path) -> None:
    ours = datafiles.read_text("organisation_sorts.toml")
    mine = '\n[[sort]]\nid = "museum"\ntitle = "Museum of any kind"\nshort = "museum"\n'
    (tmp_path / "organisation_sorts.toml").write_text(ours + mine, encoding="utf-8")
    line.text("settings", "set", "data", str(tmp_path))
    assert line.json("partner", "add", "Prado", "--sort", "museum")["sort"] == "museum"
    assert "Museum of any kind" in line.text("partner", "show", "1")
    line.text("candidate", "add", "Sorolla", "--sort", "museum")
    line.text("candidate", "take", "1")
    assert [row["sort"] for row in line.json("partner", "list", "sort:museum")] == ["museum"] * 2
    assert line.json("partner", "list", "sort:hei") == []
    table = tmp_path / "partners.csv"
    table.write_text("Acronym,Name,Country,Type\nTHYS,Thyssen,Spain,Museum\n", encoding="utf-8")
    assert line.json("import", str(table))["doubtful"][0]["column"] == "Country"
    assert line.json("partner", "list")[2]["sort"] == "museum"
    code, said = line.error("partner", "add", "Other", "--sort", "zoo")
    assert code == 2
    assert "no sort of organisation" in said
