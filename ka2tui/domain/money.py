"""Amounts: read as people write them, kept in whole cents, split without losing one."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import clean, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "TRY": "₺", "PLN": "zł", "CZK": "Kč"}
_CURRENCY = re.compile(r"^(?:€|eur|euros?)\s*|\s*(?:€|eur|euros?)$", re.IGNORECASE)
_SPACES = re.compile("[\\s\u00a0\u2007\u2009\u202f'’]+")
_WHOLE_TAIL = re.compile(r"[.,][-–—]{1,2}$")
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[ .,])\d{3})(?:(?P=mark)\d{3})*", re.ASCII)
_PLAIN = re.compile(r"\d+", re.ASCII)
_MOST_DIGITS = 13


def read_amount(text: str) -> int:
    """Read an amount of money, in cents: 12 500, 12.500,00, 12,500.00, € 12 500.50.

    Raises:
        Misread: Not an amount, below zero, or with more than two decimals.
    """
    return read_amount_with_doubt(text)[0]


def read_amount_with_doubt(text: str) -> tuple[int, str | None]:
    """Read an amount of money, in cents, and say where it could have meant something else.

    One point or comma with three digits after it is taken for thousands: 1.234 is 1234,
    with a doubt.

    Raises:
        Misread: Not an amount, below zero, or with more than two decimals.
    """
    bare = _SPACES.sub(" ", clean(text)).strip()
    bare = _WHOLE_TAIL.sub("", _CURRENCY.sub("", _CURRENCY.sub("", bare))).strip()
    if bare.startswith(("-", "−", "(")):
        raise Misread(f"{quoted(text)} is below zero: write an amount of 0 or more.")
    whole, decimals = _parted(bare)
    grouped = _GROUPED.fullmatch(whole)
    if not grouped and not _PLAIN.fullmatch(whole):
        raise Misread(f"{quoted(text)} is not an amount: write it like 12500 or 12 500.50.")
    if len(decimals) > 2:
        raise Misread(f"{quoted(text)} has more than two decimals: write whole cents.")
    digits = re.sub(r"\D", "", whole)
    if len(digits) > _MOST_DIGITS:
        raise Misread(f"{quoted(text)} is too large for an amount.")
    doubtful = (
        grouped and grouped["mark"] != " " and not decimals and whole.count(grouped["mark"]) == 1
    )
    doubt = f"{quoted(text)} was read as {int(digits)}, not as a decimal" if doubtful else None
    return int(digits) * 100 + int(decimals.ljust(2, "0") or 0), doubt


def say_amount(cents: int, currency: str = "EUR") -> str:
    """Write an amount for people: € 12 500, € 12 500.50; cents only where there are any."""
    units, rest = divmod(abs(cents), 100)
    number = f"{units:,}".replace(",", " ") + (f".{rest:02d}" if rest else "")
    sign = _SIGNS.get(currency.upper(), currency.upper())
    return f"{sign} {'-' if cents < 0 else ''}{number}"


def split(total: int, shares: Sequence[Fraction]) -> list[int]:
    """Split an amount so that the parts add up to the cent.

    Args:
        total: Cents, not negative.
        shares: One fraction per partner, summing to 1; any length from 1.

    Returns:
        Cents in the order of `shares`; leftover cents go to the largest share.

    Raises:
        Refused: The shares do not sum to 1, or something is below zero.
    """
    if total < 0 or any(share < 0 for share in shares):
        raise Refused("An amount below zero cannot be split.")
    if sum(shares, Fraction(0)) != 1:
        raise Refused("The shares do not add up to the whole.")
    parts = [int(total * share) for share in shares]
    largest = max(range(len(shares)), key=lambda place: shares[place])
    parts[largest] += total - sum(parts)
    return parts


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Part an amount by whole weights so that the parts add up to the cent.

    Args:
        total: Cents, not negative.
        weights: None below zero; where all are zero, nothing is parted.

    Returns:
        Cents in the order of `weights`; leftover cents go to the largest remainders, of equal
        ones to the first.
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: -(total * weights[at] % whole))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts


def _parted(bare: str) -> tuple[str, str]:
    """Part an amount into its whole units, still grouped, and its decimals."""
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return bare, ""
    mark, whole, after = bare[last], bare[:last], bare[last + 1 :]
    other = "," if mark == "." else "."
    if _GROUPED.fullmatch(bare) and other not in whole and not whole.startswith("0"):
        return bare, ""
    if mark in whole or not after.isdecimal() or not after.isascii():
        return bare, ""
    return whole or "0", after
