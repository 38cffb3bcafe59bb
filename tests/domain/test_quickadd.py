"""Lines as people type them: what leaves the title, what stays, and what is said of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain.due import Due
from ka2tui.domain.kinds import PhaseKind, Precision, Priority
from ka2tui.domain.quickadd import read
from ka2tui.domain.quickadd_names import Name, Names
from ka2tui.domain.text import clean
from ka2tui.domain.understood import MINUTES, Sign, Understood, say_due

TODAY = date(2026, 11, 21)  # a Saturday
START = date(2025, 10, 1)

PARTNERS = (("OU", "Open University"), ("ULODZ", "Uniwersytet Łódzki"), ("UNIBO", "Alma Mater"))
PEOPLE = (("Maria Lopez", 1), ("Maria Silva", 2), ("Zofia Nowak", 2), ("Ελένη Κ.", None))
UNITS = (("WP1", "Management"), ("WP2", "Handbook"), ("A1.2", "Survey"), ("A2.1", "Curriculum"))
NAMES = Names(
    acronym="SOLARIS",
    start=START,
    end=date(2027, 9, 30),
    partners=tuple(Name("partner", n, a, t, (t,)) for n, (a, t) in enumerate(PARTNERS, 1)),
    contacts=tuple(
        Name("contact", n, a, also=(f"{a[:3]}@x.example",), of=of)
        for n, (a, of) in enumerate(PEOPLE, 1)
    ),
    work_units=tuple(Name("work_unit", n, a, t, (t,)) for n, (a, t) in enumerate(UNITS, 1)),
    tasks=(Name("task", 9, "T2.3", "Draft the handbook"),),
    tags=("tpm", "money"),
)


def understood(line: str, today: date = TODAY, names: Names = NAMES) -> Understood:
    return read(line, names, today=today)


def test_the_line_of_the_design_is_understood_whole() -> None:
    said = understood("Send minutes @OU due:+2w wp:2 !high #tpm every month until M24")
    assert said.title == "Send minutes"
    assert said.facts(TODAY) == [
        ("due", "Sat 5 Dec 2026, in 14 days"),
        ("who", "OU"),
        ("in", "WP2 Handbook"),
        ("priority", "high"),
        ("tags", "#tpm"),
        ("repeats", "every month until 30 Sep 2027"),
    ]
    assert said.values == {
        "due": date(2026, 12, 5),
        "due_month": None,
        "due_precision": Precision.DAY,
        "partner_id": 1,
        "contact_id": None,
        "work_unit_id": 2,
        "priority": Priority.HIGH,
        "tags": ("tpm",),
        "recurrence": "FREQ=MONTHLY;UNTIL=20270930",
        "effort_minutes": None,
        "phase": None,
    }
    assert said.notes == ()
    assert [(said.text[p.start : p.end], p.sign.value) for p in said.parts] == [
        ("@OU", "who"),
        ("due:+2w", "due"),
        ("wp:2", "where"),
        ("!high", "priority"),
        ("#tpm", "tag"),
        ("every month until M24", "repeats"),
    ]


# -- when ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Send minutes due:fri", date(2026, 11, 27)),
        ("Send minutes fri", date(2026, 11, 27)),
        ("Send minutes Friday", date(2026, 11, 27)),
        ("Send minutes by fri.", date(2026, 11, 27)),
        ("Send minutes on Friday", date(2026, 11, 27)),
        ("Send minutes due on Friday", date(2026, 11, 27)),
        ("Send minutes sat", date(2026, 11, 28)),
        ("Send minutes next monday", date(2026, 11, 23)),
        ("Send minutes due:next monday", date(2026, 11, 23)),
        ("Send minutes today", date(2026, 11, 21)),
        ("Send minutes tomorrow", date(2026, 11, 22)),
        ("Send minutes +2w", date(2026, 12, 5)),
        ("Send minutes +3d", date(2026, 11, 24)),
        ("Send minutes +1m", date(2026, 12, 21)),
        ("Send minutes in 3 days", date(2026, 11, 24)),
        ("Send minutes in 2 weeks", date(2026, 12, 5)),
        ("Send minutes 23", date(2026, 11, 23)),
        ("Send minutes due:23", date(2026, 11, 23)),
        ("Send minutes by 20", date(2026, 12, 20)),
        ("Send minutes on the 23rd", date(2026, 11, 23)),
        ("Send minutes 2026-12-01", date(2026, 12, 1)),
        ("Send minutes 1.12.2026", date(2026, 12, 1)),
        ("Send minutes 1/12/2026", date(2026, 12, 1)),
        ("Send minutes due:1-12-2026", date(2026, 12, 1)),
        ("Send minutes 1.12.", date(2026, 12, 1)),
        ("Send minutes due:1/12", date(2026, 12, 1)),
        ("Send minutes 3 Dec", date(2026, 12, 3)),
        ("Send minutes 3 dec.", date(2026, 12, 3)),
        ("Send minutes due:3 Dec", date(2026, 12, 3)),
        ("Send minutes due: 3 Dec", date(2026, 12, 3)),
        ('Send minutes due:"3 Dec"', date(2026, 12, 3)),
        ("Send minutes by:3dec", date(2026, 12, 3)),
        ("Send minutes Dec 3", date(2026, 12, 3)),
        ("Send minutes 3 Aug 2027", date(2027, 8, 3)),
        ("Send minutes Fri 4 Dec 2026", date(2026, 12, 4)),
        ("Send minutes on Fri, the 4th of December", date(2026, 12, 4)),
        ("Send minutes 4 décembre", date(2026, 12, 4)),
        ("Send minutes 3 Dec @OU", date(2026, 12, 3)),
        ("Send minutes @OU 3 Dec !high", date(2026, 12, 3)),
        ("Send minutes end of May", date(2027, 5, 31)),
        ("Send minutes by the end of the month", date(2026, 11, 30)),
        ("Send minutes due:end of Nov", date(2026, 11, 30)),
        ("due:3 Dec Send minutes", date(2026, 12, 3)),
        ("@OU due:3 Dec !high Send minutes", date(2026, 12, 3)),
    ],
)
def test_a_day_is_read_in_all_its_forms(line: str, day: date) -> None:
    said = understood(line)
    assert (said.title, said.due, said.notes) == ("Send minutes", Due(day), ())


@pytest.mark.parametrize(
    ("line", "due", "says"),
    [
        ("Report M18", Due(date(2027, 3, 31), 18, Precision.MONTH), "M18, Wed 31 Mar 2027"),
        ("Report due:M18", Due(date(2027, 3, 31), 18, Precision.MONTH), "M18, Wed 31 Mar 2027"),
        ("Report by M20", Due(date(2027, 5, 31), 20, Precision.MONTH), "M20, Mon 31 May 2027"),
        (
            "Report due:Dec 2026",
            Due(date(2026, 12, 31), None, Precision.MONTH),
            "Dec 2026, Thu 31 Dec",
        ),
        (
            "Report by Feb 2027",
            Due(date(2027, 2, 28), None, Precision.MONTH),
            "Feb 2027, Sun 28 Feb",
        ),
        (
            "Report due:2027-06",
            Due(date(2027, 6, 30), None, Precision.MONTH),
            "Jun 2027, Wed 30 Jun",
        ),
    ],
)
def test_a_month_stays_a_month_and_is_due_on_its_last_day(line: str, due: Due, says: str) -> None:
    said = understood(line)
    assert (said.title, said.due) == ("Report", due)
    assert says in say_due(said.due, TODAY)


@pytest.mark.parametrize(
    ("line", "today", "day"),
    [
        ("Pay 31", date(2026, 1, 30), date(2026, 1, 31)),
        ("Pay 31", date(2026, 2, 1), date(2026, 3, 31)),
        ("Pay 30", date(2027, 1, 31), date(2027, 3, 30)),
        ("Pay due:29 Feb", date(2026, 11, 21), date(2028, 2, 29)),
        ("Pay 29", date(2028, 2, 1), date(2028, 2, 29)),
        ("Pay 29", date(2027, 2, 1), date(2027, 3, 29)),
        ("Pay +1m", date(2027, 1, 31), date(2027, 2, 28)),
        ("Pay +1m", date(2028, 1, 31), date(2028, 2, 29)),
        ("Pay +1y", date(2028, 2, 29), date(2029, 2, 28)),
        ("Pay 23", date(2026, 11, 23), date(2026, 11, 23)),
        ("Pay 23", date(2026, 12, 24), date(2027, 1, 23)),
        ("Pay fri", date(2026, 11, 27), date(2026, 12, 4)),
        ("Pay next monday", date(2026, 11, 22), date(2026, 11, 23)),
        ("Pay tomorrow", date(2026, 12, 31), date(2027, 1, 1)),
        ("Pay 3 Dec", date(2026, 12, 4), date(2027, 12, 3)),
    ],
)
def test_dates_hold_at_the_ends_of_months_and_in_leap_years(
    line: str, today: date, day: date
) -> None:
    assert understood(line, today).due.day == day


@pytest.mark.parametrize(
    "title",
    [
        "Send 23 forms",
        "Meeting report May be late",
        "Meeting report may 2026 be late",
        "Prepare Annex 3",
        "Update WP 3",
        "Newsletter 5",
        "Meeting 3",
        "TPM 3",
        "KA 220",
        "Report 2",
        "Draft of the report v 2",
        "Ask Partner 4",
        "Give Maria 23",
        "Invite 40",
        "Draft handbook 2.1",
        "Print slides 1/2",
        "Call at 10:30",
        "Minutes of 3 Dec",
        "Minutes of next monday",
        "Plan for M18",
        "Report at the end of May",
        "Celebrate the year end 2026",
        "Book the room for fri",
        "Ready before Monday",
        "Open until 3 Dec",
        "Everything from today",
        "Look at Black Friday",
        "Newsletter Dec 2026",
        "Budget 2026",
        "Q4 2026",
        "Training 17-18 Dec",
        "Training 17 - 18 Dec",
        "Training 17 and 18 Dec",
        "tomorrow call the agency",
        "Send tomorrow the slides",
        "Monday meeting notes",
        "Fix the sun",
        "Thank every partner",
        "Check every door",
        "Send monthly report",
        "Weekly call with the agency",
        "mail a@b.example about it",
        "Reach ~50 teachers",
        "C:\\temp\\new is full",
        "Wait for it: nothing",
        "Great! Really!",
        "50% of 3",
        "Print 2 out",
        "Buy 3 set",
        "fri",
        "23",
        "every month",
        "by fri",
        '12" screen',
    ],
)
def test_a_title_loses_no_word(title: str) -> None:
    said = understood(title)
    assert (said.title, said.due, said.recurrence) == (title, Due(), None)


@pytest.mark.parametrize(
    ("line", "title", "note"),
    [
        ("Send due:31 Feb minutes", "Send due:31 Feb minutes", "“31 Feb” is not a date"),
        ("Send due:soon", "Send due:soon", "due:soon: “soon” is not a date; it stays in the title"),
        ("Send due:", "Send due:", "“due:” has no date after it"),
        ("Send due:M121", "Send due:M121", "is not a date"),
        ("Send due:fri due:mon", "Send due:mon", "the date is said already"),
        ("Minutes of 3 Dec", "Minutes of 3 Dec", "“3 Dec” stays in the title; due:3 Dec makes"),
        ("Send tomorrow the slides", "Send tomorrow the slides", "due:tomorrow makes it the date"),
        ("Call Ana next week", "Call Ana next week", "“next week” is not a date; it stays"),
        ("Send 31 Nov", "Send 31 Nov", "“31 Nov” is not a date; it stays in the title."),
        ("Send 30.2.2027", "Send 30.2.2027", "“30.2.2027” is not a date; it stays in the title."),
        ("Send report M30", "Send report", "M30 is after the project's last day, 30 Sep 2027"),
        ("Send 31.2.2027 wp:99 !urgent", "Send 31.2.2027 wp:99 !urgent", "“31.2.2027” is not a"),
        ("Send 31.2.2027 slides fri", "Send 31.2.2027 slides", "“31.2.2027” is not a date"),
        ("Pay 31 Feb 2027 rent", "Pay 31 Feb 2027 rent", "“31 Feb 2027” is not a date"),
        ("Send 1.1.1900", "Send", "1 Jan 1900 is 126 years ago: is the year right?"),
        ("Send due:1989-12-31", "Send", "31 Dec 1989 is 37 years ago: is the year right?"),
        ("Send 2077-01-01", "Send", "1 Jan 2077 is 51 years away: is the year right?"),
    ],
)
def test_a_date_that_is_none_is_said(line: str, title: str, note: str) -> None:
    said = understood(line)
    assert said.title == title
    assert note in " ".join(said.notes)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Meet every evening", "“every evening” is not read as how often"),
        ("Meet every 2nd Friday #tpm", "“every 2nd Friday” is not read as how often"),
        ("Call every week the partners", "“every week the partners” is not read as how often"),
    ],
)
def test_a_repetition_that_is_not_understood_is_said(line: str, told: str) -> None:
    said = understood(line)
    assert said.recurrence is None
    assert told in " ".join(said.notes)


@pytest.mark.parametrize(
    "line", ["Ask every partner", "Every week counts", "Check each day of it", "Send 1.1.1990"]
)
def test_what_is_no_repetition_and_no_slip_is_not_asked_about(line: str) -> None:
    assert understood(line).notes == ()


def test_a_project_month_waits_for_the_project_to_have_a_first_day() -> None:
    said = understood("Report M18", names=Names())
    assert said.due == Due(None, 18, Precision.MONTH)
    assert said.facts(TODAY) == [("due", "M18, once the project's first day is known")]


def test_dates_are_said_with_weekday_and_distance() -> None:
    assert say_due(Due(date(2026, 12, 4)), TODAY) == "Fri 4 Dec 2026, in 13 days"
    assert say_due(Due(date(2026, 11, 20)), TODAY) == "Fri 20 Nov 2026, yesterday"
    assert say_due(Due(), TODAY) == ""


# -- who and where -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "title", "partner", "contact"),
    [
        ("Ask @OU", "Ask", "OU", None),
        ("Ask @ou, then wait", "Ask then wait", "OU", None),
        ("Ask @ulo about it", "Ask about it", "ULODZ", None),
        ("Ask @Łódzki", "Ask", "ULODZ", None),
        ("Ask @alma", "Ask", "UNIBO", None),
        ("Ask @zofia", "Ask", None, "Zofia Nowak"),
        ("Ask @nowak", "Ask", None, "Zofia Nowak"),
        ("Ask @maria lopez about it", "Ask about it", None, "Maria Lopez"),
        ('Ask @"Maria Lopez" about it', "Ask about it", None, "Maria Lopez"),
        ("Ask @“maria silva”", "Ask", None, "Maria Silva"),
        ("Ask @Ελένη Κ. about it", "Ask about it", None, "Ελένη Κ."),
        ("Ask @ελενη", "Ask", None, "Ελένη Κ."),
        ("Ask @zof@x.example", "Ask", None, "Zofia Nowak"),
        ("Ask @OU @lopez", "Ask", "OU", "Maria Lopez"),
        ("Write to a@b.example, cost @ 5", "Write to a@b.example, cost @ 5", None, None),
    ],
)
def test_whoever_is_named_is_found(
    line: str, title: str, partner: str | None, contact: str | None
) -> None:
    said = understood(line)
    assert said.title == title
    assert (said.partner and said.partner.word) == partner
    assert (said.contact and said.contact.word) == contact
    assert said.notes == ()


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("Ask @XY", "@XY: no partner or person has this name; it stays in the title."),
        ("Ask @XY.", "@XY.: no partner or person has this name"),
        ("Ask @OX", "it stays in the title. Did you mean OU?"),
        ("Ask @zophia", "Did you mean Zofia Nowak?"),
        ("Ask @Maria", "@Maria could be Maria Lopez or Maria Silva: write more of it; it stays"),
        ("Ask @u", "@u could be ULODZ or UNIBO"),
        ('Ask @"Maria Lop. "', "no partner or person"),
        ("Ask @[red]", "@[red]: no partner"),
        ("Do it wp:9", "wp:9: no work package or activity has this code; it stays in the title."),
        ("Do it wp:WP3", "Did you mean WP"),
        ("Do it in:nowhere", "in:nowhere: no work package"),
        ("Do it !hihg", "!hihg: the priorities are !high, !normal and !low; it stays"),
        ("Do it #1", "#1: a tag has a letter in it; it stays in the title."),
        ("Do it effort:lots", "“lots” is not an effort"),
        ("Do it phase:x", "the phases are partnership, goal, proposal"),
        ("Do it needs:T9", "needs:T9: no open task has this code; it stays in the title."),
        ("Do it repeat:often", "repeat:often: this does not say how often"),
        ("Do it every month until then", "“then” is no day that every month could end on"),
    ],
)
def test_what_is_not_understood_stays_and_is_said(line: str, note: str) -> None:
    said = understood(line)
    assert said.title == clean(line)
    assert note in " ".join(said.notes)
    assert [part.sign for part in said.parts] == [Sign.UNREAD]


@pytest.mark.parametrize(
    ("line", "title", "note"),
    [
        ("Ask @OU @UNIBO", "Ask @UNIBO", "@UNIBO: one task is for one and OU is named already"),
        ("Ask @OU @silva", "Ask @silva", "one task is for one and OU is named already"),
        ("Do wp:1 wp:2", "Do wp:2", "where it belongs is said already"),
        ("Do ! !low", "Do !low", "the priority is said already"),
        ("Do ~1h ~2h", "Do ~2h", "the effort is said already"),
        ("Do repeat:weekly monthly", "Do monthly", ""),
    ],
)
def test_the_first_of_two_answers_stands(line: str, title: str, note: str) -> None:
    said = understood(line)
    assert said.title == title
    assert note in " ".join(said.notes)


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        *(("wp:2", "WP2"), ("wp:WP2", "WP2"), ("WP:wp2", "WP2"), ("in:wp2", "WP2")),
        *(("wp:A1.2", "A1.2"), ("wp:1.2", "A1.2"), ("in:2.1,", "A2.1"), ("wp: 2", "WP2")),
        *(("in:handbook", "WP2"), ("wp:surv", "A1.2"), ('wp:"WP 2"', "WP2")),
    ],
)
def test_work_packages_and_activities_are_found(sign: str, code: str) -> None:
    said = understood(f"Plan {sign}")
    assert said.work_unit is not None
    assert (said.title, said.work_unit.word, said.notes) == ("Plan", code, ())


@pytest.mark.parametrize("sign", ["@XY", "@", "#", "#1", "wp:9", "!x"])
def test_a_date_before_a_sign_that_is_not_understood_is_still_the_end(sign: str) -> None:
    said = understood(f"Send minutes by fri {sign}")
    assert (said.title, said.due.day) == (f"Send minutes {sign}", date(2026, 11, 27))


def test_a_bare_code_is_a_title() -> None:
    assert understood("Plan WP2 A1.2").work_unit is None


# -- the rest ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "priority"),
    [
        *(("!", Priority.HIGH), ("!!", Priority.HIGH), ("!high", Priority.HIGH)),
        *(("!h", Priority.HIGH), ("!HIGH", Priority.HIGH), ("!low", Priority.LOW)),
        ("!normal", Priority.NORMAL),
    ],
)
def test_priorities(sign: str, priority: Priority) -> None:
    said = understood(f"Call {sign} the bank")
    assert (said.title, said.priority, said.notes) == ("Call the bank", priority, ())


def test_tags_take_the_spelling_they_have_and_a_new_one_is_compared() -> None:
    assert understood("Plan #TPM, #Money").tags == ("tpm", "money")
    assert understood("Plan #tpm #tpm").tags == ("tpm",)
    said = understood("Plan #tmp")
    assert said.tags == ("tmp",)
    assert said.notes == ("#tmp is a new tag. Did you mean tpm?",)
    assert understood("Plan #łódź").notes == ()


@pytest.mark.parametrize(
    ("line", "rule", "due"),
    [
        ("Call every month", "FREQ=MONTHLY", None),
        ("Call each week", "FREQ=WEEKLY", None),
        ("Call every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", None),
        ("Call weekly", "FREQ=WEEKLY", None),
        ("Call monthly.", "FREQ=MONTHLY", None),
        ("Call every mon", "FREQ=WEEKLY;BYDAY=MO", date(2026, 11, 23)),
        ("Call every sat", "FREQ=WEEKLY;BYDAY=SA", date(2026, 11, 21)),
        ("Call weekly on mon and thu", "FREQ=WEEKLY;BYDAY=MO,TH", date(2026, 11, 23)),
        ("Call every month on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15", date(2026, 12, 15)),
        ("Call every month on the last fri", "FREQ=MONTHLY;BYDAY=-1FR", date(2026, 11, 27)),
        ("Call every month until M24", "FREQ=MONTHLY;UNTIL=20270930", None),
        ("Call every month till 30 Jun 2027", "FREQ=MONTHLY;UNTIL=20270630", None),
        ("Call every week until fri", "FREQ=WEEKLY;UNTIL=20261127", None),
        ("Call every month @OU until M24", "FREQ=MONTHLY;UNTIL=20270930", None),
        ("Call every week until M24 fri", "FREQ=WEEKLY;UNTIL=20270930", date(2026, 11, 27)),
        ("Call fri every week", "FREQ=WEEKLY", date(2026, 11, 27)),
        ("repeat:monthly Call", "FREQ=MONTHLY", None),
        ("repeat:every 2 weeks Call", "FREQ=WEEKLY;INTERVAL=2", None),
        ('Call repeat:"every month until M24"', "FREQ=MONTHLY;UNTIL=20270930", None),
    ],
)
def test_repetition(line: str, rule: str, due: date | None) -> None:
    said = understood(line)
    assert (said.title, said.recurrence, said.due.day) == ("Call", rule, due)
    without = ("It has no date yet: due:fri says when it is first.",)
    assert said.notes == (without if due is None else ())


def test_effort_phase_and_what_it_waits_for() -> None:
    said = understood("Survey ~1d4h phase:impl needs:t2.3")
    assert said.title == "Survey"
    assert said.effort_minutes == 12 * 60
    assert said.phase is PhaseKind.IMPLEMENTATION
    assert [each.id for each in said.needs] == [9]
    assert understood("Survey effort:90min").effort_minutes == 90


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (r"Write \@OU", "Write @OU"),
        (r"Watch it \fri", "Watch it fri"),
        (r"Room \23", "Room 23"),
        (r"Log \due:fri", "Log due:fri"),
        (r"Log \#1 \!high \~2h", "Log #1 !high ~2h"),
        (r"Pay \monthly", "Pay monthly"),
        (r"See \\server\share", r"See \\server\share"),
        (r"See \ alone", r"See \ alone"),
        ('Read "Guide @OU due:fri"', 'Read "Guide @OU due:fri"'),
        ("Read “Guide @OU 3 Dec”", "Read “Guide @OU 3 Dec”"),
        ('Read "fri"', 'Read "fri"'),
    ],
)
def test_what_is_meant_literally_stays(line: str, title: str) -> None:
    said = understood(line)
    assert (said.title, said.due, said.partner, said.notes) == (title, Due(), None, ())


def test_a_line_of_signs_alone_has_no_title() -> None:
    said = understood("@OU due:fri #tpm")
    assert said.title == ""
    assert said.partner is not None
    assert understood("").title == understood(" \t ").title == ""


def test_minutes_read_only_who_and_when() -> None:
    said = read("Send #1 to !all @OU wp:2 fri", NAMES, today=TODAY, signs=MINUTES)
    assert said.title == "Send #1 to !all wp:2"
    assert said.partner is not None
    assert said.due == Due(date(2026, 11, 27))
    assert said.notes == ()


def test_the_text_is_made_safe_to_keep() -> None:
    assert understood("[/] \x1b]52; \u202efri @OU").title == "[/] ␛]52; fri"


SIGNS = st.sampled_from(
    [
        *("@", "@OU", "@Maria", "lopez", '@"', "#", "#a", "!", "!low", "~", "~2h", "wp:", "in:2"),
        *("due:", "due:31", "Feb", "by:", "due:0", "due:+9999y", 'due:"', "on", "due", "next"),
        *("monday", "fri", "23", "3", "Dec", "+2w", "M24", "M999", "12.12.", "²", "½", "0", "00"),
        *("every", "month", "until", "repeat:", "needs:T2.3", "phase:", "\\", "\\fri", '"', "“"),
    ]
)
LINES = st.lists(st.one_of(SIGNS, st.text(max_size=6)), max_size=12).map(" ".join)


@given(line=st.one_of(LINES, st.text()), names=st.sampled_from([NAMES, Names()]))
def test_any_text_is_read_and_nothing_of_it_is_lost(line: str, names: Names) -> None:
    said: Any = read(line, names, today=TODAY)
    kept, at = [], 0
    for part in said.parts:
        assert at <= part.start < part.end <= len(line)
        assert part.said
        taken = part.sign not in (Sign.UNREAD, Sign.LITERAL)
        kept.append(line[at : part.start])
        if part.sign is Sign.LITERAL:
            kept.append(line[part.start + 1 : part.end])
        elif not taken:
            kept.append(line[part.start : part.end])
        at = part.end
    kept.append(line[at:])
    assert "".join(said.title.split()) == "".join(clean(" ".join("".join(kept).split())).split())
    assert said.facts(TODAY) is not None
    assert said.values
