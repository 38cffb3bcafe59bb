"""Search: what is found, what comes first, and where the words stand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain.search import (
    KINDS,
    Entry,
    Index,
    excerpt,
    marked,
    plain,
    read,
    spots,
    where,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def task(number: int, title: str, notes: str = "", **more: Any) -> Entry:
    body = (("notes", notes),) if notes else ()
    return Entry("task", number, more.pop("project", 1), "task", title, body=body, **more)


def found(entries: Iterable[Entry], words: str, **how: Any) -> list[int]:
    index = Index()
    index.add([Entry("project", 1, 1, "project", "Sun", "SOLARIS"), *entries])
    return [hit.entry.id for hit in index.find(read(words), **how).hits]


def test_case_accents_and_punctuation_do_not_matter() -> None:
    here = [task(5, "Reise nach Łódź: Straße (Ørsted)"), task(6, "Kick-off, e-mail")]
    for words in ("lodz", "ŁÓDŹ", "strasse", "ORSTED", "lód", "orst"):
        assert found(here, words) == [5]
    for words in ("kick off", "kick-off", "KICK", "e-mail", '"kick off"', "“kick off”"):
        assert found(here, words) == [6]


def test_all_words_are_in_one_record_wherever_they_stand() -> None:
    here = [
        task(1, "Send minutes", "to Łódź"),
        task(2, "Send agenda"),
        task(3, "Minutes", code="T2.3"),
    ]
    assert found(here, "minutes lodz") == [1]
    assert sorted(found(here, "send")) == [1, 2]
    assert found(here, "t2.3 min") == [3]
    assert found(here, "minutes agenda") == []


def test_what_is_quoted_stands_together_and_whole() -> None:
    here = [task(1, "Sign the list of teachers"), task(2, "List: teachers sign"), task(3, "Listed")]
    assert found(here, '"list of"') == [1]
    assert found(here, '"list"') == [2, 1]
    assert found(here, '"teachers sign" list') == [2]
    # while it is still being typed, the last word may go on
    assert found(here, '"list of te') == [1]
    assert found(here, '"list of ea') == []


def test_a_phrase_does_not_run_from_one_text_into_the_next() -> None:
    body = (("notes", "first part"), ("tags", "second part"))
    here = [Entry("task", 1, 1, "task", "Title end", body=body, code="T1")]
    for words in ('"end first"', '"part second"', '"t1 title"'):
        assert found(here, words) == []
    assert found(here, "end first part second") == [1]


def test_the_code_comes_first_then_whole_words_then_beginnings_titles_before_notes() -> None:
    here = [
        task(1, "See", "about an art, T2"),
        task(2, "Smart start", code="T22"),
        task(3, "Article", code="T3"),
        task(4, "An art", code="T2"),
        task(5, "Nothing", "artist"),
        task(6, "Art fair"),
    ]
    assert found(here, "art") == [6, 4, 3, 2, 1, 5]
    assert found(here, "t2") == [4, 2, 1]


def test_of_equal_ones_what_is_over_stands_last_and_the_newest_first() -> None:
    here = [
        task(1, "Same", over=True, day=date(2026, 5, 1)),
        task(2, "Same", day=date(2025, 5, 1)),
        task(3, "Same", day=date(2026, 5, 1)),
        task(4, "Same"),
        Entry("partner", 5, 1, "partner", "Same"),
    ]
    assert found(here, "same") == [5, 3, 2, 4, 1]


def test_the_records_of_one_project_can_stand_first() -> None:
    here = [
        Entry("project", 2, 2, "project", "Moon", "LUNA"),
        task(7, "Art", project=2),
        task(8, "Smart"),
    ]
    assert found(here, "art") == [7, 8]
    assert found(here, "art", first=1) == [8, 7]


def test_a_single_letter_counts_where_a_word_begins() -> None:
    assert found([task(1, "Zebra"), task(2, "Jazz")], "z") == [1]


def test_nothing_typed_finds_nothing() -> None:
    for words in ("", "  ", "!?", '""', '"'):
        assert read(words).terms == ()
        assert found([task(1, "A")], words) == []


def test_the_count_tells_of_those_that_are_not_given() -> None:
    index = Index()
    index.add([task(number, "Same") for number in range(30)])
    answer = index.find(read("same"), limit=10)
    assert (len(answer.hits), answer.total, answer.known) == (10, 30, 30)


def test_what_narrows_as_it_is_typed_is_what_would_be_found_at_once() -> None:
    titles = ["Send minutes", "Minute book", "mini", "Terminus", "Mint"]
    index = Index()
    index.add([task(number, title) for number, title in enumerate(titles)])
    for end in range(1, 8):
        words = "minutes"[:end]
        at_once = Index()
        at_once.add([task(number, title) for number, title in enumerate(titles)])
        typed = [hit.entry.id for hit in index.find(read(words)).hits]
        assert typed == [hit.entry.id for hit in at_once.find(read(words)).hits]


def test_records_that_change_are_found_by_their_new_words_only() -> None:
    index = Index()
    index.add([task(1, "Old words"), task(2, "Others")])
    assert index.find(read("old")).total == 1
    index.remove({("task", 1), ("task", 99)})
    index.add([task(1, "New words")])
    assert index.find(read("old")).total == 0
    assert index.find(read("words")).hits[0].entry.title == "New words"
    assert len(index) == 2


def test_what_a_record_belongs_to_is_named() -> None:
    index = Index()
    index.add(
        [
            Entry("project", 1, 1, "project", "Sun", "SOLARIS"),
            Entry("meeting", 4, 1, "meeting", "Łódź", "TPM2"),
            Entry("outcome", 9, 1, "decision", "Release", owner=("meeting", 4)),
            Entry("outcome", 10, 1, "action", "Release too", owner=("meeting", 5)),
        ]
    )
    first, second = index.find(read("release")).hits
    assert (first.project, first.owner) == ("SOLARIS", "TPM2 Łódź")
    assert second.owner == ""


@pytest.mark.parametrize(
    ("words", "field", "text"),
    [
        ("T2.3", "code", "T2.3"),
        ("minutes", "title", "Send minutes"),
        ("greek minutes", "notes", "to the Greek partner"),
        ("tpm", "tags", "tpm"),
    ],
)
def test_the_field_that_has_the_words_is_told(words: str, field: str, text: str) -> None:
    body = (("notes", "to the Greek partner"), ("tags", "tpm"))
    entry = Entry("task", 1, 1, "task", "Send minutes", "T2.3", body)
    assert where(entry, read(words)) == (field, text)


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Reise nach Łódź, Straße 5", "lodz strasse", "Reise nach [Łódź], [Straße] 5"),
        ("kick-off  and KICK\n OFF", '"kick off"', "[kick-off]  and [KICK\n OFF]"),
        ("[red] & [/] =1+1 🎉", "red 1", "[[red]] & [/] =[1]+[1] 🎉"),
        ("minute minutes", "minute", "[minute] [minute]s"),
        ("minute minutes", '"minute"', "[minute] minutes"),
        ("nothing", "else", "nothing"),
        ("e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}", "ete", "[e\u0301te]\u0301"),
    ],
)
def test_the_words_are_marked_in_the_text_as_it_was_written(
    text: str, words: str, said: str
) -> None:
    pieces = marked(text, read(words))
    assert "".join(piece for piece, _ in pieces) == text
    assert "".join(f"[{piece}]" if one else piece for piece, one in pieces) == said


def test_an_excerpt_is_one_line_around_the_word() -> None:
    text = "word " * 100 + "Łódź\nis here " + "after " * 100
    line = excerpt(text, read("lodz"), 60)
    assert "Łódź is here" in line
    assert line.startswith("…word")
    assert line.endswith("…")
    assert len(line) <= 62
    assert excerpt("short\ntext", read("zzz")) == "short text"


@given(st.text(max_size=60), st.text(max_size=12))
def test_no_text_breaks_anything(text: str, words: str) -> None:
    question = read(words)
    assert "".join(piece for piece, _ in marked(text, question)) == text
    assert all(0 <= start < end <= len(text) for start, end in spots(text, question))
    excerpt(text, question, 20)
    index = Index()
    index.add([task(1, text.replace("\0", "").replace("\1", ""))])
    index.find(question)


@given(st.text(max_size=40))
def test_every_text_is_found_by_its_own_words(text: str) -> None:
    own = text.replace("\0", " ").replace("\1", " ").replace('"', " ")
    if plain(own) and read(own).terms != ():
        assert 3 in found([task(3, own)], plain(own))


def test_every_kind_has_a_word_and_a_sign() -> None:
    from ka2tui.tui.dialogs.search import GLYPHS

    assert GLYPHS.keys() == KINDS.keys()
    assert len(set(KINDS.values())) == len(KINDS)
