"""What somebody may have meant: of known words those most like one that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIKE = 0.6
"""From here on words are alike: 0 is nothing in common, 1 the same."""


def nearest(said: str, known: Iterable[str], most: int = 1, least: float = LIKE) -> list[str]:
    """Give the known words most like one, the likest first; case and accents do not count."""
    return among(fold(said), {fold(word): word for word in known}, most, least)


def among(key: str, keyed: Mapping[str, str], most: int = 1, least: float = LIKE) -> list[str]:
    """Give what the keys most like one stand for, each once, the likest first."""
    from difflib import get_close_matches  # 6 ms, and only where something is not understood

    return list(dict.fromkeys(keyed[each] for each in get_close_matches(key, keyed, most, least)))


def hint(
    said: str, known: Iterable[str], most: int = 1, least: float = LIKE, *, start: str = " Did"
) -> str:
    """Ask whether the nearest was meant: " Did you mean WP2 or WP3?"; nothing where none is near.

    Args:
        said: What nobody knows.
        known: What could stand there.
        most: How many are named.
        least: How like they must be.
        start: What leads to it: a new sentence, or ": did" within the one before.
    """
    near = nearest(said, known, most, least)
    return f"{start} you mean {' or '.join(near)}?" if near else ""
