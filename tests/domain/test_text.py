"""Text: what people type is made safe without being changed, and compared as people compare."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain.text import clean, coded, fold, is_blank, matches, quoted

ANYTHING = st.text(st.characters(codec=None), max_size=40)
HOSTILE = st.text(
    st.sampled_from(
        "a é e\u0301\n\r\t\x00\x1b\x7f\x85\x9b\u2028\u200d\u202e\u2066\ufeff\ufffe\ud800\udc00"
    ),
    max_size=20,
)


@given(text=ANYTHING | HOSTILE, lines=st.booleans())
def test_cleaning_twice_changes_nothing_more(text: str, *, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once


@given(text=ANYTHING | HOSTILE, lines=st.booleans())
def test_nothing_dangerous_is_left(text: str, *, lines: bool) -> None:
    left = clean(text, lines=lines)
    kinds = {unicodedata.category(sign) for sign in left} if not lines else set()
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(left) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert all(ord(sign) >= 0x20 or sign == "\n" for sign in left)
    left.encode()


@given(ANYTHING | HOSTILE)
def test_a_cleaned_text_is_composed_and_trimmed(text: str) -> None:
    left = clean(text)
    assert unicodedata.is_normalized("NFC", left)
    assert left == left.strip()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Kick-off  ", "Kick-off"),
        ("a\x1b]52;c;x\x07b", "a␛]52;c;x␇b"),
        ("a\x00b", "a␀b"),
        ("a\x7fb", "a␡b"),
        ("a\x9bb", "a�b"),
        ("a\ud800b", "a�b"),
        ("a\ufffeb", "a�b"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("\u2066x\u2069", "x"),
        ("\ufeffname", "name"),
        ("e\u0301", "é"),
        ("नमस्\u200dते \u200c", "नमस्\u200dते \u200c"),
        ("👩\u200d🏫", "👩\u200d🏫"),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("[/] [@click=app.bell]x", "[/] [@click=app.bell]x"),
        ("=1+1", "=1+1"),
        ("\x85", ""),
    ],
)
def test_what_becomes_of_a_line(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_lines_are_kept_where_they_are_asked_for() -> None:
    assert clean(" one \r\ntwo\x1b\rthree\u2029\n\n", lines=True) == "one\ntwo␛\nthree"


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("İzmir", "izmir"),
        ("Işık", "isik"),
        ("Ørsted Đakovo", "orsted dakovo"),
        ("Æsir Œuvre", "aesir oeuvre"),
        ("Αθήνα", "αθηνα"),
        ("  two \u00a0 words ", "two words"),
        ("ﬁnal", "final"),
    ],
)
def test_folding_forgets_case_and_accents(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(ANYTHING)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_word_must_be_found_somewhere() -> None:
    assert matches("lodz teach", "Teacher handbook", "Łódź")
    assert not matches("lodz pupil", "Teacher handbook", "Łódź")
    assert matches(["TEACHER hand"], "Teacher handbook")
    assert not matches("x", None, "")
    assert matches("", None)


def test_a_quotation_is_short_and_safe() -> None:
    assert quoted("a\x1bb") == "“a␛b”"
    assert quoted("x" * 500) == "“" + "x" * 39 + "…”"


@pytest.mark.parametrize("cell", [None, "", " ", "-", "–", "n/a", "N.A.", "TBD", "tbc?", "None"])
def test_a_cell_that_says_nothing_is_blank(cell: str | None) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["0", "no", "Nadia", "M1", "--x"])
def test_a_cell_that_says_something_is_not(cell: str) -> None:
    assert not is_blank(cell)


@pytest.mark.parametrize(
    ("code", "title", "said"),
    [
        ("TPM3", "TPM3 Łódź", "TPM3 Łódź"),
        ("TPM3", "tpm3", "tpm3"),
        ("TPM3", "Łódź", "TPM3 Łódź"),
        ("D2.1", "D2.10 and after", "D2.1 D2.10 and after"),
        ("WP2", "", "WP2"),
        (None, "Send minutes", "Send minutes"),
    ],
)
def test_a_code_that_begins_a_title_is_not_said_twice(
    code: str | None, title: str, said: str
) -> None:
    assert coded(code, title) == said
