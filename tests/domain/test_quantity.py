from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain import quantity
from ka2tui.domain.refusal import Misread


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("1 234,5", "1234.5", None),
        ("1.234,5", "1234.5", None),
        ("1,234,567.25", "1234567.25", None),
        ("62 %", "62", "%"),
        ("12,5%", "12.5", "%"),
        ("3.5", "3.5", None),
        ("−3,2 %", "-3.2", "%"),
        ("0.500", "0.5", None),
        ("007", "7", None),
        ("-0,0", "0", None),
        ("+4", "4", None),
        ("12 persons", "12", "persons"),
        ("1\u202f234", "1234", None),
        ("9" * 20, "9" * 20, None),
    ],
)
def test_numbers_are_read_as_people_write_them(said: str, value: str, unit: str | None) -> None:
    read = quantity.read(said)
    assert (read.value, read.unit, read.doubt) == (value, unit, None)


def test_three_digits_after_one_sign_are_thousands_with_a_doubt() -> None:
    read = quantity.read("1.234")
    assert read.value == "1234"
    assert read.doubt == "“1.234” was read as 1234, not as a decimal"


@pytest.mark.parametrize(
    "said", ["", "abc", "1e5", "1.2.3", "5.", "½", "٣", "9" * 21, "nan", "1.234.5", "=1+1", "--3"]
)
def test_what_is_no_number_is_misread(said: str) -> None:
    with pytest.raises(Misread):
        quantity.read(said)


@given(st.integers(-(10**12), 10**12), st.integers(0, 7))
def test_what_is_kept_is_read_again_as_the_same(whole: int, decimals: int) -> None:
    kept = quantity.rounded(Fraction(whole, 10**decimals), decimals)
    assert quantity.exact(kept) == Fraction(whole, 10**decimals)
    assert quantity.read_quantity(quantity.write(kept)) == kept
    assert quantity.read_quantity(quantity.say(quantity.write(kept))) == kept


def test_numbers_are_rounded_and_said_as_people_do() -> None:
    assert quantity.rounded(Fraction(5, 2), 0) == "3"
    assert quantity.rounded(Fraction(-1, 3), 2) == "-0.33"
    assert quantity.rounded(Fraction(1, 1000), 2) == "0"
    assert quantity.say("-1234567.5", "points") == "-1 234 567.5 points"
    assert quantity.exact("twelve") is None
    assert quantity.exact(None) is None
