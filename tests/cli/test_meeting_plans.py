"""Meetings from templates and as series on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ka2tui import settings
from tests.cli.line import Line
from tests.cli.test_meetings import line

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["line"]


def test_templates_are_listed_and_shown(line: Line) -> None:
    answer = line.json("meeting", "templates")
    assert answer["broken"] == []
    found = answer["templates"]
    assert [one["id"] for one in found] == [
        *("kick_off", "transnational", "online", "learning_activity", "multiplier_event")
    ]
    assert set(found[0]) == {
        *("id", "title", "about", "kind", "mode", "days", "length_minutes", "points", "tasks"),
        *("own", "file"),
    }
    assert not any(one["own"] for one in found)
    assert "transnational" in line.text("meeting", "templates")
    shown = line.text("meeting", "templates", "online")
    assert "1. Who is here, what is still open from last time, coordinator, 15 min" in shown
    assert "7 d before: Send agenda and link of it" in shown


def test_a_meeting_begins_with_a_template(line: Line) -> None:
    said = line.text(
        *("meeting", "add", "TPM3", "--template", "transnational", "--start", "3 Feb 2027 9:00"),
        *("--host", "KMOP", "--length", "5h"),
    )
    assert said == "Add meeting TPM3\n"
    shown = line.json("meeting", "show", "TPM3")
    assert (shown["kind"], shown["end"], shown["length_minutes"]) == ("tpm", "2027-02-04", 300)
    assert (shown["template"], shown["series"], len(shown["agenda"])) == ("transnational", None, 8)
    tasks = {one["title"]: one["due"] for one in line.json("task", "list")}
    assert tasks["Send the agenda of TPM3"] == "2027-01-04"
    assert tasks["Send the minutes of TPM3"] == "2027-02-14"
    assert line.text("undo") == "Undone: Add meeting TPM3\n"
    assert line.json("task", "list") == []
    line.text("meeting", "add", "Call", "--template", "online", "--no-tasks")
    assert line.json("task", "list") == []


def test_a_series_is_tried_and_made(line: Line) -> None:
    argv = ("meeting", "add", "Online meeting", "--template", "online", "--zone", "Europe/Madrid")
    rule = ("--start", "10:00", "--repeat", "first Tuesday of each month until M24")
    said = line.text(*argv, *rule[2:], "--dry-run")
    assert "Tue 1 Dec 2026" in said
    assert "10 meetings and 20 tasks would be added." in said
    assert line.json("meeting", "list") == []
    made = line.json(*argv, *("--start", "1 Dec 10:00"), *rule[2:])
    assert len(made) == 10
    assert made[0]["start"] == "2026-12-01T10:00:00+01:00"
    assert made[-1]["start"] == "2027-09-07T10:00:00+02:00"
    assert "↻ Online meeting" in line.text("meeting", "list")
    series = {line.json("meeting", "show", str(one["id"]))["series"] for one in made}
    assert len(series) == 1


def test_this_one_and_all_later_ones(line: Line) -> None:
    line.text("meeting", "add", "Call", "--repeat", "monthly until 1 Mar 2027", "--start", "1 Dec")
    said = line.text("meeting", "move", "2", "3 Jan 2027", "--following")
    assert said == "Move Call and 2 later ones: 1 Jan 2027 → 3 Jan 2027\n"
    starts = [one["start"] for one in line.json("meeting", "list")]
    assert starts == ["2026-12-01", "2027-01-03", "2027-02-03", "2027-03-03"]
    assert line.text("meeting", "move", "1", "2 Dec") == "Move Call 1 Dec 2026 → 2 Dec 2026\n"
    line.text("meeting", "edit", "3", "--title", "Late call", "--following")
    assert [one["title"] for one in line.json("meeting", "list")] == [
        *("Call", "Call", "Late call", "Late call")
    ]
    said = line.text("meeting", "remove", "3", "--following")
    assert said == "Remove 2 meetings from 3 Feb 2027 on: Late call\n"
    assert len(line.json("meeting", "list")) == 2


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("add", "X", "--template", "party"), 1, "There is no meeting template"),
        (("add", "X", "--repeat", "sometimes"), 2, "does not say how often"),
        (("add", "X", "--repeat", "daily until M24"), 1, "at most 120"),
        (("add", "X", "--no-tasks"), 2, "belongs to --template"),
        (("add", "X", "--dry-run"), 2, "belongs to --repeat"),
        (("add", "X", "--code", "A", "--repeat", "monthly until M24"), 1, "A code is that of one"),
        (("templates", "party"), 1, "There is no meeting template"),
    ],
)
def test_what_cannot_be_is_refused(line: Line, argv: tuple[str, ...], code: int, said: str) -> None:
    found, error = line.error("meeting", *argv)
    assert found == code
    assert said in error
    assert line.json("meeting", "list") == []


def test_one_of_no_series_has_no_later_ones(line: Line) -> None:
    line.text("meeting", "add", "Alone", "--start", "1 Dec")
    for argv in (("move", "1", "2 Dec"), ("edit", "1", "--title", "X"), ("remove", "1")):
        code, said = line.error("meeting", *argv, "--following")
        assert (code, said) == (1, "Alone is not one of a series.\n")


def test_an_own_template_is_used_and_a_broken_one_named(line: Line, tmp_path: Path) -> None:
    own = tmp_path / "config" / "own"
    (own / "meetings").mkdir(parents=True)
    (own / "meetings" / "visit.toml").write_text(
        '[meeting]\nid = "visit"\ntitle = "Visit"\nkind = "other"\n[[point]]\ntitle = "Tour"\n',
        encoding="utf-8",
    )
    (own / "meetings" / "bad.toml").write_text("[meeting]\nid = 3\n", encoding="utf-8")
    settings.save(settings.load(), data=own)
    assert line.code("meeting", "templates", "--json") == 0
    said = line.capsys.readouterr()
    assert '"visit"' in said.out
    assert "bad.toml, line 2, [meeting]: id must be a text" in said.err
    line.text("meeting", "add", "School", "--template", "visit")
    assert line.json("meeting", "agenda", "School")[0]["title"] == "Tour"
    assert "bad.toml, line 2" in line.error("meeting", "add", "X", "--template", "bad")[1]
    (broken,) = line.json("meeting", "templates")["broken"]
    assert broken["file"] == str(own / "meetings" / "bad.toml")
    looked = {
        (one["state"], one["text"]) for one in line.json("doctor") if one["check"] == "templates"
    }
    assert ("good", "Your own can be read: visit.") in looked
    (told,) = (text for state, text in looked if state == "doubtful")
    assert "bad.toml, line 2, [meeting]: id must be a text" in told


def test_a_broken_own_template_in_place_of_ours_lets_ours_stand(line: Line, tmp_path: Path) -> None:
    own = tmp_path / "config" / "own"
    (own / "meetings").mkdir(parents=True)
    (own / "meetings" / "online.toml").write_text("nonsense", encoding="utf-8")
    settings.save(settings.load(), data=own)
    found = line.json("meeting", "templates")
    assert "online" in [one["id"] for one in found["templates"]]
    assert len(found["broken"]) == 1


def test_tasks_whose_day_has_passed_are_told_before_and_after(line: Line) -> None:
    argv = ("meeting", "add", "Call", "--template", "online", "--start", "24 Nov 2026")
    series = (*argv, "--repeat", "weekly until 8 Dec 2026")
    told = "1 task whose day has passed due today"
    assert f"3 meetings and 6 tasks would be added; {told}." in line.text(*series, "--dry-run")
    assert f"Add 3 meetings: Call; {told}" in line.text(*series)
    titles = [one["title"] for one in line.json("task", "list")]
    assert len(set(titles)) == 6
    assert "Send agenda and link of Call (24 Nov 2026)" in titles
    assert told in line.text(*argv)
    assert "passed" not in line.text(*argv, "--no-tasks")
