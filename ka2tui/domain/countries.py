"""Countries: read by code or name in any of their usual forms, kept as ISO 3166 codes."""

from __future__ import annotations

import re
from functools import cache

from ka2tui import datafiles
from ka2tui.domain import alike
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.frozen import frozen

_FILE = "countries.csv"
_STYLES = re.compile(r"^(?:the )?(?:(?:federal |hellenic )?republic of |kingdom of )?(?:the )?")


@frozen
class Country:
    """A country or territory that a partner can be from."""

    code: str
    """ISO 3166 alpha-2; XK for Kosovo."""
    eu_code: str
    """As Erasmus+ data write it: EL for Greece, UK for the United Kingdom."""
    name: str
    status: str
    """How it stands to the programme in the call year 2025, in the words of its guide."""
    region: str
    """`programme`, the number of a region of the guide, or "" where that is not kept."""
    counts_as: str
    """The code of the Member State it counts as, or ""."""
    zones: tuple[str, ...]
    """IANA time zones, the main one first; none where nobody lives."""
    also: tuple[str, ...]
    """Other names people write."""

    @property
    def in_programme(self) -> bool:
        """Whether its organisations take part like those of a Member State."""
        return self.region == "programme"


@cache
def everywhere() -> tuple[Country, ...]:
    """List every country and territory, the programme's first.

    Raises:
        DataFault: The list is missing or malformed.
    """
    return tuple(
        Country(
            code=row["iso_code"],
            eu_code=row["eu_code"],
            name=row["name"],
            status=row["status"],
            region=row["region"],
            counts_as=row["counts_as"],
            zones=tuple(filter(None, row["zones"].split(";"))),
            also=tuple(filter(None, row["also"].split(";"))),
        )
        for row in datafiles.read_rows(_FILE)
    )


def read_country(text: str) -> str:
    """Read a country and give its ISO 3166 code: GR for Greece, EL, GR or Ελλάδα.

    Raises:
        Misread: No such country; the nearest names are suggested.
    """
    wanted = _key(text)
    code = _codes().get(wanted) or _codes().get(_STYLES.sub("", wanted))
    if code:
        return code
    suggested = [say_country(code) for code in alike.among(wanted, _codes(), 6, 0.7)][:3]
    remedy = f"did you mean {' or '.join(suggested)}?" if suggested else "write its name or code."
    raise Misread(f"{quoted(text)} is not a country: {remedy}")


def country(code: str) -> Country | None:
    """Look up a country by its ISO 3166 code; `None` for a code nobody has."""
    return _by_code().get(code)


def say_country(code: str) -> str:
    """Write the English name of a country; a code nobody has as it is."""
    found = country(code)
    return found.name if found else code


def eu_code(code: str) -> str:
    """Give the code Erasmus+ data use: EL for GR, UK for GB."""
    found = country(code)
    return found.eu_code if found else code


def zones_of(code: str) -> tuple[str, ...]:
    """Give the IANA time zones of a country, the main one first; none for an unknown code."""
    found = country(code)
    return found.zones if found else ()


@cache
def _by_code() -> dict[str, Country]:
    """Index the countries by ISO code."""
    return {each.code: each for each in everywhere()}


@cache
def _codes() -> dict[str, str]:
    """Map everything people write for a country, as compared, to its ISO code."""
    names = {_key(name): each.code for each in everywhere() for name in (*each.also, each.name)}
    codes = {fold(code): each.code for each in everywhere() for code in (each.code, each.eu_code)}
    return names | codes


def _key(text: str) -> str:
    """Reduce the name of a country to what is compared: no accents, case or punctuation."""
    words = " ".join(re.sub(r"[^\w]+", " ", fold(clean(text)).replace("&", " and ")).split())
    return re.sub(r"\bst(?= )", "saint", words)
