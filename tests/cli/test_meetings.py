"""Meetings on the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self, cast

import pytest

from tests.cli.line import Line

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

HOSTILE = "[/] [@click=app.bell]x \x1b]52;c;aGk=\x07 *b* _i_ `c` <img src=x> | # 1. &amp;"


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "my projects.db", capsys)
    made.text("project", "new", "SOLARIS", "--start", "2025-10-01", "--months", "24")
    for acronym, country in (("UA", "ES"), ("KMOP", "EL"), ("ODTU", "TR")):
        made.text("partner", "add", acronym, "--acronym", acronym, "--country", country)
    made.text(
        *("partner", "edit", "UA", "--role", "coordinator", "--zone", "Europe/Madrid"),
    )
    return made


def test_a_meeting_is_listed_as_the_contract_says(line: Line) -> None:
    assert line.json("meeting", "list") == []
    added = line.json(
        *("meeting", "add", "TPM3 Kraków", "--kind", "tpm", "--start", "2026-12-03 09:30"),
        *("--zone", "Europe/Warsaw", "--place", "Kraków"),
    )
    assert added == {
        "id": 1,
        "title": "TPM3 Kraków",
        "kind": "tpm",
        "start": "2026-12-03T09:30:00+01:00",
        "zone": "Europe/Warsaw",
        "place": "Kraków",
        "precision": "time",
    }
    assert line.json("meeting", "list") == [added]
    shown = line.text("meeting", "list")
    assert "3 Dec 2026, 09:30 Warsaw" in shown
    assert "in 11 days" in shown
    line.text("partner", "add", "Photo", "--acronym", "FOTODROMIO", "--country", "EL")
    told = line.text("meeting", "show", "1").partition("Clocks\n")[2].splitlines()[:4]
    assert len({row.index(":") for row in told}) == 1


def test_a_meeting_of_two_months_says_both_and_keeps_them(line: Line) -> None:
    line.text("meeting", "add", "Mission", "--start", "M21-M22")
    line.text("meeting", "edit", "1", "--zone", "Europe/Madrid")
    found = line.json("meeting", "show", "1")
    assert (found["start"], found["end"], found["month"], found["precision"]) == (
        *("2027-06-01", "2027-07-31", 21, "month"),
    )
    listed = line.text("meeting", "list")
    assert "Jun-Jul 2027" in listed
    assert "in 191 days" not in listed
    line.text("meeting", "edit", "1", "--start", "2027-06-14")
    assert line.json("meeting", "show", "1")["end"] is None


def test_a_past_meeting_that_is_still_planned_is_asked_after(line: Line) -> None:
    line.text("meeting", "add", "Call", "--start", "2026-03-05")
    assert "was it held?" in line.text("meeting", "list")


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("3 Dec 2026", None, ("2026-12-03", None, None, "day")),
        ("2026-12-03T09:30", None, ("2026-12-03T09:30:00+01:00", None, None, "time")),
        ("2026-12-03T09:30:00+02:00", None, ("2026-12-03T08:30:00+01:00", None, None, "time")),
        ("fri 9:30", "11:00", ("2026-11-27T09:30:00+01:00", None, 90, "time")),
        ("3.12.2026 14h15", "2026-12-03 15:00", ("2026-12-03T14:15:00+01:00", None, 45, "time")),
        ("2026-12-03 9:30", "5 Dec", ("2026-12-03T09:30:00+01:00", "2026-12-05", None, "time")),
        ("3-5 December 2026", None, ("2026-12-03", "2026-12-05", None, "day")),
        ("M15", None, ("2026-12-01", None, None, "month")),
        ("Jan 2027", None, ("2027-01-01", None, None, "month")),
    ],
)
def test_a_start_is_read_as_people_write_it(
    line: Line, start: str, end: str | None, found: tuple[object, ...]
) -> None:
    more = () if end is None else ("--end", end)
    line.text("meeting", "add", "Call", "--zone", "Europe/Warsaw", "--start", start, *more)
    shown = line.json("meeting", "show", "1")
    assert (shown["start"], shown["end"], shown["length_minutes"], shown["precision"]) == found


def test_a_time_without_a_zone_is_the_hosts(line: Line) -> None:
    line.text("meeting", "add", "Call", "--start", "2026-12-03 10:00", "--host", "KMOP")
    shown = line.json("meeting", "show", "call")
    assert (shown["zone"], shown["start"]) == ("Europe/Athens", "2026-12-03T10:00:00+02:00")
    clocks = {one["partner"]: one["start"] for one in shown["clocks"]}
    assert clocks == {
        "UA": "2026-12-03T09:00:00+01:00",
        "KMOP": "2026-12-03T10:00:00+02:00",
        "ODTU": "2026-12-03T11:00:00+03:00",
    }


def test_a_meeting_moved_over_the_end_of_summer_time_keeps_its_hour(line: Line) -> None:
    line.text(
        *("meeting", "add", "Call", "--start", "2026-10-22 09:30", "--zone", "Europe/Warsaw"),
    )
    assert line.json("meeting", "edit", "1", "--start", "2026-10-29")["start"] == (
        "2026-10-29T09:30:00+01:00"
    )
    moved = line.json("meeting", "edit", "1", "--zone", "Europe/Istanbul", "--place", "Ankara")
    assert (moved["start"], moved["place"]) == ("2026-10-29T09:30:00+03:00", "Ankara")
    assert line.json("meeting", "edit", "1", "--start", "8:45")["start"] == (
        "2026-10-29T08:45:00+03:00"
    )
    assert line.json("meeting", "edit", "1", "--start", "")["start"] is None


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("add", "X", "--start", "31 Feb 2026"), 2, "31 Feb 2026"),
        (("add", "X", "--start", "2026-12-03 25:00"), 2, "25:00"),
        (("add", "X", "--zone", "Mars/Base"), 2, "not a time zone"),
        (("add", "X", "--country", "Mars"), 2, "not a country"),
        (("add", "X", "--start", "2026-12-03 9:30", "--end", "9:00"), 2, "ends before it begins"),
        (("add", "X", "--start", "2026-12-03", "--end", "2026-12-01"), 1, "ends before it begins"),
        (("add", "X", "--start", "2026-12-03", "--end", "10:00"), 2, "needs one in --start"),
        (("add", "X", "--length", "long"), 2, "no length of time"),
        (("add", "X", "--host", "NOBODY"), 1, "no partner NOBODY"),
        (("add", " "), 1, "needs a title"),
        (("edit", "1"), 1, "no meeting 1"),
        (("show", "TPM"), 1, "no meeting TPM"),
    ],
)
def test_wrong_words_leave_stdout_empty(
    line: Line, argv: tuple[str, ...], code: int, said: str
) -> None:
    got, sentence = line.error("meeting", *argv, "--json")
    assert (got, said in sentence, "Traceback" in sentence) == (code, True, False)


def test_minutes_are_added_line_by_line_and_actions_become_tasks(line: Line) -> None:
    line.text("meeting", "add", "TPM3", "--start", "2026-11-19 9:30", "--length", "6h")
    line.text("contact", "add", "Eleni", "--partner", "KMOP")
    line.text("meeting", "agenda", "TPM3", "--add", "Handbook", "--length", "40")
    item = line.json("meeting", "agenda", "TPM3", "--add", "Money", "--presenter", "Ana")
    assert (item["number"], item["title"], item["presenter"]) == (2, "Money", "Ana")
    line.text("meeting", "minutes", "1", "--add-information", "41 teachers", "--item", "1")
    added = line.json(
        *("meeting", "minutes", "1", "--add-action", "Send the appendix"),
        *("--to", "@KMOP", "--due", "18 Dec", "--item", "1"),
    )
    assert added == {
        "id": 2,
        "kind": "action",
        "item": 1,
        "text": "Send the appendix",
        "task": 1,
        "code": added["code"],
        "assignee": "KMOP",
        "due": "2026-12-18",
        "state": "open",
    }
    both = line.json(
        *("meeting", "minutes", "1", "--add-decision", "Release 1"),
        *("--add-action", "Print it", "--to", "Eleni"),
    )
    assert [(one["kind"], one["text"]) for one in both] == [
        ("decision", "Release 1"),
        ("action", "Print it"),
    ]
    tasks = {one["title"]: one for one in line.json("task", "list")}
    assert tasks["Send the appendix"]["assignee"] == "KMOP"
    assert tasks["Send the appendix"]["due"] == "2026-12-18"
    line.text("undo")  # both lines were one step
    read = line.json("meeting", "minutes", "1")
    assert [one["text"] for one in read["minutes"]] == ["41 teachers", "Send the appendix"]
    for argv in (("--to", "KMOP"), ("--item", "2"), ("--add-decision", "x", "--item", "9")):
        assert line.error("meeting", "minutes", "1", *argv)[0] == 2


def test_minutes_are_written_as_markdown(line: Line) -> None:
    line.text("meeting", "add", "TPM3", "--start", "2026-11-19 9:30", "--place", "Kraków")
    line.text("contact", "add", "Eleni", "--partner", "KMOP")
    line.text("meeting", "attendance", "TPM3", "El")
    line.text("meeting", "agenda", "TPM3", "--add", "Handbook", "--length", "40")
    line.text("meeting", "minutes", "TPM3", "--add-decision", "Release 1", "--item", "1")
    line.text(
        *("meeting", "minutes", "TPM3", "--add-action", "Send it", "--to", "KMOP"),
        *("--due", "18 Dec"),
    )
    shown = line.text("meeting", "minutes", "TPM3")
    assert shown.startswith("# Minutes: TPM3\n")
    for part in ("SOLARIS", "19 Nov 2026, 09:30 Madrid", "Eleni", "Handbook", "Release 1"):
        assert part in shown
    assert "KMOP, by 18 Dec 2026" in shown


def test_hostile_text_is_only_text_in_minutes_and_lists(line: Line) -> None:
    from markdown_it import MarkdownIt

    line.text("meeting", "add", HOSTILE, "--place", HOSTILE)
    line.text("meeting", "agenda", "1", "--add", HOSTILE, "--presenter", HOSTILE)
    for kind in ("information", "decision", "action"):
        line.text("meeting", "minutes", "1", f"--add-{kind}", HOSTILE)
    for verb in ("list", "show", "minutes", "agenda"):
        argv = ("meeting", verb) if verb == "list" else ("meeting", verb, "1")
        assert "\x1b" not in line.text(*argv)
    html = MarkdownIt("js-default").render(line.text("meeting", "minutes", "1"))
    for tag in ("<img", "<em", "<code", "<a ", "<strong>b"):
        assert tag not in html
    assert "*b* _i_ `c` &lt;img src=x&gt; | # 1. &amp;amp;" in html


def test_attendance_and_counts_are_kept(line: Line) -> None:
    line.text(
        *("meeting", "add", "TPM", "--start", "3 Dec 2026", "--end", "4 Dec 2026"),
        *("--participants", "5"),
    )
    for name in ("Ana", "Eleni"):
        line.text("contact", "add", name, "--partner", "UA")
    listed = line.json("meeting", "attendance", "TPM", "--expect-all")
    assert [one["days"][0]["presence"] for one in listed] == ["expected", "expected"]
    marked = line.json("meeting", "attendance", "TPM", "Ana", "--as", "online", "--day", "4 Dec")
    assert marked[0]["days"] == [
        {"day": "2026-12-03", "presence": "expected"},
        {"day": "2026-12-04", "presence": "online"},
    ]
    assert len(line.json("meeting", "attendance", "TPM", "Eleni", "--as", "off")) == 1
    code = line.code("meeting", "count", "TPM", "3", "--partner", "KMOP", "--online", "1")
    said = line.capsys.readouterr()
    assert (code, said.err) == (0, "Look at this: 3 in the counts, 5 stated: 2 fewer.\n")
    shown = line.json("meeting", "show", "TPM")
    assert shown["counts"][0]["who"] == "KMOP"
    assert shown["missing"] == ["ODTU"]
    assert "3 in the counts, 5 stated" in line.text("meeting", "show", "TPM")


def test_whole_partners_are_marked_in_one_step(line: Line) -> None:
    line.text("meeting", "add", "TPM", "--start", "3 Dec 2026", "--end", "4 Dec 2026")
    for name, partner in (("Ana", "UA"), ("Eva", "UA"), ("Eleni", "KMOP")):
        line.text("contact", "add", name, "--partner", partner)
    argv = ("meeting", "attendance", "TPM", "--partner", "UA", "--partner", "KMOP")
    assert line.text(*argv) == "UA, KMOP: present, TPM\n"
    found = line.json(*argv[:5], "--as", "absent", "--day", "4 Dec")
    assert [[day["presence"] for day in one["days"]] for one in found] == [
        ["present", "absent"],
        ["present", "absent"],
        ["present", "present"],
    ]
    line.text("undo")
    line.text("undo")
    assert line.json("meeting", "attendance", "TPM") == []
    assert "Nobody of ODTU is entered" in line.error(*argv[:3], "--partner", "ODTU")[1]


def test_counts_are_added_up_by_country_and_by_profile(line: Line) -> None:
    line.text("meeting", "add", "Workshop")
    count = ("meeting", "count", "Workshop")
    line.text(*count, "12", "--country", "Poland", "--profile", "teachers", "--online", "2")
    line.text(*count, "3", "--country", "PL", "--profile", "students")
    line.text(*count, "4", "--partner", "KMOP", "--profile", "Teachers")
    shown = line.json("meeting", "show", "Workshop")
    assert shown["counts_by_country"] == [
        {"country": "PL", "people": 15, "online": 2},
        {"country": "GR", "people": 4, "online": 0},
    ]
    assert shown["counts_by_profile"] == [
        {"profile": "teachers", "people": 16, "online": 2},
        {"profile": "students", "people": 3, "online": 0},
    ]
    text = line.text("meeting", "show", "Workshop")
    assert "by country: Poland 15 (2 online), Greece 4" in text
    assert "by profile: teachers 16 (2 online), students 3" in text
    assert "**By country:** Poland 15 (2 online), Greece 4" in line.text(
        "meeting", "minutes", "Workshop"
    )


def test_meetings_are_held_cancelled_and_removed(line: Line) -> None:
    for title in ("One", "Two"):
        line.text("meeting", "add", title)
    assert line.text("meeting", "hold", "One") == "Mark One as held\n"
    assert line.text("meeting", "cancel", "One", "Two") == "Cancel 2 meetings\n"
    assert line.json("meeting", "show", "Two")["state"] == "cancelled"
    line.text("meeting", "edit", "Two", "--state", "planned", "--summary", "Well.\nVery well.")
    assert line.json("meeting", "show", "Two")["summary"] == "Well.\nVery well."
    line.text("meeting", "minutes", "One", "--add-action", "Left over")
    assert line.json("meeting", "remove", "One")["title"] == "One"
    assert [one["title"] for one in line.json("task", "list")] == ["Left over"]
    assert [one["title"] for one in line.json("meeting", "list")] == ["Two"]


def test_what_earlier_meetings_left_open_is_shown(line: Line) -> None:
    line.text("meeting", "add", "TPM1", "--start", "2026-05-04")
    line.text("meeting", "add", "TPM2", "--start", "2026-12-03")
    line.text("meeting", "minutes", "TPM1", "--add-action", "Send it", "--to", "KMOP")
    carried = line.json("meeting", "show", "TPM2")["carried"]
    assert [(one["meeting"], one["times"], one["text"], one["assignee"]) for one in carried] == [
        ("TPM1", 1, "Send it", "KMOP")
    ]
    assert "Still open from earlier meetings" in line.text("meeting", "show", "TPM2")


def test_a_meeting_is_held_point_by_point(line: Line) -> None:
    line.text("meeting", "add", "TPM3", "--start", "2026-11-22")
    assert line.text("meeting", "clock", "TPM3") == "TPM3 was not started yet.\n"
    for title in ("Welcome", "Handbook", "Money"):
        line.text("meeting", "agenda", "TPM3", "--add", title, "--length", "40")
    begun = line.json("meeting", "start", "TPM3")
    assert (begun["goes_on"], begun["ended"]) == (True, None)
    assert [point["runs"] for point in begun["agenda"]] == [True, False, False]
    assert line.text("meeting", "next", "TPM3") == "Go on to Handbook, TPM3\n"
    assert line.text("meeting", "break", "TPM3") == "Break in TPM3\n"
    assert line.text("meeting", "next", "TPM3", "--item", "3") == "Go on to Money, TPM3\n"
    assert line.error("meeting", "next", "TPM3", "--item", "4")[0] == 2
    said = line.text("meeting", "clock", "TPM3")
    assert "  1. Welcome: 0:0" in said
    assert " of 40 min, runs\n" in said
    assert line.text("meeting", "end", "TPM3") == "End TPM3\n"
    ended = line.json("meeting", "clock", "TPM3")
    assert (ended["state"], ended["goes_on"]) == ("held", False)
    assert line.error("meeting", "break", "TPM3") == (1, "TPM3 has ended.\n")


def test_a_meeting_that_was_held_is_shown_with_its_times_and_its_actions(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        """The present instant, moved on by hand."""

        at = datetime(2026, 11, 22, 8, 32, tzinfo=UTC)

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cast("Self", cls.at.astimezone(tz))

    monkeypatch.setattr("ka2tui.cli.meeting_progress.datetime", Clock)
    line.text("meeting", "add", "TPM3", "--start", "2026-11-22 9:30", "--zone", "Europe/Warsaw")
    for title in ("Welcome", "Handbook"):
        line.text("meeting", "agenda", "TPM3", "--add", title, "--length", "15")
    line.text(
        *("meeting", "minutes", "TPM3", "--add-action", "Send the slides", "--to", "KMOP"),
        *("--due", "2026-12-10"),
    )
    assert "Minutes sent" not in line.text("meeting", "show", "TPM3")
    line.text("meeting", "start", "TPM3")
    Clock.at += timedelta(minutes=13)
    assert "  Goes on       since 09:32 Warsaw\n" in line.text("meeting", "show", "TPM3")
    line.text("meeting", "next", "TPM3")
    Clock.at += timedelta(minutes=18)
    line.text("meeting", "end", "TPM3")
    aloud = line.text("--plain", "meeting", "show", "TPM3")
    assert "\nHeld: 09:32 to 10:03 Warsaw\nMinutes sent: not yet\n" in aloud
    said = line.text("meeting", "show", "TPM3")
    assert "  Held          09:32 to 10:03 Warsaw\n  Minutes sent  not yet\n" in said
    for answer in (said, aloud):
        for part in (
            "1. Welcome, 15 min planned, 13 used\n",
            "2. Handbook, 15 min planned, 18 used, 3 over\n",
            "30 min planned, 31 used\n",
            "action: Send the slides – KMOP, by 10 Dec 2026, open\n",
        ):
            assert part in answer
    shown = line.json("meeting", "show", "TPM3")
    assert shown["started"].startswith("2026-11-22T08:32")
    assert shown["ended"].startswith("2026-11-22T09:03")
    assert [point["seconds"] for point in shown["agenda"]] == [13 * 60, 18 * 60]


def test_papers_are_written_to_send_and_print(line: Line, tmp_path: Path) -> None:
    line.text("meeting", "add", "TPM1", "--start", "2026-05-04")
    line.text("meeting", "minutes", "TPM1", "--add-action", "Send it", "--to", "KMOP")
    line.text(
        *("meeting", "add", "TPM2", "--start", "2026-12-03 9:30", "--place", "Kraków"),
        *("--tz", "Europe/Warsaw"),
    )
    for title in ("Handbook", HOSTILE):
        line.text("meeting", "agenda", "TPM2", "--add", title, "--length", "40")
    line.text("contact", "add", "Eleni", "--partner", "KMOP")
    line.text("meeting", "attendance", "TPM2", "--expect-all")
    agenda = line.text("meeting", "agenda", "TPM2", "--format", "md")
    assert agenda.index("Send it (TPM1, carried 1x)") < agenda.index("1. Handbook")
    assert "09:30" in agenda
    assert "10:10" in agenda
    file = tmp_path / "list.html"
    assert line.text("meeting", "signatures", "TPM2", "-o", str(file)) == f"Written to {file}\n"
    page = file.read_text("utf-8")
    assert "Attendance list: TPM2" in page
    assert "Eleni" in page
    assert "3 December 2026" in page
    assert line.error("meeting", "signatures", "TPM2", "-o", str(file))[0] == 1
    line.text("meeting", "minutes", "TPM2", "-o", str(tmp_path / "minutes.html"))
    assert "<title>Minutes: TPM2" in (tmp_path / "minutes.html").read_text("utf-8")
    assert "<img src=x>" not in line.text("meeting", "agenda", "TPM2", "--format", "html")


def test_a_time_that_the_clocks_skip_or_show_twice_is_said(line: Line) -> None:
    zone = ("--zone", "Europe/Madrid")
    line.run("meeting", "add", "Night", "--start", "28 Mar 2027 02:30", *zone)
    skipped = "02:30 does not exist on 28 Mar 2027 in Madrid: it begins at 03:30."
    assert skipped in line.err
    line.run("meeting", "add", "Twice", "--start", "31 Oct 2027 02:30", *zone)
    assert "02:30 comes twice on 31 Oct 2027 in Madrid: the first is meant." in line.err
    line.run("meeting", "add", "Plain", "--start", "27 Mar 2027 02:30", *zone)
    assert line.err == ""
    made = str(line.json("meeting", "list", "Plain")[0]["id"])
    line.run("meeting", "move", made, "28 Mar 2027")
    assert skipped in line.err
    line.run("meeting", "edit", made, "--start", "28 Mar 2027 03:30")
    assert line.err == ""
