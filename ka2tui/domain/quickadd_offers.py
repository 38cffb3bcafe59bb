"""What could be typed next in a captured line: names after @, codes after wp:, tags after #."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain import quickadd_names
from ka2tui.domain.completion import Completion, Offer
from ka2tui.domain.kinds import PhaseKind
from ka2tui.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ka2tui.domain.quickadd_names import Name, Names

MOST = 12
"""Offers at most."""

_BEGUN = re.compile(
    r'(?:^|(?<=\s))(@|#|!|(?:due|by|wp|in|needs|phase|repeat):)("[^"]*|[^\s"]*)$', re.IGNORECASE
)
_DATES = ("today", "tomorrow", "fri", "next monday", "+1w", "+2w", "+1m")
_PACES = ("weekly", "monthly", "quarterly", "yearly", "daily")


def offers(line: str, cursor: int, known: Names, *, here: str = "") -> Completion:
    """Say what could complete the word that the cursor stands behind.

    Args:
        line: What was typed so far.
        cursor: How many characters stand before the cursor.
        known: The names of the project.
        here: Signs for where the user stands, offered between words: wp:WP2.
    """
    found = _BEGUN.search(line[:cursor])
    if found is None:
        between = not line[:cursor].strip() or line[cursor - 1] == " "
        new = [sign for sign in here.split() if sign not in line.split()]
        return Completion(cursor, cursor, tuple(map(Offer, new)) if between else ())
    sign, said = found[1], found[2].lstrip('"')
    kept: dict[str, Offer] = {}
    for it in _after(sign, said, known):
        text = sign + _as_typed(it.text)
        if text != found[0]:
            kept.setdefault(text, Offer(text, it.about))
        if len(kept) == MOST:
            break
    return Completion(found.start(), cursor, tuple(kept.values()))


def _after(sign: str, said: str, known: Names) -> Iterable[Offer]:
    """List what can stand after a sign, as far as it goes on with what is typed."""
    match sign.lower():
        case "@":
            return _named(said, known.people)
        case "wp:" | "in:":
            exact = quickadd_names.find_work(said, known.work_units) if said else ()
            return [*map(_offer, exact), *_named(said, known.work_units)]
        case "needs:":
            return _named(said, known.tasks)
        case "#":
            words: Iterable[str] = known.tags
        case "!":
            words = ("high", "low", "normal")
        case "phase:":
            words = [str(phase) for phase in PhaseKind]
        case "repeat:":
            words = _PACES
        case _:
            words = _DATES
    return [Offer(word) for word in words if fold(word).startswith(fold(said))]


def _named(said: str, names: Sequence[Name]) -> Iterator[Offer]:
    """Give those whose name begins so, then those with a word that does, one by one."""
    wanted = fold(said)
    for name in names:
        if fold(name.word).startswith(wanted):
            yield _offer(name)
    for name in names:
        for called in (name.word, name.note, *name.also):
            if any(word.startswith(wanted) for word in fold(called).split()):
                yield _offer(name)


def _offer(name: Name) -> Offer:
    return Offer(name.word, name.note)


def _as_typed(text: str) -> str:
    return f'"{text}"' if " " in text else text
