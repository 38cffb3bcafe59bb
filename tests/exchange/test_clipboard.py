"""Rows as spreadsheets copy them: read with or without headings, and written without formulas."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.known_names import Known, Person, Unit
from ka2tui.exchange import clipboard
from ka2tui.exchange.cells import Frame

TODAY = date(2026, 11, 22)
KNOWN = Known(
    start=date(2026, 9, 1),
    units=(Unit("WP1"), Unit("WP2")),
    partners=(("KMOP", "Kentro"), ("UA", "Universidad")),
    people=(Person("Ana Moreno", "UA"),),
)


def read(text: str, kind: str | tuple[str, ...] = "task") -> clipboard.Pasted:
    return clipboard.read(text, kind, KNOWN, today=TODAY)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+49 30", "-", "@ULODZ", "'=x", 'say "hi"', '"quoted"', "two\nlines",
     "plain", "'quoted'", '5" pipe'],
)  # fmt: skip
def test_what_is_written_comes_back_as_it_was(text: str) -> None:
    written = clipboard.write(["Title", "Notes"], [[text, "end"], ["next", text]])
    rows = read(written).body
    assert rows == ((text, "end"), ("next", text))
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for line in written.split("\n")
        for cell in line.split("\t")
    )  # fmt: skip


def test_cells_with_line_ends_and_quotes_are_read_as_excel_writes_them() -> None:
    pasted = read('Task\tNotes\r\n"Send ""all""\nminutes"\tsoon\r\nBook "rooms"\tx\r\n')
    assert pasted.body == (('Send "all"\nminutes', "soon"), ('Book "rooms"', "x"))


def test_a_quote_that_is_never_closed_is_a_letter() -> None:
    assert read('Task\tWho\n"Send it\tUA\nBook\tUA').body == (('"Send it', "UA"), ("Book", "UA"))


def test_columns_without_headings_are_known_by_what_stands_in_them() -> None:
    pasted = read("Write the report\t3 Dec\tKMOP\tWP2\nBook rooms\t12.3.2027\tAna Moreno\tWP1")
    assert not pasted.headed
    assert pasted.fields == ("title", "due", "assignee", "work_unit")


def test_a_column_called_task_with_sentences_in_it_is_the_title() -> None:
    assert read("Task\tDeadline\nSend minutes\t3 Dec").fields == ("title", "due")


def test_a_comma_in_a_title_parts_nothing() -> None:
    pasted = read("Send minutes, agenda\nBook rooms, hotel")
    assert [row[0] for row in pasted.body] == ["Send minutes, agenda", "Book rooms, hotel"]


def test_semicolons_are_seen() -> None:
    assert read("title;due\nA;2026-12-01").body == (("A", "2026-12-01"),)


def test_the_kind_is_the_one_that_the_headings_fit() -> None:
    kinds = ("work_unit", "deliverable", "milestone")
    text = "Code\tTitle\tReview\tDelivered\tLicence\nD1.1\tHandbook\t2027-01-01\t\tCC BY"
    assert read(text, kinds).kind == "deliverable"
    assert read("MS1\tKick-off held\tM2\nMS2\tHalf time\tM12", kinds).kind == "milestone"


@pytest.mark.parametrize(
    ("kind", "rows", "fields"),
    [
        ("risk", "Risk\tProbability\tImpact\nRain\t2\t3", ("title", "likelihood", "impact")),
        ("risk", "Rain falls on us\t2\t3\nSnow falls\t1\t4", ("title", "likelihood", "impact")),
        ("indicator", "Schools reached\t30\nTeachers trained\t400", ("title", "target")),
        (
            "letter",
            "1.3.2026\tin\tAgreement\n2.3.2026\tout\tDates",
            ("day", "direction", "subject"),
        ),
        (
            "payment",
            "First\t1.3.2026\t8.000,00\nSecond\t1.9.2026\t500",
            ("title", "due", "amount_cents"),
        ),
        (
            "dissemination",
            "Post\thttps://x.eu\t300\nPage\thttps://y.eu\t20",
            ("title", "link", "reach"),
        ),
        ("log_entry", "Decision\tDate\nUse Moodle\t1.3.2026", ("title", "opened_on")),
    ],
)
def test_rows_of_what_shows_the_work_are_known(
    kind: str, rows: str, fields: tuple[str, ...]
) -> None:
    pasted = read(rows, kind)
    assert pasted.fields == fields
    intake = clipboard.understand(pasted, Frame(None, None, TODAY))
    assert intake.errors == []
    assert {item.kind for item in intake.items} == {kind}
    assert len(intake.items) == len(pasted.body)


def test_dates_are_read_as_imports_read_them_and_from_today_on() -> None:
    pasted = read("Task\tDue\nA\tM3\nB\t12.3.2027\nC\t3/12\nD\tfri\nE\t31.2.2027")
    intake = clipboard.understand(pasted, Frame(KNOWN.start, 24, TODAY))
    due = [item.values.get("due") for item in intake.items]
    assert due == [date(2026, 11, 30), date(2027, 3, 12), date(2026, 12, 3), date(2026, 11, 27),
                   None]  # fmt: skip
    assert [(it.row, it.column) for it in intake.errors] == [(6, "Due")]


def test_a_column_can_mean_something_else() -> None:
    pasted = read("Foo\tBar\nA\tB")
    changed = clipboard.with_field(pasted, 1, "title")
    assert changed.fields.count("title") == 1
    assert changed.fields[1] == "title"


@pytest.mark.parametrize("text", ["", "\n\n", "\t\t\n", "\x00"])
def test_nothing_to_paste_is_said(text: str) -> None:
    with pytest.raises(clipboard.Unreadable, match="nothing to paste"):
        read(text)


@pytest.mark.parametrize(
    "text", ['"', '"\t"', "a\t" * 3000, "\u202e[red]\x1b]52;c;x\x07", "'='", "💥\t💥"]
)
def test_odd_text_is_read_or_refused_and_never_crashes(text: str) -> None:
    try:
        pasted = read(text)
    except clipboard.Unreadable:
        return
    clipboard.understand(pasted, Frame(None, None, TODAY))
    assert not any("\x1b" in cell for row in pasted.rows for cell in row)
