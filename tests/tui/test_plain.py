from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.content import Content

from ka2tui.tui import plain
from ka2tui.tui.terminal import NothingActs
from tests.tui.hostile import ACTS, HOSTILE

TEXTS = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(HOSTILE)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_line_holds_nothing_that_acts(text: str) -> None:
    shown = plain.line(text)
    assert not ACTS & set(shown)
    assert plain.line(shown) == shown


@pytest.mark.parametrize(
    "text", ["[/]", "[bold]WP1[/bold]", "日本語", "👩‍👩‍👧‍👦", "e\u0301", "❤️", "Łódź"]
)
def test_what_only_looks_odd_stays_as_it_was_typed(text: str) -> None:
    assert plain.line(text) == text


def test_control_characters_are_seen() -> None:
    assert plain.line("a\x1b]52\x07b\x7f") == "a␛]52␇b␡"
    assert plain.line("one\ttwo\nthree") == "one two three"
    assert plain.line("\u202egnp\ud800") == "\ufffdgnp\ufffd"


def test_nothing_known_is_an_empty_line() -> None:
    assert plain.line(None) == ""
    assert plain.line(7) == "7"


@given(TEXTS, st.integers(0, 60))
def test_a_cut_text_is_never_wider_than_its_room(text: str, room: int) -> None:
    cut = plain.cut(plain.line(text), room)
    assert cell_len(cut) <= room
    if cell_len(plain.line(text)) <= room:
        assert cut == plain.line(text)
    elif room:
        assert cut.endswith("…")


@given(TEXTS, st.integers(0, 60), st.sampled_from(["left", "right"]))
def test_a_padded_text_is_exactly_as_wide_as_its_room(text: str, room: int, align: str) -> None:
    padded = plain.pad(plain.line(text), room, "right" if align == "right" else "left")
    assert cell_len(padded) == room


@given(st.lists(TEXTS | st.tuples(TEXTS, st.just("late")), max_size=4), st.integers(1, 60))
def test_a_cell_of_pieces_is_exactly_as_wide_as_its_room(pieces: list, room: int) -> None:  # type: ignore[type-arg]
    assert sum(cell_len(text) for text, _ in plain.cells(pieces, room)) == room


def test_a_cell_of_pieces_shows_that_something_was_cut() -> None:
    assert plain.cells(["abc", ("def", "late")], 6) == [("abc", ""), ("def", "late")]
    assert plain.cells(["abc", ("def", "late")], 5) == [("abc", ""), ("d…", "late")]
    assert plain.cells(["abc", ("def", "late")], 3) == [("ab…", "")]
    assert plain.cells(["abc", ""], 3) == [("abc", ""), ("", "")]
    assert plain.cells([("a", "late")], 3, "right") == [("  ", ""), ("a", "late")]


def test_wide_characters_are_cut_whole() -> None:
    assert plain.cut("日本語", 4) == "日…"
    assert plain.cut("日本語", 5) == "日本…"
    assert plain.cut("👩‍👩‍👧‍👦x", 2) == "…"
    assert plain.pad("日本語", 4) == "日… "


@given(TEXTS, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_only_blanks(text: str, room: int) -> None:
    wrapped = plain.wrap(text, room)
    assert wrapped
    assert all(cell_len(row) <= room for row in wrapped)
    flat = "".join("".join(plain.lines(text)).split(" "))
    assert "".join("".join(wrapped).split(" ")) == flat


def test_text_wraps_between_words() -> None:
    assert plain.wrap("send the minutes to all partners", 12) == [
        "send the",
        "minutes to",
        "all partners",
    ]
    assert plain.wrap("first\n\nthird", 20) == ["first", "", "third"]
    assert plain.wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


@pytest.mark.parametrize("text", HOSTILE)
def test_content_for_widgets_is_never_markup(text: str) -> None:
    content = plain.content(text)
    assert isinstance(content, Content)
    assert content.plain == plain.line(text)
    assert not content.spans
    assert plain.rich(text).plain == plain.line(text)
    assert plain.block(text).plain.split("\n") == plain.lines(text)


def test_late_and_due_soon_come_before_the_state() -> None:
    today = date(2026, 11, 21)
    assert plain.state_of("open", date(2026, 11, 20), today)[0] == "!"
    assert plain.state_of("waiting", date(2026, 11, 20), today)[2] == "late"
    assert plain.state_of("waiting", date(2026, 11, 22), today)[0] == "‖"
    assert plain.state_of("open", date(2026, 11, 21), today)[0] == "◷"
    assert plain.state_of("open", date(2026, 11, 28), today)[0] == "◷"
    assert plain.state_of("open", date(2026, 11, 29), today)[0] == "·"
    assert plain.state_of("open", None, today)[0] == "·"
    assert plain.state_of("done", date(2026, 1, 1), today)[0] == "✓"


def test_every_state_has_a_glyph_of_one_cell_a_tone_and_a_word() -> None:
    for glyph, tone, word in plain.STATES.values():
        assert cell_len(glyph) == 1
        assert tone in get_args(plain.Tone)
        assert word
    glyphs = [glyph for glyph, _, _ in plain.STATES.values()]
    assert len(set(glyphs)) == len(glyphs)


def test_a_bar_shows_how_much_is_done_and_where_time_stands() -> None:
    assert plain.bar(0.6, mark=0.65) == "▓▓▓▓▓▓|░░░"
    assert plain.bar(0) == "░" * 10
    assert plain.bar(7) == "▓" * 10
    assert plain.bar(1.0, mark=1.0) == "▓" * 9 + "|"
    assert plain.bar(0.98) == "▓" * 9 + "░"  # full only where all is done
    assert plain.bar(0.01) == "▓" + "░" * 9


def test_counts_are_said_with_their_noun() -> None:
    assert plain.count(1, "task") == "1 task"
    assert plain.count(37, "task") == "37 tasks"
    assert plain.count(10000, "entry", "entries") == "10 000 entries"
    assert plain.shown_and_hidden(10000, 2) == "10 000 shown, 2 hidden by the filter"
    assert plain.shown_and_hidden(37, 12) == "37 shown, 12 hidden by the filter"
    assert plain.shown_and_hidden(5, 36, "later") == "5 shown, 36 later"
    assert plain.shown_and_hidden(5, 0) == "5 shown"


def test_what_is_known_is_joined() -> None:
    assert plain.join(["a", None, "", "b"]) == "a · b"


@given(TEXTS)
def test_nothing_that_acts_passes_the_last_wall(text: str) -> None:
    sent = NothingActs().apply([Segment(text)], Color.parse("black"))
    shown = "".join(segment.text for segment in sent)
    assert not ACTS & set(shown)
    assert cell_len(shown) == cell_len(text)


def test_the_last_wall_leaves_the_movements_of_the_terminal_alone() -> None:
    control = Segment("\x1b[H", None, [])
    cleaned = NothingActs().apply([Segment("\x1bx"), control], Color.parse("black"))
    assert cleaned[0].text == "x"
    assert cleaned[1] is control


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ana Moreno Vidal", "Ana M."),
        ("Małgorzata Wiśniewska", "Małgorzata W."),
        ("Dr. Jan van der Berg", "Jan B."),
        ("Øystein å", "Øystein å."),
        ("Ana", "Ana"),
        ("Prof.", "Prof."),
        ("", ""),
        ("a\x1bb C", "a␛b C."),
    ],
)
def test_a_name_in_short_is_the_first_one_and_an_initial(name: str, short: str) -> None:
    assert plain.short_name(name) == short


def test_a_name_stands_whole_where_there_is_room() -> None:
    assert plain.name("Ana Moreno Vidal", 16) == "Ana Moreno Vidal"
    assert plain.name("Ana Moreno Vidal", 15) == "Ana M."
    assert plain.name("Ana Moreno Vidal", 4) == "Ana…"


def test_short_texts_break_only_between_each_other() -> None:
    clocks = ["09:30 Madrid", "", None, "10:30 Athens", "11:30 Istanbul"]
    assert plain.wrap_parts(clocks, 30) == ["09:30 Madrid · 10:30 Athens", "11:30 Istanbul"]
    assert plain.wrap_parts(clocks, 100) == ["09:30 Madrid · 10:30 Athens · 11:30 Istanbul"]
    assert plain.wrap_parts(["11:30 Istanbul"], 8) == ["11:30", "Istanbul"]
    assert plain.wrap_parts([], 8) == []


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (40, "2 d late · Nikos S. · A3.3"),
        (25, "2 d late · Nikos S."),
        (18, "2 d late"),
        (8, "2 d late"),
        (6, "2 d l…"),
    ],
)
def test_facts_that_find_no_room_whole_are_left_out(room: int, said: str) -> None:
    assert plain.fitting(["2 d late", "", "Nikos S.", "A3.3"], room) == said
