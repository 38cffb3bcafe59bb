"""Sorts of things, as a list has them: said by their titles, found by what a person calls them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from ka2tui.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Titled(Protocol):
    """A sort: known by its id, called by its title."""

    @property
    def id(self) -> str:
        """The name it is known by."""

    @property
    def title(self) -> str:
        """What people call it."""


def say(sorts: Iterable[Titled], sort: str | None) -> str:
    """Say a sort; one that the list does not have says itself."""
    if sort is None:
        return ""
    title = next((each.title for each in sorts if each.id == sort), None)
    return sort.replace("_", " ") if title is None else title


def flat(words: str) -> str:
    """Reduce words to what is compared: no accents, no capitals, no punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(words)).split())


def meant(typed: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """Give the id of the sort a person means, by its id, a name of it, or how its id begins.

    Args:
        typed: What was typed.
        names: By id, what else each is called.
    """
    wanted = flat(typed)
    for known, others in names.items():
        if wanted in {flat(known), *map(flat, others)}:
            return known
    begun = [known for known in names if flat(known).startswith(wanted)]
    return begun[0] if wanted and len(begun) == 1 else None
