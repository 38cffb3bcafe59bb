"""The consortium: each organisation counted once, under one number from one country only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from ka2tui.domain.countries import say_country
from ka2tui.domain.text import is_blank

if TYPE_CHECKING:
    from collections.abc import Iterable


class Numbered(Protocol):
    """Somebody who may have the numbers that tell organisations apart."""

    @property
    def oid(self) -> str | None:
        """Its organisation ID."""

    @property
    def pic(self) -> str | None:
        """Its participant identification code."""


M = TypeVar("M", bound=Numbered)


class Countries(NamedTuple):
    """The countries that organisations count for."""

    certain: frozenset[str]
    """ISO codes."""
    either: tuple[frozenset[str], ...]
    """Those of an organisation that stands there twice: one of each."""

    @property
    def reached(self) -> int:
        """How many there are at most."""
        named = self.certain.union(*self.either)
        return min(len(self.certain) + len(self.either), len(named))

    @property
    def names(self) -> list[str]:
        """Name them, one word each, in order."""
        names = sorted(map(say_country, self.certain))
        return names + [" or ".join(sorted(map(say_country, each))) for each in self.either]


def organisations(members: Iterable[M]) -> list[list[M]]:
    """Put together who stands there under one OID or PIC; whoever has no number stands alone."""
    groups: list[tuple[set[str], list[M]]] = []
    for one in members:
        numbers = {it.strip().upper() for it in (one.oid, one.pic) if it and not is_blank(it)}
        shared = [group for group in groups if group[0] & numbers]
        merged = (
            numbers.union(*(known for known, _ in shared)),
            [*(it for _, same in shared for it in same), one],
        )
        place = groups.index(shared[0]) if shared else len(groups)
        groups = [group for group in groups if group not in shared]
        groups.insert(place, merged)
    return [same for _, same in groups]


def countries(seats: Iterable[set[str]]) -> Countries:
    """Count the countries of organisations.

    Args:
        seats: Of each organisation the countries that it counts for, by all its entries.
    """
    several = list(map(frozenset, seats))
    certain = frozenset[str]().union(*(each for each in several if len(each) == 1))
    return Countries(
        certain, tuple(each for each in several if len(each) > 1 and not each <= certain)
    )
