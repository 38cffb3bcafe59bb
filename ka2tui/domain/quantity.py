"""Quantities: plain decimals as people write them, kept as text and compared without rounding."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, quoted

MOST_DIGITS = 20
"""Digits of a number, before and after the point together."""

_THIN = re.compile("[\u00a0\u2007\u2009\u202f'’]")
_WRITTEN = re.compile(
    r"(?P<sign>[-−+]?) ?(?P<digits>[0-9](?:[0-9., ]*[0-9])?) ?(?P<unit>%|[^\W\d][^\d]{0,39})?"
)
_KEPT = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_GROUPS = r"[1-9][0-9]{0,2}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*"
_THOUSANDS = re.compile(_GROUPS)
_DECIMAL = re.compile(
    rf"(?P<whole>[0-9]+|[0-9]{{1,3}}(?: [0-9]{{3}})+|{_GROUPS})"
    r"(?:(?P<point>[.,])(?P<decimals>[0-9]+))?"
)


class Read(NamedTuple):
    """A number that was read."""

    value: str
    """As a plain decimal: "1234.5"."""
    unit: str | None = None
    """What stood behind it: %, persons."""
    doubt: str | None = None
    """Where it could have meant something else."""


def read(text: str) -> Read:
    """Read a number: 1 234,5, 1.234,5, 62 %, -3.5, 12 persons.

    One point or comma with three digits after it is taken for thousands, with a doubt.

    Raises:
        Misread: Not a number, or one of more than 20 digits.
    """
    bare = " ".join(_THIN.sub(" ", clean(text)).split())
    found = _WRITTEN.fullmatch(bare)
    if found is None:
        raise _misread(text)
    parted = _parted(found["digits"])
    if parted is None:
        raise _misread(text)
    whole, decimals, doubtful = parted
    if len(whole) + len(decimals) > MOST_DIGITS:
        raise Misread(f"{quoted(text)} has more than {MOST_DIGITS} digits.")
    value = _plain(found["sign"] in {"-", "−"}, whole, decimals)
    doubt = f"{quoted(text)} was read as {value}, not as a decimal" if doubtful else None
    return Read(value, found["unit"], doubt)


def read_quantity(text: str) -> str:
    """Read a number as `read` does, as it is kept.

    Raises:
        Misread: As `read`.
    """
    return read(text).value


def exact(value: str | None) -> Fraction | None:
    """Give a kept number as what can be reckoned with; None where it is none."""
    return Fraction(value) if value is not None and _KEPT.fullmatch(value) else None


def decimal(value: str) -> Decimal:
    """Give a kept number as a decimal; what is none is nothing."""
    return Decimal(value) if _KEPT.fullmatch(value) else Decimal(0)


def write(value: str) -> str:
    """Write a kept number so that reading it gives the same: three decimals are no thousands."""
    return f"{value}0" if re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", value) else value


def say(value: str | None, unit: str | None = None) -> str:
    """Write a kept number for people, with its thousands apart: 1 234.5, 62 %, 12 persons."""
    if value is None:
        return ""
    sign, bare = ("-", value[1:]) if value.startswith("-") else ("", value)
    whole, point, decimals = bare.partition(".")
    if whole.isdecimal():
        value = f"{sign}{int(whole):,}".replace(",", " ") + point + decimals
    return f"{value} {unit}" if unit else value


def decimals_of(*values: str | None) -> int:
    """Give the most decimals that any of some kept numbers has."""
    return max((len((value or "").partition(".")[2]) for value in values), default=0)


def rounded(value: Fraction, decimals: int) -> str:
    """Write a number with so many decimals at most, rounded as people round."""
    scaled = abs(value) * 10**decimals
    nearest = int(scaled + Fraction(1, 2))
    digits = str(nearest).rjust(decimals + 1, "0")
    cut = len(digits) - decimals
    return _plain(value < 0, digits[:cut], digits[cut:])


def _parted(digits: str) -> tuple[str, str, bool] | None:
    """Part digits into whole and decimals, and say whether that is doubtful; None: no number."""
    if found := _THOUSANDS.fullmatch(digits):
        mark = found["mark"]
        return digits.replace(mark, ""), "", digits.count(mark) == 1
    found = _DECIMAL.fullmatch(digits)
    if found is None or (found["point"] or "none") in found["whole"]:
        return None
    return re.sub(r"[., ]", "", found["whole"]), found["decimals"] or "", False


def _plain(negative: bool, whole: str, decimals: str) -> str:  # noqa: FBT001 - said by its name
    """Write digits as a plain decimal, without zeros that say nothing."""
    kept = (whole.lstrip("0") or "0") + (f".{decimals.rstrip('0')}" if decimals.strip("0") else "")
    return f"-{kept}" if negative and kept != "0" else kept


def _misread(text: str) -> Misread:
    return Misread(f"{quoted(text)} is not a number: write it like 1234.5 or 62 %.")
