"""Which part of a work plan is the management of the project: by its category, else its title."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ka2tui import datafiles
from ka2tui.domain.text import fold, is_blank

_CODE = re.compile(r"^(?:[a-z]{1,3} ?)?\d+(?:\.\d+)*[\s.:)\-–—]+")
_SIGNS = re.compile(r"[^\w\s]+")


class _Words(NamedTuple):
    """How management is called, folded."""

    words: tuple[str, ...]
    titles: tuple[str, ...]
    beside: frozenset[str]
    joined: frozenset[str]
    plain: frozenset[str]


def is_management(category: str | None, title: str) -> bool:
    """Tell whether a work package, activity or heading is the management of the project.

    A category decides; only where there is none, or one that says nothing ("work package"), the
    title does: "Project management and quality" is management, "Waste management" is not.
    """
    return why(category, title) is not None


def why(category: str | None, title: str) -> str | None:
    """Say what makes it the management: its category or its title; None where nothing does."""
    known = _known()
    said = _bare(category or "")
    if not is_blank(category) and said and said not in known.plain:
        return "category" if _begins(said, (*known.words, *known.titles)) else None
    return "title" if _titled(title, known) else None


def _titled(title: str, known: _Words) -> bool:
    said = _bare(_CODE.sub("", fold(title)))
    if said in known.words:
        return True
    begun = next((each for each in known.titles if _begins(said, (each,))), None)
    if begun is not None:
        after = said.removeprefix(begun).split()
        signs = re.match(r"\W*[^\w\s]", fold(title).partition(begun)[2])
        return not after or after[0] in known.joined or signs is not None
    first, *rest = said.split() or [""]
    joined = [each for each in rest if each not in known.joined]
    return first in known.words and bool(joined) and joined[0] in known.beside and rest != joined


def _begins(said: str, beginnings: tuple[str, ...]) -> bool:
    return any(said == each or said.startswith(f"{each} ") for each in beginnings)


def _bare(text: str) -> str:
    """Fold a text; "&" and "+" are read as "and", other signs are blanks."""
    return " ".join(_SIGNS.sub(" ", re.sub(r"[&+]", " and ", fold(text))).split())


@lru_cache(maxsize=1)
def _known() -> _Words:
    data = datafiles.read_toml("management.toml")

    def words(key: str) -> list[str]:
        return [_bare(str(each)) for each in data[key]]

    longest_first = sorted(words("titles"), key=len, reverse=True)
    return _Words(
        tuple(words("words")),
        tuple(longest_first),
        frozenset(words("beside")),
        frozenset(words("joined")),
        frozenset(words("plain")),
    )
