"""Words that people write for states, roles and kinds, from data/words.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, TypeVar

from ka2tui import datafiles
from ka2tui.domain.kinds import Kind
from ka2tui.domain.text import fold
from ka2tui.exchange import headings

K = TypeVar("K", bound=Kind)


def choose(kind: type[K], text: str) -> K | None:
    """Give the state, role or kind that a word means."""
    wanted = _plain(text)
    for member in kind:
        if wanted in {headings.plain(member), headings.plain(member.word)}:
            return member
    return _meanings(kind).get(wanted)


def within(kind: type[K], text: str) -> K | None:
    """Give the first meaning of a word that stands somewhere in a text."""
    plain = headings.plain(text)
    known = _meanings(kind).items()
    return next((means for word, means in known if re.search(rf"\b{word}\b", plain)), None)


def is_everybody(text: str) -> bool:
    """Tell whether a text names all partners instead of one."""
    return _plain(text) in _data()["everybody"]["words"]


def is_total(text: str) -> bool:
    """Tell whether a text begins a row of sums."""
    return fold(text).strip(" :") in _data()["total"]["words"]


def _plain(text: str) -> str:
    return text.replace(" ", "") if text.strip().endswith("%") else headings.plain(text)


@cache
def _meanings(kind: type[K]) -> dict[str, K]:
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    row = _data().get(name, {})
    return {word: kind(code) for code, words in row.items() for word in words}


@cache
def _data() -> dict[str, Any]:
    return datafiles.read_toml("words.toml")
