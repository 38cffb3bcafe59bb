"""Money: read as people write it, kept to the cent."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain.money import read_amount, read_amount_with_doubt, say_amount, split
from ka2tui.domain.refusal import Misread, Refused


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("400000", 40_000_000),
        ("400 000", 40_000_000),
        ("400\u00a0000", 40_000_000),
        ("12\u202f500,5", 1_250_050),
        ("12.500,00", 1_250_000),
        ("12,500.00", 1_250_000),
        ("€ 12 500.50", 1_250_050),
        ("12 500 €", 1_250_000),
        ("EUR 5", 500),
        ("1'000.50", 100_050),
        ("1.234.567", 123_456_700),
        ("1,234,567.89", 123_456_789),
        ("0,50", 50),
        (".5", 50),
        ("1.5", 150),
        ("400,-", 40_000),
        ("0", 0),
    ],
)
def test_an_amount_is_read_without_doubt(text: str, cents: int) -> None:
    assert read_amount_with_doubt(text) == (cents, None)


@pytest.mark.parametrize("text", ["1.234", "1,234", "€ 1.234"])
def test_three_digits_after_one_mark_are_thousands_with_a_doubt(text: str) -> None:
    cents, doubt = read_amount_with_doubt(text)
    assert cents == read_amount(text) == 123_400
    assert doubt is not None
    assert "read as 1234" in doubt


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5", "below zero"),
        ("−5", "below zero"),
        ("(500)", "below zero"),
        ("€ -5", "below zero"),
        ("0.123", "more than two decimals"),
        ("1234.567", "more than two decimals"),
        ("12k", "not an amount"),
        ("12 50", "not an amount"),
        ("1,23,456", "not an amount"),
        ("12.34.56", "not an amount"),
        ("1e5", "not an amount"),
        ("", "not an amount"),
        ("€", "not an amount"),
        ("9" * 30, "too large"),
        ("١٢", "not an amount"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Misread, match=reason):
        read_amount(text)


@given(st.text("0123456789., €'-\u00a0", max_size=12) | st.text(max_size=12))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        assert read_amount(text) >= 0
    except Misread:
        return


@given(st.integers(0, 10**12))
def test_what_we_write_is_read_back(cents: int) -> None:
    assert read_amount_with_doubt(say_amount(cents)) == (cents, None)


@pytest.mark.parametrize(
    ("cents", "currency", "said"),
    [
        (1_250_000, "EUR", "€ 12 500"),
        (1_250_050, "EUR", "€ 12 500.50"),
        (5, "EUR", "€ 0.05"),
        (0, "EUR", "€ 0"),
        (-1_250_000, "EUR", "€ -12 500"),
        (100_000_000, "RON", "RON 1 000 000"),
    ],
)
def test_amounts_are_said_with_their_currency(cents: int, currency: str, said: str) -> None:
    assert say_amount(cents, currency) == said


def test_the_leftover_cent_goes_to_the_largest_share() -> None:
    assert split(100, [Fraction(1, 3)] * 3) == [34, 33, 33]
    assert split(101, [Fraction(1, 4), Fraction(1, 2), Fraction(1, 4)]) == [25, 51, 25]
    assert split(0, [Fraction(1)]) == [0]


@given(st.integers(0, 10**10), st.lists(st.integers(0, 1000), min_size=1, max_size=40))
def test_the_parts_add_up_to_the_cent(total: int, weights: list[int]) -> None:
    whole = sum(weights) or 1
    shares = [Fraction(weight, whole) for weight in weights]
    if sum(shares) == 1:
        parts = split(total, shares)
        assert sum(parts) == total
        assert all(part >= 0 for part in parts)


@pytest.mark.parametrize(
    ("total", "shares"),
    [
        (100, [Fraction(1, 3), Fraction(1, 3)]),
        (100, []),
        (-1, [Fraction(1)]),
        (100, [Fraction(3, 2), Fraction(-1, 2)]),
    ],
)
def test_shares_that_are_not_the_whole_are_refused(total: int, shares: list[Fraction]) -> None:
    with pytest.raises(Refused):
        split(total, shares)
