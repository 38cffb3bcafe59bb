"""Lots: ids and other keys, no more of them at once than one statement takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

V = TypeVar("V")

MOST = 500
"""Keys in one statement."""


def in_parts(keys: Iterable[V]) -> Iterator[list[V]]:
    """Part keys into lots, in their order."""
    every = list(keys)
    for first in range(0, len(every), MOST):
        yield every[first : first + MOST]
