"""Bulk: from how many records on a change is told before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MANY = 20
"""A change of more records than this sets a restore point, and is shown before it is made."""


def is_many(number: int) -> bool:
    """Say whether so many records are worth a second look."""
    return number > MANY


def lists_of_ids(given: Sequence[object], named: Mapping[str, object]) -> list[list[int]]:
    """Give the lists of ids among what an operation is given."""
    lists = (each for each in (*given, *named.values()) if isinstance(each, (list, tuple)))
    return [[*each] for each in lists if each and all(type(it) is int for it in each)]
